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

PEER_HEAD = ("tool", "pages/s", "MB/s", "ours is faster by")
OURS = ("numpy", "ahocorasick-rs", "selectolax", "opencc-python-reimplemented")


class Measured(NamedTuple):
    """What all pages of a workload took: seconds of one page after the other from bytes to rows, as a worker does them;
    seconds by step, each over all pages; and the facts that were found."""

    seconds: float
    steps: Mapping[str, float]
    facts: int

    @property
    def before_facts(self) -> float:
        """Of page after page from bytes to articles, by the share of the steps."""
        facts = self.steps["extract"] + self.steps["rows"]
        return self.seconds * (1 - facts / sum(self.steps.values()))


class RealPages(NamedTuple):
    """Pages that are no part of the project, and the seconds that other tools took for them."""

    workload: Workload
    measured: Measured
    peers: Mapping[str, float]


class Results(NamedTuple):
    """Seconds of everything that was measured; `script_bytes` is the size of the texts for `script`."""

    workloads: Mapping[Workload, Measured]
    script: Mapping[str, float]
    script_bytes: Mapping[str, int]
    cues: Mapping[int, float]
    growth: Mapping[int, float]
    peers: Mapping[str, float]
    real: RealPages | None


def write_report(results: Results, path: Path) -> None:
    """Writes the Markdown and, beside it, growth.svg."""
    chart = path.with_name("growth.svg")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    chart.write_text(growth_chart(results.growth), encoding="utf-8")
    html = {workload: measured for workload, measured in results.workloads.items() if workload.name.endswith("html")}
    parts = [
        "# Speed\n\nMade by `make bench`; see `tests/benchmarks/suite.py` for what each figure is, and"
        " [BOUNDS.md](BOUNDS.md) for what bounds them.\n",
        f"{machine()}\nOne core used. Peak memory of the suite: {peak:.0f} MB.\n",
        "## Each workload\n\nMB/s of UTF-8 as read. Cleaning is each step from raw text to rows, without extraction;"
        " bytes to facts is one page after the other, as workers do them.\n",
        table(
            (
                "workload",
                "pages",
                "facts/page",
                "MB/s cleaning",
                "MB/s with extraction",
                "MB/s bytes to facts",
                "pages/s",
            ),
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
        table(PEER_HEAD, peers(html, results.peers, results.script_bytes)),
        *(real_pages(results.real) if results.real else ()),
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
    for workload, measured in results.workloads.items():
        clean = sum(took for step, took in measured.steps.items() if step not in {"read", "extract"})
        facts, everything, count = clean + measured.steps["extract"], measured.seconds, len(workload.pages)
        rates = (rate(workload.size, took) for took in (clean, facts, everything))
        rows.append((workload.name, str(count), f"{measured.facts / count:.0f}", *rates, f"{count / everything:.0f}"))
    return rows


def by_step(results: Results) -> list[tuple[str, ...]]:
    """A row a step, by what the page was read from."""
    forms: dict[str, list[Workload]] = {
        form: [w for w in results.workloads if w.name.endswith(form)] for form in ("text", "html")
    }
    steps = next(iter(results.workloads.values())).steps
    return [
        (
            step,
            *(
                rate(sum(w.size for w in own), sum(results.workloads[w].steps[step] for w in own))
                for own in forms.values()
            ),
        )
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


def peers(
    ours: Mapping[Workload, Measured], seconds: Mapping[str, float], script_bytes: Mapping[str, int]
) -> list[tuple[str, ...]]:
    """A row a tool, and ours first: bytes of HTML to all facts, and to the cleaned article alone."""
    size, count = sum(w.size for w in ours), sum(len(w.pages) for w in ours)
    facts = sum(measured.seconds for measured in ours.values())
    body = sum(measured.before_facts for measured in ours.values())
    rows: list[tuple[str, ...]] = [
        ("shegong, bytes to rows and facts", f"{count / facts:.0f}", rate(size, facts), ""),
        ("shegong, bytes to articles", f"{count / body:.0f}", rate(size, body), ""),
    ]
    for name, took in seconds.items():
        if name.startswith("datatrove"):
            rows.append((name, "", rate(script_bytes["hans"], took), ""))
        elif not name.endswith((" hans", " hant")):
            times = f"{took / facts:.1f}× (facts), {took / body:.1f}× (articles)"
            rows.append((name, f"{count / took:.0f}", rate(size, took), times))
    return rows


def real_pages(real: RealPages) -> tuple[str, ...]:
    """The section on pages from outside: the tools, and where our time goes."""
    workload, measured, seconds = real
    count = len(workload.pages)
    shares = [
        (step, f"{took / count * 1000:.2f}", f"{took / sum(measured.steps.values()):.0%}")
        for step, took in measured.steps.items()
    ]
    return (
        "\n### Real pages\n",
        f"{count} news pages of {workload.size / count / 1000:.0f} KB from many sites, with"
        f" {measured.facts / count:.0f} facts each; no part of the project (`make bench ARGS='--pages FOLDER'`).\n",
        table(PEER_HEAD, peers({workload: measured}, seconds, {})),
        "\nWhere our time goes:\n",
        table(("step", "ms a page", "share"), shares),
    )


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
