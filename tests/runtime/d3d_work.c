#include <string.h>

#include "runtime/d3d.h"
#include "runtime/d3d_format.h"
#include "runtime/runtime_state.h"

/* ---- Clears and draws ---- */

void d3d_clear_target(struct rt_device *device, struct rt_object *rtv, FLOAT red, FLOAT green,
                      FLOAT blue, FLOAT alpha)
{
    const FLOAT color[4] = { red, green, blue, alpha };

    RT_CALL(device, f11, pfnClearRenderTargetView, d3d_rtv(rtv), rt_lend(color, sizeof(color)));
}

void d3d_clear_depth_stencil(struct rt_device *device, struct rt_object *dsv, UINT flags,
                             FLOAT depth, UINT8 stencil)
{
    RT_CALL(device, f11, pfnClearDepthStencilView, d3d_dsv(dsv), flags, depth, stencil);
}

void d3d_draw(struct rt_device *device, UINT vertices, UINT first_vertex)
{
    RT_CALL(device, f11, pfnDraw, vertices, first_vertex);
}

void d3d_draw_indexed(struct rt_device *device, UINT indices, UINT first_index, INT base_vertex)
{
    RT_CALL(device, f11, pfnDrawIndexed, indices, first_index, base_vertex);
}

void d3d_draw_instanced(struct rt_device *device, UINT vertices, UINT instances, UINT first_vertex,
                        UINT first_instance)
{
    RT_CALL(device, f11, pfnDrawInstanced, vertices, instances, first_vertex, first_instance);
}

void d3d_draw_indexed_instanced(struct rt_device *device, UINT indices, UINT instances,
                                UINT first_index, INT base_vertex, UINT first_instance)
{
    RT_CALL(device, f11, pfnDrawIndexedInstanced, indices, instances, first_index, base_vertex,
            first_instance);
}

void d3d_flush(struct rt_device *device)
{
    RT_CALL(device, f11, pfnFlush);
}

/* ---- Map: which entry the runtime picks (driver semantics 12.1) ---- */

enum map_family {
    MAP_INPUT_BUFFER,
    MAP_CONSTANT_BUFFER,
    MAP_DYNAMIC,
    MAP_STAGING,
    MAP_OTHER,
};

static enum map_family map_family(const struct rt_facts *facts)
{
    const UINT input = D3D10_DDI_BIND_VERTEX_BUFFER | D3D10_DDI_BIND_INDEX_BUFFER;
    const bool is_buffer = facts->dimension == D3D10DDIRESOURCE_BUFFER;

    if (facts->usage == D3D10_DDI_USAGE_STAGING)
        return MAP_STAGING;
    if (facts->usage != D3D10_DDI_USAGE_DYNAMIC)
        return MAP_OTHER;
    if (is_buffer && facts->bind != 0 && (facts->bind & ~input) == 0)
        return MAP_INPUT_BUFFER;
    if (is_buffer && facts->bind == D3D10_DDI_BIND_CONSTANT_BUFFER)
        return MAP_CONSTANT_BUFFER;
    return MAP_DYNAMIC;
}

#define CALL_MAP(member)                                                                           \
    RT_CALL(device, f11, member, d3d_resource(resource), subresource, map, flags, mapped)

static void call_map(struct rt_object *resource, UINT subresource, D3D10_DDI_MAP map, UINT flags,
                     D3D10DDI_MAPPED_SUBRESOURCE *mapped)
{
    struct rt_device *device = resource->device;

    switch (map_family(&resource->facts)) {
    case MAP_INPUT_BUFFER:
        if (map == D3D10_DDI_MAP_WRITE_NOOVERWRITE)
            CALL_MAP(pfnDynamicIABufferMapNoOverwrite);
        else
            CALL_MAP(pfnDynamicIABufferMapDiscard);
        break;
    case MAP_CONSTANT_BUFFER:
        CALL_MAP(pfnDynamicConstantBufferMapDiscard);
        break;
    case MAP_DYNAMIC:
        CALL_MAP(pfnDynamicResourceMapDiscard);
        break;
    case MAP_STAGING:
        CALL_MAP(pfnStagingResourceMap);
        break;
    default:
        CALL_MAP(pfnResourceMap);
        break;
    }
}

