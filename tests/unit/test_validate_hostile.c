/**
 * Broken input must be survived: every truncation, and a sample of byte changes, of a stream and of
 * a capture go through reader, text printer and validator, in buffers of their exact size.
 */
#include <stdio.h>

#include "aerogpu/capture.h"
#include "aerogpu/text.h"
#include "validate_world.h"

#define BLOCK_BYTES_MAX (16u << 20)

/** Where text goes that nobody reads. */
static FILE *nowhere;

/** No input of a few kilobytes may make anything ask for megabytes. */
static void *modest_realloc(void *user, void *block, size_t size_bytes)
{
    (void)user;
    ck_assert_uint_lt(size_bytes, BLOCK_BYTES_MAX);
    if (size_bytes == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, size_bytes);
}

static void ignore_message(void *user, const struct aerogpu_message *message)
{
    (void)user;
    ck_assert_uint_gt(strlen(message->rule), 0);
    ck_assert_uint_gt(strlen(message->text), 0);
}

static const struct aerogpu_validator_config config = {
    .device_abi_minor = 4,
    .device_features = AEROGPU_FEATURE_TRANSFER,
    .has_texture_views = true,
    .realloc = modest_realloc,
    .report = ignore_message,
};

static const struct aerogpu_alloc_entry entry = { .alloc_id = STAGING_ALLOC,
                                                  .size_bytes = 1 << 16 };

static void print(const void *bytes, size_t size_bytes)
{
    const struct aerogpu_text_options options = { .stable_ids = true, .realloc = modest_realloc };
    struct aerogpu_text *text = aerogpu_text_create(&options);
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    if (aerogpu_reader_init(&reader, bytes, size_bytes)) {
        while (aerogpu_reader_next(&reader, &packet))
            aerogpu_text_packet(text, nowhere, &packet);
    }
    aerogpu_text_destroy(text);
}

/** Everything that reads streams. A second submission meets the objects of the first. */
static void survive(const uint8_t *bytes, size_t size_bytes, uint32_t submissions)
{
    struct aerogpu_validator *validator = aerogpu_validator_create(&config);
    uint8_t *exact = malloc(size_bytes ? size_bytes : 1);

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, bytes, size_bytes);
    for (uint32_t i = 0; i < submissions; i++)
        aerogpu_validator_submit(validator, exact, size_bytes, &entry, 1);
    aerogpu_validator_destroy(validator);
    print(exact, size_bytes);
    free(exact);
}

/** A valid stream with every kind of payload. */
static void build_rich(struct world *world)
{
    struct shader_plan pixel = plan_pixel();
    struct shader_plan compute = { .program = PROGRAM_COMPUTE };
    struct aerogpu_cmd_create_texture_view *view;

    plan_constant_buffer(&pixel, 0, 4);
    plan_texture(&pixel, 0);
    plan_sampler(&pixel, 0);
    plan_uav_raw(&compute, 1);
    scene(world);
    add_shader(world, FREE, &pixel);
    add_shader(world, COMPUTE_SHADER, &compute);
    add_backed_texture(world, STAGING, AEROGPU_RESOURCE_USAGE_RENDER_TARGET);
    add_dirty(world, STAGING, 0, 256 * 32);
    add_upload(world, TEXTURE, 0, 16)->size_bytes = 0;
    add_upload(world, VERTICES, 0, 48);
    add_copy_texture(world, STAGING, TARGET, 16, 16)->flags = AEROGPU_COPY_FLAG_WRITEBACK_DST;
    view = STREAM_ADD(&world->stream, CREATE_TEXTURE_VIEW, create_texture_view);
    view->view_handle = FREE + 1;
    view->texture_handle = TEXTURE;
    view->format = AEROGPU_FORMAT_R8G8B8A8_UNORM;
    view->mip_level_count = view->array_layer_count = 1;
    add_shaders(world, VERTEX_SHADER, FREE)->cs = COMPUTE_SHADER;
    add_constant_buffer(world, 1, 0, CONSTANTS, 0, 0);
    add_set_texture(world, 1, 0, FREE + 1);
    add_set_sampler(world, 1, 0, SAMPLER);
    add_uav(world, 2, 1, STORAGE, 0);
    add_index_buffer(world, INDICES, 0, 0);
    add_clear(world, AEROGPU_CLEAR_COLOR);
    add_draw(world);
    add_draw_indexed(world);
    add_dispatch(world);
    memcpy((char *)stream_packet(&world->stream, AEROGPU_CMD_DEBUG_MARKER, 16) + 8, "marker", 6);
    stream_packet(&world->stream, AEROGPU_CMD_SET_SHADER_CONSTANTS_F, 24 + 32);
    aerogpu_store_u32(world->stream.bytes + world->stream.last_packet + 16, 2);
    add_destroy(world, TEXTURE);
    add_targets(world, STAGING, 0);
    add_present(world);
    stream_finish(&world->stream);
}

