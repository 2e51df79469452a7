/*
 * Types of the functions a driver implements: the exports and the slots of its tables.
 *
 * All are __stdcall. Where a name exists for several interface versions, the arguments differ (DDI
 * facts 4).
 */
#ifndef COMPAT_UMDDI_FUNCTIONS_H
#define COMPAT_UMDDI_FUNCTIONS_H

#include "device.h"
#include "handles.h"
#include "queries.h"
#include "resources.h"
#include "shaders.h"
#include "states.h"
#include "views.h"
#include <windows.h>

/* Adapter and device. */
typedef HRESULT(APIENTRY *PFND3D10DDI_OPENADAPTER)(D3D10DDIARG_OPENADAPTER *pOpenData);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATEDEVICESIZE)(
    D3D10DDI_HADAPTER hAdapter, const D3D10DDIARG_CALCPRIVATEDEVICESIZE *pData);
typedef HRESULT(APIENTRY *PFND3D10DDI_CREATEDEVICE)(D3D10DDI_HADAPTER hAdapter,
                                                    D3D10DDIARG_CREATEDEVICE *pCreateData);
typedef HRESULT(APIENTRY *PFND3D10DDI_CLOSEADAPTER)(D3D10DDI_HADAPTER hAdapter);
typedef HRESULT(APIENTRY *PFND3D10_2DDI_GETSUPPORTEDVERSIONS)(
    D3D10DDI_HADAPTER hAdapter, UINT32 *puEntries, UINT64 *pSupportedDDIInterfaceVersions);
typedef HRESULT(APIENTRY *PFND3D10_2DDI_GETCAPS)(D3D10DDI_HADAPTER hAdapter,
                                                 const D3D10_2DDIARG_GETCAPS *pData);
typedef void(APIENTRY *PFND3D10DDI_FLUSH)(D3D10DDI_HDEVICE hDevice);
typedef void(APIENTRY *PFND3D10DDI_RELOCATEDEVICEFUNCS)(D3D10DDI_HDEVICE hDevice,
                                                        D3D10DDI_DEVICEFUNCS *pDeviceFunctions);
typedef void(APIENTRY *PFND3D10DDI_CHECKFORMATSUPPORT)(D3D10DDI_HDEVICE hDevice, DXGI_FORMAT Format,
                                                       UINT *pFormatCaps);
typedef void(APIENTRY *PFND3D10DDI_CHECKMULTISAMPLEQUALITYLEVELS)(D3D10DDI_HDEVICE hDevice,
                                                                  DXGI_FORMAT Format,
                                                                  UINT SampleCount,
                                                                  UINT *pNumQualityLevels);
typedef void(APIENTRY *PFND3D10DDI_DESTROYDEVICE)(D3D10DDI_HDEVICE hDevice);
typedef void(APIENTRY *PFND3D10_1DDI_RELOCATEDEVICEFUNCS)(D3D10DDI_HDEVICE hDevice,
                                                          D3D10_1DDI_DEVICEFUNCS *pDeviceFunctions);
typedef void(APIENTRY *PFND3D11DDI_RELOCATEDEVICEFUNCS)(D3D10DDI_HDEVICE hDevice,
                                                        D3D11DDI_DEVICEFUNCS *pDeviceFunctions);

/* Deferred contexts and command lists. */
typedef void(APIENTRY *PFND3D11DDI_COMMANDLISTEXECUTE)(D3D10DDI_HDEVICE hDevice,
                                                       D3D11DDI_HCOMMANDLIST hCommandList);
typedef void(APIENTRY *PFND3D11DDI_CHECKDEFERREDCONTEXTHANDLESIZES)(
    D3D10DDI_HDEVICE hDevice, UINT *pHSizes, D3D11DDI_HANDLESIZE *pHandleSize);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCDEFERREDCONTEXTHANDLESIZE)(D3D10DDI_HDEVICE hDevice,
                                                                    D3D11DDI_HANDLETYPE HandleType,
                                                                    void *pICObject);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCPRIVATEDEFERREDCONTEXTSIZE)(
    D3D10DDI_HDEVICE hDevice,
    const D3D11DDIARG_CALCPRIVATEDEFERREDCONTEXTSIZE *pCalcPrivateDeferredContextSize);
