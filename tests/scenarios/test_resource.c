/*
 * Buffers, textures and their views: what reaches the host, where the bytes come to lie, and what
 * is refused (driver semantics 9, 11, 13).
 */
#include <string.h>

#include "aerogpu_cmd.h"
#include "scene.h"

enum { SIDE = 8 };

static struct kernel *kernel;
static struct rt_device *device;

static bool begin(void)
{
    kernel = scenario_kernel(NULL);
    device = scenario_device(kernel, RT_D3D11);
    return device != NULL;
}

/* Texels numbered by place, in rows with a gap behind them. */
static uint32_t texels[SIDE][SIDE + 3];

static const void *numbered_texels(void)
{
    for (uint32_t y = 0; y < SIDE; y++) {
        for (uint32_t x = 0; x < SIDE + 3; x++)
            texels[y][x] = x < SIDE ? y << 8 | x : 0xDEADBEEF;
    }
    return texels;
}

/* Rows as they lie in the layout, at this pitch. */
static bool rows_are_numbered(const void *bytes, size_t pitch_bytes)
{
    for (uint32_t y = 0; y < SIDE; y++) {
        if (memcmp((const uint8_t *)bytes + y * pitch_bytes, texels[y], SIDE * 4) != 0)
            return false;
    }
    return true;
}

static struct d3d_texture_desc texture_desc(UINT bind)
{
    return (struct d3d_texture_desc){
        .width = SIDE,
        .height = SIDE,
        .format = DXGI_FORMAT_R8G8B8A8_UNORM,
        .bind = bind,
    };
}

static const struct aerogpu_cmd_upload_resource *upload(size_t nth)
{
    return kernel_find_packet(kernel, AEROGPU_CMD_UPLOAD_RESOURCE, nth);
}

static void rows_of_initial_data_are_repacked(void)
{
    const struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_SHADER_RESOURCE);
    D3D10_DDIARG_SUBRESOURCE_UP initial = { .SysMemPitch = sizeof(texels[0]) };

    CHECK(begin());
    initial.pSysMem = (void *)(uintptr_t)numbered_texels();
    CHECK(d3d_create_texture(device, &desc, &initial));
    d3d_flush(device);
    CHECK(upload(0));
    CHECK(rows_are_numbered(upload(0) + 1, 256));
}

static void rows_of_an_update_are_repacked(void)
{
    const struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_SHADER_RESOURCE);
    struct rt_object *texture;

    CHECK(begin());
    texture = d3d_create_texture(device, &desc, NULL);
    CHECK(texture);
    d3d_update(texture, 0, NULL, numbered_texels(), sizeof(texels[0]), sizeof(texels));
    d3d_flush(device);
    CHECK(upload(0));
    CHECK(rows_are_numbered(upload(0) + 1, 256));
}

static void every_mip_and_layer_of_initial_data_arrives(void)
{
    struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_SHADER_RESOURCE);
    D3D10_DDIARG_SUBRESOURCE_UP initial[4];

    CHECK(begin());
    for (int i = 0; i < 4; i++)
        initial[i] = (D3D10_DDIARG_SUBRESOURCE_UP){ (void *)(uintptr_t)numbered_texels(),
                                                    sizeof(texels[0]), sizeof(texels) };
    desc.mip_levels = 2;
    desc.array_size = 2;
    CHECK(d3d_create_texture(device, &desc, initial));
    d3d_flush(device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE), 4);
    CHECK_EQ(upload(3)->offset_bytes, 2 * (256 * SIDE + 64) - 64);
}

static void contents_of_a_present_surface_are_written_to_its_memory(void)
{
    const struct d3d_texture_desc desc =
        texture_desc(D3D10_DDI_BIND_RENDER_TARGET | D3D10_DDI_BIND_PRESENT);
    D3D10_DDIARG_SUBRESOURCE_UP initial = { .SysMemPitch = sizeof(texels[0]) };
    struct kernel_allocation_info info;

    CHECK(begin());
    initial.pSysMem = (void *)(uintptr_t)numbered_texels();
    CHECK(d3d_create_texture(device, &desc, &initial));
    d3d_flush(device);
    CHECK(kernel_allocation(kernel, 0, &info));
    CHECK(rows_are_numbered(info.bytes, 256));
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_RESOURCE_DIRTY_RANGE), 1);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE), 0);
}

