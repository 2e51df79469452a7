#include "runtime/tap.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#endif

#define TAP_CLEANUPS_MAX 64

static struct {
    bool has_failed;
    const void *user;
    const char *expected_failure; /**< NULL: the test must pass */
    unsigned cleanup_count;
    struct {
        void (*run)(void *user);
        void *user;
    } cleanups[TAP_CLEANUPS_MAX];
} current;

/* One diagnostic per line: whatever is printed must not read as a test result. */
static void print_note(const char *format, va_list arguments) TAP_PRINTF(1, 0);
static void print_note(const char *format, va_list arguments)
{
    char text[2048];

    vsnprintf(text, sizeof(text), format, arguments);
    for (char *line = text; line != NULL;) {
        char *end = strchr(line, '\n');

        if (end != NULL)
            *end++ = '\0';
        printf("# %s\n", line);
        line = end;
    }
    fflush(stdout);
}

void tap_note(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_note(format, arguments);
    va_end(arguments);
}

void tap_fail(const char *file, int line, const char *format, ...)
{
    va_list arguments;

    current.has_failed = true;
    tap_note("%s:%d:", file, line);
    va_start(arguments, format);
    print_note(format, arguments);
    va_end(arguments);
}

static const char *activity;

void tap_doing(const char *what)
{
    activity = what;
}

#ifdef _WIN32
/* Without this a debugger's report of hundreds of lines would stand where one belongs. */
static LONG WINAPI on_crash(EXCEPTION_POINTERS *exception)
{
    printf("Bail out! exception 0x%08lx at %p in %s\n",
           (unsigned long)exception->ExceptionRecord->ExceptionCode,
           exception->ExceptionRecord->ExceptionAddress, activity != NULL ? activity : "the test");
    fflush(stdout);
    ExitProcess(3);
}
#endif

const void *tap_user(void)
{
    return current.user;
}

void tap_expect_failure(const char *reason)
{
    current.expected_failure = reason;
}

bool tap_has_failed(void)
{
    return current.has_failed;
}

void tap_bail_out(const char *format, ...)
{
    va_list arguments;

    printf("Bail out! ");
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    fflush(stdout);
    exit(1);
}

void tap_defer(void (*cleanup)(void *user), void *user)
{
    if (current.cleanup_count == TAP_CLEANUPS_MAX)
        tap_bail_out("more than %d cleanups in one test", TAP_CLEANUPS_MAX);
    current.cleanups[current.cleanup_count].run = cleanup;
    current.cleanups[current.cleanup_count].user = user;
    current.cleanup_count++;
}

bool tap_check(bool holds, const char *text, const char *file, int line)
{
    if (!holds)
        tap_fail(file, line, "does not hold: %s", text);
    return holds;
}

bool tap_check_equal(uint64_t actual, uint64_t expected, const char *text, const char *file,
                     int line)
{
    if (actual == expected)
        return true;
    tap_fail(file, line,
             "%s\nactual:   %" PRIu64 " (0x%" PRIx64 ")\nexpected: %" PRIu64 " (0x%" PRIx64 ")",
             text, actual, actual, expected, expected);
    return false;
}

bool tap_check_text(const char *actual, const char *expected, const char *text, const char *file,
                    int line)
{
    if (actual != NULL && expected != NULL && strcmp(actual, expected) == 0)
        return true;
    tap_fail(file, line, "%s\nactual:   %s\nexpected: %s", text, actual ? actual : "(NULL)",
             expected ? expected : "(NULL)");
    return false;
}

bool tap_check_bytes(const void *actual, const void *expected, size_t size_bytes, const char *text,
                     const char *file, int line)
{
    const uint8_t *a = actual;
    const uint8_t *e = expected;

    if (a == NULL || e == NULL) {
        tap_fail(file, line, "%s: no bytes to compare", text);
        return false;
    }
    for (size_t i = 0; i < size_bytes; i++) {
        if (a[i] != e[i]) {
            tap_fail(file, line, "%s: byte %u of %u\nactual:   0x%02x\nexpected: 0x%02x", text,
                     (unsigned)i, (unsigned)size_bytes, a[i], e[i]);
            return false;
        }
    }
    return true;
}

static bool run_one(const struct tap_test *test, unsigned number)
{
    const char *reason;

    current.has_failed = false;
    current.user = test->user;
    current.expected_failure = NULL;
    current.cleanup_count = 0;
    test->run();
    while (current.cleanup_count > 0) {
        current.cleanup_count--;
        current.cleanups[current.cleanup_count].run(current.cleanups[current.cleanup_count].user);
    }

    reason = current.expected_failure;
    printf("%s %u - %s%s%s\n", current.has_failed ? "not ok" : "ok", number, test->name,
           reason != NULL ? " # TODO " : "", reason != NULL ? reason : "");
    fflush(stdout);
    return current.has_failed == (reason != NULL);
}

static const struct tap_test *find_test(const struct tap_test *tests, size_t count,
                                        const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(tests[i].name, name) == 0)
            return &tests[i];
    }
    return NULL;
}

int tap_run(int argc, char **argv, const struct tap_test *tests, size_t count)
{
    bool all_good = true;

#ifdef _WIN32
    /* A carriage return would end up in test names. */
    _setmode(1, _O_BINARY);
    SetUnhandledExceptionFilter(on_crash);
#endif
    if (argc < 2) {
        printf("1..%u\n", (unsigned)count);
        for (size_t i = 0; i < count; i++)
            all_good &= run_one(&tests[i], (unsigned)i + 1);
        return all_good ? 0 : 1;
    }

    printf("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        const struct tap_test *test = find_test(tests, count, argv[i]);

        if (test == NULL)
            tap_bail_out("no test named %s", argv[i]);
        all_good &= run_one(test, (unsigned)i);
    }
    return all_good ? 0 : 1;
}
