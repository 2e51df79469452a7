#include <string.h>

#include "aerogpu/decode.h"
#include "aerogpu_cmd.h"
#include "runtime/kernel_state.h"

/*
 * Which host objects a device owns, read off the streams it submitted. The validator judges the
 * packets; this is only about what must be gone when memory is freed or the device ends.
 */

/* Packets that create or destroy an object: the handle is the word at offset_bytes. */
static const struct {
    uint32_t opcode;
    uint32_t offset_bytes;
    const char *kind; /**< NULL: the packet destroys */
} object_packets[] = {
    { AEROGPU_CMD_CREATE_BUFFER, offsetof(struct aerogpu_cmd_create_buffer, buffer_handle),
      "buffer" },
    { AEROGPU_CMD_CREATE_TEXTURE2D, offsetof(struct aerogpu_cmd_create_texture2d, texture_handle),
      "texture" },
    { AEROGPU_CMD_IMPORT_SHARED_SURFACE,
      offsetof(struct aerogpu_cmd_import_shared_surface, out_resource_handle), "imported surface" },
    { AEROGPU_CMD_DESTROY_RESOURCE, offsetof(struct aerogpu_cmd_destroy_resource, resource_handle),
      NULL },
    { AEROGPU_CMD_CREATE_TEXTURE_VIEW,
      offsetof(struct aerogpu_cmd_create_texture_view, view_handle), "view" },
    { AEROGPU_CMD_DESTROY_TEXTURE_VIEW,
      offsetof(struct aerogpu_cmd_destroy_texture_view, view_handle), NULL },
    { AEROGPU_CMD_CREATE_SHADER_DXBC,
      offsetof(struct aerogpu_cmd_create_shader_dxbc, shader_handle), "shader" },
    { AEROGPU_CMD_DESTROY_SHADER, offsetof(struct aerogpu_cmd_destroy_shader, shader_handle),
      NULL },
    { AEROGPU_CMD_CREATE_INPUT_LAYOUT,
      offsetof(struct aerogpu_cmd_create_input_layout, input_layout_handle), "input layout" },
    { AEROGPU_CMD_DESTROY_INPUT_LAYOUT,
      offsetof(struct aerogpu_cmd_destroy_input_layout, input_layout_handle), NULL },
    { AEROGPU_CMD_CREATE_SAMPLER, offsetof(struct aerogpu_cmd_create_sampler, sampler_handle),
      "sampler" },
    { AEROGPU_CMD_DESTROY_SAMPLER, offsetof(struct aerogpu_cmd_destroy_sampler, sampler_handle),
      NULL },
};

static uint32_t word_at(const struct aerogpu_packet *packet, uint32_t offset_bytes)
{
    uint32_t word = 0;

    if (offset_bytes + sizeof(word) <= packet->size_bytes)
        memcpy(&word, packet->bytes + offset_bytes, sizeof(word));
    return word;
}

static uint32_t id_of_token(const struct kernel *kernel, uint64_t token)
{
    for (const struct kernel_memory *memory = kernel->memories; memory != NULL;
         memory = memory->next) {
        if (token != 0 && memory->blob.share_token == token)
            return memory->blob.alloc_id;
    }
    return 0;
}

static uint32_t backing_of(const struct kernel *kernel, const struct aerogpu_packet *packet)
{
    struct aerogpu_cmd_import_shared_surface import;

    switch (packet->opcode) {
    case AEROGPU_CMD_CREATE_BUFFER:
        return word_at(packet, offsetof(struct aerogpu_cmd_create_buffer, backing_alloc_id));
    case AEROGPU_CMD_CREATE_TEXTURE2D:
        return word_at(packet, offsetof(struct aerogpu_cmd_create_texture2d, backing_alloc_id));
    case AEROGPU_CMD_IMPORT_SHARED_SURFACE:
        if (packet->size_bytes < sizeof(import))
            return 0;
        memcpy(&import, packet->bytes, sizeof(import));
        return id_of_token(kernel, import.share_token);
    default:
        return 0;
    }
}

