#include "demo/demo.h"

#include "demo/fixed.h"
#include "runtime/scenario.h"

enum {
    SCENE_WIDTH = 2 * DEMO_WIDTH,
    SCENE_HEIGHT = 2 * DEMO_HEIGHT,
    BALLS = 3,
};

/* Heights above and below the middle of the knot. */
#define FLOOR_HEIGHT FIXED(-2.5)
#define EYE_HEIGHT   FIXED(1.9)
#define EYE_DISTANCE FIXED(9.6)

/* Position, texture coordinates. */
static const float screen_vertices[3][4] = {
    { -1.0f, 1.0f, 0.0f, 0.0f },
    { 3.0f, 1.0f, 2.0f, 0.0f },
    { -1.0f, -3.0f, 0.0f, 2.0f },
};

static const struct d3d_element object_elements[] = {
    { .semantic = "POSITION", .format = DXGI_FORMAT_R32G32B32_FLOAT },
    { .semantic = "NORMAL", .format = DXGI_FORMAT_R32G32B32_FLOAT, .offset_bytes = 12 },
    { .semantic = "TEXCOORD", .format = DXGI_FORMAT_R32G32_FLOAT, .offset_bytes = 24 },
};

static const struct d3d_element screen_elements[] = {
    { .semantic = "POSITION", .format = DXGI_FORMAT_R32G32_FLOAT },
    { .semantic = "TEXCOORD", .format = DXGI_FORMAT_R32G32_FLOAT, .offset_bytes = 8 },
};

/* Eye, direction to the lamp, to the fill light; brightness, which way is up. */
static const float light[4][4] = {
    { 0.0f, 1.9f, 9.6f, 1.0f },
    { 0.4969f, 0.6776f, 0.5421f, 0.0f },
    { -0.9029f, 0.1693f, 0.3950f, 0.0f },
    { 1.0f, 1.0f, 0.0f, 0.0f },
};

static const float light_in_mirror[4][4] = {
    { 0.0f, 1.9f, 9.6f, 1.0f },
    { 0.4969f, -0.6776f, 0.5421f, 0.0f },
    { -0.9029f, -0.1693f, 0.3950f, 0.0f },
    { 0.7f, -1.0f, 0.0f, 0.0f },
};

/* ---- What the scene is made of ---- */

static struct rt_object *create_back_buffer(struct rt_device *device)
{
    DXGI_DDI_PRIMARY_DESC primary = {
        .Flags = DXGI_DDI_PRIMARY_OPTIONAL,
        .ModeDesc = { .Width = DEMO_WIDTH,
                      .Height = DEMO_HEIGHT,
                      .Format = DXGI_FORMAT_B8G8R8A8_UNORM },
    };
    const struct d3d_texture_desc desc = {
        .width = DEMO_WIDTH,
        .height = DEMO_HEIGHT,
        .format = DXGI_FORMAT_B8G8R8A8_UNORM,
        .bind = D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_PRESENT,
        .primary = &primary,
    };

    return d3d_create_texture(device, &desc, NULL);
}

static bool create_targets(struct demo *demo)
{
    const struct d3d_texture_desc depth_desc = {
        .width = SCENE_WIDTH,
        .height = SCENE_HEIGHT,
        .format = DXGI_FORMAT_D24_UNORM_S8_UINT,
        .bind = D3D10_DDI_BIND_DEPTH_STENCIL,
    };
    struct rt_object *scene, *depth;

    for (int i = 0; i < DEMO_BACK_BUFFERS; i++) {
        demo->back_buffers[i] = create_back_buffer(demo->device);
        if (!demo->back_buffers[i])
            return false;
    }
    scene = d3d_create_target(demo->device, SCENE_WIDTH, SCENE_HEIGHT, DXGI_FORMAT_R8G8B8A8_UNORM);
    depth = d3d_create_texture(demo->device, &depth_desc, NULL);
    if (!scene || !depth)
        return false;
    demo->back_rtv = d3d_create_rtv(demo->back_buffers[0], NULL);
    demo->scene_rtv = d3d_create_rtv(scene, NULL);
    demo->scene_srv = d3d_create_srv(scene, NULL);
    demo->scene_dsv = d3d_create_dsv(depth, NULL);
    return demo->back_rtv && demo->scene_rtv && demo->scene_srv && demo->scene_dsv;
}

