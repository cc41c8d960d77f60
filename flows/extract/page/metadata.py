"""What a page says of a story around it: when it was published, where it was taken from, who wrote and who edited it.

Only what the page states as its own counts. Dates in the story, in its title or in lists of links are not the
story's date, and a date without a year is none. Editors are those who edited the story (编辑, 责编); who checked the
page (审核, 校对) or answers for it (主编, 监制) is none. Authors are writers, correspondents included; photographers
are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import chain

from flows.extract.dates.stamps import find_stamps
from flows.extract.page.authors import name_alone
from flows.extract.page.byline import AROUND, plain
from flows.extract.page.days import CLAUSE_MARK, closing_day, signature, signed_within, spread_day
from flows.extract.page.source import TYPES
from flows.extract.page.told import BARE, Told, read_line
from flows.grammar import load_grammar

KINDS = frozenset({"metadata", "dateline", "credit"})
"""Kinds of removals that speak of the story itself; captions name photographers, copyright lines other people's."""

LONGEST = 400
"""Longer lines are no statements about a page, and are not worth their time."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of `articles` that stand outside its text. `published_at` is in China's time, None without a time."""

    published_date: date | None = None
    published_at: datetime | None = None
    source: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)


OPENS = re.compile(
    r"[【\[（(]?[\u4e00-\u9fff·]{2,14}(?:\d{1,2}月)?(?:\d{1,2}日)?(?:专?讯|电)(?=[\s　：:】\]）)])"
)  # 齐鲁网10月21日讯
OPENS_BRACKET = re.compile(  # （本报记者 某某 通讯员 某某）
    r"[\s\u3000]*[（(](?:[\u4e00-\u9fff]{2,6})?(?:记者|通讯员)[\s\u3000][^（）()\n]{2,40}[）)]"
)
CREDIT_BEHIND = re.compile(
    r"[（(](?:[\u4e00-\u9fff]{2,6})?(?:记者|本报记者|通讯员|评论员|作者|来源|据|编辑|责编|责任编辑|见习记者)[^（）()\n]{2,40}[）)](?=\d{0,8}\s*$)"
)
NAMED_BEHIND = re.compile(r"\n[（(][\u4e00-\u9fff·、 \u3000]{2,16}[）)]$")  # （林某）
DISPLACED = 10
"""Added to the rank of what a displaced line says: it counts when nothing else is said."""
WRITER_IS = re.compile("[（(]作者(?:系|为|是|单位|简介)")
HEADS_STORY = re.compile("[\\s\u3000]*[□■◇◆○●◎☆★▲△▼▽][\\s\u3000]*(?:本报|本刊|见习|特约|通讯员|记者|文)")
"""The byline above a story: below a dateline that names writers it is another's."""
ELSEWHERE = frozenset({"other", "page_furniture", "teaser", "comments"})
OF_PAGE = ("labelled", "account", "page_of_paper", "writer")
"""What a line gives (schemas/patterns/bylines.yaml) that speaks of the page, not of a story."""
PROSE = re.compile("[。！？!?；;]")
PLACE = re.compile(
    r"^[\s（(一二三四五六七八九十、\d.．）)]{0,6}[\u4e00-\u9fff]{0,4}(?:地点|地址)\s*[:：]", re.MULTILINE
)


def read_metadata(notes: Iterable[tuple[str, str]], title: str = "", text: str = "") -> Metadata:
    """The metadata of one story.

    Args:
        notes: kind and text of the removed lines and parts of lines around it, in the order of the page.
        title: its title, which may repeat in a note and is then passed over.
        text: its final text; a dateline or closing credit that was left in it is read too.
    """
    notes = list(notes)
    stated = [line for chunk in _own(notes) for line in chunk.splitlines()]
    lines = _joined([line for line in stated if len(line) <= LONGEST and line.strip() != title])
    announces = _names_place(text) or any(map(_names_place, stated))
    own = {line: read_line(line) for line in [*lines, *_edges(text)]}
    if announces:  # 时间 beside 地点 is when an event takes place
        own = {line: told for line, told in own.items() if not told.time_alone}
    elsewhere = {line: read_line(line) for line in _displaced(notes)}
    dates = [dated for told in own.values() for dated in told.dates]
    dates += [*signature(text), *signed_within(title, text), *closing_day(notes), *spread_day(notes)]
    dates += [dated._replace(rank=dated.rank + DISPLACED) for told in elsewhere.values() for dated in told.dates]
    stamp = min(dates, key=lambda dated: dated.rank).stamp if dates else None
    source = _source(own.values(), elsewhere.values())
    return Metadata(
        stamp.day if stamp else None,
        stamp.time if stamp else None,
        source,
        [name for name in dict.fromkeys(_authors(own, elsewhere, notes)) if name != source],
        list(dict.fromkeys(name for told in own.values() for name in told.editors)),
    )


