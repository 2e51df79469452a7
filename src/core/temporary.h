/**
 * Resources of the driver's own that live for a few packets: what a copy within one resource, or an
 * update of a part of a texture, goes by (driver semantics 13). They end with resource_finish; the
 * stream is in order, so that may be as soon as the packets that use them are written.
 */
#ifndef CORE_TEMPORARY_H
#define CORE_TEMPORARY_H

#include "core/resource.h"

/** A buffer of size_bytes bytes. Results of resource_init. */
enum result temporary_buffer_init(struct device *device, struct resource *temporary,
                                  uint64_t size_bytes);

/**
 * A texture of another one's format, *mip of which is width x height texels. That is mip 0 unless
 * the size is no whole blocks: hosts want those of the top level (AeroGPU protocol specification
 * 6.2). Results of resource_init.
 */
enum result temporary_texture_init(struct device *device, struct resource *temporary,
                                   const struct resource *like, uint32_t width, uint32_t height,
                                   uint32_t *mip);

#endif
