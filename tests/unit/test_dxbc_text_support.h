/** What the tests of shader text share: tokens to text and back in memory of their own, listings.
 */
#ifndef TEST_DXBC_TEXT_SUPPORT_H
#define TEST_DXBC_TEXT_SUPPORT_H

#include <string.h>

#include "dxbc/asm.h"
#include "dxbc/disasm.h"
#include "test_dxbc_support.h"

#define TEXT_TOKENS_MAX 8192u

/** Text that grows; NUL-terminated when there is any. */
struct test_text {
    char *text; /**< free() */
    size_t length, capacity;
};

static inline void test_text_write(void *user, const char *text, size_t length)
{
    struct test_text *const out = user;

    if (out->length + length + 1 > out->capacity) {
        out->capacity = (out->length + length + 1) * 2;
        out->text = realloc(out->text, out->capacity);
        ck_assert_ptr_nonnull(out->text);
    }
    memcpy(out->text + out->length, text, length);
    out->length += length;
    out->text[out->length] = 0;
}

/** Disassembles; the answer of dxbc_disassemble goes to *is_whole where that is wanted. */
static inline struct test_text test_disassemble(const void *tokens, size_t length_dwords,
                                                bool *is_whole)
{
    struct test_text out = { 0 };
    const struct dxbc_text_sink sink = { .write = test_text_write, .user = &out };
    const bool result = dxbc_disassemble(tokens, length_dwords, &sink, NULL);

    if (is_whole)
        *is_whole = result;
    return out;
}

/** A program assembled into memory of its own. */
struct test_assembled {
    struct dxbc_assembly assembly;
    uint32_t tokens[TEXT_TOKENS_MAX];
};

static inline bool test_assemble(struct test_assembled *out, const char *text, size_t length)
{
    out->assembly.tokens = out->tokens;
    out->assembly.capacity_dwords = TEXT_TOKENS_MAX;
    return dxbc_assemble(text, length, &out->assembly);
}

/** Assembles what has to be right. */
static inline void test_assemble_checked(struct test_assembled *out, const char *text)
{
    ck_assert_msg(test_assemble(out, text, strlen(text)), "%s in:\n%s", out->assembly.error, text);
}

/** Whole programs as compilers write them, one of each type and more. */
struct test_listing {
    enum dxbc_program program;
    const char *text;
};

