/** Lines of the text printer: one a packet, stable, symbolic. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "aerogpu/text.h"
#include "shader_builder.h"
#include "stream/text_values.h"
#include "stream_builder.h"

static struct stream_builder stream;

/** Prints all packets of the stream; the caller frees the text. */
static char *print_stream(const struct aerogpu_text_options *options)
{
    struct aerogpu_text *text = aerogpu_text_create(options);
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;
    char *lines = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&lines, &size);

    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_nonnull(out);
    stream_finish(&stream);
    ck_assert(aerogpu_reader_init(&reader, stream.bytes, stream.size_bytes));
    while (aerogpu_reader_next(&reader, &packet))
        aerogpu_text_packet(text, out, &packet);
    fclose(out);
    aerogpu_text_destroy(text);
    return lines;
}

static void expect(const struct aerogpu_text_options *options, const char *expected)
{
    char *lines = print_stream(options);

    ck_assert_str_eq(lines, expected);
    free(lines);
    stream_begin(&stream);
}

static const struct aerogpu_text_options plain = { 0 };
static const struct aerogpu_text_options stable = { .stable_ids = true };
static const struct aerogpu_text_options json = { .json = true };

START_TEST(floats_have_the_fewest_digits_that_read_back)
{
    static const struct {
        uint32_t bits;
        const char *text;
    } rows[] = {
        { 0x00000000, "0" },
        { 0x80000000, "-0" },
        { 0x3F800000, "1" },
        { 0x3DCCCCCD, "0.1" },
        { 0x3EAAAAAB, "0.33333334" },
        { 0xC2C80000, "-100" },
        { 0x44200000, "640" },
        { 0x4E6E6B28, "1e+09" },
        { 0x501502F9, "1e+10" },
        { 0x00000001, "1e-45" },
        { 0x7F7FFFFF, "3.4028235e+38" },
        { 0x4B800001, "16777218" },
        { 0x7F800000, "inf" },
        { 0xFF800000, "-inf" },
        { 0x7FC00001, "nan(0x7fc00001)" },
    };
    char text[FLOAT_TEXT_BYTES];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        stream_text_format_float(rows[i].bits, text);
        ck_assert_str_eq(text, rows[i].text);
    }
}
END_TEST

START_TEST(floats_read_back_to_the_same_bits)
{
    uint32_t bits = 1;
    char text[FLOAT_TEXT_BYTES];

    for (uint32_t i = 0; i < 20000; i++) {
        bits = bits * 1664525u + 1013904223u;
        if ((bits & 0x7F800000u) == 0x7F800000u)
            continue;
        stream_text_format_float(bits, text);
        ck_assert_msg(float_bits(strtof(text, NULL)) == bits, "%s is not %08x", text, bits);
    }
}
END_TEST

START_TEST(fields_come_in_protocol_order_with_symbolic_names)
{
    struct aerogpu_cmd_create_texture2d *cmd =
        STREAM_ADD(&stream, CREATE_TEXTURE2D, create_texture2d);

    cmd->texture_handle = 5;
    cmd->usage_flags = AEROGPU_RESOURCE_USAGE_TEXTURE | AEROGPU_RESOURCE_USAGE_RENDER_TARGET;
    cmd->format = AEROGPU_FORMAT_BC7_RGBA_UNORM_SRGB;
    cmd->width = 640;
    cmd->height = 480;
    cmd->mip_levels = 1;
    cmd->array_layers = 2;
    expect(&plain, "CREATE_TEXTURE2D texture_handle=5 usage_flags=TEXTURE|RENDER_TARGET "
                   "format=BC7_RGBA_UNORM_SRGB width=640 height=480 mip_levels=1 array_layers=2 "
                   "row_pitch_bytes=0 backing_alloc_id=- backing_offset_bytes=0\n");
}
END_TEST

START_TEST(unknown_values_and_bits_are_numbers)
{
    STREAM_ADD(&stream, SET_PRIMITIVE_TOPOLOGY, set_primitive_topology)->topology = 77;
    STREAM_ADD(&stream, PRESENT, present)->flags = 0x81;
    expect(&plain, "SET_PRIMITIVE_TOPOLOGY topology=77\n"
                   "PRESENT scanout_id=0 flags=VSYNC|0x80\n");
}
END_TEST

