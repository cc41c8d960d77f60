"""How the package is built: a wheel holds the package `shegong` (flows/named/), with `flows/` and `schemas/` inside.

`flows` is the name of another package on the index, so nothing of that name is installed. Only the names in import
statements are changed, to `shegong.flows`; lines stay where they are, so that a trace names lines of the checkout. The
editable installation of a checkout keeps `flows` as it is, beside `shegong`.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

HERE, PUBLIC = "flows", "shegong"

DATA = ("schemas", "raw", "docs")
"""Folders that a source distribution holds beside the code, as far as they are there."""

FILES = ("requirements.txt", "Makefile", "SECURITY.md")


def renamed(source: str) -> str:
    """The source of a module with `flows` in its import statements as `shegong.flows`."""
    lines = source.encode().splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = [] if node.level else [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        if any(name.partition(".")[0] == HERE for name in names):
            at, column = node.lineno - 1, node.col_offset
            head, rest = lines[at][:column], lines[at][column:]
            lines[at] = head + rest.replace(HERE.encode(), f"{PUBLIC}.{HERE}".encode(), 1)
    return b"".join(lines).decode()


class Build(build_py):  # type: ignore[misc]
    """Copies the modules to their places in the wheel, and the schemas."""

    def run(self) -> None:
        """Builds into `build_lib`; an editable installation is left to setuptools."""
        if self.editable_mode:
            super().run()
            return
        built, packaged = Path(self.build_lib, HERE), Path(self.build_lib, PUBLIC)
        for folder in (built, packaged):  # what an earlier build left
            shutil.rmtree(folder, ignore_errors=True)
        super().run()
        built.rename(packaged / HERE)
        (packaged / HERE / "wheel.py").unlink()
        for path in packaged.rglob("*.py"):
            path.write_text(renamed(path.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.copytree("schemas", packaged / "schemas", ignore=shutil.ignore_patterns("__pycache__"))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """What was built, for the record of the installation."""
        if self.editable_mode:
            return list(super().get_outputs(include_bytecode))
        return [str(path) for path in Path(self.build_lib, PUBLIC).rglob("*") if path.is_file()]


class Source(sdist):  # type: ignore[misc]
    """What builds the wheel, and the raw documents of the seed; tests need the whole checkout."""

    def make_distribution(self) -> None:
        """Packs the files."""
        folders = [path for folder in DATA for path in Path(folder).rglob("*")]
        data = [str(path) for path in folders if path.is_file() and "__pycache__" not in path.parts]
        ours = [name for name in self.filelist.files if Path(name).parts[0] != "tests"]
        self.filelist.files = sorted({*ours, *data, *(name for name in FILES if Path(name).is_file())})
        super().make_distribution()
