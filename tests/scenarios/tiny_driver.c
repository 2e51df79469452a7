#include "tiny_driver.h"

#include <stdlib.h>
#include <string.h>

#include "aerogpu_cmd.h"
#include "runtime/scenario.h"

struct tiny_hooks tiny_hooks;

static uint32_t next_alloc_id = 1;

/* ---- Submission ---- */

void tiny_begin(struct tiny_device *device)
{
    const struct aerogpu_cmd_stream_header header = {
        .magic = AEROGPU_CMD_STREAM_MAGIC,
        .abi_version = AEROGPU_ABI_VERSION_U32,
        .size_bytes = sizeof(header),
    };

    memcpy(device->commands, &header, sizeof(header));
    device->used_bytes = sizeof(header);
    device->listed = 0;
}

void tiny_packet(struct tiny_device *device, const void *packet, UINT size_bytes)
{
    memcpy(device->commands + device->used_bytes, packet, size_bytes);
    device->used_bytes += size_bytes;
    memcpy(device->commands + offsetof(struct aerogpu_cmd_stream_header, size_bytes),
           &device->used_bytes, sizeof(device->used_bytes));
}

void tiny_create_buffer(struct tiny_device *device, uint32_t handle, uint32_t alloc_id)
{
    const struct aerogpu_cmd_create_buffer create = {
        .hdr = { AEROGPU_CMD_CREATE_BUFFER, sizeof(create) },
        .buffer_handle = handle,
        .usage_flags = AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER,
        .size_bytes = 256,
        .backing_alloc_id = alloc_id,
    };

    tiny_packet(device, &create, sizeof(create));
}

void tiny_destroy_buffer(struct tiny_device *device, uint32_t handle)
{
    const struct aerogpu_cmd_destroy_resource destroy = {
        .hdr = { AEROGPU_CMD_DESTROY_RESOURCE, sizeof(destroy) },
        .resource_handle = handle,
    };

    tiny_packet(device, &destroy, sizeof(destroy));
}

void tiny_list(struct tiny_device *device, D3DKMT_HANDLE h_allocation, bool is_written)
{
    D3DDDI_ALLOCATIONLIST *item = &device->list[device->listed++];

    memset(item, 0, sizeof(*item));
    item->hAllocation = h_allocation;
    item->WriteOperation = is_written;
}

D3DDDICB_RENDER tiny_render_argument(const struct tiny_device *device)
{
    D3DDDICB_RENDER render;

    memset(&render, 0, sizeof(render));
    render.CommandLength = device->used_bytes;
    render.NumAllocations = device->listed;
    render.hContext = device->h_context;
    return render;
}

HRESULT tiny_render(struct tiny_device *device, D3DDDICB_RENDER *render)
{
    const D3DDDI_DEVICECALLBACKS *callbacks = device->create.pKTCallbacks;
    const HRESULT result = callbacks->pfnRenderCb(device->create.hRTDevice.handle, render);

    if (render->pNewCommandBuffer != NULL) {
        device->commands = render->pNewCommandBuffer;
        device->command_bytes = render->NewCommandBufferSize;
        device->list = render->pNewAllocationList;
        device->list_entries = render->NewAllocationListSize;
        tiny_begin(device);
    }
    return result;
}

static bool is_11(const struct tiny_device *device)
{
    return device->create.Interface >> 16 == D3D11_DDI_MAJOR_VERSION;
}

void tiny_amortize(struct tiny_device *device)
{
    if (is_11(device))
        device->create.p11UMCallbacks->pfnPerformAmortizedProcessingCb(device->create.hRTCoreLayer);
}

HRESULT tiny_submit(struct tiny_device *device)
{
    D3DDDICB_RENDER render = tiny_render_argument(device);
    const HRESULT result = tiny_render(device, &render);

    tiny_amortize(device);
    return result;
}

void tiny_set_error(struct tiny_device *device, HRESULT code)
{
    device->create.pUMCallbacks->pfnSetErrorCb(device->create.hRTCoreLayer, code);
}

/* ---- Allocations ---- */

