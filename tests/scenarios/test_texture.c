/*
 * Textures that shaders read, and what happens when a texture is both read and drawn to (driver
 * semantics 11, 14.4, 14.5).
 */
#include "aerogpu_cmd.h"
#include "scene.h"

enum { SIDE = 4 };

static struct kernel *kernel;
static struct scene scene;
static struct rt_object *texture, *srv, *sampler;

static struct rt_object *create_texture(UINT bind)
{
    static const uint32_t texels[SIDE][SIDE];
    const D3D10_DDIARG_SUBRESOURCE_UP initial = { (void *)(uintptr_t)texels, sizeof(texels[0]),
                                                  sizeof(texels) };
    const struct d3d_texture_desc desc = {
        .width = SIDE,
        .height = SIDE,
        .format = DXGI_FORMAT_R8G8B8A8_UNORM,
        .bind = D3D10_DDI_BIND_SHADER_RESOURCE | bind,
    };

    return d3d_create_texture(scene.device, &desc, &initial);
}

/* The scene with a pixel shader that samples t0 with s0, ready to be drawn. */
static bool begin_on(enum rt_level level)
{
    size_t size;
    const void *dxbc = scenario_shader("texture_ps.dxbc", &size);
    struct rt_object *ps;

    kernel = scenario_kernel(NULL);
    if (!dxbc || !scene_create(&scene, scenario_device(kernel, level)))
        return false;
    scene_bind(&scene);
    ps = d3d_create_pixel_shader(scene.device, dxbc, size);
    texture = create_texture(D3D10_DDI_BIND_RENDER_TARGET);
    srv = texture ? d3d_create_srv(texture, NULL) : NULL;
    sampler = d3d_create_sampler(scene.device, NULL);
    if (!ps || !srv || !sampler)
        return false;
    d3d_set_shader(scene.device, D3D_PS, ps);
    d3d_set_shader_resources(scene.device, D3D_PS, 0, 1, &srv);
    d3d_set_samplers(scene.device, D3D_PS, 0, 1, &sampler);
    return true;
}

static bool begin(void)
{
    return begin_on(RT_D3D11);
}

static void draw(void)
{
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
}

static const struct aerogpu_cmd_set_texture *set_texture(size_t nth)
{
    return kernel_find_packet(kernel, AEROGPU_CMD_SET_TEXTURE, nth);
}

static void texture_is_bound_where_the_shader_reads_it(void)
{
    CHECK(begin());
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 1);
    CHECK(set_texture(0)->shader_stage == AEROGPU_SHADER_STAGE_PIXEL && set_texture(0)->slot == 0);
    CHECK(set_texture(0)->texture != 0);
}

static void texture_is_bound_on_10_0(void)
{
    CHECK(begin_on(RT_D3D10));
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 1);
}

static void texture_is_bound_on_10_1(void)
{
    CHECK(begin_on(RT_D3D10_1));
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 1);
}

static void same_texture_set_again_is_not_sent_again(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    d3d_set_shader_resources(scene.device, D3D_PS, 0, 1, &srv);
    d3d_set_samplers(scene.device, D3D_PS, 0, 1, &sampler);
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_SAMPLERS), 1);
}

static void texture_is_sent_anew_in_every_submission(void)
{
    CHECK(begin());
    draw();
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 2);
}

static void texture_in_a_slot_no_shader_reads_is_not_sent(void)
{
    CHECK(begin());
    d3d_set_shader_resources(scene.device, D3D_PS, 7, 1, &srv);
    d3d_set_shader_resources(scene.device, D3D_VS, 0, 1, &srv);
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 1);
}

static void empty_slot_is_sent_as_none(void)
{
    static struct rt_object *const none;

    CHECK(begin());
    d3d_set_shader_resources(scene.device, D3D_PS, 0, 1, &none);
    d3d_set_samplers(scene.device, D3D_PS, 0, 1, &none);
    draw();
    CHECK_EQ(set_texture(0)->texture, 0);
}

static void destroyed_view_leaves_its_slot_empty(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    d3d_destroy(srv);
    draw();
    CHECK_EQ(set_texture(1)->texture, 0);
}

static void destroyed_texture_leaves_its_slot_empty(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    d3d_destroy(texture);
    draw();
    CHECK_EQ(set_texture(1)->texture, 0);
}

static void destroyed_sampler_leaves_its_slot_empty(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    d3d_destroy(sampler);
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_SAMPLERS), 2);
}

static void texture_that_becomes_a_target_leaves_the_shaders(void)
{
    struct rt_object *rtv;

    CHECK(begin());
    rtv = d3d_create_rtv(texture, NULL);
    CHECK(rtv);
    d3d_set_render_target(scene.device, rtv, NULL);
    draw();
    CHECK_EQ(set_texture(0)->texture, 0);
}

static void target_that_is_read_leaves_the_targets(void)
{
    struct rt_object *rtv;

    CHECK(begin());
    rtv = d3d_create_rtv(texture, NULL);
    CHECK(rtv);
    d3d_set_render_target(scene.device, rtv, NULL);
    d3d_set_shader_resources(scene.device, D3D_PS, 0, 1, &srv);
    draw(); /* to nothing: dropped */
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 0);
}

