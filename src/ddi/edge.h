/**
 * The edge between the DDI and the core: handles become objects, results become error codes.
 *
 * What an entry point may report is a column of slots.h; whatever it may not report is dropped
 * here, because an undocumented code makes the runtime remove the device (driver semantics 8).
 */
#ifndef DDI_EDGE_H
#define DDI_EDGE_H

#include <d3d10umddi.h>

#include "core/device.h"
#include "ddi/tables.h"
#include "wddm/runtime.h"

struct ddi_adapter;

/** A device's private block. */
struct ddi_device {
    struct device core; /**< first: its kind marks the block */
    struct wddm_runtime runtime;
    struct ddi_adapter *adapter; /**< outlives the device */
    D3D10DDI_HRTCORELAYER h_rt_core_layer;
    /** Core-layer callbacks; which of the two is told by is_11. Read anew for every call. */
    union {
        const D3D10DDI_CORELAYER_DEVICECALLBACKS *callbacks_10;
        const D3D11DDI_CORELAYER_DEVICECALLBACKS *callbacks_11;
    };
    bool is_11;
};

static inline struct ddi_device *ddi_device_of(D3D10DDI_HDEVICE h)
{
    return (struct ddi_device *)h.pDrvPrivate;
}

static inline struct device *ddi_core_of(D3D10DDI_HDEVICE h)
{
    return &ddi_device_of(h)->core;
}

/** Reports this code to the runtime as it is. */
void ddi_set_error(struct ddi_device *device, HRESULT code);

/** Slow path of ddi_report. */
void ddi_report_failure(struct ddi_device *device, enum ddi_slot slot, enum result result);

/** Reports a result as far as the slot may; says nothing of RESULT_OK. */
static inline void ddi_report(D3D10DDI_HDEVICE h, enum ddi_slot slot, enum result result)
{
    if (__builtin_expect(result != RESULT_OK, 0))
        ddi_report_failure(ddi_device_of(h), slot, result);
}

/**
 * Ends a create whose arguments the real runtime never sends (driver semantics 8.3): the block, of
 * the size that was asked for it, is left zeroed, and the failure is reported. block may be NULL.
 */
void ddi_refuse_create(D3D10DDI_HDEVICE h, enum ddi_slot slot, void *block, size_t size_bytes);

/** A box of something flat, front 0, back 1. False when nothing of it is in the box. */
bool ddi_flat_box(const D3D10_DDI_BOX *box, struct resource_box *flat);

/** A result as the return value of functions that have one. */
HRESULT ddi_hresult(enum result result);

/* Objects behind handles; NULL for a NULL handle, and for one of a dead or another object. */

static inline struct resource *ddi_resource(D3D10DDI_HRESOURCE h)
{
    return (struct resource *)object_of(h.pDrvPrivate, OBJECT_RESOURCE);
}

static inline struct view *ddi_target_view(D3D10DDI_HRENDERTARGETVIEW h)
{
    return (struct view *)object_of(h.pDrvPrivate, OBJECT_RENDER_TARGET_VIEW);
}

static inline struct view *ddi_depth_view(D3D10DDI_HDEPTHSTENCILVIEW h)
{
    return (struct view *)object_of(h.pDrvPrivate, OBJECT_DEPTH_STENCIL_VIEW);
}

static inline struct view *ddi_shader_view(D3D10DDI_HSHADERRESOURCEVIEW h)
{
    return (struct view *)object_of(h.pDrvPrivate, OBJECT_SHADER_RESOURCE_VIEW);
}

static inline struct sampler *ddi_sampler(D3D10DDI_HSAMPLER h)
{
    return (struct sampler *)object_of(h.pDrvPrivate, OBJECT_SAMPLER);
}

static inline struct shader *ddi_shader(D3D10DDI_HSHADER h)
{
    return (struct shader *)object_of(h.pDrvPrivate, OBJECT_SHADER);
}

#endif
