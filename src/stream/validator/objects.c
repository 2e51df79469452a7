/** Handles: one namespace for all kinds of objects (section 3). */
#include "stream/validator/validator.h"

#define HANDLE_RESERVED_FIRST 0xFFFFFF00u
#define HANDLE_RESERVED_LAST  0xFFFFFF05u

const char *validator_object_kind_name(enum aerogpu_object_kind kind)
{
    static const char *const names[AEROGPU_OBJECT_KINDS] = {
        [AEROGPU_OBJECT_BUFFER] = "buffer",       [AEROGPU_OBJECT_TEXTURE] = "texture",
        [AEROGPU_OBJECT_VIEW] = "view",           [AEROGPU_OBJECT_SHADER] = "shader",
        [AEROGPU_OBJECT_LAYOUT] = "input layout", [AEROGPU_OBJECT_SAMPLER] = "sampler",
    };

    return names[kind];
}

static struct object *find_entry(const validator *v, aerogpu_handle_t handle)
{
    const uint32_t *index = stream_id_map_find(&v->handles, handle);

    return index ? &v->objects[*index] : NULL;
}

struct object *validator_object_peek(const validator *v, aerogpu_handle_t handle)
{
    struct object *object = find_entry(v, handle);

    return object && object->state == OBJECT_LIVE ? object : NULL;
}

struct object *validator_object_find(validator *v, aerogpu_handle_t handle, const char *field)
{
    struct object *object = find_entry(v, handle);

    if (object && object->state == OBJECT_LIVE)
        return object;
    if (object && object->state == OBJECT_RESERVED)
        validator_report(v, RULE_HANDLE_ORIGINAL, "%s %#x was destroyed, only its aliases live",
                         field, (unsigned)handle);
    else
        validator_report(v, RULE_HANDLE_UNKNOWN, "%s %#x names no object%s", field,
                         (unsigned)handle, object ? " any more" : "");
    return NULL;
}

static void report_kind(validator *v, const struct object *object, const char *field,
                        const char *wanted)
{
    validator_report(v, RULE_HANDLE_KIND, "%s %#x is a %s, not a %s", field,
                     (unsigned)object->handle, validator_object_kind_name(object->kind), wanted);
}

struct object *validator_object_find_kind(validator *v, aerogpu_handle_t handle, const char *field,
                                          enum aerogpu_object_kind kind)
{
    struct object *object = validator_object_find(v, handle, field);

    if (!object || object->kind == kind)
        return object;
    report_kind(v, object, field, validator_object_kind_name(kind));
    return NULL;
}

struct resource *validator_object_view_texture(validator *v, const struct object *object,
                                               const char *field)
{
    if (object->view->is_orphan)
        validator_report(v, RULE_HANDLE_UNKNOWN, "%s %#x is a view of a destroyed texture", field,
                         (unsigned)object->handle);
    return object->view->texture;
}

struct resource *validator_object_find_resource(validator *v, aerogpu_handle_t handle,
                                                const char *field)
{
    struct object *object = validator_object_find(v, handle, field);

    if (!object)
        return NULL;
    if (object->kind == AEROGPU_OBJECT_BUFFER || object->kind == AEROGPU_OBJECT_TEXTURE)
        return object->resource;
    report_kind(v, object, field, "resource");
    return NULL;
}

struct resource *validator_object_find_buffer(validator *v, aerogpu_handle_t handle,
                                              const char *field)
{
    struct object *object = validator_object_find_kind(v, handle, field, AEROGPU_OBJECT_BUFFER);

    return object ? object->resource : NULL;
}

struct resource *validator_object_find_texture(validator *v, aerogpu_handle_t handle,
                                               const char *field)
{
    struct object *object = validator_object_find_kind(v, handle, field, AEROGPU_OBJECT_TEXTURE);

    return object ? object->resource : NULL;
}

/** Whether a new object may have this handle. */
static bool check_new_handle(validator *v, aerogpu_handle_t handle)
{
    const struct object *object = find_entry(v, handle);

    if (handle == 0) {
        validator_report(v, RULE_HANDLE_ZERO, "the new object's handle is 0");
        return false;
    }
    if (handle >= HANDLE_RESERVED_FIRST && handle <= HANDLE_RESERVED_LAST) {
        validator_report(v, RULE_HANDLE_RESERVED, "handle %#x is reserved for hosts",
                         (unsigned)handle);
        return false;
    }
    if (object && object->state != OBJECT_ABSENT) {
        validator_report(v, RULE_HANDLE_IN_USE, "handle %#x already names a %s%s", (unsigned)handle,
                         validator_object_kind_name(object->kind),
                         object->state == OBJECT_RESERVED ? " with living aliases" : "");
        return false;
    }
    return true;
}

