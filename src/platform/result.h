/** How things below the DDI end; only src/ddi turns one into a code the runtime sees. */
#ifndef PLATFORM_RESULT_H
#define PLATFORM_RESULT_H

enum result {
    RESULT_OK,
    RESULT_OUT_OF_MEMORY,
    RESULT_DEVICE_REMOVED, /**< the device is lost, or a callback said so */
    RESULT_STILL_DRAWING,  /**< busy, and the caller must not wait */
    RESULT_UNSUPPORTED,    /**< valid Direct3D that the protocol cannot carry */
    RESULT_INVALID,        /**< what the real runtime never sends, or a callback's refusal of us */
};

#endif
