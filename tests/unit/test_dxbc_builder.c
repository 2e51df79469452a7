/** What the builder makes of tokens and signatures. */
#include <string.h>

#include "dxbc/check.h"
#include "dxbc/internal.h"
#include "test_dxbc_support.h"

#define PS DXBC_PROGRAM_PIXEL
#define VS DXBC_PROGRAM_VERTEX
#define GS DXBC_PROGRAM_GEOMETRY
#define HS DXBC_PROGRAM_HULL
#define DS DXBC_PROGRAM_DOMAIN
#define CS DXBC_PROGRAM_COMPUTE

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

static struct test_program program;
static struct dxbc_scan scan;
static struct dxbc_container_desc desc;
static struct test_bytes built;
static struct dxbc_reader reader;

static const struct dxbc_signature_entry position = { DXBC_SV_POSITION, 0, 0xF };

static void begin(enum dxbc_program type)
{
    test_program_begin(&program, type, type >= DXBC_PROGRAM_HULL ? 5 : 4, 0);
    desc = (struct dxbc_container_desc){ .tokens = program.words, .scan = &scan };
    if (type == VS) {
        desc.outputs = &position;
        desc.output_count = 1;
    }
}

static void declare_input(uint32_t index)
{
    test_program_add(&program, DXBC_OP_DCL_INPUT, 0, 2, test_operand(DXBC_FILE_INPUT, 1), index);
}

static void declare_output_file(enum dxbc_file file)
{
    test_program_add(&program, DXBC_OP_DCL_OUTPUT, 0, 1, test_operand(file, 0));
}

static void build(void)
{
    ck_assert(test_scan(&program, &scan));
    built = test_build(&desc);
    ck_assert(dxbc_reader_init(&reader, built.bytes, built.size_bytes, NULL));
}

static bool is_refused(void)
{
    uint32_t size_bytes;

    ck_assert(test_scan(&program, &scan));
    return !dxbc_container_size(&desc, &size_bytes);
}

static void release(void)
{
    free(built.bytes);
    built = (struct test_bytes){ 0 };
}

static uint32_t entry_count(enum dxbc_signature_kind kind)
{
    struct dxbc_signature signature;

    ck_assert(dxbc_reader_signature(&reader, kind, &signature, NULL));
    return signature.count;
}

static struct dxbc_element entry(enum dxbc_signature_kind kind, uint32_t index)
{
    struct dxbc_signature signature;
    struct dxbc_element element;

    ck_assert(dxbc_reader_signature(&reader, kind, &signature, NULL));
    ck_assert_uint_lt(index, signature.count);
    dxbc_signature_element(&signature, index, &element);
    return element;
}

static struct dxbc_element input(uint32_t index)
{
    return entry(DXBC_SIGNATURE_INPUT, index);
}

static struct dxbc_element output(uint32_t index)
{
    return entry(DXBC_SIGNATURE_OUTPUT, index);
}

START_TEST(generic_entry_is_named_after_its_register)
{
    const struct dxbc_signature_entry inputs[] = { { 0, 7, 0xF } };

    begin(VS);
    declare_input(7);
    desc.inputs = inputs;
    desc.input_count = 1;
    build();
    ck_assert_str_eq(input(0).name, "R");
    ck_assert_uint_eq(input(0).semantic_index, 7);
    ck_assert_uint_eq(input(0).register_index, 7);
    ck_assert_uint_eq(input(0).system_value, DXBC_SV_NONE);
}
END_TEST

static const struct {
    const char *name;
    uint32_t component_type;
} system_values[] = {
    { "SV_Position", DXBC_COMPONENT_FLOAT },
    { "SV_ClipDistance", DXBC_COMPONENT_FLOAT },
    { "SV_CullDistance", DXBC_COMPONENT_FLOAT },
    { "SV_RenderTargetArrayIndex", DXBC_COMPONENT_UINT },
    { "SV_ViewportArrayIndex", DXBC_COMPONENT_UINT },
    { "SV_VertexID", DXBC_COMPONENT_UINT },
    { "SV_PrimitiveID", DXBC_COMPONENT_UINT },
    { "SV_InstanceID", DXBC_COMPONENT_UINT },
    { "SV_IsFrontFace", DXBC_COMPONENT_UINT },
    { "SV_SampleIndex", DXBC_COMPONENT_UINT },
};

