/** The submission queue on a scripted outside world: splitting, listing, graves, loss. */
#include <string.h>

#include "platform/heap.h"
#include "stream/emit.h"
#include "test_main.h"
#include "wddm/queue.h"

enum { COMMAND_BYTES = 4096, LIST_ENTRIES = 16, BIG_COMMAND_BYTES = 65536 };

/* A world that remembers what it is asked, and answers as told. */
static struct world {
    struct wddm wddm;
    uint8_t command[2][BIG_COMMAND_BYTES];
    struct wddm_list_entry list[2][LIST_ENTRIES * 4];
    uint32_t command_bytes, list_entries;
    int turn;
    int renders, amortizes, deallocations, contexts;
    uint32_t last_bytes, last_entries, last_flags;
    enum result render_result;
    int failures_left; /* renders that still fail with render_result */
    bool keeps_buffers;
    bool grants_resize;
    void (*from_inside)(void);
} world;

static struct wddm_queue queue;

static void lend(struct wddm_buffers *buffers)
{
    *buffers = (struct wddm_buffers){ world.command[world.turn], world.command_bytes,
                                      world.list[world.turn], world.list_entries };
}

static enum result create_context(struct wddm *wddm, struct wddm_buffers *first)
{
    (void)wddm;
    world.contexts++;
    lend(first);
    return RESULT_OK;
}

static void destroy_context(struct wddm *wddm)
{
    (void)wddm;
    world.contexts--;
}

static enum result render(struct wddm *wddm, const struct wddm_render *what,
                          struct wddm_buffers *next)
{
    (void)wddm;
    world.renders++;
    world.last_bytes = what->command_bytes;
    world.last_entries = what->list_entries;
    world.last_flags = what->list_entries ? world.list[world.turn][0].flags : 0;
    if (world.from_inside)
        world.from_inside();
    if (world.failures_left > 0) {
        world.failures_left--;
        if (!world.keeps_buffers)
            world.turn ^= 1;
        lend(next);
        return world.render_result;
    }
    if (world.grants_resize && what->want_command_bytes)
        world.command_bytes = what->want_command_bytes;
    if (world.grants_resize && what->want_list_entries)
        world.list_entries = what->want_list_entries;
    world.turn ^= 1;
    lend(next);
    return RESULT_OK;
}

static void amortize(struct wddm *wddm)
{
    (void)wddm;
    world.amortizes++;
}

static void deallocate(struct wddm *wddm, void *h_rt_resource)
{
    (void)wddm;
    (void)h_rt_resource;
    world.deallocations++;
}

static const struct wddm_ops ops = {
    .create_context = create_context,
    .destroy_context = destroy_context,
    .render = render,
    .amortize = amortize,
    .deallocate = deallocate,
};

static void set_up(void)
{
    memset(&world, 0, sizeof(world));
    world.wddm.ops = &ops;
    world.command_bytes = COMMAND_BYTES;
    world.list_entries = LIST_ENTRIES;
    ck_assert_int_eq(wddm_queue_init(&queue, &world.wddm), RESULT_OK);
}

static void tear_down(void)
{
    wddm_queue_finish(&queue);
    ck_assert_int_eq(heap_live_blocks(), 0);
}

static void draw(void)
{
    if (wddm_queue_reserve(&queue, sizeof(struct aerogpu_cmd_draw), 0) == RESULT_OK)
        stream_draw(&queue.stream, 3, 1, 0, 0);
}

START_TEST(context_with_small_command_buffer_is_refused)
{
    tear_down();
    world.command_bytes = COMMAND_BYTES - 1;
    ck_assert_int_eq(wddm_queue_init(&queue, &world.wddm), RESULT_OUT_OF_MEMORY);
    ck_assert_int_eq(world.contexts, 0);
}
END_TEST

START_TEST(context_with_short_list_is_refused)
{
    tear_down();
    world.list_entries = LIST_ENTRIES - 1;
    ck_assert_int_eq(wddm_queue_init(&queue, &world.wddm), RESULT_OUT_OF_MEMORY);
}
END_TEST

START_TEST(empty_stream_is_not_submitted)
{
    ck_assert_int_eq(wddm_queue_submit(&queue), RESULT_OK);
    ck_assert_int_eq(world.renders, 0);
}
END_TEST

START_TEST(submission_has_the_streams_size)
{
    draw();
    wddm_queue_submit(&queue);
    ck_assert_uint_eq(world.last_bytes, 24 + 24);
}
END_TEST

