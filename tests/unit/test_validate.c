/**
 * The strict validator, case by case: each case breaks one rule and only that one, or none. Another
 * test sees to it that every rule is broken by some case.
 */
#include "validate_cases_copies.h"
#include "validate_cases_draw.h"
#include "validate_cases_framing.h"
#include "validate_cases_handles.h"
#include "validate_cases_link.h"
#include "validate_cases_resources.h"
#include "validate_cases_shaders.h"
#include "validate_cases_state.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct case_table {
    const char *name;
    const struct validate_case *cases;
    size_t count;
};

static const struct case_table tables[] = {
    { "framing", framing_cases, COUNT(framing_cases) },
    { "handle", handle_cases, COUNT(handle_cases) },
    { "resource", resource_cases, COUNT(resource_cases) },
    { "copy", copy_cases, COUNT(copy_cases) },
    { "shader", shader_cases, COUNT(shader_cases) },
    { "state", state_cases, COUNT(state_cases) },
    { "draw", draw_cases, COUNT(draw_cases) },
    { "link", link_cases, COUNT(link_cases) },
};

static void run_case(const struct validate_case *row)
{
    struct world *world = world_create();
    uint32_t errors;

    row->build(world);
    errors = world_submit_any(world);
    ck_assert_msg(errors == world->rule_count, "%s: %u errors, %u reported", row->name, errors,
                  world->rule_count);
    if (!row->rule)
        ck_assert_msg(errors == 0, "%s: %s: %s", row->name, world->rules[0], world->texts[0]);
    else
        ck_assert_msg(errors != 0, "%s: nothing was reported", row->name);
    for (uint32_t i = 0; i < world->rule_count; i++)
        ck_assert_msg(strcmp(world->rules[i], row->rule) == 0, "%s: reported %s: %s", row->name,
                      world->rules[i], world->texts[i]);
    world_destroy(world);
}

