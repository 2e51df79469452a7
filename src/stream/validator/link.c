/** How input layout, vertex buffers, vertex shader and pixel shader fit together
 * (sections 7.4, 7.5). */
#include "stream/validator/validator.h"

#define LINK_ELEMENTS_MAX 16u
#define LINK_SLOTS_MAX    8u
#define OFFSET_APPEND     0xFFFFFFFFu

/** A DXGI format that the host can fetch. 16-bit scalars take 4 bytes there. */
struct vertex_format {
    uint8_t dxgi_format;
    uint8_t size_bytes;
    uint8_t component_type; /**< enum component_type */
};

static const struct vertex_format vertex_formats[] = {
    { 2, 16, COMPONENT_FLOAT }, /* R32G32B32A32_FLOAT */
    { 3, 16, COMPONENT_UINT },  /* R32G32B32A32_UINT */
    { 4, 16, COMPONENT_SINT },  /* R32G32B32A32_SINT */
    { 6, 12, COMPONENT_FLOAT }, /* R32G32B32_FLOAT */
    { 7, 12, COMPONENT_UINT },  /* R32G32B32_UINT */
    { 8, 12, COMPONENT_SINT },  /* R32G32B32_SINT */
    { 10, 8, COMPONENT_FLOAT }, /* R16G16B16A16_FLOAT */
    { 11, 8, COMPONENT_FLOAT }, /* R16G16B16A16_UNORM */
    { 12, 8, COMPONENT_UINT },  /* R16G16B16A16_UINT */
    { 13, 8, COMPONENT_FLOAT }, /* R16G16B16A16_SNORM */
    { 14, 8, COMPONENT_SINT },  /* R16G16B16A16_SINT */
    { 16, 8, COMPONENT_FLOAT }, /* R32G32_FLOAT */
    { 17, 8, COMPONENT_UINT },  /* R32G32_UINT */
    { 18, 8, COMPONENT_SINT },  /* R32G32_SINT */
    { 24, 4, COMPONENT_FLOAT }, /* R10G10B10A2_UNORM */
    { 28, 4, COMPONENT_FLOAT }, /* R8G8B8A8_UNORM */
    { 29, 4, COMPONENT_FLOAT }, /* R8G8B8A8_UNORM_SRGB */
    { 30, 4, COMPONENT_UINT },  /* R8G8B8A8_UINT */
    { 31, 4, COMPONENT_FLOAT }, /* R8G8B8A8_SNORM */
    { 32, 4, COMPONENT_SINT },  /* R8G8B8A8_SINT */
    { 34, 4, COMPONENT_FLOAT }, /* R16G16_FLOAT */
    { 35, 4, COMPONENT_FLOAT }, /* R16G16_UNORM */
    { 36, 4, COMPONENT_UINT },  /* R16G16_UINT */
    { 37, 4, COMPONENT_FLOAT }, /* R16G16_SNORM */
    { 38, 4, COMPONENT_SINT },  /* R16G16_SINT */
    { 41, 4, COMPONENT_FLOAT }, /* R32_FLOAT */
    { 42, 4, COMPONENT_UINT },  /* R32_UINT */
    { 43, 4, COMPONENT_SINT },  /* R32_SINT */
    { 49, 2, COMPONENT_FLOAT }, /* R8G8_UNORM */
    { 50, 2, COMPONENT_UINT },  /* R8G8_UINT */
    { 51, 2, COMPONENT_FLOAT }, /* R8G8_SNORM */
    { 52, 2, COMPONENT_SINT },  /* R8G8_SINT */
    { 54, 4, COMPONENT_FLOAT }, /* R16_FLOAT */
    { 56, 4, COMPONENT_FLOAT }, /* R16_UNORM */
    { 57, 4, COMPONENT_UINT },  /* R16_UINT */
    { 58, 4, COMPONENT_FLOAT }, /* R16_SNORM */
    { 59, 4, COMPONENT_SINT },  /* R16_SINT */
    { 87, 4, COMPONENT_FLOAT }, /* B8G8R8A8_UNORM */
    { 91, 4, COMPONENT_FLOAT }, /* B8G8R8A8_UNORM_SRGB */
};

