#include "stream/encoder.h"

#include <string.h>

static void write_header(struct stream *stream)
{
    const struct aerogpu_cmd_stream_header header = {
        .magic = AEROGPU_CMD_STREAM_MAGIC,
        .abi_version = AEROGPU_ABI_VERSION_U32,
        .size_bytes = sizeof(header),
    };

    memcpy(stream->base, &header, sizeof(header));
    stream->cursor = stream->base + sizeof(header);
}

void stream_begin(struct stream *stream, void *memory, size_t capacity_bytes)
{
    memset(stream, 0, sizeof(*stream));
    if (capacity_bytes < STREAM_HEADER_BYTES) {
        stream->has_failed = true;
        return;
    }
    stream->base = memory;
    stream->end = stream->base + capacity_bytes;
    write_header(stream);
}

void stream_begin_growable(struct stream *stream, stream_grow_fn grow, void *user)
{
    size_t capacity_bytes = STREAM_HEADER_BYTES;
    void *memory = grow(user, NULL, &capacity_bytes);

    stream_begin(stream, memory, memory ? capacity_bytes : 0);
    stream->grow = grow;
    stream->grow_user = user;
}

uint32_t stream_end(struct stream *stream)
{
    const uint32_t size_bytes = (uint32_t)stream_size_bytes(stream);

    if (!stream->base)
        return 0;
    memcpy(stream->base + offsetof(struct aerogpu_cmd_stream_header, size_bytes), &size_bytes,
           sizeof(size_bytes));
    return size_bytes;
}

static bool grow(struct stream *stream, size_t size_bytes)
{
    const size_t used_bytes = stream_size_bytes(stream);
    size_t capacity_bytes = used_bytes + size_bytes;
    uint8_t *memory;

    if (!stream->grow || stream->has_failed)
        return false;
    memory = stream->grow(stream->grow_user, stream->base, &capacity_bytes);
    if (!memory)
        return false;
    stream->base = memory;
    stream->cursor = memory + used_bytes;
    stream->end = memory + capacity_bytes;
    return true;
}

void *stream_packet_slow(struct stream *stream, size_t size_bytes)
{
    void *packet = stream->scratch;

    if (grow(stream, size_bytes)) {
        packet = stream->cursor;
        stream->cursor += size_bytes;
    } else {
        stream->has_failed = true;
        stream->end = stream->cursor; /* nothing after a hole: later packets fail as well */
    }
    return packet;
}

void *stream_packet_payload(struct stream *stream, uint32_t opcode, uint32_t fixed_bytes,
                            uint32_t payload_bytes, void **payload)
{
    const size_t size_bytes = stream_payload_packet_bytes(fixed_bytes, payload_bytes);
    struct aerogpu_cmd_hdr *header = (struct aerogpu_cmd_hdr *)stream->cursor;

    if (stream_room_bytes(stream) >= size_bytes)
        stream->cursor += size_bytes;
    else
        header = stream_packet_slow(stream, size_bytes);
    header->opcode = opcode;
    header->size_bytes = (uint32_t)size_bytes;
    if (stream->has_failed) {
        *payload = NULL;
        return header;
    }
    *payload = (uint8_t *)header + fixed_bytes;
    memset((uint8_t *)*payload + payload_bytes, 0, size_bytes - fixed_bytes - payload_bytes);
    return header;
}
