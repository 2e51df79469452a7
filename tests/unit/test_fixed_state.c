/** State objects in wire form, and what is counted as lost (driver semantics 14.6-14.8). */
#include <stdlib.h>

#include "core/device.h"
#include "core/fixed_state.h"
#include "test_main.h"

static struct device *device;

static void set_up(void)
{
    device = calloc(1, sizeof(*device));
    ck_assert_ptr_nonnull(device);
    device->caps.abi_minor = 4;
    list_init(&device->objects);
    state_init(&device->state);
}

static void tear_down(void)
{
    free(device);
}

/* D3D blend factor; protocol factor as colour and as alpha; whether each is exact. */
static const struct {
    uint32_t d3d, color, alpha;
    bool is_color_exact, is_alpha_exact;
} factors[] = {
    { 1, 0, 0, true, true },    { 2, 1, 1, true, true },    { 3, 2, 2, false, true },
    { 4, 3, 3, false, true },   { 5, 2, 2, true, true },    { 6, 3, 3, true, true },
    { 7, 4, 4, true, true },    { 8, 5, 5, true, true },    { 9, 4, 4, false, true },
    { 10, 5, 5, false, true },  { 11, 1, 1, false, true },  { 14, 6, 6, true, true },
    { 15, 7, 7, true, true },   { 16, 2, 2, false, false }, { 17, 3, 3, false, false },
    { 18, 2, 2, false, false }, { 19, 3, 3, false, false },
};

static struct blend_state blend_with(uint32_t color, uint32_t alpha)
{
    struct blend_desc desc = { 0 };
    struct blend_state state;

    for (uint32_t i = 0; i < AEROGPU_MAX_RENDER_TARGETS; i++)
        desc.targets[i] = (struct blend_target_desc){
            true, color, 2, 1, alpha, 2, 1, 0xF,
        };
    blend_state_init(device, &state, &desc);
    return state;
}

START_TEST(blend_factor_of_colour_has_its_wire_value)
{
    const struct blend_state state = blend_with(factors[_i].d3d, 2);

    ck_assert_uint_eq(state.wire[0].src_factor, factors[_i].color);
    ck_assert_uint_eq(device->ledger.counts[LEDGER_BLEND_FACTOR], !factors[_i].is_color_exact);
}
END_TEST

START_TEST(blend_factor_of_alpha_has_its_wire_value)
{
    const struct blend_state state = blend_with(2, factors[_i].d3d);

    ck_assert_uint_eq(state.wire[0].src_factor_alpha, factors[_i].alpha);
    ck_assert_uint_eq(device->ledger.counts[LEDGER_BLEND_FACTOR], !factors[_i].is_alpha_exact);
}
END_TEST

START_TEST(factors_of_disabled_blending_are_not_lost)
{
    struct blend_desc desc = { .targets[0] = { .src = 3, .dst = 9 } };
    struct blend_state state;

    blend_state_init(device, &state, &desc);
    ck_assert_uint_eq(device->ledger.counts[LEDGER_BLEND_FACTOR], 0);
}
END_TEST

START_TEST(alpha_to_coverage_is_counted_as_lost)
{
    const struct blend_desc desc = { .has_alpha_to_coverage = true };
    struct blend_state state;

    blend_state_init(device, &state, &desc);
    ck_assert_uint_eq(device->ledger.counts[LEDGER_ALPHA_TO_COVERAGE], 1);
}
END_TEST

START_TEST(blend_operation_counts_from_zero)
{
    struct blend_desc desc = { 0 };
    struct blend_state state;

    desc.targets[0] =
        (struct blend_target_desc){ true, 2, 2, (uint32_t)_i, 2, 2, (uint32_t)_i, 0xF };
    blend_state_init(device, &state, &desc);
    ck_assert_uint_eq(state.wire[0].blend_op, (uint32_t)_i - 1);
    ck_assert_uint_eq(state.wire[0].blend_op_alpha, (uint32_t)_i - 1);
}
END_TEST

START_TEST(comparison_counts_from_zero)
{
    const struct depth_stencil_desc desc = { .depth_function = (uint32_t)_i };
    struct depth_stencil_state state;

    depth_stencil_state_init(device, &state, &desc);
    ck_assert_uint_eq(state.wire.depth_func, (uint32_t)_i - 1);
}
END_TEST

START_TEST(depth_is_not_written_without_its_test)
{
    const struct depth_stencil_desc desc = { .is_depth_written = true, .depth_function = 2 };
    struct depth_stencil_state state;

    depth_stencil_state_init(device, &state, &desc);
    ck_assert_uint_eq(state.wire.depth_write_enable, 0);
}
END_TEST

