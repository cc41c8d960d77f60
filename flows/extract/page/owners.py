"""Whose a page is by its first and last lines: the name of the site before its menu or its registration number, who
runs it (主办：某局), the paper of a date line, the account of a WeChat story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.extract.dates.stamps import find_stamps
from flows.extract.organizations.single import is_generic, last_ending
from flows.extract.page.byline import plain
from flows.extract.page.source import is_medium
from flows.looks import IfHeld

HEAD_LINES, FOOT_LINES = 8, 14
LONGEST_LINE = 200
REACH = 4000
"""How many characters from its edges a page is looked at."""

_NAME = r"[\u4e00-\u9fffA-Za-z0-9·（）]{3,24}?"
_REGISTERED = r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?ICP[备证]"
_OPENS_PAGE = (
    re.compile(rf"^(?P<name>{_NAME})\s*(?:网站)?首页(?=[\s|｜丨>]|$)"),
    re.compile(rf"^(?P<name>{_NAME})\s+[您你]?(?:现在|当前|目前)?的?(?:所在)?的?位置"),
    re.compile(
        rf"欢迎[您你]?(?:访问|光临|来到|登录|浏览|进入)\s*[“《]?(?P<name>{_NAME})[”》]?(?:官方网站|门户网站|网站|官网|[!！。,，\s]|$)"
    ),
    re.compile(rf"^(?P<name>{_NAME})(?:官方|门户|政务)网站(?=\s|$)"),
)
_CLOSES_PAGE = (
    re.compile(rf"^(?P<name>{_NAME})\s*[|｜·]?\s*{_REGISTERED}"),
    re.compile(rf"网站名称\s*[:：]\s*(?P<name>{_NAME})(?=\s|$|[,，。;；|])"),
)
_RUN_BY = (
    re.compile(
        rf"(?<!协)主办(?:单位|方)?\s*[:：]\s*(?P<name>{_NAME})(?=\s|$|[,，。;；|｜、/]|承办|协办|地址|电话|维护|技术|{_REGISTERED})"
    ),
    re.compile(rf"(?:^|[\s|｜])(?P<name>{_NAME})\s*(?:主管)?主办(?=\s|$|[|｜,，。;；/])"),
    re.compile(rf"本网?站由(?P<name>{_NAME})(?:主办|主管|运营|所有)"),
)
_OF_SITE = re.compile(
    f"{_REGISTERED}|公网安备|网站标识码|技术支持|备案|Copyright|©|版权所有|网站地图|访问量|浏览器|分辨率|邮编|本网?站由"
)
_ACCOUNT_HEAD = (
    re.compile(
        r"^原创\s+(?:\S{2,16}\s+)?(?P<name>[^\s\d]{2,20})\s+20\d\d[-年/]\d\d?[-月/]\d\d?日?(?:\s+\d\d?:\d\d)?(?:\s+\S{2,8})?$"
    ),
    re.compile(
        r"^(?:\S{2,16}\s+)?(?P<name>[^\s\d]{3,20})\s+20\d\d[-年/]\d\d?[-月/]\d\d?日?\s+\d\d?:\d\d\s+发表于\S{2,4}$"
    ),
    re.compile(
        r"^(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,14})\s+20\d\d-\d\d?-\d\d?\s+\d\d?:\d\d(?:\s+[\u4e00-\u9fff]{2,4})?$"
    ),
    re.compile(r"点击(?:上方|下方|蓝字)[^“”\n]{0,6}[“「](?P<name>[^“”「」\n]{2,20})[”」][^“”\n]{0,6}(?:关注|订阅)"),
)
_PLAIN_HEAD = _ACCOUNT_HEAD[2]
_ACCOUNT = re.compile(
    r"(?:扫码|二维码)[^\n]{0,6}关注[“「]?(?P<name>[^\s“”「」，。！]{3,20}?)[”」]?(?:官方)?(?:微信)?(?:公众号)?[。！!]?$"
)
_WECHAT = IfHeld("点击上方|蓝字|^原创|在看|阅读原文|发表于|星标", re.MULTILINE)
_NO_ACCOUNT = re.compile("蓝字|我们|本号|名片|二维码|公众号$|^[\u4e00-\u9fff]?本[网报刊]")
_WEEKDAY = re.compile("星期[一二三四五六日天]")
_OF_PAPER = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?版[:：]?\S*|星期[一二三四五六日天]|农历\S*|总?第\s?\d+\s?期|今日\d+版")
_PAPER_ENDS = re.compile("^[\u4e00-\u9fff]{2,10}(?:报|周刊|月刊|画刊|副刊|专刊)$")
_SECTION = re.compile("[\u4e00-\u9fff]{0,6}")


class Owners:
    """The names that the first and last lines of a page give, by the kind of evidence, each in the page's order."""

    def __init__(self, page: str) -> None:
        self._head = [line for line in _lines(page.lstrip()[:REACH])[:HEAD_LINES] if len(line) <= LONGEST_LINE]
        self._foot = [line for line in _lines(page.rstrip()[-REACH:])[-FOOT_LINES:] if len(line) <= LONGEST_LINE]

    def accounts(self) -> list[str]:
        """The account of a WeChat story: beside its date or in its prompt to follow."""
        wechat = _WECHAT.search("\n".join([*self._head, *self._foot])) is not None
        heads = [one for one in _ACCOUNT_HEAD if wechat or one is not _PLAIN_HEAD]
        named = [m["name"] for pattern in heads for line in self._head if (m := pattern.search(line))]
        if not named and _WECHAT.search("\n".join([*self._head, *self._foot])):
            named = [m["name"] for line in self._foot if (m := _ACCOUNT.search(line))]
        return [name for name in named if not _NO_ACCOUNT.search(name)]

    def sites(self) -> list[str]:
        """The site by its name: before the menu, the way to the page or the registration number, in a welcome."""
        return [*_found(_OPENS_PAGE, self._head), *_found(_CLOSES_PAGE, self._foot)]

    def papers(self) -> list[str]:
        """The paper in whose masthead the day stands: 2018年11月6日 星期二 某某周刊, on one line or on the next."""
        beside = [name for line in self._head if _WEEKDAY.search(line) and (name := _beside_day(line))]
        days = [n for n, line in enumerate(self._head) if _is_day_alone(line)]
        near = {n + away for n in days for away in (-2, -1, 1, 2)} & set(range(len(self._head)))
        alone = [self._head[n].strip("《》 \u3000") for n in sorted(near)]
        return beside + [name for name in alone if _PAPER_ENDS.search(name) and is_medium(name)]

    def hosts(self) -> list[str]:
        """Who runs the site, by the lines about the site at its foot."""
        foot = self._foot
        of_site = [n for n, line in enumerate(foot) if _OF_SITE.search(line)]
        near = sorted({n + beside for n in of_site for beside in (-1, 0, 1)} & set(range(len(foot))))
        about = [foot[n] for n in near if "主" in foot[n] or "本网" in foot[n]]
        return list(_found(_RUN_BY, about))


