/** Cases of allocations, buffers, textures and their contents. */
#include "validate_world.h"

/* Allocations. */

static void build_entry_of_id_zero(struct world *world)
{
    world_list(world, 0, 16, 0);
}

static void build_entry_of_no_bytes(struct world *world)
{
    world_list(world, 9, 0, 0);
}

static void build_entry_that_overflows(struct world *world)
{
    world_list(world, 9, 16, 0);
    world->entries[world->entry_count - 1].gpa = UINT64_MAX - 15;
}

static void build_entry_at_address_zero(struct world *world)
{
    world_list(world, 9, 16, 0);
    world->entries[world->entry_count - 1].gpa = 0;
}

static void build_entry_twice(struct world *world)
{
    world_list(world, 9, 16, 0);
    world_list(world, 8, 16, 0);
    world_list(world, 9, 16, 0);
}

static void build_kernel_alloc_id(struct world *world)
{
    world_list(world, 0x80000000, 4096, 0);
    add_buffer(world, FREE, 0, 16)->backing_alloc_id = 0x80000000;
}

static void build_largest_driver_alloc_id(struct world *world)
{
    world_list(world, 0x7FFFFFFF, 4096, 0);
    add_buffer(world, FREE, 0, 16)->backing_alloc_id = 0x7FFFFFFF;
}

static void build_unlisted_create(struct world *world)
{
    add_buffer(world, FREE, 0, 16)->backing_alloc_id = 99;
}

static void build_unlisted_texture_create(struct world *world)
{
    add_backed_texture(world, FREE, 0)->backing_alloc_id = 99;
}

/** Creates with the allocation listed, goes on in a submission without it. */
static void forget_list(struct world *world)
{
    world_submit(world);
    world->entry_count = 0;
}

static void build_unlisted_dirty(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    forget_list(world);
    add_dirty(world, FREE, 0, 16);
}

static void build_unlisted_copy_source(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_buffer(world, FREE + 1, 0, 64);
    forget_list(world);
    add_copy_buffer(world, FREE + 1, FREE, 16);
}

static void build_unlisted_vertex_buffer(struct world *world)
{
    scene_create(world);
    add_backed_buffer(world, FREE, AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER, 64);
    forget_list(world);
    scene_state(world);
    add_vertex_buffer(world, 0, FREE, 16, 0);
    add_draw(world);
}

static void build_unlisted_target(struct world *world)
{
    add_backed_texture(world, FREE, AEROGPU_RESOURCE_USAGE_RENDER_TARGET);
    forget_list(world);
    add_targets(world, FREE, 0);
}

static void build_backing_beyond_allocation(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64)->backing_offset_bytes = (1 << 16) - 60;
}

static void build_backing_to_end_of_allocation(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64)->backing_offset_bytes = (1 << 16) - 64;
}

static void build_texture_backing_beyond_allocation(struct world *world)
{
    struct aerogpu_cmd_create_texture2d *cmd = add_backed_texture(world, FREE, 0);

    cmd->height = 256;
    cmd->backing_offset_bytes = 4;
}

static void build_backing_offset_overflow(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64)->backing_offset_bytes = 0xFFFFFFFC;
}

/** The staging allocation becomes read-only in the next submission. */
static void list_read_only(struct world *world)
{
    world_submit(world);
    world->entries[0].flags = AEROGPU_ALLOC_FLAG_READONLY;
}

static void build_readonly_writeback(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_buffer(world, FREE + 1, 0, 64);
    list_read_only(world);
    add_copy_buffer(world, FREE, FREE + 1, 16)->flags = AEROGPU_COPY_FLAG_WRITEBACK_DST;
}

static void build_readonly_source(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_buffer(world, FREE + 1, 0, 64);
    list_read_only(world);
    add_dirty(world, FREE, 0, 64);
    add_copy_buffer(world, FREE + 1, FREE, 16);
}

