#include "core/state.h"

#include <string.h>

void state_init(struct state *state)
{
    memset(state, 0, sizeof(*state));
    for (int i = 0; i < 4; i++)
        state->blend_factor[i] = 1.0f;
    state->sample_mask = UINT32_MAX;
    state->dirty = ATOMS_ALL;
}

void state_forget(struct state *state, uint64_t serial)
{
    state->serial = serial;
    state->dirty = ATOMS_ALL;
    state->sent.valid = 0;
    state->vertex_known = 0;
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        struct stage_state *bindings = &state->stages[stage];

        bindings->constants_known = 0;
        bindings->samplers_known = 0;
        memset(bindings->resources_known, 0, sizeof(bindings->resources_known));
    }
}

static void forget_vertices(struct state *state, uint32_t slot)
{
    state->vertex_known &= ~(1u << slot);
    state_mark(state, ATOM_VERTEX_BUFFERS);
}

void state_set_vertex_buffer(struct state *state, uint32_t slot, struct resource *buffer,
                             uint32_t stride_bytes, uint32_t offset_bytes)
{
    struct vertex_binding *binding = &state->vertex[slot];

    if (binding->buffer == buffer && binding->stride_bytes == stride_bytes &&
        binding->offset_bytes == offset_bytes)
        return;
    *binding = (struct vertex_binding){ buffer, stride_bytes, offset_bytes };
    if (buffer)
        buffer->bound |= RESOURCE_BOUND_VERTEX;
    forget_vertices(state, slot);
}

void state_set_index_buffer(struct state *state, struct resource *buffer, uint32_t format,
                            uint32_t offset_bytes)
{
    state->index = (struct index_binding){ buffer, format, offset_bytes };
    if (buffer)
        buffer->bound |= RESOURCE_BOUND_INDEX;
    state_mark(state, ATOM_INDEX_BUFFER);
}

/* Atoms that carry a stage's bindings; stages that are never sent have none. */
static const struct {
    uint32_t constants, resources, samplers;
} stage_atoms[STAGE_COUNT] = {
    [STAGE_VERTEX] = { ATOM_BIT(ATOM_VERTEX_CONSTANTS), ATOM_BIT(ATOM_VERTEX_RESOURCES),
                       ATOM_BIT(ATOM_VERTEX_SAMPLERS) },
    [STAGE_PIXEL] = { ATOM_BIT(ATOM_PIXEL_CONSTANTS), ATOM_BIT(ATOM_PIXEL_RESOURCES),
                      ATOM_BIT(ATOM_PIXEL_SAMPLERS) },
    [STAGE_GEOMETRY] = { ATOM_BIT(ATOM_GEOMETRY_CONSTANTS), ATOM_BIT(ATOM_GEOMETRY_RESOURCES),
                         ATOM_BIT(ATOM_GEOMETRY_SAMPLERS) },
};

static void forget_constants(struct state *state, enum stage stage, uint32_t slot)
{
    state->stages[stage].constants_known &= ~(1u << slot);
    state->dirty |= stage_atoms[stage].constants;
}

void state_set_constant_buffer(struct state *state, enum stage stage, uint32_t slot,
                               struct resource *buffer)
{
    struct stage_state *bindings = &state->stages[stage];

    if (bindings->constants[slot] == buffer)
        return;
    bindings->constants[slot] = buffer;
    if (buffer)
        buffer->bound |= RESOURCE_BOUND_CONSTANT;
    forget_constants(state, stage, slot);
}

static void forget_slot(struct state *state, enum stage stage, uint32_t slot)
{
    state->stages[stage].resources_known[slot / 32] &= ~(1u << slot % 32);
    state->dirty |= stage_atoms[stage].resources;
}

/* Takes a resource out of the targets; those that stay keep their slots. */
static void untarget(struct state *state, const struct resource *resource)
{
    for (uint32_t i = 0; i < state->target_count; i++) {
        if (state->targets[i] && state->targets[i]->resource == resource)
            state->targets[i] = NULL;
    }
    if (state->depth && state->depth->resource == resource)
        state->depth = NULL;
    state_mark(state, ATOM_TARGETS);
    state_mark(state, ATOM_BLEND); /* which of the blend states is sent follows the targets */
}

void state_set_shader_resource(struct state *state, enum stage stage, uint32_t slot,
                               struct view *view)
{
    struct view **bound = &state->stages[stage].resources[slot];

