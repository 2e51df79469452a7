#include "scene.h"

static const float scale_whole[] = { 1.0f, 1.0f, 1.0f, 1.0f, 0.0f, 0.0f, 0.0f, 0.0f };
static const float scale_small[] = { 0.25f, 0.25f, 1.0f, 1.0f, -0.5f, -0.5f, 0.0f, 0.0f };
static const float tint[] = { 1.0f, 1.0f, 1.0f, 1.0f };
static const uint16_t indices[] = { 0, 1, 2, 0 };

/* Position, colour. */
const float scene_vertices[SCENE_VERTICES][8] = {
    { 0.0f, 0.75f, 0.5f, 1.0f, 1.0f, 0.0f, 0.0f, 1.0f },
    { 0.75f, -0.75f, 0.5f, 1.0f, 0.0f, 1.0f, 0.0f, 1.0f },
    { -0.75f, -0.75f, 0.5f, 1.0f, 0.0f, 0.0f, 1.0f, 1.0f },
};

static const struct d3d_element elements[] = {
    { .semantic = "POSITION", .format = DXGI_FORMAT_R32G32B32A32_FLOAT },
    { .semantic = "COLOR", .format = DXGI_FORMAT_R32G32B32A32_FLOAT, .offset_bytes = 16 },
};

struct rt_object *scene_create_back_buffer(struct rt_device *device)
{
    DXGI_DDI_PRIMARY_DESC primary = {
        .Flags = DXGI_DDI_PRIMARY_OPTIONAL,
        .ModeDesc = { .Width = SCENE_SIDE,
                      .Height = SCENE_SIDE,
                      .Format = DXGI_FORMAT_B8G8R8A8_UNORM },
    };
    const struct d3d_texture_desc desc = {
        .width = SCENE_SIDE,
        .height = SCENE_SIDE,
        .format = DXGI_FORMAT_B8G8R8A8_UNORM,
        .bind = D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_PRESENT,
        .primary = &primary,
    };

    return d3d_create_texture(device, &desc, NULL);
}

static bool is_complete(const struct scene *scene)
{
    return scene->back_buffer && scene->rtv && scene->vertex_buffer && scene->index_buffer &&
           scene->transform && scene->material && scene->vs && scene->ps && scene->layout;
}

bool scene_create(struct scene *scene, struct rt_device *device)
{
    size_t vs_size, ps_size;
    const void *vs = scenario_shader("triangle_vs.dxbc", &vs_size);
    const void *ps = scenario_shader("triangle_ps.dxbc", &ps_size);

    *scene = (struct scene){ .device = device };
    if (!vs || !ps || !device)
        return false;
    scene->back_buffer = scene_create_back_buffer(device);
    if (!scene->back_buffer)
        return false;
    scene->rtv = d3d_create_rtv(scene->back_buffer, NULL);
    scene->vertex_buffer = d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER,
                                                  scene_vertices, sizeof(scene_vertices));
    scene->index_buffer =
        d3d_create_buffer_with(device, D3D10_DDI_BIND_INDEX_BUFFER, indices, sizeof(indices));
    scene->transform = d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER, scale_whole,
                                              sizeof(scale_whole));
    scene->material =
        d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER, tint, sizeof(tint));
    scene->vs = d3d_create_vertex_shader(device, vs, vs_size);
    scene->ps = d3d_create_pixel_shader(device, ps, ps_size);
    scene->layout = d3d_create_input_layout(device, elements, 2, vs, vs_size);
    return is_complete(scene);
}

void scene_bind(const struct scene *scene)
{
    struct rt_device *device = scene->device;

    d3d_set_render_target(device, scene->rtv, NULL);
    d3d_set_viewport(device, 0.0f, 0.0f, SCENE_SIDE, SCENE_SIDE);
    d3d_set_scissor(device, 0, 0, SCENE_SIDE, SCENE_SIDE);
    d3d_set_input_layout(device, scene->layout);
    d3d_set_topology(device, D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLELIST);
    d3d_set_vertex_buffer(device, 0, scene->vertex_buffer, sizeof(scene_vertices[0]), 0);
    d3d_set_index_buffer(device, scene->index_buffer, DXGI_FORMAT_R16_UINT, 0);
    d3d_set_shader(device, D3D_VS, scene->vs);
    d3d_set_shader(device, D3D_PS, scene->ps);
    d3d_set_constant_buffers(device, D3D_VS, 0, 1, &scene->transform);
    d3d_set_constant_buffers(device, D3D_PS, 0, 1, &scene->material);
}

HRESULT scene_frame(const struct scene *scene)
{
    struct rt_device *device = scene->device;

    d3d_clear_target(device, scene->rtv, 0.0f, 0.125f, 0.25f, 1.0f);
    d3d_draw(device, 3, 0);
    d3d_update(scene->transform, 0, NULL, scale_small, sizeof(scale_small), 0);
    d3d_draw_indexed(device, 3, 0, 0);
    return d3d_present(scene->back_buffer, NULL, false, DXGI_DDI_FLIP_INTERVAL_ONE);
}

void scene_destroy(struct scene *scene)
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
