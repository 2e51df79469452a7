#include "data.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void px_bytes_finish(struct px_bytes *bytes)
{
    free(bytes->bytes);
    *bytes = (struct px_bytes){ 0 };
}

bool px_bytes_add(struct px_bytes *bytes, const void *more, size_t size_bytes)
{
    const size_t needed_bytes = bytes->size_bytes + size_bytes + 1;

    if (needed_bytes > bytes->capacity_bytes) {
        uint8_t *const grown = realloc(bytes->bytes, needed_bytes * 2);

        if (!grown)
            return false;
        bytes->bytes = grown;
        bytes->capacity_bytes = needed_bytes * 2;
    }
    memcpy(bytes->bytes + bytes->size_bytes, more, size_bytes);
    bytes->size_bytes += size_bytes;
    return true;
}

static const struct type {
    const char *name;
    uint32_t size_bytes;
    bool is_float;
    int64_t least, most;
} types[] = {
    { "float", 4, true, 0, 0 },
    { "int", 4, false, INT32_MIN, INT32_MAX },
    { "uint", 4, false, 0, UINT32_MAX },
    { "short", 2, false, INT16_MIN, INT16_MAX },
    { "ushort", 2, false, 0, UINT16_MAX },
    { "byte", 1, false, INT8_MIN, INT8_MAX },
    { "ubyte", 1, false, 0, UINT8_MAX },
};

static const struct type *find_type(const char *word)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(types[i].name, word) == 0)
            return &types[i];
    }
    return NULL;
}

bool px_data_is_type(const char *word)
{
    return find_type(word) != NULL;
}

uint32_t px_data_type_bytes(const char *word)
{
    const struct type *type = find_type(word);

    return type ? type->size_bytes : 0;
}

bool px_number_float(const char *word, float *value)
{
    char *end;
    double number = strtod(word, &end);

    if (end == word)
        return false;
    if (*end == '/') {
        const char *const below = end + 1;

        number /= strtod(below, &end);
        if (end == below)
            return false;
    }
    *value = (float)number;
    return *end == '\0';
}

bool px_number_integer(const char *word, int64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoll(word, &end, 0);
    return end != word && *end == '\0' && errno == 0;
}

const char *px_data_parse(struct px_bytes *bytes, const struct px_line *line, uint32_t first)
{
    const struct type *type = first < line->word_count ? find_type(line->words[first]) : NULL;

    if (!type)
        return "data begin with float, int, uint, short, ushort, byte or ubyte";
    for (uint32_t i = first + 1; i < line->word_count; i++) {
        float number;
        int64_t integer = 0;

        if (type->is_float ? !px_number_float(line->words[i], &number)
                           : !px_number_integer(line->words[i], &integer) ||
                                 integer < type->least || integer > type->most)
            return "not a number of the type";
        /* Little-endian, as everything the device reads. */
        if (!px_bytes_add(bytes, type->is_float ? (const void *)&number : &integer,
                          type->size_bytes))
            return "out of memory";
    }
    return NULL;
}
