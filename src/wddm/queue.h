/**
 * The submission being built, and how it is sent.
 *
 * A queue writes packets in place into the command buffer the kernel lent, lists each allocation
 * they touch once, sends both when asked to or when room ends, and takes what was destroyed to its
 * grave: DESTROY packets of objects destroyed from inside a submission wait for the next stream,
 * and allocations are freed only after the submission that carries their DESTROY packet.
 *
 * Rules: driver semantics 9.9 (frees), 17 (submission).
 */
#ifndef WDDM_QUEUE_H
#define WDDM_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/encoder.h"
#include "wddm/wddm.h"

/** What a queue remembers of an allocation, inside the object that owns it. */
struct wddm_allocation {
    uint32_t h_allocation; /**< kernel handle; 0 = no allocation */
    uint32_t alloc_id;
    uint64_t listed_serial; /**< submission whose list has it, at listed_index */
    uint32_t listed_index;
};

struct wddm_grave;

struct wddm_queue {
    struct stream stream;
    struct wddm_list_entry *list; /**< lent with the command buffer */
    uint32_t list_count;
    uint32_t list_capacity;
    uint64_t serial; /**< of the submission being built; the first is 1 */
    bool is_lost;    /**< nothing reaches the kernel any more; streams are written to nowhere */
    bool is_submitting;
    bool has_present;  /**< the stream being built presents: for the log line */
    struct wddm *wddm; /**< lent by the owner for the queue's life */

    struct wddm_grave *graves; /**< room for every live object, so that destroying never fails */
    uint32_t grave_count;
    uint32_t grave_capacity;
    uint32_t live_objects;

    uint64_t submissions; /**< render calls that succeeded */
    uint64_t submitted_bytes;
};

/** Creates the context and begins the first stream. OUT_OF_MEMORY or DEVICE_REMOVED on failure. */
enum result wddm_queue_init(struct wddm_queue *queue, struct wddm *wddm);

/** Sends what is pending, frees what waited, destroys the context. Fine after a failed init. */
void wddm_queue_finish(struct wddm_queue *queue);

/**
 * Announces a protocol object that wddm_queue_destroy will end, before it is created: makes sure
 * that its end needs no memory. OUT_OF_MEMORY, or DEVICE_REMOVED on a lost device.
 */
enum result wddm_queue_announce(struct wddm_queue *queue);

/** Takes an announcement back, for an object that came to nothing and was never on the wire. */
void wddm_queue_retract(struct wddm_queue *queue);

/**
 * Ends an announced object: sends the DESTROY packet of this opcode, at once or, from inside a
 * submission, with the next stream; then frees the allocations of h_rt_resource (NULL: none) once
 * the packet is on its way. Never fails.
 */
void wddm_queue_destroy(struct wddm_queue *queue, uint32_t opcode, uint32_t handle,
                        void *h_rt_resource);

/**
 * Sends the stream, unless it is empty. Nothing to send is OK. DEVICE_REMOVED when the device is
 * lost, by this call or before: then is_lost is set and nothing is sent ever again.
 */
enum result wddm_queue_submit(struct wddm_queue *queue);

/** A callback said that the device is gone: from now on nothing is sent, allocations are freed at
 * once. */
void wddm_queue_lose(struct wddm_queue *queue);

/** Slow path of wddm_queue_reserve. */
enum result wddm_queue_make_room(struct wddm_queue *queue, size_t packet_bytes, uint32_t entries);

/**
 * Makes sure that packet_bytes bytes of packets and entries list entries fit into the stream being
 * built, so that they travel together; sends it first if they do not (serial changes then), and
 * asks for bigger buffers if even empty ones are too small. OUT_OF_MEMORY when the kernel gives no
 * bigger ones; DEVICE_REMOVED.
 */
static inline enum result wddm_queue_reserve(struct wddm_queue *queue, size_t packet_bytes,
                                             uint32_t entries)
{
    if (__builtin_expect(stream_room_bytes(&queue->stream) >= packet_bytes &&
                             queue->list_capacity - queue->list_count >= entries,
                         1))
        return RESULT_OK;
    return wddm_queue_make_room(queue, packet_bytes, entries);
}

/**
 * Lists an allocation for the submission being built; its entry was reserved. Once listed it stays
 * so, and a write intent is added to it.
 */
static inline void wddm_queue_list(struct wddm_queue *queue, struct wddm_allocation *allocation,
                                   uint32_t flags)
{
    if (allocation->listed_serial != queue->serial) {
        if (queue->list_count >= queue->list_capacity)
            return; /* only on a lost device, whose list goes nowhere */
        allocation->listed_serial = queue->serial;
        allocation->listed_index = queue->list_count++;
        queue->list[allocation->listed_index] =
            (struct wddm_list_entry){ allocation->h_allocation, 0 };
    }
    queue->list[allocation->listed_index].flags |= flags;
}

/** Largest packet that an empty command buffer of today's size takes. */
uint32_t wddm_queue_packet_max_bytes(const struct wddm_queue *queue);

#endif
