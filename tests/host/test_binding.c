/** What shaders read where nothing or too little is bound, and guest memory that changes in part.
 */
#include "world.h"

enum { SHADER = FREE, IMAGE, BUFFER };

#define BLACK 0x000000FFu

/* Writes the first row of b1, and alpha 1. */
static const char row_of_b1[] = "ps_4_0\n"
                                "dcl_constantbuffer cb1[2], immediateIndexed\n"
                                "dcl_output o0.xyzw\n"
                                "mov o0.xyz, cb1[0].xyzx\n"
                                "mov o0.w, l(1.0)\n"
                                "ret\n";

static const float place[4] = { 0.5f, 0.5f, 0, 0 };

static uint32_t read_constants(bool is_lenient, uint32_t buffer, uint32_t offset_bytes,
                               uint32_t size_bytes)
{
    static const float rows[20] = { [0] = 1, [16] = 0, [17] = 1 };
    struct world *world = world_create(is_lenient);
    uint32_t value;

    add_scene(world);
    add_program(world, SHADER, AEROGPU_SHADER_STAGE_PIXEL, row_of_b1);
    stream_create_buffer(&world->stream, BUFFER, AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER, 96, 0);
    add_upload(world, BUFFER, 0, rows, sizeof(rows));
    add_quad(world, -1, 1, 1, -1, 0.5f, place);
    add_state(world);
    stream_bind_shaders(&world->stream, COLOR_VS, SHADER, 0);
    *stream_set_constant_buffers(&world->stream, AEROGPU_SHADER_STAGE_PIXEL, 0, 1, 1) =
        (struct aerogpu_constant_buffer_binding){ buffer, offset_bytes, size_bytes, 0 };
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
    value = texel(world, TARGET, 20, 20);
    world_destroy(world);
    return value;
}

START_TEST(bound_constants_are_read)
{
    ck_assert_uint_eq(read_constants(false, BUFFER, 0, 0), 0xFF0000FF);
}
END_TEST

START_TEST(constants_begin_at_their_offset)
{
    ck_assert_uint_eq(read_constants(false, BUFFER, 64, 32), 0x00FF00FF);
}
END_TEST

START_TEST(unbound_constants_are_zero)
{
    ck_assert_uint_eq(read_constants(false, 0, 0, 0), BLACK);
}
END_TEST

/* Host semantics 5: zeros for the whole buffer, not only behind its end. */
START_TEST(short_constants_are_zero)
{
    ck_assert_uint_eq(read_constants(true, BUFFER, 0, 16), BLACK);
}
END_TEST

START_TEST(constants_behind_their_buffer_are_zero)
{
    ck_assert_uint_eq(read_constants(true, BUFFER, 4096, 32), BLACK);
}
END_TEST

static uint32_t looked_up(bool is_lenient, uint32_t shader, uint32_t texture)
{
    static const uint8_t texels[4] = { 255, 255, 255, 255 };
    struct world *world = world_create(is_lenient);
    uint32_t value;

    add_scene(world);
    add_lookups(world);
    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 1, 1,
                1);
    add_upload(world, IMAGE, 0, texels, sizeof(texels));
    stream_create_buffer(&world->stream, BUFFER, AEROGPU_RESOURCE_USAGE_STORAGE, 96, 0);
    add_lookup(world, shader, texture, place);
    world_submit(world);
    value = texel(world, TARGET, 20, 20);
    world_destroy(world);
    return value;
}

START_TEST(bound_texture_is_read)
{
    ck_assert_uint_eq(looked_up(false, LOD_PS, IMAGE), 0xFFFFFFFF);
}
END_TEST

/* Host semantics 5: (0, 0, 0, 1). */
START_TEST(unbound_texture_is_opaque_black)
{
    ck_assert_uint_eq(looked_up(false, LOD_PS, 0), BLACK);
}
END_TEST

START_TEST(unbound_array_is_opaque_black)
{
    ck_assert_uint_eq(looked_up(false, ARRAY_PS, 0), BLACK);
}
END_TEST

START_TEST(buffer_where_a_texture_should_be_is_opaque_black)
{
    ck_assert_uint_eq(looked_up(true, LOD_PS, BUFFER), BLACK);
}
END_TEST

START_TEST(plain_texture_is_an_array_of_one)
{
    ck_assert_uint_eq(looked_up(false, ARRAY_PS, IMAGE), 0xFFFFFFFF);
}
END_TEST

