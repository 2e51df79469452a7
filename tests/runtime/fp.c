#include "runtime/fp.h"

#if defined(__i386__) || defined(__x86_64__)

/* Control bits of MXCSR: masks, rounding, flush to zero, denormals are zero. The rest is results.
 */
#define MXCSR_CONTROL 0xFFC0u

static const struct fp_state unusual = { .mxcsr = 0x9FC0, .control_word = 0x007F };

static struct fp_state read_state(void)
{
    struct fp_state state;

    __asm__ volatile("fnstcw %0" : "=m"(state.control_word));
    __asm__ volatile("stmxcsr %0" : "=m"(state.mxcsr));
    return state;
}

static void write_state(const struct fp_state *state)
{
    __asm__ volatile("fldcw %0" : : "m"(state->control_word));
    __asm__ volatile("ldmxcsr %0" : : "m"(state->mxcsr));
}

#else

static const struct fp_state unusual;

static struct fp_state read_state(void)
{
    return unusual;
}

static void write_state(const struct fp_state *state)
{
    (void)state;
}

#define MXCSR_CONTROL 0

#endif

struct fp_state fp_enter(void)
{
    const struct fp_state before = read_state();

    write_state(&unusual);
    return before;
}

bool fp_leave(const struct fp_state *state)
{
    const struct fp_state now = read_state();

    write_state(state);
    return now.control_word == unusual.control_word &&
           ((now.mxcsr ^ unusual.mxcsr) & MXCSR_CONTROL) == 0;
}
