/**
 * Geometry in fixed point: numbers in units of 2^-24, angles in parts of a turn.
 *
 * What the demo draws must be the same bytes in every build, and floating point is not: 32-bit code
 * computes on the x87, and two C libraries have two sines. Integers are, and turning one into a
 * float rounds once everywhere.
 */
#ifndef DEMO_FIXED_H
#define DEMO_FIXED_H

#include <stdint.h>

typedef int64_t fixed;

#define FIXED_ONE ((fixed)1 << 24)

/** A literal number, computed by the compiler. */
#define FIXED(number) ((fixed)((number)*16777216.0))

enum {
    FIXED_TURN = 2304, /**< angles in a full turn: divides by 9 and by 256 */
};

struct vector {
    fixed x, y, z;
};

/** Applied to column vectors: rows are what a component of the result is made of. */
struct matrix {
    fixed rows[4][4];
};

/** Products of numbers up to some hundreds. */
fixed fixed_multiply(fixed a, fixed b);

/** Of an angle in parts of FIXED_TURN, any sign. */
fixed fixed_sin(int angle);
fixed fixed_cos(int angle);

/** Nearest float. */
float fixed_float(fixed value);

struct vector vector_add_scaled(struct vector a, struct vector b, fixed scale);
struct vector vector_cross(struct vector a, struct vector b);

/** Of length one; v must not be zero, nor longer than some tens. */
struct vector vector_normalized(struct vector v);

struct matrix matrix_scaling(fixed x, fixed y, fixed z);
struct matrix matrix_translation(fixed x, fixed y, fixed z);

/** Turns y towards z. */
struct matrix matrix_rotation_x(int angle);

/** Turns z towards x. */
struct matrix matrix_rotation_y(int angle);

/** b first, then a. */
struct matrix matrix_multiply(const struct matrix *a, const struct matrix *b);

/** Writes 16 floats, row by row. */
void matrix_floats(const struct matrix *matrix, float *floats);

#endif
