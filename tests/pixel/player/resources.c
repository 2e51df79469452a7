/** Sections that make buffers and textures: their keys, their data, where they are bound. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "play_state.h"

enum { SUBRESOURCES_MAX = 96 };

/* What a section says, before anything is made. */
struct making {
    struct play *play;
    struct px_named named;
    uint32_t size_bytes; /**< of a buffer; 0: as much as its data */
    uint32_t stride_bytes, offset_bytes;
    struct px_bytes data[SUBRESOURCES_MAX];
    struct px_bytes pattern; /**< fills what is left */
    uint32_t current;        /**< subresource the data go to */
    bool has_data;
};

/* ---- Keys ---- */

static bool key_format(struct px_cursor *cursor, struct making *making)
{
    return px_take_from(cursor, px_formats, &making->named.texture.format);
}

static bool key_size(struct px_cursor *cursor, struct making *making)
{
    if (making->named.kind == PX_KIND_BUFFER)
        return px_take_uint(cursor, &making->size_bytes);
    return px_take_uint(cursor, &making->named.texture.width) &&
           px_take_uint(cursor, &making->named.texture.height);
}

static bool key_mips(struct px_cursor *cursor, struct making *making)
{
    return px_take_uint(cursor, &making->named.texture.mips);
}

static bool key_layers(struct px_cursor *cursor, struct making *making)
{
    return px_take_uint(cursor, &making->named.texture.layers);
}

static bool key_cube(struct px_cursor *cursor, struct making *making)
{
    (void)cursor;
    making->named.texture.is_cube = true;
    making->named.texture.layers = 6;
    return true;
}

static bool key_presentable(struct px_cursor *cursor, struct making *making)
{
    (void)cursor;
    making->named.texture.is_presentable = true;
    return true;
}

static bool key_generate_mips(struct px_cursor *cursor, struct making *making)
{
    (void)cursor;
    making->named.texture.can_generate_mips = true;
    return true;
}

static bool key_usage(struct px_cursor *cursor, struct making *making)
{
    uint32_t usage;

    if (!px_take_from(cursor, px_usages, &usage))
        return false;
    making->named.texture.usage = making->named.buffer.usage = usage;
    return true;
}

static bool key_bind(struct px_cursor *cursor, struct making *making)
{
    uint32_t all = 0, bind;

    while (px_has_more(cursor)) {
        if (!px_take_from(cursor, px_binds, &bind))
            return false;
        all |= bind;
    }
    making->named.texture.bind = making->named.buffer.bind = all;
    return true;
}

static bool key_stride(struct px_cursor *cursor, struct making *making)
{
    return px_take_uint(cursor, &making->stride_bytes);
}

static bool key_offset(struct px_cursor *cursor, struct making *making)
{
    return px_take_uint(cursor, &making->offset_bytes);
}

static bool key_structured(struct px_cursor *cursor, struct making *making)
{
    return px_take_uint(cursor, &making->named.buffer.stride_bytes);
}

static bool key_raw(struct px_cursor *cursor, struct making *making)
{
    (void)cursor;
    making->named.buffer.is_raw = true;
    return true;
}

static bool key_subresource(struct px_cursor *cursor, struct making *making)
{
    const struct px_texture_desc *texture = &making->named.texture;
    uint32_t mip, layer = 0;

    if (!px_take_uint(cursor, &mip) || (px_has_more(cursor) && !px_take_uint(cursor, &layer)))
        return false;
    if (mip >= texture->mips || layer >= texture->layers)
        return px_bad(cursor->play, "the texture has %u mips and %u layers", texture->mips,
                      texture->layers);
    making->current = mip + layer * texture->mips;
    return making->current < SUBRESOURCES_MAX || px_bad(cursor->play, "too many subresources");
}

static bool key_fill(struct px_cursor *cursor, struct making *making)
{
    const char *const reason = px_data_parse(&making->pattern, cursor->line, cursor->next);

    making->has_data = true;
    if (!reason && making->pattern.size_bytes == 0)
        return px_bad(cursor->play, "fill needs values");
    cursor->next = cursor->line->word_count;
    return !reason || px_bad(cursor->play, "%s", reason);
}

