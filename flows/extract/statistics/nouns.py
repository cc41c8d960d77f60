"""Nouns: where the words that name what a figure counts end before it."""

from __future__ import annotations

import re

from flows.looks import AtEnd
from flows.vocabulary import load_vocabulary, one_of

_WORDS = load_vocabulary("statistic_words")
_LONGEST_PHRASE = 24
# Such patterns begin with a word, not with a repetition: `re` then skips to its first characters.
_LINK = re.compile("(?:{0})(?:{0})*$".format("|".join(_WORDS["links"])))
_OF_LINKS = "".join(_WORDS["links"]) + "0123456789"  # every character that a link can hold
_BRACKETED = re.compile("（[^（）]{0,12}）$")
_RANK = re.compile(
    "(?:[位排]?[居列名](?:全[国省市县区])?(?:第[一二三四五六七八九十]{1,2}|前列|首位)|(?:[位排]?[居列名](?:全[国省市县区])?)?前[一二三四五六七八九十]{1,2})[位名]?$"
)
HAS = AtEnd("(?:已|共|全部|累计|先后|目前|现)*(?:建成|建有|建立|设有|设立|拥有|登记)了?$")
"""Words between a place and how many it has of what was named before."""
_TOPIC = re.compile(_WORDS["topic_told"])
_TOPIC_ENDS = tuple(_WORDS["topic_ends"].split())
_RANK_ENDS = (*"一二三四五六七八九十列位名",)
_EACH = "(?:每人)?(?:每[年月])?"
GROWTH = re.compile(
    f"(?:{one_of(_WORDS['growth'])})(?:到了?|至|为)?(?:(?:现在|目前|如今|[^，。；]{{0,10}}[年月日][底末]?)的?)?{_EACH}[仅只近约超]?过?$"
)
_GROWN = re.compile(f"(?:由|从)[^由从]{{0,24}}{GROWTH.pattern}")
FROM = re.compile(f"(?:由|从)(?:[^，。；由从]{{0,12}}?的|最初|原来的?|起初的?|不足|不到)?{_EACH}$")


_RANKED = re.compile(
    "(?:(?<=..)(?:上|方面|来看)，?$|(?:的?(?:数量?|人数|总量))?(?:[最较][多少高低大]|居前|靠前|领先|全覆盖)的?(?:地区|县区|区县|[市县区])?(?:依次|分别)?[是为有]?[：，]?$)"
)


def noun_before_place(text: str, low: int, place: int) -> int:
    """Where the words before a place end that name what the figure behind it counts: [养老机构]数较多的有甲区31家."""
    end = noun_end(text, low, place)
    ranked = _RANKED.search(text, low, end)
    return noun_end(text, low, ranked.start()) if ranked else end


def noun_end(text: str, low: int, place: int) -> int:
    """Where the words text[low:place] before a figure end when 共, 达, 由2021年的, 增加到 and the like are left out."""
    words = text[low:place]
    if ("由" in words or "从" in words) and (m := _GROWN.search(words) or FROM.search(words)):
        place = low + m.start()
    window = max(low, place - _LONGEST_PHRASE)
    words = _without_link(text[window:place])
    if words.endswith(_RANK_ENDS) and (m := _RANK.search(words)):
        words = _without_link(words[: m.start()])  # 持证人数居全省第三，达
    if words.endswith(_TOPIC_ENDS) and text[window + len(words)] == "，" and (m := _TOPIC.search(words)):
        words = _without_link(words[: m.start()])  # 社工站实现全覆盖，共
    if words.endswith("）") and (m := _BRACKETED.search(words)):
        words = _without_link(words[: m.start()])
    return window + len(words)


def _without_link(words: str) -> str:
    """The words without the links (共有, 达, 已) that they end with."""
    rest = words.rstrip(_OF_LINKS)
    m = _LINK.search(words, len(rest)) if len(rest) < len(words) else None
    return words[: m.start()] if m else words
