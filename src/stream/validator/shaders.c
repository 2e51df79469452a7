/** Shaders and input layouts: creation and binding (sections 6.3 and 7). */
#include "stream/validator/validator.h"

#include "aerogpu_unaligned.h"

static bool is_pixel_output(const struct signature_entry *entry)
{
    /* 64 target, 65 to 67 the depth outputs. */
    if (entry->system_value >= SYSTEM_VALUE_TARGET && entry->system_value <= 67)
        return true;
    return entry->system_value == SYSTEM_VALUE_NONE &&
           (entry->name_hash == stream_semantic_name_hash("SV_TARGET", 9) ||
            entry->name_hash == stream_semantic_name_hash("SV_DEPTH", 8));
}

static bool check_outputs(validator *v, const struct shader *shader)
{
    const struct signature_view *outputs = &shader->view.outputs;
    bool has_position = false;
    bool has_pixel_output = false;
    bool has_other_stream = shader->view.declared.writes_other_stream;

    for (uint32_t i = 0; i < outputs->count; i++) {
        has_position |= outputs->entries[i].system_value == SYSTEM_VALUE_POSITION;
        has_pixel_output |= is_pixel_output(&outputs->entries[i]);
        has_other_stream |= outputs->entries[i].stream != 0;
    }
    if (has_other_stream)
        validator_report(v, RULE_SHADER_STREAM, "the shader writes another stream than 0");
    else if (shader->stage == STAGE_VERTEX && !has_position)
        validator_report(v, RULE_SHADER_POSITION, "the vertex shader outputs no position");
    else if (shader->stage == STAGE_PIXEL && !has_pixel_output)
        validator_report(v, RULE_SHADER_OUTPUT,
                         "the pixel shader outputs neither target nor depth");
    else
        return true;
    return false;
}

/** Signatures that a host asks for. Returns NULL or a sentence. */
static const char *missing_signature(const struct shader *shader)
{
    const struct shader_view *view = &shader->view;
    const bool is_tessellating = shader->stage == STAGE_HULL || shader->stage == STAGE_DOMAIN;

    if (shader->stage == STAGE_COMPUTE || shader->stage == STAGE_GEOMETRY)
        return NULL;
    if (!view->inputs.is_present)
        return "the container has no input signature";
    if (!view->outputs.is_present)
        return "the container has no output signature";
    if (is_tessellating && !view->has_patch_signature)
        return "the container has no patch-constant signature";
    return NULL;
}

static bool check_container(validator *v, struct shader *shader,
                            const struct aerogpu_payload *payload)
{
    struct shader_container container;
    const char *problem =
        stream_shader_container_open(&container, payload->bytes, payload->size_bytes);

    if (!problem)
        problem = stream_shader_view_read_code(&shader->view, &container);
    if (problem) {
        validator_report(v, RULE_SHADER_CONTAINER, "%s", problem);
        return false;
    }
    if (!stream_shader_container_is_hashed(&container)) {
        validator_report(v, RULE_SHADER_CHECKSUM, "the container's checksum is wrong");
        return false;
    }
    if (shader->view.program != (uint32_t)shader->stage) {
        validator_report(v, RULE_SHADER_STAGE, "a %s program is created as a %s shader",
                         validator_stage_name((enum stage)shader->view.program),
                         validator_stage_name(shader->stage));
        return false;
    }
    problem = stream_shader_view_read_signatures(&shader->view, &container);
    if (!problem)
        problem = missing_signature(shader);
    if (problem) {
        validator_report(v, RULE_SHADER_SIGNATURE, "%s", problem);
        return false;
    }
    return check_outputs(v, shader);
}

void validate_create_shader_dxbc(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_shader_dxbc *cmd = PACKET(v, create_shader_dxbc);
    struct object *object = validator_object_create(v, cmd->shader_handle, AEROGPU_OBJECT_SHADER,
                                                    sizeof(struct shader));

    if (!object)
        return;
    object->shader->is_broken = true;
    if (validator_stage_decode(v, cmd->stage, cmd->reserved0, &object->shader->stage))
        object->shader->is_broken = !check_container(v, object->shader, payload);
}

void validate_destroy_shader(validator *v, const struct aerogpu_payload *payload)
{
    (void)payload;
    validator_object_destroy(v, PACKET(v, destroy_shader)->shader_handle, AEROGPU_OBJECT_SHADER);
}

static void bind_shader(validator *v, enum stage stage, aerogpu_handle_t handle)
{
    struct stage_state *bound = &v->bound.stages[stage];
    const struct object *object;

    bound->shader = handle;
    bound->is_reported = false;
    if (handle == 0)
        return;
    if (stage == STAGE_GEOMETRY || stage == STAGE_HULL || stage == STAGE_DOMAIN)
        validator_gate_minor(v, 3, "a geometry, hull or domain shader");
    object =
        validator_object_find_kind(v, handle, validator_stage_name(stage), AEROGPU_OBJECT_SHADER);
    bound->is_reported = !object;
    if (!object || object->shader->is_broken || object->shader->stage == stage)
        return;
    validator_report(v, RULE_SHADER_STAGE, "%s shader %#x is bound to the %s stage",
                     validator_stage_name(object->shader->stage), (unsigned)handle,
                     validator_stage_name(stage));
    bound->is_reported = true;
}

