"""What README.md and docs/ show works when pasted, and what they link to is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.state import PROJECT

PAGES = {path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
         for path in (PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md")))}  # fmt: skip
README = PAGES["README.md"]


def blocks(language: str) -> list[tuple[str, str]]:
    """The code blocks of one language, with the page that shows each."""
    pattern = re.compile(rf"^( *)```{language}\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
    return [(page, code) for page, text in PAGES.items() for _, code in pattern.findall(text)]


LINES = [(page, line) for page, code in blocks("sh") for line in code.splitlines()]


def test_the_two_commands_stand_on_top() -> None:
    assert [line.split("#")[0].strip() for _, line in LINES[:2]] == ["make release", "make test"]


@pytest.mark.parametrize("target", [word for _, line in LINES for word in re.findall(r"^make (\w+)", line)])
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture
def at_hand(a_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The newest release is a real one, and the folder is one of a reader's own, beside raw/ and tests/."""
    monkeypatch.setenv("SHEGONG_RELEASES", str(a_release.parent))
    monkeypatch.chdir(tmp_path)
    for name in ("raw", "tests"):
        (tmp_path / name).symlink_to(PROJECT / name)
    return a_release


@pytest.mark.slow
@pytest.mark.parametrize(("page", "line"), [one for one in LINES if "shegong" in one[1]])
def test_every_command_runs(at_hand: Path, page: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(line, comments=True)
    assert words[0] == ".venv/bin/shegong"
    if words[1] == "facts" and not (PROJECT / ".git").exists():
        pytest.skip("git knows no history of these files: a downloaded archive")
    arguments: list[str] = []
    for word in words[1:]:
        arguments += sorted(map(str, Path().glob(word))) if "*" in word else [word.replace("OLD", at_hand.name)]
    assert main(arguments) == 0
    assert capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize(("page", "code"), blocks("python"))
def test_every_python_block_runs(at_hand: Path, page: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "data/" in code:
        monkeypatch.chdir(at_hand)
    names: dict[str, object] = {}
    exec(code, names)
    assert len(names["articles"]) in (1, 8)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize(("page", "code"), blocks("sql"))
def test_every_query_runs(at_hand: Path, page: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(at_hand)
    found = duckdb.sql(code)
    assert found is not None
    assert found.fetchall()


@pytest.mark.slow
def test_the_rows_that_it_shows_are_those_of_a_release(a_release: Path) -> None:
    rows = pq.read_table(a_release / "data" / "statistics.parquet").to_pylist()
    there = set()
    for row in rows:
        told = [row[name] or "–" for name in ("unit", "region", "as_of", "quote")]
        there.add((row["indicator"], str(int(row["value"])), *told))
    shown = re.findall(r"^\| (\w+) \| (\d+) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", README, re.MULTILINE)
    assert len(shown) == 5
    assert not set(shown) - there


@pytest.mark.parametrize(("page", "code"), blocks("toml"))
def test_settings_are_settings(page: str, code: str) -> None:
    from flows.settings import SETTINGS

    assert set(tomllib.loads(code)) <= {setting.name for setting in SETTINGS}


def anchors(text: str) -> set[str]:
    """Where a link into a page can lead."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", PAGES[page]):
        file, _, anchor = link.partition("#")
        target = (PROJECT / page).parent / file if file else PROJECT / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def test_every_file_that_they_name_is_there() -> None:
    pattern = re.compile(r"`((?:flows|schemas|tests|raw|docs|\.ci)/[\w./]*)`")
    inside = {name for text in PAGES.values() for name in pattern.findall(text)}
    assert len(inside) > 5
    assert not {name for name in inside if not (PROJECT / name).exists()}


@pytest.mark.parametrize("page", PAGES)
def test_no_version_is_named_that_ages(page: str) -> None:
    assert not re.findall(r"v20\d\d\.\d\d\.\d\d", PAGES[page])


def test_every_page_of_docs_is_linked_from_the_first() -> None:
    assert all(f"]({page})" in README for page in PAGES if page != "README.md")
