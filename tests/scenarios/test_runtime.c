/*
 * Does the fake runtime see what it must see? Each test lets a tiny driver break one rule of the
 * DDI and expects that rule's violation; the first ones prove that a good driver breaks none.
 */
#include <string.h>

#include "runtime/scenario.h"
#include "tiny_driver.h"

static struct rt_device *start(enum rt_level level)
{
    return tiny_start_with(NULL, level);
}

/* A device whose Flush does what the test says, and the violation that follows from it. */
static struct rt_device *start_with(enum rt_level level, void (*flush)(struct tiny_device *),
                                    const char *violation)
{
    struct rt_device *device = start(level);

    tiny_hooks.flush = flush;
    scenario_expect_violation(rt_device_kernel(device), violation);
    return device;
}

/* ---- A good driver ---- */

static void check_good_driver(enum rt_level level)
{
    struct rt_device *device = start(level);
    struct kernel *kernel = rt_device_kernel(device);

    d3d_flush(device);
    d3d_flush(device);
    d3d_create_depth_stencil_state(device, NULL);
    CHECK_EQ(kernel_submissions(kernel), 2);
    CHECK_EQ(kernel_submission(kernel, 1)->errors, 0);
    CHECK_EQ(rt_device_amortized_calls(device), level == RT_D3D11 ? 2 : 0);
    CHECK_EQ(report_violations(kernel_report(kernel)), 0);
}

static void a_good_driver_breaks_no_rule_on_10_0(void)
{
    check_good_driver(RT_D3D10);
}

static void a_good_driver_breaks_no_rule_on_11_0(void)
{
    check_good_driver(RT_D3D11);
}

/* ---- Private memory ---- */

static void write_past_state(struct tiny_device *device, uint8_t *state, size_t size_bytes)
{
    (void)device;
    state[size_bytes] = 0;
}

static void a_write_past_private_memory_is_seen(void)
{
    struct rt_device *device = start(RT_D3D11);

    tiny_hooks.create_state = write_past_state;
    scenario_expect_violation(rt_device_kernel(device),
                              "pfnCreateDepthStencilState: wrote outside the private memory of a "
                              "depth-stencil state, at byte 24 of 24");
    d3d_create_depth_stencil_state(device, NULL);
}

static void write_before_state(struct tiny_device *device, uint8_t *state, size_t size_bytes)
{
    (void)device;
    (void)size_bytes;
    state[-1] = 0;
}

static void a_write_before_private_memory_is_seen(void)
{
    struct rt_device *device = start(RT_D3D11);

    tiny_hooks.create_state = write_before_state;
    scenario_expect_violation(rt_device_kernel(device), "at byte -1 of 24");
    d3d_create_depth_stencil_state(device, NULL);
}

static uint8_t *kept_state;

static void keep_state(struct tiny_device *device, uint8_t *state, size_t size_bytes)
{
    (void)device;
    (void)size_bytes;
    kept_state = state;
}

static void write_kept_state(struct tiny_device *device)
{
    (void)device;
    kept_state[3] = 1;
}

static void a_write_to_a_destroyed_object_is_seen(void)
{
    struct rt_device *device = start_with(RT_D3D11, write_kept_state,
                                          "pfnFlush: wrote to the private memory of an object "
                                          "after it was destroyed, at byte 3");

    tiny_hooks.create_state = keep_state;
    d3d_destroy(d3d_create_depth_stencil_state(device, NULL));
    d3d_flush(device);
}

static void fail_with_memory_in_use(struct tiny_device *device, uint8_t *state, size_t size_bytes)
{
    memset(state, 7, size_bytes);
    tiny_set_error(device, E_OUTOFMEMORY);
}

static void a_failed_create_must_leave_zeros(void)
{
    struct rt_device *device = start(RT_D3D11);

    tiny_hooks.create_state = fail_with_memory_in_use;
    scenario_expect_violation(
        rt_device_kernel(device),
        "pfnCreateDepthStencilState: a failed create left private memory that is "
        "not zeroed");
    CHECK(d3d_create_depth_stencil_state(device, NULL) == NULL);
    CHECK_HR(rt_error(device), E_OUTOFMEMORY);
}

static void fail_cleanly(struct tiny_device *device, uint8_t *state, size_t size_bytes)
{
    (void)state;
    (void)size_bytes;
    tiny_set_error(device, E_OUTOFMEMORY);
}

static void a_failed_create_that_leaves_zeros_is_fine(void)
{
    struct rt_device *device = start(RT_D3D11);

    tiny_hooks.create_state = fail_cleanly;
    CHECK(d3d_create_depth_stencil_state(device, NULL) == NULL);
    CHECK_EQ(rt_device_objects(device), 0);
}

