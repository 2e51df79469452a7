/*
 * The triangle: all that a first picture takes, through the whole DDI, on each of the three device
 * tables. What they submit is one golden text (tests/golden/triangle.txt).
 */
#include "aerogpu_cmd.h"
#include "runtime/scenario.h"

enum { SIDE = 256 };

struct vertex {
    float position[4];
    float colour[4];
};

static const struct vertex vertices[] = {
    { { 0.0f, 0.75f, 0.5f, 1.0f }, { 1.0f, 0.0f, 0.0f, 1.0f } },
    { { 0.75f, -0.75f, 0.5f, 1.0f }, { 0.0f, 1.0f, 0.0f, 1.0f } },
    { { -0.75f, -0.75f, 0.5f, 1.0f }, { 0.0f, 0.0f, 1.0f, 1.0f } },
};

static const uint16_t indices[] = { 0, 1, 2, 0 };

/* scale, offset: the whole picture, then its lower left quarter. */
static const float transform_whole[] = { 1.0f, 1.0f, 1.0f, 1.0f, 0.0f, 0.0f, 0.0f, 0.0f };
static const float transform_small[] = { 0.25f, 0.25f, 1.0f, 1.0f, -0.5f, -0.5f, 0.0f, 0.0f };
static const float tint[] = { 1.0f, 1.0f, 1.0f, 1.0f };

static const struct d3d_element elements[] = {
    { .semantic = "POSITION", .format = DXGI_FORMAT_R32G32B32A32_FLOAT },
    { .semantic = "COLOR",
      .format = DXGI_FORMAT_R32G32B32A32_FLOAT,
      .offset_bytes = offsetof(struct vertex, colour) },
};

struct scene {
    struct rt_device *device;
    struct rt_object *back_buffer, *rtv;
    struct rt_object *vertex_buffer, *index_buffer, *transform, *material;
    struct rt_object *vs, *ps, *layout;
};

static bool is_complete(const struct scene *scene)
{
    return scene->back_buffer && scene->rtv && scene->vertex_buffer && scene->index_buffer &&
           scene->transform && scene->material && scene->vs && scene->ps && scene->layout;
}

/* A swap-chain buffer as DXGI creates it for a window that may go full screen. */
static struct rt_object *create_back_buffer(struct rt_device *device)
{
    DXGI_DDI_PRIMARY_DESC primary = {
        .Flags = DXGI_DDI_PRIMARY_OPTIONAL,
        .ModeDesc = { .Width = SIDE, .Height = SIDE, .Format = DXGI_FORMAT_B8G8R8A8_UNORM },
    };
    const struct d3d_texture_desc desc = {
        .width = SIDE,
        .height = SIDE,
        .format = DXGI_FORMAT_B8G8R8A8_UNORM,
        .bind = D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_PRESENT,
        .primary = &primary,
    };

    return d3d_create_texture(device, &desc, NULL);
}

static bool scene_create(struct scene *scene, struct rt_device *device)
{
    size_t vs_size, ps_size;
    const void *vs = scenario_shader("triangle_vs.dxbc", &vs_size);
    const void *ps = scenario_shader("triangle_ps.dxbc", &ps_size);

    *scene = (struct scene){ .device = device };
    if (!vs || !ps || !device)
        return false;
    scene->back_buffer = create_back_buffer(device);
    scene->rtv = d3d_create_rtv(scene->back_buffer, NULL);
    scene->vertex_buffer =
        d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, vertices, sizeof(vertices));
    scene->index_buffer =
        d3d_create_buffer_with(device, D3D10_DDI_BIND_INDEX_BUFFER, indices, sizeof(indices));
    scene->transform = d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER,
                                              transform_whole, sizeof(transform_whole));
    scene->material =
        d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER, tint, sizeof(tint));
    scene->vs = d3d_create_vertex_shader(device, vs, vs_size);
    scene->ps = d3d_create_pixel_shader(device, ps, ps_size);
    scene->layout = d3d_create_input_layout(device, elements, 2, vs, vs_size);
    return is_complete(scene);
}

static void scene_bind(const struct scene *scene)
{
    struct rt_device *device = scene->device;

    d3d_set_render_target(device, scene->rtv, NULL);
    d3d_set_viewport(device, 0.0f, 0.0f, SIDE, SIDE);
    d3d_set_scissor(device, 0, 0, SIDE, SIDE);
    d3d_set_input_layout(device, scene->layout);
    d3d_set_topology(device, D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLELIST);
    d3d_set_vertex_buffer(device, 0, scene->vertex_buffer, sizeof(struct vertex), 0);
    d3d_set_index_buffer(device, scene->index_buffer, DXGI_FORMAT_R16_UINT, 0);
    d3d_set_shader(device, D3D_VS, scene->vs);
    d3d_set_shader(device, D3D_PS, scene->ps);
    d3d_set_constant_buffers(device, D3D_VS, 0, 1, &scene->transform);
    d3d_set_constant_buffers(device, D3D_PS, 0, 1, &scene->material);
}

