/** Signatures of assembled programs. Private to this folder. */
#ifndef DXBC_ASM_SIGNATURE_H
#define DXBC_ASM_SIGNATURE_H

#include "dxbc/asm.h"
#include "dxbc/statement.h"

/**
 * Adds what a checked statement declares to the signatures. in_patch_phase: within a hull shader's
 * fork or join phase, whose outputs are patch constants. False when a signature is full.
 */
bool dxbc_asm_declare(struct dxbc_assembly *assembly, const struct dxbc_statement *statement,
                      bool in_patch_phase);

#endif
