/** Cases of copies, views and sharing. */
#include "validate_world.h"

/* Copies. */

static void build_buffer_copy_to_itself(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_copy_buffer(world, FREE, FREE, 16)->dst_offset_bytes = 32;
}

static void build_buffer_copy_of_odd_size(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_buffer(world, FREE + 1, 0, 64);
    add_copy_buffer(world, FREE, FREE + 1, 6);
}

static void build_buffer_copy_to_odd_offset(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_buffer(world, FREE + 1, 0, 64);
    add_copy_buffer(world, FREE, FREE + 1, 8)->dst_offset_bytes = 2;
}

static void build_buffer_copy_beyond_source(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_buffer(world, FREE + 1, 0, 32);
    add_copy_buffer(world, FREE, FREE + 1, 36);
}

static void build_buffer_copy_beyond_destination(struct world *world)
{
    add_buffer(world, FREE, 0, 32);
    add_buffer(world, FREE + 1, 0, 64);
    add_copy_buffer(world, FREE, FREE + 1, 16)->dst_offset_bytes = UINT64_MAX - 7;
}

static void build_buffer_copy_of_nothing(struct world *world)
{
    add_buffer(world, FREE, 0, 32);
    add_buffer(world, FREE + 1, 0, 64);
    add_copy_buffer(world, FREE, FREE + 1, 0);
}

static void build_writeback_to_host_owned(struct world *world)
{
    add_buffer(world, FREE, 0, 32);
    add_buffer(world, FREE + 1, 0, 64);
    add_copy_buffer(world, FREE, FREE + 1, 4)->flags = AEROGPU_COPY_FLAG_WRITEBACK_DST;
}

static void build_writeback(struct world *world)
{
    scene_create(world);
    add_backed_buffer(world, FREE, 0, 64);
    add_buffer(world, FREE + 1, 0, 64);
    add_copy_buffer(world, FREE, FREE + 1, 4)->flags = AEROGPU_COPY_FLAG_WRITEBACK_DST;
    add_backed_texture(world, FREE + 2, 0)->backing_offset_bytes = 64;
    add_copy_texture(world, FREE + 2, TARGET, 64, 32)->flags = AEROGPU_COPY_FLAG_WRITEBACK_DST;
}

static void build_texture_copy(struct world *world)
{
    struct aerogpu_cmd_copy_texture2d *cmd;

    scene_create(world);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    cmd = add_copy_texture(world, FREE, TEXTURE, 32, 16);
    cmd->dst_x = 32;
    cmd->dst_y = 16;
}

static void build_texture_copy_to_itself(struct world *world)
{
    scene_create(world);
    add_copy_texture(world, TEXTURE, TEXTURE, 4, 4)->dst_x = 32;
}

static void build_texture_copy_between_own_mips(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->mip_levels = 2;
    add_copy_texture(world, FREE, FREE, 4, 4)->dst_mip_level = 1;
}

static void build_texture_copy_of_formats(struct world *world)
{
    scene_create(world);
    add_copy_texture(world, TARGET, TEXTURE, 4, 4);
}

static void build_texture_copy_of_srgb(struct world *world)
{
    scene_create(world);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_R8G8B8A8_UNORM_SRGB);
    add_copy_texture(world, FREE, TEXTURE, 4, 4);
}

static void build_texture_copy_of_missing_mip(struct world *world)
{
    scene_create(world);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    add_copy_texture(world, FREE, TEXTURE, 4, 4)->src_mip_level = 1;
}

static void build_texture_copy_of_missing_layer(struct world *world)
{
    scene_create(world);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    add_copy_texture(world, FREE, TEXTURE, 4, 4)->dst_array_layer = 1;
}

static void build_texture_copy_beyond_edge(struct world *world)
{
    scene_create(world);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    add_copy_texture(world, FREE, TEXTURE, 33, 4)->src_x = 32;
}

