/*
 * Usage and CPU access flags of DXGI, for native builds on Linux. The API itself does not exist
 * here.
 */
#ifndef COMPAT_HOST_DXGI_H
#define COMPAT_HOST_DXGI_H

#include "dxgitype.h"

typedef UINT DXGI_USAGE;

#define DXGI_CPU_ACCESS_NONE       0
#define DXGI_CPU_ACCESS_DYNAMIC    1
#define DXGI_CPU_ACCESS_READ_WRITE 2
#define DXGI_CPU_ACCESS_SCRATCH    3
#define DXGI_CPU_ACCESS_FIELD      15

#define DXGI_USAGE_SHADER_INPUT         0x10
#define DXGI_USAGE_RENDER_TARGET_OUTPUT 0x20
#define DXGI_USAGE_BACK_BUFFER          0x40
#define DXGI_USAGE_SHARED               0x80
#define DXGI_USAGE_READ_ONLY            0x100
#define DXGI_USAGE_DISCARD_ON_PRESENT   0x200
#define DXGI_USAGE_UNORDERED_ACCESS     0x400

#endif
