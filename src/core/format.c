#include "core/format.h"

#include <dxgiformat.h>
#include <stddef.h>

#include "aerogpu_enums.h"

enum {
    S = FORMAT_CAP_SAMPLE,
    SRB = FORMAT_CAP_SAMPLE | FORMAT_CAP_RENDER_TARGET | FORMAT_CAP_BLEND,
    FAMILY_RGBA8 = DXGI_FORMAT_R8G8B8A8_TYPELESS,
    FAMILY_BGRA8 = DXGI_FORMAT_B8G8R8A8_TYPELESS,
    FAMILY_BGRX8 = DXGI_FORMAT_B8G8R8X8_TYPELESS,
    FAMILY_R24G8 = DXGI_FORMAT_R24G8_TYPELESS,
    FAMILY_R32 = DXGI_FORMAT_R32_TYPELESS,
    FAMILY_BC1 = DXGI_FORMAT_BC1_TYPELESS,
    FAMILY_BC2 = DXGI_FORMAT_BC2_TYPELESS,
    FAMILY_BC3 = DXGI_FORMAT_BC3_TYPELESS,
    FAMILY_BC7 = DXGI_FORMAT_BC7_TYPELESS,
};

#define COLOR(wire, family, mode, caps)                                                            \
    {                                                                                              \
        FORMAT_COLOR, AEROGPU_FORMAT_##wire, AEROGPU_FORMAT_##wire, 4, FAMILY_##family, mode, caps \
    }
#define SRGB(wire, family, mode)                                                                   \
    {                                                                                              \
        FORMAT_COLOR, AEROGPU_FORMAT_##wire##_SRGB, AEROGPU_FORMAT_##wire, 4, FAMILY_##family,     \
            mode, SRB                                                                              \
    }
#define PACKED16(wire)                                                                             \
    {                                                                                              \
        FORMAT_COLOR, AEROGPU_FORMAT_##wire, AEROGPU_FORMAT_##wire, 2, DXGI_FORMAT_##wire, true,   \
            SRB                                                                                    \
    }
#define DEPTH(wire, family)                                                                        \
    {                                                                                              \
        FORMAT_DEPTH, AEROGPU_FORMAT_##wire, AEROGPU_FORMAT_##wire, 4, FAMILY_##family, false, 0   \
    }
#define BC(wire, bytes, family, caps)                                                              \
    {                                                                                              \
        FORMAT_COMPRESSED, AEROGPU_FORMAT_##wire, 0, bytes, FAMILY_##family, false, caps           \
    }

static const struct format_row format_rows[] = {
    [DXGI_FORMAT_R8G8B8A8_TYPELESS] = COLOR(R8G8B8A8_UNORM, RGBA8, true, 0),
    [DXGI_FORMAT_R8G8B8A8_UNORM] = COLOR(R8G8B8A8_UNORM, RGBA8, true, SRB),
    [DXGI_FORMAT_R8G8B8A8_UNORM_SRGB] = SRGB(R8G8B8A8_UNORM, RGBA8, true),
    [DXGI_FORMAT_R32_TYPELESS] = DEPTH(D32_FLOAT, R32),
    [DXGI_FORMAT_D32_FLOAT] = DEPTH(D32_FLOAT, R32),
    [DXGI_FORMAT_R24G8_TYPELESS] = DEPTH(D24_UNORM_S8_UINT, R24G8),
    [DXGI_FORMAT_D24_UNORM_S8_UINT] = DEPTH(D24_UNORM_S8_UINT, R24G8),
    [DXGI_FORMAT_BC1_TYPELESS] = BC(BC1_RGBA_UNORM, 8, BC1, 0),
    [DXGI_FORMAT_BC1_UNORM] = BC(BC1_RGBA_UNORM, 8, BC1, S),
    [DXGI_FORMAT_BC1_UNORM_SRGB] = BC(BC1_RGBA_UNORM_SRGB, 8, BC1, S),
    [DXGI_FORMAT_BC2_TYPELESS] = BC(BC2_RGBA_UNORM, 16, BC2, 0),
    [DXGI_FORMAT_BC2_UNORM] = BC(BC2_RGBA_UNORM, 16, BC2, S),
    [DXGI_FORMAT_BC2_UNORM_SRGB] = BC(BC2_RGBA_UNORM_SRGB, 16, BC2, S),
    [DXGI_FORMAT_BC3_TYPELESS] = BC(BC3_RGBA_UNORM, 16, BC3, 0),
    [DXGI_FORMAT_BC3_UNORM] = BC(BC3_RGBA_UNORM, 16, BC3, S),
    [DXGI_FORMAT_BC3_UNORM_SRGB] = BC(BC3_RGBA_UNORM_SRGB, 16, BC3, S),
    [DXGI_FORMAT_B5G6R5_UNORM] = PACKED16(B5G6R5_UNORM),
    [DXGI_FORMAT_B5G5R5A1_UNORM] = PACKED16(B5G5R5A1_UNORM),
    [DXGI_FORMAT_B8G8R8A8_UNORM] = COLOR(B8G8R8A8_UNORM, BGRA8, true, SRB),
    [DXGI_FORMAT_B8G8R8X8_UNORM] = COLOR(B8G8R8X8_UNORM, BGRX8, true, SRB),
    /* The one format whose lack has to be said in words: a bit of its own, no storage. */
    [DXGI_FORMAT_R10G10B10_XR_BIAS_A2_UNORM] = { .caps = FORMAT_CAP_NOT_SUPPORTED },
    [DXGI_FORMAT_B8G8R8A8_TYPELESS] = COLOR(B8G8R8A8_UNORM, BGRA8, true, 0),
    [DXGI_FORMAT_B8G8R8A8_UNORM_SRGB] = SRGB(B8G8R8A8_UNORM, BGRA8, true),
    [DXGI_FORMAT_B8G8R8X8_TYPELESS] = COLOR(B8G8R8X8_UNORM, BGRX8, true, 0),
    [DXGI_FORMAT_B8G8R8X8_UNORM_SRGB] = SRGB(B8G8R8X8_UNORM, BGRX8, true),
    [DXGI_FORMAT_BC7_TYPELESS] = BC(BC7_RGBA_UNORM, 16, BC7, 0),
    [DXGI_FORMAT_BC7_UNORM] = BC(BC7_RGBA_UNORM, 16, BC7, S),
    [DXGI_FORMAT_BC7_UNORM_SRGB] = BC(BC7_RGBA_UNORM_SRGB, 16, BC7, S),
};

