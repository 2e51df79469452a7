/** Cases of handles. */
#include "validate_world.h"

/* Handles. */

static void build_handle_zero(struct world *world)
{
    add_buffer(world, 0, 0, 16);
}

static void build_handle_reserved_first(struct world *world)
{
    add_buffer(world, 0xFFFFFF00, 0, 16);
}

static void build_handle_reserved_last(struct world *world)
{
    add_texture(world, 0xFFFFFF05, 0, AEROGPU_FORMAT_B8G8R8A8_UNORM);
}

static void build_handles_around_reserved(struct world *world)
{
    add_buffer(world, 0xFFFFFEFF, 0, 16);
    add_buffer(world, 0xFFFFFF06, 0, 16);
}

static void build_handle_in_use(struct world *world)
{
    scene_create(world);
    add_buffer(world, VERTICES, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 48);
}

static void build_handle_in_use_by_other_kind(struct world *world)
{
    scene_create(world);
    STREAM_ADD(&world->stream, CREATE_SAMPLER, create_sampler)->sampler_handle = VERTICES;
}

static void build_handle_of_earlier_submission_in_use(struct world *world)
{
    scene_create(world);
    world_submit(world);
    add_buffer(world, LAYOUT, 0, 16);
}

static void build_handle_free_again(struct world *world)
{
    scene_create(world);
    add_destroy(world, VERTICES);
    add_buffer(world, VERTICES, 0, 16);
}

static void build_unknown_vertex_buffer(struct world *world)
{
    add_vertex_buffer(world, 0, FREE, 16, 0);
}

static void build_unknown_texture(struct world *world)
{
    add_set_texture(world, 1, 0, FREE);
}

static void build_unknown_sampler(struct world *world)
{
    add_set_sampler(world, 1, 0, FREE);
}

static void build_unknown_target(struct world *world)
{
    add_targets(world, FREE, 0);
}

static void build_unknown_shader(struct world *world)
{
    add_shaders(world, FREE, 0);
}

static void build_unknown_layout(struct world *world)
{
    add_set_layout(world, FREE);
}

static void build_unknown_upload(struct world *world)
{
    add_upload(world, FREE, 0, 4);
}

static void build_destroyed_resource(struct world *world)
{
    scene_create(world);
    add_destroy(world, STORAGE);
    add_upload(world, STORAGE, 0, 4);
}

static void build_draw_with_destroyed_shader(struct world *world)
{
    scene(world);
    STREAM_ADD(&world->stream, DESTROY_SHADER, destroy_shader)->shader_handle = PIXEL_SHADER;
    add_draw(world);
}

static void build_destroy_of_unknown(struct world *world)
{
    add_destroy(world, FREE);
    STREAM_ADD(&world->stream, DESTROY_SHADER, destroy_shader)->shader_handle = FREE;
    STREAM_ADD(&world->stream, DESTROY_SAMPLER, destroy_sampler)->sampler_handle = FREE;
    STREAM_ADD(&world->stream, DESTROY_INPUT_LAYOUT, destroy_input_layout)->input_layout_handle =
        FREE;
}

static void build_destroy_of_another_kind(struct world *world)
{
    scene_create(world);
    add_destroy(world, SAMPLER);
}

static void build_destroy_sampler_of_another_kind(struct world *world)
{
    scene_create(world);
    STREAM_ADD(&world->stream, DESTROY_SAMPLER, destroy_sampler)->sampler_handle = LAYOUT;
}

static void build_texture_as_vertex_buffer(struct world *world)
{
    scene_create(world);
    add_vertex_buffer(world, 0, TEXTURE, 16, 0);
}

static void build_buffer_as_target(struct world *world)
{
    scene_create(world);
    add_targets(world, VERTICES, 0);
}

static void build_layout_as_shader(struct world *world)
{
    scene_create(world);
    add_shaders(world, LAYOUT, 0);
}

static void build_sampler_as_texture(struct world *world)
{
    scene_create(world);
    add_set_texture(world, 1, 0, SAMPLER);
}

static const struct validate_case handle_cases[] = {
    { "handle 0", "handle-zero", build_handle_zero },
    { "the first reserved handle", "handle-reserved", build_handle_reserved_first },
    { "the last reserved handle", "handle-reserved", build_handle_reserved_last },
    { "the handles around the reserved ones", NULL, build_handles_around_reserved },
    { "a live handle created again", "handle-in-use", build_handle_in_use },
    { "a live handle of another kind", "handle-in-use", build_handle_in_use_by_other_kind },
    { "a handle of an earlier submission", "handle-in-use",
      build_handle_of_earlier_submission_in_use },
    { "a destroyed object's handle is free again", NULL, build_handle_free_again },
    { "an unknown vertex buffer", "handle-unknown", build_unknown_vertex_buffer },
    { "an unknown texture", "handle-unknown", build_unknown_texture },
    { "an unknown sampler", "handle-unknown", build_unknown_sampler },
    { "an unknown target", "handle-unknown", build_unknown_target },
    { "an unknown shader", "handle-unknown", build_unknown_shader },
    { "an unknown layout", "handle-unknown", build_unknown_layout },
    { "an upload to nothing", "handle-unknown", build_unknown_upload },
    { "an upload to a destroyed buffer", "handle-unknown", build_destroyed_resource },
    { "a draw with a destroyed shader", "handle-unknown", build_draw_with_destroyed_shader },
    { "destroying unknown handles is nothing", NULL, build_destroy_of_unknown },
    { "a sampler destroyed as a resource", "handle-kind", build_destroy_of_another_kind },
    { "a layout destroyed as a sampler", "handle-kind", build_destroy_sampler_of_another_kind },
    { "a texture as vertex buffer", "handle-kind", build_texture_as_vertex_buffer },
    { "a buffer as target", "handle-kind", build_buffer_as_target },
    { "a layout as shader", "handle-kind", build_layout_as_shader },
    { "a sampler as texture", "handle-kind", build_sampler_as_texture },
};
