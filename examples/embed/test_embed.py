#!/usr/bin/env python3
"""The embedding example: what it shows, computed here a second time. Prints TAP.

    test_embed.py PROGRAM
"""
import hashlib
import os
import pathlib
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "abi"))
from tap import Tap  # noqa: E402

WIDTH, HEIGHT = 64, 48


def pixel(x, y):
    """What the guest draws: a checkerboard of 4 x 4 fields at 24, 16, dark green around it."""
    if 24 <= x < 40 and 16 <= y < 32:
        return bytes([0xFF if ((x - 24) // 4 + (y - 16) // 4) % 2 else 0x40] * 4)
    return bytes([0, 64, 0, 255])


def frame_hash(texels):
    return hashlib.sha256(struct.pack("<II", WIDTH, HEIGHT) + texels).hexdigest()


def main():
    # The Vulkan driver keeps a few bytes after its instance is gone.
    result = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=False,
                            env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
    texels = b"".join(pixel(x, y) for y in range(HEIGHT) for x in range(WIDTH))
    lines = result.stdout.splitlines()
    tap = Tap()
    tap.equal("it_ends_well", 0, result.returncode)
    tap.equal("it_says_nothing_else", "", result.stderr)
    tap.equal("frame_is_what_the_guest_drew", [f"frame 1: {WIDTH}x{HEIGHT} {frame_hash(texels)}"], lines[:1])
    tap.check("another_picture_has_another_hash", frame_hash(bytes(len(texels))) not in result.stdout)
    tap.equal("fence_of_the_frame_is_completed", ["fence 1 completed, error 0"], lines[1:2])
    tap.check("mistake_is_reported_with_its_context", lines[2:3] and lines[2].startswith("context 5, byte 72: "), lines)
    tap.equal("fence_of_the_mistake_is_completed_too", ["fence 2 completed, error 1"], lines[-1:])
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
