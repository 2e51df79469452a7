#include <stdlib.h>
#include <string.h>

#include "runtime/runtime_state.h"

static const enum rt_entry export_entries[RT_EXPORTS] = {
    [RT_OPEN_ADAPTER_10] = RT_ENTRY_OpenAdapter10,
    [RT_OPEN_ADAPTER_10_2] = RT_ENTRY_OpenAdapter10_2,
    [RT_OPEN_ADAPTER_11] = RT_ENTRY_OpenAdapter11,
};

/* All adapters, open or not, for whoever tears a machine down. */
static struct rt_adapter *adapters;

static UINT adapter_slots(const struct rt_adapter *adapter)
{
    return adapter->entry == RT_OPEN_ADAPTER_10 ? RT_ADAPTER_SLOTS : RT_ADAPTER_2_SLOTS;
}

struct rt_adapter *rt_adapter_prepare(struct kernel *kernel, const struct rt_driver *driver,
                                      enum rt_export entry, UINT interface_version, UINT version)
{
    struct rt_adapter *adapter = calloc(1, sizeof(*adapter));
    D3D10DDIARG_OPENADAPTER *arg;

    if (adapter == NULL)
        tap_bail_out("out of memory");
    adapter->next = adapters;
    adapters = adapter;
    adapter->kernel = kernel;
    adapter->driver = driver != NULL ? driver : loader_driver();
    adapter->entry = entry;
    adapter->h_rt = rt_handle_create(RT_HANDLE_ADAPTER, adapter);
    adapter->callbacks = guard_create(sizeof(D3DDDI_ADAPTERCALLBACKS));
    rt_fill_adapter_callbacks(guard_bytes(adapter->callbacks), 0);
    adapter->table = guard_create(adapter_slots(adapter) * sizeof(void *));
    adapter->arg = guard_create(sizeof(*arg));

    arg = guard_bytes(adapter->arg);
    memset(arg, 0, sizeof(*arg));
    arg->hRTAdapter.handle = adapter->h_rt;
    arg->Interface = interface_version;
    arg->Version = version;
    arg->pAdapterCallbacks = guard_bytes(adapter->callbacks);
    arg->pAdapterFuncs = guard_bytes(adapter->table);
    return adapter;
}

D3D10DDIARG_OPENADAPTER *rt_adapter_arg(struct rt_adapter *adapter)
{
    return guard_bytes(adapter->arg);
}

/* Every slot holds an address; what was there before the call does not count as one. */
static void check_table(struct rt_adapter *adapter)
{
    void *slots[RT_ADAPTER_2_SLOTS];
    void *fresh;

    memset(&fresh, GUARD_FRESH, sizeof(fresh));
    memcpy(slots, guard_bytes(adapter->table), guard_size(adapter->table));
    for (UINT i = 0; i < adapter_slots(adapter); i++) {
        if (slots[i] == NULL || slots[i] == fresh)
            report_violation(kernel_report(adapter->kernel),
                             "slot %u (%s) of the adapter table is left unset", i,
                             rt_entry_name(RT_ENTRY_pfnCalcPrivateDeviceSize + i));
    }
}

static HRESULT start(struct rt_adapter *adapter, D3D10DDIARG_OPENADAPTER *arg)
{
    struct report *report = kernel_report(adapter->kernel);
    const enum rt_entry entry = export_entries[adapter->entry];
    D3D10DDIARG_OPENADAPTER *kept = guard_bytes(adapter->arg);
    HRESULT result;

    rt_enter_adapter(adapter, NULL, entry);
    result = adapter->driver->open[adapter->entry](arg);
    if (SUCCEEDED(result)) {
        if (result != S_OK)
            report_violation(report, "0x%08x is not S_OK", (unsigned)result);
        check_table(adapter);
    } else if (kept->hAdapter.pDrvPrivate != NULL) {
        report_violation(report, "hAdapter is set although the open failed");
    }
    rt_leave_adapter(adapter, NULL);
    adapter->is_open = SUCCEEDED(result);
    adapter->handle = kept->hAdapter;
    /* The argument is the caller's: a driver that kept its address will read rubbish. */
    guard_retire(adapter->arg, false);
    return result;
}

