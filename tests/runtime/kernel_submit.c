#include <stdlib.h>
#include <string.h>

#include "aerogpu/decode.h"
#include "aerogpu_cmd.h"
#include "runtime/kernel_state.h"

/* ---- Buffers of a context ---- */

static void create_buffers(struct kernel_buffers *buffers, UINT command_bytes,
                           UINT allocation_entries, UINT patch_entries)
{
    buffers->commands = guard_create_pages(command_bytes);
    buffers->allocations =
        guard_create_pages((size_t)allocation_entries * sizeof(D3DDDI_ALLOCATIONLIST));
    buffers->patches = guard_create_pages((size_t)patch_entries * sizeof(D3DDDI_PATCHLOCATIONLIST));
}

static void check_guards(struct kernel *kernel, const struct guard_block *block, const char *name)
{
    ptrdiff_t offset;

    if (!guard_is_whole(block, &offset))
        report_violation(kernel->report, "wrote outside the %s, at byte %ld of %lu", name,
                         (long)offset, (unsigned long)guard_size(block));
}

void kernel_retire_buffers(struct kernel *kernel, struct kernel_buffers *buffers)
{
    const bool hide = kernel->config.hide_retired;

    check_guards(kernel, buffers->commands, "command buffer");
    check_guards(kernel, buffers->allocations, "allocation list");
    check_guards(kernel, buffers->patches, "patch location list");
    guard_queue_add(&kernel->retired, buffers->patches, "patch location list", hide);
    guard_queue_add(&kernel->retired, buffers->allocations, "allocation list", hide);
    guard_queue_add(&kernel->retired, buffers->commands, "command buffer", hide);
    memset(buffers, 0, sizeof(*buffers));
}

void kernel_check_retired(struct kernel *kernel, bool all)
{
    ptrdiff_t offset = 0;
    const char *name;

    while ((name = guard_queue_touched(&kernel->retired, all, &offset)) != NULL)
        report_violation(kernel->report, "wrote to a stale %s, at byte %ld", name, (long)offset);
}

static UINT list_entries(const struct guard_block *block, size_t entry_bytes)
{
    return (UINT)(guard_size(block) / entry_bytes);
}

/* ---- Contexts ---- */

HRESULT kernel_create_context(struct kernel_device *device, D3DDDICB_CREATECONTEXT *data)
{
    struct kernel *kernel = device->kernel;
    const struct kernel_config *config = &kernel->config;

    if (data == NULL)
        return kernel_refuse(device, "CreateContextCb", "no argument");
    if (device->h_context != NULL)
        return kernel_refuse(device, "CreateContextCb", "a second context");
    if (data->NodeOrdinal != 0 || data->EngineAffinity != 0 || data->Flags.Value != 0)
        return kernel_refuse(device, "CreateContextCb",
                             "node, engine affinity or flags are not zero");
    if (data->pPrivateDriverData != NULL || data->PrivateDriverDataSize != 0)
        return kernel_refuse(device, "CreateContextCb", "private data");

    create_buffers(&device->buffers, config->command_buffer_bytes, config->allocation_list_entries,
                   config->patch_list_entries);
    device->h_context = (HANDLE)(uintptr_t)kernel_new_handle(kernel);
    data->hContext = device->h_context;
    data->pCommandBuffer = guard_bytes(device->buffers.commands);
    data->CommandBufferSize = config->command_buffer_bytes;
    data->pAllocationList = guard_bytes(device->buffers.allocations);
    data->AllocationListSize = config->allocation_list_entries;
    data->pPatchLocationList = guard_bytes(device->buffers.patches);
    data->PatchLocationListSize = config->patch_list_entries;
    return S_OK;
}

HRESULT kernel_destroy_context(struct kernel_device *device, const D3DDDICB_DESTROYCONTEXT *data)
{
    if (data == NULL || device->h_context == NULL || data->hContext != device->h_context)
        return kernel_refuse(device, "DestroyContextCb", "hContext is not the device's context");
    kernel_retire_buffers(device->kernel, &device->buffers);
    device->h_context = NULL;
    return S_OK;
}

/* ---- RenderCb: what it is handed ---- */