START_TEST(reserved_fields_show_when_they_are_not_zero)
{
    STREAM_ADD(&stream, FLUSH, flush);
    STREAM_ADD(&stream, FLUSH, flush)->reserved1 = 16;
    expect(&plain, "FLUSH\nFLUSH reserved1=0x10\n");
}
END_TEST

START_TEST(stage_ex_shows_beside_its_stage)
{
    struct aerogpu_cmd_set_texture *cmd = STREAM_ADD(&stream, SET_TEXTURE, set_texture);

    cmd->shader_stage = AEROGPU_SHADER_STAGE_COMPUTE;
    cmd->reserved0 = AEROGPU_SHADER_STAGE_EX_HULL;
    expect(&plain, "SET_TEXTURE shader_stage=COMPUTE slot=0 texture=- stage_ex=HULL\n");
}
END_TEST

START_TEST(elements_are_numbered_by_slot)
{
    const struct aerogpu_vertex_buffer_binding bindings[] = { { 9, 16, 0, 0 }, { 0, 0, 0, 1 } };
    struct aerogpu_cmd_set_vertex_buffers *cmd =
        STREAM_ADD_WITH(&stream, SET_VERTEX_BUFFERS, set_vertex_buffers, bindings,
                        sizeof(bindings));

    cmd->start_slot = 3;
    cmd->buffer_count = 2;
    expect(&plain, "SET_VERTEX_BUFFERS start_slot=3 buffer_count=2 "
                   "3:{buffer=9 stride_bytes=16 offset_bytes=0} "
                   "4:{buffer=- stride_bytes=0 offset_bytes=0 reserved0=0x1}\n");
}
END_TEST

START_TEST(target_lists_end_with_the_last_target)
{
    struct aerogpu_cmd_set_render_targets *cmd =
        STREAM_ADD(&stream, SET_RENDER_TARGETS, set_render_targets);

    cmd->color_count = 3;
    cmd->colors[0] = 1;
    cmd->colors[2] = 3;
    STREAM_ADD(&stream, SET_RENDER_TARGETS, set_render_targets)->depth_stencil = 7;
    expect(&plain, "SET_RENDER_TARGETS color_count=3 depth_stencil=- colors=(1,-,3)\n"
                   "SET_RENDER_TARGETS color_count=0 depth_stencil=7 colors=()\n");
}
END_TEST

START_TEST(short_blend_state_shows_what_it_has)
{
    uint8_t *cmd = stream_packet(&stream, AEROGPU_CMD_SET_BLEND_STATE, 28);

    cmd[8] = 1;
    cmd[24] = 7;
    expect(&plain, "SET_BLEND_STATE enable=1 src_factor=ZERO dst_factor=ZERO blend_op=ADD "
                   "color_write_mask=R|G|B\n");
}
END_TEST

START_TEST(geometry_shader_shows_in_both_forms)
{
    const uint32_t appended[] = { 4, 5, 6 };
    struct aerogpu_cmd_bind_shaders *cmd = STREAM_ADD(&stream, BIND_SHADERS, bind_shaders);

    cmd->vs = 1;
    cmd->reserved0 = 4;
    STREAM_ADD_WITH(&stream, BIND_SHADERS, bind_shaders, appended, sizeof(appended))->ps = 2;
    expect(&plain, "BIND_SHADERS vs=1 ps=- cs=- reserved0=4\n"
                   "BIND_SHADERS vs=- ps=2 cs=- gs=4 hs=5 ds=6\n");
}
END_TEST

START_TEST(uploads_are_summarised_by_hash)
{
    struct aerogpu_cmd_upload_resource *cmd =
        STREAM_ADD_WITH(&stream, UPLOAD_RESOURCE, upload_resource, "abcd", 4);

    cmd->resource_handle = 2;
    cmd->size_bytes = 3;
    /* FNV-1a of "abc": the fourth byte is padding. */
    expect(&plain, "UPLOAD_RESOURCE resource_handle=2 offset_bytes=0 size_bytes=3 hash=1a47e90b\n");
}
END_TEST

