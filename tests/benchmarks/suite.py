"""The benchmark suite: each step and the whole on fixed workloads, on one core, beside other tools on the same bytes.

    python -m tests.benchmarks.suite [--peers PYTHON ...] [--pages FOLDER] [--runs N] [--results FILE]

Writes tables and a chart to FILE, by default tests/benchmarks/RESULTS.md. FOLDER holds real HTML pages to measure too.
Seconds are CPU seconds of this process, so that a busy machine weighs less; each figure is the median of several runs.
Python's collector is set as in workers, for the other tools too.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from flows.clean import STEPS, clean
from flows.document import UNSTATED, Page, RawDocument
from flows.extract import Facts, extract_facts
from flows.normalize.script import simplify, to_simplified
from flows.patterns import Rule
from flows.read.reader import read_bytes
from flows.rows import document_rows
from flows.strip.find import find_rules
from flows.strip.lines import rule_form
from flows.strip.rules import RuleBook, rule_book
from flows.text import Text
from flows.work.pool import collect_seldom
from tests.benchmarks.report import Measured, RealPages, Results, write_report
from tests.benchmarks.workloads import Workload, text_of, workloads
from tests.pages import document

FACTS = ("people", "organizations", "events", "statistics", "citations")
WORDS = "青白云临南长松河山水木金火土东西北上下前后春夏秋冬"


def timed(call: Callable[[], object], runs: int) -> float:
    """Median CPU seconds of several runs, after one that is not counted."""
    took = []
    for _ in range(runs + 1):
        started = time.process_time()
        call()
        took.append(time.process_time() - started)
    return statistics.median(took[1:])


def measure(workload: Workload, runs: int) -> Measured:
    """Median seconds of all pages of a workload, one after the other and by step, and the facts in them."""
    took: dict[str, list[float]] = {}
    for _ in range(runs + 1):
        for name, seconds in run_once(workload).items():
            took.setdefault(name, []).append(seconds)
    steps = {name: statistics.median(seconds[1:]) for name, seconds in took.items()}
    return Measured(timed(lambda: facts_in(workload), runs), steps, facts_in(workload))


def run_once(workload: Workload) -> dict[str, float]:
    """CPU seconds of each step over all pages of a workload."""
    took: dict[str, float] = {}

    def run(name: str, call: Callable[[], list[Any]]) -> list[Any]:
        started = time.process_time()
        out = call()
        took[name] = time.process_time() - started
        return out

    read = run("read", lambda: [read_bytes(page, "page", media_type=workload.media_type) for page in workload.pages])
    pages = run("align", lambda: [Page(one, Text.of(one.text)) for one in read if one.reason is None])
    for step in STEPS:
        pages = run(step.__name__, partial(_all, step, pages))
    facts = run("extract", lambda: [_facts(page) for page in pages])
    run("rows", lambda: [document_rows(*pair) for pair in zip(pages, facts, strict=True)])
    return took


def _all(call: Callable[[Any], object], parts: Sequence[object]) -> list[Any]:
    return [call(part) for part in parts]


def _facts(page: Page) -> list[Facts]:
    stated = page.raw.stated if len(page.articles) == 1 else UNSTATED
    return [extract_facts(article, stated) for article in page.articles]


def facts_in(workload: Workload) -> int:
    """People, organizations, events, figures and citations that are found in all pages of a workload."""
    rows = [clean(read_bytes(page, "page", media_type=workload.media_type)) for page in workload.pages]
    return sum(len(tables.get(table, ())) for tables in rows for table in FACTS)


def script_seconds(texts: dict[str, str], runs: int) -> dict[str, float]:
    """Conversion of script: the step with its decision by page and line, and the conversion alone."""
    pages = {name: Page(raw := document(text), Text.of(raw.text)) for name, text in texts.items()}
    return {f"to_simplified {name}": timed(partial(to_simplified, page), runs) for name, page in pages.items()} | {
        f"simplify {name}": timed(partial(simplify, text), runs) for name, text in texts.items()
    }


def cue_seconds(text: str, counts: Sequence[int], runs: int) -> dict[int, float]:
    """Seconds to find what the rules say of all lines, with made-up rules of one cue each added to the real ones."""
    forms = [line for line in rule_form(text).split("\n") if line]
    real = list(rule_book().rules.values())
    took = {}
    for count in counts:
        made = [Rule(f"made_{n}", "other", "made up", line=f"{_word(n)}.*") for n in range(count)]
        books = iter([RuleBook([*real, *made]) for _ in range(runs + 1)])
        took[count] = timed(partial(_find_anew, forms, books), runs)
    return took


def _find_anew(forms: list[str], books: Iterator[RuleBook]) -> object:
    """With a book that has found nothing yet."""
    return find_rules(forms, next(books))


def _word(n: int) -> str:
    """One of 300,000 words of four characters."""
    return "".join(WORDS[n // len(WORDS) ** place % len(WORDS)] for place in range(4))


def growth_seconds(sizes: Iterable[int]) -> dict[int, float]:
    """Seconds to clean one document of each size, paragraphs and short lines by turns."""
    took = {}
    for size in sizes:
        text = "\n".join(line for n, line in enumerate(text_of(size).split("\n")) for line in (line, f"第{n}篇 责编"))
        runs = max(1, 300_000 // size)
        raw = document(text)
        took[size] = timed(partial(_all, _cleaned, [raw] * runs), 1) / runs
    return took


def _cleaned(raw: RawDocument) -> Page:
    page = Page(raw, Text.of(raw.text))
    for step in STEPS:
        page = step(page)
    return page


def peer_seconds(pythons: Sequence[str], pages: Sequence[bytes], texts: dict[str, str], runs: int) -> dict[str, float]:
    """Seconds of the tools in other environments, on the same bytes; converters of script only if there are texts."""
    seconds: dict[str, float] = {}
    for python in pythons:
        seconds |= run_peers(python, pages, texts, runs)
    return seconds


def run_peers(
    python: str, pages: Sequence[bytes], texts: dict[str, str], runs: int, bodies: Path | None = None
) -> dict[str, float]:
    """The same of one environment; the texts that its tools take for stories go into the file `bodies`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        for n, page in enumerate(pages):
            (folder / "pages" / f"{n:05}.html").write_bytes(page)
        for script, text in texts.items():
            (folder / f"{script}.txt").write_text(text, encoding="utf-8")
        command = [python, "-m", "tests.benchmarks.peers", str(folder), str(runs), *([str(bodies)] if bodies else [])]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found


