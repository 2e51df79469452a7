#include "host/texture.h"

#include <stdlib.h>
#include <string.h>

#include "host/buffer.h"
#include "host/format.h"
#include "host/host.h"
#include "host/surface.h"

#define TEXTURE_MAX_BYTES ((uint64_t)1 << 31)

void host_texture_destroy(struct aerogpu_host *host, struct host_object *object)
{
    struct host_texture *texture = (struct host_texture *)object;

    host_surface_finish(host, &texture->whole);
    vkDestroyImage(host->device.device, texture->image, NULL);
    host_device_free(&host->device, &texture->memory);
    free(texture->shadow);
    free(texture->shadow_is_valid);
    free(texture);
}

static bool create_image(struct aerogpu_host *host, struct host_texture *texture)
{
    const struct texture_shape *shape = &texture->shape;
    VkImageCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO,
        .flags = texture->format->aspects == VK_IMAGE_ASPECT_COLOR_BIT
                     ? VK_IMAGE_CREATE_MUTABLE_FORMAT_BIT
                     : 0,
        .imageType = VK_IMAGE_TYPE_2D,
        .format = texture->format->vulkan,
        .extent = { shape->width, shape->height, 1 },
        .mipLevels = shape->mip_levels,
        .arrayLayers = shape->array_layers,
        .samples = VK_SAMPLE_COUNT_1_BIT,
        .tiling = VK_IMAGE_TILING_OPTIMAL,
        .usage = VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT |
                 VK_IMAGE_USAGE_SAMPLED_BIT,
    };
    VkImageFormatProperties limits;
    VkMemoryRequirements needs;

    if (host_usage_is_target(texture->usage_flags) && !texture->format->is_compressed)
        info.usage |= texture->format->aspects == VK_IMAGE_ASPECT_COLOR_BIT
                          ? VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT
                          : VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT;
    if (vkGetPhysicalDeviceImageFormatProperties(host->device.physical, info.format, info.imageType,
                                                 info.tiling, info.usage, info.flags,
                                                 &limits) != VK_SUCCESS ||
        shape->width > limits.maxExtent.width || shape->height > limits.maxExtent.height ||
        shape->mip_levels > limits.maxMipLevels || shape->array_layers > limits.maxArrayLayers ||
        vkCreateImage(host->device.device, &info, NULL, &texture->image) != VK_SUCCESS)
        return false;
    vkGetImageMemoryRequirements(host->device.device, texture->image, &needs);
    return host_device_allocate(&host->device, &needs, VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT,
                                &texture->memory) &&
           vkBindImageMemory(host->device.device, texture->image, texture->memory.memory, 0) ==
               VK_SUCCESS;
}

/* The surface that is the whole texture. */
static bool create_views(struct aerogpu_host *host, struct host_texture *texture)
{
    texture->whole.texture = texture;
    texture->whole.format = texture->format;
    texture->whole.mip_levels = texture->shape.mip_levels;
    texture->whole.array_layers = texture->shape.array_layers;
    return host_surface_init(host, &texture->whole);
}

static void to_general_layout(struct aerogpu_host *host, const struct host_texture *texture)
{
    const VkImageMemoryBarrier barrier = {
        .sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER,
        .dstAccessMask = VK_ACCESS_MEMORY_READ_BIT | VK_ACCESS_MEMORY_WRITE_BIT,
        .oldLayout = VK_IMAGE_LAYOUT_UNDEFINED,
        .newLayout = VK_IMAGE_LAYOUT_GENERAL,
        .srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
        .dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
        .image = texture->image,
        .subresourceRange = { texture->format->aspects, 0, VK_REMAINING_MIP_LEVELS, 0,
                              VK_REMAINING_ARRAY_LAYERS },
    };

    host_device_barrier(&host->device);
    vkCmdPipelineBarrier(host->device.commands, VK_PIPELINE_STAGE_ALL_COMMANDS_BIT,
                         VK_PIPELINE_STAGE_ALL_COMMANDS_BIT, 0, 0, NULL, 0, NULL, 1, &barrier);
}

static struct host_region whole(const struct host_texture *texture, uint32_t mip, uint32_t layer)
{
    return (struct host_region){
        .mip = mip,
        .layer = layer,
        .width = stream_texture_mip_extent(texture->shape.width, mip),
        .height = stream_texture_mip_extent(texture->shape.height, mip),
    };
}

