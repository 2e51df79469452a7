/*
 * Does the strict kernel see what it must see of memory? Each test lets a tiny driver break one
 * rule of allocations, resources, sharing or locks and expects that rule's violation.
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "runtime/scenario.h"
#include "tiny_driver.h"

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
        tiny_flush_and_expect(allocate_changed, rows[i].violation);
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
    tiny_flush_and_expect(reuse_id, "AllocateCb: alloc_id was used before");
}

static void allocate_for_nobody(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);

    tiny_allocate(device, device->create.hRTDevice.handle, &blob);
}

static void a_wrong_resource_handle_is_seen(void)
{
    tiny_flush_and_expect(allocate_for_nobody,
                          "AllocateCb: hResource is no resource of this runtime");
}

static void allocate_and_forget(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);

    tiny_allocate(device, NULL, &blob);
}

static void a_leaked_allocation_is_seen(void)
{
    tiny_flush_and_expect(allocate_and_forget,
                          "the device is gone, but 1 of its allocations live on");
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
    tiny_flush_and_expect(create_and_forget, "host object 0x7 (buffer) was never destroyed");
}

static void keep_context(struct tiny_device *device)
{
    (void)device;
}

static void a_leaked_context_is_seen(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

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

    tiny_create_buffer(device, 7, blob.alloc_id);
    tiny_list(device, allocation, false);
    tiny_submit(device);
    tiny_destroy_buffer(device, 7);
    tiny_deallocate(device, NULL, allocation);
    tiny_submit(device);
}

static void a_free_before_the_destroy_is_submitted_is_seen(void)
{
    tiny_flush_and_expect(free_too_early,
                          "is freed before the DESTROY_RESOURCE of 0x7 was submitted");
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
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

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
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

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
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.create_resource = allocate_resource;
    tiny_hooks.destroy_resource = keep_allocation;
    scenario_expect_violation(
        rt_device_kernel(device),
        "pfnFlush: memory of 1 destroyed resources is not freed at the end of Flush");
    scenario_expect_violation(rt_device_kernel(device), "after DestroyDevice: the device is gone");
    d3d_destroy(create_resource(device));
    d3d_flush(device);
}

static struct rt_object *create_primary(struct rt_device *device)
{
    DXGI_DDI_PRIMARY_DESC primary = { .DriverFlags = 0 };
    const struct d3d_texture_desc desc = { .width = 16,
                                           .height = 16,
                                           .format = DXGI_FORMAT_B8G8R8A8_UNORM,
                                           .bind = D3D10_DDI_BIND_RENDER_TARGET |
                                                   D3D10_DDI_BIND_PRESENT,
                                           .primary = &primary };

    return d3d_create_texture(device, &desc, NULL);
}

static void a_primary_kept_beyond_its_destroy_is_seen(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    struct kernel *kernel = rt_device_kernel(device);

    tiny_hooks.create_resource = allocate_resource;
    tiny_hooks.destroy_resource = keep_allocation;
    scenario_expect_violation(kernel, "DestroyResource did not free a primary's allocation");
    scenario_expect_violation(kernel, "DriverFlags of the primary description is not written");
    scenario_expect_violation(kernel, "after DestroyDevice: the device is gone");
    d3d_destroy(create_primary(device));
}

static void memory_of_a_sibling_freed_after_a_rotation_is_seen(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    struct kernel *kernel = rt_device_kernel(device);
    struct rt_object *buffers[2];

    tiny_hooks.create_resource = allocate_resource;
    scenario_expect_violation(kernel, "DriverFlags of the primary description is not written");
    scenario_expect_violation(kernel, "DestroyResource did not free a primary's allocation");
    buffers[0] = create_primary(device);
    buffers[1] = create_primary(device);
    CHECK_HR(d3d_rotate(device, buffers, 2), S_OK);
    d3d_destroy(buffers[0]);
    d3d_destroy(buffers[1]);
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
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    const struct tiny_resource *resource;
    struct rt_object *object;

    tiny_hooks.create_resource = allocate_shared;
    object = d3d_create_buffer(device, &desc, NULL);
    resource = rt_private(object);
    CHECK(resource->h_allocation != 0);
    CHECK(resource->alloc_id != 0);
    d3d_destroy(object);
}

static struct aerogpu_wddm_alloc_priv_v2 opened_blob;

static void note_blob(struct tiny_device *device, struct tiny_resource *resource,
                      const struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    (void)device;
    (void)resource;
    opened_blob = *blob;
}

/* Creates a shared resource on one device and opens it on another, of another process. */
static struct rt_object *share(struct rt_device *device, struct rt_object **original)
{
    const struct d3d_buffer_desc desc = { .size_bytes = 16,
                                          .misc = D3D10_DDI_RESOURCE_MISC_SHARED };

