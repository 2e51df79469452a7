#include <string.h>

#include "runtime/kernel_state.h"

/*
 * A lock lends a copy of the backing memory, and an unlock takes it back: a pointer kept beyond its
 * lock is seen, and so is a write through a read-only one.
 */

static const char *check_lock(const struct kernel_allocation *allocation, const D3DDDICB_LOCK *data)
{
    D3DDDICB_LOCKFLAGS rest = data->Flags;

    rest.ReadOnly = 0;
    rest.WriteOnly = 0;
    rest.DonotWait = 0;
    rest.LockEntire = 0;
    if (allocation == NULL)
        return "a handle that is no live allocation of the device";
    if (data->Flags.ReadOnly && data->Flags.WriteOnly)
        return "ReadOnly and WriteOnly together";
    if (rest.Value != 0)
        return "flags other than ReadOnly, WriteOnly, DonotWait and LockEntire";
    if (!data->Flags.LockEntire && data->NumPages == 0)
        return "neither LockEntire nor pages";
    if (data->GpuVirtualAddress != 0)
        return "reserved members are not zero";
    if (allocation->is_opened)
        return "only the creator of a shared allocation may lock it";
    if (allocation->view != NULL)
        return "the allocation is locked already";
    return NULL;
}

HRESULT kernel_lock(struct kernel_device *device, D3DDDICB_LOCK *data)
{
    struct kernel *kernel = device->kernel;
    struct kernel_allocation *allocation;
    const char *reason;

    if (data == NULL)
        return kernel_refuse(device, "LockCb", "no argument");
    allocation = kernel_find_allocation(device, data->hAllocation);
    reason = check_lock(allocation, data);
    if (reason != NULL)
        return kernel_refuse(device, "LockCb", reason);
    if (allocation->memory->last_use > kernel->completed) {
        if (data->Flags.DonotWait)
            return D3DDDIERR_WASSTILLDRAWING;
        /* Waiting: time passes, and everything up to that submission finishes. */
        kernel_complete(kernel, allocation->memory->last_use);
    }
    allocation->view = guard_create_pages(guard_size(allocation->memory->backing));
    memcpy(guard_bytes(allocation->view), guard_bytes(allocation->memory->backing),
           guard_size(allocation->view));
    allocation->lock_flags = data->Flags;
    data->pData = guard_bytes(allocation->view);
    return S_OK;
}

static void unlock(struct kernel *kernel, struct kernel_allocation *allocation)
{
    const struct guard_block *backing = allocation->memory->backing;
    ptrdiff_t offset;

    if (!guard_is_whole(allocation->view, &offset))
        report_violation(kernel->report,
                         "wrote outside the lock of alloc_id %u, at byte %ld of %lu",
                         allocation->memory->blob.alloc_id, (long)offset,
                         (unsigned long)guard_size(backing));
    if (!allocation->lock_flags.ReadOnly)
        memcpy(guard_bytes(backing), guard_bytes(allocation->view), guard_size(backing));
    else if (memcmp(guard_bytes(backing), guard_bytes(allocation->view), guard_size(backing)) != 0)
        report_violation(kernel->report, "wrote through the read-only lock of alloc_id %u",
                         allocation->memory->blob.alloc_id);
    guard_queue_add(&kernel->retired, allocation->view, "memory of a lock",
                    kernel->config.hide_retired);
    allocation->view = NULL;
}

HRESULT kernel_unlock(struct kernel_device *device, const D3DDDICB_UNLOCK *data)
{
    if (data == NULL || data->NumAllocations == 0 || data->phAllocations == NULL)
        return kernel_refuse(device, "UnlockCb", "no allocations");
    for (UINT i = 0; i < data->NumAllocations; i++) {
        struct kernel_allocation *allocation =
            kernel_find_allocation(device, data->phAllocations[i]);

        if (allocation == NULL || allocation->view == NULL)
            return kernel_refuse(device, "UnlockCb", "an allocation that is not locked");
        unlock(device->kernel, allocation);
    }
    return S_OK;
}
