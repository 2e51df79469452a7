#include "core/draw.h"

#include "core/atoms.h"
#include "core/device.h"
#include "core/pipeline.h"

#define DRAW_ATOMS (ATOMS_ALL & ~ATOM_BIT(ATOM_INDEX_BUFFER))

/*
 * Makes room for a packet and all the state it needs, together. Making room may submit, which makes
 * all state dirty and the need larger, so it is looked at again: once more is enough, since a fresh
 * buffer that takes everything stays where it is.
 */
static enum result reserve_draw(struct device *device, uint32_t atoms, uint32_t packet_bytes)
{
    enum result result = RESULT_OK;

    for (int round = 0; round < 2 && result == RESULT_OK; round++) {
        const struct atoms_cost cost = atoms_cost(device, device->state.dirty & atoms);

        result =
            wddm_queue_reserve(&device->queue, cost.packet_bytes + packet_bytes, cost.list_entries);
        if (device->state.serial == device->queue.serial)
            return result;
        device_notice_submission(device);
    }
    return result;
}

static enum result send_dirty(struct device *device, uint32_t atoms, uint32_t packet_bytes,
                              bool is_indexed, bool *is_drawn)
{
    enum result result;

    if (!pipeline_resolve(device, is_indexed))
        return device->queue.is_lost ? RESULT_DEVICE_REMOVED : RESULT_OK;
    device_notice_submission(device);
    result = reserve_draw(device, atoms, packet_bytes);
    if (result == RESULT_OUT_OF_MEMORY)
        ledger_count(&device->ledger, LEDGER_DRAW_SPACE, NULL);
    if (result != RESULT_OK)
        return result == RESULT_DEVICE_REMOVED ? result : RESULT_OK;
    atoms_send(device, device->state.dirty & atoms);
    *is_drawn = true;
    return RESULT_OK;
}

enum result draw_submit(struct device *device, const struct draw *draw)
{
    const uint32_t atoms = draw->is_indexed ? ATOMS_ALL : DRAW_ATOMS;
    const uint32_t packet_bytes = draw->is_indexed ? sizeof(struct aerogpu_cmd_draw_indexed)
                                                   : sizeof(struct aerogpu_cmd_draw);
    struct wddm_queue *queue = &device->queue;

    if (draw->count == 0 || draw->instance_count == 0 || queue->is_lost)
        return RESULT_OK;
    device_notice_submission(device);
    /* Clean state was drawable when it was sent, and still is. */
    if (device->state.dirty & atoms || stream_room_bytes(&queue->stream) < packet_bytes) {
        bool is_drawn = false;
        const enum result result =
            send_dirty(device, atoms, packet_bytes, draw->is_indexed, &is_drawn);

        if (!is_drawn)
            return result;
    }
    if (draw->is_indexed)
        stream_draw_indexed(&queue->stream, draw->count, draw->instance_count, draw->first,
                            draw->base_vertex, draw->first_instance);
    else
        stream_draw(&queue->stream, draw->count, draw->instance_count, draw->first,
                    draw->first_instance);
    return RESULT_OK;
}

/* CLEAR acts on all that is bound: one view alone is, and the draw after it restores the others. */
static enum result clear(struct device *device, struct view *view,
                         const struct stream_targets *targets, uint32_t flags, const float rgba[4],
                         float depth, uint32_t stencil)
{
    const uint32_t packets_bytes =
        sizeof(struct aerogpu_cmd_set_render_targets) + sizeof(struct aerogpu_cmd_clear);
    enum result result;

    if (!view->resource || flags == 0 || device->queue.is_lost)
        return RESULT_OK;
    result = wddm_queue_reserve(&device->queue, packets_bytes, 1);
    if (result != RESULT_OK)
        return result;
    device_notice_submission(device);
    resource_list(&device->queue, view->resource, WDDM_LIST_WRITE);
    atoms_send_targets(device, targets);
    state_forget_shader_resource(&device->state, view->resource);
    state_mark(&device->state, ATOM_TARGETS);
    stream_clear(&device->queue.stream, flags, rgba, depth, stencil);
    return RESULT_OK;
}

enum result draw_clear_color(struct device *device, struct view *view, const float rgba[4])
{
    const struct stream_targets targets = { .color_count = 1, .colors = { view_handle(view) } };

    return clear(device, view, &targets, AEROGPU_CLEAR_COLOR, rgba, 1.0f, 0);
}

enum result draw_clear_depth(struct device *device, struct view *view, uint32_t flags, float depth,
                             uint32_t stencil)
{
    static const float no_color[4];
    const struct stream_targets targets = { .depth_stencil = view_handle(view) };

    if (view->resource && view->resource->wire_format == AEROGPU_FORMAT_D32_FLOAT)
        flags &= ~(uint32_t)AEROGPU_CLEAR_STENCIL; /* a format without stencil */
    /* Not a number fails both comparisons and becomes 0. */
    depth = depth > 0.0f ? depth < 1.0f ? depth : 1.0f : 0.0f;
    return clear(device, view, &targets, flags, no_color, depth, stencil & 0xFF);
}
