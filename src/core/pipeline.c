#include "core/pipeline.h"

#include <math.h>
#include <stddef.h>

#include "core/constants.h"
#include "core/device.h"

/* What the topologies that can be drawn deliver; adjacency to geometry shaders only. */
static const uint8_t delivered[] = {
    [AEROGPU_TOPOLOGY_POINTLIST] = DXBC_PRIMITIVE_POINT,
    [AEROGPU_TOPOLOGY_LINELIST] = DXBC_PRIMITIVE_LINE,
    [AEROGPU_TOPOLOGY_LINESTRIP] = DXBC_PRIMITIVE_LINE,
    [AEROGPU_TOPOLOGY_TRIANGLELIST] = DXBC_PRIMITIVE_TRIANGLE,
    [AEROGPU_TOPOLOGY_TRIANGLESTRIP] = DXBC_PRIMITIVE_TRIANGLE,
    [AEROGPU_TOPOLOGY_LINELIST_ADJ] = DXBC_PRIMITIVE_LINE_ADJACENCY,
    [AEROGPU_TOPOLOGY_LINESTRIP_ADJ] = DXBC_PRIMITIVE_LINE_ADJACENCY,
    [AEROGPU_TOPOLOGY_TRIANGLELIST_ADJ] = DXBC_PRIMITIVE_TRIANGLE_ADJACENCY,
    [AEROGPU_TOPOLOGY_TRIANGLESTRIP_ADJ] = DXBC_PRIMITIVE_TRIANGLE_ADJACENCY,
};

/* A check passes, or names the reason. */
#define PASS ((int)LEDGER_REASONS)

static bool drop(struct device *device, int reason)
{
    if (reason != PASS)
        ledger_count(&device->ledger, (enum ledger_reason)reason, NULL);
    return reason == PASS;
}

/*
 * Whether each register that a geometry shader reads is written, and means the same on both sides:
 * hosts link by the names that registers and meanings make (driver semantics 15.3).
 */
static bool geometry_fits(const struct shader *vs, const struct shader *gs)
{
    const uint32_t read = gs->scan.inputs;

    return !(read & ~vs->output_registers) &&
           !(read & (gs->position_inputs ^ vs->position_outputs));
}

/* What a host checks of the shaders themselves. */
static int check_shaders(const struct state *state)
{
    const struct shader *vs = state->stages[STAGE_VERTEX].shader;
    const struct shader *gs = state->stages[STAGE_GEOMETRY].shader;
    const struct shader *ps = state->stages[STAGE_PIXEL].shader;
    const struct shader *last = gs ? gs : vs; /* before the rasterizer */

    if (!vs)
        return LEDGER_DRAW_NO_VERTEX_SHADER;
    if (state->stages[STAGE_HULL].shader || state->stages[STAGE_DOMAIN].shader)
        return LEDGER_DRAW_STAGE;
    if (gs && !geometry_fits(vs, gs))
        return LEDGER_DRAW_GEOMETRY_LINKAGE;
    if (!last->position_outputs || (ps && ps->input_registers & ~last->output_registers))
        return LEDGER_DRAW_LINKAGE;
    return PASS;
}

/* Finds, or makes, the variants that today's shaders and layout need of each other. */
static int link_variants(struct device *device)
{
    struct state *state = &device->state;
    struct shader *vs = state->stages[STAGE_VERTEX].shader;
    struct shader *gs = state->stages[STAGE_GEOMETRY].shader;
    struct shader *ps = state->stages[STAGE_PIXEL].shader;
    struct state_linked linked = { 0 };
    uint64_t classes = 0;

    if (vs->input_registers) {
        if (!state->layout)
            return LEDGER_DRAW_INPUT_LAYOUT;
        linked.variant = input_layout_variant(device, state->layout, vs->input_registers);
        if (!linked.variant)
            return LEDGER_DRAW_SPACE;
        if (!linked.variant->handle)
            return LEDGER_DRAW_INPUT_LAYOUT;
        linked.layout = linked.variant->handle;
        linked.slots_used = linked.variant->slots_used;
        classes = linked.variant->classes;
    }
    if (!ps)
        ps = shader_for_no_pixel_shader(device);
    if (!ps)
        return LEDGER_DRAW_SPACE;
    linked.vs = shader_variant_handle(device, vs, classes);
    linked.ps = shader_variant_handle(device, ps, 0);
    linked.gs = gs ? shader_variant_handle(device, gs, 0) : 0;
    if (!linked.vs || !linked.ps || (gs && !linked.gs))
        return LEDGER_DRAW_SPACE;
    state->linked = linked;
    state->is_linked = true;
    return PASS;
}

