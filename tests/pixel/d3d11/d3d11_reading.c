/** Reading back, and what a swap chain does: all are copies that no predicate may suppress. */
#include <stdlib.h>
#include <string.h>

#include "d3d11_state.h"
#include "player/format.h"

static void copy_always(struct px_d3d11 *d3d, const struct px_object *target,
                        const struct px_object *source)
{
    ID3D11Predicate *predicate = NULL;
    BOOL value = FALSE;

    ID3D11DeviceContext_GetPredication(d3d->context, &predicate, &value);
    ID3D11DeviceContext_SetPredication(d3d->context, NULL, FALSE);
    ID3D11DeviceContext_CopyResource(d3d->context, PX_MADE(ID3D11Resource, target),
                                     PX_MADE(ID3D11Resource, source));
    ID3D11DeviceContext_SetPredication(d3d->context, predicate, value);
    if (predicate != NULL)
        ID3D11Predicate_Release(predicate);
}

/* A texture like another, for copies of its contents. */
static struct px_object *create_twin(struct px_d3d11 *d3d, const struct px_object *texture,
                                     uint32_t usage)
{
    struct px_texture_desc desc = texture->texture;

    desc.usage = usage;
    desc.can_generate_mips = false;
    if (usage == PX_USAGE_STAGING) {
        desc.bind = 0;
        desc.is_cube = false;
    }
    return px_d3d11_texture(d3d, &desc, NULL);
}

static uint32_t extent(uint32_t size, uint32_t mip)
{
    return size >> mip ? size >> mip : 1;
}

/*
 * Direct3D has 24 bits of depth below 8 of stencil. Wine hands out OpenGL's words, with the depth
 * above: they are turned round, if a clear to depth one and stencil zero shows that they are so.
 */
static void put_depth_below(struct px_d3d11 *d3d, struct px_image *image)
{
    const size_t count = (size_t)image->width * image->height;

    if (!d3d->is_depth_above || (image->format != DXGI_FORMAT_D24_UNORM_S8_UINT &&
                                 image->format != DXGI_FORMAT_R24G8_TYPELESS))
        return;
    for (size_t i = 0; i < count; i++) {
        uint32_t word;

        memcpy(&word, image->bytes + i * sizeof(word), sizeof(word));
        word = word >> 8 | word << 24;
        memcpy(image->bytes + i * sizeof(word), &word, sizeof(word));
    }
}

/* Takes tight rows out of mapped memory. */
static bool take_rows(struct px_image *image, const D3D11_MAPPED_SUBRESOURCE *mapped)
{
    const struct px_format *format = px_format_find(image->format);
    const uint32_t rows = px_format_rows(format, image->height);

    image->row_pitch_bytes = px_format_row_bytes(format, image->width);
    image->bytes = malloc((size_t)rows * image->row_pitch_bytes);
    for (uint32_t row = 0; image->bytes != NULL && row < rows; row++)
        memcpy(image->bytes + (size_t)row * image->row_pitch_bytes,
               (const uint8_t *)mapped->pData + (size_t)row * mapped->RowPitch,
               image->row_pitch_bytes);
    return image->bytes != NULL;
}

static bool read_texture(void *device, struct px_object *texture, uint32_t mip, uint32_t layer,
                         struct px_image *image)
{
    const struct px_texture_desc *desc = &texture->texture;
    const UINT subresource = mip + layer * desc->mips;
    struct px_d3d11 *d3d = device;
    const struct px_object *staging = create_twin(d3d, texture, PX_USAGE_STAGING);
    D3D11_MAPPED_SUBRESOURCE mapped;
    bool is_taken;

    if (staging == NULL)
        return false;
    copy_always(d3d, staging, texture);
    if (!px_d3d11_did(d3d, ID3D11DeviceContext_Map(d3d->context, PX_MADE(ID3D11Resource, staging),
                                                   subresource, D3D11_MAP_READ, 0, &mapped)))
        return false;
    *image = (struct px_image){
        .format = desc->format,
        .width = extent(desc->width, mip),
        .height = extent(desc->height, mip),
    };
    is_taken = take_rows(image, &mapped);
    ID3D11DeviceContext_Unmap(d3d->context, PX_MADE(ID3D11Resource, staging), subresource);
    if (is_taken)
        put_depth_below(d3d, image);
    return is_taken;
}

