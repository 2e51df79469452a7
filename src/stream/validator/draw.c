/** What reads bound state: clears, draws, dispatches, presents (sections 6.8, 6.9, 17, 18.5). */
#include "stream/validator/validator.h"

#include <math.h>
#include <string.h>

static bool is_empty(const struct binding *binding)
{
    return binding->handle == 0;
}

/* The colour targets, then the depth target. */
#define TARGET_SLOTS (AEROGPU_MAX_RENDER_TARGETS + 1u)

static struct binding *target_slot(validator *v, uint32_t n)
{
    return n < AEROGPU_MAX_RENDER_TARGETS ? &v->bound.colors[n] : &v->bound.depth;
}

static uint32_t target_extent(const struct binding *target, uint32_t extent)
{
    return stream_texture_mip_extent(extent, target->view ? target->view->base_mip : 0);
}

/** One size for all, and none taken away by a later SRV binding. */
static void check_target_set(validator *v)
{
    const struct binding *first = NULL;

    for (uint32_t i = 0; i < TARGET_SLOTS; i++) {
        const struct binding *target = target_slot(v, i);
        const struct texture_shape *shape;

        if (!target->resource || target->resource->is_broken)
            continue;
        shape = &target->resource->shape;
        if (target->is_evicted)
            validator_report(v, RULE_TARGET_SRV,
                             "target %#x was bound as SRV since, which unbinds it",
                             (unsigned)target->handle);
        if (!first)
            first = target;
        if (target_extent(first, first->resource->shape.width) !=
                target_extent(target, shape->width) ||
            target_extent(first, first->resource->shape.height) !=
                target_extent(target, shape->height)) {
            validator_report(v, RULE_TARGET_MIXED, "targets %#x of %ux%u and %#x of %ux%u",
                             (unsigned)first->handle,
                             (unsigned)target_extent(first, first->resource->shape.width),
                             (unsigned)target_extent(first, first->resource->shape.height),
                             (unsigned)target->handle,
                             (unsigned)target_extent(target, shape->width),
                             (unsigned)target_extent(target, shape->height));
            return;
        }
    }
}

static void write_targets(validator *v)
{
    for (uint32_t i = 0; i < TARGET_SLOTS; i++)
        validator_binding_write(v, target_slot(v, i));
}

static uint32_t bound_colors(validator *v)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < AEROGPU_MAX_RENDER_TARGETS; i++)
        count += !is_empty(&v->bound.colors[i]);
    return count;
}

static void check_clear_values(validator *v, const struct aerogpu_cmd_clear *cmd)
{
    float depth;

    memcpy(&depth, (const uint8_t *)cmd + offsetof(struct aerogpu_cmd_clear, depth_f32),
           sizeof(depth));
    if (cmd->flags & AEROGPU_CLEAR_DEPTH && !(depth >= 0 && depth <= 1))
        validator_report(v, RULE_CLEAR_VALUE, "depth is cleared to %g", (double)depth);
    if (cmd->flags & AEROGPU_CLEAR_STENCIL && cmd->stencil > 255)
        validator_report(v, RULE_CLEAR_VALUE, "stencil is cleared to %u", (unsigned)cmd->stencil);
}

void validate_clear(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_clear *cmd = PACKET(v, clear);
    const bool is_color = cmd->flags & AEROGPU_CLEAR_COLOR;
    const bool is_depth = cmd->flags & (AEROGPU_CLEAR_DEPTH | AEROGPU_CLEAR_STENCIL);

    (void)payload;
    check_clear_values(v, cmd);
    if (!(is_color || is_depth) ||
        !validator_state_require(v, v->bound.targets_set_in, "the set of targets"))
        return;
    if (is_color && bound_colors(v) == 0)
        validator_report(v, RULE_CLEAR_TARGET, "colour is cleared, but no colour target is bound");
    if (is_color && bound_colors(v) > 1)
        validator_report(v, RULE_CLEAR_MANY, "%u colour targets are cleared at once",
                         (unsigned)bound_colors(v));
    if (is_depth && is_empty(&v->bound.depth))
        validator_report(v, RULE_CLEAR_TARGET,
                         "depth or stencil is cleared, but no depth target is bound");
    check_target_set(v);
    for (uint32_t i = 0; is_color && i < AEROGPU_MAX_RENDER_TARGETS; i++)
        validator_binding_write(v, &v->bound.colors[i]);
    if (is_depth)
        validator_binding_write(v, &v->bound.depth);
}

