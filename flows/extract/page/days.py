"""Days that a page states without a label: under a notice, at the end of a press release, over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.extract.dates.stamps import Stamp, find_stamps
from flows.extract.page.byline import AROUND, plain

SIGNED = 8
"""The rank of the date under a notice, beneath the name of who issued it."""
SIGNED_DAY = re.compile(r"\n[ 　]*(?P<day>(?:20\d\d|[二〇○零一三四五六七八九]{4})年[^\n]{3,10}日)[ 　]*(?=\n|$)")
ISSUER = re.compile("[\u4e00-\u9fff（）]{2,26}(?:局|厅|部|委|办|会|政府|处|署|院|中心|办公室)")
SHORTEST_ISSUER = 3
LONGEST_FOOT, SIGNED_LINES = 600, 4
"""Characters of a notice's end that are looked at, and lines of it that may hold the signature."""
BELOW_SIGNATURE = re.compile(
    r"[\s　（(]*(?:联\s*系|咨询|地\s*址|通[讯信]|邮\s*[政编箱]|电\s*话|电子|传\s*真|手\s*机|网\s*址|附|抄送|此件"
    r"|\d{1,2}[.．、]|E-?mail)",
    re.IGNORECASE,
)
CLAUSE_MARK = re.compile(r"[。！？；!?;，]")
WEEKDAY = re.compile(r"[\s　]*[（(]?(?:星期|周)[一二三四五六日天][）)]?[\s　]*$")
YEAR, DAY, CLOCK = re.compile(r"20\d\d"), re.compile(r"\d\d?[-/]\d\d?"), re.compile(r"\d\d?:\d\d(?::\d\d)?")


class Dated(NamedTuple):
    """A date of a line and how far it can be trusted to be the day of publication; the smallest rank wins."""

    rank: int
    stamp: Stamp


def closing_day(notes: Sequence[tuple[str, str]]) -> Iterable[Dated]:
    """The day that ends a press release: one of the first lines behind it, with nothing else in it."""
    behind = [chunk for kind, chunk in notes if kind == "other"][:3]
    for n, line in enumerate(behind):
        stamp = next(find_stamps(plain(line)), None)
        if (
            stamp
            and not (n and stamp.time)
            and not WEEKDAY.sub("", line[: stamp.start] + line[stamp.end :]).strip(AROUND)
        ):
            yield Dated(SIGNED, stamp)


def signed_within(title: str, text: str) -> Iterable[Dated]:
    """The date of a notice that a document or an attachment follows: the first line of nothing else that stands below
    the name of an issuer whom the title names, or above an attachment."""
    for match in SIGNED_DAY.finditer(text) if title else ():
        issuer = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        attached = text.startswith("附", match.end() + 1) and ISSUER.fullmatch(issuer) is not None
        if len(issuer) > SHORTEST_ISSUER and (issuer in title or attached):
            for stamp in find_stamps(plain(match["day"])):
                if not (match["day"][: stamp.start] + match["day"][stamp.end :]).strip(AROUND):
                    yield Dated(SIGNED + 1, stamp)
                return


def spread_day(notes: Sequence[tuple[str, str]]) -> Iterable[Dated]:
    """A date that a page spreads over lines of its own: 2019, 09/07, 19:02."""
    for n in [n for n, (_, chunk) in enumerate(notes[:-2]) if chunk[:2] == "20" and YEAR.fullmatch(chunk)]:
        day, clock = notes[n + 1][1].strip(), notes[n + 2][1].strip()
        if DAY.fullmatch(day) and CLOCK.fullmatch(clock):
            yield from (Dated(3, stamp) for stamp in find_stamps(f"{notes[n][1]}-{day.replace('/', '-')} {clock}"))


def signature(text: str) -> Iterable[Dated]:
    """The date in the last lines of a notice, below the name of its issuer; whom to ask may stand below it."""
    lines = text[-LONGEST_FOOT:].split("\n")[1:]
    while lines and BELOW_SIGNATURE.match(lines[-1]):
        lines.pop()
    for issuer, day in pairwise(lines[-SIGNED_LINES:]):
        if len(day) > 30 or len(issuer) > 30:
            continue
        stamp = next(find_stamps(plain(day)), None)
        alone = stamp is not None and not stamp.bold and not (day[: stamp.start] + day[stamp.end :]).strip(AROUND)
        if stamp and alone and not CLAUSE_MARK.search(issuer):
            yield Dated(SIGNED, stamp)
