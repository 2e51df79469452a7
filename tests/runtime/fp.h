/**
 * The floating-point control state an application may have chosen, which no DDI call may change
 * (driver semantics 5). Calls run under an unusual state: single precision on the x87, denormals
 * flushed in SSE.
 */
#ifndef RUNTIME_FP_H
#define RUNTIME_FP_H

#include <stdbool.h>
#include <stdint.h>

struct fp_state {
    uint32_t mxcsr;
    uint16_t control_word;
};

/** Puts the unusual state into force and returns the one before. */
struct fp_state fp_enter(void);

/** Restores what fp_enter returned. False if the state in between was changed meanwhile. */
bool fp_leave(const struct fp_state *state);

#endif
