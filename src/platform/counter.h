/**
 * The counter behind ids.h: on Windows one 64-bit value in a named section that all AeroGPU drivers
 * of the session map (driver semantics 24); in host builds a value of the process.
 */
#ifndef PLATFORM_COUNTER_H
#define PLATFORM_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

/** Takes the next value, 1 first. False when the shared counter cannot be had in this process. */
bool counter_next(uint64_t *value);

/** 32 random bits, for when there is no counter. */
uint32_t counter_random(void);

#endif
