"""Reads the PNGs that aerogpu-replay writes, with nothing but the standard library."""

import pathlib
import struct
import sys
import zlib


def read_png(path):
    """Rows of (r, g, b, a) of an 8-bit RGB or RGBA image without interlacing."""
    return decode_png(pathlib.Path(path).read_bytes(), path)


def decode_png(data, path="image"):
    """The same of a file in memory; grey images have one value three times."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        sys.exit(f"{path} is no PNG")
    offset, packed, header = 8, b"", None
    while offset < len(data):
        size, kind = struct.unpack(">I4s", data[offset:offset + 8])
        body = data[offset + 8:offset + 8 + size]
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            packed += body
        offset += size + 12
    width, height, depth, color, _, _, interlace = header
    if depth != 8 or color not in (0, 2, 6) or interlace:
        sys.exit(f"{path}: depth {depth}, colour type {color}, interlace {interlace}")
    return unfilter(zlib.decompress(packed), width, height, {0: 1, 2: 3, 6: 4}[color])


def unfilter(raw, width, height, channels):
    """Undoes the row filters of PNG."""
    stride, rows, above = width * channels, [], bytearray(width * channels)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride):
            a = row[i - channels] if i >= channels else 0
            b, c = above[i], above[i - channels] if i >= channels else 0
            nearest = min((a, b, c), key=lambda v: (abs(a + b - c - v), (a, b, c).index(v)))
            row[i] = (row[i] + (0, a, b, (a + b) // 2, nearest)[kind]) & 255
        texels = [row[x * channels:(x + 1) * channels] for x in range(width)]
        rows.append([(*(texel * 3 if channels == 1 else texel), 255)[:4] for texel in texels])
        above = row
    return rows
