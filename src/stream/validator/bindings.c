/** Tables of buffers, textures and samplers (sections 6.6, 6.7 and 8). */
#include "stream/validator/validator.h"

#include "aerogpu_unaligned.h"

#define UAV_ALIGNMENT      256u
#define CONSTANT_BYTES_MAX 65536u

/* The first member of every element struct. */
static aerogpu_handle_t element_handle(const struct aerogpu_payload *payload, uint32_t n,
                                       uint32_t element_bytes)
{
    return aerogpu_load_u32(payload->bytes + (size_t)n * element_bytes);
}

static void forget_if(struct binding *bindings, uint32_t count, const struct resource *resource)
{
    for (uint32_t i = 0; i < count; i++) {
        if (bindings[i].resource == resource)
            bindings[i] = (struct binding){ .set_in = bindings[i].set_in };
    }
}

void validator_bindings_forget_resource(validator *v, const struct resource *resource)
{
    struct bound_state *bound = &v->bound;

    for (uint32_t i = 0; i < STAGE_COUNT; i++) {
        forget_if(bound->stages[i].constants, SHADER_CONSTANT_SLOTS, resource);
        forget_if(bound->stages[i].resources, SHADER_RESOURCE_SLOTS, resource);
        forget_if(bound->stages[i].uavs, SHADER_UAV_SLOTS, resource);
    }
    forget_if(bound->vertex_buffers, VERTEX_BUFFER_SLOTS, resource);
    forget_if(&bound->index_buffer, 1, resource);
    forget_if(bound->colors, AEROGPU_MAX_RENDER_TARGETS, resource);
    forget_if(&bound->depth, 1, resource);
}

static void forget_view_if(struct binding *bindings, uint32_t count, const struct view *view)
{
    for (uint32_t i = 0; i < count; i++) {
        if (bindings[i].view == view)
            bindings[i] = (struct binding){ .set_in = bindings[i].set_in };
    }
}

void validator_bindings_forget_view(validator *v, const struct view *view)
{
    for (uint32_t i = 0; i < STAGE_COUNT; i++)
        forget_view_if(v->bound.stages[i].resources, SHADER_RESOURCE_SLOTS, view);
    forget_view_if(v->bound.colors, AEROGPU_MAX_RENDER_TARGETS, view);
    forget_view_if(&v->bound.depth, 1, view);
}

void validator_bindings_forget_handle(validator *v, aerogpu_handle_t handle)
{
    for (uint32_t i = 0; i < STAGE_COUNT; i++) {
        for (uint32_t k = 0; k < SHADER_SAMPLER_SLOTS; k++) {
            struct binding *sampler = &v->bound.stages[i].samplers[k];

            if (sampler->handle == handle)
                sampler->handle = 0;
        }
    }
    if (v->bound.layout.handle == handle)
        v->bound.layout.handle = 0;
}

static void evict_if(struct binding *bindings, uint32_t count, const struct resource *resource)
{
    for (uint32_t i = 0; i < count; i++) {
        if (bindings[i].resource == resource)
            bindings[i].is_evicted = true;
    }
}

void validator_bindings_evict_resources(validator *v, const struct resource *resource)
{
    for (uint32_t i = 0; i < STAGE_COUNT; i++)
        evict_if(v->bound.stages[i].resources, SHADER_RESOURCE_SLOTS, resource);
}

static void evict_uavs(validator *v, const struct resource *resource)
{
    for (uint32_t i = 0; i < STAGE_COUNT; i++)
        evict_if(v->bound.stages[i].uavs, SHADER_UAV_SLOTS, resource);
}

uint64_t validator_binding_bytes(const struct binding *binding)
{
    const struct resource *resource = binding->resource;

    if (!resource || resource->is_broken || binding->offset_bytes > resource->size_bytes)
        return 0;
    return binding->size_bytes ? binding->size_bytes : resource->size_bytes - binding->offset_bytes;
}

void validator_binding_check_listed(validator *v, const struct binding *binding)
{
    if (binding->resource && !binding->resource->is_broken)
        validator_allocation_touch(v, binding->resource, binding->handle, false);
}

/** A resource that was bound in this submission without being listed has been reported then. */
static bool is_reported_unlisted(const validator *v, const struct binding *binding)
{
    return binding->set_in == v->submission && binding->resource->alloc_id != 0 &&
           !v->config.any_allocations && !validator_allocation_find(v, binding->resource->alloc_id);
}

void validator_binding_read(validator *v, const struct binding *binding)
{
    if (binding->resource && !is_reported_unlisted(v, binding))
        validator_resource_read(v, binding->resource, binding->handle);
}

void validator_binding_write(validator *v, const struct binding *binding)
{
    if (binding->resource && !is_reported_unlisted(v, binding))
        validator_resource_write(v, binding->resource, binding->handle, false);
}

/** Whether start + count fits a table. */
static bool check_slots(validator *v, uint32_t start, uint32_t count, uint32_t limit)
{
    if ((uint64_t)start + count <= limit)
        return true;
    validator_report(v, RULE_SLOT_RANGE, "slots %u+%u of %u", (unsigned)start, (unsigned)count,
                     (unsigned)limit);
    return false;
}

