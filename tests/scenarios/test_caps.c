/*
 * What a device answers when it is asked: formats, multisampling, counters (driver semantics 3.2
 * and 3.3), alike on every level and also when the device is gone.
 */
#include <string.h>

#include "runtime/scenario.h"

#define SAMPLE D3D10_DDI_FORMAT_SUPPORT_SHADER_SAMPLE
#define TARGET                                                                                     \
    (D3D10_DDI_FORMAT_SUPPORT_SHADER_SAMPLE | D3D10_DDI_FORMAT_SUPPORT_RENDERTARGET |              \
     D3D10_DDI_FORMAT_SUPPORT_BLENDABLE)

/* The last format the interface knows; what lies behind is no format. */
#define LAST_FORMAT DXGI_FORMAT_BC7_UNORM_SRGB

/* Every format with an answer other than zero. */
static const UINT answers[LAST_FORMAT + 1] = {
    [DXGI_FORMAT_R8G8B8A8_UNORM] = TARGET,
    [DXGI_FORMAT_R8G8B8A8_UNORM_SRGB] = TARGET,
    [DXGI_FORMAT_BC1_UNORM] = SAMPLE,
    [DXGI_FORMAT_BC1_UNORM_SRGB] = SAMPLE,
    [DXGI_FORMAT_BC2_UNORM] = SAMPLE,
    [DXGI_FORMAT_BC2_UNORM_SRGB] = SAMPLE,
    [DXGI_FORMAT_BC3_UNORM] = SAMPLE,
    [DXGI_FORMAT_BC3_UNORM_SRGB] = SAMPLE,
    [DXGI_FORMAT_B5G6R5_UNORM] = TARGET,
    [DXGI_FORMAT_B5G5R5A1_UNORM] = TARGET,
    [DXGI_FORMAT_B8G8R8A8_UNORM] = TARGET,
    [DXGI_FORMAT_B8G8R8X8_UNORM] = TARGET,
    [DXGI_FORMAT_R10G10B10_XR_BIAS_A2_UNORM] = D3D10_DDI_FORMAT_SUPPORT_NOT_SUPPORTED,
    [DXGI_FORMAT_B8G8R8A8_UNORM_SRGB] = TARGET,
    [DXGI_FORMAT_B8G8R8X8_UNORM_SRGB] = TARGET,
    [DXGI_FORMAT_BC7_UNORM] = SAMPLE,
    [DXGI_FORMAT_BC7_UNORM_SRGB] = SAMPLE,
};

static bool is_block_compressed(UINT format)
{
    return (format >= DXGI_FORMAT_BC1_TYPELESS && format <= DXGI_FORMAT_BC3_UNORM_SRGB) ||
           (format >= DXGI_FORMAT_BC7_TYPELESS && format <= DXGI_FORMAT_BC7_UNORM_SRGB);
}

static UINT ask_format(struct rt_device *device, UINT format)
{
    UINT caps = 0xCDCDCDCD;

    RT_CALL(device, f11, pfnCheckFormatSupport, (DXGI_FORMAT)format, &caps);
    return caps;
}

static UINT ask_quality(struct rt_device *device, UINT format, UINT count)
{
    UINT levels = 0xCDCDCDCD;

    RT_CALL(device, f11, pfnCheckMultisampleQualityLevels, (DXGI_FORMAT)format, count, &levels);
    return levels;
}

/* Fails for each format whose answer is not the table's. */
static void check_formats(struct rt_device *device, bool has_block_compression)
{
    for (UINT format = 0; format <= LAST_FORMAT; format++) {
        const UINT caps = ask_format(device, format);
        const UINT expected =
            is_block_compressed(format) && !has_block_compression ? 0 : answers[format];

        if (caps != expected)
            tap_fail(__FILE__, __LINE__, "%s, format %u\nactual:   0x%08x\nexpected: 0x%08x",
                     rt_level_name(rt_device_level(device)), format, caps, expected);
        if (rt_error(device) != S_OK)
            tap_fail(__FILE__, __LINE__, "format %u reported 0x%08x", format,
                     (unsigned)rt_error(device));
    }
}

static void formats_are_what_the_wire_can_carry(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = scenario_device(scenario_kernel(NULL), level);

        CHECK(device != NULL);
        check_formats(device, true);
    }
}

static void an_old_device_has_no_block_compression(void)
{
    struct kernel_config config;
    struct rt_device *device;

    kernel_config_init(&config);
    config.blob.device_abi_version_u32 = 0x00010001;
    device = scenario_device(scenario_kernel(&config), RT_D3D11);
    CHECK(device != NULL);
    check_formats(device, false);
}

static void no_format_behind_the_last_is_supported(void)
{
    static const UINT unknown[] = { LAST_FORMAT + 1, 115, 1000, 0x7FFFFFFF, 0xFFFFFFFF };
    struct rt_device *device = scenario_device(scenario_kernel(NULL), RT_D3D11);

    CHECK(device != NULL);
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        CHECK_EQ(ask_format(device, unknown[i]), 0);
}

