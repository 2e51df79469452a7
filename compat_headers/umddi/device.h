/*
 * Opening an adapter, its capabilities, creating a device and deferred contexts (DDI facts 3).
 */
#ifndef COMPAT_UMDDI_DEVICE_H
#define COMPAT_UMDDI_DEVICE_H

#include "../d3dumddi.h"
#include "../dxgiddi.h"
#include "handles.h"
#include <windows.h>

/* Complete in callbacks.h and tables.h; declared first so that prototypes name the same types. */
typedef struct D3D10DDI_ADAPTERFUNCS D3D10DDI_ADAPTERFUNCS;
typedef struct D3D10_2DDI_ADAPTERFUNCS D3D10_2DDI_ADAPTERFUNCS;
typedef struct D3D10DDI_DEVICEFUNCS D3D10DDI_DEVICEFUNCS;
typedef struct D3D10_1DDI_DEVICEFUNCS D3D10_1DDI_DEVICEFUNCS;
typedef struct D3D11DDI_DEVICEFUNCS D3D11DDI_DEVICEFUNCS;
typedef struct D3D10DDI_CORELAYER_DEVICECALLBACKS D3D10DDI_CORELAYER_DEVICECALLBACKS;
typedef struct D3D11DDI_CORELAYER_DEVICECALLBACKS D3D11DDI_CORELAYER_DEVICECALLBACKS;

/* Argument of OpenAdapter10 and OpenAdapter10_2; the export decides which table is meant. */
typedef struct D3D10DDIARG_OPENADAPTER {
    D3D10DDI_HRTADAPTER hRTAdapter;
    D3D10DDI_HADAPTER hAdapter;
    UINT Interface;
    UINT Version;
    const D3DDDI_ADAPTERCALLBACKS *pAdapterCallbacks;
    union {
        D3D10DDI_ADAPTERFUNCS *pAdapterFuncs;
        D3D10_2DDI_ADAPTERFUNCS *pAdapterFuncs_2;
    };
} D3D10DDIARG_OPENADAPTER;

/* Capabilities. */

/* What pfnGetCaps is asked for (DDI facts 3). */
typedef enum D3D10_2DDICAPS_TYPE {
    D3D11DDICAPS_THREADING = 128,
    D3D11DDICAPS_SHADER = 129,
    D3D11DDICAPS_3DPIPELINESUPPORT = 130,
} D3D10_2DDICAPS_TYPE;

/* Asks OpenAdapter10_2 drivers for one kind of capability. */
typedef struct D3D10_2DDIARG_GETCAPS {
    D3D10_2DDICAPS_TYPE Type;
    void *pInfo;
    void *pData;
    UINT DataSize;
} D3D10_2DDIARG_GETCAPS;

/* Caps of D3D11DDI_THREADING_CAPS; 0 lets the runtime serialize (DDI facts 3). */
#define D3D11DDICAPS_FREETHREADED         1U
#define D3D11DDICAPS_COMMANDLISTS         2U
#define D3D11DDICAPS_COMMANDLISTS_BUILD_2 4U

/* Answer for D3D11DDICAPS_THREADING. */
typedef struct D3D11DDI_THREADING_CAPS {
    UINT Caps;
} D3D11DDI_THREADING_CAPS;

/* Caps of D3D11DDI_SHADER_CAPS. */
#define D3D11DDICAPS_SHADER_DOUBLES                                               1U
#define D3D11DDICAPS_SHADER_COMPUTE_PLUS_RAW_AND_STRUCTURED_BUFFERS_IN_SHADER_4_X 2U

/* Answer for D3D11DDICAPS_SHADER. */
typedef struct D3D11DDI_SHADER_CAPS {
    UINT Caps;
} D3D11DDI_SHADER_CAPS;

/* The pipeline answer is the OR of 1 << level (DDI facts 3). */
typedef enum D3D11DDI_3DPIPELINELEVEL {
    D3D11DDI_3DPIPELINELEVEL_10_0 = 0,
    D3D11DDI_3DPIPELINELEVEL_10_1 = 1,
    D3D11DDI_3DPIPELINELEVEL_11_0 = 2,
} D3D11DDI_3DPIPELINELEVEL;

/* Answer for D3D11DDICAPS_3DPIPELINESUPPORT. */
typedef struct D3D11DDI_3DPIPELINESUPPORT_CAPS {
    UINT Caps;
} D3D11DDI_3DPIPELINESUPPORT_CAPS;

/* Answers of pfnCheckFormatSupport. */
#define D3D10_DDI_FORMAT_SUPPORT_SHADER_SAMPLE            1U
#define D3D10_DDI_FORMAT_SUPPORT_RENDERTARGET             2U
#define D3D10_DDI_FORMAT_SUPPORT_BLENDABLE                4U
#define D3D10_DDI_FORMAT_SUPPORT_MULTISAMPLE_RENDERTARGET 8U
#define D3D10_DDI_FORMAT_SUPPORT_MULTISAMPLE_LOAD         0x10U
#define D3D10_DDI_FORMAT_SUPPORT_NOT_SUPPORTED            0x80000000U