/* ---- Tables ---- */

static void unset_adapter_slot(D3D10DDIARG_OPENADAPTER *open, HRESULT *result)
{
    (void)result;
    open->pAdapterFuncs_2->pfnGetCaps = NULL;
}

static void an_adapter_slot_left_unset_is_seen(void)
{
    struct kernel *kernel = scenario_kernel(NULL);

    tiny_reset();
    tiny_hooks.opened = unset_adapter_slot;
    scenario_expect_violation(
        kernel, "OpenAdapter10_2: slot 4 (pfnGetCaps) of the adapter table is left unset");
    tiny_start(kernel, RT_D3D11);
}

static void write_five_slots(D3D10DDIARG_OPENADAPTER *open, HRESULT *result)
{
    (void)result;
    open->pAdapterFuncs_2->pfnGetCaps = NULL;
}

static void five_slots_in_a_table_of_three_are_seen(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_adapter *adapter;

    tiny_reset();
    tiny_hooks.opened = write_five_slots;
    scenario_expect_violation(kernel, "OpenAdapter10: wrote outside the adapter function table");
    adapter = rt_adapter_prepare(kernel, tiny_driver(), RT_OPEN_ADAPTER_10,
                                 D3D10_0_DDI_INTERFACE_VERSION, 0x00041DB0);
    CHECK_HR(rt_adapter_start(adapter), S_OK);
}

static void fail_with_handle(D3D10DDIARG_OPENADAPTER *open, HRESULT *result)
{
    (void)open;
    *result = E_FAIL;
}

static void a_failed_open_that_sets_the_handle_is_seen(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_adapter *adapter =
        rt_adapter_prepare(kernel, tiny_driver(), RT_OPEN_ADAPTER_10_2, 0, 0);

    tiny_reset();
    tiny_hooks.opened = fail_with_handle;
    scenario_expect_violation(kernel, "hAdapter is set although the open failed");
    CHECK_HR(rt_adapter_start(adapter), E_FAIL);
}

static void unset_device_slot(struct tiny_device *device, D3D10DDIARG_CREATEDEVICE *create,
                              HRESULT *result)
{
    (void)device;
    (void)result;
    create->p11DeviceFuncs->pfnDraw = NULL;
}

static void a_device_slot_left_unset_is_seen(void)
{
    struct kernel *kernel = scenario_kernel(NULL);

    tiny_reset();
    tiny_hooks.created = unset_device_slot;
    scenario_expect_violation(
        kernel, "pfnCreateDevice: slot 7 (pfnDraw) of the device function table is left unset");
    tiny_start(kernel, RT_D3D11);
}

static void write_slot_101(struct tiny_device *device, D3D10DDIARG_CREATEDEVICE *create,
                           HRESULT *result)
{
    (void)device;
    (void)result;
    create->p10_1DeviceFuncs->pfnResourceConvert = NULL;
}

static void a_10_1_slot_in_a_10_0_table_is_seen(void)
{
    struct kernel *kernel = scenario_kernel(NULL);

    tiny_reset();
    tiny_hooks.created = write_slot_101;
    scenario_expect_violation(kernel, "wrote outside the device function table");
    tiny_start(kernel, RT_D3D10);
}

static void write_dxgi_slot_7(struct tiny_device *device, D3D10DDIARG_CREATEDEVICE *create,
                              HRESULT *result)
{
    (void)device;
    (void)result;
    create->DXGIBaseDDI.pDXGIDDIBaseFunctions2->pfnResolveSharedResource = NULL;
}

static void an_eighth_dxgi_slot_in_a_table_of_seven_is_seen(void)
{
    const struct rt_device_desc desc = { .version = 4 << 16 | 6000, .keep_objects = true };
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_adapter *adapter =
        rt_adapter_prepare(kernel, tiny_driver(), RT_OPEN_ADAPTER_10_2, 0, 0);
    struct rt_device *device;

    tiny_reset();
    rt_adapter_start(adapter);
    tiny_hooks.created = write_dxgi_slot_7;
    scenario_expect_violation(kernel, "wrote outside the DXGI function table");
    device = rt_device_prepare(adapter, RT_D3D10, &desc);
    CHECK_EQ(rt_device_dxgi_slots(device), 7);
    CHECK_HR(rt_device_start(device), S_OK);
}

static void patch_table(struct tiny_device *device)
{
    device->create.pDeviceFuncs->pfnDraw = NULL;
}

