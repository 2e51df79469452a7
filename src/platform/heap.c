#include "platform/heap.h"

#include <stdlib.h>

static long live_blocks;

void *heap_alloc(size_t size_bytes)
{
    void *block = calloc(1, size_bytes);

    if (block)
        __atomic_add_fetch(&live_blocks, 1, __ATOMIC_RELAXED);
    return block;
}

void *heap_resize(void *block, size_t size_bytes)
{
    return block ? realloc(block, size_bytes) : heap_alloc(size_bytes);
}

void heap_free(void *block)
{
    if (!block)
        return;
    __atomic_sub_fetch(&live_blocks, 1, __ATOMIC_RELAXED);
    free(block);
}

long heap_live_blocks(void)
{
    return __atomic_load_n(&live_blocks, __ATOMIC_RELAXED);
}
