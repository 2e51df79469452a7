/**
 * One function per packet: the arguments are protocol values that the caller has validated, every
 * field is written, reserved ones as 0. Nothing is returned except the place of a payload.
 *
 * Layouts and meaning: AeroGPU protocol specification, section 6.
 */
#ifndef STREAM_EMIT_H
#define STREAM_EMIT_H

#include <string.h>

#include "stream/encoder.h"

/* A packet without payload; the assignments that follow fill every field behind the header. */
#define STREAM_PACKET(stream, opcode, type)                                                        \
    ((struct type *)stream_packet((stream), (opcode), sizeof(struct type)))

/* A packet with payload; *payload is NULL when it did not fit. */
#define STREAM_PACKET_PAYLOAD(stream, opcode, type, payload_bytes, payload)                        \
    ((struct type *)stream_packet_payload((stream), (opcode), sizeof(struct type),                 \
                                          (payload_bytes), (payload)))

/** Filler without effect: gives a submission a packet when only its completion matters. */
static inline void stream_nop(struct stream *stream)
{
    stream_packet(stream, AEROGPU_CMD_NOP, sizeof(struct aerogpu_cmd_hdr));
}

/** Creates a buffer; size_bytes a multiple of 4; alloc_id 0 = host-owned. */
static inline void stream_create_buffer(struct stream *stream, uint32_t handle,
                                        uint32_t usage_flags, uint64_t size_bytes,
                                        uint32_t alloc_id)
{
    struct aerogpu_cmd_create_buffer *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_CREATE_BUFFER, aerogpu_cmd_create_buffer);

    cmd->buffer_handle = handle;
    cmd->usage_flags = usage_flags;
    cmd->size_bytes = size_bytes;
    cmd->backing_alloc_id = alloc_id;
    cmd->backing_offset_bytes = 0;
    cmd->reserved0 = 0;
}

/** What CREATE_TEXTURE2D says of a texture. */
struct stream_texture2d {
    uint32_t usage_flags;
    uint32_t format; /**< aerogpu_format */
    uint32_t width, height;
    uint32_t mip_levels, array_layers;
    uint32_t row_pitch_bytes; /**< of mip 0 */
    uint32_t alloc_id;        /**< 0 = host-owned */
};

static inline void stream_create_texture2d(struct stream *stream, uint32_t handle,
                                           const struct stream_texture2d *texture)
{
    struct aerogpu_cmd_create_texture2d *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_CREATE_TEXTURE2D, aerogpu_cmd_create_texture2d);

    cmd->texture_handle = handle;
    cmd->usage_flags = texture->usage_flags;
    cmd->format = texture->format;
    cmd->width = texture->width;
    cmd->height = texture->height;
    cmd->mip_levels = texture->mip_levels;
    cmd->array_layers = texture->array_layers;
    cmd->row_pitch_bytes = texture->row_pitch_bytes;
    cmd->backing_alloc_id = texture->alloc_id;
    cmd->backing_offset_bytes = 0;
    cmd->reserved0 = 0;
}

/** Any DESTROY_* packet: they share one layout (handle, reserved). */
static inline void stream_destroy(struct stream *stream, uint32_t opcode, uint32_t handle)
{
    struct aerogpu_cmd_destroy_resource *cmd =
        STREAM_PACKET(stream, opcode, aerogpu_cmd_destroy_resource);

    cmd->resource_handle = handle;
    cmd->reserved0 = 0;
}

/** The CPU changed these bytes of a guest-backed resource. */
static inline void stream_resource_dirty_range(struct stream *stream, uint32_t handle,
                                               uint64_t offset_bytes, uint64_t size_bytes)
{
    struct aerogpu_cmd_resource_dirty_range *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_RESOURCE_DIRTY_RANGE, aerogpu_cmd_resource_dirty_range);

    cmd->resource_handle = handle;
    cmd->reserved0 = 0;
    cmd->offset_bytes = offset_bytes;
    cmd->size_bytes = size_bytes;
}

