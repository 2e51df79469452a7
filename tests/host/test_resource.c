/** Textures, copies and guest memory: what the device reads and what it gives back. */
#include "world.h"

enum { IMAGE = FREE, SAMPLER, SECOND, BACKED, SOURCE };

#define RED   0xFF0000FFu
#define GREEN 0x00FF00FFu
#define BLUE  0x0000FFFFu
#define BLACK 0x000000FFu

/* Four texels: red green / blue white. */
static const uint8_t four[16] = {
    255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255
};

/* Draws a quad whose corners have the colours (0,0), (scale,0), (0,scale), (scale,scale). */
static void add_sampled_quad(struct world *world, float scale)
{
    const float corners[6][2] = { { 0, 0 }, { 1, 0 }, { 0, 1 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
    struct vertex vertices[6];

    for (int i = 0; i < 6; i++) {
        vertices[i] = (struct vertex){
            { corners[i][0] * 2 - 1, 1 - corners[i][1] * 2, 0.5f, 1 },
            { corners[i][0] * scale, corners[i][1] * scale, 0, 1 },
        };
    }
    add_vertices(world, 0, vertices, 6);
}

static struct world *with_sampling(uint32_t format, const void *bytes, uint32_t size_bytes,
                                   uint32_t width, uint32_t filter, float scale)
{
    struct world *world = world_create(false);

    add_scene(world);
    add_texture(world, IMAGE, format, AEROGPU_RESOURCE_USAGE_TEXTURE, width, width, 1);
    add_upload(world, IMAGE, 0, bytes, size_bytes);
    add_sampled_quad(world, scale);
    add_state(world);
    add_sampling(world, IMAGE, SAMPLER, filter, AEROGPU_SAMPLER_ADDRESS_REPEAT);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    return world;
}

#define SAMPLES(name, format, bytes, width, filter, scale, x, y, color)                            \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world =                                                                      \
            with_sampling(AEROGPU_FORMAT_##format, bytes, sizeof(bytes), width, filter, scale);    \
                                                                                                   \
        ck_assert_uint_eq(texel(world, TARGET, x, y), color);                                      \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

/* A block of red: both end points 0xF800, all indices 0. */
static const uint8_t bc1_red[8] = { 0x00, 0xF8, 0x00, 0xF8, 0, 0, 0, 0 };
static const uint8_t b5g6r5_green[8] = { 0xE0, 0x07, 0xE0, 0x07, 0xE0, 0x07, 0xE0, 0x07 };
static const uint8_t x8_texels[16] = { 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0 };

SAMPLES(first_texel_is_top_left, R8G8B8A8_UNORM, four, 2, 0, 1, 5, 5, RED)
SAMPLES(second_texel_is_right_of_it, R8G8B8A8_UNORM, four, 2, 0, 1, 40, 5, GREEN)
SAMPLES(third_texel_is_below, R8G8B8A8_UNORM, four, 2, 0, 1, 5, 40, BLUE)
SAMPLES(b8g8r8a8_swaps_red_and_blue, B8G8R8A8_UNORM, four, 2, 0, 1, 5, 5, BLUE)
SAMPLES(nearest_does_not_mix, R8G8B8A8_UNORM, four, 2, 0, 1, 31, 5, RED)
SAMPLES(repeat_wraps_around, R8G8B8A8_UNORM, four, 2, 0, 2, 36, 5, RED)
SAMPLES(bc1_is_sampled, BC1_RGBA_UNORM, bc1_red, 4, 0, 1, 5, 5, RED)
SAMPLES(b5g6r5_is_sampled, B5G6R5_UNORM, b5g6r5_green, 2, 0, 1, 5, 5, GREEN)
SAMPLES(alpha_of_x8_reads_as_one, B8G8R8X8_UNORM, x8_texels, 2, 0, 1, 5, 5, RED)

START_TEST(linear_filter_mixes_texels)
{
    struct world *world = with_sampling(AEROGPU_FORMAT_R8G8B8A8_UNORM, four, sizeof(four), 2, 1, 1);
    const uint32_t value = texel(world, TARGET, 32, 5);

    ck_assert_uint_gt(value >> 24, 0x60);
    ck_assert_uint_gt(value >> 16 & 0xFF, 0x60);
    world_destroy(world);
}
END_TEST

START_TEST(second_target_gets_its_output)
{
    struct world *world = world_create(false);

    add_scene(world);
    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 2, 2,
                1);
    add_upload(world, IMAGE, 0, four, sizeof(four));
    add_texture(world, SECOND, AEROGPU_FORMAT_B8G8R8A8_UNORM, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                EXTENT, EXTENT, 1);
    add_sampled_quad(world, 1);
    world->targets = (struct stream_targets){ .color_count = 2, .colors = { 0, SECOND } };
    add_state(world);
    add_sampling(world, IMAGE, SAMPLER, 0, AEROGPU_SAMPLER_ADDRESS_REPEAT);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, SECOND, 5, 40), BLUE);
    ck_assert_uint_eq(texel(world, TARGET, 5, 40), BLACK);
    world_destroy(world);
}
END_TEST

