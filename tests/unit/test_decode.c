/** Framing, packet extents, and the table of packets against the protocol's opcode summary. */
#include <check.h>
#include <stdlib.h>

#include "aerogpu/decode.h"
#include "stream/packets.h"
#include "stream/validator/validator.h"
#include "stream_builder.h"

/** A row of section 5 of the AeroGPU protocol specification. */
struct opcode_fact {
    uint32_t opcode;
    const char *name;
    uint32_t fixed_bytes;
    uint32_t minimum_bytes;
    uint32_t first_minor;
};

static const struct opcode_fact facts[] = {
    { 0x000, "NOP", 8, 8, 0 },
    { 0x001, "DEBUG_MARKER", 8, 8, 0 },
    { 0x100, "CREATE_BUFFER", 40, 40, 0 },
    { 0x101, "CREATE_TEXTURE2D", 56, 56, 0 },
    { 0x102, "DESTROY_RESOURCE", 16, 16, 0 },
    { 0x103, "RESOURCE_DIRTY_RANGE", 32, 32, 0 },
    { 0x104, "UPLOAD_RESOURCE", 32, 32, 0 },
    { 0x105, "COPY_BUFFER", 48, 48, 1 },
    { 0x106, "COPY_TEXTURE2D", 64, 64, 1 },
    { 0x107, "CREATE_TEXTURE_VIEW", 44, 44, 3 },
    { 0x108, "DESTROY_TEXTURE_VIEW", 16, 16, 3 },
    { 0x200, "CREATE_SHADER_DXBC", 24, 24, 0 },
    { 0x201, "DESTROY_SHADER", 16, 16, 0 },
    { 0x202, "BIND_SHADERS", 24, 24, 0 },
    { 0x203, "SET_SHADER_CONSTANTS_F", 24, 24, 0 },
    { 0x204, "CREATE_INPUT_LAYOUT", 20, 20, 0 },
    { 0x205, "DESTROY_INPUT_LAYOUT", 16, 16, 0 },
    { 0x206, "SET_INPUT_LAYOUT", 16, 16, 0 },
    { 0x207, "SET_SHADER_CONSTANTS_I", 24, 24, 4 },
    { 0x208, "SET_SHADER_CONSTANTS_B", 24, 24, 4 },
    { 0x300, "SET_BLEND_STATE", 60, 28, 0 },
    { 0x301, "SET_DEPTH_STENCIL_STATE", 28, 28, 0 },
    { 0x302, "SET_RASTERIZER_STATE", 32, 32, 0 },
    { 0x400, "SET_RENDER_TARGETS", 48, 48, 0 },
    { 0x401, "SET_VIEWPORT", 32, 32, 0 },
    { 0x402, "SET_SCISSOR", 24, 24, 0 },
    { 0x500, "SET_VERTEX_BUFFERS", 16, 16, 0 },
    { 0x501, "SET_INDEX_BUFFER", 24, 24, 0 },
    { 0x502, "SET_PRIMITIVE_TOPOLOGY", 16, 16, 0 },
    { 0x510, "SET_TEXTURE", 24, 24, 0 },
    { 0x511, "SET_SAMPLER_STATE", 24, 24, 0 },
    { 0x512, "SET_RENDER_STATE", 16, 16, 0 },
    { 0x520, "CREATE_SAMPLER", 28, 28, 1 },
    { 0x521, "DESTROY_SAMPLER", 16, 16, 1 },
    { 0x522, "SET_SAMPLERS", 24, 24, 1 },
    { 0x523, "SET_CONSTANT_BUFFERS", 24, 24, 1 },
    { 0x524, "SET_SHADER_RESOURCE_BUFFERS", 24, 24, 2 },
    { 0x525, "SET_UNORDERED_ACCESS_BUFFERS", 24, 24, 2 },
    { 0x600, "CLEAR", 36, 36, 0 },
    { 0x601, "DRAW", 24, 24, 0 },
    { 0x602, "DRAW_INDEXED", 28, 28, 0 },
    { 0x603, "DISPATCH", 24, 24, 2 },
    { 0x700, "PRESENT", 16, 16, 0 },
    { 0x701, "PRESENT_EX", 24, 24, 0 },
    { 0x710, "EXPORT_SHARED_SURFACE", 24, 24, 0 },
    { 0x711, "IMPORT_SHARED_SURFACE", 24, 24, 0 },
    { 0x712, "RELEASE_SHARED_SURFACE", 24, 24, 1 },
    { 0x720, "FLUSH", 16, 16, 0 },
};