/** Bytes from one buffer to another; offsets and size are multiples of 4. */
struct stream_buffer_copy {
    uint32_t target, source; /**< handles, not the same */
    uint64_t target_offset_bytes, source_offset_bytes;
    uint64_t size_bytes;
};

static inline void stream_copy_buffer(struct stream *stream, const struct stream_buffer_copy *copy)
{
    struct aerogpu_cmd_copy_buffer *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_COPY_BUFFER, aerogpu_cmd_copy_buffer);

    cmd->dst_buffer = copy->target;
    cmd->src_buffer = copy->source;
    cmd->dst_offset_bytes = copy->target_offset_bytes;
    cmd->src_offset_bytes = copy->source_offset_bytes;
    cmd->size_bytes = copy->size_bytes;
    cmd->flags = AEROGPU_COPY_FLAG_NONE;
    cmd->reserved0 = 0;
}

/** One end of a texture copy. */
struct stream_texture_place {
    uint32_t texture;
    uint32_t mip, layer;
    uint32_t x, y; /**< texels */
};

/** A rectangle of texels from one texture to another of the same aerogpu_format. */
static inline void stream_copy_texture2d(struct stream *stream,
                                         const struct stream_texture_place *target,
                                         const struct stream_texture_place *source, uint32_t width,
                                         uint32_t height)
{
    struct aerogpu_cmd_copy_texture2d *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_COPY_TEXTURE2D, aerogpu_cmd_copy_texture2d);

    cmd->dst_texture = target->texture;
    cmd->src_texture = source->texture;
    cmd->dst_mip_level = target->mip;
    cmd->dst_array_layer = target->layer;
    cmd->src_mip_level = source->mip;
    cmd->src_array_layer = source->layer;
    cmd->dst_x = target->x;
    cmd->dst_y = target->y;
    cmd->src_x = source->x;
    cmd->src_y = source->y;
    cmd->width = width;
    cmd->height = height;
    cmd->flags = AEROGPU_COPY_FLAG_NONE;
    cmd->reserved0 = 0;
}

/** Returns where size_bytes bytes of contents go; NULL when the packet did not fit. */
static inline void *stream_upload_resource(struct stream *stream, uint32_t handle,
                                           uint64_t offset_bytes, uint32_t size_bytes)
{
    void *payload;
    struct aerogpu_cmd_upload_resource *cmd =
        STREAM_PACKET_PAYLOAD(stream, AEROGPU_CMD_UPLOAD_RESOURCE, aerogpu_cmd_upload_resource,
                              size_bytes, &payload);

    cmd->resource_handle = handle;
    cmd->reserved0 = 0;
    cmd->offset_bytes = offset_bytes;
    cmd->size_bytes = size_bytes;
    return payload;
}

/** Returns where the container goes; NULL when the packet did not fit. */
static inline void *stream_create_shader_dxbc(struct stream *stream, uint32_t handle,
                                              uint32_t stage, uint32_t stage_ex,
                                              uint32_t dxbc_size_bytes)
{
    void *payload;
    struct aerogpu_cmd_create_shader_dxbc *cmd =
        STREAM_PACKET_PAYLOAD(stream, AEROGPU_CMD_CREATE_SHADER_DXBC,
                              aerogpu_cmd_create_shader_dxbc, dxbc_size_bytes, &payload);

    cmd->shader_handle = handle;
    cmd->stage = stage;
    cmd->dxbc_size_bytes = dxbc_size_bytes;
    cmd->reserved0 = stage_ex;
    return payload;
}

/** What the long form of BIND_SHADERS appends: handles of geometry, hull and domain shader. */
enum { STREAM_APPENDED_STAGES_BYTES = 12 };

