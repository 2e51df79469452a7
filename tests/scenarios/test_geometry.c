/*
 * Geometry shaders: how they are bound, what of their stage is sent, and which draws with them are
 * dropped because a host would refuse them (driver semantics 14.1-14.5, 15.5).
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "dxbc/asm.h"
#include "scene.h"

enum {
    CONSTANTS_SLOT = 1,
    SAMPLER_SLOT = 1,
    TEXTURE_SLOT = 2,
};

static struct kernel *kernel;
static struct scene scene;

/* What most geometry shaders here declare and do: the scene's varyings in, the first vertex out. */
#define TAKES(primitive, vertices)                                                                 \
    "gs_4_0\n"                                                                                     \
    "dcl_inputprimitive " primitive "\n"                                                           \
    "dcl_outputtopology trianglestrip\n"                                                           \
    "dcl_maxout 3\n"                                                                               \
    "dcl_input_siv v[" vertices "][0].xyzw, position\n"                                            \
    "dcl_input v[" vertices "][1].xyzw\n"
#define GIVES_POSITION "dcl_output_siv o0.xyzw, position\n"
#define GIVES_COLOUR   "dcl_output o1.xyzw\n"
#define EMITS                                                                                      \
    "mov o0.xyzw, v[0][0].xyzw\n"                                                                  \
    "mov o1.xyzw, v[0][1].xyzw\n"                                                                  \
    "emit\n"                                                                                       \
    "ret\n"
#define PASSES(primitive, vertices) TAKES(primitive, vertices) GIVES_POSITION GIVES_COLOUR EMITS

static const char plain[] = PASSES("triangle", "3");

static const char with_bindings[] = TAKES("triangle", "3") GIVES_POSITION GIVES_COLOUR
    "dcl_constantbuffer CB1[1], immediateIndexed\n"
    "dcl_sampler s1, mode_default\n"
    "dcl_resource_texture2d "
    "(float,float,float,float) t2\n"
    "add o0.xyzw, v[0][0].xyzw, cb1[0].xyzw\n"
    "sample_l o1.xyzw, v[0][1].xyxx, t2.xyzw, "
    "s1, l(0.0)\n"
    "emit\n"
    "ret\n";

typedef struct rt_object *create_fn(struct rt_device *device, const void *dxbc, size_t size);

static struct rt_object *assemble(create_fn *create, const char *text)
{
    uint32_t tokens[256];
    uint8_t container[2048];
    struct dxbc_assembly assembly = { .tokens = tokens, .capacity_dwords = 256 };
    const char *reason = assembly.error;
    uint32_t size_bytes;

    if (!dxbc_assemble(text, strlen(text), &assembly) ||
        !dxbc_assembly_container(&assembly, NULL, container, sizeof(container), &size_bytes,
                                 &reason)) {
        tap_fail(__FILE__, __LINE__, "the shader does not assemble: %s", reason);
        return NULL;
    }
    return create(scene.device, container, size_bytes);
}

static struct rt_object *create_geometry(const char *text)
{
    return assemble(d3d_create_geometry_shader, text);
}

static bool begin_on(enum rt_level level)
{
    kernel = scenario_kernel(NULL);
    if (!scene_create(&scene, scenario_device(kernel, level)))
        return false;
    scene_bind(&scene);
    return true;
}

/* The scene with this geometry shader bound, ready to be drawn. */
static struct rt_object *begin_with(enum rt_level level, const char *text)
{
    struct rt_object *const gs = begin_on(level) ? create_geometry(text) : NULL;

    if (gs)
        d3d_set_shader(scene.device, D3D_GS, gs);
    return gs;
}

static size_t draws_that_arrive(void)
{
    d3d_draw(scene.device, 3, 0);
    d3d_flush(scene.device);
    return kernel_count_packets(kernel, AEROGPU_CMD_DRAW);
}

static enum rt_level level(void)
{
    return *(const enum rt_level *)tap_user();
}

