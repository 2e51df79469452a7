/**
 * The command stream: stream header, packet header, every packet and the blobs inside packets. The
 * packets are described in section 6 of the AeroGPU protocol specification. Reserved fields are 0.
 */
#ifndef AEROGPU_CMD_H
#define AEROGPU_CMD_H

#include "aerogpu_abi.h"
#include "aerogpu_enums.h"

#define AEROGPU_CMD_STREAM_MAGIC          0x444D4341u
#define AEROGPU_STAGE_EX_MIN_ABI_MINOR    3u
#define AEROGPU_INPUT_LAYOUT_BLOB_MAGIC   0x59414C49u
#define AEROGPU_INPUT_LAYOUT_BLOB_VERSION 1u
#define AEROGPU_MAX_RENDER_TARGETS        8u

/** Opens every command stream; packets follow back to back. Section 2. */
struct AEROGPU_PACKED aerogpu_cmd_stream_header {
    uint32_t magic;       /**< AEROGPU_CMD_STREAM_MAGIC: bytes `A C M D` */
    uint32_t abi_version; /**< AEROGPU_ABI_VERSION_U32 of the writer */
    uint32_t size_bytes;  /**< of the stream, this header included; a multiple of 4 */
    uint32_t flags;       /**< 0 (none defined) */
    uint32_t reserved0;
    uint32_t reserved1;
};
_Static_assert(sizeof(struct aerogpu_cmd_stream_header) == 24, "aerogpu_cmd_stream_header");

/** Opens every packet. size_bytes counts header, payload and padding; multiple of 4. Section 2. */
struct AEROGPU_PACKED aerogpu_cmd_hdr {
    uint32_t opcode;
    uint32_t size_bytes;
};
_Static_assert(sizeof(struct aerogpu_cmd_hdr) == 8, "aerogpu_cmd_hdr");

/** CREATE_BUFFER. */
struct AEROGPU_PACKED aerogpu_cmd_create_buffer {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t buffer_handle; /**< new resource handle, non-zero, unused */
    uint32_t usage_flags;           /**< aerogpu_resource_usage_flags */
    uint64_t size_bytes;            /**< buffer length; > 0 and a multiple of 4 */
    uint32_t backing_alloc_id;      /**< 0 = host-owned storage; else alloc_id looked up in this
                                       submission's allocation table */
    uint32_t backing_offset_bytes;  /**< start of the buffer inside that allocation */
    uint64_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_create_buffer) == 40, "aerogpu_cmd_create_buffer");

/** CREATE_TEXTURE2D. */
struct AEROGPU_PACKED aerogpu_cmd_create_texture2d {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t texture_handle; /**< new resource handle, non-zero, unused */
    uint32_t usage_flags;            /**< aerogpu_resource_usage_flags */
    uint32_t format;                 /**< aerogpu_format; INVALID or unknown is an error */
    uint32_t width;                  /**< texels, > 0 */
    uint32_t height;                 /**< texels, > 0 */
    uint32_t mip_levels;             /**< >= 1 and <= 1+floor(log2(max(width,height))) */
    uint32_t array_layers;           /**< >= 1 */
    uint32_t row_pitch_bytes;  /**< mip-0 row pitch (BC: per row of 4x4 blocks); mandatory non-zero
                                  when guest-backed; 0 = tight for host-owned */
    uint32_t backing_alloc_id; /**< 0 = host-owned; else alloc_id */
    uint32_t backing_offset_bytes; /**< start of subresource 0 inside the allocation */
    uint64_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_create_texture2d) == 56, "aerogpu_cmd_create_texture2d");

/** CREATE_TEXTURE_VIEW. */
struct AEROGPU_PACKED aerogpu_cmd_create_texture_view {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t view_handle;    /**< new handle in the resource namespace */
    aerogpu_handle_t texture_handle; /**< existing texture */
    uint32_t format;                 /**< aerogpu_format, must be compatible with the texture's */
    uint32_t base_mip_level;         /**< first mip */
    uint32_t mip_level_count;        /**< number of mips, >= 1 */
    uint32_t base_array_layer;       /**< first layer */
    uint32_t array_layer_count;      /**< number of layers, >= 1 */
    uint64_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_create_texture_view) == 44,
               "aerogpu_cmd_create_texture_view");

/** DESTROY_RESOURCE. */
struct AEROGPU_PACKED aerogpu_cmd_destroy_resource {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t resource_handle; /**< buffer, texture or imported alias */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_destroy_resource) == 16, "aerogpu_cmd_destroy_resource");

