/*
 * Where a stream ends and the next begins: small buffers, short lists, large contents, objects that
 * go while a submission is on its way, and devices that are lost (driver semantics 8.4, 9.7, 17).
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"

enum {
    SMALLEST_BUFFER = 4096,
    SHORTEST_LIST = 16,
    DRAWS = 400,
};

/* A machine with the least that a driver must live with. */
static struct kernel *smallest_kernel(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.command_buffer_bytes = SMALLEST_BUFFER;
    config.allocation_list_entries = SHORTEST_LIST;
    return scenario_kernel(&config);
}

static void draws_split_over_small_buffers_all_arrive(void)
{
    struct kernel *kernel = smallest_kernel();
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    for (int i = 0; i < DRAWS; i++)
        d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), DRAWS);
    CHECK(kernel_submissions(kernel) > 2);
}

static void draws_that_change_state_split_over_small_buffers(void)
{
    struct kernel *kernel = smallest_kernel();
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D10)));
    scene_bind(&scene);
    for (int i = 0; i < DRAWS; i++) {
        struct rt_object *const buffer = i % 2 ? scene.transform : scene.material;

        d3d_set_constant_buffers(scene.device, D3D_PS, 0, 1, &buffer);
        d3d_set_viewport(scene.device, 0.0f, 0.0f, (FLOAT)(1 + i % 7), SCENE_SIDE);
        d3d_draw_indexed(scene.device, 3, 0, i);
    }
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW_INDEXED), DRAWS);
}

static void submission_that_draws_binds_its_shaders_once(void)
{
    struct kernel *kernel = smallest_kernel();
    struct scene scene;
    size_t created;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    created = kernel_submissions(kernel);
    for (int i = 0; i < DRAWS; i++)
        d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_BIND_SHADERS),
             1 + kernel_submissions(kernel) - created);
}

static void more_targets_than_list_entries_split_the_stream(void)
{
    enum { TARGETS = 2 * SHORTEST_LIST + 3 };
    struct kernel *kernel = smallest_kernel();
    struct rt_device *device = scenario_device(kernel, RT_D3D11);
    struct rt_object *rtvs[TARGETS];

    CHECK(device);
    for (int i = 0; i < TARGETS; i++) {
        struct rt_object *buffer = scene_create_back_buffer(device);

        CHECK(buffer);
        rtvs[i] = d3d_create_rtv(buffer, NULL);
        CHECK(rtvs[i]);
    }
    for (int i = 0; i < TARGETS; i++)
        d3d_clear_target(device, rtvs[i], 1.0f, 1.0f, 1.0f, 1.0f);
    d3d_flush(device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CLEAR), TARGETS);
}

static void buffer_larger_than_the_command_buffer_arrives_whole(void)
{
    enum { BYTES = 3 * SMALLEST_BUFFER + 10 };
    struct kernel *kernel = smallest_kernel();
    struct rt_device *device = scenario_device(kernel, RT_D3D11);
    static uint8_t contents[BYTES + 2];
    static uint8_t arrived[BYTES + 2];
    const struct aerogpu_cmd_upload_resource *upload;

    for (int i = 0; i < BYTES; i++)
        contents[i] = (uint8_t)(i * 7 + i / 251);
    CHECK(device);
    CHECK(d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, contents, BYTES));
    d3d_flush(device);
    memset(arrived, 0xEE, sizeof(arrived));
    for (size_t n = 0; (upload = kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE, n)); n++)
        memcpy(arrived + upload->offset_bytes, upload + 1, (size_t)upload->size_bytes);
    CHECK_BYTES(arrived, contents, sizeof(contents));
}

static struct rt_object *create_texture_with_contents(struct rt_device *device)
{
    static uint32_t texels[64][64];
    const D3D10_DDIARG_SUBRESOURCE_UP initial = { texels, sizeof(texels[0]), sizeof(texels) };
    const struct d3d_texture_desc desc = {
        .width = 64,
        .height = 64,
        .format = DXGI_FORMAT_R8G8B8A8_UNORM,
        .bind = D3D10_DDI_BIND_RENDER_TARGET,
    };

    return d3d_create_texture(device, &desc, &initial);
}

static void texture_larger_than_the_command_buffer_asks_for_a_bigger_one(void)
{
    struct kernel *kernel = smallest_kernel();
    struct rt_device *device = scenario_device(kernel, RT_D3D11);

    CHECK(device);
    CHECK(create_texture_with_contents(device));
    d3d_flush(device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE), 1);
}

static void texture_larger_than_any_command_buffer_is_out_of_memory(void)
{
    struct kernel *kernel = smallest_kernel();
    struct rt_device *device = scenario_device(kernel, RT_D3D11);

    CHECK(device);
    kernel_settings(kernel)->max_command_buffer_bytes = SMALLEST_BUFFER;
    CHECK(!create_texture_with_contents(device));
    CHECK_HR(rt_error(device), E_OUTOFMEMORY);
}

