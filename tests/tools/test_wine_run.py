#!/usr/bin/env python3
"""Tests that tools/wine-run hands arguments, standard streams and exit status through, printed as TAP.

Without this every test of the Windows builds could pass for want of an exit status. Argument: the program `streams`.
"""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WINE_RUN = os.path.join(HERE, "..", "..", "tools", "wine-run")
sys.path.insert(0, os.path.join(HERE, "..", "abi"))

from tap import Tap  # noqa: E402


def run(*arguments, given=""):
    """Runs wine-run: (exit status, lines on standard output, lines on standard error)."""
    done = subprocess.run(["sh", WINE_RUN, *arguments], input=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def main():
    program = sys.argv[1]
    tap = Tap()
    for status in (0, 1, 77, 255):
        tap.equal("exit_status_%d_passes_through" % status, (status, [], ["done"]), run(program, str(status)))
    arguments = ["two words", "$HOME", "back\\slash", "quo'te", '"', ""]
    tap.equal("arguments_pass_through", (0, arguments, ["done"]), run(program, "0", *arguments))
    tap.equal("standard_input_passes_through", (0, ["first", "second"], ["done"]), run(program, "0", given="first\nsecond\n"))
    status, out, err = run(program, "crash", "before the crash")
    tap.check("crash_is_not_success", status != 0, "status %d" % status)
    tap.equal("output_before_a_crash_is_kept", ["before the crash"], out[:1])
    tap.check("crash_leaves_a_backtrace", "Backtrace:" in out, *out, *err)
    status, _, err = run(program + ".missing")
    tap.check("missing_program_is_not_success", status != 0, "status %d" % status, *err)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
