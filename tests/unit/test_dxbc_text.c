/**
 * Shader text: listings and compiled containers survive both ways, words are what compilers write,
 * signatures come from the declarations, and what is not understood is refused with its line.
 */
#include "dxbc/check.h"
#include "test_dxbc_text_support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static struct test_assembled first, second;

START_TEST(listing_survives)
{
    const char *const listing = test_listings[_i].text;
    struct test_text text;

    test_assemble_checked(&first, listing);
    text = test_disassemble(first.tokens, first.assembly.length_dwords, NULL);
    ck_assert_str_eq(text.text, listing);
    free(text.text);
}
END_TEST

START_TEST(strictest_host_accepts_a_listing)
{
    const char *reason = "accepted";
    static uint8_t container[4 * TEXT_TOKENS_MAX];
    uint32_t size_bytes;

    test_assemble_checked(&first, test_listings[_i].text);
    ck_assert(dxbc_assembly_container(&first.assembly, NULL, container, sizeof(container),
                                      &size_bytes, &reason));
    dxbc_container_check(container, size_bytes, test_listings[_i].program, &reason);
    ck_assert_str_eq(reason, "accepted");
}
END_TEST

START_TEST(compiled_container_survives)
{
    struct test_bytes file = test_load(test_shaders[_i].path);
    struct test_split split;
    struct test_text text;

    ck_assert(test_split_bytes(&split, file.bytes, file.size_bytes));
    text = test_disassemble(split.split.tokens, split.split.length_dwords, NULL);
    test_assemble_checked(&first, text.text);
    ck_assert_uint_eq(first.assembly.length_dwords, split.split.length_dwords);
    ck_assert_mem_eq(first.tokens, split.split.tokens, 4 * split.split.length_dwords);
    free(text.text);
    free(file.bytes);
}
END_TEST

START_TEST(compiled_container_is_understood_whole)
{
    struct test_bytes file = test_load(test_shaders[_i].path);
    struct test_split split;
    struct test_text text;

    ck_assert(test_split_bytes(&split, file.bytes, file.size_bytes));
    text = test_disassemble(split.split.tokens, split.split.length_dwords, NULL);
    ck_assert_ptr_null(strstr(text.text, "dword"));
    free(text.text);
    free(file.bytes);
}
END_TEST

/* Statements and their words as Microsoft's compiler writes them. */
static const struct {
    const char *text;
    uint32_t count;
    uint32_t words[12];
} encodings[] = {
    { "ret", 1, { 0x0100003E } },
    { "add r0.xyzw, -v1.xyzw, l(1.000000, 0, 0, 1.000000)",
      11,
      { 0x0B000000, 0x001000F2, 0, 0x80101E46, 0x41, 1, 0x00004002, 0x3F800000, 0, 0,
        0x3F800000 } },
    { "mov r0.x, l(2)", 5, { 0x05000036, 0x00100012, 0, 0x00004001, 2 } },
    { "mov r0.xyzw, cb1[r2.x + 3].xyzw",
      8,
      { 0x08000036, 0x001000F2, 0, 0x06208E46, 1, 3, 0x0010000A, 2 } },
    { "if_nz r0.x", 3, { 0x0304001F, 0x0010000A, 0 } },
    { "sample_aoffimmi(-1,0,2) r0.xyzw, v0.xyxx, t0.xyzw, s0",
      10,
      { 0x8A000045, 0x00041E01, 0x001000F2, 0, 0x00101046, 0, 0x00107E46, 0, 0x00106000, 0 } },
    { "ld_indexable(texture2d)(float,float,float,float) r0.xyzw, r1.xyzw, t0.xyzw",
      9,
      { 0x8900002D, 0x800000C2, 0x00155543, 0x001000F2, 0, 0x00100E46, 1, 0x00107E46, 0 } },
    { "gather4 r0.xyzw, v0.xyxx, t0.xyzw, s0.y",
      9,
      { 0x0900006D, 0x001000F2, 0, 0x00101046, 0, 0x00107E46, 0, 0x0010601A, 0 } },
    { "dcl_globalFlags refactoringAllowed", 1, { 0x0100086A } },
    { "dcl_constantbuffer CB0[2], immediateIndexed", 4, { 0x04000059, 0x00208E46, 0, 2 } },
    { "dcl_resource_texture2d (float,float,float,float) t3",
      4,
      { 0x04001858, 0x00107000, 3, 0x5555 } },
    { "dcl_sampler s1, mode_comparison", 3, { 0x0300085A, 0x00106000, 1 } },
    { "dcl_input_ps linear v1.xyz", 3, { 0x03001062, 0x00101072, 1 } },
    { "dcl_output oDepth", 2, { 0x02000065, 0x0000C001 } },
    { "dcl_input vPrim", 2, { 0x0200005F, 0x0000B000 } },
    { "dcl_input vPrim:1", 2, { 0x0200005F, 0x0000B001 } },
    { "dcl_input vThreadID.xy", 2, { 0x0200005F, 0x00020032 } },
    { "dcl_thread_group 8, 8, 1", 4, { 0x0400009B, 8, 8, 1 } },
    { "dcl_uav_structured u0, 16", 4, { 0x0400009E, 0x0011E000, 0, 16 } },
    { "dcl_tgsm_structured g0, 4, 64", 5, { 0x050000A0, 0x0011F000, 0, 4, 64 } },
    { "sync_g_t", 1, { 0x010018BE } },
    { "dcl_immediateConstantBuffer { { 1.000000, 0, 0, 2} }",
      6,
      { 0x00001835, 6, 0x3F800000, 0, 0, 2 } },
    { "imul null, r0.x, r1.x, r2.x",
      8,
      { 0x08000026, 0x0000D000, 0x00100012, 0, 0x0010000A, 1, 0x0010000A, 2 } },
};

