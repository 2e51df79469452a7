/** Cases of framing, fields and gates. */
#include "validate_world.h"

static void build_empty_stream(struct world *world)
{
    (void)world;
}

static void build_nop_and_marker(struct world *world)
{
    STREAM_ADD(&world->stream, FLUSH, flush);
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 24);
    memcpy((char *)stream_packet(&world->stream, AEROGPU_CMD_DEBUG_MARKER, 16) + 8, "frame 1", 7);
}

static void build_header_of_another_major(struct world *world)
{
    aerogpu_store_u32(world->stream.bytes + 4, 2u << 16);
}

static void build_header_without_magic(struct world *world)
{
    world->stream.bytes[0] = 'X';
}

static void build_header_with_flags(struct world *world)
{
    aerogpu_store_u32(world->stream.bytes + 12, 1);
}

static void build_header_with_reserved(struct world *world)
{
    aerogpu_store_u32(world->stream.bytes + 20, 1);
}

static void build_packet_of_size_4(struct world *world)
{
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
    stream_resize_last(&world->stream, 4);
}

static void build_packet_of_size_10(struct world *world)
{
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 12);
    stream_resize_last(&world->stream, 10);
}

static void build_packet_beyond_stream_end(struct world *world)
{
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
    stream_resize_last(&world->stream, 12);
}

static void build_stray_bytes(struct world *world)
{
    stream_packet(&world->stream, AEROGPU_CMD_NOP, 8);
    world->stream.size_bytes += 4;
}

static void build_unknown_opcode(struct world *world)
{
    stream_packet(&world->stream, 0x999, 16);
}

static void build_unknown_opcode_of_later_minor(struct world *world)
{
    aerogpu_store_u32(world->stream.bytes + 4, 0x10005);
    stream_packet(&world->stream, 0x999, 16);
}

static void build_short_struct(struct world *world)
{
    stream_packet(&world->stream, AEROGPU_CMD_DRAW, 20);
}

static void build_short_bind_shaders(struct world *world)
{
    stream_packet(&world->stream, AEROGPU_CMD_BIND_SHADERS, 20);
}

static void build_short_upload(struct world *world)
{
    scene_create(world);
    add_upload(world, VERTICES, 0, 8)->size_bytes = 12;
}

static void build_upload_of_hostile_size(struct world *world)
{
    scene_create(world);
    add_upload(world, VERTICES, 0, 8)->size_bytes = UINT64_MAX;
}

static void build_elements_of_hostile_count(struct world *world)
{
    scene_create(world);
    add_vertex_buffer(world, 0, VERTICES, 16, 0)->buffer_count = 0x10000001;
}

static void build_shader_payload_short(struct world *world)
{
    const struct shader_plan plan = plan_pixel();
    struct aerogpu_cmd_create_shader_dxbc *cmd = add_shader(world, FREE, &plan);

    cmd->dxbc_size_bytes += 4;
}

/** A layout blob of 17 bytes: its last byte is ignored, three bytes of padding follow. */
static uint8_t *add_odd_layout(struct world *world)
{
    uint8_t blob[16] = { 0 };
    uint8_t *cmd;

    aerogpu_store_u32(blob, AEROGPU_INPUT_LAYOUT_BLOB_MAGIC);
    aerogpu_store_u32(blob + 4, AEROGPU_INPUT_LAYOUT_BLOB_VERSION);
    cmd = stream_packet(&world->stream, AEROGPU_CMD_CREATE_INPUT_LAYOUT, 20 + 17);
    memcpy(cmd + 20, blob, sizeof(blob));
    aerogpu_store_u32(cmd + 8, FREE);
    aerogpu_store_u32(cmd + 12, 17);
    return cmd;
}

static void build_padding_not_zero(struct world *world)
{
    add_odd_layout(world)[20 + 19] = 1;
}

static void build_padding_zero(struct world *world)
{
    add_odd_layout(world)[20 + 16] = 1;
}

