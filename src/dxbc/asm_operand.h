/** The operands of shader text, for the assembler. Private to this folder. */
#ifndef DXBC_ASM_OPERAND_H
#define DXBC_ASM_OPERAND_H

#include "dxbc/lexer.h"
#include "dxbc/statement.h"

/**
 * Reads an operand that stands for a letter of a row's operand list, of an instruction with this
 * opcode. False when the lexer has kept an error.
 */
bool dxbc_asm_operand(struct dxbc_lexer *lexer, char letter, uint32_t opcode,
                      struct dxbc_argument *argument);

#endif
