/** Tables, slots and versions: what the driver hands the runtime (driver semantics 2.3, 21). */
#include <string.h>

#include "ddi/slots.h"
#include "ddi/tables.h"
#include "ddi/versions.h"
#include "test_main.h"

enum { TABLES = 3 };

static const uint32_t table_slots[TABLES] = { 101, 103, 150 };

START_TEST(device_table_has_its_slots)
{
    ck_assert_uint_eq(ddi_device_table_slots((enum ddi_table)_i), table_slots[_i]);
}
END_TEST

START_TEST(device_table_has_no_null_slot)
{
    void *table[150];

    ck_assert(ddi_fill_device_table(table, (enum ddi_table)_i, table_slots[_i]));
    for (uint32_t i = 0; i < table_slots[_i]; i++)
        ck_assert_ptr_nonnull(table[i]);
}
END_TEST

START_TEST(table_with_a_null_slot_is_refused)
{
    static const void *const from[3] = { table_slots, NULL, table_slots };
    const void *table[3] = { NULL };

    ck_assert(!ddi_copy_table(table, from, 3, "test"));
}
END_TEST

START_TEST(refused_table_is_not_written)
{
    static const void *const from[3] = { table_slots, NULL, table_slots };
    const void *table[3] = { NULL };

    ddi_copy_table(table, from, 3, "test");
    ck_assert_ptr_null(table[0]);
}
END_TEST

START_TEST(short_table_is_not_written_beyond_its_end)
{
    void *table[150];

    memset(table, 0, sizeof(table));
    ck_assert(ddi_fill_device_table(table, DDI_TABLE_11_0, 146));
    ck_assert_ptr_null(table[146]);
}
END_TEST

START_TEST(slot_that_does_not_work_says_why)
{
    const struct slot_info *info = &ddi_slot_infos[_i];

    ck_assert_int_eq(info->status == SLOT_WORKS, info->note[0] == '\0');
}
END_TEST

/* Classes of driver semantics 8.2, by how a slot is called. */
static enum slot_errors expected_errors(const char *name)
{
    static const struct {
        const char *prefix;
        enum slot_errors errors;
    } rows[] = {
        { "pfnCalc", ERRORS_NONE },
        { "pfnCheckFormatSupport", ERRORS_CHECK },
        { "pfnCheckMultisampleQualityLevels", ERRORS_CHECK },
        { "pfnCheckCounterInfo", ERRORS_NONE },
        { "pfnCheckCounter", ERRORS_CHECK },
        { "pfnCheckDeferred", ERRORS_NONE },
        { "pfnRecycle", ERRORS_NONE },
        { "pfnRelocate", ERRORS_NONE },
        { "pfnResourceIsStagingBusy", ERRORS_NONE },
        { "pfnCreateResource", ERRORS_RESOURCE },
        { "pfnCreateQuery", ERRORS_QUERY },
        { "pfnCreate", ERRORS_CREATE },
        { "pfnOpenResource", ERRORS_CREATE },
        { "pfnCommandListExecute", ERRORS_CREATE },
        { "pfnQueryGetData", ERRORS_WAIT },
        { "pfnResourceMap", ERRORS_WAIT },
        { "pfnStagingResourceMap", ERRORS_WAIT },
        { "pfnDynamicIABufferMap", ERRORS_WAIT },
        { "pfnDynamicConstantBufferMap", ERRORS_WAIT },
        { "pfnDynamicResourceMap", ERRORS_WAIT },
    };

    if (strstr(name, "ShaderWithIfaces"))
        return ERRORS_CREATE;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strncmp(name, rows[i].prefix, strlen(rows[i].prefix)) == 0)
            return rows[i].errors;
    }
    return ERRORS_LOSS;
}

START_TEST(slot_may_report_what_its_class_may)
{
    const struct slot_info *info = &ddi_slot_infos[_i];

    ck_assert_msg(info->errors == expected_errors(info->name), "%s", info->name);
}
END_TEST