enum {
    U = VERTEX_CLASS_UINT,
    I = VERTEX_CLASS_SINT,
    F = VERTEX_CLASS_FLOAT,
};

/* Scalar 16-bit formats take 4 bytes: hosts fetch them as pairs (protocol specification 7.4). */
static const struct vertex_format_row vertex_format_rows[] = {
    [DXGI_FORMAT_R32G32B32A32_FLOAT] = { F, 16 },
    [DXGI_FORMAT_R32G32B32A32_UINT] = { U, 16 },
    [DXGI_FORMAT_R32G32B32A32_SINT] = { I, 16 },
    [DXGI_FORMAT_R32G32B32_FLOAT] = { F, 12 },
    [DXGI_FORMAT_R32G32B32_UINT] = { U, 12 },
    [DXGI_FORMAT_R32G32B32_SINT] = { I, 12 },
    [DXGI_FORMAT_R16G16B16A16_FLOAT] = { F, 8 },
    [DXGI_FORMAT_R16G16B16A16_UNORM] = { F, 8 },
    [DXGI_FORMAT_R16G16B16A16_UINT] = { U, 8 },
    [DXGI_FORMAT_R16G16B16A16_SNORM] = { F, 8 },
    [DXGI_FORMAT_R16G16B16A16_SINT] = { I, 8 },
    [DXGI_FORMAT_R32G32_FLOAT] = { F, 8 },
    [DXGI_FORMAT_R32G32_UINT] = { U, 8 },
    [DXGI_FORMAT_R32G32_SINT] = { I, 8 },
    [DXGI_FORMAT_R10G10B10A2_UNORM] = { F, 4 },
    [DXGI_FORMAT_R8G8B8A8_UNORM] = { F, 4 },
    [DXGI_FORMAT_R8G8B8A8_UNORM_SRGB] = { F, 4 },
    [DXGI_FORMAT_R8G8B8A8_UINT] = { U, 4 },
    [DXGI_FORMAT_R8G8B8A8_SNORM] = { F, 4 },
    [DXGI_FORMAT_R8G8B8A8_SINT] = { I, 4 },
    [DXGI_FORMAT_R16G16_FLOAT] = { F, 4 },
    [DXGI_FORMAT_R16G16_UNORM] = { F, 4 },
    [DXGI_FORMAT_R16G16_UINT] = { U, 4 },
    [DXGI_FORMAT_R16G16_SNORM] = { F, 4 },
    [DXGI_FORMAT_R16G16_SINT] = { I, 4 },
    [DXGI_FORMAT_R32_FLOAT] = { F, 4 },
    [DXGI_FORMAT_R32_UINT] = { U, 4 },
    [DXGI_FORMAT_R32_SINT] = { I, 4 },
    [DXGI_FORMAT_R8G8_UNORM] = { F, 2 },
    [DXGI_FORMAT_R8G8_UINT] = { U, 2 },
    [DXGI_FORMAT_R8G8_SNORM] = { F, 2 },
    [DXGI_FORMAT_R8G8_SINT] = { I, 2 },
    [DXGI_FORMAT_R16_FLOAT] = { F, 4 },
    [DXGI_FORMAT_R16_UNORM] = { F, 4 },
    [DXGI_FORMAT_R16_UINT] = { U, 4 },
    [DXGI_FORMAT_R16_SNORM] = { F, 4 },
    [DXGI_FORMAT_R16_SINT] = { I, 4 },
    [DXGI_FORMAT_B8G8R8A8_UNORM] = { F, 4 },
    [DXGI_FORMAT_B8G8R8A8_UNORM_SRGB] = { F, 4 },
};

const struct format_row *format_find(uint32_t dxgi_format)
{
    const size_t count = sizeof(format_rows) / sizeof(format_rows[0]);

    return &format_rows[dxgi_format < count ? dxgi_format : DXGI_FORMAT_UNKNOWN];
}

uint32_t format_wire(const struct format_row *row, uint32_t device_abi_minor)
{
    return device_abi_minor >= 2 ? row->wire : row->wire_before_minor2;
}

const struct vertex_format_row *vertex_format_find(uint32_t dxgi_format)
{
    const size_t count = sizeof(vertex_format_rows) / sizeof(vertex_format_rows[0]);

    return &vertex_format_rows[dxgi_format < count ? dxgi_format : DXGI_FORMAT_UNKNOWN];
}
