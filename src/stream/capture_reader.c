/** Reader of capture files; trusts no byte of them (AeroGPU host semantics, section 8). */
#include <string.h>

#include "aerogpu/capture.h"
#include "aerogpu_unaligned.h"
#include "stream/capture_format.h"
#include "stream/id_map.h"

/** A blob that went by. */
struct capture_blob {
    uint32_t kind;
    uint32_t size_bytes;
    const uint8_t *bytes;
};

struct aerogpu_capture_reader {
    struct stream_memory memory;
    const uint8_t *bytes;
    uint64_t records_start; /**< end of the metadata */
    uint64_t records_end;   /**< contents offset, or end of the file when recovered */
    uint64_t cursor;
    bool is_recovered;
    bool is_in_frame;
    uint32_t frame;
    struct id_map blob_ids; /**< to index in blobs */
    struct capture_blob *blobs;
    uint32_t blob_count;
    uint32_t blob_capacity;
    struct aerogpu_capture_range *ranges;
    uint32_t range_capacity;
};

static bool has_magic(const uint8_t *bytes, const char *magic)
{
    return memcmp(bytes, magic, CAPTURE_MAGIC_BYTES) == 0;
}

static const char *check_head(struct aerogpu_capture_reader *reader, size_t size_bytes)
{
    uint32_t metadata_bytes;

    if (size_bytes < CAPTURE_HEADER_BYTES)
        return "the file is shorter than a capture header";
    if (!has_magic(reader->bytes, CAPTURE_MAGIC))
        return "the file does not begin with AEROGPUT";
    if (aerogpu_load_u32(reader->bytes + 8) != CAPTURE_HEADER_BYTES)
        return "the capture header has another size";
    if (aerogpu_load_u32(reader->bytes + 12) != CAPTURE_VERSION)
        return "the capture has another container version";
    metadata_bytes = aerogpu_load_u32(reader->bytes + 24);
    if (metadata_bytes > size_bytes - CAPTURE_HEADER_BYTES)
        return "the capture's metadata exceeds the file";
    reader->records_start = CAPTURE_HEADER_BYTES + (uint64_t)metadata_bytes;
    reader->cursor = reader->records_start;
    return NULL;
}

static const char *check_frame_row(const struct aerogpu_capture_reader *reader, const uint8_t *row)
{
    const uint64_t start = aerogpu_load_u64(row + 8);
    const uint64_t present = aerogpu_load_u64(row + 16);
    const uint64_t end = aerogpu_load_u64(row + 24);

    if (start < reader->records_start || end > reader->records_end || start > end)
        return "a frame of the contents lies outside the records";
    if (present != 0 && (present < start || present >= end))
        return "a present of the contents lies outside its frame";
    return NULL;
}

/** Contents and footer of a complete file. */
static const char *check_tail(struct aerogpu_capture_reader *reader, size_t size_bytes)
{
    const uint64_t footer = size_bytes - CAPTURE_FOOTER_BYTES;
    const uint64_t offset = aerogpu_load_u64(reader->bytes + footer + 16);
    const uint64_t length = aerogpu_load_u64(reader->bytes + footer + 24);
    uint64_t frame_count;

    if (aerogpu_load_u32(reader->bytes + footer + 12) != CAPTURE_VERSION)
        return "the footer has another container version";
    if (offset < reader->records_start || offset > footer || length != footer - offset ||
        length < CAPTURE_CONTENTS_HEADER_BYTES)
        return "the footer's contents table does not fit the file";
    if (!has_magic(reader->bytes + offset, CAPTURE_CONTENTS_MAGIC) ||
        aerogpu_load_u32(reader->bytes + offset + 8) != CAPTURE_CONTENTS_VERSION)
        return "the contents table is not one";
    frame_count = aerogpu_load_u32(reader->bytes + offset + 12);
    if (length - CAPTURE_CONTENTS_HEADER_BYTES != frame_count * CAPTURE_CONTENTS_FRAME_BYTES)
        return "the contents table's size is not that of its frames";
    reader->records_end = offset;
    for (uint64_t i = 0; i < frame_count; i++) {
        const char *problem =
            check_frame_row(reader, reader->bytes + offset + CAPTURE_CONTENTS_HEADER_BYTES +
                                        i * CAPTURE_CONTENTS_FRAME_BYTES);

        if (problem)
            return problem;
    }
    return NULL;
}

static bool has_footer(const struct aerogpu_capture_reader *reader, size_t size_bytes)
{
    const uint8_t *footer;

    if (size_bytes - reader->records_start < CAPTURE_FOOTER_BYTES)
        return false;
    footer = reader->bytes + size_bytes - CAPTURE_FOOTER_BYTES;
    return has_magic(footer, CAPTURE_FOOTER_MAGIC) &&
           aerogpu_load_u32(footer + 8) == CAPTURE_FOOTER_BYTES;
}

