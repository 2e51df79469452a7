/** Copies: inside of one resource, of blocks, of depth; and depth that guest memory backs. */
#include "world.h"

enum { BUFFER = FREE, IMAGE, OTHER, BACKED };

static void copy_words(struct world *world, uint32_t src_word, uint32_t dst_word, uint32_t count)
{
    const struct aerogpu_cmd_copy_buffer copy = { .dst_buffer = BUFFER,
                                                  .src_buffer = BUFFER,
                                                  .dst_offset_bytes = 4 * dst_word,
                                                  .src_offset_bytes = 4 * src_word,
                                                  .size_bytes = 4 * count };

    add_buffer_copy(world, &copy);
}

static struct world *with_words(bool is_lenient)
{
    static const uint32_t words[8] = { 10, 11, 12, 13, 14, 15, 16, 17 };
    struct world *world = world_create(is_lenient);

    stream_create_buffer(&world->stream, BUFFER, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 32, 0);
    add_upload(world, BUFFER, 0, words, sizeof(words));
    return world;
}

/* D3D's result of a copy inside of a buffer: as if all had been read before anything is written. */
static void expect_words(struct world *world, const uint32_t expected[8])
{
    uint32_t words[8];

    world_submit(world);
    ck_assert(aerogpu_host_read_buffer(world->host, BUFFER, 0, words, sizeof(words)));
    for (int i = 0; i < 8; i++)
        ck_assert_uint_eq(words[i], expected[i]);
    world_destroy(world);
}

START_TEST(overlapping_copy_upwards_moves_all_words)
{
    struct world *world = with_words(true);

    copy_words(world, 0, 2, 6);
    expect_words(world, (const uint32_t[]){ 10, 11, 10, 11, 12, 13, 14, 15 });
}
END_TEST

START_TEST(overlapping_copy_downwards_moves_all_words)
{
    struct world *world = with_words(true);

    copy_words(world, 2, 0, 6);
    expect_words(world, (const uint32_t[]){ 12, 13, 14, 15, 16, 17, 16, 17 });
}
END_TEST

START_TEST(strict_host_refuses_copies_inside_a_buffer)
{
    struct world *world = with_words(false);

    copy_words(world, 0, 4, 2);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->rule, "copy-self");
    world_destroy(world);
}
END_TEST

/* 8 x 8 texels and two mips; mip 0 numbered by rows, red = x, green = y; mip 1 white. */
static struct world *with_image(bool is_lenient)
{
    struct world *world = world_create(is_lenient);
    uint8_t texels[64 + 16][4];

    for (uint32_t i = 0; i < 64; i++)
        memcpy(texels[i], (const uint8_t[]){ (uint8_t)(i % 8), (uint8_t)(i / 8), 0, 255 }, 4);
    memset(texels[64], 0xFF, sizeof(texels[0]) * 16);
    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 8, 8,
                2);
    add_upload(world, IMAGE, 0, texels, sizeof(texels));
    return world;
}

static uint32_t numbered(uint32_t x, uint32_t y)
{
    return x << 24 | y << 16 | 0xFF;
}

START_TEST(mips_of_one_texture_are_copied)
{
    const struct aerogpu_cmd_copy_texture2d copy = { .dst_texture = IMAGE,
                                                     .src_texture = IMAGE,
                                                     .dst_mip_level = 1,
                                                     .dst_x = 1,
                                                     .src_x = 4,
                                                     .src_y = 5,
                                                     .width = 2,
                                                     .height = 3 };
    struct world *world = with_image(false);

    add_copy(world, &copy);
    world_run(world);
    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 0, 1, 0), numbered(4, 5));
    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 0, 2, 2), numbered(5, 7));
    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 0, 3, 2), 0xFFFFFFFF);
    world_destroy(world);
}
END_TEST

START_TEST(overlapping_rectangles_move_all_texels)
{
    const struct aerogpu_cmd_copy_texture2d copy = {
        .dst_texture = IMAGE, .src_texture = IMAGE, .dst_x = 1, .dst_y = 1, .width = 7, .height = 7
    };
    struct world *world = with_image(true);

    add_copy(world, &copy);
    world_submit(world);
    for (uint32_t i = 1; i < 8; i++)
        ck_assert_uint_eq(texel(world, IMAGE, i, 8 - i), numbered(i - 1, 7 - i));
    ck_assert_uint_eq(texel(world, IMAGE, 0, 3), numbered(0, 3));
    world_destroy(world);
}
END_TEST

