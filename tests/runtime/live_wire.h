/**
 * What a Windows test program and aerogpu-live-host say to each other: requests and replies of 64
 * bytes through two FIFOs, everything longer in one shared file. LIVE.md has the order of things.
 *
 * Both ends run on one little-endian machine, so structures are written as they lie in memory; they
 * have no padding and no pointers, and are the same for 32 and 64 bits.
 */
#ifndef RUNTIME_LIVE_WIRE_H
#define RUNTIME_LIVE_WIRE_H

#include <stdint.h>

/** Names a private folder to the program; what lies in it. */
#define LIVE_WIRE_VARIABLE "AEROGPU_LIVE_HOST"
#define LIVE_WIRE_REQUEST  "request"
#define LIVE_WIRE_REPLY    "reply"
#define LIVE_WIRE_MEMORY   "memory"

enum {
    LIVE_WIRE_MAGIC = 0x4C475041, /**< "APGL" */
    LIVE_WIRE_VERSION = 1,
    LIVE_WIRE_ENTRIES_MAX = 65536,
    LIVE_WIRE_REPORTS_MAX = 32, /**< of one submission; what is beyond is not told */
};

/** Longest stream, image or range of a buffer that is passed on. */
#define LIVE_WIRE_BYTES_MAX ((uint64_t)1 << 30)

enum live_wire_kind {
    LIVE_WIRE_START = 1,    /**< the guest has just started: the host forgets everything */
    LIVE_WIRE_SUBMIT,       /**< executes a stream */
    LIVE_WIRE_READ_TEXTURE, /**< a subresource */
    LIVE_WIRE_READ_BUFFER,  /**< a range */
};

struct live_wire_request {
    uint32_t magic;
    uint32_t version;
    uint32_t number; /**< 1, 2, ...: the reply has the same */
    uint32_t kind;
    uint32_t context_id; /**< SUBMIT */
    uint32_t handle;     /**< READ_* */
    uint32_t mip;        /**< READ_TEXTURE */
    uint32_t layer;
    uint64_t offset_bytes;         /**< SUBMIT: of the stream in the file; READ_BUFFER */
    uint64_t size_bytes;           /**< SUBMIT: of the stream; READ_BUFFER */
    uint64_t entries_offset_bytes; /**< SUBMIT: of an array of struct live_wire_entry in the file */
    uint32_t entry_count;
    uint32_t reserved0; /**< 0 */
};

/** An allocation that a submission lists. */
struct live_wire_entry {
    uint32_t alloc_id;
    uint32_t flags; /**< aerogpu_alloc_flags */
    uint64_t gpa;
    uint64_t size_bytes;
    uint64_t offset_bytes; /**< of its bytes in the file: the host reads and writes them there */
};

enum live_wire_status {
    LIVE_WIRE_DONE,    /**< SUBMIT: executed, reports say how well */
    LIVE_WIRE_NOTHING, /**< READ_*: there is no such thing */
    LIVE_WIRE_FAILED,  /**< there is no usable host; the only report's text says why */
};

struct live_wire_reply {
    uint32_t magic;
    uint32_t version;
    uint32_t number;
    uint32_t status;
    uint32_t report_count;
    uint32_t format; /**< of the image read, or the one presented last by this submission */
    uint32_t width;  /**< 0: no image */
    uint32_t height;
    uint64_t reports_offset_bytes; /**< of an array of struct live_wire_report in the file */
    uint64_t offset_bytes;         /**< of texels, or of the buffer's bytes, in the file */
    uint64_t size_bytes;
    uint64_t reserved0; /**< 0 */
};

/** struct aerogpu_message. Both strings end with a zero. */
struct live_wire_report {
    uint32_t packet_index;
    uint32_t offset_bytes;
    uint32_t opcode;
    uint32_t reserved0; /**< 0 */
    char rule[48];
    char text[448];
};

_Static_assert(sizeof(struct live_wire_request) == 64, "a request is 64 bytes");
_Static_assert(sizeof(struct live_wire_entry) == 32, "an entry is 32 bytes");
_Static_assert(sizeof(struct live_wire_reply) == 64, "a reply is 64 bytes");
_Static_assert(sizeof(struct live_wire_report) == 512, "a report is 512 bytes");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "structures lie in memory as on the wire");

#endif
