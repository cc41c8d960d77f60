"""The results of the benchmark suite as Markdown, with a chart that stands beside it."""

from __future__ import annotations

import datetime as dt
import os
import platform
import resource
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from math import log10
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.workloads import Workload

OURS = ("numpy", "ahocorasick-rs", "selectolax", "opencc-python-reimplemented")


class Results(NamedTuple):
    """Seconds of everything that was measured; `script_bytes` is the size of the texts for `script`."""

    steps: Mapping[Workload, Mapping[str, float]]
    script: Mapping[str, float]
    script_bytes: Mapping[str, int]
    cues: Mapping[int, float]
    growth: Mapping[int, float]
    peers: Mapping[str, float]


def write_report(results: Results, path: Path) -> None:
    """Writes the Markdown and, beside it, growth.svg."""
    chart = path.with_name("growth.svg")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    chart.write_text(growth_chart(results.growth), encoding="utf-8")
    parts = [
        "# Speed\n\nMade by `make bench`; see `tests/benchmarks/suite.py` for what each figure is.\n",
        f"{machine()}\nOne core used. Peak memory of the suite: {peak:.0f} MB.\n",
        "## Each workload\n\nMB/s of UTF-8 as read. Cleaning is each step from raw text to rows, without extraction.\n",
        table(
            ("workload", "pages", "MB/s cleaning", "MB/s with extraction", "MB/s bytes to facts", "pages/s"),
            whole(results),
        ),
        "\n## Each step\n\nMB/s over all workloads of that form.\n",
        table(("step", "text", "html"), by_step(results)),
        "\n## Script\n",
        table(("conversion", "Simplified MB/s", "Traditional MB/s"), script(results)),
        "\n`to_simplified` is the step: it leaves Simplified text alone once it is known to be such. `simplify` and"
        " OpenCC convert whatever comes.\n",
        "## Other tools, HTML in\n\nThey give the text of the body, and no more; ours gives that with its raw offsets,"
        " what was removed and why, and the facts. datatrove's filter reads the Simplified text, a document a line, and"
        " only accepts or refuses it.\n",
        table(("tool", "pages/s", "MB/s", "ours is faster by"), peers(results)),
        "\n## Rules\n\nSeconds to look for the cues of so many more rules, and to try those that they choose.\n",
        table(("rules added", "seconds"), [(f"{n:,}", f"{s:.3f}") for n, s in results.cues.items()]),
        "\n## Growth\n\n![seconds by size](growth.svg)\n",
        table(("bytes", "seconds", "MB/s"), [(f"{n:,}", f"{s:.4f}", rate(n, s)) for n, s in results.growth.items()]),
    ]
    path.write_text("\n".join(parts), encoding="utf-8")


def machine() -> str:
    """Where and when this was measured."""
    model = next(
        (line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), platform.machine()
    )
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    versions = ", ".join(f"{name} {version(name)}" for name in OURS)
    return (
        f"{dt.date.today()} · {model}, {os.cpu_count()} cores · load {load} (1, 5, 15 minutes) · "
        f"Python {platform.python_version()}, {versions}\n"
    )


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def whole(results: Results) -> list[tuple[str, ...]]:
    """A row a workload."""
    rows = []
    for workload, seconds in results.steps.items():
        clean = sum(took for step, took in seconds.items() if step not in {"read", "extract"})
        facts, everything = clean + seconds["extract"], sum(seconds.values())
        rates = (rate(workload.size, took) for took in (clean, facts, everything))
        rows.append((workload.name, str(len(workload.pages)), *rates, f"{len(workload.pages) / everything:.0f}"))
    return rows


def by_step(results: Results) -> list[tuple[str, ...]]:
    """A row a step, by what the page was read from."""
    forms: dict[str, list[Workload]] = {
        form: [w for w in results.steps if w.name.endswith(form)] for form in ("text", "html")
    }
    steps = next(iter(results.steps.values()))
    return [
        (step, *(rate(sum(w.size for w in own), sum(results.steps[w][step] for w in own)) for own in forms.values()))
        for step in steps
    ]


def script(results: Results) -> list[tuple[str, ...]]:
    """A row a tool that converts script."""
    seconds = {**results.script, **results.peers}
    names = dict.fromkeys(name.rsplit(" ", 1)[0] for name in seconds if name.endswith((" hans", " hant")))
    return [
        (name, *(rate(results.script_bytes[one], seconds[f"{name} {one}"]) for one in ("hans", "hant")))
        for name in names
    ]


def peers(results: Results) -> list[tuple[str, ...]]:
    """A row a tool, and ours first: bytes of HTML to all facts, and to the cleaned article alone."""
    html = {w: seconds for w, seconds in results.steps.items() if w.media_type == "text/html"}
    size, count = sum(w.size for w in html), sum(len(w.pages) for w in html)
    ours = sum(sum(seconds.values()) for seconds in html.values())
    body = ours - sum(seconds["extract"] + seconds["rows"] for seconds in html.values())
    rows = [
        ("shegong, bytes to rows and facts", f"{count / ours:.0f}", rate(size, ours), ""),
        ("shegong, bytes to articles", f"{count / body:.0f}", rate(size, body), ""),
    ]
    for name, seconds in results.peers.items():
        if name.startswith("datatrove"):
            rows.append((name, "", rate(results.script_bytes["hans"], seconds), ""))
        elif not name.endswith((" hans", " hant")):
            times = f"{seconds / ours:.1f}× (facts), {seconds / body:.1f}× (articles)"
            rows.append((name, f"{count / seconds:.0f}", rate(size, seconds), times))
    return rows


def rate(size: int, seconds: float) -> str:
    """MB/s, to two figures or so."""
    value = size / 1e6 / max(seconds, 1e-9)
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)) + "\n"


def growth_chart(seconds: Mapping[int, float], title: str = "Seconds to clean one document, by its bytes") -> str:
    """Seconds by size on two logarithmic axes, beside a line of slope one through the second point."""
    points = [(log10(size), log10(took)) for size, took in seconds.items()]
    left, low = points[0][0], min(y for _, y in points) - 0.5

    def place(x: float, y: float) -> tuple[float, float]:
        return round(60 + (x - left) * 110), round(300 - (y - low) * 60)

    line = " ".join("{},{}".format(*place(*point)) for point in points)
    x0, y0 = points[1]
    straight = " ".join("{},{}".format(*place(x, y0 + x - x0)) for x, _ in points)
    labels = ""
    for (size, took), point in zip(seconds.items(), points, strict=True):
        x, y = place(*point)
        labels += f'<text x="{x}" y="320" text-anchor="middle">{size:,}</text>'
        labels += f'<text x="{x}" y="{y - 8}" text-anchor="end">{took:.3g} s</text>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 330" font-family="sans-serif" font-size="12">'
        f"<title>{title}</title>"
        f'<polyline points="{straight}" fill="none" stroke="#999" stroke-dasharray="4"/>'
        f'<polyline points="{line}" fill="none" stroke="#06c" stroke-width="2"/>{labels}</svg>\n'
    )
