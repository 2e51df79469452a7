/**
 * The text of a pixel script, cut into sections and lines of words. What they mean is play.c's
 * business; README.md describes the format.
 */
#ifndef PIXEL_SCRIPT_H
#define PIXEL_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A line that is not empty, in words. */
struct px_line {
    uint32_t number; /**< from 1 */
    uint32_t word_count;
    char **words;
};

struct px_section {
    struct px_line header; /**< the words between the brackets */
    struct px_line *lines;
    uint32_t line_count;
    const char *text; /**< the body as it is, for shaders; not terminated */
    size_t text_length;
};

struct px_script {
    const char *path;
    struct px_section *sections;
    uint32_t section_count;

    /* What stands in [require] sections. */
    uint32_t level;                  /**< lowest table: 100, 101 or 110 */
    const char *limit;               /**< why the driver never can; NULL */
    const char *todo;                /**< why the driver must fail; NULL: it must not */
    const char *cross_check_differs; /**< why another implementation must fail; NULL */
    char *text;                      /**< owned, with everything that points into it */
};

/**
 * Reads a script; path is kept, not copied. False with a sentence in error (of error_bytes bytes,
 * "path:line: ..."). Free with px_script_finish in either case.
 */
bool px_script_read(struct px_script *script, const char *path, char *error, size_t error_bytes);
void px_script_finish(struct px_script *script);

#endif
