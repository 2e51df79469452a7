/** Numbers written in a script, as bytes. */
#ifndef PIXEL_DATA_H
#define PIXEL_DATA_H

#include "script.h"

/** Bytes that grow. Zero it first, free with px_bytes_finish. */
struct px_bytes {
    uint8_t *bytes;
    size_t size_bytes, capacity_bytes;
};

void px_bytes_finish(struct px_bytes *bytes);

/** False when memory is out. */
bool px_bytes_add(struct px_bytes *bytes, const void *more, size_t size_bytes);

/** Whether a word names a type of data: float, int, uint, short, ushort, byte, ubyte. */
bool px_data_is_type(const char *word);

/** Bytes of a value of a type; 0: no type. */
uint32_t px_data_type_bytes(const char *word);

/**
 * Appends what `TYPE VALUE...` says, beginning at word `first`. A float may be a fraction (1/3), an
 * integer hexadecimal. NULL, or a sentence.
 */
const char *px_data_parse(struct px_bytes *bytes, const struct px_line *line, uint32_t first);

/** One number; false when the word is none. */
bool px_number_float(const char *word, float *value);
bool px_number_integer(const char *word, int64_t *value);

#endif
