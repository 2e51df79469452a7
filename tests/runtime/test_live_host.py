#!/usr/bin/env python3
"""aerogpu-live-host as a program: exit statuses, what it leaves behind, and whom it answers. Prints TAP.

It runs this script again as its child (--child NAME), which plays the test program at the other end of the FIFOs.
"""

import argparse
import os
import pathlib
import random
import signal
import struct
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1] / "abi"))
from tap import Tap  # noqa: E402

# As in live_wire.h.
MAGIC, VERSION = 0x4C475041, 1
START, SUBMIT, READ_TEXTURE, READ_BUFFER = 1, 2, 3, 4
DONE, NOTHING, FAILED = 0, 1, 2
REQUEST = struct.Struct("<8I3Q2I")
REPLY = struct.Struct("<8I4Q")
ENTRY = struct.Struct("<2I3Q")
REPORT = struct.Struct("<4I48s448s")
HOUR = 3600


class Client:
    """The other end: sends requests, returns replies."""

    def __init__(self):
        self.folder = pathlib.Path(os.environ["AEROGPU_LIVE_HOST"])
        self.request = os.open(self.folder / "request", os.O_WRONLY)
        self.reply = os.open(self.folder / "reply", os.O_RDONLY)
        self.memory = os.open(self.folder / "memory", os.O_RDWR)
        self.number = 0

    def send(self, kind, handle=0, offset=0, size=0, entries=0, count=0, magic=MAGIC, version=VERSION):
        self.number += 1
        os.write(self.request, REQUEST.pack(magic, version, self.number, kind, 1, handle, 0, 0, offset, size, entries,
                                            count, 0))

    def ask(self, kind, **fields):
        """A reply as dictionary; the program ends when there is none."""
        self.send(kind, **fields)
        data = os.read(self.reply, REPLY.size)
        if len(data) != REPLY.size:
            print("no reply")
            sys.exit(0)
        names = ("magic", "version", "number", "status", "reports", "format", "width", "height", "reports_at", "at", "size")
        return dict(zip(names, REPLY.unpack(data)))

    def put(self, offset, data):
        os.pwrite(self.memory, data, offset)

    def report(self, reply):
        """Rule and text of the first report."""
        fields = REPORT.unpack(os.pread(self.memory, REPORT.size, reply["reports_at"]))
        return [field.split(b"\0")[0].decode() for field in fields[4:]]

    def submit(self, packets, **fields):
        stream = struct.pack("<6I", 0x444D4341, 0x00010004, 24 + len(packets), 0, 0, 0) + packets
        self.put(0, stream)
        return self.ask(SUBMIT, **dict({"size": len(stream)}, **fields))


CREATE_BUFFER = struct.pack("<4IQ4I", 0x100, 40, 5, 1, 256, 0, 0, 0, 0)


# ---- Children. Each plays one test program; what it prints is compared. ----

def child_look():
    folder = os.environ["AEROGPU_LIVE_HOST"]
    print(folder, oct(os.stat(folder).st_mode & 0o777), sorted(os.listdir(folder)))


def child_tell():
    print(os.environ["AEROGPU_LIVE_HOST"], flush=True)


def child_crash():
    child_tell()
    Client().ask(START)
    os.kill(os.getpid(), signal.SIGKILL)


def child_wait():
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    child_tell()
    time.sleep(HOUR)


def child_wait_deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child_wait()


def child_work():
    client = Client()
    statuses = [client.ask(START)["status"], client.submit(CREATE_BUFFER)["reports"]]
    found = client.ask(READ_BUFFER, handle=5, offset=16, size=32)
    data = os.pread(client.memory, 32, found["at"])
    print(statuses, found["status"], found["size"], data == bytes(32))


def child_read_nothing():
    client = Client()
    client.ask(START)
    print([client.ask(kind, handle=5, size=size)["status"]
           for kind, size in ((READ_TEXTURE, 0), (READ_BUFFER, 4), (READ_BUFFER, 1 << 40))])


def child_invalid_stream():
    client = Client()
    client.ask(START)
    reply = client.submit(struct.pack("<2I", 0xFFFF, 8))
    print(reply["status"], reply["reports"], client.report(reply)[0])


def child_start_twice():
    client = Client()
    client.ask(START)
    client.submit(CREATE_BUFFER)
    client.ask(START)
    print(client.ask(READ_BUFFER, handle=5, size=4)["status"])


