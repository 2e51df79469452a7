/** Cases of bindings and fixed state. */
#include "validate_world.h"

static void build_all_state(struct world *world)
{
    scene(world);
    add_index_buffer(world, INDICES, AEROGPU_INDEX_FORMAT_UINT16, 2);
    add_constant_buffer(world, AEROGPU_SHADER_STAGE_VERTEX, 13, CONSTANTS, 0, 256);
    add_set_texture(world, AEROGPU_SHADER_STAGE_PIXEL, 127, TEXTURE);
    add_set_texture(world, AEROGPU_SHADER_STAGE_PIXEL, 0, STORAGE);
    add_set_sampler(world, AEROGPU_SHADER_STAGE_PIXEL, 15, SAMPLER);
    add_resource_buffer(world, AEROGPU_SHADER_STAGE_VERTEX, 0, STORAGE, 4, 16);
    add_uav(world, AEROGPU_SHADER_STAGE_COMPUTE, 7, STORAGE, 256);
    add_vertex_buffer(world, 31, VERTICES, 16, 48);
}

static void build_unbind_everything(struct world *world)
{
    add_targets(world, 0, 0);
    add_shaders(world, 0, 0);
    add_set_layout(world, 0);
    add_vertex_buffer(world, 0, 0, 0, 0);
    add_index_buffer(world, 0, 0, 0);
    add_constant_buffer(world, 0, 0, 0, 0, 0);
    add_set_texture(world, 0, 0, 0);
    add_set_sampler(world, 0, 0, 0);
    add_resource_buffer(world, 0, 0, 0, 0, 0);
    add_uav(world, 2, 0, 0, 0);
}

#define SLOT_CASE(name, statement)                                                                 \
    static void build_slot_##name(struct world *world)                                             \
    {                                                                                              \
        statement;                                                                                 \
    }

SLOT_CASE(vertex_buffer_32, add_vertex_buffer(world, 32, 0, 0, 0))
SLOT_CASE(vertex_buffer_overflow, add_vertex_buffer(world, 0xFFFFFFFF, 0, 0, 0))
SLOT_CASE(texture_128, add_set_texture(world, 0, 128, 0))
SLOT_CASE(sampler_16, add_set_sampler(world, 0, 16, 0))
SLOT_CASE(constant_buffer_14, add_constant_buffer(world, 0, 14, 0, 0, 0))
SLOT_CASE(resource_buffer_128, add_resource_buffer(world, 0, 128, 0, 0, 0))
SLOT_CASE(uav_8, add_uav(world, 2, 8, 0, 0))

static void build_usage_vertex_buffer(struct world *world)
{
    scene_create(world);
    add_vertex_buffer(world, 0, INDICES, 16, 0);
}

static void build_usage_index_buffer(struct world *world)
{
    scene_create(world);
    add_index_buffer(world, VERTICES, 0, 0);
}

static void build_usage_constant_buffer(struct world *world)
{
    scene_create(world);
    add_constant_buffer(world, 0, 0, STORAGE, 0, 16);
}

static void build_usage_srv_buffer(struct world *world)
{
    scene_create(world);
    add_resource_buffer(world, 0, 0, CONSTANTS, 0, 16);
}

static void build_usage_buffer_as_texture(struct world *world)
{
    scene_create(world);
    add_set_texture(world, 0, 0, CONSTANTS);
}

static void build_usage_texture(struct world *world)
{
    scene_create(world);
    add_set_texture(world, 1, 0, DEPTH);
}

static void build_usage_target(struct world *world)
{
    scene_create(world);
    add_targets(world, TEXTURE, 0);
}

static void build_usage_depth(struct world *world)
{
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_TEXTURE, AEROGPU_FORMAT_D32_FLOAT);
    add_targets(world, 0, FREE);
}

static void build_usage_scanout_as_target(struct world *world)
{
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_SCANOUT, AEROGPU_FORMAT_B8G8R8X8_UNORM);
    add_targets(world, FREE, 0);
}

static void build_uav_of_pixel_stage(struct world *world)
{
    scene_create(world);
    add_uav(world, AEROGPU_SHADER_STAGE_PIXEL, 0, STORAGE, 0);
}