static void build_readonly_clear(struct world *world)
{
    add_backed_texture(world, FREE, AEROGPU_RESOURCE_USAGE_RENDER_TARGET);
    list_read_only(world);
    add_targets(world, FREE, 0);
    add_clear(world, AEROGPU_CLEAR_COLOR);
}

static void build_readonly_draw(struct world *world)
{
    scene_create(world);
    add_backed_texture(world, FREE, AEROGPU_RESOURCE_USAGE_RENDER_TARGET);
    list_read_only(world);
    scene_state(world);
    add_targets(world, FREE, 0);
    add_draw(world);
}

static void build_readonly_present(struct world *world)
{
    add_backed_texture(world, FREE, AEROGPU_RESOURCE_USAGE_SCANOUT);
    list_read_only(world);
    add_targets(world, FREE, 0);
    add_present(world);
}

/* Buffers and textures. */

static void build_buffer_of_no_bytes(struct world *world)
{
    add_buffer(world, FREE, 0, 0);
}

static void build_buffer_of_odd_size(struct world *world)
{
    add_buffer(world, FREE, 0, 17);
}

static void build_texture_without_width(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->width = 0;
}

static void build_texture_without_layers(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->array_layers = 0;
}

static void build_texture_of_hostile_extent(struct world *world)
{
    struct aerogpu_cmd_create_texture2d *cmd = add_texture(world, FREE, 0, COLOR_FORMAT);

    cmd->width = cmd->height = cmd->array_layers = 0xFFFFFFFF;
}

static void build_texture_over_2_gib(struct world *world)
{
    struct aerogpu_cmd_create_texture2d *cmd = add_texture(world, FREE, 0, COLOR_FORMAT);

    cmd->width = cmd->height = 16384;
    cmd->array_layers = 3;
}

static void build_texture_without_mips(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->mip_levels = 0;
}

static void build_texture_with_8_mips(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->mip_levels = 8;
}

static void build_texture_with_7_mips(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->mip_levels = 7;
}

static void build_texture_of_hostile_mips(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->mip_levels = 0xFFFFFFFF;
}

static void build_backed_texture_without_pitch(struct world *world)
{
    add_backed_texture(world, FREE, 0)->row_pitch_bytes = 0;
}

static void build_pitch_below_tight(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->row_pitch_bytes = 252;
}

static void build_pitch_of_odd_bytes(struct world *world)
{
    add_texture(world, FREE, 0, COLOR_FORMAT)->row_pitch_bytes = 258;
}

static void build_bc_pitch_of_blocks(struct world *world)
{
    add_texture(world, FREE, 0, AEROGPU_FORMAT_BC1_RGBA_UNORM)->row_pitch_bytes = 16 * 8;
}

static void build_bc_pitch_below_blocks(struct world *world)
{
    add_texture(world, FREE, 0, AEROGPU_FORMAT_BC3_RGBA_UNORM)->row_pitch_bytes = 16 * 16 - 4;
}

static void build_bc_target(struct world *world)
{
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_RENDER_TARGET, AEROGPU_FORMAT_BC1_RGBA_UNORM);
}

static void build_depth_as_color_target(struct world *world)
{
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_RENDER_TARGET, AEROGPU_FORMAT_D32_FLOAT);
}

static void build_color_as_depth_target(struct world *world)
{
    add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL, COLOR_FORMAT);
}

static void build_backed_depth(struct world *world)
{
    add_backed_texture(world, FREE, AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL)->format =
        AEROGPU_FORMAT_D24_UNORM_S8_UINT;
}

/* Dirty ranges. */

static void build_dirty_host_owned(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_dirty(world, FREE, 0, 16);
}

static void build_dirty_beyond_end(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_dirty(world, FREE, 60, 8);
}

static void build_dirty_overflow(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_dirty(world, FREE, UINT64_MAX - 3, 8);
}

static void build_dirty_whole(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_dirty(world, FREE, 0, 64);
    add_dirty(world, FREE, 64, 0);
}

static void build_dirty_unaligned(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_dirty(world, FREE, 2, 4);
}

