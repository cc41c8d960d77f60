"""What the cleaning of a document depends on, and nothing else: so that an edit of the report cleans nothing anew."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

from flows.installed import CODE, PACKAGE, SCHEMAS, content, is_ours, named

ROOT = f"{PACKAGE}.run.shard"
"""The module whose code is what workers run."""

DATA = ("*.yaml", "rules/**/*", "vocabularies/**/*", "publishers/**/*")
"""Of schemas/: tables, rules, vocabularies, profiles of publishers. A list of schemas/gates counts if a module of the
cleaning names it."""


@cache
def cleaning_version() -> str:
    """sha256 of all that decides what comes out of a document."""
    return hashlib.sha256(json.dumps(cleaning_parts(), sort_keys=True).encode()).hexdigest()


@cache
def cleaning_parts() -> Mapping[str, str]:
    """Each file that the cleaning depends on with the sha256 of it, and each package with its version."""
    modules, packages, lists = _reached()
    files = {path for pattern in DATA for path in SCHEMAS.glob(pattern) if path.is_file()}
    files |= {SCHEMAS / "gates" / f"{name}.yaml" for name in lists}
    files |= {file for name in modules if (file := _file(name))}
    parts = {
        name: hashlib.sha256(content(path)).hexdigest() for name, path in sorted((named(path), path) for path in files)
    }
    distributions = packages_distributions()
    for name in sorted({each for package in packages for each in distributions.get(package, ())}):
        parts[name] = version(name)
    return parts


def changed_since(before: Mapping[str, str]) -> list[str]:
    """Names of the parts that are not as they were."""
    now = cleaning_parts()
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _reached() -> tuple[set[str], set[str], set[str]]:
    """Our modules that ROOT imports, directly or not; the packages of others; the names of lists that they load."""
    modules, packages, lists = set[str](), set[str](), set[str]()
    known = {path.stem for path in (SCHEMAS / "gates").glob("*.yaml")}
    waiting = [ROOT]
    while waiting:
        name = waiting.pop()
        path = _file(name)
        if name in modules or path is None:
            continue
        modules.add(name)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for imported in _imports(tree):
            if is_ours(imported):
                waiting.append(imported)
            else:
                packages.add(imported.partition(".")[0])
        texts = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        lists |= known & texts
    return modules, packages, lists


def _imports(tree: ast.AST) -> Iterator[str]:
    """Modules that are imported anywhere in a module, and packages whose data it reads by `files("package")`;
    `from a import b` may mean the module a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "files":
            yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


@cache
def _file(module: str) -> Path | None:
    """The file of a module of ours, None if there is no such module."""
    if not is_ours(module):
        return None
    path = CODE.joinpath(*module.removeprefix(PACKAGE).split(".")[1:])
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.is_file():
            return file
    return None
