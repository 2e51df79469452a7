/** What log.c needs of the system; one implementation each for Windows and for host builds. */
#ifndef PLATFORM_SINK_H
#define PLATFORM_SINK_H

#include <stddef.h>

/** Delivers one line, newline included. Safe from any thread and under the loader lock. */
void sink_write(const char *line);

/** Copies an environment variable to buffer and returns it; NULL if it is unset or too long. */
const char *sink_environment(const char *name, char *buffer, size_t size_bytes);

/** Writes the path of this module, UTF-8 where the system has wide paths; "" if it is unknown. */
void sink_module_path(char *buffer, size_t size_bytes);

#endif
