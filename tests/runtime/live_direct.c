#include <stdlib.h>
#include <string.h>

#include "aerogpu/host.h"
#include "runtime/live.h"
#include "runtime/tap.h"

#ifdef __SANITIZE_ADDRESS__
/* Vulkan drivers keep a few bytes after their instance is gone; the driver under test must not. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libvulkan_lvp\nleak:libLLVM\n";
}
#endif

static struct {
    struct aerogpu_host *host;
    /* The submission in execution. */
    const struct live_submission *submission;
    const struct live_listener *listener;
} live;

/* The bytes behind a range of guest memory; NULL if no entry holds it all. */
static uint8_t *find_bytes(uint64_t gpa, size_t size_bytes, bool is_written)
{
    const struct live_submission *submission = live.submission;

    for (uint32_t i = 0; i < submission->entry_count; i++) {
        const struct aerogpu_alloc_entry *entry = &submission->entries[i];

        if (gpa < entry->gpa || gpa - entry->gpa > entry->size_bytes ||
            size_bytes > entry->size_bytes - (gpa - entry->gpa) ||
            (is_written && entry->flags & AEROGPU_ALLOC_FLAG_READONLY))
            continue;
        return submission->backings[i] + (gpa - entry->gpa);
    }
    return NULL;
}

static bool read_guest(void *user, uint64_t gpa, void *bytes, size_t size_bytes)
{
    const uint8_t *source = find_bytes(gpa, size_bytes, false);

    (void)user;
    if (source != NULL)
        memcpy(bytes, source, size_bytes);
    return source != NULL;
}

static bool write_guest(void *user, uint64_t gpa, const void *bytes, size_t size_bytes)
{
    uint8_t *target = find_bytes(gpa, size_bytes, true);

    (void)user;
    if (target != NULL)
        memcpy(target, bytes, size_bytes);
    return target != NULL;
}

static struct live_image image_of(const struct aerogpu_host_image *image)
{
    return (struct live_image){ image->format, image->width, image->height, image->size_bytes,
                                image->bytes };
}

static void present(void *user, const struct aerogpu_host_image *image)
{
    const struct live_image lent = image_of(image);

    (void)user;
    live.listener->present(live.listener->user, &lent);
}

static void report(void *user, const struct aerogpu_message *message)
{
    (void)user;
    if (live.listener != NULL)
        live.listener->report(live.listener->user, message);
}

/* The host is never destroyed: the Vulkan driver would leave a few bytes behind that a leak checker
 * cannot attribute any more once the driver is unloaded. */
void live_start(void)
{
    const struct aerogpu_host_config config = {
        .read_guest = read_guest,
        .write_guest = write_guest,
        .present = present,
        .report = report,
    };
    const char *reason = NULL;

    if (live.host == NULL) {
        live.host = aerogpu_host_create(&config, &reason);
        if (live.host == NULL)
            tap_bail_out("live host: %s", reason);
    } else if (!aerogpu_host_reset(live.host)) {
        tap_bail_out("live host: out of memory");
    }
}

void live_submit(const struct live_submission *submission, const struct live_listener *listener)
{
    live.submission = submission;
    live.listener = listener;
    aerogpu_host_submit(live.host, submission->context_id, submission->stream,
                        submission->stream_bytes, submission->entries, submission->entry_count);
    live.submission = NULL;
    live.listener = NULL;
}

bool live_read_texture(uint32_t handle, uint32_t mip, uint32_t layer, struct live_image *image)
{
    struct aerogpu_host_image found;

    if (!aerogpu_host_read_texture(live.host, handle, mip, layer, &found))
        return false;
    *image = image_of(&found);
    return true;
}

bool live_read_buffer(uint32_t handle, uint64_t offset_bytes, void *bytes, size_t size_bytes)
{
    return aerogpu_host_read_buffer(live.host, handle, offset_bytes, bytes, size_bytes);
}

void live_image_finish(struct live_image *image)
{
    free(image->bytes);
    memset(image, 0, sizeof(*image));
}
