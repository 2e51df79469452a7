/** The rows of packets.h. */
#include "stream/packets.h"

#include "aerogpu_unaligned.h"

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

#define FIELD_(type, member, field_kind, set)                                                      \
    {                                                                                              \
        .name = #member, .symbols = (set), .offset_bytes = offsetof(struct type, member),          \
        .width_bytes = sizeof(((struct type *)0)->member), .count = 1, .kind = (field_kind)        \
    }
#define ARRAY_(type, member, field_kind)                                                           \
    {                                                                                              \
        .name = #member, .offset_bytes = offsetof(struct type, member),                            \
        .width_bytes = sizeof(((struct type *)0)->member[0]),                                      \
        .count = sizeof(((struct type *)0)->member) / sizeof(((struct type *)0)->member[0]),       \
        .kind = (field_kind)                                                                       \
    }
#define STATE_(type, member, field_kind, set)                                                      \
    {                                                                                              \
        .name = #member, .symbols = (set), .offset_bytes = offsetof(struct type, state.member),    \
        .width_bytes = sizeof(((struct type *)0)->state.member), .count = 1, .kind = (field_kind)  \
    }
#define STATE_ARRAY_(type, member, field_kind)                                                     \
    {                                                                                              \
        .name = #member, .offset_bytes = offsetof(struct type, state.member),                      \
        .width_bytes = sizeof(((struct type *)0)->state.member[0]),                                \
        .count = sizeof(((struct type *)0)->state.member) /                                        \
                 sizeof(((struct type *)0)->state.member[0]),                                      \
        .kind = (field_kind)                                                                       \
    }

