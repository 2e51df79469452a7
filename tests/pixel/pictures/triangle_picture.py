#!/usr/bin/env python3
"""Looks at the triangle: from DDI calls to pixels, with the colours that Direct3D's rules give.

Runs the triangle scenario with a capture, has aerogpu-replay execute the capture and write the presented
image, and compares single pixels with what the rules say: clear colours, coverage, and colours interpolated
over the vertices of tests/scenarios/scene.c. Prints TAP; each probe is a test, and so is a wrong colour.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "abi"))
from png import read_png  # noqa: E402
from tap import Tap  # noqa: E402

SIDE = 256
CLEAR = (0.0, 0.125, 0.25)
# Both triangles: scale and offset of the vertex constants, in drawing order.
WHOLE = (1.0, 0.0)
SMALL = (0.25, -0.5)


def weights(x, y, scale, offset):
    """Barycentric weights of a pixel centre in the triangle (0, 0.75), (0.75, -0.75), (-0.75, -0.75)."""
    nx = ((x + 0.5) * 2 / SIDE - 1 - offset) / scale
    ny = (1 - (y + 0.5) * 2 / SIDE - offset) / scale
    top = (ny + 0.75) / 1.5
    return top, (1 - top + nx / 0.75) / 2, (1 - top - nx / 0.75) / 2


def expected(x, y):
    """Colour of a pixel: what was drawn last over it. Red, green and blue are the corners' colours."""
    color = CLEAR
    for scale, offset in (WHOLE, SMALL):
        found = weights(x, y, scale, offset)
        if min(found) >= 0:
            color = found
    return tuple(round(255 * c) for c in color)


# Pixels well inside what they show.
PROBES = {
    "background_at_the_top_left": (0, 0),
    "background_at_the_bottom_right": (255, 255),
    "background_beside_the_triangle": (40, 100),
    "background_above_the_triangle": (128, 28),
    "red_top": (128, 40),
    "green_right_corner": (212, 220),
    "blue_left_corner": (40, 221),
    "middle_of_the_large_triangle": (128, 128),
    "large_triangle_right_of_the_small_one": (110, 200),
    "middle_of_the_small_triangle": (64, 192),
    "top_of_the_small_triangle": (64, 172),
    "last_row_of_the_large_triangle": (128, 223),
    "first_row_below_the_large_triangle": (128, 224),
}


def is_close(a, b):
    return all(abs(x - y) <= 1 for x, y in zip(a, b))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", required=True, help="scenario-triangle")
    parser.add_argument("--replay", required=True, help="aerogpu-replay")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trace, image = os.path.join(folder, "triangle.aerogputrace"), os.path.join(folder, "frame.png")
        environment = dict(os.environ, AEROGPU_SCENARIO_TRACE=trace)
        for command in ([arguments.scenario, "triangle_is_drawn_on_11_0"], [arguments.replay, "-o", image, trace]):
            result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
            if result.returncode != 0:
                sys.exit(f"status {result.returncode}: {' '.join(command)}\n{result.stdout}")
        rows = read_png(image)

    tap = Tap()
    tap.equal("image_has_the_back_buffers_size", (SIDE, SIDE), (len(rows[0]), len(rows)))
    for name, (x, y) in PROBES.items():
        tap.check(name, is_close(rows[y][x], expected(x, y)), f"expected {expected(x, y)}", f"found    {rows[y][x]}")
    tap.check("wrong_colour_would_be_noticed", not is_close(rows[128][128], expected(0, 0)))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
