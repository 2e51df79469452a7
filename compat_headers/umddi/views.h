/*
 * Views of resources. ResourceDimension selects the member of the union.
 */
#ifndef COMPAT_UMDDI_VIEWS_H
#define COMPAT_UMDDI_VIEWS_H

#include "handles.h"
#include "resources.h"
#include <windows.h>

typedef enum D3D10_DDI_TEXTURECUBE_FACE {
    D3D10_DDI_TEXTURECUBE_FACE_POSITIVE_X = 0,
    D3D10_DDI_TEXTURECUBE_FACE_NEGATIVE_X = 1,
    D3D10_DDI_TEXTURECUBE_FACE_POSITIVE_Y = 2,
    D3D10_DDI_TEXTURECUBE_FACE_NEGATIVE_Y = 3,
    D3D10_DDI_TEXTURECUBE_FACE_POSITIVE_Z = 4,
    D3D10_DDI_TEXTURECUBE_FACE_NEGATIVE_Z = 5,
} D3D10_DDI_TEXTURECUBE_FACE;

/* Shader resource views. */

/* The part of a buffer that a shader resource view covers; offset and width count elements. */
typedef struct D3D10DDIARG_BUFFER_SHADERRESOURCEVIEW {
    union {
        UINT FirstElement;
        UINT ElementOffset;
    };
    union {
        UINT NumElements;
        UINT ElementWidth;
    };
} D3D10DDIARG_BUFFER_SHADERRESOURCEVIEW;

/* The part of a 1D texture that a shader resource view covers. */
typedef struct D3D10DDIARG_TEX1D_SHADERRESOURCEVIEW {
    UINT MostDetailedMip;
    UINT FirstArraySlice;
    UINT MipLevels;
    UINT ArraySize;
} D3D10DDIARG_TEX1D_SHADERRESOURCEVIEW;

/* The part of a 2D texture that a shader resource view covers. */
typedef struct D3D10DDIARG_TEX2D_SHADERRESOURCEVIEW {
    UINT MostDetailedMip;
    UINT FirstArraySlice;
    UINT MipLevels;
    UINT ArraySize;
} D3D10DDIARG_TEX2D_SHADERRESOURCEVIEW;

/* The part of a 3D texture that a shader resource view covers; W is a depth slice. */
typedef struct D3D10DDIARG_TEX3D_SHADERRESOURCEVIEW {
    UINT MostDetailedMip;
    UINT MipLevels;
} D3D10DDIARG_TEX3D_SHADERRESOURCEVIEW;

/* The part of a cube texture that a shader resource view covers. */
typedef struct D3D10DDIARG_TEXCUBE_SHADERRESOURCEVIEW {
    UINT MostDetailedMip;
    UINT MipLevels;
} D3D10DDIARG_TEXCUBE_SHADERRESOURCEVIEW;

/* Creates a shader resource view through the 10.0 table. */
typedef struct D3D10DDIARG_CREATESHADERRESOURCEVIEW {
    D3D10DDI_HRESOURCE hDrvResource;
    DXGI_FORMAT Format;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    union {
        D3D10DDIARG_BUFFER_SHADERRESOURCEVIEW Buffer;
        D3D10DDIARG_TEX1D_SHADERRESOURCEVIEW Tex1D;
        D3D10DDIARG_TEX2D_SHADERRESOURCEVIEW Tex2D;
        D3D10DDIARG_TEX3D_SHADERRESOURCEVIEW Tex3D;
        D3D10DDIARG_TEXCUBE_SHADERRESOURCEVIEW TexCube;
    };
} D3D10DDIARG_CREATESHADERRESOURCEVIEW;

/* The part of a cube texture array that a 10.1 shader resource view covers. */
typedef struct D3D10_1DDIARG_TEXCUBE_SHADERRESOURCEVIEW {
    UINT MostDetailedMip;
    UINT MipLevels;
    UINT First2DArrayFace;
    UINT NumCubes;
} D3D10_1DDIARG_TEXCUBE_SHADERRESOURCEVIEW;

/* The same for the 10.1 table: cube arrays are the addition. */
typedef struct D3D10_1DDIARG_CREATESHADERRESOURCEVIEW {
    D3D10DDI_HRESOURCE hDrvResource;
    DXGI_FORMAT Format;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    union {
        D3D10DDIARG_BUFFER_SHADERRESOURCEVIEW Buffer;
        D3D10DDIARG_TEX1D_SHADERRESOURCEVIEW Tex1D;
        D3D10DDIARG_TEX2D_SHADERRESOURCEVIEW Tex2D;
        D3D10DDIARG_TEX3D_SHADERRESOURCEVIEW Tex3D;
        D3D10_1DDIARG_TEXCUBE_SHADERRESOURCEVIEW TexCube;
    };
} D3D10_1DDIARG_CREATESHADERRESOURCEVIEW;

/* Flags of D3D11DDIARG_BUFFEREX_SHADERRESOURCEVIEW. */
#define D3D11_DDI_BUFFEREX_SRV_FLAG_RAW 1U