static void build_texture_copy_overflow(struct world *world)
{
    scene_create(world);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    add_copy_texture(world, FREE, TEXTURE, 8, 4)->dst_x = 0xFFFFFFFC;
}

static void add_two_bc(struct world *world, uint32_t width, uint32_t height)
{
    for (uint32_t i = 0; i < 2; i++) {
        struct aerogpu_cmd_create_texture2d *cmd =
            add_texture(world, FREE + i, 0, AEROGPU_FORMAT_BC1_RGBA_UNORM);

        cmd->width = width;
        cmd->height = height;
    }
}

static void build_bc_copy_at_odd_origin(struct world *world)
{
    add_two_bc(world, 64, 32);
    add_copy_texture(world, FREE, FREE + 1, 8, 8)->src_x = 2;
}

static void build_bc_copy_of_odd_size(struct world *world)
{
    add_two_bc(world, 64, 32);
    add_copy_texture(world, FREE, FREE + 1, 6, 8);
}

static void build_bc_copy_to_both_edges(struct world *world)
{
    add_two_bc(world, 62, 30);
    add_copy_texture(world, FREE, FREE + 1, 62, 30);
}

static void build_writeback_to_mip_1(struct world *world)
{
    scene_create(world);
    add_backed_chain(world, 0);
    add_copy_texture(world, FREE, TARGET, 4, 4)->flags = AEROGPU_COPY_FLAG_WRITEBACK_DST;
    ((struct aerogpu_cmd_copy_texture2d *)(void *)(world->stream.bytes + world->stream.last_packet))
        ->dst_mip_level = 1;
}

static void build_writeback_of_bc(struct world *world)
{
    add_backed_texture(world, FREE, 0)->format = AEROGPU_FORMAT_BC1_RGBA_UNORM;
    add_texture(world, FREE + 1, 0, AEROGPU_FORMAT_BC1_RGBA_UNORM);
    add_copy_texture(world, FREE, FREE + 1, 4, 4)->flags = AEROGPU_COPY_FLAG_WRITEBACK_DST;
}

/* Views. */

static struct aerogpu_cmd_create_texture_view *add_view(struct world *world, uint32_t handle,
                                                        uint32_t texture)
{
    struct aerogpu_cmd_create_texture_view *cmd;

    cmd = STREAM_ADD(&world->stream, CREATE_TEXTURE_VIEW, create_texture_view);
    cmd->view_handle = handle;
    cmd->texture_handle = texture;
    cmd->format = COLOR_FORMAT;
    cmd->mip_level_count = 1;
    cmd->array_layer_count = 1;
    return cmd;
}

/** A host with views, and a texture of two mips and layers that can be a target. */
static void world_with_views(struct world *world)
{
    struct aerogpu_cmd_create_texture2d *cmd;

    world->config.has_texture_views = true;
    world_restart(world);
    cmd = add_texture(world, FREE,
                      AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_TEXTURE,
                      COLOR_FORMAT);
    cmd->mip_levels = 2;
    cmd->array_layers = 2;
}

static void build_view_as_target(struct world *world)
{
    world_with_views(world);
    add_view(world, FREE + 1, FREE)->base_mip_level = 1;
    add_targets(world, FREE + 1, 0);
    add_clear(world, AEROGPU_CLEAR_COLOR);
    STREAM_ADD(&world->stream, DESTROY_TEXTURE_VIEW, destroy_texture_view)->view_handle = FREE + 1;
}

static void build_view_of_srgb(struct world *world)
{
    world_with_views(world);
    add_view(world, FREE + 1, FREE)->format = AEROGPU_FORMAT_B8G8R8A8_UNORM_SRGB;
    add_set_texture(world, 1, 0, FREE + 1);
}

static void build_view_beyond_mips(struct world *world)
{
    world_with_views(world);
    add_view(world, FREE + 1, FREE)->mip_level_count = 3;
}

static void build_view_of_no_layers(struct world *world)
{
    world_with_views(world);
    add_view(world, FREE + 1, FREE)->array_layer_count = 0;
}

