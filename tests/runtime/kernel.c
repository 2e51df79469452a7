#include "runtime/kernel.h"

#include <stdlib.h>
#include <string.h>

#include "aerogpu/decode.h"
#include "runtime/kernel_state.h"

void kernel_config_init(struct kernel_config *config)
{
    memset(config, 0, sizeof(*config));
    config->blob.size_bytes = sizeof(config->blob);
    config->blob.struct_version = AEROGPU_UMDPRIV_STRUCT_VERSION_V1;
    config->blob.device_mmio_magic = AEROGPU_UMDPRIV_MMIO_MAGIC_NEW_AGPU;
    config->blob.device_abi_version_u32 = AEROGPU_ABI_VERSION_U32;
    config->blob.device_features = AEROGPU_FEATURE_FENCE_PAGE | AEROGPU_FEATURE_CURSOR |
                                   AEROGPU_FEATURE_SCANOUT | AEROGPU_FEATURE_VBLANK |
                                   AEROGPU_FEATURE_TRANSFER | AEROGPU_FEATURE_ERROR_INFO;
    config->blob.flags = AEROGPU_UMDPRIV_FLAG_HAS_VBLANK | AEROGPU_UMDPRIV_FLAG_HAS_FENCE_PAGE;
    config->blob_bytes = sizeof(config->blob);
    config->command_buffer_bytes = 64 * 1024;
    config->allocation_list_entries = 256;
    config->patch_list_entries = 256;
    config->max_command_buffer_bytes = 4 * 1024 * 1024;
    config->max_allocation_list_entries = 4096;
    config->capture_path = getenv("AEROGPU_SCENARIO_TRACE");
    config->capture_comment = "aerogpu-umd scenario";
}

static void report_message(void *user, const struct aerogpu_message *message)
{
    const struct kernel *kernel = user;

    report_violation(kernel->report, "submission %u, packet %u (opcode 0x%x) at byte %u: %s [%s]",
                     (unsigned)kernel->submitted, message->packet_index, message->opcode,
                     message->offset_bytes, message->text, message->rule);
}

struct kernel *kernel_create(const struct kernel_config *config)
{
    struct kernel *kernel = calloc(1, sizeof(*kernel));
    struct aerogpu_validator_config validator = { .report = report_message, .user = kernel };

    if (kernel == NULL)
        tap_bail_out("out of memory");
    if (config != NULL)
        kernel->config = *config;
    else
        kernel_config_init(&kernel->config);
    kernel->report = report_create();
    kernel->residency = D3DDDI_RESIDENCYSTATUS_RESIDENTINGPUMEMORY;
    /* Handles look like nothing that a driver could mistake for an index, a pointer or an id. */
    kernel->next_handle = 0x40000140;
    kernel->next_gpa = 0x10000;
    kernel->next_token = 0x5A5A000000000001;

    validator.device_abi_minor = kernel->config.blob.device_abi_version_u32 & 0xFFFF;
    validator.device_features = kernel->config.blob.device_features;
    validator.allow_kernel_packets = true;
    validator.has_texture_views = kernel->config.has_texture_views;
    kernel->validator = aerogpu_validator_create(&validator);
    if (kernel->validator == NULL)
        tap_bail_out("no validator");
    if (kernel->config.capture_path != NULL) {
        kernel->capture =
            aerogpu_capture_create(kernel->config.capture_path, kernel->config.capture_comment);
        if (kernel->capture == NULL)
            tap_bail_out("cannot write %s", kernel->config.capture_path);
    }
    kernel_live_start(kernel);
    return kernel;
}

static const char *const object_names[AEROGPU_OBJECT_KINDS] = {
    [AEROGPU_OBJECT_BUFFER] = "buffers",       [AEROGPU_OBJECT_TEXTURE] = "textures",
    [AEROGPU_OBJECT_VIEW] = "views",           [AEROGPU_OBJECT_SHADER] = "shaders",
    [AEROGPU_OBJECT_LAYOUT] = "input layouts", [AEROGPU_OBJECT_SAMPLER] = "samplers",
};

