#!/usr/bin/env python3
"""A test program whose kernels are live, but whose host is not there or goes away: it fails and says why, at once.

In host builds the host is linked in and can only lack Vulkan. Windows builds (--wrapper, --host) lose it in every way
that a native program can end. Prints TAP.
"""

import argparse
import os
import pathlib
import select
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "abi"))
from tap import Tap  # noqa: E402

LIVE_RUN = pathlib.Path(__file__).resolve().parents[1] / "runtime" / "live-run"
TEST = "a_clear_is_read_back"
PACKAGE = "mesa-vulkan-drivers"
MESSAGE_BYTES = 64
# Vulkan's loader looks at one of the two, depending on its version.
NO_VULKAN = {"VK_ICD_FILENAMES": "/nowhere", "VK_DRIVER_FILES": "/nowhere"}


def run(command, **environment):
    inherited = {name: value for name, value in os.environ.items() if name != "AEROGPU_LIVE_HOST"}
    return subprocess.run(command + [TEST], env={**inherited, **environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          check=False)


def check(tap, name, result, sentence):
    """One result: the program fails, with one sentence of which a part is given."""
    bails = [line for line in result.stdout.splitlines() if line.startswith("Bail out! ")]
    tap.check(name, result.returncode != 0 and len(bails) == 1 and sentence in bails[0], f"status {result.returncode}",
              result.stdout)


def answer(request, reply, count):
    """Plays a host that answers so many requests and ends, at the earliest when the program has sent the next one."""
    for number in range(count + 1):
        select.select([request], [], [])  # a FIFO that nobody opened yet is not readable
        data = os.read(request, MESSAGE_BYTES)
        if number < count:
            os.write(reply, data[:12] + bytes(MESSAGE_BYTES - 12))
    os.close(request)
    os.close(reply)


def lose_host(tap, program, folder, count):
    for name in ("request", "reply"):
        os.mkfifo(folder / name)
    (folder / "memory").touch()
    # As the real host does it: both are open before the program comes, and nobody waits for anybody.
    files = (os.open(folder / "request", os.O_RDONLY | os.O_NONBLOCK), os.open(folder / "reply", os.O_RDWR))
    threading.Thread(target=answer, args=(*files, count), daemon=True).start()
    check(tap, f"host_that_ends_after_{count}_replies_is_noticed", run(program, AEROGPU_LIVE_HOST=str(folder)),
          "it ended before it replied")


def check_channel(tap, program, host):
    check(tap, "program_to_start_under_is_named", run(program), "out/host/aerogpu-live-host")
    check(tap, "host_that_is_gone_is_noticed", run(program, AEROGPU_LIVE_HOST="/nowhere"), "aerogpu-live-host has ended")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file in ("request", "reply", "memory"):
            (folder / file).touch()
        check(tap, "files_instead_of_fifos_are_noticed", run(program, AEROGPU_LIVE_HOST=str(folder)), "live host: ")
    for count in range(3):
        with tempfile.TemporaryDirectory() as name:
            lose_host(tap, program, pathlib.Path(name), count)
    check(tap, "host_that_is_not_built_is_named", run(["sh", str(LIVE_RUN), "/nowhere/aerogpu-live-host"] + program),
          "/nowhere/aerogpu-live-host is not there: tools/test builds it")
    served = [host, "--"] + program
    check(tap, "device_without_a_match_is_told", run([host, "--device", "no such device", "--"] + program),
          "no Vulkan device of that name")
    tap.equal("program_under_its_host_works", 0, run(served).returncode)
    return served


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="scenario-live")
    parser.add_argument("--wrapper", action="append", default=[], help="runs it")
    parser.add_argument("--host", help="aerogpu-live-host, in Windows builds")
    arguments = parser.parse_args()
    tap = Tap()
    program = arguments.wrapper + [arguments.program]
    if arguments.host:
        program = check_channel(tap, program, arguments.host)
    else:
        tap.equal("program_with_its_host_works", 0, run(program).returncode)
    check(tap, "package_without_which_there_is_no_vulkan_is_named", run(program, **NO_VULKAN), PACKAGE)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
