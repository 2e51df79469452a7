#include "core/resource.h"

#include "core/device.h"
#include "core/update.h"
#include "core/upload.h"
#include "core/view.h"
#include "platform/ids.h"
#include "platform/log.h"
#include "stream/emit.h"

enum {
    BIND_STORAGE = RESOURCE_BIND_SHADER_RESOURCE | RESOURCE_BIND_UNORDERED_ACCESS |
                   RESOURCE_BIND_STREAM_OUTPUT,
    /* Constants are updated as a whole, and what shaders write nobody sees (semantics 13.1). */
    BIND_UNSHADOWED = RESOURCE_BIND_CONSTANT_BUFFER | RESOURCE_BIND_UNORDERED_ACCESS |
                      RESOURCE_BIND_STREAM_OUTPUT,
};

static enum result refuse(struct device *device, enum ledger_reason reason)
{
    ledger_count(&device->ledger, reason, NULL);
    return RESULT_UNSUPPORTED;
}

/* What no kind of resource may be. */
static enum result check_common(struct device *device, const struct resource_desc *desc)
{
    if (desc->sample_count > 1)
        return refuse(device, LEDGER_RESOURCE_SAMPLES);
    if (desc->usage == RESOURCE_USAGE_DYNAMIC || desc->usage == RESOURCE_USAGE_STAGING)
        return refuse(device, LEDGER_RESOURCE_USAGE);
    if (desc->misc_flags & (RESOURCE_MISC_SHARED | RESOURCE_MISC_REMOTE))
        return refuse(device, LEDGER_RESOURCE_SHARED);
    return RESULT_OK;
}

static uint32_t buffer_usage(const struct resource_desc *desc)
{
    uint32_t usage = 0;

    if (desc->bind_flags & RESOURCE_BIND_VERTEX_BUFFER)
        usage |= AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER;
    if (desc->bind_flags & RESOURCE_BIND_INDEX_BUFFER)
        usage |= AEROGPU_RESOURCE_USAGE_INDEX_BUFFER;
    if (desc->bind_flags & RESOURCE_BIND_CONSTANT_BUFFER)
        usage |= AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER;
    if (desc->bind_flags & BIND_STORAGE ||
        desc->misc_flags & (RESOURCE_MISC_RAW | RESOURCE_MISC_STRUCTURED))
        usage |= AEROGPU_RESOURCE_USAGE_STORAGE;
    return usage;
}

/*
 * A host-owned buffer is enlarged by a copy when a shader declares more; where there are no copies,
 * a constant buffer has all that a shader could declare from the start.
 */
static uint64_t first_wire_bytes(const struct device *device, const struct resource_desc *desc)
{
    const uint64_t wire_bytes = ((uint64_t)desc->width + 3) & ~(uint64_t)3;
    const bool is_fixed = desc->bind_flags & RESOURCE_BIND_CONSTANT_BUFFER &&
                          !(device->caps.features & AEROGPU_FEATURE_TRANSFER);

    return is_fixed && wire_bytes < RESOURCE_CONSTANTS_MAX_BYTES ? RESOURCE_CONSTANTS_MAX_BYTES
                                                                 : wire_bytes;
}

static enum result plan_buffer(struct device *device, struct resource *resource,
                               const struct resource_desc *desc)
{
    if (desc->width == 0)
        return RESULT_INVALID;
    if (desc->width > UINT32_MAX - 3 || desc->bind_flags & RESOURCE_BIND_PRESENT)
        return refuse(device, LEDGER_RESOURCE_SIZE);
    resource->is_buffer = true;
    resource->size_bytes = desc->width;
    resource->wire_bytes = first_wire_bytes(device, desc);
    resource->wire_usage = buffer_usage(desc);
    if (desc->usage == RESOURCE_USAGE_DEFAULT && !(desc->bind_flags & BIND_UNSHADOWED))
        shadow_begin(&resource->shadow, ((uint64_t)desc->width + 3) & ~(uint64_t)3);
    return RESULT_OK;
}

static enum result plan_texture(struct device *device, struct resource *resource,
                                const struct resource_desc *desc)
{
    const struct format_row *format = format_find(desc->format);

    resource->format = desc->format;
    resource->wire_format = format_wire(format, device->caps.abi_minor);
    if (format->kind == FORMAT_NONE || resource->wire_format == AEROGPU_FORMAT_INVALID)
        return refuse(device, LEDGER_RESOURCE_FORMAT);
    if (!texture_layout_init(&resource->layout, format, desc->width, desc->height, desc->mip_levels,
                             desc->array_size))
        return refuse(device, LEDGER_RESOURCE_SIZE);
    resource->is_primary = desc->is_primary;
    return RESULT_OK;
}

static enum result plan(struct device *device, struct resource *resource,
                        const struct resource_desc *desc)
{
    const enum result result = check_common(device, desc);

    if (result != RESULT_OK)
        return result;
    resource->bind_flags = desc->bind_flags;
    resource->h_rt_resource = desc->h_rt_resource;
    switch (desc->dimension) {
    case RESOURCE_BUFFER:
    case RESOURCE_BUFFER_EX:
        return plan_buffer(device, resource, desc);
    case RESOURCE_TEXTURE2D:
    case RESOURCE_TEXTURE_CUBE:
        return plan_texture(device, resource, desc);
    default:
        return refuse(device, LEDGER_RESOURCE_DIMENSION);
    }
}

