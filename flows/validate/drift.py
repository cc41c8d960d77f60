"""Drift: what changed since the release before, against bounds that are data (schemas/gates/drift.yaml)."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.corpus import Corpus
from flows.decisions.tombstones import beside_standing
from flows.figures import FILLED, Figures, figures_of
from flows.schema import TABLES, Severity, load_list
from flows.validate.gates import rows_asked
from flows.validate.report import GateResult
from flows.validate.suites import Gate, Suite

Bounds = Mapping[str, Any]
Measure = dict[str, Any]
"""One figure: measure, subject, before, now, and whether it `fell` or `rose` past its bound, or is `new`."""

NOTHING = "首个版本，没有可比较的版本。First release: nothing to compare with."
_MEASURES = ("rows", "fill", "removed")


def ask_drift(
    tables: Mapping[str, pa.Table],
    before: Path | None,
    taken: Collection[str] = (),
    bounds: Bounds | None = None,
) -> tuple[list[GateResult], list[Measure]]:
    """The gates on drift, and all that was measured and is not as it was.

    Args:
        tables: what is to be released.
        before: the release before; None for the first, which has nothing to compare with and says so.
        taken: ids of documents that were taken down; they count on neither side.
        bounds: schemas/gates/drift.yaml unless given.
    """
    if before is None:
        return [GateResult("compared", "drift", "info", True, 0, detail=NOTHING)], []
    bounds = load_list("drift") if bounds is None else bounds
    corpus = Corpus.of(tables)
    old, new = figures_of(beside_standing(before, corpus, taken)), figures_of(corpus)
    measures = [*_rows(old, new, bounds["rows"]), *_fill(old, new, bounds["fill"])]
    measures += [*_removed(old, new, bounds["removed"]), *_vocabulary(old, new, bounds["vocabulary"])]
    gates = [GateResult("compared", "drift", "info", True, len(measures), detail=before.name)]
    for name in _MEASURES:
        mine = [row for row in measures if row["measure"] == name]
        gates += [_named(gate, bounds[name]) for gate in rows_asked(corpus, _suite(name), mine)]
    gates += rows_asked(corpus, _new_values(), [row for row in measures if row["measure"] == "vocabulary"])
    return gates, [row for row in measures if row["before"] != row["now"]]


def _suite(measure: str) -> Suite:
    """fell is critical, rose a warning."""
    sides: tuple[tuple[str, Severity], ...] = (("fell", "critical"), ("rose", "warning"))
    gates = tuple(_never(f"{measure}_{side}", side, severity) for side, severity in sides)
    return Suite("drift", ("subject", "before", "now"), ("subject", "before", "now", "fell", "rose"), gates)


def _new_values() -> Suite:
    return Suite("drift", ("subject", "now"), ("subject", "now", "new"), (_never("new_values", "new", "info"),))


def _never(name: str, column: str, severity: Severity) -> Gate:
    return Gate(name, severity, "ExpectColumnValuesToBeInSet", {"column": column, "value_set": [False]})


def _named(gate: GateResult, bounds: Bounds) -> GateResult:
    side = "fall" if gate.gate.endswith("fell") else "rise"
    detail = f"past {bounds[side]:.0%} (schemas/gates/drift.yaml)"
    return gate if gate.passed else dataclasses.replace(gate, detail=detail)


def _measure(measure: str, subject: str, before: float, now: float, change: float | None, bounds: Bounds) -> Measure:
    """`change` is what the bounds are about; None when there is too little to judge by."""
    fell, rose = (change is not None and change < -bounds["fall"]), (change is not None and change > bounds["rise"])
    return {"measure": measure, "subject": subject, "before": before, "now": now, "fell": fell, "rose": rose}


def _rows(old: Figures, new: Figures, bounds: Bounds) -> Iterator[Measure]:
    for name in TABLES:
        before, now = old.rows[name], new.rows[name]
        change = now / before - 1 if before >= bounds["at_least"] else None
        yield _measure("rows", name, before, now, change, bounds)


def _fill(old: Figures, new: Figures, bounds: Bounds) -> Iterator[Measure]:
    before, now = old.fill_rates(), new.fill_rates()
    for publisher in sorted(before.keys() & now.keys()):
        (count, rates), (count_now, rates_now) = before[publisher], now[publisher]
        enough = min(count, count_now) >= bounds["at_least"]
        for name in FILLED:
            pair = round(rates[name], 4), round(rates_now[name], 4)
            change = pair[1] - pair[0] if enough else None
            yield _measure("fill", f"{name} · {publisher}", *pair, change, bounds)


def _removed(old: Figures, new: Figures, bounds: Bounds) -> Iterator[Measure]:
    (before, whole), (now, whole_now) = _shares(old), _shares(new)
    enough = min(whole, whole_now) >= bounds["characters"]
    for rule in sorted(before.keys() | now.keys()):
        pair = before.get(rule, 0.0), now.get(rule, 0.0)
        change = pair[1] / pair[0] - 1 if enough and pair[0] >= bounds["at_least"] else None
        yield _measure("removed", rule, *pair, change, bounds)


def _shares(figures: Figures) -> tuple[dict[str, float], int]:
    """Rule to the share of raw characters that it removed; and how many raw characters there are."""
    whole = figures.chars["char_count"]
    return {rule: round(size / whole, 6) if whole else 0.0 for (rule,), size, _ in figures.removed("rule")}, whole


def _vocabulary(old: Figures, new: Figures, columns: Mapping[str, list[str]]) -> Iterator[Measure]:
    for table, names in columns.items():
        for name in names:
            known, now = ({value for value in side.values[table, name] if value is not None} for side in (old, new))
            for value in sorted(now - known):
                subject = f"{table}.{name}"
                yield {"measure": "vocabulary", "subject": subject, "before": "", "now": value, "new": True}
