/** The verdict of the strictest host: every rule refuses what breaks it, and nothing else. */
#include <string.h>

#include "dxbc/check.h"
#include "dxbc/hash.h"
#include "dxbc/internal.h"
#include "test_dxbc_support.h"

#define PS DXBC_PROGRAM_PIXEL
#define VS DXBC_PROGRAM_VERTEX

static struct test_bytes file;
static struct dxbc_reader reader;

static void load(const char *path)
{
    file = test_load(path);
    ck_assert(dxbc_reader_init(&reader, file.bytes, file.size_bytes, NULL));
}

static void release(void)
{
    free(file.bytes);
    file = (struct test_bytes){ 0 };
}

/* Gives the container its checksum again, so that only the other damage is left, and judges it. */
static const char *verdict(enum dxbc_program type)
{
    const char *reason = "accepted";

    dxbc_hash(file.bytes, (uint32_t)file.size_bytes, file.bytes + DXBC_HEADER_HASH);
    dxbc_container_check(file.bytes, file.size_bytes, type, &reason);
    return reason;
}

/* The first word of a chunk's data. */
static uint8_t *chunk(uint32_t fourcc)
{
    struct dxbc_chunk found;

    ck_assert(dxbc_reader_find(&reader, fourcc, &found));
    return file.bytes + (found.data - file.bytes);
}

/* Word `word` of entry `index`. */
static uint8_t *entry_word(uint32_t fourcc, uint32_t index, uint32_t word)
{
    return chunk(fourcc) + DXBC_SIGNATURE_HEADER + index * DXBC_SIGNATURE_ENTRY_SIZE + 4 * word;
}

#define ISGN DXBC_FOURCC('I', 'S', 'G', 'N')
#define OSGN DXBC_FOURCC('O', 'S', 'G', 'N')
#define SHDR DXBC_FOURCC('S', 'H', 'D', 'R')

START_TEST(compiled_container_is_accepted)
{
    const char *reason = "accepted";

    load(test_shaders[_i].path);
    dxbc_container_check(file.bytes, file.size_bytes, test_shaders[_i].program, &reason);
    ck_assert_str_eq(reason, "accepted");
}
END_TEST

START_TEST(wrong_checksum_is_refused)
{
    const char *reason = "accepted";

    load(test_shaders[0].path);
    file.bytes[DXBC_HEADER_HASH] ^= 1;
    dxbc_container_check(file.bytes, file.size_bytes, test_shaders[0].program, &reason);
    ck_assert_str_eq(reason, "the checksum is wrong");
}
END_TEST

START_TEST(other_program_type_is_refused)
{
    load(SHADER_DIR "/solid_vs.dxbc");
    ck_assert_str_eq(verdict(PS), "the program is of another type than the packet says");
}
END_TEST

START_TEST(damaged_code_is_refused)
{
    load(SHADER_DIR "/solid_vs.dxbc");
    dxbc_store_u32(chunk(SHDR) + 4, 0);
    ck_assert_str_eq(verdict(VS), "the program length is not 2 to 1M tokens");
}
END_TEST

static const uint32_t needed[] = { ISGN, OSGN };

START_TEST(missing_signature_is_refused)
{
    load(SHADER_DIR "/solid_vs.dxbc");
    dxbc_store_u32(chunk(needed[_i]) - DXBC_CHUNK_HEADER_SIZE, 0);
    ck_assert_str_eq(verdict(VS), "a signature the program type needs is missing");
}
END_TEST

START_TEST(empty_mask_is_refused)
{
    load(SHADER_DIR "/solid_vs.dxbc");
    *entry_word(ISGN, 0, 5) = 0;
    ck_assert_str_eq(verdict(VS), "a signature entry has an empty mask");
}
END_TEST

START_TEST(other_stream_is_refused)
{
    load(SHADER_DIR "/solid_vs.dxbc");
    entry_word(OSGN, 0, 5)[2] = 1;
    ck_assert_str_eq(verdict(VS), "a signature entry is on a stream other than 0");
}
END_TEST

START_TEST(disagreement_about_a_register_is_refused)
{
    load(SHADER_DIR "/triangle_vs.dxbc");
    dxbc_store_u32(entry_word(OSGN, 1, 4), 0);
    ck_assert_str_eq(verdict(VS), "two signature entries disagree about one register");
}
END_TEST

START_TEST(vertex_shader_without_position_is_refused)
{
    load(SHADER_DIR "/solid_vs.dxbc");
    dxbc_store_u32(entry_word(OSGN, 0, 2), 0);
    ck_assert_str_eq(verdict(VS), "a vertex shader has no position output");
}
END_TEST

START_TEST(pixel_shader_without_output_is_refused)
{
    load(SHADER_DIR "/solid_ps.dxbc");
    dxbc_store_u32(chunk(OSGN), 0);
    ck_assert_str_eq(verdict(PS), "a pixel shader has neither target nor depth output");
}
END_TEST

START_TEST(pixel_output_that_is_no_target_by_name_is_refused)
{
    load(SHADER_DIR "/solid_ps.dxbc");
    chunk(OSGN)[dxbc_load_u32(entry_word(OSGN, 0, 0))] = 'X';
    ck_assert_str_eq(verdict(PS), "a pixel shader has neither target nor depth output");
}
END_TEST

START_TEST(geometry_stream_other_than_0_is_refused)
{
    struct test_program program;
    struct dxbc_scan scan;
    struct dxbc_container_desc desc = { .tokens = program.words, .scan = &scan };

    test_program_begin(&program, DXBC_PROGRAM_GEOMETRY, 5, 0);
    test_program_add(&program, DXBC_OP_DCL_STREAM, 0, 2, test_operand(DXBC_FILE_STREAM, 1), 1u);
    ck_assert(test_scan(&program, &scan));
    file = test_build(&desc);
    ck_assert_str_eq(verdict(DXBC_PROGRAM_GEOMETRY),
                     "a geometry shader uses a stream other than 0");
}
END_TEST

int main(void)
{
    const struct {
        const TTest *test;
        int count;
    } tests[] = {
        { compiled_container_is_accepted, TEST_SHADER_COUNT },
        { wrong_checksum_is_refused, 1 },
        { other_program_type_is_refused, 1 },
        { damaged_code_is_refused, 1 },
        { missing_signature_is_refused, 2 },
        { empty_mask_is_refused, 1 },
        { other_stream_is_refused, 1 },
        { disagreement_about_a_register_is_refused, 1 },
        { vertex_shader_without_position_is_refused, 1 },
        { pixel_shader_without_output_is_refused, 1 },
        { pixel_output_that_is_no_target_by_name_is_refused, 1 },
        { geometry_stream_other_than_0_is_refused, 1 },
    };
    Suite *suite = suite_create("dxbc_check");
    TCase *cases = tcase_create("check");

    tcase_add_checked_fixture(cases, NULL, release);
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
        tcase_add_loop_test(cases, tests[i].test, 0, tests[i].count);
    suite_add_tcase(suite, cases);
    return test_run(suite);
}
