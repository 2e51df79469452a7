/**
 * What the fake runtime keeps, shared by its files and by nobody else.
 */
#ifndef RUNTIME_RUNTIME_STATE_H
#define RUNTIME_RUNTIME_STATE_H

#include "runtime/fp.h"
#include "runtime/guard.h"
#include "runtime/kernel_calls.h"
#include "runtime/runtime.h"

/* ---- Runtime handles: numbers that mean nothing to anybody else ---- */

enum rt_handle_kind {
    RT_HANDLE_ADAPTER,
    RT_HANDLE_DEVICE,
    RT_HANDLE_CORE_LAYER,
    RT_HANDLE_OBJECT,
};

HANDLE rt_handle_create(enum rt_handle_kind kind, void *owner);
void rt_handle_drop(HANDLE handle);

/** The owner; NULL if the handle is not one of this kind. */
void *rt_handle_find(HANDLE handle, enum rt_handle_kind kind);

/* ---- Adapters and devices ---- */

struct rt_adapter {
    struct rt_adapter *next;
    struct kernel *kernel;
    const struct rt_driver *driver;
    enum rt_export entry;
    struct guard_block *arg;
    struct guard_block *callbacks; /**< D3DDDI_ADAPTERCALLBACKS, contents replaced between calls */
    struct guard_block *table;     /**< 3 or 5 slots */
    unsigned callback_set;
    D3D10DDI_HADAPTER handle;
    HANDLE h_rt;
    bool is_open;
    struct rt_device *devices;
};

struct rt_device {
    struct rt_device *next;
    struct rt_adapter *adapter;
    struct kernel *kernel;
    struct kernel_device *kernel_device;
    enum rt_level level;
    struct rt_device_desc desc;
    UINT device_slots;
    UINT dxgi_slots;
    HANDLE h_rt;
    HANDLE h_core_layer;
    bool is_created;
    bool is_removed;

    struct guard_block *arg;          /**< NULL once CreateDevice returned */
    struct guard_block *private_data; /**< the driver's device object */
    struct guard_block *kernel_callbacks;
    struct guard_block *core_callbacks;
    struct guard_block *dxgi_callbacks;
    struct guard_block *table;
    struct guard_block *dxgi_table;
    unsigned callback_set;        /**< 0 while the device is created, then 1 and 2 in turn */
    union rt_functions functions; /**< copy of table: the driver must not change it */
    DXGI1_1_DDI_BASE_FUNCTIONS dxgi_functions;

    struct rt_object *objects; /**< newest first */
    struct guard_queue retired;
    bool may_reenter;           /**< inside a callback that destroys queued objects */
    unsigned amortized_owed;    /**< successful RenderCb calls still without the callback */
    unsigned amortized_allowed; /**< failed RenderCb calls: the callback may follow */
    unsigned amortized_calls;
    HRESULT last_error;
    enum rt_entry last_entry; /**< of the call that last_error belongs to */
    struct rt_error_context next_context;
    void *dxgi_context;            /**< what PresentDXGI was given and must pass on */
    struct rt_object *defaults[3]; /**< state objects of d3d_set_defaults */
};

/** What the API layer remembers of a resource, view or query. */
struct rt_facts {
    struct rt_object *resource; /**< of a view */
    D3D10DDIRESOURCE_TYPE dimension;
    DXGI_FORMAT format;
    UINT usage, bind, misc;
    UINT width, height, depth; /**< width of a buffer: bytes */
    UINT mip_levels, array_size;
    UINT stride_bytes;
    bool is_primary;
};

struct rt_object {
    struct rt_object *next;
    struct rt_device *device;
    enum rt_kind kind;
    struct guard_block *private_data;
    HANDLE h_rt;
    HANDLE h_storage; /**< resource whose allocation it holds: its own until a rotation */
    bool is_queued;
    bool is_announced; /**< known to the kernel as a resource */
    struct rt_facts facts;
};

/* ---- Calls ---- */

/** One DDI call in progress; nested calls come from destroys inside callbacks. */
struct rt_frame {
    struct rt_adapter *adapter;
    struct rt_device *device; /**< NULL for most adapter calls */
    enum rt_entry entry;
    struct rt_error_context context;
    struct fp_state fp;
    unsigned first_lend; /**< copies lent for this call start there */
    unsigned errors;
    HRESULT error;
};

/** The innermost call; NULL outside of calls. */
struct rt_frame *rt_frame(void);

/** The report of the innermost call or, outside, of the last one; NULL before the first. */
struct report *rt_frame_report(void);

/** As rt_enter and rt_leave, for calls on an adapter; device may be NULL. */
void rt_enter_adapter(struct rt_adapter *adapter, struct rt_device *device, enum rt_entry entry);
void rt_leave_adapter(struct rt_adapter *adapter, struct rt_device *device);

/** Fills callback tables with set 0, 1 or 2 of equivalent functions. */
void rt_fill_adapter_callbacks(D3DDDI_ADAPTERCALLBACKS *callbacks, unsigned set);
void rt_fill_kernel_callbacks(D3DDDI_DEVICECALLBACKS *callbacks, unsigned set);
void rt_fill_core_callbacks_10(D3D10DDI_CORELAYER_DEVICECALLBACKS *callbacks, unsigned set);
void rt_fill_core_callbacks_11(D3D11DDI_CORELAYER_DEVICECALLBACKS *callbacks, unsigned set);
void rt_fill_dxgi_callbacks(DXGI_DDI_BASE_CALLBACKS *callbacks, unsigned set);

/** Fills all callback tables of a device with its current set. */
void rt_device_fill_callbacks(struct rt_device *device);

/** Destroys up to count objects that wait for it. */
void rt_destroy_queued(struct rt_device *device, size_t count);

/** Gives an object that the driver has not seen yet fresh private memory of another size. */
void rt_object_resize(struct rt_object *object, SIZE_T size_bytes);

/** Violation unless the guards of block are whole; name is a static string. */
void rt_check_guard(struct report *report, struct guard_block *block, const char *name);

#endif
