/**
 * Pictures of a report: images read from a host as PNGs in memory, equal ones kept once, with a
 * small version for lists, and no more of them than a limit.
 */
#ifndef REPLAY_PICTURES_H
#define REPLAY_PICTURES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "aerogpu/host.h"

/** No picture: beyond the limit, or of a format that has no preview. */
#define PICTURE_NONE 0xFFFFFFFFu

/** Largest extent of a small version, in pixels. */
enum { PICTURE_SMALL_WIDTH = 160, PICTURE_SMALL_HEIGHT = 120 };

struct picture;

/** Zero it to begin, but for limit. */
struct pictures {
    uint32_t limit; /**< different pictures that are kept */
    struct picture *list;
    uint32_t count, capacity;
    size_t size_bytes;
    uint32_t left_out; /**< additions that found no room */
};

/**
 * Adds an image and returns its number. Colour is shown as stored, without alpha, which becomes a
 * grey picture of its own unless it is the same everywhere; depth is grey between its smallest and
 * largest value.
 */
uint32_t pictures_add(struct pictures *pictures, const struct aerogpu_host_image *image);

/** Writes all pictures as one JSON array. */
void pictures_write(const struct pictures *pictures, FILE *out);

void pictures_finish(struct pictures *pictures);

#endif
