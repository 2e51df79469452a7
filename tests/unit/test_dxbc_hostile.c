/**
 * Damaged containers and tokens. Whatever the bytes are, nothing is read outside them (every copy
 * has exactly its size, so that a sanitizer sees one byte too many), and what is accepted can be
 * built again. The damage is pseudo-random with a fixed seed.
 */
#include <string.h>

#include "dxbc/check.h"
#include "dxbc/internal.h"
#include "test_dxbc_support.h"

#define MUTANTS_PER_SHADER 2000
#define RANDOM_PROGRAMS    20000
#define RANDOM_WORDS_MAX   24

static uint32_t seed;

/* xorshift: enough to reach every branch, the same on every machine. */
static uint32_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static uint32_t random_below(uint32_t limit)
{
    return next_random() % limit;
}

static void read_everything(const struct dxbc_reader *reader)
{
    struct dxbc_signature signature;
    struct dxbc_element element;
    struct dxbc_chunk chunk;
    volatile uint8_t last = 0;

    for (uint32_t i = 0; i < reader->chunk_count; i++) {
        dxbc_reader_chunk(reader, i, &chunk);
        if (chunk.size_bytes > 0)
            last = chunk.data[chunk.size_bytes - 1];
    }
    for (uint32_t kind = 0; kind < DXBC_SIGNATURE_KINDS; kind++) {
        if (!dxbc_reader_signature(reader, kind, &signature, NULL))
            continue;
        for (uint32_t i = 0; i < signature.count; i++) {
            dxbc_signature_element(&signature, i, &element);
            last = (uint8_t)strlen(element.name);
        }
    }
    (void)last;
}

/* Builds what a driver would from the parts; a description that can be measured can be written. */
static bool rebuild(const struct dxbc_split *split)
{
    struct dxbc_scan scan;
    struct dxbc_container_desc desc;
    struct dxbc_reader reader;
    struct test_bytes built;
    uint32_t size_bytes;

    if (!dxbc_scan_tokens(split->tokens, split->length_dwords, &scan, NULL))
        return false;
    desc = test_describe(split, &scan);
    if (!dxbc_container_size(&desc, &size_bytes))
        return false;
    built = test_build(&desc);
    ck_assert(dxbc_reader_init(&reader, built.bytes, built.size_bytes, NULL));
    ck_assert(dxbc_reader_hash_matches(&reader));
    read_everything(&reader);
    free(built.bytes);
    return true;
}

/* Sends bytes through everything that reads containers; whether they came out rebuilt. */
static bool survives(const uint8_t *bytes, size_t size_bytes)
{
    uint8_t *const copy = malloc(size_bytes);
    struct dxbc_reader reader;
    struct test_split parts;
    bool is_rebuilt = false;

    ck_assert(copy || size_bytes == 0);
    if (size_bytes > 0)
        memcpy(copy, bytes, size_bytes);
    if (dxbc_reader_init(&reader, copy, size_bytes, NULL))
        read_everything(&reader);
    for (uint32_t program = 0; program < DXBC_PROGRAMS; program++)
        dxbc_container_check(copy, size_bytes, program, NULL);
    if (test_split_bytes(&parts, copy, size_bytes))
        is_rebuilt = rebuild(&parts.split);
    free(copy);
    return is_rebuilt;
}

START_TEST(undamaged_container_is_rebuilt)
{
    struct test_bytes file = test_load(test_shaders[_i].path);

    ck_assert(survives(file.bytes, file.size_bytes));
    free(file.bytes);
}
END_TEST

START_TEST(truncated_container_is_refused_at_every_length)
{
    struct test_bytes file = test_load(test_shaders[_i].path);

    for (size_t size_bytes = 0; size_bytes < file.size_bytes; size_bytes++)
        ck_assert(!survives(file.bytes, size_bytes));
    free(file.bytes);
}
END_TEST

/* The header agrees with the truncation, so that the chunks are looked at. */
START_TEST(container_that_claims_to_be_shorter_is_survived)
{
    struct test_bytes file = test_load(test_shaders[_i].path);

    for (uint32_t size_bytes = DXBC_HEADER_SIZE; size_bytes < file.size_bytes; size_bytes++) {
        dxbc_store_u32(file.bytes + DXBC_HEADER_TOTAL_SIZE, size_bytes);
        survives(file.bytes, size_bytes);
    }
    free(file.bytes);
}
END_TEST

static const uint32_t nasty_words[] = {
    0,          1,          2,          3,          4,          8,           31,
    32,         33,         0x7F,       0x80,       0xFF,       0x7FFFFFFF,  0x80000000,
    0xFFFFFFF0, 0xFFFFFFFC, 0xFFFFFFFE, 0xFFFFFFFF, 0x1FFFFFFF, 0x40000001u, 0x00100000,
};