static void check_usage(validator *v, const struct resource *resource, aerogpu_handle_t handle,
                        uint32_t wanted)
{
    if (!resource->is_broken && !(resource->usage & wanted))
        validator_report(v, RULE_USAGE_MISSING, "resource %#x with usage %#x is bound as %#x",
                         (unsigned)handle, (unsigned)resource->usage, (unsigned)wanted);
}

/** A buffer slot: 0 empties it, anything else is a live buffer with the usage it needs. */
static struct binding bind_buffer(validator *v, aerogpu_handle_t handle, uint32_t offset_bytes,
                                  uint32_t size_bytes, uint32_t usage)
{
    struct binding binding = {
        .set_in = v->submission,
        .handle = handle,
        .offset_bytes = offset_bytes,
        .size_bytes = size_bytes,
    };

    if (handle == 0)
        return binding;
    binding.resource = validator_object_find_buffer(v, handle, "buffer");
    if (!binding.resource || binding.resource->is_broken)
        return binding;
    check_usage(v, binding.resource, handle, usage);
    if ((uint64_t)offset_bytes + size_bytes > binding.resource->size_bytes)
        validator_report(v, RULE_BINDING_RANGE, "%u bytes at %u of buffer %#x, which has %" PRIu64,
                         (unsigned)size_bytes, (unsigned)offset_bytes, (unsigned)handle,
                         binding.resource->size_bytes);
    validator_binding_check_listed(v, &binding);
    return binding;
}

static void check_alignment(validator *v, const struct binding *binding, uint32_t offset_multiple,
                            uint32_t size_multiple)
{
    if (binding->handle != 0 &&
        (binding->offset_bytes % offset_multiple != 0 || binding->size_bytes % size_multiple != 0))
        validator_report(v, RULE_BINDING_ALIGN,
                         "%u bytes at %u of buffer %#x are no multiples of %u at %u",
                         (unsigned)binding->size_bytes, (unsigned)binding->offset_bytes,
                         (unsigned)binding->handle, (unsigned)size_multiple,
                         (unsigned)offset_multiple);
}

void validate_set_vertex_buffers(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_vertex_buffers *cmd = PACKET(v, set_vertex_buffers);
    const struct aerogpu_vertex_buffer_binding *elements = (const void *)payload->bytes;

    if (!check_slots(v, cmd->start_slot, payload->count, VERTEX_BUFFER_SLOTS))
        return;
    for (uint32_t i = 0; i < payload->count; i++) {
        struct binding *slot = &v->bound.vertex_buffers[cmd->start_slot + i];

        *slot = bind_buffer(v, elements[i].buffer, elements[i].offset_bytes, 0,
                            AEROGPU_RESOURCE_USAGE_VERTEX_BUFFER);
        slot->stride_bytes = elements[i].stride_bytes;
    }
}

void validate_set_index_buffer(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_index_buffer *cmd = PACKET(v, set_index_buffer);
    const uint32_t index_bytes = cmd->format == AEROGPU_INDEX_FORMAT_UINT32 ? 4 : 2;

    (void)payload;
    v->bound.index_format = cmd->format;
    v->bound.index_buffer =
        bind_buffer(v, cmd->buffer, cmd->offset_bytes, 0, AEROGPU_RESOURCE_USAGE_INDEX_BUFFER);
    if (cmd->buffer != 0 && cmd->offset_bytes % index_bytes != 0)
        validator_report(v, RULE_INDEX_ALIGN, "offset %u of indices of %u bytes",
                         (unsigned)cmd->offset_bytes, (unsigned)index_bytes);
}

void validate_set_texture(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_texture *cmd = PACKET(v, set_texture);
    struct binding binding = { .set_in = v->submission, .handle = cmd->texture };
    struct object *object = NULL;
    enum stage stage;

    (void)payload;
    if (!validator_stage_decode(v, cmd->shader_stage, cmd->reserved0, &stage) ||
        !check_slots(v, cmd->slot, 1, SHADER_RESOURCE_SLOTS))
        return;
    if (cmd->texture != 0)
        object = validator_object_find(v, cmd->texture, "texture");
    if (object && object->kind == AEROGPU_OBJECT_VIEW) {
        binding.view = object->view;
        binding.resource = validator_object_view_texture(v, object, "texture");
    } else if (object && object->kind <= AEROGPU_OBJECT_TEXTURE) {
        binding.resource = object->resource;
    } else if (object) {
        validator_report(v, RULE_HANDLE_KIND, "texture %#x is a %s", (unsigned)cmd->texture,
                         validator_object_kind_name(object->kind));
    }
    if (binding.resource && binding.resource->is_texture) {
        check_usage(v, binding.resource, cmd->texture, AEROGPU_RESOURCE_USAGE_TEXTURE);
        validator_targets_evict(v, binding.resource);
    } else if (binding.resource) {
        check_usage(v, binding.resource, cmd->texture, AEROGPU_RESOURCE_USAGE_STORAGE);
        evict_uavs(v, binding.resource);
    }
    validator_binding_check_listed(v, &binding);
    v->bound.stages[stage].resources[cmd->slot] = binding;
}