enum { B = 1, T = 2 };

static const struct {
    const char *key;
    unsigned kinds; /**< B buffers, T textures */
    bool (*read)(struct px_cursor *cursor, struct making *making);
} keys[] = {
    { "format", T, key_format },
    { "size", B | T, key_size },
    { "mips", T, key_mips },
    { "layers", T, key_layers },
    { "cube", T, key_cube },
    { "presentable", T, key_presentable },
    { "generate-mips", T, key_generate_mips },
    { "usage", B | T, key_usage },
    { "bind", B | T, key_bind },
    { "stride", B, key_stride },
    { "offset", B, key_offset },
    { "structured", B, key_structured },
    { "raw", B, key_raw },
    { "subresource", T, key_subresource },
    { "fill", B | T, key_fill },
};

static bool read_data(struct making *making, const struct px_line *line)
{
    const char *const reason = px_data_parse(&making->data[making->current], line, 0);

    making->has_data = true;
    return !reason || px_bad(making->play, "%s", reason);
}

static bool read_line(struct making *making, const struct px_line *line)
{
    struct px_cursor cursor = { making->play, line, 1 };
    const unsigned kind = making->named.kind == PX_KIND_BUFFER ? B : T;

    making->play->line = line->number;
    if (px_data_is_type(line->words[0]))
        return read_data(making, line);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(keys[i].key, line->words[0]) == 0 && (keys[i].kinds & kind))
            return keys[i].read(&cursor, making) && px_take_end(&cursor);
    }
    return px_bad(making->play, "a %s has no %s", kind == B ? "buffer" : "texture", line->words[0]);
}

/* ---- Contents ---- */

/* Completes data to size_bytes bytes with the pattern. */
static bool complete(struct making *making, struct px_bytes *data, size_t size_bytes)
{
    const struct px_bytes *pattern = &making->pattern;

    if (data->size_bytes > size_bytes ||
        (data->size_bytes < size_bytes && pattern->size_bytes == 0))
        return px_bad(making->play, "there are %zu bytes of data where %zu are needed",
                      data->size_bytes, size_bytes);
    while (data->size_bytes < size_bytes) {
        const size_t missing = size_bytes - data->size_bytes;

        if (!px_bytes_add(data, pattern->bytes,
                          missing < pattern->size_bytes ? missing : pattern->size_bytes))
            return px_bad(making->play, "out of memory");
    }
    return true;
}

static uint32_t extent(uint32_t size, uint32_t mip)
{
    return size >> mip ? size >> mip : 1;
}

static bool create_texture(struct making *making)
{
    struct play *play = making->play;
    const struct px_texture_desc *desc = &making->named.texture;
    const struct px_format *format = px_format_find(desc->format);
    struct px_data initial[SUBRESOURCES_MAX];

    if (!format)
        return px_bad(play, "a texture needs a format that textures can have");
    if (desc->width == 0 || desc->height == 0 || desc->mips == 0 || desc->layers == 0 ||
        desc->mips > PX_MIPS_MAX || desc->mips * desc->layers > SUBRESOURCES_MAX)
        return px_bad(play, "a texture needs a size, 1 to %d mips and layers", PX_MIPS_MAX);
    for (uint32_t i = 0; making->has_data && i < desc->mips * desc->layers; i++) {
        const uint32_t mip = i % desc->mips;
        const uint32_t row = px_format_row_bytes(format, extent(desc->width, mip));

        if (!complete(making, &making->data[i],
                      (size_t)row * px_format_rows(format, extent(desc->height, mip))))
            return false;
        initial[i] = (struct px_data){ making->data[i].bytes, row };
    }
    making->named.object =
        play->backend->create_texture(play->device, desc, making->has_data ? initial : NULL);
    return px_did(play, making->named.object != NULL, "the texture");
}

