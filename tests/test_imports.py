"""Who may import the heavy frameworks: a rule of the layout, held by reading every import of every module."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from flows.state import PROJECT

MAY_IMPORT_PREFECT = {"flows/release.py", "flows/collect.py", "flows/serve.py"}
MAY_IMPORT_PREFECT |= {"flows/run/make.py", "flows/run/server.py", "flows/run/runs.py"}
"""The flows themselves, what starts them with a server, and what asks that server about runs."""

MODULES = sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "flows").rglob("*.py"))


def imported(source: str) -> Iterator[str]:
    """Top-level packages that a module imports anywhere in it, by statement or by import_module("name")."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (arg.value.split(".")[0] for arg in node.args if isinstance(arg, ast.Constant))


@pytest.mark.parametrize(
    "statement", ["import prefect.tasks", "from prefect import flow", "import_module('prefect.x')"]
)
def test_the_reader_of_imports_sees_all_forms(statement: str) -> None:
    assert list(imported(f"def f():\n    {statement}\n")) == ["prefect"]


@pytest.mark.parametrize("module", MODULES)
def test_only_the_flows_import_prefect_and_only_validate_great_expectations(module: str) -> None:
    names = set(imported((PROJECT / module).read_text(encoding="utf-8")))
    assert "prefect" not in names or module in MAY_IMPORT_PREFECT
    assert "great_expectations" not in names or module.startswith("flows/validate/")


def loaded_by(statement: str) -> set[str]:
    """Top-level packages in memory after a statement, in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        *("flows.clean", "flows.run.shard", "flows.run.isolation", "flows.publish", "flows.cli.explain"),
        "flows.fetch.begin",
    ],
)
def test_workers_and_commands_load_neither_framework(module: str) -> None:
    assert not loaded_by(f"import {module}") & {"prefect", "great_expectations"}


def test_importing_the_gates_does_not_yet_load_great_expectations() -> None:
    assert "great_expectations" not in loaded_by("import flows.validate")


def test_the_command_line_starts_on_the_standard_library_alone() -> None:
    heavy = {"prefect", "great_expectations", "pyarrow", "pandas", "numpy", "yaml"}
    assert not loaded_by("from flows.cli import main") & heavy
