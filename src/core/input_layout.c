#include "core/input_layout.h"

#include <stddef.h>

#include "core/device.h"
#include "core/format.h"
#include "platform/heap.h"
#include "platform/ids.h"
#include "stream/emit.h"

/** Hash of "R", the one name that all inputs have; the register is their index. */
enum {
    NAME_HASH_BASIS = 0x811C9DC5,
    NAME_HASH_PRIME = 0x01000193,
    OFFSET_APPEND = 0xFFFFFFFF,
};

static uint32_t name_hash(void)
{
    return ((uint32_t)NAME_HASH_BASIS ^ 'R') * (uint32_t)NAME_HASH_PRIME;
}

static uint32_t align4(uint32_t bytes)
{
    return (bytes + 3) & ~3u;
}

/* The runtime resolves offsets; "append" is accepted all the same (driver semantics 15.4). */
static void resolve_offset(struct input_layout *layout, struct layout_element *element,
                           uint32_t slot_ends[LAYOUT_SLOTS])
{
    if (element->offset_bytes == (uint32_t)OFFSET_APPEND)
        element->offset_bytes = align4(slot_ends[element->slot]);
    slot_ends[element->slot] =
        element->offset_bytes + vertex_format_find(element->format)->fetch_bytes;
    layout->elements[layout->element_count++] = *element;
}

enum result input_layout_init(struct device *device, struct input_layout *layout,
                              const struct layout_element *elements, uint32_t element_count)
{
    uint32_t slot_ends[LAYOUT_SLOTS] = { 0 };

    object_begin(layout, sizeof(*layout), OBJECT_INPUT_LAYOUT);
    device_adopt_object(device, &layout->object);
    for (uint32_t i = 0; i < element_count; i++) {
        struct layout_element element = elements[i];

        if (i >= LAYOUT_ELEMENTS || element.slot >= LAYOUT_SLOTS ||
            element.input_register >= DXBC_REGISTERS) {
            input_layout_finish(device, layout);
            return RESULT_INVALID;
        }
        if (element.is_per_instance && element.step_rate == 0) {
            ledger_count(&device->ledger, LEDGER_STEP_RATE, NULL);
            element.step_rate = 1;
        }
        resolve_offset(layout, &element, slot_ends);
    }
    return RESULT_OK;
}

void input_layout_finish(struct device *device, struct input_layout *layout)
{
    struct layout_variant *next;

    state_drop_input_layout(&device->state, layout);
    for (struct layout_variant *variant = layout->variants; variant; variant = next) {
        next = variant->next;
        if (variant->handle)
            wddm_queue_destroy(&device->queue, AEROGPU_CMD_DESTROY_INPUT_LAYOUT, variant->handle,
                               NULL);
        heap_free(variant);
    }
    object_end(layout, sizeof(*layout));
}

/* Elements a variant keeps, and what a host would say to them. */
struct selection {
    const struct layout_element *elements[LAYOUT_ELEMENTS];
    uint32_t count;
    const char *refusal; /* NULL: a host takes it */
};

static const char *refusal_of(const struct layout_element *element, uint32_t seen_registers,
                              uint32_t vertex_slots, uint32_t instance_slots)
{
    const uint32_t slot_bit = 1u << element->slot;

    if (!vertex_format_find(element->format)->class)
        return "vertex format";
    if (element->offset_bytes % 4)
        return "element offset not a multiple of 4";
    if (seen_registers & 1u << element->input_register)
        return "two elements for one input";
    if ((element->is_per_instance ? vertex_slots : instance_slots) & slot_bit)
        return "slot with per-vertex and per-instance elements";
    return NULL;
}

static void select_elements(const struct input_layout *layout, uint32_t registers,
                            struct selection *selection)
{
    uint32_t seen_registers = 0;
    uint32_t vertex_slots = 0;
    uint32_t instance_slots = 0;

