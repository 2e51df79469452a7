/**
 * Contents on their way to a resource: in the stream for host-owned ones, through a lock for
 * guest-backed ones (AeroGPU protocol specification 10.4).
 */
#ifndef CORE_UPLOAD_H
#define CORE_UPLOAD_H

#include "core/resource.h"

/** All bytes of a host-owned buffer, in as many packets as the command buffer asks for. */
enum result upload_buffer(struct device *device, const struct resource *buffer, const void *bytes);

/**
 * Bytes of a range of a host-owned buffer. The offset is a multiple of 4; so is the size, or the
 * range ends with the buffer: the last word is filled up with zeros then.
 */
enum result upload_range(struct device *device, const struct resource *buffer,
                         uint64_t offset_bytes, const void *bytes, uint64_t size_bytes);

/** Bytes of a range with any ends, widened to words, from a buffer's shadow, which is known. */
enum result upload_from_shadow(struct device *device, struct resource *buffer, uint64_t begin,
                               uint64_t end);

/**
 * One whole subresource of a host-owned texture, rows repacked on the way. OUT_OF_MEMORY when it is
 * larger than any command buffer the kernel gives.
 */
enum result upload_subresource(struct device *device, const struct resource *texture,
                               uint32_t index, const struct resource_data *data);

/**
 * Every byte of a fresh guest-backed resource, written under a lock; a DIRTY_RANGE packet has to
 * follow. data has one entry per subresource.
 */
enum result upload_backing(struct device *device, const struct resource *resource,
                           const struct resource_data *data);

#endif