def child_random():
    """Submissions whose entries and packets are noise: every one is answered."""
    client = Client()
    client.ask(START)
    noise = random.Random(1)
    for _ in range(200):
        client.put(4096, noise.randbytes(8192))
        packets = b"".join(struct.pack("<2I", noise.choice((0x100, 0x101, 0x105, 0x200, 0x600)), 40) + noise.randbytes(32)
                           for _ in range(3))
        entries = b"".join(ENTRY.pack(noise.randrange(4), noise.randrange(4), noise.randrange(1 << 64),
                                      noise.randrange(8192), noise.randrange(4096)) for _ in range(4))
        client.put(8192, entries)
        client.submit(packets, entries=8192, count=4)
    print("answered")


def child_truncated():
    """The file shrinks behind the host's back."""
    client = Client()
    client.ask(START)
    os.ftruncate(client.memory, 0)
    client.ask(SUBMIT, size=24)


def child_without_vulkan():
    client = Client()
    reply = client.ask(START)
    print(reply["status"], client.report(reply)[1])


def child_come_again():
    """One program ends in the middle of a request, the next one works."""
    first = Client()
    first.ask(START)
    os.write(first.request, b"half")
    for file in (first.request, first.reply, first.memory):
        os.close(file)
    time.sleep(0.2)
    print(Client().ask(START)["status"])


def child_garbage():
    client = Client()
    os.write(client.request, bytes(range(64)))
    print(len(os.read(client.reply, REPLY.size)))


def child_garbage_and_fail():
    child_garbage()
    sys.exit(9)


def child_deaf_to_replies():
    client = Client()
    client.ask(START)
    try:
        for _ in range(100000):
            client.send(READ_BUFFER)
    except BrokenPipeError:
        print("broken")


# Requests that must end the conversation: what is sent after the start, and a part of the sentence.
BAD_REQUESTS = {
    "other_version": ({"kind": START, "version": 2}, "another version"),
    "unknown_kind": ({"kind": 99}, "no known kind"),
    "stream_outside_of_the_file": ({"kind": SUBMIT, "offset": 1 << 30, "size": 64}, "does not hold what a submission names"),
    "stream_of_any_size": ({"kind": SUBMIT, "size": (1 << 64) - 1}, "does not hold what a submission names"),
    "stream_far_out": ({"kind": SUBMIT, "offset": (1 << 64) - 8, "size": 64}, "does not hold what a submission names"),
    "entries_outside_of_the_file": ({"kind": SUBMIT, "entries": 1 << 40, "count": 1}, "does not hold what a submission names"),
    "entries_without_end": ({"kind": SUBMIT, "count": 0xFFFFFFFF}, "lists too much"),
    "allocation_outside_of_the_file": ({"kind": SUBMIT, "entries": 0, "count": 1}, "does not hold what a submission lists"),
}


def child_bad(name):
    client = Client()
    client.put(0, ENTRY.pack(1, 0, 0x10000, 1 << 62, 1 << 62))
    client.ask(START)
    client.ask(**BAD_REQUESTS[name][0])
    print("answered")


def child_early():
    Client().ask(READ_TEXTURE)
    print("answered")


# ---- The tests ----

class Runner:
    def __init__(self, program):
        self.program = program

    def command(self, name):
        return [self.program, "--", sys.executable, "-B", str(HERE), "--child", name]

    def child(self, name, **environment):
        return subprocess.run(self.command(name), capture_output=True, text=True, check=False,
                              env=dict(os.environ, **environment))

    def shell(self, script):
        return subprocess.run([self.program, "--", "sh", "-c", script], capture_output=True, text=True, check=False)

    def signalled(self, name, number):
        """Status of a host that gets a signal while its child waits, and the folder that the child saw."""
        host = subprocess.Popen(self.command(name), stdout=subprocess.PIPE, text=True)
        folder = host.stdout.readline().strip()
        host.send_signal(number)
        rest = host.stdout.read()  # ends when the child, too, has ended
        return host.wait(), folder, rest


