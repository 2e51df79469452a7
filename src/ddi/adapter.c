#include "ddi/adapter.h"

#include <assert.h>
#include <string.h>

#include "aerogpu/entry.h"
#include "aerogpu_umd_private.h"
#include "ddi/tables.h"
#include "ddi/versions.h"
#include "platform/heap.h"
#include "platform/log.h"

enum {
    ADAPTER_SLOTS_10 = 3,
    ADAPTER_SLOTS_10_2 = 5,
};

/* Reads the adapter blob and takes from it what gates packets (driver semantics 2.2, steps 4-6). */
static HRESULT read_caps(const D3D10DDIARG_OPENADAPTER *open, struct device_caps *caps)
{
    struct aerogpu_umd_private_v1 blob = { 0 };
    D3DDDICB_QUERYADAPTERINFO query = {
        .pPrivateDriverData = &blob,
        .PrivateDriverDataSize = sizeof(blob),
    };
    const HRESULT code =
        open->pAdapterCallbacks->pfnQueryAdapterInfoCb(open->hRTAdapter.handle, &query);
    bool is_legacy;

    if (FAILED(code))
        return code;
    is_legacy = blob.device_mmio_magic == AEROGPU_UMDPRIV_MMIO_MAGIC_LEGACY_ARGP &&
                blob.flags & AEROGPU_UMDPRIV_FLAG_IS_LEGACY;
    if (blob.size_bytes < sizeof(blob) || blob.struct_version != AEROGPU_UMDPRIV_STRUCT_VERSION_V1)
        return E_FAIL;
    if (!is_legacy && (blob.device_mmio_magic != AEROGPU_UMDPRIV_MMIO_MAGIC_NEW_AGPU ||
                       blob.device_abi_version_u32 >> 16 != AEROGPU_ABI_MAJOR))
        return E_FAIL;
    /* A legacy device counts versions in another way; only its feature bits can be trusted. */
    caps->abi_minor = is_legacy ? 0 : blob.device_abi_version_u32 & 0xFFFF;
    caps->features = blob.device_features;
    return S_OK;
}

static HRESULT open_adapter(D3D10DDIARG_OPENADAPTER *open, uint32_t slots, struct device_caps *caps)
{
    struct ddi_adapter *adapter;
    HRESULT code;

    if (!open || !open->pAdapterFuncs || !open->pAdapterCallbacks ||
        !open->pAdapterCallbacks->pfnQueryAdapterInfoCb)
        return E_INVALIDARG;
    if (slots == ADAPTER_SLOTS_10) {
        const struct ddi_version *version = ddi_version_find(open->Interface);

        if (!version || open->Version >> 16 < version->build)
            return E_NOINTERFACE;
    }
    code = read_caps(open, caps);
    if (FAILED(code))
        return code;
    adapter = heap_alloc(sizeof(*adapter));
    if (!adapter)
        return E_OUTOFMEMORY;
    adapter->h_rt_adapter = open->hRTAdapter;
    adapter->caps = *caps;
    if (!ddi_fill_adapter_table(open->pAdapterFuncs, slots)) {
        heap_free(adapter);
        return E_FAIL;
    }
    open->hAdapter.pDrvPrivate = adapter;
    return S_OK;
}

static HRESULT open_and_log(D3D10DDIARG_OPENADAPTER *open, uint32_t slots, const char *entry)
{
    struct device_caps caps = { 0 };
    HRESULT code;

    log_module_path();
    code = open_adapter(open, slots, &caps);
    log_line("aerogpu-d3d10_11: %s Interface=0x%08x Version=0x%08x abi_minor=%u features=0x%llx "
             "hr=0x%08x",
             entry, open ? open->Interface : 0, open ? open->Version : 0, (unsigned)caps.abi_minor,
             (unsigned long long)caps.features, (unsigned)code);
    return code;
}

HRESULT APIENTRY OpenAdapter10(D3D10DDIARG_OPENADAPTER *open)
{
    return open_and_log(open, ADAPTER_SLOTS_10, "OpenAdapter10");
}

HRESULT APIENTRY OpenAdapter10_2(D3D10DDIARG_OPENADAPTER *open)
{
    return open_and_log(open, ADAPTER_SLOTS_10_2, "OpenAdapter10_2");
}

HRESULT APIENTRY OpenAdapter11(D3D10DDIARG_OPENADAPTER *open)
{
    return open_and_log(open, ADAPTER_SLOTS_10_2, "OpenAdapter11");
}

HRESULT APIENTRY ddi_close_adapter(D3D10DDI_HADAPTER h)
{
    struct ddi_adapter *adapter = ddi_adapter_of(h);

    assert(!adapter || adapter->open_devices == 0);
    heap_free(adapter);
    return S_OK;
}

HRESULT APIENTRY ddi_get_supported_versions(D3D10DDI_HADAPTER h, UINT32 *entries, UINT64 *list)
{
    const UINT32 count = ddi_version_listed_count();
    UINT32 room;

    (void)h;
    if (!entries)
        return E_INVALIDARG;
    room = *entries;
    *entries = count;
    if (!list)
        return S_OK;
    if (room < count)
        return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
    ddi_version_list((uint64_t *)list);
    return S_OK;
}
