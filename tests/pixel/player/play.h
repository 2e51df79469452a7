/** Plays a pixel script on an implementation of Direct3D. */
#ifndef PIXEL_PLAY_H
#define PIXEL_PLAY_H

#include "api.h"
#include "script.h"

enum px_verdict {
    PX_PASSED,
    PX_FAILED,     /**< a probe saw another value, or the implementation refused something */
    PX_BAD_SCRIPT, /**< not understood: nothing is said about the implementation */
};

struct px_play_config {
    const struct px_backend *backend;
    void *device;            /**< first argument of the backend's operations */
    const char *hlsl_folder; /**< containers of shaders written in HLSL (README.md) */
};

/**
 * Plays all of it, up to the first thing that is wrong, which message (of message_bytes bytes)
 * describes as "path:line: ...". On px_null_backend only the script itself is judged.
 */
enum px_verdict px_play(const struct px_script *script, const struct px_play_config *config,
                        char *message, size_t message_bytes);

/** Accepts everything and draws nothing; probes of it see what they expect. */
extern const struct px_backend px_null_backend;

#endif
