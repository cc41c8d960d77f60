"""Charts as inline SVG. Each stands in or beside a table of the same figures, which is its text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.report.frame import folded, table
from flows.report.markup import Markup, element, join, number, share, words


class Bar(NamedTuple):
    """One figure of a chart. `about` stands under the label."""

    label: object
    value: int
    about: object = None


def bars(head: tuple[Markup, Markup], rows: Sequence[Bar], limit: int) -> Markup:
    """Horizontal bars, one a row of a table: label, bar, figure, share of the whole. Past the limit the rest is one."""
    if not rows:
        return element("p", words("没有。", "None."))
    whole = sum(row.value for row in rows)
    if len(rows) == 1:  # a bar of one bar says nothing
        only = rows[0]
        said = None if only.about is None else element("small", only.about)
        return element("p", only.label, f": {only.value:,} ", head[1], said)
    shown = list(rows[:limit])
    if rest := rows[limit:]:
        other = words(f"其余 {len(rest)} 项", f"{len(rest)} others")
        shown.append(Bar(other, sum(row.value for row in rest)))
    most = max(row.value for row in shown) or 1
    lines = (
        (
            join([row.label, None if row.about is None else element("small", row.about)]),
            _bar(row.value / most),
            number(row.value),
            share(row.value / whole if whole else 0),
        )
        for row in shown
    )
    name, unit = head
    return element("div", table([name, "", unit, words("份额", "share")], lines, numeric=(2, 3)), class_="chart")


def _bar(part: float) -> Markup:
    drawn = element("rect", width=f"{100 * part:.2f}", height="10")
    return element("svg", drawn, viewBox="0 0 100 10", preserveAspectRatio="none", class_="bar", aria_hidden="true")


WIDTH, HEIGHT, FOOT = 720, 160, 20


def columns(title: tuple[str, str], head: tuple[Markup, Markup], rows: Sequence[tuple[str, int]]) -> Markup:
    """Upright columns in the order given, such as counts by month; the table of them folds out below."""
    if not rows:
        return element("p", words("没有。", "None."))
    if len(rows) == 1:
        return element("p", f"{rows[0][0]}: {rows[0][1]:,} ", head[1])
    most = max(count for _, count in rows) or 1
    step = WIDTH / len(rows)
    drawn: list[Markup] = []
    for place, (_, count) in enumerate(rows):
        tall = (HEIGHT - FOOT) * count / most
        box = {"x": f"{place * step:.1f}", "y": f"{HEIGHT - FOOT - tall:.1f}"}
        drawn.append(element("rect", **box, width=f"{min(step * 0.8, 60):.1f}", height=f"{tall:.1f}"))
    every = -(-len(rows) // 8)
    drawn += [
        element("text", label, x=f"{place * step:.1f}", y=HEIGHT - 5)
        for place, (label, _) in enumerate(rows)
        if place % every == 0
    ]
    name = f"{title[0]}（{rows[0][0]}–{rows[-1][0]}） {title[1]} ({rows[0][0]} to {rows[-1][0]}; highest {most:,})"
    size = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "class_": "columns"}
    picture = element("svg", element("title", name), *drawn, role="img", aria_label=name, **size)
    figures = folded(words("数字", "Figures"), table(head, [(label, number(n)) for label, n in rows], numeric=(1,)))
    return element("figure", picture, figures)


def shades(head: Sequence[object], rows: Sequence[tuple[object, Sequence[float | None]]]) -> Markup:
    """A table of shares, each cell shaded by its share in eleven steps; None is left blank."""
    lines = ((label, *map(_shade, values)) for label, values in rows)
    return element("div", table(head, lines, numeric=range(1, len(head))), class_="shades")


def _shade(value: float | None) -> Markup:
    if value is None:
        return element("span", "–")
    return element("span", share(value), class_=f"shade s{int(10 * value)}")
