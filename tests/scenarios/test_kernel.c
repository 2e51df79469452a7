/*
 * Does the strict kernel see what it must see? Each test lets a tiny driver break one rule of the
 * kernel callbacks and expects that rule's violation, or proves what the kernel offers to tests.
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "runtime/scenario.h"
#include "tiny_driver.h"

static struct rt_device *start(const struct kernel_config *config, enum rt_level level)
{
    tiny_reset();
    return tiny_start(scenario_kernel(config), level);
}

/* Runs one Flush that does what the test says, and expects the violation. */
static void flush_and_expect(void (*flush)(struct tiny_device *), const char *violation)
{
    struct rt_device *device = start(NULL, RT_D3D11);

    tiny_hooks.flush = flush;
    scenario_expect_violation(rt_device_kernel(device), violation);
    d3d_flush(device);
}

/* ---- Command buffers ---- */

static void write_stale_buffer(struct tiny_device *device)
{
    uint8_t *old = device->commands;

    tiny_submit(device);
    old[4] = 0;
}

static void a_write_to_a_stale_command_buffer_is_seen(void)
{
    flush_and_expect(write_stale_buffer, "pfnFlush: wrote to a stale command buffer, at byte 4");
}

static void write_stale_list(struct tiny_device *device)
{
    D3DDDI_ALLOCATIONLIST *old = device->list;

    tiny_submit(device);
    old[0].hAllocation = 0;
}

static void a_write_to_a_stale_allocation_list_is_seen(void)
{
    flush_and_expect(write_stale_list, "wrote to a stale allocation list, at byte 0");
}

static void write_past_buffer(struct tiny_device *device)
{
    device->commands[device->command_bytes] = 0;
    tiny_submit(device);
}

static void a_write_past_the_command_buffer_is_seen(void)
{
    flush_and_expect(write_past_buffer, "wrote outside the command buffer, at byte 65536 of 65536");
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
    struct rt_device *device = start(NULL, RT_D3D11);

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
    device = start(&config, RT_D3D11);
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
    device = start(&config, RT_D3D11);
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
        flush_and_expect(submit_changed, rows[i].violation);
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
    flush_and_expect(submit_draw, "pfnFlush: submission 1, packet 0 (opcode 0x601) at byte 24:");
}

/* CREATE_BUFFER over an allocation, as in a create of a guest-backed buffer. */
static void create_backed_buffer(struct tiny_device *device, uint32_t handle, uint32_t alloc_id)
{
    const struct aerogpu_cmd_create_buffer create = {
        .hdr = { AEROGPU_CMD_CREATE_BUFFER, sizeof(create) },
        .buffer_handle = handle,
        .usage_flags = 1,
        .size_bytes = 256,
        .backing_alloc_id = alloc_id,
    };

    tiny_packet(device, &create, sizeof(create));
}

static void destroy_buffer(struct tiny_device *device, uint32_t handle)
{
    const struct aerogpu_cmd_destroy_resource destroy = {
        .hdr = { AEROGPU_CMD_DESTROY_RESOURCE, sizeof(destroy) },
        .resource_handle = handle,
    };

    tiny_packet(device, &destroy, sizeof(destroy));
}

static void submit_unlisted(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);

    create_backed_buffer(device, 7, blob.alloc_id);
    destroy_buffer(device, 7);
    tiny_submit(device);
    tiny_deallocate(device, NULL, allocation);
}

static void an_unlisted_allocation_is_seen(void)
{
    flush_and_expect(submit_unlisted, "(opcode 0x100) at byte 24:");
}

static void submit_listed(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);

    create_backed_buffer(device, 7, blob.alloc_id);
    tiny_list(device, allocation, false);
    destroy_buffer(device, 7);
    tiny_submit(device);
    tiny_deallocate(device, NULL, allocation);
}

