"""The codes that columns use, for DICTIONARY.md: each with its names in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.schema import SCHEMAS, Words, schemas
from flows.vocabulary import load_vocabulary

REGIONS = Words(
    "六位行政区划代码（GB/T 2260），前两位为省级，前四位为地级；现行名称见 schemas/vocabularies/regions.csv。",
    "Six digits of GB/T 2260: the first two are the province, the first four the city. Names are those in force: "
    "`schemas/vocabularies/regions.csv` of the project.",
)

OTHER = {"zh": "其他", "en": "other"}


def code_lines() -> Iterator[str]:
    """A section a vocabulary, in the order in which tables use them."""
    yield "# 代码 Codes\n"
    for name in dict.fromkeys(column.vocabulary for table in schemas().values() for column in table.columns):
        if name is None:
            continue
        yield f"## codes {name}\n"
        if (SCHEMAS / "vocabularies" / f"{name}.csv").exists():
            yield f"{REGIONS.zh}\n"
            yield f"{REGIONS.en}\n"
            continue
        entries = codes_of(name)
        unit = any("units" in entry for entry in entries.values())
        yield f"| 代码 code | 中文 | English |{' 单位 units |' if unit else ''}\n|---|---|---|{'---|' if unit else ''}"
        for code, entry in entries.items():
            more = f" {_units(entry)} |" if unit else ""
            yield f"| `{code}` | {entry.get('zh', '')} | {entry.get('en', '')} |{more}"
        yield ""


def codes_of(name: str) -> dict[str, Mapping[str, Any]]:
    """The entries of a vocabulary by code; "other", which any may hold, comes last."""
    found = load_vocabulary(name)
    entries = found.get(name, found) if isinstance(found, dict) else found
    by_code = dict(entries) if isinstance(entries, dict) else {entry["id"]: entry for entry in entries}
    return {**by_code, "other": by_code.get("other", OTHER)}


def _units(entry: Mapping[str, Any]) -> str:
    units = entry.get("units", "")
    return " ".join(units) if isinstance(units, list) else str(units)
