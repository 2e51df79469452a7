/** The render targets that are bound, resolved and brought up to date. */
#ifndef HOST_TARGETS_H
#define HOST_TARGETS_H

#include "host/objects.h"
#include "host/state.h"

struct host_targets {
    const struct host_surface *colors[AEROGPU_MAX_RENDER_TARGETS]; /**< NULL: a gap */
    uint32_t color_count;                                          /**< without gaps at the end */
    const struct host_surface *depth;
    uint32_t width, height; /**< what all of them have */
};

/** Resolves what is bound; reports. Nothing bound is fine: width and height are then 0. */
bool host_targets_resolve(struct aerogpu_host *host, struct host_targets *targets);

#endif
