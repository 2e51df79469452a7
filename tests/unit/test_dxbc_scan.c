/** What the scan of a program finds, one declaration at a time, and which tokens it refuses. */
#include <string.h>

#include "test_dxbc_support.h"

#define PS DXBC_PROGRAM_PIXEL
#define VS DXBC_PROGRAM_VERTEX
#define GS DXBC_PROGRAM_GEOMETRY
#define HS DXBC_PROGRAM_HULL
#define DS DXBC_PROGRAM_DOMAIN
#define CS DXBC_PROGRAM_COMPUTE

#define OP_NOP 58u
#define OP_RET 62u

#define EXTENDED     0x80000000u
#define INDEX_IS_RUN 2u /* an index computed at run time */

static struct test_program program;
static struct dxbc_scan scan;

static void begin(enum dxbc_program type)
{
    test_program_begin(&program, type, type >= DXBC_PROGRAM_HULL ? 5 : 4, 0);
}

static void scan_it(void)
{
    ck_assert(test_scan(&program, &scan));
}

static const char *refusal(void)
{
    const char *reason = "accepted";

    dxbc_scan_tokens(program.words, program.count, &scan, &reason);
    return reason;
}

/* A declaration of one register with one index. */
static void declare(uint32_t opcode, enum dxbc_file file, uint32_t index)
{
    test_program_add(&program, opcode, 0, 2, test_operand(file, 1), index);
}

START_TEST(version_and_length_are_reported)
{
    test_program_begin(&program, PS, 4, 1);
    test_program_add(&program, OP_RET, 0, 0);
    scan_it();
    ck_assert_uint_eq(scan.program, PS);
    ck_assert_uint_eq(scan.major, 4);
    ck_assert_uint_eq(scan.minor, 1);
    ck_assert_uint_eq(scan.length_dwords, 3);
}
END_TEST

START_TEST(empty_program_is_accepted)
{
    begin(VS);
    scan_it();
    ck_assert_uint_eq(scan.length_dwords, 2);
}
END_TEST

START_TEST(words_behind_the_program_are_not_looked_at)
{
    begin(VS);
    program.words[program.count++] = 0;
    scan_it();
    ck_assert_uint_eq(scan.length_dwords, 2);
}
END_TEST

START_TEST(vertex_inputs_are_found)
{
    begin(VS);
    declare(DXBC_OP_DCL_INPUT, DXBC_FILE_INPUT, 0);
    declare(DXBC_OP_DCL_INPUT, DXBC_FILE_INPUT, 31);
    scan_it();
    ck_assert_uint_eq(scan.inputs, 0x80000001);
    ck_assert_uint_eq(scan.system_value_inputs, 0);
}
END_TEST

static const uint32_t system_value_opcodes[] = {
    DXBC_OP_DCL_INPUT_SGV,
    DXBC_OP_DCL_INPUT_SIV,
    DXBC_OP_DCL_INPUT_PS_SGV,
    DXBC_OP_DCL_INPUT_PS_SIV,
};

START_TEST(system_value_inputs_are_told_apart)
{
    begin(PS);
    test_program_add(&program, system_value_opcodes[_i], 0, 3, test_operand(DXBC_FILE_INPUT, 1), 2u,
                     1u);
    declare(DXBC_OP_DCL_INPUT_PS, DXBC_FILE_INPUT, 3);
    scan_it();
    ck_assert_uint_eq(scan.inputs, 0xC);
    ck_assert_uint_eq(scan.system_value_inputs, 0x4);
}
END_TEST

START_TEST(geometry_input_register_is_the_second_index)
{
    begin(GS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 3, test_operand(DXBC_FILE_INPUT, 2), 3u, 5u);
    scan_it();
    ck_assert_uint_eq(scan.inputs, 1u << 5);
}
END_TEST

START_TEST(primitive_id_of_a_geometry_shader_is_no_register)
{
    begin(GS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 1, test_operand(11, 0));
    scan_it();
    ck_assert_uint_eq(scan.inputs, 0);
}
END_TEST

static const uint32_t output_opcodes[] = {
    DXBC_OP_DCL_OUTPUT,
    DXBC_OP_DCL_OUTPUT_SGV,
    DXBC_OP_DCL_OUTPUT_SIV,
};

