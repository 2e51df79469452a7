/*
 * Present, swap-chain and display-mode functions that DXGI asks of a driver, and the callback it
 * offers.
 *
 * DXGI passes the driver's own pDrvPrivate values as DXGI_DDI_HDEVICE and DXGI_DDI_HRESOURCE (DDI
 * facts 6). The functions have no typedef of their own: their slots spell the type.
 */
#ifndef COMPAT_DXGIDDI_H
#define COMPAT_DXGIDDI_H

#include "d3dukmdt.h"
#include <dxgitype.h>
#include <windows.h>

/* Errors; the codes themselves come from <winerror.h> where it has them. */
#define _FACDXGI_DDI 0x87b

#ifndef DXGI_DDI_ERR_WASSTILLDRAWING
#define DXGI_DDI_ERR_WASSTILLDRAWING ((HRESULT)0x887B0001)
#define DXGI_DDI_ERR_UNSUPPORTED     ((HRESULT)0x887B0002)
#define DXGI_DDI_ERR_NONEXCLUSIVE    ((HRESULT)0x887B0003)
#endif

typedef UINT_PTR DXGI_DDI_HDEVICE;
typedef UINT_PTR DXGI_DDI_HRESOURCE;

/* Flags of DXGI_DDI_PRIMARY_DESC: two of the runtime, one of the driver (DriverFlags). */
#define DXGI_DDI_PRIMARY_OPTIONAL               1U
#define DXGI_DDI_PRIMARY_NONPREROTATED          2U
#define DXGI_DDI_PRIMARY_DRIVER_FLAG_NO_SCANOUT 1U

typedef enum DXGI_DDI_MODE_SCANLINE_ORDER {
    DXGI_DDI_MODE_SCANLINE_ORDER_UNSPECIFIED = 0,
    DXGI_DDI_MODE_SCANLINE_ORDER_PROGRESSIVE = 1,
    DXGI_DDI_MODE_SCANLINE_ORDER_UPPER_FIELD_FIRST = 2,
    DXGI_DDI_MODE_SCANLINE_ORDER_LOWER_FIELD_FIRST = 3,
} DXGI_DDI_MODE_SCANLINE_ORDER;

typedef enum DXGI_DDI_MODE_ROTATION {
    DXGI_DDI_MODE_ROTATION_UNSPECIFIED = 0,
    DXGI_DDI_MODE_ROTATION_IDENTITY = 1,
    DXGI_DDI_MODE_ROTATION_ROTATE90 = 2,
    DXGI_DDI_MODE_ROTATION_ROTATE180 = 3,
    DXGI_DDI_MODE_ROTATION_ROTATE270 = 4,
} DXGI_DDI_MODE_ROTATION;

typedef enum DXGI_DDI_MODE_SCALING {
    DXGI_DDI_MODE_SCALING_UNSPECIFIED = 0,
    DXGI_DDI_MODE_SCALING_STRETCHED = 1,
    DXGI_DDI_MODE_SCALING_CENTERED = 2,
} DXGI_DDI_MODE_SCALING;

/* A refresh rate. */
typedef struct DXGI_DDI_RATIONAL {
    UINT Numerator;
    UINT Denominator;
} DXGI_DDI_RATIONAL;

/* A display mode. */
typedef struct DXGI_DDI_MODE_DESC {
    UINT Width;
    UINT Height;
    DXGI_FORMAT Format;
    DXGI_DDI_RATIONAL RefreshRate;
    DXGI_DDI_MODE_SCANLINE_ORDER ScanlineOrdering;
    DXGI_DDI_MODE_ROTATION Rotation;
    DXGI_DDI_MODE_SCALING Scaling;
} DXGI_DDI_MODE_DESC;

/* How a resource will be scanned out; DriverFlags is the only output (DDI facts 6). */
typedef struct DXGI_DDI_PRIMARY_DESC {
    UINT Flags;
    D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;
    DXGI_DDI_MODE_DESC ModeDesc;
    UINT DriverFlags;
} DXGI_DDI_PRIMARY_DESC;

/* Present. */

/* How to present: copy or flip. */
typedef struct DXGI_DDI_PRESENT_FLAGS {
    union {
        struct {
            UINT Blt : 1;
            UINT Flip : 1;
            UINT Reserved : 30;
        };
        UINT Value;
    };
} DXGI_DDI_PRESENT_FLAGS;