static void a_listed_allocation_is_fine(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);
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
    struct rt_device *device = start(NULL, RT_D3D11);

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
    flush_and_expect(list_twice, "entries 0 and 1 of the allocation list are one allocation");
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
    flush_and_expect(list_dead, "entry 0 of the allocation list is no live allocation");
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
    flush_and_expect(list_locked, "is listed while locked");
}

/* ---- Allocations ---- */

/* Changes one member of a correct blob. */
static void (*change_blob)(struct aerogpu_wddm_alloc_priv_v2 *blob);

static void allocate_changed(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(4096);

    change_blob(&blob);
    if (tiny_allocate(device, NULL, &blob) != 0)
        tap_fail(__FILE__, __LINE__, "a wrong blob was accepted");
}

static void foreign_magic(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->magic = 0;
}

static void version_1(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->version = 1;
}

static void zero_id(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->alloc_id = 0;
}

static void kernel_id(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->alloc_id = 0x80000000;
}

static void shared_flag(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->flags |= AEROGPU_WDDM_ALLOC_PRIV_FLAG_IS_SHARED;
}

static void invented_token(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->share_token = 1;
}

static void zero_size(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->size_bytes = 0;
}

static void large_pitch(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->reserved0 = 8192;
}

static void texture_without_pitch(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->kind = AEROGPU_WDDM_ALLOC_KIND_TEXTURE2D;
    blob->width = 4;
    blob->height = 4;
    blob->format = DXGI_FORMAT_B8G8R8A8_UNORM;
}

static void buffer_with_format(struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    blob->format = DXGI_FORMAT_B8G8R8A8_UNORM;
}

static void a_wrong_private_blob_is_seen(void)
{
    static const struct {
        void (*change)(struct aerogpu_wddm_alloc_priv_v2 *blob);
        const char *violation;
    } rows[] = {
        { foreign_magic, "AllocateCb: private data with a foreign magic" },
        { version_1, "AllocateCb: private data is not version 2" },
        { zero_id, "AllocateCb: alloc_id is 0 or above 0x7FFFFFFF" },
        { kernel_id, "AllocateCb: alloc_id is 0 or above 0x7FFFFFFF" },
        { shared_flag, "AllocateCb: IS_SHARED differs from the request to create shared" },
        { invented_token, "AllocateCb: share_token is not zero on input" },
        { zero_size, "AllocateCb: size_bytes is zero" },
        { large_pitch, "AllocateCb: a pitch larger than the allocation" },
        { texture_without_pitch, "AllocateCb: a texture without width, height, format or pitch" },
        { buffer_with_format, "AllocateCb: a buffer with texture fields" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        change_blob = rows[i].change;
        flush_and_expect(allocate_changed, rows[i].violation);
    }
}

static void reuse_id(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);

    tiny_deallocate(device, NULL, tiny_allocate(device, NULL, &blob));
    tiny_allocate(device, NULL, &blob);
}

static void an_alloc_id_used_again_is_seen(void)
{
    flush_and_expect(reuse_id, "AllocateCb: alloc_id was used before");
}

static void allocate_for_nobody(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);

    tiny_allocate(device, device->create.hRTDevice.handle, &blob);
}

static void a_wrong_resource_handle_is_seen(void)
{
    flush_and_expect(allocate_for_nobody, "AllocateCb: hResource is no resource of this runtime");
}

static void allocate_and_forget(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);

    tiny_allocate(device, NULL, &blob);
}

static void a_leaked_allocation_is_seen(void)
{
    flush_and_expect(allocate_and_forget, "the device is gone, but 1 of its allocations live on");
}

static void create_and_forget(struct tiny_device *device)
{
    const struct aerogpu_cmd_create_buffer create = {
        .hdr = { AEROGPU_CMD_CREATE_BUFFER, sizeof(create) },
        .buffer_handle = 7,
        .usage_flags = 1,
        .size_bytes = 256,
    };

    tiny_packet(device, &create, sizeof(create));
    tiny_submit(device);
}

