#include "core/shadow.h"

#include <string.h>

#include "platform/heap.h"

void shadow_begin(struct shadow *shadow, uint64_t size_bytes)
{
    *shadow = (struct shadow){ .is_known = true, .size_bytes = size_bytes };
}

void shadow_drop(struct shadow *shadow)
{
    heap_free(shadow->bytes);
    *shadow = (struct shadow){ 0 };
}

uint8_t *shadow_bytes(struct shadow *shadow)
{
    if (!shadow->is_known)
        return NULL;
    if (!shadow->bytes)
        shadow->bytes = heap_alloc((size_t)shadow->size_bytes);
    if (!shadow->bytes)
        shadow_drop(shadow);
    return shadow->bytes;
}

void shadow_write(struct shadow *shadow, uint64_t offset_bytes, const void *bytes,
                  uint64_t size_bytes)
{
    uint8_t *known = shadow_bytes(shadow);

    if (known)
        memcpy(known + offset_bytes, bytes, (size_t)size_bytes);
}

void shadow_copy(struct shadow *target, uint64_t target_offset_bytes, struct shadow *source,
                 uint64_t source_offset_bytes, uint64_t size_bytes)
{
    const uint8_t *from = target->is_known ? shadow_bytes(source) : NULL;
    uint8_t *to = from ? shadow_bytes(target) : NULL;

    if (to)
        memmove(to + target_offset_bytes, from + source_offset_bytes, (size_t)size_bytes);
    else
        shadow_drop(target);
}
