/** The commands of a [test]: one function each, and the table that names them. */
#include <stdlib.h>
#include <string.h>

#include "play_state.h"

/* ---- Drawing ---- */

static bool draw_quad(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_draw draw = { .topology = 5, .count = 4, .instances = 1 };
    float z = 0;

    if ((px_take_if(cursor, "z") && !px_take_float(cursor, &z)) || !px_take_end(cursor))
        return false;
    return px_set_quad(play, z) && px_did(play, play->backend->draw(play->device, &draw), "a draw");
}

/* draw [indexed] TOPOLOGY COUNT [first N] [base N] [instances N] [first-instance N] */
static bool command_draw(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    struct px_draw draw = { .instances = 1 };

    if (px_take_if(cursor, "quad"))
        return draw_quad(cursor);
    draw.is_indexed = px_take_if(cursor, "indexed");
    if (!px_take_from(cursor, px_topologies, &draw.topology) || !px_take_uint(cursor, &draw.count))
        return false;
    while (px_has_more(cursor)) {
        bool is_taken = px_take_if(cursor, "first")       ? px_take_uint(cursor, &draw.first)
                        : px_take_if(cursor, "base")      ? px_take_int(cursor, &draw.base_vertex)
                        : px_take_if(cursor, "instances") ? px_take_uint(cursor, &draw.instances)
                        : px_take_if(cursor, "first-instance")
                            ? px_take_uint(cursor, &draw.first_instance)
                            : px_take_end(cursor);

        if (!is_taken)
            return false;
    }
    return px_set_input(play) && px_did(play, play->backend->draw(play->device, &draw), "a draw");
}

static bool command_dispatch(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    uint32_t groups[3];

    for (int i = 0; i < 3; i++) {
        if (!px_take_uint(cursor, &groups[i]))
            return false;
    }
    return px_did(play, play->backend->dispatch(play->device, groups), "a dispatch");
}

/* ---- Parts of resources ---- */

/* A target or depth texture: NAME [format F] [mip M] [layer L]. */
static bool take_target(struct px_cursor *cursor, const struct px_named **named,
                        struct px_view *view)
{
    *view = (struct px_view){ .mips = 1, .layers = 1 };
    if (!px_take_named(cursor, PX_KIND_TEXTURE, true, named))
        return false;
    return (!px_take_if(cursor, "format") || px_take_from(cursor, px_formats, &view->format)) &&
           (!px_take_if(cursor, "mip") || px_take_uint(cursor, &view->first_mip)) &&
           (!px_take_if(cursor, "layer") || px_take_uint(cursor, &view->first_layer));
}

/* ---- Clears ---- */

static bool clear_depth(struct px_cursor *cursor, const struct px_named *named,
                        const struct px_view *view)
{
    struct play *play = cursor->play;
    uint32_t flags = 0, stencil = 0;
    struct px_object *dsv;
    float depth = 0;

    if (px_take_if(cursor, "depth")) {
        flags |= PX_CLEAR_DEPTH;
        if (!px_take_float(cursor, &depth))
            return false;
    }
    if (px_take_if(cursor, "stencil")) {
        flags |= PX_CLEAR_STENCIL;
        if (!px_take_uint(cursor, &stencil))
            return false;
    }
    if (flags == 0)
        return px_bad(play, "a depth-stencil texture is cleared by `depth` and `stencil` values");
    dsv = play->backend->create_dsv(play->device, named->object, view);
    return px_did(play, dsv != NULL, "a depth-stencil view") &&
           px_did(play,
                  play->backend->clear_depth_stencil(play->device, dsv, flags, depth,
                                                     (uint8_t)stencil),
                  "a clear");
}

