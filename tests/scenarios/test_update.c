/*
 * Updates of a part of a resource, and of textures the kernel sees: which packets they become, and
 * what is dropped (driver semantics 13).
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"

enum {
    SIDE = 8,
    BYTES = 22, /* 24 on the wire */
};

static struct kernel *kernel;
static struct rt_device *device;
static struct rt_object *object;

static const uint8_t numbers[BYTES] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                        11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 };
static const uint8_t news[16] = { 100, 101, 102, 103, 104, 105, 106, 107,
                                  108, 109, 110, 111, 112, 113, 114, 115 };

/* Texels numbered by place, in rows with a gap behind them. */
static const uint32_t texels[3][4] = { { 0, 1, 2, 0xDEAD }, { 3, 4, 5, 0xDEAD }, { 6, 7, 8, 9 } };

static bool begin(const struct kernel_config *config, enum rt_level level)
{
    kernel = scenario_kernel(config);
    device = scenario_device(kernel, level);
    return device != NULL;
}

static bool have_buffer(enum rt_level level, UINT bind, UINT size_bytes)
{
    if (!begin(NULL, level))
        return false;
    object = d3d_create_buffer_with(device, bind, numbers, size_bytes);
    return object != NULL;
}

/* Two levels, two layers. */
static bool have_texture(enum rt_level level, DXGI_FORMAT format, UINT width, UINT height)
{
    const struct d3d_texture_desc desc = {
        .width = width,
        .height = height,
        .mip_levels = 2,
        .array_size = 2,
        .format = format,
        .bind = D3D10_DDI_BIND_SHADER_RESOURCE,
    };

    if (!begin(NULL, level))
        return false;
    object = d3d_create_texture(device, &desc, NULL);
    return object != NULL;
}

static D3D10_DDI_BOX box(LONG left, LONG top, LONG right, LONG bottom)
{
    return (D3D10_DDI_BOX){
        .left = left, .top = top, .front = 0, .right = right, .bottom = bottom, .back = 1
    };
}

static void update(UINT subresource, D3D10_DDI_BOX part)
{
    d3d_update(object, subresource, &part, texels, sizeof(texels[0]), sizeof(texels));
}

static void update_bytes(LONG left, LONG right)
{
    const D3D10_DDI_BOX range = box(left, 0, right, 1);

    d3d_update(object, 0, &range, news, 0, 0);
}

static size_t count(uint32_t opcode)
{
    d3d_flush(device);
    return kernel_count_packets(kernel, opcode);
}

static bool is_upload(size_t nth, uint64_t offset, const void *bytes, size_t size)
{
    const struct aerogpu_cmd_upload_resource *upload =
        kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE, nth);

    return upload && upload->offset_bytes == offset && upload->size_bytes == size &&
           memcmp(upload + 1, bytes, size) == 0;
}

static void expect_range_of_words(enum rt_level level)
{
    CHECK(have_buffer(level, D3D10_DDI_BIND_VERTEX_BUFFER, BYTES));
    update_bytes(4, 12);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 2);
    CHECK(is_upload(1, 4, news, 8));
}

static void range_of_words_is_uploaded_on_10_0(void)
{
    expect_range_of_words(RT_D3D10);
}

static void range_of_words_is_uploaded_on_10_1(void)
{
    expect_range_of_words(RT_D3D10_1);
}

static void range_of_words_is_uploaded_on_11_0(void)
{
    expect_range_of_words(RT_D3D11);
}

static void range_is_widened_to_words(void)
{
    static const uint8_t words[] = { 4, 100, 101, 102, 103, 104, 10, 11 };

    CHECK(have_buffer(RT_D3D11, D3D10_DDI_BIND_INDEX_BUFFER, BYTES));
    update_bytes(5, 10);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 2);
    CHECK(is_upload(1, 4, words, sizeof(words)));
}

/* The second update is sent with what the first one left beside it. */
static void ranges_within_a_word_keep_each_other(void)
{
    static const uint8_t word[] = { 4, 100, 100, 7 };

    CHECK(have_buffer(RT_D3D11, D3D10_DDI_BIND_INDEX_BUFFER, BYTES));
    update_bytes(5, 6);
    update_bytes(6, 7);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 3);
    CHECK(is_upload(2, 4, word, sizeof(word)));
}

