/**
 * Every slot of every table, once: who handles it, how far it works, and which errors it may
 * report.
 *
 * Function tables, declarations of the handlers, slot numbers, names and the coverage report are
 * made from these lists, so a new entry point is a row. Order: the 11.0 table's, whose first 101
 * and 103 slots are those of the 10.0 and 10.1 tables (DDI facts 4). Errors: driver semantics 8.2,
 * 21.
 *
 * Device rows: ALL        one prototype in all three tables
 *              EACH       handlers for 10.0, 10.1 and 11.0
 *              FROM_10_1  in the 10.1 and 11.0 tables
 *              ONLY_11    in the 11.0 table
 * Columns: member, handler(s), status, errors, and what is missing or why it is refused.
 */
#ifndef DDI_SLOTS_H
#define DDI_SLOTS_H

/** How far a slot works. */
enum slot_status {
    SLOT_WORKS,
    SLOT_PARTIAL, /**< except for what the note says, which is refused in the ledger */
    SLOT_REFUSED, /**< by decision: the note says why */
    SLOT_MISSING, /**< not implemented yet: the note says what */
};

/** What a slot may report through pfnSetErrorCb. */
enum slot_errors {
    ERRORS_NONE,
    ERRORS_LOSS,     /**< device removed */
    ERRORS_WAIT,     /**< was still drawing, device removed */
    ERRORS_CREATE,   /**< out of memory, device removed */
    ERRORS_RESOURCE, /**< and unsupported, which this driver never uses */
    ERRORS_QUERY,    /**< and nonexclusive */
    ERRORS_CHECK,    /**< E_FAIL, E_INVALIDARG, unsupported; never device removed */
    ERRORS_RETURNED, /**< the slot returns an HRESULT instead */
};

