/**
 * The one allocation function that the stream library asks its user for.
 */
#ifndef AEROGPU_MEMORY_H
#define AEROGPU_MEMORY_H

#include <stddef.h>

/**
 * Memory for the library: realloc() semantics, except that size 0 frees the block and returns NULL.
 * block may be NULL. Returns NULL when memory runs out; the old block then stays valid.
 */
typedef void *(*aerogpu_realloc_fn)(void *user, void *block, size_t size_bytes);

#endif