static const char *check_submission(const struct kernel_device *device, const D3DDDICB_RENDER *data)
{
    const struct kernel_buffers *buffers = &device->buffers;
    struct aerogpu_cmd_stream_header header;

    if (data->CommandOffset != 0)
        return "CommandOffset is not zero";
    if (data->CommandLength < sizeof(header))
        return "CommandLength is below a stream header";
    if (data->CommandLength > guard_size(buffers->commands))
        return "CommandLength is beyond the command buffer";
    if (data->NumAllocations > list_entries(buffers->allocations, sizeof(D3DDDI_ALLOCATIONLIST)))
        return "NumAllocations is beyond the allocation list";
    if (data->NumPatchLocations != 0)
        return "NumPatchLocations is not zero";
    if (data->BroadcastContextCount != 0)
        return "BroadcastContextCount is not zero";
    if ((data->Flags.Value & ~7u) != 0)
        return "flags other than Resize*";
    if (data->pPrivateDriverData != NULL || data->PrivateDriverDataSize != 0 ||
        data->NewCommandBuffer != 0)
        return "reserved members are not zero";
    memcpy(&header, guard_bytes(buffers->commands), sizeof(header));
    if (header.size_bytes != data->CommandLength)
        return "size_bytes of the stream header is not CommandLength";
    return NULL;
}

/* Adds one list entry to the table the host gets; NULL, or what is wrong with the entry. */
static const char *add_entry(struct kernel_submission *submission,
                             const struct kernel_allocation *allocation,
                             const D3DDDI_ALLOCATIONLIST *item)
{
    struct aerogpu_alloc_entry *entries =
        (struct aerogpu_alloc_entry *)(uintptr_t)submission->entries;
    const struct kernel_memory *memory = allocation->memory;
    const uint32_t flags =
        item->WriteOperation ? AEROGPU_ALLOC_FLAG_NONE : AEROGPU_ALLOC_FLAG_READONLY;

    if (item->DoNotRetireInstance || item->Reserved != 0)
        return "flags other than WriteOperation in the allocation list";
    for (uint32_t i = 0; i < submission->entry_count; i++) {
        if (entries[i].alloc_id != memory->blob.alloc_id)
            continue;
        /* The creator's handle and an opened one: one surface, writable if either says so. */
        if (flags == AEROGPU_ALLOC_FLAG_NONE)
            entries[i].flags = AEROGPU_ALLOC_FLAG_NONE;
        return NULL;
    }
    entries[submission->entry_count].alloc_id = memory->blob.alloc_id;
    entries[submission->entry_count].flags = flags;
    entries[submission->entry_count].gpa = memory->gpa;
    entries[submission->entry_count].size_bytes = memory->blob.size_bytes;
    submission->entry_count++;
    return NULL;
}

/* Builds the allocation table; the result is what RenderCb returns for a bad list. */
static HRESULT build_table(struct kernel_device *device, struct kernel_submission *submission,
                           const D3DDDI_ALLOCATIONLIST *list, UINT count)
{
    struct report *report = device->kernel->report;

    for (UINT i = 0; i < count; i++) {
        struct kernel_allocation *allocation = kernel_find_allocation(device, list[i].hAllocation);
        const char *reason;

        if (allocation == NULL) {
            report_violation(report,
                             "RenderCb: entry %u of the allocation list is no live "
                             "allocation of the device",
                             i);
            return D3DDDIERR_INVALIDHANDLE;
        }
        for (UINT before = 0; before < i; before++) {
            if (list[before].hAllocation == list[i].hAllocation)
                report_violation(report,
                                 "RenderCb: entries %u and %u of the allocation list are "
                                 "one allocation",
                                 before, i);
        }
        if (allocation->view != NULL) {
            report_violation(report, "RenderCb: alloc_id %u is listed while locked",
                             allocation->memory->blob.alloc_id);
            return D3DDDIERR_CANTRENDERLOCKEDALLOCATION;
        }
        reason = add_entry(submission, allocation, &list[i]);
        if (reason != NULL)
            return kernel_refuse(device, "RenderCb", reason);
    }
    for (UINT i = 0; i < count; i++)
        kernel_find_allocation(device, list[i].hAllocation)->memory->last_use =
            device->kernel->submitted + 1;
    return S_OK;
}

/* ---- Handing a stream to the host ---- */

static void *copy_of(const void *bytes, size_t size_bytes)
{
    void *copy = malloc(size_bytes > 0 ? size_bytes : 1);

    if (copy == NULL)
        tap_bail_out("out of memory");
    memcpy(copy, bytes, size_bytes);
    return copy;
}

static bool has_present(const struct kernel_submission *submission)
{
    struct aerogpu_reader reader;
    struct aerogpu_packet packet;

    if (!aerogpu_reader_init(&reader, submission->stream, submission->stream_bytes))
        return false;
    while (aerogpu_reader_next(&reader, &packet)) {
        if (packet.opcode == AEROGPU_CMD_PRESENT || packet.opcode == AEROGPU_CMD_PRESENT_EX)
            return true;
    }
    return false;
}

