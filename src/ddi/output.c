/* Rasterizer and output merger: state objects, viewports, targets (driver semantics 14.6-14.11). */

#include "core/fixed_state.h"

#include "ddi/edge.h"

SIZE_T APIENTRY ddi_calc_private_blend_state_size_10(D3D10DDI_HDEVICE h,
                                                     const D3D10_DDI_BLEND_DESC *desc)
{
    (void)h;
    (void)desc;
    return sizeof(struct blend_state);
}

SIZE_T APIENTRY ddi_calc_private_blend_state_size_11(D3D10DDI_HDEVICE h,
                                                     const D3D10_1_DDI_BLEND_DESC *desc)
{
    (void)h;
    (void)desc;
    return sizeof(struct blend_state);
}

/* Factors and operations have the same names in a 10.0 description and in a target of a later one.
 */
#define BLEND_TARGET(from, enabled, mask)                                                          \
    {                                                                                              \
        .is_enabled = (enabled), .src = (uint32_t)(from)->SrcBlend,                                \
        .dst = (uint32_t)(from)->DestBlend, .op = (uint32_t)(from)->BlendOp,                       \
        .src_alpha = (uint32_t)(from)->SrcBlendAlpha,                                              \
        .dst_alpha = (uint32_t)(from)->DestBlendAlpha, .op_alpha = (uint32_t)(from)->BlendOpAlpha, \
        .write_mask = (mask),                                                                      \
    }

static void create_blend_state(D3D10DDI_HDEVICE h, D3D10DDI_HBLENDSTATE h_state,
                               const struct blend_desc *desc)
{
    if (desc)
        blend_state_init(ddi_core_of(h), h_state.pDrvPrivate, desc);
    else
        ddi_refuse_create(h, SLOT_pfnCreateBlendState, h_state.pDrvPrivate,
                          sizeof(struct blend_state));
}

void APIENTRY ddi_create_blend_state_10(D3D10DDI_HDEVICE h, const D3D10_DDI_BLEND_DESC *from,
                                        D3D10DDI_HBLENDSTATE h_state,
                                        D3D10DDI_HRTBLENDSTATE h_rt_state)
{
    struct blend_desc desc = { .has_alpha_to_coverage = from && from->AlphaToCoverageEnable };

    (void)h_rt_state;
    for (uint32_t i = 0; from && i < AEROGPU_MAX_RENDER_TARGETS; i++)
        desc.targets[i] = (struct blend_target_desc)BLEND_TARGET(from, from->BlendEnable[i],
                                                                 from->RenderTargetWriteMask[i]);
    create_blend_state(h, h_state, from ? &desc : NULL);
}

void APIENTRY ddi_create_blend_state_11(D3D10DDI_HDEVICE h, const D3D10_1_DDI_BLEND_DESC *from,
                                        D3D10DDI_HBLENDSTATE h_state,
                                        D3D10DDI_HRTBLENDSTATE h_rt_state)
{
    struct blend_desc desc = { .has_alpha_to_coverage = from && from->AlphaToCoverageEnable };

    (void)h_rt_state;
    for (uint32_t i = 0; from && i < AEROGPU_MAX_RENDER_TARGETS; i++) {
        const D3D10_DDI_RENDER_TARGET_BLEND_DESC1 *target =
            &from->RenderTarget[from->IndependentBlendEnable ? i : 0];

        desc.targets[i] = (struct blend_target_desc)BLEND_TARGET(target, target->BlendEnable,
                                                                 target->RenderTargetWriteMask);
    }
    create_blend_state(h, h_state, from ? &desc : NULL);
}

void APIENTRY ddi_destroy_blend_state(D3D10DDI_HDEVICE h, D3D10DDI_HBLENDSTATE h_state)
{
    struct blend_state *state = object_of(h_state.pDrvPrivate, OBJECT_BLEND_STATE);

    if (state)
        blend_state_finish(ddi_core_of(h), state);
}

void APIENTRY ddi_set_blend_state(D3D10DDI_HDEVICE h, D3D10DDI_HBLENDSTATE h_state,
                                  const FLOAT *factor, UINT sample_mask)
{
    static const FLOAT ones[] = { 1.0f, 1.0f, 1.0f, 1.0f };

    state_set_blend(&ddi_core_of(h)->state, object_of(h_state.pDrvPrivate, OBJECT_BLEND_STATE),
                    factor ? factor : ones, sample_mask);
}