START_TEST(words_are_what_compilers_write)
{
    char program[200];

    snprintf(program, sizeof(program), "cs_5_0\n%s\n", encodings[_i].text);
    test_assemble_checked(&first, program);
    ck_assert_uint_eq(first.assembly.length_dwords, 2 + encodings[_i].count);
    ck_assert_mem_eq(first.tokens + 2, encodings[_i].words, 4 * encodings[_i].count);
}
END_TEST

/* What the assembler refuses, and how. Each is a line behind "vs_4_0" and a comment. */
static const struct {
    const char *text;
    const char *error;
} refusals[] = {
    { "foo r0.x", "line 3: unknown opcode 'foo'" },
    { "mov_nz r0.x, r1.x", "line 3: unknown opcode 'mov_nz'" },
    { "if r0.x", "line 3: unknown opcode 'if'" },
    { "mov r0.xyzw", "line 3: mov takes 2 operands" },
    { "mov r0.x, r1.x, r2.x", "line 3: more than mov and its 2 operands" },
    { "ret r0.x", "line 3: more than ret and its 0 operands" },
    { "mov r0.yx, r1.xyzw", "line 3: a mask names x, y, z and w in that order, once each" },
    { "mov r0.x, r1.xy", "line 3: a source takes one or four components" },
    { "mov r0.x, r1.xyzwx", "line 3: a source takes one or four components" },
    { "mov r0.q, r1.x", "line 3: a mask of no components" },
    { "mov r0, r1.x", "line 3: mov: components are missing: .x or .xyzw" },
    { "mov q0.x, r1.x", "line 3: unknown register 'q'" },
    { "mov l(1), r1.x", "line 3: mov: a number where a register belongs" },
    { "mov r0.x, l(1, 2)", "line 3: l() takes 1 or 4 numbers" },
    { "mov r0.x, l(4294967296)", "line 3: '4294967296' is no number of 32 bits" },
    { "mov r0.x, l(nan)", "line 3: 'nan' is no number of 32 bits" },
    { "mov r0.x, d(1.0l)", "line 3: mov: doubles are written d(), everything else l()" },
    { "mov r0.x, v[r1].x", "line 3: mov: a computed index needs a component: [r0.x]" },
    { "mov r0.x, r1.x r2.x", "line 3: more than mov and its 2 operands" },
    { "sample r0.xyzw, v0.xyxx, t0.xyzw, t1",
      "line 3: sample: an operand is of the wrong register file" },
    { "sample_aoffimmi(8,0,0) r0.xyzw, v0.xyxx, t0.xyzw, s0",
      "line 3: a texel offset is not -8 to 7" },
    { "add_aoffimmi(0,0,0) r0.x, r0.x, r0.x", "line 3: add: only lookups take offsets and types" },
    { "bfrev r0.x, r0.x", "line 3: bfrev: needs shader model 5.0" },
    { "lod r0.x, r0.x, t0.xyzw, s0", "line 3: lod: needs shader model 4.1" },
    { "dcl_function_table ft0 = {fb0}", "line 3: dcl_function_table: needs shader model 5.0" },
    { "dcl_input_siv v0.x, colour", "line 3: unknown system value" },
    { "dcl_resource_texture4d (float,float,float,float) t0",
      "line 3: unknown opcode 'dcl_resource_texture4d'" },
    { "dcl_resource_texture2d (float,float,float) t0", "line 3: expected ','" },
    { "dcl_constantbuffer CB0, immediateIndexed",
      "line 3: dcl_constantbuffer: a constant buffer is declared as CB0[1]" },
    { "dcl_immediateConstantBuffer { { 1, 2, 3} }", "line 3: expected ','" },
    { "dword", "line 3: expected a number" },
    { "42", "line 3: unknown opcode '42'" },
    { "@", "line 3: expected a statement" },
};

