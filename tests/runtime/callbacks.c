#include <string.h>

#include "runtime/runtime_state.h"

/*
 * Three sets of equivalent callbacks. Set 0 is in force while an adapter is opened or a device is
 * created, the other two take turns: a driver that copied a table is heard through the wrong set
 * (driver semantics 5, step 3).
 */

/* ---- Who calls, and may it ---- */

static struct report *report_now(void)
{
    return rt_frame_report();
}

/* The device behind the first argument of a kernel callback; NULL and a violation if it is none. */
static struct rt_device *find_device(unsigned set, HANDLE handle, const char *name)
{
    const struct rt_frame *frame = rt_frame();
    struct rt_device *device = rt_handle_find(handle, RT_HANDLE_DEVICE);

    if (device == NULL) {
        report_violation(report_now(), "%s: the first argument is not hRTDevice", name);
        return NULL;
    }
    if (frame == NULL || frame->device != device)
        report_violation(report_now(), "%s: called outside of a call on its device", name);
    if (set != device->callback_set)
        report_violation(report_now(), "%s: called through a stale copy of the callback table",
                         name);
    return device;
}

/* The device behind hRTCoreLayer; the same rules. */
static struct rt_device *find_core_layer(unsigned set, D3D10DDI_HRTCORELAYER handle,
                                         const char *name)
{
    const struct rt_frame *frame = rt_frame();
    struct rt_device *device = rt_handle_find(handle.handle, RT_HANDLE_CORE_LAYER);

    if (device == NULL) {
        report_violation(report_now(), "%s: the first argument is not hRTCoreLayer", name);
        return NULL;
    }
    if (frame == NULL || frame->device != device)
        report_violation(report_now(), "%s: called outside of a call on its device", name);
    if (set != device->callback_set)
        report_violation(report_now(), "%s: called through a stale copy of the callback table",
                         name);
    return device;
}

/* Some callbacks belong to one entry point (driver semantics 6.1). */
static void check_place(const char *name, enum rt_entry first, enum rt_entry second)
{
    const struct rt_frame *frame = rt_frame();

    if (frame != NULL && frame->entry != first && frame->entry != second)
        report_violation(report_now(), "%s: called outside of %s", name, rt_entry_name(first));
}

/* ---- Kernel callbacks ---- */

/*
 * Resolves the device, counts the call and applies what a test planned. False: *result is all that
 * the driver gets.
 */
static bool begin(unsigned set, HANDLE handle, const char *name, enum kernel_callback callback,
                  struct kernel_device **kernel_device, HRESULT *result)
{
    struct rt_device *device = find_device(set, handle, name);

    *result = E_INVALIDARG;
    if (device == NULL)
        return false;
    *kernel_device = device->kernel_device;
    return !kernel_intercept(device->kernel, device->kernel_device, callback, result);
}

static HRESULT call_pfnAllocateCb(unsigned set, HANDLE handle, D3DDDICB_ALLOCATE *data)
{
    struct kernel_device *device;
    HRESULT result;

    if (!begin(set, handle, "pfnAllocateCb", KERNEL_ALLOCATE, &device, &result))
        return result;
    return kernel_allocate(device, data);
}

static HRESULT call_pfnDeallocateCb(unsigned set, HANDLE handle, const D3DDDICB_DEALLOCATE *data)
{
    struct kernel_device *device;
    HRESULT result;

    if (!begin(set, handle, "pfnDeallocateCb", KERNEL_DEALLOCATE, &device, &result))
        return result;
    return kernel_deallocate(device, data);
}

static HRESULT call_pfnSetPriorityCb(unsigned set, HANDLE handle, D3DDDICB_SETPRIORITY *data)
{
    struct kernel_device *device;
    HRESULT result;

    check_place("pfnSetPriorityCb", RT_ENTRY_pfnSetResourcePriority,
                RT_ENTRY_pfnSetResourcePriority);
    if (!begin(set, handle, "pfnSetPriorityCb", KERNEL_SET_PRIORITY, &device, &result))
        return result;
    return kernel_set_priority(device, data);
}

