/**
 * Device registers (BAR 0), for tools that talk about the device; a user-mode driver never touches
 * them.
 */
#ifndef AEROGPU_MMIO_H
#define AEROGPU_MMIO_H

#include "aerogpu_abi.h"

#define AEROGPU_MMIO_REG_MAGIC                      0u
#define AEROGPU_MMIO_REG_ABI_VERSION                4u
#define AEROGPU_MMIO_REG_FEATURES_LO                8u
#define AEROGPU_MMIO_REG_FEATURES_HI                0xCu
#define AEROGPU_MMIO_MAGIC                          0x55504741u
#define AEROGPU_MMIO_REG_RING_GPA_LO                0x100u
#define AEROGPU_MMIO_REG_RING_GPA_HI                0x104u
#define AEROGPU_MMIO_REG_RING_SIZE_BYTES            264u
#define AEROGPU_MMIO_REG_RING_CONTROL               0x10Cu
#define AEROGPU_RING_CONTROL_ENABLE                 1u
#define AEROGPU_RING_CONTROL_RESET                  2u
#define AEROGPU_MMIO_REG_FENCE_GPA_LO               0x120u
#define AEROGPU_MMIO_REG_FENCE_GPA_HI               0x124u
#define AEROGPU_MMIO_REG_COMPLETED_FENCE_LO         0x130u
#define AEROGPU_MMIO_REG_COMPLETED_FENCE_HI         0x134u
#define AEROGPU_MMIO_REG_DOORBELL                   0x200u
#define AEROGPU_MMIO_REG_IRQ_STATUS                 0x300u
#define AEROGPU_MMIO_REG_IRQ_ENABLE                 0x304u
#define AEROGPU_MMIO_REG_IRQ_ACK                    0x308u
#define AEROGPU_IRQ_FENCE                           1u
#define AEROGPU_IRQ_SCANOUT_VBLANK                  2u
#define AEROGPU_IRQ_ERROR                           0x80000000u
#define AEROGPU_MMIO_REG_ERROR_CODE                 0x310u
#define AEROGPU_MMIO_REG_ERROR_FENCE_LO             0x314u
#define AEROGPU_MMIO_REG_ERROR_FENCE_HI             0x318u
#define AEROGPU_MMIO_REG_ERROR_COUNT                0x31Cu
#define AEROGPU_MMIO_REG_SCANOUT0_ENABLE            0x400u
#define AEROGPU_MMIO_REG_SCANOUT0_WIDTH             0x404u
#define AEROGPU_MMIO_REG_SCANOUT0_HEIGHT            0x408u
#define AEROGPU_MMIO_REG_SCANOUT0_FORMAT            0x40Cu
#define AEROGPU_MMIO_REG_SCANOUT0_PITCH_BYTES       1040u
#define AEROGPU_MMIO_REG_SCANOUT0_FB_GPA_LO         0x414u
#define AEROGPU_MMIO_REG_SCANOUT0_FB_GPA_HI         0x418u
#define AEROGPU_MMIO_REG_SCANOUT0_VBLANK_SEQ_LO     0x420u
#define AEROGPU_MMIO_REG_SCANOUT0_VBLANK_SEQ_HI     0x424u
#define AEROGPU_MMIO_REG_SCANOUT0_VBLANK_TIME_NS_LO 0x428u
#define AEROGPU_MMIO_REG_SCANOUT0_VBLANK_TIME_NS_HI 0x42Cu
#define AEROGPU_MMIO_REG_SCANOUT0_VBLANK_PERIOD_NS  0x430u
#define AEROGPU_MMIO_REG_CURSOR_ENABLE              0x500u
#define AEROGPU_MMIO_REG_CURSOR_X                   0x504u
#define AEROGPU_MMIO_REG_CURSOR_Y                   0x508u
#define AEROGPU_MMIO_REG_CURSOR_HOT_X               0x50Cu
#define AEROGPU_MMIO_REG_CURSOR_HOT_Y               0x510u
#define AEROGPU_MMIO_REG_CURSOR_WIDTH               0x514u
#define AEROGPU_MMIO_REG_CURSOR_HEIGHT              0x518u
#define AEROGPU_MMIO_REG_CURSOR_FORMAT              0x51Cu
#define AEROGPU_MMIO_REG_CURSOR_FB_GPA_LO           0x520u
#define AEROGPU_MMIO_REG_CURSOR_FB_GPA_HI           0x524u
#define AEROGPU_MMIO_REG_CURSOR_PITCH_BYTES         1320u

#endif
