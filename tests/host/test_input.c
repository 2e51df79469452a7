/** The input assembler: topologies, restarts, indices and vertices that are not there. */
#include "world.h"

#define RED   0xFF0000FFu
#define BLACK 0x000000FFu

enum { MANY = FREE };

/* Red vertices at clip positions. */
static void add_points(struct world *world, const float (*points)[2], uint32_t count)
{
    struct vertex vertices[16];

    ck_assert_uint_le(count, 16);
    for (uint32_t i = 0; i < count; i++)
        vertices[i] = (struct vertex){ { points[i][0], points[i][1], 0.5f, 1 }, { 1, 0, 0, 1 } };
    add_vertices(world, 0, vertices, count);
}

static struct world *with_points(bool is_lenient, uint32_t topology, const float (*points)[2],
                                 uint32_t count)
{
    struct world *world = world_create(is_lenient);

    add_scene(world);
    add_points(world, points, count);
    world->topology = topology;
    world->raster.cull_mode = AEROGPU_CULL_NONE;
    add_state(world);
    return world;
}

/* Where one of the 64 x 64 pixels is in clip space: its centre. */
#define X(pixel) (((pixel) + 0.5f) / 32 - 1)
#define Y(pixel) (1 - ((pixel) + 0.5f) / 32)

/* A pixel after a draw of a topology; the validator objects to some, a lenient host draws them. */
static uint32_t drawn_as(uint32_t topology, const float (*points)[2], uint32_t count, uint32_t x,
                         uint32_t y)
{
    struct world *world = with_points(true, topology, points, count);
    uint32_t value;

    stream_draw(&world->stream, count, 1, 0, 0);
    world_submit(world);
    value = texel(world, TARGET, x, y);
    world_destroy(world);
    return value;
}

#define DRAWS_AS(name, topology, points, x, y, color)                                              \
    START_TEST(name)                                                                               \
    {                                                                                              \
        ck_assert_uint_eq(drawn_as(AEROGPU_TOPOLOGY_##topology, points,                            \
                                   sizeof(points) / sizeof(points[0]), x, y),                      \
                          color);                                                                  \
    }                                                                                              \
    END_TEST

static const float points[][2] = { { X(5), Y(6) }, { X(9), Y(6) } };
/* Rows 10 and 20: as list two lines, as strip also what joins them. */
static const float lines[][2] = {
    { X(4), Y(10) }, { X(30), Y(10) }, { X(30), Y(20) }, { X(4), Y(20) }
};
/* Neighbours far above; the line is in row 30. */
static const float adjacent_line[][2] = {
    { X(4), Y(5) }, { X(4), Y(30) }, { X(50), Y(30) }, { X(50), Y(5) }
};
static const float adjacent_lines[][2] = {
    { X(4), Y(5) }, { X(4), Y(30) }, { X(40), Y(30) }, { X(40), Y(50) }, { X(4), Y(50) }
};
/* The triangle is the upper left half, its neighbours are at the lower right. */
static const float adjacent_triangle[][2] = { { -1, 1 }, { 1, -1 },  { 1, 1 },
                                              { 1, -1 }, { -1, -1 }, { 1, -1 } };
/* Two triangles (0, 2, 4) and (2, 4, 6): the whole target; the odd ones are neighbours. */
static const float adjacent_strip[][2] = { { -1, 1 },  { 0, 0 }, { 1, 1 },  { 0, 0 },
                                           { -1, -1 }, { 0, 0 }, { 1, -1 }, { 0, 0 } };
/* A square as fan around its lower left corner; as list only its first triangle. */
static const float fan[][2] = { { -1, -1 }, { -1, 1 }, { 1, 1 }, { 1, -1 } };