static void remove_object(struct kernel *kernel, uint32_t handle)
{
    for (size_t i = 0; i < kernel->host_object_count; i++) {
        if (kernel->host_objects[i].handle == handle) {
            kernel->host_objects[i] = kernel->host_objects[--kernel->host_object_count];
            return;
        }
    }
}

static void track_packet(struct kernel_device *device, const struct aerogpu_packet *packet)
{
    struct kernel *kernel = device->kernel;

    if (packet->opcode == AEROGPU_CMD_RELEASE_SHARED_SURFACE)
        report_violation(kernel->report, "RenderCb: only the kernel driver releases share tokens");
    for (size_t i = 0; i < sizeof(object_packets) / sizeof(object_packets[0]); i++) {
        const uint32_t handle = word_at(packet, object_packets[i].offset_bytes);

        if (object_packets[i].opcode != packet->opcode)
            continue;
        remove_object(kernel, handle);
        if (object_packets[i].kind != NULL) {
            kernel->host_objects = kernel_append(kernel->host_objects, &kernel->host_object_count,
                                                 sizeof(*kernel->host_objects));
            kernel->host_objects[kernel->host_object_count - 1] = (struct kernel_host_object){
                .handle = handle,
                .opcode = packet->opcode,
                .serial = ++kernel->host_objects_made,
                .device_id = device->id,
                .alloc_id = backing_of(kernel, packet),
                .kind = object_packets[i].kind,
            };
        }
        return;
    }
}

void kernel_track_objects(struct kernel_device *device, const void *stream, size_t stream_bytes)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    if (!aerogpu_reader_init(&reader, stream, stream_bytes))
        return;
    while (aerogpu_reader_next(&reader, &packet))
        track_packet(device, &packet);
}

void kernel_release_token(struct kernel *kernel, uint64_t token)
{
    struct AEROGPU_PACKED {
        struct aerogpu_cmd_stream_header header;
        struct aerogpu_cmd_release_shared_surface release;
    } stream = {
        .header = { .magic = AEROGPU_CMD_STREAM_MAGIC,
                    .abi_version = AEROGPU_ABI_VERSION_U32,
                    .size_bytes = sizeof(stream) },
        .release = { .hdr = { AEROGPU_CMD_RELEASE_SHARED_SURFACE, sizeof(stream.release) },
                     .share_token = token },
    };

    const struct kernel_submission submission = {
        .stream = (const uint8_t *)&stream,
        .stream_bytes = sizeof(stream),
        .errors = aerogpu_validator_submit(kernel->validator, &stream, sizeof(stream), NULL, 0),
    };

    kernel_live_submit(kernel, &submission);
}

void kernel_forget_objects(struct kernel_device *device, bool judge)
{
    struct kernel *kernel = device->kernel;
    size_t i = 0;

    while (i < kernel->host_object_count) {
        const struct kernel_host_object *object = &kernel->host_objects[i];

        if (object->device_id != device->id) {
            i++;
            continue;
        }
        if (judge) {
            report_violation(kernel->report,
                             "the device is gone, but host object 0x%x (%s) was never destroyed",
                             object->handle, object->kind);
            kernel->is_excused = true;
        }
        kernel->host_objects[i] = kernel->host_objects[--kernel->host_object_count];
    }
}

uint32_t kernel_object_backed_by(const struct kernel_device *device, uint32_t alloc_id)
{
    const struct kernel *kernel = device->kernel;

    for (size_t i = 0; alloc_id != 0 && i < kernel->host_object_count; i++) {
        if (kernel->host_objects[i].alloc_id == alloc_id &&
            kernel->host_objects[i].device_id == device->id)
            return kernel->host_objects[i].handle;
    }
    return 0;
}

uint32_t kernel_newest_handle(const struct kernel *kernel, uint32_t create_opcode)
{
    const struct kernel_host_object *newest = NULL;

    for (size_t i = 0; i < kernel->host_object_count; i++) {
        const struct kernel_host_object *object = &kernel->host_objects[i];

        if (object->opcode == create_opcode && (newest == NULL || object->serial > newest->serial))
            newest = object;
    }
    return newest != NULL ? newest->handle : 0;
}
