#include <stdlib.h>
#include <string.h>

#include "runtime/kernel_state.h"

/* Beyond it the kernel has no video memory; the machine that runs the tests may have little. */
#define VIDEO_MEMORY_BYTES ((uint64_t)512 * 1024 * 1024)

#define D3DERR_OUTOFVIDEOMEMORY_CODE ((HRESULT)0x8876017C)

/* ---- Resources of the runtimes ---- */

void kernel_resource_announce(struct kernel_device *device, const struct kernel_resource_desc *desc)
{
    struct kernel_resource *resource = calloc(1, sizeof(*resource));

    if (resource == NULL)
        tap_bail_out("out of memory");
    resource->desc = *desc;
    resource->next = device->resources;
    device->resources = resource;
}

struct kernel_resource *kernel_find_resource(struct kernel_device *device, HANDLE h_rt_resource)
{
    struct kernel_resource *resource = device->resources;

    while (resource != NULL && resource->desc.h_rt_resource != h_rt_resource)
        resource = resource->next;
    return resource;
}

static void forget_resource(struct kernel_device *device, struct kernel_resource *resource)
{
    struct kernel_resource **link = &device->resources;

    while (*link != resource)
        link = &(*link)->next;
    *link = resource->next;
    free(resource);
}

void kernel_resource_retire(struct kernel_device *device, HANDLE h_rt_resource)
{
    struct kernel_resource *resource = kernel_find_resource(device, h_rt_resource);

    if (resource == NULL)
        return;
    resource->is_retired = true;
    if (resource->h_km == 0)
        forget_resource(device, resource);
}

bool kernel_resource_is_freed(struct kernel_device *device, HANDLE h_rt_resource)
{
    const struct kernel_resource *resource = kernel_find_resource(device, h_rt_resource);

    return resource == NULL || resource->h_km == 0;
}

unsigned kernel_retired_resources(const struct kernel_device *device)
{
    unsigned count = 0;

    for (const struct kernel_resource *r = device->resources; r != NULL; r = r->next)
        count += r->is_retired;
    return count;
}

/* ---- Allocations ---- */

struct kernel_allocation *kernel_find_allocation(struct kernel_device *device, D3DKMT_HANDLE handle)
{
    struct kernel_allocation *allocation = device->kernel->allocations;

    while (allocation != NULL && (allocation->handle != handle || allocation->device != device))
        allocation = allocation->next;
    return allocation;
}

static void release_memory(struct kernel *kernel, struct kernel_memory *memory)
{
    struct kernel_memory **link = &kernel->memories;

    if (--memory->references > 0)
        return;
    while (*link != memory)
        link = &(*link)->next;
    *link = memory->next;
    if (memory->blob.share_token != 0)
        kernel_release_token(kernel, memory->blob.share_token);
    guard_destroy(memory->backing);
    free(memory);
}

void kernel_drop_allocation(struct kernel *kernel, struct kernel_allocation *allocation)
{
    struct kernel_allocation **link = &kernel->allocations;

    while (*link != allocation)
        link = &(*link)->next;
    *link = allocation->next;
    if (allocation->view != NULL)
        guard_queue_add(&kernel->retired, allocation->view, "memory of a lock", false);
    release_memory(kernel, allocation->memory);
    free(allocation);
}

static struct kernel_allocation *add_allocation(struct kernel_device *device,
                                                struct kernel_memory *memory,
                                                struct kernel_resource *resource)
{
    struct kernel *kernel = device->kernel;
    struct kernel_allocation *allocation = calloc(1, sizeof(*allocation));
    struct kernel_allocation **link = &kernel->allocations;

    if (allocation == NULL)
        tap_bail_out("out of memory");
    allocation->device = device;
    allocation->memory = memory;
    allocation->resource = resource;
    allocation->handle = kernel_new_handle(kernel);
    memory->references++;
    if (resource != NULL && resource->h_km == 0)
        resource->h_km = kernel_new_handle(kernel);
    while (*link != NULL)
        link = &(*link)->next;
    *link = allocation;
    return allocation;
}

static struct kernel_memory *
add_memory(struct kernel *kernel, const struct aerogpu_wddm_alloc_priv_v2 *blob, UINT blob_bytes)
{
    struct kernel_memory *memory = calloc(1, sizeof(*memory));

    if (memory == NULL)
        tap_bail_out("out of memory");
    memory->blob = *blob;
    memory->blob_bytes = blob_bytes;
    memory->gpa = kernel->next_gpa;
    kernel->next_gpa += (blob->size_bytes + 0xFFFF) & ~(uint64_t)0xFFFF;
    memory->backing = guard_create_pages((size_t)blob->size_bytes);
    memory->next = kernel->memories;
    kernel->memories = memory;
    return memory;
}

