/** Images that were read back, in the terms of whoever looks at them. */
#include <stdlib.h>

#include "aerogpu/host.h"
#include "aerogpu_enums.h"
#include "aerogpu_unaligned.h"

void aerogpu_host_image_finish(struct aerogpu_host_image *image)
{
    free(image->bytes);
    image->bytes = NULL;
    image->size_bytes = 0;
}

/* Where the channels of a 32-bit format are. */
struct order {
    uint32_t format, srgb_format;
    uint8_t red, blue;
    bool has_alpha;
};

static const struct order orders[] = {
    { AEROGPU_FORMAT_B8G8R8A8_UNORM, AEROGPU_FORMAT_B8G8R8A8_UNORM_SRGB, 2, 0, true },
    { AEROGPU_FORMAT_B8G8R8X8_UNORM, AEROGPU_FORMAT_B8G8R8X8_UNORM_SRGB, 2, 0, false },
    { AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_FORMAT_R8G8B8A8_UNORM_SRGB, 0, 2, true },
    { AEROGPU_FORMAT_R8G8B8X8_UNORM, AEROGPU_FORMAT_R8G8B8X8_UNORM_SRGB, 0, 2, false },
};

static uint8_t widen(uint32_t value, uint32_t bits)
{
    return (uint8_t)(value << (8 - bits) | value >> (2 * bits - 8));
}

static void unpack16(uint32_t format, uint16_t texel, uint8_t *rgba)
{
    const bool has_alpha = format == AEROGPU_FORMAT_B5G5R5A1_UNORM;

    rgba[0] = widen(has_alpha ? texel >> 10 & 31 : texel >> 11 & 31, 5);
    rgba[1] = has_alpha ? widen(texel >> 5 & 31, 5) : widen(texel >> 5 & 63, 6);
    rgba[2] = widen(texel & 31, 5);
    rgba[3] = has_alpha && texel >> 15 == 0 ? 0 : 0xFF;
}

bool aerogpu_host_image_rgba8(const struct aerogpu_host_image *image, uint8_t *rgba)
{
    const size_t texels = (size_t)image->width * image->height;
    const struct order *order = NULL;

    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        if (orders[i].format == image->format || orders[i].srgb_format == image->format)
            order = &orders[i];
    }
    if (!order && image->format != AEROGPU_FORMAT_B5G6R5_UNORM &&
        image->format != AEROGPU_FORMAT_B5G5R5A1_UNORM)
        return false;
    for (size_t i = 0; i < texels; i++) {
        uint8_t *out = rgba + i * 4;

        if (!order) {
            unpack16(image->format, aerogpu_load_u16(image->bytes + i * 2), out);
            continue;
        }
        out[0] = image->bytes[i * 4 + order->red];
        out[1] = image->bytes[i * 4 + 1];
        out[2] = image->bytes[i * 4 + order->blue];
        out[3] = order->has_alpha ? image->bytes[i * 4 + 3] : 0xFF;
    }
    return true;
}