struct aerogpu_wddm_alloc_priv_v2 tiny_blob(uint64_t size_bytes)
{
    const struct aerogpu_wddm_alloc_priv_v2 blob = {
        .magic = AEROGPU_WDDM_ALLOC_PRIV_MAGIC,
        .version = AEROGPU_WDDM_ALLOC_PRIV_VERSION_2,
        .alloc_id = next_alloc_id++,
        .flags = AEROGPU_WDDM_ALLOC_PRIV_FLAG_CPU_VISIBLE,
        .size_bytes = size_bytes,
        .kind = AEROGPU_WDDM_ALLOC_KIND_BUFFER,
    };

    return blob;
}

D3DKMT_HANDLE tiny_allocate(struct tiny_device *device, HANDLE h_rt,
                            struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    D3DDDI_ALLOCATIONINFO info;
    D3DDDICB_ALLOCATE allocate;

    memset(&info, 0, sizeof(info));
    memset(&allocate, 0, sizeof(allocate));
    info.pPrivateDriverData = blob;
    info.PrivateDriverDataSize = sizeof(*blob);
    allocate.hResource = h_rt;
    allocate.NumAllocations = 1;
    allocate.pAllocationInfo = &info;
    if (device->create.pKTCallbacks->pfnAllocateCb(device->create.hRTDevice.handle, &allocate) !=
        S_OK)
        return 0;
    return info.hAllocation;
}

D3DKMT_HANDLE tiny_allocate_some(struct tiny_device *device)
{
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(256);

    return tiny_allocate(device, NULL, &blob);
}

HRESULT tiny_deallocate(struct tiny_device *device, HANDLE h_rt, D3DKMT_HANDLE h_allocation)
{
    const D3DDDICB_DEALLOCATE deallocate = {
        .hResource = h_rt,
        .NumAllocations = h_rt == NULL ? 1 : 0,
        .HandleList = h_rt == NULL ? &h_allocation : NULL,
    };

    return device->create.pKTCallbacks->pfnDeallocateCb(device->create.hRTDevice.handle,
                                                        &deallocate);
}

void *tiny_lock(struct tiny_device *device, D3DKMT_HANDLE h_allocation, D3DDDICB_LOCKFLAGS flags,
                HRESULT *result)
{
    D3DDDICB_LOCK lock;

    memset(&lock, 0, sizeof(lock));
    lock.hAllocation = h_allocation;
    lock.Flags = flags;
    lock.Flags.LockEntire = 1;
    *result = device->create.pKTCallbacks->pfnLockCb(device->create.hRTDevice.handle, &lock);
    return *result == S_OK ? lock.pData : NULL;
}

HRESULT tiny_unlock(struct tiny_device *device, D3DKMT_HANDLE h_allocation)
{
    const D3DDDICB_UNLOCK unlock = { .NumAllocations = 1, .phAllocations = &h_allocation };

    return device->create.pKTCallbacks->pfnUnlockCb(device->create.hRTDevice.handle, &unlock);
}

/* ---- Device functions ---- */

static struct tiny_device *device_of(D3D10DDI_HDEVICE handle)
{
    return handle.pDrvPrivate;
}

static void APIENTRY flush(D3D10DDI_HDEVICE handle)
{
    struct tiny_device *device = device_of(handle);
    const struct aerogpu_cmd_hdr nop = { AEROGPU_CMD_NOP, sizeof(nop) };

    if (tiny_hooks.flush != NULL) {
        tiny_hooks.flush(device);
        return;
    }
    tiny_packet(device, &nop, sizeof(nop));
    tiny_submit(device);
}

static void APIENTRY destroy_device(D3D10DDI_HDEVICE handle)
{
    struct tiny_device *device = device_of(handle);
    const D3DDDICB_DESTROYCONTEXT destroy = { device->h_context };

    if (tiny_hooks.destroy != NULL)
        tiny_hooks.destroy(device);
    else
        device->create.pKTCallbacks->pfnDestroyContextCb(device->create.hRTDevice.handle, &destroy);
}

static SIZE_T APIENTRY resource_size_10(D3D10DDI_HDEVICE handle,
                                        const D3D10DDIARG_CREATERESOURCE *arg)
{
    (void)handle;
    (void)arg;
    return sizeof(struct tiny_resource);
}

