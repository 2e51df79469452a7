/*
 * Constant buffers that are smaller than shaders declare are enlarged on the host before they are
 * drawn with, and only those; their contents and what is bound follow (driver semantics 14.3, host
 * semantics 5).
 *
 * The scene's vertex shader declares two registers, its pixel shader one, the palette shader nine.
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"

enum {
    REGISTER_BYTES = 16,
    VERTEX_BYTES = 2 * REGISTER_BYTES,
    PALETTE_BYTES = 9 * REGISTER_BYTES,
    CONSTANTS_BYTES = 65536, /* what a shader can see */
};

static const float scale[4] = { 1.0f, 1.0f, 1.0f, 1.0f };
static const float other_scale[4] = { 0.5f, 0.5f, 1.0f, 1.0f };

static struct kernel *kernel;
static struct scene scene;

/* A scene ready to be drawn on a machine of this configuration. */
static bool begin_on(enum rt_level level, const struct kernel_config *config)
{
    kernel = scenario_kernel(config);
    if (!scene_create(&scene, scenario_device(kernel, level)))
        return false;
    scene_bind(&scene);
    return true;
}

static bool begin(void)
{
    return begin_on(RT_D3D11, NULL);
}

static void bind_to(enum d3d_stage stage, struct rt_object *buffer)
{
    d3d_set_constant_buffers(scene.device, stage, 0, 1, &buffer);
}

/* A buffer of one register, bound nowhere, whose creation is on the host. */
static struct rt_object *create_small(void)
{
    struct rt_object *buffer =
        d3d_create_buffer_with(scene.device, D3D10_DDI_BIND_CONSTANT_BUFFER, scale, sizeof(scale));

    d3d_flush(scene.device);
    return buffer;
}

static bool set_palette_shader(void)
{
    size_t size;
    const void *dxbc = scenario_shader("palette_ps.dxbc", &size);
    struct rt_object *ps = dxbc ? d3d_create_pixel_shader(scene.device, dxbc, size) : NULL;

    if (ps)
        d3d_set_shader(scene.device, D3D_PS, ps);
    return ps != NULL;
}

static void draw(void)
{
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
}

static uint32_t newest_buffer(void)
{
    return kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_BUFFER);
}

static size_t copies(void)
{
    return kernel_count_packets(kernel, AEROGPU_CMD_COPY_BUFFER);
}

static const struct aerogpu_cmd_copy_buffer *copy(size_t nth)
{
    return kernel_find_packet(kernel, AEROGPU_CMD_COPY_BUFFER, nth);
}

/* The last binding of slot 0 of a stage that was sent; zeros when there is none. */
static struct aerogpu_constant_buffer_binding bound(uint32_t wire_stage)
{
    struct aerogpu_constant_buffer_binding binding = { 0 };
    const struct aerogpu_cmd_set_constant_buffers *set;

    for (size_t n = 0;
         (set = kernel_find_packet(kernel, AEROGPU_CMD_SET_CONSTANT_BUFFERS, n)) != NULL; n++) {
        if (set->shader_stage == wire_stage)
            memcpy(&binding, set + 1, sizeof(binding));
    }
    return binding;
}

/* The packet that created a buffer. */
static const struct aerogpu_cmd_create_buffer *creation(uint32_t handle)
{
    const struct aerogpu_cmd_create_buffer *create = NULL;

    for (size_t n = 0; (create = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_BUFFER, n)); n++) {
        if (create->buffer_handle == handle)
            return create;
    }
    return NULL;
}

/* Draws with a small buffer in the vertex shader; what it was called on the host before. */
static bool draw_with_small(enum rt_level level, struct rt_object **small, uint32_t *handle)
{
    if (!begin_on(level, NULL))
        return false;
    *small = create_small();
    *handle = newest_buffer();
    if (!*small)
        return false;
    bind_to(D3D_VS, *small);
    draw();
    return true;
}

static void small_buffer_is_bound_as_large_as_declared(enum rt_level level)
{
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(level, &small, &handle));
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 1);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_VERTEX).size_bytes, VERTEX_BYTES);
}

