/** Entry points, dispatch by opcode, and the checks that every packet shares. */
#include "stream/validator/validator.h"

#include <stdarg.h>
#include <string.h>

#include "aerogpu_unaligned.h"

static const struct aerogpu_rule rules[RULE_COUNT] = {
#define X(tag, rule_name, where, text)                                                             \
    [RULE_##tag] = { .name = (rule_name), .source = (where), .description = (text) },
    VALIDATOR_RULES(X)
#undef X
};

/** What validates a packet. */
struct handler_row {
    uint32_t opcode;
    packet_handler *handler;
};

/* In the order of stream_packets. */
static const struct handler_row handlers[] = {
    { AEROGPU_CMD_NOP, validate_nothing },
    { AEROGPU_CMD_DEBUG_MARKER, validate_nothing },
    { AEROGPU_CMD_CREATE_BUFFER, validate_create_buffer },
    { AEROGPU_CMD_CREATE_TEXTURE2D, validate_create_texture2d },
    { AEROGPU_CMD_DESTROY_RESOURCE, validate_destroy_resource },
    { AEROGPU_CMD_RESOURCE_DIRTY_RANGE, validate_resource_dirty_range },
    { AEROGPU_CMD_UPLOAD_RESOURCE, validate_upload_resource },
    { AEROGPU_CMD_COPY_BUFFER, validate_copy_buffer },
    { AEROGPU_CMD_COPY_TEXTURE2D, validate_copy_texture2d },
    { AEROGPU_CMD_CREATE_TEXTURE_VIEW, validate_create_texture_view },
    { AEROGPU_CMD_DESTROY_TEXTURE_VIEW, validate_destroy_texture_view },
    { AEROGPU_CMD_CREATE_SHADER_DXBC, validate_create_shader_dxbc },
    { AEROGPU_CMD_DESTROY_SHADER, validate_destroy_shader },
    { AEROGPU_CMD_BIND_SHADERS, validate_bind_shaders },
    { AEROGPU_CMD_SET_SHADER_CONSTANTS_F, validate_set_shader_constants_f },
    { AEROGPU_CMD_CREATE_INPUT_LAYOUT, validate_create_input_layout },
    { AEROGPU_CMD_DESTROY_INPUT_LAYOUT, validate_destroy_input_layout },
    { AEROGPU_CMD_SET_INPUT_LAYOUT, validate_set_input_layout },
    { AEROGPU_CMD_SET_SHADER_CONSTANTS_I, validate_d3d9_packet },
    { AEROGPU_CMD_SET_SHADER_CONSTANTS_B, validate_d3d9_packet },
    { AEROGPU_CMD_SET_BLEND_STATE, validate_set_blend_state },
    { AEROGPU_CMD_SET_DEPTH_STENCIL_STATE, validate_set_depth_stencil_state },
    { AEROGPU_CMD_SET_RASTERIZER_STATE, validate_set_rasterizer_state },
    { AEROGPU_CMD_SET_RENDER_TARGETS, validate_set_render_targets },
    { AEROGPU_CMD_SET_VIEWPORT, validate_set_viewport },
    { AEROGPU_CMD_SET_SCISSOR, validate_set_scissor },
    { AEROGPU_CMD_SET_VERTEX_BUFFERS, validate_set_vertex_buffers },
    { AEROGPU_CMD_SET_INDEX_BUFFER, validate_set_index_buffer },
    { AEROGPU_CMD_SET_PRIMITIVE_TOPOLOGY, validate_set_primitive_topology },
    { AEROGPU_CMD_SET_TEXTURE, validate_set_texture },
    { AEROGPU_CMD_SET_SAMPLER_STATE, validate_d3d9_packet },
    { AEROGPU_CMD_SET_RENDER_STATE, validate_d3d9_packet },
    { AEROGPU_CMD_CREATE_SAMPLER, validate_create_sampler },
    { AEROGPU_CMD_DESTROY_SAMPLER, validate_destroy_sampler },
    { AEROGPU_CMD_SET_SAMPLERS, validate_set_samplers },
    { AEROGPU_CMD_SET_CONSTANT_BUFFERS, validate_set_constant_buffers },
    { AEROGPU_CMD_SET_SHADER_RESOURCE_BUFFERS, validate_set_shader_resource_buffers },
    { AEROGPU_CMD_SET_UNORDERED_ACCESS_BUFFERS, validate_set_unordered_access_buffers },
    { AEROGPU_CMD_CLEAR, validate_clear },
    { AEROGPU_CMD_DRAW, validate_draw },
    { AEROGPU_CMD_DRAW_INDEXED, validate_draw_indexed },
    { AEROGPU_CMD_DISPATCH, validate_dispatch },
    { AEROGPU_CMD_PRESENT, validate_present },
    { AEROGPU_CMD_PRESENT_EX, validate_present },
    { AEROGPU_CMD_EXPORT_SHARED_SURFACE, validate_export_shared_surface },
    { AEROGPU_CMD_IMPORT_SHARED_SURFACE, validate_import_shared_surface },
    { AEROGPU_CMD_RELEASE_SHARED_SURFACE, validate_release_shared_surface },
    { AEROGPU_CMD_FLUSH, validate_nothing },
};

const struct aerogpu_rule *aerogpu_rule_get(uint32_t n)
{
    return n < RULE_COUNT ? &rules[n] : NULL;
}

void validator_report(validator *v, enum rule rule, const char *format, ...)
{
    char text[256];
    va_list arguments;

    v->error_count++;
    if (!v->config.report)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    text[sizeof(text) - 1] = 0;
    v->config.report(v->config.user, &(struct aerogpu_message){
                                         .packet_index = v->packet.index,
                                         .offset_bytes = v->packet.offset_bytes,
                                         .opcode = v->packet.opcode,
                                         .rule = rules[rule].name,
                                         .text = text,
                                     });
}

void validator_report_out_of_memory(validator *v)
{
    validator_report(v, RULE_OUT_OF_MEMORY, "the validator is out of memory");
}

bool validator_state_is_set(const validator *v, uint64_t set_in)
{
    return v->config.keep_state ? set_in != 0 : set_in == v->submission;
}

bool validator_state_require(validator *v, uint64_t set_in, const char *what)
{
    if (validator_state_is_set(v, set_in))
        return true;
    validator_report(v, RULE_STATE_UNDEFINED, "%s was not set in this submission", what);
    return false;
}

bool validator_gate_minor(validator *v, uint32_t minor, const char *what)
{
    if (v->config.device_abi_minor >= minor)
        return true;
    validator_report(v, RULE_GATE_MINOR, "%s needs device minor %u, the device has %u", what,
                     (unsigned)minor, (unsigned)v->config.device_abi_minor);
    return false;
}

const char *validator_stage_name(enum stage stage)
{
    static const char *const names[STAGE_COUNT] = {
        [STAGE_PIXEL] = "pixel", [STAGE_VERTEX] = "vertex", [STAGE_GEOMETRY] = "geometry",
        [STAGE_HULL] = "hull",   [STAGE_DOMAIN] = "domain", [STAGE_COMPUTE] = "compute",
    };

    return names[stage];
}

/** Section 4.3, for stage COMPUTE with a stage_ex. */
static bool stage_ex_decode(validator *v, uint32_t stage_ex, enum stage *decoded)
{
    *decoded = STAGE_COMPUTE;
    if (v->stream_minor < AEROGPU_STAGE_EX_MIN_ABI_MINOR) {
        validator_report(v, RULE_STREAM_MINOR, "stage_ex %u is ignored in a stream of minor %u",
                         (unsigned)stage_ex, (unsigned)v->stream_minor);
        return true;
    }
    switch (stage_ex) {
    case AEROGPU_SHADER_STAGE_EX_GEOMETRY:
        *decoded = STAGE_GEOMETRY;
        break;
    case AEROGPU_SHADER_STAGE_EX_HULL:
        *decoded = STAGE_HULL;
        break;
    case AEROGPU_SHADER_STAGE_EX_DOMAIN:
        *decoded = STAGE_DOMAIN;
        break;
    case AEROGPU_SHADER_STAGE_EX_COMPUTE:
        break;
    default:
        validator_report(v, RULE_STAGE_VALUE, "stage_ex %u is undefined", (unsigned)stage_ex);
        return false;
    }
    validator_gate_minor(v, 3, "stage_ex");
    return true;
}

bool validator_stage_decode(validator *v, uint32_t stage, uint32_t stage_ex, enum stage *decoded)
{
    static const enum stage plain[] = {
        [AEROGPU_SHADER_STAGE_VERTEX] = STAGE_VERTEX,
        [AEROGPU_SHADER_STAGE_PIXEL] = STAGE_PIXEL,
        [AEROGPU_SHADER_STAGE_COMPUTE] = STAGE_COMPUTE,
        [AEROGPU_SHADER_STAGE_GEOMETRY] = STAGE_GEOMETRY,
    };

    if (stage > AEROGPU_SHADER_STAGE_GEOMETRY) {
        validator_report(v, RULE_STAGE_VALUE, "stage %u is undefined", (unsigned)stage);
        return false;
    }
    *decoded = plain[stage];
    if (stage == AEROGPU_SHADER_STAGE_COMPUTE && stage_ex != 0)
        return stage_ex_decode(v, stage_ex, decoded);
    if (stage_ex != 0)
        validator_report(v, RULE_RESERVED, "reserved0 is %u beside stage %s", (unsigned)stage_ex,
                         validator_stage_name(*decoded));
    if (stage == AEROGPU_SHADER_STAGE_GEOMETRY)
        validator_gate_minor(v, 3, "the geometry stage");
    return true;
}

void validate_nothing(validator *v, const struct aerogpu_payload *payload)
{
    (void)v;
    (void)payload;
}

void validate_d3d9_packet(validator *v, const struct aerogpu_payload *payload)
{
    (void)payload;
    validator_report(v, RULE_D3D9_PACKET, "%s has no effect on a D3D10/11 host",
                     aerogpu_opcode_name(v->packet.opcode));
}

/** Whether a field's value means something here; the rest is checked by the packet's own handler.
 */
static bool is_plain_enum(const validator *v, const struct packet_field *field)
{
    if (field->symbols == &stream_stages)
        return false;
    if (v->packet.opcode == AEROGPU_CMD_SET_INDEX_BUFFER)
        return PACKET(v, set_index_buffer)->buffer != 0;
    return true;
}

static void check_field(validator *v, const struct packet_field *field, const uint8_t *bytes)
{
    for (uint32_t i = 0; i < field->count; i++) {
        const uint64_t value = stream_field_load(field, bytes, i);

        switch (field->kind) {
        case FIELD_RESERVED:
            if (value != 0) {
                validator_report(v, RULE_RESERVED, "%s is %#" PRIx64 ", not 0", field->name, value);
                return;
            }
            break;
        case FIELD_ENUM:
            if (is_plain_enum(v, field) && !stream_symbol_find(field->symbols, (uint32_t)value))
                validator_report(v, RULE_ENUM_VALUE, "%s is %u, which is undefined", field->name,
                                 (unsigned)value);
            break;
        case FIELD_FLAGS:
            if (value & ~(uint64_t)stream_symbol_mask(field->symbols))
                validator_report(v, RULE_FLAG_BITS, "%s is %#x, which has undefined bits",
                                 field->name, (unsigned)value);
            break;
        default:
            break;
        }
    }
}

static void check_fields(validator *v, const struct field_list *list, const uint8_t *bytes,
                         uint32_t size_bytes)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct packet_field *field = &list->fields[i];

        if (field->offset_bytes + (uint32_t)field->width_bytes * field->count <= size_bytes)
            check_field(v, field, bytes);
    }
}