START_TEST(outputs_are_found)
{
    begin(VS);
    test_program_add(&program, output_opcodes[_i], 0, 3, test_operand(DXBC_FILE_OUTPUT, 1), 1u, 1u);
    scan_it();
    ck_assert_uint_eq(scan.outputs, 2);
}
END_TEST

static const struct {
    enum dxbc_file file;
    enum dxbc_depth depth;
} depth_files[] = {
    { DXBC_FILE_DEPTH, DXBC_DEPTH_ANY },
    { DXBC_FILE_DEPTH_GREATER_EQUAL, DXBC_DEPTH_GREATER_EQUAL },
    { DXBC_FILE_DEPTH_LESS_EQUAL, DXBC_DEPTH_LESS_EQUAL },
    { DXBC_FILE_COVERAGE, DXBC_DEPTH_NONE },
};

START_TEST(depth_output_is_found)
{
    begin(PS);
    test_program_add(&program, DXBC_OP_DCL_OUTPUT, 0, 1, test_operand(depth_files[_i].file, 0));
    scan_it();
    ck_assert_uint_eq(scan.depth, depth_files[_i].depth);
}
END_TEST

START_TEST(coverage_output_is_found)
{
    begin(PS);
    test_program_add(&program, DXBC_OP_DCL_OUTPUT, 0, 1, test_operand(DXBC_FILE_COVERAGE, 0));
    scan_it();
    ck_assert(scan.has_coverage);
}
END_TEST

START_TEST(constant_buffer_and_its_size_are_found)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_DCL_CONSTANT_BUFFER, 0, 3,
                     test_operand(DXBC_FILE_CONSTANT_BUFFER, 2), 13u, 40u);
    scan_it();
    ck_assert_uint_eq(scan.constant_buffers, 1u << 13);
    ck_assert_uint_eq(scan.constant_buffer_vec4s[13], 40);
}
END_TEST

START_TEST(sampler_is_found)
{
    begin(PS);
    declare(DXBC_OP_DCL_SAMPLER, DXBC_FILE_SAMPLER, 15);
    scan_it();
    ck_assert_uint_eq(scan.samplers, 1u << 15);
}
END_TEST

START_TEST(typed_resource_has_the_declared_dimension)
{
    begin(PS);
    test_program_add(&program, DXBC_OP_DCL_RESOURCE, DXBC_DIMENSION_TEXTURE2DARRAY, 3,
                     test_operand(DXBC_FILE_RESOURCE, 1), 127u, 0x5555u);
    scan_it();
    ck_assert_uint_eq(scan.resources[3], 0x80000000);
    ck_assert_uint_eq(scan.resource_dimension[127], DXBC_DIMENSION_TEXTURE2DARRAY);
}
END_TEST

START_TEST(undeclared_resource_has_no_dimension)
{
    begin(PS);
    scan_it();
    ck_assert_uint_eq(scan.resource_dimension[0], DXBC_DIMENSION_NONE);
}
END_TEST

static const struct {
    uint32_t opcode;
    enum dxbc_file file;
    enum dxbc_dimension dimension;
} buffers[] = {
    { DXBC_OP_DCL_RESOURCE_RAW, DXBC_FILE_RESOURCE, DXBC_DIMENSION_RAW_BUFFER },
    { DXBC_OP_DCL_RESOURCE_STRUCTURED, DXBC_FILE_RESOURCE, DXBC_DIMENSION_STRUCTURED_BUFFER },
    { DXBC_OP_DCL_UAV_RAW, DXBC_FILE_UAV, DXBC_DIMENSION_RAW_BUFFER },
    { DXBC_OP_DCL_UAV_STRUCTURED, DXBC_FILE_UAV, DXBC_DIMENSION_STRUCTURED_BUFFER },
};

START_TEST(raw_and_structured_buffers_are_found)
{
    begin(CS);
    test_program_add(&program, buffers[_i].opcode, 0, 3, test_operand(buffers[_i].file, 1), 7u,
                     16u);
    scan_it();
    ck_assert_uint_eq(buffers[_i].file == DXBC_FILE_UAV ? scan.uav_dimension[7]
                                                        : scan.resource_dimension[7],
                      buffers[_i].dimension);
}
END_TEST

START_TEST(typed_uav_is_found)
{
    begin(CS);
    test_program_add(&program, DXBC_OP_DCL_UAV_TYPED, DXBC_DIMENSION_TEXTURE2D, 3,
                     test_operand(DXBC_FILE_UAV, 1), 1u, 0x5555u);
    scan_it();
    ck_assert_uint_eq(scan.uavs, 2);
    ck_assert_uint_eq(scan.uav_dimension[1], DXBC_DIMENSION_TEXTURE2D);
}
END_TEST

