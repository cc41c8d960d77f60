"""The codes that columns use, for DICTIONARY.md: each with its names in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flows.books.codes import code_rows
from flows.document import Row
from flows.publish.markdown import cell
from flows.schema import Words

ABOUT = Words(
    "以下为各列所用代码（表名.列名，或词表的名称）；移除规则较多，见表 codes，地区代码见表 regions。",
    "The codes of columns (table.column) and of vocabularies. Stripping rules are many and stand in the table `codes`, "
    "regions in the table `regions`.",
)

LEFT_OUT = frozenset({"rules"})
"""Vocabularies that only the table lists."""


def code_lines() -> Iterator[str]:
    """A section a vocabulary, in the order of the table `codes`."""
    yield "# 代码 Codes\n"
    yield f"{ABOUT.zh}\n"
    yield f"{ABOUT.en}\n"
    for name, group in groupby(code_rows(), key=lambda row: str(row["vocabulary"])):
        if name in LEFT_OUT:
            continue
        rows = list(group)
        unit = any(row.get("unit") for row in rows)
        yield f"## codes {name}\n"
        yield f"| 代码 code | 中文 | English |{' 单位 units |' if unit else ''}\n|---|---|---|{'---|' if unit else ''}"
        yield from (_line(row, unit) for row in rows)
        yield ""


def _line(row: Row, unit: bool) -> str:
    told = f"| `{row['id']}` | {cell(row['zh'], 200)} | {cell(row['en'], 200)} |"
    return f"{told} {cell((row.get('unit') or '').split('|'))} |" if unit else told
