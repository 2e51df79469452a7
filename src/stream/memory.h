/**
 * Memory as the library's users lend it: one realloc function and its first argument.
 */
#ifndef STREAM_MEMORY_H
#define STREAM_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "aerogpu/memory.h"

/** Where an object's memory comes from. Copied into the object. */
struct stream_memory {
    aerogpu_realloc_fn realloc;
    void *user;
};

/** realloc may be NULL: the C library's. */
struct stream_memory stream_memory_from(aerogpu_realloc_fn realloc, void *user);

/** Zeroed memory, NULL when there is none. */
void *stream_memory_create(const struct stream_memory *memory, size_t size_bytes);

/** NULL is fine. */
void stream_memory_destroy(const struct stream_memory *memory, void *block);

/**
 * Makes room for `needed` elements in a growable array: *array and *capacity (in elements) are
 * changed together, and grow at least by half. Returns false, array untouched, when memory runs out
 * or the size overflows.
 */
bool stream_memory_reserve(const struct stream_memory *memory, void **array, uint32_t *capacity,
                           uint32_t needed, size_t element_bytes);

#endif
