#include "platform/sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void sink_write(const char *line)
{
    fputs(line, stderr);
}

const char *sink_environment(const char *name, char *buffer, size_t size_bytes)
{
    const char *value = getenv(name);

    if (!value || strlen(value) >= size_bytes)
        return NULL;
    return strcpy(buffer, value);
}

void sink_module_path(char *buffer, size_t size_bytes)
{
    const ssize_t length = readlink("/proc/self/exe", buffer, size_bytes - 1);

    buffer[length < 0 ? 0 : length] = '\0';
}