static void small_buffer_is_bound_as_large_as_declared_on_10_0(void)
{
    small_buffer_is_bound_as_large_as_declared(RT_D3D10);
}

static void small_buffer_is_bound_as_large_as_declared_on_10_1(void)
{
    small_buffer_is_bound_as_large_as_declared(RT_D3D10_1);
}

static void small_buffer_is_bound_as_large_as_declared_on_11_0(void)
{
    small_buffer_is_bound_as_large_as_declared(RT_D3D11);
}

static void storage_that_is_bound_is_as_large_as_declared(void)
{
    const struct aerogpu_cmd_create_buffer *create;
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    create = creation(bound(AEROGPU_SHADER_STAGE_VERTEX).buffer);
    CHECK(create);
    CHECK_EQ(create->size_bytes, VERTEX_BYTES);
}

static void storage_that_is_bound_may_be_used_as_constants(void)
{
    const struct aerogpu_cmd_create_buffer *create;
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    create = creation(bound(AEROGPU_SHADER_STAGE_VERTEX).buffer);
    CHECK(create);
    CHECK_EQ(create->usage_flags, AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER);
}

static void contents_of_a_small_buffer_are_copied(void)
{
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    CHECK_EQ(copies(), 1);
    CHECK_EQ(copy(0)->src_buffer, handle);
    CHECK_EQ(copy(0)->dst_buffer, bound(AEROGPU_SHADER_STAGE_VERTEX).buffer);
    CHECK(copy(0)->src_offset_bytes == 0 && copy(0)->dst_offset_bytes == 0);
    CHECK_EQ(copy(0)->size_bytes, sizeof(scale));
}

static void storage_of_a_small_buffer_goes_when_it_is_replaced(void)
{
    const struct aerogpu_cmd_destroy_resource *destroy;
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    destroy = kernel_find_packet(kernel, AEROGPU_CMD_DESTROY_RESOURCE, 0);
    CHECK(destroy);
    CHECK_EQ(destroy->resource_handle, handle);
    CHECK_EQ(kernel_live_objects(kernel, AEROGPU_OBJECT_BUFFER), 5); /* four are the scene's */
}

static void buffer_of_the_declared_size_is_bound_as_it_is(void)
{
    CHECK(begin());
    draw();
    CHECK_EQ(copies(), 0);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_VERTEX).size_bytes, VERTEX_BYTES);
}

static void buffer_larger_than_declared_is_bound_as_it_is(void)
{
    CHECK(begin());
    bind_to(D3D_PS, scene.transform);
    draw();
    CHECK_EQ(copies(), 0);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_PIXEL).size_bytes, VERTEX_BYTES);
}

static void small_buffer_in_a_slot_no_shader_reads_stays_small(void)
{
    struct rt_object *small;

    CHECK(begin());
    small = create_small();
    CHECK(small);
    d3d_set_constant_buffers(scene.device, D3D_VS, 1, 1, &small);
    draw();
    CHECK_EQ(copies(), 0);
}

static void small_buffer_that_nothing_was_drawn_with_stays_small(void)
{
    struct rt_object *small;

    CHECK(begin());
    small = create_small();
    CHECK(small);
    bind_to(D3D_VS, small);
    bind_to(D3D_VS, scene.transform);
    draw();
    CHECK_EQ(copies(), 0);
}

static void small_buffer_of_a_dropped_draw_stays_small(void)
{
    struct rt_object *small;

    CHECK(begin());
    small = create_small();
    CHECK(small);
    bind_to(D3D_VS, small);
    d3d_set_topology(scene.device, D3D10_DDI_PRIMITIVE_TOPOLOGY_UNDEFINED);
    draw();
    CHECK_EQ(copies(), 0);
}

static void small_buffer_is_enlarged_once(void)
{
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    bind_to(D3D_VS, scene.transform);
    draw();
    bind_to(D3D_VS, small);
    draw();
    CHECK_EQ(copies(), 1);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_VERTEX).buffer, copy(0)->dst_buffer);
}

