/**
 * The cross-check: plays pixel scripts on the system's own Direct3D 11, one test each:
 *
 *     pixel-cross [--hlsl FOLDER] [--controls] SCRIPT...
 *
 * What a script expects must come out there too, whether or not the driver can do it yet; where
 * that implementation is known to differ, the script says why (`cross-check-differs`). Controls are
 * scripts whose last line, and no other, must fail. Run it by cross_check.sh, which gives Wine a
 * display.
 */
#include <stdio.h>
#include <string.h>

#include "d3d11_backend.h"
#include "player/play.h"
#include "runtime/tap.h"

enum { SCRIPTS_MAX = 512, NAME_BYTES = 80, ERROR_BYTES = 256 };

/* What stands on the command line. */
struct entry {
    struct px_script script;
    char name[NAME_BYTES];
    char error[ERROR_BYTES]; /**< why it could not be read, or nothing */
};

static struct {
    const char *hlsl_folder;
    bool are_controls;
    struct px_d3d11 *d3d;
    struct entry entries[SCRIPTS_MAX];
    struct tap_test tests[SCRIPTS_MAX];
    size_t count;
} run;

/* What nobody could play is an error of the script, which no known difference may cover. */
static bool is_understood(const struct px_script *script)
{
    const struct px_play_config config = { &px_null_backend, NULL, run.hlsl_folder };
    char message[512];

    if (px_play(script, &config, message, sizeof(message)) == PX_PASSED)
        return true;
    tap_fail(__FILE__, __LINE__, "%s", message);
    return false;
}

/* Whether the message of a failure is about the last line of the script. */
static bool is_about_end(const struct px_script *script, const char *message)
{
    const struct px_section *section = &script->sections[script->section_count - 1];
    const uint32_t line =
        section->line_count > 0 ? section->lines[section->line_count - 1].number : 0;
    char prefix[512];

    snprintf(prefix, sizeof(prefix), "%s:%u: ", script->path, line);
    return strncmp(message, prefix, strlen(prefix)) == 0;
}

static void judge(const struct px_script *script, enum px_verdict verdict, const char *message)
{
    if (!run.are_controls) {
        if (verdict != PX_PASSED)
            tap_fail(__FILE__, __LINE__, "%s", message);
    } else if (verdict == PX_PASSED) {
        tap_fail(__FILE__, __LINE__, "%s: what is wrong in it went unnoticed", script->path);
    } else if (verdict != PX_FAILED || !is_about_end(script, message)) {
        tap_fail(__FILE__, __LINE__, "only the last line should fail: %s", message);
    }
}

static void play(void)
{
    const struct entry *entry = tap_user();
    const struct px_script *script = &entry->script;
    const struct px_play_config config = { px_d3d11_backend(), run.d3d, run.hlsl_folder };
    char message[512] = "";

    tap_doing(entry->name);
    if (entry->error[0] != '\0') {
        tap_fail(__FILE__, __LINE__, "%s", entry->error);
        return;
    }
    if (!is_understood(script))
        return;
    if (script->cross_check_differs)
        tap_expect_failure(script->cross_check_differs);
    judge(script, px_play(script, &config, message, sizeof(message)), message);
    px_d3d11_reset(run.d3d);
}

/* tests/pixel/scripts/depth_less.pixel: depth_less */
static void name_script(const char *path, char name[NAME_BYTES])
{
    const char *start = path;
    size_t length;

    for (const char *c = path; *c; c++) {
        if (*c == '/' || *c == '\\')
            start = c + 1;
    }
    length = strcspn(start, ".");
    if (length >= NAME_BYTES)
        tap_bail_out("%s: the name is too long", path);
    memcpy(name, start, length);
    name[length] = '\0';
}

static void add_script(const char *path)
{
    struct entry *entry = &run.entries[run.count];

    if (run.count == SCRIPTS_MAX)
        tap_bail_out("more than %d scripts", SCRIPTS_MAX);
    name_script(path, entry->name);
    if (px_script_read(&entry->script, path, entry->error, sizeof(entry->error)))
        entry->error[0] = '\0';
    run.tests[run.count++] = (struct tap_test){ entry->name, play, entry };
}

int main(int argc, char **argv)
{
    const char *error;
    int status;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--hlsl") == 0 && i + 1 < argc)
            run.hlsl_folder = argv[++i];
        else if (strcmp(argv[i], "--controls") == 0)
            run.are_controls = true;
        else if (argv[i][0] == '-')
            tap_bail_out("no option %s", argv[i]);
        else
            add_script(argv[i]);
    }
    if (run.count == 0)
        tap_bail_out("no scripts");
    run.d3d = px_d3d11_create(&error);
    if (run.d3d == NULL)
        tap_bail_out("%s; under Wine that takes a display and OpenGL (Debian packages xvfb and "
                     "libgl1-mesa-dri)",
                     error);
    status = tap_run(1, argv, run.tests, run.count);
    px_d3d11_destroy(run.d3d);
    for (size_t i = 0; i < run.count; i++)
        px_script_finish(&run.entries[i].script);
    return status;
}