    *selection = (struct selection){ .refusal = NULL };
    for (uint32_t i = 0; i < layout->element_count && !selection->refusal; i++) {
        const struct layout_element *element = &layout->elements[i];

        if (!(registers & 1u << element->input_register))
            continue;
        selection->refusal = refusal_of(element, seen_registers, vertex_slots, instance_slots);
        *(element->is_per_instance ? &instance_slots : &vertex_slots) |= 1u << element->slot;
        seen_registers |= 1u << element->input_register;
        selection->elements[selection->count++] = element;
    }
    if (selection->refusal)
        return;
    if (seen_registers != registers)
        selection->refusal = "shader input without element";
    else if (selection->count > LAYOUT_HOST_ELEMENTS)
        selection->refusal = "more than 16 elements";
    else if (__builtin_popcount(vertex_slots | instance_slots) > LAYOUT_HOST_SLOTS)
        selection->refusal = "more than 8 vertex buffer slots";
}

static void describe(struct layout_variant *variant, const struct selection *selection)
{
    for (uint32_t i = 0; i < selection->count; i++) {
        const struct layout_element *element = selection->elements[i];
        const struct vertex_format_row *format = vertex_format_find(element->format);
        const uint32_t end_bytes = element->offset_bytes + format->fetch_bytes;

        variant->slots_used |= 1u << element->slot;
        if (end_bytes > variant->span_bytes[element->slot])
            variant->span_bytes[element->slot] = end_bytes;
        if (format->class != VERTEX_CLASS_FLOAT)
            variant->classes |= (uint64_t)format->class << 2 * element->input_register;
    }
}

static void write_blob(uint8_t *blob, const struct selection *selection)
{
    const struct aerogpu_input_layout_blob_header header = {
        .magic = AEROGPU_INPUT_LAYOUT_BLOB_MAGIC,
        .version = AEROGPU_INPUT_LAYOUT_BLOB_VERSION,
        .element_count = selection->count,
    };

    memcpy(blob, &header, sizeof(header));
    blob += sizeof(header);
    for (uint32_t i = 0; i < selection->count; i++) {
        const struct layout_element *element = selection->elements[i];
        const struct aerogpu_input_layout_element_dxgi wire = {
            .semantic_name_hash = name_hash(),
            .semantic_index = element->input_register,
            .dxgi_format = element->format,
            .input_slot = element->slot,
            .aligned_byte_offset = element->offset_bytes,
            .input_slot_class = element->is_per_instance,
            .instance_data_step_rate = element->is_per_instance ? element->step_rate : 0,
        };

        memcpy(blob, &wire, sizeof(wire));
        blob += sizeof(wire);
    }
}

/* Puts the selection on the wire under a new handle. */
static enum result create_on_wire(struct device *device, const struct selection *selection,
                                  uint32_t *handle)
{
    const uint32_t blob_bytes =
        (uint32_t)(sizeof(struct aerogpu_input_layout_blob_header) +
                   selection->count * sizeof(struct aerogpu_input_layout_element_dxgi));
    const size_t packet_bytes =
        stream_payload_packet_bytes(sizeof(struct aerogpu_cmd_create_input_layout), blob_bytes);
    enum result result = wddm_queue_announce(&device->queue);

    if (result != RESULT_OK)
        return result;
    result = wddm_queue_reserve(&device->queue, packet_bytes, 0);
    if (result != RESULT_OK) {
        wddm_queue_retract(&device->queue);
        return result;
    }
    *handle = ids_next_handle();
    write_blob(stream_create_input_layout(&device->queue.stream, *handle, blob_bytes), selection);
    return RESULT_OK;
}

const struct layout_variant *input_layout_variant(struct device *device,
                                                  struct input_layout *layout, uint32_t registers)
{
    struct layout_variant *variant;
    struct selection selection;

    for (variant = layout->variants; variant; variant = variant->next) {
        if (variant->registers == registers)
            return variant;
    }
    variant = heap_alloc(sizeof(*variant));
    if (!variant)
        return NULL;
    variant->registers = registers;
    select_elements(layout, registers, &selection);
    if (selection.refusal) {
        ledger_count(&device->ledger, LEDGER_DRAW_INPUT_LAYOUT, selection.refusal);
    } else {
        describe(variant, &selection);
        if (create_on_wire(device, &selection, &variant->handle) != RESULT_OK) {
            heap_free(variant);
            return NULL;
        }
    }
    variant->next = layout->variants;
    layout->variants = variant;
    return variant;
}
