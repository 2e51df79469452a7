/**
 * Sizes of DXGI formats, as far as the API layer needs them to copy what it lends.
 */
#ifndef RUNTIME_D3D_FORMAT_H
#define RUNTIME_D3D_FORMAT_H

#include "d3d10umddi.h"

/** Bytes of one texel, or of one block of a compressed format; 0: unknown. */
UINT d3d_format_bytes(DXGI_FORMAT format);

/** Edge of a block in texels: 4 for compressed formats, else 1. */
UINT d3d_format_block(DXGI_FORMAT format);

/** Bytes from the first to the last one of height rows of width texels, row_pitch_bytes apart. */
size_t d3d_format_span(DXGI_FORMAT format, UINT width, UINT height, UINT row_pitch_bytes);

#endif
