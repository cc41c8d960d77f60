"""Casts type: a TrueType font of boxes, one for each character, to be embedded in PDF files."""

from __future__ import annotations

import io
from collections.abc import Callable
from struct import pack

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont


def cast(name: str, chars: str, width_of: Callable[[str], int] = lambda char: 1000, outlined: bool = True) -> None:
    """Registers a font with these characters of the basic plane. `width_of` gives their widths in thousandths of an
    em. Without outlines they draw nothing, as those of the text behind a scan."""
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(_font(name, sorted(set(chars)), width_of, outlined))))


def _font(name: str, chars: list[str], width_of: Callable[[str], int], outlined: bool) -> bytes:
    count = len(chars) + 1
    widths = [500, *map(width_of, chars)]
    box = pack(">5h2H4B4h4h", 1, 40, 0, 400, 700, 3, 0, 1, 1, 1, 1, 40, 360, 0, -360, 0, 0, 700, 0) if outlined else b""
    ends = b"".join(pack(">H", ord(char)) for char in chars) + b"\xff\xff"
    deltas = b"".join(pack(">H", (i + 1 - ord(char)) % 65536) for i, char in enumerate(chars)) + b"\0\1"
    segments = pack(">4H", 2 * count, 0, 0, 0) + ends + b"\0\0" + ends + deltas + bytes(2 * count)
    label = name.encode("utf-16-be")
    return _sfnt(
        {
            b"cmap": pack(">4HI3H", 0, 1, 3, 1, 12, 4, len(segments) + 6, 0) + segments,
            b"glyf": box * count or b"\0\0",
            b"head": pack(">4I2H16x4h2H3h", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 1000, 700, 0, 8, 2, 1, 0),
            b"hhea": pack(">I3hH11hH", 1 << 16, 880, -120, 0, 1000, *[0] * 11, count),
            b"hmtx": b"".join(pack(">Hh", width, 40) for width in widths),
            b"loca": b"".join(pack(">I", len(box) * i) for i in range(count + 1)),
            b"maxp": pack(">I14H", 1 << 16, count, 4, 1, 0, 0, 1, *[0] * 8),
            b"name": pack(">9H", 0, 1, 18, 3, 1, 0x409, 6, len(label), 0) + label,
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
