/*
 * What the headers of a WDK expect to be there already, and the level they are read at: Windows 7
 * (driver semantics 1, DDI facts 5). Every translated header includes this file first.
 */
#ifndef COMPAT_WDK_PRELUDE_H
#define COMPAT_WDK_PRELUDE_H

#undef D3D10DDI_MINOR_HEADER_VERSION
#undef D3D11DDI_MINOR_HEADER_VERSION
#undef D3D_UMD_INTERFACE_VERSION
#undef DXGKDDI_INTERFACE_VERSION
#define D3D10DDI_MINOR_HEADER_VERSION 2
#define D3D11DDI_MINOR_HEADER_VERSION 2
#define D3D_UMD_INTERFACE_VERSION     0x2003
#define DXGKDDI_INTERFACE_VERSION     0x2005

#include "../umddi/graphics_errors.h"
#include <windows.h>

#include <d3d9types.h>
#include <dxgitype.h>
#include <winternl.h>

#endif
