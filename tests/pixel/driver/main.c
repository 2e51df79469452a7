/**
 * Plays pixel scripts through the driver, one test each:
 *
 *     pixel-run [--level 10.0|10.1|11.0] [--hlsl FOLDER] SCRIPT|FOLDER...
 *
 * Scripts for a later device than the level's are left out. In Windows builds run it under
 * aerogpu-live-host (tests/runtime/LIVE.md).
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ddi.h"
#include "player/play.h"

enum { SCRIPTS_MAX = 512 };

static struct {
    enum rt_level level;
    const char *hlsl_folder;
    struct px_script scripts[SCRIPTS_MAX];
    struct tap_test tests[SCRIPTS_MAX];
    size_t count;
    char *paths[SCRIPTS_MAX]; /**< found in a folder */
    size_t path_count;
} run = { .level = RT_D3D11 };

/* What nobody could play: an error of the script, whatever the driver does. */
static bool is_understood(const struct px_script *script)
{
    const struct px_play_config config = { &px_null_backend, NULL, run.hlsl_folder };
    char message[512];

    if (px_play(script, &config, message, sizeof(message)) == PX_PASSED)
        return true;
    tap_fail(__FILE__, __LINE__, "%s", message);
    return false;
}

static void play(void)
{
    const struct px_script *script = tap_user();
    struct px_play_config config = { &px_ddi_backend, NULL, run.hlsl_folder };
    char message[512];
    struct px_ddi *ddi;

    if (!is_understood(script))
        return;
    if (script->todo || script->limit)
        tap_expect_failure(script->todo ? script->todo : script->limit);
    config.device = ddi = px_ddi_create(run.level);
    if (!ddi)
        return;
    tap_doing(script->path);
    if (px_play(script, &config, message, sizeof(message)) != PX_PASSED)
        tap_fail(__FILE__, __LINE__, "%s", message);
    px_ddi_destroy(ddi);
}

/* tests/pixel/depth_less.pixel: depth_less */
static char *name_of(const char *path)
{
    const char *name = path;
    char *copy;

    for (const char *c = path; *c; c++) {
        if (*c == '/' || *c == '\\')
            name = c + 1;
    }
    copy = malloc(strlen(name) + 1);
    if (!copy)
        tap_bail_out("out of memory");
    strcpy(copy, name);
    copy[strcspn(copy, ".")] = '\0';
    return copy;
}

static void add_script(const char *path)
{
    static const uint32_t levels[] = { [RT_D3D10] = 100, [RT_D3D10_1] = 101, [RT_D3D11] = 110 };
    struct px_script *script = &run.scripts[run.count];
    char error[512];

    if (run.count == SCRIPTS_MAX)
        tap_bail_out("more than %d scripts", SCRIPTS_MAX);
    if (!px_script_read(script, path, error, sizeof(error)))
        tap_bail_out("%s", error);
    if (script->level > levels[run.level]) {
        px_script_finish(script);
        return;
    }
    run.tests[run.count++] = (struct tap_test){ name_of(path), play, script };
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_script(const char *name)
{
    const size_t length = strlen(name);

    return length > 6 && strcmp(name + length - 6, ".pixel") == 0;
}

static char *join(const char *folder, const char *name)
{
    const size_t size_bytes = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size_bytes);

    if (!path)
        tap_bail_out("out of memory");
    snprintf(path, size_bytes, "%s/%s", folder, name);
    return path;
}

/* A script, or all scripts of a folder in the order of their names. */
static void add_path(const char *path)
{
    DIR *const folder = is_script(path) ? NULL : opendir(path);
    const size_t first = run.path_count;
    struct dirent *entry;

    if (!folder) {
        add_script(path);
        return;
    }
    while ((entry = readdir(folder)) != NULL) {
        if (!is_script(entry->d_name))
            continue;
        if (run.path_count == SCRIPTS_MAX)
            tap_bail_out("more than %d scripts", SCRIPTS_MAX);
        run.paths[run.path_count++] = join(path, entry->d_name);
    }
    closedir(folder);
    if (run.path_count == first)
        tap_bail_out("no script in %s", path);
    qsort(run.paths + first, run.path_count - first, sizeof(run.paths[0]), compare_paths);
    for (size_t i = first; i < run.path_count; i++)
        add_script(run.paths[i]);
}

static bool set_level(const char *name)
{
    for (int level = 0; level < RT_LEVELS; level++) {
        if (strcmp(rt_level_name((enum rt_level)level), name) == 0) {
            run.level = (enum rt_level)level;
            return true;
        }
    }
    return false;
}

int main(int argc, char **argv)
{
    int status;

    for (int i = 1; i < argc; i++) {
        const bool has_value = i + 1 < argc;

        if (strcmp(argv[i], "--level") == 0 && has_value) {
            if (!set_level(argv[++i]))
                tap_bail_out("a level is 10.0, 10.1 or 11.0, not %s", argv[i]);
        } else if (strcmp(argv[i], "--hlsl") == 0 && has_value) {
            run.hlsl_folder = argv[++i];
        } else if (argv[i][0] == '-') {
            tap_bail_out("no option %s", argv[i]);
        } else {
            add_path(argv[i]);
        }
    }
    status = tap_run(1, argv, run.tests, run.count);
    for (size_t i = 0; i < run.count; i++) {
        free((char *)(uintptr_t)run.tests[i].name);
        px_script_finish(&run.scripts[i]);
    }
    for (size_t i = 0; i < run.path_count; i++)
        free(run.paths[i]);
    return status;
}
