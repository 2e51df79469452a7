/** Pictures of single draws, compared with what D3D's rules give. */
#include "world.h"

#define RED   0xFF0000FFu
#define GREEN 0x00FF00FFu
#define BLACK 0x000000FFu

static const float green[4] = { 0, 1, 0, 1 };

#define DRAWS(name, quad_arguments, change, x, y, color)                                           \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world = world_with_quad quad_arguments;                                      \
                                                                                                   \
        change;                                                                                    \
        ck_assert_uint_eq(world_drawn(world, x, y), color);                                        \
    }                                                                                              \
    END_TEST

#define WHOLE (-1, 1, 1, -1, 0.5f)
/* Edges on pixel centres 8.5 and 40.5 of 64: the top-left rule decides about both. */
#define CENTRES (8.5f / 32 - 1, 1 - 8.5f / 32, 40.5f / 32 - 1, 1 - 40.5f / 32, 0.5f)

DRAWS(pixel_inside_is_drawn, WHOLE, (void)0, 20, 20, RED)
DRAWS(positive_y_is_up, (-1, 1, 1, 0, 0.5f), (void)0, 32, 31, RED)
DRAWS(negative_y_is_not_up, (-1, 1, 1, 0, 0.5f), (void)0, 32, 32, BLACK)
DRAWS(left_top_edge_on_a_centre_is_drawn, CENTRES, (void)0, 8, 8, RED)
DRAWS(pixel_before_the_edge_is_not_drawn, CENTRES, (void)0, 7, 8, BLACK)
DRAWS(last_pixel_before_the_right_edge_is_drawn, CENTRES, (void)0, 39, 39, RED)
DRAWS(right_edge_on_a_centre_is_not_drawn, CENTRES, (void)0, 40, 39, BLACK)
DRAWS(bottom_edge_on_a_centre_is_not_drawn, CENTRES, (void)0, 39, 40, BLACK)
DRAWS(viewport_moves_the_quad, WHOLE, world->viewport.x = 32, 32, 5, RED)
DRAWS(viewport_leaves_the_rest, WHOLE, world->viewport.x = 32, 31, 5, BLACK)
DRAWS(overhanging_viewport_keeps_its_scale, (0, 1, 1, -1, 0.5f), world->viewport.x = -32, 31, 5,
      RED)
DRAWS(overhanging_viewport_is_not_squeezed, (0, 1, 1, -1, 0.5f), world->viewport.x = -32, 32, 5,
      BLACK)
DRAWS(scissor_clips, WHOLE, (world->raster.scissor_enable = 1, world->scissor.width = 10), 10, 5,
      BLACK)
DRAWS(scissor_keeps_its_inside, WHOLE,
      (world->raster.scissor_enable = 1, world->scissor.width = 10), 9, 5, RED)
DRAWS(disabled_scissor_does_not_clip, WHOLE, world->scissor.width = 10, 10, 5, RED)
DRAWS(front_faces_are_culled_on_request, WHOLE, world->raster.cull_mode = AEROGPU_CULL_FRONT, 5, 5,
      BLACK)
DRAWS(counter_clockwise_front_turns_faces, WHOLE, world->raster.front_ccw = 1, 5, 5, BLACK)
DRAWS(back_faces_are_culled, (1, 1, -1, -1, 0.5f), (void)0, 5, 5, BLACK)
DRAWS(back_faces_are_drawn_without_culling, (1, 1, -1, -1, 0.5f),
      world->raster.cull_mode = AEROGPU_CULL_NONE, 5, 5, RED)
DRAWS(geometry_behind_the_far_plane_is_clipped, (-1, 1, 1, -1, 1.5f), (void)0, 5, 5, BLACK)
DRAWS(geometry_is_kept_without_depth_clip, (-1, 1, 1, -1, 1.5f),
      world->raster.flags = AEROGPU_RASTERIZER_FLAG_DEPTH_CLIP_DISABLE, 5, 5, RED)
DRAWS(write_mask_keeps_channels, WHOLE, world->blend.color_write_mask = 0xE, 5, 5, BLACK)
DRAWS(sample_mask_of_zero_draws_nothing, WHOLE, world->blend.sample_mask = 0, 5, 5, BLACK)

/* Draws red at z 0.5, then green at z, with depth test and write as set; returns a pixel. */
static uint32_t drawn_behind(struct world *world, float z)
{
    uint32_t value;

    world->targets.depth_stencil = DEPTH;
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    add_quad(world, -1, 1, 1, -1, z, green);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    value = texel(world, TARGET, 20, 20);
    world_destroy(world);
    return value;
}

#define DEPTHS(name, change, z, color)                                                             \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world = world_with_quad WHOLE;                                               \
                                                                                                   \
        world->depth.depth_enable = world->depth.depth_write_enable = 1;                           \
        change;                                                                                    \
        ck_assert_uint_eq(drawn_behind(world, z), color);                                          \
    }                                                                                              \
    END_TEST

DEPTHS(nearer_pixel_wins, (void)0, 0.25f, GREEN)
DEPTHS(farther_pixel_loses, (void)0, 0.75f, RED)
DEPTHS(equal_depth_is_not_less, (void)0, 0.5f, RED)
DEPTHS(equal_depth_is_less_equal, world->depth.depth_func = AEROGPU_COMPARE_LESS_EQUAL, 0.5f, GREEN)
DEPTHS(depth_is_not_written_when_masked, world->depth.depth_write_enable = 0, 0.75f, GREEN)
DEPTHS(disabled_depth_test_lets_pass, world->depth.depth_enable = 0, 0.75f, GREEN)

