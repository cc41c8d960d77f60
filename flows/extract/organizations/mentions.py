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
from flows.extract.organizations.forms import by_ending, find_aliases, resolve
from flows.extract.organizations.quoted import in_quotes
from flows.extract.organizations.single import names_one
from flows.extract.words.organizations import lexicon
from flows.extract.words.reading import Reading
from flows.extract.words.scan import Place, words_of
from flows.vocabulary import load_vocabulary, unspaced

_FOREIGN = frozenset(["foundation", "university", "hospital", "company", "school"])
_FIRST_NAME = re.compile(f"(?:[{unspaced(load_vocabulary('surnames')['transliteration'])}及]{{1,8}}·)+$")
_SEVERAL_ORGANS = re.compile(r"(?:[省市区县州旗镇乡]|自治区)(?:委|政府|人大)(?:[省市区县]?(?:委|政府|人大|人民政府))+")


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
    quoted = [
        Mention(one[0], one[1], text[one[0] : one[1]], *one[2:]) for one in in_quotes(text, [m[:2] for m in rows])
    ]
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
