/*
 * Back buffers that change places: slot i becomes what slot i + 1 was, the last what the first was,
 * and whatever names a slot goes on naming it (driver semantics 19.3, 19.4).
 */
#include "aerogpu_cmd.h"
#include "scene.h"

enum { BUFFERS = 3 };

static struct kernel *kernel;
static struct scene scene;
/* Slot 0 is the scene's back buffer. */
static struct rt_object *slots[BUFFERS];
static uint32_t alloc_ids[BUFFERS]; /* as created */
static uint32_t handles[BUFFERS];   /* on the wire, as created */

/* Notes what the newest texture is called by the kernel and on the wire. */
static bool note_buffer(unsigned slot)
{
    const struct aerogpu_cmd_create_texture2d *create;
    struct kernel_allocation_info info;

    d3d_flush(scene.device);
    create = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_TEXTURE2D, slot);
    if (!create || !kernel_allocation(kernel, slot, &info))
        return false;
    handles[slot] = create->texture_handle;
    alloc_ids[slot] = info.alloc_id;
    return slots[slot] != NULL;
}

static bool begin_on(enum rt_level level)
{
    kernel = scenario_kernel(NULL);
    if (!scene_create(&scene, scenario_device(kernel, level)))
        return false;
    slots[0] = scene.back_buffer;
    for (unsigned i = 0; i < BUFFERS; i++) {
        if (i > 0)
            slots[i] = scene_create_back_buffer(scene.device);
        if (!note_buffer(i))
            return false;
    }
    scene_bind(&scene);
    return true;
}

static bool begin(void)
{
    return begin_on(RT_D3D11);
}

static HRESULT rotate(UINT count)
{
    return d3d_rotate(scene.device, slots, count);
}

/* alloc_id of what presenting a slot shows; 0 when it shows nothing. */
static uint32_t shown_by(unsigned slot)
{
    const size_t before = kernel_presents(kernel);

    if (d3d_present(slots[slot], NULL, true, DXGI_DDI_FLIP_INTERVAL_ONE) != S_OK ||
        kernel_presents(kernel) != before + 1)
        return 0;
    return kernel_present(kernel, before)->source_alloc_id;
}

/* The first colour target of the last SET_RENDER_TARGETS submitted. */
static uint32_t last_target(void)
{
    const size_t count = kernel_count_packets(kernel, AEROGPU_CMD_SET_RENDER_TARGETS);
    const struct aerogpu_cmd_set_render_targets *set =
        kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, count - 1);

    return set ? set->colors[0] : 0;
}

static void draw(void)
{
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
}

static void check_places_on(enum rt_level level)
{
    CHECK(begin_on(level));
    CHECK_HR(rotate(BUFFERS), S_OK);
    CHECK_EQ(shown_by(0), alloc_ids[1]);
    CHECK_EQ(shown_by(1), alloc_ids[2]);
    CHECK_EQ(shown_by(2), alloc_ids[0]);
}

static void every_buffer_becomes_the_next_on_11_0(void)
{
    check_places_on(RT_D3D11);
}

static void every_buffer_becomes_the_next_on_10_1(void)
{
    check_places_on(RT_D3D10_1);
}

static void every_buffer_becomes_the_next_on_10_0(void)
{
    check_places_on(RT_D3D10);
}

static void buffer_that_is_not_named_stays(void)
{
    CHECK(begin());
    CHECK_HR(rotate(2), S_OK);
    CHECK_EQ(shown_by(0), alloc_ids[1]);
    CHECK_EQ(shown_by(1), alloc_ids[0]);
    CHECK_EQ(shown_by(2), alloc_ids[2]);
}

static void as_many_rotations_as_buffers_are_none(void)
{
    CHECK(begin());
    for (int i = 0; i < BUFFERS; i++)
        CHECK_HR(rotate(BUFFERS), S_OK);
    for (unsigned i = 0; i < BUFFERS; i++)
        CHECK_EQ(shown_by(i), alloc_ids[i]);
}

static void present_shows_on_the_host_what_it_names_to_dxgi(void)
{
    CHECK(begin());
    CHECK_HR(rotate(BUFFERS), S_OK);
    CHECK_EQ(shown_by(0), alloc_ids[1]);
    CHECK_EQ(last_target(), handles[1]);
}

static void rotation_sends_nothing(void)
{
    size_t submissions;

    CHECK(begin());
    draw();
    submissions = kernel_submissions(kernel);
    CHECK_HR(rotate(BUFFERS), S_OK);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_submissions(kernel), submissions);
}

