/** Files as the command line tools take them. */
#ifndef TOOLS_LIB_FILE_H
#define TOOLS_LIB_FILE_H

#include <stddef.h>

/**
 * The whole file, which may be a pipe: free()d by the caller, *size_bytes long. NULL, said on
 * stderr, when it cannot be had.
 */
void *file_read(const char *path, size_t *size_bytes);

#endif
