/**
 * Private data of a WDDM allocation, written by the user-mode driver and completed by the kernel
 * driver. Section 11.
 */
#ifndef AEROGPU_WDDM_ALLOC_H
#define AEROGPU_WDDM_ALLOC_H

#include "aerogpu_abi.h"

#define AEROGPU_WDDM_ALLOC_PRIV_MAGIC           0x414C4C4Fu
#define AEROGPU_WDDM_ALLOC_PRIV_VERSION         1u
#define AEROGPU_WDDM_ALLOC_PRIV_VERSION_2       2u
#define AEROGPU_WDDM_ALLOC_PRIVATE_DATA_MAGIC   0x414C4C4Fu
#define AEROGPU_WDDM_ALLOC_PRIVATE_DATA_VERSION 1u
#define AEROGPU_WDDM_ALLOC_ID_UMD_MAX           0x7FFFFFFFu
#define AEROGPU_WDDM_ALLOC_ID_KMD_MIN           0x80000000u
#define AEROGPU_WDDM_ALLOC_PRIV_FLAG_SHARED     1u
#define AEROGPU_WDDM_ALLOC_PRIV_DESC_MARKER     0x8000000000000000ULL
#define AEROGPU_WDDM_ALLOC_PRIV_DESC_MAX_WIDTH  65535u
#define AEROGPU_WDDM_ALLOC_PRIV_DESC_MAX_HEIGHT 32767u

/** Flags of an allocation; CPU_VISIBLE and STAGING are informational. Section 4.2. */
enum aerogpu_wddm_alloc_private_flags {
    AEROGPU_WDDM_ALLOC_PRIV_FLAG_NONE = 0x0,
    AEROGPU_WDDM_ALLOC_PRIV_FLAG_IS_SHARED = 0x1,
    AEROGPU_WDDM_ALLOC_PRIV_FLAG_CPU_VISIBLE = 0x2,
    AEROGPU_WDDM_ALLOC_PRIV_FLAG_STAGING = 0x4,
};

/** What an allocation holds. Section 4.4. */
enum aerogpu_wddm_alloc_kind {
    AEROGPU_WDDM_ALLOC_KIND_UNKNOWN = 0,
    AEROGPU_WDDM_ALLOC_KIND_BUFFER = 1,
    AEROGPU_WDDM_ALLOC_KIND_TEXTURE2D = 2,
};

/** Allocation private data, version 1 (40 bytes). Section 11. */
struct AEROGPU_PACKED aerogpu_wddm_alloc_priv {
    uint32_t magic;    /**< 0x414C4C4F */
    uint32_t version;  /**< 1 (40-byte blob) or 2 (64-byte blob) */
    uint32_t alloc_id; /**< 1..AEROGPU_WDDM_ALLOC_ID_UMD_MAX, unique in the guest. Section 10.2 */
    uint32_t flags;    /**< aerogpu_wddm_alloc_private_flags */
    uint64_t share_token; /**< cross-process token; 0 unless shared */
    uint64_t size_bytes;  /**< allocation size */
    uint64_t reserved0;   /**< bit 63 clear: row pitch in bits 0..31; set: D3D9 description */
};
_Static_assert(sizeof(struct aerogpu_wddm_alloc_priv) == 40, "aerogpu_wddm_alloc_priv");

/** Allocation private data, version 2 (64 bytes); starts like version 1. Section 11. */
struct AEROGPU_PACKED aerogpu_wddm_alloc_priv_v2 {
    uint32_t magic;    /**< 0x414C4C4F */
    uint32_t version;  /**< 1 (40-byte blob) or 2 (64-byte blob) */
    uint32_t alloc_id; /**< 1..AEROGPU_WDDM_ALLOC_ID_UMD_MAX, unique in the guest. Section 10.2 */
    uint32_t flags;    /**< aerogpu_wddm_alloc_private_flags */
    uint64_t share_token;     /**< cross-process token; 0 unless shared */
    uint64_t size_bytes;      /**< allocation size */
    uint64_t reserved0;       /**< bit 63 clear: row pitch in bits 0..31; set: D3D9 description */
    uint32_t kind;            /**< aerogpu_wddm_alloc_kind */
    uint32_t width;           /**< texels, 0 for buffers */
    uint32_t height;          /**< texels, 0 for buffers */
    uint32_t format;          /**< DXGI_FORMAT number */
    uint32_t row_pitch_bytes; /**< of mip 0, 0 = unknown */
    uint32_t reserved1;       /**< 0 */
};
_Static_assert(sizeof(struct aerogpu_wddm_alloc_priv_v2) == 64, "aerogpu_wddm_alloc_priv_v2");

#endif