/** DESTROY_TEXTURE_VIEW. */
struct AEROGPU_PACKED aerogpu_cmd_destroy_texture_view {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t view_handle; /**< view to drop */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_destroy_texture_view) == 16,
               "aerogpu_cmd_destroy_texture_view");

/** RESOURCE_DIRTY_RANGE. */
struct AEROGPU_PACKED aerogpu_cmd_resource_dirty_range {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t resource_handle; /**< guest-backed resource */
    uint32_t reserved0;
    uint64_t offset_bytes; /**< start, relative to the resource (not to the allocation) */
    uint64_t size_bytes;   /**< length; 0 = nothing */
};
_Static_assert(sizeof(struct aerogpu_cmd_resource_dirty_range) == 32,
               "aerogpu_cmd_resource_dirty_range");

/** UPLOAD_RESOURCE. Payload: size_bytes raw bytes, then zero padding to a multiple of 4; packet
 * size = 32 + align4(size_bytes). The padding must be physically inside the packet. */
struct AEROGPU_PACKED aerogpu_cmd_upload_resource {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t resource_handle; /**< host-owned resource */
    uint32_t reserved0;
    uint64_t offset_bytes; /**< destination byte offset in the buffer, or in the packed texture
                              layout (section 10.1) */
    uint64_t size_bytes;   /**< byte count of the payload */
};
_Static_assert(sizeof(struct aerogpu_cmd_upload_resource) == 32, "aerogpu_cmd_upload_resource");

/** COPY_BUFFER. */
struct AEROGPU_PACKED aerogpu_cmd_copy_buffer {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t dst_buffer; /**< destination buffer */
    aerogpu_handle_t src_buffer; /**< source buffer */
    uint64_t dst_offset_bytes;   /**< multiple of 4 */
    uint64_t src_offset_bytes;   /**< multiple of 4 */
    uint64_t size_bytes;         /**< multiple of 4; 0 = no-op */
    uint32_t flags;              /**< aerogpu_copy_flags */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_copy_buffer) == 48, "aerogpu_cmd_copy_buffer");

/** COPY_TEXTURE2D. */
struct AEROGPU_PACKED aerogpu_cmd_copy_texture2d {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t dst_texture; /**< destination texture */
    aerogpu_handle_t src_texture; /**< source texture */
    uint32_t dst_mip_level;       /**< < dst mip_levels */
    uint32_t dst_array_layer;     /**< < dst array_layers */
    uint32_t src_mip_level;       /**< < src mip_levels */
    uint32_t src_array_layer;     /**< < src array_layers */
    uint32_t dst_x;               /**< texels */
    uint32_t dst_y;               /**< texels */
    uint32_t src_x;               /**< texels */
    uint32_t src_y;               /**< texels */
    uint32_t width;               /**< texels; 0 = no-op */
    uint32_t height;              /**< texels; 0 = no-op */
    uint32_t flags;               /**< aerogpu_copy_flags */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_copy_texture2d) == 64, "aerogpu_cmd_copy_texture2d");

/** CREATE_SHADER_DXBC. Payload: dxbc_size_bytes bytes of the complete DXBC container, then zero
 * padding to 4; packet size = 24 + align4(dxbc_size_bytes). */
struct AEROGPU_PACKED aerogpu_cmd_create_shader_dxbc {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t shader_handle; /**< new shader handle, non-zero */
    uint32_t stage;                 /**< aerogpu_shader_stage */
    uint32_t dxbc_size_bytes;       /**< container length, > 0 */
    uint32_t reserved0; /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_create_shader_dxbc) == 24,
               "aerogpu_cmd_create_shader_dxbc");

/** DESTROY_SHADER. */
struct AEROGPU_PACKED aerogpu_cmd_destroy_shader {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t shader_handle; /**< shader to drop */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_destroy_shader) == 16, "aerogpu_cmd_destroy_shader");

/** BIND_SHADERS. Replaces all stages. A packet of 36 bytes and more goes on with the handles gs, hs
 * and ds at 24, 28 and 32, which then count instead of reserved0. */
