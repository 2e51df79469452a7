#include "file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *file_read(const char *path, size_t *size_bytes)
{
    FILE *file = fopen(path, "rb");
    size_t capacity = 1 << 16;
    char *bytes = malloc(capacity);
    bool is_read = false;

    *size_bytes = 0;
    while (file && bytes && !is_read) {
        const size_t got = fread(bytes + *size_bytes, 1, capacity - *size_bytes, file);

        *size_bytes += got;
        is_read = got == 0;
        if (*size_bytes == capacity) {
            char *grown = capacity < SIZE_MAX / 2 ? realloc(bytes, capacity * 2) : NULL;

            if (!grown)
                break;
            bytes = grown;
            capacity *= 2;
        }
    }
    is_read = is_read && !ferror(file);
    if (!is_read) {
        fprintf(stderr, "%s: %s\n", path, file ? "cannot be read" : strerror(errno));
        free(bytes);
        bytes = NULL;
    }
    if (file)
        fclose(file);
    return bytes;
}
