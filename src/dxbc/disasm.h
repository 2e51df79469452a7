/**
 * Shader tokens as text, in the dialect of Microsoft's compiler. The tokens may be hostile: what
 * cannot be read, and what has an encoding no compiler writes, becomes a `dword` line with a
 * comment that says why. dxbc_assemble makes the same words of the text again.
 */
#ifndef DXBC_DISASM_H
#define DXBC_DISASM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Receives text piece by piece; pieces are not NUL-terminated. */
struct dxbc_text_sink {
    void (*write)(void *user, const char *text, size_t length);
    void *user;
};

/**
 * Writes a program in at most supplied_dwords words (no alignment needed), one line a statement,
 * each ended by a newline. False when tokens were damaged: with nothing written and a static
 * sentence in *reason (may be NULL) when version or length are unusable, else after all words.
 */
bool dxbc_disassemble(const void *tokens, size_t supplied_dwords, const struct dxbc_text_sink *sink,
                      const char **reason);

#endif
