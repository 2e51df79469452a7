#include "host/layout.h"

#include <stdlib.h>

#include "host/format.h"
#include "host/host.h"

#define OFFSET_APPEND 0xFFFFFFFFu

void host_layout_destroy(struct aerogpu_host *host, struct host_object *object)
{
    (void)host;
    free(object);
}

static bool read_header(struct aerogpu_host *host, const struct aerogpu_payload *payload,
                        uint32_t *count)
{
    const struct aerogpu_input_layout_blob_header *header = (const void *)payload->bytes;

    if (payload->size_bytes < sizeof(*header) || header->magic != AEROGPU_INPUT_LAYOUT_BLOB_MAGIC ||
        header->version != AEROGPU_INPUT_LAYOUT_BLOB_VERSION || header->element_count > 32 ||
        (payload->size_bytes - sizeof(*header)) / sizeof(struct aerogpu_input_layout_element_dxgi) <
            header->element_count)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-blob",
                         "the input layout is no ILAY blob");
    *count = header->element_count;
    return true;
}

/* Resolves "append" and checks what a draw cannot do without. */
static bool read_element(struct aerogpu_host *host,
                         const struct aerogpu_input_layout_element_dxgi *wire,
                         uint64_t slot_ends[HOST_VERTEX_BUFFERS], struct host_element *element)
{
    const struct host_vertex_format *format = host_vertex_format_find(wire->dxgi_format);

    if (!format)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-format",
                         "vertex format %u cannot be fetched", wire->dxgi_format);
    if (wire->input_slot >= HOST_VERTEX_BUFFERS || wire->input_slot_class > 1)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-blob",
                         "no such vertex slot or slot class");
    *element = (struct host_element){
        .name_hash = wire->semantic_name_hash,
        .semantic_index = wire->semantic_index,
        .dxgi_format = wire->dxgi_format,
        .slot = wire->input_slot,
        .offset_bytes = wire->aligned_byte_offset == OFFSET_APPEND
                            ? (uint32_t)((slot_ends[wire->input_slot] + 3) & ~(uint64_t)3)
                            : wire->aligned_byte_offset,
        .is_instanced = wire->input_slot_class,
        .step_rate = wire->instance_data_step_rate,
    };
    slot_ends[wire->input_slot] = (uint64_t)element->offset_bytes + format->size_bytes;
    if (element->offset_bytes > host->device.properties.limits.maxVertexInputAttributeOffset)
        return host_fail(host, AEROGPU_HOST_BACKEND, "layout-offset",
                         "the device cannot fetch an element at byte %u", element->offset_bytes);
    return true;
}

bool host_create_input_layout(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                              const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_input_layout *cmd = (const void *)packet->bytes;
    const struct aerogpu_input_layout_element_dxgi *wire;
    uint64_t slot_ends[HOST_VERTEX_BUFFERS] = { 0 };
    struct host_layout *layout;
    uint32_t count = 0;

    if (!read_header(host, payload, &count))
        return false;
    layout = calloc(1, sizeof(*layout));
    if (!layout)
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    layout->object.kind = HOST_LAYOUT;
    wire = (const void *)(payload->bytes + sizeof(struct aerogpu_input_layout_blob_header));
    for (uint32_t i = 0; i < count; i++) {
        if (!read_element(host, &wire[i], slot_ends, &layout->elements[i])) {
            free(layout);
            return false;
        }
    }
    layout->element_count = count;
    if (host_objects_insert(&host->objects, cmd->input_layout_handle, &layout->object))
        return true;
    free(layout);
    return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-in-use", "handle %u is taken",
                     cmd->input_layout_handle);
}
