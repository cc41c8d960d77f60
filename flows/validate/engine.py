"""The one place that runs Great Expectations: suites and frames in, gate results out. No file, no network."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Iterable
from itertools import repeat
from typing import Any

import pandas as pd
import pyarrow as pa

from flows.schema import FACTS
from flows.validate.contents import Contents
from flows.validate.report import KEYS_SHOWN, FailingRow, GateResult
from flows.validate.suites import Gate, Suite

_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype("pyarrow")}


TOGETHER = Gate("every_row_holds", "critical", "ExpectColumnValuesToBeInSet",
                {"column": "every_row_holds", "value_set": [True]})  # fmt: skip
"""Stands for all gates of a suite that have a column of truth values."""


class Engine:
    """Great Expectations with an in-memory context, made once: importing it takes seconds."""

    def __init__(self) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        self._gx = gx
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        source = context.data_sources.add_pandas("tables")
        self._batches = functools.cache(
            lambda table: source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("whole")
        )

    def ask(self, suite: Suite, contents: Contents) -> list[GateResult]:
        """The gates of one table of `contents`."""
        table = contents.tables[suite.table]
        plain = table.select(list(suite.columns)).to_pandas(types_mapper=_NULLABLE.get)
        derived = {gate.name: gate.derive(contents) for gate in suite.gates if gate.derive}
        frame = pd.concat([plain, pd.DataFrame(derived)], axis=1)
        results = self.ask_frame(suite, frame, contents.document_ids(suite.table))
        return [
            dataclasses.replace(result, detail=gate.blame(contents)) if gate.blame and not result.passed else result
            for gate, result in zip(suite.gates, results, strict=True)
        ]

    def ask_rows(self, suite: Suite, rows: list[dict[str, Any]]) -> list[GateResult]:
        """The gates of a frame that is no table of the release: its failing rows belong to no document."""
        return self.ask_frame(suite, pd.DataFrame(rows), [None] * len(rows))

    def ask_frame(self, suite: Suite, frame: pd.DataFrame, documents: list[str | None]) -> list[GateResult]:
        """The gates over a frame whose row n belongs to documents[n].

        All gates are asked for a yes or no, those with a column of truth values as one, and only those that may have
        failed for their rows: an expectation costs 10 ms however few the rows, and naming rows doubles the cost.
        """
        if frame.empty:
            return [_passed(suite, gate, frame) for gate in suite.gates]
        derived = [gate for gate in suite.gates if gate.derive]
        plain = [gate for gate in suite.gates if not gate.derive]
        if derived:
            hold = frame[[gate.name for gate in derived]].to_numpy(dtype=bool).all(axis=1)
            frame = pd.concat([frame, pd.Series(hold, frame.index, name=TOGETHER.name)], axis=1)
        answers = self._validate(suite, [*plain, TOGETHER] if derived else plain, frame, "BOOLEAN_ONLY")
        doubtful = [gate for gate in plain if not answers[gate.name].success]
        if derived and not answers[TOGETHER.name].success:
            doubtful += derived
        found = self._validate(suite, doubtful, frame, "COMPLETE") if doubtful else {}
        return [
            _passed(suite, gate, frame)
            if gate.name not in found or found[gate.name].success
            else _failed(suite, gate, found[gate.name], frame, documents)
            for gate in suite.gates
        ]

    def _validate(self, suite: Suite, gates: Iterable[Gate], frame: pd.DataFrame, result_format: str) -> dict[str, Any]:
        """Great Expectations' result by gate."""
        known = self._gx.expectations
        expectations = [
            getattr(known, gate.expectation)(**gate.arguments, severity=gate.severity, meta={"gate": gate.name})
            for gate in gates
        ]
        batch = self._batches(suite.table).get_batch({"dataframe": frame})
        shape = {"result_format": result_format, "return_unexpected_index_query": False}
        found = batch.validate(self._gx.ExpectationSuite(suite.table, expectations), result_format=shape)
        return {_gate_of(result): result for result in found.results}


def _gate_of(result: Any) -> str:
    return str(result.expectation_config.meta["gate"])


def _passed(suite: Suite, gate: Gate, frame: pd.DataFrame) -> GateResult:
    return GateResult(gate.name, suite.table, gate.severity, True, len(frame))


def _failed(suite: Suite, gate: Gate, found: Any, frame: pd.DataFrame, documents: list[str | None]) -> GateResult:
    """What Great Expectations found, with the failing rows by their keys and documents."""
    error = _error(found.exception_info)
    places = found.result.get("unexpected_index_list") or [] if error is None else []
    if error is None and not places:
        error = "the gate failed without naming a row"
    keys = frame[list(suite.key)].iloc[places[:KEYS_SHOWN]].astype(object)
    owners = [documents[place] for place in places]
    return GateResult(
        gate.name,
        suite.table,
        gate.severity,
        False,
        len(frame),
        failing=len(places),
        keys=tuple({str(k): v for k, v in key.items()} for key in keys.where(keys.notna(), None).to_dict("records")),
        documents=tuple(sorted({owner for owner in owners if owner is not None})),
        unplaced=owners.count(None),
        detail=_detail(gate, found.result),
        error=error,
        places=() if suite.table not in FACTS else tuple(map(FailingRow, repeat(0), map(int, places), owners)),
    )


def _detail(gate: Gate, result: dict[str, Any]) -> str:
    """What was expected, and a few of the values that were not."""
    arguments = {name: value for name, value in gate.arguments.items() if name != "column" and value is not None}
    if gate.derive:
        return ""
    values: Iterable[Any] = result.get("partial_unexpected_list") or ()
    shown = ", ".join(str(value)[:80] for value in list(values)[:3])
    return f"{gate.expectation} {arguments}; found {shown}"[:500]


def _error(info: Any) -> str | None:
    """The message of an exception inside Great Expectations, which keeps one or one for each metric."""
    if not info:
        return None
    if "raised_exception" in info:
        return str(info["exception_message"]) if info["raised_exception"] else None
    raised = [entry for entry in info.values() if isinstance(entry, dict) and entry.get("raised_exception")]
    return str(raised[0]["exception_message"]) if raised else None
