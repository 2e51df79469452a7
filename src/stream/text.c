/** Lines of packets, submissions and messages; see aerogpu/text.h. */
#include "aerogpu/text.h"

#include <inttypes.h>
#include <string.h>

#include "aerogpu_unaligned.h"
#include "stream/shader_view.h"
#include "stream/text_values.h"

struct aerogpu_text *aerogpu_text_create(const struct aerogpu_text_options *options)
{
    const struct stream_memory memory = stream_memory_from(options->realloc, options->user);
    struct aerogpu_text *text = stream_memory_create(&memory, sizeof(*text));

    if (!text)
        return NULL;
    text->options = *options;
    text->memory = memory;
    text->handles.letter = 'h';
    text->allocations.letter = 'a';
    text->tokens.letter = 't';
    return text;
}

void aerogpu_text_destroy(struct aerogpu_text *text)
{
    struct stream_memory memory;

    if (!text)
        return;
    memory = text->memory;
    stream_id_map_finish(&text->handles.map, &memory);
    stream_id_map_finish(&text->allocations.map, &memory);
    stream_id_map_finish(&text->tokens.map, &memory);
    stream_memory_destroy(&memory, text);
}

static void text_number(struct text_line *line, const char *name, uint64_t value)
{
    stream_text_key(line, name);
    fprintf(line->out, "%" PRIu64, value);
}

static void text_hash(struct text_line *line, const uint8_t *bytes, uint32_t size_bytes)
{
    const char *quote = line->is_json ? "\"" : "";

    stream_text_key(line, "hash");
    fprintf(line->out, "%s%08" PRIx32 "%s", quote, stream_bytes_hash(bytes, size_bytes), quote);
}

/** Program type and model, like vs_4_0; chunk names in file order. */
static void text_shader(struct text_line *line, const struct aerogpu_payload *payload)
{
    static const char *const models[] = { "ps", "vs", "gs", "hs", "ds", "cs" };
    const char *quote = line->is_json ? "\"" : "";
    struct shader_container container;

    if (stream_shader_container_open(&container, payload->bytes, payload->size_bytes)) {
        stream_text_key(line, "container");
        fprintf(line->out, "%sinvalid%s", quote, quote);
        text_hash(line, payload->bytes, payload->size_bytes);
        return;
    }
    for (uint32_t i = 0; i < container.chunk_count; i++) {
        const struct shader_chunk chunk = stream_shader_container_chunk(&container, i);
        const bool is_code =
            memcmp(chunk.bytes - 8, "SHDR", 4) == 0 || memcmp(chunk.bytes - 8, "SHEX", 4) == 0;
        const uint32_t version =
            is_code && chunk.size_bytes >= 4 ? aerogpu_load_u32(chunk.bytes) : UINT32_MAX;

        if (version >> 16 < sizeof(models) / sizeof(models[0])) {
            stream_text_key(line, "program");
            fprintf(line->out, "%s%s_%u_%u%s", quote, models[version >> 16],
                    (unsigned)(version >> 4 & 0xF), (unsigned)(version & 0xF), quote);
        }
    }
    stream_text_key(line, "chunks");
    fputs(line->is_json ? "\"" : "", line->out);
    for (uint32_t i = 0; i < container.chunk_count; i++) {
        const uint8_t *name = stream_shader_container_chunk(&container, i).bytes - 8;

        if (i > 0)
            fputc(',', line->out);
        for (uint32_t k = 0; k < 4; k++)
            fputc(name[k] >= '0' && name[k] <= 'Z' && name[k] != '\\' ? name[k] : '?', line->out);
    }
    fputs(line->is_json ? "\"" : "", line->out);
    text_hash(line, payload->bytes, payload->size_bytes);
}

/** First number of the counted elements: that of the field which says where they go. */
static uint32_t first_element(const struct packet_info *info, const uint8_t *bytes)
{
    for (uint32_t i = 0; i < info->fields.count; i++) {
        const struct packet_field *field = &info->fields.fields[i];

        if (strncmp(field->name, "start_", 6) == 0)
            return (uint32_t)stream_field_load(field, bytes, 0);
    }
    return 0;
}

/** Counted structs: `n:{fields}` each, n being the slot or register. */
static void text_elements(struct text_line *line, const struct field_list *fields,
                          const uint8_t *bytes, uint32_t count, uint32_t element_bytes,
                          uint32_t first)
{
    if (line->is_json)
        fputs(",\"elements\":[", line->out);
    for (uint32_t i = 0; i < count; i++) {
        if (line->is_json)
            fputs(i > 0 ? ",{" : "{", line->out);
        else
            fprintf(line->out, " %" PRIu32 ":{", first + i);
        stream_text_fields(line, fields, bytes + (size_t)i * element_bytes, element_bytes, true);
        fputc('}', line->out);
    }
    if (line->is_json)
        fputc(']', line->out);
}

static void text_layout(struct text_line *line, const struct aerogpu_payload *payload)
{
    const uint32_t header_bytes = sizeof(struct aerogpu_input_layout_blob_header);
    const uint32_t element_bytes = sizeof(struct aerogpu_input_layout_element_dxgi);
    const char *quote = line->is_json ? "\"" : "";
    uint32_t count;

    if (payload->size_bytes >= header_bytes &&
        aerogpu_load_u32(payload->bytes) == AEROGPU_INPUT_LAYOUT_BLOB_MAGIC) {
        count = aerogpu_load_u32(payload->bytes +
                                 offsetof(struct aerogpu_input_layout_blob_header, element_count));
        if (count <= (payload->size_bytes - header_bytes) / element_bytes) {
            text_elements(line, &stream_layout_element_fields, payload->bytes + header_bytes, count,
                          element_bytes, 0);
            return;
        }
    }
    stream_text_key(line, "blob");
    fprintf(line->out, "%sinvalid%s", quote, quote);
    text_hash(line, payload->bytes, payload->size_bytes);
}

