/*
 * Copies between resources: which packets they become, and what is dropped (driver semantics 13).
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"

enum {
    WIDTH = 8,
    HEIGHT = 4,
    MIPS = 2,
    LAYERS = 3,
    BYTES = 22, /* 24 on the wire */
};

static struct kernel *kernel;
static struct rt_device *device;
static struct rt_object *target, *source;

static bool begin_on(const struct kernel_config *config, enum rt_level level)
{
    kernel = scenario_kernel(config);
    device = scenario_device(kernel, level);
    return device != NULL;
}

static struct rt_object *create_texture(DXGI_FORMAT format, UINT width, UINT height)
{
    const struct d3d_texture_desc desc = {
        .width = width,
        .height = height,
        .mip_levels = MIPS,
        .array_size = LAYERS,
        .format = format,
        .bind = D3D10_DDI_BIND_SHADER_RESOURCE,
    };

    return d3d_create_texture(device, &desc, NULL);
}

static bool have_textures(enum rt_level level)
{
    if (!begin_on(NULL, level))
        return false;
    target = create_texture(DXGI_FORMAT_R8G8B8A8_UNORM, WIDTH, HEIGHT);
    source = create_texture(DXGI_FORMAT_R8G8B8A8_UNORM, WIDTH, HEIGHT);
    return target && source;
}

static const uint8_t numbers[BYTES] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                        11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 };

static struct rt_object *create_buffer(void)
{
    return d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, numbers, BYTES);
}

static bool have_buffers(enum rt_level level)
{
    if (!begin_on(NULL, level))
        return false;
    target = create_buffer();
    source = create_buffer();
    return target && source;
}

/* Handle of the nth resource created with this packet. */
static uint32_t handle(uint32_t opcode, size_t nth)
{
    const struct aerogpu_cmd_create_texture2d *texture = kernel_find_packet(kernel, opcode, nth);
    const struct aerogpu_cmd_create_buffer *buffer = kernel_find_packet(kernel, opcode, nth);

    if (!texture)
        return 0;
    return opcode == AEROGPU_CMD_CREATE_BUFFER ? buffer->buffer_handle : texture->texture_handle;
}

static const struct aerogpu_cmd_copy_buffer *buffer_copy(size_t nth)
{
    d3d_flush(device);
    return kernel_find_packet(kernel, AEROGPU_CMD_COPY_BUFFER, nth);
}

static const struct aerogpu_cmd_copy_texture2d *texture_copy(size_t nth)
{
    d3d_flush(device);
    return kernel_find_packet(kernel, AEROGPU_CMD_COPY_TEXTURE2D, nth);
}

static size_t copies(void)
{
    d3d_flush(device);
    return kernel_count_packets(kernel, AEROGPU_CMD_COPY_BUFFER) +
           kernel_count_packets(kernel, AEROGPU_CMD_COPY_TEXTURE2D);
}

static size_t uploads(void)
{
    d3d_flush(device);
    return kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE);
}

/* Region of a row of a buffer or texture. */
static D3D10_DDI_BOX box(LONG left, LONG top, LONG right, LONG bottom)
{
    return (D3D10_DDI_BOX){
        .left = left, .top = top, .front = 0, .right = right, .bottom = bottom, .back = 1
    };
}

static void copy_bytes(UINT to, LONG left, LONG right)
{
    const D3D10_DDI_BOX range = box(left, 0, right, 1);

    d3d_copy_region(target, 0, to, 0, 0, source, 0, &range);
}

static bool is_buffer_copy(size_t nth, uint64_t to, uint64_t from, uint64_t size)
{
    const struct aerogpu_cmd_copy_buffer *copy = buffer_copy(nth);

    return copy && copy->dst_buffer == handle(AEROGPU_CMD_CREATE_BUFFER, 0) &&
           copy->src_buffer == handle(AEROGPU_CMD_CREATE_BUFFER, 1) &&
           copy->dst_offset_bytes == to && copy->src_offset_bytes == from &&
           copy->size_bytes == size && copy->flags == AEROGPU_COPY_FLAG_NONE;
}