/* A sampler slot without sampler: nearest, clamped (host semantics 5). */
START_TEST(unbound_sampler_clamps_to_the_nearest)
{
    static const uint8_t texels[8] = { 255, 0, 0, 255, 0, 255, 0, 255 };
    static const float beyond[4] = { 1.4f, 0.5f, 0, 0 };
    const uint32_t none = 0;
    struct world *world = world_create(false);

    add_scene(world);
    add_lookups(world);
    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 2, 1,
                1);
    add_upload(world, IMAGE, 0, texels, sizeof(texels));
    add_lookup(world, LOD_PS, IMAGE, beyond);
    memcpy(stream_set_samplers(&world->stream, AEROGPU_SHADER_STAGE_PIXEL, 0, 1, 1), &none, 4);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 20, 20), 0x00FF00FF);
    world_destroy(world);
}
END_TEST

/* Tables of stages that run no shaders may be sent: drivers re-send everything. */
START_TEST(tables_of_hull_and_domain_shaders_are_taken)
{
    struct world *world = world_create(false);

    add_scene(world);
    add_lookups(world);
    stream_set_texture(&world->stream, AEROGPU_SHADER_STAGE_COMPUTE, AEROGPU_SHADER_STAGE_EX_HULL,
                       3, TARGET);
    stream_set_texture(&world->stream, AEROGPU_SHADER_STAGE_COMPUTE, AEROGPU_SHADER_STAGE_EX_DOMAIN,
                       3, 0);
    world_run(world);
    world_destroy(world);
}
END_TEST

/* A texture of two mips in guest memory; what the device knows after a part was declared dirty. */
static struct world *with_dirty(bool is_lenient, uint64_t offset_bytes, uint64_t size_bytes)
{
    const struct stream_texture2d texture = {
        AEROGPU_RESOURCE_USAGE_TEXTURE, AEROGPU_FORMAT_R8G8B8A8_UNORM, 4, 4, 2, 1, 32, ALLOCATION
    };
    struct world *world = world_create(is_lenient);

    memset(world->guest, 0x11, sizeof(world->guest));
    add_scene(world);
    add_lookups(world);
    stream_create_texture2d(&world->stream, IMAGE, &texture);
    add_lookup(world, LOD_PS, IMAGE, place);
    world_submit(world);
    memset(world->guest, 0x22, sizeof(world->guest));
    stream_resource_dirty_range(&world->stream, IMAGE, offset_bytes, size_bytes);
    add_lookup(world, LOD_PS, IMAGE, place);
    world_submit(world);
    return world;
}

START_TEST(dirty_mip_is_read_again)
{
    struct world *world = with_dirty(false, 4 * 32, 2 * 8);

    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 0, 1, 1), 0x22222222);
    world_destroy(world);
}
END_TEST

START_TEST(mip_that_is_not_dirty_is_not)
{
    struct world *world = with_dirty(false, 4 * 32, 2 * 8);

    ck_assert_uint_eq(texel_at(world, IMAGE, 0, 0, 1, 1), 0x11111111);
    world_destroy(world);
}
END_TEST

/* A strict host wants whole subresources; a lenient one reads those that the range touches. */
START_TEST(partly_dirty_mip_is_read_whole)
{
    struct world *world = with_dirty(true, 32, 4);

    ck_assert_uint_eq(texel_at(world, IMAGE, 0, 0, 0, 1), 0x22222222);
    ck_assert_uint_eq(texel_at(world, IMAGE, 0, 0, 3, 3), 0x22222222);
    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 0, 0, 0), 0x11111111);
    world_destroy(world);
}
END_TEST

START_TEST(strict_host_refuses_partly_dirty_mips)
{
    struct world *world = with_dirty(false, 32, 4);

    ck_assert_str_eq(world->rule, "dirty-partial");
    world_destroy(world);
}
END_TEST

START_TEST(range_over_two_mips_reads_both)
{
    struct world *world = with_dirty(false, 0, 4 * 32 + 2 * 8);

    ck_assert_uint_eq(texel_at(world, IMAGE, 0, 0, 3, 3), 0x22222222);
    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 0, 1, 1), 0x22222222);
    world_destroy(world);
}
END_TEST

START_TEST(dirty_range_of_a_buffer_is_read_alone)
{
    struct world *world = world_create(false);
    const struct aerogpu_cmd_copy_buffer copy = { .dst_buffer = SHADER,
                                                  .src_buffer = BUFFER,
                                                  .size_bytes = 16 };
    uint32_t words[4];

    memset(world->guest, 0x11, sizeof(world->guest));
    stream_create_buffer(&world->stream, BUFFER, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 16,
                         ALLOCATION);
    stream_create_buffer(&world->stream, SHADER, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 16, 0);
    add_buffer_copy(world, &copy);
    world_run(world);
    memset(world->guest, 0x22, sizeof(world->guest));
    stream_resource_dirty_range(&world->stream, BUFFER, 4, 8);
    add_buffer_copy(world, &copy);
    world_run(world);
    ck_assert(aerogpu_host_read_buffer(world->host, SHADER, 0, words, sizeof(words)));
    ck_assert_uint_eq(words[0], 0x11111111);
    ck_assert_uint_eq(words[1], 0x22222222);
    ck_assert_uint_eq(words[2], 0x22222222);
    ck_assert_uint_eq(words[3], 0x11111111);
    world_destroy(world);
}
END_TEST

