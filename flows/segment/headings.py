"""What opens a story, a section or a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.document import Line

_BRACKETS = frozenset("[【〔")
_BRACKETED = re.compile(r"[\[【〔][^\]】〕]{1,20}[\]】〕]")
_LISTED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|[((（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条部分]|[①-⑳●■◆▲★·•]|附件|附[::：])"
)
_ENDS = frozenset("。！？!?…；;：:”』」）)】]》")
_SENTENCE = re.compile(r"[。！？；!?;]")

_NEAR, _LONGEST_SUBTITLE = 2, 40  # lines from a title to its subtitle; characters of one
_BYLINES = frozenset({"credit", "metadata"})
_NOT_BYLINES = frozenset({"credit_photo", "meta_controls"})


def is_bracketed(chars: str) -> bool:
    """Is the whole line a heading in brackets, as 【北京市】 is?"""
    return chars[0] in _BRACKETS and _BRACKETED.fullmatch(chars) is not None


def opens_paragraph(chars: str) -> bool:
    """Does the line open with the number or mark of a new paragraph, or a bracket?"""
    return _LISTED.match(chars) is not None or chars[0] in _BRACKETS


def is_closed(chars: str) -> bool:
    """Does the line end as a sentence or a quotation may?"""
    return chars[-1] in _ENDS


def is_prose(chars: str) -> bool:
    """Is it a paragraph, or the beginning of one, rather than a heading?"""
    return len(chars) >= 40 or (len(chars) >= 12 and _SENTENCE.search(chars) is not None)


def is_headline(chars: str) -> bool:
    """Is it of the shape of a headline: no sentence, neither too short nor too long?"""
    return 4 <= len(chars) <= 80 and not _SENTENCE.search(chars[:-1]) and chars[-1] not in "。；;，,、：:"


def subtitle_below(lines: Sequence[Line], title: int, end: int) -> int | None:
    """The place of a short line that stands below a title, right above the byline or the line of metadata, with prose
    behind: the subtitle; None for a heading with a number, or where no such line is."""
    kept = next((i for i in range(title + 1, min(end, title + 1 + _NEAR)) if lines[i].kind is None), None)
    if kept is None or kept + 1 >= end or lines[kept].cuts or lines[kept].role is not None:
        return None
    chars = lines[kept].chars
    short = is_headline(chars) and len(chars) <= _LONGEST_SUBTITLE and not opens_paragraph(chars)
    if not short or lines[kept + 1].kind not in _BYLINES or lines[kept + 1].rule in _NOT_BYLINES:
        return None
    behind = next((line for line in lines[kept + 2 : end] if line.kind is None), None)
    return kept if behind is not None and is_prose(behind.chars) else None
