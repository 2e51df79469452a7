/** A guest: its memory, and what its driver writes there. */
#ifndef EXAMPLES_EMBED_GUEST_H
#define EXAMPLES_EMBED_GUEST_H

#include <stdint.h>

#include "aerogpu_submit.h"

enum {
    GUEST_RAM_BYTES = 1 << 16,
    /* Where things are; a real guest has an operating system that decides. */
    STREAM_GPA = 0x1000,
    TABLE_GPA = 0x2000,
    DESC_GPA = 0x2800,
    FENCE_PAGE_GPA = 0x3000,
    PICTURE_GPA = 0x4000,
};

struct guest {
    uint8_t ram[GUEST_RAM_BYTES];
};

/**
 * A 16 x 16 checkerboard in guest memory is copied to the middle of a dark green screen of 64 x 48,
 * which is shown. Returns the descriptor's address; signals fence 1.
 */
uint64_t guest_draws(struct guest *guest);

/** Clears what is not bound. Signals fence 2. */
uint64_t guest_makes_a_mistake(struct guest *guest);

#endif
