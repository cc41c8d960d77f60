"""Qualifiers: the words around a number that say how exact it is."""

from __future__ import annotations

import re

from flows.looks import AtEnd

# What stands before and behind a number. 达 and 共 change nothing; 节约, 附近 and the like only look as if they did.
_BEFORE = {
    "over": "超过|远超|超|逾|突破|多于|高于|大于|破",
    "nearly": "将近|接近|逼近|(?<![附最临邻靠])近",
    "about": "大约|大概|(?<![节签契预条公合邀制])约|左右",
    "at_least": "不得?少于|不得?低于|至少|最少|起码|不下于?|不小于",
    "up_to": "最高|最多|至多|不超过|不高于|不多于|不大于|不到|不足|(?<!不)(?<!不得)少于|(?<!不)(?<!不得)低于|未满|上限",
}
_AFTER = {"at_least": "以上|起步", "about": "左右|上下", "up_to": "以下|以内|之内", "over": "有余|余|多"}
_BEFORE_PATTERN = AtEnd(
    "(?:"
    # 不超过 before 超过
    + "|".join(f"(?P<{name}>{_BEFORE[name]})" for name in ("up_to", "over", "nearly", "about", "at_least"))
    + ")(?:了|有|为|达|达到|达成|可达|可[申享获领补]?[请领受得贴]|共|给予|奖励|补贴)?$"
)
_AFTER_FIRST = frozenset(word[0] for words in _AFTER.values() for word in words.split("|"))
_AFTER_PATTERN = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _AFTER.items()))


def read_qualifier(text: str, start: int, end: int, over: bool, bare: bool) -> tuple[str, int]:
    """How exact the number text[start:end] is, and where the words behind it that say so end.

    `over` says that the numeral itself holds 余, 多 or 几; `bare` that it is a lone 百, 千 or 万. The answer is one of
    exact, over, nearly, about, at_least and up_to.
    """
    after = _AFTER_PATTERN.match(text, end) if text[end : end + 1] in _AFTER_FIRST else None
    if after and not (after.lastgroup == "over" and text[after.end() : after.end() + 1] in "的次元种样为数于是了出"):
        end = after.end()
    else:
        after = None
    if over:
        return "over", end
    if after and after.lastgroup:
        return after.lastgroup, end
    if found := _BEFORE_PATTERN.search(text, max(0, start - 8), start):
        return found.lastgroup or "exact", end
    last = text[start - 1 : start]
    if bare and last == "过":
        return "over", end
    if bare and last == "上":
        return "at_least", end
    return "exact", end
