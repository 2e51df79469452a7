/*
 * Slots that do not do their work: by decision, or not yet. slots.h says which and why.
 *
 * Each has the exact prototype of its slot, since on x86 the callee pops the arguments. By class
 * (driver semantics 21): sizes are a pointer's, creates fail as out of memory, functions with a
 * result say E_NOTIMPL, and functions without one do nothing, since what they would act on cannot
 * exist.
 */

#include "ddi/edge.h"

#define UNUSED_1(a)             (void)(a)
#define UNUSED_2(a, b)          UNUSED_1(a), UNUSED_1(b)
#define UNUSED_3(a, b, c)       UNUSED_2(a, b), UNUSED_1(c)
#define UNUSED_4(a, b, c, d)    UNUSED_3(a, b, c), UNUSED_1(d)
#define UNUSED_5(a, b, c, d, e) UNUSED_4(a, b, c, d), UNUSED_1(e)

static void count(D3D10DDI_HDEVICE h, enum ddi_slot slot)
{
    ledger_count(&ddi_core_of(h)->ledger, LEDGER_NOT_IMPLEMENTED, ddi_slot_infos[slot].name);
}

/* The block of what was not created is left zeroed, so that destroying it does nothing. */
static void refuse(D3D10DDI_HDEVICE h, enum ddi_slot slot, void *block, size_t size_bytes)
{
    if (block)
        memset(block, 0, size_bytes);
    count(h, slot);
    ddi_report(h, slot, ddi_core_of(h)->queue.is_lost ? RESULT_DEVICE_REMOVED : RESULT_UNSUPPORTED);
}

/* Private sizes. */
#define CALC(name, ...)                                                                            \
    SIZE_T APIENTRY name(D3D10DDI_HDEVICE h, __VA_ARGS__ a)                                        \
    {                                                                                              \
        UNUSED_2(h, a);                                                                            \
        return sizeof(void *);                                                                     \
    }
#define CALC_2(name, type_a, type_b)                                                               \
    SIZE_T APIENTRY name(D3D10DDI_HDEVICE h, type_a a, type_b b)                                   \
    {                                                                                              \
        UNUSED_3(h, a, b);                                                                         \
        return sizeof(void *);                                                                     \
    }

CALC(ddi_calc_private_unordered_access_view_size, const D3D11DDIARG_CREATEUNORDEREDACCESSVIEW *)
CALC(ddi_calc_private_opened_resource_size, const D3D10DDIARG_OPENRESOURCE *)
CALC(ddi_calc_private_query_size, const D3D10DDIARG_CREATEQUERY *)
CALC(ddi_calc_private_deferred_context_size, const D3D11DDIARG_CALCPRIVATEDEFERREDCONTEXTSIZE *)
CALC(ddi_calc_private_command_list_size, const D3D11DDIARG_CREATECOMMANDLIST *)
CALC_2(ddi_calc_deferred_context_handle_size, D3D11DDI_HANDLETYPE, void *)

/* Creates with the usual arguments: description, driver handle, runtime handle. */
#define CREATE(name, slot, type, handle, rt_handle)                                                \
    void APIENTRY name(D3D10DDI_HDEVICE h, const type *create, handle object, rt_handle rt_object) \
    {                                                                                              \
        UNUSED_2(create, rt_object);                                                               \
        refuse(h, slot, object.pDrvPrivate, sizeof(void *));                                       \
    }

CREATE(ddi_open_resource, SLOT_pfnOpenResource, D3D10DDIARG_OPENRESOURCE, D3D10DDI_HRESOURCE,
       D3D10DDI_HRTRESOURCE)
CREATE(ddi_create_unordered_access_view, SLOT_pfnCreateUnorderedAccessView,
       D3D11DDIARG_CREATEUNORDEREDACCESSVIEW, D3D11DDI_HUNORDEREDACCESSVIEW,
       D3D11DDI_HRTUNORDEREDACCESSVIEW)
CREATE(ddi_create_query, SLOT_pfnCreateQuery, D3D10DDIARG_CREATEQUERY, D3D10DDI_HQUERY,
       D3D10DDI_HRTQUERY)