HRESULT rt_adapter_start(struct rt_adapter *adapter)
{
    return start(adapter, guard_bytes(adapter->arg));
}

HRESULT rt_adapter_start_without_argument(struct rt_adapter *adapter)
{
    return start(adapter, NULL);
}

struct rt_adapter *rt_adapter_open(struct kernel *kernel)
{
    struct rt_adapter *adapter = rt_adapter_prepare(kernel, NULL, RT_OPEN_ADAPTER_10_2, 0, 0);
    const HRESULT result = rt_adapter_start(adapter);

    if (SUCCEEDED(result))
        return adapter;
    report_violation(kernel_report(kernel), "OpenAdapter10_2 failed with 0x%08x", (unsigned)result);
    rt_adapter_close(adapter);
    return NULL;
}

/* The function table, wherever the driver's pointers are; the short one ends after three. */
static const D3D10_2DDI_ADAPTERFUNCS *functions(const struct rt_adapter *adapter)
{
    return guard_bytes(adapter->table);
}

static HRESULT close_handle(struct rt_adapter *adapter, D3D10DDI_HADAPTER handle)
{
    HRESULT result;

    rt_enter_adapter(adapter, NULL, RT_ENTRY_pfnCloseAdapter);
    result = functions(adapter)->pfnCloseAdapter(handle);
    rt_leave_adapter(adapter, NULL);
    return result;
}

HRESULT rt_adapter_close_null(struct rt_adapter *adapter)
{
    const D3D10DDI_HADAPTER none = { NULL };

    return close_handle(adapter, none);
}

static void unlink_adapter(struct rt_adapter *adapter)
{
    struct rt_adapter **link = &adapters;

    while (*link != adapter)
        link = &(*link)->next;
    *link = adapter->next;
}

void rt_adapter_close(struct rt_adapter *adapter)
{
    if (adapter == NULL)
        return;
    while (adapter->devices != NULL)
        rt_device_destroy(adapter->devices);
    if (adapter->is_open) {
        const HRESULT result = close_handle(adapter, adapter->handle);

        if (result != S_OK)
            report_violation(kernel_report(adapter->kernel), "CloseAdapter returned 0x%08x",
                             (unsigned)result);
    }
    unlink_adapter(adapter);
    rt_handle_drop(adapter->h_rt);
    guard_destroy(adapter->arg);
    guard_destroy(adapter->callbacks);
    guard_destroy(adapter->table);
    free(adapter);
}

void rt_close_adapters(struct kernel *kernel)
{
    struct rt_adapter *adapter = adapters;

    while (adapter != NULL) {
        struct rt_adapter *next = adapter->next;

        if (adapter->kernel == kernel)
            rt_adapter_close(adapter);
        adapter = next;
    }
}

D3D10DDI_HADAPTER rt_adapter_handle(const struct rt_adapter *adapter)
{
    return adapter->handle;
}

static bool has_long_table(struct rt_adapter *adapter)
{
    if (adapter == NULL || !adapter->is_open)
        return false;
    if (adapter_slots(adapter) == RT_ADAPTER_2_SLOTS)
        return true;
    report_violation(kernel_report(adapter->kernel), "the adapter table has three slots only");
    return false;
}

HRESULT rt_adapter_versions(struct rt_adapter *adapter, UINT32 *entries, UINT64 *versions)
{
    HRESULT result;

    if (!has_long_table(adapter))
        return E_UNEXPECTED;
    rt_enter_adapter(adapter, NULL, RT_ENTRY_pfnGetSupportedVersions);
    result = functions(adapter)->pfnGetSupportedVersions(adapter->handle, entries, versions);
    rt_leave_adapter(adapter, NULL);
    return result;
}

HRESULT rt_adapter_caps(struct rt_adapter *adapter, const D3D10_2DDIARG_GETCAPS *data)
{
    HRESULT result;

    if (!has_long_table(adapter))
        return E_UNEXPECTED;
    rt_enter_adapter(adapter, NULL, RT_ENTRY_pfnGetCaps);
    result = functions(adapter)->pfnGetCaps(adapter->handle, data);
    rt_leave_adapter(adapter, NULL);
    return result;
}