/* The part of a raw or structured buffer that a shader resource view covers. */
typedef struct D3D11DDIARG_BUFFEREX_SHADERRESOURCEVIEW {
    union {
        UINT FirstElement;
        UINT ElementOffset;
    };
    union {
        UINT NumElements;
        UINT ElementWidth;
    };
    UINT Flags;
} D3D11DDIARG_BUFFEREX_SHADERRESOURCEVIEW;

/* The same for the 11.0 table: BufferEx is the addition. */
typedef struct D3D11DDIARG_CREATESHADERRESOURCEVIEW {
    D3D10DDI_HRESOURCE hDrvResource;
    DXGI_FORMAT Format;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    union {
        D3D10DDIARG_BUFFER_SHADERRESOURCEVIEW Buffer;
        D3D10DDIARG_TEX1D_SHADERRESOURCEVIEW Tex1D;
        D3D10DDIARG_TEX2D_SHADERRESOURCEVIEW Tex2D;
        D3D10DDIARG_TEX3D_SHADERRESOURCEVIEW Tex3D;
        D3D10_1DDIARG_TEXCUBE_SHADERRESOURCEVIEW TexCube;
        D3D11DDIARG_BUFFEREX_SHADERRESOURCEVIEW BufferEx;
    };
} D3D11DDIARG_CREATESHADERRESOURCEVIEW;

/* Render target views. */

/* The part of a buffer that a render target view covers; offset and width count elements. */
typedef struct D3D10DDIARG_BUFFER_RENDERTARGETVIEW {
    union {
        UINT FirstElement;
        UINT ElementOffset;
    };
    union {
        UINT NumElements;
        UINT ElementWidth;
    };
} D3D10DDIARG_BUFFER_RENDERTARGETVIEW;

/* The part of a 1D texture that a render target view covers. */
typedef struct D3D10DDIARG_TEX1D_RENDERTARGETVIEW {
    UINT MipSlice;
    UINT FirstArraySlice;
    UINT ArraySize;
} D3D10DDIARG_TEX1D_RENDERTARGETVIEW;

/* The part of a 2D texture that a render target view covers. */
typedef struct D3D10DDIARG_TEX2D_RENDERTARGETVIEW {
    UINT MipSlice;
    UINT FirstArraySlice;
    UINT ArraySize;
} D3D10DDIARG_TEX2D_RENDERTARGETVIEW;

/* The part of a 3D texture that a render target view covers; W is a depth slice. */
typedef struct D3D10DDIARG_TEX3D_RENDERTARGETVIEW {
    UINT MipSlice;
    UINT FirstW;
    UINT WSize;
} D3D10DDIARG_TEX3D_RENDERTARGETVIEW;

/* The part of a cube texture that a render target view covers. */
typedef struct D3D10DDIARG_TEXCUBE_RENDERTARGETVIEW {
    UINT MipSlice;
    UINT FirstArraySlice;
    UINT ArraySize;
} D3D10DDIARG_TEXCUBE_RENDERTARGETVIEW;

/* The part of a buffer that a render target view covers; offset and width count elements. */
typedef struct D3D11DDIARG_BUFFER_RENDERTARGETVIEW {
    union {
        UINT FirstElement;
        UINT ElementOffset;
    };
    union {
        UINT NumElements;
        UINT ElementWidth;
    };
} D3D11DDIARG_BUFFER_RENDERTARGETVIEW;

/* Creates a render target view; the same in all tables. */
typedef struct D3D10DDIARG_CREATERENDERTARGETVIEW {
    D3D10DDI_HRESOURCE hDrvResource;
    DXGI_FORMAT Format;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    union {
        D3D10DDIARG_BUFFER_RENDERTARGETVIEW Buffer;
        D3D10DDIARG_TEX1D_RENDERTARGETVIEW Tex1D;
        D3D10DDIARG_TEX2D_RENDERTARGETVIEW Tex2D;
        D3D10DDIARG_TEX3D_RENDERTARGETVIEW Tex3D;
        D3D10DDIARG_TEXCUBE_RENDERTARGETVIEW TexCube;
    };
} D3D10DDIARG_CREATERENDERTARGETVIEW;

/* Depth-stencil views. */

/* The part of a 1D texture that a depth-stencil view covers. */
typedef struct D3D10DDIARG_TEX1D_DEPTHSTENCILVIEW {
    UINT MipSlice;
    UINT FirstArraySlice;
    UINT ArraySize;
} D3D10DDIARG_TEX1D_DEPTHSTENCILVIEW;

/* The part of a 2D texture that a depth-stencil view covers. */
typedef struct D3D10DDIARG_TEX2D_DEPTHSTENCILVIEW {
    UINT MipSlice;
    UINT FirstArraySlice;
    UINT ArraySize;
} D3D10DDIARG_TEX2D_DEPTHSTENCILVIEW;