static HRESULT call_pfnQueryResidencyCb(unsigned set, HANDLE handle,
                                        const D3DDDICB_QUERYRESIDENCY *data)
{
    struct kernel_device *device;
    HRESULT result;

    check_place("pfnQueryResidencyCb", RT_ENTRY_pfnQueryResourceResidency,
                RT_ENTRY_pfnQueryResourceResidency);
    if (!begin(set, handle, "pfnQueryResidencyCb", KERNEL_QUERY_RESIDENCY, &device, &result))
        return result;
    return kernel_query_residency(device, data);
}

static HRESULT call_pfnSetDisplayModeCb(unsigned set, HANDLE handle, D3DDDICB_SETDISPLAYMODE *data)
{
    struct kernel_device *device;
    HRESULT result;

    check_place("pfnSetDisplayModeCb", RT_ENTRY_pfnSetDisplayMode, RT_ENTRY_pfnSetDisplayMode);
    if (!begin(set, handle, "pfnSetDisplayModeCb", KERNEL_SET_DISPLAY_MODE, &device, &result))
        return result;
    return kernel_set_display_mode(device, data);
}

/* The kernel counts RenderCb itself: a failure decides what becomes of the buffers. */
static HRESULT call_pfnRenderCb(unsigned set, HANDLE handle, D3DDDICB_RENDER *data)
{
    struct rt_device *device = find_device(set, handle, "pfnRenderCb");
    HRESULT result;

    if (device == NULL)
        return E_INVALIDARG;
    result = kernel_render(device->kernel_device, data);
    if (SUCCEEDED(result))
        device->amortized_owed += device->level == RT_D3D11;
    else
        device->amortized_allowed += device->level == RT_D3D11;
    return result;
}

static HRESULT call_pfnLockCb(unsigned set, HANDLE handle, D3DDDICB_LOCK *data)
{
    struct kernel_device *device;
    HRESULT result;

    if (!begin(set, handle, "pfnLockCb", KERNEL_LOCK, &device, &result))
        return result;
    return kernel_lock(device, data);
}

static HRESULT call_pfnUnlockCb(unsigned set, HANDLE handle, const D3DDDICB_UNLOCK *data)
{
    struct kernel_device *device;
    HRESULT result;

    if (!begin(set, handle, "pfnUnlockCb", KERNEL_UNLOCK, &device, &result))
        return result;
    return kernel_unlock(device, data);
}

static HRESULT call_pfnCreateContextCb(unsigned set, HANDLE handle, D3DDDICB_CREATECONTEXT *data)
{
    struct kernel_device *device;
    HRESULT result;

    check_place("pfnCreateContextCb", RT_ENTRY_pfnCreateDevice, RT_ENTRY_pfnCreateDevice);
    if (!begin(set, handle, "pfnCreateContextCb", KERNEL_CREATE_CONTEXT, &device, &result))
        return result;
    return kernel_create_context(device, data);
}

static HRESULT call_pfnDestroyContextCb(unsigned set, HANDLE handle,
                                        const D3DDDICB_DESTROYCONTEXT *data)
{
    struct kernel_device *device;
    HRESULT result;

    check_place("pfnDestroyContextCb", RT_ENTRY_pfnDestroyDevice, RT_ENTRY_pfnCreateDevice);
    if (!begin(set, handle, "pfnDestroyContextCb", KERNEL_DESTROY_CONTEXT, &device, &result))
        return result;
    return kernel_destroy_context(device, data);
}

/* pfnEscapeCb alone takes hRTAdapter although it sits in the device table (DDI facts 6). */
static HRESULT call_pfnEscapeCb(unsigned set, HANDLE handle, const D3DDDICB_ESCAPE *data)
{
    struct rt_adapter *adapter = rt_handle_find(handle, RT_HANDLE_ADAPTER);
    HRESULT result;

    (void)set;
    (void)data;
    if (adapter == NULL) {
        report_violation(report_now(), "pfnEscapeCb: the first argument is not hRTAdapter");
        return E_INVALIDARG;
    }
    if (kernel_intercept(adapter->kernel, NULL, KERNEL_ESCAPE, &result))
        return result;
    return E_NOTIMPL;
}

/* No driver of this interface has a reason to call these (driver semantics 6.1). */
static HRESULT refuse_unused(unsigned set, HANDLE handle, const char *name,
                             enum kernel_callback callback)
{
    struct kernel_device *device;
    HRESULT result;

    report_violation(report_now(), "%s: not a callback that this driver uses", name);
    return begin(set, handle, name, callback, &device, &result) ? E_NOTIMPL : result;
}

