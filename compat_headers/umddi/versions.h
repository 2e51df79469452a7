/*
 * Versions of the D3D10, 10.1 and 11 interfaces (DDI facts 3).
 *
 * A *_SUPPORTED word is Interface << 32 | Build << 16, where Interface is major << 16 | minor.
 * Names with _x offer extended formats; names with _7 belong to a scheduling model that Windows 7
 * drivers need not offer.
 */
#ifndef COMPAT_UMDDI_VERSIONS_H
#define COMPAT_UMDDI_VERSIONS_H

#include <windows.h>

/* The Windows 7 form of the tables; no declaration differs between 1 and 2. */
#define D3D10DDI_MINOR_HEADER_VERSION 2U
#define D3D11DDI_MINOR_HEADER_VERSION 2U

#define D3D10_DDI_MAJOR_VERSION 10U
#define D3D11_DDI_MAJOR_VERSION 11U

#define COMPAT_SUPPORTED(name)                                                                     \
    ((UINT64)name##_INTERFACE_VERSION << 32 | (UINT64)name##_BUILD_VERSION << 16)

#define D3D10on9_DDI_MINOR_VERSION     0U
#define D3D10on9_DDI_INTERFACE_VERSION (D3D10_DDI_MAJOR_VERSION << 16 | D3D10on9_DDI_MINOR_VERSION)
#define D3D10on9_DDI_BUILD_VERSION     0U
#define D3D10on9_DDI_SUPPORTED         COMPAT_SUPPORTED(D3D10on9_DDI)

#define D3D10_0_DDI_MINOR_VERSION     1U
#define D3D10_0_DDI_INTERFACE_VERSION (D3D10_DDI_MAJOR_VERSION << 16 | D3D10_0_DDI_MINOR_VERSION)
#define D3D10_0_DDI_BUILD_VERSION     4U
#define D3D10_0_DDI_SUPPORTED         COMPAT_SUPPORTED(D3D10_0_DDI)

#define D3D10_1_DDI_MINOR_VERSION     2U
#define D3D10_1_DDI_INTERFACE_VERSION (D3D10_DDI_MAJOR_VERSION << 16 | D3D10_1_DDI_MINOR_VERSION)
#define D3D10_1_DDI_BUILD_VERSION     1U
#define D3D10_1_DDI_SUPPORTED         COMPAT_SUPPORTED(D3D10_1_DDI)

#define D3D10_0_x_vista_DDI_MINOR_VERSION 3U
#define D3D10_0_x_vista_DDI_INTERFACE_VERSION                                                      \
    (D3D10_DDI_MAJOR_VERSION << 16 | D3D10_0_x_vista_DDI_MINOR_VERSION)
#define D3D10_0_x_vista_DDI_BUILD_VERSION 0U
#define D3D10_0_x_vista_DDI_SUPPORTED     COMPAT_SUPPORTED(D3D10_0_x_vista_DDI)

#define D3D10_1_x_vista_DDI_MINOR_VERSION 4U
#define D3D10_1_x_vista_DDI_INTERFACE_VERSION                                                      \
    (D3D10_DDI_MAJOR_VERSION << 16 | D3D10_1_x_vista_DDI_MINOR_VERSION)
#define D3D10_1_x_vista_DDI_BUILD_VERSION 0U
#define D3D10_1_x_vista_DDI_SUPPORTED     COMPAT_SUPPORTED(D3D10_1_x_vista_DDI)

#define D3D10_0_x_DDI_MINOR_VERSION 6U
#define D3D10_0_x_DDI_INTERFACE_VERSION                                                            \
    (D3D10_DDI_MAJOR_VERSION << 16 | D3D10_0_x_DDI_MINOR_VERSION)
#define D3D10_0_x_DDI_BUILD_VERSION 0U
#define D3D10_0_x_DDI_SUPPORTED     COMPAT_SUPPORTED(D3D10_0_x_DDI)

#define D3D10_1_x_DDI_MINOR_VERSION 7U
#define D3D10_1_x_DDI_INTERFACE_VERSION                                                            \
    (D3D10_DDI_MAJOR_VERSION << 16 | D3D10_1_x_DDI_MINOR_VERSION)
#define D3D10_1_x_DDI_BUILD_VERSION 0U
#define D3D10_1_x_DDI_SUPPORTED     COMPAT_SUPPORTED(D3D10_1_x_DDI)

#define D3D10_0_7_DDI_MINOR_VERSION 9U
#define D3D10_0_7_DDI_INTERFACE_VERSION                                                            \
    (D3D10_DDI_MAJOR_VERSION << 16 | D3D10_0_7_DDI_MINOR_VERSION)
#define D3D10_0_7_DDI_BUILD_VERSION 0U
#define D3D10_0_7_DDI_SUPPORTED     COMPAT_SUPPORTED(D3D10_0_7_DDI)

#define D3D10_1_7_DDI_MINOR_VERSION 10U
#define D3D10_1_7_DDI_INTERFACE_VERSION                                                            \
    (D3D10_DDI_MAJOR_VERSION << 16 | D3D10_1_7_DDI_MINOR_VERSION)
#define D3D10_1_7_DDI_BUILD_VERSION 0U
#define D3D10_1_7_DDI_SUPPORTED     COMPAT_SUPPORTED(D3D10_1_7_DDI)

#define D3D11_0_vista_DDI_MINOR_VERSION 9U
#define D3D11_0_vista_DDI_INTERFACE_VERSION                                                        \
    (D3D11_DDI_MAJOR_VERSION << 16 | D3D11_0_vista_DDI_MINOR_VERSION)
#define D3D11_0_vista_DDI_BUILD_VERSION 0U
#define D3D11_0_vista_DDI_SUPPORTED     COMPAT_SUPPORTED(D3D11_0_vista_DDI)

#define D3D11_0_DDI_MINOR_VERSION     10U
#define D3D11_0_DDI_INTERFACE_VERSION (D3D11_DDI_MAJOR_VERSION << 16 | D3D11_0_DDI_MINOR_VERSION)
#define D3D11_0_DDI_BUILD_VERSION     2U
#define D3D11_0_DDI_SUPPORTED         COMPAT_SUPPORTED(D3D11_0_DDI)

#define D3D11_0_7_DDI_MINOR_VERSION 11U
#define D3D11_0_7_DDI_INTERFACE_VERSION                                                            \
    (D3D11_DDI_MAJOR_VERSION << 16 | D3D11_0_7_DDI_MINOR_VERSION)
#define D3D11_0_7_DDI_BUILD_VERSION 2U
#define D3D11_0_7_DDI_SUPPORTED     COMPAT_SUPPORTED(D3D11_0_7_DDI)

/* Version words of the runtimes of Windows Vista. */
#define D3D10_1_DDI_VERSION_VISTA_GOLD                         0x11770U
#define D3D10_1_DDI_VERSION_VISTA_SP1                          0x11778U
#define D3D10_0_DDI_VERSION_VISTA_GOLD                         0x41770U
#define D3D10_0_DDI_VERSION_VISTA_GOLD_WITH_LINKED_ADAPTER_QFE 0x41778U

#endif
