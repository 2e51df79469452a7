/*
 * Buffers and textures: creation, opening, mapping, regions.
 */
#ifndef COMPAT_UMDDI_RESOURCES_H
#define COMPAT_UMDDI_RESOURCES_H

#include "../d3dumddi.h"
#include "../dxgiddi.h"
#include "handles.h"
#include <windows.h>

/* Kinds of resources, and of views of them. */
typedef enum D3D10DDIRESOURCE_TYPE {
    D3D10DDIRESOURCE_BUFFER = 1,
    D3D10DDIRESOURCE_TEXTURE1D = 2,
    D3D10DDIRESOURCE_TEXTURE2D = 3,
    D3D10DDIRESOURCE_TEXTURE3D = 4,
    D3D10DDIRESOURCE_TEXTURECUBE = 5,
    D3D11DDIRESOURCE_BUFFEREX = 6,
} D3D10DDIRESOURCE_TYPE;

typedef enum D3D10_DDI_RESOURCE_USAGE {
    D3D10_DDI_USAGE_DEFAULT = 0,
    D3D10_DDI_USAGE_IMMUTABLE = 1,
    D3D10_DDI_USAGE_DYNAMIC = 2,
    D3D10_DDI_USAGE_STAGING = 3,
} D3D10_DDI_RESOURCE_USAGE;

/* Not the API values: 0x80 and 0x100 differ (DDI facts 2). */
typedef enum D3D10_DDI_RESOURCE_BIND_FLAG {
    D3D10_DDI_BIND_VERTEX_BUFFER = 0x1,
    D3D10_DDI_BIND_INDEX_BUFFER = 0x2,
    D3D10_DDI_BIND_CONSTANT_BUFFER = 0x4,
    D3D10_DDI_BIND_SHADER_RESOURCE = 0x8,
    D3D10_DDI_BIND_STREAM_OUTPUT = 0x10,
    D3D10_DDI_BIND_RENDER_TARGET = 0x20,
    D3D10_DDI_BIND_DEPTH_STENCIL = 0x40,
    D3D10_DDI_BIND_PIPELINE_MASK = 0x7f,
    D3D10_DDI_BIND_PRESENT = 0x80,
    D3D10_DDI_BIND_MASK = 0xff,
    D3D11_DDI_BIND_UNORDERED_ACCESS = 0x100,
    D3D11_DDI_BIND_PIPELINE_MASK = 0x17f,
    D3D11_DDI_BIND_MASK = 0x1ff,
} D3D10_DDI_RESOURCE_BIND_FLAG;

/* Values of MapFlags; not the API values (DDI facts 2). */
typedef enum D3D10_DDI_CPU_ACCESS {
    D3D10_DDI_CPU_ACCESS_WRITE = 0x1,
    D3D10_DDI_CPU_ACCESS_READ = 0x2,
    D3D10_DDI_CPU_ACCESS_MASK = 0x3,
} D3D10_DDI_CPU_ACCESS;

/* Values of MiscFlags. */
typedef enum D3D10_DDI_RESOURCE_MISC_FLAG {
    D3D10_DDI_RESOURCE_AUTO_GEN_MIP_MAP = 0x1,
    D3D10_DDI_RESOURCE_MISC_SHARED = 0x2,
    D3D10_DDI_RESOURCE_MISC_DISCARD_ON_PRESENT = 0x8,
    D3D11_DDI_RESOURCE_MISC_DRAWINDIRECT_ARGS = 0x10,
    D3D11_DDI_RESOURCE_MISC_BUFFER_ALLOW_RAW_VIEWS = 0x20,
    D3D11_DDI_RESOURCE_MISC_BUFFER_STRUCTURED = 0x40,
    D3D11_DDI_RESOURCE_MISC_RESOURCE_CLAMP = 0x80,
    D3D10_DDI_RESOURCE_MISC_REMOTE = 0x400,
} D3D10_DDI_RESOURCE_MISC_FLAG;

