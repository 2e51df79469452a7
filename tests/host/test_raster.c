/** D3D's rules of viewports, fill, depth and its bias. */
#include "world.h"

enum { D24 = FREE };

#define RED   0xFF0000FFu
#define BLACK 0x000000FFu

static const float red[4] = { 1, 0, 0, 1 };

/* A quad over a whole viewport. */
#define FILLS(name, viewport_x, viewport_y, viewport_width, viewport_height, x, y, color)          \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world = world_with_quad(-1, 1, 1, -1, 0.5f);                                 \
                                                                                                   \
        world->viewport = (struct stream_viewport){ viewport_x,      viewport_y, viewport_width,   \
                                                    viewport_height, 0,          1 };              \
        ck_assert_uint_eq(world_drawn(world, x, y), color);                                        \
    }                                                                                              \
    END_TEST

/* Pixels whose centres lie in it: from 10.5 on, and at 10.6 from the next one on. */
FILLS(fractional_origin_on_a_centre_is_inside, 10.5f, 0, 20, 64, 10, 5, RED)
FILLS(fractional_origin_behind_a_centre_is_outside, 10.6f, 0, 20, 64, 10, 5, BLACK)
FILLS(fractional_end_on_a_centre_is_outside, 10.5f, 0, 20, 64, 30, 5, BLACK)
FILLS(last_centre_before_a_fractional_end_is_inside, 10.5f, 0, 20, 64, 29, 5, RED)
FILLS(fractional_top_is_inside, 0, 10.5f, 64, 20, 5, 10, RED)
FILLS(fractional_bottom_is_outside, 0, 10.5f, 64, 20, 5, 30, BLACK)
FILLS(negative_origin_ends_where_it_should, -20, -20, 40, 40, 19, 19, RED)
FILLS(negative_origin_does_not_reach_on, -20, -20, 40, 40, 20, 19, BLACK)
FILLS(viewport_beyond_the_target_draws_nothing, 64, 0, 64, 64, 63, 5, BLACK)
FILLS(tiny_viewport_has_no_centre, 5.6f, 5.6f, 0.5f, 0.5f, 5, 5, BLACK)
FILLS(tiny_viewport_has_a_centre, 5.25f, 5.25f, 0.5f, 0.5f, 5, 5, RED)

/* The left half of a viewport that hangs over on both sides: its middle is the target's. */
START_TEST(overhang_moves_nothing)
{
    struct world *world = world_with_quad(-1, 1, 0, -1, 0.5f);

    world->viewport = (struct stream_viewport){ -1000, -1000, 2064, 2064, 0, 1 };
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 31, 5), RED);
    ck_assert_uint_eq(texel(world, TARGET, 32, 5), BLACK);
    world_destroy(world);
}
END_TEST

/* Two triangles of half alpha side by side: a pixel drawn twice would be brighter, or none dark. */
START_TEST(diagonal_is_drawn_once)
{
    static const float half[4] = { 1, 1, 1, 0.5f };
    struct world *world = world_create(false);

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, half);
    world->blend.enable = 1;
    world->blend.src_factor = AEROGPU_BLEND_SRC_ALPHA;
    world->blend.dst_factor = AEROGPU_BLEND_ONE;
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    for (uint32_t i = 0; i < EXTENT; i++)
        ck_assert_uint_eq(texel(world, TARGET, i, EXTENT - 1 - i) >> 24, 0x80);
    world_destroy(world);
}
END_TEST

/* What a draw leaves in a depth target, as it is stored: 24 bits or a float. */
static uint32_t depth_after(struct world *world, uint32_t target)
{
    struct aerogpu_host_image image;
    uint32_t word;

    world->targets.depth_stencil = target;
    world->depth.depth_enable = world->depth.depth_write_enable = 1;
    world->depth.depth_func = AEROGPU_COMPARE_ALWAYS;
    if (target == D24)
        add_texture(world, D24, AEROGPU_FORMAT_D24_UNORM_S8_UINT,
                    AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL, EXTENT, EXTENT, 1);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert(aerogpu_host_read_texture(world->host, target, 0, 0, &image));
    memcpy(&word, image.bytes + 4 * (20 * EXTENT + 20), 4);
    aerogpu_host_image_finish(&image);
    world_destroy(world);
    return target == D24 ? word & 0xFFFFFF : word;
}

