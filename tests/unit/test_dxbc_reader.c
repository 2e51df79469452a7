/** Reading containers: what is found, and what damage is refused. */
#include <string.h>

#include "dxbc/internal.h"
#include "test_dxbc_support.h"

/* triangle_vs: two inputs, position and one varying out, code in SHDR. */
static const char *const vertex_path = SHADER_DIR "/triangle_vs.dxbc";

static struct test_bytes file;
static struct dxbc_reader reader;

static void load(void)
{
    file = test_load(vertex_path);
    ck_assert(dxbc_reader_init(&reader, file.bytes, file.size_bytes, NULL));
}

static void unload(void)
{
    free(file.bytes);
}

static void store(uint32_t offset, uint32_t value)
{
    dxbc_store_u32(file.bytes + offset, value);
}

static const char *init_reason(void)
{
    const char *reason = "accepted";

    dxbc_reader_init(&reader, file.bytes, file.size_bytes, &reason);
    return reason;
}

/* Offset of a chunk's data in the file. */
static uint32_t chunk_data(uint32_t fourcc)
{
    struct dxbc_chunk chunk;

    ck_assert(dxbc_reader_find(&reader, fourcc, &chunk));
    return (uint32_t)(chunk.data - file.bytes);
}

static const char *signature_reason(enum dxbc_signature_kind kind)
{
    struct dxbc_signature signature;
    const char *reason = "accepted";

    dxbc_reader_signature(&reader, kind, &signature, &reason);
    return reason;
}

START_TEST(checksum_of_a_genuine_container_matches)
{
    ck_assert(dxbc_reader_hash_matches(&reader));
}
END_TEST

START_TEST(checksum_of_a_changed_container_does_not_match)
{
    file.bytes[file.size_bytes - 1] ^= 1;
    ck_assert(!dxbc_reader_hash_matches(&reader));
}
END_TEST

START_TEST(code_chunk_holds_the_program)
{
    struct dxbc_chunk code;

    ck_assert(dxbc_reader_code(&reader, &code, NULL));
    ck_assert_uint_eq(4 * dxbc_load_u32(code.data + 4), code.size_bytes);
}
END_TEST

START_TEST(newer_code_chunk_is_preferred)
{
    struct dxbc_chunk code;

    /* A second code chunk: the one that held reflection data. */
    store(chunk_data(DXBC_FOURCC('R', 'D', 'E', 'F')) - DXBC_CHUNK_HEADER_SIZE,
          DXBC_FOURCC('S', 'H', 'E', 'X'));
    ck_assert(dxbc_reader_code(&reader, &code, NULL));
    ck_assert_uint_eq(code.fourcc, DXBC_FOURCC('S', 'H', 'E', 'X'));
}
END_TEST

START_TEST(container_without_code_chunk_is_refused)
{
    struct dxbc_chunk code;

    store(chunk_data(DXBC_FOURCC('S', 'H', 'D', 'R')) - DXBC_CHUNK_HEADER_SIZE, 0);
    ck_assert(!dxbc_reader_code(&reader, &code, NULL));
}
END_TEST

START_TEST(code_chunk_of_half_a_word_is_refused)
{
    struct dxbc_chunk code;
    const uint32_t data = chunk_data(DXBC_FOURCC('S', 'H', 'D', 'R'));

    store(data - 4, dxbc_load_u32(file.bytes + data - 4) - 1);
    ck_assert(!dxbc_reader_code(&reader, &code, NULL));
}
END_TEST

START_TEST(signature_entry_is_read_whole)
{
    struct dxbc_signature signature;
    struct dxbc_element element;

    ck_assert(dxbc_reader_signature(&reader, DXBC_SIGNATURE_OUTPUT, &signature, NULL));
    ck_assert_uint_eq(signature.count, 2);
    dxbc_signature_element(&signature, 0, &element);
    ck_assert_str_eq(element.name, "SV_Position");
    ck_assert_uint_eq(element.system_value, DXBC_SV_POSITION);
    ck_assert_uint_eq(element.component_type, DXBC_COMPONENT_FLOAT);
    ck_assert_uint_eq(element.register_index, 0);
    ck_assert_uint_eq(element.mask, 0xF);
}
END_TEST