/* The long form of BIND_SHADERS. */
struct AEROGPU_PACKED long_bind {
    struct aerogpu_cmd_bind_shaders cmd;
    uint32_t gs, hs, ds;
};

static const struct long_bind *bound(size_t nth)
{
    return kernel_find_packet(kernel, AEROGPU_CMD_BIND_SHADERS, nth);
}

/* The last handle that the stream gave a shader. */
static uint32_t last_shader(void)
{
    const struct aerogpu_cmd_create_shader_dxbc *create =
        kernel_find_packet(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC,
                           kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC) - 1);

    return create->shader_handle;
}

/* ---- Creating and binding ---- */

static void shader_is_created_before_any_draw(void)
{
    const struct aerogpu_cmd_create_shader_dxbc *create;

    CHECK(begin_on(level()));
    d3d_flush(scene.device);
    CHECK(create_geometry(plain));
    d3d_flush(scene.device);
    /* The pixel shader came first; the vertex shader waits for its layout. */
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC), 2);
    create = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC, 1);
    CHECK_EQ(create->stage, AEROGPU_SHADER_STAGE_GEOMETRY);
    CHECK_EQ(create->reserved0, 0);
}

static void long_form_names_the_shader(void)
{
    uint32_t handle;

    CHECK(begin_on(level()));
    CHECK_EQ(draws_that_arrive(), 1);
    d3d_set_shader(scene.device, D3D_GS, create_geometry(plain));
    CHECK_EQ(draws_that_arrive(), 2);
    handle = last_shader();
    CHECK_EQ(bound(1)->cmd.hdr.size_bytes, sizeof(struct long_bind));
    CHECK_EQ(bound(1)->cmd.vs, bound(0)->cmd.vs);
    CHECK_EQ(bound(1)->cmd.ps, bound(0)->cmd.ps);
    CHECK_EQ(bound(1)->cmd.cs, 0);
    CHECK_EQ(bound(1)->cmd.reserved0, handle);
    CHECK_EQ(bound(1)->gs, handle);
    CHECK_EQ(bound(1)->hs, 0);
    CHECK_EQ(bound(1)->ds, 0);
}

static void both_forms_in_one_submission(void)
{
    static const uint32_t sizes[] = { sizeof(struct aerogpu_cmd_bind_shaders),
                                      sizeof(struct long_bind),
                                      sizeof(struct aerogpu_cmd_bind_shaders) };
    struct rt_object *gs;

    CHECK(begin_on(level()));
    gs = create_geometry(plain);
    d3d_flush(scene.device);
    d3d_draw(scene.device, 3, 0);
    d3d_set_shader(scene.device, D3D_GS, gs);
    d3d_draw(scene.device, 3, 0);
    d3d_set_shader(scene.device, D3D_GS, NULL);
    CHECK_EQ(draws_that_arrive(), 3);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_BIND_SHADERS), 3);
    for (size_t i = 0; i < 3; i++)
        CHECK_EQ(bound(i)->cmd.hdr.size_bytes, sizes[i]);
    CHECK_EQ(bound(2)->cmd.reserved0, 0);
}

static void same_shader_set_again_is_not_sent_again(void)
{
    struct rt_object *const gs = begin_with(RT_D3D11, plain);

    CHECK(gs);
    d3d_draw(scene.device, 3, 0);
    d3d_set_shader(scene.device, D3D_GS, NULL);
    d3d_set_shader(scene.device, D3D_GS, gs);
    CHECK_EQ(draws_that_arrive(), 2);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_BIND_SHADERS), 1);
}

static void shader_is_bound_anew_in_every_submission(void)
{
    CHECK(begin_with(RT_D3D11, plain));
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(draws_that_arrive(), 2);
    CHECK_EQ(bound(1)->cmd.hdr.size_bytes, sizeof(struct long_bind));
}

