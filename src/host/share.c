#include "host/share.h"

#include <stdlib.h>

#include "host/host.h"

static struct host_share **find(struct aerogpu_host *host, uint64_t token)
{
    struct host_share **place = &host->objects.shares;

    while (*place && (*place)->token != token)
        place = &(*place)->next;
    return place;
}

bool host_export_shared_surface(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                                const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_export_shared_surface *cmd = (const void *)packet->bytes;
    struct host_object *object = host_objects_find_any(&host->objects, cmd->resource_handle);
    struct host_share **place = find(host, cmd->share_token);

    (void)payload;
    if (!object || object->kind > HOST_TEXTURE || cmd->share_token == 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "share-resource",
                         "%u cannot be shared under this token", cmd->resource_handle);
    if (*place)
        return (*place)->object == object ||
               host_fail(host, AEROGPU_HOST_CMD_DECODE, "share-exported",
                         "the token names another resource");
    if (host->objects.share_count == HOST_SHARES_MAX)
        return host_fail(host, AEROGPU_HOST_BACKEND, "too-many-objects",
                         "%u tokens are more than this host keeps", HOST_SHARES_MAX);
    *place = calloc(1, sizeof(**place));
    if (!*place)
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    (*place)->token = cmd->share_token;
    (*place)->object = object;
    object->share_count++;
    host->objects.share_count++;
    return true;
}

bool host_import_shared_surface(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                                const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_import_shared_surface *cmd = (const void *)packet->bytes;
    const struct host_share *share = *find(host, cmd->share_token);

    (void)payload;
    if (!share || share->object->handle_count == 0)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "share-unknown",
                         "the token was not exported, or its resource is gone");
    if (host_objects_find_any(&host->objects, cmd->out_resource_handle) == share->object)
        return true;
    return host_objects_insert(&host->objects, cmd->out_resource_handle, share->object) ||
           host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-in-use", "handle %u is taken",
                     cmd->out_resource_handle);
}

bool host_release_shared_surface(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                                 const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_release_shared_surface *cmd = (const void *)packet->bytes;
    struct host_share **place = find(host, cmd->share_token);
    struct host_share *share = *place;

    (void)payload;
    if (share) {
        *place = share->next;
        share->object->share_count--;
        host->objects.share_count--;
        free(share);
    }
    return true;
}
