/**
 * A host for AeroGPU command streams: executes them on a Vulkan device, made to be embedded in an
 * emulator or a test.
 *
 * Before a submission is executed the strict validator (validate.h) judges it; what the validator
 * or the executor refuses is reported with packet, offset and a sentence. Rules: AeroGPU protocol
 * specification 3, 6 to 10, 14, 17, 18; host semantics 2 to 9.
 *
 * Threads: a host belongs to one thread at a time, its owner serialises the calls. Hosts do not
 * know of each other, and there is no global state. Callbacks run on the thread of the call that
 * causes them and must not call back into their host, except as after_packet says. Shaders are
 * translated in a child process: the embedder must not reap children it did not start
 * (waitpid(-1)), nor ignore SIGCHLD.
 */
#ifndef AEROGPU_HOST_H
#define AEROGPU_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aerogpu/validate.h"
#include "aerogpu_submit.h"

struct aerogpu_host;
struct aerogpu_packet;

/** Error codes of the device. AeroGPU protocol specification 14. */
enum aerogpu_host_error {
    AEROGPU_HOST_OK = 0,
    AEROGPU_HOST_CMD_DECODE = 1, /**< the stream is invalid */
    AEROGPU_HOST_OOB = 2,        /**< a range lies outside of its allocation or resource */
    AEROGPU_HOST_BACKEND = 3,    /**< valid, but this host cannot execute it */
    AEROGPU_HOST_INTERNAL = 0xFFFF,
};

/** An image read back: texels as the format stores them, rows tight, top row first. */
struct aerogpu_host_image {
    uint32_t format; /**< aerogpu_format; D24: depth in bits 0-23, stencil above; D32: float */
    uint32_t width;
    uint32_t height;
    size_t size_bytes;
    uint8_t *bytes;
};

struct aerogpu_host_config {
    /**
     * Guest memory: size_bytes bytes at a guest physical address, always inside one entry of the
     * submission's allocation list. Returns false when they cannot be accessed. Both may be NULL
     * when no resource is guest-backed.
     */
    bool (*read_guest)(void *user, uint64_t gpa, void *bytes, size_t size_bytes);
    bool (*write_guest)(void *user, uint64_t gpa, const void *bytes, size_t size_bytes);

    /** A presented image, lent for the duration of the call. May be NULL. */
    void (*present)(void *user, const struct aerogpu_host_image *image);

    /**
     * Called after each packet that was executed (is_done) or failed in execution (it has been
     * reported then), in stream order; not for packets of a submission that validation refused, nor
     * for those behind the one at which a strict host stops. May be NULL. The packet is lent for
     * the call. Inside, aerogpu_host_read_texture, aerogpu_host_read_buffer and
     * aerogpu_host_get_state (host_state.h) may be called and see what the packet left. A read ends
     * the work recorded so far and waits for it, which costs a round trip to the device each time;
     * results do not depend on it. Writebacks and presents still come at the end of the submission.
     */
    void (*after_packet)(void *user, const struct aerogpu_packet *packet, bool is_done);

    aerogpu_report_fn report; /**< errors; may be NULL */
    void *user;               /**< first argument of all callbacks */

    uint64_t memory_limit_bytes; /**< of device memory; 0: 2 GiB. What exceeds it is an error */

    const char *device_name; /**< part of the Vulkan device's name; NULL: the first usable one */
    bool is_lenient; /**< go on after errors, keep bound state from one submission to the next */
};

/**
 * Creates a host. config is copied, what it points at is not kept, except user. Returns NULL with a
 * static sentence in *reason (which may be NULL) when there is no usable Vulkan device.
 */
struct aerogpu_host *aerogpu_host_create(const struct aerogpu_host_config *config,
                                         const char **reason);

/** Waits for nothing: no work outlives a submission. NULL is fine. */
void aerogpu_host_destroy(struct aerogpu_host *host);

/**
 * Forgets the guest, as when it reboots: every object, share token and binding is gone, and all
 * handles are free again. The device stays open, which makes this much cheaper than a new host. Not
 * from inside a callback. Returns false when memory runs out: then the host is as it was before.
 */
bool aerogpu_host_reset(struct aerogpu_host *host);

/** Name of the Vulkan device; lives as long as the host. */
const char *aerogpu_host_device_name(const struct aerogpu_host *host);

/**
 * Executes one submission: a stream in at most capacity_bytes bytes with the allocations its table
 * lists. Work and writebacks are finished, and its images presented, on return: the caller then
 * completes the fence, whatever the result. Returns the first error's code. Strict: nothing is
 * executed after validation failed, and nothing behind the first packet that fails in execution;
 * bound state is undefined again at the start of the next submission. All contexts share one table
 * of objects and, as in host semantics 1, one bound state: messages name context_id, nothing else
 * depends on it.
 */
enum aerogpu_host_error aerogpu_host_submit(struct aerogpu_host *host, uint32_t context_id,
                                            const void *bytes, size_t capacity_bytes,
                                            const struct aerogpu_alloc_entry *entries,
                                            uint32_t entry_count);

/**
 * Reads a subresource of a texture as the device has it now: guest memory that is dirty but has not
 * been used yet is not looked at. False when there is no such subresource. Free the image with
 * aerogpu_host_image_finish.
 */
bool aerogpu_host_read_texture(struct aerogpu_host *host, uint32_t handle, uint32_t mip,
                               uint32_t layer, struct aerogpu_host_image *image);

/** Reads a range of a buffer as the device has it now. False when there is no such range. */
bool aerogpu_host_read_buffer(struct aerogpu_host *host, uint32_t handle, uint64_t offset_bytes,
                              void *bytes, size_t size_bytes);

/** Frees the texels. */
void aerogpu_host_image_finish(struct aerogpu_host_image *image);

/**
 * Converts an image to RGBA8 (width * height * 4 bytes): stored values without colour conversion,
 * X8 with alpha 255, 5 and 6 bits widened by repeating them. False for depth and BC formats.
 */
bool aerogpu_host_image_rgba8(const struct aerogpu_host_image *image, uint8_t *rgba);

/** Identity of a frame of RGBA8 texels: SHA-256 as host semantics 8 defines it. */
void aerogpu_host_frame_hash(uint32_t width, uint32_t height, const uint8_t *rgba,
                             uint8_t hash[32]);

#endif
