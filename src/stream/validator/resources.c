/** Buffers and textures: creation, contents from the guest, destruction (section 6.2). */
#include "stream/validator/validator.h"

#include <string.h>

#define TEXTURE_BYTES_MAX ((uint64_t)2 << 30)
#define COLOUR_USAGE      (AEROGPU_RESOURCE_USAGE_RENDER_TARGET | AEROGPU_RESOURCE_USAGE_SCANOUT)

/** Which subresources the host has a current copy of, as runs. */
static bool host_copies_contain(const struct resource *resource, uint32_t index)
{
    for (uint32_t i = 0; i < resource->host_copy_count; i++) {
        if (index >= resource->host_copies[i].first && index <= resource->host_copies[i].last)
            return true;
    }
    return false;
}

/** Adds a run, swallowing the ones that it meets. */
static void host_copies_add(validator *v, struct resource *resource, struct index_range added)
{
    void *ranges = resource->host_copies;
    uint32_t kept = 0;

    if (!stream_memory_reserve(&v->memory, &ranges, &resource->host_copy_capacity,
                               resource->host_copy_count + 1, sizeof(added))) {
        validator_report_out_of_memory(v);
        return;
    }
    resource->host_copies = ranges;
    for (uint32_t i = 0; i < resource->host_copy_count; i++) {
        const struct index_range range = resource->host_copies[i];

        if (range.last + 1 < added.first || range.first > added.last + 1) {
            resource->host_copies[kept++] = range;
            continue;
        }
        added.first = range.first < added.first ? range.first : added.first;
        added.last = range.last > added.last ? range.last : added.last;
    }
    resource->host_copies[kept++] = added;
    resource->host_copy_count = kept;
}

void validator_resource_read(validator *v, struct resource *resource, aerogpu_handle_t handle)
{
    if (resource->is_broken)
        return;
    if (validator_allocation_touch(v, resource, handle, false))
        resource->has_unread = false;
}

void validator_resource_write(validator *v, struct resource *resource, aerogpu_handle_t handle,
                              bool is_written_back)
{
    if (resource->is_broken)
        return;
    if (validator_allocation_touch(v, resource, handle, true))
        resource->has_unread = false;
    resource->host_copy_count = 0;
    if (resource->alloc_id != 0 && !is_written_back)
        resource->has_gpu_content = true;
}

void validator_resource_release(validator *v, struct resource *resource)
{
    stream_memory_destroy(&v->memory, resource->host_copies);
    resource->host_copies = NULL;
}

/** A resource under a new handle, its backing noted. NULL, reported, when there can be none. */
static struct resource *create_resource(validator *v, aerogpu_handle_t handle,
                                        enum aerogpu_object_kind kind, uint32_t usage,
                                        uint32_t alloc_id, uint32_t alloc_offset_bytes)
{
    struct object *object = validator_object_create(v, handle, kind, sizeof(struct resource));
    struct resource *resource;

    if (!object)
        return NULL;
    resource = object->resource;
    resource->original = handle;
    resource->references = 1;
    resource->is_texture = kind == AEROGPU_OBJECT_TEXTURE;
    resource->usage = usage;
    resource->alloc_id = alloc_id;
    resource->alloc_offset_bytes = alloc_offset_bytes;
    resource->has_unread = alloc_id != 0;
    return resource;
}

/** The backing of a new resource: its id, its listing, its extent. */
static void check_backing(validator *v, struct resource *resource)
{
    if (resource->alloc_id == 0)
        return;
    if (resource->alloc_id > 0x7FFFFFFFu) {
        validator_report(v, RULE_ALLOC_ID_RANGE,
                         "backing_alloc_id %#x belongs to the kernel driver",
                         (unsigned)resource->alloc_id);
        resource->is_broken = true;
    } else if (!resource->is_broken) {
        resource->is_broken = !validator_allocation_touch(v, resource, resource->original, false);
    }
}

void validate_create_buffer(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_buffer *cmd = PACKET(v, create_buffer);
    struct resource *resource =
        create_resource(v, cmd->buffer_handle, AEROGPU_OBJECT_BUFFER, cmd->usage_flags,
                        cmd->backing_alloc_id, cmd->backing_offset_bytes);

    (void)payload;
    if (!resource)
        return;
    resource->size_bytes = cmd->size_bytes;
    if (cmd->size_bytes == 0 || cmd->size_bytes % 4 != 0) {
        validator_report(v, RULE_BUFFER_SIZE, "buffer %#x has %" PRIu64 " bytes",
                         (unsigned)cmd->buffer_handle, resource->size_bytes);
        resource->is_broken = true;
    }
    check_backing(v, resource);
}

