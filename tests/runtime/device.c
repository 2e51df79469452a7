#include <stdlib.h>
#include <string.h>

#include "runtime/d3d.h"
#include "runtime/runtime_state.h"

/* The revision a Windows 7 runtime reports: above 6008, so its DXGI table has eight slots. */
#define RUNTIME_REVISION 7600u

static const struct {
    const char *name;
    UINT interface_version;
    UINT build;
    UINT slots;
} levels[RT_LEVELS] = {
    [RT_D3D10] = { "10.0", D3D10_0_DDI_INTERFACE_VERSION, D3D10_0_DDI_BUILD_VERSION,
                   RT_DEVICE_SLOTS_10 },
    [RT_D3D10_1] = { "10.1", D3D10_1_DDI_INTERFACE_VERSION, D3D10_1_DDI_BUILD_VERSION,
                     RT_DEVICE_SLOTS_10_1 },
    [RT_D3D11] = { "11.0", D3D11_0_DDI_INTERFACE_VERSION, D3D11_0_DDI_BUILD_VERSION,
                   RT_DEVICE_SLOTS_11 },
};

const char *rt_level_name(enum rt_level level)
{
    return levels[level].name;
}

/* Which DXGI table the runtime of this version has (driver semantics 2.3). */
static UINT dxgi_slots(UINT interface_version, UINT version)
{
    const UINT major = interface_version >> 16;
    const UINT revision = version & 0xFFFF;
    const bool is_1_1 = (major == 10 && revision > 6008) || (major == 11 && revision > 8);

    return is_1_1 ? RT_DXGI_1_1_SLOTS : RT_DXGI_SLOTS;
}

/* ---- Deferred destruction: what the kernel and the amortized callback set off ---- */

void rt_destroy_queued(struct rt_device *device, size_t count)
{
    const bool could_reenter = device->may_reenter;
    struct rt_object *object = device->objects;

    device->may_reenter = true;
    while (object != NULL && count > 0) {
        struct rt_object *next = object->next;

        if (object->is_queued) {
            rt_object_destroy(object);
            count--;
        }
        object = next;
    }
    device->may_reenter = could_reenter;
}

/* The 10.x runtimes hook pfnRenderCb: half of the queue goes before the stream is read. */
static void on_render(void *user, bool first)
{
    struct rt_device *device = user;
    size_t count = 0;

    if (device->level == RT_D3D11)
        return;
    for (const struct rt_object *o = device->objects; o != NULL; o = o->next)
        count += o->is_queued;
    rt_destroy_queued(device, first ? (count + 1) / 2 : count);
}

/* ---- Creation ---- */

static void fill_arg(struct rt_device *device)
{
    D3D10DDIARG_CREATEDEVICE *arg = guard_bytes(device->arg);

    memset(arg, 0, sizeof(*arg));
    arg->hRTDevice.handle = device->h_rt;
    arg->Interface = device->desc.interface_version;
    arg->Version = device->desc.version;
    arg->pKTCallbacks = guard_bytes(device->kernel_callbacks);
    arg->p11DeviceFuncs = guard_bytes(device->table);
    arg->hDrvDevice.pDrvPrivate = guard_bytes(device->private_data);
    arg->DXGIBaseDDI.pDXGIBaseCallbacks = guard_bytes(device->dxgi_callbacks);
    arg->DXGIBaseDDI.pDXGIDDIBaseFunctions2 = guard_bytes(device->dxgi_table);
    arg->hRTCoreLayer.handle = device->h_core_layer;
    arg->p11UMCallbacks = guard_bytes(device->core_callbacks);
    arg->Flags = device->desc.flags;
}

static SIZE_T calc_size(struct rt_device *device)
{
    const D3D10DDIARG_CALCPRIVATEDEVICESIZE data = {
        .Interface = device->desc.interface_version,
        .Version = device->desc.version,
        .Flags = device->desc.flags,
    };
    struct rt_adapter *adapter = device->adapter;
    const D3D10DDI_ADAPTERFUNCS *functions = guard_bytes(adapter->table);
    const D3D10DDIARG_CALCPRIVATEDEVICESIZE *lent = rt_lend(&data, sizeof(data));
    SIZE_T size_bytes;

    rt_enter_adapter(adapter, device, RT_ENTRY_pfnCalcPrivateDeviceSize);
    size_bytes = functions->pfnCalcPrivateDeviceSize(adapter->handle, lent);
    if (size_bytes < sizeof(void *) || size_bytes > 64 * 1024 * 1024) {
        report_violation(kernel_report(device->kernel), "%lu is no private size",
                         (unsigned long)size_bytes);
        size_bytes = 64 * 1024;
    }
    rt_leave_adapter(adapter, device);
    return size_bytes;
}

