/** What is wrong or not executed is refused by name, with its place, and drawn never. */
#include "dxbc/builder.h"
#include "world.h"

#include "aerogpu/decode.h"
#include "aerogpu_unaligned.h"

enum { SHADER = FREE };

/* Submits and compares code and rule. */
static void expect(struct world *world, enum aerogpu_host_error error, const char *rule)
{
    const enum aerogpu_host_error got = world_submit(world);

    ck_assert_msg(got == error, "code %d, %s: %s", (int)got, world->rule, world->text);
    ck_assert_str_eq(world->rule, rule);
    world_destroy(world);
}

START_TEST(missing_state_is_refused)
{
    struct world *world = world_create(false);

    add_scene(world);
    world_run(world);
    stream_draw(&world->stream, 3, 1, 0, 0);
    expect(world, AEROGPU_HOST_CMD_DECODE, "state-undefined");
}
END_TEST

START_TEST(error_has_the_offset_of_its_packet)
{
    struct world *world = world_create(false);

    stream_nop(&world->stream);
    stream_create_buffer(&world->stream, 0, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 16, 0);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_CMD_DECODE);
    ck_assert_uint_eq(world->offset_bytes, 24 + 8);
    world_destroy(world);
}
END_TEST

START_TEST(refused_submission_executes_nothing)
{
    struct world *world = world_create(false);

    add_texture(world, TARGET, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                4, 4, 1);
    add_clear(world, 1, 1, 1, 1);
    world_run(world);
    add_clear(world, 0, 0, 0, 0);
    stream_packet(&world->stream, 0x999, 8);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_uint_eq(texel(world, TARGET, 0, 0), 0xFFFFFFFF);
    world_destroy(world);
}
END_TEST

START_TEST(lenient_host_goes_on)
{
    struct world *world = world_create(true);

    add_texture(world, TARGET, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                4, 4, 1);
    stream_packet(&world->stream, 0x999, 8);
    add_clear(world, 1, 1, 1, 1);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_uint_eq(texel(world, TARGET, 0, 0), 0xFFFFFFFF);
    world_destroy(world);
}
END_TEST

START_TEST(allocation_that_is_too_small_is_out_of_bounds)
{
    struct world *world = world_create(false);

    stream_create_buffer(&world->stream, VERTICES, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER,
                         2 * GUEST_BYTES, ALLOCATION);
    expect(world, AEROGPU_HOST_OOB, "alloc-range");
}
END_TEST

START_TEST(truncated_stream_is_refused)
{
    struct world *world = world_create(false);
    uint32_t size_bytes;

    add_scene(world);
    size_bytes = stream_end(&world->stream);
    ck_assert_int_ne(aerogpu_host_submit(world->host, 1, world->memory, size_bytes - 4, NULL, 0),
                     AEROGPU_HOST_OK);
    world_destroy(world);
}
END_TEST

/* A pixel shader of one instruction before its end, and a target. */
static void add_instruction(struct world *world, const uint32_t *words, uint32_t count)
{
    static const struct dxbc_signature_entry target = { DXBC_SV_NONE, 0, 0xF };
    uint32_t tokens[32] = { 0x00000050, 0, 101 | 3u << 24, 0x001020F2, 0, 104 | 2u << 24, 1 };
    struct dxbc_scan scan;
    struct dxbc_container_desc desc = {
        .tokens = tokens, .scan = &scan, .outputs = &target, .output_count = 1
    };
    uint32_t size_bytes;
    void *payload;

    memcpy(tokens + 7, words, count * sizeof(*words));
    tokens[7 + count] = 62 | 1u << 24;
    tokens[1] = 8 + count;
    ck_assert(dxbc_scan_tokens(tokens, tokens[1], &scan, NULL));
    ck_assert(dxbc_container_size(&desc, &size_bytes));
    payload = stream_create_shader_dxbc(&world->stream, SHADER, AEROGPU_SHADER_STAGE_PIXEL, 0,
                                        size_bytes);
    ck_assert(payload && dxbc_container_write(&desc, payload, size_bytes));
}

