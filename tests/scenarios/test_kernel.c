/*
 * Does the strict kernel see what it must see of submissions? Each test lets a tiny driver break
 * one rule of RenderCb and its buffers and expects that rule's violation, or proves what the kernel
 * offers to tests.
 */
#include <stdio.h>
#include <string.h>

#include "aerogpu/capture.h"
#include "aerogpu_cmd.h"
#include "runtime/scenario.h"
#include "tiny_driver.h"

/* ---- Command buffers ---- */

static void write_stale_buffer(struct tiny_device *device)
{
    uint8_t *old = device->commands;

    tiny_submit(device);
    old[4] = 0;
}

static void a_write_to_a_stale_command_buffer_is_seen(void)
{
    tiny_flush_and_expect(write_stale_buffer,
                          "pfnFlush: wrote to a stale command buffer, at byte 4");
}

static void write_stale_list(struct tiny_device *device)
{
    D3DDDI_ALLOCATIONLIST *old = device->list;

    tiny_submit(device);
    old[0].hAllocation = 0;
}

static void a_write_to_a_stale_allocation_list_is_seen(void)
{
    tiny_flush_and_expect(write_stale_list, "wrote to a stale allocation list, at byte 0");
}

static void write_past_buffer(struct tiny_device *device)
{
    device->commands[device->command_bytes] = 0;
    tiny_submit(device);
}

static void a_write_past_the_command_buffer_is_seen(void)
{
    tiny_flush_and_expect(write_past_buffer,
                          "wrote outside the command buffer, at byte 65536 of 65536");
}

static uint8_t *first_buffer;

static void note_buffer_and_submit(struct tiny_device *device)
{
    first_buffer = device->commands;
    tiny_submit(device);
    if (device->commands == first_buffer)
        tap_fail(__FILE__, __LINE__, "the buffer did not change");
    if (device->commands[100] != 0xCD)
        tap_fail(__FILE__, __LINE__, "the new buffer is not fresh");
}

static void every_submission_gives_a_fresh_buffer(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.flush = note_buffer_and_submit;
    d3d_flush(device);
    CHECK_EQ(kernel_submissions(rt_device_kernel(device)), 1);
}

static void check_sizes(struct tiny_device *device)
{
    if (device->command_bytes != 4096 || device->list_entries != 16)
        tap_fail(__FILE__, __LINE__, "%u bytes, %u entries", device->command_bytes,
                 device->list_entries);
    tiny_submit(device);
    if (device->command_bytes != 4096 || device->list_entries != 16)
        tap_fail(__FILE__, __LINE__, "then %u bytes, %u entries", device->command_bytes,
                 device->list_entries);
}

static void sizes_are_as_configured(void)
{
    struct kernel_config config;
    struct rt_device *device;

    kernel_config_init(&config);
    config.command_buffer_bytes = 4096;
    config.allocation_list_entries = 16;
    device = tiny_start_with(&config, RT_D3D11);
    tiny_hooks.flush = check_sizes;
    d3d_flush(device);
}

static void ask_for_more(struct tiny_device *device)
{
    D3DDDICB_RENDER render = tiny_render_argument(device);

    render.Flags.ResizeCommandBuffer = 1;
    render.NewCommandBufferSize = 1024 * 1024;
    tiny_render(device, &render);
    tiny_amortize(device);
    if (device->command_bytes != 512 * 1024)
        tap_fail(__FILE__, __LINE__, "%u bytes", device->command_bytes);
}

static void a_resize_is_granted_up_to_the_limit(void)
{
    struct kernel_config config;
    struct rt_device *device;

    kernel_config_init(&config);
    config.max_command_buffer_bytes = 512 * 1024;
    device = tiny_start_with(&config, RT_D3D11);
    tiny_hooks.flush = ask_for_more;
    d3d_flush(device);
}

/* ---- The argument of RenderCb ---- */

/* Changes one member of a correct argument. */
static void (*change_argument)(D3DDDICB_RENDER *render);

static void submit_changed(struct tiny_device *device)
{
    D3DDDICB_RENDER render = tiny_render_argument(device);

    change_argument(&render);
    tiny_render(device, &render);
    tiny_amortize(device);
}

static void set_offset(D3DDDICB_RENDER *render)
{
    render->CommandOffset = 8;
}

static void set_patches(D3DDDICB_RENDER *render)
{
    render->NumPatchLocations = 1;
}

static void set_broadcast(D3DDDICB_RENDER *render)
{
    render->BroadcastContextCount = 1;
}

static void set_private_data(D3DDDICB_RENDER *render)
{
    render->PrivateDriverDataSize = 16;
}

static void set_length(D3DDDICB_RENDER *render)
{
    render->CommandLength += 4;
}

static void set_long_length(D3DDDICB_RENDER *render)
{
    render->CommandLength = 1 << 20;
}

static void set_many_allocations(D3DDDICB_RENDER *render)
{
    render->NumAllocations = 257;
}