static struct world *rich_world(void)
{
    struct world *world = world_create();

    world->config.has_texture_views = true;
    world_restart(world);
    build_rich(world);
    return world;
}

START_TEST(the_stream_is_valid_to_begin_with)
{
    struct world *world = rich_world();

    world_submit(world);
    world_destroy(world);
}
END_TEST

START_TEST(stream_cut_anywhere_is_survived)
{
    struct world *world = rich_world();
    const uint32_t whole = world->stream.size_bytes;

    for (uint32_t size = 0; size < whole; size++)
        survive(world->stream.bytes, size, 1);
    world_destroy(world);
}
END_TEST

START_TEST(stream_that_claims_to_end_anywhere_is_survived)
{
    struct world *world = rich_world();
    const uint32_t whole = world->stream.size_bytes;

    for (uint32_t size = 24; size < whole; size += 4) {
        aerogpu_store_u32(world->stream.bytes + 8, size);
        survive(world->stream.bytes, size, 1);
    }
    world_destroy(world);
}
END_TEST

START_TEST(stream_with_a_changed_byte_is_survived)
{
    static const uint8_t masks[] = { 0xFF, 0x80, 0x01, 0x04 };
    struct world *world = rich_world();

    for (uint32_t at = 0; at < world->stream.size_bytes; at += at % 8 ? 5 : 1) {
        const uint8_t mask = masks[(at / 3) % sizeof(masks)];

        world->stream.bytes[at] ^= mask;
        survive(world->stream.bytes, world->stream.size_bytes, 2);
        world->stream.bytes[at] ^= mask;
    }
    world_destroy(world);
}
END_TEST

START_TEST(stream_with_a_changed_word_is_survived)
{
    static const uint32_t words[] = { 0xFFFFFFFF, 0x80000000, 0, 0x7FFFFFFF, 0x10000001 };
    struct world *world = rich_world();

    for (uint32_t at = 24; at < world->stream.size_bytes; at += 4) {
        const uint32_t old = aerogpu_load_u32(world->stream.bytes + at);

        aerogpu_store_u32(world->stream.bytes + at, words[(at / 4) % 5]);
        survive(world->stream.bytes, world->stream.size_bytes, 2);
        aerogpu_store_u32(world->stream.bytes + at, old);
    }
    world_destroy(world);
}
END_TEST

/** A container with changed bytes under a checksum that is right again. */
START_TEST(container_with_a_changed_byte_is_survived)
{
    const struct shader_plan plan = plan_pixel();
    struct world *world = world_create();
    struct shader_bytes shader;

    shader_build(&shader, &plan);
    for (uint32_t at = 20; at < shader.size_bytes; at++) {
        for (uint32_t mask = 1; mask <= 0x80; mask *= 64) {
            struct shader_bytes changed = shader;

            changed.bytes[at] = (uint8_t)(changed.bytes[at] ^ mask);
            shader_rehash(&changed);
            stream_begin(&world->stream);
            add_container(world, FREE, 1, &changed);
            stream_finish(&world->stream);
            survive(world->stream.bytes, world->stream.size_bytes, 1);
        }
    }
    world_destroy(world);
}
END_TEST

/* Captures. */

static void survive_capture(const uint8_t *bytes, size_t size_bytes)
{
    struct aerogpu_capture_record record;
    struct aerogpu_capture_reader *reader;
    struct aerogpu_alloc_entry entries[4];
    const char *error;
    bool is_recovered;
    uint8_t *exact = malloc(size_bytes ? size_bytes : 1);
    uint32_t count;

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, bytes, size_bytes);
    reader = aerogpu_capture_open(exact, size_bytes, &is_recovered, &error);
    ck_assert(reader != NULL || error != NULL);
    while (reader && aerogpu_capture_next(reader, &record, &error)) {
        if (record.table)
            aerogpu_alloc_table_parse(record.table, record.table_bytes, entries, 4, &count);
        if (record.submission.stream_bytes)
            print(record.submission.stream, record.submission.stream_bytes);
        for (uint32_t i = 0; i < record.submission.range_count; i++)
            ck_assert_uint_le(record.submission.ranges[i].size_bytes, size_bytes);
    }
    aerogpu_capture_reader_destroy(reader);
    free(exact);
}

