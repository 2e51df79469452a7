/**
 * What a pixel script needs of a Direct3D: one table of operations, implemented over the driver
 * interface (ddi.c) and over the API of another implementation (cross-check). Numbers are
 * Direct3D's own throughout: DXGI formats, blend factors, comparison functions, topologies...,
 * which the driver interface and the API share.
 */
#ifndef PIXEL_API_H
#define PIXEL_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum px_stage { PX_VS, PX_PS, PX_GS, PX_CS, PX_STAGES };

/** Usage and bind flags; those of D3D10, which later generations kept. */
enum {
    PX_USAGE_DEFAULT = 0,
    PX_USAGE_IMMUTABLE = 1,
    PX_USAGE_DYNAMIC = 2,
    PX_USAGE_STAGING = 3,
    PX_BIND_VERTEX_BUFFER = 0x1,
    PX_BIND_INDEX_BUFFER = 0x2,
    PX_BIND_CONSTANT_BUFFER = 0x4,
    PX_BIND_SHADER_RESOURCE = 0x8,
    PX_BIND_RENDER_TARGET = 0x20,
    PX_BIND_DEPTH_STENCIL = 0x40,
    PX_BIND_UNORDERED_ACCESS = 0x80,
    PX_TARGETS_MAX = 8,
    PX_SLOTS_MAX = 16,
    PX_MIPS_MAX = 12,
};

/** An object of the implementation: resource, view, shader, state or query. */
struct px_object;

struct px_buffer_desc {
    uint32_t size_bytes;
    uint32_t usage;
    uint32_t bind;
    uint32_t stride_bytes; /**< of a structured buffer; 0: none */
    bool is_raw;           /**< may be viewed raw */
};

struct px_texture_desc {
    uint32_t width, height;
    uint32_t format; /**< DXGI_FORMAT */
    uint32_t mips, layers;
    uint32_t usage;
    uint32_t bind;
    bool is_cube;
    bool is_presentable; /**< a back buffer of a swap chain */
    bool can_generate_mips;
};

/** Contents of one subresource. */
struct px_data {
    const void *bytes;
    uint32_t row_pitch_bytes;
};

/** Part of a resource; zeroed members: from the start, to the end, in the resource's format. */
struct px_view {
    uint32_t format;
    uint32_t first_mip, mips;
    uint32_t first_layer, layers;
    uint32_t first_element, elements;
    bool is_raw;
};

struct px_element {
    const char *semantic;
    uint32_t semantic_index;
    uint32_t format;
    uint32_t slot;
    uint32_t offset_bytes; /**< 0xFFFFFFFF: behind the element before it */
    bool is_per_instance;
    uint32_t step_rate;
};

struct px_blend {
    bool alpha_to_coverage;
    bool is_independent;
    struct px_blend_target {
        bool is_enabled;
        uint32_t source, dest, op;
        uint32_t source_alpha, dest_alpha, op_alpha;
        uint32_t write_mask;
    } targets[PX_TARGETS_MAX];
};

struct px_stencil_face {
    uint32_t fail, depth_fail, pass, func;
};

struct px_depth_stencil {
    bool depth_enable;
    bool depth_write;
    uint32_t depth_func;
    bool stencil_enable;
    uint32_t read_mask, write_mask;
    struct px_stencil_face front, back;
};

struct px_rasterizer {
    uint32_t fill; /**< 2 wireframe, 3 solid */
    uint32_t cull; /**< 1 none, 2 front, 3 back */
    bool front_ccw;
    int32_t depth_bias;
    float depth_bias_clamp;
    float slope_bias;
    bool depth_clip;
    bool scissor;
};

struct px_sampler {
    uint32_t filter; /**< D3D10_FILTER */
    uint32_t address[3];
    float mip_bias;
    uint32_t anisotropy;
    uint32_t func;
    float border[4];
    float min_lod, max_lod;
};

struct px_draw {
    uint32_t topology;
    bool is_indexed;
    uint32_t count, instances;
    uint32_t first;
    int32_t base_vertex;
    uint32_t first_instance;
};

struct px_box {
    uint32_t left, top, right, bottom;
};

enum px_map { PX_MAP_DISCARD, PX_MAP_NO_OVERWRITE, PX_MAP_WRITE };
enum px_query { PX_QUERY_EVENT, PX_QUERY_OCCLUSION, PX_QUERY_OCCLUSION_PREDICATE };

enum { PX_CLEAR_DEPTH = 1, PX_CLEAR_STENCIL = 2 };

/** A subresource read back: texels as its format stores them. bytes are the caller's to free. */
struct px_image {
    uint32_t format; /**< DXGI_FORMAT */
    uint32_t width, height;
    uint32_t row_pitch_bytes;
    uint8_t *bytes;
};

/**
 * One implementation of Direct3D with a device. Creates return NULL, and the others false, when the
 * implementation refuses; `error` then says how. NULL objects unbind. Objects live as long as the
 * device.
 */
struct px_backend {
    const char *(*error)(void *device);