#define CASE_TEST(table)                                                                           \
    START_TEST(table##_case_breaks_its_rule_alone)                                                 \
    {                                                                                              \
        run_case(&table##_cases[_i]);                                                              \
    }                                                                                              \
    END_TEST
CASE_TEST(framing)
CASE_TEST(handle)
CASE_TEST(resource)
CASE_TEST(copy)
CASE_TEST(shader)
CASE_TEST(state)
CASE_TEST(draw)
CASE_TEST(link)

static bool is_broken_by_a_case(const char *rule)
{
    for (size_t i = 0; i < COUNT(tables); i++) {
        for (size_t k = 0; k < tables[i].count; k++) {
            if (tables[i].cases[k].rule && strcmp(tables[i].cases[k].rule, rule) == 0)
                return true;
        }
    }
    return false;
}

START_TEST(every_rule_is_broken_by_a_case)
{
    const struct aerogpu_rule *rule;

    for (uint32_t i = 0; (rule = aerogpu_rule_get(i)); i++) {
        /* Broken by its own test below. */
        if (strcmp(rule->name, "out-of-memory") == 0)
            continue;
        ck_assert_msg(is_broken_by_a_case(rule->name), "no case breaks %s", rule->name);
    }
}
END_TEST

START_TEST(every_case_names_a_rule)
{
    for (size_t i = 0; i < COUNT(tables); i++) {
        for (size_t k = 0; k < tables[i].count; k++) {
            const char *name = tables[i].cases[k].rule;
            const struct aerogpu_rule *rule;
            uint32_t n = 0;

            while (name && (rule = aerogpu_rule_get(n)) && strcmp(rule->name, name) != 0)
                n++;
            ck_assert_msg(!name || aerogpu_rule_get(n), "no rule is called %s", name);
        }
    }
}
END_TEST

START_TEST(rules_have_unique_names_and_sources)
{
    const struct aerogpu_rule *rule;

    for (uint32_t i = 0; (rule = aerogpu_rule_get(i)); i++) {
        ck_assert_uint_gt(strlen(rule->source), 0);
        ck_assert_uint_gt(strlen(rule->description), 0);
        for (uint32_t k = 0; k < i; k++)
            ck_assert_str_ne(rule->name, aerogpu_rule_get(k)->name);
    }
}
END_TEST

START_TEST(message_tells_where_the_packet_is)
{
    struct world *world = world_create();

    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
    stream_packet(&world->stream, 0x999, 16);
    ck_assert_uint_eq(world_submit_any(world), 1);
    ck_assert_uint_eq(world->offsets[0], 24 + 8);
    world_destroy(world);
}
END_TEST

START_TEST(validation_goes_on_after_an_error)
{
    struct world *world = world_create();

    add_buffer(world, 0, 0, 16);
    add_targets(world, FREE, 0);
    ck_assert_uint_eq(world_submit_any(world), 2);
    ck_assert_str_eq(world->rules[0], "handle-zero");
    ck_assert_str_eq(world->rules[1], "handle-unknown");
    world_destroy(world);
}
END_TEST

START_TEST(errors_are_counted_without_a_report_function)
{
    const struct aerogpu_validator_config config = { .device_abi_minor = 4 };
    struct aerogpu_validator *validator = aerogpu_validator_create(&config);

    ck_assert_uint_eq(aerogpu_validator_submit(validator, "ACMD", 4, NULL, 0), 1);
    aerogpu_validator_destroy(validator);
}
END_TEST

START_TEST(live_objects_are_counted_by_kind)
{
    struct world *world = world_create();

    scene_create(world);
    world_submit(world);
    ck_assert_uint_eq(aerogpu_validator_live(world->validator, AEROGPU_OBJECT_BUFFER), 4);
    ck_assert_uint_eq(aerogpu_validator_live(world->validator, AEROGPU_OBJECT_TEXTURE), 3);
    ck_assert_uint_eq(aerogpu_validator_live(world->validator, AEROGPU_OBJECT_SHADER), 2);
    ck_assert_uint_eq(aerogpu_validator_live(world->validator, AEROGPU_OBJECT_LAYOUT), 1);
    ck_assert_uint_eq(aerogpu_validator_live(world->validator, AEROGPU_OBJECT_SAMPLER), 1);
    add_destroy(world, TEXTURE);
    world_submit(world);
    ck_assert_uint_eq(aerogpu_validator_live(world->validator, AEROGPU_OBJECT_TEXTURE), 2);
    world_destroy(world);
}
END_TEST

START_TEST(state_survives_submissions_when_kept)
{
    struct world *world = world_create();

    world->config.keep_state = true;
    world_restart(world);
    scene(world);
    world_submit(world);
    add_draw(world);
    world_submit(world);
    world_destroy(world);
}
END_TEST

START_TEST(allocations_do_not_matter_when_they_are_not_known)
{
    struct world *world = world_create();

    world->config.any_allocations = true;
    world_restart(world);
    world->entry_count = 0;
    add_backed_texture(world, FREE, AEROGPU_RESOURCE_USAGE_RENDER_TARGET);
    add_targets(world, FREE, 0);
    add_clear(world, AEROGPU_CLEAR_COLOR);
    world_submit(world);
    world_destroy(world);
}
END_TEST

/** Memory that ends after a number of calls; counts what is out. */
struct scarce_memory {
    uint32_t calls_left;
    uint32_t blocks;
    uint32_t out_of_memory_reports;
};

static void *scarce_realloc(void *user, void *block, size_t size_bytes)
{
    struct scarce_memory *scarce = user;

    if (size_bytes == 0) {
        scarce->blocks -= block != NULL;
        free(block);
        return NULL;
    }
    if (scarce->calls_left == 0)
        return NULL;
    scarce->calls_left--;
    scarce->blocks += block == NULL;
    return realloc(block, size_bytes);
}

static void count_out_of_memory(void *user, const struct aerogpu_message *message)
{
    struct scarce_memory *scarce = user;

    scarce->out_of_memory_reports += strcmp(message->rule, "out-of-memory") == 0;
}

START_TEST(running_out_of_memory_is_an_error_and_leaks_nothing)
{
    struct world *world = world_create();
    uint32_t calls = 0;
    bool is_clean = false;

    scene(world);
    add_upload(world, TEXTURE, 0, 64 * 32 * 4);
    add_draw(world);
    stream_finish(&world->stream);
    for (; !is_clean && calls < 200; calls++) {
        struct scarce_memory scarce = { .calls_left = calls };
        const struct aerogpu_validator_config config = {
            .device_abi_minor = 4,
            .realloc = scarce_realloc,
            .report = count_out_of_memory,
            .user = &scarce,
        };
        struct aerogpu_validator *validator = aerogpu_validator_create(&config);

        if (validator) {
            is_clean =
                aerogpu_validator_submit(validator, world->stream.bytes, world->stream.size_bytes,
                                         world->entries, world->entry_count) == 0;
            ck_assert(is_clean || scarce.out_of_memory_reports > 0);
            aerogpu_validator_destroy(validator);
        }
        ck_assert_uint_eq(scarce.blocks, 0);
    }
    ck_assert(is_clean);
    ck_assert_uint_gt(calls, 5);
    world_destroy(world);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("validate");
    TCase *cases = tcase_create("cases");
    TCase *whole = tcase_create("whole");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(cases, framing_case_breaks_its_rule_alone, 0, COUNT(framing_cases));
    tcase_add_loop_test(cases, handle_case_breaks_its_rule_alone, 0, COUNT(handle_cases));
    tcase_add_loop_test(cases, resource_case_breaks_its_rule_alone, 0, COUNT(resource_cases));
    tcase_add_loop_test(cases, copy_case_breaks_its_rule_alone, 0, COUNT(copy_cases));
    tcase_add_loop_test(cases, shader_case_breaks_its_rule_alone, 0, COUNT(shader_cases));
    tcase_add_loop_test(cases, state_case_breaks_its_rule_alone, 0, COUNT(state_cases));
    tcase_add_loop_test(cases, draw_case_breaks_its_rule_alone, 0, COUNT(draw_cases));
    tcase_add_loop_test(cases, link_case_breaks_its_rule_alone, 0, COUNT(link_cases));
    suite_add_tcase(suite, cases);
    tcase_add_test(whole, every_rule_is_broken_by_a_case);
    tcase_add_test(whole, every_case_names_a_rule);
    tcase_add_test(whole, rules_have_unique_names_and_sources);
    tcase_add_test(whole, message_tells_where_the_packet_is);
    tcase_add_test(whole, validation_goes_on_after_an_error);
    tcase_add_test(whole, errors_are_counted_without_a_report_function);
    tcase_add_test(whole, live_objects_are_counted_by_kind);
    tcase_add_test(whole, state_survives_submissions_when_kept);
    tcase_add_test(whole, allocations_do_not_matter_when_they_are_not_known);
    tcase_add_test(whole, running_out_of_memory_is_an_error_and_leaks_nothing);
    suite_add_tcase(suite, whole);
    srunner_set_fork_status(runner, CK_NOFORK); /* hundreds of forks take longer than the cases */
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
