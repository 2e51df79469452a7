/**
 * The blob a user-mode driver reads through the adapter-info callback. Section 13.
 */
#ifndef AEROGPU_UMD_PRIVATE_H
#define AEROGPU_UMD_PRIVATE_H

#include "aerogpu_abi.h"

#define AEROGPU_UMDPRIV_MMIO_MAGIC_LEGACY_ARGP 0x41524750u
#define AEROGPU_UMDPRIV_MMIO_MAGIC_NEW_AGPU    0x55504741u
#define AEROGPU_UMDPRIV_MMIO_REG_MAGIC         0u
#define AEROGPU_UMDPRIV_MMIO_REG_ABI_VERSION   4u
#define AEROGPU_UMDPRIV_MMIO_REG_FEATURES_LO   8u
#define AEROGPU_UMDPRIV_MMIO_REG_FEATURES_HI   0xCu
#define AEROGPU_UMDPRIV_FEATURE_FENCE_PAGE     1u
#define AEROGPU_UMDPRIV_FEATURE_CURSOR         2u
#define AEROGPU_UMDPRIV_FEATURE_SCANOUT        4u
#define AEROGPU_UMDPRIV_FEATURE_VBLANK         8u
#define AEROGPU_UMDPRIV_FEATURE_TRANSFER       0x10u
#define AEROGPU_UMDPRIV_FEATURE_ERROR_INFO     0x20u
#define AEROGPU_UMDPRIV_STRUCT_VERSION_V1      1u
#define AEROGPU_UMDPRIV_FLAG_IS_LEGACY         1u
#define AEROGPU_UMDPRIV_FLAG_HAS_VBLANK        2u
#define AEROGPU_UMDPRIV_FLAG_HAS_FENCE_PAGE    4u

/** Adapter blob: what a user-mode driver learns of the device. Section 13. */
struct AEROGPU_PACKED aerogpu_umd_private_v1 {
    uint32_t size_bytes;             /**< >= 64 */
    uint32_t struct_version;         /**< AEROGPU_UMDPRIV_STRUCT_VERSION_V1 */
    uint32_t device_mmio_magic;      /**< AEROGPU_UMDPRIV_MMIO_MAGIC_*: which device this is */
    uint32_t device_abi_version_u32; /**< major << 16 | minor; on a legacy device its own scheme */
    uint32_t reserved0;
    uint64_t device_features; /**< AEROGPU_FEATURE_* (section 1); not 8-aligned */
    uint32_t flags;           /**< AEROGPU_UMDPRIV_FLAG_* */
    uint32_t reserved1;
    uint32_t reserved2;
    uint64_t reserved3[3];
};
_Static_assert(sizeof(struct aerogpu_umd_private_v1) == 64, "aerogpu_umd_private_v1");

#endif
