"""How long the report of a large release takes to open: `python -m tests.benchmarks.opened [--documents 100000]`.

The release is one of a thousand documents, told over under other ids; its report is written as that of any other, and
opened from disk in Chromium. Printed are seconds until a page has loaded, the size of the first one, and by how much it
moved meanwhile (cumulative layout shift).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.arrow_rows import in_order
from flows.compare.changes import Changes
from flows.corpus import Corpus, Part
from flows.report.site import write_report
from flows.schema import OF_CORPUS, load
from flows.validate import ValidationReport
from tests.browsers import chromium
from tests.synthetic import VERSION, tables_of

PART = 1000
FIRST_PAGE = ("index.html", "report.css", "report.js", "language.js")
MOVED = """window.moved = 0; new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) window.moved += shift.value;
}).observe({ type: "layout-shift", buffered: true });"""


def main(arguments: list[str] | None = None) -> None:
    """Writes the report, opens it and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    options = parser.parse_args(arguments)
    corpus = large(options.documents // PART)
    with tempfile.TemporaryDirectory() as folder:
        report, began = Path(folder) / "report", time.monotonic()
        write_report(report, ValidationReport(VERSION, options.documents, ()), corpus, Changes(None, ()))
        print(f"{options.documents:,} documents: written in {time.monotonic() - began:.0f} s")
        print(f"first page: {sum((report / name).stat().st_size for name in FIRST_PAGE):,} bytes")
        with chromium() as browser:
            for width in (1280, 390):
                context = browser.new_context(viewport={"width": width, "height": 900})
                context.add_init_script(MOVED)
                look(context.new_page(), report, width)
                context.close()


def large(parts: int, size: int = PART) -> Corpus:
    """A corpus of so many parts of so many documents each."""
    base = tables_of(size - 2)
    return Corpus([partial(told_over, base, number) for number in range(parts)])


def told_over(base: Mapping[str, pa.Table], number: int) -> Part:
    """The tables of the documents under other ids and paths, some of them suspect."""
    return Part(partial(_table, base, number))


def _table(base: Mapping[str, pa.Table], number: int, name: str) -> pa.Table:
    table = base[name]
    if name in OF_CORPUS:
        return table
    for column in ("document_id", "article_id"):
        if column in table.schema.names:
            table = _with(table, column, pc.binary_join_element_wise(f"{number:04x}", _rest(table[column]), ""))
    if name == "documents":
        table = _with(table, "path", pc.binary_join_element_wise(f"{number:04x}", table["path"], "/"))
        suspicion = [(31 * number + 7 * row) % 1009 / 1009 for row in range(table.num_rows)]
        table = _with(table, "suspicion", pa.array(suspicion))
    return in_order(name, table)


def _rest(ids: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.utf8_slice_codeunits(ids, 4)


def _with(table: pa.Table, column: str, values: Any) -> pa.Table:
    place = table.schema.get_field_index(column)
    field = load("documents").arrow.field(column) if column == "suspicion" else table.schema.field(column)
    return table.set_column(place, field, values.cast(field.type))


def look(page: Any, report: Path, width: int) -> None:
    """Opens the first page and the list, and searches it."""
    for name in ("index.html", "documents.html"):
        began = time.monotonic()
        page.goto((report / name).as_uri(), wait_until="load")
        seconds = time.monotonic() - began
        page.wait_for_timeout(500)
        print(f"{width} px, {name}: {seconds:.2f} s, moved {page.evaluate('moved'):.3f}")
    page.locator("#results li").first.wait_for()
    began = time.monotonic()
    page.locator("#search").fill("第900社工站")
    page.locator("#results li", has_text="第900社工站").first.wait_for()
    print(f"{width} px, the first hits of a search: {time.monotonic() - began:.2f} s")


if __name__ == "__main__":
    main()