static const struct vertex_format *vertex_format_find(uint32_t dxgi_format)
{
    for (size_t i = 0; i < sizeof(vertex_formats) / sizeof(vertex_formats[0]); i++) {
        if (vertex_formats[i].dxgi_format == dxgi_format)
            return &vertex_formats[i];
    }
    return NULL;
}

/** What a layout asks of one vertex buffer slot. */
struct slot_use {
    bool is_used;
    uint32_t slot_class;
    uint64_t end_bytes;    /**< where the last element ends, the least stride */
    uint64_t append_bytes; /**< where an appended element begins */
};

/** Whether the vertex shader takes this input from a vertex buffer. */
static bool is_fetched(const struct signature_entry *input)
{
    return input->system_value < SYSTEM_VALUE_VERTEX_ID;
}

static void check_format(validator *v, const struct layout_element *element, uint32_t n,
                         const struct signature_entry *input)
{
    const struct vertex_format *format = vertex_format_find(element->dxgi_format);

    if (!format)
        validator_report(v, RULE_LAYOUT_FORMAT, "element %u has DXGI format %u", (unsigned)n,
                         (unsigned)element->dxgi_format);
    else if (input && input->component_type != format->component_type)
        validator_report(v, RULE_LAYOUT_TYPE,
                         "element %u of DXGI format %u feeds v%u of component type %u, not %u",
                         (unsigned)n, (unsigned)element->dxgi_format,
                         (unsigned)input->register_index, (unsigned)input->component_type,
                         (unsigned)format->component_type);
}

/** Adds an element to the uses of its slot. */
static void use_slot(validator *v, struct slot_use *use, const struct layout_element *element,
                     uint32_t n)
{
    const struct vertex_format *format = vertex_format_find(element->dxgi_format);
    uint64_t offset_bytes = element->offset_bytes;

    if (element->offset_bytes == OFFSET_APPEND)
        offset_bytes = use->append_bytes;
    else if (element->offset_bytes % 4 != 0)
        validator_report(v, RULE_LAYOUT_OFFSET, "element %u begins at %u", (unsigned)n,
                         (unsigned)element->offset_bytes);
    if (use->is_used && use->slot_class != element->slot_class)
        validator_report(v, RULE_LAYOUT_CLASS, "slot %u steps by vertex and by instance",
                         (unsigned)element->slot);
    use->is_used = true;
    use->slot_class = element->slot_class;
    offset_bytes += format ? format->size_bytes : 0;
    use->append_bytes = (offset_bytes + 3) & ~(uint64_t)3;
    if (offset_bytes > use->end_bytes)
        use->end_bytes = offset_bytes;
}

static void check_vertex_buffer(validator *v, uint32_t slot, const struct slot_use *use)
{
    const struct binding *buffer = &v->bound.vertex_buffers[slot];

    if (!validator_state_is_set(v, buffer->set_in)) {
        validator_report(v, RULE_STATE_UNDEFINED, "vertex buffer %u was not set in this submission",
                         (unsigned)slot);
        return;
    }
    if (buffer->handle == 0) {
        validator_report(v, RULE_VERTEX_BUFFER_MISSING,
                         "slot %u of the layout holds no vertex buffer", (unsigned)slot);
        return;
    }
    if (buffer->stride_bytes == 0 || buffer->stride_bytes < use->end_bytes)
        validator_report(v, RULE_VERTEX_STRIDE, "slot %u has stride %u, the layout needs %" PRIu64,
                         (unsigned)slot, (unsigned)buffer->stride_bytes, use->end_bytes);
    validator_binding_read(v, buffer);
}