typedef void(APIENTRY *PFND3D11DDI_CREATEDEFERREDCONTEXT)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATEDEFERREDCONTEXT *pCreateDeferredContext);
typedef void(APIENTRY *PFND3D11DDI_ABANDONCOMMANDLIST)(D3D10DDI_HDEVICE hDevice);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCPRIVATECOMMANDLISTSIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATECOMMANDLIST *pCreateCommandList);
typedef void(APIENTRY *PFND3D11DDI_CREATECOMMANDLIST)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATECOMMANDLIST *pCreateCommandList,
    D3D11DDI_HCOMMANDLIST hCommandList, D3D11DDI_HRTCOMMANDLIST hRTCommandList);
typedef void(APIENTRY *PFND3D11DDI_DESTROYCOMMANDLIST)(D3D10DDI_HDEVICE hDevice,
                                                       D3D11DDI_HCOMMANDLIST hCommandList);
typedef void(APIENTRY *PFND3D11DDI_RECYCLECOMMANDLIST)(D3D10DDI_HDEVICE hDevice,
                                                       D3D11DDI_HCOMMANDLIST hCommandList);
typedef HRESULT(APIENTRY *PFND3D11DDI_RECYCLECREATECOMMANDLIST)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATECOMMANDLIST *pCreateCommandList,
    D3D11DDI_HCOMMANDLIST hCommandList, D3D11DDI_HRTCOMMANDLIST hRTCommandList);
typedef HRESULT(APIENTRY *PFND3D11DDI_RECYCLECREATEDEFERREDCONTEXT)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATEDEFERREDCONTEXT *pCreateDeferredContext);

/* Views. */
typedef void(APIENTRY *PFND3D10DDI_SHADERRESOURCEVIEWREADAFTERWRITEHAZARD)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HSHADERRESOURCEVIEW hShaderResourceView,
    D3D10DDI_HRESOURCE hResource);
typedef void(APIENTRY *PFND3D10DDI_CLEARRENDERTARGETVIEW)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HRENDERTARGETVIEW hRenderTargetView, FLOAT pColorRGBA[4]);
typedef void(APIENTRY *PFND3D10DDI_CLEARDEPTHSTENCILVIEW)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HDEPTHSTENCILVIEW hDepthStencilView, UINT ClearFlags,
    FLOAT Depth, UINT8 Stencil);
typedef void(APIENTRY *PFND3D10DDI_GENMIPS)(D3D10DDI_HDEVICE hDevice,
                                            D3D10DDI_HSHADERRESOURCEVIEW hShaderResourceView);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATESHADERRESOURCEVIEWSIZE)(
    D3D10DDI_HDEVICE hDevice,
    const D3D10DDIARG_CREATESHADERRESOURCEVIEW *pCreateShaderResourceView);
typedef void(APIENTRY *PFND3D10DDI_CREATESHADERRESOURCEVIEW)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATESHADERRESOURCEVIEW *pCreateShaderResourceView,
    D3D10DDI_HSHADERRESOURCEVIEW hShaderResourceView,
    D3D10DDI_HRTSHADERRESOURCEVIEW hRTShaderResourceView);
typedef void(APIENTRY *PFND3D10DDI_DESTROYSHADERRESOURCEVIEW)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HSHADERRESOURCEVIEW hShaderResourceView);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATERENDERTARGETVIEWSIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATERENDERTARGETVIEW *pCreateRenderTargetView);
typedef void(APIENTRY *PFND3D10DDI_CREATERENDERTARGETVIEW)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATERENDERTARGETVIEW *pCreateRenderTargetView,
    D3D10DDI_HRENDERTARGETVIEW hRenderTargetView, D3D10DDI_HRTRENDERTARGETVIEW hRTRenderTargetView);
typedef void(APIENTRY *PFND3D10DDI_DESTROYRENDERTARGETVIEW)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HRENDERTARGETVIEW hRenderTargetView);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATEDEPTHSTENCILVIEWSIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATEDEPTHSTENCILVIEW *pCreateDepthStencilView);
typedef void(APIENTRY *PFND3D10DDI_CREATEDEPTHSTENCILVIEW)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATEDEPTHSTENCILVIEW *pCreateDepthStencilView,
    D3D10DDI_HDEPTHSTENCILVIEW hDepthStencilView, D3D10DDI_HRTDEPTHSTENCILVIEW hRTDepthStencilView);
