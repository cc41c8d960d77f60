"""Bare figures: those whose clause names only a place or a time, and that count what the figure before them counted."""

from __future__ import annotations

import re

from flows.extract.numbers.quantities import Quantity
from flows.extract.regions.surroundings import surroundings
from flows.extract.statistics.carried import OF_EXAM
from flows.extract.statistics.own_dates import LIST_MARK
from flows.extract.statistics.readings import Meaning, is_change
from flows.extract.words.indicators import OTHER, indicators
from flows.extract.words.marks import behind_clause_end
from flows.extract.words.reading import Reading
from flows.vocabulary import load_vocabulary, one_of

_LONGEST_CLAUSE = 40
_LEAD = re.compile("(?:其中|而|但|则|比|较|同比|仅)*")
_TIME = re.compile(
    "(?:(?:截至|到)?(?:20\\d\\d|19\\d\\d)年?[底末初]?|(?:截至|到)?(?:去|今|前|上|当)年年?[底末初]?|[一二两三四五六七八九十]年前|(?:当初|最初|起初|目前|如今|现在|同期))的?"
)
# What stands for a place: the level itself, and several places of one.
_PLACE_WORD = re.compile(
    "[省市县区]本级|(?:中央|[省市县区镇乡村]级|市县)(?:财政|资金|补助|配套|福彩公益金|彩票公益金|福利彩票公益金)*|(?:其他|其余|另外|另)?[两二三四五六七八九十0-9]{1,3}个?[省市县区州](?:合计|共计?)?"
)
_THIS = re.compile("[这该此](?:[一两二三四]?[个项组类]?|些)(?:数字|数据|数|比例|比率|占比|指标)")
_LINK = re.compile(
    "(?:全[省市县区州]|分别|建成|建有|设有|现有|共有|登记|则有|(?:[升降增减]|增加|减少|上升|下降|提高|增长|扩大|发展)[至到]了?|由|从|各|均|都|在|也|则|仅|只|还|就|不过|依次|次之，|[最较][多高少低]，|居首，|居前，|领先，|居全[省市县州国]?[首第][位一]，|紧随其后，|紧跟其后，|居次，|居第二，|排第二，|垫底，|为|是|有|以|达到?|约|近|超过?|逾|共计?|合计|数|最多|最少|的)*"
)
_BY_PLACE = re.compile(
    "(?:从|分|按)各?(?:分布|区域|地区|地市|市州|盟市|区县|县区|县市|州市|市地|[省市县区州]{1,2}|辖区)(?:分布|情况|划分)?来?[看分]?[，：]|其中"
)
_NOTHING_BEHIND = re.compile(
    "居首|[位列居排]|领先|净增|新增|最多|左右|以上|以下|多|余|[，。；、！？）\n]|$|和|与|增|升|降|减|提|跃|扩|发展到|（"
)
_TOPIC = re.compile("(?<![\u4e00-\u9fff])(?!分)[\u4e00-\u9fff]{2,10}(?:上|方面|来看)，$")
_VERB = re.compile(
    f"(?P<verb>{one_of(load_vocabulary('statistic_words')['list_verbs'].split())})(?:了|共|累计|约|近)*$"
)
_LOOKED_AT = re.compile("(?:从|按|就)(?P<noun>[^，。；\\d]{2,14}?)(?:的?(?:分布|排名|情况))?(?:来看|上看|看|来说)，")
_NEXT_IN_RANK = re.compile(
    "(?:[最较][多高少低]|居首|居前|领先|居全[省市县州国]?(?:首位|第一|前列)|次之|紧随其后|紧跟其后|居次|居第二|排第二|垫底)，$"
)
_AUTONOMOUS = ("自治县", "自治州", "自治旗")
_LOOKS = ("从", "按", "就")
_RANK_ENDS = frozenset(f"{end}，" for end in "多高少低首前先位一列之后次二底")
_BOUND_UNITS = re.compile("[、，和]")


