#!/usr/bin/env python3
"""Compiles the HLSL of pixel scripts: one container for each `[... shader hlsl]` section.

    compile_hlsl.py --compiler build/x64/tools/hlslc/hlslc.exe               writes tests/pixel/hlsl
    compile_hlsl.py --compiler build/x64/tools/hlslc/hlslc.exe --check DIR   compares with DIR

Containers are named SCRIPT.LINE.dxbc, where LINE is that of the section (shaders.c). The compiler is tools/hlslc, run by
--runner; a check fails for containers that are missing, stale or of no script.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROFILES = {"vertex": "vs_4_0", "pixel": "ps_4_0"}


def sections(script):
    """Returns {container name: (stage, source)} of a script's HLSL sections."""
    found = {}
    lines = None
    for number, line in enumerate(script.read_text().splitlines(keepends=True), 1):
        if line.startswith("["):
            words = line[1:].split("]")[0].split()
            lines = None
            if words[1:] == ["shader", "hlsl"]:
                lines = []
                found[f"{script.name.split('.')[0]}.{number}.dxbc"] = (words[0], lines)
        elif lines is not None:
            lines.append(line)
    return {name: (stage, "".join(lines)) for name, (stage, lines) in found.items()}


def sections_of_all(scripts):
    found = {}
    for script in sorted(scripts.glob("*.pixel")):
        found.update(sections(script))
    return found


def compile_one(command, stage, source, folder):
    """Returns (container, None) or (None, what the compiler says). One process each: an assertion in it ends that alone."""
    if stage not in PROFILES:
        return None, f"no profile for a {stage} shader in HLSL"
    output = folder / "shader.dxbc"
    output.unlink(missing_ok=True)
    (folder / "shader.hlsl").write_text(source)
    done = subprocess.run([*command, PROFILES[stage], "main", "shader.hlsl", output.name], cwd=folder,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0 or not output.exists():
        return None, done.stdout.strip() or f"the compiler ended with status {done.returncode}"
    return output.read_bytes(), None


def compile_all(command, scripts):
    """Returns ({name: container}, [errors])."""
    containers, errors = {}, []
    with tempfile.TemporaryDirectory() as temporary:
        for name, (stage, source) in sections_of_all(scripts).items():
            container, error = compile_one(command, stage, source, pathlib.Path(temporary))
            if error:
                errors.append(f"{name}: {error}")
            else:
                containers[name] = container
    return containers, errors


def differences(containers, folder):
    """What is wrong with the committed containers, one sentence each."""
    committed = {path.name: path.read_bytes() for path in folder.glob("*.dxbc")}
    sentences = [f"{name}: no script has this section" for name in sorted(committed.keys() - containers.keys())]
    for name, container in sorted(containers.items()):
        if name not in committed:
            sentences.append(f"{name}: missing")
        elif committed[name] != container:
            sentences.append(f"{name}: stale, the source or the compiler has changed")
    return sentences


def write(containers, folder):
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.dxbc"):
        if path.name not in containers:
            path.unlink()
    for name, container in containers.items():
        (folder / name).write_bytes(container)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", required=True, type=pathlib.Path, help="hlslc.exe")
    parser.add_argument("--runner", type=pathlib.Path, default=HERE.parents[1] / "tools" / "wine-run")
    parser.add_argument("--scripts", type=pathlib.Path, default=HERE / "scripts")
    parser.add_argument("--check", type=pathlib.Path, metavar="DIR", help="compare with these containers, write none")
    arguments = parser.parse_args()

    command = [str(arguments.runner.resolve()), str(arguments.compiler.resolve())]
    containers, errors = compile_all(command, arguments.scripts)
    if arguments.check and not errors:
        errors = differences(containers, arguments.check)
    if not containers and not errors:
        errors = [f"{arguments.scripts} has no script in HLSL"]
    if errors:
        sys.exit("\n".join(errors))
    if not arguments.check:
        write(containers, HERE / "hlsl")


if __name__ == "__main__":
    main()
