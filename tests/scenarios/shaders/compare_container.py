#!/usr/bin/env python3
"""Compares a committed shader container with the one just compiled, byte by byte.

Exit status 0 when they are equal (with --differs: when they are not). Missing, empty or
foreign files are errors either way.
"""

import argparse
import pathlib
import sys


def read_container(path):
    """Returns the file's bytes, which must begin like a shader container."""
    try:
        data = path.read_bytes()
    except OSError as error:
        sys.exit(f"{path}: {error.strerror}")
    if data[:4] != b"DXBC":
        sys.exit(f"{path}: not a shader container")
    return data


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--differs", action="store_true", help="expect different containers")
    parser.add_argument("committed", type=pathlib.Path)
    parser.add_argument("compiled", type=pathlib.Path)
    arguments = parser.parse_args()

    equal = read_container(arguments.committed) == read_container(arguments.compiled)
    if equal != arguments.differs:
        return
    if equal:
        sys.exit(f"{arguments.committed} and {arguments.compiled} are equal and should not be")
    sys.exit(
        f"{arguments.committed} is stale: the sources or the compiler have changed.\n"
        f"Look at the difference, then: cp {arguments.compiled} {arguments.committed}"
    )


if __name__ == "__main__":
    main()