static const struct {
    uint32_t interface_version;
    bool is_accepted;
    enum ddi_table table;
} interfaces[] = {
    { 0x000A0001, true, DDI_TABLE_10_0 },  { 0x000A0002, true, DDI_TABLE_10_1 },
    { 0x000A0003, true, DDI_TABLE_10_0 },  { 0x000A0004, true, DDI_TABLE_10_1 },
    { 0x000A0006, true, DDI_TABLE_10_0 },  { 0x000A0007, true, DDI_TABLE_10_1 },
    { 0x000A0009, true, DDI_TABLE_10_0 },  { 0x000A000A, true, DDI_TABLE_10_1 },
    { 0x000B000A, true, DDI_TABLE_11_0 },  { 0x000B000B, true, DDI_TABLE_11_0 },
    { 0x000B0009, false, DDI_TABLE_11_0 }, { 0x000A0005, false, DDI_TABLE_10_0 },
    { 0x000C0000, false, DDI_TABLE_11_0 }, { 0, false, DDI_TABLE_10_0 },
};

START_TEST(interface_is_accepted_or_not)
{
    const struct ddi_version *version = ddi_version_find(interfaces[_i].interface_version);

    ck_assert_int_eq(version != NULL, interfaces[_i].is_accepted);
    if (version)
        ck_assert_int_eq(version->table, interfaces[_i].table);
}
END_TEST

START_TEST(listed_versions_are_10_0_both_ways_and_11_0)
{
    static const uint64_t expected[] = { 0x000A000100040000, 0x000A000600000000,
                                         0x000B000A00020000 };
    uint64_t listed[3];

    ck_assert_uint_eq(ddi_version_listed_count(), 3);
    ddi_version_list(listed);
    ck_assert_mem_eq(listed, expected, sizeof(expected));
}
END_TEST

static const struct {
    uint32_t interface_version, version, dxgi_slots;
} dxgi_tables[] = {
    { 0x000A0001, 0x00041770, 7 }, { 0x000A0001, 0x00041778, 7 }, { 0x000A0001, 0x00041779, 8 },
    { 0x000B000A, 0x00020008, 7 }, { 0x000B000A, 0x00020009, 8 }, { 0x000C0000, 0, 8 },
};

START_TEST(dxgi_table_has_the_slots_of_its_runtime)
{
    ck_assert_uint_eq(ddi_version_dxgi_slots(dxgi_tables[_i].interface_version,
                                             dxgi_tables[_i].version),
                      dxgi_tables[_i].dxgi_slots);
}
END_TEST

START_TEST(table_before_build_2_has_no_recycle_entries)
{
    const struct ddi_version *version = ddi_version_find(0x000B000A);

    ck_assert_uint_eq(ddi_version_device_slots(version, 0x0001FFFF), 146);
    ck_assert_uint_eq(ddi_version_device_slots(version, 0x00020000), 150);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

int main(void)
{
    Suite *suite = suite_create("tables");
    TCase *tcase = tcase_create("tables");

    tcase_add_loop_test(tcase, device_table_has_its_slots, 0, TABLES);
    tcase_add_loop_test(tcase, device_table_has_no_null_slot, 0, TABLES);
    tcase_add_test(tcase, table_with_a_null_slot_is_refused);
    tcase_add_test(tcase, refused_table_is_not_written);
    tcase_add_test(tcase, short_table_is_not_written_beyond_its_end);
    tcase_add_loop_test(tcase, slot_that_does_not_work_says_why, 0, DDI_SLOT_COUNT);
    tcase_add_loop_test(tcase, slot_may_report_what_its_class_may, 0, DDI_SLOT_COUNT);
    tcase_add_loop_test(tcase, interface_is_accepted_or_not, 0, COUNT(interfaces));
    tcase_add_test(tcase, listed_versions_are_10_0_both_ways_and_11_0);
    tcase_add_loop_test(tcase, dxgi_table_has_the_slots_of_its_runtime, 0, COUNT(dxgi_tables));
    tcase_add_test(tcase, table_before_build_2_has_no_recycle_entries);
    suite_add_tcase(suite, tcase);
    return test_run(suite);
}
