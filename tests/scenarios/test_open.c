/*
 * Opening an adapter: arguments, version negotiation, the device's blob, capability queries
 * (driver semantics 2 and 3.1).
 */
#include <string.h>

#include "runtime/guard.h"
#include "runtime/scenario.h"

/* What a Windows 7 runtime asks for when it opens a plain 10.0 driver: build 4. */
#define PLAIN_INTERFACE D3D10_0_DDI_INTERFACE_VERSION
#define PLAIN_VERSION   0x00041DB0u

static struct rt_adapter *prepare(enum rt_export entry)
{
    return rt_adapter_prepare(scenario_kernel(NULL), NULL, entry, PLAIN_INTERFACE, PLAIN_VERSION);
}

/* Opens on a machine of its own; the result of the export. */
static HRESULT open_with(const struct kernel_config *config, enum rt_export entry,
                         UINT interface_version, UINT version)
{
    return rt_adapter_start(
        rt_adapter_prepare(scenario_kernel(config), NULL, entry, interface_version, version));
}

/* ---- Arguments ---- */

static void every_export_opens_and_closes(void)
{
    for (enum rt_export entry = 0; entry < RT_EXPORTS; entry++) {
        struct rt_adapter *adapter = prepare(entry);

        CHECK_HR(rt_adapter_start(adapter), S_OK);
        CHECK(rt_adapter_handle(adapter).pDrvPrivate != NULL);
    }
}

static void a_null_argument_is_invalid(void)
{
    for (enum rt_export entry = 0; entry < RT_EXPORTS; entry++)
        CHECK_HR(rt_adapter_start_without_argument(prepare(entry)), E_INVALIDARG);
}

static void a_null_table_is_invalid(void)
{
    for (enum rt_export entry = 0; entry < RT_EXPORTS; entry++) {
        struct rt_adapter *adapter = prepare(entry);

        rt_adapter_arg(adapter)->pAdapterFuncs = NULL;
        CHECK_HR(rt_adapter_start(adapter), E_INVALIDARG);
    }
}

static void null_callbacks_are_invalid(void)
{
    for (enum rt_export entry = 0; entry < RT_EXPORTS; entry++) {
        struct rt_adapter *adapter = prepare(entry);

        rt_adapter_arg(adapter)->pAdapterCallbacks = NULL;
        CHECK_HR(rt_adapter_start(adapter), E_INVALIDARG);
    }
}

static void two_adapters_have_two_handles(void)
{
    struct kernel *kernel = scenario_kernel(NULL);
    struct rt_adapter *first = scenario_adapter(kernel);
    struct rt_adapter *second = scenario_adapter(kernel);

    CHECK(first != NULL && second != NULL);
    CHECK(rt_adapter_handle(first).pDrvPrivate != rt_adapter_handle(second).pDrvPrivate);
}

static void closing_nothing_harms_nothing(void)
{
    struct rt_adapter *adapter = scenario_adapter(scenario_kernel(NULL));

    CHECK(adapter != NULL);
    rt_adapter_close_null(adapter);
    /* The adapter itself is still open: the teardown closes it. */
    CHECK_HR(rt_adapter_versions(adapter, NULL, NULL), E_INVALIDARG);
}

/* ---- Interface and version of OpenAdapter10 ---- */

static const struct {
    UINT interface_version;
    UINT build;
} accepted[] = {
    { D3D10_0_DDI_INTERFACE_VERSION, 4 },         { D3D10_1_DDI_INTERFACE_VERSION, 1 },
    { D3D10_0_x_vista_DDI_INTERFACE_VERSION, 0 }, { D3D10_1_x_vista_DDI_INTERFACE_VERSION, 0 },
    { D3D10_0_x_DDI_INTERFACE_VERSION, 0 },       { D3D10_1_x_DDI_INTERFACE_VERSION, 0 },
    { D3D10_0_7_DDI_INTERFACE_VERSION, 0 },       { D3D10_1_7_DDI_INTERFACE_VERSION, 0 },
    { D3D11_0_DDI_INTERFACE_VERSION, 2 },         { D3D11_0_7_DDI_INTERFACE_VERSION, 2 },
};

#define ACCEPTED_COUNT (sizeof(accepted) / sizeof(accepted[0]))

static void every_interface_of_the_driver_opens_at_its_own_build(void)
{
    for (size_t i = 0; i < ACCEPTED_COUNT; i++) {
        tap_note("interface 0x%08x", accepted[i].interface_version);
        CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_10, accepted[i].interface_version,
                           accepted[i].build << 16),
                 S_OK);
    }
}

