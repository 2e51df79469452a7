#include "core/atoms.h"

#include "core/constants.h"
#include "core/device.h"

/**
 * One atom. Handlers find what to send in the shadow and compare it with what was sent. An atom of
 * the bindings of one stage has a handler that is told the stage.
 */
struct atom_row {
    uint16_t max_bytes; /* what is sent at most, beside what a cost adds */
    void (*send)(struct device *device);
    /** Adds what depends on the state: list entries, packets per slot. NULL: nothing. */
    void (*cost)(const struct state *state, struct atoms_cost *cost);
    void (*send_bindings)(struct device *device, enum stage stage);
    void (*cost_of_bindings)(const struct stage_state *bindings, struct atoms_cost *cost);
    enum stage stage;
};

/* How the wire calls the stages whose bindings are sent (AeroGPU protocol specification 8). */
static const uint8_t wire_stages[STAGE_COUNT] = {
    [STAGE_VERTEX] = AEROGPU_SHADER_STAGE_VERTEX,
    [STAGE_PIXEL] = AEROGPU_SHADER_STAGE_PIXEL,
    [STAGE_GEOMETRY] = AEROGPU_SHADER_STAGE_GEOMETRY,
};

/* Whether the host has other values than these, or none; afterwards it counts as having them. */
#define DIFFERS(state, atom, member, value)                                                        \
    differs((state), (atom), &(state)->sent.member, &(value), sizeof((state)->sent.member))

static bool differs(struct state *state, enum atom atom, void *sent, const void *value,
                    size_t size_bytes)
{
    if (state->sent.valid & ATOM_BIT(atom) && memcmp(sent, value, size_bytes) == 0)
        return false;
    memcpy(sent, value, size_bytes);
    state->sent.valid |= ATOM_BIT(atom);
    return true;
}

/* Takes the lowest run of set bits out of a mask. */
static uint32_t take_run(uint32_t *mask, uint32_t *count)
{
    const uint32_t start = (uint32_t)__builtin_ctz(*mask);
    const uint32_t shifted = ~(*mask >> start);

    *count = shifted ? (uint32_t)__builtin_ctz(shifted) : 32 - start;
    *mask &= *mask + (1u << start); /* adding to the lowest bit carries through the run */
    return start;
}

static void send_shaders(struct device *device)
{
    struct state *state = &device->state;
    const struct state_linked *linked = &state->linked;

    if (state->sent.valid & ATOM_BIT(ATOM_SHADERS) && state->sent.vs == linked->vs &&
        state->sent.ps == linked->ps && state->sent.gs == linked->gs)
        return;
    state->sent.valid |= ATOM_BIT(ATOM_SHADERS);
    state->sent.vs = linked->vs;
    state->sent.ps = linked->ps;
    state->sent.gs = linked->gs;
    if (linked->gs)
        stream_bind_geometry_shaders(&device->queue.stream, linked->vs, linked->ps, linked->gs);
    else
        stream_bind_shaders(&device->queue.stream, linked->vs, linked->ps, 0);
}

static void send_input_layout(struct device *device)
{
    struct state *state = &device->state;

    if (DIFFERS(state, ATOM_INPUT_LAYOUT, layout, state->linked.layout))
        stream_set_input_layout(&device->queue.stream, state->linked.layout);
}

static void send_topology(struct device *device)
{
    struct state *state = &device->state;

    if (DIFFERS(state, ATOM_TOPOLOGY, topology, state->topology))
        stream_set_primitive_topology(&device->queue.stream, state->topology);
}

static void send_vertex_buffers(struct device *device)
{
    struct state *state = &device->state;
    uint32_t slots = state->linked.slots_used & ~state->vertex_known;

    state->vertex_known |= slots;
    while (slots) {
        uint32_t count;
        const uint32_t start = take_run(&slots, &count);
        struct aerogpu_vertex_buffer_binding *wire =
            stream_set_vertex_buffers(&device->queue.stream, start, count);

        for (uint32_t i = 0; i < count; i++) {
            const struct vertex_binding *binding = &state->vertex[start + i];
            const uint32_t span_bytes = state->linked.variant->span_bytes[start + i];

            resource_list(&device->queue, binding->buffer, 0);
            wire[i] = (struct aerogpu_vertex_buffer_binding){
                .buffer = binding->buffer->handle,
                .stride_bytes = binding->stride_bytes ? binding->stride_bytes : span_bytes,
                .offset_bytes = binding->offset_bytes,
            };
        }
    }
}

