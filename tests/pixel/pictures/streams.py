"""Captures made by hand: packets, streams and the file around them (AeroGPU host semantics 8), and ways to damage them."""

import struct

STREAM_MAGIC = b"ACMD"
STREAM_HEADER_BYTES = 24
ABI = 0x00010004

NOP, DEBUG_MARKER = 0x000, 0x001
CREATE_TEXTURE2D, UPLOAD_RESOURCE, COPY_TEXTURE2D = 0x101, 0x104, 0x106
SET_BLEND_STATE, SET_RENDER_TARGETS = 0x300, 0x400
CLEAR, DRAW, DRAW_INDEXED, PRESENT = 0x600, 0x601, 0x602, 0x700

RGBA8, D32 = 3, 33
TEXTURE, RENDER_TARGET, DEPTH_STENCIL = 0x8, 0x10, 0x20


def packet(opcode, *words):
    """A packet of 32-bit words; floats are stored as such."""
    body = b"".join(struct.pack("<f" if isinstance(word, float) else "<I", word) for word in words)
    return struct.pack("<II", opcode, 8 + len(body)) + body


def texture(handle, side, fmt=RGBA8, usage=TEXTURE | RENDER_TARGET):
    return packet(CREATE_TEXTURE2D, handle, usage, fmt, side, side, 1, 1, 0, 0, 0, 0, 0)


def targets(color=0, depth=0):
    return packet(SET_RENDER_TARGETS, 1 if color else 0, depth, color, *[0] * 7)


def clear(red=0.0, green=0.0, blue=0.0, depth=None):
    return packet(CLEAR, (0 if depth is not None else 1) | (2 if depth is not None else 0), red, green, blue, 1.0,
                  1.0 if depth is None else depth, 0)


def marker(text):
    return struct.pack("<II", DEBUG_MARKER, 8 + len(text) + -len(text) % 4) + text + b"\0" * (-len(text) % 4)


def present():
    return packet(PRESENT, 0, 0)


def stream(*packets):
    body = b"".join(packets)
    return STREAM_MAGIC + struct.pack("<IIIII", ABI, STREAM_HEADER_BYTES + len(body), 0, 0, 0) + body


def record(kind, payload):
    return struct.pack("<BBHI", kind, 0, 0, len(payload)) + payload


def capture(*streams, metadata=b'{"emulator_version":"by hand","command_abi_version":65540}'):
    """A file with a frame for each stream; nothing is backed by guest memory."""
    file = b"AEROGPUT" + struct.pack("<IIIIII", 32, 2, ABI, 0, len(metadata), 0) + metadata
    frames = []
    for i, bytes_ in enumerate(streams):
        start = len(file)
        file += record(1, struct.pack("<I", i))
        file += record(4, struct.pack("<QII", i + 1, 0x100, 0) + bytes_)
        file += record(5, struct.pack("<IIIIIIQQQII", 1, 56, 0, 1, 0, 0, i + 1, i + 1, 0, 0, 0))
        frames.append(struct.pack("<IIQQQ", i, 0, start, 0, len(file)))
    contents = b"AEROTOC\0" + struct.pack("<II", 1, len(frames)) + b"".join(frames)
    return file + contents + b"AEROGPUF" + struct.pack("<IIQQ", 32, 2, len(file), len(contents))


def packets_of(trace):
    """(opcode, offset in the file, size, offset in its stream) of every packet of a capture."""
    found, at = [], trace.find(STREAM_MAGIC)
    while at >= 0:
        size = struct.unpack_from("<I", trace, at + 8)[0]
        offset = STREAM_HEADER_BYTES
        while offset < size:
            opcode, size_bytes = struct.unpack_from("<II", trace, at + offset)
            found.append((opcode, at + offset, size_bytes, offset))
            offset += size_bytes
        at = trace.find(STREAM_MAGIC, at + size)
    return found


def patched(trace, opcode, offset, bytes_):
    """The capture with bytes of the first packet of an opcode replaced, from an offset in that packet."""
    at = next(row[1] for row in packets_of(trace) if row[0] == opcode) + offset
    return trace[:at] + bytes_ + trace[at + len(bytes_):]
