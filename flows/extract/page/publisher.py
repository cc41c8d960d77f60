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
from functools import cache

from ahocorasick_rs import AhoCorasick

from flows.extract.page.byline import AROUND
from flows.extract.page.owners import Owners, is_owner
from flows.extract.page.source import is_medium, media
from flows.extract.page.twice import followed, periodicals, sites_told_twice
from flows.grammar import Types, load_grammar

DOMAIN = r"(?:[A-Za-z0-9-]{1,30}\.){1,4}[A-Za-z]{2,12}"
OWNED_DOMAIN = re.compile(rf"(?:版权所有|©|copyright)[^\n\u4e00-\u9fff]{{0,30}}?(?<![\w.@-])({DOMAIN})", re.IGNORECASE)
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
LONGEST, LAST, MOST_PARTS = 400, 6, 6
"""Characters of a line that are looked at; lines at the foot where the name of the head stands again; parts of a title
at most."""


RANKS = ("own_works", "statement", "hosted", "owner", "calls_itself", "way")
"""What gives the name of the publisher (schemas/patterns/publisher.yaml), by trust; an owner if it is a medium."""


def read_publisher(page: str, notes: Iterable[str] = ()) -> str | None:
    """The name of the publisher, or None when the page does not state it.

    Args:
        page: the page's text, Simplified, with or without what was stripped.
        notes: stripped lines, if they are not in `page`.
    """
    page = "\n".join([page, *notes])
    found: dict[str, list[str]] = {gives: [] for gives in RANKS}
    for line in _telling(page):
        for pattern in load_grammar("publisher").giving(*RANKS):
            found[pattern.gives] += [_name(match["name"]) for match in pattern.finditer(line, TYPES)]
    first = [line.strip() for line in page.lstrip().split("\n", 20)[:20] if line.strip()][:3]
    last = {line.strip() for line in page.rstrip().rsplit("\n", LAST)[1:]}
    ends = [name for line in first for name in _title_ends(line)]
    masts = [name for name in _mastheads(page) if _can_publish(name, True)]
    if first and HEAD.match(first[0]) and is_medium(head := EDITION.sub("", first[0]), loose=first[0] in last):
        masts.append(head)
    owners = found["owner"]
    found["owner"] = [name for name in owners if _can_publish(name, True)]
    own = Owners(page)
    best = [
        *(own.accounts(), list(periodicals(page)), *map(_commonest, found.values()), list(sites_told_twice(page))),
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


@cache
def _telltales() -> AhoCorasick:
    """What stands in every line that may name the publisher, apart from titles and mastheads."""
    patterns = load_grammar("publisher").giving(*RANKS)
    return AhoCorasick(sorted({literal for one in patterns for literal in one.literals}))


def _telling(page: str) -> Iterator[str]:
    """The lines of a page that can name it, cut at LONGEST characters."""
    done = -1
    for _, place, _ in _telltales().find_matches_as_indexes(page):
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


def _name(words: str) -> str:
    """The name alone, of words that a pattern took for one."""
    return EDITION.sub("", words.strip(AROUND))


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


TYPES: Types = {
    "publisher": lambda words: _can_publish(_name(words), False),
    "medium": lambda words: _can_publish(_name(words), True),
    "owner": is_owner,
}
"""What the words of schemas/patterns/publisher.yaml must be."""
