"""The site or newspaper that published a page, when the page itself says so.

The source credit (来源) is no evidence: it names where a story was taken from. Evidence, best first: the
statement on the site's own works (凡本网注明“来源：某网”), its heading (某网版权声明), the owner of the copyright
if it is a medium, what the site calls itself (某网小编, 某网友情提示), the way to the page (某网 > 新闻), the end of
the page's title (标题_某网), the site's name before its menu or registration number, a newspaper's masthead, any other
owner of the copyright, who runs the site (主办：某局). The account of a WeChat story goes before all of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.characters import any_of
from flows.extract.page.byline import AROUND
from flows.extract.page.owners import Owners
from flows.extract.page.source import is_medium, media
from flows.extract.page.twice import followed, periodicals, sites_told_twice

NAME = r"[\u4e00-\u9fffA-Za-z0-9·+]{2,20}?"
OPEN, CLOSE = "[“\"「『‘'《]?", "[”\"」』’'》]?"
YEARS = r"(?:(?:19|20)\d\d\s*(?:[-–—~至]\s*(?:(?:19|20)\d\d|now|今|至今))?)?"
OWN_WORKS = re.compile(
    rf"凡?本[网站报刊][^。；]{{0,8}}?注明[^。；]{{0,6}}?{OPEN}(?:稿件)?来源[:：]\s*(?P<name>{NAME})(?:网站)?{CLOSE}"
    rf"(?=的|[^\u4e00-\u9fffA-Za-z0-9（(·])"
)
STATEMENT = re.compile(
    rf"^[\s·※*【\[]*(?:关于)?{OPEN}(?P<name>{NAME}){CLOSE}的?(?:网站)?"
    r"(?:版权|免责|著作权)[\u4e00-\u9fff、]{0,16}(?:声明|说明)"
)
HOSTED = re.compile(
    rf"^\s*\d{{0,2}}[、.．]?\s*{OPEN}(?P<name>{NAME}){CLOSE}(?:网站)?(?:是由|由)[^。]{{2,30}}(?:主办|主管|运营|所有)"
)
DOMAIN = r"(?:[A-Za-z0-9-]{1,30}\.){1,4}[A-Za-z]{2,12}"
OWNED_DOMAIN = re.compile(rf"(?:版权所有|©|copyright)[^\n\u4e00-\u9fff]{{0,30}}?(?<![\w.@-])({DOMAIN})", re.IGNORECASE)
OWNER = re.compile(
    rf"版权(?:所有|归属)(?!人|者)\s*(?:[:：©|]|[(（]c[)）]|\s)*{YEARS}\s*(?P<behind>{NAME})"
    r"(?=\s|$|[,，。;；|(（©)）\-]|京|未经|All|不得|Copy|\d{4}|ICP)"
    rf"|(?P<front>{NAME})\s*(?:网站)?\s*(?:{DOMAIN}\s*)?版权所有|(?<!本文)(?<!文章)(?<!作品)版权归\s*(?P<whose>{NAME})\s*(?:网站)?所有"
    rf"|(?:copyright|©)[\s©(（)）c]*{YEARS}\s*(?:by\s*)?[,，.]?\s*(?P<after>[\u4e00-\u9fff]{NAME})"
    r"(?=\s|$|[,，。;；|(（)）]|版权|All|京|不得|未经|保留)",
    re.IGNORECASE,
)
CALLS_ITSELF = re.compile(
    rf"(?:^|[，。；：、\s【\[〖》“”])(?P<name>{NAME})"
    r"(?:小编|编辑(?:为|整理|特)|友情提示|友情提醒|温馨提示|温馨提醒|特别提醒)"
)
WAY = re.compile(
    r"^(?:[您你]?(?:现在|当前|目前)?的?(?:所在)?(?:的)?位置\s*[:：是在]*)?[\s【\[]*"
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9·]{2,14}?)(?:\s*(?:首页|网站))?[\]】\s]*(?:>{1,2}|›|»|→|＞)"
)
SECTION = re.compile(
    r"^(?:[\u4e00-\u9fff]{2}(?:新闻|资讯|财经|科技|体育|观察|教育)|.*(?<!网)频道)$"
)  # 两岸新闻, 财经频道
TITLE_CUT = re.compile(r"\s*[-_|–—－＿｜]+\s*")
MASTHEAD = re.compile(
    r"[《 \u3000]*(?P<name>[\u4e00-\u9fff]{2,10}报)[》\s]*(?:社?数字报|电子版|电子报|/|\s)*\s*"
    r"(?:(?:19|20)\d\d[年\-/.]|第?[A-Z]?\d{1,2}版|社版权|\d{1,2}[ \u3000]+[\u4e00-\u9fff·]{2,6}$)",
    re.MULTILINE,
)
PAPER = re.compile(r"报(?=[》\s社数电/第\dA-Z])")
"""The end of a newspaper's name in a masthead; much rarer than the character."""
LABELLED = re.compile("(?:来源|稿源|作者|记者|编辑)[:：|]")
EDITION = re.compile(
    r"(?<=报)(?:社|数字报|电子报|电子版)$|(?<=[报网刊])(?:传媒)?(?:股份|责任)?有限(?:责任)?公司$|(?<=[网报刊])官网$"
    r"|(?<=[局厅部委会院府])(?:门户|官方)?网站$"
)
HEAD = re.compile("(?!据)[\u4e00-\u9fff·]{2,14}$")
FORUM = re.compile("[\u4e00-\u9fff]{3,12}(?:论坛|社区网|贴吧)")
COMPANY = re.compile(r"(?:公司|集团|工作室)$")
PLACEHOLDER = re.compile(
    r"[xX×＊*]{2}|\d元|价\d|某|请|更多|进入|点击|欢迎|^[^\u4e00-\u9fff]+$|^(?:本|其他|其它|非|以上|任何|所有|作者|原|该|我|责任|网络|执行|新闻|未经|版权|营业|联系|关于|转载|保留)|"
    r"(?:作品|内容|文章|图片|信息|原作者|作者|我们|他人|执照|转载|备案)$"
)
CUES = AhoCorasick(
    [
        *("版权", "著作权", "©", "copyright", "Copyright", "COPYRIGHT", "免责", "凡本", "主办", "主管", "运营"),
        *("小编", "编辑为", "编辑整", "编辑特", "提示", "提醒", ">", "›", "»", "→", "＞"),
    ]
)
"""What stands in every line that may name the publisher, apart from titles and mastheads."""
LONGEST, LAST, MOST_PARTS = 400, 6, 6
"""Characters of a line that are looked at; lines at the foot where the name of the head stands again; parts of a title
at most."""


