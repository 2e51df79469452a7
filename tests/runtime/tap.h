/**
 * A scenario runner that prints TAP. A program holds a static table of named tests; every test
 * returns early at the first CHECK that fails. Lines are flushed one by one: a crash loses nothing.
 *
 *     static void flush_of_nothing_submits_nothing(void)
 *     {
 *         CHECK_EQ(kernel_submissions(kernel), 0);
 *     }
 *
 *     static const struct tap_test tests[] = {
 *         TAP_TEST(flush_of_nothing_submits_nothing),
 *     };
 *     TAP_MAIN(tests)
 */
#ifndef RUNTIME_TAP_H
#define RUNTIME_TAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__MINGW32__)
#define TAP_PRINTF(format_index, first) __attribute__((format(gnu_printf, format_index, first)))
#else
#define TAP_PRINTF(format_index, first) __attribute__((format(printf, format_index, first)))
#endif

struct tap_test {
    const char *name;
    void (*run)(void);
    const void *user; /**< for run, through tap_user */
};

/** Runs all tests, or those named on the command line. Returns the exit status: 1 if one failed. */
int tap_run(int argc, char **argv, const struct tap_test *tests, size_t count);

/** What the row of the running test holds in user. */
const void *tap_user(void);

/**
 * The running test must fail, for a reason that is known and said (a static or lasting string); it
 * is marked `# TODO`. Once it passes, that is the failure.
 */
void tap_expect_failure(const char *reason);

/** Has cleanup(user) called when the running test is over, last registered first. */
void tap_defer(void (*cleanup)(void *user), void *user);

/** Fails the running test with a diagnostic line. */
void tap_fail(const char *file, int line, const char *format, ...) TAP_PRINTF(3, 4);

/** Prints a diagnostic line (`# ...`), which never fails anything. */
void tap_note(const char *format, ...) TAP_PRINTF(1, 2);

/** Names what is going on, for the line that a crash leaves behind; a static string or NULL. */
void tap_doing(const char *what);

/** True once a check of the running test failed. */
bool tap_has_failed(void);

/** Gives up on the whole program: nothing that follows could mean anything. Does not return. */
void tap_bail_out(const char *format, ...) TAP_PRINTF(1, 2) __attribute__((noreturn));

/* What the macros below call; each returns whether the check holds. */
bool tap_check(bool holds, const char *text, const char *file, int line);
bool tap_check_equal(uint64_t actual, uint64_t expected, const char *text, const char *file,
                     int line);
bool tap_check_text(const char *actual, const char *expected, const char *text, const char *file,
                    int line);
bool tap_check_bytes(const void *actual, const void *expected, size_t size_bytes, const char *text,
                     const char *file, int line);

/** The condition holds. */
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!tap_check((condition), #condition, __FILE__, __LINE__))                               \
            return;                                                                                \
    } while (0)

/** Two integers, HRESULTs included, are equal. */
#define CHECK_EQ(actual, expected)                                                                 \
    do {                                                                                           \
        if (!tap_check_equal((uint64_t)(actual), (uint64_t)(expected), #actual, __FILE__,          \
                             __LINE__))                                                            \
            return;                                                                                \
    } while (0)

/** Two HRESULTs are equal (compared as 32-bit words, printed in hexadecimal). */
#define CHECK_HR(actual, expected)                                                                 \
    do {                                                                                           \
        if (!tap_check_equal((uint32_t)(actual), (uint32_t)(expected), #actual, __FILE__,          \
                             __LINE__))                                                            \
            return;                                                                                \
    } while (0)

/** Two strings are equal. */
#define CHECK_STR(actual, expected)                                                                \
    do {                                                                                           \
        if (!tap_check_text((actual), (expected), #actual, __FILE__, __LINE__))                    \
            return;                                                                                \
    } while (0)

/** Two runs of bytes are equal; the first difference is printed. */
#define CHECK_BYTES(actual, expected, size_bytes)                                                  \
    do {                                                                                           \
        if (!tap_check_bytes((actual), (expected), (size_bytes), #actual, __FILE__, __LINE__))     \
            return;                                                                                \
    } while (0)

/** A row of the table: a test named as its function. */
#define TAP_TEST(name)                                                                             \
    {                                                                                              \
#name, name, NULL                                                                          \
    }

#define TAP_MAIN(tests)                                                                            \
    int main(int argc, char **argv)                                                                \
    {                                                                                              \
        return tap_run(argc, argv, (tests), sizeof(tests) / sizeof((tests)[0]));                   \
    }

#endif