static void destroyed_shader_is_unbound(void)
{
    struct rt_object *const gs = begin_with(RT_D3D11, plain);

    CHECK(gs);
    CHECK_EQ(draws_that_arrive(), 1);
    d3d_destroy(gs);
    CHECK_EQ(draws_that_arrive(), 2);
    CHECK_EQ(bound(1)->cmd.hdr.size_bytes, sizeof(struct aerogpu_cmd_bind_shaders));
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DESTROY_SHADER), 1);
}

static void shader_is_bound_without_interfaces(void)
{
    struct rt_object *gs;

    CHECK(begin_on(RT_D3D11));
    gs = create_geometry(plain);
    CHECK(gs);
    RT_CALL(scene.device, f11, pfnGsSetShaderWithIfaces, d3d_shader(gs), 0, NULL, NULL);
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(bound(0)->cmd.hdr.size_bytes, sizeof(struct long_bind));
}

/* A machine of this ABI minor. */
static bool begin_at_minor(uint32_t minor)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.blob.device_abi_version_u32 = 0x00010000 | minor;
    kernel = scenario_kernel(&config);
    if (!scene_create(&scene, scenario_device(kernel, RT_D3D11)))
        return false;
    scene_bind(&scene);
    return true;
}

static void device_below_minor_3_is_sent_none(void)
{
    CHECK(begin_at_minor(2));
    CHECK(!create_geometry(plain));
    CHECK_HR(rt_error(scene.device), E_OUTOFMEMORY);
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC), 2);
}

static void device_of_minor_3_is_sent_the_shader(void)
{
    CHECK(begin_at_minor(3));
    d3d_set_shader(scene.device, D3D_GS, create_geometry(plain));
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(bound(0)->cmd.hdr.size_bytes, sizeof(struct long_bind));
}

/* ---- Stream output ---- */

static void shader_with_stream_output_is_drawn_without(void)
{
    struct rt_object *gs;

    CHECK(begin_on(level()));
    gs = assemble(d3d_create_stream_output_shader, plain);
    CHECK(gs);
    d3d_set_shader(scene.device, D3D_GS, gs);
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(bound(0)->cmd.hdr.size_bytes, sizeof(struct long_bind));
}

static void vertex_shader_with_stream_output_is_no_geometry_shader(void)
{
    struct rt_object *gs;
    size_t size;
    const void *vs;

    CHECK(begin_on(level()));
    vs = scenario_shader("triangle_vs.dxbc", &size);
    CHECK(vs);
    gs = d3d_create_stream_output_shader(scene.device, vs, size);
    CHECK(gs);
    d3d_set_shader(scene.device, D3D_GS, gs);
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(bound(0)->cmd.hdr.size_bytes, sizeof(struct aerogpu_cmd_bind_shaders));
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_CREATE_SHADER_DXBC), 2);
}

static void vertex_shader_with_stream_output_replaces_a_geometry_shader(void)
{
    size_t size;
    const void *vs;

    CHECK(begin_with(RT_D3D11, plain));
    vs = scenario_shader("triangle_vs.dxbc", &size);
    CHECK(vs);
    d3d_set_shader(scene.device, D3D_GS, d3d_create_stream_output_shader(scene.device, vs, size));
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(bound(0)->cmd.hdr.size_bytes, sizeof(struct aerogpu_cmd_bind_shaders));
}

/* ---- Bindings of the stage ---- */

static void constants_are_bound_where_the_shader_reads_them(void)
{
    const struct aerogpu_cmd_set_constant_buffers *set;
    const struct aerogpu_constant_buffer_binding *binding;

    CHECK(begin_with(level(), with_bindings));
    d3d_set_constant_buffers(scene.device, D3D_GS, CONSTANTS_SLOT, 1, &scene.material);
    CHECK_EQ(draws_that_arrive(), 1);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_CONSTANT_BUFFERS, 2);
    CHECK(set);
    binding = (const void *)(set + 1);
    CHECK_EQ(set->shader_stage, AEROGPU_SHADER_STAGE_GEOMETRY);
    CHECK_EQ(set->reserved0, 0);
    CHECK_EQ(set->start_slot, CONSTANTS_SLOT);
    CHECK_EQ(set->buffer_count, 1);
    CHECK_EQ(binding->buffer, kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_BUFFER));
    CHECK_EQ(binding->offset_bytes, 0);
    CHECK_EQ(binding->size_bytes, 16);
}