struct aerogpu_capture_reader *aerogpu_capture_open(const void *bytes, size_t size_bytes,
                                                    bool *is_recovered, const char **error)
{
    const struct stream_memory memory = stream_memory_from(NULL, NULL);
    struct aerogpu_capture_reader *reader = stream_memory_create(&memory, sizeof(*reader));

    *is_recovered = false;
    *error = "out of memory";
    if (!reader)
        return NULL;
    reader->memory = memory;
    reader->bytes = bytes;
    *error = check_head(reader, size_bytes);
    if (!*error && has_footer(reader, size_bytes)) {
        *error = check_tail(reader, size_bytes);
    } else if (!*error) {
        reader->is_recovered = true;
        reader->records_end = size_bytes;
    }
    if (*error) {
        aerogpu_capture_reader_destroy(reader);
        return NULL;
    }
    *is_recovered = reader->is_recovered;
    return reader;
}

/** A record in place. */
struct capture_record {
    uint8_t type;
    uint32_t payload_bytes;
    const uint8_t *payload;
};

static const char *read_record(const struct aerogpu_capture_reader *reader,
                               struct capture_record *record)
{
    const uint64_t left_bytes = reader->records_end - reader->cursor;
    const uint8_t *header = reader->bytes + reader->cursor;

    if (left_bytes < CAPTURE_RECORD_HEADER_BYTES)
        return "stray bytes behind the last record";
    *record = (struct capture_record){
        .type = header[0],
        .payload_bytes = aerogpu_load_u32(header + 4),
        .payload = header + CAPTURE_RECORD_HEADER_BYTES,
    };
    if (header[1] != 0 || header[2] != 0 || header[3] != 0)
        return "a record header has reserved bytes set";
    if (record->payload_bytes > left_bytes - CAPTURE_RECORD_HEADER_BYTES)
        return "a record reaches beyond the records";
    return NULL;
}

static bool is_blob_kind(uint32_t kind)
{
    return (kind >= CAPTURE_BLOB_INLINE_FIRST && kind <= CAPTURE_BLOB_INLINE_LAST) ||
           (kind >= CAPTURE_BLOB_STREAM && kind <= CAPTURE_BLOB_ALLOCATION);
}

static const char *take_blob(struct aerogpu_capture_reader *reader,
                             const struct capture_record *record)
{
    void *blobs = reader->blobs;
    uint32_t *index;
    uint64_t id;
    uint32_t kind;

    if (record->payload_bytes < CAPTURE_BLOB_BYTES)
        return "a blob record is too short";
    id = aerogpu_load_u64(record->payload);
    kind = aerogpu_load_u32(record->payload + 8);
    if (!is_blob_kind(kind))
        return "a blob has an unknown kind";
    if (id == 0 || stream_id_map_find(&reader->blob_ids, id))
        return "a blob's id is 0 or not unique";
    if (!stream_memory_reserve(&reader->memory, &blobs, &reader->blob_capacity,
                               reader->blob_count + 1, sizeof(*reader->blobs)))
        return "out of memory";
    reader->blobs = blobs;
    index = stream_id_map_insert(&reader->blob_ids, &reader->memory, id);
    if (!index)
        return "out of memory";
    *index = reader->blob_count;
    reader->blobs[reader->blob_count++] = (struct capture_blob){
        .kind = kind,
        .size_bytes = record->payload_bytes - CAPTURE_BLOB_BYTES,
        .bytes = record->payload + CAPTURE_BLOB_BYTES,
    };
    return NULL;
}

static const struct capture_blob *find_blob(const struct aerogpu_capture_reader *reader,
                                            uint64_t id, uint32_t kind)
{
    const uint32_t *index = stream_id_map_find(&reader->blob_ids, id);

    return index && reader->blobs[*index].kind == kind ? &reader->blobs[*index] : NULL;
}

static const char *take_range(const struct aerogpu_capture_reader *reader,
                              struct aerogpu_capture_range *range, const uint8_t *row)
{
    const struct capture_blob *blob =
        find_blob(reader, aerogpu_load_u64(row + 24), CAPTURE_BLOB_ALLOCATION);

    *range = (struct aerogpu_capture_range){
        .alloc_id = aerogpu_load_u32(row),
        .flags = aerogpu_load_u32(row + 4),
        .gpa = aerogpu_load_u64(row + 8),
        .size_bytes = aerogpu_load_u64(row + 16),
    };
    if (!blob)
        return "a range names no allocation blob in front of it";
    if (blob->size_bytes != range->size_bytes)
        return "a range's size is not that of its blob";
    range->bytes = blob->bytes;
    return NULL;
}

static const char *take_ranges(struct aerogpu_capture_reader *reader, const uint8_t *rows,
                               struct aerogpu_capture_submission *submission)
{
    void *ranges = reader->ranges;

    if (!stream_memory_reserve(&reader->memory, &ranges, &reader->range_capacity,
                               submission->range_count, sizeof(*reader->ranges)))
        return "out of memory";
    reader->ranges = ranges;
    for (uint32_t i = 0; i < submission->range_count; i++) {
        const char *problem =
            take_range(reader, &reader->ranges[i], rows + (size_t)i * CAPTURE_RANGE_BYTES);

        if (problem)
            return problem;
    }
    submission->ranges = reader->ranges;
    return NULL;
}

