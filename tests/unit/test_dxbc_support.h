/**
 * What the container tests share: the compiled shaders beside the scenarios, and a small assembler
 * for programs that Wine's compiler cannot make.
 */
#ifndef TEST_DXBC_SUPPORT_H
#define TEST_DXBC_SUPPORT_H

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "dxbc/builder.h"
#include "dxbc/reader.h"
#include "dxbc/scan.h"
#include "dxbc/signature.h"
#include "dxbc/split.h"
#include "dxbc/tokens.h"

/** Shaders compiled by Wine, with their program types. SHADER_DIR comes from the build. */
struct test_shader {
    const char *path;
    enum dxbc_program program;
};

static const struct test_shader test_shaders[] = {
    { SHADER_DIR "/depth_ps.dxbc", DXBC_PROGRAM_PIXEL },
    { SHADER_DIR "/integers_vs.dxbc", DXBC_PROGRAM_VERTEX },
    { SHADER_DIR "/solid_ps.dxbc", DXBC_PROGRAM_PIXEL },
    { SHADER_DIR "/solid_vs.dxbc", DXBC_PROGRAM_VERTEX },
    { SHADER_DIR "/triangle_ps.dxbc", DXBC_PROGRAM_PIXEL },
    { SHADER_DIR "/triangle_vs.dxbc", DXBC_PROGRAM_VERTEX },
};

#define TEST_SHADER_COUNT ((int)(sizeof(test_shaders) / sizeof(test_shaders[0])))

/** A file in memory of exactly its size, so that a sanitizer sees a read one byte beyond. */
struct test_bytes {
    uint8_t *bytes; /**< free() */
    size_t size_bytes;
};

static inline struct test_bytes test_load(const char *path)
{
    struct test_bytes file = { 0 };
    FILE *stream = fopen(path, "rb");

    ck_assert_msg(stream != NULL, "cannot open %s", path);
    ck_assert_int_eq(fseek(stream, 0, SEEK_END), 0);
    file.size_bytes = (size_t)ftell(stream);
    rewind(stream);
    file.bytes = malloc(file.size_bytes);
    ck_assert_ptr_nonnull(file.bytes);
    ck_assert_uint_eq(fread(file.bytes, 1, file.size_bytes, stream), file.size_bytes);
    fclose(stream);
    return file;
}

/** What the runtime would hand over for a container, in arrays of its own. */
struct test_split {
    struct dxbc_split split;
    struct dxbc_signature_entry inputs[32], outputs[32], patch[32];
};

static inline bool test_split_bytes(struct test_split *out, const void *bytes, size_t size_bytes)
{
    out->split.inputs = (struct dxbc_split_signature){ .entries = out->inputs, .capacity = 32 };
    out->split.outputs = (struct dxbc_split_signature){ .entries = out->outputs, .capacity = 32 };
    out->split.patch = (struct dxbc_split_signature){ .entries = out->patch, .capacity = 32 };
    return dxbc_split_container(bytes, size_bytes, &out->split, NULL);
}

/** The description a driver makes of what it was handed; scan is lent by the caller. */
static inline struct dxbc_container_desc test_describe(const struct dxbc_split *split,
                                                       const struct dxbc_scan *scan)
{
    return (struct dxbc_container_desc){
        .tokens = split->tokens,
        .scan = scan,
        .inputs = split->inputs.entries,
        .outputs = split->outputs.entries,
        .patch = split->patch.entries,
        .input_count = split->inputs.count,
        .output_count = split->outputs.count,
        .patch_count = split->patch.count,
    };
}

/** Builds into memory of exactly the announced size. */
static inline struct test_bytes test_build(const struct dxbc_container_desc *desc)
{
    struct test_bytes built = { 0 };
    uint32_t size_bytes;

    ck_assert(dxbc_container_size(desc, &size_bytes));
    built.bytes = malloc(size_bytes);
    ck_assert_ptr_nonnull(built.bytes);
    built.size_bytes = size_bytes;
    ck_assert(dxbc_container_write(desc, built.bytes, size_bytes));
    return built;
}

/** A program under construction. */
struct test_program {
    uint32_t words[128];
    uint32_t count;
};

static inline void test_program_begin(struct test_program *program, enum dxbc_program type,
                                      uint32_t major, uint32_t minor)
{
    program->words[0] = (uint32_t)type << 16 | major << 4 | minor;
    program->words[1] = 2;
    program->count = 2;
}

/** Adds an instruction of an opcode, control bits from bit 11 on, and `count` more words. */
static inline void test_program_add(struct test_program *program, uint32_t opcode,
                                    uint32_t controls, uint32_t count, ...)
{
    va_list words;

    program->words[program->count++] = opcode | controls << 11 | (count + 1) << 24;
    va_start(words, count);
    for (uint32_t i = 0; i < count; i++)
        program->words[program->count++] = va_arg(words, uint32_t);
    va_end(words);
    program->words[1] = program->count;
}

/** An operand word: all components of a register file, with this many immediate indices. */
static inline uint32_t test_operand(enum dxbc_file file, uint32_t index_count)
{
    return 2u | 0xF0u | (uint32_t)file << 12 | index_count << 20;
}

static inline bool test_scan(const struct test_program *program, struct dxbc_scan *scan)
{
    return dxbc_scan_tokens(program->words, program->count, scan, NULL);
}

/** Runs the cases and prints TAP. */
static inline int test_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    int failed;

    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
