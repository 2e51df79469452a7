/**
 * A device: one context's queue, the state of the pipeline, and every object that lives on it.
 *
 * The runtime serialises calls into a device (threading caps are 0), so nothing here locks. What an
 * entry point does is in the room of its subject: resource.h, state.h, draw.h and so on.
 */
#ifndef CORE_DEVICE_H
#define CORE_DEVICE_H

#include <stdint.h>

#include "core/ledger.h"
#include "core/object.h"
#include "core/shader.h"
#include "core/state.h"
#include "platform/result.h"
#include "wddm/queue.h"

/** What the device behind the adapter can do (AeroGPU protocol specification 1). */
struct device_caps {
    uint32_t abi_minor;
    uint64_t features; /**< AEROGPU_FEATURE_* */
};

struct device {
    struct object object;
    struct wddm_queue queue;
    struct device_caps caps;
    struct state state;
    struct list objects; /**< every live object but the device, oldest first */
    struct ledger ledger;
    struct shader no_pixel_shader; /**< stands in for none; made when first needed (shader.h) */
};

/**
 * Begins a device in a zeroed block; wddm is lent for its life. OUT_OF_MEMORY or DEVICE_REMOVED:
 * then the block is as good as zeroed.
 */
enum result device_init(struct device *device, struct wddm *wddm, const struct device_caps *caps);

/** Ends all objects left, sends what is pending, frees everything. */
void device_finish(struct device *device);

/** A new object's place: object_begin, then among the device's objects. */
void device_adopt_object(struct device *device, struct object *object);

/**
 * Looks whether a submission was sent since the state was last used; then the host knows nothing of
 * it any more. To be called after making room and before sending state.
 */
static inline void device_notice_submission(struct device *device)
{
    if (device->state.serial != device->queue.serial)
        state_forget(&device->state, device->queue.serial);
}

/** Sends what is pending. */
enum result device_flush(struct device *device);

#endif
