/** Copies between resources, and texture views (section 6.2). */
#include "stream/validator/validator.h"

static bool check_buffer_range(validator *v, const struct resource *buffer, uint64_t offset_bytes,
                               uint64_t size_bytes, const char *side)
{
    if (size_bytes <= buffer->size_bytes && offset_bytes <= buffer->size_bytes - size_bytes)
        return true;
    validator_report(v, RULE_COPY_RANGE,
                     "%" PRIu64 " bytes at %" PRIu64 " of the %s buffer, which has %" PRIu64,
                     size_bytes, offset_bytes, side, buffer->size_bytes);
    return false;
}

/** Whether a copy may write back to its destination. */
static bool check_writeback(validator *v, const struct resource *destination,
                            aerogpu_handle_t handle)
{
    if (destination->alloc_id != 0)
        return true;
    validator_report(v, RULE_WRITEBACK_HOST_OWNED, "destination %#x is host-owned",
                     (unsigned)handle);
    return false;
}

void validate_copy_buffer(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_copy_buffer *cmd = PACKET(v, copy_buffer);
    const uint64_t size_bytes = cmd->size_bytes;
    const bool is_writeback = cmd->flags & AEROGPU_COPY_FLAG_WRITEBACK_DST;
    struct resource *dst = validator_object_find_buffer(v, cmd->dst_buffer, "dst_buffer");
    struct resource *src = validator_object_find_buffer(v, cmd->src_buffer, "src_buffer");

    (void)payload;
    if (!dst || !src || dst->is_broken || src->is_broken)
        return;
    if (dst == src) {
        validator_report(v, RULE_COPY_SELF, "buffer %#x is copied to itself",
                         (unsigned)cmd->dst_buffer);
        return;
    }
    if (cmd->dst_offset_bytes % 4 != 0 || cmd->src_offset_bytes % 4 != 0 || size_bytes % 4 != 0) {
        validator_report(v, RULE_COPY_ALIGN, "%" PRIu64 " bytes from %" PRIu64 " to %" PRIu64,
                         size_bytes, (uint64_t)cmd->src_offset_bytes,
                         (uint64_t)cmd->dst_offset_bytes);
        return;
    }
    if (!check_buffer_range(v, dst, cmd->dst_offset_bytes, size_bytes, "destination") ||
        !check_buffer_range(v, src, cmd->src_offset_bytes, size_bytes, "source"))
        return;
    if (is_writeback && !check_writeback(v, dst, cmd->dst_buffer))
        return;
    if (size_bytes == 0)
        return;
    validator_resource_read(v, src, cmd->src_buffer);
    validator_resource_write(v, dst, cmd->dst_buffer, is_writeback);
}

/** One side of a texture copy. */
struct copy_side {
    const char *name;
    const struct texture_shape *shape;
    uint32_t mip;
    uint32_t layer;
    uint32_t x;
    uint32_t y;
};

static bool check_subresource(validator *v, const struct copy_side *side)
{
    if (side->mip < side->shape->mip_levels && side->layer < side->shape->array_layers)
        return true;
    validator_report(v, RULE_COPY_SUBRESOURCE, "%s mip %u of %u, layer %u of %u", side->name,
                     (unsigned)side->mip, (unsigned)side->shape->mip_levels, (unsigned)side->layer,
                     (unsigned)side->shape->array_layers);
    return false;
}

/** Whether origin + size lies in the mip; *is_edge tells whether it ends at the mip's edge. */
static bool check_axis(uint32_t extent, uint32_t mip, uint32_t origin, uint32_t size, bool *is_edge)
{
    const uint64_t end = (uint64_t)origin + size;

    *is_edge = end == stream_texture_mip_extent(extent, mip);
    return end <= stream_texture_mip_extent(extent, mip);
}

/** Edges that a rectangle reaches, per axis. */
struct copy_edges {
    bool x;
    bool y;
};

static bool check_rectangle(validator *v, const struct copy_side *side, uint32_t width,
                            uint32_t height, struct copy_edges *edges)
{
    if (check_axis(side->shape->width, side->mip, side->x, width, &edges->x) &&
        check_axis(side->shape->height, side->mip, side->y, height, &edges->y))
        return true;
    validator_report(v, RULE_COPY_RANGE, "%ux%u texels at %u,%u of %s mip %u, which has %ux%u",
                     (unsigned)width, (unsigned)height, (unsigned)side->x, (unsigned)side->y,
                     side->name, (unsigned)side->mip,
                     (unsigned)stream_texture_mip_extent(side->shape->width, side->mip),
                     (unsigned)stream_texture_mip_extent(side->shape->height, side->mip));
    return false;
}

/** Whole blocks, except at the edges of both mips. */
static bool check_blocks(validator *v, const struct copy_side sides[2], uint32_t width,
                         uint32_t height, const struct copy_edges edges[2])
{
    const uint32_t block = sides[0].shape->format->block_extent;
    const uint32_t origins = sides[0].x | sides[0].y | sides[1].x | sides[1].y;

    if (origins % block == 0 && (width % block == 0 || (edges[0].x && edges[1].x)) &&
        (height % block == 0 || (edges[0].y && edges[1].y)))
        return true;
    validator_report(v, RULE_COPY_BLOCK, "%ux%u texels from %u,%u to %u,%u cut blocks of 4x4",
                     (unsigned)width, (unsigned)height, (unsigned)sides[1].x, (unsigned)sides[1].y,
                     (unsigned)sides[0].x, (unsigned)sides[0].y);
    return false;
}