/* The frame: clear, a large triangle by vertices, a small one by indices, present. */
static HRESULT scene_draw(const struct scene *scene)
{
    struct rt_device *device = scene->device;

    d3d_clear_target(device, scene->rtv, 0.0f, 0.125f, 0.25f, 1.0f);
    d3d_draw(device, 3, 0);
    d3d_update(scene->transform, 0, NULL, transform_small, sizeof(transform_small), 0);
    d3d_draw_indexed(device, 3, 0, 0);
    return d3d_present(scene->back_buffer, NULL, false, DXGI_DDI_FLIP_INTERVAL_ONE);
}

static void scene_destroy(struct scene *scene)
{
    d3d_clear_state(scene->device);
    d3d_destroy(scene->layout);
    d3d_destroy(scene->ps);
    d3d_destroy(scene->vs);
    d3d_destroy(scene->material);
    d3d_destroy(scene->transform);
    d3d_destroy(scene->index_buffer);
    d3d_destroy(scene->vertex_buffer);
    d3d_destroy(scene->rtv);
    d3d_destroy(scene->back_buffer);
    d3d_flush(scene->device);
}

static void draw_on(enum rt_level level)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_device *device = scenario_device(kernel, level);
    struct scene scene;

    CHECK(scene_create(&scene, device));
    scene_bind(&scene);
    CHECK_HR(scene_draw(&scene), S_OK);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW_INDEXED), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_PRESENT), 1);
    scene_destroy(&scene);
    CHECK_EQ(kernel_live_allocations(kernel), 0);
}

static void triangle_is_drawn_on_11_0(void)
{
    draw_on(RT_D3D11);
}

static void triangle_is_drawn_on_10_1(void)
{
    draw_on(RT_D3D10_1);
}

static void triangle_is_drawn_on_10_0(void)
{
    draw_on(RT_D3D10);
}

static void second_draw_of_unchanged_state_sends_a_draw_alone(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct scene scene;
    size_t one_draw_bytes;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0); /* puts shader and layout on the wire */
    d3d_flush(scene.device);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    one_draw_bytes = kernel_submission(kernel, kernel_submissions(kernel) - 1)->stream_bytes;
    d3d_draw(scene.device, 3, 0);
    scene_bind(&scene); /* the same again */
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    CHECK_EQ(kernel_submission(kernel, kernel_submissions(kernel) - 1)->stream_bytes,
             one_draw_bytes + sizeof(struct aerogpu_cmd_draw));
}

static void clear_leaves_the_targets_of_the_next_draw_alone(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    const struct aerogpu_cmd_set_render_targets *last;
    struct rt_object *other, *other_rtv;
    struct scene scene;
    size_t sets;

    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    other = d3d_create_target(scene.device, SIDE, SIDE, DXGI_FORMAT_B8G8R8A8_UNORM);
    other_rtv = d3d_create_rtv(other, NULL);
    CHECK(other && other_rtv);
    scene_bind(&scene);
    d3d_draw(scene.device, 3, 0);
    d3d_clear_target(scene.device, other_rtv, 0.0f, 0.0f, 0.0f, 0.0f);
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    sets = kernel_count_packets(kernel, AEROGPU_CMD_SET_RENDER_TARGETS);
    CHECK_EQ(sets, 3);
    last = kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, 2);
    CHECK_BYTES(last, kernel_find_packet(kernel, AEROGPU_CMD_SET_RENDER_TARGETS, 0), sizeof(*last));
}

static const struct tap_test tests[] = {
    { "triangle_is_drawn_on_11_0", triangle_is_drawn_on_11_0, NULL },
    { "triangle_is_drawn_on_10_1", triangle_is_drawn_on_10_1, NULL },
    { "triangle_is_drawn_on_10_0", triangle_is_drawn_on_10_0, NULL },
    { "second_draw_of_unchanged_state_sends_a_draw_alone",
      second_draw_of_unchanged_state_sends_a_draw_alone, NULL },
    { "clear_leaves_the_targets_of_the_next_draw_alone",
      clear_leaves_the_targets_of_the_next_draw_alone, NULL },
};

TAP_MAIN(tests)
