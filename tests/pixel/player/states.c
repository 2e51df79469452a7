/** Sections of state objects: a table of keys each. */
#include <float.h>
#include <string.h>

#include "play_state.h"

/* All states, of which a section fills one; so one kind of key serves them all. */
struct state {
    struct px_blend blend;
    struct px_blend_target *target; /**< the keys of a target go here */
    float factor[4];
    uint32_t sample_mask;

    struct px_depth_stencil depth;
    uint32_t stencil_ref;
    struct px_rasterizer raster;
    struct px_sampler sampler;
};

enum form { FLAG, UINT, INT, FLOAT1, FLOAT4, WORD, SPECIAL };

struct key {
    const char *name;
    enum form form;
    size_t offset; /**< in struct state; of targets in struct px_blend_target */
    const struct px_word *words;
    bool (*read)(struct px_cursor *cursor, struct state *state);
};

/* ---- Keys that are more than a member ---- */

static bool read_target(struct px_cursor *cursor, struct state *state)
{
    uint32_t index;

    if (!px_take_uint(cursor, &index))
        return false;
    if (index >= PX_TARGETS_MAX)
        return px_bad(cursor->play, "there are %d targets", PX_TARGETS_MAX);
    state->blend.is_independent = true;
    state->target = &state->blend.targets[index];
    return true;
}

static bool read_write_mask(struct px_cursor *cursor, struct state *state)
{
    const char *word;
    uint32_t mask = 0;

    if (!px_take_word(cursor, &word))
        return false;
    if (strcmp(word, "none") != 0) {
        for (; *word; word++) {
            const char *const letter = strchr("rgba", *word);

            if (!letter)
                return px_bad(cursor->play, "a write mask is made of r, g, b and a, or none");
            mask |= 1u << (letter - "rgba");
        }
    }
    state->target->write_mask = mask;
    return true;
}

static bool read_face(struct px_cursor *cursor, struct px_stencil_face *face)
{
    return px_take_from(cursor, px_funcs, &face->func) &&
           px_take_from(cursor, px_stencil_ops, &face->fail) &&
           px_take_from(cursor, px_stencil_ops, &face->depth_fail) &&
           px_take_from(cursor, px_stencil_ops, &face->pass);
}

static bool read_front(struct px_cursor *cursor, struct state *state)
{
    return read_face(cursor, &state->depth.front);
}

static bool read_back(struct px_cursor *cursor, struct state *state)
{
    return read_face(cursor, &state->depth.back);
}

/* Min, mag, mip, each point or linear; or anisotropic. */
static bool read_filter(struct px_cursor *cursor, struct state *state)
{
    uint32_t min, mag, mip;

    if (px_take_if(cursor, "anisotropic")) {
        state->sampler.filter = 0x55;
        return true;
    }
    if (!px_take_from(cursor, px_filters, &min) || !px_take_from(cursor, px_filters, &mag) ||
        !px_take_from(cursor, px_filters, &mip))
        return false;
    state->sampler.filter = min << 4 | mag << 2 | mip;
    return true;
}

static bool read_address(struct px_cursor *cursor, struct state *state)
{
    for (int i = 0; i < 3; i++) {
        if (!px_take_from(cursor, px_address_modes, &state->sampler.address[i]))
            return false;
    }
    return true;
}

static bool read_compare(struct px_cursor *cursor, struct state *state)
{
    state->sampler.filter |= 0x80;
    return px_take_from(cursor, px_funcs, &state->sampler.func);
}

/* ---- The tables ---- */

#define MEMBER(member)    offsetof(struct state, member)
#define OF_TARGET(member) offsetof(struct px_blend_target, member)

static const struct key blend_keys[] = {
    { "target", SPECIAL, 0, NULL, read_target },
    { "write-mask", SPECIAL, 0, NULL, read_write_mask },
    { "alpha-to-coverage", FLAG, MEMBER(blend.alpha_to_coverage), NULL, NULL },
    { "factor", FLOAT4, MEMBER(factor), NULL, NULL },
    { "sample-mask", UINT, MEMBER(sample_mask), NULL, NULL },
    { NULL, FLAG, 0, NULL, NULL },
};