def _source(own: Iterable[Told], elsewhere: Iterable[Told]) -> str | None:
    """The source by its rank; names alone, one below the other, are links."""
    sources = [ranked for told in own for ranked in told.sources]
    listed = {ranked for told in own if not told.dates for ranked in told.sources if ranked[0] == BARE}
    if len(listed) > 1:
        sources = [ranked for ranked in sources if ranked not in listed]
    sources += [(rank + DISPLACED, name) for told in elsewhere for rank, name in told.sources]
    return min(sources, key=lambda ranked: ranked[0])[1] if sources else None


def _authors(own: Mapping[str, Told], elsewhere: Mapping[str, Told], notes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The writers: of the lines about the story, then of those in other places, where 作者 writes other works."""
    datelined = any(kind == "dateline" and read_line(chunk).authors for kind, chunk in notes)
    names = [told.authors for line, told in own.items() if not (datelined and HEADS_STORY.match(line))]
    names += [told.authors for line, told in elsewhere.items() if not line.lstrip().startswith("作者")]
    yield from chain(*names)
    if not any(names) and any(map(WRITER_IS.search, _own(notes))):  # （作者系某大学教授）
        yield from chain(*(name_alone(line.strip(AROUND)) for kind, line in notes if kind not in KINDS))


def _names_place(words: str) -> bool:
    """Whether a line says where something takes place."""
    return ("地点" in words or "地址" in words) and PLACE.search(words) is not None


def _own(notes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The notes that speak of the story; a day above the lunar one is today's, in the site's calendar."""
    for n, (kind, chunk) in enumerate(notes):
        if kind in KINDS and not (n + 1 < len(notes) and notes[n + 1][1].lstrip().startswith("农历")):
            yield chunk


def _displaced(notes: Sequence[tuple[str, str]]) -> list[str]:
    """Lines removed for their place alone that have the form of metadata: a label and its value, and no prose."""
    lines = load_grammar("bylines")
    told = [chunk for kind, chunk in notes if kind in ELSEWHERE and lines.may_find(chunk, *OF_PAGE)]
    told += [chunk for kind, chunk in notes if kind == "navigation" and lines.first(chunk, "menu_writer")]
    return [line for chunk in told for line in chunk.splitlines() if len(line) < 100 and _speaks_of_page(line)]


@lru_cache(maxsize=1024)
def _speaks_of_page(line: str) -> bool:
    """Whether a line has a label of metadata, is a writer's, or names the page of a paper, and is no prose."""
    if PROSE.search(line):
        return False
    return load_grammar("bylines").first(line, *OF_PAGE, types=TYPES) is not None


def _joined(lines: Sequence[str]) -> list[str]:
    """The lines, a label that stands alone joined with its value on the next line."""
    out: list[str] = []
    for line in lines:
        if (
            out
            and len(out[-1]) < 9
            and re.search(r"[\u4e00-\u9fff]\s*[:：]\s*$", out[-1])
            and not re.search("[:：]", line)
        ):
            out[-1] += line
        else:
            out.append(line)
    return out


def _edges(text: str) -> list[str]:
    """What was left in a text: a line of date, time and source in front, a dateline, a credit in brackets behind."""
    patterns, first = load_grammar("bylines"), text[:61].partition("\n")[0]
    stamp = next(find_stamps(plain(first)), None) if len(first) <= 60 else None
    if stamp and (patterns.first(first, "labelled") or (stamp.time and stamp.start == 0)):
        head = [first]
    else:
        matches = (
            OPENS_BRACKET.match(text[:80]),
            patterns.first(text[:80], "dateline"),
            patterns.first(text[:60], "report") if "记者" in text[:30] else None,
            OPENS.match(text[:40]),
        )
        head = [match.group() for match in matches if match][:1]
    signed = [
        line for line in text[-300:].split("\n")[1:] if len(line) <= 40 and patterns.first(line, "writer", "author")
    ]
    if credits := [line for line in signed if not CLAUSE_MARK.search(line)]:
        return [*head, *credits]
    behind = text[-80:].rstrip()
    if NAMED_BEHIND.search(behind):
        return [*head, behind.rpartition("\n")[2]]
    credit = CREDIT_BEHIND.search(behind) if behind.rstrip("0123456789").endswith(("）", ")")) else None
    return [*head, credit.group()] if credit else head