static void build_trailing_bytes(struct world *world)
{
    /* A later version may append fields. */
    aerogpu_store_u32(stream_packet(&world->stream, AEROGPU_CMD_FLUSH, 20), AEROGPU_CMD_FLUSH);
}

static void build_reserved_u32(struct world *world)
{
    STREAM_ADD(&world->stream, FLUSH, flush)->reserved1 = 1;
}

static void build_reserved_u64(struct world *world)
{
    add_buffer(world, FREE, 0, 16)->reserved0 = (uint64_t)1 << 40;
}

static void build_reserved_u8(struct world *world)
{
    add_blend(world)->state.reserved0[2] = 1;
}

static void build_reserved_element(struct world *world)
{
    uint8_t *cmd;

    scene_create(world);
    cmd = (uint8_t *)add_vertex_buffer(world, 0, VERTICES, 16, 0);
    aerogpu_store_u32(cmd + 16 + 12, 1);
}

static void build_reserved_stage_ex_beside_vertex(struct world *world)
{
    add_constant_buffer(world, AEROGPU_SHADER_STAGE_VERTEX, 0, 0, 0, 0)->reserved0 = 2;
}

static void build_reserved_layout_header(struct world *world)
{
    uint8_t *cmd = (uint8_t *)add_layout(world, FREE, scene_elements, 2);

    aerogpu_store_u32(cmd + sizeof(struct aerogpu_cmd_create_input_layout) + 12, 1);
}

static void build_enum_format(struct world *world)
{
    add_texture(world, FREE, 0, 11);
}

static void build_enum_format_invalid(struct world *world)
{
    add_texture(world, FREE, 0, AEROGPU_FORMAT_INVALID);
}

static void build_enum_filter(struct world *world)
{
    struct aerogpu_cmd_create_sampler *cmd =
        STREAM_ADD(&world->stream, CREATE_SAMPLER, create_sampler);

    cmd->sampler_handle = FREE;
    cmd->filter = 2;
}

static void build_enum_address(struct world *world)
{
    struct aerogpu_cmd_create_sampler *cmd =
        STREAM_ADD(&world->stream, CREATE_SAMPLER, create_sampler);

    cmd->sampler_handle = FREE;
    cmd->address_w = 3;
}

static void build_enum_topology_undefined(struct world *world)
{
    add_topology(world, 0);
}

static void build_enum_topology_hole(struct world *world)
{
    add_topology(world, 14);
}

static void build_enum_index_format(struct world *world)
{
    scene_create(world);
    add_index_buffer(world, INDICES, 2, 0);
}

static void build_enum_index_format_without_buffer(struct world *world)
{
    add_index_buffer(world, 0, 57, 0);
}

static void build_enum_blend_factor(struct world *world)
{
    add_blend(world)->state.dst_factor_alpha = 8;
}

static void build_enum_blend_op(struct world *world)
{
    add_blend(world)->state.blend_op = 5;
}

static void build_enum_compare(struct world *world)
{
    add_depth_stencil(world)->state.depth_func = 8;
}

static void build_enum_cull(struct world *world)
{
    add_rasterizer(world)->state.cull_mode = 3;
}

static void build_enum_fill(struct world *world)
{
    add_rasterizer(world)->state.fill_mode = 2;
}

static void build_enum_slot_class(struct world *world)
{
    const struct element element = { 0, 6, 0, 0, 2, 0 };

    add_layout(world, FREE, &element, 1);
}

static void build_flags_usage(struct world *world)
{
    add_buffer(world, FREE, 0x100, 16);
}

static void build_flags_copy(struct world *world)
{
    add_buffer(world, FREE, 0, 16);
    add_buffer(world, FREE + 1, 0, 16);
    add_copy_buffer(world, FREE, FREE + 1, 16)->flags = 2;
}

static void build_flags_clear(struct world *world)
{
    scene(world);
    add_clear(world, 8 | AEROGPU_CLEAR_COLOR);
}

static void build_flags_present(struct world *world)
{
    scene(world);
    add_present(world)->flags = 2;
}

static void build_flags_rasterizer(struct world *world)
{
    add_rasterizer(world)->state.flags = 2;
}