/* name, argument type, number of the callback */
#define UNUSED_CALLBACKS(X)                                                                        \
    X(pfnPresentCb, const D3DDDICB_PRESENT *, KERNEL_PRESENT)                                      \
    X(pfnCreateOverlayCb, D3DDDICB_CREATEOVERLAY *, KERNEL_CREATE_OVERLAY)                         \
    X(pfnUpdateOverlayCb, const D3DDDICB_UPDATEOVERLAY *, KERNEL_UPDATE_OVERLAY)                   \
    X(pfnFlipOverlayCb, const D3DDDICB_FLIPOVERLAY *, KERNEL_FLIP_OVERLAY)                         \
    X(pfnDestroyOverlayCb, const D3DDDICB_DESTROYOVERLAY *, KERNEL_DESTROY_OVERLAY)                \
    X(pfnCreateSynchronizationObjectCb, D3DDDICB_CREATESYNCHRONIZATIONOBJECT *,                    \
      KERNEL_CREATE_SYNCHRONIZATION_OBJECT)                                                        \
    X(pfnDestroySynchronizationObjectCb, const D3DDDICB_DESTROYSYNCHRONIZATIONOBJECT *,            \
      KERNEL_DESTROY_SYNCHRONIZATION_OBJECT)                                                       \
    X(pfnWaitForSynchronizationObjectCb, const D3DDDICB_WAITFORSYNCHRONIZATIONOBJECT *,            \
      KERNEL_WAIT_FOR_SYNCHRONIZATION_OBJECT)                                                      \
    X(pfnSignalSynchronizationObjectCb, const D3DDDICB_SIGNALSYNCHRONIZATIONOBJECT *,              \
      KERNEL_SIGNAL_SYNCHRONIZATION_OBJECT)                                                        \
    X(pfnSetAsyncCallbacksCb, BOOL, KERNEL_SET_ASYNC_CALLBACKS)                                    \
    X(pfnSetDisplayPrivateDriverFormatCb, const D3DDDICB_SETDISPLAYPRIVATEDRIVERFORMAT *,          \
      KERNEL_SET_DISPLAY_PRIVATE_DRIVER_FORMAT)

#define USED_CALLBACKS(X)                                                                          \
    X(pfnAllocateCb, D3DDDICB_ALLOCATE *)                                                          \
    X(pfnDeallocateCb, const D3DDDICB_DEALLOCATE *)                                                \
    X(pfnSetPriorityCb, D3DDDICB_SETPRIORITY *)                                                    \
    X(pfnQueryResidencyCb, const D3DDDICB_QUERYRESIDENCY *)                                        \
    X(pfnSetDisplayModeCb, D3DDDICB_SETDISPLAYMODE *)                                              \
    X(pfnRenderCb, D3DDDICB_RENDER *)                                                              \
    X(pfnLockCb, D3DDDICB_LOCK *)                                                                  \
    X(pfnUnlockCb, const D3DDDICB_UNLOCK *)                                                        \
    X(pfnEscapeCb, const D3DDDICB_ESCAPE *)                                                        \
    X(pfnCreateContextCb, D3DDDICB_CREATECONTEXT *)                                                \
    X(pfnDestroyContextCb, const D3DDDICB_DESTROYCONTEXT *)

/* ---- Adapter and DXGI callbacks ---- */

static struct rt_adapter *find_adapter(unsigned set, HANDLE handle, const char *name)
{
    const struct rt_frame *frame = rt_frame();
    struct rt_adapter *adapter = rt_handle_find(handle, RT_HANDLE_ADAPTER);

    if (adapter == NULL) {
        report_violation(report_now(), "%s: the first argument is not hRTAdapter", name);
        return NULL;
    }
    if (frame == NULL || frame->adapter != adapter)
        report_violation(report_now(), "%s: called outside of a call on its adapter", name);
    if (set != adapter->callback_set)
        report_violation(report_now(), "%s: called through a stale copy of the callback table",
                         name);
    return adapter;
}

