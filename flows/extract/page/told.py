"""What one line about a story tells of it: dates, sources, writers, editors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from flows.extract.dates.stamps import day_span, find_stamps
from flows.extract.organizations.single import last_ending
from flows.extract.page.authors import find_authors
from flows.extract.page.byline import Field, plain, read_fields, read_names
from flows.extract.page.days import Dated
from flows.extract.page.source import (
    bare_source,
    closing_source,
    dateline_source,
    paper_page,
    source_name,
    writers_paper,
)
from flows.grammar import load_grammar

BARE = 2
"""The rank of a source that is a name alone."""

MATERIAL = 5
"""The rank of the body behind 资料来源."""

LABELLED_DATES = frozenset({"published", "written", "updated"})
TIME = ("时间", "日期")  # of something else than publication: 活动时间, 截止日期
TIME_ALONE = (["时间"], ["日期"])
CLOSING = re.compile(r"[(（]20\d{6}[)）]\s*$")  # 晚间要闻 (20240315): the issue of a heading
PAGE_CLOCK = re.compile("今天是|现在是|当前时间|北京时间：?现在|欢迎您")


class Told(NamedTuple):
    """What one line tells: dates, sources with their rank, writers and editors; `time_alone` says that its one label
    is 时间 or 日期."""

    dates: tuple[Dated, ...]
    sources: tuple[tuple[int, str], ...]
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    time_alone: bool


@lru_cache(maxsize=1024)
def read_line(line: str) -> Told:
    """What one line tells of the story around which it stands."""
    fields = read_fields(line)
    return Told(
        tuple(_dates(line, fields)),
        tuple(_sources(line, fields)),
        tuple(find_authors(line, fields)),
        tuple(name for found in fields if found.field == "editor" for name in read_names(found.value, True)),
        [found.labelled_by for found in fields] in TIME_ALONE,
    )


def _dates(line: str, fields: Sequence[Field]) -> Iterable[Dated]:
    """The full dates of a line: behind a label of publication first, then with a time, then bare, then of an update."""
    text, patterns = plain(line), load_grammar("bylines")
    stamps = list(find_stamps(text))
    if not stamps or PAGE_CLOCK.search(text):
        return
    labelled = {found.field: found.value for found in reversed(fields) if found.field in LABELLED_DATES}
    elsewhere = [found.value for found in fields if found.field == "other" and found.labelled_by.endswith(TIME)]
    for stamp in stamps:
        words = text[stamp.start : stamp.end]
        if any(words in value for value in elsewhere):
            continue
        if words in labelled.get("published", ""):
            yield Dated(0 if stamp.time else 1, stamp)
        elif words in labelled.get("updated", ""):
            yield Dated(5, stamp)
        elif words in labelled.get("written", ""):
            yield Dated(4, stamp)
        elif patterns.first(line, "dateline"):
            yield Dated(6, stamp)
        elif not stamp.bold or CLOSING.match(text, stamp.start - 1):
            yield Dated(2 if stamp.time else 3, stamp)


def _sources(line: str, fields: Sequence[Field]) -> Iterable[tuple[int, str]]:
    """Sources that a line names, with their rank: a label, a closing credit, a bare name, the agency of a dateline."""
    yield from _labelled(fields)
    if any(found.field == "source" for found in fields):
        return
    if name := closing_source(line) or paper_page(line):
        yield 1, name
    elif not any(found.value for found in fields):
        start, end = day_span(plain(line))
        if name := bare_source(f"{line[:start]} {line[end:]}"):
            yield BARE, name
    if name := dateline_source(line):
        yield 3, name
    elif fields and fields[0].field == "author" and (name := writers_paper(plain(line), fields[0].labelled_by)):
        yield 4, name


def _labelled(fields: Sequence[Field]) -> Iterable[tuple[int, str]]:
    """The sources behind labels."""
    for found in fields:
        name = source_name(found.value) if found.field in ("source", "material") else None
        if name and found.field == "source":
            yield 0, name
        elif name and last_ending(name) == len(name):
            yield MATERIAL, name