typedef void(APIENTRY *PFND3D10DDI_DESTROYDEPTHSTENCILVIEW)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HDEPTHSTENCILVIEW hDepthStencilView);
typedef SIZE_T(APIENTRY *PFND3D10_1DDI_CALCPRIVATESHADERRESOURCEVIEWSIZE)(
    D3D10DDI_HDEVICE hDevice,
    const D3D10_1DDIARG_CREATESHADERRESOURCEVIEW *pCreateShaderResourceView);
typedef void(APIENTRY *PFND3D10_1DDI_CREATESHADERRESOURCEVIEW)(
    D3D10DDI_HDEVICE hDevice,
    const D3D10_1DDIARG_CREATESHADERRESOURCEVIEW *pCreateShaderResourceView,
    D3D10DDI_HSHADERRESOURCEVIEW hShaderResourceView,
    D3D10DDI_HRTSHADERRESOURCEVIEW hRTShaderResourceView);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCPRIVATESHADERRESOURCEVIEWSIZE)(
    D3D10DDI_HDEVICE hDevice,
    const D3D11DDIARG_CREATESHADERRESOURCEVIEW *pCreateShaderResourceView);
typedef void(APIENTRY *PFND3D11DDI_CREATESHADERRESOURCEVIEW)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATESHADERRESOURCEVIEW *pCreateShaderResourceView,
    D3D10DDI_HSHADERRESOURCEVIEW hShaderResourceView,
    D3D10DDI_HRTSHADERRESOURCEVIEW hRTShaderResourceView);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCPRIVATEDEPTHSTENCILVIEWSIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATEDEPTHSTENCILVIEW *pCreateDepthStencilView);
typedef void(APIENTRY *PFND3D11DDI_CREATEDEPTHSTENCILVIEW)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATEDEPTHSTENCILVIEW *pCreateDepthStencilView,
    D3D10DDI_HDEPTHSTENCILVIEW hDepthStencilView, D3D10DDI_HRTDEPTHSTENCILVIEW hRTDepthStencilView);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCPRIVATEUNORDEREDACCESSVIEWSIZE)(
    D3D10DDI_HDEVICE hDevice,
    const D3D11DDIARG_CREATEUNORDEREDACCESSVIEW *pCreateUnorderedAccessView);
typedef void(APIENTRY *PFND3D11DDI_CREATEUNORDEREDACCESSVIEW)(
    D3D10DDI_HDEVICE hDevice,
    const D3D11DDIARG_CREATEUNORDEREDACCESSVIEW *pCreateUnorderedAccessView,
    D3D11DDI_HUNORDEREDACCESSVIEW hUnorderedAccessView,
    D3D11DDI_HRTUNORDEREDACCESSVIEW hRTUnorderedAccessView);
typedef void(APIENTRY *PFND3D11DDI_DESTROYUNORDEREDACCESSVIEW)(
    D3D10DDI_HDEVICE hDevice, D3D11DDI_HUNORDEREDACCESSVIEW hUnorderedAccessView);
typedef void(APIENTRY *PFND3D11DDI_CLEARUNORDEREDACCESSVIEWUINT)(
    D3D10DDI_HDEVICE hDevice, D3D11DDI_HUNORDEREDACCESSVIEW hUnorderedAccessView,
    const UINT pValues[4]);
typedef void(APIENTRY *PFND3D11DDI_CLEARUNORDEREDACCESSVIEWFLOAT)(
    D3D10DDI_HDEVICE hDevice, D3D11DDI_HUNORDEREDACCESSVIEW hUnorderedAccessView,
    const FLOAT pValues[4]);

/* Resources. */
typedef void(APIENTRY *PFND3D10DDI_RESOURCEUPDATESUBRESOURCEUP)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HRESOURCE hDstResource, UINT DstSubresource,
    const D3D10_DDI_BOX *pDstBox, const void *pSysMemUP, UINT RowPitch, UINT DepthPitch);
typedef void(APIENTRY *PFND3D10DDI_RESOURCEMAP)(D3D10DDI_HDEVICE hDevice,
                                                D3D10DDI_HRESOURCE hResource, UINT Subresource,
                                                D3D10_DDI_MAP DDIMap, UINT Flags,
                                                D3D10DDI_MAPPED_SUBRESOURCE *pMappedSubResource);
