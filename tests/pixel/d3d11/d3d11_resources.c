/** Buffers, textures and their contents. */
#include <stdlib.h>
#include <string.h>

#include "d3d11_state.h"

static UINT cpu_access(uint32_t usage)
{
    return usage == PX_USAGE_DYNAMIC   ? D3D11_CPU_ACCESS_WRITE
           : usage == PX_USAGE_STAGING ? D3D11_CPU_ACCESS_READ | D3D11_CPU_ACCESS_WRITE
                                       : 0u;
}

static struct px_object *create_buffer(void *device, const struct px_buffer_desc *desc,
                                       const void *initial)
{
    struct px_d3d11 *d3d = device;
    const D3D11_BUFFER_DESC converted = {
        .ByteWidth = desc->size_bytes,
        .Usage = (D3D11_USAGE)desc->usage,
        .BindFlags = desc->bind,
        .CPUAccessFlags = cpu_access(desc->usage),
        .MiscFlags = (desc->stride_bytes ? (UINT)D3D11_RESOURCE_MISC_BUFFER_STRUCTURED : 0) |
                     (desc->is_raw ? (UINT)D3D11_RESOURCE_MISC_BUFFER_ALLOW_RAW_VIEWS : 0),
        .StructureByteStride = desc->stride_bytes,
    };
    const D3D11_SUBRESOURCE_DATA data = { .pSysMem = initial };
    ID3D11Buffer *buffer = NULL;
    struct px_object *object;
    const HRESULT result =
        ID3D11Device_CreateBuffer(d3d->device, &converted, initial ? &data : NULL, &buffer);

    object = px_d3d11_keep(d3d, result, buffer);
    if (object != NULL) {
        object->is_buffer = true;
        object->buffer = *desc;
    }
    return object;
}

struct px_object *px_d3d11_texture(struct px_d3d11 *d3d, const struct px_texture_desc *desc,
                                   const struct px_data *initial)
{
    const D3D11_TEXTURE2D_DESC converted = {
        .Width = desc->width,
        .Height = desc->height,
        .MipLevels = desc->mips,
        .ArraySize = desc->layers,
        .Format = (DXGI_FORMAT)desc->format,
        .SampleDesc = { .Count = 1 },
        .Usage = (D3D11_USAGE)desc->usage,
        .BindFlags = desc->bind,
        .CPUAccessFlags = cpu_access(desc->usage),
        .MiscFlags = (desc->is_cube ? (UINT)D3D11_RESOURCE_MISC_TEXTURECUBE : 0) |
                     (desc->can_generate_mips ? (UINT)D3D11_RESOURCE_MISC_GENERATE_MIPS : 0),
    };
    const uint32_t count = desc->mips * desc->layers;
    D3D11_SUBRESOURCE_DATA *data = calloc(count, sizeof(*data));
    ID3D11Texture2D *texture = NULL;
    struct px_object *object;
    HRESULT result = E_OUTOFMEMORY;

    for (uint32_t i = 0; data != NULL && initial != NULL && i < count; i++) {
        data[i].pSysMem = initial[i].bytes;
        data[i].SysMemPitch = initial[i].row_pitch_bytes;
    }
    if (data != NULL)
        result =
            ID3D11Device_CreateTexture2D(d3d->device, &converted, initial ? data : NULL, &texture);
    free(data);
    object = px_d3d11_keep(d3d, result, texture);
    if (object != NULL)
        object->texture = *desc;
    return object;
}

static struct px_object *create_texture(void *device, const struct px_texture_desc *desc,
                                        const struct px_data *initial)
{
    return px_d3d11_texture(device, desc, initial);
}

static const D3D11_BOX *convert_box(const struct px_object *object, const struct px_box *box,
                                    D3D11_BOX *converted)
{
    if (box == NULL)
        return NULL;
    *converted = (D3D11_BOX){
        .left = box->left,
        .top = object->is_buffer ? 0 : box->top,
        .right = box->right,
        .bottom = object->is_buffer ? 1 : box->bottom,
        .back = 1,
    };
    return converted;
}

/* UpdateSubresource is for default resources; blocks and, before 11.1, constant buffers are whole.
 */
static const char *broken_update_rule(const struct px_object *resource, const struct px_box *box)
{
    const uint32_t bind = resource->is_buffer ? resource->buffer.bind : resource->texture.bind;
    const uint32_t usage = resource->is_buffer ? resource->buffer.usage : resource->texture.usage;

    if (usage != PX_USAGE_DEFAULT)
        return "only resources of default usage are updated";
    if (bind & PX_BIND_DEPTH_STENCIL)
        return "depth-stencil textures are not updated";
    if (box != NULL && (bind & PX_BIND_CONSTANT_BUFFER))
        return "a constant buffer is updated as a whole";
    return NULL;
}

