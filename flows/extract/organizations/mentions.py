"""Organizations: every name of one that an article holds, told by its ending and by where it must begin.

A name is found from its ending (`organization_suffixes.yaml`) leftwards to the last word or mark that no name
holds (`organization_names.yaml`); what is left must hold more than field words, so that 社会工作服务中心 alone is
no organization and 利群社工服务中心 is. An organization inside a longer name (复旦大学附属儿科医院) is not named again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.document import Row
from flows.extract.organizations.candidates import Mention, read_candidate
from flows.extract.organizations.departments import KINDS as DEPARTED
from flows.extract.organizations.departments import department_end, part_end
from flows.extract.organizations.edges import left_edge
from flows.extract.organizations.forms import by_ending, find_aliases, resolve
from flows.extract.organizations.single import REGION, last_ending, names_one
from flows.extract.words.organizations import lexicon
from flows.extract.words.reading import Reading
from flows.extract.words.scan import Place, words_of
from flows.looks import IfHeld
from flows.vocabulary import load_vocabulary, unspaced

_LONGEST_HOST = 16
_FOREIGN = frozenset(["foundation", "university", "hospital", "company", "school"])
_FIRST_NAME = re.compile(f"(?:[{unspaced(load_vocabulary('surnames')['transliteration'])}及]{{1,8}}·)+$")
_SEVERAL_ORGANS = re.compile(r"(?:[省市区县州旗镇乡]|自治区)(?:委|政府|人大)(?:[省市区县]?(?:委|政府|人大|人民政府))+")

_QUOTED = IfHeld(
    r"“(?P<own>[^“”\n，。]{2,10})”(?:(?P<team>(?:青年|党员|巾帼|社区|助老|为老|爱心|公益|社工|儿童|少年|青少年|亲子|家庭|学生|大学生|银龄|老年|医务)?"
    r"(?:志愿者?服务[总小分]?队|志愿者?[总小分]?队|义工[总小分]?队|社工服务队|服务[总小分]?队|互助会|宣讲团|宣讲队|公益联盟|支教[团队]|义诊队|调解队|调解室|护河队|巡逻队|巡护队|突击队|艺术团|合唱团))"
    r"|(?:社会工作|社工|公益|调解|党代表|心理)?(?:服务中心|促进中心|发展中心|服务社|工作室|事务所)|社会工作服务站|社工站)(?![员长])"
)


def organizations_of(reading: Reading) -> list[Row]:
    """The organizations of an article; see `find_organizations`."""
    return reading.once(find_organizations, "text")


def mentions_of(reading: Reading) -> tuple[Mention, ...]:
    """Every mention of an organization in an article's text, in order."""
    return reading.once(_mentions_of, "text")


def _mentions_of(reading: Reading) -> tuple[Mention, ...]:
    return tuple(find_mentions(reading.text, words_of(reading).endings))


def find_organizations(reading: Reading) -> list[Row]:
    """One row for each organization: name, kind, start and end of its first full mention, in order of `start`.

    A short form (区民政局) is the same row as the one full form in the text that ends in it (闵行区民政局); where two
    full forms do, or none, it has a row of its own. `text[start:end]` is `name`.
    """
    text = reading.text
    first: dict[str, Mention] = {}
    for mention in mentions_of(reading):
        whole = _whole(text, mention)
        first.setdefault(whole.name, whole)
    known = by_ending(first)
    full = {name: resolve(name, known) for name in first}
    found = [{"name": name, "end": mention.end} for name, mention in first.items()]
    full |= {alias: whole[0] for alias, whole in find_aliases(text, found).items() if alias in full}
    rows = [m for name, m in first.items() if full[name] == name and not _SEVERAL_ORGANS.fullmatch(name)]
    quoted = _in_quotes(text, rows)
    hosts = {m.name for m in rows for q in quoted if q.start <= m.start < q.end and text.find(m.name, q.end) < 0}
    rows = [m for m in rows if m.name not in hosts] + quoted
    return [{"name": m.name, "kind": m.kind, "start": m.start, "end": m.end} for m in sorted(rows)]


def _whole(text: str, mention: Mention) -> Mention:
    """The mention with the first part of a foreign name (比尔及梅琳达·|盖茨基金会), and with the department that the
    text names behind it, if it does."""
    start, end, _, kind, core = mention
    if (
        text[start - 1 : start] == "·"
        and kind in _FOREIGN
        and (first := _FIRST_NAME.search(text, max(0, start - 16), start))
    ):
        start = first.start()
    end = part_end(text, end, kind) if kind not in DEPARTED or kind == "government" else end
    if kind in DEPARTED and end == mention.end:
        end = department_end(text, mention.start, end)
    return Mention(start, end, text[start:end], kind, core)


def _in_quotes(text: str, rows: list[Mention]) -> list[Mention]:
    """The groups whose own name stands in quotes (“红马甲”志愿服务队), each once, outside the names found; with the
    place or the body that they belong to in front (某街道“老娘舅”调解队)."""
    first: dict[str, Mention] = {}
    for match in _QUOTED.finditer(text):
        begin = left_edge(text, match.start()).start
        host = text[begin : match.start()]
        if not (2 <= len(host) <= _LONGEST_HOST and (last_ending(host) == len(host) or REGION.fullmatch(host))):
            begin = match.start()
        if not any(row.start < match.end() and match.start() < row.end for row in rows):
            kind = "association" if match["team"] else "agency"
            name = text[begin : match.end()]
            first.setdefault(name, Mention(begin, match.end(), name, kind, match.end("own")))
    return list(first.values())


def find_mentions(text: str, endings: Sequence[Place] | None = None) -> Iterator[Mention]:
    """Every mention of an organization, in order, none overlapping; `endings` are those of a text that was scanned."""
    words = lexicon()
    endings = words.machine.find_matches_as_indexes(text) if endings is None else endings
    held: Mention | None = None
    for number, s, e in endings:
        kind = words.kinds[number]
        found = read_candidate(text, s, e, kind, held) if kind else None
        if found is None:
            continue
        if held is not None and found.start >= held.end and _is_one(held):
            yield held
        held = found
    if held is not None and _is_one(held):
        yield held


def _is_one(mention: Mention) -> bool:
    """Whether a candidate names a single organization."""
    return names_one(mention.name, max(0, mention.core - mention.start), mention.kind)
