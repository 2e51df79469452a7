#include "dxbc/walk.h"

#include "dxbc/internal.h"
#include "dxbc/signature.h"
#include "dxbc/tokens.h"

static bool version_is_known(uint32_t token)
{
    const uint32_t major = dxbc_version_major(token);
    const uint32_t minor = dxbc_version_minor(token);

    return (major == 4 && minor <= 1) || (major == 5 && minor == 0);
}

bool dxbc_walk_init(struct dxbc_walk *walk, const void *tokens, size_t supplied_dwords,
                    const char **reason)
{
    uint32_t version;

    *walk = (struct dxbc_walk){ .words = tokens, .next_dword = DXBC_TOKENS_MIN };
    if (!tokens || supplied_dwords < DXBC_TOKENS_MIN)
        return dxbc_refuse(reason, "fewer than two shader tokens");
    version = dxbc_load_u32(walk->words);
    if (dxbc_version_program(version) >= DXBC_PROGRAMS)
        return dxbc_refuse(reason, "unknown program type");
    if (!version_is_known(version))
        return dxbc_refuse(reason, "not shader model 4.0, 4.1 or 5.0");
    walk->program = (uint8_t)dxbc_version_program(version);
    walk->major = (uint8_t)dxbc_version_major(version);
    walk->minor = (uint8_t)dxbc_version_minor(version);
    walk->length_dwords = dxbc_load_u32(walk->words + 4);
    if (walk->length_dwords < DXBC_TOKENS_MIN || walk->length_dwords > DXBC_TOKENS_MAX)
        return dxbc_refuse(reason, "the program length is not 2 to 1M tokens");
    if (walk->length_dwords > supplied_dwords)
        return dxbc_refuse(reason, "the program is longer than the tokens supplied");
    return true;
}

uint32_t dxbc_instruction_word(const struct dxbc_instruction *instruction, uint32_t index)
{
    return dxbc_load_u32(instruction->words + 4 * (size_t)index);
}

/* Length in words, or 0 when a custom data block has no room for its length word. */
static uint32_t instruction_length(const uint8_t *words, uint32_t remaining_dwords)
{
    const uint32_t token = dxbc_load_u32(words);

    if (dxbc_opcode_type(token) != DXBC_OP_CUSTOM_DATA)
        return dxbc_opcode_length(token);
    return remaining_dwords < 2 ? 0 : dxbc_load_u32(words + 4);
}

/* Finds the first word behind the opcode words. */
static bool skip_opcode_words(struct dxbc_instruction *instruction)
{
    uint32_t token = instruction->token;

    instruction->body_dword = 1;
    if (instruction->opcode == DXBC_OP_CUSTOM_DATA) {
        instruction->body_dword = 2;
        return instruction->length_dwords >= 2;
    }
    while (dxbc_token_is_extended(token)) {
        if (instruction->body_dword == instruction->length_dwords)
            return false;
        token = dxbc_instruction_word(instruction, instruction->body_dword++);
    }
    return true;
}

enum dxbc_step dxbc_walk_next(struct dxbc_walk *walk, struct dxbc_instruction *instruction,
                              const char **reason)
{
    const uint32_t remaining_dwords = walk->length_dwords - walk->next_dword;

    if (remaining_dwords == 0)
        return DXBC_STEP_END;
    instruction->words = walk->words + 4 * (size_t)walk->next_dword;
    instruction->token = dxbc_load_u32(instruction->words);
    instruction->opcode = dxbc_opcode_type(instruction->token);
    instruction->length_dwords = instruction_length(instruction->words, remaining_dwords);
    if (instruction->length_dwords == 0) {
        dxbc_refuse(reason, "an instruction has no length");
        return DXBC_STEP_DAMAGED;
    }
    if (instruction->length_dwords > remaining_dwords) {
        dxbc_refuse(reason, "an instruction is longer than the program");
        return DXBC_STEP_DAMAGED;
    }
    if (!skip_opcode_words(instruction)) {
        dxbc_refuse(reason, "the opcode words do not fit their instruction");
        return DXBC_STEP_DAMAGED;
    }
    walk->next_dword += instruction->length_dwords;
    return DXBC_STEP_INSTRUCTION;
}

bool dxbc_instruction_operand(const struct dxbc_instruction *instruction,
                              struct dxbc_operand *operand, const char **reason)
{
    uint32_t at = instruction->body_dword;
    uint32_t first, token;

    if (at == instruction->length_dwords)
        return dxbc_refuse(reason, "a declaration has no operand");
    first = token = dxbc_instruction_word(instruction, at++);
    while (dxbc_token_is_extended(token)) {
        if (at == instruction->length_dwords)
            return dxbc_refuse(reason, "the operand words do not fit their instruction");
        token = dxbc_instruction_word(instruction, at++);
    }
    *operand = (struct dxbc_operand){ .file = dxbc_operand_file(first),
                                      .index_count = dxbc_operand_index_count(first) };
    if (operand->index_count > instruction->length_dwords - at)
        return dxbc_refuse(reason, "the operand's indices do not fit their instruction");
    for (uint32_t i = 0; i < operand->index_count; i++) {
        if (dxbc_operand_index_form(first, i) != DXBC_INDEX_IMMEDIATE)
            return dxbc_refuse(reason, "a declaration's index is not immediate");
        operand->index[i] = dxbc_instruction_word(instruction, at++);
    }
    return true;
}
