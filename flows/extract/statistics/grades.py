"""Grades of an examination: what divides the figure of those who took it, 326人通过，其中初级300人."""

from __future__ import annotations

import re

from flows.extract.numbers.quantities import Quantity
from flows.extract.statistics.readings import Meaning
from flows.extract.statistics.whose import EXAMINED

_GRADE = re.compile("((?:初级|中级|高级|助理)级?(?:社会工作师|社会工作者|社工师)?|社会工作师)(?:的|有|共|为|约)*$")
_PART = re.compile("[^。；\n]{0,24}?(?:。?\n?其中|包括|[，、；和与])[，：]?(?:通过|报考|取得|报名)?")
_APPLIED = re.compile("报考|报名")
_UNITS = frozenset({"人", "名", "位", "人次"})


def read_grade(text: str, q: Quantity, last: Quantity, previous: Meaning | None) -> Meaning | None:
    """What a figure of a grade counts that divides `last`, one of an examination, which `previous` is of; None if it
    does not."""
    if previous is None or previous.indicator not in EXAMINED or q.unit not in _UNITS:
        return None
    grade = _GRADE.search(text, last.end, q.start)
    if grade is None or _PART.fullmatch(text, last.end, grade.start()) is None:
        return None
    if previous.indicator != "exam_candidates" and _APPLIED.search(text, last.end, grade.start()):
        return None
    return Meaning(previous.indicator, *grade.span(1), grade.start(), q.end)
