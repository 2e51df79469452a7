#include "core/fixed_state.h"

#include "core/device.h"

const struct aerogpu_blend_state blend_default = {
    .src_factor = AEROGPU_BLEND_ONE,
    .dst_factor = AEROGPU_BLEND_ZERO,
    .blend_op = AEROGPU_BLEND_OP_ADD,
    .color_write_mask = 0xF,
    .src_factor_alpha = AEROGPU_BLEND_ONE,
    .dst_factor_alpha = AEROGPU_BLEND_ZERO,
    .blend_op_alpha = AEROGPU_BLEND_OP_ADD,
};

const struct aerogpu_depth_stencil_state depth_stencil_default = {
    .depth_enable = 1,
    .depth_write_enable = 1,
    .depth_func = AEROGPU_COMPARE_LESS,
    .stencil_read_mask = 0xFF,
    .stencil_write_mask = 0xFF,
};

const struct aerogpu_rasterizer_state rasterizer_default = {
    .fill_mode = AEROGPU_FILL_SOLID,
    .cull_mode = AEROGPU_CULL_BACK,
};

/* D3D's blend factors: what the wire has of them, for colour and for alpha. */
struct factor_row {
    uint8_t color, alpha;
    bool is_color_exact, is_alpha_exact;
};

enum {
    ZERO = AEROGPU_BLEND_ZERO,
    ONE = AEROGPU_BLEND_ONE,
    SRC = AEROGPU_BLEND_SRC_ALPHA,
    INV_SRC = AEROGPU_BLEND_INV_SRC_ALPHA,
    DST = AEROGPU_BLEND_DEST_ALPHA,
    INV_DST = AEROGPU_BLEND_INV_DEST_ALPHA,
    FACTOR = AEROGPU_BLEND_CONSTANT,
    INV_FACTOR = AEROGPU_BLEND_INV_CONSTANT,
};

/* Colour factors do not exist on the wire; in the alpha channel they equal the alpha factors, and
 * saturated source alpha is one there (driver semantics 14.7). */
static const struct factor_row factor_rows[] = {
    [1] = { ZERO, ZERO, true, true },
    [2] = { ONE, ONE, true, true },
    [3] = { SRC, SRC, false, true },
    [4] = { INV_SRC, INV_SRC, false, true },
    [5] = { SRC, SRC, true, true },
    [6] = { INV_SRC, INV_SRC, true, true },
    [7] = { DST, DST, true, true },
    [8] = { INV_DST, INV_DST, true, true },
    [9] = { DST, DST, false, true },
    [10] = { INV_DST, INV_DST, false, true },
    [11] = { ONE, ONE, false, true },
    [14] = { FACTOR, FACTOR, true, true },
    [15] = { INV_FACTOR, INV_FACTOR, true, true },
    [16] = { SRC, SRC, false, false },
    [17] = { INV_SRC, INV_SRC, false, false },
    [18] = { SRC, SRC, false, false },
    [19] = { INV_SRC, INV_SRC, false, false },
};

static const struct factor_row *factor_of(uint32_t d3d_factor)
{
    const uint32_t count = sizeof(factor_rows) / sizeof(factor_rows[0]);

    return &factor_rows[d3d_factor < count ? d3d_factor : 0];
}

/* D3D counts operations, comparisons and cull modes from 1, the wire from 0 in the same order. */
static uint32_t from_1(uint32_t d3d_value, uint32_t wire_last, uint32_t wire_default)
{
    return d3d_value >= 1 && d3d_value <= wire_last + 1 ? d3d_value - 1 : wire_default;
}

/* Writes one target's blending; false when it is an approximation. */
static bool blend_target(struct aerogpu_blend_state *wire, const struct blend_target_desc *desc)
{
    const struct factor_row *src = factor_of(desc->src);
    const struct factor_row *dst = factor_of(desc->dst);
    const struct factor_row *src_alpha = factor_of(desc->src_alpha);
    const struct factor_row *dst_alpha = factor_of(desc->dst_alpha);

    *wire = blend_default;
    wire->color_write_mask = desc->write_mask & 0xF;
    if (!desc->is_enabled)
        return true;
    wire->enable = 1;
    wire->src_factor = src->color;
    wire->dst_factor = dst->color;
    wire->blend_op = from_1(desc->op, AEROGPU_BLEND_OP_MAX, AEROGPU_BLEND_OP_ADD);
    wire->src_factor_alpha = src_alpha->alpha;
    wire->dst_factor_alpha = dst_alpha->alpha;
    wire->blend_op_alpha = from_1(desc->op_alpha, AEROGPU_BLEND_OP_MAX, AEROGPU_BLEND_OP_ADD);
    return src->is_color_exact && dst->is_color_exact && src_alpha->is_alpha_exact &&
           dst_alpha->is_alpha_exact;
}