static void range_of_a_buffer_without_contents_is_widened_by_zeros(void)
{
    static const uint8_t word[] = { 0, 100, 0, 0 };

    CHECK(begin(NULL, RT_D3D11));
    object = d3d_create_buffer(device,
                               &(struct d3d_buffer_desc){ .size_bytes = BYTES,
                                                          .bind = D3D10_DDI_BIND_VERTEX_BUFFER },
                               NULL);
    CHECK(object);
    update_bytes(1, 2);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 1);
    CHECK(is_upload(0, 0, word, sizeof(word)));
}

static void range_is_clipped_to_the_buffer(void)
{
    static const uint8_t tail[] = { 100, 101, 0, 0 };

    CHECK(have_buffer(RT_D3D11, D3D10_DDI_BIND_VERTEX_BUFFER, BYTES));
    update_bytes(20, 30);
    update_bytes(30, 40);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 2);
    CHECK(is_upload(1, 20, tail, sizeof(tail)));
}

static void range_of_a_constant_buffer_is_uploaded(void)
{
    CHECK(have_buffer(RT_D3D11, D3D10_DDI_BIND_CONSTANT_BUFFER, 16));
    update_bytes(4, 12);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 2);
    CHECK(is_upload(1, 4, news, 8));
}

/* Constants are not kept: of bytes 5 to 14 only the words between are whole. */
static void ends_of_a_range_nobody_knows_stay(void)
{
    CHECK(have_buffer(RT_D3D11, D3D10_DDI_BIND_CONSTANT_BUFFER, 16));
    update_bytes(5, 14);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 2);
    CHECK(is_upload(1, 8, news + 3, 4));
}

static void empty_range_is_not_uploaded(void)
{
    CHECK(have_buffer(RT_D3D11, D3D10_DDI_BIND_VERTEX_BUFFER, BYTES));
    update_bytes(8, 8);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 1);
}

static void expect_box(enum rt_level level)
{
    const struct aerogpu_cmd_copy_texture2d *copy;
    const struct aerogpu_cmd_create_texture2d *between;

    CHECK(have_texture(level, DXGI_FORMAT_R8G8B8A8_UNORM, SIDE, SIDE));
    update(2, box(1, 2, 4, 4));
    CHECK_EQ(count(AEROGPU_CMD_COPY_TEXTURE2D), 1);
    copy = kernel_find_packet(kernel, AEROGPU_CMD_COPY_TEXTURE2D, 0);
    between = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_TEXTURE2D, 1);
    CHECK_EQ(between->width, 3);
    CHECK_EQ(between->height, 2);
    CHECK_EQ(copy->src_texture, between->texture_handle);
    CHECK_EQ(copy->dst_mip_level, 0);
    CHECK_EQ(copy->dst_array_layer, 1);
    CHECK_EQ(copy->dst_x, 1);
    CHECK_EQ(copy->dst_y, 2);
    CHECK_EQ(copy->width, 3);
    CHECK_EQ(copy->height, 2);
    CHECK_EQ(count(AEROGPU_CMD_DESTROY_RESOURCE), 1);
}

static void box_of_a_texture_goes_by_another_on_10_0(void)
{
    expect_box(RT_D3D10);
}

static void box_of_a_texture_goes_by_another_on_10_1(void)
{
    expect_box(RT_D3D10_1);
}

static void box_of_a_texture_goes_by_another_on_11_0(void)
{
    expect_box(RT_D3D11);
}

static void rows_of_a_box_are_repacked(void)
{
    const uint8_t *rows;

    CHECK(have_texture(RT_D3D11, DXGI_FORMAT_R8G8B8A8_UNORM, SIDE, SIDE));
    update(0, box(1, 2, 4, 4));
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 1);
    rows = kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE, 0);
    rows += sizeof(struct aerogpu_cmd_upload_resource);
    CHECK(memcmp(rows, texels[0], 12) == 0);
    CHECK(memcmp(rows + 256, texels[1], 12) == 0);
}

static void box_that_covers_a_level_is_uploaded_directly(void)
{
    CHECK(have_texture(RT_D3D11, DXGI_FORMAT_R8G8B8A8_UNORM, 4, 4));
    update(1, box(0, 0, 2, 2));
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 1);
    CHECK_EQ(count(AEROGPU_CMD_COPY_TEXTURE2D), 0);
}

static void empty_boxes_are_not_uploaded(void)
{
    CHECK(have_texture(RT_D3D11, DXGI_FORMAT_R8G8B8A8_UNORM, SIDE, SIDE));
    update(0, box(3, 0, 3, 2));
    update(0, box(0, 3, 2, 3));
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 0);
}

