/** See dump.h. A submission is validated first, then printed with its messages in place. */
#include "dump.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "aerogpu/capture.h"
#include "aerogpu/decode.h"
#include "aerogpu/text.h"
#include "aerogpu/validate.h"
#include "aerogpu_unaligned.h"
#include "shaders.h"

/** A validator message, kept until its packet is printed. */
struct kept_message {
    struct aerogpu_message message;
    char *text;
};

struct dump {
    const struct dump_options *options;
    FILE *out;
    struct aerogpu_text *text;
    struct aerogpu_validator *validator; /**< NULL with no_validate */
    struct kept_message *messages;       /**< of the submission at hand */
    uint32_t message_count;
    uint32_t message_capacity;
    struct aerogpu_alloc_entry *entries;
    uint32_t packets;
    uint32_t submissions;
    uint32_t errors;
    bool is_out_of_memory;
};

static void keep_message(void *user, const struct aerogpu_message *message)
{
    struct dump *dump = user;
    char *text = malloc(strlen(message->text) + 1);

    dump->errors++;
    if (text && dump->message_count == dump->message_capacity) {
        const uint32_t capacity = dump->message_capacity * 2 + 16;
        struct kept_message *grown = realloc(dump->messages, capacity * sizeof(*grown));

        if (grown) {
            dump->messages = grown;
            dump->message_capacity = capacity;
        }
    }
    if (!text || dump->message_count == dump->message_capacity) {
        dump->is_out_of_memory = true;
        free(text);
        return;
    }
    strcpy(text, message->text);
    dump->messages[dump->message_count] = (struct kept_message){ *message, text };
    dump->messages[dump->message_count++].message.text = text;
}

/** Prints the kept messages about one place: the packet at an offset, or 0 for the submission. */
static void print_messages(struct dump *dump, uint32_t offset_bytes)
{
    for (uint32_t i = 0; i < dump->message_count; i++) {
        if (dump->messages[i].message.offset_bytes == offset_bytes)
            aerogpu_text_message(dump->text, dump->out, &dump->messages[i].message);
    }
}

static void forget_messages(struct dump *dump)
{
    for (uint32_t i = 0; i < dump->message_count; i++)
        free(dump->messages[i].text);
    dump->message_count = 0;
}

/** Says what the validator would say about framing when there is no validator. */
static void keep_reader_error(struct dump *dump, const struct aerogpu_reader *reader,
                              const char *rule)
{
    if (!dump->validator)
        keep_message(dump, &(struct aerogpu_message){
                               .packet_index = reader->next_index,
                               .offset_bytes = reader->error_offset_bytes,
                               .rule = rule,
                               .text = reader->error,
                           });
}

static void print_packets(struct dump *dump, const void *stream, size_t stream_bytes)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    if (!aerogpu_reader_init(&reader, stream, stream_bytes)) {
        keep_reader_error(dump, &reader, "stream-header");
        print_messages(dump, 0);
        return;
    }
    print_messages(dump, 0);
    while (aerogpu_reader_next(&reader, &packet)) {
        dump->packets++;
        aerogpu_text_packet(dump->text, dump->out, &packet);
        if (dump->options->shaders)
            dump_shader(dump->out, dump->options->json, &packet);
        print_messages(dump, packet.offset_bytes);
    }
    if (reader.error) {
        keep_reader_error(dump, &reader, "packet-framing");
        print_messages(dump, reader.error_offset_bytes);
    }
}

static void print_submission(struct dump *dump, const struct aerogpu_capture_submission *submission,
                             const struct aerogpu_alloc_entry *entries, uint32_t entry_count)
{
    aerogpu_text_submission(dump->text, dump->out, dump->submissions++, submission);
    if (dump->validator)
        aerogpu_validator_submit(dump->validator, submission->stream, submission->stream_bytes,
                                 entries, entry_count);
    print_packets(dump, submission->stream, submission->stream_bytes);
    forget_messages(dump);
}

/** The submission's allocation table, else what its ranges say. Returns NULL or a sentence. */
static const char *decode_table(struct dump *dump, const struct aerogpu_capture_record *record,
                                uint32_t *entry_count)
{
    const struct aerogpu_capture_submission *submission = &record->submission;
    const char *problem = NULL;

    *entry_count = submission->range_count;
    if (record->table)
        problem =
            aerogpu_alloc_table_parse(record->table, record->table_bytes, NULL, 0, entry_count);
    if (problem)
        return problem;
    free(dump->entries);
    dump->entries = calloc((size_t)*entry_count + 1, sizeof(*dump->entries));
    if (!dump->entries)
        return "out of memory";
    if (record->table)
        return aerogpu_alloc_table_parse(record->table, record->table_bytes, dump->entries,
                                         *entry_count, entry_count);
    for (uint32_t i = 0; i < submission->range_count; i++)
        dump->entries[i] = (struct aerogpu_alloc_entry){
            .alloc_id = submission->ranges[i].alloc_id,
            .flags = submission->ranges[i].flags,
            .gpa = submission->ranges[i].gpa,
            .size_bytes = submission->ranges[i].size_bytes,
        };
    return NULL;
}