static void create_tables(struct rt_device *device)
{
    const bool is_11 = device->level == RT_D3D11;

    device->table = guard_create(device->device_slots * sizeof(void *));
    device->dxgi_table = guard_create(device->dxgi_slots * sizeof(void *));
    device->kernel_callbacks = guard_create(sizeof(D3DDDI_DEVICECALLBACKS));
    device->core_callbacks = guard_create(is_11 ? sizeof(D3D11DDI_CORELAYER_DEVICECALLBACKS)
                                                : sizeof(D3D10DDI_CORELAYER_DEVICECALLBACKS));
    device->dxgi_callbacks = guard_create(sizeof(DXGI_DDI_BASE_CALLBACKS));
    rt_device_fill_callbacks(device);
}

struct rt_device *rt_device_prepare(struct rt_adapter *adapter, enum rt_level level,
                                    const struct rt_device_desc *desc)
{
    struct rt_device *device = calloc(1, sizeof(*device));
    const struct kernel_client client = { .user = device, .render = on_render };

    if (device == NULL)
        tap_bail_out("out of memory");
    device->adapter = adapter;
    device->kernel = adapter->kernel;
    device->level = level;
    if (desc != NULL)
        device->desc = *desc;
    if (device->desc.interface_version == 0)
        device->desc.interface_version = levels[level].interface_version;
    if (device->desc.version == 0)
        device->desc.version = levels[level].build << 16 | RUNTIME_REVISION;
    device->device_slots = levels[level].slots;
    device->dxgi_slots = dxgi_slots(device->desc.interface_version, device->desc.version);
    device->h_rt = rt_handle_create(RT_HANDLE_DEVICE, device);
    device->h_core_layer = rt_handle_create(RT_HANDLE_CORE_LAYER, device);
    device->kernel_device = kernel_device_create(device->kernel, &client);
    create_tables(device);
    device->next = adapter->devices;
    adapter->devices = device;

    device->private_data = guard_create(calc_size(device));
    device->arg = guard_create(sizeof(D3D10DDIARG_CREATEDEVICE));
    fill_arg(device);
    return device;
}

D3D10DDIARG_CREATEDEVICE *rt_device_arg(struct rt_device *device)
{
    return guard_bytes(device->arg);
}

static void check_slots(struct rt_device *device, const void *table, UINT count,
                        enum rt_entry first, const char *name)
{
    void *fresh;

    memset(&fresh, GUARD_FRESH, sizeof(fresh));
    for (UINT i = 0; i < count; i++) {
        void *slot;

        memcpy(&slot, (const uint8_t *)table + i * sizeof(slot), sizeof(slot));
        if (slot == NULL || slot == fresh)
            report_violation(kernel_report(device->kernel), "slot %u (%s) of the %s is left unset",
                             i, rt_entry_name(first + i), name);
    }
}

static void adopt_tables(struct rt_device *device)
{
    check_slots(device, guard_bytes(device->table), device->device_slots, 0,
                "device function table");
    check_slots(device, guard_bytes(device->dxgi_table), device->dxgi_slots, RT_ENTRY_pfnPresent,
                "DXGI function table");
    memcpy(&device->functions, guard_bytes(device->table), guard_size(device->table));
    memcpy(&device->dxgi_functions, guard_bytes(device->dxgi_table),
           guard_size(device->dxgi_table));
}

static HRESULT start(struct rt_device *device, D3D10DDIARG_CREATEDEVICE *arg)
{
    struct rt_adapter *adapter = device->adapter;
    const D3D10DDI_ADAPTERFUNCS *functions = guard_bytes(adapter->table);
    HRESULT result;

    rt_enter_adapter(adapter, device, RT_ENTRY_pfnCreateDevice);
    result = functions->pfnCreateDevice(adapter->handle, arg);
    if (SUCCEEDED(result)) {
        if (result != S_OK && result != DXGI_STATUS_NO_REDIRECTION)
            report_violation(kernel_report(device->kernel),
                             "0x%08x is neither S_OK nor DXGI_STATUS_NO_REDIRECTION",
                             (unsigned)result);
        adopt_tables(device);
        device->is_created = true;
    }
    rt_leave_adapter(adapter, device);
    guard_queue_add(&device->retired, device->arg, "argument of CreateDevice", false);
    device->arg = NULL;
    return result;
}

HRESULT rt_device_start(struct rt_device *device)
{
    return start(device, guard_bytes(device->arg));
}