typedef void(APIENTRY *PFND3D10DDI_RESOURCEUNMAP)(D3D10DDI_HDEVICE hDevice,
                                                  D3D10DDI_HRESOURCE hResource, UINT Subresource);
typedef void(APIENTRY *PFND3D10DDI_RESOURCEREADAFTERWRITEHAZARD)(D3D10DDI_HDEVICE hDevice,
                                                                 D3D10DDI_HRESOURCE hResource);
typedef void(APIENTRY *PFND3D10DDI_RESOURCECOPYREGION)(D3D10DDI_HDEVICE hDevice,
                                                       D3D10DDI_HRESOURCE hDstResource,
                                                       UINT DstSubresource, UINT DstX, UINT DstY,
                                                       UINT DstZ, D3D10DDI_HRESOURCE hSrcResource,
                                                       UINT SrcSubresource,
                                                       const D3D10_DDI_BOX *pSrcBox);
typedef void(APIENTRY *PFND3D10DDI_RESOURCECOPY)(D3D10DDI_HDEVICE hDevice,
                                                 D3D10DDI_HRESOURCE hDstResource,
                                                 D3D10DDI_HRESOURCE hSrcResource);
typedef void(APIENTRY *PFND3D10DDI_RESOURCERESOLVESUBRESOURCE)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HRESOURCE hDstResource, UINT DstSubresource,
    D3D10DDI_HRESOURCE hSrcResource, UINT SrcSubresource, DXGI_FORMAT ResolveFormat);
typedef BOOL(APIENTRY *PFND3D10DDI_RESOURCEISSTAGINGBUSY)(D3D10DDI_HDEVICE hDevice,
                                                          D3D10DDI_HRESOURCE hResource);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATERESOURCESIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATERESOURCE *pCreateResource);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATEOPENEDRESOURCESIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_OPENRESOURCE *pOpenResource);
typedef void(APIENTRY *PFND3D10DDI_CREATERESOURCE)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATERESOURCE *pCreateResource,
    D3D10DDI_HRESOURCE hResource, D3D10DDI_HRTRESOURCE hRTResource);
typedef void(APIENTRY *PFND3D10DDI_OPENRESOURCE)(D3D10DDI_HDEVICE hDevice,
                                                 const D3D10DDIARG_OPENRESOURCE *pOpenResource,
                                                 D3D10DDI_HRESOURCE hResource,
                                                 D3D10DDI_HRTRESOURCE hRTResource);
typedef void(APIENTRY *PFND3D10DDI_DESTROYRESOURCE)(D3D10DDI_HDEVICE hDevice,
                                                    D3D10DDI_HRESOURCE hResource);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCPRIVATERESOURCESIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATERESOURCE *pCreateResource);
typedef void(APIENTRY *PFND3D11DDI_CREATERESOURCE)(
    D3D10DDI_HDEVICE hDevice, const D3D11DDIARG_CREATERESOURCE *pCreateResource,
    D3D10DDI_HRESOURCE hResource, D3D10DDI_HRTRESOURCE hRTResource);
typedef void(APIENTRY *PFND3D11DDI_SETRESOURCEMINLOD)(D3D10DDI_HDEVICE hDevice,
                                                      D3D10DDI_HRESOURCE hResource, FLOAT MinLOD);
typedef void(APIENTRY *PFND3D11DDI_COPYSTRUCTURECOUNT)(D3D10DDI_HDEVICE hDevice,
                                                       D3D10DDI_HRESOURCE hDstBuffer,
                                                       UINT DstAlignedByteOffset,
                                                       D3D11DDI_HUNORDEREDACCESSVIEW hSrcView);

/* Shaders and input layouts. */
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATEELEMENTLAYOUTSIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATEELEMENTLAYOUT *pCreateElementLayout);
typedef void(APIENTRY *PFND3D10DDI_CREATEELEMENTLAYOUT)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATEELEMENTLAYOUT *pCreateElementLayout,
    D3D10DDI_HELEMENTLAYOUT hElementLayout, D3D10DDI_HRTELEMENTLAYOUT hRTElementLayout);
