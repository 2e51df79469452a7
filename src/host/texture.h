/** Textures and samplers: creation, what the guest wrote, uploads, reading texels back. */
#ifndef HOST_TEXTURE_H
#define HOST_TEXTURE_H

#include "host/device.h"
#include "host/objects.h"
#include "host/state.h"

host_packet_fn host_create_texture2d;
host_packet_fn host_create_sampler;

/** A texture without handle and backing, of zeros; reports. */
struct host_texture *host_texture_create(struct aerogpu_host *host, uint32_t usage_flags,
                                         const struct texture_shape *shape);

/** UPLOAD_RESOURCE to a texture: a range of the packed layout. */
bool host_texture_upload(struct aerogpu_host *host, struct host_texture *texture,
                         uint64_t offset_bytes, const uint8_t *bytes, uint64_t size_bytes);

/** Brings the device up to date with guest memory. To be called before a use; reports. */
bool host_texture_refresh(struct aerogpu_host *host, struct host_texture *texture);

/** The device writes to a subresource: what was uploaded is no longer what it holds. */
void host_texture_written(struct host_texture *texture, uint32_t mip, uint32_t layer);

/** A rectangle of a subresource; BC: origin and extent in texels, whole blocks or to the edge. */
struct host_region {
    uint32_t mip, layer;
    uint32_t x, y, width, height;
};

/** Bytes of a region with tight rows. */
uint64_t host_region_bytes(const struct host_texture *texture, const struct host_region *region,
                           uint64_t *row_bytes, uint32_t *row_count);

/** Most aspects of a format: depth and stencil. */
enum { HOST_ASPECTS = 2 };

/**
 * The copies between a region and a buffer that has the region's tight rows at offset and, when the
 * format has stencil, a byte per texel of it behind them. Returns how many; the first is the colour
 * or depth. host_region_copies_bytes is what they take in the buffer.
 */
uint32_t host_region_copies(const struct host_texture *texture, const struct host_region *region,
                            VkDeviceSize offset, VkBufferImageCopy copies[HOST_ASPECTS]);
uint64_t host_region_copies_bytes(const struct host_texture *texture,
                                  const struct host_region *region);

/** Records a copy of a region, of depth without stencil, to a new slice with tight rows; reports.
 */
bool host_texture_fetch(struct aerogpu_host *host, struct host_texture *texture,
                        const struct host_region *region, struct host_slice *slice);

/** The same to a slice with room for the region. */
void host_texture_fetch_to(struct aerogpu_host *host, struct host_texture *texture,
                           const struct host_region *region, const struct host_slice *slice);

void host_texture_destroy(struct aerogpu_host *host, struct host_object *object);
void host_sampler_destroy(struct aerogpu_host *host, struct host_object *object);

/** A Vulkan sampler with one filter and the address modes u, v, w. */
bool host_sampler_make(struct aerogpu_host *host, uint32_t filter, const uint32_t address[3],
                       VkSampler *sampler);

#endif