START_TEST(geometry_declarations_are_found)
{
    begin(GS);
    test_program_add(&program, DXBC_OP_DCL_GS_INPUT_PRIMITIVE, 3, 0);
    test_program_add(&program, DXBC_OP_DCL_GS_OUTPUT_TOPOLOGY, 5, 0);
    test_program_add(&program, DXBC_OP_DCL_GS_MAX_VERTICES, 0, 1, 12u);
    scan_it();
    ck_assert_uint_eq(scan.gs_input_primitive, 3);
    ck_assert_uint_eq(scan.gs_output_topology, 5);
    ck_assert_uint_eq(scan.gs_max_vertices, 12);
}
END_TEST

START_TEST(geometry_stream_is_found)
{
    test_program_begin(&program, GS, 5, 0);
    declare(DXBC_OP_DCL_STREAM, DXBC_FILE_STREAM, 3);
    scan_it();
    ck_assert_uint_eq(scan.gs_streams, 8);
}
END_TEST

START_TEST(thread_group_is_found)
{
    begin(CS);
    test_program_add(&program, DXBC_OP_DCL_THREAD_GROUP, 0, 3, 8u, 4u, 2u);
    scan_it();
    ck_assert_uint_eq(scan.thread_group[0], 8);
    ck_assert_uint_eq(scan.thread_group[1], 4);
    ck_assert_uint_eq(scan.thread_group[2], 2);
}
END_TEST

START_TEST(hull_outputs_are_told_apart_by_phase)
{
    begin(HS);
    test_program_add(&program, DXBC_OP_HS_CONTROL_POINT_PHASE, 0, 0);
    declare(DXBC_OP_DCL_OUTPUT, DXBC_FILE_OUTPUT, 0);
    test_program_add(&program, DXBC_OP_HS_FORK_PHASE, 0, 0);
    declare(DXBC_OP_DCL_OUTPUT_SIV, DXBC_FILE_OUTPUT, 1);
    test_program_add(&program, DXBC_OP_HS_JOIN_PHASE, 0, 0);
    declare(DXBC_OP_DCL_OUTPUT_SIV, DXBC_FILE_OUTPUT, 2);
    scan_it();
    ck_assert_uint_eq(scan.outputs, 1);
    ck_assert_uint_eq(scan.patch_constants, 6);
}
END_TEST

START_TEST(domain_inputs_are_told_apart_by_file)
{
    begin(DS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 3,
                     test_operand(DXBC_FILE_INPUT_CONTROL_POINT, 2), 4u, 1u);
    declare(DXBC_OP_DCL_INPUT, DXBC_FILE_PATCH_CONSTANT, 2);
    scan_it();
    ck_assert_uint_eq(scan.inputs, 2);
    ck_assert_uint_eq(scan.patch_constants, 4);
}
END_TEST

START_TEST(custom_data_is_stepped_over)
{
    begin(VS);
    /* Class 3, four words: its contents look like a declaration and are none. */
    program.words[program.count++] = DXBC_OP_CUSTOM_DATA | 3 << 11;
    program.words[program.count++] = 5;
    declare(DXBC_OP_DCL_INPUT, DXBC_FILE_INPUT, 9);
    declare(DXBC_OP_DCL_INPUT, DXBC_FILE_INPUT, 1);
    scan_it();
    ck_assert_uint_eq(scan.inputs, 2);
}
END_TEST

START_TEST(second_opcode_word_is_stepped_over)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 3, 0u, test_operand(DXBC_FILE_INPUT, 1), 4u);
    program.words[2] |= EXTENDED;
    scan_it();
    ck_assert_uint_eq(scan.inputs, 1u << 4);
}
END_TEST

START_TEST(second_operand_word_is_stepped_over)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 3, test_operand(DXBC_FILE_INPUT, 1) | EXTENDED,
                     0u, 4u);
    scan_it();
    ck_assert_uint_eq(scan.inputs, 1u << 4);
}
END_TEST

START_TEST(unaligned_tokens_are_scanned)
{
    uint8_t bytes[sizeof(program.words) + 1];

    begin(VS);
    declare(DXBC_OP_DCL_INPUT, DXBC_FILE_INPUT, 2);
    memcpy(bytes + 1, program.words, sizeof(program.words));
    ck_assert(dxbc_scan_tokens(bytes + 1, program.count, &scan, NULL));
    ck_assert_uint_eq(scan.inputs, 4);
}
END_TEST

