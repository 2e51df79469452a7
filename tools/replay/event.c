/** Events of a report: what a packet of work left in the targets, and what it changed there. */
#include <stdlib.h>
#include <string.h>

#include "aerogpu/host_state.h"
#include "json.h"
#include "model.h"
#include "stream/texture_layout.h"

/* Larger images are not read: they cost more than they tell. */
#define IMAGE_MAX_BYTES ((uint64_t)64 << 20)

/* First bytes of a buffer that lists show. */
enum { PREVIEW_BYTES = 64 };

/* Texels that differ from those before. */
struct change {
    bool is_known;
    uint64_t count;
    uint32_t left, top, right, bottom; /**< right and bottom exclusive */
};

static bool is_readable(const struct thing *thing)
{
    return thing && thing->kind == THING_TEXTURE && stream_format_info_find(thing->format) &&
           (uint64_t)thing->width * thing->height * 4 <= IMAGE_MAX_BYTES;
}

/* Bits of a D24 texel beside the depth are undefined when it is read. */
static void mask_depth(struct aerogpu_host_image *image)
{
    for (size_t i = 3; image->format == AEROGPU_FORMAT_D24_UNORM_S8_UINT && i < image->size_bytes;
         i += 4)
        image->bytes[i] = 0;
}

static void compare(const struct aerogpu_host_image *image, const uint8_t *before,
                    struct change *change)
{
    const struct format_info *format = stream_format_info_find(image->format);
    const uint32_t extent = format->block_extent;
    const uint32_t columns = (image->width + extent - 1) / extent;
    const size_t blocks = image->size_bytes / format->block_bytes;

    *change = (struct change){ .is_known = true, .left = UINT32_MAX, .top = UINT32_MAX };
    for (size_t i = 0; i < blocks; i++) {
        const uint32_t x = (uint32_t)(i % columns) * extent, y = (uint32_t)(i / columns) * extent;

        if (memcmp(image->bytes + i * format->block_bytes, before + i * format->block_bytes,
                   format->block_bytes) == 0)
            continue;
        change->count += (uint64_t)extent * extent;
        change->left = x < change->left ? x : change->left;
        change->top = y < change->top ? y : change->top;
        change->right = x + extent > change->right ? x + extent : change->right;
        change->bottom = y + extent > change->bottom ? y + extent : change->bottom;
    }
}

/* Host-owned textures begin as zeros, with alpha 1 where the format has none. */
static void remember_blank(struct report *report, struct thing *thing,
                           const struct aerogpu_host_image *image)
{
    const bool is_opaque = image->format == AEROGPU_FORMAT_B8G8R8X8_UNORM ||
                           image->format == AEROGPU_FORMAT_R8G8B8X8_UNORM ||
                           image->format == AEROGPU_FORMAT_B8G8R8X8_UNORM_SRGB ||
                           image->format == AEROGPU_FORMAT_R8G8B8X8_UNORM_SRGB;
    uint8_t *texels = calloc(1, image->size_bytes);

    for (size_t i = 3; texels && is_opaque && i < image->size_bytes; i += 4)
        texels[i] = 0xFF;
    if (texels)
        inventory_keep_texels(&report->inventory, thing, texels, image->size_bytes);
}

/* Reads a texture; what it changed against the last look goes to *change, unless NULL. */
static void look(struct report *report, struct thing *thing, struct change *change)
{
    struct aerogpu_host_image image;

    if (!is_readable(thing) ||
        !aerogpu_host_read_texture(report->host, thing->living_handle, 0, 0, &image))
        return;
    mask_depth(&image);
    if (change && thing->is_blank && !thing->texels)
        remember_blank(report, thing, &image);
    thing->is_blank = false;
    if (change && thing->texels && thing->texels_bytes == image.size_bytes)
        compare(&image, thing->texels, change);
    thing->picture = pictures_add(&report->pictures, &image);
    thing->is_stale = false;
    inventory_keep_texels(&report->inventory, thing, image.bytes, image.size_bytes);
}

