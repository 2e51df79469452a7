#include <stdio.h>
#include <stdlib.h>

#include "d3d11_state.h"

void px_d3d11_reset(struct px_d3d11 *d3d)
{
    ID3D11DeviceContext_ClearState(d3d->context);
    while (d3d->objects != NULL) {
        struct px_object *object = d3d->objects;

        d3d->objects = object->next;
        IUnknown_Release(object->made);
        free(object);
    }
    d3d->presented = NULL;
    d3d->result = S_OK;
    d3d->rule = NULL;
}

void px_d3d11_destroy(struct px_d3d11 *d3d)
{
    px_d3d11_reset(d3d);
    ID3D11DeviceContext_Release(d3d->context);
    ID3D11Device_Release(d3d->device);
    free(d3d);
}

bool px_d3d11_did(struct px_d3d11 *d3d, HRESULT result)
{
    if (SUCCEEDED(result))
        return true;
    d3d->result = result;
    return false;
}

bool px_d3d11_refuse(struct px_d3d11 *d3d, const char *rule)
{
    d3d->rule = rule;
    return false;
}

struct px_object *px_d3d11_keep(struct px_d3d11 *d3d, HRESULT result, void *made)
{
    struct px_object *object;

    if (!px_d3d11_did(d3d, result))
        return NULL;
    object = calloc(1, sizeof(*object));
    if (object == NULL) {
        IUnknown_Release((IUnknown *)made);
        px_d3d11_did(d3d, E_OUTOFMEMORY);
        return NULL;
    }
    object->made = made;
    object->next = d3d->objects;
    d3d->objects = object;
    return object;
}

static const char *last_error(void *device)
{
    struct px_d3d11 *d3d = device;

    if (d3d->rule != NULL)
        return d3d->rule;
    if (SUCCEEDED(d3d->result))
        return NULL;
    snprintf(d3d->error, sizeof(d3d->error), "Direct3D reported 0x%08lx",
             (unsigned long)d3d->result);
    return d3d->error;
}

const struct px_backend *px_d3d11_backend(void)
{
    static struct px_backend backend;

    backend.error = last_error;
    px_d3d11_add_resources(&backend);
    px_d3d11_add_views(&backend);
    px_d3d11_add_states(&backend);
    px_d3d11_add_bindings(&backend);
    px_d3d11_add_work(&backend);
    px_d3d11_add_reading(&backend);
    return &backend;
}

struct px_d3d11 *px_d3d11_create(const char **error)
{
    static const D3D_FEATURE_LEVEL wanted = D3D_FEATURE_LEVEL_11_0;
    struct px_d3d11 *d3d = calloc(1, sizeof(*d3d));

    *error = "out of memory";
    if (d3d == NULL)
        return NULL;
    *error = "there is no Direct3D 11 device of feature level 11_0 here";
    if (FAILED(D3D11CreateDevice(NULL, D3D_DRIVER_TYPE_HARDWARE, NULL, 0, &wanted, 1,
                                 D3D11_SDK_VERSION, &d3d->device, NULL, &d3d->context))) {
        free(d3d);
        return NULL;
    }
    *error = "Direct3D does not give back what a depth texture was cleared to";
    if (!px_d3d11_find_depth(d3d, px_d3d11_backend())) {
        px_d3d11_destroy(d3d);
        return NULL;
    }
    px_d3d11_reset(d3d);
    return d3d;
}
