"""Items of lists: their numbers, which may stand apart from their text, and where that begins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from flows.chinese import without_radicals
from flows.read.pdf.sheet import Glyph, Run
from flows.read.pdf.spelling import NEAR

NUMBER_BESIDE = 2.2
"""Ems between the number of an item and its text, when a tab stands between them: one stop is two ems."""

LONGEST_NUMBER = 6
"""Characters of the number of an item at most, as in （十二）."""

_NUMBER = re.compile(
    r"[(（〔\[]?(?:[一二三四五六七八九十百〇]{1,4}|[0-9０-９]{1,3}|[a-zA-Z])(?:[)）〕\]][、.．]?|[、.．])"
    r"|[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}|第[一二三四五六七八九十百〇0-9]{1,5}[条章节款项]"
    r"|[①-⓿㈠-㊉❶-➓⒈-⒛]|[•●○■□◆◇★☆▲△►▶➢✓❖\uf000-\uf0ff]"
)


def is_number(chars: str) -> bool:
    """Is it what stands in front of an item: 一、 （三） 1. ② •?"""
    return _NUMBER.fullmatch(without_radicals(chars)) is not None


def _is_bare(number: str) -> bool:
    """Has it no mark that makes it the number of an item?"""
    return all(char.isdecimal() or char in "一二三四五六七八九十" for char in without_radicals(number))


def chars_of(run: Iterable[Glyph]) -> str:
    return "".join(glyph.char for glyph in run)


def with_numbers(runs: Sequence[Run]) -> list[Run]:
    """The runs, with the number of an item and the text that a tab parts from it as one. A bare number is one only if
    another begins below it or above it."""
    numbers = [run for run in runs if len(run) <= LONGEST_NUMBER and is_number(chars_of(run).strip())]
    starts = Counter(_start(run) for run in numbers)
    rows: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        rows[round(run[0].rect.y1 / 4)].append(run)
    taken: dict[int, Run] = {}
    for number in numbers:
        if _is_bare(chars_of(number).strip()) and starts[_start(number)] < 2:
            continue
        row = round(number[0].rect.y1 / 4)
        texts = [run for place in (row - 1, row, row + 1) for run in rows[place] if _is_item_of(number[-1], run[0])]
        if texts:
            taken.setdefault(id(min(texts, key=lambda run: run[0].rect.x0)), number)
    heads = {id(number) for number in taken.values()}

    def whole(run: Run) -> Run:
        number = taken.get(id(run))
        return [*whole(number), *run] if number else run

    return [whole(run) for run in runs if id(run) not in heads]


def _start(run: Run) -> int:
    return round(run[0].rect.x0 / run[0].size)


def _is_item_of(number: Glyph, first: Glyph) -> bool:
    size = min(number.size, first.size)
    return (
        number.rect.x0 < first.rect.x0
        and max(number.size, first.size) <= 1.25 * size
        and abs(first.rect.y1 - number.rect.y1) <= 0.3 * size
        and 0 <= first.rect.x0 - number.rect.x1 <= NUMBER_BESIDE * size
    )


def hang_of(visible: Run, down: bool) -> tuple[float | None, bool]:
    """Where the text of an item begins along its line, and whether its number stands apart."""
    for i in range(min(LONGEST_NUMBER, len(visible) - 1), 0, -1):
        number = chars_of(visible[:i])
        if is_number(number):
            before, rect = visible[i - 1].rect, visible[i].rect
            apart = (rect.y0 - before.y1 if down else rect.x0 - before.x1) > NEAR * visible[i].size
            fraction = number[-1] == "." and visible[i].char.isdecimal()
            if apart or not (_is_bare(number) or fraction):
                return rect[1 if down else 0], apart
    return None, False
