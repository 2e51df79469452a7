/**
 * Hostile input: children that crash, hang or babble; damaged shaders with a right checksum;
 * damaged streams. Whatever comes, the host reports it and goes on.
 */
#include <stdlib.h>
#include <unistd.h>

#include "dxbc/hash.h"
#include "host/child.h"
#include "world.h"

enum { SHADER = FREE };

/* What a child did, as a word. */
static const char *outcome_of(void (*run)(void *user, int out), uint32_t time_limit_ms)
{
    const struct host_child child = { run, "hello", time_limit_ms, 4096 };
    struct host_child_result result;
    const char *reason = NULL;

    if (!host_child_run(&child, &result, &reason)) {
        ck_assert_ptr_null(result.answer);
        return reason;
    }
    ck_assert_uint_eq(result.answer_bytes, 5);
    ck_assert_str_eq((const char *)result.answer, "hello");
    host_child_result_finish(&result);
    return "answered";
}

static void answer(void *user, int out)
{
    host_child_write(out, user, strlen(user));
}

static void hang(void *user, int out)
{
    answer(user, out);
    for (;;)
        pause();
}

static void die(void *user, int out)
{
    answer(user, out);
    abort();
}

static void leave(void *user, int out)
{
    answer(user, out);
    _exit(1);
}

static void babble(void *user, int out)
{
    while (host_child_write(out, user, 5))
        continue;
}

static void babble_to_the_log(void *user, int out)
{
    (void)out;
    while (host_child_write(STDERR_FILENO, user, 5))
        continue;
}

#define CHILD(name, run, time_limit_ms, outcome)                                                   \
    START_TEST(name)                                                                               \
    {                                                                                              \
        ck_assert_str_eq(outcome_of(run, time_limit_ms), outcome);                                 \
    }                                                                                              \
    END_TEST

CHILD(child_that_answers_is_heard, answer, 10000, "answered")
CHILD(child_that_hangs_is_stopped, hang, 100, "it ran out of time")
CHILD(child_that_aborts_is_noticed, die, 10000, "it crashed")
CHILD(child_that_fails_is_noticed, leave, 10000, "it crashed")
CHILD(child_that_babbles_is_stopped, babble, 10000, "it says too much")
CHILD(log_that_babbles_is_stopped, babble_to_the_log, 10000, "it says too much")

/* Numbers that look random and are the same in every run. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A bit, a value from the edges, or another word of the same bytes. */
static void damage(uint8_t *bytes, uint32_t size_bytes, uint32_t *random)
{
    static const uint32_t edges[] = { 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFF00 };
    const uint32_t words = size_bytes / 4;
    uint8_t *at = bytes + 4 * (size_t)(next_random(random) % words);
    uint32_t word;

    memcpy(&word, at, 4);
    switch (next_random(random) % 3) {
    case 0:
        word ^= 1u << next_random(random) % 32;
        break;
    case 1:
        word = edges[next_random(random) % (sizeof(edges) / sizeof(edges[0]))];
        break;
    default:
        memcpy(&word, bytes + 4 * (size_t)(next_random(random) % words), 4);
    }
    memcpy(at, &word, 4);
}

/* Draws with a pixel shader whose program was damaged, checksum right again. */
static void draw_damaged(struct world *world, uint32_t handle, const uint8_t *container,
                         uint32_t size_bytes, uint32_t *random)
{
    uint8_t damaged[4096];
    void *payload;

    memcpy(damaged, container, size_bytes);
    damage(damaged + 32, size_bytes - 32, random);
    dxbc_hash(damaged, size_bytes, damaged + 4);
    payload = stream_create_shader_dxbc(&world->stream, handle, AEROGPU_SHADER_STAGE_PIXEL, 0,
                                        size_bytes);
    ck_assert_ptr_nonnull(payload);
    memcpy(payload, damaged, size_bytes);
    add_state(world);
    stream_bind_shaders(&world->stream, COLOR_VS, handle, 0);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
}