static SIZE_T APIENTRY resource_size_11(D3D10DDI_HDEVICE handle,
                                        const D3D11DDIARG_CREATERESOURCE *arg)
{
    (void)handle;
    (void)arg;
    return sizeof(struct tiny_resource);
}

static void create_resource(D3D10DDI_HDEVICE handle, D3D10DDI_HRESOURCE h_resource,
                            D3D10DDI_HRTRESOURCE h_rt)
{
    struct tiny_resource *resource = h_resource.pDrvPrivate;

    memset(resource, 0, sizeof(*resource));
    resource->h_rt = h_rt.handle;
    if (tiny_hooks.create_resource != NULL)
        tiny_hooks.create_resource(device_of(handle), resource);
}

static void APIENTRY create_resource_10(D3D10DDI_HDEVICE handle,
                                        const D3D10DDIARG_CREATERESOURCE *arg,
                                        D3D10DDI_HRESOURCE h_resource, D3D10DDI_HRTRESOURCE h_rt)
{
    (void)arg;
    create_resource(handle, h_resource, h_rt);
}

static void APIENTRY create_resource_11(D3D10DDI_HDEVICE handle,
                                        const D3D11DDIARG_CREATERESOURCE *arg,
                                        D3D10DDI_HRESOURCE h_resource, D3D10DDI_HRTRESOURCE h_rt)
{
    (void)arg;
    create_resource(handle, h_resource, h_rt);
}

static SIZE_T APIENTRY opened_size(D3D10DDI_HDEVICE handle, const D3D10DDIARG_OPENRESOURCE *arg)
{
    (void)handle;
    (void)arg;
    return sizeof(struct tiny_resource);
}

static void APIENTRY open_resource(D3D10DDI_HDEVICE handle, const D3D10DDIARG_OPENRESOURCE *arg,
                                   D3D10DDI_HRESOURCE h_resource, D3D10DDI_HRTRESOURCE h_rt)
{
    struct tiny_resource *resource = h_resource.pDrvPrivate;
    struct aerogpu_wddm_alloc_priv_v2 blob;

    memcpy(&blob, arg->pOpenAllocationInfo[0].pPrivateDriverData, sizeof(blob));
    memset(resource, 0, sizeof(*resource));
    resource->h_rt = h_rt.handle;
    resource->h_allocation = arg->pOpenAllocationInfo[0].hAllocation;
    resource->alloc_id = blob.alloc_id;
    if (tiny_hooks.open_resource != NULL)
        tiny_hooks.open_resource(device_of(handle), resource, &blob);
}

static void APIENTRY destroy_resource(D3D10DDI_HDEVICE handle, D3D10DDI_HRESOURCE h_resource)
{
    struct tiny_resource *resource = h_resource.pDrvPrivate;

    if (tiny_hooks.destroy_resource != NULL)
        tiny_hooks.destroy_resource(device_of(handle), resource);
    else if (resource->h_allocation != 0)
        tiny_deallocate(device_of(handle), resource->h_rt, 0);
}

static SIZE_T APIENTRY state_size(D3D10DDI_HDEVICE handle, const D3D10_DDI_DEPTH_STENCIL_DESC *desc)
{
    (void)handle;
    (void)desc;
    return TINY_STATE_BYTES;
}

static void APIENTRY create_state(D3D10DDI_HDEVICE handle, const D3D10_DDI_DEPTH_STENCIL_DESC *desc,
                                  D3D10DDI_HDEPTHSTENCILSTATE h_state,
                                  D3D10DDI_HRTDEPTHSTENCILSTATE h_rt)
{
    (void)desc;
    (void)h_rt;
    memset(h_state.pDrvPrivate, 0, TINY_STATE_BYTES);
    if (tiny_hooks.create_state != NULL)
        tiny_hooks.create_state(device_of(handle), h_state.pDrvPrivate, TINY_STATE_BYTES);
}

static void APIENTRY destroy_state(D3D10DDI_HDEVICE handle, D3D10DDI_HDEPTHSTENCILSTATE h_state)
{
    (void)handle;
    (void)h_state;
}

