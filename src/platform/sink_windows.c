#include "platform/sink.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

void sink_write(const char *line)
{
    OutputDebugStringA(line);
}

const char *sink_environment(const char *name, char *buffer, size_t size_bytes)
{
    const DWORD length = GetEnvironmentVariableA(name, buffer, (DWORD)size_bytes);

    return length > 0 && length < size_bytes ? buffer : NULL;
}

void sink_module_path(char *buffer, size_t size_bytes)
{
    /* Any address of this module names it; the DLL's name is not known here. */
    const DWORD how =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    WCHAR path[MAX_PATH];
    HMODULE module;

    buffer[0] = '\0';
    if (!GetModuleHandleExW(how, (LPCWSTR)(const void *)&sink_module_path, &module))
        return;
    if (!GetModuleFileNameW(module, path, MAX_PATH))
        return;
    path[MAX_PATH - 1] = L'\0';
    if (!WideCharToMultiByte(CP_UTF8, 0, path, -1, buffer, (int)size_bytes, NULL, NULL))
        buffer[0] = '\0';
}
