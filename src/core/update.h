/** New contents for a part of a resource or all of it, for resource_update (driver semantics 13).
 */
#ifndef CORE_UPDATE_H
#define CORE_UPDATE_H

#include "core/resource.h"

/**
 * Bytes of a buffer: box NULL or left to right, clipped to the buffer. Ends that are no words are
 * sent with the bytes beside them; of a buffer whose bytes the CPU does not know they stay, and the
 * ledger tells.
 */
enum result update_buffer(struct device *device, struct resource *buffer,
                          const struct resource_box *box, const void *bytes);

/**
 * Texels of a subresource, which exists: box NULL or clipped to it. Only all of a host-owned one
 * can be uploaded; anything else goes by a temporary texture and a copy. INVALID for parts of
 * blocks and rows too short; UNSUPPORTED, told in the ledger, for parts of depth textures and
 * without copies; OUT_OF_MEMORY.
 */
enum result update_texture(struct device *device, struct resource *texture, uint32_t subresource,
                           const struct resource_box *box, const struct resource_data *data);

#endif