START_TEST(constants_change_between_draws)
{
    static const float right[8] = { 0.5f, 1, 1, 1, 0.5f, 0, 0, 0 };
    static const float tint[4] = { 0, 0, 1, 1 };
    struct world *world = world_with_quad(-1, 1, 1, -1, 0.5f);
    const float white[4] = { 1, 1, 1, 1 };

    add_quad(world, -1, 1, 1, -1, 0.5f, white);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    add_upload(world, CONSTANTS, 0, right, sizeof(right));
    add_upload(world, TINT, 0, tint, sizeof(tint));
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 31, 5), 0xFFFFFFFF);
    ck_assert_uint_eq(texel(world, TARGET, 32, 5), 0x0000FFFF);
    world_destroy(world);
}
END_TEST

START_TEST(source_alpha_blends)
{
    const float fifth[4] = { 1, 0, 0, 0.2f };
    struct world *world = world_create(false);

    add_scene(world);
    add_clear(world, 0, 0, 1, 1);
    add_quad(world, -1, 1, 1, -1, 0.5f, fifth);
    world->blend.enable = 1;
    world->blend.src_factor = AEROGPU_BLEND_SRC_ALPHA;
    world->blend.dst_factor = AEROGPU_BLEND_INV_SRC_ALPHA;
    ck_assert_uint_eq(world_drawn(world, 5, 5), 0x3300CC33);
}
END_TEST

START_TEST(blend_constant_scales_the_source)
{
    struct world *world = world_with_quad(-1, 1, 1, -1, 0.5f);
    const float factor = 0.2f;

    world->blend.enable = 1;
    world->blend.src_factor = AEROGPU_BLEND_CONSTANT;
    for (int i = 0; i < 4; i++)
        memcpy((uint8_t *)&world->blend +
                   offsetof(struct aerogpu_blend_state, blend_constant_rgba_f32) + 4 * (size_t)i,
               &factor, 4);
    ck_assert_uint_eq(world_drawn(world, 5, 5), 0x330000FF);
}
END_TEST

/* Strip of the left half, cut, strip of the right half: without the cut the gap would be filled. */
START_TEST(restart_index_cuts_strips)
{
    static const uint16_t indices[] = { 0, 1, 2, 0xFFFF, 3, 4, 5, 0 };
    static const struct vertex vertices[6] = {
        { { -1, -1, 0, 1 }, { 1, 0, 0, 1 } },    { { -1, 1, 0, 1 }, { 1, 0, 0, 1 } },
        { { -0.5f, -1, 0, 1 }, { 1, 0, 0, 1 } }, { { 0.5f, -1, 0, 1 }, { 1, 0, 0, 1 } },
        { { 1, 1, 0, 1 }, { 1, 0, 0, 1 } },      { { 1, -1, 0, 1 }, { 1, 0, 0, 1 } },
    };
    struct world *world = world_create(false);

    add_scene(world);
    add_vertices(world, 0, vertices, 6);
    add_upload(world, INDICES, 0, indices, sizeof(indices));
    world->topology = AEROGPU_TOPOLOGY_TRIANGLESTRIP;
    world->raster.cull_mode = AEROGPU_CULL_NONE;
    add_state(world);
    stream_set_index_buffer(&world->stream, INDICES, AEROGPU_INDEX_FORMAT_UINT16, 0);
    stream_draw_indexed(&world->stream, 7, 1, 0, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 2, 60), RED);
    ck_assert_uint_eq(texel(world, TARGET, 61, 60), RED);
    ck_assert_uint_eq(texel(world, TARGET, 32, 60), BLACK);
    world_destroy(world);
}
END_TEST

START_TEST(base_vertex_and_first_index_are_added)
{
    static const uint32_t indices[] = { 9, 0, 1, 2 };
    static const struct vertex vertices[3] = { { { -1, 1, 0, 1 }, { 1, 0, 0, 1 } },
                                               { { 3, 1, 0, 1 }, { 1, 0, 0, 1 } },
                                               { { -1, -3, 0, 1 }, { 1, 0, 0, 1 } } };
    struct world *world = world_create(false);

    add_scene(world);
    add_vertices(world, 20, vertices, 3);
    add_upload(world, INDICES, 0, indices, sizeof(indices));
    add_state(world);
    stream_set_index_buffer(&world->stream, INDICES, AEROGPU_INDEX_FORMAT_UINT32, 0);
    stream_draw_indexed(&world->stream, 3, 1, 1, 20, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 63, 63), RED);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        pixel_inside_is_drawn,
        positive_y_is_up,
        negative_y_is_not_up,
        left_top_edge_on_a_centre_is_drawn,
        pixel_before_the_edge_is_not_drawn,
        last_pixel_before_the_right_edge_is_drawn,
        right_edge_on_a_centre_is_not_drawn,
        bottom_edge_on_a_centre_is_not_drawn,
        viewport_moves_the_quad,
        viewport_leaves_the_rest,
        overhanging_viewport_keeps_its_scale,
        overhanging_viewport_is_not_squeezed,
        scissor_clips,
        scissor_keeps_its_inside,
        disabled_scissor_does_not_clip,
        front_faces_are_culled_on_request,
        counter_clockwise_front_turns_faces,
        back_faces_are_culled,
        back_faces_are_drawn_without_culling,
        geometry_behind_the_far_plane_is_clipped,
        geometry_is_kept_without_depth_clip,
        write_mask_keeps_channels,
        sample_mask_of_zero_draws_nothing,
        nearer_pixel_wins,
        farther_pixel_loses,
        equal_depth_is_not_less,
        equal_depth_is_less_equal,
        depth_is_not_written_when_masked,
        disabled_depth_test_lets_pass,
        constants_change_between_draws,
        source_alpha_blends,
        blend_constant_scales_the_source,
        restart_index_cuts_strips,
        base_vertex_and_first_index_are_added,
    };

    return world_main("host draws", tests, sizeof(tests) / sizeof(tests[0]));
}