static void enlarged_buffer_is_bound_again_in_the_next_submission(void)
{
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 2);
    CHECK_EQ(copies(), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_CONSTANT_BUFFERS), 4);
}

static void update_goes_to_the_enlarged_storage(void)
{
    const struct aerogpu_cmd_upload_resource *upload;
    struct rt_object *small;
    uint32_t handle;
    size_t uploads;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    uploads = kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE);
    d3d_update(small, 0, NULL, other_scale, sizeof(other_scale), 0);
    draw();
    upload = kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE, uploads);
    CHECK(upload);
    CHECK_EQ(upload->resource_handle, bound(AEROGPU_SHADER_STAGE_VERTEX).buffer);
    CHECK_BYTES(upload + 1, other_scale, sizeof(other_scale));
}

/* What lies behind the contents are zeros: nothing else may come there. */
static void update_is_as_large_as_the_buffer_was_asked_for(void)
{
    const struct aerogpu_cmd_upload_resource *upload;
    struct rt_object *small;
    uint32_t handle;
    size_t uploads;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    uploads = kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE);
    d3d_update(small, 0, NULL, other_scale, sizeof(other_scale), 0);
    draw();
    upload = kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE, uploads);
    CHECK(upload);
    CHECK_EQ(upload->offset_bytes, 0);
    CHECK_EQ(upload->size_bytes, sizeof(other_scale));
}

static void update_between_two_draws_is_between_them(void)
{
    const uint8_t *first, *upload, *second;
    struct rt_object *small;

    CHECK(begin());
    small = create_small();
    CHECK(small);
    bind_to(D3D_VS, small);
    d3d_draw(scene.device, 3, 0);
    d3d_update(small, 0, NULL, other_scale, sizeof(other_scale), 0);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    /* One submission: its packets lie in the order in which they act. */
    first = kernel_find_packet(kernel, AEROGPU_CMD_DRAW, 0);
    upload = kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE,
                                kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE) - 1);
    second = kernel_find_packet(kernel, AEROGPU_CMD_DRAW, 1);
    CHECK(first && upload && second);
    CHECK(first < upload && upload < second);
}

static void update_before_the_first_draw_is_copied(void)
{
    const uint8_t *upload, *copied;
    struct rt_object *small;

    CHECK(begin());
    small = create_small();
    CHECK(small);
    bind_to(D3D_VS, small);
    d3d_update(small, 0, NULL, other_scale, sizeof(other_scale), 0);
    draw();
    upload = kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE,
                                kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE) - 1);
    copied = (const uint8_t *)copy(0);
    CHECK(upload && copied);
    CHECK(upload < copied);
}

static void shader_that_declares_more_enlarges_it_again(void)
{
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    bind_to(D3D_PS, small);
    CHECK(set_palette_shader());
    draw();
    CHECK_EQ(copies(), 2);
    CHECK_EQ(copy(1)->src_buffer, copy(0)->dst_buffer);
    CHECK(bound(AEROGPU_SHADER_STAGE_PIXEL).size_bytes >= PALETTE_BYTES);
}

/* The slot is what the host has; only the shader is another one. */
static void other_shader_enlarges_a_buffer_that_stays_bound(void)
{
    CHECK(begin());
    draw();
    CHECK(set_palette_shader());
    draw();
    CHECK_EQ(copies(), 1);
    CHECK(bound(AEROGPU_SHADER_STAGE_PIXEL).size_bytes >= PALETTE_BYTES);
}

static void other_shader_in_the_same_submission_enlarges_it(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    CHECK(set_palette_shader());
    draw();
    CHECK_EQ(copies(), 1);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_PIXEL).buffer, copy(0)->dst_buffer);
}

static void shader_that_declares_less_changes_nothing(void)
{
    CHECK(begin());
    CHECK(set_palette_shader());
    draw();
    d3d_set_shader(scene.device, D3D_PS, scene.ps);
    draw();
    CHECK_EQ(copies(), 1);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_PIXEL).buffer, copy(0)->dst_buffer);
}

