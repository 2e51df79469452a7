/**
 * Every DDI entry point, in slot order, with the class of errors it may report through SetErrorCb
 * (driver semantics 8.2 and 21; names and order: DDI facts 4).
 */
#ifndef RUNTIME_ENTRIES_H
#define RUNTIME_ENTRIES_H

#include <stdbool.h>

#include "d3d10umddi.h"

/** The 150 device slots: 101 in a 10.0 table, 103 in a 10.1 table, all in an 11.0 table. */
#define RT_DEVICE_ENTRIES(ENTRY)                                                                   \
    ENTRY(pfnDefaultConstantBufferUpdateSubresourceUP, REMOVED)                                    \
    ENTRY(pfnVsSetConstantBuffers, REMOVED)                                                        \
    ENTRY(pfnPsSetShaderResources, REMOVED)                                                        \
    ENTRY(pfnPsSetShader, REMOVED)                                                                 \
    ENTRY(pfnPsSetSamplers, REMOVED)                                                               \
    ENTRY(pfnVsSetShader, REMOVED)                                                                 \
    ENTRY(pfnDrawIndexed, REMOVED)                                                                 \
    ENTRY(pfnDraw, REMOVED)                                                                        \
    ENTRY(pfnDynamicIABufferMapNoOverwrite, MAP)                                                   \
    ENTRY(pfnDynamicIABufferUnmap, REMOVED)                                                        \
    ENTRY(pfnDynamicConstantBufferMapDiscard, MAP)                                                 \
    ENTRY(pfnDynamicIABufferMapDiscard, MAP)                                                       \
    ENTRY(pfnDynamicConstantBufferUnmap, REMOVED)                                                  \
    ENTRY(pfnPsSetConstantBuffers, REMOVED)                                                        \
    ENTRY(pfnIaSetInputLayout, REMOVED)                                                            \
    ENTRY(pfnIaSetVertexBuffers, REMOVED)                                                          \
    ENTRY(pfnIaSetIndexBuffer, REMOVED)                                                            \
    ENTRY(pfnDrawIndexedInstanced, REMOVED)                                                        \
    ENTRY(pfnDrawInstanced, REMOVED)                                                               \
    ENTRY(pfnDynamicResourceMapDiscard, MAP)                                                       \
    ENTRY(pfnDynamicResourceUnmap, REMOVED)                                                        \
    ENTRY(pfnGsSetConstantBuffers, REMOVED)                                                        \
    ENTRY(pfnGsSetShader, REMOVED)                                                                 \
    ENTRY(pfnIaSetTopology, REMOVED)                                                               \
    ENTRY(pfnStagingResourceMap, MAP)                                                              \
    ENTRY(pfnStagingResourceUnmap, REMOVED)                                                        \
    ENTRY(pfnVsSetShaderResources, REMOVED)                                                        \
    ENTRY(pfnVsSetSamplers, REMOVED)                                                               \
    ENTRY(pfnGsSetShaderResources, REMOVED)                                                        \
    ENTRY(pfnGsSetSamplers, REMOVED)                                                               \
    ENTRY(pfnSetRenderTargets, REMOVED)                                                            \
    ENTRY(pfnShaderResourceViewReadAfterWriteHazard, REMOVED)                                      \
    ENTRY(pfnResourceReadAfterWriteHazard, REMOVED)                                                \
    ENTRY(pfnSetBlendState, REMOVED)                                                               \
    ENTRY(pfnSetDepthStencilState, REMOVED)                                                        \
    ENTRY(pfnSetRasterizerState, REMOVED)                                                          \
    ENTRY(pfnQueryEnd, REMOVED)                                                                    \
    ENTRY(pfnQueryBegin, REMOVED)                                                                  \
    ENTRY(pfnResourceCopyRegion, REMOVED)                                                          \
    ENTRY(pfnResourceUpdateSubresourceUP, REMOVED)                                                 \
    ENTRY(pfnSoSetTargets, REMOVED)                                                                \
    ENTRY(pfnDrawAuto, REMOVED)                                                                    \
    ENTRY(pfnSetViewports, REMOVED)                                                                \
    ENTRY(pfnSetScissorRects, REMOVED)                                                             \
    ENTRY(pfnClearRenderTargetView, REMOVED)                                                       \
    ENTRY(pfnClearDepthStencilView, REMOVED)                                                       \
    ENTRY(pfnSetPredication, REMOVED)                                                              \
    ENTRY(pfnQueryGetData, GET_DATA)                                                               \
    ENTRY(pfnFlush, REMOVED)                                                                       \
    ENTRY(pfnGenMips, GEN_MIPS)                                                                    \
    ENTRY(pfnResourceCopy, REMOVED)                                                                \
    ENTRY(pfnResourceResolveSubresource, REMOVED)                                                  \
    ENTRY(pfnResourceMap, MAP)                                                                     \
    ENTRY(pfnResourceUnmap, REMOVED)                                                               \
    ENTRY(pfnResourceIsStagingBusy, NOTHING)                                                       \
    ENTRY(pfnRelocateDeviceFuncs, NOTHING)                                                         \
    ENTRY(pfnCalcPrivateResourceSize, NOTHING)                                                     \
    ENTRY(pfnCalcPrivateOpenedResourceSize, NOTHING)                                               \
    ENTRY(pfnCreateResource, CREATE_RESOURCE)                                                      \
    ENTRY(pfnOpenResource, CREATE)                                                                 \
    ENTRY(pfnDestroyResource, REMOVED)                                                             \
    ENTRY(pfnCalcPrivateShaderResourceViewSize, NOTHING)                                           \
    ENTRY(pfnCreateShaderResourceView, CREATE)                                                     \
    ENTRY(pfnDestroyShaderResourceView, REMOVED)                                                   \
    ENTRY(pfnCalcPrivateRenderTargetViewSize, NOTHING)                                             \
    ENTRY(pfnCreateRenderTargetView, CREATE)                                                       \
    ENTRY(pfnDestroyRenderTargetView, REMOVED)                                                     \
    ENTRY(pfnCalcPrivateDepthStencilViewSize, NOTHING)                                             \
    ENTRY(pfnCreateDepthStencilView, CREATE)                                                       \
    ENTRY(pfnDestroyDepthStencilView, REMOVED)                                                     \
    ENTRY(pfnCalcPrivateElementLayoutSize, NOTHING)                                                \
    ENTRY(pfnCreateElementLayout, CREATE)                                                          \
    ENTRY(pfnDestroyElementLayout, REMOVED)                                                        \
    ENTRY(pfnCalcPrivateBlendStateSize, NOTHING)                                                   \
    ENTRY(pfnCreateBlendState, CREATE)                                                             \
    ENTRY(pfnDestroyBlendState, REMOVED)                                                           \
    ENTRY(pfnCalcPrivateDepthStencilStateSize, NOTHING)                                            \
    ENTRY(pfnCreateDepthStencilState, CREATE)                                                      \
    ENTRY(pfnDestroyDepthStencilState, REMOVED)                                                    \
    ENTRY(pfnCalcPrivateRasterizerStateSize, NOTHING)                                              \
    ENTRY(pfnCreateRasterizerState, CREATE)                                                        \
    ENTRY(pfnDestroyRasterizerState, REMOVED)                                                      \
    ENTRY(pfnCalcPrivateShaderSize, NOTHING)                                                       \
    ENTRY(pfnCreateVertexShader, CREATE)                                                           \
    ENTRY(pfnCreateGeometryShader, CREATE)                                                         \
    ENTRY(pfnCreatePixelShader, CREATE)                                                            \
    ENTRY(pfnCalcPrivateGeometryShaderWithStreamOutput, NOTHING)                                   \
    ENTRY(pfnCreateGeometryShaderWithStreamOutput, CREATE)                                         \
    ENTRY(pfnDestroyShader, REMOVED)                                                               \
    ENTRY(pfnCalcPrivateSamplerSize, NOTHING)                                                      \
    ENTRY(pfnCreateSampler, CREATE)                                                                \
    ENTRY(pfnDestroySampler, REMOVED)                                                              \
    ENTRY(pfnCalcPrivateQuerySize, NOTHING)                                                        \
    ENTRY(pfnCreateQuery, CREATE_QUERY)                                                            \
    ENTRY(pfnDestroyQuery, REMOVED)                                                                \
    ENTRY(pfnCheckFormatSupport, CHECK_FORMAT)                                                     \
    ENTRY(pfnCheckMultisampleQualityLevels, CHECK_FORMAT)                                          \
    ENTRY(pfnCheckCounterInfo, NOTHING)                                                            \
    ENTRY(pfnCheckCounter, CHECK_COUNTER)                                                          \
    ENTRY(pfnDestroyDevice, REMOVED)                                                               \
    ENTRY(pfnSetTextFilterSize, REMOVED)                                                           \
    ENTRY(pfnResourceConvert, REMOVED)                                                             \
    ENTRY(pfnResourceConvertRegion, REMOVED)                                                       \
    ENTRY(pfnDrawIndexedInstancedIndirect, REMOVED)                                                \
    ENTRY(pfnDrawInstancedIndirect, REMOVED)                                                       \
    ENTRY(pfnCommandListExecute, CREATE)                                                           \
    ENTRY(pfnHsSetShaderResources, REMOVED)                                                        \
    ENTRY(pfnHsSetShader, REMOVED)                                                                 \
    ENTRY(pfnHsSetSamplers, REMOVED)                                                               \
    ENTRY(pfnHsSetConstantBuffers, REMOVED)                                                        \
    ENTRY(pfnDsSetShaderResources, REMOVED)                                                        \
    ENTRY(pfnDsSetShader, REMOVED)                                                                 \
    ENTRY(pfnDsSetSamplers, REMOVED)                                                               \
    ENTRY(pfnDsSetConstantBuffers, REMOVED)                                                        \
    ENTRY(pfnCreateHullShader, CREATE)                                                             \
    ENTRY(pfnCreateDomainShader, CREATE)                                                           \
    ENTRY(pfnCheckDeferredContextHandleSizes, NOTHING)                                             \
    ENTRY(pfnCalcDeferredContextHandleSize, NOTHING)                                               \
    ENTRY(pfnCalcPrivateDeferredContextSize, NOTHING)                                              \
    ENTRY(pfnCreateDeferredContext, CREATE)                                                        \
    ENTRY(pfnAbandonCommandList, REMOVED)                                                          \
    ENTRY(pfnCalcPrivateCommandListSize, NOTHING)                                                  \
    ENTRY(pfnCreateCommandList, CREATE)                                                            \
    ENTRY(pfnDestroyCommandList, REMOVED)                                                          \
    ENTRY(pfnCalcPrivateTessellationShaderSize, NOTHING)                                           \
    ENTRY(pfnPsSetShaderWithIfaces, CREATE)                                                        \
    ENTRY(pfnVsSetShaderWithIfaces, CREATE)                                                        \
    ENTRY(pfnGsSetShaderWithIfaces, CREATE)                                                        \
    ENTRY(pfnHsSetShaderWithIfaces, CREATE)                                                        \
    ENTRY(pfnDsSetShaderWithIfaces, CREATE)                                                        \
    ENTRY(pfnCsSetShaderWithIfaces, CREATE)                                                        \
    ENTRY(pfnCreateComputeShader, CREATE)                                                          \
    ENTRY(pfnCsSetShader, REMOVED)                                                                 \
    ENTRY(pfnCsSetShaderResources, REMOVED)                                                        \
    ENTRY(pfnCsSetSamplers, REMOVED)                                                               \
    ENTRY(pfnCsSetConstantBuffers, REMOVED)                                                        \
    ENTRY(pfnCalcPrivateUnorderedAccessViewSize, NOTHING)                                          \
    ENTRY(pfnCreateUnorderedAccessView, CREATE)                                                    \
    ENTRY(pfnDestroyUnorderedAccessView, REMOVED)                                                  \
    ENTRY(pfnClearUnorderedAccessViewUint, REMOVED)                                                \
    ENTRY(pfnClearUnorderedAccessViewFloat, REMOVED)                                               \
    ENTRY(pfnCsSetUnorderedAccessViews, REMOVED)                                                   \
    ENTRY(pfnDispatch, REMOVED)                                                                    \
    ENTRY(pfnDispatchIndirect, REMOVED)                                                            \
    ENTRY(pfnSetResourceMinLOD, REMOVED)                                                           \
    ENTRY(pfnCopyStructureCount, REMOVED)                                                          \
    ENTRY(pfnRecycleCommandList, REMOVED)                                                          \
    ENTRY(pfnRecycleCreateCommandList, NOTHING)                                                    \
    ENTRY(pfnRecycleCreateDeferredContext, NOTHING)                                                \
    ENTRY(pfnRecycleDestroyCommandList, REMOVED)