static const struct packet_field create_buffer_fields[] = {
    FIELD_(aerogpu_cmd_create_buffer, buffer_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_create_buffer, usage_flags, FIELD_FLAGS, &stream_usage_flags),
    FIELD_(aerogpu_cmd_create_buffer, size_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_buffer, backing_alloc_id, FIELD_ALLOC_ID, NULL),
    FIELD_(aerogpu_cmd_create_buffer, backing_offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_buffer, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field create_texture2d_fields[] = {
    FIELD_(aerogpu_cmd_create_texture2d, texture_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_create_texture2d, usage_flags, FIELD_FLAGS, &stream_usage_flags),
    FIELD_(aerogpu_cmd_create_texture2d, format, FIELD_ENUM, &stream_formats),
    FIELD_(aerogpu_cmd_create_texture2d, width, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture2d, height, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture2d, mip_levels, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture2d, array_layers, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture2d, row_pitch_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture2d, backing_alloc_id, FIELD_ALLOC_ID, NULL),
    FIELD_(aerogpu_cmd_create_texture2d, backing_offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture2d, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field destroy_resource_fields[] = {
    FIELD_(aerogpu_cmd_destroy_resource, resource_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_destroy_resource, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field resource_dirty_range_fields[] = {
    FIELD_(aerogpu_cmd_resource_dirty_range, resource_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_resource_dirty_range, reserved0, FIELD_RESERVED, NULL),
    FIELD_(aerogpu_cmd_resource_dirty_range, offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_resource_dirty_range, size_bytes, FIELD_UINT, NULL),
};

static const struct packet_field upload_resource_fields[] = {
    FIELD_(aerogpu_cmd_upload_resource, resource_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_upload_resource, reserved0, FIELD_RESERVED, NULL),
    FIELD_(aerogpu_cmd_upload_resource, offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_upload_resource, size_bytes, FIELD_UINT, NULL),
};

static const struct packet_field copy_buffer_fields[] = {
    FIELD_(aerogpu_cmd_copy_buffer, dst_buffer, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_copy_buffer, src_buffer, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_copy_buffer, dst_offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_buffer, src_offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_buffer, size_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_buffer, flags, FIELD_FLAGS, &stream_copy_flags),
    FIELD_(aerogpu_cmd_copy_buffer, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field copy_texture2d_fields[] = {
    FIELD_(aerogpu_cmd_copy_texture2d, dst_texture, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, src_texture, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, dst_mip_level, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, dst_array_layer, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, src_mip_level, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, src_array_layer, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, dst_x, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, dst_y, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, src_x, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, src_y, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, width, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, height, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_copy_texture2d, flags, FIELD_FLAGS, &stream_copy_flags),
    FIELD_(aerogpu_cmd_copy_texture2d, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field create_texture_view_fields[] = {
    FIELD_(aerogpu_cmd_create_texture_view, view_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_create_texture_view, texture_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_create_texture_view, format, FIELD_ENUM, &stream_formats),
    FIELD_(aerogpu_cmd_create_texture_view, base_mip_level, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture_view, mip_level_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture_view, base_array_layer, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture_view, array_layer_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_texture_view, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field destroy_texture_view_fields[] = {
    FIELD_(aerogpu_cmd_destroy_texture_view, view_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_destroy_texture_view, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field create_shader_dxbc_fields[] = {
    FIELD_(aerogpu_cmd_create_shader_dxbc, shader_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_create_shader_dxbc, stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_create_shader_dxbc, dxbc_size_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_shader_dxbc, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field destroy_shader_fields[] = {
    FIELD_(aerogpu_cmd_destroy_shader, shader_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_destroy_shader, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field bind_shaders_fields[] = {
    FIELD_(aerogpu_cmd_bind_shaders, vs, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_bind_shaders, ps, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_bind_shaders, cs, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_bind_shaders, reserved0, FIELD_MIRROR, NULL),
};

static const struct packet_field appended_stage_fields[] = {
    { .name = "gs", .offset_bytes = 24, .width_bytes = 4, .count = 1, .kind = FIELD_HANDLE },
    { .name = "hs", .offset_bytes = 28, .width_bytes = 4, .count = 1, .kind = FIELD_HANDLE },
    { .name = "ds", .offset_bytes = 32, .width_bytes = 4, .count = 1, .kind = FIELD_HANDLE },
};

static const struct packet_field set_shader_constants_f_fields[] = {
    FIELD_(aerogpu_cmd_set_shader_constants_f, stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_shader_constants_f, start_register, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_shader_constants_f, vec4_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_shader_constants_f, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field set_shader_constants_i_fields[] = {
    FIELD_(aerogpu_cmd_set_shader_constants_i, stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_shader_constants_i, start_register, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_shader_constants_i, vec4_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_shader_constants_i, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field set_shader_constants_b_fields[] = {
    FIELD_(aerogpu_cmd_set_shader_constants_b, stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_shader_constants_b, start_register, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_shader_constants_b, bool_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_shader_constants_b, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

/* Payload registers of the constant packets: offsets count from the start of one register. */
static const struct packet_field float4_fields[] = {
    { .name = "value", .width_bytes = 4, .count = 4, .kind = FIELD_FLOAT },
};
static const struct packet_field int4_fields[] = {
    { .name = "value", .width_bytes = 4, .count = 4, .kind = FIELD_INT },
};

static const struct packet_field create_input_layout_fields[] = {
    FIELD_(aerogpu_cmd_create_input_layout, input_layout_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_create_input_layout, blob_size_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_create_input_layout, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field layout_element_fields[] = {
    FIELD_(aerogpu_input_layout_element_dxgi, semantic_name_hash, FIELD_HEX, NULL),
    FIELD_(aerogpu_input_layout_element_dxgi, semantic_index, FIELD_UINT, NULL),
    FIELD_(aerogpu_input_layout_element_dxgi, dxgi_format, FIELD_UINT, NULL),
    FIELD_(aerogpu_input_layout_element_dxgi, input_slot, FIELD_UINT, NULL),
    FIELD_(aerogpu_input_layout_element_dxgi, aligned_byte_offset, FIELD_OFFSET, NULL),
    FIELD_(aerogpu_input_layout_element_dxgi, input_slot_class, FIELD_ENUM, &stream_slot_classes),
    FIELD_(aerogpu_input_layout_element_dxgi, instance_data_step_rate, FIELD_UINT, NULL),
};

static const struct packet_field destroy_input_layout_fields[] = {
    FIELD_(aerogpu_cmd_destroy_input_layout, input_layout_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_destroy_input_layout, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field set_input_layout_fields[] = {
    FIELD_(aerogpu_cmd_set_input_layout, input_layout_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_set_input_layout, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field set_blend_state_fields[] = {
    STATE_(aerogpu_cmd_set_blend_state, enable, FIELD_UINT, NULL),
    STATE_(aerogpu_cmd_set_blend_state, src_factor, FIELD_ENUM, &stream_blend_factors),
    STATE_(aerogpu_cmd_set_blend_state, dst_factor, FIELD_ENUM, &stream_blend_factors),
    STATE_(aerogpu_cmd_set_blend_state, blend_op, FIELD_ENUM, &stream_blend_ops),
    STATE_(aerogpu_cmd_set_blend_state, color_write_mask, FIELD_FLAGS, &stream_write_mask),
    STATE_ARRAY_(aerogpu_cmd_set_blend_state, reserved0, FIELD_RESERVED),
    STATE_(aerogpu_cmd_set_blend_state, src_factor_alpha, FIELD_ENUM, &stream_blend_factors),
    STATE_(aerogpu_cmd_set_blend_state, dst_factor_alpha, FIELD_ENUM, &stream_blend_factors),
    STATE_(aerogpu_cmd_set_blend_state, blend_op_alpha, FIELD_ENUM, &stream_blend_ops),
    STATE_ARRAY_(aerogpu_cmd_set_blend_state, blend_constant_rgba_f32, FIELD_FLOAT),
    STATE_(aerogpu_cmd_set_blend_state, sample_mask, FIELD_HEX, NULL),
};

static const struct packet_field set_depth_stencil_state_fields[] = {
    STATE_(aerogpu_cmd_set_depth_stencil_state, depth_enable, FIELD_UINT, NULL),
    STATE_(aerogpu_cmd_set_depth_stencil_state, depth_write_enable, FIELD_UINT, NULL),
    STATE_(aerogpu_cmd_set_depth_stencil_state, depth_func, FIELD_ENUM, &stream_compare_funcs),
    STATE_(aerogpu_cmd_set_depth_stencil_state, stencil_enable, FIELD_UINT, NULL),
    STATE_(aerogpu_cmd_set_depth_stencil_state, stencil_read_mask, FIELD_UINT, NULL),
    STATE_(aerogpu_cmd_set_depth_stencil_state, stencil_write_mask, FIELD_UINT, NULL),
    STATE_ARRAY_(aerogpu_cmd_set_depth_stencil_state, reserved0, FIELD_RESERVED),
};

static const struct packet_field set_rasterizer_state_fields[] = {
    STATE_(aerogpu_cmd_set_rasterizer_state, fill_mode, FIELD_ENUM, &stream_fill_modes),
    STATE_(aerogpu_cmd_set_rasterizer_state, cull_mode, FIELD_ENUM, &stream_cull_modes),
    STATE_(aerogpu_cmd_set_rasterizer_state, front_ccw, FIELD_UINT, NULL),
    STATE_(aerogpu_cmd_set_rasterizer_state, scissor_enable, FIELD_UINT, NULL),
    STATE_(aerogpu_cmd_set_rasterizer_state, depth_bias, FIELD_INT, NULL),
    STATE_(aerogpu_cmd_set_rasterizer_state, flags, FIELD_FLAGS, &stream_rasterizer_flags),
};

static const struct packet_field set_render_targets_fields[] = {
    FIELD_(aerogpu_cmd_set_render_targets, color_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_render_targets, depth_stencil, FIELD_HANDLE, NULL),
    ARRAY_(aerogpu_cmd_set_render_targets, colors, FIELD_HANDLE),
};

static const struct packet_field set_viewport_fields[] = {
    FIELD_(aerogpu_cmd_set_viewport, x_f32, FIELD_FLOAT, NULL),
    FIELD_(aerogpu_cmd_set_viewport, y_f32, FIELD_FLOAT, NULL),
    FIELD_(aerogpu_cmd_set_viewport, width_f32, FIELD_FLOAT, NULL),
    FIELD_(aerogpu_cmd_set_viewport, height_f32, FIELD_FLOAT, NULL),
    FIELD_(aerogpu_cmd_set_viewport, min_depth_f32, FIELD_FLOAT, NULL),
    FIELD_(aerogpu_cmd_set_viewport, max_depth_f32, FIELD_FLOAT, NULL),
};

static const struct packet_field set_scissor_fields[] = {
    FIELD_(aerogpu_cmd_set_scissor, x, FIELD_INT, NULL),
    FIELD_(aerogpu_cmd_set_scissor, y, FIELD_INT, NULL),
    FIELD_(aerogpu_cmd_set_scissor, width, FIELD_INT, NULL),
    FIELD_(aerogpu_cmd_set_scissor, height, FIELD_INT, NULL),
};

static const struct packet_field set_vertex_buffers_fields[] = {
    FIELD_(aerogpu_cmd_set_vertex_buffers, start_slot, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_vertex_buffers, buffer_count, FIELD_UINT, NULL),
};

static const struct packet_field vertex_buffer_binding_fields[] = {
    FIELD_(aerogpu_vertex_buffer_binding, buffer, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_vertex_buffer_binding, stride_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_vertex_buffer_binding, offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_vertex_buffer_binding, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field set_index_buffer_fields[] = {
    FIELD_(aerogpu_cmd_set_index_buffer, buffer, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_set_index_buffer, format, FIELD_ENUM, &stream_index_formats),
    FIELD_(aerogpu_cmd_set_index_buffer, offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_index_buffer, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field set_primitive_topology_fields[] = {
    FIELD_(aerogpu_cmd_set_primitive_topology, topology, FIELD_ENUM, &stream_topologies),
    FIELD_(aerogpu_cmd_set_primitive_topology, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field set_texture_fields[] = {
    FIELD_(aerogpu_cmd_set_texture, shader_stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_texture, slot, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_texture, texture, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_set_texture, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field set_sampler_state_fields[] = {
    FIELD_(aerogpu_cmd_set_sampler_state, shader_stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_sampler_state, slot, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_sampler_state, state, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_sampler_state, value, FIELD_HEX, NULL),
};

static const struct packet_field set_render_state_fields[] = {
    FIELD_(aerogpu_cmd_set_render_state, state, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_render_state, value, FIELD_HEX, NULL),
};

static const struct packet_field create_sampler_fields[] = {
    FIELD_(aerogpu_cmd_create_sampler, sampler_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_create_sampler, filter, FIELD_ENUM, &stream_sampler_filters),
    FIELD_(aerogpu_cmd_create_sampler, address_u, FIELD_ENUM, &stream_address_modes),
    FIELD_(aerogpu_cmd_create_sampler, address_v, FIELD_ENUM, &stream_address_modes),
    FIELD_(aerogpu_cmd_create_sampler, address_w, FIELD_ENUM, &stream_address_modes),
};

static const struct packet_field destroy_sampler_fields[] = {
    FIELD_(aerogpu_cmd_destroy_sampler, sampler_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_destroy_sampler, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field set_samplers_fields[] = {
    FIELD_(aerogpu_cmd_set_samplers, shader_stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_samplers, start_slot, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_samplers, sampler_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_samplers, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field sampler_handle_fields[] = {
    { .name = "sampler", .width_bytes = 4, .count = 1, .kind = FIELD_HANDLE },
};

static const struct packet_field set_constant_buffers_fields[] = {
    FIELD_(aerogpu_cmd_set_constant_buffers, shader_stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_constant_buffers, start_slot, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_constant_buffers, buffer_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_constant_buffers, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field constant_buffer_binding_fields[] = {
    FIELD_(aerogpu_constant_buffer_binding, buffer, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_constant_buffer_binding, offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_constant_buffer_binding, size_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_constant_buffer_binding, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field set_shader_resource_buffers_fields[] = {
    FIELD_(aerogpu_cmd_set_shader_resource_buffers, shader_stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_shader_resource_buffers, start_slot, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_shader_resource_buffers, buffer_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_shader_resource_buffers, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field shader_resource_buffer_binding_fields[] = {
    FIELD_(aerogpu_shader_resource_buffer_binding, buffer, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_shader_resource_buffer_binding, offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_shader_resource_buffer_binding, size_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_shader_resource_buffer_binding, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field set_unordered_access_buffers_fields[] = {
    FIELD_(aerogpu_cmd_set_unordered_access_buffers, shader_stage, FIELD_ENUM, &stream_stages),
    FIELD_(aerogpu_cmd_set_unordered_access_buffers, start_slot, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_unordered_access_buffers, uav_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_set_unordered_access_buffers, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field unordered_access_buffer_binding_fields[] = {
    FIELD_(aerogpu_unordered_access_buffer_binding, buffer, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_unordered_access_buffer_binding, offset_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_unordered_access_buffer_binding, size_bytes, FIELD_UINT, NULL),
    FIELD_(aerogpu_unordered_access_buffer_binding, initial_count, FIELD_HEX, NULL),
};

static const struct packet_field clear_fields[] = {
    FIELD_(aerogpu_cmd_clear, flags, FIELD_FLAGS, &stream_clear_flags),
    ARRAY_(aerogpu_cmd_clear, color_rgba_f32, FIELD_FLOAT),
    FIELD_(aerogpu_cmd_clear, depth_f32, FIELD_FLOAT, NULL),
    FIELD_(aerogpu_cmd_clear, stencil, FIELD_UINT, NULL),
};

static const struct packet_field draw_fields[] = {
    FIELD_(aerogpu_cmd_draw, vertex_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_draw, instance_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_draw, first_vertex, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_draw, first_instance, FIELD_UINT, NULL),
};

static const struct packet_field draw_indexed_fields[] = {
    FIELD_(aerogpu_cmd_draw_indexed, index_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_draw_indexed, instance_count, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_draw_indexed, first_index, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_draw_indexed, base_vertex, FIELD_INT, NULL),
    FIELD_(aerogpu_cmd_draw_indexed, first_instance, FIELD_UINT, NULL),
};

static const struct packet_field dispatch_fields[] = {
    FIELD_(aerogpu_cmd_dispatch, group_count_x, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_dispatch, group_count_y, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_dispatch, group_count_z, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_dispatch, reserved0, FIELD_STAGE_EX, &stream_stage_exs),
};

static const struct packet_field present_fields[] = {
    FIELD_(aerogpu_cmd_present, scanout_id, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_present, flags, FIELD_FLAGS, &stream_present_flags),
};

static const struct packet_field present_ex_fields[] = {
    FIELD_(aerogpu_cmd_present_ex, scanout_id, FIELD_UINT, NULL),
    FIELD_(aerogpu_cmd_present_ex, flags, FIELD_FLAGS, &stream_present_flags),
    FIELD_(aerogpu_cmd_present_ex, d3d9_present_flags, FIELD_HEX, NULL),
    FIELD_(aerogpu_cmd_present_ex, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field export_shared_surface_fields[] = {
    FIELD_(aerogpu_cmd_export_shared_surface, resource_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_export_shared_surface, reserved0, FIELD_RESERVED, NULL),
    FIELD_(aerogpu_cmd_export_shared_surface, share_token, FIELD_TOKEN, NULL),
};

static const struct packet_field import_shared_surface_fields[] = {
    FIELD_(aerogpu_cmd_import_shared_surface, out_resource_handle, FIELD_HANDLE, NULL),
    FIELD_(aerogpu_cmd_import_shared_surface, reserved0, FIELD_RESERVED, NULL),
    FIELD_(aerogpu_cmd_import_shared_surface, share_token, FIELD_TOKEN, NULL),
};

static const struct packet_field release_shared_surface_fields[] = {
    FIELD_(aerogpu_cmd_release_shared_surface, share_token, FIELD_TOKEN, NULL),
    FIELD_(aerogpu_cmd_release_shared_surface, reserved0, FIELD_RESERVED, NULL),
};

static const struct packet_field flush_fields[] = {
    FIELD_(aerogpu_cmd_flush, reserved0, FIELD_RESERVED, NULL),
    FIELD_(aerogpu_cmd_flush, reserved1, FIELD_RESERVED, NULL),
};

/* Gates repeat section 1: "first" is the header minor, "gate" what an emitter has to see. */
#define ROW(tag, type, first, gate, ...)                                                           \
    ROW_FROM(tag, type, sizeof(struct aerogpu_cmd_##type), first, gate, __VA_ARGS__)
#define ROW_FROM(tag, type, minimum, first, gate, ...)                                             \
    {                                                                                              \
        .name = #tag, .opcode = AEROGPU_CMD_##tag,                                                 \
        .fixed_bytes = sizeof(struct aerogpu_cmd_##type), .minimum_bytes = (minimum),              \
        .first_minor = (first), .gate_minor = (gate),                                              \
        .fields = { type##_fields, COUNT(type##_fields) }, __VA_ARGS__                             \
    }
#define COUNTED(type, member, kind, element)                                                       \
    .payload = (kind), .count_offset = offsetof(struct aerogpu_cmd_##type, member),                \
    .count_bytes = sizeof(((struct aerogpu_cmd_##type *)0)->member), .element_bytes = (element)
#define ELEMENTS(list) .element_fields = { list, COUNT(list) }

const struct packet_info stream_packets[] = {
    { .name = "NOP",
      .opcode = AEROGPU_CMD_NOP,
      .fixed_bytes = 8,
      .minimum_bytes = 8,
      .payload = PAYLOAD_IGNORED },
    { .name = "DEBUG_MARKER",
      .opcode = AEROGPU_CMD_DEBUG_MARKER,
      .fixed_bytes = 8,
      .minimum_bytes = 8,
      .payload = PAYLOAD_TEXT },
    ROW(CREATE_BUFFER, create_buffer, 0, 0, ),
    ROW(CREATE_TEXTURE2D, create_texture2d, 0, 0, ),
    ROW(DESTROY_RESOURCE, destroy_resource, 0, 0, ),
    ROW(RESOURCE_DIRTY_RANGE, resource_dirty_range, 0, 0, ),
    ROW(UPLOAD_RESOURCE, upload_resource, 0, 0,
        COUNTED(upload_resource, size_bytes, PAYLOAD_BYTES, 1)),
    ROW(COPY_BUFFER, copy_buffer, 1, 1, .needs_transfer = true),
    ROW(COPY_TEXTURE2D, copy_texture2d, 1, 1, .needs_transfer = true),
    ROW(CREATE_TEXTURE_VIEW, create_texture_view, 3, 4, ),
    ROW(DESTROY_TEXTURE_VIEW, destroy_texture_view, 3, 4, ),
    ROW(CREATE_SHADER_DXBC, create_shader_dxbc, 0, 0,
        COUNTED(create_shader_dxbc, dxbc_size_bytes, PAYLOAD_DXBC, 1)),
    ROW(DESTROY_SHADER, destroy_shader, 0, 0, ),
    ROW(BIND_SHADERS, bind_shaders, 0, 0, .payload = PAYLOAD_STAGES),
    ROW(SET_SHADER_CONSTANTS_F, set_shader_constants_f, 0, 0,
        COUNTED(set_shader_constants_f, vec4_count, PAYLOAD_ELEMENTS, 16), ELEMENTS(float4_fields)),
    ROW(CREATE_INPUT_LAYOUT, create_input_layout, 0, 0,
        COUNTED(create_input_layout, blob_size_bytes, PAYLOAD_LAYOUT, 1)),
    ROW(DESTROY_INPUT_LAYOUT, destroy_input_layout, 0, 0, ),
    ROW(SET_INPUT_LAYOUT, set_input_layout, 0, 0, ),
    ROW(SET_SHADER_CONSTANTS_I, set_shader_constants_i, 4, 4,
        COUNTED(set_shader_constants_i, vec4_count, PAYLOAD_ELEMENTS, 16), ELEMENTS(int4_fields)),
    ROW(SET_SHADER_CONSTANTS_B, set_shader_constants_b, 4, 4,
        COUNTED(set_shader_constants_b, bool_count, PAYLOAD_ELEMENTS, 16), ELEMENTS(int4_fields)),
    ROW_FROM(SET_BLEND_STATE, set_blend_state, 28, 0, 0, ),
    ROW(SET_DEPTH_STENCIL_STATE, set_depth_stencil_state, 0, 0, ),
    ROW(SET_RASTERIZER_STATE, set_rasterizer_state, 0, 0, ),
    ROW(SET_RENDER_TARGETS, set_render_targets, 0, 0, ),
    ROW(SET_VIEWPORT, set_viewport, 0, 0, ),
    ROW(SET_SCISSOR, set_scissor, 0, 0, ),
    ROW(SET_VERTEX_BUFFERS, set_vertex_buffers, 0, 0,
        COUNTED(set_vertex_buffers, buffer_count, PAYLOAD_ELEMENTS, 16),
        ELEMENTS(vertex_buffer_binding_fields)),
    ROW(SET_INDEX_BUFFER, set_index_buffer, 0, 0, ),
    ROW(SET_PRIMITIVE_TOPOLOGY, set_primitive_topology, 0, 0, ),
    ROW(SET_TEXTURE, set_texture, 0, 0, ),
    ROW(SET_SAMPLER_STATE, set_sampler_state, 0, 0, ),
    ROW(SET_RENDER_STATE, set_render_state, 0, 0, ),
    ROW(CREATE_SAMPLER, create_sampler, 1, 2, ),
    ROW(DESTROY_SAMPLER, destroy_sampler, 1, 2, ),
    ROW(SET_SAMPLERS, set_samplers, 1, 2, COUNTED(set_samplers, sampler_count, PAYLOAD_ELEMENTS, 4),
        ELEMENTS(sampler_handle_fields)),
    ROW(SET_CONSTANT_BUFFERS, set_constant_buffers, 1, 2,
        COUNTED(set_constant_buffers, buffer_count, PAYLOAD_ELEMENTS, 16),
        ELEMENTS(constant_buffer_binding_fields)),
    ROW(SET_SHADER_RESOURCE_BUFFERS, set_shader_resource_buffers, 2, 3,
        COUNTED(set_shader_resource_buffers, buffer_count, PAYLOAD_ELEMENTS, 16),
        ELEMENTS(shader_resource_buffer_binding_fields)),
    ROW(SET_UNORDERED_ACCESS_BUFFERS, set_unordered_access_buffers, 2, 3,
        COUNTED(set_unordered_access_buffers, uav_count, PAYLOAD_ELEMENTS, 16),
        ELEMENTS(unordered_access_buffer_binding_fields)),
    ROW(CLEAR, clear, 0, 0, ),
    ROW(DRAW, draw, 0, 0, ),
    ROW(DRAW_INDEXED, draw_indexed, 0, 0, ),
    ROW(DISPATCH, dispatch, 2, 3, ),
    ROW(PRESENT, present, 0, 0, ),
    ROW(PRESENT_EX, present_ex, 0, 0, ),
    ROW(EXPORT_SHARED_SURFACE, export_shared_surface, 0, 0, ),
    ROW(IMPORT_SHARED_SURFACE, import_shared_surface, 0, 0, ),
    ROW(RELEASE_SHARED_SURFACE, release_shared_surface, 1, 1, ),
    ROW(FLUSH, flush, 0, 0, ),
};
const uint32_t stream_packet_count = COUNT(stream_packets);

const struct field_list stream_layout_element_fields = { layout_element_fields,
                                                         COUNT(layout_element_fields) };
const struct field_list stream_appended_stage_fields = { appended_stage_fields,
                                                         COUNT(appended_stage_fields) };

const struct packet_info *stream_packet_info_find(uint32_t opcode)
{
    uint32_t low = 0;
    uint32_t high = stream_packet_count;

    while (low < high) {
        const uint32_t middle = (low + high) / 2;

        if (stream_packets[middle].opcode < opcode)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < stream_packet_count && stream_packets[low].opcode == opcode)
        return &stream_packets[low];
    return NULL;
}

uint32_t stream_packet_info_index(const struct packet_info *info)
{
    return (uint32_t)(info - stream_packets);
}

uint64_t stream_field_load(const struct packet_field *field, const uint8_t *bytes, uint32_t n)
{
    const uint8_t *value = bytes + field->offset_bytes + (size_t)n * field->width_bytes;

    switch (field->width_bytes) {
    case 1:
        return *value;
    case 8:
        return aerogpu_load_u64(value);
    default:
        return aerogpu_load_u32(value);
    }
}