/** The short form: no geometry or tessellation shader bound. */
static inline void stream_bind_shaders(struct stream *stream, uint32_t vs, uint32_t ps, uint32_t cs)
{
    struct aerogpu_cmd_bind_shaders *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_BIND_SHADERS, aerogpu_cmd_bind_shaders);

    cmd->vs = vs;
    cmd->ps = ps;
    cmd->cs = cs;
    cmd->reserved0 = 0;
}

/**
 * The long form, with a geometry shader: appended, and mirrored for hosts that know the short form
 * only (AeroGPU protocol specification 6.3). Needs a device with ABI minor 3.
 */
static inline void stream_bind_geometry_shaders(struct stream *stream, uint32_t vs, uint32_t ps,
                                                uint32_t gs)
{
    const uint32_t appended[] = { gs, 0, 0 }; /* hull and domain behind it */
    void *payload;
    struct aerogpu_cmd_bind_shaders *cmd =
        STREAM_PACKET_PAYLOAD(stream, AEROGPU_CMD_BIND_SHADERS, aerogpu_cmd_bind_shaders,
                              STREAM_APPENDED_STAGES_BYTES, &payload);

    cmd->vs = vs;
    cmd->ps = ps;
    cmd->cs = 0;
    cmd->reserved0 = gs;
    if (payload)
        memcpy(payload, appended, STREAM_APPENDED_STAGES_BYTES);
}

/** Returns where the ILAY blob goes; NULL when the packet did not fit. */
static inline void *stream_create_input_layout(struct stream *stream, uint32_t handle,
                                               uint32_t blob_size_bytes)
{
    void *payload;
    struct aerogpu_cmd_create_input_layout *cmd =
        STREAM_PACKET_PAYLOAD(stream, AEROGPU_CMD_CREATE_INPUT_LAYOUT,
                              aerogpu_cmd_create_input_layout, blob_size_bytes, &payload);

    cmd->input_layout_handle = handle;
    cmd->blob_size_bytes = blob_size_bytes;
    cmd->reserved0 = 0;
    return payload;
}

static inline void stream_set_input_layout(struct stream *stream, uint32_t handle)
{
    struct aerogpu_cmd_set_input_layout *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_INPUT_LAYOUT, aerogpu_cmd_set_input_layout);

    cmd->input_layout_handle = handle;
    cmd->reserved0 = 0;
}

static inline void stream_set_blend_state(struct stream *stream,
                                          const struct aerogpu_blend_state *state)
{
    struct aerogpu_cmd_set_blend_state *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_BLEND_STATE, aerogpu_cmd_set_blend_state);

    cmd->state = *state;
}

static inline void stream_set_depth_stencil_state(struct stream *stream,
                                                  const struct aerogpu_depth_stencil_state *state)
{
    struct aerogpu_cmd_set_depth_stencil_state *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_DEPTH_STENCIL_STATE,
                      aerogpu_cmd_set_depth_stencil_state);

    cmd->state = *state;
}

static inline void stream_set_rasterizer_state(struct stream *stream,
                                               const struct aerogpu_rasterizer_state *state)
{
    struct aerogpu_cmd_set_rasterizer_state *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_RASTERIZER_STATE, aerogpu_cmd_set_rasterizer_state);

    cmd->state = *state;
}

/** Colour and depth attachments, by handle. */
struct stream_targets {
    uint32_t color_count;
    uint32_t depth_stencil;                      /**< 0 = none */
    uint32_t colors[AEROGPU_MAX_RENDER_TARGETS]; /**< gaps and all at or beyond color_count: 0 */
};

/** Replaces the whole set. */
static inline void stream_set_render_targets(struct stream *stream,
                                             const struct stream_targets *targets)
{
    struct aerogpu_cmd_set_render_targets *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_RENDER_TARGETS, aerogpu_cmd_set_render_targets);

    cmd->color_count = targets->color_count;
    cmd->depth_stencil = targets->depth_stencil;
    memcpy(cmd->colors, targets->colors, sizeof(cmd->colors));
}

