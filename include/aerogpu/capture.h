/**
 * Capture files (`.aerogputrace`): what was submitted, with the allocations it named.
 *
 * Layout and writer rules: AeroGPU host semantics, section 8. The writer appends through a callback
 * and keeps a footer up to date, so a file cut off between two submissions is still readable.
 */
#ifndef AEROGPU_CAPTURE_H
#define AEROGPU_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu_submit.h"

/** One allocation as of a submission. */
struct aerogpu_capture_range {
    uint32_t alloc_id;
    uint32_t flags; /**< aerogpu_alloc_flags */
    uint64_t gpa;   /**< disjoint ranges, the same as in the table */
    uint64_t size_bytes;
    const void *bytes; /**< size_bytes bytes */
};

/** One submission. */
struct aerogpu_capture_submission {
    uint32_t submit_flags; /**< aerogpu_submit_flags */
    uint32_t context_id;
    uint32_t engine_id;
    uint64_t fence;
    const void *stream; /**< header included */
    size_t stream_bytes;
    const struct aerogpu_capture_range *ranges;
    uint32_t range_count;
};

struct aerogpu_capture_writer;

/**
 * Creates the file at path and writes header and metadata. emulator_version goes into the metadata.
 * Returns NULL, errno set, when the file cannot be made. Files stay below 2 GiB: what would make
 * one larger is refused with errno EFBIG and leaves the file as it was.
 */
struct aerogpu_capture_writer *aerogpu_capture_create(const char *path,
                                                      const char *emulator_version);

/**
 * Starts the next frame, and ends the one that is open. A submission without an open frame starts
 * one by itself.
 */
bool aerogpu_capture_begin_frame(struct aerogpu_capture_writer *writer);

/** Appends one submission (blobs first), and rewrites contents and footer. */
bool aerogpu_capture_submit(struct aerogpu_capture_writer *writer,
                            const struct aerogpu_capture_submission *submission);

/**
 * Ends the open frame with a present record: one of its submissions executed PRESENT with a target.
 * Returns false when no frame is open.
 */
bool aerogpu_capture_present(struct aerogpu_capture_writer *writer);

/**
 * Closes the file, after adding an empty frame if there is none; returns false if any write failed
 * since it was created. NULL is fine: true.
 */
bool aerogpu_capture_close(struct aerogpu_capture_writer *writer);

struct aerogpu_capture_reader;

/**
 * What the reader hands out. Pointers live as long as the opened bytes, submission.ranges until the
 * next call.
 */
struct aerogpu_capture_record {
    uint32_t frame;
    bool is_present;                              /**< a present record, no submission */
    struct aerogpu_capture_submission submission; /**< valid unless is_present */
    const void *table;                            /**< allocation table blob, NULL if none */
    size_t table_bytes;
};

/**
 * Opens a capture from memory (lent by the caller until the reader is destroyed). A file without
 * footer is recovered: complete records are kept and *is_recovered is set. Returns NULL with *error
 * set to a static sentence.
 */
struct aerogpu_capture_reader *aerogpu_capture_open(const void *bytes, size_t size_bytes,
                                                    bool *is_recovered, const char **error);

/** Next submission or present, in file order. False at the end or, with *error set, at damage. */
bool aerogpu_capture_next(struct aerogpu_capture_reader *reader,
                          struct aerogpu_capture_record *record, const char **error);

/** NULL is fine. */
void aerogpu_capture_reader_destroy(struct aerogpu_capture_reader *reader);

/** The metadata: UTF-8 JSON without terminator. */
void aerogpu_capture_metadata(const struct aerogpu_capture_reader *reader, const char **json,
                              size_t *json_bytes);

/**
 * Decodes an allocation table (AeroGPU protocol specification 10.3) with the checks of
 * section 18.2. *entry_count receives the number of entries. entries has room for capacity of them;
 * NULL only counts. Returns NULL, or a static sentence that says what is wrong.
 */
const char *aerogpu_alloc_table_parse(const void *bytes, size_t size_bytes,
                                      struct aerogpu_alloc_entry *entries, uint32_t capacity,
                                      uint32_t *entry_count);

/** Bytes of a table of entry_count entries. */
size_t aerogpu_alloc_table_size(uint32_t entry_count);

/** Writes a table of entry_count entries to aerogpu_alloc_table_size(entry_count) bytes. */
void aerogpu_alloc_table_build(void *bytes, const struct aerogpu_alloc_entry *entries,
                               uint32_t entry_count);

#endif
