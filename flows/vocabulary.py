"""The vocabularies of schemas/vocabularies/, read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "schemas" / "vocabularies"


@cache
def load_vocabulary(name: str) -> Any:
    """What schemas/vocabularies/<name>.yaml holds; shared between callers, not to be changed."""
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def unspaced(words: str) -> str:
    """A vocabulary's character list, written over several lines, as one string."""
    return "".join(words.split())
