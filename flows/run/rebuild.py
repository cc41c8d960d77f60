"""`shegong rebuild`: the texts that the open tier withholds, made again from the raw pages and proved by their hash."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.clean import clean
from flows.compare.changes import read_changes
from flows.decisions import Decisions, read_decisions
from flows.decisions.tombstones import wanted_documents
from flows.document import Row, Tables
from flows.durable import move, sync
from flows.errors import ReleaseError, TargetError
from flows.folder.files import read_json
from flows.folder.stage import discard
from flows.folder.sums import copy_build
from flows.folder.tables import corpus_of_release, read_table
from flows.publish.contents import write_contents
from flows.publish.inspect import inspect
from flows.raw.documents import read_listed
from flows.raw.listed import Listed
from flows.validate.report import read_report


class Rebuilt(NamedTuple):
    """What came of it, in articles that were withheld: `proved` are whole again, `missing` had no raw page there."""

    path: Path
    proved: int
    missing: tuple[str, ...]
    differing: tuple[str, ...]
    """Articles of which the raw page gives another text now: the code is not that of the release."""


def rebuild(release: Path, raw: Path, target: Path) -> Rebuilt:
    """Writes target/<version>: the release with every text that the raw pages in `raw` give back.

    A text goes in only if its SHA-256 is text_sha256. The tier is full once nothing is missing any more, and
    rebuilt till then.

    Raises:
        ReleaseError: the release is damaged, or holds its texts already.
        InputError: no raw documents.
        TargetError: target/<version> is there already, or cannot be written.
    """
    source = inspect(release)
    if source.tier == "full":
        raise ReleaseError("tier", "nothing is withheld in it.", "Use it as it is.", release)
    final = target / source.version
    if final.exists():
        raise TargetError("version_exists", "it is there already.", "Name another folder with --to.", final)
    articles = read_table(release, "articles", ["article_id", "document_id", "text", "text_sha256"])
    withheld = articles.filter(pc.is_null(articles["text"]))
    cleaned = _clean(raw, set(withheld["document_id"].to_pylist()))
    proved, missing, differing = _judge(withheld.to_pylist(), cleaned)
    whole = {name: made for name, made in cleaned.items() if not any(a.startswith(name) for a in differing)}
    tables = corpus_of_release(release).edit(functools.partial(_restore, Texts.of(whole)))
    tier = "rebuilt" if missing or differing else "full"
    staging = target / f".rebuilding-{source.version}"
    staging.mkdir(parents=True)
    try:
        write_contents(
            staging,
            tables,
            read_report(read_json(release, "report/validation.json")),
            read_changes(release),
            tier=tier,
            raw=raw,
        )
        copy_build(release, staging)
        sync(staging)
        move(staging, final)
    finally:
        discard(staging)
    return Rebuilt(final, len(proved), tuple(missing), tuple(differing))


def _clean(raw: Path, wanted: set[str]) -> dict[str, Tables]:
    """The tables of the wanted documents of which the raw page is there, by document id."""
    there = [listed for listed in wanted_documents(raw)[0] if listed.key[:16] in wanted and listed.copy_of is None]
    decisions = read_decisions(raw)
    return {listed.key[:16]: _cleaned(raw, listed, decisions) for listed in there}


def _cleaned(raw: Path, listed: Listed, decisions: Decisions) -> Tables:
    return clean(read_listed(raw, listed), decisions.corrections_of(listed.key[:16]))


def _judge(withheld: Iterable[Row], cleaned: Mapping[str, Tables]) -> tuple[list[str], list[str], list[str]]:
    """Ids of the withheld articles by what the raw pages give: the very text, no page, another text."""
    texts = {row["article_id"]: row["text"] for tables in cleaned.values() for row in tables["articles"]}
    proved, missing, differing = [], [], []
    for row in withheld:
        text = texts.get(row["article_id"])
        if row["document_id"] not in cleaned:
            missing.append(row["article_id"])
        elif text is not None and hashlib.sha256(text.encode()).hexdigest() == row["text_sha256"]:
            proved.append(row["article_id"])
        else:
            differing.append(row["article_id"])
    return proved, missing, differing


class Texts(NamedTuple):
    """What the open tier withholds, as the raw pages give it."""

    articles: dict[str, str]
    """Text by article id."""
    removals: dict[tuple[str, int], str | None]
    """Removed text by document id and raw_start."""

    @classmethod
    def of(cls, cleaned: Mapping[str, Tables]) -> Texts:
        """The texts of cleaned documents."""
        made = list(cleaned.values())
        return cls(
            {row["article_id"]: row["text"] for tables in made for row in tables["articles"]},
            {(row["document_id"], row["raw_start"]): row["text"] for tables in made for row in tables["removals"]},
        )


def _restore(texts: Texts, part: Mapping[str, pa.Table], name: str) -> pa.Table:
    """One table of a part with texts, removals and quotes put back (an edit of a corpus)."""
    table = part[name]
    if name == "articles":
        pairs = zip(table["article_id"].to_pylist(), table["text"].to_pylist(), strict=True)
        return _put(table, "text", [texts.articles.get(article, text) for article, text in pairs])
    if name == "removals":
        rows = zip(*(table[column].to_pylist() for column in ("document_id", "raw_start", "text")), strict=True)
        return _put(table, "text", [texts.removals.get((document, start), text) for document, start, text in rows])
    if name == "statistics":
        facts = zip(*(table[column].to_pylist() for column in ("article_id", "start", "end", "quote")), strict=True)
        whole = ((texts.articles.get(article), start, end, quote) for article, start, end, quote in facts)
        return _put(table, "quote", [quote if text is None else text[start:end] for text, start, end, quote in whole])
    return table


def _put(table: pa.Table, column: str, values: list[str | None]) -> pa.Table:
    place = table.schema.get_field_index(column)
    return table.set_column(place, table.schema.field(place), pa.array(values, pa.string())).combine_chunks()