uint64_t host_region_bytes(const struct host_texture *texture, const struct host_region *region,
                           uint64_t *row_bytes, uint32_t *row_count)
{
    const uint32_t extent = texture->shape.format->block_extent;

    *row_bytes =
        ((uint64_t)region->width + extent - 1) / extent * texture->shape.format->block_bytes;
    *row_count = (region->height + extent - 1) / extent;
    return *row_bytes * *row_count;
}

uint64_t host_region_copies_bytes(const struct host_texture *texture,
                                  const struct host_region *region)
{
    uint64_t row_bytes;
    uint32_t row_count;
    const uint64_t size_bytes = host_region_bytes(texture, region, &row_bytes, &row_count);

    /* Stencil has bytes of its own behind those of the depth. */
    return texture->format->aspects & VK_IMAGE_ASPECT_STENCIL_BIT ? size_bytes / 4 * 5 : size_bytes;
}

uint32_t host_region_copies(const struct host_texture *texture, const struct host_region *region,
                            VkDeviceSize offset, VkBufferImageCopy copies[HOST_ASPECTS])
{
    static const VkImageAspectFlags aspects[] = { VK_IMAGE_ASPECT_COLOR_BIT,
                                                  VK_IMAGE_ASPECT_DEPTH_BIT,
                                                  VK_IMAGE_ASPECT_STENCIL_BIT };
    uint32_t count = 0;

    for (size_t i = 0; i < sizeof(aspects) / sizeof(aspects[0]); i++) {
        if ((texture->format->aspects & aspects[i]) == 0)
            continue;
        copies[count++] = (VkBufferImageCopy){
            .bufferOffset = aspects[i] == VK_IMAGE_ASPECT_STENCIL_BIT
                                ? offset + (VkDeviceSize)region->width * region->height * 4
                                : offset,
            .imageSubresource = { aspects[i], region->mip, region->layer, 1 },
            .imageOffset = { (int32_t)region->x, (int32_t)region->y, 0 },
            .imageExtent = { region->width, region->height, 1 },
        };
    }
    return count;
}

/* The bytes of a subresource as they go to the device: tight rows, alpha that is not there 1. */
static void pack(const struct host_texture *texture, const struct host_region *region,
                 const uint8_t *bytes, uint64_t pitch_bytes, uint8_t *packed)
{
    const bool has_stencil = texture->format->aspects & VK_IMAGE_ASPECT_STENCIL_BIT;
    uint64_t row_bytes;
    uint32_t row_count;
    const uint64_t size_bytes = host_region_bytes(texture, region, &row_bytes, &row_count);

    if (!bytes)
        memset(packed, 0, (size_t)host_region_copies_bytes(texture, region));
    for (uint32_t row = 0; bytes && row < row_count; row++)
        memcpy(packed + row * row_bytes, bytes + row * pitch_bytes, (size_t)row_bytes);
    for (uint64_t i = 3; texture->format->is_opaque && i < size_bytes; i += 4)
        packed[i] = 0xFF;
    for (uint64_t i = 0; has_stencil && i < size_bytes / 4; i++)
        packed[size_bytes + i] = packed[4 * i + 3];
}

/* Fills a subresource from bytes with the given pitch, or with zeros. */
static bool fill(struct aerogpu_host *host, struct host_texture *texture, uint32_t mip,
                 uint32_t layer, const uint8_t *bytes, uint64_t pitch_bytes)
{
    const struct host_region region = whole(texture, mip, layer);
    VkBufferImageCopy copies[HOST_ASPECTS];
    struct host_slice slice;
    uint32_t count;

    if (!host_slice(host, host_region_copies_bytes(texture, &region), &slice))
        return false;
    pack(texture, &region, bytes, pitch_bytes, slice.bytes);
    count = host_region_copies(texture, &region, slice.offset, copies);
    host_device_barrier(&host->device);
    vkCmdCopyBufferToImage(host->device.commands, slice.buffer, texture->image,
                           VK_IMAGE_LAYOUT_GENERAL, count, copies);
    return true;
}

