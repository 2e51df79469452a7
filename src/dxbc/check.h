/**
 * Judges a container as the strictest host does: whatever AeroGPU protocol specification 7.5 or
 * driver semantics 22 (row 12) lets a host reject is refused here with a sentence.
 */
#ifndef DXBC_CHECK_H
#define DXBC_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "dxbc/signature.h"

/**
 * Checks a container of at most capacity_bytes bytes, which the packet says is for `program`: a
 * readable header and chunk table, the real checksum, code that can be walked and is of that type,
 * the signatures the type needs, entries with a mask, on stream 0 and agreeing on what a register
 * means, a position output (vertex) and a target or depth output (pixel). False with a static
 * sentence (reason may be NULL).
 */
bool dxbc_container_check(const void *container, size_t capacity_bytes, enum dxbc_program program,
                          const char **reason);

#endif
