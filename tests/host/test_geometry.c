/** Geometry shaders, written as tokens: the smallest that show that they ran. */
#include "dxbc/builder.h"
#include "world.h"

enum { GS = FREE };

#define INSTRUCTION(opcode, dwords, controls)                                                      \
    ((uint32_t)(opcode) | (uint32_t)(dwords) << 24 | (uint32_t)(controls) << 11)
/* mov o0, v[vertex][0]; mov o1, l(0, 1, 0, 1); emit */
#define CORNER(vertex)                                                                             \
    INSTRUCTION(54, 6, 0), 0x001020F2, 0, 0x00201E46, vertex, 0, INSTRUCTION(54, 8, 0),            \
        0x001020F2, 1, 0x00004E46, 0, 0x3F800000, 0, 0x3F800000, INSTRUCTION(19, 1, 0)

static const uint32_t green_triangles[] = {
    0x00020040,
    77,
    INSTRUCTION(97, 5, 0), /* dcl_input_siv v[3][0].xyzw, position */
    0x002010F2,
    3,
    0,
    1,
    INSTRUCTION(95, 4, 0), /* dcl_input v[3][1].xyzw */
    0x002010F2,
    3,
    1,
    INSTRUCTION(93, 1, 3),  /* dcl_inputprimitive triangle */
    INSTRUCTION(92, 1, 5),  /* dcl_outputtopology trianglestrip */
    INSTRUCTION(103, 4, 0), /* dcl_output_siv o0.xyzw, position */
    0x001020F2,
    0,
    1,
    INSTRUCTION(101, 3, 0), /* dcl_output o1.xyzw */
    0x001020F2,
    1,
    INSTRUCTION(94, 2, 0), /* dcl_maxout 3 */
    3,
    CORNER(0),
    CORNER(1),
    CORNER(2),
    INSTRUCTION(9, 1, 0),  /* cut */
    INSTRUCTION(62, 1, 0), /* ret */
};

static void add_geometry_shader(struct world *world)
{
    static const struct dxbc_signature_entry entries[] = { { DXBC_SV_POSITION, 0, 0xF },
                                                           { DXBC_SV_NONE, 1, 0xF } };
    uint32_t tokens[sizeof(green_triangles) / 4];
    struct dxbc_scan scan;
    struct dxbc_container_desc desc = { .tokens = tokens,
                                        .scan = &scan,
                                        .inputs = entries,
                                        .outputs = entries,
                                        .input_count = 2,
                                        .output_count = 2 };
    const char *reason = NULL;
    uint32_t size_bytes;
    void *payload;

    memcpy(tokens, green_triangles, sizeof(tokens));
    tokens[1] = sizeof(tokens) / 4;
    ck_assert_msg(dxbc_scan_tokens(tokens, tokens[1], &scan, &reason), "%s", reason);
    ck_assert(dxbc_container_size(&desc, &size_bytes));
    payload =
        stream_create_shader_dxbc(&world->stream, GS, AEROGPU_SHADER_STAGE_GEOMETRY, 0, size_bytes);
    ck_assert(payload && dxbc_container_write(&desc, payload, size_bytes));
}

/* Draws a red quad, through the geometry shader if asked. */
static uint32_t drawn(bool has_geometry_shader)
{
    static const float red[4] = { 1, 0, 0, 1 };
    struct world *world = world_create(false);
    struct aerogpu_cmd_bind_shaders *bind;
    uint32_t value;

    add_scene(world);
    add_geometry_shader(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    add_state(world);
    if (has_geometry_shader) {
        bind = stream_packet(&world->stream, AEROGPU_CMD_BIND_SHADERS, sizeof(*bind));
        *bind = (struct aerogpu_cmd_bind_shaders){ bind->hdr, COLOR_VS, COLOR_PS, 0, GS };
    }
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    value = texel(world, TARGET, 20, 20);
    world_destroy(world);
    return value;
}

START_TEST(geometry_shader_decides_the_colour)
{
    ck_assert_uint_eq(drawn(true), 0x00FF00FF);
}
END_TEST

START_TEST(unbound_geometry_shader_does_not)
{
    ck_assert_uint_eq(drawn(false), 0xFF0000FF);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        geometry_shader_decides_the_colour,
        unbound_geometry_shader_does_not,
    };

    return world_main("host geometry shaders", tests, sizeof(tests) / sizeof(tests[0]));
}
