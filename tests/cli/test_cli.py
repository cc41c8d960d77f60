"""The command line: what it shows, how it fails, what it ends with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import main
from flows.state import PROJECT

COMMANDS = ("release", "validate", "explain", "diff", "publish", "rebuild", "verify", "export", "canary")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "flows", *arguments], capture_output=True, text=True, cwd=PROJECT)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"  shegong {command}" in capsys.readouterr().out


def test_help_names_every_command_and_loads_nothing_slow() -> None:
    found = run("--help")
    assert found.returncode == 0
    assert all(command in found.stdout for command in COMMANDS)
    slow = {"prefect", "great_expectations", "pandas", "pyarrow", "numpy"}
    code = f"import sys, flows.cli; print(sorted({slow} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [[], ["unknown"], ["release", "--workers", "0"], ["release", "--workers", "many"], ["explain", "only-a-release"]],
)
def test_bad_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: shegong" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["empty", "missing", "a file"])
def test_raw_without_documents_ends_with_2_and_one_sentence(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "raw"
    if kind == "empty":
        raw.mkdir()
    elif kind == "a file":
        raw.touch()
    assert main(["release", "--raw", str(raw), "--releases", str(tmp_path / "releases")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"shegong: {raw}: ")
    assert not (tmp_path / "releases").exists()


def test_a_target_that_is_no_folder_ends_with_2_and_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "releases"
    target.touch()
    assert main(["release", "--raw", str(PROJECT / "raw"), "--releases", str(target)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"shegong: {target}: the folder cannot be written")


@pytest.mark.parametrize("arguments", [["validate", "{}"], ["explain", "{}", "0"], ["diff", "{}", "{}"]])
def test_a_folder_that_is_no_release_ends_with_2_and_its_name(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([argument.format(tmp_path) for argument in arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"shegong: {tmp_path}")


def test_a_reader_that_stops_reading_is_no_error(a_release: Path) -> None:
    command = f"{sys.executable} -m flows explain {a_release} 8734 | head -n 1"
    found = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=PROJECT)
    assert found.stderr == ""
