"""Rows of `codes`: every code that a table uses, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.document import Row
from flows.schema import SCHEMAS, schemas
from flows.vocabulary import load_vocabulary
from flows.yaml_files import read_yaml


def code_rows() -> Iterator[Row]:
    """One row a vocabulary and code.

    The vocabulary of a column with a list of its own is called table.column, of one with a vocabulary as that is; the
    codes of flags, reasons and stripping rules are `flags`, `reasons` and `rules`.
    """
    names = load_vocabulary("code_names")
    for table in schemas().values():
        for column in table.columns:
            told = names["columns"].get(f"{table.name}.{column.name}", {})
            yield from (_row(f"{table.name}.{column.name}", code, *told[code]) for code in column.enum or ())
    for vocabulary in ("flags", "reasons"):
        yield from (_row(vocabulary, code, *told) for code, told in names[vocabulary].items())
    yield from _indicators()
    for theme in load_vocabulary("themes")["themes"]:
        yield _row("themes", theme["id"], theme["zh"], theme["en"])
    for kind, told in load_vocabulary("organization_kinds").items():
        yield _row("organization_kinds", kind, told["zh"], told["en"])
    for kind in load_vocabulary("related_kinds"):
        yield _row("related_kinds", kind["id"], kind["zh"], kind["en"])
    yield from _rules(names["columns"]["removals.kind"])


def _row(vocabulary: str, code: str, zh: str, en: str, description: str | None = None) -> Row:
    return {"vocabulary": vocabulary, "id": code, "zh": zh, "en": en, "description": description}


def _indicators() -> Iterator[Row]:
    """The indicators, with the units that they are counted in and their plausible range."""
    yield _row("indicators", "other", "其他", "Other", "A figure that no indicator of the vocabulary fits.")
    for one in load_vocabulary("indicators")["indicators"]:
        low, high = one.get("range") or (None, None)
        units = one["units"] if isinstance(one["units"], list) else str(one["units"]).split()
        row = _row("indicators", one["id"], one["zh"], one["en"])
        yield row | {"unit": "|".join(units), "low": _number(low), "high": _number(high)}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _rules(kinds: dict[str, list[str]]) -> Iterator[Row]:
    """The stripping rules: what a rule takes, by its kind, and why."""
    for path in sorted((SCHEMAS / "rules").glob("*.yaml")):
        entries = read_yaml(path)
        for one in entries if isinstance(entries, list) else ():
            if isinstance(one, dict) and "kind" in one:
                zh, en = kinds.get(one["kind"], [one["kind"], one["kind"]])
                yield _row("rules", one["id"], zh, en, one.get("why"))