static void check_slots(validator *v, const struct layout *layout)
{
    struct slot_use uses[VERTEX_BUFFER_SLOTS] = { { 0 } };
    uint32_t slot_count = 0;

    for (uint32_t i = 0; i < layout->count; i++) {
        struct slot_use *use = &uses[layout->elements[i].slot];

        slot_count += !use->is_used;
        use_slot(v, use, &layout->elements[i], i);
    }
    if (layout->count > LINK_ELEMENTS_MAX || slot_count > LINK_SLOTS_MAX)
        validator_report(v, RULE_LAYOUT_LIMITS, "%u elements from %u slots",
                         (unsigned)layout->count, (unsigned)slot_count);
    for (uint32_t i = 0; i < VERTEX_BUFFER_SLOTS; i++) {
        if (uses[i].is_used)
            check_vertex_buffer(v, i, &uses[i]);
    }
}

/** Elements to inputs, by semantic. */
static void match_inputs(validator *v, const struct layout *layout,
                         const struct signature_view *inputs)
{
    bool is_fed[SIGNATURE_ENTRIES_MAX] = { false };

    for (uint32_t i = 0; i < layout->count; i++) {
        const struct layout_element *element = &layout->elements[i];
        const struct signature_entry *found = NULL;

        for (uint32_t k = 0; k < inputs->count && !found; k++) {
            const struct signature_entry *input = &inputs->entries[k];

            if (input->name_hash != element->name_hash ||
                input->semantic_index != element->semantic_index)
                continue;
            found = input;
            if (is_fed[k])
                validator_report(v, RULE_LAYOUT_DOUBLE, "element %u feeds v%u again", (unsigned)i,
                                 (unsigned)input->register_index);
            is_fed[k] = true;
        }
        if (!found)
            validator_report(v, RULE_LAYOUT_EXTRA,
                             "element %u (%08x, %u) is no input of the vertex shader", (unsigned)i,
                             (unsigned)element->name_hash, (unsigned)element->semantic_index);
        check_format(v, element, i, found);
    }
    for (uint32_t k = 0; k < inputs->count; k++) {
        if (!is_fed[k] && is_fetched(&inputs->entries[k]))
            validator_report(v, RULE_LAYOUT_INPUT, "v%u of the vertex shader has no element",
                             (unsigned)inputs->entries[k].register_index);
    }
}

static bool has_fetched_input(const struct shader *vertex)
{
    for (uint32_t i = 0; i < vertex->view.inputs.count; i++) {
        if (is_fetched(&vertex->view.inputs.entries[i]))
            return true;
    }
    return false;
}

void validator_link_layout(validator *v, const struct shader *vertex)
{
    const struct object *object;

    if (!validator_state_require(v, v->bound.layout.set_in, "the input layout") ||
        v->bound.is_layout_reported)
        return;
    if (v->bound.layout.handle == 0) {
        if (has_fetched_input(vertex))
            validator_report(v, RULE_LAYOUT_MISSING,
                             "the vertex shader has inputs, but no layout is set");
        return;
    }
    object = validator_object_peek(v, v->bound.layout.handle);
    if (!object || object->kind != AEROGPU_OBJECT_LAYOUT || object->layout->is_broken)
        return;
    match_inputs(v, object->layout, &vertex->view.inputs);
    check_slots(v, object->layout);
}

void validator_link_varyings(validator *v, const struct shader *before, const struct shader *pixel)
{
    uint32_t missing = pixel->view.declared.varying_inputs;

    if (!before->view.outputs.is_present)
        return;
    for (uint32_t i = 0; i < before->view.outputs.count; i++) {
        const uint32_t index = before->view.outputs.entries[i].register_index;

        if (index < 32)
            missing &= ~(1u << index);
    }
    if (missing != 0)
        validator_report(v, RULE_PIXEL_INPUT,
                         "the pixel shader reads registers %#x that the %s shader does not write",
                         (unsigned)missing, validator_stage_name(before->stage));
}
