/** Shader and layout sections, and what a draw needs of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dxbc/asm.h"
#include "play_state.h"

enum { TOKENS_MAX = 1 << 16 };

/* ---- From text to a container ---- */

static bool assemble_text(struct play *play, const char *text, size_t length,
                          struct px_container *container)
{
    struct dxbc_assembly assembly = {
        .tokens = malloc(TOKENS_MAX * sizeof(uint32_t)),
        .capacity_dwords = TOKENS_MAX,
    };
    const char *reason = assembly.error;
    uint32_t size_bytes;

    if (!assembly.tokens)
        return px_bad(play, "out of memory");
    if (dxbc_assemble(text, length, &assembly) &&
        dxbc_assembly_container(&assembly, NULL, NULL, 0, &size_bytes, &reason)) {
        container->bytes = malloc(size_bytes);
        container->size_bytes = size_bytes;
        reason = "out of memory";
        if (container->bytes && !dxbc_assembly_container(&assembly, NULL, container->bytes,
                                                         size_bytes, &size_bytes, &reason)) {
            free(container->bytes);
            container->bytes = NULL;
        }
    }
    free(assembly.tokens);
    return container->bytes || px_bad(play, "the shader does not assemble: %s", reason);
}

/* The assembler does not know the comments of scripts. */
static bool assemble(struct play *play, const char *text, size_t length,
                     struct px_container *container)
{
    char *const copy = malloc(length + 1);
    bool is_comment = false, is_assembled;

    if (!copy)
        return px_bad(play, "out of memory");
    for (size_t i = 0; i < length; i++) {
        is_comment = text[i] != '\n' && (is_comment || text[i] == '#');
        copy[i] = is_comment ? ' ' : text[i];
    }
    is_assembled = assemble_text(play, copy, length, container);
    free(copy);
    return is_assembled;
}

static bool read_file(const char *path, struct px_container *container)
{
    struct px_bytes bytes = { 0 };
    FILE *const file = fopen(path, "rb");
    uint8_t part[4096];
    size_t got;

    if (!file)
        return false;
    while ((got = fread(part, 1, sizeof(part), file)) > 0 && px_bytes_add(&bytes, part, got))
        ;
    fclose(file);
    container->bytes = bytes.bytes;
    container->size_bytes = bytes.size_bytes;
    return container->bytes != NULL;
}

/* Compiled beforehand: SCRIPT.LINE.dxbc of the folder, where LINE is that of the section. */
static bool load_compiled(struct play *play, struct px_container *container)
{
    const char *name = play->script->path;
    char path[1024];
    int stem;

    for (const char *c = name; *c; c++) {
        if (*c == '/' || *c == '\\')
            name = c + 1;
    }
    stem = (int)strcspn(name, ".");
    snprintf(path, sizeof(path), "%s/%.*s.%u.dxbc", play->hlsl_folder ? play->hlsl_folder : ".",
             stem, name, play->line);
    return read_file(path, container) ||
           px_bad(play, "%s cannot be read: compile it with tests/pixel/compile_hlsl.py", path);
}

static bool get_container(struct play *play, const struct px_section *section,
                          struct px_container *container)
{
    const struct px_line *header = &section->header;

    *container = (struct px_container){ 0 };
    if (header->word_count == 2)
        return assemble(play, section->text, section->text_length, container);
    if (header->word_count == 3 && strcmp(header->words[2], "hlsl") == 0)
        return load_compiled(play, container);
    return px_bad(play, "a shader is written in assembly, or in hlsl");
}

/* ---- Sections ---- */

bool px_section_shader(struct play *play, const struct px_section *section)
{
    static const struct px_word stages[] = { { "vertex", PX_VS },
                                             { "pixel", PX_PS },
                                             { "geometry", PX_GS },
                                             { "compute", PX_CS },
                                             { NULL, 0 } };
    struct px_container container;
    struct px_object *shader;
    uint32_t stage;

    if (!px_word_find(stages, section->header.words[0], &stage) ||
        !get_container(play, section, &container))
        return false;
    shader = play->backend->create_shader(play->device, (enum px_stage)stage, container.bytes,
                                          container.size_bytes);
    if (!px_did(play, shader != NULL, "the shader")) {
        free(container.bytes);
        return false;
    }
    if (stage != PX_VS) {
        free(container.bytes);
        return px_did(play, play->backend->set_shader(play->device, (enum px_stage)stage, shader),
                      "setting the shader");
    }
    free(play->vs.bytes);
    play->vs = container;
    play->vs_object = shader;
    play->is_input_set = false;
    return true;
}

/* NAME or NAMEn; "v0" is what an assembled shader calls its register. */
static bool read_semantic(struct px_cursor *cursor, struct px_element *element, char name[32])
{
    const char *word;
    size_t length;

    if (!px_take_word(cursor, &word))
        return false;
    length = strlen(word);
    while (length > 0 && word[length - 1] >= '0' && word[length - 1] <= '9')
        length--;
    element->semantic_index = (uint32_t)strtoul(word + length, NULL, 10);
    element->semantic = name;
    snprintf(name, 32, "%.*s", (int)length, word);
    if (strcmp(name, "v") == 0)
        snprintf(name, 32, "R");
    return length > 0 || px_bad(cursor->play, "an element needs a semantic");
}

