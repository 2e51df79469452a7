/** What was drawn: from the machine behind the driver, and as an application reads it. */
#include <stdlib.h>
#include <string.h>

#include "aerogpu_cmd.h"
#include "ddi_state.h"
#include "player/format.h"

/* Takes the texels over. */
static bool take_image(struct live_image *live, uint32_t format, struct px_image *image)
{
    *image = (struct px_image){
        .format = format,
        .width = live->width,
        .height = live->height,
        .row_pitch_bytes = px_format_row_bytes(px_format_find(format), live->width),
        .bytes = malloc(live->size_bytes),
    };
    if (image->bytes == NULL)
        tap_bail_out("out of memory");
    memcpy(image->bytes, live->bytes, live->size_bytes);
    return true;
}

bool px_ddi_read_texture(void *device, struct px_object *texture, uint32_t mip, uint32_t layer,
                         struct px_image *image)
{
    struct px_ddi *ddi = device;
    struct live_image live = { 0 };

    d3d_flush(ddi->device);
    if (!kernel_read_texture(ddi->kernel, texture->handle, mip, layer, &live))
        return false;
    take_image(&live, texture->texture.format, image);
    live_image_finish(&live);
    return true;
}

bool px_ddi_read_buffer(void *device, struct px_object *buffer, uint32_t offset_bytes, void *bytes,
                        uint32_t size_bytes)
{
    struct px_ddi *ddi = device;

    d3d_flush(ddi->device);
    return kernel_read_buffer(ddi->kernel, buffer->handle, offset_bytes, bytes, size_bytes);
}

static uint32_t dxgi_format(uint32_t protocol_format)
{
    static const uint32_t formats[] = {
        [AEROGPU_FORMAT_B8G8R8A8_UNORM] = DXGI_FORMAT_B8G8R8A8_UNORM,
        [AEROGPU_FORMAT_B8G8R8X8_UNORM] = DXGI_FORMAT_B8G8R8X8_UNORM,
        [AEROGPU_FORMAT_R8G8B8A8_UNORM] = DXGI_FORMAT_R8G8B8A8_UNORM,
        [AEROGPU_FORMAT_B8G8R8A8_UNORM_SRGB] = DXGI_FORMAT_B8G8R8A8_UNORM_SRGB,
        [AEROGPU_FORMAT_R8G8B8A8_UNORM_SRGB] = DXGI_FORMAT_R8G8B8A8_UNORM_SRGB,
    };

    return protocol_format < sizeof(formats) / sizeof(formats[0]) ? formats[protocol_format] : 0;
}

bool px_ddi_read_presented(void *device, struct px_image *image)
{
    struct px_ddi *ddi = device;
    const struct live_image *live = kernel_presented_image(ddi->kernel);
    struct live_image lent;

    if (live == NULL || px_format_find(dxgi_format(live->format)) == NULL)
        return false;
    lent = *live;
    return take_image(&lent, dxgi_format(live->format), image);
}

/* What an application does: copy to a staging texture, map, read. */
bool px_ddi_read_staging(void *device, struct px_object *texture, uint32_t mip, uint32_t layer,
                         struct px_image *image)
{
    struct px_ddi *ddi = device;
    const uint32_t subresource = mip + layer * texture->texture.mips;
    const struct px_format *format = px_format_find(texture->texture.format);
    struct px_texture_desc desc = texture->texture;
    const struct px_object *staging;
    uint32_t rows;
    uint8_t *mapped;
    UINT pitch;

    desc.usage = PX_USAGE_STAGING;
    desc.bind = 0;
    desc.is_presentable = desc.can_generate_mips = false;
    staging = px_ddi_wrap(ddi, px_ddi_create_rt_texture(ddi, &desc, NULL));
    if (staging == NULL)
        return false;
    d3d_copy(staging->rt, texture->rt);
    mapped = d3d_map(staging->rt, subresource, D3D10_DDI_MAP_READ, 0, &pitch, NULL);
    if (mapped == NULL)
        return false;
    *image = (struct px_image){
        .format = desc.format,
        .width = desc.width >> mip ? desc.width >> mip : 1,
        .height = desc.height >> mip ? desc.height >> mip : 1,
    };
    rows = px_format_rows(format, image->height);
    image->row_pitch_bytes = px_format_row_bytes(format, image->width);
    image->bytes = malloc((size_t)rows * image->row_pitch_bytes);
    for (uint32_t row = 0; image->bytes != NULL && row < rows; row++)
        memcpy(image->bytes + (size_t)row * image->row_pitch_bytes, mapped + (size_t)row * pitch,
               image->row_pitch_bytes);
    d3d_unmap(staging->rt, subresource);
    return image->bytes != NULL && px_ddi_is_good(ddi);
}
