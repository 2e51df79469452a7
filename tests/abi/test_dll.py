#!/usr/bin/env python3
"""Looks at the finished driver DLL as Windows 7 would: exports, imports, header flags, resources.

Reads the DLL with objdump, holds it against the rules of driver semantics 2.1 and of packaging/win7, and
builds the same sources once more in another folder to see that the bytes do not depend on where and when.
Every rule has a negative control: the same check fed with a wrong expectation. Prints TAP.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

PLAIN_EXPORTS = ["OpenAdapter10", "OpenAdapter10_2", "OpenAdapter11"]
NX_COMPAT, DYNAMIC_BASE, HIGH_ENTROPY_VA = 0x100, 0x40, 0x20


def output(*command):
    """Standard output of a command; its failure is the test's."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"status {result.returncode}: {' '.join(map(str, command))}\n{result.stdout}")
    return result.stdout


class Dll:
    """What objdump says of a DLL."""

    def __init__(self, objdump, path):
        self.objdump, self.path = objdump, path
        self.headers = output(objdump, "-p", path)

    def exports(self):
        table = self.headers.split("[Ordinal/Name Pointer] Table", 1)[-1]
        return re.findall(r"^\t\[ *\d+\] (?:\+base\[ *\d+\] +\w+ )?(\S+)$", table, re.M)

    def imports(self):
        """Functions by DLL."""
        found = {}
        for part in self.headers.split("DLL Name: ")[1:]:
            name, rest = part.split("\n", 1)
            rest = rest.split("\n\n", 1)[0]
            found[name.strip()] = re.findall(r"^\t[0-9a-f]+\t +\d+ +(\S+)", rest, re.M)
        return found

    def field(self, name):
        """A number of the PE headers; versions are decimal there, flags hexadecimal."""
        match = re.search(rf"^{name}\s+(\w+)", self.headers, re.M)
        if not match:
            sys.exit(f"{self.path}: objdump shows no {name}")
        return int(match[1], 16)

    def version(self, what):
        return self.field(f"Major{what}Version"), self.field(f"Minor{what}Version")

    def returns_of(self, symbol):
        """The return instructions of a function, as text."""
        code = output(self.objdump, "-d", "--no-show-raw-insn", f"--disassemble={symbol}", self.path)
        return [" ".join(words) for words in re.findall(r"\b(ret[lqw]?)\b[ \t]*(\$0x\w+)?", code)]


def read_import_list(path):
    allowed, section = {}, None
    for line in path.read_text().splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("["):
            section = allowed.setdefault(line.strip("[]"), set())
        elif line:
            section.add(line)
    return allowed


def forbidden_imports(imports, allowed):
    return [f"{dll}: {name}" for dll, names in sorted(imports.items()) for name in names if name not in allowed.get(dll, ())]


def check_exports(tap, dll, arch):
    decorated = [f"_{name}@4" for name in PLAIN_EXPORTS]
    expected = sorted(PLAIN_EXPORTS + (decorated if arch == "x86" else []))
    other = sorted(PLAIN_EXPORTS + ([] if arch == "x86" else decorated))
    tap.equal("exports_are_the_entry_points_alone", expected, sorted(dll.exports()))
    tap.check("exports_of_the_other_architecture_would_be_noticed", sorted(dll.exports()) != other)


def check_imports(tap, dll, allowed):
    imports = dll.imports()
    tap.equal("imports_are_functions_of_windows_7_sp1", [], forbidden_imports(imports, allowed))
    tap.check("there_are_imports_to_look_at", sum(map(len, imports.values())) > 10, imports)
    shorter = {name: functions - {"MapViewOfFile"} for name, functions in allowed.items()}
    tap.equal("import_missing_from_the_list_is_noticed", ["KERNEL32.dll: MapViewOfFile"], forbidden_imports(imports, shorter))
    with_library = dict(imports, **{"libgcc_s_dw2-1.dll": ["__udivdi3"]})
    tap.equal("foreign_library_is_noticed", ["libgcc_s_dw2-1.dll: __udivdi3"], forbidden_imports(with_library, allowed))


def check_headers(tap, dll, arch):
    flags = dll.field("DllCharacteristics")
    tap.equal("operating_system_version_is_windows_7", (6, 1), dll.version("(?:O|OS|OSystem|OperatingSystem)"))
    tap.equal("subsystem_version_is_windows_7", (6, 1), dll.version("Subsystem"))
    tap.check("data_is_not_executable", flags & NX_COMPAT, hex(flags))
    tap.check("address_is_random", flags & DYNAMIC_BASE, hex(flags))
    tap.equal("address_is_random_over_all_bits_on_x64_alone", arch == "x64", bool(flags & HIGH_ENTROPY_VA))
    tap.check("relocations_are_there", "Base Relocations" in dll.headers)


def check_version_resource(tap, dll, version):
    data = pathlib.Path(dll.path).read_bytes()
    name = pathlib.Path(dll.path).name
    for what, text in (("block", "VS_VERSION_INFO"), ("file_name", name), ("version", version)):
        tap.check(f"version_resource_has_its_{what}", text.encode("utf-16-le") in data, text)
    tap.check("another_version_would_be_noticed", "999.9.9".encode("utf-16-le") not in data)


def check_calling_convention(tap, unstripped):
    """On x86 the callee pops the one argument; x64 has no such convention to get wrong."""
    for name in PLAIN_EXPORTS:
        found = {text.strip() for text in unstripped.returns_of(f"_{name}@4")}
        tap.equal(f"{name}_pops_its_argument", {"ret $0x4"}, found)
    found = {text.strip() for text in unstripped.returns_of("_ddi_fill_adapter_table")}
    tap.equal("function_of_another_convention_would_be_noticed", {"ret"}, found)


def check_reproducible(tap, arguments):
    """A second build elsewhere, of the same sources with the same options."""
    with tempfile.TemporaryDirectory() as folder:
        build, stage = pathlib.Path(folder, "elsewhere"), pathlib.Path(folder, "stage")
        output("meson", "setup", build, arguments.source, "--cross-file", arguments.cross_file, f"-Dstage={stage}")
        output("ninja", "-C", build, f"src/ddi/{arguments.dll.stem}.staged")
        again = next(stage.glob(f"*/{arguments.dll.name}"))
        first, second = arguments.dll.read_bytes(), again.read_bytes()
        different = sum(a != b for a, b in zip(first, second)) + abs(len(first) - len(second))
        tap.check("two_builds_in_two_folders_are_byte_identical", different == 0, f"{different} bytes differ")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dll", type=pathlib.Path, required=True, help="the finished product")
    parser.add_argument("--unstripped", required=True, help="the same DLL with symbols")
    parser.add_argument("--arch", choices=("x64", "x86"), required=True)
    parser.add_argument("--objdump", required=True)
    parser.add_argument("--imports", type=pathlib.Path, required=True, help="list of allowed imports")
    parser.add_argument("--version", required=True, help="of the project")
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--cross-file", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    if not shutil.which("meson"):
        sys.exit("meson is not installed")

    tap = Tap()
    dll = Dll(arguments.objdump, arguments.dll)
    check_exports(tap, dll, arguments.arch)
    check_imports(tap, dll, read_import_list(arguments.imports))
    check_headers(tap, dll, arguments.arch)
    check_version_resource(tap, dll, arguments.version)
    if arguments.arch == "x86":
        check_calling_convention(tap, Dll(arguments.objdump, arguments.unstripped))
    check_reproducible(tap, arguments)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
