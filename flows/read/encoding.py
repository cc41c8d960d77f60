"""Which encoding bytes are in, and their text. Chinese text only: other languages' encodings are not tried."""

from __future__ import annotations

import codecs
import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from flows.characters import code_points
from flows.chinese import common_characters
from flows.read.reading import Read, Unread

SAMPLE = 2**16
"""Bytes that the encodings are compared on: enough characters for shares to a tenth of a per cent."""

PLAUSIBLE = 0.2
"""Least share of common characters among the non-ASCII ones. Measured on 596 pages in three encodings each: the right
reading has 0.51 or more, a wrong one 0.08 or less."""

LEGACY = ("gb18030", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
"""Tried in this order; the first of equals wins, so the narrower of the Big5 family does."""

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAX_BINARY = 0.02
"""Share of C0 control characters from which a file is called binary; text has none but by accident."""

FEW = 3
"""Control or invalid characters that even a file of a few words may have."""

MAX_INVALID = 0.1
"""Share of undecodable characters up to which a text is worth keeping, with a flag."""

CONTROLS = (*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20))
OTHER_BYTES = bytes(code for code in range(256) if code not in CONTROLS)
CONTROL = re.compile(f"[{''.join(map(chr, CONTROLS))}]")
REPLACEMENT = "\ufffd"


def decode(content: bytes) -> Read | Unread:
    """The text of the bytes, or why there is none: `binary`, `undecodable`.

    Every byte is in it, a byte order mark as U+FEFF; only newlines of a UTF-16 file may be wider.

    A byte order mark decides; else UTF-8 if the bytes are valid UTF-8; else the encoding that gives the largest
    share of common characters.

    Flags: `invalid_bytes:N`, N bytes or byte pairs became U+FFFD; `mixed_encoding:NAME:N`, N lines were in that other
    encoding.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _checked(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is not None and not _may_control(content):
        return Read(text, "utf-8")
    if text is not None and plausibility(content, "utf-16-le") < PLAUSIBLE > plausibility(content, "utf-16-be"):
        return _checked(content, "utf-8")
    shares = {encoding: plausibility(content, encoding) for encoding in LEGACY}
    encoding = max(LEGACY, key=lambda name: shares[name])
    if plausibility(content, "utf-8") >= PLAUSIBLE / 2:
        return _mixed(content, encoding)
    if shares[encoding] >= PLAUSIBLE:
        return _checked(content, encoding)
    return _checked(content, "utf-8")


def plausibility(content: bytes, encoding: str) -> float:
    """Share of common characters among the non-ASCII ones that the bytes decode to, less that of invalid ones."""
    if encoding.startswith("utf-16") and len(content) % 2:
        return 0.0
    sample = content if len(content) <= SAMPLE else content[: content.rfind(b"\n", 0, SAMPLE) + 1] or content[:SAMPLE]
    codes = code_points(sample.decode(encoding, "replace"))
    foreign = np.count_nonzero(codes > 0x7F)
    return float(_worth()[codes].sum() / foreign) if foreign else 0.0


@cache
def _worth() -> NDArray[np.int8]:
    """By code point: 1 for a common character, -1 for one that is invalid or a control character."""
    worth = np.zeros(0x110000, np.int8)
    worth[[ord(char) for char in common_characters() if not char.isascii()]] = 1
    worth[[ord(REPLACEMENT), *CONTROLS]] = -1
    return worth


def _may_control(content: bytes) -> bool:
    """Whether any byte is that of a control character; in UTF-8 it is one then."""
    return bool(content.translate(None, OTHER_BYTES))


def _checked(content: bytes, encoding: str) -> Read | Unread:
    """The bytes in this encoding, unless what comes out is no text."""
    text = content.decode(encoding, "replace")
    if _may_control(content) and len(CONTROL.findall(text)) > FEW + MAX_BINARY * len(text):
        return Unread("binary: the bytes are no text in any encoding known here")
    in_file = content.count(REPLACEMENT.encode(encoding)) if encoding.startswith(("utf", "gb")) else 0
    invalid = text.count(REPLACEMENT) - in_file
    if invalid > FEW + MAX_INVALID * len(text):
        return Unread(
            f"undecodable: {invalid} of {len(text)} characters are invalid in {encoding}, the likeliest encoding"
        )
    return Read(text, encoding, (f"invalid_bytes:{invalid}",) if invalid > 0 else ())


def _mixed(content: bytes, other: str) -> Read | Unread:
    """UTF-8 with lines in another encoding, as pages glued from two sources have; the rest of the invalid bytes
    are replaced."""
    lines, strange, invalid = [], 0, 0
    for line in content.splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
            continue
        except UnicodeDecodeError:
            pass
        if not other.startswith("utf-16") and plausibility(line, other) >= 2 * PLAUSIBLE:
            lines.append(line.decode(other, "replace"))
            strange += 1
        else:
            lines.append(line.decode("utf-8", "replace"))
        invalid += lines[-1].count(REPLACEMENT)
    text = "".join(lines)
    if invalid > FEW + MAX_INVALID * len(text):
        return Unread(f"undecodable: {invalid} of {len(text)} characters are invalid, in UTF-8 and {other} mixed")
    flags = [f"mixed_encoding:{other}:{strange}"] if strange else []
    flags += [f"invalid_bytes:{invalid}"] if invalid else []
    return Read(text, "utf-8", tuple(flags))