static void a_table_changed_later_is_seen(void)
{
    struct rt_device *device =
        start_with(RT_D3D11, patch_table,
                   "pfnFlush: changed the device function table after CreateDevice");

    d3d_flush(device);
}

static void odd_success(struct tiny_device *device, D3D10DDIARG_CREATEDEVICE *create,
                        HRESULT *result)
{
    (void)device;
    (void)create;
    *result = 1;
}

static void an_unknown_success_code_of_create_device_is_seen(void)
{
    struct kernel *kernel = scenario_kernel(NULL);

    tiny_reset();
    tiny_hooks.created = odd_success;
    scenario_expect_violation(kernel, "0x00000001 is neither S_OK nor DXGI_STATUS_NO_REDIRECTION");
    tiny_start(kernel, RT_D3D11);
}

/* ---- Errors ---- */

static void report_no_memory(struct tiny_device *device)
{
    tiny_set_error(device, E_OUTOFMEMORY);
}

static void a_forbidden_error_code_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, report_no_memory,
                         "pfnFlush: pfnSetErrorCb: 0x8007000e is not permitted here"));
}

static void report_success(struct tiny_device *device)
{
    tiny_set_error(device, S_OK);
}

static void success_as_an_error_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, report_success, "pfnSetErrorCb: 0x00000000 is no error"));
}

static void report_removed(struct tiny_device *device)
{
    tiny_set_error(device, D3DDDIERR_DEVICEREMOVED);
}

static void a_removed_device_without_a_cause_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, report_removed, "DEVICEREMOVED although no callback failed"));
}

static void submit_and_report_removed(struct tiny_device *device)
{
    if (FAILED(tiny_submit(device)))
        tiny_set_error(device, D3DDDIERR_DEVICEREMOVED);
}

static void a_removed_device_with_a_cause_is_fine(void)
{
    struct rt_device *device = start(RT_D3D11);

    tiny_hooks.flush = submit_and_report_removed;
    kernel_fail(rt_device_kernel(device), KERNEL_RENDER, 1, D3DDDIERR_DEVICEREMOVED);
    d3d_flush(device);
    CHECK(rt_device_is_removed(device));
    CHECK_EQ(kernel_submissions(rt_device_kernel(device)), 0);
}

static void report_twice(struct tiny_device *device, uint8_t *state, size_t size_bytes)
{
    (void)state;
    (void)size_bytes;
    tiny_set_error(device, E_OUTOFMEMORY);
    tiny_set_error(device, E_OUTOFMEMORY);
}

static void a_second_error_in_one_call_is_seen(void)
{
    struct rt_device *device = start(RT_D3D11);

    tiny_hooks.create_state = report_twice;
    scenario_expect_violation(rt_device_kernel(device), "a second error in one call");
    d3d_create_depth_stencil_state(device, NULL);
}

static void report_to_device(struct tiny_device *device)
{
    const D3D10DDI_HRTCORELAYER wrong = { device->create.hRTDevice.handle };

    device->create.p11UMCallbacks->pfnSetErrorCb(wrong, D3DDDIERR_DEVICEREMOVED);
}

static void an_error_to_the_wrong_handle_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, report_to_device,
                         "pfnSetErrorCb: the first argument is not hRTCoreLayer"));
}

static void still_drawing(struct tiny_device *device, D3D10DDI_MAPPED_SUBRESOURCE *mapped)
{
    mapped->pData = NULL;
    tiny_set_error(device, DXGI_DDI_ERR_WASSTILLDRAWING);
}

static struct rt_object *create_staging(struct rt_device *device)
{
    const struct d3d_buffer_desc desc = { .size_bytes = 16, .usage = D3D10_DDI_USAGE_STAGING };

    return d3d_create_buffer(device, &desc, NULL);
}

static void still_drawing_from_a_waiting_map_is_seen(void)
{
    struct rt_device *device = start(RT_D3D11);

    tiny_hooks.map = still_drawing;
    scenario_expect_violation(rt_device_kernel(device),
                              "pfnStagingResourceMap: pfnSetErrorCb: 0x887b0001 is not permitted");
    d3d_map(create_staging(device), 0, D3D10_DDI_MAP_READ, 0, NULL, NULL);
}

static void still_drawing_from_a_map_that_may_not_wait_is_fine(void)
{
    struct rt_device *device = start(RT_D3D11);

    tiny_hooks.map = still_drawing;
    CHECK(d3d_map(create_staging(device), 0, D3D10_DDI_MAP_READ, D3D10_DDI_MAP_FLAG_DONOTWAIT, NULL,
                  NULL) == NULL);
    CHECK_HR(rt_error(device), DXGI_DDI_ERR_WASSTILLDRAWING);
}

