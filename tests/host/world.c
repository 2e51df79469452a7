#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dxbc/asm.h"

/* The Vulkan driver keeps a few bytes after its instance is gone. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

static bool read_guest(void *user, uint64_t gpa, void *bytes, size_t size_bytes)
{
    struct world *world = user;

    if (gpa < GUEST_GPA || gpa - GUEST_GPA > GUEST_BYTES ||
        size_bytes > GUEST_BYTES - (gpa - GUEST_GPA))
        return false;
    memcpy(bytes, world->guest + (gpa - GUEST_GPA), size_bytes);
    return true;
}

static bool write_guest(void *user, uint64_t gpa, const void *bytes, size_t size_bytes)
{
    struct world *world = user;

    if (gpa < GUEST_GPA || gpa - GUEST_GPA > GUEST_BYTES ||
        size_bytes > GUEST_BYTES - (gpa - GUEST_GPA))
        return false;
    memcpy(world->guest + (gpa - GUEST_GPA), bytes, size_bytes);
    return true;
}

static void show(void *user, const struct aerogpu_host_image *image)
{
    struct world *world = user;

    world->shown++;
    world->shown_width = image->width;
    world->shown_texel = (uint32_t)image->bytes[0] << 24 | (uint32_t)image->bytes[1] << 16 |
                         (uint32_t)image->bytes[2] << 8 | image->bytes[3];
}

static void after_packet(void *user, const struct aerogpu_packet *packet, bool is_done)
{
    struct world *world = user;

    if (world->observe)
        world->observe(world, packet);
    world->observed_failures += !is_done;
}

static void report(void *user, const struct aerogpu_message *message)
{
    struct world *world = user;

    snprintf(world->last_rule, sizeof(world->last_rule), "%s", message->rule);
    snprintf(world->last_text, sizeof(world->last_text), "%s", message->text);
    if (world->errors++ == 0) {
        snprintf(world->rule, sizeof(world->rule), "%s", message->rule);
        snprintf(world->text, sizeof(world->text), "%s", message->text);
        world->offset_bytes = message->offset_bytes;
        world->context_id = message->context_id;
    }
}

static void set_defaults(struct world *world)
{
    world->blend.src_factor = world->blend.src_factor_alpha = AEROGPU_BLEND_ONE;
    world->blend.color_write_mask = 0xF;
    world->blend.sample_mask = UINT32_MAX;
    world->depth.depth_func = AEROGPU_COMPARE_LESS;
    world->depth.stencil_read_mask = world->depth.stencil_write_mask = 0xFF;
    world->raster.cull_mode = AEROGPU_CULL_BACK;
    world->viewport = (struct stream_viewport){ 0, 0, EXTENT, EXTENT, 0, 1 };
    world->scissor = (struct stream_scissor){ 0, 0, EXTENT, EXTENT };
    world->targets = (struct stream_targets){ .color_count = 1, .colors = { TARGET } };
    world->topology = AEROGPU_TOPOLOGY_TRIANGLELIST;
}

struct world *world_create_limited(bool is_lenient, uint64_t memory_limit_bytes)
{
    struct world *world = calloc(1, sizeof(*world));
    struct aerogpu_host_config config = {
        .read_guest = read_guest,
        .write_guest = write_guest,
        .present = show,
        .after_packet = after_packet,
        .report = report,
        .user = world,
        .memory_limit_bytes = memory_limit_bytes,
        .is_lenient = is_lenient,
    };
    const char *reason = NULL;

    ck_assert_ptr_nonnull(world);
    world->host = aerogpu_host_create(&config, &reason);
    ck_assert_msg(world->host != NULL, "%s", reason);
    world->entry = (struct aerogpu_alloc_entry){ ALLOCATION, 0, GUEST_GPA, GUEST_BYTES, 0 };
    set_defaults(world);
    stream_begin(&world->stream, world->memory, sizeof(world->memory));
    return world;
}

struct world *world_create(bool is_lenient)
{
    return world_create_limited(is_lenient, 0);
}

void world_destroy(struct world *world)
{
    aerogpu_host_destroy(world->host);
    free(world);
}

enum aerogpu_host_error world_submit(struct world *world)
{
    const uint32_t size_bytes = stream_end(&world->stream);
    enum aerogpu_host_error error;

    ck_assert(!world->stream.has_failed);
    error = aerogpu_host_submit(world->host, 1, world->memory, size_bytes, &world->entry, 1);
    stream_begin(&world->stream, world->memory, sizeof(world->memory));
    return error;
}

void world_run(struct world *world)
{
    const enum aerogpu_host_error error = world_submit(world);

    ck_assert_msg(error == AEROGPU_HOST_OK, "error %d: %s: %s", (int)error, world->rule,
                  world->text);
}

void add_texture(struct world *world, uint32_t handle, uint32_t format, uint32_t usage_flags,
                 uint32_t width, uint32_t height, uint32_t mips)
{
    const struct stream_texture2d texture = { usage_flags, format, width, height, mips, 1, 0, 0 };

    stream_create_texture2d(&world->stream, handle, &texture);
}

void add_upload(struct world *world, uint32_t handle, uint64_t offset_bytes, const void *bytes,
                uint32_t size_bytes)
{
    void *payload = stream_upload_resource(&world->stream, handle, offset_bytes, size_bytes);

    ck_assert_ptr_nonnull(payload);
    memcpy(payload, bytes, size_bytes);
}

void add_clear(struct world *world, float r, float g, float b, float a)
{
    const float rgba[4] = { r, g, b, a };

    stream_set_render_targets(&world->stream, &world->targets);
    stream_clear(&world->stream, AEROGPU_CLEAR_COLOR, rgba, 1, 0);
}

void add_shader(struct world *world, uint32_t handle, uint32_t stage, const char *name)
{
    char path[512];
    uint8_t bytes[4096];
    size_t size_bytes;
    void *payload;
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s.dxbc", SHADER_DIR, name);
    file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    size_bytes = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    payload = stream_create_shader_dxbc(&world->stream, handle, stage, 0, (uint32_t)size_bytes);
    ck_assert_ptr_nonnull(payload);
    memcpy(payload, bytes, size_bytes);
}

static void add_layout(struct world *world)
{
    const struct {
        struct aerogpu_input_layout_blob_header header;
        struct aerogpu_input_layout_element_dxgi elements[2];
    } blob = { { AEROGPU_INPUT_LAYOUT_BLOB_MAGIC, AEROGPU_INPUT_LAYOUT_BLOB_VERSION, 2, 0 },
               { { 0x7808E88A, 0, 2, 0, 0, 0, 0 }, { 0xE7C308F8, 0, 2, 0, 16, 0, 0 } } };
    void *payload = stream_create_input_layout(&world->stream, LAYOUT, sizeof(blob));

    ck_assert_ptr_nonnull(payload);
    memcpy(payload, &blob, sizeof(blob));
}

void add_scene(struct world *world)
{
    static const float black[4] = { 0, 0, 0, 1 };
    static const float transform[8] = { 1, 1, 1, 1, 0, 0, 0, 0 };
    static const float white[4] = { 1, 1, 1, 1 };
    const struct stream_targets both = { .color_count = 1,
                                         .depth_stencil = DEPTH,
                                         .colors = { TARGET } };

    add_texture(world, TARGET, AEROGPU_FORMAT_R8G8B8A8_UNORM,
                AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_TEXTURE, EXTENT,
                EXTENT, 1);
    add_texture(world, DEPTH, AEROGPU_FORMAT_D32_FLOAT, AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL,
                EXTENT, EXTENT, 1);
    stream_create_buffer(&world->stream, VERTICES, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 4096, 0);
    stream_create_buffer(&world->stream, INDICES, AEROGPU_RESOURCE_USAGE_INDEX_BUFFER, 64, 0);
    stream_create_buffer(&world->stream, CONSTANTS, AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER, 32, 0);
    stream_create_buffer(&world->stream, TINT, AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER, 16, 0);
    add_upload(world, CONSTANTS, 0, transform, sizeof(transform));
    add_upload(world, TINT, 0, white, sizeof(white));
    add_shader(world, COLOR_VS, AEROGPU_SHADER_STAGE_VERTEX, "triangle_vs");
    add_shader(world, COLOR_PS, AEROGPU_SHADER_STAGE_PIXEL, "triangle_ps");
    add_shader(world, SAMPLE_PS, AEROGPU_SHADER_STAGE_PIXEL, "depth_ps");
    add_layout(world);
    stream_set_render_targets(&world->stream, &both);
    stream_clear(&world->stream, AEROGPU_CLEAR_COLOR | AEROGPU_CLEAR_DEPTH, black, 1, 0);
}

static void bind_constants(struct world *world, uint32_t stage, uint32_t buffer,
                           uint32_t size_bytes)
{
    *stream_set_constant_buffers(&world->stream, stage, 0, 0, 1) =
        (struct aerogpu_constant_buffer_binding){ buffer, 0, size_bytes, 0 };
}

void add_state(struct world *world)
{
    struct stream *stream = &world->stream;

    stream_set_render_targets(stream, &world->targets);
    stream_bind_shaders(stream, COLOR_VS, COLOR_PS, 0);
    stream_set_input_layout(stream, LAYOUT);
    stream_set_primitive_topology(stream, world->topology);
    *stream_set_vertex_buffers(stream, 0, 1) =
        (struct aerogpu_vertex_buffer_binding){ VERTICES, sizeof(struct vertex), 0, 0 };
    bind_constants(world, AEROGPU_SHADER_STAGE_VERTEX, CONSTANTS, 32);
    bind_constants(world, AEROGPU_SHADER_STAGE_PIXEL, TINT, 16);
    stream_set_viewport(stream, &world->viewport);
    stream_set_scissor(stream, &world->scissor);
    stream_set_rasterizer_state(stream, &world->raster);
    stream_set_blend_state(stream, &world->blend);
    stream_set_depth_stencil_state(stream, &world->depth);
}

void add_vertices(struct world *world, uint32_t first, const struct vertex *vertices,
                  uint32_t count)
{
    add_upload(world, VERTICES, first * sizeof(*vertices), vertices,
               count * (uint32_t)sizeof(*vertices));
}

void add_quad(struct world *world, float left, float top, float right, float bottom, float z,
              const float color[4])
{
    const float corners[6][2] = { { left, top },    { right, top }, { left, bottom },
                                  { left, bottom }, { right, top }, { right, bottom } };
    struct vertex vertices[6];

    for (int i = 0; i < 6; i++) {
        vertices[i] = (struct vertex){ { corners[i][0], corners[i][1], z, 1 },
                                       { color[0], color[1], color[2], color[3] } };
    }
    add_vertices(world, 0, vertices, 6);
}

void add_sampling(struct world *world, uint32_t texture, uint32_t sampler, uint32_t filter,
                  uint32_t address)
{
    struct stream *stream = &world->stream;
    struct aerogpu_cmd_create_sampler *create =
        stream_packet(stream, AEROGPU_CMD_CREATE_SAMPLER, sizeof(*create));
    struct aerogpu_cmd_set_texture *bind =
        stream_packet(stream, AEROGPU_CMD_SET_TEXTURE, sizeof(*bind));
    struct aerogpu_cmd_set_samplers *samplers;
    void *payload;

    create->sampler_handle = sampler;
    create->filter = filter;
    create->address_u = create->address_v = create->address_w = address;
    bind->shader_stage = AEROGPU_SHADER_STAGE_PIXEL;
    bind->slot = 3;
    bind->texture = texture;
    bind->reserved0 = 0;
    samplers =
        stream_packet_payload(stream, AEROGPU_CMD_SET_SAMPLERS, sizeof(*samplers), 4, &payload);
    samplers->shader_stage = AEROGPU_SHADER_STAGE_PIXEL;
    samplers->start_slot = 1;
    samplers->sampler_count = 1;
    samplers->reserved0 = 0;
    memcpy(payload, &sampler, 4);
    stream_bind_shaders(stream, COLOR_VS, SAMPLE_PS, 0);
}

void add_program(struct world *world, uint32_t handle, uint32_t stage, const char *text)
{
    uint32_t tokens[512];
    struct dxbc_assembly assembly = { .tokens = tokens, .capacity_dwords = 512 };
    const char *reason = NULL;
    uint32_t size_bytes;
    void *payload;

    ck_assert_msg(dxbc_assemble(text, strlen(text), &assembly), "%s", assembly.error);
    ck_assert(dxbc_assembly_container(&assembly, NULL, NULL, 0, &size_bytes, &reason));
    payload = stream_create_shader_dxbc(&world->stream, handle, stage, 0, size_bytes);
    ck_assert_msg(payload && dxbc_assembly_container(&assembly, NULL, payload, size_bytes,
                                                     &size_bytes, &reason),
                  "%s", reason);
}

void add_lookups(struct world *world)
{
    const struct stream_sampler nearest = { .filter = AEROGPU_SAMPLER_FILTER_NEAREST };

    stream_create_sampler(&world->stream, POINT_SAMPLER, &nearest);
    add_program(world, LOD_PS, AEROGPU_SHADER_STAGE_PIXEL,
                "ps_4_0\n"
                "dcl_sampler s1, mode_default\n"
                "dcl_resource_texture2d (float,float,float,float) t3\n"
                "dcl_input_ps linear v1.xyzw\n"
                "dcl_output o0.xyzw\n"
                "sample_l o0.xyzw, v1.xyxx, t3.xyzw, s1, v1.w\n"
                "ret\n");
    add_program(world, ARRAY_PS, AEROGPU_SHADER_STAGE_PIXEL,
                "ps_4_0\n"
                "dcl_sampler s1, mode_default\n"
                "dcl_resource_texture2darray (float,float,float,float) t3\n"
                "dcl_input_ps linear v1.xyzw\n"
                "dcl_output o0.xyzw\n"
                "sample_l o0.xyzw, v1.xyzx, t3.xyzw, s1, v1.w\n"
                "ret\n");
}

void add_lookup(struct world *world, uint32_t shader, uint32_t texture, const float place[4])
{
    const uint32_t sampler = POINT_SAMPLER;

    add_quad(world, -1, 1, 1, -1, 0.5f, place);
    add_state(world);
    stream_bind_shaders(&world->stream, COLOR_VS, shader, 0);
    stream_set_texture(&world->stream, AEROGPU_SHADER_STAGE_PIXEL, 0, 3, texture);
    memcpy(stream_set_samplers(&world->stream, AEROGPU_SHADER_STAGE_PIXEL, 0, 1, 1), &sampler, 4);
    stream_draw(&world->stream, 6, 1, 0, 0);
}

/* Adds a packet whose fields behind the header are those of another. */
static void add_packet(struct world *world, uint32_t opcode, const void *packet, size_t size_bytes)
{
    const size_t header_bytes = sizeof(struct aerogpu_cmd_hdr);
    uint8_t *added = stream_packet(&world->stream, opcode, (uint32_t)size_bytes);

    memcpy(added + header_bytes, (const uint8_t *)packet + header_bytes, size_bytes - header_bytes);
}