/* clang-format off */
#define DDI_DEVICE_SLOTS(ALL, EACH, FROM_10_1, ONLY_11) \
    ALL(pfnDefaultConstantBufferUpdateSubresourceUP, ddi_default_constant_buffer_update_subresource_up, WORKS, LOSS, "") \
    ALL(pfnVsSetConstantBuffers, ddi_vs_set_constant_buffers, WORKS, LOSS, "") \
    ALL(pfnPsSetShaderResources, ddi_ps_set_shader_resources, WORKS, LOSS, "") \
    ALL(pfnPsSetShader, ddi_ps_set_shader, WORKS, LOSS, "") \
    ALL(pfnPsSetSamplers, ddi_ps_set_samplers, WORKS, LOSS, "") \
    ALL(pfnVsSetShader, ddi_vs_set_shader, WORKS, LOSS, "") \
    ALL(pfnDrawIndexed, ddi_draw_indexed, WORKS, LOSS, "") \
    ALL(pfnDraw, ddi_draw, WORKS, LOSS, "") \
    ALL(pfnDynamicIABufferMapNoOverwrite, ddi_dynamic_ia_buffer_map_no_overwrite, MISSING, WAIT, "Map") \
    ALL(pfnDynamicIABufferUnmap, ddi_dynamic_ia_buffer_unmap, MISSING, LOSS, "Map") \
    ALL(pfnDynamicConstantBufferMapDiscard, ddi_dynamic_constant_buffer_map_discard, MISSING, WAIT, "Map") \
    ALL(pfnDynamicIABufferMapDiscard, ddi_dynamic_ia_buffer_map_discard, MISSING, WAIT, "Map") \
    ALL(pfnDynamicConstantBufferUnmap, ddi_dynamic_constant_buffer_unmap, MISSING, LOSS, "Map") \
    ALL(pfnPsSetConstantBuffers, ddi_ps_set_constant_buffers, WORKS, LOSS, "") \
    ALL(pfnIaSetInputLayout, ddi_ia_set_input_layout, WORKS, LOSS, "") \
    ALL(pfnIaSetVertexBuffers, ddi_ia_set_vertex_buffers, WORKS, LOSS, "") \
    ALL(pfnIaSetIndexBuffer, ddi_ia_set_index_buffer, WORKS, LOSS, "") \
    ALL(pfnDrawIndexedInstanced, ddi_draw_indexed_instanced, WORKS, LOSS, "") \
    ALL(pfnDrawInstanced, ddi_draw_instanced, WORKS, LOSS, "") \
    ALL(pfnDynamicResourceMapDiscard, ddi_dynamic_resource_map_discard, MISSING, WAIT, "Map") \
    ALL(pfnDynamicResourceUnmap, ddi_dynamic_resource_unmap, MISSING, LOSS, "Map") \
    ALL(pfnGsSetConstantBuffers, ddi_gs_set_constant_buffers, WORKS, LOSS, "") \
    ALL(pfnGsSetShader, ddi_gs_set_shader, WORKS, LOSS, "") \
    ALL(pfnIaSetTopology, ddi_ia_set_topology, WORKS, LOSS, "") \
    ALL(pfnStagingResourceMap, ddi_staging_resource_map, MISSING, WAIT, "Map") \
    ALL(pfnStagingResourceUnmap, ddi_staging_resource_unmap, MISSING, LOSS, "Map") \
    ALL(pfnVsSetShaderResources, ddi_vs_set_shader_resources, WORKS, LOSS, "") \
    ALL(pfnVsSetSamplers, ddi_vs_set_samplers, WORKS, LOSS, "") \
    ALL(pfnGsSetShaderResources, ddi_gs_set_shader_resources, WORKS, LOSS, "") \
    ALL(pfnGsSetSamplers, ddi_gs_set_samplers, WORKS, LOSS, "") \
    EACH(pfnSetRenderTargets, ddi_set_render_targets_10, ddi_set_render_targets_10, ddi_set_render_targets_11, WORKS, LOSS, "") \
    ALL(pfnShaderResourceViewReadAfterWriteHazard, ddi_shader_resource_view_read_after_write_hazard, WORKS, LOSS, "") \
    ALL(pfnResourceReadAfterWriteHazard, ddi_resource_read_after_write_hazard, WORKS, LOSS, "") \
    ALL(pfnSetBlendState, ddi_set_blend_state, WORKS, LOSS, "") \
    ALL(pfnSetDepthStencilState, ddi_set_depth_stencil_state, WORKS, LOSS, "") \
    ALL(pfnSetRasterizerState, ddi_set_rasterizer_state, WORKS, LOSS, "") \
    ALL(pfnQueryEnd, ddi_query_end, MISSING, LOSS, "queries") \
    ALL(pfnQueryBegin, ddi_query_begin, MISSING, LOSS, "queries") \
    ALL(pfnResourceCopyRegion, ddi_resource_copy_region, PARTIAL, LOSS, "not between linear and sRGB textures, nor odd ends of bytes the CPU does not know") \
    ALL(pfnResourceUpdateSubresourceUP, ddi_resource_update_subresource_up, PARTIAL, LOSS, "not parts of depth textures, nor odd ends of bytes the CPU does not know") \
    ALL(pfnSoSetTargets, ddi_so_set_targets, REFUSED, LOSS, "stream output cannot be expressed") \
    ALL(pfnDrawAuto, ddi_draw_auto, REFUSED, LOSS, "stream output cannot be expressed") \
    ALL(pfnSetViewports, ddi_set_viewports, PARTIAL, LOSS, "the first viewport serves all") \
    ALL(pfnSetScissorRects, ddi_set_scissor_rects, WORKS, LOSS, "") \
    ALL(pfnClearRenderTargetView, ddi_clear_render_target_view, WORKS, LOSS, "") \
    ALL(pfnClearDepthStencilView, ddi_clear_depth_stencil_view, WORKS, LOSS, "") \
    ALL(pfnSetPredication, ddi_set_predication, MISSING, LOSS, "queries") \
    ALL(pfnQueryGetData, ddi_query_get_data, MISSING, WAIT, "queries") \
    ALL(pfnFlush, ddi_flush, WORKS, LOSS, "") \
    ALL(pfnGenMips, ddi_generate_mips, MISSING, LOSS, "mip generation") \
    ALL(pfnResourceCopy, ddi_resource_copy, PARTIAL, LOSS, "not between linear and sRGB textures, nor odd ends of bytes the CPU does not know") \
    ALL(pfnResourceResolveSubresource, ddi_resource_resolve_subresource, PARTIAL, LOSS, "not between linear and sRGB textures") \
    ALL(pfnResourceMap, ddi_resource_map, MISSING, WAIT, "Map") \
    ALL(pfnResourceUnmap, ddi_resource_unmap, MISSING, LOSS, "Map") \
    ALL(pfnResourceIsStagingBusy, ddi_resource_is_staging_busy, MISSING, NONE, "Map") \
    EACH(pfnRelocateDeviceFuncs, ddi_relocate_device_funcs_10, ddi_relocate_device_funcs_10_1, ddi_relocate_device_funcs_11, WORKS, NONE, "") \
    EACH(pfnCalcPrivateResourceSize, ddi_calc_private_resource_size_10, ddi_calc_private_resource_size_10, ddi_calc_private_resource_size_11, WORKS, NONE, "") \
    ALL(pfnCalcPrivateOpenedResourceSize, ddi_calc_private_opened_resource_size, MISSING, NONE, "shared surfaces") \
    EACH(pfnCreateResource, ddi_create_resource_10, ddi_create_resource_10, ddi_create_resource_11, PARTIAL, RESOURCE, "no dynamic, staging or shared resources") \
    ALL(pfnOpenResource, ddi_open_resource, MISSING, CREATE, "shared surfaces") \
    ALL(pfnDestroyResource, ddi_destroy_resource, WORKS, LOSS, "") \
    EACH(pfnCalcPrivateShaderResourceViewSize, ddi_calc_private_shader_resource_view_size_10, ddi_calc_private_shader_resource_view_size_10_1, ddi_calc_private_shader_resource_view_size_11, WORKS, NONE, "") \
    EACH(pfnCreateShaderResourceView, ddi_create_shader_resource_view_10, ddi_create_shader_resource_view_10_1, ddi_create_shader_resource_view_11, PARTIAL, CREATE, "whole 2D textures in their own format") \
    ALL(pfnDestroyShaderResourceView, ddi_destroy_shader_resource_view, WORKS, LOSS, "") \
    ALL(pfnCalcPrivateRenderTargetViewSize, ddi_calc_private_render_target_view_size, WORKS, NONE, "") \
    ALL(pfnCreateRenderTargetView, ddi_create_render_target_view, PARTIAL, CREATE, "textures with one mip and one layer") \
    ALL(pfnDestroyRenderTargetView, ddi_destroy_render_target_view, WORKS, LOSS, "") \
    EACH(pfnCalcPrivateDepthStencilViewSize, ddi_calc_private_depth_stencil_view_size_10, ddi_calc_private_depth_stencil_view_size_10, ddi_calc_private_depth_stencil_view_size_11, WORKS, NONE, "") \
    EACH(pfnCreateDepthStencilView, ddi_create_depth_stencil_view_10, ddi_create_depth_stencil_view_10, ddi_create_depth_stencil_view_11, PARTIAL, CREATE, "textures with one mip and one layer") \
    ALL(pfnDestroyDepthStencilView, ddi_destroy_depth_stencil_view, WORKS, LOSS, "") \
    ALL(pfnCalcPrivateElementLayoutSize, ddi_calc_private_element_layout_size, WORKS, NONE, "") \
    ALL(pfnCreateElementLayout, ddi_create_element_layout, WORKS, CREATE, "") \
    ALL(pfnDestroyElementLayout, ddi_destroy_element_layout, WORKS, LOSS, "") \
    EACH(pfnCalcPrivateBlendStateSize, ddi_calc_private_blend_state_size_10, ddi_calc_private_blend_state_size_11, ddi_calc_private_blend_state_size_11, WORKS, NONE, "") \
    EACH(pfnCreateBlendState, ddi_create_blend_state_10, ddi_create_blend_state_11, ddi_create_blend_state_11, PARTIAL, CREATE, "one state for all targets, alpha factors") \
    ALL(pfnDestroyBlendState, ddi_destroy_blend_state, WORKS, LOSS, "") \
    ALL(pfnCalcPrivateDepthStencilStateSize, ddi_calc_private_depth_stencil_state_size, WORKS, NONE, "") \
    ALL(pfnCreateDepthStencilState, ddi_create_depth_stencil_state, PARTIAL, CREATE, "stencil test has no effect") \
    ALL(pfnDestroyDepthStencilState, ddi_destroy_depth_stencil_state, WORKS, LOSS, "") \
    ALL(pfnCalcPrivateRasterizerStateSize, ddi_calc_private_rasterizer_state_size, WORKS, NONE, "") \
    ALL(pfnCreateRasterizerState, ddi_create_rasterizer_state, PARTIAL, CREATE, "no slope-scaled or clamped depth bias") \
    ALL(pfnDestroyRasterizerState, ddi_destroy_rasterizer_state, WORKS, LOSS, "") \
    ALL(pfnCalcPrivateShaderSize, ddi_calc_private_shader_size, WORKS, NONE, "") \
    ALL(pfnCreateVertexShader, ddi_create_vertex_shader, WORKS, CREATE, "") \
    ALL(pfnCreateGeometryShader, ddi_create_geometry_shader, WORKS, CREATE, "") \
    ALL(pfnCreatePixelShader, ddi_create_pixel_shader, WORKS, CREATE, "") \
    EACH(pfnCalcPrivateGeometryShaderWithStreamOutput, ddi_calc_private_geometry_shader_with_stream_output_10, ddi_calc_private_geometry_shader_with_stream_output_10, ddi_calc_private_geometry_shader_with_stream_output_11, WORKS, NONE, "") \
    EACH(pfnCreateGeometryShaderWithStreamOutput, ddi_create_geometry_shader_with_stream_output_10, ddi_create_geometry_shader_with_stream_output_10, ddi_create_geometry_shader_with_stream_output_11, PARTIAL, CREATE, "nothing is streamed out") \
    ALL(pfnDestroyShader, ddi_destroy_shader, WORKS, LOSS, "") \
    ALL(pfnCalcPrivateSamplerSize, ddi_calc_private_sampler_size, WORKS, NONE, "") \
    ALL(pfnCreateSampler, ddi_create_sampler, PARTIAL, CREATE, "one filter, no borders, bias or clamps") \
    ALL(pfnDestroySampler, ddi_destroy_sampler, WORKS, LOSS, "") \
    ALL(pfnCalcPrivateQuerySize, ddi_calc_private_query_size, MISSING, NONE, "queries") \
    ALL(pfnCreateQuery, ddi_create_query, MISSING, QUERY, "queries") \
    ALL(pfnDestroyQuery, ddi_destroy_query, MISSING, LOSS, "queries") \
    ALL(pfnCheckFormatSupport, ddi_check_format_support, WORKS, CHECK, "") \
    ALL(pfnCheckMultisampleQualityLevels, ddi_check_multisample_quality_levels, WORKS, CHECK, "") \
    ALL(pfnCheckCounterInfo, ddi_check_counter_info, WORKS, NONE, "") \
    ALL(pfnCheckCounter, ddi_check_counter, WORKS, CHECK, "") \
    ALL(pfnDestroyDevice, ddi_destroy_device, WORKS, LOSS, "") \
    ALL(pfnSetTextFilterSize, ddi_set_text_filter_size, WORKS, LOSS, "") \
    FROM_10_1(pfnResourceConvert, ddi_resource_convert, PARTIAL, LOSS, "not between linear and sRGB textures, nor odd ends of bytes the CPU does not know") \
    FROM_10_1(pfnResourceConvertRegion, ddi_resource_convert_region, PARTIAL, LOSS, "not between linear and sRGB textures, nor odd ends of bytes the CPU does not know") \
    ONLY_11(pfnDrawIndexedInstancedIndirect, ddi_draw_indexed_instanced_indirect, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnDrawInstancedIndirect, ddi_draw_instanced_indirect, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnCommandListExecute, ddi_command_list_execute, REFUSED, CREATE, "command lists are not claimed") \
    ONLY_11(pfnHsSetShaderResources, ddi_hs_set_shader_resources, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnHsSetShader, ddi_hs_set_shader, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnHsSetSamplers, ddi_hs_set_samplers, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnHsSetConstantBuffers, ddi_hs_set_constant_buffers, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnDsSetShaderResources, ddi_ds_set_shader_resources, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnDsSetShader, ddi_ds_set_shader, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnDsSetSamplers, ddi_ds_set_samplers, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnDsSetConstantBuffers, ddi_ds_set_constant_buffers, REFUSED, LOSS, "beyond feature level 10_0") \
    ONLY_11(pfnCreateHullShader, ddi_create_hull_shader, REFUSED, CREATE, "beyond feature level 10_0") \
    ONLY_11(pfnCreateDomainShader, ddi_create_domain_shader, REFUSED, CREATE, "beyond feature level 10_0") \
    ONLY_11(pfnCheckDeferredContextHandleSizes, ddi_check_deferred_context_handle_sizes, REFUSED, NONE, "command lists are not claimed") \
    ONLY_11(pfnCalcDeferredContextHandleSize, ddi_calc_deferred_context_handle_size, REFUSED, NONE, "command lists are not claimed") \
    ONLY_11(pfnCalcPrivateDeferredContextSize, ddi_calc_private_deferred_context_size, REFUSED, NONE, "command lists are not claimed") \
    ONLY_11(pfnCreateDeferredContext, ddi_create_deferred_context, REFUSED, CREATE, "command lists are not claimed") \
    ONLY_11(pfnAbandonCommandList, ddi_abandon_command_list, REFUSED, LOSS, "command lists are not claimed") \
    ONLY_11(pfnCalcPrivateCommandListSize, ddi_calc_private_command_list_size, REFUSED, NONE, "command lists are not claimed") \
    ONLY_11(pfnCreateCommandList, ddi_create_command_list, REFUSED, CREATE, "command lists are not claimed") \
    ONLY_11(pfnDestroyCommandList, ddi_destroy_command_list, REFUSED, LOSS, "command lists are not claimed") \
    ONLY_11(pfnCalcPrivateTessellationShaderSize, ddi_calc_private_tessellation_shader_size, REFUSED, NONE, "beyond feature level 10_0") \
    ONLY_11(pfnPsSetShaderWithIfaces, ddi_ps_set_shader_with_ifaces, PARTIAL, CREATE, "no class instances") \
    ONLY_11(pfnVsSetShaderWithIfaces, ddi_vs_set_shader_with_ifaces, PARTIAL, CREATE, "no class instances") \
    ONLY_11(pfnGsSetShaderWithIfaces, ddi_gs_set_shader_with_ifaces, PARTIAL, CREATE, "no class instances") \
    ONLY_11(pfnHsSetShaderWithIfaces, ddi_hs_set_shader_with_ifaces, REFUSED, CREATE, "beyond feature level 10_0") \
    ONLY_11(pfnDsSetShaderWithIfaces, ddi_ds_set_shader_with_ifaces, REFUSED, CREATE, "beyond feature level 10_0") \
    ONLY_11(pfnCsSetShaderWithIfaces, ddi_cs_set_shader_with_ifaces, REFUSED, CREATE, "compute is not claimed") \
    ONLY_11(pfnCreateComputeShader, ddi_create_compute_shader, REFUSED, CREATE, "compute is not claimed") \
    ONLY_11(pfnCsSetShader, ddi_cs_set_shader, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnCsSetShaderResources, ddi_cs_set_shader_resources, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnCsSetSamplers, ddi_cs_set_samplers, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnCsSetConstantBuffers, ddi_cs_set_constant_buffers, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnCalcPrivateUnorderedAccessViewSize, ddi_calc_private_unordered_access_view_size, REFUSED, NONE, "compute is not claimed") \
    ONLY_11(pfnCreateUnorderedAccessView, ddi_create_unordered_access_view, REFUSED, CREATE, "compute is not claimed") \
    ONLY_11(pfnDestroyUnorderedAccessView, ddi_destroy_unordered_access_view, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnClearUnorderedAccessViewUint, ddi_clear_unordered_access_view_uint, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnClearUnorderedAccessViewFloat, ddi_clear_unordered_access_view_float, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnCsSetUnorderedAccessViews, ddi_cs_set_unordered_access_views, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnDispatch, ddi_dispatch, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnDispatchIndirect, ddi_dispatch_indirect, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnSetResourceMinLOD, ddi_set_resource_min_lod, WORKS, LOSS, "") \
    ONLY_11(pfnCopyStructureCount, ddi_copy_structure_count, REFUSED, LOSS, "compute is not claimed") \
    ONLY_11(pfnRecycleCommandList, ddi_recycle_command_list, REFUSED, NONE, "command lists are not claimed") \
    ONLY_11(pfnRecycleCreateCommandList, ddi_recycle_create_command_list, REFUSED, NONE, "command lists are not claimed") \
    ONLY_11(pfnRecycleCreateDeferredContext, ddi_recycle_create_deferred_context, REFUSED, NONE, "command lists are not claimed") \
    ONLY_11(pfnRecycleDestroyCommandList, ddi_recycle_destroy_command_list, REFUSED, NONE, "command lists are not claimed")

