#include "core/present.h"

#include "core/atoms.h"
#include "core/device.h"

/* A host shows the first bound colour target, so the surface alone is bound. */
static enum result emit_present(struct device *device, const struct present_desc *desc)
{
    const struct stream_targets targets = {
        .color_count = 1,
        .colors = { desc->surface->handle },
    };
    const uint32_t packets_bytes =
        sizeof(struct aerogpu_cmd_set_render_targets) + sizeof(struct aerogpu_cmd_present);
    const bool has_vblank = device->caps.features & AEROGPU_FEATURE_VBLANK;
    const enum result result = wddm_queue_reserve(&device->queue, packets_bytes, 1);

    if (result != RESULT_OK)
        return result;
    device_notice_submission(device);
    resource_list(&device->queue, desc->surface, WDDM_LIST_WRITE);
    atoms_send_targets(device, &targets);
    state_forget_shader_resource(&device->state, desc->surface);
    state_mark(&device->state, ATOM_TARGETS);
    stream_present(&device->queue.stream, desc->waits_for_vblank && has_vblank
                                              ? AEROGPU_PRESENT_FLAG_VSYNC
                                              : AEROGPU_PRESENT_FLAG_NONE);
    device->queue.has_present = true;
    return RESULT_OK;
}

enum result present_submit(struct device *device, const struct present_desc *desc, int32_t *hresult)
{
    struct wddm *wddm = device->queue.wddm;
    struct wddm_present present = { .dxgi_context = desc->dxgi_context };
    enum result result;

    if (!resource_is_guest_backed(desc->surface) ||
        !(desc->surface->bind_flags & RESOURCE_BIND_RENDER_TARGET))
        return RESULT_INVALID;
    result = emit_present(device, desc);
    if (result == RESULT_OK)
        result = wddm_queue_submit(&device->queue);
    if (result != RESULT_OK)
        return result;
    present.h_source = desc->surface->backing.h_allocation;
    if (desc->destination)
        present.h_destination = desc->destination->backing.h_allocation;
    result = wddm->ops->present(wddm, &present, hresult);
    if (result == RESULT_DEVICE_REMOVED)
        wddm_queue_lose(&device->queue);
    return result;
}