void blend_state_init(struct device *device, struct blend_state *state,
                      const struct blend_desc *desc)
{
    bool is_exact = true;

    object_begin(state, sizeof(*state), OBJECT_BLEND_STATE);
    device_adopt_object(device, &state->object);
    for (uint32_t i = 0; i < AEROGPU_MAX_RENDER_TARGETS; i++)
        is_exact &= blend_target(&state->wire[i], &desc->targets[i]);
    if (!is_exact)
        ledger_count(&device->ledger, LEDGER_BLEND_FACTOR, NULL);
    if (desc->has_alpha_to_coverage)
        ledger_count(&device->ledger, LEDGER_ALPHA_TO_COVERAGE, NULL);
}

void depth_stencil_state_init(struct device *device, struct depth_stencil_state *state,
                              const struct depth_stencil_desc *desc)
{
    object_begin(state, sizeof(*state), OBJECT_DEPTH_STENCIL_STATE);
    device_adopt_object(device, &state->object);
    state->wire = (struct aerogpu_depth_stencil_state){
        .depth_enable = desc->is_depth_enabled,
        .depth_write_enable = desc->is_depth_enabled && desc->is_depth_written,
        .depth_func = from_1(desc->depth_function, AEROGPU_COMPARE_ALWAYS, AEROGPU_COMPARE_ALWAYS),
        .stencil_enable = desc->is_stencil_enabled,
        .stencil_read_mask = desc->stencil_read_mask,
        .stencil_write_mask = desc->stencil_write_mask,
    };
    if (desc->is_stencil_enabled)
        ledger_count(&device->ledger, LEDGER_STENCIL, NULL);
}

void rasterizer_state_init(struct device *device, struct rasterizer_state *state,
                           const struct rasterizer_desc *desc)
{
    enum { D3D_FILL_WIREFRAME = 2 };

    object_begin(state, sizeof(*state), OBJECT_RASTERIZER_STATE);
    device_adopt_object(device, &state->object);
    state->wire = (struct aerogpu_rasterizer_state){
        .fill_mode =
            desc->fill_mode == D3D_FILL_WIREFRAME ? AEROGPU_FILL_WIREFRAME : AEROGPU_FILL_SOLID,
        .cull_mode = from_1(desc->cull_mode, AEROGPU_CULL_BACK, AEROGPU_CULL_BACK),
        .front_ccw = desc->is_front_ccw,
        .scissor_enable = desc->is_scissor_enabled,
        .depth_bias = desc->depth_bias,
        .flags = desc->is_depth_clip_enabled || device->caps.abi_minor < 2
                     ? AEROGPU_RASTERIZER_FLAG_NONE
                     : AEROGPU_RASTERIZER_FLAG_DEPTH_CLIP_DISABLE,
    };
    if (desc->slope_scaled_depth_bias != 0.0f ||
        (desc->depth_bias != 0 && desc->depth_bias_clamp != 0.0f))
        ledger_count(&device->ledger, LEDGER_DEPTH_BIAS, NULL);
}

void blend_state_finish(struct device *device, struct blend_state *state)
{
    struct state *pipeline = &device->state;

    if (pipeline->blend == state)
        state_set_blend(pipeline, NULL, pipeline->blend_factor, pipeline->sample_mask);
    object_end(state, sizeof(*state));
}

void depth_stencil_state_finish(struct device *device, struct depth_stencil_state *state)
{
    if (device->state.depth_stencil == state)
        state_set_depth_stencil(&device->state, NULL);
    object_end(state, sizeof(*state));
}

void rasterizer_state_finish(struct device *device, struct rasterizer_state *state)
{
    if (device->state.rasterizer == state)
        state_set_rasterizer(&device->state, NULL);
    object_end(state, sizeof(*state));
}
