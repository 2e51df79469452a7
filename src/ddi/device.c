/* Devices: creation, teardown, flush (driver semantics 5). */

#include <string.h>

#include "ddi/adapter.h"
#include "ddi/edge.h"
#include "ddi/versions.h"
#include "platform/log.h"

enum {
    FLAG_LEVEL_SHIFT = 1,
    FLAG_LEVEL_MASK = 7,
    FEATURE_LEVEL_10_0 = 0,
    /* No D3D9 driver of ours understands these surfaces, so DXGI must not redirect presents through
     * one; S_OK is right beside one that does (driver semantics 5, step 9). */
    CREATE_DEVICE_RESULT = DXGI_STATUS_NO_REDIRECTION,
};

SIZE_T APIENTRY ddi_calc_private_device_size(D3D10DDI_HADAPTER h,
                                             const D3D10DDIARG_CALCPRIVATEDEVICESIZE *data)
{
    (void)h;
    (void)data;
    return sizeof(struct ddi_device);
}

static bool is_valid(const D3D10DDIARG_CREATEDEVICE *create)
{
    return create && create->hDrvDevice.pDrvPrivate && create->pKTCallbacks &&
           create->pDeviceFuncs && create->pUMCallbacks &&
           create->DXGIBaseDDI.pDXGIDDIBaseFunctions;
}

/* Pointers to the callback tables, not copies: the runtime may change their entries. */
static void remember_runtime(struct ddi_device *device, const D3D10DDIARG_CREATEDEVICE *create,
                             const struct ddi_version *version)
{
    device->h_rt_core_layer = create->hRTCoreLayer;
    device->is_11 = version->table == DDI_TABLE_11_0;
    if (device->is_11)
        device->callbacks_11 = create->p11UMCallbacks;
    else
        device->callbacks_10 = create->pUMCallbacks;
    device->runtime = (struct wddm_runtime){
        .h_rt_device = create->hRTDevice.handle,
        .kernel = create->pKTCallbacks,
        .dxgi = create->DXGIBaseDDI.pDXGIBaseCallbacks,
        .h_rt_core_layer = create->hRTCoreLayer.handle,
        .core_layer_11 = device->is_11 ? create->p11UMCallbacks : NULL,
    };
    wddm_runtime_init(&device->runtime);
}

static bool fill_tables(const D3D10DDIARG_CREATEDEVICE *create, const struct ddi_version *version)
{
    return ddi_fill_device_table(create->pDeviceFuncs, version->table,
                                 ddi_version_device_slots(version, create->Version)) &&
           ddi_fill_dxgi_table(create->DXGIBaseDDI.pDXGIDDIBaseFunctions,
                               ddi_version_dxgi_slots(create->Interface, create->Version));
}

static HRESULT create_device(struct ddi_adapter *adapter, D3D10DDIARG_CREATEDEVICE *create)
{
    struct ddi_device *device;
    const struct ddi_version *version;
    enum result result;

    if (!adapter || !is_valid(create))
        return E_INVALIDARG;
    version = ddi_version_find(create->Interface);
    if (!version)
        return E_NOINTERFACE;
    if ((create->Flags >> FLAG_LEVEL_SHIFT & FLAG_LEVEL_MASK) != FEATURE_LEVEL_10_0)
        return E_INVALIDARG;
    device = create->hDrvDevice.pDrvPrivate;
    memset(device, 0, sizeof(*device));
    remember_runtime(device, create, version);
    if (!fill_tables(create, version))
        return E_FAIL;
    result = device_init(&device->core, &device->runtime.wddm, &adapter->caps);
    if (result != RESULT_OK)
        return ddi_hresult(result);
    device->adapter = adapter;
    adapter->open_devices++;
    return CREATE_DEVICE_RESULT;
}

HRESULT APIENTRY ddi_create_device(D3D10DDI_HADAPTER h, D3D10DDIARG_CREATEDEVICE *create)
{
    const HRESULT code = create_device(ddi_adapter_of(h), create);

    LOG_VERBOSE("CreateDevice Interface=0x%08x Version=0x%08x Flags=0x%x -> 0x%08x",
                create ? create->Interface : 0, create ? create->Version : 0,
                create ? create->Flags : 0, (unsigned)code);
    return code;
}

void APIENTRY ddi_destroy_device(D3D10DDI_HDEVICE h)
{
    struct ddi_device *device = object_of(h.pDrvPrivate, OBJECT_DEVICE);

    if (!device)
        return;
    device_finish(&device->core);
    device->adapter->open_devices--;
    memset(device, 0, sizeof(*device));
}

void APIENTRY ddi_flush(D3D10DDI_HDEVICE h)
{
    ddi_report(h, SLOT_pfnFlush, device_flush(ddi_core_of(h)));
}

/* The driver never changes its table, so it does not matter where the runtime keeps it. */
void APIENTRY ddi_relocate_device_funcs_10(D3D10DDI_HDEVICE h, struct D3D10DDI_DEVICEFUNCS *table)
{
    (void)h;
    (void)table;
}

void APIENTRY ddi_relocate_device_funcs_10_1(D3D10DDI_HDEVICE h,
                                             struct D3D10_1DDI_DEVICEFUNCS *table)
{
    (void)h;
    (void)table;
}

void APIENTRY ddi_relocate_device_funcs_11(D3D10DDI_HDEVICE h, struct D3D11DDI_DEVICEFUNCS *table)
{
    (void)h;
    (void)table;
}

/* Anisotropic text filtering does not exist on the wire; the size changes nothing. */
void APIENTRY ddi_set_text_filter_size(D3D10DDI_HDEVICE h, UINT width, UINT height)
{
    (void)h;
    (void)width;
    (void)height;
}
