"""Figures of tables: lines of cells parted by tabs, or of one cell each, under a head that names what a column counts;
or by spaces, under one that names the unit of each.

A cell under 社工站（个） in the row 云山县 is a figure of 云山县, and counts what 社工站23个 would. A row that names no
region names what is counted (持证社工) where the first column is one of 指标; else its figure is "other", and a part
(of one project or body of several). The time is that of the head, else the caption's, else the year of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from flows.cells import FIGURE, find_stacked
from flows.document import Row
from flows.extract.dates.mentions import find_dates
from flows.extract.numbers.counts import find_counts
from flows.extract.regions.surroundings import Surroundings, surroundings
from flows.extract.statistics.carried import year_of_report
from flows.extract.statistics.cues import indicator_cues
from flows.extract.statistics.find import find_statistics
from flows.extract.statistics.whose import PART, REGION
from flows.extract.words.basis import ARTICLE, CARRIED, LIST, STATED
from flows.extract.words.indicators import OTHER
from flows.extract.words.reading import Reading

_HEAD = re.compile(
    r"(?:(?P<year>20\d\d)年[底末]?)?(?P<noun>[^（）()\d\s]{1,20}(?:[（(][^（）()\d\s]{1,8}[）)][^（）()\d\s]{1,12})?)?(?:[（(](?:单位：)?(?P<unit>[^（）()\d]{1,4})[）)])?"
)
_FIGURE = re.compile(FIGURE)
_ALONE = re.compile("\n\\d[\\d,.]*%?\n")
_PEOPLE = re.compile("(?:人数|人员数|人次)$")
_TOTAL = re.compile("[合总]\\s*计|全[省市州盟县区旗]|总数")
_PART = re.compile("小\\s*计|其中.*|平均.*")
_COUNTED = re.compile("指标|项目|内容|统计")
_SAME = ("indicator", "value", "region")
_REACHED = re.compile("截[至止]到?$")
_UNIT = re.compile("单位：([^（）()\\d\\s，。；、/]{1,3})")
_TAB = "\t"
# Parted by single spaces: a head whose columns name their units, and rows of a name and figures.
_SPACED_HEAD = re.compile(r"\S{1,10}(?: [^\s（(\d]{1,16}[（(][^（）()\d\s]{1,4}[）)])+")
_SPACED_ROW = re.compile(r"[^\d\s]\S{0,11}(?: (?:\d[\d,.]*|[—–/-]))+")
_SPACED = re.compile(rf"[）)]\n{_SPACED_ROW.pattern}")
_LONGEST_CAPTION = 60
_SAMPLE = "12"  # stands for any figure when the words of a column are read


class Cell(NamedTuple):
    """text[start:end] is one cell of a table."""

    start: int
    end: int
    words: str


class Column(NamedTuple):
    """What a column counts, in which unit, and the time that its head, or the table's caption, names."""

    noun: str
    unit: str
    time: str | None


class Table(NamedTuple):
    """Of a table: does a row's head say what it counts; is its text one of social work, so that 机构 means its
    agencies; and what title and caption say that it is about."""

    names_counted: bool
    domain: bool
    about: str


def find_tabled(reading: Reading, known: Sequence[Row] = ()) -> list[Row]:
    """The statistics rows of a text's tables, as those of `find_statistics`; the quote runs from the head of the row
    to the figure. Only columns whose head names a unit, or that count people by name (人数), are read, and no figure
    that is among the rows `known`."""
    text = reading.text
    if "\t" not in text and not _ALONE.search(text) and not _SPACED.search(text):
        return []
    around = surroundings(reading)
    told = {tuple(row[key] for key in _SAME) for row in known if row["indicator"] != OTHER}
    rows = (row for caption, table in _tables(text) for row in _rows(text, caption, table, around))
    return [row for row in rows if tuple(row[key] for key in _SAME) not in told]


def _tables(text: str) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Rows of cells, the head first, behind the line above them: runs of lines with tabs, or in the form of a table
    parted by spaces; and lines of a cell each."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    above = ""
    for parted, run in groupby(lines, key=lambda placed: _parted_by(placed[1])):
        placed_lines = list(run)
        if parted and len(placed_lines) > 1 and (parted == _TAB or _SPACED_HEAD.fullmatch(placed_lines[0][1])):
            yield above, [_cells(*placed, parted) for placed in placed_lines]
        above = placed_lines[-1][1]
    cells = [_cells(*placed, _TAB)[0] for placed in lines]
    for first, last, width in find_stacked([line for _, line in lines]):
        rows = [cells[n : n + width] for n in range(first, last, width)]
        yield lines[first - 1][1] if first else "", rows


