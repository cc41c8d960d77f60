"""Where on a page its story stands: title, head, body, tail; and what that makes of each line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.strip.edges import is_plain, with_closing, with_opening
from flows.strip.forms import find_form
from flows.strip.judge import Judged
from flows.strip.markup import extended, score_element, score_markup, story_element
from flows.strip.region import body_regions, worthy_regions
from flows.strip.sections import from_number, through_sections
from flows.strip.title import is_second_half, is_subtitle, likely_title, repeated_title
from flows.strip.worth import is_story

# What a removed line says of its surroundings. A caption says nothing; a heading over links ends a story,
# so that whatever stands behind it must earn its place anew (see `flows.strip.region`).
_ENDS = -9.0
_WEIGHT = {
    "related_heading": _ENDS,
    "copyright": _ENDS,
    "contact": -2.0,
    "navigation": -1.5,
    "share": -1.5,
    "teaser": -1.5,
    "related_links": -2.0,
    "site_prompt": -1.5,
    "advertisement": -1.0,
    "metadata": -1.0,
    "credit": -0.5,
    "caption": 0.0,
    "repeated": 0.0,
}
_ENDING_RULES = {"nav_prev_next", "credit_editor"}
_ENDING_KINDS = frozenset({"share", "site_prompt", "copyright", "contact"})
_OFFICIAL = re.compile(
    r"[^。,!?]{0,40}关于[^。!?]{2,80}的?(?:通知|公告|公示|通报|决定|意见|方案|办法|函|批复|名单|报告)"
)
"""The title of an official document, which may hold little prose."""
_PLACED = -1.2
"""The score of a line that a rule would take if it stood in the right place."""

SHORT_IN_STORY = 0.3
"""What is left of a short line's cost between the headline and the mark that ends the story."""

SHORT_STORY = 2.0
"""What a lone paragraph must score to be a story, if a headline or a source line vouches for it."""

LONE_STORY = 7.0
"""What a stretch must score with nothing else to vouch for it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`title` and `subtitle` are indices of lines or None; `bodies` are half-open ranges of lines, in order.

    `first_prose` and `last_prose` are the first and the last paragraph of the bodies.
    """

    title: int | None
    subtitle: int | None
    bodies: tuple[tuple[int, int], ...]
    first_prose: int
    last_prose: int

    @property
    def start(self) -> int:
        return self.bodies[0][0]

    @property
    def end(self) -> int:
        return self.bodies[-1][1]

    def holds(self, i: int) -> bool:
        """Does line i stand in a body?"""
        for a, b in self.bodies:
            if i < b:
                return a <= i
        return False


def lay_out(judged: Sequence[Judged], stated: str | None = None) -> Layout | None:
    """The layout of a page; None if it holds no story. `stated` is the title that its markup states."""
    summary = [one.rule for one in judged].count("list_summary")
    if 0 < summary < len(judged):
        return Layout(summary, None, ((summary + 1, len(judged)),), summary + 1, len(judged) - 1)
    plain = [one.score if one.kind is None and not one.placed else _score(one) for one in judged]
    scores = score_markup(judged, plain)
    title = repeated_title(judged, stated)
    if title is None:
        title = next(
            (i for i, one in enumerate(judged[:12]) if _OFFICIAL.fullmatch(one.form) and one.kind is None), None
        )
    titled = title is not None
    bodies = _bodies(judged, list(scores), title)
    if not bodies and scores != plain:  # all of the story in elements whose names mislead
        bodies, scores = _bodies(judged, list(plain), title), plain
    element = story_element(judged, scores, bodies)
    if element is not None:
        bodies = _bodies(judged, score_element(judged, scores, element), title, element) or bodies
    if not bodies or not is_story(judged, bodies, titled):
        return _form(judged)
    if element is not None:
        bodies = [extended(judged, element, a, b) for a, b in bodies]
    if title is None:
        title = likely_title(judged, bodies[0][0], stated)
    official = title is not None and _OFFICIAL.fullmatch(judged[title].form) is not None
    bodies[0] = (with_opening(judged, title, bodies[0][0], official), bodies[0][1])
    prose = [i for a, b in bodies for i in range(a, b) if is_plain(judged[i]) and judged[i].score > 0]
    if not prose:
        return None
    if element is None:
        bodies[-1] = (bodies[-1][0], with_closing(judged, prose[-1] + 1))
    start, end = bodies[0][0], bodies[-1][1]
    bodies[-1] = (bodies[-1][0], through_sections(judged, start, end))
    bodies[0] = (from_number(judged, title, start, end), bodies[0][1])
    below = title is not None and (is_subtitle(title, judged, prose[0]) or is_second_half(title, judged))
    subtitle = title + 1 if title is not None and below else None
    if subtitle is not None and bodies[0][0] <= subtitle:
        bodies[0] = (subtitle + 1, bodies[0][1])
    return Layout(title, subtitle, tuple(bodies), prose[0], prose[-1])