static void a_newer_build_of_the_runtime_is_accepted(void)
{
    for (size_t i = 0; i < ACCEPTED_COUNT; i++) {
        tap_note("interface 0x%08x", accepted[i].interface_version);
        CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_10, accepted[i].interface_version, 0xFFFFFFFF),
                 S_OK);
    }
}

static void an_older_build_of_the_runtime_is_refused(void)
{
    for (size_t i = 0; i < ACCEPTED_COUNT; i++) {
        tap_note("interface 0x%08x", accepted[i].interface_version);
        if (accepted[i].build > 0)
            CHECK(FAILED(open_with(NULL, RT_OPEN_ADAPTER_10, accepted[i].interface_version,
                                   (accepted[i].build - 1) << 16 | 0xFFFF)));
    }
}

static void the_revision_of_the_runtime_does_not_matter(void)
{
    CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_10, D3D10_0_DDI_INTERFACE_VERSION, 0x00040000), S_OK);
    CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_10, D3D10_0_DDI_INTERFACE_VERSION, 0x0004FFFF), S_OK);
}

static void an_unknown_interface_is_refused(void)
{
    static const UINT unknown[] = {
        0,          D3D10on9_DDI_INTERFACE_VERSION,
        0x000A0005, 0x000A0008,
        0x000A000B, D3D11_0_vista_DDI_INTERFACE_VERSION,
        0x000B0001, 0x000B000C,
        0x000C0001, 0xFFFFFFFF,
    };

    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        tap_note("interface 0x%08x", unknown[i]);
        CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_10, unknown[i], 0xFFFF0000), E_NOINTERFACE);
    }
}

static void the_other_exports_ignore_interface_and_version(void)
{
    CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_10_2, 0, 0), S_OK);
    CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_10_2, 0xFFFFFFFF, 0xFFFFFFFF), S_OK);
    CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_11, 0, 0), S_OK);
    CHECK_HR(open_with(NULL, RT_OPEN_ADAPTER_11, D3D11_0_vista_DDI_INTERFACE_VERSION, 0), S_OK);
}

/* ---- The blob of the kernel driver ---- */

static struct kernel_config machine(void)
{
    struct kernel_config config;

    kernel_config_init(&config);
    return config;
}

static HRESULT open_machine(const struct kernel_config *config, enum rt_export entry)
{
    return open_with(config, entry, PLAIN_INTERFACE, PLAIN_VERSION);
}

static void a_failing_query_fails_the_open_with_its_code(void)
{
    for (enum rt_export entry = 0; entry < RT_EXPORTS; entry++) {
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_adapter *adapter =
            rt_adapter_prepare(kernel, NULL, entry, PLAIN_INTERFACE, PLAIN_VERSION);

        kernel_fail(kernel, KERNEL_QUERY_ADAPTER_INFO, 1, (HRESULT)0xC01E0123);
        CHECK_HR(rt_adapter_start(adapter), 0xC01E0123);
    }
}

static void a_blob_of_another_magic_is_refused(void)
{
    struct kernel_config config = machine();

    config.blob.device_mmio_magic = 0x12345678;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10), E_FAIL);
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), E_FAIL);
}

static void a_blob_of_another_struct_version_is_refused(void)
{
    struct kernel_config config = machine();

    config.blob.struct_version = 2;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10), E_FAIL);
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), E_FAIL);
}

static void a_blob_that_is_too_small_is_refused(void)
{
    struct kernel_config config = machine();

    config.blob.size_bytes = 63;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10), E_FAIL);
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), E_FAIL);
}

static void a_blob_that_will_grow_is_accepted(void)
{
    struct kernel_config config = machine();

    config.blob.size_bytes = 128;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10), S_OK);
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), S_OK);
}

static void a_blob_that_nobody_wrote_is_refused(void)
{
    struct kernel_config config = machine();

    config.blob_bytes = 0;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10), E_FAIL);
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), E_FAIL);
}

static void a_device_of_another_major_version_is_refused(void)
{
    struct kernel_config config = machine();

    config.blob.device_abi_version_u32 = 0x00020000;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), E_FAIL);
    config.blob.device_abi_version_u32 = 0x00000004;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), E_FAIL);
}

static void a_device_of_any_minor_version_is_accepted(void)
{
    struct kernel_config config = machine();

    config.blob.device_abi_version_u32 = 0x00010000;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), S_OK);
    config.blob.device_abi_version_u32 = 0x00010063;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), S_OK);
}

static void a_legacy_device_is_accepted_by_its_flag(void)
{
    struct kernel_config config = machine();

    config.blob.device_mmio_magic = AEROGPU_UMDPRIV_MMIO_MAGIC_LEGACY_ARGP;
    config.blob.device_abi_version_u32 = 7; /* a scheme of its own */
    config.blob.device_features = 0;
    config.blob.flags = AEROGPU_UMDPRIV_FLAG_IS_LEGACY;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10), S_OK);
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), S_OK);
}