/* ---- What is bound, and what is on its way ---- */

static void check_target_on(enum rt_level level)
{
    CHECK(begin_on(level));
    draw();
    CHECK_EQ(last_target(), handles[0]);
    CHECK_HR(rotate(BUFFERS), S_OK);
    draw();
    CHECK_EQ(last_target(), handles[1]);
}

static void bound_target_is_drawn_to_in_its_new_storage_on_11_0(void)
{
    check_target_on(RT_D3D11);
}

static void bound_target_is_drawn_to_in_its_new_storage_on_10_1(void)
{
    check_target_on(RT_D3D10_1);
}

static void bound_target_is_drawn_to_in_its_new_storage_on_10_0(void)
{
    check_target_on(RT_D3D10);
}

static void rotation_within_a_submission_parts_its_draws(void)
{
    const struct aerogpu_cmd_set_render_targets *first, *second;

    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    CHECK_HR(rotate(BUFFERS), S_OK);
    draw();
    first = kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, 0);
    second = kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, 1);
    CHECK(first && second);
    CHECK_EQ(first->colors[0], handles[0]);
    CHECK_EQ(second->colors[0], handles[1]);
}

/* alloc_ids that the last submission lists, and may write. */
static bool last_submission_writes(uint32_t alloc_id)
{
    const struct kernel_submission *last =
        kernel_submission(kernel, kernel_submissions(kernel) - 1);

    for (uint32_t i = 0; i < last->entry_count; i++) {
        if (last->entries[i].alloc_id == alloc_id)
            return !(last->entries[i].flags & AEROGPU_ALLOC_FLAG_READONLY);
    }
    return false;
}

static void memory_of_both_is_listed_around_a_rotation(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    CHECK_HR(rotate(BUFFERS), S_OK);
    draw();
    CHECK(last_submission_writes(alloc_ids[0]));
    CHECK(last_submission_writes(alloc_ids[1]));
    CHECK(!last_submission_writes(alloc_ids[2]));
}

static void clear_reaches_the_new_storage(void)
{
    CHECK(begin());
    CHECK_HR(rotate(BUFFERS), S_OK);
    d3d_clear_target(scene.device, scene.rtv, 1.0f, 0.0f, 0.0f, 1.0f);
    d3d_flush(scene.device);
    CHECK_EQ(last_target(), handles[1]);
}

/* A back buffer that shaders read as well. */
static struct rt_object *create_readable(void)
{
    const struct d3d_texture_desc desc = {
        .width = SCENE_SIDE,
        .height = SCENE_SIDE,
        .format = DXGI_FORMAT_B8G8R8A8_UNORM,
        .bind =
            D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_PRESENT | D3D10_DDI_BIND_SHADER_RESOURCE,
    };

    return d3d_create_texture(scene.device, &desc, NULL);
}

/* Two readable buffers in slots 1 and 2, and a pixel shader that reads slot 1. */
static bool begin_reading(struct rt_object **srv)
{
    size_t size;
    const void *dxbc = scenario_shader("texture_ps.dxbc", &size);
    struct rt_object *ps;

    if (!dxbc || !begin())
        return false;
    for (unsigned i = 1; i < BUFFERS; i++) {
        d3d_destroy(slots[i]);
        slots[i] = create_readable();
    }
    ps = d3d_create_pixel_shader(scene.device, dxbc, size);
    *srv = slots[1] ? d3d_create_srv(slots[1], NULL) : NULL;
    if (!slots[2] || !ps || !*srv)
        return false;
    d3d_set_shader(scene.device, D3D_PS, ps);
    d3d_set_shader_resources(scene.device, D3D_PS, 0, 1, srv);
    return true;
}

static uint32_t texture_read(size_t nth)
{
    const struct aerogpu_cmd_set_texture *set =
        kernel_find_packet(kernel, AEROGPU_CMD_SET_TEXTURE, nth);

    return set ? set->texture : 0;
}

static void bound_texture_is_read_from_its_new_storage(void)
{
    const struct aerogpu_cmd_create_texture2d *other;
    struct rt_object *srv;

    CHECK(begin_reading(&srv));
    d3d_draw(scene.device, 3, 0);
    CHECK_HR(d3d_rotate(scene.device, slots + 1, 2), S_OK);
    draw();
    other = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_TEXTURE2D, 4);
    CHECK(other);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 2);
    CHECK(texture_read(0) != texture_read(1));
    CHECK_EQ(texture_read(1), other->texture_handle);
}

