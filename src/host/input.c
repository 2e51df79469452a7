/** What a draw reads first: vertices by the input layout, and indices. */
#include "host/input.h"

#include <string.h>

#include "host/buffer.h"
#include "host/format.h"
#include "host/host.h"

static const struct host_input *find_input(const struct host_shader *shader,
                                           const struct host_element *element)
{
    for (uint32_t i = 0; i < shader->input_count; i++) {
        if (shader->inputs[i].name_hash == element->name_hash &&
            shader->inputs[i].semantic_index == element->semantic_index)
            return &shader->inputs[i];
    }
    return NULL;
}

/* The binding of a slot, added when the slot is new. */
static bool add_vertex_slot(struct aerogpu_host *host, struct host_pipeline_key *key,
                            const struct host_element *element)
{
    const struct host_vertex_buffer *bound = &host->state.vertex_buffers[element->slot];
    const VkVertexInputRate rate =
        element->is_instanced ? VK_VERTEX_INPUT_RATE_INSTANCE : VK_VERTEX_INPUT_RATE_VERTEX;

    for (uint32_t i = 0; i < key->binding_count; i++) {
        if (key->bindings[i].binding != element->slot)
            continue;
        if (key->bindings[i].inputRate != rate ||
            (element->is_instanced && key->divisors[i] != element->step_rate))
            return host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-class",
                             "elements of slot %u disagree on how it advances", element->slot);
        return true;
    }
    if (bound->stride_bytes > host->device.properties.limits.maxVertexInputBindingStride)
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-stride",
                         "the device cannot step %u bytes", bound->stride_bytes);
    key->divisors[key->binding_count] = element->step_rate;
    key->bindings[key->binding_count++] =
        (VkVertexInputBindingDescription){ element->slot, bound->stride_bytes, rate };
    return true;
}

bool host_vertices_resolve(struct aerogpu_host *host, const struct host_shader *shader,
                           struct host_pipeline_key *key)
{
    const struct host_layout *layout =
        (const struct host_layout *)host_objects_find(&host->objects, host->state.layout,
                                                      HOST_LAYOUT);

    if (!layout)
        return (host->state.layout == 0 && shader->input_count == 0) ||
               host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-missing",
                         "the vertex shader has inputs, %u is no input layout", host->state.layout);
    for (uint32_t i = 0; i < layout->element_count; i++) {
        const struct host_element *element = &layout->elements[i];
        const struct host_input *input = find_input(shader, element);

        /* D3D's rule; a strict host's validator refuses the element before. */
        if (!input)
            continue;
        if (!add_vertex_slot(host, key, element))
            return false;
        for (uint32_t k = 0; k < key->attribute_count; k++) {
            if (key->attributes[k].location == input->register_index)
                return host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-double",
                                 "two elements of the layout feed input v%u",
                                 input->register_index);
        }
        key->attributes[key->attribute_count++] = (VkVertexInputAttributeDescription){
            .location = input->register_index,
            .binding = element->slot,
            .format = host_vertex_format_find(element->dxgi_format)->vulkan,
            .offset = element->offset_bytes,
        };
    }
    return true;
}

bool host_vertices_refresh(struct aerogpu_host *host, const struct host_pipeline_key *key)
{
    for (uint32_t i = 0; i < key->binding_count; i++) {
        const struct host_vertex_buffer *bound =
            &host->state.vertex_buffers[key->bindings[i].binding];
        struct host_buffer *buffer = host_find_buffer(&host->objects, bound->buffer);

        if (bound->buffer == 0)
            continue;
        if (!buffer)
            return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown",
                             "vertex buffer %u does not exist", bound->buffer);
        if (bound->offset_bytes > buffer->size_bytes)
            return host_fail(host, AEROGPU_HOST_OOB, "binding-range",
                             "vertex buffer %u ends before byte %u", bound->buffer,
                             bound->offset_bytes);
        if (!host_buffer_refresh(host, buffer))
            return false;
    }
    return true;
}

/* Slots without a buffer read as zeros, as in D3D: a strict host's validator refuses them before.
 */
void host_vertices_bind(struct aerogpu_host *host, const struct host_pipeline_key *key)
{
    for (uint32_t i = 0; i < key->binding_count; i++) {
        const uint32_t slot = key->bindings[i].binding;
        const struct host_vertex_buffer *bound = &host->state.vertex_buffers[slot];
        const struct host_buffer *buffer = host_find_buffer(&host->objects, bound->buffer);
        const bool is_empty = !buffer || bound->offset_bytes == buffer->size_bytes;
        const VkBuffer vulkan = is_empty ? VK_NULL_HANDLE : buffer->buffer;
        const VkDeviceSize offset = is_empty ? 0 : bound->offset_bytes;
        const VkDeviceSize size = is_empty ? VK_WHOLE_SIZE : buffer->size_bytes - offset;

        vkCmdBindVertexBuffers2(host->device.commands, slot, 1, &vulkan, &offset, &size, NULL);
    }
}

/* The bytes of the indices that a draw reads and its buffer has, brought up to date; reports. */
static bool resolve_indices(struct aerogpu_host *host, uint32_t index_bytes,
                            struct host_buffer **buffer)
{
    *buffer = host_find_buffer(&host->objects, host->state.index_buffer);
    if (!*buffer)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "index-buffer-missing",
                         "an indexed draw needs an index buffer, %u is none",
                         host->state.index_buffer);
    if (host->state.index_offset_bytes % index_bytes != 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "index-align",
                         "the index offset is not a multiple of the index size");
    return host_buffer_refresh(host, *buffer);
}

/* D3D reads indices beyond the end of their buffer as 0: those that are there, and zeros. */
static bool pad_indices(struct aerogpu_host *host, const struct host_buffer *buffer, uint64_t begin,
                        uint64_t size_bytes, struct host_indices *indices)
{
    const uint64_t rest = begin < buffer->size_bytes ? buffer->size_bytes - begin : 0;
    struct host_slice slice;

    if (!host_slice(host, size_bytes, &slice))
        return false;
    memset(slice.bytes, 0, (size_t)size_bytes);
    host_device_barrier(&host->device);
    if (rest) {
        const VkBufferCopy region = { begin, slice.offset, rest };

        vkCmdCopyBuffer(host->device.commands, buffer->buffer, slice.buffer, 1, &region);
    }
    *indices = (struct host_indices){ slice.buffer, slice.offset };
    return true;
}

bool host_indices_resolve(struct aerogpu_host *host, const struct aerogpu_cmd_draw_indexed *cmd,
                          struct host_indices *indices)
{
    const uint32_t index_bytes = host->state.index_format == AEROGPU_INDEX_FORMAT_UINT32 ? 4 : 2;
    const uint64_t begin =
        host->state.index_offset_bytes + (uint64_t)cmd->first_index * index_bytes;
    const uint64_t size_bytes = (uint64_t)cmd->index_count * index_bytes;
    struct host_buffer *buffer;

    if (!resolve_indices(host, index_bytes, &buffer))
        return false;
    if (begin > buffer->size_bytes || size_bytes > buffer->size_bytes - begin)
        return pad_indices(host, buffer, begin, size_bytes, indices);
    *indices = (struct host_indices){ buffer->buffer, begin };
    return true;
}
