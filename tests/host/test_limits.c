/** Contexts, and what happens when there is no more memory. */
#include "world.h"

enum { IMAGE = FREE, BIG, MANY };

static struct aerogpu_alloc_entry no_entries;

static enum aerogpu_host_error submit_as(struct world *world, uint32_t context_id)
{
    const uint32_t size_bytes = stream_end(&world->stream);
    const enum aerogpu_host_error error =
        aerogpu_host_submit(world->host, context_id, world->memory, size_bytes, &no_entries, 0);

    stream_begin(&world->stream, world->memory, sizeof(world->memory));
    return error;
}

/* One bound state for all contexts (host semantics 1): the second draws with the first one's. */
START_TEST(contexts_share_bound_state)
{
    static const float red[4] = { 1, 0, 0, 1 };
    struct world *world = world_create(true);

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    add_state(world);
    ck_assert_int_eq(submit_as(world, 7), AEROGPU_HOST_OK);
    stream_draw(&world->stream, 6, 1, 0, 0);
    ck_assert_int_eq(submit_as(world, 8), AEROGPU_HOST_OK);
    ck_assert_uint_eq(texel(world, TARGET, 5, 5), 0xFF0000FF);
    world_destroy(world);
}
END_TEST

/* A strict host's submissions begin with nothing, those of another context included. */
START_TEST(strict_contexts_inherit_nothing)
{
    static const float red[4] = { 1, 0, 0, 1 };
    struct world *world = world_create(false);

    add_scene(world);
    add_quad(world, -1, 1, 1, -1, 0.5f, red);
    add_state(world);
    ck_assert_int_eq(submit_as(world, 7), AEROGPU_HOST_OK);
    stream_draw(&world->stream, 6, 1, 0, 0);
    ck_assert_int_eq(submit_as(world, 8), AEROGPU_HOST_CMD_DECODE);
    ck_assert_str_eq(world->rule, "state-undefined");
    world_destroy(world);
}
END_TEST

START_TEST(contexts_share_objects)
{
    struct world *world = world_create(false);

    add_texture(world, TARGET, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_RENDER_TARGET,
                4, 4, 1);
    ck_assert_int_eq(submit_as(world, 7), AEROGPU_HOST_OK);
    add_clear(world, 1, 0, 0, 1);
    ck_assert_int_eq(submit_as(world, 8), AEROGPU_HOST_OK);
    ck_assert_uint_eq(texel(world, TARGET, 0, 0), 0xFF0000FF);
    world_destroy(world);
}
END_TEST

START_TEST(errors_of_validation_name_their_context)
{
    struct world *world = world_create(false);

    stream_packet(&world->stream, 0x999, 8);
    ck_assert_int_ne(submit_as(world, 7), AEROGPU_HOST_OK);
    ck_assert_uint_eq(world->context_id, 7);
    world_destroy(world);
}
END_TEST

START_TEST(errors_of_execution_name_their_context)
{
    struct world *world = world_create_limited(false, 16 << 20);

    add_texture(world, BIG, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE, 4096,
                4096, 1);
    ck_assert_int_eq(submit_as(world, 9), AEROGPU_HOST_BACKEND);
    ck_assert_uint_eq(world->context_id, 9);
    world_destroy(world);
}
END_TEST

/* Four textures of 1 GiB each: refused before anything is touched. */
START_TEST(four_gigabytes_of_textures_are_an_error)
{
    struct world *world = world_create_limited(true, 64 << 20);

    for (uint32_t i = 0; i < 4; i++)
        add_texture(world, MANY + i, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE,
                    16384, 16384, 1);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_BACKEND);
    ck_assert_str_eq(world->rule, "create-texture");
    ck_assert_uint_eq(world->errors, 4);
    world_destroy(world);
}
END_TEST

/* Many small ones end at the limit, too, and those before it stay usable. */
START_TEST(many_textures_end_at_the_limit)
{
    struct world *world = world_create_limited(true, 16 << 20);

    for (uint32_t i = 0; i < 100; i++)
        add_texture(world, MANY + i, AEROGPU_FORMAT_R8G8B8A8_UNORM,
                    AEROGPU_RESOURCE_USAGE_RENDER_TARGET, 512, 512, 1);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_BACKEND);
    ck_assert_uint_ge(world->errors, 80);
    world->targets.colors[0] = MANY;
    add_clear(world, 0, 1, 0, 1);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_OK);
    ck_assert_uint_eq(texel(world, MANY, 500, 500), 0x00FF00FF);
    world_destroy(world);
}
END_TEST