#define FACT_COUNT (sizeof(facts) / sizeof(facts[0]))

START_TEST(table_has_the_protocol_s_opcodes_in_order)
{
    ck_assert_uint_eq(stream_packet_count, FACT_COUNT);
    for (uint32_t i = 0; i < stream_packet_count; i++) {
        const struct packet_info *info = &stream_packets[i];

        ck_assert_uint_eq(info->opcode, facts[i].opcode);
        ck_assert_str_eq(info->name, facts[i].name);
        ck_assert_msg(info->fixed_bytes == facts[i].fixed_bytes, "%s", info->name);
        ck_assert_msg(info->minimum_bytes == facts[i].minimum_bytes, "%s", info->name);
        ck_assert_msg(info->first_minor == facts[i].first_minor, "%s", info->name);
        ck_assert_uint_ge(info->gate_minor, info->first_minor);
        ck_assert_ptr_eq(stream_packet_info_find(info->opcode), info);
        ck_assert_str_eq(aerogpu_opcode_name(info->opcode), facts[i].name);
    }
}
END_TEST

START_TEST(opcodes_between_the_rows_are_unknown)
{
    uint32_t known = 0;

    for (uint32_t opcode = 0; opcode < 0x1000; opcode++)
        known += aerogpu_opcode_name(opcode) != NULL;
    ck_assert_uint_eq(known, FACT_COUNT);
    ck_assert_ptr_null(aerogpu_opcode_name(0xFFFFFFFF));
}
END_TEST

START_TEST(fields_cover_their_struct_without_gap_or_overlap)
{
    for (uint32_t i = 0; i < stream_packet_count; i++) {
        const struct packet_info *info = &stream_packets[i];
        uint32_t at = sizeof(struct aerogpu_cmd_hdr);

        for (uint32_t k = 0; k < info->fields.count; k++) {
            const struct packet_field *field = &info->fields.fields[k];

            ck_assert_msg(field->offset_bytes == at, "%s.%s", info->name, field->name);
            at += (uint32_t)field->width_bytes * field->count;
        }
        ck_assert_msg(at == info->fixed_bytes, "%s", info->name);
    }
}
END_TEST

START_TEST(element_fields_cover_their_element)
{
    for (uint32_t i = 0; i < stream_packet_count; i++) {
        const struct packet_info *info = &stream_packets[i];
        uint32_t at = 0;

        for (uint32_t k = 0; k < info->element_fields.count; k++) {
            const struct packet_field *field = &info->element_fields.fields[k];

            ck_assert_msg(field->offset_bytes == at, "%s.%s", info->name, field->name);
            at += (uint32_t)field->width_bytes * field->count;
        }
        if (info->payload == PAYLOAD_ELEMENTS)
            ck_assert_msg(at == info->element_bytes, "%s", info->name);
    }
}
END_TEST

START_TEST(every_opcode_has_its_validator_handler)
{
    uint32_t opcode;

    for (uint32_t i = 0; i < stream_packet_count; i++) {
        ck_assert(validator_handles(i, &opcode));
        ck_assert_uint_eq(opcode, stream_packets[i].opcode);
    }
    ck_assert(!validator_handles(stream_packet_count, &opcode));
}
END_TEST

START_TEST(enum_fields_have_names_and_plain_fields_have_none)
{
    for (uint32_t i = 0; i < stream_packet_count; i++) {
        for (uint32_t k = 0; k < stream_packets[i].fields.count; k++) {
            const struct packet_field *field = &stream_packets[i].fields.fields[k];
            const bool wants_names = field->kind == FIELD_ENUM || field->kind == FIELD_FLAGS ||
                                     field->kind == FIELD_STAGE_EX;

            ck_assert_msg(wants_names == (field->symbols != NULL), "%s.%s", stream_packets[i].name,
                          field->name);
        }
    }
}
END_TEST

/* The stream header. */

static struct stream_builder stream;

static bool begins(uint32_t capacity_bytes)
{
    struct aerogpu_reader reader;
    /* An allocation of just that size, so that the sanitizer sees a step beyond it. */
    uint8_t *bytes = malloc(capacity_bytes ? capacity_bytes : 1);
    bool is_stream;

    memcpy(bytes, stream.bytes, capacity_bytes);
    is_stream = aerogpu_reader_init(&reader, bytes, capacity_bytes);
    ck_assert(is_stream == (reader.error == NULL));
    free(bytes);
    return is_stream;
}