START_TEST(mistake_is_refused_with_its_line)
{
    char program[200];

    snprintf(program, sizeof(program), "vs_4_0\n; a comment\n%s\n", refusals[_i].text);
    ck_assert(!test_assemble(&first, program, strlen(program)));
    ck_assert_str_eq(first.assembly.error, refusals[_i].error);
}
END_TEST

START_TEST(comments_and_carriage_returns_are_no_statements)
{
    const char *const text = "// made by hand\r\n\r\nvs_4_0 ; the program\r\n  ret // done\r\n";

    test_assemble_checked(&first, text);
    ck_assert_uint_eq(first.assembly.length_dwords, 3);
}
END_TEST

START_TEST(letter_without_a_meaning_behind_a_statement_is_refused)
{
    ck_assert(!test_assemble(&first, "vs_4_0\nret\0ret\n", 15));
    ck_assert_str_eq(first.assembly.error, "line 2: more than ret and its 0 operands");
}
END_TEST

START_TEST(text_without_a_program_is_refused)
{
    ck_assert(!test_assemble(&first, "// nothing\n", 11));
    ck_assert_str_eq(first.assembly.error, "line 2: no program");
}
END_TEST

START_TEST(unknown_program_is_refused)
{
    ck_assert(!test_assemble(&first, "vs_6_0", 6));
    ck_assert_str_eq(first.assembly.error, "line 1: expected a program such as ps_4_0");
}
END_TEST

START_TEST(line_behind_spanning_braces_keeps_its_number)
{
    const char *const text = "vs_4_0\ndcl_immediateConstantBuffer { { 0, 0, 0, 0},\n"
                             "{ 0, 0, 0, 0} }\nfoo\n";

    ck_assert(!test_assemble(&first, text, strlen(text)));
    ck_assert_str_eq(first.assembly.error, "line 4: unknown opcode 'foo'");
}
END_TEST

START_TEST(program_longer_than_its_room_is_refused)
{
    struct dxbc_assembly assembly = { .tokens = first.tokens, .capacity_dwords = 3 };

    ck_assert(!dxbc_assemble("vs_4_0\nret\nret\n", 15, &assembly));
    ck_assert_str_eq(assembly.error, "line 3: the program is longer than 3 words");
}
END_TEST

START_TEST(program_of_exactly_its_room_is_assembled)
{
    struct dxbc_assembly assembly = { .tokens = first.tokens, .capacity_dwords = 3 };

    ck_assert(dxbc_assemble("vs_4_0\nret\n", 11, &assembly));
}
END_TEST

static void assert_entry(const struct dxbc_assembly_signature *signature, uint32_t index,
                         uint32_t system_value, uint32_t register_index, uint8_t mask)
{
    ck_assert_uint_lt(index, signature->count);
    ck_assert_uint_eq(signature->entries[index].system_value, system_value);
    ck_assert_uint_eq(signature->entries[index].register_index, register_index);
    ck_assert_uint_eq(signature->entries[index].mask, mask);
}

START_TEST(packed_varyings_are_entries_of_their_own)
{
    test_assemble_checked(&first, test_listings[1].text);
    assert_entry(&first.assembly.inputs, 1, DXBC_SV_NONE, 1, 0x3);
    assert_entry(&first.assembly.inputs, 2, DXBC_SV_NONE, 1, 0xC);
}
END_TEST

START_TEST(depth_is_an_output_without_a_register)
{
    test_assemble_checked(&first, test_listings[1].text);
    assert_entry(&first.assembly.outputs, 1, DXBC_SV_NONE, DXBC_REGISTER_NONE, 0x1);
}
END_TEST

START_TEST(system_value_is_that_of_the_declaration)
{
    test_assemble_checked(&first, test_listings[0].text);
    assert_entry(&first.assembly.inputs, 1, DXBC_SV_VERTEX_ID, 1, 0x1);
}
END_TEST

START_TEST(register_of_a_geometry_input_is_behind_the_vertex)
{
    test_assemble_checked(&first, test_listings[2].text);
    assert_entry(&first.assembly.inputs, 1, DXBC_SV_NONE, 1, 0x3);
}
END_TEST

