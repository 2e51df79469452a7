#include "play.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "play_state.h"

/* ---- Verdicts ---- */

static void write_message(struct play *play, enum px_verdict verdict, const char *format,
                          va_list arguments) TAP_PRINTF(3, 0);
static void write_message(struct play *play, enum px_verdict verdict, const char *format,
                          va_list arguments)
{
    int length;

    if (play->verdict != PX_PASSED)
        return;
    play->verdict = verdict;
    length =
        snprintf(play->message, play->message_bytes, "%s:%u: ", play->script->path, play->line);
    if (length > 0 && (size_t)length < play->message_bytes)
        vsnprintf(play->message + length, play->message_bytes - (size_t)length, format, arguments);
}

bool px_fail(struct play *play, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    write_message(play, PX_FAILED, format, arguments);
    va_end(arguments);
    return false;
}

bool px_bad(struct play *play, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    write_message(play, PX_BAD_SCRIPT, format, arguments);
    va_end(arguments);
    return false;
}

bool px_did(struct play *play, bool is_done, const char *what)
{
    const char *error;

    if (is_done)
        return true;
    error = play->backend->error(play->device);
    return px_fail(play, "%s was refused%s%s", what, error ? ": " : "", error ? error : "");
}

/* ---- Words ---- */

bool px_has_more(const struct px_cursor *cursor)
{
    return cursor->next < cursor->line->word_count;
}

const char *px_peek(const struct px_cursor *cursor)
{
    return px_has_more(cursor) ? cursor->line->words[cursor->next] : "";
}

bool px_take_if(struct px_cursor *cursor, const char *word)
{
    if (!px_has_more(cursor) || strcmp(px_peek(cursor), word) != 0)
        return false;
    cursor->next++;
    return true;
}

bool px_take_word(struct px_cursor *cursor, const char **word)
{
    *word = "";
    if (!px_has_more(cursor))
        return px_bad(cursor->play, "a word is missing");
    *word = cursor->line->words[cursor->next++];
    return true;
}

static bool take_integer(struct px_cursor *cursor, int64_t least, int64_t most, int64_t *value)
{
    const char *word;

    if (!px_take_word(cursor, &word))
        return false;
    if (!px_number_integer(word, value) || *value < least || *value > most)
        return px_bad(cursor->play, "%s is no number between %lld and %lld", word, (long long)least,
                      (long long)most);
    return true;
}

bool px_take_uint(struct px_cursor *cursor, uint32_t *value)
{
    int64_t number;

    if (!take_integer(cursor, 0, UINT32_MAX, &number))
        return false;
    *value = (uint32_t)number;
    return true;
}

bool px_take_int(struct px_cursor *cursor, int32_t *value)
{
    int64_t number;

    if (!take_integer(cursor, INT32_MIN, INT32_MAX, &number))
        return false;
    *value = (int32_t)number;
    return true;
}

bool px_take_flag(struct px_cursor *cursor, bool *value)
{
    int64_t number;

    if (!take_integer(cursor, 0, 1, &number))
        return false;
    *value = number != 0;
    return true;
}

bool px_take_float(struct px_cursor *cursor, float *value)
{
    const char *word;

    if (!px_take_word(cursor, &word))
        return false;
    return px_number_float(word, value) || px_bad(cursor->play, "%s is no number", word);
}

bool px_take_floats(struct px_cursor *cursor, float *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!px_take_float(cursor, &values[i]))
            return false;
    }
    return true;
}

bool px_take_from(struct px_cursor *cursor, const struct px_word *table, uint32_t *value)
{
    char list[1024];
    const char *word;

    if (!px_take_word(cursor, &word))
        return false;
    return px_word_find(table, word, value) ||
           px_bad(cursor->play, "%s is none of: %s", word, px_word_list(table, list, sizeof(list)));
}

bool px_take_end(struct px_cursor *cursor)
{
    return !px_has_more(cursor) || px_bad(cursor->play, "%s is not understood", px_peek(cursor));
}

/* ---- Names ---- */

const struct px_named *px_find(const struct play *play, const char *name)
{
    for (uint32_t i = 0; i < play->name_count; i++) {
        if (strcmp(play->names[i].name, name) == 0)
            return &play->names[i];
    }
    return NULL;
}

struct px_named *px_name(struct play *play, const char *format, ...)
{
    struct px_named named = { .kind = PX_KIND_BUFFER };
    struct px_named *old;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(named.name, sizeof(named.name), format, arguments);
    va_end(arguments);
    old = (struct px_named *)(uintptr_t)px_find(play, named.name);
    if (!old && play->name_count == PX_NAMES_MAX) {
        px_bad(play, "more than %d names", PX_NAMES_MAX);
        return NULL;
    }
    if (!old)
        old = &play->names[play->name_count++];
    *old = named;
    return old;
}

bool px_take_named(struct px_cursor *cursor, enum px_kind kind, bool may_be_none,
                   const struct px_named **named)
{
    static const char *const kinds[] = { "buffer", "texture", "query" };
    const char *name;

    *named = NULL;
    if (!px_take_word(cursor, &name))
        return false;
    if (may_be_none && strcmp(name, "none") == 0)
        return true;
    *named = px_find(cursor->play, name);
    if (!*named || (*named)->kind != kind)
        return px_bad(cursor->play, "%s is no %s", name, kinds[kind]);
    return true;
}

/* ---- The whole ---- */

enum px_verdict px_play(const struct px_script *script, const struct px_play_config *config,
                        char *message, size_t message_bytes)
{
    struct play *play = calloc(1, sizeof(*play));
    enum px_verdict verdict;

    if (!play) {
        snprintf(message, message_bytes, "out of memory");
        return PX_FAILED;
    }
    play->script = script;
    play->backend = config->backend;
    play->device = config->device;
    play->hlsl_folder = config->hlsl_folder;
    play->is_dry = config->backend == &px_null_backend;
    play->message = message;
    play->message_bytes = message_bytes;
    for (uint32_t i = 0; i < script->section_count && play->verdict == PX_PASSED; i++) {
        play->line = script->sections[i].header.number;
        px_play_section(play, &script->sections[i]);
    }
    verdict = play->verdict;
    free(play->vs.bytes);
    free(play);
    return verdict;
}
