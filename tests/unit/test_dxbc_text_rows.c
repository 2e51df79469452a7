/**
 * Every row of the opcode table, with every word its control bits have: text to tokens to the same
 * text, tokens to text to the same tokens; and the numbers of the rows against the project's full
 * token header.
 */
#include "d3d11tokenizedprogramformat.hpp"
#include "dxbc/opcodes.h"
#include "dxbc/walk.h"
#include "dxbc/words.h"
#include "test_dxbc_text_support.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static struct test_assembled first, second;

static const struct {
    uint32_t opcode;
    const char *name;
} numbers[] = {
    { D3D10_SB_OPCODE_ADD, "add" },
    { D3D10_SB_OPCODE_AND, "and" },
    { D3D10_SB_OPCODE_BREAK, "break" },
    { D3D10_SB_OPCODE_BREAKC, "breakc" },
    { D3D10_SB_OPCODE_CALL, "call" },
    { D3D10_SB_OPCODE_CALLC, "callc" },
    { D3D10_SB_OPCODE_CASE, "case" },
    { D3D10_SB_OPCODE_CONTINUE, "continue" },
    { D3D10_SB_OPCODE_CONTINUEC, "continuec" },
    { D3D10_SB_OPCODE_CUT, "cut" },
    { D3D10_SB_OPCODE_DEFAULT, "default" },
    { D3D10_SB_OPCODE_DERIV_RTX, "deriv_rtx" },
    { D3D10_SB_OPCODE_DERIV_RTY, "deriv_rty" },
    { D3D10_SB_OPCODE_DISCARD, "discard" },
    { D3D10_SB_OPCODE_DIV, "div" },
    { D3D10_SB_OPCODE_DP2, "dp2" },
    { D3D10_SB_OPCODE_DP3, "dp3" },
    { D3D10_SB_OPCODE_DP4, "dp4" },
    { D3D10_SB_OPCODE_ELSE, "else" },
    { D3D10_SB_OPCODE_EMIT, "emit" },
    { D3D10_SB_OPCODE_EMITTHENCUT, "emit_then_cut" },
    { D3D10_SB_OPCODE_ENDIF, "endif" },
    { D3D10_SB_OPCODE_ENDLOOP, "endloop" },
    { D3D10_SB_OPCODE_ENDSWITCH, "endswitch" },
    { D3D10_SB_OPCODE_EQ, "eq" },
    { D3D10_SB_OPCODE_EXP, "exp" },
    { D3D10_SB_OPCODE_FRC, "frc" },
    { D3D10_SB_OPCODE_FTOI, "ftoi" },
    { D3D10_SB_OPCODE_FTOU, "ftou" },
    { D3D10_SB_OPCODE_GE, "ge" },
    { D3D10_SB_OPCODE_IADD, "iadd" },
    { D3D10_SB_OPCODE_IF, "if" },
    { D3D10_SB_OPCODE_IEQ, "ieq" },
    { D3D10_SB_OPCODE_IGE, "ige" },
    { D3D10_SB_OPCODE_ILT, "ilt" },
    { D3D10_SB_OPCODE_IMAD, "imad" },
    { D3D10_SB_OPCODE_IMAX, "imax" },
    { D3D10_SB_OPCODE_IMIN, "imin" },
    { D3D10_SB_OPCODE_IMUL, "imul" },
    { D3D10_SB_OPCODE_INE, "ine" },
    { D3D10_SB_OPCODE_INEG, "ineg" },
    { D3D10_SB_OPCODE_ISHL, "ishl" },
    { D3D10_SB_OPCODE_ISHR, "ishr" },
    { D3D10_SB_OPCODE_ITOF, "itof" },
    { D3D10_SB_OPCODE_LABEL, "label" },
    { D3D10_SB_OPCODE_LD, "ld" },
    { D3D10_SB_OPCODE_LD_MS, "ldms" },
    { D3D10_SB_OPCODE_LOG, "log" },
    { D3D10_SB_OPCODE_LOOP, "loop" },
    { D3D10_SB_OPCODE_LT, "lt" },
    { D3D10_SB_OPCODE_MAD, "mad" },
    { D3D10_SB_OPCODE_MIN, "min" },
    { D3D10_SB_OPCODE_MAX, "max" },
    { D3D10_SB_OPCODE_CUSTOMDATA, "dcl_immediateConstantBuffer" },
    { D3D10_SB_OPCODE_MOV, "mov" },
    { D3D10_SB_OPCODE_MOVC, "movc" },
    { D3D10_SB_OPCODE_MUL, "mul" },
    { D3D10_SB_OPCODE_NE, "ne" },
    { D3D10_SB_OPCODE_NOP, "nop" },
    { D3D10_SB_OPCODE_NOT, "not" },
    { D3D10_SB_OPCODE_OR, "or" },
    { D3D10_SB_OPCODE_RESINFO, "resinfo" },
    { D3D10_SB_OPCODE_RET, "ret" },
    { D3D10_SB_OPCODE_RETC, "retc" },
    { D3D10_SB_OPCODE_ROUND_NE, "round_ne" },
    { D3D10_SB_OPCODE_ROUND_NI, "round_ni" },
    { D3D10_SB_OPCODE_ROUND_PI, "round_pi" },
    { D3D10_SB_OPCODE_ROUND_Z, "round_z" },
    { D3D10_SB_OPCODE_RSQ, "rsq" },
    { D3D10_SB_OPCODE_SAMPLE, "sample" },
    { D3D10_SB_OPCODE_SAMPLE_C, "sample_c" },
    { D3D10_SB_OPCODE_SAMPLE_C_LZ, "sample_c_lz" },
    { D3D10_SB_OPCODE_SAMPLE_L, "sample_l" },
    { D3D10_SB_OPCODE_SAMPLE_D, "sample_d" },
    { D3D10_SB_OPCODE_SAMPLE_B, "sample_b" },
    { D3D10_SB_OPCODE_SQRT, "sqrt" },
    { D3D10_SB_OPCODE_SWITCH, "switch" },
    { D3D10_SB_OPCODE_SINCOS, "sincos" },
    { D3D10_SB_OPCODE_UDIV, "udiv" },
    { D3D10_SB_OPCODE_ULT, "ult" },
    { D3D10_SB_OPCODE_UGE, "uge" },
    { D3D10_SB_OPCODE_UMUL, "umul" },
    { D3D10_SB_OPCODE_UMAD, "umad" },
    { D3D10_SB_OPCODE_UMAX, "umax" },
    { D3D10_SB_OPCODE_UMIN, "umin" },
    { D3D10_SB_OPCODE_USHR, "ushr" },
    { D3D10_SB_OPCODE_UTOF, "utof" },
    { D3D10_SB_OPCODE_XOR, "xor" },
    { D3D10_SB_OPCODE_DCL_RESOURCE, "dcl_resource" },
    { D3D10_SB_OPCODE_DCL_CONSTANT_BUFFER, "dcl_constantbuffer" },
    { D3D10_SB_OPCODE_DCL_SAMPLER, "dcl_sampler" },
    { D3D10_SB_OPCODE_DCL_INDEX_RANGE, "dcl_indexrange" },
    { D3D10_SB_OPCODE_DCL_GS_OUTPUT_PRIMITIVE_TOPOLOGY, "dcl_outputtopology" },
    { D3D10_SB_OPCODE_DCL_GS_INPUT_PRIMITIVE, "dcl_inputprimitive" },
    { D3D10_SB_OPCODE_DCL_MAX_OUTPUT_VERTEX_COUNT, "dcl_maxout" },
    { D3D10_SB_OPCODE_DCL_INPUT, "dcl_input" },
    { D3D10_SB_OPCODE_DCL_INPUT_SGV, "dcl_input_sgv" },
    { D3D10_SB_OPCODE_DCL_INPUT_SIV, "dcl_input_siv" },
    { D3D10_SB_OPCODE_DCL_INPUT_PS, "dcl_input_ps" },
    { D3D10_SB_OPCODE_DCL_INPUT_PS_SGV, "dcl_input_ps_sgv" },
    { D3D10_SB_OPCODE_DCL_INPUT_PS_SIV, "dcl_input_ps_siv" },
    { D3D10_SB_OPCODE_DCL_OUTPUT, "dcl_output" },
    { D3D10_SB_OPCODE_DCL_OUTPUT_SGV, "dcl_output_sgv" },
    { D3D10_SB_OPCODE_DCL_OUTPUT_SIV, "dcl_output_siv" },
    { D3D10_SB_OPCODE_DCL_TEMPS, "dcl_temps" },
    { D3D10_SB_OPCODE_DCL_INDEXABLE_TEMP, "dcl_indexableTemp" },
    { D3D10_SB_OPCODE_DCL_GLOBAL_FLAGS, "dcl_globalFlags" },
    { D3D10_1_SB_OPCODE_LOD, "lod" },
    { D3D10_1_SB_OPCODE_GATHER4, "gather4" },
    { D3D10_1_SB_OPCODE_SAMPLE_POS, "samplepos" },
    { D3D10_1_SB_OPCODE_SAMPLE_INFO, "sampleinfo" },
    { D3D11_SB_OPCODE_HS_DECLS, "hs_decls" },
    { D3D11_SB_OPCODE_HS_CONTROL_POINT_PHASE, "hs_control_point_phase" },
    { D3D11_SB_OPCODE_HS_FORK_PHASE, "hs_fork_phase" },
    { D3D11_SB_OPCODE_HS_JOIN_PHASE, "hs_join_phase" },
    { D3D11_SB_OPCODE_EMIT_STREAM, "emit_stream" },
    { D3D11_SB_OPCODE_CUT_STREAM, "cut_stream" },
    { D3D11_SB_OPCODE_EMITTHENCUT_STREAM, "emit_then_cut_stream" },
    { D3D11_SB_OPCODE_INTERFACE_CALL, "fcall" },
    { D3D11_SB_OPCODE_BUFINFO, "bufinfo" },
    { D3D11_SB_OPCODE_DERIV_RTX_COARSE, "deriv_rtx_coarse" },
    { D3D11_SB_OPCODE_DERIV_RTX_FINE, "deriv_rtx_fine" },
    { D3D11_SB_OPCODE_DERIV_RTY_COARSE, "deriv_rty_coarse" },
    { D3D11_SB_OPCODE_DERIV_RTY_FINE, "deriv_rty_fine" },
    { D3D11_SB_OPCODE_GATHER4_C, "gather4_c" },
    { D3D11_SB_OPCODE_GATHER4_PO, "gather4_po" },
    { D3D11_SB_OPCODE_GATHER4_PO_C, "gather4_po_c" },
    { D3D11_SB_OPCODE_RCP, "rcp" },
    { D3D11_SB_OPCODE_F32TOF16, "f32tof16" },
    { D3D11_SB_OPCODE_F16TOF32, "f16tof32" },
    { D3D11_SB_OPCODE_UADDC, "uaddc" },
    { D3D11_SB_OPCODE_USUBB, "usubb" },
    { D3D11_SB_OPCODE_COUNTBITS, "countbits" },
    { D3D11_SB_OPCODE_FIRSTBIT_HI, "firstbit_hi" },
    { D3D11_SB_OPCODE_FIRSTBIT_LO, "firstbit_lo" },
    { D3D11_SB_OPCODE_FIRSTBIT_SHI, "firstbit_shi" },
    { D3D11_SB_OPCODE_UBFE, "ubfe" },
    { D3D11_SB_OPCODE_IBFE, "ibfe" },
    { D3D11_SB_OPCODE_BFI, "bfi" },
    { D3D11_SB_OPCODE_BFREV, "bfrev" },
    { D3D11_SB_OPCODE_SWAPC, "swapc" },
    { D3D11_SB_OPCODE_DCL_STREAM, "dcl_stream" },
    { D3D11_SB_OPCODE_DCL_FUNCTION_BODY, "dcl_function_body" },
    { D3D11_SB_OPCODE_DCL_FUNCTION_TABLE, "dcl_function_table" },
    { D3D11_SB_OPCODE_DCL_INTERFACE, "dcl_interface" },
    { D3D11_SB_OPCODE_DCL_INPUT_CONTROL_POINT_COUNT, "dcl_input_control_point_count" },
    { D3D11_SB_OPCODE_DCL_OUTPUT_CONTROL_POINT_COUNT, "dcl_output_control_point_count" },
    { D3D11_SB_OPCODE_DCL_TESS_DOMAIN, "dcl_tessellator_domain" },
    { D3D11_SB_OPCODE_DCL_TESS_PARTITIONING, "dcl_tessellator_partitioning" },
    { D3D11_SB_OPCODE_DCL_TESS_OUTPUT_PRIMITIVE, "dcl_tessellator_output_primitive" },
    { D3D11_SB_OPCODE_DCL_HS_MAX_TESSFACTOR, "dcl_hs_max_tessfactor" },
    { D3D11_SB_OPCODE_DCL_HS_FORK_PHASE_INSTANCE_COUNT, "dcl_hs_fork_phase_instance_count" },
    { D3D11_SB_OPCODE_DCL_HS_JOIN_PHASE_INSTANCE_COUNT, "dcl_hs_join_phase_instance_count" },
    { D3D11_SB_OPCODE_DCL_THREAD_GROUP, "dcl_thread_group" },
    { D3D11_SB_OPCODE_DCL_UNORDERED_ACCESS_VIEW_TYPED, "dcl_uav_typed" },
    { D3D11_SB_OPCODE_DCL_UNORDERED_ACCESS_VIEW_RAW, "dcl_uav_raw" },
    { D3D11_SB_OPCODE_DCL_UNORDERED_ACCESS_VIEW_STRUCTURED, "dcl_uav_structured" },
    { D3D11_SB_OPCODE_DCL_THREAD_GROUP_SHARED_MEMORY_RAW, "dcl_tgsm_raw" },
    { D3D11_SB_OPCODE_DCL_THREAD_GROUP_SHARED_MEMORY_STRUCTURED, "dcl_tgsm_structured" },
    { D3D11_SB_OPCODE_DCL_RESOURCE_RAW, "dcl_resource_raw" },
    { D3D11_SB_OPCODE_DCL_RESOURCE_STRUCTURED, "dcl_resource_structured" },
    { D3D11_SB_OPCODE_LD_UAV_TYPED, "ld_uav_typed" },
    { D3D11_SB_OPCODE_STORE_UAV_TYPED, "store_uav_typed" },
    { D3D11_SB_OPCODE_LD_RAW, "ld_raw" },
    { D3D11_SB_OPCODE_STORE_RAW, "store_raw" },
    { D3D11_SB_OPCODE_LD_STRUCTURED, "ld_structured" },
    { D3D11_SB_OPCODE_STORE_STRUCTURED, "store_structured" },
    { D3D11_SB_OPCODE_ATOMIC_AND, "atomic_and" },
    { D3D11_SB_OPCODE_ATOMIC_OR, "atomic_or" },
    { D3D11_SB_OPCODE_ATOMIC_XOR, "atomic_xor" },
    { D3D11_SB_OPCODE_ATOMIC_CMP_STORE, "atomic_cmp_store" },
    { D3D11_SB_OPCODE_ATOMIC_IADD, "atomic_iadd" },
    { D3D11_SB_OPCODE_ATOMIC_IMAX, "atomic_imax" },
    { D3D11_SB_OPCODE_ATOMIC_IMIN, "atomic_imin" },
    { D3D11_SB_OPCODE_ATOMIC_UMAX, "atomic_umax" },
    { D3D11_SB_OPCODE_ATOMIC_UMIN, "atomic_umin" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_ALLOC, "imm_atomic_alloc" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_CONSUME, "imm_atomic_consume" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_IADD, "imm_atomic_iadd" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_AND, "imm_atomic_and" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_OR, "imm_atomic_or" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_XOR, "imm_atomic_xor" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_EXCH, "imm_atomic_exch" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_CMP_EXCH, "imm_atomic_cmp_exch" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_IMAX, "imm_atomic_imax" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_IMIN, "imm_atomic_imin" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_UMAX, "imm_atomic_umax" },
    { D3D11_SB_OPCODE_IMM_ATOMIC_UMIN, "imm_atomic_umin" },
    { D3D11_SB_OPCODE_SYNC, "sync" },
    { D3D11_SB_OPCODE_DADD, "dadd" },
    { D3D11_SB_OPCODE_DMAX, "dmax" },
    { D3D11_SB_OPCODE_DMIN, "dmin" },
    { D3D11_SB_OPCODE_DMUL, "dmul" },
    { D3D11_SB_OPCODE_DEQ, "deq" },
    { D3D11_SB_OPCODE_DGE, "dge" },
    { D3D11_SB_OPCODE_DLT, "dlt" },
    { D3D11_SB_OPCODE_DNE, "dne" },
    { D3D11_SB_OPCODE_DMOV, "dmov" },
    { D3D11_SB_OPCODE_DMOVC, "dmovc" },
    { D3D11_SB_OPCODE_DTOF, "dtof" },
    { D3D11_SB_OPCODE_FTOD, "ftod" },
    { D3D11_SB_OPCODE_EVAL_SNAPPED, "eval_snapped" },
    { D3D11_SB_OPCODE_EVAL_SAMPLE_INDEX, "eval_sample_index" },
    { D3D11_SB_OPCODE_EVAL_CENTROID, "eval_centroid" },
    { D3D11_SB_OPCODE_DCL_GS_INSTANCE_COUNT, "dcl_gsinstances" },
};

