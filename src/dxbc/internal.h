/**
 * Helpers shared by the files of this folder: unaligned little-endian words and refusals. Every
 * machine that runs this code is little-endian, and so is everything it reads and writes.
 */
#ifndef DXBC_INTERNAL_H
#define DXBC_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are copied as they are");

static inline uint32_t dxbc_load_u32(const void *at)
{
    uint32_t value;

    memcpy(&value, at, sizeof(value));
    return value;
}

static inline void dxbc_store_u32(void *at, uint32_t value)
{
    memcpy(at, &value, sizeof(value));
}

static inline uint32_t dxbc_align4(uint32_t size_bytes)
{
    return (size_bytes + 3u) & ~3u;
}

/** Stores a static sentence where the caller wants one (reason may be NULL); always false. */
static inline bool dxbc_refuse(const char **reason, const char *sentence)
{
    if (reason)
        *reason = sentence;
    return false;
}

#endif
