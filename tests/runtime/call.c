#include <stdlib.h>
#include <string.h>

#include "runtime/runtime_state.h"

#define FRAMES_MAX 16
#define LENDS_MAX  256

/* Calls in progress. The runtime serialises everything: there is one stack. */
static struct rt_frame frames[FRAMES_MAX];
static unsigned depth;
static struct report *last_report;

/* Copies lent to the driver for the calls in progress, or for the next one. */
static struct {
    void *bytes;
    size_t size_bytes;
} lends[LENDS_MAX];
static unsigned lend_count;

struct rt_frame *rt_frame(void)
{
    return depth > 0 ? &frames[depth - 1] : NULL;
}

struct report *rt_frame_report(void)
{
    return last_report;
}

/* ---- What the driver was lent ---- */

void *rt_lend(const void *data, size_t size_bytes)
{
    void *copy;

    if (data == NULL)
        return NULL;
    copy = malloc(size_bytes > 0 ? size_bytes : 1);
    if (copy == NULL || lend_count == LENDS_MAX)
        tap_bail_out("cannot lend %u bytes", (unsigned)size_bytes);
    memcpy(copy, data, size_bytes);
    lends[lend_count].bytes = copy;
    lends[lend_count].size_bytes = size_bytes;
    lend_count++;
    return copy;
}

/* What was lent for a call is gone when it returns. */
static void take_back_lends(unsigned first)
{
    while (lend_count > first) {
        lend_count--;
        memset(lends[lend_count].bytes, GUARD_RETIRED, lends[lend_count].size_bytes);
        free(lends[lend_count].bytes);
    }
}

void rt_check_guard(struct report *report, struct guard_block *block, const char *name)
{
    ptrdiff_t offset;

    if (block == NULL || guard_is_whole(block, &offset))
        return;
    report_violation(report, "wrote outside the %s, at byte %ld of %lu", name, (long)offset,
                     (unsigned long)guard_size(block));
    guard_repair(block);
}

static const char *const kind_names[RT_KINDS] = {
    [RT_RESOURCE] = "private memory of a resource",
    [RT_SHADER_RESOURCE_VIEW] = "private memory of a shader resource view",
    [RT_RENDER_TARGET_VIEW] = "private memory of a render target view",
    [RT_DEPTH_STENCIL_VIEW] = "private memory of a depth-stencil view",
    [RT_UNORDERED_ACCESS_VIEW] = "private memory of an unordered access view",
    [RT_SHADER] = "private memory of a shader",
    [RT_ELEMENT_LAYOUT] = "private memory of an input layout",
    [RT_BLEND_STATE] = "private memory of a blend state",
    [RT_DEPTH_STENCIL_STATE] = "private memory of a depth-stencil state",
    [RT_RASTERIZER_STATE] = "private memory of a rasterizer state",
    [RT_SAMPLER] = "private memory of a sampler",
    [RT_QUERY] = "private memory of a query",
};

static void check_tables(struct rt_device *device)
{
    struct report *report = kernel_report(device->kernel);
    const size_t table_bytes = guard_size(device->table);
    const size_t dxgi_bytes = guard_size(device->dxgi_table);

    rt_check_guard(report, device->table, "device function table");
    rt_check_guard(report, device->dxgi_table, "DXGI function table");
    if (!device->is_created)
        return;
    if (memcmp(guard_bytes(device->table), &device->functions, table_bytes) != 0) {
        report_violation(report, "changed the device function table after CreateDevice");
        memcpy(guard_bytes(device->table), &device->functions, table_bytes);
    }
    if (memcmp(guard_bytes(device->dxgi_table), &device->dxgi_functions, dxgi_bytes) != 0) {
        report_violation(report, "changed the DXGI function table after CreateDevice");
        memcpy(guard_bytes(device->dxgi_table), &device->dxgi_functions, dxgi_bytes);
    }
}

static void check_device(struct rt_device *device)
{
    struct report *report = kernel_report(device->kernel);
    ptrdiff_t offset = 0;
    const char *name;

    rt_check_guard(report, device->arg, "argument of CreateDevice");
    rt_check_guard(report, device->private_data, "private memory of the device");
    rt_check_guard(report, device->kernel_callbacks, "kernel callback table");
    rt_check_guard(report, device->core_callbacks, "core-layer callback table");
    rt_check_guard(report, device->dxgi_callbacks, "DXGI callback table");
    check_tables(device);
    for (const struct rt_object *object = device->objects; object != NULL; object = object->next)
        rt_check_guard(report, object->private_data, kind_names[object->kind]);
    while ((name = guard_queue_touched(&device->retired, true, &offset)) != NULL)
        report_violation(report, "wrote to the %s after it was destroyed, at byte %ld", name,
                         (long)offset);
}