void *d3d_map(struct rt_object *resource, UINT subresource, D3D10_DDI_MAP map, UINT flags,
              UINT *row_pitch_bytes, UINT *depth_pitch_bytes)
{
    struct rt_device *device = resource->device;
    const struct rt_error_context context = {
        .may_still_draw = (flags & D3D10_DDI_MAP_FLAG_DONOTWAIT) != 0,
    };
    D3D10DDI_MAPPED_SUBRESOURCE mapped;
    void *fresh;

    memset(&fresh, GUARD_FRESH, sizeof(fresh));
    memset(&mapped, GUARD_FRESH, sizeof(mapped));
    rt_allow(device, &context);
    call_map(resource, subresource, map, flags, &mapped);
    if (mapped.pData == fresh) {
        report_violation(kernel_report(device->kernel), "a map left pData unset");
        return NULL;
    }
    if (device->last_error != S_OK && mapped.pData != NULL)
        report_violation(kernel_report(device->kernel), "a failed map gave a pointer");
    if (device->last_error != S_OK || mapped.pData == NULL)
        return NULL;
    if (row_pitch_bytes != NULL)
        *row_pitch_bytes = mapped.RowPitch;
    if (depth_pitch_bytes != NULL)
        *depth_pitch_bytes = mapped.DepthPitch;
    return mapped.pData;
}

void d3d_unmap(struct rt_object *resource, UINT subresource)
{
    struct rt_device *device = resource->device;

    switch (map_family(&resource->facts)) {
    case MAP_INPUT_BUFFER:
        RT_CALL(device, f11, pfnDynamicIABufferUnmap, d3d_resource(resource), subresource);
        break;
    case MAP_CONSTANT_BUFFER:
        RT_CALL(device, f11, pfnDynamicConstantBufferUnmap, d3d_resource(resource), subresource);
        break;
    case MAP_DYNAMIC:
        RT_CALL(device, f11, pfnDynamicResourceUnmap, d3d_resource(resource), subresource);
        break;
    case MAP_STAGING:
        RT_CALL(device, f11, pfnStagingResourceUnmap, d3d_resource(resource), subresource);
        break;
    default:
        RT_CALL(device, f11, pfnResourceUnmap, d3d_resource(resource), subresource);
        break;
    }
}

/* ---- Updates and copies ---- */

static UINT extent(UINT size, UINT level)
{
    return (size >> level) > 0 ? size >> level : 1;
}

/* How many bytes of the caller's data an update reads. */
static size_t update_bytes(const struct rt_facts *facts, UINT subresource, const D3D10_DDI_BOX *box,
                           UINT row_pitch_bytes, UINT depth_pitch_bytes)
{
    const UINT level = subresource % facts->mip_levels;
    UINT width = extent(facts->width, level);
    UINT height = extent(facts->height, level);
    UINT depth = extent(facts->depth, level);

    if (box != NULL) {
        if (box->left >= box->right || box->top >= box->bottom || box->front >= box->back)
            return 0;
        width = (UINT)(box->right - box->left);
        height = (UINT)(box->bottom - box->top);
        depth = (UINT)(box->back - box->front);
    }
    if (facts->dimension == D3D10DDIRESOURCE_BUFFER)
        return width;
    return d3d_format_span(facts->format, width, height, row_pitch_bytes) +
           (size_t)(depth - 1) * depth_pitch_bytes;
}

void d3d_update(struct rt_object *resource, UINT subresource, const D3D10_DDI_BOX *box,
                const void *data, UINT row_pitch_bytes, UINT depth_pitch_bytes)
{
    struct rt_device *device = resource->device;
    const struct rt_facts *facts = &resource->facts;
    const size_t size_bytes =
        update_bytes(facts, subresource, box, row_pitch_bytes, depth_pitch_bytes);
    const D3D10_DDI_BOX *lent_box = rt_lend(box, sizeof(*box));
    const void *lent = rt_lend(data, size_bytes);

    if (facts->usage == D3D10_DDI_USAGE_DEFAULT && facts->bind == D3D10_DDI_BIND_CONSTANT_BUFFER)
        RT_CALL(device, f11, pfnDefaultConstantBufferUpdateSubresourceUP, d3d_resource(resource),
                subresource, lent_box, lent, row_pitch_bytes, depth_pitch_bytes);
    else
        RT_CALL(device, f11, pfnResourceUpdateSubresourceUP, d3d_resource(resource), subresource,
                lent_box, lent, row_pitch_bytes, depth_pitch_bytes);
}

void d3d_copy(struct rt_object *target, struct rt_object *source)
{
    RT_CALL(target->device, f11, pfnResourceCopy, d3d_resource(target), d3d_resource(source));
}

void d3d_copy_region(struct rt_object *target, UINT target_subresource, UINT x, UINT y, UINT z,
                     struct rt_object *source, UINT source_subresource, const D3D10_DDI_BOX *box)
{
    RT_CALL(target->device, f11, pfnResourceCopyRegion, d3d_resource(target), target_subresource, x,
            y, z, d3d_resource(source), source_subresource, rt_lend(box, sizeof(*box)));
}

