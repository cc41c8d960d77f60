"""The columns of a dump: which holds the document and which says something of it, by the vocabulary dump_fields."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flows.document import Origin, Stated
from flows.read.archives.limits import BrokenError
from flows.vocabulary import load_vocabulary

CHINA = ZoneInfo("Asia/Shanghai")
"""The zone of a time that names none: that of the pages."""

BYTES = "base64"
"""The one key of an object that stands for bytes, in the rows that are made of a table here."""

LONGEST = 2000
"""Characters of a value beside the document that are kept: an address may have as many, a title never."""

YEARS = (dt.datetime(1990, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
"""Between them lies the time of a page, and a number is one, in seconds or milliseconds since 1970."""


class Row(NamedTuple):
    """What a row of a dump says. `content` is the document's bytes, None with a `reason`."""

    content: bytes | None
    reason: str | None
    media_type: str
    charset: str | None
    origin: Origin
    stated: Stated


def kind_of_column(name: str) -> str | None:
    """What a column holds: html, text, url, ...; None for one that is not read."""
    ranked = _columns().get(_plain(name))
    return ranked[0] if ranked else None


def columns_of(names: Iterable[str]) -> list[str]:
    """The columns that are read.

    Raises:
        BrokenError: none of them holds documents.
    """
    names = list(names)
    wanted = [name for name in names if kind_of_column(name)]
    if not {"html", "text"} & {kind_of_column(name) for name in wanted}:
        shown = ", ".join(name[:30] for name in names[:10]) or "none"
        raise BrokenError("no_text", f"no column is known to hold text or HTML; its columns: {shown}")
    return wanted


def read_row(values: Mapping[str, Any], record_offset: int) -> Row:
    """A row by the names of its columns. The page itself (html) is taken before what somebody made of it (text)."""
    best: dict[str, tuple[int, Any]] = {}
    for name, value in values.items():
        ranked = _columns().get(_plain(name))
        if ranked is None or value is None or value == "" or value == []:
            continue
        kind, rank = ranked
        if kind not in best or rank < best[kind][0]:
            best[kind] = rank, value
    found = {kind: value for kind, (_, value) in best.items()}
    stated = Stated(
        *(_said(found.get(kind)) for kind in ("title", "published", "author", "source", "publisher", "page"))
    )
    origin = Origin(_said(found.get("url")), _time(found.get("fetched")), _said(found.get("id")), record_offset)
    column = "html" if "html" in found else "text"
    media_type = "text/html" if column == "html" else "text/plain"
    content = _document(found.get(column))
    if content is not None:
        return Row(content, None, media_type, None if column in _bytes_in(found) else "utf-8", origin, stated)
    what = "holds neither text nor HTML" if column not in found else f"holds no text in its column for {column}"
    return Row(None, f"no_text: the row {what}", media_type, None, origin, stated)


@cache
def _columns() -> dict[str, tuple[str, int]]:
    """The plain name of a column to what it holds and its rank."""
    vocabulary: Mapping[str, list[str]] = load_vocabulary("dump_fields")
    return {_plain(name): (kind, rank) for kind, names in vocabulary.items() for rank, name in enumerate(names)}


def _plain(name: str) -> str:
    return name.strip("\ufeff \t").lower().replace("_", "").replace("-", "").replace(" ", "")


def _bytes_in(found: Mapping[str, Any]) -> set[str]:
    return {kind for kind, value in found.items() if isinstance(value, dict)}


def _document(value: Any) -> bytes | None:
    """The bytes of a document; of several paragraphs one each line."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n".join(value)
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, dict) and value.keys() == {BYTES}:
        try:
            return base64.b64decode(value[BYTES])
        except (ValueError, TypeError):
            return None
    return None


def _said(value: Any) -> str | None:
    """A value as one line of text without control characters."""
    if isinstance(value, list):
        value = " ".join(part for part in value if isinstance(part, str))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int | float) and (time := _time(value)):
        return time.astimezone(CHINA).isoformat()
    if isinstance(value, int) and value.bit_length() > 64:  # to write out a long number takes long
        return None
    shown = str(value)[:LONGEST]
    if not shown.isprintable():
        shown = "".join(char for char in shown if char.isspace() or char.isprintable())
    return " ".join(shown.split()) or None


def parse_time(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    """A time in ISO 8601, in `zone` if it names none; None for anything else and for years that no crawl was in."""
    try:
        time = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if not YEARS[0].year <= time.year < YEARS[1].year:
        return None
    return time.replace(tzinfo=zone) if time.tzinfo is None else time


def _time(value: Any) -> dt.datetime | None:
    """A time in ISO 8601, or seconds or milliseconds since 1970; None for anything else."""
    if isinstance(value, str):
        if value.strip().isdecimal() and len(value.strip()) in (10, 13):
            return _time(int(value))
        return parse_time(value, CHINA)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    for seconds in (value, value / 1000 if abs(value) < 2**60 else 0):
        if YEARS[0].timestamp() < seconds < YEARS[1].timestamp():
            return dt.datetime.fromtimestamp(seconds, dt.UTC)
    return None
