"""Where this installation has its code and its data: a checkout, or a package that was installed without one.

In a checkout the code is the package `flows`, with `schemas/` beside it; a wheel (flows/wheel.py) holds the same two
inside of the package `shegong`. What belongs to whoever runs it (raw/, releases/, the state) is looked for in the
checkout, else in the current folder.
"""

from __future__ import annotations

import re
from pathlib import Path

from flows.errors import InputError

PACKAGE = __name__.rpartition(".")[0]
"""The name that our modules are imported by: flows, or shegong.flows."""

CODE = Path(__file__).resolve().parent
"""The folder of our modules."""

SCHEMAS = CODE.parent / "schemas"
"""The folder of what is data: tables, rules, vocabularies, profiles of publishers."""

CHECKOUT = CODE.parent if (CODE.parent / "pyproject.toml").is_file() else None
"""The folder of the checkout; None where there is none."""


def home() -> Path:
    """The folder that raw/, releases/ and .state are looked for in."""
    return CHECKOUT or Path.cwd()


def checkout() -> Path:
    """The folder of the checkout, for what only makes sense there.

    Raises:
        InputError: there is none.
    """
    if CHECKOUT is None:
        raise InputError("checkout", "this is no checkout of the project.", "Clone it, and run this there.", CODE)
    return CHECKOUT


def is_ours(module: str) -> bool:
    """Whether a module, by its full name, is one of this project."""
    return module == PACKAGE or module.startswith(f"{PACKAGE}.")


_IMPORT = re.compile(rb"\b(from|import) " + re.escape(PACKAGE.encode()) + rb"\b")


def content(path: Path) -> bytes:
    """What a file of the code or the data holds, the same in any installation: our modules by their names in a
    checkout, so that its hash tells code from other code and not a wheel from a checkout."""
    held = path.read_bytes()
    return _IMPORT.sub(rb"\1 flows", held) if path.suffix == ".py" else held


def named(path: Path) -> str:
    """A file of the code or the data by its name in any installation, such as flows/clean.py or schemas/people.yaml."""
    return path.relative_to(CODE.parent).as_posix()