static void text_marker(struct text_line *line, const struct aerogpu_payload *payload)
{
    uint32_t length = payload->size_bytes;

    while (length > 0 && payload->bytes[length - 1] == 0)
        length--;
    stream_text_key(line, "text");
    stream_text_string(line, payload->bytes, length);
}

static void text_payload(struct text_line *line, const struct packet_info *info,
                         const struct aerogpu_packet *packet, const struct aerogpu_payload *payload)
{
    switch (info->payload) {
    case PAYLOAD_IGNORED:
        if (payload->size_bytes)
            text_number(line, "ignored_bytes", payload->size_bytes);
        break;
    case PAYLOAD_TEXT:
        text_marker(line, payload);
        break;
    case PAYLOAD_BYTES:
        text_hash(line, payload->bytes, payload->size_bytes);
        break;
    case PAYLOAD_DXBC:
        text_shader(line, payload);
        break;
    case PAYLOAD_LAYOUT:
        text_layout(line, payload);
        break;
    case PAYLOAD_ELEMENTS:
        text_elements(line, &info->element_fields, payload->bytes, payload->count,
                      info->element_bytes, first_element(info, packet->bytes));
        break;
    case PAYLOAD_STAGES:
        if (payload->bytes)
            stream_text_fields(line, &stream_appended_stage_fields, packet->bytes,
                               packet->size_bytes, false);
        break;
    default:
        break;
    }
    if (payload->trailing_bytes)
        text_number(line, "trailing_bytes", payload->trailing_bytes);
}

static void begin_packet(struct text_line *line, const struct aerogpu_packet *packet,
                         const char *name)
{
    if (line->is_json)
        fprintf(line->out,
                "{\"packet\":%" PRIu32 ",\"offset\":%" PRIu32 ",\"packet_bytes\":%" PRIu32
                ",\"op\":\"%s\"",
                packet->index, packet->offset_bytes, packet->size_bytes, name);
    else if (line->text->options.offsets)
        fprintf(line->out, "[%06" PRIx32 "] %s", packet->offset_bytes, name);
    else
        fputs(name, line->out);
}

void aerogpu_text_packet(struct aerogpu_text *text, FILE *out, const struct aerogpu_packet *packet)
{
    const struct packet_info *info = stream_packet_info_find(packet->opcode);
    struct text_line line = { .text = text, .out = out, .is_json = text->options.json };
    struct aerogpu_payload payload;
    uint64_t needed_bytes;

    begin_packet(&line, packet, info ? info->name : "UNKNOWN");
    switch (aerogpu_packet_payload(packet, &payload, &needed_bytes)) {
    case AEROGPU_PACKET_OK:
        stream_text_fields(&line, &info->fields, packet->bytes, packet->size_bytes, false);
        text_payload(&line, info, packet, &payload);
        break;
    case AEROGPU_PACKET_UNKNOWN:
        text_number(&line, "opcode", packet->opcode);
        text_number(&line, "size_bytes", packet->size_bytes);
        break;
    default:
        text_number(&line, "short_bytes", packet->size_bytes);
        text_number(&line, "needed_bytes", needed_bytes);
        break;
    }
    fputs(line.is_json ? "}\n" : "\n", out);
}

static void text_allocation(struct text_line *line, const struct aerogpu_capture_range *range,
                            bool is_first)
{
    const bool is_readonly = range->flags & AEROGPU_ALLOC_FLAG_READONLY;

    if (line->is_json) {
        fputs(is_first ? "{\"alloc_id\":" : ",{\"alloc_id\":", line->out);
        stream_text_id(line, &line->text->allocations, range->alloc_id);
        fprintf(line->out, ",\"size_bytes\":%" PRIu64 ",\"readonly\":%s}", range->size_bytes,
                is_readonly ? "true" : "false");
        return;
    }
    if (!is_first)
        fputc(',', line->out);
    stream_text_id(line, &line->text->allocations, range->alloc_id);
    fprintf(line->out, ":%" PRIu64 "%s", range->size_bytes, is_readonly ? ":r" : ":rw");
}

void aerogpu_text_submission(struct aerogpu_text *text, FILE *out, uint32_t n,
                             const struct aerogpu_capture_submission *submission)
{
    struct text_line line = { .text = text, .out = out, .is_json = text->options.json };

    fprintf(out, line.is_json ? "{\"submission\":%" PRIu32 : "# submission %" PRIu32, n);
    text_number(&line, "stream_bytes", submission->stream_bytes);
    text_number(&line, "flags", submission->submit_flags);
    text_number(&line, "context_id", submission->context_id);
    text_number(&line, "fence", submission->fence);
    stream_text_key(&line, "allocations");
    fputc(line.is_json ? '[' : '(', out);
    for (uint32_t i = 0; i < submission->range_count; i++)
        text_allocation(&line, &submission->ranges[i], i == 0);
    fputs(line.is_json ? "]}\n" : ")\n", out);
}

void aerogpu_text_message(struct aerogpu_text *text, FILE *out,
                          const struct aerogpu_message *message)
{
    struct text_line line = { .text = text, .out = out, .is_json = text->options.json };

    if (!line.is_json) {
        fprintf(out, "! %s: %s\n", message->rule, message->text);
        return;
    }
    fprintf(out, "{\"error\":\"%s\",\"packet\":%" PRIu32 ",\"offset\":%" PRIu32 ",\"text\":",
            message->rule, message->packet_index, message->offset_bytes);
    stream_text_string(&line, (const uint8_t *)message->text, (uint32_t)strlen(message->text));
    fputs("}\n", out);
}
