/**
 * Copies between resources: whole ones, and regions (driver semantics 13; AeroGPU protocol
 * specification 6.2). They need no state of the pipeline and change none.
 *
 * What cannot be sent is not: it is told in the ledger and the bytes stay as they were.
 */
#ifndef CORE_COPY_H
#define CORE_COPY_H

#include "core/resource.h"

/** Whether the device takes copies at all (AeroGPU protocol specification 1). */
bool copy_is_possible(const struct device *device);

/**
 * All subresources of one resource to another of the same kind and size; formats of one wire
 * format. INVALID, and nothing copied, for resources that differ in more. DEVICE_REMOVED.
 */
enum result copy_resource(struct device *device, struct resource *target, struct resource *source);

/** What goes where: texels of textures; of buffers bytes, in x, left and right. */
struct copy_region {
    struct resource *target, *source; /**< may be the same */
    uint32_t target_subresource, source_subresource;
    uint32_t x, y;                  /**< in the target */
    const struct resource_box *box; /**< of the source; NULL: all of the subresource */
};

/**
 * A part of a subresource, clipped to what there is in source and target. INVALID for subresources
 * that do not exist, parts of blocks, and parts of depth textures. DEVICE_REMOVED.
 */
enum result copy_region(struct device *device, const struct copy_region *region);

#endif
