/**
 * Shader text to tokens: the dialect that dxbc_disassemble writes, which is that of Microsoft's
 * compiler. For tests and tools that need shaders without a compiler.
 *
 * One statement a line, the first one names the program ("ps_4_0"). Comments begin with ";" or
 * "//". What differs from what one might expect, as it does in compiler listings: l(1) is the
 * integer 1 and l(1.0) the float, whatever the instruction; a source takes .x or four components,
 * a result a mask. Beyond the dialect, `dword` takes words as they are, and a register without
 * components may say which count it has (vPrim:1).
 */
#ifndef DXBC_ASM_H
#define DXBC_ASM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dxbc/signature.h"

/** Most entries of one signature. */
#define DXBC_ASSEMBLY_ENTRIES_MAX 64u

struct dxbc_assembly_signature {
    struct dxbc_signature_entry entries[DXBC_ASSEMBLY_ENTRIES_MAX];
    uint32_t count;
};

/** Set tokens and capacity_dwords, which are lent; the rest is filled in. */
struct dxbc_assembly {
    uint32_t *tokens;
    uint32_t capacity_dwords;
    uint32_t length_dwords;
    struct dxbc_assembly_signature inputs;
    struct dxbc_assembly_signature outputs;
    struct dxbc_assembly_signature patch; /**< hull and domain shaders: patch constants */
    char error[160];                      /**< "line 3: ..." */
};

/**
 * Assembles `length` characters (no NUL needed). Signatures come from the declarations, as the
 * driver interface would hand them over (driver semantics 15.1): one entry a declaration, register
 * and mask, the interface's system values; what `dword` lines declare is not among them. False with
 * assembly->error on anything that is not understood whole; nothing is assembled beyond the first
 * error. Whether a program makes sense is not judged.
 */
bool dxbc_assemble(const char *text, size_t length, struct dxbc_assembly *assembly);

/**
 * Makes a container of an assembled program, with its checksum. input_component is that of struct
 * dxbc_container_desc and may be NULL. *size_bytes receives its size; buffer may be NULL to learn
 * that alone. False with a static sentence (reason may be NULL) when the tokens declare slots that
 * do not exist, a signature cannot be written, or capacity_bytes is too small.
 */
bool dxbc_assembly_container(const struct dxbc_assembly *assembly, const uint8_t *input_component,
                             void *buffer, uint32_t capacity_bytes, uint32_t *size_bytes,
                             const char **reason);

#endif
