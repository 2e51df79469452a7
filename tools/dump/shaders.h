/** Shaders of a stream as text, for aerogpu-dump. */
#ifndef TOOLS_DUMP_SHADERS_H
#define TOOLS_DUMP_SHADERS_H

#include <stdbool.h>
#include <stdio.h>

#include "aerogpu/decode.h"

/**
 * Prints the program of a CREATE_SHADER_DXBC packet, indented; as one JSON object with `is_json`.
 * Other packets print nothing. A container that cannot be read, and tokens that are damaged, print
 * what is wrong with them.
 */
void dump_shader(FILE *out, bool is_json, const struct aerogpu_packet *packet);

#endif
