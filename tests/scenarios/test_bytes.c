/*
 * Ranges of bytes with any ends, copied and updated in any order, come out as they would in memory
 * (driver semantics 13.1): by words where there are words, and by what the CPU knows beside them.
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"

enum {
    BUFFERS = 3,
    MOST_BYTES = 41,
    STEPS = 240,
    STEPS_BETWEEN_LOOKS = 24,
};

static const UINT sizes[BUFFERS] = { MOST_BYTES, 30, 24 };

static struct kernel *kernel;
static struct rt_device *device;
static struct rt_object *buffers[BUFFERS];
static uint32_t handles[BUFFERS];
static uint8_t expected[BUFFERS][MOST_BYTES];
static uint32_t state;

/* The same numbers every time, below a limit. */
static uint32_t number(uint32_t limit)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % limit;
}

static bool begin(enum rt_level level)
{
    struct kernel_config config;

    kernel_config_init(&config);
    config.is_live = true;
    kernel = scenario_kernel(&config);
    device = scenario_device(kernel, level);
    state = 1;
    for (UINT i = 0; device && i < BUFFERS; i++) {
        for (UINT k = 0; k < sizes[i]; k++)
            expected[i][k] = (uint8_t)(16 * i + k);
        buffers[i] =
            d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, expected[i], sizes[i]);
        if (!buffers[i])
            return false;
        d3d_flush(device);
        handles[i] = kernel_newest_handle(kernel, AEROGPU_CMD_CREATE_BUFFER);
    }
    return device != NULL;
}

static D3D10_DDI_BOX bytes(uint32_t left, uint32_t size)
{
    return (
        D3D10_DDI_BOX){ .left = (LONG)left, .right = (LONG)(left + size), .bottom = 1, .back = 1 };
}

/* Any bytes of any buffer to any place of any buffer, the same one included. */
static void copy_some(void)
{
    const uint32_t from = number(BUFFERS), to = number(BUFFERS);
    const uint32_t left = number(sizes[from]), at = number(sizes[to]);
    const uint32_t most = sizes[from] - left < sizes[to] - at ? sizes[from] - left : sizes[to] - at;
    const uint32_t size = 1 + number(most);
    const D3D10_DDI_BOX box = bytes(left, size);

    d3d_copy_region(buffers[to], 0, at, 0, 0, buffers[from], 0, &box);
    memmove(expected[to] + at, expected[from] + left, size);
}

static void update_some(void)
{
    const uint32_t to = number(BUFFERS), at = number(sizes[to]);
    const uint32_t size = 1 + number(sizes[to] - at);
    const D3D10_DDI_BOX box = bytes(at, size);
    uint8_t news[MOST_BYTES];

    for (uint32_t i = 0; i < size; i++)
        news[i] = (uint8_t)number(256);
    d3d_update(buffers[to], 0, &box, news, 0, 0);
    memcpy(expected[to] + at, news, size);
}

static void look(void)
{
    uint8_t seen[MOST_BYTES];

    d3d_flush(device);
    for (uint32_t i = 0; i < BUFFERS; i++) {
        CHECK(kernel_read_buffer(kernel, handles[i], 0, seen, sizes[i]));
        CHECK_BYTES(seen, expected[i], sizes[i]);
    }
}

static void check_steps(enum rt_level level)
{
    CHECK(begin(level));
    for (int i = 0; i < STEPS; i++) {
        if (number(4) == 0)
            update_some();
        else
            copy_some();
        if (i % STEPS_BETWEEN_LOOKS == 0)
            look();
    }
    look();
    CHECK(kernel_count_packets(kernel, AEROGPU_CMD_COPY_BUFFER) > 0);
    CHECK(kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE) > BUFFERS);
}

static void bytes_come_out_as_in_memory_on_10_0(void)
{
    check_steps(RT_D3D10);
}

static void bytes_come_out_as_in_memory_on_10_1(void)
{
    check_steps(RT_D3D10_1);
}

static void bytes_come_out_as_in_memory_on_11_0(void)
{
    check_steps(RT_D3D11);
}

static const struct tap_test tests[] = {
    TAP_TEST(bytes_come_out_as_in_memory_on_10_0),
    TAP_TEST(bytes_come_out_as_in_memory_on_10_1),
    TAP_TEST(bytes_come_out_as_in_memory_on_11_0),
};

TAP_MAIN(tests)
