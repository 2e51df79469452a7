/*
 * Creating and destroying devices: arguments, levels, tables, contexts, what is left behind (driver
 * semantics 5, 9.9, 17.1, 17.4). That tables are complete and of exact size, and that nothing
 * leaks, the fake runtime checks in every one of these tests.
 */
#include <string.h>

#include "runtime/scenario.h"

/* A device that is about to be created, on a machine of its own. */
static struct rt_device *prepare_on(const struct kernel_config *config, enum rt_level level,
                                    const struct rt_device_desc *desc)
{
    struct rt_adapter *adapter = scenario_adapter(scenario_kernel(config));

    if (adapter == NULL)
        tap_bail_out("no adapter, no device");
    return rt_device_prepare(adapter, level, desc);
}

static struct rt_device *prepare(enum rt_level level)
{
    return prepare_on(NULL, level, NULL);
}

/* ---- Every interface ---- */

static void a_device_of_every_level_comes_and_goes(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++)
        CHECK(SUCCEEDED(rt_device_start(prepare(level))));
}

static void a_device_of_every_interface_comes_and_goes(void)
{
    static const struct {
        enum rt_level level;
        UINT interface_version;
    } rows[] = {
        { RT_D3D10, D3D10_0_DDI_INTERFACE_VERSION },
        { RT_D3D10, D3D10_0_x_vista_DDI_INTERFACE_VERSION },
        { RT_D3D10, D3D10_0_x_DDI_INTERFACE_VERSION },
        { RT_D3D10, D3D10_0_7_DDI_INTERFACE_VERSION },
        { RT_D3D10_1, D3D10_1_DDI_INTERFACE_VERSION },
        { RT_D3D10_1, D3D10_1_x_vista_DDI_INTERFACE_VERSION },
        { RT_D3D10_1, D3D10_1_x_DDI_INTERFACE_VERSION },
        { RT_D3D10_1, D3D10_1_7_DDI_INTERFACE_VERSION },
        { RT_D3D11, D3D11_0_DDI_INTERFACE_VERSION },
        { RT_D3D11, D3D11_0_7_DDI_INTERFACE_VERSION },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct rt_device_desc desc = { .interface_version = rows[i].interface_version };

        tap_note("interface 0x%08x", rows[i].interface_version);
        CHECK(SUCCEEDED(rt_device_start(prepare_on(NULL, rows[i].level, &desc))));
    }
}

static void a_10_0_device_comes_from_open_adapter_10(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_adapter *adapter = rt_adapter_prepare(kernel, NULL, RT_OPEN_ADAPTER_10,
                                                    D3D10_0_DDI_INTERFACE_VERSION, 0x00041DB0);

    CHECK_HR(rt_adapter_start(adapter), S_OK);
    CHECK(rt_device_create(adapter, RT_D3D10) != NULL);
}

/* The interface at creation may differ from the one seen at the open (DDI facts 3). */
static void a_10_1_device_comes_from_an_adapter_opened_for_10_0(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_adapter *adapter = rt_adapter_prepare(kernel, NULL, RT_OPEN_ADAPTER_10,
                                                    D3D10_0_DDI_INTERFACE_VERSION, 0x00041DB0);

    CHECK_HR(rt_adapter_start(adapter), S_OK);
    CHECK(rt_device_create(adapter, RT_D3D10_1) != NULL);
}

static void the_runtime_says_which_dxgi_table_it_has(void)
{
    static const struct {
        enum rt_level level;
        UINT version;
        UINT slots;
    } rows[] = {
        { RT_D3D10, 4 << 16 | 6000, 7 },   { RT_D3D10, 4 << 16 | 6008, 7 },
        { RT_D3D10, 4 << 16 | 6009, 8 },   { RT_D3D10_1, 1 << 16 | 6008, 7 },
        { RT_D3D10_1, 1 << 16 | 6009, 8 }, { RT_D3D11, 2 << 16 | 8, 7 },
        { RT_D3D11, 2 << 16 | 9, 8 },      { RT_D3D11, 2 << 16 | 7600, 8 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct rt_device_desc desc = { .version = rows[i].version };
        struct rt_device *device = prepare_on(NULL, rows[i].level, &desc);

        tap_note("%s, version 0x%08x", rt_level_name(rows[i].level), rows[i].version);
        CHECK(SUCCEEDED(rt_device_start(device)));
        CHECK_EQ(rt_device_dxgi_slots(device), rows[i].slots);
    }
}

static void windowed_presents_are_not_redirected(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++)
        CHECK_HR(rt_device_start(prepare(level)), DXGI_STATUS_NO_REDIRECTION);
}