static void build_flags_write_mask(struct world *world)
{
    add_blend(world)->state.color_write_mask = 0x1F;
}

static void build_boolean_blend(struct world *world)
{
    add_blend(world)->state.enable = 2;
}

static void build_boolean_depth(struct world *world)
{
    add_depth_stencil(world)->state.depth_write_enable = 0xFFFFFFFF;
}

static void build_boolean_rasterizer(struct world *world)
{
    add_rasterizer(world)->state.front_ccw = 2;
}

static void build_short_blend_state(struct world *world)
{
    /* The 28-byte form of ABI 1.0: what is missing has defaults. */
    scene(world);
    aerogpu_store_u32((uint8_t *)stream_packet(&world->stream, AEROGPU_CMD_SET_BLEND_STATE, 28) +
                          12,
                      AEROGPU_BLEND_ONE);
    add_draw(world);
}

/** Restarts with another device. */
static void set_device(struct world *world, uint32_t minor, uint64_t features)
{
    world->config.device_abi_minor = minor;
    world->config.device_features = features;
    world_restart(world);
}

static void build_copy_on_minor_0(struct world *world)
{
    set_device(world, 0, AEROGPU_FEATURE_TRANSFER);
    add_buffer(world, FREE, 0, 16);
    add_buffer(world, FREE + 1, 0, 16);
    add_copy_buffer(world, FREE, FREE + 1, 16);
}

static void build_copy_on_minor_1(struct world *world)
{
    set_device(world, 1, AEROGPU_FEATURE_TRANSFER);
    add_buffer(world, FREE, 0, 16);
    add_buffer(world, FREE + 1, 0, 16);
    add_copy_buffer(world, FREE, FREE + 1, 16);
}

static void build_copy_without_transfer(struct world *world)
{
    set_device(world, 4, 0);
    add_buffer(world, FREE, 0, 16);
    add_buffer(world, FREE + 1, 0, 16);
    add_copy_buffer(world, FREE, FREE + 1, 16);
}

static void build_vsync_without_vblank(struct world *world)
{
    set_device(world, 4, AEROGPU_FEATURE_TRANSFER);
    scene(world);
    add_present(world)->flags = AEROGPU_PRESENT_FLAG_VSYNC;
}

static void build_sampler_on_minor_1(struct world *world)
{
    set_device(world, 1, 0);
    STREAM_ADD(&world->stream, CREATE_SAMPLER, create_sampler)->sampler_handle = FREE;
}

static void build_srgb_on_minor_1(struct world *world)
{
    set_device(world, 1, 0);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_B8G8R8A8_UNORM_SRGB);
}

static void build_bc_on_minor_1(struct world *world)
{
    set_device(world, 1, 0);
    add_texture(world, FREE, 0, AEROGPU_FORMAT_BC1_RGBA_UNORM);
}

static void build_dispatch_on_minor_2(struct world *world)
{
    set_device(world, 2, 0);
    add_dispatch(world)->group_count_x = 0;
}

static void build_depth_clip_on_minor_1(struct world *world)
{
    set_device(world, 1, 0);
    add_rasterizer(world)->state.flags = AEROGPU_RASTERIZER_FLAG_DEPTH_CLIP_DISABLE;
}

static void build_patch_topology_on_minor_2(struct world *world)
{
    set_device(world, 2, 0);
    add_topology(world, AEROGPU_TOPOLOGY_PATCHLIST_3);
}

static void build_geometry_stage_on_minor_2(struct world *world)
{
    set_device(world, 2, 0);
    add_set_texture(world, AEROGPU_SHADER_STAGE_GEOMETRY, 0, 0);
}

static void build_stage_ex_on_minor_2(struct world *world)
{
    set_device(world, 2, 0);
    add_set_texture(world, AEROGPU_SHADER_STAGE_COMPUTE, 0, 0)->reserved0 =
        AEROGPU_SHADER_STAGE_EX_HULL;
}

