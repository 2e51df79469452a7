/** From bound state to a recorded draw: resolve, find the pipeline, bind, record. */
#include "host/draw.h"

#include <string.h>

#include "host/descriptors.h"
#include "host/format.h"
#include "host/host.h"
#include "host/input.h"
#include "host/pipeline.h"
#include "host/targets.h"
#include "host/texture.h"
#include "host/topology.h"

#define DRAW_MAX_VERTICES ((uint64_t)1 << 26)

/* What a draw works with. */
struct draw {
    const struct host_shader *shaders[HOST_GRAPHICS_STAGES];
    VkDescriptorSet sets[HOST_GRAPHICS_STAGES];
    struct host_targets targets;
    struct host_pipeline_key key;
    const struct host_pipeline *pipeline;
    VkViewport viewport;
    VkRect2D scissor;
    bool is_indexed;
};

static bool resolve_shaders(struct aerogpu_host *host, struct draw *draw)
{
    static const enum dxbc_program programs[HOST_GRAPHICS_STAGES] = { DXBC_PROGRAM_VERTEX,
                                                                      DXBC_PROGRAM_PIXEL,
                                                                      DXBC_PROGRAM_GEOMETRY };

    if (host->state.has_tessellation)
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-tessellation",
                         "hull and domain shaders are not executed");
    for (uint32_t i = 0; i < HOST_GRAPHICS_STAGES; i++) {
        const uint32_t handle = host->state.stages[i].shader;

        if (handle == 0 && i == HOST_STAGE_GEOMETRY)
            continue;
        draw->shaders[i] = host_find_shader(&host->objects, handle);
        if (!draw->shaders[i])
            return host_fail(host, AEROGPU_HOST_CMD_DECODE, "shader-missing",
                             "a draw needs a vertex and a pixel shader, %u is none", handle);
        if (draw->shaders[i]->program != programs[i])
            return host_fail(host, AEROGPU_HOST_CMD_DECODE, "shader-stage",
                             "shader %u is bound to a stage that it is not for", handle);
        draw->key.shaders[i] = draw->shaders[i]->serial;
    }
    return true;
}

/* Section 9: fixed state as the pipeline needs it. */
static void fill_fixed_state(struct aerogpu_host *host, struct draw *draw)
{
    const struct aerogpu_blend_state *blend = &host->state.blend;
    const struct aerogpu_depth_stencil_state *depth = &host->state.depth_stencil;
    const struct aerogpu_rasterizer_state *raster = &host->state.raster;
    struct host_pipeline_key *key = &draw->key;
    const uint32_t blends[7] = { blend->enable,           blend->src_factor,
                                 blend->dst_factor,       blend->blend_op,
                                 blend->src_factor_alpha, blend->dst_factor_alpha,
                                 blend->blend_op_alpha };
    const uint32_t depths[3] = { depth->depth_enable, depth->depth_write_enable,
                                 depth->depth_func };
    const uint32_t rasters[5] = { raster->fill_mode, raster->cull_mode, raster->front_ccw,
                                  raster->flags & AEROGPU_RASTERIZER_FLAG_DEPTH_CLIP_DISABLE,
                                  raster->depth_bias != 0 };

    if (blend->enable)
        memcpy(key->blend, blends, sizeof(blends));
    key->write_mask = blend->color_write_mask;
    if (draw->targets.depth && depth->depth_enable)
        memcpy(key->depth, depths, sizeof(depths));
    memcpy(key->raster, rasters, sizeof(rasters));
    key->color_count = draw->targets.color_count;
    for (uint32_t i = 0; i < key->color_count; i++) {
        const struct host_surface *surface = draw->targets.colors[i];

        key->color_formats[i] = surface ? surface->format->vulkan : VK_FORMAT_UNDEFINED;
        if (surface && surface->format->is_opaque)
            key->opaque_targets |= 1u << i;
    }
    if (draw->targets.depth) {
        const struct host_format *format = draw->targets.depth->format;

        key->depth_format = format->vulkan;
        if (format->aspects & VK_IMAGE_ASPECT_STENCIL_BIT)
            key->stencil_format = format->vulkan;
    }
}

/* D3D's y points up: the flipped viewport of host notes 7. */
static bool resolve_viewport(struct aerogpu_host *host, struct draw *draw)
{
    const VkPhysicalDeviceLimits *limits = &host->device.properties.limits;
    const struct host_viewport full = {
        0, 0, (float)draw->targets.width, (float)draw->targets.height, 0, 1
    };
    const struct host_viewport *viewport = host->state.has_viewport ? &host->state.viewport : &full;

    if (viewport->x < limits->viewportBoundsRange[0] ||
        viewport->y < limits->viewportBoundsRange[0] ||
        viewport->x + viewport->width > limits->viewportBoundsRange[1] ||
        viewport->y + viewport->height > limits->viewportBoundsRange[1] ||
        viewport->width > (float)limits->maxViewportDimensions[0] ||
        viewport->height > (float)limits->maxViewportDimensions[1])
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-viewport",
                         "the viewport is larger than the device allows");
    draw->viewport = (VkViewport){
        viewport->x,         viewport->y + viewport->height,
        viewport->width,     -viewport->height,
        viewport->min_depth, viewport->max_depth,
    };
    return true;
}

