"""Where events were held, and whether on site, online or both."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.extract.events.names import Found
from flows.extract.events.roles import names_region
from flows.extract.events.same import nested
from flows.extract.regions.mentions import city_in_name, lies_in
from flows.extract.regions.surroundings import surroundings
from flows.extract.words.events import cities
from flows.extract.words.reading import Reading

_ONLINE_NAME = re.compile("线上|网上|云端|直播")
_ONLINE, _ONSITE = re.compile("线上|网上|网络|云端|直播|视频|在线|云"), re.compile("线下|现场|实地")
_NAMED_AFTER = re.compile("[\u4e00-\u9fff]{2}(?:宾馆|饭店|酒店|大厦|大酒店|路|大道|广场)")
_AUTHORITY = re.compile("(?:局|厅|政府|区委|县委|市委|省委|部|办|街道|办事处|妇联|团委)$")
_HERE = re.compile("[在于](?:[该本我全这][省市县区州旗]|这里|此|当地)")
_BELOW = frozenset("县区旗镇乡街村")  # how a host's name begins whose place is the article's


class EventRegions:
    """The regions of the events of one text; `masked` is the text with what is quoted blotted out."""

    def __init__(self, reading: Reading, masked: str) -> None:
        self.text, self.masked, self.surroundings = reading.text, masked, surroundings(reading)

    def of(self, found: Found, hosts: list[str]) -> str | None:
        """Of the place, else of the name, else of the sentence, else of the section.

        An organizer from elsewhere does not move the event, unless it is an authority, which holds it at home.
        """
        in_place = self._of_place(*found.place) if found.place else None
        around = self.surroundings.section_region(found.verb)
        here = _HERE.search(self.masked, found.end, max(found.verb, found.end))  # 全省会议在该区召开
        stated = in_place or (None if here else self.surroundings.region_in(found.start, found.end))
        if here and around:
            return around
        if stated:
            # 岳阳市第十中学, with a host of a district of that city: it lies there.
            finer = in_place and around and around != stated and lies_in(around, stated) and _at_home(hosts)
            return around if finer else stated
        if found.subject and (own := self._of_subject(*found.subject)):
            return own
        near = self.surroundings.region_at(found.verb).value
        if near and around and around != near and lies_in(around, near) and any(host[0] in _BELOW for host in hosts):
            return around  # 县民政局联合三明市社会工作协会
        return near if near and (around is None or nested(near, around) or _at_home(hosts)) else around

    def _of_subject(self, start: int, end: int) -> str | None:
        """The region that is itself said to have held an event (新宁县启动…)."""
        name = self.text[start:end].rpartition("，")[2]
        return self.surroundings.region_in(end - len(name), end) if name and names_region(name) else None

    def _of_place(self, start: int, end: int) -> str | None:
        """The region that a place names; not the 洪山 of 武汉市洪山宾馆."""
        code = self.surroundings.region_in(start, end) or cities().get(self.text[start:end])
        if m := _NAMED_AFTER.search(self.text[start:end]):
            return self.surroundings.region_in(start, start + m.start()) or code
        return code or city_in_name(self.text[start:end])


def format_of(way: str, name: str, place: str | None) -> str | None:
    """How an event was held (onsite, online, hybrid), None where nothing says it."""
    online, onsite = _ONLINE.search(way) or _ONLINE_NAME.search(name), _ONSITE.search(way)
    if online and (onsite or "线上线下" in way):
        return "hybrid"
    if online:
        return "online"
    return "onsite" if onsite or place else None


def _at_home(hosts: Iterable[str]) -> bool:
    """Whether an authority is among the hosts."""
    return any(_AUTHORITY.search(host) for host in hosts)
