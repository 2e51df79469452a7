/** Handles and alloc ids: which counter values are passed over (driver semantics 24). */
#include "platform/ids.h"
#include "test_main.h"

static const struct {
    uint64_t value;
    uint32_t handle, alloc_id;
} values[] = {
    { 1, 1, 1 },
    { 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF },
    { 0x80000000, 0, 0 },
    { 0x80000001, 0x80000001, 1 },
    { 0xFFFFFEFF, 0xFFFFFEFF, 0x7FFFFEFF },
    { 0xFFFFFF00, 0, 0x7FFFFF00 },
    { 0xFFFFFF05, 0, 0x7FFFFF05 },
    { 0xFFFFFF06, 0xFFFFFF06, 0x7FFFFF06 },
    { 0x100000000, 0, 0 },
    { 0x100000001, 1, 1 },
};

START_TEST(counter_value_stands_for_this_handle)
{
    ck_assert_uint_eq(ids_handle_of(values[_i].value), values[_i].handle);
}
END_TEST

START_TEST(counter_value_stands_for_this_alloc_id)
{
    ck_assert_uint_eq(ids_alloc_id_of(values[_i].value), values[_i].alloc_id);
}
END_TEST

START_TEST(two_handles_differ)
{
    ck_assert_uint_ne(ids_next_handle(), ids_next_handle());
}
END_TEST

START_TEST(handle_and_alloc_id_differ)
{
    ck_assert_uint_ne(ids_next_handle(), ids_next_alloc_id());
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ids");
    TCase *tcase = tcase_create("ids");
    const int count = (int)(sizeof(values) / sizeof(values[0]));

    tcase_add_loop_test(tcase, counter_value_stands_for_this_handle, 0, count);
    tcase_add_loop_test(tcase, counter_value_stands_for_this_alloc_id, 0, count);
    tcase_add_test(tcase, two_handles_differ);
    tcase_add_test(tcase, handle_and_alloc_id_differ);
    suite_add_tcase(suite, tcase);
    return test_run(suite);
}