#define REFUSES_OPCODE(name, word, title, ...)                                                     \
    START_TEST(name)                                                                               \
    {                                                                                              \
        static const uint32_t words[] = { __VA_ARGS__ };                                           \
        struct world *world = world_create(false);                                                 \
                                                                                                   \
        add_instruction(world, words, sizeof(words) / 4);                                          \
        ck_assert_int_eq(world_submit(world), AEROGPU_HOST_BACKEND);                               \
        ck_assert_str_eq(world->rule, word);                                                       \
        ck_assert_msg(strstr(world->text, title) == world->text, "%s", world->text);               \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

/* Registers r0 as destination, as source with the swizzle xyzw, and null. */
#define R0      0x001000F2, 0
#define R0_XYZW 0x00100E46, 0
#define NOWHERE 0x0000D000

REFUSES_OPCODE(umul_is_refused, "unsupported-shader", "umul", 81 | 8u << 24, NOWHERE, R0, R0_XYZW,
               R0_XYZW)
REFUSES_OPCODE(uaddc_is_refused, "unsupported-shader", "uaddc", 132 | 9u << 24, R0, R0, R0_XYZW,
               R0_XYZW)
REFUSES_OPCODE(high_half_of_imul_is_refused, "unsupported-shader", "imul", 38 | 9u << 24, R0, R0,
               R0_XYZW, R0_XYZW)
REFUSES_OPCODE(unknown_opcode_is_refused, "unsupported-shader", "opcode", 600 | 1u << 24)
REFUSES_OPCODE(wide_firstbit_is_refused, "unsupported-shader", "firstbit_hi", 135 | 5u << 24, R0,
               R0_XYZW)

START_TEST(low_half_of_imul_is_accepted)
{
    static const uint32_t words[] = { 38 | 8u << 24, NOWHERE, R0, R0_XYZW, R0_XYZW };
    struct world *world = world_create(false);

    add_instruction(world, words, sizeof(words) / 4);
    world_run(world);
    world_destroy(world);
}
END_TEST

START_TEST(changed_container_is_refused)
{
    struct world *world = world_create(true);
    static const uint32_t words[] = { 58 | 1u << 24 };

    add_instruction(world, words, 1);
    world->stream.cursor[-8] ^= 1;
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_CMD_DECODE);
    world_destroy(world);
}
END_TEST

/* What a lenient host says last of a packet: its own word, whatever the validator said. */
static void refuses_packet(uint32_t opcode, uint32_t size_bytes, const char *name)
{
    struct world *world = world_create(true);
    uint8_t *packet = stream_packet(&world->stream, opcode, size_bytes);

    memset(packet + sizeof(struct aerogpu_cmd_hdr), 0, size_bytes - sizeof(struct aerogpu_cmd_hdr));
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->last_rule, "unsupported-packet");
    ck_assert_msg(strstr(world->last_text, name) == world->last_text, "%s", world->last_text);
    world_destroy(world);
}

#define REFUSES_PACKET(name, opcode, size_bytes)                                                   \
    START_TEST(name)                                                                               \
    {                                                                                              \
        refuses_packet(AEROGPU_CMD_##opcode, size_bytes, #opcode);                                 \
    }                                                                                              \
    END_TEST

REFUSES_PACKET(float_constants_of_d3d9_are_refused, SET_SHADER_CONSTANTS_F, 24)
REFUSES_PACKET(integer_constants_of_d3d9_are_refused, SET_SHADER_CONSTANTS_I, 24)
REFUSES_PACKET(boolean_constants_of_d3d9_are_refused, SET_SHADER_CONSTANTS_B, 24)
REFUSES_PACKET(sampler_state_of_d3d9_is_refused, SET_SAMPLER_STATE, 24)
REFUSES_PACKET(render_state_of_d3d9_is_refused, SET_RENDER_STATE, 16)

/* All other opcodes have a handler: none is refused as a packet. */
START_TEST(every_other_packet_is_executed)
{
    static const uint32_t d3d9[] = {
        AEROGPU_CMD_SET_SHADER_CONSTANTS_F, AEROGPU_CMD_SET_SHADER_CONSTANTS_I,
        AEROGPU_CMD_SET_SHADER_CONSTANTS_B, AEROGPU_CMD_SET_SAMPLER_STATE,
        AEROGPU_CMD_SET_RENDER_STATE,
    };
    struct world *world = world_create(true);
    uint32_t known = 0;

    for (uint32_t opcode = 0; opcode < 0x1000; opcode++) {
        bool is_d3d9 = false;

        for (size_t i = 0; i < sizeof(d3d9) / sizeof(d3d9[0]); i++)
            is_d3d9 |= d3d9[i] == opcode;
        if (is_d3d9 || !aerogpu_opcode_name(opcode))
            continue;
        known++;
        memset(stream_packet(&world->stream, opcode, 64) + 8, 0, 56);
        world_submit(world);
        ck_assert_msg(strcmp(world->last_rule, "unsupported-packet") != 0, "%s", world->last_text);
    }
    ck_assert_uint_eq(known, 43);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        missing_state_is_refused,
        error_has_the_offset_of_its_packet,
        refused_submission_executes_nothing,
        lenient_host_goes_on,
        allocation_that_is_too_small_is_out_of_bounds,
        truncated_stream_is_refused,
        umul_is_refused,
        uaddc_is_refused,
        high_half_of_imul_is_refused,
        unknown_opcode_is_refused,
        wide_firstbit_is_refused,
        low_half_of_imul_is_accepted,
        changed_container_is_refused,
        float_constants_of_d3d9_are_refused,
        integer_constants_of_d3d9_are_refused,
        boolean_constants_of_d3d9_are_refused,
        sampler_state_of_d3d9_is_refused,
        render_state_of_d3d9_is_refused,
        every_other_packet_is_executed,
    };

    return world_main("host refusals", tests, sizeof(tests) / sizeof(tests[0]));
}