/* System values 1 to 10, in the order of their numbers. */
START_TEST(system_value_has_its_name_number_and_type)
{
    const struct dxbc_signature_entry inputs[] = { { (uint32_t)_i + 1, 2, 0x1 } };

    begin(PS);
    desc.inputs = inputs;
    desc.input_count = 1;
    build();
    ck_assert_str_eq(input(0).name, system_values[_i].name);
    ck_assert_uint_eq(input(0).system_value, (uint32_t)_i + 1);
    ck_assert_uint_eq(input(0).semantic_index, 0);
    ck_assert_uint_eq(input(0).component_type, system_values[_i].component_type);
}
END_TEST

START_TEST(system_value_in_two_registers_is_numbered)
{
    const struct dxbc_signature_entry outputs[] = { { DXBC_SV_POSITION, 0, 0xF },
                                                    { DXBC_SV_CLIP_DISTANCE, 1, 0xF },
                                                    { DXBC_SV_CLIP_DISTANCE, 2, 0x3 } };

    begin(VS);
    desc.outputs = outputs;
    desc.output_count = COUNT(outputs);
    build();
    ck_assert_uint_eq(output(1).semantic_index, 0);
    ck_assert_uint_eq(output(2).semantic_index, 1);
}
END_TEST

START_TEST(entries_of_one_register_are_merged)
{
    const struct dxbc_signature_entry inputs[] = { { 0, 1, 0x3 }, { 0, 0, 0xF }, { 0, 1, 0xC } };

    begin(PS);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_INPUT), 2);
    ck_assert_uint_eq(input(0).register_index, 1);
    ck_assert_uint_eq(input(0).mask, 0xF);
}
END_TEST

START_TEST(entries_of_one_register_with_different_meaning_stay_apart)
{
    const struct dxbc_signature_entry inputs[] = { { DXBC_SV_PRIMITIVE_ID, 1, 0x1 },
                                                   { 0, 1, 0x2 } };

    begin(PS);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_INPUT), 2);
}
END_TEST

START_TEST(entry_without_mask_is_left_out)
{
    const struct dxbc_signature_entry inputs[] = { { 0, 0, 0 }, { 0, 1, 0xF0 } };

    begin(PS);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_INPUT), 0);
}
END_TEST

START_TEST(vertex_input_the_tokens_do_not_declare_is_left_out)
{
    const struct dxbc_signature_entry inputs[] = { { 0, 0, 0xF }, { 0, 1, 0xF }, { 0, 2, 0xF } };

    begin(VS);
    declare_input(1);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_INPUT), 1);
    ck_assert_uint_eq(input(0).register_index, 1);
}
END_TEST

START_TEST(pixel_input_the_tokens_do_not_declare_is_kept)
{
    const struct dxbc_signature_entry inputs[] = { { 0, 0, 0xF }, { 0, 1, 0xF } };

    begin(PS);
    declare_input(1);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_INPUT), 2);
}
END_TEST

START_TEST(vertex_input_has_the_type_the_caller_gives)
{
    const struct dxbc_signature_entry inputs[] = { { 0, 0, 0xF }, { 0, 1, 0xF }, { 0, 2, 0xF } };
    const uint8_t components[DXBC_REGISTERS] = { DXBC_COMPONENT_FLOAT, DXBC_COMPONENT_UINT,
                                                 DXBC_COMPONENT_SINT };

    begin(VS);
    for (uint32_t i = 0; i < COUNT(inputs); i++)
        declare_input(i);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    desc.input_component = components;
    build();
    ck_assert_uint_eq(input(0).component_type, DXBC_COMPONENT_FLOAT);
    ck_assert_uint_eq(input(1).component_type, DXBC_COMPONENT_UINT);
    ck_assert_uint_eq(input(2).component_type, DXBC_COMPONENT_SINT);
}
END_TEST

