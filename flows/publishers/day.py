"""The day of a page, before its lines are judged: what decides which dated rules of its publisher hold."""

from __future__ import annotations

from datetime import date

from flows.document import Page
from flows.extract.dates.stamps import CHINA, find_stamps
from flows.extract.page.byline import plain
from flows.extract.page.metadata import LONGEST
from flows.extract.page.stated import read_time
from flows.grammar import load_grammar

LINES = 200
"""Lines of the page that are searched; the line of date and source stands above the story."""


def day_of(page: Page) -> date | None:
    """The day of publication that the page shows, else states in its markup; else the day it was fetched; else None.

    Shown: the first full date with a time of day, or on a line with a label such as 来源. Publication comes first
    because most Chinese sites write a page once and leave it in the shape of its time.
    """
    return _shown(page) or _stated(page) or _fetched(page)


def _shown(page: Page) -> date | None:
    for line in page.text.chars.lstrip().split("\n", LINES)[:LINES]:
        if ("20" in line or "19" in line) and len(line) <= LONGEST:
            for stamp in find_stamps(plain(line)):
                if stamp.time or load_grammar("bylines").first(line, "labelled"):
                    return stamp.day
    return None


def _stated(page: Page) -> date | None:
    return read_time(page.raw.stated.published)[0] if page.raw.stated.published else None


def _fetched(page: Page) -> date | None:
    fetched = page.raw.origin.fetched_at
    if fetched is None:
        return None
    return (fetched.astimezone(CHINA) if fetched.tzinfo else fetched).date()
