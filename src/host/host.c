/** The host's own room: life, submissions, errors, guest memory, reading back. */
#include "host/host.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/copy.h"
#include "host/execute.h"
#include "host/pipeline.h"
#include "host/present.h"
#include "host/texture.h"

#define ALL_FEATURES                                                                               \
    (AEROGPU_FEATURE_FENCE_PAGE | AEROGPU_FEATURE_CURSOR | AEROGPU_FEATURE_SCANOUT |               \
     AEROGPU_FEATURE_VBLANK | AEROGPU_FEATURE_TRANSFER | AEROGPU_FEATURE_ERROR_INFO)

/* Enough for the programs of the time, and for the machine to go on when one wants more. */
#define MEMORY_LIMIT_BYTES ((uint64_t)2 << 30)

/* Transfers of this size are not worth a wait for the device. */
#define STAGING_WASTE ((uint64_t)8 << 20)

static void report(struct aerogpu_host *host, enum aerogpu_host_error error,
                   const struct aerogpu_message *message)
{
    struct aerogpu_message named = *message;

    named.context_id = host->context_id;
    if (host->error == AEROGPU_HOST_OK)
        host->error = error;
    if (host->config.report)
        host->config.report(host->config.user, &named);
}

bool host_fail(struct aerogpu_host *host, enum aerogpu_host_error error, const char *rule,
               const char *format, ...)
{
    char text[400];
    struct aerogpu_message message = { .rule = rule, .text = text };
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (host->packet) {
        message.packet_index = host->packet->index;
        message.offset_bytes = host->packet->offset_bytes;
        message.opcode = host->packet->opcode;
    }
    report(host, error, &message);
    return false;
}

static void report_validation(void *user, const struct aerogpu_message *message)
{
    static const char *const ranges[] = { "alloc-range", "dirty-range", "upload-range",
                                          "copy-range", "binding-range" };
    enum aerogpu_host_error error = AEROGPU_HOST_CMD_DECODE;

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (strcmp(message->rule, ranges[i]) == 0)
            error = AEROGPU_HOST_OOB;
    }
    report(user, error, message);
}

/* Numbers the entries from 1. False when memory runs out. */
static bool index_allocations(struct aerogpu_host *host)
{
    const struct stream_memory memory = stream_memory_from(NULL, NULL);

    for (uint32_t i = 0; i < host->entry_count; i++) {
        uint32_t *number =
            stream_id_map_insert(&host->entry_numbers, &memory, host->entries[i].alloc_id);

        if (!number)
            return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
        if (*number == 0)
            *number = i + 1;
    }
    return true;
}

static void forget_allocations(struct aerogpu_host *host)
{
    const struct stream_memory memory = stream_memory_from(NULL, NULL);

    stream_id_map_finish(&host->entry_numbers, &memory);
    memset(&host->entry_numbers, 0, sizeof(host->entry_numbers));
    host->entries = NULL;
    host->entry_count = 0;
}

const struct aerogpu_alloc_entry *host_find_allocation(struct aerogpu_host *host, uint32_t alloc_id,
                                                       uint64_t offset_bytes, uint64_t size_bytes)
{
    const uint32_t *number = stream_id_map_find(&host->entry_numbers, alloc_id);
    const struct aerogpu_alloc_entry *entry = number ? &host->entries[*number - 1] : NULL;

    if (!entry) {
        host_fail(host, AEROGPU_HOST_CMD_DECODE, "alloc-unlisted",
                  "allocation %u is not in the submission's list", alloc_id);
        return NULL;
    }
    if (offset_bytes <= entry->size_bytes && size_bytes <= entry->size_bytes - offset_bytes &&
        entry->gpa <= UINT64_MAX - entry->size_bytes)
        return entry;
    host_fail(host, AEROGPU_HOST_OOB, "alloc-range",
              "%llu bytes at %llu lie outside of allocation %u", (unsigned long long)size_bytes,
              (unsigned long long)offset_bytes, alloc_id);
    return NULL;
}

bool host_read_allocation(struct aerogpu_host *host, uint32_t alloc_id, uint64_t offset_bytes,
                          void *bytes, uint64_t size_bytes)
{
    const struct aerogpu_alloc_entry *entry =
        host_find_allocation(host, alloc_id, offset_bytes, size_bytes);

    if (!entry)
        return false;
    return (host->config.read_guest &&
            host->config.read_guest(host->config.user, entry->gpa + offset_bytes, bytes,
                                    (size_t)size_bytes)) ||
           host_fail(host, AEROGPU_HOST_OOB, "guest-memory", "guest memory cannot be read");
}

bool host_slice(struct aerogpu_host *host, uint64_t size_bytes, struct host_slice *slice)
{
    return host_device_slice(&host->device, size_bytes, slice) ||
           host_fail(host, AEROGPU_HOST_BACKEND, "out-of-memory",
                     "no device memory for a transfer of %llu bytes",
                     (unsigned long long)size_bytes);
}