static void update_of_a_constant_buffer_arrives(void)
{
    static const uint32_t old[4] = { 1, 2, 3, 4 };
    static const uint32_t new[4] = { 5, 6, 7, 8 };
    struct rt_object *buffer;

    CHECK(begin());
    buffer = d3d_create_buffer_with(device, D3D10_DDI_BIND_CONSTANT_BUFFER, old, sizeof(old));
    CHECK(buffer);
    d3d_update(buffer, 0, NULL, new, sizeof(new), 0);
    d3d_flush(device);
    CHECK_BYTES(upload(1) + 1, new, sizeof(new));
}

static void update_of_a_box_that_is_all_of_it_arrives(void)
{
    static const uint32_t contents[4] = { 1, 2, 3, 4 };
    const D3D10_DDI_BOX box = { .right = 16, .bottom = 1, .back = 1 };
    struct rt_object *buffer;

    CHECK(begin());
    buffer = d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, contents, 16);
    CHECK(buffer);
    d3d_update(buffer, 0, &box, contents, 16, 0);
    d3d_flush(device);
    CHECK_EQ(kernel_count_packets(kernel, AEROGPU_CMD_UPLOAD_RESOURCE), 2);
}

static void odd_buffer_size_is_rounded_up_on_the_wire(void)
{
    static const uint8_t contents[5] = { 1, 2, 3, 4, 5 };
    const struct aerogpu_cmd_create_buffer *create;

    CHECK(begin());
    CHECK(d3d_create_buffer_with(device, D3D10_DDI_BIND_VERTEX_BUFFER, contents, 5));
    d3d_flush(device);
    create = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_BUFFER, 0);
    CHECK_EQ(create->size_bytes, 8);
}

/* DDI bind flags of a buffer, and what the wire calls them. */
static void buffer_may_be_used_as_it_may_be_bound(void)
{
    static const struct {
        UINT bind;
        uint32_t usage;
    } rows[] = {
        { D3D10_DDI_BIND_VERTEX_BUFFER, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER },
        { D3D10_DDI_BIND_INDEX_BUFFER, AEROGPU_RESOURCE_USAGE_INDEX_BUFFER },
        { D3D10_DDI_BIND_CONSTANT_BUFFER, AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER },
        { D3D10_DDI_BIND_SHADER_RESOURCE, AEROGPU_RESOURCE_USAGE_STORAGE },
        { D3D10_DDI_BIND_VERTEX_BUFFER | D3D10_DDI_BIND_INDEX_BUFFER,
          AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER | AEROGPU_RESOURCE_USAGE_INDEX_BUFFER },
    };
    static const uint32_t contents[4];

    CHECK(begin());
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct aerogpu_cmd_create_buffer *create;

        CHECK(d3d_create_buffer_with(device, rows[i].bind, contents, sizeof(contents)));
        d3d_flush(device);
        create = kernel_find_packet(kernel, AEROGPU_CMD_CREATE_BUFFER, i);
        CHECK_EQ(create->usage_flags, rows[i].usage);
    }
}

static DXGI_DDI_PRIMARY_DESC primary_desc(UINT flags)
{
    return (DXGI_DDI_PRIMARY_DESC){
        .Flags = flags,
        .DriverFlags = 0xFFFFFFFF,
        .ModeDesc = { .Width = SIDE, .Height = SIDE, .Format = DXGI_FORMAT_D32_FLOAT },
    };
}

static void optional_primary_that_cannot_be_shown_says_so(void)
{
    struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_RENDER_TARGET);
    DXGI_DDI_PRIMARY_DESC primary = primary_desc(DXGI_DDI_PRIMARY_OPTIONAL);

    CHECK(begin());
    primary.VidPnSourceId = 1; /* there is one screen, number 0 */
    desc.primary = &primary;
    CHECK(d3d_create_texture(device, &desc, NULL));
    CHECK_EQ(primary.DriverFlags, DXGI_DDI_PRIMARY_DRIVER_FLAG_NO_SCANOUT);
}

static void primary_that_can_be_shown_says_nothing(void)
{
    struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_RENDER_TARGET);
    DXGI_DDI_PRIMARY_DESC primary = primary_desc(DXGI_DDI_PRIMARY_OPTIONAL);

    CHECK(begin());
    desc.primary = &primary;
    CHECK(d3d_create_texture(device, &desc, NULL));
    CHECK_EQ(primary.DriverFlags, 0);
}

static void primary_that_must_be_shown_and_cannot_is_refused(void)
{
    struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_RENDER_TARGET);
    DXGI_DDI_PRIMARY_DESC primary = primary_desc(0);

    CHECK(begin());
    primary.VidPnSourceId = 1;
    desc.primary = &primary;
    CHECK(!d3d_create_texture(device, &desc, NULL));
    CHECK_HR(rt_error(device), E_OUTOFMEMORY);
}