START_TEST(strict_host_refuses_copies_inside_a_subresource)
{
    const struct aerogpu_cmd_copy_texture2d copy = {
        .dst_texture = IMAGE, .src_texture = IMAGE, .dst_x = 4, .width = 1, .height = 1
    };
    struct world *world = with_image(false);

    add_copy(world, &copy);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->rule, "copy-self");
    world_destroy(world);
}
END_TEST

/* BC1 of 6 x 6 texels: 2 x 2 blocks, the last ones cut by the edge. */
START_TEST(blocks_up_to_the_edge_are_copied)
{
    static const uint8_t blocks[4][8] = { { 1 }, { 2 }, { 3 }, { 4 } };
    const struct aerogpu_cmd_copy_texture2d copy = { .dst_texture = OTHER,
                                                     .src_texture = IMAGE,
                                                     .dst_x = 4,
                                                     .dst_y = 4,
                                                     .src_x = 4,
                                                     .src_y = 4,
                                                     .width = 2,
                                                     .height = 2 };
    struct world *world = world_create(false);
    struct aerogpu_host_image image;

    add_texture(world, IMAGE, AEROGPU_FORMAT_BC1_RGBA_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 6, 6,
                1);
    add_texture(world, OTHER, AEROGPU_FORMAT_BC1_RGBA_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 6, 6,
                1);
    add_upload(world, IMAGE, 0, blocks, sizeof(blocks));
    add_copy(world, &copy);
    world_run(world);
    ck_assert(aerogpu_host_read_texture(world->host, OTHER, 0, 0, &image));
    ck_assert_uint_eq(image.size_bytes, 32);
    ck_assert_uint_eq(image.bytes[24], 4);
    ck_assert_uint_eq(image.bytes[0], 0);
    aerogpu_host_image_finish(&image);
    world_destroy(world);
}
END_TEST

START_TEST(copy_that_cuts_a_block_is_refused)
{
    const struct aerogpu_cmd_copy_texture2d copy = {
        .dst_texture = OTHER, .src_texture = IMAGE, .width = 3, .height = 4
    };
    struct world *world = world_create(false);

    add_texture(world, IMAGE, AEROGPU_FORMAT_BC1_RGBA_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 8, 8,
                1);
    add_texture(world, OTHER, AEROGPU_FORMAT_BC1_RGBA_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 8, 8,
                1);
    add_copy(world, &copy);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->rule, "copy-block");
    world_destroy(world);
}
END_TEST

/* The first texel of a depth texture as it is stored. */
static uint32_t depth_word(struct world *world, uint32_t handle, uint32_t index)
{
    struct aerogpu_host_image image;
    uint32_t word;

    ck_assert(aerogpu_host_read_texture(world->host, handle, 0, 0, &image));
    memcpy(&word, image.bytes + 4 * (size_t)index, 4);
    aerogpu_host_image_finish(&image);
    return word;
}

static void add_depth_texture(struct world *world, uint32_t handle, uint32_t format)
{
    const float unused[4] = { 0 };
    const struct stream_targets targets = { .depth_stencil = handle };

    add_texture(world, handle, format, AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL, 4, 4, 1);
    stream_set_render_targets(&world->stream, &targets);
    stream_clear(&world->stream, AEROGPU_CLEAR_DEPTH | AEROGPU_CLEAR_STENCIL, unused,
                 handle == IMAGE ? 0.5f : 1, 0x7F);
}

static uint32_t copied_depth(uint32_t format, uint32_t index)
{
    const struct aerogpu_cmd_copy_texture2d copy = {
        .dst_texture = OTHER, .src_texture = IMAGE, .width = 2, .height = 4
    };
    struct world *world = world_create(false);
    uint32_t word;

    add_depth_texture(world, IMAGE, format);
    add_depth_texture(world, OTHER, format);
    add_copy(world, &copy);
    world_run(world);
    word = depth_word(world, OTHER, index);
    world_destroy(world);
    return word;
}