bool host_reserve(struct aerogpu_host *host, void **array, uint32_t *capacity, uint32_t needed,
                  size_t element_bytes)
{
    const uint32_t wanted = *capacity * 2 + 8;
    void *grown;

    if (needed <= *capacity)
        return true;
    grown = realloc(*array, wanted * element_bytes);
    if (!grown)
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    *array = grown;
    *capacity = wanted;
    return true;
}

/* What unbound texture slots read (host semantics 5): one texel of opaque black. */
static bool create_dummy(struct aerogpu_host *host)
{
    static const uint8_t black[4] = { 0, 0, 0, 0xFF };
    const struct texture_shape shape = {
        .format = stream_format_info_find(AEROGPU_FORMAT_R8G8B8A8_UNORM),
        .width = 1,
        .height = 1,
        .mip_levels = 1,
        .array_layers = 1,
    };
    bool is_filled;

    if (!host_device_begin(&host->device))
        return false;
    host->dummy = host_texture_create(host, AEROGPU_RESOURCE_USAGE_TEXTURE, &shape);
    is_filled = host->dummy && host_texture_upload(host, host->dummy, 0, black, sizeof(black));
    if (!host_device_finish(&host->device))
        return false;
    host_device_recycle(&host->device);
    return is_filled;
}

static struct aerogpu_validator *create_validator(struct aerogpu_host *host)
{
    const struct aerogpu_validator_config config = {
        .device_abi_minor = AEROGPU_ABI_MINOR,
        .device_features = ALL_FEATURES,
        .has_texture_views = true,
        .keep_state = host->config.is_lenient,
        .allow_kernel_packets = true,
        .report = report_validation,
        .user = host,
    };

    return aerogpu_validator_create(&config);
}

static bool create_parts(struct aerogpu_host *host, const char **reason)
{
    static const uint32_t clamp[3] = { 0, 0, 0 };

    if (!host_device_open(&host->device, host->config.device_name, reason))
        return false;
    host->device.limit_bytes =
        host->config.memory_limit_bytes ? host->config.memory_limit_bytes : MEMORY_LIMIT_BYTES;
    *reason = "out of memory";
    host->validator = create_validator(host);
    return host->validator && create_dummy(host) &&
           host_sampler_make(host, AEROGPU_SAMPLER_FILTER_NEAREST, clamp, &host->default_sampler);
}

struct aerogpu_host *aerogpu_host_create(const struct aerogpu_host_config *config,
                                         const char **reason)
{
    struct aerogpu_host *host = calloc(1, sizeof(*host));
    const char *unused = NULL;

    if (!reason)
        reason = &unused;
    *reason = "out of memory";
    if (!host)
        return NULL;
    host->config = *config;
    host_state_reset(&host->state);
    if (create_parts(host, reason)) {
        host->config.device_name = NULL;
        return host;
    }
    aerogpu_host_destroy(host);
    return NULL;
}

void aerogpu_host_destroy(struct aerogpu_host *host)
{
    if (!host)
        return;
    if (host->device.device) {
        vkDeviceWaitIdle(host->device.device);
        host_objects_finish(host);
        if (host->dummy)
            host_texture_destroy(host, &host->dummy->object);
        host_pipelines_forget(host, 0);
        vkDestroySampler(host->device.device, host->default_sampler, NULL);
    }
    aerogpu_validator_destroy(host->validator);
    host_device_close(&host->device);
    free(host->writebacks);
    free(host->presents);
    free(host->views);
    free(host);
}

bool aerogpu_host_reset(struct aerogpu_host *host)
{
    struct aerogpu_validator *validator = create_validator(host);

    if (!validator)
        return false;
    aerogpu_validator_destroy(host->validator);
    host->validator = validator;
    host_objects_finish(host);
    host_state_reset(&host->state);
    return true;
}

const char *aerogpu_host_device_name(const struct aerogpu_host *host)
{
    return host->device.properties.deviceName;
}

/* Ends a submission whose work may have been recorded in part. */
static void finish(struct aerogpu_host *host)
{
    if (host_device_finish(&host->device)) {
        host_writebacks_finish(host);
        host_presents_finish(host);
    } else {
        host_fail(host, AEROGPU_HOST_BACKEND, "device-lost", "the Vulkan device failed");
        vkDeviceWaitIdle(host->device.device);
        host->writeback_count = host->present_count = 0;
    }
    for (uint32_t i = 0; i < host->view_count; i++)
        vkDestroyBufferView(host->device.device, host->views[i], NULL);
    host->view_count = 0;
    host_objects_sweep(host);
    host_device_recycle(&host->device);
}

