/** Texture views: parts of textures, read and drawn to, and sRGB casts. */
#include "world.h"

enum { IMAGE = FREE, VIEW, SECOND };

enum { MIPS = 3, LAYERS = 2 };

/* A colour that no other subresource has. */
static uint32_t color_of(uint32_t mip, uint32_t layer)
{
    return (0x40 * (mip + 1)) << 24 | (0x40 * (layer + 1)) << 16 | 0x80FF;
}

/* 8 x 8 texels, three mips, two layers, each subresource of its own colour. */
static void add_image(struct world *world, uint32_t format)
{
    const struct stream_texture2d texture = { AEROGPU_RESOURCE_USAGE_TEXTURE |
                                                  AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                                              format,
                                              8,
                                              8,
                                              MIPS,
                                              LAYERS,
                                              0,
                                              0 };
    uint8_t bytes[LAYERS * (64 + 16 + 4) * 4], *next = bytes;

    for (uint32_t layer = 0; layer < LAYERS; layer++) {
        for (uint32_t mip = 0; mip < MIPS; mip++) {
            const uint32_t color = color_of(mip, layer);

            for (uint32_t i = 0; i < 64u >> (2 * mip); i++, next += 4) {
                next[0] = (uint8_t)(color >> 24);
                next[1] = (uint8_t)(color >> 16);
                next[2] = (uint8_t)(color >> 8);
                next[3] = (uint8_t)color;
            }
        }
    }
    stream_create_texture2d(&world->stream, IMAGE, &texture);
    add_upload(world, IMAGE, 0, bytes, sizeof(bytes));
}

static void add_part(struct world *world, uint32_t view, uint32_t format, uint32_t mip,
                     uint32_t mips, uint32_t layer, uint32_t layers)
{
    const struct aerogpu_cmd_create_texture_view part = { .texture_handle = IMAGE,
                                                          .format = format,
                                                          .base_mip_level = mip,
                                                          .mip_level_count = mips,
                                                          .base_array_layer = layer,
                                                          .array_layer_count = layers };

    add_view(world, view, &part);
}

static struct world *with_image(bool is_lenient)
{
    struct world *world = world_create(is_lenient);

    add_scene(world);
    add_lookups(world);
    add_image(world, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    return world;
}

/* What a lookup in a view of mips 1 to 2 of layer 1 finds, or in the whole texture. */
static uint32_t looked_up(uint32_t shader, uint32_t texture, float layer, float mip)
{
    const float place[4] = { 0.5f, 0.5f, layer, mip };
    struct world *world = with_image(false);
    uint32_t value;

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 1, 2, 1, 1);
    add_lookup(world, shader, texture, place);
    world_run(world);
    value = texel(world, TARGET, 30, 30);
    world_destroy(world);
    return value;
}

#define FINDS(name, shader, texture, layer, mip, found_mip, found_layer)                           \
    START_TEST(name)                                                                               \
    {                                                                                              \
        ck_assert_uint_eq(looked_up(shader, texture, layer, mip),                                  \
                          color_of(found_mip, found_layer));                                       \
    }                                                                                              \
    END_TEST

FINDS(whole_texture_begins_with_mip_0, LOD_PS, IMAGE, 0, 0, 0, 0)
FINDS(whole_texture_ends_with_its_last_mip, LOD_PS, IMAGE, 0, 9, 2, 0)
FINDS(whole_array_begins_with_layer_0, ARRAY_PS, IMAGE, 0, 0, 0, 0)
FINDS(whole_array_has_all_its_layers, ARRAY_PS, IMAGE, 1, 1, 1, 1)
FINDS(view_begins_with_its_first_mip, LOD_PS, VIEW, 0, 0, 1, 1)
FINDS(view_ends_with_its_last_mip, LOD_PS, VIEW, 0, 9, 2, 1)
FINDS(view_as_array_begins_with_its_first_layer, ARRAY_PS, VIEW, 0, 1, 2, 1)
FINDS(view_as_array_ends_with_its_last_layer, ARRAY_PS, VIEW, 5, 0, 1, 1)

