/**
 * hlslc: compiles one HLSL shader with d3dcompiler_47.dll.
 *
 *     hlslc.exe PROFILE ENTRY INPUT.hlsl OUTPUT.dxbc
 *
 * A Windows program, made to run under Wine at build time. The compiler is looked up at run time,
 * so nothing links against it. One shader a process: an assertion in Wine's compiler takes the
 * process with it. Exit status 0 when OUTPUT holds the container; otherwise there is no OUTPUT and
 * standard error says why.
 */
#define COBJMACROS
#include <windows.h>

#include <d3dcommon.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define COMPILER_DLL "d3dcompiler_47.dll"

/** Signature of D3DCompile, as the DLL exports it. */
typedef HRESULT(WINAPI *compile_fn)(const void *source, SIZE_T source_size_bytes,
                                    const char *source_name, const D3D_SHADER_MACRO *defines,
                                    ID3DInclude *include, const char *entry, const char *profile,
                                    UINT flags, UINT effect_flags, ID3DBlob **code,
                                    ID3DBlob **messages);

struct text {
    char *bytes; /**< owned; free() */
    size_t size_bytes;
};

static bool text_read_file(struct text *text, const char *path)
{
    FILE *file = fopen(path, "rb");
    bool ok = false;

    if (!file)
        return false;
    if (fseek(file, 0, SEEK_END) == 0) {
        const long size_bytes = ftell(file);

        rewind(file);
        if (size_bytes > 0)
            text->bytes = malloc((size_t)size_bytes);
        if (text->bytes) {
            text->size_bytes = (size_t)size_bytes;
            ok = fread(text->bytes, 1, text->size_bytes, file) == text->size_bytes;
        }
    }
    fclose(file);
    return ok;
}

static bool write_file(const char *path, const void *bytes, size_t size_bytes)
{
    FILE *file = fopen(path, "wb");
    bool ok;

    if (!file)
        return false;
    ok = fwrite(bytes, 1, size_bytes, file) == size_bytes;
    if (fclose(file) != 0)
        ok = false;
    if (!ok)
        remove(path);
    return ok;
}

static compile_fn find_compiler(void)
{
    const HMODULE dll = LoadLibraryA(COMPILER_DLL);

    /* By way of a generic function pointer: FARPROC's own prototype differs from every real one. */
    return dll ? (compile_fn)(void (*)(void))GetProcAddress(dll, "D3DCompile") : NULL;
}

static int compile(compile_fn compiler, const char *profile, const char *entry, const char *input,
                   const char *output)
{
    struct text source = { 0 };
    ID3DBlob *code = NULL;
    ID3DBlob *messages = NULL;
    int status = EXIT_FAILURE;

    if (!text_read_file(&source, input)) {
        fprintf(stderr, "hlslc: cannot read %s, or it is empty\n", input);
        free(source.bytes);
        return status;
    }
    const HRESULT hr = compiler(source.bytes, source.size_bytes, input, NULL, NULL, entry, profile,
                                0, 0, &code, &messages);
    if (messages) {
        fprintf(stderr, "%.*s", (int)ID3D10Blob_GetBufferSize(messages),
                (const char *)ID3D10Blob_GetBufferPointer(messages));
        ID3D10Blob_Release(messages);
    }
    if (FAILED(hr) || !code)
        fprintf(stderr, "hlslc: %s does not compile as %s (0x%08lx)\n", input, profile,
                (unsigned long)hr);
    else if (!write_file(output, ID3D10Blob_GetBufferPointer(code), ID3D10Blob_GetBufferSize(code)))
        fprintf(stderr, "hlslc: cannot write %s\n", output);
    else
        status = EXIT_SUCCESS;
    if (code)
        ID3D10Blob_Release(code);
    free(source.bytes);
    return status;
}

int main(int argc, char **argv)
{
    compile_fn compiler;

    if (argc != 5) {
        fprintf(stderr, "usage: hlslc PROFILE ENTRY INPUT.hlsl OUTPUT.dxbc\n");
        return 2;
    }
    remove(argv[4]);
    compiler = find_compiler();
    if (!compiler) {
        fprintf(stderr, "hlslc: no D3DCompile in %s\n", COMPILER_DLL);
        return EXIT_FAILURE;
    }
    return compile(compiler, argv[1], argv[2], argv[3], argv[4]);
}
