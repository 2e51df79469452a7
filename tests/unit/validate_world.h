/**
 * A guest in miniature for validator tests: a stream under construction, the allocations of its
 * submission, and the rules that the validator reported.
 *
 * A case builds the last submission; the runner submits it and compares the rules.
 */
#ifndef TESTS_UNIT_VALIDATE_WORLD_H
#define TESTS_UNIT_VALIDATE_WORLD_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aerogpu/validate.h"
#include "shader_builder.h"
#include "stream_builder.h"

/* Handles of the scene below. */
enum {
    TARGET = 1,
    DEPTH,
    VERTICES,
    INDICES,
    CONSTANTS,
    TEXTURE,
    STORAGE,
    SAMPLER,
    VERTEX_SHADER,
    PIXEL_SHADER,
    COMPUTE_SHADER,
    LAYOUT,
    STAGING,
    FREE, /**< and above: for the cases */
};

#define STAGING_ALLOC 7u
#define WORLD_RULES   64u
#define COLOR_FORMAT  AEROGPU_FORMAT_B8G8R8A8_UNORM

struct world {
    struct aerogpu_validator_config config;
    struct aerogpu_validator *validator;
    struct stream_builder stream;
    struct aerogpu_alloc_entry entries[8];
    uint32_t entry_count;
    char rules[WORLD_RULES][32];
    char texts[WORLD_RULES][256];
    uint32_t offsets[WORLD_RULES];
    uint32_t rule_count;
};

/** One case: what it builds, and the one rule it breaks (NULL: none). */
struct validate_case {
    const char *name;
    const char *rule;
    void (*build)(struct world *);
};

static inline void world_report(void *user, const struct aerogpu_message *message)
{
    struct world *world = user;

    ck_assert_uint_lt(world->rule_count, WORLD_RULES);
    snprintf(world->rules[world->rule_count], 32, "%s", message->rule);
    snprintf(world->texts[world->rule_count], 256, "%s", message->text);
    world->offsets[world->rule_count++] = message->offset_bytes;
}

/** (Re-)creates the validator from world->config, which cases may have changed. */
static inline void world_restart(struct world *world)
{
    aerogpu_validator_destroy(world->validator);
    world->config.report = world_report;
    world->config.user = world;
    world->validator = aerogpu_validator_create(&world->config);
    ck_assert_ptr_nonnull(world->validator);
}

static inline void world_list(struct world *world, uint32_t alloc_id, uint64_t size_bytes,
                              uint32_t flags)
{
    world->entries[world->entry_count++] = (struct aerogpu_alloc_entry){
        .alloc_id = alloc_id,
        .flags = flags,
        .gpa = (uint64_t)alloc_id << 32,
        .size_bytes = size_bytes,
    };
}

static inline struct world *world_create(void)
{
    struct world *world = calloc(1, sizeof(*world));

    ck_assert_ptr_nonnull(world);
    world->config.device_abi_minor = 4;
    world->config.device_features = AEROGPU_FEATURE_TRANSFER | AEROGPU_FEATURE_VBLANK;
    world_restart(world);
    stream_begin(&world->stream);
    world_list(world, STAGING_ALLOC, 1 << 16, 0);
    return world;
}

static inline void world_destroy(struct world *world)
{
    aerogpu_validator_destroy(world->validator);
    free(world);
}

/** Submits what was built and begins the next stream. Returns the number of errors. */
static inline uint32_t world_submit_any(struct world *world)
{
    const uint32_t size_bytes = stream_finish(&world->stream);
    uint8_t *exact = malloc(size_bytes); /* so that the sanitizer sees any step beyond */
    uint32_t errors;

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, world->stream.bytes, size_bytes);
    errors = aerogpu_validator_submit(world->validator, exact, size_bytes, world->entries,
                                      world->entry_count);
    free(exact);
    stream_begin(&world->stream);
    return errors;
}

