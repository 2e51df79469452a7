#include "wddm/queue.h"

#include <string.h>

#include "platform/heap.h"
#include "platform/log.h"
#include "stream/emit.h"

/* An object destroyed whose DESTROY packet is not written yet, or whose memory is not free yet. */
struct wddm_grave {
    uint32_t opcode;
    uint32_t handle;
    void *h_rt_resource; /* allocations to free after the packet was sent; NULL: none */
    uint64_t serial;     /* submission that carries the packet; 0 = not written yet */
};

enum {
    DESTROY_PACKET_BYTES = sizeof(struct aerogpu_cmd_destroy_resource),
    GRAVES_AT_FIRST = 64,
    /* What no driver asks for in one go: a guard against arithmetic gone wrong. */
    COMMAND_MAX_BYTES = 256 << 20,
    LIST_MAX_ENTRIES = 65535,
};

/* A lost device keeps a stream that has failed: packets go to its scratch, nothing is sent. */
static void lose(struct wddm_queue *queue)
{
    queue->is_lost = true;
    stream_begin(&queue->stream, NULL, 0);
    queue->list_count = 0;
    queue->list_capacity = 0;
    queue->serial++;
}

static void adopt(struct wddm_queue *queue, const struct wddm_buffers *buffers)
{
    queue->serial++;
    queue->has_present = false;
    if (!buffers->command || buffers->command_bytes < WDDM_COMMAND_MIN_BYTES || !buffers->list ||
        buffers->list_entries < WDDM_LIST_MIN_ENTRIES) {
        log_line("aerogpu-d3d10_11: kernel lent %u bytes and %u list entries: too small",
                 (unsigned)buffers->command_bytes, (unsigned)buffers->list_entries);
        lose(queue);
        return;
    }
    stream_begin(&queue->stream, buffers->command, buffers->command_bytes);
    queue->list = buffers->list;
    queue->list_count = 0;
    queue->list_capacity = buffers->list_entries;
}

enum result wddm_queue_init(struct wddm_queue *queue, struct wddm *wddm)
{
    struct wddm_buffers buffers = { 0 };
    enum result result;

    memset(queue, 0, sizeof(*queue));
    result = wddm->ops->create_context(wddm, &buffers);
    if (result != RESULT_OK)
        return result;
    queue->wddm = wddm;
    adopt(queue, &buffers);
    if (!queue->is_lost)
        return RESULT_OK;
    wddm_queue_finish(queue);
    return RESULT_OUT_OF_MEMORY;
}

/* Frees allocations whose DESTROY packet is in a submission that was sent, or never will be. */
static void free_sent_graves(struct wddm_queue *queue)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < queue->grave_count; i++) {
        struct wddm_grave *grave = &queue->graves[i];

        if (!queue->is_lost && (grave->serial == 0 || grave->serial >= queue->serial))
            queue->graves[kept++] = *grave;
        else if (grave->h_rt_resource)
            queue->wddm->ops->deallocate(queue->wddm, grave->h_rt_resource);
    }
    queue->grave_count = kept;
}

static void write_destroy(struct wddm_queue *queue, struct wddm_grave *grave)
{
    stream_destroy(&queue->stream, grave->opcode, grave->handle);
    grave->serial = queue->serial;
}

/* Packets of graves that came up inside a submission; stops when room ends: the next one goes on.
 */
static void write_waiting_graves(struct wddm_queue *queue)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < queue->grave_count; i++) {
        struct wddm_grave grave = queue->graves[i];

        if (grave.serial == 0 && stream_room_bytes(&queue->stream) >= DESTROY_PACKET_BYTES)
            write_destroy(queue, &grave);
        if (grave.serial == 0 || grave.h_rt_resource)
            queue->graves[kept++] = grave;
    }
    queue->grave_count = kept;
}

static enum result render(struct wddm_queue *queue, const struct wddm_render *what)
{
    const void *command = queue->stream.base;
    struct wddm_buffers next = { 0 };
    enum result result = queue->wddm->ops->render(queue->wddm, what, &next);

    /* Out of memory with the buffer still ours: the same bytes may go through now. */
    if (result == RESULT_OUT_OF_MEMORY && next.command == command)
        result = queue->wddm->ops->render(queue->wddm, what, &next);
    LOG_VERBOSE("submit: present=%d bytes=%u allocs=%u serial=%llu result=%d", queue->has_present,
                (unsigned)what->command_bytes, (unsigned)what->list_entries,
                (unsigned long long)queue->serial, (int)result);
    if (result != RESULT_OK) {
        lose(queue);
        return RESULT_DEVICE_REMOVED;
    }
    queue->submissions++;
    queue->submitted_bytes += what->command_bytes;
    adopt(queue, &next);
    return queue->is_lost ? RESULT_DEVICE_REMOVED : RESULT_OK;
}