/** The shader of a stage; NULL if none is bound, or if something about it was reported already. */
static const struct shader *bound_shader(validator *v, enum stage stage)
{
    struct stage_state *bound = &v->bound.stages[stage];
    const struct object *object;

    if (bound->shader == 0 || bound->is_reported)
        return NULL;
    object = validator_object_find_kind(v, bound->shader, validator_stage_name(stage),
                                        AEROGPU_OBJECT_SHADER);
    bound->is_reported = !object;
    return object && !object->shader->is_broken ? object->shader : NULL;
}

/** Whether a slot that a shader declares may be used; what is in it is checked by the caller. */
static bool check_declared(validator *v, const struct binding *binding, enum stage stage,
                           char table, uint32_t slot)
{
    if (validator_state_is_set(v, binding->set_in))
        return true;
    validator_report(v, RULE_STATE_UNDEFINED,
                     "%c%u of the %s stage is declared, but was not set in this "
                     "submission",
                     table, (unsigned)slot, validator_stage_name(stage));
    return false;
}

static void check_constants(validator *v, const struct shader *shader, uint32_t slot)
{
    const struct binding *binding = &v->bound.stages[shader->stage].constants[slot];
    const uint32_t registers = shader->view.declared.constant_registers[slot];

    if (!check_declared(v, binding, shader->stage, 'b', slot) || !binding->resource)
        return;
    validator_binding_read(v, binding);
    if (binding->resource->is_broken || binding->offset_bytes > binding->resource->size_bytes)
        return;
    if (validator_binding_bytes(binding) / 16 < registers)
        validator_report(v, RULE_CONSTANT_BUFFER_SMALL,
                         "b%u of the %s stage has %" PRIu64
                         " bytes, the shader declares %u registers",
                         (unsigned)slot, validator_stage_name(shader->stage),
                         validator_binding_bytes(binding), (unsigned)registers);
}

static void check_resource(validator *v, enum stage stage, uint32_t slot)
{
    const struct binding *binding = &v->bound.stages[stage].resources[slot];

    if (!check_declared(v, binding, stage, 't', slot) || !binding->resource)
        return;
    validator_binding_read(v, binding);
    if (binding->is_evicted)
        validator_report(
            v, binding->resource->is_texture ? RULE_TARGET_SRV : RULE_SRV_UAV,
            "t%u of the %s stage holds %#x, which was bound as %s since and is unbound",
            (unsigned)slot, validator_stage_name(stage), (unsigned)binding->handle,
            binding->resource->is_texture ? "target" : "UAV");
}

static void check_uav(validator *v, enum stage stage, uint32_t slot)
{
    const struct binding *binding = &v->bound.stages[stage].uavs[slot];

    if (!check_declared(v, binding, stage, 'u', slot) || !binding->resource)
        return;
    validator_binding_write(v, binding);
    if (binding->is_evicted)
        validator_report(
            v, RULE_SRV_UAV,
            "u%u of the %s stage holds %#x, which was bound as SRV since and is unbound",
            (unsigned)slot, validator_stage_name(stage), (unsigned)binding->handle);
}

/** Whether this device takes the packet that would fill a table (section 1). */
static bool has_packet(const validator *v, uint32_t opcode)
{
    return v->config.device_abi_minor >= stream_packet_info_find(opcode)->gate_minor;
}