/* Vertical blanks to wait for before a flip. */
typedef enum DXGI_DDI_FLIP_INTERVAL_TYPE {
    DXGI_DDI_FLIP_INTERVAL_IMMEDIATE = 0,
    DXGI_DDI_FLIP_INTERVAL_ONE = 1,
    DXGI_DDI_FLIP_INTERVAL_TWO = 2,
    DXGI_DDI_FLIP_INTERVAL_THREE = 3,
    DXGI_DDI_FLIP_INTERVAL_FOUR = 4,
} DXGI_DDI_FLIP_INTERVAL_TYPE;

/* Shows a surface; the driver finishes with pfnPresentCb of DXGI (DDI facts 6). */
typedef struct DXGI_DDI_ARG_PRESENT {
    DXGI_DDI_HDEVICE hDevice;
    DXGI_DDI_HRESOURCE hSurfaceToPresent;
    UINT SrcSubResourceIndex;
    DXGI_DDI_HRESOURCE hDstResource;
    UINT DstSubResourceIndex;
    void *pDXGIContext;
    DXGI_DDI_PRESENT_FLAGS Flags;
    DXGI_DDI_FLIP_INTERVAL_TYPE FlipInterval;
} DXGI_DDI_ARG_PRESENT;

/* What the driver hands to pfnPresentCb; pDXGIContext is copied through. */
typedef struct DXGIDDICB_PRESENT {
    D3DKMT_HANDLE hSrcAllocation;
    D3DKMT_HANDLE hDstAllocation;
    void *pDXGIContext;
    HANDLE hContext;
    UINT BroadcastContextCount;
    HANDLE BroadcastContext[64];
} DXGIDDICB_PRESENT;

/* Blt and identities. */

/* What pfnBlt must do besides copying. */
typedef struct DXGI_DDI_ARG_BLT_FLAGS {
    union {
        struct {
            UINT Resolve : 1;
            UINT Convert : 1;
            UINT Stretch : 1;
            UINT Present : 1;
            UINT Reserved : 28;
        };
        UINT Value;
    };
} DXGI_DDI_ARG_BLT_FLAGS;

/* Copies, converts, stretches or resolves one subresource into another. */
typedef struct DXGI_DDI_ARG_BLT {
    DXGI_DDI_HDEVICE hDevice;
    DXGI_DDI_HRESOURCE hDstResource;
    UINT DstSubresource;
    UINT DstLeft;
    UINT DstTop;
    UINT DstRight;
    UINT DstBottom;
    DXGI_DDI_HRESOURCE hSrcResource;
    UINT SrcSubresource;
    DXGI_DDI_ARG_BLT_FLAGS Flags;
    DXGI_DDI_MODE_ROTATION Rotate;
} DXGI_DDI_ARG_BLT;

/* Resources whose storage changes places, in a ring. */
typedef struct DXGI_DDI_ARG_ROTATE_RESOURCE_IDENTITIES {
    DXGI_DDI_HDEVICE hDevice;
    const DXGI_DDI_HRESOURCE *pResources;
    UINT Resources;
} DXGI_DDI_ARG_ROTATE_RESOURCE_IDENTITIES;

/* A shared resource that other devices are about to use. */
typedef struct DXGI_DDI_ARG_RESOLVESHAREDRESOURCE {
    DXGI_DDI_HDEVICE hDevice;
    DXGI_DDI_HRESOURCE hResource;
} DXGI_DDI_ARG_RESOLVESHAREDRESOURCE;

/* Display mode and gamma. */

/* Makes a primary the one that is scanned out. */
typedef struct DXGI_DDI_ARG_SETDISPLAYMODE {
    DXGI_DDI_HDEVICE hDevice;
    DXGI_DDI_HRESOURCE hResource;
    UINT SubResourceIndex;
} DXGI_DDI_ARG_SETDISPLAYMODE;

/* Asks what gamma the display can do. */
typedef struct DXGI_DDI_ARG_GET_GAMMA_CONTROL_CAPS {
    DXGI_DDI_HDEVICE hDevice;
    DXGI_GAMMA_CONTROL_CAPABILITIES *pGammaCapabilities;
} DXGI_DDI_ARG_GET_GAMMA_CONTROL_CAPS;

/* Gamma curves to set; no slot of the Windows 7 tables takes it. */
typedef struct DXGI_DDI_ARG_SET_GAMMA_CONTROL {
    DXGI_DDI_HDEVICE hDevice;
    DXGI_GAMMA_CONTROL GammaControl;
} DXGI_DDI_ARG_SET_GAMMA_CONTROL;

/* Residency. */

/* Answers of pfnQueryResourceResidency. */
typedef enum DXGI_DDI_RESIDENCY {
    DXGI_DDI_RESIDENCY_FULLY_RESIDENT = 1,
    DXGI_DDI_RESIDENCY_RESIDENT_IN_SHARED_MEMORY = 2,
    DXGI_DDI_RESIDENCY_EVICTED_TO_DISK = 3,
} DXGI_DDI_RESIDENCY;

