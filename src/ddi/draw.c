/* Draws and clears (driver semantics 16). */

#include "core/draw.h"

#include "ddi/edge.h"

void APIENTRY ddi_draw(D3D10DDI_HDEVICE h, UINT vertex_count, UINT first_vertex)
{
    const struct draw draw = {
        .count = vertex_count,
        .instance_count = 1,
        .first = first_vertex,
    };

    ddi_report(h, SLOT_pfnDraw, draw_submit(ddi_core_of(h), &draw));
}

void APIENTRY ddi_draw_indexed(D3D10DDI_HDEVICE h, UINT index_count, UINT first_index,
                               INT base_vertex)
{
    const struct draw draw = {
        .count = index_count,
        .instance_count = 1,
        .first = first_index,
        .base_vertex = base_vertex,
        .is_indexed = true,
    };

    ddi_report(h, SLOT_pfnDrawIndexed, draw_submit(ddi_core_of(h), &draw));
}

void APIENTRY ddi_draw_instanced(D3D10DDI_HDEVICE h, UINT vertex_count, UINT instance_count,
                                 UINT first_vertex, UINT first_instance)
{
    const struct draw draw = {
        .count = vertex_count,
        .instance_count = instance_count,
        .first = first_vertex,
        .first_instance = first_instance,
    };

    ddi_report(h, SLOT_pfnDrawInstanced, draw_submit(ddi_core_of(h), &draw));
}

void APIENTRY ddi_draw_indexed_instanced(D3D10DDI_HDEVICE h, UINT index_count, UINT instance_count,
                                         UINT first_index, INT base_vertex, UINT first_instance)
{
    const struct draw draw = {
        .count = index_count,
        .instance_count = instance_count,
        .first = first_index,
        .first_instance = first_instance,
        .base_vertex = base_vertex,
        .is_indexed = true,
    };

    ddi_report(h, SLOT_pfnDrawIndexedInstanced, draw_submit(ddi_core_of(h), &draw));
}

void APIENTRY ddi_clear_render_target_view(D3D10DDI_HDEVICE h, D3D10DDI_HRENDERTARGETVIEW h_view,
                                           FLOAT *rgba)
{
    struct view *view = ddi_target_view(h_view);

    if (view && rgba)
        ddi_report(h, SLOT_pfnClearRenderTargetView, draw_clear_color(ddi_core_of(h), view, rgba));
}

void APIENTRY ddi_clear_depth_stencil_view(D3D10DDI_HDEVICE h, D3D10DDI_HDEPTHSTENCILVIEW h_view,
                                           UINT flags, FLOAT depth, UINT8 stencil)
{
    struct view *view = ddi_depth_view(h_view);
    uint32_t wire_flags = 0;

    if (flags & D3D10_DDI_CLEAR_DEPTH)
        wire_flags |= AEROGPU_CLEAR_DEPTH;
    if (flags & D3D10_DDI_CLEAR_STENCIL)
        wire_flags |= AEROGPU_CLEAR_STENCIL;
    if (view)
        ddi_report(h, SLOT_pfnClearDepthStencilView,
                   draw_clear_depth(ddi_core_of(h), view, wire_flags, depth, stencil));
}
