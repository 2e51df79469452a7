/** The words of pixel scripts and the numbers Direct3D has for them. */
#ifndef PIXEL_WORDS_H
#define PIXEL_WORDS_H

#include <stdbool.h>
#include <stdint.h>

struct px_word {
    const char *name;
    uint32_t value;
};

/** Tables end with a row without a name. */
extern const struct px_word px_stages[];
extern const struct px_word px_usages[];
extern const struct px_word px_binds[];
extern const struct px_word px_topologies[];
extern const struct px_word px_factors[];
extern const struct px_word px_blend_ops[];
extern const struct px_word px_funcs[];
extern const struct px_word px_stencil_ops[];
extern const struct px_word px_fills[];
extern const struct px_word px_culls[];
extern const struct px_word px_address_modes[];
extern const struct px_word px_filters[];
extern const struct px_word px_maps[];
extern const struct px_word px_queries[];
extern const struct px_word px_formats[]; /**< DXGI formats, in lower case */

/** False when the table does not have the word. */
bool px_word_find(const struct px_word *table, const char *name, uint32_t *value);

/** "a, b, c": all words of a table, for a message. Returns text. */
const char *px_word_list(const struct px_word *table, char *text, uint32_t size_bytes);

#endif