static bool read_element(struct px_cursor *cursor, struct px_element *element, char name[32])
{
    *element = (struct px_element){ .offset_bytes = UINT32_MAX };
    if (!px_take_uint(cursor, &element->slot) ||
        !px_take_from(cursor, px_formats, &element->format) ||
        !read_semantic(cursor, element, name))
        return false;
    while (px_has_more(cursor)) {
        if (px_take_if(cursor, "offset")) {
            if (!px_take_uint(cursor, &element->offset_bytes))
                return false;
        } else if (px_take_if(cursor, "instance")) {
            element->is_per_instance = true;
            if (!px_take_uint(cursor, &element->step_rate))
                return false;
        } else {
            return px_take_end(cursor);
        }
    }
    return true;
}

bool px_section_layout(struct play *play, const struct px_section *section)
{
    play->is_input_set = false;
    play->element_count = 0;
    for (uint32_t i = 0; i < section->line_count; i++) {
        struct px_cursor cursor = { play, &section->lines[i], 0 };

        play->line = section->lines[i].number;
        if (i == PX_ELEMENTS_MAX)
            return px_bad(play, "more than %d elements", PX_ELEMENTS_MAX);
        if (!read_element(&cursor, &play->elements[i], play->semantics[i]))
            return false;
        play->element_count++;
    }
    return true;
}

/* ---- Before a draw ---- */

static bool set_layout_and_shader(struct play *play, struct px_object *layout,
                                  struct px_object *shader)
{
    return px_did(play, play->backend->set_layout(play->device, layout), "the input layout") &&
           px_did(play, play->backend->set_shader(play->device, PX_VS, shader),
                  "setting the vertex shader");
}

bool px_set_input(struct play *play)
{
    struct px_object *layout = NULL;

    if (play->is_input_set)
        return true;
    if (!play->vs_object)
        return px_bad(play, "a draw needs a [vertex shader]; `draw quad` brings one");
    if (play->element_count > 0) {
        layout = play->backend->create_layout(play->device, play->elements, play->element_count,
                                              play->vs.bytes, play->vs.size_bytes);
        if (!px_did(play, layout != NULL, "the input layout"))
            return false;
    }
    for (uint32_t i = 0; i < PX_SLOTS_MAX; i++) {
        const struct px_vertex_buffer *buffer = &play->vertex_buffers[i];

        if ((buffer->object || i == 0) &&
            !px_did(play,
                    play->backend->set_vertex_buffer(play->device, i, buffer->object,
                                                     buffer->object ? buffer->stride_bytes : 0,
                                                     buffer->object ? buffer->offset_bytes : 0),
                    "a vertex buffer"))
            return false;
    }
    play->is_input_set = true;
    return set_layout_and_shader(play, layout, play->vs_object);
}

static const char quad_text[] = "vs_4_0\n"
                                "dcl_input v0.xyzw\n"
                                "dcl_output_siv o0.xyzw, position\n"
                                "mov o0.xyzw, v0.xyzw\n"
                                "ret\n";

static bool make_quad_shader(struct play *play)
{
    static const struct px_element element = { .semantic = "R", .format = 2 };
    const struct px_backend *backend = play->backend;
    struct px_container container = { 0 };

    if (play->quad_vs)
        return true;
    if (!assemble(play, quad_text, sizeof(quad_text) - 1, &container))
        return false;
    play->quad_vs =
        backend->create_shader(play->device, PX_VS, container.bytes, container.size_bytes);
    play->quad_layout =
        backend->create_layout(play->device, &element, 1, container.bytes, container.size_bytes);
    free(container.bytes);
    return px_did(play, play->quad_vs && play->quad_layout, "the shader of the quad");
}

static struct px_object *quad_at(struct play *play, float z)
{
    const float corners[4][4] = {
        { -1, 1, z, 1 }, { 1, 1, z, 1 }, { -1, -1, z, 1 }, { 1, -1, z, 1 }
    };
    const struct px_buffer_desc desc = { .size_bytes = sizeof(corners),
                                         .bind = PX_BIND_VERTEX_BUFFER };
    struct px_object *buffer;

    for (uint32_t i = 0; i < play->quad_count; i++) {
        if (memcmp(&play->quads[i].z, &z, sizeof(z)) == 0)
            return play->quads[i].buffer;
    }
    buffer = play->backend->create_buffer(play->device, &desc, corners);
    if (buffer && play->quad_count < PX_QUADS_MAX) {
        play->quads[play->quad_count].z = z;
        play->quads[play->quad_count++].buffer = buffer;
    }
    return buffer;
}

bool px_set_quad(struct play *play, float z)
{
    struct px_object *buffer;

    play->is_input_set = false;
    if (!make_quad_shader(play))
        return false;
    buffer = quad_at(play, z);
    return px_did(play, buffer != NULL, "the quad's vertices") &&
           px_did(play,
                  play->backend->set_vertex_buffer(play->device, 0, buffer, 4 * sizeof(float), 0),
                  "the quad's vertices") &&
           set_layout_and_shader(play, play->quad_layout, play->quad_vs);
}
