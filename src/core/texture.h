/**
 * Arithmetic of texture memory: one linear image, each layer's mips in order, packed without gaps.
 * The same layout serves guest backing, uploads and dirty ranges (driver semantics 9.5; AeroGPU
 * protocol specification 10.1).
 */
#ifndef CORE_TEXTURE_H
#define CORE_TEXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/format.h"

enum {
    TEXTURE_MAX_MIPS = 15,         /* 16384 texels a side */
    TEXTURE_MAX_SIDE = 16384,      /* what Direct3D 11 allows at most */
    TEXTURE_MAX_LAYERS = 2048,     /* likewise */
    TEXTURE_PITCH_ALIGNMENT = 256, /* of mip 0; other mips are tight */
};

/** Driver's own ceiling for one texture. */
#define TEXTURE_MAX_BYTES ((uint64_t)2 << 30)

struct texture_layout {
    uint32_t width, height; /**< texels of mip 0 */
    uint32_t mip_levels, array_layers;
    uint32_t row_pitch_bytes; /**< of mip 0 */
    uint32_t block_bytes;
    uint32_t block_side; /**< texels */
    uint64_t layer_bytes;
    uint64_t total_bytes;
};

/** One mip of one layer. Rows are rows of blocks. */
struct texture_subresource {
    uint64_t offset_bytes;
    uint64_t size_bytes;
    uint32_t row_pitch_bytes;
    uint32_t row_bytes; /**< used of each row */
    uint32_t rows;
    uint32_t width, height; /**< texels */
};

/**
 * Lays out a texture. mip_levels 0 means the full chain. Returns false for zero or too large
 * dimensions, more mips than the size has, and totals beyond TEXTURE_MAX_BYTES.
 */
bool texture_layout_init(struct texture_layout *layout, const struct format_row *format,
                         uint32_t width, uint32_t height, uint32_t mip_levels,
                         uint32_t array_layers);

/**
 * Gives mip 0 another pitch, at least its tight one, and recomputes the sizes. Returns false, and
 * changes nothing, for a pitch too small or a total beyond TEXTURE_MAX_BYTES.
 */
bool texture_layout_set_pitch(struct texture_layout *layout, uint32_t row_pitch_bytes);

/** Subresources in all. */
static inline uint32_t texture_subresource_count(const struct texture_layout *layout)
{
    return layout->mip_levels * layout->array_layers;
}

/** Mips of a full chain. */
uint32_t texture_full_chain(uint32_t width, uint32_t height);

/** Where subresource index (mip + layer * mip_levels) lies; index must exist. */
struct texture_subresource texture_subresource_at(const struct texture_layout *layout,
                                                  uint32_t index);

#endif