void validate_create_sampler(validator *v, const struct aerogpu_payload *payload)
{
    (void)payload;
    validator_object_create(v, PACKET(v, create_sampler)->sampler_handle, AEROGPU_OBJECT_SAMPLER,
                            0);
}

void validate_destroy_sampler(validator *v, const struct aerogpu_payload *payload)
{
    (void)payload;
    validator_object_destroy(v, PACKET(v, destroy_sampler)->sampler_handle, AEROGPU_OBJECT_SAMPLER);
}

void validate_set_samplers(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_samplers *cmd = PACKET(v, set_samplers);
    enum stage stage;

    if (!validator_stage_decode(v, cmd->shader_stage, cmd->reserved0, &stage) ||
        !check_slots(v, cmd->start_slot, payload->count, SHADER_SAMPLER_SLOTS))
        return;
    for (uint32_t i = 0; i < payload->count; i++) {
        const aerogpu_handle_t handle = element_handle(payload, i, sizeof(handle));

        if (handle != 0)
            validator_object_find_kind(v, handle, "sampler", AEROGPU_OBJECT_SAMPLER);
        v->bound.stages[stage].samplers[cmd->start_slot + i] =
            (struct binding){ .set_in = v->submission, .handle = handle };
    }
}

/** A binding larger than any constant buffer can be is cut off by hosts. */
static void check_constant_size(validator *v, const struct binding *binding)
{
    const uint64_t size_bytes = validator_binding_bytes(binding);

    if (size_bytes > CONSTANT_BYTES_MAX)
        validator_report(v, RULE_CONSTANT_BUFFER_LARGE, "%" PRIu64 " bytes of buffer %#x are bound",
                         size_bytes, (unsigned)binding->handle);
}

void validate_set_constant_buffers(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_constant_buffers *cmd = PACKET(v, set_constant_buffers);
    const struct aerogpu_constant_buffer_binding *elements = (const void *)payload->bytes;
    enum stage stage;

    if (!validator_stage_decode(v, cmd->shader_stage, cmd->reserved0, &stage) ||
        !check_slots(v, cmd->start_slot, payload->count, SHADER_CONSTANT_SLOTS))
        return;
    for (uint32_t i = 0; i < payload->count; i++) {
        struct binding *slot = &v->bound.stages[stage].constants[cmd->start_slot + i];

        *slot = bind_buffer(v, elements[i].buffer, elements[i].offset_bytes, elements[i].size_bytes,
                            AEROGPU_RESOURCE_USAGE_CONSTANT_BUFFER);
        check_alignment(v, slot, 16, 16);
        check_constant_size(v, slot);
    }
}

void validate_set_shader_resource_buffers(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_shader_resource_buffers *cmd =
        PACKET(v, set_shader_resource_buffers);
    const struct aerogpu_shader_resource_buffer_binding *elements = (const void *)payload->bytes;
    enum stage stage;

    if (!validator_stage_decode(v, cmd->shader_stage, cmd->reserved0, &stage) ||
        !check_slots(v, cmd->start_slot, payload->count, SHADER_RESOURCE_SLOTS))
        return;
    for (uint32_t i = 0; i < payload->count; i++) {
        struct binding *slot = &v->bound.stages[stage].resources[cmd->start_slot + i];

        *slot = bind_buffer(v, elements[i].buffer, elements[i].offset_bytes, elements[i].size_bytes,
                            AEROGPU_RESOURCE_USAGE_STORAGE);
        check_alignment(v, slot, 4, 4);
        if (slot->resource)
            evict_uavs(v, slot->resource);
    }
}

void validate_set_unordered_access_buffers(validator *v, const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_set_unordered_access_buffers *cmd =
        PACKET(v, set_unordered_access_buffers);
    const struct aerogpu_unordered_access_buffer_binding *elements = (const void *)payload->bytes;
    enum stage stage;

    if (!validator_stage_decode(v, cmd->shader_stage, cmd->reserved0, &stage) ||
        !check_slots(v, cmd->start_slot, payload->count, SHADER_UAV_SLOTS))
        return;
    if (stage == STAGE_VERTEX || stage == STAGE_PIXEL) {
        validator_report(v, RULE_UAV_STAGE, "UAVs are bound to the %s stage",
                         validator_stage_name(stage));
        return;
    }
    for (uint32_t i = 0; i < payload->count; i++) {
        struct binding *slot = &v->bound.stages[stage].uavs[cmd->start_slot + i];

        *slot = bind_buffer(v, elements[i].buffer, elements[i].offset_bytes, elements[i].size_bytes,
                            AEROGPU_RESOURCE_USAGE_STORAGE);
        check_alignment(v, slot, UAV_ALIGNMENT, 4);
        if (slot->resource)
            validator_bindings_evict_resources(v, slot->resource);
    }
}