static void APIENTRY map(D3D10DDI_HDEVICE handle, D3D10DDI_HRESOURCE h_resource, UINT subresource,
                         D3D10_DDI_MAP mode, UINT flags, D3D10DDI_MAPPED_SUBRESOURCE *mapped)
{
    (void)h_resource;
    (void)subresource;
    (void)mode;
    (void)flags;
    if (tiny_hooks.map != NULL)
        tiny_hooks.map(device_of(handle), mapped);
}

/* Says yes and does nothing: every resource keeps its own allocation. */
static HRESULT APIENTRY rotate(DXGI_DDI_ARG_ROTATE_RESOURCE_IDENTITIES *arg)
{
    (void)arg;
    return S_OK;
}

static HRESULT APIENTRY present(DXGI_DDI_ARG_PRESENT *arg)
{
    struct tiny_device *device = (struct tiny_device *)arg->hDevice;
    const struct tiny_resource *resource = (const struct tiny_resource *)arg->hSurfaceToPresent;
    DXGIDDICB_PRESENT data;

    memset(&data, 0, sizeof(data));
    data.hSrcAllocation = resource->h_allocation;
    data.pDXGIContext = arg->pDXGIContext;
    data.hContext = device->h_context;
    if (tiny_hooks.present != NULL)
        tiny_hooks.present(device, &data);
    return device->create.DXGIBaseDDI.pDXGIBaseCallbacks->pfnPresentCb(
        device->create.hRTDevice.handle, &data);
}

/* What no test calls still has an address. */
static void unused_slot(void)
{
    abort();
}

static void fill_unused(void *table, size_t slots)
{
    void (*slot)(void) = unused_slot;

    for (size_t i = 0; i < slots; i++)
        memcpy((uint8_t *)table + i * sizeof(slot), &slot, sizeof(slot));
}

static UINT device_slots(UINT interface_version)
{
    if (interface_version >> 16 == D3D11_DDI_MAJOR_VERSION)
        return RT_DEVICE_SLOTS_11;
    return interface_version == D3D10_1_DDI_INTERFACE_VERSION ? RT_DEVICE_SLOTS_10_1
                                                              : RT_DEVICE_SLOTS_10;
}

/* Members of one type in all tables are written through the 10.0 one. */
static void fill_device_table(const D3D10DDIARG_CREATEDEVICE *create)
{
    const bool has_11 = create->Interface >> 16 == D3D11_DDI_MAJOR_VERSION;

    fill_unused(create->pDeviceFuncs, device_slots(create->Interface));
    create->pDeviceFuncs->pfnFlush = flush;
    create->pDeviceFuncs->pfnDestroyDevice = destroy_device;
    create->pDeviceFuncs->pfnCalcPrivateOpenedResourceSize = opened_size;
    create->pDeviceFuncs->pfnOpenResource = open_resource;
    create->pDeviceFuncs->pfnDestroyResource = destroy_resource;
    create->pDeviceFuncs->pfnCalcPrivateDepthStencilStateSize = state_size;
    create->pDeviceFuncs->pfnCreateDepthStencilState = create_state;
    create->pDeviceFuncs->pfnDestroyDepthStencilState = destroy_state;
    create->pDeviceFuncs->pfnStagingResourceMap = map;
    if (has_11) {
        create->p11DeviceFuncs->pfnCalcPrivateResourceSize = resource_size_11;
        create->p11DeviceFuncs->pfnCreateResource = create_resource_11;
    } else {
        create->pDeviceFuncs->pfnCalcPrivateResourceSize = resource_size_10;
        create->pDeviceFuncs->pfnCreateResource = create_resource_10;
    }
}

/* ---- Adapter functions ---- */

static SIZE_T APIENTRY device_size(D3D10DDI_HADAPTER handle,
                                   const D3D10DDIARG_CALCPRIVATEDEVICESIZE *arg)
{
    (void)handle;
    (void)arg;
    return sizeof(struct tiny_device);
}

