"""The verdict on each line, once the layout of the page is known."""

from __future__ import annotations

from collections.abc import Sequence

from flows.document import Cut
from flows.patterns import Rule
from flows.strip.comments import take_comments
from flows.strip.judge import Judged
from flows.strip.layout import Layout
from flows.strip.lines import unspaced
from flows.strip.markup import take_marked
from flows.strip.sections import numbers_section
from flows.strip.sites import site_prefix, site_suffix
from flows.strip.title import looks_like_title, overlap

_NO_LINKS = frozenset({"metadata", "site_prompt", "share"})
"""Kinds of lines, such as the head of the comments, behind which no list of links goes on."""

_SENTENCES, _BLURB = ("other", "prose_outside"), ("teaser", "blurb_outside")
_UNDER_HEADING, _AFTER_BODY = ("related_links", "under_related_heading"), ("other", "after_body")

LONG_ENOUGH = 8
"""Characters of the headline by which a page's own title is known."""

BLURB = 30
"""Characters that the cut-off beginning of another story has at least."""

_LONGEST_SUFFIX = 40
"""Characters behind the headline that the replacement text of a picture may have."""


def settle(judged: Sequence[Judged], layout: Layout) -> None:
    """Takes every line that stands outside the story, or where one of its rules takes it."""
    take_marked(judged[layout.start : layout.end])
    title = judged[layout.title].form if layout.title is not None else None
    start, end = layout.start, layout.end
    under_heading = False
    for i, one in enumerate(judged):
        if one.heading or one.kind in _NO_LINKS:
            under_heading = one.heading and i >= end
        if i == layout.title:
            _settle_title(i, one, judged[0].form)
        elif one.kind is None and i != layout.subtitle and not _is_taken(i, judged, layout, title):
            if i >= end:
                one.kind, one.rule = _UNDER_HEADING if under_heading else _by_shape(one, _AFTER_BODY)
            elif (i < start or not layout.holds(i)) and not _is_deck(i, judged, layout):
                one.take(*_by_shape(one, _outside(i, one, title, layout)))
    take_comments(judged, end)


def _is_taken(i: int, judged: Sequence[Judged], layout: Layout, title: str | None) -> bool:
    """Takes a line where one of its rules does in its place, or where it is the headline again; has it gone?"""
    one = judged[i]
    for rule in one.placed:
        if fits(rule, i, judged, layout) and not numbers_section(one, i, judged, layout.start, layout.end):
            one.take(rule.kind, rule.id)
    if title is not None and one.form.startswith(title):
        _compare(i, one, title, layout)
    return one.kind is not None


def _settle_title(i: int, one: Judged, page_title: str) -> None:
    """The headline is kept, without the site's name in front of it or behind it."""
    one.kind = one.rule = None
    cut, first = site_suffix(one.form), site_prefix(one.form)
    if first:
        one.cuts = (Cut(one.start, one.start + first, "page_furniture", "site_suffix"),)
    elif cut < len(one.form) and (i == 0 or one.form[cut:].strip(" -_|—") in page_title):
        one.cuts = (Cut(one.start + cut, one.end, "page_furniture", "site_suffix"),)


def _compare(i: int, one: Judged, title: str, layout: Layout) -> None:
    """Takes a line that begins with the headline where it is that again, alone or as the name of a picture."""
    if len(title) < 8:
        return
    if one.form == title:
        one.take("repeated", "repeated_title")
    elif i >= layout.start and len(one.form) - len(title) <= _LONGEST_SUFFIX and not one.prose:
        one.take("caption", "title_as_caption")


def fits(rule: Rule, i: int, judged: Sequence[Judged], layout: Layout) -> bool:
    """Does line i stand in the part of the page that the rule is for?

    Raises:
        ValueError: the rule names a place that there is not.
    """
    below_title = layout.title is not None and layout.title < i < layout.first_prose
    beside_story = not layout.holds(i) or not layout.first_prose < i < layout.last_prose
    match rule.place:
        case "head":
            return i < layout.first_prose
        case "below_title":
            return below_title
        case "outside":
            return not layout.start <= i < layout.end or i < layout.first_prose
        case "tail":
            return i > layout.last_prose
        case "foot":
            return i >= layout.end
        case "margin":
            return beside_story
        case "aside":
            return beside_story and not below_title
        case "isolated":
            beside = [judged[j] for j in (i - 1, i + 1) if 0 <= j < len(judged)]
            return not layout.holds(i) or not any(one.prose and one.kind is None for one in beside)
    raise ValueError(f"rule {rule.id}: unknown place {rule.place}")


def _is_deck(i: int, judged: Sequence[Judged], layout: Layout) -> bool:
    """Is the line one of several under the headline that tell the story in short? They share its words."""
    if layout.title is None or not layout.title < i < layout.start or not looks_like_title(judged[i].form):
        return False
    text = "".join(one.form for one in judged[layout.start : layout.start + 4])
    return len(judged[i].form) >= 8 and overlap(judged[i].form.lstrip("·"), text) >= 0.5


def _by_shape(one: Judged, verdict: tuple[str, str]) -> tuple[str, str]:
    """The verdict on a line outside the story, or that on sentences and cut-off beginnings, which its place alone would
    not tell."""
    if one.prose:
        return _SENTENCES
    return _BLURB if len(one.form) >= BLURB and one.form[-1] in "…]" else verdict


def _outside(i: int, one: Judged, title: str | None, layout: Layout) -> tuple[str, str]:
    """Kind and rule for a line before the end of the bodies that no other rule took, by where it stands."""
    if layout.title is not None and layout.title < i < layout.start:
        return "metadata", "below_title"
    if i < layout.start:
        named = i == 0 and title is not None and unspaced(title)[:LONG_ENOUGH] in unspaced(one.form)
        return ("page_furniture", "page_title") if named else ("navigation", "before_title")
    return "other", "between_bodies"
