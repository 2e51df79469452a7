/**
 * The blend unit against arithmetic: every factor with every factor and operation, for colour and
 * alpha, under every mask; sRGB targets, targets without alpha; and a host that meets more states
 * than it keeps.
 */
#include <math.h>
#include <stdlib.h>

#include "world.h"

enum { OTHER = FREE, WIDE };

#define FACTORS (AEROGPU_BLEND_INV_CONSTANT + 1u)
#define OPS     (AEROGPU_BLEND_OP_MAX + 1u)

static const float source[4] = { 0.8f, 0.4f, 0.2f, 0.6f };
static const float behind[4] = { 0.2f, 0.6f, 1.0f, 0.4f };
static const float constant[4] = { 0.5f, 0.25f, 0.75f, 0.125f };

/* State n of those tested. Alpha has other factors and operations than colour. */
static struct aerogpu_blend_state state_of(uint32_t n)
{
    struct aerogpu_blend_state state = {
        .enable = 1,
        .src_factor = n % FACTORS,
        .dst_factor = n / FACTORS % FACTORS,
        .blend_op = n / (FACTORS * FACTORS) % OPS,
        .color_write_mask = (uint8_t)(15 - n / (FACTORS * FACTORS * OPS) % 16),
        .src_factor_alpha = (n + 3) % FACTORS,
        .dst_factor_alpha = (n / FACTORS + 5) % FACTORS,
        .blend_op_alpha = (n / (FACTORS * FACTORS) + 1) % OPS,
        .sample_mask = UINT32_MAX,
    };

    memcpy((uint8_t *)&state + offsetof(struct aerogpu_blend_state, blend_constant_rgba_f32),
           constant, sizeof(constant));
    return state;
}

static float factor_of(uint32_t factor, int channel, const float dst[4])
{
    switch (factor) {
    case AEROGPU_BLEND_ZERO:
        return 0;
    case AEROGPU_BLEND_ONE:
        return 1;
    case AEROGPU_BLEND_SRC_ALPHA:
        return source[3];
    case AEROGPU_BLEND_INV_SRC_ALPHA:
        return 1 - source[3];
    case AEROGPU_BLEND_DEST_ALPHA:
        return dst[3];
    case AEROGPU_BLEND_INV_DEST_ALPHA:
        return 1 - dst[3];
    case AEROGPU_BLEND_CONSTANT:
        return constant[channel];
    default:
        return 1 - constant[channel];
    }
}

/* One channel, from 0 to 1. The operations that choose do not look at factors. */
static float blended(const struct aerogpu_blend_state *state, int channel, const float dst[4])
{
    const bool is_alpha = channel == 3;
    const float s = source[channel], d = dst[channel];
    const float scaled_s =
        s * factor_of(is_alpha ? state->src_factor_alpha : state->src_factor, channel, dst);
    const float scaled_d =
        d * factor_of(is_alpha ? state->dst_factor_alpha : state->dst_factor, channel, dst);
    float value = 0;

    switch (is_alpha ? state->blend_op_alpha : state->blend_op) {
    case AEROGPU_BLEND_OP_ADD:
        value = scaled_s + scaled_d;
        break;
    case AEROGPU_BLEND_OP_SUBTRACT:
        value = scaled_s - scaled_d;
        break;
    case AEROGPU_BLEND_OP_REV_SUBTRACT:
        value = scaled_d - scaled_s;
        break;
    case AEROGPU_BLEND_OP_MIN:
        value = fminf(s, d);
        break;
    default:
        value = fmaxf(s, d);
    }
    return fminf(fmaxf(value, 0), 1);
}

static uint32_t expected_of(uint32_t n)
{
    const struct aerogpu_blend_state state = state_of(n);
    uint32_t texel = 0;

    for (int channel = 0; channel < 4; channel++) {
        const float value = state.color_write_mask & 1u << channel
                                ? blended(&state, channel, behind)
                                : behind[channel];

        texel = texel << 8 | (uint32_t)(value * 255 + 0.5f);
    }
    return texel;
}