static HRESULT APIENTRY create_device(D3D10DDI_HADAPTER handle, D3D10DDIARG_CREATEDEVICE *create)
{
    struct tiny_device *device = create->hDrvDevice.pDrvPrivate;
    D3DDDICB_CREATECONTEXT context;
    HRESULT result;

    (void)handle;
    memset(device, 0, sizeof(*device));
    memset(&context, 0, sizeof(context));
    device->create = *create;
    result = create->pKTCallbacks->pfnCreateContextCb(create->hRTDevice.handle, &context);
    if (FAILED(result))
        return result;
    device->h_context = context.hContext;
    device->commands = context.pCommandBuffer;
    device->command_bytes = context.CommandBufferSize;
    device->list = context.pAllocationList;
    device->list_entries = context.AllocationListSize;
    tiny_begin(device);
    fill_device_table(create);
    fill_unused(create->DXGIBaseDDI.pDXGIDDIBaseFunctions, RT_DXGI_SLOTS);
    if (create->Version % 0x10000 > 6008)
        fill_unused(create->DXGIBaseDDI.pDXGIDDIBaseFunctions2, RT_DXGI_1_1_SLOTS);
    create->DXGIBaseDDI.pDXGIDDIBaseFunctions->pfnPresent = present;
    create->DXGIBaseDDI.pDXGIDDIBaseFunctions->pfnRotateResourceIdentities = rotate;
    if (tiny_hooks.created != NULL)
        tiny_hooks.created(device, create, &result);
    return result;
}

static HRESULT APIENTRY close_adapter(D3D10DDI_HADAPTER handle)
{
    (void)handle;
    return S_OK;
}

static HRESULT open_adapter(D3D10DDIARG_OPENADAPTER *open, size_t slots)
{
    static int adapter;
    uint8_t blob[64] = { 0 };
    const D3DDDICB_QUERYADAPTERINFO query = { blob, sizeof(blob) };
    HRESULT result =
        open->pAdapterCallbacks->pfnQueryAdapterInfoCb(open->hRTAdapter.handle, &query);

    if (FAILED(result))
        return result;
    fill_unused(open->pAdapterFuncs, slots);
    open->pAdapterFuncs->pfnCalcPrivateDeviceSize = device_size;
    open->pAdapterFuncs->pfnCreateDevice = create_device;
    open->pAdapterFuncs->pfnCloseAdapter = close_adapter;
    open->hAdapter.pDrvPrivate = &adapter;
    if (tiny_hooks.opened != NULL)
        tiny_hooks.opened(open, &result);
    return result;
}

static HRESULT APIENTRY open_adapter_10(D3D10DDIARG_OPENADAPTER *open)
{
    return open_adapter(open, RT_ADAPTER_SLOTS);
}

static HRESULT APIENTRY open_adapter_10_2(D3D10DDIARG_OPENADAPTER *open)
{
    return open_adapter(open, RT_ADAPTER_2_SLOTS);
}

const struct rt_driver *tiny_driver(void)
{
    static const struct rt_driver driver = {
        { open_adapter_10, open_adapter_10_2, open_adapter_10_2 },
    };

    return &driver;
}

void tiny_reset(void)
{
    memset(&tiny_hooks, 0, sizeof(tiny_hooks));
}

struct rt_device *tiny_start(struct kernel *kernel, enum rt_level level)
{
    /* Most slots lead nowhere, so the runtime must not unbind anything at the end. */
    const struct rt_device_desc desc = { .keep_objects = true };
    struct rt_adapter *adapter =
        rt_adapter_prepare(kernel, tiny_driver(), RT_OPEN_ADAPTER_10_2, 0, 0);
    struct rt_device *device;

    rt_adapter_start(adapter);
    device = rt_device_prepare(adapter, level, &desc);
    rt_device_start(device);
    return device;
}

struct rt_device *tiny_start_with(const struct kernel_config *config, enum rt_level level)
{
    tiny_reset();
    return tiny_start(scenario_kernel(config), level);
}

void tiny_flush_and_expect(void (*flush_wrongly)(struct tiny_device *device), const char *violation)
{
    struct rt_device *device = tiny_start_with(NULL, RT_D3D11);

    tiny_hooks.flush = flush_wrongly;
    scenario_expect_violation(rt_device_kernel(device), violation);
    d3d_flush(device);
}