    struct px_object *(*create_buffer)(void *device, const struct px_buffer_desc *desc,
                                       const void *initial);
    /** initial: one entry a subresource (mip + layer * mips), or NULL. */
    struct px_object *(*create_texture)(void *device, const struct px_texture_desc *desc,
                                        const struct px_data *initial);
    struct px_object *(*create_srv)(void *device, struct px_object *, const struct px_view *);
    struct px_object *(*create_rtv)(void *device, struct px_object *, const struct px_view *);
    struct px_object *(*create_dsv)(void *device, struct px_object *, const struct px_view *);
    struct px_object *(*create_uav)(void *device, struct px_object *, const struct px_view *);
    struct px_object *(*create_shader)(void *device, enum px_stage stage, const void *dxbc,
                                       size_t size_bytes);
    struct px_object *(*create_layout)(void *device, const struct px_element *elements,
                                       uint32_t count, const void *dxbc, size_t size_bytes);
    struct px_object *(*create_blend)(void *device, const struct px_blend *desc);
    struct px_object *(*create_depth_stencil)(void *device, const struct px_depth_stencil *desc);
    struct px_object *(*create_rasterizer)(void *device, const struct px_rasterizer *desc);
    struct px_object *(*create_sampler)(void *device, const struct px_sampler *desc);
    struct px_object *(*create_query)(void *device, enum px_query kind);

    bool (*set_shader)(void *device, enum px_stage stage, struct px_object *shader);
    bool (*set_constant_buffer)(void *device, enum px_stage stage, uint32_t slot,
                                struct px_object *buffer);
    bool (*set_srv)(void *device, enum px_stage stage, uint32_t slot, struct px_object *view);
    bool (*set_sampler)(void *device, enum px_stage stage, uint32_t slot,
                        struct px_object *sampler);
    bool (*set_uav)(void *device, uint32_t slot, struct px_object *view);
    bool (*set_layout)(void *device, struct px_object *layout);
    bool (*set_vertex_buffer)(void *device, uint32_t slot, struct px_object *buffer,
                              uint32_t stride_bytes, uint32_t offset_bytes);
    bool (*set_index_buffer)(void *device, struct px_object *buffer, uint32_t format,
                             uint32_t offset_bytes);
    bool (*set_targets)(void *device, uint32_t count, struct px_object *const *rtvs,
                        struct px_object *dsv);
    bool (*set_viewport)(void *device, const float viewport[6]);
    bool (*set_scissor)(void *device, const int32_t rect[4]);
    bool (*set_blend)(void *device, struct px_object *state, const float factor[4],
                      uint32_t sample_mask);
    bool (*set_depth_stencil)(void *device, struct px_object *state, uint32_t stencil_ref);
    bool (*set_rasterizer)(void *device, struct px_object *state);

    bool (*draw)(void *device, const struct px_draw *draw);
    bool (*dispatch)(void *device, const uint32_t groups[3]);
    bool (*clear_target)(void *device, struct px_object *rtv, const float color[4]);
    bool (*clear_depth_stencil)(void *device, struct px_object *dsv, uint32_t flags, float depth,
                                uint8_t stencil);
    bool (*update)(void *device, struct px_object *resource, uint32_t subresource,
                   const struct px_box *box, const struct px_data *data);
    /** Maps, writes size_bytes bytes from row 0 on, each row row_bytes long (0: all in one). */
    bool (*map_write)(void *device, struct px_object *resource, uint32_t subresource,
                      enum px_map map, uint32_t offset_bytes, const void *bytes,
                      uint32_t size_bytes, uint32_t row_bytes);
    bool (*copy)(void *device, struct px_object *target, struct px_object *source);
    bool (*copy_region)(void *device, struct px_object *target, uint32_t target_subresource,
                        uint32_t x, uint32_t y, struct px_object *source,
                        uint32_t source_subresource, const struct px_box *box);
    bool (*generate_mips)(void *device, struct px_object *srv);
    bool (*begin)(void *device, struct px_object *query);
    bool (*end)(void *device, struct px_object *query);
    bool (*result)(void *device, struct px_object *query, uint64_t *value);
    bool (*set_predicate)(void *device, struct px_object *query, bool value);
    bool (*present)(void *device, struct px_object *texture);
    bool (*rotate)(void *device, struct px_object *const *textures, uint32_t count);
    bool (*flush)(void *device);

    /** What the machine behind the driver has in its memory, by the shortest way there is. */
    bool (*read_texture)(void *device, struct px_object *texture, uint32_t mip, uint32_t layer,
                         struct px_image *image);
    bool (*read_buffer)(void *device, struct px_object *buffer, uint32_t offset_bytes, void *bytes,
                        uint32_t size_bytes);
    bool (*read_presented)(void *device, struct px_image *image);

    /** The subresource as an application gets it: copied to a staging resource, mapped, read. */
    bool (*read_staging)(void *device, struct px_object *texture, uint32_t mip, uint32_t layer,
                         struct px_image *image);
};

#endif
