"""The vocabularies of schemas/vocabularies/, read once a process."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from re import escape
from typing import Any

from flows.yaml_files import read_words

FOLDER = Path(__file__).parents[1] / "schemas" / "vocabularies"


@cache
def load_vocabulary(name: str) -> Any:
    """What schemas/vocabularies/<name>.yaml holds; shared between callers, not to be changed."""
    return read_words(FOLDER / f"{name}.yaml")


def unspaced(words: str) -> str:
    """A vocabulary's character list, written over several lines, as one string."""
    return "".join(words.split())


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first, so that 人次 is not read as 人."""
    return "|".join(escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
