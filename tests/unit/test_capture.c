/** Capture files: written byte for byte as host semantics 8 says, read back, recovered, refused. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "aerogpu/capture.h"
#include "stream/capture_format.h"
#include "stream_builder.h"

/** A file in memory. */
struct file {
    uint8_t *bytes;
    size_t size_bytes;
};

static char path[] = "/tmp/aerogpu-capture-XXXXXX";

static void setup(void)
{
    int descriptor;

    strcpy(strrchr(path, '-') + 1, "XXXXXX");
    descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    close(descriptor);
}

static void teardown(void)
{
    unlink(path);
}

static struct file load(void)
{
    struct file file = { .bytes = malloc(1 << 20) };
    FILE *in = fopen(path, "rb");

    ck_assert_ptr_nonnull(in);
    file.size_bytes = fread(file.bytes, 1, 1 << 20, in);
    fclose(in);
    return file;
}

static const uint8_t stream_bytes[] = {
    0x41, 0x43, 0x4D, 0x44, 0x04, 0x00, 0x01, 0x00, 0x20, 0x00, 0x00, 0x00, 0, 0, 0, 0,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    8, 0, 0, 0,
};
static const uint8_t contents_a[] = { 1, 2, 3, 4, 5 };
static const uint8_t contents_b[] = { 9, 8, 7, 6, 5, 4, 3, 2 };

static const struct aerogpu_capture_range ranges[] = {
    { .alloc_id = 11, .flags = 1, .gpa = 0x10000, .size_bytes = 5, .bytes = contents_a },
    { .alloc_id = 12, .flags = 0, .gpa = 0x20000, .size_bytes = 8, .bytes = contents_b },
};

static struct aerogpu_capture_submission submission_of(uint32_t range_count)
{
    return (struct aerogpu_capture_submission){
        .submit_flags = AEROGPU_SUBMIT_FLAG_PRESENT,
        .context_id = 3,
        .engine_id = 0,
        .fence = 0x1122334455667788,
        .stream = stream_bytes,
        .stream_bytes = sizeof(stream_bytes),
        .ranges = ranges,
        .range_count = range_count,
    };
}

/** Two frames: the first with two submissions and a present, the second with one. */
static void write_sample(void)
{
    const struct aerogpu_capture_submission two = submission_of(2);
    const struct aerogpu_capture_submission none = submission_of(0);
    struct aerogpu_capture_writer *writer = aerogpu_capture_create(path, "test \"1\"");

    ck_assert_ptr_nonnull(writer);
    ck_assert(aerogpu_capture_submit(writer, &two));
    ck_assert(aerogpu_capture_submit(writer, &none));
    ck_assert(aerogpu_capture_present(writer));
    ck_assert(aerogpu_capture_submit(writer, &two));
    ck_assert(aerogpu_capture_close(writer));
}

static uint32_t u32_at(const struct file *file, size_t offset)
{
    ck_assert_uint_le(offset + 4, file->size_bytes);
    return aerogpu_load_u32(file->bytes + offset);
}

static uint64_t u64_at(const struct file *file, size_t offset)
{
    ck_assert_uint_le(offset + 8, file->size_bytes);
    return aerogpu_load_u64(file->bytes + offset);
}

/** Checks a record header and returns where its payload begins. */
static size_t record_at(const struct file *file, size_t offset, uint32_t type, uint32_t bytes)
{
    ck_assert_uint_eq(u32_at(file, offset), type);
    ck_assert_uint_eq(u32_at(file, offset + 4), bytes);
    return offset + 8;
}

START_TEST(header_and_metadata_are_as_specified)
{
    static const char metadata[] =
        "{\"emulator_version\":\"test \\\"1\\\"\",\"command_abi_version\":65540}";
    struct file file;

    write_sample();
    file = load();
    ck_assert_mem_eq(file.bytes, "AEROGPUT", 8);
    ck_assert_uint_eq(u32_at(&file, 8), 32);
    ck_assert_uint_eq(u32_at(&file, 12), 2);
    ck_assert_uint_eq(u32_at(&file, 16), 0x00010004);
    ck_assert_uint_eq(u32_at(&file, 20), 0);
    ck_assert_uint_eq(u32_at(&file, 24), sizeof(metadata) - 1);
    ck_assert_uint_eq(u32_at(&file, 28), 0);
    ck_assert_mem_eq(file.bytes + 32, metadata, sizeof(metadata) - 1);
    free(file.bytes);
}
END_TEST