def real_pages(folder: Path, pythons: Sequence[str], runs: int) -> RealPages:
    """What the pages of a folder cost, and what the other tools need for them."""
    workload = Workload("real html", "text/html", tuple(path.read_bytes() for path in sorted(folder.rglob("*.html"))))
    return RealPages(workload, measure(workload, runs), peer_seconds(pythons, workload.pages, {}, runs))


def main() -> int:
    """Runs the suite and writes the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", nargs="*", default=[], help="Python of each environment that holds other tools")
    parser.add_argument("--pages", type=Path, help="folder of real HTML pages, *.html in any depth")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--size", type=int, default=200_000, help="bytes of each workload")
    parser.add_argument("--results", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    args = parser.parse_args()
    collect_seldom()
    measured = {}
    for workload in workloads(args.size):
        print(workload.name, file=sys.stderr)
        measured[workload] = measure(workload, args.runs)
    texts = {"hans": text_of(args.size), "hant": text_of(args.size, "Hant")}
    pages = [page for workload in measured if workload.media_type == "text/html" for page in workload.pages]
    print("script, cues, growth, peers", file=sys.stderr)
    results = Results(
        measured,
        script_seconds(texts, args.runs),
        {name: len(text.encode()) for name, text in texts.items()},
        cue_seconds(text_of(args.size), (0, 200, 2_000, 20_000), args.runs),
        growth_seconds((1_000, 10_000, 100_000, 1_000_000, 10_000_000)),
        peer_seconds(args.peers, pages, texts, args.runs),
        real_pages(args.pages, args.peers, args.runs) if args.pages else None,
    )
    write_report(results, args.results)
    print(args.results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