    if (*bound == view)
        return;
    *bound = view;
    forget_slot(state, stage, slot);
    if (!view || !view->resource)
        return;
    view->bound_stages |= 1u << stage;
    view->resource->bound |= RESOURCE_BOUND_SHADER;
    if (view->resource->bound & RESOURCE_BOUND_TARGET)
        untarget(state, view->resource);
}

void state_set_sampler(struct state *state, enum stage stage, uint32_t slot,
                       struct sampler *sampler)
{
    struct stage_state *bindings = &state->stages[stage];

    if (bindings->samplers[slot] == sampler)
        return;
    bindings->samplers[slot] = sampler;
    if (sampler)
        sampler->is_bound = true;
    bindings->samplers_known &= ~(1u << slot);
    state->dirty |= stage_atoms[stage].samplers;
}

/* Slots of every stage that see a resource: forgotten, and emptied if they must not see it now. */
static void visit_shader_resource(struct state *state, const struct resource *resource,
                                  bool is_emptied)
{
    if (!(resource->bound & RESOURCE_BOUND_SHADER))
        return;
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        struct view **views = state->stages[stage].resources;

        for (uint32_t slot = 0; slot < STATE_SHADER_RESOURCES; slot++) {
            if (!views[slot] || views[slot]->resource != resource)
                continue;
            forget_slot(state, (enum stage)stage, slot);
            if (is_emptied)
                views[slot] = NULL;
        }
    }
}

void state_forget_shader_resource(struct state *state, const struct resource *resource)
{
    visit_shader_resource(state, resource, false);
}

void state_set_shader(struct state *state, enum stage stage, struct shader *shader)
{
    const bool was_bound = state->stages[stage].shader != NULL;

    if (shader && shader->passes_through)
        shader = NULL;
    if (state->stages[stage].shader == shader)
        return;
    state->stages[stage].shader = shader;
    if (stage == STAGE_PIXEL && was_bound != (shader != NULL))
        state_mark(state, ATOM_BLEND); /* without a pixel shader nothing is written */
    state->is_linked = false;
    state_mark(state, ATOM_SHADERS);
    /* Another shader reads other slots: of buffers, and of the layout. */
    state->dirty |=
        stage_atoms[stage].constants | stage_atoms[stage].resources | stage_atoms[stage].samplers;
    state_mark(state, ATOM_INPUT_LAYOUT);
    state_mark(state, ATOM_VERTEX_BUFFERS);
}

void state_set_input_layout(struct state *state, struct input_layout *layout)
{
    if (state->layout == layout)
        return;
    state->layout = layout;
    state->is_linked = false;
    state_mark(state, ATOM_SHADERS); /* the vertex shader's variant follows the formats */
    state_mark(state, ATOM_INPUT_LAYOUT);
    state_mark(state, ATOM_VERTEX_BUFFERS);
}

void state_set_topology(struct state *state, uint32_t topology)
{
    state->topology = topology;
    state_mark(state, ATOM_TOPOLOGY);
}

static void bind_target(struct state *state, struct view *view)
{
    if (!view)
        return;
    view->is_bound = true;
    if (!view->resource)
        return;
    view->resource->bound |= RESOURCE_BOUND_TARGET;
    visit_shader_resource(state, view->resource, true);
}

void state_set_targets(struct state *state, struct view *const *targets, uint32_t count,
                       struct view *depth)
{
    for (uint32_t i = 0; i < STATE_TARGETS; i++) {
        state->targets[i] = i < count ? targets[i] : NULL;
        bind_target(state, state->targets[i]);
    }
    state->target_count = count;
    state->depth = depth;
    bind_target(state, depth);
    state_mark(state, ATOM_TARGETS);
    state_mark(state, ATOM_SCISSOR); /* without a rectangle it is the target's */
    state_mark(state, ATOM_BLEND);   /* which of the blend states is sent follows the targets */
}

void state_set_viewport(struct state *state, const struct stream_viewport *viewport)
{
    state->has_viewport = viewport != NULL;
    if (viewport)
        state->viewport = *viewport;
    state_mark(state, ATOM_VIEWPORT);
}

void state_set_scissor(struct state *state, const struct scissor_rect *rect)
{
    state->has_scissor = rect != NULL;
    if (rect)
        state->scissor = *rect;
    state_mark(state, ATOM_SCISSOR);
}

void state_set_rasterizer(struct state *state, const struct rasterizer_state *rasterizer)
{
    state->rasterizer = rasterizer;
    state_mark(state, ATOM_RASTERIZER);
}