/** Checks a blob record and returns the offset behind it. */
static size_t blob_at(const struct file *file, size_t offset, uint64_t id, uint32_t kind,
                      const void *bytes, uint32_t size_bytes)
{
    const size_t payload = record_at(file, offset, 4, 16 + size_bytes);

    ck_assert_uint_eq(u64_at(file, payload), id);
    ck_assert_uint_eq(u32_at(file, payload + 8), kind);
    ck_assert_uint_eq(u32_at(file, payload + 12), 0);
    ck_assert_mem_eq(file->bytes + payload + 16, bytes, size_bytes);
    return payload + 16 + size_bytes;
}

START_TEST(records_are_as_specified)
{
    const struct aerogpu_alloc_entry entries[] = {
        { .alloc_id = 11, .flags = 1, .gpa = 0x10000, .size_bytes = 5 },
        { .alloc_id = 12, .flags = 0, .gpa = 0x20000, .size_bytes = 8 },
    };
    uint8_t table[24 + 2 * 32];
    struct file file;
    size_t at;

    aerogpu_alloc_table_build(table, entries, 2);
    write_sample();
    file = load();
    at = 32 + u32_at(&file, 24);
    at = record_at(&file, at, 1, 4);
    ck_assert_uint_eq(u32_at(&file, at), 0);
    at = blob_at(&file, at + 4, 1, 0x100, stream_bytes, sizeof(stream_bytes));
    at = blob_at(&file, at, 2, 0x101, table, sizeof(table));
    at = blob_at(&file, at, 3, 0x102, contents_a, sizeof(contents_a));
    at = blob_at(&file, at, 4, 0x102, contents_b, sizeof(contents_b));
    at = record_at(&file, at, 5, 56 + 2 * 32);
    ck_assert_uint_eq(u32_at(&file, at), 1);
    ck_assert_uint_eq(u32_at(&file, at + 4), 56);
    ck_assert_uint_eq(u32_at(&file, at + 8), 1);
    ck_assert_uint_eq(u32_at(&file, at + 12), 3);
    ck_assert_uint_eq(u32_at(&file, at + 16), 0);
    ck_assert_uint_eq(u32_at(&file, at + 20), 0);
    ck_assert_uint_eq(u64_at(&file, at + 24), 0x1122334455667788);
    ck_assert_uint_eq(u64_at(&file, at + 32), 1);
    ck_assert_uint_eq(u64_at(&file, at + 40), 2);
    ck_assert_uint_eq(u32_at(&file, at + 48), 2);
    ck_assert_uint_eq(u32_at(&file, at + 52), 0);
    at += 56 + 32;
    ck_assert_uint_eq(u32_at(&file, at), 12);
    ck_assert_uint_eq(u32_at(&file, at + 4), 0);
    ck_assert_uint_eq(u64_at(&file, at + 8), 0x20000);
    ck_assert_uint_eq(u64_at(&file, at + 16), 8);
    ck_assert_uint_eq(u64_at(&file, at + 24), 4);
    free(file.bytes);
}
END_TEST

START_TEST(contents_and_footer_are_as_specified)
{
    struct file file;
    size_t footer;
    size_t contents;
    size_t row;

    write_sample();
    file = load();
    footer = file.size_bytes - 32;
    ck_assert_mem_eq(file.bytes + footer, "AEROGPUF", 8);
    ck_assert_uint_eq(u32_at(&file, footer + 8), 32);
    ck_assert_uint_eq(u32_at(&file, footer + 12), 2);
    contents = (size_t)u64_at(&file, footer + 16);
    ck_assert_uint_eq(u64_at(&file, footer + 24), 16 + 2 * 32);
    ck_assert_uint_eq(contents + 16 + 2 * 32, footer);
    ck_assert_mem_eq(file.bytes + contents, "AEROTOC\0", 8);
    ck_assert_uint_eq(u32_at(&file, contents + 8), 1);
    ck_assert_uint_eq(u32_at(&file, contents + 12), 2);
    row = contents + 16;
    ck_assert_uint_eq(u32_at(&file, row), 0);
    ck_assert_uint_eq(u64_at(&file, row + 8), 32 + u32_at(&file, 24));
    record_at(&file, (size_t)u64_at(&file, row + 16), 2, 4);
    ck_assert_uint_eq(u64_at(&file, row + 24), u64_at(&file, row + 16) + 12);
    ck_assert_uint_eq(u32_at(&file, row + 32), 1);
    record_at(&file, (size_t)u64_at(&file, row + 40), 1, 4);
    ck_assert_uint_eq(u64_at(&file, row + 40), u64_at(&file, row + 24));
    ck_assert_uint_eq(u64_at(&file, row + 48), 0);
    ck_assert_uint_eq(u64_at(&file, row + 56), contents);
    free(file.bytes);
}
END_TEST

