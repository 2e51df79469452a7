#include "platform/counter.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

/* Everybody may use the counter, sandboxed processes of low integrity included. */
#define COUNTER_NAME       L"Local\\AeroGPU.GlobalHandleCounter"
#define COUNTER_DESCRIPTOR L"D:(A;;GA;;;WD)S:(ML;;NW;;;LW)"
#define SDDL_REVISION_1    1

typedef BOOL(WINAPI *convert_fn)(LPCWSTR, DWORD, PSECURITY_DESCRIPTOR *, PULONG);
typedef BOOLEAN(WINAPI *random_fn)(PVOID, ULONG);

static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
static uint64_t *shared_value;

/* ADVAPI32 is looked up at run time: the driver must load where it is not. */
static FARPROC advapi_function(const char *name)
{
    const HMODULE module = LoadLibraryW(L"advapi32.dll");

    return module ? GetProcAddress(module, name) : NULL;
}

static HANDLE create_section(PSECURITY_DESCRIPTOR descriptor)
{
    SECURITY_ATTRIBUTES attributes = { sizeof(attributes), descriptor, FALSE };

    return CreateFileMappingW(INVALID_HANDLE_VALUE, &attributes, PAGE_READWRITE, 0,
                              sizeof(uint64_t), COUNTER_NAME);
}

static HANDLE open_section(void)
{
    const convert_fn convert =
        (convert_fn)(void *)advapi_function("ConvertStringSecurityDescriptorToSecurityDescriptorW");
    /* Spelled out, because the functions that fill one live in ADVAPI32: a NULL DACL. */
    SECURITY_DESCRIPTOR everybody = {
        .Revision = SECURITY_DESCRIPTOR_REVISION,
        .Control = SE_DACL_PRESENT,
    };
    PSECURITY_DESCRIPTOR labelled;
    HANDLE section = NULL;

    if (convert && convert(COUNTER_DESCRIPTOR, SDDL_REVISION_1, &labelled, NULL)) {
        section = create_section(labelled);
        LocalFree(labelled);
    }
    return section ? section : create_section(&everybody);
}

/* The view stays for the life of the process, and with it the section. */
static BOOL CALLBACK open_once(PINIT_ONCE which, PVOID parameter, PVOID *context)
{
    const HANDLE section = open_section();

    (void)which;
    (void)parameter;
    (void)context;
    if (section) {
        shared_value =
            MapViewOfFile(section, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, sizeof(*shared_value));
        CloseHandle(section);
    }
    return TRUE;
}

/* A compare-exchange loop: 32-bit Windows 7 has no 64-bit increment of its own. */
bool counter_next(uint64_t *value)
{
    uint64_t seen;

    InitOnceExecuteOnce(&once, open_once, NULL, NULL);
    if (!shared_value)
        return false;
    do
        seen = *(volatile uint64_t *)shared_value;
    while (!__sync_bool_compare_and_swap(shared_value, seen, seen + 1));
    *value = seen + 1;
    return true;
}

uint32_t counter_random(void)
{
    const random_fn random = (random_fn)(void *)advapi_function("SystemFunction036");
    uint32_t bits;

    if (!random || !random(&bits, sizeof(bits)))
        bits = GetTickCount() * 2654435761u ^ GetCurrentProcessId() ^ GetCurrentThreadId();
    return bits;
}
