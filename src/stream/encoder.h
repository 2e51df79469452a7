/**
 * Encoder of one command stream: a cursor over memory somebody else owns.
 *
 * Packets are written in place. Who writes them has reserved the room first, so packet functions
 * return nothing and no call site branches: the one failure, no room left, is a flag that stays set
 * until the stream is begun again, and packets that did not fit go to a scratch packet. A stream
 * whose owner gave it a grow function never fails as long as that function finds memory.
 *
 * Framing: AeroGPU protocol specification, section 2. The packets themselves are in emit.h.
 */
#ifndef STREAM_ENCODER_H
#define STREAM_ENCODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu_cmd.h"

enum {
    /** The largest fixed packet (COPY_TEXTURE2D): what a scratch packet must hold. */
    STREAM_FIXED_PACKET_MAX_BYTES = 64,
    STREAM_HEADER_BYTES = sizeof(struct aerogpu_cmd_stream_header),
};

struct stream;

/**
 * Makes room for at least capacity_bytes bytes and returns the memory, with what the stream holds
 * moved there; NULL when there is none. *capacity_bytes receives what it really is.
 */
typedef void *(*stream_grow_fn)(void *user, void *memory, size_t *capacity_bytes);

struct stream {
    uint8_t *base;   /**< stream header; lent by the owner of the buffer */
    uint8_t *cursor; /**< next packet */
    uint8_t *end;
    bool has_failed;     /**< a packet did not fit: the stream must not be submitted */
    stream_grow_fn grow; /**< NULL: fixed memory */
    void *grow_user;
    uint64_t scratch[STREAM_FIXED_PACKET_MAX_BYTES / 8];
};

/**
 * Begins a stream in capacity_bytes bytes of memory, which stay the caller's; writes the stream
 * header. Memory too small for a header makes a stream that has failed.
 */
void stream_begin(struct stream *stream, void *memory, size_t capacity_bytes);

/** As stream_begin, in memory that grow provides and the caller frees (stream->base). */
void stream_begin_growable(struct stream *stream, stream_grow_fn grow, void *user);

/** Patches the size into the header and returns it, header included, in bytes. */
uint32_t stream_end(struct stream *stream);

/** Slow path of stream_packet: grows, or fails and returns the scratch packet. */
void *stream_packet_slow(struct stream *stream, size_t size_bytes);

/** Bytes written so far, header included. */
static inline size_t stream_size_bytes(const struct stream *stream)
{
    return (size_t)(stream->cursor - stream->base);
}

static inline bool stream_is_empty(const struct stream *stream)
{
    return stream_size_bytes(stream) <= STREAM_HEADER_BYTES;
}

/** Bytes that still fit without growing. */
static inline size_t stream_room_bytes(const struct stream *stream)
{
    return (size_t)(stream->end - stream->cursor);
}

/** Starts a packet without payload and fills its header. size_bytes is the fixed struct's size. */
static inline void *stream_packet(struct stream *stream, uint32_t opcode, uint32_t size_bytes)
{
    struct aerogpu_cmd_hdr *header = (struct aerogpu_cmd_hdr *)stream->cursor;

    if (stream_room_bytes(stream) >= size_bytes)
        stream->cursor += size_bytes;
    else
        header = stream_packet_slow(stream, size_bytes);
    header->opcode = opcode;
    header->size_bytes = size_bytes;
    return header;
}

/**
 * Starts a packet with payload_bytes bytes behind its fixed struct, padded with zeros to 4.
 * *payload receives where they go, NULL when the packet did not fit.
 */
void *stream_packet_payload(struct stream *stream, uint32_t opcode, uint32_t fixed_bytes,
                            uint32_t payload_bytes, void **payload);

/** Size of a packet with payload, padding included. */
static inline size_t stream_payload_packet_bytes(size_t fixed_bytes, size_t payload_bytes)
{
    return fixed_bytes + ((payload_bytes + 3) & ~(size_t)3);
}

#endif