static struct aerogpu_capture_reader *open_whole(const struct file *file, bool wants_recovery)
{
    const char *error = NULL;
    bool is_recovered;
    struct aerogpu_capture_reader *reader =
        aerogpu_capture_open(file->bytes, file->size_bytes, &is_recovered, &error);

    ck_assert_msg(reader != NULL, "%s", error);
    ck_assert(is_recovered == wants_recovery);
    return reader;
}

START_TEST(what_was_written_is_read_back)
{
    struct aerogpu_capture_record record;
    struct aerogpu_capture_reader *reader;
    const char *error;
    struct file file;

    write_sample();
    file = load();
    reader = open_whole(&file, false);
    ck_assert(aerogpu_capture_next(reader, &record, &error));
    ck_assert_uint_eq(record.frame, 0);
    ck_assert(!record.is_present);
    ck_assert_uint_eq(record.submission.submit_flags, 1);
    ck_assert_uint_eq(record.submission.context_id, 3);
    ck_assert_uint_eq(record.submission.fence, 0x1122334455667788);
    ck_assert_uint_eq(record.submission.stream_bytes, sizeof(stream_bytes));
    ck_assert_mem_eq(record.submission.stream, stream_bytes, sizeof(stream_bytes));
    ck_assert_uint_eq(record.submission.range_count, 2);
    ck_assert_uint_eq(record.submission.ranges[0].alloc_id, 11);
    ck_assert_uint_eq(record.submission.ranges[0].flags, 1);
    ck_assert_uint_eq(record.submission.ranges[1].gpa, 0x20000);
    ck_assert_uint_eq(record.submission.ranges[1].size_bytes, 8);
    ck_assert_mem_eq(record.submission.ranges[1].bytes, contents_b, 8);
    ck_assert_uint_eq(record.table_bytes, 24 + 2 * 32);
    ck_assert(aerogpu_capture_next(reader, &record, &error));
    ck_assert_uint_eq(record.submission.range_count, 0);
    ck_assert_ptr_null(record.table);
    ck_assert(aerogpu_capture_next(reader, &record, &error));
    ck_assert(record.is_present);
    ck_assert_uint_eq(record.frame, 0);
    ck_assert(aerogpu_capture_next(reader, &record, &error));
    ck_assert(!record.is_present);
    ck_assert_uint_eq(record.frame, 1);
    ck_assert(!aerogpu_capture_next(reader, &record, &error));
    ck_assert_ptr_null(error);
    aerogpu_capture_reader_destroy(reader);
    free(file.bytes);
}
END_TEST

START_TEST(metadata_is_handed_out)
{
    struct aerogpu_capture_reader *reader;
    struct file file;
    const char *metadata;
    size_t metadata_bytes;

    write_sample();
    file = load();
    reader = open_whole(&file, false);
    aerogpu_capture_metadata(reader, &metadata, &metadata_bytes);
    ck_assert_uint_eq(metadata_bytes, u32_at(&file, 24));
    ck_assert_mem_eq(metadata, "{\"emulator_version\"", 19);
    aerogpu_capture_reader_destroy(reader);
    free(file.bytes);
}
END_TEST

START_TEST(file_is_complete_after_every_submission)
{
    const struct aerogpu_capture_submission submission = submission_of(2);
    struct aerogpu_capture_writer *writer = aerogpu_capture_create(path, "");

    for (uint32_t i = 1; i <= 3; i++) {
        struct aerogpu_capture_record record;
        struct aerogpu_capture_reader *reader;
        const char *error;
        uint32_t count = 0;
        struct file file;

        ck_assert(aerogpu_capture_submit(writer, &submission));
        file = load();
        reader = open_whole(&file, false);
        while (aerogpu_capture_next(reader, &record, &error))
            count++;
        ck_assert_ptr_null(error);
        ck_assert_uint_eq(count, i);
        aerogpu_capture_reader_destroy(reader);
        free(file.bytes);
    }
    ck_assert(aerogpu_capture_close(writer));
}
END_TEST

