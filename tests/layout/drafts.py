"""Pages in the making: their lines with markup, space and what they teach, and the sheets that such lines make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from flows.document import Block
from flows.strip.judge import judge_lines
from flows.strip.lines import rule_form
from flows.strip.model.marks import codes_of
from flows.strip.rules import rule_book
from tests.layout.pages import Sheet, places_of

APART = 100_000
"""Added to the numbers of a story's elements, so that they are not those of the page around it."""


@dataclass(frozen=True)
class DraftLine:
    """A line of a page in the making: its characters, markup, share of story, whether it teaches, the line ends above
    it and the white space in front of it, and the site it is from."""

    chars: str
    block: Block | None
    told: float
    counts: bool
    blank: int
    indent: int
    site: str

    def saying(self, chars: str) -> DraftLine:
        """The line with other characters."""
        return replace(self, chars=" ".join(chars.split()))

    def beside(self, chars: str, number: int = 0) -> DraftLine:
        """A line that is none of the story: in markup in an element of its own by that number, short ones links."""
        block = self.block
        if block is not None:
            linked = len(chars) if len(chars) < 40 and not set("。：！？") & set(chars) else 0
            tag = "li" if linked else "p"
            block = Block(
                block.start, block.start + len(chars), tag, linked, "", "", (2 * APART, 2 * APART + number + 1)
            )
        return replace(self, chars=" ".join(chars.split()), block=block, told=0.0, counts=True, blank=1, indent=0)


@dataclass(frozen=True)
class Parts:
    """A page cut into what stands before its story, the story, and what stands behind it."""

    before: list[DraftLine]
    story: list[DraftLine]
    behind: list[DraftLine]
    heads: list[int]
    title: DraftLine | None
    sites: frozenset[str]
    group: str

    @property
    def told(self) -> list[DraftLine]:
        """The lines of the story that the reference holds."""
        return [line for line in self.story if line.told >= 0.5]


def parts_of(sheet: Sheet) -> Parts | None:
    """The parts of a page; None if nothing of it is story."""
    lines = drafts_of(sheet)
    told = [i for i, line in enumerate(lines) if line.told >= 0.5 and line.counts]
    if not told:
        return None
    first, last = told[0], told[-1] + 1
    head = "".join(lines[0].chars.split())
    heads = [
        i for i in range(first) if i == 0 or ((form := "".join(lines[i].chars.split())) in head and len(form) >= 6)
    ]
    title = lines[heads[1]] if len(heads) > 1 else None
    return Parts(lines[:first], lines[first:last], lines[last:], heads, title, sheet.sites, sheet.group)


def drafts_of(sheet: Sheet) -> list[DraftLine]:
    """The lines of a page."""
    newlines = np.flatnonzero(codes_of(sheet.text) == 10)
    site, behind, out = min(sheet.sites), 0, []
    for one, told, weight in zip(sheet.judged, sheet.told, sheet.weight, strict=True):
        place = int(newlines.searchsorted(one.start))
        opened = int(newlines[place - 1]) + 1 if place else 0
        blank = place - int(newlines.searchsorted(behind))
        out.append(DraftLine(one.chars, one.block, told, weight > 0, blank, min(5, one.start - opened), site))
        behind = one.end
    return out


def draft(name: str, lines: Sequence[DraftLine], share: float, story: bool = True) -> Sheet | None:
    """The page that lines make, counting `share` of a page; None if nothing on it counts."""
    text, places = places_of([(line.chars, line.blank, line.indent, line.block) for line in lines])
    judged = judge_lines(places, rule_form(text), rule_book())
    told = np.array([line.told for line in lines])
    weight = np.array([len(one.form) ** 0.5 for one in judged])
    weight *= [line.counts and one.kind is None for one, line in zip(judged, lines, strict=True)]
    around = told < 0.5
    weight[around] *= 2 * (
        np.arange(around.sum()) % 2
    )  # they come again from page to page: every second teaches for two
    total = weight.sum()
    if not total:
        return None
    sites = frozenset(line.site for line in lines)
    return Sheet(name, sites, text, judged, told, weight / total * share, story, "made", origin=name)
