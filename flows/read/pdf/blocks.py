"""Printed lines to blocks: lines under each other in one column, and headlines with what belongs to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from flows.read.pdf.gluing import is_ended
from flows.read.pdf.pieces import column_edges
from flows.read.pdf.sheet import PrintedLine, Rect, hull

HEADLINE = 1.35
"""Times the size of the text from which on a line is a headline; headings inside a story are smaller."""

SAME = 0.06
"""Share by which the sizes of lines of one block may differ."""


LOOSE = 0.35
"""Ems beyond the usual that a line may stand below the one before it."""


class Group(NamedTuple):
    """Lines that stand together: the text of one column, or a headline with its kicker, subtitle and byline.

    `rect` is the place on the page that it rules; `left` and `right` the edges of its column. Coordinates are those
    of the frame in which its lines are read from left to right. `box` numbers the frame that it stands in, from 1.
    """

    lines: tuple[PrintedLine, ...]
    rect: Rect
    is_head: bool = False
    left: float = 0.0
    right: float = 0.0
    inner: tuple[Group, ...] = ()
    box: int = 0


def make_groups(lines: Sequence[PrintedLine], body: float, others: Sequence[Group] = ()) -> list[Group]:
    """The groups of the lines of one frame, in no order, and the `others` that stand among them."""
    lines = with_drop_caps(lines, body)
    blocks = _blocks(lines, body)
    texts = [block for block in blocks if block[0].size < HEADLINE * body]
    large = [block for block in blocks if block[0].size >= HEADLINE * body]
    heads = [Group(tuple(head), hull(line.rect for line in head), True) for head in _merged_heads(large, body)]
    placed = [(hull(line.rect for line in block), block) for block in texts]
    groups = [*others, *heads, *(_text_group(rect, block, placed, body) for rect, block in placed)]
    for head in heads:
        groups = _with_byline(head, groups, body)
    return [_widened(group, groups, body) if group.is_head else group for group in groups]


def with_drop_caps(lines: Sequence[PrintedLine], body: float) -> list[PrintedLine]:
    """The lines with a large first letter put in front of the first of the lines beside it, which get its place."""
    out = list(lines)
    for cap in lines:
        if len(cap.chars) != 1 or not HEADLINE * body <= cap.size <= 6 * body:
            continue
        beside = [
            i
            for i, line in enumerate(out)
            if line.size < HEADLINE * body
            and cap.rect.along(line.rect) > 0.5 * line.size
            and -0.2 * body <= line.rect.x0 - cap.rect.x1 <= 1.5 * body
        ]
        if len(beside) >= 2:
            first = min(beside, key=lambda i: out[i].rect.y0)
            for i in beside:
                chars = cap.chars + out[i].chars if i == first else out[i].chars
                out[i] = out[i]._replace(chars=chars, rect=out[i].rect._replace(x0=cap.rect.x0))
            out.remove(cap)
    return out


def _blocks(lines: Sequence[PrintedLine], body: float) -> list[list[PrintedLine]]:
    edges = column_edges([line.rect.x0 for line in lines if line.size < HEADLINE * body], body)
    blocks: list[list[PrintedLine]] = []
    ordered = sorted(lines, key=lambda line: (line.rect.y0, line.rect.x0))
    reach = _leading([line for line in ordered if line.size < HEADLINE * body], body) + LOOSE * body
    for line in ordered:
        best = None
        for block in blocks:
            if _goes_under(block, line, max(reach, LOOSE * line.size)) and (
                best is None or block[-1].rect.y1 > best[-1].rect.y1
            ):
                best = block
        if best is not None and _spans(best[-1], edges, body) > _spans(line, edges, body):
            row = [other for other in lines if other is not line and other.rect.along(line.rect) > 0.5 * line.size]
            if any(best[-1].rect.across(other.rect) > body for other in row):
                best = None
        if best is None:
            blocks.append([line])
        else:
            best.append(line)
    return blocks


def _leading(lines: Sequence[PrintedLine], body: float) -> float:
    """Points between most lines of the text and the next."""
    gaps: Counter[float] = Counter()
    for i, line in enumerate(lines):
        for below in lines[i + 1 : i + 40]:
            gap = below.rect.y0 - line.rect.y1
            if gap > 1.2 * body:
                break
            if gap >= 0 and line.rect.across(below.rect) >= 0.5 * min(line.rect.width, below.rect.width):
                gaps[round(gap * 4 / body) * body / 4] += 1
                break
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=0.5 * body)


def _goes_under(block: Sequence[PrintedLine], line: PrintedLine, reach: float) -> bool:
    last = block[-1]
    size = min(last.size, line.size)
    if abs(last.size - line.size) > SAME * size:
        return False
    if not -0.3 * size <= line.rect.y0 - last.rect.y1 <= reach:
        return False
    above = hull(one.rect for one in block[-3:])
    if above.across(line.rect) >= 0.5 * min(last.rect.width, line.rect.width):
        return True
    return (
        0 <= above.x0 - line.rect.x0 <= 2.6 * size and -above.across(line.rect) <= size
    )  # short, under an indented one


def _spans(line: PrintedLine, edges: Sequence[float], body: float) -> int:
    """How many columns begin under the line, behind its own."""
    return sum(line.rect.x0 + 3 * body < edge < line.rect.x1 - 2 * body for edge in edges)


def _text_group(
    rect: Rect, block: Sequence[PrintedLine], placed: Sequence[tuple[Rect, Sequence[PrintedLine]]], body: float
) -> Group:
    """A block with the edges of its column, which those above and below in the same column tell."""
    column = list(block)
    for theirs, other in placed:
        if rect.across(theirs) >= 0.8 * min(rect.width, theirs.width) and theirs.width <= rect.width + 3 * body:
            column += other
    if len(block) >= 6 or len(column) < 4:
        column = list(block)
    left = _common_edge([line.rect.x0 for line in column], body)
    return Group(tuple(block), rect, False, left, max(line.rect.x1 for line in column))


def _common_edge(places: Sequence[float], body: float) -> float:
    """The leftmost place that at least two lines share, or the leftmost."""
    counted = Counter(round(place / (0.25 * body)) for place in places)
    shared = [place for place in places if counted[round(place / (0.25 * body))] >= 2]
    return min(shared or places)


def _merged_heads(heads: list[list[PrintedLine]], body: float) -> list[list[PrintedLine]]:
    """Headlines with the smaller ones directly above and below them."""
    merged: list[list[PrintedLine]] = []
    for head in sorted(heads, key=lambda block: block[0].rect.y0):
        rect = hull(line.rect for line in head)
        for above in merged:
            theirs = hull(line.rect for line in above)
            gap = rect.y0 - theirs.y1
            size = max(above[-1].size, head[0].size)
            if -0.3 * size <= gap <= 1.0 * size and theirs.across(rect) >= 0.5 * min(theirs.width, rect.width):
                above.extend(head)
                break
        else:
            merged.append(list(head))
    return merged


def _with_byline(head: Group, groups: list[Group], body: float) -> list[Group]:
    """The groups, with the line or two that stand alone under the headline, across its columns, put into it."""
    below = [group for group in groups if not group.is_head and 0 <= group.rect.y0 - head.rect.y1 <= 2.5 * body]
    for group in sorted(below, key=lambda group: group.rect.y0):
        others = [one for one in groups if one is not group]
        reach = _widened(head, others, body).rect
        if not group.lines or group.rect.across(reach) <= 0:
            continue
        band = Rect(reach.x0 + 1, group.rect.y0, reach.x1 - 1, group.rect.y1)
        alone = not any(_overlap(one.rect, band) for one in others)
        if alone and len(group.lines) <= 2 and not is_ended(group.lines[-1].chars):
            rect = Rect(head.rect.x0, head.rect.y0, head.rect.x1, group.rect.y1)
            whole = head._replace(lines=(*head.lines, *group.lines), rect=rect)
            return [whole if one is head else one for one in others]
    return groups


def _overlap(a: Rect, b: Rect) -> bool:
    return a.across(b) > 0 and a.along(b) > 0


def _widened(head: Group, groups: Sequence[Group], body: float) -> Group:
    """The headline with the width of the columns under it, as far as nothing stands beside it above them."""
    rect = head.rect
    row = [one for one in groups if not one.is_head and -0.3 * body <= one.rect.y0 - rect.y1 <= 4 * body]
    under = [one for one in row if one.rect.across(rect) > 0]
    if not under:
        return head
    top = min(one.rect.y0 for one in under)
    x0, x1 = min(rect.x0, *(one.rect.x0 for one in under)), max(rect.x1, *(one.rect.x1 for one in under))
    level = [one for one in row if abs(one.rect.y0 - top) <= 0.8 * body]
    for one in sorted(level, key=lambda one: one.rect.x0):
        if 0 <= one.rect.x0 - x1 <= 3 * body and _is_free(Rect(x1, rect.y0, one.rect.x1, rect.y1), head, groups):
            x1 = one.rect.x1
    for one in sorted(level, key=lambda one: -one.rect.x1):
        if 0 <= x0 - one.rect.x1 <= 3 * body and _is_free(Rect(one.rect.x0, rect.y0, x0, rect.y1), head, groups):
            x0 = one.rect.x0
    return head._replace(rect=Rect(x0, rect.y0, x1, rect.y1))


def _is_free(place: Rect, head: Group, groups: Sequence[Group]) -> bool:
    return not any(one is not head and _overlap(one.rect, place) for one in groups)
