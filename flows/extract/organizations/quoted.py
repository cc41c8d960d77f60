"""Groups whose own name stands in quotes (“红马甲”志愿服务队), with the place or the body in front that they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from flows.extract.organizations.edges import left_edge
from flows.extract.organizations.single import last_ending, regions_end
from flows.looks import IfHeld
from flows.vocabulary import load_vocabulary, one_of

_LONGEST_HOST = 16


@cache
def _quoted() -> IfHeld:
    words = load_vocabulary("organization_names")
    of, teams, bodies = (one_of(words[key].split()) for key in ("team_of", "teams", "quoted_bodies"))
    return IfHeld(f"“(?P<own>[^“”\\n，。]{{2,10}})”(?:(?P<team>(?:{of})?(?:{teams}))|{bodies})(?![员长])")


def _is_place(host: str) -> bool:
    """Whether what stands in front of the quotes is one place, down to a village or a neighbourhood."""
    end = regions_end(host)
    return end > 0 and (end == len(host) or host.endswith(("社区", "村")))


def in_quotes(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str, int]]:
    """Each such group once, outside the names found, which stand at `taken`: where it starts and ends, its kind, and
    where the ending begins that told the kind (某街道“老娘舅”|调解队)."""
    told: set[str] = set()
    for match in _quoted().finditer(text) if "”" in text else ():
        begin = left_edge(text, match.start()).start
        host = text[begin : match.start()]
        if not (2 <= len(host) <= _LONGEST_HOST and (last_ending(host) == len(host) or _is_place(host))):
            begin = match.start()
        name = text[begin : match.end()]
        if name in told or any(start < match.end() and match.start() < end for start, end in taken):
            continue
        told.add(name)
        yield begin, match.end(), "association" if match["team"] else "agency", match.end("own")
