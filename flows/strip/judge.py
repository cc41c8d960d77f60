"""What the rules say of each line, before its place on the page is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from flows.document import Block, Cut
from flows.patterns import Rule
from flows.strip.find import find_rules
from flows.strip.lines import Places
from flows.strip.rules import RuleBook

HEADING_MARK = re.compile(r"(#{1,6})\s+(?=\S)")
"""How a heading is marked in text made from markup (Markdown)."""


@dataclass(slots=True)
class Judged:
    """A line on trial: page.text[start:end], what was found in it (`flows.strip.find.Finding`), and the verdict so
    far."""

    start: int
    end: int
    chars: str
    block: Block | None
    form: str
    score: float
    prose: bool
    placed: tuple[Rule, ...]
    cuts: tuple[Cut, ...]
    kind: str | None
    rule: str | None
    heading: bool

    def take(self, kind: str, rule: str) -> None:
        """The whole line goes, under this rule; a verdict once given stands."""
        if self.kind is None:
            self.kind, self.rule = kind, rule


def judge_lines(places: Places, form: str, book: RuleBook) -> list[Judged]:
    """The lines with what the rules find in them, sections and repeated paragraphs included; `form` is the text that
    they stand in, in rule form."""
    forms = [form[start:end] for start, end in zip(places.starts, places.ends, strict=True)]
    judged = [
        Judged(start, end, chars, block, form, score, prose, placed, parts and _cuts(parts, start), kind, rule, heading)
        for start, end, chars, block, form, (score, prose, placed, parts, kind, rule, heading) in zip(
            *places, forms, find_rules(forms, book), strict=True
        )
    ]
    _take_sections(judged, book)
    _take_teaser_blocks(judged)
    if "#" in form:
        _take_summary(judged)
    if len(set(forms)) < len(forms):
        seen = {form: times for form, times in Counter(forms).items() if times > 1}
        _take_repeated(list(compress(judged, map(seen.__contains__, forms))), seen, book.rules.get("repeated_control"))
    return judged


def _cuts(parts: Sequence[tuple[int, int, Rule]], start: int) -> tuple[Cut, ...]:
    """The parts of a line in order, less those that overlap an earlier one."""
    kept: list[Cut] = []
    for cut in sorted(Cut(start + a, start + b, rule.kind, rule.id) for a, b, rule in parts):
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
            elif one.prose:
                open_rule = None


def _take_teaser_blocks(judged: Sequence[Judged]) -> None:
    """The lines of a headline above the one that ends by pointing to another page, up to a blank line."""
    for i in range(len(judged) - 1, 0, -1):
        below, one = judged[i], judged[i - 1]
        if below.rule in {"epaper_teaser", "teaser_block"} and one.end + 2 > below.start and not one.prose:
            one.take("teaser", "teaser_block")


def _take_summary(judged: Sequence[Judged]) -> None:
    """What stands above the first of a page's marked headings, when it lists most of them."""
    marked = [
        (len(mark.group(1)), i)
        for i, one in enumerate(judged)
        if one.form[0] == "#" and one.block is None and (mark := HEADING_MARK.match(one.form))
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


def _take_repeated(judged: Sequence[Judged], seen: Mapping[str, int], control: Rule | None) -> None:
    """Of lines that stand several times, by how often each was `seen`: a paragraph that stands a second time, word for
    word, goes; short lines that stand often are doubted."""
    paragraphs: set[str] = set()
    for one in judged:
        if one.prose:
            if one.form in paragraphs:
                one.take("repeated", "repeated_line")
            paragraphs.add(one.form)
        elif seen[one.form] > 2 and control is not None and one.score < 0:
            one.placed = (*one.placed, control)
