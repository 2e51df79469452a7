#include <stdlib.h>
#include <string.h>

#include "dxbc/reader.h"
#include "dxbc/split.h"
#include "runtime/d3d.h"
#include "runtime/d3d_format.h"
#include "runtime/runtime_state.h"

#define ENTRIES_MAX 64

/* ---- Taking a container apart, as the real runtime does ---- */

/* What the driver gets of a shader. */
struct code {
    void *container; /**< aligned copy; tokens points into it */
    const uint32_t *tokens;
    size_t token_bytes;
    D3D10DDIARG_SIGNATURE_ENTRY inputs[ENTRIES_MAX];
    D3D10DDIARG_SIGNATURE_ENTRY outputs[ENTRIES_MAX];
    UINT input_count;
    UINT output_count;
};

static UINT convert_entries(D3D10DDIARG_SIGNATURE_ENTRY *entries,
                            const struct dxbc_split_signature *signature)
{
    memset(entries, 0, ENTRIES_MAX * sizeof(*entries));
    for (uint32_t i = 0; i < signature->count; i++) {
        entries[i].SystemValue = (D3D10_SB_NAME)signature->entries[i].system_value;
        entries[i].Register = signature->entries[i].register_index;
        entries[i].Mask = signature->entries[i].mask;
    }
    return signature->count;
}

static void *aligned_copy(const void *bytes, size_t size_bytes)
{
    void *copy = malloc(size_bytes > 0 ? size_bytes : 1);

    if (copy == NULL)
        tap_bail_out("out of memory");
    memcpy(copy, bytes, size_bytes);
    return copy;
}

/* False and a failed test if the container is none. code->container is the caller's to free. */
static bool split_code(struct code *code, const void *dxbc, size_t size)
{
    struct dxbc_signature_entry entries[3][ENTRIES_MAX];
    struct dxbc_split split = {
        .inputs = { .entries = entries[0], .capacity = ENTRIES_MAX },
        .outputs = { .entries = entries[1], .capacity = ENTRIES_MAX },
        .patch = { .entries = entries[2], .capacity = ENTRIES_MAX },
    };
    const char *reason = "no bytes";

    code->container = aligned_copy(dxbc != NULL ? dxbc : "", dxbc != NULL ? size : 0);
    if (dxbc == NULL || !dxbc_split_container(code->container, size, &split, &reason)) {
        tap_fail(__FILE__, __LINE__, "not a usable shader container: %s", reason);
        return false;
    }
    code->tokens = split.tokens;
    code->token_bytes = (size_t)split.tokens[1] * sizeof(uint32_t);
    code->input_count = convert_entries(code->inputs, &split.inputs);
    code->output_count = convert_entries(code->outputs, &split.outputs);
    return true;
}

/* ---- Shaders ---- */

static const D3D10DDIARG_STAGE_IO_SIGNATURES *lend_signatures(const struct code *code)
{
    const D3D10DDIARG_STAGE_IO_SIGNATURES signatures = {
        .pInputSignature = rt_lend(code->inputs, code->input_count * sizeof(code->inputs[0])),
        .NumInputSignatureEntries = code->input_count,
        .pOutputSignature = rt_lend(code->outputs, code->output_count * sizeof(code->outputs[0])),
        .NumOutputSignatureEntries = code->output_count,
    };

    return rt_lend(&signatures, sizeof(signatures));
}

static void call_create(struct rt_device *device, enum d3d_stage stage, const UINT *tokens,
                        const D3D10DDIARG_STAGE_IO_SIGNATURES *signatures,
                        const struct rt_object *object)
{
    const D3D10DDI_HRTSHADER h_rt = { object->h_rt };

    switch (stage) {
    case D3D_VS:
        RT_CALL(device, f11, pfnCreateVertexShader, tokens, d3d_shader(object), h_rt, signatures);
        break;
    case D3D_PS:
        RT_CALL(device, f11, pfnCreatePixelShader, tokens, d3d_shader(object), h_rt, signatures);
        break;
    case D3D_CS:
        /* Nothing flows into a compute shader, nothing out of it: no signatures. */
        RT_CALL(device, f11, pfnCreateComputeShader, tokens, d3d_shader(object), h_rt);
        break;
    default:
        RT_CALL(device, f11, pfnCreateGeometryShader, tokens, d3d_shader(object), h_rt, signatures);
        break;
    }
}

