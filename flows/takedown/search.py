"""Marks of documents found in files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from ahocorasick_rs import BytesAhoCorasick

from flows.decisions.names import url_of
from flows.folder.files import sha256
from flows.read.reader import MAX_BYTES
from flows.takedown.contents import pieces_of, shown
from flows.takedown.marks import Mark

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le")
"""In which raw pages, and so copies of them, are written."""

NEAR = 200
"""Bytes around an id within which stands the word that tells of its takedown."""

_TOLD = re.compile(rb"takedown|tombstone")
_URL_ENDS = re.compile(rb"/?(?:[^\w%~=&?/.\-]|$)|[.?](?:\W|$)")


class Found(NamedTuple):
    """What a file holds of a document: the number of different marks by kind."""

    document: str
    kinds: dict[str, int]

    def sentence(self) -> str:
        """For a terminal."""
        return f"{self.document}: {', '.join(_counted(kind, count) for kind, count in self.kinds.items())}"


WORDS = {
    "id": ("its id", "its id"),
    "sha256": ("its sha256", "its sha256"),
    "article": ("an article of it", "articles of it"),
    "url": ("its address", "its addresses"),
    "title": ("its title", "its titles"),
    "text": ("a passage", "passages"),
}
"""Kinds of marks as a person reads them, in the order in which they are told."""


def _counted(kind: str, count: int) -> str:
    one, several = WORDS[kind]
    return one if count == 1 else several if kind == "id" else f"{count} {several.removeprefix('its ')}"


class Search:
    """All marks, looked for at once."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._patterns: dict[bytes, set[Mark]] = defaultdict(set)
        for mark in marks:
            for pattern in _patterns(mark):
                self._patterns[pattern].add(mark)
        self._list = list(self._patterns)
        self._automaton = BytesAhoCorasick(self._list) if self._list else None

    def file(self, name: str, path: Path) -> list[Found]:
        """What a file and its name hold of each document. A raw page is told by its hash, too.

        Raises:
            OSError: it cannot be read.
        """
        whole = [sha256(path).encode()] if path.stat().st_size <= MAX_BYTES else []
        return self.pieces(chain(whole, shown(name.encode("utf-8", "surrogateescape")), pieces_of(path)))

    def pieces(self, pieces: Iterable[bytes]) -> list[Found]:
        """What pieces of bytes hold of each document."""
        found = {hit for piece in pieces for hit in self._in(piece)}
        by_document: dict[str, dict[str, int]] = defaultdict(dict)
        for document, kind, _ in sorted(found, key=lambda hit: (hit[0], list(WORDS).index(hit[1]))):
            by_document[document][kind] = by_document[document].get(kind, 0) + 1
        return [Found(document, kinds) for document, kinds in by_document.items()]

    def _in(self, piece: bytes) -> Iterator[tuple[str, str, bytes]]:
        """Document, kind and what was found, of each mark in a piece."""
        if self._automaton is None:
            return
        for number, start, end in self._automaton.find_matches_as_indexes(piece, overlapping=True):
            for mark in self._patterns[self._list[number]]:
                if mark.kind == "id":
                    yield from _id(mark, piece, start, end)
                elif mark.kind != "url" or _is_address(mark, piece, start, end):
                    yield mark.document, mark.kind, mark.chars.encode("utf-8", "replace")


def _is_address(mark: Mark, piece: bytes, start: int, end: int) -> bool:
    """Whether the path of an address stands behind its host, in whatever letters, and ends there."""
    before = piece[max(0, start - 300) : start].lower()
    before = before.removesuffix(b":80").removesuffix(b":443")
    return before.endswith(_hosts(mark.chars)) and _URL_ENDS.match(piece, end) is not None


@cache
def _hosts(url: str) -> tuple[bytes, ...]:
    """The host of an address, in both scripts that it may be written in."""
    return tuple(
        {_parts(form)[0].lower().encode("utf-8", "surrogatepass") for form in (url, f"http:{url_of(url).value}")}
    )


def _parts(url: str) -> tuple[str, str]:
    """Host, and path with query, of an address."""
    bare = url.partition("://")[2] or url.partition("//")[2]
    host, slash, path = bare.partition("#")[0].rstrip("/").partition("/")
    return host.rpartition("@")[2].removesuffix(":80").removesuffix(":443"), slash + path


def _id(mark: Mark, piece: bytes, start: int, end: int) -> Iterator[tuple[str, str, bytes]]:
    """An id of a document or, with a number behind it, of an article; not where its takedown is told."""
    if article := re.compile(rb"-\d{2,}").match(piece, end):
        yield mark.document, "article", article[0]
    elif not _TOLD.search(piece, max(0, start - NEAR), end + NEAR):
        yield mark.document, "id", b""


def _patterns(mark: Mark) -> Iterator[bytes]:
    """The forms in which a mark may be written."""
    if mark.kind == "url":
        path = _parts(f"http:{url_of(mark.chars).value}")[1]
        forms = {_parts(mark.chars)[1], path, unquote(path, errors="surrogateescape")}
        yield from (form.encode("utf-8", "surrogateescape") for form in forms if form)
        return
    for encoding in ENCODINGS if not mark.chars.isascii() else ("utf-8", "utf-16-le"):
        try:
            yield mark.chars.encode(encoding)
        except UnicodeEncodeError:
            continue
