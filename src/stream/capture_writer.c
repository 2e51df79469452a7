/** Writer of capture files (AeroGPU host semantics, section 8). */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "aerogpu/capture.h"
#include "aerogpu_abi.h"
#include "aerogpu_unaligned.h"
#include "stream/capture_format.h"
#include "stream/memory.h"

/* fseek() takes a long, which has 32 bits on Windows. */
#define FILE_BYTES_MAX ((uint64_t)INT32_MAX)

/** One row of the table of contents: offsets in the file. */
struct capture_frame {
    uint32_t index;
    uint64_t start;
    uint64_t present; /**< 0 = none */
    uint64_t end;
};

struct aerogpu_capture_writer {
    struct stream_memory memory;
    FILE *file;
    uint64_t end; /**< just past the last record; contents and footer follow */
    bool has_failed;
    bool is_frame_open;
    uint64_t next_blob_id;
    struct capture_frame *frames;
    uint32_t frame_count;
    uint32_t frame_capacity;
};

static void write_bytes(struct aerogpu_capture_writer *writer, const void *bytes, size_t size_bytes)
{
    if (size_bytes != 0 && fwrite(bytes, 1, size_bytes, writer->file) != size_bytes)
        writer->has_failed = true;
}

/** Records are written through this, so that end follows. */
static void write_record_bytes(struct aerogpu_capture_writer *writer, const void *bytes,
                               size_t size_bytes)
{
    write_bytes(writer, bytes, size_bytes);
    writer->end += size_bytes;
}

static void write_record_header(struct aerogpu_capture_writer *writer,
                                enum capture_record_type type, uint32_t payload_bytes)
{
    uint8_t header[CAPTURE_RECORD_HEADER_BYTES] = { (uint8_t)type };

    aerogpu_store_u32(header + 4, payload_bytes);
    write_record_bytes(writer, header, sizeof(header));
}

static uint64_t contents_bytes(uint32_t frame_count)
{
    return CAPTURE_CONTENTS_HEADER_BYTES + (uint64_t)CAPTURE_CONTENTS_FRAME_BYTES * frame_count;
}

/** Whether this many bytes of records, with contents and footer behind them, stay below 2 GiB. */
static bool has_room(const struct aerogpu_capture_writer *writer, uint64_t record_bytes)
{
    const uint64_t tail_bytes = contents_bytes(writer->frame_count + 1) + CAPTURE_FOOTER_BYTES;

    if (record_bytes <= FILE_BYTES_MAX && writer->end + record_bytes + tail_bytes <= FILE_BYTES_MAX)
        return true;
    errno = EFBIG;
    return false;
}

/** Goes to where the next record begins, over the contents and footer that are there. */
static void seek_end(struct aerogpu_capture_writer *writer)
{
    if (fseek(writer->file, (long)writer->end, SEEK_SET) != 0)
        writer->has_failed = true;
}

static void write_contents(struct aerogpu_capture_writer *writer)
{
    uint8_t header[CAPTURE_CONTENTS_HEADER_BYTES];

    memcpy(header, CAPTURE_CONTENTS_MAGIC, CAPTURE_MAGIC_BYTES);
    aerogpu_store_u32(header + 8, CAPTURE_CONTENTS_VERSION);
    aerogpu_store_u32(header + 12, writer->frame_count);
    write_bytes(writer, header, sizeof(header));
    for (uint32_t i = 0; i < writer->frame_count; i++) {
        const struct capture_frame *frame = &writer->frames[i];
        uint8_t row[CAPTURE_CONTENTS_FRAME_BYTES] = { 0 };

        aerogpu_store_u32(row, frame->index);
        aerogpu_store_u64(row + 8, frame->start);
        aerogpu_store_u64(row + 16, frame->present);
        aerogpu_store_u64(row + 24, frame->end);
        write_bytes(writer, row, sizeof(row));
    }
}

