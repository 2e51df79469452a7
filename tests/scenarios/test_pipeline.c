/*
 * Draws that a host would refuse are dropped without a word to the runtime, and only those (driver
 * semantics 14, 15.4, 17.9); what can be approximated is.
 */
#include <math.h>
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"

static struct kernel *kernel;
static struct scene scene;

/* A scene ready to be drawn on an 11.0 device. */
static bool begin(void)
{
    kernel = scenario_kernel(NULL);
    if (!scene_create(&scene, scenario_device(kernel, RT_D3D11)))
        return false;
    scene_bind(&scene);
    return true;
}

/* Draws both ways and counts what arrives. */
static size_t draws_that_arrive(void)
{
    d3d_draw(scene.device, 3, 0);
    d3d_draw_indexed(scene.device, 3, 0, 0);
    d3d_flush(scene.device);
    return kernel_count_packets(kernel, AEROGPU_CMD_DRAW) +
           kernel_count_packets(kernel, AEROGPU_CMD_DRAW_INDEXED);
}

static void complete_state_is_drawn(void)
{
    CHECK(begin());
    CHECK_EQ(draws_that_arrive(), 2);
}

static void no_vertices_are_no_draw(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 0, 0);
    d3d_draw_instanced(scene.device, 3, 0, 0, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 0);
}

static void draw_without_vertex_shader_is_dropped(void)
{
    CHECK(begin());
    d3d_set_shader(scene.device, D3D_VS, NULL);
    CHECK_EQ(draws_that_arrive(), 0);
}

static const struct aerogpu_cmd_set_blend_state *blend_state(size_t nth)
{
    return kernel_find_packet(kernel, AEROGPU_CMD_SET_BLEND_STATE, nth);
}

static void draw_without_pixel_shader_arrives(void)
{
    CHECK(begin());
    d3d_set_shader(scene.device, D3D_PS, NULL);
    CHECK_EQ(draws_that_arrive(), 2);
}

static void draw_without_pixel_shader_has_the_drivers_own(void)
{
    const struct aerogpu_cmd_bind_shaders *bind;

    CHECK(begin());
    d3d_set_shader(scene.device, D3D_PS, NULL);
    draws_that_arrive();
    bind = kernel_find_packet(kernel, AEROGPU_CMD_BIND_SHADERS, 0);
    CHECK(bind->ps != 0);
}

static void draw_without_pixel_shader_writes_no_colour(void)
{
    CHECK(begin());
    d3d_set_shader(scene.device, D3D_PS, NULL);
    draws_that_arrive();
    CHECK_EQ(blend_state(0)->state.color_write_mask, 0);
}

static void colour_is_written_again_with_a_pixel_shader(void)
{
    CHECK(begin());
    d3d_set_shader(scene.device, D3D_PS, NULL);
    d3d_draw(scene.device, 3, 0);
    d3d_set_shader(scene.device, D3D_PS, scene.ps);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(blend_state(1)->state.color_write_mask, 0xF);
}

static void drivers_pixel_shader_is_made_once(void)
{
    CHECK(begin());
    d3d_flush(scene.device);
    d3d_set_shader(scene.device, D3D_PS, NULL);
    draws_that_arrive();
    draws_that_arrive();
    /* The scene's two, and the driver's. */
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC), 3);
}