/** The same for a submission that has to be clean. */
static inline void world_submit(struct world *world)
{
    const uint32_t errors = world_submit_any(world);

    ck_assert_msg(errors == 0, "preparation broke %s: %s", world->rules[0], world->texts[0]);
}

/* Objects. */

static inline struct aerogpu_cmd_create_buffer *add_buffer(struct world *world, uint32_t handle,
                                                           uint32_t usage, uint64_t size_bytes)
{
    struct aerogpu_cmd_create_buffer *cmd =
        STREAM_ADD(&world->stream, CREATE_BUFFER, create_buffer);

    cmd->buffer_handle = handle;
    cmd->usage_flags = usage;
    cmd->size_bytes = size_bytes;
    return cmd;
}

/** 64x32 texels, one mip, one layer, host-owned. */
static inline struct aerogpu_cmd_create_texture2d *add_texture(struct world *world, uint32_t handle,
                                                               uint32_t usage, uint32_t format)
{
    struct aerogpu_cmd_create_texture2d *cmd =
        STREAM_ADD(&world->stream, CREATE_TEXTURE2D, create_texture2d);

    cmd->texture_handle = handle;
    cmd->usage_flags = usage;
    cmd->format = format;
    cmd->width = 64;
    cmd->height = 32;
    cmd->mip_levels = 1;
    cmd->array_layers = 1;
    return cmd;
}

/** The same, backed by STAGING_ALLOC with a pitch of 256. */
static inline struct aerogpu_cmd_create_texture2d *
add_backed_texture(struct world *world, uint32_t handle, uint32_t usage)
{
    struct aerogpu_cmd_create_texture2d *cmd =
        add_texture(world, handle, usage, AEROGPU_FORMAT_B8G8R8A8_UNORM);

    cmd->row_pitch_bytes = 256;
    cmd->backing_alloc_id = STAGING_ALLOC;
    return cmd;
}

/** 64x32, two mips, two layers: mip 0 8192 bytes, mip 1 2048; 20480 in all. */
static inline void add_backed_chain(struct world *world, uint32_t usage)
{
    struct aerogpu_cmd_create_texture2d *cmd = add_backed_texture(world, FREE, usage);

    cmd->mip_levels = 2;
    cmd->array_layers = 2;
}

static inline struct aerogpu_cmd_create_buffer *
add_backed_buffer(struct world *world, uint32_t handle, uint32_t usage, uint64_t size_bytes)
{
    struct aerogpu_cmd_create_buffer *cmd = add_buffer(world, handle, usage, size_bytes);

    cmd->backing_alloc_id = STAGING_ALLOC;
    return cmd;
}

static inline struct aerogpu_cmd_create_shader_dxbc *
add_container(struct world *world, uint32_t handle, uint32_t stage,
              const struct shader_bytes *shader)
{
    struct aerogpu_cmd_create_shader_dxbc *cmd =
        STREAM_ADD_WITH(&world->stream, CREATE_SHADER_DXBC, create_shader_dxbc, shader->bytes,
                        shader->size_bytes);

    cmd->shader_handle = handle;
    cmd->stage = stage;
    cmd->dxbc_size_bytes = shader->size_bytes;
    return cmd;
}

static inline struct aerogpu_cmd_create_shader_dxbc *
add_shader(struct world *world, uint32_t handle, const struct shader_plan *plan)
{
    static const uint32_t stages[] = { 1, 0, 3, 2, 2, 2 };
    static const uint32_t stage_exs[] = { 0, 0, 0, 3, 4, 0 };
    struct aerogpu_cmd_create_shader_dxbc *cmd;
    struct shader_bytes shader;

    shader_build(&shader, plan);
    cmd = add_container(world, handle, stages[plan->program], &shader);
    cmd->reserved0 = stage_exs[plan->program];
    return cmd;
}

