/**
 * What every object in a private block starts with: a word that says which kind it is, so that a
 * stale or foreign handle is recognised, and its place among the device's objects.
 *
 * The block is the runtime's and its first content is undefined (driver semantics 4), so an object
 * begins by zeroing it, and a failed or finished object leaves it zeroed: destroying it again does
 * nothing.
 */
#ifndef CORE_OBJECT_H
#define CORE_OBJECT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/list.h"

/** Values spell the kind in a memory dump ("AGre", ...); none is 0 or a fill pattern. */
enum object_kind {
    OBJECT_DEVICE = 0x76644741,
    OBJECT_RESOURCE = 0x65724741,
    OBJECT_RENDER_TARGET_VIEW = 0x74724741,
    OBJECT_DEPTH_STENCIL_VIEW = 0x73644741,
    OBJECT_INPUT_LAYOUT = 0x6C694741,
    OBJECT_SHADER = 0x68734741,
    OBJECT_BLEND_STATE = 0x6C624741,
    OBJECT_DEPTH_STENCIL_STATE = 0x70644741,
    OBJECT_RASTERIZER_STATE = 0x61724741,
    OBJECT_SHADER_RESOURCE_VIEW = 0x72734741,
    OBJECT_SAMPLER = 0x61734741,
};

struct device;

struct object {
    uint32_t kind;               /**< enum object_kind; 0 = nothing lives here */
    const struct device *device; /**< that it lives on; NULL before it is adopted */
    struct list node;            /**< in device.objects */
};

/** Zeroes the block of an object and gives it its kind, linked nowhere yet. */
static inline void object_begin(void *block, size_t size_bytes, enum object_kind kind)
{
    memset(block, 0, size_bytes);
    ((struct object *)block)->kind = kind;
}

/** Unlinks the object and leaves its block zeroed. */
static inline void object_end(void *block, size_t size_bytes)
{
    list_remove(&((struct object *)block)->node);
    memset(block, 0, size_bytes);
}

/** The object in a block, NULL when there is none of that kind. block may be NULL. */
static inline void *object_of(void *block, enum object_kind kind)
{
    return block && ((const struct object *)block)->kind == (uint32_t)kind ? block : NULL;
}

#endif