static void texture_is_bound_where_the_shader_reads_it(void)
{
    const struct aerogpu_cmd_set_texture *set;
    struct rt_object *texture, *srv;

    CHECK(begin_with(level(), with_bindings));
    texture = d3d_create_target(scene.device, 4, 4, DXGI_FORMAT_R8G8B8A8_UNORM);
    srv = texture ? d3d_create_srv(texture, NULL) : NULL;
    CHECK(srv);
    d3d_set_shader_resources(scene.device, D3D_GS, TEXTURE_SLOT, 1, &srv);
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_TEXTURE), 1);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_TEXTURE, 0);
    CHECK_EQ(set->shader_stage, AEROGPU_SHADER_STAGE_GEOMETRY);
    CHECK_EQ(set->reserved0, 0);
    CHECK_EQ(set->slot, TEXTURE_SLOT);
    CHECK_EQ(set->texture, kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_TEXTURE2D));
}

static void sampler_is_bound_where_the_shader_reads_it(void)
{
    const struct aerogpu_cmd_set_samplers *set;
    struct rt_object *sampler;
    uint32_t handle;

    CHECK(begin_with(level(), with_bindings));
    sampler = d3d_create_sampler(scene.device, NULL);
    CHECK(sampler);
    d3d_set_samplers(scene.device, D3D_GS, SAMPLER_SLOT, 1, &sampler);
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_SAMPLERS), 1);
    set = kernel_find_packet(kernel, AEROGPU_CMD_SET_SAMPLERS, 0);
    memcpy(&handle, set + 1, sizeof(handle));
    CHECK_EQ(set->shader_stage, AEROGPU_SHADER_STAGE_GEOMETRY);
    CHECK_EQ(set->reserved0, 0);
    CHECK_EQ(set->start_slot, SAMPLER_SLOT);
    CHECK_EQ(set->sampler_count, 1);
    CHECK_EQ(handle, kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_SAMPLER));
}

static void bindings_without_a_shader_are_not_sent(void)
{
    struct rt_object *sampler;

    CHECK(begin_on(RT_D3D11));
    sampler = d3d_create_sampler(scene.device, NULL);
    d3d_set_samplers(scene.device, D3D_GS, SAMPLER_SLOT, 1, &sampler);
    d3d_set_constant_buffers(scene.device, D3D_GS, CONSTANTS_SLOT, 1, &scene.material);
    CHECK_EQ(draws_that_arrive(), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_SAMPLERS), 0);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_CONSTANT_BUFFERS), 2); /* of VS and PS */
}

static void constants_changed_between_draws_are_sent_again(void)
{
    CHECK(begin_with(RT_D3D11, with_bindings));
    d3d_set_constant_buffers(scene.device, D3D_GS, CONSTANTS_SLOT, 1, &scene.material);
    d3d_draw(scene.device, 3, 0);
    d3d_set_constant_buffers(scene.device, D3D_GS, CONSTANTS_SLOT, 1, &scene.transform);
    CHECK_EQ(draws_that_arrive(), 2);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_SET_CONSTANT_BUFFERS), 4);
}

static void target_that_the_shader_reads_leaves_the_targets(void)
{
    struct rt_object *texture, *rtv, *srv;

    CHECK(begin_with(RT_D3D11, with_bindings));
    texture = d3d_create_target(scene.device, 4, 4, DXGI_FORMAT_R8G8B8A8_UNORM);
    rtv = texture ? d3d_create_rtv(texture, NULL) : NULL;
    srv = texture ? d3d_create_srv(texture, NULL) : NULL;
    CHECK(rtv && srv);
    d3d_set_render_target(scene.device, rtv, NULL);
    d3d_set_shader_resources(scene.device, D3D_GS, TEXTURE_SLOT, 1, &srv);
    CHECK_EQ(draws_that_arrive(), 0);
}