static void build_dirty_part_of_mip(struct world *world)
{
    add_backed_chain(world, 0);
    add_dirty(world, FREE, 256, 8192 - 256);
}

static void build_dirty_mip_and_a_half(struct world *world)
{
    add_backed_chain(world, 0);
    add_dirty(world, FREE, 0, 8192 + 1024);
}

static void build_dirty_one_mip(struct world *world)
{
    add_backed_chain(world, 0);
    add_dirty(world, FREE, 10240 + 8192, 2048);
}

static void build_dirty_over_gpu_content(struct world *world)
{
    add_backed_chain(world, 0);
    add_texture(world, FREE + 1, 0, COLOR_FORMAT);
    add_copy_texture(world, FREE, FREE + 1, 64, 32);
    add_dirty(world, FREE, 8192, 2048);
}

static void build_dirty_all_over_gpu_content(struct world *world)
{
    add_backed_chain(world, 0);
    add_texture(world, FREE + 1, 0, COLOR_FORMAT);
    add_copy_texture(world, FREE, FREE + 1, 64, 32);
    add_dirty(world, FREE, 0, 20480);
}

static void build_dirty_after_writeback(struct world *world)
{
    add_backed_chain(world, 0);
    add_texture(world, FREE + 1, 0, COLOR_FORMAT);
    add_copy_texture(world, FREE, FREE + 1, 64, 32)->flags = AEROGPU_COPY_FLAG_WRITEBACK_DST;
    add_dirty(world, FREE, 8192, 2048);
}

/* Uploads. */

static void build_upload_to_backed(struct world *world)
{
    add_backed_buffer(world, FREE, 0, 64);
    add_upload(world, FREE, 0, 16);
}

static void build_upload_beyond_end(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_upload(world, FREE, 56, 12);
}

static void build_upload_to_end(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_upload(world, FREE, 56, 8);
}

static void build_upload_of_odd_size(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_upload(world, FREE, 0, 6);
}

static void build_upload_at_odd_offset(struct world *world)
{
    add_buffer(world, FREE, 0, 64);
    add_upload(world, FREE, 6, 4);
}

/** 8x8 BC1, 4 mips, 2 layers: sizes 32, 8, 8, 8; total 112 (protocol 10.1's example). */
static void add_bc_chain(struct world *world)
{
    struct aerogpu_cmd_create_texture2d *cmd =
        add_texture(world, FREE, AEROGPU_RESOURCE_USAGE_TEXTURE, AEROGPU_FORMAT_BC1_RGBA_UNORM);

    cmd->width = cmd->height = 8;
    cmd->mip_levels = 4;
    cmd->array_layers = 2;
}

static void build_upload_one_subresource(struct world *world)
{
    add_bc_chain(world);
    add_upload(world, FREE, 88, 8);
}

static void build_upload_whole_texture(struct world *world)
{
    add_bc_chain(world);
    add_upload(world, FREE, 0, 112);
}

static void build_upload_beyond_texture(struct world *world)
{
    add_bc_chain(world);
    add_upload(world, FREE, 104, 12);
}

static void build_upload_across_subresources(struct world *world)
{
    add_bc_chain(world);
    add_upload(world, FREE, 88, 12);
}

static void build_upload_part_first(struct world *world)
{
    add_bc_chain(world);
    add_upload(world, FREE, 0, 16);
}

static void build_upload_part_after_whole(struct world *world)
{
    add_bc_chain(world);
    add_upload(world, FREE, 0, 112);
    add_upload(world, FREE, 36, 4);
    add_upload(world, FREE, 92, 16);
}

static void build_upload_part_of_other_subresource(struct world *world)
{
    add_bc_chain(world);
    add_upload(world, FREE, 0, 40);
    add_upload(world, FREE, 48, 8);
    add_upload(world, FREE, 40, 4);
}

