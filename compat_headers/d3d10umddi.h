/*
 * The Windows 7 user-mode display driver interface of Direct3D 10, 10.1 and 11: one header for all
 * three (DDI facts 2).
 *
 * Declared from the facts of tests/abi/ddi-abi.json, at D3D10DDI_MINOR_HEADER_VERSION 2,
 * D3D11DDI_MINOR_HEADER_VERSION 2 and D3D_UMD_INTERFACE_VERSION 0x2003. The parts are grouped by
 * subject; include this file, not the parts.
 */
#ifndef COMPAT_D3D10UMDDI_H
#define COMPAT_D3D10UMDDI_H

#include "d3d11tokenizedprogramformat.hpp"
#include "d3dumddi.h"
#include "dxgiddi.h"
#include "umddi/callbacks.h"
#include "umddi/device.h"
#include "umddi/functions.h"
#include "umddi/handles.h"
#include "umddi/limits.h"
#include "umddi/queries.h"
#include "umddi/resources.h"
#include "umddi/shaders.h"
#include "umddi/states.h"
#include "umddi/tables.h"
#include "umddi/versions.h"
#include "umddi/views.h"
#include <dxgitype.h>
#include <windows.h>

#endif