static void send_index_buffer(struct device *device)
{
    struct state *state = &device->state;
    struct resource *buffer = state->index.buffer;
    const uint32_t wire[] = { buffer->handle, state->index.format, state->index.offset_bytes };

    resource_list(&device->queue, buffer, 0);
    if (DIFFERS(state, ATOM_INDEX_BUFFER, index, wire))
        stream_set_index_buffer(&device->queue.stream, wire[0], wire[1], wire[2]);
}

/* All there is on the host, so that another shader needs no other binding of it. */
static uint32_t constant_binding_bytes(const struct resource *buffer)
{
    return buffer->wire_bytes < RESOURCE_CONSTANTS_MAX_BYTES ? (uint32_t)buffer->wire_bytes
                                                             : RESOURCE_CONSTANTS_MAX_BYTES;
}

/* What the stage's shader declares; the one that stands in for none declares nothing. */
static const struct dxbc_scan *scan_of(const struct stage_state *bindings)
{
    static const struct dxbc_scan nothing;

    return bindings->shader ? &bindings->shader->scan : &nothing;
}

/* Slots the shader declares; a slot with nothing in it is sent as 0 and reads as zeros. */
static void send_constants(struct device *device, enum stage stage)
{
    struct stage_state *bindings = &device->state.stages[stage];
    uint32_t slots = scan_of(bindings)->constant_buffers & ~bindings->constants_known &
                     ((1u << STATE_CONSTANT_BUFFERS) - 1);

    bindings->constants_known |= slots;
    if (slots && device->caps.abi_minor < CONSTANTS_MINOR) {
        ledger_count(&device->ledger, LEDGER_CONSTANT_BUFFERS, NULL);
        return;
    }
    while (slots) {
        uint32_t count;
        const uint32_t start = take_run(&slots, &count);
        struct aerogpu_constant_buffer_binding *wire =
            stream_set_constant_buffers(&device->queue.stream, wire_stages[stage], 0, start, count);

        for (uint32_t i = 0; i < count; i++) {
            struct resource *buffer = bindings->constants[start + i];

            wire[i] = (struct aerogpu_constant_buffer_binding){ 0 };
            if (!buffer)
                continue;
            resource_list(&device->queue, buffer, 0);
            wire[i].buffer = buffer->handle;
            wire[i].size_bytes = constant_binding_bytes(buffer);
        }
    }
}

static void list_target(struct device *device, const struct view *view)
{
    if (view && view->resource)
        resource_list(&device->queue, view->resource, WDDM_LIST_WRITE);
}

void atoms_send_targets(struct device *device, const struct stream_targets *targets)
{
    if (DIFFERS(&device->state, ATOM_TARGETS, targets, *targets))
        stream_set_render_targets(&device->queue.stream, targets);
}

static void send_targets(struct device *device)
{
    const struct state *state = &device->state;
    struct stream_targets wire = { .depth_stencil = view_handle(state->depth) };

    for (uint32_t i = 0; i < state->target_count; i++) {
        list_target(device, state->targets[i]);
        wire.colors[i] = view_handle(state->targets[i]);
        if (wire.colors[i])
            wire.color_count = i + 1; /* trailing gaps are not sent */
    }
    list_target(device, state->depth);
    atoms_send_targets(device, &wire);
}

static void send_viewport(struct device *device)
{
    struct state *state = &device->state;

    if (DIFFERS(state, ATOM_VIEWPORT, viewport, state->viewport))
        stream_set_viewport(&device->queue.stream, &state->viewport);
}

