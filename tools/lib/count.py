#!/usr/bin/env python3
"""Counts what `meson test` did in several builds and prints the failures, then one line "N passed, N failed".

Two of Meson's logs are read together. testlog.json knows how each program ended, but not its sub-tests; testlog.junit.xml
knows the sub-tests of TAP programs, but shows a crash after the last sub-test, or a timeout, as success. So:
  - every sub-test counts; a program without sub-tests counts as one;
  - a program that ended badly (crash, timeout, exit status, broken plan) with no failed sub-test adds one failure;
  - what was skipped has proved nothing and counts as failed;
  - a program that was to run and has no result, or a build whose logs are missing, adds one failure;
  - sub-tests marked TODO count as Meson judges them: passed while they fail, failed once they pass.
"""
import argparse
import json
import os
import shlex
import sys
import xml.etree.ElementTree

import meson_tests

GOOD = ("OK", "EXPECTEDFAIL")


class Tally:
    """Passed and failed, with a block of text for each program that failed."""

    def __init__(self, here=""):
        self.passed = 0
        self.failed = 0
        self.blocks = []
        self.here = here  # goes before every command that is printed

    def fail(self, title, reasons, log, rerun):
        """Adds one failure a reason, all of one program or step."""
        self.failed += len(reasons)
        lines = ["FAILED %s" % title] + ["    %s" % reason for reason in reasons]
        self.blocks.append("\n".join(lines + ["    log:   %s" % log, "    rerun: %s%s" % (self.here, rerun)]))


def read_results(folder):
    """What testlog.json of `folder` says: {full name of the program: row}."""
    with open(os.path.join(folder, "meson-logs", "testlog.json"), encoding="utf-8") as file:
        return {row["name"]: row for row in map(json.loads, file)}


def read_sub_tests(folder):
    """The sub-tests in testlog.junit.xml of `folder`: {full name of the program: [(name, None or what went wrong)]}."""
    root = xml.etree.ElementTree.parse(os.path.join(folder, "meson-logs", "testlog.junit.xml")).getroot()
    programs = {}
    for suite in root.iter("testsuite"):
        # A program with sub-tests has a suite "project.full name"; the others share one that is named for the project.
        project, dot, name = suite.get("name").partition(".")
        if dot:
            programs[name] = [(case.get("name"), problem_of(case)) for case in suite.iter("testcase")]
    return programs


def problem_of(case):
    """None if the sub-test passed, else the word for how it did not."""
    for tag in ("failure", "error", "skipped"):
        if case.find(tag) is not None:
            return tag
    return None


def full_name(test, names):
    """The one of `names` that is Meson's full name of `test`, or None: "project:suite+suite / name", or the bare name where
    the whole build has one suite.
    """
    ending = "%s%s / %s" % (":" if test.suites else "", "+".join(test.suites), test.name)
    return next((name for name in names if name == test.name or name.endswith(ending)), None)


def count_program(tally, build, test, row, sub_tests, folder):
    """Adds one program. `row` is its result or None; `sub_tests` is empty for a program without any."""
    rerun = "meson test -C %s %s -v" % (folder, shlex.quote(test.name))
    title = "%s %s %s" % (build, ",".join(test.suites) or "-", test.name)
    log = os.path.join(folder, "meson-logs", "testlog.txt")
    if row is None:
        tally.fail(title, ["did not run"], log, rerun)
        return
    good = row["result"] in GOOD
    # A program that is expected to fail is one test: its sub-tests are the failure it is expected to show.
    if not sub_tests or row["result"] == "EXPECTEDFAIL":
        tally.passed += good
        reasons = []
    else:
        tally.passed += sum(problem is None for _, problem in sub_tests)
        reasons = ["%s: %s" % (name, problem) for name, problem in sub_tests if problem]
    if not good and not reasons:
        reasons = ["%s, exit status %s" % (row["result"].lower(), row["returncode"])]
    if reasons:
        tally.fail(title, reasons, log, rerun)


def count_build(tally, build, folder, suites, status):
    """Adds the build in `folder`, where `meson test` ran `suites` (all if empty) and ended with `status`."""
    failed_before = tally.failed
    log = os.path.join(folder, "meson-logs", "testlog.txt")
    rerun = " ".join(["meson test -C", folder] + ["--suite " + suite for suite in suites])
    try:
        tests = meson_tests.in_suites(meson_tests.load_tests(folder), suites)
        results = read_results(folder) if tests else {}
        sub_tests = read_sub_tests(folder) if tests else {}
    except (OSError, ValueError, KeyError, xml.etree.ElementTree.ParseError) as error:
        tally.fail("%s: no results" % build, [str(error)], log, rerun)
        return
    for test in tests:
        name = full_name(test, results)
        count_program(tally, build, test, results.get(name), sub_tests.get(name, []), folder)
    if status != 0 and tally.failed == failed_before:
        tally.fail("%s: meson test" % build, ["exit status %d with no failed test" % status], log, rerun)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--suite", action="append", default=[], help="only this suite ran (repeatable)")
    parser.add_argument("--ran", nargs=2, action="append", default=[], metavar=("BUILD", "STATUS"),
                        help="meson test ran in build/BUILD and ended with STATUS")
    parser.add_argument("--broken", nargs=3, action="append", default=[], metavar=("STEP", "LOG", "RERUN"),
                        help="a step that failed before tests could run; counts as one failure")
    parser.add_argument("--top", default="build", help="the folder that holds the build folders")
    parser.add_argument("--here", default="", help="put before every command that is printed, e.g. 'cd /project && '")
    options = parser.parse_args()

    tally = Tally(options.here)
    for step, log, rerun in options.broken:
        tally.fail(step, ["failed, so its tests could not run"], log, rerun)
    for build, status in options.ran:
        count_build(tally, build, os.path.join(options.top, build), options.suite, int(status))
    if tally.passed + tally.failed == 0:
        tally.fail("all builds", ["no test ran"], os.path.join(options.top, "log"), "tools/test --list")
    for block in tally.blocks:
        print(block)
    print("%d passed, %d failed" % (tally.passed, tally.failed))
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