START_TEST(begin_frame_ends_the_frame_before)
{
    const struct aerogpu_capture_submission submission = submission_of(0);
    struct aerogpu_capture_writer *writer = aerogpu_capture_create(path, "");
    struct file file;

    ck_assert(aerogpu_capture_begin_frame(writer));
    ck_assert(aerogpu_capture_submit(writer, &submission));
    ck_assert(aerogpu_capture_begin_frame(writer));
    ck_assert(aerogpu_capture_close(writer));
    file = load();
    ck_assert_uint_eq(u64_at(&file, file.size_bytes - 8), 16 + 2 * 32);
    free(file.bytes);
}
END_TEST

START_TEST(present_without_frame_is_refused)
{
    struct aerogpu_capture_writer *writer = aerogpu_capture_create(path, "");

    ck_assert(!aerogpu_capture_present(writer));
    ck_assert_int_eq(errno, EINVAL);
    ck_assert(aerogpu_capture_close(writer));
}
END_TEST

START_TEST(capture_of_nothing_has_one_empty_frame)
{
    struct aerogpu_capture_record record;
    struct aerogpu_capture_reader *reader;
    const char *error;
    struct file file;

    ck_assert(aerogpu_capture_close(aerogpu_capture_create(path, NULL)));
    file = load();
    ck_assert_uint_eq(u64_at(&file, file.size_bytes - 8), 16 + 32);
    reader = open_whole(&file, false);
    ck_assert(!aerogpu_capture_next(reader, &record, &error));
    ck_assert_ptr_null(error);
    aerogpu_capture_reader_destroy(reader);
    free(file.bytes);
}
END_TEST

START_TEST(capture_that_cannot_be_created_says_why)
{
    errno = 0;
    ck_assert_ptr_null(aerogpu_capture_create("/nonexistent/folder/file", ""));
    ck_assert_int_eq(errno, ENOENT);
}
END_TEST

START_TEST(submission_beyond_2_gib_is_refused_and_the_file_kept)
{
    const struct aerogpu_capture_submission small = submission_of(0);
    struct aerogpu_capture_submission large = submission_of(2);
    const struct aerogpu_capture_range huge[] = {
        { .alloc_id = 1, .size_bytes = (uint64_t)1 << 30, .bytes = stream_bytes },
        { .alloc_id = 2, .size_bytes = (uint64_t)1 << 30, .bytes = stream_bytes },
    };
    struct aerogpu_capture_writer *writer = aerogpu_capture_create(path, "");
    struct file file;

    ck_assert(aerogpu_capture_submit(writer, &small));
    large.ranges = huge;
    ck_assert(!aerogpu_capture_submit(writer, &large));
    ck_assert_int_eq(errno, EFBIG);
    ck_assert(aerogpu_capture_submit(writer, &small));
    ck_assert(aerogpu_capture_close(writer));
    file = load();
    aerogpu_capture_reader_destroy(open_whole(&file, false));
    free(file.bytes);
}
END_TEST

START_TEST(closing_nothing_is_fine)
{
    ck_assert(aerogpu_capture_close(NULL));
    aerogpu_capture_reader_destroy(NULL);
}
END_TEST

/** Reads to the end; returns the number of records, or -1 at damage. */
static int count_records(const uint8_t *bytes, size_t size_bytes, bool *is_recovered)
{
    struct aerogpu_capture_record record;
    const char *error;
    struct aerogpu_capture_reader *reader =
        aerogpu_capture_open(bytes, size_bytes, is_recovered, &error);
    int count = 0;

    if (!reader) {
        ck_assert_ptr_nonnull(error);
        return -1;
    }
    while (aerogpu_capture_next(reader, &record, &error))
        count++;
    aerogpu_capture_reader_destroy(reader);
    return error ? -1 : count;
}

START_TEST(file_cut_anywhere_keeps_its_complete_records)
{
    struct file file;
    int last = 0;

    write_sample();
    file = load();
    for (size_t size = 0; size < file.size_bytes; size++) {
        uint8_t *exact = malloc(size ? size : 1);
        bool is_recovered;
        int count;

        memcpy(exact, file.bytes, size);
        count = count_records(exact, size, &is_recovered);
        free(exact);
        if (size < 32 + (size_t)u32_at(&file, 24)) {
            ck_assert_int_eq(count, -1);
            continue;
        }
        ck_assert(is_recovered);
        ck_assert_int_ge(count, last);
        last = count;
    }
    ck_assert_int_eq(last, 4);
    free(file.bytes);
}
END_TEST

