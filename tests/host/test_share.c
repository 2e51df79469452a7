/** Shared surfaces: one texture under several handles, tokens, and when each of them ends. */
#include "world.h"

enum { ALIAS = FREE, SECOND, OTHER };

#define TOKEN 0x123456789ull
#define RED   0xFF0000FFu

static void add_export(struct world *world, uint32_t handle, uint64_t token)
{
    struct aerogpu_cmd_export_shared_surface *cmd =
        stream_packet(&world->stream, AEROGPU_CMD_EXPORT_SHARED_SURFACE, sizeof(*cmd));

    cmd->resource_handle = handle;
    cmd->reserved0 = 0;
    cmd->share_token = token;
}

static void add_import(struct world *world, uint32_t handle, uint64_t token)
{
    struct aerogpu_cmd_import_shared_surface *cmd =
        stream_packet(&world->stream, AEROGPU_CMD_IMPORT_SHARED_SURFACE, sizeof(*cmd));

    cmd->out_resource_handle = handle;
    cmd->reserved0 = 0;
    cmd->share_token = token;
}

static void add_release(struct world *world, uint64_t token)
{
    struct aerogpu_cmd_release_shared_surface *cmd =
        stream_packet(&world->stream, AEROGPU_CMD_RELEASE_SHARED_SURFACE, sizeof(*cmd));

    cmd->share_token = token;
    cmd->reserved0 = 0;
}

/* A guest-backed target under two handles. */
static struct world *with_alias(bool is_lenient)
{
    const struct stream_texture2d texture = { AEROGPU_RESOURCE_USAGE_RENDER_TARGET |
                                                  AEROGPU_RESOURCE_USAGE_TEXTURE,
                                              AEROGPU_FORMAT_R8G8B8A8_UNORM,
                                              4,
                                              4,
                                              1,
                                              1,
                                              16,
                                              ALLOCATION };
    struct world *world = world_create(is_lenient);

    stream_create_texture2d(&world->stream, OTHER, &texture);
    add_export(world, OTHER, TOKEN);
    add_import(world, ALIAS, TOKEN);
    world->targets.colors[0] = ALIAS;
    return world;
}

START_TEST(what_the_alias_draws_the_original_shows)
{
    struct world *world = with_alias(false);

    add_clear(world, 1, 0, 0, 1);
    world_run(world);
    ck_assert_uint_eq(texel(world, OTHER, 1, 1), RED);
    world_destroy(world);
}
END_TEST

START_TEST(alias_outlives_the_original)
{
    struct world *world = with_alias(false);

    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_RESOURCE, OTHER);
    add_clear(world, 1, 0, 0, 1);
    world_run(world);
    ck_assert_uint_eq(texel(world, ALIAS, 1, 1), RED);
    world_destroy(world);
}
END_TEST

START_TEST(alias_outlives_its_token)
{
    struct world *world = with_alias(false);

    add_release(world, TOKEN);
    add_clear(world, 1, 0, 0, 1);
    world_run(world);
    ck_assert_uint_eq(texel(world, ALIAS, 1, 1), RED);
    world_destroy(world);
}
END_TEST

/* An alias bound as target is the same texture as its original in a shader's table. */
START_TEST(original_is_unbound_where_its_alias_becomes_a_target)
{
    static const float place[4] = { 0.5f, 0.5f, 0, 0 };
    struct world *world = world_create(true);
    const struct stream_targets alias = { .color_count = 1, .colors = { ALIAS } };

    add_scene(world);
    add_lookups(world);
    add_texture(world, OTHER, AEROGPU_FORMAT_R8G8B8A8_UNORM,
                AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_TEXTURE, 4, 4, 1);
    add_export(world, OTHER, TOKEN);
    add_import(world, ALIAS, TOKEN);
    add_lookup(world, LOD_PS, OTHER, place);
    stream_set_render_targets(&world->stream, &alias);
    stream_set_render_targets(&world->stream, &world->targets);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_submit(world);
    ck_assert_uint_eq(texel(world, TARGET, 5, 5), 0x000000FF);
    world_destroy(world);
}
END_TEST

START_TEST(exporting_twice_is_fine)
{
    struct world *world = with_alias(false);

    add_export(world, OTHER, TOKEN);
    add_import(world, SECOND, TOKEN);
    world_run(world);
    ck_assert_uint_eq(texel(world, SECOND, 1, 1), 0);
    world_destroy(world);
}
END_TEST

/* No extra reference (section 6.9), though a strict host's validator wants no repetition. */
START_TEST(importing_again_counts_once)
{
    struct aerogpu_host_image image;
    struct world *world = with_alias(true);

    add_import(world, ALIAS, TOKEN);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_RESOURCE, OTHER);
    world_submit(world);
    ck_assert_uint_eq(texel(world, ALIAS, 1, 1), 0);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_RESOURCE, ALIAS);
    world_submit(world);
    ck_assert(!aerogpu_host_read_texture(world->host, ALIAS, 0, 0, &image));
    world_destroy(world);
}
END_TEST

#define REFUSES_SHARING(name, expected_rule, change)                                               \
    START_TEST(name)                                                                               \
    {                                                                                              \
        struct world *world = with_alias(false);                                                   \
                                                                                                   \
        change;                                                                                    \
        ck_assert_int_eq(world_submit(world), AEROGPU_HOST_CMD_DECODE);                            \
        ck_assert_str_eq(world->rule, expected_rule);                                              \
        world_destroy(world);                                                                      \
    }                                                                                              \
    END_TEST

REFUSES_SHARING(unknown_tokens_are_refused, "share-unknown", add_import(world, SECOND, TOKEN + 1))
REFUSES_SHARING(released_tokens_are_refused, "share-released",
                (add_release(world, TOKEN), add_import(world, SECOND, TOKEN)))
REFUSES_SHARING(handles_in_use_are_refused, "handle-in-use", add_import(world, OTHER, TOKEN))

/* The last handle takes the token with it. */
START_TEST(token_ends_with_its_texture)
{
    struct world *world = with_alias(false);

    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_RESOURCE, OTHER);
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_RESOURCE, ALIAS);
    world_run(world);
    add_import(world, SECOND, TOKEN);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_CMD_DECODE);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        what_the_alias_draws_the_original_shows,
        alias_outlives_the_original,
        alias_outlives_its_token,
        original_is_unbound_where_its_alias_becomes_a_target,
        exporting_twice_is_fine,
        importing_again_counts_once,
        unknown_tokens_are_refused,
        released_tokens_are_refused,
        handles_in_use_are_refused,
        token_ends_with_its_texture,
    };

    return world_main("host shared surfaces", tests, sizeof(tests) / sizeof(tests[0]));
}