static const struct key blend_target_keys[] = {
    { "enable", FLAG, OF_TARGET(is_enabled), NULL, NULL },
    { "source", WORD, OF_TARGET(source), px_factors, NULL },
    { "dest", WORD, OF_TARGET(dest), px_factors, NULL },
    { "op", WORD, OF_TARGET(op), px_blend_ops, NULL },
    { "source-alpha", WORD, OF_TARGET(source_alpha), px_factors, NULL },
    { "dest-alpha", WORD, OF_TARGET(dest_alpha), px_factors, NULL },
    { "op-alpha", WORD, OF_TARGET(op_alpha), px_blend_ops, NULL },
    { NULL, FLAG, 0, NULL, NULL },
};

static const struct key depth_keys[] = {
    { "depth-enable", FLAG, MEMBER(depth.depth_enable), NULL, NULL },
    { "depth-write", FLAG, MEMBER(depth.depth_write), NULL, NULL },
    { "depth-func", WORD, MEMBER(depth.depth_func), px_funcs, NULL },
    { "stencil-enable", FLAG, MEMBER(depth.stencil_enable), NULL, NULL },
    { "stencil-read-mask", UINT, MEMBER(depth.read_mask), NULL, NULL },
    { "stencil-write-mask", UINT, MEMBER(depth.write_mask), NULL, NULL },
    { "stencil-ref", UINT, MEMBER(stencil_ref), NULL, NULL },
    { "front", SPECIAL, 0, NULL, read_front },
    { "back", SPECIAL, 0, NULL, read_back },
    { NULL, FLAG, 0, NULL, NULL },
};

static const struct key raster_keys[] = {
    { "fill", WORD, MEMBER(raster.fill), px_fills, NULL },
    { "cull", WORD, MEMBER(raster.cull), px_culls, NULL },
    { "front-ccw", FLAG, MEMBER(raster.front_ccw), NULL, NULL },
    { "depth-bias", INT, MEMBER(raster.depth_bias), NULL, NULL },
    { "depth-bias-clamp", FLOAT1, MEMBER(raster.depth_bias_clamp), NULL, NULL },
    { "slope-bias", FLOAT1, MEMBER(raster.slope_bias), NULL, NULL },
    { "depth-clip", FLAG, MEMBER(raster.depth_clip), NULL, NULL },
    { "scissor", FLAG, MEMBER(raster.scissor), NULL, NULL },
    { NULL, FLAG, 0, NULL, NULL },
};

static const struct key sampler_keys[] = {
    { "filter", SPECIAL, 0, NULL, read_filter },
    { "address", SPECIAL, 0, NULL, read_address },
    { "compare", SPECIAL, 0, NULL, read_compare },
    { "mip-bias", FLOAT1, MEMBER(sampler.mip_bias), NULL, NULL },
    { "anisotropy", UINT, MEMBER(sampler.anisotropy), NULL, NULL },
    { "border", FLOAT4, MEMBER(sampler.border), NULL, NULL },
    { "min-lod", FLOAT1, MEMBER(sampler.min_lod), NULL, NULL },
    { "max-lod", FLOAT1, MEMBER(sampler.max_lod), NULL, NULL },
    { NULL, FLAG, 0, NULL, NULL },
};

static const struct key *find_key(const struct key *keys, const char *name)
{
    while (keys->name && strcmp(keys->name, name) != 0)
        keys++;
    return keys->name ? keys : NULL;
}

static bool read_key(struct px_cursor *cursor, const struct key *key, void *base,
                     struct state *state)
{
    void *const member = (char *)base + key->offset;

    switch (key->form) {
    case FLAG:
        return px_take_flag(cursor, member);
    case UINT:
        return px_take_uint(cursor, member);
    case INT:
        return px_take_int(cursor, member);
    case FLOAT1:
        return px_take_float(cursor, member);
    case FLOAT4:
        return px_take_floats(cursor, member, 4);
    case WORD:
        return px_take_from(cursor, key->words, member);
    default:
        return key->read(cursor, state);
    }
}