void validate_bind_shaders(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_bind_shaders *cmd = PACKET(v, bind_shaders);
    aerogpu_handle_t gs = 0;
    aerogpu_handle_t hs = 0;
    aerogpu_handle_t ds = 0;

    if (payload->bytes) {
        gs = aerogpu_load_u32(payload->bytes);
        hs = aerogpu_load_u32(payload->bytes + 4);
        ds = aerogpu_load_u32(payload->bytes + 8);
        if (cmd->reserved0 != 0 && cmd->reserved0 != gs)
            validator_report(v, RULE_BIND_MIRROR,
                             "reserved0 is %#x, the appended geometry shader %#x",
                             (unsigned)cmd->reserved0, (unsigned)gs);
    } else if (payload->trailing_bytes != 0) {
        validator_report(v, RULE_BIND_SIZE, "%u bytes name no geometry, hull and domain shader",
                         (unsigned)v->packet.size_bytes);
    } else {
        gs = cmd->reserved0;
    }
    v->bound.shaders_set_in = v->submission;
    bind_shader(v, STAGE_VERTEX, cmd->vs);
    bind_shader(v, STAGE_PIXEL, cmd->ps);
    bind_shader(v, STAGE_COMPUTE, cmd->cs);
    bind_shader(v, STAGE_GEOMETRY, gs);
    bind_shader(v, STAGE_HULL, hs);
    bind_shader(v, STAGE_DOMAIN, ds);
}

void validate_set_shader_constants_f(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_shader_constants_f *cmd = PACKET(v, set_shader_constants_f);
    enum stage stage;

    (void)payload;
    if (!validator_stage_decode(v, cmd->stage, cmd->reserved0, &stage))
        return;
    if ((uint64_t)cmd->start_register + cmd->vec4_count > 4096)
        validator_report(v, RULE_CONSTANTS_RANGE, "%u registers from %u", (unsigned)cmd->vec4_count,
                         (unsigned)cmd->start_register);
}

static void check_element(validator *v, const struct layout_element *element, uint32_t n,
                          struct layout *layout)
{
    if (element->slot >= VERTEX_BUFFER_SLOTS) {
        validator_report(v, RULE_LAYOUT_BLOB, "element %u has slot %u", (unsigned)n,
                         (unsigned)element->slot);
        layout->is_broken = true;
    }
    if (element->slot_class > 1) {
        validator_report(v, RULE_ENUM_VALUE, "input_slot_class of element %u is %u", (unsigned)n,
                         (unsigned)element->slot_class);
        layout->is_broken = true;
    } else if ((element->step_rate == 0) != (element->slot_class == 0)) {
        validator_report(v, RULE_LAYOUT_STEP, "element %u steps by %u for every %s", (unsigned)n,
                         (unsigned)element->step_rate, element->slot_class ? "instance" : "vertex");
        layout->is_broken = true;
    }
}

static bool read_layout(validator *v, struct layout *layout, const struct aerogpu_payload *payload)
{
    const struct aerogpu_input_layout_blob_header *header = (const void *)payload->bytes;
    const struct aerogpu_input_layout_element_dxgi *elements;

    if (payload->size_bytes < sizeof(*header) || header->magic != AEROGPU_INPUT_LAYOUT_BLOB_MAGIC ||
        header->version != AEROGPU_INPUT_LAYOUT_BLOB_VERSION) {
        validator_report(v, RULE_LAYOUT_BLOB, "a blob of %u bytes is no ILAY of version 1",
                         (unsigned)payload->size_bytes);
        return false;
    }
    if (header->element_count > LAYOUT_ELEMENTS_MAX ||
        header->element_count > (payload->size_bytes - sizeof(*header)) / sizeof(*elements)) {
        validator_report(v, RULE_LAYOUT_BLOB, "%u elements in a blob of %u bytes",
                         (unsigned)header->element_count, (unsigned)payload->size_bytes);
        return false;
    }
    if (header->reserved0 != 0)
        validator_report(v, RULE_RESERVED, "reserved0 of the ILAY header is %#x",
                         (unsigned)header->reserved0);
    elements = (const void *)(payload->bytes + sizeof(*header));
    layout->count = header->element_count;
    for (uint32_t i = 0; i < layout->count; i++) {
        layout->elements[i] = (struct layout_element){
            .name_hash = elements[i].semantic_name_hash,
            .semantic_index = elements[i].semantic_index,
            .dxgi_format = elements[i].dxgi_format,
            .slot = elements[i].input_slot,
            .offset_bytes = elements[i].aligned_byte_offset,
            .slot_class = elements[i].input_slot_class,
            .step_rate = elements[i].instance_data_step_rate,
        };
        check_element(v, &layout->elements[i], i, layout);
    }
    return true;
}

void validate_create_input_layout(validator *v, const struct aerogpu_payload *payload)
{
    struct object *object =
        validator_object_create(v, PACKET(v, create_input_layout)->input_layout_handle,
                                AEROGPU_OBJECT_LAYOUT, sizeof(struct layout));

    if (object && !read_layout(v, object->layout, payload))
        object->layout->is_broken = true;
}

void validate_destroy_input_layout(validator *v, const struct aerogpu_payload *payload)
{
    (void)payload;
    validator_object_destroy(v, PACKET(v, destroy_input_layout)->input_layout_handle,
                             AEROGPU_OBJECT_LAYOUT);
}

void validate_set_input_layout(validator *v, const struct aerogpu_payload *payload)
{
    const aerogpu_handle_t handle = PACKET(v, set_input_layout)->input_layout_handle;

    (void)payload;
    v->bound.layout = (struct binding){ .set_in = v->submission, .handle = handle };
    v->bound.is_layout_reported =
        handle != 0 &&
        !validator_object_find_kind(v, handle, "input_layout_handle", AEROGPU_OBJECT_LAYOUT);
}