/** Every slot that a shader declares, and that some packet can define. */
static void check_tables(validator *v, const struct shader *shader)
{
    const struct shader_declarations *declared = &shader->view.declared;
    const enum stage stage = shader->stage;
    const bool has_uavs = stage != STAGE_VERTEX && stage != STAGE_PIXEL &&
                          has_packet(v, AEROGPU_CMD_SET_UNORDERED_ACCESS_BUFFERS);
    const bool has_constants = has_packet(v, AEROGPU_CMD_SET_CONSTANT_BUFFERS);
    const bool has_samplers = has_packet(v, AEROGPU_CMD_SET_SAMPLERS);

    for (uint32_t i = 0; has_constants && i < SHADER_CONSTANT_SLOTS; i++) {
        if (declared->constant_slots >> i & 1)
            check_constants(v, shader, i);
    }
    for (uint32_t i = 0; i < SHADER_RESOURCE_SLOTS; i++) {
        if (shader_declares_resource(declared, i))
            check_resource(v, stage, i);
    }
    for (uint32_t i = 0; has_samplers && i < SHADER_SAMPLER_SLOTS; i++) {
        if (declared->sampler_slots >> i & 1)
            check_declared(v, &v->bound.stages[stage].samplers[i], stage, 's', i);
    }
    for (uint32_t i = 0; has_uavs && i < SHADER_UAV_SLOTS; i++) {
        if (declared->uav_slots >> i & 1)
            check_uav(v, stage, i);
    }
}

static bool is_patch(uint32_t topology)
{
    return topology >= AEROGPU_TOPOLOGY_PATCHLIST_1 && topology <= AEROGPU_TOPOLOGY_PATCHLIST_32;
}

static bool is_adjacency(uint32_t topology)
{
    return topology >= AEROGPU_TOPOLOGY_LINELIST_ADJ &&
           topology <= AEROGPU_TOPOLOGY_TRIANGLESTRIP_ADJ;
}

/** Which stages a topology asks for. */
static void check_topology(validator *v, const struct shader *hull)
{
    const uint32_t topology = v->bound.topology;
    const bool has_hull = v->bound.stages[STAGE_HULL].shader != 0;
    const bool has_domain = v->bound.stages[STAGE_DOMAIN].shader != 0;
    const char *name = stream_symbol_find(&stream_topologies, topology);

    if (!validator_state_require(v, v->bound.topology_set_in, "the topology") || !name)
        return;
    if (is_adjacency(topology) && v->bound.stages[STAGE_GEOMETRY].shader == 0)
        validator_report(v, RULE_TOPOLOGY_STAGES, "%s without a geometry shader", name);
    else if (has_hull != has_domain)
        validator_report(v, RULE_TOPOLOGY_STAGES,
                         "a hull shader without a domain shader or the reverse");
    else if (is_patch(topology) != has_hull)
        validator_report(v, RULE_TOPOLOGY_STAGES, "%s %s hull and domain shaders", name,
                         has_hull ? "with" : "without");
    else if (hull && hull->view.declared.patch_points != topology - 32)
        validator_report(v, RULE_PATCH_POINTS, "%s, and a hull shader for %u control points", name,
                         (unsigned)hull->view.declared.patch_points);
}

static void check_fixed_state(validator *v)
{
    const bool has_scissor = validator_state_require(v, v->bound.scissor_set_in, "the scissor");

    validator_state_require(v, v->bound.viewport_set_in, "the viewport");
    validator_state_require(v, v->bound.blend_set_in, "the blend state");
    validator_state_require(v, v->bound.depth_stencil_set_in, "the depth-stencil state");
    if (validator_state_require(v, v->bound.rasterizer_set_in, "the rasterizer state") &&
        has_scissor && v->bound.is_scissor_enabled && v->bound.is_scissor_degenerate)
        validator_report(v, RULE_SCISSOR_DEGENERATE,
                         "the enabled scissor has no area, which switches it off");
}

static void check_targets(validator *v)
{
    if (!validator_state_require(v, v->bound.targets_set_in, "the set of targets"))
        return;
    if (bound_colors(v) == 0 && is_empty(&v->bound.depth))
        validator_report(v, RULE_TARGET_MISSING, "neither a colour nor a depth target is bound");
    check_target_set(v);
}

