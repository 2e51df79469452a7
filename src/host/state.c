#include "host/state.h"

#include <math.h>
#include <string.h>

#include "aerogpu_unaligned.h"
#include "host/host.h"
#include "host/surface.h"

void host_state_reset(struct host_state *state)
{
    memset(state, 0, sizeof(*state));
    state->topology = AEROGPU_TOPOLOGY_TRIANGLELIST;
    state->blend.src_factor = AEROGPU_BLEND_ONE;
    state->blend.src_factor_alpha = AEROGPU_BLEND_ONE;
    state->blend.color_write_mask = 0xF;
    for (uint32_t i = 0; i < 4; i++)
        state->blend.blend_constant_rgba_f32[i] = 0x3F800000;
    state->blend.sample_mask = UINT32_MAX;
    state->depth_stencil.depth_enable = 1;
    state->depth_stencil.depth_write_enable = 1;
    state->depth_stencil.depth_func = AEROGPU_COMPARE_LESS;
    state->depth_stencil.stencil_read_mask = 0xFF;
    state->depth_stencil.stencil_write_mask = 0xFF;
    state->raster.cull_mode = AEROGPU_CULL_BACK;
}

/* What two handles share when binding one of them in one way unbinds the other from another. */
static const struct host_object *resource_of(const struct aerogpu_host *host, uint32_t handle)
{
    return handle ? host_resource_find(&host->objects, handle) : NULL;
}

static void unbind_from(const struct aerogpu_host *host, struct host_range *ranges, uint32_t count,
                        const struct host_object *resource)
{
    for (uint32_t i = 0; resource && i < count; i++) {
        if (ranges[i].buffer && resource_of(host, ranges[i].buffer) == resource)
            ranges[i] = (struct host_range){ .buffer = 0 };
    }
}

static void unbind_resources(struct aerogpu_host *host, uint32_t handle)
{
    for (uint32_t stage = 0; stage < HOST_STAGES; stage++)
        unbind_from(host, host->state.stages[stage].resources, HOST_RESOURCES,
                    resource_of(host, handle));
}

static void unbind_uavs(struct aerogpu_host *host, uint32_t handle)
{
    for (uint32_t stage = 0; stage < HOST_STAGES; stage++)
        unbind_from(host, host->state.stages[stage].uavs, HOST_UAVS, resource_of(host, handle));
}

static void unbind_targets(struct aerogpu_host *host, uint32_t handle)
{
    const struct host_object *resource = resource_of(host, handle);
    struct host_state *state = &host->state;

    for (uint32_t i = 0; resource && i < AEROGPU_MAX_RENDER_TARGETS; i++) {
        if (resource_of(host, state->colors[i]) == resource)
            state->colors[i] = 0;
    }
    if (resource && resource_of(host, state->depth) == resource)
        state->depth = 0;
}

static void clear_if(uint32_t *slot, uint32_t handle)
{
    if (*slot == handle)
        *slot = 0;
}

static void unbind_stage(struct host_stage_state *stage, uint32_t handle)
{
    for (uint32_t i = 0; i < HOST_CONSTANT_BUFFERS; i++)
        clear_if(&stage->constant_buffers[i].buffer, handle);
    for (uint32_t i = 0; i < HOST_RESOURCES; i++)
        clear_if(&stage->resources[i].buffer, handle);
    for (uint32_t i = 0; i < HOST_UAVS; i++)
        clear_if(&stage->uavs[i].buffer, handle);
    for (uint32_t i = 0; i < HOST_SAMPLERS; i++)
        clear_if(&stage->samplers[i], handle);
}

