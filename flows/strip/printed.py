"""Printed pages (PDF): the print has told headlines, captions and running heads apart, and what stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.document import Page
from flows.read.formats import PDF
from flows.strip.judge import Judged
from flows.strip.layout import Layout
from flows.strip.verdict import fits

HEADLINES = frozenset({"h1", "h2", "h3"})
AROUND_HEADLINE = HEADLINES | {"kicker", "subtitle"}
FURNITURE = {
    "header": ("page_furniture", "running_head"),
    "footer": ("page_furniture", "running_foot"),
    "figcaption": ("caption", "printed_caption"),
}


def has_headlines(page: Page) -> bool:
    """Does the print of the page tell its headlines from its text?"""
    return page.raw.media_type == PDF and any(block.tag in HEADLINES for block in page.raw.blocks)


def take_furniture(judged: Sequence[Judged]) -> None:
    """Takes the running heads and feet and the captions of a printed page."""
    for one in judged:
        if one.block is not None and one.block.tag in FURNITURE:
            one.kind = None
            one.take(*FURNITURE[one.block.tag])


def settle_printed(judged: Sequence[Judged]) -> None:
    """Takes the lines that a rule takes where they stand in their story; all others stay, headlines always."""
    for one in judged:
        if one.block is not None and one.block.tag in AROUND_HEADLINE:
            one.kind = one.rule = None
            one.cuts = ()
    for layout in _layouts(judged):
        for i in range(layout.title or 0, layout.end):
            one = judged[i]
            if one.block is None or one.block.tag in AROUND_HEADLINE:
                continue
            for rule in one.placed:
                if fits(rule, i, judged, layout):
                    one.take(rule.kind, rule.id)


def _layouts(judged: Sequence[Judged]) -> Iterator[Layout]:
    """The layout of each headline with the lines under it, and of what stands above the first."""
    opened = [i for i, one in enumerate(judged) if one.block is not None and one.block.tag in HEADLINES]
    for start, end in zip([None, *opened], [*opened, len(judged)], strict=True):
        below = 0 if start is None else start + 1
        prose = [i for i in range(below, end) if judged[i].kind is None and judged[i].prose]
        prose = prose or [i for i in range(below, end) if judged[i].kind is None]
        if prose:
            yield Layout(start, None, ((below, end),), prose[0], prose[-1])
