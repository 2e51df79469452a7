#include "demo/paint.h"

#include <stdbool.h>

struct colour {
    uint8_t red, green, blue, shine;
};

/* A number without pattern for a place. */
static uint32_t noise(uint32_t x, uint32_t y)
{
    uint32_t value = x * 0x9E3779B1u ^ y * 0x85EBCA77u;

    value = (value ^ value >> 15) * 0x2C1B3C6Du;
    value = (value ^ value >> 12) * 0x297A2D39u;
    return value ^ value >> 15;
}

static uint8_t clamped(int value)
{
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* Brighter by so many 256ths. */
static struct colour shaded(struct colour colour, int by)
{
    return (struct colour){ clamped(colour.red + colour.red * by / 256),
                            clamped(colour.green + colour.green * by / 256),
                            clamped(colour.blue + colour.blue * by / 256), colour.shine };
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Texels from the nearest edge of the cell that a texel lies in. */
static int from_edge(int x, int y, int cell)
{
    const int across = smaller(x % cell, cell - 1 - x % cell);
    const int down = smaller(y % cell, cell - 1 - y % cell);

    return smaller(across, down);
}

static struct colour mosaic(int x, int y)
{
    static const struct colour glazes[] = {
        { 18, 92, 124, 230 },   { 24, 128, 148, 230 }, { 14, 62, 104, 230 },
        { 44, 168, 168, 230 },  { 232, 170, 60, 255 }, { 20, 108, 138, 230 },
        { 236, 226, 200, 200 }, { 30, 44, 96, 230 },   { 206, 96, 52, 230 },
    };
    static const struct colour grout = { 30, 26, 30, 20 };
    enum { TILE = PAINT_SIDE / 4, JOINT = 3 };
    const int edge = from_edge(x, y, TILE);
    const uint32_t chance = noise((uint32_t)(x / TILE), (uint32_t)(y / TILE) + 7);
    const struct colour glaze = glazes[chance % (sizeof(glazes) / sizeof(glazes[0]))];
    /* Lit from the upper left along its rim, and never quite even. */
    const int lift = edge < JOINT + 5 ? (x % TILE + y % TILE < TILE ? 50 : -60) : 0;

    if (edge < JOINT)
        return grout;
    return shaded(glaze, lift + (int)(noise((uint32_t)x / 4, (uint32_t)y / 4) % 24) - 12);
}

static struct colour bands(int x, int y)
{
    static const struct colour dark = { 150, 30, 36, 255 }, light = { 240, 226, 206, 230 };
    enum { BAND = PAINT_SIDE / 2 };
    const bool is_dark = (x / BAND + y / BAND) % 2 == 0;

    return is_dark ? dark : light;
}

static struct colour checks(int x, int y)
{
    static const struct colour stones[] = { { 72, 80, 96, 90 }, { 168, 170, 176, 110 } };
    static const struct colour joint = { 28, 30, 38, 10 };
    enum { PLATE = PAINT_SIDE / 2, JOINT = 2 };
    const struct colour stone = stones[(x / PLATE + y / PLATE) % 2];

    if (from_edge(x, y, PLATE) < JOINT)
        return joint;
    return shaded(stone, (int)(noise((uint32_t)x / 2, (uint32_t)y / 2) % 20) - 10);
}

void paint(enum paint_pattern pattern, uint8_t texels[PAINT_SIDE][PAINT_SIDE][4])
{
    static struct colour (*const patterns[PAINT_PATTERNS])(int x, int y) = {
        [PAINT_MOSAIC] = mosaic,
        [PAINT_BANDS] = bands,
        [PAINT_CHECKS] = checks,
    };

    for (int y = 0; y < PAINT_SIDE; y++) {
        for (int x = 0; x < PAINT_SIDE; x++) {
            const struct colour colour = patterns[pattern](x, y);
            uint8_t *texel = texels[y][x];

            texel[0] = colour.red;
            texel[1] = colour.green;
            texel[2] = colour.blue;
            texel[3] = colour.shine;
        }
    }
}