/* The first target there is; pipeline_resolve found one. */
static const struct resource *any_target(const struct state *state)
{
    for (uint32_t i = 0; i < state->target_count; i++) {
        if (view_handle(state->targets[i]))
            return state->targets[i]->resource;
    }
    return state->depth->resource;
}

static int32_t clamp_side(int64_t side)
{
    return side > INT32_MAX ? INT32_MAX : (int32_t)side;
}

/* Without a rectangle the test is off, and the host gets one that could not hurt: the target's. */
static void send_scissor(struct device *device)
{
    struct state *state = &device->state;
    const struct scissor_rect *rect = &state->scissor;
    struct stream_scissor wire;

    if (state->has_scissor && rect->left < rect->right && rect->top < rect->bottom) {
        wire = (struct stream_scissor){
            .x = rect->left,
            .y = rect->top,
            .width = clamp_side((int64_t)rect->right - rect->left),
            .height = clamp_side((int64_t)rect->bottom - rect->top),
        };
    } else {
        const struct texture_layout *layout = &any_target(state)->layout;

        wire = (struct stream_scissor){ 0, 0, (int32_t)layout->width, (int32_t)layout->height };
    }
    if (DIFFERS(state, ATOM_SCISSOR, scissor, wire))
        stream_set_scissor(&device->queue.stream, &wire);
}

static void send_rasterizer(struct device *device)
{
    struct state *state = &device->state;
    const struct aerogpu_rasterizer_state *wire =
        state->rasterizer ? &state->rasterizer->wire : &rasterizer_default;

    if (DIFFERS(state, ATOM_RASTERIZER, rasterizer, *wire))
        stream_set_rasterizer_state(&device->queue.stream, wire);
}

/* The wire has one blend state: that of the first target bound, if the others agree or not. */
static const struct aerogpu_blend_state *blend_of_targets(struct device *device)
{
    const struct state *state = &device->state;
    const struct aerogpu_blend_state *chosen = NULL;

    if (!state->blend)
        return &blend_default;
    for (uint32_t i = 0; i < state->target_count; i++) {
        if (!view_handle(state->targets[i]))
            continue;
        if (!chosen)
            chosen = &state->blend->wire[i];
        else if (memcmp(chosen, &state->blend->wire[i], sizeof(*chosen)) != 0)
            ledger_count(&device->ledger, LEDGER_BLEND_INDEPENDENT, NULL);
    }
    return chosen ? chosen : &state->blend->wire[0];
}

static void send_blend(struct device *device)
{
    struct state *state = &device->state;
    struct aerogpu_blend_state wire = *blend_of_targets(device);

    memcpy((uint8_t *)&wire + offsetof(struct aerogpu_blend_state, blend_constant_rgba_f32),
           state->blend_factor, sizeof(state->blend_factor));
    wire.sample_mask = state->sample_mask;
    if (!state->stages[STAGE_PIXEL].shader)
        wire.color_write_mask = 0;
    if (DIFFERS(state, ATOM_BLEND, blend, wire))
        stream_set_blend_state(&device->queue.stream, &wire);
}

static void send_depth_stencil(struct device *device)
{
    struct state *state = &device->state;
    const struct aerogpu_depth_stencil_state *wire =
        state->depth_stencil ? &state->depth_stencil->wire : &depth_stencil_default;

    if (DIFFERS(state, ATOM_DEPTH_STENCIL, depth_stencil, *wire))
        stream_set_depth_stencil_state(&device->queue.stream, wire);
}

static uint32_t is_listed(const struct resource *resource)
{
    return resource && resource_is_guest_backed(resource);
}

static void cost_of_targets(const struct state *state, struct atoms_cost *cost)
{
    for (uint32_t i = 0; i < state->target_count; i++)
        cost->list_entries += state->targets[i] ? is_listed(state->targets[i]->resource) : 0;
    cost->list_entries += state->depth ? is_listed(state->depth->resource) : 0;
}

static void cost_of_vertex_buffers(const struct state *state, struct atoms_cost *cost)
{
    for (uint32_t slot = 0; slot < STATE_VERTEX_BUFFERS; slot++)
        cost->list_entries += is_listed(state->vertex[slot].buffer);
}

