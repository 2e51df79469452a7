/** Framing of a stream and extent of a packet: the part of decoding that must not trust a byte. */
#include "aerogpu/decode.h"

#include "aerogpu_unaligned.h"
#include "stream/packets.h"

#define STREAM_HEADER_BYTES ((uint32_t)sizeof(struct aerogpu_cmd_stream_header))
#define PACKET_HEADER_BYTES ((uint32_t)sizeof(struct aerogpu_cmd_hdr))

/** Section 18.3, first row. Returns the problem, NULL if there is none. */
static const char *check_stream_header(const uint8_t *bytes, size_t capacity_bytes)
{
    uint32_t version;
    uint32_t size_bytes;

    if (capacity_bytes < STREAM_HEADER_BYTES)
        return "the buffer is shorter than a stream header";
    if (aerogpu_load_u32(bytes) != AEROGPU_CMD_STREAM_MAGIC)
        return "the stream does not begin with ACMD";
    version = aerogpu_load_u32(bytes + offsetof(struct aerogpu_cmd_stream_header, abi_version));
    if (version >> 16 != AEROGPU_ABI_MAJOR)
        return "the stream has another major ABI version";
    size_bytes = aerogpu_load_u32(bytes + offsetof(struct aerogpu_cmd_stream_header, size_bytes));
    if (size_bytes < STREAM_HEADER_BYTES)
        return "the stream size is smaller than the stream header";
    if (size_bytes % 4 != 0)
        return "the stream size is not a multiple of 4";
    if (size_bytes > capacity_bytes)
        return "the stream size exceeds the buffer";
    return NULL;
}

bool aerogpu_reader_init(struct aerogpu_reader *reader, const void *bytes, size_t capacity_bytes)
{
    const uint8_t *stream = bytes;

    *reader = (struct aerogpu_reader){ .bytes = stream };
    reader->error = check_stream_header(stream, capacity_bytes);
    if (reader->error)
        return false;
    reader->size_bytes =
        aerogpu_load_u32(stream + offsetof(struct aerogpu_cmd_stream_header, size_bytes));
    reader->abi_minor =
        aerogpu_load_u32(stream + offsetof(struct aerogpu_cmd_stream_header, abi_version)) & 0xFFFF;
    reader->cursor_bytes = STREAM_HEADER_BYTES;
    return true;
}

/** Section 18.3, second row. */
static const char *check_packet_header(uint32_t size_bytes, uint32_t left_bytes)
{
    if (size_bytes < PACKET_HEADER_BYTES)
        return "the packet size is smaller than the packet header";
    if (size_bytes % 4 != 0)
        return "the packet size is not a multiple of 4";
    if (size_bytes > left_bytes)
        return "the packet reaches beyond the stream";
    return NULL;
}

bool aerogpu_reader_next(struct aerogpu_reader *reader, struct aerogpu_packet *packet)
{
    const uint32_t left_bytes = reader->size_bytes - reader->cursor_bytes;
    const uint8_t *bytes;
    uint32_t size_bytes;

    if (reader->error || left_bytes == 0)
        return false;
    reader->error_offset_bytes = reader->cursor_bytes;
    if (left_bytes < PACKET_HEADER_BYTES) {
        reader->error = "stray bytes at the end of the stream";
        return false;
    }
    bytes = reader->bytes + reader->cursor_bytes;
    size_bytes = aerogpu_load_u32(bytes + offsetof(struct aerogpu_cmd_hdr, size_bytes));
    reader->error = check_packet_header(size_bytes, left_bytes);
    if (reader->error)
        return false;
    *packet = (struct aerogpu_packet){
        .index = reader->next_index++,
        .offset_bytes = reader->cursor_bytes,
        .opcode = aerogpu_load_u32(bytes),
        .size_bytes = size_bytes,
        .bytes = bytes,
    };
    reader->cursor_bytes += size_bytes;
    return true;
}

/** Bytes of a counted payload without padding; UINT64_MAX when no packet could hold them. */
static uint64_t counted_bytes(const struct packet_info *info, const uint8_t *bytes)
{
    const uint8_t *field = bytes + info->count_offset;
    const uint64_t count =
        info->count_bytes == 8 ? aerogpu_load_u64(field) : aerogpu_load_u32(field);

    return count > UINT32_MAX ? UINT64_MAX : count * info->element_bytes;
}

static void find_open_payload(const struct packet_info *info, const struct aerogpu_packet *packet,
                              struct aerogpu_payload *payload)
{
    const uint32_t left_bytes =
        packet->size_bytes > info->fixed_bytes ? packet->size_bytes - info->fixed_bytes : 0;
    const uint32_t stage_bytes =
        stream_appended_stage_fields.count * (uint32_t)sizeof(aerogpu_handle_t);

    payload->trailing_bytes = left_bytes;
    switch (info->payload) {
    case PAYLOAD_STAGES:
        if (left_bytes < stage_bytes)
            return;
        payload->count = stream_appended_stage_fields.count;
        payload->size_bytes = stage_bytes;
        break;
    case PAYLOAD_IGNORED:
    case PAYLOAD_TEXT:
        payload->count = left_bytes;
        payload->size_bytes = left_bytes;
        break;
    default:
        return;
    }
    payload->bytes = packet->bytes + info->fixed_bytes;
    payload->trailing_bytes -= payload->size_bytes;
}

enum aerogpu_packet_status aerogpu_packet_payload(const struct aerogpu_packet *packet,
                                                  struct aerogpu_payload *payload,
                                                  uint64_t *needed_bytes)
{
    const struct packet_info *info = stream_packet_info_find(packet->opcode);
    uint64_t payload_bytes;
    uint64_t padded_bytes;

    *payload = (struct aerogpu_payload){ 0 };
    if (needed_bytes)
        *needed_bytes = info ? info->minimum_bytes : PACKET_HEADER_BYTES;
    if (!info)
        return AEROGPU_PACKET_UNKNOWN;
    if (packet->size_bytes < info->minimum_bytes)
        return AEROGPU_PACKET_SHORT_STRUCT;
    if (info->count_bytes == 0) {
        find_open_payload(info, packet, payload);
        return AEROGPU_PACKET_OK;
    }
    payload_bytes = counted_bytes(info, packet->bytes);
    padded_bytes = payload_bytes == UINT64_MAX ? UINT64_MAX - info->fixed_bytes
                                               : (payload_bytes + 3) & ~(uint64_t)3;
    if (needed_bytes)
        *needed_bytes = info->fixed_bytes + padded_bytes;
    if (padded_bytes > packet->size_bytes - info->fixed_bytes)
        return AEROGPU_PACKET_SHORT_PAYLOAD;
    payload->bytes = packet->bytes + info->fixed_bytes;
    payload->count = (uint32_t)(payload_bytes / info->element_bytes);
    payload->size_bytes = (uint32_t)payload_bytes;
    payload->padding_bytes = (uint32_t)(padded_bytes - payload_bytes);
    payload->trailing_bytes = packet->size_bytes - info->fixed_bytes - (uint32_t)padded_bytes;
    return AEROGPU_PACKET_OK;
}

const char *aerogpu_opcode_name(uint32_t opcode)
{
    const struct packet_info *info = stream_packet_info_find(opcode);

    return info ? info->name : NULL;
}