static bool wants_backing(const struct resource_desc *desc)
{
    return desc->is_primary || desc->bind_flags & RESOURCE_BIND_PRESENT;
}

/* The kernel driver may have raised the pitch; what it gave must still hold the texture. */
static bool accept_blob(struct resource *resource, const struct aerogpu_wddm_alloc_priv_v2 *blob)
{
    return texture_layout_set_pitch(&resource->layout, blob->row_pitch_bytes) &&
           resource->layout.total_bytes <= blob->size_bytes;
}

static enum result allocate(struct device *device, struct resource *resource,
                            const struct resource_desc *desc)
{
    struct wddm *wddm = device->queue.wddm;
    struct aerogpu_wddm_alloc_priv_v2 blob = {
        .magic = AEROGPU_WDDM_ALLOC_PRIV_MAGIC,
        .version = AEROGPU_WDDM_ALLOC_PRIV_VERSION_2,
        .alloc_id = ids_next_alloc_id(),
        .flags = AEROGPU_WDDM_ALLOC_PRIV_FLAG_CPU_VISIBLE,
        .size_bytes = resource->layout.total_bytes,
        .kind = AEROGPU_WDDM_ALLOC_KIND_TEXTURE2D,
        .width = resource->layout.width,
        .height = resource->layout.height,
        .format = resource->format,
        .row_pitch_bytes = resource->layout.row_pitch_bytes,
    };
    const enum result result =
        wddm->ops->allocate(wddm, desc->h_rt_resource, desc->is_primary, desc->scanout_source,
                            &blob, &resource->backing.h_allocation);

    if (result != RESULT_OK)
        return result;
    resource->backing.alloc_id = blob.alloc_id;
    resource->h_rt_backing = desc->h_rt_resource;
    if (accept_blob(resource, &blob))
        return RESULT_OK;
    wddm->ops->deallocate(wddm, desc->h_rt_resource);
    return RESULT_OUT_OF_MEMORY;
}

static uint32_t texture_usage(const struct resource_desc *desc)
{
    uint32_t usage = AEROGPU_RESOURCE_USAGE_TEXTURE;

    if (desc->bind_flags & RESOURCE_BIND_RENDER_TARGET)
        usage |= AEROGPU_RESOURCE_USAGE_RENDER_TARGET;
    if (desc->bind_flags & RESOURCE_BIND_DEPTH_STENCIL)
        usage |= AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL;
    if (desc->is_primary)
        usage |= AEROGPU_RESOURCE_USAGE_SCANOUT;
    return usage;
}

static void emit_create(struct device *device, struct resource *resource,
                        const struct resource_desc *desc)
{
    struct stream *stream = &device->queue.stream;

    resource_list(&device->queue, resource, 0);
    if (resource->is_buffer) {
        stream_create_buffer(stream, resource->handle, resource->wire_usage, resource->wire_bytes,
                             0);
    } else {
        const struct stream_texture2d texture = {
            .usage_flags = texture_usage(desc),
            .format = resource->wire_format,
            .width = resource->layout.width,
            .height = resource->layout.height,
            .mip_levels = resource->layout.mip_levels,
            .array_layers = resource->layout.array_layers,
            .row_pitch_bytes = resource->layout.row_pitch_bytes,
            .alloc_id = resource->backing.alloc_id,
        };

        stream_create_texture2d(stream, resource->handle, &texture);
    }
    if (desc->initial && resource_is_guest_backed(resource))
        stream_resource_dirty_range(stream, resource->handle, 0, resource->layout.total_bytes);
}

/* Contents of a host-owned resource, right behind its CREATE packet. */
static enum result upload_initial(struct device *device, struct resource *resource,
                                  const struct resource_desc *desc)
{
    enum result result = RESULT_OK;

    if (!desc->initial || resource_is_guest_backed(resource))
        return RESULT_OK;
    if (resource->is_buffer) {
        shadow_write(&resource->shadow, 0, desc->initial[0].bytes, resource->size_bytes);
        return upload_buffer(device, resource, desc->initial[0].bytes);
    }
    for (uint32_t i = 0; i < texture_subresource_count(&resource->layout); i++) {
        if (result == RESULT_OK)
            result = upload_subresource(device, resource, i, &desc->initial[i]);
    }
    if (result == RESULT_OUT_OF_MEMORY)
        return refuse(device, LEDGER_RESOURCE_INITIAL_DATA);
    return result;
}