static void draw_without_target_is_dropped(void)
{
    CHECK(begin());
    d3d_set_render_target(scene.device, NULL, NULL);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_to_a_destroyed_target_is_dropped(void)
{
    CHECK(begin());
    d3d_destroy(scene.rtv);
    scene.rtv = NULL;
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_to_a_view_whose_resource_is_gone_is_dropped(void)
{
    struct rt_object *target, *rtv;

    CHECK(begin());
    target = d3d_create_target(scene.device, 8, 8, DXGI_FORMAT_B8G8R8A8_UNORM);
    rtv = d3d_create_rtv(target, NULL);
    CHECK(rtv);
    d3d_set_render_target(scene.device, rtv, NULL);
    d3d_destroy(target);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_to_targets_of_different_sizes_is_dropped(void)
{
    struct rt_object *rtvs[2];

    CHECK(begin());
    rtvs[0] = scene.rtv;
    rtvs[1] =
        d3d_create_rtv(d3d_create_target(scene.device, 8, 8, DXGI_FORMAT_B8G8R8A8_UNORM), NULL);
    CHECK(rtvs[1]);
    d3d_set_render_targets(scene.device, 2, rtvs, NULL);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_to_targets_with_a_gap_arrives(void)
{
    struct rt_object *rtvs[3] = { NULL };
    const struct aerogpu_cmd_set_render_targets *set;

    CHECK(begin());
    rtvs[1] = scene.rtv;
    d3d_set_render_targets(scene.device, 3, rtvs, NULL);
    CHECK_EQ(draws_that_arrive(), 2);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, 0);
    CHECK_EQ(set->color_count, 2);
}

static void draw_with_depth_target_arrives(void)
{
    const struct d3d_texture_desc desc = {
        .width = SCENE_SIDE,
        .height = SCENE_SIDE,
        .format = DXGI_FORMAT_D24_UNORM_S8_UINT,
        .bind = D3D10_DDI_BIND_DEPTH_STENCIL,
    };
    struct rt_object *dsv;

    CHECK(begin());
    dsv = d3d_create_dsv(d3d_create_texture(scene.device, &desc, NULL), NULL);
    CHECK(dsv);
    d3d_clear_depth_stencil(scene.device, dsv, D3D10_DDI_CLEAR_DEPTH, 1.0f, 0);
    d3d_set_render_target(scene.device, scene.rtv, dsv);
    CHECK_EQ(draws_that_arrive(), 2);
}

static void draw_without_viewport_is_dropped(void)
{
    CHECK(begin());
    RT_CALL(scene.device, f11, pfnSetViewports, 0, 16, NULL);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_through_an_empty_viewport_is_dropped(void)
{
    CHECK(begin());
    d3d_set_viewport(scene.device, 0.0f, 0.0f, 0.0f, 16.0f);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_through_a_viewport_that_is_no_number_is_dropped(void)
{
    CHECK(begin());
    d3d_set_viewport(scene.device, 0.0f, 0.0f, NAN, 16.0f);
    CHECK_EQ(draws_that_arrive(), 0);
}

static bool enable_scissor(void)
{
    D3D10_DDI_RASTERIZER_DESC desc = d3d_default_rasterizer();
    struct rt_object *state;

    desc.ScissorEnable = TRUE;
    state = d3d_create_rasterizer_state(scene.device, &desc);
    d3d_set_rasterizer_state(scene.device, state);
    return state != NULL;
}

static void draw_through_a_scissor_rectangle_arrives(void)
{
    const struct aerogpu_cmd_set_scissor *set;

    CHECK(begin());
    CHECK(enable_scissor());
    d3d_set_scissor(scene.device, -4, 2, 12, 10);
    CHECK_EQ(draws_that_arrive(), 2);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_SCISSOR, 0);
    CHECK(set->x == -4 && set->y == 2 && set->width == 16 && set->height == 8);
}

static void draw_through_an_empty_scissor_rectangle_is_dropped(void)
{
    CHECK(begin());
    CHECK(enable_scissor());
    d3d_set_scissor(scene.device, 5, 5, 5, 10);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void empty_scissor_rectangle_without_test_drops_nothing(void)
{
    CHECK(begin());
    d3d_set_scissor(scene.device, 5, 5, 5, 10);
    CHECK_EQ(draws_that_arrive(), 2);
}

static void draw_of_no_topology_is_dropped(void)
{
    CHECK(begin());
    d3d_set_topology(scene.device, D3D10_DDI_PRIMITIVE_TOPOLOGY_UNDEFINED);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_with_adjacency_is_dropped(void)
{
    CHECK(begin());
    d3d_set_topology(scene.device, D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLELIST_ADJ);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_without_layout_is_dropped(void)
{
    CHECK(begin());
    d3d_set_input_layout(scene.device, NULL);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_without_vertex_buffer_is_dropped(void)
{
    CHECK(begin());
    d3d_set_vertex_buffer(scene.device, 0, NULL, 0, 0);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_from_a_destroyed_vertex_buffer_is_dropped(void)
{
    CHECK(begin());
    d3d_destroy(scene.vertex_buffer);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_from_a_narrow_vertex_buffer_is_dropped(void)
{
    CHECK(begin());
    d3d_set_vertex_buffer(scene.device, 0, scene.vertex_buffer, 28, 0);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draw_from_behind_the_vertex_buffer_is_dropped(void)
{
    CHECK(begin());
    d3d_set_vertex_buffer(scene.device, 0, scene.vertex_buffer, 32, 97);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void stride_zero_is_replaced_by_what_a_vertex_takes(void)
{
    const struct aerogpu_cmd_set_vertex_buffers *set;
    const struct aerogpu_vertex_buffer_binding *binding;

    CHECK(begin());
    d3d_set_vertex_buffer(scene.device, 0, scene.vertex_buffer, 0, 0);
    CHECK_EQ(draws_that_arrive(), 2);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_VERTEX_BUFFERS, 0);
    binding = (const struct aerogpu_vertex_buffer_binding *)(set + 1);
    CHECK_EQ(binding->stride_bytes, 32);
}

static void indexed_draw_without_index_buffer_is_dropped(void)
{
    CHECK(begin());
    d3d_set_index_buffer(scene.device, NULL, DXGI_FORMAT_UNKNOWN, 0);
    CHECK_EQ(draws_that_arrive(), 1);
}

static void index_buffer_of_another_format_is_none(void)
{
    CHECK(begin());
    d3d_set_index_buffer(scene.device, scene.index_buffer, DXGI_FORMAT_R8_UINT, 0);
    CHECK_EQ(draws_that_arrive(), 1);
}

static void state_set_again_after_a_drop_is_drawn(void)
{
    CHECK(begin());
    d3d_set_shader(scene.device, D3D_VS, NULL);
    d3d_draw(scene.device, 3, 0);
    d3d_set_shader(scene.device, D3D_VS, scene.vs);
    CHECK_EQ(draws_that_arrive(), 2);
}

static void second_vertex_shader_gets_a_layout_of_its_own(void)
{
    size_t size;
    const void *dxbc = scenario_shader("solid_vs.dxbc", &size);
    const void *ps_dxbc;
    struct rt_object *vs, *ps;

    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    vs = d3d_create_vertex_shader(scene.device, dxbc, size);
    ps_dxbc = scenario_shader("solid_ps.dxbc", &size);
    ps = d3d_create_pixel_shader(scene.device, ps_dxbc, size);
    CHECK(vs && ps);
    d3d_set_shader(scene.device, D3D_VS, vs);
    d3d_set_shader(scene.device, D3D_PS, ps);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 2);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_INPUT_LAYOUT), 2);
}

static void shaders_used_before_are_not_sent_again(void)
{
    CHECK(begin());
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    d3d_set_shader(scene.device, D3D_VS, NULL);
    d3d_set_shader(scene.device, D3D_VS, scene.vs);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC), 2);
}

/* Draws once with a layout of these formats for the shader with integer inputs. */
static bool draw_integers(struct rt_object *vs, const void *dxbc, size_t size, DXGI_FORMAT cell,
                          DXGI_FORMAT shift)
{
    const struct d3d_element elements[] = {
        { .semantic = "CELL", .format = cell },
        { .semantic = "SHIFT", .format = shift, .offset_bytes = 8 },
    };
    struct rt_object *layout = d3d_create_input_layout(scene.device, elements, 2, dxbc, size);

    d3d_set_input_layout(scene.device, layout);
    d3d_set_shader(scene.device, D3D_VS, vs);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    return layout != NULL;
}

/* The strict host compares the type of every input with the class of its format. */
static void integer_formats_of_one_class_share_a_vertex_shader(void)
{
    size_t size, ps_size;
    const void *dxbc = scenario_shader("integers_vs.dxbc", &size);
    const void *ps_dxbc = scenario_shader("solid_ps.dxbc", &ps_size);
    struct rt_object *vs, *ps;

    CHECK(begin());
    vs = d3d_create_vertex_shader(scene.device, dxbc, size);
    ps = d3d_create_pixel_shader(scene.device, ps_dxbc, ps_size);
    CHECK(vs && ps);
    d3d_set_shader(scene.device, D3D_PS, ps);
    CHECK(draw_integers(vs, dxbc, size, DXGI_FORMAT_R32G32_UINT, DXGI_FORMAT_R8G8B8A8_SINT));
    CHECK(draw_integers(vs, dxbc, size, DXGI_FORMAT_R16G16_UINT, DXGI_FORMAT_R16G16B16A16_SINT));
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 2);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_INPUT_LAYOUT), 2);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC), 3); /* two are pixel's */
}

static void formats_of_another_class_get_a_vertex_shader_of_their_own(void)
{
    size_t size, ps_size;
    const void *dxbc = scenario_shader("integers_vs.dxbc", &size);
    const void *ps_dxbc = scenario_shader("solid_ps.dxbc", &ps_size);
    struct rt_object *vs, *ps;

    CHECK(begin());
    vs = d3d_create_vertex_shader(scene.device, dxbc, size);
    ps = d3d_create_pixel_shader(scene.device, ps_dxbc, ps_size);
    CHECK(vs && ps);
    d3d_set_shader(scene.device, D3D_PS, ps);
    CHECK(draw_integers(vs, dxbc, size, DXGI_FORMAT_R32G32_UINT, DXGI_FORMAT_R8G8B8A8_SINT));
    CHECK(draw_integers(vs, dxbc, size, DXGI_FORMAT_R32G32_FLOAT, DXGI_FORMAT_R8G8B8A8_SINT));
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 2);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC), 4);
}

