/** Formatting of values; see text_values.h. */
#include "stream/text_values.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OFFSET_APPEND 0xFFFFFFFFu

/** C libraries differ in the digits of an exponent: at least two here. */
static void shorten_exponent(char *text)
{
    char *digits = strchr(text, 'e');
    size_t length;

    if (!digits)
        return;
    digits += 2;
    length = strlen(digits);
    while (length > 2 && digits[0] == '0') {
        memmove(digits, digits + 1, length);
        length--;
    }
}

void stream_text_format_float(uint32_t bits, char out[FLOAT_TEXT_BYTES])
{
    float value;

    memcpy(&value, &bits, sizeof(value));
    if (isnan(value)) {
        snprintf(out, FLOAT_TEXT_BYTES, "nan(0x%08" PRIx32 ")", bits);
        return;
    }
    if (isinf(value)) {
        snprintf(out, FLOAT_TEXT_BYTES, "%sinf", value < 0 ? "-" : "");
        return;
    }
    for (int digits = 1; digits <= 9; digits++) {
        float read_back;

        snprintf(out, FLOAT_TEXT_BYTES, "%.*g", digits, (double)value);
        read_back = strtof(out, NULL);
        if (memcmp(&read_back, &value, sizeof(value)) == 0)
            break;
    }
    if (strchr(out, 'e') && fabsf(value) >= 10 && fabsf(value) < 1e9f)
        snprintf(out, FLOAT_TEXT_BYTES, "%.0f", (double)value); /* 640, not 6.4e+02 */
    else
        shorten_exponent(out);
}

void stream_text_key(struct text_line *line, const char *name)
{
    fprintf(line->out, line->is_json ? ",\"%s\":" : " %s=", name);
}

void stream_text_id(struct text_line *line, struct id_names *names, uint64_t id)
{
    const char *quote = line->is_json ? "\"" : "";
    uint32_t *number;

    if (id == 0) {
        fputs(line->is_json ? "0" : "-", line->out);
        return;
    }
    if (!line->text->options.stable_ids) {
        if (names == &line->text->tokens)
            fprintf(line->out, "%s0x%" PRIx64 "%s", quote, id, quote);
        else
            fprintf(line->out, "%" PRIu64, id);
        return;
    }
    number = stream_id_map_insert(&names->map, &line->text->memory, id);
    if (number && *number == 0)
        *number = names->map.used;
    fprintf(line->out, "%s%c%" PRIu32 "%s", quote, names->letter, number ? *number : 0, quote);
}

void stream_text_string(struct text_line *line, const uint8_t *bytes, uint32_t length)
{
    fputc('"', line->out);
    for (uint32_t i = 0; i < length; i++) {
        if (bytes[i] == '"' || bytes[i] == '\\')
            fprintf(line->out, "\\%c", bytes[i]);
        else if (bytes[i] < 0x20 || bytes[i] >= 0x7F)
            fprintf(line->out, "\\u%04x", (unsigned)bytes[i]);
        else
            fputc(bytes[i], line->out);
    }
    fputc('"', line->out);
}

static void text_flags(struct text_line *line, const struct symbol_set *set, uint32_t value)
{
    const char *separator = "";
    uint32_t rest = value;

    for (uint32_t i = 0; i < set->count; i++) {
        if (!(value & set->symbols[i].value))
            continue;
        fprintf(line->out, "%s%s", separator, set->symbols[i].name);
        separator = "|";
        rest &= ~set->symbols[i].value;
    }
    if (rest)
        fprintf(line->out, "%s0x%" PRIx32, separator, rest);
    else if (value == 0)
        fputs("0", line->out);
}

static void text_float(struct text_line *line, uint32_t bits)
{
    char digits[FLOAT_TEXT_BYTES];
    const bool is_number = (bits & 0x7F800000u) != 0x7F800000u;
    const char *quote = line->is_json && !is_number ? "\"" : "";

    stream_text_format_float(bits, digits);
    fprintf(line->out, "%s%s%s", quote, digits, quote);
}

static void text_symbol(struct text_line *line, const struct symbol_set *set, uint32_t value)
{
    const char *name = stream_symbol_find(set, value);
    const char *quote = line->is_json ? "\"" : "";

    if (name)
        fprintf(line->out, "%s%s%s", quote, name, quote);
    else
        fprintf(line->out, "%" PRIu32, value);
}

void stream_text_value(struct text_line *line, const struct packet_field *field, uint64_t value)
{
    const char *quote = line->is_json ? "\"" : "";

    switch (field->kind) {
    case FIELD_INT:
        fprintf(line->out, "%" PRId32, (int32_t)(uint32_t)value);
        break;
    case FIELD_HEX:
    case FIELD_RESERVED:
        fprintf(line->out, "%s0x%" PRIx64 "%s", quote, value, quote);
        break;
    case FIELD_FLOAT:
        text_float(line, (uint32_t)value);
        break;
    case FIELD_HANDLE:
    case FIELD_MIRROR:
        stream_text_id(line, &line->text->handles, value);
        break;
    case FIELD_ALLOC_ID:
        stream_text_id(line, &line->text->allocations, value);
        break;
    case FIELD_TOKEN:
        stream_text_id(line, &line->text->tokens, value);
        break;
    case FIELD_ENUM:
    case FIELD_STAGE_EX:
        text_symbol(line, field->symbols, (uint32_t)value);
        break;
    case FIELD_FLAGS:
        fputs(quote, line->out);
        text_flags(line, field->symbols, (uint32_t)value);
        fputs(quote, line->out);
        break;
    case FIELD_OFFSET:
        if (value == OFFSET_APPEND) {
            fprintf(line->out, "%sappend%s", quote, quote);
            break;
        }
        fprintf(line->out, "%" PRIu64, value);
        break;
    default:
        fprintf(line->out, "%" PRIu64, value);
        break;
    }
}

/** Reserved words and the like are only worth a place when they are not 0. */
static bool is_hidden(const struct packet_field *field, const uint8_t *bytes)
{
    if (field->kind != FIELD_RESERVED && field->kind != FIELD_STAGE_EX &&
        field->kind != FIELD_MIRROR)
        return false;
    for (uint32_t i = 0; i < field->count; i++) {
        if (stream_field_load(field, bytes, i) != 0)
            return false;
    }
    return true;
}

static void text_array(struct text_line *line, const struct packet_field *field,
                       const uint8_t *bytes)
{
    uint32_t count = field->count;

    /* Empty target slots say nothing. */
    while (field->kind == FIELD_HANDLE && count > 0 &&
           stream_field_load(field, bytes, count - 1) == 0)
        count--;
    fputc(line->is_json ? '[' : '(', line->out);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            fputc(',', line->out);
        stream_text_value(line, field, stream_field_load(field, bytes, i));
    }
    fputc(line->is_json ? ']' : ')', line->out);
}

void stream_text_fields(struct text_line *line, const struct field_list *list, const uint8_t *bytes,
                        uint32_t size_bytes, bool is_first)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct packet_field *field = &list->fields[i];
        const char *name = field->kind == FIELD_STAGE_EX ? "stage_ex" : field->name;

        if (field->offset_bytes + (uint32_t)field->width_bytes * field->count > size_bytes ||
            is_hidden(field, bytes))
            continue;
        if (is_first)
            fprintf(line->out, line->is_json ? "\"%s\":" : "%s=", name);
        else
            stream_text_key(line, name);
        is_first = false;
        if (field->count > 1)
            text_array(line, field, bytes);
        else
            stream_text_value(line, field, stream_field_load(field, bytes, 0));
    }
}