/** Rectangle in pixels and depth range, as D3D's viewport. */
struct stream_viewport {
    float x, y, width, height, min_depth, max_depth;
};

static inline void stream_set_viewport(struct stream *stream,
                                       const struct stream_viewport *viewport)
{
    struct aerogpu_cmd_set_viewport *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_VIEWPORT, aerogpu_cmd_set_viewport);

    memcpy((uint8_t *)cmd + sizeof(cmd->hdr), viewport, sizeof(*viewport));
}

/** A rectangle in pixels. */
struct stream_scissor {
    int32_t x, y, width, height;
};

static inline void stream_set_scissor(struct stream *stream, const struct stream_scissor *scissor)
{
    struct aerogpu_cmd_set_scissor *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_SCISSOR, aerogpu_cmd_set_scissor);

    cmd->x = scissor->x;
    cmd->y = scissor->y;
    cmd->width = scissor->width;
    cmd->height = scissor->height;
}

/** Returns where the bindings go; NULL when the packet did not fit. */
static inline struct aerogpu_vertex_buffer_binding *
stream_set_vertex_buffers(struct stream *stream, uint32_t start_slot, uint32_t buffer_count)
{
    const uint32_t bytes = buffer_count * (uint32_t)sizeof(struct aerogpu_vertex_buffer_binding);
    void *payload;
    struct aerogpu_cmd_set_vertex_buffers *cmd =
        STREAM_PACKET_PAYLOAD(stream, AEROGPU_CMD_SET_VERTEX_BUFFERS,
                              aerogpu_cmd_set_vertex_buffers, bytes, &payload);

    cmd->start_slot = start_slot;
    cmd->buffer_count = buffer_count;
    return (struct aerogpu_vertex_buffer_binding *)payload;
}

/** buffer 0 unbinds; format is an aerogpu_index_format. */
static inline void stream_set_index_buffer(struct stream *stream, uint32_t buffer, uint32_t format,
                                           uint32_t offset_bytes)
{
    struct aerogpu_cmd_set_index_buffer *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_INDEX_BUFFER, aerogpu_cmd_set_index_buffer);

    cmd->buffer = buffer;
    cmd->format = format;
    cmd->offset_bytes = offset_bytes;
    cmd->reserved0 = 0;
}

static inline void stream_set_primitive_topology(struct stream *stream, uint32_t topology)
{
    struct aerogpu_cmd_set_primitive_topology *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_PRIMITIVE_TOPOLOGY,
                      aerogpu_cmd_set_primitive_topology);

    cmd->topology = topology;
    cmd->reserved0 = 0;
}

/** Returns where the bindings go; NULL when the packet did not fit. */
static inline struct aerogpu_constant_buffer_binding *
stream_set_constant_buffers(struct stream *stream, uint32_t stage, uint32_t stage_ex,
                            uint32_t start_slot, uint32_t buffer_count)
{
    const uint32_t bytes = buffer_count * (uint32_t)sizeof(struct aerogpu_constant_buffer_binding);
    void *payload;
    struct aerogpu_cmd_set_constant_buffers *cmd =
        STREAM_PACKET_PAYLOAD(stream, AEROGPU_CMD_SET_CONSTANT_BUFFERS,
                              aerogpu_cmd_set_constant_buffers, bytes, &payload);

    cmd->shader_stage = stage;
    cmd->start_slot = start_slot;
    cmd->buffer_count = buffer_count;
    cmd->reserved0 = stage_ex;
    return (struct aerogpu_constant_buffer_binding *)payload;
}

/** Binds a texture to a t# slot; 0 unbinds. */
static inline void stream_set_texture(struct stream *stream, uint32_t stage, uint32_t stage_ex,
                                      uint32_t slot, uint32_t texture)
{
    struct aerogpu_cmd_set_texture *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_SET_TEXTURE, aerogpu_cmd_set_texture);

    cmd->shader_stage = stage;
    cmd->slot = slot;
    cmd->texture = texture;
    cmd->reserved0 = stage_ex;
}

