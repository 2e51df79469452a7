/*
 * The live host: what a scenario draws can be read back. The scene through the whole DDI, colours
 * by Direct3D's rules; then what a tiny driver submits: errors of execution, guest memory.
 */
#include <stdlib.h>
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"
#include "tiny_driver.h"

static struct kernel *live_kernel(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.is_live = true;
    return scenario_kernel(&config);
}

/* A texel of a BGRA8 image as 0xRRGGBBAA. */
static uint32_t texel(const struct live_image *image, uint32_t x, uint32_t y)
{
    const uint8_t *at = image->bytes + ((size_t)y * image->width + x) * 4;

    return (uint32_t)at[2] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[0] << 8 | at[3];
}

static void finish_image(void *user)
{
    live_image_finish(user);
    free(user);
}

/* The newest texture, freed when the test is over; NULL if it cannot be read. */
static const struct live_image *read_newest_texture(struct kernel *kernel)
{
    struct live_image *image = calloc(1, sizeof(*image));

    if (image == NULL)
        tap_bail_out("out of memory");
    tap_defer(finish_image, image);
    return kernel_read_texture(kernel, kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_TEXTURE2D),
                               0, 0, image)
               ? image
               : NULL;
}

/* ---- The scene ---- */

#define BACKGROUND 0x002040FFu /* 0.125 * 255 rounds to 32, 0.25 * 255 to 64 */

/* One device with the scene, everything bound; NULL and a failed test without it. */
static struct kernel *with_scene(struct scene *scene)
{
    struct kernel *kernel = live_kernel();

    if (!scene_create(scene, scenario_device(kernel, RT_D3D11))) {
        tap_fail(__FILE__, __LINE__, "no scene");
        return NULL;
    }
    scene_bind(scene);
    return kernel;
}

static void a_clear_is_read_back(void)
{
    struct scene scene;
    struct kernel *kernel = with_scene(&scene);
    const struct live_image *image;

    CHECK(kernel);
    d3d_clear_target(scene.device, scene.rtv, 0.0f, 0.125f, 0.25f, 1.0f);
    d3d_flush(scene.device);
    image = read_newest_texture(kernel);
    CHECK(image);
    CHECK_EQ(image->width, SCENE_SIDE);
    CHECK_EQ(image->height, SCENE_SIDE);
    CHECK_EQ(image->format, AEROGPU_FORMAT_B8G8R8A8_UNORM);
    CHECK_EQ(image->size_bytes, SCENE_SIDE * SCENE_SIDE * 4);
    CHECK_EQ(texel(image, 0, 0), BACKGROUND);
    CHECK_EQ(texel(image, SCENE_SIDE - 1, SCENE_SIDE - 1), BACKGROUND);
}

/* Whether two texels differ by no more than rounding. */
static bool is_near(uint32_t actual, uint32_t expected)
{
    for (int shift = 0; shift < 32; shift += 8) {
        const int difference = (int)(actual >> shift & 0xFF) - (int)(expected >> shift & 0xFF);

        if (difference < -1 || difference > 1) {
            tap_note("texel 0x%08x, expected 0x%08x", actual, expected);
            return false;
        }
    }
    return true;
}

/* The centre of pixel (128, 128) is (1/256, -1/256) in clip space: 0.497 red, 0.254 green. */
static void a_triangle_is_read_back(void)
{
    struct scene scene;
    struct kernel *kernel = with_scene(&scene);
    const struct live_image *image;

    CHECK(kernel);
    CHECK_HR(scene_frame(&scene), S_OK);
    image = read_newest_texture(kernel);
    CHECK(image);
    CHECK(is_near(texel(image, 128, 128), 0x7F413FFF));
    CHECK_EQ(texel(image, 8, 8), BACKGROUND);
}

/* The small one lies over the large one, which alone would give 0.17 red at pixel (64, 192). */
static void the_indexed_triangle_lies_on_top(void)
{
    struct scene scene;
    struct kernel *kernel = with_scene(&scene);
    const struct live_image *image;

    CHECK(kernel);
    CHECK_HR(scene_frame(&scene), S_OK);
    image = read_newest_texture(kernel);
    CHECK(image);
    CHECK(is_near(texel(image, 64, 192), 0x7D443EFF));
}

static void nothing_is_presented_before_a_present(void)
{
    struct scene scene;
    struct kernel *kernel = with_scene(&scene);

    CHECK(kernel);
    d3d_clear_target(scene.device, scene.rtv, 1.0f, 0.0f, 0.0f, 1.0f);
    d3d_flush(scene.device);
    CHECK(!kernel_presented_image(kernel));
}