/* ---- The checks of AllocateCb: each says what is wrong, or NULL ---- */

static const char *check_request(const struct kernel_resource *resource,
                                 const D3DDDICB_ALLOCATE *data)
{
    const D3DDDI_ALLOCATIONINFO *info = data->pAllocationInfo;

    if (data->pPrivateDriverData != NULL || data->PrivateDriverDataSize != 0)
        return "private data on the resource, not on the allocation";
    if (data->hKMResource != 0)
        return "hKMResource is not zero on input";
    if (data->NumAllocations != 1 || info == NULL)
        return "not exactly one allocation";
    if (info->pSystemMem != NULL)
        return "pSystemMem is not NULL";
    if (info->Flags.Reserved != 0)
        return "reserved flags are set";
    if (info->Flags.Primary && (resource == NULL || !resource->desc.may_be_primary))
        return "the Primary flag without a primary description";
    if (info->VidPnSourceId != (info->Flags.Primary ? resource->desc.source_id : 0))
        return "VidPnSourceId is not that of the primary, or not zero";
    if (info->pPrivateDriverData == NULL)
        return "no private data";
    return NULL;
}

static const char *check_blob(const struct kernel_resource *resource,
                              const struct aerogpu_wddm_alloc_priv_v2 *blob, UINT blob_bytes)
{
    const bool is_shared = resource != NULL && resource->desc.is_shared;

    if (blob_bytes < sizeof(struct aerogpu_wddm_alloc_priv))
        return "private data below 40 bytes";
    if (blob->magic != AEROGPU_WDDM_ALLOC_PRIV_MAGIC)
        return "private data with a foreign magic";
    if (blob->version != AEROGPU_WDDM_ALLOC_PRIV_VERSION_2)
        return "private data is not version 2";
    if (blob_bytes != sizeof(*blob))
        return "private data of version 2 is not 64 bytes";
    if (blob->alloc_id == 0 || blob->alloc_id > AEROGPU_WDDM_ALLOC_ID_UMD_MAX)
        return "alloc_id is 0 or above 0x7FFFFFFF";
    if (((blob->flags & AEROGPU_WDDM_ALLOC_PRIV_FLAG_IS_SHARED) != 0) != is_shared)
        return "IS_SHARED differs from the request to create shared";
    if ((blob->flags & ~7u) != 0)
        return "undefined private flags are set";
    if ((blob->flags & AEROGPU_WDDM_ALLOC_PRIV_FLAG_CPU_VISIBLE) == 0)
        return "CPU_VISIBLE is not set";
    if (blob->share_token != 0)
        return "share_token is not zero on input";
    if (blob->size_bytes == 0)
        return "size_bytes is zero";
    if ((blob->reserved0 & AEROGPU_WDDM_ALLOC_PRIV_DESC_MARKER) != 0)
        return "reserved0 carries a D3D9 description";
    if ((uint32_t)blob->reserved0 > blob->size_bytes || blob->row_pitch_bytes > blob->size_bytes)
        return "a pitch larger than the allocation";
    if (blob->reserved1 != 0)
        return "reserved1 is not zero";
    return NULL;
}

static const char *check_kind(const struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    if (blob->kind == AEROGPU_WDDM_ALLOC_KIND_BUFFER) {
        if (blob->width != 0 || blob->height != 0 || blob->format != 0 ||
            blob->row_pitch_bytes != 0)
            return "a buffer with texture fields";
        return NULL;
    }
    if (blob->kind != AEROGPU_WDDM_ALLOC_KIND_TEXTURE2D)
        return "kind is neither buffer nor texture";
    if (blob->width == 0 || blob->height == 0 || blob->format == 0 || blob->row_pitch_bytes == 0)
        return "a texture without width, height, format or pitch";
    return NULL;
}

static const char *check_id(struct kernel *kernel, uint32_t alloc_id)
{
    for (size_t i = 0; i < kernel->used_id_count; i++) {
        if (kernel->used_ids[i] == alloc_id)
            return "alloc_id was used before";
    }
    kernel->used_ids = kernel_append(kernel->used_ids, &kernel->used_id_count, sizeof(alloc_id));
    kernel->used_ids[kernel->used_id_count - 1] = alloc_id;
    return NULL;
}

/* What the kernel writes into the blob: the token of a shared allocation, maybe a larger pitch. */
static void complete_blob(struct kernel *kernel, struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    const UINT alignment = kernel->config.pitch_alignment;

    if ((blob->flags & AEROGPU_WDDM_ALLOC_PRIV_FLAG_IS_SHARED) != 0 &&
        !kernel->config.withhold_share_token)
        blob->share_token = kernel->next_token++;
    if (alignment > 1 && blob->kind == AEROGPU_WDDM_ALLOC_KIND_TEXTURE2D)
        blob->row_pitch_bytes = (blob->row_pitch_bytes + alignment - 1) / alignment * alignment;
}