static bool create_buffer(struct making *making)
{
    struct play *play = making->play;
    struct px_buffer_desc *desc = &making->named.buffer;
    struct px_bytes *data = &making->data[0];

    desc->size_bytes = making->size_bytes ? making->size_bytes : (uint32_t)data->size_bytes;
    if (desc->size_bytes == 0)
        return px_bad(play, "a buffer needs data or a size");
    /* Sizes of constant buffers are whole vectors. */
    if (desc->bind == PX_BIND_CONSTANT_BUFFER)
        desc->size_bytes = (desc->size_bytes + 15) & ~15u;
    if (making->has_data && making->pattern.size_bytes == 0 &&
        data->size_bytes < desc->size_bytes) {
        static const uint8_t zero;

        while (data->size_bytes < desc->size_bytes) {
            if (!px_bytes_add(data, &zero, 1))
                return px_bad(play, "out of memory");
        }
    }
    if (making->has_data && !complete(making, data, desc->size_bytes))
        return false;
    making->named.object =
        play->backend->create_buffer(play->device, desc, making->has_data ? data->bytes : NULL);
    return px_did(play, making->named.object != NULL, "the buffer");
}

/* ---- Which resource, and where it goes ---- */

static bool remember(struct making *making, struct px_named **named, const char *name)
{
    *named = px_name(making->play, "%s", name);
    if (!*named)
        return false;
    memcpy(making->named.name, (*named)->name, sizeof(making->named.name));
    **named = making->named;
    return true;
}

static bool take_slot(struct px_cursor *cursor, uint32_t most, uint32_t *slot)
{
    return px_take_uint(cursor, slot) &&
           (*slot < most || px_bad(cursor->play, "there are %u slots", most));
}

static bool bind_vertex_buffer(struct px_cursor *cursor, struct making *making)
{
    struct play *play = making->play;
    struct px_named *named;
    char name[8];
    uint32_t slot;

    if (making->stride_bytes == UINT32_MAX)
        return px_bad(play, "a vertex buffer needs a stride");
    if (!take_slot(cursor, PX_SLOTS_MAX, &slot) || !create_buffer(making))
        return false;
    snprintf(name, sizeof(name), "vb%u", slot);
    play->vertex_buffers[slot] = (struct px_vertex_buffer){
        making->named.object,
        making->stride_bytes,
        making->offset_bytes,
    };
    play->is_input_set = false;
    return remember(making, &named, name);
}

static bool bind_index_buffer(struct px_cursor *cursor, struct making *making)
{
    struct play *play = making->play;
    struct px_named *named;
    uint32_t format;

    if (!px_take_from(cursor, px_formats, &format) || !create_buffer(making))
        return false;
    return px_did(play,
                  play->backend->set_index_buffer(play->device, making->named.object, format,
                                                  making->offset_bytes),
                  "the index buffer") &&
           remember(making, &named, "ib");
}

static bool bind_constant_buffer(struct px_cursor *cursor, struct making *making)
{
    struct play *play = making->play;
    struct px_named *named;
    uint32_t stage, slot;
    char name[16];

    if (!px_take_from(cursor, px_stages, &stage) || !take_slot(cursor, 14, &slot) ||
        !create_buffer(making))
        return false;
    snprintf(name, sizeof(name), "%s.cb%u", px_stages[stage].name, slot);
    return px_did(play,
                  play->backend->set_constant_buffer(play->device, (enum px_stage)stage, slot,
                                                     making->named.object),
                  "the constant buffer") &&
           remember(making, &named, name);
}

static bool bind_texture(struct px_cursor *cursor, struct making *making)
{
    const struct px_view whole = { 0 };
    struct play *play = making->play;
    struct px_object *view;
    struct px_named *named;
    uint32_t stage, slot;
    char name[16];

    if (!px_word_find(px_stages, px_peek(cursor), &stage))
        return create_texture(making) && remember(making, &named, cursor->line->words[1]) &&
               (++cursor->next, true);
    cursor->next++;
    if (!take_slot(cursor, 128, &slot) || !create_texture(making))
        return false;
    snprintf(name, sizeof(name), "%s.t%u", px_stages[stage].name, slot);
    view = play->backend->create_srv(play->device, making->named.object, &whole);
    return px_did(play, view != NULL, "the shader resource view") &&
           px_did(play, play->backend->set_srv(play->device, (enum px_stage)stage, slot, view),
                  "the shader resource") &&
           remember(making, &named, name);
}

