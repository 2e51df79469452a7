/** Triangle meshes made by rule: a knot, a ball, a floor. */
#ifndef DEMO_MESH_H
#define DEMO_MESH_H

#include <stdint.h>

/** As it lies in the vertex buffer. */
struct mesh_vertex {
    float position[3];
    float normal[3];
    float texcoord[2];
};

/** Triangles wind clockwise seen from outside. */
struct mesh {
    struct mesh_vertex *vertices;
    uint16_t *indices;
    uint32_t vertex_count;
    uint32_t index_count;
};

enum mesh_shape {
    MESH_KNOT,  /**< a tube along a trefoil around the z axis, as wide as 7 */
    MESH_BALL,  /**< radius 1 */
    MESH_FLOOR, /**< the square from -1 to 1 in x and z, facing up */
    MESH_SHAPES,
};

/** Makes a mesh; never fails (the program ends without memory). Free with mesh_finish. */
void mesh_init(struct mesh *mesh, enum mesh_shape shape);
void mesh_finish(struct mesh *mesh);

#endif
