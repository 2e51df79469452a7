#include "host/descriptors.h"

#include "host/buffer.h"
#include "host/host.h"
#include "host/surface.h"
#include "host/texture.h"
#include "host/translate.h"

/* Far more than the dialect of one shader needs at once; flushed when full. */
enum { WRITES = 64 };

struct writes {
    VkWriteDescriptorSet list[WRITES];
    VkDescriptorBufferInfo buffers[WRITES];
    VkDescriptorImageInfo images[WRITES];
    VkBufferView views[WRITES];
    uint32_t count;
    VkDescriptorSet set;
};

static void flush(struct aerogpu_host *host, struct writes *writes)
{
    vkUpdateDescriptorSets(host->device.device, writes->count, writes->list, 0, NULL);
    writes->count = 0;
}

static uint32_t next_write(struct aerogpu_host *host, struct writes *writes, uint32_t binding,
                           VkDescriptorType type)
{
    if (writes->count == WRITES)
        flush(host, writes);
    writes->list[writes->count] = (VkWriteDescriptorSet){
        .sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET,
        .dstSet = writes->set,
        .dstBinding = binding,
        .descriptorCount = 1,
        .descriptorType = type,
        .pBufferInfo = &writes->buffers[writes->count],
        .pImageInfo = &writes->images[writes->count],
        .pTexelBufferView = &writes->views[writes->count],
    };
    return writes->count++;
}

/* A range of a buffer that shaders read, at an offset that the device can bind. */
struct readable {
    VkBuffer buffer;
    VkDeviceSize offset_bytes;
};

/* Copies the range when its offset is not a multiple of the device's alignment; reports. */
static bool make_readable(struct aerogpu_host *host, const struct host_buffer *buffer,
                          uint64_t offset_bytes, uint64_t size_bytes, VkDeviceSize alignment,
                          struct readable *readable)
{
    VkBufferCopy region = { offset_bytes, 0, size_bytes };
    struct host_slice slice;

    *readable = (struct readable){ buffer->buffer, offset_bytes };
    if (offset_bytes % alignment == 0)
        return true;
    if (!host_slice(host, size_bytes, &slice))
        return false;
    region.dstOffset = slice.offset;
    host_device_barrier(&host->device);
    vkCmdCopyBuffer(host->device.commands, buffer->buffer, slice.buffer, 1, &region);
    *readable = (struct readable){ slice.buffer, slice.offset };
    return true;
}

/* Section 6.7 and host semantics 5: whole rows of 16 bytes, at most 4096 of them. */
static uint64_t constant_bytes(const struct host_buffer *buffer, const struct host_range *range)
{
    uint64_t size_bytes;

    if (!buffer || range->offset_bytes >= buffer->size_bytes)
        return 0;
    size_bytes = buffer->size_bytes - range->offset_bytes;
    if (range->size_bytes && range->size_bytes < size_bytes)
        size_bytes = range->size_bytes;
    return (size_bytes > 65536 ? 65536 : size_bytes) & ~(uint64_t)15;
}

/* Too few rows for the shader read as zeros, all of them. */
static bool write_constant_buffer(struct aerogpu_host *host, struct writes *writes, uint32_t slot,
                                  const struct host_range *range, uint32_t needed_vec4s)
{
    const VkDeviceSize alignment = host->device.properties.limits.minUniformBufferOffsetAlignment;
    VkDescriptorBufferInfo info = { VK_NULL_HANDLE, 0, VK_WHOLE_SIZE };
    struct host_buffer *buffer = host_find_buffer(&host->objects, range->buffer);
    const uint64_t size_bytes = constant_bytes(buffer, range);
    struct readable readable;

    if (range->buffer && !buffer)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown",
                         "constant buffer %u does not exist", range->buffer);
    if (buffer && !host_buffer_refresh(host, buffer))
        return false;
    if (size_bytes >= 16 && size_bytes >= (uint64_t)needed_vec4s * 16) {
        if (!make_readable(host, buffer, range->offset_bytes, size_bytes, alignment, &readable))
            return false;
        info = (VkDescriptorBufferInfo){ readable.buffer, readable.offset_bytes, size_bytes };
    }
    writes->buffers[next_write(host, writes, HOST_BINDING_CONSTANT_BUFFER + slot,
                               VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER)] = info;
    return true;
}

