#!/usr/bin/env python3
"""Holds the includes of src/ against the rooms: who may include whom, and who sees system headers.

Dependencies point one way: ddi, then core, then wddm, then stream, dxbc and platform, which know the wire and
nothing of each other. The reference host stands beside the driver and knows stream and dxbc. Only ddi and the
file that calls the runtime see DDI structs. Reading streams is a library for other programs, so that half of
stream knows its own folder and the public headers alone. Prints TAP.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "abi"))
from tap import Tap  # noqa: E402

# Room: rooms it may include, besides itself.
ROOMS = {
    "ddi": {"core", "wddm", "stream", "dxbc", "platform", "aerogpu"},
    "core": {"wddm", "stream", "dxbc", "platform"},
    "wddm": {"stream", "platform"},
    "stream": {"aerogpu"},
    "dxbc": set(),
    "platform": set(),
    "host": {"stream", "dxbc", "aerogpu"},
}
DDI_HEADER = re.compile(r"^(d3d.*ddi|dxgiddi|d3dukmdt)\.h|^d3d11tokenizedprogramformat\.hpp")
# Files outside ddi that may see DDI structs.
DDI_READERS = {"wddm/runtime.c"}
# System headers that are no part of C; which files need them.
SYSTEM_READERS = {
    "windows.h": {"platform/sink_windows.c", "platform/counter_windows.c"},
    "unistd.h": {"platform/sink_host.c"},
    "sys/random.h": {"platform/counter_host.c"},
    "dxgiformat.h": {"core/format.c"},
}
# What the reference host, native alone, may use besides: Vulkan, the shader translator with a validator of its
# results and a child process for both, a hash.
HOST_HEADERS = {"vulkan/vulkan.h", "vkd3d_shader.h", "spirv-tools/libspirv.h", "sha2.h", "poll.h", "signal.h",
                "sys/wait.h", "time.h", "unistd.h"}
C_HEADERS = {"assert.h", "errno.h", "inttypes.h", "limits.h", "math.h", "stdarg.h", "stdbool.h", "stddef.h",
             "stdint.h", "stdio.h", "stdlib.h", "string.h"}
# Rooms that never allocate, and the one file that is handed to their users as a default.
SPARING = {"stream", "dxbc"}
ALLOCATORS = {"stream/memory.c"}
ALLOCATION = re.compile(r"\b(malloc|calloc|realloc|free|heap_alloc|heap_resize|heap_free)\s*\(")


def complaints(name, text):
    """What is wrong with the file src/<name>."""
    room = name.split("/")[0]
    found = []
    for line in re.findall(r'^\s*#\s*include\s+([<"][^>"]+[>"])', text, re.M):
        header = line.strip('<>"')
        target = header.split("/")[0] if "/" in header else None
        if DDI_HEADER.match(header):
            if room != "ddi" and name not in DDI_READERS:
                found.append(f"{name} sees DDI structs: {header}")
        elif line.startswith("<"):
            is_host = room == "host" and header in HOST_HEADERS
            if header not in C_HEADERS and not is_host and name not in SYSTEM_READERS.get(header, ()):
                found.append(f"{name} includes a system header: {header}")
        elif target in ROOMS or target == "aerogpu":
            if target != room and target not in ROOMS[room]:
                found.append(f"{name} includes a room it must not know: {header}")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S)
    if room in SPARING and name not in ALLOCATORS:
        found += [f"{name} allocates: {call}" for call in ALLOCATION.findall(code)]
    return found


# Lines that must be found wrong, and where.
CONTROLS = {
    "core_that_sees_the_ddi": ("core/draw.c", "#include <d3d10umddi.h>\n"),
    "core_that_includes_ddi": ("core/draw.c", '#include "ddi/edge.h"\n'),
    "stream_that_knows_submissions": ("stream/emit.h", '#include "wddm/queue.h"\n'),
    "dxbc_that_allocates": ("dxbc/builder.c", "void *p = malloc(3);\n"),
    "platform_that_includes_core": ("platform/log.c", '#include "core/device.h"\n'),
    "host_that_includes_the_driver": ("host/draw.c", '#include "core/state.h"\n'),
    "core_that_sees_vulkan": ("core/draw.c", "#include <vulkan/vulkan.h>\n"),
    "core_that_sees_windows": ("core/draw.c", "#include <windows.h>\n"),
}


def main():
    source = pathlib.Path(__file__).resolve().parents[2] / "src"
    tap = Tap()
    for room in ROOMS:
        files = sorted(p for p in (source / room).rglob("*.[ch]"))
        found = [c for p in files for c in complaints(p.relative_to(source).as_posix(), p.read_text())]
        tap.check(f"{room}_keeps_to_its_rooms", files and not found, *(found or ["no files"]))
    for name, (path, text) in CONTROLS.items():
        tap.check(f"{name}_is_noticed", complaints(path, text))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