struct AEROGPU_PACKED aerogpu_cmd_bind_shaders {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t vs; /**< 0 = unbind */
    aerogpu_handle_t ps; /**< 0 = unbind */
    aerogpu_handle_t cs; /**< 0 = unbind */
    uint32_t reserved0;  /**< 24-byte form: GS handle; extended form: 0 or a copy of gs */
};
_Static_assert(sizeof(struct aerogpu_cmd_bind_shaders) == 24, "aerogpu_cmd_bind_shaders");

/** SET_SHADER_CONSTANTS_F. Payload: vec4_count*16 bytes of float32 (4 per register). */
struct AEROGPU_PACKED aerogpu_cmd_set_shader_constants_f {
    struct aerogpu_cmd_hdr hdr;
    uint32_t stage;          /**< aerogpu_shader_stage */
    uint32_t start_register; /**< first float4 register */
    uint32_t vec4_count;     /**< number of float4 registers */
    uint32_t reserved0;      /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_shader_constants_f) == 24,
               "aerogpu_cmd_set_shader_constants_f");

/** SET_SHADER_CONSTANTS_I. Payload: vec4_count*16 bytes of int32 (4 per register). */
struct AEROGPU_PACKED aerogpu_cmd_set_shader_constants_i {
    struct aerogpu_cmd_hdr hdr;
    uint32_t stage;          /**< aerogpu_shader_stage */
    uint32_t start_register; /**< first int4 register */
    uint32_t vec4_count;     /**< number of int4 registers */
    uint32_t reserved0;      /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_shader_constants_i) == 24,
               "aerogpu_cmd_set_shader_constants_i");

/** SET_SHADER_CONSTANTS_B. Payload: bool_count*16 bytes: each bool register is four u32 lanes,
 * canonical writers repeat 0/1 in all four; any non-zero lane reads as true. */
struct AEROGPU_PACKED aerogpu_cmd_set_shader_constants_b {
    struct aerogpu_cmd_hdr hdr;
    uint32_t stage;          /**< aerogpu_shader_stage */
    uint32_t start_register; /**< first bool register */
    uint32_t bool_count;     /**< number of bool registers (not lanes) */
    uint32_t reserved0;      /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_shader_constants_b) == 24,
               "aerogpu_cmd_set_shader_constants_b");

/** ILAY blob header; element_count elements follow. Section 7.1. */
struct AEROGPU_PACKED aerogpu_input_layout_blob_header {
    uint32_t magic;         /**< AEROGPU_INPUT_LAYOUT_BLOB_MAGIC */
    uint32_t version;       /**< AEROGPU_INPUT_LAYOUT_BLOB_VERSION */
    uint32_t element_count; /**< number of elements, <= 32 */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_input_layout_blob_header) == 16,
               "aerogpu_input_layout_blob_header");

/** One ILAY element. Section 7.2. */
struct AEROGPU_PACKED aerogpu_input_layout_element_dxgi {
    uint32_t semantic_name_hash;      /**< FNV-1a 32 of the upper-case name */
    uint32_t semantic_index;          /**< D3D SemanticIndex */
    uint32_t dxgi_format;             /**< DXGI_FORMAT number */
    uint32_t input_slot;              /**< 0..31 */
    uint32_t aligned_byte_offset;     /**< explicit offset, or 0xFFFFFFFF = append (aligned to 4) */
    uint32_t input_slot_class;        /**< 0 per vertex, 1 per instance */
    uint32_t instance_data_step_rate; /**< 0 for per-vertex; >= 1 for per-instance */
};
_Static_assert(sizeof(struct aerogpu_input_layout_element_dxgi) == 28,
               "aerogpu_input_layout_element_dxgi");

/** CREATE_INPUT_LAYOUT. Payload: blob_size_bytes bytes (ILAY blob, section 7, or a D3D9 vertex
 * declaration), then zero padding to 4; packet size = 20 + align4(blob_size_bytes). */
struct AEROGPU_PACKED aerogpu_cmd_create_input_layout {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t input_layout_handle; /**< new layout handle, non-zero */
    uint32_t blob_size_bytes;             /**< blob length without padding */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_create_input_layout) == 20,
               "aerogpu_cmd_create_input_layout");

/** DESTROY_INPUT_LAYOUT. */
struct AEROGPU_PACKED aerogpu_cmd_destroy_input_layout {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t input_layout_handle; /**< layout to drop */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_destroy_input_layout) == 16,
               "aerogpu_cmd_destroy_input_layout");

/** SET_INPUT_LAYOUT. */
struct AEROGPU_PACKED aerogpu_cmd_set_input_layout {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t input_layout_handle; /**< 0 = unbind */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_set_input_layout) == 16, "aerogpu_cmd_set_input_layout");

