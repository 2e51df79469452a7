/** Replays captures through a host and keeps the last image, or all of them. */
#ifndef REPLAY_H
#define REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Exit statuses. */
enum replay_result {
    REPLAY_CLEAN = 0,
    REPLAY_INVALID = 1,  /**< errors in the stream, or nothing to show */
    REPLAY_UNUSABLE = 2, /**< input cannot be read, output cannot be written, no Vulkan device */
};

struct replay_options {
    const char *output;      /**< PNG file, or NULL */
    const char *frames;      /**< folder for a PNG of every image presented, or NULL */
    const char *report;      /**< HTML file, or NULL */
    uint32_t report_images;  /**< different images in it */
    const char *device_name; /**< part of the device's name, or NULL */
    uint32_t resource;       /**< handle of the texture to show; 0: the image presented last */
    bool has_hash;           /**< print the hash of what is shown; with frames, of each of them */
    bool is_lenient;
};

/** Replays a capture of size_bytes bytes; path is for messages. */
enum replay_result replay_capture(const struct replay_options *options, const char *path,
                                  const void *bytes, size_t size_bytes);

#endif
