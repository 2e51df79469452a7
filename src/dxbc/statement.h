/**
 * One instruction or declaration taken apart, between its words and its text. What has exactly one
 * encoding goes through here; anything else is refused, so that nothing is lost on the way.
 */
#ifndef DXBC_STATEMENT_H
#define DXBC_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "dxbc/opcodes.h"
#include "dxbc/walk.h"

/** Room for the longest statement dxbc_statement_encode makes. */
#define DXBC_STATEMENT_WORDS_MAX 128u

enum dxbc_selection {
    DXBC_SELECT_MASK = 0,
    DXBC_SELECT_SWIZZLE = 1,
    DXBC_SELECT_ONE = 2,
};

enum dxbc_index_form {
    DXBC_INDEX_NUMBER = 0,
    DXBC_INDEX_REGISTER = 2,        /**< [r0.x] */
    DXBC_INDEX_REGISTER_NUMBER = 3, /**< [r0.x + 1] */
};

/** The register of a computed index: a number of its own for each index, and a component. */
struct dxbc_index_register {
    uint8_t file;
    uint8_t components;  /**< 0, 1 or 4 */
    uint8_t lane;        /**< of four components */
    uint8_t index_count; /**< at most 2 */
    uint32_t index[2];
};

struct dxbc_index {
    uint8_t form; /**< enum dxbc_index_form */
    uint32_t number;
    struct dxbc_index_register relative;
};

struct dxbc_argument {
    uint8_t file;
    uint8_t components; /**< 0, 1 or 4 */
    uint8_t selection;  /**< enum dxbc_selection, of four components */
    uint8_t lanes;      /**< mask in bits 0-3; swizzle, two bits each; or one component */
    bool is_negated;
    bool is_absolute;
    uint8_t index_count;
    struct dxbc_index index[3];
    uint32_t immediate[4]; /**< immediates: as many words as there are */
};

struct dxbc_statement {
    uint32_t opcode;
    uint32_t controls; /**< bits 11-23 of the opcode word, in place */
    bool has_offset;   /**< texel offset follows the opcode word */
    bool has_type;     /**< dimension and return types follow the opcode word */
    int8_t offset[3];  /**< -8 to 7 */
    uint32_t dimension;
    uint32_t stride_bytes;
    uint32_t return_types; /**< four bits each, x lowest; also of a declared typed resource */
    uint32_t argument_count;
    uint32_t word_count;
    struct dxbc_argument arguments[DXBC_OPERANDS_MAX];
    uint32_t words[DXBC_WORDS_MAX];
};

/** Number of immediate words an argument carries; 0 when it is no immediate. */
uint32_t dxbc_argument_immediates(const struct dxbc_argument *argument);

/**
 * Whether a statement says something that its opcode allows, in a program of this type and model
 * (40, 41, 50). False with a static sentence.
 */
bool dxbc_statement_check(const struct dxbc_statement *statement, uint32_t program, uint32_t model,
                          const char **reason);

/** Writes a checked statement's words; answers how many, at most DXBC_STATEMENT_WORDS_MAX. */
uint32_t dxbc_statement_encode(const struct dxbc_statement *statement,
                               uint32_t words[DXBC_STATEMENT_WORDS_MAX]);

/**
 * Reads an instruction of any row but the three whose length is open (C, F and P). False with a
 * static sentence unless encoding the result again would give the same words.
 */
bool dxbc_statement_decode(const struct dxbc_instruction *instruction, uint32_t program,
                           uint32_t model, struct dxbc_statement *statement, const char **reason);

/** Whether a letter of a row's operand list stands for an operand rather than plain words. */
bool dxbc_letter_is_operand(char letter);

/** Whether a row has an open length: its statement is read and written where it is needed. */
static inline bool dxbc_opcode_is_open(const struct dxbc_opcode_info *info)
{
    return info->operands[0] == 'C' || info->operands[0] == 'F' || info->operands[0] == 'P';
}

#endif
