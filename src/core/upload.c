#include "core/upload.h"

#include <string.h>

#include "core/device.h"
#include "stream/emit.h"

enum { UPLOAD_PACKET_BYTES = sizeof(struct aerogpu_cmd_upload_resource) };

static uint64_t align4(uint64_t bytes)
{
    return (bytes + 3) & ~(uint64_t)3;
}

/* Bytes of the next packet: the rest if it fits here, else what a fresh buffer takes. */
static uint32_t chunk_bytes(const struct wddm_queue *queue, uint64_t rest_bytes)
{
    const uint64_t room_bytes = stream_room_bytes(&queue->stream);
    const uint32_t fresh_bytes = wddm_queue_packet_max_bytes(queue);

    if (rest_bytes + UPLOAD_PACKET_BYTES <= room_bytes)
        return (uint32_t)rest_bytes;
    if (fresh_bytes <= UPLOAD_PACKET_BYTES)
        return 0;
    if (rest_bytes > fresh_bytes - UPLOAD_PACKET_BYTES)
        return (fresh_bytes - UPLOAD_PACKET_BYTES) & ~3u;
    return (uint32_t)rest_bytes;
}

enum result upload_range(struct device *device, const struct resource *buffer,
                         uint64_t offset_bytes, const void *bytes, uint64_t size_bytes)
{
    const uint64_t wire_bytes = align4(size_bytes);
    struct wddm_queue *queue = &device->queue;

    for (uint64_t done = 0; done < wire_bytes;) {
        const uint32_t size = chunk_bytes(queue, wire_bytes - done);
        const uint64_t have = size_bytes - done;
        const size_t copied = have < size ? (size_t)have : size;
        const enum result result = wddm_queue_reserve(queue, UPLOAD_PACKET_BYTES + size, 0);
        uint8_t *payload;

        if (result != RESULT_OK)
            return result;
        payload = stream_upload_resource(&queue->stream, buffer->handle, offset_bytes + done, size);
        memcpy(payload, (const uint8_t *)bytes + done, copied);
        memset(payload + copied, 0, size - copied); /* the wire size is a multiple of 4 */
        done += size;
    }
    return RESULT_OK;
}

enum result upload_buffer(struct device *device, const struct resource *buffer, const void *bytes)
{
    return upload_range(device, buffer, 0, bytes, buffer->size_bytes);
}

enum result upload_from_shadow(struct device *device, struct resource *buffer, uint64_t begin,
                               uint64_t end)
{
    const uint64_t first = begin & ~(uint64_t)3;

    return upload_range(device, buffer, first, shadow_bytes(&buffer->shadow) + first,
                        align4(end) - first);
}

/* Rows from the caller's pitch to the layout's; what is between rows is zeroed. */
static void copy_rows(uint8_t *to, const struct texture_subresource *at,
                      const struct resource_data *data)
{
    const uint8_t *from = data->bytes;

    for (uint32_t row = 0; row < at->rows; row++) {
        memcpy(to, from, at->row_bytes);
        memset(to + at->row_bytes, 0, at->row_pitch_bytes - at->row_bytes);
        to += at->row_pitch_bytes;
        from += data->row_pitch_bytes;
    }
}

enum result upload_subresource(struct device *device, const struct resource *texture,
                               uint32_t index, const struct resource_data *data)
{
    const struct texture_subresource at = texture_subresource_at(&texture->layout, index);
    const uint32_t size_bytes = (uint32_t)at.size_bytes; /* at most TEXTURE_MAX_BYTES */
    struct wddm_queue *queue = &device->queue;
    const enum result result =
        wddm_queue_reserve(queue, stream_payload_packet_bytes(UPLOAD_PACKET_BYTES, size_bytes), 0);

    if (result != RESULT_OK)
        return result;
    copy_rows(stream_upload_resource(&queue->stream, texture->handle, at.offset_bytes, size_bytes),
              &at, data);
    return RESULT_OK;
}

enum result upload_backing(struct device *device, const struct resource *resource,
                           const struct resource_data *data)
{
    struct wddm *wddm = device->queue.wddm;
    const uint32_t h_allocation = resource->backing.h_allocation;
    void *bytes;
    enum result result;

    result =
        wddm->ops->lock(wddm, h_allocation, (struct wddm_lock){ .is_write_only = true }, &bytes);
    if (result != RESULT_OK)
        return result;
    for (uint32_t i = 0; i < texture_subresource_count(&resource->layout); i++) {
        const struct texture_subresource at = texture_subresource_at(&resource->layout, i);

        copy_rows((uint8_t *)bytes + at.offset_bytes, &at, &data[i]);
    }
    wddm->ops->unlock(wddm, h_allocation);
    return RESULT_OK;
}
