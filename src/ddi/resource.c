/* Resources: the arguments of both generations become one description (driver semantics 9). */

#include <string.h>

#include "core/resource.h"

#include "core/format.h"
#include "ddi/edge.h"

_Static_assert((int)RESOURCE_BUFFER == D3D10DDIRESOURCE_BUFFER &&
                   (int)RESOURCE_TEXTURE2D == D3D10DDIRESOURCE_TEXTURE2D &&
                   (int)RESOURCE_TEXTURE_CUBE == D3D10DDIRESOURCE_TEXTURECUBE &&
                   (int)RESOURCE_BUFFER_EX == D3D11DDIRESOURCE_BUFFEREX &&
                   (int)RESOURCE_USAGE_STAGING == D3D10_DDI_USAGE_STAGING &&
                   (int)RESOURCE_BIND_PRESENT == D3D10_DDI_BIND_PRESENT &&
                   (int)RESOURCE_BIND_UNORDERED_ACCESS == D3D11_DDI_BIND_UNORDERED_ACCESS &&
                   (int)RESOURCE_MISC_SHARED == D3D10_DDI_RESOURCE_MISC_SHARED &&
                   (int)RESOURCE_MISC_REMOTE == D3D10_DDI_RESOURCE_MISC_REMOTE,
               "core uses the DDI's numbers");

_Static_assert(sizeof(struct resource_data) == sizeof(D3D10_DDIARG_SUBRESOURCE_UP) &&
                   offsetof(struct resource_data, bytes) ==
                       offsetof(D3D10_DDIARG_SUBRESOURCE_UP, pSysMem) &&
                   offsetof(struct resource_data, row_pitch_bytes) ==
                       offsetof(D3D10_DDIARG_SUBRESOURCE_UP, SysMemPitch) &&
                   offsetof(struct resource_data, slice_pitch_bytes) ==
                       offsetof(D3D10_DDIARG_SUBRESOURCE_UP, SysMemSlicePitch),
               "initial data is passed on as it is");

/* Fields that both generations have under the same names. */
#define COMMON_DESC(create, rt_resource)                                                           \
    {                                                                                              \
        .dimension = (uint32_t)(create)->ResourceDimension, .usage = (create)->Usage,              \
        .bind_flags = (create)->BindFlags, .misc_flags = (create)->MiscFlags,                      \
        .format = (uint32_t)(create)->Format, .width = (create)->pMipInfoList[0].TexelWidth,       \
        .height = (create)->pMipInfoList[0].TexelHeight, .mip_levels = (create)->MipLevels,        \
        .array_size = (create)->ArraySize, .sample_count = (create)->SampleDesc.Count,             \
        .initial = (const struct resource_data *)(const void *)(create)->pInitialDataUP,           \
        .h_rt_resource = (rt_resource).handle,                                                     \
    }

/*
 * Whether a primary can be scanned out. One that cannot, but need not, is an ordinary surface that
 * DXGI presents by blt; the answer is the argument's one output (driver semantics 9.6).
 */
static bool judge_primary(struct resource_desc *desc, DXGI_DDI_PRIMARY_DESC *primary)
{
    const bool is_optional = primary->Flags & DXGI_DDI_PRIMARY_OPTIONAL;

    desc->is_primary = format_find(desc->format)->is_display_mode && primary->VidPnSourceId == 0;
    desc->scanout_source = primary->VidPnSourceId;
    primary->DriverFlags =
        !desc->is_primary && is_optional ? DXGI_DDI_PRIMARY_DRIVER_FLAG_NO_SCANOUT : 0;
    return desc->is_primary || is_optional;
}

static void create_resource(D3D10DDI_HDEVICE h, struct resource_desc *desc,
                            DXGI_DDI_PRIMARY_DESC *primary, D3D10DDI_HRESOURCE h_resource)
{
    enum result result = RESULT_UNSUPPORTED;

    memset(h_resource.pDrvPrivate, 0, sizeof(struct resource));
    if (!primary || judge_primary(desc, primary))
        result = resource_init(ddi_core_of(h), h_resource.pDrvPrivate, desc);
    ddi_report(h, SLOT_pfnCreateResource, result);
}