/* Draws state n to pixel n of a target, for each n from `first` on. */
static void draw_states(struct world *world, uint32_t target, uint32_t first, uint32_t count)
{
    world->targets.colors[0] = target;
    world->raster.scissor_enable = 1;
    add_state(world);
    for (uint32_t n = first; n < first + count; n++) {
        const struct aerogpu_blend_state state = state_of(n);
        const struct stream_scissor pixel = { (int32_t)(n % EXTENT), (int32_t)(n / EXTENT), 1, 1 };

        stream_set_scissor(&world->stream, &pixel);
        stream_set_blend_state(&world->stream, &state);
        stream_draw(&world->stream, 6, 1, 0, 0);
    }
    world_run(world);
}

static void expect_states(struct world *world, uint32_t target, uint32_t count)
{
    struct aerogpu_host_image image;

    ck_assert(aerogpu_host_read_texture(world->host, target, 0, 0, &image));
    for (uint32_t n = 0; n < count; n++) {
        const uint8_t *at = image.bytes + 4 * (size_t)n;
        const uint32_t texel =
            (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];

        ck_assert_msg(is_near(texel, expected_of(n), 1), "state %u: %08x, not %08x", n, texel,
                      expected_of(n));
    }
    aerogpu_host_image_finish(&image);
}

static struct world *with_background(uint32_t target)
{
    struct world *world = world_create(false);

    add_scene(world);
    if (target != TARGET)
        add_texture(world, target, AEROGPU_FORMAT_R8G8B8A8_UNORM,
                    AEROGPU_RESOURCE_USAGE_RENDER_TARGET, EXTENT, EXTENT, 1);
    world->targets.colors[0] = target;
    add_clear(world, behind[0], behind[1], behind[2], behind[3]);
    add_quad(world, -1, 1, 1, -1, 0.5f, source);
    return world;
}

START_TEST(every_factor_and_operation_is_right)
{
    struct world *world = with_background(TARGET);

    draw_states(world, TARGET, 0, FACTORS * FACTORS * OPS);
    expect_states(world, TARGET, FACTORS * FACTORS * OPS);
    world_destroy(world);
}
END_TEST

/* More states than the host keeps, each under several masks, and all of them again. */
START_TEST(thousands_of_states_stay_apart)
{
    enum { STATES = 2240, STEP = 280 };
    struct world *world = with_background(TARGET);

    add_texture(world, OTHER, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                EXTENT, EXTENT, 1);
    world->targets.colors[0] = OTHER;
    add_clear(world, behind[0], behind[1], behind[2], behind[3]);
    for (uint32_t first = 0; first < STATES; first += STEP)
        draw_states(world, TARGET, first, STEP);
    expect_states(world, TARGET, STATES);
    draw_states(world, OTHER, 2 * STEP, STEP);
    draw_states(world, OTHER, 7 * STEP, STEP);
    ck_assert(is_near(texel(world, OTHER, 2 * STEP % EXTENT, 2 * STEP / EXTENT),
                      expected_of(2 * STEP), 1));
    ck_assert(is_near(texel(world, OTHER, 7 * STEP % EXTENT, 7 * STEP / EXTENT),
                      expected_of(7 * STEP), 1));
    world_destroy(world);
}
END_TEST

/* Blends over a clear colour in a target of a format. */
static uint32_t blended_in(uint32_t format, float under, const float over[4],
                           const struct aerogpu_blend_state *blend)
{
    struct world *world = world_create(false);
    uint32_t value;

    add_scene(world);
    add_texture(world, WIDE, format, AEROGPU_RESOURCE_USAGE_RENDER_TARGET, EXTENT, EXTENT, 1);
    world->targets.colors[0] = WIDE;
    add_clear(world, under, under, under, 0.25f);
    add_quad(world, -1, 1, 1, -1, 0.5f, over);
    world->blend = *blend;
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    value = texel(world, WIDE, 20, 20);
    world_destroy(world);
    return value;
}

