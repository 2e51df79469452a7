/**
 * The bound state of a host, for debuggers: what the stream set, as protocol values and handles, at
 * the packet an observer is called for (after_packet in host.h) or between submissions.
 *
 * Handles are those of the stream and may name nothing: a host resolves them when it draws. Rules:
 * AeroGPU protocol specification 3.3, 3.4, 6.3 to 6.7, 9.
 */
#ifndef AEROGPU_HOST_STATE_H
#define AEROGPU_HOST_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "aerogpu_cmd.h"

struct aerogpu_host;

/** Stages that a host executes. */
enum aerogpu_host_stage {
    AEROGPU_HOST_STAGE_VERTEX,
    AEROGPU_HOST_STAGE_PIXEL,
    AEROGPU_HOST_STAGE_GEOMETRY,
    AEROGPU_HOST_STAGE_COMPUTE,
    AEROGPU_HOST_STAGES,
};

/** Slots of a stage and of the input assembler. AeroGPU protocol specification 8. */
enum {
    AEROGPU_HOST_CONSTANT_BUFFERS = 14,
    AEROGPU_HOST_RESOURCES = 128,
    AEROGPU_HOST_SAMPLERS = 16,
    AEROGPU_HOST_UAVS = 8,
    AEROGPU_HOST_VERTEX_BUFFERS = 32,
};

/** A range of a resource; size 0 means to its end, and is all a texture has. */
struct aerogpu_host_range {
    uint32_t handle; /**< 0: unbound */
    uint32_t offset_bytes;
    uint32_t size_bytes;
};

struct aerogpu_host_stage_state {
    uint32_t shader; /**< 0: none */
    struct aerogpu_host_range constant_buffers[AEROGPU_HOST_CONSTANT_BUFFERS];
    struct aerogpu_host_range resources[AEROGPU_HOST_RESOURCES]; /**< textures and buffers, t# */
    uint32_t samplers[AEROGPU_HOST_SAMPLERS];
    struct aerogpu_host_range uavs[AEROGPU_HOST_UAVS];
};

struct aerogpu_host_vertex_buffer {
    uint32_t handle; /**< 0: unbound */
    uint32_t stride_bytes;
    uint32_t offset_bytes;
};

struct aerogpu_host_state {
    struct aerogpu_host_stage_state stages[AEROGPU_HOST_STAGES];
    uint32_t input_layout;
    struct aerogpu_host_vertex_buffer vertex_buffers[AEROGPU_HOST_VERTEX_BUFFERS];
    uint32_t index_buffer;
    uint32_t index_format; /**< aerogpu_index_format */
    uint32_t index_offset_bytes;
    uint32_t topology; /**< aerogpu_primitive_topology */
    uint32_t color_count;
    uint32_t colors[AEROGPU_MAX_RENDER_TARGETS];
    uint32_t depth;
    bool has_viewport;  /**< false: the whole target */
    float viewport[6];  /**< x, y, width, height, min depth, max depth, as set */
    bool has_scissor;   /**< false: nothing is cut off, whatever the rasterizer state says */
    int32_t scissor[4]; /**< x, y, width, height, as set */
    struct aerogpu_blend_state blend;
    struct aerogpu_depth_stencil_state depth_stencil;
    struct aerogpu_rasterizer_state raster;
};

/** Copies the bound state. Costs a copy of the struct, no device work. */
void aerogpu_host_get_state(const struct aerogpu_host *host, struct aerogpu_host_state *state);

#endif