    tiny_hooks.create_resource = allocate_shared;
    *original = d3d_create_buffer(device, &desc, NULL);
    return d3d_open_resource(tiny_start(rt_device_kernel(device), RT_D3D10), *original);
}

static void an_opened_resource_carries_the_blob_of_its_creator(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    const struct tiny_resource *creators;
    const struct tiny_resource *openers;
    struct rt_object *original;
    struct rt_object *opened;

    tiny_hooks.open_resource = note_blob;
    opened = share(device, &original);
    creators = rt_private(original);
    openers = rt_private(opened);
    CHECK_EQ(opened_blob.alloc_id, creators->alloc_id);
    CHECK(opened_blob.share_token != 0);
    CHECK(openers->h_allocation != creators->h_allocation);
    CHECK_EQ(kernel_live_allocations(rt_device_kernel(device)), 2);
    d3d_destroy(original);
    d3d_destroy(opened);
    CHECK_EQ(kernel_live_allocations(rt_device_kernel(device)), 0);
}

static void lock_opened(struct tiny_device *device, struct tiny_resource *resource)
{
    const D3DDDICB_LOCKFLAGS flags = { .Value = 0 };
    HRESULT result;

    if (resource->h_allocation != 0)
        tiny_lock(device, resource->h_allocation, flags, &result);
    tiny_deallocate(device, resource->h_rt, 0);
}

static void a_lock_of_an_opened_allocation_is_seen(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    struct rt_object *original;
    struct rt_object *opened = share(device, &original);

    tiny_hooks.destroy_resource = lock_opened;
    scenario_expect_violation(rt_device_kernel(device),
                              "LockCb: only the creator of a shared allocation may lock it");
    d3d_destroy(opened);
    tiny_hooks.destroy_resource = NULL;
    d3d_destroy(original);
}

static void allocate_two(struct tiny_device *device, struct tiny_resource *resource)
{
    allocate_shared(device, resource);
    allocate_shared(device, resource);
    resource->h_allocation = 1;
}

static void a_second_allocation_of_a_shared_resource_is_seen(void)
{
    const struct d3d_buffer_desc desc = { .size_bytes = 16,
                                          .misc = D3D10_DDI_RESOURCE_MISC_SHARED };
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.create_resource = allocate_two;
    scenario_expect_violation(rt_device_kernel(device),
                              "AllocateCb: a second allocation for a shared resource");
    d3d_destroy(d3d_create_buffer(device, &desc, NULL));
}

static void release_token(struct tiny_device *device)
{
    const struct aerogpu_cmd_release_shared_surface release = {
        .hdr = { AEROGPU_CMD_RELEASE_SHARED_SURFACE, sizeof(release) }, .share_token = 5
    };

    tiny_packet(device, &release, sizeof(release));
    tiny_submit(device);
}

static void a_driver_that_releases_tokens_is_seen(void)
{
    tiny_flush_and_expect(release_token, "only the kernel driver releases share tokens");
}

/* ---- Presentation ---- */

static void a_presentation_names_its_surface(void)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    struct kernel *kernel = rt_device_kernel(device);
    struct kernel_allocation_info info;
    struct rt_object *surface;

    tiny_hooks.create_resource = allocate_resource;
    surface = create_resource(device);
    CHECK_HR(d3d_present(surface, NULL, true, DXGI_DDI_FLIP_INTERVAL_ONE), S_OK);
    CHECK(kernel_allocation(kernel, 0, &info));
    CHECK_EQ(kernel_presents(kernel), 1);
    CHECK_EQ(kernel_present(kernel, 0)->source_alloc_id, info.alloc_id);
    CHECK_EQ(kernel_present(kernel, 0)->target_alloc_id, 0);
    d3d_destroy(surface);
}

static void change_context(struct tiny_device *device, DXGIDDICB_PRESENT *present)
{
    (void)device;
    present->pDXGIContext = NULL;
}

static void no_surface(struct tiny_device *device, DXGIDDICB_PRESENT *present)
{
    (void)device;
    present->hSrcAllocation = 0;
}