/** Seven in a DXGI table, all eight in a DXGI 1.1 table. */
#define RT_DXGI_ENTRIES(ENTRY)                                                                     \
    ENTRY(pfnPresent, NOTHING)                                                                     \
    ENTRY(pfnGetGammaCaps, NOTHING)                                                                \
    ENTRY(pfnSetDisplayMode, NOTHING)                                                              \
    ENTRY(pfnSetResourcePriority, NOTHING)                                                         \
    ENTRY(pfnQueryResourceResidency, NOTHING)                                                      \
    ENTRY(pfnRotateResourceIdentities, NOTHING)                                                    \
    ENTRY(pfnBlt, NOTHING)                                                                         \
    ENTRY(pfnResolveSharedResource, NOTHING)

/** Three after OpenAdapter10, all five after OpenAdapter10_2. */
#define RT_ADAPTER_ENTRIES(ENTRY)                                                                  \
    ENTRY(pfnCalcPrivateDeviceSize, NOTHING)                                                       \
    ENTRY(pfnCreateDevice, NOTHING)                                                                \
    ENTRY(pfnCloseAdapter, NOTHING)                                                                \
    ENTRY(pfnGetSupportedVersions, NOTHING)                                                        \
    ENTRY(pfnGetCaps, NOTHING)

#define RT_EXPORT_ENTRIES(ENTRY)                                                                   \
    ENTRY(OpenAdapter10, NOTHING)                                                                  \
    ENTRY(OpenAdapter10_2, NOTHING)                                                                \
    ENTRY(OpenAdapter11, NOTHING)