void kernel_account(struct kernel *kernel)
{
    if (kernel->is_excused || kernel->devices != NULL)
        return;
    report_set_entry(kernel->report, "after the last device");
    for (enum aerogpu_object_kind kind = 0; kind < AEROGPU_OBJECT_KINDS; kind++) {
        const uint32_t count = aerogpu_validator_live(kernel->validator, kind);

        if (count > 0)
            report_violation(kernel->report, "%u %s are left on the host", count,
                             object_names[kind]);
    }
    report_set_entry(kernel->report, NULL);
}

static void free_history(struct kernel *kernel)
{
    for (size_t i = 0; i < kernel->submission_count; i++) {
        free((void *)(uintptr_t)kernel->submissions[i].stream);
        free((void *)(uintptr_t)kernel->submissions[i].entries);
    }
    free(kernel->submissions);
    free(kernel->presents);
    free(kernel->host_objects);
    free(kernel->used_ids);
}

void kernel_destroy(struct kernel *kernel)
{
    if (kernel == NULL)
        return;
    while (kernel->devices != NULL)
        kernel_device_destroy(kernel->devices);
    while (kernel->allocations != NULL)
        kernel_drop_allocation(kernel, kernel->allocations);
    kernel_live_stop(kernel);
    guard_queue_finish(&kernel->retired);
    if (!aerogpu_capture_close(kernel->capture))
        tap_bail_out("writing %s failed", kernel->config.capture_path);
    aerogpu_validator_destroy(kernel->validator);
    free_history(kernel);
    report_destroy(kernel->report);
    free(kernel);
}

void *kernel_append(void *items, size_t *count, size_t size_bytes)
{
    uint8_t *grown = realloc(items, (*count + 1) * size_bytes);

    if (grown == NULL)
        tap_bail_out("out of memory");
    memset(grown + *count * size_bytes, 0, size_bytes);
    (*count)++;
    return grown;
}

uint32_t kernel_new_handle(struct kernel *kernel)
{
    const uint32_t handle = kernel->next_handle;

    kernel->next_handle += 0x140;
    return handle;
}

struct report *kernel_report(struct kernel *kernel)
{
    return kernel->report;
}

struct kernel_config *kernel_settings(struct kernel *kernel)
{
    return &kernel->config;
}

/* ---- Failures on request ---- */

void kernel_fail(struct kernel *kernel, enum kernel_callback callback, unsigned nth, HRESULT result)
{
    kernel->plans[callback] = (struct kernel_plan){ .countdown = nth, .result = result };
}

void kernel_fail_render_keeping_buffers(struct kernel *kernel, unsigned nth, HRESULT result)
{
    kernel->plans[KERNEL_RENDER] =
        (struct kernel_plan){ .countdown = nth, .result = result, .keeps_buffers = true };
}

void kernel_remove_device(struct kernel *kernel)
{
    kernel->is_removed = true;
}

/* What undoes something works on a removed device, too. */
static bool survives_removal(enum kernel_callback callback)
{
    return callback == KERNEL_DEALLOCATE || callback == KERNEL_UNLOCK ||
           callback == KERNEL_DESTROY_CONTEXT || callback == KERNEL_QUERY_ADAPTER_INFO;
}

/* After a failed lock or a lost buffer the driver may give the device up (semantics 8.4, 12.3). */
static void note_failure(struct kernel_device *device, enum kernel_callback callback,
                         HRESULT result)
{
    device->has_failed = true;
    if (result == D3DDDIERR_DEVICEREMOVED || callback == KERNEL_LOCK)
        device->is_lost = true;
}

HRESULT kernel_refuse(struct kernel_device *device, const char *call, const char *reason)
{
    report_violation(device->kernel->report, "%s: %s", call, reason);
    device->has_failed = true;
    return E_INVALIDARG;
}

bool kernel_intercept(struct kernel *kernel, struct kernel_device *device,
                      enum kernel_callback callback, HRESULT *result)
{
    struct kernel_plan *plan = &kernel->plans[callback];

