#include "platform/ids.h"

#include "platform/counter.h"
#include "platform/log.h"

enum { ALLOC_ID_MASK = 0x7FFFFFFF };

uint32_t ids_handle_of(uint64_t value)
{
    const uint32_t handle = (uint32_t)value;

    if ((handle & ALLOC_ID_MASK) == 0)
        return 0;
    return handle >= 0xFFFFFF00u && handle <= 0xFFFFFF05u ? 0 : handle;
}

uint32_t ids_alloc_id_of(uint64_t value)
{
    return (uint32_t)value & ALLOC_ID_MASK;
}

/* Without the shared counter, random values with the top bit set keep clear of small ones. */
static uint64_t next_value(void)
{
    static int is_told;
    uint64_t value;

    if (counter_next(&value))
        return value;
    if (!__atomic_exchange_n(&is_told, 1, __ATOMIC_RELAXED))
        log_line("aerogpu-d3d10_11: GlobalHandleCounter mapping unavailable; using RNG fallback");
    return counter_random() | 0x80000000u;
}

uint32_t ids_next_handle(void)
{
    uint32_t handle;

    do
        handle = ids_handle_of(next_value());
    while (handle == 0);
    return handle;
}

uint32_t ids_next_alloc_id(void)
{
    uint32_t alloc_id;

    do
        alloc_id = ids_alloc_id_of(next_value());
    while (alloc_id == 0);
    return alloc_id;
}
