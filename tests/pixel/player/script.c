#include "script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The file ---- */

static char *read_text(const char *path)
{
    FILE *const file = fopen(path, "rb");
    char *text = NULL;
    size_t length = 0, capacity = 0;

    if (!file)
        return NULL;
    for (;;) {
        if (length + 1 >= capacity) {
            char *const grown = realloc(text, capacity = capacity ? 2 * capacity : 4096);

            if (!grown)
                break;
            text = grown;
        }
        const size_t got = fread(text + length, 1, capacity - length - 1, file);

        if (got == 0)
            break;
        length += got;
    }
    fclose(file);
    if (text)
        text[length] = '\0';
    return text;
}

/* ---- Lines and words ---- */

struct reader {
    struct px_script *script;
    uint32_t number;
    char *error;
    size_t error_bytes;
};

static bool refuse(const struct reader *reader, const char *sentence)
{
    snprintf(reader->error, reader->error_bytes, "%s:%u: %s", reader->script->path, reader->number,
             sentence);
    return false;
}

/* Room for one more element; the array grows by powers of two. */
static void *grow(void *array, uint32_t count, size_t element_bytes)
{
    const uint32_t capacity = count < 4 ? 4 : count;

    if (count != 0 && (count < 4 || (count & (count - 1)) != 0))
        return array;
    return realloc(array, (count == 0 ? capacity : 2 * (size_t)capacity) * element_bytes);
}

/* Cuts a line into words, in a copy that words[0] owns. A "#" begins a comment. */
static bool split_words(const struct reader *reader, struct px_line *line, const char *text,
                        size_t length)
{
    char *copy = malloc(length + 1);
    char *next;

    if (!copy)
        return refuse(reader, "out of memory");
    memcpy(copy, text, length);
    copy[length] = '\0';
    copy[strcspn(copy, "#\r")] = '\0';
    *line = (struct px_line){ .number = reader->number };
    for (next = copy + strspn(copy, " \t,"); *next; next += strspn(next, " \t,")) {
        char **const words = grow(line->words, line->word_count, sizeof(*words));

        if (!words)
            return refuse(reader, "out of memory");
        line->words = words;
        line->words[line->word_count++] = next;
        next += strcspn(next, " \t,");
        if (*next)
            *next++ = '\0';
    }
    if (line->word_count == 0) {
        free(copy);
        return true;
    }
    /* The first word may stand behind blanks: move it to where the copy can be freed. */
    memmove(copy, line->words[0], strlen(line->words[0]) + 1);
    line->words[0] = copy;
    return true;
}

static void free_line(struct px_line *line)
{
    if (line->word_count > 0)
        free(line->words[0]);
    free(line->words);
}

static bool begin_section(struct reader *reader, const char *text, size_t length)
{
    struct px_script *script = reader->script;
    struct px_section *const sections =
        grow(script->sections, script->section_count, sizeof(*sections));
    const char *const end = memchr(text, ']', length);
    struct px_section *section;

    if (!sections)
        return refuse(reader, "out of memory");
    script->sections = sections;
    section = &sections[script->section_count];
    memset(section, 0, sizeof(*section));
    script->section_count++;
    if (!end)
        return refuse(reader, "a section needs a closing bracket");
    section->text = text + length + (text[length] != '\0');
    return split_words(reader, &section->header, text + 1, (size_t)(end - text) - 1) &&
           (section->header.word_count > 0 || refuse(reader, "a section needs a name"));
}

static bool add_line(struct reader *reader, const char *text, size_t length)
{
    struct px_script *script = reader->script;
    struct px_section *section;
    struct px_line *lines, line;

    if (!split_words(reader, &line, text, length))
        return false;
    if (line.word_count == 0)
        return true;
    if (script->section_count == 0) {
        free_line(&line);
        return refuse(reader, "the first line must begin a section, [test] for instance");
    }
    section = &script->sections[script->section_count - 1];
    lines = grow(section->lines, section->line_count, sizeof(*lines));
    if (!lines) {
        free_line(&line);
        return refuse(reader, "out of memory");
    }
    section->lines = lines;
    lines[section->line_count++] = line;
    return true;
}

static bool read_lines(struct reader *reader)
{
    for (const char *text = reader->script->text; *text;) {
        const size_t length = strcspn(text, "\n");
        struct px_script *script = reader->script;

        reader->number++;
        if (text[0] == '[' ? !begin_section(reader, text, length) : !add_line(reader, text, length))
            return false;
        text += length + (text[length] != '\0');
        if (script->section_count > 0) {
            struct px_section *section = &script->sections[script->section_count - 1];

            section->text_length = text > section->text ? (size_t)(text - section->text) : 0;
        }
    }
    return true;
}

/* ---- [require] ---- */

/* The words from the second on, put together again. */
static const char *rest_of_line(struct px_line *line)
{
    for (uint32_t i = 1; i + 1 < line->word_count; i++)
        line->words[i][strlen(line->words[i])] = ' ';
    return line->words[1];
}

static bool read_requirement(struct reader *reader, struct px_line *line)
{
    struct px_script *script = reader->script;
    const char *const key = line->words[0];

    reader->number = line->number;
    if (line->word_count < 2)
        return refuse(reader, "a requirement needs a value");
    if (strcmp(key, "todo") == 0) {
        script->todo = rest_of_line(line);
    } else if (strcmp(key, "limit") == 0) {
        script->limit = rest_of_line(line);
    } else if (strcmp(key, "cross-check-differs") == 0) {
        script->cross_check_differs = rest_of_line(line);
    } else if (strcmp(key, "device") == 0) {
        static const char *const levels[] = { "10.0", "10.1", "11.0" };
        static const uint32_t numbers[] = { 100, 101, 110 };
        uint32_t i = 0;

        while (i < 3 && strcmp(levels[i], line->words[1]) != 0)
            i++;
        if (i == 3)
            return refuse(reader, "a device is 10.0, 10.1 or 11.0");
        script->level = numbers[i];
    } else {
        return refuse(reader, "a requirement is device, todo, limit or cross-check-differs");
    }
    return true;
}

static bool read_requirements(struct reader *reader)
{
    struct px_script *script = reader->script;

    for (uint32_t i = 0; i < script->section_count; i++) {
        struct px_section *section = &script->sections[i];

        if (strcmp(section->header.words[0], "require") != 0)
            continue;
        for (uint32_t k = 0; k < section->line_count; k++) {
            if (!read_requirement(reader, &section->lines[k]))
                return false;
        }
    }
    return true;
}

bool px_script_read(struct px_script *script, const char *path, char *error, size_t error_bytes)
{
    struct reader reader = { .script = script, .error = error, .error_bytes = error_bytes };

    *script = (struct px_script){ .path = path, .level = 100, .text = read_text(path) };
    if (!script->text) {
        snprintf(error, error_bytes, "%s: %s", path, errno ? strerror(errno) : "out of memory");
        return false;
    }
    return read_lines(&reader) && read_requirements(&reader);
}

void px_script_finish(struct px_script *script)
{
    for (uint32_t i = 0; i < script->section_count; i++) {
        struct px_section *section = &script->sections[i];

        free_line(&section->header);
        for (uint32_t k = 0; k < section->line_count; k++)
            free_line(&section->lines[k]);
        free(section->lines);
    }
    free(script->sections);
    free(script->text);
    *script = (struct px_script){ 0 };
}
