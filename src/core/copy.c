#include "core/copy.h"

#include "core/copy_buffer.h"
#include "core/device.h"
#include "core/temporary.h"
#include "stream/emit.h"

enum { ENDS = 2 }; /* of a copy, each of which may have to be listed */

/* One rectangle, of two textures of one wire format, that is known to be legal. */
struct rectangle {
    struct resource *target, *source;
    struct stream_texture_place to, from;
    uint32_t width, height;
};

static struct stream_texture_place place(const struct resource *texture, uint32_t subresource,
                                         uint32_t x, uint32_t y)
{
    return (struct stream_texture_place){
        .texture = texture->handle,
        .mip = subresource % texture->layout.mip_levels,
        .layer = subresource / texture->layout.mip_levels,
        .x = x,
        .y = y,
    };
}

static enum result copy_rectangle(struct device *device, const struct rectangle *rectangle)
{
    struct wddm_queue *queue = &device->queue;
    const enum result result =
        wddm_queue_reserve(queue, sizeof(struct aerogpu_cmd_copy_texture2d), ENDS);

    if (result != RESULT_OK)
        return result;
    resource_list(queue, rectangle->target, WDDM_LIST_WRITE);
    resource_list(queue, rectangle->source, 0);
    stream_copy_texture2d(&queue->stream, &rectangle->to, &rectangle->from, rectangle->width,
                          rectangle->height);
    return RESULT_OK;
}

/* Within one subresource source and target might overlap. */
static enum result copy_within(struct device *device, const struct rectangle *rectangle)
{
    struct resource between;
    struct rectangle step = *rectangle;
    uint32_t mip;
    enum result result;

    if (rectangle->to.x == rectangle->from.x && rectangle->to.y == rectangle->from.y)
        return RESULT_OK;
    result = temporary_texture_init(device, &between, rectangle->source, rectangle->width,
                                    rectangle->height, &mip);
    if (result != RESULT_OK)
        return result;
    step.target = &between;
    step.to = place(&between, mip, 0, 0);
    result = copy_rectangle(device, &step);
    if (result == RESULT_OK) {
        step = *rectangle;
        step.source = &between;
        step.from = place(&between, mip, 0, 0);
        result = copy_rectangle(device, &step);
    }
    resource_finish(device, &between);
    return result;
}

/*
 * One direction of a region, in texels. Returns how much of it can be copied: what there is in both
 * textures, and of blocks whole ones, or up to the edge of both (protocol specification 6.2).
 */
static uint32_t clip(uint32_t left, uint32_t right, uint32_t source_side, uint32_t x,
                     uint32_t target_side, uint32_t block_side, bool *is_cut)
{
    uint32_t size;

    if (right > source_side)
        right = source_side;
    if (left >= right || x >= target_side)
        return 0;
    size = right - left;
    if (size > target_side - x)
        size = target_side - x;
    if (size % block_side && (left + size != source_side || x + size != target_side)) {
        *is_cut = true;
        size -= size % block_side;
    }
    return size;
}

static bool is_depth(const struct resource *texture)
{
    return format_find(texture->format)->kind == FORMAT_DEPTH;
}

static enum result copy_texture_region(struct device *device, const struct copy_region *region)
{
    const struct texture_layout *to = &region->target->layout, *from = &region->source->layout;
    const struct texture_subresource target =
        texture_subresource_at(to, region->target_subresource);
    const struct texture_subresource source =
        texture_subresource_at(from, region->source_subresource);
    const struct resource_box whole = { 0, 0, source.width, source.height };
    const struct resource_box *box = region->box ? region->box : &whole;
    bool is_cut = false;
    const struct rectangle rectangle = {
        .target = region->target,
        .source = region->source,
        .to = place(region->target, region->target_subresource, region->x, region->y),
        .from = place(region->source, region->source_subresource, box->left, box->top),
        .width = clip(box->left, box->right, source.width, region->x, target.width,
                      from->block_side, &is_cut),
        .height = clip(box->top, box->bottom, source.height, region->y, target.height,
                       from->block_side, &is_cut),
    };