void host_state_unbind(struct aerogpu_host *host, uint32_t handle)
{
    struct host_state *state = &host->state;
    const struct host_object *object = resource_of(host, handle);

    if (object && object->kind == HOST_TEXTURE && object->handle_count == 1 &&
        host_objects_find(&host->objects, handle, HOST_TEXTURE)) {
        unbind_resources(host, handle);
        unbind_targets(host, handle);
    }
    for (uint32_t stage = 0; stage < HOST_STAGES; stage++)
        unbind_stage(&state->stages[stage], handle);
    for (uint32_t i = 0; i < AEROGPU_MAX_RENDER_TARGETS; i++)
        clear_if(&state->colors[i], handle);
    clear_if(&state->depth, handle);
    for (uint32_t i = 0; i < HOST_VERTEX_BUFFERS; i++)
        clear_if(&state->vertex_buffers[i].buffer, handle);
    clear_if(&state->index_buffer, handle);
    clear_if(&state->layout, handle);
}

/* Section 6.3: the short form carries the geometry shader in its reserved word. */
bool host_bind_shaders(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                       const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_bind_shaders *cmd = (const void *)packet->bytes;
    struct host_state *state = &host->state;

    (void)payload;
    state->stages[HOST_STAGE_VERTEX].shader = cmd->vs;
    state->stages[HOST_STAGE_PIXEL].shader = cmd->ps;
    state->stages[HOST_STAGE_COMPUTE].shader = cmd->cs;
    state->stages[HOST_STAGE_GEOMETRY].shader = packet->size_bytes == 24 ? cmd->reserved0 : 0;
    state->has_tessellation = false;
    if (packet->size_bytes >= 36) {
        state->stages[HOST_STAGE_GEOMETRY].shader = aerogpu_load_u32(packet->bytes + 24);
        state->has_tessellation =
            aerogpu_load_u32(packet->bytes + 28) != 0 || aerogpu_load_u32(packet->bytes + 32) != 0;
    }
    return true;
}

bool host_set_input_layout(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                           const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_input_layout *cmd = (const void *)packet->bytes;

    (void)payload;
    host->state.layout = cmd->input_layout_handle;
    return true;
}

/* Section 6.4: the short form has no alpha factors; they follow the colour's. */
bool host_set_blend_state(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                          const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_blend_state *cmd = (const void *)packet->bytes;
    struct aerogpu_blend_state *blend = &host->state.blend;
    struct host_state defaults;

    (void)payload;
    if (packet->size_bytes >= sizeof(*cmd)) {
        *blend = cmd->state;
    } else {
        host_state_reset(&defaults);
        *blend = defaults.blend;
        memcpy(blend, packet->bytes + sizeof(cmd->hdr), 20);
        blend->src_factor_alpha = blend->src_factor;
        blend->dst_factor_alpha = blend->dst_factor;
        blend->blend_op_alpha = blend->blend_op;
    }
    if (blend->src_factor > AEROGPU_BLEND_INV_CONSTANT ||
        blend->dst_factor > AEROGPU_BLEND_INV_CONSTANT ||
        blend->src_factor_alpha > AEROGPU_BLEND_INV_CONSTANT ||
        blend->dst_factor_alpha > AEROGPU_BLEND_INV_CONSTANT ||
        blend->blend_op > AEROGPU_BLEND_OP_MAX || blend->blend_op_alpha > AEROGPU_BLEND_OP_MAX) {
        blend->enable = 0;
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "enum-value", "no such blend factor or op");
    }
    return true;
}

bool host_set_depth_stencil_state(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                                  const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_depth_stencil_state *cmd = (const void *)packet->bytes;

    (void)payload;
    if (cmd->state.depth_func > AEROGPU_COMPARE_ALWAYS)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "enum-value", "no such depth function: %u",
                         cmd->state.depth_func);
    host->state.depth_stencil = cmd->state;
    return true;
}

bool host_set_rasterizer_state(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                               const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_rasterizer_state *cmd = (const void *)packet->bytes;

    (void)payload;
    if (cmd->state.cull_mode > AEROGPU_CULL_BACK || cmd->state.fill_mode > AEROGPU_FILL_WIREFRAME)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "enum-value", "no such cull or fill mode");
    host->state.raster = cmd->state;
    return true;
}

