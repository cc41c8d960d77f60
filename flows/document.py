"""The types that a document passes through, from raw file to clean rows. All frozen, none with behaviour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.text import Text

if TYPE_CHECKING:
    from flows.patterns import Rule

Row = dict[str, Any]
"""One row of a table: column name to value, as schemas/<table>.yaml declares them."""

Tables = dict[str, list[Row]]
"""Rows by table name."""


class Block(NamedTuple):
    """What the format knows of raw.text[start:end], one or more whole lines, beside their words."""

    start: int
    end: int
    tag: str
    """HTML's name of what it is, whatever the format: p, h1 to h6, li, td, figcaption, ...; in print also kicker and
    subtitle."""
    links: int = 0
    """How many of its characters lead elsewhere."""
    within: str = ""
    """The landmark that it stands in: nav, header, footer, aside (in print a frame), article, main, or ""."""
    words: str = ""
    """The class and id names of its element and, behind ">", of the one around, in lower case; in print "runs-on" for a
    paragraph that goes on from the page before, and "boxN" for the frame that it stands in."""
    inside: tuple[int, ...] = ()
    """The numbers of the containers that it stands in, the outermost first."""


RIGHTS = ("reserved", "open", "unspecified")
"""What may be done with a document's text (`documents.rights`)."""


class Stated(NamedTuple):
    """What a document says of itself beside its visible text: meta tags, JSON-LD, the columns of a dump."""

    title: str | None = None
    published: str | None = None
    author: str | None = None
    source: str | None = None
    publisher: str | None = None
    page: str | None = None
    url: str | None = None
    rights: str | None = None
    """The policy of the source that it was collected from, one of RIGHTS."""


class Origin(NamedTuple):
    """How a document came here. `record_id` and `record_offset` (bytes, or rows of a table) are its place in the
    archive or dump that holds it."""

    url: str | None = None
    fetched_at: datetime | None = None
    record_id: str | None = None
    record_offset: int | None = None


UNSTATED = Stated()
UNKNOWN_ORIGIN = Origin()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One raw file or record, decoded. `text` is what every raw offset counts in.

    `blocks` are in order and do not overlap; text outside of them is plain.

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
    origin: Origin = UNKNOWN_ORIGIN
    blocks: tuple[Block, ...] = ()
    stated: Stated = UNSTATED


class Removal(NamedTuple):
    """raw[raw_start:raw_end] was taken out under a rule."""

    raw_start: int
    raw_end: int
    kind: str
    rule: str


class Damage(NamedTuple):
    """raw[raw_start:raw_end] could not be put right; `code` is that of its flag."""

    code: str
    raw_start: int
    raw_end: int


class Cut(NamedTuple):
    """A part of a line, page.text[start:end], that a rule takes out of it."""

    start: int
    end: int
    kind: str
    rule: str


class Line(NamedTuple):
    """page.text[start:end], one line without the white space at its ends.

    `kind` and `rule` are set when the whole line is taken out; `cuts` are parts taken out of a kept line.
    `role` is "title" or "subtitle" for the lines that are, else None. `block` is what the format knows of the line.
    """

    number: int
    start: int
    end: int
    chars: str
    kind: str | None = None
    rule: str | None = None
    cuts: tuple[Cut, ...] = ()
    role: str | None = None
    block: Block | None = None


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


class Doubt(NamedTuple):
    """What the layout of a page leaves in doubt, from 0 to 1: how far a second view (`flows.strip.plain`) is from it;
    and how likely the verdict is wrong, of a story for each character kept, of a page that was refused for the whole.
    """

    view: float
    verdict: float


@dataclass(frozen=True, slots=True)
class Page:
    """A document between two cleaning steps. `publisher` is its name, `profile` the id of the profile in
    schemas/publishers/ that fits, `rules` those of the profile that hold for it. `confidence` is how like the story
    that is meant the kept lines are expected to be, from 0 to 1; None where no trees chose them, as is `doubt`."""

    raw: RawDocument
    text: Text
    script: str | None = None
    removals: tuple[Removal, ...] = ()
    flags: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    articles: tuple[Article, ...] = ()
    reason: str | None = None
    publisher: str | None = None
    profile: str | None = None
    rules: tuple[Rule, ...] = ()
    damage: tuple[Damage, ...] = ()
    confidence: float | None = None
    doubt: Doubt | None = None

    def cut(self, spans: Iterable[tuple[int, int]], kind: str, rule: str) -> Page:
        """The page without text[a:b] for each span, given in order, recorded as removals."""
        spans = [(a, b) for a, b in spans if b > a]
        if not spans:
            return self
        gone = [Removal(a, b, kind, rule) for pieces in self.text.each_raw_spans(spans) for a, b in pieces]
        return replace(self, text=self.text.delete(spans), removals=(*self.removals, *gone))

    def flag(self, *flags: str) -> Page:
        """The page with more flags."""
        return replace(self, flags=(*self.flags, *flags))