static int64_t clamp(int64_t value, int64_t limit)
{
    return value < 0 ? 0 : value > limit ? limit : value;
}

/* Host semantics 2: enabled but never set does not clip. Empty, it draws nothing, as in D3D. */
static void resolve_scissor(struct aerogpu_host *host, struct draw *draw)
{
    const struct host_rectangle *rectangle = &host->state.scissor;
    const int64_t width = draw->targets.width, height = draw->targets.height;
    int64_t left = 0, top = 0, right = width, bottom = height;

    if (host->state.raster.scissor_enable && host->state.has_scissor) {
        left = clamp(rectangle->x, width);
        top = clamp(rectangle->y, height);
        right = clamp((int64_t)rectangle->x + rectangle->width, width);
        bottom = clamp((int64_t)rectangle->y + rectangle->height, height);
        right = right < left ? left : right;
        bottom = bottom < top ? top : bottom;
    }
    draw->scissor = (VkRect2D){
        { (int32_t)left, (int32_t)top },
        { (uint32_t)(right - left), (uint32_t)(bottom - top) },
    };
}

static VkRenderingAttachmentInfo attachment_of(VkImageView view)
{
    return (VkRenderingAttachmentInfo){
        .sType = VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO,
        .imageView = view,
        .imageLayout = VK_IMAGE_LAYOUT_GENERAL,
        .loadOp = VK_ATTACHMENT_LOAD_OP_LOAD,
        .storeOp = VK_ATTACHMENT_STORE_OP_STORE,
    };
}

static void open_rendering(struct aerogpu_host *host, const struct host_attachments *attachments,
                           bool has_stencil)
{
    VkRenderingAttachmentInfo colors[AEROGPU_MAX_RENDER_TARGETS];
    const VkRenderingAttachmentInfo depth = attachment_of(attachments->depth);
    const VkRenderingInfo info = {
        .sType = VK_STRUCTURE_TYPE_RENDERING_INFO,
        .renderArea.extent = attachments->extent,
        .layerCount = 1,
        .colorAttachmentCount = attachments->color_count,
        .pColorAttachments = colors,
        .pDepthAttachment = attachments->depth ? &depth : NULL,
        .pStencilAttachment = has_stencil ? &depth : NULL,
    };

    for (uint32_t i = 0; i < attachments->color_count; i++)
        colors[i] = attachment_of(attachments->colors[i]);
    host_device_barrier(&host->device);
    vkCmdBeginRendering(host->device.commands, &info);
    host->device.is_rendering = true;
    host->attachments = *attachments;
}

/*
 * Draws write targets alone, and a target is no shader resource: draws to the same targets follow
 * each other without a barrier, as whatever else happens between them ends the rendering.
 */
static void begin_rendering(struct aerogpu_host *host, const struct draw *draw)
{
    struct host_attachments attachments;

    memset(&attachments, 0, sizeof(attachments));
    attachments.extent = (VkExtent2D){ draw->targets.width, draw->targets.height };
    attachments.color_count = draw->targets.color_count;
    for (uint32_t i = 0; i < attachments.color_count; i++)
        attachments.colors[i] =
            draw->targets.colors[i] ? draw->targets.colors[i]->attachment : VK_NULL_HANDLE;
    attachments.depth = draw->targets.depth ? draw->targets.depth->attachment : VK_NULL_HANDLE;
    if (!host->device.is_rendering ||
        memcmp(&host->attachments, &attachments, sizeof(attachments)) != 0)
        open_rendering(host, &attachments, draw->key.stencil_format != VK_FORMAT_UNDEFINED);
}

/* D3D's unit of bias for D24 is one code; some devices move by two (host notes 7). */
static float depth_bias(const struct aerogpu_host *host, const struct draw *draw)
{
    const float bias = (float)host->state.raster.depth_bias;

    return draw->key.depth_format == VK_FORMAT_D24_UNORM_S8_UINT && host->device.has_double_d24_bias
               ? bias / 2
               : bias;
}

