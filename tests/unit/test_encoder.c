/** The encoder: framing, in-place writing, growth, and the sticky failure. */
#include <stdlib.h>
#include <string.h>

#include "stream/emit.h"
#include "test_main.h"

enum { ROOM = 256 };

static uint8_t memory[ROOM];
static struct stream stream;

static void begin(size_t capacity_bytes)
{
    memset(memory, 0xEE, sizeof(memory));
    stream_begin(&stream, memory, capacity_bytes);
}

static uint32_t word_at(size_t offset_bytes)
{
    uint32_t word;

    memcpy(&word, memory + offset_bytes, sizeof(word));
    return word;
}

START_TEST(fresh_stream_is_a_header)
{
    begin(ROOM);
    ck_assert_uint_eq(stream_end(&stream), 24);
}
END_TEST

START_TEST(header_carries_the_version_the_driver_was_built_for)
{
    begin(ROOM);
    ck_assert_uint_eq(word_at(4), 0x00010004);
}
END_TEST

START_TEST(end_patches_the_size_into_the_header)
{
    begin(ROOM);
    stream_draw(&stream, 3, 1, 0, 0);
    stream_end(&stream);
    ck_assert_uint_eq(word_at(8), 24 + 24);
}
END_TEST

START_TEST(packet_is_written_in_place)
{
    begin(ROOM);
    stream_draw(&stream, 3, 1, 7, 0);
    ck_assert_uint_eq(word_at(24 + 16), 7);
}
END_TEST

START_TEST(header_without_packets_is_empty)
{
    begin(ROOM);
    ck_assert(stream_is_empty(&stream));
}
END_TEST

START_TEST(stream_with_a_nop_is_not_empty)
{
    begin(ROOM);
    stream_nop(&stream);
    ck_assert(!stream_is_empty(&stream));
}
END_TEST

START_TEST(packet_that_just_fits_is_written)
{
    begin(24 + 24);
    stream_draw(&stream, 3, 1, 0, 0);
    ck_assert(!stream.has_failed);
}
END_TEST

START_TEST(packet_one_word_too_long_fails)
{
    begin(24 + 20);
    stream_draw(&stream, 3, 1, 0, 0);
    ck_assert(stream.has_failed);
}
END_TEST

START_TEST(failed_packet_leaves_the_memory_behind_the_stream_alone)
{
    begin(24 + 20);
    stream_draw(&stream, 3, 1, 0, 0);
    ck_assert_uint_eq(word_at(24 + 20), 0xEEEEEEEE);
}
END_TEST

START_TEST(nothing_is_written_behind_a_packet_that_failed)
{
    begin(24 + 20);
    stream_draw(&stream, 3, 1, 0, 0);
    stream_nop(&stream);
    ck_assert_uint_eq(stream_end(&stream), 24);
}
END_TEST

START_TEST(too_small_memory_is_a_stream_that_failed)
{
    stream_begin(&stream, memory, 23);
    ck_assert(stream.has_failed);
}
END_TEST

START_TEST(payload_that_does_not_fit_has_no_place)
{
    begin(24 + 32 + 4);
    ck_assert_ptr_null(stream_upload_resource(&stream, 1, 0, 8));
}
END_TEST

START_TEST(payload_is_padded_to_a_word)
{
    begin(ROOM);
    stream_upload_resource(&stream, 1, 0, 5);
    ck_assert_uint_eq(word_at(24 + 4), 32 + 8);
}
END_TEST

START_TEST(padding_is_zero)
{
    uint8_t *payload;

    begin(ROOM);
    payload = stream_upload_resource(&stream, 1, 0, 5);
    ck_assert(payload[5] == 0 && payload[6] == 0 && payload[7] == 0);
}
END_TEST

START_TEST(payload_directly_follows_the_fixed_part)
{
    begin(ROOM);
    ck_assert_ptr_eq(stream_upload_resource(&stream, 1, 0, 4), memory + 24 + 32);
}
END_TEST

static void *grow(void *user, void *block, size_t *capacity_bytes)
{
    (void)user;
    return realloc(block, *capacity_bytes);
}

static void *grow_no_more(void *user, void *block, size_t *capacity_bytes)
{
    (void)user;
    return block ? NULL : malloc(*capacity_bytes);
}

START_TEST(growable_stream_takes_any_number_of_packets)
{
    stream_begin_growable(&stream, grow, NULL);
    for (int i = 0; i < 1000; i++)
        stream_draw(&stream, 3, 1, 0, 0);
    ck_assert_uint_eq(stream_end(&stream), 24 + 1000 * 24);
    free(stream.base);
}
END_TEST

START_TEST(growable_stream_keeps_what_it_holds)
{
    uint32_t first_vertex;

    stream_begin_growable(&stream, grow, NULL);
    stream_draw(&stream, 3, 1, 77, 0);
    for (int i = 0; i < 100; i++)
        stream_nop(&stream);
    memcpy(&first_vertex, stream.base + 24 + 16, sizeof(first_vertex));
    ck_assert_uint_eq(first_vertex, 77);
    free(stream.base);
}
END_TEST

START_TEST(stream_that_cannot_grow_fails)
{
    stream_begin_growable(&stream, grow_no_more, NULL);
    stream_nop(&stream);
    ck_assert(stream.has_failed);
    free(stream.base);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("encoder");
    TCase *framing = tcase_create("framing");
    TCase *room = tcase_create("room");
    TCase *growth = tcase_create("growth");

    tcase_add_test(framing, fresh_stream_is_a_header);
    tcase_add_test(framing, header_carries_the_version_the_driver_was_built_for);
    tcase_add_test(framing, end_patches_the_size_into_the_header);
    tcase_add_test(framing, packet_is_written_in_place);
    tcase_add_test(framing, header_without_packets_is_empty);
    tcase_add_test(framing, stream_with_a_nop_is_not_empty);
    tcase_add_test(framing, payload_is_padded_to_a_word);
    tcase_add_test(framing, padding_is_zero);
    tcase_add_test(framing, payload_directly_follows_the_fixed_part);
    tcase_add_test(room, packet_that_just_fits_is_written);
    tcase_add_test(room, packet_one_word_too_long_fails);
    tcase_add_test(room, failed_packet_leaves_the_memory_behind_the_stream_alone);
    tcase_add_test(room, nothing_is_written_behind_a_packet_that_failed);
    tcase_add_test(room, too_small_memory_is_a_stream_that_failed);
    tcase_add_test(room, payload_that_does_not_fit_has_no_place);
    tcase_add_test(growth, growable_stream_takes_any_number_of_packets);
    tcase_add_test(growth, growable_stream_keeps_what_it_holds);
    tcase_add_test(growth, stream_that_cannot_grow_fails);
    suite_add_tcase(suite, framing);
    suite_add_tcase(suite, room);
    suite_add_tcase(suite, growth);
    return test_run(suite);
}
