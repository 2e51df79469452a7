/**
 * AeroGPU command streams, read packet by packet.
 *
 * The reader allocates nothing and keeps pointers into the caller's bytes. Rules: AeroGPU protocol
 * specification, sections 2 (framing), 5 (opcodes) and 6 (packets).
 */
#ifndef AEROGPU_DECODE_H
#define AEROGPU_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu_cmd.h"

/** One packet, in place. */
struct aerogpu_packet {
    uint32_t index;        /**< 0 for the first packet of the stream */
    uint32_t offset_bytes; /**< of the packet header, from the start of the stream header */
    uint32_t opcode;
    uint32_t size_bytes;  /**< whole packet: header, payload, padding */
    const uint8_t *bytes; /**< size_bytes bytes, packet header first; lent by the stream's owner */
};

/** Cursor over one stream. Treat as opaque. */
struct aerogpu_reader {
    const uint8_t *bytes;
    uint32_t size_bytes; /**< as the stream header says */
    uint32_t cursor_bytes;
    uint32_t next_index;
    uint32_t abi_minor; /**< of the stream header */
    const char *error;  /**< static sentence, NULL while the framing holds */
    uint32_t error_offset_bytes;
};

/**
 * Starts reading a stream of at most capacity_bytes bytes.
 * Returns false, with error and error_offset_bytes set, when the stream header is not one (section
 * 18.3).
 */
bool aerogpu_reader_init(struct aerogpu_reader *reader, const void *bytes, size_t capacity_bytes);

/**
 * Steps to the next packet. Returns false at the end of the stream and at a framing error; error
 * tells which. A packet is returned as soon as its framing holds, whatever its contents.
 */
bool aerogpu_reader_next(struct aerogpu_reader *reader, struct aerogpu_packet *packet);

/** Whether a packet holds what its opcode promises. */
enum aerogpu_packet_status {
    AEROGPU_PACKET_OK,
    AEROGPU_PACKET_UNKNOWN,       /**< no such opcode: skip the packet, section 2 rule 4 */
    AEROGPU_PACKET_SHORT_STRUCT,  /**< shorter than its fixed struct */
    AEROGPU_PACKET_SHORT_PAYLOAD, /**< shorter than its struct and counted payload with padding */
};

/** What follows the fixed struct of a packet. All zero unless the status is AEROGPU_PACKET_OK. */
struct aerogpu_payload {
    const uint8_t *bytes;    /**< inside the packet, NULL if there is none */
    uint32_t count;          /**< elements, or bytes of a blob or text */
    uint32_t size_bytes;     /**< without padding */
    uint32_t padding_bytes;  /**< 0..3, of a blob */
    uint32_t trailing_bytes; /**< bytes behind everything this version knows; ignored by readers */
};

/**
 * Checks a packet against its opcode and finds its payload. needed_bytes, unless NULL, receives the
 * smallest size_bytes that would do (in 64 bits: counts are hostile). Section 2 rules 5 to 7.
 */
enum aerogpu_packet_status aerogpu_packet_payload(const struct aerogpu_packet *packet,
                                                  struct aerogpu_payload *payload,
                                                  uint64_t *needed_bytes);

/** Name of an opcode without AEROGPU_CMD_, e.g. "DRAW"; NULL when it is unknown. */
const char *aerogpu_opcode_name(uint32_t opcode);

#endif
