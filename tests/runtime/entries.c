#include "runtime/entries.h"

#include <stddef.h>

static const struct {
    const char *name;
    enum rt_error_class errors;
} entries[RT_ENTRIES] = {
#define ENTRY(name, class) [RT_ENTRY_##name] = { #name, RT_ERRORS_##class },
    RT_DEVICE_ENTRIES(ENTRY) RT_DXGI_ENTRIES(ENTRY) RT_ADAPTER_ENTRIES(ENTRY)
        RT_EXPORT_ENTRIES(ENTRY)
#undef ENTRY
};

_Static_assert(RT_ENTRY_pfnRecycleDestroyCommandList + 1 == RT_DEVICE_SLOTS_11, "device slots");
_Static_assert(sizeof(D3D11DDI_DEVICEFUNCS) == RT_DEVICE_SLOTS_11 * sizeof(void *), "device table");
_Static_assert(sizeof(D3D10_1DDI_DEVICEFUNCS) == RT_DEVICE_SLOTS_10_1 * sizeof(void *),
               "device table");
_Static_assert(sizeof(D3D10DDI_DEVICEFUNCS) == RT_DEVICE_SLOTS_10 * sizeof(void *), "device table");

/* The enumeration follows the table: each slot is where its name says. */
#define ENTRY(name, class)                                                                         \
    _Static_assert(offsetof(D3D11DDI_DEVICEFUNCS, name) == RT_ENTRY_##name * sizeof(void *), #name);
RT_DEVICE_ENTRIES(ENTRY)
#undef ENTRY

const char *rt_entry_name(enum rt_entry entry)
{
    return entries[entry].name;
}

enum rt_error_class rt_entry_errors(enum rt_entry entry)
{
    return entries[entry].errors;
}

/* Codes a class permits whatever the arguments; zero ends the row. */
static const HRESULT permitted[][4] = {
    [RT_ERRORS_NOTHING] = { 0 },
    [RT_ERRORS_REMOVED] = { D3DDDIERR_DEVICEREMOVED },
    [RT_ERRORS_CREATE] = { D3DDDIERR_DEVICEREMOVED, E_OUTOFMEMORY },
    [RT_ERRORS_CREATE_RESOURCE] = { D3DDDIERR_DEVICEREMOVED, E_OUTOFMEMORY },
    [RT_ERRORS_CREATE_QUERY] = { D3DDDIERR_DEVICEREMOVED, E_OUTOFMEMORY,
                                 DXGI_DDI_ERR_NONEXCLUSIVE },
    [RT_ERRORS_MAP] = { D3DDDIERR_DEVICEREMOVED },
    [RT_ERRORS_GET_DATA] = { D3DDDIERR_DEVICEREMOVED, DXGI_DDI_ERR_WASSTILLDRAWING },
    [RT_ERRORS_GEN_MIPS] = { E_FAIL, E_INVALIDARG },
    [RT_ERRORS_CHECK_FORMAT] = { E_FAIL, E_INVALIDARG },
    [RT_ERRORS_CHECK_COUNTER] = { E_INVALIDARG, DXGI_DDI_ERR_UNSUPPORTED },
};

bool rt_error_is_permitted(enum rt_entry entry, HRESULT code,
                           const struct rt_error_context *context)
{
    const enum rt_error_class errors = entries[entry].errors;

    for (unsigned i = 0; i < 4 && permitted[errors][i] != 0; i++) {
        if (permitted[errors][i] == code)
            return true;
    }
    if (errors == RT_ERRORS_MAP && context->may_still_draw)
        return code == DXGI_DDI_ERR_WASSTILLDRAWING;
    if (errors == RT_ERRORS_CREATE_RESOURCE && context->may_refuse_primary)
        return code == DXGI_DDI_ERR_UNSUPPORTED;
    return false;
}