static void a_leaked_host_object_is_seen(void)
{
    flush_and_expect(create_and_forget, "host object 0x7 (buffer) was never destroyed");
}

static void keep_context(struct tiny_device *device)
{
    (void)device;
}

static void a_leaked_context_is_seen(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);

    tiny_hooks.destroy = keep_context;
    scenario_expect_violation(rt_device_kernel(device), "its context lives on");
}

static void fail_after_context(struct tiny_device *device, D3D10DDIARG_CREATEDEVICE *create,
                               HRESULT *result)
{
    (void)device;
    (void)create;
    *result = E_OUTOFMEMORY;
}

static void a_context_left_by_a_failed_create_device_is_seen(void)
{
    struct kernel *kernel = scenario_kernel(NULL);

    tiny_reset();
    tiny_hooks.created = fail_after_context;
    scenario_expect_violation(kernel, "its context lives on");
    tiny_start(kernel, RT_D3D11);
}

static void free_too_early(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);
    const D3DKMT_HANDLE allocation = tiny_allocate(device, NULL, &blob);

    create_backed_buffer(device, 7, blob.alloc_id);
    tiny_list(device, allocation, false);
    tiny_submit(device);
    destroy_buffer(device, 7);
    tiny_deallocate(device, NULL, allocation);
    tiny_submit(device);
}

static void a_free_before_the_destroy_is_submitted_is_seen(void)
{
    flush_and_expect(free_too_early, "is freed before the DESTROY_RESOURCE of 0x7 was submitted");
}

/* ---- Resources: grouping, and when their memory goes ---- */

static struct rt_object *create_resource(struct rt_device *device)
{
    const struct d3d_buffer_desc desc = { .size_bytes = 16, .usage = D3D10_DDI_USAGE_STAGING };

    return d3d_create_buffer(device, &desc, NULL);
}

static void allocate_resource(struct tiny_device *device, struct tiny_resource *resource)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);

    resource->h_allocation = tiny_allocate(device, resource->h_rt, &blob);
}

static void a_resource_freed_by_its_handle_is_fine(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);

    tiny_hooks.create_resource = allocate_resource;
    d3d_destroy(create_resource(device));
    CHECK_EQ(kernel_live_allocations(rt_device_kernel(device)), 0);
}

static void free_by_list(struct tiny_device *device, struct tiny_resource *resource)
{
    tiny_deallocate(device, NULL, resource->h_allocation);
}

static void a_kernel_resource_never_freed_is_seen(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);

    tiny_hooks.create_resource = allocate_resource;
    tiny_hooks.destroy_resource = free_by_list;
    scenario_expect_violation(rt_device_kernel(device), "was never freed through hResource");
    d3d_destroy(create_resource(device));
}

static void keep_allocation(struct tiny_device *device, struct tiny_resource *resource)
{
    (void)device;
    (void)resource;
}

static void memory_kept_beyond_a_flush_is_seen(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);

    tiny_hooks.create_resource = allocate_resource;
    tiny_hooks.destroy_resource = keep_allocation;
    scenario_expect_violation(
        rt_device_kernel(device),
        "pfnFlush: memory of 1 destroyed resources is not freed at the end of Flush");
    scenario_expect_violation(rt_device_kernel(device), "after DestroyDevice: the device is gone");
    d3d_destroy(create_resource(device));
    d3d_flush(device);
}