/* Destroys that re-enter between the two is_submitting lines only dig graves. */
static enum result submit(struct wddm_queue *queue, uint32_t want_command_bytes,
                          uint32_t want_list_entries)
{
    const struct wddm_render what = {
        .command_bytes = stream_end(&queue->stream),
        .list_entries = queue->list_count,
        .want_command_bytes = want_command_bytes,
        .want_list_entries = want_list_entries,
    };
    enum result result;

    queue->is_submitting = true;
    result = render(queue, &what);
    free_sent_graves(queue);
    queue->wddm->ops->amortize(queue->wddm);
    queue->is_submitting = false;
    if (queue->is_lost)
        free_sent_graves(queue);
    else
        write_waiting_graves(queue);
    return result;
}

void wddm_queue_lose(struct wddm_queue *queue)
{
    lose(queue);
    free_sent_graves(queue);
}

enum result wddm_queue_submit(struct wddm_queue *queue)
{
    if (queue->is_lost)
        return RESULT_DEVICE_REMOVED;
    if (queue->is_submitting || stream_is_empty(&queue->stream))
        return RESULT_OK;
    return submit(queue, 0, 0);
}

uint32_t wddm_queue_packet_max_bytes(const struct wddm_queue *queue)
{
    const size_t capacity_bytes = (size_t)(queue->stream.end - queue->stream.base);

    return queue->is_lost ? 0 : (uint32_t)(capacity_bytes - STREAM_HEADER_BYTES);
}

static bool has_room(const struct wddm_queue *queue, size_t packet_bytes, uint32_t entries)
{
    return stream_room_bytes(&queue->stream) >= packet_bytes &&
           queue->list_capacity - queue->list_count >= entries;
}

enum result wddm_queue_make_room(struct wddm_queue *queue, size_t packet_bytes, uint32_t entries)
{
    uint32_t want_command_bytes = 0;
    uint32_t want_list_entries = 0;
    enum result result = RESULT_OK;

    if (queue->is_lost)
        return RESULT_DEVICE_REMOVED;
    if (packet_bytes > COMMAND_MAX_BYTES || entries > LIST_MAX_ENTRIES)
        return RESULT_OUT_OF_MEMORY;
    if (packet_bytes > wddm_queue_packet_max_bytes(queue))
        want_command_bytes = (uint32_t)packet_bytes + STREAM_HEADER_BYTES;
    if (entries > queue->list_capacity)
        want_list_entries = entries;
    if ((want_command_bytes || want_list_entries) && stream_is_empty(&queue->stream))
        stream_nop(&queue->stream); /* bigger buffers come with a submission only */
    /* Waiting graves may refill a fresh stream, hence more than one round. */
    while (result == RESULT_OK && !has_room(queue, packet_bytes, entries)) {
        if (stream_is_empty(&queue->stream))
            return RESULT_OUT_OF_MEMORY;
        result = submit(queue, want_command_bytes, want_list_entries);
        want_command_bytes = 0;
        want_list_entries = 0;
    }
    return result;
}

enum result wddm_queue_announce(struct wddm_queue *queue)
{
    const uint32_t needed = queue->live_objects + queue->grave_count + 1;
    struct wddm_grave *graves;
    uint32_t capacity = queue->grave_capacity;

    if (queue->is_lost)
        return RESULT_DEVICE_REMOVED;
    if (needed > capacity) {
        capacity = capacity ? 2 * capacity : GRAVES_AT_FIRST;
        graves = heap_resize(queue->graves, capacity * sizeof(*graves));
        if (!graves)
            return RESULT_OUT_OF_MEMORY;
        queue->graves = graves;
        queue->grave_capacity = capacity;
    }
    queue->live_objects++;
    return RESULT_OK;
}

void wddm_queue_retract(struct wddm_queue *queue)
{
    queue->live_objects--;
}

void wddm_queue_destroy(struct wddm_queue *queue, uint32_t opcode, uint32_t handle,
                        void *h_rt_resource)
{
    struct wddm_grave grave = { opcode, handle, h_rt_resource, 0 };

    queue->live_objects--;
    if (!queue->is_submitting && wddm_queue_reserve(queue, DESTROY_PACKET_BYTES, 0) == RESULT_OK)
        write_destroy(queue, &grave);
    if (queue->is_lost) {
        if (h_rt_resource)
            queue->wddm->ops->deallocate(queue->wddm, h_rt_resource);
    } else if (grave.serial == 0 || h_rt_resource) {
        queue->graves[queue->grave_count++] = grave;
    }
}

void wddm_queue_finish(struct wddm_queue *queue)
{
    if (!queue->wddm)
        return;
    while (!queue->is_lost && !stream_is_empty(&queue->stream))
        wddm_queue_submit(queue);
    queue->is_lost = true;
    free_sent_graves(queue);
    queue->wddm->ops->destroy_context(queue->wddm);
    heap_free(queue->graves);
    memset(queue, 0, sizeof(*queue));
}