void state_set_blend(struct state *state, const struct blend_state *blend, const float *factor,
                     uint32_t sample_mask)
{
    state->blend = blend;
    memmove(state->blend_factor, factor, sizeof(state->blend_factor));
    state->sample_mask = sample_mask;
    state_mark(state, ATOM_BLEND);
}

void state_set_depth_stencil(struct state *state, const struct depth_stencil_state *depth_stencil)
{
    state->depth_stencil = depth_stencil;
    state_mark(state, ATOM_DEPTH_STENCIL);
}

static void drop_from_stages(struct state *state, const struct view *view)
{
    for (uint32_t stages = view->bound_stages; stages; stages &= stages - 1) {
        const enum stage stage = (enum stage)__builtin_ctz(stages);

        for (uint32_t slot = 0; slot < STATE_SHADER_RESOURCES; slot++) {
            if (state->stages[stage].resources[slot] == view)
                state_set_shader_resource(state, stage, slot, NULL);
        }
    }
}

/* A target that goes leaves a gap: the others keep their slots. */
void state_drop_view(struct state *state, const struct view *view)
{
    drop_from_stages(state, view);
    if (!view->is_bound)
        return;
    for (uint32_t i = 0; i < state->target_count; i++) {
        if (state->targets[i] == view)
            state->targets[i] = NULL;
    }
    if (state->depth == view)
        state->depth = NULL;
    state_mark(state, ATOM_TARGETS);
    state_mark(state, ATOM_BLEND);
}

static void drop_constants(struct state *state, const struct resource *resource)
{
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        for (uint32_t slot = 0; slot < STATE_CONSTANT_BUFFERS; slot++) {
            if (state->stages[stage].constants[slot] == resource)
                state_set_constant_buffer(state, (enum stage)stage, slot, NULL);
        }
    }
}

/* Targets and shaders name views, which forget the resource by themselves. */
void state_drop_resource(struct state *state, const struct resource *resource)
{
    if (resource->bound & RESOURCE_BOUND_VERTEX) {
        for (uint32_t slot = 0; slot < STATE_VERTEX_BUFFERS; slot++) {
            if (state->vertex[slot].buffer == resource)
                state_set_vertex_buffer(state, slot, NULL, 0, 0);
        }
    }
    if (resource->bound & RESOURCE_BOUND_INDEX && state->index.buffer == resource)
        state_set_index_buffer(state, NULL, 0, 0);
    if (resource->bound & RESOURCE_BOUND_CONSTANT)
        drop_constants(state, resource);
    state_resend_resource(state, resource);
}

static void resend_constants(struct state *state, const struct resource *buffer)
{
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        for (uint32_t slot = 0; slot < STATE_CONSTANT_BUFFERS; slot++) {
            if (state->stages[stage].constants[slot] == buffer)
                forget_constants(state, (enum stage)stage, slot);
        }
    }
}

static void resend_vertices(struct state *state, const struct resource *buffer)
{
    for (uint32_t slot = 0; slot < STATE_VERTEX_BUFFERS; slot++) {
        if (state->vertex[slot].buffer == buffer)
            forget_vertices(state, slot);
    }
}

void state_resend_resource(struct state *state, const struct resource *resource)
{
    if (resource->bound & RESOURCE_BOUND_VERTEX)
        resend_vertices(state, resource);
    if (resource->bound & RESOURCE_BOUND_INDEX && state->index.buffer == resource)
        state_mark(state, ATOM_INDEX_BUFFER);
    if (resource->bound & RESOURCE_BOUND_CONSTANT)
        resend_constants(state, resource);
    if (resource->bound & RESOURCE_BOUND_TARGET)
        state_mark(state, ATOM_TARGETS);
    state_forget_shader_resource(state, resource);
}

void state_drop_shader(struct state *state, const struct shader *shader)
{
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        if (state->stages[stage].shader == shader)
            state_set_shader(state, (enum stage)stage, NULL);
    }
}

void state_drop_sampler(struct state *state, const struct sampler *sampler)
{
    if (!sampler->is_bound)
        return;
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        for (uint32_t slot = 0; slot < STATE_SAMPLERS; slot++) {
            if (state->stages[stage].samplers[slot] == sampler)
                state_set_sampler(state, (enum stage)stage, slot, NULL);
        }
    }
}

void state_drop_input_layout(struct state *state, const struct input_layout *layout)
{
    if (state->layout == layout)
        state_set_input_layout(state, NULL);
}
