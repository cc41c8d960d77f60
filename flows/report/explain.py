"""`shegong explain`: the way from a release back to the raw characters, for one document or one of its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.document import Row, Tables
from flows.errors import ReleaseError, ShegongError
from flows.flags import told
from flows.folder.layout import table_files, table_place
from flows.lineage import raw_spans
from flows.publishers.loading import reason_for
from flows.schema import FACTS, TABLES, load
from flows.terminal.safe import Paint, safe

INLINE = frozenset({"annotation", "repair", "whitespace", "control", "page_break", "personal"})
"""Kinds of removals that happen inside kept lines."""

PLACES = frozenset({"article_id", "start", "end", "quote"})
"""Columns of facts that say where the evidence stands, or repeat it."""

CONTEXT = 12
"""Characters of text shown on each side of a fact's evidence."""

SHOWN = 400
"""Characters of one removed or kept passage that are shown; the rest is counted."""


class UnknownIdError(ShegongError):
    """No document or article of the release has that id, or several have."""


def explain(release: Path, wanted: str, paint: Paint) -> Iterator[str]:
    """Lines for a terminal: what was kept and what was removed, in raw order, with rule and reason; then the facts
    with their evidence and its place in the raw document.

    Args:
        release: the release's folder.
        wanted: a document id, an article id, or the start of one that no other shares.

    Raises:
        UnknownIdError: no such id, or several.
        ReleaseError: the folder is no release.
    """
    document_id, article_id = _find(release, wanted)
    articles = _rows(release, "articles", "document_id", [document_id])
    ids = [article["article_id"] for article in articles]
    of_articles = [name for name in TABLES if "article_id" in load(name).names and name != "articles"]
    tables = {
        "articles": articles,
        **{name: _rows(release, name, "document_id", [document_id]) for name in ("documents", "removals", "related")},
        **{name: _rows(release, name, "article_id", ids) for name in of_articles},
    }
    yield from explain_rows(tables, article_id, paint)


def explain_rows(tables: Tables, article_id: str | None, paint: Paint) -> Iterator[str]:
    """The same of the rows of one document; of all its articles where none is named."""
    articles, lineage, removals = tables.get("articles", []), tables.get("lineage", []), tables.get("removals", [])
    for document in tables["documents"]:
        yield from _heading(
            paint, f"document {document['document_id']}", document, "path status reason script publisher rights flags"
        )
    chosen = [article for article in articles if article_id in (None, article["article_id"])]
    for article in chosen:
        names = "title subtitle published_date source authors editors region_name themes duplicate_of"
        names += " near_duplicate_of similarity flags"
        yield from _heading(paint, f"article {article['article_id']}", article, names)
    if lineage or removals:
        yield ""
        yield paint("bold", "raw document, in order: + kept, - removed, ⟦ ⟧ removed inside a kept line")
        yield from _walk(paint, articles, {article["article_id"] for article in chosen}, lineage, removals)
        yield from _reasons(paint, removals)
    for article in chosen:
        own = [run for run in lineage if run["article_id"] == article["article_id"] and run["field"] == "text"]
        yield from _facts(paint, tables, article, own)
    related = tables.get("related", [])
    if related:
        yield from ("", paint("bold", "related links"))
    for row in related:
        values = fact_line(row, ("title", "date", "region", "kind", "amount", "currency"))
        yield f"  {values}  {paint('grey', _raw(row['raw_start'], row['raw_end']))}"


def _find(release: Path, wanted: str) -> tuple[str, str | None]:
    """The document id, and the article id if the wanted one is an article's."""
    table, column = ("articles", "article_id") if "-" in wanted else ("documents", "document_id")
    from flows.folder.tables import read_table  # brings Parquet along, which rows of one page can do without

    if not table_files(release, table)[0].exists():
        raise ReleaseError(
            "no_release", "this is not a release.", "Name a folder such as releases/v2026.11.22.", release
        )
    known = read_table(release, table, [column])[column]
    found = sorted(set(known.filter(pc.starts_with(known, pattern=wanted)).to_pylist()))
    if wanted in found:
        found = [wanted]
    if not found:
        remedy = f"Look it up in {table_place(release, table, 'csv')}; the start of an id is enough."
        raise UnknownIdError("unknown_id", f"no {table[:-1]} has the id {safe(wanted)}.", remedy, release)
    if len(found) > 1:
        some = ", ".join(found[:5])
        raise UnknownIdError(
            "ambiguous_id", f"{len(found)} ids start with {wanted}: {some}.", "Give more of it.", release
        )
    return (found[0].rsplit("-", 1)[0], found[0]) if table == "articles" else (found[0], None)


def _rows(release: Path, table: str, column: str, ids: list[str]) -> list[Row]:
    import pyarrow.dataset as ds  # brings pandas along, which rows of one page can do without

    wanted = ds.field(column).isin(pa.array(ids, pa.string()))
    return list(ds.dataset([*map(str, table_files(release, table))]).to_table(filter=wanted).to_pylist())