DRAWS_AS(points_are_pixels, POINTLIST, points, 5, 6, RED)
DRAWS_AS(points_are_not_joined, POINTLIST, points, 7, 6, BLACK)
DRAWS_AS(lines_are_drawn, LINELIST, lines, 12, 10, RED)
DRAWS_AS(lines_of_a_list_are_not_joined, LINELIST, lines, 30, 15, BLACK)
DRAWS_AS(lines_of_a_strip_are_joined, LINESTRIP, lines, 30, 15, RED)
DRAWS_AS(line_with_neighbours_is_drawn, LINELIST_ADJ, adjacent_line, 12, 30, RED)
DRAWS_AS(neighbours_of_a_line_are_skipped, LINELIST_ADJ, adjacent_line, 4, 15, BLACK)
DRAWS_AS(line_strip_with_neighbours_is_drawn, LINESTRIP_ADJ, adjacent_lines, 40, 40, RED)
DRAWS_AS(neighbours_of_a_line_strip_are_skipped, LINESTRIP_ADJ, adjacent_lines, 20, 50, BLACK)
DRAWS_AS(triangle_with_neighbours_is_drawn, TRIANGLELIST_ADJ, adjacent_triangle, 10, 10, RED)
DRAWS_AS(neighbours_of_a_triangle_are_skipped, TRIANGLELIST_ADJ, adjacent_triangle, 60, 60, BLACK)
DRAWS_AS(strip_with_neighbours_begins, TRIANGLESTRIP_ADJ, adjacent_strip, 10, 5, RED)
DRAWS_AS(strip_with_neighbours_goes_on, TRIANGLESTRIP_ADJ, adjacent_strip, 55, 60, RED)
DRAWS_AS(fan_begins_as_a_list_does, TRIANGLEFAN, fan, 20, 5, RED)
DRAWS_AS(fan_goes_on_around_its_first_vertex, TRIANGLEFAN, fan, 60, 50, RED)
DRAWS_AS(list_is_no_fan, TRIANGLELIST, fan, 60, 50, BLACK)
DRAWS_AS(patches_are_not_drawn, PATCHLIST_3, adjacent_triangle, 10, 10, BLACK)

START_TEST(patches_are_refused_by_name)
{
    struct world *world = with_points(false, AEROGPU_TOPOLOGY_PATCHLIST_3, adjacent_triangle, 3);

    stream_draw(&world->stream, 3, 1, 0, 0);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->rule, "topology-stages");
    world_destroy(world);
}
END_TEST

START_TEST(strict_host_refuses_fans)
{
    struct world *world = with_points(false, AEROGPU_TOPOLOGY_TRIANGLEFAN, fan, 4);

    stream_draw(&world->stream, 4, 1, 0, 0);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->rule, "topology-fan");
    world_destroy(world);
}
END_TEST

/* The left quarter, something that cuts or does not, the right quarter. */
static const float quarters[][2] = { { -1, -1 },   { -1, 1 }, { -0.5f, -1 },
                                     { 0.5f, -1 }, { 1, 1 },  { 1, -1 } };

/* A pixel between and inside the quarters after six indices with `cut` between them. */
static struct world *with_cut(uint32_t topology, uint32_t format, uint32_t cut)
{
    const uint32_t wide[] = { 0, 1, 2, cut, 3, 4, 5 };
    struct world *world = with_points(false, topology, quarters, 6);
    uint16_t narrow[8] = { 0 };

    for (int i = 0; i < 7; i++)
        narrow[i] = (uint16_t)wide[i];
    if (format == AEROGPU_INDEX_FORMAT_UINT32)
        add_upload(world, INDICES, 0, wide, sizeof(wide));
    else
        add_upload(world, INDICES, 0, narrow, sizeof(narrow));
    stream_set_index_buffer(&world->stream, INDICES, format, 0);
    stream_draw_indexed(&world->stream, 7, 1, 0, 0, 0);
    world_run(world);
    return world;
}