/** Makes the file complete as it is: contents, footer, and everything out of the buffers. */
static void write_tail(struct aerogpu_capture_writer *writer)
{
    uint8_t footer[CAPTURE_FOOTER_BYTES];

    if (writer->frame_count)
        writer->frames[writer->frame_count - 1].end = writer->end;
    write_contents(writer);
    memcpy(footer, CAPTURE_FOOTER_MAGIC, CAPTURE_MAGIC_BYTES);
    aerogpu_store_u32(footer + 8, CAPTURE_FOOTER_BYTES);
    aerogpu_store_u32(footer + 12, CAPTURE_VERSION);
    aerogpu_store_u64(footer + 16, writer->end);
    aerogpu_store_u64(footer + 24, contents_bytes(writer->frame_count));
    write_bytes(writer, footer, sizeof(footer));
    if (fflush(writer->file) != 0)
        writer->has_failed = true;
}

/** The JSON string of a text: quotes, backslashes and control characters escaped. */
static size_t json_string(char *out, size_t capacity, const char *text)
{
    size_t used = 0;

    for (; *text && used + 8 < capacity; text++) {
        const unsigned char letter = (unsigned char)*text;

        if (letter == '"' || letter == '\\')
            used += (size_t)snprintf(out + used, capacity - used, "\\%c", letter);
        else if (letter < 0x20)
            used += (size_t)snprintf(out + used, capacity - used, "\\u%04x", (unsigned)letter);
        else
            out[used++] = (char)letter;
    }
    out[used] = 0;
    return used;
}

static void write_head(struct aerogpu_capture_writer *writer, const char *emulator_version)
{
    uint8_t header[CAPTURE_HEADER_BYTES] = { 0 };
    char version[256];
    char metadata[320];
    int metadata_bytes;

    json_string(version, sizeof(version), emulator_version ? emulator_version : "");
    metadata_bytes = snprintf(metadata, sizeof(metadata),
                              "{\"emulator_version\":\"%s\",\"command_abi_version\":%u}", version,
                              AEROGPU_ABI_VERSION_U32);
    memcpy(header, CAPTURE_MAGIC, CAPTURE_MAGIC_BYTES);
    aerogpu_store_u32(header + 8, CAPTURE_HEADER_BYTES);
    aerogpu_store_u32(header + 12, CAPTURE_VERSION);
    aerogpu_store_u32(header + 16, AEROGPU_ABI_VERSION_U32);
    aerogpu_store_u32(header + 24, (uint32_t)metadata_bytes);
    write_record_bytes(writer, header, sizeof(header));
    write_record_bytes(writer, metadata, (size_t)metadata_bytes);
}

struct aerogpu_capture_writer *aerogpu_capture_create(const char *path,
                                                      const char *emulator_version)
{
    const struct stream_memory memory = stream_memory_from(NULL, NULL);
    struct aerogpu_capture_writer *writer = stream_memory_create(&memory, sizeof(*writer));

    if (!writer) {
        errno = ENOMEM;
        return NULL;
    }
    writer->memory = memory;
    writer->next_blob_id = 1;
    writer->file = fopen(path, "wb");
    if (!writer->file) {
        const int problem = errno;

        stream_memory_destroy(&memory, writer);
        errno = problem;
        return NULL;
    }
    write_head(writer, emulator_version);
    return writer;
}

/** The next frame's begin record, at the end of the records. */
static bool open_frame(struct aerogpu_capture_writer *writer)
{
    void *frames = writer->frames;
    uint8_t payload[CAPTURE_FRAME_BYTES];

    if (!stream_memory_reserve(&writer->memory, &frames, &writer->frame_capacity,
                               writer->frame_count + 1, sizeof(*writer->frames))) {
        errno = ENOMEM;
        return false;
    }
    writer->frames = frames;
    writer->frames[writer->frame_count] =
        (struct capture_frame){ .index = writer->frame_count, .start = writer->end };
    aerogpu_store_u32(payload, writer->frame_count);
    write_record_header(writer, CAPTURE_RECORD_BEGIN_FRAME, sizeof(payload));
    write_record_bytes(writer, payload, sizeof(payload));
    writer->frames[writer->frame_count++].end = writer->end;
    writer->is_frame_open = true;
    return true;
}