/** Extent, layers and mips. Returns false when the layout cannot be computed. */
static bool check_texture_extent(validator *v, const struct texture_shape *shape,
                                 uint64_t *total_bytes)
{
    if (shape->width == 0 || shape->height == 0 || shape->array_layers == 0) {
        validator_report(v, RULE_TEXTURE_SIZE, "the texture has %ux%u texels and %u layers",
                         (unsigned)shape->width, (unsigned)shape->height,
                         (unsigned)shape->array_layers);
        return false;
    }
    if (shape->mip_levels == 0 ||
        shape->mip_levels > stream_texture_full_mips(shape->width, shape->height)) {
        validator_report(v, RULE_TEXTURE_MIPS, "%ux%u texels have 1 to %u mips, not %u",
                         (unsigned)shape->width, (unsigned)shape->height,
                         (unsigned)stream_texture_full_mips(shape->width, shape->height),
                         (unsigned)shape->mip_levels);
        return false;
    }
    if (!stream_texture_total_bytes(shape, total_bytes) || *total_bytes > TEXTURE_BYTES_MAX) {
        validator_report(v, RULE_TEXTURE_SIZE,
                         "the texture has %ux%u texels, %u layers and over 2 GiB",
                         (unsigned)shape->width, (unsigned)shape->height,
                         (unsigned)shape->array_layers);
        return false;
    }
    return true;
}

static bool check_texture_pitch(validator *v, const struct texture_shape *shape, uint32_t alloc_id)
{
    const uint64_t tight_bytes = stream_texture_tight_pitch(shape, 0);

    if (shape->row_pitch_bytes == 0 && alloc_id == 0)
        return true;
    if (shape->row_pitch_bytes >= tight_bytes && shape->row_pitch_bytes % 4 == 0)
        return true;
    validator_report(v, RULE_TEXTURE_PITCH,
                     "row pitch %u of a %s texture whose rows have %" PRIu64 " bytes",
                     (unsigned)shape->row_pitch_bytes, alloc_id ? "guest-backed" : "host-owned",
                     tight_bytes);
    return false;
}

/** Whether the format can do what the usage flags announce. */
static bool check_texture_usage(validator *v, const struct format_info *format, uint32_t usage)
{
    const bool is_colour = !format->is_depth && format->block_extent == 1;

    if ((usage & AEROGPU_RESOURCE_USAGE_DEPTH_STENCIL && !format->is_depth) ||
        (usage & COLOUR_USAGE && !is_colour)) {
        validator_report(v, RULE_TEXTURE_USAGE, "format %s cannot serve usage %#x",
                         stream_symbol_find(&stream_formats, format->format), (unsigned)usage);
        return false;
    }
    return true;
}

/** Everything about a new texture but its handle and backing. */
static bool check_texture(validator *v, struct resource *resource)
{
    const struct texture_shape *shape = &resource->shape;

    if (!shape->format) {
        /* 0 has no name in the table, so it was reported like any other undefined value. */
        return false;
    }
    validator_gate_minor(v, shape->format->first_minor,
                         stream_symbol_find(&stream_formats, shape->format->format));
    if (!check_texture_extent(v, shape, &resource->size_bytes))
        return false;
    if (shape->format->is_depth && resource->alloc_id != 0) {
        validator_report(v, RULE_DEPTH_BACKED, "depth texture %#x is guest-backed",
                         (unsigned)resource->original);
        return false;
    }
    return check_texture_pitch(v, shape, resource->alloc_id) &&
           check_texture_usage(v, shape->format, resource->usage);
}

void validate_create_texture2d(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_texture2d *cmd = PACKET(v, create_texture2d);
    struct resource *resource =
        create_resource(v, cmd->texture_handle, AEROGPU_OBJECT_TEXTURE, cmd->usage_flags,
                        cmd->backing_alloc_id, cmd->backing_offset_bytes);

    (void)payload;
    if (!resource)
        return;
    resource->shape = (struct texture_shape){
        .format = stream_format_info_find(cmd->format),
        .width = cmd->width,
        .height = cmd->height,
        .mip_levels = cmd->mip_levels,
        .array_layers = cmd->array_layers,
        .row_pitch_bytes = cmd->row_pitch_bytes,
    };
    resource->is_broken = !check_texture(v, resource);
    check_backing(v, resource);
}

void validate_destroy_resource(validator *v, const struct aerogpu_payload *payload)
{
    (void)payload;
    validator_object_destroy_resource(v, PACKET(v, destroy_resource)->resource_handle);
}

/** Whether [offset, offset + size) lies inside a resource; reported under the rule if not. */
static bool check_range(validator *v, const struct resource *resource, uint64_t offset_bytes,
                        uint64_t size_bytes, enum rule rule)
{
    if (size_bytes <= resource->size_bytes && offset_bytes <= resource->size_bytes - size_bytes)
        return true;
    validator_report(v, rule, "%" PRIu64 " bytes at %" PRIu64 " of a resource of %" PRIu64 " bytes",
                     size_bytes, offset_bytes, resource->size_bytes);
    return false;
}

static bool check_align(validator *v, uint64_t offset_bytes, uint64_t size_bytes, enum rule rule)
{
    if (offset_bytes % 4 == 0 && size_bytes % 4 == 0)
        return true;
    validator_report(v, rule, "%" PRIu64 " bytes at %" PRIu64 " of a buffer", size_bytes,
                     offset_bytes);
    return false;
}

/** The first and last subresource of a range, and whether the range covers them wholly. */
struct covered_range {
    struct index_range indices;
    bool has_first; /**< the first one is covered from its start */
    bool has_last;  /**< the last one is covered to its end */
};

