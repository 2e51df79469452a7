/**
 * The demo: a glazed knot turns over a polished floor, three balls go around it. Everything is made
 * by rule and every byte is the same in every build.
 *
 * Each frame is drawn at twice the size, by texture, depth and blending, then scaled down into the
 * back buffer, which is presented and rotated as DXGI does it in a window without composition
 * (driver semantics 19.4).
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include <stdbool.h>

#include "demo/mesh.h"
#include "demo/paint.h"
#include "runtime/d3d.h"

enum {
    DEMO_WIDTH = 512,
    DEMO_HEIGHT = 384,
    DEMO_BACK_BUFFERS = 2,
    DEMO_FRAMES = 36, /**< of one revolution */
};

/** A mesh in the device's memory. */
struct demo_object {
    struct rt_object *vertices, *indices;
    uint32_t index_count;
};

/** Everything belongs to the device and goes with it. */
struct demo {
    struct rt_device *device;
    struct rt_object *back_buffers[DEMO_BACK_BUFFERS];
    struct rt_object *back_rtv; /**< of the first */
    struct rt_object *scene_rtv, *scene_srv, *scene_dsv;
    struct demo_object objects[MESH_SHAPES];
    struct rt_object *screen_triangle;
    struct rt_object *textures[PAINT_PATTERNS]; /**< shader resource views */
    struct rt_object *matrices;                 /**< constants of the object being drawn */
    struct rt_object *light, *light_in_mirror;  /**< constants of pixel shaders */
    struct rt_object *object_vs, *screen_vs;
    struct rt_object *object_ps, *floor_ps, *sky_ps, *resolve_ps;
    struct rt_object *object_layout, *screen_layout;
    struct rt_object *wrap_sampler, *clamp_sampler;
    struct rt_object *no_depth, *over_blend, *mirror_rasterizer;
};

/** False when something of it cannot be made; device may be NULL. */
bool demo_create(struct demo *demo, struct rt_device *device);

/** Draws, presents and rotates; the code of the first of the last two that failed. */
HRESULT demo_frame(const struct demo *demo, int frame);

#endif