/* The nth upload of the target, contents and all. */
static bool is_upload(size_t nth, uint64_t offset, const void *bytes, size_t size)
{
    const struct aerogpu_cmd_upload_resource *upload =
        kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE, nth);

    return upload && upload->resource_handle == handle(AEROGPU_CMD_CREATE_BUFFER, 0) &&
           upload->offset_bytes == offset && upload->size_bytes == size &&
           memcmp(upload + 1, bytes, size) == 0;
}

static void expect_whole_buffer(enum rt_level level)
{
    CHECK(have_buffers(level));
    d3d_copy(target, source);
    CHECK(is_buffer_copy(0, 0, 0, BYTES + 2));
    CHECK_EQ(copies(), 1);
}

static void whole_buffer_is_copied_on_10_0(void)
{
    expect_whole_buffer(RT_D3D10);
}

static void whole_buffer_is_copied_on_10_1(void)
{
    expect_whole_buffer(RT_D3D10_1);
}

static void whole_buffer_is_copied_on_11_0(void)
{
    expect_whole_buffer(RT_D3D11);
}

static void expect_whole_texture(enum rt_level level)
{
    CHECK(have_textures(level));
    d3d_copy(target, source);
    CHECK_EQ(copies(), MIPS * LAYERS);
    for (uint32_t i = 0; i < MIPS * LAYERS; i++) {
        const struct aerogpu_cmd_copy_texture2d *copy = texture_copy(i);

        CHECK_EQ(copy->dst_texture, handle(AEROGPU_CMD_CREATE_TEXTURE2D, 0));
        CHECK_EQ(copy->src_texture, handle(AEROGPU_CMD_CREATE_TEXTURE2D, 1));
        CHECK_EQ(copy->dst_mip_level, i % MIPS);
        CHECK_EQ(copy->src_mip_level, i % MIPS);
        CHECK_EQ(copy->dst_array_layer, i / MIPS);
        CHECK_EQ(copy->src_array_layer, i / MIPS);
        CHECK_EQ(copy->width, (uint32_t)WIDTH >> i % MIPS);
        CHECK_EQ(copy->height, (uint32_t)HEIGHT >> i % MIPS);
        CHECK_EQ(copy->dst_x | copy->dst_y | copy->src_x | copy->src_y, 0);
        CHECK_EQ(copy->flags, AEROGPU_COPY_FLAG_NONE);
    }
}

static void whole_texture_is_copied_on_10_0(void)
{
    expect_whole_texture(RT_D3D10);
}

static void whole_texture_is_copied_on_10_1(void)
{
    expect_whole_texture(RT_D3D10_1);
}

static void whole_texture_is_copied_on_11_0(void)
{
    expect_whole_texture(RT_D3D11);
}

static void expect_region_of_texture(enum rt_level level)
{
    const D3D10_DDI_BOX region = box(1, 0, 3, 2);
    const struct aerogpu_cmd_copy_texture2d *copy;

    CHECK(have_textures(level));
    d3d_copy_region(target, 2 * MIPS, 5, 1, 0, source, MIPS + 1, &region);
    copy = texture_copy(0);
    CHECK_EQ(copies(), 1);
    CHECK_EQ(copy->dst_mip_level, 0);
    CHECK_EQ(copy->dst_array_layer, 2);
    CHECK_EQ(copy->src_mip_level, 1);
    CHECK_EQ(copy->src_array_layer, 1);
    CHECK_EQ(copy->dst_x, 5);
    CHECK_EQ(copy->dst_y, 1);
    CHECK_EQ(copy->src_x, 1);
    CHECK_EQ(copy->src_y, 0);
    CHECK_EQ(copy->width, 2);
    CHECK_EQ(copy->height, 2);
}

static void region_of_a_texture_is_copied_on_10_0(void)
{
    expect_region_of_texture(RT_D3D10);
}

static void region_of_a_texture_is_copied_on_10_1(void)
{
    expect_region_of_texture(RT_D3D10_1);
}

static void region_of_a_texture_is_copied_on_11_0(void)
{
    expect_region_of_texture(RT_D3D11);
}