#define STORES(name, target, z, change, expected)                                                  \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world = world_with_quad(-1, 1, 1, -1, z);                                    \
                                                                                                   \
        change;                                                                                    \
        ck_assert_uint_eq(depth_after(world, target), expected);                                   \
    }                                                                                              \
    END_TEST

#define RANGE(from, to) (world->viewport.min_depth = (from), world->viewport.max_depth = (to))
#define NO_CLIP         (world->raster.flags = AEROGPU_RASTERIZER_FLAG_DEPTH_CLIP_DISABLE)

STORES(depth_is_z, DEPTH, 0.25f, (void)0, 0x3E800000)
STORES(depth_range_begins_at_its_least, DEPTH, 0, RANGE(0.5f, 0.75f), 0x3F000000)
STORES(depth_range_scales_z, DEPTH, 0.5f, RANGE(0.5f, 1), 0x3F400000)
STORES(depth_beyond_the_far_plane_is_clipped, DEPTH, 1.5f, RANGE(0, 0.5f), 0x3F800000)
STORES(depth_without_clip_is_clamped_to_the_range, DEPTH, 1.5f, (RANGE(0, 0.5f), NO_CLIP),
       0x3F000000)
STORES(depth_before_the_near_plane_is_clamped_too, DEPTH, -0.5f, (RANGE(0.25f, 0.5f), NO_CLIP),
       0x3E800000)
STORES(depth_before_the_near_plane_is_clipped, DEPTH, -0.5f, RANGE(0.25f, 0.5f), 0x3F800000)

/* D3D's unit of bias: one code of D24; for floats one step at the primitive's greatest depth. */
STORES(d24_without_bias, D24, 0.25f, (void)0, 0x400000)
STORES(d24_bias_is_in_codes, D24, 0.25f, world->raster.depth_bias = 6, 0x400006)
STORES(negative_d24_bias_is_in_codes, D24, 0.25f, world->raster.depth_bias = -6, 0x3FFFFA)
STORES(d32_bias_is_in_steps_of_its_exponent, DEPTH, 0.25f, world->raster.depth_bias = 5, 0x3E800005)
STORES(bias_stays_in_the_range, DEPTH, 1, world->raster.depth_bias = 1 << 23, 0x3F800000)

/* All compare functions against a depth of 0.5: below, at and above it. */
static uint32_t passes(uint32_t func)
{
    static const float depths[3] = { 0.25f, 0.5f, 0.75f };
    static const float black[4] = { 0, 0, 0, 1 };
    const struct stream_targets both = { .color_count = 1,
                                         .depth_stencil = DEPTH,
                                         .colors = { TARGET } };
    uint32_t mask = 0;

    for (uint32_t i = 0; i < 3; i++) {
        struct world *world = world_with_quad(-1, 1, 1, -1, depths[i]);

        stream_set_render_targets(&world->stream, &both);
        stream_clear(&world->stream, AEROGPU_CLEAR_COLOR | AEROGPU_CLEAR_DEPTH, black, 0.5f, 0);
        world->targets.depth_stencil = DEPTH;
        world->depth.depth_enable = 1;
        world->depth.depth_func = func;
        mask |= (uint32_t)(world_drawn(world, 20, 20) == RED) << i;
    }
    return mask;
}

