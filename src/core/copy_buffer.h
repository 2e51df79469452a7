/** Copies of bytes between buffers, for copy.h. */
#ifndef CORE_COPY_BUFFER_H
#define CORE_COPY_BUFFER_H

#include "core/resource.h"

/** A range that lies inside of both buffers, which may be the same. */
struct copy_bytes {
    struct resource *target, *source;
    uint64_t target_offset, source_offset;
    uint64_t size_bytes; /**< at least 1 */
};

/**
 * Copies the bytes. Words are copied by the host; what is left at the ends of the range, and all of
 * it when target and source lie differently in their words, is uploaded from what the CPU knows, or
 * stays, and the ledger tells (driver semantics 13.1). OUT_OF_MEMORY when there is no temporary
 * buffer for a copy within one; DEVICE_REMOVED.
 */
enum result copy_buffer_bytes(struct device *device, const struct copy_bytes *copy);

#endif