/** Blend state, one for all targets. Section 9.1. */
struct AEROGPU_PACKED aerogpu_blend_state {
    uint32_t enable;          /**< 0/1; off = write source through the mask */
    uint32_t src_factor;      /**< colour source factor (aerogpu_blend_factor) */
    uint32_t dst_factor;      /**< colour destination factor */
    uint32_t blend_op;        /**< colour op (aerogpu_blend_op) */
    uint8_t color_write_mask; /**< bit 0 R, 1 G, 2 B, 3 A; applies to every target */
    uint8_t reserved0[3];
    uint32_t src_factor_alpha;           /**< alpha source factor (absent in 28-byte packets) */
    uint32_t dst_factor_alpha;           /**< alpha destination factor */
    uint32_t blend_op_alpha;             /**< alpha op */
    uint32_t blend_constant_rgba_f32[4]; /**< blend factor colour R,G,B,A */
    uint32_t sample_mask; /**< only bit 0 matters (single-sample): 0 = draws write nothing */
};
_Static_assert(sizeof(struct aerogpu_blend_state) == 52, "aerogpu_blend_state");

/** SET_BLEND_STATE. A packet of 28 bytes ends before src_factor_alpha. */
struct AEROGPU_PACKED aerogpu_cmd_set_blend_state {
    struct aerogpu_cmd_hdr hdr;
    struct aerogpu_blend_state state; /**< section 9.1 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_blend_state) == 60, "aerogpu_cmd_set_blend_state");

/** Depth-stencil state. Section 9.2. */
struct AEROGPU_PACKED aerogpu_depth_stencil_state {
    uint32_t depth_enable;       /**< 0/1 */
    uint32_t depth_write_enable; /**< 0/1, effective only with depth_enable */
    uint32_t depth_func;         /**< aerogpu_compare_func */
    uint32_t stencil_enable;     /**< 0/1 */
    uint8_t stencil_read_mask;   /**< 0..255 */
    uint8_t stencil_write_mask;  /**< 0..255 */
    uint8_t reserved0[2];
};
_Static_assert(sizeof(struct aerogpu_depth_stencil_state) == 20, "aerogpu_depth_stencil_state");

/** SET_DEPTH_STENCIL_STATE. */
struct AEROGPU_PACKED aerogpu_cmd_set_depth_stencil_state {
    struct aerogpu_cmd_hdr hdr;
    struct aerogpu_depth_stencil_state state; /**< section 9.2 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_depth_stencil_state) == 28,
               "aerogpu_cmd_set_depth_stencil_state");

/** Rasterizer state. Section 9.3. */
struct AEROGPU_PACKED aerogpu_rasterizer_state {
    uint32_t fill_mode;      /**< aerogpu_fill_mode */
    uint32_t cull_mode;      /**< aerogpu_cull_mode */
    uint32_t front_ccw;      /**< 0 = clockwise is front (D3D default), 1 = counter-clockwise */
    uint32_t scissor_enable; /**< 0/1 */
    int32_t depth_bias;      /**< constant bias, D3D integer units */
    uint32_t flags;          /**< aerogpu_rasterizer_flags; 0 = depth clip enabled (D3D default) */
};
_Static_assert(sizeof(struct aerogpu_rasterizer_state) == 24, "aerogpu_rasterizer_state");

/** SET_RASTERIZER_STATE. */
struct AEROGPU_PACKED aerogpu_cmd_set_rasterizer_state {
    struct aerogpu_cmd_hdr hdr;
    struct aerogpu_rasterizer_state state; /**< section 9.3 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_rasterizer_state) == 32,
               "aerogpu_cmd_set_rasterizer_state");

/** SET_RENDER_TARGETS. Replaces the whole set. */
struct AEROGPU_PACKED aerogpu_cmd_set_render_targets {
    struct aerogpu_cmd_hdr hdr;
    uint32_t color_count;           /**< 0..8; slots in use, may contain 0 gaps */
    aerogpu_handle_t depth_stencil; /**< 0 = none */
    aerogpu_handle_t colors[8];     /**< 8 handles; entries >= color_count must be 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_render_targets) == 48,
               "aerogpu_cmd_set_render_targets");

/** SET_VIEWPORT. */
struct AEROGPU_PACKED aerogpu_cmd_set_viewport {
    struct aerogpu_cmd_hdr hdr;
    uint32_t x_f32;         /**< float bits, top-left x */
    uint32_t y_f32;         /**< float bits, top-left y */
    uint32_t width_f32;     /**< float bits */
    uint32_t height_f32;    /**< float bits */
    uint32_t min_depth_f32; /**< float bits, 0..1 */
    uint32_t max_depth_f32; /**< float bits, 0..1 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_viewport) == 32, "aerogpu_cmd_set_viewport");

/** SET_SCISSOR. */
struct AEROGPU_PACKED aerogpu_cmd_set_scissor {
    struct aerogpu_cmd_hdr hdr;
    int32_t x;      /**< signed left */
    int32_t y;      /**< signed top */
    int32_t width;  /**< signed width */
    int32_t height; /**< signed height */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_scissor) == 24, "aerogpu_cmd_set_scissor");

/** Element of SET_VERTEX_BUFFERS; buffer 0 unbinds the slot. Section 6. */
struct AEROGPU_PACKED aerogpu_vertex_buffer_binding {
    aerogpu_handle_t buffer;
    uint32_t stride_bytes;
    uint32_t offset_bytes;
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_vertex_buffer_binding) == 16, "aerogpu_vertex_buffer_binding");

/** SET_VERTEX_BUFFERS. Payload: buffer_count x aerogpu_vertex_buffer_binding (16 bytes each). */
struct AEROGPU_PACKED aerogpu_cmd_set_vertex_buffers {
    struct aerogpu_cmd_hdr hdr;
    uint32_t start_slot;   /**< first IA slot */
    uint32_t buffer_count; /**< number of bindings that follow */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_vertex_buffers) == 16,
               "aerogpu_cmd_set_vertex_buffers");

/** SET_INDEX_BUFFER. */
struct AEROGPU_PACKED aerogpu_cmd_set_index_buffer {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t buffer; /**< 0 = unbind */
    uint32_t format;         /**< aerogpu_index_format */
    uint32_t offset_bytes;   /**< byte offset of index 0 */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_set_index_buffer) == 24, "aerogpu_cmd_set_index_buffer");

/** SET_PRIMITIVE_TOPOLOGY. */
struct AEROGPU_PACKED aerogpu_cmd_set_primitive_topology {
    struct aerogpu_cmd_hdr hdr;
    uint32_t topology; /**< aerogpu_primitive_topology (same numbers as D3D10/11) */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_set_primitive_topology) == 16,
               "aerogpu_cmd_set_primitive_topology");

