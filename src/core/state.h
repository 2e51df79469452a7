/**
 * Pipeline state as the API set it (the shadow), and what of it the host knows.
 *
 * Setting changes the shadow and marks an atom dirty; nothing is sent before a draw needs it
 * (driver semantics 14). A submission starts with a host that knows nothing (driver
 * semantics 17.3): then every atom is dirty and `sent` is void. Sending is atoms.h, judging a draw
 * is pipeline.h.
 */
#ifndef CORE_STATE_H
#define CORE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/fixed_state.h"
#include "core/input_layout.h"
#include "core/resource.h"
#include "core/sampler.h"
#include "core/shader.h"
#include "core/stage.h"
#include "core/view.h"
#include "stream/emit.h"

enum {
    STATE_VERTEX_BUFFERS = 32,
    STATE_CONSTANT_BUFFERS = 14,
    STATE_SHADER_RESOURCES = 128,
    STATE_SAMPLERS = 16,
    STATE_TARGETS = AEROGPU_MAX_RENDER_TARGETS,
};

/**
 * Pieces of state that travel on their own; in the order in which they are sent. Targets go before
 * shader resources: a host that has a texture as both keeps what came last.
 */
enum atom {
    ATOM_SHADERS,
    ATOM_INPUT_LAYOUT,
    ATOM_TOPOLOGY,
    ATOM_VERTEX_BUFFERS,
    ATOM_INDEX_BUFFER,
    ATOM_VERTEX_CONSTANTS,
    ATOM_PIXEL_CONSTANTS,
    ATOM_GEOMETRY_CONSTANTS,
    ATOM_TARGETS,
    ATOM_VERTEX_RESOURCES,
    ATOM_PIXEL_RESOURCES,
    ATOM_GEOMETRY_RESOURCES,
    ATOM_VERTEX_SAMPLERS,
    ATOM_PIXEL_SAMPLERS,
    ATOM_GEOMETRY_SAMPLERS,
    ATOM_VIEWPORT,
    ATOM_SCISSOR,
    ATOM_RASTERIZER,
    ATOM_BLEND,
    ATOM_DEPTH_STENCIL,
    ATOM_COUNT,
};

#define ATOM_BIT(atom) (1u << (atom))
#define ATOMS_ALL      (ATOM_BIT(ATOM_COUNT) - 1)

struct vertex_binding {
    struct resource *buffer;
    uint32_t stride_bytes;
    uint32_t offset_bytes;
};

struct index_binding {
    struct resource *buffer;
    uint32_t format; /**< aerogpu_index_format */
    uint32_t offset_bytes;
};

/** Ends exclusive, as D3D's. */
struct scissor_rect {
    int32_t left, top, right, bottom;
};

/** Bindings of one stage. A bit of a known mask says that the host has that slot as it is here. */
struct stage_state {
    struct shader *shader;
    struct resource *constants[STATE_CONSTANT_BUFFERS];
    uint32_t constants_known;
    struct view *resources[STATE_SHADER_RESOURCES];
    uint32_t resources_known[STATE_SHADER_RESOURCES / 32];
    struct sampler *samplers[STATE_SAMPLERS];
    uint32_t samplers_known;
};

/** Wire values last sent in this submission; a member counts only while its atom's bit is valid. */
struct state_sent {
    uint32_t valid; /**< ATOM_BITs */
    uint32_t vs, ps, gs;
    uint32_t layout;
    uint32_t topology;
    struct {
        uint32_t handle, format, offset_bytes;
    } index;
    struct stream_targets targets;
    struct stream_viewport viewport;
    struct stream_scissor scissor;
    struct aerogpu_rasterizer_state rasterizer;
    struct aerogpu_blend_state blend;
    struct aerogpu_depth_stencil_state depth_stencil;
};

/** What shaders and layout come to together; valid while neither changes. */
struct state_linked {
    uint32_t vs, ps, gs;                  /**< protocol handles of the variants; gs 0 = none */
    uint32_t layout;                      /**< likewise; 0 = none needed */
    uint32_t slots_used;                  /**< vertex buffer slots the layout reads */
    const struct layout_variant *variant; /**< NULL = no layout needed */
};

