/**
 * The report of a replay: one HTML page for somebody who looks for the packet that went wrong.
 * Collected while the replay goes on, written at its end.
 */
#ifndef REPLAY_REPORT_H
#define REPLAY_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu/capture.h"
#include "aerogpu/decode.h"
#include "aerogpu/host.h"

struct report;

/**
 * path, lent, is the capture's name; picture_limit the number of different pictures that are kept.
 * NULL when memory runs out.
 */
struct report *report_create(const char *path, uint32_t picture_limit);

/** NULL is fine. */
void report_destroy(struct report *report);

/** What is asked for pictures, buffers and state from now on; lent. NULL: nothing any more. */
void report_set_host(struct report *report, struct aerogpu_host *host, bool is_lenient);

/** The capture's metadata: any bytes. */
void report_metadata(struct report *report, const void *bytes, size_t size_bytes);

/** Something that was said about the capture as a whole. */
void report_note(struct report *report, const char *text);

/** Lists a submission with its packets, before it is executed, if it is. */
void report_submission(struct report *report, uint32_t frame,
                       const struct aerogpu_capture_submission *submission);

/** An error of the submission listed last. */
void report_message(struct report *report, const struct aerogpu_message *message);

/** aerogpu_host_config.after_packet for the submission listed last. */
void report_packet(struct report *report, const struct aerogpu_packet *packet, bool is_done);

/** The submission listed last is over, whether it was executed or not. */
void report_submission_end(struct report *report);

/** Writes the page; status is the replay's. False, said on stderr, when it cannot be written. */
bool report_write(const struct report *report, const char *output, int status);

#endif
