#include "core/rotate.h"

#include "core/device.h"

/* What a view or binding of one resource expects of the storage of another. */
static bool are_interchangeable(const struct resource *a, const struct resource *b)
{
    const uint32_t bind =
        RESOURCE_BIND_SHADER_RESOURCE | RESOURCE_BIND_RENDER_TARGET | RESOURCE_BIND_DEPTH_STENCIL;

    return a->format == b->format && a->layout.width == b->layout.width &&
           a->layout.height == b->layout.height && a->layout.mip_levels == b->layout.mip_levels &&
           a->layout.array_layers == b->layout.array_layers &&
           (a->bind_flags & bind) == (b->bind_flags & bind);
}

static bool is_among(const struct resource *resource, struct resource *const *others,
                     uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (others[i] == resource)
            return true;
    }
    return false;
}

static bool check(const struct device *device, struct resource *const *resources, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct resource *resource = resources[i];

        if (!resource || resource->object.device != device || !resource_is_guest_backed(resource) ||
            !are_interchangeable(resources[0], resource) || is_among(resource, resources, i))
            return false;
    }
    return true;
}

/* The storage of a resource, taken out of it. */
struct storage {
    uint32_t handle;
    struct texture_layout layout;
    struct wddm_allocation backing;
    void *h_rt_backing;
};

static struct storage storage_of(const struct resource *resource)
{
    return (struct storage){
        .handle = resource->handle,
        .layout = resource->layout, /* the kernel may have given each its own pitch */
        .backing = resource->backing,
        .h_rt_backing = resource->h_rt_backing,
    };
}

static void put_storage(struct resource *resource, const struct storage *storage)
{
    resource->handle = storage->handle;
    resource->layout = storage->layout;
    resource->backing = storage->backing;
    resource->h_rt_backing = storage->h_rt_backing;
}

enum result rotate_identities(struct device *device, struct resource *const *resources,
                              uint32_t count)
{
    struct storage first;

    if (count < 2)
        return RESULT_OK;
    if (device->queue.is_lost)
        return RESULT_DEVICE_REMOVED;
    if (count > ROTATE_MAX || !check(device, resources, count))
        return RESULT_INVALID;
    first = storage_of(resources[0]);
    for (uint32_t i = 0; i < count; i++) {
        const struct storage next = i + 1 < count ? storage_of(resources[i + 1]) : first;

        put_storage(resources[i], &next);
        state_resend_resource(&device->state, resources[i]);
    }
    return RESULT_OK;
}