START_TEST(compiled_vertex_shader_declares_what_its_source_says)
{
    struct test_bytes file = test_load(SHADER_DIR "/integers_vs.dxbc");
    struct test_split parts;

    ck_assert(test_split_bytes(&parts, file.bytes, file.size_bytes));
    ck_assert(dxbc_scan_tokens(parts.split.tokens, parts.split.length_dwords, &scan, NULL));
    ck_assert_uint_eq(scan.inputs, 7);
    ck_assert_uint_eq(scan.system_value_inputs, 4);
    ck_assert_uint_eq(scan.outputs, 3);
    free(file.bytes);
}
END_TEST

START_TEST(compiled_pixel_shader_declares_what_its_source_says)
{
    struct test_bytes file = test_load(SHADER_DIR "/depth_ps.dxbc");
    struct test_split parts;

    ck_assert(test_split_bytes(&parts, file.bytes, file.size_bytes));
    ck_assert(dxbc_scan_tokens(parts.split.tokens, parts.split.length_dwords, &scan, NULL));
    ck_assert_uint_eq(scan.depth, DXBC_DEPTH_ANY);
    ck_assert_uint_eq(scan.outputs, 3);
    ck_assert_uint_eq(scan.samplers, 2);
    ck_assert_uint_eq(scan.resource_dimension[3], DXBC_DIMENSION_TEXTURE2D);
    free(file.bytes);
}
END_TEST

START_TEST(one_word_is_refused)
{
    begin(VS);
    program.count = 1;
    ck_assert_str_eq(refusal(), "fewer than two shader tokens");
}
END_TEST

START_TEST(no_tokens_are_refused)
{
    ck_assert(!dxbc_scan_tokens(NULL, 0, &scan, NULL));
}
END_TEST

START_TEST(unknown_program_type_is_refused)
{
    test_program_begin(&program, DXBC_PROGRAMS, 5, 0);
    ck_assert_str_eq(refusal(), "unknown program type");
}
END_TEST

static const uint32_t unknown_models[][2] = { { 3, 0 }, { 4, 2 }, { 5, 1 }, { 6, 0 } };

START_TEST(unknown_shader_model_is_refused)
{
    test_program_begin(&program, VS, unknown_models[_i][0], unknown_models[_i][1]);
    ck_assert_str_eq(refusal(), "not shader model 4.0, 4.1 or 5.0");
}
END_TEST

static const uint32_t bad_lengths[] = { 0, 1, DXBC_TOKENS_MAX + 1, 0xFFFFFFFF };

START_TEST(length_out_of_bounds_is_refused)
{
    begin(VS);
    program.words[1] = bad_lengths[_i];
    ck_assert_str_eq(refusal(), "the program length is not 2 to 1M tokens");
}
END_TEST

START_TEST(length_beyond_the_tokens_is_refused)
{
    begin(VS);
    program.words[1] = 3;
    ck_assert_str_eq(refusal(), "the program is longer than the tokens supplied");
}
END_TEST

START_TEST(instruction_without_length_is_refused)
{
    begin(VS);
    test_program_add(&program, OP_NOP, 0, 0);
    program.words[2] = OP_NOP;
    ck_assert_str_eq(refusal(), "an instruction has no length");
}
END_TEST

START_TEST(instruction_beyond_the_program_is_refused)
{
    begin(VS);
    test_program_add(&program, OP_NOP, 0, 0);
    program.words[2] = OP_NOP | 2u << 24;
    ck_assert_str_eq(refusal(), "an instruction is longer than the program");
}
END_TEST

START_TEST(custom_data_without_length_word_is_refused)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_CUSTOM_DATA, 0, 0);
    program.words[3] = 2; /* beyond the program, and no length of anything */
    ck_assert_str_eq(refusal(), "an instruction has no length");
}
END_TEST

START_TEST(custom_data_beyond_the_program_is_refused)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_CUSTOM_DATA, 0, 1, 0xFFFFFFFFu);
    ck_assert_str_eq(refusal(), "an instruction is longer than the program");
}
END_TEST

START_TEST(custom_data_shorter_than_its_own_words_is_refused)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_CUSTOM_DATA, 0, 1, 1u);
    ck_assert_str_eq(refusal(), "the opcode words do not fit their instruction");
}
END_TEST