static HRESULT call_pfnQueryAdapterInfoCb(unsigned set, HANDLE handle,
                                          const D3DDDICB_QUERYADAPTERINFO *data)
{
    struct rt_adapter *adapter = find_adapter(set, handle, "pfnQueryAdapterInfoCb");
    HRESULT result;

    if (adapter == NULL)
        return E_INVALIDARG;
    if (kernel_intercept(adapter->kernel, NULL, KERNEL_QUERY_ADAPTER_INFO, &result))
        return result;
    return kernel_query_adapter_info(adapter->kernel, data);
}

static HRESULT call_pfnGetMultisampleMethodListCb(unsigned set, HANDLE handle,
                                                  D3DDDICB_GETMULTISAMPLEMETHODLIST *data)
{
    struct rt_adapter *adapter = find_adapter(set, handle, "pfnGetMultisampleMethodListCb");
    HRESULT result;

    (void)data;
    report_violation(report_now(),
                     "pfnGetMultisampleMethodListCb: not a callback that this driver uses");
    if (adapter != NULL)
        kernel_intercept(adapter->kernel, NULL, KERNEL_GET_MULTISAMPLE_METHODS, &result);
    return E_NOTIMPL;
}

static HRESULT call_dxgi_present(unsigned set, HANDLE handle, const DXGIDDICB_PRESENT *data)
{
    struct rt_device *device = find_device(set, handle, "DXGI pfnPresentCb");
    HRESULT result;

    check_place("DXGI pfnPresentCb", RT_ENTRY_pfnPresent, RT_ENTRY_pfnPresent);
    if (device == NULL)
        return E_INVALIDARG;
    if (data != NULL && data->pDXGIContext != device->dxgi_context)
        report_violation(report_now(), "DXGI pfnPresentCb: pDXGIContext is not what Present got");
    if (kernel_intercept(device->kernel, device->kernel_device, KERNEL_DXGI_PRESENT, &result))
        return result;
    return kernel_dxgi_present(device->kernel_device, data);
}

/* ---- Core-layer callbacks ---- */

static void call_set_error(unsigned set, D3D10DDI_HRTCORELAYER handle, HRESULT code)
{
    struct rt_device *device = find_core_layer(set, handle, "pfnSetErrorCb");
    struct rt_frame *frame = rt_frame();

    if (device == NULL || frame == NULL)
        return;
    if (SUCCEEDED(code))
        report_violation(report_now(), "pfnSetErrorCb: 0x%08x is no error", (unsigned)code);
    else if (!rt_error_is_permitted(frame->entry, code, &frame->context))
        report_violation(report_now(), "pfnSetErrorCb: 0x%08x is not permitted here",
                         (unsigned)code);
    if (frame->errors++ > 0)
        report_violation(report_now(), "pfnSetErrorCb: a second error in one call");
    if (code == D3DDDIERR_DEVICEREMOVED) {
        if (!kernel_device_has_failed(device->kernel_device))
            report_violation(report_now(),
                             "pfnSetErrorCb: DEVICEREMOVED although no callback failed");
        device->is_removed = true;
    }
    frame->error = code;
}

static void call_amortized(unsigned set, D3D10DDI_HRTCORELAYER handle)
{
    static const char name[] = "pfnPerformAmortizedProcessingCb";
    struct rt_device *device = find_core_layer(set, handle, name);

    if (device == NULL)
        return;
    device->amortized_calls++;
    if (kernel_device_is_rendering(device->kernel_device))
        report_violation(report_now(), "%s: called from inside RenderCb", name);
    if (device->amortized_owed > 0)
        device->amortized_owed--;
    else if (device->amortized_allowed > 0)
        device->amortized_allowed--;
    else
        report_violation(report_now(), "%s: called without a RenderCb before it", name);
    rt_destroy_queued(device, SIZE_MAX);
}

/* The driver keeps full shadow state: it never needs a piece of state sent again (6.2). */
static void call_refresh(unsigned set, D3D10DDI_HRTCORELAYER handle, const char *name)
{
    find_core_layer(set, handle, name);
    report_violation(report_now(), "%s: not a callback that this driver uses", name);
}

/* Callbacks that ask for state again: with a range and without, in all tables and in 11.0's. */
#define REFRESH_RANGE_10(X)                                                                        \
    X(pfnStateVsConstBufCb)                                                                        \
    X(pfnStatePsSrvCb)                                                                             \
    X(pfnStatePsSamplerCb)                                                                         \
    X(pfnStatePsConstBufCb)                                                                        \
    X(pfnStateIaVertexBufCb)                                                                       \
    X(pfnStateGsConstBufCb)                                                                        \
    X(pfnStateVsSrvCb)                                                                             \
    X(pfnStateVsSamplerCb)                                                                         \
    X(pfnStateGsSrvCb)                                                                             \
    X(pfnStateGsSamplerCb)