static bool write_texture(struct aerogpu_host *host, struct writes *writes, uint32_t slot,
                          const struct host_range *range, uint32_t dimension)
{
    const struct host_surface *surface = host_surface_find(&host->objects, range->buffer);
    VkDescriptorImageInfo info = { .imageLayout = VK_IMAGE_LAYOUT_GENERAL };

    if (range->buffer && !host_objects_find_any(&host->objects, range->buffer))
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown",
                         "shader resource %u does not exist", range->buffer);
    if (!surface)
        surface = &host->dummy->whole;
    if (!host_texture_refresh(host, surface->texture))
        return false;
    info.imageView =
        dimension == DXBC_DIMENSION_TEXTURE2D ? surface->sampled : surface->sampled_array;
    writes->images[next_write(host, writes, HOST_BINDING_TEXTURE + slot,
                              VK_DESCRIPTOR_TYPE_SAMPLED_IMAGE)] = info;
    return true;
}

/* The bytes that a range of a raw or structured buffer covers; 0 when nothing is bound. */
static bool resolve_range(struct aerogpu_host *host, const struct host_range *range,
                          struct host_buffer **buffer, uint64_t *size_bytes)
{
    *size_bytes = 0;
    *buffer = host_find_buffer(&host->objects, range->buffer);
    if (range->buffer && !*buffer)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown", "%u is no buffer",
                         range->buffer);
    if (!*buffer)
        return true;
    if (range->offset_bytes < (*buffer)->size_bytes)
        *size_bytes = (*buffer)->size_bytes - range->offset_bytes;
    if (range->size_bytes && range->size_bytes < *size_bytes)
        *size_bytes = range->size_bytes;
    *size_bytes &= ~(uint64_t)3;
    return host_buffer_refresh(host, *buffer);
}

/* Host notes 5: raw and structured buffers are texel buffers of words. */
static bool make_view(struct aerogpu_host *host, const struct host_buffer *buffer,
                      const struct host_range *range, uint64_t size_bytes, VkBufferView *view)
{
    const VkPhysicalDeviceLimits *limits = &host->device.properties.limits;
    VkBufferViewCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_BUFFER_VIEW_CREATE_INFO,
        .format = VK_FORMAT_R32_UINT,
        .range = size_bytes,
    };
    struct readable readable;

    if (size_bytes / 4 > limits->maxTexelBufferElements)
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-range",
                         "the device cannot bind %llu bytes of a buffer",
                         (unsigned long long)size_bytes);
    if (!make_readable(host, buffer, range->offset_bytes, size_bytes,
                       limits->minTexelBufferOffsetAlignment, &readable) ||
        !host_reserve(host, (void **)&host->views, &host->view_capacity, host->view_count + 1,
                      sizeof(*host->views)))
        return false;
    info.buffer = readable.buffer;
    info.offset = readable.offset_bytes;
    if (vkCreateBufferView(host->device.device, &info, NULL, view) != VK_SUCCESS)
        return host_fail(host, AEROGPU_HOST_BACKEND, "buffer-view",
                         "the device cannot view this range of a buffer");
    host->views[host->view_count++] = *view;
    return true;
}

static bool write_resource_buffer(struct aerogpu_host *host, struct writes *writes, uint32_t slot,
                                  const struct host_range *range)
{
    VkBufferView view = VK_NULL_HANDLE;
    struct host_buffer *buffer;
    uint64_t size_bytes;
    uint32_t index;

    if (!resolve_range(host, range, &buffer, &size_bytes) ||
        (size_bytes && !make_view(host, buffer, range, size_bytes, &view)))
        return false;
    index = next_write(host, writes, HOST_BINDING_BUFFER + slot,
                       VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER);
    writes->views[index] = view;
    return true;
}