static void a_legacy_device_without_its_flag_is_refused(void)
{
    struct kernel_config config = machine();

    config.blob.device_mmio_magic = AEROGPU_UMDPRIV_MMIO_MAGIC_LEGACY_ARGP;
    config.blob.device_abi_version_u32 = 7;
    config.blob.flags = 0;
    CHECK_HR(open_machine(&config, RT_OPEN_ADAPTER_10_2), E_FAIL);
}

/* ---- GetSupportedVersions ---- */

/* In no particular order. */
static const UINT64 listed[] = { D3D10_0_DDI_SUPPORTED, D3D10_0_x_DDI_SUPPORTED,
                                 D3D11_0_DDI_SUPPORTED };

#define LISTED_COUNT (sizeof(listed) / sizeof(listed[0]))

static const UINT64 untouched = 0xCDCDCDCDCDCDCDCD;

static struct rt_adapter *open_plainly(void)
{
    return scenario_adapter(scenario_kernel(NULL));
}

static void versions_are_counted_without_a_list(void)
{
    struct rt_adapter *adapter = open_plainly();
    UINT32 entries = 77;

    CHECK_HR(rt_adapter_versions(adapter, &entries, NULL), S_OK);
    CHECK_EQ(entries, LISTED_COUNT);
}

static void the_listed_versions_are_those_the_driver_offers(void)
{
    struct rt_adapter *adapter = open_plainly();
    UINT32 entries = LISTED_COUNT;
    UINT64 versions[LISTED_COUNT] = { 0 };
    unsigned found = 0;

    CHECK_HR(rt_adapter_versions(adapter, &entries, versions), S_OK);
    CHECK_EQ(entries, LISTED_COUNT);
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        for (size_t j = 0; j < LISTED_COUNT; j++)
            found += versions[i] == listed[j];
    }
    CHECK_EQ(found, LISTED_COUNT);
}

static void a_list_that_is_too_small_is_refused_and_untouched(void)
{
    struct rt_adapter *adapter = open_plainly();
    UINT32 entries = LISTED_COUNT - 1;
    UINT64 versions[LISTED_COUNT] = { untouched, untouched, untouched };

    CHECK_HR(rt_adapter_versions(adapter, &entries, versions), 0x8007007A);
    CHECK_EQ(entries, LISTED_COUNT);
    for (size_t i = 0; i < LISTED_COUNT; i++)
        CHECK_EQ(versions[i], untouched);
}

static void a_list_that_is_too_large_is_filled_in_part(void)
{
    struct rt_adapter *adapter = open_plainly();
    UINT32 entries = LISTED_COUNT + 2;
    UINT64 versions[LISTED_COUNT + 2] = { 0, 0, 0, untouched, untouched };

    CHECK_HR(rt_adapter_versions(adapter, &entries, versions), S_OK);
    CHECK_EQ(entries, LISTED_COUNT);
    CHECK_EQ(versions[LISTED_COUNT], untouched);
    CHECK_EQ(versions[LISTED_COUNT + 1], untouched);
}

static void versions_without_a_count_are_invalid(void)
{
    UINT64 versions[8];

    CHECK_HR(rt_adapter_versions(open_plainly(), NULL, versions), E_INVALIDARG);
    CHECK_HR(rt_adapter_versions(open_plainly(), NULL, NULL), E_INVALIDARG);
}

/* ---- GetCaps ---- */

/* Asks for one capability of size_bytes bytes in guarded memory; the first word of the answer. */
static HRESULT ask(struct rt_adapter *adapter, UINT type, UINT size_bytes, UINT *answer)
{
    struct guard_block *block = guard_create(size_bytes);
    const D3D10_2DDIARG_GETCAPS arg = {
        .Type = (D3D10_2DDICAPS_TYPE)type,
        .pData = guard_bytes(block),
        .DataSize = size_bytes,
    };
    const HRESULT result = rt_adapter_caps(adapter, &arg);

    memcpy(answer, guard_bytes(block), size_bytes < sizeof(*answer) ? size_bytes : sizeof(*answer));
    if (!guard_is_whole(block, NULL))
        tap_fail(__FILE__, __LINE__, "type %u wrote outside of its %u bytes", type, size_bytes);
    guard_destroy(block);
    return result;
}

static void no_threading_is_claimed(void)
{
    UINT caps = 77;

    CHECK_HR(ask(open_plainly(), D3D11DDICAPS_THREADING, sizeof(caps), &caps), S_OK);
    CHECK_EQ(caps, 0);
}

