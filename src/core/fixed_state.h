/**
 * Blend, depth-stencil and rasterizer objects: descriptions turned into wire form once, at
 * creation. Mapping and losses: driver semantics 14.6-14.9.
 */
#ifndef CORE_FIXED_STATE_H
#define CORE_FIXED_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "aerogpu_cmd.h"
#include "core/object.h"

struct device;

/** One render target's blending; factors and operations are D3D's numbers. */
struct blend_target_desc {
    bool is_enabled;
    uint32_t src, dst, op;
    uint32_t src_alpha, dst_alpha, op_alpha;
    uint8_t write_mask; /**< R 1, G 2, B 4, A 8 */
};

struct blend_desc {
    bool has_alpha_to_coverage;
    struct blend_target_desc targets[AEROGPU_MAX_RENDER_TARGETS];
};

struct blend_state {
    struct object object;
    /** One per target; constant and sample mask are not part of the object and are left 0. */
    struct aerogpu_blend_state wire[AEROGPU_MAX_RENDER_TARGETS];
};

struct depth_stencil_desc {
    bool is_depth_enabled;
    bool is_depth_written;
    uint32_t depth_function; /**< D3D comparison, 1..8 */
    bool is_stencil_enabled;
    uint8_t stencil_read_mask;
    uint8_t stencil_write_mask;
};

struct depth_stencil_state {
    struct object object;
    struct aerogpu_depth_stencil_state wire;
};

struct rasterizer_desc {
    uint32_t fill_mode; /**< D3D: wireframe 2, solid 3 */
    uint32_t cull_mode; /**< D3D: none 1, front 2, back 3 */
    bool is_front_ccw;
    int32_t depth_bias;
    float depth_bias_clamp;
    float slope_scaled_depth_bias;
    bool is_depth_clip_enabled;
    bool is_scissor_enabled;
};

struct rasterizer_state {
    struct object object;
    struct aerogpu_rasterizer_state wire;
};

/** Fill a private block; they cannot fail. What is lost is told in the device's ledger. */
void blend_state_init(struct device *device, struct blend_state *state,
                      const struct blend_desc *desc);
void depth_stencil_state_init(struct device *device, struct depth_stencil_state *state,
                              const struct depth_stencil_desc *desc);
void rasterizer_state_init(struct device *device, struct rasterizer_state *state,
                           const struct rasterizer_desc *desc);

/** Unbind the object if it is bound and end it. */
void blend_state_finish(struct device *device, struct blend_state *state);
void depth_stencil_state_finish(struct device *device, struct depth_stencil_state *state);
void rasterizer_state_finish(struct device *device, struct rasterizer_state *state);

/** What an unbound slot means (driver semantics 14.9). */
extern const struct aerogpu_blend_state blend_default;
extern const struct aerogpu_depth_stencil_state depth_stencil_default;
extern const struct aerogpu_rasterizer_state rasterizer_default;

#endif
