"""Whatever breaks while a document is read, cleaned or written costs that document, or that row, and no other."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import flows.clean
import flows.run.shard
from flows.document import Block, RawDocument, Row, Tables
from flows.errors import describe
from flows.raw.listing import list_documents
from flows.read.archives.formats import FORMATS
from flows.read.formats import HTML, MHTML, PDF, READERS, TEXT
from flows.read.reading import Read
from flows.run.shard import clean_shard, plan_shard, read_shard, read_shard_table
from flows.schema import FACTS, OF_PAGES
from tests.pages import STORY, TITLE

GOOD = "\n\n".join([TITLE, *STORY])
BAD = GOOD.replace("青禾", "白石")


class Panic(BaseException):
    """What a package written in Rust raises when it breaks: no Exception."""


ERRORS: list[Callable[[], BaseException]] = [
    lambda: ValueError("\ud800\x00\n" * 500),
    lambda: RecursionError("maximum recursion depth exceeded"),
    MemoryError,
    lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    lambda: KeyError("\udfff"),
    lambda: OSError(5, "Input/output error"),
    lambda: Panic("index out of bounds"),
    lambda: SystemExit(3),
]


@pytest.fixture(autouse=True)
def here_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much earlier tests left free in this process: in a new one nothing would be broken."""
    monkeypatch.setattr("flows.work.memory.TORN", 2**60)


def shard_of(tmp_path: Path, bad: str = "bad.txt", content: bytes = BAD.encode()) -> Any:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "good.txt").write_text(GOOD, encoding="utf-8")
    (raw / bad).write_bytes(content)
    return plan_shard(raw, list_documents(raw), tmp_path / "shards")


def status_of(shard: Any) -> dict[str, tuple[str, str | None]]:
    clean_shard(shard)
    rows = read_shard(Path(shard.folder))["documents"].to_pylist()
    return {row["path"]: (row["status"], row["reason"]) for row in rows}


def bad_page(argument: Any) -> bool:
    text = getattr(getattr(argument, "raw", argument), "text", None)
    return "白石" in getattr(text, "chars", text or "")


def breaks(monkeypatch: pytest.MonkeyPatch, step: int | str, error: Callable[[], BaseException]) -> None:
    """Makes a step of cleaning raise for the bad document."""
    steps = list(flows.clean.STEPS)
    real = steps[step] if isinstance(step, int) else getattr(flows.clean, step)

    def call(*arguments: Any) -> Any:
        if bad_page(arguments[0]):
            raise error()
        return real(*arguments)

    if isinstance(step, int):
        steps[step] = call
        monkeypatch.setattr(flows.clean, "STEPS", tuple(steps))
    else:
        monkeypatch.setattr(flows.clean, step, call)


STEPS: list[int | str] = [*range(len(flows.clean.STEPS)), "correct", "extract_facts", "document_rows"]


@pytest.mark.parametrize("step", STEPS)
def test_an_error_in_any_step_costs_its_document_only(
    step: int | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, step, ERRORS[0])
    found = status_of(shard_of(tmp_path))
    assert found["good.txt"] == ("published", None)
    status, reason = found["bad.txt"]
    assert status == "quarantined"
    assert str(reason).startswith("error: cleaning failed in test_faults.py, call: ValueError")