static const struct test_listing test_listings[] = {
    { DXBC_PROGRAM_VERTEX, "vs_4_0\n"
                           "dcl_globalFlags refactoringAllowed\n"
                           "dcl_immediateConstantBuffer { { 1.000000, 0, 0, 1.000000},\n"
                           "                              { -0.500000, 0, 1, 2.000000} }\n"
                           "dcl_constantbuffer CB0[8], dynamicIndexed\n"
                           "dcl_input v0.xyz\n"
                           "dcl_input_sgv v1.x, vertex_id\n"
                           "dcl_input_sgv v2.x, instance_id\n"
                           "dcl_output_siv o0.xyzw, position\n"
                           "dcl_output o1.xy\n"
                           "dcl_output o1.zw\n"
                           "dcl_output_siv o2.x, clip_distance\n"
                           "dcl_temps 2\n"
                           "dcl_indexableTemp x0[4], 4\n"
                           "and r0.x, v1.x, l(1)\n"
                           "mov x0[r0.x + 1].xyzw, icb[r0.x].xyzw\n"
                           "mov r1.xyzw, x0[2].xyzw\n"
                           "mad_sat r1.xyzw, v0.xyzz, cb0[r0.x + 3].xyzw, -|r1.xyzw|\n"
                           "mul r1.w, r1.w, l(0.333333343)\n"
                           "imul null, r0.y, v2.x, l(-3)\n"
                           "itof r0.y, r0.y\n"
                           "mov o0.xyzw, r1.xyzw\n"
                           "mov o1.xyzw, r0.xyxy\n"
                           "mov o2.x, r0.y\n"
                           "ret\n" },
    { DXBC_PROGRAM_PIXEL,
      "ps_4_1\n"
      "dcl_sampler s0, mode_comparison\n"
      "dcl_resource_texture2dms(4) (unorm,unorm,unorm,unorm) t0\n"
      "dcl_resource_texturecubearray (float,float,float,float) t1\n"
      "dcl_input_ps_siv linear noperspective v0.xy, position\n"
      "dcl_input_ps linear centroid v1.xy\n"
      "dcl_input_ps linear centroid v1.zw\n"
      "dcl_input_ps constant v2.x\n"
      "dcl_input_ps_sgv constant v3.x, is_front_face\n"
      "dcl_indexrange v1.xyzw 2\n"
      "dcl_output o0.xyzw\n"
      "dcl_output oDepth\n"
      "dcl_temps 2\n"
      "discard_nz v3.x\n"
      "loop\n"
      "  breakc_z r0.x\n"
      "  if_nz r0.y\n"
      "    sample_c_lz_aoffimmi(-8,7,0) r0.x, v1.xyxx, t1.xxxx, s0, l(0.500000)\n"
      "  else\n"
      "    ldms r0.xyzw, r0.xyzw, t0.yzwx, l(2)\n"
      "    continue\n"
      "  endif\n"
      "  switch v2.x\n"
      "  case l(-1)\n"
      "    break\n"
      "  default\n"
      "    break\n"
      "  endswitch\n"
      "endloop\n"
      "sampleinfo_uint r1.x, rasterizer.x\n"
      "deriv_rtx r1.xy, v1.xyxx\n"
      "mov o0.xyzw, v[r0.x + 1].xyzw\n"
      "mov oDepth, r0.x\n"
      "ret\n" },
    { DXBC_PROGRAM_GEOMETRY, "gs_4_0\n"
                             "dcl_inputprimitive triangle\n"
                             "dcl_outputtopology trianglestrip\n"
                             "dcl_maxout 3\n"
                             "dcl_input_siv v[3][0].xyzw, position\n"
                             "dcl_input v[3][1].xy\n"
                             "dcl_input vPrim\n"
                             "dcl_output_siv o0.xyzw, position\n"
                             "dcl_output o1.xy\n"
                             "dcl_output_siv o2.x, rendertarget_array_index\n"
                             "dcl_temps 1\n"
                             "mov r0.x, vPrim\n"
                             "mov o0.xyzw, v[r0.x][0].xyzw\n"
                             "mov o1.xy, v[2][1].xyxx\n"
                             "mov o2.x, r0.x\n"
                             "emit\n"
                             "cut\n"
                             "ret\n" },
    { DXBC_PROGRAM_HULL, "hs_5_0\n"
                         "hs_decls\n"
                         "dcl_input_control_point_count 3\n"
                         "dcl_output_control_point_count 3\n"
                         "dcl_tessellator_domain domain_tri\n"
                         "dcl_tessellator_partitioning partitioning_fractional_odd\n"
                         "dcl_tessellator_output_primitive output_triangle_cw\n"
                         "dcl_hs_max_tessfactor l(64.000000)\n"
                         "hs_control_point_phase\n"
                         "dcl_input vOutputControlPointID\n"
                         "dcl_input v[3][0].xyzw\n"
                         "dcl_output o0.xyzw\n"
                         "mov o0.xyzw, v[vOutputControlPointID][0].xyzw\n"
                         "ret\n"
                         "hs_fork_phase\n"
                         "dcl_hs_fork_phase_instance_count 3\n"
                         "dcl_input vForkInstanceID\n"
                         "dcl_output_siv o0.x, finalTriUeq0EdgeTessFactor\n"
                         "dcl_output_siv o1.x, finalTriVeq0EdgeTessFactor\n"
                         "dcl_output_siv o2.x, finalTriWeq0EdgeTessFactor\n"
                         "dcl_temps 1\n"
                         "dcl_indexrange o0.x 3\n"
                         "mov r0.x, vForkInstanceID\n"
                         "mov o[r0.x].x, l(4.000000)\n"
                         "ret\n"
                         "hs_join_phase\n"
                         "dcl_input vicp[3][0].xyzw\n"
                         "dcl_output_siv o3.x, finalTriInsideTessFactor\n"
                         "mov o3.x, vicp[1][0].x\n"
                         "ret\n" },
    { DXBC_PROGRAM_DOMAIN, "ds_5_0\n"
                           "dcl_input_control_point_count 3\n"
                           "dcl_tessellator_domain domain_tri\n"
                           "dcl_input_siv vpc0.x, finalTriUeq0EdgeTessFactor\n"
                           "dcl_input vDomain.xyz\n"
                           "dcl_input vicp[3][0].xyzw\n"
                           "dcl_output_siv o0.xyzw, position\n"
                           "mul o0.xyzw, vicp[0][0].xyzw, vDomain.xxxx\n"
                           "ret\n" },
    { DXBC_PROGRAM_COMPUTE,
      "cs_5_0\n"
      "dcl_globalFlags refactoringAllowed | enableRawAndStructuredBuffers\n"
      "dcl_resource_structured t0, 16\n"
      "dcl_resource_raw t1\n"
      "dcl_uav_typed_texture2d_glc (uint,uint,uint,uint) u0\n"
      "dcl_uav_structured_opc u1, 4\n"
      "dcl_uav_raw_glc u2\n"
      "dcl_input vThreadID.xy\n"
      "dcl_input vThreadIDInGroupFlattened\n"
      "dcl_temps 2\n"
      "dcl_tgsm_structured g0, 4, 64\n"
      "dcl_tgsm_raw g1, 64\n"
      "dcl_thread_group 8, 8, 1\n"
      "ld_structured_indexable(structured_buffer, stride=16)(mixed,mixed,mixed,mixed) r0.xyz, "
      "vThreadID.x, l(4), t0.xyzx\n"
      "ld_raw_indexable(raw_buffer)(mixed,mixed,mixed,mixed) r1.x, r0.x, t1.xxxx\n"
      "store_structured g0.x, vThreadIDInGroupFlattened, l(0), r1.x\n"
      "sync_uglobal_g_t\n"
      "atomic_iadd g0, l(0, 0, 0, 0), l(1)\n"
      "imm_atomic_cmp_exch r0.x, u2, l(4), r0.y, l(0x12345678)\n"
      "imm_atomic_alloc r1.x, u1\n"
      "bfi r0.x, l(4), l(8), r0.x, r0.y\n"
      "dadd r0.xy, d(1l, -0.5l), r0.xyxy\n"
      "mul [precise(xz)] r0.xyz, r0.xyzx, r0.xyzx\n"
      "resinfo_indexable(texture2d)(uint,uint,uint,uint)_uint r1.xy, l(0), u0.xyzw\n"
      "store_uav_typed u0.xyzw, vThreadID.xyyy, r0.xyzw\n"
      "ret\n" },
    { DXBC_PROGRAM_PIXEL, "ps_5_0\n"
                          "dcl_function_body fb0\n"
                          "dcl_function_body fb1\n"
                          "dcl_function_table ft0 = {fb0, fb1}\n"
                          "dcl_interface_dynamicindexed fp0[2][1] = {ft0}\n"
                          "dcl_input_ps linear sample v0.xyzw\n"
                          "dcl_output o0.xyzw\n"
                          "dcl_output oMask\n"
                          "dcl_output oDepthGE\n"
                          "fcall 0, fp0[1]\n"
                          "callc_nz v0.x, label1\n"
                          "eval_sample_index o0.xyzw, v0.xyzw, l(1)\n"
                          "mov oMask, l(3)\n"
                          "mov oDepthGE, l(1.000000)\n"
                          "ret\n"
                          "label label1\n"
                          "ret\n" },
};

#define TEST_LISTING_COUNT ((int)(sizeof(test_listings) / sizeof(test_listings[0])))

#endif