static void check_adapter(struct rt_adapter *adapter)
{
    struct report *report = kernel_report(adapter->kernel);

    rt_check_guard(report, adapter->arg, "argument of OpenAdapter");
    rt_check_guard(report, adapter->callbacks, "adapter callback table");
    rt_check_guard(report, adapter->table, "adapter function table");
    for (struct rt_device *device = adapter->devices; device != NULL; device = device->next)
        check_device(device);
    kernel_check_retired(adapter->kernel, false);
}

/* ---- Rules that hold at the end of an outermost call ---- */

static void check_amortized(struct rt_device *device)
{
    if (device->amortized_owed > 0)
        report_violation(kernel_report(device->kernel),
                         "%u RenderCb without PerformAmortizedProcessingCb before the call ended",
                         device->amortized_owed);
    device->amortized_owed = 0;
    device->amortized_allowed = 0;
}

static void check_flush(const struct rt_device *device)
{
    const unsigned count = kernel_retired_resources(device->kernel_device);

    if (count > 0 && !kernel_device_has_failed(device->kernel_device))
        report_violation(kernel_report(device->kernel),
                         "memory of %u destroyed resources is not freed at the end of Flush",
                         count);
}

/* ---- Entering and leaving ---- */

/* While no call is inside the driver the runtime may replace the contents of its tables. */
static void replace_callbacks(struct rt_adapter *adapter)
{
    adapter->callback_set = adapter->callback_set == 1 ? 2 : 1;
    rt_fill_adapter_callbacks(guard_bytes(adapter->callbacks), adapter->callback_set);
    for (struct rt_device *device = adapter->devices; device != NULL; device = device->next) {
        if (!device->is_created)
            continue;
        device->callback_set = device->callback_set == 1 ? 2 : 1;
        rt_device_fill_callbacks(device);
    }
}

void rt_enter_adapter(struct rt_adapter *adapter, struct rt_device *device, enum rt_entry entry)
{
    struct report *report = kernel_report(adapter->kernel);
    struct rt_frame *frame;

    if (depth == FRAMES_MAX)
        tap_bail_out("calls nested too deep");
    last_report = report;
    if (depth > 0 && (device == NULL || !device->may_reenter))
        report_violation(report, "%s is called while a call is in progress", rt_entry_name(entry));
    if (depth == 0 && adapter->is_open)
        replace_callbacks(adapter);
    frame = &frames[depth];
    memset(frame, 0, sizeof(*frame));
    /* Nested calls are destroys, for which nothing was lent before they are entered. */
    frame->first_lend = depth == 0 ? 0 : lend_count;
    depth++;
    frame->adapter = adapter;
    frame->device = device;
    frame->entry = entry;
    if (device != NULL) {
        frame->context = device->next_context;
        memset(&device->next_context, 0, sizeof(device->next_context));
    }
    report_set_entry(report, rt_entry_name(entry));
    frame->fp = fp_enter();
}

void rt_leave_adapter(struct rt_adapter *adapter, struct rt_device *device)
{
    struct report *report = kernel_report(adapter->kernel);
    struct rt_frame *frame = &frames[depth - 1];

    if (!fp_leave(&frame->fp))
        report_violation(report, "changed the floating-point control state");
    check_adapter(adapter);
    if (device != NULL) {
        device->last_error = frame->error;
        device->last_entry = frame->entry;
        if (depth == 1)
            check_amortized(device);
        if (depth == 1 && frame->entry == RT_ENTRY_pfnFlush)
            check_flush(device);
    }
    depth--;
    take_back_lends(frame->first_lend);
    report_set_entry(report, depth > 0 ? rt_entry_name(frames[depth - 1].entry) : NULL);
}

void rt_enter(struct rt_device *device, enum rt_entry entry)
{
    rt_enter_adapter(device->adapter, device, entry);
}

void rt_leave(struct rt_device *device)
{
    rt_leave_adapter(device->adapter, device);
}

void rt_allow(struct rt_device *device, const struct rt_error_context *context)
{
    device->next_context = *context;
}

HRESULT rt_error(const struct rt_device *device)
{
    return device->last_error;
}
