/**
 * Builds command streams packet by packet, right or wrong, for tests of what reads them.
 */
#ifndef TESTS_UNIT_STREAM_BUILDER_H
#define TESTS_UNIT_STREAM_BUILDER_H

#include <string.h>

#include "aerogpu_cmd.h"
#include "aerogpu_unaligned.h"

#define STREAM_BUILDER_BYTES (256u << 10)

/** A stream under construction. Its header is always right; stream_finish() returns its size. */
struct stream_builder {
    uint8_t bytes[STREAM_BUILDER_BYTES];
    uint32_t size_bytes;
    uint32_t last_packet; /**< offset */
};

static inline void stream_begin(struct stream_builder *stream)
{
    const struct aerogpu_cmd_stream_header header = {
        .magic = AEROGPU_CMD_STREAM_MAGIC,
        .abi_version = AEROGPU_ABI_VERSION_U32,
    };

    memset(stream->bytes, 0, sizeof(header));
    memcpy(stream->bytes, &header, sizeof(header));
    stream->size_bytes = sizeof(header);
    stream->last_packet = 0;
}

/** A zeroed packet of size_bytes bytes (rounded up to 4); returns where it is. */
static inline void *stream_packet(struct stream_builder *stream, uint32_t opcode,
                                  uint32_t size_bytes)
{
    uint8_t *packet = stream->bytes + stream->size_bytes;
    const uint32_t padded_bytes = (size_bytes + 3) & ~3u;

    if (padded_bytes > STREAM_BUILDER_BYTES - stream->size_bytes)
        __builtin_trap();
    memset(packet, 0, padded_bytes);
    aerogpu_store_u32(packet, opcode);
    aerogpu_store_u32(packet + 4, padded_bytes);
    stream->last_packet = stream->size_bytes;
    stream->size_bytes += padded_bytes;
    return packet;
}

/** Changes the size that the last packet claims. */
static inline void stream_resize_last(struct stream_builder *stream, uint32_t size_bytes)
{
    aerogpu_store_u32(stream->bytes + stream->last_packet + 4, size_bytes);
}

static inline uint32_t stream_finish(struct stream_builder *stream)
{
    aerogpu_store_u32(stream->bytes + offsetof(struct aerogpu_cmd_stream_header, size_bytes),
                      stream->size_bytes);
    return stream->size_bytes;
}

/** A packet of its fixed struct alone: `struct aerogpu_cmd_draw *cmd = STREAM_ADD(s, DRAW, draw);`
 */
#define STREAM_ADD(stream, tag, type)                                                              \
    ((struct aerogpu_cmd_##type *)stream_packet(stream, AEROGPU_CMD_##tag,                         \
                                                sizeof(struct aerogpu_cmd_##type)))

/** A packet with payload bytes copied behind its fixed struct. */
#define STREAM_ADD_WITH(stream, tag, type, payload, payload_bytes)                                 \
    ((struct aerogpu_cmd_##type *)stream_add_payload(stream, AEROGPU_CMD_##tag,                    \
                                                     sizeof(struct aerogpu_cmd_##type), payload,   \
                                                     payload_bytes))

static inline void *stream_add_payload(struct stream_builder *stream, uint32_t opcode,
                                       size_t fixed_bytes, const void *payload,
                                       size_t payload_bytes)
{
    uint8_t *packet = stream_packet(stream, opcode, (uint32_t)(fixed_bytes + payload_bytes));

    if (payload_bytes)
        memcpy(packet + fixed_bytes, payload, payload_bytes);
    return packet;
}

static inline uint32_t float_bits(float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

#endif
