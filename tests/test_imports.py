"""Who may import the heavy frameworks: a rule of the layout, held by reading every import of every module."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter

import pytest

from flows.state import PROJECT

MAY_IMPORT_PREFECT = {"flows/release.py", "flows/collect.py", "flows/serve.py"}
MAY_IMPORT_PREFECT |= {"flows/cli/make.py", "flows/run/server.py", "flows/run/runs.py", "flows/run/steps.py"}
"""The flows themselves, what starts them with a server, and what asks that server about runs."""

MODULES = sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "flows").rglob("*.py"))


FLOORS = (
    "arrow_files bounds cells characters durable errors flags literals proxies terminal wheel yaml_patterns",
    "installed yaml_limits",
    "checksums clock heads looks patterns settings spans state text yaml_files",
    "depends document lineage schema vocabulary work",
    "arrow_rows chinese corpus extract.words grammar",
    "extract.numbers",
    "extract.dates extract.organizations extract.regions figures folder held likeness misfits read shown",
    "duplicates extract.people extract.statistics normalize stores strip turn",
    "books extract.events extract.page raw segment",
    "entities",
    "decisions extract publishers",
    "compare damaged fetch suspicion validate",
    "report rows",
    "clean",
    "canary cleaned score",
    "publish",
    "run",
    "check collect release review serve takedown trial",
    "cli",
    "__main__ named",
)
"""The house, from the ground up: modules and folders of `flows/`. Imports go down: what stands on a floor knows only
what stands on lower ones, and within a folder no two files need each other. `extract.words` is a folder of `extract`;
the files of `extract` itself stand above its folders."""


def imported(source: str) -> Iterator[str]:
    """Top-level packages that a module imports anywhere in it, by statement or by import_module("name")."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            words = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            yield from (word.split(".")[0] for word in words if isinstance(word, str))


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


def wing(module: str) -> str:
    """The folder, or the single file, of `flows/` that a module belongs to, as FLOORS names it."""
    _, *parts = module.split(".")
    if parts[:1] == ["extract"] and f"flows/extract/{'/'.join(parts[1:2])}/__init__.py" in MODULES and parts[1:]:
        return ".".join(parts[:2])
    return parts[0] if parts else ""


def dotted(path: str) -> str:
    """The name of a module by which others import it."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def uses() -> dict[str, frozenset[str]]:
    """Each module of `flows/` to those that it imports, anywhere in it, for types too."""
    names = frozenset(map(dotted, MODULES))
    found = {}
    for path in MODULES:
        used: set[str] = set()
        for node in ast.walk(ast.parse((PROJECT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                used.update(f"{node.module}.{alias.name}" for alias in node.names)
        found[dotted(path)] = frozenset(name if name in names else name.rpartition(".")[0] for name in used) & names
    return found


def test_every_wing_stands_on_one_floor() -> None:
    placed = [name for floor in FLOORS for name in floor.split()]
    assert sorted(placed) == sorted({wing(module) for module in uses()} - {""})


def test_imports_go_down_the_floors() -> None:
    level = {name: number for number, floor in enumerate(FLOORS) for name in floor.split()}
    up = [
        f"{module} -> {used}"
        for module, all_used in uses().items()
        for used in sorted(all_used)
        if wing(module) and wing(module) != wing(used) and level[wing(used)] >= level[wing(module)]
    ]
    assert not up


def test_no_two_modules_need_each_other() -> None:
    order = TopologicalSorter(uses())
    order.prepare()  # raises CycleError, which names them


def loaded_by(statement: str) -> set[str]:
    """Top-level packages in memory after a statement, in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        *("flows.clean", "flows.run.shard", "flows.run.isolation", "flows.publish", "flows.report.explain"),
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
