"""Whether a schedule can be kept, asked before any server starts."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from flows.errors import ShegongError

RANDOM = frozenset("RrHh")
"""Fields that the parser knows and Prefect refuses."""


def check_cron(line: str) -> None:
    """Refuses a cron line that Prefect's server would.

    Raises:
        ShegongError: it is none.
        ModuleNotFoundError: Prefect is not installed.
    """
    if not _croniter().is_valid(line) or RANDOM & set(line.split()):
        remedy = "Give five fields: minute, hour, day, month, weekday, such as '0 3 * * *'."
        raise ShegongError("schedule", f"{line!r} is no cron line.", remedy)


@cache
def _croniter() -> Any:
    """The parser that Prefect carries, alone: to import Prefect takes seconds, and reads settings that come later."""
    prefect = importlib.util.find_spec("prefect")
    if prefect is None or prefect.origin is None:
        raise ModuleNotFoundError("No module named 'prefect'", name="prefect")
    place = Path(prefect.origin).parent / "_vendor" / "croniter" / "croniter.py"
    spec = importlib.util.spec_from_file_location("croniter", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.croniter
