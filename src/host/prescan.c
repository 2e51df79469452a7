#include "host/prescan.h"

#include "dxbc/signature.h"
#include "dxbc/tokens.h"
#include "dxbc/walk.h"

/* Opcodes that the tables below and the checks name. */
enum {
    OP_IMUL = 38,
    OP_LAST_CORE = 107,
    OP_LOD = 108,
    OP_FIRSTBIT_HI = 135,
    OP_FIRSTBIT_SHI = 137,
    OP_LAST_KNOWN = 206,
    OP_DCL_TEMPS = 104,
    OP_DCL_INDEXABLE_TEMP = 105,
    OP_DCL_GLOBAL_FLAGS = 106,
    FILE_IMMEDIATE32 = 4,
    FILE_IMMEDIATE64 = 5,
    FILE_NULL = 13,
    INTERPOLATION_NOPERSPECTIVE_CENTROID = 5,
};

/*
 * Never translated right by release 1.2, whatever the operands. Where it says so itself, a newer
 * release may try: it will say so, too, or know better.
 */
static const struct refused_opcode {
    uint32_t first, last;
    const char *name;
    const char *reason;
    bool is_loud; /* the library refuses it; else it draws something wrong, or the host could not */
} refused[] = {
    { 4, 5, "call", "subroutines are not translated", true },
    { 20, 20, "emitthencut", "emitthencut is not translated", true },
    { 44, 44, "label", "subroutines are not translated", true },
    { 81, 81, "umul", "the product of umul stays 0", false },
    { 82, 82, "umad", "umad is not translated", true },
    { 113, 116, "hs_decls", "hull shaders are not translated", false },
    { 119, 119, "emitthencut_stream", "emitthencut_stream is not translated", false },
    { 120, 120, "interface_call", "interfaces are not translated", false },
    { 132, 132, "uaddc", "uaddc is not translated", true },
    { 133, 133, "usubb", "usubb is not translated", true },
    { 144, 146, "dcl_interface", "interfaces are not translated", false },
    { 147, 154, "dcl_tess", "tessellation is not translated", false },
    { 156, 156, "dcl_uav_typed", "typed unordered access has no format in the stream", false },
    { 178, 179, "imm_atomic_alloc", "counters of buffers are not carried by the stream", false },
    { 191, 202, "double", "double precision is not translated", true },
    { 203, 203, "eval_snapped", "eval_snapped is not translated", true },
};

/* An operand and how many words it takes; false when it does not fit. */
struct operand {
    uint32_t token;
    uint32_t length_dwords;
    uint32_t relative_indices; /* bit n: index n is computed */
};

static bool read_operand(const struct dxbc_instruction *instruction, uint32_t at, uint32_t depth,
                         struct operand *operand)
{
    const uint32_t end = instruction->length_dwords;
    uint32_t next = at, extended;

    if (at >= end || depth > 3)
        return false;
    operand->token = extended = dxbc_instruction_word(instruction, next++);
    operand->relative_indices = 0;
    while (dxbc_token_is_extended(extended)) {
        if (next >= end)
            return false;
        extended = dxbc_instruction_word(instruction, next++);
    }
    if (dxbc_operand_file(operand->token) == FILE_IMMEDIATE32)
        next += (operand->token & 3) == 2 ? 4 : 1;
    if (dxbc_operand_file(operand->token) == FILE_IMMEDIATE64)
        next += (operand->token & 3) == 2 ? 8 : 2;
    for (uint32_t i = 0; i < dxbc_operand_index_count(operand->token); i++) {
        const uint32_t form = dxbc_operand_index_form(operand->token, i);
        struct operand index;

        next += form == 0 || form == 3 ? 1 : form == 1 || form == 4 ? 2 : 0;
        if (form < 2)
            continue;
        operand->relative_indices |= 1u << i;
        if (!read_operand(instruction, next, depth + 1, &index))
            return false;
        next += index.length_dwords;
    }
    operand->length_dwords = next - at;
    return next <= end;
}

static uint32_t mask_count(uint32_t token)
{
    return (uint32_t)__builtin_popcount(token >> 4 & 0xF);
}

static bool is_declaration(uint32_t opcode)
{
    return opcode == DXBC_OP_CUSTOM_DATA || (opcode >= 88 && opcode <= 106) ||
           (opcode >= 143 && opcode <= 162) || opcode == OP_LAST_KNOWN;
}

/* Vertex and pixel shaders: a computed index of an input or output is ignored by the translator. */
static bool operands_are_right(const struct dxbc_instruction *instruction, uint32_t program,
                               const char **name, const char **reason)
{
    struct operand operand;

    for (uint32_t at = instruction->body_dword; at < instruction->length_dwords;
         at += operand.length_dwords) {
        if (!read_operand(instruction, at, 0, &operand)) {
            *name = "operand";
            *reason = "an operand does not fit its instruction";
            return false;
        }
        const uint32_t file = dxbc_operand_file(operand.token);

        if (operand.relative_indices && (file == DXBC_FILE_INPUT || file == DXBC_FILE_OUTPUT) &&
            (program == DXBC_PROGRAM_VERTEX || program == DXBC_PROGRAM_PIXEL)) {
            *name = "relative register";
            *reason = "computed indices of inputs and outputs are ignored by the translator";
            return false;
        }
    }
    return true;
}

