/** From bound state to a recorded draw: resolve, find the pipeline, bind, record. */
#include "host/draw.h"

#include <string.h>

#include "host/buffer.h"
#include "host/descriptors.h"
#include "host/format.h"
#include "host/host.h"
#include "host/pipeline.h"
#include "host/targets.h"
#include "host/texture.h"

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

static const struct host_input *find_input(const struct host_shader *shader,
                                           const struct host_element *element)
{
    for (uint32_t i = 0; i < shader->input_count; i++) {
        if (shader->inputs[i].name_hash == element->name_hash &&
            shader->inputs[i].semantic_index == element->semantic_index)
            return &shader->inputs[i];
    }
    return NULL;
}

/* The binding of a slot, added when the slot is new. */
static bool add_vertex_slot(struct aerogpu_host *host, struct host_pipeline_key *key,
                            const struct host_element *element)
{
    const struct host_vertex_buffer *bound = &host->state.vertex_buffers[element->slot];
    const VkVertexInputRate rate =
        element->is_instanced ? VK_VERTEX_INPUT_RATE_INSTANCE : VK_VERTEX_INPUT_RATE_VERTEX;

    for (uint32_t i = 0; i < key->binding_count; i++) {
        if (key->bindings[i].binding != element->slot)
            continue;
        if (key->bindings[i].inputRate != rate ||
            (element->is_instanced && key->divisors[i] != element->step_rate))
            return host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-class",
                             "elements of slot %u disagree on how it advances", element->slot);
        return true;
    }
    if (bound->buffer == 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "vertex-buffer-missing",
                         "the layout reads slot %u, which has no buffer", element->slot);
    if (bound->stride_bytes > host->device.properties.limits.maxVertexInputBindingStride)
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-stride",
                         "the device cannot step %u bytes", bound->stride_bytes);
    key->divisors[key->binding_count] = element->step_rate;
    key->bindings[key->binding_count++] =
        (VkVertexInputBindingDescription){ element->slot, bound->stride_bytes, rate };
    return true;
}

static bool resolve_layout(struct aerogpu_host *host, struct draw *draw)
{
    const struct host_shader *shader = draw->shaders[HOST_STAGE_VERTEX];
    struct host_pipeline_key *key = &draw->key;
    const struct host_layout *layout =
        (const struct host_layout *)host_objects_find(&host->objects, host->state.layout,
                                                      HOST_LAYOUT);

    if (!layout)
        return (host->state.layout == 0 && shader->input_count == 0) ||
               host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-missing",
                         "the vertex shader has inputs, %u is no input layout", host->state.layout);
    for (uint32_t i = 0; i < layout->element_count; i++) {
        const struct host_element *element = &layout->elements[i];
        const struct host_input *input = find_input(shader, element);

        if (!input)
            return host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-extra",
                             "the vertex shader has no input for element %u of the layout", i);
        if (!add_vertex_slot(host, key, element))
            return false;
        for (uint32_t k = 0; k < key->attribute_count; k++) {
            if (key->attributes[k].location == input->register_index)
                return host_fail(host, AEROGPU_HOST_CMD_DECODE, "layout-double",
                                 "two elements of the layout feed input v%u",
                                 input->register_index);
        }
        key->attributes[key->attribute_count++] = (VkVertexInputAttributeDescription){
            .location = input->register_index,
            .binding = element->slot,
            .format = host_vertex_format_find(element->dxgi_format)->vulkan,
            .offset = element->offset_bytes,
        };
    }
    return true;
}

static bool resolve_topology(struct aerogpu_host *host, struct draw *draw)
{
    static const struct {
        uint32_t topology;
        VkPrimitiveTopology vulkan;
        bool is_strip;
    } topologies[] = {
        { AEROGPU_TOPOLOGY_POINTLIST, VK_PRIMITIVE_TOPOLOGY_POINT_LIST, false },
        { AEROGPU_TOPOLOGY_LINELIST, VK_PRIMITIVE_TOPOLOGY_LINE_LIST, false },
        { AEROGPU_TOPOLOGY_LINESTRIP, VK_PRIMITIVE_TOPOLOGY_LINE_STRIP, true },
        { AEROGPU_TOPOLOGY_TRIANGLELIST, VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST, false },
        { AEROGPU_TOPOLOGY_TRIANGLESTRIP, VK_PRIMITIVE_TOPOLOGY_TRIANGLE_STRIP, true },
    };

    for (size_t i = 0; i < sizeof(topologies) / sizeof(topologies[0]); i++) {
        if (topologies[i].topology != host->state.topology)
            continue;
        draw->key.topology = topologies[i].vulkan;
        draw->key.restarts = topologies[i].is_strip && draw->is_indexed;
        return true;
    }
    return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-topology",
                     "topology %u is not executed: fans, adjacency and patches are missing",
                     host->state.topology);
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