static void an_unknown_interface_is_refused(void)
{
    static const UINT unknown[] = { 0x000A0005, 0x000A000B, D3D11_0_vista_DDI_INTERFACE_VERSION,
                                    0x000B000C, 0x000C0001, 0xFFFFFFFF };

    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        const struct rt_device_desc desc = { .interface_version = unknown[i] };
        const HRESULT result = rt_device_start(prepare_on(NULL, RT_D3D11, &desc));

        tap_note("interface 0x%08x", unknown[i]);
        CHECK(result == E_INVALIDARG || result == E_NOINTERFACE);
    }
}

/* ---- Arguments ---- */

static void a_null_argument_is_invalid(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++)
        CHECK_HR(rt_device_start_without_argument(prepare(level)), E_INVALIDARG);
}

static void no_private_memory_is_invalid(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = prepare(level);

        rt_device_arg(device)->hDrvDevice.pDrvPrivate = NULL;
        CHECK_HR(rt_device_start(device), E_INVALIDARG);
    }
}

static void no_kernel_callbacks_are_invalid(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = prepare(level);

        rt_device_arg(device)->pKTCallbacks = NULL;
        CHECK_HR(rt_device_start(device), E_INVALIDARG);
    }
}

static void no_core_layer_callbacks_are_invalid(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = prepare(level);

        rt_device_arg(device)->pUMCallbacks = NULL;
        CHECK_HR(rt_device_start(device), E_INVALIDARG);
    }
}

static void no_function_table_is_invalid(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = prepare(level);

        rt_device_arg(device)->pDeviceFuncs = NULL;
        CHECK_HR(rt_device_start(device), E_INVALIDARG);
    }
}

static void a_pipeline_above_10_0_is_invalid(void)
{
    static const UINT pipelines[] = { D3D11DDI_3DPIPELINELEVEL_10_1, D3D11DDI_3DPIPELINELEVEL_11_0,
                                      7 };

    for (size_t i = 0; i < sizeof(pipelines) / sizeof(pipelines[0]); i++) {
        const struct rt_device_desc desc = {
            .flags = pipelines[i] << D3D11DDI_CREATEDEVICE_FLAG_3DPIPELINESUPPORT_SHIFT
        };

        CHECK_HR(rt_device_start(prepare_on(NULL, RT_D3D11, &desc)), E_INVALIDARG);
    }
}

static void thread_flags_are_accepted(void)
{
    const struct rt_device_desc desc = {
        .flags = D3D10DDI_CREATEDEVICE_FLAG_DISABLE_EXTRA_THREAD_CREATION |
                 D3D11DDI_CREATEDEVICE_FLAG_SINGLETHREADED
    };

    CHECK(SUCCEEDED(rt_device_start(prepare_on(NULL, RT_D3D11, &desc))));
}

/* ---- The context ---- */

static HRESULT start_with_failing_context(HRESULT failure)
{
    struct rt_device *device = prepare(RT_D3D11);

    kernel_fail(rt_device_kernel(device), KERNEL_CREATE_CONTEXT, 1, failure);
    return rt_device_start(device);
}

static void a_failing_context_fails_the_device_with_its_code(void)
{
    CHECK_HR(start_with_failing_context(E_OUTOFMEMORY), E_OUTOFMEMORY);
    CHECK_HR(start_with_failing_context(D3DDDIERR_DEVICEREMOVED), D3DDDIERR_DEVICEREMOVED);
}

static void an_unknown_code_of_a_failing_context_becomes_no_memory(void)
{
    CHECK_HR(start_with_failing_context((HRESULT)0xC01E0123), E_OUTOFMEMORY);
}

/* The result of a device whose context has these sizes. */
static HRESULT start_with_sizes(UINT command_buffer_bytes, UINT allocation_list_entries)
{
    struct kernel_config config;
    struct rt_device *device;
    HRESULT result;

    kernel_config_init(&config);
    config.command_buffer_bytes = command_buffer_bytes;
    config.allocation_list_entries = allocation_list_entries;
    device = prepare_on(&config, RT_D3D11, NULL);
    result = rt_device_start(device);
    if (FAILED(result) && kernel_live_contexts(rt_device_kernel(device)) != 0)
        tap_fail(__FILE__, __LINE__, "the context outlives the device");
    return result;
}

static void the_smallest_context_is_enough(void)
{
    CHECK(SUCCEEDED(start_with_sizes(4096, 16)));
}

static void a_large_context_is_fine(void)
{
    CHECK(SUCCEEDED(start_with_sizes(1024 * 1024, 4096)));
}

static void a_command_buffer_that_is_too_small_is_refused(void)
{
    CHECK_HR(start_with_sizes(4092, 16), E_OUTOFMEMORY);
    CHECK_HR(start_with_sizes(16, 16), E_OUTOFMEMORY);
}

