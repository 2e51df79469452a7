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
    stride, rows, above = width * channels, [], bytes(width * channels)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        UNFILTER[kind](row, above, channels)
        texels = [row[x * channels:(x + 1) * channels] for x in range(width)]
        rows.append([(*(texel * 3 if channels == 1 else texel), 255)[:4] for texel in texels])
        above = row
    return rows


def unfilter_left(row, _above, channels):
    for i in range(channels, len(row)):
        row[i] = (row[i] + row[i - channels]) & 255


def unfilter_up(row, above, _channels):
    for i, b in enumerate(above):
        row[i] = (row[i] + b) & 255


def unfilter_average(row, above, channels):
    for i, b in enumerate(above):
        row[i] = (row[i] + ((row[i - channels] if i >= channels else 0) + b) // 2) & 255


def unfilter_paeth(row, above, channels):
    for i, b in enumerate(above):
        a, c = (row[i - channels], above[i - channels]) if i >= channels else (0, 0)
        from_a, from_b, from_c = abs(b - c), abs(a - c), abs(a + b - 2 * c)
        nearest = a if from_a <= from_b and from_a <= from_c else b if from_b <= from_c else c
        row[i] = (row[i] + nearest) & 255


UNFILTER = (lambda row, above, channels: None, unfilter_left, unfilter_up, unfilter_average, unfilter_paeth)
