/**
 * Every colour format of the protocol: uploaded with mips and layers of a size that is no multiple
 * of a block, read back byte by byte, and sampled.
 */
#include <stdlib.h>

#include "stream/texture_layout.h"
#include "world.h"

enum { IMAGE = FREE };

/* 6 x 6, 3 x 3 and 1 x 1 texels: 2 x 2 blocks, one, one. */
enum { SIDE = 6, MIPS = 3, LAYERS = 2 };

/* A texel or block, and what a shader reads of it. */
struct sample {
    uint8_t bytes[16];
    uint32_t color;
};

/* `common` is in all subresources but mip 1 of layer 1, which has `special`. */
struct row {
    uint32_t format;
    int tolerance; /* sRGB decodes and BC interpolates in more than one right way */
    struct sample common, special;
};

/* The colour halves of BC1 to BC3: two equal end points, every index 0. */
#define RED_565   0x00, 0xF8, 0x00, 0xF8, 0, 0, 0, 0
#define GREEN_565 0xE0, 0x07, 0xE0, 0x07, 0, 0, 0, 0
/* (255, 1, 255, 129) and (1, 255, 1, 255) as BC7 of mode 6: 7 bits and a common lowest bit 1. */
#define BC7_COMMON  0xC0, 0xFF, 0x1F, 0x00, 0xF8, 0xFF, 0x81, 0xC0, 0x01, 0x00
#define BC7_SPECIAL 0x40, 0x00, 0xE0, 0xFF, 0x07, 0x00, 0xFE, 0xFF, 0x01, 0x00

static const struct row rows[] = {
    { AEROGPU_FORMAT_B8G8R8A8_UNORM,
      0,
      { { 0x10, 0x20, 0x30, 0x40 }, 0x30201040 },
      { { 0x50, 0x60, 0x70, 0x80 }, 0x70605080 } },
    { AEROGPU_FORMAT_B8G8R8X8_UNORM,
      0,
      { { 0x10, 0x20, 0x30, 0x40 }, 0x302010FF },
      { { 0x50, 0x60, 0x70, 0x00 }, 0x706050FF } },
    { AEROGPU_FORMAT_R8G8B8A8_UNORM,
      0,
      { { 0x10, 0x20, 0x30, 0x40 }, 0x10203040 },
      { { 0x50, 0x60, 0x70, 0x80 }, 0x50607080 } },
    { AEROGPU_FORMAT_R8G8B8X8_UNORM,
      0,
      { { 0x10, 0x20, 0x30, 0x40 }, 0x102030FF },
      { { 0x50, 0x60, 0x70, 0x00 }, 0x506070FF } },
    { AEROGPU_FORMAT_B5G6R5_UNORM,
      1,
      { { 0x10, 0x84 }, 0x848284FF },
      { { 0x1F, 0x00 }, 0x0000FFFF } },
    { AEROGPU_FORMAT_B5G5R5A1_UNORM,
      1,
      { { 0x00, 0xFC }, 0xFF0000FF },
      { { 0xE0, 0x03 }, 0x00FF0000 } },
    { AEROGPU_FORMAT_B8G8R8A8_UNORM_SRGB,
      1,
      { { 0x80, 0x40, 0xFF, 0x80 }, 0xFF0D3780 },
      { { 0x00, 0xBC, 0x40, 0x10 }, 0x0D800010 } },
    { AEROGPU_FORMAT_B8G8R8X8_UNORM_SRGB,
      1,
      { { 0x80, 0x40, 0xFF, 0x80 }, 0xFF0D37FF },
      { { 0x00, 0xBC, 0x40, 0x10 }, 0x0D8000FF } },
    { AEROGPU_FORMAT_R8G8B8A8_UNORM_SRGB,
      1,
      { { 0x80, 0x40, 0xFF, 0x80 }, 0x370DFF80 },
      { { 0x00, 0xBC, 0x40, 0x10 }, 0x00800D10 } },
    { AEROGPU_FORMAT_R8G8B8X8_UNORM_SRGB,
      1,
      { { 0x80, 0x40, 0xFF, 0x80 }, 0x370DFFFF },
      { { 0x00, 0xBC, 0x40, 0x10 }, 0x00800DFF } },
    { AEROGPU_FORMAT_BC1_RGBA_UNORM,
      1,
      { { RED_565 }, 0xFF0000FF },
      { { GREEN_565 }, 0x00FF00FF } },
    { AEROGPU_FORMAT_BC1_RGBA_UNORM_SRGB,
      1,
      { { 0x10, 0x84, 0x10, 0x84 }, 0x3B393BFF },
      { { GREEN_565 }, 0x00FF00FF } },
    { AEROGPU_FORMAT_BC2_RGBA_UNORM,
      1,
      { { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, RED_565 }, 0xFF0000FF },
      { { 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, GREEN_565 }, 0x00FF0088 } },
    { AEROGPU_FORMAT_BC2_RGBA_UNORM_SRGB,
      1,
      { { 0x44, 0x44, 0x44, 0x44, 0x44, 0x44, 0x44, 0x44, 0x10, 0x84, 0x10, 0x84 }, 0x3B393B44 },
      { { 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, GREEN_565 }, 0x00FF0088 } },
    { AEROGPU_FORMAT_BC3_RGBA_UNORM,
      1,
      { { 0xFF, 0x00, 0, 0, 0, 0, 0, 0, RED_565 }, 0xFF0000FF },
      { { 0x40, 0x00, 0, 0, 0, 0, 0, 0, GREEN_565 }, 0x00FF0040 } },
    { AEROGPU_FORMAT_BC3_RGBA_UNORM_SRGB,
      1,
      { { 0xFF, 0x00, 0, 0, 0, 0, 0, 0, 0x10, 0x84, 0x10, 0x84 }, 0x3B393BFF },
      { { 0x40, 0x00, 0, 0, 0, 0, 0, 0, GREEN_565 }, 0x00FF0040 } },
    { AEROGPU_FORMAT_BC7_RGBA_UNORM,
      0,
      { { BC7_COMMON }, 0xFF01FF81 },
      { { BC7_SPECIAL }, 0x01FF01FF } },
    { AEROGPU_FORMAT_BC7_RGBA_UNORM_SRGB,
      1,
      { { BC7_COMMON }, 0xFF00FF81 },
      { { BC7_SPECIAL }, 0x00FF00FF } },
};

