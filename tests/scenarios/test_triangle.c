/*
 * The triangle: all that a first picture takes, through the whole DDI, on each of the three device
 * tables. What they submit is one golden text (tests/golden/triangle.txt).
 */
#include "aerogpu_cmd.h"
#include "scene.h"

static void draw_on(enum rt_level level)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_device *device = scenario_device(kernel, level);
    struct scene scene;

    CHECK(scene_create(&scene, device));
    scene_bind(&scene);
    CHECK_HR(scene_frame(&scene), S_OK);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW_INDEXED), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_PRESENT), 1);
    scene_destroy(&scene);
    CHECK_EQ(kernel_live_allocations(kernel), 0);
}

static void triangle_is_drawn_on_11_0(void)
{
    draw_on(RT_D3D11);
}

static void triangle_is_drawn_on_10_1(void)
{
    draw_on(RT_D3D10_1);
}

static void triangle_is_drawn_on_10_0(void)
{
    draw_on(RT_D3D10);
}

static void second_draw_of_unchanged_state_sends_a_draw_alone(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct scene scene;
    size_t one_draw_bytes;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0); /* puts shader and layout on the wire */
    d3d_flush(scene.device);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    one_draw_bytes = kernel_submission(kernel, kernel_submissions(kernel) - 1)->stream_bytes;
    d3d_draw(scene.device, 3, 0);
    scene_bind(&scene); /* the same again */
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_submission(kernel, kernel_submissions(kernel) - 1)->stream_bytes,
             one_draw_bytes + sizeof(struct aerogpu_cmd_draw));
}

static void clear_leaves_the_targets_of_the_next_draw_alone(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    const struct aerogpu_cmd_set_render_targets *last;
    struct rt_object *other, *other_rtv;
    struct scene scene;
    size_t sets;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    other = d3d_create_target(scene.device, SCENE_SIDE, SCENE_SIDE, DXGI_FORMAT_B8G8R8A8_UNORM);
    other_rtv = d3d_create_rtv(other, NULL);
    CHECK(other && other_rtv);
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0);
    d3d_clear_target(scene.device, other_rtv, 0.0f, 0.0f, 0.0f, 0.0f);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    sets = kernel_count_packets(kernel, AEROGPU_CMD_SET_RENDER_TARGETS);
    CHECK_EQ(sets, 3);
    last = kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, 2);
    CHECK_BYTES(last, kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, 0), sizeof(*last));
}

static const struct tap_test tests[] = {
    TAP_TEST(triangle_is_drawn_on_11_0),
    TAP_TEST(triangle_is_drawn_on_10_1),
    TAP_TEST(triangle_is_drawn_on_10_0),
    TAP_TEST(second_draw_of_unchanged_state_sends_a_draw_alone),
    TAP_TEST(clear_leaves_the_targets_of_the_next_draw_alone),
};

TAP_MAIN(tests)