/* A clear makes the texture a target on the wire alone; shaders go on reading it. */
static void texture_cleared_between_draws_is_bound_again(void)
{
    struct rt_object *rtv;

    CHECK(begin());
    rtv = d3d_create_rtv(texture, NULL);
    CHECK(rtv);
    d3d_draw(scene.device, 3, 0);
    d3d_clear_target(scene.device, rtv, 1.0f, 0.0f, 0.0f, 1.0f);
    draw();
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 2);
    CHECK_EQ(set_texture(1)->texture, set_texture(0)->texture);
}

static void view_of_a_part_of_a_texture_is_refused(void)
{
    const struct d3d_view_desc part = { .first_mip = 1, .mip_levels = 1 };
    const struct d3d_texture_desc desc = {
        .width = SIDE,
        .height = SIDE,
        .mip_levels = 2,
        .format = DXGI_FORMAT_R8G8B8A8_UNORM,
        .bind = D3D10_DDI_BIND_SHADER_RESOURCE,
    };
    struct rt_object *chain;

    CHECK(begin());
    chain = d3d_create_texture(scene.device, &desc, NULL);
    CHECK(chain);
    CHECK(!d3d_create_srv(chain, &part));
    CHECK_HR(rt_error(scene.device), E_OUTOFMEMORY);
}

static void view_of_a_whole_mip_chain_is_accepted(void)
{
    const struct d3d_texture_desc desc = {
        .width = SIDE,
        .height = SIDE,
        .mip_levels = 3,
        .format = DXGI_FORMAT_R8G8B8A8_UNORM,
        .bind = D3D10_DDI_BIND_SHADER_RESOURCE,
    };
    struct rt_object *chain;

    CHECK(begin());
    chain = d3d_create_texture(scene.device, &desc, NULL);
    CHECK(chain);
    CHECK(d3d_create_srv(chain, NULL));
}

/* D3D's filter and address mode, and what the wire makes of them. */
static void sampler_is_sent_as_near_as_the_wire_comes(void)
{
    static const struct {
        UINT filter, address;
        uint32_t wire_filter, wire_address;
    } rows[] = {
        { D3D10_DDI_FILTER_MIN_MAG_MIP_POINT, 1, 0, 1 },
        { D3D10_DDI_FILTER_MIN_MAG_MIP_LINEAR, 2, 1, 2 },
        { D3D10_DDI_FILTER_MIN_MAG_POINT_MIP_LINEAR, 3, 1, 0 },
        { D3D10_DDI_FILTER_ANISOTROPIC, 4, 1, 0 },
        { D3D10_DDI_FILTER_COMPARISON_MIN_MAG_MIP_POINT, 5, 0, 0 },
        { D3D10_DDI_FILTER_COMPARISON_MIN_MAG_MIP_LINEAR, 3, 1, 0 },
    };

    CHECK(begin());
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        D3D10_DDI_SAMPLER_DESC desc = d3d_default_sampler();
        const struct aerogpu_cmd_create_sampler *create;

        desc.Filter = (D3D10_DDI_FILTER)rows[i].filter;
        desc.AddressU = (D3D10_DDI_TEXTURE_ADDRESS_MODE)rows[i].address;
        CHECK(d3d_create_sampler(scene.device, &desc));
        d3d_flush(scene.device);
        create = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_SAMPLER,
                                    kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SAMPLER) - 1);
        CHECK_EQ(create->filter, rows[i].wire_filter);
        CHECK_EQ(create->address_u, rows[i].wire_address);
    }
}

static void device_without_samplers_is_sent_none(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.blob.device_abi_version_u32 = 0x00010001;
    kernel = scenario_kernel(&config);
    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    CHECK(d3d_create_sampler(scene.device, NULL));
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SAMPLER), 0);
}

static const struct tap_test tests[] = {
    TAP_TEST(texture_is_bound_where_the_shader_reads_it),
    TAP_TEST(texture_is_bound_on_10_0),
    TAP_TEST(texture_is_bound_on_10_1),
    TAP_TEST(same_texture_set_again_is_not_sent_again),
    TAP_TEST(texture_is_sent_anew_in_every_submission),
    TAP_TEST(texture_in_a_slot_no_shader_reads_is_not_sent),
    TAP_TEST(empty_slot_is_sent_as_none),
    TAP_TEST(destroyed_view_leaves_its_slot_empty),
    TAP_TEST(destroyed_texture_leaves_its_slot_empty),
    TAP_TEST(destroyed_sampler_leaves_its_slot_empty),
    TAP_TEST(texture_that_becomes_a_target_leaves_the_shaders),
    TAP_TEST(target_that_is_read_leaves_the_targets),
    TAP_TEST(texture_cleared_between_draws_is_bound_again),
    TAP_TEST(view_of_a_part_of_a_texture_is_refused),
    TAP_TEST(view_of_a_whole_mip_chain_is_accepted),
    TAP_TEST(sampler_is_sent_as_near_as_the_wire_comes),
    TAP_TEST(device_without_samplers_is_sent_none),
};

TAP_MAIN(tests)
