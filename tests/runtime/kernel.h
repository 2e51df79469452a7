/**
 * The strict fake kernel driver, with the host behind it: allocations, contexts, submissions,
 * locks. One kernel serves all "processes" (adapters opened) of a test, as one machine does. It
 * checks what a driver hands over, keeps what was submitted, and runs the strict validator on every
 * stream.
 *
 * Rules: AeroGPU protocol specification 2, 10.3, 11, 13; driver semantics 9.4, 9.9, 12.3, 17,
 * 18, 27. A breach is a violation (report.h) and, where the real kernel would fail the call, a
 * failed call.
 */
#ifndef RUNTIME_KERNEL_H
#define RUNTIME_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu/validate.h"
#include "aerogpu_submit.h"
#include "aerogpu_umd_private.h"
#include "d3d10umddi.h"
#include "runtime/live.h"
#include "runtime/report.h"

struct kernel;
struct kernel_device;

/** Every callback a driver may call, in the order of the callback tables. */
enum kernel_callback {
    KERNEL_ALLOCATE,
    KERNEL_DEALLOCATE,
    KERNEL_SET_PRIORITY,
    KERNEL_QUERY_RESIDENCY,
    KERNEL_SET_DISPLAY_MODE,
    KERNEL_PRESENT, /**< of the kernel table; no D3D10+ driver calls it */
    KERNEL_RENDER,
    KERNEL_LOCK,
    KERNEL_UNLOCK,
    KERNEL_ESCAPE,
    KERNEL_CREATE_OVERLAY,
    KERNEL_UPDATE_OVERLAY,
    KERNEL_FLIP_OVERLAY,
    KERNEL_DESTROY_OVERLAY,
    KERNEL_CREATE_CONTEXT,
    KERNEL_DESTROY_CONTEXT,
    KERNEL_CREATE_SYNCHRONIZATION_OBJECT,
    KERNEL_DESTROY_SYNCHRONIZATION_OBJECT,
    KERNEL_WAIT_FOR_SYNCHRONIZATION_OBJECT,
    KERNEL_SIGNAL_SYNCHRONIZATION_OBJECT,
    KERNEL_SET_ASYNC_CALLBACKS,
    KERNEL_SET_DISPLAY_PRIVATE_DRIVER_FORMAT,
    KERNEL_QUERY_ADAPTER_INFO,      /**< of the adapter table */
    KERNEL_GET_MULTISAMPLE_METHODS, /**< of the adapter table */
    KERNEL_DXGI_PRESENT,            /**< of the DXGI table */
    KERNEL_CALLBACKS,
};

/** How the machine is made. Fill with kernel_config_init, then change what the test is about. */
struct kernel_config {
    struct aerogpu_umd_private_v1 blob; /**< what the adapter query returns */
    UINT blob_bytes;                    /**< how much of it the query writes */
    UINT command_buffer_bytes;          /**< of a fresh context */
    UINT allocation_list_entries;
    UINT patch_list_entries;
    UINT max_command_buffer_bytes; /**< ceiling of ResizeCommandBuffer */
    UINT max_allocation_list_entries;
    UINT pitch_alignment;        /**< the kernel rounds row_pitch_bytes up to it; 0, 1: keeps it */
    bool withhold_share_token;   /**< shared allocations come back with token 0 */
    bool has_texture_views;      /**< the host executes texture views */
    bool hide_retired;           /**< buffers taken back become inaccessible instead of watched */
    bool is_live;                /**< submissions are executed by the reference host (live.h) */
    const char *capture_path;    /**< every submission is appended there; NULL: no capture */
    const char *capture_comment; /**< metadata of the capture */
};

/**
 * A device of ABI 1.4 with every feature: 64 KiB command buffers growing to 4 MiB, 256 list
 * entries, no capture unless environment variable AEROGPU_SCENARIO_TRACE names a file.
 */
void kernel_config_init(struct kernel_config *config);

/** NULL config: the defaults. Never returns NULL. The kernel owns its report. */
struct kernel *kernel_create(const struct kernel_config *config);

/**
 * Call once all devices are gone: nothing may be left on the host then, unless a device was lost.
 * What the validator still counts is a violation.
 */
void kernel_account(struct kernel *kernel);

/** Closes the capture and frees everything, report and history included. NULL is fine. */
void kernel_destroy(struct kernel *kernel);

struct report *kernel_report(struct kernel *kernel);

/** May be changed between calls; sizes hold for buffers handed out from then on. */
struct kernel_config *kernel_settings(struct kernel *kernel);

/* ---- What tests control ---- */

/**
 * The nth call (1: the next) of a callback from now on does nothing and returns result. A failing
 * RenderCb loses the stream and hands out new buffers all the same. One plan per callback.
 */
void kernel_fail(struct kernel *kernel, enum kernel_callback callback, unsigned nth,
                 HRESULT result);