const struct kernel_memory *kernel_find_memory(const struct kernel *kernel, uint32_t alloc_id)
{
    const struct kernel_memory *memory = kernel->memories;

    while (memory != NULL && memory->blob.alloc_id != alloc_id)
        memory = memory->next;
    return memory;
}

static void capture(struct kernel *kernel, const struct kernel_submission *submission)
{
    struct aerogpu_capture_range *ranges;
    struct aerogpu_capture_submission record = {
        .context_id = submission->device_id,
        .fence = submission->serial,
        .stream = submission->stream,
        .stream_bytes = submission->stream_bytes,
        .range_count = submission->entry_count,
    };

    if (kernel->capture == NULL)
        return;
    ranges = calloc(submission->entry_count + 1, sizeof(*ranges));
    if (ranges == NULL)
        tap_bail_out("out of memory");
    for (uint32_t i = 0; i < submission->entry_count; i++) {
        const struct aerogpu_alloc_entry *entry = &submission->entries[i];

        ranges[i].alloc_id = entry->alloc_id;
        ranges[i].flags = entry->flags;
        ranges[i].gpa = entry->gpa;
        ranges[i].size_bytes = entry->size_bytes;
        ranges[i].bytes = guard_bytes(kernel_find_memory(kernel, entry->alloc_id)->backing);
    }
    record.ranges = ranges;
    if (!aerogpu_capture_submit(kernel->capture, &record) ||
        (has_present(submission) && !aerogpu_capture_present(kernel->capture)))
        tap_bail_out("writing %s failed", kernel->config.capture_path);
    free(ranges);
}

static HRESULT submit(struct kernel_device *device, const D3DDDICB_RENDER *data)
{
    struct kernel *kernel = device->kernel;
    struct kernel_submission submission = { .device_id = device->id };
    struct aerogpu_alloc_entry *entries;
    const char *reason = check_submission(device, data);
    HRESULT result;

    if (reason != NULL)
        return kernel_refuse(device, "RenderCb", reason);
    entries = calloc(data->NumAllocations + 1, sizeof(*entries));
    if (entries == NULL)
        tap_bail_out("out of memory");
    submission.entries = entries;
    result = build_table(device, &submission, guard_bytes(device->buffers.allocations),
                         data->NumAllocations);
    if (result != S_OK) {
        free(entries);
        device->has_failed = true;
        device->is_lost = true;
        return result;
    }

    submission.serial = ++kernel->submitted;
    submission.stream = copy_of(guard_bytes(device->buffers.commands), data->CommandLength);
    submission.stream_bytes = data->CommandLength;
    submission.errors =
        aerogpu_validator_submit(kernel->validator, submission.stream, submission.stream_bytes,
                                 submission.entries, submission.entry_count);
    kernel_track_objects(device, submission.stream, submission.stream_bytes);
    capture(kernel, &submission);
    kernel_live_submit(kernel, &submission);
    if (!kernel->is_held)
        kernel->completed = kernel->submitted;
    kernel->submissions =
        kernel_append(kernel->submissions, &kernel->submission_count, sizeof(submission));
    kernel->submissions[kernel->submission_count - 1] = submission;
    return S_OK;
}

/* ---- RenderCb: around it ---- */

/* Bytes the driver submitted, to see that a destroy called from inside does not touch them. */
struct snapshot {
    void *commands;
    void *allocations;
    size_t command_bytes;
    size_t allocation_bytes;
};

static UINT smaller(UINT a, size_t b)
{
    return a < b ? a : (UINT)b;
}

static struct snapshot take_snapshot(const struct kernel_buffers *buffers,
                                     const D3DDDICB_RENDER *data)
{
    struct snapshot snapshot;

    snapshot.command_bytes = smaller(data->CommandLength, guard_size(buffers->commands));
    snapshot.allocation_bytes =
        smaller(data->NumAllocations,
                list_entries(buffers->allocations, sizeof(D3DDDI_ALLOCATIONLIST))) *
        sizeof(D3DDDI_ALLOCATIONLIST);
    snapshot.commands = copy_of(guard_bytes(buffers->commands), snapshot.command_bytes);
    snapshot.allocations = copy_of(guard_bytes(buffers->allocations), snapshot.allocation_bytes);
    return snapshot;
}