static bool create_object(struct demo *demo, enum mesh_shape shape)
{
    struct demo_object *object = &demo->objects[shape];
    struct mesh mesh;

    mesh_init(&mesh, shape);
    object->vertices =
        d3d_create_buffer_with(demo->device, D3D10_DDI_BIND_VERTEX_BUFFER, mesh.vertices,
                               mesh.vertex_count * (UINT)sizeof(*mesh.vertices));
    object->indices =
        d3d_create_buffer_with(demo->device, D3D10_DDI_BIND_INDEX_BUFFER, mesh.indices,
                               mesh.index_count * (UINT)sizeof(*mesh.indices));
    object->index_count = mesh.index_count;
    mesh_finish(&mesh);
    return object->vertices && object->indices;
}

static bool create_buffers(struct demo *demo)
{
    static const float unset[8][4];
    struct rt_device *device = demo->device;

    for (int shape = 0; shape < MESH_SHAPES; shape++) {
        if (!create_object(demo, (enum mesh_shape)shape))
            return false;
    }
    demo->screen_triangle = d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER,
                                                   screen_vertices, sizeof(screen_vertices));
    demo->matrices =
        d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER, unset, sizeof(unset));
    demo->light =
        d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER, light, sizeof(light));
    demo->light_in_mirror = d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER,
                                                   light_in_mirror, sizeof(light_in_mirror));
    return demo->screen_triangle && demo->matrices && demo->light && demo->light_in_mirror;
}

static bool create_texture(struct demo *demo, enum paint_pattern pattern)
{
    static uint8_t texels[PAINT_SIDE][PAINT_SIDE][4];
    const D3D10_DDIARG_SUBRESOURCE_UP initial = { texels, sizeof(texels[0]), sizeof(texels) };
    const struct d3d_texture_desc desc = {
        .width = PAINT_SIDE,
        .height = PAINT_SIDE,
        .format = DXGI_FORMAT_R8G8B8A8_UNORM,
        .bind = D3D10_DDI_BIND_SHADER_RESOURCE,
    };
    struct rt_object *texture;

    paint(pattern, texels);
    texture = d3d_create_texture(demo->device, &desc, &initial);
    demo->textures[pattern] = texture ? d3d_create_srv(texture, NULL) : NULL;
    return demo->textures[pattern] != NULL;
}

static bool create_textures(struct demo *demo)
{
    D3D10_DDI_SAMPLER_DESC wrap = d3d_default_sampler();

    for (int pattern = 0; pattern < PAINT_PATTERNS; pattern++) {
        if (!create_texture(demo, (enum paint_pattern)pattern))
            return false;
    }
    demo->clamp_sampler = d3d_create_sampler(demo->device, NULL);
    wrap.AddressU = D3D10_DDI_TEXTURE_ADDRESS_WRAP;
    wrap.AddressV = D3D10_DDI_TEXTURE_ADDRESS_WRAP;
    demo->wrap_sampler = d3d_create_sampler(demo->device, &wrap);
    return demo->clamp_sampler && demo->wrap_sampler;
}

/* A vertex shader and the layout of what it reads. */
static bool create_vertex_stage(struct demo *demo, const char *name,
                                const struct d3d_element *elements, UINT count,
                                struct rt_object **shader, struct rt_object **layout)
{
    size_t size;
    const void *dxbc = scenario_shader(name, &size);

    if (!dxbc)
        return false;
    *shader = d3d_create_vertex_shader(demo->device, dxbc, size);
    *layout = d3d_create_input_layout(demo->device, elements, count, dxbc, size);
    return *shader && *layout;
}

static bool create_pixel_shader(struct demo *demo, const char *name, struct rt_object **shader)
{
    size_t size;
    const void *dxbc = scenario_shader(name, &size);

    *shader = dxbc ? d3d_create_pixel_shader(demo->device, dxbc, size) : NULL;
    return *shader != NULL;
}

static bool create_shaders(struct demo *demo)
{
    return create_vertex_stage(demo, "demo_object_vs.dxbc", object_elements, 3, &demo->object_vs,
                               &demo->object_layout) &&
           create_vertex_stage(demo, "demo_screen_vs.dxbc", screen_elements, 2, &demo->screen_vs,
                               &demo->screen_layout) &&
           create_pixel_shader(demo, "demo_object_ps.dxbc", &demo->object_ps) &&
           create_pixel_shader(demo, "demo_floor_ps.dxbc", &demo->floor_ps) &&
           create_pixel_shader(demo, "demo_sky_ps.dxbc", &demo->sky_ps) &&
           create_pixel_shader(demo, "demo_resolve_ps.dxbc", &demo->resolve_ps);
}