#define REFRESH_10(X)                                                                              \
    X(pfnStatePsShaderCb)                                                                          \
    X(pfnStateVsShaderCb)                                                                          \
    X(pfnStateIaInputLayoutCb)                                                                     \
    X(pfnStateIaIndexBufCb)                                                                        \
    X(pfnStateGsShaderCb)                                                                          \
    X(pfnStateIaPrimitiveTopologyCb)                                                               \
    X(pfnStateOmRenderTargetsCb)                                                                   \
    X(pfnStateOmBlendStateCb)                                                                      \
    X(pfnStateOmDepthStateCb)                                                                      \
    X(pfnStateRsRastStateCb)                                                                       \
    X(pfnStateSoTargetsCb)                                                                         \
    X(pfnStateRsViewportsCb)                                                                       \
    X(pfnStateRsScissorCb)                                                                         \
    X(pfnDisableDeferredStagingResourceDestruction)                                                \
    X(pfnStateTextFilterSizeCb)

#define REFRESH_RANGE_11(X)                                                                        \
    X(pfnStateHsSrvCb)                                                                             \
    X(pfnStateHsSamplerCb)                                                                         \
    X(pfnStateHsConstBufCb)                                                                        \
    X(pfnStateDsSrvCb)                                                                             \
    X(pfnStateDsSamplerCb)                                                                         \
    X(pfnStateDsConstBufCb)                                                                        \
    X(pfnStateCsSrvCb)                                                                             \
    X(pfnStateCsUavCb)                                                                             \
    X(pfnStateCsSamplerCb)                                                                         \
    X(pfnStateCsConstBufCb)

#define REFRESH_11(X)                                                                              \
    X(pfnStateHsShaderCb)                                                                          \
    X(pfnStateDsShaderCb)                                                                          \
    X(pfnStateCsShaderCb)

/* ---- The three sets ---- */

