"""Both sides of a document as a row of passages: the raw page, and its articles, with the facts that stand in each.

The raw side is put together from the release's own tables: what was removed (`removals.text`, in which personal
numbers are masked) and what was kept (`lineage` and the articles' text). So the report shows nothing that the tables of
the same release withhold: masked personal data stays masked, and the text of a document whose rights are reserved is
shown in the tier that holds it and in no other. Only where lineage says that characters were converted or repaired does
the raw file itself say how they stood on the page; without it they are shown as converted.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from flows.document import Row


class Fact(NamedTuple):
    """A row of a fact table, numbered within its document. `raw` are its spans in the raw page."""

    number: int
    table: str
    row: Row
    raw: tuple[tuple[int, int], ...]


class Passage(NamedTuple):
    """A stretch of one side that is shown in one way.

    `removal` is the row of `removals` that took it out; `operation` how a kept one was made; `facts` the numbers of the
    facts that it is evidence of. `text` is None when the release withholds it.
    """

    text: str | None
    size: int
    start: int
    removal: Row | None = None
    operation: str | None = None
    article_id: str | None = None
    facts: tuple[int, ...] = ()


Marks = Sequence[tuple[int, int, int]]
"""(start, end, number of the fact)."""


def raw_side(
    articles: Iterable[Row],
    lineage: Iterable[Row],
    removals: Iterable[Row],
    facts: Sequence[Fact],
    original: str | None,
) -> Iterator[Passage]:
    """The raw page in its own order: every character of it, kept or removed. `original` is the raw text, if known."""
    fields = {(row["article_id"], name): row[name] for row in articles for name in ("title", "subtitle", "text")}
    marks = [(a, b, fact.number) for fact in facts for a, b in fact.raw]
    kept = [run for run in lineage if run["raw_start"] is not None and run["raw_end"] > run["raw_start"]]
    spans = sorted([*kept, *removals], key=lambda span: (span["raw_start"], span["raw_end"]))
    cuts = Cuts(marks)
    for span in spans:
        start, end = span["raw_start"], span["raw_end"]
        if "rule" in span:
            yield Passage(span["text"], end - start, start, removal=span, facts=cuts.of(start, end))
            continue
        whole = fields[span["article_id"], span["field"]]
        text = whole[span["start"] : span["end"]] if whole is not None else None
        if text is not None and original is not None and span["operation"] in ("script", "width", "repair"):
            text = original[start:end]
        about = {"operation": span["operation"], "article_id": span["article_id"]}
        if text is None or len(text) != end - start:
            yield Passage(text, end - start, start, facts=cuts.of(start, end), **about)
            continue
        for a, b in cuts.split(start, end):
            yield Passage(text[a - start : b - start], b - a, a, facts=cuts.of(a, b), **about)


def clean_side(text: str, facts: Sequence[Fact]) -> Iterator[Passage]:
    """An article's text, cut where evidence begins and ends."""
    cuts = Cuts([(fact.row["start"], fact.row["end"], fact.number) for fact in facts])
    for a, b in cuts.split(0, len(text)):
        yield Passage(text[a:b], b - a, a, facts=cuts.of(a, b))


class Cuts:
    """Marks as a row of places at which something begins or ends, found by halving."""

    def __init__(self, marks: Marks) -> None:
        self.places = sorted({place for start, end, _ in marks for place in (start, end)})
        self._here: list[tuple[int, ...]] = []
        starting: dict[int, list[int]] = {}
        ending: dict[int, list[int]] = {}
        for start, end, number in marks:
            starting.setdefault(start, []).append(number)
            ending.setdefault(end, []).append(number)
        open_: set[int] = set()
        for place in self.places:
            open_ = open_.difference(ending.get(place, ())) | set(starting.get(place, ()))
            self._here.append(tuple(sorted(open_)))

    def split(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """[start, end) cut at every place inside it."""
        inside = self.places[bisect_right(self.places, start) : bisect_left(self.places, end)]
        return itertools.pairwise([start, *inside, end]) if end > start else iter(())

    def of(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the marks that cover some of [start, end)."""
        first, last = bisect_right(self.places, start) - 1, bisect_left(self.places, end)
        found = {number for place in range(max(first, 0), last) for number in self._here[place]}
        return tuple(sorted(found))


def bounded(passages: Iterable[Passage], each: int, together: int) -> Iterator[tuple[Passage, int]]:
    """Passages with how many characters of each to show: at most `each`, and `together` of them all."""
    left = together
    for passage in passages:
        shown = min(passage.size, each, max(left, 0))
        left -= shown
        yield passage, shown