@pytest.mark.parametrize("error", ERRORS)
def test_any_error_costs_its_document_only(
    error: Callable[[], BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, 3, error)
    found = status_of(shard_of(tmp_path))
    assert [found[name][0] for name in ("good.txt", "bad.txt")] == ["published", "quarantined"]


FILES = {
    TEXT: ("bad.txt", BAD.encode()),
    HTML: ("bad.html", f"<html><body><p>{BAD}</p></body></html>".encode()),
    MHTML: ("bad.mht", b"Content-Type: multipart/related; boundary=x\n\n--x--\n"),
    PDF: ("bad.pdf", b"%PDF-1.4"),
}
NONSENSE: list[Any] = [
    None,
    "",
    Read(b"bytes", None),  # type: ignore[arg-type]
    Read("\ud800" + GOOD, "utf-8"),
    Read(GOOD, "utf-8", blocks=(Block(0, 10**9, "p"),)),
    Read(GOOD, "utf-8", blocks=(Block(5, 9, "p"), Block(2, 7, "p"))),
    Read(GOOD, 5),  # type: ignore[arg-type]
    Read(GOOD, "utf-8", flags=(5,)),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("media_type", FILES)
@pytest.mark.parametrize("error", ERRORS[:6])
def test_an_error_in_any_reader_costs_its_document_only(
    media_type: str, error: Callable[[], BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, content = FILES[media_type]

    def reader(content: bytes, charset: str | None) -> Any:
        if "青禾".encode() in content:
            return Read(content.decode(), "utf-8")
        raise error()

    monkeypatch.setitem(READERS, media_type, reader)
    found = status_of(shard_of(tmp_path, name, content))
    assert found["good.txt"] == ("published", None)
    assert found[name][0] == "quarantined"
    told = "memory: " if isinstance(error(), MemoryError) else "error: reading failed in test_faults.py, reader: "
    assert str(found[name][1]).startswith(told)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_a_reader_that_gives_no_reading_costs_its_document_only(
    nonsense: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = READERS[TEXT]
    monkeypatch.setitem(READERS, TEXT, lambda *given: nonsense if "白石".encode() in given[0] else real(*given))
    found = status_of(shard_of(tmp_path))
    assert [found[name][0] for name in ("good.txt", "bad.txt")] == ["published", "quarantined"]


def test_an_error_in_reading_a_record_again_costs_that_record_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "good.txt").write_text(GOOD, encoding="utf-8")
    with zipfile.ZipFile(raw / "pages.zip", "w") as archive:
        archive.writestr("bad.txt", BAD)
    shard = plan_shard(raw, list_documents(raw), tmp_path / "shards")

    def broken(*_: object) -> Any:
        raise ArithmeticError("no such place")

    monkeypatch.setitem(FORMATS, "zip", broken)
    found = status_of(shard)
    assert found["good.txt"] == ("published", None)
    assert found["pages.zip!bad.txt"][0] == "quarantined"


def with_rows(monkeypatch: pytest.MonkeyPatch, change: Callable[[Tables], Any]) -> None:
    """Changes the rows of the bad document."""
    real = flows.clean.clean

    def clean(document: RawDocument, corrections: Any = ()) -> Any:
        tables = real(document, corrections)
        return change(tables) if "白石" in document.text else tables

    monkeypatch.setattr(flows.run.shard, "clean", clean)


def with_row(table: str, row: Row) -> Callable[[Tables], Tables]:
    return lambda tables: tables | {table: [*tables.get(table, []), row]}


@pytest.mark.parametrize("table", FACTS)
def test_a_fact_that_does_not_fit_its_table_costs_itself_only(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_rows(monkeypatch, with_row(table, {"article_id": "\ud800", "start": "one", "no_column": {1, 2}}))
    shard = shard_of(tmp_path)
    assert {name: status for name, (status, _) in status_of(shard).items()} == dict.fromkeys(
        ["good.txt", "bad.txt"], "published"
    )
    tables = read_shard(Path(shard.folder))
    (misfit,) = read_shard_table(Path(shard.folder), "misfits").to_pylist()
    assert (misfit["table"], misfit["reason"][:5]) == (table, "row: ")
    assert json.loads(misfit["row"])["start"] == "one"
    flags = {row["path"]: row["flags"] for row in tables["documents"].to_pylist()}
    assert {"code": "rows_quarantined", "details": f"{table}:1"} in flags["bad.txt"]
    assert not any("rows_quarantined" in flag["code"] for flag in flags["good.txt"])
    assert tables["articles"].num_rows == 2


def test_an_article_has_no_theme_whose_evidence_does_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(tables: Tables) -> Tables:
        (article,) = tables["articles"]
        article["themes"] = ["volunteers"]
        bad = {"article_id": article["article_id"], "theme": "volunteers", "start": "?"}
        return tables | {"articles": [article], "themes": [bad]}

    with_rows(monkeypatch, change)
    shard = shard_of(tmp_path)
    status_of(shard)
    tables = read_shard(Path(shard.folder))
    assert all("volunteers" not in row["themes"] for row in tables["articles"].to_pylist())


@pytest.mark.parametrize(
    "change",
    [
        *(with_row(table, {"document_id": 5}) for table in OF_PAGES),
        lambda tables: None,
        lambda tables: {},
        lambda tables: {"documents": []},
        lambda tables: tables | {"articles": ["no row"]},
        lambda tables: tables | {"removals": None},
    ],
)
def test_a_page_whose_own_rows_do_not_fit_is_quarantined_and_its_copy_too(
    change: Callable[[Tables], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_rows(monkeypatch, change)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "good.txt").write_text(GOOD, encoding="utf-8")
    for name in ("bad.txt", "copy.txt"):
        (raw / name).write_text(BAD, encoding="utf-8")
    shard = plan_shard(raw, list_documents(raw), tmp_path / "shards")
    found = status_of(shard)
    assert found["good.txt"] == ("published", None)
    assert {found[name][0] for name in ("bad.txt", "copy.txt")} == {"quarantined"}


def test_what_an_error_says_is_the_same_on_every_machine_and_fits_a_table() -> None:
    class SecretiveError(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert describe(ValueError("<x at 0x7f1234567890> 13800138000\n\ud800")) == "ValueError: <x at …> …"
    assert describe(FileNotFoundError(2, "No such file", "/home/li/raw/a")) == "FileNotFoundError: No such file"
    assert describe(SecretiveError()) == "SecretiveError"