static void check_padding(validator *v, const struct aerogpu_payload *payload)
{
    for (uint32_t i = 0; i < payload->padding_bytes; i++) {
        if (payload->bytes[payload->size_bytes + i] != 0) {
            validator_report(v, RULE_PADDING, "padding byte %u of the payload is not 0",
                             (unsigned)i);
            return;
        }
    }
}

static void check_gates(validator *v, const struct packet_info *info)
{
    validator_gate_minor(v, info->gate_minor, info->name);
    if (info->needs_transfer && !(v->config.device_features & AEROGPU_FEATURE_TRANSFER))
        validator_report(v, RULE_GATE_FEATURE, "%s needs the TRANSFER feature", info->name);
}

/** Everything a packet's table row says; then what only its handler knows. */
static void validate_known_packet(validator *v, const struct packet_info *info,
                                  const struct aerogpu_payload *payload)
{
    const struct handler_row *row = &handlers[stream_packet_info_index(info)];

    check_gates(v, info);
    check_fields(v, &info->fields, v->packet.bytes, v->packet.size_bytes);
    if (info->payload == PAYLOAD_ELEMENTS) {
        for (uint32_t i = 0; i < payload->count; i++)
            check_fields(v, &info->element_fields, payload->bytes + i * info->element_bytes,
                         info->element_bytes);
    }
    check_padding(v, payload);
    row->handler(v, payload);
}