/** Element of a layout: semantic R#. */
struct element {
    uint32_t index;
    uint32_t format;
    uint32_t slot;
    uint32_t offset_bytes;
    uint32_t slot_class;
    uint32_t step_rate;
};

static inline struct aerogpu_cmd_create_input_layout *
add_layout(struct world *world, uint32_t handle, const struct element *elements, uint32_t count)
{
    uint8_t blob[16 + 28 * 40] = { 0 };
    struct aerogpu_cmd_create_input_layout *cmd;

    aerogpu_store_u32(blob, AEROGPU_INPUT_LAYOUT_BLOB_MAGIC);
    aerogpu_store_u32(blob + 4, AEROGPU_INPUT_LAYOUT_BLOB_VERSION);
    aerogpu_store_u32(blob + 8, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct aerogpu_input_layout_element_dxgi element = {
            .semantic_name_hash = stream_semantic_name_hash("R", 1),
            .semantic_index = elements[i].index,
            .dxgi_format = elements[i].format,
            .input_slot = elements[i].slot,
            .aligned_byte_offset = elements[i].offset_bytes,
            .input_slot_class = elements[i].slot_class,
            .instance_data_step_rate = elements[i].step_rate,
        };

        memcpy(blob + 16 + 28 * i, &element, sizeof(element));
    }
    cmd = STREAM_ADD_WITH(&world->stream, CREATE_INPUT_LAYOUT, create_input_layout, blob,
                          16 + 28 * count);
    cmd->input_layout_handle = handle;
    cmd->blob_size_bytes = 16 + 28 * count;
    return cmd;
}

static inline void add_destroy(struct world *world, uint32_t handle)
{
    STREAM_ADD(&world->stream, DESTROY_RESOURCE, destroy_resource)->resource_handle = handle;
}

static inline struct aerogpu_cmd_upload_resource *
add_upload(struct world *world, uint32_t handle, uint64_t offset_bytes, uint32_t size_bytes)
{
    struct aerogpu_cmd_upload_resource *cmd =
        stream_packet(&world->stream, AEROGPU_CMD_UPLOAD_RESOURCE,
                      (uint32_t)sizeof(struct aerogpu_cmd_upload_resource) + size_bytes);

    cmd->resource_handle = handle;
    cmd->offset_bytes = offset_bytes;
    cmd->size_bytes = size_bytes;
    return cmd;
}

static inline struct aerogpu_cmd_resource_dirty_range *
add_dirty(struct world *world, uint32_t handle, uint64_t offset_bytes, uint64_t size_bytes)
{
    struct aerogpu_cmd_resource_dirty_range *cmd =
        STREAM_ADD(&world->stream, RESOURCE_DIRTY_RANGE, resource_dirty_range);

    cmd->resource_handle = handle;
    cmd->offset_bytes = offset_bytes;
    cmd->size_bytes = size_bytes;
    return cmd;
}

static inline struct aerogpu_cmd_copy_buffer *add_copy_buffer(struct world *world, uint32_t dst,
                                                              uint32_t src, uint64_t size_bytes)
{
    struct aerogpu_cmd_copy_buffer *cmd = STREAM_ADD(&world->stream, COPY_BUFFER, copy_buffer);

    cmd->dst_buffer = dst;
    cmd->src_buffer = src;
    cmd->size_bytes = size_bytes;
    return cmd;
}

static inline struct aerogpu_cmd_copy_texture2d *
add_copy_texture(struct world *world, uint32_t dst, uint32_t src, uint32_t width, uint32_t height)
{
    struct aerogpu_cmd_copy_texture2d *cmd =
        STREAM_ADD(&world->stream, COPY_TEXTURE2D, copy_texture2d);

    cmd->dst_texture = dst;
    cmd->src_texture = src;
    cmd->width = width;
    cmd->height = height;
    return cmd;
}

/* State. */

