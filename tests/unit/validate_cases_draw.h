/** Cases of clears, and of what draws need. */
#include "validate_world.h"

static void build_draw(struct world *world)
{
    scene(world);
    add_draw(world);
}

static void build_draw_twice(struct world *world)
{
    scene(world);
    add_draw(world);
    add_draw(world);
    world_submit(world);
    scene_state(world);
    add_draw(world);
}

static void build_draw_indexed(struct world *world)
{
    scene(world);
    add_index_buffer(world, INDICES, AEROGPU_INDEX_FORMAT_UINT16, 0);
    add_draw_indexed(world);
}

static void build_draws_of_nothing(struct world *world)
{
    add_draw(world)->vertex_count = 0;
    add_draw(world)->instance_count = 0;
    add_draw_indexed(world)->index_count = 0;
    add_draw_indexed(world)->instance_count = 0;
    add_dispatch(world)->group_count_y = 0;
    add_clear(world, 0);
}

/* One piece of state is left to an earlier submission. */

#define PIECES(X)                                                                                  \
    X(TARGETS, add_targets(world, TARGET, 0))                                                      \
    X(SHADERS, add_shaders(world, VERTEX_SHADER, PIXEL_SHADER))                                    \
    X(LAYOUT, add_set_layout(world, LAYOUT))                                                       \
    X(VERTICES, add_vertex_buffer(world, 0, VERTICES, 16, 0))                                      \
    X(VIEWPORT, add_viewport(world))                                                               \
    X(SCISSOR, add_scissor(world))                                                                 \
    X(BLEND, add_blend(world))                                                                     \
    X(DEPTH_STENCIL, add_depth_stencil(world))                                                     \
    X(RASTERIZER, add_rasterizer(world))                                                           \
    X(TOPOLOGY, add_topology(world, AEROGPU_TOPOLOGY_TRIANGLELIST))

enum piece {
#define X(tag, statement) PIECE_##tag,
    PIECES(X)
#undef X
};

