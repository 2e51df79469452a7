#!/usr/bin/env python3
"""pixel-run itself: what it must not pass, and what it says to scripts it does not understand. Prints TAP."""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "abi"))
from tap import Tap  # noqa: E402

RED = "[pixel shader]\nps_4_0\ndcl_output o0.xyzw\nmov o0.xyzw, l(1.0, 0.0, 0.0, 1.0)\nret\n"
DRAWN = RED + "[test]\nclear rt0 0 0 0 0\ndraw quad\n"

# Name of the test: script, whether it passes, what is said on the way.
CASES = {
    "a_probe_of_what_was_drawn_passes": (DRAWN + "probe rt0 all rgba 1 0 0 1\n", True, "ok 1"),
    "a_probe_of_another_colour_fails_with_both": (
        DRAWN + "probe rt0 3 5 rgba 0 1 0 1\n",
        False,
        "x.pixel:9: texel 3 5 is 0xff 0x00 0x00 0xff, expected 0x00 0xff 0x00 0xff",
    ),
    "one_wrong_texel_fails": (DRAWN + "viewport 0 0 1 1\nclear rt0 0 0 0 0\ndraw quad\nprobe rt0 all rgba 0 0 0 0\n", False,
                              "texel 0 0"),
    "tolerance_is_in_codes": (
        "[test]\nclear rt0 0.5 0 0 0\nprobe rt0 all codes 0x7f 0 0 0 tolerance 1\n", True, "ok 1"),
    "beyond_the_tolerance_fails": (
        "[test]\nclear rt0 0.5 0 0 0\nprobe rt0 all codes 0x7e 0 0 0 tolerance 1\n", False, "0x80"),
    "a_known_failure_is_marked": (
        "[require]\ntodo another colour\n" + DRAWN + "probe rt0 all rgba 0 1 0 1\n", True,
        "not ok 1 - x # TODO another colour"),
    "a_known_failure_that_passes_is_a_failure": (
        "[require]\ntodo nothing is wrong\n" + DRAWN + "probe rt0 all rgba 1 0 0 1\n", False, "ok 1 - x # TODO"),
    "a_limit_is_marked": (
        "[require]\nlimit no such colour\n" + DRAWN + "probe rt0 all rgba 0 1 0 1\n", True,
        "not ok 1 - x # TODO no such colour"),
    "a_script_that_is_not_understood_is_no_known_failure": (
        "[require]\ntodo anything\n[test]\nclaer rt0 0 0 0 0\n", False, "x.pixel:4: there is no command claer"),
    "comments_may_stand_in_shaders": (
        RED.replace("ret", "# done\nret # really") + "# and over\n[test]\ndraw quad\nprobe rt0 all rgba 1 0 0 1\n", True, "ok 1"),
    "an_unknown_word_is_answered_with_the_list": (
        "[blend state]\nsource src-colour\n[test]\n", False, "src-colour is none of: zero, one, src-color"),
    "an_unknown_section_is_named": ("[tset]\n", False, "there is no section [tset ...]"),
    "a_word_too_many_is_named": ("[test]\nclear rt0 0 0 0 0 7\n", False, "x.pixel:2: 7 is not understood"),
    "a_missing_number_is_noticed": ("[test]\nclear rt0 0 0 0\n", False, "x.pixel:2: a word is missing"),
    "data_of_the_wrong_size_are_counted": (
        "[texture ps 0]\nsize 2 2\nuint 1 2 3\n[test]\n", False, "there are 12 bytes of data where 16 are needed"),
    "a_shader_that_does_not_assemble_is_named_with_its_line": (
        "[pixel shader]\nps_4_0\nmvo r0, r1\n[test]\n", False, "does not assemble: line 2"),
    "a_probe_outside_of_the_image_is_no_verdict": (
        "[test]\nclear rt0 0 0 0 0\nprobe rt0 32 0 rgba 0 0 0 0\n", False, "outside of the 32 x 32 image"),
    "an_unknown_name_is_named": ("[test]\nclear rt1 0 0 0 0\n", False, "rt1 is no texture"),
    "lines_before_the_first_section_are_refused": ("clear rt0\n", False, "x.pixel:1: the first line must begin a section"),
    "a_draw_without_vertex_shader_is_told_what_to_write": (
        "[test]\ndraw triangle-list 3\n", False, "a draw needs a [vertex shader]"),
}


def main():
    program = sys.argv[1]
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "x.pixel"
        for name, (script, passes, said) in CASES.items():
            path.write_text(script, encoding="utf-8")
            result = subprocess.run([program, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                    check=False)
            tap.check(name, (result.returncode == 0) == passes and said in result.stdout,
                      f"exit status {result.returncode}, expected to find {said!r} in", result.stdout)
        result = subprocess.run([program, str(pathlib.Path(folder) / "none.pixel")], stdout=subprocess.PIPE, text=True,
                                stderr=subprocess.DEVNULL, check=False)
        tap.check("a_file_that_is_not_there_is_named", result.returncode != 0 and "none.pixel" in result.stdout,
                  result.stdout)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