def check_status(tap, runner):
    tap.equal("success_is_passed_on", 0, runner.shell("exit 0").returncode)
    tap.equal("failure_is_passed_on", 7, runner.shell("exit 7").returncode)
    tap.equal("crash_is_passed_on", 128 + signal.SIGSEGV, runner.shell("kill -SEGV $$").returncode)
    spoken = runner.shell("echo out; echo err >&2")
    tap.equal("streams_are_passed_on", ("out\n", "err\n"), (spoken.stdout, spoken.stderr))
    missing = subprocess.run([runner.program, "--", "/nowhere/to/be/found"], capture_output=True, text=True, check=False)
    tap.equal("missing_command_is_127", 127, missing.returncode)
    tap.check("missing_command_is_named", "/nowhere/to/be/found: No such file" in missing.stderr, missing.stderr)
    deaf = subprocess.run([runner.program, "--", "sh", "-c", "exit 6"], check=False,
                          preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    tap.equal("status_is_passed_on_where_children_are_ignored", 6, deaf.returncode)
    tap.equal("no_command_is_unusable", 2, subprocess.run([runner.program], capture_output=True, check=False).returncode)
    tap.equal("help_is_no_error", 0,
              subprocess.run([runner.program, "--help"], capture_output=True, check=False).returncode)


def check_traces(tap, runner):
    looked = runner.child("look").stdout.split(maxsplit=2)
    tap.equal("folder_is_private", "0o700", looked[1])
    tap.equal("folder_holds_two_fifos_and_a_file", "['memory', 'reply', 'request']", looked[2].strip())
    tap.check("folder_is_gone_after_success", not os.path.exists(looked[0]), looked[0])
    other = runner.child("look").stdout.split()[0]
    tap.check("folder_has_another_name_each_time", other != looked[0], other)
    never = runner.child("tell")
    tap.equal("child_that_never_connects_ends", (0, ""), (never.returncode, never.stderr))
    crashed = runner.child("crash")
    tap.equal("crash_of_a_connected_child_is_passed_on", 128 + signal.SIGKILL, crashed.returncode)
    folder = crashed.stdout.strip()
    tap.check("folder_is_gone_after_a_crash", folder and not os.path.exists(folder), folder)
    for name, number, child in (("termination", signal.SIGTERM, "wait"), ("interrupt", signal.SIGINT, "wait"),
                                ("termination_of_the_deaf", signal.SIGTERM, "wait_deaf")):
        status, folder, _ = runner.signalled(child, number)
        tap.equal(f"{name}_is_the_status", 128 + number, status)
        tap.check(f"folder_is_gone_after_{name}", folder and not os.path.exists(folder), folder)


def check_answers(tap, runner):
    answers = {
        "work": "[0, 0] 0 32 True",
        "read_nothing": str([NOTHING, NOTHING, NOTHING]),
        "invalid_stream": f"{DONE} 1 unknown-opcode",
        "start_twice": str(NOTHING),
        "come_again": str(DONE),
        "random": "answered",
    }
    for name, expected in answers.items():
        found = runner.child(name)
        tap.equal(f"{name}_is_answered", (expected, 0), (found.stdout.strip(), found.returncode))
        if found.stdout.strip() != expected:
            print("# " + found.stderr.replace("\n", "\n# "))
    absent = runner.child("without_vulkan", VK_ICD_FILENAMES="/nowhere", VK_DRIVER_FILES="/nowhere")
    tap.check("missing_vulkan_is_told_with_its_package",
              absent.stdout.startswith(str(FAILED)) and "mesa-vulkan-drivers" in absent.stdout, absent.stdout)


def check_hostile(tap, runner):
    garbage = runner.child("garbage")
    tap.equal("garbage_ends_the_conversation", "0", garbage.stdout.strip())
    tap.equal("garbage_is_told", "aerogpu-live-host: what came is no request\n", garbage.stderr)
    tap.equal("garbage_is_a_failure", 1, garbage.returncode)
    tap.equal("failure_of_the_child_goes_first", 9, runner.child("garbage_and_fail").returncode)
    early = runner.child("early")
    tap.check("request_before_the_start_is_refused", "a request before the start" in early.stderr, early.stderr)
    truncated = runner.child("truncated")
    tap.check("file_that_shrinks_is_noticed", "does not hold what a submission names" in truncated.stderr, truncated.stderr)
    deaf = runner.child("deaf_to_replies")
    tap.equal("who_reads_no_replies_is_left", "broken", deaf.stdout.strip())
    for name, (_, sentence) in BAD_REQUESTS.items():
        found = runner.child("bad:" + name)
        tap.equal(f"{name}_gets_no_reply", ("no reply", 1), (found.stdout.strip(), found.returncode))
        tap.check(f"{name}_is_told", sentence in found.stderr, found.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", help="aerogpu-live-host")
    parser.add_argument("--child", help="which test program to play")
    arguments = parser.parse_args()
    if arguments.child:
        name, _, rest = arguments.child.partition(":")
        globals()["child_" + name](*([rest] if rest else []))
        return 0
    tap = Tap()
    runner = Runner(os.path.abspath(arguments.program))
    for check in (check_status, check_traces, check_answers, check_hostile):
        check(tap, runner)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
