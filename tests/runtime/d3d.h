/**
 * The API as a program sees it, over the fake runtime: create, set, draw, map, present. One set of
 * functions for devices of all three tables; each builds the argument its table wants, lends it for
 * the length of the call and picks the entry point that the real runtime picks.
 *
 * Every create function returns NULL when the driver reported an error; rt_error(device) tells
 * which. Objects belong to the device: what is not destroyed goes with it. NULL objects unbind.
 */
#ifndef RUNTIME_D3D_H
#define RUNTIME_D3D_H

#include "runtime/runtime.h"

/* Driver handles of objects, for direct DDI calls; NULL gives the null handle. */
D3D10DDI_HRESOURCE d3d_resource(const struct rt_object *object);
D3D10DDI_HSHADERRESOURCEVIEW d3d_srv(const struct rt_object *object);
D3D10DDI_HRENDERTARGETVIEW d3d_rtv(const struct rt_object *object);
D3D10DDI_HDEPTHSTENCILVIEW d3d_dsv(const struct rt_object *object);
D3D11DDI_HUNORDEREDACCESSVIEW d3d_uav(const struct rt_object *object);
D3D10DDI_HSHADER d3d_shader(const struct rt_object *object);
D3D10DDI_HELEMENTLAYOUT d3d_layout(const struct rt_object *object);
D3D10DDI_HBLENDSTATE d3d_blend_state(const struct rt_object *object);
D3D10DDI_HDEPTHSTENCILSTATE d3d_depth_stencil_state(const struct rt_object *object);
D3D10DDI_HRASTERIZERSTATE d3d_rasterizer_state(const struct rt_object *object);
D3D10DDI_HSAMPLER d3d_sampler(const struct rt_object *object);
D3D10DDI_HQUERY d3d_query(const struct rt_object *object);

/** Destroys any object at once, or at the runtime's next chance (rt_object_destroy_later). */
void d3d_destroy(struct rt_object *object);
void d3d_destroy_later(struct rt_object *object);

/**
 * What the real runtime sends right after CreateDevice: default state objects, created and bound,
 * everything else unbound, text filter 1x1 on 10.x.
 */
void d3d_set_defaults(struct rt_device *device);

/** Unbinds everything, as the real runtime does before it destroys a device. */
void d3d_clear_state(struct rt_device *device);

/* ---- Resources ---- */

struct d3d_buffer_desc {
    UINT size_bytes;
    UINT usage;        /**< D3D10_DDI_USAGE_*; 0: default */
    UINT bind;         /**< D3D10_DDI_BIND_* */
    UINT cpu_access;   /**< D3D10_DDI_CPU_ACCESS_* */
    UINT misc;         /**< D3D10_DDI_RESOURCE_*, D3D11_DDI_RESOURCE_* */
    UINT stride_bytes; /**< of a structured buffer */
};

/** initial: size_bytes bytes, or NULL. */
struct rt_object *d3d_create_buffer(struct rt_device *device, const struct d3d_buffer_desc *desc,
                                    const void *initial);

/** A default buffer with contents and one bind flag: what most scenarios need. */
struct rt_object *d3d_create_buffer_with(struct rt_device *device, UINT bind, const void *data,
                                         UINT size_bytes);

struct d3d_texture_desc {
    UINT width;
    UINT height;
    DXGI_FORMAT format;
    UINT mip_levels;                    /**< 0: 1 */
    UINT array_size;                    /**< 0: 1; a cube: 6 */
    UINT sample_count;                  /**< 0: 1 */
    UINT usage, bind, cpu_access, misc; /**< as in d3d_buffer_desc */
    bool is_cube;
    D3D10DDIRESOURCE_TYPE dimension; /**< 0: Texture2D, or cube */
    UINT depth;                      /**< 0: 1 */
    DXGI_DDI_PRIMARY_DESC *primary;  /**< NULL: not a primary; DriverFlags is written back */
};

/** initial: one entry per subresource (mip + layer * mip_levels), or NULL. */
struct rt_object *d3d_create_texture(struct rt_device *device, const struct d3d_texture_desc *desc,
                                     const D3D10_DDIARG_SUBRESOURCE_UP *initial);

/** A single-mip render target of format, bound as target and shader resource. */
struct rt_object *d3d_create_target(struct rt_device *device, UINT width, UINT height,
                                    DXGI_FORMAT format);

/** Opens on device what another device (of another process, usually) created shared. */
struct rt_object *d3d_open_resource(struct rt_device *device, const struct rt_object *shared);

/* ---- Views ---- */