uint32_t report_look_at(struct report *report, struct thing *thing)
{
    if (thing->is_stale || thing->has_guest_news)
        look(report, thing, NULL);
    return thing->picture;
}

/* Kinds of work by opcode. */
static const struct {
    uint32_t opcode;
    const char *name;
    bool writes_targets, has_state, has_hash;
} works[] = {
    { AEROGPU_CMD_CLEAR, "clear", true, false, false },
    { AEROGPU_CMD_DRAW, "draw", true, true, false },
    { AEROGPU_CMD_DRAW_INDEXED, "draw", true, true, false },
    { AEROGPU_CMD_DISPATCH, "dispatch", false, true, false },
    { AEROGPU_CMD_COPY_BUFFER, "copy", false, false, false },
    { AEROGPU_CMD_COPY_TEXTURE2D, "copy", false, false, false },
    { AEROGPU_CMD_PRESENT, "present", false, false, true },
    { AEROGPU_CMD_PRESENT_EX, "present", false, false, true },
};

static void write_change(FILE *out, const struct change *change)
{
    if (!change->is_known) {
        fputs(",\"changed\":null", out);
        return;
    }
    fprintf(out, ",\"changed\":{\"count\":%llu", (unsigned long long)change->count);
    if (change->count)
        fprintf(out, ",\"box\":[%u,%u,%u,%u]", change->left, change->top, change->right,
                change->bottom);
    fputc('}', out);
}

/* Images of one event in the making. */
struct view {
    uint32_t count;
    uint32_t written; /**< of them, those that the packet writes */
    uint32_t unchanged;
};

/* One texture after the packet: as it is, and if the packet wrote it, what that changed. */
static void write_image(struct report *report, struct view *view, const char *role, uint32_t handle,
                        bool is_written)
{
    struct thing *thing = inventory_find(&report->inventory, handle);
    struct change change = { .is_known = false };
    uint32_t before = PICTURE_NONE;

    fprintf(report->events, "%s{\"role\":\"%s\",\"handle\":%u", view->count++ > 0 ? "," : "", role,
            handle);
    if (thing) {
        before = thing->picture;
        /* Whoever writes a texture has read its guest memory before. */
        if (thing->has_guest_news && is_written)
            look(report, thing, NULL);
        else if (is_written || thing->is_stale)
            look(report, thing, &change);
        thing->has_guest_news = thing->has_guest_news && !is_written;
        fprintf(report->events, ",\"thing\":%u", inventory_number(&report->inventory, thing));
        if (thing->picture != PICTURE_NONE)
            fprintf(report->events, ",\"picture\":%u", thing->picture);
        if (is_written && before != PICTURE_NONE)
            fprintf(report->events, ",\"before\":%u", before);
    }
    if (is_written)
        write_change(report->events, &change);
    view->written += is_written;
    view->unchanged += is_written && change.is_known && change.count == 0;
    fputc('}', report->events);
}

static void write_targets(struct report *report, struct view *view, bool is_written)
{
    struct aerogpu_host_state state;

    aerogpu_host_get_state(report->host, &state);
    for (uint32_t i = 0; i < state.color_count; i++) {
        char role[24];

        snprintf(role, sizeof(role), "color %u", i);
        if (state.colors[i])
            write_image(report, view, role, state.colors[i], is_written);
    }
    if (state.depth)
        write_image(report, view, "depth", state.depth, is_written);
}

/* Contents of buffers that a compute shader may have written. */
static void age_uavs(struct report *report)
{
    struct aerogpu_host_state state;

    aerogpu_host_get_state(report->host, &state);
    for (uint32_t stage = 0; stage < AEROGPU_HOST_STAGES; stage++) {
        for (uint32_t i = 0; i < AEROGPU_HOST_UAVS; i++) {
            struct thing *thing =
                inventory_find(&report->inventory, state.stages[stage].uavs[i].handle);

            if (thing)
                thing->is_stale = true;
        }
    }
}

