/*
 * Callbacks of the runtime's core layer. All take hRTCoreLayer (DDI facts 6).
 *
 * State-refresh callbacks ask the runtime to set a range of state again; the order of Base and
 * Count is inferred (DDI facts 7).
 */
#ifndef COMPAT_UMDDI_CALLBACKS_H
#define COMPAT_UMDDI_CALLBACKS_H

#include "device.h"
#include "handles.h"
#include <windows.h>

typedef void(APIENTRY *PFND3D10DDI_SETERROR_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                HRESULT hResult);
typedef void(APIENTRY *PFND3D10DDI_STATE_VS_CONSTBUF_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                         UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_PS_SRV_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer, UINT Base,
                                                    UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_PS_SHADER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_PS_SAMPLER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                        UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_VS_SHADER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_PS_CONSTBUF_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                         UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_IA_INPUTLAYOUT_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_IA_VERTEXBUF_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                          UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_IA_INDEXBUF_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_GS_CONSTBUF_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                         UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_GS_SHADER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_IA_PRIMITIVE_TOPOLOGY_CB)(
    D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_VS_SRV_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer, UINT Base,
                                                    UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_VS_SAMPLER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                        UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_GS_SRV_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer, UINT Base,
                                                    UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_GS_SAMPLER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                        UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D10DDI_STATE_OM_RENDERTARGETS_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_OM_BLENDSTATE_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_OM_DEPTHSTATE_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_RS_RASTSTATE_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_SO_TARGETS_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_RS_VIEWPORTS_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_RS_SCISSOR_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_DISABLE_DEFERRED_STAGING_RESOURCE_DESTRUCTION_CB)(
    D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D10DDI_STATE_TEXTFILTERSIZE_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D11DDI_STATE_HS_SRV_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer, UINT Base,
                                                    UINT Count);
typedef void(APIENTRY *PFND3D11DDI_STATE_HS_SHADER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D11DDI_STATE_HS_SAMPLER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                        UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D11DDI_STATE_HS_CONSTBUF_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                         UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D11DDI_STATE_DS_SRV_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer, UINT Base,
                                                    UINT Count);
typedef void(APIENTRY *PFND3D11DDI_STATE_DS_SHADER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D11DDI_STATE_DS_SAMPLER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                        UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D11DDI_STATE_DS_CONSTBUF_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                         UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D11DDI_PERFORM_AMORTIZED_PROCESSING_CB)(
    D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D11DDI_STATE_CS_SRV_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer, UINT Base,
                                                    UINT Count);
typedef void(APIENTRY *PFND3D11DDI_STATE_CS_UAV_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer, UINT Base,
                                                    UINT Count);
typedef void(APIENTRY *PFND3D11DDI_STATE_CS_SHADER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer);
typedef void(APIENTRY *PFND3D11DDI_STATE_CS_SAMPLER_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                        UINT Base, UINT Count);
typedef void(APIENTRY *PFND3D11DDI_STATE_CS_CONSTBUF_CB)(D3D10DDI_HRTCORELAYER hRTCoreLayer,
                                                         UINT Base, UINT Count);

/* Callbacks of a 10.0 or 10.1 device. Slots 0 to 25 are shared with 11. */
struct D3D10DDI_CORELAYER_DEVICECALLBACKS {
    PFND3D10DDI_SETERROR_CB pfnSetErrorCb;
    PFND3D10DDI_STATE_VS_CONSTBUF_CB pfnStateVsConstBufCb;
    PFND3D10DDI_STATE_PS_SRV_CB pfnStatePsSrvCb;
    PFND3D10DDI_STATE_PS_SHADER_CB pfnStatePsShaderCb;
    PFND3D10DDI_STATE_PS_SAMPLER_CB pfnStatePsSamplerCb;
    PFND3D10DDI_STATE_VS_SHADER_CB pfnStateVsShaderCb;
    PFND3D10DDI_STATE_PS_CONSTBUF_CB pfnStatePsConstBufCb;
    PFND3D10DDI_STATE_IA_INPUTLAYOUT_CB pfnStateIaInputLayoutCb;
    PFND3D10DDI_STATE_IA_VERTEXBUF_CB pfnStateIaVertexBufCb;
    PFND3D10DDI_STATE_IA_INDEXBUF_CB pfnStateIaIndexBufCb;
    PFND3D10DDI_STATE_GS_CONSTBUF_CB pfnStateGsConstBufCb;
    PFND3D10DDI_STATE_GS_SHADER_CB pfnStateGsShaderCb;
    PFND3D10DDI_STATE_IA_PRIMITIVE_TOPOLOGY_CB pfnStateIaPrimitiveTopologyCb;
    PFND3D10DDI_STATE_VS_SRV_CB pfnStateVsSrvCb;
    PFND3D10DDI_STATE_VS_SAMPLER_CB pfnStateVsSamplerCb;
    PFND3D10DDI_STATE_GS_SRV_CB pfnStateGsSrvCb;
    PFND3D10DDI_STATE_GS_SAMPLER_CB pfnStateGsSamplerCb;
    PFND3D10DDI_STATE_OM_RENDERTARGETS_CB pfnStateOmRenderTargetsCb;
    PFND3D10DDI_STATE_OM_BLENDSTATE_CB pfnStateOmBlendStateCb;
    PFND3D10DDI_STATE_OM_DEPTHSTATE_CB pfnStateOmDepthStateCb;
    PFND3D10DDI_STATE_RS_RASTSTATE_CB pfnStateRsRastStateCb;
    PFND3D10DDI_STATE_SO_TARGETS_CB pfnStateSoTargetsCb;
    PFND3D10DDI_STATE_RS_VIEWPORTS_CB pfnStateRsViewportsCb;
    PFND3D10DDI_STATE_RS_SCISSOR_CB pfnStateRsScissorCb;
    PFND3D10DDI_DISABLE_DEFERRED_STAGING_RESOURCE_DESTRUCTION_CB
    pfnDisableDeferredStagingResourceDestruction;
    PFND3D10DDI_STATE_TEXTFILTERSIZE_CB pfnStateTextFilterSizeCb;
};