static bool check_texture_writeback(validator *v, const struct resource *dst,
                                    const struct aerogpu_cmd_copy_texture2d *cmd)
{
    if (!check_writeback(v, dst, cmd->dst_texture))
        return false;
    if (cmd->dst_mip_level != 0 || cmd->dst_array_layer != 0) {
        validator_report(v, RULE_WRITEBACK_SUBRESOURCE, "writeback goes to mip %u of layer %u",
                         (unsigned)cmd->dst_mip_level, (unsigned)cmd->dst_array_layer);
        return false;
    }
    if (dst->shape.format->is_depth || dst->shape.format->block_extent != 1) {
        validator_report(v, RULE_WRITEBACK_FORMAT, "writeback of format %s",
                         stream_symbol_find(&stream_formats, dst->shape.format->format));
        return false;
    }
    return true;
}

static bool check_texture_copy(validator *v, const struct aerogpu_cmd_copy_texture2d *cmd,
                               const struct resource *dst, const struct resource *src)
{
    const struct copy_side sides[2] = {
        { "dst", &dst->shape, cmd->dst_mip_level, cmd->dst_array_layer, cmd->dst_x, cmd->dst_y },
        { "src", &src->shape, cmd->src_mip_level, cmd->src_array_layer, cmd->src_x, cmd->src_y },
    };
    struct copy_edges edges[2];

    if (dst->shape.format != src->shape.format) {
        validator_report(v, RULE_COPY_FORMAT, "%s is copied to %s",
                         stream_symbol_find(&stream_formats, src->shape.format->format),
                         stream_symbol_find(&stream_formats, dst->shape.format->format));
        return false;
    }
    if (!check_subresource(v, &sides[0]) || !check_subresource(v, &sides[1]))
        return false;
    if (dst == src && sides[0].mip == sides[1].mip && sides[0].layer == sides[1].layer) {
        validator_report(v, RULE_COPY_SELF, "a subresource of texture %#x is copied to itself",
                         (unsigned)cmd->dst_texture);
        return false;
    }
    return check_rectangle(v, &sides[0], cmd->width, cmd->height, &edges[0]) &&
           check_rectangle(v, &sides[1], cmd->width, cmd->height, &edges[1]) &&
           check_blocks(v, sides, cmd->width, cmd->height, edges);
}

void validate_copy_texture2d(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_copy_texture2d *cmd = PACKET(v, copy_texture2d);
    const bool is_writeback = cmd->flags & AEROGPU_COPY_FLAG_WRITEBACK_DST;
    struct resource *dst = validator_object_find_texture(v, cmd->dst_texture, "dst_texture");
    struct resource *src = validator_object_find_texture(v, cmd->src_texture, "src_texture");

    (void)payload;
    if (!dst || !src || dst->is_broken || src->is_broken)
        return;
    if (!check_texture_copy(v, cmd, dst, src))
        return;
    if (is_writeback && !check_texture_writeback(v, dst, cmd))
        return;
    if (cmd->width == 0 || cmd->height == 0)
        return;
    validator_resource_read(v, src, cmd->src_texture);
    validator_resource_write(v, dst, cmd->dst_texture, is_writeback);
}

/** A run of mips or layers inside those of the texture. */
static bool check_view_run(uint32_t base, uint32_t count, uint32_t limit)
{
    return count > 0 && (uint64_t)base + count <= limit;
}

void validate_create_texture_view(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_texture_view *cmd = PACKET(v, create_texture_view);
    struct resource *texture =
        validator_object_find_texture(v, cmd->texture_handle, "texture_handle");
    struct object *object =
        validator_object_create(v, cmd->view_handle, AEROGPU_OBJECT_VIEW, sizeof(struct view));
    const struct format_info *format = stream_format_info_find(cmd->format);

    (void)payload;
    if (!v->config.has_texture_views)
        validator_report(v, RULE_GATE_VIEWS, "the host does not execute texture views");
    if (!object || !texture || texture->is_broken || !format)
        return;
    if (!check_view_run(cmd->base_mip_level, cmd->mip_level_count, texture->shape.mip_levels) ||
        !check_view_run(cmd->base_array_layer, cmd->array_layer_count,
                        texture->shape.array_layers)) {
        validator_report(v, RULE_VIEW_RANGE, "mips %u+%u of %u, layers %u+%u of %u",
                         (unsigned)cmd->base_mip_level, (unsigned)cmd->mip_level_count,
                         (unsigned)texture->shape.mip_levels, (unsigned)cmd->base_array_layer,
                         (unsigned)cmd->array_layer_count, (unsigned)texture->shape.array_layers);
        return;
    }
    if (format->unorm != texture->shape.format->unorm) {
        validator_report(v, RULE_VIEW_FORMAT, "a view of %s on a texture of %s",
                         stream_symbol_find(&stream_formats, format->format),
                         stream_symbol_find(&stream_formats, texture->shape.format->format));
        return;
    }
    *object->view = (struct view){
        .texture = texture,
        .format = format,
        .base_mip = cmd->base_mip_level,
        .mip_levels = cmd->mip_level_count,
        .array_layers = cmd->array_layer_count,
    };
}

void validate_destroy_texture_view(validator *v, const struct aerogpu_payload *payload)
{
    (void)payload;
    validator_object_destroy(v, PACKET(v, destroy_texture_view)->view_handle, AEROGPU_OBJECT_VIEW);
}