static void build_stage_ex_in_old_stream(struct world *world)
{
    aerogpu_store_u32(world->stream.bytes + 4, 0x10002);
    add_set_texture(world, AEROGPU_SHADER_STAGE_COMPUTE, 0, 0)->reserved0 =
        AEROGPU_SHADER_STAGE_EX_HULL;
}

static void build_stage_ex_compute(struct world *world)
{
    add_set_texture(world, AEROGPU_SHADER_STAGE_COMPUTE, 0, 0)->reserved0 =
        AEROGPU_SHADER_STAGE_EX_COMPUTE;
}

static void build_stage_4(struct world *world)
{
    add_set_texture(world, 4, 0, 0);
}

static void build_stage_ex_1(struct world *world)
{
    add_set_texture(world, AEROGPU_SHADER_STAGE_COMPUTE, 0, 0)->reserved0 = 1;
}

static void build_stage_ex_6(struct world *world)
{
    add_set_sampler(world, AEROGPU_SHADER_STAGE_COMPUTE, 0, 0)->reserved0 = 6;
}

static void build_view_without_host_support(struct world *world)
{
    struct aerogpu_cmd_create_texture_view *cmd;

    scene_create(world);
    cmd = STREAM_ADD(&world->stream, CREATE_TEXTURE_VIEW, create_texture_view);
    cmd->view_handle = FREE;
    cmd->texture_handle = TEXTURE;
    cmd->format = AEROGPU_FORMAT_R8G8B8A8_UNORM;
    cmd->mip_level_count = 1;
    cmd->array_layer_count = 1;
}

static void build_release(struct world *world)
{
    STREAM_ADD(&world->stream, RELEASE_SHARED_SURFACE, release_shared_surface)->share_token = 5;
}

static void build_release_by_kernel(struct world *world)
{
    world->config.allow_kernel_packets = true;
    world_restart(world);
    build_release(world);
}

static void build_render_state(struct world *world)
{
    STREAM_ADD(&world->stream, SET_RENDER_STATE, set_render_state);
}

static void build_sampler_state(struct world *world)
{
    STREAM_ADD(&world->stream, SET_SAMPLER_STATE, set_sampler_state);
}

static void build_constants_i(struct world *world)
{
    STREAM_ADD(&world->stream, SET_SHADER_CONSTANTS_I, set_shader_constants_i);
}

