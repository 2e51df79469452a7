/** aerogpu-replay: command line around replay_capture(). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "replay.h"

#ifdef __SANITIZE_ADDRESS__
/* Vulkan drivers keep a few bytes after their instance is gone, which is no error of the stream. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

static const char usage[] =
    "usage: aerogpu-replay [OPTION]... CAPTURE\n"
    "Executes an .aerogputrace capture on a Vulkan device and shows the image presented last.\n"
    "Exit status: 0 clean, 1 errors in the stream or no image, 2 unusable input or no Vulkan.\n"
    "\n"
    "  -o FRAME.png       write the image\n"
    "  --frames DIR       write every image presented: DIR/frame-0000.png and on\n"
    "  --resource HANDLE  show this texture instead (protocol handle, decimal or 0x)\n"
    "  --hash             print the frame's SHA-256; with --frames, one line for each\n"
    "  --report PAGE.html write a page to look for errors with: packets, pictures after each draw, "
    "state\n"
    "  --report-images N  different images in that page (default 400)\n"
    "  --lenient          go on after errors; bound state survives submissions\n"
    "  --device NAME      use the Vulkan device whose name contains NAME\n";

static bool parse_number(const char *text, uint32_t *value)
{
    char *end;
    unsigned long long number;

    errno = 0;
    number = strtoull(text, &end, 0);
    *value = (uint32_t)number;
    return errno == 0 && end != text && *end == 0 && text[0] != '-' && number <= UINT32_MAX;
}

/** Returns false when the command line is not one. */
static bool parse_arguments(struct replay_options *options, const char **path, int argc,
                            char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;

        if (strcmp(argv[i], "--hash") == 0) {
            options->has_hash = true;
        } else if (strcmp(argv[i], "--lenient") == 0) {
            options->is_lenient = true;
        } else if (value && strcmp(argv[i], "-o") == 0) {
            options->output = argv[++i];
        } else if (value && strcmp(argv[i], "--frames") == 0) {
            options->frames = argv[++i];
        } else if (value && strcmp(argv[i], "--device") == 0) {
            options->device_name = argv[++i];
        } else if (value && strcmp(argv[i], "--resource") == 0) {
            if (!parse_number(argv[++i], &options->resource) || options->resource == 0)
                return false;
        } else if (value && strcmp(argv[i], "--report") == 0) {
            options->report = argv[++i];
        } else if (value && strcmp(argv[i], "--report-images") == 0) {
            if (!parse_number(argv[++i], &options->report_images))
                return false;
        } else if (argv[i][0] == '-' || *path) {
            return false;
        } else {
            *path = argv[i];
        }
    }
    return *path != NULL;
}

int main(int argc, char **argv)
{
    struct replay_options options = { .report_images = 400 };
    enum replay_result result;
    const char *path = NULL;
    size_t size_bytes;
    void *bytes;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return REPLAY_CLEAN;
    }
    if (!parse_arguments(&options, &path, argc, argv)) {
        fputs(usage, stderr);
        return REPLAY_UNUSABLE;
    }
    bytes = file_read(path, &size_bytes);
    if (!bytes)
        return REPLAY_UNUSABLE;
    result = replay_capture(&options, path, bytes, size_bytes);
    free(bytes);
    if (fflush(stdout) != 0) {
        fprintf(stderr, "standard output: %s\n", strerror(errno));
        return REPLAY_UNUSABLE;
    }
    return (int)result;
}