typedef void(APIENTRY *PFND3D10DDI_DESTROYELEMENTLAYOUT)(D3D10DDI_HDEVICE hDevice,
                                                         D3D10DDI_HELEMENTLAYOUT hElementLayout);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATESHADERSIZE)(
    D3D10DDI_HDEVICE hDevice, const UINT *pShaderCode,
    const D3D10DDIARG_STAGE_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D10DDI_CREATEVERTEXSHADER)(
    D3D10DDI_HDEVICE hDevice, const UINT *pShaderCode, D3D10DDI_HSHADER hShader,
    D3D10DDI_HRTSHADER hRTShader, const D3D10DDIARG_STAGE_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D10DDI_CREATEGEOMETRYSHADER)(
    D3D10DDI_HDEVICE hDevice, const UINT *pShaderCode, D3D10DDI_HSHADER hShader,
    D3D10DDI_HRTSHADER hRTShader, const D3D10DDIARG_STAGE_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D10DDI_CREATEPIXELSHADER)(
    D3D10DDI_HDEVICE hDevice, const UINT *pShaderCode, D3D10DDI_HSHADER hShader,
    D3D10DDI_HRTSHADER hRTShader, const D3D10DDIARG_STAGE_IO_SIGNATURES *pSignatures);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATEGEOMETRYSHADERWITHSTREAMOUTPUT)(
    D3D10DDI_HDEVICE hDevice,
    const D3D10DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT *pCreateGeometryShaderWithStreamOutput,
    const D3D10DDIARG_STAGE_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D10DDI_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT)(
    D3D10DDI_HDEVICE hDevice,
    const D3D10DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT *pCreateGeometryWithShaderOutput,
    D3D10DDI_HSHADER hShader, D3D10DDI_HRTSHADER hRTShader,
    const D3D10DDIARG_STAGE_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D10DDI_DESTROYSHADER)(D3D10DDI_HDEVICE hDevice,
                                                  D3D10DDI_HSHADER hShader);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCPRIVATEGEOMETRYSHADERWITHSTREAMOUTPUT)(
    D3D10DDI_HDEVICE hDevice,
    const D3D11DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT *pCreateGeometryShaderWithStreamOutput,
    const D3D10DDIARG_STAGE_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D11DDI_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT)(
    D3D10DDI_HDEVICE hDevice,
    const D3D11DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT *pCreateGeometryWithShaderOutput,
    D3D10DDI_HSHADER hShader, D3D10DDI_HRTSHADER hRTShader,
    const D3D10DDIARG_STAGE_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D11DDI_CREATEHULLSHADER)(
    D3D10DDI_HDEVICE hDevice, const UINT *pShaderCode, D3D10DDI_HSHADER hShader,
    D3D10DDI_HRTSHADER hRTShader, const D3D11DDIARG_TESSELLATION_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D11DDI_CREATEDOMAINSHADER)(
    D3D10DDI_HDEVICE hDevice, const UINT *pShaderCode, D3D10DDI_HSHADER hShader,
    D3D10DDI_HRTSHADER hRTShader, const D3D11DDIARG_TESSELLATION_IO_SIGNATURES *pSignatures);
typedef SIZE_T(APIENTRY *PFND3D11DDI_CALCPRIVATETESSELLATIONSHADERSIZE)(
    D3D10DDI_HDEVICE hDevice, const UINT *pShaderCode,
    const D3D11DDIARG_TESSELLATION_IO_SIGNATURES *pSignatures);
typedef void(APIENTRY *PFND3D11DDI_CREATECOMPUTESHADER)(D3D10DDI_HDEVICE hDevice,
                                                        const UINT *pShaderCode,
                                                        D3D10DDI_HSHADER hShader,
                                                        D3D10DDI_HRTSHADER hRTShader);

/* State objects. */
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATEBLENDSTATESIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10_DDI_BLEND_DESC *pBlendDesc);
typedef void(APIENTRY *PFND3D10DDI_CREATEBLENDSTATE)(D3D10DDI_HDEVICE hDevice,
                                                     const D3D10_DDI_BLEND_DESC *pBlendDesc,
                                                     D3D10DDI_HBLENDSTATE hBlendState,
                                                     D3D10DDI_HRTBLENDSTATE hRTBlendState);
