/** aerogpu-asm: shader text to a container, and back. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dxbc/asm.h"
#include "dxbc/disasm.h"
#include "dxbc/reader.h"
#include "dxbc/tokens.h"
#include "file.h"

static const char usage[] =
    "usage: aerogpu-asm IN.asm OUT.dxbc\n"
    "       aerogpu-asm -d IN.dxbc\n"
    "Assembles shader text, in the dialect of Microsoft's compiler, to a container; -d prints the\n"
    "text of a container's program. Exit status: 0 done, 1 refused, 2 unreadable.\n";

enum { RESULT_DONE, RESULT_REFUSED, RESULT_UNREADABLE };

static bool write_file(const char *path, const void *bytes, size_t size_bytes)
{
    FILE *const file = fopen(path, "wb");
    bool is_written = file && fwrite(bytes, 1, size_bytes, file) == size_bytes;

    if (file && fclose(file) != 0)
        is_written = false;
    if (!is_written)
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return is_written;
}

/** Makes the container and writes it. */
static int write_container(const struct dxbc_assembly *assembly, const char *name,
                           const char *out_path)
{
    const char *reason = NULL;
    uint32_t size_bytes = 0;
    void *container = NULL;
    int result = RESULT_REFUSED;

    if (dxbc_assembly_container(assembly, NULL, NULL, 0, &size_bytes, &reason))
        container = malloc(size_bytes);
    if (container &&
        dxbc_assembly_container(assembly, NULL, container, size_bytes, &size_bytes, &reason))
        result = write_file(out_path, container, size_bytes) ? RESULT_DONE : RESULT_UNREADABLE;
    else
        fprintf(stderr, "%s: %s\n", name, reason ? reason : "out of memory");
    free(container);
    return result;
}

static int assemble(const char *name, const char *text, size_t length, const char *out_path)
{
    struct dxbc_assembly assembly = {
        .tokens = malloc(4 * (size_t)DXBC_TOKENS_MAX),
        .capacity_dwords = DXBC_TOKENS_MAX,
    };
    int result = RESULT_REFUSED;

    if (!assembly.tokens)
        fprintf(stderr, "%s: out of memory\n", name);
    else if (!dxbc_assemble(text, length, &assembly))
        fprintf(stderr, "%s: %s\n", name, assembly.error);
    else
        result = write_container(&assembly, name, out_path);
    free(assembly.tokens);
    return result;
}

static void write_text(void *user, const char *text, size_t length)
{
    fwrite(text, 1, length, user);
}

static int disassemble(const char *name, const void *bytes, size_t size_bytes)
{
    const struct dxbc_text_sink sink = { .write = write_text, .user = stdout };
    const char *reason = NULL;
    struct dxbc_reader reader;
    struct dxbc_chunk code;

    if (dxbc_reader_init(&reader, bytes, size_bytes, &reason) &&
        dxbc_reader_code(&reader, &code, &reason) &&
        dxbc_disassemble(code.data, code.size_bytes / 4, &sink, &reason))
        return fflush(stdout) == 0 ? RESULT_DONE : RESULT_UNREADABLE;
    fprintf(stderr, "%s: %s\n", name, reason);
    return RESULT_REFUSED;
}

int main(int argc, char **argv)
{
    const bool is_disassembly = argc == 3 && strcmp(argv[1], "-d") == 0;
    const char *const path = argc == 3 ? argv[is_disassembly ? 2 : 1] : NULL;
    size_t size_bytes;
    char *bytes;
    int result;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return RESULT_DONE;
    }
    if (!path || (!is_disassembly && path[0] == '-')) {
        fputs(usage, stderr);
        return RESULT_UNREADABLE;
    }
    bytes = file_read(path, &size_bytes);
    if (!bytes)
        return RESULT_UNREADABLE;
    result = is_disassembly ? disassemble(path, bytes, size_bytes)
                            : assemble(path, bytes, size_bytes, argv[2]);
    free(bytes);
    return result;
}
