"""The forms of a name: the full one that a short one or an abbreviation in brackets stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.document import Row
from flows.extract.organizations.places import places_in
from flows.extract.words.organizations import lexicon

_KEY = 3  # names are looked up by as many last characters
_LEVELS = frozenset("省市区县州旗镇乡")
_ALIAS = re.compile(
    r"（(?P<called>(?:以下|下文|下)?(?:统称|简称|称)为?[：:]?)?[“\"]?(?P<alias>[\u4e00-\u9fffA-Za-z]{2,10})[”\"]?）"
)


def find_aliases(text: str, organizations: Iterable[Row]) -> dict[str, list[str]]:
    """Abbreviations that the text gives in brackets: {社联: [香港社会服务联会]} for 香港社会服务联会（社联）.

    One that is not called 简称 must be made of characters of the full name, in order. Only `name` and `end` are read.
    """
    out: dict[str, list[str]] = {}
    for row in organizations:
        if text[row["end"] : row["end"] + 1] != "（" or not (match := _ALIAS.match(text, row["end"])):
            continue
        letters = iter(row["name"])
        if match["called"] or all(letter in letters for letter in match["alias"]):
            out[match["alias"]] = [row["name"]]
    return out


def by_ending(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by their last characters, for `resolve`."""
    known: dict[str, list[str]] = {}
    for name in names:
        known.setdefault(name[-_KEY:], []).append(name)
    return known


def resolve(short: str, known: dict[str, list[str]]) -> str:
    """The one full form among `known` that `short` is the end or the abbreviation of, else `short` itself."""
    if len(known.get(short, ())) == 1:
        return known[short][0]
    longer = [
        name
        for name in known.get(short[-_KEY:], ())
        if len(name) > len(short) and name.endswith(short) and _is_place(name[: -len(short)], short)
    ]
    if not longer:
        return short
    longest = max(longer, key=len)
    return longest if all(longest.endswith(name) for name in longer) else short


def _is_place(prefix: str, short: str) -> bool:
    """Whether what a full form adds in front of a short one is a place (兰亭|区民政局, 闵行区|慈善总会)."""
    return len(prefix) <= 12 and (
        short[0] in _LEVELS or prefix[-1] in _LEVELS or bool(places_in(prefix)) or prefix in lexicon().nations
    )