def _parted_by(line: str) -> str:
    """What parts the cells of a line; "" where it has none."""
    if _TAB in line:
        return _TAB
    return " " if " " in line and (_SPACED_HEAD.fullmatch(line) or _SPACED_ROW.fullmatch(line)) else ""


def _cells(start: int, line: str, parted: str) -> list[Cell]:
    cells = []
    for words in line.split(parted):
        bare = words.strip()
        first = start + len(words) - len(words.lstrip())
        cells.append(Cell(first, first + len(bare), bare))
        start += len(words) + 1
    return cells


def _rows(text: str, caption: str, table: list[list[Cell]], around: Surroundings) -> Iterator[Row]:
    names_counted = _COUNTED.search(table[0][0].words) is not None
    unit = _UNIT.search(caption)
    columns = [_column(cell.words, unit[1] if unit else None) for cell in table[0]]
    time = _time(caption)
    year = None if time else year_of_report(around.title)
    about = Table(names_counted, bool(indicator_cues(around.reading)), f"{around.title} {caption[:_LONGEST_CAPTION]}")
    if not any(columns) or any(_FIGURE.fullmatch(cell.words) for cell in table[0]):
        return
    for cells in table[1:]:
        head = next((cell for cell in cells if cell.words and not _FIGURE.fullmatch(cell.words)), None)
        if head is None or len(cells) != len(columns) or _PART.fullmatch(head.words):
            continue
        for cell, column in zip(cells, columns, strict=True):
            if column and cell.start > head.start and _FIGURE.fullmatch(cell.words):
                own = column._replace(time=column.time or time)
                for row in _row(text, head, cell, own, around, about):
                    carried = year if row["as_of"] is None else None
                    yield row | ({"as_of": carried, "as_of_basis": CARRIED} if carried else {})


@lru_cache(maxsize=256)
def _column(words: str, unit_of_all: str | None = None) -> Column | None:
    m = _HEAD.fullmatch(words)
    if m is None or not (m["year"] or len(m["noun"] or "") > 1):
        return None
    noun = m["noun"] or ""
    unit = m["unit"] or ("人" if _PEOPLE.search(noun) else unit_of_all)
    return Column(noun, unit, m["year"]) if unit and find_counts(_SAMPLE + unit) else None


def _time(caption: str) -> str | None:
    """The time that a caption gives for its table's figures: that of 截至 in it, else the only one."""
    if len(caption) > _LONGEST_CAPTION:
        return None
    dates = [mention for mention in find_dates(caption) if mention.as_of]
    reached = [mention for mention in dates if _REACHED.search(caption, 0, mention.start)]
    told = reached or dates
    return told[0].as_of if len(told) == 1 else None


def _row(text: str, head: Cell, cell: Cell, column: Column, around: Surroundings, table: Table) -> Iterator[Row]:
    """The row of one figure; none for a figure that is zero."""
    counts = find_counts(cell.words + column.unit)
    if not counts or not counts[0].value:
        return
    region = around.region_named(head.start, head.end)
    of_place = region is not None or _TOTAL.fullmatch(head.words) is not None
    noun = column.noun if of_place else head.words
    indicator = _indicator(noun, column.unit, *table[1:]) if of_place or table.names_counted else OTHER
    if not noun:
        return
    yield {
        "indicator": indicator,
        "indicator_text": noun,
        "value": counts[0].value,
        "unit": counts[0].unit,
        "qualifier": "exact",
        "subject": REGION if of_place or table.names_counted else PART,
        "region": region or around.region_code,
        "region_basis": LIST if region else ARTICLE if around.region_code else None,
        "as_of": column.time,
        "as_of_basis": STATED if column.time else None,
        "part_of": None,
        "licence": None,
        "period": None,
        "quote": text[head.start : cell.end],
        "start": head.start,
        "end": cell.end,
    }


@lru_cache(maxsize=256)
def _indicator(noun: str, unit: str, domain: bool, about: str) -> str:
    """The indicator that a figure would have behind these words, by themselves or in a text on social workers, and at
    last under what the table is said to be `about` (合格人数 in that of an examination)."""
    said = f"{noun}{_SAMPLE}{unit}。"
    readings = [Reading(said), *([Reading(f"社工：{said}"), Reading(said, title=about)] if domain else ())]
    told = (row["indicator"] for reading in readings for row in find_statistics(reading)[:1])
    return next((indicator for indicator in told if indicator != OTHER), OTHER)
