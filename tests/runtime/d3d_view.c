#include "runtime/d3d.h"
#include "runtime/d3d_format.h"
#include "runtime/runtime_state.h"

/* ---- Which part of a resource a description means ---- */

/* Of a structured buffer, a typed one, or, raw, words. */
static UINT element_bytes(const struct rt_facts *facts, DXGI_FORMAT format)
{
    const UINT bytes = facts->stride_bytes > 0 ? facts->stride_bytes : d3d_format_bytes(format);

    return bytes > 0 ? bytes : 4;
}

/* A description with every zero filled in from the resource. */
static struct d3d_view_desc resolve(const struct rt_object *resource,
                                    const struct d3d_view_desc *desc)
{
    const struct rt_facts *facts = &resource->facts;
    struct d3d_view_desc view = { .flags = 0 };

    if (desc != NULL)
        view = *desc;
    if (view.format == DXGI_FORMAT_UNKNOWN && facts->stride_bytes == 0)
        view.format = facts->format;
    if (view.mip_levels == 0)
        view.mip_levels = facts->mip_levels - view.first_mip;
    if (view.layers == 0)
        view.layers = facts->array_size - view.first_layer;
    if (view.elements == 0 && facts->dimension == D3D10DDIRESOURCE_BUFFER)
        view.elements = facts->width / element_bytes(facts, view.format) - view.first_element;
    return view;
}

static struct rt_object *begin_view(struct rt_object *resource, enum rt_kind kind,
                                    SIZE_T size_bytes)
{
    struct rt_object *view = rt_object_begin(resource->device, kind, size_bytes);

    if (view != NULL) {
        view->facts = resource->facts;
        view->facts.resource = resource;
    }
    return view;
}

/* ---- Shader resource views: three arguments ---- */

/* Filled once for 11.0; the members used are where the 10.x arguments have them. */
static D3D11DDIARG_CREATESHADERRESOURCEVIEW srv_argument(const struct rt_object *resource,
                                                         const struct d3d_view_desc *view)
{
    D3D11DDIARG_CREATESHADERRESOURCEVIEW arg = {
        .hDrvResource = d3d_resource(resource),
        .Format = view->format,
        .ResourceDimension = resource->facts.dimension,
    };
    const bool is_ex =
        resource->facts.stride_bytes > 0 || (view->flags & D3D11_DDI_BUFFEREX_SRV_FLAG_RAW) != 0;

    switch (resource->facts.dimension) {
    case D3D10DDIRESOURCE_BUFFER:
        if (is_ex)
            arg.ResourceDimension = D3D11DDIRESOURCE_BUFFEREX;
        arg.BufferEx.FirstElement = view->first_element;
        arg.BufferEx.NumElements = view->elements;
        if (is_ex)
            arg.BufferEx.Flags = view->flags;
        break;
    case D3D10DDIRESOURCE_TEXTURE3D:
        arg.Tex3D.MostDetailedMip = view->first_mip;
        arg.Tex3D.MipLevels = view->mip_levels;
        break;
    case D3D10DDIRESOURCE_TEXTURECUBE:
        arg.TexCube.MostDetailedMip = view->first_mip;
        arg.TexCube.MipLevels = view->mip_levels;
        arg.TexCube.First2DArrayFace = view->first_layer;
        arg.TexCube.NumCubes = view->layers / 6;
        break;
    default:
        arg.Tex2D.MostDetailedMip = view->first_mip;
        arg.Tex2D.FirstArraySlice = view->first_layer;
        arg.Tex2D.MipLevels = view->mip_levels;
        arg.Tex2D.ArraySize = view->layers;
        break;
    }
    return arg;
}

_Static_assert(offsetof(D3D11DDIARG_CREATESHADERRESOURCEVIEW, Tex2D) ==
                   offsetof(D3D10DDIARG_CREATESHADERRESOURCEVIEW, Tex2D),
               "the arguments agree");
_Static_assert(sizeof(D3D11DDIARG_CREATESHADERRESOURCEVIEW) ==
                   sizeof(D3D10_1DDIARG_CREATESHADERRESOURCEVIEW),
               "the arguments agree");

