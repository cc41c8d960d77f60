"""What the rules say of each line, before its place on the page is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flows.document import Cut, Line
from flows.strip.lines import rule_form
from flows.strip.rules import Rule, RuleBook
from flows.strip.shape import Shape, shape_of

HEADING_MARK = re.compile(r"(#{1,6})\s+(?=\S)")
"""How a heading is marked in text made from markup (Markdown)."""


class Finding(NamedTuple):
    """What a line's words and shape say, wherever it stands: the first rule that takes it (`heading`: along with the
    lines under it), the rules that would if it stood in their place, and the parts that rules cut out."""

    form: str
    shape: Shape
    rule: Rule | None
    placed: tuple[Rule, ...]
    parts: tuple[tuple[int, int, Rule], ...]


@dataclass(slots=True)
class Judged:
    """A line on trial: what was found in it, and the verdict so far."""

    line: Line
    form: str
    shape: Shape
    placed: tuple[Rule, ...] = ()
    cuts: tuple[Cut, ...] = ()
    kind: str | None = None
    rule: str | None = None
    heading: bool = False

    def take(self, kind: str, rule: str) -> None:
        """The whole line goes, under this rule; a verdict once given stands."""
        if self.kind is None:
            self.kind, self.rule = kind, rule


def judge_lines(lines: Sequence[Line], chars: str, book: RuleBook) -> list[Judged]:
    """The lines with what the rules find in them; sections and repeated paragraphs included."""
    form = rule_form(chars)
    candidates = book.candidates(form, [line.start for line in lines])
    judged = [_judge(line, form[line.start : line.end], rules) for line, rules in zip(lines, candidates, strict=True)]
    _take_sections(judged, book)
    _take_teaser_blocks(judged)
    _take_summary(judged)
    _take_repeated(judged, book.rules.get("repeated_control"))
    return judged


def _judge(line: Line, form: str, rules: tuple[Rule, ...]) -> Judged:
    found = _find_again(form, rules) if len(form) <= SHORT else _find(form, rules)
    cuts: tuple[Cut, ...] = ()
    if found.parts:
        cuts = _disjoint([Cut(line.start + a, line.start + b, rule.kind, rule.id) for a, b, rule in found.parts])
    one = Judged(line, form, found.shape, found.placed, cuts)
    if found.rule is not None:
        one.kind, one.rule, one.heading = found.rule.kind, found.rule.id, found.rule.head is not None
    return one


SHORT = 24
"""Lines up to this length (menus, labels, credits) come again from page to page, and are looked at once."""


def _find(form: str, rules: tuple[Rule, ...]) -> Finding:
    placed: list[Rule] = []
    parts: list[tuple[int, int, Rule]] = []
    for rule in rules:
        if rule.part is not None:
            parts += [(a, b, rule) for a, b in rule.parts(form)]
        elif rule.matches(form):
            if rule.place is None:
                return Finding(form, shape_of(form), rule, tuple(placed), ())
            placed.append(rule)
    return Finding(form, shape_of(form), None, tuple(placed), tuple(parts))


_find_again = lru_cache(maxsize=50_000)(_find)


def _disjoint(cuts: list[Cut]) -> tuple[Cut, ...]:
    """The cuts in order, less those that overlap an earlier one."""
    kept: list[Cut] = []
    for cut in sorted(cuts):
        if cut.end > cut.start and (not kept or cut.start >= kept[-1].end):
            kept.append(cut)
    return tuple(kept)


def _take_sections(judged: Sequence[Judged], book: RuleBook) -> None:
    """A heading with `while` takes the paragraphs under it that speak of the same."""
    open_rule: Rule | None = None
    for one in judged:
        if one.rule is not None and one.heading:
            rule = book.rules[one.rule]
            open_rule = rule if rule.while_ is not None else None
        elif open_rule is not None:
            if open_rule.goes_on(one.form):
                one.take(open_rule.kind, open_rule.id)
            elif one.shape.prose:
                open_rule = None


def _take_teaser_blocks(judged: Sequence[Judged]) -> None:
    """The lines of a headline above the one that ends by pointing to another page, up to a blank line."""
    for i in range(len(judged) - 1, 0, -1):
        below, one = judged[i], judged[i - 1]
        if (
            below.rule in {"epaper_teaser", "teaser_block"}
            and one.line.end + 2 > below.line.start
            and not one.shape.prose
        ):
            one.take("teaser", "teaser_block")


def _take_summary(judged: Sequence[Judged]) -> None:
    """What stands above the first of a page's marked headings, when it lists most of them."""
    marked = [
        (len(mark.group(1)), i)
        for i, one in enumerate(judged)
        if one.line.block is None and (mark := HEADING_MARK.match(one.form))
    ]
    level = max((level for level, _ in marked), default=0)
    headings = [i for depth, i in marked if depth == level]
    if len(headings) < 3:
        return
    above = "".join(one.form for one in judged[: headings[0]])
    listed = sum(judged[i].form[level:].strip() in above for i in headings)
    if listed * 2 >= len(headings):
        for one in judged[: headings[0]]:
            one.take("teaser", "list_summary")


def _take_repeated(judged: Sequence[Judged], control: Rule | None) -> None:
    """A paragraph that stands a second time, word for word; short lines that stand often are doubted."""
    seen = Counter(one.form for one in judged)
    paragraphs: set[str] = set()
    for one in judged:
        if seen[one.form] > 1 and one.shape.prose:
            if one.form in paragraphs:
                one.take("repeated", "repeated_line")
            paragraphs.add(one.form)
        elif control is not None and seen[one.form] > 2 and one.shape.score < 0:
            one.placed = (*one.placed, control)
