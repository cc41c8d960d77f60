"""What a page states for machines (meta tags, JSON-LD, the columns of a dump) where its visible text says nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from flows.document import Stated
from flows.extract.dates.stamps import CHINA, find_stamps
from flows.extract.page.authors import name_alone
from flows.extract.page.byline import plain
from flows.extract.page.metadata import Metadata
from flows.extract.page.source import source_name

FIRST_YEAR = 1990
"""Pages have been published on the web since then; an earlier year is a default value of the site's software."""

SECONDS = 10
"""Digits of a time in seconds since 1970, from September 2001 to May 2033; in milliseconds it has three more."""

EPOCH = re.compile(rf"1\d{{{SECONDS - 1}}}(?:\d{{3}})?")
GLUED = re.compile(r"^(20\d{6})([0-2]\d)([0-5]\d)(?:\d\d)?$")  # 20240506102000


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
    """Day and time, China's, of a date in ISO 8601, RFC 2822, seconds or milliseconds since 1970, or as pages print
    it; both None if it is none."""
    value = value.strip()
    if EPOCH.fullmatch(value):
        time = datetime.fromtimestamp(int(value[:SECONDS]), CHINA)
        return time.date(), time
    stamp = next(find_stamps(plain(GLUED.sub(r"\1 \2:\3", value))), None)
    return (stamp.day, stamp.time) if stamp and stamp.day.year >= FIRST_YEAR else (None, None)