/* Sets how reluctantly a resource is evicted. */
typedef struct DXGI_DDI_ARG_SETRESOURCEPRIORITY {
    DXGI_DDI_HDEVICE hDevice;
    DXGI_DDI_HRESOURCE hResource;
    UINT Priority;
} DXGI_DDI_ARG_SETRESOURCEPRIORITY;

/* Asks where resources are. */
typedef struct DXGI_DDI_ARG_QUERYRESOURCERESIDENCY {
    DXGI_DDI_HDEVICE hDevice;
    const DXGI_DDI_HRESOURCE *pResources;
    DXGI_DDI_RESIDENCY *pStatus;
    SIZE_T Resources;
} DXGI_DDI_ARG_QUERYRESOURCERESIDENCY;

/* Tables. */

typedef HRESULT(APIENTRY *PFNDDXGIDDI_PRESENTCB)(HANDLE hDevice,
                                                 const DXGIDDICB_PRESENT *pPresentData);

/* Functions of a DXGI 1.0 driver. */
typedef struct DXGI_DDI_BASE_FUNCTIONS {
    HRESULT(APIENTRY *pfnPresent)(DXGI_DDI_ARG_PRESENT *pPresentData);
    HRESULT(APIENTRY *pfnGetGammaCaps)(DXGI_DDI_ARG_GET_GAMMA_CONTROL_CAPS *pGammaData);
    HRESULT(APIENTRY *pfnSetDisplayMode)(DXGI_DDI_ARG_SETDISPLAYMODE *pDisplayModeData);
    HRESULT(APIENTRY *pfnSetResourcePriority)(DXGI_DDI_ARG_SETRESOURCEPRIORITY *pPriorityData);
    HRESULT(APIENTRY *pfnQueryResourceResidency)
    (DXGI_DDI_ARG_QUERYRESOURCERESIDENCY *pResidencyData);
    HRESULT(APIENTRY *pfnRotateResourceIdentities)
    (DXGI_DDI_ARG_ROTATE_RESOURCE_IDENTITIES *pRotateData);
    HRESULT(APIENTRY *pfnBlt)(DXGI_DDI_ARG_BLT *pBltData);
} DXGI_DDI_BASE_FUNCTIONS;

/* Write slot 7 only if the runtime has it (DDI facts 4). */
typedef struct DXGI1_1_DDI_BASE_FUNCTIONS {
    HRESULT(APIENTRY *pfnPresent)(DXGI_DDI_ARG_PRESENT *pPresentData);
    HRESULT(APIENTRY *pfnGetGammaCaps)(DXGI_DDI_ARG_GET_GAMMA_CONTROL_CAPS *pGammaData);
    HRESULT(APIENTRY *pfnSetDisplayMode)(DXGI_DDI_ARG_SETDISPLAYMODE *pDisplayModeData);
    HRESULT(APIENTRY *pfnSetResourcePriority)(DXGI_DDI_ARG_SETRESOURCEPRIORITY *pPriorityData);
    HRESULT(APIENTRY *pfnQueryResourceResidency)
    (DXGI_DDI_ARG_QUERYRESOURCERESIDENCY *pResidencyData);
    HRESULT(APIENTRY *pfnRotateResourceIdentities)
    (DXGI_DDI_ARG_ROTATE_RESOURCE_IDENTITIES *pRotateData);
    HRESULT(APIENTRY *pfnBlt)(DXGI_DDI_ARG_BLT *pBltData);
    HRESULT(APIENTRY *pfnResolveSharedResource)(DXGI_DDI_ARG_RESOLVESHAREDRESOURCE *pResourceData);
} DXGI1_1_DDI_BASE_FUNCTIONS;

/* The one callback of Windows 7; later systems append more (DDI facts 5). */
typedef struct DXGI_DDI_BASE_CALLBACKS {
    PFNDDXGIDDI_PRESENTCB pfnPresentCb;
} DXGI_DDI_BASE_CALLBACKS;

/* Both function tables share one pointer; the runtime says how many slots it has (DDI facts 4). */
typedef struct DXGI_DDI_BASE_ARGS {
    DXGI_DDI_BASE_CALLBACKS *pDXGIBaseCallbacks;
    union {
        DXGI1_1_DDI_BASE_FUNCTIONS *pDXGIDDIBaseFunctions2;
        DXGI_DDI_BASE_FUNCTIONS *pDXGIDDIBaseFunctions;
    };
} DXGI_DDI_BASE_ARGS;

#endif
