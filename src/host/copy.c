#include "host/copy.h"

#include "host/buffer.h"
#include "host/format.h"
#include "host/host.h"
#include "host/texture.h"

static struct host_backing *find_backing(struct aerogpu_host *host, uint32_t handle,
                                         uint64_t *size_bytes)
{
    struct host_buffer *buffer = host_find_buffer(&host->objects, handle);
    struct host_texture *texture = host_find_texture(&host->objects, handle);

    if (buffer) {
        *size_bytes = buffer->size_bytes;
        return &buffer->backing;
    }
    *size_bytes = texture ? texture->total_bytes : 0;
    return texture ? &texture->backing : NULL;
}

bool host_resource_dirty_range(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                               const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_resource_dirty_range *cmd = (const void *)packet->bytes;
    uint64_t size_bytes;
    struct host_backing *backing = find_backing(host, cmd->resource_handle, &size_bytes);

    (void)payload;
    if (!backing || backing->alloc_id == 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "dirty-host-owned",
                         "%u is no guest-backed resource", cmd->resource_handle);
    if (cmd->offset_bytes > size_bytes || cmd->size_bytes > size_bytes - cmd->offset_bytes)
        return host_fail(host, AEROGPU_HOST_OOB, "dirty-range",
                         "the dirty range reaches beyond resource %u", cmd->resource_handle);
    if (!host_find_allocation(host, backing->alloc_id, backing->offset_bytes, size_bytes))
        return false;
    host_backing_dirty(backing, cmd->offset_bytes, cmd->size_bytes);
    return true;
}

bool host_upload_resource(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                          const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_upload_resource *cmd = (const void *)packet->bytes;
    struct host_buffer *buffer = host_find_buffer(&host->objects, cmd->resource_handle);
    struct host_texture *texture = host_find_texture(&host->objects, cmd->resource_handle);

    if (buffer)
        return host_buffer_upload(host, buffer, cmd->offset_bytes, payload->bytes,
                                  payload->size_bytes);
    if (texture)
        return host_texture_upload(host, texture, cmd->offset_bytes, payload->bytes,
                                   payload->size_bytes);
    return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown", "%u is no resource",
                     cmd->resource_handle);
}

static bool flags_are_known(struct aerogpu_host *host, uint32_t flags)
{
    return (flags & ~(uint32_t)AEROGPU_COPY_FLAG_WRITEBACK_DST) == 0 ||
           host_fail(host, AEROGPU_HOST_CMD_DECODE, "flag-bits", "unknown copy flags: 0x%x", flags);
}

/* Notes that a slice's rows go to guest memory. Section 10.5. */
static bool add_writeback(struct aerogpu_host *host, const struct host_backing *backing,
                          const struct host_writeback *writeback, uint64_t offset_bytes)
{
    const uint64_t span_bytes =
        writeback->pitch_bytes * (writeback->row_count - 1) + writeback->row_bytes;
    const struct aerogpu_alloc_entry *entry;

    if (backing->alloc_id == 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "writeback-host-owned",
                         "writeback needs a guest-backed destination");
    entry = host_find_allocation(host, backing->alloc_id, backing->offset_bytes + offset_bytes,
                                 span_bytes);
    if (!entry)
        return false;
    if (entry->flags & AEROGPU_ALLOC_FLAG_READONLY)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "alloc-readonly",
                         "allocation %u is listed read-only", backing->alloc_id);
    if (!host_reserve(host, (void **)&host->writebacks, &host->writeback_capacity,
                      host->writeback_count + 1, sizeof(*host->writebacks)))
        return false;
    host->writebacks[host->writeback_count] = *writeback;
    host->writebacks[host->writeback_count++].gpa =
        entry->gpa + backing->offset_bytes + offset_bytes;
    return true;
}

void host_writebacks_finish(struct aerogpu_host *host)
{
    for (uint32_t i = 0; i < host->writeback_count; i++) {
        const struct host_writeback *writeback = &host->writebacks[i];
        bool is_written = host->config.write_guest != NULL;

        for (uint32_t row = 0; is_written && row < writeback->row_count; row++)
            is_written =
                host->config.write_guest(host->config.user,
                                         writeback->gpa + row * writeback->pitch_bytes,
                                         writeback->slice.bytes + row * writeback->row_bytes,
                                         (size_t)writeback->row_bytes);
        if (!is_written)
            host_fail(host, AEROGPU_HOST_OOB, "guest-memory", "guest memory cannot be written");
    }
    host->writeback_count = 0;
}