static bool read_buffer(void *device, struct px_object *buffer, uint32_t offset_bytes, void *bytes,
                        uint32_t size_bytes)
{
    const D3D11_BUFFER_DESC desc = {
        .ByteWidth = buffer->buffer.size_bytes,
        .Usage = D3D11_USAGE_STAGING,
        .CPUAccessFlags = D3D11_CPU_ACCESS_READ,
    };
    struct px_d3d11 *d3d = device;
    const struct px_object *staging;
    D3D11_MAPPED_SUBRESOURCE mapped;
    ID3D11Buffer *made = NULL;
    HRESULT result = E_INVALIDARG;

    if ((uint64_t)offset_bytes + size_bytes <= desc.ByteWidth)
        result = ID3D11Device_CreateBuffer(d3d->device, &desc, NULL, &made);
    staging = px_d3d11_keep(d3d, result, made);
    if (staging == NULL)
        return false;
    copy_always(d3d, staging, buffer);
    if (!px_d3d11_did(d3d, ID3D11DeviceContext_Map(d3d->context, (ID3D11Resource *)made, 0,
                                                   D3D11_MAP_READ, 0, &mapped)))
        return false;
    memcpy(bytes, (const uint8_t *)mapped.pData + offset_bytes, size_bytes);
    ID3D11DeviceContext_Unmap(d3d->context, (ID3D11Resource *)made, 0);
    return true;
}

/* ---- A swap chain: the image at the time of present, and buffers that change places ---- */

static bool present(void *device, struct px_object *texture)
{
    struct px_d3d11 *d3d = device;
    struct px_object *image = create_twin(d3d, texture, PX_USAGE_DEFAULT);

    if (image == NULL)
        return false;
    copy_always(d3d, image, texture);
    d3d->presented = image;
    return true;
}

static bool read_presented(void *device, struct px_image *image)
{
    struct px_d3d11 *d3d = device;

    return d3d->presented != NULL && read_texture(d3d, d3d->presented, 0, 0, image);
}

/* Views stay with the names and see the new contents, so the contents change places. */
static bool rotate(void *device, struct px_object *const *textures, uint32_t count)
{
    struct px_d3d11 *d3d = device;
    const struct px_object *first = create_twin(d3d, textures[0], PX_USAGE_DEFAULT);

    if (first == NULL)
        return false;
    copy_always(d3d, first, textures[0]);
    for (uint32_t i = 0; i + 1 < count; i++)
        copy_always(d3d, textures[i], textures[i + 1]);
    copy_always(d3d, textures[count - 1], first);
    return true;
}

bool px_d3d11_find_depth(struct px_d3d11 *d3d, const struct px_backend *backend)
{
    const struct px_texture_desc desc = { .width = 1,
                                          .height = 1,
                                          .format = DXGI_FORMAT_D24_UNORM_S8_UINT,
                                          .mips = 1,
                                          .layers = 1,
                                          .bind = PX_BIND_DEPTH_STENCIL };
    const struct px_view whole = { .mips = 1, .layers = 1 };
    struct px_object *texture = px_d3d11_texture(d3d, &desc, NULL);
    struct px_object *dsv = texture ? backend->create_dsv(d3d, texture, &whole) : NULL;
    struct px_image image = { 0 };
    uint32_t word = 0;

    if (dsv == NULL ||
        !backend->clear_depth_stencil(d3d, dsv, PX_CLEAR_DEPTH | PX_CLEAR_STENCIL, 1, 0) ||
        !read_texture(d3d, texture, 0, 0, &image))
        return false;
    memcpy(&word, image.bytes, sizeof(word));
    free(image.bytes);
    d3d->is_depth_above = word == 0xFFFFFF00;
    return d3d->is_depth_above || word == 0x00FFFFFF;
}

void px_d3d11_add_reading(struct px_backend *backend)
{
    backend->read_texture = read_texture;
    backend->read_staging = read_texture;
    backend->read_buffer = read_buffer;
    backend->present = present;
    backend->read_presented = read_presented;
    backend->rotate = rotate;
}
