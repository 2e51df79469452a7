#include "host/execute.h"

#include "host/buffer.h"
#include "host/copy.h"
#include "host/dispatch.h"
#include "host/draw.h"
#include "host/host.h"
#include "host/layout.h"
#include "host/present.h"
#include "host/shader.h"
#include "host/share.h"
#include "host/surface.h"
#include "host/texture.h"

static bool host_do_nothing(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                            const struct aerogpu_payload *payload)
{
    (void)host;
    (void)packet;
    (void)payload;
    return true;
}

/* DESTROY_* of anything that unbinds: the handle stands first in all of them. */
static bool host_destroy(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                         const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_destroy_resource *cmd = (const void *)packet->bytes;

    (void)payload;
    host_state_unbind(host, cmd->resource_handle);
    host_objects_remove(host, cmd->resource_handle);
    return true;
}

/* Opcodes that have no row are refused by name. */
static const struct handler {
    uint32_t opcode;
    host_packet_fn *execute;
    bool has_new_handle;
} handlers[] = {
    { AEROGPU_CMD_NOP, host_do_nothing, false },
    { AEROGPU_CMD_DEBUG_MARKER, host_do_nothing, false },
    { AEROGPU_CMD_CREATE_BUFFER, host_create_buffer, true },
    { AEROGPU_CMD_CREATE_TEXTURE2D, host_create_texture2d, true },
    { AEROGPU_CMD_DESTROY_RESOURCE, host_destroy, false },
    { AEROGPU_CMD_RESOURCE_DIRTY_RANGE, host_resource_dirty_range, false },
    { AEROGPU_CMD_UPLOAD_RESOURCE, host_upload_resource, false },
    { AEROGPU_CMD_COPY_BUFFER, host_copy_buffer, false },
    { AEROGPU_CMD_COPY_TEXTURE2D, host_copy_texture2d, false },
    { AEROGPU_CMD_CREATE_TEXTURE_VIEW, host_create_texture_view, true },
    { AEROGPU_CMD_DESTROY_TEXTURE_VIEW, host_destroy, false },
    { AEROGPU_CMD_CREATE_SHADER_DXBC, host_create_shader_dxbc, true },
    { AEROGPU_CMD_DESTROY_SHADER, host_destroy_shader, false },
    { AEROGPU_CMD_BIND_SHADERS, host_bind_shaders, false },
    { AEROGPU_CMD_CREATE_INPUT_LAYOUT, host_create_input_layout, true },
    { AEROGPU_CMD_DESTROY_INPUT_LAYOUT, host_destroy, false },
    { AEROGPU_CMD_SET_INPUT_LAYOUT, host_set_input_layout, false },
    { AEROGPU_CMD_SET_BLEND_STATE, host_set_blend_state, false },
    { AEROGPU_CMD_SET_DEPTH_STENCIL_STATE, host_set_depth_stencil_state, false },
    { AEROGPU_CMD_SET_RASTERIZER_STATE, host_set_rasterizer_state, false },
    { AEROGPU_CMD_SET_RENDER_TARGETS, host_set_render_targets, false },
    { AEROGPU_CMD_SET_VIEWPORT, host_set_viewport, false },
    { AEROGPU_CMD_SET_SCISSOR, host_set_scissor, false },
    { AEROGPU_CMD_SET_VERTEX_BUFFERS, host_set_vertex_buffers, false },
    { AEROGPU_CMD_SET_INDEX_BUFFER, host_set_index_buffer, false },
    { AEROGPU_CMD_SET_PRIMITIVE_TOPOLOGY, host_set_primitive_topology, false },
    { AEROGPU_CMD_SET_TEXTURE, host_set_texture, false },
    { AEROGPU_CMD_CREATE_SAMPLER, host_create_sampler, true },
    { AEROGPU_CMD_DESTROY_SAMPLER, host_destroy, false },
    { AEROGPU_CMD_SET_SAMPLERS, host_set_samplers, false },
    { AEROGPU_CMD_SET_CONSTANT_BUFFERS, host_set_constant_buffers, false },
    { AEROGPU_CMD_SET_SHADER_RESOURCE_BUFFERS, host_set_shader_resource_buffers, false },
    { AEROGPU_CMD_SET_UNORDERED_ACCESS_BUFFERS, host_set_unordered_access_buffers, false },
    { AEROGPU_CMD_CLEAR, host_clear, false },
    { AEROGPU_CMD_DRAW, host_draw, false },
    { AEROGPU_CMD_DRAW_INDEXED, host_draw_indexed, false },
    { AEROGPU_CMD_DISPATCH, host_dispatch, false },
    { AEROGPU_CMD_PRESENT, host_present, false },
    { AEROGPU_CMD_PRESENT_EX, host_present, false },
    { AEROGPU_CMD_EXPORT_SHARED_SURFACE, host_export_shared_surface, false },
    { AEROGPU_CMD_IMPORT_SHARED_SURFACE, host_import_shared_surface, true },
    { AEROGPU_CMD_RELEASE_SHARED_SURFACE, host_release_shared_surface, false },
    { AEROGPU_CMD_FLUSH, host_do_nothing, false },
};

static const struct handler *find_handler(uint32_t opcode)
{
    for (size_t i = 0; i < sizeof(handlers) / sizeof(handlers[0]); i++) {
        if (handlers[i].opcode == opcode)
            return &handlers[i];
    }
    return NULL;
}

static bool execute_packet(struct aerogpu_host *host, const struct aerogpu_packet *packet)
{
    struct aerogpu_payload payload;
    const enum aerogpu_packet_status status = aerogpu_packet_payload(packet, &payload, NULL);
    const struct handler *handler = find_handler(packet->opcode);
    const char *name = aerogpu_opcode_name(packet->opcode);

    if (!host_relieve(host))
        return false;
    if (status == AEROGPU_PACKET_SHORT_STRUCT || status == AEROGPU_PACKET_SHORT_PAYLOAD)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "short-payload",
                         "%s is shorter than what it holds", name ? name : "the packet");
    if (handler && handler->has_new_handle && host->objects.handle_count >= HOST_OBJECTS_MAX)
        return host_fail(host, AEROGPU_HOST_BACKEND, "too-many-objects",
                         "%u objects are all that this host keeps", HOST_OBJECTS_MAX);
    if (handler)
        return handler->execute(host, packet, &payload);
    if (name)
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-packet", "%s is not executed",
                         name);
    return host_fail(host, AEROGPU_HOST_CMD_DECODE, "unknown-opcode", "no such opcode: 0x%x",
                     packet->opcode);
}

void host_execute(struct aerogpu_host *host, const void *bytes, size_t capacity_bytes)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    if (aerogpu_reader_init(&reader, bytes, capacity_bytes)) {
        while (aerogpu_reader_next(&reader, &packet)) {
            bool is_done;

            host->packet = &packet;
            is_done = execute_packet(host, &packet);
            if (host->config.after_packet)
                host->config.after_packet(host->config.user, &packet, is_done);
            if (!is_done && !host->config.is_lenient)
                break;
        }
        host->packet = NULL;
    }
    if (reader.error)
        host_fail(host, AEROGPU_HOST_CMD_DECODE, "packet-framing", "%s", reader.error);
}
