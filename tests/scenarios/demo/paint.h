/** Textures painted by rule, in integers: the same texels in every build. */
#ifndef DEMO_PAINT_H
#define DEMO_PAINT_H

#include <stdint.h>

enum {
    PAINT_SIDE = 256, /**< texels of a square texture */
};

enum paint_pattern {
    PAINT_MOSAIC, /**< four by four glazed tiles */
    PAINT_BANDS,  /**< stripes around a ball */
    PAINT_CHECKS, /**< two by two stone plates */
    PAINT_PATTERNS,
};

/** Texels of R8G8B8A8, row by row; they wrap. Alpha says how much the surface shines. */
void paint(enum paint_pattern pattern, uint8_t texels[PAINT_SIDE][PAINT_SIDE][4]);

#endif
