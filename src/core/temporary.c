#include "core/temporary.h"

#include "core/device.h"

enum { MIP_OF_ODD_SIZES = 2 }; /* four times as large is whole blocks, whatever the size */

enum result temporary_buffer_init(struct device *device, struct resource *temporary,
                                  uint64_t size_bytes)
{
    const struct resource_desc desc = {
        .dimension = RESOURCE_BUFFER,
        .usage = RESOURCE_USAGE_DEFAULT,
        .width = (uint32_t)size_bytes, /* at most another buffer's */
    };

    return resource_init(device, temporary, &desc);
}

enum result temporary_texture_init(struct device *device, struct resource *temporary,
                                   const struct resource *like, uint32_t width, uint32_t height,
                                   uint32_t *mip)
{
    const uint32_t side = like->layout.block_side;
    const uint32_t levels_above = width % side || height % side ? MIP_OF_ODD_SIZES : 0;
    const struct resource_desc desc = {
        .dimension = RESOURCE_TEXTURE2D,
        .usage = RESOURCE_USAGE_DEFAULT,
        .format = like->format,
        .width = width << levels_above,
        .height = height << levels_above,
        .mip_levels = 1 + levels_above,
        .array_size = 1,
    };

    *mip = levels_above;
    return resource_init(device, temporary, &desc);
}