void d3d_generate_mips(struct rt_object *srv)
{
    RT_CALL(srv->device, f11, pfnGenMips, d3d_srv(srv));
}

/* ---- Queries ---- */

void d3d_begin(struct rt_object *query)
{
    RT_CALL(query->device, f11, pfnQueryBegin, d3d_query(query));
}

void d3d_end(struct rt_object *query)
{
    RT_CALL(query->device, f11, pfnQueryEnd, d3d_query(query));
}

HRESULT d3d_get_data(struct rt_object *query, void *data, UINT size_bytes, UINT flags)
{
    struct rt_device *device = query->device;
    struct guard_block *block = data != NULL ? guard_create(size_bytes) : NULL;

    RT_CALL(device, f11, pfnQueryGetData, d3d_query(query),
            block != NULL ? guard_bytes(block) : NULL, size_bytes, flags);
    if (block != NULL) {
        rt_check_guard(kernel_report(device->kernel), block, "data of a query");
        if (device->last_error == S_OK)
            memcpy(data, guard_bytes(block), size_bytes);
    }
    guard_destroy(block);
    return device->last_error;
}

void d3d_set_predication(struct rt_device *device, struct rt_object *query, BOOL value)
{
    RT_CALL(device, f11, pfnSetPredication, d3d_query(query), value);
}

/* ---- DXGI ---- */

static DXGI_DDI_HDEVICE dxgi_device(const struct rt_device *device)
{
    return (DXGI_DDI_HDEVICE)rt_handle(device).pDrvPrivate;
}

static DXGI_DDI_HRESOURCE dxgi_resource(const struct rt_object *object)
{
    return (DXGI_DDI_HRESOURCE)rt_private(object);
}

static HRESULT note_result(struct rt_device *device, HRESULT result)
{
    if (result == D3DDDIERR_DEVICEREMOVED)
        device->is_removed = true;
    return result;
}

HRESULT d3d_present(struct rt_object *source, struct rt_object *target, bool is_flip,
                    DXGI_DDI_FLIP_INTERVAL_TYPE interval)
{
    struct rt_device *device = source->device;
    DXGI_DDI_ARG_PRESENT arg = {
        .hDevice = dxgi_device(device),
        .hSurfaceToPresent = dxgi_resource(source),
        .hDstResource = dxgi_resource(target),
        .FlipInterval = interval,
    };
    HRESULT result;

    /* Opaque to the driver, and never the same twice. */
    device->dxgi_context = (void *)((uintptr_t)device->dxgi_context + 0x1230);
    arg.pDXGIContext = device->dxgi_context;
    arg.Flags.Blt = !is_flip;
    arg.Flags.Flip = is_flip;
    RT_DXGI(device, pfnPresent, result, rt_lend(&arg, sizeof(arg)));
    return note_result(device, result);
}

static void rotate_storage(struct rt_object *const *resources, UINT count)
{
    HANDLE first;

    if (count < 2)
        return;
    first = resources[0]->h_storage;
    for (UINT i = 0; i < count; i++)
        resources[i]->h_storage = i + 1 < count ? resources[i + 1]->h_storage : first;
}

HRESULT d3d_rotate(struct rt_device *device, struct rt_object *const *resources, UINT count)
{
    DXGI_DDI_HRESOURCE handles[16];
    DXGI_DDI_ARG_ROTATE_RESOURCE_IDENTITIES arg = { .hDevice = dxgi_device(device),
                                                    .Resources = count };
    HRESULT result;

    if (count > 16)
        tap_bail_out("a rotation of %u resources", count);
    for (UINT i = 0; i < count; i++)
        handles[i] = dxgi_resource(resources[i]);
    arg.pResources = rt_lend(handles, count * sizeof(handles[0]));
    RT_DXGI(device, pfnRotateResourceIdentities, result, rt_lend(&arg, sizeof(arg)));
    if (SUCCEEDED(result))
        rotate_storage(resources, count);
    return note_result(device, result);
}

HRESULT d3d_set_display_mode(struct rt_object *resource)
{
    struct rt_device *device = resource->device;
    const DXGI_DDI_ARG_SETDISPLAYMODE arg = { .hDevice = dxgi_device(device),
                                              .hResource = dxgi_resource(resource) };
    HRESULT result;

    RT_DXGI(device, pfnSetDisplayMode, result, rt_lend(&arg, sizeof(arg)));
    return note_result(device, result);
}
