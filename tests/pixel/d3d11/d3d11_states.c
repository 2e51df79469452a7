/** Shaders, input layouts, state objects and queries. */
#include <string.h>

#include "d3d11_state.h"

/* As many as an input layout may have. */
enum { ELEMENTS_MAX = 32 };

static struct px_object *create_shader(void *device, enum px_stage stage, const void *dxbc,
                                       size_t size_bytes)
{
    struct px_d3d11 *d3d = device;
    HRESULT result = E_INVALIDARG;
    union {
        ID3D11VertexShader *vs;
        ID3D11PixelShader *ps;
        ID3D11GeometryShader *gs;
        ID3D11ComputeShader *cs;
    } made = { NULL };

    switch (stage) {
    case PX_VS:
        result = ID3D11Device_CreateVertexShader(d3d->device, dxbc, size_bytes, NULL, &made.vs);
        break;
    case PX_PS:
        result = ID3D11Device_CreatePixelShader(d3d->device, dxbc, size_bytes, NULL, &made.ps);
        break;
    case PX_GS:
        result = ID3D11Device_CreateGeometryShader(d3d->device, dxbc, size_bytes, NULL, &made.gs);
        break;
    case PX_CS:
        result = ID3D11Device_CreateComputeShader(d3d->device, dxbc, size_bytes, NULL, &made.cs);
        break;
    default:
        break;
    }
    return px_d3d11_keep(d3d, result, made.vs);
}

static struct px_object *create_layout(void *device, const struct px_element *elements,
                                       uint32_t count, const void *dxbc, size_t size_bytes)
{
    struct px_d3d11 *d3d = device;
    D3D11_INPUT_ELEMENT_DESC converted[ELEMENTS_MAX];
    ID3D11InputLayout *layout = NULL;
    HRESULT result = E_INVALIDARG;

    for (uint32_t i = 0; i < count && i < ELEMENTS_MAX; i++)
        converted[i] = (D3D11_INPUT_ELEMENT_DESC){
            .SemanticName = elements[i].semantic,
            .SemanticIndex = elements[i].semantic_index,
            .Format = (DXGI_FORMAT)elements[i].format,
            .InputSlot = elements[i].slot,
            .AlignedByteOffset = elements[i].offset_bytes,
            .InputSlotClass = elements[i].is_per_instance ? D3D11_INPUT_PER_INSTANCE_DATA
                                                          : D3D11_INPUT_PER_VERTEX_DATA,
            .InstanceDataStepRate = elements[i].step_rate,
        };
    if (count <= ELEMENTS_MAX)
        result = ID3D11Device_CreateInputLayout(d3d->device, converted, count, dxbc, size_bytes,
                                                &layout);
    return px_d3d11_keep(d3d, result, layout);
}

static struct px_object *create_blend(void *device, const struct px_blend *desc)
{
    struct px_d3d11 *d3d = device;
    D3D11_BLEND_DESC converted = {
        .AlphaToCoverageEnable = desc->alpha_to_coverage,
        .IndependentBlendEnable = desc->is_independent,
    };
    ID3D11BlendState *state = NULL;
    HRESULT result;

    for (uint32_t i = 0; i < PX_TARGETS_MAX; i++) {
        const struct px_blend_target *target = &desc->targets[i];

        converted.RenderTarget[i] = (D3D11_RENDER_TARGET_BLEND_DESC){
            .BlendEnable = target->is_enabled,
            .SrcBlend = (D3D11_BLEND)target->source,
            .DestBlend = (D3D11_BLEND)target->dest,
            .BlendOp = (D3D11_BLEND_OP)target->op,
            .SrcBlendAlpha = (D3D11_BLEND)target->source_alpha,
            .DestBlendAlpha = (D3D11_BLEND)target->dest_alpha,
            .BlendOpAlpha = (D3D11_BLEND_OP)target->op_alpha,
            .RenderTargetWriteMask = (UINT8)target->write_mask,
        };
    }
    result = ID3D11Device_CreateBlendState(d3d->device, &converted, &state);
    return px_d3d11_keep(d3d, result, state);
}

static D3D11_DEPTH_STENCILOP_DESC stencil_face(const struct px_stencil_face *face)
{
    return (D3D11_DEPTH_STENCILOP_DESC){
        .StencilFailOp = (D3D11_STENCIL_OP)face->fail,
        .StencilDepthFailOp = (D3D11_STENCIL_OP)face->depth_fail,
        .StencilPassOp = (D3D11_STENCIL_OP)face->pass,
        .StencilFunc = (D3D11_COMPARISON_FUNC)face->func,
    };
}

