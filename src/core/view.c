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

static uint32_t needed_bind(enum object_kind kind)
{
    if (kind == OBJECT_SHADER_RESOURCE_VIEW)
        return RESOURCE_BIND_SHADER_RESOURCE;
    return kind == OBJECT_RENDER_TARGET_VIEW ? RESOURCE_BIND_RENDER_TARGET
                                             : RESOURCE_BIND_DEPTH_STENCIL;
}

/* The only subresource of a texture. */
static bool is_sole(const struct view_desc *desc)
{
    const struct texture_layout *layout = &desc->resource->layout;

    return desc->first_mip == 0 && desc->first_layer == 0 && layout->mip_levels == 1 &&
           layout->array_layers == 1;
}

/* All subresources of a texture. */
static bool is_whole(const struct view_desc *desc)
{
    const struct texture_layout *layout = &desc->resource->layout;

    return desc->first_mip == 0 && desc->first_layer == 0 &&
           desc->mip_count >= layout->mip_levels && desc->layer_count >= layout->array_layers;
}

enum result view_init(struct device *device, struct view *view, const struct view_desc *desc)
{
    struct resource *resource = desc->resource;
    const uint32_t needed = needed_bind(desc->kind);

    object_begin(view, sizeof(*view), desc->kind);
    device_adopt_object(device, &view->object);
    if (!resource || !(resource->bind_flags & needed)) {
        object_end(view, sizeof(*view));
        return RESULT_INVALID;
    }
    if (resource->is_buffer || !desc->is_texture2d)
        return refuse(device, view, LEDGER_VIEW_DIMENSION);
    if (desc->kind == OBJECT_SHADER_RESOURCE_VIEW ? !is_whole(desc) : !is_sole(desc))
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
