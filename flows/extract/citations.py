"""Citations: what a text names between 《 and 》, of what kind it is, and who issued it.

Both are told by patterns over the words around the title and what was seen in them, citation_kinds.yaml and
citation_issuers.yaml in schemas/patterns/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.document import Row
from flows.extract.dates.mentions import dates_of
from flows.extract.organizations.mentions import mentions_of
from flows.extract.regions.mentions import LONGEST as LONGEST_NAME
from flows.extract.regions.mentions import find_regions
from flows.extract.words.reading import Reading
from flows.extract.words.sentences import sentences_of
from flows.grammar import load_grammar
from flows.spans import Span, View

LONGEST = 120
"""A longer stretch between marks is an unclosed mark, not a title."""

_BEFORE, _BEHIND = 80, 30
"""Characters before and behind a title that tell its kind."""
_REACH, _LONGEST_MEANT = 70, 600
"""Characters before and behind a title within which its issuer stands; back to the name that 该局 means."""

_MARK = re.compile(r"[《》\n]")
# Offices that are no names of their own: 县委办、县政府办, 市委、市政府, 两办.
_OFFICE = re.compile(
    "[省市县区州旗镇乡](?:党?委(?!员|托)|(?:人民)?政府|人大常委会|人大|党政)(?:办公厅|办公室|办|综合办)?"
    "|[省市县区]?两办|街道(?:党工委|办事处)"
)
_THIS = re.compile("[该我本]([局厅部委办会])")
_HIGHEST = re.compile("(?<=中央)(?=国务院)|(?<=中央办公厅)(?=国务院)")
_AUTHORITIES = frozenset({"government", "party"})
_HAS_ISSUER = frozenset({"policy", "law", "plan", "other"})


def find_citations(reading: Reading) -> list[Row]:
    """One row for each title cited: title, kind, issuer (None when not stated), start, end of its first mention.

    `text[start:end]` is the title without its marks. A title within a title (《关于贯彻〈…〉的通知》) is part of it.
    """
    text = reading.text
    rows: dict[str, Row] = {}
    titles = list(titles_in(text)) if "《" in text else []
    for start, end in titles:
        title = text[start:end]
        row = rows.setdefault(title, {"title": title, "kind": "other", "issuer": None, "start": start, "end": end})
        if row["kind"] == "other":
            row["kind"] = _kind(kind_view(reading, titles, start, end))
        if row["issuer"] is None and row["kind"] in _HAS_ISSUER:
            row["issuer"] = _issuer(text, issuer_view(reading, titles, start, end))
    return list(rows.values())


def titles_in(text: str) -> Iterator[tuple[int, int]]:
    """Spans between outermost marks, on one line each."""
    depth, start = 0, 0
    for mark in _MARK.finditer(text):
        if mark.group() == "《":
            depth += 1
            if depth == 1:
                start = mark.end()
        elif mark.group() == "》":
            if depth == 1 and 0 < mark.start() - start <= LONGEST:
                yield start, mark.start()
            depth = max(0, depth - 1)
        else:
            depth = 0


def kind_view(reading: Reading, titles: Sequence[tuple[int, int]], start: int, end: int) -> View:
    """What tells the kind of the title text[start:end], one of `titles`: it, and the words around it."""
    first, last = max(0, start - 1 - _BEFORE), min(len(reading.text), end + 1 + _BEHIND)
    bodies = [one for one in _bodies(reading, first, last) if one.end < start or one.start > end]
    spans = [*_marks(titles, start, end), *bodies]
    return load_grammar("citation_kinds").view(reading.text, spans, first, last)


def issuer_view(reading: Reading, titles: Sequence[tuple[int, int]], start: int, end: int) -> View:
    """What tells who issued the title text[start:end], one of `titles`: the sentence around it."""
    sentences = sentences_of(reading)
    first = max(sentences.start(start - 1), start - 1 - _REACH)
    last = min(sentences.around(end)[1], end + 1 + _REACH)
    dates = [Span(one.start, one.end, "date") for one in dates_of(reading) if first <= one.start and one.end <= last]
    spans = [*_marks(titles, start, end), *_bodies(reading, first, last), *dates]
    return load_grammar("citation_issuers").view(reading.text, spans, first, last)


def _kind(view: View) -> str:
    found = next(load_grammar("citation_kinds").find(view), None)
    return found.pattern.gives if found else "other"


def _issuer(text: str, view: View) -> str | None:
    """The issuer as the text writes it, of several bodies with 、 where it has nothing or white space between them."""
    found = next(load_grammar("citation_issuers").find(view), None)
    if found is None:
        return None
    start, end = found.evidence("issuer")
    named, done = "", start
    for span in found.spans("issuer"):
        between = text[done : span.start].strip()
        named += (between or "、" if named else "") + (span.value or text[span.start : span.end])
        done = span.end
    named += text[done:end]  # 、财政局 behind 某市民政局
    return _HIGHEST.sub("、", named)


def _marks(titles: Sequence[tuple[int, int]], start: int, end: int) -> list[Span]:
    """The marks of a title, and the other titles with theirs."""
    others = [Span(one - 1, other + 1, "title") for one, other in titles if one != start]
    return [Span(start - 1, start, "opens"), Span(end, end + 1, "closes"), *others]


def _bodies(reading: Reading, start: int, end: int) -> list[Span]:
    """The bodies that text[start:end] names, authorities apart: by name, as an office (县委办), as 该局."""
    mentions = [one for one in mentions_of(reading) if start <= one.start and one.end <= end]
    named = [Span(one.start, one.end, "authority" if one.kind in _AUTHORITIES else "body") for one in mentions]
    return [*named, *_offices(reading.text, start, end), *_meant(reading, start, end)]


def _offices(text: str, start: int, end: int) -> Iterator[Span]:
    """The offices, each with the name of its region in front (某县委、县政府)."""
    for office in _OFFICE.finditer(text, start, end):
        first = max(start, office.start() - LONGEST_NAME)
        regions = find_regions(text[first : office.start() + 1])
        places = [first + one.start for one in regions if first + one.end == office.start() + 1]
        yield Span(min(places, default=office.start()), office.end(), "authority")


def _meant(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """The bodies that 该局 means: the one named last before it whose name ends so."""
    for this in _THIS.finditer(reading.text, start, end):
        floor = this.start() - _LONGEST_MEANT
        ahead = [one.name for one in mentions_of(reading) if floor <= one.start and one.end <= this.start()]
        if named := [name for name in ahead if name.endswith(this[1])]:
            yield Span(this.start(), this.end(), "authority", named[-1])
