/**
 * Texel formats and the packed memory layout of textures (AeroGPU protocol specification, sections
 * 4.1 and 10.1).
 */
#ifndef STREAM_TEXTURE_LAYOUT_H
#define STREAM_TEXTURE_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

/** One aerogpu_format. */
struct format_info {
    uint32_t format;
    uint8_t block_bytes;  /**< per texel, or per 4x4 block */
    uint8_t block_extent; /**< texels a side: 1 or 4 */
    bool is_depth;
    uint8_t first_minor; /**< device minor it needs */
    uint32_t unorm;      /**< the format without sRGB: members of one family agree here */
};

/** NULL for a value that is no format. */
const struct format_info *stream_format_info_find(uint32_t format);

/** What decides a texture's layout. mip_levels and array_layers are at least 1. */
struct texture_shape {
    const struct format_info *format;
    uint32_t width;
    uint32_t height;
    uint32_t mip_levels;
    uint32_t array_layers;
    uint32_t row_pitch_bytes; /**< of mip 0; 0 = tight */
};

/** Extent of a mip, in texels. */
uint32_t stream_texture_mip_extent(uint32_t extent, uint32_t mip);

/** 1 + floor(log2(max(width, height))): the most mips a texture can have. Both are at least 1. */
uint32_t stream_texture_full_mips(uint32_t width, uint32_t height);

/** Bytes of a mip's row of texels or blocks without padding. Cannot overflow 64 bits. */
uint64_t stream_texture_tight_pitch(const struct texture_shape *shape, uint32_t mip);

/** Bytes of all mips of one layer. Returns false on overflow. */
bool stream_texture_layer_bytes(const struct texture_shape *shape, uint64_t *layer_bytes);

/** Bytes of the whole texture. Returns false on overflow. */
bool stream_texture_total_bytes(const struct texture_shape *shape, uint64_t *total_bytes);

/** One subresource in the packed layout. */
struct texture_extent {
    uint32_t index; /**< mip + layer * mip_levels */
    uint64_t offset_bytes;
    uint64_t size_bytes;
};

/** The subresource that holds a byte; offset_bytes lies inside the texture, whose total is known.
 */
struct texture_extent stream_texture_extent_at(const struct texture_shape *shape,
                                               uint64_t offset_bytes);

#endif
