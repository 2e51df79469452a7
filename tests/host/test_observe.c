/** What an observer sees inside a submission, and that its looking changes nothing. */
#include "world.h"

#include <string.h>

#include "aerogpu/decode.h"
#include "aerogpu/host_state.h"

#define RED   0xFF0000FFu
#define BLACK 0x000000FFu

static const float red[4] = { 1, 0, 0, 1 };

static void note(struct world *world, uint32_t value)
{
    ck_assert_uint_lt(world->observed_count, 16);
    world->observed[world->observed_count++] = value;
}

static void note_opcode(struct world *world, const struct aerogpu_packet *packet)
{
    note(world, packet->opcode);
}

static void note_target(struct world *world, const struct aerogpu_packet *packet)
{
    if (packet->opcode == AEROGPU_CMD_CLEAR || packet->opcode == AEROGPU_CMD_DRAW)
        note(world, texel(world, TARGET, 5, 5));
}

static void expect(const struct world *world, uint32_t count, const uint32_t *values)
{
    ck_assert_uint_eq(world->observed_count, count);
    for (uint32_t i = 0; i < count; i++)
        ck_assert_msg(world->observed[i] == values[i], "%u: %08x", i, world->observed[i]);
}

static struct world *with_target(bool is_lenient)
{
    struct world *world = world_create(is_lenient);

    add_texture(world, TARGET, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                EXTENT, EXTENT, 1);
    world_run(world);
    return world;
}

START_TEST(packets_come_in_order)
{
    struct world *world = with_target(false);

    world->observe = note_opcode;
    stream_nop(&world->stream);
    stream_packet(&world->stream, AEROGPU_CMD_DEBUG_MARKER, 8);
    world_run(world);
    expect(world, 2, (const uint32_t[]){ AEROGPU_CMD_NOP, AEROGPU_CMD_DEBUG_MARKER });
    ck_assert_uint_eq(world->observed_failures, 0);
    world_destroy(world);
}
END_TEST

START_TEST(refused_submission_has_no_packets)
{
    struct world *world = with_target(false);

    world->observe = note_opcode;
    stream_nop(&world->stream);
    stream_packet(&world->stream, 0x999, 8);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    expect(world, 0, NULL);
    world_destroy(world);
}
END_TEST

START_TEST(failed_packet_is_observed)
{
    struct world *world = with_target(true);

    world->observe = note_opcode;
    stream_packet(&world->stream, 0x999, 8);
    stream_nop(&world->stream);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    expect(world, 2, (const uint32_t[]){ 0x999, AEROGPU_CMD_NOP });
    ck_assert_uint_eq(world->observed_failures, 1);
    world_destroy(world);
}
END_TEST

START_TEST(texture_is_read_as_each_packet_left_it)
{
    struct world *world = with_target(false);

    world->observe = note_target;
    add_clear(world, 0, 0, 0, 1);
    add_clear(world, 1, 0, 0, 1);
    world_run(world);
    expect(world, 2, (const uint32_t[]){ BLACK, RED });
    world_destroy(world);
}
END_TEST

/* Clears black, draws red over it. */
static void add_drawing(struct world *world)
{
    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
}

START_TEST(draw_is_seen_before_the_submission_ends)
{
    struct world *world = world_create(false);

    world->observe = note_target;
    add_drawing(world);
    world_run(world);
    ck_assert_uint_eq(world->observed[0], BLACK);
    ck_assert_uint_eq(world->observed[world->observed_count - 1], RED);
    world_destroy(world);
}
END_TEST

START_TEST(work_after_a_look_is_done)
{
    struct world *world = world_create(false);

    world->observe = note_target;
    add_drawing(world);
    add_clear(world, 0, 0, 0, 1);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 5, 5), BLACK);
    world_destroy(world);
}
END_TEST

START_TEST(presents_come_although_somebody_looked)
{
    struct world *world = world_create(false);

    world->observe = note_target;
    add_drawing(world);
    stream_present(&world->stream, 0);
    world_run(world);
    ck_assert_uint_eq(world->shown, 1);
    ck_assert_uint_eq(world->shown_texel, RED);
    world_destroy(world);
}
END_TEST

static void note_vertices(struct world *world, const struct aerogpu_packet *packet)
{
    uint32_t color = 0;

    if (packet->opcode != AEROGPU_CMD_DRAW)
        return;
    ck_assert(aerogpu_host_read_buffer(world->host, VERTICES, 16, &color, sizeof(color)));
    note(world, color);
}

START_TEST(buffer_is_read_inside_a_submission)
{
    struct world *world = world_create(false);

    world->observe = note_vertices;
    add_drawing(world);
    world_run(world);
    expect(world, 1, (const uint32_t[]){ 0x3F800000 });
    world_destroy(world);
}
END_TEST

static void note_state(struct world *world, const struct aerogpu_packet *packet)
{
    struct aerogpu_host_state state;

    if (packet->opcode != AEROGPU_CMD_DRAW)
        return;
    aerogpu_host_get_state(world->host, &state);
    note(world, state.stages[AEROGPU_HOST_STAGE_VERTEX].shader);
    note(world, state.stages[AEROGPU_HOST_STAGE_PIXEL].shader);
    note(world, state.stages[AEROGPU_HOST_STAGE_VERTEX].constant_buffers[0].handle);
    note(world, state.input_layout);
    note(world, state.vertex_buffers[0].handle);
    note(world, state.vertex_buffers[0].stride_bytes);
    note(world, state.colors[0]);
    note(world, state.topology);
    note(world, (uint32_t)state.viewport[2]);
    note(world, state.has_scissor);
    note(world, state.blend.color_write_mask);
}

START_TEST(bound_state_of_a_draw_is_told)
{
    struct world *world = world_create(false);

    world->observe = note_state;
    add_drawing(world);
    world_run(world);
    expect(world, 11,
           (const uint32_t[]){ COLOR_VS, COLOR_PS, CONSTANTS, LAYOUT, VERTICES,
                               sizeof(struct vertex), TARGET, AEROGPU_TOPOLOGY_TRIANGLELIST, EXTENT,
                               1, 0xF });
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        packets_come_in_order,
        refused_submission_has_no_packets,
        failed_packet_is_observed,
        texture_is_read_as_each_packet_left_it,
        draw_is_seen_before_the_submission_ends,
        work_after_a_look_is_done,
        presents_come_although_somebody_looked,
        buffer_is_read_inside_a_submission,
        bound_state_of_a_draw_is_told,
    };

    return world_main("observe", tests, sizeof(tests) / sizeof(tests[0]));
}