static void write_hash(struct report *report)
{
    struct aerogpu_host_state state;
    struct aerogpu_host_image image;
    uint8_t hash[32];
    uint8_t *rgba;

    aerogpu_host_get_state(report->host, &state);
    for (uint32_t i = 0; i < state.color_count; i++) {
        if (!is_readable(inventory_find(&report->inventory, state.colors[i])) ||
            !aerogpu_host_read_texture(report->host, state.colors[i], 0, 0, &image))
            continue;
        rgba = malloc((size_t)image.width * image.height * 4);
        if (rgba && aerogpu_host_image_rgba8(&image, rgba)) {
            aerogpu_host_frame_hash(image.width, image.height, rgba, hash);
            fputs(",\"hash\":\"", report->events);
            for (size_t k = 0; k < sizeof(hash); k++)
                fprintf(report->events, "%02x", hash[k]);
            fputc('"', report->events);
        }
        free(rgba);
        aerogpu_host_image_finish(&image);
        return;
    }
}

static void write_event(struct report *report, uint32_t number, size_t work,
                        const struct aerogpu_packet *packet, bool is_done)
{
    const struct aerogpu_cmd_copy_texture2d *copy = (const void *)packet->bytes;
    struct view view = { .count = 0 };

    fprintf(report->events, "%s{\"packet\":%u,\"kind\":\"%s\"",
            report->event_count++ > 0 ? ",\n" : "", number, works[work].name);
    if (works[work].has_state)
        fprintf(report->events, ",\"state\":%u", report_state(report, packet));
    if (is_done && packet->opcode == AEROGPU_CMD_DISPATCH)
        age_uavs(report);
    if (is_done && works[work].has_hash)
        write_hash(report);
    fputs(",\"images\":[", report->events);
    if (is_done && packet->opcode == AEROGPU_CMD_COPY_TEXTURE2D && copy->dst_mip_level == 0 &&
        copy->dst_array_layer == 0)
        write_image(report, &view, "copy", copy->dst_texture, true);
    write_targets(report, &view, works[work].writes_targets && is_done);
    fprintf(report->events, "]%s}",
            view.written > 0 && view.unchanged == view.written ? ",\"nothing\":true" : "");
}

/* What the next draw is compared with: targets that nobody has looked at since they changed. */
static void look_at_new_targets(struct report *report)
{
    struct aerogpu_host_state state;

    aerogpu_host_get_state(report->host, &state);
    for (uint32_t i = 0; i <= state.color_count; i++) {
        struct thing *thing = inventory_find(&report->inventory,
                                             i < state.color_count ? state.colors[i] : state.depth);

        if (thing && thing->is_stale && !thing->has_guest_news)
            look(report, thing, NULL);
    }
}

void report_event(struct report *report, uint32_t number, const struct aerogpu_packet *packet,
                  bool is_done)
{
    if (packet->opcode == AEROGPU_CMD_SET_RENDER_TARGETS ||
        packet->opcode == AEROGPU_CMD_UPLOAD_RESOURCE)
        look_at_new_targets(report);
    for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
        if (works[i].opcode == packet->opcode)
            write_event(report, number, i, packet, is_done);
    }
}

static void look_at_buffer(struct report *report, struct thing *thing)
{
    const size_t size_bytes =
        thing->size_bytes < PREVIEW_BYTES ? (size_t)thing->size_bytes : PREVIEW_BYTES;
    uint8_t bytes[PREVIEW_BYTES];
    struct pool_draft draft;

    if (!aerogpu_host_read_buffer(report->host, thing->living_handle, 0, bytes, size_bytes) ||
        !pool_begin(&draft))
        return;
    json_base64(draft.out, bytes, size_bytes);
    thing->preview = pool_end(&report->pool, &draft);
    thing->is_stale = false;
}

void report_look_around(struct report *report)
{
    for (uint32_t i = 0; i < report->inventory.count; i++) {
        struct thing *thing = &report->inventory.things[i];

        if (!thing->is_stale || thing->has_guest_news || thing->destroyed != NUMBER_NONE)
            continue;
        if (thing->kind == THING_TEXTURE)
            look(report, thing, NULL);
        else if (thing->kind == THING_BUFFER)
            look_at_buffer(report, thing);
    }
}