static void begin_stream(void)
{
    stream_begin(&stream);
    stream_finish(&stream);
}

START_TEST(stream_of_a_header_alone_is_empty)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    begin_stream();
    ck_assert(aerogpu_reader_init(&reader, stream.bytes, 24));
    ck_assert(!aerogpu_reader_next(&reader, &packet));
    ck_assert_ptr_null(reader.error);
}
END_TEST

START_TEST(buffer_shorter_than_a_header_is_no_stream)
{
    begin_stream();
    for (uint32_t capacity = 0; capacity < 24; capacity++)
        ck_assert(!begins(capacity));
    ck_assert(begins(24));
}
END_TEST

START_TEST(wrong_magic_is_no_stream)
{
    begin_stream();
    stream.bytes[3] = 'X';
    ck_assert(!begins(24));
}
END_TEST

START_TEST(another_major_version_is_refused_and_any_minor_taken)
{
    begin_stream();
    aerogpu_store_u32(stream.bytes + 4, 0x00020004);
    ck_assert(!begins(24));
    aerogpu_store_u32(stream.bytes + 4, 0x0001FFFF);
    ck_assert(begins(24));
}
END_TEST

START_TEST(stream_size_must_fit_its_buffer)
{
    static const uint32_t wrong[] = { 0, 23, 20, 26, 28, 0xFFFFFFFC };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        begin_stream();
        aerogpu_store_u32(stream.bytes + 8, wrong[i]);
        ck_assert_msg(!begins(24), "size %u", wrong[i]);
    }
}
END_TEST

START_TEST(slack_behind_the_stream_is_ignored)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    stream_begin(&stream);
    stream_packet(&stream, AEROGPU_CMD_NOP, 8);
    stream_finish(&stream);
    memset(stream.bytes + stream.size_bytes, 0xEE, 64);
    ck_assert(aerogpu_reader_init(&reader, stream.bytes, stream.size_bytes + 64));
    ck_assert(aerogpu_reader_next(&reader, &packet));
    ck_assert(!aerogpu_reader_next(&reader, &packet));
    ck_assert_ptr_null(reader.error);
}
END_TEST

START_TEST(the_specification_s_minimal_stream_is_read)
{
    static const uint8_t minimal[] = {
        0x41, 0x43, 0x4D, 0x44, 0x04, 0x00, 0x01, 0x00, 0x20, 0x00, 0x00, 0x00, 0, 0, 0, 0,
        0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    8, 0, 0, 0,
    };
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    ck_assert(aerogpu_reader_init(&reader, minimal, sizeof(minimal)));
    ck_assert_uint_eq(reader.abi_minor, 4);
    ck_assert(aerogpu_reader_next(&reader, &packet));
    ck_assert_uint_eq(packet.opcode, AEROGPU_CMD_NOP);
    ck_assert_uint_eq(packet.offset_bytes, 24);
    ck_assert_uint_eq(packet.size_bytes, 8);
    ck_assert_uint_eq(packet.index, 0);
}
END_TEST

/* Packets. */

/** Reads a stream whose second packet claims a size; returns whether it was taken. */
static bool takes_packet_size(uint32_t size_bytes, uint32_t *error_offset)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;
    bool is_taken;

    stream_begin(&stream);
    stream_packet(&stream, AEROGPU_CMD_NOP, 8);
    stream_packet(&stream, AEROGPU_CMD_NOP, 16);
    stream_resize_last(&stream, size_bytes);
    stream_finish(&stream);
    ck_assert(aerogpu_reader_init(&reader, stream.bytes, stream.size_bytes));
    ck_assert(aerogpu_reader_next(&reader, &packet));
    is_taken = aerogpu_reader_next(&reader, &packet);
    ck_assert(is_taken == (reader.error == NULL));
    *error_offset = reader.error_offset_bytes;
    if (!is_taken)
        ck_assert(!aerogpu_reader_next(&reader, &packet));
    return is_taken;
}

START_TEST(packet_beyond_stream_end_is_refused)
{
    static const uint32_t wrong[] = { 0, 4, 7, 9, 14, 20, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF };
    uint32_t error_offset;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        ck_assert_msg(!takes_packet_size(wrong[i], &error_offset), "size %u", wrong[i]);
        ck_assert_uint_eq(error_offset, 32);
    }
    ck_assert(takes_packet_size(16, &error_offset));
    ck_assert(takes_packet_size(8, &error_offset));
}
END_TEST

