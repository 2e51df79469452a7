#include "inventory.h"

#include <stdlib.h>

#include "aerogpu_enums.h"
#include "describe.h"
#include "pictures.h"

/* Texels kept for comparison, of all textures together. */
#define TEXELS_MAX_BYTES ((size_t)512 << 20)

static const char *const kind_names[THING_KINDS] = { "buffer", "texture", "shader", "layout",
                                                     "sampler" };

uint32_t inventory_number(const struct inventory *inventory, const struct thing *thing)
{
    return thing ? (uint32_t)(thing - inventory->things) : NUMBER_NONE;
}

struct thing *inventory_find(const struct inventory *inventory, uint32_t handle)
{
    const uint32_t *number = stream_id_map_find(&inventory->handles, handle);

    if (!number || *number == 0)
        return NULL;
    inventory->things[*number - 1].living_handle = handle;
    return &inventory->things[*number - 1];
}

static void drop_texels(struct inventory *inventory, struct thing *thing)
{
    inventory->texels_bytes -= thing->texels_bytes;
    free(thing->texels);
    thing->texels = NULL;
    thing->texels_bytes = 0;
}

void inventory_keep_texels(struct inventory *inventory, struct thing *thing, uint8_t *texels,
                           size_t size_bytes)
{
    drop_texels(inventory, thing);
    if (size_bytes > TEXELS_MAX_BYTES - inventory->texels_bytes) {
        free(texels);
        return;
    }
    thing->texels = texels;
    thing->texels_bytes = size_bytes;
    inventory->texels_bytes += size_bytes;
}

/* Points an id at a thing, or at nothing. */
static bool point(struct id_map *map, uint64_t id, uint32_t value)
{
    const struct stream_memory memory = stream_memory_from(NULL, NULL);
    uint32_t *slot = stream_id_map_insert(map, &memory, id);

    if (slot)
        *slot = value;
    return slot != NULL;
}

static struct thing *create(struct inventory *inventory, enum thing_kind kind, uint32_t handle,
                            uint32_t number, uint32_t details)
{
    const uint32_t capacity = inventory->capacity ? inventory->capacity * 2 : 64;
    struct thing *grown;

    if (inventory->count == inventory->capacity) {
        grown = realloc(inventory->things, capacity * sizeof(*grown));
        if (!grown)
            return NULL;
        inventory->things = grown;
        inventory->capacity = capacity;
    }
    if (!point(&inventory->handles, handle, inventory->count + 1))
        return NULL;
    inventory->things[inventory->count] = (struct thing){
        .kind = kind,
        .handle = handle,
        .created = number,
        .destroyed = NUMBER_NONE,
        .handle_count = 1,
        .details = details,
        .is_stale = true,
        .picture = PICTURE_NONE,
        .preview = POOL_NULL,
    };
    return &inventory->things[inventory->count++];
}

static void create_buffer(struct inventory *inventory, uint32_t number,
                          const struct aerogpu_cmd_create_buffer *cmd)
{
    struct thing *thing = create(inventory, THING_BUFFER, cmd->buffer_handle, number,
                                 describe_buffer(inventory->pool, cmd));

    if (!thing)
        return;
    thing->size_bytes = cmd->size_bytes;
    thing->is_backed = thing->has_guest_news = cmd->backing_alloc_id != 0;
}

static void create_texture(struct inventory *inventory, uint32_t number,
                           const struct aerogpu_cmd_create_texture2d *cmd)
{
    struct thing *thing = create(inventory, THING_TEXTURE, cmd->texture_handle, number,
                                 describe_texture(inventory->pool, cmd));

    if (!thing)
        return;
    thing->format = cmd->format;
    thing->width = cmd->width;
    thing->height = cmd->height;
    thing->is_backed = thing->has_guest_news = cmd->backing_alloc_id != 0;
    thing->is_blank = !thing->is_backed;
}

static void create_shader(struct inventory *inventory, uint32_t number,
                          const struct aerogpu_packet *packet,
                          const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_shader_dxbc *cmd = (const void *)packet->bytes;
    struct dxbc_scan scan;
    bool has_scan = false;
    const uint32_t details = describe_shader(inventory->pool, cmd, payload, &scan, &has_scan);
    struct thing *thing = create(inventory, THING_SHADER, cmd->shader_handle, number, details);

    if (!thing || !has_scan)
        return;
    thing->scan = malloc(sizeof(*thing->scan));
    if (thing->scan)
        *thing->scan = scan;
}

/* The handle dies, and with the last one the object. */
static void destroy(struct inventory *inventory, uint32_t number, uint32_t handle)
{
    struct thing *thing = inventory_find(inventory, handle);

    if (!thing)
        return;
    point(&inventory->handles, handle, 0);
    if (--thing->handle_count > 0)
        return;
    thing->destroyed = number;
    drop_texels(inventory, thing);
}

