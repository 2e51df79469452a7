/** Which section is whose, and the targets of drawing. */
#include <string.h>

#include "play_state.h"

static bool section_require(struct play *play, const struct px_section *section)
{
    (void)play;
    (void)section;
    return true;
}

/* What the first words of a header lead to. */
static const struct {
    const char *name;
    bool (*play)(struct play *play, const struct px_section *section);
} sections[] = {
    { "require", section_require },
    { "vertex shader", px_section_shader },
    { "pixel shader", px_section_shader },
    { "geometry shader", px_section_shader },
    { "compute shader", px_section_shader },
    { "input layout", px_section_layout },
    { "vertex buffer", px_section_resource },
    { "index buffer", px_section_resource },
    { "constant buffer", px_section_resource },
    { "buffer", px_section_resource },
    { "texture", px_section_resource },
    { "render target", px_section_resource },
    { "depth stencil", px_section_resource },
    { "sampler", px_section_state },
    { "blend state", px_section_state },
    { "depth stencil state", px_section_state },
    { "rasterizer state", px_section_state },
    { "test", px_section_test },
};

/* How many words of the header the name takes; 0: it is another name. */
static uint32_t words_matched(const struct px_line *header, const char *name)
{
    uint32_t count = 0;

    while (*name) {
        const size_t length = strcspn(name, " ");

        if (count == header->word_count || strlen(header->words[count]) != length ||
            memcmp(header->words[count], name, length) != 0)
            return 0;
        count++;
        name += length + (name[length] == ' ');
    }
    return count;
}

bool px_play_section(struct play *play, const struct px_section *section)
{
    size_t best = 0;
    uint32_t best_words = 0;

    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
        const uint32_t words = words_matched(&section->header, sections[i].name);

        if (words > best_words) {
            best = i;
            best_words = words;
        }
    }
    if (best_words == 0)
        return px_bad(play, "there is no section [%s ...]", section->header.words[0]);
    return sections[best].play(play, section);
}

/* ---- Targets ---- */

static bool create_views(struct play *play, struct px_object *rtvs[PX_TARGETS_MAX],
                         struct px_object **dsv)
{
    const struct px_view whole = { .mips = 1, .layers = 1 };

    for (uint32_t i = 0; i < play->target_count; i++) {
        rtvs[i] = NULL;
        if (!play->targets[i])
            continue;
        rtvs[i] = play->backend->create_rtv(play->device, play->targets[i]->object, &whole);
        if (!px_did(play, rtvs[i] != NULL, "a render target view"))
            return false;
    }
    *dsv = NULL;
    if (play->depth)
        *dsv = play->backend->create_dsv(play->device, play->depth->object, &whole);
    return !play->depth || px_did(play, *dsv != NULL, "a depth-stencil view");
}

bool px_bind_targets(struct play *play)
{
    struct px_object *rtvs[PX_TARGETS_MAX], *dsv;
    const struct px_named *largest = play->depth;
    float viewport[6] = { 0, 0, 0, 0, 0, 1 };

    for (uint32_t i = 0; i < play->target_count && !largest; i++)
        largest = play->targets[i];
    play->has_targets = true;
    if (!create_views(play, rtvs, &dsv) ||
        !px_did(play, play->backend->set_targets(play->device, play->target_count, rtvs, dsv),
                "setting render targets"))
        return false;
    if (!largest)
        return true;
    viewport[2] = (float)largest->texture.width;
    viewport[3] = (float)largest->texture.height;
    return px_did(play, play->backend->set_viewport(play->device, viewport), "a viewport");
}

bool px_default_target(struct play *play)
{
    struct px_named *named;

    if (play->has_targets)
        return true;
    named = px_name(play, "rt0");
    if (!named)
        return false;
    named->kind = PX_KIND_TEXTURE;
    named->texture = (struct px_texture_desc){
        .width = 32,
        .height = 32,
        .format = 28,
        .mips = 1,
        .layers = 1,
        .bind = PX_BIND_RENDER_TARGET | PX_BIND_SHADER_RESOURCE,
    };
    named->object = play->backend->create_texture(play->device, &named->texture, NULL);
    if (!px_did(play, named->object != NULL, "the target rt0"))
        return false;
    play->targets[0] = named;
    play->target_count = 1;
    return px_bind_targets(play);
}
