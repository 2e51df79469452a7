/** Exchanging what the buffers of a swap chain are, without copying (driver semantics 19.3). */
#ifndef CORE_ROTATE_H
#define CORE_ROTATE_H

#include <stdint.h>

#include "platform/result.h"

enum {
    ROTATE_MAX = 16, /**< buffers of a swap chain at most (DXGI_MAX_SWAP_CHAIN_BUFFERS) */
};

struct device;
struct resource;

/**
 * Gives each resource the storage of the next one, and the last that of the first: protocol handle,
 * allocation with its place in the list being built, layout. Everything else stays: views and
 * bindings name the resource and so see its new storage, and are sent again; packets already
 * recorded name the old one, as they should. Sends nothing; costs as much as there are resources
 * and places where they are bound.
 *
 * Fewer than two resources: OK, nothing happens. INVALID, and nothing changed, unless they are at
 * most ROTATE_MAX distinct live resources of this device with allocations that agree in size,
 * format, mips, layers and what they may be bound as. DEVICE_REMOVED on a lost device.
 */
enum result rotate_identities(struct device *device, struct resource *const *resources,
                              uint32_t count);

#endif
