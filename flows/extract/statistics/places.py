"""Places of figures: the region of each figure of a text, and what that rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.numbers.numerals import parse_number
from flows.extract.numbers.quantities import Quantity
from flows.extract.regions.surroundings import surroundings
from flows.extract.statistics.lists import Lists
from flows.extract.words.basis import CLAUSE, LIST, NOTHING, SENTENCE, Told
from flows.extract.words.marks import behind_last
from flows.extract.words.reading import Reading
from flows.looks import IfHeld

_REACH = 24  # characters before a figure in which the place that its clause begins with may stand
_LEADS_IN = re.compile(
    "其中|如今|目前|现在|今年|去年|[仅单]?在|仅|如|例如|比如|对|给予?|向|为|由|而|但|[^，。；]{0,12}?(?:最多|最少|较多|较少|居前|靠前|[最较][高低])的?(?:有|是|为)?"
)
_SEVERAL = re.compile(
    "(?:其他|其余|另外|另|[粤苏浙皖闽赣鲁豫鄂湘桂琼川黔滇陕甘青冀晋辽吉黑蒙新藏][东南西北中])?[两二三四五六七八九十]{1,3}个?[省市县区州地](?![级长委民政里域])(?!.{0,3}(?:建成|全部|均|都已|实现))"
)
_TOGETHER = re.compile("(?:其他|其余|另外)|合计|共(?!同)|总")
_EACH, _LONGEST_EACH = re.compile("(?:各自?|均|都)(?:已|有|为|是|达到?|建成?|配备|在|约|超过?|突破|逾)*$"), 6
_PROVINCES = IfHeld("(?<!全国)(?:[0-9]{1,2}|[两二三四五六七八九十]{1,3})个?省(?:份|市|区)")  # 沿江11省市
_THESE = re.compile(
    "(?<![0-9第])([两二三四五六七八九十]{1,2})(?:个?(?:省|市|区|县|州|地)|[市县]区|市州)(?![级长委民政里域])"
)
_behind_clause = behind_last("，；：。")
_LIST_JOINTS = frozenset("、和与及")


class FigurePlaces:
    """The regions of the figures of one text, asked for in order."""

    def __init__(self, reading: Reading, lists: Lists, quantities: Sequence[Quantity]) -> None:
        self.text, self.around, self.lists, self.quantities = reading.text, surroundings(reading), lists, quantities
        self.last = NOTHING
        self.several: int | None = None  # the last figure that is of several places
        self.together: int | None = None  # the last one that is of them together
        self.own: tuple[int, str] | None = None  # the last figure of a clause that a region opens

    def region(self, n: int, sentence: int, bare: bool) -> Told:
        """The region of figure n, whose sentence begins at `sentence`; kept for the next one."""
        self.last = self._region(n, sentence, bare)
        return self.last

    def _region(self, n: int, sentence: int, bare: bool) -> Told:
        """The region of figure n, whose sentence begins at `sentence`: the one that its own clause or place in a list
        begins with, else that of the text."""
        place = self.quantities[n].start
        if shared := self.lists.shared_out(n, sentence):
            each, members, nth = shared
            codes = self.around.joined_before(sentence, each)
            if len(codes) != members and self._counts_places(sentence, each, members):
                codes = self.around.several_before(sentence, members)  # 年末，三市分别有…
            if len(codes) == members > 1:  # 甲县、乙县分别建站12个、9个
                return Told(codes[nth], LIST)
        floor = max(sentence, place - _REACH)
        start = self.around.behind_joint(floor, place) or (sentence if floor == sentence else 0)
        lead = _LEADS_IN.match(self.text, start, place) if start else None
        if lead and self.around.names_place_at(lead.end()):
            start = lead.end()
        if _SEVERAL.match(self.text, start, place) or _PROVINCES.search(
            self.text, start, place
        ):  # 其他四县, 三个区: of none of them
            self.own, self.several = None, n
            self.together = n if _TOGETHER.search(self.text, start, place) else self.together
            return NOTHING
        before = self.text[self.quantities[n - 1].end : place] if n else ""
        if bare and before in _LIST_JOINTS and self.last.basis in (CLAUSE, LIST):
            return self.last  # 舞阳县190万元、10个
        if n and self.several == n - 1 and (before in _LIST_JOINTS or self._holds_on(n, sentence)):
            self.together = n if self.together == self.several else self.together
            self.several = n
            return NOTHING  # 三个区合计335万元、16个; 四地共有社工162名，服务2.9万人次
        own = self.around.region_in(start, place) if start else None
        if own and self.around.names_place_at(start) and not self.around.is_in_name(start):
            several = self.around.ends_joint(start)
            letters = self.around.names_place_at(start + 1)  # 京津冀
            held = not (bare or several or letters or (lead and lead[0] == "其中"))
            held = held and self.text[start - 1 : start] not in _LIST_JOINTS
            self.own = (place, own) if held else None
            basis = LIST if self.text[start - 1 : start] in _LIST_JOINTS else CLAUSE
            return NOTHING if several else Told(own, basis)
        if self.own and self.around.holds_until(*self.own, place):
            return Told(self.own[1], SENTENCE)
        if own := self.around.region_told_in(max(sentence, _behind_clause(self.text, floor, place)), place):
            return Told(own, CLAUSE)
        return self.around.region_at(place)

    def _holds_on(self, n: int, sentence: int) -> bool:
        """Whether figure n goes on in its sentence with what the one before is of: no place or scope between."""
        last, place = self.quantities[n - 1], self.quantities[n].start
        return last.start >= sentence and self.around.holds_until(last.end, "", place)

    def _counts_places(self, start: int, end: int, count: int) -> bool:
        """Whether text[start:end] says last 三市 or the like, of so many places."""
        told = list(_THESE.finditer(self.text, start, end))
        return bool(told) and parse_number(told[-1][1]) == count

    def each_of(self, n: int, sentence: int) -> list[tuple[int, str]]:
        """Where the places stand, and their codes, that a figure is of, each by itself: 甲县、乙县各112人."""
        place = self.quantities[n].start
        if (each := _EACH.search(self.text, max(sentence, place - _LONGEST_EACH), place)) is None:
            return []
        return self.around.joint_ending_at(each.start())
