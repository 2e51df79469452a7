/**
 * What the CPU knows of a buffer's bytes.
 *
 * Buffers are written on the wire in words of 4 bytes. Ranges with other ends need the bytes beside
 * them, which nobody can read back, so a buffer that only uploads and copies write keeps what they
 * left there (driver semantics 13.1). The bytes are those the host has when it comes to this place
 * of the stream; when a copy brings bytes nobody knows, the shadow is dropped for good.
 */
#ifndef CORE_SHADOW_H
#define CORE_SHADOW_H

#include <stdbool.h>
#include <stdint.h>

/** Zeroed: nothing is known, ever. */
struct shadow {
    bool is_known;
    uint64_t size_bytes; /**< a multiple of 4 */
    uint8_t *bytes;      /**< owned; NULL: all zero, as a fresh buffer is */
};

/** A fresh buffer of size_bytes bytes, a multiple of 4, that nothing else than the CPU knows of. */
void shadow_begin(struct shadow *shadow, uint64_t size_bytes);

/** Nothing is known from now on. Fine at any time. */
void shadow_drop(struct shadow *shadow);

/** All bytes, lent until the shadow is dropped; NULL when they are not known. */
uint8_t *shadow_bytes(struct shadow *shadow);

/** The CPU wrote a range that lies inside. Drops the shadow when there is no memory for it. */
void shadow_write(struct shadow *shadow, uint64_t offset_bytes, const void *bytes,
                  uint64_t size_bytes);

/**
 * The host copied a range, inside of both, from another shadow or the same; ranges of one may
 * overlap. Drops the target's when the source's is not known.
 */
void shadow_copy(struct shadow *target, uint64_t target_offset_bytes, struct shadow *source,
                 uint64_t source_offset_bytes, uint64_t size_bytes);

#endif