START_TEST(endless_opcode_words_are_refused)
{
    begin(VS);
    test_program_add(&program, OP_NOP, 0, 1, EXTENDED);
    program.words[2] |= EXTENDED;
    ck_assert_str_eq(refusal(), "the opcode words do not fit their instruction");
}
END_TEST

START_TEST(declaration_without_operand_is_refused)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 0);
    ck_assert_str_eq(refusal(), "a declaration has no operand");
}
END_TEST

START_TEST(endless_operand_words_are_refused)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 1,
                     test_operand(DXBC_FILE_INPUT, 0) | EXTENDED);
    ck_assert_str_eq(refusal(), "the operand words do not fit their instruction");
}
END_TEST

START_TEST(index_beyond_the_instruction_is_refused)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 1, test_operand(DXBC_FILE_INPUT, 1));
    test_program_add(&program, OP_RET, 0, 0);
    ck_assert_str_eq(refusal(), "the operand's indices do not fit their instruction");
}
END_TEST

START_TEST(computed_index_is_refused)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 2,
                     test_operand(DXBC_FILE_INPUT, 1) | INDEX_IS_RUN << 22, 0u);
    ck_assert_str_eq(refusal(), "a declaration's index is not immediate");
}
END_TEST

START_TEST(input_without_register_is_refused)
{
    begin(VS);
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 1, test_operand(DXBC_FILE_INPUT, 0));
    ck_assert_str_eq(refusal(), "an input or output has no register number");
}
END_TEST

static const struct {
    uint32_t opcode;
    enum dxbc_file file;
} registers[] = {
    { DXBC_OP_DCL_INPUT, DXBC_FILE_INPUT },
    { DXBC_OP_DCL_INPUT, DXBC_FILE_PATCH_CONSTANT },
    { DXBC_OP_DCL_OUTPUT, DXBC_FILE_OUTPUT },
};

START_TEST(register_beyond_31_is_refused)
{
    begin(DS);
    declare(registers[_i].opcode, registers[_i].file, 32);
    ck_assert_str_eq(refusal(), "an input or output register beyond 31");
}
END_TEST

static const struct {
    uint32_t opcode, controls;
    enum dxbc_file file;
    uint32_t slots;
} slot_files[] = {
    { DXBC_OP_DCL_RESOURCE, DXBC_DIMENSION_TEXTURE2D, DXBC_FILE_RESOURCE, DXBC_RESOURCE_SLOTS },
    { DXBC_OP_DCL_CONSTANT_BUFFER, 0, DXBC_FILE_CONSTANT_BUFFER, DXBC_CONSTANT_BUFFER_SLOTS },
    { DXBC_OP_DCL_SAMPLER, 0, DXBC_FILE_SAMPLER, DXBC_SAMPLER_SLOTS },
    { DXBC_OP_DCL_UAV_TYPED, DXBC_DIMENSION_TEXTURE2D, DXBC_FILE_UAV, DXBC_UAV_SLOTS },
    { DXBC_OP_DCL_STREAM, 0, DXBC_FILE_STREAM, DXBC_STREAMS },
};

/* Two indices throughout, which a constant buffer needs and the others allow. */
START_TEST(last_slot_is_accepted)
{
    begin(CS);
    test_program_add(&program, slot_files[_i].opcode, slot_files[_i].controls, 3,
                     test_operand(slot_files[_i].file, 2), slot_files[_i].slots - 1, 1u);
    ck_assert_str_eq(refusal(), "accepted");
}
END_TEST

START_TEST(slot_beyond_the_last_is_refused)
{
    begin(CS);
    test_program_add(&program, slot_files[_i].opcode, slot_files[_i].controls, 3,
                     test_operand(slot_files[_i].file, 2), slot_files[_i].slots, 1u);
    ck_assert_str_eq(refusal(), "a declaration names a slot that does not exist");
}
END_TEST

START_TEST(slot_in_another_register_file_is_refused)
{
    begin(CS);
    test_program_add(&program, slot_files[_i].opcode, slot_files[_i].controls, 3,
                     test_operand(DXBC_FILE_INPUT, 2), 0u, 1u);
    ck_assert_str_eq(refusal(), "a declaration names the wrong kind of register");
}
END_TEST

