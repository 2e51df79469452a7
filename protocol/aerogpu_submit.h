/**
 * What the kernel driver hands to the device: submission descriptor, allocation table, ring, fence
 * page.
 */
#ifndef AEROGPU_SUBMIT_H
#define AEROGPU_SUBMIT_H

#include "aerogpu_abi.h"

#define AEROGPU_ALLOC_TABLE_MAGIC 0x434F4C41u
#define AEROGPU_RING_MAGIC        0x474E5241u
#define AEROGPU_FENCE_PAGE_MAGIC  0x434E4546u

/** Flags of a submission descriptor. Section 4.2. */
enum aerogpu_submit_flags {
    AEROGPU_SUBMIT_FLAG_NONE = 0x0,
    AEROGPU_SUBMIT_FLAG_PRESENT = 0x1,
    AEROGPU_SUBMIT_FLAG_NO_IRQ = 0x2,
};

/** The one engine there is. Section 4.4. */
enum aerogpu_engine_id {
    AEROGPU_ENGINE_0 = 0,
};

/** READONLY: the host must not write the allocation in this submission. Section 4.2. */
enum aerogpu_alloc_flags {
    AEROGPU_ALLOC_FLAG_NONE = 0x0,
    AEROGPU_ALLOC_FLAG_READONLY = 0x1,
};

/** Allocation table header, written by the kernel driver; entries follow at entry_stride_bytes.
 * Section 10.3. */
struct AEROGPU_PACKED aerogpu_alloc_table_header {
    uint32_t magic;       /**< 0x434F4C41 (bytes `A L O C`) */
    uint32_t abi_version; /**< AEROGPU_ABI_VERSION_U32 of the writer; readers want the same major */
    uint32_t size_bytes;  /**< header + entries, <= descriptor size */
    uint32_t entry_count; /**< number of entries that follow */
    uint32_t entry_stride_bytes; /**< >= 32; extra bytes per entry ignored */
    uint32_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_alloc_table_header) == 24, "aerogpu_alloc_table_header");

/** One allocation of a submission. Section 10.3. */
struct AEROGPU_PACKED aerogpu_alloc_entry {
    uint32_t alloc_id;   /**< non-zero, unique in the table */
    uint32_t flags;      /**< aerogpu_alloc_flags */
    uint64_t gpa;        /**< guest physical base; 0 is legal */
    uint64_t size_bytes; /**< non-zero; gpa + size must not overflow */
    uint64_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_alloc_entry) == 32, "aerogpu_alloc_entry");

/** Submission descriptor, one ring slot. Section 14. */
struct AEROGPU_PACKED aerogpu_submit_desc {
    uint32_t desc_size_bytes; /**< 64 or more */
    uint32_t flags;           /**< aerogpu_submit_flags */
    uint32_t context_id;      /**< 0 = unknown */
    uint32_t engine_id;
    uint64_t cmd_gpa;        /**< command buffer address */
    uint32_t cmd_size_bytes; /**< buffer capacity (>= stream size_bytes) */
    uint32_t cmd_reserved0;
    uint64_t alloc_table_gpa;        /**< 0 = none */
    uint32_t alloc_table_size_bytes; /**< 0 = none */
    uint32_t alloc_table_reserved0;
    uint64_t signal_fence; /**< fence to complete */
    uint64_t reserved0;
};
_Static_assert(sizeof(struct aerogpu_submit_desc) == 64, "aerogpu_submit_desc");

/** Submission ring header. Section 14. */
struct AEROGPU_PACKED aerogpu_ring_header {
    uint32_t magic;              /**< 0x474E5241 (bytes `A R N G`) */
    uint32_t abi_version;        /**< AEROGPU_ABI_VERSION_U32 of the writer */
    uint32_t size_bytes;         /**< bytes used by the ring */
    uint32_t entry_count;        /**< power of two */
    uint32_t entry_stride_bytes; /**< >= 64 */
    uint32_t flags;
    uint32_t head; /**< device-owned */
    uint32_t tail; /**< driver-owned */
    uint32_t reserved0;
    uint32_t reserved1;
    uint64_t reserved2[3];
};
_Static_assert(sizeof(struct aerogpu_ring_header) == 64, "aerogpu_ring_header");

/** Page that the device writes completed fences to. Section 14. */
struct AEROGPU_PACKED aerogpu_fence_page {
    uint32_t magic;           /**< 0x434E4546 (bytes `F E N C`) */
    uint32_t abi_version;     /**< AEROGPU_ABI_VERSION_U32 of the writer */
    uint64_t completed_fence; /**< last completed fence */
    uint64_t reserved0[5];
};
_Static_assert(sizeof(struct aerogpu_fence_page) == 56, "aerogpu_fence_page");

#endif