HRESULT kernel_allocate(struct kernel_device *device, D3DDDICB_ALLOCATE *data)
{
    struct kernel *kernel = device->kernel;
    struct aerogpu_wddm_alloc_priv_v2 blob;
    struct kernel_resource *resource = NULL;
    struct kernel_allocation *allocation;
    D3DDDI_ALLOCATIONINFO *info;
    const char *reason;

    if (data == NULL)
        return kernel_refuse(device, "AllocateCb", "no argument");
    if (data->hResource != NULL) {
        resource = kernel_find_resource(device, data->hResource);
        if (resource == NULL)
            return kernel_refuse(device, "AllocateCb", "hResource is no resource of this runtime");
    }
    reason = check_request(resource, data);
    if (reason != NULL)
        return kernel_refuse(device, "AllocateCb", reason);
    if (resource != NULL && resource->desc.is_shared && resource->h_km != 0)
        return kernel_refuse(device, "AllocateCb", "a second allocation for a shared resource");

    info = data->pAllocationInfo;
    memset(&blob, 0, sizeof(blob));
    memcpy(&blob, info->pPrivateDriverData,
           info->PrivateDriverDataSize < sizeof(blob) ? info->PrivateDriverDataSize : sizeof(blob));
    reason = check_blob(resource, &blob, info->PrivateDriverDataSize);
    if (reason == NULL)
        reason = check_kind(&blob);
    if (reason == NULL)
        reason = check_id(kernel, blob.alloc_id);
    if (reason != NULL)
        return kernel_refuse(device, "AllocateCb", reason);
    if (blob.size_bytes > VIDEO_MEMORY_BYTES) {
        device->has_failed = true;
        return D3DERR_OUTOFVIDEOMEMORY_CODE;
    }

    complete_blob(kernel, &blob);
    allocation =
        add_allocation(device, add_memory(kernel, &blob, info->PrivateDriverDataSize), resource);
    allocation->is_primary = info->Flags.Primary;
    memcpy(info->pPrivateDriverData, &blob, sizeof(blob));
    info->hAllocation = allocation->handle;
    data->hKMResource = resource != NULL ? resource->h_km : 0;
    return S_OK;
}

/* ---- Freeing ---- */

static void judge_free(const struct kernel_allocation *allocation)
{
    struct kernel_device *device = allocation->device;
    const uint32_t object = kernel_object_backed_by(device, allocation->memory->blob.alloc_id);

    if (allocation->view != NULL)
        report_violation(device->kernel->report, "DeallocateCb: alloc_id %u is still locked",
                         allocation->memory->blob.alloc_id);
    if (object != 0 && !device->is_lost)
        report_violation(device->kernel->report,
                         "DeallocateCb: alloc_id %u is freed before the DESTROY_RESOURCE of 0x%x "
                         "was submitted",
                         allocation->memory->blob.alloc_id, object);
}

static HRESULT deallocate_resource(struct kernel_device *device, HANDLE h_rt_resource)
{
    struct kernel_resource *resource = kernel_find_resource(device, h_rt_resource);

    if (resource == NULL)
        return kernel_refuse(device, "DeallocateCb", "hResource is no resource of this runtime");
    if (resource->h_km == 0)
        return kernel_refuse(device, "DeallocateCb", "nothing is allocated under hResource");
    for (struct kernel_allocation *a = device->kernel->allocations, *next; a != NULL; a = next) {
        next = a->next;
        if (a->resource == resource) {
            judge_free(a);
            kernel_drop_allocation(device->kernel, a);
        }
    }
    resource->h_km = 0;
    if (resource->is_retired)
        forget_resource(device, resource);
    return S_OK;
}

HRESULT kernel_deallocate(struct kernel_device *device, const D3DDDICB_DEALLOCATE *data)
{
    if (data == NULL)
        return kernel_refuse(device, "DeallocateCb", "no argument");
    if (data->hResource != NULL)
        return deallocate_resource(device, data->hResource);
    if (data->NumAllocations == 0 || data->HandleList == NULL)
        return kernel_refuse(device, "DeallocateCb", "neither hResource nor a handle list");
    for (UINT i = 0; i < data->NumAllocations; i++) {
        struct kernel_allocation *allocation = kernel_find_allocation(device, data->HandleList[i]);

        if (allocation == NULL)
            return kernel_refuse(device, "DeallocateCb", "a handle that is no live allocation");
        judge_free(allocation);
        kernel_drop_allocation(device->kernel, allocation);
    }
    return S_OK;
}

/* ---- Sharing ---- */