static bool fill_with_zeros(struct aerogpu_host *host, struct host_texture *texture)
{
    const VkImageSubresourceRange range = { texture->format->aspects, 0, VK_REMAINING_MIP_LEVELS, 0,
                                            VK_REMAINING_ARRAY_LAYERS };
    const VkClearColorValue zero = { .float32 = { 0, 0, 0, texture->format->is_opaque ? 1 : 0 } };
    const VkClearDepthStencilValue near = { 0, 0 };

    to_general_layout(host, texture);
    if (texture->format->aspects != VK_IMAGE_ASPECT_COLOR_BIT) {
        vkCmdClearDepthStencilImage(host->device.commands, texture->image, VK_IMAGE_LAYOUT_GENERAL,
                                    &near, 1, &range);
    } else if (!texture->format->is_compressed) {
        vkCmdClearColorImage(host->device.commands, texture->image, VK_IMAGE_LAYOUT_GENERAL, &zero,
                             1, &range);
    } else {
        for (uint32_t layer = 0; layer < texture->shape.array_layers; layer++) {
            for (uint32_t mip = 0; mip < texture->shape.mip_levels; mip++) {
                if (!fill(host, texture, mip, layer, NULL, 0))
                    return false;
            }
        }
    }
    return true;
}

/* Work that names the image may have been recorded already. */
static void bury(struct aerogpu_host *host, struct host_texture *texture)
{
    texture->object.next_dead = host->objects.dead;
    host->objects.dead = &texture->object;
}

struct host_texture *host_texture_create(struct aerogpu_host *host, uint32_t usage_flags,
                                         const struct texture_shape *shape)
{
    const size_t subresources = (size_t)shape->mip_levels * shape->array_layers;
    struct host_texture *texture = calloc(1, sizeof(*texture));

    if (!texture) {
        host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
        return NULL;
    }
    texture->object.kind = HOST_TEXTURE;
    texture->usage_flags = usage_flags;
    texture->shape = *shape;
    texture->format = host_format_find(shape->format->format);
    texture->shadow_is_valid = calloc(subresources, sizeof(*texture->shadow_is_valid));
    if (texture->format && texture->shadow_is_valid &&
        stream_texture_total_bytes(shape, &texture->total_bytes) &&
        texture->total_bytes <= TEXTURE_MAX_BYTES && create_image(host, texture) &&
        create_views(host, texture) && fill_with_zeros(host, texture))
        return texture;
    bury(host, texture);
    host_fail(host, AEROGPU_HOST_BACKEND, "create-texture",
              "the device cannot make a texture of %u x %u texels of this format", shape->width,
              shape->height);
    return NULL;
}

static bool shape_of(struct aerogpu_host *host, const struct aerogpu_cmd_create_texture2d *cmd,
                     struct texture_shape *shape)
{
    *shape = (struct texture_shape){
        .format = stream_format_info_find(cmd->format),
        .width = cmd->width,
        .height = cmd->height,
        .mip_levels = cmd->mip_levels,
        .array_layers = cmd->array_layers,
        .row_pitch_bytes = cmd->row_pitch_bytes,
    };
    if (!shape->format)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "enum-value", "no such format: %u",
                         cmd->format);
    if (cmd->width == 0 || cmd->height == 0 || cmd->mip_levels == 0 || cmd->array_layers == 0 ||
        cmd->width > 16384 || cmd->height > 16384 || cmd->array_layers > 2048 ||
        cmd->mip_levels > stream_texture_full_mips(cmd->width, cmd->height))
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "texture-size",
                         "no texture has %u x %u texels, %u mips and %u layers", cmd->width,
                         cmd->height, cmd->mip_levels, cmd->array_layers);
    if (cmd->row_pitch_bytes ? cmd->row_pitch_bytes < stream_texture_tight_pitch(shape, 0)
                             : cmd->backing_alloc_id != 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "texture-pitch",
                         "a row pitch of %u bytes is too small", cmd->row_pitch_bytes);
    return true;
}

bool host_create_texture2d(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                           const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_texture2d *cmd = (const void *)packet->bytes;
    struct host_texture *texture;
    struct texture_shape shape;

    (void)payload;
    if (!shape_of(host, cmd, &shape))
        return false;
    texture = host_texture_create(host, cmd->usage_flags, &shape);
    if (!texture)
        return false;
    texture->backing.alloc_id = cmd->backing_alloc_id;
    texture->backing.offset_bytes = cmd->backing_offset_bytes;
    if (cmd->backing_alloc_id)
        texture->backing.dirty_end = texture->total_bytes;
    if (cmd->backing_alloc_id &&
        !host_find_allocation(host, cmd->backing_alloc_id, cmd->backing_offset_bytes,
                              texture->total_bytes)) {
        bury(host, texture);
        return false;
    }
    if (!host_objects_insert(&host->objects, cmd->texture_handle, &texture->object)) {
        bury(host, texture);
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-in-use", "handle %u is taken",
                         cmd->texture_handle);
    }
    return true;
}

