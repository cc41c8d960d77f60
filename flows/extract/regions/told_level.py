"""Levels that a text speaks of: 全县 and 县里 narrow an article's region to a county, 市慈善总会 in its title widens
it, and what is told of the whole country, or only addressed, is of no region."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from flows.extract.regions.levels import is_county_city, widen
from flows.extract.regions.mentions import RegionMention, lies_in

_BODIES = "民政|慈善|委(?!托|员会)|政府|政协|人大|妇联|团委|总工会|残联|社会工作|社工委|红十字会|义工"
_OF_COUNTY = re.compile(
    f"[全我][县区]|(?<![\u4e00-\u9fff])[县区](?:{_BODIES}|里)|[在由和与、到从向的，。][县](?:{_BODIES}|里)"
)
_OF_CITY = re.compile(f"[全我][市州盟]|(?<![\u4e00-\u9fff])[市州盟](?:{_BODIES}|里)")
_ALL_OF_CITY = re.compile("(?<![在居列占为])全市(?!首|率先|第|领先|前列|最|排|[^，。]{0,4}(?:第一|首个))")
_NATIONAL_TITLE = re.compile(
    "(?<![获为获誉向是])(?:全国|我国)(?!人大|政协|两会|助残日|[^，。]{0,8}(?:奖|先进|优秀|示范|百强|文明|称号|最美|大赛|表彰|冠军|[首第十]|考试|试点))"
)
_NATIONAL = re.compile("(?<![获为誉向是])(?:全国|我国|国内|各省|各地)")
_LOCAL = re.compile(f"[全我][省市县区州盟]|(?<![\u4e00-\u9fff])[省市县区](?:{_BODIES})")
_MANY, _ENOUGH = 5, 2
_ADDRESSED = re.compile("(?:[^\n]*\n){0,2}?[^\n。]{0,40}各[^\n。]{2,300}[:：](?=\n)")


def addressees(whole: str, body: int) -> int:
    """Where the line of addressees ends that a notice begins with (各省民政厅、某兵团民政局：); `body` without one."""
    found = _ADDRESSED.match(whole, body)
    return found.end() if found else body


def is_national(title: str, text: str) -> bool:
    """Whether a text whose title names no region is told of the whole country."""
    if _LOCAL.search(title):
        return False
    told = len(_NATIONAL.findall(text))
    if told < _MANY:
        return False
    return _NATIONAL_TITLE.search(title) is not None or not _LOCAL.search(text)


def of_level(code: str, title: str, text: str, mentions: Sequence[RegionMention]) -> str:
    """The region that most mentions lie in, on the level that the text speaks of."""
    county = not code.endswith("00")
    whole_city = _ALL_OF_CITY.search(text) is not None and not _OF_COUNTY.search(title + text)
    if county and not is_county_city(code) and (whole_city or _OF_CITY.search(title)):
        return widen(code, "市") or code
    if county or code.endswith("0000") or _OF_CITY.search(text) or len(_OF_COUNTY.findall(text)) < _ENOUGH:
        return code
    counties = Counter(one.code for one in mentions if one.code != code and lies_in(one.code, code)).most_common(2)
    if not counties or counties[0][1] < _ENOUGH or (len(counties) > 1 and counties[1][1] == counties[0][1]):
        return code
    return counties[0][0]
