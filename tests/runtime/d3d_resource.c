#include <stdlib.h>
#include <string.h>

#include "runtime/d3d.h"
#include "runtime/d3d_format.h"
#include "runtime/runtime_state.h"

#define MIPS_MAX 16

/* ---- The argument of CreateResource ---- */

/* Everything about a resource to be created, before it is lent to the driver. */
struct creation {
    D3D11DDIARG_CREATERESOURCE arg; /**< pointers unset */
    D3D10DDI_MIPINFO mips[MIPS_MAX];
    const D3D10_DDIARG_SUBRESOURCE_UP *initial;
    DXGI_DDI_PRIMARY_DESC *primary; /**< ours for the time of the create: the driver writes it */
};

static UINT at_least_one(UINT value)
{
    return value > 0 ? value : 1;
}

static UINT mip_extent(UINT extent, UINT level)
{
    return at_least_one(extent >> level);
}

static void fill_mips(struct creation *creation, UINT width, UINT height, UINT depth)
{
    const UINT block = d3d_format_block(creation->arg.Format);

    if (creation->arg.MipLevels > MIPS_MAX)
        tap_bail_out("a texture with %u mips", creation->arg.MipLevels);
    for (UINT level = 0; level < creation->arg.MipLevels && level < MIPS_MAX; level++) {
        D3D10DDI_MIPINFO *mip = &creation->mips[level];

        mip->TexelWidth = mip_extent(width, level);
        mip->TexelHeight = mip_extent(height, level);
        mip->TexelDepth = mip_extent(depth, level);
        mip->PhysicalWidth = (mip->TexelWidth + block - 1) / block * block;
        mip->PhysicalHeight = (mip->TexelHeight + block - 1) / block * block;
        mip->PhysicalDepth = mip->TexelDepth;
    }
}

static size_t initial_bytes(const struct creation *creation, UINT subresource)
{
    const D3D10DDI_MIPINFO *mip = &creation->mips[subresource % creation->arg.MipLevels];
    const D3D10_DDIARG_SUBRESOURCE_UP *data = &creation->initial[subresource];
    const size_t slice =
        d3d_format_span(creation->arg.Format, mip->TexelWidth, mip->TexelHeight, data->SysMemPitch);

    if (creation->arg.ResourceDimension == D3D10DDIRESOURCE_BUFFER)
        return mip->TexelWidth;
    return slice + (size_t)(mip->TexelDepth - 1) * data->SysMemSlicePitch;
}

static void *lend_initial(const struct creation *creation)
{
    const UINT count = creation->arg.MipLevels * creation->arg.ArraySize;
    D3D10_DDIARG_SUBRESOURCE_UP *lent;

    if (creation->initial == NULL)
        return NULL;
    lent = rt_lend(creation->initial, count * sizeof(*lent));
    for (UINT i = 0; i < count; i++)
        lent[i].pSysMem = rt_lend(lent[i].pSysMem, initial_bytes(creation, i));
    return lent;
}

/* The 10.0 argument is the first part of the 11.0 one: one copy serves both. */
static void *lend_argument(struct rt_device *device, struct creation *creation)
{
    D3D11DDIARG_CREATERESOURCE *lent;
    const size_t size_bytes = device->level == RT_D3D11 ? sizeof(D3D11DDIARG_CREATERESOURCE)
                                                        : sizeof(D3D10DDIARG_CREATERESOURCE);

    _Static_assert(offsetof(D3D11DDIARG_CREATERESOURCE, pPrimaryDesc) ==
                       offsetof(D3D10DDIARG_CREATERESOURCE, pPrimaryDesc),
                   "one argument begins like the other");
    creation->arg.pMipInfoList =
        rt_lend(creation->mips, creation->arg.MipLevels * sizeof(creation->mips[0]));
    creation->arg.pInitialDataUP = lend_initial(creation);
    creation->arg.pPrimaryDesc = creation->primary;
    lent = rt_lend(&creation->arg, size_bytes);
    return lent;
}

static struct rt_object *begin_resource(struct rt_device *device, struct creation *creation)
{
    const void *arg = lend_argument(device, creation);
    SIZE_T size_bytes;

