/**
 * Escape requests for diagnostics. Section 15.
 */
#ifndef AEROGPU_ESCAPE_H
#define AEROGPU_ESCAPE_H

#include "aerogpu_abi.h"

#define AEROGPU_ESCAPE_VERSION         1u
#define AEROGPU_ESCAPE_OP_QUERY_DEVICE 1u

/** Header of an escape request. Section 15. */
struct AEROGPU_PACKED aerogpu_escape_header {
    uint32_t version;
    uint32_t op;
    uint32_t size;
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_escape_header) == 16, "aerogpu_escape_header");

/** Answer of AEROGPU_ESCAPE_OP_QUERY_DEVICE. Section 15. */
struct AEROGPU_PACKED aerogpu_escape_query_device_out {
    struct aerogpu_escape_header hdr;
    uint32_t mmio_version;
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_escape_query_device_out) == 24,
               "aerogpu_escape_query_device_out");

#endif
