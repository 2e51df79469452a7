#include "host/targets.h"

#include <string.h>

#include "host/format.h"
#include "host/host.h"
#include "host/texture.h"

static bool resolve_one(struct aerogpu_host *host, uint32_t handle, bool is_depth,
                        struct host_targets *targets, struct host_texture **target)
{
    struct host_texture *texture = host_find_texture(&host->objects, handle);

    if (!texture)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-unknown", "target %u is no texture",
                         handle);
    if (!texture->attachment)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "usage-missing",
                         "texture %u was not created as a target", handle);
    if (texture->shape.format->is_depth != is_depth)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "target-format",
                         "texture %u has no format for this kind of target", handle);
    if (targets->width == 0 || texture->shape.width < targets->width)
        targets->width = texture->shape.width;
    if (targets->height == 0 || texture->shape.height < targets->height)
        targets->height = texture->shape.height;
    *target = texture;
    return host_texture_refresh(host, texture);
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