START_TEST(absent_signature_is_empty)
{
    struct dxbc_signature signature;

    ck_assert(dxbc_reader_signature(&reader, DXBC_SIGNATURE_PATCH, &signature, NULL));
    ck_assert_ptr_null(signature.data);
    ck_assert_uint_eq(signature.count, 0);
}
END_TEST

/* A container with one chunk: a signature of one entry whose shape has a stream word in front. */
static const struct {
    uint32_t fourcc;
    enum dxbc_signature_kind kind;
    uint32_t entry_size_bytes;
} stream_shapes[] = {
    { DXBC_FOURCC('I', 'S', 'G', '1'), DXBC_SIGNATURE_INPUT, 32 },
    { DXBC_FOURCC('O', 'S', 'G', '1'), DXBC_SIGNATURE_OUTPUT, 32 },
    { DXBC_FOURCC('O', 'S', 'G', '5'), DXBC_SIGNATURE_OUTPUT, 28 },
    { DXBC_FOURCC('P', 'S', 'G', '1'), DXBC_SIGNATURE_PATCH, 32 },
};

START_TEST(signature_with_stream_numbers_is_read_whole)
{
    const uint32_t entry_size = stream_shapes[_i].entry_size_bytes;
    const uint32_t entry[8] = { 2, 8 + entry_size, 3, 1, 3, 7, 0x0305, 0 };
    uint8_t bytes[96] = { 0 };
    struct dxbc_signature signature;
    struct dxbc_element element;

    dxbc_store_u32(bytes, DXBC_MAGIC);
    dxbc_store_u32(bytes + DXBC_HEADER_TOTAL_SIZE, 96);
    dxbc_store_u32(bytes + DXBC_HEADER_CHUNK_COUNT, 1);
    dxbc_store_u32(bytes + 32, 36);
    dxbc_store_u32(bytes + 36, stream_shapes[_i].fourcc);
    dxbc_store_u32(bytes + 40, 52);
    dxbc_store_u32(bytes + 44, 1);
    dxbc_store_u32(bytes + 48, 8);
    memcpy(bytes + 52, entry, entry_size);
    memcpy(bytes + 52 + entry_size, "AB", 3);
    ck_assert(dxbc_reader_init(&reader, bytes, sizeof(bytes), NULL));
    ck_assert(dxbc_reader_signature(&reader, stream_shapes[_i].kind, &signature, NULL));
    ck_assert_uint_eq(signature.count, 1);
    dxbc_signature_element(&signature, 0, &element);
    ck_assert_uint_eq(element.stream, 2);
    ck_assert_str_eq(element.name, "AB");
    ck_assert_uint_eq(element.semantic_index, 3);
    ck_assert_uint_eq(element.register_index, 7);
    ck_assert_uint_eq(element.mask, 5);
    ck_assert_uint_eq(element.rw_mask, 3);
}
END_TEST

START_TEST(no_bytes_are_refused)
{
    ck_assert(!dxbc_reader_init(&reader, NULL, 0, NULL));
}
END_TEST

START_TEST(other_magic_is_refused)
{
    store(0, DXBC_FOURCC('D', 'X', 'B', 'D'));
    ck_assert_str_eq(init_reason(), "does not begin with DXBC");
}
END_TEST

START_TEST(total_size_beyond_the_bytes_is_refused)
{
    store(DXBC_HEADER_TOTAL_SIZE, (uint32_t)file.size_bytes + 1);
    ck_assert_str_eq(init_reason(), "the total size exceeds the bytes supplied");
}
END_TEST

START_TEST(total_size_below_the_header_is_refused)
{
    store(DXBC_HEADER_TOTAL_SIZE, DXBC_HEADER_SIZE - 1);
    ck_assert_str_eq(init_reason(), "the total size is smaller than the header");
}
END_TEST

START_TEST(too_many_chunks_are_refused)
{
    store(DXBC_HEADER_CHUNK_COUNT, DXBC_CHUNKS_MAX + 1);
    ck_assert_str_eq(init_reason(), "more than 4096 chunks");
}
END_TEST

START_TEST(chunk_table_beyond_the_end_is_refused)
{
    store(DXBC_HEADER_CHUNK_COUNT, DXBC_CHUNKS_MAX);
    ck_assert_str_eq(init_reason(), "the chunk table does not fit");
}
END_TEST

START_TEST(chunk_inside_the_table_is_refused)
{
    store(DXBC_HEADER_SIZE, DXBC_HEADER_SIZE + 4 * reader.chunk_count - 1);
    ck_assert_str_eq(init_reason(), "a chunk lies inside the chunk table");
}
END_TEST