/** SET_TEXTURE. */
struct AEROGPU_PACKED aerogpu_cmd_set_texture {
    struct aerogpu_cmd_hdr hdr;
    uint32_t shader_stage;    /**< aerogpu_shader_stage */
    uint32_t slot;            /**< t# register, 0..127 */
    aerogpu_handle_t texture; /**< 0 = unbind; texture, view, or buffer handle */
    uint32_t reserved0;       /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_texture) == 24, "aerogpu_cmd_set_texture");

/** SET_SAMPLER_STATE. */
struct AEROGPU_PACKED aerogpu_cmd_set_sampler_state {
    struct aerogpu_cmd_hdr hdr;
    uint32_t shader_stage; /**< aerogpu_shader_stage */
    uint32_t slot;         /**< sampler slot */
    uint32_t state;        /**< D3DSAMPLERSTATETYPE number */
    uint32_t value;        /**< D3D9 value */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_sampler_state) == 24, "aerogpu_cmd_set_sampler_state");

/** CREATE_SAMPLER. */
struct AEROGPU_PACKED aerogpu_cmd_create_sampler {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t sampler_handle; /**< new sampler handle */
    uint32_t filter;                 /**< aerogpu_sampler_filter (min, mag and mip alike) */
    uint32_t address_u;              /**< aerogpu_sampler_address_mode */
    uint32_t address_v;              /**< same */
    uint32_t address_w;              /**< same */
};
_Static_assert(sizeof(struct aerogpu_cmd_create_sampler) == 28, "aerogpu_cmd_create_sampler");

/** DESTROY_SAMPLER. */
struct AEROGPU_PACKED aerogpu_cmd_destroy_sampler {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t sampler_handle; /**< sampler to drop */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_destroy_sampler) == 16, "aerogpu_cmd_destroy_sampler");

