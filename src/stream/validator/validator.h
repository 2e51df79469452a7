/**
 * The validator's own world: what it remembers of the guest, and how its parts talk. One file a
 * subject: objects (handles), allocations (lists), resources, copies, sharing, shaders, bindings,
 * state, draw, link. Every check function reports by rule and goes on.
 */
#ifndef STREAM_VALIDATOR_VALIDATOR_H
#define STREAM_VALIDATOR_VALIDATOR_H

#include <inttypes.h>
#include <stdio.h>

#include "aerogpu/decode.h"
#include "aerogpu/validate.h"
#include "stream/id_map.h"
#include "stream/memory.h"
#include "stream/packets.h"
#include "stream/shader_view.h"
#include "stream/texture_layout.h"
#include "stream/validator/rules.h"

#define VERTEX_BUFFER_SLOTS 32u
#define LAYOUT_ELEMENTS_MAX 32u

/** Shader stages, in the order of program types. */
enum stage {
    STAGE_PIXEL = PROGRAM_PIXEL,
    STAGE_VERTEX = PROGRAM_VERTEX,
    STAGE_GEOMETRY = PROGRAM_GEOMETRY,
    STAGE_HULL = PROGRAM_HULL,
    STAGE_DOMAIN = PROGRAM_DOMAIN,
    STAGE_COMPUTE = PROGRAM_COMPUTE,
    STAGE_COUNT = PROGRAM_TYPE_COUNT,
};

/** A run of subresources, first to last. */
struct index_range {
    uint32_t first;
    uint32_t last;
};

/** A buffer or texture; shared by its original handle and imported aliases. */
struct resource {
    aerogpu_handle_t original; /**< the handle it was created with */
    uint32_t references;       /**< live handles */
    bool is_texture;
    bool is_broken;       /**< its creation was refused: nothing more is checked about it */
    bool has_unread;      /**< guest-backed: bytes the host has not taken yet */
    bool has_gpu_content; /**< guest-backed: the guest's bytes are older than the host's */
    uint32_t usage;       /**< aerogpu_resource_usage_flags */
    uint32_t alloc_id;    /**< 0 = host-owned */
    uint32_t alloc_offset_bytes;
    uint64_t size_bytes; /**< of the buffer, or of the packed texture */
    struct texture_shape shape;
    struct index_range *host_copies; /**< textures: disjoint runs that take partial uploads */
    uint32_t host_copy_count;
    uint32_t host_copy_capacity;
};

/** A texture view. Keeps no reference. */
struct view {
    struct resource *texture; /**< NULL when the creation was refused or the texture is gone */
    bool is_orphan;           /**< the texture is gone */
    const struct format_info *format;
    uint32_t base_mip;
    uint32_t mip_levels;
    uint32_t array_layers;
};

/** A shader. is_broken: its creation was refused. */
struct shader {
    bool is_broken;
    enum stage stage;
    struct shader_view view;
};

/** One element of an input layout, in ILAY terms. */
struct layout_element {
    uint32_t name_hash;
    uint32_t semantic_index;
    uint32_t dxgi_format;
    uint32_t slot;
    uint32_t offset_bytes;
    uint32_t slot_class;
    uint32_t step_rate;
};

/** An input layout. */
struct layout {
    bool is_broken;
    uint32_t count;
    struct layout_element elements[LAYOUT_ELEMENTS_MAX];
};

enum object_state {
    OBJECT_ABSENT,   /**< never created, or gone */
    OBJECT_LIVE,     /**< names something */
    OBJECT_RESERVED, /**< destroyed original whose aliases live */
};

/** What a handle names. */
struct object {
    aerogpu_handle_t handle;
    uint8_t kind;  /**< enum aerogpu_object_kind */
    uint8_t state; /**< enum object_state */
    union {
        struct resource *resource;
        struct view *view;
        struct shader *shader;
        struct layout *layout;
        void *block;
    };
};

/** What a share token stands for. */
struct share {
    uint64_t token;
    struct resource *resource; /**< NULL once its last reference is gone */
    bool is_released;
};

/**
 * A slot of a binding table. set_in is the number of the submission that set it last, 0 = never.
 * resource is NULL when the slot is empty, or when it holds a handle that was reported already.
 */
struct binding {
    uint64_t set_in;
    aerogpu_handle_t handle;
    struct resource *resource;
    struct view *view;
    uint32_t offset_bytes;
    uint32_t size_bytes;   /**< 0 = to the end */
    uint32_t stride_bytes; /**< of vertex buffers */
    bool is_evicted;       /**< the host emptied the slot because of a conflicting binding */
};