static void bind_all(struct aerogpu_host *host, const struct draw *draw)
{
    VkCommandBuffer commands = host->device.commands;
    float constants[4];

    vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, draw->pipeline->pipeline);
    for (uint32_t i = 0; i < HOST_GRAPHICS_STAGES; i++) {
        if (draw->sets[i])
            vkCmdBindDescriptorSets(commands, VK_PIPELINE_BIND_POINT_GRAPHICS,
                                    draw->pipeline->layout, i, 1, &draw->sets[i], 0, NULL);
    }
    host_vertices_bind(host, &draw->key);
    memcpy(constants, host->state.blend.blend_constant_rgba_f32, sizeof(constants));
    vkCmdSetBlendConstants(commands, constants);
    vkCmdSetDepthBias(commands, depth_bias(host, draw), 0, 0);
    vkCmdSetViewport(commands, 0, 1, &draw->viewport);
    vkCmdSetScissor(commands, 0, 1, &draw->scissor);
}

static void mark_written(const struct host_surface *surface)
{
    if (surface)
        host_texture_written(surface->texture, surface->base_mip, surface->base_layer);
}

static void mark_targets_written(const struct draw *draw)
{
    for (uint32_t i = 0; i < draw->targets.color_count; i++)
        mark_written(draw->targets.colors[i]);
    mark_written(draw->targets.depth);
}

/* Everything but the draw itself. False with *is_empty set when there is nothing to draw. */
static bool prepare(struct aerogpu_host *host, struct draw *draw, bool *is_empty)
{
    *is_empty = false;
    if (!resolve_shaders(host, draw) || !host_targets_resolve(host, &draw->targets))
        return false;
    if (draw->targets.width == 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "target-missing",
                         "a draw needs a colour or depth target");
    if (!host_vertices_resolve(host, draw->shaders[HOST_STAGE_VERTEX], &draw->key) ||
        !host_topology_resolve(host, draw->shaders[HOST_STAGE_GEOMETRY], draw->is_indexed,
                               &draw->key) ||
        !resolve_viewport(host, draw) || !host_vertices_refresh(host, &draw->key))
        return false;
    resolve_scissor(host, draw);
    *is_empty = draw->scissor.extent.width == 0 || draw->scissor.extent.height == 0 ||
                (host->state.blend.sample_mask & 1) == 0;
    if (*is_empty)
        return true;
    fill_fixed_state(host, draw);
    for (uint32_t i = 0; i < HOST_GRAPHICS_STAGES; i++) {
        if (draw->shaders[i] &&
            !host_descriptors_write(host, (enum host_stage)i, draw->shaders[i], &draw->sets[i]))
            return false;
    }
    draw->pipeline = host_pipeline_find(host, &draw->key, draw->shaders);
    return draw->pipeline != NULL;
}

/* A draw that takes minutes is a mistake or an attack, and no device can be stopped in it. */
static bool size_fits(struct aerogpu_host *host, uint32_t count, uint32_t instances)
{
    return (uint64_t)count * instances <= DRAW_MAX_VERTICES ||
           host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-draw",
                     "%u vertices of %u instances are more than this host draws", count, instances);
}

bool host_draw(struct aerogpu_host *host, const struct aerogpu_packet *packet,
               const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_draw *cmd = (const void *)packet->bytes;
    struct draw draw;
    bool is_empty;

    (void)payload;
    if (cmd->vertex_count == 0 || cmd->instance_count == 0)
        return true;
    memset(&draw, 0, sizeof(draw));
    if (!size_fits(host, cmd->vertex_count, cmd->instance_count) ||
        !prepare(host, &draw, &is_empty))
        return false;
    if (is_empty)
        return true;
    begin_rendering(host, &draw);
    bind_all(host, &draw);
    vkCmdDraw(host->device.commands, cmd->vertex_count, cmd->instance_count, cmd->first_vertex,
              cmd->first_instance);
    mark_targets_written(&draw);
    return true;
}

bool host_draw_indexed(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                       const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_draw_indexed *cmd = (const void *)packet->bytes;
    struct host_indices indices;
    struct draw draw;
    bool is_empty;

    (void)payload;
    if (cmd->index_count == 0 || cmd->instance_count == 0)
        return true;
    memset(&draw, 0, sizeof(draw));
    draw.is_indexed = true;
    if (!size_fits(host, cmd->index_count, cmd->instance_count) ||
        !host_indices_resolve(host, cmd, &indices) || !prepare(host, &draw, &is_empty))
        return false;
    if (is_empty)
        return true;
    begin_rendering(host, &draw);
    bind_all(host, &draw);
    vkCmdBindIndexBuffer(host->device.commands, indices.buffer, indices.offset_bytes,
                         host->state.index_format == AEROGPU_INDEX_FORMAT_UINT32
                             ? VK_INDEX_TYPE_UINT32
                             : VK_INDEX_TYPE_UINT16);
    vkCmdDrawIndexed(host->device.commands, cmd->index_count, cmd->instance_count, 0,
                     cmd->base_vertex, cmd->first_instance);
    mark_targets_written(&draw);
    return true;
}
