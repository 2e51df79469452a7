#include "replay.h"

#include <png.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aerogpu/capture.h"
#include "aerogpu/decode.h"
#include "aerogpu/host.h"
#include "report.h"

struct replay {
    const struct replay_options *options;
    const char *path;
    struct aerogpu_host *host;
    struct report *report; /**< NULL: none is wanted */
    uint32_t submission;   /**< number of the one in execution */
    uint32_t errors;
    bool is_read_whole; /**< no submission is left that the report should list */
    /* Guest memory: the snapshots of the submission in execution, which writebacks do not change.
     */
    const struct aerogpu_capture_submission *snapshots;
    uint8_t *frame; /**< RGBA8 of the image to show */
    uint32_t width, height;
    uint32_t frames; /**< presented so far */
    bool is_unwritable;
};

/* Says something about the capture on stderr and in the report. */
static void say(const struct replay *replay, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void say(const struct replay *replay, const char *format, ...)
{
    char text[400];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    fprintf(stderr, "%s: %s\n", replay->path, text);
    if (replay->report)
        report_note(replay->report, text);
}

static bool read_guest(void *user, uint64_t gpa, void *bytes, size_t size_bytes)
{
    const struct replay *replay = user;

    for (uint32_t i = 0; i < replay->snapshots->range_count; i++) {
        const struct aerogpu_capture_range *range = &replay->snapshots->ranges[i];

        if (gpa < range->gpa || gpa - range->gpa > range->size_bytes ||
            size_bytes > range->size_bytes - (gpa - range->gpa))
            continue;
        memcpy(bytes, (const uint8_t *)range->bytes + (gpa - range->gpa), size_bytes);
        return true;
    }
    return false;
}

/* The next submission's snapshots hold what the guest saw: nothing to keep. */
static bool write_guest(void *user, uint64_t gpa, const void *bytes, size_t size_bytes)
{
    (void)user;
    (void)gpa;
    (void)bytes;
    (void)size_bytes;
    return true;
}

static void keep_image(struct replay *replay, const struct aerogpu_host_image *image)
{
    uint8_t *frame = malloc((size_t)image->width * image->height * 4);

    if (!frame || !aerogpu_host_image_rgba8(image, frame)) {
        free(frame);
        return;
    }
    free(replay->frame);
    replay->frame = frame;
    replay->width = image->width;
    replay->height = image->height;
}

static bool write_png(const struct replay *replay, const char *path)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION,
        .width = replay->width,
        .height = replay->height,
        .format = PNG_FORMAT_RGBA,
    };

    if (png_image_write_to_file(&image, path, 0, replay->frame, 0, NULL))
        return true;
    fprintf(stderr, "%s: %s\n", path, image.message);
    return false;
}

static void print_hash(const struct replay *replay)
{
    uint8_t hash[32];

    aerogpu_host_frame_hash(replay->width, replay->height, replay->frame, hash);
    for (size_t i = 0; i < sizeof(hash); i++)
        printf("%02x", hash[i]);
    printf("\n");
}

/* One of many: written at once, since the next image takes its place. */
static void write_frame(struct replay *replay)
{
    char path[4096];
    const int length = snprintf(path, sizeof(path), "%s/frame-%04u.png", replay->options->frames,
                                (unsigned)replay->frames);

    if (length < 0 || (size_t)length >= sizeof(path) || !write_png(replay, path))
        replay->is_unwritable = true;
    if (replay->options->has_hash)
        print_hash(replay);
}

static void present(void *user, const struct aerogpu_host_image *image)
{
    struct replay *replay = user;

    if (replay->options->resource == 0)
        keep_image(replay, image);
    if (replay->options->frames && replay->frame && !replay->is_unwritable)
        write_frame(replay);
    replay->frames++;
}

static void report(void *user, const struct aerogpu_message *message)
{
    struct replay *replay = user;
    const char *name = aerogpu_opcode_name(message->opcode);

    fprintf(stderr, "%s: submission %u, packet %u (%s) at byte %u: %s [%s]\n", replay->path,
            replay->submission, message->packet_index, name ? name : "unknown",
            message->offset_bytes, message->text, message->rule);
    if (replay->report)
        report_message(replay->report, message);
    replay->errors++;
}

static void after_packet(void *user, const struct aerogpu_packet *packet, bool is_done)
{
    const struct replay *replay = user;

    report_packet(replay->report, packet, is_done);
}

static bool submit(struct replay *replay, const struct aerogpu_capture_record *record)
{
    struct aerogpu_alloc_entry *entries;
    uint32_t count = 0;
    const char *error =
        record->table
            ? aerogpu_alloc_table_parse(record->table, record->table_bytes, NULL, 0, &count)
            : NULL;

    entries = calloc((size_t)count + 1, sizeof(*entries));
    if (!error && entries && record->table)
        error =
            aerogpu_alloc_table_parse(record->table, record->table_bytes, entries, count, &count);
    if (error || !entries) {
        say(replay, "submission %u: %s", replay->submission, error ? error : "out of memory");
        replay->errors++;
        free(entries);
        return false;
    }
    replay->snapshots = &record->submission;
    if (aerogpu_host_submit(replay->host, record->submission.context_id, record->submission.stream,
                            record->submission.stream_bytes, entries, count) != AEROGPU_HOST_OK &&
        replay->errors == 0)
        replay->errors = 1;
    free(entries);
    return true;
}