static bool declaration_is_right(const struct dxbc_instruction *instruction, uint32_t program,
                                 const char **name, const char **reason)
{
    const uint32_t last = dxbc_instruction_word(instruction, instruction->length_dwords - 1);
    const bool has_value = instruction->opcode >= DXBC_OP_DCL_INPUT_SGV &&
                           instruction->opcode <= DXBC_OP_DCL_OUTPUT_SIV &&
                           instruction->opcode != DXBC_OP_DCL_INPUT_PS &&
                           instruction->opcode != DXBC_OP_DCL_OUTPUT;

    if (instruction->opcode == 91 &&
        (program == DXBC_PROGRAM_VERTEX || program == DXBC_PROGRAM_PIXEL)) {
        *name = "dcl_index_range";
        *reason = "computed indices of inputs and outputs are ignored by the translator";
        return false;
    }
    if (program == DXBC_PROGRAM_VERTEX && instruction->opcode == DXBC_OP_DCL_OUTPUT_SIV &&
        (last == DXBC_SV_RENDER_TARGET_ARRAY_INDEX || last == DXBC_SV_VIEWPORT_ARRAY_INDEX)) {
        *name = "layer or viewport index";
        *reason = "only geometry shaders may write the layer or viewport index";
        return false;
    }
    if (program == DXBC_PROGRAM_PIXEL && has_value &&
        (last == DXBC_SV_CLIP_DISTANCE || last == DXBC_SV_CULL_DISTANCE)) {
        *name = "clip distance input";
        *reason = "pixel shaders that read clip distances are not translated";
        return false;
    }
    if ((instruction->opcode == DXBC_OP_DCL_INPUT_PS ||
         instruction->opcode == DXBC_OP_DCL_INPUT_PS_SIV) &&
        dxbc_opcode_controls(instruction->token, 4) == INTERPOLATION_NOPERSPECTIVE_CENTROID) {
        *name = "linear_noperspective_centroid";
        *reason = "this interpolation mode becomes a perspective one";
        return false;
    }
    return true;
}

static bool arithmetic_is_right(const struct dxbc_instruction *instruction, const char **name,
                                const char **reason)
{
    const uint32_t opcode = instruction->opcode;
    const bool is_firstbit = opcode == OP_FIRSTBIT_HI || opcode == OP_FIRSTBIT_SHI;
    struct operand operand;

    if (opcode != OP_IMUL && opcode != OP_LOD && !is_firstbit)
        return true;
    *name = opcode == OP_IMUL ? "imul" : opcode == OP_LOD ? "lod" : "firstbit_hi";
    *reason = "an operand does not fit its instruction";
    if (!read_operand(instruction, instruction->body_dword, 0, &operand))
        return false;
    if (opcode == OP_IMUL && dxbc_operand_file(operand.token) != FILE_NULL) {
        *reason = "the high half of imul stays 0";
        return false;
    }
    if (is_firstbit && mask_count(operand.token) != 1) {
        *reason = "firstbit_hi is translated for one component only";
        return false;
    }
    if (opcode == OP_LOD && mask_count(operand.token) > 2) {
        *reason = "lod is translated for two components at most";
        return false;
    }
    return true;
}

static bool opcode_is_known(uint32_t opcode, bool is_newer, const char **name, const char **reason)
{
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (opcode >= refused[i].first && opcode <= refused[i].last &&
            !(is_newer && refused[i].is_loud)) {
            *name = refused[i].name;
            *reason = refused[i].reason;
            return false;
        }
    }
    *name = "opcode";
    *reason = "the opcode is not known";
    return opcode <= OP_LAST_KNOWN && opcode != OP_LAST_CORE && opcode != 112;
}

bool host_prescan(const void *tokens, size_t supplied_dwords, bool is_newer, const char **name,
                  const char **reason)
{
    struct dxbc_instruction instruction;
    struct dxbc_walk walk;
    enum dxbc_step step;

    *name = "tokens";
    if (!dxbc_walk_init(&walk, tokens, supplied_dwords, reason))
        return false;
    while ((step = dxbc_walk_next(&walk, &instruction, reason)) == DXBC_STEP_INSTRUCTION) {
        if (!opcode_is_known(instruction.opcode, is_newer, name, reason))
            return false;
        if (is_declaration(instruction.opcode)
                ? !declaration_is_right(&instruction, walk.program, name, reason)
                : !operands_are_right(&instruction, walk.program, name, reason) ||
                      !arithmetic_is_right(&instruction, name, reason))
            return false;
        *name = "tokens";
    }
    return step == DXBC_STEP_END;
}
