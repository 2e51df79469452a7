/*
 * Every slot of every table can be called: with nothing, with arguments that make no sense, and for
 * what the driver refuses. Nothing crashes, nothing but permitted errors is reported, nothing
 * reaches the host (driver semantics 8.3, 20, 21).
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "runtime/scenario.h"

/* Which slots were called, so that none is forgotten. */
static bool called[RT_DEVICE_SLOTS_11];

#define WALK(table, member, ...)                                                                   \
    do {                                                                                           \
        called[RT_ENTRY_##member] = true;                                                          \
        RT_CALL(device, table, member, ##__VA_ARGS__);                                             \
    } while (0)

#define WALK_GET(table, member, result, ...)                                                       \
    do {                                                                                           \
        called[RT_ENTRY_##member] = true;                                                          \
        RT_GET(device, table, member, result, ##__VA_ARGS__);                                      \
    } while (0)

/* Null handles of each type. */
static const D3D10DDI_HRESOURCE no_resource;
static const D3D10DDI_HSHADERRESOURCEVIEW no_srv;
static const D3D10DDI_HRENDERTARGETVIEW no_rtv;
static const D3D10DDI_HDEPTHSTENCILVIEW no_dsv;
static const D3D11DDI_HUNORDEREDACCESSVIEW no_uav;
static const D3D10DDI_HSHADER no_shader;
static const D3D10DDI_HELEMENTLAYOUT no_layout;
static const D3D10DDI_HBLENDSTATE no_blend;
static const D3D10DDI_HDEPTHSTENCILSTATE no_depth_stencil;
static const D3D10DDI_HRASTERIZERSTATE no_rasterizer;
static const D3D10DDI_HQUERY no_query;
static const D3D11DDI_HCOMMANDLIST no_list;

/* How many slots of a binding call: none at all, or more than there are, from far outside. */
struct range {
    UINT first;
    UINT count;
};

static const struct range ranges[] = { { 0, 0 }, { 0, 1 }, { 3, 200 }, { 0xFFFFFFF0, 0x20 } };

#define RANGE_COUNT (sizeof(ranges) / sizeof(ranges[0]))

/* ---- Binding ---- */

static void walk_stages(struct rt_device *device, struct range r)
{
    WALK(f11, pfnVsSetShader, no_shader);
    WALK(f11, pfnPsSetShader, no_shader);
    WALK(f11, pfnGsSetShader, no_shader);
    WALK(f11, pfnVsSetConstantBuffers, r.first, r.count, NULL);
    WALK(f11, pfnPsSetConstantBuffers, r.first, r.count, NULL);
    WALK(f11, pfnGsSetConstantBuffers, r.first, r.count, NULL);
    WALK(f11, pfnVsSetShaderResources, r.first, r.count, NULL);
    WALK(f11, pfnPsSetShaderResources, r.first, r.count, NULL);
    WALK(f11, pfnGsSetShaderResources, r.first, r.count, NULL);
    WALK(f11, pfnVsSetSamplers, r.first, r.count, NULL);
    WALK(f11, pfnPsSetSamplers, r.first, r.count, NULL);
    WALK(f11, pfnGsSetSamplers, r.first, r.count, NULL);
}

static void walk_stages_11(struct rt_device *device, struct range r)
{
    WALK(f11, pfnHsSetShader, no_shader);
    WALK(f11, pfnDsSetShader, no_shader);
    WALK(f11, pfnCsSetShader, no_shader);
    WALK(f11, pfnHsSetConstantBuffers, r.first, r.count, NULL);
    WALK(f11, pfnDsSetConstantBuffers, r.first, r.count, NULL);
    WALK(f11, pfnCsSetConstantBuffers, r.first, r.count, NULL);
    WALK(f11, pfnHsSetShaderResources, r.first, r.count, NULL);
    WALK(f11, pfnDsSetShaderResources, r.first, r.count, NULL);
    WALK(f11, pfnCsSetShaderResources, r.first, r.count, NULL);
    WALK(f11, pfnHsSetSamplers, r.first, r.count, NULL);
    WALK(f11, pfnDsSetSamplers, r.first, r.count, NULL);
    WALK(f11, pfnCsSetSamplers, r.first, r.count, NULL);
    WALK(f11, pfnCsSetUnorderedAccessViews, r.first, r.count, NULL, NULL);
    WALK(f11, pfnVsSetShaderWithIfaces, no_shader, 0, NULL, NULL);
    WALK(f11, pfnPsSetShaderWithIfaces, no_shader, 0, NULL, NULL);
    WALK(f11, pfnGsSetShaderWithIfaces, no_shader, 0, NULL, NULL);
    WALK(f11, pfnHsSetShaderWithIfaces, no_shader, r.count, NULL, NULL);
    WALK(f11, pfnDsSetShaderWithIfaces, no_shader, r.count, NULL, NULL);
    WALK(f11, pfnCsSetShaderWithIfaces, no_shader, r.count, NULL, NULL);
}

static void walk_output(struct rt_device *device, struct range r)
{
    if (rt_device_level(device) == RT_D3D11)
        WALK(f11, pfnSetRenderTargets, NULL, r.count, r.first, no_dsv, NULL, NULL, r.first, r.count,
             0, 0);
    else
        WALK(f10, pfnSetRenderTargets, NULL, r.count, r.first, no_dsv);
    WALK(f11, pfnSetBlendState, no_blend, NULL, r.count);
    WALK(f11, pfnSetDepthStencilState, no_depth_stencil, r.count);
    WALK(f11, pfnSetRasterizerState, no_rasterizer);
    WALK(f11, pfnSetViewports, r.count, r.first, NULL);
    WALK(f11, pfnSetScissorRects, r.count, r.first, NULL);
    WALK(f11, pfnSoSetTargets, r.count, r.first, NULL, NULL);
    WALK(f11, pfnSetPredication, no_query, TRUE);
    WALK(f11, pfnSetTextFilterSize, r.first, r.count);
    WALK(f11, pfnShaderResourceViewReadAfterWriteHazard, no_srv, no_resource);
    WALK(f11, pfnResourceReadAfterWriteHazard, no_resource);
}

static void walk_input(struct rt_device *device, struct range r)
{
    WALK(f11, pfnIaSetInputLayout, no_layout);
    WALK(f11, pfnIaSetVertexBuffers, r.first, r.count, NULL, NULL, NULL);
    WALK(f11, pfnIaSetIndexBuffer, no_resource, DXGI_FORMAT_UNKNOWN, r.first);
    WALK(f11, pfnIaSetTopology, (D3D10_DDI_PRIMITIVE_TOPOLOGY)r.count);
}

/* ---- Work with nothing bound ---- */

static void walk_draws(struct rt_device *device)
{
    WALK(f11, pfnDraw, 3, 0);
    WALK(f11, pfnDrawIndexed, 3, 0, -1);
    WALK(f11, pfnDrawInstanced, 3, 2, 0, 0);
    WALK(f11, pfnDrawIndexedInstanced, 3, 2, 0, 0, 0);
    WALK(f11, pfnDrawAuto);
    WALK(f11, pfnClearRenderTargetView, no_rtv, NULL);
    WALK(f11, pfnClearDepthStencilView, no_dsv, 0xFFFFFFFF, 0.5f, 0xFF);
    WALK(f11, pfnGenMips, no_srv);
    WALK(f11, pfnFlush);
}

static void walk_draws_11(struct rt_device *device)
{
    WALK(f11, pfnDrawInstancedIndirect, no_resource, 0);
    WALK(f11, pfnDrawIndexedInstancedIndirect, no_resource, 0);
    WALK(f11, pfnDispatch, 1, 1, 1);
    WALK(f11, pfnDispatchIndirect, no_resource, 0);
    WALK(f11, pfnClearUnorderedAccessViewUint, no_uav, NULL);
    WALK(f11, pfnClearUnorderedAccessViewFloat, no_uav, NULL);
    WALK(f11, pfnCopyStructureCount, no_resource, 0, no_uav);
    WALK(f11, pfnSetResourceMinLOD, no_resource, 1.0f);
}

static void walk_copies(struct rt_device *device)
{
    WALK(f11, pfnResourceCopy, no_resource, no_resource);
    WALK(f11, pfnResourceCopyRegion, no_resource, 0, 0, 0, 0, no_resource, 0, NULL);
    WALK(f11, pfnResourceUpdateSubresourceUP, no_resource, 0, NULL, NULL, 0, 0);
    WALK(f11, pfnDefaultConstantBufferUpdateSubresourceUP, no_resource, 0, NULL, NULL, 0, 0);
    WALK(f11, pfnResourceResolveSubresource, no_resource, 0, no_resource, 0, DXGI_FORMAT_UNKNOWN);
    if (rt_device_level(device) == RT_D3D10)
        return;
    WALK(f11, pfnResourceConvert, no_resource, no_resource);
    WALK(f11, pfnResourceConvertRegion, no_resource, 0, 0, 0, 0, no_resource, 0, NULL);
}

#define WALK_MAP(member, mode)                                                                     \
    do {                                                                                           \
        memset(&mapped, 0, sizeof(mapped));                                                        \
        WALK(f11, member, no_resource, 0, mode, 0, &mapped);                                       \
        WALK(f11, member, no_resource, 0, mode, 0, NULL);                                          \
        if (mapped.pData != NULL)                                                                  \
            tap_fail(__FILE__, __LINE__, "mapping nothing gave a pointer");                        \
    } while (0)

static void walk_maps(struct rt_device *device)
{
    D3D10DDI_MAPPED_SUBRESOURCE mapped;
    BOOL is_busy = 77;

    WALK_MAP(pfnDynamicIABufferMapNoOverwrite, D3D10_DDI_MAP_WRITE_NOOVERWRITE);
    WALK_MAP(pfnDynamicIABufferMapDiscard, D3D10_DDI_MAP_WRITE_DISCARD);
    WALK_MAP(pfnDynamicConstantBufferMapDiscard, D3D10_DDI_MAP_WRITE_DISCARD);
    WALK_MAP(pfnDynamicResourceMapDiscard, D3D10_DDI_MAP_WRITE_DISCARD);
    WALK_MAP(pfnStagingResourceMap, D3D10_DDI_MAP_READ);
    WALK_MAP(pfnResourceMap, D3D10_DDI_MAP_READWRITE);
    WALK(f11, pfnDynamicIABufferUnmap, no_resource, 0);
    WALK(f11, pfnDynamicConstantBufferUnmap, no_resource, 0);
    WALK(f11, pfnDynamicResourceUnmap, no_resource, 0);
    WALK(f11, pfnStagingResourceUnmap, no_resource, 0);
    WALK(f11, pfnResourceUnmap, no_resource, 0);
    WALK_GET(f11, pfnResourceIsStagingBusy, is_busy, no_resource);
    if (is_busy != FALSE)
        tap_fail(__FILE__, __LINE__, "nothing is busy: %d", is_busy);
}

static void walk_queries(struct rt_device *device)
{
    uint64_t data = 0;

    WALK(f11, pfnQueryBegin, no_query);
    WALK(f11, pfnQueryEnd, no_query);
    WALK(f11, pfnQueryGetData, no_query, NULL, 0, 0);
    WALK(f11, pfnQueryGetData, no_query, &data, sizeof(data), D3D10_DDI_GET_DATA_DO_NOT_FLUSH);
}

static void walk_checks(struct rt_device *device)
{
    D3D10DDI_COUNTER_INFO info;
    D3D10DDI_COUNTER_TYPE type = D3D10DDI_COUNTER_TYPE_FLOAT32;
    UINT value = 77;

    WALK(f11, pfnCheckFormatSupport, (DXGI_FORMAT)0x7FFFFFFF, &value);
    WALK(f11, pfnCheckMultisampleQualityLevels, DXGI_FORMAT_R8G8B8A8_UNORM, 0, &value);
    WALK(f11, pfnCheckMultisampleQualityLevels, DXGI_FORMAT_R8G8B8A8_UNORM, 1000, &value);
    memset(&info, 0xFF, sizeof(info));
    WALK(f11, pfnCheckCounterInfo, &info);
    WALK(f11, pfnCheckCounter, D3D10DDI_COUNTER_GPU_IDLE, &type, &value, NULL, NULL, NULL, NULL,
         NULL, NULL);
    WALK(f11, pfnCheckCounter, D3D10DDI_COUNTER_DEVICE_DEPENDENT_0, &type, &value, NULL, NULL, NULL,
         NULL, NULL, NULL);
}

/* ---- Objects: no description or an empty one, and the destruction of nothing ---- */

/* What creates are handed: NULL, or zeros, more than any description takes. */
static const void *description;
static const uint64_t empty_description[64];

/* Destroys what came to be; what did not is none of the driver's business. */
static void finish(struct rt_object *object)
{
    rt_object_destroy(rt_object_end(object));
}

#define WALK_CREATE(kind, table, calc, create, handle, rt_type)                                    \
    do {                                                                                           \
        WALK_GET(table, calc, size_bytes, description);                                            \
        object = rt_object_begin(device, kind, size_bytes);                                        \
        if (object == NULL)                                                                        \
            break;                                                                                 \
        WALK(table, create, description, handle(object), (rt_type){ rt_object_handle(object) });   \
        finish(object);                                                                            \
    } while (0)

static void walk_creates(struct rt_device *device)
{
    struct rt_object *object;
    SIZE_T size_bytes;

    WALK_CREATE(RT_RENDER_TARGET_VIEW, f11, pfnCalcPrivateRenderTargetViewSize,
                pfnCreateRenderTargetView, d3d_rtv, D3D10DDI_HRTRENDERTARGETVIEW);
    WALK_CREATE(RT_ELEMENT_LAYOUT, f11, pfnCalcPrivateElementLayoutSize, pfnCreateElementLayout,
                d3d_layout, D3D10DDI_HRTELEMENTLAYOUT);
    WALK_CREATE(RT_DEPTH_STENCIL_STATE, f11, pfnCalcPrivateDepthStencilStateSize,
                pfnCreateDepthStencilState, d3d_depth_stencil_state, D3D10DDI_HRTDEPTHSTENCILSTATE);
    WALK_CREATE(RT_RASTERIZER_STATE, f11, pfnCalcPrivateRasterizerStateSize,
                pfnCreateRasterizerState, d3d_rasterizer_state, D3D10DDI_HRTRASTERIZERSTATE);
    WALK_CREATE(RT_SAMPLER, f11, pfnCalcPrivateSamplerSize, pfnCreateSampler, d3d_sampler,
                D3D10DDI_HRTSAMPLER);
    WALK_CREATE(RT_QUERY, f11, pfnCalcPrivateQuerySize, pfnCreateQuery, d3d_query,
                D3D10DDI_HRTQUERY);
    WALK_CREATE(RT_RESOURCE, f11, pfnCalcPrivateOpenedResourceSize, pfnOpenResource, d3d_resource,
                D3D10DDI_HRTRESOURCE);
}

/* Those whose argument differs from table to table. */
static void walk_creates_10(struct rt_device *device)
{
    struct rt_object *object;
    SIZE_T size_bytes;

    WALK_CREATE(RT_RESOURCE, f10, pfnCalcPrivateResourceSize, pfnCreateResource, d3d_resource,
                D3D10DDI_HRTRESOURCE);
    WALK_CREATE(RT_DEPTH_STENCIL_VIEW, f10, pfnCalcPrivateDepthStencilViewSize,
                pfnCreateDepthStencilView, d3d_dsv, D3D10DDI_HRTDEPTHSTENCILVIEW);
    if (rt_device_level(device) == RT_D3D10) {
        WALK_CREATE(RT_SHADER_RESOURCE_VIEW, f10, pfnCalcPrivateShaderResourceViewSize,
                    pfnCreateShaderResourceView, d3d_srv, D3D10DDI_HRTSHADERRESOURCEVIEW);
        WALK_CREATE(RT_BLEND_STATE, f10, pfnCalcPrivateBlendStateSize, pfnCreateBlendState,
                    d3d_blend_state, D3D10DDI_HRTBLENDSTATE);
    } else {
        WALK_CREATE(RT_SHADER_RESOURCE_VIEW, f10_1, pfnCalcPrivateShaderResourceViewSize,
                    pfnCreateShaderResourceView, d3d_srv, D3D10DDI_HRTSHADERRESOURCEVIEW);
        WALK_CREATE(RT_BLEND_STATE, f10_1, pfnCalcPrivateBlendStateSize, pfnCreateBlendState,
                    d3d_blend_state, D3D10DDI_HRTBLENDSTATE);
    }
}

static void walk_creates_11(struct rt_device *device)
{
    struct rt_object *object;
    SIZE_T size_bytes;

    WALK_CREATE(RT_RESOURCE, f11, pfnCalcPrivateResourceSize, pfnCreateResource, d3d_resource,
                D3D10DDI_HRTRESOURCE);
    WALK_CREATE(RT_DEPTH_STENCIL_VIEW, f11, pfnCalcPrivateDepthStencilViewSize,
                pfnCreateDepthStencilView, d3d_dsv, D3D10DDI_HRTDEPTHSTENCILVIEW);
    WALK_CREATE(RT_SHADER_RESOURCE_VIEW, f11, pfnCalcPrivateShaderResourceViewSize,
                pfnCreateShaderResourceView, d3d_srv, D3D10DDI_HRTSHADERRESOURCEVIEW);
    WALK_CREATE(RT_BLEND_STATE, f11, pfnCalcPrivateBlendStateSize, pfnCreateBlendState,
                d3d_blend_state, D3D10DDI_HRTBLENDSTATE);
    WALK_CREATE(RT_UNORDERED_ACCESS_VIEW, f11, pfnCalcPrivateUnorderedAccessViewSize,
                pfnCreateUnorderedAccessView, d3d_uav, D3D11DDI_HRTUNORDEREDACCESSVIEW);
}

/* ---- Shaders: no code, no signatures, and the kinds that are refused ---- */

/* Shader memory of the size the driver asks for, before there is any code. */
static struct rt_object *begin_shader(struct rt_device *device, const UINT *code)
{
    SIZE_T size_bytes;

    WALK_GET(f11, pfnCalcPrivateShaderSize, size_bytes, code, NULL);
    return rt_object_begin(device, RT_SHADER, size_bytes);
}

#define WALK_SHADER(member, code, ...)                                                             \
    do {                                                                                           \
        object = begin_shader(device, code);                                                       \
        WALK(f11, member, code, d3d_shader(object),                                                \
             (D3D10DDI_HRTSHADER){ rt_object_handle(object) }, ##__VA_ARGS__);                     \
        finish(object);                                                                            \
    } while (0)

/* A program of one return: version token, length, ret. */
static const UINT *tiny_program(UINT type)
{
    static UINT tokens[3];

    tokens[0] = type << 16 | 0x40;
    tokens[1] = 3;
    tokens[2] = 1 << 24 | D3D10_SB_OPCODE_RET;
    return tokens;
}

static void walk_shaders(struct rt_device *device)
{
    struct rt_object *object;

    WALK_SHADER(pfnCreateVertexShader, NULL, NULL);
    WALK_SHADER(pfnCreatePixelShader, NULL, NULL);
    WALK_SHADER(pfnCreateGeometryShader, NULL, NULL);
    WALK_SHADER(pfnCreateVertexShader, tiny_program(D3D10_SB_PIXEL_SHADER), NULL);
    WALK_SHADER(pfnCreateGeometryShader, tiny_program(D3D10_SB_GEOMETRY_SHADER), NULL);
}

static void walk_stream_output(struct rt_device *device)
{
    const D3D10DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT arg_10 = {
        .pShaderCode = tiny_program(D3D10_SB_GEOMETRY_SHADER)
    };
    const D3D11DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT arg_11 = { .pShaderCode =
                                                                          arg_10.pShaderCode };
    struct rt_object *object;
    D3D10DDI_HRTSHADER h_rt;
    SIZE_T size_bytes;

    if (rt_device_level(device) == RT_D3D11)
        WALK_GET(f11, pfnCalcPrivateGeometryShaderWithStreamOutput, size_bytes, &arg_11, NULL);
    else
        WALK_GET(f10, pfnCalcPrivateGeometryShaderWithStreamOutput, size_bytes, &arg_10, NULL);
    object = rt_object_begin(device, RT_SHADER, size_bytes);
    h_rt.handle = rt_object_handle(object);
    if (rt_device_level(device) == RT_D3D11)
        WALK(f11, pfnCreateGeometryShaderWithStreamOutput, &arg_11, d3d_shader(object), h_rt, NULL);
    else
        WALK(f10, pfnCreateGeometryShaderWithStreamOutput, &arg_10, d3d_shader(object), h_rt, NULL);
    finish(object);
}

static void walk_shaders_11(struct rt_device *device)
{
    struct rt_object *object;
    SIZE_T size_bytes;

    WALK_GET(f11, pfnCalcPrivateTessellationShaderSize, size_bytes,
             tiny_program(D3D11_SB_HULL_SHADER), NULL);
    if (size_bytes < sizeof(void *))
        tap_fail(__FILE__, __LINE__, "no private size: %lu", (unsigned long)size_bytes);
    WALK_SHADER(pfnCreateHullShader, tiny_program(D3D11_SB_HULL_SHADER), NULL);
    WALK_SHADER(pfnCreateDomainShader, tiny_program(D3D11_SB_DOMAIN_SHADER), NULL);
    WALK_SHADER(pfnCreateComputeShader, tiny_program(D3D11_SB_COMPUTE_SHADER));
    WALK_SHADER(pfnCreateHullShader, NULL, NULL);
    WALK_SHADER(pfnCreateDomainShader, NULL, NULL);
    WALK_SHADER(pfnCreateComputeShader, NULL);
}

/* A failed create leaves zeros: a runtime that destroys them all the same harms nobody. */
static void walk_destroys(struct rt_device *device)
{
    uint64_t zeros[64] = { 0 };

    for (unsigned i = 0; i < 2; i++) {
        void *memory = i == 0 ? NULL : zeros;

        WALK(f11, pfnDestroyResource, (D3D10DDI_HRESOURCE){ memory });
        WALK(f11, pfnDestroyShaderResourceView, (D3D10DDI_HSHADERRESOURCEVIEW){ memory });
        WALK(f11, pfnDestroyRenderTargetView, (D3D10DDI_HRENDERTARGETVIEW){ memory });
        WALK(f11, pfnDestroyDepthStencilView, (D3D10DDI_HDEPTHSTENCILVIEW){ memory });
        WALK(f11, pfnDestroyElementLayout, (D3D10DDI_HELEMENTLAYOUT){ memory });
        WALK(f11, pfnDestroyBlendState, (D3D10DDI_HBLENDSTATE){ memory });
        WALK(f11, pfnDestroyDepthStencilState, (D3D10DDI_HDEPTHSTENCILSTATE){ memory });
        WALK(f11, pfnDestroyRasterizerState, (D3D10DDI_HRASTERIZERSTATE){ memory });
        WALK(f11, pfnDestroyShader, (D3D10DDI_HSHADER){ memory });
        WALK(f11, pfnDestroySampler, (D3D10DDI_HSAMPLER){ memory });
        WALK(f11, pfnDestroyQuery, (D3D10DDI_HQUERY){ memory });
        if (rt_device_level(device) == RT_D3D11)
            WALK(f11, pfnDestroyUnorderedAccessView, (D3D11DDI_HUNORDEREDACCESSVIEW){ memory });
    }
}

/* ---- Deferred contexts: never claimed, still callable (driver semantics 20) ---- */

static void check_size(const char *name, SIZE_T size_bytes)
{
    if (size_bytes != sizeof(void *))
        tap_fail(__FILE__, __LINE__, "%s gave %lu", name, (unsigned long)size_bytes);
}

static void check_error(const struct rt_device *device, const char *name)
{
    if (rt_error(device) != E_OUTOFMEMORY)
        tap_fail(__FILE__, __LINE__, "%s reported 0x%08x", name, (unsigned)rt_error(device));
}

static void walk_deferred(struct rt_device *device)
{
    const D3D11DDIARG_CALCPRIVATEDEFERREDCONTEXTSIZE calc = { 0 };
    const D3D11DDIARG_CREATEDEFERREDCONTEXT context = { .Flags = 0 };
    const D3D11DDIARG_CREATECOMMANDLIST list = { { NULL } };
    const D3D11DDI_HRTCOMMANDLIST h_rt = { NULL };
    uint64_t zeros[8] = { 0 };
    const D3D11DDI_HCOMMANDLIST some_list = { zeros };
    SIZE_T size_bytes;
    HRESULT result;
    UINT count = 77;

    WALK(f11, pfnCheckDeferredContextHandleSizes, &count, NULL);
    if (count != 0)
        tap_fail(__FILE__, __LINE__, "%u handle sizes", count);
    WALK_GET(f11, pfnCalcDeferredContextHandleSize, size_bytes, D3D10DDI_HT_RESOURCE, NULL);
    check_size("CalcDeferredContextHandleSize", size_bytes);
    WALK_GET(f11, pfnCalcPrivateDeferredContextSize, size_bytes, &calc);
    check_size("CalcPrivateDeferredContextSize", size_bytes);
    WALK_GET(f11, pfnCalcPrivateCommandListSize, size_bytes, &list);
    check_size("CalcPrivateCommandListSize", size_bytes);
    WALK(f11, pfnCreateDeferredContext, &context);
    check_error(device, "CreateDeferredContext");
    WALK(f11, pfnCreateCommandList, &list, some_list, h_rt);
    check_error(device, "CreateCommandList");
    WALK(f11, pfnCommandListExecute, no_list);
    WALK(f11, pfnCommandListExecute, some_list);
    check_error(device, "CommandListExecute");
    WALK(f11, pfnAbandonCommandList);
    WALK(f11, pfnDestroyCommandList, no_list);
    WALK(f11, pfnRecycleCommandList, no_list);
    WALK(f11, pfnRecycleDestroyCommandList, no_list);
    WALK_GET(f11, pfnRecycleCreateCommandList, result, &list, some_list, h_rt);
    if (result != E_OUTOFMEMORY)
        tap_fail(__FILE__, __LINE__, "RecycleCreateCommandList returned 0x%08x", (unsigned)result);
    WALK_GET(f11, pfnRecycleCreateDeferredContext, result, &context);
    if (result != E_OUTOFMEMORY)
        tap_fail(__FILE__, __LINE__, "RecycleCreateDeferredContext returned 0x%08x",
                 (unsigned)result);
}

/* ---- DXGI ---- */

static void walk_dxgi(struct rt_device *device)
{
    HRESULT results[RT_DXGI_1_1_SLOTS];

    RT_DXGI(device, pfnPresent, results[0], NULL);
    RT_DXGI(device, pfnGetGammaCaps, results[1], NULL);
    RT_DXGI(device, pfnSetDisplayMode, results[2], NULL);
    RT_DXGI(device, pfnSetResourcePriority, results[3], NULL);
    RT_DXGI(device, pfnQueryResourceResidency, results[4], NULL);
    RT_DXGI(device, pfnRotateResourceIdentities, results[5], NULL);
    RT_DXGI(device, pfnBlt, results[6], NULL);
    RT_DXGI(device, pfnResolveSharedResource, results[7], NULL);
    for (UINT i = 0; i < RT_DXGI_1_1_SLOTS; i++) {
        if (results[i] != E_INVALIDARG)
            tap_fail(__FILE__, __LINE__, "%s returned 0x%08x",
                     rt_entry_name(RT_ENTRY_pfnPresent + i), (unsigned)results[i]);
    }
}

/* ---- The tests ---- */

static void walk_calls(struct rt_device *device)
{
    const bool is_11 = rt_device_level(device) == RT_D3D11;

    for (size_t i = 0; i < RANGE_COUNT; i++) {
        walk_stages(device, ranges[i]);
        walk_output(device, ranges[i]);
        walk_input(device, ranges[i]);
        if (is_11)
            walk_stages_11(device, ranges[i]);
        walk_draws(device);
    }
    walk_copies(device);
    walk_maps(device);
    walk_queries(device);
    walk_checks(device);
    if (is_11) {
        walk_draws_11(device);
        walk_deferred(device);
    }
}

static void walk_objects(struct rt_device *device)
{
    walk_creates(device);
    walk_shaders(device);
    walk_stream_output(device);
    walk_destroys(device);
    if (rt_device_level(device) == RT_D3D11) {
        walk_creates_11(device);
        walk_shaders_11(device);
    } else {
        walk_creates_10(device);
    }
}

static const UINT slots[RT_LEVELS] = {
    [RT_D3D10] = RT_DEVICE_SLOTS_10,
    [RT_D3D10_1] = RT_DEVICE_SLOTS_10_1,
    [RT_D3D11] = RT_DEVICE_SLOTS_11,
};

static void check_every_slot_was_called(enum rt_level level)
{
    /* Two are called by the runtime itself: when a table moves, and at the end. */
    called[RT_ENTRY_pfnRelocateDeviceFuncs] = true;
    called[RT_ENTRY_pfnDestroyDevice] = true;
    for (UINT i = 0; i < slots[level]; i++) {
        if (!called[i])
            tap_fail(__FILE__, __LINE__, "slot %u (%s) was not called", i, rt_entry_name(i));
    }
}

static void check_calls(enum rt_level level)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_device *device = scenario_device(kernel, level);

    CHECK(device != NULL);
    walk_calls(device);
    d3d_flush(device);
    CHECK(!rt_device_is_removed(device));
    CHECK_EQ(kernel_submissions(kernel), 0);
}

static void check_objects(enum rt_level level, const void *handed)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_device *device = scenario_device(kernel, level);
    size_t before;

    CHECK(device != NULL);
    before = rt_device_objects(device);
    description = handed;
    walk_objects(device);
    CHECK_EQ(rt_device_objects(device), before);
    CHECK(!rt_device_is_removed(device));
    CHECK_EQ(kernel_live_allocations(kernel), 0);
}

static void calls_of_10_0_take_nonsense(void)
{
    check_calls(RT_D3D10);
}

static void calls_of_10_1_take_nonsense(void)
{
    check_calls(RT_D3D10_1);
}

static void calls_of_11_0_take_nonsense(void)
{
    check_calls(RT_D3D11);
}

static void creates_of_10_0_take_zeros(void)
{
    check_objects(RT_D3D10, empty_description);
}

static void creates_of_10_1_take_zeros(void)
{
    check_objects(RT_D3D10_1, empty_description);
}

static void creates_of_11_0_take_zeros(void)
{
    check_objects(RT_D3D11, empty_description);
}

static void creates_of_10_0_take_nothing(void)
{
    check_objects(RT_D3D10, NULL);
}

static void creates_of_10_1_take_nothing(void)
{
    check_objects(RT_D3D10_1, NULL);
}

static void creates_of_11_0_take_nothing(void)
{
    check_objects(RT_D3D11, NULL);
}

static void the_walk_forgets_no_slot(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = scenario_device(scenario_kernel(NULL), level);

        CHECK(device != NULL);
        memset(called, 0, sizeof(called));
        description = empty_description;
        walk_calls(device);
        walk_objects(device);
        check_every_slot_was_called(level);
    }
}

static void every_dxgi_function_refuses_a_null_argument(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = scenario_device(scenario_kernel(NULL), level);

        CHECK(device != NULL);
        walk_dxgi(device);
    }
}

/* A runtime in robustness mode destroys even what was never created. */
static void failed_creates_can_be_destroyed(void)
{
    const struct rt_device_desc desc = { .destroy_failed_creates = true };

    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_adapter *adapter = scenario_adapter(scenario_kernel(NULL));
        struct rt_device *device;

        CHECK(adapter != NULL);
        device = rt_device_prepare(adapter, level, &desc);
        CHECK(SUCCEEDED(rt_device_start(device)));
        d3d_set_defaults(device);
        description = empty_description;
        walk_objects(device);
        CHECK(!rt_device_is_removed(device));
    }
}

