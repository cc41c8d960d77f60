"""The regions that a text names outside quotes and titles: at which places, and which of them are joined."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from flows.extract.regions.asides import PLACE_OF_MEETING
from flows.extract.regions.mentions import RegionMention, mentions_below, titled_mentions
from flows.extract.words.marks import PART_ENDS, behind_last
from flows.extract.words.reading import Reading

_NAMES = re.compile("《[^《》\n]*》|“[^“”\n]*”")
_JOINTS = frozenset("、和与及暨") | {"以及"}
_behind_joint = behind_last(f"{PART_ENDS}、和与及")
_COUNTED = re.compile("[两二三四五六七八九十]{1,2}[省市县区州](?!级)")
_NAMED = re.compile(
    "[^，。；：、\\s在有的共]{2,20}?(?:服务中心|发展中心|促进中心|关爱中心|服务社|事务所|公司|银行|商会|集团|基金会|慈善总会|慈善会|协会|学会|联合会|促进会|大学|学院|医院)"
)


class Named:
    """The regions that an article's text names outside “” and 《》; its title may decide what a name means."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text, self.title = reading, reading.text, reading.title

    @cached_property
    def mentions(self) -> Sequence[RegionMention]:
        """The regions that the text names outside “” and 《》, in order."""
        text = self.text
        names = [m.span() for m in _NAMES.finditer(text)]
        starts = [start for start, _ in names]
        return [
            mention
            for mention in mentions_below(self.reading)
            if not (n := bisect_right(starts, mention.start)) or names[n - 1][1] <= mention.start
        ]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    def region_in(self, start: int, end: int) -> str | None:
        """The last region named in text[start:end], None if there is none."""
        n = bisect_right(self._mention_starts, end - 1) - 1
        return self.mentions[n].code if n >= 0 and self.mentions[n].start >= start else None

    def region_told_in(self, start: int, end: int) -> str | None:
        """The last region in text[start:end] that something is done in (…在甲省惠及学生900名)."""
        n = bisect_right(self._mention_starts, end - 1) - 1
        if n < 0 or (mention := self.mentions[n]).start < start or self.text[mention.start - 1] not in "在于":
            return None
        met = PLACE_OF_MEETING.match(self.text, mention.end)
        return None if met or self._are_several(self._joint(n)) else mention.code

    def several_before(self, place: int, count: int) -> Sequence[str]:
        """The regions that are joined, so many of them, and were named last before a place, in the text or its title:
        those that 三市 then means; none if no such were."""
        body = len(self.title) + 1
        whole, mentions = f"{self.title}\n{self.text}", titled_mentions(self.reading)
        joint: list[str] = []
        run: list[str] = []
        for n, mention in enumerate(mentions):
            if mention.start >= place + body:
                break
            goes_on = n > 0 and whole[mentions[n - 1].end : mention.start] in _JOINTS
            run = [*(run if goes_on else ()), mention.code]
            joint = run if len(run) == count else joint
        return joint

    def region_named(self, start: int, end: int) -> str | None:
        """The region that the whole of text[start:end] names."""
        n = bisect_right(self._mention_starts, start) - 1
        return self.mentions[n].code if n >= 0 and self.mentions[n][:2] == (start, end) else None

    def is_in_name(self, place: int) -> bool:
        """Whether the region named at a place only opens the name of an agency, a firm or a university."""
        n = bisect_right(self._mention_starts, place) - 1
        return n >= 0 and _NAMED.match(self.text, self.mentions[n].end) is not None

    def names_place_at(self, place: int) -> bool:
        """Whether a region's name begins at a place."""
        n = bisect_right(self._mention_starts, place)
        return n > 0 and self._mention_starts[n - 1] == place

    def behind_joint(self, floor: int, place: int) -> int:
        """Where the part of a list goes on that ends at a place, behind the last mark, 、 or 和 in text[floor:place]
        that is none of a name's (云和县); 0 if there is none."""
        start = _behind_joint(self.text, floor, place)
        while start and (name := self._name_around(start - 1)) is not None:
            start = _behind_joint(self.text, floor, name)
        return start

    def _name_around(self, place: int) -> int | None:
        """Where the region's name begins that the character at a place is part of."""
        n = bisect_right(self._mention_starts, place) - 1
        return self.mentions[n].start if n >= 0 and place < self.mentions[n].end else None

    def end_of_place(self, place: int) -> int:
        """Where the region's name ends that begins at a place."""
        return self.mentions[bisect_right(self._mention_starts, place) - 1].end

    def last_place_end(self, place: int) -> int:
        """Where the last region named before a place ends."""
        return self.mentions[bisect_left(self._mention_starts, place) - 1].end

    def joint_ending_at(self, place: int) -> list[tuple[int, str]]:
        """Where each of the regions starts that are joined and end at a place, with its code; none for one alone."""
        last = bisect_left(self._mention_starts, place) - 1
        if last < 1 or self.mentions[last].end != place:
            return []
        first = last
        while first and self._are_joined(first - 1):
            first -= 1
        joint = self.mentions[first : last + 1]
        return [(mention.start, mention.code) for mention in joint] if len(joint) > 1 else []

    def place_ending_at(self, place: int) -> int | None:
        """Where the region's name begins that ends at a place, None if none does."""
        n = bisect_left(self._mention_starts, place) - 1
        return self.mentions[n].start if n >= 0 and self.mentions[n].end == place else None

    def joined_before(self, start: int, place: int) -> Sequence[str]:
        """The regions of text[start:place] that are named last and joined to each other (甲区、乙区考生最多，)."""
        end = n = bisect_left(self._mention_starts, place)
        first = bisect_left(self._mention_starts, start)
        while n > first and (n == end or self._are_joined(n - 1)):
            n -= 1
        return [mention.code for mention in self.mentions[n:end]]

    def ends_joint(self, place: int) -> bool:
        """Whether the region named at a place is the last of several joined (甲、乙、丙三区)."""
        n = bisect_right(self._mention_starts, place) - 1
        while n > 0 and self._are_joined(n - 1):
            n -= 1
        joint = self._joint(n) if n >= 0 else []
        return self._are_several(joint) and joint[-1].start >= place

    def _are_several(self, joint: Sequence[RegionMention]) -> bool:
        """Whether what is joined names several regions: more than one are known, or their number follows (罗湖三区)."""
        codes = {mention.code for mention in joint}  # one for all of Taiwan
        return len(codes) > 1 or (len(joint) == 1 and _COUNTED.match(self.text, joint[-1].end) is not None)

    def _are_joined(self, n: int) -> bool:
        """Whether nothing but a joint stands between mentions n and n + 1."""
        return self.text[self.mentions[n].end : self.mentions[n + 1].start] in _JOINTS

    def _joint(self, first: int) -> Sequence[RegionMention]:
        """Mention `first` and those joined to it."""
        stop = first + 1
        while stop < len(self.mentions) and self._are_joined(stop - 1):
            stop += 1
        return self.mentions[first:stop]