static void build_upload_part_next_to_whole_ones(struct world *world)
{
    add_bc_chain(world);
    add_upload(world, FREE, 0, 40);
    add_upload(world, FREE, 48, 8);
    add_upload(world, FREE, 48, 4);
}

static void build_upload_part_after_draw(struct world *world)
{
    scene(world);
    add_upload(world, TARGET, 0, 64 * 32 * 4);
    add_draw(world);
    add_upload(world, TARGET, 0, 256);
}

static void build_upload_part_after_clear(struct world *world)
{
    scene(world);
    add_upload(world, TARGET, 0, 64 * 32 * 4);
    add_clear(world, AEROGPU_CLEAR_COLOR);
    add_upload(world, TARGET, 0, 256);
}

static void build_upload_part_after_copy(struct world *world)
{
    scene_create(world);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    add_upload(world, FREE, 0, 64 * 32 * 4);
    add_copy_texture(world, FREE, TEXTURE, 4, 4);
    add_upload(world, FREE, 0, 256);
}

static void build_upload_whole_after_copy(struct world *world)
{
    scene_create(world);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_R8G8B8A8_UNORM);
    add_copy_texture(world, FREE, TEXTURE, 4, 4);
    add_upload(world, FREE, 0, 64 * 32 * 4);
    add_upload(world, FREE, 0, 256);
}

static void build_upload_odd_16_bit_mip(struct world *world)
{
    struct aerogpu_cmd_create_texture2d *cmd =
        add_texture(world, FREE, 0, AEROGPU_FORMAT_B5G6R5_UNORM);

    cmd->width = 3;
    cmd->height = 1;
    add_upload(world, FREE, 0, 6);
}

static void build_upload_to_depth(struct world *world)
{
    scene_create(world);
    add_upload(world, DEPTH, 0, 64 * 32 * 4);
}

