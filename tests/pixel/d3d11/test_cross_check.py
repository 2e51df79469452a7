#!/usr/bin/env python3
"""Tests that the cross-check fails, and says what is missing, where it cannot be made. Prints TAP.

Argument: the program pixel-cross.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "abi"))
from tap import Tap  # noqa: E402


def run(program, folder, *options, **environment):
    """Runs the script over a folder: (exit status, output)."""
    done = subprocess.run(["/bin/sh", HERE / "cross_check.sh", folder, program, *options], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          env={**os.environ, **environment})
    return done.returncode, done.stdout


def main():
    program = sys.argv[1]
    tap = Tap()
    with tempfile.TemporaryDirectory() as temporary:
        scripts = pathlib.Path(temporary)
        bare = scripts / "bin"
        bare.mkdir()
        for tool in ("dirname", "sh"):
            (bare / tool).symlink_to(shutil.which(tool))
        status, out = run(program, HERE.parent / "scripts", PATH=str(bare))
        tap.check("no_display_is_a_failure_that_names_the_package",
                  status != 0 and "Bail out!" in out and "xvfb" in out, out)

        early = (HERE.parent / "controls" / "color.pixel").read_text() + "probe rt0 all codes 128 0 0 0\n"
        (scripts / "passes.pixel").write_text("[test]\nclear rt0 0 0 0 0\nprobe rt0 all rgba 0 0 0 0\n")
        (scripts / "early.pixel").write_text(early)
        (scripts / "no_script.pixel").write_text("clear rt0 0 0 0 0\n")
        (scripts / "unknown.pixel").write_text("[test]\nclaer rt0 0 0 0 0\n")
        (scripts / "differs.pixel").write_text("[require]\ncross-check-differs not\n[test]\nclear rt0 0 0 0 0\n")
        status, out = run(program, scripts, "--controls")
        tap.check("control_that_passes_is_a_failure", status != 0 and "not ok 4 - passes" in out, out)
        tap.check("control_that_fails_early_is_a_failure", status != 0 and "not ok 2 - early" in out, out)
        tap.check("control_nobody_understands_is_a_failure", status != 0 and "not ok 5 - unknown" in out, out)
        tap.check("text_that_is_no_script_costs_itself_alone", status != 0 and "not ok 3 - no_script" in out, out)
        status, out = run(program, scripts)
        tap.check("wrong_expectation_is_a_failure", status != 0 and "not ok 2 - early" in out, out)
        for name in ("early", "no_script", "unknown", "passes"):
            (scripts / (name + ".pixel")).unlink()
        status, out = run(program, scripts)
        tap.check("unused_excuse_is_a_failure", status != 0, out)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
