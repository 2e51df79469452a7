/**
 * Violations: what the driver under test did that a rule forbids. Each is one sentence with the DDI
 * entry point during which it happened. A negative control announces the one it provokes.
 */
#ifndef RUNTIME_REPORT_H
#define RUNTIME_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/tap.h"

struct report;

/** Never returns NULL: a test program without memory ends. */
struct report *report_create(void);

/** NULL is fine. */
void report_destroy(struct report *report);

/** Names the entry point that later violations belong to; a static string, NULL: none. */
void report_set_entry(struct report *report, const char *entry);

/** Records a violation. */
void report_violation(struct report *report, const char *format, ...) TAP_PRINTF(2, 3);

/**
 * Announces that a violation whose line contains text will come. Any number of violations that
 * match is then expected; none at all is unexpected (report_finish).
 */
void report_expect(struct report *report, const char *text);

/** Number of violations so far, announced or not. */
size_t report_violations(const struct report *report);

/** "entry: sentence" of one violation; NULL beyond the last. Lives as long as the report. */
const char *report_line(const struct report *report, size_t index);

/**
 * Hands every violation nobody announced, and every announcement without a violation, to print as
 * a line. Returns true if there was none.
 */
bool report_finish(const struct report *report, void (*print)(const char *line));

#endif