/** A capture of two frames, as bytes; the caller frees them. */
static uint8_t *capture_bytes(size_t *size_bytes)
{
    static const uint8_t contents[20] = { 1, 2, 3 };
    const struct aerogpu_capture_range range = {
        .alloc_id = 5, .gpa = 4096, .size_bytes = sizeof(contents), .bytes = contents
    };
    char path[] = "/tmp/aerogpu-hostile-XXXXXX";
    const int descriptor = mkstemp(path);
    struct aerogpu_capture_writer *writer = aerogpu_capture_create(path, "hostile");
    struct world *world = world_create();
    struct aerogpu_capture_submission submission = { .ranges = &range, .range_count = 1 };
    uint8_t *bytes = malloc(1 << 16);
    FILE *in;

    ck_assert_int_ge(descriptor, 0);
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
    submission.stream_bytes = stream_finish(&world->stream);
    submission.stream = world->stream.bytes;
    ck_assert(aerogpu_capture_submit(writer, &submission));
    ck_assert(aerogpu_capture_present(writer));
    ck_assert(aerogpu_capture_submit(writer, &submission));
    ck_assert(aerogpu_capture_close(writer));
    in = fdopen(descriptor, "rb");
    *size_bytes = fread(bytes, 1, 1 << 16, in);
    fclose(in);
    remove(path);
    world_destroy(world);
    return bytes;
}

START_TEST(capture_cut_anywhere_is_survived)
{
    size_t size_bytes;
    uint8_t *bytes = capture_bytes(&size_bytes);

    for (size_t size = 0; size <= size_bytes; size++)
        survive_capture(bytes, size);
    free(bytes);
}
END_TEST

START_TEST(capture_with_a_changed_byte_is_survived)
{
    size_t size_bytes;
    uint8_t *bytes = capture_bytes(&size_bytes);

    for (size_t at = 0; at < size_bytes; at++) {
        for (uint32_t bit = 0; bit < 8; bit++) {
            bytes[at] = (uint8_t)(bytes[at] ^ 1u << bit);
            survive_capture(bytes, size_bytes);
            bytes[at] = (uint8_t)(bytes[at] ^ 1u << bit);
        }
    }
    free(bytes);
}
END_TEST

START_TEST(recovered_capture_with_a_changed_byte_is_survived)
{
    size_t size_bytes;
    uint8_t *bytes = capture_bytes(&size_bytes);

    for (size_t at = 0; at < size_bytes - 33; at++) {
        bytes[at] ^= 0xFF;
        survive_capture(bytes, size_bytes - 33);
        bytes[at] ^= 0xFF;
    }
    free(bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("validate_hostile");
    TCase *streams = tcase_create("streams");
    TCase *captures = tcase_create("captures");
    SRunner *runner = srunner_create(suite);
    int failed;

    nowhere = fopen("/dev/null", "w");
    if (!nowhere)
        return EXIT_FAILURE;
    tcase_set_timeout(streams, 60);
    tcase_add_test(streams, the_stream_is_valid_to_begin_with);
    tcase_add_test(streams, stream_cut_anywhere_is_survived);
    tcase_add_test(streams, stream_that_claims_to_end_anywhere_is_survived);
    tcase_add_test(streams, stream_with_a_changed_byte_is_survived);
    tcase_add_test(streams, stream_with_a_changed_word_is_survived);
    tcase_add_test(streams, container_with_a_changed_byte_is_survived);
    suite_add_tcase(suite, streams);
    tcase_set_timeout(captures, 60);
    tcase_add_test(captures, capture_cut_anywhere_is_survived);
    tcase_add_test(captures, capture_with_a_changed_byte_is_survived);
    tcase_add_test(captures, recovered_capture_with_a_changed_byte_is_survived);
    suite_add_tcase(suite, captures);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    fclose(nowhere);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