typedef void(APIENTRY *PFND3D10DDI_DESTROYBLENDSTATE)(D3D10DDI_HDEVICE hDevice,
                                                      D3D10DDI_HBLENDSTATE hBlendState);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATEDEPTHSTENCILSTATESIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10_DDI_DEPTH_STENCIL_DESC *pDepthStencilDesc);
typedef void(APIENTRY *PFND3D10DDI_CREATEDEPTHSTENCILSTATE)(
    D3D10DDI_HDEVICE hDevice, const D3D10_DDI_DEPTH_STENCIL_DESC *pDepthStencilDesc,
    D3D10DDI_HDEPTHSTENCILSTATE hDepthStencilState,
    D3D10DDI_HRTDEPTHSTENCILSTATE hRTDepthStencilState);
typedef void(APIENTRY *PFND3D10DDI_DESTROYDEPTHSTENCILSTATE)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HDEPTHSTENCILSTATE hDepthStencilState);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATERASTERIZERSTATESIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10_DDI_RASTERIZER_DESC *pRasterizerDesc);
typedef void(APIENTRY *PFND3D10DDI_CREATERASTERIZERSTATE)(
    D3D10DDI_HDEVICE hDevice, const D3D10_DDI_RASTERIZER_DESC *pRasterizerDesc,
    D3D10DDI_HRASTERIZERSTATE hRasterizerState, D3D10DDI_HRTRASTERIZERSTATE hRTRasterizerState);
typedef void(APIENTRY *PFND3D10DDI_DESTROYRASTERIZERSTATE)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HRASTERIZERSTATE hRasterizerState);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATESAMPLERSIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10_DDI_SAMPLER_DESC *pSamplerDesc);
typedef void(APIENTRY *PFND3D10DDI_CREATESAMPLER)(D3D10DDI_HDEVICE hDevice,
                                                  const D3D10_DDI_SAMPLER_DESC *pSamplerDesc,
                                                  D3D10DDI_HSAMPLER hSampler,
                                                  D3D10DDI_HRTSAMPLER hRTSampler);
typedef void(APIENTRY *PFND3D10DDI_DESTROYSAMPLER)(D3D10DDI_HDEVICE hDevice,
                                                   D3D10DDI_HSAMPLER hSampler);
typedef SIZE_T(APIENTRY *PFND3D10_1DDI_CALCPRIVATEBLENDSTATESIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10_1_DDI_BLEND_DESC *pBlendDesc);
typedef void(APIENTRY *PFND3D10_1DDI_CREATEBLENDSTATE)(D3D10DDI_HDEVICE hDevice,
                                                       const D3D10_1_DDI_BLEND_DESC *pBlendDesc,
                                                       D3D10DDI_HBLENDSTATE hBlendState,
                                                       D3D10DDI_HRTBLENDSTATE hRTBlendState);

/* Queries and counters. */
typedef void(APIENTRY *PFND3D10DDI_QUERYEND)(D3D10DDI_HDEVICE hDevice, D3D10DDI_HQUERY hQuery);
typedef void(APIENTRY *PFND3D10DDI_QUERYBEGIN)(D3D10DDI_HDEVICE hDevice, D3D10DDI_HQUERY hQuery);
typedef void(APIENTRY *PFND3D10DDI_SETPREDICATION)(D3D10DDI_HDEVICE hDevice, D3D10DDI_HQUERY hQuery,
                                                   BOOL PredicateValue);
typedef void(APIENTRY *PFND3D10DDI_QUERYGETDATA)(D3D10DDI_HDEVICE hDevice, D3D10DDI_HQUERY hQuery,
                                                 void *pData, UINT DataSize, UINT Flags);
typedef SIZE_T(APIENTRY *PFND3D10DDI_CALCPRIVATEQUERYSIZE)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDIARG_CREATEQUERY *pCreateQuery);
typedef void(APIENTRY *PFND3D10DDI_CREATEQUERY)(D3D10DDI_HDEVICE hDevice,
                                                const D3D10DDIARG_CREATEQUERY *pCreateQuery,
                                                D3D10DDI_HQUERY hQuery, D3D10DDI_HRTQUERY hRTQuery);