class Evidence(NamedTuple):
    """A pattern for the names in a line, what such a line has, and whether the name must have the form of a
    medium's."""

    pattern: re.Pattern[str]
    cue: re.Pattern[str]
    medium: bool


OWNED = Evidence(OWNER, re.compile(any_of("版权", "©", "[cC](?i:opyright)")), True)
RANKS = (
    Evidence(OWN_WORKS, re.compile("注明"), False),
    Evidence(STATEMENT, re.compile("[声说]明"), False),
    Evidence(HOSTED, re.compile("由"), True),
    OWNED,
    Evidence(CALLS_ITSELF, re.compile(any_of("小编", "编辑", "提示", "提醒")), True),
    Evidence(WAY, re.compile("[>›»→＞]"), True),
)
"""Evidence by trust."""


def read_publisher(page: str, notes: Iterable[str] = ()) -> str | None:
    """The name of the publisher, or None when the page does not state it.

    Args:
        page: the page's text, Simplified, with or without what was stripped.
        notes: stripped lines, if they are not in `page`.
    """
    page = "\n".join([page, *notes])
    found: dict[Evidence, list[str]] = {evidence: [] for evidence in RANKS}
    for line in _telling(page):
        for evidence, names in found.items():
            if evidence.cue.search(line):
                names += _names(evidence.pattern, line)
    first = [line.strip() for line in page.lstrip().split("\n", 20)[:20] if line.strip()][:3]
    last = {line.strip() for line in page.rstrip().rsplit("\n", LAST)[1:]}
    ends = [name for line in first for name in _title_ends(line)]
    masts = [name for name in _mastheads(page) if _can_publish(name, True)]
    if first and HEAD.match(first[0]) and is_medium(head := EDITION.sub("", first[0]), loose=first[0] in last):
        masts.append(head)
    ranked = [[name for name in names if _can_publish(name, medium)] for (_, _, medium), names in found.items()]
    owners = [name for name in found[OWNED] if _can_publish(name, False)]
    own = Owners(page)
    best = [
        *(own.accounts(), list(periodicals(page)), *map(_commonest, ranked), list(sites_told_twice(page))),
        *(ends, own.sites(), _commonest(masts), own.papers(), _commonest(owners), own.hosts(), list(followed(page))),
    ]
    return min(
        (name for names in best for name in names), key=lambda name: COMPANY.search(name) is not None, default=None
    )


def owned_address(page: str) -> str | None:
    """The address of the site that a notice of copyright names in place of the owner: © 1999-2025 example.org."""
    found = OWNED_DOMAIN.search(page)
    return f"https://{found[1]}" if found else None


def _commonest(names: list[str]) -> list[str]:
    """The names, each once, those that stand there most often first."""
    return [name for name, _ in Counter(names).most_common()] if len(names) > 1 else names


def _telling(page: str) -> Iterator[str]:
    """The lines of a page that hold a cue, cut at LONGEST characters."""
    done = -1
    for _, place, _ in CUES.find_matches_as_indexes(page):
        if place > done:
            start, done = page.rfind("\n", 0, place) + 1, page.find("\n", place)
            done = len(page) if done < 0 else done
            yield page[start:done].strip()[:LONGEST]


def _mastheads(page: str) -> Iterator[str]:
    """The names of newspapers at the beginning of lines, with a date or a page number behind them."""
    done = 0
    for paper in PAPER.finditer(page):
        start = page.rfind("\n", 0, paper.start()) + 1
        if start >= done and (match := MASTHEAD.match(page, start)):
            done = match.end()
            yield match["name"]


def _names(pattern: re.Pattern[str], line: str) -> Iterator[str]:
    """The names that a pattern finds in a line."""
    for match in pattern.finditer(line):
        name = next((group for group in match.groupdict().values() if group), "").strip(AROUND)
        yield EDITION.sub("", name)


def _title_ends(line: str) -> Iterator[str]:
    """The media behind the title of a page (标题_社会_某网), the last first; more parts are a list of words."""
    parts = TITLE_CUT.split(line) if len(line) < 160 and not LABELLED.search(line) else [""]
    if len(parts[0]) > 5 and len(parts) <= MOST_PARTS:
        yield from (name for name in reversed(parts[1:]) if len(name) < 15 and _can_publish(name, True))


def _can_publish(name: str, medium: bool) -> bool:
    if name in media().known or FORUM.fullmatch(name):
        return True
    if len(name) < 2 or PLACEHOLDER.search(name) or SECTION.match(name):
        return False
    return not medium or is_medium(name, loose=True)