static const struct validate_case framing_cases[] = {
    { "an empty stream is valid", NULL, build_empty_stream },
    { "fillers are valid", NULL, build_nop_and_marker },
    { "another major version", "stream-header", build_header_of_another_major },
    { "a missing magic", "stream-header", build_header_without_magic },
    { "flags in the stream header", "stream-reserved", build_header_with_flags },
    { "reserved words in the stream header", "stream-reserved", build_header_with_reserved },
    { "a packet smaller than its header", "packet-framing", build_packet_of_size_4 },
    { "a packet size that is no multiple of 4", "packet-framing", build_packet_of_size_10 },
    { "a packet beyond the stream end", "packet-framing", build_packet_beyond_stream_end },
    { "stray bytes behind the last packet", "packet-framing", build_stray_bytes },
    { "an unknown opcode", "unknown-opcode", build_unknown_opcode },
    { "an unknown opcode of a later minor is skipped", NULL, build_unknown_opcode_of_later_minor },
    { "a draw without its last field", "short-struct", build_short_struct },
    { "a short BIND_SHADERS", "short-struct", build_short_bind_shaders },
    { "an upload whose payload is cut off", "short-payload", build_short_upload },
    { "an upload of 2^64-1 bytes", "short-payload", build_upload_of_hostile_size },
    { "a count whose product overflows 32 bits", "short-payload", build_elements_of_hostile_count },
    { "a shader whose container is cut off", "short-payload", build_shader_payload_short },
    { "padding that is not zero", "padding", build_padding_not_zero },
    { "a blob that ends in a byte that is not zero", NULL, build_padding_zero },
    { "appended fields of a later version", NULL, build_trailing_bytes },
    { "a reserved u32", "reserved", build_reserved_u32 },
    { "a reserved u64", "reserved", build_reserved_u64 },
    { "a reserved byte", "reserved", build_reserved_u8 },
    { "a reserved word of an element", "reserved", build_reserved_element },
    { "stage_ex beside a plain stage", "reserved", build_reserved_stage_ex_beside_vertex },
    { "the reserved word of an ILAY header", "reserved", build_reserved_layout_header },
    { "an unknown format", "enum-value", build_enum_format },
    { "format INVALID", "enum-value", build_enum_format_invalid },
    { "an unknown filter", "enum-value", build_enum_filter },
    { "an unknown address mode", "enum-value", build_enum_address },
    { "topology 0", "enum-value", build_enum_topology_undefined },
    { "a topology between two ranges", "enum-value", build_enum_topology_hole },
    { "an unknown index format", "enum-value", build_enum_index_format },
    { "an index format without buffer does not matter", NULL,
      build_enum_index_format_without_buffer },
    { "an unknown blend factor", "enum-value", build_enum_blend_factor },
    { "an unknown blend op", "enum-value", build_enum_blend_op },
    { "an unknown compare function", "enum-value", build_enum_compare },
    { "an unknown cull mode", "enum-value", build_enum_cull },
    { "an unknown fill mode", "enum-value", build_enum_fill },
    { "an unknown input class", "enum-value", build_enum_slot_class },
    { "an unknown usage bit", "flag-bits", build_flags_usage },
    { "an unknown copy flag", "flag-bits", build_flags_copy },
    { "an unknown clear flag", "flag-bits", build_flags_clear },
    { "an unknown present flag", "flag-bits", build_flags_present },
    { "an unknown rasterizer flag", "flag-bits", build_flags_rasterizer },
    { "a write mask of five channels", "flag-bits", build_flags_write_mask },
    { "a blend switch of 2", "boolean", build_boolean_blend },
    { "a depth switch of -1", "boolean", build_boolean_depth },
    { "a winding switch of 2", "boolean", build_boolean_rasterizer },
    { "the short blend state of ABI 1.0", NULL, build_short_blend_state },
    { "a copy on minor 0", "gate-minor", build_copy_on_minor_0 },
    { "a copy on minor 1", NULL, build_copy_on_minor_1 },
    { "a copy without the TRANSFER feature", "gate-feature", build_copy_without_transfer },
    { "VSYNC without the VBLANK feature", "gate-feature", build_vsync_without_vblank },
    { "a sampler on minor 1", "gate-minor", build_sampler_on_minor_1 },
    { "an sRGB format on minor 1", "gate-minor", build_srgb_on_minor_1 },
    { "a BC format on minor 1", "gate-minor", build_bc_on_minor_1 },
    { "a dispatch on minor 2", "gate-minor", build_dispatch_on_minor_2 },
    { "depth clip off on minor 1", "gate-minor", build_depth_clip_on_minor_1 },
    { "a patch topology on minor 2", "gate-minor", build_patch_topology_on_minor_2 },
    { "the geometry stage on minor 2", "gate-minor", build_geometry_stage_on_minor_2 },
    { "stage_ex on minor 2", "gate-minor", build_stage_ex_on_minor_2 },
    { "stage_ex in a stream of minor 2", "stream-minor", build_stage_ex_in_old_stream },
    { "stage_ex COMPUTE is the compute stage", NULL, build_stage_ex_compute },
    { "stage 4", "stage-value", build_stage_4 },
    { "stage_ex 1", "stage-value", build_stage_ex_1 },
    { "stage_ex 6", "stage-value", build_stage_ex_6 },
    { "a view the host ignores", "gate-views", build_view_without_host_support },
    { "RELEASE_SHARED_SURFACE of a driver", "kernel-packet", build_release },
    { "RELEASE_SHARED_SURFACE of the kernel driver", NULL, build_release_by_kernel },
    { "SET_RENDER_STATE", "d3d9-packet", build_render_state },
    { "SET_SAMPLER_STATE", "d3d9-packet", build_sampler_state },
    { "SET_SHADER_CONSTANTS_I", "d3d9-packet", build_constants_i },
};