enum {
    RT_DEVICE_SLOTS_10 = 101,
    RT_DEVICE_SLOTS_10_1 = 103,
    RT_DEVICE_SLOTS_11 = 150,
    RT_DXGI_SLOTS = 7,
    RT_DXGI_1_1_SLOTS = 8,
    RT_ADAPTER_SLOTS = 3,
    RT_ADAPTER_2_SLOTS = 5,
};

/** RT_ENTRY_pfnDraw and so on; device slots first, so that their number is the slot. */
enum rt_entry {
#define ENTRY(name, class) RT_ENTRY_##name,
    RT_DEVICE_ENTRIES(ENTRY) RT_DXGI_ENTRIES(ENTRY) RT_ADAPTER_ENTRIES(ENTRY)
        RT_EXPORT_ENTRIES(ENTRY)
#undef ENTRY
            RT_ENTRIES,
};

/** Which codes an entry may report. */
enum rt_error_class {
    RT_ERRORS_NOTHING,         /**< none: it returns its result, or has none */
    RT_ERRORS_REMOVED,         /**< DEVICEREMOVED */
    RT_ERRORS_CREATE,          /**< E_OUTOFMEMORY, DEVICEREMOVED */
    RT_ERRORS_CREATE_RESOURCE, /**< and DXGI_DDI_ERR_UNSUPPORTED for some primaries */
    RT_ERRORS_CREATE_QUERY,    /**< and DXGI_DDI_ERR_NONEXCLUSIVE */
    RT_ERRORS_MAP,             /**< DEVICEREMOVED; WASSTILLDRAWING if asked not to wait */
    RT_ERRORS_GET_DATA,        /**< DEVICEREMOVED, WASSTILLDRAWING */
    RT_ERRORS_GEN_MIPS,        /**< E_FAIL, E_INVALIDARG */
    RT_ERRORS_CHECK_FORMAT,    /**< E_FAIL, E_INVALIDARG; never DEVICEREMOVED */
    RT_ERRORS_CHECK_COUNTER,   /**< E_INVALIDARG, DXGI_DDI_ERR_UNSUPPORTED; never DEVICEREMOVED */
};

/** The name as in the table, e.g. "pfnDraw". */
const char *rt_entry_name(enum rt_entry entry);
enum rt_error_class rt_entry_errors(enum rt_entry entry);

/** What a call's arguments add to the class. */
struct rt_error_context {
    bool may_still_draw;     /**< a map that asked not to wait */
    bool may_refuse_primary; /**< a primary without OPTIONAL, answered with NO_SCANOUT */
};

/** Whether an entry may report code. */
bool rt_error_is_permitted(enum rt_entry entry, HRESULT code,
                           const struct rt_error_context *context);

#endif