SIZE_T APIENTRY ddi_calc_private_depth_stencil_state_size(D3D10DDI_HDEVICE h,
                                                          const D3D10_DDI_DEPTH_STENCIL_DESC *desc)
{
    (void)h;
    (void)desc;
    return sizeof(struct depth_stencil_state);
}

void APIENTRY ddi_create_depth_stencil_state(D3D10DDI_HDEVICE h,
                                             const D3D10_DDI_DEPTH_STENCIL_DESC *from,
                                             D3D10DDI_HDEPTHSTENCILSTATE h_state,
                                             D3D10DDI_HRTDEPTHSTENCILSTATE h_rt_state)
{
    struct depth_stencil_desc desc;

    (void)h_rt_state;
    if (!from) {
        ddi_refuse_create(h, SLOT_pfnCreateDepthStencilState, h_state.pDrvPrivate,
                          sizeof(struct depth_stencil_state));
        return;
    }
    desc = (struct depth_stencil_desc){
        .is_depth_enabled = from->DepthEnable,
        .is_depth_written = from->DepthWriteMask == D3D10_DDI_DEPTH_WRITE_MASK_ALL,
        .depth_function = (uint32_t)from->DepthFunc,
        .is_stencil_enabled = from->StencilEnable,
        .stencil_read_mask = from->StencilReadMask,
        .stencil_write_mask = from->StencilWriteMask,
    };
    depth_stencil_state_init(ddi_core_of(h), h_state.pDrvPrivate, &desc);
}

void APIENTRY ddi_destroy_depth_stencil_state(D3D10DDI_HDEVICE h,
                                              D3D10DDI_HDEPTHSTENCILSTATE h_state)
{
    struct depth_stencil_state *state = object_of(h_state.pDrvPrivate, OBJECT_DEPTH_STENCIL_STATE);

    if (state)
        depth_stencil_state_finish(ddi_core_of(h), state);
}

/* The stencil reference does not exist on the wire (driver semantics 14.8). */
void APIENTRY ddi_set_depth_stencil_state(D3D10DDI_HDEVICE h, D3D10DDI_HDEPTHSTENCILSTATE h_state,
                                          UINT stencil_reference)
{
    (void)stencil_reference;
    state_set_depth_stencil(&ddi_core_of(h)->state,
                            object_of(h_state.pDrvPrivate, OBJECT_DEPTH_STENCIL_STATE));
}

SIZE_T APIENTRY ddi_calc_private_rasterizer_state_size(D3D10DDI_HDEVICE h,
                                                       const D3D10_DDI_RASTERIZER_DESC *desc)
{
    (void)h;
    (void)desc;
    return sizeof(struct rasterizer_state);
}

void APIENTRY ddi_create_rasterizer_state(D3D10DDI_HDEVICE h, const D3D10_DDI_RASTERIZER_DESC *from,
                                          D3D10DDI_HRASTERIZERSTATE h_state,
                                          D3D10DDI_HRTRASTERIZERSTATE h_rt_state)
{
    struct rasterizer_desc desc;

    (void)h_rt_state;
    if (!from) {
        ddi_refuse_create(h, SLOT_pfnCreateRasterizerState, h_state.pDrvPrivate,
                          sizeof(struct rasterizer_state));
        return;
    }
    desc = (struct rasterizer_desc){
        .fill_mode = (uint32_t)from->FillMode,
        .cull_mode = (uint32_t)from->CullMode,
        .is_front_ccw = from->FrontCounterClockwise,
        .depth_bias = from->DepthBias,
        .depth_bias_clamp = from->DepthBiasClamp,
        .slope_scaled_depth_bias = from->SlopeScaledDepthBias,
        .is_depth_clip_enabled = from->DepthClipEnable,
        .is_scissor_enabled = from->ScissorEnable,
    };
    rasterizer_state_init(ddi_core_of(h), h_state.pDrvPrivate, &desc);
}

