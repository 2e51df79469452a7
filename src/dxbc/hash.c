#include "dxbc/hash.h"

#include "dxbc/internal.h"

#define BLOCK_SIZE 64u

/* A remainder from here on leaves no room for the two length words in its own block. */
#define LENGTHS_START 56u

/* floor(2^32 * |sin(i + 1)|), i in radians. */
static const uint32_t addends[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

/* The four rounds: which word of the block a step takes (first + step * stride), and rotations. */
static const struct {
    uint8_t first, stride;
    uint8_t rotations[4];
} rounds[4] = {
    { 0, 1, { 7, 12, 17, 22 } },
    { 1, 5, { 5, 9, 14, 20 } },
    { 5, 3, { 4, 11, 16, 23 } },
    { 0, 7, { 6, 10, 15, 21 } },
};

static uint32_t mix(uint32_t round, uint32_t b, uint32_t c, uint32_t d)
{
    switch (round) {
    case 0:
        return (b & c) | (~b & d);
    case 1:
        return (b & d) | (c & ~d);
    case 2:
        return b ^ c ^ d;
    default:
        return c ^ (b | ~d);
    }
}

static void add_block(uint32_t state[4], const uint8_t *block)
{
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];

    for (uint32_t step = 0; step < 64; step++) {
        const uint32_t round = step / 16;
        const uint32_t word = (rounds[round].first + step * rounds[round].stride) % 16;
        const uint32_t rotation = rounds[round].rotations[step % 4];
        const uint32_t sum =
            a + mix(round, b, c, d) + addends[step] + dxbc_load_u32(block + 4 * word);

        a = d;
        d = c;
        c = b;
        b += (sum << rotation) | (sum >> (32 - rotation));
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

/* The remainder, an end mark and the two length words fill one block or two. */
static void add_tail(uint32_t state[4], const uint8_t *remainder, uint32_t remainder_bytes,
                     uint32_t length_bytes)
{
    uint8_t blocks[2][BLOCK_SIZE] = { 0 };
    uint8_t *last = blocks[0];

    if (remainder_bytes < LENGTHS_START) {
        memcpy(last + 4, remainder, remainder_bytes);
        last[4 + remainder_bytes] = 0x80;
    } else {
        memcpy(blocks[0], remainder, remainder_bytes);
        blocks[0][remainder_bytes] = 0x80;
        add_block(state, blocks[0]);
        last = blocks[1];
    }
    dxbc_store_u32(last, length_bytes * 8);
    dxbc_store_u32(last + BLOCK_SIZE - 4, (length_bytes * 2) | 1);
    add_block(state, last);
}

void dxbc_hash(const void *container, uint32_t size_bytes, uint8_t hash[DXBC_HASH_SIZE])
{
    const uint8_t *at = (const uint8_t *)container + DXBC_HASH_START;
    const uint32_t length_bytes = size_bytes - DXBC_HASH_START;
    const uint32_t whole_bytes = length_bytes - length_bytes % BLOCK_SIZE;
    uint32_t state[4] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };

    for (uint32_t offset = 0; offset < whole_bytes; offset += BLOCK_SIZE)
        add_block(state, at + offset);
    add_tail(state, at + whole_bytes, length_bytes - whole_bytes, length_bytes);
    for (uint32_t i = 0; i < 4; i++)
        dxbc_store_u32(hash + 4 * i, state[i]);
}
