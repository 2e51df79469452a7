/** aerogpu-dump: command line around dump_file(). */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "aerogpu_abi.h"
#include "dump.h"
#include "file.h"

static const char usage[] =
    "usage: aerogpu-dump [OPTION]... FILE\n"
    "Prints a raw AeroGPU command stream or an .aerogputrace capture, one line a packet,\n"
    "and what is wrong with it. Exit status: 0 clean, 1 invalid, 2 unreadable.\n"
    "\n"
    "  --json            one JSON object a line\n"
    "  --stable-ids      number handles, allocations and tokens by first appearance\n"
    "  --offsets         print every packet's offset in its stream\n"
    "  --shaders         print every shader's program as text\n"
    "  --no-validate     print only\n"
    "  --keep-state      bound state survives from one submission to the next\n"
    "  --views           the host executes texture views\n"
    "  --device-minor N  minor ABI version of the device (default 4)\n"
    "  --features N      feature bits of the device (default: all)\n";

/** A flag of the command line. */
struct flag {
    const char *name;
    size_t offset; /**< of a bool in struct dump_options */
};

static const struct flag flags[] = {
    { "--json", offsetof(struct dump_options, json) },
    { "--stable-ids", offsetof(struct dump_options, stable_ids) },
    { "--offsets", offsetof(struct dump_options, offsets) },
    { "--shaders", offsetof(struct dump_options, shaders) },
    { "--no-validate", offsetof(struct dump_options, no_validate) },
    { "--keep-state", offsetof(struct dump_options, keep_state) },
    { "--views", offsetof(struct dump_options, has_texture_views) },
};

static bool parse_flag(struct dump_options *options, const char *argument)
{
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if (strcmp(argument, flags[i].name) == 0) {
            *(bool *)((char *)options + flags[i].offset) = true;
            return true;
        }
    }
    return false;
}

static bool parse_number(const char *text, uint64_t limit, uint64_t *number)
{
    char *end;

    errno = 0;
    *number = strtoull(text, &end, 0);
    return errno == 0 && end != text && *end == 0 && text[0] != '-' && *number <= limit;
}

/** Returns false when the command line is not one. */
static bool parse_arguments(struct dump_options *options, const char **path, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        uint64_t number;

        if (parse_flag(options, argv[i]))
            continue;
        if (strcmp(argv[i], "--device-minor") == 0) {
            if (!parse_number(value, UINT16_MAX, &number))
                return false;
            options->device_abi_minor = (uint32_t)number;
            i++;
        } else if (strcmp(argv[i], "--features") == 0) {
            if (!parse_number(value, UINT64_MAX, &options->device_features))
                return false;
            i++;
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
    struct dump_options options = {
        .device_abi_minor = AEROGPU_ABI_MINOR,
        .device_features = AEROGPU_FEATURE_FENCE_PAGE | AEROGPU_FEATURE_CURSOR |
                           AEROGPU_FEATURE_SCANOUT | AEROGPU_FEATURE_VBLANK |
                           AEROGPU_FEATURE_TRANSFER | AEROGPU_FEATURE_ERROR_INFO,
    };
    const char *path = NULL;
    enum dump_result result;
    size_t size_bytes;
    void *bytes;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return DUMP_CLEAN;
    }
    if (!parse_arguments(&options, &path, argc, argv)) {
        fputs(usage, stderr);
        return DUMP_UNREADABLE;
    }
    bytes = file_read(path, &size_bytes);
    if (!bytes)
        return DUMP_UNREADABLE;
    result = dump_file(&options, stdout, path, bytes, size_bytes);
    free(bytes);
    if (fflush(stdout) != 0) {
        fprintf(stderr, "standard output: %s\n", strerror(errno));
        return DUMP_UNREADABLE;
    }
    return (int)result;
}