/* Columns: member, handler, status, note. All return HRESULTs; ADAPTER_2 rows are OpenAdapter10_2's. */
#define DDI_ADAPTER_SLOTS(ADAPTER, ADAPTER_2) \
    ADAPTER(pfnCalcPrivateDeviceSize, ddi_calc_private_device_size, WORKS, "") \
    ADAPTER(pfnCreateDevice, ddi_create_device, WORKS, "") \
    ADAPTER(pfnCloseAdapter, ddi_close_adapter, WORKS, "") \
    ADAPTER_2(pfnGetSupportedVersions, ddi_get_supported_versions, WORKS, "") \
    ADAPTER_2(pfnGetCaps, ddi_get_caps, WORKS, "")

/* Columns: member, handler, status, note. The DXGI_1_1 row exists in the longer table only. */
#define DDI_DXGI_SLOTS(DXGI, DXGI_1_1) \
    DXGI(pfnPresent, ddi_dxgi_present, WORKS, "") \
    DXGI(pfnGetGammaCaps, ddi_dxgi_get_gamma_caps, WORKS, "") \
    DXGI(pfnSetDisplayMode, ddi_dxgi_set_display_mode, MISSING, "full screen") \
    DXGI(pfnSetResourcePriority, ddi_dxgi_set_resource_priority, MISSING, "priorities") \
    DXGI(pfnQueryResourceResidency, ddi_dxgi_query_resource_residency, MISSING, "residency") \
    DXGI(pfnRotateResourceIdentities, ddi_dxgi_rotate_resource_identities, WORKS, "") \
    DXGI(pfnBlt, ddi_dxgi_blt, MISSING, "blts") \
    DXGI_1_1(pfnResolveSharedResource, ddi_dxgi_resolve_shared_resource, MISSING, "shared surfaces")
/* clang-format on */

#endif
