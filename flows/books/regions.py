"""Rows of `regions`: the codes in force, and former ones with what took their place."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from pypinyin import lazy_pinyin

from flows.document import Row
from flows.extract.words.gazetteer import gazetteer
from flows.vocabulary import FOLDER, load_vocabulary

COUNTRY = "100000"
"""Stands for the whole country, above the provinces."""

_LEVELS = {"province": "province", "prefecture": "city", "county": "county"}


def region_rows() -> Iterator[Row]:
    """The country, every region in force, and every former code that none in force has, with its successor.

    A code with a successor is no more in force. `valid_from` and `valid_to` are years, and null where no table of a
    year tells: for what was in force before 2002, and what came or went after 2013.
    """
    yield {"code": COUNTRY, "name": "中国", "full_name": "中国", "level": "country", "pinyin": "zhongguo"}
    regions = gazetteer().regions
    years = {(row["code"], row["name"]): row for row in _rows("regions_years")}
    short = {row["code"]: row["short"] for row in _rows("regions")}
    for region in regions.values():
        lineage = gazetteer().lineages[region.code]
        yield {
            "code": region.code,
            "name": region.name,
            "full_name": "".join(regions[code].name for code in reversed(lineage)),
            "level": _LEVELS[region.level],
            "parent": region.parent or COUNTRY,
            "pinyin": pinyin_of(region.name, short[region.code]),
            **_in_force(years.get((region.code, region.name))),
        }
    seen: set[str] = set(regions)
    for row in _rows("regions_former"):
        if row["code"] in seen:
            continue
        seen.add(row["code"])
        parent = row["code"][:4] + "00" if not row["code"].endswith("00") else row["code"][:2] + "0000"
        parent = parent if parent in regions else row["code"][:2] + "0000"
        lineage = gazetteer().lineages.get(parent, ())
        yield {
            "code": row["code"],
            "name": row["name"],
            "full_name": "".join(regions[code].name for code in reversed(lineage)) + row["name"],
            "level": "city" if row["code"].endswith("00") else "county",
            "parent": parent if parent in regions else COUNTRY,
            "pinyin": pinyin_of(row["name"], row["short"]),
            **_in_force(years.get((row["code"], row["name"]))),
            "successor": row["present"],
        }


def _in_force(years: dict[str, str] | None) -> Row:
    """The years between which a code was in force, as far as they are known."""
    return {} if years is None else {"valid_from": years["from"] or None, "valid_to": years["to"] or None}


def pinyin_of(name: str, short: str) -> str:
    """The pinyin of a region's name without tones: its short name as one word, what kind of region it is behind it."""
    if not name.startswith(short):
        return "".join(_syllables(name))
    own = load_vocabulary("region_pinyin")["names"]
    stem = short.removesuffix("县") if len(short) == 2 and short == name else short
    first = own.get(stem) or "".join(_syllables(short if stem == short else stem))
    rest = name[len(stem) :]
    return f"{first} {''.join(_syllables(rest))}" if rest else first


def _syllables(text: str) -> list[str]:
    """The syllables of a text, each character of `region_pinyin` with its own."""
    own = load_vocabulary("region_pinyin")["characters"]
    read = lazy_pinyin(text)
    return [own.get(c, one) for c, one in zip(text, read, strict=True)] if len(read) == len(text) else read


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