/* The container that a program gets. */
static uint32_t container_of(const char *text, uint8_t *container)
{
    struct world *scratch = world_create(true);
    const uint8_t *payload;
    uint32_t size_bytes;

    add_program(scratch, SHADER, AEROGPU_SHADER_STAGE_PIXEL, text);
    payload = scratch->memory + sizeof(struct aerogpu_cmd_stream_header) +
              sizeof(struct aerogpu_cmd_create_shader_dxbc);
    memcpy(&size_bytes, payload + 24, 4);
    ck_assert_uint_le(size_bytes, 4096);
    memcpy(container, payload, size_bytes);
    world_destroy(scratch);
    return size_bytes;
}

static const float red[4] = { 1, 0, 0, 1 };

/* After all of it a plain draw still gives a plain picture. */
static void expect_alive(struct world *world)
{
    world->errors = 0;
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    ck_assert_msg(world_submit(world) == AEROGPU_HOST_OK, "%s: %s", world->rule, world->text);
    ck_assert_uint_eq(texel(world, TARGET, 20, 20), 0xFF0000FF);
    world_destroy(world);
}

static void draw_all_damaged(const char *text, uint32_t seed)
{
    struct world *world = world_create(true);
    uint8_t container[4096];
    const uint32_t size_bytes = container_of(text, container);
    uint32_t random = seed, refused = 0;

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    for (uint32_t i = 0; i < 50; i++) {
        const uint32_t before = world->errors;

        draw_damaged(world, SHADER + i, container, size_bytes, &random);
        refused += world->errors != before;
    }
    ck_assert_msg(refused > 10, "only %u of 50 damaged shaders were refused", refused);
    expect_alive(world);
}

START_TEST(damaged_arithmetic_is_survived)
{
    draw_all_damaged("ps_4_0\n"
                     "dcl_constantbuffer cb0[1], immediateIndexed\n"
                     "dcl_input_ps linear v1.xyzw\n"
                     "dcl_output o0.xyzw\n"
                     "dcl_temps 2\n"
                     "mad r0.xyzw, v1.xyzw, cb0[0].xyzw, l(0.5, 0.25, 0, 1.0)\n"
                     "ftoi r1.xy, r0.xyxx\n"
                     "ishl r1.x, r1.x, r1.y\n"
                     "dp4 r1.y, r0.xyzw, r0.wzyx\n"
                     "movc o0.xyzw, r1.xxxx, r0.xyzw, r1.yyyy\n"
                     "ret\n",
                     1);
}
END_TEST

START_TEST(damaged_texture_reads_are_survived)
{
    draw_all_damaged("ps_4_0\n"
                     "dcl_sampler s1, mode_default\n"
                     "dcl_resource_texture2d (float,float,float,float) t3\n"
                     "dcl_input_ps linear v1.xyzw\n"
                     "dcl_output o0.xyzw\n"
                     "dcl_temps 2\n"
                     "sample r0.xyzw, v1.xyxx, t3.xyzw, s1\n"
                     "lt r1.x, r0.x, l(0.5)\n"
                     "if_nz r1.x\n"
                     "  sample_l r0.xyzw, v1.yxxx, t3.xyzw, s1, l(0)\n"
                     "endif\n"
                     "deriv_rtx r1.xy, v1.xyxx\n"
                     "add o0.xyzw, r0.xyzw, r1.xyxy\n"
                     "ret\n",
                     2);
}
END_TEST

