"""A chart of quality against speed: a point a tool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10

WIDTH, HEIGHT, LEFT, FOOT = 720, 420, 60, 60
NEAR = 16
"""Points of height that two labels need between them."""


def quality_chart(rows: Sequence[Mapping[str, object]]) -> str:
    """F1 by pages a second, the latter on a logarithmic axis; ours are filled. A row has `tool`, `f1` and
    `pages_a_second`."""
    points = [(log10(float(str(row["pages_a_second"]))), float(str(row["f1"])), str(row["tool"])) for row in rows]
    slow, fast = floor(min(x for x, _, _ in points)), max(x for x, _, _ in points) + 0.5
    low = floor(min(y for _, y, _ in points) * 10) / 10

    def place(x: float, y: float) -> tuple[float, float]:
        across = LEFT + (x - slow) / (fast - slow) * (WIDTH - LEFT - 20)
        return round(across, 1), round(20 + (1 - y) / (1 - low) * (HEIGHT - FOOT - 20), 1)

    marks = []
    for tenths in range(round(low * 10), 11):
        _, y = place(slow, tenths / 10)
        marks.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        marks.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{tenths / 10:.1f}</text>')
    for power in range(slow, floor(fast) + 1):
        x, y = place(power, low)
        marks.append(f'<line x1="{x}" x2="{x}" y1="20" y2="{y}" stroke="#ddd"/>')
        marks.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{10**power:,}</text>')
    taken: list[tuple[float, float]] = []
    for x, y, tool in sorted(points, key=lambda point: -point[1]):
        across, down = place(x, y)
        label = down + 4
        while any(abs(label - other) < NEAR and abs(across - beside) < 190 for beside, other in taken):
            label += NEAR
        taken.append((across, label))
        filled = "#06c" if tool.startswith("shegong") else "#fff"
        marks.append(f'<circle cx="{across}" cy="{down}" r="5" fill="{filled}" stroke="#06c" stroke-width="2"/>')
        anchor, beside = ("end", across - 10) if across > WIDTH - 170 else ("start", across + 10)
        marks.append(f'<text x="{beside}" y="{label}" text-anchor="{anchor}">{escape(tool)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12"><title>F1 of bodies by pages a second</title>'
        + "".join(marks)
        + f'<text x="{WIDTH / 2}" y="{HEIGHT - 10}" text-anchor="middle">pages a second on one core</text>'
        f'<text x="16" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 {HEIGHT / 2})">'
        "F1 of the body</text></svg>\n"
    )
