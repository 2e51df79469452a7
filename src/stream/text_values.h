/**
 * Values as text: the one place that knows how a number, a name or a float looks, in plain text and
 * in JSON.
 */
#ifndef STREAM_TEXT_VALUES_H
#define STREAM_TEXT_VALUES_H

#include <stdint.h>

#include "aerogpu/text.h"
#include "stream/id_map.h"
#include "stream/packets.h"

/** Numbers given to ids in order of first appearance. */
struct id_names {
    struct id_map map;
    char letter;
};

struct aerogpu_text {
    struct aerogpu_text_options options;
    struct stream_memory memory;
    struct id_names handles;
    struct id_names allocations;
    struct id_names tokens;
};

/** What printing a line needs. */
struct text_line {
    struct aerogpu_text *text;
    FILE *out;
    bool is_json;
};

/** Longest text of a float, terminator included. */
#define FLOAT_TEXT_BYTES 32u

/** Shortest digits that read back to the bits; "nan(0x7fc00000)", "inf" and "-inf" for the rest. */
void stream_text_format_float(uint32_t bits, char out[FLOAT_TEXT_BYTES]);

/** A value of one field, zero-extended. */
void stream_text_value(struct text_line *line, const struct packet_field *field, uint64_t value);

/** An id: its stable name, or its number. */
void stream_text_id(struct text_line *line, struct id_names *names, uint64_t id);

/** A string of given length, quoted and escaped (the same way in text and JSON). */
void stream_text_string(struct text_line *line, const uint8_t *bytes, uint32_t length);

/** What stands between two values: ` name=`, or `,"name":`. */
void stream_text_key(struct text_line *line, const char *name);

/** A whole field list, fields that do not lie inside size_bytes left out. */
void stream_text_fields(struct text_line *line, const struct field_list *list, const uint8_t *bytes,
                        uint32_t size_bytes, bool is_first);

#endif