static struct texture_shape shape_of(const struct row *row)
{
    return (struct texture_shape){ .format = stream_format_info_find(row->format),
                                   .width = SIDE,
                                   .height = SIDE,
                                   .mip_levels = MIPS,
                                   .array_layers = LAYERS };
}

/* What is in a subresource of the packed layout. */
static const struct sample *sample_of(const struct row *row, uint32_t mip, uint32_t layer)
{
    return mip == 1 && layer == 1 ? &row->special : &row->common;
}

static struct world *with_image(const struct row *row)
{
    const struct stream_texture2d texture = {
        AEROGPU_RESOURCE_USAGE_TEXTURE, row->format, SIDE, SIDE, MIPS, LAYERS, 0, 0
    };
    const struct texture_shape shape = shape_of(row);
    struct world *world = world_create(false);
    uint8_t bytes[1024];
    uint64_t total_bytes;

    ck_assert(stream_texture_total_bytes(&shape, &total_bytes));
    for (uint64_t at = 0; at < total_bytes; at += shape.format->block_bytes) {
        const uint32_t index = stream_texture_extent_at(&shape, at).index;

        memcpy(bytes + at, sample_of(row, index % MIPS, index / MIPS)->bytes,
               shape.format->block_bytes);
    }
    add_scene(world);
    add_lookups(world);
    stream_create_texture2d(&world->stream, IMAGE, &texture);
    add_upload(world, IMAGE, 0, bytes, (uint32_t)total_bytes);
    return world;
}

static bool is_x8(uint32_t format)
{
    return format == AEROGPU_FORMAT_B8G8R8X8_UNORM || format == AEROGPU_FORMAT_R8G8B8X8_UNORM ||
           format == AEROGPU_FORMAT_B8G8R8X8_UNORM_SRGB ||
           format == AEROGPU_FORMAT_R8G8B8X8_UNORM_SRGB;
}

