#!/usr/bin/env python3
"""Compares what a scenario submits with a golden text.

Runs one test of a scenario program with a capture, decodes the capture with aerogpu-dump and stable
ids, and compares the text with the golden one, line by line. A difference is printed as a diff;
--accept writes the new text over the golden file, to be reviewed like code. --differs turns the
verdict round: a negative control.

Exit status: 0 as expected, 1 a difference (or, with --differs, none), 2 something failed to run.
"""

import argparse
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile


def run(command, environment=None):
    """Runs a command and returns its standard output; anything but status 0 ends the program."""
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode != 0:
        print(result.stdout)
        print(f"status {result.returncode}: {' '.join(command)}", file=sys.stderr)
        sys.exit(2)
    return result.stdout


def decoded_frame(arguments):
    """The text of what the scenario submitted."""
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "scenario.aerogputrace")
        environment = dict(os.environ, AEROGPU_SCENARIO_TRACE=trace)
        run(arguments.wrapper + [arguments.scenario, arguments.test], environment)
        return run(arguments.wrapper + [arguments.dump, "--stable-ids", trace])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--golden", type=pathlib.Path, required=True, help="the reviewed text")
    parser.add_argument("--scenario", required=True, help="scenario program")
    parser.add_argument("--test", required=True, help="which of its tests")
    parser.add_argument("--dump", required=True, help="aerogpu-dump")
    parser.add_argument("--wrapper", action="append", default=[], help="runs both programs")
    parser.add_argument("--accept", action="store_true", help="write the golden text anew")
    parser.add_argument("--differs", action="store_true", help="expect a difference")
    arguments = parser.parse_args()

    actual = decoded_frame(arguments)
    if arguments.accept:
        arguments.golden.write_text(actual)
        return 0
    golden = arguments.golden.read_text()
    diff = list(difflib.unified_diff(golden.splitlines(), actual.splitlines(), "golden", "actual", lineterm=""))
    if arguments.differs:
        if not diff:
            print("the streams are equal and should not be")
        return 0 if diff else 1
    print("\n".join(diff))
    return 1 if diff else 0


if __name__ == "__main__":
    sys.exit(main())
