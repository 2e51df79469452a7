/** What draws and dispatches take from the pipeline. */
#include "d3d11_state.h"

static const ID3D11DeviceContextVtbl *methods(void *device)
{
    return ((struct px_d3d11 *)device)->context->lpVtbl;
}

static ID3D11DeviceContext *context_of(void *device)
{
    return ((struct px_d3d11 *)device)->context;
}

static bool set_shader(void *device, enum px_stage stage, struct px_object *shader)
{
    ID3D11DeviceContext *context = context_of(device);

    switch (stage) {
    case PX_VS:
        ID3D11DeviceContext_VSSetShader(context, PX_MADE(ID3D11VertexShader, shader), NULL, 0);
        return true;
    case PX_PS:
        ID3D11DeviceContext_PSSetShader(context, PX_MADE(ID3D11PixelShader, shader), NULL, 0);
        return true;
    case PX_GS:
        ID3D11DeviceContext_GSSetShader(context, PX_MADE(ID3D11GeometryShader, shader), NULL, 0);
        return true;
    case PX_CS:
        ID3D11DeviceContext_CSSetShader(context, PX_MADE(ID3D11ComputeShader, shader), NULL, 0);
        return true;
    default:
        return false;
    }
}

/* The same method under each stage's name; NULL without that stage. */
#define OF_STAGE(device, stage, method)                                                            \
    ((stage) == PX_VS   ? methods(device)->VS##method                                              \
     : (stage) == PX_PS ? methods(device)->PS##method                                              \
     : (stage) == PX_GS ? methods(device)->GS##method                                              \
                        : methods(device)->CS##method)

static bool set_constant_buffer(void *device, enum px_stage stage, uint32_t slot,
                                struct px_object *buffer)
{
    ID3D11Buffer *made = PX_MADE(ID3D11Buffer, buffer);

    OF_STAGE(device, stage, SetConstantBuffers)(context_of(device), slot, 1, &made);
    return true;
}

static bool set_srv(void *device, enum px_stage stage, uint32_t slot, struct px_object *view)
{
    ID3D11ShaderResourceView *made = PX_MADE(ID3D11ShaderResourceView, view);

    OF_STAGE(device, stage, SetShaderResources)(context_of(device), slot, 1, &made);
    return true;
}

static bool set_sampler(void *device, enum px_stage stage, uint32_t slot, struct px_object *sampler)
{
    ID3D11SamplerState *made = PX_MADE(ID3D11SamplerState, sampler);

    OF_STAGE(device, stage, SetSamplers)(context_of(device), slot, 1, &made);
    return true;
}

static bool set_uav(void *device, uint32_t slot, struct px_object *view)
{
    ID3D11UnorderedAccessView *made = PX_MADE(ID3D11UnorderedAccessView, view);

    ID3D11DeviceContext_CSSetUnorderedAccessViews(context_of(device), slot, 1, &made, NULL);
    return true;
}

static bool set_layout(void *device, struct px_object *layout)
{
    ID3D11DeviceContext_IASetInputLayout(context_of(device), PX_MADE(ID3D11InputLayout, layout));
    return true;
}

static bool set_vertex_buffer(void *device, uint32_t slot, struct px_object *buffer,
                              uint32_t stride_bytes, uint32_t offset_bytes)
{
    ID3D11Buffer *made = PX_MADE(ID3D11Buffer, buffer);

    ID3D11DeviceContext_IASetVertexBuffers(context_of(device), slot, 1, &made, &stride_bytes,
                                           &offset_bytes);
    return true;
}

static bool set_index_buffer(void *device, struct px_object *buffer, uint32_t format,
                             uint32_t offset_bytes)
{
    ID3D11DeviceContext_IASetIndexBuffer(context_of(device), PX_MADE(ID3D11Buffer, buffer),
                                         (DXGI_FORMAT)format, offset_bytes);
    return true;
}

static bool set_targets(void *device, uint32_t count, struct px_object *const *rtvs,
                        struct px_object *dsv)
{
    ID3D11RenderTargetView *views[PX_TARGETS_MAX] = { NULL };

    for (uint32_t i = 0; i < count && i < PX_TARGETS_MAX; i++)
        views[i] = PX_MADE(ID3D11RenderTargetView, rtvs[i]);
    ID3D11DeviceContext_OMSetRenderTargets(context_of(device), count, views,
                                           PX_MADE(ID3D11DepthStencilView, dsv));
    return true;
}

static bool set_viewport(void *device, const float viewport[6])
{
    const D3D11_VIEWPORT converted = { viewport[0], viewport[1], viewport[2],
                                       viewport[3], viewport[4], viewport[5] };

    ID3D11DeviceContext_RSSetViewports(context_of(device), 1, &converted);
    return true;
}

static bool set_scissor(void *device, const int32_t rect[4])
{
    const D3D11_RECT converted = { rect[0], rect[1], rect[2], rect[3] };

    ID3D11DeviceContext_RSSetScissorRects(context_of(device), 1, &converted);
    return true;
}

static bool set_blend(void *device, struct px_object *state, const float factor[4],
                      uint32_t sample_mask)
{
    ID3D11DeviceContext_OMSetBlendState(context_of(device), PX_MADE(ID3D11BlendState, state),
                                        factor, sample_mask);
    return true;
}

static bool set_depth_stencil(void *device, struct px_object *state, uint32_t stencil_ref)
{
    ID3D11DeviceContext_OMSetDepthStencilState(context_of(device),
                                               PX_MADE(ID3D11DepthStencilState, state),
                                               stencil_ref);
    return true;
}

static bool set_rasterizer(void *device, struct px_object *state)
{
    ID3D11DeviceContext_RSSetState(context_of(device), PX_MADE(ID3D11RasterizerState, state));
    return true;
}

void px_d3d11_add_bindings(struct px_backend *backend)
{
    backend->set_shader = set_shader;
    backend->set_constant_buffer = set_constant_buffer;
    backend->set_srv = set_srv;
    backend->set_sampler = set_sampler;
    backend->set_uav = set_uav;
    backend->set_layout = set_layout;
    backend->set_vertex_buffer = set_vertex_buffer;
    backend->set_index_buffer = set_index_buffer;
    backend->set_targets = set_targets;
    backend->set_viewport = set_viewport;
    backend->set_scissor = set_scissor;
    backend->set_blend = set_blend;
    backend->set_depth_stencil = set_depth_stencil;
    backend->set_rasterizer = set_rasterizer;
}