static void refused_texture_leaves_nothing_on_the_host(void)
{
    struct kernel *kernel = smallest_kernel();
    struct rt_device *device = scenario_device(kernel, RT_D3D11);

    CHECK(device);
    kernel_settings(kernel)->max_command_buffer_bytes = SMALLEST_BUFFER;
    CHECK(!create_texture_with_contents(device));
    d3d_flush(device);
    CHECK_EQ(kernel_live_objects(kernel, AEROGPU_OBJECT_TEXTURE), 0);
}

static void destroys_from_inside_a_callback(enum rt_level level)
{
    struct kernel *kernel = smallest_kernel();
    struct scene scene;
    struct rt_object *extra;

    CHECK(scene_create(&scene, scenario_device(kernel, level)));
    extra = d3d_create_buffer_with(scene.device, D3D10_DDI_BIND_VERTEX_BUFFER, scene_vertices,
                                   sizeof(scene_vertices));
    CHECK(extra);
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0);
    d3d_destroy_later(extra);
    d3d_flush(scene.device); /* the runtime destroys it in here */
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DESTROY_RESOURCE), 1);
}

static void object_destroyed_inside_the_amortized_callback_goes(void)
{
    destroys_from_inside_a_callback(RT_D3D11);
}

static void object_destroyed_inside_render_goes(void)
{
    destroys_from_inside_a_callback(RT_D3D10);
}

static void draw_after_a_destroy_inside_a_callback_has_its_state(void)
{
    struct kernel *kernel = smallest_kernel();
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D10_1)));
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0);
    d3d_set_constant_buffers(scene.device, D3D_PS, 0, 1, &scene.transform);
    d3d_destroy_later(scene.material);
    d3d_flush(scene.device);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 2);
}

static void removed_device_is_reported_by_the_call_that_notices(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    kernel_remove_device(kernel);
    d3d_flush(scene.device);
    CHECK_HR(rt_error(scene.device), D3DDDIERR_DEVICEREMOVED);
}

static void draw_on_a_removed_device_is_silent(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    kernel_remove_device(kernel);
    d3d_flush(scene.device);
    d3d_draw(scene.device, 3, 0);
    CHECK_HR(rt_error(scene.device), S_OK);
}

static void create_on_a_removed_device_says_so(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    kernel_remove_device(kernel);
    d3d_flush(scene.device);
    CHECK(!d3d_create_buffer_with(scene.device, D3D10_DDI_BIND_VERTEX_BUFFER, scene_vertices,
                                  sizeof(scene_vertices)));
    CHECK_HR(rt_error(scene.device), D3DDDIERR_DEVICEREMOVED);
}

static void submission_that_runs_out_of_memory_is_tried_again(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0);
    kernel_fail_render_keeping_buffers(kernel, 1, E_OUTOFMEMORY);
    d3d_flush(scene.device);
    CHECK_HR(rt_error(scene.device), S_OK);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 1);
}

static void lost_stream_loses_the_device(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    kernel_fail(kernel, KERNEL_RENDER, 1, E_OUTOFMEMORY);
    d3d_flush(scene.device);
    CHECK_HR(rt_error(scene.device), D3DDDIERR_DEVICEREMOVED);
}

static void allocation_that_fails_leaves_no_resource(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_device *device = scenario_device(kernel, RT_D3D11);

    CHECK(device);
    kernel_fail(kernel, KERNEL_ALLOCATE, 1, E_OUTOFMEMORY);
    CHECK(!scene_create_back_buffer(device));
    CHECK_HR(rt_error(device), E_OUTOFMEMORY);
}

static void pitch_that_outgrows_the_allocation_is_refused(void)
{
    struct kernel_config config;
    struct kernel *kernel;

    kernel_config_init(&config);
    config.pitch_alignment = 4096;
    kernel = scenario_kernel(&config);
    CHECK(!scene_create_back_buffer(scenario_device(kernel, RT_D3D11)));
    CHECK_EQ(kernel_live_allocations(kernel), 0);
}

static const struct tap_test tests[] = {
    TAP_TEST(draws_split_over_small_buffers_all_arrive),
    TAP_TEST(draws_that_change_state_split_over_small_buffers),
    TAP_TEST(submission_that_draws_binds_its_shaders_once),
    TAP_TEST(more_targets_than_list_entries_split_the_stream),
    TAP_TEST(buffer_larger_than_the_command_buffer_arrives_whole),
    TAP_TEST(texture_larger_than_the_command_buffer_asks_for_a_bigger_one),
    TAP_TEST(texture_larger_than_any_command_buffer_is_out_of_memory),
    TAP_TEST(refused_texture_leaves_nothing_on_the_host),
    TAP_TEST(object_destroyed_inside_the_amortized_callback_goes),
    TAP_TEST(object_destroyed_inside_render_goes),
    TAP_TEST(draw_after_a_destroy_inside_a_callback_has_its_state),
    TAP_TEST(removed_device_is_reported_by_the_call_that_notices),
    TAP_TEST(draw_on_a_removed_device_is_silent),
    TAP_TEST(create_on_a_removed_device_says_so),
    TAP_TEST(submission_that_runs_out_of_memory_is_tried_again),
    TAP_TEST(lost_stream_loses_the_device),
    TAP_TEST(allocation_that_fails_leaves_no_resource),
    TAP_TEST(pitch_that_outgrows_the_allocation_is_refused),
};

TAP_MAIN(tests)
