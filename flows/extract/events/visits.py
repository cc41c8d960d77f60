"""Visits and agreements: who went where to see something (省厅调研组到甲区调研社工站建设), and who signed with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.events.names import Found, is_planned
from flows.extract.words.marks import behind_clause_end
from flows.vocabulary import load_vocabulary, one_of

_SEEN = one_of(load_vocabulary("event_words")["visit_verbs"].split())
_MAY_SEE, _MAY_SIGN = (
    re.compile("[研察问观摩导查视流习](?<=调研|考察|慰问|参观|观摩|督导|指导|督查|视察|交流|学习)"),
    re.compile("签[约订署]|缔结"),
)
_VISIT = re.compile(
    rf"(?P<go>赴|前往|深入|走进|莅临|来到|[到来](?!来|底|位|家))(?P<place>[^，。；：、]{{2,24}}?)"
    rf"(?:，|，?就[^，。；]{{2,30}}?)?(?:开展|进行)?(?:实地|专题|集中|现场)?(?P<verb>{_SEEN})(?P<object>[^，。；：]{{0,36}})"
)
_SENT = re.compile(
    rf"(?<!社会)组织(?:了)?(?P<who>[^，。；、]{{2,16}}?)(?:开展)?(?P<verb>{_SEEN})(?P<object>[^，。；：]{{4,36}})"
)
_WHO = re.compile(
    "一行|率[队领]?|带队|[带率]领|[组团]$|调研组|考察团|工作组|组织|(?:厅|局|部|市|县|区|省|州|处|科|会|院)长|书记|主任|部长|领导|主席|负责人"
)
_ORGANIZED = re.compile("(?<!社会)组织(?!部|办|委|$)(?=[^，。；]{2,})")
_OBJECT_ENDS = re.compile(
    "(?:情况|工作|建设|发展|项目|社工|群众|社会工作者|机构|组织|站|家庭|老人|儿童|人员|对象|人才|志愿者|企业|经验|做法|模式|成效|成果)(?=$)"
)
_PLACE = re.compile("(?:[省市县区州旗镇乡村站院园局校]|街道|社区|中心|基地|机构|等地|家中|一线|公司|企业)$")
_SIGNED = re.compile(
    "(?P<one>[^，。；：、]{4,40}?)(?:与|和|同)(?P<other>[^，。；：]{4,50}?)(?:正式)?(?:签约|签订|签署|缔结)(?P<what>[^，。；]{0,40}?(?:协议书?|备忘录|合同|关系))?(?=[，。；]|$)"
)
_SHORTEST = 4  # characters of a name
_BODY = re.compile("(?:局|会|院|校|大学|学院|中心|公司|站|社|所|街道|办事处|政府|医院|银行|部|厅)")


def read_visits(text: str, masked: str, start: int, end: int) -> Iterator[Found]:
    """The visits and agreements that text[start:end], one sentence, tells of. A visit is made by a group, by
    somebody in office, or by those whom an organization sent."""
    seen = _MAY_SEE.search(masked, start, end)
    for m in _VISIT.finditer(masked, start, end) if seen else ():
        lead = masked[start : m.start()]
        if not _WHO.search(lead) or not _PLACE.search(m["place"]) or is_planned(masked, start, m.start()):
            continue
        organized = _ORGANIZED.search(lead)
        if organized:
            begin = start + organized.start()
        elif _OBJECT_ENDS.search(m["object"]):
            begin = m.start("verb")
        else:
            begin = m.start("go")
        stop = m.end() if _OBJECT_ENDS.search(m["object"]) else m.end("verb")
        host = (behind_clause_end(masked, start, begin) or start, begin) if organized else None
        if stop - begin >= _SHORTEST:
            yield Found(begin, stop, m.start("go"), m.span("place"), "", host, "调研")
    for m in _SENT.finditer(masked, start, end) if seen else ():
        if _OBJECT_ENDS.search(m["object"]) and not is_planned(masked, start, m.start()):
            host = (behind_clause_end(masked, start, m.start()) or start, m.start())
            yield Found(m.start("verb"), m.end(), m.start(), None, "", host, "调研")
    for m in _SIGNED.finditer(masked, start, end) if _MAY_SIGN.search(masked, start, end) else ():
        if _BODY.search(m["one"]) and _BODY.search(m["other"]):
            yield Found(m.start(), m.end(), m.end(), None, "", None, "签约")
