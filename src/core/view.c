#include "core/view.h"

#include "core/device.h"
#include "core/format.h"

static enum result refuse(struct device *device, struct view *view, enum ledger_reason reason)
{
    ledger_count(&device->ledger, reason, NULL);
    object_end(view, sizeof(*view));
    return RESULT_UNSUPPORTED;
}

/* On the wire an attachment is the texture itself, in the texture's own format. */
static bool is_same_storage(const struct device *device, const struct resource *resource,
                            uint32_t format)
{
    const struct format_row *row = format_find(format);
    const struct format_row *own = format_find(resource->format);

    return row->kind == own->kind && row->family == own->family &&
           format_wire(row, device->caps.abi_minor) == resource->wire_format;
}

enum result view_init(struct device *device, struct view *view, const struct view_desc *desc)
{
    struct resource *resource = desc->resource;
    const uint32_t needed = desc->kind == OBJECT_RENDER_TARGET_VIEW ? RESOURCE_BIND_RENDER_TARGET
                                                                    : RESOURCE_BIND_DEPTH_STENCIL;

    object_begin(view, sizeof(*view), desc->kind);
    device_adopt_object(device, &view->object);
    if (!resource || resource->is_buffer || !(resource->bind_flags & needed)) {
        object_end(view, sizeof(*view));
        return RESULT_INVALID;
    }
    if (!desc->is_texture2d || desc->mip_slice != 0 || desc->first_layer != 0 ||
        resource->layout.mip_levels != 1 || resource->layout.array_layers != 1)
        return refuse(device, view, LEDGER_VIEW_SUBRESOURCE);
    view->format = desc->format ? desc->format : resource->format;
    if (!is_same_storage(device, resource, view->format))
        return refuse(device, view, LEDGER_VIEW_FORMAT);
    view->resource = resource;
    list_append(&resource->views, &view->of_resource);
    return RESULT_OK;
}

void view_finish(struct device *device, struct view *view)
{
    state_drop_view(&device->state, view);
    list_remove(&view->of_resource);
    object_end(view, sizeof(*view));
}
