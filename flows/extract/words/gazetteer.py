"""The table of regions (GB/T 2260) and every name under which a text may mention one."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.vocabulary import FOLDER, load_vocabulary


class Region(NamedTuple):
    """A region in force. `level` is province, prefecture or county; `parent` is None for a province."""

    code: str
    name: str
    level: str
    parent: str | None


class Strength(IntEnum):
    """How much context a name needs before it counts as a mention."""

    WORD = 0
    """A short name that is also a word of the language (和平): only between an enclosing region and a pause."""
    WEAK = 1
    """Short or two-character name: behind an enclosing region, or where the text names its surroundings."""
    GENERIC = 2
    """A full name that is also a common word (老城区): an enclosing region must be near."""
    CERTAIN = 3
    """Counts by itself, if it names one region only."""


class Sense(NamedTuple):
    """What a name may stand for."""

    code: str
    strength: Strength


@dataclass(frozen=True)
class Gazetteer:
    """Regions by code, and what its names mean, by their place in `names` and in the automaton (leftmost, longest).

    `senses` holds the meanings of each name; none marks a word that is no place and hides the names in it.
    `candidates` holds those of them among which a text chooses: the certain ones, else all that are no mere word.
    `lineages` holds the codes of a region and of all that enclose it, smallest first.
    `compounds` holds for a name such as 闽宁 the code of each of its characters, else nothing. `year` and `source`
    are the table's.
    """

    regions: dict[str, Region]
    lineages: dict[str, tuple[str, ...]]
    names: tuple[str, ...]
    automaton: AhoCorasick
    senses: tuple[tuple[Sense, ...], ...]
    candidates: tuple[tuple[Sense, ...], ...]
    compounds: tuple[tuple[str, ...], ...]
    year: int
    source: str


@cache
def gazetteer() -> Gazetteer:
    """The table in schemas/vocabularies, loaded once."""
    aliases = load_vocabulary("region_aliases")
    regions = {
        row["code"]: Region(row["code"], row["name"], row["level"], row["parent"] or None) for row in _rows("regions")
    }
    strongest: dict[str, dict[str, Strength]] = defaultdict(dict)
    for name, sense in _names(aliases):
        known = strongest[name]
        known[sense.code] = max(sense.strength, known.get(sense.code, Strength.WORD))
    table = {name: tuple(Sense(*pair) for pair in sorted(codes.items())) for name, codes in strongest.items()}
    for name, found in table.items():  # 吉林 is the province, the city is 吉林市
        provinces = tuple(sense for sense in found if sense.code.endswith("0000"))
        table[name] = provinces or found
    table |= dict.fromkeys(aliases["not_places"], ())
    letters = aliases["compounds"]["letters"]
    spelled = {word: word for word in aliases["compounds"]["words"]} | aliases["compounds"]["spelled"]
    compounds = {word: tuple(letters[letter] for letter in spelling) for word, spelling in spelled.items()}
    names = sorted({*table, *compounds})
    return Gazetteer(
        regions,
        {code: tuple(_enclosing(code, regions)) for code in regions},
        tuple(names),
        AhoCorasick(names, matchkind=MatchKind.LeftmostLongest),
        tuple(table.get(name, ()) for name in names),
        tuple(_candidates(table.get(name, ())) for name in names),
        tuple(compounds.get(name, ()) for name in names),
        aliases["year"],
        aliases["source"],
    )


def region_names() -> tuple[str, ...]:
    """Every name under which a text may mention a region, and the words that hide one, in the table's order."""
    return gazetteer().names


def _candidates(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    certain = tuple(sense for sense in senses if sense.strength is Strength.CERTAIN)
    return certain or tuple(sense for sense in senses if sense.strength is not Strength.WORD)


def _enclosing(code: str, regions: dict[str, Region]) -> Iterator[str]:
    region: Region | None = regions[code]
    while region:
        yield region.code
        region = regions[region.parent] if region.parent else None


def former_regions() -> list[dict[str, str]]:
    """The regions that are no more, as the table gives them; `present` is the code of what they are now."""
    return _rows("regions_former")


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _names(aliases: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    """Every name with one of its senses."""
    weak, words = set(aliases["weak_prefectures"]), set(aliases["ordinary_words"])
    known, generic = set(aliases["known_short"]), set(aliases["generic_names"])
    for row in _rows("regions"):
        yield from _forms(row["name"], row["short"], row["code"], row["level"], weak, words, known, generic)
    for row in former_regions():
        level = "prefecture" if row["code"].endswith("00") else "county"
        yield from _forms(row["name"], row["short"], row["present"], level, weak, words, known, generic)
    for name, code in aliases["names"].items():
        yield name, Sense(code, Strength.CERTAIN)


def _forms(
    name: str, short: str, code: str, level: str, weak: set[str], words: set[str], known: set[str], generic: set[str]
) -> Iterator[tuple[str, Sense]]:
    """The full name, the short one and, of an autonomous region, those without its peoples (伊犁州, 金平县)."""
    full = Strength.GENERIC if name in generic else Strength.CERTAIN if len(name) > 2 else Strength.WEAK
    yield name, Sense(code, full)
    if level == "county":
        if short != name:
            strength = Strength.WORD if short in words else Strength.CERTAIN if short in known else Strength.WEAK
            yield short, Sense(code, strength)
        if name.endswith(("自治县", "自治旗")):
            for kind in (name[-1], name[-3:]):
                yield f"{short.removesuffix('族')}{kind}", Sense(code, Strength.CERTAIN)
        return
    yield short, Sense(code, Strength.WEAK if short in weak else Strength.CERTAIN)
    if name.endswith("自治州") and short != "海南":
        yield f"{short}州", Sense(code, Strength.CERTAIN)
