#include <string.h>

#include "runtime/d3d.h"
#include "runtime/runtime_state.h"

/* ---- The API's default descriptions ---- */

D3D10_1_DDI_BLEND_DESC d3d_default_blend(void)
{
    D3D10_1_DDI_BLEND_DESC desc = { .AlphaToCoverageEnable = FALSE };

    for (unsigned i = 0; i < D3D10_DDI_SIMULTANEOUS_RENDER_TARGET_COUNT; i++) {
        desc.RenderTarget[i].SrcBlend = D3D10_DDI_BLEND_ONE;
        desc.RenderTarget[i].DestBlend = D3D10_DDI_BLEND_ZERO;
        desc.RenderTarget[i].BlendOp = D3D10_DDI_BLEND_OP_ADD;
        desc.RenderTarget[i].SrcBlendAlpha = D3D10_DDI_BLEND_ONE;
        desc.RenderTarget[i].DestBlendAlpha = D3D10_DDI_BLEND_ZERO;
        desc.RenderTarget[i].BlendOpAlpha = D3D10_DDI_BLEND_OP_ADD;
        desc.RenderTarget[i].RenderTargetWriteMask = D3D10_DDI_COLOR_WRITE_ENABLE_ALL;
    }
    return desc;
}

D3D10_DDI_DEPTH_STENCIL_DESC d3d_default_depth_stencil(void)
{
    const D3D10_DDI_DEPTH_STENCILOP_DESC face = {
        .StencilFailOp = D3D10_DDI_STENCIL_OP_KEEP,
        .StencilDepthFailOp = D3D10_DDI_STENCIL_OP_KEEP,
        .StencilPassOp = D3D10_DDI_STENCIL_OP_KEEP,
        .StencilFunc = D3D10_DDI_COMPARISON_ALWAYS,
    };
    const D3D10_DDI_DEPTH_STENCIL_DESC desc = {
        .DepthEnable = TRUE,
        .DepthWriteMask = D3D10_DDI_DEPTH_WRITE_MASK_ALL,
        .DepthFunc = D3D10_DDI_COMPARISON_LESS,
        .StencilReadMask = 0xFF,
        .StencilWriteMask = 0xFF,
        .FrontFace = face,
        .BackFace = face,
    };

    return desc;
}

D3D10_DDI_RASTERIZER_DESC d3d_default_rasterizer(void)
{
    const D3D10_DDI_RASTERIZER_DESC desc = {
        .FillMode = D3D10_DDI_FILL_SOLID,
        .CullMode = D3D10_DDI_CULL_BACK,
        .DepthClipEnable = TRUE,
    };

    return desc;
}

D3D10_DDI_SAMPLER_DESC d3d_default_sampler(void)
{
    const D3D10_DDI_SAMPLER_DESC desc = {
        .Filter = D3D10_DDI_FILTER_MIN_MAG_MIP_LINEAR,
        .AddressU = D3D10_DDI_TEXTURE_ADDRESS_CLAMP,
        .AddressV = D3D10_DDI_TEXTURE_ADDRESS_CLAMP,
        .AddressW = D3D10_DDI_TEXTURE_ADDRESS_CLAMP,
        .MaxAnisotropy = 16,
        .ComparisonFunc = D3D10_DDI_COMPARISON_NEVER,
        .MinLOD = -3.402823466e+38f,
        .MaxLOD = 3.402823466e+38f,
    };

    return desc;
}

/* ---- Blend: 10.0 has one set of factors, with enables and masks per target ---- */

static D3D10_DDI_BLEND_DESC narrow_blend(const D3D10_1_DDI_BLEND_DESC *desc)
{
    D3D10_DDI_BLEND_DESC narrow = {
        .AlphaToCoverageEnable = desc->AlphaToCoverageEnable,
        .SrcBlend = desc->RenderTarget[0].SrcBlend,
        .DestBlend = desc->RenderTarget[0].DestBlend,
        .BlendOp = desc->RenderTarget[0].BlendOp,
        .SrcBlendAlpha = desc->RenderTarget[0].SrcBlendAlpha,
        .DestBlendAlpha = desc->RenderTarget[0].DestBlendAlpha,
        .BlendOpAlpha = desc->RenderTarget[0].BlendOpAlpha,
    };

    for (unsigned i = 0; i < D3D10_DDI_SIMULTANEOUS_RENDER_TARGET_COUNT; i++) {
        const unsigned from = desc->IndependentBlendEnable ? i : 0;

        narrow.BlendEnable[i] = desc->RenderTarget[from].BlendEnable;
        narrow.RenderTargetWriteMask[i] = desc->RenderTarget[from].RenderTargetWriteMask;
    }
    return narrow;
}