static void check_shaders(validator *v)
{
    const struct shader *shaders[STAGE_COUNT] = { NULL };
    const struct shader *before;

    if (!validator_state_require(v, v->bound.shaders_set_in, "the set of shaders"))
        return;
    if (v->bound.stages[STAGE_VERTEX].shader == 0)
        validator_report(v, RULE_SHADER_MISSING, "no vertex shader is bound");
    if (v->bound.stages[STAGE_PIXEL].shader == 0)
        validator_report(v, RULE_SHADER_MISSING, "no pixel shader is bound");
    for (uint32_t i = 0; i < STAGE_COMPUTE; i++) {
        shaders[i] = bound_shader(v, (enum stage)i);
        if (shaders[i])
            check_tables(v, shaders[i]);
    }
    check_topology(v, shaders[STAGE_HULL]);
    if (shaders[STAGE_VERTEX])
        validator_link_layout(v, shaders[STAGE_VERTEX]);
    if (v->bound.stages[STAGE_GEOMETRY].shader != 0)
        before = shaders[STAGE_GEOMETRY];
    else if (v->bound.stages[STAGE_DOMAIN].shader != 0)
        before = shaders[STAGE_DOMAIN];
    else
        before = shaders[STAGE_VERTEX];
    if (before && shaders[STAGE_PIXEL])
        validator_link_varyings(v, before, shaders[STAGE_PIXEL]);
}

static void check_draw(validator *v)
{
    check_targets(v);
    check_fixed_state(v);
    check_shaders(v);
    write_targets(v);
}

void validate_draw(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_draw *cmd = PACKET(v, draw);

    (void)payload;
    if (cmd->vertex_count != 0 && cmd->instance_count != 0)
        check_draw(v);
}

void validate_draw_indexed(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_draw_indexed *cmd = PACKET(v, draw_indexed);
    const struct binding *indices = &v->bound.index_buffer;

    (void)payload;
    if (cmd->index_count == 0 || cmd->instance_count == 0)
        return;
    if (validator_state_require(v, indices->set_in, "the index buffer")) {
        if (is_empty(indices))
            validator_report(v, RULE_INDEX_BUFFER_MISSING, "no index buffer is bound");
        else
            validator_binding_read(v, indices);
    }
    check_draw(v);
}

void validate_dispatch(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_dispatch *cmd = PACKET(v, dispatch);
    const struct shader *shader;
    enum stage stage;

    (void)payload;
    if (!validator_stage_decode(v, AEROGPU_SHADER_STAGE_COMPUTE, cmd->reserved0, &stage))
        return;
    if (stage != STAGE_COMPUTE) {
        validator_report(v, RULE_DISPATCH_STAGE, "the %s shader is dispatched",
                         validator_stage_name(stage));
        return;
    }
    if (cmd->group_count_x == 0 || cmd->group_count_y == 0 || cmd->group_count_z == 0)
        return;
    if (!validator_state_require(v, v->bound.shaders_set_in, "the set of shaders"))
        return;
    if (v->bound.stages[STAGE_COMPUTE].shader == 0)
        validator_report(v, RULE_SHADER_MISSING, "no compute shader is bound");
    shader = bound_shader(v, STAGE_COMPUTE);
    if (shader)
        check_tables(v, shader);
}

void validate_present(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_present *cmd = PACKET(v, present);
    const struct binding *target = &v->bound.colors[0];

    (void)payload;
    v->has_presented = true;
    if (cmd->scanout_id != 0)
        validator_report(v, RULE_PRESENT_SCANOUT, "scanout %u", (unsigned)cmd->scanout_id);
    if (cmd->flags & AEROGPU_PRESENT_FLAG_VSYNC &&
        !(v->config.device_features & AEROGPU_FEATURE_VBLANK))
        validator_report(v, RULE_GATE_FEATURE, "VSYNC needs the VBLANK feature");
    if (!validator_state_require(v, v->bound.targets_set_in, "the set of targets"))
        return;
    if (is_empty(target) || target->is_evicted)
        validator_report(v, RULE_PRESENT_TARGET, "no surface is bound as target 0");
    else if (target->resource && !target->resource->is_broken)
        validator_allocation_touch(v, target->resource, target->handle, true);
}