/** The tables of one stage. */
struct stage_state {
    aerogpu_handle_t shader;
    bool is_reported; /**< the shader handle was found wrong when it was bound */
    struct binding constants[SHADER_CONSTANT_SLOTS];
    struct binding resources[SHADER_RESOURCE_SLOTS];
    struct binding samplers[SHADER_SAMPLER_SLOTS];
    struct binding uavs[SHADER_UAV_SLOTS];
};

/** Bound state. A *_set_in counts like binding.set_in. */
struct bound_state {
    struct stage_state stages[STAGE_COUNT];
    uint64_t shaders_set_in;
    struct binding vertex_buffers[VERTEX_BUFFER_SLOTS];
    struct binding index_buffer;
    uint32_t index_format;
    struct binding layout;   /**< handle only */
    bool is_layout_reported; /**< the handle was found wrong when it was bound */
    uint64_t topology_set_in;
    uint32_t topology;
    uint64_t targets_set_in;
    struct binding colors[AEROGPU_MAX_RENDER_TARGETS];
    struct binding depth;
    uint64_t viewport_set_in;
    uint64_t scissor_set_in;
    bool is_scissor_degenerate;
    uint64_t blend_set_in;
    uint64_t depth_stencil_set_in;
    uint64_t rasterizer_set_in;
    bool is_scissor_enabled;
};

struct aerogpu_validator {
    struct aerogpu_validator_config config;
    struct stream_memory memory;

    struct id_map handles; /**< handle to index in objects */
    struct object *objects;
    uint32_t object_count;
    uint32_t object_capacity;
    uint32_t live[AEROGPU_OBJECT_KINDS];
    struct id_map tokens; /**< share token to index in shares */
    struct share *shares;
    uint32_t share_count;
    uint32_t share_capacity;

    struct bound_state bound;

    /* The submission being validated. */
    uint64_t submission; /**< from 1 */
    uint32_t stream_minor;
    uint32_t error_count;
    struct aerogpu_alloc_entry *entries; /**< sorted by alloc_id */
    uint32_t entry_count;
    uint32_t entry_capacity;
    bool has_presented;
    struct aerogpu_packet packet; /**< being validated */
};

typedef struct aerogpu_validator validator;

#ifdef __MINGW_PRINTF_FORMAT
#define REPORT_FORMAT __MINGW_PRINTF_FORMAT
#else
#define REPORT_FORMAT printf
#endif

/** printf() into the report function, for the packet being validated. */
void validator_report(validator *v, enum rule rule, const char *format, ...)
    __attribute__((format(REPORT_FORMAT, 3, 4)));
void validator_report_out_of_memory(validator *v);

/** The fixed struct of the packet. The caller's handler was chosen by opcode and size. */
#define PACKET(v, type) ((const struct aerogpu_cmd_##type *)(const void *)(v)->packet.bytes)

/** Whether state that was set in a submission still counts. */
bool validator_state_is_set(const validator *v, uint64_t set_in);
/** The same, reported if not. */
bool validator_state_require(validator *v, uint64_t set_in, const char *what);

/** Checks of stage and stage_ex. Returns false, reported, when they name no stage. */
bool validator_stage_decode(validator *v, uint32_t stage, uint32_t stage_ex, enum stage *decoded);
const char *validator_stage_name(enum stage stage);

/** What the device must be for something that is newer than 1.0; reports and returns false. */
bool validator_gate_minor(validator *v, uint32_t minor, const char *what);

/* objects.c */

/** Live object of a handle, whatever its kind; reported and NULL if there is none. */
struct object *validator_object_find(validator *v, aerogpu_handle_t handle, const char *field);
/** The same for one kind; 0 is not special. */
struct object *validator_object_find_kind(validator *v, aerogpu_handle_t handle, const char *field,
                                          enum aerogpu_object_kind kind);
/** Live object, without a report. */
struct object *validator_object_peek(const validator *v, aerogpu_handle_t handle);
/** The texture behind a view, reported and NULL if it is gone; NULL if the view was refused. */
struct resource *validator_object_view_texture(validator *v, const struct object *object,
                                               const char *field);
/** A buffer or texture. */
struct resource *validator_object_find_resource(validator *v, aerogpu_handle_t handle,
                                                const char *field);
struct resource *validator_object_find_buffer(validator *v, aerogpu_handle_t handle,
                                              const char *field);
struct resource *validator_object_find_texture(validator *v, aerogpu_handle_t handle,
                                               const char *field);

/**
 * Gives a new object of block_bytes zeroed bytes to a handle; block_bytes 0: none. An unfit handle
 * is reported, and NULL returned.
 */
