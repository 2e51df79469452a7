#!/usr/bin/env python3
"""Translate the DDI headers of a WDK into C that GCC reads.

    translate.py --output DIR WDK_INCLUDE_DIR [WDK_INCLUDE_DIR ...]

Finds d3d10umddi.h and the headers that belong to it in the given folders (in any letter case) and writes a
copy of each into DIR, under its lower-case name, changed in these ways and no other (DDI facts 5):

  * SAL marks of both generations are removed, arguments included;
  * the integer suffixes ui64 and i64 become ULL and LL;
  * `const UINT NAME = VALUE;` becomes a macro, so that it is a constant expression in C and defines no object;
  * the doubled calling convention `APIENTRY CALLBACK` becomes `APIENTRY`;
  * `#pragma warning` is removed;
  * the first line includes wdk_prelude.h, which pins the Windows 7 level and supplies <windows.h>.

Kernel headers that d3d10umddi.h includes although no type of the user-mode DDI comes from them (DDI facts 2)
become empty files, and the names older AeroGPU build files use become forwards. Everything else is left to
the compiler's own headers. The copies are for the build at hand: they stay the property of the WDK's owner.

Exit status: 0 done, 2 a header is missing or cannot be read.
"""
import argparse
import os
import re
import sys

REQUIRED = ["d3d10umddi.h", "d3dumddi.h", "d3dukmdt.h", "dxgiddi.h", "d3d11tokenizedprogramformat.hpp"]
OPTIONAL = ["d3d10tokenizedprogramformat.hpp"]
EMPTY = ["dxmini.h", "d3dkmddi.h", "d3dkmthk.h"]
FORWARDS = ["d3d10_1umddi.h", "d3d11umddi.h"]

SAL_1 = (r"__(?:in|out|inout)(?:_\w+)?|__deref_\w+|__(?:field_|struct_|part_|full_)?[bex]count\w*|__field_\w+"
         r"|__drv_\w+|__(?:range|checkReturn|success|callback|reserved|nullterminated|notnull|maybenull|typefix)")
SAL_2 = (r"_(?:COM_)?(?:In|Out|Inout|Outptr|Outref|Ret|Field|Struct_size|Success|Deref|Pre|Post|When|At|Check_return"
         r"|Must_inspect_result|Reserved|Null_terminated|Notnull|Maybenull|Always|Function_class|IRQL)(?:_\w*)?_")
SAL = re.compile(r"(?<!\w)(?:%s|%s)(?!\w)[ \t]*(\()?" % (SAL_1, SAL_2))
CONDITION = re.compile(r"\s*#\s*(?:if|ifdef|ifndef|elif|undef)\b")
CONSTANT = re.compile(r"^[ \t]*(?:static[ \t]+)?const[ \t]+"
                      r"(?:UINT|UINT32|UINT64|DWORD|ULONG|INT|LONG|FLOAT|float|double)[ \t]+"
                      r"(\w+)[ \t]*=\s*([^;{}]+?)\s*;", re.M)
SUFFIX = re.compile(r"\b(0[xX][0-9a-fA-F]+|\d+)(u?)i64\b", re.I)


class WdkError(Exception):
    """A WDK that cannot be used; the text says why."""


def find_header(folders, name):
    """The path of a header in the first folder that has it in any letter case, or None."""
    for folder in folders:
        for entry in sorted(os.listdir(folder)):
            if entry.lower() == name:
                return os.path.join(folder, entry)
    return None


def without_marks(text):
    """A text without SAL marks. An argument list is removed up to its matching bracket, over lines if need be."""
    kept, at = [], 0
    for mark in iter(lambda: SAL.search(text, at), None):
        kept.append(text[at:mark.start()])
        at = mark.end()
        line = text[text.rfind("\n", 0, mark.start()) + 1:mark.start()]
        if CONDITION.match(line):
            kept.append(mark.group(0))
            continue
        depth = 1 if mark.group(1) else 0
        while depth and at < len(text):
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        while text[at:at + 1] in (" ", "\t"):
            at += 1
    return "".join(kept) + text[at:]


def translate(text):
    """The text of one header as C for GCC."""
    text = text.replace("\r\n", "\n")
    text = re.sub(r"^[ \t]*#[ \t]*pragma[ \t]+warning\b.*$", "", text, flags=re.M)
    text = without_marks(text)
    text = SUFFIX.sub(lambda m: m.group(1) + ("ULL" if m.group(2) else "LL"), text)
    text = CONSTANT.sub(lambda m: "#define %s (%s)" % (m.group(1), " ".join(m.group(2).split())), text)
    text = re.sub(r"\bAPIENTRY\s+CALLBACK\b", "APIENTRY", text)
    return '#include "wdk_prelude.h"\n' + text


def translate_kit(folders, output):
    """Write the translated headers into `output`; returns their names."""
    for folder in folders:
        if not os.path.isdir(folder):
            raise WdkError("%s is not a folder" % folder)
    paths = {name: find_header(folders, name) for name in REQUIRED + OPTIONAL}
    missing = [name for name in REQUIRED if not paths[name]]
    if missing:
        raise WdkError("%s: no %s; name the include folder(s) of a WDK, e.g. inc/api and inc/ddk of the Windows 7 "
                       "WDK, or um and shared of a later kit" % (", ".join(folders), ", ".join(missing)))
    os.makedirs(output, exist_ok=True)
    texts = {name: '#include "d3d10umddi.h"\n' for name in FORWARDS}
    texts.update({name: "/* No type of the user-mode DDI comes from here. */\n" for name in EMPTY})
    for name, path in paths.items():
        if path:
            with open(path, encoding="latin-1") as file:
                texts[name] = translate(file.read())
    for name, text in texts.items():
        with open(os.path.join(output, name), "w", encoding="latin-1") as file:
            file.write(text)
    return sorted(texts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="WDK_INCLUDE_DIR")
    parser.add_argument("--output", required=True, metavar="DIR")
    args = parser.parse_args()
    try:
        translate_kit(args.folders, args.output)
    except (WdkError, OSError) as error:
        print("translate.py: %s" % error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