def _lines(part: str) -> list[str]:
    return [line for line in map(str.strip, part.split("\n")) if line]


def _found(patterns: Sequence[re.Pattern[str]], lines: Sequence[str]) -> Iterator[str]:
    """The names of media and organizations that the patterns find."""
    for pattern in patterns:
        for line in lines:
            if (match := pattern.search(line)) and is_owner(match["name"]):
                yield match["name"]


def is_owner(name: str) -> bool:
    """Whether a name is that of a medium or of one organization."""
    whole = last_ending(name) == len(name) and not is_generic(name)
    return is_medium(name) or name.endswith(("平台", "门户")) or (whole and not name.startswith(("本", "各", "有关")))


def _is_day_alone(line: str) -> bool:
    """Whether a line of a masthead holds a day of the week and its date, and else no more than the page."""
    if not _WEEKDAY.search(line) or (stamp := next(find_stamps(plain(line)), None)) is None:
        return False
    rest = _OF_PAPER.sub(" ", f"{line[: stamp.start]} {line[stamp.end :]}").strip(" \u3000|·:：")
    return _SECTION.fullmatch(rest) is not None and "今" not in rest


def _beside_day(line: str) -> str | None:
    """The medium that stands alone beside a day."""
    stamp = next(find_stamps(line), None)
    rest = _OF_PAPER.sub(" ", f"{line[: stamp.start]} {line[stamp.end :]}").strip("《》 \u3000|·") if stamp else ""
    return rest if is_medium(rest) else None
