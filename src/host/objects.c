#include "host/objects.h"

#include <stdlib.h>

#include "host/buffer.h"
#include "host/host.h"
#include "host/layout.h"
#include "host/shader.h"
#include "host/surface.h"
#include "host/texture.h"

typedef void (*destroy_fn)(struct aerogpu_host *host, struct host_object *object);

static const destroy_fn destroys[HOST_KINDS] = {
    [HOST_BUFFER] = host_buffer_destroy, [HOST_TEXTURE] = host_texture_destroy,
    [HOST_VIEW] = host_view_destroy,     [HOST_SHADER] = host_shader_destroy,
    [HOST_LAYOUT] = host_layout_destroy, [HOST_SAMPLER] = host_sampler_destroy,
};

static uint32_t bucket_of(uint32_t handle)
{
    return handle * 0x9E3779B1u >> 17 & (HOST_BUCKETS - 1);
}

static struct host_slot *find_slot(const struct host_objects *objects, uint32_t handle)
{
    struct host_slot *slot = objects->buckets[bucket_of(handle)];

    while (slot && slot->handle != handle)
        slot = slot->next;
    return slot;
}

struct host_object *host_objects_find_any(const struct host_objects *objects, uint32_t handle)
{
    const struct host_slot *slot = find_slot(objects, handle);

    return slot ? slot->object : NULL;
}

struct host_object *host_objects_find(const struct host_objects *objects, uint32_t handle,
                                      enum host_kind kind)
{
    struct host_object *object = host_objects_find_any(objects, handle);

    return object && object->kind == kind ? object : NULL;
}

bool host_objects_insert(struct host_objects *objects, uint32_t handle, struct host_object *object)
{
    struct host_slot **bucket = &objects->buckets[bucket_of(handle)];
    struct host_slot *slot;

    if (handle == 0 || find_slot(objects, handle))
        return false;
    slot = calloc(1, sizeof(*slot));
    if (!slot)
        return false;
    slot->handle = handle;
    slot->object = object;
    slot->next = *bucket;
    *bucket = slot;
    object->handle_count++;
    objects->handle_count++;
    return true;
}

static void bury_unused(struct host_objects *objects, struct host_object *object)
{
    if (object->handle_count == 0 && object->holder_count == 0) {
        object->next_dead = objects->dead;
        objects->dead = object;
    }
}

void host_objects_release(struct host_objects *objects, struct host_object *object)
{
    object->holder_count--;
    bury_unused(objects, object);
}

void host_objects_remove(struct aerogpu_host *host, uint32_t handle)
{
    struct host_slot **place = &host->objects.buckets[bucket_of(handle)];
    struct host_slot *slot;

    while (*place && (*place)->handle != handle)
        place = &(*place)->next;
    slot = *place;
    if (!slot)
        return;
    *place = slot->next;
    slot->object->handle_count--;
    host->objects.handle_count--;
    bury_unused(&host->objects, slot->object);
    free(slot);
}

/* The tokens of an object that ends are retired. */
static void forget_shares(struct host_objects *objects, struct host_object *object)
{
    struct host_share **place = &objects->shares;

    while (object->share_count > 0 && *place) {
        struct host_share *share = *place;

        if (share->object != object) {
            place = &share->next;
            continue;
        }
        *place = share->next;
        object->share_count--;
        objects->share_count--;
        free(share);
    }
}

void host_objects_sweep(struct aerogpu_host *host)
{
    while (host->objects.dead) {
        struct host_object *object = host->objects.dead;

        host->objects.dead = object->next_dead;
        forget_shares(&host->objects, object);
        destroys[object->kind](host, object);
    }
}

void host_objects_finish(struct aerogpu_host *host)
{
    for (uint32_t i = 0; i < HOST_BUCKETS; i++) {
        while (host->objects.buckets[i])
            host_objects_remove(host, host->objects.buckets[i]->handle);
    }
    host_objects_sweep(host);
}