static void region_without_a_box_is_the_whole_subresource(void)
{
    CHECK(have_textures(RT_D3D11));
    d3d_copy_region(target, 0, 2, 1, 0, source, 1, NULL);
    CHECK(texture_copy(0));
    CHECK_EQ(texture_copy(0)->width, WIDTH / 2);
    CHECK_EQ(texture_copy(0)->height, HEIGHT / 2);
}

static void region_is_clipped_to_the_target(void)
{
    CHECK(have_textures(RT_D3D11));
    d3d_copy_region(target, 0, 5, 3, 0, source, 0, NULL);
    CHECK(texture_copy(0));
    CHECK_EQ(texture_copy(0)->width, WIDTH - 5);
    CHECK_EQ(texture_copy(0)->height, HEIGHT - 3);
}

static void region_beyond_the_target_is_not_copied(void)
{
    CHECK(have_textures(RT_D3D11));
    d3d_copy_region(target, 0, WIDTH, 0, 0, source, 0, NULL);
    d3d_copy_region(target, 0, 0, HEIGHT, 0, source, 0, NULL);
    CHECK_EQ(copies(), 0);
}

static void empty_boxes_are_not_copied(void)
{
    const D3D10_DDI_BOX no_width = box(2, 0, 2, 2), no_height = box(0, 2, 2, 2);
    D3D10_DDI_BOX no_depth = box(0, 0, 2, 2);

    no_depth.back = 0;
    CHECK(have_textures(RT_D3D11));
    d3d_copy_region(target, 0, 0, 0, 0, source, 0, &no_width);
    d3d_copy_region(target, 0, 0, 0, 0, source, 0, &no_height);
    d3d_copy_region(target, 0, 0, 0, 0, source, 0, &no_depth);
    CHECK_EQ(copies(), 0);
}

static void copies_of_what_does_not_exist_are_ignored(void)
{
    CHECK(have_textures(RT_D3D11));
    d3d_copy_region(target, MIPS * LAYERS, 0, 0, 0, source, 0, NULL);
    d3d_copy_region(target, 0, 0, 0, 0, source, MIPS * LAYERS, NULL);
    d3d_copy_region(target, 0, 0, 0, 1, source, 0, NULL);
    CHECK_EQ(copies(), 0);
}

static void copies_between_textures_of_different_shapes_are_ignored(void)
{
    CHECK(have_textures(RT_D3D11));
    source = create_texture(DXGI_FORMAT_R8G8B8A8_UNORM, WIDTH, 2 * HEIGHT);
    CHECK(source);
    d3d_copy(target, source);
    CHECK_EQ(copies(), 0);
}

static void copies_between_buffers_and_textures_are_ignored(void)
{
    CHECK(have_textures(RT_D3D11));
    source = create_buffer();
    CHECK(source);
    d3d_copy(target, source);
    d3d_copy_region(target, 0, 0, 0, 0, source, 0, NULL);
    d3d_copy_region(source, 0, 0, 0, 0, target, 0, NULL);
    CHECK_EQ(copies(), 0);
}

static void texture_copied_to_itself_stays(void)
{
    CHECK(have_textures(RT_D3D11));
    d3d_copy(target, target);
    d3d_copy_region(target, 1, 0, 0, 0, target, 1, NULL);
    CHECK_EQ(copies(), 0);
}

static void subresources_of_one_texture_are_copied_directly(void)
{
    CHECK(have_textures(RT_D3D11));
    d3d_copy_region(target, MIPS, 0, 0, 0, target, 0, NULL);
    CHECK_EQ(copies(), 1);
    CHECK_EQ(texture_copy(0)->dst_texture, texture_copy(0)->src_texture);
}