/* clear NAME [format F] [mip M] [layer L] R G B A, or ... [depth D] [stencil S] */
static bool command_clear(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;
    struct px_object *rtv;
    struct px_view view;
    float color[4];

    if (!take_target(cursor, &named, &view))
        return false;
    if (!named)
        return px_bad(play, "nothing cannot be cleared");
    if (named->texture.bind & PX_BIND_DEPTH_STENCIL)
        return clear_depth(cursor, named, &view);
    if (!px_take_floats(cursor, color, 4))
        return false;
    rtv = play->backend->create_rtv(play->device, named->object, &view);
    return px_did(play, rtv != NULL, "a render target view") &&
           px_did(play, play->backend->clear_target(play->device, rtv, color), "a clear");
}

/* ---- Bindings ---- */

/* targets NAME... [depth NAME]: each may be none, with [format F] [mip M] [layer L] behind it. */
static bool command_targets(struct px_cursor *cursor)
{
    struct px_object *rtvs[PX_TARGETS_MAX] = { NULL }, *dsv = NULL;
    struct play *play = cursor->play;
    uint32_t count = 0;

    while (px_has_more(cursor)) {
        const bool is_depth = px_take_if(cursor, "depth");
        const struct px_named *named;
        struct px_object *view = NULL;
        struct px_view part;

        if (!take_target(cursor, &named, &part))
            return false;
        if (!is_depth && count == PX_TARGETS_MAX)
            return px_bad(play, "there are %d targets", PX_TARGETS_MAX);
        if (named)
            view = is_depth ? play->backend->create_dsv(play->device, named->object, &part)
                            : play->backend->create_rtv(play->device, named->object, &part);
        if (named && !px_did(play, view != NULL, "a view to draw to"))
            return false;
        if (is_depth)
            dsv = view;
        else
            rtvs[count++] = view;
    }
    return px_did(play, play->backend->set_targets(play->device, count, rtvs, dsv),
                  "setting render targets");
}

/* srv STAGE SLOT none | NAME [view] */
static bool command_srv(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    struct px_object *srv = NULL;
    struct px_view view;
    uint32_t stage, slot;

    if (!px_take_from(cursor, px_stages, &stage) || !px_take_uint(cursor, &slot))
        return false;
    if (!px_take_if(cursor, "none")) {
        const char *name;
        const struct px_named *named;

        if (!px_take_word(cursor, &name))
            return false;
        named = px_find(play, name);
        if (!named || named->kind == PX_KIND_QUERY)
            return px_bad(play, "%s is no buffer or texture", name);
        if (!px_take_view(cursor, &view))
            return false;
        srv = play->backend->create_srv(play->device, named->object, &view);
        if (!px_did(play, srv != NULL, "the shader resource view"))
            return false;
    }
    return px_did(play, play->backend->set_srv(play->device, (enum px_stage)stage, slot, srv),
                  "the shader resource");
}

/* uav SLOT none | NAME [view] */
static bool command_uav(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;
    struct px_object *uav = NULL;
    struct px_view view;
    uint32_t slot;

    if (!px_take_uint(cursor, &slot) || !px_take_named(cursor, PX_KIND_BUFFER, true, &named) ||
        !px_take_view(cursor, &view))
        return false;
    if (named) {
        uav = play->backend->create_uav(play->device, named->object, &view);
        if (!px_did(play, uav != NULL, "the unordered access view"))
            return false;
    }
    return px_did(play, play->backend->set_uav(play->device, slot, uav), "the unordered access");
}

/* constant-buffer STAGE SLOT none | NAME */
static bool command_constant_buffer(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;
    uint32_t stage, slot;

    return px_take_from(cursor, px_stages, &stage) && px_take_uint(cursor, &slot) &&
           px_take_named(cursor, PX_KIND_BUFFER, true, &named) &&
           px_did(play,
                  play->backend->set_constant_buffer(play->device, (enum px_stage)stage, slot,
                                                     named ? named->object : NULL),
                  "the constant buffer");
}

