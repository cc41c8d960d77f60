"""What the head and the foot of a page say of all its articles: the day of a newspaper, the editors of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from flows.document import Line
from flows.extract.page.days import Dated
from flows.extract.page.metadata import KINDS, LONGEST, Metadata
from flows.extract.page.told import read_line


class PageEdges(NamedTuple):
    """The day and the editors of all articles of a page, as far as its head and foot state them."""

    day: date | None = None
    editors: tuple[str, ...] = ()


UNTOLD = PageEdges()

_PRINTED = re.compile(
    r"版(?:(?<=\d版)|(?<=\d[ \u3000]版)|(?<=[上下]一版)|(?<=[本子]版))(?![权本])|版面(?:导航|目录|概览|名称)"
    r"|统一(?:连续出版物|刊)号|邮发代号|数字报|电子报|零售价?[:：]"
)
_ISSUE = re.compile("《[^《》]+》|简报|快报|快讯|周报|周刊|月报|月刊|要闻|一周|[0-9]期")
_FIRST_LINES, _LONGEST_ISSUE = 5, 60
_LABELLED = 1  # the rank of a day behind 发布时间
_OF_PAGE = re.compile("本版|本期|版式|版面|美编|美术编辑|组版|排版|校对")


def read_page_edges(lines: Sequence[Line], several: bool) -> PageEdges:
    """What the lines before the first and behind the last kept one tell of every article.

    A page of one article has no more than the article's own metadata, unless it is a newspaper's. Editors who stand
    at the head or the foot are those of the page if the lines about the page say so or no article has its own.
    """
    kept = [n for n, line in enumerate(lines) if line.kind is None]
    if not kept:
        return UNTOLD
    head, foot = lines[: kept[0]], lines[kept[-1] + 1 :]
    printed = _PRINTED.search("\n".join([line.chars for line in (*head, *foot)])) is not None
    if not several and not printed:
        return UNTOLD
    inside = any(_editors(lines[kept[0] : kept[-1]]))
    edges = [line for line in (*head, *foot) if not inside or _OF_PAGE.search(line.chars)]
    told = [*_days(head, printed), *(dated for dated in _days(foot, printed) if printed or dated.rank <= _LABELLED)]
    day = min(told, key=lambda dated: dated.rank).stamp.day if told else None
    return PageEdges(day, tuple(dict.fromkeys(_editors(edges))))


def with_edges(metadata: Metadata, edges: PageEdges) -> Metadata:
    """An article's metadata, with what its page says of all articles where its own lines say nothing."""
    if metadata.published_date is None and edges.day:
        metadata = replace(metadata, published_date=edges.day)
    if not metadata.editors and edges.editors:
        metadata = replace(metadata, editors=list(edges.editors))
    return metadata


def _days(lines: Sequence[Line], printed: bool) -> Iterator[Dated]:
    """The days of lines about the page; of a newspaper's page the menu counts too."""
    for n, line in enumerate(lines):
        about = printed or line.kind in KINDS or (n < _FIRST_LINES and _names_issue(line.chars))
        if about and len(line.chars) <= LONGEST:
            yield from read_line(line.chars).dates


def _names_issue(line: str) -> bool:
    """Whether a line may name a periodical with the day of its issue: 《社工周报》（2024年5月6日）."""
    return len(line) <= _LONGEST_ISSUE and _ISSUE.search(line) is not None


def _editors(lines: Sequence[Line]) -> Iterator[str]:
    """The editors whom stripped lines name."""
    for line in lines:
        if line.kind is not None and "编" in line.chars and len(line.chars) <= LONGEST:
            yield from read_line(line.chars).editors