void APIENTRY ddi_destroy_rasterizer_state(D3D10DDI_HDEVICE h, D3D10DDI_HRASTERIZERSTATE h_state)
{
    struct rasterizer_state *state = object_of(h_state.pDrvPrivate, OBJECT_RASTERIZER_STATE);

    if (state)
        rasterizer_state_finish(ddi_core_of(h), state);
}

void APIENTRY ddi_set_rasterizer_state(D3D10DDI_HDEVICE h, D3D10DDI_HRASTERIZERSTATE h_state)
{
    state_set_rasterizer(&ddi_core_of(h)->state,
                         object_of(h_state.pDrvPrivate, OBJECT_RASTERIZER_STATE));
}

/* Whether a viewport differs from the first in a way that would show. */
static bool matters(const D3D10_DDI_VIEWPORT *viewport, const D3D10_DDI_VIEWPORT *first)
{
    return viewport->Width > 0 && viewport->Height > 0 &&
           memcmp(viewport, first, sizeof(*first)) != 0;
}

void APIENTRY ddi_set_viewports(D3D10DDI_HDEVICE h, UINT count, UINT clear_count,
                                const D3D10_DDI_VIEWPORT *viewports)
{
    struct device *device = ddi_core_of(h);
    struct stream_viewport first;

    (void)clear_count; /* entries beyond count are off, whatever the hint says */
    if (count > 0 && !viewports)
        return;
    if (count == 0) {
        state_set_viewport(&device->state, NULL);
        return;
    }
    first = (struct stream_viewport){
        viewports->TopLeftX, viewports->TopLeftY, viewports->Width,
        viewports->Height,   viewports->MinDepth, viewports->MaxDepth,
    };
    for (UINT i = 1; i < count; i++) {
        if (matters(&viewports[i], &viewports[0])) {
            ledger_count(&device->ledger, LEDGER_VIEWPORTS, NULL);
            break;
        }
    }
    state_set_viewport(&device->state, &first);
}

void APIENTRY ddi_set_scissor_rects(D3D10DDI_HDEVICE h, UINT count, UINT clear_count,
                                    const D3D10_DDI_RECT *rects)
{
    struct device *device = ddi_core_of(h);
    struct scissor_rect first;

    (void)clear_count;
    if (count > 0 && !rects)
        return;
    if (count == 0) {
        state_set_scissor(&device->state, NULL);
        return;
    }
    first = (struct scissor_rect){ rects->left, rects->top, rects->right, rects->bottom };
    state_set_scissor(&device->state, &first);
}

static void set_targets(D3D10DDI_HDEVICE h, const D3D10DDI_HRENDERTARGETVIEW *h_views, UINT count,
                        D3D10DDI_HDEPTHSTENCILVIEW h_depth)
{
    struct view *targets[STATE_TARGETS];

    if (!h_views)
        count = 0;
    if (count > STATE_TARGETS)
        count = STATE_TARGETS;
    for (UINT i = 0; i < count; i++)
        targets[i] = ddi_target_view(h_views[i]);
    state_set_targets(&ddi_core_of(h)->state, targets, count, ddi_depth_view(h_depth));
}

void APIENTRY ddi_set_render_targets_10(D3D10DDI_HDEVICE h,
                                        const D3D10DDI_HRENDERTARGETVIEW *h_views, UINT count,
                                        UINT clear_slots, D3D10DDI_HDEPTHSTENCILVIEW h_depth)
{
    (void)clear_slots;
    set_targets(h, h_views, count, h_depth);
}

/* Pixel-shader UAVs need feature level 11_0, so there are none (driver semantics 14.11). */
void APIENTRY ddi_set_render_targets_11(D3D10DDI_HDEVICE h,
                                        const D3D10DDI_HRENDERTARGETVIEW *h_views, UINT count,
                                        UINT clear_slots, D3D10DDI_HDEPTHSTENCILVIEW h_depth,
                                        const D3D11DDI_HUNORDEREDACCESSVIEW *h_uavs,
                                        const UINT *initial_counts, UINT uav_start, UINT uav_count,
                                        UINT uav_range_start, UINT uav_range_size)
{
    (void)clear_slots;
    (void)h_uavs;
    (void)initial_counts;
    (void)uav_start;
    (void)uav_count;
    (void)uav_range_start;
    (void)uav_range_size;
    set_targets(h, h_views, count, h_depth);
}