static void draws_that_switch_shaders_split_over_small_buffers(void)
{
    enum { DRAWS = 200 };
    struct kernel_config config;
    struct rt_object *gs;

    kernel_config_init(&config);
    config.command_buffer_bytes = 4096;
    config.allocation_list_entries = 16;
    kernel = scenario_kernel(&config);
    CHECK(scene_create(&scene, scenario_device(kernel, RT_D3D11)));
    scene_bind(&scene);
    gs = create_geometry(with_bindings);
    CHECK(gs);
    for (int i = 0; i < DRAWS; i++) {
        d3d_set_shader(scene.device, D3D_GS, i % 3 ? gs : NULL);
        d3d_draw(scene.device, 3, 0);
    }
    d3d_flush(scene.device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_DRAW), DRAWS);
    CHECK(kernel_submissions(kernel) > 2);
}

/* ---- Topologies ---- */

static const struct topology_row {
    D3D10_DDI_PRIMITIVE_TOPOLOGY topology;
    const char *taker;
} adjacent[] = {
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_LINELIST_ADJ, PASSES("lineadj", "4") },
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_LINESTRIP_ADJ, PASSES("lineadj", "4") },
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLELIST_ADJ, PASSES("triangleadj", "6") },
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLESTRIP_ADJ, PASSES("triangleadj", "6") },
};

static const struct topology_row plain_rows[] = {
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_POINTLIST, PASSES("point", "1") },
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_LINELIST, PASSES("line", "2") },
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_LINESTRIP, PASSES("line", "2") },
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLELIST, PASSES("triangle", "3") },
    { D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLESTRIP, PASSES("triangle", "3") },
};

enum {
    ADJACENT_ROWS = sizeof(adjacent) / sizeof(adjacent[0]),
    PLAIN_ROWS = sizeof(plain_rows) / sizeof(plain_rows[0]),
};

/* Draws every row with the shader that takes its primitives. */
static void check_rows(const struct topology_row *rows, size_t count)
{
    CHECK(begin_on(level()));
    for (size_t i = 0; i < count; i++) {
        const struct aerogpu_cmd_set_primitive_topology *set;

        d3d_set_topology(scene.device, rows[i].topology);
        d3d_set_shader(scene.device, D3D_GS, create_geometry(rows[i].taker));
        CHECK_EQ(draws_that_arrive(), i + 1);
        set = kernel_find_packet(kernel, AEROGPU_CMD_SET_PRIMITIVE_TOPOLOGY, i);
        CHECK_EQ(set->topology, (uint32_t)rows[i].topology);
    }
}

static void topology_is_drawn_with_a_shader_that_takes_its_primitives(void)
{
    check_rows(plain_rows, PLAIN_ROWS);
}

static void adjacency_is_drawn_with_a_shader_that_takes_it(void)
{
    check_rows(adjacent, ADJACENT_ROWS);
}

static void adjacency_without_a_shader_is_dropped(void)
{
    CHECK(begin_on(RT_D3D11));
    for (size_t i = 0; i < ADJACENT_ROWS; i++) {
        d3d_set_topology(scene.device, adjacent[i].topology);
        CHECK_EQ(draws_that_arrive(), 0);
    }
}

static void adjacency_is_dropped_once_the_shader_is_gone(void)
{
    CHECK(begin_with(RT_D3D11, adjacent[0].taker));
    d3d_set_topology(scene.device, adjacent[0].topology);
    d3d_draw(scene.device, 4, 0);
    d3d_set_shader(scene.device, D3D_GS, NULL);
    CHECK_EQ(draws_that_arrive(), 1);
}