static const void *lend_blend(struct rt_device *device, const D3D10_1_DDI_BLEND_DESC *desc)
{
    const D3D10_1_DDI_BLEND_DESC wide = desc != NULL ? *desc : d3d_default_blend();
    const D3D10_DDI_BLEND_DESC narrow = narrow_blend(&wide);

    if (device->level == RT_D3D10)
        return rt_lend(&narrow, sizeof(narrow));
    return rt_lend(&wide, sizeof(wide));
}

struct rt_object *d3d_create_blend_state(struct rt_device *device,
                                         const D3D10_1_DDI_BLEND_DESC *desc)
{
    const void *arg = lend_blend(device, desc);
    D3D10DDI_HRTBLENDSTATE h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    if (device->level == RT_D3D10)
        RT_GET(device, f10, pfnCalcPrivateBlendStateSize, size_bytes, arg);
    else
        RT_GET(device, f11, pfnCalcPrivateBlendStateSize, size_bytes, arg);
    object = rt_object_begin(device, RT_BLEND_STATE, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    arg = lend_blend(device, desc);
    if (device->level == RT_D3D10)
        RT_CALL(device, f10, pfnCreateBlendState, arg, d3d_blend_state(object), h_rt);
    else
        RT_CALL(device, f11, pfnCreateBlendState, arg, d3d_blend_state(object), h_rt);
    return rt_object_end(object);
}

/* ---- The others have one argument ---- */

struct rt_object *d3d_create_depth_stencil_state(struct rt_device *device,
                                                 const D3D10_DDI_DEPTH_STENCIL_DESC *desc)
{
    const D3D10_DDI_DEPTH_STENCIL_DESC filled = desc != NULL ? *desc : d3d_default_depth_stencil();
    D3D10DDI_HRTDEPTHSTENCILSTATE h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    RT_GET(device, f11, pfnCalcPrivateDepthStencilStateSize, size_bytes,
           rt_lend(&filled, sizeof(filled)));
    object = rt_object_begin(device, RT_DEPTH_STENCIL_STATE, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    RT_CALL(device, f11, pfnCreateDepthStencilState, rt_lend(&filled, sizeof(filled)),
            d3d_depth_stencil_state(object), h_rt);
    return rt_object_end(object);
}

struct rt_object *d3d_create_rasterizer_state(struct rt_device *device,
                                              const D3D10_DDI_RASTERIZER_DESC *desc)
{
    const D3D10_DDI_RASTERIZER_DESC filled = desc != NULL ? *desc : d3d_default_rasterizer();
    D3D10DDI_HRTRASTERIZERSTATE h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    RT_GET(device, f11, pfnCalcPrivateRasterizerStateSize, size_bytes,
           rt_lend(&filled, sizeof(filled)));
    object = rt_object_begin(device, RT_RASTERIZER_STATE, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    RT_CALL(device, f11, pfnCreateRasterizerState, rt_lend(&filled, sizeof(filled)),
            d3d_rasterizer_state(object), h_rt);
    return rt_object_end(object);
}

struct rt_object *d3d_create_sampler(struct rt_device *device, const D3D10_DDI_SAMPLER_DESC *desc)
{
    const D3D10_DDI_SAMPLER_DESC filled = desc != NULL ? *desc : d3d_default_sampler();
    D3D10DDI_HRTSAMPLER h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    RT_GET(device, f11, pfnCalcPrivateSamplerSize, size_bytes, rt_lend(&filled, sizeof(filled)));
    object = rt_object_begin(device, RT_SAMPLER, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    RT_CALL(device, f11, pfnCreateSampler, rt_lend(&filled, sizeof(filled)), d3d_sampler(object),
            h_rt);
    return rt_object_end(object);
}

struct rt_object *d3d_create_query(struct rt_device *device, D3D10DDI_QUERY query, UINT misc)
{
    const D3D10DDIARG_CREATEQUERY filled = { .Query = query, .MiscFlags = misc };
    D3D10DDI_HRTQUERY h_rt;
    struct rt_object *object;
    SIZE_T size_bytes;

    RT_GET(device, f11, pfnCalcPrivateQuerySize, size_bytes, rt_lend(&filled, sizeof(filled)));
    object = rt_object_begin(device, RT_QUERY, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    RT_CALL(device, f11, pfnCreateQuery, rt_lend(&filled, sizeof(filled)), d3d_query(object), h_rt);
    return rt_object_end(object);
}
