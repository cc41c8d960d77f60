"""The types that a document passes through, from raw file to clean rows. All frozen, none with behaviour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flows.text import Text

Row = dict[str, Any]
"""One row of a table: column name to value, as schemas/<table>.yaml declares them."""

Tables = dict[str, list[Row]]
"""Rows by table name."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One raw file, decoded. `text` is what every raw offset counts in.

    `reason` is None for a document that can be cleaned; else a short code and a sentence that say why it
    was rejected ("empty: the file holds no bytes"), and `text` is "".
    """

    document_id: str
    path: str
    sha256: str | None
    byte_count: int | None
    media_type: str
    encoding: str | None
    text: str
    flags: tuple[str, ...] = ()
    reason: str | None = None


class Removal(NamedTuple):
    """raw[raw_start:raw_end] was taken out under a rule."""

    raw_start: int
    raw_end: int
    kind: str
    rule: str


class Cut(NamedTuple):
    """A part of a line, page.text[start:end], that a rule takes out of it."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """page.text[start:end], one line without the white space at its ends.

    `kind` and `rule` are set when the whole line is taken out; `cuts` are parts taken out of a kept line.
    `role` is "title" or "subtitle" for the lines that are, else None.
    """

    number: int
    start: int
    end: int
    chars: str
    kind: str | None = None
    rule: str | None = None
    cuts: tuple[Cut, ...] = ()
    role: str | None = None


class Note(NamedTuple):
    """A removed line or part of one: evidence for what the article's own text does not say."""

    kind: str
    rule: str
    chars: str


@dataclass(frozen=True, slots=True)
class Article:
    """One story of a page. `text` holds its paragraphs joined by "\\n"; `notes` what was stripped around it."""

    position: int
    title: Text | None
    subtitle: Text | None
    text: Text
    notes: tuple[Note, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A document between two cleaning steps."""

    raw: RawDocument
    text: Text
    script: str | None = None
    removals: tuple[Removal, ...] = ()
    flags: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    articles: tuple[Article, ...] = ()
    reason: str | None = None

    def cut(self, spans: Iterable[tuple[int, int]], kind: str, rule: str) -> Page:
        """The page without text[a:b] for each span, given in order, recorded as removals."""
        spans = [(a, b) for a, b in spans if b > a]
        if not spans:
            return self
        gone = [Removal(a, b, kind, rule) for span in spans for a, b in self.text.raw_spans(*span)]
        return replace(self, text=self.text.delete(spans), removals=(*self.removals, *gone))

    def flag(self, *flags: str) -> Page:
        """The page with more flags."""
        return replace(self, flags=(*self.flags, *flags))