/* The resource is looked at after every submission: the last one often destroys everything. */
static void look_at_resource(struct replay *replay)
{
    struct aerogpu_host_image image;

    if (replay->options->resource == 0 ||
        !aerogpu_host_read_texture(replay->host, replay->options->resource, 0, 0, &image))
        return;
    keep_image(replay, &image);
    aerogpu_host_image_finish(&image);
}

/* Executes a submission; false when it was the last one to be executed. */
static bool play_submission(struct replay *replay, const struct aerogpu_capture_record *record)
{
    const bool is_submitted = submit(replay, record);

    if (!is_submitted && !replay->options->is_lenient)
        return false;
    look_at_resource(replay);
    return !replay->errors || replay->options->is_lenient;
}

static enum replay_result play(struct replay *replay, struct aerogpu_capture_reader *reader)
{
    struct aerogpu_capture_record record;
    const char *error = NULL;
    bool goes_on = true;

    while (goes_on && aerogpu_capture_next(reader, &record, &error)) {
        if (record.is_present)
            continue;
        if (replay->report)
            report_submission(replay->report, record.frame, &record.submission);
        goes_on = play_submission(replay, &record);
        if (replay->report)
            report_submission_end(replay->report);
        replay->submission += goes_on;
    }
    replay->is_read_whole = goes_on;
    if (error) {
        say(replay, "%s", error);
        return REPLAY_UNUSABLE;
    }
    return replay->errors ? REPLAY_INVALID : REPLAY_CLEAN;
}

/* Submissions behind the one at which the replay ended, or all without a host: for the report. */
static void list_rest(struct replay *replay, struct aerogpu_capture_reader *reader)
{
    struct aerogpu_capture_record record;
    const char *error = NULL;

    report_set_host(replay->report, NULL, replay->options->is_lenient);
    while (aerogpu_capture_next(reader, &record, &error)) {
        if (record.is_present)
            continue;
        report_submission(replay->report, record.frame, &record.submission);
        report_submission_end(replay->report);
    }
    if (error)
        report_note(replay->report, error);
}

static enum replay_result show(const struct replay *replay, enum replay_result result)
{
    if (!replay->frame) {
        say(replay, "no image was %s",
            replay->options->resource ? "found under this handle" : "presented");
        return result == REPLAY_CLEAN ? REPLAY_INVALID : result;
    }
    if (replay->options->has_hash && !replay->options->frames)
        print_hash(replay);
    if (replay->is_unwritable ||
        (replay->options->output && !write_png(replay, replay->options->output)))
        return REPLAY_UNUSABLE;
    return result;
}

/* Replays what was opened, with everything but the report's page. */
static enum replay_result replay_opened(struct replay *replay,
                                        struct aerogpu_capture_reader *reader)
{
    const struct aerogpu_host_config config = {
        .read_guest = read_guest,
        .write_guest = write_guest,
        .present = present,
        .after_packet = replay->report ? after_packet : NULL,
        .report = report,
        .user = replay,
        .device_name = replay->options->device_name,
        .is_lenient = replay->options->is_lenient,
    };
    enum replay_result result = REPLAY_UNUSABLE;
    const char *reason = NULL;

    replay->host = aerogpu_host_create(&config, &reason);
    if (replay->report)
        report_set_host(replay->report, replay->host, config.is_lenient);
    if (replay->host) {
        result = show(replay, play(replay, reader));
    } else {
        fprintf(stderr, "aerogpu-replay: %s\n", reason);
        if (replay->report)
            report_note(replay->report, reason);
    }
    if (replay->report && !replay->is_read_whole)
        list_rest(replay, reader);
    aerogpu_host_destroy(replay->host);
    return result;
}

static void note_metadata(const struct replay *replay, const struct aerogpu_capture_reader *reader)
{
    const char *json;
    size_t json_bytes;

    aerogpu_capture_metadata(reader, &json, &json_bytes);
    report_metadata(replay->report, json, json_bytes);
}

enum replay_result replay_capture(const struct replay_options *options, const char *path,
                                  const void *bytes, size_t size_bytes)
{
    struct replay replay = { .options = options, .path = path };
    enum replay_result result = REPLAY_UNUSABLE;
    struct aerogpu_capture_reader *reader;
    const char *reason = NULL;
    bool is_recovered = false;

    if (options->report) {
        replay.report = report_create(path, options->report_images);
        if (!replay.report) {
            fprintf(stderr, "%s: out of memory\n", options->report);
            return REPLAY_UNUSABLE;
        }
    }
    reader = aerogpu_capture_open(bytes, size_bytes, &is_recovered, &reason);
    if (reader) {
        if (is_recovered)
            say(&replay, "cut off, replaying what is complete");
        if (replay.report)
            note_metadata(&replay, reader);
        result = replay_opened(&replay, reader);
    } else {
        say(&replay, "%s", reason);
    }
    aerogpu_capture_reader_destroy(reader);
    if (replay.report && !report_write(replay.report, options->report, (int)result))
        result = REPLAY_UNUSABLE;
    report_destroy(replay.report);
    free(replay.frame);
    return result;
}
