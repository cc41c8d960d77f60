"""What was found of a part of the corpus, kept as JSON behind a checksum. Reading it runs no code but that of our own
records: it is no pickle.

A JSON object stands for whatever is no list, text, number or truth value: its key says what, its value of what.

    {"dict": [["rows", 3]]}   {"tuple": [1, null]}   {"flows.report.judged:Waiting": [1, []]}
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from flows.checksums import read_checked, write_checked
from flows.installed import PACKAGE

PLAIN = frozenset({type(None), bool, int, float, str})
"""What JSON itself holds."""

UNORDERED: Mapping[type, Callable[[list[Any]], Any]] = {tuple: tuple, set: set, frozenset: frozenset}
PAIRED: Mapping[type, Callable[[list[Any]], Any]] = {
    dict: dict,
    Counter: lambda pairs: Counter(dict(pairs)),
    defaultdict: dict,  # what a part gave is added to another, never added to
}
OURS = f"{PACKAGE}."
"""What the names of our modules begin with."""

MADE = {kind.__name__: make for kinds in (UNORDERED, PAIRED) for kind, make in kinds.items()}


def write_note(path: Path, found: Any) -> None:
    """Keeps what was found.

    Raises:
        TypeError: it is or holds something that a note cannot.
    """
    write_checked(path, [json.dumps(as_plain(found), separators=(",", ":")).encode()])


def read_note(path: Path) -> Any:
    """What was found.

    Raises:
        FileNotFoundError: there is no such note.
        DamagedError: it is not what was written there.
    """
    return json.loads(b"".join(read_checked(path)), object_hook=_made)


def as_plain(found: Any) -> Any:
    """What JSON can hold of it, from which `_made` makes it again."""
    kind = type(found)
    if kind in PLAIN:
        return found
    if kind is list:
        return found if all(type(one) in PLAIN for one in found) else [as_plain(one) for one in found]
    if kind in UNORDERED:
        return {kind.__name__: [as_plain(one) for one in found]}
    if kind in PAIRED:
        return {kind.__name__: [[as_plain(key), as_plain(value)] for key, value in found.items()]}
    if kind is dt.date:
        return {"date": found.isoformat()}
    if kind is dt.datetime:
        return {"datetime": found.isoformat()}
    if kind is np.ndarray:
        return {"array": [found.dtype.str, found.tolist()]}
    if _is_record(kind):
        return {f"{kind.__module__}:{kind.__qualname__}": [as_plain(value) for value in _values(found)]}
    raise TypeError(f"a note cannot hold {kind.__module__}.{kind.__qualname__}")


def _made(told: dict[str, Any]) -> Any:
    ((kind, value),) = told.items()
    if make := MADE.get(kind):
        return make(value)
    if kind == "date":
        return dt.date.fromisoformat(value)
    if kind == "datetime":
        return dt.datetime.fromisoformat(value)
    if kind == "array":
        return np.array(value[1], value[0])
    return _record(kind)(*value)


def _record(name: str) -> Any:
    """The record of this project that has that name; nothing of anybody else's is imported."""
    module, _, kind = name.partition(":")
    found = getattr(importlib.import_module(module), kind, None) if module.startswith(OURS) else None
    if not _is_record(found):
        raise TypeError(f"{name} is no record of ours")
    return found


def _is_record(kind: Any) -> bool:
    """Whether it is a named tuple or a dataclass of this project."""
    ours = isinstance(kind, type) and kind.__module__.startswith(OURS)
    return ours and (dataclasses.is_dataclass(kind) or (issubclass(kind, tuple) and hasattr(kind, "_fields")))


def _values(record: Any) -> list[Any]:
    if isinstance(record, tuple):
        return list(record)
    return [getattr(record, field.name) for field in dataclasses.fields(record)]