static void compare_snapshot(struct kernel *kernel, const struct kernel_buffers *buffers,
                             struct snapshot *snapshot)
{
    if (memcmp(snapshot->commands, guard_bytes(buffers->commands), snapshot->command_bytes) != 0)
        report_violation(kernel->report,
                         "RenderCb: a destroy called from inside wrote into the submitted stream");
    if (memcmp(snapshot->allocations, guard_bytes(buffers->allocations),
               snapshot->allocation_bytes) != 0)
        report_violation(kernel->report,
                         "RenderCb: a destroy called from inside wrote into the submitted list");
    free(snapshot->commands);
    free(snapshot->allocations);
}

/* A resize is granted up to the kernel's limit; without one the sizes stay. */
static UINT granted(bool is_requested, UINT requested, UINT now, UINT limit)
{
    if (!is_requested || requested < now)
        return now;
    return requested < limit ? requested : limit;
}

static void replace_buffers(struct kernel_device *device, const D3DDDICB_RENDER *data)
{
    struct kernel *kernel = device->kernel;
    const struct kernel_config *config = &kernel->config;
    struct kernel_buffers old = device->buffers;
    const UINT commands = granted(data->Flags.ResizeCommandBuffer, data->NewCommandBufferSize,
                                  (UINT)guard_size(old.commands), config->max_command_buffer_bytes);
    const UINT allocations = granted(data->Flags.ResizeAllocationList, data->NewAllocationListSize,
                                     list_entries(old.allocations, sizeof(D3DDDI_ALLOCATIONLIST)),
                                     config->max_allocation_list_entries);
    const UINT patches =
        granted(data->Flags.ResizePatchLocationList, data->NewPatchLocationListSize,
                list_entries(old.patches, sizeof(D3DDDI_PATCHLOCATIONLIST)),
                config->max_allocation_list_entries);

    create_buffers(&device->buffers, commands, allocations, patches);
    kernel_retire_buffers(kernel, &old);
}

static void return_buffers(const struct kernel_device *device, D3DDDICB_RENDER *data)
{
    const struct kernel_buffers *buffers = &device->buffers;

    data->pNewCommandBuffer = guard_bytes(buffers->commands);
    data->NewCommandBufferSize = (UINT)guard_size(buffers->commands);
    data->pNewAllocationList = guard_bytes(buffers->allocations);
    data->NewAllocationListSize = list_entries(buffers->allocations, sizeof(D3DDDI_ALLOCATIONLIST));
    data->pNewPatchLocationList = guard_bytes(buffers->patches);
    data->NewPatchLocationListSize =
        list_entries(buffers->patches, sizeof(D3DDDI_PATCHLOCATIONLIST));
    data->QueuedBufferCount = 1;
}

static void call_client(const struct kernel_device *device, bool first)
{
    if (device->client.render != NULL)
        device->client.render(device->client.user, first);
}

/* What a RenderCb result means for the packets in the buffer (semantics 17.5). */
static void note_result(struct kernel_device *device, HRESULT result, bool keeps_buffers)
{
    if (result == S_OK) {
        device->renders_good++;
        device->was_render_refused = false;
        return;
    }
    device->renders_bad++;
    device->has_failed = true;
    if (!keeps_buffers || device->was_render_refused)
        device->is_lost = true;
    device->was_render_refused = keeps_buffers;
}

HRESULT kernel_render(struct kernel_device *device, D3DDDICB_RENDER *data)
{
    struct kernel *kernel = device->kernel;
    const struct kernel_plan *plan = &kernel->plans[KERNEL_RENDER];
    struct snapshot snapshot;
    bool keeps_buffers;
    HRESULT result;

    if (data == NULL)
        return kernel_refuse(device, "RenderCb", "no argument");
    if (device->h_context == NULL || data->hContext != device->h_context)
        return kernel_refuse(device, "RenderCb", "hContext is not the device's context");
    if (device->is_rendering)
        return kernel_refuse(device, "RenderCb", "a submission from inside a submission");

    device->is_rendering = true;
    snapshot = take_snapshot(&device->buffers, data);
    call_client(device, true);
    compare_snapshot(kernel, &device->buffers, &snapshot);

    keeps_buffers = plan->countdown == 1 && plan->keeps_buffers;
    if (!kernel_intercept(kernel, device, KERNEL_RENDER, &result))
        result = submit(device, data);
    if (!keeps_buffers)
        replace_buffers(device, data);
    note_result(device, result, keeps_buffers);
    call_client(device, false);
    return_buffers(device, data);
    device->is_rendering = false;
    return result;
}
