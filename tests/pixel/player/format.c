#include "format.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define RGBA8(number, format_kind)                                                                 \
    {                                                                                              \
        number, 4, 1, format_kind,                                                                 \
        {                                                                                          \
            { 0, 8 }, { 8, 8 }, { 16, 8 },                                                         \
            {                                                                                      \
                24, 8                                                                              \
            }                                                                                      \
        }                                                                                          \
    }
#define BGRA8(number, format_kind, alpha_bits)                                                     \
    {                                                                                              \
        number, 4, 1, format_kind,                                                                 \
        {                                                                                          \
            { 16, 8 }, { 8, 8 }, { 0, 8 },                                                         \
            {                                                                                      \
                24, alpha_bits                                                                     \
            }                                                                                      \
        }                                                                                          \
    }
#define BLOCKS(number, size)                                                                       \
    {                                                                                              \
        number, size, 4, PX_OPAQUE,                                                                \
        {                                                                                          \
            {                                                                                      \
                0, 0                                                                               \
            }                                                                                      \
        }                                                                                          \
    }

static const struct px_format formats[] = {
    RGBA8(27, PX_UNORM),
    RGBA8(28, PX_UNORM),
    RGBA8(29, PX_SRGB),
    RGBA8(30, PX_INTEGER),
    { 39, 4, 1, PX_FLOAT, { { 0, 32 } } },
    { 40, 4, 1, PX_FLOAT, { { 0, 32 } } },
    { 41, 4, 1, PX_FLOAT, { { 0, 32 } } },
    { 42, 4, 1, PX_INTEGER, { { 0, 32 } } },
    { 44, 4, 1, PX_UNORM, { { 0, 24 }, { 24, 8 } } },
    { 45, 4, 1, PX_UNORM, { { 0, 24 }, { 24, 8 } } },
    { 55, 2, 1, PX_UNORM, { { 0, 16 } } },
    { 61, 1, 1, PX_UNORM, { { 0, 8 } } },
    BLOCKS(70, 8),
    BLOCKS(71, 8),
    BLOCKS(72, 8),
    BLOCKS(73, 16),
    BLOCKS(74, 16),
    BLOCKS(75, 16),
    BLOCKS(76, 16),
    BLOCKS(77, 16),
    BLOCKS(78, 16),
    { 85, 2, 1, PX_UNORM, { { 11, 5 }, { 5, 6 }, { 0, 5 } } },
    { 86, 2, 1, PX_UNORM, { { 10, 5 }, { 5, 5 }, { 0, 5 }, { 15, 1 } } },
    BGRA8(87, PX_UNORM, 8),
    BGRA8(88, PX_UNORM, 0),
    BGRA8(90, PX_UNORM, 8),
    BGRA8(91, PX_SRGB, 8),
    BGRA8(92, PX_UNORM, 0),
    BGRA8(93, PX_SRGB, 0),
    BLOCKS(97, 16),
    BLOCKS(98, 16),
    BLOCKS(99, 16),
};

const struct px_format *px_format_find(uint32_t dxgi)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (formats[i].dxgi == dxgi)
            return &formats[i];
    }
    return NULL;
}

uint32_t px_format_row_bytes(const struct px_format *format, uint32_t width)
{
    return (width + format->block - 1) / format->block * format->bytes;
}

uint32_t px_format_rows(const struct px_format *format, uint32_t height)
{
    return (height + format->block - 1) / format->block;
}

uint32_t px_format_code(const struct px_format *format, const uint8_t *texel, uint32_t channel)
{
    const uint32_t bits = format->channels[channel].bits;
    uint32_t word = 0;

    memcpy(&word, texel, format->bytes);
    return bits == 0 ? 0 : word >> format->channels[channel].shift & (0xFFFFFFFFu >> (32 - bits));
}

static double srgb_from_linear(double value)
{
    return value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055;
}

uint32_t px_format_encode(const struct px_format *format, uint32_t channel, float value)
{
    const uint32_t bits = format->channels[channel].bits;
    double number = value;
    uint32_t code;

    if (bits == 0)
        return 0;
    if (format->kind == PX_FLOAT) {
        memcpy(&code, &value, sizeof(code));
        return code;
    }
    if (format->kind == PX_INTEGER)
        return (uint32_t)(int64_t)value;
    if (format->kind == PX_SRGB && channel < 3)
        number = srgb_from_linear(number);
    number = number > 0 ? number < 1 ? number : 1 : 0;
    return (uint32_t)floor(number * (0xFFFFFFFFu >> (32 - bits)) + 0.5);
}

/* Floats in the order of their values, as integers. */
static int64_t float_rank(uint32_t code)
{
    const int64_t magnitude = code & 0x7FFFFFFF;

    return code >> 31 ? -magnitude : magnitude;
}

uint64_t px_format_distance(const struct px_format *format, uint32_t a, uint32_t b)
{
    const int64_t from = format->kind == PX_FLOAT ? float_rank(a) : a;
    const int64_t to = format->kind == PX_FLOAT ? float_rank(b) : b;

    return (uint64_t)(from < to ? to - from : from - to);
}
