/** MD5 rounds (RFC 1321) under the container's padding. */
#include "stream/container_hash.h"

#include <string.h>

#include "aerogpu_unaligned.h"

#define BLOCK_BYTES 64u

static const uint8_t shifts[4][4] = {
    { 7, 12, 17, 22 },
    { 5, 9, 14, 20 },
    { 4, 11, 16, 23 },
    { 6, 10, 15, 21 },
};

/* floor(2^32 * |sin(i + 1)|) */
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static uint32_t rotate_left(uint32_t value, uint32_t bits)
{
    return value << bits | value >> (32 - bits);
}

static void hash_block(uint32_t hash[4], const uint8_t *block)
{
    uint32_t a = hash[0];
    uint32_t b = hash[1];
    uint32_t c = hash[2];
    uint32_t d = hash[3];

    for (uint32_t i = 0; i < 64; i++) {
        const uint32_t round = i / 16;
        uint32_t mixed;
        uint32_t word;

        if (round == 0) {
            mixed = (b & c) | (~b & d);
            word = i;
        } else if (round == 1) {
            mixed = (d & b) | (~d & c);
            word = (5 * i + 1) % 16;
        } else if (round == 2) {
            mixed = b ^ c ^ d;
            word = (3 * i + 5) % 16;
        } else {
            mixed = c ^ (b | ~d);
            word = (7 * i) % 16;
        }
        mixed += a + sines[i] + aerogpu_load_u32(block + 4 * word);
        a = d;
        d = c;
        c = b;
        b += rotate_left(mixed, shifts[round][i % 4]);
    }
    hash[0] += a;
    hash[1] += b;
    hash[2] += c;
    hash[3] += d;
}

void stream_container_hash(const uint8_t *bytes, size_t size_bytes, uint32_t hash[4])
{
    static const uint32_t start[4] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };
    const size_t whole_bytes = size_bytes / BLOCK_BYTES * BLOCK_BYTES;
    const size_t rest_bytes = size_bytes - whole_bytes;
    const uint32_t bits = (uint32_t)(size_bytes * 8);
    uint8_t block[BLOCK_BYTES] = { 0 };

    memcpy(hash, start, sizeof(start));
    for (size_t i = 0; i < whole_bytes; i += BLOCK_BYTES)
        hash_block(hash, bytes + i);
    /* MD5 ends a message with 0x80 and a 64-bit length; here the bit count leads the last block and
     * an odd word closes it. */
    if (rest_bytes < 56) {
        aerogpu_store_u32(block, bits);
        memcpy(block + 4, bytes + whole_bytes, rest_bytes);
        block[4 + rest_bytes] = 0x80;
    } else {
        memcpy(block, bytes + whole_bytes, rest_bytes);
        block[rest_bytes] = 0x80;
        hash_block(hash, block);
        memset(block, 0, sizeof(block));
        aerogpu_store_u32(block, bits);
    }
    aerogpu_store_u32(block + 60, (uint32_t)(size_bytes * 2) | 1);
    hash_block(hash, block);
}
