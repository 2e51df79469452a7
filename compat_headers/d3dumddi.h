/*
 * Kernel callbacks of a user-mode display driver: the tables D3DDDI_DEVICECALLBACKS and
 * D3DDDI_ADAPTERCALLBACKS, their arguments and the errors they return.
 *
 * Zero every D3DDDICB_* before filling it: the fields of newer scheduling models are reserved on
 * Windows 7. Device callbacks take hRTDevice.handle, pfnQueryAdapterInfoCb and pfnEscapeCb take
 * hRTAdapter.handle (DDI facts 6).
 */
#ifndef COMPAT_D3DUMDDI_H
#define COMPAT_D3DUMDDI_H

#include "d3dukmdt.h"
#include "umddi/graphics_errors.h"
#include <windows.h>

/* Errors. */
#define _FACD3DDDI               0x876
#define MAKE_D3DDDIHRESULT(code) MAKE_HRESULT(1, _FACD3DDDI, code)

#define D3DDDIERR_WASSTILLDRAWING            MAKE_D3DDDIHRESULT(540)
#define D3DDDIERR_NOTAVAILABLE               MAKE_D3DDDIHRESULT(2154)
#define D3DDDIERR_DEVICEREMOVED              MAKE_D3DDDIHRESULT(2160)
#define D3DDDIERR_PRIVILEGEDINSTRUCTION      MAKE_D3DDDIHRESULT(2161)
#define D3DDDIERR_INVALIDINSTRUCTION         MAKE_D3DDDIHRESULT(2162)
#define D3DDDIERR_INVALIDHANDLE              MAKE_D3DDDIHRESULT(2163)
#define D3DDDIERR_INVALIDUSERBUFFER          MAKE_D3DDDIHRESULT(2169)
#define D3DDDIERR_INCOMPATIBLEPRIVATEFORMAT  MAKE_D3DDDIHRESULT(2170)
#define D3DDDIERR_UNSUPPORTEDOVERLAY         MAKE_D3DDDIHRESULT(2171)
#define D3DDDIERR_UNSUPPORTEDOVERLAYFORMAT   MAKE_D3DDDIHRESULT(2172)
#define D3DDDIERR_UNSUPPORTEDCRYPTO          MAKE_D3DDDIHRESULT(2174)
#define D3DDDIERR_APPLICATIONERROR           MAKE_D3DDDIHRESULT(2181)
#define D3DDDIERR_CANTEVICTPINNEDALLOCATION  ERROR_GRAPHICS_CANT_EVICT_PINNED_ALLOCATION
#define D3DDDIERR_CANTRENDERLOCKEDALLOCATION ERROR_GRAPHICS_CANT_RENDER_LOCKED_ALLOCATION

/* Fields of a 64-bit version: interface, build and revision (DDI facts 3). */
#define D3DDDI_VERSION64_BUILD16_MASK     0x00000000FFFF0000ULL
#define D3DDDI_VERSION64_INTERFACE32_MASK 0xFFFFFFFF00000000ULL
#define D3DDDI_VERSION64_MAJOR16_MASK     0xFFFF000000000000ULL
#define D3DDDI_VERSION64_MINOR16_MASK     0x0000FFFF00000000ULL
#define D3DDDI_VERSION64_REVISION16_MASK  0x000000000000FFFFULL
#define D3DDDI_VERSION64_VERSION32_MASK   0x00000000FFFFFFFFULL

/* Query of the D3D9 DDI that shares its number space with the callbacks here. */
#define D3DDDIDEVINFOID_VCACHE 4U

/* Memory. */

/* Allocates video memory; hResource is hRTResource.handle (DDI facts 6). */
typedef struct _D3DDDICB_ALLOCATE {
    const void *pPrivateDriverData;
    UINT PrivateDriverDataSize;
    HANDLE hResource;
    D3DKMT_HANDLE hKMResource;
    UINT NumAllocations;
    union {
        D3DDDI_ALLOCATIONINFO *pAllocationInfo;
        D3DDDI_ALLOCATIONINFO2 *pAllocationInfo2;
    };
} D3DDDICB_ALLOCATE;

/* Frees the allocations of one resource, or the listed ones. */
typedef struct _D3DDDICB_DEALLOCATE {
    HANDLE hResource;
    UINT NumAllocations;
    const D3DKMT_HANDLE *HandleList;
} D3DDDICB_DEALLOCATE;

/* Maps an allocation. hAllocation may change when Discard is set. */
typedef struct _D3DDDICB_LOCK {
    D3DKMT_HANDLE hAllocation;
    UINT PrivateDriverData;
    UINT NumPages;
    const UINT *pPages;
    void *pData;
    D3DDDICB_LOCKFLAGS Flags;
    D3DGPU_VIRTUAL_ADDRESS GpuVirtualAddress;
} D3DDDICB_LOCK;

