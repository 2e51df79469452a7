#!/usr/bin/env python3
"""The tests that configured Meson build folders hold, and their suites.

As a program it prints one line a test ("build suites name"), or with --suite the names of those builds that have a test in
one of the suites. A suite that no build has is an error.
"""
import argparse
import json
import os
import sys


class Test:
    """A test program: its name and the names of its suites, without the project's."""

    def __init__(self, name, suites):
        self.name = name
        self.suites = suites


def load_tests(folder):
    """The tests of build folder `folder`, as Meson wrote them down when it configured; OSError or ValueError if it did not."""
    with open(os.path.join(folder, "meson-info", "intro-tests.json"), encoding="utf-8") as file:
        rows = json.load(file)
    # Meson writes "project:suite", and the bare project for a test that names no suite.
    return [Test(row["name"], [s.split(":", 1)[1] for s in row["suite"] if ":" in s]) for row in rows]


def in_suites(tests, suites):
    """Those of `tests` that are in one of `suites`; all of them if `suites` is empty."""
    return [test for test in tests if not suites or set(test.suites) & set(suites)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--suite", action="append", default=[], help="print the builds that have this suite")
    parser.add_argument("--top", default="build", help="the folder that holds the build folders")
    parser.add_argument("builds", nargs="+", metavar="BUILD")
    options = parser.parse_args()
    try:
        tests = {build: load_tests(os.path.join(options.top, build)) for build in options.builds}
    except (OSError, ValueError) as error:
        sys.exit("cannot read Meson's list of tests: %s" % error)

    known = sorted({suite for rows in tests.values() for test in rows for suite in test.suites})
    for suite in options.suite:
        if suite not in known:
            sys.exit("there is no suite '%s'; there are: %s" % (suite, " ".join(known) or "none"))
    for build, rows in tests.items():
        if not options.suite:
            for test in sorted(rows, key=lambda test: (test.suites, test.name)):
                print("%-5s %-12s %s" % (build, ",".join(test.suites) or "-", test.name))
        elif in_suites(rows, options.suite):
            print(build)


if __name__ == "__main__":
    main()
