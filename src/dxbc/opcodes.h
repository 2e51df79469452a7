/**
 * Every instruction and declaration of shader models 4.0, 4.1 and 5.0 in one table: its name as
 * Microsoft's compiler prints it, what its operands are, and what its control bits mean. The
 * assembler, the disassembler and whoever asks for a name read the same rows.
 */
#ifndef DXBC_OPCODES_H
#define DXBC_OPCODES_H

#include <stdint.h>

/** Opcodes are numbered from 0; some numbers below this one are reserved. */
#define DXBC_OPCODES 207u

/** Most operands an instruction has (sample_d, gather4_po_c). */
#define DXBC_OPERANDS_MAX 6u

/** Most plain words a declaration has (dcl_thread_group, dcl_indexableTemp). */
#define DXBC_WORDS_MAX 3u

enum dxbc_opcode_class {
    DXBC_CLASS_ALU,
    DXBC_CLASS_FLOW,
    DXBC_CLASS_TEXTURE,
    DXBC_CLASS_MEMORY,
    DXBC_CLASS_DECLARATION,
};

/** What bits 11 to 23 of the opcode word say. Those of every instruction: bits 19-22, precise. */
enum dxbc_controls {
    DXBC_CONTROLS_NONE,
    DXBC_CONTROLS_SATURATE,
    DXBC_CONTROLS_TEST,       /**< _z, _nz */
    DXBC_CONTROLS_RESINFO,    /**< return type: float, _rcpFloat, _uint */
    DXBC_CONTROLS_SAMPLEINFO, /**< return type: float, _uint */
    DXBC_CONTROLS_SYNC,
    DXBC_CONTROLS_RESOURCE,  /**< dimension and sample count */
    DXBC_CONTROLS_UAV_TYPED, /**< dimension and coherency */
    DXBC_CONTROLS_UAV,       /**< coherency and counter */
    DXBC_CONTROLS_INTERPOLATION,
    DXBC_CONTROLS_SAMPLER,
    DXBC_CONTROLS_ACCESS, /**< of a constant buffer */
    DXBC_CONTROLS_GLOBAL_FLAGS,
    DXBC_CONTROLS_PRIMITIVE,
    DXBC_CONTROLS_TOPOLOGY,
    DXBC_CONTROLS_DOMAIN,
    DXBC_CONTROLS_PARTITIONING,
    DXBC_CONTROLS_TESS_OUTPUT,
    DXBC_CONTROLS_COUNT,   /**< a number: control points */
    DXBC_CONTROLS_INDEXED, /**< an interface is indexed at run time */
};

/**
 * One opcode. `operands` has a letter for each thing behind the opcode word, in order:
 *
 *     d  register written or declared: a mask       l  label
 *     f  source, immediates shown as floats         n  word: system value
 *     i  source, signed integers                    r  word: return types of a typed resource
 *     u  source, unsigned integers                  w  word: number
 *     x  source, bits                               v  word: number without a comma in front
 *     e  source, doubles                            g  word: float
 *     t  resource, view or shared memory, swizzled  B  word: function body number
 *     m  view, shared memory or stream, bare        X  three words: indexable temporary
 *     s  sampler
 *
 * The three rows of any length have a letter of their own: C (immediate constant buffer), F
 * (function table), P (interface).
 */
struct dxbc_opcode_info {
    const char *name; /**< NULL: reserved number */
    const char *operands;
    uint8_t controls; /**< enum dxbc_controls */
    uint8_t class;    /**< enum dxbc_opcode_class */
    uint8_t model;    /**< 40, 41 or 50: the first shader model that has it */
};

/** The row of an opcode; NULL for numbers that mean nothing. */
const struct dxbc_opcode_info *dxbc_opcode_find(uint32_t opcode);

#endif
