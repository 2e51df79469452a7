#!/usr/bin/env python3
"""Looks at the demo: a knot that turns and three balls that go around it, over several frames.

Runs the demo scenario with a capture, has aerogpu-replay write every frame, and compares pixels with what the
scene's rules give (tests/scenarios/demo, demo_*.hlsl): the sky's colour by its formula; of each ball, where its
middle appears, its colour by texture and lamps, and whether the knot or another ball hides it, by distance from
the eye. Prints TAP. The same capture without depth test has to show what is hidden.
"""

import argparse
import math
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "abi"))
from png import read_png  # noqa: E402
from tap import Tap  # noqa: E402

WIDTH, HEIGHT, FRAMES = 512, 384, 36
LOOKED_AT = (2, 7, 15, 20, 28, 32)
EYE = (0.0, 1.9, 9.6)
PITCH = 2 * math.pi * 86 / 2304
LENS = (2.0606, 2.7475)
BALLS, BALL_RADIUS = 3, 0.42
KNOT_SCALE, TUBE_RADIUS = 0.66, 0.55
# What a middle's distance from an edge must be to be told for certain: in the world's units, and in bands of a ball.
MARGIN, BAND_MARGIN = 0.1, 0.08
# Least difference of a channel that makes another colour, and most that passes for the same.
OTHER, SAME = 24, 6


def add(a, b, scale=1.0):
    return tuple(x + scale * y for x, y in zip(a, b))


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def normalized(v):
    return tuple(x / math.sqrt(dot(v, v)) for x in v)


def turn_x(v, angle):
    c, s = math.cos(angle), math.sin(angle)
    return v[0], c * v[1] - s * v[2], s * v[1] + c * v[2]


def turn_y(v, angle):
    c, s = math.cos(angle), math.sin(angle)
    return c * v[0] + s * v[2], v[1], c * v[2] - s * v[0]


def pixel_of(place):
    """The pixel that shows a place."""
    x, y, z = turn_x(add(place, EYE, -1), PITCH)
    return int((LENS[0] * x / -z + 1) / 2 * WIDTH), int((1 - LENS[1] * y / -z) / 2 * HEIGHT)


def ball_angle(frame, ball):
    return 2 * math.pi * (ball / BALLS - frame / FRAMES)


def ball_middle(frame, ball):
    angle = ball_angle(frame, ball)
    return 3.0 * math.sin(angle), 0.8 * math.sin(2 * angle), 3.0 * math.cos(angle)


def knot_line(frame):
    """Points in the middle of the tube."""
    for i in range(512):
        t = 2 * math.pi * i / 512
        radius = 2.05 + math.cos(3 * t)
        point = (radius * math.cos(2 * t), radius * math.sin(2 * t), math.sin(3 * t))
        point = turn_x(tuple(KNOT_SCALE * x for x in point), -2 * math.pi / 18)
        yield turn_y(point, 2 * math.pi * frame / FRAMES)


def is_hidden(frame, ball):
    """Whether the middle of a ball, seen from the eye, is behind something; None where that is a near thing."""
    ray = normalized(add(ball_middle(frame, ball), EYE, -1))
    front = math.dist(ball_middle(frame, ball), EYE) - BALL_RADIUS
    others = [(point, KNOT_SCALE * TUBE_RADIUS) for point in knot_line(frame)]
    others += [(ball_middle(frame, other), BALL_RADIUS) for other in range(BALLS) if other != ball]
    verdict = False
    for point, radius in others:
        depth = dot(add(point, EYE, -1), ray)
        aside = math.dist(add(EYE, ray, depth), point)
        if aside > radius + MARGIN or depth - radius > front + MARGIN:
            continue
        if aside < radius - MARGIN and depth < front - MARGIN:
            return True
        verdict = None
    return verdict


def glaze_of(frame, ball, normal):
    """Colour and shine of a ball's texture where its normal is this one; None near an edge of its bands."""
    angle = ball_angle(frame, ball)
    x, y, z = turn_y(turn_x(normal, -2 * math.pi / 12), -4 * angle)
    across = 8 * (math.atan2(z, x) / (2 * math.pi) % 1)
    down = 4 * math.acos(y) / math.pi
    if any(abs(n - round(n)) < BAND_MARGIN for n in (across, down)):
        return None
    is_dark = (int(across) + int(down)) % 2 == 0
    return tuple(n / 255 for n in ((150, 30, 36, 255) if is_dark else (240, 226, 206, 230)))


def clamp(x):
    return min(max(x, 0.0), 1.0)


def mix(a, b, share):
    return tuple(x + (y - x) * share for x, y in zip(a, b))


def ball_color(frame, ball):
    """What demo_object_ps gives for the middle of a ball, whose normal points to the eye; None if not certain."""
    n = normalized(add(EYE, ball_middle(frame, ball), -1))
    glaze = glaze_of(frame, ball, n)
    if not glaze:
        return None
    lamp, fill = (0.4969, 0.6776, 0.5421), (-0.9029, 0.1693, 0.3950)
    light = mix((0.050, 0.040, 0.045), (0.16, 0.20, 0.30), n[1] * 0.5 + 0.5)
    light = add(light, (2.10, 1.75, 1.35), clamp(dot(n, lamp)))
    light = add(light, (0.18, 0.30, 0.55), clamp(dot(n, fill)))
    shine = clamp(dot(n, normalized(add(lamp, n)))) ** 90
    sky = mix((0.06, 0.05, 0.06), (0.45, 0.55, 0.80), clamp(n[1] * 0.8 + 0.35))
    color = tuple(g * g * x for g, x in zip(glaze, light))
    color = add(color, add(tuple(0.04 * x for x in sky), (2.4, 2.1, 1.7), shine), glaze[3])
    return tuple(round(255 * clamp(x) ** 0.4545) for x in color)


