/*
 * The demo's scene through the whole DDI: render to texture, depth, blending, constants that change
 * between draws, presents and back buffers that change places. What it looks like is the matter of
 * tests/pixel.
 */
#include "aerogpu_cmd.h"
#include "demo/demo.h"
#include "runtime/scenario.h"

static struct kernel *kernel;
static struct demo demo;

static bool begin(enum rt_level level)
{
    kernel = scenario_kernel(NULL);
    return demo_create(&demo, scenario_device(kernel, level));
}

static void draw_frames(enum rt_level level, int count)
{
    CHECK(begin(level));
    for (int frame = 0; frame < count; frame++)
        CHECK_HR(demo_frame(&demo, frame), S_OK);
    CHECK_EQ(kernel_presents(kernel), count);
    /* Per frame: sky and scaling; knot and balls twice, floor once. */
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 2 * count);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW_INDEXED), 9 * count);
}

static void two_frames_are_drawn_on_11_0(void)
{
    draw_frames(RT_D3D11, 2);
}

static void two_frames_are_drawn_on_10_1(void)
{
    draw_frames(RT_D3D10_1, 2);
}

static void two_frames_are_drawn_on_10_0(void)
{
    draw_frames(RT_D3D10, 2);
}

static void one_revolution_is_drawn_on_11_0(void)
{
    draw_frames(RT_D3D11, DEMO_FRAMES);
}

static void frames_are_shown_from_both_back_buffers_in_turn(void)
{
    CHECK(begin(RT_D3D11));
    for (int frame = 0; frame < 3; frame++)
        CHECK_HR(demo_frame(&demo, frame), S_OK);
    CHECK(kernel_present(kernel, 0)->source_alloc_id != kernel_present(kernel, 1)->source_alloc_id);
    CHECK_EQ(kernel_present(kernel, 2)->source_alloc_id,
             kernel_present(kernel, 0)->source_alloc_id);
}

static const struct tap_test tests[] = {
    TAP_TEST(two_frames_are_drawn_on_11_0),
    TAP_TEST(two_frames_are_drawn_on_10_1),
    TAP_TEST(two_frames_are_drawn_on_10_0),
    TAP_TEST(one_revolution_is_drawn_on_11_0),
    TAP_TEST(frames_are_shown_from_both_back_buffers_in_turn),
};

TAP_MAIN(tests)
