#include "guest.h"

#include <string.h>

#include "aerogpu_cmd.h"

enum {
    SCREEN = 1, /* handles, chosen by the guest */
    PICTURE,
    ALLOCATION = 1,
    SIDE = 16,
};

/** Where the next packet goes. */
struct writer {
    uint8_t *stream;
    uint32_t size_bytes;
};

/* Packets know their opcode and size; everything else is the caller's. */
#define PACKET(writer, op, type, ...)                                                              \
    write_packet(writer,                                                                           \
                 &(struct aerogpu_cmd_##type){                                                     \
                     .hdr = { AEROGPU_CMD_##op, sizeof(struct aerogpu_cmd_##type) },               \
                     __VA_ARGS__ },                                                                \
                 sizeof(struct aerogpu_cmd_##type))

static void write_packet(struct writer *writer, const void *packet, uint32_t size_bytes)
{
    memcpy(writer->stream + writer->size_bytes, packet, size_bytes);
    writer->size_bytes += size_bytes;
}

static struct writer begin(struct guest *guest)
{
    return (struct writer){ guest->ram + STREAM_GPA, sizeof(struct aerogpu_cmd_stream_header) };
}

/* The header, the table of one allocation, the descriptor. */
static uint64_t end(struct guest *guest, const struct writer *writer, uint64_t fence)
{
    const struct aerogpu_cmd_stream_header header = { .magic = AEROGPU_CMD_STREAM_MAGIC,
                                                      .abi_version = AEROGPU_ABI_VERSION_U32,
                                                      .size_bytes = writer->size_bytes };
    const struct {
        struct aerogpu_alloc_table_header header;
        struct aerogpu_alloc_entry picture;
    } table = { { AEROGPU_ALLOC_TABLE_MAGIC, AEROGPU_ABI_VERSION_U32, sizeof(table), 1,
                  sizeof(table.picture), 0 },
                { ALLOCATION, AEROGPU_ALLOC_FLAG_NONE, PICTURE_GPA, SIDE * SIDE * 4, 0 } };
    const struct aerogpu_submit_desc desc = { .desc_size_bytes = sizeof(desc),
                                              .context_id = 5,
                                              .cmd_gpa = STREAM_GPA,
                                              .cmd_size_bytes = writer->size_bytes,
                                              .alloc_table_gpa = TABLE_GPA,
                                              .alloc_table_size_bytes = sizeof(table),
                                              .signal_fence = fence };

    memcpy(writer->stream, &header, sizeof(header));
    memcpy(guest->ram + TABLE_GPA, &table, sizeof(table));
    memcpy(guest->ram + DESC_GPA, &desc, sizeof(desc));
    return DESC_GPA;
}

uint64_t guest_draws(struct guest *guest)
{
    struct writer writer = begin(guest);

    for (uint32_t i = 0; i < SIDE * SIDE; i++)
        memset(guest->ram + PICTURE_GPA + 4 * i, (i / SIDE / 4 + i % SIDE / 4) % 2 ? 0xFF : 0x40,
               4);
    PACKET(&writer, CREATE_TEXTURE2D, create_texture2d, .texture_handle = SCREEN,
           .usage_flags = AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_SCANOUT,
           .format = AEROGPU_FORMAT_B8G8R8A8_UNORM, .width = 64, .height = 48, .mip_levels = 1,
           .array_layers = 1);
    PACKET(&writer, CREATE_TEXTURE2D, create_texture2d, .texture_handle = PICTURE,
           .usage_flags = AEROGPU_RESOURCE_USAGE_TEXTURE, .format = AEROGPU_FORMAT_B8G8R8A8_UNORM,
           .width = SIDE, .height = SIDE, .mip_levels = 1, .array_layers = 1,
           .row_pitch_bytes = SIDE * 4, .backing_alloc_id = ALLOCATION);
    PACKET(&writer, SET_RENDER_TARGETS, set_render_targets, .color_count = 1, .colors = { SCREEN });
    /* Green is 0.25, alpha is 1, as bits of floats. */
    PACKET(&writer, CLEAR, clear, .flags = AEROGPU_CLEAR_COLOR,
           .color_rgba_f32 = { 0, 0x3E800000, 0, 0x3F800000 });
    PACKET(&writer, COPY_TEXTURE2D, copy_texture2d, .dst_texture = SCREEN, .src_texture = PICTURE,
           .dst_x = 24, .dst_y = 16, .width = SIDE, .height = SIDE);
    PACKET(&writer, PRESENT, present, .scanout_id = 0);
    return end(guest, &writer, 1);
}

uint64_t guest_makes_a_mistake(struct guest *guest)
{
    struct writer writer = begin(guest);

    PACKET(&writer, SET_RENDER_TARGETS, set_render_targets, .color_count = 0);
    PACKET(&writer, CLEAR, clear, .flags = AEROGPU_CLEAR_COLOR);
    return end(guest, &writer, 2);
}
