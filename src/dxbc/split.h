/**
 * Takes a finished container apart into what the D3D runtime hands a driver: bare tokens and
 * register-level signatures. The opposite of builder.h, used by whoever plays the runtime. Driver
 * semantics 15.1.
 */
#ifndef DXBC_SPLIT_H
#define DXBC_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dxbc/signature.h"

/** A signature in an array the caller lends. */
struct dxbc_split_signature {
    struct dxbc_signature_entry *entries; /**< lent, may be NULL when capacity is 0 */
    uint32_t capacity;
    uint32_t count; /**< filled in */
};

struct dxbc_split {
    const uint32_t *tokens; /**< points into the container */
    uint32_t length_dwords; /**< the code chunk's; tokens[1] is at most that */
    struct dxbc_split_signature inputs;
    struct dxbc_split_signature outputs;
    struct dxbc_split_signature patch;
};

/**
 * Splits a container of at most capacity_bytes bytes, aligned to 4. Set the three signatures'
 * entries and capacity first. Entries keep the container's order, one for one. System values are
 * the driver interface's: those of the container, except that pixel-shader outputs have 0 and each
 * tessellation factor has a number of its own. A missing signature chunk counts as an empty one.
 *
 * False with a static sentence (reason may be NULL) when the container is damaged, its code is not
 * aligned, or a lent array is too small.
 */
bool dxbc_split_container(const void *container, size_t capacity_bytes, struct dxbc_split *split,
                          const char **reason);

#endif