#define CUTS(name, topology, format, cut, x, color)                                                \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world =                                                                      \
            with_cut(AEROGPU_TOPOLOGY_##topology, AEROGPU_INDEX_FORMAT_##format, cut);             \
                                                                                                   \
        ck_assert_uint_eq(texel(world, TARGET, x, 63), color);                                     \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

CUTS(wide_restart_cuts_strips, TRIANGLESTRIP, UINT32, UINT32_MAX, 32, BLACK)
CUTS(strips_go_on_after_a_wide_restart, TRIANGLESTRIP, UINT32, UINT32_MAX, 61, RED)
CUTS(narrow_restart_does_not_cut_wide_strips, TRIANGLESTRIP, UINT32, 2, 32, RED)
CUTS(narrow_restart_cuts_strips, TRIANGLESTRIP, UINT16, 0xFFFF, 32, BLACK)
CUTS(strips_go_on_after_a_narrow_restart, TRIANGLESTRIP, UINT16, 0xFFFF, 61, RED)
CUTS(restart_cuts_line_strips, LINESTRIP, UINT16, 0xFFFF, 32, BLACK)
CUTS(line_strips_are_joined_without_restart, LINESTRIP, UINT16, 2, 32, RED)

/* Behind an index of all ones: a list that restarted would draw 0, 1, 2, this one (X, 0, 1). */
static uint32_t drawn_list(uint32_t format, uint32_t first)
{
    static const float triangle[][2] = { { -1, 1 }, { 3, 1 }, { -1, -3 } };
    const uint32_t wide[] = { first, 0, 1, 2, 0, 0 };
    struct world *world = with_points(false, AEROGPU_TOPOLOGY_TRIANGLELIST, triangle, 3);
    uint16_t narrow[6];
    uint32_t value;

    for (int i = 0; i < 6; i++)
        narrow[i] = (uint16_t)wide[i];
    if (format == AEROGPU_INDEX_FORMAT_UINT32)
        add_upload(world, INDICES, 0, wide, sizeof(wide));
    else
        add_upload(world, INDICES, 0, narrow, sizeof(narrow));
    stream_set_index_buffer(&world->stream, INDICES, format, 0);
    stream_draw_indexed(&world->stream, 6, 1, 0, 0, 0);
    world_run(world);
    value = texel(world, TARGET, 30, 30);
    world_destroy(world);
    return value;
}

START_TEST(lists_never_restart)
{
    ck_assert_uint_eq(drawn_list(AEROGPU_INDEX_FORMAT_UINT16, 0xFFFF), BLACK);
}
END_TEST

START_TEST(lists_of_wide_indices_never_restart)
{
    ck_assert_uint_eq(drawn_list(AEROGPU_INDEX_FORMAT_UINT32, UINT32_MAX), BLACK);
}
END_TEST

START_TEST(the_same_list_without_it_is_drawn)
{
    ck_assert_uint_eq(drawn_list(AEROGPU_INDEX_FORMAT_UINT16, 2), RED);
}
END_TEST

/*
 * The buffer ends behind indices 1 and 2 of a triangle whose other corner is vertex 0: indices that
 * are not there are 0.
 */
static uint32_t drawn_beyond(uint32_t format, uint32_t first_index, uint32_t offset_bytes)
{
    static const float triangle[][2] = { { -1, 1 }, { 3, 1 }, { -1, -3 } };
    const uint32_t size = format == AEROGPU_INDEX_FORMAT_UINT32 ? 4 : 2;
    const uint32_t wide[] = { 0, 0, 1, 2 };
    const uint16_t narrow[] = { 0, 0, 1, 2 };
    struct world *world = with_points(false, AEROGPU_TOPOLOGY_TRIANGLELIST, triangle, 3);
    uint32_t value;

    stream_create_buffer(&world->stream, MANY, AEROGPU_RESOURCE_USAGE_INDEX_BUFFER, 4 * size, 0);
    add_upload(world, MANY, 0, size == 4 ? (const void *)wide : narrow, 4 * size);
    stream_set_index_buffer(&world->stream, MANY, format, offset_bytes);
    stream_draw_indexed(&world->stream, 3, 1, first_index, 0, 0);
    world_run(world);
    value = texel(world, TARGET, 30, 30);
    world_destroy(world);
    return value;
}

START_TEST(indices_beyond_the_buffer_are_zero)
{
    ck_assert_uint_eq(drawn_beyond(AEROGPU_INDEX_FORMAT_UINT32, 2, 0), RED);
}
END_TEST

START_TEST(narrow_indices_beyond_the_buffer_are_zero)
{
    ck_assert_uint_eq(drawn_beyond(AEROGPU_INDEX_FORMAT_UINT16, 1, 2), RED);
}
END_TEST

START_TEST(no_index_that_is_there_is_zeroed)
{
    ck_assert_uint_eq(drawn_beyond(AEROGPU_INDEX_FORMAT_UINT16, 0, 0), BLACK);
}
END_TEST

START_TEST(draw_wholly_beyond_the_buffer_is_degenerate)
{
    ck_assert_uint_eq(drawn_beyond(AEROGPU_INDEX_FORMAT_UINT32, 4000000000u, 0), BLACK);
}
END_TEST

START_TEST(vertices_beyond_their_buffer_are_zero)
{
    static const float triangle[][2] = { { -1, 1 }, { 3, 1 }, { -1, -3 } };
    struct world *world = with_points(false, AEROGPU_TOPOLOGY_TRIANGLELIST, triangle, 3);

    stream_draw(&world->stream, 3, 1, 1000000, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 30, 30), BLACK);
    world_destroy(world);
}
END_TEST