    kernel->calls[callback]++;
    *result = S_OK;
    if (plan->countdown > 0 && --plan->countdown == 0)
        *result = plan->result;
    else if (kernel->is_removed && !survives_removal(callback))
        *result = D3DDDIERR_DEVICEREMOVED;
    if (device != NULL && FAILED(*result) && *result != D3DDDIERR_WASSTILLDRAWING)
        note_failure(device, callback, *result);
    return *result != S_OK;
}

/* ---- Completion ---- */

void kernel_hold(struct kernel *kernel, bool hold)
{
    kernel->is_held = hold;
    if (!hold)
        kernel_complete(kernel, 0);
}

void kernel_complete(struct kernel *kernel, uint64_t serial)
{
    if (serial == 0 || serial > kernel->submitted)
        serial = kernel->submitted;
    if (serial > kernel->completed)
        kernel->completed = serial;
}

void kernel_set_residency(struct kernel *kernel, D3DDDI_RESIDENCYSTATUS status)
{
    kernel->residency = status;
}

/* ---- History and live objects ---- */

unsigned kernel_calls(const struct kernel *kernel, enum kernel_callback callback)
{
    return kernel->calls[callback];
}

size_t kernel_submissions(const struct kernel *kernel)
{
    return kernel->submission_count;
}

const struct kernel_submission *kernel_submission(const struct kernel *kernel, size_t index)
{
    return index < kernel->submission_count ? &kernel->submissions[index] : NULL;
}

/* Visits the packets of one opcode: returns the nth, and how many there are up to it. */
static const void *visit_packets(const struct kernel *kernel, uint32_t opcode, size_t nth,
                                 size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < kernel->submission_count; i++) {
        struct aerogpu_reader reader;
        struct aerogpu_packet packet;

        if (!aerogpu_reader_init(&reader, kernel->submissions[i].stream,
                                 kernel->submissions[i].stream_bytes))
            continue;
        while (aerogpu_reader_next(&reader, &packet)) {
            if (packet.opcode != opcode)
                continue;
            if ((*count)++ == nth)
                return packet.bytes;
        }
    }
    return NULL;
}

size_t kernel_count_packets(const struct kernel *kernel, uint32_t opcode)
{
    size_t count;

    visit_packets(kernel, opcode, SIZE_MAX, &count);
    return count;
}

const void *kernel_find_packet(const struct kernel *kernel, uint32_t opcode, size_t nth)
{
    size_t count;

    return visit_packets(kernel, opcode, nth, &count);
}

size_t kernel_presents(const struct kernel *kernel)
{
    return kernel->present_count;
}

const struct kernel_present *kernel_present(const struct kernel *kernel, size_t index)
{
    return index < kernel->present_count ? &kernel->presents[index] : NULL;
}

uint32_t kernel_primary(const struct kernel *kernel)
{
    return kernel->primary_alloc_id;
}

unsigned kernel_live_allocations(const struct kernel *kernel)
{
    unsigned count = 0;

    for (const struct kernel_allocation *a = kernel->allocations; a != NULL; a = a->next)
        count++;
    return count;
}

unsigned kernel_live_contexts(const struct kernel *kernel)
{
    unsigned count = 0;

    for (const struct kernel_device *device = kernel->devices; device != NULL;
         device = device->next)
        count += device->h_context != NULL;
    return count;
}

unsigned kernel_live_objects(const struct kernel *kernel, enum aerogpu_object_kind kind)
{
    return aerogpu_validator_live(kernel->validator, kind);
}

bool kernel_allocation(const struct kernel *kernel, size_t index,
                       struct kernel_allocation_info *info)
{
    const struct kernel_allocation *allocation = kernel->allocations;