START_TEST(constant_buffer_without_size_is_refused)
{
    begin(VS);
    declare(DXBC_OP_DCL_CONSTANT_BUFFER, DXBC_FILE_CONSTANT_BUFFER, 0);
    ck_assert_str_eq(refusal(), "a constant buffer has no size");
}
END_TEST

static const uint32_t unknown_dimensions[] = { DXBC_DIMENSION_NONE, DXBC_DIMENSIONS, 31 };

START_TEST(resource_of_unknown_dimension_is_refused)
{
    begin(PS);
    test_program_add(&program, DXBC_OP_DCL_RESOURCE, unknown_dimensions[_i], 3,
                     test_operand(DXBC_FILE_RESOURCE, 1), 0u, 0x5555u);
    ck_assert_str_eq(refusal(), "a resource has an unknown dimension");
}
END_TEST

START_TEST(thread_group_of_two_numbers_is_refused)
{
    begin(CS);
    test_program_add(&program, DXBC_OP_DCL_THREAD_GROUP, 0, 2, 8u, 8u);
    ck_assert_str_eq(refusal(), "a declaration is too short");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

int main(void)
{
    const struct {
        const TTest *test;
        int count;
    } tests[] = {
        { version_and_length_are_reported, 1 },
        { empty_program_is_accepted, 1 },
        { words_behind_the_program_are_not_looked_at, 1 },
        { vertex_inputs_are_found, 1 },
        { system_value_inputs_are_told_apart, COUNT(system_value_opcodes) },
        { geometry_input_register_is_the_second_index, 1 },
        { primitive_id_of_a_geometry_shader_is_no_register, 1 },
        { outputs_are_found, COUNT(output_opcodes) },
        { depth_output_is_found, COUNT(depth_files) },
        { coverage_output_is_found, 1 },
        { constant_buffer_and_its_size_are_found, 1 },
        { sampler_is_found, 1 },
        { typed_resource_has_the_declared_dimension, 1 },
        { undeclared_resource_has_no_dimension, 1 },
        { raw_and_structured_buffers_are_found, COUNT(buffers) },
        { typed_uav_is_found, 1 },
        { geometry_declarations_are_found, 1 },
        { geometry_stream_is_found, 1 },
        { thread_group_is_found, 1 },
        { hull_outputs_are_told_apart_by_phase, 1 },
        { domain_inputs_are_told_apart_by_file, 1 },
        { custom_data_is_stepped_over, 1 },
        { second_opcode_word_is_stepped_over, 1 },
        { second_operand_word_is_stepped_over, 1 },
        { unaligned_tokens_are_scanned, 1 },
        { compiled_vertex_shader_declares_what_its_source_says, 1 },
        { compiled_pixel_shader_declares_what_its_source_says, 1 },
        { one_word_is_refused, 1 },
        { no_tokens_are_refused, 1 },
        { unknown_program_type_is_refused, 1 },
        { unknown_shader_model_is_refused, COUNT(unknown_models) },
        { length_out_of_bounds_is_refused, COUNT(bad_lengths) },
        { length_beyond_the_tokens_is_refused, 1 },
        { instruction_without_length_is_refused, 1 },
        { instruction_beyond_the_program_is_refused, 1 },
        { custom_data_without_length_word_is_refused, 1 },
        { custom_data_beyond_the_program_is_refused, 1 },
        { custom_data_shorter_than_its_own_words_is_refused, 1 },
        { endless_opcode_words_are_refused, 1 },
        { declaration_without_operand_is_refused, 1 },
        { endless_operand_words_are_refused, 1 },
        { index_beyond_the_instruction_is_refused, 1 },
        { computed_index_is_refused, 1 },
        { input_without_register_is_refused, 1 },
        { register_beyond_31_is_refused, COUNT(registers) },
        { last_slot_is_accepted, COUNT(slot_files) },
        { slot_beyond_the_last_is_refused, COUNT(slot_files) },
        { slot_in_another_register_file_is_refused, COUNT(slot_files) },
        { constant_buffer_without_size_is_refused, 1 },
        { resource_of_unknown_dimension_is_refused, COUNT(unknown_dimensions) },
        { thread_group_of_two_numbers_is_refused, 1 },
    };
    Suite *suite = suite_create("dxbc_scan");
    TCase *cases = tcase_create("scan");

    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
        tcase_add_loop_test(cases, tests[i].test, 0, tests[i].count);
    suite_add_tcase(suite, cases);
    return test_run(suite);
}
