/*
 * Handles: one-member structs, passed by value (DDI facts 5).
 *
 * Plain H* names are the driver's: pDrvPrivate is the private memory that the runtime allocated for
 * the object, except for the adapter, whose value the driver chooses (DDI facts 6). HRT* names are
 * the runtime's, handed back in its callbacks. HKM* names are the kernel's.
 */
#ifndef COMPAT_UMDDI_HANDLES_H
#define COMPAT_UMDDI_HANDLES_H

#include "../d3dukmdt.h"
#include <windows.h>

#define DDI_DRIVER_HANDLE(name)                                                                    \
    typedef struct name {                                                                          \
        void *pDrvPrivate;                                                                         \
    } name
#define DDI_RUNTIME_HANDLE(name)                                                                   \
    typedef struct name {                                                                          \
        void *handle;                                                                              \
    } name
#define DDI_KERNEL_HANDLE(name)                                                                    \
    typedef struct name {                                                                          \
        D3DKMT_HANDLE handle;                                                                      \
    } name

DDI_DRIVER_HANDLE(D3D10DDI_HADAPTER);
DDI_DRIVER_HANDLE(D3D10DDI_HBLENDSTATE);
DDI_DRIVER_HANDLE(D3D10DDI_HDEPTHSTENCILSTATE);
DDI_DRIVER_HANDLE(D3D10DDI_HDEPTHSTENCILVIEW);
DDI_DRIVER_HANDLE(D3D10DDI_HDEVICE);
DDI_DRIVER_HANDLE(D3D10DDI_HELEMENTLAYOUT);
DDI_DRIVER_HANDLE(D3D10DDI_HQUERY);
DDI_DRIVER_HANDLE(D3D10DDI_HRASTERIZERSTATE);
DDI_DRIVER_HANDLE(D3D10DDI_HRENDERTARGETVIEW);
DDI_DRIVER_HANDLE(D3D10DDI_HRESOURCE);
DDI_DRIVER_HANDLE(D3D10DDI_HSAMPLER);
DDI_DRIVER_HANDLE(D3D10DDI_HSHADER);
DDI_DRIVER_HANDLE(D3D10DDI_HSHADERRESOURCEVIEW);
DDI_DRIVER_HANDLE(D3D11DDI_HCOMMANDLIST);
DDI_DRIVER_HANDLE(D3D11DDI_HUNORDEREDACCESSVIEW);

DDI_RUNTIME_HANDLE(D3D10DDI_HRTADAPTER);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTBLENDSTATE);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTCORELAYER);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTDEPTHSTENCILSTATE);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTDEPTHSTENCILVIEW);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTDEVICE);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTELEMENTLAYOUT);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTQUERY);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTRASTERIZERSTATE);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTRENDERTARGETVIEW);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTRESOURCE);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTSAMPLER);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTSHADER);
DDI_RUNTIME_HANDLE(D3D10DDI_HRTSHADERRESOURCEVIEW);
DDI_RUNTIME_HANDLE(D3D11DDI_HRTCOMMANDLIST);
DDI_RUNTIME_HANDLE(D3D11DDI_HRTUNORDEREDACCESSVIEW);

DDI_KERNEL_HANDLE(D3D10DDI_HKMALLOCATION);
DDI_KERNEL_HANDLE(D3D10DDI_HKMDEVICE);
DDI_KERNEL_HANDLE(D3D10DDI_HKMRESOURCE);

#undef DDI_DRIVER_HANDLE
#undef DDI_RUNTIME_HANDLE
#undef DDI_KERNEL_HANDLE

#endif