static const char *take_submission(struct aerogpu_capture_reader *reader,
                                   const struct capture_record *record,
                                   struct aerogpu_capture_record *result)
{
    const uint8_t *fixed = record->payload;
    struct aerogpu_capture_submission *submission = &result->submission;
    const struct capture_blob *stream;
    const struct capture_blob *table = NULL;
    uint32_t fixed_bytes;
    uint64_t table_id;

    if (record->payload_bytes < CAPTURE_SUBMISSION_BYTES)
        return "a submission record is too short";
    fixed_bytes = aerogpu_load_u32(fixed + 4);
    if (aerogpu_load_u32(fixed) != CAPTURE_SUBMISSION_VERSION ||
        fixed_bytes < CAPTURE_SUBMISSION_BYTES || fixed_bytes > record->payload_bytes)
        return "a submission record has another version or size";
    submission->range_count = aerogpu_load_u32(fixed + 48);
    if ((uint64_t)submission->range_count * CAPTURE_RANGE_BYTES >
        record->payload_bytes - fixed_bytes)
        return "a submission has more ranges than room";
    submission->submit_flags = aerogpu_load_u32(fixed + 8);
    submission->context_id = aerogpu_load_u32(fixed + 12);
    submission->engine_id = aerogpu_load_u32(fixed + 16);
    submission->fence = aerogpu_load_u64(fixed + 24);
    stream = find_blob(reader, aerogpu_load_u64(fixed + 32), CAPTURE_BLOB_STREAM);
    if (!stream)
        return "a submission names no stream blob in front of it";
    submission->stream = stream->bytes;
    submission->stream_bytes = stream->size_bytes;
    table_id = aerogpu_load_u64(fixed + 40);
    if (table_id != 0) {
        table = find_blob(reader, table_id, CAPTURE_BLOB_TABLE);
        if (!table)
            return "a submission names no table blob in front of it";
        result->table = table->bytes;
        result->table_bytes = table->size_bytes;
    }
    return take_ranges(reader, fixed + fixed_bytes, submission);
}

/** One record; *is_result tells whether the caller wants to see it. */
static const char *take_record(struct aerogpu_capture_reader *reader,
                               const struct capture_record *record,
                               struct aerogpu_capture_record *result, bool *is_result)
{
    const bool is_frame_record =
        record->type == CAPTURE_RECORD_BEGIN_FRAME || record->type == CAPTURE_RECORD_PRESENT;

    if (is_frame_record && record->payload_bytes != CAPTURE_FRAME_BYTES)
        return "a frame record has another size";
    if (record->type != CAPTURE_RECORD_BEGIN_FRAME && !reader->is_in_frame)
        return "a record lies outside every frame";
    result->frame = reader->frame;
    switch (record->type) {
    case CAPTURE_RECORD_BEGIN_FRAME:
        reader->frame = aerogpu_load_u32(record->payload);
        reader->is_in_frame = true;
        return NULL;
    case CAPTURE_RECORD_PRESENT:
        if (aerogpu_load_u32(record->payload) != reader->frame)
            return "a present record names another frame";
        result->is_present = true;
        *is_result = true;
        return NULL;
    case CAPTURE_RECORD_BLOB:
        return take_blob(reader, record);
    case CAPTURE_RECORD_SUBMISSION:
        *is_result = true;
        return take_submission(reader, record, result);
    default:
        return "a record has an unknown type";
    }
}

bool aerogpu_capture_next(struct aerogpu_capture_reader *reader,
                          struct aerogpu_capture_record *result, const char **error)
{
    bool is_result = false;

    *error = NULL;
    *result = (struct aerogpu_capture_record){ 0 };
    while (!is_result && reader->cursor < reader->records_end) {
        struct capture_record record;
        const char *problem = read_record(reader, &record);

        if (!problem)
            problem = take_record(reader, &record, result, &is_result);
        if (problem) {
            /* A recovered file simply ends where its records stop making sense. */
            *error = reader->is_recovered ? NULL : problem;
            reader->records_end = reader->cursor;
            return false;
        }
        reader->cursor += CAPTURE_RECORD_HEADER_BYTES + (uint64_t)record.payload_bytes;
    }
    return is_result;
}

void aerogpu_capture_metadata(const struct aerogpu_capture_reader *reader, const char **json,
                              size_t *json_bytes)
{
    *json = (const char *)reader->bytes + CAPTURE_HEADER_BYTES;
    *json_bytes = (size_t)(reader->records_start - CAPTURE_HEADER_BYTES);
}

void aerogpu_capture_reader_destroy(struct aerogpu_capture_reader *reader)
{
    struct stream_memory memory;

    if (!reader)
        return;
    memory = reader->memory;
    stream_id_map_finish(&reader->blob_ids, &memory);
    stream_memory_destroy(&memory, reader->blobs);
    stream_memory_destroy(&memory, reader->ranges);
    stream_memory_destroy(&memory, reader);
}