START_TEST(vertex_input_is_float_when_the_caller_gives_no_types)
{
    const struct dxbc_signature_entry inputs[] = { { 0, 3, 0xF } };

    begin(VS);
    declare_input(3);
    desc.inputs = inputs;
    desc.input_count = 1;
    build();
    ck_assert_uint_eq(input(0).component_type, DXBC_COMPONENT_FLOAT);
}
END_TEST

START_TEST(system_value_keeps_its_type_whatever_the_caller_gives)
{
    const struct dxbc_signature_entry inputs[] = { { DXBC_SV_VERTEX_ID, 0, 0x1 } };
    const uint8_t components[DXBC_REGISTERS] = { DXBC_COMPONENT_SINT };

    begin(VS);
    declare_input(0);
    desc.inputs = inputs;
    desc.input_count = 1;
    desc.input_component = components;
    build();
    ck_assert_uint_eq(input(0).component_type, DXBC_COMPONENT_UINT);
}
END_TEST

START_TEST(read_mask_of_inputs_is_the_mask)
{
    const struct dxbc_signature_entry inputs[] = { { 0, 1, 0x7 } };

    begin(PS);
    desc.inputs = inputs;
    desc.input_count = 1;
    build();
    ck_assert_uint_eq(input(0).rw_mask, 0x7);
}
END_TEST

START_TEST(write_mask_of_outputs_is_empty)
{
    begin(VS);
    build();
    ck_assert_uint_eq(output(0).mask, 0xF);
    ck_assert_uint_eq(output(0).rw_mask, 0);
}
END_TEST

START_TEST(pixel_output_is_the_target_of_its_register)
{
    const struct dxbc_signature_entry outputs[] = { { 0, 5, 0xF } };

    begin(PS);
    desc.outputs = outputs;
    desc.output_count = 1;
    build();
    ck_assert_str_eq(output(0).name, "SV_Target");
    ck_assert_uint_eq(output(0).semantic_index, 5);
    ck_assert_uint_eq(output(0).register_index, 5);
    ck_assert_uint_eq(output(0).system_value, DXBC_SV_TARGET);
    ck_assert_uint_eq(output(0).component_type, DXBC_COMPONENT_FLOAT);
}
END_TEST

static const enum dxbc_file depth_files[] = {
    DXBC_FILE_DEPTH,
    DXBC_FILE_DEPTH_GREATER_EQUAL,
    DXBC_FILE_DEPTH_LESS_EQUAL,
};

START_TEST(declared_depth_becomes_an_entry)
{
    const struct dxbc_signature_entry outputs[] = { { 0, 0, 0xF } };

    begin(PS);
    declare_output_file(depth_files[_i]);
    desc.outputs = outputs;
    desc.output_count = 1;
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_OUTPUT), 2);
    ck_assert_str_eq(output(1).name, "SV_Depth");
    ck_assert_uint_eq(output(1).register_index, DXBC_REGISTER_NONE);
    ck_assert_uint_eq(output(1).system_value, DXBC_SV_DEPTH);
    ck_assert_uint_eq(output(1).mask, 1);
}
END_TEST

START_TEST(depth_that_is_declared_and_listed_becomes_one_entry)
{
    const struct dxbc_signature_entry outputs[] = { { 0, 0, 0xF }, { 0, DXBC_REGISTER_NONE, 1 } };

    begin(PS);
    declare_output_file(DXBC_FILE_DEPTH);
    desc.outputs = outputs;
    desc.output_count = COUNT(outputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_OUTPUT), 2);
}
END_TEST

START_TEST(depth_alone_needs_no_target)
{
    begin(PS);
    declare_output_file(DXBC_FILE_DEPTH);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_OUTPUT), 1);
    ck_assert_uint_eq(output(0).system_value, DXBC_SV_DEPTH);
}
END_TEST

START_TEST(sample_mask_is_not_taken_for_depth)
{
    const struct dxbc_signature_entry outputs[] = { { 0, 0, 0xF }, { 0, DXBC_REGISTER_NONE, 1 } };

    begin(PS);
    declare_output_file(DXBC_FILE_COVERAGE);
    desc.outputs = outputs;
    desc.output_count = COUNT(outputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_OUTPUT), 1);
}
END_TEST