/** Part of a resource; zeroed fields mean: from the start, to the end, format of the resource. */
struct d3d_view_desc {
    DXGI_FORMAT format;
    UINT first_mip, mip_levels;
    UINT first_layer, layers;
    UINT first_element, elements; /**< buffers */
    UINT flags; /**< DSV: read-only bits; UAV and raw buffer SRV: D3D11_DDI_BUFFER*_FLAG_* */
};

/** NULL desc: the whole resource. NULL resource: NULL. Unordered access views: 11.0 only. */
struct rt_object *d3d_create_srv(struct rt_object *resource, const struct d3d_view_desc *desc);
struct rt_object *d3d_create_rtv(struct rt_object *resource, const struct d3d_view_desc *desc);
struct rt_object *d3d_create_dsv(struct rt_object *resource, const struct d3d_view_desc *desc);
struct rt_object *d3d_create_uav(struct rt_object *resource, const struct d3d_view_desc *desc);

/* ---- Shaders and input layouts ---- */

/**
 * Creates a shader from a compiled container as the real runtime does: the driver gets the bare
 * tokens and register-level signatures (driver semantics 15.1). NULL and a failed test when the
 * container itself is bad.
 */
struct rt_object *d3d_create_vertex_shader(struct rt_device *device, const void *dxbc, size_t size);
struct rt_object *d3d_create_pixel_shader(struct rt_device *device, const void *dxbc, size_t size);
struct rt_object *d3d_create_geometry_shader(struct rt_device *device, const void *dxbc,
                                             size_t size);

/**
 * A geometry shader, or a vertex shader in its place, whose position (register 0) is streamed out
 * to buffer 0.
 */
struct rt_object *d3d_create_stream_output_shader(struct rt_device *device, const void *dxbc,
                                                  size_t size);

/** 11.0 devices only. */
struct rt_object *d3d_create_compute_shader(struct rt_device *device, const void *dxbc,
                                            size_t size);

enum {
    D3D_APPEND = 0xFFFFFFFF, /**< right behind the element before it, in the same slot */
};

struct d3d_element {
    const char *semantic; /**< matched without regard to case */
    UINT semantic_index;
    DXGI_FORMAT format;
    UINT slot;
    UINT offset_bytes; /**< or D3D_APPEND */
    bool per_instance;
    UINT step_rate; /**< of per-instance elements */
};

/**
 * Resolves every semantic to an input register through the vertex shader's container, drops the
 * elements the shader does not read, and creates the layout.
 */
struct rt_object *d3d_create_input_layout(struct rt_device *device,
                                          const struct d3d_element *elements, UINT count,
                                          const void *vs_dxbc, size_t vs_size);

/* ---- State objects; a NULL description is the API's default ---- */

struct rt_object *d3d_create_blend_state(struct rt_device *device,
                                         const D3D10_1_DDI_BLEND_DESC *desc);
struct rt_object *d3d_create_depth_stencil_state(struct rt_device *device,
                                                 const D3D10_DDI_DEPTH_STENCIL_DESC *desc);
struct rt_object *d3d_create_rasterizer_state(struct rt_device *device,
                                              const D3D10_DDI_RASTERIZER_DESC *desc);
struct rt_object *d3d_create_sampler(struct rt_device *device, const D3D10_DDI_SAMPLER_DESC *desc);
struct rt_object *d3d_create_query(struct rt_device *device, D3D10DDI_QUERY query, UINT misc);

/** The API's default descriptions, to be changed by a scenario. */
D3D10_1_DDI_BLEND_DESC d3d_default_blend(void);
D3D10_DDI_DEPTH_STENCIL_DESC d3d_default_depth_stencil(void);
D3D10_DDI_RASTERIZER_DESC d3d_default_rasterizer(void);
D3D10_DDI_SAMPLER_DESC d3d_default_sampler(void);

/* ---- Setting state ---- */

enum d3d_stage {
    D3D_VS,
    D3D_PS,
    D3D_GS,
    D3D_HS, /**< this one and the next two: 11.0 devices only */
    D3D_DS,
    D3D_CS,
    D3D_STAGES,
};

void d3d_set_shader(struct rt_device *device, enum d3d_stage stage, struct rt_object *shader);
void d3d_set_constant_buffers(struct rt_device *device, enum d3d_stage stage, UINT first,
                              UINT count, struct rt_object *const *buffers);
void d3d_set_shader_resources(struct rt_device *device, enum d3d_stage stage, UINT first,
                              UINT count, struct rt_object *const *views);
void d3d_set_samplers(struct rt_device *device, enum d3d_stage stage, UINT first, UINT count,
                      struct rt_object *const *samplers);