/* vertex-buffer SLOT none | NAME STRIDE OFFSET */
static bool command_vertex_buffer(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    struct px_vertex_buffer buffer = { 0 };
    const struct px_named *named;
    uint32_t slot;

    if (!px_take_uint(cursor, &slot) || !px_take_named(cursor, PX_KIND_BUFFER, true, &named) ||
        (named && (!px_take_uint(cursor, &buffer.stride_bytes) ||
                   !px_take_uint(cursor, &buffer.offset_bytes))))
        return false;
    if (slot >= PX_SLOTS_MAX)
        return px_bad(play, "there are %d slots", PX_SLOTS_MAX);
    buffer.object = named ? named->object : NULL;
    play->vertex_buffers[slot] = buffer;
    play->is_input_set = false;
    return px_did(play,
                  play->backend->set_vertex_buffer(play->device, slot, buffer.object,
                                                   buffer.stride_bytes, buffer.offset_bytes),
                  "the vertex buffer");
}

/* index-buffer none | NAME FORMAT OFFSET */
static bool command_index_buffer(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;
    uint32_t format = 57, offset = 0;

    if (!px_take_named(cursor, PX_KIND_BUFFER, true, &named) ||
        (named && (!px_take_from(cursor, px_formats, &format) || !px_take_uint(cursor, &offset))))
        return false;
    return px_did(play,
                  play->backend->set_index_buffer(play->device, named ? named->object : NULL,
                                                  format, offset),
                  "the index buffer");
}

/* shader STAGE none */
static bool command_shader(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    uint32_t stage;

    if (!px_take_from(cursor, px_stages, &stage))
        return false;
    if (!px_take_if(cursor, "none"))
        return px_bad(play, "a shader is set by its section; here it can only become none");
    return px_did(play, play->backend->set_shader(play->device, (enum px_stage)stage, NULL),
                  "setting the shader");
}

static bool command_viewport(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    float viewport[6] = { 0, 0, 0, 0, 0, 1 };

    return px_take_floats(cursor, viewport, 4) &&
           (!px_has_more(cursor) || px_take_floats(cursor, viewport + 4, 2)) &&
           px_did(play, play->backend->set_viewport(play->device, viewport), "the viewport");
}

static bool command_scissor(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    int32_t rect[4];

    for (int i = 0; i < 4; i++) {
        if (!px_take_int(cursor, &rect[i]))
            return false;
    }
    return px_did(play, play->backend->set_scissor(play->device, rect), "the scissor rectangle");
}

/* ---- Queries ---- */

/* query NAME event|occlusion|occlusion-predicate */
static bool command_query(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    struct px_named *named;
    const char *name;
    uint32_t kind;

    if (!px_take_word(cursor, &name) || !px_take_from(cursor, px_queries, &kind))
        return false;
    named = px_name(play, "%s", name);
    if (!named)
        return false;
    named->kind = PX_KIND_QUERY;
    named->object = play->backend->create_query(play->device, (enum px_query)kind);
    return px_did(play, named->object != NULL, "the query");
}

static bool command_begin(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;

    return px_take_named(cursor, PX_KIND_QUERY, false, &named) &&
           px_did(play, play->backend->begin(play->device, named->object), "begin");
}

static bool command_end(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;

    return px_take_named(cursor, PX_KIND_QUERY, false, &named) &&
           px_did(play, play->backend->end(play->device, named->object), "end");
}

/* result NAME MIN [MAX] */
static bool command_result(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;
    uint32_t least, most;
    uint64_t value;

    if (!px_take_named(cursor, PX_KIND_QUERY, false, &named) || !px_take_uint(cursor, &least))
        return false;
    most = least;
    if (px_has_more(cursor) && !px_take_uint(cursor, &most))
        return false;
    if (!px_did(play, play->backend->result(play->device, named->object, &value), "the result"))
        return false;
    return play->is_dry || (value >= least && value <= most) ||
           px_fail(play, "the query %s has %llu, not %u to %u", named->name,
                   (unsigned long long)value, least, most);
}