bool kernel_open_shared(struct kernel_device *device, HANDLE h_rt_resource,
                        struct kernel_device *source, HANDLE h_rt_source,
                        struct kernel_opened *opened)
{
    struct kernel_resource *resource = kernel_find_resource(device, h_rt_resource);
    struct kernel_resource *shared = kernel_find_resource(source, h_rt_source);
    struct kernel_allocation *original = device->kernel->allocations;
    struct kernel_allocation *allocation;

    if (resource == NULL || shared == NULL || !shared->desc.is_shared)
        return false;
    while (original != NULL && original->resource != shared)
        original = original->next;
    if (original == NULL)
        return false;

    allocation = add_allocation(device, original->memory, resource);
    allocation->is_opened = true;
    opened->h_allocation = allocation->handle;
    opened->h_km_resource = resource->h_km;
    opened->blob_bytes = original->memory->blob_bytes;
    memcpy(opened->blob, &original->memory->blob, sizeof(opened->blob));
    return true;
}

/* ---- Priority, residency, display mode, presentation ---- */

static bool names_allocations(struct kernel_device *device, HANDLE h_rt_resource, UINT count,
                              const D3DKMT_HANDLE *handles)
{
    if (h_rt_resource != NULL)
        return kernel_find_resource(device, h_rt_resource) != NULL;
    if (count == 0 || handles == NULL)
        return false;
    for (UINT i = 0; i < count; i++) {
        if (kernel_find_allocation(device, handles[i]) == NULL)
            return false;
    }
    return true;
}

HRESULT kernel_set_priority(struct kernel_device *device, const D3DDDICB_SETPRIORITY *data)
{
    if (data == NULL || data->pPriorities == NULL ||
        !names_allocations(device, data->hResource, data->NumAllocations, data->HandleList))
        return kernel_refuse(device, "SetPriorityCb", "no priorities, or no live allocation");
    return S_OK;
}

HRESULT kernel_query_residency(struct kernel_device *device, const D3DDDICB_QUERYRESIDENCY *data)
{
    if (data == NULL || data->pResidencyStatus == NULL ||
        !names_allocations(device, data->hResource, data->NumAllocations, data->HandleList))
        return kernel_refuse(device, "QueryResidencyCb", "no status array, or no live allocation");
    for (UINT i = 0; i == 0 || (data->hResource == NULL && i < data->NumAllocations); i++)
        data->pResidencyStatus[i] = device->kernel->residency;
    return S_OK;
}

HRESULT kernel_set_display_mode(struct kernel_device *device, const D3DDDICB_SETDISPLAYMODE *data)
{
    const struct kernel_allocation *allocation;

    if (data == NULL)
        return kernel_refuse(device, "SetDisplayModeCb", "no argument");
    allocation = kernel_find_allocation(device, data->hPrimaryAllocation);
    if (allocation == NULL)
        return kernel_refuse(device, "SetDisplayModeCb", "a handle that is no live allocation");
    if (!allocation->is_primary)
        return E_INVALIDARG;
    device->kernel->primary_alloc_id = allocation->memory->blob.alloc_id;
    return S_OK;
}

HRESULT kernel_dxgi_present(struct kernel_device *device, const DXGIDDICB_PRESENT *data)
{
    struct kernel *kernel = device->kernel;
    const struct kernel_allocation *source;
    const struct kernel_allocation *target = NULL;
    struct kernel_present *present;

    if (data == NULL)
        return kernel_refuse(device, "DXGI PresentCb", "no argument");
    source = kernel_find_allocation(device, data->hSrcAllocation);
    if (source == NULL)
        return kernel_refuse(device, "DXGI PresentCb", "hSrcAllocation is no live allocation");
    if (data->hDstAllocation != 0) {
        target = kernel_find_allocation(device, data->hDstAllocation);
        if (target == NULL)
            return kernel_refuse(device, "DXGI PresentCb", "hDstAllocation is no live allocation");
    }
    if (source->view != NULL || (target != NULL && target->view != NULL))
        return kernel_refuse(device, "DXGI PresentCb", "a locked allocation");
    if (device->h_context == NULL || data->hContext != device->h_context)
        return kernel_refuse(device, "DXGI PresentCb", "hContext is not the device's context");
    if (data->BroadcastContextCount != 0)
        return kernel_refuse(device, "DXGI PresentCb", "BroadcastContextCount is not zero");

    kernel->presents = kernel_append(kernel->presents, &kernel->present_count, sizeof(*present));
    present = &kernel->presents[kernel->present_count - 1];
    present->serial = kernel->submitted;
    present->source_alloc_id = source->memory->blob.alloc_id;
    present->target_alloc_id = target != NULL ? target->memory->blob.alloc_id : 0;
    if (kernel->submission_count > 0)
        kernel->submissions[kernel->submission_count - 1].is_presented = true;
    return S_OK;
}
