"""The figures of a tally, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from flows.score.tally import Count, Tally

HEAD = f"{'field':38}{'precision':>10}{'recall':>8}{'F1':>7}{'agrees':>8}   right  wrong missing  extra  empty"


def as_lines(tally: Tally) -> Iterator[str]:
    """A table with a line a field; `-` where there is nothing to share."""
    yield HEAD
    for field, count in tally.counts.items():
        shares = (count.precision, count.recall, count.f1, count.agreement)
        cells = [_cell(share) for share in shares]
        numbers = (count.right, count.wrong, count.missing, count.extra, count.empty)
        yield (
            f"{field:38}{cells[0]:>10}{cells[1]:>8}{cells[2]:>7}{cells[3]:>8} "
            + "".join(f"{number:>7}" for number in numbers)
        )


def misses_as_lines(tally: Tally) -> Iterator[str]:
    """A line for each answer that is not right."""
    for miss in tally.misses:
        yield f"{miss.page}: {miss.field}: {miss.outcome}: {miss.note}"


def as_json(counts: Mapping[str, Count]) -> dict[str, Any]:
    """Counts and shares (four digits, null where there is nothing to share) by field."""
    return {
        field: asdict(count)
        | {"n": count.n}
        | {name: _rounded(getattr(count, name)) for name in ("precision", "recall", "f1", "agreement")}
        for field, count in counts.items()
    }


def _cell(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