bool host_relieve(struct aerogpu_host *host)
{
    const struct host_device *device = &host->device;
    const bool is_waste = host->objects.dead || host_device_staging_bytes(device) > STAGING_WASTE;
    const bool has_little_left = device->allocated_bytes > device->limit_bytes / 2;

    if (!(is_waste && has_little_left) && host->pipelines.count <= HOST_PIPELINES_MAX)
        return true;
    finish(host);
    if (host->pipelines.count > HOST_PIPELINES_MAX)
        host_pipelines_forget(host, 0);
    return host_device_begin(&host->device) ||
           host_fail(host, AEROGPU_HOST_BACKEND, "device-lost", "the Vulkan device failed");
}

enum aerogpu_host_error aerogpu_host_submit(struct aerogpu_host *host, uint32_t context_id,
                                            const void *bytes, size_t capacity_bytes,
                                            const struct aerogpu_alloc_entry *entries,
                                            uint32_t entry_count)
{
    host->context_id = context_id;
    host->error = AEROGPU_HOST_OK;
    host->entries = entries;
    host->entry_count = entry_count;
    if (!host->config.is_lenient)
        host_state_reset(&host->state);
    if (aerogpu_validator_submit(host->validator, bytes, capacity_bytes, entries, entry_count) !=
            0 &&
        !host->config.is_lenient)
        return host->error;
    if (!host_device_begin(&host->device)) {
        host_fail(host, AEROGPU_HOST_BACKEND, "device-lost", "the Vulkan device failed");
        return host->error;
    }
    if (index_allocations(host))
        host_execute(host, bytes, capacity_bytes);
    finish(host);
    forget_allocations(host);
    return host->error;
}

/* Inside a packet a read goes behind what was recorded; else it is all there is. */
static bool begin_read(struct aerogpu_host *host, uint64_t size_bytes, struct host_slice *slice)
{
    return host_device_slice(&host->device, size_bytes, slice) &&
           (host->packet || host_device_begin(&host->device));
}

/* Waits and copies the slice out. Slices of work recorded before stay: others wait for them. */
static bool end_read(struct aerogpu_host *host, const struct host_slice *slice, void *bytes,
                     size_t size_bytes)
{
    const bool is_done = host_device_finish(&host->device);

    if (is_done)
        memcpy(bytes, slice->bytes, size_bytes);
    if (!host->packet) {
        host_device_recycle(&host->device);
        return is_done;
    }
    host_device_give_back(&host->device, slice);
    return host_device_begin(&host->device) && is_done;
}

/* Stencil, which is copied behind the depth, goes where the format has it. */
static void join_stencil(struct aerogpu_host_image *image, uint64_t copied_bytes)
{
    const uint8_t *stencil = image->bytes + image->size_bytes;

    for (uint64_t i = 0; i < copied_bytes - image->size_bytes; i++)
        image->bytes[4 * i + 3] = stencil[i];
}

bool aerogpu_host_read_texture(struct aerogpu_host *host, uint32_t handle, uint32_t mip,
                               uint32_t layer, struct aerogpu_host_image *image)
{
    struct host_texture *texture = host_find_texture(&host->objects, handle);
    struct host_region region = { .mip = mip, .layer = layer };
    struct host_slice slice;
    uint64_t row_bytes, copied_bytes;
    uint32_t row_count;

    if (!texture || mip >= texture->shape.mip_levels || layer >= texture->shape.array_layers)
        return false;
    region.width = stream_texture_mip_extent(texture->shape.width, mip);
    region.height = stream_texture_mip_extent(texture->shape.height, mip);
    *image = (struct aerogpu_host_image){
        .format = texture->shape.format->format,
        .width = region.width,
        .height = region.height,
        .size_bytes = (size_t)host_region_bytes(texture, &region, &row_bytes, &row_count),
    };
    copied_bytes = host_region_copies_bytes(texture, &region);
    image->bytes = malloc((size_t)copied_bytes);
    if (image->bytes && begin_read(host, copied_bytes, &slice)) {
        host_texture_fetch_all(host, texture, &region, &slice);
        if (end_read(host, &slice, image->bytes, (size_t)copied_bytes)) {
            join_stencil(image, copied_bytes);
            return true;
        }
    }
    aerogpu_host_image_finish(image);
    return false;
}

bool aerogpu_host_read_buffer(struct aerogpu_host *host, uint32_t handle, uint64_t offset_bytes,
                              void *bytes, size_t size_bytes)
{
    const struct host_buffer *buffer = host_find_buffer(&host->objects, handle);
    VkBufferCopy region = { .srcOffset = offset_bytes, .size = size_bytes };
    struct host_slice slice;

    if (!buffer || offset_bytes > buffer->size_bytes ||
        size_bytes > buffer->size_bytes - offset_bytes || size_bytes == 0 ||
        !begin_read(host, size_bytes, &slice))
        return false;
    region.dstOffset = slice.offset;
    host_device_barrier(&host->device);
    vkCmdCopyBuffer(host->device.commands, buffer->buffer, slice.buffer, 1, &region);
    return end_read(host, &slice, bytes, size_bytes);
}
