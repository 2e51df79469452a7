/** Arithmetic of section 10.1. */
#include "stream/texture_layout.h"

#include <stddef.h>

#include "aerogpu_enums.h"

#define FORMAT(tag, bytes, extent, depth, minor, base)                                             \
    {                                                                                              \
        AEROGPU_FORMAT_##tag, (bytes), (extent), (depth), (minor), AEROGPU_FORMAT_##base           \
    }

static const struct format_info formats[] = {
    FORMAT(B8G8R8A8_UNORM, 4, 1, false, 0, B8G8R8A8_UNORM),
    FORMAT(B8G8R8X8_UNORM, 4, 1, false, 0, B8G8R8X8_UNORM),
    FORMAT(R8G8B8A8_UNORM, 4, 1, false, 0, R8G8B8A8_UNORM),
    FORMAT(R8G8B8X8_UNORM, 4, 1, false, 0, R8G8B8X8_UNORM),
    FORMAT(B5G6R5_UNORM, 2, 1, false, 0, B5G6R5_UNORM),
    FORMAT(B5G5R5A1_UNORM, 2, 1, false, 0, B5G5R5A1_UNORM),
    FORMAT(B8G8R8A8_UNORM_SRGB, 4, 1, false, 2, B8G8R8A8_UNORM),
    FORMAT(B8G8R8X8_UNORM_SRGB, 4, 1, false, 2, B8G8R8X8_UNORM),
    FORMAT(R8G8B8A8_UNORM_SRGB, 4, 1, false, 2, R8G8B8A8_UNORM),
    FORMAT(R8G8B8X8_UNORM_SRGB, 4, 1, false, 2, R8G8B8X8_UNORM),
    FORMAT(D24_UNORM_S8_UINT, 4, 1, true, 0, D24_UNORM_S8_UINT),
    FORMAT(D32_FLOAT, 4, 1, true, 0, D32_FLOAT),
    FORMAT(BC1_RGBA_UNORM, 8, 4, false, 2, BC1_RGBA_UNORM),
    FORMAT(BC1_RGBA_UNORM_SRGB, 8, 4, false, 2, BC1_RGBA_UNORM),
    FORMAT(BC2_RGBA_UNORM, 16, 4, false, 2, BC2_RGBA_UNORM),
    FORMAT(BC2_RGBA_UNORM_SRGB, 16, 4, false, 2, BC2_RGBA_UNORM),
    FORMAT(BC3_RGBA_UNORM, 16, 4, false, 2, BC3_RGBA_UNORM),
    FORMAT(BC3_RGBA_UNORM_SRGB, 16, 4, false, 2, BC3_RGBA_UNORM),
    FORMAT(BC7_RGBA_UNORM, 16, 4, false, 2, BC7_RGBA_UNORM),
    FORMAT(BC7_RGBA_UNORM_SRGB, 16, 4, false, 2, BC7_RGBA_UNORM),
};

const struct format_info *stream_format_info_find(uint32_t format)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (formats[i].format == format)
            return &formats[i];
    }
    return NULL;
}

uint32_t stream_texture_mip_extent(uint32_t extent, uint32_t mip)
{
    const uint32_t shifted = mip < 32 ? extent >> mip : 0;

    return shifted ? shifted : 1;
}

uint32_t stream_texture_full_mips(uint32_t width, uint32_t height)
{
    uint32_t extent = width > height ? width : height;
    uint32_t mips = 1;

    while (extent >>= 1)
        mips++;
    return mips;
}

static uint64_t blocks(const struct texture_shape *shape, uint32_t extent, uint32_t mip)
{
    const uint32_t block = shape->format->block_extent;

    return ((uint64_t)stream_texture_mip_extent(extent, mip) + block - 1) / block;
}

uint64_t stream_texture_tight_pitch(const struct texture_shape *shape, uint32_t mip)
{
    return blocks(shape, shape->width, mip) * shape->format->block_bytes;
}

static bool mip_bytes(const struct texture_shape *shape, uint32_t mip, uint64_t *bytes)
{
    const uint64_t pitch_bytes = mip == 0 && shape->row_pitch_bytes != 0
                                     ? shape->row_pitch_bytes
                                     : stream_texture_tight_pitch(shape, mip);

    return !__builtin_mul_overflow(pitch_bytes, blocks(shape, shape->height, mip), bytes);
}

bool stream_texture_layer_bytes(const struct texture_shape *shape, uint64_t *layer_bytes)
{
    uint64_t bytes;

    *layer_bytes = 0;
    for (uint32_t mip = 0; mip < shape->mip_levels; mip++) {
        if (!mip_bytes(shape, mip, &bytes) ||
            __builtin_add_overflow(*layer_bytes, bytes, layer_bytes))
            return false;
    }
    return true;
}

bool stream_texture_total_bytes(const struct texture_shape *shape, uint64_t *total_bytes)
{
    uint64_t layer_bytes;

    return stream_texture_layer_bytes(shape, &layer_bytes) &&
           !__builtin_mul_overflow(layer_bytes, (uint64_t)shape->array_layers, total_bytes);
}

struct texture_extent stream_texture_extent_at(const struct texture_shape *shape,
                                               uint64_t offset_bytes)
{
    struct texture_extent extent = { 0 };
    uint64_t layer_bytes = 0;
    uint32_t layer;
    uint32_t mip = 0;

    stream_texture_layer_bytes(shape, &layer_bytes);
    layer = (uint32_t)(offset_bytes / layer_bytes);
    extent.offset_bytes = layer * layer_bytes;
    mip_bytes(shape, 0, &extent.size_bytes);
    while (mip + 1 < shape->mip_levels && offset_bytes - extent.offset_bytes >= extent.size_bytes) {
        extent.offset_bytes += extent.size_bytes;
        mip++;
        mip_bytes(shape, mip, &extent.size_bytes);
    }
    extent.index = mip + layer * shape->mip_levels;
    return extent;
}
