"""Events: what a text says was held, with day, place, organizers and attendance."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from flows.document import Row
from flows.extract.dates.mentions import DateMention
from flows.extract.events.attendance import attendances, meant_row, people_counts
from flows.extract.events.attended import read_attended, read_come_to, read_this_is
from flows.extract.events.days import EventDays, span_of
from flows.extract.events.lines import broken_ends
from flows.extract.events.named import is_reference, mask, only_head
from flows.extract.events.names import Found, event_verbs, is_planned, read_name
from flows.extract.events.role_lines import add_role_lines
from flows.extract.events.roles import ROLES, ends_as_organization, find_roles, has_roles, names_region, split_names
from flows.extract.events.same import find_same
from flows.extract.events.visits import read_visits
from flows.extract.events.where import EventRegions, format_of
from flows.extract.numbers.counts import counts_of
from flows.extract.words.reading import Reading
from flows.extract.words.scan import words_of
from flows.extract.words.sentences import sentences_of

_NOT_DONE = re.compile("之际|以来|之后|之前|前夕|后，|前，|条件|程序|单位")
# 甲局3月20日组织社工在广场开展…: the host stands before the day and before 组织.
_ORGANIZING = re.compile(
    r"决定|经研究|走进|来到|前往|深入|(?<!社会)组织(?!部|办|委)|邀请|依托|围绕|以(?=“)|(?:联合|共同)?(?:举办|发起|开展)的$|(?<=.)(?:[于在]?(?:\d{4}年|\d{3}年)?\d{1,2}月\d{1,2}日|今（\d{1,2}）日|[于在]?\d{1,2}日|日前|近日|今天|昨天|昨日)"
)
_SHORTEST = 3  # characters of a name
_REACH = 300  # characters around a verb in which its event is described; sentences without end exist
_REMEMBERED = 40  # events with which a new one is compared
_HYBRID = re.compile(
    "(?:采取|采用|以|通过)[^，。；]{0,4}(?:(?:线上|云端|网络|直播|视频)[^，。；]{0,4}(?:线下|现场|实地)"
    "|(?:线下|现场|实地)[^，。；]{0,4}(?:线上|云端|网络|直播|视频))[^，。；]{0,12}(?:方式|形式|模式)"
)
_BY = re.compile(
    "(?:活动|会议|论坛|培训|[班赛会节营集展周月礼]|仪式|赛事|沙龙|工作坊|讲座|典礼|课堂|行动|评选|项目)由|，由[^，。；]{2,40}(?:主办|承办|协办)|(?:主办|承办)(?:单位|方)"
)
_QUOTED_BY = re.compile("“([^“”]{2,20})”由")
_OVER_TIME = re.compile(
    "以来|累计|先后举办|每[年月周]|[0-9一二三四五六七八九十百余多]+(?:场次?|期)(?:活动|培训|讲座|宣讲)"
)
_TO_COME = re.compile("将|定于|拟|预计|计划|时间")
_WILL = re.compile("将(?!近|军|于)")
_ABOUT = re.compile("(?:[0-9月日、至上下午晚-]+)?(?:就|围绕|针对|以|对|走进|来到|前往|深入|赴)")
_VILLAGE = re.compile("[^，。；、日]{3,20}[村镇乡](?=$)")
_VILLAGES = frozenset("村镇乡")  # 林场村举行升国旗仪式 says where
_NOT_HOST = re.compile("^[该此]|^本(?!溪)|是|记者|获悉|了解|倡议|启动|(?:常委|总理|书记|主席|部长|委员)$")


def find_events(reading: Reading) -> list[Row]:
    """The events rows of an article's text, in order, without article_id.

    An event is what a sentence says was held, with a date, a place or an organizer in that sentence. Named again, it
    stays one row, and what later sentences add (attendance, organizers) goes to it. `start`, `end` are the name's.
    """
    return read_events(reading)[0]


def read_events(reading: Reading) -> tuple[list[Row], frozenset[int]]:
    """The rows of `find_events`, and the places of the figures that they hold as attendance."""
    cues = words_of(reading).events
    if not cues:
        return [], frozenset()
    finder, sentences = _Finder(reading), sentences_of(reading)
    done = 0
    for _, place, _ in cues:
        if place >= done:
            start, done = sentences.around(place)
            while start - 1 in finder.broken:
                start = sentences.start(start - 1)
            while done - 1 in finder.broken:
                done = sentences.around(done)[1]
            finder.read(start, done)
    add_role_lines(finder.rows, reading.text)
    return finder.rows, frozenset(finder.attended)


class _Finder:
    """Reads the sentences of one text in order; `rows` are the events so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text, self.masked = reading, reading.text, mask(reading.text)
        self.broken = broken_ends(self.text)
        if self.broken:
            chars = list(self.masked)
            for end in self.broken:
                chars[end] = "，"
            self.masked = "".join(chars)
        self.days, self.regions = EventDays(reading), EventRegions(reading, self.masked)
        self.quantities = people_counts(counts_of(reading))
        self.quantity_starts = [q.start for q in self.quantities]
        self.rows: list[Row] = []
        self.attended: set[int] = set()  # where the figures stand that became attendances

    def read(self, start: int, end: int) -> None:
        """Take the events of one sentence, and what it adds to those known."""
        current: Row | None = None
        for verb in event_verbs(self.masked, start, end):
            low, high = max(start, verb.start() - _REACH), min(end, verb.end() + _REACH)
            found = read_name(self.text, self.masked, low, verb, high)
            if found is None or self._not_held(found, low, verb):
                continue
            row = self._row(found, low, high)
            if row is not None:
                current = self._merge(row)
        for heard in (*read_attended(self.text, self.masked, start, end), *self._told_with_day(start, end, current)):
            if (row := self._row(heard, max(start, heard.start - _REACH), min(end, heard.end + _REACH))) is not None:
                current = self._merge(row)
        if current is None and self.rows:
            self._add_roles(self.rows[-1], start, end)
            self._add_format(start, end)
        self._add_attendance(current, start, end)

    def _told_with_day(self, start: int, end: int, current: Row | None) -> Iterator[Found]:
        """The visits and agreements of a sentence, and what somebody came to; without a day they are no event."""
        for one in read_visits(self.text, self.masked, start, end):
            if (day := self.days.of(start, one)) is not None and day.precision == "day":
                yield one
        if current is None:
            yield from read_this_is(self.text, self.masked, start, end)
            for one in read_come_to(self.text, self.masked, start, end):
                if (day := self.days.of(start, one)) is not None and day.first is not None:
                    yield one

    def _not_held(self, found: Found, start: int, verb: re.Match[str]) -> bool:
        after = self.masked[verb.end() : verb.end() + 3]
        clause = self.masked.rfind("，", start, verb.start()) + 1
        if clause and _ABOUT.match(self.text, clause):  # 甲局将委托乙中心，对新人开展培训
            before = self.masked[max(start, self.masked.rfind("，", start, clause - 1)) : clause]
            if _WILL.search(before):
                return True
        return is_planned(self.masked, start, min(found.start, verb.start())) or _NOT_DONE.match(after) is not None

    def _row(self, found: Found, start: int, end: int) -> Row | None:
        """The row of an event, None for a mere reference or one without date, place and organizer."""
        name_start = self.days.without_date(found.start, found.end)
        name = self.text[name_start : found.end] + found.tail
        if "\n" in name:
            return None
        day = self.days.of(start, found)
        roles = self._roles(found, start, end)
        if len(name) < _SHORTEST or (is_reference(name) and not self._is_first(name, day, roles["hosted_by"])):
            self._add_day(name, day)
            return None
        place = self.text[slice(*found.place)] if found.place else self._village(found)
        if day is None and place is None and not any(roles.values()) and not self.days.month_told(start, found.verb):
            return None
        first, last = span_of(name, day, found.verb_text, self._told_on(start, found)) if day else (None, None)
        return {
            "name": name,
            "start_date": first,
            "end_date": last,
            "date_inferred": day.inferred if day and first else None,
            "place": place,
            "region": self.regions.of(found, roles["hosted_by"]),
            "format": format_of(found.way, name, place),
            **roles,
            "attendance": None,
            "attendance_qualifier": None,
            "start": name_start,
            "end": found.end,
        }

    def _village(self, found: Found) -> str | None:
        """The village or town that is itself said to have held an event: it says where."""
        seen = _VILLAGE.search(self.text, *found.subject) if found.subject else None
        return seen[0] if seen else None

    def _told_on(self, start: int, found: Found) -> date | None:
        """The day of the text, None where the sentence says that the event is still to come."""
        return None if _TO_COME.search(self.masked, start, max(found.verb, found.end)) else self.reading.day

    def _roles(self, found: Found, start: int, end: int) -> dict[str, list[str]]:
        sentence = self.text[start:end]
        roles = find_roles(self.reading, start, end) if has_roles(sentence) else {role: [] for role in ROLES}
        if not any(roles[role] for role in ROLES[1:3]):
            guiding = roles["guided_by"]
            told = [name for name in self._subject(found, start) if name not in guiding]
            entrusted = self.masked.find("委托", start, found.verb) >= 0  # 甲署委托乙会举办
            roles["organized_by" if entrusted else "hosted_by"] += told
        return roles

    def _subject(self, found: Found, start: int) -> list[str]:
        """The hosts that stand as subject before the verb, or before a clause of circumstances in front of it."""
        if found.subject:
            begin, last = found.subject
            if _ABOUT.match(self.text, begin) and self.masked[begin - 1 : begin] == "，":  # 甲局邀请乙局，就…召开座谈会
                begin, last = self.masked.rfind("，", start, begin - 1) + 1 or start, begin - 1
            subject = self.text[begin:last]
        elif found.start > found.verb and self.masked[found.verb - 1 : found.verb] == "，":
            clauses = self.masked.rfind("，", start, found.verb - 1) + 1 or start
            subject = self.text[clauses : found.verb - 1]
        else:
            return []
        subject = _ORGANIZING.split(subject, maxsplit=1)[0]
        names = [name for name in split_names(subject) if not _NOT_HOST.search(name)]
        return [name for name in names if ends_as_organization(name) and name[-1] not in _VILLAGES]

    def _merge(self, row: Row) -> Row:
        """The row among those known, with what the new one adds when it is the same event."""
        known = find_same(self.rows[-_REMEMBERED:], row)
        if known is None:
            self.rows.append(row)
            return row
        for key, value in row.items():
            if known[key] in (None, []) and key not in {"start", "end"}:
                known[key] = value
        return known

    def _is_first(self, name: str, day: DateMention | None, hosts: Sequence[str]) -> bool:
        """Whether a name that could mean an event named elsewhere is the first of a text: on a day somebody held it."""
        told = day is not None and day.precision == "day" and day.first is not None
        return not self.rows and bool(hosts) and told and not only_head(name)

    def _add_day(self, name: str, day: DateMention | None) -> None:
        """The first day of the last event, told where it is only meant: 夏令营7月21日开营."""
        row = self.rows[-1] if self.rows and name and name in self.rows[-1]["name"] else None
        if row and day and day.first and row["start_date"] is None and day.first <= (row["end_date"] or day.first):
            row.update(start_date=day.first, end_date=row["end_date"] or day.last, date_inferred=day.inferred)

    def _add_roles(self, row: Row, start: int, end: int) -> None:
        """Organizers named in a later sentence: 本次活动由甲主办、乙承办."""
        sentence = self.text[start:end]
        weak = row["hosted_by"] and all(names_region(name) for name in row["hosted_by"])
        if not has_roles(sentence) or any(row[role] for role in ROLES[1 + bool(weak) :]):
            return
        quoted = _QUOTED_BY.search(sentence)
        named = f"{row['name'].rstrip('”》）')[-2:]}由" in sentence  # 大比武由甲局主办
        if named or (quoted and quoted[1] in row["name"]) or _BY.search(sentence):
            row.update({role: names for role, names in find_roles(self.reading, start, end).items() if names})

    def _add_attendance(self, current: Row | None, start: int, end: int) -> None:
        """The number of those who took part, for the event of the sentence, else the one it means, else the last."""
        first, last = bisect_left(self.quantity_starts, start), bisect_left(self.quantity_starts, end)
        for q in attendances(self.text, self.quantities[first:last], start, end):
            over_time = current is None and _OVER_TIME.search(self.text, start, end)  # 文化节自开幕以来…2600人次参与
            row = None if over_time else current or meant_row(self.text, self.rows, q, start, end)
            if row is not None and row["attendance"] is None:
                row["attendance"], row["attendance_qualifier"] = int(q.value), q.qualifier
                self.attended.add(q.start)

    def _add_format(self, start: int, end: int) -> None:
        """What a later sentence says of how the last event was held: 活动采取线上线下结合的方式."""
        if self.rows and self.rows[-1]["format"] in (None, "onsite") and _HYBRID.search(self.text, start, end):
            self.rows[-1]["format"] = "hybrid"