static void validate_packet(validator *v)
{
    const struct packet_info *info = stream_packet_info_find(v->packet.opcode);
    struct aerogpu_payload payload;
    uint64_t needed_bytes;

    if (v->has_presented)
        validator_report(v, RULE_PRESENT_LAST, "a packet follows PRESENT in its submission");
    switch (aerogpu_packet_payload(&v->packet, &payload, &needed_bytes)) {
    case AEROGPU_PACKET_UNKNOWN:
        if (v->stream_minor <= AEROGPU_ABI_MINOR)
            validator_report(v, RULE_UNKNOWN_OPCODE, "opcode %#x is unknown in minor %u",
                             (unsigned)v->packet.opcode, (unsigned)v->stream_minor);
        break;
    case AEROGPU_PACKET_SHORT_STRUCT:
        validator_report(v, RULE_SHORT_STRUCT, "%s has %u bytes and needs %" PRIu64, info->name,
                         (unsigned)v->packet.size_bytes, needed_bytes);
        break;
    case AEROGPU_PACKET_SHORT_PAYLOAD:
        validator_report(v, RULE_SHORT_PAYLOAD, "%s has %u bytes and its payload asks for %" PRIu64,
                         info->name, (unsigned)v->packet.size_bytes, needed_bytes);
        break;
    case AEROGPU_PACKET_OK:
        validate_known_packet(v, info, &payload);
        break;
    }
}

