/**
 * Bound state: what the stream set, as protocol values and handles. Handles are resolved when a
 * draw, clear or dispatch needs them (AeroGPU protocol specification 3.3).
 */
#ifndef HOST_STATE_H
#define HOST_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "aerogpu_cmd.h"

struct aerogpu_host;
struct aerogpu_packet;
struct aerogpu_payload;

/** Stages as descriptor sets are numbered. */
enum host_stage {
    HOST_STAGE_VERTEX,
    HOST_STAGE_PIXEL,
    HOST_STAGE_GEOMETRY,
    HOST_STAGE_COMPUTE,
    HOST_STAGE_HULL, /**< these two have bindings, but no shaders */
    HOST_STAGE_DOMAIN,
    HOST_STAGES,
};

enum {
    HOST_CONSTANT_BUFFERS = 14,
    HOST_RESOURCES = 128,
    HOST_SAMPLERS = 16,
    HOST_UAVS = 8,
    HOST_VERTEX_BUFFERS = 32,
};

/** A range of a buffer; size 0 means to its end. */
struct host_range {
    uint32_t buffer;
    uint32_t offset_bytes;
    uint32_t size_bytes;
};

struct host_stage_state {
    uint32_t shader;
    struct host_range constant_buffers[HOST_CONSTANT_BUFFERS];
    struct host_range resources[HOST_RESOURCES]; /**< textures: handle and nothing else */
    uint32_t samplers[HOST_SAMPLERS];
    struct host_range uavs[HOST_UAVS];
};

struct host_viewport {
    float x, y, width, height, min_depth, max_depth;
};

struct host_rectangle {
    int32_t x, y, width, height;
};

struct host_state {
    struct host_stage_state stages[HOST_STAGES];
    bool has_tessellation; /**< hull or domain shader bound */
    uint32_t layout;
    struct host_vertex_buffer {
        uint32_t buffer, stride_bytes, offset_bytes;
    } vertex_buffers[HOST_VERTEX_BUFFERS];
    uint32_t index_buffer, index_format, index_offset_bytes;
    uint32_t topology;
    uint32_t color_count;
    uint32_t colors[AEROGPU_MAX_RENDER_TARGETS];
    uint32_t depth;
    struct host_viewport viewport;
    bool has_viewport;
    struct host_rectangle scissor;
    bool has_scissor;
    struct aerogpu_blend_state blend;
    struct aerogpu_depth_stencil_state depth_stencil;
    struct aerogpu_rasterizer_state raster;
};

/** The state a host starts with. AeroGPU protocol specification 3.4. */
void host_state_reset(struct host_state *state);

/**
 * Forgets every binding of a handle that is about to go; with the last handle of a texture go the
 * bindings of its views.
 */
void host_state_unbind(struct aerogpu_host *host, uint32_t handle);

/* Handlers of packets that only change bound state. */
typedef bool host_packet_fn(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                            const struct aerogpu_payload *payload);

host_packet_fn host_bind_shaders;
host_packet_fn host_set_input_layout;
host_packet_fn host_set_blend_state;
host_packet_fn host_set_depth_stencil_state;
host_packet_fn host_set_rasterizer_state;
host_packet_fn host_set_render_targets;
host_packet_fn host_set_viewport;
host_packet_fn host_set_scissor;
host_packet_fn host_set_vertex_buffers;
host_packet_fn host_set_index_buffer;
host_packet_fn host_set_primitive_topology;
host_packet_fn host_set_texture;
host_packet_fn host_set_samplers;
host_packet_fn host_set_constant_buffers;
host_packet_fn host_set_shader_resource_buffers;
host_packet_fn host_set_unordered_access_buffers;

#endif
