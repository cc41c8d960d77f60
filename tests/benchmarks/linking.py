"""What it takes to tell the bodies, people and events of many documents apart: seconds, memory, and how both grow.

    python -m tests.benchmarks.linking [COUNT …]

A few hundred generated pages (tests/benchmarks/many.py) are cleaned; a document is one of these with other characters
in the names of places and people, so that its bodies and people are others. Each count runs in a process of its own;
parts lie on disk, as those of a run do. Seconds are of one process: making the ids of each article, and the tables of
the whole corpus, beside what cleaning as many pages takes.
"""

from __future__ import annotations

import hashlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.arrow_files import read_arrow, write_arrow
from flows.arrow_rows import in_order, to_arrow
from flows.clean import clean
from flows.corpus import Corpus, Part
from flows.document import RawDocument, Tables
from flows.entities.link import link
from flows.entities.whole import with_whole
from flows.schema import OF_CORPUS, TABLES
from tests.benchmarks.many import GIVEN, PLACES, make_document

PAGES, PART = 400, 4000
OTHERS = (
    "安宝昌春德东丰福高广贵海和恒弘华怀吉嘉建江景康乐丽连"
    "临龙隆明南宁平清庆泉荣瑞盛寿顺泰天通万望文武西祥兴秀阳宜永裕远岳云泽长镇中竹"
)


def main() -> None:
    """Prints a line a count."""
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
        return
    print("documents  cleaning s  ids of articles s  whole corpus s  share  entities  peak MB", flush=True)
    for count in sys.argv[1:] or ("10000", "30000", "100000"):
        subprocess.run([sys.executable, "-m", "tests.benchmarks.linking", "--one", count], check=True)


def one(count: int) -> None:
    """Makes `count` documents and prints what they take."""
    started = time.process_time()
    pages = [read_page(make_document(seed)) for seed in range(PAGES)]
    cleaning = (time.process_time() - started) * count / PAGES
    with tempfile.TemporaryDirectory() as scratch:
        linking, parts = 0.0, []
        for number in range(0, count, PART):
            documents: list[dict[str, list[dict[str, Any]]]] = []
            for at in range(number, min(number + PART, count)):
                page, text, place = varied(pages[at % PAGES], at)
                started = time.process_time()
                linked = link(page, text, place)
                linking += time.process_time() - started
                documents.append(with_article(linked, page))
            folder = Path(scratch) / f"{number:07d}"
            folder.mkdir()
            for name in TABLES:
                rows = [row for tables in documents for row in tables.get(name, ())]
                write_arrow(in_order(name, to_arrow(name, rows)), folder / f"{name}.arrow")
            parts.append(partial(part_in, str(folder)))
        started = time.process_time()
        corpus = with_whole(Corpus(parts), keep=Path(scratch))
        entities = next(iter(corpus.parts()))["entities"].num_rows
        for part in corpus.parts():
            for name in set(TABLES) - set(OF_CORPUS):
                part[name]
        whole = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    share = (linking + whole) / cleaning
    print(
        f"{count:9,}  {cleaning:10.0f}  {linking:17.0f}  {whole:14.0f}  {share:5.1%}  {entities:8,}  {peak:7.0f}",
        flush=True,
    )


def part_in(folder: str) -> Mapping[str, pa.Table]:
    return Part(lambda name: read_arrow(Path(folder) / f"{name}.arrow"))


def read_page(text: str) -> Tables:
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()
    return clean(RawDocument(digest[:16], "page.txt", digest, len(content), "text/plain", "utf-8", text))


def varied(page: Tables, seed: int) -> tuple[dict[str, list[dict[str, Any]]], str, str | None]:
    """The rows of a page with other names and ids, its text, and its region."""
    rng = random.Random(seed // PAGES)
    changed = sorted({place[0] for place in PLACES} | set(GIVEN))
    letters = {ord(one): rng.choice(OTHERS) for one in changed}
    document = f"{seed:016x}"

    def other(value: Any) -> Any:
        if isinstance(value, str):
            return value.translate(letters)
        return [other(one) for one in value] if isinstance(value, list) else value

    def row_of(row: Mapping[str, Any]) -> dict[str, Any]:
        ids = {"document_id": document, "article_id": f"{document}{row.get('article_id', '')[16:]}"}
        return {key: ids.get(key) or other(value) for key, value in row.items()}

    rows = {name: [row_of(row) for row in found] for name, found in page.items()}
    article = rows["articles"][0]
    return rows, article["text"], article["region"]


def with_article(
    linked: Mapping[str, list[dict[str, Any]]], page: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """The linked rows, those of event_roles with their article."""
    article = page["articles"][0]["article_id"]
    return {**linked, "event_roles": [{"article_id": article} | row for row in linked["event_roles"]]}


if __name__ == "__main__":
    main()