void add_view(struct world *world, uint32_t view, const struct aerogpu_cmd_create_texture_view *cmd)
{
    struct aerogpu_cmd_create_texture_view named = *cmd;

    named.view_handle = view;
    add_packet(world, AEROGPU_CMD_CREATE_TEXTURE_VIEW, &named, sizeof(named));
}

void add_copy(struct world *world, const struct aerogpu_cmd_copy_texture2d *copy)
{
    add_packet(world, AEROGPU_CMD_COPY_TEXTURE2D, copy, sizeof(*copy));
}

void add_buffer_copy(struct world *world, const struct aerogpu_cmd_copy_buffer *copy)
{
    add_packet(world, AEROGPU_CMD_COPY_BUFFER, copy, sizeof(*copy));
}

uint32_t texel_at(struct world *world, uint32_t handle, uint32_t mip, uint32_t layer, uint32_t x,
                  uint32_t y)
{
    struct aerogpu_host_image image;
    uint8_t *rgba, *at;
    uint32_t value;

    ck_assert(aerogpu_host_read_texture(world->host, handle, mip, layer, &image));
    ck_assert(x < image.width && y < image.height);
    rgba = malloc((size_t)image.width * image.height * 4);
    ck_assert(rgba && aerogpu_host_image_rgba8(&image, rgba));
    at = rgba + ((size_t)y * image.width + x) * 4;
    value = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    free(rgba);
    aerogpu_host_image_finish(&image);
    return value;
}

uint32_t texel(struct world *world, uint32_t handle, uint32_t x, uint32_t y)
{
    return texel_at(world, handle, 0, 0, x, y);
}

bool is_near(uint32_t texel, uint32_t expected, int tolerance)
{
    for (int shift = 0; shift < 32; shift += 8) {
        const int difference = (int)(texel >> shift & 0xFF) - (int)(expected >> shift & 0xFF);

        if (difference > tolerance || difference < -tolerance)
            return false;
    }
    return true;
}

int world_main(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 300);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

struct world *world_with_quad(float left, float top, float right, float bottom, float z)
{
    static const float red[4] = { 1, 0, 0, 1 };
    struct world *world = world_create(false);

    add_scene(world);
    add_quad(world, left, top, right, bottom, z, red);
    return world;
}

uint32_t world_drawn(struct world *world, uint32_t x, uint32_t y)
{
    uint32_t value;

    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    value = texel(world, TARGET, x, y);
    world_destroy(world);
    return value;
}