void host_texture_written(struct host_texture *texture, uint32_t mip, uint32_t layer)
{
    texture->shadow_is_valid[mip + (size_t)layer * texture->shape.mip_levels] = false;
}

/* Fills the subresources that a range of the packed layout touches. */
static bool fill_range(struct aerogpu_host *host, struct host_texture *texture,
                       const uint8_t *packed, uint64_t begin, uint64_t end)
{
    while (begin < end) {
        const struct texture_extent extent = stream_texture_extent_at(&texture->shape, begin);
        const uint32_t mip = extent.index % texture->shape.mip_levels;
        const uint64_t pitch_bytes = mip == 0 && texture->shape.row_pitch_bytes
                                         ? texture->shape.row_pitch_bytes
                                         : stream_texture_tight_pitch(&texture->shape, mip);

        if (!fill(host, texture, mip, extent.index / texture->shape.mip_levels,
                  packed + extent.offset_bytes, pitch_bytes))
            return false;
        texture->shadow_is_valid[extent.index] = texture->shadow != NULL;
        begin = extent.offset_bytes + extent.size_bytes;
    }
    return true;
}

/* Whether every subresource that the range touches in part has its bytes in the shadow. */
static bool parts_are_known(const struct host_texture *texture, uint64_t begin, uint64_t end)
{
    for (uint64_t at = begin; at < end;) {
        const struct texture_extent extent = stream_texture_extent_at(&texture->shape, at);
        const uint64_t extent_end = extent.offset_bytes + extent.size_bytes;

        if ((extent.offset_bytes < begin || extent_end > end) &&
            !texture->shadow_is_valid[extent.index])
            return false;
        at = extent_end;
    }
    return true;
}

bool host_texture_upload(struct aerogpu_host *host, struct host_texture *texture,
                         uint64_t offset_bytes, const uint8_t *bytes, uint64_t size_bytes)
{
    if (offset_bytes > texture->total_bytes || size_bytes > texture->total_bytes - offset_bytes)
        return host_fail(host, AEROGPU_HOST_OOB, "upload-range",
                         "the upload reaches beyond its texture of %llu bytes",
                         (unsigned long long)texture->total_bytes);
    if (texture->shape.format->is_depth || texture->backing.alloc_id)
        return host_fail(host, AEROGPU_HOST_BACKEND, "upload-backed",
                         "uploads to depth or guest-backed textures are not executed");
    if (!parts_are_known(texture, offset_bytes, offset_bytes + size_bytes))
        return host_fail(host, AEROGPU_HOST_BACKEND, "upload-partial-texture",
                         "a part of a subresource is uploaded, the rest is not known");
    if (!texture->shadow)
        texture->shadow = calloc(1, (size_t)texture->total_bytes);
    if (!texture->shadow)
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    if (size_bytes)
        memcpy(texture->shadow + offset_bytes, bytes, (size_t)size_bytes);
    return fill_range(host, texture, texture->shadow, offset_bytes, offset_bytes + size_bytes);
}

bool host_texture_refresh(struct aerogpu_host *host, struct host_texture *texture)
{
    struct host_backing *backing = &texture->backing;
    uint8_t *packed;
    bool is_read;

    if (backing->dirty_begin == backing->dirty_end)
        return true;
    packed = malloc((size_t)texture->total_bytes);
    if (!packed)
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    is_read = host_read_allocation(host, backing->alloc_id, backing->offset_bytes, packed,
                                   texture->total_bytes) &&
              fill_range(host, texture, packed, backing->dirty_begin, backing->dirty_end);
    free(packed);
    if (is_read)
        backing->dirty_begin = backing->dirty_end = 0;
    return is_read;
}

void host_texture_fetch_to(struct aerogpu_host *host, struct host_texture *texture,
                           const struct host_region *region, const struct host_slice *slice)
{
    VkBufferImageCopy copies[HOST_ASPECTS];

    host_region_copies(texture, region, slice->offset, copies);
    host_device_barrier(&host->device);
    vkCmdCopyImageToBuffer(host->device.commands, texture->image, VK_IMAGE_LAYOUT_GENERAL,
                           slice->buffer, 1, &copies[0]);
}

bool host_texture_fetch(struct aerogpu_host *host, struct host_texture *texture,
                        const struct host_region *region, struct host_slice *slice)
{
    uint64_t row_bytes;
    uint32_t row_count;

    if (!host_slice(host, host_region_bytes(texture, region, &row_bytes, &row_count), slice))
        return false;
    host_texture_fetch_to(host, texture, region, slice);
    return true;
}