bool aerogpu_capture_begin_frame(struct aerogpu_capture_writer *writer)
{
    if (!has_room(writer, CAPTURE_RECORD_HEADER_BYTES + CAPTURE_FRAME_BYTES))
        return false;
    seek_end(writer);
    if (!open_frame(writer))
        return false;
    write_tail(writer);
    return !writer->has_failed;
}

bool aerogpu_capture_present(struct aerogpu_capture_writer *writer)
{
    struct capture_frame *frame;
    uint8_t payload[CAPTURE_FRAME_BYTES];

    if (!writer->is_frame_open) {
        errno = EINVAL;
        return false;
    }
    if (!has_room(writer, CAPTURE_RECORD_HEADER_BYTES + CAPTURE_FRAME_BYTES))
        return false;
    seek_end(writer);
    frame = &writer->frames[writer->frame_count - 1];
    frame->present = writer->end;
    aerogpu_store_u32(payload, frame->index);
    write_record_header(writer, CAPTURE_RECORD_PRESENT, sizeof(payload));
    write_record_bytes(writer, payload, sizeof(payload));
    writer->is_frame_open = false;
    write_tail(writer);
    return !writer->has_failed;
}

static uint64_t write_blob_header(struct aerogpu_capture_writer *writer,
                                  enum capture_blob_kind kind, uint64_t size_bytes)
{
    const uint64_t id = writer->next_blob_id++;
    uint8_t payload[CAPTURE_BLOB_BYTES] = { 0 };

    aerogpu_store_u64(payload, id);
    aerogpu_store_u32(payload + 8, kind);
    write_record_header(writer, CAPTURE_RECORD_BLOB, CAPTURE_BLOB_BYTES + (uint32_t)size_bytes);
    write_record_bytes(writer, payload, sizeof(payload));
    return id;
}

static uint64_t write_blob(struct aerogpu_capture_writer *writer, enum capture_blob_kind kind,
                           const void *bytes, uint64_t size_bytes)
{
    const uint64_t id = write_blob_header(writer, kind, size_bytes);

    write_record_bytes(writer, bytes, (size_t)size_bytes);
    return id;
}

static struct aerogpu_alloc_entry range_entry(const struct aerogpu_capture_range *range)
{
    return (struct aerogpu_alloc_entry){
        .alloc_id = range->alloc_id,
        .flags = range->flags,
        .gpa = range->gpa,
        .size_bytes = range->size_bytes,
    };
}

/** The allocation table that the ranges make, entry by entry. Returns its blob id, 0 without one.
 */
static uint64_t write_table(struct aerogpu_capture_writer *writer,
                            const struct aerogpu_capture_submission *submission)
{
    uint8_t table[sizeof(struct aerogpu_alloc_table_header)];
    struct aerogpu_alloc_table_header header;
    uint64_t id;

    if (submission->range_count == 0)
        return 0;
    aerogpu_alloc_table_build(table, NULL, 0);
    memcpy(&header, table, sizeof(header));
    header.entry_count = submission->range_count;
    header.size_bytes = (uint32_t)aerogpu_alloc_table_size(submission->range_count);
    id = write_blob_header(writer, CAPTURE_BLOB_TABLE, header.size_bytes);
    write_record_bytes(writer, &header, sizeof(header));
    for (uint32_t i = 0; i < submission->range_count; i++) {
        const struct aerogpu_alloc_entry entry = range_entry(&submission->ranges[i]);

        write_record_bytes(writer, &entry, sizeof(entry));
    }
    return id;
}

