/** Graphics pipelines, made once for each combination of what they depend on. */
#ifndef HOST_PIPELINE_H
#define HOST_PIPELINE_H

#include "host/objects.h"
#include "host/state.h"

enum {
    HOST_GRAPHICS_STAGES = 3,
    HOST_ATTRIBUTES = 32,
};

/** All that a pipeline depends on. Zeroed before it is filled: keys are compared as bytes. */
struct host_pipeline_key {
    uint64_t shaders[HOST_GRAPHICS_STAGES]; /**< serials by enum host_stage, 0 = none */
    VkVertexInputAttributeDescription attributes[HOST_ATTRIBUTES];
    VkVertexInputBindingDescription bindings[HOST_VERTEX_BUFFERS];
    uint32_t divisors[HOST_VERTEX_BUFFERS]; /**< of bindings[i], instanced ones */
    uint32_t attribute_count;
    uint32_t binding_count;
    VkPrimitiveTopology topology;
    VkBool32 restarts;
    VkFormat color_formats[AEROGPU_MAX_RENDER_TARGETS];
    uint32_t opaque_targets; /**< bit n: target n has no alpha to write */
    uint32_t color_count;
    VkFormat depth_format;
    VkFormat stencil_format;
    uint32_t blend[7]; /**< enable, factors and ops as the protocol numbers them */
    uint32_t write_mask;
    uint32_t depth[3];  /**< enable, write, func */
    uint32_t raster[5]; /**< fill, cull, front_ccw, no depth clip, has bias */
};

struct host_pipeline {
    struct host_pipeline *next; /**< of the same bucket */
    uint64_t hash;              /**< of the key */
    struct host_pipeline_key key;
    VkPipelineLayout layout;
    VkPipeline pipeline;
};

enum {
    HOST_PIPELINE_BUCKETS = 1024,
    /** With more than these the host forgets them all when it can: states come from streams. */
    HOST_PIPELINES_MAX = 2048,
};

struct host_pipelines {
    struct host_pipeline *buckets[HOST_PIPELINE_BUCKETS];
    uint32_t count;
};

/** The pipeline of a key, shaders being those of the key; reports and returns NULL. */
const struct host_pipeline *
host_pipeline_find(struct aerogpu_host *host, const struct host_pipeline_key *key,
                   const struct host_shader *const shaders[HOST_GRAPHICS_STAGES]);

/** Destroys the pipelines of a shader, all of them with serial 0. The device is idle. */
void host_pipelines_forget(struct aerogpu_host *host, uint64_t serial);

#endif
