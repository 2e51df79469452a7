/**
 * What the driver DLL exports. OpenAdapter11 is not called by Windows 7 and forwards to
 * OpenAdapter10_2 (driver semantics 2.1).
 */
#ifndef AEROGPU_ENTRY_H
#define AEROGPU_ENTRY_H

#include <d3d10umddi.h>

/** Opens the adapter for the interface that *open asks for; fills 3 slots. */
HRESULT APIENTRY OpenAdapter10(D3D10DDIARG_OPENADAPTER *open);

/** Opens the adapter; the interface is negotiated later. Fills 5 slots. */
HRESULT APIENTRY OpenAdapter10_2(D3D10DDIARG_OPENADAPTER *open);
HRESULT APIENTRY OpenAdapter11(D3D10DDIARG_OPENADAPTER *open);

#endif
