"""The errors this project raises on purpose: each has a code, names the file, says what is wrong and what to do."""

from __future__ import annotations

import re
from pathlib import Path

SAID = 200
"""Characters of what an exception says that stand in a reason."""

_NOT_FOR_A_TABLE = re.compile(r"0x[0-9A-Fa-f]{6,}|[0-9]{7,}")
"""Addresses in memory, which differ from run to run, and numbers that may be somebody's."""


class ShegongError(Exception):
    """A problem a person can act on.

    `code` is stable and short, `path` the file or folder it is about, `problem` one sentence, `remedy` another.
    `exit_status` is what the command line ends with: 1 a gate failed, 2 bad usage or unreadable input.
    """

    exit_status = 2

    def __init__(self, code: str, problem: str, remedy: str, path: Path | str | None = None) -> None:
        self.code, self.problem, self.remedy = code, problem, remedy
        self.path = None if path is None else str(path)
        place = "" if self.path is None else f"{self.path}: "
        super().__init__(f"{place}{problem} {remedy} [{code}]")

    def __reduce__(self) -> tuple[type[ShegongError], tuple[str, str, str, str | None]]:
        """So that an error crosses from a worker process whole."""
        return type(self), (self.code, self.problem, self.remedy, self.path)


class InputError(ShegongError):
    """What was to be read is not there, cannot be read, or holds nothing."""


class SchemaError(ShegongError):
    """A file of schemas/ that cannot be used."""


class RowError(ShegongError):
    """A row that does not fit the schema of its table: a mistake in the code that made it."""


class TargetError(ShegongError):
    """A folder that cannot be written, or a release that is there already."""


class ReleaseError(ShegongError):
    """A release that cannot be read: a file missing, damaged or not a release at all."""


class GateError(ShegongError):
    """A critical gate failed; nothing was released."""

    exit_status = 1


def describe(error: BaseException) -> str:
    """Where an exception came up and what it says, for a reason: "lines.py, fold: ValueError: …". The same on any
    machine, one line that any table can hold, and nothing of it can raise."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:  # a stack that overflowed is a thousand frames deep
        at = at.tb_next
    place = "" if at is None else f"{Path(at.tb_frame.f_code.co_filename).name}, {at.tb_frame.f_code.co_name}: "
    try:
        said = error.strerror or "" if isinstance(error, OSError) else str(getattr(error, "problem", error))
    except Exception:
        said = ""
    said = _NOT_FOR_A_TABLE.sub("…", said[:SAID])
    shown = "".join(char if char.isprintable() else " " for char in said)
    return f"{place}{type(error).__name__}: {shown}".rstrip(": ")
