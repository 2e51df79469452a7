/**
 * The few fields of the shader token format (shader models 4 and 5) that finding declarations
 * takes. A program is a sequence of 32-bit words: version, length, instructions.
 *
 *     version      31-16 program type, 7-4 major, 3-0 minor
 *     opcode       31 another opcode word follows, 30-24 length in words, 23-11 controls,
 *                  10-0 opcode; a custom data block has its class in 31-11 and its length in the
 *                  next word
 *     operand      31 another operand word follows, 30-28 27-25 24-22 how each index is given,
 *                  21-20 number of indices, 19-12 register file, 7-4 mask, 3-2 selection,
 *                  1-0 components
 */
#ifndef DXBC_TOKENS_H
#define DXBC_TOKENS_H

#include <stdbool.h>
#include <stdint.h>

/** Words before the first instruction, and the most a program may have (driver semantics 15.1). */
#define DXBC_TOKENS_MIN 2u
#define DXBC_TOKENS_MAX (1u << 20)

enum dxbc_opcode {
    DXBC_OP_CASE = 6,
    DXBC_OP_DEFAULT = 10,
    DXBC_OP_ELSE = 18,
    DXBC_OP_ENDIF = 21,
    DXBC_OP_ENDLOOP = 22,
    DXBC_OP_ENDSWITCH = 23,
    DXBC_OP_IF = 31,
    DXBC_OP_LOOP = 48,
    DXBC_OP_CUSTOM_DATA = 53,
    DXBC_OP_SWITCH = 76,
    DXBC_OP_DCL_RESOURCE = 88,
    DXBC_OP_DCL_CONSTANT_BUFFER = 89,
    DXBC_OP_DCL_SAMPLER = 90,
    DXBC_OP_DCL_GS_OUTPUT_TOPOLOGY = 92,
    DXBC_OP_DCL_GS_INPUT_PRIMITIVE = 93,
    DXBC_OP_DCL_GS_MAX_VERTICES = 94,
    DXBC_OP_DCL_INPUT = 95,
    DXBC_OP_DCL_INPUT_SGV = 96,
    DXBC_OP_DCL_INPUT_SIV = 97,
    DXBC_OP_DCL_INPUT_PS = 98,
    DXBC_OP_DCL_INPUT_PS_SGV = 99,
    DXBC_OP_DCL_INPUT_PS_SIV = 100,
    DXBC_OP_DCL_OUTPUT = 101,
    DXBC_OP_DCL_OUTPUT_SGV = 102,
    DXBC_OP_DCL_OUTPUT_SIV = 103,
    DXBC_OP_HS_DECLS = 113,
    DXBC_OP_HS_CONTROL_POINT_PHASE = 114,
    DXBC_OP_HS_FORK_PHASE = 115,
    DXBC_OP_HS_JOIN_PHASE = 116,
    DXBC_OP_DCL_STREAM = 143,
    DXBC_OP_DCL_THREAD_GROUP = 155,
    DXBC_OP_DCL_UAV_TYPED = 156,
    DXBC_OP_DCL_UAV_RAW = 157,
    DXBC_OP_DCL_UAV_STRUCTURED = 158,
    DXBC_OP_DCL_RESOURCE_RAW = 161,
    DXBC_OP_DCL_RESOURCE_STRUCTURED = 162,
};

/** Register files, as operands name them. */
enum dxbc_file {
    DXBC_FILE_INPUT = 1,
    DXBC_FILE_OUTPUT = 2,
    DXBC_FILE_SAMPLER = 6,
    DXBC_FILE_RESOURCE = 7,
    DXBC_FILE_CONSTANT_BUFFER = 8,
    DXBC_FILE_LABEL = 10,
    DXBC_FILE_PRIMITIVE_ID = 11,
    DXBC_FILE_DEPTH = 12,
    DXBC_FILE_RASTERIZER = 14,
    DXBC_FILE_COVERAGE = 15,
    DXBC_FILE_STREAM = 16,
    DXBC_FILE_INPUT_CONTROL_POINT = 25,
    DXBC_FILE_PATCH_CONSTANT = 27,
    DXBC_FILE_UAV = 30,
    DXBC_FILE_SHARED_MEMORY = 31,
    DXBC_FILE_DEPTH_GREATER_EQUAL = 38,
    DXBC_FILE_DEPTH_LESS_EQUAL = 39,
};

/** The one way of giving an index that declarations use: a word of its own. */
#define DXBC_INDEX_IMMEDIATE 0u

static inline uint32_t dxbc_version_program(uint32_t token)
{
    return token >> 16;
}

static inline uint32_t dxbc_version_major(uint32_t token)
{
    return (token >> 4) & 0xF;
}

static inline uint32_t dxbc_version_minor(uint32_t token)
{
    return token & 0xF;
}

static inline uint32_t dxbc_opcode_type(uint32_t token)
{
    return token & 0x7FF;
}

static inline uint32_t dxbc_opcode_length(uint32_t token)
{
    return (token >> 24) & 0x7F;
}

/** Controls bits from bit 11 on, `bits` of them: dimension, topology, primitive. */
static inline uint32_t dxbc_opcode_controls(uint32_t token, uint32_t bits)
{
    return (token >> 11) & ((1u << bits) - 1);
}

/** Opcode and operand words alike: whether another word of the same kind follows. */
static inline bool dxbc_token_is_extended(uint32_t token)
{
    return token >> 31;
}

static inline uint32_t dxbc_operand_file(uint32_t token)
{
    return (token >> 12) & 0xFF;
}

static inline uint32_t dxbc_operand_index_count(uint32_t token)
{
    return (token >> 20) & 3;
}

/** How index number `index` (0 to 2) is given. */
static inline uint32_t dxbc_operand_index_form(uint32_t token, uint32_t index)
{
    return (token >> (22 + 3 * index)) & 7;
}

#endif
