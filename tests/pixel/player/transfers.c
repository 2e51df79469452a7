/** Commands that move bytes: updates, maps, copies, mips; and the parts of resources they name. */
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "play_state.h"

/* ---- Parts of resources ---- */

/* [mip FIRST] [layer FIRST] of a texture: one subresource. */
static bool take_subresource(struct px_cursor *cursor, const struct px_named *named,
                             uint32_t *subresource)
{
    uint32_t mip = 0, layer = 0;

    if ((px_take_if(cursor, "mip") && !px_take_uint(cursor, &mip)) ||
        (px_take_if(cursor, "layer") && !px_take_uint(cursor, &layer)))
        return false;
    if (mip >= named->texture.mips || layer >= named->texture.layers)
        return px_bad(cursor->play, "%s has %u mips and %u layers", named->name,
                      named->texture.mips, named->texture.layers);
    *subresource = mip + layer * named->texture.mips;
    return true;
}

static bool take_box(struct px_cursor *cursor, struct px_box *box)
{
    return px_take_uint(cursor, &box->left) && px_take_uint(cursor, &box->top) &&
           px_take_uint(cursor, &box->right) && px_take_uint(cursor, &box->bottom);
}

/* [format F] [mip FIRST COUNT] [layer FIRST COUNT] [element FIRST COUNT] [raw] */
bool px_take_view(struct px_cursor *cursor, struct px_view *view)
{
    *view = (struct px_view){ 0 };
    for (;;) {
        bool is_taken;

        if (px_take_if(cursor, "format"))
            is_taken = px_take_from(cursor, px_formats, &view->format);
        else if (px_take_if(cursor, "mip"))
            is_taken = px_take_uint(cursor, &view->first_mip) && px_take_uint(cursor, &view->mips);
        else if (px_take_if(cursor, "layer"))
            is_taken =
                px_take_uint(cursor, &view->first_layer) && px_take_uint(cursor, &view->layers);
        else if (px_take_if(cursor, "element"))
            is_taken =
                px_take_uint(cursor, &view->first_element) && px_take_uint(cursor, &view->elements);
        else if (px_take_if(cursor, "raw"))
            is_taken = view->is_raw = true;
        else
            return true;
        if (!is_taken)
            return false;
    }
}

/* ---- Data ---- */

/* The data lines behind a command; a pattern (`fill`) repeats up to size_bytes. */
static bool take_data(struct px_cursor *cursor, const struct px_line *lines, uint32_t line_count,
                      uint32_t *used, struct px_bytes *bytes)
{
    struct play *play = cursor->play;
    const char *reason = NULL;

    if (px_has_more(cursor)) {
        reason = px_data_parse(bytes, cursor->line, cursor->next);
        cursor->next = cursor->line->word_count;
    }
    for (*used = 0; !reason && *used < line_count && px_data_is_type(lines[*used].words[0]);
         (*used)++)
        reason = px_data_parse(bytes, &lines[*used], 0);
    if (reason)
        return px_bad(play, "%s", reason);
    return bytes->size_bytes > 0 || px_bad(play, "there are no data");
}

struct update {
    struct play *play;
    const struct px_named *named;
    uint32_t subresource;
    bool has_box;
    struct px_box box;
};

/* How long a row of the data is, and how many bytes all need. */
static bool measure(const struct update *update, uint32_t *row_bytes, size_t *size_bytes)
{
    const struct px_named *named = update->named;
    const struct px_format *format;
    uint32_t width, height;

    if (named->kind == PX_KIND_BUFFER) {
        *row_bytes =
            update->has_box ? update->box.right - update->box.left : named->buffer.size_bytes;
        *size_bytes = *row_bytes;
        return true;
    }
    format = px_format_find(named->texture.format);
    width = named->texture.width >> update->subresource % named->texture.mips;
    height = named->texture.height >> update->subresource % named->texture.mips;
    if (update->has_box) {
        width = update->box.right - update->box.left;
        height = update->box.bottom - update->box.top;
    }
    *row_bytes = px_format_row_bytes(format, width ? width : 1);
    *size_bytes = (size_t)*row_bytes * px_format_rows(format, height ? height : 1);
    return true;
}

