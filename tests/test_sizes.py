"""Sizes: a file is read in one sitting, and a function of `extract` on one screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
LONGEST_FILE, LONGEST_FUNCTION = 250, 60  # lines
LONGEST_LINE = 200  # characters
MODULES = sorted((PROJECT / "flows").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_a_function_of_extract_fits_a_screen() -> None:
    long = [
        f"{path.name}: {node.name}"
        for path in MODULES
        if "extract" in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("folder", ["patterns", "rules", "vocabularies"])
def test_a_line_of_words_or_patterns_is_short(folder: str) -> None:
    long = [
        f"{path.name}:{number}"
        for path in sorted((PROJECT / "schemas" / folder).glob("*.yaml"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert not long, "words go on in the next line, patterns are written in pieces (flows/yaml_patterns.py)"