static bool bind_target(struct px_cursor *cursor, struct making *making)
{
    struct play *play = making->play;
    struct px_named *named;
    uint32_t slot;
    char name[8];

    if (!take_slot(cursor, PX_TARGETS_MAX, &slot) || !create_texture(making))
        return false;
    snprintf(name, sizeof(name), "rt%u", slot);
    if (!remember(making, &named, name))
        return false;
    play->targets[slot] = named;
    if (play->target_count <= slot)
        play->target_count = slot + 1;
    return px_bind_targets(play);
}

static bool bind_depth(struct px_cursor *cursor, struct making *making)
{
    struct px_named *named;

    (void)cursor;
    if (!create_texture(making) || !remember(making, &named, "ds"))
        return false;
    making->play->depth = named;
    /* A script that names no target draws to rt0 as well. */
    return making->play->has_targets ? px_bind_targets(making->play)
                                     : px_default_target(making->play);
}

static bool bind_buffer(struct px_cursor *cursor, struct making *making)
{
    struct px_named *named;
    const char *name;

    return px_take_word(cursor, &name) && create_buffer(making) && remember(making, &named, name);
}

#define TARGET_BIND (PX_BIND_RENDER_TARGET | PX_BIND_SHADER_RESOURCE)

static const struct {
    const char *first, *second; /**< words of the header; second may be NULL */
    enum px_kind kind;
    uint32_t bind;
    uint32_t format, side; /**< what a texture is unless it says otherwise */
    bool (*finish)(struct px_cursor *cursor, struct making *making);
} resources[] = {
    { "vertex", "buffer", PX_KIND_BUFFER, PX_BIND_VERTEX_BUFFER, 0, 0, bind_vertex_buffer },
    { "index", "buffer", PX_KIND_BUFFER, PX_BIND_INDEX_BUFFER, 0, 0, bind_index_buffer },
    { "constant", "buffer", PX_KIND_BUFFER, PX_BIND_CONSTANT_BUFFER, 0, 0, bind_constant_buffer },
    { "buffer", NULL, PX_KIND_BUFFER, PX_BIND_VERTEX_BUFFER, 0, 0, bind_buffer },
    { "texture", NULL, PX_KIND_TEXTURE, PX_BIND_SHADER_RESOURCE, 28, 0, bind_texture },
    { "render", "target", PX_KIND_TEXTURE, TARGET_BIND, 28, 32, bind_target },
    { "depth", "stencil", PX_KIND_TEXTURE, PX_BIND_DEPTH_STENCIL, 40, 32, bind_depth },
};

static bool make(struct making *making, const struct px_section *section)
{
    const struct px_line *header = &section->header;
    size_t row = 0;
    struct px_cursor cursor = { making->play, header, 1 };

    while (strcmp(resources[row].first, header->words[0]) != 0)
        row++;
    cursor.next = resources[row].second ? 2 : 1;
    making->named.kind = resources[row].kind;
    making->named.buffer.bind = making->named.texture.bind = resources[row].bind;
    making->named.texture.format = resources[row].format;
    making->named.texture.width = making->named.texture.height = resources[row].side;
    for (uint32_t i = 0; i < section->line_count; i++) {
        if (!read_line(making, &section->lines[i]))
            return false;
    }
    making->play->line = header->number;
    if (!px_has_more(&cursor) && resources[row].finish != bind_depth)
        return px_bad(making->play, "the section needs a slot or a name");
    return resources[row].finish(&cursor, making) && px_take_end(&cursor);
}

bool px_section_resource(struct play *play, const struct px_section *section)
{
    struct making *making = calloc(1, sizeof(*making));
    bool is_made;

    if (!making)
        return px_bad(play, "out of memory");
    making->play = play;
    making->named.texture.mips = 1;
    making->named.texture.layers = 1;
    making->stride_bytes = UINT32_MAX;
    is_made = make(making, section);
    for (size_t i = 0; i < SUBRESOURCES_MAX; i++)
        px_bytes_finish(&making->data[i]);
    px_bytes_finish(&making->pattern);
    free(making);
    return is_made;
}