typedef void(APIENTRY *PFND3D10DDI_DESTROYQUERY)(D3D10DDI_HDEVICE hDevice, D3D10DDI_HQUERY hQuery);
typedef void(APIENTRY *PFND3D10DDI_CHECKCOUNTERINFO)(D3D10DDI_HDEVICE hDevice,
                                                     D3D10DDI_COUNTER_INFO *pCounterInfo);
typedef void(APIENTRY *PFND3D10DDI_CHECKCOUNTER)(D3D10DDI_HDEVICE hDevice, D3D10DDI_QUERY Query,
                                                 D3D10DDI_COUNTER_TYPE *pCounterType,
                                                 UINT *pActiveCounters, LPSTR pName,
                                                 UINT *pNameLength, LPSTR pUnits,
                                                 UINT *pUnitsLength, LPSTR pDescription,
                                                 UINT *pDescriptionLength);

/* Pipeline state. */
typedef void(APIENTRY *PFND3D10DDI_SETCONSTANTBUFFERS)(D3D10DDI_HDEVICE hDevice, UINT StartSlot,
                                                       UINT NumBuffers,
                                                       const D3D10DDI_HRESOURCE *phBuffers);
typedef void(APIENTRY *PFND3D10DDI_SETSHADERRESOURCES)(
    D3D10DDI_HDEVICE hDevice, UINT StartSlot, UINT NumViews,
    const D3D10DDI_HSHADERRESOURCEVIEW *phShaderResourceViews);
typedef void(APIENTRY *PFND3D10DDI_SETSHADER)(D3D10DDI_HDEVICE hDevice, D3D10DDI_HSHADER hShader);
typedef void(APIENTRY *PFND3D10DDI_SETSAMPLERS)(D3D10DDI_HDEVICE hDevice, UINT StartSlot,
                                                UINT NumSamplers,
                                                const D3D10DDI_HSAMPLER *phSamplers);
typedef void(APIENTRY *PFND3D10DDI_SETINPUTLAYOUT)(D3D10DDI_HDEVICE hDevice,
                                                   D3D10DDI_HELEMENTLAYOUT hInputLayout);
typedef void(APIENTRY *PFND3D10DDI_IA_SETVERTEXBUFFERS)(D3D10DDI_HDEVICE hDevice, UINT StartSlot,
                                                        UINT NumBuffers,
                                                        const D3D10DDI_HRESOURCE *phBuffers,
                                                        const UINT *pStrides, const UINT *pOffsets);
typedef void(APIENTRY *PFND3D10DDI_IA_SETINDEXBUFFER)(D3D10DDI_HDEVICE hDevice,
                                                      D3D10DDI_HRESOURCE hBuffer,
                                                      DXGI_FORMAT Format, UINT Offset);
typedef void(APIENTRY *PFND3D10DDI_IA_SETTOPOLOGY)(D3D10DDI_HDEVICE hDevice,
                                                   D3D10_DDI_PRIMITIVE_TOPOLOGY PrimitiveTopology);
typedef void(APIENTRY *PFND3D10DDI_SETRENDERTARGETS)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDI_HRENDERTARGETVIEW *phRenderTargetView, UINT NumViews,
    UINT ClearSlots, D3D10DDI_HDEPTHSTENCILVIEW hDepthStencilView);
typedef void(APIENTRY *PFND3D10DDI_SETBLENDSTATE)(D3D10DDI_HDEVICE hDevice,
                                                  D3D10DDI_HBLENDSTATE hBlendState,
                                                  const FLOAT pBlendFactor[4], UINT SampleMask);
typedef void(APIENTRY *PFND3D10DDI_SETDEPTHSTENCILSTATE)(D3D10DDI_HDEVICE hDevice,
                                                         D3D10DDI_HDEPTHSTENCILSTATE hState,
                                                         UINT StencilRef);
typedef void(APIENTRY *PFND3D10DDI_SETRASTERIZERSTATE)(D3D10DDI_HDEVICE hDevice,
                                                       D3D10DDI_HRASTERIZERSTATE hRasterizerState);
typedef void(APIENTRY *PFND3D10DDI_SO_SETTARGETS)(D3D10DDI_HDEVICE hDevice, UINT NumBuffers,
                                                  UINT ClearTargets,
                                                  const D3D10DDI_HRESOURCE *phResource,
                                                  const UINT *pOffsets);
