"""Cues: the words of a text beside which a person's name may stand, all found in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.vocabulary import load_vocabulary


class Uses(NamedTuple):
    """How a cue tells of a name."""

    leads: bool
    """It is a title, and a name may follow it (局长徐知)."""
    follows: bool
    """It is a title or form of address that may follow a name (陈存根会长)."""
    says: bool
    """It is a verb of speech, whose clause a name may open (徐阳指出)."""


class Cue(NamedTuple):
    """text[start:end] is a cue."""

    start: int
    end: int
    uses: Uses


@cache
def _machine() -> tuple[AhoCorasick, list[Uses]]:
    titles, contexts = load_vocabulary("titles"), load_vocabulary("name_contexts")
    leading = {word for key in ("ranks", "groups", "professions") for word in titles[key].split()}
    following = {word for key in ("after", "honorifics") for word in titles[key].split()}
    saying = set(contexts["speech"].split())
    words = sorted(leading | following | saying)
    # 副主席 hides the 主席 in it, so it leads a name as 主席 does.
    uses = [Uses(w.removeprefix("副") in leading or w in leading, w in following, w in saying) for w in words]
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), uses


def cues(text: str) -> Iterator[Cue]:
    """Every cue, in order, none overlapping, the longest at each place."""
    machine, uses = _machine()
    for pattern, start, end in machine.find_matches_as_indexes(text):
        yield Cue(start, end, uses[pattern])