static void a_primary_kept_beyond_its_destroy_is_seen(void)
{
    DXGI_DDI_PRIMARY_DESC primary = { .DriverFlags = 0 };
    const struct d3d_texture_desc desc = { .width = 16,
                                           .height = 16,
                                           .format = DXGI_FORMAT_B8G8R8A8_UNORM,
                                           .bind = D3D10_DDI_BIND_RENDER_TARGET |
                                                   D3D10_DDI_BIND_PRESENT,
                                           .primary = &primary };
    struct rt_device *device = start(NULL, RT_D3D11);
    struct kernel *kernel = rt_device_kernel(device);

    tiny_hooks.create_resource = allocate_resource;
    tiny_hooks.destroy_resource = keep_allocation;
    scenario_expect_violation(kernel, "DestroyResource did not free a primary's allocation");
    scenario_expect_violation(kernel, "DriverFlags of the primary description is not written");
    scenario_expect_violation(kernel, "after DestroyDevice: the device is gone");
    d3d_destroy(d3d_create_texture(device, &desc, NULL));
}

static void allocate_shared(struct tiny_device *device, struct tiny_resource *resource)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(4096);

    blob.flags |= AEROGPU_WDDM_ALLOC_PRIV_FLAG_IS_SHARED;
    resource->h_allocation = tiny_allocate(device, resource->h_rt, &blob);
    resource->alloc_id = blob.share_token != 0 ? blob.alloc_id : 0;
}

static void a_shared_allocation_comes_back_with_a_token(void)
{
    const struct d3d_buffer_desc desc = { .size_bytes = 16,
                                          .misc = D3D10_DDI_RESOURCE_MISC_SHARED };
    struct rt_device *device = start(NULL, RT_D3D11);
    const struct tiny_resource *resource;
    struct rt_object *object;

    tiny_hooks.create_resource = allocate_shared;
    object = d3d_create_buffer(device, &desc, NULL);
    resource = rt_private(object);
    CHECK(resource->h_allocation != 0);
    CHECK(resource->alloc_id != 0);
    d3d_destroy(object);
}

/* ---- Locks ---- */

static const D3DDDICB_LOCKFLAGS no_flags;

static D3DKMT_HANDLE allocate_some(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);

    return tiny_allocate(device, NULL, &blob);
}

static void lock_both_ways(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS flags = { .Value = 3 };
    const D3DKMT_HANDLE allocation = allocate_some(device);
    HRESULT result;

    tiny_lock(device, allocation, flags, &result);
    tiny_deallocate(device, NULL, allocation);
}

static void a_lock_read_only_and_write_only_is_seen(void)
{
    flush_and_expect(lock_both_ways, "LockCb: ReadOnly and WriteOnly together");
}