START_TEST(shaders_are_summarised_by_program_and_chunks)
{
    const struct shader_plan plan = plan_pixel();
    struct shader_bytes shader;
    struct aerogpu_cmd_create_shader_dxbc *cmd;
    char *line;

    shader_build(&shader, &plan);
    cmd = STREAM_ADD_WITH(&stream, CREATE_SHADER_DXBC, create_shader_dxbc, shader.bytes,
                          shader.size_bytes);
    cmd->stage = AEROGPU_SHADER_STAGE_PIXEL;
    cmd->dxbc_size_bytes = shader.size_bytes;
    line = print_stream(&plain);
    ck_assert_ptr_nonnull(strstr(line, " program=ps_4_0 chunks=ISGN,OSGN,SHDR hash="));
    free(line);
}
END_TEST

START_TEST(broken_containers_are_called_invalid)
{
    struct aerogpu_cmd_create_shader_dxbc *cmd =
        STREAM_ADD_WITH(&stream, CREATE_SHADER_DXBC, create_shader_dxbc, "DXBC", 4);

    cmd->dxbc_size_bytes = 4;
    expect(&plain, "CREATE_SHADER_DXBC shader_handle=- stage=VERTEX dxbc_size_bytes=4 "
                   "container=invalid hash=cff0625e\n");
}
END_TEST

static void add_layout_blob(uint32_t element_count)
{
    uint8_t blob[16 + 28] = { 0 };
    const struct aerogpu_input_layout_element_dxgi element = {
        .semantic_name_hash = stream_semantic_name_hash("R", 1),
        .semantic_index = 2,
        .dxgi_format = 6,
        .input_slot = 1,
        .aligned_byte_offset = 0xFFFFFFFF,
        .input_slot_class = 1,
        .instance_data_step_rate = 4,
    };
    struct aerogpu_cmd_create_input_layout *cmd;

    aerogpu_store_u32(blob, AEROGPU_INPUT_LAYOUT_BLOB_MAGIC);
    aerogpu_store_u32(blob + 4, 1);
    aerogpu_store_u32(blob + 8, element_count);
    memcpy(blob + 16, &element, sizeof(element));
    cmd = STREAM_ADD_WITH(&stream, CREATE_INPUT_LAYOUT, create_input_layout, blob, sizeof(blob));
    cmd->blob_size_bytes = sizeof(blob);
}

START_TEST(layout_elements_are_spelled_out)
{
    add_layout_blob(1);
    expect(&plain, "CREATE_INPUT_LAYOUT input_layout_handle=- blob_size_bytes=44 "
                   "0:{semantic_name_hash=0xd70c14b5 semantic_index=2 dxgi_format=6 input_slot=1 "
                   "aligned_byte_offset=append input_slot_class=INSTANCE "
                   "instance_data_step_rate=4}\n");
}
END_TEST

START_TEST(layout_with_too_many_elements_is_called_invalid)
{
    char *line;

    add_layout_blob(2);
    line = print_stream(&plain);
    ck_assert_ptr_nonnull(strstr(line, " blob=invalid hash="));
    free(line);
}
END_TEST

START_TEST(markers_lose_their_padding_and_are_escaped)
{
    memcpy((char *)stream_packet(&stream, AEROGPU_CMD_DEBUG_MARKER, 16) + 8, "a \"b\"\n", 6);
    expect(&plain, "DEBUG_MARKER text=\"a \\\"b\\\"\\u000a\"\n");
}
END_TEST

START_TEST(unknown_opcodes_have_number_and_size)
{
    stream_packet(&stream, 0x999, 16);
    expect(&plain, "UNKNOWN opcode=2457 size_bytes=16\n");
}
END_TEST

START_TEST(short_packets_are_printed_as_such)
{
    STREAM_ADD(&stream, UPLOAD_RESOURCE, upload_resource)->size_bytes = UINT64_MAX;
    stream_packet(&stream, AEROGPU_CMD_DRAW, 12);
    expect(&plain, "UPLOAD_RESOURCE short_bytes=32 needed_bytes=18446744073709551615\n"
                   "DRAW short_bytes=12 needed_bytes=24\n");
}
END_TEST