CREATE(ddi_create_command_list, SLOT_pfnCreateCommandList, D3D11DDIARG_CREATECOMMANDLIST,
       D3D11DDI_HCOMMANDLIST, D3D11DDI_HRTCOMMANDLIST)

void APIENTRY ddi_create_deferred_context(D3D10DDI_HDEVICE h,
                                          const D3D11DDIARG_CREATEDEFERREDCONTEXT *create)
{
    (void)create;
    refuse(h, SLOT_pfnCreateDeferredContext, NULL, 0);
}

void APIENTRY ddi_command_list_execute(D3D10DDI_HDEVICE h, D3D11DDI_HCOMMANDLIST list)
{
    (void)list;
    refuse(h, SLOT_pfnCommandListExecute, NULL, 0);
}

/* Shaders of other stages, in blocks of the size of any shader. */
SIZE_T APIENTRY ddi_calc_private_tessellation_shader_size(
    D3D10DDI_HDEVICE h, const UINT *code, const D3D11DDIARG_TESSELLATION_IO_SIGNATURES *signatures)
{
    UNUSED_3(h, code, signatures);
    return sizeof(struct shader);
}

#define CREATE_SHADER(name, slot, code_type, signatures_type, size_bytes)                          \
    void APIENTRY name(D3D10DDI_HDEVICE h, const code_type *code, D3D10DDI_HSHADER shader,         \
                       D3D10DDI_HRTSHADER rt_shader, const signatures_type *signatures)            \
    {                                                                                              \
        UNUSED_3(code, rt_shader, signatures);                                                     \
        refuse(h, slot, shader.pDrvPrivate, size_bytes);                                           \
    }

CREATE_SHADER(ddi_create_hull_shader, SLOT_pfnCreateHullShader, UINT,
              D3D11DDIARG_TESSELLATION_IO_SIGNATURES, sizeof(struct shader))
CREATE_SHADER(ddi_create_domain_shader, SLOT_pfnCreateDomainShader, UINT,
              D3D11DDIARG_TESSELLATION_IO_SIGNATURES, sizeof(struct shader))

void APIENTRY ddi_create_compute_shader(D3D10DDI_HDEVICE h, const UINT *code,
                                        D3D10DDI_HSHADER shader, D3D10DDI_HRTSHADER rt_shader)
{
    UNUSED_2(code, rt_shader);
    refuse(h, SLOT_pfnCreateComputeShader, shader.pDrvPrivate, sizeof(struct shader));
}

/* Destroys of what was never created. */
#define DESTROY(name, handle)                                                                      \
    void APIENTRY name(D3D10DDI_HDEVICE h, handle object)                                          \
    {                                                                                              \
        UNUSED_2(h, object);                                                                       \
    }

DESTROY(ddi_destroy_unordered_access_view, D3D11DDI_HUNORDEREDACCESSVIEW)
DESTROY(ddi_destroy_query, D3D10DDI_HQUERY)
DESTROY(ddi_destroy_command_list, D3D11DDI_HCOMMANDLIST)
DESTROY(ddi_recycle_command_list, D3D11DDI_HCOMMANDLIST)
DESTROY(ddi_recycle_destroy_command_list, D3D11DDI_HCOMMANDLIST)

/* Bindings of stages that run no shader. */
#define BIND_ARRAY(name, handle)                                                                   \
    void APIENTRY name(D3D10DDI_HDEVICE h, UINT start, UINT entries, const handle *objects)        \
    {                                                                                              \
        UNUSED_4(h, start, entries, objects);                                                      \
    }