/* Tools of older days hand over a finished container where tokens belong. */
static void finished_container_in_place_of_tokens_is_drawn(void)
{
    size_t size;
    const void *dxbc = scenario_shader("triangle_vs.dxbc", &size);
    struct rt_object *vs;
    SIZE_T private_bytes;

    CHECK(begin());
    RT_GET(scene.device, f11, pfnCalcPrivateShaderSize, private_bytes, dxbc, NULL);
    vs = rt_object_begin(scene.device, RT_SHADER, private_bytes);
    RT_CALL(scene.device, f11, pfnCreateVertexShader, dxbc, d3d_shader(vs),
            (D3D10DDI_HRTSHADER){ rt_object_handle(vs) }, NULL);
    vs = rt_object_end(vs);
    CHECK(vs);
    d3d_set_shader(scene.device, D3D_VS, vs);
    CHECK_EQ(draws_that_arrive(), 2);
}

static void pixel_input_that_nothing_writes_drops_the_draw(void)
{
    size_t size;
    const void *dxbc = scenario_shader("solid_vs.dxbc", &size);
    struct rt_object *vs;

    CHECK(begin());
    vs = d3d_create_vertex_shader(scene.device, dxbc, size);
    CHECK(vs);
    d3d_set_shader(scene.device, D3D_VS, vs); /* the scene's pixel shader reads a colour */
    CHECK_EQ(draws_that_arrive(), 0);
}