/* The tests go through the table themselves: a process for each row would take ten seconds. */

START_TEST(numbers_are_those_of_the_token_format)
{
    for (int i = 0; i < COUNT(numbers); i++)
        ck_assert_str_eq(dxbc_opcode_find(numbers[i].opcode)->name, numbers[i].name);
}
END_TEST

START_TEST(every_number_of_the_format_has_a_row_unless_reserved)
{
    for (uint32_t i = 0; i < D3D10_SB_NUM_OPCODES; i++) {
        const bool is_reserved = i == D3D10_SB_OPCODE_RESERVED0 || i == D3D10_1_SB_OPCODE_RESERVED1;

        ck_assert(is_reserved == (dxbc_opcode_find(i) == NULL));
    }
}
END_TEST

START_TEST(number_beyond_the_format_has_no_row)
{
    ck_assert_ptr_null(dxbc_opcode_find(D3D10_SB_NUM_OPCODES));
}
END_TEST

static const char *operand_text(const struct dxbc_opcode_info *info, char letter)
{
    switch (letter) {
    case 'd':
        return info->controls == DXBC_CONTROLS_ACCESS ? "CB0[4]" : "r1.xyz";
    case 't':
        return "t3.xyzw";
    case 'm':
        return "u1";
    case 's':
        return "s4";
    case 'l':
        return "label2";
    case 'n':
        return "position";
    case 'g':
        return "l(64.000000)";
    case 'B':
        return "fb3";
    case 'X':
        return "x1[4], 4";
    case 'C':
        return "{ { 1.000000, 0, 0, 0} }";
    case 'F':
        return "ft1 = {fb2, fb3}";
    case 'P':
        return "fp1[2][3] = {ft1}";
    case 'v':
    case 'w':
        return "7";
    default:
        return "r2.xyzw";
    }
}

