/**
 * probe NAME [mip M] [layer L] all|X Y|box L T R B KIND VALUES [tolerance N]
 * probe NAME offset N TYPE VALUES... [tolerance N]
 * NAME: a texture, a buffer, or `presented`; `staging NAME` reads as an application does. KIND:
 * rgba (values, converted to the format), codes (what is stored, channel by channel), depth,
 * stencil.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "play_state.h"

struct expectation {
    struct px_box box; /**< right 0: the whole image */
    uint32_t channel_count;
    uint32_t first_channel;
    bool is_codes;
    float values[4];
    uint32_t codes[4];
    uint32_t tolerance;
};

/* ---- Reading the line ---- */

static bool take_where(struct px_cursor *cursor, struct px_box *box)
{
    *box = (struct px_box){ 0 };
    if (px_take_if(cursor, "all"))
        return true;
    if (px_take_if(cursor, "box"))
        return px_take_uint(cursor, &box->left) && px_take_uint(cursor, &box->top) &&
               px_take_uint(cursor, &box->right) && px_take_uint(cursor, &box->bottom);
    if (!px_take_uint(cursor, &box->left) || !px_take_uint(cursor, &box->top))
        return false;
    box->right = box->left + 1;
    box->bottom = box->top + 1;
    return true;
}

static bool take_tolerance(struct px_cursor *cursor, uint32_t *tolerance)
{
    return !px_take_if(cursor, "tolerance") || px_take_uint(cursor, tolerance);
}

static bool take_expectation(struct px_cursor *cursor, struct expectation *expected)
{
    static const struct {
        const char *name;
        uint32_t first, count;
        bool is_codes;
    } kinds[] = {
        { "rgba", 0, 4, false },
        { "codes", 0, 4, true },
        { "depth", 0, 1, false },
        { "stencil", 1, 1, true },
    };
    const char *word;
    size_t i = 0;

    *expected = (struct expectation){ .tolerance = 0 };
    if (!take_where(cursor, &expected->box) || !px_take_word(cursor, &word))
        return false;
    while (i < 4 && strcmp(kinds[i].name, word) != 0)
        i++;
    if (i == 4)
        return px_bad(cursor->play, "a probe compares rgba, codes, depth or stencil");
    expected->first_channel = kinds[i].first;
    expected->channel_count = kinds[i].count;
    expected->is_codes = kinds[i].is_codes;
    for (uint32_t k = 0; k < kinds[i].count; k++) {
        if (kinds[i].is_codes ? !px_take_uint(cursor, &expected->codes[k])
                              : !px_take_float(cursor, &expected->values[k]))
            return false;
    }
    return take_tolerance(cursor, &expected->tolerance);
}

/* ---- Comparing ---- */

static void describe(const struct px_format *format, const uint32_t codes[4], char text[96])
{
    int used = 0;

    text[0] = '\0';
    for (uint32_t i = 0; i < 4; i++) {
        float value;

        if (format->channels[i].bits == 0)
            continue;
        memcpy(&value, &codes[i], sizeof(value));
        if (format->kind == PX_FLOAT)
            used += snprintf(text + used, 96 - (size_t)used, " %.9g", (double)value);
        else
            used += snprintf(text + used, 96 - (size_t)used, " 0x%02x", codes[i]);
    }
}

static bool compare_texel(struct play *play, const struct px_format *format,
                          const struct expectation *expected, const uint8_t *texel, uint32_t x,
                          uint32_t y)
{
    uint32_t seen[4] = { 0 }, wanted[4] = { 0 };
    char seen_text[96], wanted_text[96];
    bool is_same = true;

    for (uint32_t i = 0; i < 4; i++)
        seen[i] = wanted[i] = px_format_code(format, texel, i);
    for (uint32_t i = 0; i < expected->channel_count; i++) {
        const uint32_t channel = expected->first_channel + i;

        if (format->channels[channel].bits == 0)
            continue;
        wanted[channel] = expected->is_codes
                              ? expected->codes[i]
                              : px_format_encode(format, channel, expected->values[i]);
        is_same &=
            px_format_distance(format, seen[channel], wanted[channel]) <= expected->tolerance;
    }
    if (is_same)
        return true;
    describe(format, seen, seen_text);
    describe(format, wanted, wanted_text);
    return px_fail(play, "texel %u %u is%s, expected%s", x, y, seen_text, wanted_text);
}

static bool compare_image(struct play *play, const struct px_image *image,
                          const struct expectation *expected)
{
    const struct px_format *format = px_format_find(image->format);
    struct px_box box = expected->box;

    if (!format || format->kind == PX_OPAQUE)
        return px_bad(play, "texels of this format cannot be compared");
    if (box.right == 0)
        box = (struct px_box){ 0, 0, image->width, image->height };
    if (box.left >= box.right || box.top >= box.bottom || box.right > image->width ||
        box.bottom > image->height)
        return px_bad(play, "the probe lies outside of the %u x %u image", image->width,
                      image->height);
    for (uint32_t y = box.top; y < box.bottom; y++) {
        for (uint32_t x = box.left; x < box.right; x++) {
            if (!compare_texel(play, format, expected,
                               image->bytes + (size_t)y * image->row_pitch_bytes +
                                   (size_t)x * format->bytes,
                               x, y))
                return false;
        }
    }
    return true;
}

