#include <string.h>

#include "host/draw.h"
#include "host/format.h"
#include "host/host.h"
#include "host/targets.h"
#include "host/texture.h"

/* Through the view, which may encode the colour in another way than its texture does. */
static void clear_color(struct aerogpu_host *host, const struct host_surface *surface,
                        const struct aerogpu_cmd_clear *cmd)
{
    const struct texture_shape *shape = &surface->texture->shape;
    VkRenderingAttachmentInfo attachment = {
        .sType = VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO,
        .imageView = surface->attachment,
        .imageLayout = VK_IMAGE_LAYOUT_GENERAL,
        .loadOp = VK_ATTACHMENT_LOAD_OP_CLEAR,
        .storeOp = VK_ATTACHMENT_STORE_OP_STORE,
    };
    const VkRenderingInfo info = {
        .sType = VK_STRUCTURE_TYPE_RENDERING_INFO,
        .renderArea.extent = { stream_texture_mip_extent(shape->width, surface->base_mip),
                               stream_texture_mip_extent(shape->height, surface->base_mip) },
        .layerCount = 1,
        .colorAttachmentCount = 1,
        .pColorAttachments = &attachment,
    };
    VkClearColorValue *value = &attachment.clearValue.color;

    memcpy(value->uint32, cmd->color_rgba_f32, sizeof(value->uint32));
    if (surface->format->is_opaque)
        value->float32[3] = 1.0f;
    vkCmdBeginRendering(host->device.commands, &info);
    vkCmdEndRendering(host->device.commands);
    host_texture_written(surface->texture, surface->base_mip, surface->base_layer);
}

static void clear_depth(struct aerogpu_host *host, const struct host_surface *surface,
                        const struct aerogpu_cmd_clear *cmd)
{
    VkImageSubresourceRange range = { 0, surface->base_mip, 1, surface->base_layer, 1 };
    VkClearDepthStencilValue value = { .stencil = cmd->stencil & 0xFF };

    memcpy(&value.depth, &cmd->depth_f32, sizeof(value.depth));
    value.depth = value.depth > 0 ? value.depth < 1 ? value.depth : 1 : 0;
    if (cmd->flags & AEROGPU_CLEAR_DEPTH)
        range.aspectMask |= VK_IMAGE_ASPECT_DEPTH_BIT;
    if (cmd->flags & AEROGPU_CLEAR_STENCIL)
        range.aspectMask |= VK_IMAGE_ASPECT_STENCIL_BIT;
    range.aspectMask &= surface->format->aspects;
    if (range.aspectMask)
        vkCmdClearDepthStencilImage(host->device.commands, surface->texture->image,
                                    VK_IMAGE_LAYOUT_GENERAL, &value, 1, &range);
    host_texture_written(surface->texture, surface->base_mip, surface->base_layer);
}

/* Section 6.8: whole targets, whatever viewport and scissor say. */
bool host_clear(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_clear *cmd = (const void *)packet->bytes;
    struct host_targets targets;

    (void)payload;
    if (cmd->flags == 0)
        return true;
    if (!host_targets_resolve(host, &targets))
        return false;
    host_device_barrier(&host->device);
    for (uint32_t i = 0; (cmd->flags & AEROGPU_CLEAR_COLOR) && i < targets.color_count; i++) {
        if (targets.colors[i])
            clear_color(host, targets.colors[i], cmd);
    }
    if (targets.depth && (cmd->flags & (AEROGPU_CLEAR_DEPTH | AEROGPU_CLEAR_STENCIL)))
        clear_depth(host, targets.depth, cmd);
    return true;
}