static void a_wrong_member_of_the_render_argument_is_seen(void)
{
    static const struct {
        void (*change)(D3DDDICB_RENDER *render);
        const char *violation;
    } rows[] = {
        { set_offset, "RenderCb: CommandOffset is not zero" },
        { set_patches, "RenderCb: NumPatchLocations is not zero" },
        { set_broadcast, "RenderCb: BroadcastContextCount is not zero" },
        { set_private_data, "RenderCb: reserved members are not zero" },
        { set_length, "RenderCb: size_bytes of the stream header is not CommandLength" },
        { set_long_length, "RenderCb: CommandLength is beyond the command buffer" },
        { set_many_allocations, "RenderCb: NumAllocations is beyond the allocation list" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        change_argument = rows[i].change;
        tiny_flush_and_expect(submit_changed, rows[i].violation);
    }
}

/* ---- Streams ---- */

static void submit_draw(struct tiny_device *device)
{
    const struct aerogpu_cmd_draw draw = { .hdr = { AEROGPU_CMD_DRAW, sizeof(draw) },
                                           .vertex_count = 3,
                                           .instance_count = 1 };

    tiny_packet(device, &draw, sizeof(draw));
    tiny_submit(device);
}

static void an_invalid_packet_is_seen_with_its_place(void)
{
    tiny_flush_and_expect(submit_draw,
                          "pfnFlush: submission 1, packet 0 (opcode 0x601) at byte 24:");
}

static void submit_unlisted(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);

    tiny_create_buffer(device, 7, blob.alloc_id);
    tiny_destroy_buffer(device, 7);
    tiny_submit(device);
    tiny_deallocate(device, NULL, allocation);
}

static void an_unlisted_allocation_is_seen(void)
{
    tiny_flush_and_expect(submit_unlisted, "(opcode 0x100) at byte 24:");
}

static void submit_listed(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);

    tiny_create_buffer(device, 7, blob.alloc_id);
    tiny_list(device, allocation, false);
    tiny_destroy_buffer(device, 7);
    tiny_submit(device);
    tiny_deallocate(device, NULL, allocation);
}

static void a_listed_allocation_is_fine(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    const struct kernel_submission *submission;

    tiny_hooks.flush = submit_listed;
    d3d_flush(device);
    submission = kernel_submission(rt_device_kernel(device), 0);
    CHECK(submission != NULL);
    CHECK_EQ(submission->entry_count, 1);
    CHECK_EQ(submission->entries[0].flags, AEROGPU_ALLOC_FLAG_READONLY);
    CHECK_EQ(submission->entries[0].size_bytes, 256);
}

static void submit_written(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);

    tiny_list(device, allocation, true);
    tiny_submit(device);
    tiny_deallocate(device, NULL, allocation);
}

static void a_written_allocation_is_not_read_only_for_the_host(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.flush = submit_written;
    d3d_flush(device);
    CHECK_EQ(kernel_submission(rt_device_kernel(device), 0)->entries[0].flags,
             AEROGPU_ALLOC_FLAG_NONE);
}

static void list_twice(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);

    tiny_list(device, allocation, false);
    tiny_list(device, allocation, true);
    tiny_submit(device);
    tiny_deallocate(device, NULL, allocation);
}

static void an_allocation_listed_twice_is_seen(void)
{
    tiny_flush_and_expect(list_twice, "entries 0 and 1 of the allocation list are one allocation");
}

static void list_dead(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);

    tiny_deallocate(device, NULL, allocation);
    tiny_list(device, allocation, false);
    tiny_submit(device);
}

static void a_freed_allocation_in_the_list_is_seen(void)
{
    tiny_flush_and_expect(list_dead, "entry 0 of the allocation list is no live allocation");
}

static void list_locked(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS flags = { .Value = 0 };
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);
    HRESULT result;

    tiny_lock(device, allocation, flags, &result);
    tiny_list(device, allocation, false);
    if (tiny_submit(device) != D3DDDIERR_CANTRENDERLOCKEDALLOCATION)
        tap_fail(__FILE__, __LINE__, "a locked allocation was submitted");
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_locked_allocation_in_the_list_is_seen(void)
{
    tiny_flush_and_expect(list_locked, "is listed while locked");
}

/* ---- Captures ---- */

static void write_pattern(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS flags = { .Value = 0 };
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(16);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);
    HRESULT result;

    memcpy(tiny_lock(device, allocation, flags, &result), "0123456789abcdef", 16);
    tiny_unlock(device, allocation);
    tiny_list(device, allocation, true);
    tiny_submit(device);
    tiny_deallocate(device, NULL, allocation);
}

static void check_capture(const void *bytes, size_t size_bytes, const char *stream)
{
    const char *error = NULL;
    bool is_recovered = true;
    struct aerogpu_capture_record record;
    struct aerogpu_capture_reader *reader =
        aerogpu_capture_open(bytes, size_bytes, &is_recovered, &error);

    CHECK(reader != NULL);
    CHECK(!is_recovered);
    CHECK(aerogpu_capture_next(reader, &record, &error));
    CHECK_BYTES(record.submission.stream, stream, 24);
    CHECK_EQ(record.submission.range_count, 1);
    CHECK_BYTES(record.submission.ranges[0].bytes, "0123456789abcdef", 16);
    aerogpu_capture_reader_destroy(reader);
}

