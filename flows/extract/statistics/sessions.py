"""People behind what they came to or work in: 举办培训班12期，共860人次; 社工机构46家，从业人员1986人."""

from __future__ import annotations

import re

from flows.extract.numbers.quantities import Quantity
from flows.extract.statistics.readings import Meaning

_WHO_CAME = {"training_sessions": "people_trained"}
_UNITS = frozenset({"人", "名", "人次"})
_BETWEEN = re.compile("[、，]?(?:共计|共|累计|合计|约|近|逾|惠及|覆盖|参加|达|超过|超)*")
_STAFF_OF = {"social_work_agencies": "social_work_employees"}
_STAFF = re.compile(
    "[、，](?:共有|现有|有)?(?P<staff>(?:专职|专业)?(?:从业人员|工作人员|员工))(?:共计|共|有|总数|达到?|约|近|逾|超过?)*"
)


def read_who_came(text: str, q: Quantity, last: Quantity, reading: Meaning | None) -> Meaning | None:
    """What a figure of people counts right behind one of sessions, or of agencies, which `reading` is of; None if it is
    neither who came nor who works there."""
    if reading is not None and q.unit in _UNITS and (staff := _STAFF_OF.get(reading.indicator)):
        m = _STAFF.fullmatch(text, last.end, q.start)
        return Meaning(staff, *m.span("staff"), m.start("staff"), q.end) if m else None
    indicator = _WHO_CAME.get(reading.indicator) if reading is not None and q.unit in _UNITS else None
    if reading is None or indicator is None or not _BETWEEN.fullmatch(text, last.end, q.start):
        return None
    return reading._replace(indicator=indicator)