static void no_compute_and_no_doubles_are_claimed(void)
{
    UINT caps = 77;

    CHECK_HR(ask(open_plainly(), D3D11DDICAPS_SHADER, sizeof(caps), &caps), S_OK);
    CHECK_EQ(caps, 0);
}

static void the_only_pipeline_is_10_0(void)
{
    UINT caps = 77;

    CHECK_HR(ask(open_plainly(), D3D11DDICAPS_3DPIPELINESUPPORT, sizeof(caps), &caps), S_OK);
    CHECK_EQ(caps, 1 << D3D11DDI_3DPIPELINELEVEL_10_0);
}

static void an_unknown_capability_is_answered_with_zeros(void)
{
    struct rt_adapter *adapter = open_plainly();
    UINT caps = 77;

    CHECK_HR(ask(adapter, 131, 4, &caps), S_OK);
    CHECK_EQ(caps, 0);
    caps = 77;
    CHECK_HR(ask(adapter, 0xFFFFFFFF, 64, &caps), S_OK);
    CHECK_EQ(caps, 0);
}

static void a_capability_that_does_not_fit_is_invalid(void)
{
    struct rt_adapter *adapter = open_plainly();
    UINT caps = 77;

    for (UINT type = D3D11DDICAPS_THREADING; type <= D3D11DDICAPS_3DPIPELINESUPPORT; type++) {
        CHECK_HR(ask(adapter, type, 3, &caps), E_INVALIDARG);
        CHECK_HR(ask(adapter, type, 0, &caps), E_INVALIDARG);
    }
}

static void a_capability_without_data_is_invalid(void)
{
    struct rt_adapter *adapter = open_plainly();

    for (UINT type = D3D11DDICAPS_THREADING; type <= D3D11DDICAPS_3DPIPELINESUPPORT; type++) {
        const D3D10_2DDIARG_GETCAPS arg = { .Type = (D3D10_2DDICAPS_TYPE)type, .DataSize = 4 };

        CHECK_HR(rt_adapter_caps(adapter, &arg), E_INVALIDARG);
    }
}

static void a_capability_query_without_argument_is_invalid(void)
{
    CHECK_HR(rt_adapter_caps(open_plainly(), NULL), E_INVALIDARG);
}

static const struct tap_test tests[] = {
    TAP_TEST(every_export_opens_and_closes),
    TAP_TEST(a_null_argument_is_invalid),
    TAP_TEST(a_null_table_is_invalid),
    TAP_TEST(null_callbacks_are_invalid),
    TAP_TEST(two_adapters_have_two_handles),
    TAP_TEST(closing_nothing_harms_nothing),
    TAP_TEST(every_interface_of_the_driver_opens_at_its_own_build),
    TAP_TEST(a_newer_build_of_the_runtime_is_accepted),
    TAP_TEST(an_older_build_of_the_runtime_is_refused),
    TAP_TEST(the_revision_of_the_runtime_does_not_matter),
    TAP_TEST(an_unknown_interface_is_refused),
    TAP_TEST(the_other_exports_ignore_interface_and_version),
    TAP_TEST(a_failing_query_fails_the_open_with_its_code),
    TAP_TEST(a_blob_of_another_magic_is_refused),
    TAP_TEST(a_blob_of_another_struct_version_is_refused),
    TAP_TEST(a_blob_that_is_too_small_is_refused),
    TAP_TEST(a_blob_that_will_grow_is_accepted),
    TAP_TEST(a_blob_that_nobody_wrote_is_refused),
    TAP_TEST(a_device_of_another_major_version_is_refused),
    TAP_TEST(a_device_of_any_minor_version_is_accepted),
    TAP_TEST(a_legacy_device_is_accepted_by_its_flag),
    TAP_TEST(a_legacy_device_without_its_flag_is_refused),
    TAP_TEST(versions_are_counted_without_a_list),
    TAP_TEST(the_listed_versions_are_those_the_driver_offers),
    TAP_TEST(a_list_that_is_too_small_is_refused_and_untouched),
    TAP_TEST(a_list_that_is_too_large_is_filled_in_part),
    TAP_TEST(versions_without_a_count_are_invalid),
    TAP_TEST(no_threading_is_claimed),
    TAP_TEST(no_compute_and_no_doubles_are_claimed),
    TAP_TEST(the_only_pipeline_is_10_0),
    TAP_TEST(an_unknown_capability_is_answered_with_zeros),
    TAP_TEST(a_capability_that_does_not_fit_is_invalid),
    TAP_TEST(a_capability_without_data_is_invalid),
    TAP_TEST(a_capability_query_without_argument_is_invalid),
};

TAP_MAIN(tests)