/* Host semantics 2: enabled but never set does not clip; an empty one draws nothing. */
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
    }
    draw->scissor = (VkRect2D){
        { (int32_t)left, (int32_t)top },
        { (uint32_t)(right - left), (uint32_t)(bottom - top) },
    };
}

static bool refresh_vertex_buffers(struct aerogpu_host *host, const struct draw *draw)
{
    for (uint32_t i = 0; i < draw->key.binding_count; i++) {
        const struct host_vertex_buffer *bound =
            &host->state.vertex_buffers[draw->key.bindings[i].binding];
        struct host_buffer *buffer = host_find_buffer(&host->objects, bound->buffer);

        if (!buffer)
            return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown",
                             "vertex buffer %u does not exist", bound->buffer);
        if (bound->offset_bytes > buffer->size_bytes)
            return host_fail(host, AEROGPU_HOST_OOB, "binding-range",
                             "vertex buffer %u ends before byte %u", bound->buffer,
                             bound->offset_bytes);
        if (!host_buffer_refresh(host, buffer))
            return false;
    }
    return true;
}

static void bind_vertex_buffers(struct aerogpu_host *host, const struct draw *draw)
{
    for (uint32_t i = 0; i < draw->key.binding_count; i++) {
        const uint32_t slot = draw->key.bindings[i].binding;
        const struct host_vertex_buffer *bound = &host->state.vertex_buffers[slot];
        const struct host_buffer *buffer = host_find_buffer(&host->objects, bound->buffer);
        const bool is_empty = bound->offset_bytes == buffer->size_bytes;
        const VkBuffer vulkan = is_empty ? VK_NULL_HANDLE : buffer->buffer;
        const VkDeviceSize offset = is_empty ? 0 : bound->offset_bytes;
        const VkDeviceSize size = is_empty ? VK_WHOLE_SIZE : buffer->size_bytes - offset;

        vkCmdBindVertexBuffers2(host->device.commands, slot, 1, &vulkan, &offset, &size, NULL);
    }
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
    bind_vertex_buffers(host, draw);
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
    if (!resolve_layout(host, draw) || !resolve_topology(host, draw) ||
        !resolve_viewport(host, draw) || !refresh_vertex_buffers(host, draw))
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
    if (!prepare(host, &draw, &is_empty) || is_empty)
        return is_empty;
    begin_rendering(host, &draw);
    bind_all(host, &draw);
    vkCmdDraw(host->device.commands, cmd->vertex_count, cmd->instance_count, cmd->first_vertex,
              cmd->first_instance);
    mark_targets_written(&draw);
    return true;
}

/* The index buffer, up to date, with room for the indices of the draw. */
static struct host_buffer *resolve_indices(struct aerogpu_host *host,
                                           const struct aerogpu_cmd_draw_indexed *cmd)
{
    const uint32_t size_bytes = host->state.index_format == AEROGPU_INDEX_FORMAT_UINT32 ? 4 : 2;
    const uint64_t end_bytes = host->state.index_offset_bytes +
                               ((uint64_t)cmd->first_index + cmd->index_count) * size_bytes;
    struct host_buffer *buffer = host_find_buffer(&host->objects, host->state.index_buffer);

    if (!buffer)
        host_fail(host, AEROGPU_HOST_CMD_DECODE, "index-buffer-missing",
                  "an indexed draw needs an index buffer, %u is none", host->state.index_buffer);
    else if (host->state.index_offset_bytes % size_bytes != 0)
        host_fail(host, AEROGPU_HOST_CMD_DECODE, "index-align",
                  "the index offset is not a multiple of the index size");
    else if (end_bytes > buffer->size_bytes)
        host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-index-range",
                  "indices beyond the end of the index buffer are not executed");
    else if (host_buffer_refresh(host, buffer))
        return buffer;
    return NULL;
}

bool host_draw_indexed(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                       const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_draw_indexed *cmd = (const void *)packet->bytes;
    const struct host_buffer *indices;
    struct draw draw;
    bool is_empty;

    (void)payload;
    if (cmd->index_count == 0 || cmd->instance_count == 0)
        return true;
    memset(&draw, 0, sizeof(draw));
    draw.is_indexed = true;
    indices = resolve_indices(host, cmd);
    if (!indices || !prepare(host, &draw, &is_empty) || is_empty)
        return indices && is_empty;
    begin_rendering(host, &draw);
    bind_all(host, &draw);
    vkCmdBindIndexBuffer(host->device.commands, indices->buffer, host->state.index_offset_bytes,
                         host->state.index_format == AEROGPU_INDEX_FORMAT_UINT32
                             ? VK_INDEX_TYPE_UINT32
                             : VK_INDEX_TYPE_UINT16);
    vkCmdDrawIndexed(host->device.commands, cmd->index_count, cmd->instance_count, cmd->first_index,
                     cmd->base_vertex, cmd->first_instance);
    mark_targets_written(&draw);
    return true;
}
