/**
 * The driver's own memory, all of it: one place to count and to make fail.
 *
 * What the runtime lends (private blocks of objects) never comes from here.
 */
#ifndef PLATFORM_HEAP_H
#define PLATFORM_HEAP_H

#include <stddef.h>

/** Returns size_bytes zeroed bytes, NULL when there are none. Free with heap_free. */
void *heap_alloc(size_t size_bytes);

/** Moves a block to size_bytes bytes; NULL, and the old block kept, when there are none. */
void *heap_resize(void *block, size_t size_bytes);

/** NULL is fine. */
void heap_free(void *block);

/** Blocks not yet freed: a leak counter for tests. */
long heap_live_blocks(void);

#endif
