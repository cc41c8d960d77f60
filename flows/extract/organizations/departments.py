"""Departments: the part of a body that a text names with it (某市民政局|社会工作科, 某大学|社会工作系)."""

from __future__ import annotations

import re
from functools import cache

from flows.extract.organizations.edges import left_edge
from flows.extract.words.organizations import lexicon
from flows.vocabulary import load_vocabulary, one_of

_BRANCH_OFFICE = re.compile("(?:（[\u4e00-\u9fff]{2,4}）)?[\u4e00-\u9fff]{2,4}(?:代表处|办事处|服务处)")
_ABROAD = frozenset(["foundation", "association"])
_GOES_ON = frozenset("长员者")

KINDS = frozenset(["government", "party", "university"])
"""Kinds of bodies whose departments are told; those of a company or a hospital are no bodies of the field."""

_DEPARTMENT = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:科|处|司|股|系|教研室|学院))(?:"
    r"(?P<clear>副?[科处司股]长|副?系?主任|有关|相关|负责|副?教授|讲师|师生|学生|毕业|[的和与及、，。；：）”\n ]|$)"
    r"|(?<=科)(?![技目研学普教室])|(?<=处)(?![理于在罚置境分])|(?<=系)(?![统列数])|(?<=司)(?![法机令])|(?<=股)(?![东份票权金]))"
)
_NO_DEPARTMENT = re.compile(
    "副?局长|[两二三四五六七八九]校|[办到楼层]|工作人员|同[志学]|关系|联系|[^员]体系$|一系|两处|各处"
)
_JOINTS = frozenset(["和", "与", "及"])
_UNSURE = 1  # characters that are no field words, in a department behind which a sentence goes on


@cache
def _parts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = load_vocabulary("organization_names")["parts"]
    return tuple((ending, re.compile(one_of(words.split()))) for ending, words in listed.items())


def part_end(text: str, end: int, kind: str) -> int:
    """Where the part ends that the text names behind a body, which ends at text[end]; `end` itself when it names none:
    of the police, courts and hospitals (`parts`), and the office that a body from abroad has in a city."""
    if kind in _ABROAD and (office := _BRANCH_OFFICE.match(text, end)):
        return office.end()
    for ending, words in _parts():
        if text.endswith(ending, 0, end) and (part := words.match(text, end)):
            return end if text[part.end() : part.end() + 1] in _GOES_ON else part.end()
    return end


def department_end(text: str, start: int, end: int) -> int:
    """Where the department of the body text[start:end] ends, `end` itself when the text names none."""
    match = _DEPARTMENT.match(text, end)
    if match is None or _NO_DEPARTMENT.search(match["name"]):
        return end
    name, stop = match["name"], match.end("name")
    if match["clear"] is None and len(lexicon().generic.sub("", name[:-1])) > _UNSURE:
        return end
    edge = left_edge(text, stop - 1, start)
    return stop if edge.start == start or (edge.word in _JOINTS and edge.start > end) else end