static void unbound_constant_buffer_is_sent_as_none(void)
{
    static struct rt_object *const none;
    const struct aerogpu_cmd_set_constant_buffers *set;
    const struct aerogpu_constant_buffer_binding *binding;

    CHECK(begin());
    d3d_set_constant_buffers(scene.device, D3D_VS, 0, 1, &none);
    CHECK_EQ(draws_that_arrive(), 2);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_CONSTANT_BUFFERS, 0);
    binding = (const struct aerogpu_constant_buffer_binding *)(set + 1);
    CHECK_EQ(binding->buffer, 0);
}

static void constant_buffer_in_a_slot_no_shader_reads_is_not_sent(void)
{
    CHECK(begin());
    d3d_set_constant_buffers(scene.device, D3D_VS, 5, 1, &scene.material);
    CHECK_EQ(draws_that_arrive(), 2);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_CONSTANT_BUFFERS), 2);
}

static void device_without_constant_buffers_is_sent_none(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.blob.device_abi_version_u32 = 0x00010001;
    kernel = scenario_kernel(&config);
    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_CONSTANT_BUFFERS), 0);
}

static void blend_factor_colour_is_sent(void)
{
    static const FLOAT factor[4] = { 0.25f, 0.5f, 0.75f, 1.0f };
    const struct aerogpu_cmd_set_blend_state *set;
    struct rt_object *state;

    CHECK(begin());
    state = d3d_create_blend_state(scene.device, NULL);
    CHECK(state);
    d3d_set_blend_state(scene.device, state, factor, 0x1);
    CHECK_EQ(draws_that_arrive(), 2);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_BLEND_STATE, 0);
    CHECK_EQ(set->state.sample_mask, 1);
    CHECK_BYTES((const uint8_t *)set + offsetof(struct aerogpu_cmd_set_blend_state, state) +
                    offsetof(struct aerogpu_blend_state, blend_constant_rgba_f32),
                factor, sizeof(factor));
}

