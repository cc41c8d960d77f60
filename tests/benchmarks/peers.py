"""What other tools make of the same bytes, and how long they take; runs in the environment that holds them.

    .venv-bench/bin/python -m tests.benchmarks.peers FOLDER RUNS [BODIES]

FOLDER holds pages/*.html and, if script is to be converted and text filtered, hans.txt and hant.txt. Prints JSON: for
each tool seconds for all of it, the median of the runs. What the tools take for the stories goes into the file BODIES,
JSON: tool to texts, in the order of the pages. Tools that are not installed are left out. Imports nothing of this
project.
"""

from __future__ import annotations

import gc
import importlib
import importlib.metadata
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

BASE = "http://localhost/"
"""The address that tools are told which ask for one."""


def main(folder: Path, runs: int, bodies_file: Path | None = None) -> None:
    """Prints the seconds of each tool, and writes what it makes of the pages. Python's collector is set as in our
    workers (`flows.work.pool.collect_seldom`)."""
    pages = [path.read_bytes() for path in sorted((folder / "pages").glob("*.html"))]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    jobs: dict[str, Callable[[], object]] = {name: partial(each, call, pages) for name, call in bodies()}
    for name, call in filters() if texts else ():
        jobs[name] = partial(each, call, texts["hans"].split("\n"))
    for name, convert in converters():
        jobs |= {f"{name} {script}": partial(convert, text) for script, text in texts.items()}
    gc.freeze()
    gc.set_threshold(5_000)
    seconds = {name: timed(job, runs) for name, job in jobs.items()}
    if bodies_file is not None:
        told = {name: [call(page) or "" for page in pages] for name, call in bodies()}
        bodies_file.write_text(json.dumps(told, ensure_ascii=True), encoding="utf-8")
    print(json.dumps(seconds))


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


def bodies() -> Iterator[tuple[str, Callable[[bytes], str]]]:
    """Functions from a page's bytes to the text of its story, "" where the tool gives up."""
    for name, call in (*of_bytes(), *of_text()):
        yield name, partial(safely, call)


def safely(call: Callable[[bytes], str | None], page: bytes) -> str:
    """What a tool tells; several raise on pages that hold nothing for them."""
    try:
        return call(page) or ""
    except Exception:  # of whatever sort, it is the tool's own answer
        return ""


def of_bytes() -> Iterator[tuple[str, Callable[[bytes], str | None]]]:
    """Tools that find out the encoding themselves."""
    if trafilatura := load("trafilatura"):
        yield "trafilatura", trafilatura.extract
        yield "trafilatura, fast", partial(trafilatura.extract, fast=True, include_tables=False)
        yield "trafilatura, precision", partial(trafilatura.extract, favor_precision=True)
    if justext := load("justext"):
        low = {"stopwords_low": 0, "stopwords_high": 0, "length_low": 20, "length_high": 60}
        yield (
            "jusText",
            lambda page: "\n".join(p.text for p in justext.justext(page, frozenset(), **low) if not p.is_boilerplate),
        )


def of_text() -> Iterator[tuple[str, Callable[[bytes], str | None]]]:
    """Tools that take text, which is decoded for them, as UTF-8 or else GB 18030; where they give HTML, its text."""
    if readability := load("readability"):
        yield "readability-lxml", lambda page: shown(readability.Document(decoded(page)).summary())
    if resiliparse := load("resiliparse.extract.html2text"):
        yield "resiliparse", lambda page: resiliparse.extract_plain_text(decoded(page), main_content=True)
    if magic := load("magic_html"):
        extractor = magic.GeneralExtractor()
        yield "magic-html", lambda page: shown(extractor.extract(decoded(page), base_url=BASE)["html"])
    if binding := load("pygoreadability"):
        yield "go-readability", lambda page: binding.from_string(decoded(page), BASE).content_text
    if boilerpy := load("boilerpy3.extractors"):
        extract = boilerpy.ArticleExtractor(raise_on_failure=False)
        yield "boilerpy3", lambda page: extract.get_content(decoded(page))
    if newspaper := load("newspaper"):
        yield (
            "newspaper4k",
            lambda page: parsed(newspaper.Article(BASE, language="zh", fetch_images=False), decoded(page)),
        )


def decoded(page: bytes) -> str:
    """The text of a page, as anybody would read it who is told nothing."""
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        return page.decode("gb18030", "replace")


def shown(markup: str) -> str:
    """The text in HTML."""
    html = importlib.import_module("lxml.html")
    return str(html.fromstring(markup).text_content()) if markup.strip() else ""


def parsed(article: Any, text: str) -> str:
    """newspaper's own steps, without a download."""
    article.download(input_html=text)
    article.parse()
    return str(article.text)


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
    warnings.simplefilter("ignore")
    main(Path(sys.argv[1]), int(sys.argv[2]), *map(Path, sys.argv[3:]))
