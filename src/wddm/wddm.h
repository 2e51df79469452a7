/**
 * The outside world of one device: the runtime's kernel callbacks behind a few functions.
 *
 * Everything above this header is free of DDI structs, so a test can stand in for the runtime by
 * filling a wddm_ops. The real one is runtime.h. Callbacks: driver semantics 6; DDI facts 6.
 */
#ifndef WDDM_WDDM_H
#define WDDM_WDDM_H

#include <stdbool.h>
#include <stdint.h>

#include "aerogpu_wddm_alloc.h"
#include "platform/result.h"

enum {
    /** Less than this from the kernel and no device is made (driver semantics 17.1). */
    WDDM_COMMAND_MIN_BYTES = 4096,
    WDDM_LIST_MIN_ENTRIES = 16,
};

/** wddm_list_entry.flags: the submission writes this allocation. */
#define WDDM_LIST_WRITE 1u

/** An entry of the allocation list; laid out as D3DDDI_ALLOCATIONLIST. */
struct wddm_list_entry {
    uint32_t h_allocation;
    uint32_t flags;
};

/** What the kernel lends for building one submission; gone after the next render call. */
struct wddm_buffers {
    void *command;
    uint32_t command_bytes;
    struct wddm_list_entry *list;
    uint32_t list_entries;
};

/** One submission, built in the buffers lent last. */
struct wddm_render {
    uint32_t command_bytes; /**< of the stream, header included */
    uint32_t list_entries;
    uint32_t want_command_bytes; /**< a bigger buffer from now on; 0 = as it is */
    uint32_t want_list_entries;  /**< likewise */
};

/** How CPU memory of an allocation is wanted; both false = read and write. */
struct wddm_lock {
    bool is_read_only;
    bool is_write_only;
    bool do_not_wait;
};

/** Ends of a present: the surface shown and, for blts to a window, where to. */
struct wddm_present {
    uint32_t h_source;
    uint32_t h_destination; /**< 0 = none */
    void *dxgi_context;     /**< of the DDI argument, passed on untouched */
};

struct wddm;

/**
 * The functions of the outside world. None keeps what it is given. A result other than the named
 * ones is a refusal that means a bug of ours: RESULT_INVALID.
 */
struct wddm_ops {
    /** OK, OUT_OF_MEMORY or DEVICE_REMOVED. */
    enum result (*create_context)(struct wddm *wddm, struct wddm_buffers *first);
    void (*destroy_context)(struct wddm *wddm);

    /** Submits; *next is valid whatever the result. OK, OUT_OF_MEMORY or DEVICE_REMOVED. */
    enum result (*render)(struct wddm *wddm, const struct wddm_render *render,
                          struct wddm_buffers *next);

    /** After every render call, last of all: the runtime may destroy objects from inside. */
    void (*amortize)(struct wddm *wddm);

    /**
     * One allocation under a runtime resource. *blob goes in as the driver wrote it and comes back
     * as the kernel driver completed it. OK, OUT_OF_MEMORY or DEVICE_REMOVED.
     */
    enum result (*allocate)(struct wddm *wddm, void *h_rt_resource, bool is_primary,
                            uint32_t scanout_source, struct aerogpu_wddm_alloc_priv_v2 *blob,
                            uint32_t *h_allocation);
    /** Frees all that was allocated under, or opened with, a runtime resource. */
    void (*deallocate)(struct wddm *wddm, void *h_rt_resource);

    /** OK, STILL_DRAWING (only with do_not_wait) or DEVICE_REMOVED. */
    enum result (*lock)(struct wddm *wddm, uint32_t h_allocation, struct wddm_lock how,
                        void **bytes);
    void (*unlock)(struct wddm *wddm, uint32_t h_allocation);

    /** Hands a finished surface to DXGI. OK or DEVICE_REMOVED; the code itself goes to *hresult. */
    enum result (*present)(struct wddm *wddm, const struct wddm_present *present, int32_t *hresult);
};

/** Base of every implementation. */
struct wddm {
    const struct wddm_ops *ops;
};

#endif
