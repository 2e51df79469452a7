#!/usr/bin/env python3
"""Tests that the committed containers are what the HLSL of the scripts compiles to, and that this would be noticed.
Prints TAP.

Argument: the program hlslc.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[0] / "abi"))
from tap import Tap  # noqa: E402

SCRIPT = "hlsl_structs_between_stages"
PIXEL, VERTEX = SCRIPT + ".29.dxbc", SCRIPT + ".7.dxbc"


def check(hlslc, scripts, containers):
    """Runs compile_hlsl.py --check: (exit status, output)."""
    done = subprocess.run([sys.executable, "-B", HERE / "compile_hlsl.py", "--compiler", hlslc, "--scripts", scripts,
                           "--check", containers], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout.strip()


def main():
    hlslc = sys.argv[1]
    tap = Tap()
    status, out = check(hlslc, HERE / "scripts", HERE / "hlsl")
    tap.check("containers_are_fresh", status == 0, out)

    with tempfile.TemporaryDirectory() as temporary:
        scripts, containers = pathlib.Path(temporary) / "scripts", pathlib.Path(temporary) / "hlsl"
        scripts.mkdir()
        containers.mkdir()
        script = scripts / (SCRIPT + ".pixel")
        text = (HERE / "scripts" / script.name).read_text()

        def expect(name, changed, sentence):
            script.write_text(changed)
            status, out = check(hlslc, scripts, containers)
            tap.check(name, (status != 0 and out == sentence) if sentence else (status == 0 and out == ""), out)

        for name in (PIXEL, VERTEX):
            shutil.copy(HERE / "hlsl" / name, containers)
        expect("what_fits_is_silent", text, None)
        expect("changed_source_is_stale", text.replace("v.colour.g, v", "v.colour.b, v"),
               PIXEL + ": stale, the source or the compiler has changed")
        expect("section_that_moved_is_missing", text.replace("[pixel shader hlsl]", "\n[pixel shader hlsl]"),
               f"{PIXEL}: no script has this section\n{SCRIPT}.30.dxbc: missing")
        expect("container_without_section_is_an_error", text.replace("[pixel shader hlsl]", "[pixel shader]"),
               PIXEL + ": no script has this section")
        (containers / VERTEX).unlink()
        expect("container_that_is_not_there_is_missing", text, VERTEX + ": missing")
        script.write_text(text.replace("return o;", "return p;"))
        status, out = check(hlslc, scripts, containers)
        tap.check("source_that_does_not_compile_is_named", status != 0 and out.startswith(VERTEX + ": "), out)
        script.write_text("[test]\nclear rt0 0 0 0 0\n")
        (containers / PIXEL).unlink()
        status, out = check(hlslc, scripts, containers)
        tap.check("no_hlsl_at_all_is_an_error", status != 0 and "no script in HLSL" in out, out)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