static void share(struct inventory *inventory, const struct aerogpu_packet *packet)
{
    const struct aerogpu_cmd_export_shared_surface *cmd = (const void *)packet->bytes;
    const struct thing *thing = inventory_find(inventory, cmd->resource_handle);

    if (thing)
        point(&inventory->tokens, cmd->share_token, inventory_number(inventory, thing) + 1);
}

static void open_shared(struct inventory *inventory, const struct aerogpu_packet *packet)
{
    const struct aerogpu_cmd_import_shared_surface *cmd = (const void *)packet->bytes;
    const uint32_t *number = stream_id_map_find(&inventory->tokens, cmd->share_token);

    if (number && *number && inventory->things[*number - 1].destroyed == NUMBER_NONE &&
        point(&inventory->handles, cmd->out_resource_handle, *number))
        inventory->things[*number - 1].handle_count++;
}

/* The contents of the object are others now. */
static void change(const struct inventory *inventory, uint32_t handle, uint32_t opcode)
{
    struct thing *thing = inventory_find(inventory, handle);

    if (!thing)
        return;
    thing->is_stale = true;
    if (opcode == AEROGPU_CMD_RESOURCE_DIRTY_RANGE && thing->is_backed)
        thing->has_guest_news = true;
    if (opcode == AEROGPU_CMD_UPLOAD_RESOURCE)
        thing->is_blank = false;
}

/* Every packet that names one object names it first; so do the two copies their destination. */
static uint32_t first_handle(const struct aerogpu_packet *packet)
{
    return ((const struct aerogpu_cmd_destroy_resource *)(const void *)packet->bytes)
        ->resource_handle;
}

void inventory_packet(struct inventory *inventory, uint32_t number,
                      const struct aerogpu_packet *packet)
{
    struct aerogpu_payload payload;

    if (aerogpu_packet_payload(packet, &payload, NULL) != AEROGPU_PACKET_OK)
        return;
    switch (packet->opcode) {
    case AEROGPU_CMD_CREATE_BUFFER:
        create_buffer(inventory, number, (const void *)packet->bytes);
        break;
    case AEROGPU_CMD_CREATE_TEXTURE2D:
        create_texture(inventory, number, (const void *)packet->bytes);
        break;
    case AEROGPU_CMD_CREATE_SHADER_DXBC:
        create_shader(inventory, number, packet, &payload);
        break;
    case AEROGPU_CMD_CREATE_INPUT_LAYOUT:
        create(inventory, THING_LAYOUT, first_handle(packet), number,
               describe_layout(inventory->pool, &payload));
        break;
    case AEROGPU_CMD_CREATE_SAMPLER:
        create(inventory, THING_SAMPLER, first_handle(packet), number,
               describe_sampler(inventory->pool, (const void *)packet->bytes));
        break;
    case AEROGPU_CMD_DESTROY_RESOURCE:
    case AEROGPU_CMD_DESTROY_SHADER:
    case AEROGPU_CMD_DESTROY_INPUT_LAYOUT:
    case AEROGPU_CMD_DESTROY_SAMPLER:
        destroy(inventory, number, first_handle(packet));
        break;
    case AEROGPU_CMD_EXPORT_SHARED_SURFACE:
        share(inventory, packet);
        break;
    case AEROGPU_CMD_IMPORT_SHARED_SURFACE:
        open_shared(inventory, packet);
        break;
    case AEROGPU_CMD_UPLOAD_RESOURCE:
    case AEROGPU_CMD_COPY_BUFFER:
    case AEROGPU_CMD_COPY_TEXTURE2D:
    case AEROGPU_CMD_RESOURCE_DIRTY_RANGE:
        change(inventory, first_handle(packet), packet->opcode);
        break;
    default:
        break;
    }
}

void inventory_write(const struct inventory *inventory, FILE *out)
{
    fputc('[', out);
    for (uint32_t i = 0; i < inventory->count; i++) {
        const struct thing *thing = &inventory->things[i];

        fprintf(out, "%s{\"kind\":\"%s\",\"handle\":%u,\"created\":%u,\"details\":%u",
                i > 0 ? ",\n" : "", kind_names[thing->kind], thing->handle, thing->created,
                thing->details);
        if (thing->destroyed != NUMBER_NONE)
            fprintf(out, ",\"destroyed\":%u", thing->destroyed);
        if (thing->picture != PICTURE_NONE)
            fprintf(out, ",\"picture\":%u", thing->picture);
        if (thing->preview != POOL_NULL)
            fprintf(out, ",\"preview\":%u", thing->preview);
        fputc('}', out);
    }
    fputc(']', out);
}

void inventory_finish(struct inventory *inventory)
{
    const struct stream_memory memory = stream_memory_from(NULL, NULL);

    for (uint32_t i = 0; i < inventory->count; i++) {
        free(inventory->things[i].texels);
        free(inventory->things[i].scan);
    }
    free(inventory->things);
    stream_id_map_finish(&inventory->handles, &memory);
    stream_id_map_finish(&inventory->tokens, &memory);
}
