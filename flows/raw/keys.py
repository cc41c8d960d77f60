"""Which keys of a store can be files of a folder. The others are documents too: rejected ones, each with a reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from flows.durable import replace_atomically

LONGEST = 255
"""Bytes of a part of a path, in every file system that counts."""

OURS = (".", "..")

UNFIT = ".unfit.json"
"""A hidden file of the folder: its keys that cannot be files, each with the reason."""


def fit(keys: Iterable[str]) -> tuple[list[str], dict[str, str]]:
    """The keys that can be files, and those that cannot with the reason, in order."""
    keys = sorted(keys)
    folders = {key[:end] for key in keys for end, char in enumerate(key) if char == "/"}
    reasons = {key: reason for key in keys if (reason := _unfit(key, folders))}
    return [key for key in keys if key not in reasons], reasons


def _unfit(key: str, folders: set[str]) -> str | None:
    parts = key.split("/")
    if not all(parts):
        return f"key: {'it ends in' if key.endswith('/') else 'a part of it is empty:'} /"
    if any(part in OURS for part in parts):
        return "key: a part of it is . or .."
    if any(ord(char) < 0x20 or ord(char) == 0x7F for char in key):
        return "key: it holds a control character"
    if any(len(part.encode("utf-8", "surrogatepass")) > LONGEST for part in parts):
        return f"key: a part of it has more than {LONGEST} bytes"
    if key in folders:
        return "key: other keys stand below it, as in a folder"
    return None


def hidden(key: str) -> bool:
    """Whether it would be a hidden file, which is no document."""
    return any(part.startswith(".") and part not in OURS for part in key.split("/"))


def write_unfit(raw: Path, reasons: Mapping[str, str]) -> None:
    """Keeps what cannot be a file of the folder, to be listed with it."""
    if read_unfit(raw) != reasons:
        replace_atomically(raw / UNFIT, json.dumps(reasons))


def read_unfit(raw: Path) -> dict[str, str]:
    """The names of what could not be a file of the folder, with the reasons."""
    with suppress(OSError, ValueError, AttributeError):
        found = json.loads((raw / UNFIT).read_text(encoding="utf-8"))
        return {str(name): str(reason) for name, reason in found.items()}
    return {}