struct object *validator_object_create(validator *v, aerogpu_handle_t handle,
                                       enum aerogpu_object_kind kind, size_t block_bytes);
/** Ends an object. A handle that names nothing is fine; one of another kind is reported. */
void validator_object_destroy(validator *v, aerogpu_handle_t handle, enum aerogpu_object_kind kind);
/** DESTROY_RESOURCE: a buffer or texture. */
void validator_object_destroy_resource(validator *v, aerogpu_handle_t handle);
void validator_objects_finish(validator *v);
const char *validator_object_kind_name(enum aerogpu_object_kind kind);

/* allocations.c */

/** Takes over the submission's list, sorted, and checks it. */
void validator_allocations_begin(validator *v, const struct aerogpu_alloc_entry *entries,
                                 uint32_t entry_count);
/** Entry of an id, NULL when it is not listed. */
const struct aerogpu_alloc_entry *validator_allocation_find(const validator *v, uint32_t alloc_id);
/**
 * The host is about to touch a resource: its allocation, if it has one, must be listed, hold it,
 * and be writable if is_write.
 */
bool validator_allocation_touch(validator *v, const struct resource *resource,
                                aerogpu_handle_t handle, bool is_write);

/* resources.c */

/** The host reads or writes a resource: listing, and what is current afterwards. */
void validator_resource_read(validator *v, struct resource *resource, aerogpu_handle_t handle);
void validator_resource_write(validator *v, struct resource *resource, aerogpu_handle_t handle,
                              bool is_written_back);
void validator_resource_release(validator *v, struct resource *resource);

/* sharing.c */

/** A resource's last reference is gone: its tokens are retired. */
void validator_shares_forget(validator *v, const struct resource *resource);

/* bindings.c */

/** Cuts every binding of a resource, or of a view, or of a sampler or layout handle. */
void validator_bindings_forget_resource(validator *v, const struct resource *resource);
void validator_bindings_forget_view(validator *v, const struct view *view);
void validator_bindings_forget_handle(validator *v, aerogpu_handle_t handle);
/** A resource was bound as target or UAV: it loses its SRV slots, as on the host. */
void validator_bindings_evict_resources(validator *v, const struct resource *resource);
/** Bytes that a buffer binding covers; 0 if it is empty or broken. */
uint64_t validator_binding_bytes(const struct binding *binding);
/**
 * What is bound has to be listed: checked when it is bound, and again at a use in another
 * submission. Reading and writing also change what is current.
 */
void validator_binding_check_listed(validator *v, const struct binding *binding);
void validator_binding_read(validator *v, const struct binding *binding);
void validator_binding_write(validator *v, const struct binding *binding);

/* state.c */

/** A texture was bound as SRV: it is no target any more, as on the host. */
void validator_targets_evict(validator *v, const struct resource *texture);

/* link.c */

/** Linkage of a vertex shader with layout and vertex buffers, at a draw. */
void validator_link_layout(validator *v, const struct shader *vertex);
/** Linkage of a pixel shader with the stage before it. */
void validator_link_varyings(validator *v, const struct shader *before, const struct shader *pixel);

/* Handlers, one a packet; called with a packet that is long enough. */
typedef void packet_handler(validator *v, const struct aerogpu_payload *payload);

/** Opcode of row n of the handler table, which must be that of stream_packets. False at its end. */
bool validator_handles(uint32_t n, uint32_t *opcode);

packet_handler validate_create_buffer, validate_create_texture2d, validate_destroy_resource,
    validate_resource_dirty_range, validate_upload_resource, validate_copy_buffer,
    validate_copy_texture2d, validate_create_texture_view, validate_destroy_texture_view,
    validate_create_shader_dxbc, validate_destroy_shader, validate_bind_shaders,
    validate_set_shader_constants_f, validate_create_input_layout, validate_destroy_input_layout,
    validate_set_input_layout, validate_set_blend_state, validate_set_depth_stencil_state,
    validate_set_rasterizer_state, validate_set_render_targets, validate_set_viewport,
    validate_set_scissor, validate_set_vertex_buffers, validate_set_index_buffer,
    validate_set_primitive_topology, validate_set_texture, validate_create_sampler,
    validate_destroy_sampler, validate_set_samplers, validate_set_constant_buffers,
    validate_set_shader_resource_buffers, validate_set_unordered_access_buffers, validate_clear,
    validate_draw, validate_draw_indexed, validate_dispatch, validate_present,
    validate_export_shared_surface, validate_import_shared_surface, validate_release_shared_surface,
    validate_d3d9_packet, validate_nothing;

#endif
