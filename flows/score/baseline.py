"""The committed figures that no change may fall below unnoticed, and those that releases carry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from flows.errors import InputError
from flows.schema import SCHEMAS
from flows.score.gold import GOLD
from flows.score.table import as_json
from flows.score.tally import Tally

BASELINE = GOLD / "baseline.json"
"""By set and field: the precision and recall that were accepted last; and by how much each may fall."""

QUALITY = SCHEMAS / "quality" / "measured.json"
"""What the committed code measures, exactly: a test keeps it fresh, and each release carries it."""

SHARES = ("precision", "recall")
REMEDY = "Mend the change; or accept the figures with `make score ARGS=--accept`, and say why in the commit."


class Fall(NamedTuple):
    """A share of a field that is lower than accepted by more than its margin."""

    gold: str
    field: str
    share: str
    before: float
    now: float | None

    def __str__(self) -> str:
        now = "nothing to measure" if self.now is None else f"{self.now:.4f}"
        return f"{self.gold}: {self.field}: {self.share} was {self.before:.4f}, is {now}"


def falls(tallies: Mapping[str, Tally], path: Path = BASELINE) -> list[Fall]:
    """Where the tallies, by set, are worse than the baseline allows.

    Raises:
        InputError: there is no baseline, or it cannot be used.
    """
    try:
        accepted = json.loads(path.read_text("utf-8"))
        return list(_falls(tallies, accepted["margins"], accepted["sets"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError("baseline", f"it cannot be used: {error!r}.", "Write it with --accept.", path) from error


def _falls(tallies: Mapping[str, Tally], margins: Mapping[str, Any], sets: Mapping[str, Any]) -> Iterator[Fall]:
    for name, fields in sets.items():
        if name not in tallies:
            continue
        for field, shares in fields.items():
            margin = margins["fields"].get(field, margins)
            count = tallies[name].counts.get(field)
            for share in SHARES:
                now = getattr(count, share) if count is not None else None
                if shares[share] is not None and (now is None or now < shares[share] - margin[share]):
                    yield Fall(name, field, share, shares[share], now)


def accept(tallies: Mapping[str, Tally], path: Path = BASELINE) -> None:
    """Makes the tallies the baseline; the margins stay as they are."""
    margins = json.loads(path.read_text("utf-8"))["margins"]
    sets = {
        name: {field: {share: figures[share] for share in SHARES} for field, figures in as_json(tally.counts).items()}
        for name, tally in tallies.items()
    }
    _write({"margins": margins, "sets": sets}, path)


def quality(tallies: Mapping[str, Tally], pages: Mapping[str, int]) -> dict[str, Any]:
    """What releases tell of their own accuracy: by set, its pages and the figures of each field."""
    return {name: {"pages": pages[name], "fields": as_json(tally.counts)} for name, tally in tallies.items()}


def write_quality(found: Mapping[str, Any], day: str, path: Path = QUALITY) -> None:
    """Keeps the figures, with the day on which they were measured if they changed."""
    if path.is_file() and json.loads(path.read_text("utf-8"))["sets"] == found:
        return
    _write({"measured": day, "sets": found}, path)


def _write(content: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