static void state_object_destroyed_while_bound_becomes_the_default(void)
{
    const struct aerogpu_cmd_set_rasterizer_state *set;
    D3D10_DDI_RASTERIZER_DESC desc = d3d_default_rasterizer();
    struct rt_object *state;

    CHECK(begin());
    desc.CullMode = D3D10_DDI_CULL_FRONT;
    state = d3d_create_rasterizer_state(scene.device, &desc);
    CHECK(state);
    d3d_set_rasterizer_state(scene.device, state);
    d3d_destroy(state);
    CHECK_EQ(draws_that_arrive(), 2);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_RASTERIZER_STATE, 0);
    CHECK_EQ(set->state.cull_mode, AEROGPU_CULL_BACK);
}

static const struct tap_test tests[] = {
    TAP_TEST(complete_state_is_drawn),
    TAP_TEST(no_vertices_are_no_draw),
    TAP_TEST(draw_without_vertex_shader_is_dropped),
    TAP_TEST(draw_without_pixel_shader_arrives),
    TAP_TEST(draw_without_pixel_shader_has_the_drivers_own),
    TAP_TEST(draw_without_pixel_shader_writes_no_colour),
    TAP_TEST(colour_is_written_again_with_a_pixel_shader),
    TAP_TEST(drivers_pixel_shader_is_made_once),
    TAP_TEST(draw_without_target_is_dropped),
    TAP_TEST(draw_to_a_destroyed_target_is_dropped),
    TAP_TEST(draw_to_a_view_whose_resource_is_gone_is_dropped),
    TAP_TEST(draw_to_targets_of_different_sizes_is_dropped),
    TAP_TEST(draw_to_targets_with_a_gap_arrives),
    TAP_TEST(draw_with_depth_target_arrives),
    TAP_TEST(draw_without_viewport_is_dropped),
    TAP_TEST(draw_through_an_empty_viewport_is_dropped),
    TAP_TEST(draw_through_a_viewport_that_is_no_number_is_dropped),
    TAP_TEST(draw_through_a_scissor_rectangle_arrives),
    TAP_TEST(draw_through_an_empty_scissor_rectangle_is_dropped),
    TAP_TEST(empty_scissor_rectangle_without_test_drops_nothing),
    TAP_TEST(draw_of_no_topology_is_dropped),
    TAP_TEST(draw_with_adjacency_is_dropped),
    TAP_TEST(draw_without_layout_is_dropped),
    TAP_TEST(draw_without_vertex_buffer_is_dropped),
    TAP_TEST(draw_from_a_destroyed_vertex_buffer_is_dropped),
    TAP_TEST(draw_from_a_narrow_vertex_buffer_is_dropped),
    TAP_TEST(draw_from_behind_the_vertex_buffer_is_dropped),
    TAP_TEST(stride_zero_is_replaced_by_what_a_vertex_takes),
    TAP_TEST(indexed_draw_without_index_buffer_is_dropped),
    TAP_TEST(index_buffer_of_another_format_is_none),
    TAP_TEST(state_set_again_after_a_drop_is_drawn),
    TAP_TEST(second_vertex_shader_gets_a_layout_of_its_own),
    TAP_TEST(shaders_used_before_are_not_sent_again),
    TAP_TEST(integer_formats_of_one_class_share_a_vertex_shader),
    TAP_TEST(formats_of_another_class_get_a_vertex_shader_of_their_own),
    TAP_TEST(finished_container_in_place_of_tokens_is_drawn),
    TAP_TEST(pixel_input_that_nothing_writes_drops_the_draw),
    TAP_TEST(unbound_constant_buffer_is_sent_as_none),
    TAP_TEST(constant_buffer_in_a_slot_no_shader_reads_is_not_sent),
    TAP_TEST(device_without_constant_buffers_is_sent_none),
    TAP_TEST(blend_factor_colour_is_sent),
    TAP_TEST(state_object_destroyed_while_bound_becomes_the_default),
};

TAP_MAIN(tests)