static void the_presented_image_is_kept(void)
{
    struct scene scene;
    struct kernel *kernel = with_scene(&scene);
    const struct live_image *image;

    CHECK(kernel);
    CHECK_HR(scene_frame(&scene), S_OK);
    d3d_clear_target(scene.device, scene.rtv, 1.0f, 0.0f, 0.0f, 1.0f);
    d3d_flush(scene.device);
    image = kernel_presented_image(kernel);
    CHECK(image);
    CHECK_EQ(image->size_bytes, SCENE_SIDE * SCENE_SIDE * 4);
    CHECK_EQ(texel(image, 8, 8), BACKGROUND);
    CHECK(is_near(texel(image, 128, 128), 0x7F413FFF));
}

/* More than any pipe or window holds. */
static void a_large_image_is_read_back(void)
{
    struct kernel *kernel = live_kernel();
    struct rt_device *device = scenario_device(kernel, RT_D3D11);
    struct rt_object *target = d3d_create_target(device, 2048, 1024, DXGI_FORMAT_B8G8R8A8_UNORM);
    const struct live_image *image;

    CHECK(target);
    d3d_clear_target(device, d3d_create_rtv(target, NULL), 0.0f, 0.125f, 0.25f, 1.0f);
    d3d_flush(device);
    image = read_newest_texture(kernel);
    CHECK(image);
    CHECK_EQ(image->size_bytes, 2048 * 1024 * 4);
    for (uint32_t i = 0; i < 2048 * 1024; i++)
        CHECK_EQ(texel(image, i, 0), BACKGROUND);
}

/* ---- Buffers and handles ---- */

static struct kernel *with_buffer(struct rt_device **device, uint32_t *handle)
{
    struct kernel *kernel = live_kernel();

    *device = scenario_device(kernel, RT_D3D11);
    if (!d3d_create_buffer_with(*device, D3D10_DDI_BIND_VERTEX_BUFFER, scene_vertices,
                                sizeof(scene_vertices)))
        return NULL;
    d3d_flush(*device);
    *handle = kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_BUFFER);
    return kernel;
}

static void a_buffer_is_read_back(void)
{
    uint8_t bytes[sizeof(scene_vertices)];
    struct rt_device *device;
    uint32_t handle;
    struct kernel *kernel = with_buffer(&device, &handle);

    CHECK(kernel);
    CHECK(kernel_read_buffer(kernel, handle, 0, bytes, sizeof(bytes)));
    CHECK_BYTES(bytes, scene_vertices, sizeof(scene_vertices));
}

static void a_part_of_a_buffer_is_read_back(void)
{
    float vertex[8];
    struct rt_device *device;
    uint32_t handle;
    struct kernel *kernel = with_buffer(&device, &handle);

    CHECK(kernel);
    CHECK(kernel_read_buffer(kernel, handle, sizeof(vertex), vertex, sizeof(vertex)));
    CHECK_BYTES(vertex, scene_vertices[1], sizeof(vertex));
}

static void nothing_is_read_beyond_a_buffer(void)
{
    uint8_t bytes[sizeof(scene_vertices) + 16];
    struct rt_device *device;
    uint32_t handle;
    struct kernel *kernel = with_buffer(&device, &handle);

    CHECK(kernel);
    CHECK(!kernel_read_buffer(kernel, handle, 0, bytes, sizeof(bytes)));
    CHECK(!kernel_read_buffer(kernel, handle, 1 << 20, bytes, 4));
}

static void nothing_is_read_of_what_is_not_there(void)
{
    struct live_image image;
    uint8_t byte;
    struct rt_device *device;
    uint32_t handle;
    struct kernel *kernel = with_buffer(&device, &handle);

    CHECK(kernel);
    CHECK(!kernel_read_texture(kernel, handle, 0, 0, &image)); /* a buffer */
    CHECK(!kernel_read_texture(kernel, 0, 0, 0, &image));
    CHECK(!kernel_read_buffer(kernel, 0, 0, &byte, 1));
}

static void the_newest_handle_is_of_the_newest_object(void)
{
    struct rt_device *device;
    uint32_t first, second;
    struct kernel *kernel = with_buffer(&device, &first);
    struct rt_object *newer;

    CHECK(kernel);
    CHECK(first != 0);
    newer = d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, scene_vertices, 32);
    d3d_flush(device);
    second = kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_BUFFER);
    CHECK(second != first);
    d3d_destroy(newer);
    d3d_flush(device);
    CHECK_EQ(kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_BUFFER), first);
}

static void there_is_no_newest_handle_without_objects(void)
{
    struct kernel *kernel = live_kernel();

    CHECK_EQ(kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_TEXTURE2D), 0);
}

/* ---- Kernels ---- */

static void a_kernel_that_is_not_live_reads_nothing(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct live_image image;
    struct scene scene;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    CHECK_HR(scene_frame(&scene), S_OK);
    CHECK(!kernel_read_texture(kernel, kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_TEXTURE2D),
                               0, 0, &image));
    CHECK(!kernel_presented_image(kernel));
}