static void cost_of_index_buffer(const struct state *state, struct atoms_cost *cost)
{
    cost->list_entries += is_listed(state->index.buffer);
}

/* Slots of one word of a stage's table that its shader reads and the host does not have. */
static uint32_t resources_to_send(const struct stage_state *bindings, uint32_t word)
{
    return scan_of(bindings)->resources[word] & ~bindings->resources_known[word];
}

static void cost_of_resources(const struct stage_state *bindings, struct atoms_cost *cost)
{
    for (uint32_t word = 0; word < STATE_SHADER_RESOURCES / 32; word++) {
        for (uint32_t slots = resources_to_send(bindings, word); slots; slots &= slots - 1) {
            const uint32_t slot = 32 * word + (uint32_t)__builtin_ctz(slots);
            const struct view *view = bindings->resources[slot];

            cost->packet_bytes += sizeof(struct aerogpu_cmd_set_texture);
            cost->list_entries += view ? is_listed(view->resource) : 0;
        }
    }
}

/* A slot with nothing in it, or whose texture is gone, is sent as 0. */
static void send_resources(struct device *device, enum stage stage)
{
    struct stage_state *bindings = &device->state.stages[stage];

    for (uint32_t word = 0; word < STATE_SHADER_RESOURCES / 32; word++) {
        uint32_t slots = resources_to_send(bindings, word);

        bindings->resources_known[word] |= slots;
        for (; slots; slots &= slots - 1) {
            const uint32_t slot = 32 * word + (uint32_t)__builtin_ctz(slots);
            const struct view *view = bindings->resources[slot];

            if (view && view->resource)
                resource_list(&device->queue, view->resource, 0);
            stream_set_texture(&device->queue.stream, wire_stages[stage], 0, slot,
                               view_handle(view));
        }
    }
}

/* Slots the shader declares; an empty one samples as the host's default. */
static void send_samplers(struct device *device, enum stage stage)
{
    struct stage_state *bindings = &device->state.stages[stage];
    uint32_t slots = scan_of(bindings)->samplers & ~bindings->samplers_known;

    bindings->samplers_known |= slots;
    if (device->caps.abi_minor < SAMPLER_MINOR)
        return;
    while (slots) {
        uint32_t count;
        const uint32_t start = take_run(&slots, &count);
        uint8_t *wire =
            stream_set_samplers(&device->queue.stream, wire_stages[stage], 0, start, count);

        for (uint32_t i = 0; i < count; i++) {
            const struct sampler *sampler = bindings->samplers[start + i];
            const uint32_t handle = sampler ? sampler->handle : 0;

            memcpy(wire + i * sizeof(handle), &handle, sizeof(handle));
        }
    }
}

/* Packets of n separate slots: at worst every second slot is sent, each in a packet of its own. */
#define SLOTS_BYTES(packet, binding, slots)                                                        \
    ((slots) * sizeof(struct binding) + ((slots) + 1) / 2 * sizeof(struct packet))

enum {
    CONSTANTS_BYTES = SLOTS_BYTES(aerogpu_cmd_set_constant_buffers, aerogpu_constant_buffer_binding,
                                  STATE_CONSTANT_BUFFERS),
    SAMPLERS_BYTES = STATE_SAMPLERS * sizeof(aerogpu_handle_t) +
                     STATE_SAMPLERS / 2 * sizeof(struct aerogpu_cmd_set_samplers),
};

#define CONSTANTS_OF(of)                                                                           \
    {                                                                                              \
        .max_bytes = CONSTANTS_BYTES, .send_bindings = send_constants, .stage = (of)               \
    }
#define RESOURCES_OF(of)                                                                           \
    {                                                                                              \
        .send_bindings = send_resources, .cost_of_bindings = cost_of_resources, .stage = (of)      \
    }
#define SAMPLERS_OF(of)                                                                            \
    {                                                                                              \
        .max_bytes = SAMPLERS_BYTES, .send_bindings = send_samplers, .stage = (of)                 \
    }