static bool read_keys(struct play *play, const struct px_section *section, const struct key *keys,
                      struct state *state)
{
    for (uint32_t i = 0; i < section->line_count; i++) {
        const struct px_line *line = &section->lines[i];
        struct px_cursor cursor = { play, line, 1 };
        const struct key *key = find_key(keys, line->words[0]);
        void *base = state;

        play->line = line->number;
        if (!key && keys == blend_keys) {
            key = find_key(blend_target_keys, line->words[0]);
            base = state->target;
        }
        if (!key)
            return px_bad(play, "there is no %s in this state", line->words[0]);
        if (!read_key(&cursor, key, base, state) || !px_take_end(&cursor))
            return false;
    }
    play->line = section->header.number;
    return true;
}

/* ---- Defaults, which are Direct3D's, and what is done with the states ---- */

static void set_defaults(struct state *state)
{
    static const struct px_stencil_face keep = { 1, 1, 1, 8 };

    *state = (struct state){ .factor = { 1, 1, 1, 1 }, .sample_mask = UINT32_MAX };
    for (uint32_t i = 0; i < PX_TARGETS_MAX; i++)
        state->blend.targets[i] = (struct px_blend_target){ false, 2, 1, 1, 2, 1, 1, 15 };
    state->target = &state->blend.targets[0];
    state->depth = (struct px_depth_stencil){ true, true, 2, false, 255, 255, keep, keep };
    state->raster = (struct px_rasterizer){ .fill = 3, .cull = 3, .depth_clip = true };
    state->sampler = (struct px_sampler){ .address = { 3, 3, 3 },
                                          .anisotropy = 16,
                                          .func = 1,
                                          .border = { 1, 1, 1, 1 },
                                          .min_lod = -FLT_MAX,
                                          .max_lod = FLT_MAX };
}

static bool set_blend(struct play *play, const struct px_section *section, struct state *state)
{
    struct px_object *object;

    if (!read_keys(play, section, blend_keys, state))
        return false;
    /* Without independent targets all are as the first one. */
    for (uint32_t i = 1; !state->blend.is_independent && i < PX_TARGETS_MAX; i++)
        state->blend.targets[i] = state->blend.targets[0];
    object = play->backend->create_blend(play->device, &state->blend);
    return px_did(play, object != NULL, "the blend state") &&
           px_did(play,
                  play->backend->set_blend(play->device, object, state->factor, state->sample_mask),
                  "setting the blend state");
}

static bool set_depth(struct play *play, const struct px_section *section, struct state *state)
{
    struct px_object *object;

    if (!read_keys(play, section, depth_keys, state))
        return false;
    object = play->backend->create_depth_stencil(play->device, &state->depth);
    return px_did(play, object != NULL, "the depth-stencil state") &&
           px_did(play, play->backend->set_depth_stencil(play->device, object, state->stencil_ref),
                  "setting the depth-stencil state");
}

static bool set_raster(struct play *play, const struct px_section *section, struct state *state)
{
    struct px_object *object;

    if (!read_keys(play, section, raster_keys, state))
        return false;
    object = play->backend->create_rasterizer(play->device, &state->raster);
    return px_did(play, object != NULL, "the rasterizer state") &&
           px_did(play, play->backend->set_rasterizer(play->device, object),
                  "setting the rasterizer state");
}

static bool set_sampler(struct play *play, const struct px_section *section, struct state *state)
{
    struct px_cursor header = { play, &section->header, 1 };
    struct px_object *object;
    uint32_t stage, slot;

    if (!px_take_from(&header, px_stages, &stage) || !px_take_uint(&header, &slot) ||
        !px_take_end(&header) || !read_keys(play, section, sampler_keys, state))
        return false;
    if (slot >= 16)
        return px_bad(play, "there are 16 sampler slots");
    object = play->backend->create_sampler(play->device, &state->sampler);
    return px_did(play, object != NULL, "the sampler") &&
           px_did(play,
                  play->backend->set_sampler(play->device, (enum px_stage)stage, slot, object),
                  "setting the sampler");
}

bool px_section_state(struct play *play, const struct px_section *section)
{
    static const struct {
        const char *word;
        bool (*set)(struct play *play, const struct px_section *section, struct state *state);
    } kinds[] = {
        { "blend", set_blend },
        { "depth", set_depth },
        { "rasterizer", set_raster },
        { "sampler", set_sampler },
    };
    struct state state;
    size_t i = 0;

    set_defaults(&state);
    while (strcmp(kinds[i].word, section->header.words[0]) != 0)
        i++;
    return kinds[i].set(play, section, &state);
}
