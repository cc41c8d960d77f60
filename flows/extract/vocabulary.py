"""Vocabularies: lexicons and patterns of `schemas/vocabularies/*.yaml`, read once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from re import escape
from typing import Any

import yaml

VOCABULARIES = Path(__file__).resolve().parents[2] / "schemas" / "vocabularies"


@cache
def vocabulary(name: str) -> Any:
    """The parsed content of one vocabulary, such as "units"; callers must not change it."""
    text = (VOCABULARIES / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first, so that 人次 is not read as 人."""
    return "|".join(escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