START_TEST(full_buffer_is_submitted_and_writing_goes_on)
{
    const int fitting = (COMMAND_BYTES - 24) / 24;

    for (int i = 0; i < fitting + 1; i++)
        draw();
    ck_assert_int_eq(world.renders, 1);
    ck_assert_uint_eq(stream_size_bytes(&queue.stream), 24 + 24);
}
END_TEST

START_TEST(full_list_is_submitted_and_listing_goes_on)
{
    struct wddm_allocation allocations[LIST_ENTRIES + 1];

    memset(allocations, 0, sizeof(allocations));
    for (int i = 0; i <= LIST_ENTRIES; i++) {
        ck_assert_int_eq(wddm_queue_reserve(&queue, 8, 1), RESULT_OK);
        wddm_queue_list(&queue, &allocations[i], 0);
        stream_nop(&queue.stream);
    }
    ck_assert_int_eq(world.renders, 1);
    ck_assert_uint_eq(world.last_entries, LIST_ENTRIES);
    ck_assert_uint_eq(queue.list_count, 1);
}
END_TEST

START_TEST(allocation_is_listed_once)
{
    struct wddm_allocation allocation = { .h_allocation = 5 };

    wddm_queue_list(&queue, &allocation, 0);
    wddm_queue_list(&queue, &allocation, 0);
    ck_assert_uint_eq(queue.list_count, 1);
}
END_TEST

START_TEST(write_intent_is_added_to_a_listed_allocation)
{
    struct wddm_allocation allocation = { .h_allocation = 5 };

    wddm_queue_list(&queue, &allocation, 0);
    wddm_queue_list(&queue, &allocation, WDDM_LIST_WRITE);
    wddm_queue_list(&queue, &allocation, 0);
    draw();
    wddm_queue_submit(&queue);
    ck_assert_uint_eq(world.last_flags, WDDM_LIST_WRITE);
}
END_TEST

START_TEST(allocation_is_listed_anew_after_a_submission)
{
    struct wddm_allocation allocation = { .h_allocation = 5 };

    wddm_queue_list(&queue, &allocation, WDDM_LIST_WRITE);
    draw();
    wddm_queue_submit(&queue);
    wddm_queue_list(&queue, &allocation, 0);
    ck_assert_uint_eq(queue.list_count, 1);
    ck_assert_uint_eq(queue.list[0].flags, 0);
}
END_TEST

START_TEST(packet_larger_than_the_buffer_asks_for_a_bigger_one)
{
    world.grants_resize = true;
    ck_assert_int_eq(wddm_queue_reserve(&queue, 20000, 0), RESULT_OK);
    ck_assert_uint_ge(stream_room_bytes(&queue.stream), 20000);
}
END_TEST

START_TEST(packet_larger_than_any_buffer_is_out_of_memory)
{
    ck_assert_int_eq(wddm_queue_reserve(&queue, 20000, 0), RESULT_OUT_OF_MEMORY);
    ck_assert(!queue.is_lost);
}
END_TEST

START_TEST(list_longer_than_the_kernels_asks_for_a_longer_one)
{
    world.grants_resize = true;
    ck_assert_int_eq(wddm_queue_reserve(&queue, 8, LIST_ENTRIES * 2), RESULT_OK);
}
END_TEST

START_TEST(absurd_size_is_out_of_memory)
{
    ck_assert_int_eq(wddm_queue_reserve(&queue, (size_t)1 << 31, 0), RESULT_OUT_OF_MEMORY);
    ck_assert_int_eq(world.renders, 0);
}
END_TEST

START_TEST(amortized_processing_follows_every_submission)
{
    draw();
    wddm_queue_submit(&queue);
    draw();
    wddm_queue_submit(&queue);
    ck_assert_int_eq(world.amortizes, 2);
}
END_TEST

START_TEST(allocation_is_freed_after_the_submission_that_destroys_it)
{
    wddm_queue_announce(&queue);
    wddm_queue_destroy(&queue, AEROGPU_CMD_DESTROY_RESOURCE, 7, &world);
    ck_assert_int_eq(world.deallocations, 0);
    wddm_queue_submit(&queue);
    ck_assert_int_eq(world.deallocations, 1);
}
END_TEST

static void destroy_from_inside(void)
{
    world.from_inside = NULL;
    wddm_queue_destroy(&queue, AEROGPU_CMD_DESTROY_RESOURCE, 7, &world);
}

START_TEST(destroy_from_inside_a_submission_goes_into_the_next)
{
    wddm_queue_announce(&queue);
    world.from_inside = destroy_from_inside;
    draw();
    wddm_queue_submit(&queue);
    ck_assert_uint_eq(world.last_bytes, 24 + 24);
    ck_assert_uint_eq(stream_size_bytes(&queue.stream), 24 + 16);
}
END_TEST

