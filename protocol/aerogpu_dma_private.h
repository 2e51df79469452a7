/**
 * Per-submission data of the Windows 7 kernel driver: decoder knowledge, never written by a
 * user-mode driver. Section 12.
 */
#ifndef AEROGPU_DMA_PRIVATE_H
#define AEROGPU_DMA_PRIVATE_H

#include "aerogpu_abi.h"

#define AEROGPU_WIN7_DMA_BUFFER_PRIVATE_DATA_SIZE_BYTES 16u
#define AEROGPU_SUBMIT_RENDER                           1u
#define AEROGPU_SUBMIT_PRESENT                          2u
#define AEROGPU_SUBMIT_PAGING                           3u

/** DMA-buffer private data, filled by the kernel driver alone. Section 12. */
struct AEROGPU_PACKED AEROGPU_DMA_PRIV {
    uint32_t Type;       /**< 1 RENDER, 2 PRESENT, 3 PAGING */
    uint32_t Reserved0;  /**< KMD: context id */
    uint64_t MetaHandle; /**< KMD: opaque id of per-submit metadata; 0 none */
};
_Static_assert(sizeof(struct AEROGPU_DMA_PRIV) == 16, "AEROGPU_DMA_PRIV");

#endif