/* Device. */

/* Asks for the size of the device's private memory. */
typedef struct D3D10DDIARG_CALCPRIVATEDEVICESIZE {
    UINT Interface;
    UINT Version;
    UINT Flags;
} D3D10DDIARG_CALCPRIVATEDEVICESIZE;

/* Flags of D3D10DDIARG_CREATEDEVICE; the mask holds the chosen D3D11DDI_3DPIPELINELEVEL. */
#define D3D10DDI_CREATEDEVICE_FLAG_DISABLE_EXTRA_THREAD_CREATION 1U
#define D3D11DDI_CREATEDEVICE_FLAG_3DPIPELINESUPPORT_SHIFT       1U
#define D3D11DDI_CREATEDEVICE_FLAG_3DPIPELINESUPPORT_MASK        0xeU
#define D3D11DDI_CREATEDEVICE_FLAG_SINGLETHREADED                0x10U

/* Interface selects the table member to fill and the callback member to read (DDI facts 3). */
typedef struct D3D10DDIARG_CREATEDEVICE {
    D3D10DDI_HRTDEVICE hRTDevice;
    UINT Interface;
    UINT Version;
    const D3DDDI_DEVICECALLBACKS *pKTCallbacks;
    union {
        D3D10DDI_DEVICEFUNCS *pDeviceFuncs;
        D3D10_1DDI_DEVICEFUNCS *p10_1DeviceFuncs;
        D3D11DDI_DEVICEFUNCS *p11DeviceFuncs;
    };
    D3D10DDI_HDEVICE hDrvDevice;
    DXGI_DDI_BASE_ARGS DXGIBaseDDI;
    D3D10DDI_HRTCORELAYER hRTCoreLayer;
    union {
        const D3D10DDI_CORELAYER_DEVICECALLBACKS *pUMCallbacks;
        const D3D11DDI_CORELAYER_DEVICECALLBACKS *p11UMCallbacks;
    };
    UINT Flags;
} D3D10DDIARG_CREATEDEVICE;

/* Deferred contexts and command lists. */

/* Kinds of driver objects a deferred context may need handles for. */
typedef enum D3D11DDI_HANDLETYPE {
    D3D10DDI_HT_RESOURCE = 0,
    D3D10DDI_HT_SHADERRESOURCEVIEW = 1,
    D3D10DDI_HT_RENDERTARGETVIEW = 2,
    D3D10DDI_HT_DEPTHSTENCILVIEW = 3,
    D3D10DDI_HT_SHADER = 4,
    D3D10DDI_HT_ELEMENTLAYOUT = 5,
    D3D10DDI_HT_BLENDSTATE = 6,
    D3D10DDI_HT_DEPTHSTENCILSTATE = 7,
    D3D10DDI_HT_RASTERIZERSTATE = 8,
    D3D10DDI_HT_SAMPLERSTATE = 9,
    D3D10DDI_HT_QUERY = 10,
    D3D11DDI_HT_COMMANDLIST = 11,
    D3D11DDI_HT_UNORDEREDACCESSVIEW = 12,
} D3D11DDI_HANDLETYPE;

/* How much private memory one kind of object needs in a deferred context. */
typedef struct D3D11DDI_HANDLESIZE {
    D3D11DDI_HANDLETYPE HandleType;
    SIZE_T DriverPrivateSize;
} D3D11DDI_HANDLESIZE;

/* Asks for the size of a deferred context's private memory. */
typedef struct D3D11DDIARG_CALCPRIVATEDEFERREDCONTEXTSIZE {
    UINT Flags;
} D3D11DDIARG_CALCPRIVATEDEFERREDCONTEXTSIZE;

/* Fills a table of its own for a deferred context. */
typedef struct D3D11DDIARG_CREATEDEFERREDCONTEXT {
    union {
        D3D11DDI_DEVICEFUNCS *p11ContextFuncs;
    };
    D3D10DDI_HDEVICE hDrvContext;
    D3D10DDI_HRTCORELAYER hRTCoreLayer;
    union {
        const D3D11DDI_CORELAYER_DEVICECALLBACKS *p11UMCallbacks;
    };
    UINT Flags;
} D3D11DDIARG_CREATEDEFERREDCONTEXT;

/* Turns what a deferred context recorded into a command list. */
typedef struct D3D11DDIARG_CREATECOMMANDLIST {
    D3D10DDI_HDEVICE hDeferredContext;
} D3D11DDIARG_CREATECOMMANDLIST;

#endif