static void a_map_that_leaves_the_pointer_unset_is_seen(void)
{
    struct rt_device *device = start(RT_D3D11);

    scenario_expect_violation(rt_device_kernel(device), "a map left pData unset");
    CHECK(d3d_map(create_staging(device), 0, D3D10_DDI_MAP_READ, 0, NULL, NULL) == NULL);
}

/* ---- Callbacks ---- */

static D3DDDI_DEVICECALLBACKS copied_callbacks;

static void copy_callbacks(struct tiny_device *device, D3D10DDIARG_CREATEDEVICE *create,
                           HRESULT *result)
{
    (void)device;
    (void)result;
    copied_callbacks = *create->pKTCallbacks;
}

static void submit_through_copy(struct tiny_device *device)
{
    const D3DDDI_DEVICECALLBACKS *lent = device->create.pKTCallbacks;

    device->create.pKTCallbacks = &copied_callbacks;
    tiny_submit(device);
    device->create.pKTCallbacks = lent;
}

static void a_call_through_a_copied_table_is_seen(void)
{
    struct kernel *kernel = scenario_kernel(NULL);

    tiny_reset();
    tiny_hooks.created = copy_callbacks;
    tiny_hooks.flush = submit_through_copy;
    scenario_expect_violation(kernel,
                              "pfnRenderCb: called through a stale copy of the callback table");
    d3d_flush(tiny_start(kernel, RT_D3D11));
}

static void submit_for_adapter(struct tiny_device *device)
{
    D3DDDICB_RENDER render = tiny_render_argument(device);

    device->create.pKTCallbacks->pfnRenderCb(device->create.hRTCoreLayer.handle, &render);
}

static void a_wrong_first_handle_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, submit_for_adapter,
                         "pfnRenderCb: the first argument is not hRTDevice"));
}

static void escape_for_device(struct tiny_device *device)
{
    const D3DDDICB_ESCAPE escape = { .hDevice = device->create.hRTDevice.handle };

    device->create.pKTCallbacks->pfnEscapeCb(device->create.hRTDevice.handle, &escape);
}

static void an_escape_for_the_device_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, escape_for_device,
                         "pfnEscapeCb: the first argument is not hRTAdapter"));
}

static void set_display_mode(struct tiny_device *device)
{
    D3DDDICB_SETDISPLAYMODE mode = { .hPrimaryAllocation = 0 };

    device->create.pKTCallbacks->pfnSetDisplayModeCb(device->create.hRTDevice.handle, &mode);
}

static void a_callback_at_the_wrong_place_is_seen(void)
{
    struct rt_device *device =
        start_with(RT_D3D11, set_display_mode,
                   "pfnSetDisplayModeCb: called outside of pfnSetDisplayMode");

    scenario_expect_violation(rt_device_kernel(device), "a handle that is no live allocation");
    d3d_flush(device);
}

static void ask_for_state(struct tiny_device *device)
{
    device->create.p11UMCallbacks->pfnStateVsShaderCb(device->create.hRTCoreLayer);
}

static void a_callback_nobody_needs_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, ask_for_state,
                         "pfnStateVsShaderCb: not a callback that this driver uses"));
}

static void render_only(struct tiny_device *device)
{
    D3DDDICB_RENDER render = tiny_render_argument(device);

    tiny_render(device, &render);
}

static void a_missing_amortized_callback_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, render_only,
                         "pfnFlush: 1 RenderCb without PerformAmortizedProcessingCb"));
}

static void a_10_x_device_has_no_amortized_callback_to_miss(void)
{
    struct rt_device *device = start(RT_D3D10_1);

    tiny_hooks.flush = render_only;
    d3d_flush(device);
    CHECK_EQ(kernel_submissions(rt_device_kernel(device)), 1);
}

static void an_amortized_callback_too_many_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, tiny_amortize, "called without a RenderCb before it"));
}

/* ---- Floating point ---- */

static void change_control_state(struct tiny_device *device)
{
    uint16_t word = 0x037F;

    (void)device;
#if defined(__i386__) || defined(__x86_64__)
    __asm__ volatile("fldcw %0" : : "m"(word));
#endif
}

static void a_changed_floating_point_state_is_seen(void)
{
    d3d_flush(start_with(RT_D3D11, change_control_state,
                         "pfnFlush: changed the floating-point control state"));
}

/* ---- Destroys from inside callbacks ---- */

static void a_queued_object_goes_in_the_amortized_callback(void)
{
    struct rt_device *device = start(RT_D3D11);

    d3d_destroy_later(d3d_create_depth_stencil_state(device, NULL));
    CHECK_EQ(rt_device_objects(device), 1);
    d3d_flush(device);
    CHECK_EQ(rt_device_objects(device), 0);
}

