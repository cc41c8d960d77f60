"""Stripping: each line of a page is kept or taken out under a named rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.document import Cut, Line, Page
from flows.strip.judge import Judged, judge_lines
from flows.strip.layout import Layout, lay_out
from flows.strip.lines import split_lines
from flows.strip.rules import Rule, RuleBook, rule_book
from flows.strip.title import site_suffix

NO_ARTICLE = "no_article: the page holds no stretch of prose, only links, lists or controls"


def strip_boilerplate(page: Page, book: RuleBook | None = None) -> Page:
    """The page with its lines, each kept, cut or taken out; with a reason if it holds no article."""
    book = book or rule_book()
    judged = judge_lines(split_lines(page.text), page.text.chars, book)
    layout = lay_out(judged) if judged else None
    if layout is None:
        for one in judged:
            one.take("other", "not_an_article")
        return replace(page, lines=_lines(judged), reason=page.reason or NO_ARTICLE)
    for i, one in enumerate(judged):
        _settle(i, one, judged, layout)
    return replace(page, lines=_lines(judged, layout))


def _settle(i: int, one: Judged, judged: Sequence[Judged], layout: Layout) -> None:
    """The verdict on a line, now that its place is known."""
    if i == layout.title:
        one.kind = one.rule = None
        cut = site_suffix(one.form) if i == 0 else len(one.form)
        if cut < len(one.form):
            one.cuts = (Cut(one.line.start + cut, one.line.end, "page_furniture", "site_suffix"),)
        return
    if i == layout.subtitle:
        return
    for rule in one.placed:
        if _fits(rule, i, judged, layout):
            one.take(rule.kind, rule.id)
    title = judged[layout.title].form if layout.title is not None else None
    if title is not None and len(title) >= 8 and one.form.startswith(title):
        if one.form == title:
            one.take("repeated", "repeated_title")
        elif i >= layout.start and len(one.form) - len(title) <= 40 and not one.shape.prose:
            one.take("caption", "title_as_caption")
    if not layout.holds(i):
        one.take(*_outside(i, judged, layout))


def _fits(rule: Rule, i: int, judged: Sequence[Judged], layout: Layout) -> bool:
    match rule.place:
        case "head":
            return i < layout.first_prose
        case "below_title":
            return layout.title is not None and layout.title < i < layout.first_prose
        case "tail":
            return i > layout.last_prose
        case "foot":
            return i >= layout.end
        case "margin":
            return not layout.holds(i) or not layout.first_prose < i < layout.last_prose
        case "aside":
            below_title = layout.title is not None and layout.title < i < layout.first_prose
            return not below_title and (not layout.holds(i) or not layout.first_prose < i < layout.last_prose)
        case "isolated":
            beside = [judged[j] for j in (i - 1, i + 1) if 0 <= j < len(judged)]
            return not layout.holds(i) or not any(one.shape.prose and one.kind is None for one in beside)
    raise ValueError(f"rule {rule.id}: unknown place {rule.place}")


def _outside(i: int, judged: Sequence[Judged], layout: Layout) -> tuple[str, str]:
    if layout.title is not None and layout.title < i < layout.start:
        return "metadata", "below_title"
    if i < layout.start:
        if i == 0 and layout.title is not None:
            return "page_furniture", "page_title"
        return "navigation", "before_title"
    for above in reversed(judged[layout.end : i]):
        if above.heading:
            return "related_links", "under_related_heading"
    return ("other", "after_body") if i >= layout.end else ("other", "between_bodies")


def _lines(judged: Sequence[Judged], layout: Layout | None = None) -> tuple[Line, ...]:
    roles = {layout.title: "title", layout.subtitle: "subtitle"} if layout is not None else {}
    return tuple(
        replace(one.line, kind=one.kind, rule=one.rule, cuts=one.cuts if one.kind is None else (), role=roles.get(i))
        for i, one in enumerate(judged)
    )
