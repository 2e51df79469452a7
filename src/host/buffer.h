/** Buffers: creation, what the guest wrote, uploads. */
#ifndef HOST_BUFFER_H
#define HOST_BUFFER_H

#include "host/objects.h"
#include "host/state.h"

host_packet_fn host_create_buffer;

/** UPLOAD_RESOURCE to a buffer. */
bool host_buffer_upload(struct aerogpu_host *host, struct host_buffer *buffer,
                        uint64_t offset_bytes, const uint8_t *bytes, uint64_t size_bytes);

/** Notes that the guest changed a range (inside the resource) of a backing. */
void host_backing_dirty(struct host_backing *backing, uint64_t offset_bytes, uint64_t size_bytes);

/** Brings the device up to date with guest memory. To be called before a use; reports. */
bool host_buffer_refresh(struct aerogpu_host *host, struct host_buffer *buffer);

void host_buffer_destroy(struct aerogpu_host *host, struct host_object *object);

#endif