static void primary_is_freed_inside_its_destroy(void)
{
    struct rt_object *buffer;

    CHECK(begin());
    buffer = scene_create_back_buffer(device);
    CHECK(buffer);
    d3d_destroy(buffer);
    CHECK_EQ(kernel_live_allocations(kernel), 0);
}

static void target_view_of_one_mip_of_several_is_refused(void)
{
    struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_RENDER_TARGET);

    CHECK(begin());
    desc.mip_levels = 2;
    CHECK(!d3d_create_rtv(d3d_create_texture(device, &desc, NULL), NULL));
}

static void target_view_of_another_format_is_refused(void)
{
    const struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_RENDER_TARGET);
    const struct d3d_view_desc view = { .format = DXGI_FORMAT_R8G8B8A8_UNORM_SRGB };

    CHECK(begin());
    CHECK(!d3d_create_rtv(d3d_create_texture(device, &desc, NULL), &view));
}

static void target_view_of_a_typeless_texture_is_of_its_family(void)
{
    struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_RENDER_TARGET);
    const struct d3d_view_desc view = { .format = DXGI_FORMAT_R8G8B8A8_UNORM };

    CHECK(begin());
    desc.format = DXGI_FORMAT_R8G8B8A8_TYPELESS;
    CHECK(d3d_create_rtv(d3d_create_texture(device, &desc, NULL), &view));
}

static void depth_view_of_a_typeless_texture_is_of_its_family(void)
{
    struct d3d_texture_desc desc = texture_desc(D3D10_DDI_BIND_DEPTH_STENCIL);
    const struct d3d_view_desc view = { .format = DXGI_FORMAT_D24_UNORM_S8_UINT };

    CHECK(begin());
    desc.format = DXGI_FORMAT_R24G8_TYPELESS;
    CHECK(d3d_create_dsv(d3d_create_texture(device, &desc, NULL), &view));
}

static void depth_is_cleared_within_its_range(void)
{
    const struct d3d_texture_desc plain = texture_desc(D3D10_DDI_BIND_DEPTH_STENCIL);
    struct d3d_texture_desc desc = plain;
    const struct aerogpu_cmd_clear *clear;
    float depth;
    struct rt_object *dsv;

    CHECK(begin());
    desc.format = DXGI_FORMAT_D32_FLOAT;
    dsv = d3d_create_dsv(d3d_create_texture(device, &desc, NULL), NULL);
    CHECK(dsv);
    d3d_clear_depth_stencil(device, dsv, D3D10_DDI_CLEAR_DEPTH | D3D10_DDI_CLEAR_STENCIL, 7.0f, 1);
    d3d_flush(device);
    clear = kernel_find_packet(kernel, AEROGPU_CMD_CLEAR, 0);
    CHECK(clear);
    memcpy(&depth, (const uint8_t *)clear + offsetof(struct aerogpu_cmd_clear, depth_f32), 4);
    CHECK(depth == 1.0f);
    CHECK_EQ(clear->flags, AEROGPU_CLEAR_DEPTH); /* the format has no stencil */
}

static const struct tap_test tests[] = {
    TAP_TEST(rows_of_initial_data_are_repacked),
    TAP_TEST(rows_of_an_update_are_repacked),
    TAP_TEST(every_mip_and_layer_of_initial_data_arrives),
    TAP_TEST(contents_of_a_present_surface_are_written_to_its_memory),
    TAP_TEST(update_of_a_constant_buffer_arrives),
    TAP_TEST(update_of_a_box_that_is_all_of_it_arrives),
    TAP_TEST(odd_buffer_size_is_rounded_up_on_the_wire),
    TAP_TEST(buffer_may_be_used_as_it_may_be_bound),
    TAP_TEST(optional_primary_that_cannot_be_shown_says_so),
    TAP_TEST(primary_that_can_be_shown_says_nothing),
    TAP_TEST(primary_that_must_be_shown_and_cannot_is_refused),
    TAP_TEST(primary_is_freed_inside_its_destroy),
    TAP_TEST(target_view_of_one_mip_of_several_is_refused),
    TAP_TEST(target_view_of_another_format_is_refused),
    TAP_TEST(target_view_of_a_typeless_texture_is_of_its_family),
    TAP_TEST(depth_view_of_a_typeless_texture_is_of_its_family),
    TAP_TEST(depth_is_cleared_within_its_range),
};

TAP_MAIN(tests)