START_TEST(new_textures_are_zero)
{
    struct world *world = world_create(false);

    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 8, 8,
                1);
    world_run(world);
    ck_assert_uint_eq(texel(world, IMAGE, 3, 3), 0);
    world_destroy(world);
}
END_TEST

#define CLEARS(name, format, value)                                                                \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world = world_create(false);                                                 \
                                                                                                   \
        add_texture(world, TARGET, AEROGPU_FORMAT_##format, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,  \
                    5, 3, 1);                                                                      \
        add_clear(world, 0, 0.125f, 0.25f, 0.5f);                                                  \
        world_run(world);                                                                          \
        ck_assert_uint_eq(texel(world, TARGET, 4, 2), value);                                      \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

/* 0.125 * 255 rounds to 32, 0.25 * 255 to 64, 0.5 * 255 to 128; sRGB: 0.125 to 99, 0.25 to 137. */
CLEARS(clear_fills_the_target, B8G8R8A8_UNORM, 0x00204080)
CLEARS(clear_of_x8_leaves_alpha_one, B8G8R8X8_UNORM, 0x002040FF)
CLEARS(clear_of_srgb_encodes, R8G8B8A8_UNORM_SRGB, 0x00638980)

static void add_guest_texture(struct world *world, uint32_t pitch_bytes)
{
    const struct stream_texture2d texture = { AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                                              AEROGPU_FORMAT_R8G8B8A8_UNORM,
                                              4,
                                              4,
                                              1,
                                              1,
                                              pitch_bytes,
                                              ALLOCATION };

    stream_create_texture2d(&world->stream, BACKED, &texture);
}

static void add_rectangle(struct world *world, uint32_t dst, uint32_t src, uint32_t x, uint32_t y,
                          uint32_t width, uint32_t height, uint32_t flags)
{
    const struct aerogpu_cmd_copy_texture2d copy = { .dst_texture = dst,
                                                     .src_texture = src,
                                                     .dst_x = x,
                                                     .dst_y = y,
                                                     .width = width,
                                                     .height = height,
                                                     .flags = flags };

    add_copy(world, &copy);
}

/* A 4 x 4 texture in guest memory with rows of 32 bytes gets a 2 x 2 rectangle at (1, 2). */
static struct world *with_copied_rectangle(uint32_t flags)
{
    struct world *world = world_create(false);

    memset(world->guest, 0x11, sizeof(world->guest));
    add_texture(world, SOURCE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 2, 2,
                1);
    add_upload(world, SOURCE, 0, four, sizeof(four));
    add_guest_texture(world, 32);
    add_rectangle(world, BACKED, SOURCE, 1, 2, 2, 2, flags);
    world_run(world);
    return world;
}

START_TEST(copied_rectangle_arrives)
{
    struct world *world = with_copied_rectangle(0);

    ck_assert_uint_eq(texel(world, BACKED, 2, 2), GREEN);
    world_destroy(world);
}
END_TEST

START_TEST(texels_beside_the_rectangle_stay)
{
    struct world *world = with_copied_rectangle(0);

    ck_assert_uint_eq(texel(world, BACKED, 3, 2), 0x11111111);
    world_destroy(world);
}
END_TEST

START_TEST(writeback_reaches_guest_memory)
{
    struct world *world = with_copied_rectangle(AEROGPU_COPY_FLAG_WRITEBACK_DST);

    ck_assert_mem_eq(world->guest + 2 * 32 + 4, four, 8);
    ck_assert_mem_eq(world->guest + 3 * 32 + 4, four + 8, 8);
    world_destroy(world);
}
END_TEST