static inline struct aerogpu_cmd_set_render_targets *add_targets(struct world *world,
                                                                 uint32_t color, uint32_t depth)
{
    struct aerogpu_cmd_set_render_targets *cmd =
        STREAM_ADD(&world->stream, SET_RENDER_TARGETS, set_render_targets);

    cmd->color_count = color ? 1 : 0;
    cmd->colors[0] = color;
    cmd->depth_stencil = depth;
    return cmd;
}

static inline struct aerogpu_cmd_set_viewport *add_viewport(struct world *world)
{
    struct aerogpu_cmd_set_viewport *cmd = STREAM_ADD(&world->stream, SET_VIEWPORT, set_viewport);

    cmd->width_f32 = float_bits(64);
    cmd->height_f32 = float_bits(32);
    cmd->max_depth_f32 = float_bits(1);
    return cmd;
}

static inline struct aerogpu_cmd_set_scissor *add_scissor(struct world *world)
{
    struct aerogpu_cmd_set_scissor *cmd = STREAM_ADD(&world->stream, SET_SCISSOR, set_scissor);

    cmd->width = 64;
    cmd->height = 32;
    return cmd;
}

static inline struct aerogpu_cmd_set_blend_state *add_blend(struct world *world)
{
    struct aerogpu_cmd_set_blend_state *cmd =
        STREAM_ADD(&world->stream, SET_BLEND_STATE, set_blend_state);

    cmd->state.src_factor = AEROGPU_BLEND_ONE;
    cmd->state.src_factor_alpha = AEROGPU_BLEND_ONE;
    cmd->state.color_write_mask = 0xF;
    cmd->state.sample_mask = 0xFFFFFFFF;
    return cmd;
}

static inline struct aerogpu_cmd_set_depth_stencil_state *add_depth_stencil(struct world *world)
{
    return STREAM_ADD(&world->stream, SET_DEPTH_STENCIL_STATE, set_depth_stencil_state);
}

static inline struct aerogpu_cmd_set_rasterizer_state *add_rasterizer(struct world *world)
{
    return STREAM_ADD(&world->stream, SET_RASTERIZER_STATE, set_rasterizer_state);
}

static inline struct aerogpu_cmd_set_primitive_topology *add_topology(struct world *world,
                                                                      uint32_t topology)
{
    struct aerogpu_cmd_set_primitive_topology *cmd =
        STREAM_ADD(&world->stream, SET_PRIMITIVE_TOPOLOGY, set_primitive_topology);

    cmd->topology = topology;
    return cmd;
}

static inline struct aerogpu_cmd_bind_shaders *add_shaders(struct world *world, uint32_t vs,
                                                           uint32_t ps)
{
    struct aerogpu_cmd_bind_shaders *cmd = STREAM_ADD(&world->stream, BIND_SHADERS, bind_shaders);

    cmd->vs = vs;
    cmd->ps = ps;
    return cmd;
}

/** The 36-byte form. */
static inline struct aerogpu_cmd_bind_shaders *add_all_shaders(struct world *world, uint32_t vs,
                                                               uint32_t ps, uint32_t gs,
                                                               uint32_t hs, uint32_t ds)
{
    const uint32_t appended[] = { gs, hs, ds };
    struct aerogpu_cmd_bind_shaders *cmd =
        STREAM_ADD_WITH(&world->stream, BIND_SHADERS, bind_shaders, appended, sizeof(appended));

    cmd->vs = vs;
    cmd->ps = ps;
    cmd->reserved0 = gs;
    return cmd;
}

static inline void add_set_layout(struct world *world, uint32_t handle)
{
    STREAM_ADD(&world->stream, SET_INPUT_LAYOUT, set_input_layout)->input_layout_handle = handle;
}

static inline struct aerogpu_cmd_set_vertex_buffers *
add_vertex_buffer(struct world *world, uint32_t slot, uint32_t handle, uint32_t stride,
                  uint32_t offset_bytes)
{
    const struct aerogpu_vertex_buffer_binding binding = { handle, stride, offset_bytes, 0 };
    struct aerogpu_cmd_set_vertex_buffers *cmd =
        STREAM_ADD_WITH(&world->stream, SET_VERTEX_BUFFERS, set_vertex_buffers, &binding,
                        sizeof(binding));

    cmd->start_slot = slot;
    cmd->buffer_count = 1;
    return cmd;
}

