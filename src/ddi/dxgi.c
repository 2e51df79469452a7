/* DXGI functions: handles are the addresses of private blocks (driver semantics 4, 19). */

#include "core/present.h"
#include "core/rotate.h"
#include "ddi/edge.h"

static struct ddi_device *device_of(DXGI_DDI_HDEVICE h)
{
    return object_of((void *)h, OBJECT_DEVICE);
}

static struct resource *resource_of(DXGI_DDI_HRESOURCE h)
{
    return object_of((void *)h, OBJECT_RESOURCE);
}

HRESULT APIENTRY ddi_dxgi_present(DXGI_DDI_ARG_PRESENT *argument)
{
    struct ddi_device *device;
    struct present_desc desc;
    int32_t code = S_OK;
    enum result result;

    if (!argument)
        return E_INVALIDARG;
    device = device_of(argument->hDevice);
    desc = (struct present_desc){
        .surface = resource_of(argument->hSurfaceToPresent),
        .destination = resource_of(argument->hDstResource),
        .waits_for_vblank = argument->FlipInterval != DXGI_DDI_FLIP_INTERVAL_IMMEDIATE,
        .dxgi_context = argument->pDXGIContext,
    };
    if (!device || !desc.surface || argument->SrcSubResourceIndex != 0)
        return E_INVALIDARG;
    result = present_submit(&device->core, &desc, &code);
    return result == RESULT_OK ? (HRESULT)code : ddi_hresult(result);
}

HRESULT APIENTRY
ddi_dxgi_rotate_resource_identities(DXGI_DDI_ARG_ROTATE_RESOURCE_IDENTITIES *argument)
{
    struct resource *resources[ROTATE_MAX];
    struct ddi_device *device;

    if (!argument)
        return E_INVALIDARG;
    device = device_of(argument->hDevice);
    if (!device || argument->Resources > ROTATE_MAX ||
        (argument->Resources > 0 && !argument->pResources))
        return E_INVALIDARG;
    for (UINT i = 0; i < argument->Resources; i++)
        resources[i] = resource_of(argument->pResources[i]);
    return ddi_hresult(rotate_identities(&device->core, resources, argument->Resources));
}

/* No gamma hardware: an identity ramp over the whole range. */
HRESULT APIENTRY ddi_dxgi_get_gamma_caps(DXGI_DDI_ARG_GET_GAMMA_CONTROL_CAPS *argument)
{
    enum { POINTS = 17 };
    DXGI_GAMMA_CONTROL_CAPABILITIES *caps;

    if (!argument || !argument->pGammaCapabilities)
        return E_INVALIDARG;
    caps = argument->pGammaCapabilities;
    memset(caps, 0, sizeof(*caps));
    caps->MaxConvertedValue = 1.0f;
    caps->NumGammaControlPoints = POINTS;
    for (int i = 0; i < POINTS; i++)
        caps->ControlPointPositions[i] = (float)i / (POINTS - 1);
    return S_OK;
}
