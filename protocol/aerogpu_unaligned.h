/**
 * Loads and stores of wire integers at any address: little-endian, whatever the alignment and the
 * byte order of the machine. Packets are multiples of 4 bytes, but several 64-bit fields sit on
 * 4-byte boundaries and a stream may start anywhere (AeroGPU protocol specification, preface).
 */
#ifndef AEROGPU_UNALIGNED_H
#define AEROGPU_UNALIGNED_H

#include <stdint.h>

static inline uint16_t aerogpu_load_u16(const void *bytes)
{
    const uint8_t *b = bytes;

    return (uint16_t)(b[0] | b[1] << 8);
}

static inline uint32_t aerogpu_load_u32(const void *bytes)
{
    const uint8_t *b = bytes;

    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static inline uint64_t aerogpu_load_u64(const void *bytes)
{
    const uint8_t *b = bytes;

    return (uint64_t)aerogpu_load_u32(b) | (uint64_t)aerogpu_load_u32(b + 4) << 32;
}

static inline void aerogpu_store_u16(void *bytes, uint16_t value)
{
    uint8_t *b = bytes;

    b[0] = (uint8_t)value;
    b[1] = (uint8_t)(value >> 8);
}

static inline void aerogpu_store_u32(void *bytes, uint32_t value)
{
    uint8_t *b = bytes;

    b[0] = (uint8_t)value;
    b[1] = (uint8_t)(value >> 8);
    b[2] = (uint8_t)(value >> 16);
    b[3] = (uint8_t)(value >> 24);
}

static inline void aerogpu_store_u64(void *bytes, uint64_t value)
{
    uint8_t *b = bytes;

    aerogpu_store_u32(b, (uint32_t)value);
    aerogpu_store_u32(b + 4, (uint32_t)(value >> 32));
}

#endif