START_TEST(pixel_shader_without_outputs_gets_a_target)
{
    begin(PS);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_OUTPUT), 1);
    ck_assert_uint_eq(output(0).system_value, DXBC_SV_TARGET);
    ck_assert_uint_eq(output(0).register_index, 0);
}
END_TEST

START_TEST(geometry_input_the_tokens_do_not_declare_is_kept)
{
    const struct dxbc_signature_entry inputs[] = { { DXBC_SV_POSITION, 0, 0xF }, { 0, 1, 0xF } };

    begin(GS);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_INPUT), 2);
}
END_TEST

START_TEST(input_in_no_register_is_left_out)
{
    const struct dxbc_signature_entry inputs[] = { { 0, DXBC_REGISTER_NONE, 0x1 } };

    begin(PS);
    desc.inputs = inputs;
    desc.input_count = 1;
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_INPUT), 0);
}
END_TEST

START_TEST(primitive_id_in_no_register_is_kept)
{
    const struct dxbc_signature_entry inputs[] = { { DXBC_SV_PRIMITIVE_ID, DXBC_REGISTER_NONE,
                                                     0x1 } };

    begin(GS);
    desc.inputs = inputs;
    desc.input_count = 1;
    build();
    ck_assert_str_eq(input(0).name, "SV_PrimitiveID");
    ck_assert_uint_eq(input(0).register_index, DXBC_REGISTER_NONE);
}
END_TEST

static const struct {
    enum dxbc_program type;
    uint32_t major;
    const char *chunks;
} layouts[] = {
    { PS, 4, "ISGN OSGN SHDR " },      { VS, 4, "ISGN OSGN SHDR " },
    { GS, 4, "ISGN OSGN SHDR " },      { CS, 4, "SHDR " },
    { PS, 5, "ISGN OSGN SHEX " },      { VS, 5, "ISGN OSGN SHEX " },
    { GS, 5, "ISGN OSGN SHEX " },      { HS, 5, "ISGN OSGN PCSG SHEX " },
    { DS, 5, "ISGN OSGN PCSG SHEX " }, { CS, 5, "SHEX " },
};

START_TEST(program_type_and_model_choose_the_chunks)
{
    char chunks[64] = "";

    begin(layouts[_i].type);
    program.words[0] = (uint32_t)layouts[_i].type << 16 | layouts[_i].major << 4;
    build();
    for (uint32_t i = 0; i < reader.chunk_count; i++) {
        struct dxbc_chunk chunk;

        dxbc_reader_chunk(&reader, i, &chunk);
        strncat(chunks, (const char *)&chunk.fourcc, 4);
        strcat(chunks, " ");
    }
    ck_assert_str_eq(chunks, layouts[_i].chunks);
}
END_TEST

START_TEST(strictest_host_accepts_the_container)
{
    const char *reason = "accepted";

    begin(layouts[_i].type);
    program.words[0] = (uint32_t)layouts[_i].type << 16 | layouts[_i].major << 4;
    build();
    dxbc_container_check(built.bytes, built.size_bytes, layouts[_i].type, &reason);
    ck_assert_str_eq(reason, "accepted");
}
END_TEST

START_TEST(size_is_whole_words)
{
    begin(layouts[_i].type);
    build();
    ck_assert_uint_eq(built.size_bytes % 4, 0);
}
END_TEST

START_TEST(patch_constants_of_a_domain_shader_are_read)
{
    const struct dxbc_signature_entry patch[] = { { 0, 1, 0x3 } };

    begin(DS);
    desc.patch = patch;
    desc.patch_count = 1;
    build();
    ck_assert_uint_eq(entry(DXBC_SIGNATURE_PATCH, 0).rw_mask, 0x3);
}
END_TEST

START_TEST(patch_constants_of_a_hull_shader_are_written)
{
    const struct dxbc_signature_entry patch[] = { { 0, 1, 0x3 } };

    begin(HS);
    desc.patch = patch;
    desc.patch_count = 1;
    build();
    ck_assert_uint_eq(entry(DXBC_SIGNATURE_PATCH, 0).rw_mask, 0);
}
END_TEST

