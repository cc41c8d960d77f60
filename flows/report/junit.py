"""The gates as JUnit XML, which every CI server shows: a suite a table, a case a gate."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree

from flows.report.markup import visible
from flows.validate.report import GateResult, ValidationReport


def as_junit(report: ValidationReport) -> str:
    """A gate that keeps the release back is a failure (an error if the gate itself broke); a warning is a case that
    was skipped, with its message. No times: the same report gives the same bytes."""
    by_table: dict[str, list[GateResult]] = defaultdict(list)
    for gate in report.gates:
        by_table[gate.table].append(gate)
    root = ElementTree.Element("testsuites", {"name": f"shegong {report.version}", **_totals(report.gates)})
    for table, gates in by_table.items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": table, **_totals(gates)})
        for gate in gates:
            case = ElementTree.SubElement(suite, "testcase", classname=gate.table, name=gate.gate)
            if not gate.passed:
                what = "error" if gate.error else "failure" if gate.blocks else "skipped"
                message = f"{gate.severity}: {gate.failing} of {gate.rows} rows. {gate.error or gate.detail}"
                ElementTree.SubElement(case, what, message=_legal(message)).text = _legal(_keys(gate)) or None
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _totals(gates: list[GateResult] | tuple[GateResult, ...]) -> dict[str, str]:
    errors = sum(gate.error is not None for gate in gates)
    failures = sum(gate.blocks for gate in gates) - errors
    skipped = sum(not gate.passed and not gate.blocks for gate in gates)
    return {"tests": str(len(gates)), "failures": str(failures), "errors": str(errors), "skipped": str(skipped)}


def _keys(gate: GateResult) -> str:
    return "\n".join("; ".join(f"{name}={value}" for name, value in key.items()) for key in gate.keys)


def _legal(text: str) -> str:
    """The text without characters that XML cannot hold: they are spelled out."""
    return visible(text)
