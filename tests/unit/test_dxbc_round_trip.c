/**
 * Compiled containers taken apart as the runtime does and built again as the driver does: nothing
 * the interface knows is lost.
 */
#include <string.h>

#include "dxbc/check.h"
#include "test_dxbc_support.h"

static struct test_bytes original, rebuilt;
static struct test_split before, after;

/* Splits a container, rebuilds it and splits the result. */
static void round_trip(const char *path)
{
    struct dxbc_container_desc desc;
    struct dxbc_scan scan;

    original = test_load(path);
    ck_assert(test_split_bytes(&before, original.bytes, original.size_bytes));
    ck_assert(dxbc_scan_tokens(before.split.tokens, before.split.length_dwords, &scan, NULL));
    desc = test_describe(&before.split, &scan);
    rebuilt = test_build(&desc);
    ck_assert(test_split_bytes(&after, rebuilt.bytes, rebuilt.size_bytes));
}

static void release(void)
{
    free(original.bytes);
    free(rebuilt.bytes);
    original = rebuilt = (struct test_bytes){ 0 };
}

static void assert_same_entries(const struct dxbc_split_signature *expected,
                                const struct dxbc_split_signature *actual)
{
    ck_assert_uint_eq(actual->count, expected->count);
    for (uint32_t i = 0; i < expected->count; i++) {
        ck_assert_uint_eq(actual->entries[i].system_value, expected->entries[i].system_value);
        ck_assert_uint_eq(actual->entries[i].register_index, expected->entries[i].register_index);
        ck_assert_uint_eq(actual->entries[i].mask, expected->entries[i].mask);
    }
}

START_TEST(tokens_survive)
{
    round_trip(test_shaders[_i].path);
    ck_assert_uint_eq(after.split.length_dwords, before.split.length_dwords);
    ck_assert_mem_eq(after.split.tokens, before.split.tokens, 4 * before.split.length_dwords);
}
END_TEST

START_TEST(inputs_survive)
{
    round_trip(test_shaders[_i].path);
    assert_same_entries(&before.split.inputs, &after.split.inputs);
}
END_TEST

START_TEST(outputs_survive)
{
    round_trip(test_shaders[_i].path);
    assert_same_entries(&before.split.outputs, &after.split.outputs);
}
END_TEST

START_TEST(strictest_host_accepts_the_result)
{
    const char *reason = "accepted";

    round_trip(test_shaders[_i].path);
    dxbc_container_check(rebuilt.bytes, rebuilt.size_bytes, test_shaders[_i].program, &reason);
    ck_assert_str_eq(reason, "accepted");
}
END_TEST

/* Hosts give POSITION, COLOR, DEPTH and SV_* a meaning of their own. */
START_TEST(names_say_no_more_than_the_interface_knows)
{
    struct dxbc_reader reader;
    struct dxbc_signature signature;
    struct dxbc_element element;

    round_trip(test_shaders[_i].path);
    ck_assert(dxbc_reader_init(&reader, rebuilt.bytes, rebuilt.size_bytes, NULL));
    for (uint32_t kind = 0; kind < DXBC_SIGNATURE_KINDS; kind++) {
        ck_assert(dxbc_reader_signature(&reader, kind, &signature, NULL));
        for (uint32_t i = 0; i < signature.count; i++) {
            dxbc_signature_element(&signature, i, &element);
            ck_assert_int_eq(strncmp(element.name, "SV_", 3) == 0, element.system_value != 0);
            ck_assert(element.system_value != 0 || strcmp(element.name, "R") == 0);
        }
    }
}
END_TEST

START_TEST(rebuilding_the_result_changes_nothing)
{
    struct dxbc_container_desc desc;
    struct dxbc_scan scan;
    struct test_bytes again;

    round_trip(test_shaders[_i].path);
    ck_assert(dxbc_scan_tokens(after.split.tokens, after.split.length_dwords, &scan, NULL));
    desc = test_describe(&after.split, &scan);
    again = test_build(&desc);
    ck_assert_uint_eq(again.size_bytes, rebuilt.size_bytes);
    ck_assert_mem_eq(again.bytes, rebuilt.bytes, rebuilt.size_bytes);
    free(again.bytes);
}
END_TEST

