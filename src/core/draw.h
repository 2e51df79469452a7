/** Draws and clears: state that is missing on the host, then the packet, in one submission. */
#ifndef CORE_DRAW_H
#define CORE_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/result.h"

struct device;
struct view;

/** A draw of any kind; first is a vertex or, of indexed ones, an index. */
struct draw {
    uint32_t count;
    uint32_t instance_count;
    uint32_t first;
    uint32_t first_instance;
    int32_t base_vertex;
    bool is_indexed;
};

/**
 * Draws; nothing for zero counts, and for what the host cannot draw (told in the ledger).
 * DEVICE_REMOVED when sending the state lost the device.
 */
enum result draw_submit(struct device *device, const struct draw *draw);

/** Clears one colour target wholly, whatever is bound (driver semantics 16). */
enum result draw_clear_color(struct device *device, struct view *view, const float rgba[4]);

/** Clears depth, stencil or both of one view; flags are aerogpu_clear_flags. */
enum result draw_clear_depth(struct device *device, struct view *view, uint32_t flags, float depth,
                             uint32_t stencil);

#endif