START_TEST(crumbs_behind_the_last_packet_are_refused)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    stream_begin(&stream);
    stream_packet(&stream, AEROGPU_CMD_NOP, 8);
    stream.size_bytes += 4;
    stream_finish(&stream);
    ck_assert(aerogpu_reader_init(&reader, stream.bytes, stream.size_bytes));
    ck_assert(aerogpu_reader_next(&reader, &packet));
    ck_assert(!aerogpu_reader_next(&reader, &packet));
    ck_assert_ptr_nonnull(reader.error);
    ck_assert_uint_eq(reader.error_offset_bytes, 32);
}
END_TEST

/** Status of a packet of size_bytes bytes with a count of `count` in its count field. */
static enum aerogpu_packet_status status_of(uint32_t opcode, uint32_t size_bytes, uint64_t count,
                                            struct aerogpu_payload *payload, uint64_t *needed)
{
    const struct packet_info *info = stream_packet_info_find(opcode);
    uint8_t *bytes = calloc(1, size_bytes);
    const struct aerogpu_packet packet = {
        .opcode = opcode,
        .size_bytes = size_bytes,
        .bytes = bytes,
    };
    enum aerogpu_packet_status status;

    ck_assert_ptr_nonnull(bytes);
    if (info && info->count_bytes && size_bytes >= info->fixed_bytes) {
        aerogpu_store_u32(bytes + info->count_offset, (uint32_t)count);
        if (info->count_bytes == 8)
            aerogpu_store_u64(bytes + info->count_offset, count);
    }
    status = aerogpu_packet_payload(&packet, payload, needed);
    free(bytes);
    return status;
}

START_TEST(packet_shorter_than_its_struct_is_short)
{
    struct aerogpu_payload payload;
    uint64_t needed;

    for (size_t i = 0; i < FACT_COUNT; i++) {
        for (uint32_t size = 8; size < facts[i].minimum_bytes; size += 4) {
            ck_assert_int_eq(status_of(facts[i].opcode, size, 0, &payload, &needed),
                             AEROGPU_PACKET_SHORT_STRUCT);
            ck_assert_uint_eq(needed, facts[i].minimum_bytes);
            ck_assert_ptr_null(payload.bytes);
        }
        ck_assert_int_eq(status_of(facts[i].opcode, facts[i].minimum_bytes, 0, &payload, &needed),
                         AEROGPU_PACKET_OK);
    }
}
END_TEST

START_TEST(longer_packets_of_later_versions_are_taken)
{
    struct aerogpu_payload payload;

    for (size_t i = 0; i < FACT_COUNT; i++) {
        ck_assert_int_eq(status_of(facts[i].opcode, facts[i].fixed_bytes + 64, 0, &payload, NULL),
                         AEROGPU_PACKET_OK);
        if (facts[i].opcode > AEROGPU_CMD_DEBUG_MARKER &&
            facts[i].opcode != AEROGPU_CMD_BIND_SHADERS)
            ck_assert_uint_eq(payload.trailing_bytes, 64);
    }
}
END_TEST

START_TEST(counted_payload_must_be_inside_the_packet)
{
    struct aerogpu_payload payload;
    uint64_t needed;

    for (uint32_t i = 0; i < stream_packet_count; i++) {
        const struct packet_info *info = &stream_packets[i];
        const uint32_t three = (3u * info->element_bytes + 3) & ~3u;

        if (!info->count_bytes)
            continue;
        ck_assert_int_eq(status_of(info->opcode, info->fixed_bytes + three, 3, &payload, &needed),
                         AEROGPU_PACKET_OK);
        ck_assert_uint_eq(payload.count, 3);
        ck_assert_uint_eq(payload.size_bytes, 3u * info->element_bytes);
        ck_assert_uint_eq(payload.trailing_bytes, 0);
        ck_assert_uint_eq(needed, info->fixed_bytes + three);
        ck_assert_int_eq(status_of(info->opcode, info->fixed_bytes + three - 4, 3, &payload,
                                   &needed),
                         AEROGPU_PACKET_SHORT_PAYLOAD);
    }
}
END_TEST