def _bodies(
    judged: Sequence[Judged], scores: list[float], title: int | None, element: range | None = None
) -> list[tuple[int, int]]:
    """The stretches of lines that are the story, in order; `element` are those that the markup holds together."""
    below = 0 if title is None else title + 1
    zone = _story_zone(judged, scores, title)
    for i in zone or ():
        if scores[i] < 0 and judged[i].kind is None:
            scores[i] *= 0.0 if _is_cell(judged[i]) else SHORT_IN_STORY
    zone = element or zone
    regions = [(below + a, below + b) for a, b in body_regions(scores[below:])]
    return worthy_regions(scores, regions, zone) or _short_story(judged, scores, below, title is not None)


def _form(judged: Sequence[Judged]) -> Layout | None:
    """The layout of an announcement without prose."""
    form = find_form(judged)
    return form and Layout(form[0], None, ((form[0] + 1, form[1]),), form[0] + 1, form[1] - 1)


def _score(one: Judged) -> float:
    if one.rule in _ENDING_RULES:
        return _ENDS
    if one.kind is not None:
        return _WEIGHT.get(one.kind, -1.0)
    if one.placed:
        return min(_PLACED, one.score)
    return one.score


def _story_zone(judged: Sequence[Judged], scores: list[float], title: int | None) -> range | None:
    """The lines from below the headline, or the source line, to the mark that ends the story, where both are there.

    In between short lines are likelier verse, headings or one-line paragraphs than links. Controls under the
    headline lose their weight.
    """
    start = title if title is not None else _source_line(judged, scores)
    if start is None:
        return None
    prose = next((i for i in range(start + 1, len(scores)) if scores[i] >= 1), None)
    if prose is None:
        return None
    for i in range(start + 1, prose):
        if judged[i].kind is not None or judged[i].placed:
            scores[i] = 0.0
    end = next((i for i in range(prose, len(scores)) if _may_end(judged[i], scores[i])), None)
    return range(start + 1, end) if end is not None else None


def _is_cell(one: Judged) -> bool:
    """Is the line a number alone, as the cells of a table are?"""
    return any(rule.id == "nav_number" for rule in one.placed)


def _may_end(one: Judged, score: float) -> bool:
    """Does the line stand, more often than not, behind a story?"""
    return score <= _ENDS or one.kind in _ENDING_KINDS or any(rule.kind in _ENDING_KINDS for rule in one.placed)


def _source_line(judged: Sequence[Judged], scores: Sequence[float]) -> int | None:
    """The last of the first lines that name time or source, with a paragraph soon below it."""
    for i, one in enumerate(judged):
        sourced = one.rule == "meta_labelled" or (one.placed and "meta_time_first" in [rule.id for rule in one.placed])
        if sourced and any(score >= 1 for score in scores[i + 1 : i + 12]):
            return i
    return None


def _short_story(judged: Sequence[Judged], scores: Sequence[float], below: int, titled: bool) -> list[tuple[int, int]]:
    """The best stretch of lines none of which pays for itself, if a title or source line stands above."""
    best, best_range, total, start = 0.0, (0, 0), 0.0, 0
    for i, score in enumerate(scores[below:], below):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, best_range = total, (start, i + 1)
    above = judged[max(0, best_range[0] - 8) : best_range[0]]
    vouched = titled or any(one.kind == "metadata" or one.placed for one in above)
    if best >= LONE_STORY or (vouched and best >= SHORT_STORY):
        return [best_range]
    return []