static void a_new_kernel_does_not_see_an_old_ones_objects(void)
{
    uint8_t byte;
    struct rt_device *device;
    uint32_t handle;
    struct kernel *old = with_buffer(&device, &handle);
    struct kernel *new;

    CHECK(old);
    CHECK(kernel_read_buffer(old, handle, 0, &byte, 1));
    scenario_expect_violation(old, "live host: another kernel has taken it over");
    new = live_kernel();
    CHECK(!kernel_read_buffer(new, handle, 0, &byte, 1));
}

static void a_new_kernel_takes_the_host_over(void)
{
    uint8_t byte;
    struct rt_device *device;
    uint32_t handle;
    struct kernel *old = with_buffer(&device, &handle);

    CHECK(old);
    scenario_expect_violation(old, "live host: another kernel has taken it over");
    live_kernel();
    CHECK_EQ(report_violations(kernel_report(old)), 0);
    CHECK(!kernel_read_buffer(old, handle, 0, &byte, 1));
    CHECK_EQ(report_violations(kernel_report(old)), 1);
}

/* ---- Streams of a tiny driver ---- */

enum { SOURCE = 0x101, BACKED, GUEST_BYTES = 3 << 20 };

static struct rt_device *tiny_live(bool is_live)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.is_live = is_live;
    return tiny_start_with(&config, RT_D3D11);
}

static void flush_with(struct rt_device *device, void (*flush)(struct tiny_device *device))
{
    tiny_hooks.flush = flush;
    d3d_flush(device);
}

/* Valid, but no host has so much memory. */
static void make_a_buffer_beyond_all_memory(struct tiny_device *device)
{
    const struct aerogpu_cmd_create_buffer create = {
        .hdr = { AEROGPU_CMD_CREATE_BUFFER, sizeof(create) },
        .buffer_handle = SOURCE,
        .usage_flags = AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER,
        .size_bytes = 1ull << 46,
    };
    const struct aerogpu_cmd_destroy_resource destroy = {
        .hdr = { AEROGPU_CMD_DESTROY_RESOURCE, sizeof(destroy) },
        .resource_handle = SOURCE,
    };

    tiny_packet(device, &create, sizeof(create));
    tiny_packet(device, &destroy, sizeof(destroy));
    tiny_submit(device);
}

static void an_error_of_execution_is_a_violation(void)
{
    struct rt_device *device = tiny_live(true);

    scenario_expect_violation(rt_device_kernel(device),
                              "pfnFlush: live host: submission 1, packet 0 (CREATE_BUFFER) at byte "
                              "24: a buffer of 70368744177664 bytes cannot be made [buffer-size]");
    flush_with(device, make_a_buffer_beyond_all_memory);
}

static void what_nobody_executes_is_no_error_of_execution(void)
{
    flush_with(tiny_live(false), make_a_buffer_beyond_all_memory);
}

static void send_unknown_packet(struct tiny_device *device)
{
    const struct aerogpu_cmd_hdr unknown = { 0xFFFF, sizeof(unknown) };

    tiny_packet(device, &unknown, sizeof(unknown));
    tiny_submit(device);
}

static void an_invalid_stream_is_told_once(void)
{
    struct rt_device *device = tiny_live(true);
    struct kernel *kernel = rt_device_kernel(device);

    scenario_expect_violation(kernel, "unknown-opcode");
    flush_with(device, send_unknown_packet);
    CHECK_EQ(report_violations(kernel_report(kernel)), 1);
}

/* ---- Guest memory ---- */

static D3DKMT_HANDLE guest;
static uint32_t guest_id;
static uint8_t seen[GUEST_BYTES]; /* what a lock showed */

static uint8_t pattern(uint32_t offset_bytes)
{
    return (uint8_t)(offset_bytes * 7 + (offset_bytes >> 16));
}

static void create_buffer(struct tiny_device *device, uint32_t handle, uint32_t alloc_id)
{
    const struct aerogpu_cmd_create_buffer create = {
        .hdr = { AEROGPU_CMD_CREATE_BUFFER, sizeof(create) },
        .buffer_handle = handle,
        .usage_flags = AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER,
        .size_bytes = GUEST_BYTES,
        .backing_alloc_id = alloc_id,
    };

    tiny_packet(device, &create, sizeof(create));
}

/* Guest memory full of the pattern, and both buffers. */
static void create_buffers(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS flags = { .WriteOnly = 1 };
    struct aerogpu_wddm_alloc_priv_v2 blob = tiny_blob(GUEST_BYTES);
    HRESULT result;
    uint8_t *bytes;

    memset(seen, 0xEE, sizeof(seen));
    guest_id = blob.alloc_id;
    guest = tiny_allocate(device, NULL, &blob);
    bytes = tiny_lock(device, guest, flags, &result);
    for (uint32_t i = 0; bytes && i < GUEST_BYTES; i++)
        bytes[i] = pattern(i);
    tiny_unlock(device, guest);
    tiny_list(device, guest, false);
    create_buffer(device, SOURCE, 0);
    create_buffer(device, BACKED, guest_id);
    tiny_submit(device);
}