struct state {
    uint32_t dirty;  /**< ATOM_BITs whose shadow the host may not have */
    uint64_t serial; /**< submission that `sent` and the known bits speak of */

    struct input_layout *layout;
    uint32_t topology; /**< D3D's number, which is the wire's */
    struct vertex_binding vertex[STATE_VERTEX_BUFFERS];
    uint32_t vertex_known; /**< as constants_known, per slot */
    struct index_binding index;
    struct stage_state stages[STAGE_COUNT];

    struct view *targets[STATE_TARGETS];
    uint32_t target_count;
    struct view *depth;
    struct stream_viewport viewport;
    bool has_viewport;
    struct scissor_rect scissor;
    bool has_scissor;

    const struct rasterizer_state *rasterizer; /**< NULL: the default, as for the next two */
    const struct blend_state *blend;
    const struct depth_stencil_state *depth_stencil;
    float blend_factor[4];
    uint32_t sample_mask;

    bool is_linked; /**< linked speaks of today's shaders and layout */
    struct state_linked linked;
    struct state_sent sent;
};

/** State of a fresh device: nothing bound, nothing sent (driver semantics 14.9). */
void state_init(struct state *state);

/** The host knows nothing any more; serial is the submission that begins. */
void state_forget(struct state *state, uint64_t serial);

static inline void state_mark(struct state *state, enum atom atom)
{
    state->dirty |= ATOM_BIT(atom);
}

/* Setters. Objects may be NULL; slots must be in range. */

void state_set_vertex_buffer(struct state *state, uint32_t slot, struct resource *buffer,
                             uint32_t stride_bytes, uint32_t offset_bytes);
void state_set_index_buffer(struct state *state, struct resource *buffer, uint32_t format,
                            uint32_t offset_bytes);
void state_set_constant_buffer(struct state *state, enum stage stage, uint32_t slot,
                               struct resource *buffer);

/** Takes a texture out of the targets if it is one: it cannot be both (driver semantics 11). */
void state_set_shader_resource(struct state *state, enum stage stage, uint32_t slot,
                               struct view *view);
void state_set_sampler(struct state *state, enum stage stage, uint32_t slot,
                       struct sampler *sampler);

/** A geometry shader that passes vertices on (shader_init_pass_through) is as good as NULL. */
void state_set_shader(struct state *state, enum stage stage, struct shader *shader);
void state_set_input_layout(struct state *state, struct input_layout *layout);
void state_set_topology(struct state *state, uint32_t topology);

/**
 * Replaces the whole set of targets; count is at most STATE_TARGETS, entries may be NULL. Takes
 * them out of every shader stage.
 */
void state_set_targets(struct state *state, struct view *const *targets, uint32_t count,
                       struct view *depth);

/** viewport NULL: none, so that nothing is rasterised. */
void state_set_viewport(struct state *state, const struct stream_viewport *viewport);

/** rect NULL: none, so that nothing passes an enabled scissor test. */
void state_set_scissor(struct state *state, const struct scissor_rect *rect);
void state_set_rasterizer(struct state *state, const struct rasterizer_state *rasterizer);

/** factor: four floats. */
void state_set_blend(struct state *state, const struct blend_state *blend, const float *factor,
                     uint32_t sample_mask);
void state_set_depth_stencil(struct state *state, const struct depth_stencil_state *depth_stencil);

/* Objects that end: every binding that still names them is cut here. */

void state_drop_resource(struct state *state, const struct resource *resource);
void state_drop_view(struct state *state, const struct view *view);
void state_drop_shader(struct state *state, const struct shader *shader);
void state_drop_sampler(struct state *state, const struct sampler *sampler);
void state_drop_input_layout(struct state *state, const struct input_layout *layout);

/** A resource has another handle now: where it is bound, it has to be sent again. */
void state_resend_resource(struct state *state, const struct resource *resource);

/**
 * The host took a texture out of every shader stage, because it became a target on the wire alone
 * (a clear, a present): slots that still name it have to be sent again.
 */
void state_forget_shader_resource(struct state *state, const struct resource *resource);

#endif
