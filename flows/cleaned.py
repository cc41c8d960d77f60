"""One page at a time, from Python, without a folder, a server or a release:

page = shegong.clean(content)               # bytes of HTML, text or PDF; or a Path
print(page.text)                            # its articles, without all that stood around them
page["statistics"]                          # the facts of one table, as rows with `start` and `end` in the text
print(page.explain())                       # what was kept and removed, by which rule
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flows.clean import clean as clean_document
from flows.document import Origin, RawDocument, Row, Tables
from flows.errors import InputError, SchemaError, describe
from flows.read import read
from flows.read.addresses import web_address
from flows.read.archives import kind_of, list_records, read_record
from flows.read.archives.unpacked import unpacked_into
from flows.read.raw_files import pieces
from flows.read.reader import MAX_BYTES, printable, read_bytes, unread
from flows.rows import bare_row
from flows.schema import FACTS, TABLES, load
from flows.shown import as_markdown

OF_DOCUMENT = ("path", "url", "publisher", "rights", "status", "reason")
"""What is told of a page beside its articles."""


@dataclass(frozen=True)
class Cleaned:
    """What came out of one page: the rows that a release would hold of it."""

    document: Row
    """Its row of `documents`: path, url, publisher, rights, status, reason, …"""
    tables: Tables
    """All its rows by table, as DICTIONARY.md describes them; a table without rows may be missing."""

    @property
    def articles(self) -> list[Row]:
        """Its articles, in order. None: `reason` says why."""
        return self.tables.get("articles", [])

    @property
    def status(self) -> str:
        """published, or else rejected or quarantined, where no article came out."""
        return str(self.document["status"])

    @property
    def reason(self) -> str | None:
        """Why no article came out, "code: sentence"."""
        reason: str | None = self.document["reason"]
        return reason

    @property
    def text(self) -> str:
        """Its articles as plain text: title, subtitle and paragraphs a line each, articles an empty line apart."""
        return "\n\n".join(_plain(article) for article in self.articles)

    @property
    def markdown(self) -> str:
        """Its articles as Markdown, the title a heading, date, source and region below it."""
        return "\n\n".join(as_markdown(article) for article in self.articles)

    def facts(self, article_id: str) -> dict[str, list[Row]]:
        """The facts of one article by table, without empty tables."""
        of_articles = [name for name in FACTS if "article_id" in load(name).names]
        found = {name: [row for row in self[name] if row["article_id"] == article_id] for name in of_articles}
        return {name: rows for name, rows in found.items() if rows}

    def record(self, facts: bool = False) -> dict[str, Any]:
        """All of it for programs: what is told of the page, and its articles, each with its facts if they are
        wanted."""
        return {"document_id": self.document["document_id"], **self._about(), "articles": self._articles(facts)}

    def records(self, facts: bool = False) -> list[dict[str, Any]]:
        """Its articles for programs, each with what is told of the page, and with its facts if they are wanted."""
        return [self._about() | article for article in self._articles(facts)]

    def explain(self) -> str:
        """What was kept and what was removed, in raw order, with rule and reason; and the facts with their evidence."""
        from flows.report.explain import explain_rows
        from flows.terminal.safe import Paint

        return "\n".join(explain_rows(self.tables, None, Paint(False)))

    def _about(self) -> dict[str, Any]:
        about = {name: self.document[name] for name in OF_DOCUMENT}
        return about | {"document_flags": self.document["flags"]}

    def _articles(self, facts: bool) -> list[dict[str, Any]]:
        if not facts:
            return self.articles
        return [article | {"facts": self.facts(article["article_id"])} for article in self.articles]

    def __getitem__(self, table: str) -> list[Row]:
        """The rows of a table.

        Raises:
            KeyError: there is no such table.
        """
        if table not in TABLES:
            raise KeyError(f"there is no table {table!r}; there are {', '.join(TABLES)}")
        return self.tables.get(table, [])


def clean(
    page: bytes | str | os.PathLike[str], *, url: str | None = None, name: str = "-", charset: str | None = None
) -> Cleaned:
    """Cleans one page of HTML, text or PDF. Never raises for what the page holds: `status` and `reason` say it.

    Args:
        page: its bytes as they were fetched; or its text or HTML as a string; or the Path of its file.
        url: its address: by it the publisher, and the rules for its pages, are known.
        name: what to call bytes (`documents.path`); its suffix tells the format where the bytes do not.
        charset: what the transport said of the bytes (the header Content-Type).

    Raises:
        InputError: the file is not there or cannot be read, or it is an archive (`clean_all` reads those).
    """
    if isinstance(page, os.PathLike):
        path = _file(Path(page))
        if kind_of(path.name) is not None:
            raise InputError("archive", "it may hold many pages.", "Read it with clean_all.", path)
        return _cleaned(_addressed(read(path, path.parent), url))
    if isinstance(page, str):
        page, charset = page.encode("utf-8", "replace"), "utf-8"
    if len(page) > MAX_BYTES:
        return _cleaned(unread(name, f"too_large: {len(page)} bytes, the limit is {MAX_BYTES}"))
    return _cleaned(_addressed(read_bytes(page, name, charset=charset), url))


def clean_all(path: str | os.PathLike[str], *, url: str | None = None) -> Iterator[Cleaned]:
    """Cleans every page of a file: the file itself, or each record of an archive or dump (zip, tar, gz, WARC, JSONL,
    CSV, Parquet), one at a time.

    Args:
        path: the file.
        url: the address of a single page.

    Raises:
        InputError: the file is not there or cannot be read.
    """
    file = _file(Path(path))
    if kind_of(file.name) is None:
        yield clean(file, url=url)
        return
    with tempfile.TemporaryDirectory(prefix="shegong-") as folder:
        with unpacked_into(Path(folder)):
            listed = list_records(file.parent, file.name).found
        for found in listed:
            if found.reason is not None:
                yield _cleaned(unread(found.name, found.reason))
                continue
            with unpacked_into(Path(folder)):
                document = read_record(file.parent, found.place, found.name)
            yield _cleaned(document)


def _file(path: Path) -> Path:
    """A file with no link on the way to it."""
    try:
        path = path.resolve(strict=True)
        if path.is_dir():
            raise InputError("folder", "it is a folder.", "Name files, or release it: shegong release --raw DIR.", path)
        with path.open("rb") as file:
            next(pieces(file), None)
    except OSError as error:
        problem = f"it cannot be read: {error.strerror}."
        remedy = "Name a file that you may read, or - for standard input."
        raise InputError("unreadable", problem, remedy, path) from error
    return path


def _addressed(raw: RawDocument, url: str | None) -> RawDocument:
    if url is None:
        return raw
    if web_address(url) is None:
        raise InputError("url", f"{printable(url)!r} is no address of a page.", "Give all of it, with https://.")
    return replace(raw, origin=Origin(url=url))


def _cleaned(raw: RawDocument) -> Cleaned:
    """The rows of a document; an error of the cleaning code is the reason that there are none, as in a release."""
    try:
        tables = clean_document(raw)
    except (KeyboardInterrupt, MemoryError, SchemaError):
        raise
    except BaseException as error:  # what a package in Rust panics with is no Exception
        if isinstance(error, SystemExit | GeneratorExit):
            raise
        tables = {"documents": [bare_row(raw) | {"reason": f"error: cleaning failed in {describe(error)}"}]}
    return Cleaned(tables["documents"][0], tables)


def _plain(article: Row) -> str:
    return "\n".join(part for part in (article["title"], article["subtitle"], article["text"]) if part)