static void write_submission(struct aerogpu_capture_writer *writer,
                             const struct aerogpu_capture_submission *submission,
                             uint64_t stream_id, uint64_t table_id, uint64_t first_range_id)
{
    uint8_t fixed[CAPTURE_SUBMISSION_BYTES] = { 0 };

    aerogpu_store_u32(fixed, CAPTURE_SUBMISSION_VERSION);
    aerogpu_store_u32(fixed + 4, CAPTURE_SUBMISSION_BYTES);
    aerogpu_store_u32(fixed + 8, submission->submit_flags);
    aerogpu_store_u32(fixed + 12, submission->context_id);
    aerogpu_store_u32(fixed + 16, submission->engine_id);
    aerogpu_store_u64(fixed + 24, submission->fence);
    aerogpu_store_u64(fixed + 32, stream_id);
    aerogpu_store_u64(fixed + 40, table_id);
    aerogpu_store_u32(fixed + 48, submission->range_count);
    write_record_header(writer, CAPTURE_RECORD_SUBMISSION,
                        CAPTURE_SUBMISSION_BYTES + CAPTURE_RANGE_BYTES * submission->range_count);
    write_record_bytes(writer, fixed, sizeof(fixed));
    for (uint32_t i = 0; i < submission->range_count; i++) {
        const struct aerogpu_capture_range *range = &submission->ranges[i];
        uint8_t row[CAPTURE_RANGE_BYTES];

        aerogpu_store_u32(row, range->alloc_id);
        aerogpu_store_u32(row + 4, range->flags);
        aerogpu_store_u64(row + 8, range->gpa);
        aerogpu_store_u64(row + 16, range->size_bytes);
        aerogpu_store_u64(row + 24, first_range_id + i);
        write_record_bytes(writer, row, sizeof(row));
    }
}

/** Bytes of all records of a submission; UINT64_MAX when one of them cannot be that large. */
static uint64_t submission_bytes(const struct aerogpu_capture_submission *submission)
{
    const uint64_t blob_bytes = CAPTURE_RECORD_HEADER_BYTES + CAPTURE_BLOB_BYTES;
    const uint64_t count = submission->range_count;
    uint64_t total_bytes = CAPTURE_RECORD_HEADER_BYTES + CAPTURE_FRAME_BYTES; /* begin frame */

    if (submission->stream_bytes > FILE_BYTES_MAX || count > FILE_BYTES_MAX / CAPTURE_RANGE_BYTES)
        return UINT64_MAX;
    total_bytes += blob_bytes + submission->stream_bytes;
    total_bytes += blob_bytes + aerogpu_alloc_table_size((uint32_t)count);
    total_bytes +=
        CAPTURE_RECORD_HEADER_BYTES + CAPTURE_SUBMISSION_BYTES + CAPTURE_RANGE_BYTES * count;
    for (uint64_t i = 0; i < count; i++) {
        if (submission->ranges[i].size_bytes > FILE_BYTES_MAX)
            return UINT64_MAX;
        total_bytes += blob_bytes + submission->ranges[i].size_bytes;
    }
    return total_bytes;
}

bool aerogpu_capture_submit(struct aerogpu_capture_writer *writer,
                            const struct aerogpu_capture_submission *submission)
{
    uint64_t stream_id;
    uint64_t table_id;
    uint64_t first_range_id;

    if (!has_room(writer, submission_bytes(submission)))
        return false;
    seek_end(writer);
    if (!writer->is_frame_open && !open_frame(writer))
        return false;
    stream_id =
        write_blob(writer, CAPTURE_BLOB_STREAM, submission->stream, submission->stream_bytes);
    table_id = write_table(writer, submission);
    first_range_id = writer->next_blob_id;
    for (uint32_t i = 0; i < submission->range_count; i++)
        write_blob(writer, CAPTURE_BLOB_ALLOCATION, submission->ranges[i].bytes,
                   submission->ranges[i].size_bytes);
    write_submission(writer, submission, stream_id, table_id, first_range_id);
    write_tail(writer);
    return !writer->has_failed;
}

bool aerogpu_capture_close(struct aerogpu_capture_writer *writer)
{
    struct stream_memory memory;
    bool is_whole;

    if (!writer)
        return true;
    memory = writer->memory;
    if (writer->frame_count == 0)
        aerogpu_capture_begin_frame(writer);
    is_whole = fclose(writer->file) == 0 && !writer->has_failed && writer->frame_count != 0;
    stream_memory_destroy(&memory, writer->frames);
    stream_memory_destroy(&memory, writer);
    return is_whole;
}
