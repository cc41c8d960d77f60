"""The trained trees of schemas/layout/, by the form of pages: text or html."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple

from flows.schema import SCHEMAS
from flows.strip.model.trees import Forest, forest_of


class LineModel(NamedTuple):
    """The trees of both looks at the lines of a page; whether it holds a story; and how like it its body is."""

    first: Forest
    second: Forest
    story: Forest
    likeness: Forest


@lru_cache(maxsize=2)
def line_model(form: str) -> LineModel:
    """The trees for pages of a form."""
    stored = json.loads((SCHEMAS / "layout" / f"{form}.json").read_text(encoding="utf-8"))
    return LineModel(*(forest_of(stored[name]) for name in LineModel._fields))
