"""Edits that the normalising steps share: each keeps the law that a raw character is kept or removed, exactly once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from flows.document import Damage, Page, Removal
from flows.text import Edit, Operation

MAX_PLACES = 20
"""Flags with a place, of one code, that one document or article gets; a last one says how many more there are."""


class Swap(NamedTuple):
    """text[start:end] becomes `chars`; `kind` and `rule` name the removal of what is left over.

    With `chars` inserted (`operation` JOIN) all of the old characters are removed; else the new ones pair off
    with the old from the left, and the surplus old ones are removed. There must not be more new ones than old.
    """

    start: int
    end: int
    chars: str
    operation: Operation
    kind: str
    rule: str


def swap(page: Page, swaps: Sequence[Swap]) -> Page:
    """The page after the swaps, which are in order and apart."""
    if not swaps:
        return page
    text, edits, surplus = page.text, [], []
    for start, end, chars, operation, kind, rule in swaps:
        if operation is Operation.JOIN:
            edits.append(Edit(start, end, chars, operation))
            surplus.append((start, end, kind, rule))
            continue
        paired = start + len(chars)
        if chars:
            edits.append(Edit(start, paired, chars, operation))
        if paired < end:
            edits.append(Edit(paired, end, "", operation))
            surplus.append((paired, end, kind, rule))
    spans = text.each_raw_spans([(start, end) for start, end, _, _ in surplus])
    gone = [Removal(*span, *why) for (_, _, *why), own in zip(surplus, spans, strict=True) for span in own]
    return replace(page, text=text.edit(edits), removals=(*page.removals, *gone))


def mark_damage(page: Page, code: str, spans: Iterable[tuple[int, int]]) -> Page:
    """The page with the spans of its text as damage that stays."""
    found = [Damage(code, raw_place(page, start), raw_place(page, end - 1) + 1) for start, end in spans]
    return replace(page, damage=(*page.damage, *found)) if found else page


def flag_damage(page: Page, code: str, spans: Iterable[tuple[int, int]]) -> Page:
    """The page with the spans of its text as damage that stays, and a flag for each (see `place_flags`)."""
    marked = mark_damage(page, code, spans)
    return marked.flag(*place_flags(marked.damage[len(page.damage) :]))


def place_flags(damage: Sequence[Damage]) -> list[str]:
    """One flag `code@raw_offset` for each, at most MAX_PLACES of a code; `code:more:N` for the rest."""
    flags = []
    for code in dict.fromkeys(one.code for one in damage):
        places = [one.raw_start for one in damage if one.code == code]
        flags += [f"{code}@{place}" for place in places[:MAX_PLACES]]
        flags += [f"{code}:more:{len(places) - MAX_PLACES}"] if len(places) > MAX_PLACES else []
    return flags


def raw_place(page: Page, place: int) -> int:
    """The raw offset of page.text[place], or of the nearest character before it that has one."""
    starts = page.text.start
    while place > 0 and starts[place] < 0:
        place -= 1
    return max(0, int(starts[place]))


def spans(pattern: re.Pattern[str], chars: str) -> list[tuple[int, int]]:
    """Where the pattern matches."""
    return [match.span() for match in pattern.finditer(chars)]