START_TEST(writeback_leaves_its_surroundings)
{
    struct world *world = with_copied_rectangle(AEROGPU_COPY_FLAG_WRITEBACK_DST);

    ck_assert_uint_eq(world->guest[2 * 32 + 3], 0x11);
    ck_assert_uint_eq(world->guest[2 * 32 + 12], 0x11);
    world_destroy(world);
}
END_TEST

START_TEST(copy_without_writeback_leaves_guest_memory)
{
    struct world *world = with_copied_rectangle(0);

    ck_assert_uint_eq(world->guest[2 * 32 + 4], 0x11);
    world_destroy(world);
}
END_TEST

START_TEST(buffer_writeback_reaches_guest_memory)
{
    static const uint32_t words[4] = { 1, 2, 3, 4 };
    struct world *world = world_create(false);
    const struct aerogpu_cmd_copy_buffer copy = { .dst_buffer = BACKED,
                                                  .src_buffer = SOURCE,
                                                  .dst_offset_bytes = 8,
                                                  .src_offset_bytes = 4,
                                                  .size_bytes = 12,
                                                  .flags = AEROGPU_COPY_FLAG_WRITEBACK_DST };

    stream_create_buffer(&world->stream, SOURCE, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 16, 0);
    add_upload(world, SOURCE, 0, words, sizeof(words));
    stream_create_buffer(&world->stream, BACKED, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 64,
                         ALLOCATION);
    add_buffer_copy(world, &copy);
    world_run(world);
    ck_assert_mem_eq(world->guest + 8, words + 1, 12);
    ck_assert_uint_eq(world->guest[20], 0);
    world_destroy(world);
}
END_TEST

START_TEST(dirty_range_brings_new_guest_bytes)
{
    struct world *world = with_copied_rectangle(0);

    memset(world->guest, 0x22, sizeof(world->guest));
    stream_resource_dirty_range(&world->stream, BACKED, 0, 128);
    add_rectangle(world, SOURCE, BACKED, 0, 0, 2, 2, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, SOURCE, 1, 1), 0x22222222);
    world_destroy(world);
}
END_TEST

START_TEST(guest_bytes_are_not_read_again_unasked)
{
    struct world *world = with_copied_rectangle(0);

    memset(world->guest, 0x22, sizeof(world->guest));
    add_rectangle(world, SOURCE, BACKED, 0, 0, 2, 2, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, SOURCE, 1, 1), 0x11111111);
    world_destroy(world);
}
END_TEST

START_TEST(presented_image_is_shown)
{
    struct world *world = world_create(false);

    add_texture(world, TARGET, AEROGPU_FORMAT_R8G8B8A8_UNORM,
                AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_SCANOUT, 24, 8, 1);
    add_clear(world, 1, 0, 0, 1);
    stream_present(&world->stream, 0);
    world_run(world);
    ck_assert_uint_eq(world->shown, 1);
    ck_assert_uint_eq(world->shown_width, 24);
    world_destroy(world);
}
END_TEST

/* SHA-256 of two little-endian ones and a red texel, computed with another program. */
START_TEST(frame_hash_is_sha256_of_size_and_texels)
{
    static const uint8_t texels[4] = { 255, 0, 0, 255 };
    static const uint8_t expected[4] = { 0x13, 0xBC, 0xB8, 0xCE };
    uint8_t hash[32];

    aerogpu_host_frame_hash(1, 1, texels, hash);
    ck_assert_mem_eq(hash, expected, sizeof(expected));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        first_texel_is_top_left,
        second_texel_is_right_of_it,
        third_texel_is_below,
        b8g8r8a8_swaps_red_and_blue,
        nearest_does_not_mix,
        repeat_wraps_around,
        bc1_is_sampled,
        b5g6r5_is_sampled,
        alpha_of_x8_reads_as_one,
        linear_filter_mixes_texels,
        second_target_gets_its_output,
        new_textures_are_zero,
        clear_fills_the_target,
        clear_of_x8_leaves_alpha_one,
        clear_of_srgb_encodes,
        copied_rectangle_arrives,
        texels_beside_the_rectangle_stay,
        writeback_reaches_guest_memory,
        writeback_leaves_its_surroundings,
        copy_without_writeback_leaves_guest_memory,
        buffer_writeback_reaches_guest_memory,
        dirty_range_brings_new_guest_bytes,
        guest_bytes_are_not_read_again_unasked,
        presented_image_is_shown,
        frame_hash_is_sha256_of_size_and_texels,
    };

    return world_main("host resources", tests, sizeof(tests) / sizeof(tests[0]));
}