static struct px_object *create_depth_stencil(void *device, const struct px_depth_stencil *desc)
{
    struct px_d3d11 *d3d = device;
    const D3D11_DEPTH_STENCIL_DESC converted = {
        .DepthEnable = desc->depth_enable,
        .DepthWriteMask =
            desc->depth_write ? D3D11_DEPTH_WRITE_MASK_ALL : D3D11_DEPTH_WRITE_MASK_ZERO,
        .DepthFunc = (D3D11_COMPARISON_FUNC)desc->depth_func,
        .StencilEnable = desc->stencil_enable,
        .StencilReadMask = (UINT8)desc->read_mask,
        .StencilWriteMask = (UINT8)desc->write_mask,
        .FrontFace = stencil_face(&desc->front),
        .BackFace = stencil_face(&desc->back),
    };
    ID3D11DepthStencilState *state = NULL;
    const HRESULT result = ID3D11Device_CreateDepthStencilState(d3d->device, &converted, &state);

    return px_d3d11_keep(d3d, result, state);
}

static struct px_object *create_rasterizer(void *device, const struct px_rasterizer *desc)
{
    struct px_d3d11 *d3d = device;
    const D3D11_RASTERIZER_DESC converted = {
        .FillMode = (D3D11_FILL_MODE)desc->fill,
        .CullMode = (D3D11_CULL_MODE)desc->cull,
        .FrontCounterClockwise = desc->front_ccw,
        .DepthBias = desc->depth_bias,
        .DepthBiasClamp = desc->depth_bias_clamp,
        .SlopeScaledDepthBias = desc->slope_bias,
        .DepthClipEnable = desc->depth_clip,
        .ScissorEnable = desc->scissor,
    };
    ID3D11RasterizerState *state = NULL;
    const HRESULT result = ID3D11Device_CreateRasterizerState(d3d->device, &converted, &state);

    return px_d3d11_keep(d3d, result, state);
}

static struct px_object *create_sampler(void *device, const struct px_sampler *desc)
{
    struct px_d3d11 *d3d = device;
    D3D11_SAMPLER_DESC converted = {
        .Filter = (D3D11_FILTER)desc->filter,
        .AddressU = (D3D11_TEXTURE_ADDRESS_MODE)desc->address[0],
        .AddressV = (D3D11_TEXTURE_ADDRESS_MODE)desc->address[1],
        .AddressW = (D3D11_TEXTURE_ADDRESS_MODE)desc->address[2],
        .MipLODBias = desc->mip_bias,
        .MaxAnisotropy = desc->anisotropy,
        .ComparisonFunc = (D3D11_COMPARISON_FUNC)desc->func,
        .MinLOD = desc->min_lod,
        .MaxLOD = desc->max_lod,
    };
    ID3D11SamplerState *state = NULL;
    HRESULT result;

    memcpy(converted.BorderColor, desc->border, sizeof(converted.BorderColor));
    result = ID3D11Device_CreateSamplerState(d3d->device, &converted, &state);
    return px_d3d11_keep(d3d, result, state);
}

static struct px_object *create_query(void *device, enum px_query kind)
{
    static const D3D11_QUERY kinds[] = {
        [PX_QUERY_EVENT] = D3D11_QUERY_EVENT,
        [PX_QUERY_OCCLUSION] = D3D11_QUERY_OCCLUSION,
        [PX_QUERY_OCCLUSION_PREDICATE] = D3D11_QUERY_OCCLUSION_PREDICATE,
    };
    const D3D11_QUERY_DESC desc = { .Query = kinds[kind] };
    struct px_d3d11 *d3d = device;
    struct px_object *object;
    HRESULT result;
    union {
        ID3D11Query *query;
        ID3D11Predicate *predicate;
    } made = { NULL };

    if (kind == PX_QUERY_OCCLUSION_PREDICATE)
        result = ID3D11Device_CreatePredicate(d3d->device, &desc, &made.predicate);
    else
        result = ID3D11Device_CreateQuery(d3d->device, &desc, &made.query);
    object = px_d3d11_keep(d3d, result, made.query);
    if (object != NULL)
        object->query = kind;
    return object;
}

void px_d3d11_add_states(struct px_backend *backend)
{
    backend->create_shader = create_shader;
    backend->create_layout = create_layout;
    backend->create_blend = create_blend;
    backend->create_depth_stencil = create_depth_stencil;
    backend->create_rasterizer = create_rasterizer;
    backend->create_sampler = create_sampler;
    backend->create_query = create_query;
}
