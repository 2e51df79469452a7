#include "host/surface.h"

#include <stdlib.h>

#include "host/format.h"
#include "host/host.h"

bool host_usage_is_target(uint32_t usage_flags)
{
    return usage_flags & (AEROGPU_RESOURCE_USAGE_RENDER_TARGET |
                          AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL | AEROGPU_RESOURCE_USAGE_SCANOUT);
}

static bool make_view(struct aerogpu_host *host, const struct host_surface *surface,
                      VkImageViewType type, bool is_attachment, VkImageView *view)
{
    VkImageViewCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO,
        .image = surface->texture->image,
        .viewType = type,
        .format = surface->format->vulkan,
        .subresourceRange = {
            .aspectMask = surface->format->aspects,
            .baseMipLevel = surface->base_mip,
            .levelCount = is_attachment ? 1 : surface->mip_levels,
            .baseArrayLayer = surface->base_layer,
            .layerCount = type == VK_IMAGE_VIEW_TYPE_2D ? 1 : surface->array_layers,
        },
    };

    if (!is_attachment) {
        info.subresourceRange.aspectMask &= ~(VkImageAspectFlags)VK_IMAGE_ASPECT_STENCIL_BIT;
        if (surface->format->is_opaque)
            info.components.a = VK_COMPONENT_SWIZZLE_ONE;
    }
    return vkCreateImageView(host->device.device, &info, NULL, view) == VK_SUCCESS;
}

bool host_surface_init(struct aerogpu_host *host, struct host_surface *surface)
{
    return make_view(host, surface, VK_IMAGE_VIEW_TYPE_2D, false, &surface->sampled) &&
           make_view(host, surface, VK_IMAGE_VIEW_TYPE_2D_ARRAY, false, &surface->sampled_array) &&
           (!host_usage_is_target(surface->texture->usage_flags) ||
            surface->format->is_compressed ||
            make_view(host, surface, VK_IMAGE_VIEW_TYPE_2D, true, &surface->attachment));
}

void host_surface_finish(struct aerogpu_host *host, struct host_surface *surface)
{
    vkDestroyImageView(host->device.device, surface->attachment, NULL);
    vkDestroyImageView(host->device.device, surface->sampled, NULL);
    vkDestroyImageView(host->device.device, surface->sampled_array, NULL);
}

const struct host_surface *host_surface_find(const struct host_objects *objects, uint32_t handle)
{
    const struct host_object *object = host_objects_find_any(objects, handle);

    if (object && object->kind == HOST_TEXTURE)
        return &((const struct host_texture *)object)->whole;
    if (object && object->kind == HOST_VIEW)
        return &((const struct host_view *)object)->surface;
    return NULL;
}

const struct host_object *host_resource_find(const struct host_objects *objects, uint32_t handle)
{
    const struct host_object *object = host_objects_find_any(objects, handle);

    return object && object->kind == HOST_VIEW
               ? &((const struct host_view *)object)->surface.texture->object
               : object;
}

void host_view_destroy(struct aerogpu_host *host, struct host_object *object)
{
    struct host_view *view = (struct host_view *)object;

    host_surface_finish(host, &view->surface);
    host_objects_release(&host->objects, &view->surface.texture->object);
    free(view);
}

static bool run_fits(uint32_t base, uint32_t count, uint32_t limit)
{
    return count > 0 && (uint64_t)base + count <= limit;
}

/* Section 6.2: ranges inside of the texture, formats that differ in sRGB alone. */
static bool view_fits(struct aerogpu_host *host, const struct aerogpu_cmd_create_texture_view *cmd,
                      const struct host_texture *texture)
{
    const struct format_info *format = stream_format_info_find(cmd->format);

    if (!texture)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown", "%u is no texture",
                         cmd->texture_handle);
    if (!run_fits(cmd->base_mip_level, cmd->mip_level_count, texture->shape.mip_levels) ||
        !run_fits(cmd->base_array_layer, cmd->array_layer_count, texture->shape.array_layers))
        return host_fail(host, AEROGPU_HOST_OOB, "view-range",
                         "the view selects mips or layers that texture %u does not have",
                         cmd->texture_handle);
    if (!format || format->unorm != texture->shape.format->unorm)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "view-format",
                         "format %u cannot view texture %u", cmd->format, cmd->texture_handle);
    return true;
}

bool host_create_texture_view(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                              const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_texture_view *cmd = (const void *)packet->bytes;
    struct host_texture *texture = host_find_texture(&host->objects, cmd->texture_handle);
    struct host_view *view;

    (void)payload;
    if (!view_fits(host, cmd, texture))
        return false;
    view = calloc(1, sizeof(*view));
    if (!view)
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    view->object.kind = HOST_VIEW;
    view->surface.texture = texture;
    view->surface.format = host_format_find(cmd->format);
    view->surface.base_mip = cmd->base_mip_level;
    view->surface.mip_levels = cmd->mip_level_count;
    view->surface.base_layer = cmd->base_array_layer;
    view->surface.array_layers = cmd->array_layer_count;
    texture->object.holder_count++;
    if (host_surface_init(host, &view->surface) &&
        host_objects_insert(&host->objects, cmd->view_handle, &view->object))
        return true;
    host_view_destroy(host, &view->object);
    return host_fail(host, AEROGPU_HOST_BACKEND, "create-view",
                     "the device cannot make the view, or its handle %u is taken",
                     cmd->view_handle);
}