/* The statement of a row with these words behind its name, in front of its operands and last. */
static void write_line(char *line, size_t size, const struct dxbc_opcode_info *info,
                       const char *suffix, const char *leading, const char *last)
{
    const char *separator = " ";
    int at = snprintf(line, size, "%s%s%s%s", info->name, suffix, *leading ? " " : "", leading);

    if (strchr(info->operands, 'r'))
        at += snprintf(line + at, size - (size_t)at, " (float,snorm,sint,uint)");
    for (const char *letter = info->operands; *letter; letter++) {
        if (*letter == 'r')
            continue;
        at += snprintf(line + at, size - (size_t)at, "%s%s", *letter == 'v' ? " " : separator,
                       operand_text(info, *letter));
        separator = ", ";
    }
    snprintf(line + at, size - (size_t)at, "%s%s", *last ? ", " : "", last);
}

/* Compute programs know every row. */
static void round_trip(uint32_t opcode, const char *suffix, const char *leading, const char *last)
{
    char line[300], program[340];
    struct dxbc_instruction instruction;
    struct test_text text;
    struct dxbc_walk walk;

    write_line(line, sizeof(line), dxbc_opcode_find(opcode), suffix, leading, last);
    snprintf(program, sizeof(program), "cs_5_0\n%s\n", line);
    test_assemble_checked(&first, program);
    ck_assert(dxbc_walk_init(&walk, first.tokens, first.assembly.length_dwords, NULL));
    ck_assert_int_eq(dxbc_walk_next(&walk, &instruction, NULL), DXBC_STEP_INSTRUCTION);
    ck_assert_uint_eq(instruction.opcode, opcode);
    ck_assert_int_eq(dxbc_walk_next(&walk, &instruction, NULL), DXBC_STEP_END);
    text = test_disassemble(first.tokens, first.assembly.length_dwords, NULL);
    ck_assert_str_eq(text.text, program);
    test_assemble_checked(&second, text.text);
    ck_assert_uint_eq(second.assembly.length_dwords, first.assembly.length_dwords);
    ck_assert_mem_eq(second.tokens, first.tokens, 4 * first.assembly.length_dwords);
    free(text.text);
}