static bool write_buffer_back(struct aerogpu_host *host, const struct host_buffer *buffer,
                              uint64_t offset_bytes, uint64_t size_bytes)
{
    struct host_writeback writeback = { .pitch_bytes = size_bytes,
                                        .row_bytes = size_bytes,
                                        .row_count = 1 };
    VkBufferCopy region = { offset_bytes, 0, size_bytes };

    if (!host_slice(host, size_bytes, &writeback.slice) ||
        !add_writeback(host, &buffer->backing, &writeback, offset_bytes))
        return false;
    region.dstOffset = writeback.slice.offset;
    host_device_barrier(&host->device);
    vkCmdCopyBuffer(host->device.commands, buffer->buffer, writeback.slice.buffer, 1, &region);
    return true;
}

static bool buffer_ranges_fit(struct aerogpu_host *host, const struct aerogpu_cmd_copy_buffer *cmd,
                              const struct host_buffer *dst, const struct host_buffer *src)
{
    if (cmd->dst_offset_bytes <= dst->size_bytes && cmd->src_offset_bytes <= src->size_bytes &&
        cmd->size_bytes <= dst->size_bytes - cmd->dst_offset_bytes &&
        cmd->size_bytes <= src->size_bytes - cmd->src_offset_bytes)
        return true;
    return host_fail(host, AEROGPU_HOST_OOB, "copy-range",
                     "the copy reaches beyond one of its buffers");
}

/* A copy inside of one buffer goes by another: its ranges may overlap. */
static bool record_buffer_copy(struct aerogpu_host *host, const struct host_buffer *dst,
                               const struct host_buffer *src, VkBufferCopy region)
{
    struct host_slice between;
    VkBufferCopy first = region;

    host_device_barrier(&host->device);
    if (dst != src) {
        vkCmdCopyBuffer(host->device.commands, src->buffer, dst->buffer, 1, &region);
        return true;
    }
    if (!host_slice(host, region.size, &between))
        return false;
    first.dstOffset = region.srcOffset = between.offset;
    vkCmdCopyBuffer(host->device.commands, src->buffer, between.buffer, 1, &first);
    host_device_barrier(&host->device);
    vkCmdCopyBuffer(host->device.commands, between.buffer, dst->buffer, 1, &region);
    return true;
}

bool host_copy_buffer(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                      const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_copy_buffer *cmd = (const void *)packet->bytes;
    struct host_buffer *dst = host_find_buffer(&host->objects, cmd->dst_buffer);
    struct host_buffer *src = host_find_buffer(&host->objects, cmd->src_buffer);
    const VkBufferCopy region = { cmd->src_offset_bytes, cmd->dst_offset_bytes, cmd->size_bytes };

    (void)payload;
    if (!dst || !src)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown",
                         "a copy names a buffer that does not exist");
    if (!flags_are_known(host, cmd->flags) || !buffer_ranges_fit(host, cmd, dst, src))
        return false;
    if (cmd->size_bytes == 0)
        return true;
    return host_buffer_refresh(host, src) && host_buffer_refresh(host, dst) &&
           record_buffer_copy(host, dst, src, region) &&
           ((cmd->flags & AEROGPU_COPY_FLAG_WRITEBACK_DST) == 0 ||
            write_buffer_back(host, dst, cmd->dst_offset_bytes, cmd->size_bytes));
}

/* Section 6.2: inside the mip; BC: whole blocks, or up to the edge. */
static bool region_fits(struct aerogpu_host *host, const struct host_texture *texture,
                        const struct host_region *region)
{
    const uint32_t block = texture->shape.format->block_extent;
    uint64_t width, height;

    if (region->mip >= texture->shape.mip_levels || region->layer >= texture->shape.array_layers)
        return host_fail(host, AEROGPU_HOST_OOB, "copy-subresource",
                         "there is no mip %u of layer %u", region->mip, region->layer);
    width = stream_texture_mip_extent(texture->shape.width, region->mip);
    height = stream_texture_mip_extent(texture->shape.height, region->mip);
    if ((uint64_t)region->x + region->width > width ||
        (uint64_t)region->y + region->height > height)
        return host_fail(host, AEROGPU_HOST_OOB, "copy-range",
                         "the rectangle reaches beyond its mip");
    if (region->x % block || region->y % block ||
        (region->width % block && region->x + region->width != width) ||
        (region->height % block && region->y + region->height != height))
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "copy-block",
                         "the rectangle cuts a block of 4 x 4 texels");
    return true;
}

