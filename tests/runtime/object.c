#include <stdlib.h>

#include "runtime/d3d.h"
#include "runtime/runtime_state.h"

/* A driver that gives a silly size gets memory all the same, and a violation. */
static struct guard_block *create_private(struct rt_device *device, SIZE_T size_bytes)
{
    if (size_bytes < sizeof(void *) || size_bytes > 64 * 1024 * 1024) {
        report_violation(kernel_report(device->kernel), "%lu is no private size of an object",
                         (unsigned long)size_bytes);
        size_bytes = 64 * 1024;
    }
    return guard_create(size_bytes);
}

struct rt_object *rt_object_begin(struct rt_device *device, enum rt_kind kind, SIZE_T size_bytes)
{
    struct rt_object *object;

    if (size_bytes == (SIZE_T)-1) {
        device->last_error = E_OUTOFMEMORY;
        return NULL;
    }
    object = calloc(1, sizeof(*object));
    if (object == NULL)
        tap_bail_out("out of memory");
    object->device = device;
    object->kind = kind;
    object->private_data = create_private(device, size_bytes);
    object->h_rt = rt_handle_create(RT_HANDLE_OBJECT, object);
    object->h_storage = object->h_rt;
    object->next = device->objects;
    device->objects = object;
    return object;
}

void rt_object_resize(struct rt_object *object, SIZE_T size_bytes)
{
    guard_destroy(object->private_data);
    object->private_data = create_private(object->device, size_bytes);
}

static void unlink_object(struct rt_object *object)
{
    struct rt_object **link = &object->device->objects;

    while (*link != object)
        link = &(*link)->next;
    *link = object->next;
}

/* The runtime frees the memory; for a while it watches that nobody writes there. */
static void release(struct rt_object *object, const char *what)
{
    struct rt_device *device = object->device;

    unlink_object(object);
    guard_queue_add(&device->retired, object->private_data, what, false);
    rt_handle_drop(object->h_rt);
    free(object);
}

static void call_destroy(struct rt_object *object)
{
    struct rt_device *device = object->device;

    switch (object->kind) {
    case RT_RESOURCE:
        RT_CALL(device, f11, pfnDestroyResource, d3d_resource(object));
        break;
    case RT_SHADER_RESOURCE_VIEW:
        RT_CALL(device, f11, pfnDestroyShaderResourceView, d3d_srv(object));
        break;
    case RT_RENDER_TARGET_VIEW:
        RT_CALL(device, f11, pfnDestroyRenderTargetView, d3d_rtv(object));
        break;
    case RT_DEPTH_STENCIL_VIEW:
        RT_CALL(device, f11, pfnDestroyDepthStencilView, d3d_dsv(object));
        break;
    case RT_UNORDERED_ACCESS_VIEW:
        RT_CALL(device, f11, pfnDestroyUnorderedAccessView, d3d_uav(object));
        break;
    case RT_SHADER:
        RT_CALL(device, f11, pfnDestroyShader, d3d_shader(object));
        break;
    case RT_ELEMENT_LAYOUT:
        RT_CALL(device, f11, pfnDestroyElementLayout, d3d_layout(object));
        break;
    case RT_BLEND_STATE:
        RT_CALL(device, f11, pfnDestroyBlendState, d3d_blend_state(object));
        break;
    case RT_DEPTH_STENCIL_STATE:
        RT_CALL(device, f11, pfnDestroyDepthStencilState, d3d_depth_stencil_state(object));
        break;
    case RT_RASTERIZER_STATE:
        RT_CALL(device, f11, pfnDestroyRasterizerState, d3d_rasterizer_state(object));
        break;
    case RT_SAMPLER:
        RT_CALL(device, f11, pfnDestroySampler, d3d_sampler(object));
        break;
    default:
        RT_CALL(device, f11, pfnDestroyQuery, d3d_query(object));
        break;
    }
}

static bool is_zeroed(const struct guard_block *block)
{
    const uint8_t *bytes = guard_bytes(block);

    for (size_t i = 0; i < guard_size(block); i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

struct rt_object *rt_object_end(struct rt_object *object)
{
    struct rt_device *device = object->device;
    struct report *report = kernel_report(device->kernel);
    const HRESULT error = device->last_error;

    if (error == S_OK)
        return object;
    if (!is_zeroed(object->private_data)) {
        report_set_entry(report, rt_entry_name(device->last_entry));
        report_violation(report, "a failed create left private memory that is not zeroed");
        report_set_entry(report, NULL);
    }
    if (device->desc.destroy_failed_creates)
        call_destroy(object);
    if (object->is_announced)
        kernel_resource_retire(device->kernel_device, object->h_rt);
    release(object, "private memory of a failed create");
    device->last_error = error;
    return NULL;
}

/*
 * A primary that is not shared is freed inside DestroyResource (driver semantics 9.9). What goes
 * with a resource is the allocation it holds, under whichever handle it was made (driver
 * semantics 19.3).
 */
static void retire_resource(struct rt_object *object)
{
    struct rt_device *device = object->device;

    if (object->facts.is_primary && (object->facts.misc & D3D10_DDI_RESOURCE_MISC_SHARED) == 0 &&
        !kernel_device_has_failed(device->kernel_device) &&
        !kernel_resource_is_freed(device->kernel_device, object->h_storage))
        report_violation(kernel_report(device->kernel),
                         "DestroyResource did not free a primary's allocation");
    kernel_resource_retire(device->kernel_device, object->h_storage);
}

void rt_object_destroy(struct rt_object *object)
{
    if (object == NULL)
        return;
    for (unsigned i = 0; i < 3; i++) {
        if (object->device->defaults[i] == object)
            object->device->defaults[i] = NULL;
    }
    call_destroy(object);
    if (object->is_announced)
        retire_resource(object);
    release(object, "private memory of an object");
}

/* The one kind that is never in the queue: its destroy submits (driver semantics 17.5). */
static bool is_plain_primary(const struct rt_object *object)
{
    return object->facts.is_primary && (object->facts.misc & D3D10_DDI_RESOURCE_MISC_SHARED) == 0;
}

void rt_object_destroy_later(struct rt_object *object)
{
    if (object != NULL && is_plain_primary(object))
        rt_object_destroy(object);
    else if (object != NULL)
        object->is_queued = true;
}

void *rt_private(const struct rt_object *object)
{
    return object != NULL ? guard_bytes(object->private_data) : NULL;
}

HANDLE rt_object_handle(const struct rt_object *object)
{
    return object != NULL ? object->h_rt : NULL;
}

enum rt_kind rt_object_kind(const struct rt_object *object)
{
    return object->kind;
}

struct rt_device *rt_object_device(const struct rt_object *object)
{
    return object->device;
}

size_t rt_device_objects(const struct rt_device *device)
{
    size_t count = 0;

    for (const struct rt_object *object = device->objects; object != NULL; object = object->next)
        count++;
    return count;
}
