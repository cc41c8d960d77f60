"""Quality and speed of this project and of other tools, on the same pages with reference bodies, in one run.

    python -m tests.benchmarks.side_by_side FOLDER --peers PYTHON ... [--runs N] [--behind FILE]

FOLDER holds truth.json and HTML pages (`tests.layout.pages`). Writes peers.jsonl, peers.svg and PEERS.md beside this
file. The likeness of a body is F1 over runs of four characters, width, white space, quotes and script aside, with the
headline or without it, whichever is more like the reference. The pages on which the best of the other tools is ahead by
more than AHEAD go into the file `--behind`, with their ids: it is no part of the project.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from flows.clean import STEPS, clean
from flows.document import Page, RawDocument
from flows.read.reader import read_bytes
from flows.schema import SCHEMAS
from flows.text import Text
from flows.work.pool import collect_seldom
from tests.benchmarks.quality_chart import quality_chart
from tests.benchmarks.report import machine, table
from tests.benchmarks.suite import run_peers, timed
from tests.layout.folded import best_likeness, fold, grams, likeness

AHEAD = 0.10
"""How much more like the reference another tool's body is where it is ahead."""

RIVALS = ("readability-lxml", "magic-html", "jusText", "go-readability", "trafilatura")
"""The tools of which the best one is asked whether it is ahead."""

FACTS, ARTICLES, UNSEEN = "shegong, rows and facts", "shegong, articles", "shegong, articles, by site"

DOES = {
    FACTS: "body, headline, source, date, people, organizations, events, figures; evidence and what was removed, why",
    ARTICLES: "body, headline, what was removed and why, raw offsets of each character",
    UNSEEN: "the same, by trees that have not seen the page's site",
    "trafilatura": "body, comments, tables, metadata if asked",
    "trafilatura, fast": "body, without its second opinions and tables",
    "trafilatura, precision": "body, less of it",
    "jusText": "paragraphs of the body",
    "readability-lxml": "HTML of the body",
    "resiliparse": "body",
    "magic-html": "HTML of the body",
    "go-readability": "body, title, byline, dates",
    "boilerpy3": "body",
    "newspaper4k": "body, title, authors, dates, pictures",
}
"""What each tool gives for its seconds."""


class Sample(NamedTuple):
    """A page with its reference, folded, and the group of pages that it is of."""

    name: str
    group: str
    page: bytes
    reference: str


class Told(NamedTuple):
    """Precision, recall and F1 of a tool's body for a page."""

    precision: float
    recall: float
    f1: float


def samples_in(folder: Path) -> list[Sample]:
    """The HTML pages with a reference body."""
    rows = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return [
        Sample(Path(row["html"]).stem, row["group"], (folder / row["html"]).read_bytes(), fold(row["truth"]["content"]))
        for row in rows
        if row.get("html") and row["kind"] != "unlabelled" and (row.get("truth") or {}).get("content")
    ]


def articles_of(page: bytes) -> Page:
    """A page from its bytes to its articles."""
    return articles_in(read_bytes(page, "page", media_type="text/html"))


def articles_in(raw: RawDocument) -> Page:
    page = Page(raw, Text.of(raw.text), reason=raw.reason)
    for step in STEPS if page.reason is None else ():
        page = step(page)
    return page


def our_body(sample: Sample) -> Told:
    """How like the reference our articles are."""
    parts = [
        (
            article.title.chars if article.title else "",
            article.subtitle.chars if article.subtitle else "",
            article.text.chars,
        )
        for article in articles_of(sample.page).articles
    ]
    return Told(*best_likeness(parts, grams(sample.reference)))


def measured(samples: Sequence[Sample], pythons: Sequence[str], runs: int) -> tuple[dict[str, float], Bodies]:
    """Seconds for all pages by tool, and how like the references their bodies are."""
    pages = [sample.page for sample in samples]
    collect_seldom()
    seconds = {
        FACTS: timed(lambda: [clean(read_bytes(page, "page", media_type="text/html")) for page in pages], runs),
        ARTICLES: timed(lambda: list(map(articles_of, pages)), runs),
    }
    bodies: Bodies = {ARTICLES: list(map(our_body, samples))}
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "bodies.json"
        for python in pythons:
            seconds |= run_peers(python, pages, {}, runs, file)
            for tool, texts in json.loads(file.read_text(encoding="utf-8")).items():
                bodies[tool] = [
                    Told(*likeness(fold(text), grams(one.reference))) for text, one in zip(texts, samples, strict=True)
                ]
    return seconds, bodies


Bodies = dict[str, list[Told]]