/* A view of one mip ends the texture there. */
START_TEST(view_of_one_mip_has_no_other)
{
    static const float place[4] = { 0.5f, 0.5f, 0, 2 };
    struct world *world = with_image(false);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 1, 1, 0, 1);
    add_lookup(world, LOD_PS, VIEW, place);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 30, 30), color_of(1, 0));
    world_destroy(world);
}
END_TEST

/* Draws green to mip 1 of layer 1, 4 x 4 texels, through a view. */
static struct world *with_drawn_view(void)
{
    static const float green[4] = { 0, 1, 0, 1 };
    struct world *world = with_image(false);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 1, 1, 1, 1);
    add_quad(world, -1, 1, 1, -1, 0.5f, green);
    world->targets.colors[0] = VIEW;
    world->viewport = (struct stream_viewport){ 0, 0, 4, 4, 0, 1 };
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    return world;
}

START_TEST(draw_reaches_the_subresource_of_its_view)
{
    struct world *world = with_drawn_view();

    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 1, 0, 0), 0x00FF00FF);
    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 1, 3, 3), 0x00FF00FF);
    world_destroy(world);
}
END_TEST

START_TEST(draw_leaves_other_subresources)
{
    struct world *world = with_drawn_view();

    ck_assert_uint_eq(texel_at(world, IMAGE, 0, 1, 0, 0), color_of(0, 1));
    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 0, 0, 0), color_of(1, 0));
    ck_assert_uint_eq(texel_at(world, IMAGE, 2, 1, 0, 0), color_of(2, 1));
    world_destroy(world);
}
END_TEST

START_TEST(clear_reaches_the_subresource_of_its_view)
{
    struct world *world = with_image(false);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 2, 1, 1, 1);
    world->targets.colors[0] = VIEW;
    add_clear(world, 0, 0, 1, 1);
    world_run(world);
    ck_assert_uint_eq(texel_at(world, IMAGE, 2, 1, 1, 1), 0x0000FFFF);
    ck_assert_uint_eq(texel_at(world, IMAGE, 1, 1, 1, 1), color_of(1, 1));
    world_destroy(world);
}
END_TEST

/* 0.5 is 188 in sRGB, and 0x80 = 128 decodes to 0.216 = 55. */
START_TEST(clear_through_an_srgb_view_encodes)
{
    struct world *world = with_image(false);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM_SRGB, 0, 1, 0, 1);
    world->targets.colors[0] = VIEW;
    add_clear(world, 0.5f, 0, 1, 0.5f);
    world_run(world);
    ck_assert(is_near(texel(world, IMAGE, 1, 1), 0xBC00FF80, 1));
    world_destroy(world);
}
END_TEST

START_TEST(draw_through_an_srgb_view_encodes)
{
    static const float half[4] = { 0.5f, 0, 1, 0.5f };
    struct world *world = with_image(false);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM_SRGB, 0, 1, 0, 1);
    add_quad(world, -1, 1, 1, -1, 0.5f, half);
    world->targets.colors[0] = VIEW;
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert(is_near(texel(world, IMAGE, 1, 1), 0xBC00FF80, 1));
    world_destroy(world);
}
END_TEST

static uint32_t looked_up_as(uint32_t format)
{
    static const float place[4] = { 0.5f, 0.5f, 0, 0 };
    struct world *world = with_image(false);
    uint32_t value;

    add_part(world, VIEW, format, 1, 1, 0, 1);
    add_lookup(world, LOD_PS, VIEW, place);
    world_run(world);
    value = texel(world, TARGET, 30, 30);
    world_destroy(world);
    return value;
}

START_TEST(srgb_view_decodes)
{
    ck_assert(is_near(looked_up_as(AEROGPU_FORMAT_R8G8B8A8_UNORM_SRGB), 0x370D37FF, 1));
}
END_TEST

START_TEST(plain_view_does_not_decode)
{
    ck_assert_uint_eq(looked_up_as(AEROGPU_FORMAT_R8G8B8A8_UNORM), 0x804080FF);
}
END_TEST