static void build_view_layer_overflow(struct world *world)
{
    world_with_views(world);
    add_view(world, FREE + 1, FREE)->base_array_layer = 0xFFFFFFFF;
}

static void build_view_of_other_format(struct world *world)
{
    world_with_views(world);
    add_view(world, FREE + 1, FREE)->format = AEROGPU_FORMAT_R8G8B8A8_UNORM;
}

static void build_view_of_destroyed_texture(struct world *world)
{
    world_with_views(world);
    add_view(world, FREE + 1, FREE);
    add_destroy(world, FREE);
    add_set_texture(world, 1, 0, FREE + 1);
}

/* Sharing. */

static void add_export(struct world *world, uint32_t handle, uint64_t token)
{
    struct aerogpu_cmd_export_shared_surface *cmd =
        STREAM_ADD(&world->stream, EXPORT_SHARED_SURFACE, export_shared_surface);

    cmd->resource_handle = handle;
    cmd->share_token = token;
}

static void add_import(struct world *world, uint32_t handle, uint64_t token)
{
    struct aerogpu_cmd_import_shared_surface *cmd =
        STREAM_ADD(&world->stream, IMPORT_SHARED_SURFACE, import_shared_surface);

    cmd->out_resource_handle = handle;
    cmd->share_token = token;
}

#define TOKEN 0x100000005ull

static void add_shared(struct world *world)
{
    add_backed_texture(world, FREE, AEROGPU_RESOURCE_USAGE_RENDER_TARGET);
    add_export(world, FREE, TOKEN);
}

static void build_share(struct world *world)
{
    add_shared(world);
    add_export(world, FREE, TOKEN);
    world_submit(world);
    add_import(world, FREE + 1, TOKEN);
    add_targets(world, FREE + 1, 0);
    add_clear(world, AEROGPU_CLEAR_COLOR);
    add_destroy(world, FREE);
    add_targets(world, FREE + 1, 0);
    add_clear(world, AEROGPU_CLEAR_COLOR);
    add_destroy(world, FREE + 1);
    add_buffer(world, FREE, 0, 16);
    add_buffer(world, FREE + 1, 0, 16);
}

static void build_export_of_token_zero(struct world *world)
{
    add_backed_texture(world, FREE, 0);
    add_export(world, FREE, 0);
}

static void build_import_of_token_zero(struct world *world)
{
    add_import(world, FREE, 0);
}

static void build_export_of_host_owned(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT);
    add_export(world, FREE, TOKEN);
}

static void build_export_of_mips(struct world *world)
{
    add_backed_texture(world, FREE, 0)->mip_levels = 2;
    add_export(world, FREE, TOKEN);
}

static void build_export_of_buffer(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_export(world, FREE, TOKEN);
}

static void build_export_of_taken_token(struct world *world)
{
    add_shared(world);
    add_backed_texture(world, FREE + 1, 0);
    add_export(world, FREE + 1, TOKEN);
}

static void build_import_of_unknown_token(struct world *world)
{
    add_import(world, FREE, TOKEN);
}

static void build_import_of_released_token(struct world *world)
{
    world->config.allow_kernel_packets = true;
    world_restart(world);
    add_shared(world);
    STREAM_ADD(&world->stream, RELEASE_SHARED_SURFACE, release_shared_surface)->share_token = TOKEN;
    add_import(world, FREE + 1, TOKEN);
}

static void build_import_after_last_reference(struct world *world)
{
    add_shared(world);
    add_destroy(world, FREE);
    add_import(world, FREE + 1, TOKEN);
}

static void build_import_to_live_handle(struct world *world)
{
    add_shared(world);
    add_import(world, FREE, TOKEN);
}

static void build_destroyed_original(struct world *world)
{
    add_shared(world);
    add_import(world, FREE + 1, TOKEN);
    add_destroy(world, FREE);
    add_targets(world, FREE, 0);
}