/* One buffer is drawn to while the other is read, and they change places: a host that was told the
 * new target alone would have taken it from the shader. */
static void target_and_texture_that_change_places_stay_bound(void)
{
    struct rt_object *srv, *rtv;
    uint32_t read, drawn;

    CHECK(begin_reading(&srv));
    rtv = d3d_create_rtv(slots[2], NULL);
    CHECK(rtv);
    d3d_set_render_target(scene.device, rtv, NULL);
    draw();
    read = texture_read(0);
    drawn = last_target();
    CHECK_HR(d3d_rotate(scene.device, slots + 1, 2), S_OK);
    draw();
    CHECK_EQ(last_target(), read);
    CHECK_EQ(texture_read(1), drawn);
}

/* ---- What ends ---- */

static void rotated_buffers_are_freed_in_any_order(void)
{
    static const unsigned orders[][BUFFERS] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 0, 2 } };

    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        CHECK(begin());
        CHECK_HR(rotate(BUFFERS), S_OK);
        for (unsigned n = 0; n < BUFFERS; n++)
            d3d_destroy(slots[orders[i][n]]);
        CHECK_EQ(kernel_live_allocations(kernel), 0);
        scenario_finish(kernel);
    }
}

static void buffer_that_outlives_its_sibling_keeps_its_image(void)
{
    CHECK(begin());
    CHECK_HR(rotate(2), S_OK);
    d3d_destroy(slots[0]);
    CHECK_EQ(kernel_live_allocations(kernel), BUFFERS - 1);
    CHECK_EQ(shown_by(1), alloc_ids[0]);
}

static void rotated_buffers_end_with_their_device(void)
{
    CHECK(begin());
    draw();
    CHECK_HR(rotate(BUFFERS), S_OK);
    draw();
    scenario_finish(kernel);
    CHECK_EQ(kernel_live_allocations(kernel), 0);
}

/* ---- What is refused, and then changes nothing ---- */

static void check_unchanged(void)
{
    for (unsigned i = 0; i < BUFFERS; i++) {
        if (slots[i])
            CHECK_EQ(shown_by(i), alloc_ids[i]);
    }
}

static void rotation_of_fewer_than_two_is_none(void)
{
    CHECK(begin());
    CHECK_HR(rotate(0), S_OK);
    CHECK_HR(rotate(1), S_OK);
    check_unchanged();
}

/* Puts something else into the last slot and expects a refusal that moves none of the others. */
static void expect_refusal_with(struct rt_object *last)
{
    slots[2] = last;
    CHECK_HR(rotate(BUFFERS), E_INVALIDARG);
    slots[2] = NULL;
    check_unchanged();
}

static void buffer_named_twice_is_refused(void)
{
    CHECK(begin());
    expect_refusal_with(slots[0]);
}

static void missing_buffer_is_refused(void)
{
    CHECK(begin());
    expect_refusal_with(NULL);
}

static void buffer_of_another_device_is_refused(void)
{
    struct rt_object *foreign;

    CHECK(begin());
    foreign = scene_create_back_buffer(scenario_device(kernel, RT_D3D11));
    CHECK(foreign);
    expect_refusal_with(foreign);
}

static void object_that_is_no_resource_is_refused(void)
{
    CHECK(begin());
    expect_refusal_with(scene.rtv);
}

static void surface_without_memory_of_the_kernel_is_refused(void)
{
    struct rt_object *target;

    CHECK(begin());
    target = d3d_create_target(scene.device, SCENE_SIDE, SCENE_SIDE, DXGI_FORMAT_B8G8R8A8_UNORM);
    CHECK(target);
    expect_refusal_with(target);
}

static void buffer_of_another_description_is_refused(void)
{
    const struct d3d_texture_desc plain = {
        .width = SCENE_SIDE,
        .height = SCENE_SIDE,
        .format = DXGI_FORMAT_B8G8R8A8_UNORM,
        .bind = D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_PRESENT,
    };
    struct d3d_texture_desc others[] = { plain, plain, plain, plain, plain, plain };

    others[0].width = SCENE_SIDE / 2;
    others[1].height = SCENE_SIDE / 2;
    others[2].format = DXGI_FORMAT_R8G8B8A8_UNORM;
    others[3].mip_levels = 2;
    others[4].array_size = 2;
    others[5].bind |= D3D10_DDI_BIND_SHADER_RESOURCE;
    CHECK(begin());
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct rt_object *other = d3d_create_texture(scene.device, &others[i], NULL);

        CHECK(other);
        expect_refusal_with(other);
    }
}