static void copy_within_a_subresource_goes_by_another_texture(void)
{
    const D3D10_DDI_BOX region = box(0, 0, 3, 2);
    uint32_t between;

    CHECK(have_textures(RT_D3D11));
    d3d_copy_region(target, 0, 1, 1, 0, target, 0, &region);
    CHECK_EQ(copies(), 2);
    between = handle(AEROGPU_CMD_CREATE_TEXTURE2D, 2);
    CHECK_EQ(texture_copy(0)->dst_texture, between);
    CHECK_EQ(texture_copy(1)->src_texture, between);
    CHECK_EQ(texture_copy(1)->dst_x, 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DESTROY_RESOURCE), 1);
}

static void formats_of_one_wire_format_are_copied(void)
{
    CHECK(have_textures(RT_D3D11));
    source = create_texture(DXGI_FORMAT_R8G8B8A8_TYPELESS, WIDTH, HEIGHT);
    CHECK(source);
    d3d_copy(target, source);
    CHECK_EQ(copies(), MIPS * LAYERS);
}

static void linear_and_srgb_textures_are_not_copied(void)
{
    CHECK(have_textures(RT_D3D11));
    source = create_texture(DXGI_FORMAT_R8G8B8A8_UNORM_SRGB, WIDTH, HEIGHT);
    CHECK(source);
    d3d_copy(target, source);
    CHECK_EQ(copies(), 0);
}

/* 8 x 4 texels of level 1 are 2 x 1 blocks; of 10 x 6, 3 x 2, of which the last are cut off. */
static bool have_blocks(void)
{
    if (!begin_on(NULL, RT_D3D11))
        return false;
    target = create_texture(DXGI_FORMAT_BC1_UNORM, 16, 8);
    source = create_texture(DXGI_FORMAT_BC1_UNORM, 20, 12);
    return target && source;
}

static void blocks_are_copied_up_to_the_edge_of_both(void)
{
    const D3D10_DDI_BOX corner = box(8, 4, 10, 6);

    CHECK(have_blocks());
    d3d_copy_region(source, MIPS + 1, 8, 4, 0, source, 1, &corner);
    CHECK(texture_copy(0));
    CHECK_EQ(texture_copy(0)->width, 2);
    CHECK_EQ(texture_copy(0)->height, 2);
}

static void blocks_that_one_texture_cuts_off_stay(void)
{
    CHECK(have_blocks());
    d3d_copy_region(target, 0, 0, 0, 0, source, 1, NULL);
    CHECK(texture_copy(0));
    CHECK_EQ(texture_copy(0)->width, 8);
    CHECK_EQ(texture_copy(0)->height, 4);
}

static void parts_of_blocks_are_ignored(void)
{
    const D3D10_DDI_BOX off = box(2, 0, 6, 4), on = box(4, 0, 8, 4);

    CHECK(have_blocks());
    d3d_copy_region(target, 0, 0, 0, 0, source, 0, &off);
    d3d_copy_region(target, 0, 2, 0, 0, source, 0, &on);
    CHECK_EQ(copies(), 0);
    d3d_copy_region(target, 0, 0, 0, 0, source, 0, &on);
    CHECK_EQ(copies(), 1);
}

static struct rt_object *create_depth(void)
{
    const struct d3d_texture_desc desc = {
        .width = WIDTH,
        .height = HEIGHT,
        .format = DXGI_FORMAT_D32_FLOAT,
        .bind = D3D10_DDI_BIND_DEPTH_STENCIL,
    };

    return d3d_create_texture(device, &desc, NULL);
}

static void depth_is_copied_as_a_whole_alone(void)
{
    const D3D10_DDI_BOX part = box(0, 0, WIDTH / 2, HEIGHT);

    CHECK(begin_on(NULL, RT_D3D11));
    target = create_depth();
    source = create_depth();
    CHECK(target && source);
    d3d_copy_region(target, 0, 0, 0, 0, source, 0, &part);
    d3d_copy_region(target, 0, 1, 0, 0, source, 0, NULL);
    CHECK_EQ(copies(), 0);
    d3d_copy(target, source);
    d3d_copy_region(target, 0, 0, 0, 0, source, 0, NULL);
    CHECK_EQ(copies(), 2);
}

static void expect_range_of_buffers(enum rt_level level)
{
    CHECK(have_buffers(level));
    copy_bytes(4, 8, 16);
    CHECK(is_buffer_copy(0, 4, 8, 8));
    CHECK_EQ(uploads(), 2);
}

