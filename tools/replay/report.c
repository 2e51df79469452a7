#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "model.h"

bool report_reserve(struct report *report, void **array, uint32_t count, uint32_t *capacity,
                    size_t element_bytes)
{
    const uint32_t wanted = *capacity ? *capacity * 2 : 64;
    void *grown;

    if (count < *capacity)
        return true;
    grown = realloc(*array, wanted * element_bytes);
    if (!grown) {
        report->is_incomplete = true;
        return false;
    }
    *array = grown;
    *capacity = wanted;
    return true;
}

struct report *report_create(const char *path, uint32_t picture_limit)
{
    const struct aerogpu_text_options options = { .json = false };
    struct report *report = calloc(1, sizeof(*report));

    if (!report)
        return NULL;
    report->path = path;
    report->pictures.limit = picture_limit;
    report->inventory.pool = &report->pool;
    report->text = aerogpu_text_create(&options);
    report->texts = open_memstream(&report->text_bytes, &report->text_size);
    report->events = open_memstream(&report->event_bytes, &report->event_size);
    if (report->text && report->texts && report->events)
        return report;
    report_destroy(report);
    return NULL;
}

void report_destroy(struct report *report)
{
    if (!report)
        return;
    if (report->texts)
        fclose(report->texts);
    if (report->events)
        fclose(report->events);
    free(report->text_bytes);
    free(report->event_bytes);
    aerogpu_text_destroy(report->text);
    for (uint32_t i = 0; i < report->error_count; i++) {
        free(report->errors[i].rule);
        free(report->errors[i].text);
    }
    for (uint32_t i = 0; i < report->note_count; i++)
        free(report->notes[i]);
    free(report->errors);
    free(report->notes);
    free(report->packets);
    free(report->submissions);
    free(report->metadata);
    inventory_finish(&report->inventory);
    pictures_finish(&report->pictures);
    pool_finish(&report->pool);
    free(report);
}

void report_set_host(struct report *report, struct aerogpu_host *host, bool is_lenient)
{
    report->host = host;
    report->is_lenient = is_lenient;
    if (host)
        snprintf(report->device, sizeof(report->device), "%s", aerogpu_host_device_name(host));
}

void report_metadata(struct report *report, const void *bytes, size_t size_bytes)
{
    free(report->metadata);
    report->metadata = malloc(size_bytes + 1);
    report->metadata_bytes = report->metadata ? size_bytes : 0;
    if (report->metadata)
        memcpy(report->metadata, bytes, size_bytes);
}

void report_note(struct report *report, const char *text)
{
    if (report->note_count < REPORT_MAX_ERRORS &&
        report_reserve(report, (void **)&report->notes, report->note_count, &report->note_capacity,
                       sizeof(*report->notes))) {
        report->notes[report->note_count] = strdup(text);
        report->note_count += report->notes[report->note_count] != NULL;
    }
}

/* The packet's line without its newline, cut where it is too long. */
static void write_line(struct report *report, const struct aerogpu_packet *packet)
{
    const long start = ftell(report->texts);
    long end;

    aerogpu_text_packet(report->text, report->texts, packet);
    end = ftell(report->texts) - 1;
    if (end - start > REPORT_MAX_TEXT_BYTES) {
        fseek(report->texts, start + REPORT_MAX_TEXT_BYTES, SEEK_SET);
        fputs(" ...", report->texts);
    } else {
        fseek(report->texts, end, SEEK_SET);
    }
}

static void list_packet(struct report *report, const struct aerogpu_packet *packet)
{
    if (report->packet_count == REPORT_MAX_PACKETS) {
        report->packets_left_out++;
        return;
    }
    if (!report_reserve(report, (void **)&report->packets, report->packet_count,
                        &report->packet_capacity, sizeof(*report->packets)))
        return;
    write_line(report, packet);
    report->packets[report->packet_count++] = (struct listed_packet){
        .submission = report->submission_count,
        .index = packet->index,
        .offset_bytes = packet->offset_bytes,
        .opcode = packet->opcode,
        .size_bytes = packet->size_bytes,
        .text_end = ftell(report->texts),
    };
}

void report_submission(struct report *report, uint32_t frame,
                       const struct aerogpu_capture_submission *submission)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;
    struct listed_submission *listed;

    report->current = NULL;
    if (!report_reserve(report, (void **)&report->submissions, report->submission_count,
                        &report->submission_capacity, sizeof(*report->submissions)))
        return;
    listed = &report->submissions[report->submission_count];
    *listed = (struct listed_submission){
        .frame = frame,
        .flags = submission->submit_flags,
        .context_id = submission->context_id,
        .range_count = submission->range_count,
        .fence = submission->fence,
        .stream_bytes = submission->stream_bytes,
        .first_packet = report->packet_count,
    };
    if (aerogpu_reader_init(&reader, submission->stream, submission->stream_bytes)) {
        while (aerogpu_reader_next(&reader, &packet))
            list_packet(report, &packet);
    }
    listed->packet_count = report->packet_count - listed->first_packet;
    report->submission_count++;
    report->current = listed;
    report->current_source = submission;
    report->tracked = 0;
}

/* The number of a packet of the current submission. */
static uint32_t number_of(const struct report *report, uint32_t index)
{
    return report->current && index < report->current->packet_count
               ? report->current->first_packet + index
               : NUMBER_NONE;
}

/* A message about a framing error has the packet behind the last one, or none. */
static uint32_t packet_of_message(const struct report *report,
                                  const struct aerogpu_message *message)
{
    const uint32_t number = number_of(report, message->packet_index);

    return number != NUMBER_NONE && report->packets[number].offset_bytes == message->offset_bytes
               ? number
               : NUMBER_NONE;
}

void report_message(struct report *report, const struct aerogpu_message *message)
{
    if (report->error_count == REPORT_MAX_ERRORS) {
        report->errors_left_out++;
        return;
    }
    if (!report_reserve(report, (void **)&report->errors, report->error_count,
                        &report->error_capacity, sizeof(*report->errors)))
        return;
    report->errors[report->error_count++] = (struct listed_error){
        .submission = report->submission_count ? report->submission_count - 1 : 0,
        .packet = packet_of_message(report, message),
        .offset_bytes = message->offset_bytes,
        .rule = strdup(message->rule),
        .text = strdup(message->text),
    };
}

/* A packet that failed to create does not hide the object that has its handle. */
static bool is_known_handle(const struct report *report, const struct aerogpu_packet *packet)
{
    const struct aerogpu_cmd_destroy_resource *cmd = (const void *)packet->bytes;

    return packet->size_bytes >= sizeof(*cmd) &&
           inventory_find(&report->inventory, cmd->resource_handle);
}

void report_packet(struct report *report, const struct aerogpu_packet *packet, bool is_done)
{
    const uint32_t number = number_of(report, packet->index);

    if (number == NUMBER_NONE)
        return;
    report->packets[number].fate = is_done ? FATE_DONE : FATE_FAILED;
    report->tracked = packet->index + 1;
    if (is_done || !is_known_handle(report, packet))
        inventory_packet(&report->inventory, number, packet);
    report_event(report, number, packet, is_done);
}

void report_submission_end(struct report *report)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    if (!report->current)
        return;
    if (aerogpu_reader_init(&reader, report->current_source->stream,
                            report->current_source->stream_bytes)) {
        while (aerogpu_reader_next(&reader, &packet)) {
            if (packet.index >= report->tracked && number_of(report, packet.index) != NUMBER_NONE)
                inventory_packet(&report->inventory, number_of(report, packet.index), &packet);
        }
    }
    if (report->host)
        report_look_around(report);
    report->current = NULL;
}
