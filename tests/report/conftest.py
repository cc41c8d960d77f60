"""Reports of documents cleaned here and now, without a flow, and a browser to open them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from flows.compare.changes import Changes
from flows.report.site import write_report
from flows.state import PROJECT
from flows.validate import GateResult, ValidationReport
from tests.browsers import chromium
from tests.report.folders import cleaned
from tests.report.hostile import HOSTILE

VERSION = "v2026.11.22"
FIRST = Changes(None, ())


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five documents of raw/, and a hostile one."""
    folder = tmp_path_factory.mktemp("raw")
    for path in (PROJECT / "raw").glob("*.txt"):
        shutil.copy(path, folder)
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def tables(raw: Path) -> dict[str, pa.Table]:
    return cleaned(raw)


@pytest.fixture(scope="session")
def report(raw: Path, tables: dict[str, pa.Table], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the six, with a gate that failed and names a hostile value."""
    key = {"document_id": "<img src=x onerror=alert(1)>", "name": "=cmd|' /C calc'!A0\u202e"}
    failed = GateResult(
        "no_such_thing", "people", "warning", False, 9, 1, (key,), detail="</td><script>alert(2)</script>"
    )
    folder = tmp_path_factory.mktemp("release") / "report"
    write_report(folder, ValidationReport(VERSION, 6, (failed,)), tables, FIRST, raw=raw)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium, see tests.browsers."""
    with chromium() as browser:
        yield browser