/* Callbacks of an 11.0 device. */
struct D3D11DDI_CORELAYER_DEVICECALLBACKS {
    PFND3D10DDI_SETERROR_CB pfnSetErrorCb;
    PFND3D10DDI_STATE_VS_CONSTBUF_CB pfnStateVsConstBufCb;
    PFND3D10DDI_STATE_PS_SRV_CB pfnStatePsSrvCb;
    PFND3D10DDI_STATE_PS_SHADER_CB pfnStatePsShaderCb;
    PFND3D10DDI_STATE_PS_SAMPLER_CB pfnStatePsSamplerCb;
    PFND3D10DDI_STATE_VS_SHADER_CB pfnStateVsShaderCb;
    PFND3D10DDI_STATE_PS_CONSTBUF_CB pfnStatePsConstBufCb;
    PFND3D10DDI_STATE_IA_INPUTLAYOUT_CB pfnStateIaInputLayoutCb;
    PFND3D10DDI_STATE_IA_VERTEXBUF_CB pfnStateIaVertexBufCb;
    PFND3D10DDI_STATE_IA_INDEXBUF_CB pfnStateIaIndexBufCb;
    PFND3D10DDI_STATE_GS_CONSTBUF_CB pfnStateGsConstBufCb;
    PFND3D10DDI_STATE_GS_SHADER_CB pfnStateGsShaderCb;
    PFND3D10DDI_STATE_IA_PRIMITIVE_TOPOLOGY_CB pfnStateIaPrimitiveTopologyCb;
    PFND3D10DDI_STATE_VS_SRV_CB pfnStateVsSrvCb;
    PFND3D10DDI_STATE_VS_SAMPLER_CB pfnStateVsSamplerCb;
    PFND3D10DDI_STATE_GS_SRV_CB pfnStateGsSrvCb;
    PFND3D10DDI_STATE_GS_SAMPLER_CB pfnStateGsSamplerCb;
    PFND3D10DDI_STATE_OM_RENDERTARGETS_CB pfnStateOmRenderTargetsCb;
    PFND3D10DDI_STATE_OM_BLENDSTATE_CB pfnStateOmBlendStateCb;
    PFND3D10DDI_STATE_OM_DEPTHSTATE_CB pfnStateOmDepthStateCb;
    PFND3D10DDI_STATE_RS_RASTSTATE_CB pfnStateRsRastStateCb;
    PFND3D10DDI_STATE_SO_TARGETS_CB pfnStateSoTargetsCb;
    PFND3D10DDI_STATE_RS_VIEWPORTS_CB pfnStateRsViewportsCb;
    PFND3D10DDI_STATE_RS_SCISSOR_CB pfnStateRsScissorCb;
    PFND3D10DDI_DISABLE_DEFERRED_STAGING_RESOURCE_DESTRUCTION_CB
    pfnDisableDeferredStagingResourceDestruction;
    PFND3D10DDI_STATE_TEXTFILTERSIZE_CB pfnStateTextFilterSizeCb;
    /* From here on 11 only. */
    PFND3D11DDI_STATE_HS_SRV_CB pfnStateHsSrvCb;
    PFND3D11DDI_STATE_HS_SHADER_CB pfnStateHsShaderCb;
    PFND3D11DDI_STATE_HS_SAMPLER_CB pfnStateHsSamplerCb;
    PFND3D11DDI_STATE_HS_CONSTBUF_CB pfnStateHsConstBufCb;
    PFND3D11DDI_STATE_DS_SRV_CB pfnStateDsSrvCb;
    PFND3D11DDI_STATE_DS_SHADER_CB pfnStateDsShaderCb;
    PFND3D11DDI_STATE_DS_SAMPLER_CB pfnStateDsSamplerCb;
    PFND3D11DDI_STATE_DS_CONSTBUF_CB pfnStateDsConstBufCb;
    PFND3D11DDI_PERFORM_AMORTIZED_PROCESSING_CB pfnPerformAmortizedProcessingCb;
    PFND3D11DDI_STATE_CS_SRV_CB pfnStateCsSrvCb;
    PFND3D11DDI_STATE_CS_UAV_CB pfnStateCsUavCb;
    PFND3D11DDI_STATE_CS_SHADER_CB pfnStateCsShaderCb;
    PFND3D11DDI_STATE_CS_SAMPLER_CB pfnStateCsSamplerCb;
    PFND3D11DDI_STATE_CS_CONSTBUF_CB pfnStateCsConstBufCb;
};

#endif
