"""Whose a page is by its first and last lines: the name of the site before its menu or its registration number, who
runs it (主办：某局), the paper of a date line, the account of a WeChat story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.dates.stamps import find_stamps
from flows.extract.organizations.single import is_generic, last_ending
from flows.extract.page.byline import plain
from flows.extract.page.source import is_medium
from flows.grammar import load_grammar
from flows.looks import IfHeld

HEAD_LINES, FOOT_LINES = 8, 14
LONGEST_LINE = 200
REACH = 4000
"""How many characters from its edges a page is looked at."""

_OF_SITE = re.compile(
    "[\u4e00-\u9fff]\\s?ICP[备证]|公网安备|网站标识码|技术支持|备案|Copyright|©|版权所有|网站地图|访问量|浏览器|分辨率|邮编|本网?站由"
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
        heads = ("account_head", "plain_account_head") if wechat else ("account_head",)
        named = _found(self._head, *heads) or (_found(self._foot, "account") if wechat else [])
        return [name for name in named if not _NO_ACCOUNT.search(name)]

    def sites(self) -> list[str]:
        """The site by its name: before the menu, the way to the page or the registration number, in a welcome."""
        return [*_found(self._head, "opens_page"), *_found(self._foot, "closes_page")]

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
        return _found(about, "run_by")


def _lines(part: str) -> list[str]:
    return [line for line in map(str.strip, part.split("\n")) if line]


def _found(lines: Sequence[str], *gives: str) -> list[str]:
    """The names that the patterns find, by the place of the pattern in its file, then of the line."""
    patterns, types = load_grammar("publisher").giving(*gives), {"owner": is_owner}
    return [match["name"] for one in patterns for line in lines if (match := one.search(line, types))]


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
