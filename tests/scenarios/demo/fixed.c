#include "demo/fixed.h"

#include <string.h>

enum {
    SINE_BITS = 30, /* of the table: finer than what is read from it */
    QUARTER = FIXED_TURN / 4,
};

/* Cosine and sine of one part of a turn, in units of 2^-30. */
#define STEP_COS 1073737831
#define STEP_SIN 2928173

static int64_t sine_table[QUARTER + 1];

static int64_t rounded_shift(int64_t value, int bits)
{
    return (value + ((int64_t)1 << (bits - 1))) >> bits;
}

/* Turns a pointer of length one by one part, again and again. */
static void fill_sine_table(void)
{
    int64_t x = (int64_t)1 << SINE_BITS, y = 0;

    for (int i = 0; i <= QUARTER; i++) {
        const int64_t next = rounded_shift(x * STEP_COS - y * STEP_SIN, SINE_BITS);

        sine_table[i] = y;
        y = rounded_shift(x * STEP_SIN + y * STEP_COS, SINE_BITS);
        x = next;
    }
    sine_table[QUARTER] = (int64_t)1 << SINE_BITS;
}

fixed fixed_multiply(fixed a, fixed b)
{
    return rounded_shift(a * b, 24);
}

fixed fixed_sin(int angle)
{
    const int wrapped = (angle % FIXED_TURN + FIXED_TURN) % FIXED_TURN;
    const int half = wrapped % (2 * QUARTER);
    int64_t value;

    if (sine_table[QUARTER] == 0)
        fill_sine_table();
    value = sine_table[half <= QUARTER ? half : 2 * QUARTER - half];
    return rounded_shift(wrapped < 2 * QUARTER ? value : -value, SINE_BITS - 24);
}

fixed fixed_cos(int angle)
{
    return fixed_sin(angle + QUARTER);
}

float fixed_float(fixed value)
{
    return (float)(int32_t)value * 0x1p-24f;
}

struct vector vector_add_scaled(struct vector a, struct vector b, fixed scale)
{
    return (struct vector){ a.x + fixed_multiply(b.x, scale), a.y + fixed_multiply(b.y, scale),
                            a.z + fixed_multiply(b.z, scale) };
}

struct vector vector_cross(struct vector a, struct vector b)
{
    return (struct vector){ fixed_multiply(a.y, b.z) - fixed_multiply(a.z, b.y),
                            fixed_multiply(a.z, b.x) - fixed_multiply(a.x, b.z),
                            fixed_multiply(a.x, b.y) - fixed_multiply(a.y, b.x) };
}

/* Largest integer whose square is not above the value: bit by bit from the top. */
static uint64_t square_root(uint64_t value)
{
    uint64_t root = 0;

    for (uint64_t bit = (uint64_t)1 << 31; bit > 0; bit >>= 1) {
        if ((root | bit) * (root | bit) <= value)
            root |= bit;
    }
    return root;
}

struct vector vector_normalized(struct vector v)
{
    const fixed length = (fixed)square_root((uint64_t)(v.x * v.x + v.y * v.y + v.z * v.z));

    return (struct vector){ v.x * FIXED_ONE / length, v.y * FIXED_ONE / length,
                            v.z * FIXED_ONE / length };
}

struct matrix matrix_scaling(fixed x, fixed y, fixed z)
{
    return (struct matrix){ {
        { x, 0, 0, 0 },
        { 0, y, 0, 0 },
        { 0, 0, z, 0 },
        { 0, 0, 0, FIXED_ONE },
    } };
}

struct matrix matrix_translation(fixed x, fixed y, fixed z)
{
    return (struct matrix){ {
        { FIXED_ONE, 0, 0, x },
        { 0, FIXED_ONE, 0, y },
        { 0, 0, FIXED_ONE, z },
        { 0, 0, 0, FIXED_ONE },
    } };
}

struct matrix matrix_rotation_x(int angle)
{
    const fixed c = fixed_cos(angle), s = fixed_sin(angle);

    return (struct matrix){ {
        { FIXED_ONE, 0, 0, 0 },
        { 0, c, -s, 0 },
        { 0, s, c, 0 },
        { 0, 0, 0, FIXED_ONE },
    } };
}

struct matrix matrix_rotation_y(int angle)
{
    const fixed c = fixed_cos(angle), s = fixed_sin(angle);

    return (struct matrix){ {
        { c, 0, s, 0 },
        { 0, FIXED_ONE, 0, 0 },
        { -s, 0, c, 0 },
        { 0, 0, 0, FIXED_ONE },
    } };
}

struct matrix matrix_multiply(const struct matrix *a, const struct matrix *b)
{
    struct matrix product;

    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            fixed sum = 0;

            for (int i = 0; i < 4; i++)
                sum += fixed_multiply(a->rows[row][i], b->rows[i][column]);
            product.rows[row][column] = sum;
        }
    }
    return product;
}

void matrix_floats(const struct matrix *matrix, float *floats)
{
    for (int i = 0; i < 16; i++)
        floats[i] = fixed_float(matrix->rows[i / 4][i % 4]);
}
