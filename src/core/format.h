/**
 * Formats: which DXGI format is which protocol format, how its texels lie in memory, and what
 * vertex data may look like. Tables: driver semantics 3.3; AeroGPU protocol specification 4.1, 7.4.
 */
#ifndef CORE_FORMAT_H
#define CORE_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

/** format_row.caps, numbered as CheckFormatSupport wants them. */
enum format_caps {
    FORMAT_CAP_SAMPLE = 0x1,
    FORMAT_CAP_RENDER_TARGET = 0x2,
    FORMAT_CAP_BLEND = 0x4,
    FORMAT_CAP_NOT_SUPPORTED = 0x80000000u,
};

/** format_row.kind. */
enum format_kind {
    FORMAT_NONE,
    FORMAT_COLOR,
    FORMAT_DEPTH,
    FORMAT_COMPRESSED,
};

/** One texture format. */
struct format_row {
    uint8_t kind;               /**< enum format_kind; FORMAT_NONE: no texture of it exists */
    uint8_t wire;               /**< aerogpu_format */
    uint8_t wire_before_minor2; /**< on devices of ABI minor < 2; 0 = not available there */
    uint8_t block_bytes;        /**< of a texel, or of a 4x4 block when compressed */
    uint8_t family;             /**< DXGI number of the typeless member: views cast within it */
    bool is_display_mode;       /**< may be scanned out */
    uint32_t caps;              /**< enum format_caps */
};

/** The row of a DXGI format; a row of kind FORMAT_NONE for what is unknown. */
const struct format_row *format_find(uint32_t dxgi_format);

/** The protocol format on a device, AEROGPU_FORMAT_INVALID if it has none. */
uint32_t format_wire(const struct format_row *row, uint32_t device_abi_minor);

/** Texels along one side of a block: 4 when compressed, else 1. */
static inline uint32_t format_block_side(const struct format_row *row)
{
    return row->kind == FORMAT_COMPRESSED ? 4 : 1;
}

/** How a shader sees vertex data; numbered as the component types of DXBC signatures. */
enum vertex_class {
    VERTEX_CLASS_UINT = 1,
    VERTEX_CLASS_SINT = 2,
    VERTEX_CLASS_FLOAT = 3,
};

/** One vertex format that hosts fetch. */
struct vertex_format_row {
    uint8_t class;       /**< enum vertex_class; 0: not accepted */
    uint8_t fetch_bytes; /**< what a host fetches, which may exceed the format's size */
};

/** The row of a DXGI format; a row of class 0 for what no host fetches. */
const struct vertex_format_row *vertex_format_find(uint32_t dxgi_format);

#endif
