#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "runtime/live.h"
#include "runtime/live_wire.h"
#include "runtime/tap.h"

static struct {
    HANDLE request; /**< NULL: not connected yet */
    HANDLE reply;
    HANDLE memory;
    uint32_t number; /**< of the last request */
} channel;

/* ---- Connecting ---- */

/* The FIFOs and the file belong to the native machine: drive Z: is its root. */
static HANDLE open_file(const char *folder, const char *name, DWORD access)
{
    char path[1024];
    HANDLE handle;

    snprintf(path, sizeof(path), "Z:%s/%s", folder, name);
    handle =
        CreateFileA(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (handle == INVALID_HANDLE_VALUE)
        tap_bail_out("live host: %s cannot be opened (error %lu): aerogpu-live-host has ended",
                     path, GetLastError());
    return handle;
}

static void connect_host(void)
{
    const char *folder = getenv(LIVE_WIRE_VARIABLE);

    if (folder == NULL || folder[0] == '\0')
        tap_bail_out("live host: there is none, start this program under "
                     "out/host/aerogpu-live-host (tests/runtime/LIVE.md)");
    channel.request = open_file(folder, LIVE_WIRE_REQUEST, GENERIC_WRITE);
    channel.reply = open_file(folder, LIVE_WIRE_REPLY, GENERIC_READ);
    channel.memory = open_file(folder, LIVE_WIRE_MEMORY, GENERIC_READ | GENERIC_WRITE);
}

/* ---- Bytes ---- */

static void write_memory(uint64_t offset_bytes, const void *bytes, size_t size_bytes)
{
    OVERLAPPED at = { .Offset = (DWORD)offset_bytes, .OffsetHigh = (DWORD)(offset_bytes >> 32) };
    DWORD written;

    if (size_bytes > 0 && (!WriteFile(channel.memory, bytes, (DWORD)size_bytes, &written, &at) ||
                           written != size_bytes))
        tap_bail_out("live host: %lu bytes of shared memory cannot be written (error %lu)",
                     (unsigned long)size_bytes, GetLastError());
}

static void read_memory(uint64_t offset_bytes, void *bytes, size_t size_bytes)
{
    OVERLAPPED at = { .Offset = (DWORD)offset_bytes, .OffsetHigh = (DWORD)(offset_bytes >> 32) };
    DWORD got;

    if (size_bytes > 0 &&
        (!ReadFile(channel.memory, bytes, (DWORD)size_bytes, &got, &at) || got != size_bytes))
        tap_bail_out("live host: %lu bytes of shared memory cannot be read (error %lu)",
                     (unsigned long)size_bytes, GetLastError());
}

static void read_reply(struct live_wire_reply *reply)
{
    DWORD have = 0;

    while (have < sizeof(*reply)) {
        DWORD got = 0;

        if (!ReadFile(channel.reply, (uint8_t *)reply + have, (DWORD)sizeof(*reply) - have, &got,
                      NULL) ||
            got == 0)
            tap_bail_out("live host: it ended before it replied");
        have += got;
    }
}

static void *allocate(uint64_t size_bytes)
{
    void *bytes = size_bytes <= LIVE_WIRE_BYTES_MAX ? malloc((size_t)size_bytes + 1) : NULL;

    if (bytes == NULL)
        tap_bail_out("live host: out of memory");
    return bytes;
}

/* ---- Messages ---- */

static struct live_wire_report read_report(const struct live_wire_reply *reply, uint32_t index)
{
    struct live_wire_report report;

    read_memory(reply->reports_offset_bytes + index * sizeof(report), &report, sizeof(report));
    report.rule[sizeof(report.rule) - 1] = '\0';
    report.text[sizeof(report.text) - 1] = '\0';
    return report;
}

/* Sends a request and waits for its reply. */
static struct live_wire_reply ask(struct live_wire_request *request)
{
    struct live_wire_reply reply;
    DWORD written = 0;

    request->magic = LIVE_WIRE_MAGIC;
    request->version = LIVE_WIRE_VERSION;
    request->number = ++channel.number;
    if (!WriteFile(channel.request, request, sizeof(*request), &written, NULL) ||
        written != sizeof(*request))
        tap_bail_out("live host: it has ended");
    read_reply(&reply);
    if (reply.magic != LIVE_WIRE_MAGIC || reply.version != LIVE_WIRE_VERSION ||
        reply.number != request->number || reply.report_count > LIVE_WIRE_REPORTS_MAX)
        tap_bail_out("live host: reply %u of version %u is none to request %u of version %u",
                     reply.number, reply.version, request->number, request->version);
    if (reply.status == LIVE_WIRE_FAILED)
        tap_bail_out("live host: %s",
                     reply.report_count > 0 ? read_report(&reply, 0).text : "it failed");
    return reply;
}

void live_start(void)
{
    struct live_wire_request request = { .kind = LIVE_WIRE_START };

    if (channel.request == NULL)
        connect_host();
    ask(&request);
}

static struct live_image read_image(const struct live_wire_reply *reply)
{
    struct live_image image = {
        .format = reply->format,
        .width = reply->width,
        .height = reply->height,
        .size_bytes = (size_t)reply->size_bytes,
        .bytes = allocate(reply->size_bytes),
    };

    read_memory(reply->offset_bytes, image.bytes, image.size_bytes);
    return image;
}

static void tell(const struct live_wire_reply *reply, const struct live_listener *listener)
{
    for (uint32_t i = 0; i < reply->report_count; i++) {
        const struct live_wire_report report = read_report(reply, i);
        const struct aerogpu_message message = {
            .packet_index = report.packet_index,
            .offset_bytes = report.offset_bytes,
            .opcode = report.opcode,
            .rule = report.rule,
            .text = report.text,
        };

        listener->report(listener->user, &message);
    }
    if (reply->width > 0) {
        struct live_image image = read_image(reply);

        listener->present(listener->user, &image);
        live_image_finish(&image);
    }
}

/* The file holds the stream, the entries, then the bytes of each. */
void live_submit(const struct live_submission *submission, const struct live_listener *listener)
{
    struct live_wire_request request = {
        .kind = LIVE_WIRE_SUBMIT,
        .context_id = submission->context_id,
        .size_bytes = submission->stream_bytes,
        .entries_offset_bytes = submission->stream_bytes,
        .entry_count = submission->entry_count,
    };
    const size_t entries_bytes = submission->entry_count * sizeof(struct live_wire_entry);
    struct live_wire_entry *entries = allocate(entries_bytes);
    uint64_t end_bytes = request.entries_offset_bytes + entries_bytes;
    struct live_wire_reply reply;

    for (uint32_t i = 0; i < submission->entry_count; i++) {
        const struct aerogpu_alloc_entry *entry = &submission->entries[i];

        entries[i] = (struct live_wire_entry){ entry->alloc_id, entry->flags, entry->gpa,
                                               entry->size_bytes, end_bytes };
        write_memory(end_bytes, submission->backings[i], (size_t)entry->size_bytes);
        end_bytes += entry->size_bytes;
    }
    write_memory(0, submission->stream, submission->stream_bytes);
    write_memory(request.entries_offset_bytes, entries, entries_bytes);
    reply = ask(&request);
    for (uint32_t i = 0; i < submission->entry_count; i++) {
        if ((entries[i].flags & AEROGPU_ALLOC_FLAG_READONLY) == 0)
            read_memory(entries[i].offset_bytes, submission->backings[i],
                        (size_t)entries[i].size_bytes);
    }
    free(entries);
    tell(&reply, listener);
}

bool live_read_texture(uint32_t handle, uint32_t mip, uint32_t layer, struct live_image *image)
{
    struct live_wire_request request = {
        .kind = LIVE_WIRE_READ_TEXTURE, .handle = handle, .mip = mip, .layer = layer
    };
    const struct live_wire_reply reply = ask(&request);

    if (reply.status != LIVE_WIRE_DONE)
        return false;
    *image = read_image(&reply);
    return true;
}

bool live_read_buffer(uint32_t handle, uint64_t offset_bytes, void *bytes, size_t size_bytes)
{
    struct live_wire_request request = {
        .kind = LIVE_WIRE_READ_BUFFER,
        .handle = handle,
        .offset_bytes = offset_bytes,
        .size_bytes = size_bytes,
    };
    const struct live_wire_reply reply = ask(&request);

    if (reply.status != LIVE_WIRE_DONE || reply.size_bytes != size_bytes)
        return false;
    read_memory(reply.offset_bytes, bytes, size_bytes);
    return true;
}

void live_image_finish(struct live_image *image)
{
    free(image->bytes);
    memset(image, 0, sizeof(*image));
}
