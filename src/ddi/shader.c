/* Shaders: tokens and signatures go to the core as they come (driver semantics 14.2, 15). */

#include "core/shader.h"

#include <stddef.h>

#include "ddi/edge.h"

_Static_assert(sizeof(struct dxbc_signature_entry) == sizeof(D3D10DDIARG_SIGNATURE_ENTRY) &&
                   offsetof(struct dxbc_signature_entry, system_value) ==
                       offsetof(D3D10DDIARG_SIGNATURE_ENTRY, SystemValue) &&
                   offsetof(struct dxbc_signature_entry, register_index) ==
                       offsetof(D3D10DDIARG_SIGNATURE_ENTRY, Register) &&
                   offsetof(struct dxbc_signature_entry, mask) ==
                       offsetof(D3D10DDIARG_SIGNATURE_ENTRY, Mask),
               "signatures are passed on as they are");

static const struct dxbc_signature_entry *entries(const D3D10DDIARG_SIGNATURE_ENTRY *signature)
{
    return (const struct dxbc_signature_entry *)(const void *)signature;
}

SIZE_T APIENTRY ddi_calc_private_shader_size(D3D10DDI_HDEVICE h, const UINT *code,
                                             const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures)
{
    (void)h;
    (void)code;
    (void)signatures;
    return sizeof(struct shader);
}

static void create_shader(D3D10DDI_HDEVICE h, enum ddi_slot slot, enum stage stage,
                          const UINT *code, D3D10DDI_HSHADER h_shader,
                          const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures)
{
    const struct shader_desc desc = {
        .stage = stage,
        .tokens = code,
        .inputs = signatures ? entries(signatures->pInputSignature) : NULL,
        .input_count = signatures ? signatures->NumInputSignatureEntries : 0,
        .outputs = signatures ? entries(signatures->pOutputSignature) : NULL,
        .output_count = signatures ? signatures->NumOutputSignatureEntries : 0,
    };

    ddi_report(h, slot, shader_init(ddi_core_of(h), h_shader.pDrvPrivate, &desc));
}

void APIENTRY ddi_create_vertex_shader(D3D10DDI_HDEVICE h, const UINT *code,
                                       D3D10DDI_HSHADER h_shader, D3D10DDI_HRTSHADER h_rt_shader,
                                       const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures)
{
    (void)h_rt_shader;
    create_shader(h, SLOT_pfnCreateVertexShader, STAGE_VERTEX, code, h_shader, signatures);
}

void APIENTRY ddi_create_pixel_shader(D3D10DDI_HDEVICE h, const UINT *code,
                                      D3D10DDI_HSHADER h_shader, D3D10DDI_HRTSHADER h_rt_shader,
                                      const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures)
{
    (void)h_rt_shader;
    create_shader(h, SLOT_pfnCreatePixelShader, STAGE_PIXEL, code, h_shader, signatures);
}

void APIENTRY ddi_create_geometry_shader(D3D10DDI_HDEVICE h, const UINT *code,
                                         D3D10DDI_HSHADER h_shader, D3D10DDI_HRTSHADER h_rt_shader,
                                         const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures)
{
    (void)h_rt_shader;
    create_shader(h, SLOT_pfnCreateGeometryShader, STAGE_GEOMETRY, code, h_shader, signatures);
}

/* Without code, or with a vertex shader's, what goes in comes out (driver semantics 15.5). */
static bool is_pass_through(const UINT *code)
{
    enum { PROGRAM_SHIFT = 16 };

    return !code || code[0] >> PROGRAM_SHIFT == DXBC_PROGRAM_VERTEX;
}

static void create_with_stream_output(D3D10DDI_HDEVICE h, const UINT *code, UINT declared_outputs,
                                      D3D10DDI_HSHADER h_shader,
                                      const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures)
{
    if (declared_outputs)
        ledger_count(&ddi_core_of(h)->ledger, LEDGER_STREAM_OUTPUT, NULL);
    if (is_pass_through(code))
        shader_init_pass_through(ddi_core_of(h), h_shader.pDrvPrivate);
    else
        create_shader(h, SLOT_pfnCreateGeometryShaderWithStreamOutput, STAGE_GEOMETRY, code,
                      h_shader, signatures);
}

/* The 10.x and the 11.0 description differ behind the members that are read. */
#define CREATE_WITH_STREAM_OUTPUT(generation, type)                                                \
    SIZE_T APIENTRY ddi_calc_private_geometry_shader_with_stream_output_##generation(              \
        D3D10DDI_HDEVICE h, const type *create, const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures) \
    {                                                                                              \
        return ddi_calc_private_shader_size(h, create ? create->pShaderCode : NULL, signatures);   \
    }                                                                                              \
    void APIENTRY ddi_create_geometry_shader_with_stream_output_##generation(                      \
        D3D10DDI_HDEVICE h, const type *create, D3D10DDI_HSHADER h_shader,                         \
        D3D10DDI_HRTSHADER h_rt_shader, const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures)         \
    {                                                                                              \
        (void)h_rt_shader;                                                                         \
        if (!create) {                                                                             \
            ddi_refuse_create(h, SLOT_pfnCreateGeometryShaderWithStreamOutput,                     \
                              h_shader.pDrvPrivate, sizeof(struct shader));                        \
            return;                                                                                \
        }                                                                                          \
        create_with_stream_output(h, create->pShaderCode, create->NumEntries, h_shader,            \
                                  signatures);                                                     \
    }

CREATE_WITH_STREAM_OUTPUT(10, D3D10DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT)
CREATE_WITH_STREAM_OUTPUT(11, D3D11DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT)

void APIENTRY ddi_destroy_shader(D3D10DDI_HDEVICE h, D3D10DDI_HSHADER h_shader)
{
    struct shader *shader = ddi_shader(h_shader);

    if (shader)
        shader_finish(ddi_core_of(h), shader);
}

static void set_shader(D3D10DDI_HDEVICE h, enum stage stage, D3D10DDI_HSHADER h_shader)
{
    state_set_shader(&ddi_core_of(h)->state, stage, ddi_shader(h_shader));
}

void APIENTRY ddi_vs_set_shader(D3D10DDI_HDEVICE h, D3D10DDI_HSHADER h_shader)
{
    set_shader(h, STAGE_VERTEX, h_shader);
}

void APIENTRY ddi_ps_set_shader(D3D10DDI_HDEVICE h, D3D10DDI_HSHADER h_shader)
{
    set_shader(h, STAGE_PIXEL, h_shader);
}

void APIENTRY ddi_gs_set_shader(D3D10DDI_HDEVICE h, D3D10DDI_HSHADER h_shader)
{
    set_shader(h, STAGE_GEOMETRY, h_shader);
}

/* Class instances need feature level 11_0, so there are none (driver semantics 14.2). */
#define SET_SHADER_WITH_IFACES(name, stage)                                                        \
    void APIENTRY name(D3D10DDI_HDEVICE h, D3D10DDI_HSHADER h_shader, UINT class_instances,        \
                       const UINT *ifaces, const D3D11DDIARG_POINTERDATA *pointer_data)            \
    {                                                                                              \
        (void)class_instances;                                                                     \
        (void)ifaces;                                                                              \
        (void)pointer_data;                                                                        \
        set_shader(h, stage, h_shader);                                                            \
    }

SET_SHADER_WITH_IFACES(ddi_vs_set_shader_with_ifaces, STAGE_VERTEX)
SET_SHADER_WITH_IFACES(ddi_ps_set_shader_with_ifaces, STAGE_PIXEL)
SET_SHADER_WITH_IFACES(ddi_gs_set_shader_with_ifaces, STAGE_GEOMETRY)
