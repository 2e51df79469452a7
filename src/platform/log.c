#include "platform/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/sink.h"

#define MODULE_PREFIX "aerogpu-d3d10_11: module_path="

void log_line(const char *format, ...)
{
    char line[LOG_LINE_MAX_BYTES];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(line, sizeof(line) - 1, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    if ((size_t)length > sizeof(line) - 2)
        length = (int)sizeof(line) - 2;
    line[length] = '\n';
    line[length + 1] = '\0';
    sink_write(line);
}

static bool asks_for_log(const char *value)
{
#ifdef NDEBUG
    const bool is_default = false;
#else
    const bool is_default = true;
#endif
    const char first = value ? value[0] : '\0';

    if (first != '\0' && strchr("1yYtT", first))
        return true;
    if (first != '\0' && strchr("0nNfF", first))
        return false;
    return is_default;
}

bool log_is_verbose(void)
{
    enum { UNKNOWN, OFF, ON };
    static int answer = UNKNOWN;
    int known = __atomic_load_n(&answer, __ATOMIC_RELAXED);

    if (known == UNKNOWN) {
        char value[8];

        known =
            asks_for_log(sink_environment("AEROGPU_D3D10_11_LOG", value, sizeof(value))) ? ON : OFF;
        __atomic_store_n(&answer, known, __ATOMIC_RELAXED);
    }
    return known == ON;
}

void log_module_path(void)
{
    static int is_logged;
    char line[LOG_LINE_MAX_BYTES - 2] = MODULE_PREFIX;

    if (__atomic_exchange_n(&is_logged, 1, __ATOMIC_RELAXED))
        return;
    sink_module_path(line + sizeof(MODULE_PREFIX) - 1, sizeof(line) - sizeof(MODULE_PREFIX));
    log_line("%s", line);
}
