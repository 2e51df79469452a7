#include "wddm/runtime.h"

#include <d3d10umddi.h>
#include <stddef.h>

#include "platform/log.h"

_Static_assert(sizeof(struct wddm_list_entry) == sizeof(D3DDDI_ALLOCATIONLIST) &&
                   offsetof(struct wddm_list_entry, h_allocation) ==
                       offsetof(D3DDDI_ALLOCATIONLIST, hAllocation) &&
                   offsetof(struct wddm_list_entry, flags) ==
                       offsetof(D3DDDI_ALLOCATIONLIST, Value),
               "list entries are written in place");

/* What a lock of a busy allocation may come back with (driver semantics 12.3). */
static const HRESULT busy_codes[] = {
    D3DDDIERR_WASSTILLDRAWING,    DXGI_DDI_ERR_WASSTILLDRAWING,
    DXGI_ERROR_WAS_STILL_DRAWING, (HRESULT)0xD01E0102, /* graphics: GPU busy, as HRESULT_FROM_NT */
    (HRESULT)0x80070102,                               /* wait timeout */
    (HRESULT)0x800705B4,                               /* timeout */
    (HRESULT)0x10000102,                               /* wait timeout, as a customer NTSTATUS */
    (HRESULT)0x8000000A,                               /* E_PENDING */
};

static struct wddm_runtime *of(struct wddm *wddm)
{
    return (struct wddm_runtime *)((char *)wddm - offsetof(struct wddm_runtime, wddm));
}

/* A callback's code as a result; what no callback should answer is a bug of ours and is told. */
static enum result result_of(const char *callback, HRESULT code)
{
    if (SUCCEEDED(code))
        return RESULT_OK;
    if (code == D3DDDIERR_DEVICEREMOVED)
        return RESULT_DEVICE_REMOVED;
    if (code == E_OUTOFMEMORY || code == (HRESULT)0x8876017C /* out of video memory */)
        return RESULT_OUT_OF_MEMORY;
    log_line("aerogpu-d3d10_11: %s refused: 0x%08x", callback, (unsigned)code);
    return RESULT_INVALID;
}

static enum result create_context(struct wddm *wddm, struct wddm_buffers *first)
{
    struct wddm_runtime *runtime = of(wddm);
    D3DDDICB_CREATECONTEXT context = { 0 };
    const enum result result =
        result_of("pfnCreateContextCb",
                  runtime->kernel->pfnCreateContextCb(runtime->h_rt_device, &context));

    if (result != RESULT_OK)
        return result == RESULT_DEVICE_REMOVED ? result : RESULT_OUT_OF_MEMORY;
    runtime->h_context = context.hContext;
    first->command = context.pCommandBuffer;
    first->command_bytes = context.CommandBufferSize;
    first->list = (struct wddm_list_entry *)context.pAllocationList;
    first->list_entries = context.AllocationListSize;
    return RESULT_OK;
}

static void destroy_context(struct wddm *wddm)
{
    struct wddm_runtime *runtime = of(wddm);
    const D3DDDICB_DESTROYCONTEXT context = { .hContext = runtime->h_context };

    runtime->kernel->pfnDestroyContextCb(runtime->h_rt_device, &context);
    runtime->h_context = NULL;
}

static enum result render(struct wddm *wddm, const struct wddm_render *what,
                          struct wddm_buffers *next)
{
    struct wddm_runtime *runtime = of(wddm);
    D3DDDICB_RENDER argument = {
        .CommandLength = what->command_bytes,
        .NumAllocations = what->list_entries,
        .hContext = runtime->h_context,
    };
    HRESULT code;

    if (what->want_command_bytes) {
        argument.Flags.ResizeCommandBuffer = 1;
        argument.NewCommandBufferSize = what->want_command_bytes;
    }
    if (what->want_list_entries) {
        argument.Flags.ResizeAllocationList = 1;
        argument.NewAllocationListSize = what->want_list_entries;
    }
    code = runtime->kernel->pfnRenderCb(runtime->h_rt_device, &argument);
    next->command = argument.pNewCommandBuffer;
    next->command_bytes = argument.NewCommandBufferSize;
    next->list = (struct wddm_list_entry *)argument.pNewAllocationList;
    next->list_entries = argument.NewAllocationListSize;
    return result_of("pfnRenderCb", code);
}