static const struct atom_row atom_rows[ATOM_COUNT] = {
    [ATOM_SHADERS] = { .max_bytes =
                           sizeof(struct aerogpu_cmd_bind_shaders) + STREAM_APPENDED_STAGES_BYTES,
                       .send = send_shaders },
    [ATOM_INPUT_LAYOUT] = { .max_bytes = sizeof(struct aerogpu_cmd_set_input_layout),
                            .send = send_input_layout },
    [ATOM_TOPOLOGY] = { .max_bytes = sizeof(struct aerogpu_cmd_set_primitive_topology),
                        .send = send_topology },
    [ATOM_VERTEX_BUFFERS] = { .max_bytes =
                                  SLOTS_BYTES(aerogpu_cmd_set_vertex_buffers,
                                              aerogpu_vertex_buffer_binding, LAYOUT_HOST_SLOTS),
                              .send = send_vertex_buffers,
                              .cost = cost_of_vertex_buffers },
    [ATOM_INDEX_BUFFER] = { .max_bytes = sizeof(struct aerogpu_cmd_set_index_buffer),
                            .send = send_index_buffer,
                            .cost = cost_of_index_buffer },
    [ATOM_VERTEX_CONSTANTS] = CONSTANTS_OF(STAGE_VERTEX),
    [ATOM_PIXEL_CONSTANTS] = CONSTANTS_OF(STAGE_PIXEL),
    [ATOM_GEOMETRY_CONSTANTS] = CONSTANTS_OF(STAGE_GEOMETRY),
    [ATOM_TARGETS] = { .max_bytes = sizeof(struct aerogpu_cmd_set_render_targets),
                       .send = send_targets,
                       .cost = cost_of_targets },
    [ATOM_VERTEX_RESOURCES] = RESOURCES_OF(STAGE_VERTEX),
    [ATOM_PIXEL_RESOURCES] = RESOURCES_OF(STAGE_PIXEL),
    [ATOM_GEOMETRY_RESOURCES] = RESOURCES_OF(STAGE_GEOMETRY),
    [ATOM_VERTEX_SAMPLERS] = SAMPLERS_OF(STAGE_VERTEX),
    [ATOM_PIXEL_SAMPLERS] = SAMPLERS_OF(STAGE_PIXEL),
    [ATOM_GEOMETRY_SAMPLERS] = SAMPLERS_OF(STAGE_GEOMETRY),
    [ATOM_VIEWPORT] = { .max_bytes = sizeof(struct aerogpu_cmd_set_viewport),
                        .send = send_viewport },
    [ATOM_SCISSOR] = { .max_bytes = sizeof(struct aerogpu_cmd_set_scissor), .send = send_scissor },
    [ATOM_RASTERIZER] = { .max_bytes = sizeof(struct aerogpu_cmd_set_rasterizer_state),
                          .send = send_rasterizer },
    [ATOM_BLEND] = { .max_bytes = sizeof(struct aerogpu_cmd_set_blend_state), .send = send_blend },
    [ATOM_DEPTH_STENCIL] = { .max_bytes = sizeof(struct aerogpu_cmd_set_depth_stencil_state),
                             .send = send_depth_stencil },
};

struct atoms_cost atoms_cost(const struct device *device, uint32_t atoms)
{
    struct atoms_cost cost = { 0 };

    for (; atoms; atoms &= atoms - 1) {
        const struct atom_row *row = &atom_rows[__builtin_ctz(atoms)];

        cost.packet_bytes += row->max_bytes;
        if (row->cost)
            row->cost(&device->state, &cost);
        if (row->cost_of_bindings)
            row->cost_of_bindings(&device->state.stages[row->stage], &cost);
    }
    return cost;
}

void atoms_send(struct device *device, uint32_t atoms)
{
    device->state.dirty &= ~atoms;
    for (; atoms; atoms &= atoms - 1) {
        const struct atom_row *row = &atom_rows[__builtin_ctz(atoms)];

        if (row->send_bindings)
            row->send_bindings(device, row->stage);
        else
            row->send(device);
    }
}
