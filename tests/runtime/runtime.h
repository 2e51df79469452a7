/**
 * The fake D3D runtime: it opens adapters and devices as a real runtime does, lends private memory
 * of exactly the size asked for, moves its callback tables between calls, and looks at everything
 * the driver was lent after every call. Scenarios use d3d.h on top of it; tests of the DDI itself
 * use this header.
 *
 * Rules: driver semantics 2, 4, 5, 6, 8, 17.5, 27; DDI facts 3, 4, 6. Each breach is a violation.
 */
#ifndef RUNTIME_RUNTIME_H
#define RUNTIME_RUNTIME_H

#include "runtime/entries.h"
#include "runtime/kernel.h"
#include "runtime/loader.h"

struct rt_adapter;
struct rt_device;
struct rt_object;

/* ---- Adapters: one is one process ---- */

/**
 * Makes ready to open an adapter: argument, callback table and a function table of exactly three
 * slots (RT_OPEN_ADAPTER_10) or five. NULL driver: the driver under test. Never returns NULL.
 */
struct rt_adapter *rt_adapter_prepare(struct kernel *kernel, const struct rt_driver *driver,
                                      enum rt_export entry, UINT interface_version, UINT version);

/** The argument, to be changed before rt_adapter_start. */
D3D10DDIARG_OPENADAPTER *rt_adapter_arg(struct rt_adapter *adapter);

/** Calls the export. The argument is gone then; after a failure no driver function is called again.
 */
HRESULT rt_adapter_start(struct rt_adapter *adapter);

/** As rt_adapter_start, but hands the driver a NULL argument. */
HRESULT rt_adapter_start_without_argument(struct rt_adapter *adapter);

/** Prepares and starts through OpenAdapter10_2; NULL and a violation when that fails. */
struct rt_adapter *rt_adapter_open(struct kernel *kernel);

/** Destroys what devices are left, then calls CloseAdapter if the adapter is open. NULL is fine. */
void rt_adapter_close(struct rt_adapter *adapter);

/** Closes every adapter of a machine, in whatever state it is. */
void rt_close_adapters(struct kernel *kernel);

/** The handle that the driver chose. */
D3D10DDI_HADAPTER rt_adapter_handle(const struct rt_adapter *adapter);

/**
 * pfnGetSupportedVersions and pfnGetCaps; a violation if the table is the short one. E_UNEXPECTED
 * without a call if the adapter is NULL or not open.
 */
HRESULT rt_adapter_versions(struct rt_adapter *adapter, UINT32 *entries, UINT64 *versions);
HRESULT rt_adapter_caps(struct rt_adapter *adapter, const D3D10_2DDIARG_GETCAPS *data);

/** pfnCloseAdapter with a NULL driver handle. */
HRESULT rt_adapter_close_null(struct rt_adapter *adapter);

/* ---- Devices ---- */

/** Which of the three tables a device has. */
enum rt_level {
    RT_D3D10,
    RT_D3D10_1,
    RT_D3D11,
    RT_LEVELS,
};

/** "10.0", "10.1", "11.0". */
const char *rt_level_name(enum rt_level level);

struct rt_device_desc {
    UINT interface_version; /**< 0: the plain interface of the level */
    UINT version;           /**< 0: as a Windows 7 runtime: the interface's build, revision 7600 */
    UINT flags;             /**< of the create argument; level bits included */
    bool destroy_failed_creates; /**< robustness: destroy handles whose creation failed, too */
    bool keep_objects; /**< destroy the device without unbinding and destroying its objects */
};

/**
 * Makes ready to create a device: private memory, callback tables, function tables of exact size
 * (DXGI: 7 or 8 slots by driver semantics 2.3). NULL desc: all defaults. Never returns NULL.
 */
struct rt_device *rt_device_prepare(struct rt_adapter *adapter, enum rt_level level,
                                    const struct rt_device_desc *desc);

/** The argument, to be changed before rt_device_start. */
D3D10DDIARG_CREATEDEVICE *rt_device_arg(struct rt_device *device);

/** Calls CreateDevice and checks the tables it filled. */
HRESULT rt_device_start(struct rt_device *device);

/** As rt_device_start, but hands the driver a NULL argument. */
HRESULT rt_device_start_without_argument(struct rt_device *device);

/** Prepares and starts with defaults; NULL and a violation when that fails. */
struct rt_device *rt_device_create(struct rt_adapter *adapter, enum rt_level level);

/**
 * Unbinds and destroys what is left (unless keep_objects), calls DestroyDevice if the device was
 * created, and accounts for what the driver left in the kernel. NULL is fine.
 */
void rt_device_destroy(struct rt_device *device);

enum rt_level rt_device_level(const struct rt_device *device);
struct kernel *rt_device_kernel(const struct rt_device *device);
struct rt_adapter *rt_device_adapter(const struct rt_device *device);
struct report *rt_device_report(const struct rt_device *device);
struct kernel_device *rt_device_kernel_device(const struct rt_device *device);

/** Slots of the DXGI table that the device was created with. */
UINT rt_device_dxgi_slots(const struct rt_device *device);

