#include "host/format.h"

#include <stddef.h>

#include "aerogpu_enums.h"

#define COLOR(tag, vulkan, opaque, compressed)                                                     \
    {                                                                                              \
        AEROGPU_FORMAT_##tag, VK_FORMAT_##vulkan, VK_IMAGE_ASPECT_COLOR_BIT, (opaque),             \
            (compressed)                                                                           \
    }

static const struct host_format formats[] = {
    COLOR(B8G8R8A8_UNORM, B8G8R8A8_UNORM, false, false),
    COLOR(B8G8R8X8_UNORM, B8G8R8A8_UNORM, true, false),
    COLOR(R8G8B8A8_UNORM, R8G8B8A8_UNORM, false, false),
    COLOR(R8G8B8X8_UNORM, R8G8B8A8_UNORM, true, false),
    COLOR(B5G6R5_UNORM, R5G6B5_UNORM_PACK16, false, false),
    COLOR(B5G5R5A1_UNORM, A1R5G5B5_UNORM_PACK16, false, false),
    COLOR(B8G8R8A8_UNORM_SRGB, B8G8R8A8_SRGB, false, false),
    COLOR(B8G8R8X8_UNORM_SRGB, B8G8R8A8_SRGB, true, false),
    COLOR(R8G8B8A8_UNORM_SRGB, R8G8B8A8_SRGB, false, false),
    COLOR(R8G8B8X8_UNORM_SRGB, R8G8B8A8_SRGB, true, false),
    { AEROGPU_FORMAT_D24_UNORM_S8_UINT, VK_FORMAT_D24_UNORM_S8_UINT,
      VK_IMAGE_ASPECT_DEPTH_BIT | VK_IMAGE_ASPECT_STENCIL_BIT, false, false },
    { AEROGPU_FORMAT_D32_FLOAT, VK_FORMAT_D32_SFLOAT, VK_IMAGE_ASPECT_DEPTH_BIT, false, false },
    COLOR(BC1_RGBA_UNORM, BC1_RGBA_UNORM_BLOCK, false, true),
    COLOR(BC1_RGBA_UNORM_SRGB, BC1_RGBA_SRGB_BLOCK, false, true),
    COLOR(BC2_RGBA_UNORM, BC2_UNORM_BLOCK, false, true),
    COLOR(BC2_RGBA_UNORM_SRGB, BC2_SRGB_BLOCK, false, true),
    COLOR(BC3_RGBA_UNORM, BC3_UNORM_BLOCK, false, true),
    COLOR(BC3_RGBA_UNORM_SRGB, BC3_SRGB_BLOCK, false, true),
    COLOR(BC7_RGBA_UNORM, BC7_UNORM_BLOCK, false, true),
    COLOR(BC7_RGBA_UNORM_SRGB, BC7_SRGB_BLOCK, false, true),
};

const struct host_format *host_format_find(uint32_t format)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (formats[i].format == format)
            return &formats[i];
    }
    return NULL;
}

/* The list of section 7.4 with DXGI's numbers; sRGB attributes (29, 91) read as UNORM. */
static const struct host_vertex_format vertex_formats[] = {
    { 2, VK_FORMAT_R32G32B32A32_SFLOAT, 16 },
    { 3, VK_FORMAT_R32G32B32A32_UINT, 16 },
    { 4, VK_FORMAT_R32G32B32A32_SINT, 16 },
    { 6, VK_FORMAT_R32G32B32_SFLOAT, 12 },
    { 7, VK_FORMAT_R32G32B32_UINT, 12 },
    { 8, VK_FORMAT_R32G32B32_SINT, 12 },
    { 10, VK_FORMAT_R16G16B16A16_SFLOAT, 8 },
    { 11, VK_FORMAT_R16G16B16A16_UNORM, 8 },
    { 12, VK_FORMAT_R16G16B16A16_UINT, 8 },
    { 13, VK_FORMAT_R16G16B16A16_SNORM, 8 },
    { 14, VK_FORMAT_R16G16B16A16_SINT, 8 },
    { 16, VK_FORMAT_R32G32_SFLOAT, 8 },
    { 17, VK_FORMAT_R32G32_UINT, 8 },
    { 18, VK_FORMAT_R32G32_SINT, 8 },
    { 24, VK_FORMAT_A2B10G10R10_UNORM_PACK32, 4 },
    { 28, VK_FORMAT_R8G8B8A8_UNORM, 4 },
    { 29, VK_FORMAT_R8G8B8A8_UNORM, 4 },
    { 30, VK_FORMAT_R8G8B8A8_UINT, 4 },
    { 31, VK_FORMAT_R8G8B8A8_SNORM, 4 },
    { 32, VK_FORMAT_R8G8B8A8_SINT, 4 },
    { 34, VK_FORMAT_R16G16_SFLOAT, 4 },
    { 35, VK_FORMAT_R16G16_UNORM, 4 },
    { 36, VK_FORMAT_R16G16_UINT, 4 },
    { 37, VK_FORMAT_R16G16_SNORM, 4 },
    { 38, VK_FORMAT_R16G16_SINT, 4 },
    { 41, VK_FORMAT_R32_SFLOAT, 4 },
    { 42, VK_FORMAT_R32_UINT, 4 },
    { 43, VK_FORMAT_R32_SINT, 4 },
    { 49, VK_FORMAT_R8G8_UNORM, 2 },
    { 50, VK_FORMAT_R8G8_UINT, 2 },
    { 51, VK_FORMAT_R8G8_SNORM, 2 },
    { 52, VK_FORMAT_R8G8_SINT, 2 },
    { 54, VK_FORMAT_R16_SFLOAT, 2 },
    { 56, VK_FORMAT_R16_UNORM, 2 },
    { 57, VK_FORMAT_R16_UINT, 2 },
    { 58, VK_FORMAT_R16_SNORM, 2 },
    { 59, VK_FORMAT_R16_SINT, 2 },
    { 87, VK_FORMAT_B8G8R8A8_UNORM, 4 },
    { 91, VK_FORMAT_B8G8R8A8_UNORM, 4 },
};

const struct host_vertex_format *host_vertex_format_find(uint32_t dxgi_format)
{
    for (size_t i = 0; i < sizeof(vertex_formats) / sizeof(vertex_formats[0]); i++) {
        if (vertex_formats[i].dxgi_format == dxgi_format)
            return &vertex_formats[i];
    }
    return NULL;
}