#define BIND_STAGE(stage)                                                                          \
    BIND_ARRAY(ddi_##stage##_set_shader_resources, D3D10DDI_HSHADERRESOURCEVIEW)                   \
    BIND_ARRAY(ddi_##stage##_set_samplers, D3D10DDI_HSAMPLER)                                      \
    BIND_ARRAY(ddi_##stage##_set_constant_buffers, D3D10DDI_HRESOURCE)                             \
    void APIENTRY ddi_##stage##_set_shader(D3D10DDI_HDEVICE h, D3D10DDI_HSHADER shader)            \
    {                                                                                              \
        UNUSED_2(h, shader);                                                                       \
    }                                                                                              \
    void APIENTRY ddi_##stage##_set_shader_with_ifaces(                                            \
        D3D10DDI_HDEVICE h, D3D10DDI_HSHADER shader, UINT class_instances, const UINT *ifaces,     \
        const D3D11DDIARG_POINTERDATA *pointer_data)                                               \
    {                                                                                              \
        UNUSED_5(h, shader, class_instances, ifaces, pointer_data);                                \
    }

BIND_STAGE(hs)
BIND_STAGE(ds)
BIND_STAGE(cs)

void APIENTRY ddi_cs_set_unordered_access_views(D3D10DDI_HDEVICE h, UINT start, UINT entries,
                                                const D3D11DDI_HUNORDEREDACCESSVIEW *views,
                                                const UINT *initial_counts)
{
    UNUSED_5(h, start, entries, views, initial_counts);
}

void APIENTRY ddi_so_set_targets(D3D10DDI_HDEVICE h, UINT entries, UINT clear_targets,
                                 const D3D10DDI_HRESOURCE *buffers, const UINT *offsets)
{
    UNUSED_3(clear_targets, offsets, buffers);
    for (UINT i = 0; buffers && i < entries; i++) {
        if (buffers[i].pDrvPrivate) {
            count(h, SLOT_pfnSoSetTargets);
            return;
        }
    }
}

/* Maps: a mappable resource cannot be created. */
#define MAP(name)                                                                                  \
    void APIENTRY name(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE resource, UINT subresource,          \
                       D3D10_DDI_MAP map, UINT flags, D3D10DDI_MAPPED_SUBRESOURCE *mapped)         \
    {                                                                                              \
        UNUSED_5(h, resource, subresource, map, flags);                                            \
        if (mapped)                                                                                \
            memset(mapped, 0, sizeof(*mapped));                                                    \
    }
#define UNMAP(name)                                                                                \
    void APIENTRY name(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE resource, UINT subresource)          \
    {                                                                                              \
        UNUSED_3(h, resource, subresource);                                                        \
    }

MAP(ddi_dynamic_ia_buffer_map_no_overwrite)
MAP(ddi_dynamic_ia_buffer_map_discard)
MAP(ddi_dynamic_constant_buffer_map_discard)
MAP(ddi_dynamic_resource_map_discard)
MAP(ddi_staging_resource_map)
MAP(ddi_resource_map)
UNMAP(ddi_dynamic_ia_buffer_unmap)
UNMAP(ddi_dynamic_constant_buffer_unmap)
UNMAP(ddi_dynamic_resource_unmap)
UNMAP(ddi_staging_resource_unmap)
UNMAP(ddi_resource_unmap)

BOOL APIENTRY ddi_resource_is_staging_busy(D3D10DDI_HDEVICE h, D3D10DDI_HRESOURCE resource)
{
    UNUSED_2(h, resource);
    return FALSE;
}

/* Work that is not done is counted. */
#define WORK(name, slot)                                                                           \
    void APIENTRY name(D3D10DDI_HDEVICE h)                                                         \
    {                                                                                              \
        count(h, slot);                                                                            \
    }
#define WORK_1(name, slot, type_a)                                                                 \
    void APIENTRY name(D3D10DDI_HDEVICE h, type_a a)                                               \
    {                                                                                              \
        UNUSED_1(a);                                                                               \
        count(h, slot);                                                                            \
    }
#define WORK_2(name, slot, type_a, type_b)                                                         \
    void APIENTRY name(D3D10DDI_HDEVICE h, type_a a, type_b b)                                     \
    {                                                                                              \
        UNUSED_2(a, b);                                                                            \
        count(h, slot);                                                                            \
    }
#define WORK_3(name, slot, type_a, type_b, type_c)                                                 \
    void APIENTRY name(D3D10DDI_HDEVICE h, type_a a, type_b b, type_c c)                           \
    {                                                                                              \
        UNUSED_3(a, b, c);                                                                         \
        count(h, slot);                                                                            \
    }

WORK(ddi_draw_auto, SLOT_pfnDrawAuto)
WORK(ddi_abandon_command_list, SLOT_pfnAbandonCommandList)
WORK_1(ddi_generate_mips, SLOT_pfnGenMips, D3D10DDI_HSHADERRESOURCEVIEW)
WORK_2(ddi_draw_indexed_instanced_indirect, SLOT_pfnDrawIndexedInstancedIndirect,
       D3D10DDI_HRESOURCE, UINT)
WORK_2(ddi_draw_instanced_indirect, SLOT_pfnDrawInstancedIndirect, D3D10DDI_HRESOURCE, UINT)
WORK_2(ddi_dispatch_indirect, SLOT_pfnDispatchIndirect, D3D10DDI_HRESOURCE, UINT)
WORK_2(ddi_clear_unordered_access_view_uint, SLOT_pfnClearUnorderedAccessViewUint,
       D3D11DDI_HUNORDEREDACCESSVIEW, const UINT *)
WORK_2(ddi_clear_unordered_access_view_float, SLOT_pfnClearUnorderedAccessViewFloat,
       D3D11DDI_HUNORDEREDACCESSVIEW, const FLOAT *)
WORK_3(ddi_dispatch, SLOT_pfnDispatch, UINT, UINT, UINT)
WORK_3(ddi_copy_structure_count, SLOT_pfnCopyStructureCount, D3D10DDI_HRESOURCE, UINT,
       D3D11DDI_HUNORDEREDACCESSVIEW)

/* Queries cannot be created, and predication without one is off. */
DESTROY(ddi_query_begin, D3D10DDI_HQUERY)
DESTROY(ddi_query_end, D3D10DDI_HQUERY)

void APIENTRY ddi_query_get_data(D3D10DDI_HDEVICE h, D3D10DDI_HQUERY query, void *data,
                                 UINT size_bytes, UINT flags)
{
    UNUSED_5(h, query, data, size_bytes, flags);
}

void APIENTRY ddi_set_predication(D3D10DDI_HDEVICE h, D3D10DDI_HQUERY query, BOOL value)
{
    UNUSED_3(h, query, value);
}

/* Deferred contexts and command lists (driver semantics 20). */
void APIENTRY ddi_check_deferred_context_handle_sizes(D3D10DDI_HDEVICE h, UINT *entries,
                                                      D3D11DDI_HANDLESIZE *sizes)
{
    UNUSED_2(h, sizes);
    if (entries)
        *entries = 0;
}

HRESULT APIENTRY ddi_recycle_create_command_list(D3D10DDI_HDEVICE h,
                                                 const D3D11DDIARG_CREATECOMMANDLIST *create,
                                                 D3D11DDI_HCOMMANDLIST list,
                                                 D3D11DDI_HRTCOMMANDLIST rt_list)
{
    UNUSED_4(h, create, list, rt_list);
    return E_OUTOFMEMORY;
}

HRESULT APIENTRY ddi_recycle_create_deferred_context(
    D3D10DDI_HDEVICE h, const D3D11DDIARG_CREATEDEFERREDCONTEXT *create)
{
    UNUSED_2(h, create);
    return E_OUTOFMEMORY;
}

/* DXGI functions. */
#define DXGI(name, type)                                                                           \
    HRESULT APIENTRY name(type *argument)                                                          \
    {                                                                                              \
        return argument ? E_NOTIMPL : E_INVALIDARG;                                                \
    }

DXGI(ddi_dxgi_set_display_mode, DXGI_DDI_ARG_SETDISPLAYMODE)
DXGI(ddi_dxgi_set_resource_priority, DXGI_DDI_ARG_SETRESOURCEPRIORITY)
DXGI(ddi_dxgi_query_resource_residency, DXGI_DDI_ARG_QUERYRESOURCERESIDENCY)
DXGI(ddi_dxgi_blt, DXGI_DDI_ARG_BLT)
DXGI(ddi_dxgi_resolve_shared_resource, DXGI_DDI_ARG_RESOLVESHAREDRESOURCE)
