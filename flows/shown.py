"""What came out of a page as text of other forms: Markdown for people, JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from typing import Any

from flows.document import Row
from flows.terminal.safe import UNSAFE

BELOW_TITLE = ("published_date", "source", "region_name")

_INLINE = re.compile(r"[\\`*_\[\]<>~|]")
_OPENING = re.compile(r"^([ \t]*(?:\d{1,9}(?=[.)]))?)(?=[#+=.)-])", re.MULTILINE)
"""Where a line would open a heading, a list or a rule; `\\` there makes it text."""


def as_markdown(article: Row) -> str:
    """An article as CommonMark: nothing of its text is taken for markup."""
    parts = [f"# {_escaped(article['title'])}" if article["title"] else ""]
    parts.append(f"*{_escaped(article['subtitle'])}*" if article["subtitle"] else "")
    parts.append(" · ".join(_escaped(str(article[name])) for name in BELOW_TITLE if article[name]))
    paragraphs = (article["text"] or "").split("\n")
    return "\n\n".join(part for part in [*parts, *map(_escaped, paragraphs)] if part)


def as_json(value: Any, indent: int | None = None) -> str:
    """JSON in which every character that could steer a terminal is an escape; dates and times in ISO 8601."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_written)
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) if char != "\n" and unicodedata.category(char) in UNSAFE else char for char in text)


def _written(value: Any) -> str:
    if isinstance(value, dt.date):  # or a time
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def _shown(char: str) -> str:
    return json.dumps(char)[1:-1] if ord(char) > 0x7F else f"\\u{ord(char):04x}"


def _escaped(text: str) -> str:
    return _OPENING.sub(r"\1\\", _INLINE.sub(r"\\\g<0>", text))