static void amortize(struct wddm *wddm)
{
    struct wddm_runtime *runtime = of(wddm);
    const D3D10DDI_HRTCORELAYER h_core_layer = { runtime->h_rt_core_layer };

    if (runtime->core_layer_11)
        runtime->core_layer_11->pfnPerformAmortizedProcessingCb(h_core_layer);
}

static enum result allocate(struct wddm *wddm, void *h_rt_resource, bool is_primary,
                            uint32_t scanout_source, struct aerogpu_wddm_alloc_priv_v2 *blob,
                            uint32_t *h_allocation)
{
    struct wddm_runtime *runtime = of(wddm);
    D3DDDI_ALLOCATIONINFO info = {
        .pPrivateDriverData = blob,
        .PrivateDriverDataSize = sizeof(*blob),
        .VidPnSourceId = is_primary ? scanout_source : 0,
    };
    D3DDDICB_ALLOCATE argument = {
        .hResource = h_rt_resource,
        .NumAllocations = 1,
        .pAllocationInfo = &info,
    };
    enum result result;

    info.Flags.Primary = is_primary;
    result =
        result_of("pfnAllocateCb", runtime->kernel->pfnAllocateCb(runtime->h_rt_device, &argument));
    if (result != RESULT_OK)
        return result == RESULT_DEVICE_REMOVED ? result : RESULT_OUT_OF_MEMORY;
    *h_allocation = info.hAllocation;
    return RESULT_OK;
}

static void deallocate(struct wddm *wddm, void *h_rt_resource)
{
    struct wddm_runtime *runtime = of(wddm);
    const D3DDDICB_DEALLOCATE argument = { .hResource = h_rt_resource };

    result_of("pfnDeallocateCb", runtime->kernel->pfnDeallocateCb(runtime->h_rt_device, &argument));
}

static bool is_busy(HRESULT code)
{
    for (size_t i = 0; i < sizeof(busy_codes) / sizeof(busy_codes[0]); i++) {
        if (busy_codes[i] == code)
            return true;
    }
    return false;
}

static void unlock(struct wddm *wddm, uint32_t h_allocation)
{
    struct wddm_runtime *runtime = of(wddm);
    const D3DKMT_HANDLE h = h_allocation;
    const D3DDDICB_UNLOCK argument = { .NumAllocations = 1, .phAllocations = &h };

    result_of("pfnUnlockCb", runtime->kernel->pfnUnlockCb(runtime->h_rt_device, &argument));
}

static enum result lock(struct wddm *wddm, uint32_t h_allocation, struct wddm_lock how,
                        void **bytes)
{
    struct wddm_runtime *runtime = of(wddm);
    D3DDDICB_LOCK argument = { .hAllocation = h_allocation };
    HRESULT code;

    argument.Flags.ReadOnly = how.is_read_only;
    argument.Flags.WriteOnly = how.is_write_only;
    argument.Flags.DonotWait = how.do_not_wait;
    argument.Flags.LockEntire = 1;
    *bytes = NULL;
    code = runtime->kernel->pfnLockCb(runtime->h_rt_device, &argument);
    if (FAILED(code) && how.do_not_wait && is_busy(code))
        return RESULT_STILL_DRAWING;
    if (FAILED(code)) {
        result_of("pfnLockCb", code);
        return RESULT_DEVICE_REMOVED;
    }
    if (!argument.pData) {
        unlock(wddm, h_allocation);
        return RESULT_DEVICE_REMOVED;
    }
    *bytes = argument.pData;
    return RESULT_OK;
}

static enum result present(struct wddm *wddm, const struct wddm_present *what, int32_t *hresult)
{
    struct wddm_runtime *runtime = of(wddm);
    DXGIDDICB_PRESENT argument = {
        .hSrcAllocation = what->h_source,
        .hDstAllocation = what->h_destination,
        .pDXGIContext = what->dxgi_context,
        .hContext = runtime->h_context,
    };
    const HRESULT code = runtime->dxgi->pfnPresentCb(runtime->h_rt_device, &argument);

    *hresult = code;
    return code == D3DDDIERR_DEVICEREMOVED ? RESULT_DEVICE_REMOVED : RESULT_OK;
}

static const struct wddm_ops runtime_ops = {
    .create_context = create_context,
    .destroy_context = destroy_context,
    .render = render,
    .amortize = amortize,
    .allocate = allocate,
    .deallocate = deallocate,
    .lock = lock,
    .unlock = unlock,
    .present = present,
};

void wddm_runtime_init(struct wddm_runtime *runtime)
{
    runtime->wddm.ops = &runtime_ops;
    runtime->h_context = NULL;
}