    if (is_cut)
        ledger_count(&device->ledger, LEDGER_COPY_BLOCKS, NULL);
    if (rectangle.width == 0 || rectangle.height == 0)
        return RESULT_OK;
    if ((box->left | box->top | region->x | region->y) % from->block_side)
        return RESULT_INVALID;
    if (is_depth(region->source) &&
        (rectangle.width != source.width || rectangle.height != source.height ||
         rectangle.width != target.width || rectangle.height != target.height))
        return RESULT_INVALID;
    if (region->target == region->source &&
        region->target_subresource == region->source_subresource)
        return copy_within(device, &rectangle);
    return copy_rectangle(device, &rectangle);
}

static enum result copy_buffer_region(struct device *device, const struct copy_region *region)
{
    const struct resource *target = region->target, *source = region->source;
    struct copy_bytes copy = {
        .target = region->target,
        .source = region->source,
        .target_offset = region->x,
        .source_offset = region->box ? region->box->left : 0,
    };
    uint64_t end = source->size_bytes;

    if (region->box && region->box->right < end)
        end = region->box->right;
    if (copy.source_offset >= end || copy.target_offset >= target->size_bytes)
        return RESULT_OK;
    copy.size_bytes = end - copy.source_offset;
    if (copy.size_bytes > target->size_bytes - copy.target_offset)
        copy.size_bytes = target->size_bytes - copy.target_offset;
    if (target == source && copy.target_offset == copy.source_offset)
        return RESULT_OK;
    return copy_buffer_bytes(device, &copy);
}

bool copy_is_possible(const struct device *device)
{
    return device->caps.features & AEROGPU_FEATURE_TRANSFER && device->caps.abi_minor >= 1;
}

/* What no copy can be sent without; told and dropped else. */
static bool can_copy(struct device *device, const struct resource *target,
                     const struct resource *source)
{
    const bool is_possible = copy_is_possible(device);

    if (!is_possible)
        ledger_count(&device->ledger, LEDGER_COPY_TRANSFER, NULL);
    else if (target->wire_format != source->wire_format)
        ledger_count(&device->ledger, LEDGER_COPY_FORMAT, NULL);
    return is_possible && target->wire_format == source->wire_format;
}

static bool are_on(const struct device *device, const struct resource *target,
                   const struct resource *source)
{
    return target->object.device == device && source->object.device == device &&
           target->is_buffer == source->is_buffer;
}

static uint32_t subresources(const struct resource *resource)
{
    return resource->is_buffer ? 1 : texture_subresource_count(&resource->layout);
}

static enum result copy_one(struct device *device, const struct copy_region *region)
{
    const enum result result = region->target->is_buffer ? copy_buffer_region(device, region)
                                                         : copy_texture_region(device, region);

    if (result == RESULT_OUT_OF_MEMORY)
        ledger_count(&device->ledger, LEDGER_COPY_SPACE, NULL);
    return result;
}

enum result copy_region(struct device *device, const struct copy_region *region)
{
    if (device->queue.is_lost)
        return RESULT_OK;
    if (!are_on(device, region->target, region->source) ||
        region->target_subresource >= subresources(region->target) ||
        region->source_subresource >= subresources(region->source))
        return RESULT_INVALID;
    if (!can_copy(device, region->target, region->source))
        return RESULT_OK;
    return copy_one(device, region);
}

static bool are_alike(const struct resource *a, const struct resource *b)
{
    return a->size_bytes == b->size_bytes && a->layout.width == b->layout.width &&
           a->layout.height == b->layout.height && a->layout.mip_levels == b->layout.mip_levels &&
           a->layout.array_layers == b->layout.array_layers;
}

enum result copy_resource(struct device *device, struct resource *target, struct resource *source)
{
    struct copy_region region = { .target = target, .source = source };
    enum result result = RESULT_OK;

    if (device->queue.is_lost || target == source)
        return RESULT_OK;
    if (!are_on(device, target, source) || !are_alike(target, source))
        return RESULT_INVALID;
    if (!can_copy(device, target, source))
        return RESULT_OK;
    for (uint32_t i = 0; i < subresources(target) && result == RESULT_OK; i++) {
        region.target_subresource = region.source_subresource = i;
        result = copy_one(device, &region);
    }
    return result;
}