    while (allocation != NULL && index-- > 0)
        allocation = allocation->next;
    if (allocation == NULL)
        return false;
    info->alloc_id = allocation->memory->blob.alloc_id;
    info->blob_flags = allocation->memory->blob.flags;
    info->size_bytes = allocation->memory->blob.size_bytes;
    info->share_token = allocation->memory->blob.share_token;
    info->row_pitch_bytes = allocation->memory->blob.row_pitch_bytes;
    info->is_primary = allocation->is_primary;
    info->is_opened = allocation->is_opened;
    info->last_use = allocation->memory->last_use;
    info->bytes = guard_bytes(allocation->memory->backing);
    return true;
}

/* ---- Devices ---- */

struct kernel_device *kernel_device_create(struct kernel *kernel,
                                           const struct kernel_client *client)
{
    struct kernel_device *device = calloc(1, sizeof(*device));

    if (device == NULL)
        tap_bail_out("out of memory");
    device->kernel = kernel;
    device->client = *client;
    device->id = ++kernel->next_device_id;
    device->next = kernel->devices;
    kernel->devices = device;
    return device;
}

/* The runtime is through with the device: nothing of it may be left. */
static void account_for(struct kernel_device *device)
{
    struct kernel *kernel = device->kernel;
    unsigned count = 0;

    for (const struct kernel_allocation *a = kernel->allocations; a != NULL; a = a->next)
        count += a->device == device;
    if (count > 0)
        report_violation(kernel->report, "the device is gone, but %u of its allocations live on",
                         count);
    for (const struct kernel_resource *r = device->resources; r != NULL; r = r->next) {
        if (r->h_km != 0)
            report_violation(kernel->report,
                             "the device is gone, but the kernel resource of %p was never freed "
                             "through hResource",
                             r->desc.h_rt_resource);
    }
    if (device->h_context != NULL)
        report_violation(kernel->report, "the device is gone, but its context lives on");
    kernel_forget_objects(device, !device->is_lost);
}

void kernel_device_destroy(struct kernel_device *device)
{
    struct kernel *kernel;
    struct kernel_device **link;

    if (device == NULL)
        return;
    kernel = device->kernel;
    kernel->is_excused |= device->is_lost;
    account_for(device);
    for (struct kernel_allocation *a = kernel->allocations, *next; a != NULL; a = next) {
        next = a->next;
        if (a->device == device)
            kernel_drop_allocation(kernel, a);
    }
    if (device->h_context != NULL)
        kernel_retire_buffers(kernel, &device->buffers);
    kernel_check_retired(kernel, true);
    while (device->resources != NULL) {
        struct kernel_resource *resource = device->resources;

        device->resources = resource->next;
        free(resource);
    }
    for (link = &kernel->devices; *link != device;)
        link = &(*link)->next;
    *link = device->next;
    free(device);
}

uint32_t kernel_device_id(const struct kernel_device *device)
{
    return device->id;
}

bool kernel_device_has_failed(const struct kernel_device *device)
{
    return device->has_failed;
}

unsigned kernel_device_renders(const struct kernel_device *device, bool successful)
{
    return successful ? device->renders_good : device->renders_bad;
}

bool kernel_device_is_rendering(const struct kernel_device *device)
{
    return device->is_rendering;
}

HRESULT kernel_query_adapter_info(struct kernel *kernel, const D3DDDICB_QUERYADAPTERINFO *data)
{
    const struct kernel_config *config = &kernel->config;

    if (data == NULL || data->pPrivateDriverData == NULL || data->PrivateDriverDataSize == 0) {
        report_violation(kernel->report, "QueryAdapterInfoCb without a buffer");
        return E_INVALIDARG;
    }
    /* Four bytes ask for the version word alone; anything else below 64 fails (section 13). */
    if (data->PrivateDriverDataSize == sizeof(config->blob.device_abi_version_u32)) {
        memcpy(data->pPrivateDriverData, &config->blob.device_abi_version_u32,
               sizeof(config->blob.device_abi_version_u32));
        return S_OK;
    }
    if (data->PrivateDriverDataSize < sizeof(config->blob))
        return E_INVALIDARG;
    memcpy(data->pPrivateDriverData, &config->blob,
           config->blob_bytes < sizeof(config->blob) ? config->blob_bytes : sizeof(config->blob));
    return S_OK;
}
