#!/usr/bin/env python3
"""Every compat header compiles alone and twice, without a warning, and defines nothing.

    test_headers.py --compat DIR [-I DIR ...] -- CC [ARG ...]

The parts in umddi/ are tried one by one with a native compiler; a Windows compiler, which spends its time on
<windows.h>, tries what a driver includes, in any order with the Direct3D API headers.
"""
import argparse
import os
import subprocess
import sys

import check_ddi
from tap import Tap

WARNINGS = ["-x", "c", "-std=gnu11", "-Wall", "-Wextra", "-Wshadow", "-Wconversion", "-Wstrict-prototypes",
            "-Wmissing-prototypes", "-Wvla", "-Werror"]
CONSTANTS = """
#include <d3d10umddi.h>
#if D3D10_SB_OPCODE_TYPE_MASK != 0x7ff || D3D11_0_DDI_INTERFACE_VERSION != 0xb000a
#error a limit is not what it was
#endif
struct limits {
    int slots[D3D10_COMMONSHADER_INPUT_RESOURCE_SLOT_COUNT];
    unsigned opcode : D3D10_SB_TOKENIZED_INSTRUCTION_LENGTH_SHIFT;
};
static const UINT64 versions[] = { D3D10_0_DDI_SUPPORTED, D3D11_0_DDI_SUPPORTED };
UINT64 read_version(int index);
UINT64 read_version(int index) { return versions[index]; }
"""


def compile_text(command, options, text, output=("-fsyntax-only",)):
    done = subprocess.run(command + WARNINGS + options + list(output) + ["-"], input=text, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    return done.returncode == 0, done.stdout


def headers_below(folder, *below):
    names = sorted(os.listdir(os.path.join(folder, *below)))
    return ["/".join(below + (name,)) for name in names if name.endswith((".h", ".hpp"))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compat", required=True, help="the compat_headers folder")
    parser.add_argument("-I", dest="folders", action="append", default=[], help="further header folders")
    parser.add_argument("command", nargs="+", metavar="CC")
    args = parser.parse_args()
    options = [word for folder in [args.compat] + args.folders for word in ("-I", folder)]
    is_windows = check_ddi.Compiler(args.command).is_windows
    names = headers_below(args.compat)
    if not is_windows:
        names += headers_below(args.compat, "umddi") + headers_below(args.compat, "host")
    tap = Tap()
    for name in names:
        good, text = compile_text(args.command, options, '#include "%s"\n#include "%s"\n' % (name, name))
        tap.check("%s_compiles_alone_and_twice" % name, good, text)
    if is_windows:
        api = "#include <d3d10_1.h>\n#include <d3d11.h>\n"
        ddi = "#include <d3d10umddi.h>\n"
        for name, order in (("before", ddi + api), ("after", api + ddi)):
            good, text = compile_text(args.command, options, order)
            tap.check("d3d10umddi.h_goes_%s_the_api_headers" % name, good, text)
        lean = "#define WIN32_LEAN_AND_MEAN\n#define NOMINMAX\n#include <windows.h>\n"
        good, text = compile_text(args.command, options, lean + ddi)
        tap.check("d3d10umddi.h_goes_with_a_lean_windows.h", good, text)
    good, text = compile_text(args.command, options, CONSTANTS, ("-O0", "-S", "-o", "-"))
    symbols = [line.split()[1].lstrip("_") for line in text.splitlines() if line.split()[:1] in ([".globl"], [".comm"])]
    tap.check("limits_are_constant_expressions", good, text)
    tap.equal("headers_define_no_object", ["read_version"], symbols)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