/* Unmaps allocations. */
typedef struct _D3DDDICB_UNLOCK {
    UINT NumAllocations;
    const D3DKMT_HANDLE *phAllocations;
} D3DDDICB_UNLOCK;

/* Sets how reluctantly allocations are evicted. */
typedef struct _D3DDDICB_SETPRIORITY {
    HANDLE hResource;
    UINT NumAllocations;
    const D3DKMT_HANDLE *HandleList;
    const UINT *pPriorities;
} D3DDDICB_SETPRIORITY;

/* Answers of pfnQueryResidencyCb. */
typedef enum _D3DDDI_RESIDENCYSTATUS {
    D3DDDI_RESIDENCYSTATUS_RESIDENTINGPUMEMORY = 1,
    D3DDDI_RESIDENCYSTATUS_RESIDENTINSHAREDMEMORY = 2,
    D3DDDI_RESIDENCYSTATUS_NOTRESIDENT = 3,
} D3DDDI_RESIDENCYSTATUS;

/* Asks where allocations are. */
typedef struct _D3DDDICB_QUERYRESIDENCY {
    HANDLE hResource;
    UINT NumAllocations;
    const D3DKMT_HANDLE *HandleList;
    D3DDDI_RESIDENCYSTATUS *pResidencyStatus;
} D3DDDICB_QUERYRESIDENCY;

/* Contexts and submission. */

/* Creates a context and returns its first buffers (DDI facts 6). */
typedef struct _D3DDDICB_CREATECONTEXT {
    UINT NodeOrdinal;
    UINT EngineAffinity;
    D3DDDI_CREATECONTEXTFLAGS Flags;
    void *pPrivateDriverData;
    UINT PrivateDriverDataSize;
    HANDLE hContext;
    void *pCommandBuffer;
    UINT CommandBufferSize;
    D3DDDI_ALLOCATIONLIST *pAllocationList;
    UINT AllocationListSize;
    D3DDDI_PATCHLOCATIONLIST *pPatchLocationList;
    UINT PatchLocationListSize;
    D3DGPU_VIRTUAL_ADDRESS CommandBuffer;
} D3DDDICB_CREATECONTEXT;

/* Destroys a context. */
typedef struct _D3DDDICB_DESTROYCONTEXT {
    HANDLE hContext;
} D3DDDICB_DESTROYCONTEXT;

/* Flags of pfnRenderCb; a Resize bit asks for buffers of the sizes given as New*Size. */
typedef struct _D3DDDICB_RENDERFLAGS {
    union {
        struct {
            UINT ResizeCommandBuffer : 1;
            UINT ResizeAllocationList : 1;
            UINT ResizePatchLocationList : 1;
            UINT NullRendering : 1;
            UINT Reserved : 28;
        };
        UINT Value;
    };
} D3DDDICB_RENDERFLAGS;

/* Submits the command buffer and returns the next set of buffers (DDI facts 6). */
typedef struct _D3DDDICB_RENDER {
    UINT CommandLength;
    UINT CommandOffset;
    UINT NumAllocations;
    UINT NumPatchLocations;
    void *pNewCommandBuffer;
    UINT NewCommandBufferSize;
    D3DDDI_ALLOCATIONLIST *pNewAllocationList;
    UINT NewAllocationListSize;
    D3DDDI_PATCHLOCATIONLIST *pNewPatchLocationList;
    UINT NewPatchLocationListSize;
    D3DDDICB_RENDERFLAGS Flags;
    HANDLE hContext;
    UINT BroadcastContextCount;
    HANDLE BroadcastContext[64];
    ULONG QueuedBufferCount;
    D3DGPU_VIRTUAL_ADDRESS NewCommandBuffer;
    void *pPrivateDriverData;
    UINT PrivateDriverDataSize;
} D3DDDICB_RENDER;

/* Creates a mutex, semaphore or fence. */
typedef struct _D3DDDICB_CREATESYNCHRONIZATIONOBJECT {
    D3DDDI_SYNCHRONIZATIONOBJECTINFO Info;
    D3DKMT_HANDLE hSyncObject;
} D3DDDICB_CREATESYNCHRONIZATIONOBJECT;

/* Destroys one. */
typedef struct _D3DDDICB_DESTROYSYNCHRONIZATIONOBJECT {
    D3DKMT_HANDLE hSyncObject;
} D3DDDICB_DESTROYSYNCHRONIZATIONOBJECT;

/* Lets a context wait for objects. */
typedef struct _D3DDDICB_WAITFORSYNCHRONIZATIONOBJECT {
    HANDLE hContext;
    UINT ObjectCount;
    D3DKMT_HANDLE ObjectHandleArray[32];
} D3DDDICB_WAITFORSYNCHRONIZATIONOBJECT;

