"""Text without width, white space, quotes and script, so that two forms of one text are equal; and their likeness."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import opencc

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "「": '"', "」": '"', "『": "'", "』": "'"})


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    file = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {ord(row[0]): row[1].split()[0] for row in rows} | {ord("著"): "着"}


def fold(text: str) -> str:
    """The characters that are compared."""
    shown = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_simplified())
    return "".join(shown.split())


def grams(folded: str) -> Counter[str]:
    """Its runs of four characters, counted."""
    return Counter(folded[i : i + 4] for i in range(max(1, len(folded) - 3))) if folded else Counter()


def likeness(text: str, reference: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a folded text over runs of four characters."""
    found = grams(text)
    same = sum((found & reference).values())
    precision = same / found.total() if found else 0.0
    recall = same / reference.total() if reference else 0.0
    return precision, recall, (2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def best_likeness(articles: Iterable[tuple[str, str, str]], reference: Counter[str]) -> tuple[float, float, float]:
    """That of articles (title, subtitle, text), with their titles or without, whichever is more like the reference."""
    parts = list(articles)
    bare = fold("".join(subtitle + text for _, subtitle, text in parts))
    whole = fold("".join(title + subtitle + text for title, subtitle, text in parts))
    return max((likeness(text, reference) for text in (bare, whole)), key=lambda found: found[2])