void APIENTRY ddi_create_resource_10(D3D10DDI_HDEVICE h, const D3D10DDIARG_CREATERESOURCE *create,
                                     D3D10DDI_HRESOURCE h_resource,
                                     D3D10DDI_HRTRESOURCE h_rt_resource)
{
    struct resource_desc desc;

    if (!create || !create->pMipInfoList) {
        ddi_refuse_create(h, SLOT_pfnCreateResource, h_resource.pDrvPrivate,
                          sizeof(struct resource));
        return;
    }
    desc = (struct resource_desc)COMMON_DESC(create, h_rt_resource);
    create_resource(h, &desc, create->pPrimaryDesc, h_resource);
}

void APIENTRY ddi_create_resource_11(D3D10DDI_HDEVICE h, const D3D11DDIARG_CREATERESOURCE *create,
                                     D3D10DDI_HRESOURCE h_resource,
                                     D3D10DDI_HRTRESOURCE h_rt_resource)
{
    struct resource_desc desc;

    if (!create || !create->pMipInfoList) {
        ddi_refuse_create(h, SLOT_pfnCreateResource, h_resource.pDrvPrivate,
                          sizeof(struct resource));
        return;
    }
    desc = (struct resource_desc)COMMON_DESC(create, h_rt_resource);
    create_resource(h, &desc, create->pPrimaryDesc, h_resource);
}

SIZE_T APIENTRY ddi_calc_private_resource_size_10(D3D10DDI_HDEVICE h,
                                                  const D3D10DDIARG_CREATERESOURCE *create)
{
    (void)h;
    (void)create;
    return sizeof(struct resource);
}

SIZE_T APIENTRY ddi_calc_private_resource_size_11(D3D10DDI_HDEVICE h,
                                                  const D3D11DDIARG_CREATERESOURCE *create)
{
    (void)h;
    (void)create;
    return sizeof(struct resource);
}

void APIENTRY ddi_destroy_resource(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE h_resource)
{
    struct device *device = ddi_core_of(h);
    struct resource *resource = ddi_resource(h_resource);
    const bool was_lost = device->queue.is_lost;

    if (!resource)
        return;
    resource_finish(device, resource);
    if (device->queue.is_lost && !was_lost)
        ddi_report(h, SLOT_pfnDestroyResource, RESULT_DEVICE_REMOVED);
}

static void update(D3D10DDI_HDEVICE h, enum ddi_slot slot, D3D10DDI_HRESOURCE h_resource,
                   UINT subresource, const D3D10_DDI_BOX *box, const struct resource_data *data)
{
    struct resource *resource = ddi_resource(h_resource);
    struct resource_box flat;

    if (!resource || (box && !ddi_flat_box(box, &flat)))
        return;
    ddi_report(h, slot,
               resource_update(ddi_core_of(h), resource, subresource, box ? &flat : NULL, data));
}

void APIENTRY ddi_resource_update_subresource_up(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE h_resource,
                                                 UINT subresource, const D3D10_DDI_BOX *box,
                                                 const void *bytes, UINT row_pitch,
                                                 UINT depth_pitch)
{
    update(h, SLOT_pfnResourceUpdateSubresourceUP, h_resource, subresource, box,
           &(struct resource_data){ bytes, row_pitch, depth_pitch });
}

void APIENTRY ddi_default_constant_buffer_update_subresource_up(
    D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE h_resource, UINT subresource, const D3D10_DDI_BOX *box,
    const void *bytes, UINT row_pitch, UINT depth_pitch)
{
    update(h, SLOT_pfnDefaultConstantBufferUpdateSubresourceUP, h_resource, subresource, box,
           &(struct resource_data){ bytes, row_pitch, depth_pitch });
}

/* Packets execute in order, so what was written is there when it is read. */
void APIENTRY ddi_resource_read_after_write_hazard(D3D10DDI_HDEVICE h,
                                                   D3D10DDI_HRESOURCE h_resource)
{
    (void)h;
    (void)h_resource;
}

void APIENTRY ddi_shader_resource_view_read_after_write_hazard(D3D10DDI_HDEVICE h,
                                                               D3D10DDI_HSHADERRESOURCEVIEW h_view,
                                                               D3D10DDI_HRESOURCE h_resource)
{
    (void)h;
    (void)h_view;
    (void)h_resource;
}

/* Mip clamps do not exist on the wire (driver semantics 14.12). */
void APIENTRY ddi_set_resource_min_lod(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE h_resource,
                                       FLOAT min_lod)
{
    (void)h;
    (void)h_resource;
    (void)min_lod;
}
