"""Cells of Markdown tables in which nothing that a page says is taken for markup."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that reorder text, steer or show nothing."""

_MARKUP = re.compile(r"[\\`*\[\]~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


def cell(value: Any, longest: int = 60) -> str:
    """A value as the text of one cell: cut at `longest` characters, markup and what hides spelled out; null is –."""
    if value is None or value == []:
        return "–"
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    text = "".join(_spelled(char) if unicodedata.category(char) in HIDING else char for char in text)
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", html.escape(text, quote=False))


def _spelled(char: str) -> str:
    return " " if char in "\n\t\r" else char.encode("unicode_escape").decode("ascii")
