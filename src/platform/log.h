/**
 * One line at a time to whoever listens: OutputDebugString on Windows, standard error elsewhere.
 *
 * The text is part of the contract with collectors (driver semantics 23). Lines that are gated cost
 * one predictable branch while logging is off.
 */
#ifndef PLATFORM_LOG_H
#define PLATFORM_LOG_H

#include <stdbool.h>

enum {
    /** Longer text is cut, the newline is kept. */
    LOG_LINE_MAX_BYTES = 2048,
};

/** Writes a formatted line, always; the newline is added here. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Whether AEROGPU_D3D10_11_LOG asks for the gated lines; read once per process. */
bool log_is_verbose(void);

/** Logs the path of the module this code is in, once per process. */
void log_module_path(void);

/* A gated line; its arguments are not evaluated while logging is off. */
#define LOG_VERBOSE(...)                                                                           \
    do {                                                                                           \
        if (__builtin_expect(log_is_verbose(), 0))                                                 \
            log_line("AEROGPU_D3D11DDI: " __VA_ARGS__);                                            \
    } while (0)

#endif