def _heading(paint: Paint, title: str, row: Row, names: str) -> Iterator[str]:
    yield paint("bold", title)
    for name in names.split():
        if row.get(name) not in (None, []):  # a release made before a column was has none
            yield f"  {name:14} {_plain(row[name])}"


def _walk(
    paint: Paint, articles: list[Row], chosen: set[str], lineage: list[Row], removals: list[Row]
) -> Iterator[str]:
    """Kept passages and removals by their place in the raw document; a passage runs on over inline removals."""
    fields = {(row["article_id"], name): row[name] for row in articles for name in ("title", "subtitle", "text")}
    kept = [run for run in lineage if run["raw_start"] is not None]
    passage, label, start, end = "", "", 0, 0

    def flush() -> Iterator[str]:
        if passage:
            yield f"{paint('grey', _raw(start, end))} {paint('green', '+')} {label}  {passage}"

    for entry in sorted(kept + removals, key=lambda entry: (entry["raw_start"], entry["raw_end"])):
        if "field" in entry:
            source = fields[entry["article_id"], entry["field"]]
            text = safe(source[entry["start"] : entry["end"]]) if source is not None else "(text withheld)"
            mine = entry["article_id"] in chosen
            own = f"{entry['article_id'][-2:]} {entry['field']}"
            paragraph = source is not None and source[: entry["start"]].endswith("\n")
            if own != label or not passage or (mine and paragraph):
                yield from flush()
                passage, label, start = "", own, entry["raw_start"]
            passage, end = passage + (text if mine else ""), entry["raw_end"]
            if not mine:
                passage = "(another article of this page)"
        elif entry["kind"] in INLINE:
            mark = paint("yellow", f"⟦{_short(entry['text'])}⟧")
            if passage and not passage.startswith("(another"):
                passage, end = passage + mark, entry["raw_end"]
            elif not passage and entry["kind"] != "whitespace":
                yield f"{paint('grey', _raw(entry['raw_start'], entry['raw_end']))} {mark} {entry['kind']}"
        else:
            yield from flush()
            passage, label = "", ""
            place = paint("grey", _raw(entry["raw_start"], entry["raw_end"]))
            yield f"{place} {paint('red', '-')} {entry['kind']} · {entry['rule']}: {_why(entry['rule'])}"
            yield f"    {paint('red', _short(entry['text']))}"
    yield from flush()


def _reasons(paint: Paint, removals: list[Row]) -> Iterator[str]:
    """What was removed inside kept lines, by rule."""
    counts = Counter((row["kind"], row["rule"]) for row in removals if row["kind"] in INLINE)
    if counts:
        yield from ("", paint("bold", "removed inside kept lines"))
    for (kind, rule), count in sorted(counts.items()):
        yield f"  {count:5} × {kind} · {rule}: {_why(rule)}"


def _why(rule: str) -> str:
    why = reason_for(rule)
    return why.en if why is not None else ""


def _facts(paint: Paint, tables: Tables, article: Row, lineage: list[Row]) -> Iterator[str]:
    text = article["text"]
    for table in (name for name in FACTS if {"article_id", "start"} <= set(load(name).names)):
        rows = [row for row in tables.get(table, ()) if row["article_id"] == article["article_id"]]
        if rows:
            yield from ("", paint("bold", f"{table} of {article['article_id']}"))
        for row in sorted(rows, key=lambda row: (row["start"], row["end"])):
            a, b = row["start"], row["end"]
            yield f"  {fact_line(row, (name for name in row if name not in PLACES))}"
            place = paint("grey", f"text {a}–{b}, {_raw_place(lineage, a, b)}")
            if text is None:
                yield f"      (text withheld)  {place}"
            else:
                before, after = safe(text[max(0, a - CONTEXT) : a]), safe(text[b : b + CONTEXT])
                yield f"      …{before}{paint('green', safe(text[a:b]))}{after}…  {place}"


def _raw_place(lineage: Iterable[Row], start: int, end: int) -> str:
    """Where text[start:end] stands in the raw document, by the runs of the text's lineage."""
    spans = raw_spans(lineage, start, end)
    return "raw " + ", ".join(f"{a}–{b}" for a, b in spans)


def _raw(start: int, end: int) -> str:
    return f"raw {start}–{end}".ljust(16)


def fact_line(row: Row, columns: Iterable[str]) -> str:
    """The named values of a row in a line, without those that are null."""
    return "  ".join(f"{name}={_plain(row[name])}" for name in columns if row[name] not in (None, []))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(safe(told(part) if isinstance(part, dict) else str(part)) for part in value)
    return safe(f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value))


def _short(text: str) -> str:
    cut = safe(text[:SHOWN])
    return cut if len(text) <= SHOWN else f"{cut} … {len(text) - SHOWN} characters more"