static void build_uav_of_geometry_stage(struct world *world)
{
    scene_create(world);
    add_uav(world, AEROGPU_SHADER_STAGE_GEOMETRY, 0, STORAGE, 0);
}

static void build_align_constant_offset(struct world *world)
{
    scene_create(world);
    add_constant_buffer(world, 0, 0, CONSTANTS, 8, 16);
}

static void build_align_constant_size(struct world *world)
{
    scene_create(world);
    add_constant_buffer(world, 0, 0, CONSTANTS, 0, 20);
}

static void build_align_srv_offset(struct world *world)
{
    scene_create(world);
    add_resource_buffer(world, 0, 0, STORAGE, 2, 16);
}

static void build_align_uav_offset(struct world *world)
{
    scene_create(world);
    add_uav(world, 2, 0, STORAGE, 16);
}

static void build_range_constant(struct world *world)
{
    scene_create(world);
    add_constant_buffer(world, 0, 0, CONSTANTS, 256, 16);
}

static void build_range_constant_to_end(struct world *world)
{
    scene_create(world);
    add_constant_buffer(world, 0, 0, CONSTANTS, 16, 0);
}

static void build_constants_of_64_kib(struct world *world)
{
    add_buffer(world, FREE, AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER, 65536 + 16);
    add_constant_buffer(world, 0, 0, FREE, 16, 0);
}

static void build_constants_beyond_64_kib(struct world *world)
{
    add_buffer(world, FREE, AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER, 65536 + 16);
    add_constant_buffer(world, 0, 0, FREE, 0, 0);
}

static void build_range_srv_overflow(struct world *world)
{
    scene_create(world);
    add_resource_buffer(world, 0, 0, STORAGE, 0xFFFFFFFC, 8);
}

static void build_range_vertex_offset(struct world *world)
{
    scene_create(world);
    add_vertex_buffer(world, 0, VERTICES, 16, 52);
}

static void build_range_index_offset(struct world *world)
{
    scene_create(world);
    add_index_buffer(world, INDICES, 0, 20);
}

static void build_index_at_odd_offset(struct world *world)
{
    scene_create(world);
    add_index_buffer(world, INDICES, AEROGPU_INDEX_FORMAT_UINT32, 2);
}

static void build_fan(struct world *world)
{
    add_topology(world, AEROGPU_TOPOLOGY_TRIANGLEFAN);
}

static void build_nine_targets(struct world *world)
{
    add_targets(world, 0, 0)->color_count = 9;
}

static void build_target_behind_count(struct world *world)
{
    scene_create(world);
    add_targets(world, TARGET, 0)->color_count = 0;
}

static void build_target_gap(struct world *world)
{
    struct aerogpu_cmd_set_render_targets *cmd;

    scene_create(world);
    cmd = add_targets(world, 0, DEPTH);
    cmd->color_count = 3;
    cmd->colors[2] = TARGET;
}

static void build_depth_as_color(struct world *world)
{
    scene_create(world);
    add_targets(world, DEPTH, 0);
}

static void build_color_as_depth(struct world *world)
{
    scene_create(world);
    add_targets(world, 0, TARGET);
}

static void build_bc_as_color(struct world *world)
{
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_TEXTURE, AEROGPU_FORMAT_BC7_RGBA_UNORM);
    add_targets(world, FREE, 0);
}

static void build_target_with_mips(struct world *world)
{
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_RENDER_TARGET, AEROGPU_FORMAT_B8G8R8A8_UNORM)
        ->mip_levels = 2;
    add_targets(world, FREE, 0);
}

static void build_depth_with_layers(struct world *world)
{
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL, AEROGPU_FORMAT_D32_FLOAT)
        ->array_layers = 2;
    add_targets(world, 0, FREE);
}

static void build_viewport_without_width(struct world *world)
{
    add_viewport(world)->width_f32 = 0;
}

static void build_viewport_of_negative_height(struct world *world)
{
    add_viewport(world)->height_f32 = float_bits(-1);
}

static void build_viewport_of_nan(struct world *world)
{
    add_viewport(world)->x_f32 = 0x7FC00000;
}

static void build_viewport_over_the_edge(struct world *world)
{
    add_viewport(world)->x_f32 = float_bits(-32.5f);
}