class Counted:
    """What the figures of a paragraph have counted so far, by unit: [持证社工]5216人。其中甲区1308人、乙县402人."""

    def __init__(self, reading: Reading) -> None:
        self.text, self.around = reading.text, surroundings(reading)
        self.last: dict[str, Meaning] = {}
        self.verbs: dict[str, tuple[str, int]] = {}
        """The verb that stands right before the last figure of a unit, and where that figure begins."""
        self.first: dict[str, Meaning] = {}
        """What the first figures of the paragraph count, by unit."""
        self.paragraph = self.sentence = 0
        self.bare_end = -1
        self.names_time = False
        """Whether the clause of the bare figure read last names a time of its own."""

    def read(self, q: Quantity, last: Quantity | None) -> Meaning | None:
        """What a bare figure counts; None if it is not bare, or nothing of its unit was counted in its paragraph, or in
        the one before where its own shares that out (从分布看，甲市4986个)."""
        self._turn(q)
        if q.unit is None or not self.last:
            return None
        told = (
            (self.last[q.unit], self.first.get(q.unit)) if q.unit in self.last else ()
        )  # no rate (每万人4.2人；乙区次之，为176人)
        before = next((one for one in told if one and q.value <= indicators()[one.indicator].high), None)
        if before is None or not _NOTHING_BEHIND.match(self.text, q.end):
            return None
        if not (self._is_bare(q, last) or self._does_the_same(q)):
            return None
        return before._replace(first=q.start, last=q.end)

    def looked_at(self, q: Quantity, last: Quantity | None) -> tuple[int, int] | None:
        """Where the noun stands that a bare figure's sentence is said to look at (从持证人数看，甲市300人，乙市80人),
        None if it is none of several places, or says no such thing."""
        self._turn(q)
        m = _LOOKED_AT.match(self.text, self.sentence, q.start) if self.text.startswith(_LOOKS, self.sentence) else None
        if m is None or _BY_PLACE.match(self.text, self.sentence) or not self._is_bare(q, last):
            return None
        return m.span("noun")

    def _turn(self, q: Quantity) -> None:
        """Goes over to the paragraph of a figure."""
        if self.text.find("\n", self.paragraph, q.start) < 0:
            start = max(self.paragraph, self.text.rfind("。", self.paragraph, q.start) + 1)
            if start > self.sentence and _BY_PLACE.match(self.text, start):
                self.last = self._shared_out()
            self.sentence = start
            return
        self.paragraph = self.text.rfind("\n", 0, q.start) + 1
        self.last = self._shared_out() if _BY_PLACE.match(self.text, self._behind_mark()) else {}
        self.first = {}
        self.sentence = max(self.paragraph, self.text.rfind("。", self.paragraph, q.start) + 1)

    def _shared_out(self) -> dict[str, Meaning]:
        """What places share out: what the first figures of the paragraph count, but none of an examination's if several
        were told (报考1120人，91人取得证书。分县区看，甲区32人)."""
        last = self.last
        return {
            unit: one
            for unit, one in self.first.items()
            if one.indicator not in OF_EXAM or unit not in last or last[unit].indicator == one.indicator
        }

    def _behind_mark(self) -> int:
        """Where the paragraph goes on behind its number (二、分地区看)."""
        mark = LIST_MARK.match(self.text, self.paragraph)
        return mark.end() if mark else self.paragraph

    def _is_bare(self, q: Quantity, last: Quantity | None) -> bool:
        """Whether nothing but a place or a time stands before a figure in its clause, or the bare one before it."""
        text = self.text
        if last is not None and last.end == self.bare_end and _BOUND_UNITS.fullmatch(text, last.end, q.start):
            return True  # 乙县260万元、13个
        floor = max(self.paragraph, q.start - _LONGEST_CLAUSE)
        start = self.around.behind_joint(floor, q.start) or floor
        if _TOPIC.search(text, max(self.paragraph, start - _LONGEST_CLAUSE), start):
            return False  # 通过人数上，甲区402人
        if text[start - 2 : start] in _RANK_ENDS and (
            ranked := _NEXT_IN_RANK.search(text, max(self.paragraph, start - _LONGEST_CLAUSE), start)
        ):
            start = self.around.behind_joint(floor, ranked.start()) or floor
        lead = _LEAD.match(text, start)
        place = end = lead.end() if lead else start
        time = _TIME.match(text, end)
        end = time.end() if time else end
        if self.around.names_place_at(end):
            end = self.around.end_of_place(end)
            end += 3 * text.startswith(_AUTONOMOUS, end)  # 威宁|自治县
            if time is None and (time := _TIME.match(text, end)):
                end = time.end()
        elif word := _PLACE_WORD.match(text, end):
            end = word.end()
        if this := _THIS.match(text, end) or _THIS.match(text, end + 1):  # behind a comma
            end = this.end()
        self.names_time = time is not None
        return end > place and _LINK.fullmatch(text, end, q.start) is not None

    def _does_the_same(self, q: Quantity) -> bool:
        """Whether only a verb stands before a figure in its clause, that of the last one of its unit in the sentence
        (甲县建成23个乡镇社工站；乙县投入120万元，建成18个)."""
        verb, at = self.verbs.get(q.unit or "", ("", 0))
        if not verb or at < self.sentence:
            return False
        start = behind_clause_end(self.text, max(self.sentence, q.start - _LONGEST_CLAUSE), q.start)
        own = _VERB.search(self.text, start, q.start) if start else None
        if own is None or own["verb"] != verb:
            return False
        place = self.around.end_of_place(start) if self.around.names_place_at(start) else start
        return _LINK.fullmatch(self.text, place, own.start()) is not None

    def note(self, q: Quantity, reading: Meaning | None, bare: bool) -> None:
        """Keeps what a figure counts for the bare ones behind it."""
        self._turn(q)
        text = self.text
        self.bare_end = q.end if bare else -1
        if reading is None or q.unit is None or is_change(text, reading):
            return
        if reading.indicator == OTHER:
            floor = max(self.paragraph, q.start - _LONGEST_CLAUSE)
            start = self.around.behind_joint(floor, q.start) or floor
            if not text.startswith("其中", start):  # 其中女性1190人 leaves what is counted
                self.last.pop(q.unit, None)
        else:
            self.last[q.unit] = reading
            verb = _VERB.search(text, max(self.sentence, q.start - _LONGEST_CLAUSE), q.start)
            self.verbs[q.unit] = (verb["verb"], q.start) if verb else ("", 0)
            self.first.setdefault(q.unit, reading)
