/**
 * What the driver refused or only approximated, counted by reason.
 *
 * Each reason is a row of ledger_rows; the first few of a reason are told in the log as they
 * happen, and all of them when the device goes (driver semantics 8.3, 23).
 */
#ifndef CORE_LEDGER_H
#define CORE_LEDGER_H

#include <stdint.h>

enum ledger_reason {
    LEDGER_RESOURCE_DIMENSION,
    LEDGER_RESOURCE_SAMPLES,
    LEDGER_RESOURCE_FORMAT,
    LEDGER_RESOURCE_SIZE,
    LEDGER_RESOURCE_USAGE,
    LEDGER_RESOURCE_SHARED,
    LEDGER_RESOURCE_INITIAL_DATA,
    LEDGER_UPDATE_BOX,
    LEDGER_UPDATE_EDGES,
    LEDGER_COPY_TRANSFER,
    LEDGER_COPY_FORMAT,
    LEDGER_COPY_BLOCKS,
    LEDGER_COPY_EDGES,
    LEDGER_COPY_SPACE,
    LEDGER_VIEW_SUBRESOURCE,
    LEDGER_VIEW_FORMAT,
    LEDGER_VIEW_DIMENSION,
    LEDGER_SAMPLER_FILTER,
    LEDGER_SAMPLER_ADDRESS,
    LEDGER_SAMPLER_LOD,
    LEDGER_SHADER_TOKENS,
    LEDGER_SHADER_GEOMETRY,
    LEDGER_STREAM_OUTPUT,
    LEDGER_BLEND_FACTOR,
    LEDGER_BLEND_INDEPENDENT,
    LEDGER_ALPHA_TO_COVERAGE,
    LEDGER_STENCIL,
    LEDGER_DEPTH_BIAS,
    LEDGER_VIEWPORTS,
    LEDGER_STEP_RATE,
    LEDGER_STRIDE_ZERO,
    LEDGER_INDEX_FORMAT,
    LEDGER_CONSTANT_BUFFERS,
    LEDGER_DRAW_NO_VERTEX_SHADER,
    LEDGER_DRAW_STAGE,
    LEDGER_DRAW_LINKAGE,
    LEDGER_DRAW_GEOMETRY_LINKAGE,
    LEDGER_DRAW_NO_TARGET,
    LEDGER_DRAW_TARGET_SIZES,
    LEDGER_DRAW_NO_VIEWPORT,
    LEDGER_DRAW_EMPTY_SCISSOR,
    LEDGER_DRAW_TOPOLOGY,
    LEDGER_DRAW_PRIMITIVE,
    LEDGER_DRAW_INPUT_LAYOUT,
    LEDGER_DRAW_VERTEX_BUFFER,
    LEDGER_DRAW_INDEX_BUFFER,
    LEDGER_DRAW_SPACE,
    LEDGER_NOT_IMPLEMENTED,
    LEDGER_REASONS,
};

/** One reason: where it comes up and what it means for the picture. */
struct ledger_row {
    const char *where;
    const char *reason;
};

extern const struct ledger_row ledger_rows[LEDGER_REASONS];

struct ledger {
    uint32_t counts[LEDGER_REASONS];
};

/** Counts one case of a reason; detail (NULL: none) completes the log line. */
void ledger_count(struct ledger *ledger, enum ledger_reason reason, const char *detail);

/** Writes a line per reason that came up, when logging is on. */
void ledger_print(const struct ledger *ledger);

#endif