START_TEST(d32_is_copied)
{
    ck_assert_uint_eq(copied_depth(AEROGPU_FORMAT_D32_FLOAT, 0), 0x3F000000);
}
END_TEST

START_TEST(d32_beside_the_copy_stays)
{
    ck_assert_uint_eq(copied_depth(AEROGPU_FORMAT_D32_FLOAT, 2), 0x3F800000);
}
END_TEST

/* 0.5 lies between two codes of D24. */
START_TEST(d24_is_copied)
{
    const uint32_t word = copied_depth(AEROGPU_FORMAT_D24_UNORM_S8_UINT, 0) & 0xFFFFFF;

    ck_assert(word == 0x7FFFFF || word == 0x800000);
}
END_TEST

START_TEST(d24_beside_the_copy_stays)
{
    ck_assert_uint_eq(copied_depth(AEROGPU_FORMAT_D24_UNORM_S8_UINT, 2) & 0xFFFFFF, 0xFFFFFF);
}
END_TEST

/* A depth texture in guest memory, drawn on: 0.25 on the left, 0.75 on the right. */
static struct world *with_backed_depth(uint32_t format, uint32_t left, uint32_t right)
{
    static const float green[4] = { 0, 1, 0, 1 };
    const struct stream_texture2d texture = {
        AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL, format, EXTENT, EXTENT, 1, 1, EXTENT * 4, ALLOCATION
    };
    struct world *world = world_create(true);

    for (uint32_t i = 0; i < EXTENT * EXTENT; i++)
        memcpy(world->guest + 4 * (size_t)i, i % EXTENT < EXTENT / 2 ? &left : &right, 4);
    add_scene(world);
    stream_create_texture2d(&world->stream, BACKED, &texture);
    world->targets.depth_stencil = BACKED;
    world->depth.depth_enable = 1;
    add_quad(world, -1, 1, 1, -1, 0.5f, green);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
    return world;
}

#define TESTS_BACKED(name, format, left, right, x, color)                                          \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world = with_backed_depth(AEROGPU_FORMAT_##format, left, right);             \
                                                                                                   \
        ck_assert_uint_eq(texel(world, TARGET, x, 20), color);                                     \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

TESTS_BACKED(near_d32_from_the_guest_hides, D32_FLOAT, 0x3E800000, 0x3F400000, 10, 0x000000FF)
TESTS_BACKED(far_d32_from_the_guest_does_not, D32_FLOAT, 0x3E800000, 0x3F400000, 50, 0x00FF00FF)
TESTS_BACKED(near_d24_from_the_guest_hides, D24_UNORM_S8_UINT, 0xFF400000, 0x00C00000, 10,
             0x000000FF)
TESTS_BACKED(far_d24_from_the_guest_does_not, D24_UNORM_S8_UINT, 0xFF400000, 0x00C00000, 50,
             0x00FF00FF)

/* Protocol specification 10.4 wants depth to be host-owned. */
START_TEST(strict_host_refuses_depth_in_guest_memory)
{
    const struct stream_texture2d texture = {
        AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL, AEROGPU_FORMAT_D32_FLOAT, 4, 4, 1, 1, 16, ALLOCATION
    };
    struct world *world = world_create(false);

    stream_create_texture2d(&world->stream, BACKED, &texture);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->rule, "depth-backed");
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        overlapping_copy_upwards_moves_all_words,
        overlapping_copy_downwards_moves_all_words,
        strict_host_refuses_copies_inside_a_buffer,
        mips_of_one_texture_are_copied,
        overlapping_rectangles_move_all_texels,
        strict_host_refuses_copies_inside_a_subresource,
        blocks_up_to_the_edge_are_copied,
        copy_that_cuts_a_block_is_refused,
        d32_is_copied,
        d32_beside_the_copy_stays,
        d24_is_copied,
        d24_beside_the_copy_stays,
        near_d32_from_the_guest_hides,
        far_d32_from_the_guest_does_not,
        near_d24_from_the_guest_hides,
        far_d24_from_the_guest_does_not,
        strict_host_refuses_depth_in_guest_memory,
    };

    return world_main("host copies", tests, sizeof(tests) / sizeof(tests[0]));
}
