#include <stdlib.h>
#include <string.h>

#include "aerogpu/decode.h"
#include "runtime/kernel_state.h"

/* The kernel whose objects the one host of the program holds. */
static const struct kernel *owner;

void kernel_live_start(struct kernel *kernel)
{
    kernel->is_live = kernel->config.is_live;
    if (!kernel->is_live)
        return;
    live_start();
    owner = kernel;
}

void kernel_live_stop(struct kernel *kernel)
{
    live_image_finish(&kernel->presented);
    if (owner == kernel)
        owner = NULL;
}

/* False for kernels that are not live, and for those whose host was taken away. */
static bool is_owner(const struct kernel *kernel)
{
    if (kernel->is_live && owner != kernel)
        report_violation(kernel->report, "live host: another kernel has taken it over");
    return kernel->is_live && owner == kernel;
}

/* ---- Submission ---- */

/* What the kernel's own validator found in a stream is not told twice. */
struct execution {
    struct kernel *kernel;
    bool is_judged;
};

static void report_message(void *user, const struct aerogpu_message *message)
{
    const struct execution *execution = user;
    const char *name = aerogpu_opcode_name(message->opcode);

    if (execution->is_judged)
        return;
    report_violation(execution->kernel->report,
                     "live host: submission %u, packet %u (%s) at byte %u: %s [%s]",
                     (unsigned)execution->kernel->submitted, message->packet_index,
                     name != NULL ? name : "unknown", message->offset_bytes, message->text,
                     message->rule);
}

static void keep_presented(void *user, const struct live_image *image)
{
    const struct execution *execution = user;
    struct live_image *kept = &execution->kernel->presented;
    uint8_t *bytes = malloc(image->size_bytes > 0 ? image->size_bytes : 1);

    if (bytes == NULL)
        tap_bail_out("out of memory");
    memcpy(bytes, image->bytes, image->size_bytes);
    live_image_finish(kept);
    *kept = *image;
    kept->bytes = bytes;
}

void kernel_live_submit(struct kernel *kernel, const struct kernel_submission *submission)
{
    struct execution execution = { kernel, submission->errors > 0 };
    const struct live_listener listener = { report_message, keep_presented, &execution };
    struct live_submission lent = {
        .context_id = submission->device_id,
        .stream = submission->stream,
        .stream_bytes = submission->stream_bytes,
        .entries = submission->entries,
        .entry_count = submission->entry_count,
    };
    uint8_t **backings;

    if (!is_owner(kernel))
        return;
    backings = calloc(submission->entry_count + 1, sizeof(*backings));
    if (backings == NULL)
        tap_bail_out("out of memory");
    for (uint32_t i = 0; i < submission->entry_count; i++)
        backings[i] =
            guard_bytes(kernel_find_memory(kernel, submission->entries[i].alloc_id)->backing);
    lent.backings = backings;
    live_submit(&lent, &listener);
    free(backings);
}

/* ---- Reading back ---- */

bool kernel_read_texture(struct kernel *kernel, uint32_t handle, uint32_t mip, uint32_t layer,
                         struct live_image *image)
{
    return is_owner(kernel) && live_read_texture(handle, mip, layer, image);
}

bool kernel_read_buffer(struct kernel *kernel, uint32_t handle, uint64_t offset_bytes, void *bytes,
                        size_t size_bytes)
{
    return is_owner(kernel) && live_read_buffer(handle, offset_bytes, bytes, size_bytes);
}

const struct live_image *kernel_presented_image(const struct kernel *kernel)
{
    return kernel->presented.bytes != NULL ? &kernel->presented : NULL;
}