static void a_queued_object_goes_in_render_on_10_0(void)
{
    struct rt_device *device = start(RT_D3D10);

    d3d_destroy_later(d3d_create_depth_stencil_state(device, NULL));
    d3d_destroy_later(d3d_create_depth_stencil_state(device, NULL));
    d3d_flush(device);
    CHECK_EQ(rt_device_objects(device), 0);
}

static void write_from_inside(struct tiny_device *device, struct tiny_resource *resource)
{
    (void)resource;
    device->commands[8] ^= 4;
}

static void a_nested_destroy_that_touches_the_submitted_stream_is_seen(void)
{
    struct rt_device *device = start(RT_D3D10);
    struct kernel *kernel = rt_device_kernel(device);

    tiny_hooks.destroy_resource = write_from_inside;
    d3d_destroy_later(create_staging(device));
    scenario_expect_violation(kernel,
                              "a destroy called from inside wrote into the submitted stream");
    scenario_expect_violation(kernel, "size_bytes of the stream header is not CommandLength");
    d3d_flush(device);
}

static void submit_from_inside(struct tiny_device *device, struct tiny_resource *resource)
{
    D3DDDICB_RENDER render = tiny_render_argument(device);

    (void)resource;
    tiny_render(device, &render);
}

static void a_nested_submission_is_seen(void)
{
    struct rt_device *device = start(RT_D3D10);

    tiny_hooks.destroy_resource = submit_from_inside;
    d3d_destroy_later(create_staging(device));
    scenario_expect_violation(
        rt_device_kernel(device),
        "pfnDestroyResource: RenderCb: a submission from inside a submission");
    d3d_flush(device);
}

static const struct tap_test tests[] = {
    TAP_TEST(a_good_driver_breaks_no_rule_on_10_0),
    TAP_TEST(a_good_driver_breaks_no_rule_on_11_0),
    TAP_TEST(a_write_past_private_memory_is_seen),
    TAP_TEST(a_write_before_private_memory_is_seen),
    TAP_TEST(a_write_to_a_destroyed_object_is_seen),
    TAP_TEST(a_failed_create_must_leave_zeros),
    TAP_TEST(a_failed_create_that_leaves_zeros_is_fine),
    TAP_TEST(an_adapter_slot_left_unset_is_seen),
    TAP_TEST(five_slots_in_a_table_of_three_are_seen),
    TAP_TEST(a_failed_open_that_sets_the_handle_is_seen),
    TAP_TEST(a_device_slot_left_unset_is_seen),
    TAP_TEST(a_10_1_slot_in_a_10_0_table_is_seen),
    TAP_TEST(an_eighth_dxgi_slot_in_a_table_of_seven_is_seen),
    TAP_TEST(a_table_changed_later_is_seen),
    TAP_TEST(an_unknown_success_code_of_create_device_is_seen),
    TAP_TEST(a_forbidden_error_code_is_seen),
    TAP_TEST(success_as_an_error_is_seen),
    TAP_TEST(a_removed_device_without_a_cause_is_seen),
    TAP_TEST(a_removed_device_with_a_cause_is_fine),
    TAP_TEST(a_second_error_in_one_call_is_seen),
    TAP_TEST(an_error_to_the_wrong_handle_is_seen),
    TAP_TEST(still_drawing_from_a_waiting_map_is_seen),
    TAP_TEST(still_drawing_from_a_map_that_may_not_wait_is_fine),
    TAP_TEST(a_map_that_leaves_the_pointer_unset_is_seen),
    TAP_TEST(a_call_through_a_copied_table_is_seen),
    TAP_TEST(a_wrong_first_handle_is_seen),
    TAP_TEST(an_escape_for_the_device_is_seen),
    TAP_TEST(a_callback_at_the_wrong_place_is_seen),
    TAP_TEST(a_callback_nobody_needs_is_seen),
    TAP_TEST(a_missing_amortized_callback_is_seen),
    TAP_TEST(a_10_x_device_has_no_amortized_callback_to_miss),
    TAP_TEST(an_amortized_callback_too_many_is_seen),
    TAP_TEST(a_changed_floating_point_state_is_seen),
    TAP_TEST(a_queued_object_goes_in_the_amortized_callback),
    TAP_TEST(a_queued_object_goes_in_render_on_10_0),
    TAP_TEST(a_nested_destroy_that_touches_the_submitted_stream_is_seen),
    TAP_TEST(a_nested_submission_is_seen),
};

TAP_MAIN(tests)