static int check_vertex_buffers(struct device *device)
{
    const struct state *state = &device->state;

    for (uint32_t slots = state->linked.slots_used; slots; slots &= slots - 1) {
        const uint32_t slot = (uint32_t)__builtin_ctz(slots);
        const struct vertex_binding *binding = &state->vertex[slot];
        const uint32_t span_bytes = state->linked.variant->span_bytes[slot];

        if (!binding->buffer || binding->offset_bytes > binding->buffer->size_bytes)
            return LEDGER_DRAW_VERTEX_BUFFER;
        if (!(binding->buffer->bind_flags & RESOURCE_BIND_VERTEX_BUFFER))
            return LEDGER_DRAW_VERTEX_BUFFER;
        if (binding->stride_bytes == 0)
            ledger_count(&device->ledger, LEDGER_STRIDE_ZERO, NULL);
        else if (binding->stride_bytes < span_bytes)
            return LEDGER_DRAW_VERTEX_BUFFER;
    }
    return PASS;
}

static int check_targets(const struct state *state)
{
    const struct resource *first = NULL;

    for (uint32_t i = 0; i <= state->target_count; i++) {
        const struct view *view = i < state->target_count ? state->targets[i] : state->depth;

        if (!view || !view->resource)
            continue;
        if (!first)
            first = view->resource;
        if (view->resource->layout.width != first->layout.width ||
            view->resource->layout.height != first->layout.height)
            return LEDGER_DRAW_TARGET_SIZES;
    }
    return first ? PASS : LEDGER_DRAW_NO_TARGET;
}

/* Nothing is rasterised through a viewport that is not there, degenerate or no number. */
static int check_rectangles(const struct state *state)
{
    const struct stream_viewport *viewport = &state->viewport;
    const bool is_scissored = state->rasterizer && state->rasterizer->wire.scissor_enable;

    if (!state->has_viewport || !(viewport->width > 0) || !(viewport->height > 0) ||
        !isfinite(viewport->x) || !isfinite(viewport->y) || !isfinite(viewport->width) ||
        !isfinite(viewport->height) || !isfinite(viewport->min_depth) ||
        !isfinite(viewport->max_depth))
        return LEDGER_DRAW_NO_VIEWPORT;
    if (is_scissored && (!state->has_scissor || state->scissor.left >= state->scissor.right ||
                         state->scissor.top >= state->scissor.bottom))
        return LEDGER_DRAW_EMPTY_SCISSOR;
    return PASS;
}

/*
 * A geometry shader takes just the primitives it declares. Without one, Direct3D skips adjacent
 * vertices, which the wire cannot say (driver semantics 14.1).
 */
static int check_topology(const struct state *state)
{
    const struct shader *gs = state->stages[STAGE_GEOMETRY].shader;
    const uint32_t primitive =
        state->topology < sizeof(delivered) ? delivered[state->topology] : DXBC_PRIMITIVE_NONE;

    if (primitive == DXBC_PRIMITIVE_NONE || (!gs && primitive > DXBC_PRIMITIVE_TRIANGLE))
        return LEDGER_DRAW_TOPOLOGY;
    return gs && gs->scan.gs_input_primitive != primitive ? LEDGER_DRAW_PRIMITIVE : PASS;
}

static int check_assembly(const struct state *state, bool is_indexed)
{
    const struct resource *indices = state->index.buffer;
    const int topology = check_topology(state);

    if (topology != PASS)
        return topology;
    if (is_indexed && (!indices || !(indices->bind_flags & RESOURCE_BIND_INDEX_BUFFER) ||
                       state->index.offset_bytes > indices->size_bytes))
        return LEDGER_DRAW_INDEX_BUFFER;
    return PASS;
}

static int enlarge_constants(struct device *device)
{
    return constants_resolve(device) == RESULT_OK ? PASS : LEDGER_DRAW_SPACE;
}

bool pipeline_resolve(struct device *device, bool is_indexed)
{
    struct state *state = &device->state;

    if (!state->is_linked &&
        (!drop(device, check_shaders(state)) || !drop(device, link_variants(device))))
        return false;
    return drop(device, check_vertex_buffers(device)) && drop(device, check_targets(state)) &&
           drop(device, check_rectangles(state)) &&
           drop(device, check_assembly(state, is_indexed)) &&
           drop(device, enlarge_constants(device));
}
