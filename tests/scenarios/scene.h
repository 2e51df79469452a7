/**
 * The triangle scene: a back buffer, vertices, indices, two constant buffers, two shaders and their
 * layout. What most drawing scenarios start from.
 */
#ifndef SCENARIOS_SCENE_H
#define SCENARIOS_SCENE_H

#include "runtime/scenario.h"

enum {
    SCENE_SIDE = 256, /**< texels of the square back buffer */
    SCENE_VERTICES = 3,
};

/** Everything belongs to the device; scene_destroy, or the end of the test, takes it back. */
struct scene {
    struct rt_device *device;
    struct rt_object *back_buffer, *rtv;
    struct rt_object *vertex_buffer, *index_buffer, *transform, *material;
    struct rt_object *vs, *ps, *layout;
};

/** False, and a failed test, when something of it cannot be made. device may be NULL. */
bool scene_create(struct scene *scene, struct rt_device *device);

/** Sets all that a draw needs, of both kinds. */
void scene_bind(const struct scene *scene);

/** The frame: clear, a large triangle by vertices, a small one by indices, present. */
HRESULT scene_frame(const struct scene *scene);

/** Unbinds and destroys everything, then flushes. */
void scene_destroy(struct scene *scene);

/** Vertices of the triangle, as they lie in the vertex buffer. */
extern const float scene_vertices[SCENE_VERTICES][8];

/** A swap-chain buffer as DXGI creates it for a window that may go full screen. */
struct rt_object *scene_create_back_buffer(struct rt_device *device);

#endif
