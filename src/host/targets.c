#include "host/targets.h"

#include <string.h>

#include "host/format.h"
#include "host/host.h"
#include "host/surface.h"
#include "host/texture.h"

static void shrink(uint32_t *extent, uint32_t other)
{
    if (*extent == 0 || other < *extent)
        *extent = other;
}

static bool resolve_one(struct aerogpu_host *host, uint32_t handle, bool is_depth,
                        struct host_targets *targets, const struct host_surface **target)
{
    const struct host_surface *surface = host_surface_find(&host->objects, handle);

    if (!surface)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown", "target %u is no texture",
                         handle);
    if (!surface->attachment)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "usage-missing",
                         "texture %u was not created as a target", handle);
    if (((surface->format->aspects & VK_IMAGE_ASPECT_DEPTH_BIT) != 0) != is_depth)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "target-format",
                         "texture %u has no format for this kind of target", handle);
    shrink(&targets->width,
           stream_texture_mip_extent(surface->texture->shape.width, surface->base_mip));
    shrink(&targets->height,
           stream_texture_mip_extent(surface->texture->shape.height, surface->base_mip));
    *target = surface;
    return host_texture_refresh(host, surface->texture);
}

bool host_targets_resolve(struct aerogpu_host *host, struct host_targets *targets)
{
    const struct host_state *state = &host->state;

    memset(targets, 0, sizeof(*targets));
    for (uint32_t i = 0; i < state->color_count; i++) {
        if (state->colors[i] == 0)
            continue;
        if (!resolve_one(host, state->colors[i], false, targets, &targets->colors[i]))
            return false;
        targets->color_count = i + 1;
    }
    return state->depth == 0 || resolve_one(host, state->depth, true, targets, &targets->depth);
}