#define COMPARES(name, func, below_at_above)                                                       \
    START_TEST(name)                                                                               \
    {                                                                                              \
        ck_assert_uint_eq(passes(AEROGPU_COMPARE_##func), below_at_above);                         \
    }                                                                                              \
    END_TEST

COMPARES(never_passes_nothing, NEVER, 0)
COMPARES(less_passes_below, LESS, 1)
COMPARES(equal_passes_at, EQUAL, 2)
COMPARES(less_equal_passes_below_and_at, LESS_EQUAL, 3)
COMPARES(greater_passes_above, GREATER, 4)
COMPARES(not_equal_passes_below_and_above, NOT_EQUAL, 5)
COMPARES(greater_equal_passes_at_and_above, GREATER_EQUAL, 6)
COMPARES(always_passes_all, ALWAYS, 7)

/* Host semantics 2: a scissor that was never set does not clip. A strict host wants it set. */
START_TEST(scissor_never_set_does_not_clip)
{
    struct world *world = world_create(true);

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    world->raster.scissor_enable = 1;
    stream_set_render_targets(&world->stream, &world->targets);
    stream_bind_shaders(&world->stream, COLOR_VS, COLOR_PS, 0);
    stream_set_input_layout(&world->stream, LAYOUT);
    *stream_set_vertex_buffers(&world->stream, 0, 1) =
        (struct aerogpu_vertex_buffer_binding){ VERTICES, sizeof(struct vertex), 0, 0 };
    *stream_set_constant_buffers(&world->stream, AEROGPU_SHADER_STAGE_VERTEX, 0, 0, 1) =
        (struct aerogpu_constant_buffer_binding){ CONSTANTS, 0, 32, 0 };
    *stream_set_constant_buffers(&world->stream, AEROGPU_SHADER_STAGE_PIXEL, 0, 0, 1) =
        (struct aerogpu_constant_buffer_binding){ TINT, 0, 16, 0 };
    stream_set_rasterizer_state(&world->stream, &world->raster);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
    ck_assert_uint_eq(texel(world, TARGET, 20, 20), RED);
    world_destroy(world);
}
END_TEST

static uint32_t scissored(int32_t x, int32_t y, int32_t width, int32_t height)
{
    struct world *world = world_create(true);
    uint32_t value;

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    world->raster.scissor_enable = 1;
    world->scissor = (struct stream_scissor){ x, y, width, height };
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
    value = texel(world, TARGET, 20, 20);
    world_destroy(world);
    return value;
}

START_TEST(empty_scissor_draws_nothing)
{
    ck_assert_uint_eq(scissored(0, 0, 0, 0), BLACK);
}
END_TEST

START_TEST(negative_scissor_draws_nothing)
{
    ck_assert_uint_eq(scissored(40, 40, -30, -30), BLACK);
}
END_TEST

START_TEST(huge_scissor_draws_everything)
{
    ck_assert_uint_eq(scissored(-0x7FFFFFFF, -0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF), BLACK);
    ck_assert_uint_eq(scissored(-100, -100, 0x7FFFFFFF, 0x7FFFFFFF), RED);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        fractional_origin_on_a_centre_is_inside,
        fractional_origin_behind_a_centre_is_outside,
        fractional_end_on_a_centre_is_outside,
        last_centre_before_a_fractional_end_is_inside,
        fractional_top_is_inside,
        fractional_bottom_is_outside,
        negative_origin_ends_where_it_should,
        negative_origin_does_not_reach_on,
        viewport_beyond_the_target_draws_nothing,
        tiny_viewport_has_no_centre,
        tiny_viewport_has_a_centre,
        overhang_moves_nothing,
        diagonal_is_drawn_once,
        depth_is_z,
        depth_range_begins_at_its_least,
        depth_range_scales_z,
        depth_beyond_the_far_plane_is_clipped,
        depth_without_clip_is_clamped_to_the_range,
        depth_before_the_near_plane_is_clamped_too,
        depth_before_the_near_plane_is_clipped,
        d24_without_bias,
        d24_bias_is_in_codes,
        negative_d24_bias_is_in_codes,
        d32_bias_is_in_steps_of_its_exponent,
        bias_stays_in_the_range,
        never_passes_nothing,
        less_passes_below,
        equal_passes_at,
        less_equal_passes_below_and_at,
        greater_passes_above,
        not_equal_passes_below_and_above,
        greater_equal_passes_at_and_above,
        always_passes_all,
        scissor_never_set_does_not_clip,
        empty_scissor_draws_nothing,
        negative_scissor_draws_nothing,
        huge_scissor_draws_everything,
    };

    return world_main("host rasterizer", tests, sizeof(tests) / sizeof(tests[0]));
}
