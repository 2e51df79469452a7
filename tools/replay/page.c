/** The page: its fixed part, embedded by the build, with the collected data in the middle. */
#include <errno.h>
#include <string.h>

#include "json.h"
#include "model.h"
#include "report_page.h"

static const char *const fates[] = { "untouched", "done", "failed" };

static void write_submissions(const struct report *report, FILE *out)
{
    fputs(",\n\"submissions\":[", out);
    for (uint32_t i = 0; i < report->submission_count; i++) {
        const struct listed_submission *submission = &report->submissions[i];

        fprintf(out,
                "%s{\"frame\":%u,\"flags\":%u,\"context\":%u,\"fence\":%llu,\"bytes\":%zu,"
                "\"allocations\":%u,\"first\":%u,\"count\":%u}",
                i > 0 ? ",\n" : "", submission->frame, submission->flags, submission->context_id,
                (unsigned long long)submission->fence, submission->stream_bytes,
                submission->range_count, submission->first_packet, submission->packet_count);
    }
    fputc(']', out);
}

static void write_packets(const struct report *report, FILE *out)
{
    long start = 0;

    fputs(",\n\"packets\":[", out);
    for (uint32_t i = 0; i < report->packet_count; i++) {
        const struct listed_packet *packet = &report->packets[i];
        const char *name = aerogpu_opcode_name(packet->opcode);

        fprintf(out,
                "%s{\"submission\":%u,\"index\":%u,\"offset\":%u,\"bytes\":%u,\"op\":\"%s\","
                "\"fate\":\"%s\",\"text\":",
                i > 0 ? ",\n" : "", packet->submission, packet->index, packet->offset_bytes,
                packet->size_bytes, name ? name : "UNKNOWN", fates[packet->fate]);
        json_string(out, report->text_bytes + start, (size_t)(packet->text_end - start));
        fputc('}', out);
        start = packet->text_end;
    }
    fputc(']', out);
}

static const struct aerogpu_rule *find_rule(const char *name)
{
    const struct aerogpu_rule *rule;

    for (uint32_t i = 0; (rule = aerogpu_rule_get(i)) != NULL; i++) {
        if (strcmp(rule->name, name) == 0)
            return rule;
    }
    return NULL;
}

static void write_errors(const struct report *report, FILE *out)
{
    fputs(",\n\"errors\":[", out);
    for (uint32_t i = 0; i < report->error_count; i++) {
        const struct listed_error *error = &report->errors[i];
        const struct aerogpu_rule *rule = error->rule ? find_rule(error->rule) : NULL;

        fprintf(out, "%s{\"submission\":%u,\"offset\":%u,\"rule\":", i > 0 ? ",\n" : "",
                error->submission, error->offset_bytes);
        json_text(out, error->rule);
        fputs(",\"text\":", out);
        json_text(out, error->text);
        if (error->packet != NUMBER_NONE)
            fprintf(out, ",\"packet\":%u", error->packet);
        if (rule) {
            fputs(",\"source\":", out);
            json_text(out, rule->source);
            fputs(",\"holds\":", out);
            json_text(out, rule->description);
        }
        fputc('}', out);
    }
    fputc(']', out);
}

static void write_head(const struct report *report, FILE *out, int status)
{
    fputs("{\"version\":1,\"capture\":", out);
    json_text(out, report->path);
    fputs(",\"device\":", out);
    json_text(out, report->device[0] ? report->device : NULL);
    fprintf(out, ",\"status\":%d,\"lenient\":%s,\"metadata\":", status,
            report->is_lenient ? "true" : "false");
    if (report->metadata)
        json_string(out, report->metadata, report->metadata_bytes);
    else
        fputs("null", out);
    fputs(",\n\"notes\":[", out);
    for (uint32_t i = 0; i < report->note_count; i++) {
        fputs(i > 0 ? "," : "", out);
        json_text(out, report->notes[i]);
    }
    fprintf(out,
            "],\n\"limits\":{\"pictures\":%u,\"pictures_left_out\":%u,\"packets_left_out\":%u,"
            "\"errors_left_out\":%u,\"details_left_out\":%s,\"out_of_memory\":%s}",
            report->pictures.limit, report->pictures.left_out, report->packets_left_out,
            report->errors_left_out, report->pool.is_full ? "true" : "false",
            report->is_incomplete ? "true" : "false");
}

static void write_data(const struct report *report, FILE *out, int status)
{
    write_head(report, out, status);
    write_submissions(report, out);
    write_packets(report, out);
    write_errors(report, out);
    fputs(",\n\"events\":[", out);
    fwrite(report->event_bytes, 1, report->event_size, out);
    fputs("],\n\"things\":", out);
    inventory_write(&report->inventory, out);
    fputs(",\n\"pool\":", out);
    pool_write(&report->pool, out);
    fputs(",\n\"pictures\":", out);
    pictures_write(&report->pictures, out);
    fputc('}', out);
}

bool report_write(const struct report *report, const char *output, int status)
{
    FILE *out = fopen(output, "wb");
    bool is_written = out != NULL;

    if (out) {
        fflush(report->texts);
        fflush(report->events);
        fwrite(report_page_head, 1, sizeof(report_page_head), out);
        write_data(report, out, status);
        fwrite(report_page_tail, 1, sizeof(report_page_tail), out);
        is_written = !ferror(out);
        is_written = fclose(out) == 0 && is_written;
    }
    if (!is_written)
        fprintf(stderr, "%s: %s\n", output, strerror(errno));
    return is_written;
}
