#include "ddi/edge.h"

#include <string.h>

#include "platform/log.h"

void ddi_set_error(struct ddi_device *device, HRESULT code)
{
    if (device->is_11)
        device->callbacks_11->pfnSetErrorCb(device->h_rt_core_layer, code);
    else
        device->callbacks_10->pfnSetErrorCb(device->h_rt_core_layer, code);
}

/* Codes for what a class of slots may report; S_OK: nothing is said. */
struct error_row {
    HRESULT out_of_memory;
    HRESULT removed;
    HRESULT still_drawing;
};

static const struct error_row error_rows[] = {
    [ERRORS_NONE] = { S_OK, S_OK, S_OK },
    [ERRORS_LOSS] = { S_OK, D3DDDIERR_DEVICEREMOVED, S_OK },
    [ERRORS_WAIT] = { S_OK, D3DDDIERR_DEVICEREMOVED, DXGI_DDI_ERR_WASSTILLDRAWING },
    [ERRORS_CREATE] = { E_OUTOFMEMORY, D3DDDIERR_DEVICEREMOVED, S_OK },
    [ERRORS_RESOURCE] = { E_OUTOFMEMORY, D3DDDIERR_DEVICEREMOVED, S_OK },
    [ERRORS_QUERY] = { E_OUTOFMEMORY, D3DDDIERR_DEVICEREMOVED, S_OK },
    [ERRORS_CHECK] = { S_OK, S_OK, S_OK },
    [ERRORS_RETURNED] = { S_OK, S_OK, S_OK },
};

/* A create that fails for any other reason is out of memory to the runtime (driver semantics 8.3).
 */
static HRESULT code_of(const struct error_row *row, enum result result)
{
    switch (result) {
    case RESULT_OK:
        return S_OK;
    case RESULT_DEVICE_REMOVED:
        return row->removed;
    case RESULT_STILL_DRAWING:
        return row->still_drawing;
    case RESULT_OUT_OF_MEMORY:
    case RESULT_UNSUPPORTED:
    case RESULT_INVALID:
        return row->out_of_memory;
    }
    return S_OK;
}

void ddi_report_failure(struct ddi_device *device, enum ddi_slot slot, enum result result)
{
    const struct slot_info *info = &ddi_slot_infos[slot];
    const HRESULT code = code_of(&error_rows[info->errors], result);

    LOG_VERBOSE("%s -> result %d, reported 0x%08x", info->name, (int)result, (unsigned)code);
    if (FAILED(code))
        ddi_set_error(device, code);
}

void ddi_refuse_create(D3D10DDI_HDEVICE h, enum ddi_slot slot, void *block, size_t size_bytes)
{
    if (block)
        memset(block, 0, size_bytes);
    ddi_report(h, slot, RESULT_INVALID);
}

bool ddi_flat_box(const D3D10_DDI_BOX *box, struct resource_box *flat)
{
    if (box->left < 0 || box->top < 0 || box->front != 0 || box->left >= box->right ||
        box->top >= box->bottom || box->back < 1)
        return false;
    *flat = (struct resource_box){ (uint32_t)box->left, (uint32_t)box->top, (uint32_t)box->right,
                                   (uint32_t)box->bottom };
    return true;
}

HRESULT ddi_hresult(enum result result)
{
    switch (result) {
    case RESULT_OK:
        return S_OK;
    case RESULT_DEVICE_REMOVED:
        return D3DDDIERR_DEVICEREMOVED;
    case RESULT_STILL_DRAWING:
        return DXGI_DDI_ERR_WASSTILLDRAWING;
    case RESULT_OUT_OF_MEMORY:
        return E_OUTOFMEMORY;
    case RESULT_UNSUPPORTED:
        return E_NOTIMPL;
    case RESULT_INVALID:
        return E_INVALIDARG;
    }
    return E_FAIL;
}