/* Section 6.5: a target stops being a shader resource. */
bool host_set_render_targets(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                             const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_render_targets *cmd = (const void *)packet->bytes;
    struct host_state *state = &host->state;

    (void)payload;
    if (cmd->color_count > AEROGPU_MAX_RENDER_TARGETS)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "target-count", "%u colour targets",
                         cmd->color_count);
    memset(state->colors, 0, sizeof(state->colors));
    state->color_count = cmd->color_count;
    state->depth = cmd->depth_stencil;
    unbind_resources(host, state->depth);
    for (uint32_t i = 0; i < cmd->color_count; i++) {
        state->colors[i] = cmd->colors[i];
        unbind_resources(host, state->colors[i]);
    }
    return true;
}

/* Section 6.5: a degenerate viewport means the full target. */
bool host_set_viewport(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                       const struct aerogpu_payload *payload)
{
    struct host_viewport viewport;

    (void)payload;
    memcpy(&viewport, packet->bytes + sizeof(struct aerogpu_cmd_hdr), sizeof(viewport));
    host->state.viewport = viewport;
    host->state.has_viewport = isfinite(viewport.x) && isfinite(viewport.y) &&
                               isfinite(viewport.width) && isfinite(viewport.height) &&
                               isfinite(viewport.min_depth) && isfinite(viewport.max_depth) &&
                               viewport.width > 0 && viewport.height > 0;
    return true;
}

bool host_set_scissor(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                      const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_scissor *cmd = (const void *)packet->bytes;

    (void)payload;
    host->state.scissor = (struct host_rectangle){ cmd->x, cmd->y, cmd->width, cmd->height };
    host->state.has_scissor = true;
    return true;
}

static bool slots_fit(struct aerogpu_host *host, uint32_t start, uint32_t count, uint32_t limit)
{
    if ((uint64_t)start + count <= limit)
        return true;
    return host_fail(host, AEROGPU_HOST_CMD_DECODE, "slot-range",
                     "slots %u and %u more reach beyond the table of %u", start, count, limit);
}

bool host_set_vertex_buffers(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                             const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_vertex_buffers *cmd = (const void *)packet->bytes;
    const struct aerogpu_vertex_buffer_binding *bindings = (const void *)payload->bytes;

    if (!slots_fit(host, cmd->start_slot, cmd->buffer_count, HOST_VERTEX_BUFFERS))
        return false;
    for (uint32_t i = 0; i < cmd->buffer_count; i++) {
        host->state.vertex_buffers[cmd->start_slot + i] =
            (struct host_vertex_buffer){ bindings[i].buffer, bindings[i].stride_bytes,
                                         bindings[i].offset_bytes };
    }
    return true;
}

bool host_set_index_buffer(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                           const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_index_buffer *cmd = (const void *)packet->bytes;

    (void)payload;
    if (cmd->buffer && cmd->format > AEROGPU_INDEX_FORMAT_UINT32)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "enum-value", "no such index format: %u",
                         cmd->format);
    host->state.index_buffer = cmd->buffer;
    host->state.index_format = cmd->format;
    host->state.index_offset_bytes = cmd->offset_bytes;
    return true;
}

bool host_set_primitive_topology(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                                 const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_primitive_topology *cmd = (const void *)packet->bytes;

    (void)payload;
    host->state.topology = cmd->topology;
    return true;
}

/* Section 4.3. */
static struct host_stage_state *find_stage(struct aerogpu_host *host, uint32_t stage,
                                           uint32_t stage_ex)
{
    static const enum host_stage legacy[] = { HOST_STAGE_VERTEX, HOST_STAGE_PIXEL,
                                              HOST_STAGE_COMPUTE, HOST_STAGE_GEOMETRY };
    static const enum host_stage extended[] = {
        [AEROGPU_SHADER_STAGE_EX_NONE] = HOST_STAGE_COMPUTE,
        [AEROGPU_SHADER_STAGE_EX_GEOMETRY] = HOST_STAGE_GEOMETRY,
        [AEROGPU_SHADER_STAGE_EX_HULL] = HOST_STAGE_HULL,
        [AEROGPU_SHADER_STAGE_EX_DOMAIN] = HOST_STAGE_DOMAIN,
        [AEROGPU_SHADER_STAGE_EX_COMPUTE] = HOST_STAGE_COMPUTE,
    };
    const bool is_extended = stage == AEROGPU_SHADER_STAGE_COMPUTE;

    if (stage > AEROGPU_SHADER_STAGE_GEOMETRY ||
        (is_extended && (stage_ex == 1 || stage_ex > AEROGPU_SHADER_STAGE_EX_COMPUTE))) {
        host_fail(host, AEROGPU_HOST_CMD_DECODE, "stage-value", "no such stage: %u, %u", stage,
                  stage_ex);
        return NULL;
    }
    return &host->state.stages[is_extended ? extended[stage_ex] : legacy[stage]];
}

