"""A miniature WDK for tests: compat_headers, respelled the way a WDK spells things.

What a kit's headers have and GCC or C does not take (DDI facts 5) is planted by rule: SAL marks of both
generations, the ui64 suffix, `const UINT` limits, doubled calling conventions, `#pragma warning`, C++ operators in the
handle macros, kernel headers, members of later levels, mixed-case file names, CRLF line ends, headers that need
<windows.h> before them. The declarations themselves are this project's.
"""
import os
import re

HEADERS = ["d3d10umddi.h", "d3dumddi.h", "d3dukmdt.h", "dxgiddi.h", "d3d11tokenizedprogramformat.hpp"]
FILE_NAMES = {"d3d10umddi.h": "D3D10umddi.h", "dxgiddi.h": "DXGIDDI.H"}

OPERATORS = """\
#if defined( __cplusplus )
#define %(macro)s( TYPE ) \\
typedef struct TYPE \\
{ \\
    %(field)s; \\
    bool operator==( const TYPE& o ) const { return memcmp( this, &o, sizeof( o ) ) == 0; } \\
} TYPE; \\
inline TYPE MAKE_##TYPE( void* p ) { TYPE t = {}; return t; }
#else
#define %(macro)s( TYPE ) \\
typedef struct TYPE \\
{ \\
    %(field)s; \\
} TYPE
#endif
"""

LATER_MEMBER = """\
#if D3D11DDI_MINOR_HEADER_VERSION >= 3 || (D3D_UMD_INTERFACE_VERSION > 0x2003)
    UINT LaterMember;
#endif
"""

LEVEL = """\
#ifndef D3D_UMD_INTERFACE_VERSION
#define D3D_UMD_INTERFACE_VERSION 0x3000
#endif
#ifndef DXGKDDI_INTERFACE_VERSION
#define DXGKDDI_INTERFACE_VERSION 0x3004
#endif
"""


def inline_parts(folder, name, seen):
    """The text of a compat header with its parts in place and the includes of Windows headers dropped."""
    if name in seen:
        return ""
    seen.add(name)
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        text = file.read()

    def include(match):
        target = os.path.normpath(os.path.join(os.path.dirname(name), match.group(1)))
        if target.startswith("umddi") and "graphics_errors" not in target:
            return inline_parts(folder, target, seen)
        return "" if target.startswith("umddi") else '#include "%s"' % os.path.basename(target)

    text = re.sub(r"^#include <windows.h>$", "", text, flags=re.M)
    return re.sub(r'^#include "([^"]+)"$', include, text, flags=re.M)


def respell(name, text):
    """One header in the spelling of a kit."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for macro, field in (("DDI_DRIVER_HANDLE", "void* pDrvPrivate"), ("DDI_RUNTIME_HANDLE", "void* handle"),
                         ("DDI_KERNEL_HANDLE", "D3DKMT_HANDLE handle")):
        text = re.sub(r"#define %s\(name\)(?:.*\\\n)*.*\n" % macro,
                      lambda _: OPERATORS % {"macro": macro, "field": field}, text)
    text = re.sub(r"^#define ((?:MAX_)?D3D1(?!\w+HEADER_VERSION)\w+)[ ]+(\(-\d+\)|0x[0-9a-f]+|\d+)U?$",
                  r"const UINT \1 = \2; // limit", text, flags=re.M)
    text = re.sub(r"([0-9A-F])ULL\b", r"\1ui64", text)
    text = re.sub(r"\(UINT64\)(name##\w+) << (\d+)", r"((0ui64 | \1) << \2)", text)
    text = text.replace("(APIENTRY *PFND3DDDI_", "(APIENTRY CALLBACK *PFND3DDDI_")
    text = re.sub(r"^(    )(const void \*pPrivateDriverData;)", r"\1__field_bcount(PrivateDriverDataSize) \2", text,
                  flags=re.M)
    text = re.sub(r"^(    )(void \*pPrivateDriverData;)", r"\1_Field_size_bytes_(PrivateDriverDataSize) \2", text,
                  flags=re.M)
    text = re.sub(r"\((D3D10DDI_HDEVICE hDevice), UINT (\w+),", r"(\1, __in_range(0, (1 << 4) - 1) UINT \2,", text)
    text = text.replace("D3D10DDIARG_OPENADAPTER *pOpenData", "__inout D3D10DDIARG_OPENADAPTER *pOpenData")
    text = text.replace("const D3D10DDI_HRESOURCE *", "__in_ecount_full_opt(NumBuffers) CONST D3D10DDI_HRESOURCE *")
    text = text.replace("UINT *pFormatCaps", "_Out_ UINT *pFormatCaps")
    text = text.replace("    UINT ByteStride;\n", "    UINT ByteStride;\n" + LATER_MEMBER)
    text = re.sub(r"^#define (\w+MINOR_HEADER_VERSION) .*", r"#ifndef \1\n#define \1 11\n#endif", text, flags=re.M)
    head = "#pragma warning(push)\n#pragma warning(disable:4201) // nameless struct/union\n"
    if name == "d3d10umddi.h":
        head += '#include "dxmini.h"\n#include "d3dkmddi.h"\n#include "d3d9types.h"\n#include "d3dkmthk.h"\n'
    if name == "d3dukmdt.h":
        text = re.sub(r"^#define (?:D3D_UMD|DXGKDDI)_INTERFACE_VERSION .*\n", "", text, flags=re.M)
        head += LEVEL
    return head + text + "\n#pragma warning(pop)\n"


def write(compat, folder):
    """Write the kit into `folder`."""
    os.makedirs(folder, exist_ok=True)
    for name in HEADERS:
        text = respell(name, inline_parts(compat, name, set()))
        with open(os.path.join(folder, FILE_NAMES.get(name, name)), "w", encoding="latin-1", newline="") as file:
            file.write(text.replace("\n", "\r\n"))
    for name in ("dxmini.h", "d3dkmddi.h", "d3dkmthk.h"):
        with open(os.path.join(folder, name), "w", encoding="latin-1") as file:
            file.write("#error a kernel header: it needs what user mode does not have\n")
