/**
 * Bounded walk over the instructions of a shader program. The tokens may be hostile and unaligned;
 * an instruction handed out lies inside the program with its whole length.
 */
#ifndef DXBC_WALK_H
#define DXBC_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A place between two instructions. Fields are private to walk.c, but for the version's. */
struct dxbc_walk {
    const uint8_t *words; /**< lent by the caller of dxbc_walk_init */
    uint32_t length_dwords;
    uint32_t next_dword;
    uint8_t program; /**< enum dxbc_program */
    uint8_t major, minor;
};

struct dxbc_instruction {
    const uint8_t *words; /**< its first word; read with dxbc_instruction_word */
    uint32_t token;       /**< the opcode word */
    uint32_t opcode;
    uint32_t length_dwords;
    uint32_t body_dword; /**< first word behind the opcode words, from its own start */
};

enum dxbc_step {
    DXBC_STEP_INSTRUCTION,
    DXBC_STEP_END,
    DXBC_STEP_DAMAGED,
};

/** A register as a declaration names it: a file and up to three immediate indices. */
struct dxbc_operand {
    uint32_t file;
    uint32_t index_count;
    uint32_t index[3];
};

/**
 * Starts at the first instruction of a program in at most supplied_dwords words. False with a
 * static sentence (reason may be NULL) unless version and length are what driver semantics 15.1
 * asks for: shader model 4.0, 4.1 or 5.0, 2 to 1M words, not more than supplied.
 */
bool dxbc_walk_init(struct dxbc_walk *walk, const void *tokens, size_t supplied_dwords,
                    const char **reason);

/** Hands out the next instruction. *reason is written when the tokens are damaged. */
enum dxbc_step dxbc_walk_next(struct dxbc_walk *walk, struct dxbc_instruction *instruction,
                              const char **reason);

/** A word of the instruction; index is below length_dwords. */
uint32_t dxbc_instruction_word(const struct dxbc_instruction *instruction, uint32_t index);

/**
 * Reads the first operand of a declaration. False when it does not fit its instruction or has an
 * index that is computed at run time.
 */
bool dxbc_instruction_operand(const struct dxbc_instruction *instruction,
                              struct dxbc_operand *operand, const char **reason);

#endif
