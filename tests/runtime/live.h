/**
 * The host behind a live kernel: the reference host executes what was submitted, so that it can be
 * read back. One interface, two implementations: live_direct.c has the host linked in (host build),
 * live_channel.c reaches it in another process (Windows builds, LIVE.md).
 *
 * There is one host in a program, found or made at first use and kept: opening a Vulkan device is
 * slow. What goes wrong with the host itself ends the program with a sentence (tap_bail_out):
 * nothing that follows could mean anything.
 */
#ifndef RUNTIME_LIVE_H
#define RUNTIME_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu/validate.h"
#include "aerogpu_submit.h"

/** An image read back: texels as the format stores them, rows tight, top row first. */
struct live_image {
    uint32_t format; /**< aerogpu_format; D24: depth in bits 0-23, stencil above; D32: float */
    uint32_t width;
    uint32_t height;
    size_t size_bytes;
    uint8_t *bytes;
};

/** Frees the texels; a zeroed or finished image is fine. */
void live_image_finish(struct live_image *image);

/** One submission; everything is lent for the call. */
struct live_submission {
    uint32_t context_id;
    const void *stream;
    size_t stream_bytes;
    const struct aerogpu_alloc_entry *entries; /**< what it lists */
    uint8_t *const *backings;                  /**< entries[i].size_bytes bytes behind each */
    uint32_t entry_count;
};

/** What a submission causes, told before live_submit returns. */
struct live_listener {
    /** An error of validation or execution. */
    void (*report)(void *user, const struct aerogpu_message *message);
    /** A presented image, lent for the call. */
    void (*present)(void *user, const struct live_image *image);
    void *user;
};

/** Finds or makes the host, and has it forget everything: the guest has just started. */
void live_start(void);

/**
 * Executes a submission. On return it is finished, and what the device wrote into guest memory is
 * in the backings; those of READONLY entries never change.
 */
void live_submit(const struct live_submission *submission, const struct live_listener *listener);

/** As aerogpu_host_read_texture; finish the image with live_image_finish. */
bool live_read_texture(uint32_t handle, uint32_t mip, uint32_t layer, struct live_image *image);

/** As aerogpu_host_read_buffer. */
bool live_read_buffer(uint32_t handle, uint64_t offset_bytes, void *bytes, size_t size_bytes);

#endif