/* Calls round_trip with each word a row's control bits have; those that need one get one. */
static void round_trip_words(uint32_t opcode)
{
    const struct dxbc_opcode_info *const info = dxbc_opcode_find(opcode);
    const struct dxbc_control_words *const words = dxbc_control_words_of(info);

    for (dxbc_words word = words->words; word && word->text; word++) {
        const bool is_suffix = words->style == DXBC_STYLE_SUFFIX;
        const bool is_leading = words->style == DXBC_STYLE_LEADING;

        round_trip(opcode, is_suffix ? word->text : "", is_leading ? word->text : "",
                   !is_suffix && !is_leading ? word->text : "");
    }
    if (words->style == DXBC_STYLE_NONE)
        round_trip(opcode, "", "", "");
    if (words->style == DXBC_STYLE_COUNT)
        round_trip(opcode, "", "32", "");
}

/* Calls round_trip with each flag a row has. */
static void round_trip_flags(uint32_t opcode)
{
    const struct dxbc_control_words *const words = dxbc_control_words_of(dxbc_opcode_find(opcode));
    char suffix[64];

    for (dxbc_words flag = words->flags; flag && flag->text; flag++) {
        snprintf(suffix, sizeof(suffix), "%s%s", words->words ? words->words[0].text : "",
                 flag->text);
        if (words->style == DXBC_STYLE_BITS)
            round_trip(opcode, "", flag->text, "");
        else
            round_trip(opcode, suffix, "", "");
    }
}

