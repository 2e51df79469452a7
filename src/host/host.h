/**
 * What the rooms of the host share: the host itself, its objects, its bound state, and the one way
 * of failing. The public face is aerogpu/host.h.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include "aerogpu/decode.h"
#include "aerogpu/host.h"
#include "host/device.h"
#include "host/objects.h"
#include "host/pipeline.h"
#include "host/state.h"
#include "stream/id_map.h"

/** Bytes that go to guest memory when the device has produced them. */
struct host_writeback {
    struct host_slice slice; /**< rows of row_bytes bytes, back to back */
    uint64_t gpa;
    uint64_t pitch_bytes;
    uint64_t row_bytes;
    uint32_t row_count;
};

/** An image that goes to the present callback when the device has produced it. */
struct host_pending_present {
    struct host_slice slice;
    struct aerogpu_host_image image;
};

/** The targets of the rendering that is open. Compared as bytes. */
struct host_attachments {
    VkImageView colors[AEROGPU_MAX_RENDER_TARGETS];
    VkImageView depth;
    uint32_t color_count;
    VkExtent2D extent;
    uint32_t padding;
};

struct aerogpu_host {
    struct aerogpu_host_config config;
    struct aerogpu_validator *validator;
    struct host_device device;
    struct host_objects objects;
    struct host_state state;
    struct host_pipelines pipelines;
    struct host_attachments attachments; /**< while device.is_rendering */
    VkSampler default_sampler;
    struct host_texture *dummy; /**< what unbound texture slots read: (0, 0, 0, 1) */

    struct host_writeback *writebacks;
    uint32_t writeback_count, writeback_capacity;
    VkBufferView *views; /**< of buffers, until the submission has ended */
    uint32_t view_count, view_capacity;
    struct host_pending_present *presents;
    uint32_t present_count, present_capacity;

    /* The submission in execution. */
    uint32_t context_id;
    const struct aerogpu_alloc_entry *entries;
    uint32_t entry_count;
    struct id_map entry_numbers;         /**< alloc_id to its entry's place, from 1 */
    const struct aerogpu_packet *packet; /**< NULL outside of packets */
    enum aerogpu_host_error error;       /**< the first one's */
};

/**
 * Reports an error of the packet in execution and remembers its code if it is the first. Returns
 * false, so that a handler can return it.
 */
bool host_fail(struct aerogpu_host *host, enum aerogpu_host_error error, const char *rule,
               const char *format, ...) __attribute__((format(printf, 4, 5)));

/** The submission's entry for an allocation with room for the range; reports and returns NULL. */
const struct aerogpu_alloc_entry *host_find_allocation(struct aerogpu_host *host, uint32_t alloc_id,
                                                       uint64_t offset_bytes, uint64_t size_bytes);

/** Reads guest memory of an allocation of the submission; reports. */
bool host_read_allocation(struct aerogpu_host *host, uint32_t alloc_id, uint64_t offset_bytes,
                          void *bytes, uint64_t size_bytes);

/** A slice of the device, or a report. */
bool host_slice(struct aerogpu_host *host, uint64_t size_bytes, struct host_slice *slice);

/**
 * Between packets: ends the work recorded so far when the memory of dead objects and transfers, or
 * the pipelines that streams asked for, have become many. False, reported, when the device fails.
 */
bool host_relieve(struct aerogpu_host *host);

/** Room for one more element of a growable array; reports. */
bool host_reserve(struct aerogpu_host *host, void **array, uint32_t *capacity, uint32_t needed,
                  size_t element_bytes);

#endif
