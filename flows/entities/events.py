"""Events told apart: by their name without year and ordinal of a page's own, their day and their city.

An event without a day is one only within its article and reprints of the same text.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from flows.entities.ids import make_id
from flows.entities.places import city_of

_MARKS = re.compile("[“”\"'‘’《》<>（）()·\\s—–-]+")
_YEAR = re.compile("(?:19|20)[0-9]{2}年?(?:度)?")
_ENDING = re.compile("(?:的)?(?:启动|开幕|开班|闭幕|揭牌|发布|签约|成立|颁奖)?(?:仪式|典礼)$")


@lru_cache(maxsize=8192)
def plain_name(name: str) -> str:
    """An event's name without marks, year and the ceremony that opens it: what two papers write alike."""
    plain = _YEAR.sub("", _MARKS.sub("", name))
    return _ENDING.sub("", plain) or plain


def event_id(name: str, day: date | None, region: str | None, text: str, start: int) -> str:
    """The id of an event; `text` is that of its article, and `start` the place of its name in it."""
    if day is None:
        return make_id("event", name, text, str(start))
    return make_id("event", plain_name(name), day.isoformat(), city_of(region) or region)
