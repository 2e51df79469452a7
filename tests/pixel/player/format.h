/** DXGI formats as far as scripts fill, read and compare texels. */
#ifndef PIXEL_FORMAT_H
#define PIXEL_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

enum px_format_kind {
    PX_OPAQUE, /**< no channels: block compressed, typeless */
    PX_UNORM,
    PX_SRGB, /**< colour channels; alpha is UNORM */
    PX_FLOAT,
    PX_INTEGER,
};

struct px_format {
    uint32_t dxgi;
    uint32_t bytes; /**< of a texel or a block */
    uint32_t block; /**< its edge in texels */
    enum px_format_kind kind;
    struct {
        uint8_t shift, bits; /**< bits 0: no such channel */
    } channels[4];           /**< red, green, blue, alpha; depth is red, stencil green */
};

/** NULL for a format scripts cannot make textures of. */
const struct px_format *px_format_find(uint32_t dxgi);

/** Bytes of a tight row of blocks, and how many rows an image has. */
uint32_t px_format_row_bytes(const struct px_format *format, uint32_t width);
uint32_t px_format_rows(const struct px_format *format, uint32_t height);

/** The code of a channel (0: red...) of one texel. */
uint32_t px_format_code(const struct px_format *format, const uint8_t *texel, uint32_t channel);

/** The code that stands for a value: rounded to nearest, as Direct3D converts from float. */
uint32_t px_format_encode(const struct px_format *format, uint32_t channel, float value);

/** How far apart two codes are: steps of an integer, or of a float's last place. */
uint64_t px_format_distance(const struct px_format *format, uint32_t a, uint32_t b);

#endif