static void print_note(struct dump *dump, const char *key, uint32_t value)
{
    if (dump->options->json)
        fprintf(dump->out, "{\"%s\":%" PRIu32 "}\n", key, value);
    else
        fprintf(dump->out, "# %s %" PRIu32 "\n", key, value);
}

static const char *print_capture(struct dump *dump, struct aerogpu_capture_reader *reader)
{
    struct aerogpu_capture_record record;
    const char *error;

    while (aerogpu_capture_next(reader, &record, &error)) {
        uint32_t entry_count = 0;

        if (record.is_present) {
            print_note(dump, "present", record.frame);
            continue;
        }
        error = decode_table(dump, &record, &entry_count);
        if (error)
            return error;
        print_submission(dump, &record.submission, dump->entries, entry_count);
    }
    return error;
}

static bool is_capture(const uint8_t *bytes, size_t size_bytes)
{
    return size_bytes >= 8 && memcmp(bytes, "AEROGPUT", 8) == 0;
}

/** Prints everything. Returns NULL, or a sentence when the input cannot be read to its end. */
static const char *print_input(struct dump *dump, const char *name, const uint8_t *bytes,
                               size_t size_bytes)
{
    const char *error = NULL;

    if (is_capture(bytes, size_bytes)) {
        bool is_recovered;
        struct aerogpu_capture_reader *reader =
            aerogpu_capture_open(bytes, size_bytes, &is_recovered, &error);

        if (!reader)
            return error;
        if (is_recovered)
            fprintf(stderr, "%s: the capture has no footer; its complete records are shown\n",
                    name);
        error = print_capture(dump, reader);
        aerogpu_capture_reader_destroy(reader);
        return error;
    }
    if (size_bytes < 4 || aerogpu_load_u32(bytes) != AEROGPU_CMD_STREAM_MAGIC)
        return "neither a command stream (ACMD) nor a capture (AEROGPUT)";
    print_submission(dump,
                     &(struct aerogpu_capture_submission){ .stream = bytes,
                                                           .stream_bytes = size_bytes },
                     NULL, 0);
    return NULL;
}

static void print_summary(const struct dump *dump)
{
    fprintf(dump->out,
            dump->options->json
                ? "{\"packets\":%" PRIu32 ",\"submissions\":%" PRIu32 ",\"errors\":%" PRIu32 "}\n"
                : "# %" PRIu32 " packets, %" PRIu32 " submissions, %" PRIu32 " errors\n",
            dump->packets, dump->submissions, dump->errors);
}

static bool dump_init(struct dump *dump, bool has_lists)
{
    const struct dump_options *options = dump->options;

    dump->text = aerogpu_text_create(&(struct aerogpu_text_options){
        .stable_ids = options->stable_ids,
        .json = options->json,
        .offsets = options->offsets,
    });
    if (!options->no_validate)
        dump->validator = aerogpu_validator_create(&(struct aerogpu_validator_config){
            .device_abi_minor = options->device_abi_minor,
            .device_features = options->device_features,
            .has_texture_views = options->has_texture_views,
            .keep_state = options->keep_state,
            .any_allocations = !has_lists,
            .report = keep_message,
            .user = dump,
        });
    return dump->text && (options->no_validate || dump->validator);
}

static void dump_finish(struct dump *dump)
{
    aerogpu_validator_destroy(dump->validator);
    aerogpu_text_destroy(dump->text);
    free(dump->messages);
    free(dump->entries);
}

enum dump_result dump_file(const struct dump_options *options, FILE *out, const char *name,
                           const void *bytes, size_t size_bytes)
{
    struct dump dump = { .options = options, .out = out };
    const char *error = "out of memory";

    if (dump_init(&dump, is_capture(bytes, size_bytes)))
        error = print_input(&dump, name, bytes, size_bytes);
    if (!error && dump.is_out_of_memory)
        error = "out of memory";
    if (error)
        fprintf(stderr, "%s: %s\n", name, error);
    else
        print_summary(&dump);
    dump_finish(&dump);
    if (error)
        return DUMP_UNREADABLE;
    return dump.errors ? DUMP_INVALID : DUMP_CLEAN;
}