/** SET_SAMPLERS. Payload: sampler_count u32 sampler handles (0 = unbind). */
struct AEROGPU_PACKED aerogpu_cmd_set_samplers {
    struct aerogpu_cmd_hdr hdr;
    uint32_t shader_stage;  /**< aerogpu_shader_stage */
    uint32_t start_slot;    /**< first s# register */
    uint32_t sampler_count; /**< number of handles */
    uint32_t reserved0;     /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_samplers) == 24, "aerogpu_cmd_set_samplers");

/** Element of SET_CONSTANT_BUFFERS; buffer 0 unbinds the slot. Section 6. */
struct AEROGPU_PACKED aerogpu_constant_buffer_binding {
    aerogpu_handle_t buffer;
    uint32_t offset_bytes;
    uint32_t size_bytes;
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_constant_buffer_binding) == 16,
               "aerogpu_constant_buffer_binding");

/** SET_CONSTANT_BUFFERS. Payload: buffer_count x aerogpu_constant_buffer_binding (16 bytes each).
 */
struct AEROGPU_PACKED aerogpu_cmd_set_constant_buffers {
    struct aerogpu_cmd_hdr hdr;
    uint32_t shader_stage; /**< aerogpu_shader_stage */
    uint32_t start_slot;   /**< first b# register */
    uint32_t buffer_count; /**< number of bindings */
    uint32_t reserved0;    /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_constant_buffers) == 24,
               "aerogpu_cmd_set_constant_buffers");

/** Element of SET_SHADER_RESOURCE_BUFFERS; buffer 0 unbinds the slot. Section 6. */
struct AEROGPU_PACKED aerogpu_shader_resource_buffer_binding {
    aerogpu_handle_t buffer;
    uint32_t offset_bytes;
    uint32_t size_bytes;
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_shader_resource_buffer_binding) == 16,
               "aerogpu_shader_resource_buffer_binding");

/** SET_SHADER_RESOURCE_BUFFERS. Payload: buffer_count x aerogpu_shader_resource_buffer_binding (16
 * bytes each). */
struct AEROGPU_PACKED aerogpu_cmd_set_shader_resource_buffers {
    struct aerogpu_cmd_hdr hdr;
    uint32_t shader_stage; /**< aerogpu_shader_stage */
    uint32_t start_slot;   /**< first t# register */
    uint32_t buffer_count; /**< number of bindings */
    uint32_t reserved0;    /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_shader_resource_buffers) == 24,
               "aerogpu_cmd_set_shader_resource_buffers");

/** Element of SET_UNORDERED_ACCESS_BUFFERS; initial_count 0xFFFFFFFF keeps the counter.
 * Section 6. */
struct AEROGPU_PACKED aerogpu_unordered_access_buffer_binding {
    aerogpu_handle_t buffer;
    uint32_t offset_bytes;
    uint32_t size_bytes;
    uint32_t initial_count;
};
_Static_assert(sizeof(struct aerogpu_unordered_access_buffer_binding) == 16,
               "aerogpu_unordered_access_buffer_binding");

/** SET_UNORDERED_ACCESS_BUFFERS. Payload: uav_count x aerogpu_unordered_access_buffer_binding (16
 * bytes each). */
struct AEROGPU_PACKED aerogpu_cmd_set_unordered_access_buffers {
    struct aerogpu_cmd_hdr hdr;
    uint32_t shader_stage; /**< aerogpu_shader_stage */
    uint32_t start_slot;   /**< first u# register */
    uint32_t uav_count;    /**< number of bindings */
    uint32_t reserved0;    /**< aerogpu_shader_stage_ex when the stage is COMPUTE, else 0 */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_unordered_access_buffers) == 24,
               "aerogpu_cmd_set_unordered_access_buffers");

/** SET_RENDER_STATE. */
struct AEROGPU_PACKED aerogpu_cmd_set_render_state {
    struct aerogpu_cmd_hdr hdr;
    uint32_t state; /**< D3DRENDERSTATETYPE number */
    uint32_t value; /**< D3D9 value */
};
_Static_assert(sizeof(struct aerogpu_cmd_set_render_state) == 16, "aerogpu_cmd_set_render_state");

/** CLEAR. */
struct AEROGPU_PACKED aerogpu_cmd_clear {
    struct aerogpu_cmd_hdr hdr;
    uint32_t flags;             /**< aerogpu_clear_flags; 0 = no-op */
    uint32_t color_rgba_f32[4]; /**< 4 float bits R,G,B,A */
    uint32_t depth_f32;         /**< float bits */
    uint32_t stencil;           /**< low 8 bits used */
};
_Static_assert(sizeof(struct aerogpu_cmd_clear) == 36, "aerogpu_cmd_clear");

