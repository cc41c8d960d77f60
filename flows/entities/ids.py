"""Ids made of what identifies: the same in every release, on every machine, whatever else the corpus holds."""

from __future__ import annotations

import hashlib

LETTERS = {"organization": "o", "person": "p", "event": "e"}
"""The first letter of an id, by kind."""


def make_id(kind: str, *parts: str | None) -> str:
    """The id of what `parts` identify, in that order; a part that is unknown is None."""
    text = "\x1f".join([kind, *(part or "" for part in parts)])
    return f"{LETTERS[kind]}-{hashlib.blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