static void stage_that_has_the_buffer_already_is_told(void)
{
    CHECK(begin());
    CHECK(set_palette_shader());
    d3d_draw(scene.device, 3, 0); /* the vertex shader's is as large as it declares */
    bind_to(D3D_PS, scene.transform);
    draw();
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_VERTEX).buffer, bound(AEROGPU_SHADER_STAGE_PIXEL).buffer);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_VERTEX).buffer, copy(1)->dst_buffer);
}

static void two_stages_share_what_is_enlarged(void)
{
    struct rt_object *small;

    CHECK(begin());
    small = create_small();
    CHECK(small && set_palette_shader());
    bind_to(D3D_VS, small);
    bind_to(D3D_PS, small);
    draw();
    CHECK_EQ(copies(), 1);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_VERTEX).buffer, bound(AEROGPU_SHADER_STAGE_PIXEL).buffer);
}

static void destroyed_buffer_leaves_nothing_on_the_host(void)
{
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    bind_to(D3D_VS, NULL);
    d3d_destroy(small);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_live_objects(kernel, AEROGPU_OBJECT_BUFFER), 4);
}

static void destroyed_buffer_that_is_bound_reads_as_none(void)
{
    struct rt_object *small;
    uint32_t handle;

    CHECK(draw_with_small(RT_D3D11, &small, &handle));
    d3d_destroy(small);
    draw();
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_VERTEX).buffer, 0);
}

/* Enlarging ends up on every place of a short command buffer, over its end, too. */
static void many_buffers_split_over_small_submissions_are_enlarged(enum rt_level level)
{
    enum { BUFFERS = 200 };
    struct kernel_config config;
    struct rt_object *buffers[BUFFERS];

    kernel_config_init(&config);
    config.command_buffer_bytes = 4096;
    config.allocation_list_entries = 16;
    CHECK(begin_on(level, &config));
    for (int i = 0; i < BUFFERS; i++) {
        buffers[i] = d3d_create_buffer_with(scene.device, D3D10_DDI_BIND_CONSTANT_BUFFER, scale,
                                            sizeof(scale));
        CHECK(buffers[i]);
    }
    CHECK(set_palette_shader());
    for (int i = 0; i < BUFFERS; i++) {
        bind_to(i % 3 ? D3D_VS : D3D_PS, buffers[i]);
        d3d_set_viewport(scene.device, 0.0f, 0.0f, (FLOAT)(1 + i % 7), SCENE_SIDE);
        d3d_draw(scene.device, 3, 0);
    }
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), BUFFERS);
    CHECK_EQ(copies(), BUFFERS);
    CHECK_EQ(kernel_live_objects(kernel, AEROGPU_OBJECT_BUFFER), BUFFERS + 4);
}

static void many_buffers_split_over_small_submissions_are_enlarged_on_10_0(void)
{
    many_buffers_split_over_small_submissions_are_enlarged(RT_D3D10);
}

static void many_buffers_split_over_small_submissions_are_enlarged_on_11_0(void)
{
    many_buffers_split_over_small_submissions_are_enlarged(RT_D3D11);
}

static void removed_device_is_reported_by_draws_that_enlarge(void)
{
    enum { BUFFERS = 100 };
    struct kernel_config config;
    struct rt_object *buffers[BUFFERS];

    kernel_config_init(&config);
    config.command_buffer_bytes = 4096;
    CHECK(begin_on(RT_D3D11, &config));
    for (int i = 0; i < BUFFERS; i++) {
        buffers[i] = create_small();
        CHECK(buffers[i]);
    }
    kernel_remove_device(kernel);
    for (int i = 0; i < BUFFERS && rt_error(scene.device) == S_OK; i++) {
        bind_to(D3D_VS, buffers[i]);
        d3d_draw(scene.device, 3, 0);
    }
    CHECK_HR(rt_error(scene.device), D3DDDIERR_DEVICEREMOVED);
}

