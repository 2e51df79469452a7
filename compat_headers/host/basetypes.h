/*
 * Windows base types with their Windows x64 sizes, for native builds on Linux.
 *
 * LONG, ULONG and HRESULT are 32 bits wide although the host's long has 64; WCHAR is 16 bits wide
 * although the host's wchar_t has 32. Calling conventions do not exist here: APIENTRY is empty, and
 * only the 32-bit Windows build can prove them (DDI facts 5).
 */
#ifndef COMPAT_HOST_BASETYPES_H
#define COMPAT_HOST_BASETYPES_H

#include <stddef.h>
#include <stdint.h>

_Static_assert(sizeof(void *) == 8, "the host build stands for Windows x64");

#define __stdcall
#define APIENTRY __stdcall
#define CALLBACK __stdcall
#define WINAPI   __stdcall
#define CONST    const
#define VOID     void

typedef char CHAR;
typedef char *LPSTR;
typedef uint16_t WCHAR;
typedef uint8_t BYTE;
typedef uint8_t UINT8;
typedef uint16_t WORD;
typedef uint16_t UINT16;
typedef int INT;
typedef int32_t INT32;
typedef int32_t LONG;
typedef uint32_t DWORD;
typedef uint32_t ULONG;
typedef uint32_t UINT32;
typedef unsigned int UINT;
typedef int64_t INT64;
typedef int64_t LONGLONG;
typedef uint64_t UINT64;
typedef uint64_t ULONGLONG;
typedef intptr_t INT_PTR;
typedef intptr_t LONG_PTR;
typedef uintptr_t UINT_PTR;
typedef uintptr_t ULONG_PTR;
typedef ULONG_PTR SIZE_T;
typedef float FLOAT;
typedef int BOOL;
typedef int32_t HRESULT;
typedef void *HANDLE;
typedef void *HMODULE;
typedef void *LPVOID;

#define FALSE 0
#define TRUE  1

/* A rectangle; right and bottom are exclusive. */
typedef struct tagRECT {
    LONG left;
    LONG top;
    LONG right;
    LONG bottom;
} RECT;

/* A locally unique identifier. */
typedef struct _LUID {
    DWORD LowPart;
    LONG HighPart;
} LUID;

/* A globally unique identifier. */
typedef struct _GUID {
    DWORD Data1;
    WORD Data2;
    WORD Data3;
    BYTE Data4[8];
} GUID;

#endif
