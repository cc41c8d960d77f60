"""What other tools make of the same bytes, and how long they take; runs in the environment that holds them.

    .venv-bench/bin/python -m tests.benchmarks.peers FOLDER RUNS

FOLDER holds pages/*.html and, if script is to be converted and text filtered, hans.txt and hant.txt. Prints JSON: for
each tool seconds for all of it, the median of the runs. Tools that are not installed are left out. Imports nothing of
this project.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any


def main(folder: Path, runs: int) -> None:
    """Prints the seconds of each tool."""
    pages = [path.read_bytes() for path in sorted((folder / "pages").glob("*.html"))]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    jobs: dict[str, Callable[[], object]] = {name: partial(each, call, pages) for name, call in bodies()}
    for name, call in filters() if texts else ():
        jobs[name] = partial(each, call, texts["hans"].split("\n"))
    for name, convert in converters():
        jobs |= {f"{name} {script}": partial(convert, text) for script, text in texts.items()}
    print(json.dumps({name: timed(job, runs) for name, job in jobs.items()}))


def each(call: Callable[[Any], object], parts: Iterable[object]) -> list[object]:
    """What it makes of each page or line."""
    return [call(part) for part in parts]


def timed(job: Callable[[], object], runs: int) -> float:
    """Median seconds of CPU time of several runs, one more before them not counted."""
    took = []
    for _ in range(runs + 1):
        started = time.process_time()
        job()
        took.append(time.process_time() - started)
    return statistics.median(took[1:])


def bodies() -> Iterator[tuple[str, Callable[[bytes], object]]]:
    """Functions from a page's bytes to the text of its story."""
    if trafilatura := load("trafilatura"):
        yield "trafilatura", trafilatura.extract
        yield "trafilatura, fast", lambda page: trafilatura.extract(page, fast=True, include_tables=False)
    if readability := load("readability"):
        yield "readability-lxml", lambda page: readability.Document(page.decode(errors="replace")).summary()
    if resiliparse := load("resiliparse.extract.html2text"):
        yield (
            "resiliparse",
            lambda page: resiliparse.extract_plain_text(page.decode(errors="replace"), main_content=True),
        )
    if justext := load("justext"):
        low = {"stopwords_low": 0, "stopwords_high": 0, "length_low": 20, "length_high": 60}
        yield "jusText", lambda page: [p for p in justext.justext(page, frozenset(), **low) if not p.is_boilerplate]


def filters() -> Iterator[tuple[str, Callable[[str], object]]]:
    """datatrove's filters that need no tokenizer of their own."""
    if (module := load("datatrove.pipeline.filters")) and (data := load("datatrove.data")):
        c4 = module.C4QualityFilter(filter_no_terminal_punct=False, language="zho")
        yield "datatrove C4QualityFilter", lambda line: c4.filter(data.Document(text=line, id="1"))


def converters() -> Iterator[tuple[str, Callable[[str], object]]]:
    """OpenCC, whichever of the two packages of that name is here."""
    if module := load("opencc"):
        yield importlib.metadata.packages_distributions()["opencc"][0], module.OpenCC("t2s").convert


def load(name: str) -> Any:
    """The module, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
