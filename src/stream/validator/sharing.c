/** Export and import of surfaces between processes (sections 6.9 and 16). */
#include "stream/validator/validator.h"

static struct share *share_find(const validator *v, uint64_t token)
{
    const uint32_t *index = stream_id_map_find(&v->tokens, token);

    return index ? &v->shares[*index] : NULL;
}

static struct share *share_claim(validator *v, uint64_t token)
{
    struct share *share = share_find(v, token);
    void *shares = v->shares;
    uint32_t *index;

    if (share)
        return share;
    if (!stream_memory_reserve(&v->memory, &shares, &v->share_capacity, v->share_count + 1,
                               sizeof(*v->shares)))
        return NULL;
    v->shares = shares;
    index = stream_id_map_insert(&v->tokens, &v->memory, token);
    if (!index)
        return NULL;
    *index = v->share_count;
    share = &v->shares[v->share_count++];
    *share = (struct share){ .token = token };
    return share;
}

void validator_shares_forget(validator *v, const struct resource *resource)
{
    for (uint32_t i = 0; i < v->share_count; i++) {
        if (v->shares[i].resource == resource) {
            v->shares[i].resource = NULL;
            v->shares[i].is_released = true;
        }
    }
}

static bool check_token(validator *v, uint64_t token, const struct share *share)
{
    if (token == 0) {
        validator_report(v, RULE_SHARE_TOKEN, "the share token is 0");
        return false;
    }
    if (share && share->is_released) {
        validator_report(v, RULE_SHARE_RELEASED, "token %#" PRIx64 " was released", token);
        return false;
    }
    return true;
}

/** What can be shared: one plain guest-backed surface. */
static bool check_shareable(validator *v, const struct resource *resource, aerogpu_handle_t handle)
{
    if (resource->is_texture && resource->alloc_id != 0 && resource->shape.mip_levels == 1 &&
        resource->shape.array_layers == 1)
        return true;
    validator_report(v, RULE_SHARE_RESOURCE, "resource %#x is %s, %s, with %u mips and %u layers",
                     (unsigned)handle, resource->is_texture ? "a texture" : "a buffer",
                     resource->alloc_id ? "guest-backed" : "host-owned",
                     (unsigned)resource->shape.mip_levels, (unsigned)resource->shape.array_layers);
    return false;
}

void validate_export_shared_surface(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_export_shared_surface *cmd = PACKET(v, export_shared_surface);
    const uint64_t token = cmd->share_token;
    struct resource *resource =
        validator_object_find_resource(v, cmd->resource_handle, "resource_handle");
    struct share *share = share_find(v, token);

    (void)payload;
    if (!resource || !check_token(v, token, share))
        return;
    if (share && share->resource != resource) {
        validator_report(v, RULE_SHARE_EXPORTED,
                         "token %#" PRIx64 " already stands for resource %#x", token,
                         (unsigned)share->resource->original);
        return;
    }
    if (!resource->is_broken && !check_shareable(v, resource, cmd->resource_handle))
        return;
    share = share_claim(v, token);
    if (share)
        share->resource = resource;
    else
        validator_report_out_of_memory(v);
}

void validate_import_shared_surface(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_import_shared_surface *cmd = PACKET(v, import_shared_surface);
    const uint64_t token = cmd->share_token;
    const struct share *share = share_find(v, token);
    struct object *object;

    (void)payload;
    if (!check_token(v, token, share))
        return;
    if (!share) {
        validator_report(v, RULE_SHARE_UNKNOWN, "token %#" PRIx64 " was never exported", token);
        return;
    }
    object = validator_object_create(v, cmd->out_resource_handle,
                                     share->resource->is_texture ? AEROGPU_OBJECT_TEXTURE
                                                                 : AEROGPU_OBJECT_BUFFER,
                                     0);
    if (!object)
        return;
    object->resource = share->resource;
    object->resource->references++;
}

void validate_release_shared_surface(validator *v, const struct aerogpu_payload *payload)
{
    const uint64_t token = PACKET(v, release_shared_surface)->share_token;
    struct share *share;

    (void)payload;
    if (!v->config.allow_kernel_packets)
        validator_report(v, RULE_KERNEL_PACKET, "only the kernel driver releases share tokens");
    share = token ? share_claim(v, token) : NULL;
    if (share)
        share->is_released = true;
}
