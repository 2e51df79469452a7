/**
 * What the kernel keeps, shared by its files and by nobody else.
 */
#ifndef RUNTIME_KERNEL_STATE_H
#define RUNTIME_KERNEL_STATE_H

#include "aerogpu/capture.h"
#include "aerogpu_wddm_alloc.h"
#include "runtime/guard.h"
#include "runtime/kernel_calls.h"

/** Bytes that one or several allocations (creator, openers) stand for. */
struct kernel_memory {
    struct kernel_memory *next;
    unsigned references;
    struct aerogpu_wddm_alloc_priv_v2 blob; /**< as returned to the creator */
    UINT blob_bytes;
    uint64_t gpa;
    struct guard_block *backing;
    uint64_t last_use; /**< serial of the last submission that listed it */
};

/** A resource of a runtime: groups allocations under hResource. */
struct kernel_resource {
    struct kernel_resource *next;
    struct kernel_resource_desc desc;
    D3DKMT_HANDLE h_km; /**< 0: no kernel object, nothing was allocated under it */
    bool is_retired;    /**< the runtime destroyed it; the driver may still hold back frees */
};

/** One hAllocation of one device. */
struct kernel_allocation {
    struct kernel_allocation *next;
    struct kernel_device *device;
    struct kernel_memory *memory;
    struct kernel_resource *resource; /**< NULL: allocated without hResource */
    D3DKMT_HANDLE handle;
    bool is_opened;
    bool is_primary;
    struct guard_block *view; /**< what a lock lent; NULL: not locked */
    D3DDDICB_LOCKFLAGS lock_flags;
};

/** Command buffer and lists of a context. */
struct kernel_buffers {
    struct guard_block *commands;
    struct guard_block *allocations;
    struct guard_block *patches;
};

struct kernel_device {
    struct kernel_device *next;
    struct kernel *kernel;
    struct kernel_client client;
    uint32_t id;
    struct kernel_resource *resources;
    HANDLE h_context; /**< NULL: none; one per device */
    struct kernel_buffers buffers;
    bool is_rendering;
    bool has_failed;         /**< some callback failed: the driver may report DEVICEREMOVED */
    bool is_lost;            /**< packets may be gone: the driver may stop submitting */
    bool was_render_refused; /**< the last RenderCb failed but kept its buffers */
    unsigned renders_good;
    unsigned renders_bad;
};

/** An object on the host, as far as leaks and frees are concerned. */
struct kernel_host_object {
    uint32_t handle;
    uint32_t opcode; /**< of the packet that made it */
    uint64_t serial; /**< of its making, over all devices */
    uint32_t device_id;
    uint32_t alloc_id; /**< backing, of imports as well; 0: none */
    const char *kind;
};

struct kernel_plan {
    unsigned countdown; /**< 0: none */
    HRESULT result;
    bool keeps_buffers;
};

struct kernel {
    struct kernel_config config;
    struct report *report;
    struct aerogpu_validator *validator;
    struct aerogpu_capture_writer *capture;
    struct kernel_plan plans[KERNEL_CALLBACKS];
    unsigned calls[KERNEL_CALLBACKS];
    bool is_removed;
    bool is_excused; /**< a device was lost, or its leaks are told: host objects may be left */
    bool is_held;
    D3DDDI_RESIDENCYSTATUS residency;
    uint32_t primary_alloc_id;

    struct kernel_device *devices;
    struct kernel_memory *memories;
    struct kernel_allocation *allocations; /**< oldest first */
    uint32_t next_handle;
    uint32_t next_device_id;
    uint64_t next_gpa;
    uint64_t next_token;
    uint32_t *used_ids; /**< every alloc_id ever seen: none may come back */
    size_t used_id_count;

    uint64_t submitted;
    uint64_t completed;
    struct kernel_submission *submissions;
    size_t submission_count;
    struct kernel_present *presents;
    size_t present_count;
    struct kernel_host_object *host_objects;
    size_t host_object_count;
    uint64_t host_objects_made;
    struct guard_queue retired;
    bool is_live;
    struct live_image presented; /**< by the live host; no bytes: nothing yet */
};

/** Grows an array of size_bytes-sized items by one zeroed item at its end; returns the array. */
void *kernel_append(void *items, size_t *count, size_t size_bytes);

/** A number no handle had before, of any kind. */
uint32_t kernel_new_handle(struct kernel *kernel);

/** Records what is wrong with a call; returns the code it fails with. */
HRESULT kernel_refuse(struct kernel_device *device, const char *call, const char *reason);

/** NULL if handle is no live allocation of the device. */
struct kernel_allocation *kernel_find_allocation(struct kernel_device *device,
                                                 D3DKMT_HANDLE handle);

/** NULL if the runtime never announced it to this device. */
struct kernel_resource *kernel_find_resource(struct kernel_device *device, HANDLE h_rt_resource);

/** The memory of an alloc_id; NULL if nothing has it. */
const struct kernel_memory *kernel_find_memory(const struct kernel *kernel, uint32_t alloc_id);

/** Drops an allocation whatever its state, without judging it. */
void kernel_drop_allocation(struct kernel *kernel, struct kernel_allocation *allocation);

/** Takes back a context's buffers and watches them; late writes are told by kernel_check_retired.
 */
void kernel_retire_buffers(struct kernel *kernel, struct kernel_buffers *buffers);

/** Tells the host that a share token's last owner is gone (protocol specification 16). */
void kernel_release_token(struct kernel *kernel, uint64_t token);

/** Notes what a submitted stream creates and destroys on the host. */
void kernel_track_objects(struct kernel_device *device, const void *stream, size_t stream_bytes);

/** Forgets a device's host objects; with judge, each is a violation. */
void kernel_forget_objects(struct kernel_device *device, bool judge);

/** Handle of a live host object of the device that is backed by alloc_id; 0: none. */
uint32_t kernel_object_backed_by(const struct kernel_device *device, uint32_t alloc_id);

/** Connects the kernel with the live host, if it is configured so. */
void kernel_live_start(struct kernel *kernel);

/** Executes a submission, if the kernel is live; its errors are violations. */
void kernel_live_submit(struct kernel *kernel, const struct kernel_submission *submission);

/** Gives the live host back. */
void kernel_live_stop(struct kernel *kernel);

#endif
