"""Places in the names of organizations."""

from __future__ import annotations

from functools import lru_cache

from flows.extract.words.gazetteer import Strength, gazetteer


@lru_cache(maxsize=8192)
def places_in(core: str) -> tuple[int, ...]:
    """Where places stand in a name's beginning, first to last."""
    table = gazetteer()
    return tuple(
        start
        for name, start, _ in table.automaton.find_matches_as_indexes(core)
        if any(sense.strength == Strength.CERTAIN or not start for sense in table.senses[name])
    )


def opens_with_place(core: str) -> bool:
    """Whether a name's beginning is a place beyond doubt."""
    table = gazetteer()
    for name, start, _ in table.automaton.find_matches_as_indexes(core):
        return start == 0 and any(sense.strength == Strength.CERTAIN for sense in table.senses[name])
    return False
