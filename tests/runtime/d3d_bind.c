#include <string.h>

#include "runtime/d3d.h"
#include "runtime/runtime_state.h"

#define SLOTS_MAX 128

/* Slots of a stage, as the API has them. */
#define CONSTANT_BUFFER_SLOTS 14
#define RESOURCE_SLOTS        128
#define SAMPLER_SLOTS         16

/* One call of six members that differ in the stage only; the last three exist in 11.0 alone. */
#define CALL_STAGE(device, stage, member, ...)                                                     \
    do {                                                                                           \
        switch (stage) {                                                                           \
        case D3D_VS:                                                                               \
            RT_CALL(device, f11, pfnVs##member, __VA_ARGS__);                                      \
            break;                                                                                 \
        case D3D_PS:                                                                               \
            RT_CALL(device, f11, pfnPs##member, __VA_ARGS__);                                      \
            break;                                                                                 \
        case D3D_GS:                                                                               \
            RT_CALL(device, f11, pfnGs##member, __VA_ARGS__);                                      \
            break;                                                                                 \
        case D3D_HS:                                                                               \
            RT_CALL(device, f11, pfnHs##member, __VA_ARGS__);                                      \
            break;                                                                                 \
        case D3D_DS:                                                                               \
            RT_CALL(device, f11, pfnDs##member, __VA_ARGS__);                                      \
            break;                                                                                 \
        default:                                                                                   \
            RT_CALL(device, f11, pfnCs##member, __VA_ARGS__);                                      \
            break;                                                                                 \
        }                                                                                          \
    } while (0)

static void check_stage(const struct rt_device *device, enum d3d_stage stage, UINT count)
{
    if (stage > D3D_GS && device->level != RT_D3D11)
        tap_bail_out("stage %d exists on 11.0 devices only", (int)stage);
    if (count > SLOTS_MAX)
        tap_bail_out("%u slots", count);
}

/*
 * All driver handles are one pointer: an array of any of them is lent the same way. objects may be
 * NULL: count null handles.
 */
static const void *lend_handles(struct rt_object *const *objects, UINT count)
{
    void *handles[SLOTS_MAX] = { NULL };

    for (UINT i = 0; objects != NULL && i < count; i++)
        handles[i] = rt_private(objects[i]);
    return rt_lend(handles, count * sizeof(handles[0]));
}

void d3d_set_shader(struct rt_device *device, enum d3d_stage stage, struct rt_object *shader)
{
    check_stage(device, stage, 1);
    CALL_STAGE(device, stage, SetShader, d3d_shader(shader));
}

void d3d_set_constant_buffers(struct rt_device *device, enum d3d_stage stage, UINT first,
                              UINT count, struct rt_object *const *buffers)
{
    check_stage(device, stage, count);
    CALL_STAGE(device, stage, SetConstantBuffers, first, count, lend_handles(buffers, count));
}

void d3d_set_shader_resources(struct rt_device *device, enum d3d_stage stage, UINT first,
                              UINT count, struct rt_object *const *views)
{
    check_stage(device, stage, count);
    CALL_STAGE(device, stage, SetShaderResources, first, count, lend_handles(views, count));
}

void d3d_set_samplers(struct rt_device *device, enum d3d_stage stage, UINT first, UINT count,
                      struct rt_object *const *samplers)
{
    check_stage(device, stage, count);
    CALL_STAGE(device, stage, SetSamplers, first, count, lend_handles(samplers, count));
}

/* ---- Input assembler ---- */

void d3d_set_input_layout(struct rt_device *device, struct rt_object *layout)
{
    RT_CALL(device, f11, pfnIaSetInputLayout, d3d_layout(layout));
}

void d3d_set_vertex_buffer(struct rt_device *device, UINT slot, struct rt_object *buffer,
                           UINT stride_bytes, UINT offset_bytes)
{
    RT_CALL(device, f11, pfnIaSetVertexBuffers, slot, 1, lend_handles(&buffer, 1),
            rt_lend(&stride_bytes, sizeof(stride_bytes)),
            rt_lend(&offset_bytes, sizeof(offset_bytes)));
}

void d3d_set_index_buffer(struct rt_device *device, struct rt_object *buffer, DXGI_FORMAT format,
                          UINT offset_bytes)
{
    RT_CALL(device, f11, pfnIaSetIndexBuffer, d3d_resource(buffer), format, offset_bytes);
}

void d3d_set_topology(struct rt_device *device, D3D10_DDI_PRIMITIVE_TOPOLOGY topology)
{
    RT_CALL(device, f11, pfnIaSetTopology, topology);
}

/* ---- Output merger and rasterizer ---- */

/*
 * How many slots behind the last one were set before: a hint that a driver must not rely on, and
 * therefore wrong, one way and the other in turn.
 */
static UINT wrong_hint(void)
{
    static UINT hint;

    hint = ~hint;
    return hint;
}

void d3d_set_render_targets(struct rt_device *device, UINT count, struct rt_object *const *rtvs,
                            struct rt_object *dsv)
{
    check_stage(device, D3D_PS, count);
    if (device->level == RT_D3D11)
        RT_CALL(device, f11, pfnSetRenderTargets, lend_handles(rtvs, count), count, wrong_hint(),
                d3d_dsv(dsv), NULL, NULL, count, 0, 0, 0);
    else
        RT_CALL(device, f10, pfnSetRenderTargets, lend_handles(rtvs, count), count, wrong_hint(),
                d3d_dsv(dsv));
}

void d3d_set_render_target(struct rt_device *device, struct rt_object *rtv, struct rt_object *dsv)
{
    d3d_set_render_targets(device, rtv != NULL ? 1 : 0, &rtv, dsv);
}

void d3d_set_viewport(struct rt_device *device, FLOAT x, FLOAT y, FLOAT width, FLOAT height)
{
    const D3D10_DDI_VIEWPORT viewport = {
        .TopLeftX = x, .TopLeftY = y, .Width = width, .Height = height, .MaxDepth = 1.0f
    };

    RT_CALL(device, f11, pfnSetViewports, 1, wrong_hint(), rt_lend(&viewport, sizeof(viewport)));
}

void d3d_set_scissor(struct rt_device *device, LONG left, LONG top, LONG right, LONG bottom)
{
    const D3D10_DDI_RECT rect = { .left = left, .top = top, .right = right, .bottom = bottom };

    RT_CALL(device, f11, pfnSetScissorRects, 1, wrong_hint(), rt_lend(&rect, sizeof(rect)));
}

void d3d_set_blend_state(struct rt_device *device, struct rt_object *state, const FLOAT *factor,
                         UINT sample_mask)
{
    static const FLOAT ones[4] = { 1.0f, 1.0f, 1.0f, 1.0f };

    RT_CALL(device, f11, pfnSetBlendState, d3d_blend_state(state),
            rt_lend(factor != NULL ? factor : ones, sizeof(ones)), sample_mask);
}

void d3d_set_depth_stencil_state(struct rt_device *device, struct rt_object *state,
                                 UINT stencil_ref)
{
    RT_CALL(device, f11, pfnSetDepthStencilState, d3d_depth_stencil_state(state), stencil_ref);
}

void d3d_set_rasterizer_state(struct rt_device *device, struct rt_object *state)
{
    RT_CALL(device, f11, pfnSetRasterizerState, d3d_rasterizer_state(state));
}

/* ---- Everything at once ---- */

static void clear_stage(struct rt_device *device, enum d3d_stage stage)
{
    d3d_set_shader(device, stage, NULL);
    d3d_set_constant_buffers(device, stage, 0, CONSTANT_BUFFER_SLOTS, NULL);
    d3d_set_shader_resources(device, stage, 0, RESOURCE_SLOTS, NULL);
    d3d_set_samplers(device, stage, 0, SAMPLER_SLOTS, NULL);
}

static void clear_input(struct rt_device *device)
{
    const UINT slots = device->level == RT_D3D11 ? 32 : 16;
    const UINT zeros[32] = { 0 };

    d3d_set_input_layout(device, NULL);
    RT_CALL(device, f11, pfnIaSetVertexBuffers, 0, slots, lend_handles(NULL, slots),
            rt_lend(zeros, slots * sizeof(UINT)), rt_lend(zeros, slots * sizeof(UINT)));
    d3d_set_index_buffer(device, NULL, DXGI_FORMAT_UNKNOWN, 0);
    d3d_set_topology(device, D3D10_DDI_PRIMITIVE_TOPOLOGY_UNDEFINED);
}

void d3d_clear_state(struct rt_device *device)
{
    const enum d3d_stage stages = device->level == RT_D3D11 ? D3D_STAGES : D3D_GS + 1;
    const UINT zeros[4] = { 0 };

    for (enum d3d_stage stage = D3D_VS; stage < stages; stage++)
        clear_stage(device, stage);
    clear_input(device);
    d3d_set_render_targets(device, 0, NULL, NULL);
    d3d_set_blend_state(device, device->defaults[0], NULL, 0xFFFFFFFF);
    d3d_set_depth_stencil_state(device, device->defaults[1], 0);
    d3d_set_rasterizer_state(device, device->defaults[2]);
    RT_CALL(device, f11, pfnSetViewports, 0, wrong_hint(), NULL);
    RT_CALL(device, f11, pfnSetScissorRects, 0, wrong_hint(), NULL);
    RT_CALL(device, f11, pfnSoSetTargets, 0, wrong_hint(), lend_handles(NULL, 4),
            rt_lend(zeros, sizeof(zeros)));
    RT_CALL(device, f11, pfnSetPredication, d3d_query(NULL), FALSE);
}

void d3d_set_defaults(struct rt_device *device)
{
    device->defaults[0] = d3d_create_blend_state(device, NULL);
    device->defaults[1] = d3d_create_depth_stencil_state(device, NULL);
    device->defaults[2] = d3d_create_rasterizer_state(device, NULL);
    d3d_clear_state(device);
    if (device->level != RT_D3D11)
        RT_CALL(device, f11, pfnSetTextFilterSize, 1, 1);
}
