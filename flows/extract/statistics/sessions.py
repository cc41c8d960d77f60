"""Sessions: the figure of those who came to them, behind the one of how many there were (举办培训班12期，共860人次)."""

from __future__ import annotations

import re

from flows.extract.numbers.quantities import Quantity
from flows.extract.statistics.readings import Meaning

_WHO_CAME = {"training_sessions": "people_trained"}
_UNITS = frozenset({"人", "名", "人次"})
_BETWEEN = re.compile("[、，]?(?:共计|共|累计|合计|约|近|逾|惠及|覆盖|参加|达|超过|超)*")


def read_who_came(text: str, q: Quantity, last: Quantity, reading: Meaning | None) -> Meaning | None:
    """What a figure of people counts right behind one of sessions, which `reading` is of; None if it is none."""
    indicator = _WHO_CAME.get(reading.indicator) if reading is not None and q.unit in _UNITS else None
    if reading is None or indicator is None or not _BETWEEN.fullmatch(text, last.end, q.start):
        return None
    return reading._replace(indicator=indicator)
