/**
 * What a packet looks like, as data: one row an opcode, one row a field, one row a symbolic name.
 *
 * Decoder, text printer and validator all read these rows, so a packet is described once. Offsets
 * come from the structs of protocol/. Sources: AeroGPU protocol specification, sections 4 (names),
 * 5 (opcodes, gates) and 6 (fields, payloads).
 */
#ifndef STREAM_PACKETS_H
#define STREAM_PACKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu/decode.h"

/** A value and its name without the AEROGPU_ prefix of its enum. */
struct symbol {
    uint32_t value;
    const char *name;
};

/** The names of one enum or flag set. A flag set has no row for 0. */
struct symbol_set {
    const struct symbol *symbols;
    uint32_t count;
};

extern const struct symbol_set stream_formats;
extern const struct symbol_set stream_usage_flags;
extern const struct symbol_set stream_stages;
extern const struct symbol_set stream_stage_exs;
extern const struct symbol_set stream_topologies;
extern const struct symbol_set stream_blend_factors;
extern const struct symbol_set stream_blend_ops;
extern const struct symbol_set stream_compare_funcs;
extern const struct symbol_set stream_fill_modes;
extern const struct symbol_set stream_cull_modes;
extern const struct symbol_set stream_rasterizer_flags;
extern const struct symbol_set stream_write_mask;
extern const struct symbol_set stream_index_formats;
extern const struct symbol_set stream_sampler_filters;
extern const struct symbol_set stream_address_modes;
extern const struct symbol_set stream_copy_flags;
extern const struct symbol_set stream_clear_flags;
extern const struct symbol_set stream_present_flags;
extern const struct symbol_set stream_slot_classes;

/** Name of an enum value, NULL when the set has none. */
const char *stream_symbol_find(const struct symbol_set *set, uint32_t value);

/** All bits a flag set defines. */
uint32_t stream_symbol_mask(const struct symbol_set *set);

/** How the bytes of a field are to be understood. */
enum field_kind {
    FIELD_UINT,     /**< 1, 4 or 8 bytes, decimal */
    FIELD_INT,      /**< signed, 4 bytes */
    FIELD_HEX,      /**< 4 or 8 bytes */
    FIELD_FLOAT,    /**< bits of an IEEE-754 single */
    FIELD_HANDLE,   /**< object name, 0 = none */
    FIELD_ALLOC_ID, /**< allocation name, 0 = none */
    FIELD_TOKEN,    /**< share token, 8 bytes */
    FIELD_ENUM,     /**< one of a symbol set */
    FIELD_FLAGS,    /**< bits of a symbol set */
    FIELD_OFFSET,   /**< 4 bytes; all-ones means "append" */
    FIELD_STAGE_EX, /**< reserved0 beside a stage: a stage_ex, printed when not 0 */
    FIELD_RESERVED, /**< must be 0; printed when it is not */
    FIELD_MIRROR,   /**< reserved0 of BIND_SHADERS: a handle, printed when not 0 */
};

/** One field of a packet, of a payload element or of a blob. */
struct packet_field {
    const char *name;
    const struct symbol_set *symbols; /**< of FIELD_ENUM and FIELD_FLAGS */
    uint16_t offset_bytes;            /**< from the start of the packet or element */
    uint8_t width_bytes;              /**< of one value: 1, 4 or 8 */
    uint8_t count;                    /**< values, more than 1 for an array */
    uint8_t kind;                     /**< enum field_kind */
};

/** A run of fields in protocol order. */
struct field_list {
    const struct packet_field *fields;
    uint32_t count;
};

/** What follows the fixed struct. */
enum payload_kind {
    PAYLOAD_NONE,     /**< nothing */
    PAYLOAD_IGNORED,  /**< NOP: anything, without meaning */
    PAYLOAD_TEXT,     /**< DEBUG_MARKER: UTF-8 to the end of the packet, NULs trailing */
    PAYLOAD_BYTES,    /**< counted bytes, zero-padded to a multiple of 4 */
    PAYLOAD_DXBC,     /**< the same, a shader container */
    PAYLOAD_LAYOUT,   /**< the same, an ILAY blob */
    PAYLOAD_ELEMENTS, /**< counted structs */
    PAYLOAD_STAGES,   /**< BIND_SHADERS: gs, hs, ds when the packet is long enough */
};

/** One opcode. */
struct packet_info {
    const char *name; /**< without AEROGPU_CMD_ */
    uint32_t opcode;
    uint16_t fixed_bytes;   /**< of the struct, packet header included */
    uint16_t minimum_bytes; /**< shortest legal packet without counted payload */
    uint8_t first_minor;    /**< header minor that introduced it */
    uint8_t gate_minor;     /**< device minor to ask for before emitting it */
    uint8_t payload;        /**< enum payload_kind */
    uint8_t count_bytes;    /**< width of the payload's count field: 4 or 8 */
    uint16_t count_offset;  /**< of that field */
    uint16_t element_bytes; /**< payload bytes a count stands for */
    bool needs_transfer;    /**< gate: AEROGPU_FEATURE_TRANSFER */
    struct field_list fields;
    struct field_list element_fields; /**< of PAYLOAD_ELEMENTS */
};

/** All opcodes, in ascending order. */
extern const struct packet_info stream_packets[];
extern const uint32_t stream_packet_count;

/** The fields of an ILAY element (section 7.2). */
extern const struct field_list stream_layout_element_fields;

/** The fields that a 36-byte BIND_SHADERS appends. */
extern const struct field_list stream_appended_stage_fields;

/** The row of an opcode, NULL when it is unknown. */
const struct packet_info *stream_packet_info_find(uint32_t opcode);

/** Position of a row in stream_packets. */
uint32_t stream_packet_info_index(const struct packet_info *info);

/** Value number n of a field, zero-extended, from bytes that hold the whole field. */
uint64_t stream_field_load(const struct packet_field *field, const uint8_t *bytes, uint32_t n);

#endif
