#include "host/present.h"

#include "host/format.h"
#include "host/host.h"
#include "host/surface.h"
#include "host/texture.h"

bool host_present(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                  const struct aerogpu_payload *payload)
{
    struct host_pending_present present = { .image.format = 0 };
    struct host_region region = { 0 };
    const struct host_surface *surface = NULL;
    struct host_texture *texture;
    uint64_t row_bytes;
    uint32_t row_count;

    (void)packet;
    (void)payload;
    for (uint32_t i = 0; i < host->state.color_count && !surface; i++)
        surface = host_surface_find(&host->objects, host->state.colors[i]);
    if (!surface)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "present-target",
                         "no colour target is bound to be presented");
    texture = surface->texture;
    region.mip = surface->base_mip;
    region.layer = surface->base_layer;
    region.width = stream_texture_mip_extent(texture->shape.width, region.mip);
    region.height = stream_texture_mip_extent(texture->shape.height, region.mip);
    if (!host_texture_refresh(host, texture) ||
        !host_texture_fetch(host, texture, &region, &present.slice) ||
        !host_reserve(host, (void **)&host->presents, &host->present_capacity,
                      host->present_count + 1, sizeof(*host->presents)))
        return false;
    present.image.format = surface->format->format;
    present.image.width = region.width;
    present.image.height = region.height;
    present.image.size_bytes = (size_t)host_region_bytes(texture, &region, &row_bytes, &row_count);
    present.image.bytes = present.slice.bytes;
    host->presents[host->present_count++] = present;
    return true;
}

void host_presents_finish(struct aerogpu_host *host)
{
    for (uint32_t i = 0; host->config.present && i < host->present_count; i++)
        host->config.present(host->config.user, &host->presents[i].image);
    host->present_count = 0;
}