static void a_capture_holds_streams_and_memory(void)
{
    static const char empty_stream[24] = { 'A', 'C', 'M', 'D', 4, 0, 1, 0, 24 };
    static const char name[] = "test_kernel.aerogputrace";
    struct kernel_config config;
    struct rt_device *device;
    struct kernel *kernel;
    const void *bytes;
    size_t size_bytes;

    kernel_config_init(&config);
    config.capture_path = name;
    kernel = kernel_create(&config);
    tiny_reset();
    device = tiny_start(kernel, RT_D3D11);
    tiny_hooks.flush = write_pattern;
    d3d_flush(device);
    rt_close_adapters(kernel);
    kernel_destroy(kernel);

    bytes = scenario_file(".", name, &size_bytes);
    CHECK(bytes != NULL);
    remove(name);
    check_capture(bytes, size_bytes, empty_stream);
}

/* ---- Time, failures, removal ---- */

static const D3DDDICB_LOCKFLAGS no_flags;

static HRESULT polled;
static HRESULT waited;

static void poll_and_wait(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS do_not_wait = { .Value = 4 };
    const D3DKMT_HANDLE allocation = tiny_allocate_some(device);

    tiny_list(device, allocation, true);
    tiny_submit(device);
    tiny_lock(device, allocation, do_not_wait, &polled);
    tiny_lock(device, allocation, no_flags, &waited);
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_busy_allocation_is_still_drawing_until_waited_for(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.flush = poll_and_wait;
    kernel_hold(rt_device_kernel(device), true);
    d3d_flush(device);
    CHECK_HR(polled, D3DDDIERR_WASSTILLDRAWING);
    CHECK_HR(waited, S_OK);
}

static void an_idle_allocation_locks_at_once(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.flush = poll_and_wait;
    scenario_expect_violation(rt_device_kernel(device), "locked already");
    d3d_flush(device);
    CHECK_HR(polled, S_OK);
}

static HRESULT results[3];
static bool buffers_kept;

static void submit_three_times(struct tiny_device *device)
{
    for (unsigned i = 0; i < 3; i++) {
        const uint8_t *before = device->commands;

        results[i] = tiny_submit(device);
        if (i == 1)
            buffers_kept = device->commands == before;
    }
}

static void a_planned_failure_hits_the_nth_call(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    struct kernel *kernel = rt_device_kernel(device);

    tiny_hooks.flush = submit_three_times;
    kernel_fail(kernel, KERNEL_RENDER, 2, E_OUTOFMEMORY);
    d3d_flush(device);
    CHECK_HR(results[0], S_OK);
    CHECK_HR(results[1], E_OUTOFMEMORY);
    CHECK_HR(results[2], S_OK);
    CHECK(!buffers_kept);
    CHECK_EQ(kernel_submissions(kernel), 2);
    CHECK_EQ(kernel_calls(kernel, KERNEL_RENDER), 3);
}

static void a_planned_failure_can_keep_the_buffers(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.flush = submit_three_times;
    kernel_fail_render_keeping_buffers(rt_device_kernel(device), 2, E_OUTOFMEMORY);
    d3d_flush(device);
    CHECK_HR(results[1], E_OUTOFMEMORY);
    CHECK(buffers_kept);
}

static void a_removed_device_fails_every_submission(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.flush = submit_three_times;
    kernel_remove_device(rt_device_kernel(device));
    d3d_flush(device);
    CHECK_HR(results[0], D3DDDIERR_DEVICEREMOVED);
    CHECK_HR(results[2], D3DDDIERR_DEVICEREMOVED);
}

static const struct tap_test tests[] = {
    TAP_TEST(a_write_to_a_stale_command_buffer_is_seen),
    TAP_TEST(a_write_to_a_stale_allocation_list_is_seen),
    TAP_TEST(a_write_past_the_command_buffer_is_seen),
    TAP_TEST(every_submission_gives_a_fresh_buffer),
    TAP_TEST(sizes_are_as_configured),
    TAP_TEST(a_resize_is_granted_up_to_the_limit),
    TAP_TEST(a_wrong_member_of_the_render_argument_is_seen),
    TAP_TEST(an_invalid_packet_is_seen_with_its_place),
    TAP_TEST(an_unlisted_allocation_is_seen),
    TAP_TEST(a_listed_allocation_is_fine),
    TAP_TEST(a_written_allocation_is_not_read_only_for_the_host),
    TAP_TEST(an_allocation_listed_twice_is_seen),
    TAP_TEST(a_freed_allocation_in_the_list_is_seen),
    TAP_TEST(a_locked_allocation_in_the_list_is_seen),
    TAP_TEST(a_capture_holds_streams_and_memory),
    TAP_TEST(a_busy_allocation_is_still_drawing_until_waited_for),
    TAP_TEST(an_idle_allocation_locks_at_once),
    TAP_TEST(a_planned_failure_hits_the_nth_call),
    TAP_TEST(a_planned_failure_can_keep_the_buffers),
    TAP_TEST(a_removed_device_fails_every_submission),
};

TAP_MAIN(tests)
