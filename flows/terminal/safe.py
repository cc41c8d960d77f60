"""Writing to a terminal what strangers wrote: nothing in it may move the cursor, hide text or pose as ours."""

from __future__ import annotations

import sys
import unicodedata

UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that steer a terminal, reorder text or show nothing: controls, escape sequences, bidi marks,
zero-width characters, private use."""

COLOURS = {"red": 31, "green": 32, "yellow": 33, "blue": 34, "grey": 90, "bold": 1}


def safe(text: str) -> str:
    """The text with each unsafe character as an escape (\\x1b, \\u202e); a newline becomes ⏎."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) if unicodedata.category(char) in UNSAFE else char for char in text)


def _shown(char: str) -> str:
    return "⏎" if char == "\n" else char.encode("unicode_escape").decode("ascii")


class Paint:
    """Colours, on a terminal only."""

    def __init__(self, on: bool | None = None) -> None:
        self.on = sys.stdout.isatty() if on is None else on

    def __call__(self, colour: str, text: str) -> str:
        """The text in a colour of COLOURS."""
        return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m" if self.on else text
