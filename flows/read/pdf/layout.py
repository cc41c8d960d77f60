"""The layout of one page: its groups as they are read, with what stands beside the stories behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from flows.read.pdf.blocks import HEADLINE, Group, make_groups
from flows.read.pdf.furniture import find_captions
from flows.read.pdf.order import in_reading_order, stories
from flows.read.pdf.sheet import PrintedLine, Rect, Sheet, hull

MIN_BOX = 20
"""Characters that a frame holds at least to be a story of its own, not a label."""

LONGEST_HEAD = 40
"""Characters that a headline down the page has at most."""


class Passage(NamedTuple):
    """Groups in reading order, or the lines of a caption (`caption`), which go behind the story that they stand in."""

    groups: tuple[Group, ...]
    caption: tuple[PrintedLine, ...] = ()


def lay_out_page(
    lines: Sequence[PrintedLine], columns: Sequence[PrintedLine], sheet: Sheet, body: float, font: str
) -> list[Passage]:
    """The passages of a page, in reading order.

    `lines` run across the page, `columns` down it or, turned, up it; each stands in one passage.
    """
    captioned = find_captions(lines, sheet.pictures, body, font)
    captions = [lines[i] for i in sorted(captioned, key=lambda i: (lines[i].rect.y0, lines[i].rect.x0))]
    captions += [line for line in columns if line.turned]
    flowing = [line for i, line in enumerate(lines) if i not in captioned]
    upright = [line for line in columns if not line.turned]
    asides: list[tuple[Rect, Passage]] = []
    for number, (box, inside) in enumerate(_boxed(sheet.boxes, flowing), 1):
        held = [flowing[i] for i in inside]
        groups = in_reading_order(make_groups(held, body), sheet.rules, body)
        asides.append((box, Passage(tuple(group._replace(box=number) for group in groups))))
    taken = {i for _, inside in _boxed(sheet.boxes, flowing) for i in inside}
    flowing = [line for i, line in enumerate(flowing) if i not in taken]
    stacks = [_stack(cluster, body) for cluster in _clusters(upright, sheet.rules)]
    main = in_reading_order(make_groups(flowing, body, stacks), sheet.rules, body, sheet.pictures)
    asides += [(line.rect, Passage((), (line,))) for line in captions]
    return _placed(stories(main), asides)


def _boxed(boxes: Sequence[Rect], lines: Sequence[PrintedLine]) -> list[tuple[Rect, list[int]]]:
    """The frames, from the smallest, with the places of the lines that they hold; a line belongs to one frame.

    A frame around nearly all of the page's text is none.
    """
    taken: set[int] = set()
    out = []
    total = sum(len(line.chars) for line in lines)
    for box in sorted(set(boxes), key=lambda box: (box.width * box.height, box)):
        inside = [i for i, line in enumerate(lines) if i not in taken and box.holds(line.rect, 3.0)]
        count = sum(len(lines[i].chars) for i in inside)
        if len(inside) >= 2 and MIN_BOX <= count <= 0.7 * total:
            taken.update(inside)
            out.append((box, inside))
    return sorted(out)


def _clusters(columns: Sequence[PrintedLine], rules: Sequence[Rect]) -> list[list[PrintedLine]]:
    """Lines down the page that stand near each other, with no rule between them."""
    upright = [rule for rule in rules if rule.height > rule.width]
    clusters: list[list[PrintedLine]] = []
    for line in sorted(columns, key=lambda line: -line.rect.x1):
        near = [cluster for cluster in clusters if any(_is_near(line, other, upright) for other in cluster)]
        joined = [line, *(other for cluster in near for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in near] + [joined]
    return clusters


def _is_near(a: PrintedLine, b: PrintedLine, rules: Sequence[Rect]) -> bool:
    down, beside = -a.rect.along(b.rect), -a.rect.across(b.rect)
    if down > 2.2 * min(a.size, b.size) or beside > 1.8 * max(a.size, b.size):
        return False
    left, right = min(a.rect.x1, b.rect.x1) - 2, max(a.rect.x0, b.rect.x0) + 2
    return not any(left <= rule.x0 <= right and rule.along(a.rect) > 0 < rule.along(b.rect) for rule in rules)


def _stack(cluster: Sequence[PrintedLine], body: float) -> Group:
    """Lines down the page as one group: a headline, or text read from its right edge, as if the page were turned."""
    rect = hull(line.rect for line in cluster)
    turned = [line._replace(rect=Rect(line.rect.y0, -line.rect.x1, line.rect.y1, -line.rect.x0)) for line in cluster]
    count = Counter[float]()
    for line in turned:
        count[line.size] += len(line.chars)
    own = max(count, key=lambda size: (count[size], size))
    if own >= HEADLINE * body and len(cluster) <= 4 and sum(count.values()) <= LONGEST_HEAD:
        ordered = sorted(turned, key=lambda line: (line.rect.y0, line.rect.x0))
        return Group(tuple(ordered), rect, True)
    return Group((), rect, inner=tuple(in_reading_order(make_groups(turned, own), (), own)))


def _placed(told: Sequence[Sequence[Group]], asides: Sequence[tuple[Rect, Passage]]) -> list[Passage]:
    """The stories, each with the asides behind it that stand in it or next to it."""
    hulls = [hull(group.rect for group in story) for story in told]
    behind: dict[int, list[Passage]] = {}
    for rect, passage in asides:
        nearest = min(range(len(hulls)), key=lambda i: (-_shared(hulls[i], rect), _apart(hulls[i], rect)), default=-1)
        behind.setdefault(nearest, []).append(passage)
    out = list(behind.get(-1, ()))
    for i, story in enumerate(told):
        out.append(Passage(tuple(story)))
        out += sorted(behind.get(i, ()), key=lambda passage: bool(passage.groups))
    return out


def _shared(a: Rect, b: Rect) -> float:
    return max(a.across(b), 0.0) * max(a.along(b), 0.0)


def _apart(a: Rect, b: Rect) -> float:
    return max(-a.across(b), 0.0) + max(-a.along(b), 0.0)
