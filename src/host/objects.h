/**
 * Objects of the stream and the table of their handles: one namespace for all kinds (AeroGPU
 * protocol specification 3.1), several handles for one shared object, destruction only when the
 * device is idle.
 */
#ifndef HOST_OBJECTS_H
#define HOST_OBJECTS_H

#include <stdbool.h>
#include <stdint.h>
#include <vulkan/vulkan.h>

#include "dxbc/scan.h"
#include "dxbc/signature.h"
#include "host/device.h"
#include "stream/texture_layout.h"

struct aerogpu_host;

enum host_kind {
    HOST_BUFFER,
    HOST_TEXTURE,
    HOST_VIEW,
    HOST_SHADER,
    HOST_LAYOUT,
    HOST_SAMPLER,
    HOST_KINDS,
};

/** First member of every object. */
struct host_object {
    enum host_kind kind;
    uint32_t handle_count; /**< original and aliases */
    uint32_t holder_count; /**< other objects that need it: views of a texture */
    uint32_t share_count;  /**< tokens that name it */
    struct host_object *next_dead;
};

/** Where a resource's guest bytes are, and what of them the device has not seen yet. */
struct host_backing {
    uint32_t alloc_id; /**< 0: host-owned */
    uint32_t offset_bytes;
    uint64_t dirty_begin; /**< merged range; begin == end: clean */
    uint64_t dirty_end;
};

struct host_buffer {
    struct host_object object;
    uint32_t usage_flags; /**< aerogpu_resource_usage_flags */
    uint64_t size_bytes;
    struct host_backing backing;
    VkBuffer buffer;
    struct host_memory memory;
};

struct host_format;
struct host_texture;

/**
 * A texture or a part of it, as shaders and the output merger see it. Belongs to the texture or
 * view whose handle was bound.
 */
struct host_surface {
    struct host_texture *texture;
    const struct host_format *format;
    uint32_t base_mip, mip_levels;
    uint32_t base_layer, array_layers;
    VkImageView attachment; /**< first mip of the first layer; VK_NULL_HANDLE unless a target */
    VkImageView sampled;    /**< all its mips of the first layer */
    VkImageView sampled_array;
};

struct host_texture {
    struct host_object object;
    uint32_t usage_flags;
    struct texture_shape shape;
    uint64_t total_bytes; /**< of the packed layout */
    const struct host_format *format;
    struct host_backing backing;
    uint8_t *shadow;       /**< host-owned: the bytes uploaded last, packed layout; NULL before */
    bool *shadow_is_valid; /**< of each subresource: the image holds exactly these bytes */
    VkImage image;
    struct host_memory memory;
    struct host_surface whole;
};

/** CREATE_TEXTURE_VIEW. Holds its texture. */
struct host_view {
    struct host_object object;
    struct host_surface surface;
};

/** Element of a vertex shader's input signature. */
struct host_input {
    uint32_t name_hash; /**< as in ILAY blobs */
    uint32_t semantic_index;
    uint32_t register_index;
};

struct host_shader {
    struct host_object object;
    uint64_t serial; /**< no two shaders of a host share it */
    enum dxbc_program program;
    struct dxbc_scan scan;
    struct host_input inputs[DXBC_REGISTERS]; /**< vertex shaders */
    uint32_t input_count;
    VkShaderModule module;
    VkDescriptorSetLayout set_layout;
    VkPipelineLayout compute_layout; /**< compute shaders */
    VkPipeline compute;
};

struct host_layout {
    struct host_object object;
    uint32_t element_count;
    struct host_element {
        uint32_t name_hash, semantic_index;
        uint32_t dxgi_format;
        uint32_t slot;
        uint32_t offset_bytes;
        uint32_t is_instanced;
        uint32_t step_rate;
    } elements[32];
};

struct host_sampler {
    struct host_object object;
    VkSampler sampler;
};

struct host_slot {
    struct host_slot *next;
    uint32_t handle;
    struct host_object *object;
};

/** A shared surface. AeroGPU protocol specification 6.9. */
struct host_share {
    struct host_share *next;
    uint64_t token;
    struct host_object *object;
};

enum {
    HOST_BUCKETS = 1 << 15,
    /** Far above what programs make; a stream alone must not exhaust the machine. */
    HOST_OBJECTS_MAX = 1 << 18,
    HOST_SHARES_MAX = 1 << 14,
};

struct host_objects {
    struct host_slot *buckets[HOST_BUCKETS];
    uint32_t handle_count;
    struct host_share *shares;
    uint32_t share_count;
    struct host_object *dead; /**< wait for the device to be idle */
    uint64_t next_serial;
};

/** The object of a handle, NULL if there is none or it is of another kind. */
struct host_object *host_objects_find(const struct host_objects *objects, uint32_t handle,
                                      enum host_kind kind);

/** The object of a handle whatever its kind. */
struct host_object *host_objects_find_any(const struct host_objects *objects, uint32_t handle);

/** Gives an object one more handle. False when the handle is 0 or in use, or memory runs out. */
bool host_objects_insert(struct host_objects *objects, uint32_t handle, struct host_object *object);

/** Takes a handle away; the last one's object dies. Unknown handles are fine. */
void host_objects_remove(struct aerogpu_host *host, uint32_t handle);

/** Ends what host_object.holder_count counts, once. */
void host_objects_release(struct host_objects *objects, struct host_object *object);

/** Frees what has died. The device is idle. */
void host_objects_sweep(struct aerogpu_host *host);

/** Frees everything. The device is idle. */
void host_objects_finish(struct aerogpu_host *host);

static inline struct host_buffer *host_find_buffer(const struct host_objects *objects,
                                                   uint32_t handle)
{
    return (struct host_buffer *)host_objects_find(objects, handle, HOST_BUFFER);
}

static inline struct host_texture *host_find_texture(const struct host_objects *objects,
                                                     uint32_t handle)
{
    return (struct host_texture *)host_objects_find(objects, handle, HOST_TEXTURE);
}

static inline struct host_shader *host_find_shader(const struct host_objects *objects,
                                                   uint32_t handle)
{
    return (struct host_shader *)host_objects_find(objects, handle, HOST_SHADER);
}

#endif
