"""The charts of the card: SVG files of their own, which need no script and no font."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from flows.publish.coverage import SHOWN, Coverage

LINE, LABEL, WIDTH = 20, 110, 640
"""Height of a bar's line, width of its label, and of the picture, in pixels."""


def write_pictures(folder: Path, coverage: Coverage) -> None:
    """charts/articles.svg and charts/provinces.svg."""
    (folder / "charts").mkdir()
    times, _ = coverage.figures.by_month()
    if len(times) > 3 * SHOWN:  # too many months for one picture
        years: dict[str, int] = {}
        for time, count in times:
            years[time[:4]] = years.get(time[:4], 0) + count
        times = list(years.items())
    places = coverage.by_province()
    rest = sum(count for _, count in places[3 * SHOWN :])
    places = [*places[: 3 * SHOWN], *([("…", rest)] if rest else [])]
    for name, title, rows in (
        ("articles", "文章，按发布时间 Articles by time of publication", times),
        ("provinces", "文章，按省份 Articles by province", places),
    ):
        (folder / "charts" / f"{name}.svg").write_text(bars(title, rows), encoding="utf-8")


def bars(title: str, rows: Sequence[tuple[str, int]]) -> str:
    """A picture of horizontal bars, one a row, in the order given; the figures stand beside them."""
    most = max((count for _, count in rows), default=0) or 1
    room = WIDTH - LABEL - 70
    drawn = [f'<text class="t" x="0" y="14">{escape(title)}</text>']
    for number, (label, count) in enumerate(rows, 1):
        y, wide = number * LINE + 4, room * count / most
        drawn.append(f'<text x="{LABEL - 6}" y="{y + 13}" text-anchor="end">{escape(label)}</text>')
        drawn.append(f'<rect x="{LABEL}" y="{y}" width="{wide:.1f}" height="{LINE - 4}"/>')
        drawn.append(f'<text x="{LABEL + wide + 5:.1f}" y="{y + 13}">{count:,}</text>')
    tall = (len(rows) + 1) * LINE + 8
    said = escape(f"{title}: " + "; ".join(f"{label} {count:,}" for label, count in rows), quote=True)
    style = "text{font:12px sans-serif;fill:#333}.t{font-weight:bold}rect{fill:#2a6f97}svg{background:#fff}"
    size = f'viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{said}">'
    return f"{head}<style>{style}</style>\n" + "\n".join(drawn) + "\n</svg>\n"