static struct rt_object *create_srv(struct rt_object *resource, const struct d3d_view_desc *desc)
{
    struct rt_device *device = resource->device;
    const struct d3d_view_desc view = resolve(resource, desc);
    const D3D11DDIARG_CREATESHADERRESOURCEVIEW filled = srv_argument(resource, &view);
    const void *arg = rt_lend(&filled, sizeof(filled));
    D3D10DDI_HRTSHADERRESOURCEVIEW h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    if (device->level == RT_D3D10)
        RT_GET(device, f10, pfnCalcPrivateShaderResourceViewSize, size_bytes, arg);
    else if (device->level == RT_D3D10_1)
        RT_GET(device, f10_1, pfnCalcPrivateShaderResourceViewSize, size_bytes, arg);
    else
        RT_GET(device, f11, pfnCalcPrivateShaderResourceViewSize, size_bytes, arg);
    object = begin_view(resource, RT_SHADER_RESOURCE_VIEW, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    arg = rt_lend(&filled, sizeof(filled));
    if (device->level == RT_D3D10)
        RT_CALL(device, f10, pfnCreateShaderResourceView, arg, d3d_srv(object), h_rt);
    else if (device->level == RT_D3D10_1)
        RT_CALL(device, f10_1, pfnCreateShaderResourceView, arg, d3d_srv(object), h_rt);
    else
        RT_CALL(device, f11, pfnCreateShaderResourceView, arg, d3d_srv(object), h_rt);
    return rt_object_end(object);
}

/* ---- Render targets: one argument ---- */

static struct rt_object *create_rtv(struct rt_object *resource, const struct d3d_view_desc *desc)
{
    struct rt_device *device = resource->device;
    const struct d3d_view_desc view = resolve(resource, desc);
    D3D10DDIARG_CREATERENDERTARGETVIEW filled = {
        .hDrvResource = d3d_resource(resource),
        .Format = view.format,
        .ResourceDimension = resource->facts.dimension,
    };
    D3D10DDI_HRTRENDERTARGETVIEW h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    if (resource->facts.dimension == D3D10DDIRESOURCE_BUFFER) {
        filled.Buffer.FirstElement = view.first_element;
        filled.Buffer.NumElements = view.elements;
    } else {
        filled.Tex2D.MipSlice = view.first_mip;
        filled.Tex2D.FirstArraySlice = view.first_layer;
        filled.Tex2D.ArraySize = view.layers;
    }
    RT_GET(device, f11, pfnCalcPrivateRenderTargetViewSize, size_bytes,
           rt_lend(&filled, sizeof(filled)));
    object = begin_view(resource, RT_RENDER_TARGET_VIEW, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    RT_CALL(device, f11, pfnCreateRenderTargetView, rt_lend(&filled, sizeof(filled)),
            d3d_rtv(object), h_rt);
    return rt_object_end(object);
}

/* ---- Depth-stencil views: 11.0 puts flags before the union ---- */

static const void *lend_dsv(struct rt_object *resource, const struct d3d_view_desc *view)
{
    struct rt_device *device = resource->device;
    const D3D10DDIARG_TEX2D_DEPTHSTENCILVIEW part = {
        .MipSlice = view->first_mip,
        .FirstArraySlice = view->first_layer,
        .ArraySize = view->layers,
    };
    const D3D10DDIARG_CREATEDEPTHSTENCILVIEW arg_10 = {
        .hDrvResource = d3d_resource(resource),
        .Format = view->format,
        .ResourceDimension = resource->facts.dimension,
        .Tex2D = part,
    };
    const D3D11DDIARG_CREATEDEPTHSTENCILVIEW arg_11 = {
        .hDrvResource = d3d_resource(resource),
        .Format = view->format,
        .ResourceDimension = resource->facts.dimension,
        .Flags = view->flags,
        .Tex2D = part,
    };

    if (device->level == RT_D3D11)
        return rt_lend(&arg_11, sizeof(arg_11));
    return rt_lend(&arg_10, sizeof(arg_10));
}

static struct rt_object *create_dsv(struct rt_object *resource, const struct d3d_view_desc *desc)
{
    struct rt_device *device = resource->device;
    const struct d3d_view_desc view = resolve(resource, desc);
    const void *arg = lend_dsv(resource, &view);
    D3D10DDI_HRTDEPTHSTENCILVIEW h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    if (device->level == RT_D3D11)
        RT_GET(device, f11, pfnCalcPrivateDepthStencilViewSize, size_bytes, arg);
    else
        RT_GET(device, f10, pfnCalcPrivateDepthStencilViewSize, size_bytes, arg);
    object = begin_view(resource, RT_DEPTH_STENCIL_VIEW, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    arg = lend_dsv(resource, &view);
    if (device->level == RT_D3D11)
        RT_CALL(device, f11, pfnCreateDepthStencilView, arg, d3d_dsv(object), h_rt);
    else
        RT_CALL(device, f10, pfnCreateDepthStencilView, arg, d3d_dsv(object), h_rt);
    return rt_object_end(object);
}

/* ---- Unordered access views: 11.0 only ---- */

static struct rt_object *create_uav(struct rt_object *resource, const struct d3d_view_desc *desc)
{
    struct rt_device *device = resource->device;
    const struct d3d_view_desc view = resolve(resource, desc);
    D3D11DDIARG_CREATEUNORDEREDACCESSVIEW filled = {
        .hDrvResource = d3d_resource(resource),
        .Format = view.format,
        .ResourceDimension = resource->facts.dimension,
    };
    D3D11DDI_HRTUNORDEREDACCESSVIEW h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    if (device->level != RT_D3D11)
        tap_bail_out("unordered access views exist on 11.0 devices only");
    if (resource->facts.dimension == D3D10DDIRESOURCE_BUFFER) {
        filled.Buffer.FirstElement = view.first_element;
        filled.Buffer.NumElements = view.elements;
        filled.Buffer.Flags = view.flags;
    } else {
        filled.Tex2D.MipSlice = view.first_mip;
        filled.Tex2D.FirstArraySlice = view.first_layer;
        filled.Tex2D.ArraySize = view.layers;
    }
    RT_GET(device, f11, pfnCalcPrivateUnorderedAccessViewSize, size_bytes,
           rt_lend(&filled, sizeof(filled)));
    object = begin_view(resource, RT_UNORDERED_ACCESS_VIEW, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    RT_CALL(device, f11, pfnCreateUnorderedAccessView, rt_lend(&filled, sizeof(filled)),
            d3d_uav(object), h_rt);
    return rt_object_end(object);
}

/* ---- A view of a resource that could not be created is none ---- */

struct rt_object *d3d_create_srv(struct rt_object *resource, const struct d3d_view_desc *desc)
{
    return resource != NULL ? create_srv(resource, desc) : NULL;
}

struct rt_object *d3d_create_rtv(struct rt_object *resource, const struct d3d_view_desc *desc)
{
    return resource != NULL ? create_rtv(resource, desc) : NULL;
}

struct rt_object *d3d_create_dsv(struct rt_object *resource, const struct d3d_view_desc *desc)
{
    return resource != NULL ? create_dsv(resource, desc) : NULL;
}

struct rt_object *d3d_create_uav(struct rt_object *resource, const struct d3d_view_desc *desc)
{
    return resource != NULL ? create_uav(resource, desc) : NULL;
}
