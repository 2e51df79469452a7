/**
 * Rewrites a container so that the translator reads its signatures as D3D means them: whole
 * registers from x on, every declared register present, a fresh checksum. Host notes 3.
 */
#ifndef HOST_NORMALISE_H
#define HOST_NORMALISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dxbc/scan.h"

struct host_container {
    uint8_t *bytes; /**< free()d by the caller */
    uint32_t size_bytes;
};

/**
 * Rewrites a container that dxbc_container_check has passed and whose code has been scanned. False
 * with a static sentence.
 */
bool host_container_normalise(const void *container, size_t size_bytes,
                              const struct dxbc_scan *scan, struct host_container *normalised,
                              const char **reason);

#endif
