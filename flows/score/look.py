"""Whether the pages that the code calls suspect are those that it cleaned wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from flows.document import Row
from flows.score.gold import fold
from flows.score.tally import Count, Tally
from flows.suspicion.score import needs_a_look

WRONG = 0.9
"""A page whose text is less like that of its answer needs a look."""


def compare_look(answer: Mapping[str, Any], document: Row, articles: Sequence[Row], tally: Tally) -> None:
    """Adds whether a page that needs a look was told to: a page called so and right is `extra`, one wrong and not
    called so is `missing`."""
    if document.get("suspicion") is None:
        return
    likeness, told = likeness_of(answer["articles"], articles), needs_a_look(document["suspicion"])
    outcome = ("right" if told else "missing") if likeness < WRONG else ("extra" if told else "empty")
    note = f"text like the answer's by {likeness:.2f}, suspicion {document['suspicion']}: {document['suspicions']}"
    tally.add("needs a look", Count(**{outcome: 1}), note)


def likeness_of(gold: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> float:
    """How like the texts are, all articles together, from 0 to 1; a page that is rightly refused is 1."""
    want, got = ("".join(fold(one["text"]) for one in side) for side in (gold, rows))
    if not want and not got:
        return 1.0
    same = sum(block.size for block in SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks())
    return 2 * same / (len(want) + len(got))