#define DEFINE_UNUSED(set, name, type, callback)                                                   \
    static HRESULT APIENTRY name##_##set(HANDLE handle, type data)                                 \
    {                                                                                              \
        (void)data;                                                                                \
        return refuse_unused(set, handle, #name, callback);                                        \
    }
#define DEFINE_USED(set, name, type)                                                               \
    static HRESULT APIENTRY name##_##set(HANDLE handle, type data)                                 \
    {                                                                                              \
        return call_##name(set, handle, data);                                                     \
    }
#define DEFINE_REFRESH_RANGE(set, name)                                                            \
    static void APIENTRY name##_##set(D3D10DDI_HRTCORELAYER handle, UINT base, UINT count)         \
    {                                                                                              \
        (void)base;                                                                                \
        (void)count;                                                                               \
        call_refresh(set, handle, #name);                                                          \
    }
#define DEFINE_REFRESH(set, name)                                                                  \
    static void APIENTRY name##_##set(D3D10DDI_HRTCORELAYER handle)                                \
    {                                                                                              \
        call_refresh(set, handle, #name);                                                          \
    }

/* Those whose names two tables share, or that have a name of their own. */
#define DEFINE_OTHERS(set)                                                                         \
    DEFINE_USED(set, pfnQueryAdapterInfoCb, const D3DDDICB_QUERYADAPTERINFO *)                     \
    DEFINE_USED(set, pfnGetMultisampleMethodListCb, D3DDDICB_GETMULTISAMPLEMETHODLIST *)           \
    static HRESULT APIENTRY dxgi_present_##set(HANDLE handle, const DXGIDDICB_PRESENT *data)       \
    {                                                                                              \
        return call_dxgi_present(set, handle, data);                                               \
    }                                                                                              \
    static void APIENTRY set_error_##set(D3D10DDI_HRTCORELAYER handle, HRESULT code)               \
    {                                                                                              \
        call_set_error(set, handle, code);                                                         \
    }                                                                                              \
    static void APIENTRY amortized_##set(D3D10DDI_HRTCORELAYER handle)                             \
    {                                                                                              \
        call_amortized(set, handle);                                                               \
    }

#define X_UNUSED_0(name, type, callback) DEFINE_UNUSED(0, name, type, callback)
#define X_UNUSED_1(name, type, callback) DEFINE_UNUSED(1, name, type, callback)
#define X_UNUSED_2(name, type, callback) DEFINE_UNUSED(2, name, type, callback)
#define X_USED_0(name, type)             DEFINE_USED(0, name, type)
#define X_USED_1(name, type)             DEFINE_USED(1, name, type)
#define X_USED_2(name, type)             DEFINE_USED(2, name, type)
#define X_RANGE_0(name)                  DEFINE_REFRESH_RANGE(0, name)
#define X_RANGE_1(name)                  DEFINE_REFRESH_RANGE(1, name)
#define X_RANGE_2(name)                  DEFINE_REFRESH_RANGE(2, name)
#define X_REFRESH_0(name)                DEFINE_REFRESH(0, name)
#define X_REFRESH_1(name)                DEFINE_REFRESH(1, name)
#define X_REFRESH_2(name)                DEFINE_REFRESH(2, name)

#define DEFINE_SET(set)                                                                            \
    UNUSED_CALLBACKS(X_UNUSED_##set)                                                               \
    USED_CALLBACKS(X_USED_##set)                                                                   \
    REFRESH_RANGE_10(X_RANGE_##set)                                                                \
    REFRESH_10(X_REFRESH_##set)                                                                    \
    REFRESH_RANGE_11(X_RANGE_##set)                                                                \
    REFRESH_11(X_REFRESH_##set)                                                                    \
    DEFINE_OTHERS(set)

DEFINE_SET(0)
DEFINE_SET(1)
DEFINE_SET(2)

/* ---- Filling tables ---- */

#define FILL(name)                        callbacks->name = set == 0 ? name##_0 : set == 1 ? name##_1 : name##_2;
#define FILL_UNUSED(name, type, callback) FILL(name)
#define FILL_USED(name, type)             FILL(name)

void rt_fill_adapter_callbacks(D3DDDI_ADAPTERCALLBACKS *callbacks, unsigned set)
{
    FILL(pfnQueryAdapterInfoCb)
    FILL(pfnGetMultisampleMethodListCb)
}

void rt_fill_kernel_callbacks(D3DDDI_DEVICECALLBACKS *callbacks, unsigned set)
{
    UNUSED_CALLBACKS(FILL_UNUSED)
    USED_CALLBACKS(FILL_USED)
}

void rt_fill_core_callbacks_10(D3D10DDI_CORELAYER_DEVICECALLBACKS *callbacks, unsigned set)
{
    REFRESH_RANGE_10(FILL)
    REFRESH_10(FILL)
    callbacks->pfnSetErrorCb = set == 0 ? set_error_0 : set == 1 ? set_error_1 : set_error_2;
}

void rt_fill_core_callbacks_11(D3D11DDI_CORELAYER_DEVICECALLBACKS *callbacks, unsigned set)
{
    REFRESH_RANGE_10(FILL)
    REFRESH_10(FILL)
    REFRESH_RANGE_11(FILL)
    REFRESH_11(FILL)
    callbacks->pfnSetErrorCb = set == 0 ? set_error_0 : set == 1 ? set_error_1 : set_error_2;
    callbacks->pfnPerformAmortizedProcessingCb = set == 0   ? amortized_0
                                                 : set == 1 ? amortized_1
                                                            : amortized_2;
}

void rt_fill_dxgi_callbacks(DXGI_DDI_BASE_CALLBACKS *callbacks, unsigned set)
{
    callbacks->pfnPresentCb = set == 0   ? dxgi_present_0
                              : set == 1 ? dxgi_present_1
                                         : dxgi_present_2;
}

void rt_device_fill_callbacks(struct rt_device *device)
{
    const unsigned set = device->callback_set;

    rt_fill_kernel_callbacks(guard_bytes(device->kernel_callbacks), set);
    if (device->level == RT_D3D11)
        rt_fill_core_callbacks_11(guard_bytes(device->core_callbacks), set);
    else
        rt_fill_core_callbacks_10(guard_bytes(device->core_callbacks), set);
    rt_fill_dxgi_callbacks(guard_bytes(device->dxgi_callbacks), set);
}