/* Host semantics 5 makes it a draw error, whatever D3D says. */
START_TEST(strict_host_refuses_unbound_vertex_buffers)
{
    struct world *world = with_points(false, AEROGPU_TOPOLOGY_TRIANGLELIST, fan, 3);

    *stream_set_vertex_buffers(&world->stream, 0, 1) =
        (struct aerogpu_vertex_buffer_binding){ 0, 0, 0, 0 };
    stream_draw(&world->stream, 3, 1, 0, 0);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->rule, "vertex-buffer-missing");
    world_destroy(world);
}
END_TEST

/* Positions from a buffer, colours from a slot that is empty: D3D reads zeros there. */
START_TEST(lenient_host_reads_zeros_from_unbound_vertex_buffers)
{
    const struct {
        struct aerogpu_input_layout_blob_header header;
        struct aerogpu_input_layout_element_dxgi elements[2];
    } blob = { { AEROGPU_INPUT_LAYOUT_BLOB_MAGIC, AEROGPU_INPUT_LAYOUT_BLOB_VERSION, 2, 0 },
               { { 0x7808E88A, 0, 2, 0, 0, 0, 0 }, { 0xE7C308F8, 0, 2, 1, 0, 0, 0 } } };
    static const float triangle[][2] = { { -1, 1 }, { 3, 1 }, { -1, -3 } };
    struct world *world = with_points(true, AEROGPU_TOPOLOGY_TRIANGLELIST, triangle, 3);

    memcpy(stream_create_input_layout(&world->stream, MANY, sizeof(blob)), &blob, sizeof(blob));
    stream_set_input_layout(&world->stream, MANY);
    stream_draw(&world->stream, 3, 1, 0, 0);
    world_submit(world);
    ck_assert_uint_eq(texel(world, TARGET, 30, 30), 0);
    world_destroy(world);
}
END_TEST

