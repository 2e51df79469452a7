/** An adapter: what OpenAdapter* made, behind the one handle that the driver chooses itself. */
#ifndef DDI_ADAPTER_H
#define DDI_ADAPTER_H

#include <d3d10umddi.h>

#include "core/device.h"

struct ddi_adapter {
    D3D10DDI_HRTADAPTER h_rt_adapter;
    struct device_caps caps;
    uint32_t open_devices; /**< must be 0 when the adapter closes */
};

static inline struct ddi_adapter *ddi_adapter_of(D3D10DDI_HADAPTER h)
{
    return (struct ddi_adapter *)h.pDrvPrivate;
}

#endif