/* predicate none | NAME 0|1 */
static bool command_predicate(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;
    bool value = false;

    return px_take_named(cursor, PX_KIND_QUERY, true, &named) &&
           (!named || px_take_flag(cursor, &value)) &&
           px_did(play,
                  play->backend->set_predicate(play->device, named ? named->object : NULL, value),
                  "the predicate");
}

/* ---- Presenting ---- */

static bool command_present(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    const struct px_named *named;

    return px_take_named(cursor, PX_KIND_TEXTURE, false, &named) &&
           px_did(play, play->backend->present(play->device, named->object), "present");
}

/* rotate NAME NAME...: the first takes the contents of the second, the last those of the first. */
static bool command_rotate(struct px_cursor *cursor)
{
    struct px_object *textures[PX_TARGETS_MAX];
    struct play *play = cursor->play;
    uint32_t count = 0;

    while (px_has_more(cursor)) {
        const struct px_named *named;

        if (count == PX_TARGETS_MAX)
            return px_bad(play, "at most %d buffers rotate", PX_TARGETS_MAX);
        if (!px_take_named(cursor, PX_KIND_TEXTURE, false, &named))
            return false;
        textures[count++] = named->object;
    }
    return px_did(play, play->backend->rotate(play->device, textures, count), "rotate");
}

static bool command_flush(struct px_cursor *cursor)
{
    return px_did(cursor->play, cursor->play->backend->flush(cursor->play->device), "flush");
}

/* ---- The table ---- */

static const struct command {
    const char *name;
    bool (*play)(struct px_cursor *cursor);
    bool (*play_with_data)(struct px_cursor *cursor, const struct px_line *lines,
                           uint32_t line_count, uint32_t *used);
} commands[] = {
    { "draw", command_draw, NULL },
    { "dispatch", command_dispatch, NULL },
    { "clear", command_clear, NULL },
    { "targets", command_targets, NULL },
    { "srv", command_srv, NULL },
    { "uav", command_uav, NULL },
    { "constant-buffer", command_constant_buffer, NULL },
    { "vertex-buffer", command_vertex_buffer, NULL },
    { "index-buffer", command_index_buffer, NULL },
    { "shader", command_shader, NULL },
    { "viewport", command_viewport, NULL },
    { "scissor", command_scissor, NULL },
    { "update", NULL, px_command_update },
    { "map", NULL, px_command_map },
    { "copy", px_command_copy, NULL },
    { "copy-region", px_command_copy_region, NULL },
    { "generate-mips", px_command_generate_mips, NULL },
    { "query", command_query, NULL },
    { "begin", command_begin, NULL },
    { "end", command_end, NULL },
    { "result", command_result, NULL },
    { "predicate", command_predicate, NULL },
    { "present", command_present, NULL },
    { "rotate", command_rotate, NULL },
    { "flush", command_flush, NULL },
    { "probe", px_probe, NULL },
};

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

bool px_section_test(struct play *play, const struct px_section *section)
{
    bool has_compute = false;

    for (uint32_t i = 0; i < play->script->section_count; i++)
        has_compute |= strcmp(play->script->sections[i].header.words[0], "compute") == 0;
    if (!has_compute && !px_default_target(play))
        return false;
    for (uint32_t i = 0; i < section->line_count;) {
        const struct px_line *line = &section->lines[i++];
        struct px_cursor cursor = { play, line, 1 };
        const struct command *command = find_command(line->words[0]);
        uint32_t used = 0;

        play->line = line->number;
        if (!command)
            return px_bad(play, "there is no command %s", line->words[0]);
        if (command->play ? !command->play(&cursor)
                          : !command->play_with_data(&cursor, &section->lines[i],
                                                     section->line_count - i, &used))
            return false;
        i += used;
        if (!px_take_end(&cursor))
            return false;
    }
    return true;
}
