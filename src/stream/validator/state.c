/** Fixed-function state, targets, viewport and scissor (sections 6.4 to 6.6). */
#include "stream/validator/validator.h"

#include <math.h>
#include <string.h>

static float float_from_bits(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static void check_boolean(validator *v, uint32_t value, const char *field)
{
    if (value > 1)
        validator_report(v, RULE_BOOLEAN, "%s is %u", field, (unsigned)value);
}

void validate_set_blend_state(validator *v, const struct aerogpu_payload *payload)
{
    (void)payload;
    check_boolean(v, PACKET(v, set_blend_state)->state.enable, "enable");
    v->bound.blend_set_in = v->submission;
}

void validate_set_depth_stencil_state(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_depth_stencil_state *state = &PACKET(v, set_depth_stencil_state)->state;

    (void)payload;
    check_boolean(v, state->depth_enable, "depth_enable");
    check_boolean(v, state->depth_write_enable, "depth_write_enable");
    check_boolean(v, state->stencil_enable, "stencil_enable");
    v->bound.depth_stencil_set_in = v->submission;
}

void validate_set_rasterizer_state(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_rasterizer_state *state = &PACKET(v, set_rasterizer_state)->state;

    (void)payload;
    check_boolean(v, state->front_ccw, "front_ccw");
    check_boolean(v, state->scissor_enable, "scissor_enable");
    if (state->flags & AEROGPU_RASTERIZER_FLAG_DEPTH_CLIP_DISABLE)
        validator_gate_minor(v, 2, "DEPTH_CLIP_DISABLE");
    v->bound.is_scissor_enabled = state->scissor_enable != 0;
    v->bound.rasterizer_set_in = v->submission;
}

/** One mip and one layer, of the texture or of the view. */
static void check_target_subresources(validator *v, const struct binding *target)
{
    const struct texture_shape *shape = &target->resource->shape;
    const uint32_t mips = target->view ? target->view->mip_levels : shape->mip_levels;
    const uint32_t layers = target->view ? target->view->array_layers : shape->array_layers;

    if (mips != 1 || layers != 1)
        validator_report(v, RULE_TARGET_SUBRESOURCES, "target %#x has %u mips and %u layers",
                         (unsigned)target->handle, (unsigned)mips, (unsigned)layers);
}

static void check_target(validator *v, const struct binding *target, bool is_depth)
{
    const struct resource *texture = target->resource;
    const struct format_info *format = target->view ? target->view->format : texture->shape.format;
    const uint32_t usage =
        is_depth ? AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL
                 : AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_SCANOUT;

    if (is_depth != format->is_depth || format->block_extent != 1) {
        validator_report(v, RULE_TARGET_FORMAT, "%s target %#x has format %s",
                         is_depth ? "depth" : "colour", (unsigned)target->handle,
                         stream_symbol_find(&stream_formats, format->format));
        return;
    }
    if (!(texture->usage & usage))
        validator_report(v, RULE_USAGE_MISSING, "texture %#x with usage %#x is bound as %s target",
                         (unsigned)target->handle, (unsigned)texture->usage,
                         is_depth ? "depth" : "colour");
    check_target_subresources(v, target);
}

static struct binding bind_target(validator *v, aerogpu_handle_t handle, bool is_depth)
{
    struct binding target = { .set_in = v->submission, .handle = handle };
    const struct object *object;

    if (handle == 0)
        return target;
    object = validator_object_find(v, handle, is_depth ? "depth_stencil" : "color");
    if (!object)
        return target;
    if (object->kind == AEROGPU_OBJECT_VIEW) {
        target.view = object->view;
        target.resource =
            validator_object_view_texture(v, object, is_depth ? "depth_stencil" : "color");
    } else if (object->kind == AEROGPU_OBJECT_TEXTURE) {
        target.resource = object->resource;
    } else {
        validator_report(v, RULE_HANDLE_KIND, "target %#x is a %s", (unsigned)handle,
                         validator_object_kind_name(object->kind));
    }
    if (target.resource && !target.resource->is_broken)
        check_target(v, &target, is_depth);
    validator_binding_check_listed(v, &target);
    if (target.resource)
        validator_bindings_evict_resources(v, target.resource);
    return target;
}

void validator_targets_evict(validator *v, const struct resource *texture)
{
    for (uint32_t i = 0; i < AEROGPU_MAX_RENDER_TARGETS; i++) {
        if (v->bound.colors[i].resource == texture)
            v->bound.colors[i].is_evicted = true;
    }
    if (v->bound.depth.resource == texture)
        v->bound.depth.is_evicted = true;
}

void validate_set_render_targets(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_render_targets *cmd = PACKET(v, set_render_targets);
    bool is_reported = false;

    (void)payload;
    if (cmd->color_count > AEROGPU_MAX_RENDER_TARGETS) {
        validator_report(v, RULE_TARGET_COUNT, "color_count is %u", (unsigned)cmd->color_count);
        is_reported = true;
    }
    for (uint32_t i = 0; i < AEROGPU_MAX_RENDER_TARGETS; i++) {
        if (i >= cmd->color_count && cmd->colors[i] != 0 && !is_reported) {
            validator_report(v, RULE_TARGET_COUNT, "colors[%u] is %#x behind color_count %u",
                             (unsigned)i, (unsigned)cmd->colors[i], (unsigned)cmd->color_count);
            is_reported = true;
        }
        v->bound.colors[i] = bind_target(v, i < cmd->color_count ? cmd->colors[i] : 0, false);
    }
    v->bound.depth = bind_target(v, cmd->depth_stencil, true);
    v->bound.targets_set_in = v->submission;
}

void validate_set_viewport(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_viewport *cmd = PACKET(v, set_viewport);
    const float x = float_from_bits(cmd->x_f32);
    const float y = float_from_bits(cmd->y_f32);
    const float width = float_from_bits(cmd->width_f32);
    const float height = float_from_bits(cmd->height_f32);
    const float near_depth = float_from_bits(cmd->min_depth_f32);
    const float far_depth = float_from_bits(cmd->max_depth_f32);

    (void)payload;
    v->bound.viewport_set_in = v->submission;
    if (!isfinite(x) || !isfinite(y) || !isfinite(width) || !isfinite(height) || width <= 0 ||
        height <= 0)
        validator_report(v, RULE_VIEWPORT_DEGENERATE,
                         "a viewport of %gx%g at %g,%g stands for the target", (double)width,
                         (double)height, (double)x, (double)y);
    if (!(near_depth >= 0 && near_depth <= far_depth && far_depth <= 1))
        validator_report(v, RULE_VIEWPORT_DEPTH, "depth range %g to %g", (double)near_depth,
                         (double)far_depth);
}

void validate_set_scissor(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_scissor *cmd = PACKET(v, set_scissor);

    (void)payload;
    v->bound.scissor_set_in = v->submission;
    v->bound.is_scissor_degenerate = cmd->width <= 0 || cmd->height <= 0;
}

void validate_set_primitive_topology(validator *v, const struct aerogpu_payload *payload)
{
    const uint32_t topology = PACKET(v, set_primitive_topology)->topology;

    (void)payload;
    v->bound.topology = topology;
    v->bound.topology_set_in = v->submission;
    if (topology == AEROGPU_TOPOLOGY_TRIANGLEFAN)
        validator_report(v, RULE_TOPOLOGY_FAN, "a triangle fan is drawn as a triangle list");
    if (topology >= AEROGPU_TOPOLOGY_LINELIST_ADJ &&
        stream_symbol_find(&stream_topologies, topology))
        validator_gate_minor(v, 3, stream_symbol_find(&stream_topologies, topology));
}