/* Quality levels with a prescribed sample pattern. */
typedef enum D3D10_1_DDIARG_STANDARD_MULTISAMPLE_QUALITY_LEVELS {
    D3D10_1_DDIARG_STANDARD_MULTISAMPLE_PATTERN = 0xffffffff,
    D3D10_1_DDIARG_CENTER_MULTISAMPLE_PATTERN = 0xfffffffe,
} D3D10_1_DDIARG_STANDARD_MULTISAMPLE_QUALITY_LEVELS;

/* Sizes of one mip level in texels, and as padded to blocks. */
typedef struct D3D10DDI_MIPINFO {
    UINT TexelWidth;
    UINT TexelHeight;
    UINT TexelDepth;
    UINT PhysicalWidth;
    UINT PhysicalHeight;
    UINT PhysicalDepth;
} D3D10DDI_MIPINFO;

/* Initial data of one subresource, in the application's memory. */
typedef struct D3D10_DDIARG_SUBRESOURCE_UP {
    void *pSysMem;
    UINT SysMemPitch;
    UINT SysMemSlicePitch;
} D3D10_DDIARG_SUBRESOURCE_UP;

/* Creates a resource through the 10.0 and 10.1 tables. */
typedef struct D3D10DDIARG_CREATERESOURCE {
    const D3D10DDI_MIPINFO *pMipInfoList;
    const D3D10_DDIARG_SUBRESOURCE_UP *pInitialDataUP;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    UINT Usage;
    UINT BindFlags;
    UINT MapFlags;
    UINT MiscFlags;
    DXGI_FORMAT Format;
    DXGI_SAMPLE_DESC SampleDesc;
    UINT MipLevels;
    UINT ArraySize;
    DXGI_DDI_PRIMARY_DESC *pPrimaryDesc;
} D3D10DDIARG_CREATERESOURCE;

/* The same for the 11.0 table: ByteStride is the only addition. */
typedef struct D3D11DDIARG_CREATERESOURCE {
    const D3D10DDI_MIPINFO *pMipInfoList;
    const D3D10_DDIARG_SUBRESOURCE_UP *pInitialDataUP;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    UINT Usage;
    UINT BindFlags;
    UINT MapFlags;
    UINT MiscFlags;
    DXGI_FORMAT Format;
    DXGI_SAMPLE_DESC SampleDesc;
    UINT MipLevels;
    UINT ArraySize;
    DXGI_DDI_PRIMARY_DESC *pPrimaryDesc;
    UINT ByteStride;
} D3D11DDIARG_CREATERESOURCE;

/* Opens a resource that another device created as shared. */
typedef struct D3D10DDIARG_OPENRESOURCE {
    UINT NumAllocations;
    union {
        D3DDDI_OPENALLOCATIONINFO *pOpenAllocationInfo;
        D3DDDI_OPENALLOCATIONINFO2 *pOpenAllocationInfo2;
    };
    D3D10DDI_HKMRESOURCE hKMResource;
    void *pPrivateDriverData;
    UINT PrivateDriverDataSize;
} D3D10DDIARG_OPENRESOURCE;

/* Map. */

typedef enum D3D10_DDI_MAP {
    D3D10_DDI_MAP_READ = 1,
    D3D10_DDI_MAP_WRITE = 2,
    D3D10_DDI_MAP_READWRITE = 3,
    D3D10_DDI_MAP_WRITE_DISCARD = 4,
    D3D10_DDI_MAP_WRITE_NOOVERWRITE = 5,
} D3D10_DDI_MAP;

/* Flags of the map entries. */
typedef enum D3D10_DDI_MAP_FLAG {
    D3D10_DDI_MAP_FLAG_DONOTWAIT = 0x100000,
    D3D10_DDI_MAP_FLAG_MASK = 0x100000,
} D3D10_DDI_MAP_FLAG;

/* Answer of every map entry. */
typedef struct D3D10DDI_MAPPED_SUBRESOURCE {
    void *pData;
    UINT RowPitch;
    UINT DepthPitch;
} D3D10DDI_MAPPED_SUBRESOURCE;

/* Regions. */

typedef RECT D3D10_DDI_RECT;

/* A box of texels; right, bottom and back are exclusive. */
typedef struct D3D10_DDI_BOX {
    LONG left;
    LONG top;
    LONG front;
    LONG right;
    LONG bottom;
    LONG back;
} D3D10_DDI_BOX;

#endif