START_TEST(trailing_bytes_are_counted)
{
    stream_packet(&stream, AEROGPU_CMD_FLUSH, 24);
    stream_packet(&stream, AEROGPU_CMD_NOP, 12);
    expect(&plain, "FLUSH trailing_bytes=8\nNOP ignored_bytes=4\n");
}
END_TEST

START_TEST(stable_ids_follow_first_appearance)
{
    struct aerogpu_cmd_create_buffer *cmd = STREAM_ADD(&stream, CREATE_BUFFER, create_buffer);
    struct aerogpu_cmd_export_shared_surface *shared;

    cmd->buffer_handle = 0xABCDEF;
    cmd->backing_alloc_id = 77;
    STREAM_ADD(&stream, DESTROY_RESOURCE, destroy_resource)->resource_handle = 12;
    STREAM_ADD(&stream, DESTROY_RESOURCE, destroy_resource)->resource_handle = 0xABCDEF;
    shared = STREAM_ADD(&stream, EXPORT_SHARED_SURFACE, export_shared_surface);
    shared->resource_handle = 12;
    shared->share_token = 0xABCDEF;
    expect(&stable, "CREATE_BUFFER buffer_handle=h1 usage_flags=0 size_bytes=0 "
                    "backing_alloc_id=a1 backing_offset_bytes=0\n"
                    "DESTROY_RESOURCE resource_handle=h2\n"
                    "DESTROY_RESOURCE resource_handle=h1\n"
                    "EXPORT_SHARED_SURFACE resource_handle=h2 share_token=t1\n");
}
END_TEST

START_TEST(two_runs_differ_in_ids_alone)
{
    char *texts[2];

    for (uint32_t i = 0; i < 2; i++) {
        stream_begin(&stream);
        STREAM_ADD(&stream, CREATE_BUFFER, create_buffer)->buffer_handle = 100 * i + 7;
        STREAM_ADD(&stream, SET_INDEX_BUFFER, set_index_buffer)->buffer = 100 * i + 7;
        texts[i] = print_stream(&stable);
    }
    ck_assert_str_eq(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}
END_TEST

START_TEST(offsets_prefix_the_lines)
{
    const struct aerogpu_text_options offsets = { .offsets = true };

    stream_packet(&stream, AEROGPU_CMD_NOP, 8);
    stream_packet(&stream, AEROGPU_CMD_NOP, 8);
    expect(&offsets, "[000018] NOP\n[000020] NOP\n");
}
END_TEST

START_TEST(json_is_one_object_a_line)
{
    struct aerogpu_cmd_clear *cmd = STREAM_ADD(&stream, CLEAR, clear);
    const uint32_t samplers[] = { 3, 0 };

    cmd->flags = AEROGPU_CLEAR_COLOR | AEROGPU_CLEAR_DEPTH;
    cmd->color_rgba_f32[3] = float_bits(0.5f);
    cmd->depth_f32 = 0x7FC00000;
    STREAM_ADD_WITH(&stream, SET_SAMPLERS, set_samplers, samplers, sizeof(samplers))
        ->sampler_count = 2;
    expect(&json, "{\"packet\":0,\"offset\":24,\"packet_bytes\":36,\"op\":\"CLEAR\","
                  "\"flags\":\"COLOR|DEPTH\",\"color_rgba_f32\":[0,0,0,0.5],"
                  "\"depth_f32\":\"nan(0x7fc00000)\",\"stencil\":0}\n"
                  "{\"packet\":1,\"offset\":60,\"packet_bytes\":32,\"op\":\"SET_SAMPLERS\","
                  "\"shader_stage\":\"VERTEX\",\"start_slot\":0,\"sampler_count\":2,"
                  "\"elements\":[{\"sampler\":3},{\"sampler\":0}]}\n");
}
END_TEST

/** Every line of a submission and a message, in both forms. */
static char *print_frame(const struct aerogpu_text_options *options)
{
    const struct aerogpu_capture_range ranges[] = {
        { .alloc_id = 70, .size_bytes = 4096, .flags = AEROGPU_ALLOC_FLAG_READONLY },
        { .alloc_id = 60, .size_bytes = 16 },
    };
    const struct aerogpu_capture_submission submission = {
        .submit_flags = AEROGPU_SUBMIT_FLAG_PRESENT,
        .context_id = 2,
        .fence = 9,
        .stream_bytes = 32,
        .ranges = ranges,
        .range_count = 2,
    };
    const struct aerogpu_message message = { .packet_index = 4,
                                             .offset_bytes = 80,
                                             .rule = "handle-zero",
                                             .text = "a \"quoted\" sentence" };
    struct aerogpu_text *text = aerogpu_text_create(options);
    char *lines = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&lines, &size);

    aerogpu_text_submission(text, out, 3, &submission);
    aerogpu_text_message(text, out, &message);
    fclose(out);
    aerogpu_text_destroy(text);
    return lines;
}