/* Draws that follow each other without a barrier see what happened between them nevertheless. */
START_TEST(draws_see_uploads_between_them)
{
    static const float green[4] = { 0, 1, 0, 1 };
    static const float none[4] = { 0, 0, 0, 0 };
    struct world *world = world_create(false);

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, none);
    world->blend.enable = 1;
    world->blend.src_factor = AEROGPU_BLEND_ONE;
    world->blend.dst_factor = AEROGPU_BLEND_ONE;
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    stream_draw(&world->stream, 6, 1, 0, 0);
    add_quad(world, -1, 1, 0, -1, 0.5f, green);
    stream_draw(&world->stream, 6, 1, 0, 0);
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
    add_quad(world, 0, 1, 1, -1, 0.5f, green);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 10, 20), 0x00FF00FF);
    ck_assert_uint_eq(texel(world, TARGET, 50, 20), 0x00FF00FF);
    world_destroy(world);
}
END_TEST

/* Draws to one target, reads it in a draw to another, draws to the first again. */
START_TEST(draws_see_the_targets_of_draws_before)
{
    static const float red[4] = { 1, 0, 0, 1 };
    struct world *world = world_create(false);
    const struct stream_targets first = { .color_count = 1, .colors = { IMAGE } };
    const struct stream_targets second = { .color_count = 1, .colors = { TARGET } };

    add_scene(world);
    add_lookups(world);
    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM,
                AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_TEXTURE, EXTENT,
                EXTENT, 1);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    world->targets = first;
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world->targets = second;
    add_lookup(world, LOD_PS, IMAGE, place);
    world->targets = first;
    add_quad(world, -1, 1, 1, -1, 0.5f, place);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 20, 20), 0xFF0000FF);
    ck_assert_uint_eq(texel(world, IMAGE, 20, 20), 0x80800000);
    world_destroy(world);
}
END_TEST

/* Nothing but the targets changes between two draws. */
START_TEST(targets_change_between_draws)
{
    static const float red[4] = { 1, 0, 0, 1 };
    struct world *world = world_create(false);
    const struct stream_targets other = { .color_count = 1, .colors = { IMAGE } };

    add_scene(world);
    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                EXTENT, EXTENT, 1);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    stream_set_render_targets(&world->stream, &other);
    stream_draw(&world->stream, 3, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 60, 60), 0xFF0000FF);
    ck_assert_uint_eq(texel(world, IMAGE, 3, 3), 0xFF0000FF);
    ck_assert_uint_eq(texel(world, IMAGE, 60, 60), 0);
    world_destroy(world);
}
END_TEST

START_TEST(flush_changes_nothing)
{
    static const float red[4] = { 1, 0, 0, 1 };
    struct world *world = world_create(false);
    struct aerogpu_cmd_flush *flush;

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    add_state(world);
    flush = stream_packet(&world->stream, AEROGPU_CMD_FLUSH, sizeof(*flush));
    memset((uint8_t *)flush + sizeof(flush->hdr), 0, sizeof(*flush) - sizeof(flush->hdr));
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 20, 20), 0xFF0000FF);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        bound_constants_are_read,
        constants_begin_at_their_offset,
        unbound_constants_are_zero,
        short_constants_are_zero,
        constants_behind_their_buffer_are_zero,
        bound_texture_is_read,
        unbound_texture_is_opaque_black,
        unbound_array_is_opaque_black,
        buffer_where_a_texture_should_be_is_opaque_black,
        plain_texture_is_an_array_of_one,
        unbound_sampler_clamps_to_the_nearest,
        tables_of_hull_and_domain_shaders_are_taken,
        dirty_mip_is_read_again,
        mip_that_is_not_dirty_is_not,
        partly_dirty_mip_is_read_whole,
        strict_host_refuses_partly_dirty_mips,
        range_over_two_mips_reads_both,
        dirty_range_of_a_buffer_is_read_alone,
        draws_see_uploads_between_them,
        draws_see_the_targets_of_draws_before,
        targets_change_between_draws,
        flush_changes_nothing,
    };

    return world_main("host bindings", tests, sizeof(tests) / sizeof(tests[0]));
}