typedef void(APIENTRY *PFND3D10DDI_SETVIEWPORTS)(D3D10DDI_HDEVICE hDevice, UINT NumViewports,
                                                 UINT ClearViewports,
                                                 const D3D10_DDI_VIEWPORT *pViewports);
typedef void(APIENTRY *PFND3D10DDI_SETSCISSORRECTS)(D3D10DDI_HDEVICE hDevice, UINT NumRects,
                                                    UINT ClearRects, const D3D10_DDI_RECT *pRects);
typedef void(APIENTRY *PFND3D10DDI_SETTEXTFILTERSIZE)(D3D10DDI_HDEVICE hDevice, UINT Width,
                                                      UINT Height);
typedef void(APIENTRY *PFND3D11DDI_SETRENDERTARGETS)(
    D3D10DDI_HDEVICE hDevice, const D3D10DDI_HRENDERTARGETVIEW *phRenderTargetView, UINT NumRTVs,
    UINT ClearSlots, D3D10DDI_HDEPTHSTENCILVIEW hDepthStencilView,
    const D3D11DDI_HUNORDEREDACCESSVIEW *phUnorderedAccessView, const UINT *pUAVInitialCounts,
    UINT UAVStartSlot, UINT NumUAVs, UINT UAVRangeStart, UINT UAVRangeSize);
typedef void(APIENTRY *PFND3D11DDI_SETSHADER_WITH_IFACES)(
    D3D10DDI_HDEVICE hDevice, D3D10DDI_HSHADER hShader, UINT NumClassInstances, const UINT *pIfaces,
    const D3D11DDIARG_POINTERDATA *pPointerData);
typedef void(APIENTRY *PFND3D11DDI_SETUNORDEREDACCESSVIEWS)(
    D3D10DDI_HDEVICE hDevice, UINT StartSlot, UINT NumViews,
    const D3D11DDI_HUNORDEREDACCESSVIEW *phUnorderedAccessViews, const UINT *pUAVInitialCounts);

/* Draw and dispatch. */
typedef void(APIENTRY *PFND3D10DDI_DRAWINDEXED)(D3D10DDI_HDEVICE hDevice, UINT IndexCount,
                                                UINT StartIndexLocation, INT BaseVertexLocation);
typedef void(APIENTRY *PFND3D10DDI_DRAW)(D3D10DDI_HDEVICE hDevice, UINT VertexCount,
                                         UINT StartVertexLocation);
typedef void(APIENTRY *PFND3D10DDI_DRAWINDEXEDINSTANCED)(
    D3D10DDI_HDEVICE hDevice, UINT IndexCountPerInstance, UINT InstanceCount,
    UINT StartIndexLocation, INT BaseVertexLocation, UINT StartInstanceLocation);
typedef void(APIENTRY *PFND3D10DDI_DRAWINSTANCED)(D3D10DDI_HDEVICE hDevice,
                                                  UINT VertexCountPerInstance, UINT InstanceCount,
                                                  UINT StartVertexLocation,
                                                  UINT StartInstanceLocation);
typedef void(APIENTRY *PFND3D10DDI_DRAWAUTO)(D3D10DDI_HDEVICE hDevice);
typedef void(APIENTRY *PFND3D11DDI_DRAWINDEXEDINSTANCEDINDIRECT)(D3D10DDI_HDEVICE hDevice,
                                                                 D3D10DDI_HRESOURCE hBufferForArgs,
                                                                 UINT AlignedByteOffsetForArgs);
typedef void(APIENTRY *PFND3D11DDI_DRAWINSTANCEDINDIRECT)(D3D10DDI_HDEVICE hDevice,
                                                          D3D10DDI_HRESOURCE hBufferForArgs,
                                                          UINT AlignedByteOffsetForArgs);
typedef void(APIENTRY *PFND3D11DDI_DISPATCH)(D3D10DDI_HDEVICE hDevice, UINT ThreadGroupCountX,
                                             UINT ThreadGroupCountY, UINT ThreadGroupCountZ);
typedef void(APIENTRY *PFND3D11DDI_DISPATCHINDIRECT)(D3D10DDI_HDEVICE hDevice,
                                                     D3D10DDI_HRESOURCE hBufferForArgs,
                                                     UINT AlignedByteOffsetForArgs);

#endif