/** As kernel_fail for RenderCb, but the same buffers come back untouched (driver semantics 17.5).
 */
void kernel_fail_render_keeping_buffers(struct kernel *kernel, unsigned nth, HRESULT result);

/** From now on every callback that may fail returns DEVICEREMOVED, frees excepted. */
void kernel_remove_device(struct kernel *kernel);

/** Submissions stay unfinished from now on (hold) or finish at once again (the default). */
void kernel_hold(struct kernel *kernel, bool hold);

/** Finishes all submissions up to and including serial; 0: all of them. */
void kernel_complete(struct kernel *kernel, uint64_t serial);

/** What QueryResidencyCb answers from now on; default: resident in GPU memory. */
void kernel_set_residency(struct kernel *kernel, D3DDDI_RESIDENCYSTATUS status);

/* ---- What tests look at ---- */

/** How often a callback was called, failed calls included. */
unsigned kernel_calls(const struct kernel *kernel, enum kernel_callback callback);

/** One submission that reached the host. Lives as long as the kernel. */
struct kernel_submission {
    uint64_t serial;    /**< 1, 2, ... over all devices */
    uint32_t device_id; /**< kernel_device_id of the submitter */
    const uint8_t *stream;
    size_t stream_bytes; /**< header included */
    const struct aerogpu_alloc_entry *entries;
    uint32_t entry_count;
    uint32_t errors;   /**< found by the validator; each is a violation, too */
    bool is_presented; /**< the DXGI present callback followed it */
};

size_t kernel_submissions(const struct kernel *kernel);

/** NULL beyond the last. */
const struct kernel_submission *kernel_submission(const struct kernel *kernel, size_t index);

/** Number of packets of one opcode over all submissions. */
size_t kernel_count_packets(const struct kernel *kernel, uint32_t opcode);

/**
 * The nth packet (0: the first) of an opcode over all submissions; NULL if there are fewer. The
 * bytes are packed: read them through the packed structs of aerogpu_cmd.h.
 */
const void *kernel_find_packet(const struct kernel *kernel, uint32_t opcode, size_t nth);

/* ---- What a live kernel's host made of it; all submissions so far are executed ---- */

/*
 * There is one host for the whole program: a kernel that is created with is_live has it forget what
 * earlier kernels left there, and takes it away from one that still lives, for which every use is a
 * violation from then on. So are errors of execution. No texture views: has_texture_views is not
 * for live kernels.
 */

/** Reads a subresource of a texture; finish the image with live_image_finish. False: no such thing.
 */
bool kernel_read_texture(struct kernel *kernel, uint32_t handle, uint32_t mip, uint32_t layer,
                         struct live_image *image);

/** Reads a range of a buffer. False when there is no such range. */
bool kernel_read_buffer(struct kernel *kernel, uint32_t handle, uint64_t offset_bytes, void *bytes,
                        size_t size_bytes);

/** The image that a PRESENT packet showed last; lives until the next submission. NULL: none yet. */
const struct live_image *kernel_presented_image(const struct kernel *kernel);

/**
 * The newest live host object that a packet of this opcode made, e.g. AEROGPU_CMD_CREATE_TEXTURE2D;
 * 0: none. Works without is_live, too.
 */
uint32_t kernel_newest_handle(const struct kernel *kernel, uint32_t create_opcode);

/* ---- What tests look at besides ---- */

/** One presentation through DXGI. */
struct kernel_present {
    uint64_t serial; /**< last submission before it */
    uint32_t source_alloc_id;
    uint32_t target_alloc_id; /**< 0: none */
};

size_t kernel_presents(const struct kernel *kernel);
const struct kernel_present *kernel_present(const struct kernel *kernel, size_t index);

/** alloc_id of the allocation set as the primary by SetDisplayModeCb; 0: none. */
uint32_t kernel_primary(const struct kernel *kernel);

unsigned kernel_live_allocations(const struct kernel *kernel);
unsigned kernel_live_contexts(const struct kernel *kernel);
unsigned kernel_live_objects(const struct kernel *kernel, enum aerogpu_object_kind kind);

/** A live allocation, as the kernel keeps it. */
struct kernel_allocation_info {
    uint32_t alloc_id;
    uint32_t blob_flags;
    uint64_t size_bytes;
    uint64_t share_token;
    uint32_t row_pitch_bytes;
    bool is_primary;
    bool is_opened;    /**< opened, not created, by its process */
    uint64_t last_use; /**< serial of the last submission that listed it; 0: none */
    uint8_t *bytes;    /**< backing memory: what the device reads and writes */
};

/** The nth live allocation, oldest first; false beyond the last. */
bool kernel_allocation(const struct kernel *kernel, size_t index,
                       struct kernel_allocation_info *info);

#endif