START_TEST(hostile_counts_do_not_wrap_around)
{
    static const uint64_t counts[] = { 0x0FFFFFFF,         0x10000000, 0x10000001, 0x40000000,
                                       0x80000000,         0xFFFFFFFF, 0xFFFFFFFD, 0x100000000,
                                       0x8000000000000000, UINT64_MAX };
    struct aerogpu_payload payload;
    uint64_t needed;

    for (uint32_t i = 0; i < stream_packet_count; i++) {
        const struct packet_info *info = &stream_packets[i];

        for (size_t k = 0; info->count_bytes && k < sizeof(counts) / sizeof(counts[0]); k++) {
            if (info->count_bytes == 4 && counts[k] > UINT32_MAX)
                continue;
            ck_assert_int_eq(status_of(info->opcode, info->fixed_bytes + 64, counts[k], &payload,
                                       &needed),
                             AEROGPU_PACKET_SHORT_PAYLOAD);
            ck_assert_uint_gt(needed, info->fixed_bytes + 64);
        }
    }
}
END_TEST

START_TEST(blob_padding_is_told_apart)
{
    struct aerogpu_payload payload;

    ck_assert_int_eq(status_of(AEROGPU_CMD_UPLOAD_RESOURCE, 32 + 8, 5, &payload, NULL),
                     AEROGPU_PACKET_OK);
    ck_assert_uint_eq(payload.size_bytes, 5);
    ck_assert_uint_eq(payload.padding_bytes, 3);
}
END_TEST

START_TEST(appended_stages_need_36_bytes)
{
    struct aerogpu_payload payload;

    status_of(AEROGPU_CMD_BIND_SHADERS, 24, 0, &payload, NULL);
    ck_assert_ptr_null(payload.bytes);
    ck_assert_uint_eq(payload.trailing_bytes, 0);
    status_of(AEROGPU_CMD_BIND_SHADERS, 32, 0, &payload, NULL);
    ck_assert_ptr_null(payload.bytes);
    ck_assert_uint_eq(payload.trailing_bytes, 8);
    status_of(AEROGPU_CMD_BIND_SHADERS, 36, 0, &payload, NULL);
    ck_assert_ptr_nonnull(payload.bytes);
    status_of(AEROGPU_CMD_BIND_SHADERS, 40, 0, &payload, NULL);
    ck_assert_uint_eq(payload.trailing_bytes, 4);
}
END_TEST

START_TEST(unknown_opcode_has_no_payload)
{
    struct aerogpu_payload payload;

    ck_assert_int_eq(status_of(0x999, 16, 0, &payload, NULL), AEROGPU_PACKET_UNKNOWN);
    ck_assert_ptr_null(payload.bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode");
    TCase *tables = tcase_create("tables");
    TCase *framing = tcase_create("framing");
    TCase *packets = tcase_create("packets");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tables, table_has_the_protocol_s_opcodes_in_order);
    tcase_add_test(tables, opcodes_between_the_rows_are_unknown);
    tcase_add_test(tables, fields_cover_their_struct_without_gap_or_overlap);
    tcase_add_test(tables, element_fields_cover_their_element);
    tcase_add_test(tables, every_opcode_has_its_validator_handler);
    tcase_add_test(tables, enum_fields_have_names_and_plain_fields_have_none);
    suite_add_tcase(suite, tables);
    tcase_add_test(framing, stream_of_a_header_alone_is_empty);
    tcase_add_test(framing, buffer_shorter_than_a_header_is_no_stream);
    tcase_add_test(framing, wrong_magic_is_no_stream);
    tcase_add_test(framing, another_major_version_is_refused_and_any_minor_taken);
    tcase_add_test(framing, stream_size_must_fit_its_buffer);
    tcase_add_test(framing, slack_behind_the_stream_is_ignored);
    tcase_add_test(framing, the_specification_s_minimal_stream_is_read);
    tcase_add_test(framing, packet_beyond_stream_end_is_refused);
    tcase_add_test(framing, crumbs_behind_the_last_packet_are_refused);
    suite_add_tcase(suite, framing);
    tcase_add_test(packets, packet_shorter_than_its_struct_is_short);
    tcase_add_test(packets, longer_packets_of_later_versions_are_taken);
    tcase_add_test(packets, counted_payload_must_be_inside_the_packet);
    tcase_add_test(packets, hostile_counts_do_not_wrap_around);
    tcase_add_test(packets, blob_padding_is_told_apart);
    tcase_add_test(packets, appended_stages_need_36_bytes);
    tcase_add_test(packets, unknown_opcode_has_no_payload);
    suite_add_tcase(suite, packets);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