static inline struct aerogpu_cmd_set_index_buffer *
add_index_buffer(struct world *world, uint32_t handle, uint32_t format, uint32_t offset_bytes)
{
    struct aerogpu_cmd_set_index_buffer *cmd =
        STREAM_ADD(&world->stream, SET_INDEX_BUFFER, set_index_buffer);

    cmd->buffer = handle;
    cmd->format = format;
    cmd->offset_bytes = offset_bytes;
    return cmd;
}

static inline struct aerogpu_cmd_set_constant_buffers *
add_constant_buffer(struct world *world, uint32_t stage, uint32_t slot, uint32_t handle,
                    uint32_t offset_bytes, uint32_t size_bytes)
{
    const struct aerogpu_constant_buffer_binding binding = { handle, offset_bytes, size_bytes, 0 };
    struct aerogpu_cmd_set_constant_buffers *cmd =
        STREAM_ADD_WITH(&world->stream, SET_CONSTANT_BUFFERS, set_constant_buffers, &binding,
                        sizeof(binding));

    cmd->shader_stage = stage;
    cmd->start_slot = slot;
    cmd->buffer_count = 1;
    return cmd;
}

static inline struct aerogpu_cmd_set_texture *add_set_texture(struct world *world, uint32_t stage,
                                                              uint32_t slot, uint32_t handle)
{
    struct aerogpu_cmd_set_texture *cmd = STREAM_ADD(&world->stream, SET_TEXTURE, set_texture);

    cmd->shader_stage = stage;
    cmd->slot = slot;
    cmd->texture = handle;
    return cmd;
}

static inline struct aerogpu_cmd_set_samplers *add_set_sampler(struct world *world, uint32_t stage,
                                                               uint32_t slot, uint32_t handle)
{
    struct aerogpu_cmd_set_samplers *cmd =
        STREAM_ADD_WITH(&world->stream, SET_SAMPLERS, set_samplers, &handle, sizeof(handle));

    cmd->shader_stage = stage;
    cmd->start_slot = slot;
    cmd->sampler_count = 1;
    return cmd;
}

static inline struct aerogpu_cmd_set_shader_resource_buffers *
add_resource_buffer(struct world *world, uint32_t stage, uint32_t slot, uint32_t handle,
                    uint32_t offset_bytes, uint32_t size_bytes)
{
    const struct aerogpu_shader_resource_buffer_binding binding = { handle, offset_bytes,
                                                                    size_bytes, 0 };
    struct aerogpu_cmd_set_shader_resource_buffers *cmd =
        STREAM_ADD_WITH(&world->stream, SET_SHADER_RESOURCE_BUFFERS, set_shader_resource_buffers,
                        &binding, sizeof(binding));

    cmd->shader_stage = stage;
    cmd->start_slot = slot;
    cmd->buffer_count = 1;
    return cmd;
}

static inline struct aerogpu_cmd_set_unordered_access_buffers *
add_uav(struct world *world, uint32_t stage, uint32_t slot, uint32_t handle, uint32_t offset_bytes)
{
    const struct aerogpu_unordered_access_buffer_binding binding = { handle, offset_bytes, 0,
                                                                     0xFFFFFFFF };
    struct aerogpu_cmd_set_unordered_access_buffers *cmd =
        STREAM_ADD_WITH(&world->stream, SET_UNORDERED_ACCESS_BUFFERS, set_unordered_access_buffers,
                        &binding, sizeof(binding));

    cmd->shader_stage = stage;
    cmd->start_slot = slot;
    cmd->uav_count = 1;
    return cmd;
}