static void shader_that_takes_other_primitives_drops_the_draw(void)
{
    CHECK(begin_with(RT_D3D11, plain));
    for (size_t i = 0; i < PLAIN_ROWS; i++) {
        if (strcmp(plain_rows[i].taker, plain) == 0)
            continue;
        d3d_set_topology(scene.device, plain_rows[i].topology);
        CHECK_EQ(draws_that_arrive(), 0);
    }
    d3d_set_topology(scene.device, D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLELIST_ADJ);
    CHECK_EQ(draws_that_arrive(), 0);
    d3d_set_topology(scene.device, D3D10_DDI_PRIMITIVE_TOPOLOGY_TRIANGLELIST);
    CHECK_EQ(draws_that_arrive(), 1);
}

/* ---- Linkage ---- */

/* The draw is dropped with this shader, and arrives without it. */
static void check_misfit(const char *text)
{
    CHECK(begin_with(RT_D3D11, text));
    CHECK_EQ(draws_that_arrive(), 0);
    d3d_set_shader(scene.device, D3D_GS, NULL);
    CHECK_EQ(draws_that_arrive(), 1);
}

static void input_that_the_vertex_shader_does_not_write_drops_the_draw(void)
{
    check_misfit(
        TAKES("triangle", "3") "dcl_input v[3][2].xyzw\n" GIVES_POSITION GIVES_COLOUR EMITS);
}

static void input_that_takes_the_position_for_something_else_drops_the_draw(void)
{
    check_misfit("gs_4_0\n"
                 "dcl_inputprimitive triangle\n"
                 "dcl_outputtopology trianglestrip\n"
                 "dcl_maxout 3\n"
                 "dcl_input v[3][0].xyzw\n"
                 "dcl_input v[3][1].xyzw\n" GIVES_POSITION GIVES_COLOUR EMITS);
}

static void input_that_takes_something_else_for_the_position_drops_the_draw(void)
{
    check_misfit("gs_4_0\n"
                 "dcl_inputprimitive triangle\n"
                 "dcl_outputtopology trianglestrip\n"
                 "dcl_maxout 3\n"
                 "dcl_input_siv v[3][1].xyzw, position\n" GIVES_POSITION GIVES_COLOUR
                 "mov o0.xyzw, v[0][1].xyzw\n"
                 "mov o1.xyzw, v[0][1].xyzw\n"
                 "emit\n"
                 "ret\n");
}

static void pixel_input_that_the_shader_does_not_write_drops_the_draw(void)
{
    check_misfit(TAKES("triangle", "3") GIVES_POSITION "mov o0.xyzw, v[0][0].xyzw\n"
                                                       "emit\n"
                                                       "ret\n");
}

static void shader_without_position_drops_the_draw(void)
{
    check_misfit(TAKES("triangle", "3") "dcl_output o0.xyzw\n" GIVES_COLOUR EMITS);
}

static void shader_may_leave_inputs_unread(void)
{
    CHECK(begin_with(RT_D3D11, "gs_4_0\n"
                               "dcl_inputprimitive triangle\n"
                               "dcl_outputtopology trianglestrip\n"
                               "dcl_maxout 3\n"
                               "dcl_input v[3][1].xyzw\n" GIVES_POSITION GIVES_COLOUR
                               "mov o0.xyzw, v[0][1].xyzw\n"
                               "mov o1.xyzw, v[0][1].xyzw\n"
                               "emit\n"
                               "ret\n"));
    CHECK_EQ(draws_that_arrive(), 1);
}

static const char vertex_shader_without_position[] = "vs_4_0\n"
                                                     "dcl_input_sgv v0.x, vertex_id\n"
                                                     "dcl_output o0.x\n"
                                                     "mov o0.x, v0.x\n"
                                                     "ret\n";

