/*
 * Copies (driver semantics 13). Converting is copying, as the DDI allows; so is resolving, since
 * every resource has one sample.
 */

#include "core/copy.h"

#include "ddi/edge.h"

static void copy_whole(D3D10DDI_HDEVICE h, enum ddi_slot slot, D3D10DDI_HRESOURCE to,
                       D3D10DDI_HRESOURCE from)
{
    struct resource *target = ddi_resource(to);
    struct resource *source = ddi_resource(from);

    if (target && source)
        ddi_report(h, slot, copy_resource(ddi_core_of(h), target, source));
}

void APIENTRY ddi_resource_copy(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE to, D3D10DDI_HRESOURCE from)
{
    copy_whole(h, SLOT_pfnResourceCopy, to, from);
}

void APIENTRY ddi_resource_convert(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE to,
                                   D3D10DDI_HRESOURCE from)
{
    copy_whole(h, SLOT_pfnResourceConvert, to, from);
}

static void copy_part(D3D10DDI_HDEVICE h, enum ddi_slot slot, struct copy_region region,
                      const D3D10_DDI_BOX *box)
{
    struct resource_box flat;

    if (!region.target || !region.source || (box && !ddi_flat_box(box, &flat)))
        return;
    region.box = box ? &flat : NULL;
    ddi_report(h, slot, copy_region(ddi_core_of(h), &region));
}

/* What is flat has no depth to go to: z is 0 in all that the runtime sends. */
#define COPY_REGION(name, slot)                                                                    \
    void APIENTRY name(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE to, UINT to_subresource, UINT x,     \
                       UINT y, UINT z, D3D10DDI_HRESOURCE from, UINT from_subresource,             \
                       const D3D10_DDI_BOX *box)                                                   \
    {                                                                                              \
        if (z == 0)                                                                                \
            copy_part(h, slot,                                                                     \
                      (struct copy_region){ .target = ddi_resource(to),                            \
                                            .source = ddi_resource(from),                          \
                                            .target_subresource = to_subresource,                  \
                                            .source_subresource = from_subresource,                \
                                            .x = x,                                                \
                                            .y = y },                                              \
                      box);                                                                        \
    }

COPY_REGION(ddi_resource_copy_region, SLOT_pfnResourceCopyRegion)
COPY_REGION(ddi_resource_convert_region, SLOT_pfnResourceConvertRegion)

void APIENTRY ddi_resource_resolve_subresource(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE to,
                                               UINT to_subresource, D3D10DDI_HRESOURCE from,
                                               UINT from_subresource, DXGI_FORMAT format)
{
    (void)format; /* of one sample nothing is computed */
    copy_part(h, SLOT_pfnResourceResolveSubresource,
              (struct copy_region){ .target = ddi_resource(to),
                                    .source = ddi_resource(from),
                                    .target_subresource = to_subresource,
                                    .source_subresource = from_subresource },
              NULL);
}
