"""Damage that stays: the articles that it touches say so, and a fact whose evidence it touches is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from flows.document import Article, Damage
from flows.extract import Facts
from flows.normalize.edits import place_flags
from flows.text import Text

Places = NDArray[np.int32]


def withhold(article: Article, facts: Facts, damage: Sequence[Damage]) -> Facts:
    """The facts of an article without those in whose span damage stands.

    Flags: those of the damage in its title, subtitle and text, `code@raw_offset` as in documents.flags;
    `withheld:<table>:N`, N facts.
    """
    if not damage:
        return facts
    starts, ends = (np.array([one[n] for one in damage], np.int32) for n in (1, 2))
    whole = Text.concat(text for text in (article.title, article.subtitle, article.text) if text is not None)
    touching = list(compress(damage, _overlaps(starts, ends, whole.start, whole.end)))
    if not touching:
        return facts
    damaged = np.append(0, np.cumsum(_overlaps(article.text.start, article.text.end, starts, ends) > 0))
    flags, tables = place_flags(touching), {}
    for name, rows in facts.tables.items():
        tables[name] = [row for row in rows if damaged[row["end"]] == damaged[row["start"]]]
        if withheld := len(rows) - len(tables[name]):
            flags.append(f"withheld:{name}:{withheld}")
    return replace(facts, tables=tables, flags=(*facts.flags, *flags))


def _overlaps(start: Places, end: Places, others_start: Places, others_end: Places) -> NDArray[np.intp]:
    """How many of the other spans each span overlaps, all given by where they start and end."""
    return np.searchsorted(np.sort(others_start), end) - np.searchsorted(np.sort(others_end), start, "right")