static void lock_twice(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = allocate_some(device);
    HRESULT result;

    tiny_lock(device, allocation, no_flags, &result);
    tiny_lock(device, allocation, no_flags, &result);
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_second_lock_is_seen(void)
{
    flush_and_expect(lock_twice, "LockCb: the allocation is locked already");
}

static void write_read_only(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS flags = { .Value = 1 };
    const D3DKMT_HANDLE allocation = allocate_some(device);
    HRESULT result;
    uint8_t *bytes = tiny_lock(device, allocation, flags, &result);

    bytes[0] = 0;
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_write_through_a_read_only_lock_is_seen(void)
{
    flush_and_expect(write_read_only, "wrote through the read-only lock");
}

static void write_past_lock(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = allocate_some(device);
    HRESULT result;
    uint8_t *bytes = tiny_lock(device, allocation, no_flags, &result);

    bytes[256] = 0;
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_write_past_a_lock_is_seen(void)
{
    flush_and_expect(write_past_lock, "wrote outside the lock of alloc_id");
}

static void write_after_unlock(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = allocate_some(device);
    HRESULT result;
    uint8_t *bytes = tiny_lock(device, allocation, no_flags, &result);

    tiny_unlock(device, allocation);
    bytes[5] = 0;
    tiny_deallocate(device, NULL, allocation);
}

static void a_write_after_unlock_is_seen(void)
{
    flush_and_expect(write_after_unlock, "wrote to a stale memory of a lock, at byte 5");
}

static void free_locked(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = allocate_some(device);
    HRESULT result;

    tiny_lock(device, allocation, no_flags, &result);
    tiny_deallocate(device, NULL, allocation);
}

static void a_free_of_a_locked_allocation_is_seen(void)
{
    flush_and_expect(free_locked, "is still locked");
}

static void write_and_read_back(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = allocate_some(device);
    HRESULT result;
    uint8_t *bytes = tiny_lock(device, allocation, no_flags, &result);

    bytes[9] = 0x5A;
    tiny_unlock(device, allocation);
    bytes = tiny_lock(device, allocation, no_flags, &result);
    if (bytes[9] != 0x5A)
        tap_fail(__FILE__, __LINE__, "0x%02x", bytes[9]);
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void what_was_written_through_a_lock_is_there_later(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);

    tiny_hooks.flush = write_and_read_back;
    d3d_flush(device);
}

/* ---- Time, failures, removal ---- */

static HRESULT polled;
static HRESULT waited;

static void poll_and_wait(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS do_not_wait = { .Value = 4 };
    const D3DKMT_HANDLE allocation = allocate_some(device);

    tiny_list(device, allocation, true);
    tiny_submit(device);
    tiny_lock(device, allocation, do_not_wait, &polled);
    tiny_lock(device, allocation, no_flags, &waited);
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_busy_allocation_is_still_drawing_until_waited_for(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);

    tiny_hooks.flush = poll_and_wait;
    kernel_hold(rt_device_kernel(device), true);
    d3d_flush(device);
    CHECK_HR(polled, D3DDDIERR_WASSTILLDRAWING);
    CHECK_HR(waited, S_OK);
}

static void an_idle_allocation_locks_at_once(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);

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
    struct rt_device *device = start(NULL, RT_D3D11);
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
    struct rt_device *device = start(NULL, RT_D3D11);

    tiny_hooks.flush = submit_three_times;
    kernel_fail_render_keeping_buffers(rt_device_kernel(device), 2, E_OUTOFMEMORY);
    d3d_flush(device);
    CHECK_HR(results[1], E_OUTOFMEMORY);
    CHECK(buffers_kept);
}

static void a_removed_device_fails_every_submission(void)
{
    struct rt_device *device = start(NULL, RT_D3D11);

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
    TAP_TEST(a_wrong_private_blob_is_seen),
    TAP_TEST(an_alloc_id_used_again_is_seen),
    TAP_TEST(a_wrong_resource_handle_is_seen),
    TAP_TEST(a_leaked_allocation_is_seen),
    TAP_TEST(a_leaked_host_object_is_seen),
    TAP_TEST(a_leaked_context_is_seen),
    TAP_TEST(a_context_left_by_a_failed_create_device_is_seen),
    TAP_TEST(a_free_before_the_destroy_is_submitted_is_seen),
    TAP_TEST(a_resource_freed_by_its_handle_is_fine),
    TAP_TEST(a_kernel_resource_never_freed_is_seen),
    TAP_TEST(memory_kept_beyond_a_flush_is_seen),
    TAP_TEST(a_primary_kept_beyond_its_destroy_is_seen),
    TAP_TEST(a_shared_allocation_comes_back_with_a_token),
    TAP_TEST(a_lock_read_only_and_write_only_is_seen),
    TAP_TEST(a_second_lock_is_seen),
    TAP_TEST(a_write_through_a_read_only_lock_is_seen),
    TAP_TEST(a_write_past_a_lock_is_seen),
    TAP_TEST(a_write_after_unlock_is_seen),
    TAP_TEST(a_free_of_a_locked_allocation_is_seen),
    TAP_TEST(what_was_written_through_a_lock_is_there_later),
    TAP_TEST(a_busy_allocation_is_still_drawing_until_waited_for),
    TAP_TEST(an_idle_allocation_locks_at_once),
    TAP_TEST(a_planned_failure_hits_the_nth_call),
    TAP_TEST(a_planned_failure_can_keep_the_buffers),
    TAP_TEST(a_removed_device_fails_every_submission),
};

TAP_MAIN(tests)