/* Interface values 17 to 20: three edges and the inside of a triangle. */
START_TEST(tessellation_factors_are_numbered_by_edge)
{
    const struct dxbc_signature_entry patch[] = {
        { 17, 0, 0x8 }, { 18, 1, 0x8 }, { 19, 2, 0x8 }, { 20, 3, 0x8 }
    };

    begin(HS);
    desc.patch = patch;
    desc.patch_count = COUNT(patch);
    build();
    ck_assert_str_eq(entry(DXBC_SIGNATURE_PATCH, 2).name, "SV_TessFactor");
    ck_assert_uint_eq(entry(DXBC_SIGNATURE_PATCH, 2).system_value, 13);
    ck_assert_uint_eq(entry(DXBC_SIGNATURE_PATCH, 2).semantic_index, 2);
    ck_assert_str_eq(entry(DXBC_SIGNATURE_PATCH, 3).name, "SV_InsideTessFactor");
}
END_TEST

START_TEST(checksum_is_real)
{
    begin(VS);
    build();
    ck_assert(dxbc_reader_hash_matches(&reader));
}
END_TEST

START_TEST(tokens_are_copied_verbatim)
{
    struct dxbc_chunk code;

    begin(VS);
    declare_input(0);
    build();
    ck_assert(dxbc_reader_code(&reader, &code, NULL));
    ck_assert_uint_eq(code.size_bytes, 4 * program.count);
    ck_assert_mem_eq(code.data, program.words, code.size_bytes);
}
END_TEST

START_TEST(same_description_gives_the_same_bytes)
{
    uint8_t elsewhere[1024];

    begin(VS);
    build();
    memset(elsewhere, 0xCD, sizeof(elsewhere));
    ck_assert(dxbc_container_write(&desc, elsewhere + 1, sizeof(elsewhere) - 1));
    ck_assert_mem_eq(elsewhere + 1, built.bytes, built.size_bytes);
}
END_TEST

START_TEST(nothing_is_written_behind_the_container)
{
    uint8_t elsewhere[1024];

    begin(VS);
    build();
    memset(elsewhere, 0xCD, sizeof(elsewhere));
    ck_assert(dxbc_container_write(&desc, elsewhere, sizeof(elsewhere)));
    for (size_t i = built.size_bytes; i < sizeof(elsewhere); i++)
        ck_assert_uint_eq(elsewhere[i], 0xCD);
}
END_TEST

START_TEST(buffer_too_small_is_refused_and_left_alone)
{
    uint8_t elsewhere[1024];

    begin(VS);
    build();
    memset(elsewhere, 0xCD, sizeof(elsewhere));
    ck_assert(!dxbc_container_write(&desc, elsewhere, (uint32_t)built.size_bytes - 1));
    for (size_t i = 0; i < sizeof(elsewhere); i++)
        ck_assert_uint_eq(elsewhere[i], 0xCD);
}
END_TEST

static const struct dxbc_signature_entry impossible[] = {
    { 0, 32, 0xF },                       /* no such register */
    { 0, DXBC_REGISTER_NONE - 1, 0xF },   /* nor this one */
    { 23, 0, 0xF },                       /* no such system value */
    { DXBC_SV_TARGET, 0, 0xF },           /* not at this side of the interface */
    { 0xFFFFFFFF, DXBC_REGISTER_NONE, 1 } /* neither */
};

START_TEST(impossible_input_is_refused)
{
    begin(PS);
    desc.inputs = &impossible[_i];
    desc.input_count = 1;
    ck_assert(is_refused());
}
END_TEST

START_TEST(impossible_vertex_output_is_refused)
{
    begin(VS);
    desc.outputs = &impossible[_i];
    desc.output_count = 1;
    ck_assert(is_refused());
}
END_TEST

START_TEST(impossible_target_is_refused)
{
    begin(PS);
    desc.outputs = &impossible[_i];
    desc.output_count = 1;
    ck_assert(is_refused());
}
END_TEST

