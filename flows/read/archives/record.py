"""What stands in an archive or a dump, and how its place is written down."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from flows.document import UNKNOWN_ORIGIN, UNSTATED, Origin, Stated


class Step(NamedTuple):
    """One container on the way to a record."""

    kind: str
    """Its format, a key of `flows.read.archives.formats.FORMATS`."""
    offset: int
    """Where in it the next thing stands: what its format needs to find it again."""
    sha256: str | None = None
    """Of the container that stands there, unpacked; None for the record itself, on the last step."""


class Place(NamedTuple):
    """Where a record stands: a file of the raw folder, and the steps into it, the outermost first."""

    file: str
    steps: tuple[Step, ...]


class Record(NamedTuple):
    """One thing that stands in a container: a document, another container, or a broken place.

    `stream` holds its bytes, to be read before the next record is asked for; reading may raise BrokenError.
    """

    offset: int
    name: str
    """What stands behind the container's name and a "!" in the document's path; "" for a container that is the only
    thing in this one and goes by its name."""
    stream: BinaryIO | None = None
    kind: str | None = None
    """The format of a container."""
    reason: str | None = None
    """Why it is no document: "code: sentence"; there is no stream then."""
    skipped: str | None = None
    """What it is, when it was never meant to be a document: no row is made of it."""
    origin: Origin = UNKNOWN_ORIGIN
    stated: Stated = UNSTATED
    media_type: str | None = None
    charset: str | None = None
    flags: tuple[str, ...] = ()
    """What its document is flagged with."""


class Found(NamedTuple):
    """A record as listed: small, and enough to read it again."""

    name: str
    """The path of its document: the file, "!", and the record's name, again for each container."""
    place: Place
    sha256: str | None
    """Of its bytes; None where they could not be read."""
    about: str
    """A hash of all that is known of it beside its bytes."""
    reason: str | None = None
    record_offset: int | None = None