static void round_trip_lookups(uint32_t opcode)
{
    static const char *const suffixes[] = {
        "_aoffimmi(-8,0,7)",
        "_indexable(texture3d)(float,unorm,mixed,double)",
        "_aoffimmi_indexable(1,2,3)(texture2dmsarray)(uint,uint,uint,uint)",
    };
    const struct dxbc_opcode_info *const info = dxbc_opcode_find(opcode);

    if ((info->class != DXBC_CLASS_TEXTURE && info->class != DXBC_CLASS_MEMORY) ||
        info->controls == DXBC_CONTROLS_SYNC)
        return;
    for (int i = 0; i < COUNT(suffixes); i++)
        round_trip(opcode, suffixes[i], "", "");
}

static void round_trip_precise(uint32_t opcode)
{
    if (dxbc_opcode_find(opcode)->class == DXBC_CLASS_ALU)
        round_trip(opcode, " [precise(xw)]", "", "");
}

static void for_each_row(void (*run)(uint32_t opcode))
{
    for (uint32_t i = 0; i < DXBC_OPCODES; i++) {
        if (dxbc_opcode_find(i))
            run(i);
    }
}

START_TEST(rows_survive)
{
    for_each_row(round_trip_words);
}
END_TEST

START_TEST(flags_of_rows_survive)
{
    for_each_row(round_trip_flags);
}
END_TEST

START_TEST(offsets_and_types_of_lookups_survive)
{
    for_each_row(round_trip_lookups);
}
END_TEST

START_TEST(precision_of_instructions_survives)
{
    for_each_row(round_trip_precise);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dxbc text rows");
    TCase *rows = tcase_create("rows");

    tcase_add_test(rows, numbers_are_those_of_the_token_format);
    tcase_add_test(rows, every_number_of_the_format_has_a_row_unless_reserved);
    tcase_add_test(rows, number_beyond_the_format_has_no_row);
    tcase_add_test(rows, rows_survive);
    tcase_add_test(rows, flags_of_rows_survive);
    tcase_add_test(rows, offsets_and_types_of_lookups_survive);
    tcase_add_test(rows, precision_of_instructions_survives);
    suite_add_tcase(suite, rows);
    return test_run(suite);
}
