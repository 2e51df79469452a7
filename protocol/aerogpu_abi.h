/**
 * Version, feature bits and the packing rule of the AeroGPU wire ABI 1.4.
 * Source of every layout in this folder: AeroGPU protocol specification; "Section N" means a
 * section of it. All integers are little-endian, all structs byte-packed.
 */
#ifndef AEROGPU_ABI_H
#define AEROGPU_ABI_H

#include <stdint.h>

/** Structs on the wire have no padding; several 64-bit fields sit on 4-byte boundaries. */
#define AEROGPU_PACKED __attribute__((packed))

/** Guest-chosen object name: one namespace for all kinds, 0 = none. Section 3.1. */
typedef uint32_t aerogpu_handle_t;

/* Version word: major << 16 | minor. Section 1. */
#define AEROGPU_ABI_MAJOR       1u
#define AEROGPU_ABI_MINOR       4u
#define AEROGPU_ABI_VERSION_U32 0x10004u

/* Device feature bits. Section 1. */
#define AEROGPU_FEATURE_FENCE_PAGE 1u
#define AEROGPU_FEATURE_CURSOR     2u
#define AEROGPU_FEATURE_SCANOUT    4u
#define AEROGPU_FEATURE_VBLANK     8u
#define AEROGPU_FEATURE_TRANSFER   0x10u
#define AEROGPU_FEATURE_ERROR_INFO 0x20u

/* PCI identity. Section 14. */
#define AEROGPU_PCI_VENDOR_ID                     0xA3A0u
#define AEROGPU_PCI_DEVICE_ID                     1u
#define AEROGPU_PCI_SUBSYSTEM_VENDOR_ID           0xA3A0u
#define AEROGPU_PCI_SUBSYSTEM_ID                  1u
#define AEROGPU_PCI_CLASS_CODE_DISPLAY_CONTROLLER 3u
#define AEROGPU_PCI_SUBCLASS_VGA_COMPATIBLE       0u
#define AEROGPU_PCI_PROG_IF                       0u
#define AEROGPU_PCI_BAR0_INDEX                    0u
#define AEROGPU_PCI_BAR0_SIZE_BYTES               65536u
#define AEROGPU_PCI_BAR1_INDEX                    1u
#define AEROGPU_PCI_BAR1_SIZE_BYTES               67108864u
#define AEROGPU_PCI_BAR1_VBE_LFB_OFFSET_BYTES     262144u

/** Device error codes. Section 14. */
enum aerogpu_error_code {
    AEROGPU_ERROR_NONE = 0,
    AEROGPU_ERROR_CMD_DECODE = 1,
    AEROGPU_ERROR_OOB = 2,
    AEROGPU_ERROR_BACKEND = 3,
    AEROGPU_ERROR_INTERNAL = 65535,
};

#endif