/** DRAW. */
struct AEROGPU_PACKED aerogpu_cmd_draw {
    struct aerogpu_cmd_hdr hdr;
    uint32_t vertex_count;   /**< 0 = no-op */
    uint32_t instance_count; /**< 0 = no-op; 1 for non-instanced */
    uint32_t first_vertex;   /**< StartVertexLocation */
    uint32_t first_instance; /**< StartInstanceLocation */
};
_Static_assert(sizeof(struct aerogpu_cmd_draw) == 24, "aerogpu_cmd_draw");

/** DRAW_INDEXED. */
struct AEROGPU_PACKED aerogpu_cmd_draw_indexed {
    struct aerogpu_cmd_hdr hdr;
    uint32_t index_count;    /**< 0 = no-op */
    uint32_t instance_count; /**< 0 = no-op; 1 for non-instanced */
    uint32_t first_index;    /**< StartIndexLocation, in indices after offset_bytes */
    int32_t base_vertex;     /**< signed BaseVertexLocation */
    uint32_t first_instance; /**< StartInstanceLocation */
};
_Static_assert(sizeof(struct aerogpu_cmd_draw_indexed) == 28, "aerogpu_cmd_draw_indexed");

/** DISPATCH. */
struct AEROGPU_PACKED aerogpu_cmd_dispatch {
    struct aerogpu_cmd_hdr hdr;
    uint32_t group_count_x; /**< thread groups */
    uint32_t group_count_y; /**< thread groups */
    uint32_t group_count_z; /**< thread groups */
    uint32_t reserved0; /**< 0 for compute; 2/3/4 runs the bound GS/HS/DS as a compute pass (a hook
                           of hosts, not for drivers) */
};
_Static_assert(sizeof(struct aerogpu_cmd_dispatch) == 24, "aerogpu_cmd_dispatch");

/** PRESENT. */
struct AEROGPU_PACKED aerogpu_cmd_present {
    struct aerogpu_cmd_hdr hdr;
    uint32_t scanout_id;
    uint32_t flags; /**< aerogpu_present_flags */
};
_Static_assert(sizeof(struct aerogpu_cmd_present) == 16, "aerogpu_cmd_present");

/** PRESENT_EX. */
struct AEROGPU_PACKED aerogpu_cmd_present_ex {
    struct aerogpu_cmd_hdr hdr;
    uint32_t scanout_id;
    uint32_t flags;              /**< aerogpu_present_flags */
    uint32_t d3d9_present_flags; /**< raw PresentEx dwFlags; unknown bits ignored */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_present_ex) == 24, "aerogpu_cmd_present_ex");

/** EXPORT_SHARED_SURFACE. */
struct AEROGPU_PACKED aerogpu_cmd_export_shared_surface {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t resource_handle; /**< existing resource */
    uint32_t reserved0;
    uint64_t share_token; /**< non-zero KMD-issued token */
};
_Static_assert(sizeof(struct aerogpu_cmd_export_shared_surface) == 24,
               "aerogpu_cmd_export_shared_surface");

/** IMPORT_SHARED_SURFACE. */
struct AEROGPU_PACKED aerogpu_cmd_import_shared_surface {
    struct aerogpu_cmd_hdr hdr;
    aerogpu_handle_t out_resource_handle; /**< new alias handle */
    uint32_t reserved0;
    uint64_t share_token; /**< token from the opened allocation's private data */
};
_Static_assert(sizeof(struct aerogpu_cmd_import_shared_surface) == 24,
               "aerogpu_cmd_import_shared_surface");

/** RELEASE_SHARED_SURFACE. */
struct AEROGPU_PACKED aerogpu_cmd_release_shared_surface {
    struct aerogpu_cmd_hdr hdr;
    uint64_t share_token; /**< token to retire */
    uint64_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_cmd_release_shared_surface) == 24,
               "aerogpu_cmd_release_shared_surface");

/** FLUSH. */
struct AEROGPU_PACKED aerogpu_cmd_flush {
    struct aerogpu_cmd_hdr hdr;
    uint32_t reserved0;
    uint32_t reserved1;
};
_Static_assert(sizeof(struct aerogpu_cmd_flush) == 16, "aerogpu_cmd_flush");

#endif