/* Lets a context signal objects. */
typedef struct _D3DDDICB_SIGNALSYNCHRONIZATIONOBJECT {
    HANDLE hContext;
    UINT ObjectCount;
    D3DKMT_HANDLE ObjectHandleArray[32];
    D3DDDICB_SIGNALFLAGS Flags;
} D3DDDICB_SIGNALSYNCHRONIZATIONOBJECT;

/* Display. */

/* The D3D9 present; D3D10+ drivers use DXGIDDICB_PRESENT (DDI facts 6). */
typedef struct _D3DDDICB_PRESENT {
    D3DKMT_HANDLE hSrcAllocation;
    D3DKMT_HANDLE hDstAllocation;
    HANDLE hContext;
    UINT BroadcastContextCount;
    HANDLE BroadcastContext[64];
} D3DDDICB_PRESENT;

/* Makes a primary the one that is scanned out. */
typedef struct _D3DDDICB_SETDISPLAYMODE {
    D3DKMT_HANDLE hPrimaryAllocation;
    UINT PrivateDriverFormatAttribute;
} D3DDDICB_SETDISPLAYMODE;

/* Sets the private format attribute of a video present source. */
typedef struct _D3DDDICB_SETDISPLAYPRIVATEDRIVERFORMAT {
    D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;
    UINT PrivateDriverFormatAttribute;
} D3DDDICB_SETDISPLAYPRIVATEDRIVERFORMAT;

/* Creates an overlay. */
typedef struct _D3DDDICB_CREATEOVERLAY {
    D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;
    D3DDDI_KERNELOVERLAYINFO OverlayInfo;
    D3DKMT_HANDLE hKernelOverlay;
} D3DDDICB_CREATEOVERLAY;

/* Changes an overlay. */
typedef struct _D3DDDICB_UPDATEOVERLAY {
    D3DKMT_HANDLE hKernelOverlay;
    D3DDDI_KERNELOVERLAYINFO OverlayInfo;
} D3DDDICB_UPDATEOVERLAY;

/* Shows another surface in an overlay. */
typedef struct _D3DDDICB_FLIPOVERLAY {
    D3DKMT_HANDLE hKernelOverlay;
    D3DKMT_HANDLE hSource;
    void *pPrivateDriverData;
    UINT PrivateDriverDataSize;
} D3DDDICB_FLIPOVERLAY;

/* Destroys an overlay. */
typedef struct _D3DDDICB_DESTROYOVERLAY {
    D3DKMT_HANDLE hKernelOverlay;
} D3DDDICB_DESTROYOVERLAY;

/* Adapter and private data. */

/* Asks the kernel driver for its private adapter description. */
typedef struct _D3DDDICB_QUERYADAPTERINFO {
    void *pPrivateDriverData;
    UINT PrivateDriverDataSize;
} D3DDDICB_QUERYADAPTERINFO;

/* Asks which multisampling methods a mode can be scanned out with. */
typedef struct _D3DDDICB_GETMULTISAMPLEMETHODLIST {
    D3DDDI_VIDEO_PRESENT_SOURCE_ID VidPnSourceId;
    UINT Width;
    UINT Height;
    D3DDDIFORMAT Format;
    D3DDDI_MULTISAMPLINGMETHOD *pMethodList;
    UINT MethodCount;
} D3DDDICB_GETMULTISAMPLEMETHODLIST;

/* Passes private data to the kernel driver; the callback takes the adapter handle. */
typedef struct _D3DDDICB_ESCAPE {
    HANDLE hDevice;
    D3DDDI_ESCAPEFLAGS Flags;
    void *pPrivateDriverData;
    UINT PrivateDriverDataSize;
    HANDLE hContext;
} D3DDDICB_ESCAPE;