/* The partner of the refusals above: what they differ from is accepted. */
static void buffer_that_cannot_be_scanned_out_joins(void)
{
    const struct d3d_texture_desc plain = {
        .width = SCENE_SIDE,
        .height = SCENE_SIDE,
        .format = DXGI_FORMAT_B8G8R8A8_UNORM,
        .bind = D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_PRESENT,
    };

    CHECK(begin());
    slots[2] = d3d_create_texture(scene.device, &plain, NULL);
    CHECK(slots[2]);
    CHECK_HR(rotate(BUFFERS), S_OK);
    CHECK_EQ(shown_by(2), alloc_ids[0]);
    d3d_destroy(slots[2]); /* holds the memory of a primary now: freed inside the call */
    CHECK_EQ(kernel_live_allocations(kernel), BUFFERS);
}

static HRESULT rotate_handles(const DXGI_DDI_HRESOURCE *resources, UINT count)
{
    DXGI_DDI_ARG_ROTATE_RESOURCE_IDENTITIES argument = {
        .hDevice = (DXGI_DDI_HDEVICE)rt_handle(scene.device).pDrvPrivate,
        .pResources = resources,
        .Resources = count,
    };
    HRESULT result;

    RT_DXGI(scene.device, pfnRotateResourceIdentities, result, &argument);
    return result;
}

static void count_without_an_array_is_refused(void)
{
    CHECK(begin());
    CHECK_HR(rotate_handles(NULL, 2), E_INVALIDARG);
}

static void more_buffers_than_a_swap_chain_has_are_refused(void)
{
    DXGI_DDI_HRESOURCE many[17];

    CHECK(begin());
    for (int i = 0; i < 17; i++)
        many[i] = (DXGI_DDI_HRESOURCE)rt_private(scene_create_back_buffer(scene.device));
    CHECK_HR(rotate_handles(many, 17), E_INVALIDARG);
    CHECK_HR(rotate_handles(many, 16), S_OK);
    for (int i = 1; i < 16; i++)
        CHECK_HR(rotate_handles(many, 16), S_OK); /* until every buffer holds its own again */
}

static void lost_device_says_so(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    kernel_remove_device(kernel);
    d3d_flush(scene.device);
    CHECK_HR(rotate(BUFFERS), D3DDDIERR_DEVICEREMOVED);
}

static const struct tap_test tests[] = {
    TAP_TEST(every_buffer_becomes_the_next_on_11_0),
    TAP_TEST(every_buffer_becomes_the_next_on_10_1),
    TAP_TEST(every_buffer_becomes_the_next_on_10_0),
    TAP_TEST(buffer_that_is_not_named_stays),
    TAP_TEST(as_many_rotations_as_buffers_are_none),
    TAP_TEST(present_shows_on_the_host_what_it_names_to_dxgi),
    TAP_TEST(rotation_sends_nothing),
    TAP_TEST(bound_target_is_drawn_to_in_its_new_storage_on_11_0),
    TAP_TEST(bound_target_is_drawn_to_in_its_new_storage_on_10_1),
    TAP_TEST(bound_target_is_drawn_to_in_its_new_storage_on_10_0),
    TAP_TEST(rotation_within_a_submission_parts_its_draws),
    TAP_TEST(memory_of_both_is_listed_around_a_rotation),
    TAP_TEST(clear_reaches_the_new_storage),
    TAP_TEST(bound_texture_is_read_from_its_new_storage),
    TAP_TEST(target_and_texture_that_change_places_stay_bound),
    TAP_TEST(rotated_buffers_are_freed_in_any_order),
    TAP_TEST(buffer_that_outlives_its_sibling_keeps_its_image),
    TAP_TEST(rotated_buffers_end_with_their_device),
    TAP_TEST(rotation_of_fewer_than_two_is_none),
    TAP_TEST(buffer_named_twice_is_refused),
    TAP_TEST(missing_buffer_is_refused),
    TAP_TEST(buffer_of_another_device_is_refused),
    TAP_TEST(object_that_is_no_resource_is_refused),
    TAP_TEST(surface_without_memory_of_the_kernel_is_refused),
    TAP_TEST(buffer_of_another_description_is_refused),
    TAP_TEST(buffer_that_cannot_be_scanned_out_joins),
    TAP_TEST(count_without_an_array_is_refused),
    TAP_TEST(more_buffers_than_a_swap_chain_has_are_refused),
    TAP_TEST(lost_device_says_so),
};

TAP_MAIN(tests)