static void range_of_words_is_copied_on_10_0(void)
{
    expect_range_of_buffers(RT_D3D10);
}

static void range_of_words_is_copied_on_10_1(void)
{
    expect_range_of_buffers(RT_D3D10_1);
}

static void range_of_words_is_copied_on_11_0(void)
{
    expect_range_of_buffers(RT_D3D11);
}

static void range_is_clipped_to_both_buffers(void)
{
    CHECK(have_buffers(RT_D3D11));
    copy_bytes(4, 8, 1000);
    CHECK(is_buffer_copy(0, 4, 8, 12));
    copy_bytes(12, 0, BYTES);
    CHECK(is_buffer_copy(1, 12, 0, 12)); /* to the end, whose word is filled up */
    copy_bytes(BYTES, 0, 4);
    copy_bytes(0, BYTES, 1000);
    CHECK_EQ(copies(), 2);
}

/* Bytes 5 to 18 of both: words from 8 to 16 are copied, three bytes before and two behind sent. */
static void ends_of_a_range_that_are_no_words_are_uploaded(void)
{
    static const uint8_t new_numbers[BYTES] = {
        100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110,
        111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121,
    };
    static const uint8_t before[] = { 4, 105, 106, 107 }, behind[] = { 116, 117, 18, 19 };

    CHECK(have_buffers(RT_D3D11));
    d3d_update(source, 0, NULL, new_numbers, 0, 0);
    copy_bytes(5, 5, 18);
    CHECK(is_buffer_copy(0, 8, 8, 8));
    CHECK_EQ(uploads(), 5);
    CHECK(is_upload(3, 4, before, sizeof(before)));
    CHECK(is_upload(4, 16, behind, sizeof(behind)));
}

static void range_within_a_word_is_uploaded(void)
{
    static const uint8_t word[] = { 4, 13, 14, 7 };

    CHECK(have_buffers(RT_D3D11));
    copy_bytes(5, 13, 15);
    CHECK_EQ(copies(), 0);
    CHECK_EQ(uploads(), 3);
    CHECK(is_upload(2, 4, word, sizeof(word)));
}

static void range_that_lies_otherwise_in_its_words_is_uploaded(void)
{
    static const uint8_t words[] = { 0, 6, 7, 8, 9, 10, 11, 7 };

    CHECK(have_buffers(RT_D3D11));
    copy_bytes(1, 6, 12);
    CHECK_EQ(copies(), 0);
    CHECK_EQ(uploads(), 3);
    CHECK(is_upload(2, 0, words, sizeof(words)));
}

/* What was copied before is part of what is known. */
static void range_is_uploaded_over_what_was_copied(void)
{
    static const uint8_t word[] = { 8, 2, 10, 11 };

    CHECK(have_buffers(RT_D3D11));
    copy_bytes(4, 8, 16);
    copy_bytes(5, 2, 3);
    CHECK_EQ(copies(), 1);
    CHECK(is_upload(2, 4, word, sizeof(word)));
}

/* Nobody can read back what a constant buffer holds that was copied to. */
static void ends_nobody_knows_stay(void)
{
    CHECK(begin_on(NULL, RT_D3D11));
    target = create_buffer();
    source = d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER, numbers, 16);
    CHECK(target && source);
    copy_bytes(1, 1, 11);
    CHECK(is_buffer_copy(0, 4, 4, 4));
    copy_bytes(2, 1, 11);
    CHECK_EQ(copies(), 1);
    CHECK_EQ(uploads(), 2);
}

static void copy_within_a_buffer_goes_by_another_buffer(void)
{
    const D3D10_DDI_BOX range = box(0, 0, 8, 1);
    uint32_t between;

    CHECK(have_buffers(RT_D3D11));
    d3d_copy_region(target, 0, 12, 0, 0, target, 0, &range);
    CHECK_EQ(copies(), 2);
    between = handle(AEROGPU_CMD_CREATE_BUFFER, 2);
    CHECK_EQ(buffer_copy(0)->dst_buffer, between);
    CHECK_EQ(buffer_copy(1)->src_buffer, between);
    CHECK_EQ(buffer_copy(1)->dst_offset_bytes, 12);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DESTROY_RESOURCE), 1);
}