START_TEST(depth_is_tested_through_a_view)
{
    static const float green[4] = { 0, 1, 0, 1 };
    static const float white[4] = { 1, 1, 1, 1 };
    const struct aerogpu_cmd_create_texture_view whole = { .texture_handle = DEPTH,
                                                           .format = AEROGPU_FORMAT_D32_FLOAT,
                                                           .mip_level_count = 1,
                                                           .array_layer_count = 1 };
    struct world *world = with_image(false);

    add_view(world, VIEW, &whole);
    world->targets.depth_stencil = VIEW;
    world->depth.depth_enable = 1;
    stream_set_render_targets(&world->stream, &(struct stream_targets){ .depth_stencil = VIEW });
    stream_clear(&world->stream, AEROGPU_CLEAR_DEPTH, white, 0.25f, 0);
    add_quad(world, -1, 1, 1, -1, 0.5f, green);
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 1, 1), 0x000000FF);
    world_destroy(world);
}
END_TEST

START_TEST(presented_view_shows_its_subresource)
{
    struct world *world = with_image(false);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 1, 1, 1, 1);
    world->targets.colors[0] = VIEW;
    stream_set_render_targets(&world->stream, &world->targets);
    stream_present(&world->stream, 0);
    world_run(world);
    ck_assert_uint_eq(world->shown_width, 4);
    world_destroy(world);
}
END_TEST

/* The texture becomes a target: its view in t3 is unbound and reads as nothing bound does. */
START_TEST(target_is_unbound_from_its_views)
{
    static const float place[4] = { 0.5f, 0.5f, 0, 0 };
    struct world *world = with_image(true);
    struct stream_targets targets = { .color_count = 1, .colors = { IMAGE } };

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 1, 1, 0, 1);
    add_lookup(world, LOD_PS, VIEW, place);
    stream_set_render_targets(&world->stream, &targets);
    stream_set_render_targets(&world->stream, &world->targets);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
    ck_assert_uint_eq(texel(world, TARGET, 30, 30), 0x000000FF);
    world_destroy(world);
}
END_TEST

START_TEST(other_target_leaves_the_view_bound)
{
    static const float place[4] = { 0.5f, 0.5f, 0, 0 };
    struct world *world = with_image(true);
    struct stream_targets targets = { .color_count = 1, .colors = { TARGET } };

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 1, 1, 0, 1);
    add_lookup(world, LOD_PS, VIEW, place);
    stream_set_render_targets(&world->stream, &targets);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
    ck_assert_uint_eq(texel(world, TARGET, 30, 30), color_of(1, 0));
    world_destroy(world);
}
END_TEST

/* The other way round: a texture that shaders read is no target, nor are its views. */
static struct world *with_view_as_target_while_reading(uint32_t texture)
{
    static const float place[4] = { 0.5f, 0.5f, 0, 0 };
    struct world *world = with_image(true);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 0, 1, 0, 1);
    world->targets.colors[0] = VIEW;
    add_lookup(world, LOD_PS, texture, place);
    world_submit(world);
    return world;
}

START_TEST(shader_resource_is_no_target_any_more)
{
    struct world *world = with_view_as_target_while_reading(IMAGE);

    ck_assert_str_eq(world->last_rule, "target-missing");
    ck_assert_uint_eq(texel(world, IMAGE, 3, 3), color_of(0, 0));
    world_destroy(world);
}
END_TEST

START_TEST(other_shader_resource_leaves_the_target)
{
    struct world *world = with_view_as_target_while_reading(TARGET);

    ck_assert_uint_eq(world->errors, 0);
    ck_assert_uint_eq(texel(world, IMAGE, 3, 3), 0x000000FF);
    world_destroy(world);
}
END_TEST

/* A lenient host keeps the texels that a view shows, but no binding of them. */
START_TEST(views_of_a_dead_texture_are_unbound)
{
    static const float place[4] = { 0.5f, 0.5f, 0, 0 };
    struct world *world = with_image(true);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 1, 1, 0, 1);
    add_lookup(world, LOD_PS, VIEW, place);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_RESOURCE, IMAGE);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
    ck_assert_uint_eq(texel(world, TARGET, 30, 30), 0x000000FF);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_TEXTURE_VIEW, VIEW);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_OK);
    world_destroy(world);
}
END_TEST