START_TEST(system_values_of_pixel_outputs_stay_with_the_runtime)
{
    round_trip(SHADER_DIR "/depth_ps.dxbc");
    ck_assert_uint_eq(after.split.outputs.count, 3);
    for (uint32_t i = 0; i < after.split.outputs.count; i++)
        ck_assert_uint_eq(after.split.outputs.entries[i].system_value, DXBC_SV_NONE);
}
END_TEST

START_TEST(depth_output_has_no_register)
{
    round_trip(SHADER_DIR "/depth_ps.dxbc");
    ck_assert_uint_eq(after.split.outputs.entries[2].register_index, DXBC_REGISTER_NONE);
}
END_TEST

START_TEST(position_output_keeps_its_system_value)
{
    round_trip(SHADER_DIR "/solid_vs.dxbc");
    ck_assert_uint_eq(after.split.outputs.entries[0].system_value, DXBC_SV_POSITION);
}
END_TEST

START_TEST(array_too_small_for_a_signature_is_refused)
{
    struct dxbc_signature_entry one[1];
    struct dxbc_split split = { .inputs = { one, 1, 0 }, .outputs = { one, 1, 0 } };
    const char *reason = "accepted";

    original = test_load(SHADER_DIR "/triangle_vs.dxbc");
    dxbc_split_container(original.bytes, original.size_bytes, &split, &reason);
    ck_assert_str_eq(reason, "a signature has more entries than the array lent for it");
}
END_TEST

START_TEST(unaligned_code_is_refused)
{
    struct test_bytes shifted;
    struct dxbc_split split = { 0 };
    const char *reason = "accepted";

    original = test_load(SHADER_DIR "/solid_vs.dxbc");
    shifted.bytes = malloc(original.size_bytes + 1);
    ck_assert_ptr_nonnull(shifted.bytes);
    memcpy(shifted.bytes + 1, original.bytes, original.size_bytes);
    dxbc_split_container(shifted.bytes + 1, original.size_bytes, &split, &reason);
    free(shifted.bytes);
    ck_assert_str_eq(reason, "the shader tokens are not aligned");
}
END_TEST

/* Every tessellation factor (interface values 11 to 22), and a plain constant. */
START_TEST(patch_constants_survive)
{
    struct dxbc_signature_entry patch[13];
    const struct dxbc_split_signature expected = { patch, 13, 13 };
    struct test_program program;
    struct dxbc_scan scan;
    struct dxbc_container_desc desc = {
        .tokens = program.words, .scan = &scan, .patch = patch, .patch_count = 13
    };

    for (uint32_t i = 0; i < 12; i++)
        patch[i] = (struct dxbc_signature_entry){ 11 + i, i, 8 };
    patch[12] = (struct dxbc_signature_entry){ DXBC_SV_NONE, 12, 3 };
    test_program_begin(&program, DXBC_PROGRAM_HULL, 5, 0);
    ck_assert(test_scan(&program, &scan));
    rebuilt = test_build(&desc);
    ck_assert(test_split_bytes(&after, rebuilt.bytes, rebuilt.size_bytes));
    assert_same_entries(&expected, &after.split.patch);
}
END_TEST

int main(void)
{
    const struct {
        const TTest *test;
        int count;
    } tests[] = {
        { tokens_survive, TEST_SHADER_COUNT },
        { inputs_survive, TEST_SHADER_COUNT },
        { outputs_survive, TEST_SHADER_COUNT },
        { strictest_host_accepts_the_result, TEST_SHADER_COUNT },
        { names_say_no_more_than_the_interface_knows, TEST_SHADER_COUNT },
        { rebuilding_the_result_changes_nothing, TEST_SHADER_COUNT },
        { system_values_of_pixel_outputs_stay_with_the_runtime, 1 },
        { depth_output_has_no_register, 1 },
        { position_output_keeps_its_system_value, 1 },
        { array_too_small_for_a_signature_is_refused, 1 },
        { unaligned_code_is_refused, 1 },
        { patch_constants_survive, 1 },
    };
    Suite *suite = suite_create("dxbc_round_trip");
    TCase *cases = tcase_create("round_trip");

    tcase_add_checked_fixture(cases, NULL, release);
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
        tcase_add_loop_test(cases, tests[i].test, 0, tests[i].count);
    suite_add_tcase(suite, cases);
    return test_run(suite);
}
