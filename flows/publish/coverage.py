"""What a release covers, for its card: counts, days, places, publishers, and how much of each column is null."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from flows.corpus import Arrow, Corpus
from flows.figures import UNNAMED, Figures
from flows.publish.markdown import cell
from flows.schema import SCHEMAS, Words, schemas

SHOWN = 12
"""Publishers and regions that are named; the rest is counted."""

NULLS = Words(
    "空值：各列没有值的行所占的比例（列表列为空列表），不列者为 0。空值表示页面没有说明，而不是没有。",
    "Nulls: the share of rows without a value, by column (of lists: empty ones); columns that are not named have none. "
    "A null says that the page does not tell, not that there is nothing.",
)


@dataclass(frozen=True)
class Coverage:
    """`figures` as the report counts them; rows without a value by "table.column"; articles by province code."""

    figures: Figures
    nulls: Mapping[str, int]
    provinces: Mapping[str, int]

    def by_province(self) -> list[tuple[str, int]]:
        """Articles by the name of their province, most first; those without a region last."""
        named = [(province_names().get(code, code), count) for code, count in self.provinces.items() if code]
        ranked = sorted(named, key=lambda pair: (-pair[1], pair[0]))
        return [*ranked, (UNNAMED, self.provinces[""])] if self.provinces.get("") else ranked


def coverage_of(corpus: Corpus, figures: Figures) -> Coverage:
    """The coverage of a corpus whose figures were counted already."""
    nulls, provinces = Counter[str](), Counter[str]()
    for found in corpus.each(coverage_of_part):
        nulls.update(found["nulls"])
        provinces.update(found["provinces"])
    return Coverage(figures, nulls, provinces)


def coverage_of_part(part: Arrow) -> dict[str, dict[str, int]]:
    """The counts of one part."""
    nulls = {
        f"{name}.{column}": _without(part[name][column]) for name, table in schemas().items() for column in table.names
    }
    codes = pc.fill_null(pc.utf8_slice_codeunits(part["articles"]["region"], 0, 2), "")
    counts = pc.value_counts(codes).to_pylist()
    return {"nulls": nulls, "provinces": {row["values"]: row["counts"] for row in counts}}


def _without(column: pa.ChunkedArray) -> int:
    if pa.types.is_list(column.type):
        held = pc.fill_null(pc.greater(pc.list_value_length(column), 0), False)
        return len(column) - int(pc.sum(held).as_py() or 0)
    return int(column.null_count)


@cache
def province_names() -> Mapping[str, str]:
    """The first two digits of a region's code to the short name of its province."""
    with (SCHEMAS / "vocabularies" / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"][:2]: row["short"] for row in csv.DictReader(lines) if row["level"] == "province"}


def coverage_lines(coverage: Coverage) -> Iterator[str]:
    """The section of the card."""
    figures = coverage.figures
    days = sorted(day for day in figures.dates if day is not None)
    status = ", ".join(f"{count:,} {name}" for name, count in figures.count("documents", "status"))
    span = f"{days[0]} – {days[-1]}" if days else UNNAMED
    yield "## 覆盖 Coverage\n"
    yield "| | |\n|---|---|"
    yield f"| 文档 documents | {figures.rows['documents']:,} ({status or UNNAMED}) |"
    yield f"| 文章 articles | {figures.rows['articles']:,} |"
    yield f"| 发布日期 published | {span}; {figures.dates[None]:,} 未载 not stated |"
    publishers = [(name, count) for name, (count, _) in figures.fill_rates().items()]
    yield f"| 发布者 publishers | {_ranked(publishers)} |"
    yield f"| 省份 provinces | {_ranked(coverage.by_province())} |\n"
    yield "![按时间的文章数 articles by time](charts/articles.svg)\n"
    yield "![按省份的文章数 articles by province](charts/provinces.svg)\n"
    yield f"{NULLS.zh}\n"
    yield f"{NULLS.en}\n"
    yield "| 表 table | 列 column: 空值比例 share of nulls |\n|---|---|"
    for name in schemas():
        if rows := figures.rows[name]:
            yield f"| {name} | {_shares(name, rows, coverage.nulls) or '–'} |"
    yield ""


def _ranked(pairs: list[tuple[str, int]]) -> str:
    named = "; ".join(f"{cell(name)} {count:,}" for name, count in pairs[:SHOWN])
    rest = pairs[SHOWN:]
    return (named + (f"; … {len(rest):,} more" if rest else "")) or UNNAMED


def _shares(name: str, rows: int, nulls: Mapping[str, int]) -> str:
    shares = ((column, nulls[f"{name}.{column}"] / rows) for column in schemas()[name].names)
    return ", ".join(f"`{column}` {_per_cent(part)}" for column, part in shares if part)


def _per_cent(part: float) -> str:
    """In whole per cent; what is little, or nearly all, is not rounded to nothing or all."""
    return "<1 %" if part < 0.01 else ">99 %" if 0.99 < part < 1 else f"{part:.0%}".replace("%", " %")