START_TEST(more_entries_than_there_is_room_for_are_refused)
{
    struct dxbc_signature_entry inputs[DXBC_BUILDER_ENTRIES_MAX + 1];

    for (uint32_t i = 0; i < COUNT(inputs); i++)
        inputs[i] = (struct dxbc_signature_entry){ i / DXBC_REGISTERS, i % DXBC_REGISTERS, 1 };
    begin(PS);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    ck_assert(is_refused());
}
END_TEST

START_TEST(as_many_entries_as_there_is_room_for_are_built)
{
    struct dxbc_signature_entry inputs[DXBC_BUILDER_ENTRIES_MAX];

    for (uint32_t i = 0; i < COUNT(inputs); i++)
        inputs[i] = (struct dxbc_signature_entry){ i / DXBC_REGISTERS, i % DXBC_REGISTERS, 1 };
    begin(PS);
    desc.inputs = inputs;
    desc.input_count = COUNT(inputs);
    build();
    ck_assert_uint_eq(entry_count(DXBC_SIGNATURE_INPUT), COUNT(inputs));
}
END_TEST

int main(void)
{
    const struct {
        const TTest *test;
        uint32_t count;
    } tests[] = {
        { generic_entry_is_named_after_its_register, 1 },
        { system_value_has_its_name_number_and_type, COUNT(system_values) },
        { system_value_in_two_registers_is_numbered, 1 },
        { entries_of_one_register_are_merged, 1 },
        { entries_of_one_register_with_different_meaning_stay_apart, 1 },
        { entry_without_mask_is_left_out, 1 },
        { vertex_input_the_tokens_do_not_declare_is_left_out, 1 },
        { pixel_input_the_tokens_do_not_declare_is_kept, 1 },
        { vertex_input_has_the_type_the_caller_gives, 1 },
        { vertex_input_is_float_when_the_caller_gives_no_types, 1 },
        { system_value_keeps_its_type_whatever_the_caller_gives, 1 },
        { read_mask_of_inputs_is_the_mask, 1 },
        { write_mask_of_outputs_is_empty, 1 },
        { pixel_output_is_the_target_of_its_register, 1 },
        { declared_depth_becomes_an_entry, COUNT(depth_files) },
        { depth_that_is_declared_and_listed_becomes_one_entry, 1 },
        { depth_alone_needs_no_target, 1 },
        { sample_mask_is_not_taken_for_depth, 1 },
        { pixel_shader_without_outputs_gets_a_target, 1 },
        { geometry_input_the_tokens_do_not_declare_is_kept, 1 },
        { input_in_no_register_is_left_out, 1 },
        { primitive_id_in_no_register_is_kept, 1 },
        { program_type_and_model_choose_the_chunks, COUNT(layouts) },
        { strictest_host_accepts_the_container, COUNT(layouts) },
        { size_is_whole_words, COUNT(layouts) },
        { patch_constants_of_a_domain_shader_are_read, 1 },
        { patch_constants_of_a_hull_shader_are_written, 1 },
        { tessellation_factors_are_numbered_by_edge, 1 },
        { checksum_is_real, 1 },
        { tokens_are_copied_verbatim, 1 },
        { same_description_gives_the_same_bytes, 1 },
        { nothing_is_written_behind_the_container, 1 },
        { buffer_too_small_is_refused_and_left_alone, 1 },
        { impossible_input_is_refused, COUNT(impossible) },
        { impossible_vertex_output_is_refused, COUNT(impossible) },
        { impossible_target_is_refused, 2 }, /* system values of targets are not looked at */
        { more_entries_than_there_is_room_for_are_refused, 1 },
        { as_many_entries_as_there_is_room_for_are_built, 1 },
    };
    Suite *suite = suite_create("dxbc_builder");
    TCase *cases = tcase_create("builder");

    tcase_add_checked_fixture(cases, NULL, release);
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
        tcase_add_loop_test(cases, tests[i].test, 0, (int)tests[i].count);
    suite_add_tcase(suite, cases);
    return test_run(suite);
}
