"""Stripping: each line of a page is kept or taken out under a named rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import repeat
from typing import NamedTuple

from flows.document import Line, Page
from flows.read.formats import PDF
from flows.strip.doubts import doubt_of, flags_of
from flows.strip.foreign import MOST, take_foreign, tells_chinese
from flows.strip.judge import Judged, judge_lines
from flows.strip.layout import UNSURE, Layout, lay_out
from flows.strip.lines import rule_form, split_lines
from flows.strip.model import Weighed, weigh_lines
from flows.strip.plain import plain_lines
from flows.strip.printed import has_headlines, settle_printed, take_furniture
from flows.strip.rules import RuleBook, rule_book
from flows.strip.soft_errors import read_soft_error
from flows.strip.verdict import settle

Weigh = Callable[[Sequence[Judged], str, str | None], Weighed]
"""From the lines, the page's text in rule form and the title that its markup states to their weights."""

NO_ARTICLE = "no_article: the page holds no stretch of prose, only links, lists or controls"
FOREIGN = "foreign_language: the page's text is not in Chinese"

LONG_CAPTION = 30
"""Characters from which on a caption may tell a story, or a part of one."""

_REJECTED = {NO_ARTICLE: "not_an_article", FOREIGN: "foreign_language"}
"""The rule that takes the lines of a page, by the reason for which it holds no article; else the first."""


def strip_boilerplate(page: Page, book: RuleBook | None = None, weigh: Weigh = weigh_lines) -> Page:
    """The page with its lines, each kept, cut or taken out; with a reason if it holds no article.

    The rules of its publisher are tried before those of the book, by default schemas/rules/. `weigh` says how likely
    each line is part of a story.
    """
    book = (book or rule_book()).with_first(page.rules)
    form = rule_form(page.text.chars)
    judged = judge_lines(split_lines(page.text, page.raw.blocks), form, book)
    weights = take_foreign(judged, page.text.chars)
    if page.raw.media_type == PDF:
        take_furniture(judged)
        if has_headlines(page) and weights.foreign <= MOST * weights.chinese:
            settle_printed(judged)
            return replace(page, lines=_lines(judged))
    stated = page.raw.stated.title
    views = _look_at(judged, lambda lines: weigh(lines, form, stated), stated) if judged else None
    layout = views.layout if views is not None else None
    is_chinese = layout is not None and tells_chinese(judged, layout, weights)
    if layout is not None and is_chinese:
        settle(judged, layout)
    reason = read_soft_error(judged, layout is not None)
    if reason is None and not is_chinese:
        reason = FOREIGN if layout or weights.foreign > weights.chinese else NO_ARTICLE
    if reason is not None or layout is None or views is None:
        for one in judged:
            one.take("other", _REJECTED.get(reason or NO_ARTICLE, "not_an_article"))
        doubt = doubt_of(judged, None, views.weighed, views.held) if views and reason == NO_ARTICLE else None
        return replace(page, lines=_lines(judged), reason=page.reason or reason, doubt=doubt)
    confidence = None if layout.likeness is None else layout.likeness / 100
    doubt = doubt_of(judged, layout, views.weighed, views.held) if confidence is not None else None
    return replace(page, lines=_lines(judged, layout), confidence=confidence, doubt=doubt).flag(*flags_of(layout))


class _Views(NamedTuple):
    """The layout of a page, the weights that it rests on, and the second view (`plain_lines`)."""

    layout: Layout | None
    weighed: Weighed
    held: Sequence[bool]


def _look_at(judged: Sequence[Judged], weigh: Callable[[Sequence[Judged]], Weighed], stated: str | None) -> _Views:
    """The views of a page; where the captions of its pictures are most of its prose, they are the story, and where its
    layout is doubtful and a surer one has them in it, that is."""
    layout, weighed = _with_captions(judged, weigh, stated)
    return _Views(layout, weighed, plain_lines(judged, stated))


def _with_captions(
    judged: Sequence[Judged], weigh: Callable[[Sequence[Judged]], Weighed], stated: str | None
) -> tuple[Layout | None, Weighed]:
    """The layout and the weights that it rests on, with the captions as lines of the story where they are it."""
    weighed = weigh(judged)
    layout = lay_out(judged, weighed, stated)
    long = LONG_CAPTION if layout is not None else 1
    captions = [(one, one.rule) for one in judged if one.kind == "caption" and len(one.form) >= long]
    if not captions or (layout is None and sum(len(one.form) for one, _ in captions) < LONG_CAPTION):
        return layout, weighed
    held = [one for a, b in layout.bodies for one in judged[a:b] if one.kind is None] if layout is not None else []
    most = sum(len(one.form) for one, _ in captions) > sum(len(one.form) for one in held)
    sure = layout is not None and (layout.likeness is None or layout.likeness >= UNSURE)
    if sure and not most:
        return layout, weighed
    for one, _ in captions:
        one.kind = one.rule = None
    again = weigh(judged)
    other = lay_out(judged, again, stated)
    if most or _is_surer(other, layout):
        return other, again
    for one, rule in captions:
        one.kind, one.rule = "caption", rule
    return layout, weighed


def _is_surer(one: Layout | None, other: Layout | None) -> bool:
    return one is not None and (one.likeness or 0) > (0 if other is None else other.likeness or 0)


def _lines(judged: Sequence[Judged], layout: Layout | None = None) -> tuple[Line, ...]:
    """The lines with their verdicts; `tuple.__new__` takes an eighth of the time of `Line`."""
    fields = [
        (i, one.start, one.end, one.chars, one.kind, one.rule, one.cuts if one.kind is None else (), None, one.block)
        for i, one in enumerate(judged)
    ]
    lines: list[Line] = list(map(tuple.__new__, repeat(Line), fields))
    roles = {"title": layout.title, "subtitle": layout.subtitle} if layout is not None else {}
    for role, i in roles.items():
        if i is not None:
            lines[i] = lines[i]._replace(role=role)
    return tuple(lines)
