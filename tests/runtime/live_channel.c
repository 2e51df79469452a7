#include <stdlib.h>
#include <string.h>

#include "runtime/live.h"
#include "runtime/tap.h"

void live_start(void)
{
    tap_bail_out("live host: Windows builds have none");
}

void live_submit(const struct live_submission *submission, const struct live_listener *listener)
{
    (void)submission;
    (void)listener;
}

bool live_read_texture(uint32_t handle, uint32_t mip, uint32_t layer, struct live_image *image)
{
    (void)handle;
    (void)mip;
    (void)layer;
    (void)image;
    return false;
}

bool live_read_buffer(uint32_t handle, uint64_t offset_bytes, void *bytes, size_t size_bytes)
{
    (void)handle;
    (void)offset_bytes;
    (void)bytes;
    (void)size_bytes;
    return false;
}

void live_image_finish(struct live_image *image)
{
    free(image->bytes);
    memset(image, 0, sizeof(*image));
}