START_TEST(buffers_end_at_the_limit)
{
    struct world *world = world_create_limited(false, 16 << 20);

    stream_create_buffer(&world->stream, BIG, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 32 << 20, 0);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_BACKEND);
    ck_assert_str_eq(world->rule, "create-buffer");
    world_destroy(world);
}
END_TEST

START_TEST(buffers_below_the_limit_are_made)
{
    struct world *world = world_create_limited(false, 16 << 20);

    stream_create_buffer(&world->stream, BIG, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 8 << 20, 0);
    world_run(world);
    world_destroy(world);
}
END_TEST

/* 1 MiB a hundred times: what died makes room within the submission. */
START_TEST(dead_textures_make_room)
{
    struct world *world = world_create_limited(false, 16 << 20);

    for (uint32_t i = 0; i < 100; i++) {
        add_texture(world, MANY + i, AEROGPU_FORMAT_R8G8B8A8_UNORM, AEROGPU_RESOURCE_USAGE_TEXTURE,
                    512, 512, 1);
        stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_RESOURCE, MANY + i);
    }
    world_run(world);
    world_destroy(world);
}
END_TEST

/* 64 KiB to guest memory a thousand times: more than the device may have at once. */
START_TEST(transfers_make_room)
{
    const struct aerogpu_cmd_copy_buffer copy = { .dst_buffer = IMAGE,
                                                  .src_buffer = BIG,
                                                  .size_bytes = GUEST_BYTES,
                                                  .flags = AEROGPU_COPY_FLAG_WRITEBACK_DST };
    struct world *world = world_create_limited(false, 24 << 20);
    const uint32_t word = 0x12345678;

    stream_create_buffer(&world->stream, BIG, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, GUEST_BYTES, 0);
    stream_create_buffer(&world->stream, IMAGE, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, GUEST_BYTES,
                         ALLOCATION);
    add_upload(world, BIG, GUEST_BYTES - 4, &word, 4);
    for (uint32_t i = 0; i < 1000; i++)
        add_buffer_copy(world, &copy);
    world_run(world);
    ck_assert_mem_eq(world->guest + GUEST_BYTES - 4, &word, 4);
    world_destroy(world);
}
END_TEST

/* A copy inside of a buffer needs a second place of its size; the second message is about that. */
START_TEST(transfer_beyond_the_limit_is_an_error)
{
    const struct aerogpu_cmd_copy_buffer copy = { .dst_buffer = BIG,
                                                  .src_buffer = BIG,
                                                  .size_bytes = 8 << 20 };
    struct world *world = world_create_limited(true, 12 << 20);

    stream_create_buffer(&world->stream, BIG, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 8 << 20, 0);
    add_buffer_copy(world, &copy);
    world_submit(world);
    ck_assert_str_eq(world->last_rule, "out-of-memory");
    world_destroy(world);
}
END_TEST

/* Samplers cost no device memory, and end nevertheless; those there are stay. */
START_TEST(objects_have_a_limit)
{
    const struct stream_sampler sampler = { .filter = AEROGPU_SAMPLER_FILTER_NEAREST };
    struct world *world = world_create(true);
    uint32_t handle = 1;

    while (world->errors == 0 && handle < 1000000) {
        for (uint32_t i = 0; i < 9000; i++)
            stream_create_sampler(&world->stream, handle++, &sampler);
        world_submit(world);
    }
    ck_assert_str_eq(world->rule, "too-many-objects");
    ck_assert_uint_gt(handle, 200000);
    world->errors = 0;
    stream_destroy(&world->stream, AEROGPU_CMD_DESTROY_SAMPLER, 1);
    stream_create_sampler(&world->stream, handle, &sampler);
    ck_assert_int_eq(world_submit(world), AEROGPU_HOST_OK);
    world_destroy(world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        contexts_share_bound_state,
        strict_contexts_inherit_nothing,
        contexts_share_objects,
        errors_of_validation_name_their_context,
        errors_of_execution_name_their_context,
        four_gigabytes_of_textures_are_an_error,
        many_textures_end_at_the_limit,
        buffers_end_at_the_limit,
        buffers_below_the_limit_are_made,
        dead_textures_make_room,
        transfers_make_room,
        transfer_beyond_the_limit_is_an_error,
        objects_have_a_limit,
    };

    return world_main("host limits", tests, sizeof(tests) / sizeof(tests[0]));
}
