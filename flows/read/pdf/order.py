"""In which order the groups of a page are read: cut along what is blank, again and again."""

from __future__ import annotations

from collections.abc import Sequence

from flows.read.pdf.blocks import Group
from flows.read.pdf.sheet import Rect, hull

BAND = 1.6
"""Times the size of the text: what is blank across the page and higher than this parts stories, if a headline
stands below it. Lines and paragraphs stand closer."""

SPANS = 0.85
"""Share of the width or height of a part of the page that a rule must have to part it."""


def in_reading_order(
    groups: Sequence[Group], rules: Sequence[Rect], body: float, pictures: Sequence[Rect] = ()
) -> list[Group]:
    """The groups, each once, as they are read. What `pictures` cover is not blank."""
    groups = list(groups)
    if len(groups) < 2:
        return groups
    parts = (
        _cut_at_rules(groups, rules)
        or _cut_at_bands(groups, body, pictures)
        or _cut(groups, 0)
        or _cut_at_heads(groups, body)
        or _widest_cut(groups)
    )
    if parts is None:
        return _by_headline(groups)
    return [one for part in parts for one in in_reading_order(part, rules, body, pictures)]


def _gaps(groups: Sequence[Group], axis: int) -> list[tuple[float, float]]:
    """The blank stretches between the groups, along x (axis 0) or y (1)."""
    spans = sorted((group.rect[axis], group.rect[axis + 2]) for group in groups)
    gaps, end = [], spans[0][1]
    for start, stop in spans[1:]:
        if start >= end - 0.01:
            gaps.append((end, start))
        end = max(end, stop)
    return gaps


def _parts(groups: Sequence[Group], axis: int, gaps: Sequence[tuple[float, float]]) -> list[list[Group]] | None:
    """The groups on each side of the gaps; None if that parts nothing."""
    if not gaps:
        return None
    middles = [(a + b) / 2 for a, b in gaps]
    parts: list[list[Group]] = [[] for _ in range(len(gaps) + 1)]
    for group in groups:
        centre = (group.rect[axis] + group.rect[axis + 2]) / 2
        parts[sum(middle < centre for middle in middles)].append(group)
    parts = [part for part in parts if part]
    return parts if len(parts) > 1 else None


def _cut(groups: Sequence[Group], axis: int) -> list[list[Group]] | None:
    parts = _parts(groups, axis, _gaps(groups, axis))
    return _with_side_heads(parts) if parts else None


def _with_side_heads(columns: list[list[Group]]) -> list[list[Group]]:
    """Columns with a headline that stands to the right of its text, running down the page, put in front of it."""
    out: list[list[Group]] = []
    for place, column in enumerate(columns):
        alone = all(group.is_head for group in column)
        right = columns[place + 1] if place + 1 < len(columns) else None
        if alone and out and (right is None or _has_head(right)):
            i = len(out)
            while i and not _has_head(out[i - 1]):
                i -= 1
            out.insert(i, column)
        else:
            out.append(column)
    return out


def _has_head(groups: Sequence[Group]) -> bool:
    return any(group.is_head or any(one.is_head for one in group.inner) for group in groups)


def _cut_at_rules(groups: Sequence[Group], rules: Sequence[Rect]) -> list[list[Group]] | None:
    """The parts that rules across the whole of it, or down the whole of it, make."""
    around = hull(group.rect for group in groups)
    for axis, other in ((1, 0), (0, 1)):
        length = around[other + 2] - around[other]
        crossing = [
            rule
            for rule in rules
            if min(rule[other + 2], around[other + 2]) - max(rule[other], around[other]) >= SPANS * length
        ]
        gaps = [
            gap
            for gap in _gaps(groups, axis)
            if any(gap[0] - 2 <= (rule[axis] + rule[axis + 2]) / 2 <= gap[1] + 2 for rule in crossing)
        ]
        if parts := _parts(groups, axis, gaps):
            return parts
    return None


def _cut_at_bands(groups: Sequence[Group], body: float, pictures: Sequence[Rect]) -> list[list[Group]] | None:
    """The parts above and below what is blank across all columns, where a headline stands below it."""
    around = hull(group.rect for group in groups)
    inside = [picture for picture in pictures if picture.across(around) > body]
    gaps = [
        (top, bottom)
        for top, bottom in _gaps(groups, 1)
        if bottom - top >= BAND * body
        and _opens_below(groups, bottom, body)
        and not any(picture.y0 <= top + 1 and picture.y1 >= bottom - 1 for picture in inside)
    ]
    return _parts(groups, 1, gaps)


def _opens_below(groups: Sequence[Group], y: float, body: float) -> bool:
    return any(_has_head([group]) and abs(group.rect.y0 - y) <= body for group in groups)


def _cut_at_heads(groups: Sequence[Group], body: float) -> list[list[Group]] | None:
    """Cut above each headline; if there is none but the first, below that."""
    gaps = _gaps(groups, 1)
    above = [gap for gap in gaps if _opens_below(groups, gap[1], body)]
    below = [gap for gap in gaps if any(group.is_head and abs(group.rect.y1 - gap[0]) <= 0.1 for group in groups)]
    return _parts(groups, 1, above) or _parts(groups, 1, below)


def _widest_cut(groups: Sequence[Group]) -> list[list[Group]] | None:
    gaps = _gaps(groups, 1)
    return _parts(groups, 1, [max(gaps, key=lambda gap: gap[1] - gap[0])]) if gaps else None


def _by_headline(groups: Sequence[Group]) -> list[Group]:
    """What no straight cut parts: each headline with what stands under it, column by column."""
    heads = sorted((group for group in groups if group.is_head), key=lambda group: (group.rect.y0, group.rect.x0))
    owned: dict[int, list[Group]] = {i: [] for i in range(-1, len(heads))}
    for group in groups:
        if not group.is_head:
            above = [i for i, head in enumerate(heads) if head.rect.y0 <= group.rect.y0 and _shares_x(head, group)]
            owned[above[-1] if above else -1].append(group)
    out: list[Group] = []
    for i in range(-1, len(heads)):
        out += [heads[i]] if i >= 0 else []
        out += _columns(owned[i])
    return out


def _shares_x(a: Group, b: Group) -> bool:
    return a.rect.across(b.rect) > 0.5 * min(a.rect.width, b.rect.width)


def _columns(groups: Sequence[Group]) -> list[Group]:
    """The groups column by column, from the left, each from its top."""
    columns: list[list[Group]] = []
    for group in sorted(groups, key=lambda group: group.rect.x0):
        if columns and _shares_x(columns[-1][0], group):
            columns[-1].append(group)
        else:
            columns.append([group])
    return [group for column in columns for group in sorted(column, key=lambda group: group.rect.y0)]


def stories(groups: Sequence[Group]) -> list[list[Group]]:
    """The groups in order, parted where a headline stands."""
    out: list[list[Group]] = []
    for group in groups:
        if not out or group.is_head:
            out.append([])
        out[-1].append(group)
    return out
