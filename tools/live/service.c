#include "service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file is read and written by position and never mapped: a program that truncates it can make a
 * read fail, but not this process. */

static bool read_memory(const struct service *service, uint64_t offset_bytes, void *bytes,
                        size_t size_bytes)
{
    for (size_t have = 0; have < size_bytes;) {
        const ssize_t got = pread(service->memory, (uint8_t *)bytes + have, size_bytes - have,
                                  (off_t)(offset_bytes + have));

        if (got <= 0)
            return false;
        have += (size_t)got;
    }
    return true;
}

static bool write_memory(const struct service *service, uint64_t offset_bytes, const void *bytes,
                         size_t size_bytes)
{
    for (size_t done = 0; done < size_bytes;) {
        const ssize_t got = pwrite(service->memory, (const uint8_t *)bytes + done,
                                   size_bytes - done, (off_t)(offset_bytes + done));

        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

/* Whether the file holds a range. */
static bool holds(const struct service *service, uint64_t offset_bytes, uint64_t size_bytes)
{
    struct stat status;

    return fstat(service->memory, &status) == 0 && offset_bytes <= (uint64_t)status.st_size &&
           size_bytes <= (uint64_t)status.st_size - offset_bytes;
}

/* A copy of a range of the file, at least one byte long; NULL: the file does not hold it. */
static void *copy_of(const struct service *service, uint64_t offset_bytes, uint64_t size_bytes)
{
    void *bytes;

    if (size_bytes > LIVE_WIRE_BYTES_MAX || !holds(service, offset_bytes, size_bytes))
        return NULL;
    bytes = malloc((size_t)size_bytes + 1);
    if (bytes != NULL && !read_memory(service, offset_bytes, bytes, (size_t)size_bytes)) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

/* ---- What the host calls ---- */

/* The entry that holds a range of guest memory. */
static const struct live_wire_entry *find_entry(const struct service *service, uint64_t gpa,
                                                size_t size_bytes, bool is_written)
{
    for (uint32_t i = 0; i < service->entry_count; i++) {
        const struct live_wire_entry *entry = &service->entries[i];

        if (gpa >= entry->gpa && gpa - entry->gpa <= entry->size_bytes &&
            size_bytes <= entry->size_bytes - (gpa - entry->gpa) &&
            !(is_written && entry->flags & AEROGPU_ALLOC_FLAG_READONLY))
            return entry;
    }
    return NULL;
}

static bool read_guest(void *user, uint64_t gpa, void *bytes, size_t size_bytes)
{
    const struct service *service = user;
    const struct live_wire_entry *entry = find_entry(service, gpa, size_bytes, false);

    return entry != NULL &&
           read_memory(service, entry->offset_bytes + (gpa - entry->gpa), bytes, size_bytes);
}

static bool write_guest(void *user, uint64_t gpa, const void *bytes, size_t size_bytes)
{
    const struct service *service = user;
    const struct live_wire_entry *entry = find_entry(service, gpa, size_bytes, true);

    return entry != NULL &&
           write_memory(service, entry->offset_bytes + (gpa - entry->gpa), bytes, size_bytes);
}

static void present(void *user, const struct aerogpu_host_image *image)
{
    struct service *service = user;

    aerogpu_host_image_finish(&service->image);
    service->image = *image;
    service->image.bytes = malloc(image->size_bytes + 1);
    if (service->image.bytes != NULL)
        memcpy(service->image.bytes, image->bytes, image->size_bytes);
}

static void add_report(struct service *service, const struct aerogpu_message *message)
{
    struct live_wire_report *report;

    if (service->report_count == LIVE_WIRE_REPORTS_MAX)
        return;
    report = &service->reports[service->report_count++];
    memset(report, 0, sizeof(*report));
    report->packet_index = message->packet_index;
    report->offset_bytes = message->offset_bytes;
    report->opcode = message->opcode;
    snprintf(report->rule, sizeof(report->rule), "%s", message->rule);
    snprintf(report->text, sizeof(report->text), "%s", message->text);
}

static void report(void *user, const struct aerogpu_message *message)
{
    add_report(user, message);
}

/* ---- Requests ---- */

/* Puts the reports and the presented image into the file, from offset_bytes on. */
static const char *tell(struct service *service, uint64_t offset_bytes,
                        struct live_wire_reply *reply)
{
    const size_t reports_bytes = service->report_count * sizeof(service->reports[0]);
    const struct aerogpu_host_image *image = &service->image;

    reply->report_count = service->report_count;
    reply->reports_offset_bytes = offset_bytes;
    if (!write_memory(service, offset_bytes, service->reports, reports_bytes))
        return "the shared file has no room for reports";
    if (image->bytes == NULL)
        return NULL;
    reply->format = image->format;
    reply->width = image->width;
    reply->height = image->height;
    reply->offset_bytes = offset_bytes + reports_bytes;
    reply->size_bytes = image->size_bytes;
    return write_memory(service, reply->offset_bytes, image->bytes, image->size_bytes)
               ? NULL
               : "the shared file has no room for an image";
}

static const char *start(struct service *service, const struct live_wire_request *request,
                         struct live_wire_reply *reply)
{
    const struct aerogpu_host_config config = {
        .read_guest = read_guest,
        .write_guest = write_guest,
        .present = present,
        .report = report,
        .user = service,
        .device_name = service->device_name,
    };
    struct aerogpu_message message = { .rule = "host", .text = "out of memory" };

    (void)request;
    if (service->host == NULL)
        service->host = aerogpu_host_create(&config, &message.text);
    else if (aerogpu_host_reset(service->host))
        return NULL;
    else
        return "out of memory";
    if (service->host != NULL)
        return NULL;
    reply->status = LIVE_WIRE_FAILED;
    add_report(service, &message);
    return tell(service, 0, reply);
}

/* The entries as the host wants them; *end_bytes is where the file's bytes in use end. */
static struct aerogpu_alloc_entry *check_entries(const struct service *service, uint64_t *end_bytes)
{
    struct aerogpu_alloc_entry *table = calloc(service->entry_count + 1u, sizeof(*table));

    for (uint32_t i = 0; table != NULL && i < service->entry_count; i++) {
        const struct live_wire_entry *entry = &service->entries[i];

        if (!holds(service, entry->offset_bytes, entry->size_bytes)) {
            free(table);
            return NULL;
        }
        table[i] = (struct aerogpu_alloc_entry){ entry->alloc_id, entry->flags, entry->gpa,
                                                 entry->size_bytes, 0 };
        if (entry->offset_bytes + entry->size_bytes > *end_bytes)
            *end_bytes = entry->offset_bytes + entry->size_bytes;
    }
    return table;
}

static const char *submit_with(struct service *service, const struct live_wire_request *request,
                               const void *stream, struct live_wire_reply *reply)
{
    const uint64_t entries_bytes = request->entry_count * sizeof(service->entries[0]);
    uint64_t end_bytes = request->offset_bytes + request->size_bytes;
    struct aerogpu_alloc_entry *table;

    if (request->entries_offset_bytes + entries_bytes > end_bytes)
        end_bytes = request->entries_offset_bytes + entries_bytes;
    table = check_entries(service, &end_bytes);
    if (table == NULL)
        return "the shared file does not hold what a submission lists";
    aerogpu_host_submit(service->host, request->context_id, stream, (size_t)request->size_bytes,
                        table, service->entry_count);
    free(table);
    return tell(service, end_bytes, reply);
}

static const char *submit(struct service *service, const struct live_wire_request *request,
                          struct live_wire_reply *reply)
{
    const char *error = "the shared file does not hold what a submission names";
    void *stream;

    if (request->entry_count > LIVE_WIRE_ENTRIES_MAX)
        return "a submission lists too much";
    stream = copy_of(service, request->offset_bytes, request->size_bytes);
    service->entries = copy_of(service, request->entries_offset_bytes,
                               request->entry_count * sizeof(service->entries[0]));
    service->entry_count = request->entry_count;
    if (stream != NULL && service->entries != NULL)
        error = submit_with(service, request, stream, reply);
    free(stream);
    free(service->entries);
    service->entries = NULL;
    service->entry_count = 0;
    return error;
}

static const char *read_texture(struct service *service, const struct live_wire_request *request,
                                struct live_wire_reply *reply)
{
    if (!aerogpu_host_read_texture(service->host, request->handle, request->mip, request->layer,
                                   &service->image)) {
        reply->status = LIVE_WIRE_NOTHING;
        return NULL;
    }
    return tell(service, 0, reply);
}

static const char *read_buffer(struct service *service, const struct live_wire_request *request,
                               struct live_wire_reply *reply)
{
    const char *error = NULL;
    void *bytes;

    reply->status = LIVE_WIRE_NOTHING;
    if (request->size_bytes > LIVE_WIRE_BYTES_MAX)
        return NULL;
    bytes = malloc((size_t)request->size_bytes + 1);
    if (bytes == NULL)
        return "out of memory";
    if (aerogpu_host_read_buffer(service->host, request->handle, request->offset_bytes, bytes,
                                 (size_t)request->size_bytes)) {
        reply->status = LIVE_WIRE_DONE;
        reply->size_bytes = request->size_bytes;
        if (!write_memory(service, 0, bytes, (size_t)request->size_bytes))
            error = "the shared file has no room for a buffer";
    }
    free(bytes);
    return error;
}

const char *service_answer(struct service *service, const struct live_wire_request *request,
                           struct live_wire_reply *reply)
{
    static const char *(*const answers[])(struct service *, const struct live_wire_request *,
                                          struct live_wire_reply *) = {
        [LIVE_WIRE_START] = start,
        [LIVE_WIRE_SUBMIT] = submit,
        [LIVE_WIRE_READ_TEXTURE] = read_texture,
        [LIVE_WIRE_READ_BUFFER] = read_buffer,
    };
    const char *error;

    if (request->magic != LIVE_WIRE_MAGIC || request->reserved0 != 0)
        return "what came is no request";
    if (request->version != LIVE_WIRE_VERSION)
        return "a request of another version: build the program and this host from one source";
    if (request->kind == 0 || request->kind >= sizeof(answers) / sizeof(answers[0]))
        return "a request of no known kind";
    if (request->kind != LIVE_WIRE_START && service->host == NULL)
        return "a request before the start";
    *reply = (struct live_wire_reply){ .magic = LIVE_WIRE_MAGIC,
                                       .version = LIVE_WIRE_VERSION,
                                       .number = request->number,
                                       .status = LIVE_WIRE_DONE };
    service->report_count = 0;
    error = answers[request->kind](service, request, reply);
    aerogpu_host_image_finish(&service->image);
    return error;
}

void service_finish(struct service *service)
{
    aerogpu_host_destroy(service->host);
    memset(service, 0, sizeof(*service));
}
