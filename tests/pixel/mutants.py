#!/usr/bin/env python3
"""Negative controls of the pixel scripts: each mutant of the driver (mutants.toml) is built and must fail its script.

A mutant is compiled as its file is compiled in the build, and linked in front of the libraries, so that the linker never
looks for the right one. Without --find, prints TAP; with it, the scripts that notice each mutant.
"""
import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "abi"))
from tap import Tap  # noqa: E402

LEVEL = "11.0"


class Failure(Exception):
    """The mutant cannot be made; nothing is known about the scripts."""


def run(arguments, **options):
    return subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)


def must(arguments, folder):
    result = run(arguments, cwd=folder)
    if result.returncode != 0:
        raise Failure(f"{shlex.join(arguments)}\n{result.stdout}")


def mutate(mutant, path):
    """Writes the mutant's source to `path`."""
    source = (ROOT / mutant["file"]).read_text(encoding="utf-8")
    count = source.count(mutant["from"])
    if count != 1:
        raise Failure(f"{mutant['file']} has {count} times, not once: {mutant['from']!r}")
    path.write_text(source.replace(mutant["from"], mutant["to"]), encoding="utf-8")


def compile_command(build, mutant, source, target):
    """The build's own command for the mutant's file, with other ends."""
    for row in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        if (pathlib.Path(row["directory"]) / row["file"]).resolve() != ROOT / mutant["file"]:
            continue
        words = shlex.split(row["command"])
        words[words.index("-o") + 1] = str(target)
        words[words.index("-c") + 1] = str(source)
        # A mutant may leave something unused.
        return words + ["-Wno-error", "-w"]
    raise Failure(f"{mutant['file']} is not compiled in {build}")


def link_command(build, program, mutant_object, target):
    result = run(["ninja", "-C", str(build), "-t", "commands", "-s", str(program.relative_to(build))])
    words = shlex.split(result.stdout.splitlines()[-1])
    words[words.index("-o") + 1] = str(target)
    first = next(i for i, word in enumerate(words) if word.endswith(".a"))
    return words[:first] + [str(mutant_object)] + words[first:]


def build_mutant(options, mutant):
    """Returns the path of pixel-run with the wrong driver."""
    folder = options.work / mutant["name"]
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / pathlib.Path(mutant["file"]).name
    mutate(mutant, source)
    must(compile_command(options.build, mutant, source, folder / "mutant.o"), options.build)
    must(link_command(options.build, options.program, folder / "mutant.o", folder / "pixel-run"), options.build)
    return folder / "pixel-run"


def outcome(options, program, scripts):
    """TAP of the scripts: {name: passed}; a crash counts for the one that ran."""
    paths = [str(HERE / "scripts" / (script + ".pixel")) for script in scripts]
    arguments = [str(program), "--level", LEVEL, "--hlsl", str(HERE / "hlsl"), *paths]
    result = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    seen = {}
    for line in result.stdout.splitlines():
        word, dash, name = line.partition(" - ")
        if dash and word.split()[0] in ("ok", "not"):
            seen[name.partition(" # ")[0]] = word.startswith("ok")
    return seen


def find(options, mutants):
    """Which scripts notice which mutant."""
    scripts = sorted(path.stem for path in (HERE / "scripts").glob("*.pixel"))
    right = outcome(options, options.program, scripts)
    for mutant in mutants:
        seen = outcome(options, build_mutant(options, mutant), scripts)
        noticed = [name for name in scripts if right.get(name) and not seen.get(name)]
        print(f"{mutant['name']}: {' '.join(noticed) or 'NOBODY'}", flush=True)


def check(options, mutants):
    tap = Tap()
    for mutant in mutants:
        name = f"{mutant['name']} is noticed by {mutant['script']}"
        try:
            program = build_mutant(options, mutant)
        except Failure as failure:
            tap.check(name, False, failure)
            continue
        right = outcome(options, options.program, [mutant["script"]]).get(mutant["script"])
        wrong = outcome(options, program, [mutant["script"]]).get(mutant["script"])
        tap.check(name, right is True and wrong is False, f"with the right driver: {right}, with the mutant: {wrong}")
    return tap.finish()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="build folder of the host build")
    parser.add_argument("--program", type=pathlib.Path, required=True, help="pixel-run of that build")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="folder for mutants")
    parser.add_argument("--find", action="store_true", help="say which scripts notice each mutant")
    parser.add_argument("--only", help="this mutant alone")
    options = parser.parse_args()
    options.build = options.build.resolve()
    options.program = options.program.resolve()
    options.work = options.work.resolve()
    os.environ["ASAN_OPTIONS"] = "detect_leaks=0"  # the mutants' leaks are not what is looked for

    mutants = tomllib.loads((HERE / "mutants.toml").read_text(encoding="utf-8"))["mutant"]
    mutants = [mutant for mutant in mutants if options.only in (None, mutant["name"])]
    if options.find:
        find(options, mutants)
        return 0
    return check(options, mutants)


if __name__ == "__main__":
    sys.exit(main())
