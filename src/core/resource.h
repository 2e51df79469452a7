/**
 * Buffers and 2D textures.
 *
 * Bytes live on the host and travel in the stream (kind H of driver semantics 9.3), except those of
 * surfaces that the kernel or another process must see: they are guest-backed by one allocation
 * (kind G) that every submission touching them lists.
 */
#ifndef CORE_RESOURCE_H
#define CORE_RESOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/object.h"
#include "core/shadow.h"
#include "core/texture.h"
#include "platform/result.h"
#include "wddm/queue.h"

struct device;

/** Numbers of the DDI (driver semantics 9.2); src/ddi asserts that they agree. */
enum resource_dimension {
    RESOURCE_BUFFER = 1,
    RESOURCE_TEXTURE1D = 2,
    RESOURCE_TEXTURE2D = 3,
    RESOURCE_TEXTURE3D = 4,
    RESOURCE_TEXTURE_CUBE = 5,
    RESOURCE_BUFFER_EX = 6,
};

enum resource_usage {
    RESOURCE_USAGE_DEFAULT = 0,
    RESOURCE_USAGE_IMMUTABLE = 1,
    RESOURCE_USAGE_DYNAMIC = 2,
    RESOURCE_USAGE_STAGING = 3,
};

enum resource_bind {
    RESOURCE_BIND_VERTEX_BUFFER = 0x1,
    RESOURCE_BIND_INDEX_BUFFER = 0x2,
    RESOURCE_BIND_CONSTANT_BUFFER = 0x4,
    RESOURCE_BIND_SHADER_RESOURCE = 0x8,
    RESOURCE_BIND_STREAM_OUTPUT = 0x10,
    RESOURCE_BIND_RENDER_TARGET = 0x20,
    RESOURCE_BIND_DEPTH_STENCIL = 0x40,
    RESOURCE_BIND_PRESENT = 0x80,
    RESOURCE_BIND_UNORDERED_ACCESS = 0x100,
};

enum resource_misc {
    RESOURCE_MISC_SHARED = 0x2,
    RESOURCE_MISC_DRAW_INDIRECT = 0x10,
    RESOURCE_MISC_RAW = 0x20,
    RESOURCE_MISC_STRUCTURED = 0x40,
    RESOURCE_MISC_REMOTE = 0x400,
};

enum {
    RESOURCE_CONSTANTS_MAX_BYTES = 65536, /**< what a shader sees of one constant buffer */
};

/** Contents of one subresource; laid out as D3D10_DDIARG_SUBRESOURCE_UP. */
struct resource_data {
    const void *bytes;
    uint32_t row_pitch_bytes; /**< of rows of blocks; unused for buffers */
    uint32_t slice_pitch_bytes;
};

/** What is asked for, in one form for all interface versions. */
struct resource_desc {
    uint32_t dimension; /**< enum resource_dimension */
    uint32_t usage;     /**< enum resource_usage */
    uint32_t bind_flags;
    uint32_t misc_flags;
    uint32_t format; /**< DXGI_FORMAT number */
    uint32_t width;  /**< texels; bytes for buffers */
    uint32_t height;
    uint32_t mip_levels; /**< 0 = full chain */
    uint32_t array_size;
    uint32_t sample_count;
    bool is_primary;         /**< may be scanned out */
    uint32_t scanout_source; /**< of a primary */
    /** NULL, or one entry per subresource (index mip + layer * mip_levels); read in the call. */
    const struct resource_data *initial;
    void *h_rt_resource; /**< the runtime's handle, for allocations */
};

/** Where a resource was ever bound: what destroying it must search. */
enum resource_bound {
    RESOURCE_BOUND_VERTEX = 0x1,
    RESOURCE_BOUND_INDEX = 0x2,
    RESOURCE_BOUND_CONSTANT = 0x4,
    RESOURCE_BOUND_TARGET = 0x8,
    RESOURCE_BOUND_SHADER = 0x10,
};

struct resource {
    struct object object;
    uint32_t handle; /**< protocol handle; of buffers and rotated textures not always the same */
    bool is_buffer;
    bool is_primary;
    uint8_t bound;                  /**< enum resource_bound, sticky */
    uint32_t bind_flags;            /**< enum resource_bind */
    uint64_t size_bytes;            /**< buffers: as asked for */
    uint64_t wire_bytes;            /**< buffers: on the host; rounded up to 4, or larger */
    uint32_t wire_usage;            /**< buffers: aerogpu_resource_usage_flags */
    struct shadow shadow;           /**< buffers: what the CPU knows of their bytes */
    uint32_t format;                /**< textures: DXGI_FORMAT number */
    uint32_t wire_format;           /**< textures: aerogpu_format */
    struct texture_layout layout;   /**< textures */
    struct wddm_allocation backing; /**< h_allocation 0: host-owned */
    void *h_rt_resource;
    void *h_rt_backing; /**< resource the backing was allocated under: what frees it. Another one's
                             after a rotation; NULL: host-owned */
    struct list views;  /**< views of this resource */
};

/** Whether the bytes live in an allocation. */
static inline bool resource_is_guest_backed(const struct resource *resource)
{
    return resource->backing.h_allocation != 0;
}

/**
 * Creates a resource in a private block: allocation if it needs one, CREATE packet, contents. On
 * failure the block is zeroed, nothing is allocated and nothing stays on the wire.
 * OUT_OF_MEMORY, UNSUPPORTED (told in the ledger), INVALID or DEVICE_REMOVED.
 */
enum result resource_init(struct device *device, struct resource *resource,
                          const struct resource_desc *desc);

/**
 * Gives a host-owned buffer storage of wire_bytes, a multiple of 4 and larger than what it has, on
 * the host alone: its contents, then zeros. From now on its protocol handle is another one; where
 * it is bound, it is marked to be sent again. May submit. OUT_OF_MEMORY or DEVICE_REMOVED leave it
 * as it was.
 */
enum result resource_enlarge_buffer(struct device *device, struct resource *buffer,
                                    uint64_t wire_bytes);

/** Cuts every binding and view, ends the object on the wire, frees its allocation. */
void resource_finish(struct device *device, struct resource *resource);

/** Part of a resource: bytes of a buffer (left, right), texels of a texture. Ends exclusive. */
struct resource_box {
    uint32_t left, top, right, bottom;
};

/**
 * Replaces the contents of a subresource, or of the part of it that lies in the box, the first byte
 * of which is data's. The data is read in the call. Results and limits: update.h.
 */
enum result resource_update(struct device *device, struct resource *resource, uint32_t subresource,
                            const struct resource_box *box, const struct resource_data *data);

/** Lists the backing, if there is one, for the submission being built; entries were reserved. */
static inline void resource_list(struct wddm_queue *queue, struct resource *resource,
                                 uint32_t flags)
{
    if (resource_is_guest_backed(resource))
        wddm_queue_list(queue, &resource->backing, flags);
}

#endif
