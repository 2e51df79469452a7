/** Geometry shaders: what they get of each topology, and what they emit. */
#include <stdio.h>

#include "world.h"

enum { GS = FREE };

#define BLACK 0x000000FFu

/*
 * Covers the target with a colour made of the first components of four of its input vertices'
 * colours, red to alpha. %s primitive, %u its vertices, four vertices to look at.
 */
static const char witness[] = "gs_4_0\n"
                              "dcl_inputprimitive %s\n"
                              "dcl_outputtopology trianglestrip\n"
                              "dcl_maxout 4\n"
                              "dcl_input_siv v[%u][0].xyzw, position\n"
                              "dcl_input v[%u][1].xyzw\n"
                              "dcl_output_siv o0.xyzw, position\n"
                              "dcl_output o1.xyzw\n"
                              "dcl_temps 1\n"
                              "mov r0.x, v[%u][1].x\n"
                              "mov r0.y, v[%u][1].x\n"
                              "mov r0.z, v[%u][1].x\n"
                              "mov r0.w, v[%u][1].x\n"
                              "mov o0.xyzw, l(-1.0, 1.0, 0.5, 1.0)\n"
                              "mov o1.xyzw, r0.xyzw\n"
                              "emit\n"
                              "mov o0.xyzw, l(1.0, 1.0, 0.5, 1.0)\n"
                              "mov o1.xyzw, r0.xyzw\n"
                              "emit\n"
                              "mov o0.xyzw, l(-1.0, -1.0, 0.5, 1.0)\n"
                              "mov o1.xyzw, r0.xyzw\n"
                              "emit\n"
                              "mov o0.xyzw, l(1.0, -1.0, 0.5, 1.0)\n"
                              "mov o1.xyzw, r0.xyzw\n"
                              "emit\n"
                              "cut\n"
                              "ret\n";

static void add_witness(struct world *world, const char *primitive, uint32_t vertices,
                        const uint32_t seen[4])
{
    char text[2048];

    snprintf(text, sizeof(text), witness, primitive, (unsigned)vertices, (unsigned)vertices,
             (unsigned)seen[0], (unsigned)seen[1], (unsigned)seen[2], (unsigned)seen[3]);
    add_program(world, GS, AEROGPU_SHADER_STAGE_GEOMETRY, text);
}

static void bind_geometry_shader(struct world *world)
{
    struct aerogpu_cmd_bind_shaders *bind =
        stream_packet(&world->stream, AEROGPU_CMD_BIND_SHADERS, sizeof(*bind));

    *bind = (struct aerogpu_cmd_bind_shaders){ bind->hdr, COLOR_VS, COLOR_PS, 0, GS };
}

/* Vertex n has the red 0x10 * (n + 1), and no area: only the shader makes one. */
static struct world *with_witness(uint32_t topology, const char *primitive, uint32_t vertices,
                                  const uint32_t seen[4], uint32_t drawn)
{
    struct world *world = world_create(false);
    struct vertex list[8];

    add_scene(world);
    add_witness(world, primitive, vertices, seen);
    for (uint32_t i = 0; i < 8; i++)
        list[i] = (struct vertex){ { 0, 0, 0.5f, 1 }, { 16.0f * (float)(i + 1) / 255, 0, 0, 1 } };
    add_vertices(world, 0, list, 8);
    world->topology = topology;
    world->raster.cull_mode = AEROGPU_CULL_NONE;
    add_state(world);
    bind_geometry_shader(world);
    stream_draw(&world->stream, drawn, 1, 0, 0);
    return world;
}