    if (device->level == RT_D3D11)
        RT_GET(device, f11, pfnCalcPrivateResourceSize, size_bytes, arg);
    else
        RT_GET(device, f10, pfnCalcPrivateResourceSize, size_bytes, arg);
    return rt_object_begin(device, RT_RESOURCE, size_bytes);
}

static void fill_facts(struct rt_object *object, const struct creation *creation)
{
    struct rt_facts *facts = &object->facts;

    facts->dimension = creation->arg.ResourceDimension;
    facts->format = creation->arg.Format;
    facts->usage = creation->arg.Usage;
    facts->bind = creation->arg.BindFlags;
    facts->misc = creation->arg.MiscFlags;
    facts->width = creation->mips[0].TexelWidth;
    facts->height = creation->mips[0].TexelHeight;
    facts->depth = creation->mips[0].TexelDepth;
    facts->mip_levels = creation->arg.MipLevels;
    facts->array_size = creation->arg.ArraySize;
    facts->stride_bytes = creation->arg.ByteStride;
    facts->is_primary = creation->primary != NULL;
}

static void announce(struct rt_object *object)
{
    const struct rt_facts *facts = &object->facts;
    const struct kernel_resource_desc desc = {
        .h_rt_resource = object->h_rt,
        .is_shared = (facts->misc & D3D10_DDI_RESOURCE_MISC_SHARED) != 0,
        .may_be_primary = facts->is_primary,
    };

    kernel_resource_announce(object->device->kernel_device, &desc);
    object->is_announced = true;
}

/* The only output of a create: whether DriverFlags was written, and fits the error. */
static void check_primary(struct rt_device *device, const DXGI_DDI_PRIMARY_DESC *primary)
{
    struct report *report = kernel_report(device->kernel);

    if (primary->DriverFlags > 1)
        report_violation(report, "DriverFlags of the primary description is not written");
    if (device->last_error == DXGI_DDI_ERR_UNSUPPORTED && primary->DriverFlags != 1)
        report_violation(report, "a primary is unsupported, but NO_SCANOUT is not set");
}

static struct rt_object *create_resource(struct rt_device *device, struct creation *creation,
                                         DXGI_DDI_PRIMARY_DESC *primary)
{
    const struct rt_error_context context = {
        .may_refuse_primary = primary != NULL && (primary->Flags & 1) == 0,
    };
    DXGI_DDI_PRIMARY_DESC ours;
    const D3D10DDI_HRTRESOURCE none = { NULL };
    D3D10DDI_HRTRESOURCE h_rt = none;
    struct rt_object *object;
    const void *arg;

    if (primary != NULL) {
        ours = *primary;
        memset(&ours.DriverFlags, GUARD_FRESH, sizeof(ours.DriverFlags));
        creation->primary = &ours;
    }
    object = begin_resource(device, creation);
    if (object == NULL)
        return NULL;
    fill_facts(object, creation);
    announce(object);
    h_rt.handle = object->h_rt;
    arg = lend_argument(device, creation);
    rt_allow(device, &context);
    if (device->level == RT_D3D11)
        RT_CALL(device, f11, pfnCreateResource, arg, d3d_resource(object), h_rt);
    else
        RT_CALL(device, f10, pfnCreateResource, arg, d3d_resource(object), h_rt);
    if (primary != NULL) {
        check_primary(device, &ours);
        primary->DriverFlags = ours.DriverFlags;
    }
    return rt_object_end(object);
}

/* ---- Buffers and textures ---- */

struct rt_object *d3d_create_buffer(struct rt_device *device, const struct d3d_buffer_desc *desc,
                                    const void *initial)
{
    const D3D10_DDIARG_SUBRESOURCE_UP data = { .pSysMem = (void *)(uintptr_t)initial };
    struct creation creation = {
        .arg = { .ResourceDimension = D3D10DDIRESOURCE_BUFFER,
                 .Usage = desc->usage,
                 .BindFlags = desc->bind,
                 .MapFlags = desc->cpu_access,
                 .MiscFlags = desc->misc,
                 .Format = DXGI_FORMAT_UNKNOWN,
                 .SampleDesc = { 1, 0 },
                 .MipLevels = 1,
                 .ArraySize = 1,
                 .ByteStride = desc->stride_bytes },
        .initial = initial != NULL ? &data : NULL,
    };

    fill_mips(&creation, desc->size_bytes, 1, 1);
    creation.mips[0].TexelWidth = desc->size_bytes;
    creation.mips[0].PhysicalWidth = desc->size_bytes;
    return create_resource(device, &creation, NULL);
}