static void destroy_buffers(struct tiny_device *device)
{
    tiny_destroy_buffer(device, BACKED);
    tiny_destroy_buffer(device, SOURCE);
    tiny_submit(device);
    tiny_deallocate(device, NULL, guest);
}

static void copy(struct tiny_device *device, uint32_t target, uint32_t source, uint32_t flags)
{
    const struct aerogpu_cmd_copy_buffer packet = {
        .hdr = { AEROGPU_CMD_COPY_BUFFER, sizeof(packet) },
        .dst_buffer = target,
        .src_buffer = source,
        .size_bytes = GUEST_BYTES,
        .flags = flags,
    };

    tiny_list(device, guest, target == BACKED);
    tiny_packet(device, &packet, sizeof(packet));
    tiny_submit(device);
}

static void copy_from_guest(struct tiny_device *device)
{
    copy(device, SOURCE, BACKED, AEROGPU_COPY_FLAG_NONE);
}

static void copy_to_guest(struct tiny_device *device)
{
    copy(device, BACKED, SOURCE, AEROGPU_COPY_FLAG_WRITEBACK_DST);
}

static void copy_to_guest_unwritten(struct tiny_device *device)
{
    copy(device, BACKED, SOURCE, AEROGPU_COPY_FLAG_NONE);
}

static void the_device_reads_guest_memory(void)
{
    struct rt_device *device = tiny_live(true);
    uint8_t *bytes = calloc(1, GUEST_BYTES);

    tap_defer(free, bytes);
    flush_with(device, create_buffers);
    flush_with(device, copy_from_guest);
    CHECK(kernel_read_buffer(rt_device_kernel(device), SOURCE, 0, bytes, GUEST_BYTES));
    for (uint32_t i = 0; i < GUEST_BYTES; i++)
        CHECK_EQ(bytes[i], pattern(i));
    flush_with(device, destroy_buffers);
}

static void look(struct tiny_device *device)
{
    const D3DDDICB_LOCKFLAGS flags = { .ReadOnly = 1 };
    HRESULT result;
    const uint8_t *bytes = tiny_lock(device, guest, flags, &result);

    if (bytes)
        memcpy(seen, bytes, GUEST_BYTES);
    tiny_unlock(device, guest);
}

/* A new buffer is full of zeros. */
static void a_lock_shows_what_the_device_wrote(void)
{
    struct rt_device *device = tiny_live(true);

    flush_with(device, create_buffers);
    flush_with(device, copy_to_guest);
    flush_with(device, look);
    for (uint32_t i = 0; i < GUEST_BYTES; i++)
        CHECK_EQ(seen[i], 0);
    flush_with(device, destroy_buffers);
}

static void guest_memory_stays_without_a_writeback(void)
{
    struct rt_device *device = tiny_live(true);

    flush_with(device, create_buffers);
    flush_with(device, copy_to_guest_unwritten);
    flush_with(device, look);
    for (uint32_t i = 0; i < GUEST_BYTES; i++)
        CHECK_EQ(seen[i], pattern(i));
    flush_with(device, destroy_buffers);
}

static const struct tap_test tests[] = {
    TAP_TEST(a_clear_is_read_back),
    TAP_TEST(a_triangle_is_read_back),
    TAP_TEST(the_indexed_triangle_lies_on_top),
    TAP_TEST(nothing_is_presented_before_a_present),
    TAP_TEST(the_presented_image_is_kept),
    TAP_TEST(a_large_image_is_read_back),
    TAP_TEST(a_buffer_is_read_back),
    TAP_TEST(a_part_of_a_buffer_is_read_back),
    TAP_TEST(nothing_is_read_beyond_a_buffer),
    TAP_TEST(nothing_is_read_of_what_is_not_there),
    TAP_TEST(the_newest_handle_is_of_the_newest_object),
    TAP_TEST(there_is_no_newest_handle_without_objects),
    TAP_TEST(a_kernel_that_is_not_live_reads_nothing),
    TAP_TEST(a_new_kernel_does_not_see_an_old_ones_objects),
    TAP_TEST(a_new_kernel_takes_the_host_over),
    TAP_TEST(an_error_of_execution_is_a_violation),
    TAP_TEST(what_nobody_executes_is_no_error_of_execution),
    TAP_TEST(an_invalid_stream_is_told_once),
    TAP_TEST(the_device_reads_guest_memory),
    TAP_TEST(a_lock_shows_what_the_device_wrote),
    TAP_TEST(guest_memory_stays_without_a_writeback),
};

TAP_MAIN(tests)
