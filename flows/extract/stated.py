"""What a page states for machines (meta tags, JSON-LD, the columns of a dump) where its visible text says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flows.document import Stated
from flows.extract.authors import name_alone
from flows.extract.byline import plain
from flows.extract.metadata import Metadata
from flows.extract.source import source_name
from flows.extract.stamps import CHINA, find_stamps

FIRST_YEAR = 1990
"""Pages have been published on the web since then; an earlier year is a default value of the site's software."""


def complete(metadata: Metadata, stated: Stated) -> Metadata:
    """The metadata of the visible text, with what is stated beside it for each field that the text leaves open.

    An author counts only if the value is a person's name: many sites name themselves there.
    """
    if metadata.published_date is None and stated.published:
        day, time = read_time(stated.published)
        metadata = replace(metadata, published_date=day, published_at=time)
    if metadata.source is None and stated.source:
        metadata = replace(metadata, source=source_name(stated.source))
    if not metadata.authors and stated.author:
        metadata = replace(metadata, authors=name_alone(stated.author))
    return metadata


def read_time(value: str) -> tuple[date | None, datetime | None]:
    """Day and time, China's, of a date in ISO 8601 or as pages print it; both None if it is none."""
    day: date | None = None
    time: datetime | None = None
    try:
        given = datetime.fromisoformat(value.strip())
        given = given.astimezone(CHINA) if given.tzinfo is not None else given.replace(tzinfo=CHINA)
        day, time = given.date(), given if len(value.strip()) > len("2026-01-01") else None
    except (ValueError, OverflowError):
        if stamp := next(find_stamps(plain(value)), None):
            day, time = stamp.day, stamp.time
    return (day, time) if day is not None and day.year >= FIRST_YEAR else (None, None)
