#include "core/device.h"

#include "core/shader.h"

enum result device_init(struct device *device, struct wddm *wddm, const struct device_caps *caps)
{
    const enum result result = wddm_queue_init(&device->queue, wddm);

    if (result != RESULT_OK)
        return result;
    device->object.kind = OBJECT_DEVICE;
    device->caps = *caps;
    list_init(&device->objects);
    state_init(&device->state);
    return RESULT_OK;
}

void device_adopt_object(struct device *device, struct object *object)
{
    object->device = device;
    list_append(&device->objects, &object->node);
}

static void end_object(struct device *device, struct object *object)
{
    void *block = object;

    switch ((enum object_kind)object->kind) {
    case OBJECT_RESOURCE:
        resource_finish(device, block);
        break;
    case OBJECT_RENDER_TARGET_VIEW:
    case OBJECT_DEPTH_STENCIL_VIEW:
    case OBJECT_SHADER_RESOURCE_VIEW:
        view_finish(device, block);
        break;
    case OBJECT_INPUT_LAYOUT:
        input_layout_finish(device, block);
        break;
    case OBJECT_SHADER:
        shader_finish(device, block);
        break;
    case OBJECT_BLEND_STATE:
        blend_state_finish(device, block);
        break;
    case OBJECT_DEPTH_STENCIL_STATE:
        depth_stencil_state_finish(device, block);
        break;
    case OBJECT_RASTERIZER_STATE:
        rasterizer_state_finish(device, block);
        break;
    case OBJECT_SAMPLER:
        sampler_finish(device, block);
        break;
    case OBJECT_DEVICE:
        break;
    }
}

void device_finish(struct device *device)
{
    while (!list_is_empty(&device->objects))
        end_object(device, LIST_ENTRY(device->objects.next, struct object, node));
    ledger_print(&device->ledger);
    wddm_queue_finish(&device->queue);
}

enum result device_flush(struct device *device)
{
    return wddm_queue_submit(&device->queue);
}