static void expect_bytes(struct world *world, const struct row *row, uint32_t mip, uint32_t layer)
{
    const uint32_t block_bytes = shape_of(row).format->block_bytes;
    struct sample sample = *sample_of(row, mip, layer);
    struct aerogpu_host_image image;

    if (is_x8(row->format))
        sample.bytes[3] = 0xFF;
    ck_assert(aerogpu_host_read_texture(world->host, IMAGE, mip, layer, &image));
    for (size_t at = 0; at < image.size_bytes; at += block_bytes)
        ck_assert_mem_eq(image.bytes + at, sample.bytes, block_bytes);
    aerogpu_host_image_finish(&image);
}

static void check_bytes(const struct row *row)
{
    struct world *world = with_image(row);

    world_run(world);
    for (uint32_t layer = 0; layer < LAYERS; layer++) {
        for (uint32_t mip = 0; mip < MIPS; mip++)
            expect_bytes(world, row, mip, layer);
    }
    world_destroy(world);
}

static void expect_color(struct world *world, const struct row *row, uint32_t mip, uint32_t layer)
{
    /* The texel at the far corner, which BC keeps in a block that the edge cuts. */
    const float place[4] = { 0.95f, 0.95f, (float)layer, (float)mip };
    const uint32_t expected = sample_of(row, mip, layer)->color;
    uint32_t value;

    add_lookup(world, ARRAY_PS, IMAGE, place);
    world_run(world);
    value = texel(world, TARGET, 20, 20);
    ck_assert_msg(is_near(value, expected, row->tolerance), "mip %u of layer %u: %08x, not %08x",
                  mip, layer, value, expected);
}

static void check_colors(const struct row *row)
{
    struct world *world = with_image(row);

    expect_color(world, row, 0, 0);
    expect_color(world, row, 1, 1);
    expect_color(world, row, 2, 1);
    world_destroy(world);
}

/* Two tests a row; both must have rows. */
#define FORMAT(number, name)                                                                       \
    START_TEST(name##_keeps_its_bytes)                                                             \
    {                                                                                              \
        check_bytes(&rows[number]);                                                                \
    }                                                                                              \
    END_TEST                                                                                       \
    START_TEST(name##_has_its_colours)                                                             \
    {                                                                                              \
        check_colors(&rows[number]);                                                               \
    }                                                                                              \
    END_TEST

FORMAT(0, b8g8r8a8)
FORMAT(1, b8g8r8x8)
FORMAT(2, r8g8b8a8)
FORMAT(3, r8g8b8x8)
FORMAT(4, b5g6r5)
FORMAT(5, b5g5r5a1)
FORMAT(6, b8g8r8a8_srgb)
FORMAT(7, b8g8r8x8_srgb)
FORMAT(8, r8g8b8a8_srgb)
FORMAT(9, r8g8b8x8_srgb)
FORMAT(10, bc1)
FORMAT(11, bc1_srgb)
FORMAT(12, bc2)
FORMAT(13, bc2_srgb)
FORMAT(14, bc3)
FORMAT(15, bc3_srgb)
FORMAT(16, bc7)
FORMAT(17, bc7_srgb)

/* Depth formats apart: no upload reaches them. */
START_TEST(no_format_is_forgotten)
{
    size_t formats = 0;

    for (uint32_t format = 0; format < 256; format++) {
        const struct format_info *info = stream_format_info_find(format);

        formats += info && !info->is_depth;
    }
    ck_assert_uint_eq(formats, sizeof(rows) / sizeof(rows[0]));
}
END_TEST

#define BOTH(name) name##_keeps_its_bytes, name##_has_its_colours

int main(void)
{
    const TTest *const tests[] = {
        BOTH(b8g8r8a8),
        BOTH(b8g8r8x8),
        BOTH(r8g8b8a8),
        BOTH(r8g8b8x8),
        BOTH(b5g6r5),
        BOTH(b5g5r5a1),
        BOTH(b8g8r8a8_srgb),
        BOTH(b8g8r8x8_srgb),
        BOTH(r8g8b8a8_srgb),
        BOTH(r8g8b8x8_srgb),
        BOTH(bc1),
        BOTH(bc1_srgb),
        BOTH(bc2),
        BOTH(bc2_srgb),
        BOTH(bc3),
        BOTH(bc3_srgb),
        BOTH(bc7),
        BOTH(bc7_srgb),
        no_format_is_forgotten,
    };

    return world_main("host formats", tests, sizeof(tests) / sizeof(tests[0]));
}