/** What CREATE_SAMPLER says: one filter for all, one address mode per axis. */
struct stream_sampler {
    uint32_t filter; /**< aerogpu_sampler_filter */
    uint32_t address_u, address_v, address_w;
};

static inline void stream_create_sampler(struct stream *stream, uint32_t handle,
                                         const struct stream_sampler *sampler)
{
    struct aerogpu_cmd_create_sampler *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_CREATE_SAMPLER, aerogpu_cmd_create_sampler);

    cmd->sampler_handle = handle;
    cmd->filter = sampler->filter;
    cmd->address_u = sampler->address_u;
    cmd->address_v = sampler->address_v;
    cmd->address_w = sampler->address_w;
}

/** Returns where the sampler handles go, 4 bytes each; NULL when the packet did not fit. */
static inline void *stream_set_samplers(struct stream *stream, uint32_t stage, uint32_t stage_ex,
                                        uint32_t start_slot, uint32_t sampler_count)
{
    void *payload;
    struct aerogpu_cmd_set_samplers *cmd =
        STREAM_PACKET_PAYLOAD(stream, AEROGPU_CMD_SET_SAMPLERS, aerogpu_cmd_set_samplers,
                              sampler_count * (uint32_t)sizeof(aerogpu_handle_t), &payload);

    cmd->shader_stage = stage;
    cmd->start_slot = start_slot;
    cmd->sampler_count = sampler_count;
    cmd->reserved0 = stage_ex;
    return payload;
}

/** Clears the bound targets; flags are aerogpu_clear_flags. */
static inline void stream_clear(struct stream *stream, uint32_t flags, const float rgba[4],
                                float depth, uint32_t stencil)
{
    struct aerogpu_cmd_clear *cmd = STREAM_PACKET(stream, AEROGPU_CMD_CLEAR, aerogpu_cmd_clear);

    cmd->flags = flags;
    memcpy((uint8_t *)cmd + offsetof(struct aerogpu_cmd_clear, color_rgba_f32), rgba,
           4 * sizeof(*rgba));
    memcpy((uint8_t *)cmd + offsetof(struct aerogpu_cmd_clear, depth_f32), &depth, sizeof(depth));
    cmd->stencil = stencil;
}

static inline void stream_draw(struct stream *stream, uint32_t vertex_count,
                               uint32_t instance_count, uint32_t first_vertex,
                               uint32_t first_instance)
{
    struct aerogpu_cmd_draw *cmd = STREAM_PACKET(stream, AEROGPU_CMD_DRAW, aerogpu_cmd_draw);

    cmd->vertex_count = vertex_count;
    cmd->instance_count = instance_count;
    cmd->first_vertex = first_vertex;
    cmd->first_instance = first_instance;
}

static inline void stream_draw_indexed(struct stream *stream, uint32_t index_count,
                                       uint32_t instance_count, uint32_t first_index,
                                       int32_t base_vertex, uint32_t first_instance)
{
    struct aerogpu_cmd_draw_indexed *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_DRAW_INDEXED, aerogpu_cmd_draw_indexed);

    cmd->index_count = index_count;
    cmd->instance_count = instance_count;
    cmd->first_index = first_index;
    cmd->base_vertex = base_vertex;
    cmd->first_instance = first_instance;
}

/** Shows the first bound colour target on scan-out 0; flags are aerogpu_present_flags. */
static inline void stream_present(struct stream *stream, uint32_t flags)
{
    struct aerogpu_cmd_present *cmd =
        STREAM_PACKET(stream, AEROGPU_CMD_PRESENT, aerogpu_cmd_present);

    cmd->scanout_id = 0;
    cmd->flags = flags;
}

#endif