static struct rt_object *create_shader(struct rt_device *device, enum d3d_stage stage,
                                       const void *dxbc, size_t size)
{
    struct rt_object *object = NULL;
    struct code code;
    SIZE_T size_bytes;

    if (split_code(&code, dxbc, size)) {
        const UINT *tokens = rt_lend(code.tokens, code.token_bytes);

        RT_GET(device, f11, pfnCalcPrivateShaderSize, size_bytes, tokens, lend_signatures(&code));
        object = rt_object_begin(device, RT_SHADER, size_bytes);
        if (object != NULL) {
            tokens = rt_lend(code.tokens, code.token_bytes);
            call_create(device, stage, tokens, lend_signatures(&code), object);
            object = rt_object_end(object);
        }
    }
    free(code.container);
    return object;
}

struct rt_object *d3d_create_vertex_shader(struct rt_device *device, const void *dxbc, size_t size)
{
    return create_shader(device, D3D_VS, dxbc, size);
}

struct rt_object *d3d_create_pixel_shader(struct rt_device *device, const void *dxbc, size_t size)
{
    return create_shader(device, D3D_PS, dxbc, size);
}

struct rt_object *d3d_create_geometry_shader(struct rt_device *device, const void *dxbc,
                                             size_t size)
{
    return create_shader(device, D3D_GS, dxbc, size);
}

enum { POSITION_BYTES = 16 };

/* What a geometry shader that streams its position out is made of, lent for one call. */
static const D3D10DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT *
lend_streaming_10(const struct code *code)
{
    const D3D10DDIARG_STREAM_OUTPUT_DECLARATION_ENTRY entry = { .RegisterMask = 0xF };
    const D3D10DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT arg = {
        .pShaderCode = rt_lend(code->tokens, code->token_bytes),
        .pOutputStreamDecl = rt_lend(&entry, sizeof(entry)),
        .NumEntries = 1,
        .StreamOutputStrideInBytes = POSITION_BYTES,
    };

    return rt_lend(&arg, sizeof(arg));
}

static const D3D11DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT *
lend_streaming_11(const struct code *code)
{
    const D3D11DDIARG_STREAM_OUTPUT_DECLARATION_ENTRY entry = { .RegisterMask = 0xF };
    const UINT stride_bytes = POSITION_BYTES;
    const D3D11DDIARG_CREATEGEOMETRYSHADERWITHSTREAMOUTPUT arg = {
        .pShaderCode = rt_lend(code->tokens, code->token_bytes),
        .pOutputStreamDecl = rt_lend(&entry, sizeof(entry)),
        .NumEntries = 1,
        .BufferStridesInBytes = rt_lend(&stride_bytes, sizeof(stride_bytes)),
        .NumStrides = 1,
    };

    return rt_lend(&arg, sizeof(arg));
}

static struct rt_object *begin_streaming(struct rt_device *device, const struct code *code)
{
    SIZE_T size_bytes;

    if (device->level == RT_D3D11)
        RT_GET(device, f11, pfnCalcPrivateGeometryShaderWithStreamOutput, size_bytes,
               lend_streaming_11(code), lend_signatures(code));
    else
        RT_GET(device, f10, pfnCalcPrivateGeometryShaderWithStreamOutput, size_bytes,
               lend_streaming_10(code), lend_signatures(code));
    return rt_object_begin(device, RT_SHADER, size_bytes);
}

static struct rt_object *create_streaming(struct rt_device *device, const struct code *code)
{
    struct rt_object *object = begin_streaming(device, code);
    const D3D10DDI_HRTSHADER h_rt = { object != NULL ? object->h_rt : NULL };

    if (object == NULL)
        return NULL;
    if (device->level == RT_D3D11)
        RT_CALL(device, f11, pfnCreateGeometryShaderWithStreamOutput, lend_streaming_11(code),
                d3d_shader(object), h_rt, lend_signatures(code));
    else
        RT_CALL(device, f10, pfnCreateGeometryShaderWithStreamOutput, lend_streaming_10(code),
                d3d_shader(object), h_rt, lend_signatures(code));
    return rt_object_end(object);
}

struct rt_object *d3d_create_stream_output_shader(struct rt_device *device, const void *dxbc,
                                                  size_t size)
{
    struct rt_object *object = NULL;
    struct code code;

    if (split_code(&code, dxbc, size))
        object = create_streaming(device, &code);
    free(code.container);
    return object;
}