START_TEST(allocation_destroyed_from_inside_a_submission_outlives_it)
{
    wddm_queue_announce(&queue);
    world.from_inside = destroy_from_inside;
    draw();
    wddm_queue_submit(&queue);
    ck_assert_int_eq(world.deallocations, 0);
    wddm_queue_submit(&queue);
    ck_assert_int_eq(world.deallocations, 1);
}
END_TEST

static void destroy_many_from_inside(void)
{
    world.from_inside = NULL;
    for (uint32_t i = 0; i < 600; i++)
        wddm_queue_destroy(&queue, AEROGPU_CMD_DESTROY_RESOURCE, 1 + i, &world);
}

START_TEST(more_destroys_from_inside_than_a_buffer_takes_all_get_through)
{
    for (int i = 0; i < 600; i++)
        wddm_queue_announce(&queue);
    world.from_inside = destroy_many_from_inside;
    draw();
    while (!stream_is_empty(&queue.stream))
        wddm_queue_submit(&queue);
    ck_assert_int_eq(world.deallocations, 600);
}
END_TEST

START_TEST(out_of_memory_with_the_same_buffer_is_tried_again)
{
    world.render_result = RESULT_OUT_OF_MEMORY;
    world.failures_left = 1;
    world.keeps_buffers = true;
    draw();
    ck_assert_int_eq(wddm_queue_submit(&queue), RESULT_OK);
    ck_assert_int_eq(world.renders, 2);
}
END_TEST

START_TEST(out_of_memory_with_another_buffer_loses_the_device)
{
    world.render_result = RESULT_OUT_OF_MEMORY;
    world.failures_left = 1;
    draw();
    ck_assert_int_eq(wddm_queue_submit(&queue), RESULT_DEVICE_REMOVED);
    ck_assert_int_eq(world.renders, 1);
}
END_TEST

START_TEST(lost_device_submits_nothing_more)
{
    world.render_result = RESULT_DEVICE_REMOVED;
    world.failures_left = 1;
    draw();
    wddm_queue_submit(&queue);
    draw();
    ck_assert_int_eq(wddm_queue_submit(&queue), RESULT_DEVICE_REMOVED);
    ck_assert_int_eq(world.renders, 1);
}
END_TEST

START_TEST(lost_device_frees_waiting_allocations)
{
    wddm_queue_announce(&queue);
    wddm_queue_destroy(&queue, AEROGPU_CMD_DESTROY_RESOURCE, 7, &world);
    world.render_result = RESULT_DEVICE_REMOVED;
    world.failures_left = 1;
    wddm_queue_submit(&queue);
    ck_assert_int_eq(world.deallocations, 1);
}
END_TEST

START_TEST(lost_device_frees_later_allocations_at_once)
{
    wddm_queue_announce(&queue);
    world.render_result = RESULT_DEVICE_REMOVED;
    world.failures_left = 1;
    draw();
    wddm_queue_submit(&queue);
    wddm_queue_destroy(&queue, AEROGPU_CMD_DESTROY_RESOURCE, 7, &world);
    ck_assert_int_eq(world.deallocations, 1);
}
END_TEST

START_TEST(finish_sends_what_is_pending)
{
    draw();
    wddm_queue_finish(&queue);
    ck_assert_int_eq(world.renders, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("queue");
    TCase *tcase = tcase_create("queue");
    const TTest *const tests[] = {
        context_with_small_command_buffer_is_refused,
        context_with_short_list_is_refused,
        empty_stream_is_not_submitted,
        submission_has_the_streams_size,
        full_buffer_is_submitted_and_writing_goes_on,
        full_list_is_submitted_and_listing_goes_on,
        allocation_is_listed_once,
        write_intent_is_added_to_a_listed_allocation,
        allocation_is_listed_anew_after_a_submission,
        packet_larger_than_the_buffer_asks_for_a_bigger_one,
        packet_larger_than_any_buffer_is_out_of_memory,
        list_longer_than_the_kernels_asks_for_a_longer_one,
        absurd_size_is_out_of_memory,
        amortized_processing_follows_every_submission,
        allocation_is_freed_after_the_submission_that_destroys_it,
        destroy_from_inside_a_submission_goes_into_the_next,
        allocation_destroyed_from_inside_a_submission_outlives_it,
        more_destroys_from_inside_than_a_buffer_takes_all_get_through,
        out_of_memory_with_the_same_buffer_is_tried_again,
        out_of_memory_with_another_buffer_loses_the_device,
        lost_device_submits_nothing_more,
        lost_device_frees_waiting_allocations,
        lost_device_frees_later_allocations_at_once,
        finish_sends_what_is_pending,
    };

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return test_run(suite);
}