static bool create_states(struct demo *demo)
{
    D3D10_DDI_DEPTH_STENCIL_DESC no_depth = d3d_default_depth_stencil();
    D3D10_DDI_RASTERIZER_DESC mirror = d3d_default_rasterizer();
    D3D10_1_DDI_BLEND_DESC over = d3d_default_blend();

    no_depth.DepthEnable = FALSE;
    demo->no_depth = d3d_create_depth_stencil_state(demo->device, &no_depth);
    mirror.FrontCounterClockwise = TRUE;
    demo->mirror_rasterizer = d3d_create_rasterizer_state(demo->device, &mirror);
    over.RenderTarget[0].BlendEnable = TRUE;
    over.RenderTarget[0].SrcBlend = D3D10_DDI_BLEND_SRC_ALPHA;
    over.RenderTarget[0].DestBlend = D3D10_DDI_BLEND_INV_SRC_ALPHA;
    demo->over_blend = d3d_create_blend_state(demo->device, &over);
    return demo->no_depth && demo->mirror_rasterizer && demo->over_blend;
}

bool demo_create(struct demo *demo, struct rt_device *device)
{
    *demo = (struct demo){ .device = device };
    return device && create_targets(demo) && create_buffers(demo) && create_textures(demo) &&
           create_shaders(demo) && create_states(demo);
}

/* ---- Where things are ---- */

/* From the world to the screen: the eye looks down by 13.5 degrees, 40 degrees wide in height. */
static struct matrix camera(void)
{
    const struct matrix move = matrix_translation(0, -EYE_HEIGHT, -EYE_DISTANCE);
    const struct matrix pitch = matrix_rotation_x(86);
    /* z from 2 to 40 in front of the eye becomes 0 to 1. */
    const struct matrix lens = { {
        { FIXED(2.0606), 0, 0, 0 },
        { 0, FIXED(2.7475), 0, 0 },
        { 0, 0, FIXED(-1.0526316), FIXED(-2.1052632) },
        { 0, 0, -FIXED_ONE, 0 },
    } };
    const struct matrix view = matrix_multiply(&pitch, &move);

    return matrix_multiply(&lens, &view);
}

static struct matrix knot_place(int frame)
{
    const struct matrix scale = matrix_scaling(FIXED(0.66), FIXED(0.66), FIXED(0.66));
    const struct matrix turn = matrix_rotation_y(frame * (FIXED_TURN / DEMO_FRAMES));

    const struct matrix lean = matrix_rotation_x(-FIXED_TURN / 18);
    const struct matrix place = matrix_multiply(&lean, &scale);

    return matrix_multiply(&turn, &place);
}

/* The balls go round the other way, a third of a turn apart, up and down. */
static struct matrix ball_place(int frame, int ball)
{
    const int angle = ball * (FIXED_TURN / BALLS) - frame * (FIXED_TURN / DEMO_FRAMES);
    const struct matrix scale = matrix_scaling(FIXED(0.42), FIXED(0.42), FIXED(0.42));
    const struct matrix spin = matrix_rotation_y(4 * angle);
    const struct matrix lean = matrix_rotation_x(FIXED_TURN / 12);
    const struct matrix move = matrix_translation(fixed_multiply(FIXED(3.0), fixed_sin(angle)),
                                                  fixed_multiply(FIXED(0.8), fixed_sin(2 * angle)),
                                                  fixed_multiply(FIXED(3.0), fixed_cos(angle)));
    struct matrix place = matrix_multiply(&spin, &scale);

    place = matrix_multiply(&lean, &place);
    return matrix_multiply(&move, &place);
}

static struct matrix floor_place(void)
{
    const struct matrix scale = matrix_scaling(FIXED(12.0), FIXED_ONE, FIXED(12.0));
    const struct matrix move = matrix_translation(0, FLOOR_HEIGHT, 0);

    return matrix_multiply(&move, &scale);
}

/* The world under the floor: y becomes twice the floor's height less y. */
static struct matrix mirrored(const struct matrix *place)
{
    const struct matrix flip = matrix_scaling(FIXED_ONE, -FIXED_ONE, FIXED_ONE);
    const struct matrix move = matrix_translation(0, 2 * FLOOR_HEIGHT, 0);
    const struct matrix mirror = matrix_multiply(&move, &flip);

    return matrix_multiply(&mirror, place);
}

/* ---- A frame ---- */

static void bind_screen(const struct demo *demo, struct rt_object *pixel_shader)
{
    struct rt_device *device = demo->device;

    d3d_set_depth_stencil_state(device, demo->no_depth, 0);
    d3d_set_input_layout(device, demo->screen_layout);
    d3d_set_vertex_buffer(device, 0, demo->screen_triangle, sizeof(screen_vertices[0]), 0);
    d3d_set_shader(device, D3D_VS, demo->screen_vs);
    d3d_set_shader(device, D3D_PS, pixel_shader);
}

static void draw_sky(const struct demo *demo)
{
    bind_screen(demo, demo->sky_ps);
    d3d_draw(demo->device, 3, 0);
}

