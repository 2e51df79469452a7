/** Compute shaders over raw buffers, written as tokens. */
#include "dxbc/builder.h"
#include "world.h"

enum { SHADER = FREE, INPUT, OUTPUT };

/* Writes word 1 of t0 to word 2 of u0. */
static const uint32_t move_word[] = {
    0x00050050,
    31,
    157 | 3u << 24, /* dcl_uav_raw u0 */
    0x0011E000,
    0,
    161 | 3u << 24, /* dcl_resource_raw t0 */
    0x00107000,
    0,
    104 | 2u << 24, /* dcl_temps 1 */
    1,
    155 | 4u << 24, /* dcl_thread_group 1, 1, 1 */
    1,
    1,
    1,
    165 | 7u << 24, /* ld_raw r0.x, l(4), t0.xxxx */
    0x00100012,
    0,
    0x00004001,
    4,
    0x00107006,
    0,
    166 | 7u << 24, /* store_raw u0.x, l(8), r0.x */
    0x0011E012,
    0,
    0x00004001,
    8,
    0x0010000A,
    0,
    62 | 1u << 24, /* ret */
};

static void add_shader_tokens(struct world *world)
{
    uint32_t tokens[sizeof(move_word) / 4];
    struct dxbc_scan scan;
    struct dxbc_container_desc desc = { .tokens = tokens, .scan = &scan };
    const char *reason = NULL;
    uint32_t size_bytes;
    void *payload;

    memcpy(tokens, move_word, sizeof(tokens));
    tokens[1] = sizeof(tokens) / 4;
    ck_assert_msg(dxbc_scan_tokens(tokens, tokens[1], &scan, &reason), "%s", reason);
    ck_assert(dxbc_container_size(&desc, &size_bytes));
    payload = stream_create_shader_dxbc(&world->stream, SHADER, AEROGPU_SHADER_STAGE_COMPUTE, 0,
                                        size_bytes);
    ck_assert(payload && dxbc_container_write(&desc, payload, size_bytes));
}

static void bind_range(struct world *world, uint32_t opcode, uint32_t buffer, uint32_t offset_bytes,
                       uint32_t last)
{
    void *payload;
    struct aerogpu_cmd_set_constant_buffers *cmd =
        stream_packet_payload(&world->stream, opcode, sizeof(*cmd), 16, &payload);

    cmd->shader_stage = AEROGPU_SHADER_STAGE_COMPUTE;
    cmd->start_slot = 0;
    cmd->buffer_count = 1;
    cmd->reserved0 = 0;
    *(struct aerogpu_constant_buffer_binding *)payload =
        (struct aerogpu_constant_buffer_binding){ buffer, offset_bytes, 16, last };
}

/* Word `word` of the output after a dispatch that reads from a byte on. */
static uint32_t dispatched(uint32_t groups, uint32_t offset_bytes, uint32_t word)
{
    static const uint32_t words[8] = { 10, 11, 12, 13, 14, 15, 16, 17 };
    struct world *world = world_create(false);
    struct aerogpu_cmd_dispatch *dispatch;
    uint32_t value;

    stream_create_buffer(&world->stream, INPUT, AEROGPU_RESOURCE_USAGE_STORAGE, 32, 0);
    stream_create_buffer(&world->stream, OUTPUT, AEROGPU_RESOURCE_USAGE_STORAGE, 512, 0);
    add_upload(world, INPUT, 0, words, sizeof(words));
    add_shader_tokens(world);
    stream_bind_shaders(&world->stream, 0, 0, SHADER);
    bind_range(world, AEROGPU_CMD_SET_SHADER_RESOURCE_BUFFERS, INPUT, offset_bytes, 0);
    bind_range(world, AEROGPU_CMD_SET_UNORDERED_ACCESS_BUFFERS, OUTPUT, 256, UINT32_MAX);
    dispatch = stream_packet(&world->stream, AEROGPU_CMD_DISPATCH, sizeof(*dispatch));
    dispatch->group_count_x = groups;
    dispatch->group_count_y = dispatch->group_count_z = 1;
    dispatch->reserved0 = 0;
    world_run(world);
    ck_assert(aerogpu_host_read_buffer(world->host, OUTPUT, word * 4, &value, 4));
    world_destroy(world);
    return value;
}

START_TEST(compute_shader_moves_a_word)
{
    ck_assert_uint_eq(dispatched(1, 0, 66), 11);
}
END_TEST

START_TEST(resource_range_begins_at_its_offset)
{
    ck_assert_uint_eq(dispatched(1, 16, 66), 15);
}
END_TEST

/* Offsets that are a multiple of 4 alone are bound by copying. */
START_TEST(resource_range_begins_at_any_word)
{
    ck_assert_uint_eq(dispatched(1, 12, 66), 14);
}
END_TEST

START_TEST(unordered_access_range_begins_at_its_offset)
{
    ck_assert_uint_eq(dispatched(1, 0, 2), 0);
}
END_TEST

START_TEST(dispatch_of_no_groups_writes_nothing)
{
    ck_assert_uint_eq(dispatched(0, 0, 66), 0);
}
END_TEST

START_TEST(endless_dispatches_are_refused)
{
    struct world *world = world_create(false);
    struct aerogpu_cmd_dispatch *dispatch;

    stream_create_buffer(&world->stream, INPUT, AEROGPU_RESOURCE_USAGE_STORAGE, 32, 0);
    stream_create_buffer(&world->stream, OUTPUT, AEROGPU_RESOURCE_USAGE_STORAGE, 512, 0);
    add_shader_tokens(world);
    stream_bind_shaders(&world->stream, 0, 0, SHADER);
    bind_range(world, AEROGPU_CMD_SET_SHADER_RESOURCE_BUFFERS, INPUT, 0, 0);
    bind_range(world, AEROGPU_CMD_SET_UNORDERED_ACCESS_BUFFERS, OUTPUT, 0, UINT32_MAX);
    dispatch = stream_packet(&world->stream, AEROGPU_CMD_DISPATCH, sizeof(*dispatch));
    *dispatch = (struct aerogpu_cmd_dispatch){ dispatch->hdr, 65535, 65535, 65535, 0 };
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_BACKEND);
    ck_assert_str_eq(world->rule, "unsupported-dispatch");
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        compute_shader_moves_a_word,
        resource_range_begins_at_its_offset,
        resource_range_begins_at_any_word,
        endless_dispatches_are_refused,
        unordered_access_range_begins_at_its_offset,
        dispatch_of_no_groups_writes_nothing,
    };

    return world_main("host compute shaders", tests, sizeof(tests) / sizeof(tests[0]));
}