static void build_destroyed_original_created_again(struct world *world)
{
    add_shared(world);
    add_import(world, FREE + 1, TOKEN);
    add_destroy(world, FREE);
    add_buffer(world, FREE, 0, 16);
}

static void build_copy_to_own_alias(struct world *world)
{
    add_shared(world);
    add_import(world, FREE + 1, TOKEN);
    add_copy_texture(world, FREE + 1, FREE, 4, 4);
}

static const struct validate_case copy_cases[] = {
    { "a buffer copied to itself", "copy-self", build_buffer_copy_to_itself },
    { "a buffer copy of 6 bytes", "copy-align", build_buffer_copy_of_odd_size },
    { "a buffer copy to offset 2", "copy-align", build_buffer_copy_to_odd_offset },
    { "a buffer copy beyond its source", "copy-range", build_buffer_copy_beyond_source },
    { "a buffer copy to an offset that wraps around", "copy-range",
      build_buffer_copy_beyond_destination },
    { "a buffer copy of nothing", NULL, build_buffer_copy_of_nothing },
    { "a writeback to a host-owned buffer", "writeback-host-owned", build_writeback_to_host_owned },
    { "writebacks to guest-backed resources", NULL, build_writeback },
    { "a texture copy", NULL, build_texture_copy },
    { "a subresource copied to itself", "copy-self", build_texture_copy_to_itself },
    { "a mip copied to the next", NULL, build_texture_copy_between_own_mips },
    { "a copy between channel orders", "copy-format", build_texture_copy_of_formats },
    { "a copy from UNORM to sRGB", "copy-format", build_texture_copy_of_srgb },
    { "a copy from a missing mip", "copy-subresource", build_texture_copy_of_missing_mip },
    { "a copy to a missing layer", "copy-subresource", build_texture_copy_of_missing_layer },
    { "a copy over the right edge", "copy-range", build_texture_copy_beyond_edge },
    { "a copy to a column that wraps around", "copy-range", build_texture_copy_overflow },
    { "a BC copy from column 2", "copy-block", build_bc_copy_at_odd_origin },
    { "a BC copy of 6 columns", "copy-block", build_bc_copy_of_odd_size },
    { "a BC copy to both edges", NULL, build_bc_copy_to_both_edges },
    { "a writeback to mip 1", "writeback-subresource", build_writeback_to_mip_1 },
    { "a writeback of BC", "writeback-format", build_writeback_of_bc },
    { "a view of one mip as target", NULL, build_view_as_target },
    { "an sRGB view of a UNORM texture", NULL, build_view_of_srgb },
    { "a view of a mip too many", "view-range", build_view_beyond_mips },
    { "a view of no layers", "view-range", build_view_of_no_layers },
    { "a view of a layer that wraps around", "view-range", build_view_layer_overflow },
    { "a view of another channel order", "view-format", build_view_of_other_format },
    { "a view of a destroyed texture", "handle-unknown", build_view_of_destroyed_texture },
    { "a shared surface from export to destruction", NULL, build_share },
    { "an export of token 0", "share-token", build_export_of_token_zero },
    { "an import of token 0", "share-token", build_import_of_token_zero },
    { "an export of a host-owned texture", "share-resource", build_export_of_host_owned },
    { "an export of a texture with mips", "share-resource", build_export_of_mips },
    { "an export of a buffer", "share-resource", build_export_of_buffer },
    { "an export of a taken token", "share-exported", build_export_of_taken_token },
    { "an import of an unknown token", "share-unknown", build_import_of_unknown_token },
    { "an import of a released token", "share-released", build_import_of_released_token },
    { "an import after the last reference", "share-released", build_import_after_last_reference },
    { "an import to a live handle", "handle-in-use", build_import_to_live_handle },
    { "a destroyed original as target", "handle-original", build_destroyed_original },
    { "a destroyed original created again", "handle-in-use",
      build_destroyed_original_created_again },
    { "a surface copied to its alias", "copy-self", build_copy_to_own_alias },
};