/** The words of the stream header that the reader does not judge. */
static void check_stream_header(validator *v, const uint8_t *bytes)
{
    const struct aerogpu_cmd_stream_header *header = (const void *)bytes;

    if (header->flags != 0 || header->reserved0 != 0 || header->reserved1 != 0)
        validator_report(v, RULE_STREAM_RESERVED,
                         "flags %#x, reserved0 %#x, reserved1 %#x of the header",
                         (unsigned)header->flags, (unsigned)header->reserved0,
                         (unsigned)header->reserved1);
}

uint32_t aerogpu_validator_submit(struct aerogpu_validator *v, const void *bytes,
                                  size_t capacity_bytes, const struct aerogpu_alloc_entry *entries,
                                  uint32_t entry_count)
{
    struct aerogpu_reader reader;

    v->submission++;
    v->error_count = 0;
    v->has_presented = false;
    v->packet = (struct aerogpu_packet){ .opcode = AEROGPU_CMD_NOP };
    validator_allocations_begin(v, entries, entry_count);
    if (!aerogpu_reader_init(&reader, bytes, capacity_bytes)) {
        validator_report(v, RULE_STREAM_HEADER, "%s", reader.error);
        return v->error_count;
    }
    v->stream_minor = reader.abi_minor;
    check_stream_header(v, bytes);
    while (aerogpu_reader_next(&reader, &v->packet))
        validate_packet(v);
    if (reader.error) {
        v->packet = (struct aerogpu_packet){
            .index = reader.next_index,
            .offset_bytes = reader.error_offset_bytes,
        };
        validator_report(v, RULE_PACKET_FRAMING, "%s", reader.error);
    }
    return v->error_count;
}

struct aerogpu_validator *aerogpu_validator_create(const struct aerogpu_validator_config *config)
{
    const struct stream_memory memory = stream_memory_from(config->realloc, config->user);
    struct aerogpu_validator *v = stream_memory_create(&memory, sizeof(*v));

    _Static_assert(sizeof(handlers) / sizeof(handlers[0]) == 48, "one handler for each opcode");
    if (!v)
        return NULL;
    v->config = *config;
    v->memory = memory;
    return v;
}

void aerogpu_validator_destroy(struct aerogpu_validator *v)
{
    struct stream_memory memory;

    if (!v)
        return;
    memory = v->memory;
    validator_objects_finish(v);
    stream_memory_destroy(&memory, v->entries);
    stream_memory_destroy(&memory, v);
}

uint32_t aerogpu_validator_live(const struct aerogpu_validator *v, enum aerogpu_object_kind kind)
{
    return v->live[kind];
}

bool validator_handles(uint32_t n, uint32_t *opcode)
{
    if (n >= sizeof(handlers) / sizeof(handlers[0]))
        return false;
    *opcode = handlers[n].opcode;
    return true;
}
