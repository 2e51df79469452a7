/**
 * Views: a texture seen as an attachment, or by shaders.
 *
 * A view has no protocol object; on the wire the texture itself is bound. An attachment must
 * therefore be a texture with one mip and one layer, and a shader sees a texture whole (driver
 * semantics 11, 22 row 24).
 */
#ifndef CORE_VIEW_H
#define CORE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/object.h"
#include "core/resource.h"
#include "platform/result.h"

struct view_desc {
    enum object_kind kind; /**< one of the three OBJECT_..._VIEW */
    struct resource *resource;
    uint32_t format; /**< DXGI_FORMAT number; 0 = the resource's */
    bool is_texture2d;
    uint32_t first_mip;
    uint32_t mip_count; /**< shader resource views; 0xFFFFFFFF = to the last */
    uint32_t first_layer;
    uint32_t layer_count;
};

struct view {
    struct object object;
    struct resource *resource; /**< NULL once the resource is gone */
    struct list of_resource;   /**< in resource.views */
    bool is_bound;             /**< was ever bound as an attachment */
    uint32_t bound_stages;     /**< bit per stage that it was ever bound to */
    uint32_t format;           /**< DXGI_FORMAT number */
};

/** UNSUPPORTED (told in the ledger) or INVALID leave the block zeroed. */
enum result view_init(struct device *device, struct view *view, const struct view_desc *desc);

void view_finish(struct device *device, struct view *view);

/** Handle to bind on the wire: 0 for NULL and for a view that outlived its resource. */
static inline uint32_t view_handle(const struct view *view)
{
    return view && view->resource ? view->resource->handle : 0;
}

#endif