START_TEST(primitive_number_is_an_input_without_a_register)
{
    test_assemble_checked(&first, test_listings[2].text);
    assert_entry(&first.assembly.inputs, 2, DXBC_SV_PRIMITIVE_ID, DXBC_REGISTER_NONE, 0x1);
}
END_TEST

START_TEST(outputs_of_fork_and_join_phases_are_patch_constants)
{
    test_assemble_checked(&first, test_listings[3].text);
    ck_assert_uint_eq(first.assembly.outputs.count, 1);
    ck_assert_uint_eq(first.assembly.patch.count, 4);
}
END_TEST

START_TEST(slot_that_does_not_exist_makes_no_container)
{
    const char *reason = NULL;
    uint32_t size_bytes;

    test_assemble_checked(&first, "ps_4_0\ndcl_sampler s16, mode_default\nret\n");
    ck_assert(!dxbc_assembly_container(&first.assembly, NULL, NULL, 0, &size_bytes, &reason));
    ck_assert_str_eq(reason, "a declaration names a slot that does not exist");
}
END_TEST

START_TEST(unknown_opcode_is_shown_as_such)
{
    const uint32_t tokens[] = { 0x40, 4, 0x020000CF, 7 };
    struct test_text text = test_disassemble(tokens, 4, NULL);

    ck_assert_str_eq(text.text, "ps_4_0\ndword 0x020000cf, 0x00000007 ; unknown opcode 0xcf\n");
    free(text.text);
}
END_TEST

START_TEST(newer_opcode_is_shown_as_such)
{
    const uint32_t tokens[] = { 0x40, 7, 0x0500008D, 0x00100012, 0, 0x0010000A, 0 };
    struct test_text text = test_disassemble(tokens, 7, NULL);

    ck_assert_ptr_nonnull(strstr(text.text, "; needs shader model 5.0 0x8d\n"));
    free(text.text);
}
END_TEST

START_TEST(instruction_cut_off_is_damage)
{
    const uint32_t tokens[] = { 0x40, 3, 0x05000036 };
    struct test_text text;
    bool is_whole;

    text = test_disassemble(tokens, 3, &is_whole);
    ck_assert(!is_whole);
    free(text.text);
}
END_TEST

START_TEST(words_of_no_statement_survive)
{
    const char *const text = "ps_4_0\ndword 0x020000cf, 0x00000007\n";
    struct test_text shown;

    test_assemble_checked(&first, text);
    shown = test_disassemble(first.tokens, first.assembly.length_dwords, NULL);
    test_assemble_checked(&second, shown.text);
    ck_assert_mem_eq(second.tokens, first.tokens, 16);
    free(shown.text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dxbc text");
    TCase *text = tcase_create("text");

    tcase_add_loop_test(text, listing_survives, 0, TEST_LISTING_COUNT);
    tcase_add_loop_test(text, strictest_host_accepts_a_listing, 0, TEST_LISTING_COUNT);
    tcase_add_loop_test(text, compiled_container_survives, 0, TEST_SHADER_COUNT);
    tcase_add_loop_test(text, compiled_container_is_understood_whole, 0, TEST_SHADER_COUNT);
    tcase_add_loop_test(text, words_are_what_compilers_write, 0, COUNT(encodings));
    tcase_add_loop_test(text, mistake_is_refused_with_its_line, 0, COUNT(refusals));
    tcase_add_test(text, comments_and_carriage_returns_are_no_statements);
    tcase_add_test(text, letter_without_a_meaning_behind_a_statement_is_refused);
    tcase_add_test(text, text_without_a_program_is_refused);
    tcase_add_test(text, unknown_program_is_refused);
    tcase_add_test(text, line_behind_spanning_braces_keeps_its_number);
    tcase_add_test(text, program_longer_than_its_room_is_refused);
    tcase_add_test(text, program_of_exactly_its_room_is_assembled);
    tcase_add_test(text, packed_varyings_are_entries_of_their_own);
    tcase_add_test(text, depth_is_an_output_without_a_register);
    tcase_add_test(text, system_value_is_that_of_the_declaration);
    tcase_add_test(text, register_of_a_geometry_input_is_behind_the_vertex);
    tcase_add_test(text, primitive_number_is_an_input_without_a_register);
    tcase_add_test(text, outputs_of_fork_and_join_phases_are_patch_constants);
    tcase_add_test(text, slot_that_does_not_exist_makes_no_container);
    tcase_add_test(text, unknown_opcode_is_shown_as_such);
    tcase_add_test(text, newer_opcode_is_shown_as_such);
    tcase_add_test(text, instruction_cut_off_is_damage);
    tcase_add_test(text, words_of_no_statement_survive);
    suite_add_tcase(suite, text);
    return test_run(suite);
}
