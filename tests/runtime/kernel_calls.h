/**
 * The kernel as the fake runtime calls it: one function behind each callback, the first handle
 * already resolved to a device. Tests use kernel.h only.
 */
#ifndef RUNTIME_KERNEL_CALLS_H
#define RUNTIME_KERNEL_CALLS_H

#include "runtime/kernel.h"

/** What the kernel tells the runtime that owns a device. */
struct kernel_client {
    void *user;
    /** Called inside RenderCb, before the stream is read (first) and after the new buffers are
     * ready but not yet handed over: the 10.x runtimes destroy queued objects there. */
    void (*render)(void *user, bool first);
};

/** What the runtime says of a resource before the driver may name it in callbacks. */
struct kernel_resource_desc {
    HANDLE h_rt_resource;
    bool is_shared;
    bool may_be_primary; /**< the creation carries a primary description */
    UINT source_id;      /**< of the primary */
};

/** A device of one process. The client is copied. */
struct kernel_device *kernel_device_create(struct kernel *kernel,
                                           const struct kernel_client *client);

/** Accounts for what the driver left behind on this device. NULL is fine. */
void kernel_device_destroy(struct kernel_device *device);
uint32_t kernel_device_id(const struct kernel_device *device);

/** True once a callback returned a failure other than "still drawing" to this device. */
bool kernel_device_has_failed(const struct kernel_device *device);

/** Successful and failed RenderCb calls so far. */
unsigned kernel_device_renders(const struct kernel_device *device, bool successful);

/** True while the device is inside RenderCb. */
bool kernel_device_is_rendering(const struct kernel_device *device);

void kernel_resource_announce(struct kernel_device *device,
                              const struct kernel_resource_desc *desc);

/** The runtime is done with a resource: its allocations must be gone, or wait for the queue. */
void kernel_resource_retire(struct kernel_device *device, HANDLE h_rt_resource);

/** True once nothing is allocated under the resource any more. */
bool kernel_resource_is_freed(struct kernel_device *device, HANDLE h_rt_resource);

/** Resources the runtime destroyed whose memory the driver did not free yet. */
unsigned kernel_retired_resources(const struct kernel_device *device);

/** What a process gets that opens a shared resource. blob is lent for the open call. */
struct kernel_opened {
    D3DKMT_HANDLE h_allocation;
    D3DKMT_HANDLE h_km_resource;
    uint8_t blob[64];
    UINT blob_bytes;
};

/** Opens, for device, what h_rt_source of source shares. False if that is not a shared resource. */
bool kernel_open_shared(struct kernel_device *device, HANDLE h_rt_resource,
                        struct kernel_device *source, HANDLE h_rt_source,
                        struct kernel_opened *opened);

/** Late writes into buffers the kernel took back; the runtime asks after every DDI call. */
void kernel_check_retired(struct kernel *kernel, bool all);

/** Counts a call and applies plans and device removal: true if it shall fail with *result. */
bool kernel_intercept(struct kernel *kernel, struct kernel_device *device,
                      enum kernel_callback callback, HRESULT *result);

HRESULT kernel_allocate(struct kernel_device *device, D3DDDICB_ALLOCATE *data);
HRESULT kernel_deallocate(struct kernel_device *device, const D3DDDICB_DEALLOCATE *data);
HRESULT kernel_set_priority(struct kernel_device *device, const D3DDDICB_SETPRIORITY *data);
HRESULT kernel_query_residency(struct kernel_device *device, const D3DDDICB_QUERYRESIDENCY *data);
HRESULT kernel_set_display_mode(struct kernel_device *device, const D3DDDICB_SETDISPLAYMODE *data);
HRESULT kernel_render(struct kernel_device *device, D3DDDICB_RENDER *data);
HRESULT kernel_lock(struct kernel_device *device, D3DDDICB_LOCK *data);
HRESULT kernel_unlock(struct kernel_device *device, const D3DDDICB_UNLOCK *data);
HRESULT kernel_create_context(struct kernel_device *device, D3DDDICB_CREATECONTEXT *data);
HRESULT kernel_destroy_context(struct kernel_device *device, const D3DDDICB_DESTROYCONTEXT *data);
HRESULT kernel_dxgi_present(struct kernel_device *device, const DXGIDDICB_PRESENT *data);
HRESULT kernel_query_adapter_info(struct kernel *kernel, const D3DDDICB_QUERYADAPTERINFO *data);

#endif