def sky_color(x, y):
    """What demo_sky_ps gives for a pixel."""
    across, down = (x + 0.5) / WIDTH, (y + 0.5) / HEIGHT
    glow = clamp(1 - 3.2 * (((across - 0.5) * 1.33) ** 2 + (down - 0.42) ** 2))
    color = mix((0.150, 0.170, 0.250), (0.035, 0.045, 0.105), clamp(1 - 1.25 * down))
    return tuple(round(255 * x) for x in add(color, (0.16, 0.20, 0.27), glow * glow))


def difference(a, b):
    return max(abs(x - y) for x, y in zip(a, b))


def capture(scenario, path):
    environment = dict(os.environ, AEROGPU_SCENARIO_TRACE=str(path))
    result = subprocess.run([scenario, "one_revolution_is_drawn_on_11_0"], env=environment, stdout=subprocess.PIPE,
                            text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"status {result.returncode}: {scenario}\n{result.stdout}")


def replay(program, trace, folder):
    """Every frame in folder; their hashes."""
    folder.mkdir()
    result = subprocess.run([program, "--hash", "--frames", folder, trace], stdout=subprocess.PIPE, text=True,
                            check=False)
    if result.returncode != 0:
        sys.exit(f"status {result.returncode}: {program} {trace}")
    return result.stdout.split()


def without_depth_test(trace):
    """The capture with every depth test switched off."""
    set_depth_stencil_state, header_bytes = 0x301, 24
    data, at = bytearray(trace), trace.find(b"ACMD")
    while at >= 0:
        end = at + struct.unpack_from("<I", data, at + 8)[0]
        at += header_bytes
        while at < end:
            opcode, size = struct.unpack_from("<II", data, at)
            if opcode == set_depth_stencil_state:
                struct.pack_into("<I", data, at + 8, 0)
            at += size
        at = trace.find(b"ACMD", end)
    return bytes(data)


def check_sky(tap, pictures):
    """Where nothing ever comes, and where the knot always is."""
    places = {"at_the_top_left": (0, 0), "at_the_top_right": (511, 0), "at_the_left": (3, 150), "above_the_knot": (256, 12)}
    for name, (x, y) in places.items():
        found = [rows[y][x] for rows in pictures.values()]
        tap.check(f"sky_{name}", all(difference(pixel, sky_color(x, y)) <= 1 for pixel in found),
                  f"expected {sky_color(x, y)}", f"found    {found}")
    for frame, rows in pictures.items():
        places = [pixel_of(point) for point in knot_line(frame)]
        covered = [difference(rows[y][x], sky_color(x, y)) >= OTHER for x, y in places if y < 150]
        share = sum(covered) / len(covered)
        # Joints between tiles and dark glazes are as dark as the sky.
        tap.check(f"knot_of_frame_{frame}_stands_before_the_sky", share > 0.75, f"{share:.2f} of it")


def check_balls(tap, pictures, flat):
    """Each ball's middle: in its colour, or hidden. Without depth test nothing is."""
    counts = {True: 0, False: 0}
    for frame, rows in pictures.items():
        for ball in range(BALLS):
            hidden, color = is_hidden(frame, ball), ball_color(frame, ball)
            if hidden is None or color is None:
                continue
            counts[hidden] += 1
            x, y = pixel_of(ball_middle(frame, ball))
            report = f"expected {color}", f"found    {rows[y][x]}"
            if hidden:
                tap.check(f"ball_{ball}_of_frame_{frame}_is_hidden", difference(rows[y][x], color) >= OTHER, *report)
                tap.check(f"ball_{ball}_of_frame_{frame}_is_not_hidden_without_depth_test",
                          difference(flat[frame][y][x], color) <= SAME, f"found {flat[frame][y][x]}")
            else:
                tap.check(f"ball_{ball}_of_frame_{frame}_is_seen", difference(rows[y][x], color) <= SAME, *report)
    tap.check("some_balls_are_hidden", counts[True] >= 2, counts)
    tap.check("some_balls_are_seen", counts[False] >= 6, counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--demo", required=True, help="scenario-demo")
    parser.add_argument("--replay", required=True, help="aerogpu-replay")
    arguments = parser.parse_args()
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        trace = folder / "demo.aerogputrace"
        capture(arguments.demo, trace)
        hashes = replay(arguments.replay, trace, folder / "frames")
        trace.write_bytes(without_depth_test(trace.read_bytes()))
        replay(arguments.replay, trace, folder / "flat")
        pictures, flat = ({frame: read_png(folder / kind / f"frame-{frame:04}.png") for frame in LOOKED_AT}
                          for kind in ("frames", "flat"))
    first = pictures[LOOKED_AT[0]]
    tap.equal("a_revolution_has_its_frames", FRAMES, len(hashes))
    tap.equal("no_two_frames_are_the_same", FRAMES, len(set(hashes)))
    tap.equal("image_has_the_back_buffers_size", (WIDTH, HEIGHT), (len(first[0]), len(first)))
    check_sky(tap, pictures)
    check_balls(tap, pictures, flat)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
