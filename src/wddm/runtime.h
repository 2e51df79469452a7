/**
 * The real outside world: the callback tables the runtime gave at device creation.
 *
 * The tables are read through the stored pointers at every call, never copied: the runtime may
 * replace their entries while no driver code runs (driver semantics 5).
 */
#ifndef WDDM_RUNTIME_H
#define WDDM_RUNTIME_H

#include "wddm/wddm.h"

struct _D3DDDI_DEVICECALLBACKS;
struct DXGI_DDI_BASE_CALLBACKS;
struct D3D11DDI_CORELAYER_DEVICECALLBACKS;

/** Everything but h_context is filled before wddm_queue_init, and lent for the device's life. */
struct wddm_runtime {
    struct wddm wddm; /**< set by wddm_runtime_init */
    void *h_rt_device;
    const struct _D3DDDI_DEVICECALLBACKS *kernel;
    const struct DXGI_DDI_BASE_CALLBACKS *dxgi;
    void *h_rt_core_layer;
    /** NULL for devices of the 10.x interfaces, which have no amortized processing. */
    const struct D3D11DDI_CORELAYER_DEVICECALLBACKS *core_layer_11;
    void *h_context; /**< of the one context, while it exists */
};

/** Points the operations at the callbacks. */
void wddm_runtime_init(struct wddm_runtime *runtime);

#endif