def rows_of(samples: Sequence[Sample], seconds: Mapping[str, float], bodies: Bodies) -> list[dict[str, object]]:
    """A row a tool: pages a second, and the means over all pages."""
    rows = []
    for tool, took in seconds.items():
        told = bodies[ARTICLES if tool == FACTS else tool]
        rows.append(_row(tool, len(samples) / took, told))
    if (unseen := by_site(samples)) is not None:
        rows.append({**_row(UNSEEN, len(samples) / seconds[ARTICLES], bodies[ARTICLES]), **unseen})
    return rows


def _row(tool: str, speed: float, told: Sequence[Told]) -> dict[str, object]:
    means = {name: round(fmean(getattr(one, name) for one in told), 4) for name in Told._fields}
    lost, padded = sum(one.recall < 0.5 for one in told), sum(one.precision < 0.9 for one in told)
    return {
        "tool": tool,
        "pages_a_second": round(speed, 1),
        **means,
        "lost": lost,
        "padded": padded,
        "pages": len(told),
        "gives": DOES[tool],
    }


def by_site(samples: Sequence[Sample]) -> dict[str, object] | None:
    """The likeness that training noted for pages whose sites its trees had not seen, by groups weighed as here."""
    record = json.loads((SCHEMAS / "layout" / "record.json").read_text(encoding="utf-8"))
    groups = record.get("html", {}).get("unseen_sites", {})
    known = [groups[one.group] for one in samples if "f1" in groups.get(one.group, {})]
    if len(known) < len(samples):
        return None
    means = {name: round(fmean(one[name] for one in known), 4) for name in Told._fields}
    return {
        **means,
        "lost": round(sum(one["lost"] for one in known)),
        "padded": round(sum(one["padded"] for one in known)),
    }


def behind(samples: Sequence[Sample], bodies: Bodies) -> list[tuple[float, float, str, str]]:
    """Where the best of the other tools is ahead by more than AHEAD: its F1, ours, the tool, the page."""
    others = {tool: told for tool, told in bodies.items() if tool in RIVALS}
    best = [max((told[i].f1, tool) for tool, told in others.items()) for i in range(len(samples))]
    found = [
        (round(f1, 3), round(ours.f1, 3), tool, sample.name)
        for (f1, tool), ours, sample in zip(best, bodies[ARTICLES], samples, strict=True)
        if f1 - ours.f1 > AHEAD
    ]
    return sorted(found, key=lambda one: one[1] - one[0])


def main() -> int:
    """Runs all tools and writes what they come to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", nargs="+", required=True, help="Python of each environment that holds other tools")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--behind", type=Path, help="file for the pages where another tool is ahead")
    args = parser.parse_args()
    samples = samples_in(args.folder)
    seconds, bodies = measured(samples, args.peers, args.runs)
    rows = rows_of(samples, seconds, bodies)
    found = behind(samples, bodies)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    Path(__file__).with_name("peers.jsonl").write_text(lines, encoding="utf-8")
    Path(__file__).with_name("peers.svg").write_text(quality_chart(rows), encoding="utf-8")
    Path(__file__).with_name("PEERS.md").write_text(page_of(rows, samples, len(found)), encoding="utf-8")
    if args.behind is not None:
        args.behind.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found), encoding="utf-8")
    return 0


def page_of(rows: Sequence[Mapping[str, object]], samples: Sequence[Sample], ahead: int) -> str:
    """PEERS.md: the chart and its table."""
    head = ("tool", "F1", "precision", "recall", "lost", "padded", "pages/s", "what it gives")
    keys = ("tool", "f1", "precision", "recall", "lost", "padded", "pages_a_second", "gives")
    ranked = sorted(rows, key=lambda row: -float(str(row["f1"])))
    return f"""# Other tools, quality and speed

Made by `python -m tests.benchmarks.side_by_side`, which says how; peers.jsonl holds the figures.

{machine()}
![F1 of bodies by pages a second](peers.svg)

{len(samples)} HTML pages of many sites with reference bodies, each tool on one core in the same run, from the bytes to
the body as text. These pages taught our layout, so its own figures on them say how well it learned; "by site" is what
trees reach that have not seen any page of a page's site, as noted when they were trained. The other tools saw none of
them as far as their authors tell. "Lost" are pages with less than half of the story, "padded" those with more than a
tenth of other text.

{table(head, [[str(row[key]) for key in keys] for row in ranked])}
On {ahead} of the {len(samples)} pages the best of {", ".join(RIVALS)}, page by page,
is ahead of ours by more than {AHEAD:.2f}.
"""


if __name__ == "__main__":
    sys.exit(main())