static void build_viewport_depth_reversed(struct world *world)
{
    struct aerogpu_cmd_set_viewport *cmd = add_viewport(world);

    cmd->min_depth_f32 = float_bits(1);
    cmd->max_depth_f32 = 0;
}

static void build_viewport_depth_beyond_1(struct world *world)
{
    add_viewport(world)->max_depth_f32 = float_bits(1.5f);
}

static void build_viewport_depth_nan(struct world *world)
{
    add_viewport(world)->min_depth_f32 = 0xFFFFFFFF;
}

static const struct validate_case state_cases[] = {
    { "every kind of binding", NULL, build_all_state },
    { "every kind of unbinding", NULL, build_unbind_everything },
    { "vertex buffer 32", "slot-range", build_slot_vertex_buffer_32 },
    { "a vertex buffer slot that wraps around", "slot-range", build_slot_vertex_buffer_overflow },
    { "t128", "slot-range", build_slot_texture_128 },
    { "s16", "slot-range", build_slot_sampler_16 },
    { "b14", "slot-range", build_slot_constant_buffer_14 },
    { "t128 as buffer", "slot-range", build_slot_resource_buffer_128 },
    { "u8", "slot-range", build_slot_uav_8 },
    { "an index buffer as vertex buffer", "usage-missing", build_usage_vertex_buffer },
    { "a vertex buffer as index buffer", "usage-missing", build_usage_index_buffer },
    { "a storage buffer as constant buffer", "usage-missing", build_usage_constant_buffer },
    { "a constant buffer as SRV", "usage-missing", build_usage_srv_buffer },
    { "a constant buffer by SET_TEXTURE", "usage-missing", build_usage_buffer_as_texture },
    { "a depth target as texture", "usage-missing", build_usage_texture },
    { "a texture as colour target", "usage-missing", build_usage_target },
    { "a depth texture as depth target", "usage-missing", build_usage_depth },
    { "a scanout surface as colour target", NULL, build_usage_scanout_as_target },
    { "a UAV of the pixel stage", "uav-stage", build_uav_of_pixel_stage },
    { "a UAV of the geometry stage", NULL, build_uav_of_geometry_stage },
    { "a constant buffer at offset 8", "binding-align", build_align_constant_offset },
    { "a constant buffer of 20 bytes", "binding-align", build_align_constant_size },
    { "a buffer SRV at offset 2", "binding-align", build_align_srv_offset },
    { "a UAV at offset 16", "binding-align", build_align_uav_offset },
    { "a constant buffer behind its end", "binding-range", build_range_constant },
    { "a constant buffer to its end", NULL, build_range_constant_to_end },
    { "64 KiB of constants", NULL, build_constants_of_64_kib },
    { "more than 64 KiB of constants", "constant-buffer-large", build_constants_beyond_64_kib },
    { "a buffer SRV that wraps around", "binding-range", build_range_srv_overflow },
    { "a vertex buffer behind its end", "binding-range", build_range_vertex_offset },
    { "an index buffer behind its end", "binding-range", build_range_index_offset },
    { "32-bit indices at offset 2", "index-align", build_index_at_odd_offset },
    { "a triangle fan", "topology-fan", build_fan },
    { "nine targets", "target-count", build_nine_targets },
    { "a target behind the count", "target-count", build_target_behind_count },
    { "gaps between targets", NULL, build_target_gap },
    { "a depth texture as colour target", "target-format", build_depth_as_color },
    { "a colour texture as depth target", "target-format", build_color_as_depth },
    { "a BC texture as colour target", "target-format", build_bc_as_color },
    { "a target with two mips", "target-subresources", build_target_with_mips },
    { "a depth target with two layers", "target-subresources", build_depth_with_layers },
    { "a viewport without width", "viewport-degenerate", build_viewport_without_width },
    { "a viewport of negative height", "viewport-degenerate", build_viewport_of_negative_height },
    { "a viewport at NaN", "viewport-degenerate", build_viewport_of_nan },
    { "a viewport over the edge", NULL, build_viewport_over_the_edge },
    { "a reversed depth range", "viewport-depth", build_viewport_depth_reversed },
    { "a depth range beyond 1", "viewport-depth", build_viewport_depth_beyond_1 },
    { "a depth range from NaN", "viewport-depth", build_viewport_depth_nan },
};