START_TEST(chunk_beyond_the_end_is_refused)
{
    store(DXBC_HEADER_SIZE, (uint32_t)file.size_bytes - 4);
    ck_assert_str_eq(init_reason(), "a chunk lies outside the container");
}
END_TEST

START_TEST(chunk_longer_than_the_container_is_refused)
{
    store(chunk_data(DXBC_FOURCC('I', 'S', 'G', 'N')) - 4, 0xFFFFFFFF);
    ck_assert_str_eq(init_reason(), "a chunk is longer than the container");
}
END_TEST

START_TEST(signature_with_too_many_entries_is_refused)
{
    store(chunk_data(DXBC_FOURCC('I', 'S', 'G', 'N')), DXBC_SIGNATURE_ENTRIES_MAX + 1);
    ck_assert_str_eq(signature_reason(DXBC_SIGNATURE_INPUT),
                     "more signature entries than any shader has");
}
END_TEST

START_TEST(signature_table_beyond_its_chunk_is_refused)
{
    store(chunk_data(DXBC_FOURCC('I', 'S', 'G', 'N')), 4);
    ck_assert_str_eq(signature_reason(DXBC_SIGNATURE_INPUT),
                     "a signature table does not fit its chunk");
}
END_TEST

START_TEST(signature_name_without_end_is_refused)
{
    struct dxbc_chunk chunk;

    /* The chunk now ends in the middle of the last name. */
    ck_assert(dxbc_reader_find(&reader, DXBC_FOURCC('I', 'S', 'G', 'N'), &chunk));
    store(chunk_data(DXBC_FOURCC('I', 'S', 'G', 'N')) - 4, chunk.size_bytes - 5);
    ck_assert_str_eq(signature_reason(DXBC_SIGNATURE_INPUT),
                     "a signature name does not end inside its chunk");
}
END_TEST

START_TEST(signature_name_beyond_its_chunk_is_refused)
{
    struct dxbc_chunk chunk;

    ck_assert(dxbc_reader_find(&reader, DXBC_FOURCC('I', 'S', 'G', 'N'), &chunk));
    store(chunk_data(DXBC_FOURCC('I', 'S', 'G', 'N')) + DXBC_SIGNATURE_HEADER,
          chunk.size_bytes + 1);
    ck_assert_str_eq(signature_reason(DXBC_SIGNATURE_INPUT),
                     "a signature name does not end inside its chunk");
}
END_TEST

START_TEST(signature_name_inside_the_table_is_refused)
{
    store(chunk_data(DXBC_FOURCC('I', 'S', 'G', 'N')) + DXBC_SIGNATURE_HEADER,
          DXBC_SIGNATURE_HEADER);
    ck_assert_str_eq(signature_reason(DXBC_SIGNATURE_INPUT),
                     "a signature name lies inside the table");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        checksum_of_a_genuine_container_matches,
        checksum_of_a_changed_container_does_not_match,
        code_chunk_holds_the_program,
        newer_code_chunk_is_preferred,
        container_without_code_chunk_is_refused,
        code_chunk_of_half_a_word_is_refused,
        signature_entry_is_read_whole,
        absent_signature_is_empty,
        no_bytes_are_refused,
        other_magic_is_refused,
        total_size_beyond_the_bytes_is_refused,
        total_size_below_the_header_is_refused,
        too_many_chunks_are_refused,
        chunk_table_beyond_the_end_is_refused,
        chunk_inside_the_table_is_refused,
        chunk_beyond_the_end_is_refused,
        chunk_longer_than_the_container_is_refused,
        signature_with_too_many_entries_is_refused,
        signature_table_beyond_its_chunk_is_refused,
        signature_name_without_end_is_refused,
        signature_name_beyond_its_chunk_is_refused,
        signature_name_inside_the_table_is_refused,
    };
    Suite *suite = suite_create("dxbc_reader");
    TCase *cases = tcase_create("reader");

    tcase_add_checked_fixture(cases, load, unload);
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
        tcase_add_test(cases, tests[i]);
    tcase_add_loop_test(cases, signature_with_stream_numbers_is_read_whole, 0,
                        (int)(sizeof(stream_shapes) / sizeof(stream_shapes[0])));
    suite_add_tcase(suite, cases);
    return test_run(suite);
}
