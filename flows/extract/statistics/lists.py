"""Lists of figures: where a list begins, and which noun of 机构、站点分别为3个、2个 a figure of it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.numbers.quantities import Quantity
from flows.extract.regions.surroundings import surroundings
from flows.extract.statistics.nouns import noun_end
from flows.extract.statistics.readings import Place
from flows.extract.words.reading import Reading
from flows.looks import AtEnd, IfHeld

REACH_BEFORE = 60
"""Characters before a figure, or its list, in which its words may stand."""

_JOINED = re.compile("(?:[、和与及]|以及)[^，。；：！？\n]{0,16}")
# Places counted inside what is counted: [服务]5个乡镇的儿童80名.
_PLACES_OF = re.compile(
    "(?:乡镇|镇街|街道|街镇|社区|村居?|小区|区县|县区?|市州|市|学校|站点)(?:（[^（）]{0,6}）)?的?[^，。；：、！？\n\\d]{1,12}"
)
_EACH_OF = re.compile(
    "(?P<noun>[^，。；！？\n]{2,40})(?:分别|依次)(?:为|是|有|达到?|共有)?[：:，]?(?P<own>[^，。；：]{0,10})$"
)
_IN_ORDER, _IS = IfHeld("分别|依次"), AtEnd("，?(?:各自?)?(?:为|是)$")
_THESE = re.compile("[两二三四五六七八九十]{1,2}个?(?:地|[省市州县区]+)(?![级长委民政里域])")
_ONLY_JOINTS = frozenset("、和与及")


_SEVERAL, _REACH_BEHIND = 2, 40
_RANKED = re.compile(
    "(?:的?(?:人数|数量|总数|总量))?(?:[最较][多少高低大]|居前|靠前|领先|[位排]?[居列]?(?:居)?(?:全[省市县区州国])?(?:的)?(?:前列|前[一二三四五六七八九十](?:位|名)?))$"
    "|(?:率先|已|全部|均)*实现|全覆盖$"
)


class Lists:
    """The lists that the figures of a text stand in, told in order."""

    def __init__(self, reading: Reading, quantities: Sequence[Quantity]) -> None:
        self.text, self.quantities, self.around = reading.text, quantities, surroundings(reading)
        self.shared: tuple[int, tuple[int, int, int] | None] = -1, None  # what was found out last, and of which figure
        self.heads: list[int] = []  # of each figure so far, the first of the list it stands in

    def append(self, n: int, sentence: int) -> None:
        """Adds quantity n, whose sentence begins at `sentence`."""
        self.heads.append(self._head(n, sentence))

    def _head(self, n: int, sentence: int) -> int:
        """The first figure of the list that quantity n stands in: 3家 in 机构3家、站点2个和人员5名."""
        if not n or (previous := self.quantities[n - 1]).end < sentence:
            return n
        between = previous.end, self.quantities[n].start
        joined = _JOINED.fullmatch(self.text, *between) or _PLACES_OF.fullmatch(self.text, *between)
        return self.heads[n - 1] if joined else n

    def distributed(self, n: int, sentence: tuple[int, int]) -> Place | None:
        """Where the noun of a figure behind 分别 stands: 机构、站点分别为3个、2个, or 社工分别为：甲县3人、乙县2人."""
        q, head = self.quantities[n], self.quantities[self.heads[n]]
        start = max(sentence[0], head.start - REACH_BEFORE)
        if counted := self._behind_places(n, sentence[0]):
            return Place(counted[0], noun_end(self.text, *counted), q.end, counted[0], sentence)
        if _IN_ORDER.search(self.text, start, head.start) is None:
            return None
        if (m := _EACH_OF.search(self.text[start : head.start])) is None:
            return None
        begin, end = start + m.start("noun"), start + m.end("noun")
        these = _THESE.search(self.text, begin, end) if not m["own"] else None
        if these and these.end() + 1 < end:
            begin = these.end()  # 甲、乙、丙三市[社工站]分别为
        elif not m["own"]:
            names = [start + m.start("noun") + x.start() for x in re.finditer("[^、和与及]+", m["noun"])]
            count = sum(1 for h in self.heads if h == self.heads[n])
            members = self._members(n)
            if len(names) < members and len(names) > 1:
                return None
            if len(names) > 1:  # else one noun of all figures: 通过率分别为21%、17%
                chosen = len(names) - members + count - 1
                begin, end = names[chosen], names[chosen + 1] - 1 if chosen + 1 < len(names) else end
        return Place(begin, noun_end(self.text, begin, end), q.end, begin, sentence)

    def told_behind(self, n: int, sentence: tuple[int, int]) -> tuple[int, int] | None:
        """Where the words stand behind the list of quantity n that tell what its figures count, if only several places
        stand before it (甲市、乙市分别有612人和598人[报名])."""
        if (shared := self.shared_out(n, sentence[0])) is None:
            return None
        each, members, _ = shared
        if len(self.around.joined_before(sentence[0], each)) != members or self.around.last_place_end(each) != each:
            return None
        last = self.heads[n] + members - 1
        end = self.quantities[last].end
        stop = self.quantities[last + 1].start if last + 1 < len(self.quantities) else sentence[1]
        return end, min(stop, end + _REACH_BEHIND, sentence[1])

    def _behind_places(self, n: int, sentence: int) -> tuple[int, int] | None:
        """Where the noun stands behind several places with a figure each: 甲区、乙区[考生]最多，分别有26人和14人."""
        if (shared := self.shared_out(n, sentence)) is None:
            return None
        each, members, _ = shared
        if len(self.around.joined_before(sentence, each)) != members or members < _SEVERAL:
            return None
        begin = self.around.last_place_end(each)
        words = _RANKED.sub("", self.text[begin:each].rstrip("，"))
        return (begin, begin + len(words)) if words else None

    def shared_out(self, n: int, sentence: int) -> tuple[int, int, int] | None:
        """Where 分别 stands before the list of quantity n, the number of its figures, and which of them n is; 为 is
        enough behind as many places (甲县、乙县持证人数列前，为186人、121人)."""
        if self.shared[0] != n:
            self.shared = n, self._shared_out(n, sentence)
        return self.shared[1]

    def _shared_out(self, n: int, sentence: int) -> tuple[int, int, int] | None:
        head, first = self.heads[n], self.quantities[self.heads[n]].start
        start = max(sentence, first - REACH_BEFORE)
        if told := list(_IN_ORDER.finditer(self.text, start, first)):
            return told[-1].start(), self._members(n), n - head
        if (told_as := _IS.search(self.text, start, first)) is None or (members := self._members(n)) < _SEVERAL:
            return None
        bare = all(
            self.text[self.quantities[k].end : self.quantities[k + 1].start] in _ONLY_JOINTS
            for k in range(head, head + members - 1)
        )
        places = len(self.around.joined_before(sentence, told_as.start()))
        return (told_as.start(), members, n - head) if bare and places == members else None

    def _members(self, n: int) -> int:
        """How many figures stand in the list of quantity n, those ahead included."""
        last = n
        while last + 1 < len(self.quantities) and _JOINED.fullmatch(
            self.text, self.quantities[last].end, self.quantities[last + 1].start
        ):
            last += 1
        return last - self.heads[n] + 1