/* update NAME [mip M] [layer L] [box L T R B] DATA...; of a buffer the box is bytes L to R. */
bool px_command_update(struct px_cursor *cursor, const struct px_line *lines, uint32_t line_count,
                       uint32_t *used)
{
    struct play *play = cursor->play;
    struct update update = { .play = play };
    struct px_bytes bytes = { 0 };
    struct px_data data;
    size_t size_bytes;
    const char *name;
    bool is_done;

    if (!px_take_word(cursor, &name))
        return false;
    update.named = px_find(play, name);
    if (!update.named || update.named->kind == PX_KIND_QUERY)
        return px_bad(play, "%s is no buffer or texture", name);
    if ((update.named->kind == PX_KIND_TEXTURE &&
         !take_subresource(cursor, update.named, &update.subresource)) ||
        ((update.has_box = px_take_if(cursor, "box")) && !take_box(cursor, &update.box)) ||
        !take_data(cursor, lines, line_count, used, &bytes))
        return false;
    measure(&update, &data.row_pitch_bytes, &size_bytes);
    data.bytes = bytes.bytes;
    if (bytes.size_bytes != size_bytes)
        is_done = px_bad(play, "there are %zu bytes of data where %zu are needed", bytes.size_bytes,
                         size_bytes);
    else
        is_done =
            px_did(play,
                   play->backend->update(play->device, update.named->object, update.subresource,
                                         update.has_box ? &update.box : NULL, &data),
                   "the update");
    px_bytes_finish(&bytes);
    return is_done;
}

/* map NAME [mip M] [layer L] discard|no-overwrite|write [offset N] DATA... */
bool px_command_map(struct px_cursor *cursor, const struct px_line *lines, uint32_t line_count,
                    uint32_t *used)
{
    struct play *play = cursor->play;
    uint32_t subresource = 0, map, offset = 0, row_bytes = 0;
    const struct px_named *named;
    struct px_bytes bytes = { 0 };
    const char *name;
    bool is_done;

    if (!px_take_word(cursor, &name))
        return false;
    named = px_find(play, name);
    if (!named || named->kind == PX_KIND_QUERY)
        return px_bad(play, "%s is no buffer or texture", name);
    if ((named->kind == PX_KIND_TEXTURE && !take_subresource(cursor, named, &subresource)) ||
        !px_take_from(cursor, px_maps, &map) ||
        (px_take_if(cursor, "offset") && !px_take_uint(cursor, &offset)) ||
        !take_data(cursor, lines, line_count, used, &bytes))
        return false;
    if (named->kind == PX_KIND_TEXTURE) {
        const struct update whole = { .named = named, .subresource = subresource };
        size_t size_bytes;

        measure(&whole, &row_bytes, &size_bytes);
    }
    is_done =
        px_did(play,
               play->backend->map_write(play->device, named->object, subresource, (enum px_map)map,
                                        offset, bytes.bytes, (uint32_t)bytes.size_bytes, row_bytes),
               "the map");
    px_bytes_finish(&bytes);
    return is_done;
}

static bool take_resource(struct px_cursor *cursor, const struct px_named **named)
{
    const char *name;

    if (!px_take_word(cursor, &name))
        return false;
    *named = px_find(cursor->play, name);
    return (*named && (*named)->kind != PX_KIND_QUERY) ||
           px_bad(cursor->play, "%s is no buffer or texture", name);
}

/* copy TARGET SOURCE */
bool px_command_copy(struct px_cursor *cursor)
{
    const struct px_named *target, *source;
    struct play *play = cursor->play;

    return take_resource(cursor, &target) && take_resource(cursor, &source) &&
           px_did(play, play->backend->copy(play->device, target->object, source->object),
                  "the copy");
}

/* copy-region TARGET [mip M] [layer L] at X Y SOURCE [mip M] [layer L] [box L T R B] */
bool px_command_copy_region(struct px_cursor *cursor)
{
    const struct px_named *target, *source;
    struct play *play = cursor->play;
    uint32_t to = 0, from = 0, x, y;
    struct px_box box;
    bool has_box;

    if (!take_resource(cursor, &target) ||
        (target->kind == PX_KIND_TEXTURE && !take_subresource(cursor, target, &to)))
        return false;
    if (!px_take_if(cursor, "at"))
        return px_bad(play, "a region goes `at` X Y");
    if (!px_take_uint(cursor, &x) || !px_take_uint(cursor, &y) || !take_resource(cursor, &source) ||
        (source->kind == PX_KIND_TEXTURE && !take_subresource(cursor, source, &from)) ||
        ((has_box = px_take_if(cursor, "box")) && !take_box(cursor, &box)))
        return false;
    return px_did(play,
                  play->backend->copy_region(play->device, target->object, to, x, y, source->object,
                                             from, has_box ? &box : NULL),
                  "the copy");
}

/* generate-mips NAME [view] */
bool px_command_generate_mips(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;
    struct px_object *srv;
    struct px_view view;

    if (!px_take_named(cursor, PX_KIND_TEXTURE, false, &named) || !px_take_view(cursor, &view))
        return false;
    srv = play->backend->create_srv(play->device, named->object, &view);
    return px_did(play, srv != NULL, "the shader resource view") &&
           px_did(play, play->backend->generate_mips(play->device, srv), "generating mips");
}
