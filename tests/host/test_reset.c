/** A host that is reset knows nothing of the guest any more. */
#include "world.h"

enum { IMAGE = FREE, SHARED, ALIAS, TOKEN = 0x1234 };

#define RED 0xFF0000FFu

static void add_shared_texture(struct world *world)
{
    const struct stream_texture2d texture = {
        AEROGPU_RESOURCE_USAGE_TEXTURE, AEROGPU_FORMAT_R8G8B8A8_UNORM, 1, 1, 1, 1, 4, ALLOCATION
    };
    struct aerogpu_cmd_export_shared_surface *cmd;

    stream_create_texture2d(&world->stream, SHARED, &texture);
    cmd = stream_packet(&world->stream, AEROGPU_CMD_EXPORT_SHARED_SURFACE, sizeof(*cmd));
    cmd->resource_handle = SHARED;
    cmd->reserved0 = 0;
    cmd->share_token = TOKEN;
}

static void add_import(struct world *world)
{
    struct aerogpu_cmd_import_shared_surface *cmd =
        stream_packet(&world->stream, AEROGPU_CMD_IMPORT_SHARED_SURFACE, sizeof(*cmd));

    cmd->out_resource_handle = ALIAS;
    cmd->reserved0 = 0;
    cmd->share_token = TOKEN;
}

/* A host with the scene, a red image, a shared texture, and everything bound. */
static struct world *with_past(bool is_lenient)
{
    struct world *world = world_create(is_lenient);
    const uint8_t red[4] = { 255, 0, 0, 255 };

    add_scene(world);
    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 1, 1,
                1);
    add_upload(world, IMAGE, 0, red, sizeof(red));
    add_shared_texture(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, (const float[4]){ 1, 0, 0, 1 });
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    return world;
}

static struct world *after_reset(bool is_lenient)
{
    struct world *world = with_past(is_lenient);

    ck_assert(aerogpu_host_reset(world->host));
    return world;
}

START_TEST(objects_are_there_before_a_reset)
{
    struct world *world = with_past(false);

    ck_assert_uint_eq(texel(world, IMAGE, 0, 0), RED);
    world_destroy(world);
}
END_TEST

START_TEST(objects_are_gone_after_a_reset)
{
    struct world *world = after_reset(false);
    struct aerogpu_host_image image;
    uint8_t byte;

    ck_assert(!aerogpu_host_read_texture(world->host, IMAGE, 0, 0, &image));
    ck_assert(!aerogpu_host_read_buffer(world->host, VERTICES, 0, &byte, 1));
    world_destroy(world);
}
END_TEST

START_TEST(gone_objects_are_unknown_to_the_validator)
{
    struct world *world = after_reset(false);

    add_upload(world, IMAGE, 0, "abcd", 4);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_CMD_DECODE);
    ck_assert_str_eq(world->rule, "handle-unknown");
    world_destroy(world);
}
END_TEST

START_TEST(handles_are_taken_before_a_reset)
{
    struct world *world = with_past(false);

    add_texture(world, IMAGE, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 1, 1,
                1);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    world_destroy(world);
}
END_TEST

START_TEST(the_same_scene_is_drawn_again_after_a_reset)
{
    struct world *world = after_reset(false);

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, (const float[4]){ 0, 1, 0, 1 });
    add_state(world);
    stream_draw(&world->stream, 6, 1, 0, 0);
    world_run(world);
    ck_assert_uint_eq(texel(world, TARGET, 5, 5), 0x00FF00FF);
    world_destroy(world);
}
END_TEST

START_TEST(a_token_leads_nowhere_after_a_reset)
{
    struct world *world = after_reset(true);

    add_import(world);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_str_eq(world->rule, "share-unknown");
    world_destroy(world);
}
END_TEST

START_TEST(a_token_leads_somewhere_before_a_reset)
{
    struct world *world = with_past(false);

    add_import(world);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_OK);
    world_destroy(world);
}
END_TEST

/* A lenient host keeps bound state: PRESENT shows the bound target. */
START_TEST(bound_state_is_gone_after_a_reset)
{
    struct world *world = after_reset(true);

    stream_present(&world->stream, 0);
    ck_assert_int_ne(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_uint_eq(world->shown, 0);
    world_destroy(world);
}
END_TEST

START_TEST(bound_state_is_there_before_a_reset)
{
    struct world *world = with_past(true);

    stream_present(&world->stream, 0);
    world_submit(world);
    ck_assert_uint_eq(world->shown, 1);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        objects_are_there_before_a_reset,
        objects_are_gone_after_a_reset,
        gone_objects_are_unknown_to_the_validator,
        handles_are_taken_before_a_reset,
        the_same_scene_is_drawn_again_after_a_reset,
        a_token_leads_nowhere_after_a_reset,
        a_token_leads_somewhere_before_a_reset,
        bound_state_is_gone_after_a_reset,
        bound_state_is_there_before_a_reset,
    };

    return world_main("host reset", tests, sizeof(tests) / sizeof(tests[0]));
}