/* A scene, a draw and a readback, with one to four words damaged. */
static void add_everything(struct world *world)
{
    static const struct {
        uint32_t opcode, handle;
    } created[] = {
        { AEROGPU_CMD_DESTROY_RESOURCE, TARGET },
        { AEROGPU_CMD_DESTROY_RESOURCE, DEPTH },
        { AEROGPU_CMD_DESTROY_RESOURCE, VERTICES },
        { AEROGPU_CMD_DESTROY_RESOURCE, INDICES },
        { AEROGPU_CMD_DESTROY_RESOURCE, CONSTANTS },
        { AEROGPU_CMD_DESTROY_RESOURCE, TINT },
        { AEROGPU_CMD_DESTROY_SHADER, COLOR_VS },
        { AEROGPU_CMD_DESTROY_SHADER, COLOR_PS },
        { AEROGPU_CMD_DESTROY_SHADER, SAMPLE_PS },
        { AEROGPU_CMD_DESTROY_INPUT_LAYOUT, LAYOUT },
        { AEROGPU_CMD_DESTROY_SHADER, LOD_PS },
        { AEROGPU_CMD_DESTROY_SHADER, ARRAY_PS },
        { AEROGPU_CMD_DESTROY_SAMPLER, POINT_SAMPLER },
        { AEROGPU_CMD_DESTROY_RESOURCE, FREE + 2 },
    };
    const struct aerogpu_cmd_create_texture_view part = { .texture_handle = TARGET,
                                                          .format = AEROGPU_FORMAT_R8G8B8A8_UNORM,
                                                          .mip_level_count = 1,
                                                          .array_layer_count = 1 };
    const struct stream_texture2d backed = { AEROGPU_RESOURCE_USAGE_TEXTURE,
                                             AEROGPU_FORMAT_R8G8B8A8_UNORM,
                                             EXTENT,
                                             EXTENT,
                                             1,
                                             1,
                                             EXTENT * 4,
                                             ALLOCATION };
    const struct aerogpu_cmd_copy_texture2d copy = { .dst_texture = FREE + 2,
                                                     .src_texture = TARGET,
                                                     .width = EXTENT,
                                                     .height = EXTENT,
                                                     .flags = AEROGPU_COPY_FLAG_WRITEBACK_DST };

    add_scene(world);
    add_lookups(world);
    add_view(world, FREE + 1, &part);
    stream_create_texture2d(&world->stream, FREE + 2, &backed);
    add_lookup(world, LOD_PS, FREE + 2, red);
    stream_set_index_buffer(&world->stream, INDICES, AEROGPU_INDEX_FORMAT_UINT16, 0);
    stream_draw_indexed(&world->stream, 6, 1, 0, 0, 0);
    add_copy(world, &copy);
    stream_resource_dirty_range(&world->stream, FREE + 2, 0, EXTENT * EXTENT * 4);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_TEXTURE_VIEW, FREE + 1);
    for (size_t i = 0; i < sizeof(created) / sizeof(created[0]); i++)
        stream_destroy(&world->stream, created[i].opcode, created[i].handle);
}

START_TEST(damaged_streams_are_survived)
{
    struct world *world = world_create_limited(true, 64 << 20);
    uint32_t random = 3, whole_bytes, errors;
    uint8_t *whole;

    add_everything(world);
    whole_bytes = stream_end(&world->stream);
    whole = malloc(whole_bytes);
    ck_assert_ptr_nonnull(whole);
    memcpy(whole, world->memory, whole_bytes);
    ck_assert_msg(aerogpu_host_submit(world->host, 1, whole, whole_bytes, &world->entry, 1) ==
                      AEROGPU_HOST_OK,
                  "%s: %s", world->rule, world->text);
    for (uint32_t i = 0; i < 100; i++) {
        memcpy(world->memory, whole, whole_bytes);
        for (uint32_t k = next_random(&random) % 4 + 1; k > 0; k--)
            damage(world->memory + 24, whole_bytes - 24, &random);
        aerogpu_host_submit(world->host, 1, world->memory, whole_bytes, &world->entry, 1);
    }
    errors = world->errors;
    free(whole);
    world_destroy(world);
    ck_assert_msg(errors > 50, "only %u errors", errors);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        child_that_answers_is_heard,    child_that_hangs_is_stopped,
        child_that_aborts_is_noticed,   child_that_fails_is_noticed,
        child_that_babbles_is_stopped,  log_that_babbles_is_stopped,
        damaged_arithmetic_is_survived, damaged_texture_reads_are_survived,
        damaged_streams_are_survived,
    };

    return world_main("host hostile input", tests, sizeof(tests) / sizeof(tests[0]));
}
