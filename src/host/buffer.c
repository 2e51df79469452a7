#include "host/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "host/host.h"

/* Far above what D3D10/11 programs create, far below what would exhaust the machine. */
#define BUFFER_MAX_BYTES ((uint64_t)1 << 30)

void host_buffer_destroy(struct aerogpu_host *host, struct host_object *object)
{
    struct host_buffer *buffer = (struct host_buffer *)object;

    vkDestroyBuffer(host->device.device, buffer->buffer, NULL);
    host_device_free(&host->device, &buffer->memory);
    free(buffer);
}

static bool create_vulkan_buffer(struct aerogpu_host *host, struct host_buffer *buffer)
{
    const VkBufferCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
        .size = (buffer->size_bytes + 15) & ~(uint64_t)15,
        .usage = VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT |
                 VK_BUFFER_USAGE_VERTEX_BUFFER_BIT | VK_BUFFER_USAGE_INDEX_BUFFER_BIT |
                 VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT | VK_BUFFER_USAGE_UNIFORM_TEXEL_BUFFER_BIT |
                 VK_BUFFER_USAGE_STORAGE_BUFFER_BIT,
    };
    VkMemoryRequirements needs;

    if (vkCreateBuffer(host->device.device, &info, NULL, &buffer->buffer) != VK_SUCCESS)
        return false;
    vkGetBufferMemoryRequirements(host->device.device, buffer->buffer, &needs);
    return host_device_allocate(&host->device, &needs, VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT,
                                &buffer->memory) &&
           vkBindBufferMemory(host->device.device, buffer->buffer, buffer->memory.memory, 0) ==
               VK_SUCCESS;
}

bool host_create_buffer(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                        const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_buffer *cmd = (const void *)packet->bytes;
    struct host_buffer *buffer;

    (void)payload;
    if (cmd->size_bytes == 0 || cmd->size_bytes > BUFFER_MAX_BYTES)
        return host_fail(host, AEROGPU_HOST_BACKEND, "buffer-size",
                         "a buffer of %llu bytes cannot be made",
                         (unsigned long long)cmd->size_bytes);
    if (cmd->backing_alloc_id && !host_find_allocation(host, cmd->backing_alloc_id,
                                                       cmd->backing_offset_bytes, cmd->size_bytes))
        return false;
    buffer = calloc(1, sizeof(*buffer));
    if (!buffer)
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    buffer->object.kind = HOST_BUFFER;
    buffer->usage_flags = cmd->usage_flags;
    buffer->size_bytes = cmd->size_bytes;
    buffer->backing.alloc_id = cmd->backing_alloc_id;
    buffer->backing.offset_bytes = cmd->backing_offset_bytes;
    if (!create_vulkan_buffer(host, buffer) ||
        !host_objects_insert(&host->objects, cmd->buffer_handle, &buffer->object)) {
        host_buffer_destroy(host, &buffer->object);
        return host_fail(host, AEROGPU_HOST_BACKEND, "create-buffer",
                         "no memory for the buffer, or its handle %u is taken", cmd->buffer_handle);
    }
    if (buffer->backing.alloc_id)
        buffer->backing.dirty_end = buffer->size_bytes;
    host_device_barrier(&host->device);
    vkCmdFillBuffer(host->device.commands, buffer->buffer, 0, VK_WHOLE_SIZE, 0);
    return true;
}

/* Copies a slice's bytes to the device. */
static void copy_in(struct aerogpu_host *host, struct host_buffer *buffer, uint64_t offset_bytes,
                    const struct host_slice *slice, uint64_t size_bytes)
{
    const VkBufferCopy region = { slice->offset, offset_bytes, size_bytes };

    host_device_barrier(&host->device);
    vkCmdCopyBuffer(host->device.commands, slice->buffer, buffer->buffer, 1, &region);
}

bool host_buffer_upload(struct aerogpu_host *host, struct host_buffer *buffer,
                        uint64_t offset_bytes, const uint8_t *bytes, uint64_t size_bytes)
{
    struct host_slice slice;

    if (offset_bytes > buffer->size_bytes || size_bytes > buffer->size_bytes - offset_bytes)
        return host_fail(host, AEROGPU_HOST_OOB, "upload-range",
                         "the upload reaches beyond its buffer of %llu bytes",
                         (unsigned long long)buffer->size_bytes);
    if (size_bytes == 0)
        return true;
    if (!host_buffer_refresh(host, buffer) || !host_slice(host, size_bytes, &slice))
        return false;
    memcpy(slice.bytes, bytes, (size_t)size_bytes);
    copy_in(host, buffer, offset_bytes, &slice, size_bytes);
    return true;
}

void host_backing_dirty(struct host_backing *backing, uint64_t offset_bytes, uint64_t size_bytes)
{
    if (size_bytes == 0)
        return;
    if (backing->dirty_begin == backing->dirty_end) {
        backing->dirty_begin = offset_bytes;
        backing->dirty_end = offset_bytes + size_bytes;
        return;
    }
    if (offset_bytes < backing->dirty_begin)
        backing->dirty_begin = offset_bytes;
    if (offset_bytes + size_bytes > backing->dirty_end)
        backing->dirty_end = offset_bytes + size_bytes;
}

bool host_buffer_refresh(struct aerogpu_host *host, struct host_buffer *buffer)
{
    struct host_backing *backing = &buffer->backing;
    const uint64_t size_bytes = backing->dirty_end - backing->dirty_begin;
    struct host_slice slice;

    if (size_bytes == 0)
        return true;
    if (!host_slice(host, size_bytes, &slice) ||
        !host_read_allocation(host, backing->alloc_id, backing->offset_bytes + backing->dirty_begin,
                              slice.bytes, size_bytes))
        return false;
    copy_in(host, buffer, backing->dirty_begin, &slice, size_bytes);
    backing->dirty_begin = backing->dirty_end = 0;
    return true;
}