static const struct validate_case resource_cases[] = {
    { "a listed allocation without id", "alloc-entry", build_entry_of_id_zero },
    { "a listed allocation without bytes", "alloc-entry", build_entry_of_no_bytes },
    { "a listed allocation beyond the address space", "alloc-entry", build_entry_that_overflows },
    { "a listed allocation at address 0", NULL, build_entry_at_address_zero },
    { "an allocation listed twice", "alloc-duplicate", build_entry_twice },
    { "an alloc_id of the kernel driver", "alloc-id-range", build_kernel_alloc_id },
    { "the largest alloc_id of a driver", NULL, build_largest_driver_alloc_id },
    { "a buffer on an unlisted allocation", "alloc-unlisted", build_unlisted_create },
    { "a texture on an unlisted allocation", "alloc-unlisted", build_unlisted_texture_create },
    { "a dirty range of an unlisted allocation", "alloc-unlisted", build_unlisted_dirty },
    { "a copy from an unlisted allocation", "alloc-unlisted", build_unlisted_copy_source },
    { "a draw from an unlisted vertex buffer", "alloc-unlisted", build_unlisted_vertex_buffer },
    { "an unlisted target", "alloc-unlisted", build_unlisted_target },
    { "a buffer beyond its allocation", "alloc-range", build_backing_beyond_allocation },
    { "a buffer to the end of its allocation", NULL, build_backing_to_end_of_allocation },
    { "a texture beyond its allocation", "alloc-range", build_texture_backing_beyond_allocation },
    { "a backing offset that wraps around", "alloc-range", build_backing_offset_overflow },
    { "a writeback to a read-only allocation", "alloc-readonly", build_readonly_writeback },
    { "a copy from a read-only allocation", NULL, build_readonly_source },
    { "a clear of a read-only target", "alloc-readonly", build_readonly_clear },
    { "a draw to a read-only target", "alloc-readonly", build_readonly_draw },
    { "a present of a read-only surface", "alloc-readonly", build_readonly_present },
    { "a buffer without bytes", "buffer-size", build_buffer_of_no_bytes },
    { "a buffer of 17 bytes", "buffer-size", build_buffer_of_odd_size },
    { "a texture without width", "texture-size", build_texture_without_width },
    { "a texture without layers", "texture-size", build_texture_without_layers },
    { "a texture with 2^32-1 mips", "texture-mips", build_texture_of_hostile_mips },
    { "a texture whose size overflows", "texture-size", build_texture_of_hostile_extent },
    { "a texture of 3 GiB", "texture-size", build_texture_over_2_gib },
    { "a texture without mips", "texture-mips", build_texture_without_mips },
    { "64 texels with 8 mips", "texture-mips", build_texture_with_8_mips },
    { "64 texels with 7 mips", NULL, build_texture_with_7_mips },
    { "a guest-backed texture without pitch", "texture-pitch", build_backed_texture_without_pitch },
    { "a pitch below tight", "texture-pitch", build_pitch_below_tight },
    { "a pitch of 258 bytes", "texture-pitch", build_pitch_of_odd_bytes },
    { "a tight pitch of BC1 blocks", NULL, build_bc_pitch_of_blocks },
    { "a pitch below tight of BC3 blocks", "texture-pitch", build_bc_pitch_below_blocks },
    { "a BC target", "texture-usage", build_bc_target },
    { "a depth format as colour target", "texture-usage", build_depth_as_color_target },
    { "a colour format as depth target", "texture-usage", build_color_as_depth_target },
    { "a guest-backed depth texture", "depth-backed", build_backed_depth },
    { "a dirty range of a host-owned buffer", "dirty-host-owned", build_dirty_host_owned },
    { "a dirty range beyond its buffer", "dirty-range", build_dirty_beyond_end },
    { "a dirty range that wraps around", "dirty-range", build_dirty_overflow },
    { "dirty ranges of all and of nothing", NULL, build_dirty_whole },
    { "a dirty range at an odd offset", "dirty-align", build_dirty_unaligned },
    { "a dirty part of a mip", "dirty-partial", build_dirty_part_of_mip },
    { "a dirty mip and a half", "dirty-partial", build_dirty_mip_and_a_half },
    { "one dirty mip", NULL, build_dirty_one_mip },
    { "a dirty mip beside one that the GPU wrote", "dirty-stale", build_dirty_over_gpu_content },
    { "all dirty over what the GPU wrote", NULL, build_dirty_all_over_gpu_content },
    { "a dirty mip beside one that was written back", NULL, build_dirty_after_writeback },
    { "an upload to a guest-backed buffer", "upload-backed", build_upload_to_backed },
    { "an upload beyond its buffer", "upload-range", build_upload_beyond_end },
    { "an upload to the end of its buffer", NULL, build_upload_to_end },
    { "an upload of 6 bytes", "upload-align", build_upload_of_odd_size },
    { "an upload at offset 6", "upload-align", build_upload_at_odd_offset },
    { "an upload of one subresource", NULL, build_upload_one_subresource },
    { "an upload of a whole texture", NULL, build_upload_whole_texture },
    { "an upload beyond its texture", "upload-range", build_upload_beyond_texture },
    { "an upload of one subresource and a half", "upload-partial-texture",
      build_upload_across_subresources },
    { "an upload of a part, first", "upload-partial-texture", build_upload_part_first },
    { "an upload of parts after the whole", NULL, build_upload_part_after_whole },
    { "an upload of a part of the one that was left out", "upload-partial-texture",
      build_upload_part_of_other_subresource },
    { "an upload of a part of a single one", NULL, build_upload_part_next_to_whole_ones },
    { "an upload of a part after a draw", "upload-partial-texture", build_upload_part_after_draw },
    { "an upload of a part after a clear", "upload-partial-texture",
      build_upload_part_after_clear },
    { "an upload of a part after a copy", "upload-partial-texture", build_upload_part_after_copy },
    { "an upload of a part after the whole after a copy", NULL, build_upload_whole_after_copy },
    { "an upload of a row of three 16-bit texels", NULL, build_upload_odd_16_bit_mip },
    { "an upload to a depth texture", "upload-depth", build_upload_to_depth },
};