static void bind_objects(const struct demo *demo)
{
    struct rt_device *device = demo->device;

    d3d_set_depth_stencil_state(device, NULL, 0);
    d3d_set_input_layout(device, demo->object_layout);
    d3d_set_shader(device, D3D_VS, demo->object_vs);
    d3d_set_shader(device, D3D_PS, demo->object_ps);
    d3d_set_constant_buffers(device, D3D_VS, 0, 1, &demo->matrices);
    d3d_set_samplers(device, D3D_PS, 0, 1, &demo->wrap_sampler);
}

static void draw_object(const struct demo *demo, enum mesh_shape shape, enum paint_pattern pattern,
                        const struct matrix *place)
{
    const struct demo_object *object = &demo->objects[shape];
    const struct matrix lens = camera();
    const struct matrix clip = matrix_multiply(&lens, place);
    float constants[32];

    matrix_floats(&clip, constants);
    matrix_floats(place, constants + 16);
    d3d_update(demo->matrices, 0, NULL, constants, sizeof(constants), 0);
    d3d_set_vertex_buffer(demo->device, 0, object->vertices, sizeof(struct mesh_vertex), 0);
    d3d_set_index_buffer(demo->device, object->indices, DXGI_FORMAT_R16_UINT, 0);
    d3d_set_shader_resources(demo->device, D3D_PS, 0, 1, &demo->textures[pattern]);
    d3d_draw_indexed(demo->device, object->index_count, 0, 0);
}

static void draw_objects(const struct demo *demo, int frame, bool in_mirror)
{
    struct matrix place = knot_place(frame);
    struct matrix reflection = mirrored(&place);

    d3d_set_constant_buffers(demo->device, D3D_PS, 0, 1,
                             in_mirror ? &demo->light_in_mirror : &demo->light);
    d3d_set_rasterizer_state(demo->device, in_mirror ? demo->mirror_rasterizer : NULL);
    draw_object(demo, MESH_KNOT, PAINT_MOSAIC, in_mirror ? &reflection : &place);
    for (int ball = 0; ball < BALLS; ball++) {
        place = ball_place(frame, ball);
        reflection = mirrored(&place);
        draw_object(demo, MESH_BALL, PAINT_BANDS, in_mirror ? &reflection : &place);
    }
}

/* Over what is reflected in it. */
static void draw_floor(const struct demo *demo)
{
    const struct matrix place = floor_place();

    d3d_set_constant_buffers(demo->device, D3D_PS, 0, 1, &demo->light);
    d3d_set_rasterizer_state(demo->device, NULL);
    d3d_set_shader(demo->device, D3D_PS, demo->floor_ps);
    d3d_set_blend_state(demo->device, demo->over_blend, NULL, UINT32_MAX);
    draw_object(demo, MESH_FLOOR, PAINT_CHECKS, &place);
    d3d_set_blend_state(demo->device, NULL, NULL, UINT32_MAX);
    d3d_set_shader(demo->device, D3D_PS, demo->object_ps);
}

static void draw_scene(const struct demo *demo, int frame)
{
    struct rt_device *device = demo->device;

    d3d_set_render_target(device, demo->scene_rtv, demo->scene_dsv);
    d3d_set_viewport(device, 0.0f, 0.0f, SCENE_WIDTH, SCENE_HEIGHT);
    d3d_set_topology(device, D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLELIST);
    d3d_clear_depth_stencil(device, demo->scene_dsv, D3D10_DDI_CLEAR_DEPTH, 1.0f, 0);
    draw_sky(demo);
    bind_objects(demo);
    draw_objects(demo, frame, true);
    draw_floor(demo);
    draw_objects(demo, frame, false);
}

static void scale_down(const struct demo *demo)
{
    static struct rt_object *const none;
    struct rt_device *device = demo->device;

    d3d_set_render_target(device, demo->back_rtv, NULL);
    d3d_set_viewport(device, 0.0f, 0.0f, DEMO_WIDTH, DEMO_HEIGHT);
    bind_screen(demo, demo->resolve_ps);
    d3d_set_shader_resources(device, D3D_PS, 0, 1, &demo->scene_srv);
    d3d_set_samplers(device, D3D_PS, 0, 1, &demo->clamp_sampler);
    d3d_draw(device, 3, 0);
    d3d_set_shader_resources(device, D3D_PS, 0, 1, &none);
}

HRESULT demo_frame(const struct demo *demo, int frame)
{
    HRESULT result;

    draw_scene(demo, frame);
    scale_down(demo);
    result = d3d_present(demo->back_buffers[0], NULL, false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE);
    return FAILED(result) ? result
                          : d3d_rotate(demo->device, demo->back_buffers, DEMO_BACK_BUFFERS);
}
