"""Places in the names of organizations."""

from __future__ import annotations

from flows.extract.gazetteer import Strength, gazetteer


def places_in(core: str) -> list[int]:
    """Where places stand in a name's beginning, first to last."""
    table = gazetteer()
    return [
        start
        for name, start, _ in table.automaton.find_matches_as_indexes(core)
        if any(sense.strength == Strength.CERTAIN or not start for sense in table.senses[name])
    ]


def opens_with_place(core: str) -> bool:
    """Whether a name's beginning is a place beyond doubt."""
    table = gazetteer()
    for name, start, _ in table.automaton.find_matches_as_indexes(core):
        return start == 0 and any(sense.strength == Strength.CERTAIN for sense in table.senses[name])
    return False