/* Damage: a change of the sample that has to be noticed. */

struct damage {
    const char *name;
    size_t from_end; /**< 0: offset counts from the start */
    size_t offset;
    uint8_t value;
};

static const struct damage damages[] = {
    { "magic", 0, 0, 'X' },
    { "header size", 0, 8, 33 },
    { "container version", 0, 12, 1 },
    { "metadata beyond the file", 0, 27, 0x7F },
    { "footer version", 32, 12, 3 },
    { "contents offset", 32, 16, 0 },
    { "contents length", 32, 24, 1 },
    { "contents magic", 32 + 80, 0, 'X' },
    { "contents version", 32 + 80, 8, 2 },
    { "frame count", 32 + 80, 12, 3 },
    { "frame before the records", 32 + 64, 8, 1 },
    { "frame behind the records", 32 + 64, 27, 1 },
    { "present outside its frame", 32 + 64, 19, 1 },
};

START_TEST(damage_is_noticed)
{
    const struct damage *damage = &damages[_i];
    struct file file;
    bool is_recovered;
    size_t at;

    write_sample();
    file = load();
    ck_assert_int_eq(count_records(file.bytes, file.size_bytes, &is_recovered), 4);
    at = (damage->from_end ? file.size_bytes - damage->from_end : 0) + damage->offset;
    ck_assert_uint_ne(file.bytes[at], damage->value);
    file.bytes[at] = damage->value;
    ck_assert_msg(count_records(file.bytes, file.size_bytes, &is_recovered) == -1, "%s",
                  damage->name);
    free(file.bytes);
}
END_TEST

/** Offsets inside the first records of the sample. */
struct record_damage {
    const char *name;
    size_t offset; /**< from the end of the metadata */
    uint8_t value;
};

static const struct record_damage record_damages[] = {
    { "unknown record type", 0, 9 },
    { "legacy packet record", 0, 3 },
    { "reserved byte", 1, 1 },
    { "frame record size", 4, 8 },
    { "record beyond the records", 12 + 7, 0x7F },
    { "blob id 0", 12 + 8, 0 },
    { "unknown blob kind", 12 + 8 + 8, 9 },
    { "blob id twice", 12 + 24 + 32 + 8, 1 },
};

START_TEST(record_damage_is_noticed)
{
    const struct record_damage *damage = &record_damages[_i];
    struct file file;
    bool is_recovered;
    size_t at;

    write_sample();
    file = load();
    at = 32 + u32_at(&file, 24) + damage->offset;
    ck_assert_uint_ne(file.bytes[at], damage->value);
    file.bytes[at] = damage->value;
    ck_assert_msg(count_records(file.bytes, file.size_bytes, &is_recovered) == -1, "%s",
                  damage->name);
    free(file.bytes);
}
END_TEST

/* Allocation tables. */

static uint8_t table[24 + 3 * 40];

static void build_table(void)
{
    const struct aerogpu_alloc_entry entries[] = {
        { .alloc_id = 1, .gpa = 0, .size_bytes = 16 },
        { .alloc_id = 2, .gpa = 4096, .size_bytes = 1, .flags = 1 },
        { .alloc_id = 0x80000001, .gpa = UINT64_MAX - 8, .size_bytes = 8 },
    };

    memset(table, 0xEE, sizeof(table));
    aerogpu_alloc_table_build(table, entries, 3);
}

static const char *parse_table(size_t size_bytes)
{
    struct aerogpu_alloc_entry entries[3];
    uint32_t count;

    return aerogpu_alloc_table_parse(table, size_bytes, entries, 3, &count);
}