struct rt_object *d3d_create_buffer_with(struct rt_device *device, UINT bind, const void *data,
                                         UINT size_bytes)
{
    const struct d3d_buffer_desc desc = { .size_bytes = size_bytes, .bind = bind };

    return d3d_create_buffer(device, &desc, data);
}

struct rt_object *d3d_create_texture(struct rt_device *device, const struct d3d_texture_desc *desc,
                                     const D3D10_DDIARG_SUBRESOURCE_UP *initial)
{
    struct creation creation = {
        .arg = { .ResourceDimension = desc->dimension,
                 .Usage = desc->usage,
                 .BindFlags = desc->bind,
                 .MapFlags = desc->cpu_access,
                 .MiscFlags = desc->misc,
                 .Format = desc->format,
                 .SampleDesc = { at_least_one(desc->sample_count), 0 },
                 .MipLevels = at_least_one(desc->mip_levels),
                 .ArraySize = desc->array_size },
        .initial = initial,
    };

    if (creation.arg.ResourceDimension == 0)
        creation.arg.ResourceDimension =
            desc->is_cube ? D3D10DDIRESOURCE_TEXTURECUBE : D3D10DDIRESOURCE_TEXTURE2D;
    if (creation.arg.ArraySize == 0)
        creation.arg.ArraySize = desc->is_cube ? 6 : 1;
    fill_mips(&creation, desc->width, desc->height, at_least_one(desc->depth));
    return create_resource(device, &creation, desc->primary);
}

struct rt_object *d3d_create_target(struct rt_device *device, UINT width, UINT height,
                                    DXGI_FORMAT format)
{
    const struct d3d_texture_desc desc = {
        .width = width,
        .height = height,
        .format = format,
        .bind = D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_SHADER_RESOURCE,
    };

    return d3d_create_texture(device, &desc, NULL);
}

/* ---- Shared resources ---- */

static const D3D10DDIARG_OPENRESOURCE *lend_open(const struct kernel_opened *opened)
{
    const D3DDDI_OPENALLOCATIONINFO info = {
        .hAllocation = opened->h_allocation,
        .pPrivateDriverData = rt_lend(opened->blob, opened->blob_bytes),
        .PrivateDriverDataSize = opened->blob_bytes,
    };
    const D3D10DDIARG_OPENRESOURCE arg = {
        .NumAllocations = 1,
        .pOpenAllocationInfo = rt_lend(&info, sizeof(info)),
        .hKMResource = { opened->h_km_resource },
    };

    return rt_lend(&arg, sizeof(arg));
}

/* A runtime whose driver refuses to open a resource closes the allocations itself. */
static void close_opened(struct rt_device *device, HANDLE h_rt)
{
    const D3DDDICB_DEALLOCATE data = { .hResource = h_rt };

    if (!kernel_resource_is_freed(device->kernel_device, h_rt))
        kernel_deallocate(device->kernel_device, &data);
}

struct rt_object *d3d_open_resource(struct rt_device *device, const struct rt_object *shared)
{
    struct rt_object *object = rt_object_begin(device, RT_RESOURCE, sizeof(void *));
    const D3D10DDI_HRTRESOURCE h_rt = { object->h_rt };
    const D3D10DDIARG_OPENRESOURCE *arg;
    struct kernel_opened opened;
    struct rt_object *result;
    SIZE_T size_bytes;

    object->facts = shared->facts;
    object->facts.is_primary = false;
    announce(object);
    if (!kernel_open_shared(device->kernel_device, object->h_rt, shared->device->kernel_device,
                            shared->h_rt, &opened))
        tap_bail_out("the resource to be opened is not shared");
    arg = lend_open(&opened);
    RT_GET(device, f11, pfnCalcPrivateOpenedResourceSize, size_bytes, arg);
    rt_object_resize(object, size_bytes);
    arg = lend_open(&opened);
    RT_CALL(device, f11, pfnOpenResource, arg, d3d_resource(object), h_rt);
    result = rt_object_end(object);
    if (result == NULL)
        close_opened(device, h_rt.handle);
    return result;
}
