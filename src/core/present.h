/** Showing a finished surface (driver semantics 19.1; AeroGPU protocol specification 17). */
#ifndef CORE_PRESENT_H
#define CORE_PRESENT_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/result.h"

struct device;
struct resource;

struct present_desc {
    struct resource *surface;
    struct resource *destination; /**< of a blt to a window; NULL = none */
    bool waits_for_vblank;
    void *dxgi_context; /**< passed on untouched */
};

/**
 * Sends all that was drawn and a PRESENT of the surface, then hands it to DXGI, whose code goes to
 * *hresult. INVALID for a surface without allocation; OUT_OF_MEMORY; DEVICE_REMOVED.
 */
enum result present_submit(struct device *device, const struct present_desc *desc,
                           int32_t *hresult);

#endif
