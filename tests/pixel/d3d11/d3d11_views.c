/** Views of buffers and textures: zeroed members of a px_view filled in from the resource. */
#include "d3d11_state.h"

/* Bytes of an element of a typed buffer: DXGI numbers formats by size. */
static uint32_t format_bytes(uint32_t format)
{
    static const struct {
        uint32_t last; /**< format of the size */
        uint32_t bytes;
    } sizes[] = {
        { DXGI_FORMAT_R32G32B32A32_SINT, 16 },
        { DXGI_FORMAT_R32G32B32_SINT, 12 },
        { DXGI_FORMAT_X32_TYPELESS_G8X24_UINT, 8 },
        { DXGI_FORMAT_X24_TYPELESS_G8_UINT, 4 },
        { DXGI_FORMAT_R16_SINT, 2 },
        { DXGI_FORMAT_A8_UNORM, 1 },
    };

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        if (format <= sizes[i].last)
            return sizes[i].bytes;
    }
    return 4;
}

/* A view with its zeroed members filled in. */
static struct px_view resolve(const struct px_object *resource, const struct px_view *view)
{
    struct px_view full = *view;

    if (!resource->is_buffer) {
        if (full.format == 0)
            full.format = resource->texture.format;
        if (full.mips == 0)
            full.mips = resource->texture.mips - full.first_mip;
        if (full.layers == 0)
            full.layers = resource->texture.layers - full.first_layer;
        return full;
    }
    if (full.is_raw)
        full.format = DXGI_FORMAT_R32_TYPELESS;
    if (full.elements == 0) {
        const uint32_t stride = resource->buffer.stride_bytes;

        full.elements =
            resource->buffer.size_bytes / (stride > 0 ? stride : format_bytes(full.format)) -
            full.first_element;
    }
    return full;
}

/* A cube is a cube to shaders unless the view takes single faces. */
static bool is_cube_view(const struct px_object *resource, const struct px_view *view)
{
    return resource->texture.is_cube && view->first_layer == 0 && view->layers == 6;
}

static D3D11_SHADER_RESOURCE_VIEW_DESC srv_desc(const struct px_object *resource,
                                                const struct px_view *view)
{
    D3D11_SHADER_RESOURCE_VIEW_DESC desc = { .Format = (DXGI_FORMAT)view->format };

    if (resource->is_buffer) {
        desc.ViewDimension = D3D11_SRV_DIMENSION_BUFFEREX;
        desc.BufferEx.FirstElement = view->first_element;
        desc.BufferEx.NumElements = view->elements;
        desc.BufferEx.Flags = view->is_raw ? (UINT)D3D11_BUFFEREX_SRV_FLAG_RAW : 0;
    } else if (is_cube_view(resource, view)) {
        desc.ViewDimension = D3D11_SRV_DIMENSION_TEXTURECUBE;
        desc.TextureCube.MostDetailedMip = view->first_mip;
        desc.TextureCube.MipLevels = view->mips;
    } else if (resource->texture.layers > 1) {
        desc.ViewDimension = D3D11_SRV_DIMENSION_TEXTURE2DARRAY;
        desc.Texture2DArray.MostDetailedMip = view->first_mip;
        desc.Texture2DArray.MipLevels = view->mips;
        desc.Texture2DArray.FirstArraySlice = view->first_layer;
        desc.Texture2DArray.ArraySize = view->layers;
    } else {
        desc.ViewDimension = D3D11_SRV_DIMENSION_TEXTURE2D;
        desc.Texture2D.MostDetailedMip = view->first_mip;
        desc.Texture2D.MipLevels = view->mips;
    }
    return desc;
}

static struct px_object *create_srv(void *device, struct px_object *resource,
                                    const struct px_view *view)
{
    const struct px_view full = resolve(resource, view);
    const D3D11_SHADER_RESOURCE_VIEW_DESC desc = srv_desc(resource, &full);
    struct px_d3d11 *d3d = device;
    ID3D11ShaderResourceView *srv = NULL;
    const HRESULT result =
        ID3D11Device_CreateShaderResourceView(d3d->device, PX_MADE(ID3D11Resource, resource), &desc,
                                              &srv);

    return px_d3d11_keep(d3d, result, srv);
}

static struct px_object *create_rtv(void *device, struct px_object *resource,
                                    const struct px_view *view)
{
    const struct px_view full = resolve(resource, view);
    D3D11_RENDER_TARGET_VIEW_DESC desc = { .Format = (DXGI_FORMAT)full.format };
    struct px_d3d11 *d3d = device;
    ID3D11RenderTargetView *rtv = NULL;
    HRESULT result;

    if (resource->texture.layers > 1) {
        desc.ViewDimension = D3D11_RTV_DIMENSION_TEXTURE2DARRAY;
        desc.Texture2DArray.MipSlice = full.first_mip;
        desc.Texture2DArray.FirstArraySlice = full.first_layer;
        desc.Texture2DArray.ArraySize = full.layers;
    } else {
        desc.ViewDimension = D3D11_RTV_DIMENSION_TEXTURE2D;
        desc.Texture2D.MipSlice = full.first_mip;
    }
    result = ID3D11Device_CreateRenderTargetView(d3d->device, PX_MADE(ID3D11Resource, resource),
                                                 &desc, &rtv);
    return px_d3d11_keep(d3d, result, rtv);
}

static struct px_object *create_dsv(void *device, struct px_object *resource,
                                    const struct px_view *view)
{
    const struct px_view full = resolve(resource, view);
    D3D11_DEPTH_STENCIL_VIEW_DESC desc = { .Format = (DXGI_FORMAT)full.format };
    struct px_d3d11 *d3d = device;
    ID3D11DepthStencilView *dsv = NULL;
    HRESULT result;

    if (resource->texture.layers > 1) {
        desc.ViewDimension = D3D11_DSV_DIMENSION_TEXTURE2DARRAY;
        desc.Texture2DArray.MipSlice = full.first_mip;
        desc.Texture2DArray.FirstArraySlice = full.first_layer;
        desc.Texture2DArray.ArraySize = full.layers;
    } else {
        desc.ViewDimension = D3D11_DSV_DIMENSION_TEXTURE2D;
        desc.Texture2D.MipSlice = full.first_mip;
    }
    result = ID3D11Device_CreateDepthStencilView(d3d->device, PX_MADE(ID3D11Resource, resource),
                                                 &desc, &dsv);
    return px_d3d11_keep(d3d, result, dsv);
}

static struct px_object *create_uav(void *device, struct px_object *resource,
                                    const struct px_view *view)
{
    const struct px_view full = resolve(resource, view);
    const D3D11_UNORDERED_ACCESS_VIEW_DESC desc = {
        .Format = (DXGI_FORMAT)full.format,
        .ViewDimension = D3D11_UAV_DIMENSION_BUFFER,
        .Buffer = { .FirstElement = full.first_element,
                    .NumElements = full.elements,
                    .Flags = full.is_raw ? (UINT)D3D11_BUFFER_UAV_FLAG_RAW : 0 },
    };
    struct px_d3d11 *d3d = device;
    ID3D11UnorderedAccessView *uav = NULL;
    const HRESULT result =
        ID3D11Device_CreateUnorderedAccessView(d3d->device, PX_MADE(ID3D11Resource, resource),
                                               &desc, &uav);

    return px_d3d11_keep(d3d, result, uav);
}

void px_d3d11_add_views(struct px_backend *backend)
{
    backend->create_srv = create_srv;
    backend->create_rtv = create_rtv;
    backend->create_dsv = create_dsv;
    backend->create_uav = create_uav;
}