/** Of the compute stage, on 11.0 devices only. NULL counts: every counter keeps its value. */
void d3d_set_unordered_access(struct rt_device *device, UINT first, UINT count,
                              struct rt_object *const *views, const UINT *initial_counts);

void d3d_set_input_layout(struct rt_device *device, struct rt_object *layout);
void d3d_set_vertex_buffer(struct rt_device *device, UINT slot, struct rt_object *buffer,
                           UINT stride_bytes, UINT offset_bytes);
void d3d_set_index_buffer(struct rt_device *device, struct rt_object *buffer, DXGI_FORMAT format,
                          UINT offset_bytes);
void d3d_set_topology(struct rt_device *device, D3D10_DDI_PRIMITIVE_TOPOLOGY topology);

void d3d_set_render_targets(struct rt_device *device, UINT count, struct rt_object *const *rtvs,
                            struct rt_object *dsv);
void d3d_set_render_target(struct rt_device *device, struct rt_object *rtv, struct rt_object *dsv);
void d3d_set_viewport(struct rt_device *device, FLOAT x, FLOAT y, FLOAT width, FLOAT height);
void d3d_set_scissor(struct rt_device *device, LONG left, LONG top, LONG right, LONG bottom);

/** factor: four floats, NULL: ones. */
void d3d_set_blend_state(struct rt_device *device, struct rt_object *state, const FLOAT *factor,
                         UINT sample_mask);
void d3d_set_depth_stencil_state(struct rt_device *device, struct rt_object *state,
                                 UINT stencil_ref);
void d3d_set_rasterizer_state(struct rt_device *device, struct rt_object *state);

/* ---- Work ---- */

void d3d_clear_target(struct rt_device *device, struct rt_object *rtv, FLOAT red, FLOAT green,
                      FLOAT blue, FLOAT alpha);

/** flags: D3D10_DDI_CLEAR_DEPTH, D3D10_DDI_CLEAR_STENCIL. */
void d3d_clear_depth_stencil(struct rt_device *device, struct rt_object *dsv, UINT flags,
                             FLOAT depth, UINT8 stencil);
void d3d_draw(struct rt_device *device, UINT vertices, UINT first_vertex);
void d3d_draw_indexed(struct rt_device *device, UINT indices, UINT first_index, INT base_vertex);
void d3d_draw_instanced(struct rt_device *device, UINT vertices, UINT instances, UINT first_vertex,
                        UINT first_instance);
void d3d_draw_indexed_instanced(struct rt_device *device, UINT indices, UINT instances,
                                UINT first_index, INT base_vertex, UINT first_instance);
void d3d_dispatch(struct rt_device *device, UINT x, UINT y, UINT z); /**< 11.0 only */
void d3d_flush(struct rt_device *device);

/**
 * Maps a subresource through the entry the runtime picks for its usage and binding (driver
 * semantics 12.1); pitches may be NULL. Returns NULL when the driver gave no pointer.
 */
void *d3d_map(struct rt_object *resource, UINT subresource, D3D10_DDI_MAP map, UINT flags,
              UINT *row_pitch_bytes, UINT *depth_pitch_bytes);
void d3d_unmap(struct rt_object *resource, UINT subresource);

/** NULL box: the whole subresource. data is lent for the call. */
void d3d_update(struct rt_object *resource, UINT subresource, const D3D10_DDI_BOX *box,
                const void *data, UINT row_pitch_bytes, UINT depth_pitch_bytes);
void d3d_copy(struct rt_object *target, struct rt_object *source);
void d3d_copy_region(struct rt_object *target, UINT target_subresource, UINT x, UINT y, UINT z,
                     struct rt_object *source, UINT source_subresource, const D3D10_DDI_BOX *box);

void d3d_generate_mips(struct rt_object *srv);

void d3d_begin(struct rt_object *query);
void d3d_end(struct rt_object *query);

/** The code reported: S_OK, WASSTILLDRAWING or DEVICEREMOVED. */
HRESULT d3d_get_data(struct rt_object *query, void *data, UINT size_bytes, UINT flags);

/** Draws happen while the query's result is not value; NULL: always. */
void d3d_set_predication(struct rt_device *device, struct rt_object *query, BOOL value);

/* ---- DXGI ---- */

/** Presents by Blt (windowed, target may be NULL) or, with is_flip, by Flip. */
HRESULT d3d_present(struct rt_object *source, struct rt_object *target, bool is_flip,
                    DXGI_DDI_FLIP_INTERVAL_TYPE interval);
HRESULT d3d_rotate(struct rt_device *device, struct rt_object *const *resources, UINT count);
HRESULT d3d_set_display_mode(struct rt_object *resource);

#endif