static bool update(void *device, struct px_object *resource, uint32_t subresource,
                   const struct px_box *box, const struct px_data *data)
{
    const char *const rule = broken_update_rule(resource, box);
    struct px_d3d11 *d3d = device;
    D3D11_BOX converted;

    if (rule != NULL)
        return px_d3d11_refuse(d3d, rule);
    ID3D11DeviceContext_UpdateSubresource(d3d->context, PX_MADE(ID3D11Resource, resource),
                                          subresource, convert_box(resource, box, &converted),
                                          data->bytes, data->row_pitch_bytes, 0);
    return true;
}

/* Map for writing, by usage; before 11.1 only vertices and indices grow without a discard. */
static const char *broken_map_rule(const struct px_object *resource, enum px_map map)
{
    const uint32_t usage = resource->is_buffer ? resource->buffer.usage : resource->texture.usage;

    if (map == PX_MAP_WRITE)
        return usage != PX_USAGE_STAGING ? "only staging resources are mapped to write" : NULL;
    if (usage != PX_USAGE_DYNAMIC)
        return "only dynamic resources are mapped to discard or without overwriting";
    if (map == PX_MAP_NO_OVERWRITE &&
        (!resource->is_buffer ||
         (resource->buffer.bind & ~(uint32_t)(PX_BIND_VERTEX_BUFFER | PX_BIND_INDEX_BUFFER))))
        return "only vertex and index buffers are mapped without overwriting";
    return NULL;
}

static bool map_write(void *device, struct px_object *resource, uint32_t subresource,
                      enum px_map map, uint32_t offset_bytes, const void *bytes,
                      uint32_t size_bytes, uint32_t row_bytes)
{
    static const D3D11_MAP maps[] = {
        [PX_MAP_DISCARD] = D3D11_MAP_WRITE_DISCARD,
        [PX_MAP_NO_OVERWRITE] = D3D11_MAP_WRITE_NO_OVERWRITE,
        [PX_MAP_WRITE] = D3D11_MAP_WRITE,
    };
    struct px_d3d11 *d3d = device;
    ID3D11Resource *made = PX_MADE(ID3D11Resource, resource);
    const uint32_t step = row_bytes ? row_bytes : size_bytes;
    const char *const rule = broken_map_rule(resource, map);
    D3D11_MAPPED_SUBRESOURCE mapped;

    if (rule != NULL)
        return px_d3d11_refuse(d3d, rule);
    if (!px_d3d11_did(d3d, ID3D11DeviceContext_Map(d3d->context, made, subresource, maps[map], 0,
                                                   &mapped)))
        return false;
    for (uint32_t done = 0, row = 0; done < size_bytes; done += step, row++)
        memcpy((uint8_t *)mapped.pData + offset_bytes + (size_t)row * mapped.RowPitch,
               (const uint8_t *)bytes + done, step < size_bytes - done ? step : size_bytes - done);
    ID3D11DeviceContext_Unmap(d3d->context, made, subresource);
    return true;
}

static bool copy(void *device, struct px_object *target, struct px_object *source)
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_CopyResource(d3d->context, PX_MADE(ID3D11Resource, target),
                                     PX_MADE(ID3D11Resource, source));
    return true;
}

static bool copy_region(void *device, struct px_object *target, uint32_t target_subresource,
                        uint32_t x, uint32_t y, struct px_object *source,
                        uint32_t source_subresource, const struct px_box *box)
{
    struct px_d3d11 *d3d = device;
    D3D11_BOX converted;

    ID3D11DeviceContext_CopySubresourceRegion(d3d->context, PX_MADE(ID3D11Resource, target),
                                              target_subresource, x, y, 0,
                                              PX_MADE(ID3D11Resource, source), source_subresource,
                                              convert_box(source, box, &converted));
    return true;
}

static bool generate_mips(void *device, struct px_object *srv)
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_GenerateMips(d3d->context, PX_MADE(ID3D11ShaderResourceView, srv));
    return true;
}

void px_d3d11_add_resources(struct px_backend *backend)
{
    backend->create_buffer = create_buffer;
    backend->create_texture = create_texture;
    backend->update = update;
    backend->map_write = map_write;
    backend->copy = copy;
    backend->copy_region = copy_region;
    backend->generate_mips = generate_mips;
}