/* The kernel's validator wants the surface listed, and to be written to listed as written. */
static void presentable_textures_are_listed(void)
{
    struct kernel_allocation_info before, after;

    CHECK(begin_on(NULL, RT_D3D11));
    target = scene_create_back_buffer(device);
    source = scene_create_back_buffer(device);
    CHECK(target && source);
    d3d_flush(device);
    CHECK(kernel_allocation(kernel, 0, &before));
    d3d_copy(target, source);
    CHECK_EQ(copies(), 1);
    for (size_t i = 0; i < 2; i++) {
        CHECK(kernel_allocation(kernel, i, &after));
        CHECK(after.last_use > before.last_use);
    }
}

static void device_without_transfers_copies_nothing(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.blob.device_features &= ~(uint64_t)AEROGPU_UMDPRIV_FEATURE_TRANSFER;
    CHECK(begin_on(&config, RT_D3D11));
    target = create_buffer();
    source = create_buffer();
    CHECK(target && source);
    d3d_copy(target, source);
    copy_bytes(0, 4, 8);
    CHECK_EQ(copies(), 0);
}

static void copies_between_draws_leave_the_state_as_it_is(void)
{
    struct scene scene;

    CHECK(begin_on(NULL, RT_D3D11));
    CHECK(scene_create(&scene, device));
    source = create_texture(DXGI_FORMAT_R8G8B8A8_UNORM, WIDTH, HEIGHT);
    target = create_texture(DXGI_FORMAT_R8G8B8A8_UNORM, WIDTH, HEIGHT);
    CHECK(target && source);
    scene_bind(&scene);
    d3d_draw(device, 3, 0);
    d3d_copy(target, source);
    d3d_draw(device, 3, 0);
    CHECK_EQ(copies(), MIPS * LAYERS);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 2);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_RENDER_TARGETS), 1);
}

static void copies_split_over_small_buffers_all_arrive(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.command_buffer_bytes = 4096;
    config.allocation_list_entries = 16;
    CHECK(begin_on(&config, RT_D3D11));
    target = create_texture(DXGI_FORMAT_R8G8B8A8_UNORM, WIDTH, HEIGHT);
    source = create_texture(DXGI_FORMAT_R8G8B8A8_UNORM, WIDTH, HEIGHT);
    CHECK(target && source);
    for (int i = 0; i < 100; i++)
        d3d_copy(target, source);
    CHECK_EQ(copies(), 100 * MIPS * LAYERS);
}

static void copy_of_a_lost_device_is_not_sent(void)
{
    CHECK(have_textures(RT_D3D11));
    d3d_flush(device);
    kernel_remove_device(kernel);
    d3d_copy(target, source);
    d3d_flush(device);
    CHECK_HR(rt_error(device), D3DDDIERR_DEVICEREMOVED);
    d3d_copy(target, source);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_COPY_TEXTURE2D), 0);
}

static void conversion_is_a_copy(void)
{
    CHECK(have_buffers(RT_D3D11));
    RT_CALL(device, f11, pfnResourceConvert, d3d_resource(target), d3d_resource(source));
    CHECK(is_buffer_copy(0, 0, 0, BYTES + 2));
    RT_CALL(device, f11, pfnResourceConvertRegion, d3d_resource(target), 0, 4, 0, 0,
            d3d_resource(source), 0, NULL);
    CHECK(is_buffer_copy(1, 4, 0, BYTES - 2));
}

static void conversion_is_a_copy_on_10_1(void)
{
    CHECK(have_buffers(RT_D3D10_1));
    RT_CALL(device, f11, pfnResourceConvert, d3d_resource(target), d3d_resource(source));
    CHECK(is_buffer_copy(0, 0, 0, BYTES + 2));
}