static void an_allocation_list_that_is_too_short_is_refused(void)
{
    CHECK_HR(start_with_sizes(4096, 15), E_OUTOFMEMORY);
    CHECK_HR(start_with_sizes(4096, 0), E_OUTOFMEMORY);
}

/* ---- Living and dying ---- */

static void a_flush_of_nothing_submits_nothing(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_device *device = scenario_device(kernel, level);

        CHECK(device != NULL);
        d3d_flush(device);
        d3d_flush(device);
        CHECK_EQ(kernel_submissions(kernel), 0);
    }
}

static void a_device_that_did_nothing_submits_nothing(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct kernel *kernel = scenario_kernel(NULL);

        CHECK(scenario_device(kernel, level) != NULL);
        scenario_finish(kernel);
        CHECK_EQ(kernel_submissions(kernel), 0);
        CHECK_EQ(kernel_live_contexts(kernel), 0);
    }
}

/* One object of most kinds; how many were created. */
static unsigned create_objects(struct rt_device *device)
{
    static const float data[16] = { 0.0f };
    const struct d3d_texture_desc depth = { .width = 16,
                                            .height = 16,
                                            .format = DXGI_FORMAT_D24_UNORM_S8_UINT,
                                            .bind = D3D10_DDI_BIND_DEPTH_STENCIL };
    struct rt_object *target = d3d_create_target(device, 16, 16, DXGI_FORMAT_B8G8R8A8_UNORM);
    struct rt_object *objects[] = {
        target,
        d3d_create_rtv(target, NULL),
        d3d_create_texture(device, &depth, NULL),
        d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, data, sizeof(data)),
        d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER, data, sizeof(data)),
        d3d_create_blend_state(device, NULL),
        d3d_create_depth_stencil_state(device, NULL),
        d3d_create_rasterizer_state(device, NULL),
    };
    unsigned count = 0;

    for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
        count += objects[i] != NULL;
    return count;
}

static void objects_left_by_the_application_go_with_the_device(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_device *device = scenario_device(kernel, level);

        CHECK(device != NULL);
        CHECK_EQ(create_objects(device), 8);
        scenario_finish(kernel);
        CHECK_EQ(kernel_live_allocations(kernel), 0);
    }
}

static void objects_left_by_the_runtime_go_with_the_device(void)
{
    const struct rt_device_desc desc = { .keep_objects = true };

    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = prepare_on(NULL, level, &desc);
        struct kernel *kernel = rt_device_kernel(device);

        CHECK(SUCCEEDED(rt_device_start(device)));
        CHECK_EQ(create_objects(device), 8);
        scenario_finish(kernel);
        CHECK_EQ(kernel_live_allocations(kernel), 0);
        CHECK_EQ(kernel_live_objects(kernel, AEROGPU_OBJECT_TEXTURE), 0);
        CHECK_EQ(kernel_live_objects(kernel, AEROGPU_OBJECT_BUFFER), 0);
    }
}

static void a_device_survives_the_move_of_its_table(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = scenario_device(scenario_kernel(NULL), level);

        CHECK(device != NULL);
        rt_device_relocate(device);
        d3d_flush(device);
        CHECK_EQ(create_objects(device), 8);
    }
}

/* A driver that touched a buffer it gave back would end this program. */
static void nothing_is_left_of_a_buffer_once_it_is_submitted(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.hide_retired = true;
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = scenario_device(scenario_kernel(&config), level);

        CHECK(device != NULL);
        CHECK_EQ(create_objects(device), 8);
        d3d_flush(device);
        CHECK_EQ(create_objects(device), 8);
        d3d_flush(device);
    }
}

static void devices_of_one_adapter_do_not_disturb_each_other(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_adapter *adapter = scenario_adapter(kernel);
    struct rt_device *first;
    struct rt_device *second;

    CHECK(adapter != NULL);
    first = rt_device_create(adapter, RT_D3D11);
    second = rt_device_create(adapter, RT_D3D10);
    CHECK(first != NULL && second != NULL);
    CHECK_EQ(create_objects(first), 8);
    CHECK_EQ(create_objects(second), 8);
    rt_device_destroy(first);
    d3d_flush(second);
    CHECK_EQ(kernel_live_contexts(kernel), 1);
}

static void queued_destroys_are_carried_out_inside_a_submission(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_device *device = scenario_device(kernel, level);
        struct rt_object *first;
        struct rt_object *second;
        size_t before;

        CHECK(device != NULL);
        before = rt_device_objects(device);
        first = d3d_create_target(device, 16, 16, DXGI_FORMAT_B8G8R8A8_UNORM);
        second =
            d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, "0123456789abcde", 16);
        CHECK(first != NULL && second != NULL);
        d3d_destroy_later(first);
        d3d_destroy_later(second);
        d3d_flush(device);
        CHECK_EQ(rt_device_objects(device), before);
        d3d_flush(device);
        CHECK_EQ(kernel_live_objects(kernel, AEROGPU_OBJECT_TEXTURE), 0);
        CHECK_EQ(kernel_live_objects(kernel, AEROGPU_OBJECT_BUFFER), 0);
    }
}

