/** Draws, clears, dispatches, queries, and what a swap chain does. */
#include "d3d11_state.h"

/* How often the result of a query is asked for, a millisecond apart. */
enum { RESULT_TRIES = 20000 };

static bool draw(void *device, const struct px_draw *draw)
{
    ID3D11DeviceContext *context = ((struct px_d3d11 *)device)->context;
    const bool is_instanced = draw->instances != 1 || draw->first_instance != 0;

    ID3D11DeviceContext_IASetPrimitiveTopology(context, (D3D11_PRIMITIVE_TOPOLOGY)draw->topology);
    if (draw->is_indexed && is_instanced)
        ID3D11DeviceContext_DrawIndexedInstanced(context, draw->count, draw->instances, draw->first,
                                                 draw->base_vertex, draw->first_instance);
    else if (draw->is_indexed)
        ID3D11DeviceContext_DrawIndexed(context, draw->count, draw->first, draw->base_vertex);
    else if (is_instanced)
        ID3D11DeviceContext_DrawInstanced(context, draw->count, draw->instances, draw->first,
                                          draw->first_instance);
    else
        ID3D11DeviceContext_Draw(context, draw->count, draw->first);
    return true;
}

static bool dispatch(void *device, const uint32_t groups[3])
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_Dispatch(d3d->context, groups[0], groups[1], groups[2]);
    return true;
}

static bool clear_target(void *device, struct px_object *rtv, const float color[4])
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_ClearRenderTargetView(d3d->context, PX_MADE(ID3D11RenderTargetView, rtv),
                                              color);
    return true;
}

static bool clear_depth_stencil(void *device, struct px_object *dsv, uint32_t flags, float depth,
                                uint8_t stencil)
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_ClearDepthStencilView(d3d->context, PX_MADE(ID3D11DepthStencilView, dsv),
                                              flags, depth, stencil);
    return true;
}

/* ---- Queries ---- */

static bool begin(void *device, struct px_object *query)
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_Begin(d3d->context, PX_MADE(ID3D11Asynchronous, query));
    return true;
}

static bool end(void *device, struct px_object *query)
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_End(d3d->context, PX_MADE(ID3D11Asynchronous, query));
    return true;
}

static bool result(void *device, struct px_object *query, uint64_t *value)
{
    ID3D11Asynchronous *made = PX_MADE(ID3D11Asynchronous, query);
    const UINT size_bytes = ID3D11Asynchronous_GetDataSize(made);
    struct px_d3d11 *d3d = device;

    for (int i = 0; i < RESULT_TRIES && size_bytes <= sizeof(*value); i++) {
        HRESULT answer;

        *value = 0;
        answer = ID3D11DeviceContext_GetData(d3d->context, made, value, size_bytes, 0);
        /* Wine answers predicates, too, with a number of samples instead of a truth value. */
        if (query->query == PX_QUERY_OCCLUSION_PREDICATE)
            *value = *value != 0;
        if (answer != S_FALSE)
            return px_d3d11_did(d3d, answer);
        Sleep(1);
    }
    return px_d3d11_did(d3d, E_PENDING);
}

static bool set_predicate(void *device, struct px_object *query, bool value)
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_SetPredication(d3d->context, PX_MADE(ID3D11Predicate, query), value);
    return true;
}

static bool flush(void *device)
{
    struct px_d3d11 *d3d = device;

    ID3D11DeviceContext_Flush(d3d->context);
    return true;
}

void px_d3d11_add_work(struct px_backend *backend)
{
    backend->draw = draw;
    backend->dispatch = dispatch;
    backend->clear_target = clear_target;
    backend->clear_depth_stencil = clear_depth_stencil;
    backend->begin = begin;
    backend->end = end;
    backend->result = result;
    backend->set_predicate = set_predicate;
    backend->flush = flush;
}
