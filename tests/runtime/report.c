#include "runtime/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPORT_LINE_BYTES 512

/* Enough to understand what went wrong; a broken driver may repeat itself a million times. */
#define REPORT_LINES_MAX 256

#define REPORT_EXPECTATIONS_MAX 16

struct report {
    const char *entry;
    size_t count;
    size_t kept;
    char (*lines)[REPORT_LINE_BYTES];
    const char *expectations[REPORT_EXPECTATIONS_MAX]; /**< lent by the caller */
    unsigned expectation_count;
};

struct report *report_create(void)
{
    struct report *report = calloc(1, sizeof(*report));

    if (report != NULL)
        report->lines = calloc(REPORT_LINES_MAX, sizeof(*report->lines));
    if (report == NULL || report->lines == NULL)
        tap_bail_out("out of memory");
    return report;
}

void report_destroy(struct report *report)
{
    if (report == NULL)
        return;
    free(report->lines);
    free(report);
}

void report_set_entry(struct report *report, const char *entry)
{
    report->entry = entry;
    tap_doing(entry);
}

void report_violation(struct report *report, const char *format, ...)
{
    char *line;
    int prefix;
    va_list arguments;

    report->count++;
    if (report->kept == REPORT_LINES_MAX)
        return;
    line = report->lines[report->kept++];
    prefix = snprintf(line, REPORT_LINE_BYTES, "%s: ", report->entry ? report->entry : "outside");
    va_start(arguments, format);
    vsnprintf(line + prefix, REPORT_LINE_BYTES - (size_t)prefix, format, arguments);
    va_end(arguments);
}

void report_expect(struct report *report, const char *text)
{
    if (report->expectation_count == REPORT_EXPECTATIONS_MAX)
        tap_bail_out("too many violations announced");
    report->expectations[report->expectation_count++] = text;
}

size_t report_violations(const struct report *report)
{
    return report->count;
}

const char *report_line(const struct report *report, size_t index)
{
    return index < report->kept ? report->lines[index] : NULL;
}

/* Announced already? Every announcement that fits is met by it. */
static bool is_expected(const struct report *report, bool *is_met, const char *line)
{
    bool found = false;

    for (unsigned i = 0; i < report->expectation_count; i++) {
        if (strstr(line, report->expectations[i]) != NULL) {
            is_met[i] = true;
            found = true;
        }
    }
    return found;
}

bool report_finish(const struct report *report, void (*print)(const char *line))
{
    bool is_met[REPORT_EXPECTATIONS_MAX] = { false };
    bool is_clean = true;
    char text[REPORT_LINE_BYTES];

    for (size_t i = 0; i < report->kept; i++) {
        if (!is_expected(report, is_met, report->lines[i])) {
            snprintf(text, sizeof(text), "violation in %.480s", report->lines[i]);
            print(text);
            is_clean = false;
        }
    }
    if (report->count > report->kept) {
        snprintf(text, sizeof(text), "and %u more violations",
                 (unsigned)(report->count - report->kept));
        print(text);
        is_clean = false;
    }
    for (unsigned i = 0; i < report->expectation_count; i++) {
        if (!is_met[i]) {
            snprintf(text, sizeof(text), "no violation matched \"%.400s\"",
                     report->expectations[i]);
            print(text);
            is_clean = false;
        }
    }
    return is_clean;
}