static const char makes_the_position[] =
    "gs_4_0\n"
    "dcl_inputprimitive triangle\n"
    "dcl_outputtopology trianglestrip\n"
    "dcl_maxout 3\n"
    "dcl_input v[3][0].x\n" GIVES_POSITION GIVES_COLOUR "mov o0.xyzw, v[0][0].xxxx\n"
    "mov o1.xyzw, v[0][0].xxxx\n"
    "emit\n"
    "ret\n";

static void vertex_shader_may_leave_the_position_to_the_shader(void)
{
    CHECK(begin_with(level(), makes_the_position));
    d3d_set_shader(scene.device, D3D_VS,
                   assemble(d3d_create_vertex_shader, vertex_shader_without_position));
    CHECK_EQ(draws_that_arrive(), 1);
}

static void vertex_shader_without_position_and_shader_drops_the_draw(void)
{
    CHECK(begin_on(RT_D3D11));
    d3d_set_shader(scene.device, D3D_VS,
                   assemble(d3d_create_vertex_shader, vertex_shader_without_position));
    CHECK_EQ(draws_that_arrive(), 0);
}

static const enum rt_level on_10_0 = RT_D3D10, on_10_1 = RT_D3D10_1, on_11_0 = RT_D3D11;

/* One test on each table. */
#define ON(function, generation)                                                                   \
    {                                                                                              \
        .name = #function "_on_" #generation, .run = (function), .user = &on_##generation          \
    }
#define ON_ALL(function) ON(function, 10_0), ON(function, 10_1), ON(function, 11_0)

static const struct tap_test tests[] = {
    ON_ALL(shader_is_created_before_any_draw),
    ON_ALL(long_form_names_the_shader),
    ON_ALL(both_forms_in_one_submission),
    TAP_TEST(same_shader_set_again_is_not_sent_again),
    TAP_TEST(shader_is_bound_anew_in_every_submission),
    TAP_TEST(destroyed_shader_is_unbound),
    TAP_TEST(shader_is_bound_without_interfaces),
    TAP_TEST(device_below_minor_3_is_sent_none),
    TAP_TEST(device_of_minor_3_is_sent_the_shader),
    ON_ALL(shader_with_stream_output_is_drawn_without),
    ON_ALL(vertex_shader_with_stream_output_is_no_geometry_shader),
    TAP_TEST(vertex_shader_with_stream_output_replaces_a_geometry_shader),
    ON_ALL(constants_are_bound_where_the_shader_reads_them),
    ON_ALL(texture_is_bound_where_the_shader_reads_it),
    ON_ALL(sampler_is_bound_where_the_shader_reads_it),
    TAP_TEST(bindings_without_a_shader_are_not_sent),
    TAP_TEST(constants_changed_between_draws_are_sent_again),
    TAP_TEST(target_that_the_shader_reads_leaves_the_targets),
    TAP_TEST(draws_that_switch_shaders_split_over_small_buffers),
    ON_ALL(topology_is_drawn_with_a_shader_that_takes_its_primitives),
    ON_ALL(adjacency_is_drawn_with_a_shader_that_takes_it),
    TAP_TEST(adjacency_without_a_shader_is_dropped),
    TAP_TEST(adjacency_is_dropped_once_the_shader_is_gone),
    TAP_TEST(shader_that_takes_other_primitives_drops_the_draw),
    TAP_TEST(input_that_the_vertex_shader_does_not_write_drops_the_draw),
    TAP_TEST(input_that_takes_the_position_for_something_else_drops_the_draw),
    TAP_TEST(input_that_takes_something_else_for_the_position_drops_the_draw),
    TAP_TEST(pixel_input_that_the_shader_does_not_write_drops_the_draw),
    TAP_TEST(shader_without_position_drops_the_draw),
    TAP_TEST(shader_may_leave_inputs_unread),
    ON_ALL(vertex_shader_may_leave_the_position_to_the_shader),
    TAP_TEST(vertex_shader_without_position_and_shader_drops_the_draw),
};

TAP_MAIN(tests)