struct rt_object *d3d_create_compute_shader(struct rt_device *device, const void *dxbc, size_t size)
{
    if (device->level != RT_D3D11)
        tap_bail_out("compute shaders exist on 11.0 devices only");
    return create_shader(device, D3D_CS, dxbc, size);
}

/* ---- Input layouts ---- */

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool same_name(const char *a, const char *b)
{
    while (*a != '\0' && upper(*a) == upper(*b)) {
        a++;
        b++;
    }
    return upper(*a) == upper(*b);
}

/* The input register a semantic stands for; false if the shader does not read it. */
static bool find_register(const struct dxbc_signature *signature, const struct d3d_element *element,
                          UINT *input_register)
{
    for (uint32_t i = 0; i < signature->count; i++) {
        struct dxbc_element entry;

        dxbc_signature_element(signature, i, &entry);
        if (entry.semantic_index == element->semantic_index &&
            same_name(entry.name, element->semantic)) {
            *input_register = entry.register_index;
            return true;
        }
    }
    return false;
}

/* Where each element lies: D3D_APPEND means behind the one before it, aligned to 4. */
static void resolve_offset(D3D10DDIARG_INPUT_ELEMENT_DESC *desc, const struct d3d_element *element,
                           UINT ends[32])
{
    UINT *end = &ends[element->slot % 32];

    desc->AlignedByteOffset =
        element->offset_bytes == (UINT)D3D_APPEND ? (*end + 3) & ~3u : element->offset_bytes;
    *end = desc->AlignedByteOffset + d3d_format_bytes(element->format);
}

static UINT resolve_elements(D3D10DDIARG_INPUT_ELEMENT_DESC *descs,
                             const struct d3d_element *elements, UINT count,
                             const struct dxbc_signature *signature)
{
    UINT ends[32] = { 0 };
    UINT kept = 0;

    for (UINT i = 0; i < count; i++) {
        D3D10DDIARG_INPUT_ELEMENT_DESC *desc = &descs[kept];

        memset(desc, 0, sizeof(*desc));
        resolve_offset(desc, &elements[i], ends);
        if (!find_register(signature, &elements[i], &desc->InputRegister))
            continue;
        desc->InputSlot = elements[i].slot;
        desc->Format = elements[i].format;
        desc->InputSlotClass = elements[i].per_instance ? D3D10_DDI_INPUT_PER_INSTANCE_DATA
                                                        : D3D10_DDI_INPUT_PER_VERTEX_DATA;
        desc->InstanceDataStepRate = elements[i].step_rate;
        kept++;
    }
    return kept;
}

static const D3D10DDIARG_CREATEELEMENTLAYOUT *
lend_layout(const D3D10DDIARG_INPUT_ELEMENT_DESC *descs, UINT count)
{
    const D3D10DDIARG_CREATEELEMENTLAYOUT arg = {
        .pVertexElements = rt_lend(descs, count * sizeof(*descs)),
        .NumElements = count,
    };

    return rt_lend(&arg, sizeof(arg));
}

struct rt_object *d3d_create_input_layout(struct rt_device *device,
                                          const struct d3d_element *elements, UINT count,
                                          const void *vs_dxbc, size_t vs_size)
{
    D3D10DDIARG_INPUT_ELEMENT_DESC descs[32];
    struct dxbc_reader reader;
    struct dxbc_signature signature;
    D3D10DDI_HRTELEMENTLAYOUT h_rt;
    struct rt_object *object;
    const char *reason;
    SIZE_T size_bytes;
    UINT kept;

    if (count > 32 || !dxbc_reader_init(&reader, vs_dxbc, vs_size, &reason) ||
        !dxbc_reader_signature(&reader, DXBC_SIGNATURE_INPUT, &signature, &reason)) {
        tap_fail(__FILE__, __LINE__, "not a usable vertex shader container, or too many elements");
        return NULL;
    }
    kept = resolve_elements(descs, elements, count, &signature);
    RT_GET(device, f11, pfnCalcPrivateElementLayoutSize, size_bytes, lend_layout(descs, kept));
    object = rt_object_begin(device, RT_ELEMENT_LAYOUT, size_bytes);
    if (object == NULL)
        return NULL;
    h_rt.handle = object->h_rt;
    RT_CALL(device, f11, pfnCreateElementLayout, lend_layout(descs, kept), d3d_layout(object),
            h_rt);
    return rt_object_end(object);
}
