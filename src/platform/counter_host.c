#include "platform/counter.h"

#include <sys/random.h>

bool counter_next(uint64_t *value)
{
    static uint64_t counter;

    *value = __atomic_add_fetch(&counter, 1, __ATOMIC_RELAXED);
    return true;
}

uint32_t counter_random(void)
{
    uint32_t bits = 0;

    if (getrandom(&bits, sizeof(bits), 0) != (ssize_t)sizeof(bits))
        bits = (uint32_t)(uintptr_t)&bits;
    return bits;
}
