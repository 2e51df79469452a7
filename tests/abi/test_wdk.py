#!/usr/bin/env python3
"""The WDK shim and tools/wdk_abi_probe, tried on a miniature WDK written for the purpose.

    test_wdk.py --top DIR -- CC [ARG ...]

CC must build for Windows.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

import check_ddi
import fake_wdk
from tap import Tap

USER = """
#include <d3d10umddi.h>
static const char pixels[D3D10_SB_TOKENIZED_INSTRUCTION_LENGTH_SHIFT];
enum { OPCODES = D3D10_SB_OPCODE_TYPE_MASK };
#if D3D10_SB_OPCODE_TYPE_MASK != 0x7ff || D3D10DDI_MINOR_HEADER_VERSION != 2 || D3D11DDI_MINOR_HEADER_VERSION != 2
#error level
#endif
#if D3D_UMD_INTERFACE_VERSION != 0x2003 || DXGKDDI_INTERFACE_VERSION != 0x2005
#error level
#endif
int use_%s(void);
int use_%s(void) { return (int)sizeof(pixels) + OPCODES + (D3D11_0_DDI_SUPPORTED > 0); }
"""

MARKS = [
    ("sal_1_mark_is_removed", "f(__in UINT a, __inout_opt UINT *b);", "f(UINT a, UINT *b);"),
    ("sal_1_mark_with_nested_arguments_is_removed", "__in_ecount((a) * (b + 1)) UINT *c;", "UINT *c;"),
    ("sal_2_mark_is_removed", "f(_In_ UINT a, _Out_writes_bytes_opt_(a) void *b);", "f(UINT a, void *b);"),
    ("mark_with_arguments_over_two_lines_is_removed", "f(__in_bcount(a *\n  b) void *c);", "f(void *c);"),
    ("mark_like_names_survive", "__inline __int64 f(int __input, int _In, int __infinite);",
     "__inline __int64 f(int __input, int _In, int __infinite);"),
    ("marks_in_conditions_survive", "#ifndef __in", "#ifndef __in"),
    ("unsigned_suffix_becomes_ull", "(x == 0xFFFFui64) + 1i64", "(x == 0xFFFFULL) + 1LL"),
    ("const_uint_becomes_a_macro", "const UINT LIMIT = ( 1 << 4 ); // limit", "#define LIMIT (( 1 << 4 )) // limit"),
    ("const_array_survives", "const UINT TABLE[] = { 1, 2 };", "const UINT TABLE[] = { 1, 2 };"),
    ("const_parameter_survives", "void f(const UINT a, const UINT *b);", "void f(const UINT a, const UINT *b);"),
    ("doubled_convention_is_halved", "(APIENTRY CALLBACK *PFN)(void)", "(APIENTRY *PFN)(void)"),
    ("pragma_warning_is_removed", "# pragma warning(disable:4201)", ""),
    ("pragma_pack_survives", "#pragma pack(push, 4)", "#pragma pack(push, 4)"),
]


def run(command, **how):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **how)
    return done.returncode, done.stdout


def test_marks(tap, translate):
    """What is rewritten, and what only looks as if it should be."""
    for name, before, after in MARKS:
        line = translate.translate(before).split("\n", 1)[1]
        tap.equal(name, after, line)


def test_kit(tap, args, translate, kit, scratch):
    """The whole miniature kit: refused as it is, usable once translated."""
    warnings = ["-std=gnu11", "-Wall", "-Wextra", "-Wshadow", "-Wconversion", "-Werror", "-I", args.compat + "/wdk"]
    sources = []
    for name in ("one", "two"):
        sources.append(os.path.join(scratch, name + ".c"))
        with open(sources[-1], "w", encoding="utf-8") as file:
            file.write(USER % (name, name))
    status, _ = run(args.command + warnings + ["-I", kit, "-fsyntax-only", "-include", "windows.h"] + sources)
    tap.check("kit_does_not_compile_untranslated", status != 0)
    good = os.path.join(scratch, "translated")
    translate.translate_kit([kit], good)
    objects = os.path.join(scratch, "both.o")
    status, text = run(args.command + warnings + ["-I", good, "-r", "-nostdlib", "-o", objects] + sources)
    tap.check("translated_kit_compiles_without_warning", status == 0, text)
    _, text = run(args.command + ["-print-prog-name=nm"])
    _, text = run([text.strip(), "--defined-only", "-g", objects])
    symbols = sorted(re.findall(r" [A-Z] _?(\w+)$", text, re.M))
    tap.equal("translated_kit_defines_no_object", ["use_one", "use_two"], symbols)


def test_probe(tap, args, kit):
    """The user's tool: no drift, one planted drift, and what it says when it cannot work."""
    probe = [sys.executable, os.path.join(args.top, "tools", "wdk_abi_probe")]
    compiler = ["--cc", " ".join(args.command)]
    status, text = run(probe + compiler)
    tap.check("probe_finds_no_drift_in_compat_headers", status == 0 and "no drift" in text, text)
    status, text = run(probe + compiler + ["--headers", kit])
    tap.check("probe_finds_no_drift_in_the_kit", status == 0 and "no drift" in text, text)
    tap.check("probe_counts_the_facts", re.search(r": 5\d\d\d facts, 0 do not hold", text), text)
    is_x86 = check_ddi.Compiler(args.command).arch == "x86"
    names = ["OpenAdapter10@4", "OpenAdapter10_2@4"] if is_x86 else ["OpenAdapter10", "OpenAdapter10_2"]
    tap.check("probe_sees_the_export_decoration", "exports by dllexport: %s\n" % " ".join(names) in text, text)
    path = os.path.join(kit, "D3D10umddi.h")
    with open(path, encoding="latin-1", newline="") as file:
        text = file.read()
    with open(path, "w", encoding="latin-1", newline="") as file:
        file.write(text.replace("D3D10_DDI_FILL_SOLID = 3", "D3D10_DDI_FILL_SOLID = 4"))
    status, text = run(probe + compiler + ["--headers", kit])
    row = re.search(r"^x\d+ +D3D10_DDI_FILL_SOLID +3 +4$", text, re.M)
    tap.check("probe_prints_the_planted_drift", row and "1 facts DRIFT" in text, text)
    tap.equal("probe_exits_1_on_drift", 1, status)
    os.unlink(os.path.join(kit, "d3dumddi.h"))
    status, text = run(probe + compiler + ["--headers", kit])
    tap.check("probe_names_a_missing_header", status == 2 and "no d3dumddi.h" in text, text)
    status, text = run(probe + compiler + ["--headers", os.path.join(kit, "nowhere")])
    tap.check("probe_names_a_missing_folder", status == 2 and "nowhere is not a folder" in text, text)
    status, text = run(probe + ["--cc", "no-such-compiler"])
    tap.check("probe_names_a_missing_compiler", status == 2 and "no-such-compiler" in text, text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--top", required=True, help="the source root")
    parser.add_argument("command", nargs="+", metavar="CC")
    args = parser.parse_args()
    args.compat = os.path.join(args.top, "compat_headers")
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.join(args.compat, "wdk"))
    import translate
    tap = Tap()
    test_marks(tap, translate)
    with tempfile.TemporaryDirectory() as scratch:
        kit = os.path.join(scratch, "kit")
        fake_wdk.write(args.compat, kit)
        test_kit(tap, args, translate, kit, scratch)
        test_probe(tap, args, kit)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
