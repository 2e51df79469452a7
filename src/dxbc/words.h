/**
 * The words of shader text and the numbers behind them: register files, dimensions, return types,
 * system values and the control bits of opcodes. Printing and reading use the same lists.
 */
#ifndef DXBC_WORDS_H
#define DXBC_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dxbc/opcodes.h"

struct dxbc_word {
    const char *text;
    uint32_t value;
};

/** A list of words; terminated by one whose text is NULL. */
typedef const struct dxbc_word *dxbc_words;

/** Where the words of control bits stand in a line. */
enum dxbc_control_style {
    DXBC_STYLE_NONE,
    DXBC_STYLE_SUFFIX,  /**< one word behind the name; "" may be one of them */
    DXBC_STYLE_FLAGS,   /**< a word behind the name for each bit */
    DXBC_STYLE_LEADING, /**< one word in front of the operands, which may have spaces */
    DXBC_STYLE_LAST,    /**< one word behind the operands */
    DXBC_STYLE_BITS,    /**< words for bits in place of operands, joined by | */
    DXBC_STYLE_COUNT,   /**< a number in place of operands */
};

struct dxbc_control_words {
    enum dxbc_control_style style;
    uint32_t mask;    /**< bits of the opcode word that `words` speaks about */
    dxbc_words words; /**< values in place: not shifted */
    dxbc_words flags; /**< more bits, shown as DXBC_STYLE_FLAGS; NULL for none */
};

/** Sample count of a declared multisampled texture. */
#define DXBC_SAMPLE_COUNT_SHIFT 16u
#define DXBC_SAMPLE_COUNT_MASK  (0x7Fu << DXBC_SAMPLE_COUNT_SHIFT)

/** Result components that must not be optimised; on any instruction. */
#define DXBC_PRECISE_SHIFT 19u
#define DXBC_PRECISE_MASK  (0xFu << DXBC_PRECISE_SHIFT)

/** The words of a row's control bits. */
const struct dxbc_control_words *dxbc_control_words_of(const struct dxbc_opcode_info *info);

/** All bits of the opcode word that a row gives a meaning, precise included. */
uint32_t dxbc_control_mask(const struct dxbc_opcode_info *info);

/** A register file. */
struct dxbc_file_info {
    const char *name;
    /**
     * Components of an operand without a suffix: 0 or 1. What is 1 in instructions is 0 when an
     * input is declared.
     */
    uint8_t bare_components;
    bool is_vector;    /**< an operand always chooses among four components */
    bool is_bracketed; /**< one index stands in brackets; two always do where is_rows */
    bool is_rows;      /**< of two indices both stand in brackets: v[0][1], but x0[1] */
};

/** Files are numbered from 0; 4 and 5 are immediates and have names of their own. */
#define DXBC_FILES           41u
#define DXBC_FILE_IMMEDIATE  4u
#define DXBC_FILE_IMMEDIATE2 5u

const struct dxbc_file_info *dxbc_file_find(uint32_t file);

extern const struct dxbc_word dxbc_words_dimension[];    /**< with values 1 to 12 */
extern const struct dxbc_word dxbc_words_return_type[];  /**< with values 1 to 9 */
extern const struct dxbc_word dxbc_words_system_value[]; /**< the interface's numbers */

/** The text for a value; NULL when the list has none. */
const char *dxbc_word_text(dxbc_words words, uint32_t value);

/** Looks up `length` characters; false when the list has no such word. */
bool dxbc_word_value(dxbc_words words, const char *text, size_t length, uint32_t *value);

#endif