static struct covered_range covered_subresources(const struct texture_shape *shape,
                                                 uint64_t offset_bytes, uint64_t size_bytes)
{
    const struct texture_extent first = stream_texture_extent_at(shape, offset_bytes);
    const struct texture_extent last =
        stream_texture_extent_at(shape, offset_bytes + size_bytes - 1);
    struct covered_range covered = {
        .indices = { first.index, last.index },
        .has_first = first.offset_bytes == offset_bytes,
        .has_last = last.offset_bytes + last.size_bytes == offset_bytes + size_bytes,
    };

    if (first.index == last.index)
        covered.has_first = covered.has_last = covered.has_first && covered.has_last;
    return covered;
}

static void dirty_texture(validator *v, struct resource *resource, uint64_t offset_bytes,
                          uint64_t size_bytes)
{
    const struct covered_range covered =
        covered_subresources(&resource->shape, offset_bytes, size_bytes);
    const bool is_whole = size_bytes == resource->size_bytes;

    if (!covered.has_first || !covered.has_last)
        validator_report(v, RULE_DIRTY_PARTIAL,
                         "%" PRIu64 " bytes at %" PRIu64 " are no whole subresources (%u to %u)",
                         size_bytes, offset_bytes, (unsigned)covered.indices.first,
                         (unsigned)covered.indices.last);
    else if (resource->has_gpu_content && !is_whole)
        validator_report(v, RULE_DIRTY_STALE,
                         "the host re-reads all %" PRIu64
                         " bytes, and the guest's are older than the "
                         "GPU's outside the range",
                         resource->size_bytes);
    resource->host_copy_count = 0;
    resource->has_gpu_content = false;
}

void validate_resource_dirty_range(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_resource_dirty_range *cmd = PACKET(v, resource_dirty_range);
    const uint64_t offset_bytes = cmd->offset_bytes;
    const uint64_t size_bytes = cmd->size_bytes;
    struct resource *resource =
        validator_object_find_resource(v, cmd->resource_handle, "resource_handle");

    (void)payload;
    if (!resource || resource->is_broken)
        return;
    if (resource->alloc_id == 0) {
        validator_report(v, RULE_DIRTY_HOST_OWNED, "resource %#x is host-owned",
                         (unsigned)cmd->resource_handle);
        return;
    }
    if (!validator_allocation_touch(v, resource, cmd->resource_handle, false))
        return;
    if (!check_range(v, resource, offset_bytes, size_bytes, RULE_DIRTY_RANGE) || size_bytes == 0)
        return;
    if (resource->is_texture)
        dirty_texture(v, resource, offset_bytes, size_bytes);
    else
        check_align(v, offset_bytes, size_bytes, RULE_DIRTY_ALIGN);
    resource->has_unread = true;
}

/** Partial uploads want a host copy under them; whole ones make one. */
static void upload_texture(validator *v, struct resource *resource, uint64_t offset_bytes,
                           uint64_t size_bytes)
{
    const struct covered_range covered =
        covered_subresources(&resource->shape, offset_bytes, size_bytes);
    struct index_range whole = covered.indices;

    if ((!covered.has_first && !host_copies_contain(resource, whole.first)) ||
        (!covered.has_last && !host_copies_contain(resource, whole.last)))
        validator_report(
            v, RULE_UPLOAD_PARTIAL_TEXTURE,
            "%" PRIu64 " bytes at %" PRIu64
            " are a part of subresource %u to %u, of which the host has no current copy",
            size_bytes, offset_bytes, (unsigned)whole.first, (unsigned)whole.last);
    whole.first += covered.has_first ? 0 : 1;
    if (whole.last + (covered.has_last ? 1u : 0u) > whole.first) {
        whole.last -= covered.has_last ? 0 : 1;
        host_copies_add(v, resource, whole);
    }
}

void validate_upload_resource(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_upload_resource *cmd = PACKET(v, upload_resource);
    const uint64_t offset_bytes = cmd->offset_bytes;
    const uint64_t size_bytes = cmd->size_bytes;
    struct resource *resource =
        validator_object_find_resource(v, cmd->resource_handle, "resource_handle");

    (void)payload;
    if (!resource || resource->is_broken)
        return;
    if (resource->alloc_id != 0) {
        validator_report(v, RULE_UPLOAD_BACKED, "resource %#x is guest-backed by allocation %#x",
                         (unsigned)cmd->resource_handle, (unsigned)resource->alloc_id);
        return;
    }
    if (!check_range(v, resource, offset_bytes, size_bytes, RULE_UPLOAD_RANGE))
        return;
    if (!resource->is_texture) {
        check_align(v, offset_bytes, size_bytes, RULE_UPLOAD_ALIGN);
    } else if (resource->shape.format->is_depth) {
        validator_report(v, RULE_UPLOAD_DEPTH, "texture %#x has a depth format",
                         (unsigned)cmd->resource_handle);
    } else if (size_bytes != 0) {
        upload_texture(v, resource, offset_bytes, size_bytes);
    }
}