static inline struct aerogpu_cmd_draw *add_draw(struct world *world)
{
    struct aerogpu_cmd_draw *cmd = STREAM_ADD(&world->stream, DRAW, draw);

    cmd->vertex_count = 3;
    cmd->instance_count = 1;
    return cmd;
}

static inline struct aerogpu_cmd_draw_indexed *add_draw_indexed(struct world *world)
{
    struct aerogpu_cmd_draw_indexed *cmd = STREAM_ADD(&world->stream, DRAW_INDEXED, draw_indexed);

    cmd->index_count = 3;
    cmd->instance_count = 1;
    return cmd;
}

static inline struct aerogpu_cmd_clear *add_clear(struct world *world, uint32_t flags)
{
    struct aerogpu_cmd_clear *cmd = STREAM_ADD(&world->stream, CLEAR, clear);

    cmd->flags = flags;
    cmd->depth_f32 = float_bits(1);
    return cmd;
}

static inline struct aerogpu_cmd_dispatch *add_dispatch(struct world *world)
{
    struct aerogpu_cmd_dispatch *cmd = STREAM_ADD(&world->stream, DISPATCH, dispatch);

    cmd->group_count_x = cmd->group_count_y = cmd->group_count_z = 1;
    return cmd;
}

static inline struct aerogpu_cmd_present *add_present(struct world *world)
{
    return STREAM_ADD(&world->stream, PRESENT, present);
}

/* The scene: everything a draw needs. */

static const struct element scene_elements[] = {
    { 0, 6, 0, 0, 0, 0 },   /* R0: R32G32B32_FLOAT */
    { 1, 28, 0, 12, 0, 0 }, /* R1: R8G8B8A8_UNORM */
};

/** What a device of minor 0 takes. */
static inline void scene_create_base(struct world *world)
{
    const struct shader_plan vertex = plan_vertex();
    const struct shader_plan pixel = plan_pixel();

    add_texture(world, TARGET,
                AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_TEXTURE,
                AEROGPU_FORMAT_B8G8R8A8_UNORM);
    add_texture(world, DEPTH, AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL,
                AEROGPU_FORMAT_D24_UNORM_S8_UINT);
    add_buffer(world, VERTICES, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 48);
    add_buffer(world, INDICES, AEROGPU_RESOURCE_USAGE_INDEX_BUFFER, 16);
    add_buffer(world, CONSTANTS, AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER, 256);
    add_texture(world, TEXTURE, AEROGPU_RESOURCE_USAGE_TEXTURE, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    add_buffer(world, STORAGE, AEROGPU_RESOURCE_USAGE_STORAGE, 1024);
    add_shader(world, VERTEX_SHADER, &vertex);
    add_shader(world, PIXEL_SHADER, &pixel);
    add_layout(world, LAYOUT, scene_elements, 2);
}

static inline void scene_create(struct world *world)
{
    scene_create_base(world);
    STREAM_ADD(&world->stream, CREATE_SAMPLER, create_sampler)->sampler_handle = SAMPLER;
}

/** Everything but targets, shaders, layout and vertex buffers. */
static inline void scene_fixed_state(struct world *world)
{
    add_viewport(world);
    add_scissor(world);
    add_blend(world);
    add_depth_stencil(world);
    add_rasterizer(world);
    add_topology(world, AEROGPU_TOPOLOGY_TRIANGLELIST);
}

static inline void scene_input(struct world *world)
{
    add_set_layout(world, LAYOUT);
    add_vertex_buffer(world, 0, VERTICES, 16, 0);
}

static inline void scene_state(struct world *world)
{
    add_targets(world, TARGET, 0);
    add_shaders(world, VERTEX_SHADER, PIXEL_SHADER);
    scene_input(world);
    scene_fixed_state(world);
}

/** Objects and state; a draw may follow. */
static inline void scene(struct world *world)
{
    scene_create(world);
    scene_state(world);
}

#endif