static void one_sample_has_one_quality_whatever_the_format(void)
{
    struct rt_device *device = scenario_device(scenario_kernel(NULL), RT_D3D11);

    CHECK(device != NULL);
    for (UINT format = 0; format <= LAST_FORMAT; format++)
        CHECK_EQ(ask_quality(device, format, 1), 1);
}

static void no_other_count_of_samples_has_any(void)
{
    static const UINT counts[] = { 0, 2, 4, 8, 16, 32, 33, 0xFFFFFFFF };
    struct rt_device *device = scenario_device(scenario_kernel(NULL), RT_D3D11);

    CHECK(device != NULL);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        CHECK_EQ(ask_quality(device, DXGI_FORMAT_B8G8R8A8_UNORM, counts[i]), 0);
        CHECK_EQ(ask_quality(device, DXGI_FORMAT_D24_UNORM_S8_UINT, counts[i]), 0);
    }
}

static void there_are_no_counters(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct rt_device *device = scenario_device(scenario_kernel(NULL), level);
        D3D10DDI_COUNTER_INFO info;

        CHECK(device != NULL);
        memset(&info, 0xFF, sizeof(info));
        RT_CALL(device, f11, pfnCheckCounterInfo, &info);
        CHECK_EQ(info.LastDeviceDependentCounter, 0);
        CHECK_EQ(info.NumSimultaneousCounters, 0);
        CHECK_EQ(info.NumDetectableParallelUnits, 0);
    }
}

/* The code reported for one counter; its outputs must stay as they are. */
static HRESULT ask_counter(struct rt_device *device, UINT counter)
{
    D3D10DDI_COUNTER_TYPE type = D3D10DDI_COUNTER_TYPE_UINT64;
    UINT active = 77;
    char name[8] = "name";
    UINT name_bytes = sizeof(name);

    RT_CALL(device, f11, pfnCheckCounter, (D3D10DDI_QUERY)counter, &type, &active, name,
            &name_bytes, NULL, NULL, NULL, NULL);
    if (type != D3D10DDI_COUNTER_TYPE_UINT64 || active != 77 || strcmp(name, "name") != 0 ||
        name_bytes != sizeof(name))
        tap_fail(__FILE__, __LINE__, "counter 0x%x wrote its outputs", counter);
    return rt_error(device);
}

static void a_well_known_counter_is_unsupported(void)
{
    struct rt_device *device = scenario_device(scenario_kernel(NULL), RT_D3D11);

    CHECK(device != NULL);
    CHECK_HR(ask_counter(device, D3D10DDI_COUNTER_GPU_IDLE), DXGI_DDI_ERR_UNSUPPORTED);
    CHECK_HR(ask_counter(device, D3D10DDI_COUNTER_TEXTURE_CACHE_HIT_RATE),
             DXGI_DDI_ERR_UNSUPPORTED);
}

static void a_counter_of_the_device_is_invalid(void)
{
    struct rt_device *device = scenario_device(scenario_kernel(NULL), RT_D3D11);

    CHECK(device != NULL);
    CHECK_HR(ask_counter(device, D3D10DDI_COUNTER_DEVICE_DEPENDENT_0), E_INVALIDARG);
    CHECK_HR(ask_counter(device, D3D10DDI_QUERY_OCCLUSION), E_INVALIDARG);
}

static void a_device_that_is_gone_still_answers(void)
{
    for (enum rt_level level = 0; level < RT_LEVELS; level++) {
        struct kernel *kernel = scenario_kernel(NULL);
        struct rt_device *device = scenario_device(kernel, level);

        CHECK(device != NULL);
        kernel_remove_device(kernel);
        d3d_create_target(device, 16, 16, DXGI_FORMAT_B8G8R8A8_UNORM);
        d3d_flush(device);
        CHECK(rt_device_is_removed(device));
        check_formats(device, true);
        CHECK_EQ(ask_quality(device, DXGI_FORMAT_B8G8R8A8_UNORM, 1), 1);
    }
}

static const struct tap_test tests[] = {
    TAP_TEST(formats_are_what_the_wire_can_carry),
    TAP_TEST(an_old_device_has_no_block_compression),
    TAP_TEST(no_format_behind_the_last_is_supported),
    TAP_TEST(one_sample_has_one_quality_whatever_the_format),
    TAP_TEST(no_other_count_of_samples_has_any),
    TAP_TEST(there_are_no_counters),
    TAP_TEST(a_well_known_counter_is_unsupported),
    TAP_TEST(a_counter_of_the_device_is_invalid),
    TAP_TEST(a_device_that_is_gone_still_answers),
};

TAP_MAIN(tests)