START_TEST(submissions_name_their_allocations)
{
    char *lines = print_frame(&stable);

    ck_assert_str_eq(lines, "# submission 3 stream_bytes=32 flags=1 context_id=2 fence=9 "
                            "allocations=(a1:4096:r,a2:16:rw)\n"
                            "! handle-zero: a \"quoted\" sentence\n");
    free(lines);
}
END_TEST

START_TEST(submissions_and_messages_have_a_json_form)
{
    char *lines = print_frame(&json);

    ck_assert_str_eq(lines, "{\"submission\":3,\"stream_bytes\":32,\"flags\":1,\"context_id\":2,"
                            "\"fence\":9,\"allocations\":["
                            "{\"alloc_id\":70,\"size_bytes\":4096,\"readonly\":true},"
                            "{\"alloc_id\":60,\"size_bytes\":16,\"readonly\":false}]}\n"
                            "{\"error\":\"handle-zero\",\"packet\":4,\"offset\":80,"
                            "\"text\":\"a \\\"quoted\\\" sentence\"}\n");
    free(lines);
}
END_TEST

static void setup(void)
{
    stream_begin(&stream);
}

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *lines = tcase_create("lines");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(lines, setup, NULL);
    tcase_add_test(lines, floats_have_the_fewest_digits_that_read_back);
    tcase_add_test(lines, floats_read_back_to_the_same_bits);
    tcase_add_test(lines, fields_come_in_protocol_order_with_symbolic_names);
    tcase_add_test(lines, unknown_values_and_bits_are_numbers);
    tcase_add_test(lines, reserved_fields_show_when_they_are_not_zero);
    tcase_add_test(lines, stage_ex_shows_beside_its_stage);
    tcase_add_test(lines, elements_are_numbered_by_slot);
    tcase_add_test(lines, target_lists_end_with_the_last_target);
    tcase_add_test(lines, short_blend_state_shows_what_it_has);
    tcase_add_test(lines, geometry_shader_shows_in_both_forms);
    tcase_add_test(lines, uploads_are_summarised_by_hash);
    tcase_add_test(lines, shaders_are_summarised_by_program_and_chunks);
    tcase_add_test(lines, broken_containers_are_called_invalid);
    tcase_add_test(lines, layout_elements_are_spelled_out);
    tcase_add_test(lines, layout_with_too_many_elements_is_called_invalid);
    tcase_add_test(lines, markers_lose_their_padding_and_are_escaped);
    tcase_add_test(lines, unknown_opcodes_have_number_and_size);
    tcase_add_test(lines, short_packets_are_printed_as_such);
    tcase_add_test(lines, trailing_bytes_are_counted);
    tcase_add_test(lines, stable_ids_follow_first_appearance);
    tcase_add_test(lines, two_runs_differ_in_ids_alone);
    tcase_add_test(lines, offsets_prefix_the_lines);
    tcase_add_test(lines, json_is_one_object_a_line);
    tcase_add_test(lines, submissions_name_their_allocations);
    tcase_add_test(lines, submissions_and_messages_have_a_json_form);
    suite_add_tcase(suite, lines);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
