/* Views (driver semantics 11). */

#include "core/view.h"

#include "ddi/edge.h"

/* Tex2D members of all attachment arguments look alike, and so do those of shader resources. */
#define TEX2D_DESC(object_kind, create)                                                            \
    {                                                                                              \
        .kind = (object_kind), .resource = ddi_resource((create)->hDrvResource),                   \
        .format = (uint32_t)(create)->Format,                                                      \
        .is_texture2d = (create)->ResourceDimension == D3D10DDIRESOURCE_TEXTURE2D,                 \
        .first_mip = (create)->Tex2D.MipSlice, .first_layer = (create)->Tex2D.FirstArraySlice,     \
        .layer_count = (create)->Tex2D.ArraySize,                                                  \
    }

#define TEX2D_SRV_DESC(create)                                                                     \
    {                                                                                              \
        .kind = OBJECT_SHADER_RESOURCE_VIEW, .resource = ddi_resource((create)->hDrvResource),     \
        .format = (uint32_t)(create)->Format,                                                      \
        .is_texture2d = (create)->ResourceDimension == D3D10DDIRESOURCE_TEXTURE2D,                 \
        .first_mip = (create)->Tex2D.MostDetailedMip, .mip_count = (create)->Tex2D.MipLevels,      \
        .first_layer = (create)->Tex2D.FirstArraySlice, .layer_count = (create)->Tex2D.ArraySize,  \
    }

static void create_view(D3D10DDI_HDEVICE h, enum ddi_slot slot, void *block,
                        const struct view_desc *desc)
{
    ddi_report(h, slot, view_init(ddi_core_of(h), block, desc));
}

SIZE_T APIENTRY ddi_calc_private_render_target_view_size(
    D3D10DDI_HDEVICE h, const D3D10DDIARG_CREATERENDERTARGETVIEW *create)
{
    (void)h;
    (void)create;
    return sizeof(struct view);
}

void APIENTRY ddi_create_render_target_view(D3D10DDI_HDEVICE h,
                                            const D3D10DDIARG_CREATERENDERTARGETVIEW *create,
                                            D3D10DDI_HRENDERTARGETVIEW h_view,
                                            D3D10DDI_HRTRENDERTARGETVIEW h_rt_view)
{
    (void)h_rt_view;
    if (!create) {
        ddi_refuse_create(h, SLOT_pfnCreateRenderTargetView, h_view.pDrvPrivate,
                          sizeof(struct view));
        return;
    }
    create_view(h, SLOT_pfnCreateRenderTargetView, h_view.pDrvPrivate,
                &(struct view_desc)TEX2D_DESC(OBJECT_RENDER_TARGET_VIEW, create));
}

void APIENTRY ddi_destroy_render_target_view(D3D10DDI_HDEVICE h, D3D10DDI_HRENDERTARGETVIEW h_view)
{
    struct view *view = ddi_target_view(h_view);

    if (view)
        view_finish(ddi_core_of(h), view);
}

/* Read-only flags of 11.0 have no effect: the wire has no such bit (driver semantics 11). */
#define DEPTH_STENCIL_VIEW(suffix, type)                                                           \
    SIZE_T APIENTRY ddi_calc_private_depth_stencil_view_size_##suffix(D3D10DDI_HDEVICE h,          \
                                                                      const type *create)          \
    {                                                                                              \
        (void)h;                                                                                   \
        (void)create;                                                                              \
        return sizeof(struct view);                                                                \
    }                                                                                              \
    void APIENTRY ddi_create_depth_stencil_view_##suffix(D3D10DDI_HDEVICE h, const type *create,   \
                                                         D3D10DDI_HDEPTHSTENCILVIEW h_view,        \
                                                         D3D10DDI_HRTDEPTHSTENCILVIEW h_rt_view)   \
    {                                                                                              \
        (void)h_rt_view;                                                                           \
        if (!create) {                                                                             \
            ddi_refuse_create(h, SLOT_pfnCreateDepthStencilView, h_view.pDrvPrivate,               \
                              sizeof(struct view));                                                \
            return;                                                                                \
        }                                                                                          \
        create_view(h, SLOT_pfnCreateDepthStencilView, h_view.pDrvPrivate,                         \
                    &(struct view_desc)TEX2D_DESC(OBJECT_DEPTH_STENCIL_VIEW, create));             \
    }

DEPTH_STENCIL_VIEW(10, D3D10DDIARG_CREATEDEPTHSTENCILVIEW)
DEPTH_STENCIL_VIEW(11, D3D11DDIARG_CREATEDEPTHSTENCILVIEW)

void APIENTRY ddi_destroy_depth_stencil_view(D3D10DDI_HDEVICE h, D3D10DDI_HDEPTHSTENCILVIEW h_view)
{
    struct view *view = ddi_depth_view(h_view);

    if (view)
        view_finish(ddi_core_of(h), view);
}

/* The three generations of the argument have the same Tex2D member. */
#define SHADER_RESOURCE_VIEW(suffix, type)                                                         \
    SIZE_T APIENTRY ddi_calc_private_shader_resource_view_size_##suffix(D3D10DDI_HDEVICE h,        \
                                                                        const type *create)        \
    {                                                                                              \
        (void)h;                                                                                   \
        (void)create;                                                                              \
        return sizeof(struct view);                                                                \
    }                                                                                              \
    void APIENTRY ddi_create_shader_resource_view_##suffix(                                        \
        D3D10DDI_HDEVICE h, const type *create, D3D10DDI_HSHADERRESOURCEVIEW h_view,               \
        D3D10DDI_HRTSHADERRESOURCEVIEW h_rt_view)                                                  \
    {                                                                                              \
        (void)h_rt_view;                                                                           \
        if (!create) {                                                                             \
            ddi_refuse_create(h, SLOT_pfnCreateShaderResourceView, h_view.pDrvPrivate,             \
                              sizeof(struct view));                                                \
            return;                                                                                \
        }                                                                                          \
        create_view(h, SLOT_pfnCreateShaderResourceView, h_view.pDrvPrivate,                       \
                    &(struct view_desc)TEX2D_SRV_DESC(create));                                    \
    }

SHADER_RESOURCE_VIEW(10, D3D10DDIARG_CREATESHADERRESOURCEVIEW)
SHADER_RESOURCE_VIEW(10_1, D3D10_1DDIARG_CREATESHADERRESOURCEVIEW)
SHADER_RESOURCE_VIEW(11, D3D11DDIARG_CREATESHADERRESOURCEVIEW)

void APIENTRY ddi_destroy_shader_resource_view(D3D10DDI_HDEVICE h,
                                               D3D10DDI_HSHADERRESOURCEVIEW h_view)
{
    struct view *view = ddi_shader_view(h_view);

    if (view)
        view_finish(ddi_core_of(h), view);
}