START_TEST(depth_is_written_with_its_test)
{
    const struct depth_stencil_desc desc = { .is_depth_enabled = true,
                                             .is_depth_written = true,
                                             .depth_function = 2 };
    struct depth_stencil_state state;

    depth_stencil_state_init(device, &state, &desc);
    ck_assert_uint_eq(state.wire.depth_write_enable, 1);
}
END_TEST

START_TEST(stencil_test_is_counted_as_lost)
{
    const struct depth_stencil_desc desc = { .is_stencil_enabled = true };
    struct depth_stencil_state state;

    depth_stencil_state_init(device, &state, &desc);
    ck_assert_uint_eq(device->ledger.counts[LEDGER_STENCIL], 1);
}
END_TEST

static struct rasterizer_state rasterizer_with(const struct rasterizer_desc *desc)
{
    struct rasterizer_state state;

    rasterizer_state_init(device, &state, desc);
    return state;
}

START_TEST(cull_mode_counts_from_zero)
{
    const struct rasterizer_desc desc = { .fill_mode = 3, .cull_mode = (uint32_t)_i };

    ck_assert_uint_eq(rasterizer_with(&desc).wire.cull_mode, (uint32_t)_i - 1);
}
END_TEST

START_TEST(wireframe_is_sent)
{
    const struct rasterizer_desc desc = { .fill_mode = 2, .cull_mode = 1 };

    ck_assert_uint_eq(rasterizer_with(&desc).wire.fill_mode, AEROGPU_FILL_WIREFRAME);
}
END_TEST

START_TEST(depth_clip_off_is_a_flag)
{
    const struct rasterizer_desc desc = { .fill_mode = 3, .cull_mode = 1 };

    ck_assert_uint_eq(rasterizer_with(&desc).wire.flags,
                      AEROGPU_RASTERIZER_FLAG_DEPTH_CLIP_DISABLE);
}
END_TEST

START_TEST(depth_clip_flag_needs_a_device_of_minor_2)
{
    const struct rasterizer_desc desc = { .fill_mode = 3, .cull_mode = 1 };

    device->caps.abi_minor = 1;
    ck_assert_uint_eq(rasterizer_with(&desc).wire.flags, AEROGPU_RASTERIZER_FLAG_NONE);
}
END_TEST

START_TEST(slope_scaled_bias_is_counted_as_lost)
{
    const struct rasterizer_desc desc = { .fill_mode = 3,
                                          .cull_mode = 1,
                                          .slope_scaled_depth_bias = 1.0f };

    rasterizer_with(&desc);
    ck_assert_uint_eq(device->ledger.counts[LEDGER_DEPTH_BIAS], 1);
}
END_TEST

START_TEST(constant_bias_is_sent_and_not_lost)
{
    const struct rasterizer_desc desc = { .fill_mode = 3, .cull_mode = 1, .depth_bias = -7 };

    ck_assert_int_eq(rasterizer_with(&desc).wire.depth_bias, -7);
    ck_assert_uint_eq(device->ledger.counts[LEDGER_DEPTH_BIAS], 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fixed_state");
    TCase *tcase = tcase_create("fixed_state");
    const int factor_count = (int)(sizeof(factors) / sizeof(factors[0]));

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, blend_factor_of_colour_has_its_wire_value, 0, factor_count);
    tcase_add_loop_test(tcase, blend_factor_of_alpha_has_its_wire_value, 0, factor_count);
    tcase_add_test(tcase, factors_of_disabled_blending_are_not_lost);
    tcase_add_test(tcase, alpha_to_coverage_is_counted_as_lost);
    tcase_add_loop_test(tcase, blend_operation_counts_from_zero, 1, 6);
    tcase_add_loop_test(tcase, comparison_counts_from_zero, 1, 9);
    tcase_add_test(tcase, depth_is_not_written_without_its_test);
    tcase_add_test(tcase, depth_is_written_with_its_test);
    tcase_add_test(tcase, stencil_test_is_counted_as_lost);
    tcase_add_loop_test(tcase, cull_mode_counts_from_zero, 1, 4);
    tcase_add_test(tcase, wireframe_is_sent);
    tcase_add_test(tcase, depth_clip_off_is_a_flag);
    tcase_add_test(tcase, depth_clip_flag_needs_a_device_of_minor_2);
    tcase_add_test(tcase, slope_scaled_bias_is_counted_as_lost);
    tcase_add_test(tcase, constant_bias_is_sent_and_not_lost);
    suite_add_tcase(suite, tcase);
    return test_run(suite);
}
