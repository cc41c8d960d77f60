"""What changed, said in one line: 苏州市 licensed_social_workers 2018: 9200 → 9250."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flows.document import Row
from flows.extract.words.gazetteer import gazetteer


def what(table: str, row: Row) -> str:
    """What a row is about, as a reader names it: 苏州市 licensed_social_workers 2018."""
    if table == "statistics":
        known = gazetteer().regions.get(row.get("region") or "")
        region = known.name if known else "全国" if row.get("subject") == "national" else None
        indicator = row.get("indicator") if row.get("indicator") not in (None, "other") else row.get("indicator_text")
        return " ".join(str(part) for part in (region, indicator, row.get("as_of")) if part)
    names = ("name", "title", "theme")
    return str(next((row[name] for name in names if row.get(name)), table))


def sentence(row: Row) -> str:
    """A change in one line."""
    before, after = row["before"], row["after"]
    if row["change"] == "added":
        return f"{row['what']}: + {_said(row, after)}"
    if row["change"] == "removed":
        return f"{row['what']}: − {_said(row, before)}"
    names = list(dict.fromkeys([*before, *after]))
    if names in (["value"], [row["what"]]):
        return f"{row['what']}: {shown(before.get(names[0]))} → {shown(after.get(names[0]))}"
    return f"{row['what']}: " + "; ".join(f"{n} {shown(before.get(n))} → {shown(after.get(n))}" for n in names)


def _said(row: Row, side: Mapping[str, Any]) -> str:
    if row["table"] == "statistics":
        return f"{shown(side.get('value'))} {side.get('unit') or ''}".strip()
    return row["table"].rstrip("s") if row["table"] != "people" else "person"


def shown(value: Any) -> str:
    """A value for a reader."""
    if value is None or value == []:
        return "–"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def plain(value: Any) -> Any:
    """A value as JSON has it; a whole number without a point."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