#define REFUSES_VIEW(name, expected_rule, change)                                                  \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world = with_image(false);                                                   \
                                                                                                   \
        change;                                                                                    \
        ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);                                    \
        ck_assert_str_eq(world->rule, expected_rule);                                              \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

REFUSES_VIEW(view_of_no_mips_is_refused, "view-range",
             add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 0, 0, 0, 1))
REFUSES_VIEW(view_beyond_the_last_mip_is_refused, "view-range",
             add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 2, 2, 0, 1))
REFUSES_VIEW(view_beyond_the_last_layer_is_refused, "view-range",
             add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 0, 1, 1, UINT32_MAX))
REFUSES_VIEW(view_of_another_channel_order_is_refused, "view-format",
             add_part(world, VIEW, AEROGPU_FORMAT_B8G8R8A8_UNORM, 0, 1, 0, 1))
REFUSES_VIEW(view_handle_in_use_is_refused, "handle-in-use",
             add_part(world, TARGET, AEROGPU_FORMAT_R8G8B8A8_UNORM, 0, 1, 0, 1))

START_TEST(lenient_host_refuses_what_it_cannot_view)
{
    struct world *world = with_image(true);

    add_part(world, VIEW, AEROGPU_FORMAT_B8G8R8A8_UNORM, 0, 1, 0, 1);
    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 9, 1, 0, 1);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    world_destroy(world);
}
END_TEST

START_TEST(destroying_a_view_twice_is_fine)
{
    struct world *world = with_image(false);

    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 0, 1, 0, 1);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_TEXTURE_VIEW, VIEW);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_TEXTURE_VIEW, VIEW);
    world_run(world);
    ck_assert_uint_eq(texel_at(world, IMAGE, 0, 0, 0, 0), color_of(0, 0));
    world_destroy(world);
}
END_TEST

/* The host's tables forget the view first, then the texture that knows of it. */
START_TEST(view_with_an_older_handle_than_its_texture_ends)
{
    struct world *world = world_create(false);

    stream_create_buffer(&world->stream, VIEW, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 16, 0);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_RESOURCE, VIEW);
    add_image(world, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    add_part(world, VIEW, AEROGPU_FORMAT_R8G8B8A8_UNORM, 0, 1, 0, 1);
    world_run(world);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        whole_texture_begins_with_mip_0,
        whole_texture_ends_with_its_last_mip,
        whole_array_begins_with_layer_0,
        whole_array_has_all_its_layers,
        view_begins_with_its_first_mip,
        view_ends_with_its_last_mip,
        view_as_array_begins_with_its_first_layer,
        view_as_array_ends_with_its_last_layer,
        view_of_one_mip_has_no_other,
        draw_reaches_the_subresource_of_its_view,
        draw_leaves_other_subresources,
        clear_reaches_the_subresource_of_its_view,
        clear_through_an_srgb_view_encodes,
        draw_through_an_srgb_view_encodes,
        srgb_view_decodes,
        plain_view_does_not_decode,
        depth_is_tested_through_a_view,
        presented_view_shows_its_subresource,
        target_is_unbound_from_its_views,
        other_target_leaves_the_view_bound,
        shader_resource_is_no_target_any_more,
        other_shader_resource_leaves_the_target,
        views_of_a_dead_texture_are_unbound,
        view_of_no_mips_is_refused,
        view_beyond_the_last_mip_is_refused,
        view_beyond_the_last_layer_is_refused,
        view_of_another_channel_order_is_refused,
        view_handle_in_use_is_refused,
        lenient_host_refuses_what_it_cannot_view,
        destroying_a_view_twice_is_fine,
        view_with_an_older_handle_than_its_texture_ends,
    };

    return world_main("host texture views", tests, sizeof(tests) / sizeof(tests[0]));
}