HRESULT rt_device_start_without_argument(struct rt_device *device)
{
    return start(device, NULL);
}

struct rt_device *rt_device_create(struct rt_adapter *adapter, enum rt_level level)
{
    struct rt_device *device = rt_device_prepare(adapter, level, NULL);
    const HRESULT result = rt_device_start(device);

    if (SUCCEEDED(result))
        return device;
    report_violation(kernel_report(adapter->kernel), "CreateDevice %s failed with 0x%08x",
                     rt_level_name(level), (unsigned)result);
    rt_device_destroy(device);
    return NULL;
}

/* ---- Destruction ---- */

static void destroy_objects(struct rt_device *device)
{
    /* The runtime lets go of everything bound before it destroys objects, compute UAVs excepted. */
    d3d_clear_state(device);
    while (device->objects != NULL)
        rt_object_destroy(device->objects);
}

/* Takes memory back from objects that the driver was never asked to destroy. */
static void drop_objects(struct rt_device *device)
{
    while (device->objects != NULL) {
        struct rt_object *object = device->objects;

        device->objects = object->next;
        if (object->is_announced)
            kernel_resource_retire(device->kernel_device, object->h_rt);
        rt_handle_drop(object->h_rt);
        guard_destroy(object->private_data);
        free(object);
    }
}

static void unlink_device(struct rt_device *device)
{
    struct rt_device **link = &device->adapter->devices;

    while (*link != device)
        link = &(*link)->next;
    *link = device->next;
}

void rt_device_destroy(struct rt_device *device)
{
    if (device == NULL)
        return;
    if (device->is_created) {
        if (!device->desc.keep_objects)
            destroy_objects(device);
        RT_CALL(device, f11, pfnDestroyDevice);
    }
    device->is_created = false;
    drop_objects(device);
    report_set_entry(kernel_report(device->kernel), "after DestroyDevice");
    kernel_device_destroy(device->kernel_device);
    report_set_entry(kernel_report(device->kernel), NULL);

    unlink_device(device);
    rt_handle_drop(device->h_rt);
    rt_handle_drop(device->h_core_layer);
    guard_queue_finish(&device->retired);
    guard_destroy(device->arg);
    guard_destroy(device->private_data);
    guard_destroy(device->kernel_callbacks);
    guard_destroy(device->core_callbacks);
    guard_destroy(device->dxgi_callbacks);
    guard_destroy(device->table);
    guard_destroy(device->dxgi_table);
    free(device);
}

/* ---- The rest ---- */

void rt_device_relocate(struct rt_device *device)
{
    struct guard_block *moved = guard_create(guard_size(device->table));

    memcpy(guard_bytes(moved), guard_bytes(device->table), guard_size(moved));
    guard_queue_add(&device->retired, device->table, "old device function table", false);
    device->table = moved;
    switch (device->level) {
    case RT_D3D10:
        RT_CALL(device, f10, pfnRelocateDeviceFuncs, guard_bytes(moved));
        break;
    case RT_D3D10_1:
        RT_CALL(device, f10_1, pfnRelocateDeviceFuncs, guard_bytes(moved));
        break;
    default:
        RT_CALL(device, f11, pfnRelocateDeviceFuncs, guard_bytes(moved));
        break;
    }
}

enum rt_level rt_device_level(const struct rt_device *device)
{
    return device->level;
}

struct kernel *rt_device_kernel(const struct rt_device *device)
{
    return device->kernel;
}

struct rt_adapter *rt_device_adapter(const struct rt_device *device)
{
    return device->adapter;
}

struct report *rt_device_report(const struct rt_device *device)
{
    return kernel_report(device->kernel);
}

struct kernel_device *rt_device_kernel_device(const struct rt_device *device)
{
    return device->kernel_device;
}

UINT rt_device_dxgi_slots(const struct rt_device *device)
{
    return device->dxgi_slots;
}

bool rt_device_is_removed(const struct rt_device *device)
{
    return device->is_removed;
}

unsigned rt_device_amortized_calls(const struct rt_device *device)
{
    return device->amortized_calls;
}

const union rt_functions *rt_functions(const struct rt_device *device)
{
    return &device->functions;
}

const DXGI1_1_DDI_BASE_FUNCTIONS *rt_dxgi_functions(const struct rt_device *device)
{
    return &device->dxgi_functions;
}

D3D10DDI_HDEVICE rt_handle(const struct rt_device *device)
{
    return (D3D10DDI_HDEVICE){ guard_bytes(device->private_data) };
}