static bool write_texture_back(struct aerogpu_host *host, struct host_texture *texture,
                               const struct host_region *region)
{
    struct host_writeback writeback = { .row_count = 0 };
    const uint32_t texel_bytes = texture->shape.format->block_bytes;

    if (region->mip != 0 || region->layer != 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "writeback-subresource",
                         "writeback goes to mip 0 of layer 0");
    if (texture->shape.format->block_extent != 1 || texture->shape.format->is_depth)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "writeback-format",
                         "writeback is for plain colour formats");
    host_region_bytes(texture, region, &writeback.row_bytes, &writeback.row_count);
    writeback.pitch_bytes = texture->shape.row_pitch_bytes;
    return host_texture_fetch(host, texture, region, &writeback.slice) &&
           add_writeback(host, &texture->backing, &writeback,
                         region->y * writeback.pitch_bytes + (uint64_t)region->x * texel_bytes);
}

/* A copy inside of one subresource goes by a buffer: its rectangles may overlap. */
static bool record_copy_inside(struct aerogpu_host *host, const struct host_texture *texture,
                               const struct host_region *to, const struct host_region *from)
{
    VkBufferImageCopy copies[HOST_ASPECTS];
    struct host_slice between;
    const uint32_t count = host_region_copies(texture, from, 0, copies);
    const uint64_t size_bytes = host_region_copies_bytes(texture, from);

    if (!host_slice(host, size_bytes, &between))
        return false;
    host_device_barrier(&host->device);
    for (uint32_t i = 0; i < count; i++)
        copies[i].bufferOffset += between.offset;
    vkCmdCopyImageToBuffer(host->device.commands, texture->image, VK_IMAGE_LAYOUT_GENERAL,
                           between.buffer, count, copies);
    host_device_barrier(&host->device);
    for (uint32_t i = 0; i < count; i++)
        copies[i].imageOffset = (VkOffset3D){ (int32_t)to->x, (int32_t)to->y, 0 };
    vkCmdCopyBufferToImage(host->device.commands, between.buffer, texture->image,
                           VK_IMAGE_LAYOUT_GENERAL, count, copies);
    return true;
}

static void record_copy(struct aerogpu_host *host, const struct host_texture *dst,
                        const struct host_region *to, const struct host_texture *src,
                        const struct host_region *from)
{
    const VkImageCopy copy = {
        .srcSubresource = { src->format->aspects, from->mip, from->layer, 1 },
        .srcOffset = { (int32_t)from->x, (int32_t)from->y, 0 },
        .dstSubresource = { dst->format->aspects, to->mip, to->layer, 1 },
        .dstOffset = { (int32_t)to->x, (int32_t)to->y, 0 },
        .extent = { to->width, to->height, 1 },
    };

    host_device_barrier(&host->device);
    vkCmdCopyImage(host->device.commands, src->image, VK_IMAGE_LAYOUT_GENERAL, dst->image,
                   VK_IMAGE_LAYOUT_GENERAL, 1, &copy);
}

bool host_copy_texture2d(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                         const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_copy_texture2d *cmd = (const void *)packet->bytes;
    struct host_texture *dst = host_find_texture(&host->objects, cmd->dst_texture);
    struct host_texture *src = host_find_texture(&host->objects, cmd->src_texture);
    const struct host_region to = { cmd->dst_mip_level, cmd->dst_array_layer, cmd->dst_x,
                                    cmd->dst_y,         cmd->width,           cmd->height };
    const struct host_region from = { cmd->src_mip_level, cmd->src_array_layer, cmd->src_x,
                                      cmd->src_y,         cmd->width,           cmd->height };

    (void)payload;
    if (!dst || !src)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown",
                         "a copy names a texture that does not exist");
    if (!flags_are_known(host, cmd->flags))
        return false;
    if (dst->shape.format != src->shape.format)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "copy-format",
                         "the textures of a copy have different formats");
    if (cmd->width == 0 || cmd->height == 0)
        return true;
    if (!region_fits(host, dst, &to) || !region_fits(host, src, &from) ||
        !host_texture_refresh(host, src) || !host_texture_refresh(host, dst))
        return false;
    if (dst != src || to.mip != from.mip || to.layer != from.layer)
        record_copy(host, dst, &to, src, &from);
    else if (!record_copy_inside(host, dst, &to, &from))
        return false;
    host_texture_written(dst, to.mip, to.layer);
    return (cmd->flags & AEROGPU_COPY_FLAG_WRITEBACK_DST) == 0 ||
           write_texture_back(host, dst, &to);
}
