#!/usr/bin/env python3
"""Compiles every header of the project by itself: each includes what it needs, and no more is warned about.

The arguments behind '--' are the compiler. Prints TAP, one line a folder.
"""

import argparse
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "abi"))
from tap import Tap  # noqa: E402

FOLDERS = ["include", "protocol", "src", "tests/runtime"]
SEARCH = ["compat_headers", "compat_headers/host", "include", "protocol", "src", "tests"]
FLAGS = ["-std=gnu11", "-Wall", "-Wextra", "-Wstrict-prototypes", "-Wno-unused-function", "-Werror", "-fsyntax-only"]


def complaint(compiler, text):
    """What the compiler says of a C text; empty if nothing."""
    command = compiler + FLAGS + [f"-I{TOP / folder}" for folder in SEARCH] + ["-x", "c", "-"]
    result = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return result.stdout if result.returncode else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("compiler", nargs="+")
    compiler = parser.parse_args().compiler
    tap = Tap()
    for folder in FOLDERS:
        headers = sorted((TOP / folder).rglob("*.h"))
        said = [complaint(compiler, f'#include "{header}"\n') for header in headers]
        tap.check(f"headers_of_{folder.replace('/', '_')}_compile_alone", headers and not any(said), *filter(None, said))
    tap.check("header_that_needs_another_is_noticed", complaint(compiler, "uint32_t x;\n"))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
