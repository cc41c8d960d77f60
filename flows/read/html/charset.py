"""The encoding of a page: by byte order mark, transport, meta tag, content; the bytes must bear a declaration out."""

from __future__ import annotations

import codecs
import re

from flows.read.encoding import PLAUSIBLE, decode, plausibility
from flows.read.reading import Read, Unread

HEAD = 4096
"""Bytes in which a meta tag is looked for: HTML asks for it in the first 1024, pages in the wild are laxer."""

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,80}encoding=[\"']([\w.:-]{3,20})", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
"""What browsers read a name as (WHATWG Encoding Standard)."""


def decode_html(content: bytes, charset: str | None) -> Read | Unread:
    """The bytes of a page as text; see `flows.read.encoding.decode` for flags and reasons.

    Valid UTF-8 is UTF-8, whatever is declared: text of another encoding is never valid UTF-8 by accident. A declared
    encoding decides where the content alone would be a guess.
    """
    detected = decode(content)
    if isinstance(detected, Read) and (detected.encoding or "").startswith("utf") and not detected.flags:
        return detected
    for name in (charset, _declared(_XML, content), _declared(_META, content)):
        encoding = _known(name)
        if encoding is None or encoding.startswith("utf"):
            continue
        if isinstance(detected, Read) and detected.encoding == encoding and not detected.flags:
            return detected
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if plausibility(content, encoding) >= PLAUSIBLE:
            return Read(text, encoding)
    return detected


def _declared(pattern: re.Pattern[bytes], content: bytes) -> str | None:
    found = pattern.search(content[:HEAD])
    return found.group(1).decode("ascii", "ignore") if found else None


def _known(name: str | None) -> str | None:
    """The name of the codec, or None if there is none."""
    if not name:
        return None
    name = name.strip().lower()
    try:
        return codecs.lookup(_WIDER.get(name, name)).name
    except LookupError:
        return None