static void expect_resolve(enum rt_level level)
{
    CHECK(have_textures(level));
    RT_CALL(device, f11, pfnResourceResolveSubresource, d3d_resource(target), MIPS + 1,
            d3d_resource(source), 1, DXGI_FORMAT_R8G8B8A8_UNORM);
    CHECK_EQ(copies(), 1);
    CHECK_EQ(texture_copy(0)->dst_array_layer, 1);
    CHECK_EQ(texture_copy(0)->src_array_layer, 0);
    CHECK_EQ(texture_copy(0)->width, WIDTH / 2);
}

static void resolve_is_a_copy_on_10_0(void)
{
    expect_resolve(RT_D3D10);
}

static void resolve_is_a_copy_on_10_1(void)
{
    expect_resolve(RT_D3D10_1);
}

static void resolve_is_a_copy_on_11_0(void)
{
    expect_resolve(RT_D3D11);
}

static const struct tap_test tests[] = {
    TAP_TEST(whole_buffer_is_copied_on_10_0),
    TAP_TEST(whole_buffer_is_copied_on_10_1),
    TAP_TEST(whole_buffer_is_copied_on_11_0),
    TAP_TEST(whole_texture_is_copied_on_10_0),
    TAP_TEST(whole_texture_is_copied_on_10_1),
    TAP_TEST(whole_texture_is_copied_on_11_0),
    TAP_TEST(region_of_a_texture_is_copied_on_10_0),
    TAP_TEST(region_of_a_texture_is_copied_on_10_1),
    TAP_TEST(region_of_a_texture_is_copied_on_11_0),
    TAP_TEST(region_without_a_box_is_the_whole_subresource),
    TAP_TEST(region_is_clipped_to_the_target),
    TAP_TEST(region_beyond_the_target_is_not_copied),
    TAP_TEST(empty_boxes_are_not_copied),
    TAP_TEST(copies_of_what_does_not_exist_are_ignored),
    TAP_TEST(copies_between_textures_of_different_shapes_are_ignored),
    TAP_TEST(copies_between_buffers_and_textures_are_ignored),
    TAP_TEST(texture_copied_to_itself_stays),
    TAP_TEST(subresources_of_one_texture_are_copied_directly),
    TAP_TEST(copy_within_a_subresource_goes_by_another_texture),
    TAP_TEST(formats_of_one_wire_format_are_copied),
    TAP_TEST(linear_and_srgb_textures_are_not_copied),
    TAP_TEST(blocks_are_copied_up_to_the_edge_of_both),
    TAP_TEST(blocks_that_one_texture_cuts_off_stay),
    TAP_TEST(parts_of_blocks_are_ignored),
    TAP_TEST(depth_is_copied_as_a_whole_alone),
    TAP_TEST(range_of_words_is_copied_on_10_0),
    TAP_TEST(range_of_words_is_copied_on_10_1),
    TAP_TEST(range_of_words_is_copied_on_11_0),
    TAP_TEST(range_is_clipped_to_both_buffers),
    TAP_TEST(ends_of_a_range_that_are_no_words_are_uploaded),
    TAP_TEST(range_within_a_word_is_uploaded),
    TAP_TEST(range_that_lies_otherwise_in_its_words_is_uploaded),
    TAP_TEST(range_is_uploaded_over_what_was_copied),
    TAP_TEST(ends_nobody_knows_stay),
    TAP_TEST(copy_within_a_buffer_goes_by_another_buffer),
    TAP_TEST(presentable_textures_are_listed),
    TAP_TEST(device_without_transfers_copies_nothing),
    TAP_TEST(copies_between_draws_leave_the_state_as_it_is),
    TAP_TEST(copies_split_over_small_buffers_all_arrive),
    TAP_TEST(copy_of_a_lost_device_is_not_sent),
    TAP_TEST(conversion_is_a_copy),
    TAP_TEST(conversion_is_a_copy_on_10_1),
    TAP_TEST(resolve_is_a_copy_on_10_0),
    TAP_TEST(resolve_is_a_copy_on_10_1),
    TAP_TEST(resolve_is_a_copy_on_11_0),
};

TAP_MAIN(tests)
