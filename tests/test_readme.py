"""What README.md shows works when pasted."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.state import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
RELEASE = "releases/v2026.11.22"


def blocks(language: str) -> list[str]:
    """The code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


LINES = [line for block in blocks("sh") for line in block.splitlines()]


def test_the_two_commands_stand_on_top() -> None:
    assert [line.split("#")[0].strip() for line in LINES[:2]] == ["make release", "make test"]


@pytest.mark.parametrize("target", [word for line in LINES for word in re.findall(r"^make (\w+)", line)])
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("line", [line for line in LINES if "shegong" in line])
def test_every_command_runs(a_release: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(line, comments=True)
    assert words[0] == ".venv/bin/shegong"
    arguments = [str(a_release) if word.startswith("releases/v") else word for word in words[1:]]
    if words[1] == "facts" and not (PROJECT / ".git").exists():
        pytest.skip("git knows no history of these files: a downloaded archive")
    assert main(arguments) == 0
    assert capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("code", blocks("python"))
def test_every_python_block_runs(a_release: Path, code: str) -> None:
    names: dict[str, Any] = {}
    exec(code.replace(RELEASE, str(a_release)), names)
    assert len(names["articles"]) == 8


def test_every_file_that_it_names_is_there() -> None:
    inside = set(re.findall(r"`((?:flows|schemas|tests|raw|\.ci)/[\w./]*)`", README))
    assert len(inside) > 5
    assert not {name for name in inside if not (PROJECT / name).exists()}
