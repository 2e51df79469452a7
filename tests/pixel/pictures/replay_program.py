#!/usr/bin/env python3
"""aerogpu-replay as a program: what it accepts, what it says, and its exit status. Prints TAP."""

import argparse
import hashlib
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "abi"))
from png import read_png  # noqa: E402
from tap import Tap  # noqa: E402

# Exit statuses: clean, errors in the stream or nothing to show, unusable.
CLEAN, INVALID, UNUSABLE = 0, 1, 2
STREAM_MAGIC = b"ACMD"


def run(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


def capture(scenario, test, path):
    """What a test of a scenario submits."""
    environment = dict(os.environ, AEROGPU_SCENARIO_TRACE=str(path))
    result = subprocess.run([scenario, test], env=environment, stdout=subprocess.PIPE, text=True,
                            check=False)
    if result.returncode != 0:
        sys.exit(f"status {result.returncode}: {scenario}\n{result.stdout}")
    return path.read_bytes()


def with_unknown_packet(trace):
    """The capture with the opcode of its first stream's first packet made one that does not exist."""
    at = trace.index(STREAM_MAGIC) + 24
    return trace[:at] + struct.pack("<I", 0xFFFF) + trace[at + 4:]


def frame_hash(rows):
    """SHA-256 over width, height and texels, as HOST-SEMANTICS wants it."""
    digest = hashlib.sha256(struct.pack("<II", len(rows[0]), len(rows)))
    for row in rows:
        digest.update(bytes(value for pixel in row for value in pixel))
    return digest.hexdigest()


def check_command_line(tap, replay, trace):
    tap.equal("help_is_no_error", CLEAN, run(replay, "--help").returncode)
    tap.equal("no_file_is_unusable", UNUSABLE, run(replay).returncode)
    tap.equal("two_files_are_unusable", UNUSABLE, run(replay, trace, trace).returncode)
    tap.equal("unknown_option_is_unusable", UNUSABLE, run(replay, "--frobnicate", trace).returncode)
    tap.equal("handle_zero_is_unusable", UNUSABLE, run(replay, "--resource", "0", trace).returncode)
    tap.equal("handle_with_a_tail_is_unusable", UNUSABLE, run(replay, "--resource", "2x", trace).returncode)
    tap.check("missing_file_is_named", "absent: No such file" in run(replay, "absent").stderr)
    tap.equal("unknown_device_is_unusable", UNUSABLE, run(replay, "--device", "no such device", trace).returncode)


def check_pictures(tap, replay, trace, folder):
    image = folder / "frame.png"
    found = run(replay, "--hash", "-o", image, trace)
    tap.equal("clean_capture_is_clean", (CLEAN, ""), (found.returncode, found.stderr))
    tap.equal("hash_is_of_the_picture", frame_hash(read_png(image)), found.stdout.strip())
    tap.equal("nothing_is_printed_unasked", "", run(replay, trace).stdout)
    nowhere = run(replay, "-o", folder / "absent" / "frame.png", trace)
    tap.equal("picture_that_cannot_be_written_is_unusable", UNUSABLE, nowhere.returncode)
    unknown = run(replay, "--resource", "0x7ffffff0", trace)
    tap.equal("unknown_handle_shows_nothing", INVALID, unknown.returncode)
    tap.check("unknown_handle_is_said", "no image was found under this handle" in unknown.stderr, unknown.stderr)


def check_frames(tap, replay, trace, folder):
    frames = folder / "frames"
    frames.mkdir()
    found = run(replay, "--hash", "--frames", frames, "-o", folder / "last.png", trace)
    tap.equal("every_presented_image_is_written", ["frame-0000.png", "frame-0001.png"],
              sorted(path.name for path in frames.iterdir()))
    pictures = [read_png(path) for path in sorted(frames.iterdir())]
    tap.equal("hashes_are_of_the_images_in_order", [frame_hash(rows) for rows in pictures], found.stdout.split())
    tap.check("images_are_not_all_the_last_one", pictures[0] != pictures[1])
    tap.equal("last_image_is_that_of_the_output", read_png(folder / "last.png"), pictures[1])
    nowhere = run(replay, "--frames", folder / "absent", trace)
    tap.equal("folder_that_is_not_there_is_unusable", UNUSABLE, nowhere.returncode)


def check_damage(tap, replay, whole, folder):
    damaged = folder / "damaged.aerogputrace"
    damaged.write_bytes(with_unknown_packet(whole))
    found = run(replay, damaged)
    tap.equal("unknown_packet_is_invalid", INVALID, found.returncode)
    tap.check("unknown_packet_is_located", "submission 0, packet 0 (unknown) at byte 24" in found.stderr, found.stderr)
    damaged.write_bytes(b"no capture at all")
    tap.equal("other_file_is_unusable", UNUSABLE, run(replay, damaged).returncode)
    damaged.write_bytes(b"")
    tap.equal("empty_file_is_unusable", UNUSABLE, run(replay, damaged).returncode)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", required=True, help="scenario-triangle")
    parser.add_argument("--demo", required=True, help="scenario-demo")
    parser.add_argument("--replay", required=True, help="aerogpu-replay")
    arguments = parser.parse_args()
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        trace = folder / "triangle.aerogputrace"
        whole = capture(arguments.scenario, "triangle_is_drawn_on_11_0", trace)
        check_command_line(tap, arguments.replay, trace)
        check_pictures(tap, arguments.replay, trace, folder)
        check_damage(tap, arguments.replay, whole, folder)
        moving = folder / "demo.aerogputrace"
        capture(arguments.demo, "two_frames_are_drawn_on_11_0", moving)
        check_frames(tap, arguments.replay, moving, folder)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