/* Callback types, in the order of the tables. */
typedef HRESULT(APIENTRY *PFND3DDDI_ALLOCATECB)(HANDLE hDevice, D3DDDICB_ALLOCATE *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_DEALLOCATECB)(HANDLE hDevice, const D3DDDICB_DEALLOCATE *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_SETPRIORITYCB)(HANDLE hDevice, D3DDDICB_SETPRIORITY *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_QUERYRESIDENCYCB)(HANDLE hDevice,
                                                      const D3DDDICB_QUERYRESIDENCY *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_SETDISPLAYMODECB)(HANDLE hDevice,
                                                      D3DDDICB_SETDISPLAYMODE *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_PRESENTCB)(HANDLE hDevice, const D3DDDICB_PRESENT *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_RENDERCB)(HANDLE hDevice, D3DDDICB_RENDER *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_LOCKCB)(HANDLE hDevice, D3DDDICB_LOCK *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_UNLOCKCB)(HANDLE hDevice, const D3DDDICB_UNLOCK *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_ESCAPECB)(HANDLE hAdapter, const D3DDDICB_ESCAPE *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_CREATEOVERLAYCB)(HANDLE hDevice, D3DDDICB_CREATEOVERLAY *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_UPDATEOVERLAYCB)(HANDLE hDevice,
                                                     const D3DDDICB_UPDATEOVERLAY *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_FLIPOVERLAYCB)(HANDLE hDevice,
                                                   const D3DDDICB_FLIPOVERLAY *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_DESTROYOVERLAYCB)(HANDLE hDevice,
                                                      const D3DDDICB_DESTROYOVERLAY *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_CREATECONTEXTCB)(HANDLE hDevice, D3DDDICB_CREATECONTEXT *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_DESTROYCONTEXTCB)(HANDLE hDevice,
                                                      const D3DDDICB_DESTROYCONTEXT *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_CREATESYNCHRONIZATIONOBJECTCB)(
    HANDLE hDevice, D3DDDICB_CREATESYNCHRONIZATIONOBJECT *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_DESTROYSYNCHRONIZATIONOBJECTCB)(
    HANDLE hDevice, const D3DDDICB_DESTROYSYNCHRONIZATIONOBJECT *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_WAITFORSYNCHRONIZATIONOBJECTCB)(
    HANDLE hDevice, const D3DDDICB_WAITFORSYNCHRONIZATIONOBJECT *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_SIGNALSYNCHRONIZATIONOBJECTCB)(
    HANDLE hDevice, const D3DDDICB_SIGNALSYNCHRONIZATIONOBJECT *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_SETASYNCCALLBACKSCB)(HANDLE hDevice, BOOL Enable);
typedef HRESULT(APIENTRY *PFND3DDDI_SETDISPLAYPRIVATEDRIVERFORMATCB)(
    HANDLE hDevice, const D3DDDICB_SETDISPLAYPRIVATEDRIVERFORMAT *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_QUERYADAPTERINFOCB)(HANDLE hAdapter,
                                                        const D3DDDICB_QUERYADAPTERINFO *pData);
typedef HRESULT(APIENTRY *PFND3DDDI_GETMULTISAMPLEMETHODLISTCB)(
    HANDLE hAdapter, D3DDDICB_GETMULTISAMPLEMETHODLIST *pData);

/* 22 slots on Windows 7, as on Vista; later systems append more (DDI facts 5). */
typedef struct _D3DDDI_DEVICECALLBACKS {
    PFND3DDDI_ALLOCATECB pfnAllocateCb;
    PFND3DDDI_DEALLOCATECB pfnDeallocateCb;
    PFND3DDDI_SETPRIORITYCB pfnSetPriorityCb;
    PFND3DDDI_QUERYRESIDENCYCB pfnQueryResidencyCb;
    PFND3DDDI_SETDISPLAYMODECB pfnSetDisplayModeCb;
    PFND3DDDI_PRESENTCB pfnPresentCb;
    PFND3DDDI_RENDERCB pfnRenderCb;
    PFND3DDDI_LOCKCB pfnLockCb;
    PFND3DDDI_UNLOCKCB pfnUnlockCb;
    PFND3DDDI_ESCAPECB pfnEscapeCb;
    PFND3DDDI_CREATEOVERLAYCB pfnCreateOverlayCb;
    PFND3DDDI_UPDATEOVERLAYCB pfnUpdateOverlayCb;
    PFND3DDDI_FLIPOVERLAYCB pfnFlipOverlayCb;
    PFND3DDDI_DESTROYOVERLAYCB pfnDestroyOverlayCb;
    PFND3DDDI_CREATECONTEXTCB pfnCreateContextCb;
    PFND3DDDI_DESTROYCONTEXTCB pfnDestroyContextCb;
    PFND3DDDI_CREATESYNCHRONIZATIONOBJECTCB pfnCreateSynchronizationObjectCb;
    PFND3DDDI_DESTROYSYNCHRONIZATIONOBJECTCB pfnDestroySynchronizationObjectCb;
    PFND3DDDI_WAITFORSYNCHRONIZATIONOBJECTCB pfnWaitForSynchronizationObjectCb;
    PFND3DDDI_SIGNALSYNCHRONIZATIONOBJECTCB pfnSignalSynchronizationObjectCb;
    PFND3DDDI_SETASYNCCALLBACKSCB pfnSetAsyncCallbacksCb;
    PFND3DDDI_SETDISPLAYPRIVATEDRIVERFORMATCB pfnSetDisplayPrivateDriverFormatCb;
} D3DDDI_DEVICECALLBACKS;

/* Callbacks that exist before there is a device. */
typedef struct _D3DDDI_ADAPTERCALLBACKS {
    PFND3DDDI_QUERYADAPTERINFOCB pfnQueryAdapterInfoCb;
    PFND3DDDI_GETMULTISAMPLEMETHODLISTCB pfnGetMultisampleMethodListCb;
} D3DDDI_ADAPTERCALLBACKS;

#endif