/* A device that cannot copy: there is room for all that a shader could declare from the start. */
static void device_without_copies_makes_constant_buffers_large(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.blob.device_features &= ~(uint64_t)AEROGPU_FEATURE_TRANSFER;
    CHECK(begin_on(RT_D3D11, &config));
    CHECK(set_palette_shader());
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 1);
    CHECK_EQ(copies(), 0);
    CHECK_EQ(bound(AEROGPU_SHADER_STAGE_PIXEL).size_bytes, CONSTANTS_BYTES);
}

static void device_without_copies_keeps_other_buffers_as_they_are(void)
{
    const struct aerogpu_cmd_create_buffer *create;
    struct kernel_config config;

    kernel_config_init(&config);
    config.blob.device_features &= ~(uint64_t)AEROGPU_FEATURE_TRANSFER;
    CHECK(begin_on(RT_D3D11, &config));
    draw();
    create = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_BUFFER, 0);
    CHECK_EQ(create->usage_flags, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER);
    CHECK_EQ(create->size_bytes, sizeof(scene_vertices));
}

static void device_with_copies_makes_constant_buffers_as_asked(void)
{
    CHECK(begin());
    CHECK(create_small());
    CHECK_EQ(creation(newest_buffer())->size_bytes, sizeof(scale));
}

static void device_without_constant_buffers_enlarges_none(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.blob.device_abi_version_u32 = 0x00010001;
    CHECK(begin_on(RT_D3D11, &config));
    CHECK(set_palette_shader());
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 1);
    CHECK_EQ(copies(), 0);
}

static const struct tap_test tests[] = {
    TAP_TEST(small_buffer_is_bound_as_large_as_declared_on_10_0),
    TAP_TEST(small_buffer_is_bound_as_large_as_declared_on_10_1),
    TAP_TEST(small_buffer_is_bound_as_large_as_declared_on_11_0),
    TAP_TEST(storage_that_is_bound_is_as_large_as_declared),
    TAP_TEST(storage_that_is_bound_may_be_used_as_constants),
    TAP_TEST(contents_of_a_small_buffer_are_copied),
    TAP_TEST(storage_of_a_small_buffer_goes_when_it_is_replaced),
    TAP_TEST(buffer_of_the_declared_size_is_bound_as_it_is),
    TAP_TEST(buffer_larger_than_declared_is_bound_as_it_is),
    TAP_TEST(small_buffer_in_a_slot_no_shader_reads_stays_small),
    TAP_TEST(small_buffer_that_nothing_was_drawn_with_stays_small),
    TAP_TEST(small_buffer_of_a_dropped_draw_stays_small),
    TAP_TEST(small_buffer_is_enlarged_once),
    TAP_TEST(enlarged_buffer_is_bound_again_in_the_next_submission),
    TAP_TEST(update_goes_to_the_enlarged_storage),
    TAP_TEST(update_is_as_large_as_the_buffer_was_asked_for),
    TAP_TEST(update_between_two_draws_is_between_them),
    TAP_TEST(update_before_the_first_draw_is_copied),
    TAP_TEST(shader_that_declares_more_enlarges_it_again),
    TAP_TEST(other_shader_enlarges_a_buffer_that_stays_bound),
    TAP_TEST(other_shader_in_the_same_submission_enlarges_it),
    TAP_TEST(shader_that_declares_less_changes_nothing),
    TAP_TEST(stage_that_has_the_buffer_already_is_told),
    TAP_TEST(two_stages_share_what_is_enlarged),
    TAP_TEST(destroyed_buffer_leaves_nothing_on_the_host),
    TAP_TEST(destroyed_buffer_that_is_bound_reads_as_none),
    TAP_TEST(many_buffers_split_over_small_submissions_are_enlarged_on_10_0),
    TAP_TEST(many_buffers_split_over_small_submissions_are_enlarged_on_11_0),
    TAP_TEST(removed_device_is_reported_by_draws_that_enlarge),
    TAP_TEST(device_without_copies_makes_constant_buffers_large),
    TAP_TEST(device_without_copies_keeps_other_buffers_as_they_are),
    TAP_TEST(device_with_copies_makes_constant_buffers_as_asked),
    TAP_TEST(device_without_constant_buffers_enlarges_none),
};

TAP_MAIN(tests)
