/* Presenting a finished surface, and what DXGI asks about gamma (driver semantics 19, 19.1). */
#include "aerogpu_cmd.h"
#include "scene.h"

static struct kernel *kernel;
static struct scene scene;

static bool begin(void)
{
    kernel = scenario_kernel(NULL);
    if (!scene_create(&scene, scenario_device(kernel, RT_D3D11)))
        return false;
    scene_bind(&scene);
    return true;
}

static HRESULT present(bool is_flip, DXGI_DDI_FLIP_INTERVAL_TYPE interval)
{
    return d3d_present(scene.back_buffer, NULL, is_flip, interval);
}

static void present_ends_in_the_callback_of_dxgi(void)
{
    CHECK(begin());
    CHECK_HR(present(false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE), S_OK);
    CHECK_EQ(kernel_presents(kernel), 1);
}

static void present_names_the_surface(void)
{
    struct kernel_allocation_info info;

    CHECK(begin());
    CHECK_HR(present(true, DXGI_DDI_FLIP_INTERVAL_ONE), S_OK);
    CHECK(kernel_allocation(kernel, 0, &info));
    CHECK_EQ(kernel_present(kernel, 0)->source_alloc_id, info.alloc_id);
}

static void present_to_a_window_names_both_surfaces(void)
{
    struct rt_object *window;
    struct kernel_allocation_info info;

    CHECK(begin());
    window = scene_create_back_buffer(scene.device);
    CHECK(window);
    CHECK_HR(d3d_present(scene.back_buffer, window, false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE), S_OK);
    CHECK(kernel_allocation(kernel, 1, &info));
    CHECK_EQ(kernel_present(kernel, 0)->target_alloc_id, info.alloc_id);
}

static void present_shows_the_surface_whatever_is_bound(void)
{
    struct rt_object *other, *other_rtv;
    const struct aerogpu_cmd_set_render_targets *set;
    const struct aerogpu_cmd_create_texture2d *created;

    CHECK(begin());
    other = d3d_create_target(scene.device, 8, 8, DXGI_FORMAT_B8G8R8A8_UNORM);
    other_rtv = d3d_create_rtv(other, NULL);
    CHECK(other_rtv);
    d3d_clear_target(scene.device, other_rtv, 0.0f, 0.0f, 0.0f, 0.0f);
    CHECK_HR(present(false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE), S_OK);
    created = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_TEXTURE2D, 0);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, 1);
    CHECK(created && set);
    CHECK_EQ(set->colors[0], created->texture_handle);
}

static void draw_after_a_present_has_its_state(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    CHECK_HR(present(false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE), S_OK);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 2);
}

static void interval_waits_for_the_vertical_blank(void)
{
    const struct aerogpu_cmd_present *packet;

    CHECK(begin());
    CHECK_HR(present(true, DXGI_DDI_FLIP_INTERVAL_TWO), S_OK);
    packet = kernel_find_packet(kernel, AEROGPU_CMD_PRESENT, 0);
    CHECK_EQ(packet->flags, AEROGPU_PRESENT_FLAG_VSYNC);
}

static void immediate_present_waits_for_nothing(void)
{
    const struct aerogpu_cmd_present *packet;

    CHECK(begin());
    CHECK_HR(present(true, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE), S_OK);
    packet = kernel_find_packet(kernel, AEROGPU_CMD_PRESENT, 0);
    CHECK_EQ(packet->flags, AEROGPU_PRESENT_FLAG_NONE);
}

static void device_without_vertical_blank_is_not_asked_to_wait(void)
{
    struct kernel_config config;
    const struct aerogpu_cmd_present *packet;

    kernel_config_init(&config);
    config.blob.device_features &= ~(uint64_t)AEROGPU_FEATURE_VBLANK;
    kernel = scenario_kernel(&config);
    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    CHECK_HR(present(true, DXGI_DDI_FLIP_INTERVAL_ONE), S_OK);
    packet = kernel_find_packet(kernel, AEROGPU_CMD_PRESENT, 0);
    CHECK_EQ(packet->flags, AEROGPU_PRESENT_FLAG_NONE);
}

static void surface_without_memory_of_the_kernel_is_invalid(void)
{
    struct rt_object *target;

    CHECK(begin());
    target = d3d_create_target(scene.device, 8, 8, DXGI_FORMAT_B8G8R8A8_UNORM);
    CHECK(target);
    CHECK_HR(d3d_present(target, NULL, false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE), E_INVALIDARG);
    CHECK_EQ(kernel_presents(kernel), 0);
}

static void code_of_the_callback_is_passed_on(void)
{
    CHECK(begin());
    kernel_fail(kernel, KERNEL_DXGI_PRESENT, 1, E_OUTOFMEMORY);
    CHECK_HR(present(false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE), E_OUTOFMEMORY);
}

static void device_removed_by_the_callback_is_lost(void)
{
    CHECK(begin());
    kernel_fail(kernel, KERNEL_DXGI_PRESENT, 1, D3DDDIERR_DEVICEREMOVED);
    CHECK_HR(present(false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE), D3DDDIERR_DEVICEREMOVED);
    CHECK(!d3d_create_buffer_with(scene.device, D3D10_DDI_BIND_VERTEX_BUFFER, scene_vertices, 16));
    CHECK_HR(rt_error(scene.device), D3DDDIERR_DEVICEREMOVED);
}

static void gamma_is_an_identity_ramp(void)
{
    DXGI_GAMMA_CONTROL_CAPABILITIES caps = { .ScaleAndOffsetSupported = TRUE };
    DXGI_DDI_ARG_GET_GAMMA_CONTROL_CAPS argument = { .pGammaCapabilities = &caps };
    HRESULT result;

    CHECK(begin());
    argument.hDevice = (DXGI_DDI_HDEVICE)rt_handle(scene.device).pDrvPrivate;
    RT_DXGI(scene.device, pfnGetGammaCaps, result, &argument);
    CHECK_HR(result, S_OK);
    CHECK(!caps.ScaleAndOffsetSupported);
    CHECK(caps.MinConvertedValue == 0.0f && caps.MaxConvertedValue == 1.0f);
    CHECK(caps.NumGammaControlPoints >= 2);
    CHECK(caps.ControlPointPositions[0] == 0.0f);
    CHECK(caps.ControlPointPositions[caps.NumGammaControlPoints - 1] == 1.0f);
}

static const struct tap_test tests[] = {
    TAP_TEST(present_ends_in_the_callback_of_dxgi),
    TAP_TEST(present_names_the_surface),
    TAP_TEST(present_to_a_window_names_both_surfaces),
    TAP_TEST(present_shows_the_surface_whatever_is_bound),
    TAP_TEST(draw_after_a_present_has_its_state),
    TAP_TEST(interval_waits_for_the_vertical_blank),
    TAP_TEST(immediate_present_waits_for_nothing),
    TAP_TEST(device_without_vertical_blank_is_not_asked_to_wait),
    TAP_TEST(surface_without_memory_of_the_kernel_is_invalid),
    TAP_TEST(code_of_the_callback_is_passed_on),
    TAP_TEST(device_removed_by_the_callback_is_lost),
    TAP_TEST(gamma_is_an_identity_ramp),
};

TAP_MAIN(tests)