/* A surface that is presented lives in memory of the kernel. */
static struct rt_object *create_surface(struct rt_device *device, DXGI_DDI_PRIMARY_DESC *primary)
{
    const struct d3d_texture_desc desc = {
        .width = 64,
        .height = 64,
        .format = DXGI_FORMAT_B8G8R8A8_UNORM,
        .bind = D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_PRESENT,
        .primary = primary,
    };

    return d3d_create_texture(device, &desc, NULL);
}

static void a_flush_frees_what_was_destroyed(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_device *device = scenario_device(kernel, level);
        struct rt_object *surface;

        CHECK(device != NULL);
        surface = create_surface(device, NULL);
        CHECK(surface != NULL);
        CHECK_EQ(kernel_live_allocations(kernel), 1);
        d3d_flush(device);
        d3d_destroy(surface);
        d3d_flush(device);
        CHECK_EQ(kernel_live_allocations(kernel), 0);
    }
}

static void a_primary_is_freed_inside_its_destroy(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        DXGI_DDI_PRIMARY_DESC primary = {
            .ModeDesc = { .Width = 64, .Height = 64, .Format = DXGI_FORMAT_B8G8R8A8_UNORM },
        };
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_device *device = scenario_device(kernel, level);
        struct kernel_allocation_info info;
        struct rt_object *surface;

        CHECK(device != NULL);
        surface = create_surface(device, &primary);
        CHECK(surface != NULL);
        CHECK(kernel_allocation(kernel, 0, &info));
        CHECK(info.is_primary);
        d3d_destroy(surface);
        CHECK_EQ(kernel_live_allocations(kernel), 0);
    }
}

/* ---- Device loss ---- */

static void a_lost_device_is_reported_and_can_be_destroyed(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_device *device = scenario_device(kernel, level);

        CHECK(device != NULL);
        CHECK_EQ(create_objects(device), 8);
        kernel_remove_device(kernel);
        d3d_flush(device);
        CHECK(d3d_create_target(device, 16, 16, DXGI_FORMAT_B8G8R8A8_UNORM) == NULL);
        CHECK_HR(rt_error(device), D3DDDIERR_DEVICEREMOVED);
    }
}

static const struct tap_test tests[] = {
    TAP_TEST(a_device_of_every_level_comes_and_goes),
    TAP_TEST(a_device_of_every_interface_comes_and_goes),
    TAP_TEST(a_10_0_device_comes_from_open_adapter_10),
    TAP_TEST(a_10_1_device_comes_from_an_adapter_opened_for_10_0),
    TAP_TEST(the_runtime_says_which_dxgi_table_it_has),
    TAP_TEST(windowed_presents_are_not_redirected),
    TAP_TEST(an_unknown_interface_is_refused),
    TAP_TEST(a_null_argument_is_invalid),
    TAP_TEST(no_private_memory_is_invalid),
    TAP_TEST(no_kernel_callbacks_are_invalid),
    TAP_TEST(no_core_layer_callbacks_are_invalid),
    TAP_TEST(no_function_table_is_invalid),
    TAP_TEST(a_pipeline_above_10_0_is_invalid),
    TAP_TEST(thread_flags_are_accepted),
    TAP_TEST(a_failing_context_fails_the_device_with_its_code),
    TAP_TEST(an_unknown_code_of_a_failing_context_becomes_no_memory),
    TAP_TEST(the_smallest_context_is_enough),
    TAP_TEST(a_large_context_is_fine),
    TAP_TEST(a_command_buffer_that_is_too_small_is_refused),
    TAP_TEST(an_allocation_list_that_is_too_short_is_refused),
    TAP_TEST(a_flush_of_nothing_submits_nothing),
    TAP_TEST(a_device_that_did_nothing_submits_nothing),
    TAP_TEST(objects_left_by_the_application_go_with_the_device),
    TAP_TEST(objects_left_by_the_runtime_go_with_the_device),
    TAP_TEST(a_device_survives_the_move_of_its_table),
    TAP_TEST(nothing_is_left_of_a_buffer_once_it_is_submitted),
    TAP_TEST(devices_of_one_adapter_do_not_disturb_each_other),
    TAP_TEST(queued_destroys_are_carried_out_inside_a_submission),
    TAP_TEST(a_flush_frees_what_was_destroyed),
    TAP_TEST(a_primary_is_freed_inside_its_destroy),
    TAP_TEST(a_lost_device_is_reported_and_can_be_destroyed),
};

TAP_MAIN(tests)