START_TEST(table_survives_a_round_trip)
{
    struct aerogpu_alloc_entry entries[3];
    uint32_t count;

    build_table();
    ck_assert_uint_eq(aerogpu_alloc_table_size(3), 24 + 96);
    ck_assert_ptr_null(aerogpu_alloc_table_parse(table, 24 + 96, NULL, 0, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_ptr_null(aerogpu_alloc_table_parse(table, 24 + 96, entries, 3, &count));
    ck_assert_uint_eq(entries[1].alloc_id, 2);
    ck_assert_uint_eq(entries[1].flags, 1);
    ck_assert_uint_eq(entries[1].gpa, 4096);
    ck_assert_uint_eq(entries[2].size_bytes, 8);
}
END_TEST

START_TEST(table_with_wider_entries_is_read)
{
    struct aerogpu_alloc_entry entries[2];
    uint32_t count;

    memset(table, 0, sizeof(table));
    aerogpu_alloc_table_build(table, NULL, 0);
    aerogpu_store_u32(table + 8, 24 + 80);
    aerogpu_store_u32(table + 12, 2);
    aerogpu_store_u32(table + 16, 40);
    for (uint32_t i = 0; i < 2; i++) {
        aerogpu_store_u32(table + 24 + 40 * i, 5 + i);
        aerogpu_store_u32(table + 24 + 40 * i + 16, 1);
    }
    ck_assert_ptr_null(aerogpu_alloc_table_parse(table, 24 + 80, entries, 2, &count));
    ck_assert_uint_eq(entries[1].alloc_id, 6);
}
END_TEST

START_TEST(table_for_too_little_room_is_refused)
{
    struct aerogpu_alloc_entry entries[2];
    uint32_t count;

    build_table();
    ck_assert_ptr_nonnull(aerogpu_alloc_table_parse(table, 24 + 96, entries, 2, &count));
}
END_TEST

/** A word of the table that makes it wrong. */
struct table_damage {
    const char *name;
    uint32_t offset;
    uint32_t value;
};

static const struct table_damage table_damages[] = {
    { "magic", 0, 0x434F4C42 },
    { "major version", 4, 0x20000 },
    { "size below the header", 8, 20 },
    { "size beyond the bytes", 8, 24 + 97 },
    { "more entries than bytes", 12, 4 },
    { "a hostile count", 12, 0x08000000 },
    { "a narrow stride", 16, 28 },
    { "a hostile stride", 16, 0xFFFFFFFF },
    { "id 0", 24, 0 },
    { "an entry without bytes", 24 + 32 + 16, 0 },
    { "an entry beyond the address space", 24 + 64 + 16, 9 },
    { "an id twice", 24 + 32, 1 },
};

START_TEST(damaged_table_is_refused)
{
    build_table();
    ck_assert_ptr_null(parse_table(24 + 96));
    aerogpu_store_u32(table + table_damages[_i].offset, table_damages[_i].value);
    ck_assert_msg(parse_table(24 + 96) != NULL, "%s", table_damages[_i].name);
}
END_TEST

START_TEST(table_cut_anywhere_is_refused)
{
    build_table();
    for (size_t size = 0; size < 24 + 96; size++)
        ck_assert_ptr_nonnull(parse_table(size));
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))

int main(void)
{
    Suite *suite = suite_create("capture");
    TCase *files = tcase_create("files");
    TCase *tables = tcase_create("tables");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(files, setup, teardown);
    tcase_add_test(files, header_and_metadata_are_as_specified);
    tcase_add_test(files, records_are_as_specified);
    tcase_add_test(files, contents_and_footer_are_as_specified);
    tcase_add_test(files, what_was_written_is_read_back);
    tcase_add_test(files, metadata_is_handed_out);
    tcase_add_test(files, file_is_complete_after_every_submission);
    tcase_add_test(files, begin_frame_ends_the_frame_before);
    tcase_add_test(files, present_without_frame_is_refused);
    tcase_add_test(files, capture_of_nothing_has_one_empty_frame);
    tcase_add_test(files, capture_that_cannot_be_created_says_why);
    tcase_add_test(files, submission_beyond_2_gib_is_refused_and_the_file_kept);
    tcase_add_test(files, closing_nothing_is_fine);
    tcase_add_test(files, file_cut_anywhere_keeps_its_complete_records);
    tcase_add_loop_test(files, damage_is_noticed, 0, COUNT(damages));
    tcase_add_loop_test(files, record_damage_is_noticed, 0, COUNT(record_damages));
    suite_add_tcase(suite, files);
    tcase_add_test(tables, table_survives_a_round_trip);
    tcase_add_test(tables, table_with_wider_entries_is_read);
    tcase_add_test(tables, table_for_too_little_room_is_refused);
    tcase_add_loop_test(tables, damaged_table_is_refused, 0, COUNT(table_damages));
    tcase_add_test(tables, table_cut_anywhere_is_refused);
    suite_add_tcase(suite, tables);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