static void damage(uint8_t *bytes, size_t size_bytes)
{
    const uint32_t count = 1 + random_below(3);

    for (uint32_t i = 0; i < count; i++) {
        uint8_t *const at = bytes + 4 * (size_t)random_below((uint32_t)size_bytes / 4);

        switch (random_below(3)) {
        case 0:
            *(at + random_below(4)) = (uint8_t)next_random();
            break;
        case 1:
            dxbc_store_u32(at, nasty_words[random_below(sizeof(nasty_words) / 4)]);
            break;
        default:
            dxbc_store_u32(at, dxbc_load_u32(at) ^ 1u << random_below(32));
            break;
        }
    }
}

START_TEST(damaged_container_is_survived)
{
    struct test_bytes file = test_load(test_shaders[_i].path);
    uint8_t *const mutant = malloc(file.size_bytes);
    int rebuilt = 0;

    ck_assert_ptr_nonnull(mutant);
    seed = 0x9E3779B9u + (uint32_t)_i;
    for (int i = 0; i < MUTANTS_PER_SHADER; i++) {
        memcpy(mutant, file.bytes, file.size_bytes);
        damage(mutant, file.size_bytes);
        rebuilt += survives(mutant, file.size_bytes);
    }
    /* Both outcomes happened, so the damage is neither harmless nor always fatal at the door. */
    ck_assert_int_gt(rebuilt, MUTANTS_PER_SHADER / 20);
    ck_assert_int_lt(rebuilt, MUTANTS_PER_SHADER - MUTANTS_PER_SHADER / 20);
    free(mutant);
    free(file.bytes);
}
END_TEST

static bool scan_copy(const uint32_t *words, uint32_t count)
{
    uint32_t *const copy = malloc(4 * (size_t)count);
    struct dxbc_scan scan;
    bool accepted;

    ck_assert(copy || count == 0);
    if (count > 0)
        memcpy(copy, words, 4 * (size_t)count);
    accepted = dxbc_scan_tokens(copy, count, &scan, NULL);
    free(copy);
    return accepted;
}

START_TEST(truncated_tokens_are_refused_at_every_length)
{
    struct test_bytes file = test_load(test_shaders[_i].path);
    struct test_split parts;

    ck_assert(test_split_bytes(&parts, file.bytes, file.size_bytes));
    for (uint32_t count = 0; count < parts.split.length_dwords; count++)
        ck_assert(!scan_copy(parts.split.tokens, count));
    free(file.bytes);
}
END_TEST

/* A word that looks like part of a declaration, or is nonsense. */
static uint32_t random_token(void)
{
    switch (random_below(4)) {
    case 0: /* an opcode word of a declaration */
        return (88 + random_below(75)) | random_below(32) << 11 | (1 + random_below(4)) << 24;
    case 1: /* an operand word */
        return test_operand(random_below(42), random_below(4)) |
               (random_below(8) == 0 ? 1u << 31 : 0);
    case 2:
        return nasty_words[random_below(sizeof(nasty_words) / 4)];
    default:
        return next_random();
    }
}

START_TEST(random_tokens_are_survived)
{
    uint32_t words[RANDOM_WORDS_MAX];
    int accepted = 0;

    seed = 0xC0FFEEu;
    for (int i = 0; i < RANDOM_PROGRAMS; i++) {
        const uint32_t count = 2 + random_below(RANDOM_WORDS_MAX - 1);

        words[0] = random_below(DXBC_PROGRAMS) << 16 | 0x50;
        words[1] = count;
        for (uint32_t at = 2; at < count; at++)
            words[at] = random_token();
        accepted += scan_copy(words, count);
    }
    ck_assert_int_gt(accepted, RANDOM_PROGRAMS / 100);
    ck_assert_int_lt(accepted, RANDOM_PROGRAMS / 2);
}
END_TEST

int main(void)
{
    const struct {
        const TTest *test;
        int count;
    } tests[] = {
        { undamaged_container_is_rebuilt, TEST_SHADER_COUNT },
        { truncated_container_is_refused_at_every_length, TEST_SHADER_COUNT },
        { container_that_claims_to_be_shorter_is_survived, TEST_SHADER_COUNT },
        { damaged_container_is_survived, TEST_SHADER_COUNT },
        { truncated_tokens_are_refused_at_every_length, TEST_SHADER_COUNT },
        { random_tokens_are_survived, 1 },
    };
    Suite *suite = suite_create("dxbc_hostile");
    TCase *cases = tcase_create("hostile");

    tcase_set_timeout(cases, 30);
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
        tcase_add_loop_test(cases, tests[i].test, 0, tests[i].count);
    suite_add_tcase(suite, cases);
    return test_run(suite);
}
