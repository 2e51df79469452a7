/* What the driver says it can do (driver semantics 3). */

#include <string.h>

#include "core/format.h"
#include "ddi/edge.h"
#include "platform/log.h"

enum {
    FEATURE_LEVEL_10_0 = 0,
    /* DXGI_FORMAT numbers end here on Windows 7. */
    LAST_FORMAT = DXGI_FORMAT_BC7_UNORM_SRGB,
};

/* One known question of GetCaps: all answers are single words. */
struct caps_row {
    D3D10_2DDICAPS_TYPE type;
    UINT answer;
};

static const struct caps_row caps_rows[] = {
    { D3D11DDICAPS_THREADING, 0 }, /* the runtime serialises, and emulates command lists */
    { D3D11DDICAPS_SHADER, 0 },    /* neither doubles nor compute */
    { D3D11DDICAPS_3DPIPELINESUPPORT, 1u << FEATURE_LEVEL_10_0 },
};

HRESULT APIENTRY ddi_get_caps(D3D10DDI_HADAPTER h, const D3D10_2DDIARG_GETCAPS *caps)
{
    (void)h;
    if (!caps)
        return E_INVALIDARG;
    for (size_t i = 0; i < sizeof(caps_rows) / sizeof(caps_rows[0]); i++) {
        if (caps_rows[i].type != caps->Type)
            continue;
        if (!caps->pData || caps->DataSize < sizeof(caps_rows[i].answer))
            return E_INVALIDARG;
        memcpy(caps->pData, &caps_rows[i].answer, sizeof(caps_rows[i].answer));
        return S_OK;
    }
    /* Questions of later systems: nothing of it is supported. */
    if (caps->pData)
        memset(caps->pData, 0, caps->DataSize);
    LOG_VERBOSE("GetCaps type=%u size=%u is unknown", (unsigned)caps->Type,
                (unsigned)caps->DataSize);
    return S_OK;
}

void APIENTRY ddi_check_format_support(D3D10DDI_HDEVICE h, DXGI_FORMAT format, UINT *caps)
{
    const struct format_row *row = format_find((uint32_t)format);
    const uint32_t abi_minor = ddi_core_of(h)->caps.abi_minor;
    const bool has_storage = row->kind == FORMAT_NONE || format_wire(row, abi_minor);

    if (caps)
        *caps = has_storage ? row->caps : 0;
    if ((UINT)format > LAST_FORMAT)
        ddi_set_error(ddi_device_of(h), E_FAIL);
}

void APIENTRY ddi_check_multisample_quality_levels(D3D10DDI_HDEVICE h, DXGI_FORMAT format,
                                                   UINT sample_count, UINT *levels)
{
    (void)h;
    (void)format;
    if (levels)
        *levels = sample_count == 1;
}

void APIENTRY ddi_check_counter_info(D3D10DDI_HDEVICE h, D3D10DDI_COUNTER_INFO *info)
{
    (void)h;
    if (info)
        memset(info, 0, sizeof(*info));
}

void APIENTRY ddi_check_counter(D3D10DDI_HDEVICE h, D3D10DDI_QUERY query,
                                D3D10DDI_COUNTER_TYPE *type, UINT *active, LPSTR name,
                                UINT *name_length, LPSTR units, UINT *units_length,
                                LPSTR description, UINT *description_length)
{
    /* Counters that every device could have lie below those a device defines itself. */
    const bool is_well_known = (UINT)query >= D3D10DDI_COUNTER_GPU_IDLE &&
                               (UINT)query < D3D10DDI_COUNTER_DEVICE_DEPENDENT_0;

    (void)type;
    (void)active;
    (void)name;
    (void)name_length;
    (void)units;
    (void)units_length;
    (void)description;
    (void)description_length;
    ddi_set_error(ddi_device_of(h), is_well_known ? DXGI_DDI_ERR_UNSUPPORTED : E_INVALIDARG);
}
