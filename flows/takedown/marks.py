"""What the documents that were taken down are told by, wherever something of them may have been left.

Known from everything that still holds them: the raw folder and earlier releases. What other documents of the same
release hold as well (a menu, a formula of speech, the title of a column) is no sign of one; where another document
holds most of its text, it is a reprint, and that is said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from ahocorasick_rs import AhoCorasick

from flows.clean import clean
from flows.decisions import Decisions
from flows.decisions.names import url_of
from flows.raw.documents import read_listed
from flows.raw.listed import Listed
from flows.takedown.places import Copy, rows_of

WINDOW, STEP = 16, 4
"""Characters of a passage, and from the start of one to that of the next: any 19 characters of a text hold one."""

SHORTEST, SHORTEST_TITLE = 12, 8
"""Characters of a whole line, and of a title, that is looked for."""

VARIED = 6
"""Different characters that a passage must have, to be no row of dots."""

TEXTS = {"articles": ("document_id", "title", "subtitle", "text"), "removals": ("document_id", "text"),
         "related": ("document_id", "title")}  # fmt: skip
"""Columns in which other documents may hold the same passages, behind that of the document, by table."""


class Mark(NamedTuple):
    """One sign of a document. `kind` is id, article, sha256, url, title or text."""

    document: str
    kind: str
    chars: str


@dataclass
class Bearing:
    """What is known of one document."""

    document: str
    sha256: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    stands_in: Copy | None = None
    """A release that holds it, the first that was looked at."""

    def marks(self) -> Iterator[Mark]:
        """Its signs, each once."""
        yield Mark(self.document, "id", self.document)
        for digest in sorted(self.sha256):
            yield Mark(self.document, "sha256", digest)
        for url in sorted(self.urls):
            yield Mark(self.document, "url", url)
        lines = {line.strip() for title in self.titles for line in title.splitlines()}
        titles = sorted(line for line in lines if len(line) >= SHORTEST_TITLE and len(set(line)) >= VARIED)
        yield from (Mark(self.document, "title", title) for title in titles)
        passages = {passage for text in self.texts for passage in windows(text)}
        yield from (Mark(self.document, "text", passage) for passage in sorted(passages.difference(titles)))


Pages = Callable[[str], str]
"""The raw text of a document without white space, by its id; "" where it is not there."""


class Signs(NamedTuple):
    """All signs to look for, and what is to be said of them."""

    marks: tuple[Mark, ...]
    notes: tuple[str, ...]


def windows(text: str) -> Iterator[str]:
    """The passages of a text that are looked for; none holds white space."""
    for run in text.split():
        starts = range(0, max(1, len(run) - WINDOW + 1), STEP)
        for start in {*starts, max(0, len(run) - WINDOW)}:
            passage = run[start : start + WINDOW]
            if len(passage) >= SHORTEST and len(set(passage)) >= VARIED:
                yield passage


def bearings(decisions: Decisions, copies: Iterable[Copy], raw: Path, listed: Iterable[Listed]) -> dict[str, Bearing]:
    """What is known of each document that was taken down, by its id.

    Args:
        decisions: with all that is taken down (`flows.decisions.tombstones`).
        copies: what may still hold them.
        raw: the raw folder.
        listed: its documents.
    """
    found = {name: Bearing(name) for name in decisions.withheld}
    for stone in decisions.tombstones:
        whole = (stone.sha256 or "").strip().lower()
        if whole[:16] in found:
            found[whole[:16]].sha256.add(whole)
        for bearing in (found[name.value] for name in stone.names if name.kind == "id" and name.value in found):
            bearing.urls |= {stone.url} if stone.url else set()
    for copy in copies:
        _learn(found, copy)
    for one in listed:
        if one.key[:16] in found and one.copy_of is None:
            _learn_page(found[one.key[:16]], raw, one, decisions)
    return found


LEARNT = {"documents": {"sha256": "sha256", "url": "urls"}, "removals": {"text": "texts"},
          "articles": {"title": "titles", "subtitle": "titles", "text": "texts"}}  # fmt: skip
"""Columns of tables to what they say of a document."""


def _learn(found: Mapping[str, Bearing], copy: Copy) -> None:
    """From the tables of a copy; it remembers which documents stand in it."""
    ids = pa.array(sorted(found), pa.string())
    for name, columns in LEARNT.items():
        for rows in rows_of(copy, name, ["document_id", *columns]):
            for row in rows.filter(pc.is_in(rows["document_id"], value_set=ids)).to_pylist():
                bearing = found[row.pop("document_id")]
                bearing.stands_in = bearing.stands_in or copy
                for column, value in row.items():
                    if value:
                        getattr(bearing, columns[column]).add(value)


def _learn_page(bearing: Bearing, raw: Path, listed: Listed, decisions: Decisions) -> None:
    """From the raw page itself: what comes of it now, and the same passages as they stand there."""
    document = read_listed(raw, listed)
    bearing.sha256.add(document.sha256 or "")
    bearing.sha256.discard("")
    if url := document.origin.url or document.stated.url:
        bearing.urls.add(url)
    if document.reason is not None:
        return
    try:
        tables = clean(document, decisions.corrections_of(document.document_id))
    except Exception:  # it waits in quarantine for its own reason; its raw text is what there is
        bearing.texts.add(document.text)
        return
    for row in tables["articles"]:
        bearing.titles |= {row[name] for name in ("title", "subtitle") if row[name]}
        bearing.texts.add(row["text"])
    for run in tables["lineage"]:
        if run["raw_start"] is not None:
            bearing.texts.add(document.text[run["raw_start"] : run["raw_end"]])


def pages_of(raw: Path, listed: Iterable[Listed]) -> Pages:
    """What reads the raw documents of a folder."""
    there = {one.key[:16]: one for one in listed if one.copy_of is None}

    @cache
    def page(document: str) -> str:
        return "".join(read_listed(raw, there[document]).text.split()) if document in there else ""

    return page


def own_marks(found: Mapping[str, Bearing], newest: Copy | None, pages: Pages) -> Signs:
    """The signs of the documents, without what others hold as well.

    Args:
        found: what is known of the documents.
        newest: the newest release, whose other documents are compared with too, as those of the one that holds a
            document. What a row of it says counts only if its raw page says so: it might be what is looked for.
        pages: the raw text of a document, if the raw folder holds it.
    """
    marks, notes = list[Mark](), list[str]()
    for name, bearing in sorted(found.items()):
        mine = list(bearing.marks())
        if not bearing.texts:
            notes.append(f"{name}: its text is known nowhere any more; it is looked for by its names only")
        holders = _holders(mine, bearing.stands_in, found.keys())
        for mark, others in _holders(mine, newest, found.keys()).items():
            chars = "".join(mark.chars.split())
            holders[mark] |= {one for one in others if chars in pages(one)}
        reprints = _reprints(mine, holders)
        if reprints:
            notes.append(
                f"{name}: its text stands in {', '.join(sorted(reprints))} too; take that down as well if need be"
            )
        own = [mark for mark in mine if holders.get(mark, set()) <= reprints]
        if len(own) < len(mine):
            notes.append(f"{name}: {len(mine) - len(own)} passages or names that others share are no sign of it")
        marks += own
    return Signs(tuple(marks), tuple(notes))


def _holders(marks: Collection[Mark], copy: Copy | None, ids: Collection[str]) -> defaultdict[Mark, set[str]]:
    """Which other documents of a release hold each of the marks, of those that any holds."""
    if copy is None:
        return defaultdict(set)
    by_chars = {mark.chars: mark for mark in marks if mark.kind in ("title", "text")}
    chars = list(by_chars)
    automaton = AhoCorasick(chars or ["\0"])
    found = defaultdict[Mark, set[str]](set)
    for name, (owner, *columns) in TEXTS.items():
        for rows in rows_of(copy, name, [owner, *columns]):
            owners = rows[owner].to_pylist()
            for column in columns:
                for document, text in zip(owners, rows[column].to_pylist(), strict=True):
                    if text and document not in ids:
                        for place, _, _ in automaton.find_matches_as_indexes(text, overlapping=True):
                            found[by_chars[chars[place]]].add(document)
    urls = {url_of(mark.chars): mark for mark in marks if mark.kind == "url"}
    for rows in rows_of(copy, "documents", ["document_id", "url"]) if urls else ():
        for document, url in zip(rows["document_id"].to_pylist(), rows["url"].to_pylist(), strict=True):
            if url and document not in ids and (same := urls.get(url_of(url))):
                found[same].add(document)
    return found


def _reprints(marks: Collection[Mark], holders: Mapping[Mark, set[str]]) -> set[str]:
    """Documents that hold most passages of one."""
    passages = [mark for mark in marks if mark.kind == "text"]
    shares = Counter(other for mark in passages for other in holders.get(mark, ()))
    return {other for other, count in shares.items() if 2 * count >= len(passages)}