/* One triangle for each instance, moved by a vertex of its own; steps 1 and 2. */
static uint32_t drawn_instance(uint32_t step, uint32_t first_instance, uint32_t instances)
{
    const struct {
        struct aerogpu_input_layout_blob_header header;
        struct aerogpu_input_layout_element_dxgi elements[2];
    } blob = { { AEROGPU_INPUT_LAYOUT_BLOB_MAGIC, AEROGPU_INPUT_LAYOUT_BLOB_VERSION, 2, 0 },
               { { 0x7808E88A, 0, 2, 0, 0, 0, 0 }, { 0xE7C308F8, 0, 2, 1, 0, 1, step } } };
    static const float colors[4][4] = {
        { 1, 0, 0, 1 }, { 0, 1, 0, 1 }, { 0, 0, 1, 1 }, { 1, 1, 1, 1 }
    };
    static const float triangle[][2] = { { -1, 1 }, { 3, 1 }, { -1, -3 } };
    struct world *world = with_points(false, AEROGPU_TOPOLOGY_TRIANGLELIST, triangle, 3);
    uint32_t value;

    stream_create_buffer(&world->stream, MANY, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, sizeof(colors),
                         0);
    add_upload(world, MANY, 0, colors, sizeof(colors));
    memcpy(stream_create_input_layout(&world->stream, MANY + 1, sizeof(blob)), &blob, sizeof(blob));
    stream_set_input_layout(&world->stream, MANY + 1);
    *stream_set_vertex_buffers(&world->stream, 1, 1) =
        (struct aerogpu_vertex_buffer_binding){ MANY, 16, 0, 0 };
    stream_draw(&world->stream, 3, instances, 0, first_instance);
    world_run(world);
    value = texel(world, TARGET, 30, 30);
    world_destroy(world);
    return value;
}

/* The last instance is on top. */
START_TEST(instances_step_through_their_buffer)
{
    ck_assert_uint_eq(drawn_instance(1, 0, 2), 0x00FF00FF);
}
END_TEST

START_TEST(step_rate_repeats_instances)
{
    ck_assert_uint_eq(drawn_instance(2, 0, 2), RED);
}
END_TEST

START_TEST(first_instance_is_added_to_the_step)
{
    ck_assert_uint_eq(drawn_instance(2, 1, 3), 0x0000FFFF);
}
END_TEST

START_TEST(endless_draws_are_refused)
{
    struct world *world = with_points(false, AEROGPU_TOPOLOGY_TRIANGLELIST, fan, 3);

    stream_draw(&world->stream, UINT32_MAX, UINT32_MAX, 0, 0);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_BACKEND);
    ck_assert_str_eq(world->rule, "unsupported-draw");
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        points_are_pixels,
        points_are_not_joined,
        lines_are_drawn,
        lines_of_a_list_are_not_joined,
        lines_of_a_strip_are_joined,
        line_with_neighbours_is_drawn,
        neighbours_of_a_line_are_skipped,
        line_strip_with_neighbours_is_drawn,
        neighbours_of_a_line_strip_are_skipped,
        triangle_with_neighbours_is_drawn,
        neighbours_of_a_triangle_are_skipped,
        strip_with_neighbours_begins,
        strip_with_neighbours_goes_on,
        fan_begins_as_a_list_does,
        fan_goes_on_around_its_first_vertex,
        list_is_no_fan,
        patches_are_not_drawn,
        patches_are_refused_by_name,
        strict_host_refuses_fans,
        wide_restart_cuts_strips,
        strips_go_on_after_a_wide_restart,
        narrow_restart_does_not_cut_wide_strips,
        narrow_restart_cuts_strips,
        strips_go_on_after_a_narrow_restart,
        restart_cuts_line_strips,
        line_strips_are_joined_without_restart,
        lists_never_restart,
        lists_of_wide_indices_never_restart,
        the_same_list_without_it_is_drawn,
        indices_beyond_the_buffer_are_zero,
        narrow_indices_beyond_the_buffer_are_zero,
        no_index_that_is_there_is_zeroed,
        draw_wholly_beyond_the_buffer_is_degenerate,
        vertices_beyond_their_buffer_are_zero,
        strict_host_refuses_unbound_vertex_buffers,
        lenient_host_reads_zeros_from_unbound_vertex_buffers,
        instances_step_through_their_buffer,
        step_rate_repeats_instances,
        first_instance_is_added_to_the_step,
        endless_draws_are_refused,
    };

    return world_main("host input assembler", tests, sizeof(tests) / sizeof(tests[0]));
}
