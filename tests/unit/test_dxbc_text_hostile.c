/**
 * Damaged tokens and damaged text. Whatever words are shown, the text makes the same words again;
 * whatever text is accepted, its words are shown and accepted again. Nothing is read outside what
 * was given: every copy has exactly its size. The damage is pseudo-random with a fixed seed.
 */
#include "test_dxbc_text_support.h"

#define MUTANTS_PER_LISTING 300
#define RANDOM_PROGRAMS     3000
#define RANDOM_WORDS_MAX    24u

static struct test_assembled first, second;
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

/* Shows words in memory of exactly their size; what can be shown has to come back. */
static void assert_words_survive(const uint32_t *words, uint32_t count)
{
    uint32_t *const copy = malloc(4 * (size_t)count);
    struct test_text text;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, words, 4 * (size_t)count);
    text = test_disassemble(copy, count, NULL);
    if (text.text) {
        test_assemble_checked(&second, text.text);
        ck_assert_uint_eq(second.assembly.length_dwords, copy[1]);
        ck_assert_msg(memcmp(second.tokens, copy, 4 * (size_t)copy[1]) == 0, "%s", text.text);
    }
    free(text.text);
    free(copy);
}

/* Assembles text in memory of exactly its size; what is accepted has to survive. */
static void assert_text_is_judged(const char *text, size_t length)
{
    char *const copy = malloc(length + (length == 0));

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    if (test_assemble(&first, copy, length))
        assert_words_survive(first.tokens, first.assembly.length_dwords);
    else
        ck_assert_msg(strncmp(first.assembly.error, "line ", 5) == 0, "%s", first.assembly.error);
    free(copy);
}

static void damage_word(uint32_t *word)
{
    switch (random_below(3)) {
    case 0:
        *word ^= 1u << random_below(32);
        break;
    case 1:
        *word = next_random();
        break;
    default:
        *word = random_below(4);
        break;
    }
}

START_TEST(damaged_words_survive)
{
    static struct test_assembled original;

    seed = 0x1234567u + (uint32_t)_i;
    test_assemble_checked(&original, test_listings[_i].text);
    for (int i = 0; i < MUTANTS_PER_LISTING; i++) {
        memcpy(first.tokens, original.tokens, sizeof(original.tokens));
        for (uint32_t damages = 1 + random_below(3); damages > 0; damages--)
            damage_word(&first.tokens[2 + random_below(original.assembly.length_dwords - 2)]);
        assert_words_survive(first.tokens, original.assembly.length_dwords);
    }
}
END_TEST

START_TEST(words_cut_off_survive)
{
    test_assemble_checked(&first, test_listings[_i].text);
    for (uint32_t length = first.assembly.length_dwords; length >= 2; length--) {
        first.tokens[1] = length;
        assert_words_survive(first.tokens, length);
    }
}
END_TEST

/* Random words seldom have a sound frame: the length is set right more often than not. */
START_TEST(random_words_survive)
{
    uint32_t words[RANDOM_WORDS_MAX + 2];

    seed = 0xBADC0DEu;
    for (int i = 0; i < RANDOM_PROGRAMS; i++) {
        const uint32_t count = 3 + random_below(RANDOM_WORDS_MAX - 3);

        words[0] = random_below(6) << 16 | (random_below(2) ? 0x50 : 0x40);
        words[1] = count;
        for (uint32_t k = 2; k < count; k++)
            words[k] = random_below(2) ? next_random() : random_below(2) << 20 | random_below(8);
        words[2] = (words[2] & 0x80FFF800u) | random_below(210) | (count - 2) << 24;
        if (random_below(2))
            words[2] &= 0xFF0007FFu;
        assert_words_survive(words, count);
    }
}
END_TEST

START_TEST(damaged_text_is_judged)
{
    static const char characters[] = "xyzw.,()[]{}|-+0123456789abcr_ \n;/:ltsvo\0\xFF";
    const size_t length = strlen(test_listings[_i].text);
    char text[4096];

    seed = 0x7654321u + (uint32_t)_i;
    ck_assert_uint_lt(length, sizeof(text));
    for (int i = 0; i < MUTANTS_PER_LISTING; i++) {
        memcpy(text, test_listings[_i].text, length);
        for (uint32_t damages = 1 + random_below(2); damages > 0; damages--)
            text[random_below((uint32_t)length)] = characters[random_below(sizeof(characters))];
        assert_text_is_judged(text, length);
    }
}
END_TEST

START_TEST(text_cut_off_is_judged)
{
    for (size_t length = 0; length <= strlen(test_listings[_i].text); length++)
        assert_text_is_judged(test_listings[_i].text, length);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dxbc text hostile");
    TCase *hostile = tcase_create("hostile");

    tcase_set_timeout(hostile, 60);
    tcase_add_loop_test(hostile, damaged_words_survive, 0, TEST_LISTING_COUNT);
    tcase_add_loop_test(hostile, words_cut_off_survive, 0, TEST_LISTING_COUNT);
    tcase_add_test(hostile, random_words_survive);
    tcase_add_loop_test(hostile, damaged_text_is_judged, 0, TEST_LISTING_COUNT);
    tcase_add_loop_test(hostile, text_cut_off_is_judged, 0, TEST_LISTING_COUNT);
    suite_add_tcase(suite, hostile);
    return test_run(suite);
}