/** The entry of a handle, made if there is none. */
static struct object *claim_entry(validator *v, aerogpu_handle_t handle)
{
    struct object *object = find_entry(v, handle);
    void *objects = v->objects;
    uint32_t *index;

    if (object)
        return object;
    if (!stream_memory_reserve(&v->memory, &objects, &v->object_capacity, v->object_count + 1,
                               sizeof(*v->objects)))
        return NULL;
    v->objects = objects;
    index = stream_id_map_insert(&v->handles, &v->memory, handle);
    if (!index)
        return NULL;
    *index = v->object_count;
    object = &v->objects[v->object_count++];
    *object = (struct object){ .handle = handle };
    return object;
}

struct object *validator_object_create(validator *v, aerogpu_handle_t handle,
                                       enum aerogpu_object_kind kind, size_t block_bytes)
{
    struct object *object;
    void *block = NULL;

    if (!check_new_handle(v, handle))
        return NULL;
    object = claim_entry(v, handle);
    if (object && block_bytes)
        block = stream_memory_create(&v->memory, block_bytes);
    if (!object || (block_bytes && !block)) {
        validator_report_out_of_memory(v);
        return NULL;
    }
    object->kind = (uint8_t)kind;
    object->state = OBJECT_LIVE;
    object->block = block;
    v->live[kind]++;
    return object;
}

/** Views of a texture outlive it, but lead nowhere. */
static void cut_views(validator *v, const struct resource *resource)
{
    for (uint32_t i = 0; v->live[AEROGPU_OBJECT_VIEW] && i < v->object_count; i++) {
        struct object *object = &v->objects[i];

        if (object->state == OBJECT_LIVE && object->kind == AEROGPU_OBJECT_VIEW &&
            object->view->texture == resource) {
            object->view->texture = NULL;
            object->view->is_orphan = true;
        }
    }
}

/** No handle is left: a reserved original becomes free again. */
static void end_resource(validator *v, struct resource *resource)
{
    struct object *original = find_entry(v, resource->original);

    if (original && original->state == OBJECT_RESERVED)
        original->state = OBJECT_ABSENT;
    validator_bindings_forget_resource(v, resource);
    validator_shares_forget(v, resource);
    cut_views(v, resource);
    validator_resource_release(v, resource);
    stream_memory_destroy(&v->memory, resource);
}

void validator_object_destroy_resource(validator *v, aerogpu_handle_t handle)
{
    struct object *object = validator_object_peek(v, handle);
    struct resource *resource;

    if (!object)
        return;
    if (object->kind != AEROGPU_OBJECT_BUFFER && object->kind != AEROGPU_OBJECT_TEXTURE) {
        report_kind(v, object, "resource_handle", "resource");
        return;
    }
    resource = object->resource;
    v->live[object->kind]--;
    object->state = handle == resource->original ? OBJECT_RESERVED : OBJECT_ABSENT;
    if (--resource->references == 0)
        end_resource(v, resource);
}

void validator_object_destroy(validator *v, aerogpu_handle_t handle, enum aerogpu_object_kind kind)
{
    struct object *object = validator_object_peek(v, handle);

    if (!object)
        return;
    if (object->kind != kind) {
        report_kind(v, object, "the destroyed handle", validator_object_kind_name(kind));
        return;
    }
    v->live[kind]--;
    object->state = OBJECT_ABSENT;
    if (kind == AEROGPU_OBJECT_VIEW)
        validator_bindings_forget_view(v, object->view);
    else if (kind != AEROGPU_OBJECT_SHADER)
        validator_bindings_forget_handle(v, handle);
    stream_memory_destroy(&v->memory, object->block);
    object->block = NULL;
}

void validator_objects_finish(validator *v)
{
    for (uint32_t i = 0; i < v->object_count; i++) {
        struct object *object = &v->objects[i];

        if (object->state != OBJECT_LIVE)
            continue;
        if (object->kind == AEROGPU_OBJECT_BUFFER || object->kind == AEROGPU_OBJECT_TEXTURE)
            validator_object_destroy_resource(v, object->handle);
        else
            stream_memory_destroy(&v->memory, object->block);
        /* Textures that end later look for their views. */
        object->state = OBJECT_ABSENT;
    }
    stream_memory_destroy(&v->memory, v->objects);
    stream_memory_destroy(&v->memory, v->shares);
    stream_id_map_finish(&v->handles, &v->memory);
    stream_id_map_finish(&v->tokens, &v->memory);
}
