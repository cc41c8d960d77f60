"""Casts type: a TrueType font of boxes, one for each character, to be embedded in PDF files or lie in a folder."""

from __future__ import annotations

import io
from collections.abc import Callable
from struct import pack

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

CHINESE = 0b11110 << 16 | 1
"""The code pages of Japanese, Chinese and Korean, and Latin."""


def cast(name: str, chars: str, width_of: Callable[[str], int] = lambda char: 1000, outlined: bool = True) -> None:
    """Registers a font with these characters of the basic plane. `width_of` gives their widths in thousandths of an
    em. Without outlines they draw nothing, as those of the text behind a scan."""
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(font_file(name, chars, width_of, outlined))))


def font_file(name: str, of: str, width_of: Callable[[str], int] = lambda char: 1000, outlined: bool = True) -> bytes:
    """The font as a file."""
    chars = sorted(set(of))
    count = len(chars) + 1
    widths = [500, *map(width_of, chars)]
    box = pack(">5h2H4B8h", 1, 40, 0, 400, 700, 3, 0, 1, 1, 1, 1, 40, 360, 0, -360, 0, 0, 700, 0) if outlined else b""
    ends = b"".join(pack(">H", ord(char)) for char in chars) + b"\xff\xff"
    deltas = b"".join(pack(">H", (i + 1 - ord(char)) % 65536) for i, char in enumerate(chars)) + b"\0\1"
    segments = pack(">4H", 2 * count, 0, 0, 0) + ends + b"\0\0" + ends + deltas + bytes(2 * count)
    family, label = name.encode("ascii"), name.encode("utf-16-be")
    records = pack(">12H", 1, 0, 0, 1, len(family), 0, 3, 1, 0x409, 6, len(label), len(family))
    return _sfnt(
        {
            b"OS/2": pack(">H2xH52x4s3H", 1, 400, b"none", 64, 32, 0xFFFF)
            + pack(">3h2H2I", 880, -120, 0, 880, 120, CHINESE, 0),
            b"cmap": pack(">4HI3H", 0, 1, 3, 1, 12, 4, len(segments) + 6, 0) + segments,
            b"glyf": box * count or b"\0\0",
            b"head": pack(">4I2H16x4h2H3h", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 1000, 700, 0, 8, 2, 1, 0),
            b"hhea": pack(">I3hH11hH", 1 << 16, 880, -120, 0, 1000, *[0] * 11, count),
            b"hmtx": b"".join(pack(">Hh", width, 40) for width in widths),
            b"loca": b"".join(pack(">I", len(box) * i) for i in range(count + 1)),
            b"maxp": pack(">I14H", 1 << 16, count, 4, 1, 0, 0, 1, *[0] * 8),
            b"name": pack(">3H", 0, 2, 30) + records + family + label,
            b"post": pack(">I28x", 3 << 16),
        }
    )


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    place = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, content in tables.items():
        directory += pack(">4s3I", tag, 0, place + len(body), len(content))
        body += content.ljust(-(-len(content) // 4) * 4, b"\0")
    return pack(">I4H", 1 << 16, len(tables), 0, 0, 0) + directory + body