/* ---- Textures ---- */

static bool probe_presented(struct px_cursor *cursor)
{
    struct play *play = cursor->play;
    struct px_image image = { 0 };
    struct expectation expected;
    bool is_same;

    if (!take_expectation(cursor, &expected))
        return false;
    if (play->is_dry)
        return true;
    if (!px_did(play, play->backend->read_presented(play->device, &image), "the presented image"))
        return false;
    is_same = compare_image(play, &image, &expected);
    free(image.bytes);
    return is_same;
}

static bool probe_texture(struct px_cursor *cursor, const struct px_named *named, bool is_staging)
{
    struct play *play = cursor->play;
    uint32_t mip = 0, layer = 0;
    struct px_image image = { 0 };
    struct expectation expected;
    bool is_same;

    if ((px_take_if(cursor, "mip") && !px_take_uint(cursor, &mip)) ||
        (px_take_if(cursor, "layer") && !px_take_uint(cursor, &layer)) ||
        !take_expectation(cursor, &expected))
        return false;
    if (mip >= named->texture.mips || layer >= named->texture.layers)
        return px_bad(play, "%s has %u mips and %u layers", named->name, named->texture.mips,
                      named->texture.layers);
    if (play->is_dry)
        return true;
    if (!px_did(play,
                (is_staging ? play->backend->read_staging
                            : play->backend->read_texture)(play->device, named->object, mip, layer,
                                                           &image),
                "reading the texture"))
        return false;
    is_same = compare_image(play, &image, &expected);
    free(image.bytes);
    return is_same;
}

/* ---- Buffers ---- */

static bool compare_bytes(struct play *play, const struct px_bytes *wanted, const uint8_t *seen,
                          const char *type, uint32_t offset, uint32_t tolerance)
{
    const uint32_t step = px_data_type_bytes(type);
    const struct px_format format = {
        .kind = strcmp(type, "float") == 0 ? PX_FLOAT : PX_INTEGER,
    };

    for (uint32_t i = 0; i < wanted->size_bytes; i += step) {
        uint32_t a = 0, b = 0;

        memcpy(&a, seen + i, step);
        memcpy(&b, wanted->bytes + i, step);
        if (px_format_distance(&format, a, b) <= tolerance)
            continue;
        if (format.kind == PX_FLOAT) {
            float x, y;

            memcpy(&x, &a, sizeof(x));
            memcpy(&y, &b, sizeof(y));
            return px_fail(play, "offset %u holds %.9g, expected %.9g", offset + i, (double)x,
                           (double)y);
        }
        return px_fail(play, "offset %u holds 0x%x, expected 0x%x", offset + i, a, b);
    }
    return true;
}

static bool probe_buffer(struct px_cursor *cursor, const struct px_named *named)
{
    struct play *play = cursor->play;
    struct px_line values = *cursor->line;
    struct px_bytes wanted = { 0 };
    uint32_t offset, tolerance = 0;
    const char *reason, *type;
    uint8_t *seen;
    bool is_same;

    if (!px_take_if(cursor, "offset") || !px_take_uint(cursor, &offset))
        return px_bad(play, "a buffer is probed at an `offset`");
    type = px_peek(cursor);
    for (uint32_t i = cursor->next; i < values.word_count; i++) {
        if (strcmp(values.words[i], "tolerance") == 0)
            values.word_count = i;
    }
    reason = px_data_parse(&wanted, &values, cursor->next);
    cursor->next = values.word_count;
    if (reason || !take_tolerance(cursor, &tolerance)) {
        px_bytes_finish(&wanted);
        return px_bad(play, "%s", reason);
    }
    seen = calloc(1, wanted.size_bytes + 1);
    is_same =
        play->is_dry || (seen &&
                         px_did(play,
                                play->backend->read_buffer(play->device, named->object, offset,
                                                           seen, (uint32_t)wanted.size_bytes),
                                "reading the buffer") &&
                         compare_bytes(play, &wanted, seen, type, offset, tolerance));
    free(seen);
    px_bytes_finish(&wanted);
    return is_same;
}

bool px_probe(struct px_cursor *cursor)
{
    const bool is_staging = px_take_if(cursor, "staging");
    const struct px_named *named;
    const char *name;

    if (px_take_if(cursor, "presented"))
        return probe_presented(cursor);
    if (!px_take_word(cursor, &name))
        return false;
    named = px_find(cursor->play, name);
    if (!named || named->kind == PX_KIND_QUERY)
        return px_bad(cursor->play, "%s is no buffer or texture", name);
    if (named->kind == PX_KIND_BUFFER)
        return probe_buffer(cursor, named);
    return probe_texture(cursor, named, is_staging);
}