/* An announced object, with its allocation if it has one, goes on the wire. */
static enum result create_on_wire(struct device *device, struct resource *resource,
                                  const struct resource_desc *desc)
{
    const size_t packets_bytes = sizeof(struct aerogpu_cmd_create_texture2d) +
                                 sizeof(struct aerogpu_cmd_resource_dirty_range);
    const bool is_guest_backed = resource_is_guest_backed(resource);
    enum result result = RESULT_OK;

    if (is_guest_backed && desc->initial)
        result = upload_backing(device, resource, desc->initial);
    if (result == RESULT_OK)
        result = wddm_queue_reserve(&device->queue, packets_bytes, is_guest_backed);
    if (result != RESULT_OK) {
        if (is_guest_backed)
            device->queue.wddm->ops->deallocate(device->queue.wddm, desc->h_rt_resource);
        wddm_queue_retract(&device->queue);
        return result;
    }
    resource->handle = ids_next_handle();
    emit_create(device, resource, desc);
    result = upload_initial(device, resource, desc);
    if (result != RESULT_OK)
        wddm_queue_destroy(&device->queue, AEROGPU_CMD_DESTROY_RESOURCE, resource->handle,
                           is_guest_backed ? desc->h_rt_resource : NULL);
    return result;
}

enum result resource_init(struct device *device, struct resource *resource,
                          const struct resource_desc *desc)
{
    enum result result;

    object_begin(resource, sizeof(*resource), OBJECT_RESOURCE);
    device_adopt_object(device, &resource->object);
    list_init(&resource->views);
    result = plan(device, resource, desc);
    if (result == RESULT_OK)
        result = wddm_queue_announce(&device->queue);
    if (result == RESULT_OK && wants_backing(desc)) {
        result = allocate(device, resource, desc);
        if (result != RESULT_OK)
            wddm_queue_retract(&device->queue);
    }
    if (result == RESULT_OK)
        result = create_on_wire(device, resource, desc);
    if (result != RESULT_OK) {
        shadow_drop(&resource->shadow);
        object_end(resource, sizeof(*resource));
    }
    return result;
}

/* Fresh host-owned buffers are zeros (host semantics 4), so that the rest needs no upload. */
enum result resource_enlarge_buffer(struct device *device, struct resource *buffer,
                                    uint64_t wire_bytes)
{
    const size_t packets_bytes = sizeof(struct aerogpu_cmd_create_buffer) +
                                 sizeof(struct aerogpu_cmd_copy_buffer) +
                                 sizeof(struct aerogpu_cmd_destroy_resource);
    struct wddm_queue *queue = &device->queue;
    const uint32_t handle = ids_next_handle();
    const struct stream_buffer_copy copy = {
        .target = handle,
        .source = buffer->handle,
        .size_bytes = buffer->wire_bytes,
    };
    enum result result = wddm_queue_announce(queue);

    if (result != RESULT_OK)
        return result;
    result = wddm_queue_reserve(queue, packets_bytes, 0);
    if (result != RESULT_OK) {
        wddm_queue_retract(queue);
        return result;
    }
    stream_create_buffer(&queue->stream, handle, buffer->wire_usage, wire_bytes, 0);
    stream_copy_buffer(&queue->stream, &copy);
    wddm_queue_destroy(queue, AEROGPU_CMD_DESTROY_RESOURCE, buffer->handle, NULL);
    buffer->handle = handle;
    buffer->wire_bytes = wire_bytes;
    state_resend_resource(&device->state, buffer);
    return RESULT_OK;
}

/* Views may outlive their resource; they must not follow it into freed memory. */
static void drop_views(struct resource *resource)
{
    while (!list_is_empty(&resource->views)) {
        struct view *view = LIST_ENTRY(resource->views.next, struct view, of_resource);

        view->resource = NULL;
        list_remove(&view->of_resource);
    }
}

/*
 * A backing is freed by the handle it was allocated under: each handle has one allocation, so that
 * frees what the resource holds now and the kernel's object of that handle with it, whichever of
 * the rotated goes first (driver semantics 19.3).
 */
void resource_finish(struct device *device, struct resource *resource)
{
    struct wddm_queue *queue = &device->queue;
    const bool is_rotated =
        resource->h_rt_backing && resource->h_rt_backing != resource->h_rt_resource;
    const bool is_freed_now = resource->is_primary || is_rotated;

    if (is_rotated)
        LOG_VERBOSE("DestroyResource: a rotated buffer ends with the allocation of another");
    state_drop_resource(&device->state, resource);
    drop_views(resource);
    shadow_drop(&resource->shadow);
    wddm_queue_destroy(queue, AEROGPU_CMD_DESTROY_RESOURCE, resource->handle,
                       resource->h_rt_backing);
    object_end(resource, sizeof(*resource));
    if (is_freed_now) /* what was made for a primary goes inside the call (semantics 9.9) */
        wddm_queue_submit(queue);
}

enum result resource_update(struct device *device, struct resource *resource, uint32_t subresource,
                            const struct resource_box *box, const struct resource_data *data)
{
    const uint32_t count = resource->is_buffer ? 1 : texture_subresource_count(&resource->layout);

    if (!data->bytes || (box && (box->left >= box->right || box->top >= box->bottom)))
        return RESULT_OK;
    if (subresource >= count)
        return RESULT_INVALID;
    return resource->is_buffer ? update_buffer(device, resource, box, data->bytes)
                               : update_texture(device, resource, subresource, box, data);
}
