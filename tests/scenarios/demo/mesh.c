#include "demo/mesh.h"

#include <stdlib.h>

#include "demo/fixed.h"
#include "runtime/tap.h"

/* A grid of quads bent into a surface: what becomes of the point in a column and a row. */
struct surface {
    int columns, rows;  /* quads */
    int wrap_u, wrap_v; /* repeats of the texture across them */
    void (*point)(int column, int row, struct vector *position, struct vector *normal);
};

enum {
    KNOT_COLUMNS = 256, /* along the tube: divides FIXED_TURN */
    KNOT_ROWS = 24,     /* around it: likewise */
    BALL_COLUMNS = 48,  /* likewise */
    BALL_ROWS = 24,     /* of half a turn: likewise */
};

/*
 * The trefoil winds twice around the axis of a torus and three times through its hole. The normal
 * of the torus is at right angles to it, and with the tangent makes a frame that closes.
 */
static void knot_point(int column, int row, struct vector *position, struct vector *normal)
{
    const int t = column * (FIXED_TURN / KNOT_COLUMNS), around = row * (FIXED_TURN / KNOT_ROWS);
    const fixed c2 = fixed_cos(2 * t), s2 = fixed_sin(2 * t);
    const fixed c3 = fixed_cos(3 * t), s3 = fixed_sin(3 * t);
    const fixed radius = FIXED(2.05) + c3;
    const struct vector centre = { fixed_multiply(radius, c2), fixed_multiply(radius, s2), s3 };
    const struct vector tangent = {
        -3 * fixed_multiply(s3, c2) - 2 * fixed_multiply(radius, s2),
        -3 * fixed_multiply(s3, s2) + 2 * fixed_multiply(radius, c2),
        3 * c3,
    };
    const struct vector outward = { fixed_multiply(c3, c2), fixed_multiply(c3, s2), s3 };
    const struct vector side = vector_cross(outward, vector_normalized(tangent));
    const struct vector none = { 0, 0, 0 };

    *normal = vector_add_scaled(vector_add_scaled(none, outward, fixed_cos(around)), side,
                                fixed_sin(around));
    *position = vector_add_scaled(centre, *normal, FIXED(0.55));
}

static void ball_point(int column, int row, struct vector *position, struct vector *normal)
{
    const int length = column * (FIXED_TURN / BALL_COLUMNS);
    const int width = row * (FIXED_TURN / 2 / BALL_ROWS);

    *normal =
        (struct vector){ fixed_multiply(fixed_sin(width), fixed_cos(length)), fixed_cos(width),
                         fixed_multiply(fixed_sin(width), fixed_sin(length)) };
    *position = *normal;
}

static void floor_point(int column, int row, struct vector *position, struct vector *normal)
{
    *position = (struct vector){ (2 * column - 1) * FIXED_ONE, 0, (1 - 2 * row) * FIXED_ONE };
    *normal = (struct vector){ 0, FIXED_ONE, 0 };
}

static const struct surface surfaces[MESH_SHAPES] = {
    [MESH_KNOT] = { KNOT_COLUMNS, KNOT_ROWS, 24, 2, knot_point },
    [MESH_BALL] = { BALL_COLUMNS, BALL_ROWS, 4, 2, ball_point },
    [MESH_FLOOR] = { 1, 1, 6, 6, floor_point },
};

static void fill_vertices(struct mesh *mesh, const struct surface *surface)
{
    struct mesh_vertex *vertex = mesh->vertices;

    for (int row = 0; row <= surface->rows; row++) {
        for (int column = 0; column <= surface->columns; column++, vertex++) {
            const fixed u = column * surface->wrap_u * FIXED_ONE / surface->columns;
            const fixed v = row * surface->wrap_v * FIXED_ONE / surface->rows;
            struct vector position, normal;

            surface->point(column, row, &position, &normal);
            *vertex = (struct mesh_vertex){
                { fixed_float(position.x), fixed_float(position.y), fixed_float(position.z) },
                { fixed_float(normal.x), fixed_float(normal.y), fixed_float(normal.z) },
                { fixed_float(u), fixed_float(v) },
            };
        }
    }
}

static void fill_indices(struct mesh *mesh, const struct surface *surface)
{
    uint16_t *index = mesh->indices;

    for (int row = 0; row < surface->rows; row++) {
        for (int column = 0; column < surface->columns; column++, index += 6) {
            const uint16_t first = (uint16_t)(row * (surface->columns + 1) + column);
            const uint16_t below = (uint16_t)(first + surface->columns + 1);

            index[0] = first;
            index[1] = below;
            index[2] = (uint16_t)(first + 1);
            index[3] = (uint16_t)(first + 1);
            index[4] = below;
            index[5] = (uint16_t)(below + 1);
        }
    }
}

void mesh_init(struct mesh *mesh, enum mesh_shape shape)
{
    const struct surface *surface = &surfaces[shape];

    mesh->vertex_count = (uint32_t)((surface->columns + 1) * (surface->rows + 1));
    mesh->index_count = (uint32_t)(6 * surface->columns * surface->rows);
    mesh->vertices = malloc(mesh->vertex_count * sizeof(*mesh->vertices));
    mesh->indices = malloc(mesh->index_count * sizeof(*mesh->indices));
    if (!mesh->vertices || !mesh->indices)
        tap_bail_out("out of memory");
    fill_vertices(mesh, surface);
    fill_indices(mesh, surface);
}

void mesh_finish(struct mesh *mesh)
{
    free(mesh->vertices);
    free(mesh->indices);
}
