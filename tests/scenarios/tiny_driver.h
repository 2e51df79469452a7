/**
 * A driver of a few functions, for proving that the fake runtime and the strict kernel see what
 * they must see. Left alone it does everything right; a test replaces one step by a wrong one.
 */
#ifndef SCENARIOS_TINY_DRIVER_H
#define SCENARIOS_TINY_DRIVER_H

#include "aerogpu_wddm_alloc.h"
#include "runtime/runtime.h"

/** The driver's device: lives in the runtime's memory. */
struct tiny_device {
    D3D10DDIARG_CREATEDEVICE create; /**< as received */
    HANDLE h_context;
    uint8_t *commands;
    UINT command_bytes;
    UINT used_bytes; /**< of the stream being built, header included */
    D3DDDI_ALLOCATIONLIST *list;
    UINT list_entries;
    UINT listed;
};

/** A resource: one allocation, if the test gives it one. */
struct tiny_resource {
    HANDLE h_rt;
    D3DKMT_HANDLE h_allocation;
    uint32_t alloc_id;
};

/** Steps a test may replace; NULL: the right thing. All are reset by tiny_reset. */
struct tiny_hooks {
    /** After the open filled its table; may change *result. */
    void (*opened)(D3D10DDIARG_OPENADAPTER *open, HRESULT *result);
    /** After CreateDevice did its work; may change *result. */
    void (*created)(struct tiny_device *device, D3D10DDIARG_CREATEDEVICE *create, HRESULT *result);
    /** Instead of DestroyContextCb in DestroyDevice. */
    void (*destroy)(struct tiny_device *device);
    /** Instead of what Flush does: submit one NOP. */
    void (*flush)(struct tiny_device *device);
    /** Instead of nothing in CreateResource: resource is zeroed. */
    void (*create_resource)(struct tiny_device *device, struct tiny_resource *resource);
    /** Instead of freeing by hResource what has an allocation. */
    void (*destroy_resource)(struct tiny_device *device, struct tiny_resource *resource);
    /** After CreateDepthStencilState zeroed its state of size_bytes bytes. */
    void (*create_state)(struct tiny_device *device, uint8_t *state, size_t size_bytes);
    /** Instead of nothing in OpenResource: resource is zeroed, its handles filled in. */
    void (*open_resource)(struct tiny_device *device, struct tiny_resource *resource,
                          const struct aerogpu_wddm_alloc_priv_v2 *blob);
    /** Before PresentDXGI passes everything on; may change *present. */
    void (*present)(struct tiny_device *device, DXGIDDICB_PRESENT *present);
    /** Instead of nothing in StagingResourceMap. */
    void (*map)(struct tiny_device *device, D3D10DDI_MAPPED_SUBRESOURCE *mapped);
};

extern struct tiny_hooks tiny_hooks;

/** Size of a depth-stencil state. */
#define TINY_STATE_BYTES 24

const struct rt_driver *tiny_driver(void);
void tiny_reset(void);

/** Opens a machine with the tiny driver and creates a device of a level, without defaults. */
struct rt_device *tiny_start(struct kernel *kernel, enum rt_level level);

/** The same with all hooks reset, on a machine of its own; NULL config: the defaults. */
struct rt_device *tiny_start_with(const struct kernel_config *config, enum rt_level level);

/** Runs one Flush that does what the test says on an 11.0 device, and expects the violation. */
void tiny_flush_and_expect(void (*flush)(struct tiny_device *device), const char *violation);

/** Begins a stream: header, no packets. */
void tiny_begin(struct tiny_device *device);
void tiny_packet(struct tiny_device *device, const void *packet, UINT size_bytes);

/** CREATE_BUFFER of 256 bytes over an allocation, and DESTROY_RESOURCE. */
void tiny_create_buffer(struct tiny_device *device, uint32_t handle, uint32_t alloc_id);
void tiny_destroy_buffer(struct tiny_device *device, uint32_t handle);

/** Adds an allocation to the list. */
void tiny_list(struct tiny_device *device, D3DKMT_HANDLE h_allocation, bool is_written);

/** The argument of RenderCb for what was built so far. */
D3DDDICB_RENDER tiny_render_argument(const struct tiny_device *device);

/** RenderCb with an argument, adopts the new buffers and begins again. */
HRESULT tiny_render(struct tiny_device *device, D3DDDICB_RENDER *render);

/** On 11.0 devices PerformAmortizedProcessingCb. */
void tiny_amortize(struct tiny_device *device);

/** tiny_render and tiny_amortize. */
HRESULT tiny_submit(struct tiny_device *device);

void tiny_set_error(struct tiny_device *device, HRESULT code);

/** A correct blob for a buffer of size_bytes, with an alloc_id never used before. */
struct aerogpu_wddm_alloc_priv_v2 tiny_blob(uint64_t size_bytes);

/** AllocateCb under resource (NULL: without hResource); the handle, 0 after a failure. */
D3DKMT_HANDLE tiny_allocate(struct tiny_device *device, HANDLE h_rt,
                            struct aerogpu_wddm_alloc_priv_v2 *blob);

/** An allocation of 256 bytes without a resource. */
D3DKMT_HANDLE tiny_allocate_some(struct tiny_device *device);
HRESULT tiny_deallocate(struct tiny_device *device, HANDLE h_rt, D3DKMT_HANDLE h_allocation);

/** LockCb with flags (LockEntire is added); NULL after a failure, with the code in *result. */
void *tiny_lock(struct tiny_device *device, D3DKMT_HANDLE h_allocation, D3DDDICB_LOCKFLAGS flags,
                HRESULT *result);
HRESULT tiny_unlock(struct tiny_device *device, D3DKMT_HANDLE h_allocation);

#endif