/* The part of a cube texture that a depth-stencil view covers. */
typedef struct D3D10DDIARG_TEXCUBE_DEPTHSTENCILVIEW {
    UINT MipSlice;
    UINT FirstArraySlice;
    UINT ArraySize;
} D3D10DDIARG_TEXCUBE_DEPTHSTENCILVIEW;

/* Creates a depth-stencil view through the 10.0 and 10.1 tables. */
typedef struct D3D10DDIARG_CREATEDEPTHSTENCILVIEW {
    D3D10DDI_HRESOURCE hDrvResource;
    DXGI_FORMAT Format;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    union {
        D3D10DDIARG_TEX1D_DEPTHSTENCILVIEW Tex1D;
        D3D10DDIARG_TEX2D_DEPTHSTENCILVIEW Tex2D;
        D3D10DDIARG_TEXCUBE_DEPTHSTENCILVIEW TexCube;
    };
} D3D10DDIARG_CREATEDEPTHSTENCILVIEW;

/* Flags of D3D11DDIARG_CREATEDEPTHSTENCILVIEW. */
typedef enum D3D11_DDI_CREATEDEPTHSTENCILVIEW_FLAG {
    D3D11_DDI_CREATE_DSV_READ_ONLY_DEPTH = 0x1,
    D3D11_DDI_CREATE_DSV_READ_ONLY_STENCIL = 0x2,
    D3D11_DDI_CREATE_DSV_FLAG_MASK = 0x3,
} D3D11_DDI_CREATEDEPTHSTENCILVIEW_FLAG;

/* The same for the 11.0 table: Flags is the addition. */
typedef struct D3D11DDIARG_CREATEDEPTHSTENCILVIEW {
    D3D10DDI_HRESOURCE hDrvResource;
    DXGI_FORMAT Format;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    UINT Flags;
    union {
        D3D10DDIARG_TEX1D_DEPTHSTENCILVIEW Tex1D;
        D3D10DDIARG_TEX2D_DEPTHSTENCILVIEW Tex2D;
        D3D10DDIARG_TEXCUBE_DEPTHSTENCILVIEW TexCube;
    };
} D3D11DDIARG_CREATEDEPTHSTENCILVIEW;

/* Flags of pfnClearDepthStencilView. */
typedef enum D3D10_DDI_CLEAR_FLAG {
    D3D10_DDI_CLEAR_DEPTH = 0x1,
    D3D10_DDI_CLEAR_STENCIL = 0x2,
    D3D10_DDI_CLEAR_FLAG_MASK = 0x3,
} D3D10_DDI_CLEAR_FLAG;

/* Unordered access views. */

/* Flags of D3D11DDIARG_BUFFER_UNORDEREDACCESSVIEW. */
#define D3D11_DDI_BUFFER_UAV_FLAG_RAW     1U
#define D3D11_DDI_BUFFER_UAV_FLAG_APPEND  2U
#define D3D11_DDI_BUFFER_UAV_FLAG_COUNTER 4U

/* The elements of a buffer that an unordered access view covers. */
typedef struct D3D11DDIARG_BUFFER_UNORDEREDACCESSVIEW {
    UINT FirstElement;
    UINT NumElements;
    UINT Flags;
} D3D11DDIARG_BUFFER_UNORDEREDACCESSVIEW;

/* The part of a 1D texture that an unordered access view covers. */
typedef struct D3D11DDIARG_TEX1D_UNORDEREDACCESSVIEW {
    UINT MipSlice;
    UINT FirstArraySlice;
    UINT ArraySize;
} D3D11DDIARG_TEX1D_UNORDEREDACCESSVIEW;

/* The part of a 2D texture that an unordered access view covers. */
typedef struct D3D11DDIARG_TEX2D_UNORDEREDACCESSVIEW {
    UINT MipSlice;
    UINT FirstArraySlice;
    UINT ArraySize;
} D3D11DDIARG_TEX2D_UNORDEREDACCESSVIEW;

/* The part of a 3D texture that an unordered access view covers; W is a depth slice. */
typedef struct D3D11DDIARG_TEX3D_UNORDEREDACCESSVIEW {
    UINT MipSlice;
    UINT FirstW;
    UINT WSize;
} D3D11DDIARG_TEX3D_UNORDEREDACCESSVIEW;

/* Creates an unordered access view. */
typedef struct D3D11DDIARG_CREATEUNORDEREDACCESSVIEW {
    D3D10DDI_HRESOURCE hDrvResource;
    DXGI_FORMAT Format;
    D3D10DDIRESOURCE_TYPE ResourceDimension;
    union {
        D3D11DDIARG_BUFFER_UNORDEREDACCESSVIEW Buffer;
        D3D11DDIARG_TEX1D_UNORDEREDACCESSVIEW Tex1D;
        D3D11DDIARG_TEX2D_UNORDEREDACCESSVIEW Tex2D;
        D3D11DDIARG_TEX3D_UNORDEREDACCESSVIEW Tex3D;
    };
} D3D11DDIARG_CREATEUNORDEREDACCESSVIEW;

#endif
