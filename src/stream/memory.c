/** The only place of the stream library that may reach the C library's heap. */
#include "stream/memory.h"

#include <stdlib.h>
#include <string.h>

static void *default_realloc(void *user, void *block, size_t size_bytes)
{
    (void)user;
    if (size_bytes == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, size_bytes);
}

struct stream_memory stream_memory_from(aerogpu_realloc_fn realloc_function, void *user)
{
    return (struct stream_memory){ realloc_function ? realloc_function : default_realloc, user };
}

void *stream_memory_create(const struct stream_memory *memory, size_t size_bytes)
{
    void *block = memory->realloc(memory->user, NULL, size_bytes);

    if (block)
        memset(block, 0, size_bytes);
    return block;
}

void stream_memory_destroy(const struct stream_memory *memory, void *block)
{
    if (block)
        memory->realloc(memory->user, block, 0);
}

bool stream_memory_reserve(const struct stream_memory *memory, void **array, uint32_t *capacity,
                           uint32_t needed, size_t element_bytes)
{
    uint64_t wanted = (uint64_t)*capacity + *capacity / 2 + 4;
    void *grown;

    if (needed <= *capacity)
        return true;
    if (wanted < needed)
        wanted = needed;
    if (wanted > UINT32_MAX || wanted > SIZE_MAX / element_bytes)
        return false;
    grown = memory->realloc(memory->user, *array, (size_t)wanted * element_bytes);
    if (!grown)
        return false;
    *array = grown;
    *capacity = (uint32_t)wanted;
    return true;
}