/* 6 x 6 texels of level 1: the corner block counts 2 x 2, the top level of its like has whole ones.
 */
static void box_of_blocks_at_the_edge_goes_by_a_level_below_whole_blocks(void)
{
    const struct aerogpu_cmd_create_texture2d *between;
    const struct aerogpu_cmd_copy_texture2d *copy;

    CHECK(have_texture(RT_D3D11, DXGI_FORMAT_BC1_UNORM, 12, 12));
    update(1, box(4, 4, 6, 6));
    CHECK_EQ(count(AEROGPU_CMD_COPY_TEXTURE2D), 1);
    between = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_TEXTURE2D, 1);
    copy = kernel_find_packet(kernel, AEROGPU_CMD_COPY_TEXTURE2D, 0);
    CHECK_EQ(between->width % 4, 0);
    CHECK_EQ(between->height % 4, 0);
    CHECK_EQ(between->width >> copy->src_mip_level, 2);
    CHECK_EQ(copy->width, 2);
    CHECK_EQ(copy->height, 2);
}

static void box_that_cuts_a_block_is_ignored(void)
{
    CHECK(have_texture(RT_D3D11, DXGI_FORMAT_BC1_UNORM, 12, 12));
    update(0, box(2, 0, 4, 4));
    update(0, box(0, 0, 4, 6));
    CHECK_EQ(count(AEROGPU_CMD_COPY_TEXTURE2D), 0);
    update(0, box(0, 0, 4, 4));
    CHECK_EQ(count(AEROGPU_CMD_COPY_TEXTURE2D), 1);
}

/* Its memory is the kernel's; what is uploaded goes to the host alone, as what is drawn does. */
static void presentable_texture_is_updated_by_another(void)
{
    static uint32_t screen[SCENE_SIDE][SCENE_SIDE];

    CHECK(begin(NULL, RT_D3D11));
    object = scene_create_back_buffer(device);
    CHECK(object);
    d3d_update(object, 0, NULL, screen, sizeof(screen[0]), sizeof(screen));
    CHECK_EQ(count(AEROGPU_CMD_COPY_TEXTURE2D), 1);
    CHECK_EQ(count(AEROGPU_CMD_RESOURCE_DIRTY_RANGE), 0);
}

static void device_without_transfers_updates_no_boxes(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.blob.device_features &= ~(uint64_t)AEROGPU_UMDPRIV_FEATURE_TRANSFER;
    CHECK(begin(&config, RT_D3D11));
    object = scene_create_back_buffer(device);
    CHECK(object);
    update(0, box(1, 2, 4, 4));
    CHECK_EQ(count(AEROGPU_CMD_COPY_TEXTURE2D), 0);
    CHECK_EQ(count(AEROGPU_CMD_UPLOAD_RESOURCE), 0);
}

static const struct tap_test tests[] = {
    TAP_TEST(range_of_words_is_uploaded_on_10_0),
    TAP_TEST(range_of_words_is_uploaded_on_10_1),
    TAP_TEST(range_of_words_is_uploaded_on_11_0),
    TAP_TEST(range_is_widened_to_words),
    TAP_TEST(ranges_within_a_word_keep_each_other),
    TAP_TEST(range_of_a_buffer_without_contents_is_widened_by_zeros),
    TAP_TEST(range_is_clipped_to_the_buffer),
    TAP_TEST(range_of_a_constant_buffer_is_uploaded),
    TAP_TEST(ends_of_a_range_nobody_knows_stay),
    TAP_TEST(empty_range_is_not_uploaded),
    TAP_TEST(box_of_a_texture_goes_by_another_on_10_0),
    TAP_TEST(box_of_a_texture_goes_by_another_on_10_1),
    TAP_TEST(box_of_a_texture_goes_by_another_on_11_0),
    TAP_TEST(rows_of_a_box_are_repacked),
    TAP_TEST(box_that_covers_a_level_is_uploaded_directly),
    TAP_TEST(empty_boxes_are_not_uploaded),
    TAP_TEST(box_of_blocks_at_the_edge_goes_by_a_level_below_whole_blocks),
    TAP_TEST(box_that_cuts_a_block_is_ignored),
    TAP_TEST(presentable_texture_is_updated_by_another),
    TAP_TEST(device_without_transfers_updates_no_boxes),
};

TAP_MAIN(tests)