/** True once DEVICEREMOVED was reported or returned. */
bool rt_device_is_removed(const struct rt_device *device);

/** What the last finished call reported through SetErrorCb; S_OK: nothing. */
HRESULT rt_error(const struct rt_device *device);

/** Calls of PerformAmortizedProcessingCb so far. */
unsigned rt_device_amortized_calls(const struct rt_device *device);

/** Moves the device function table elsewhere and tells the driver (pfnRelocateDeviceFuncs). */
void rt_device_relocate(struct rt_device *device);

/* ---- Calls: every DDI call goes through one of these macros ---- */

/** What the driver put into the tables, read as any of the generations. */
union rt_functions {
    D3D10DDI_DEVICEFUNCS f10;
    D3D10_1DDI_DEVICEFUNCS f10_1;
    D3D11DDI_DEVICEFUNCS f11;
};

const union rt_functions *rt_functions(const struct rt_device *device);
const DXGI1_1_DDI_BASE_FUNCTIONS *rt_dxgi_functions(const struct rt_device *device);
D3D10DDI_HDEVICE rt_handle(const struct rt_device *device);

/** Around every call: names it, replaces the callback tables, then checks all that was lent. */
void rt_enter(struct rt_device *device, enum rt_entry entry);
void rt_leave(struct rt_device *device);

/**
 * Calls a device function of table f10, f10_1 or f11 that returns nothing:
 * RT_CALL(device, f11, pfnDraw, 3, 0). Members with one type in all tables are called through f11.
 */
#define RT_CALL(device, table, member, ...)                                                        \
    do {                                                                                           \
        rt_enter((device), RT_ENTRY_##member);                                                     \
        rt_functions(device)->table.member(rt_handle(device), ##__VA_ARGS__);                      \
        rt_leave(device);                                                                          \
    } while (0)

/** The same for a function with a result, which goes into the variable result. */
#define RT_GET(device, table, member, result, ...)                                                 \
    do {                                                                                           \
        rt_enter((device), RT_ENTRY_##member);                                                     \
        (result) = rt_functions(device)->table.member(rt_handle(device), ##__VA_ARGS__);           \
        rt_leave(device);                                                                          \
    } while (0)

/** Calls a DXGI function; the HRESULT goes into the variable result. */
#define RT_DXGI(device, member, result, argument)                                                  \
    do {                                                                                           \
        rt_enter((device), RT_ENTRY_##member);                                                     \
        (result) = rt_dxgi_functions(device)->member(argument);                                    \
        rt_leave(device);                                                                          \
    } while (0)

/** Has the next rt_enter allow what a map with DONOTWAIT, or a refused primary, may report. */
void rt_allow(struct rt_device *device, const struct rt_error_context *context);

/**
 * A copy of size_bytes bytes that the driver may read during the next call only: it is overwritten
 * and freed when that call returns. NULL data gives NULL.
 */
void *rt_lend(const void *data, size_t size_bytes);

/* ---- Objects: driver private memory and its runtime handle ---- */

enum rt_kind {
    RT_RESOURCE,
    RT_SHADER_RESOURCE_VIEW,
    RT_RENDER_TARGET_VIEW,
    RT_DEPTH_STENCIL_VIEW,
    RT_UNORDERED_ACCESS_VIEW,
    RT_SHADER,
    RT_ELEMENT_LAYOUT,
    RT_BLEND_STATE,
    RT_DEPTH_STENCIL_STATE,
    RT_RASTERIZER_STATE,
    RT_SAMPLER,
    RT_QUERY,
    RT_KINDS,
};

/**
 * Private memory of the size the driver's Calc function gave, for an object about to be created.
 * NULL when the size is (SIZE_T)-1; a size below that of a pointer is a violation.
 */
struct rt_object *rt_object_begin(struct rt_device *device, enum rt_kind kind, SIZE_T size_bytes);

/**
 * Call after the Create function: returns object if nothing was reported. Otherwise the handle is
 * invalid: its memory must be zeroed (driver semantics 4), the driver never sees it again (unless
 * destroy_failed_creates), and NULL is returned.
 */
struct rt_object *rt_object_end(struct rt_object *object);

/** Calls the Destroy function of the kind, then takes the memory back. NULL is fine. */
void rt_object_destroy(struct rt_object *object);

/**
 * Has the runtime destroy the object at its next chance, inside RenderCb (10.x) or the amortized
 * callback (11): driver semantics 17.5. At the latest when the device is destroyed. A primary that
 * is not shared is destroyed at once: those are never queued.
 */
void rt_object_destroy_later(struct rt_object *object);

/** pDrvPrivate of an object; NULL for NULL. */
void *rt_private(const struct rt_object *object);

/** The runtime's handle of an object; NULL for NULL. */
HANDLE rt_object_handle(const struct rt_object *object);
enum rt_kind rt_object_kind(const struct rt_object *object);
struct rt_device *rt_object_device(const struct rt_object *object);

/** Number of objects alive on a device, those waiting to be destroyed included. */
size_t rt_device_objects(const struct rt_device *device);

#endif