static void scene_state_without(struct world *world, enum piece left_out)
{
#define X(tag, statement)                                                                          \
    if (left_out != PIECE_##tag)                                                                   \
        statement;
    PIECES(X)
#undef X
}

#define X(tag, statement)                                                                          \
    static void build_without_##tag(struct world *world)                                           \
    {                                                                                              \
        scene(world);                                                                              \
        add_draw(world);                                                                           \
        world_submit(world);                                                                       \
        scene_state_without(world, PIECE_##tag);                                                   \
        add_draw(world);                                                                           \
    }
PIECES(X)
#undef X

static void build_without_index_buffer_set(struct world *world)
{
    scene(world);
    add_draw_indexed(world);
}

static void build_without_index_buffer(struct world *world)
{
    scene(world);
    add_index_buffer(world, 0, 0, 0);
    add_draw_indexed(world);
}

static void build_clear_without_targets_set(struct world *world)
{
    scene(world);
    world_submit(world);
    add_clear(world, AEROGPU_CLEAR_COLOR);
}

/* Declared slots. */

static void build_declared_slots_set(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    scene(world);
    plan_constant_buffer(&plan, 2, 16);
    plan_texture(&plan, 100);
    plan_texture(&plan, 3);
    plan_sampler(&plan, 5);
    add_shader(world, FREE, &plan);
    add_shaders(world, VERTEX_SHADER, FREE);
    add_constant_buffer(world, 1, 2, CONSTANTS, 0, 256);
    add_set_texture(world, 1, 100, TEXTURE);
    add_set_texture(world, 1, 3, 0);
    add_set_sampler(world, 1, 5, SAMPLER);
    add_draw(world);
}

/** A draw with a pixel shader that declares what the plan says, and nothing bound. */
static void draw_with(struct world *world, const struct shader_plan *plan)
{
    scene(world);
    add_shader(world, FREE, plan);
    add_shaders(world, VERTEX_SHADER, FREE);
    add_draw(world);
}

static void build_declared_constants_unset(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan_constant_buffer(&plan, 0, 1);
    draw_with(world, &plan);
}

static void build_declared_slots_without_packets(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    world->config.device_abi_minor = 1;
    world_restart(world);
    plan_constant_buffer(&plan, 0, 1);
    plan_sampler(&plan, 0);
    scene_create_base(world);
    scene_state(world);
    add_shader(world, FREE, &plan);
    add_shaders(world, VERTEX_SHADER, FREE);
    add_draw(world);
}

static void build_declared_texture_unset(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan_texture(&plan, 9);
    draw_with(world, &plan);
}

static void build_declared_sampler_unset(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    plan_sampler(&plan, 0);
    draw_with(world, &plan);
}

static void build_declared_texture_of_another_stage(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    scene(world);
    plan_texture(&plan, 0);
    add_shader(world, FREE, &plan);
    add_shaders(world, VERTEX_SHADER, FREE);
    add_set_texture(world, AEROGPU_SHADER_STAGE_VERTEX, 0, TEXTURE);
    add_draw(world);
}

static void bind_constants(struct world *world, uint32_t registers, uint32_t offset_bytes,
                           uint32_t size_bytes)
{
    struct shader_plan plan = plan_pixel();

    scene(world);
    plan_constant_buffer(&plan, 0, registers);
    add_shader(world, FREE, &plan);
    add_shaders(world, VERTEX_SHADER, FREE);
    add_constant_buffer(world, 1, 0, CONSTANTS, offset_bytes, size_bytes);
    add_draw(world);
}

static void build_constants_too_small(struct world *world)
{
    bind_constants(world, 17, 0, 256);
}

static void build_constants_range_too_small(struct world *world)
{
    bind_constants(world, 3, 0, 32);
}

static void build_constants_rest_too_small(struct world *world)
{
    bind_constants(world, 15, 32, 0);
}

static void build_constants_rest(struct world *world)
{
    bind_constants(world, 14, 32, 0);
}

/* Clears. */

static void build_clear_color(struct world *world)
{
    scene(world);
    add_clear(world, AEROGPU_CLEAR_COLOR);
}

static void build_clear_depth(struct world *world)
{
    scene_create(world);
    add_targets(world, 0, DEPTH);
    add_clear(world, AEROGPU_CLEAR_DEPTH | AEROGPU_CLEAR_STENCIL)->stencil = 255;
}

static void build_clear_color_without_color(struct world *world)
{
    scene_create(world);
    add_targets(world, 0, DEPTH);
    add_clear(world, AEROGPU_CLEAR_COLOR);
}

static void build_clear_depth_without_depth(struct world *world)
{
    scene_create(world);
    add_targets(world, TARGET, 0);
    add_clear(world, AEROGPU_CLEAR_STENCIL);
}

/** Two colour targets. */
static void add_two_targets(struct world *world, uint32_t width)
{
    struct aerogpu_cmd_set_render_targets *cmd;

    add_texture(world, FREE + 8, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                AEROGPU_FORMAT_R8G8B8A8_UNORM)
        ->width = width;
    cmd = add_targets(world, TARGET, 0);
    cmd->color_count = 2;
    cmd->colors[1] = FREE + 8;
}

static void build_clear_two_targets(struct world *world)
{
    scene(world);
    add_two_targets(world, 64);
    add_clear(world, AEROGPU_CLEAR_COLOR);
}

static void build_clear_depth_to_2(struct world *world)
{
    scene_create(world);
    add_targets(world, 0, DEPTH);
    add_clear(world, AEROGPU_CLEAR_DEPTH)->depth_f32 = float_bits(2);
}

static void build_clear_depth_to_nan(struct world *world)
{
    scene_create(world);
    add_targets(world, 0, DEPTH);
    add_clear(world, AEROGPU_CLEAR_DEPTH)->depth_f32 = 0x7FC00000;
}

static void build_clear_stencil_to_256(struct world *world)
{
    scene_create(world);
    add_targets(world, 0, DEPTH);
    add_clear(world, AEROGPU_CLEAR_STENCIL)->stencil = 256;
}

static void build_clear_color_with_wild_depth(struct world *world)
{
    scene(world);
    add_clear(world, AEROGPU_CLEAR_COLOR)->depth_f32 = 0x7FC00000;
}

/* Targets at a draw. */

static void build_draw_without_target(struct world *world)
{
    scene(world);
    add_targets(world, 0, 0);
    add_draw(world);
}

static void build_draw_depth_only(struct world *world)
{
    scene(world);
    add_targets(world, 0, DEPTH);
    add_draw(world);
}

static void build_draw_two_targets(struct world *world)
{
    scene(world);
    add_two_targets(world, 64);
    add_draw(world);
}

static void build_draw_mixed_targets(struct world *world)
{
    scene(world);
    add_two_targets(world, 32);
    add_draw(world);
}

static void build_draw_mixed_depth(struct world *world)
{
    scene(world);
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL, AEROGPU_FORMAT_D32_FLOAT)
        ->height = 64;
    add_targets(world, TARGET, FREE);
    add_draw(world);
}

/** A draw with a pixel shader that reads t0; the caller binds it. */
static void scene_reading_texture(struct world *world)
{
    struct shader_plan plan = plan_pixel();

    scene(world);
    plan_texture(&plan, 0);
    add_shader(world, FREE, &plan);
    add_shaders(world, VERTEX_SHADER, FREE);
}

static void build_target_bound_as_srv_later(struct world *world)
{
    scene_reading_texture(world);
    add_set_texture(world, 1, 0, TARGET);
    add_draw(world);
}

static void build_srv_bound_as_target_later(struct world *world)
{
    scene_reading_texture(world);
    add_targets(world, 0, DEPTH);
    add_set_texture(world, 1, 0, TARGET);
    add_targets(world, TARGET, 0);
    add_draw(world);
}

static void build_srv_lost_to_a_clear(struct world *world)
{
    scene_reading_texture(world);
    add_texture(world, FREE + 1, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                AEROGPU_FORMAT_B8G8R8A8_UNORM);
    add_targets(world, FREE + 1, 0);
    add_set_texture(world, 1, 0, TARGET);
    add_targets(world, TARGET, 0);
    add_clear(world, AEROGPU_CLEAR_COLOR);
    add_targets(world, FREE + 1, 0);
    add_draw(world);
}

static void build_srv_bound_again_after_a_clear(struct world *world)
{
    scene_reading_texture(world);
    add_texture(world, FREE + 1, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                AEROGPU_FORMAT_B8G8R8A8_UNORM);
    add_set_texture(world, 1, 0, 0);
    add_targets(world, TARGET, 0);
    add_clear(world, AEROGPU_CLEAR_COLOR);
    add_targets(world, FREE + 1, 0);
    add_set_texture(world, 1, 0, TARGET);
    add_draw(world);
}

static void build_target_srv_of_undeclared_slot(struct world *world)
{
    scene(world);
    add_targets(world, 0, DEPTH);
    add_set_texture(world, 1, 7, TARGET);
    add_targets(world, TARGET, 0);
    add_draw(world);
}

static void build_target_and_alias_as_srv(struct world *world)
{
    struct aerogpu_cmd_export_shared_surface *exported;
    struct aerogpu_cmd_import_shared_surface *imported;

    scene_reading_texture(world);
    add_backed_texture(world, FREE + 1,
                       AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_TEXTURE);
    exported = STREAM_ADD(&world->stream, EXPORT_SHARED_SURFACE, export_shared_surface);
    exported->resource_handle = FREE + 1;
    exported->share_token = 5;
    imported = STREAM_ADD(&world->stream, IMPORT_SHARED_SURFACE, import_shared_surface);
    imported->out_resource_handle = FREE + 2;
    imported->share_token = 5;
    add_set_texture(world, 1, 0, FREE + 2);
    add_targets(world, FREE + 1, 0);
    add_draw(world);
}

/* Shaders at a draw. */

static void build_draw_without_vertex_shader(struct world *world)
{
    scene(world);
    add_shaders(world, 0, PIXEL_SHADER);
    add_draw(world);
}

static void build_draw_without_pixel_shader(struct world *world)
{
    scene(world);
    add_shaders(world, VERTEX_SHADER, 0);
    add_draw(world);
}

static void build_draw_with_compute_alone(struct world *world)
{
    const struct shader_plan plan = { .program = PROGRAM_COMPUTE };

    scene(world);
    add_shader(world, COMPUTE_SHADER, &plan);
    add_shaders(world, 0, 0)->cs = COMPUTE_SHADER;
    add_draw(world);
}

static void build_adjacency_without_geometry(struct world *world)
{
    scene(world);
    add_topology(world, AEROGPU_TOPOLOGY_TRIANGLELIST_ADJ);
    add_draw(world);
}

/** Binds a geometry shader that hands on what the vertex shader writes. */
static void bind_geometry(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.program = PROGRAM_GEOMETRY;
    add_shader(world, FREE, &plan);
    add_all_shaders(world, VERTEX_SHADER, PIXEL_SHADER, FREE, 0, 0);
}

static void build_adjacency_with_geometry(struct world *world)
{
    scene(world);
    bind_geometry(world);
    add_topology(world, AEROGPU_TOPOLOGY_TRIANGLELIST_ADJ);
    add_draw(world);
}

/** Hull and domain shaders for patches of 3. */
static void create_tessellation(struct world *world)
{
    struct shader_plan plan = plan_vertex();

    plan.program = PROGRAM_HULL;
    plan.patch_chunk = "PCSG";
    plan_token(&plan, opcode_token(147, 1) | 3u << 11);
    add_shader(world, FREE, &plan);
    plan.program = PROGRAM_DOMAIN;
    plan.token_count = 0;
    add_shader(world, FREE + 1, &plan);
}

static void build_patches(struct world *world)
{
    scene(world);
    create_tessellation(world);
    add_all_shaders(world, VERTEX_SHADER, PIXEL_SHADER, 0, FREE, FREE + 1);
    add_topology(world, AEROGPU_TOPOLOGY_PATCHLIST_3);
    add_draw(world);
}

static void build_patches_without_tessellation(struct world *world)
{
    scene(world);
    add_topology(world, AEROGPU_TOPOLOGY_PATCHLIST_3);
    add_draw(world);
}

static void build_hull_without_domain(struct world *world)
{
    scene(world);
    create_tessellation(world);
    add_all_shaders(world, VERTEX_SHADER, PIXEL_SHADER, 0, FREE, 0);
    add_topology(world, AEROGPU_TOPOLOGY_PATCHLIST_3);
    add_draw(world);
}

static void build_tessellation_of_triangles(struct world *world)
{
    scene(world);
    create_tessellation(world);
    add_all_shaders(world, VERTEX_SHADER, PIXEL_SHADER, 0, FREE, FREE + 1);
    add_draw(world);
}

static void build_patches_of_other_size(struct world *world)
{
    scene(world);
    create_tessellation(world);
    add_all_shaders(world, VERTEX_SHADER, PIXEL_SHADER, 0, FREE, FREE + 1);
    add_topology(world, AEROGPU_TOPOLOGY_PATCHLIST_4);
    add_draw(world);
}

static void build_scissor_enabled_without_area(struct world *world)
{
    scene(world);
    add_rasterizer(world)->state.scissor_enable = 1;
    add_scissor(world)->width = 0;
    add_draw(world);
}

static void build_scissor_disabled_without_area(struct world *world)
{
    scene(world);
    add_scissor(world)->height = -5;
    add_draw(world);
}

static const struct validate_case draw_cases[] = {
    { "a draw", NULL, build_draw },
    { "draws in two submissions", NULL, build_draw_twice },
    { "an indexed draw", NULL, build_draw_indexed },
    { "draws of nothing need nothing", NULL, build_draws_of_nothing },
    { "targets left to an earlier submission", "state-undefined", build_without_TARGETS },
    { "shaders left to an earlier submission", "state-undefined", build_without_SHADERS },
    { "the layout left to an earlier submission", "state-undefined", build_without_LAYOUT },
    { "vertex buffers left to an earlier submission", "state-undefined", build_without_VERTICES },
    { "the viewport left to an earlier submission", "state-undefined", build_without_VIEWPORT },
    { "the scissor left to an earlier submission", "state-undefined", build_without_SCISSOR },
    { "blending left to an earlier submission", "state-undefined", build_without_BLEND },
    { "depth left to an earlier submission", "state-undefined", build_without_DEPTH_STENCIL },
    { "rasterizing left to an earlier submission", "state-undefined", build_without_RASTERIZER },
    { "the topology left to an earlier submission", "state-undefined", build_without_TOPOLOGY },
    { "an index buffer that was never set", "state-undefined", build_without_index_buffer_set },
    { "a clear of an earlier submission's targets", "state-undefined",
      build_clear_without_targets_set },
    { "an indexed draw without index buffer", "index-buffer-missing", build_without_index_buffer },
    { "declared slots that are set, or set to nothing", NULL, build_declared_slots_set },
    { "a declared b0 that was not set", "state-undefined", build_declared_constants_unset },
    { "a declared b0 and s0 on a device without their packets", NULL,
      build_declared_slots_without_packets },
    { "a declared t9 that was not set", "state-undefined", build_declared_texture_unset },
    { "a declared s0 that was not set", "state-undefined", build_declared_sampler_unset },
    { "a declared t0 that was set for another stage", "state-undefined",
      build_declared_texture_of_another_stage },
    { "a constant buffer of too few registers", "constant-buffer-small",
      build_constants_too_small },
    { "a constant range of too few registers", "constant-buffer-small",
      build_constants_range_too_small },
    { "a rest of constants of too few registers", "constant-buffer-small",
      build_constants_rest_too_small },
    { "a rest of constants of just enough registers", NULL, build_constants_rest },
    { "a clear of colour", NULL, build_clear_color },
    { "a clear of depth and stencil", NULL, build_clear_depth },
    { "a clear of colour without colour target", "clear-target", build_clear_color_without_color },
    { "a clear of stencil without depth target", "clear-target", build_clear_depth_without_depth },
    { "a clear of two targets", "clear-many", build_clear_two_targets },
    { "depth cleared to 2", "clear-value", build_clear_depth_to_2 },
    { "depth cleared to NaN", "clear-value", build_clear_depth_to_nan },
    { "stencil cleared to 256", "clear-value", build_clear_stencil_to_256 },
    { "a depth value that is not used", NULL, build_clear_color_with_wild_depth },
    { "a draw without target", "target-missing", build_draw_without_target },
    { "a draw to depth alone", NULL, build_draw_depth_only },
    { "a draw to two targets", NULL, build_draw_two_targets },
    { "targets of two widths", "target-mixed", build_draw_mixed_targets },
    { "a depth target of another height", "target-mixed", build_draw_mixed_depth },
    { "a target that was bound as SRV later", "target-srv", build_target_bound_as_srv_later },
    { "an SRV that was bound as target later", "target-srv", build_srv_bound_as_target_later },
    { "an SRV that was lost to a clear", "target-srv", build_srv_lost_to_a_clear },
    { "an SRV that was bound again after a clear", NULL, build_srv_bound_again_after_a_clear },
    { "a lost SRV that no shader reads", NULL, build_target_srv_of_undeclared_slot },
    { "a target whose alias is SRV", "target-srv", build_target_and_alias_as_srv },
    { "a draw without vertex shader", "shader-missing", build_draw_without_vertex_shader },
    { "a draw without pixel shader", "shader-missing", build_draw_without_pixel_shader },
    { "a draw with a compute shader alone", "shader-missing", build_draw_with_compute_alone },
    { "adjacency without geometry shader", "topology-stages", build_adjacency_without_geometry },
    { "adjacency with geometry shader", NULL, build_adjacency_with_geometry },
    { "patches", NULL, build_patches },
    { "patches without tessellation", "topology-stages", build_patches_without_tessellation },
    { "a hull shader without domain shader", "topology-stages", build_hull_without_domain },
    { "tessellation of triangles", "topology-stages", build_tessellation_of_triangles },
    { "patches of another size", "patch-points", build_patches_of_other_size },
    { "an enabled scissor without area", "scissor-degenerate", build_scissor_enabled_without_area },
    { "a disabled scissor without area", NULL, build_scissor_disabled_without_area },
};
