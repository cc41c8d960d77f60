"""The errors this project raises on purpose: each has a code, names the file, says what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path


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
