"""Who signs a story or a picture inside its text (本报记者 某某 摄, （评论员 某某）)."""

from __future__ import annotations

import re

SIGNERS = ("记者", "通讯员", "评论员", "摄影", "摄影师", "实习生", "报道员", "编辑", "特约撰稿人", "撰稿人")
"""The titles of those who sign."""

_DONE = re.compile(
    r"[ \u3000]*[/／]?[ \u3000]*"
    r"(?:文[/／]?图|图[/／]?文|(?:摄影|图片|综合)?报道|摄影?|供图|绘图?|制图|撰文|采写|整理)(?![\u4e00-\u9fff])"
    r"|[ \u3000]+摄(?![影像制])"
)
_DATELINE = re.compile("^[^，。；：！？“”《》]{0,16}[讯电][ \u3000]*$")  # 青禾讯（记者某某）
_PROSE = re.compile("[，。：；！？“”《》（）()]")
_IN_FRONT = "（([【□■◎●▲ \u3000本报网刊台社特约见习实首席"
_LONGEST_LINE = 40


def is_signature(text: str, begin: int, end: int) -> bool:
    """Whether the title at text[begin] and the name behind it, which ends at text[end], sign a story or a picture:
    what they did stands behind them, or they are alone in brackets or on a line."""
    if _DONE.match(text, end):
        return True
    first, last = text.rfind("\n", 0, begin) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first <= _LONGEST_LINE and not _PROSE.search(text, first, last):
        return not text[first:begin].strip(_IN_FRONT)
    opening = max(text.rfind("（", first, begin), text.rfind("(", first, begin))
    closing = next((at for at in range(end, min(last, end + _LONGEST_LINE)) if text[at] in "）)"), -1)
    if opening < 0 or closing < 0 or begin - opening > _LONGEST_LINE or _PROSE.search(text, opening + 1, closing):
        return False
    return closing + 1 == last or not _DATELINE.sub("", text[first:opening]).strip()


_LABELLED = re.compile(
    r"(?:记者|通讯员|编辑|责编|编审|校对|审核|作者|撰文|撰稿|摄影|供图|供稿|来源|监制|策划|文|图|摄)"
    r"[ \u3000]*[：:/／|丨]?[ \u3000]*"
    r"(?:[\u4e00-\u9fff]{2,4}[、 \u3000/／]+){0,5}$"
)
_NAMES_ALONE = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、 \u3000/／]*[\u4e00-\u9fff·]{2,4}){0,5}")


def signs(text: str, start: int, end: int) -> bool:
    """Whether the name text[start:end] signs a story or a picture without a title in front of it: what they did stands
    behind it or as a label before it, or names stand alone in brackets at the end of a line."""
    if _DONE.match(text, end) or _LABELLED.search(text, max(0, start - 30), start):
        return True
    opening = max(text.rfind("（", max(0, start - 20), start), text.rfind("(", max(0, start - 20), start))
    names_alone = _NAMES_ALONE.match(text, opening + 1) if opening >= 0 else None
    if names_alone is None or names_alone.end() < end or text[names_alone.end() : names_alone.end() + 1] not in "）)":
        return False
    return text[names_alone.end() + 1 : names_alone.end() + 2] in ("", "\n")