static const struct aerogpu_blend_state half_and_half = {
    .enable = 1,
    .src_factor = AEROGPU_BLEND_SRC_ALPHA,
    .dst_factor = AEROGPU_BLEND_INV_SRC_ALPHA,
    .color_write_mask = 0xF,
    .src_factor_alpha = AEROGPU_BLEND_ONE,
    .dst_factor_alpha = AEROGPU_BLEND_ZERO,
    .sample_mask = UINT32_MAX,
};

static const struct aerogpu_blend_state by_alpha_behind = {
    .enable = 1,
    .src_factor = AEROGPU_BLEND_DEST_ALPHA,
    .dst_factor = AEROGPU_BLEND_INV_DEST_ALPHA,
    .color_write_mask = 0xF,
    .src_factor_alpha = AEROGPU_BLEND_ZERO,
    .dst_factor_alpha = AEROGPU_BLEND_ZERO,
    .sample_mask = UINT32_MAX,
};

#define BLENDS_IN(name, format, under, over_red, over_alpha, blend, color)                         \
    START_TEST(name)                                                                               \
    {                                                                                              \
        const float over[4] = { over_red, 0, 0, over_alpha };                                      \
                                                                                                   \
        ck_assert(is_near(blended_in(AEROGPU_FORMAT_##format, under, over, &(blend)), color, 1));  \
    }                                                                                              \
    END_TEST

/* Half of red over black: linear 0.5 is 188 in sRGB; over white: red stays, 0.5 for the others. */
BLENDS_IN(srgb_blends_in_linear_space, R8G8B8A8_UNORM_SRGB, 0, 1, 0.5f, half_and_half, 0xBC000080)
BLENDS_IN(srgb_decodes_what_is_behind, R8G8B8A8_UNORM_SRGB, 1, 1, 0.5f, half_and_half, 0xFFBCBC80)
BLENDS_IN(b8g8r8a8_srgb_does_the_same, B8G8R8A8_UNORM_SRGB, 0, 1, 0.5f, half_and_half, 0xBC000080)
BLENDS_IN(unorm_blends_as_it_is, R8G8B8A8_UNORM, 0, 1, 0.5f, half_and_half, 0x80000080)
/* Alpha behind is 0.25 where there is one, else 1, and stays 1 whatever is written. */
BLENDS_IN(alpha_behind_is_read, R8G8B8A8_UNORM, 1, 0, 1, by_alpha_behind, 0xBFBFBF00)
BLENDS_IN(x8_has_an_alpha_of_one_behind, R8G8B8X8_UNORM, 1, 0.5f, 0, by_alpha_behind, 0x800000FF)
BLENDS_IN(b8g8r8x8_has_an_alpha_of_one_behind, B8G8R8X8_UNORM, 1, 0.5f, 0, by_alpha_behind,
          0x800000FF)
BLENDS_IN(x8_srgb_has_an_alpha_of_one_behind, B8G8R8X8_UNORM_SRGB, 1, 1, 0, by_alpha_behind,
          0xFF0000FF)
BLENDS_IN(b5g6r5_has_an_alpha_of_one_behind, B5G6R5_UNORM, 1, 1, 0, by_alpha_behind, 0xFF0000FF)

/* The bytes of an X8 target themselves: a second reader must find 1 in them, too. */
START_TEST(x8_stores_an_alpha_of_one)
{
    static const float clear[4] = { 0, 0, 0, 0 };
    struct world *world = world_create(false);
    struct aerogpu_host_image image;

    add_scene(world);
    add_texture(world, WIDE, AEROGPU_FORMAT_B8G8R8X8_UNORM, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                EXTENT, EXTENT, 1);
    world->targets.colors[0] = WIDE;
    add_quad(world, -1, 1, 1, -1, 0.5f, clear);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert(aerogpu_host_read_texture(world->host, WIDE, 0, 0, &image));
    ck_assert_uint_eq(image.bytes[3], 0xFF);
    aerogpu_host_image_finish(&image);
    world_destroy(world);
}
END_TEST

/* The short packet says nothing of alpha: it does what colour does (section 6.4). */
START_TEST(short_form_blends_alpha_as_colour)
{
    struct world *world = with_background(TARGET);
    struct aerogpu_blend_state state = state_of(0);
    uint8_t *packet;

    state.src_factor = AEROGPU_BLEND_ONE;
    state.dst_factor = AEROGPU_BLEND_ONE;
    state.blend_op = AEROGPU_BLEND_OP_SUBTRACT;
    add_state(world);
    packet = stream_packet(&world->stream, AEROGPU_CMD_SET_BLEND_STATE, 28);
    memcpy(packet + 8, &state, 20);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert(is_near(texel(world, TARGET, 5, 5), 0x99000033, 1));
    world_destroy(world);
}
END_TEST

/* Eight targets, two of them missing, one written through the others' state. */
START_TEST(targets_with_gaps_are_written_alone)
{
    static const char program[] = "ps_4_0\n"
                                  "dcl_output o0.xyzw\n"
                                  "dcl_output o1.xyzw\n"
                                  "dcl_output o2.xyzw\n"
                                  "dcl_output o5.xyzw\n"
                                  "dcl_output o7.xyzw\n"
                                  "mov o0.xyzw, l(1.0, 0, 0, 1.0)\n"
                                  "mov o1.xyzw, l(1.0, 1.0, 1.0, 1.0)\n"
                                  "mov o2.xyzw, l(0, 1.0, 0, 1.0)\n"
                                  "mov o5.xyzw, l(0, 0, 1.0, 1.0)\n"
                                  "mov o7.xyzw, l(1.0, 1.0, 0, 1.0)\n"
                                  "ret\n";
    struct world *world = world_create(false);

    add_scene(world);
    add_program(world, OTHER, AEROGPU_SHADER_STAGE_PIXEL, program);
    for (uint32_t i = 2; i < 8; i++)
        add_texture(world, WIDE + i, AEROGPU_FORMAT_R8G8B8A8_UNORM,
                    AEROGPU_RESOURCE_USAGE_RENDER_TARGET, EXTENT, EXTENT, 1);
    add_quad(world, -1, 1, 1, -1, 0.5f, source);
    world->targets = (struct stream_targets){ .color_count = 8,
                                              .colors = { TARGET, 0, WIDE + 2, WIDE + 3, 0,
                                                          WIDE + 5, WIDE + 6, WIDE + 7 } };
    add_state(world);
    stream_bind_shaders(&world->stream, COLOR_VS, OTHER, 0);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 5, 5), 0xFF0000FF);
    ck_assert_uint_eq(texel(world, WIDE + 2, 5, 5), 0x00FF00FF);
    ck_assert_uint_eq(texel(world, WIDE + 5, 5, 5), 0x0000FFFF);
    ck_assert_uint_eq(texel(world, WIDE + 7, 5, 5), 0xFFFF00FF);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_factor_and_operation_is_right,
        thousands_of_states_stay_apart,
        srgb_blends_in_linear_space,
        srgb_decodes_what_is_behind,
        b8g8r8a8_srgb_does_the_same,
        unorm_blends_as_it_is,
        alpha_behind_is_read,
        x8_has_an_alpha_of_one_behind,
        b8g8r8x8_has_an_alpha_of_one_behind,
        x8_srgb_has_an_alpha_of_one_behind,
        b5g6r5_has_an_alpha_of_one_behind,
        x8_stores_an_alpha_of_one,
        short_form_blends_alpha_as_colour,
        targets_with_gaps_are_written_alone,
    };

    return world_main("host blending", tests, sizeof(tests) / sizeof(tests[0]));
}