static void present_and_expect(void (*change)(struct tiny_device *, DXGIDDICB_PRESENT *),
                               const char *violation)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);
    struct rt_object *surface;

    tiny_hooks.create_resource = allocate_resource;
    tiny_hooks.present = change;
    scenario_expect_violation(rt_device_kernel(device), violation);
    surface = create_resource(device);
    d3d_present(surface, NULL, false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE);
    d3d_destroy(surface);
}

static void a_wrong_present_argument_is_seen(void)
{
    present_and_expect(change_context, "DXGI pfnPresentCb: pDXGIContext is not what Present got");
    present_and_expect(no_surface, "DXGI PresentCb: hSrcAllocation is no live allocation");
}

/* ---- Locks ---- */

static const D3DDDICB_LOCKFLAGS no_flags;

static void lock_both_ways(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS flags = { .Value = 3 };
    const D3DKMT_HANDLE allocation = tiny_allocate_some(device);
    HRESULT result;

    tiny_lock(device, allocation, flags, &result);
    tiny_deallocate(device, NULL, allocation);
}

static void a_lock_read_only_and_write_only_is_seen(void)
{
    tiny_flush_and_expect(lock_both_ways, "LockCb: ReadOnly and WriteOnly together");
}

static void lock_twice(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = tiny_allocate_some(device);
    HRESULT result;

    tiny_lock(device, allocation, no_flags, &result);
    tiny_lock(device, allocation, no_flags, &result);
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_second_lock_is_seen(void)
{
    tiny_flush_and_expect(lock_twice, "LockCb: the allocation is locked already");
}

static void write_read_only(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS flags = { .Value = 1 };
    const D3DKMT_HANDLE allocation = tiny_allocate_some(device);
    HRESULT result;
    uint8_t *bytes = tiny_lock(device, allocation, flags, &result);

    bytes[0] = 0;
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_write_through_a_read_only_lock_is_seen(void)
{
    tiny_flush_and_expect(write_read_only, "wrote through the read-only lock");
}

static void write_past_lock(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = tiny_allocate_some(device);
    HRESULT result;
    uint8_t *bytes = tiny_lock(device, allocation, no_flags, &result);

    bytes[256] = 0;
    tiny_unlock(device, allocation);
    tiny_deallocate(device, NULL, allocation);
}

static void a_write_past_a_lock_is_seen(void)
{
    tiny_flush_and_expect(write_past_lock, "wrote outside the lock of alloc_id");
}

static void write_after_unlock(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = tiny_allocate_some(device);
    HRESULT result;
    uint8_t *bytes = tiny_lock(device, allocation, no_flags, &result);

    tiny_unlock(device, allocation);
    bytes[5] = 0;
    tiny_deallocate(device, NULL, allocation);
}

static void a_write_after_unlock_is_seen(void)
{
    tiny_flush_and_expect(write_after_unlock, "wrote to a stale memory of a lock, at byte 5");
}

static void free_locked(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = tiny_allocate_some(device);
    HRESULT result;

    tiny_lock(device, allocation, no_flags, &result);
    tiny_deallocate(device, NULL, allocation);
}

static void a_free_of_a_locked_allocation_is_seen(void)
{
    tiny_flush_and_expect(free_locked, "is still locked");
}

static void write_and_read_back(struct tiny_device *device)
{
    const D3DKMT_HANDLE allocation = tiny_allocate_some(device);
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
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.flush = write_and_read_back;
    d3d_flush(device);
}

static const struct tap_test tests[] = {
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
    TAP_TEST(memory_of_a_sibling_freed_after_a_rotation_is_seen),
    TAP_TEST(a_shared_allocation_comes_back_with_a_token),
    TAP_TEST(an_opened_resource_carries_the_blob_of_its_creator),
    TAP_TEST(a_lock_of_an_opened_allocation_is_seen),
    TAP_TEST(a_second_allocation_of_a_shared_resource_is_seen),
    TAP_TEST(a_driver_that_releases_tokens_is_seen),
    TAP_TEST(a_presentation_names_its_surface),
    TAP_TEST(a_wrong_present_argument_is_seen),
    TAP_TEST(a_lock_read_only_and_write_only_is_seen),
    TAP_TEST(a_second_lock_is_seen),
    TAP_TEST(a_write_through_a_read_only_lock_is_seen),
    TAP_TEST(a_write_past_a_lock_is_seen),
    TAP_TEST(a_write_after_unlock_is_seen),
    TAP_TEST(a_free_of_a_locked_allocation_is_seen),
    TAP_TEST(what_was_written_through_a_lock_is_there_later),
};

TAP_MAIN(tests)
