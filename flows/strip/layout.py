"""Where on a page its story stands: title, head, body, tail; and what that makes of each line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.strip.bodies import Range, find_bodies, without_others, without_title
from flows.strip.comments import before_comments
from flows.strip.edges import before_foot, is_plain, with_closing, with_opening
from flows.strip.forms import find_form
from flows.strip.holding import holds_story
from flows.strip.judge import Judged
from flows.strip.markup import with_siblings
from flows.strip.model import Odds, Weighed
from flows.strip.sections import from_number, through_sections
from flows.strip.shape import ends_with_date
from flows.strip.tabled import with_tables
from flows.strip.title import is_second_half, is_subtitle, likely_title, repeated_title

_OFFICIAL = re.compile(
    r"[^。,!?]{0,40}关于[^。!?]{2,80}的?(?:通知|公告|公示|通报|决定|意见|方案|办法|函|批复|名单|报告)"
)
"""The title of an official document, which may hold little prose."""


LEAST_FORM = -3000
"""The log-odds, in thousandths, below which what looks like an announcement of labels and rows is none."""

BEHIND = frozenset({"tail", "foot"})
"""Places of rules that speak of the lines behind a story only."""

LONGEST_DAY = 48
_DAY = re.compile(r"\d{4}[-/.年]|\d月")
_FIXED = re.compile(r"[^:]{0,6}(?:时间|日期|地点)[:]|[一二三四五六七八九十\d]{1,3}[、.](?!\d)|.*[日号\d][到至]\d")

UNSURE = 70
"""The expected likeness of a body, in hundredths, below which it is doubtful."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`title` and `subtitle` are indices of lines or None; `bodies` are half-open ranges of lines, in order.

    `first_prose` and `last_prose` are the first and the last paragraph of the bodies. `likeness` is how like the story
    the bodies are expected to be (`flows.strip.model.Weighed`); None where no trees chose them.
    """

    title: int | None
    subtitle: int | None
    bodies: tuple[Range, ...]
    first_prose: int
    last_prose: int
    likeness: int | None = None

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


def lay_out(judged: Sequence[Judged], weighed: Weighed, stated: str | None = None) -> Layout | None:
    """The layout of a page; None if it holds no story. `stated` is the title that its markup states."""
    summary = [one.rule for one in judged].count("list_summary")
    if 0 < summary < len(judged):
        return Layout(summary, None, ((summary + 1, len(judged)),), summary + 1, len(judged) - 1)
    bodies = find_bodies(judged, weighed.lines)
    if not bodies:
        return _form(judged, weighed)
    vouched = repeated_title(judged, stated)
    title = _titled(judged, _first_prose(judged, bodies), vouched, stated)
    if title is not None:
        bodies = without_title(judged, bodies, title)
    if title is not None and title == vouched:
        bodies = without_others(judged, bodies, title)
    if not bodies or not holds_story(judged, bodies, weighed, title):
        return _form(judged, weighed)
    if not any(one.prose and one.kind is None for a, b in bodies for one in judged[a:b]) and (
        form := _form(judged, weighed)
    ):
        return form
    bodies[0] = (_below_head(judged, weighed.lines, *bodies[0]), bodies[0][1])
    bodies = [with_siblings(judged, weighed.lines, a, b, title) for a, b in bodies]
    official = title is not None and _OFFICIAL.fullmatch(judged[title].form) is not None
    bodies[0] = (with_opening(judged, title, bodies[0][0], official), bodies[0][1])
    inside = [i for a, b in bodies for i in range(a, b) if judged[i].kind is None]
    prose = [i for i in inside if is_plain(judged[i]) and judged[i].score > 0] or inside
    if not prose:
        return None
    if judged[-1].block is None:  # plain text: no element tells where a story ends
        bodies[-1] = (bodies[-1][0], max(bodies[-1][1], with_closing(judged, prose[-1] + 1)))
    bodies = with_tables(judged, bodies)
    start, end = bodies[0][0], bodies[-1][1]
    bodies[-1] = (bodies[-1][0], through_sections(judged, start, end))
    bodies[0] = (from_number(judged, title, start, end), bodies[0][1])
    cut = min(before_comments(judged, prose[0], bodies[-1][1]), before_foot(judged, prose[0]))
    bodies = [(a, min(b, cut)) for a, b in bodies if a < cut]
    below = title is not None and (is_subtitle(title, judged, prose[0]) or is_second_half(title, judged, prose[0]))
    subtitle = title + 1 if title is not None and below else None
    if subtitle is not None and bodies[0][0] <= subtitle:
        bodies[0] = (subtitle + 1, max(bodies[0][1], subtitle + 2))
    last = max((i for i in prose if i < cut), default=prose[0])
    return Layout(title, subtitle, tuple(bodies), prose[0], last, weighed.likeness)


def _below_head(judged: Sequence[Judged], odds: Odds, start: int, end: int) -> int:
    """The first line of a body that no rule would take above a story, or that is likelier story than not; and that
    tells no day, as what stands between a headline and its story does."""
    while start < end - 1 and (
        judged[start].kind is not None
        or (odds[start] < 0 and any(rule.place not in BEHIND for rule in judged[start].placed))
        or (not judged[start].prose and _tells_a_day(judged[start].form))
    ):
        start += 1
    return start


def _tells_a_day(form: str) -> bool:
    """Is a line, in rule form, a day and hardly anything else, and none that a notice fixes (时间:3月5日)?"""
    return len(form) <= LONGEST_DAY and ends_with_date(form) and bool(_DAY.search(form)) and not _FIXED.match(form)


def _first_prose(judged: Sequence[Judged], bodies: Sequence[Range]) -> int:
    """The first sentence of the bodies, or their first line."""
    lines = (i for a, b in bodies for i in range(a, b) if judged[i].kind is None and judged[i].score > 0)
    return next(lines, bodies[0][0])


def _titled(judged: Sequence[Judged], start: int, vouched: int | None, stated: str | None) -> int | None:
    """The headline of the story whose first sentence is line `start`: what the page's title repeats (`vouched`), the
    name of an official document, or the likeliest line."""
    if vouched is not None and not any(one.prose for one in judged[start:vouched]):
        return vouched
    official = (i for i, one in enumerate(judged[: min(12, start + 1)]) if _OFFICIAL.fullmatch(one.form))
    title = next((i for i in official if judged[i].kind is None), None)
    return likely_title(judged, start, stated) if title is None else title


def _form(judged: Sequence[Judged], weighed: Weighed) -> Layout | None:
    """The layout of an announcement without prose."""
    form = find_form(judged) if weighed.story >= LEAST_FORM else None
    if form is None:
        return None
    title, end = form
    while end > title + 2 and judged[end - 1].placed and weighed.lines[end - 1] < 0:  # the page's foot
        end -= 1
    return Layout(title, None, ((title + 1, end),), title + 1, end - 1)
