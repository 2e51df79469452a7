/**
 * Builds the container a host expects around the tokens and register-level signatures that the
 * driver interface hands over. Driver semantics 15.2 and 15.3; AeroGPU protocol specification 7.5.
 *
 * Nothing is allocated and nothing is kept: the container is measured, then written straight into
 * memory the caller has reserved for it. The same description always gives the same bytes.
 */
#ifndef DXBC_BUILDER_H
#define DXBC_BUILDER_H

#include <stdbool.h>
#include <stdint.h>

#include "dxbc/scan.h"
#include "dxbc/signature.h"

/** Most entries one signature may have once entries of one register have been merged. */
#define DXBC_BUILDER_ENTRIES_MAX 64u

/** What to build. Everything pointed at is lent for the duration of each call. */
struct dxbc_container_desc {
    const uint32_t *tokens;       /**< scan->length_dwords words, copied verbatim */
    const struct dxbc_scan *scan; /**< of these tokens: program type, model, registers, depth */

    const struct dxbc_signature_entry *inputs;
    const struct dxbc_signature_entry *outputs;
    const struct dxbc_signature_entry *patch; /**< hull and domain shaders: patch constants */
    uint32_t input_count;
    uint32_t output_count;
    uint32_t patch_count;

    /**
     * Vertex shaders: enum dxbc_component of each input register, DXBC_REGISTERS of them, as the
     * bound layout's formats ask; NULL when all are float. System values have types of their own.
     */
    const uint8_t *input_component;
};

/**
 * Size in bytes of the container, a multiple of 4. False when a signature names a register or
 * system value that does not exist, or has more than DXBC_BUILDER_ENTRIES_MAX entries.
 *
 * Entries become: merged by register and system value, in order of first appearance; without mask:
 * none; vertex-shader inputs the tokens do not declare: none; pixel-shader outputs: targets, and
 * depth when the tokens declare it; a pixel shader without outputs gets target 0, which hosts
 * insist on.
 */
bool dxbc_container_size(const struct dxbc_container_desc *desc, uint32_t *size_bytes);

/**
 * Writes the container, checksum included, to buffer (no alignment needed). False, and nothing
 * written, when dxbc_container_size would refuse or capacity_bytes is smaller than its answer.
 */
bool dxbc_container_write(const struct dxbc_container_desc *desc, void *buffer,
                          uint32_t capacity_bytes);

#endif
