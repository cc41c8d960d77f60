"""README.md of a release, the dataset card, and DICTIONARY.md: written from schemas/, in Chinese and English."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from flows.compare.changes import Changes
from flows.folder.layout import part_files
from flows.folder.stage import date_of
from flows.publish.codes import code_lines
from flows.publish.coverage import Coverage, coverage_lines
from flows.publish.pictures import write_pictures
from flows.publish.quality import accuracy_of, quality_lines
from flows.publish.questions import questions
from flows.publish.readers import of_parts, readers
from flows.publish.responsible import limit_lines
from flows.publish.samples import sample_lines
from flows.publish.words import CITE, DESCRIPTION, RIGHTS, TAKEDOWN, TITLE
from flows.schema import Column, TableSchema, Words, schemas

IN_PARTS = Words(
    "数据量大，故各表分为多个文件：文件名为其中最小的文档编号的前几位。工具可一次读取整个目录。",
    "There is much of it, so tables are in parts: a file is named after the first digits of the ids from which on it "
    "holds the rows of documents. Tools read the whole folder at once.",
)

CSV = Words(
    "CSV 与 Parquet 内容相同：文字一律加引号，空值为空单元格，列表为 JSON。以 = 开头的单元格未加保护，"
    "电子表格软件请用 `shegong export RELEASE --excel DIR` 写出的副本。",
    "The CSV files hold the same: every text is in quotes, null is an empty cell, a list is JSON. Cells that start "
    "with = are not guarded; for a spreadsheet use the copies that `shegong export RELEASE --excel DIR` writes.",
)
PARQUET = Words(
    "以 pandas 或 datasets 读取 Parquet 需要 pyarrow 20 或更新版本。",
    "To read the Parquet files with pandas or datasets takes pyarrow 20 or later.",
)
TRACE = Words(
    "事实表的 start、end 指向文章正文，lineage 再指向原始文档，removals 记录每一段被移除的文字与规则。",
    "start and end of a fact point into the text of its article, lineage from there to the raw document, and removals "
    "holds every span that was taken out, with its rule.",
)
OPEN_TIER = Words(
    "本版不含全部正文：{articles} 篇文章中有 {withheld} 篇的页面声明保留权利，其正文与被移除的文字为空，"
    "较长的引文被截短并以“…”结尾；事实、偏移与散列完整。持有原始页面者可以重建，并以 text_sha256 验证："
    "`shegong rebuild RELEASE --raw DIR --to DIR`。",
    "Not all texts are in it: the pages of {withheld} of {articles} articles reserve their rights, so their text and "
    "what was removed from them is null, and longer quotes are cut and end with “…”; facts, offsets and hashes are "
    "whole. Who holds the raw pages can rebuild the texts, proved by text_sha256: "
    "`shegong rebuild RELEASE --raw DIR --to DIR`.",
)
SUMMED = Words(
    "statistics 中只有 subject 为 region 或 national 的行可以加总；region_basis 与 as_of_basis 说明地区与时点"
    "由何处得出，只取 clause、list、sentence 与 stated 者最可靠（各依据测得的可靠程度见下）。",
    "Of statistics, only rows whose subject is region or national may be summed; region_basis and as_of_basis say what "
    "the region and the time rest on, and clause, list, sentence and stated are the surest (measured below).",
)
JOINED = Words(
    "同一机构、人物与活动在各篇文章中编号相同：organization_id、person_id 见 entities，event_id 见 event_roles；"
    "编号为空表示不能确定是哪一个。代码的中英文含义见 codes，地区见 regions；figures 汇总可以加总的数字并标出冲突。",
    "One body, person or event has one id in all articles: organization_id and person_id lead to entities, event_id to "
    "event_roles; null says that it is not certain which one. codes and regions say what codes mean; figures adds up "
    "what may be summed, and shows conflicts.",
)
OFFSETS = Words(
    "由 `schemas/` 生成。偏移以 Unicode 码位计，左闭右开。",
    "Made from `schemas/`. Offsets are Unicode code points, half-open.",
)
MEASURED = Words(
    "“测得”一栏是该列在标准答案页上的准确率 P、召回率 R 与答案数 n，含义见 README.md 与 quality.json。",
    "The column “measured” has precision P, recall R and the number of answers n on the gold pages: README.md and "
    "quality.json say what that means.",
)
HEAD = (
    "| 列 column | 类型 type | 空值 null | 含义 meaning | 由来 made | 例 example | 测得 measured |\n"
    "|---|---|---|---|---|---|---|"
)


def write_card(
    staging: Path, version: str, coverage: Coverage, changes: Changes, tier: str = "full", withheld: int = 0
) -> None:
    """README.md and its charts, of the tables that staging/data holds. `withheld` counts the articles without text in
    the open tier."""
    write_pictures(staging, coverage)
    lines = _card(staging, version, coverage, changes, tier, withheld)
    (staging / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_dictionary(staging: Path) -> None:
    """DICTIONARY.md."""
    (staging / "DICTIONARY.md").write_text("\n".join(_dictionary()) + "\n", encoding="utf-8")


def _card(staging: Path, version: str, coverage: Coverage, changes: Changes, tier: str, withheld: int) -> Iterator[str]:
    rows = coverage.figures.rows
    yield "---"
    yield yaml.safe_dump(_hugging_face(staging, rows), allow_unicode=True, sort_keys=False).strip()
    yield "---"
    yield f"# {TITLE.zh} {TITLE.en}\n"
    yield f"{version} · tier: {tier} · {_changed(changes)}\n"
    yield from _both(DESCRIPTION)
    yield "## 读取 Read it\n"
    parted = frozenset(name for name in schemas() if part_files(staging, name))
    for tool, language, lines in readers(parted):
        yield f"{tool}:\n\n```{language}\n{lines}\n```\n"
    if parted:
        yield from _both(IN_PARTS)
    yield from _both(PARQUET)
    yield from _both(CSV)
    yield "## 表 Tables\n"
    yield "| 表 table | 行 rows | 主键 key | 内容 content |\n|---|---:|---|---|"
    for table in schemas().values():
        key, link = ", ".join(table.primary_key), f"[{table.name}](DICTIONARY.md#{table.name})"
        yield f"| {link} | {rows[table.name]} | {key} | {_cell(table.description)} |"
    yield ""
    yield from _both(SUMMED)
    yield from sample_lines(staging)
    yield from coverage_lines(coverage)
    yield from _both(JOINED)
    yield "## 准确程度 How right it is\n"
    yield from quality_lines()
    yield from limit_lines()
    yield "## 追溯 Trace a value\n"
    yield from _both(TRACE)
    yield '```sql\nSELECT s.indicator, s.value, substr(a.text, s.start + 1, s."end" - s.start) AS evidence'
    yield of_parts("FROM 'data/statistics.parquet' s JOIN 'data/articles.parquet' a USING (article_id);\n```\n", parted)
    yield from (of_parts(line, parted) for line in questions())
    yield "## 核对 Check it\n"
    yield "```sh\nsha256sum -c SHA256SUMS\n```\n"
    yield "## 权利 Rights\n"
    yield from _both(RIGHTS)
    if tier != "full":
        for words in _both(OPEN_TIER):
            yield words.format(withheld=withheld, articles=rows["articles"])
    yield from _both(TAKEDOWN)
    yield "## 引用 Cite\n"
    yield from _both(CITE)
    yield from _bibtex(version)


def _changed(changes: Changes) -> str:
    """What is different from the release before, in a line."""
    if changes.since is None:
        return "第一版 the first release"
    counts = ", ".join(
        f"{one.table} +{one.added:,} ~{one.changed:,} −{one.removed:,}"
        for one in changes.tables
        if one.added or one.changed or one.removed
    )
    counts = counts or "没有变化 nothing changed"
    return f"与 {changes.since} 相比 since {changes.since}: {counts} ([CHANGES.md](CHANGES.md))"


def _bibtex(version: str) -> Iterator[str]:
    day = date_of(version)
    yield "```bibtex"
    yield f"@misc{{shegong-{version},\n  title = {{{TITLE.en}}},\n  author = {{{{Shegong contributors}}}},"
    yield f"  year = {{{day.year}}},\n  version = {{{version}}},\n  note = {{Dataset, CC BY 4.0}}\n}}\n```"


def _hugging_face(staging: Path, rows: Mapping[str, int]) -> dict[str, object]:
    """The head of the card. `datasets` cannot load a table without rows, so that one has no configuration."""
    shown = [name for name in schemas() if rows[name] or name == "articles"]
    files = {name: f"data/{name}{'/*' if part_files(staging, name) else ''}.parquet" for name in shown}
    configs: list[dict[str, object]] = [{"config_name": name, "data_files": path} for name, path in files.items()]
    configs[shown.index("articles")]["default"] = True
    return {
        "language": ["zh"],
        "license": "cc-by-4.0",
        "pretty_name": TITLE.en,
        "task_categories": ["text-classification", "token-classification"],
        "tags": ["social work", "news", "china", "provenance"],
        "configs": configs,
    }


def _dictionary() -> Iterator[str]:
    yield "# 数据字典 Data dictionary\n"
    yield from _both(OFFSETS)
    yield from _both(MEASURED)
    for table in schemas().values():
        yield f"## {table.name}\n"
        yield f"**{table.title.zh} {table.title.en}**\n"
        yield from _both(table.description)
        yield f"主键 Primary key: {', '.join(f'`{name}`' for name in table.primary_key)}\n"
        for key in table.foreign_keys:
            yield f"外键 Foreign key: `{', '.join(key.columns)}` → `{key.parent}.{', '.join(key.parent_columns)}`\n"
        yield HEAD
        for column in table.columns:
            yield _row(table, column)
        yield ""
    yield from code_lines()


def _row(table: TableSchema, column: Column) -> str:
    kind = f"{column.type} ({column.unit})" if column.unit else column.type
    if column.enum:
        kind += ": " + ", ".join(column.enum)
    if column.vocabulary:
        link = "regions" if column.vocabulary == "regions" else f"codes-{column.vocabulary}"
        kind += f": [{column.vocabulary}](#{link})"
    null = "否 no" if column.required or column.name in table.primary_key else "可 yes"
    example = column.example if isinstance(column.example, str) else json.dumps(column.example, ensure_ascii=False)
    cells = [f"`{column.name}` {column.title.zh}", kind, null, _cell(column.description), _cell(column.made)]
    measured = accuracy_of(f"{table.name}.{column.name}")
    return f"| {' | '.join(cells)} | `{example.replace('|', '&#124;')}` | {measured} |"


def _cell(words: Words) -> str:
    return f"{words.zh} {words.en}".replace("|", "&#124;").replace("\n", " ")


def _both(words: Words) -> Iterator[str]:
    yield f"{words.zh}\n"
    yield f"{words.en}\n"