/* Section 6.7: a shader resource stops being a target or a UAV. */
bool host_set_texture(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                      const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_texture *cmd = (const void *)packet->bytes;
    struct host_stage_state *stage = find_stage(host, cmd->shader_stage, cmd->reserved0);

    (void)payload;
    if (!stage || !slots_fit(host, cmd->slot, 1, HOST_RESOURCES))
        return false;
    unbind_targets(host, cmd->texture);
    unbind_uavs(host, cmd->texture);
    stage->resources[cmd->slot] = (struct host_range){ .buffer = cmd->texture };
    return true;
}

bool host_set_samplers(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                       const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_samplers *cmd = (const void *)packet->bytes;
    struct host_stage_state *stage = find_stage(host, cmd->shader_stage, cmd->reserved0);

    if (!stage || !slots_fit(host, cmd->start_slot, cmd->sampler_count, HOST_SAMPLERS))
        return false;
    for (uint32_t i = 0; i < cmd->sampler_count; i++)
        stage->samplers[cmd->start_slot + i] = aerogpu_load_u32(payload->bytes + 4 * (size_t)i);
    return true;
}

/* The three kinds of buffer ranges have one layout on the wire. */
static struct host_range range_at(const struct aerogpu_payload *payload, uint32_t index)
{
    const struct aerogpu_constant_buffer_binding *bindings = (const void *)payload->bytes;

    return (struct host_range){ bindings[index].buffer, bindings[index].offset_bytes,
                                bindings[index].size_bytes };
}

bool host_set_constant_buffers(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                               const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_constant_buffers *cmd = (const void *)packet->bytes;
    struct host_stage_state *stage = find_stage(host, cmd->shader_stage, cmd->reserved0);

    if (!stage || !slots_fit(host, cmd->start_slot, cmd->buffer_count, HOST_CONSTANT_BUFFERS))
        return false;
    for (uint32_t i = 0; i < cmd->buffer_count; i++)
        stage->constant_buffers[cmd->start_slot + i] = range_at(payload, i);
    return true;
}

bool host_set_shader_resource_buffers(struct aerogpu_host *host,
                                      const struct aerogpu_packet *packet,
                                      const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_shader_resource_buffers *cmd = (const void *)packet->bytes;
    struct host_stage_state *stage = find_stage(host, cmd->shader_stage, cmd->reserved0);

    if (!stage || !slots_fit(host, cmd->start_slot, cmd->buffer_count, HOST_RESOURCES))
        return false;
    for (uint32_t i = 0; i < cmd->buffer_count; i++) {
        stage->resources[cmd->start_slot + i] = range_at(payload, i);
        unbind_uavs(host, range_at(payload, i).buffer);
    }
    return true;
}

bool host_set_unordered_access_buffers(struct aerogpu_host *host,
                                       const struct aerogpu_packet *packet,
                                       const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_unordered_access_buffers *cmd = (const void *)packet->bytes;
    struct host_stage_state *stage = find_stage(host, cmd->shader_stage, cmd->reserved0);

    if (!stage || !slots_fit(host, cmd->start_slot, cmd->uav_count, HOST_UAVS))
        return false;
    for (uint32_t i = 0; i < cmd->uav_count; i++) {
        stage->uavs[cmd->start_slot + i] = range_at(payload, i);
        unbind_resources(host, range_at(payload, i).buffer);
    }
    return true;
}