static bool write_uav(struct aerogpu_host *host, struct writes *writes, uint32_t slot,
                      const struct host_range *range)
{
    const VkPhysicalDeviceLimits *limits = &host->device.properties.limits;
    VkDescriptorBufferInfo info = { VK_NULL_HANDLE, 0, VK_WHOLE_SIZE };
    struct host_buffer *buffer;
    uint64_t size_bytes;

    if (!resolve_range(host, range, &buffer, &size_bytes))
        return false;
    if (size_bytes > limits->maxStorageBufferRange ||
        range->offset_bytes % limits->minStorageBufferOffsetAlignment != 0)
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-range",
                         "the device cannot bind %llu bytes at byte %u for unordered access",
                         (unsigned long long)size_bytes, range->offset_bytes);
    if (size_bytes)
        info = (VkDescriptorBufferInfo){ buffer->buffer, range->offset_bytes, size_bytes };
    writes->buffers[next_write(host, writes, HOST_BINDING_UAV + slot,
                               VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)] = info;
    return true;
}

static bool write_resources(struct aerogpu_host *host, struct writes *writes,
                            const struct host_stage_state *state, const struct dxbc_scan *scan)
{
    for (uint32_t i = 0; i < DXBC_RESOURCE_SLOTS; i++) {
        const uint32_t dimension = scan->resource_dimension[i];

        if (dimension == DXBC_DIMENSION_NONE)
            continue;
        if (dxbc_dimension_is_buffer(dimension)
                ? !write_resource_buffer(host, writes, i, &state->resources[i])
                : !write_texture(host, writes, i, &state->resources[i], dimension))
            return false;
    }
    return true;
}

static bool write_sampler(struct aerogpu_host *host, struct writes *writes, uint32_t slot,
                          uint32_t handle)
{
    const struct host_sampler *sampler =
        (const struct host_sampler *)host_objects_find(&host->objects, handle, HOST_SAMPLER);

    if (handle && !sampler)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown",
                         "sampler %u does not exist", handle);
    writes->images[next_write(host, writes, HOST_BINDING_SAMPLER + slot,
                              VK_DESCRIPTOR_TYPE_SAMPLER)] =
        (VkDescriptorImageInfo){ .sampler = sampler ? sampler->sampler : host->default_sampler };
    return true;
}

bool host_descriptors_write(struct aerogpu_host *host, enum host_stage stage,
                            const struct host_shader *shader, VkDescriptorSet *set)
{
    const struct host_stage_state *state = &host->state.stages[stage];
    const struct dxbc_scan *scan = &shader->scan;
    struct writes writes = { .count = 0 };

    if (scan->constant_buffers >> HOST_CONSTANT_BUFFERS)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "slot-range",
                         "the shader uses a constant buffer beyond slot 13");
    if (!host_device_descriptor_set(&host->device, shader->set_layout, set))
        return host_fail(host, AEROGPU_HOST_BACKEND, "descriptor-set", "no descriptor set left");
    writes.set = *set;
    for (uint32_t i = 0; i < HOST_CONSTANT_BUFFERS; i++) {
        if ((scan->constant_buffers & 1u << i) &&
            !write_constant_buffer(host, &writes, i, &state->constant_buffers[i],
                                   scan->constant_buffer_vec4s[i]))
            return false;
    }
    for (uint32_t i = 0; i < HOST_SAMPLERS; i++) {
        if ((scan->samplers & 1u << i) && !write_sampler(host, &writes, i, state->samplers[i]))
            return false;
    }
    for (uint32_t i = 0; i < HOST_UAVS; i++) {
        if ((scan->uavs & 1u << i) && !write_uav(host, &writes, i, &state->uavs[i]))
            return false;
    }
    if (!write_resources(host, &writes, state, scan))
        return false;
    flush(host, &writes);
    return true;
}