/* Resources the protocol cannot express are refused as out of memory, whatever their bind flags. */
static void resources_the_wire_cannot_carry_are_refused(void)
{
    static const struct d3d_texture_desc descs[] = {
        { .width = 16, .height = 16, .format = DXGI_FORMAT_R16G16B16A16_FLOAT },
        { .width = 16, .height = 16, .format = DXGI_FORMAT_R8_UNORM },
        { .width = 16, .height = 16, .format = DXGI_FORMAT_B8G8R8A8_UNORM, .sample_count = 4 },
        { .width = 16,
          .height = 16,
          .depth = 16,
          .format = DXGI_FORMAT_B8G8R8A8_UNORM,
          .dimension = D3D10DDIRESOURCE_TEXTURE3D },
        { .width = 16,
          .height = 16,
          .format = DXGI_FORMAT_B8G8R8A8_UNORM,
          .mip_levels = 5,
          .misc = D3D10_DDI_RESOURCE_MISC_SHARED },
    };

    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_device *device = scenario_device(kernel, level);

        CHECK(device != NULL);
        for (size_t i = 0; i < sizeof(descs) / sizeof(descs[0]); i++) {
            struct d3d_texture_desc desc = descs[i];

            desc.bind = D3D10_DDI_BIND_SHADER_RESOURCE;
            tap_note("%s, description %u", rt_level_name(level), (unsigned)i);
            CHECK(d3d_create_texture(device, &desc, NULL) == NULL);
            CHECK_HR(rt_error(device), E_OUTOFMEMORY);
        }
        d3d_flush(device);
        CHECK_EQ(kernel_submissions(kernel), 0);
        CHECK_EQ(kernel_live_allocations(kernel), 0);
    }
}

static const struct tap_test tests[] = {
    TAP_TEST(calls_of_10_0_take_nonsense),
    TAP_TEST(calls_of_10_1_take_nonsense),
    TAP_TEST(calls_of_11_0_take_nonsense),
    TAP_TEST(every_dxgi_function_refuses_a_null_argument),
    TAP_TEST(resources_the_wire_cannot_carry_are_refused),
    TAP_TEST(creates_of_10_0_take_zeros),
    TAP_TEST(creates_of_10_1_take_zeros),
    TAP_TEST(creates_of_11_0_take_zeros),
    TAP_TEST(the_walk_forgets_no_slot),
    TAP_TEST(failed_creates_can_be_destroyed),
    TAP_TEST(creates_of_10_0_take_nothing),
    TAP_TEST(creates_of_10_1_take_nothing),
    TAP_TEST(creates_of_11_0_take_nothing),
};

TAP_MAIN(tests)