#define DELIVERS(name, topology, primitive, vertices, drawn, a, b, c, d, color)                    \
    START_TEST(name)                                                                               \
    {                                                                                              \
        const uint32_t seen[4] = { a, b, c, d };                                                   \
        struct world *world =                                                                      \
            with_witness(AEROGPU_TOPOLOGY_##topology, primitive, vertices, seen, drawn);           \
                                                                                                   \
        world_run(world);                                                                          \
        ck_assert_uint_eq(texel(world, TARGET, 20, 20), color);                                    \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

DELIVERS(points_deliver_one_vertex, POINTLIST, "point", 1, 1, 0, 0, 0, 0, 0x10101010)
DELIVERS(lines_deliver_two_vertices, LINELIST, "line", 2, 2, 0, 1, 0, 1, 0x10201020)
DELIVERS(line_strips_deliver_each_line, LINESTRIP, "line", 2, 3, 0, 1, 0, 1, 0x20302030)
DELIVERS(triangles_deliver_three_vertices, TRIANGLELIST, "triangle", 3, 3, 0, 1, 2, 2, 0x10203030)
DELIVERS(lines_with_neighbours_deliver_four, LINELIST_ADJ, "lineadj", 4, 4, 0, 1, 2, 3, 0x10203040)
DELIVERS(line_strips_with_neighbours_deliver_four, LINESTRIP_ADJ, "lineadj", 4, 5, 0, 1, 2, 3,
         0x20304050)
DELIVERS(triangles_with_neighbours_begin_with, TRIANGLELIST_ADJ, "triangleadj", 6, 6, 0, 1, 2, 3,
         0x10203040)
DELIVERS(triangles_with_neighbours_end_with, TRIANGLELIST_ADJ, "triangleadj", 6, 6, 2, 3, 4, 5,
         0x30405060)
DELIVERS(one_triangle_of_a_strip_with_neighbours, TRIANGLESTRIP_ADJ, "triangleadj", 6, 6, 0, 2, 4,
         4, 0x10305050)
DELIVERS(too_few_vertices_deliver_nothing, TRIANGLELIST_ADJ, "triangleadj", 6, 5, 0, 1, 2, 3, BLACK)

/* A shader that takes other primitives than it gets is undefined in D3D, and refused here. */
#define MISMATCHES(name, topology, primitive, vertices)                                            \
    START_TEST(name)                                                                               \
    {                                                                                              \
        const uint32_t seen[4] = { 0 };                                                            \
        struct world *world =                                                                      \
            with_witness(AEROGPU_TOPOLOGY_##topology, primitive, vertices, seen, 6);               \
                                                                                                   \
        ck_assert_int_eq(world_submit(world), AEROGPU_HOST_CMD_DECODE);                            \
        ck_assert_str_eq(world->rule, "topology-stages");                                          \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

MISMATCHES(triangles_are_no_points, TRIANGLELIST, "point", 1)
MISMATCHES(triangles_have_no_neighbours, TRIANGLELIST, "triangleadj", 6)
MISMATCHES(neighbours_are_not_dropped, TRIANGLELIST_ADJ, "triangle", 3)

START_TEST(unbound_geometry_shader_does_nothing)
{
    const uint32_t seen[4] = { 0 };
    struct world *world = with_witness(AEROGPU_TOPOLOGY_TRIANGLELIST, "triangle", 3, seen, 0);

    stream_bind_shaders(&world->stream, COLOR_VS, COLOR_PS, 0);
    stream_draw(&world->stream, 3, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 20, 20), BLACK);
    world_destroy(world);
}
END_TEST

/* The appended form names it too; its reserved word then counts for nothing. */
START_TEST(long_form_binds_a_geometry_shader)
{
    const uint32_t seen[4] = { 0 };
    const uint32_t handles[3] = { GS, 0, 0 };
    struct world *world = with_witness(AEROGPU_TOPOLOGY_TRIANGLELIST, "triangle", 3, seen, 0);
    uint8_t *bind = stream_packet(&world->stream, AEROGPU_CMD_BIND_SHADERS, 36);

    *(struct aerogpu_cmd_bind_shaders *)(void *)bind =
        (struct aerogpu_cmd_bind_shaders){ ((struct aerogpu_cmd_bind_shaders *)(void *)bind)->hdr,
                                           COLOR_VS, COLOR_PS, 0, GS };
    memcpy(bind + 24, handles, sizeof(handles));
    stream_draw(&world->stream, 3, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 20, 20), 0x10101010);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        points_deliver_one_vertex,
        lines_deliver_two_vertices,
        line_strips_deliver_each_line,
        triangles_deliver_three_vertices,
        lines_with_neighbours_deliver_four,
        line_strips_with_neighbours_deliver_four,
        triangles_with_neighbours_begin_with,
        triangles_with_neighbours_end_with,
        one_triangle_of_a_strip_with_neighbours,
        too_few_vertices_deliver_nothing,
        triangles_are_no_points,
        triangles_have_no_neighbours,
        neighbours_are_not_dropped,
        unbound_geometry_shader_does_nothing,
        long_form_binds_a_geometry_shader,
    };

    return world_main("host geometry shaders", tests, sizeof(tests) / sizeof(tests[0]));
}
