"""What the links of a list say: title, date, region, kind and amount, before the list is stripped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.characters import any_of
from flows.document import Row
from flows.extract.numbers.counts import find_counts
from flows.extract.organizations.mentions import find_mentions
from flows.extract.page.source import is_medium
from flows.extract.regions.mentions import find_regions
from flows.extract.words.gazetteer import gazetteer
from flows.extract.words.organizations import lexicon
from flows.vocabulary import load_vocabulary


class Link(NamedTuple):
    """A line of a link list; `text` stands at raw[raw_start:raw_end]."""

    raw_start: int
    raw_end: int
    text: str


class Said(NamedTuple):
    """What a link says: the columns of `related` but for its place."""

    title: str
    date: date | None
    short: tuple[int, int] | None
    """Month and day of a date without a year."""
    region: str | None
    kind: str
    amount: float | None
    currency: str | None


ENDS = " \t\u3000|·-"
HEADLINE = re.compile(r"(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){5}")  # what is shorter is a button or a column
PROMPT_BEGINS = re.compile(
    r"点[个击]|喜欢就|长按|扫码|扫一扫|(?:欢迎)?关注(?:我们|本|公众号|微信)|欢迎(?:扫码|访问)|分享[到至给]|转发[到至给]|返回|查看更多|更多|"
    r"阅读原文|打印|收藏[本此]"
)
PROMPT = re.compile(
    any_of(
        "仅供.{0,8}参考",
        "以.{0,10}为准",
        "心情如何",
        '在看[”"]?(?:支持|$)',
        "二维码",
        "客户端下载",
        r"网友\]?$",
        r"[\d]\d{2,3}-\d{7,8}",
    ),
)
DIGIT, NUMBER = re.compile(r"\d"), re.compile(r"\d+")
LEAD = re.compile(load_vocabulary("related_words")["lead"])
ALMOST = timedelta(days=7)
LONGEST = 400
"""No title is longer than that; what is, is no link."""

KNOWN = 10_000
"""Links come again from page to page, half of those on 431 pages of many sites; of so many it is remembered what they
say."""

BULLET = re.compile(
    r"^[\s\u3000]*(?:(?:[-–—‧·•●○◆◇■□▪▲△▶►›»>*＊※★☆✦・]+|\[\d{1,2}\]|\d{1,2}[ \u3000]+(?=[\u4e00-\u9fff])"
    r"|[（(]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|NEW\b|热\b)[\s\u3000]*)*"
)
# A date in front or behind, with or without brackets. Its year may be glued to an amount (10000元2025-09-22), so only
# four digits that open with 19 or 20 and no digit before them are a year; month and day alone are no date.
DAY = r"(?P<year>(?:19|20)\d\d)\s?(?P<sep>[-/.年])\s?(?P<month>\d{1,2})\s?(?:(?P=sep)|月)\s?(?P<day>\d{1,2})\s?日?"
TIME = r"(?:[\sT]{1,3}\d{1,2}:\d\d(?::\d\d)?)?"
BEHIND = re.compile(rf"[\s\u3000]*[\[【(（]?\s*(?<!\d){DAY}{TIME}\s*[\]】)）]?[\s\u3000]*$")
IN_FRONT = re.compile(rf"^[\s\u3000]*[\[【(（]?\s*{DAY}{TIME}(?!\d)\s*[\]】)）]?[\s\u3000:：|·-]*")
SHORT_DAY = re.compile(
    r"[\s\u3000]+[\[【(（]?\d{1,2}[-/.月]\d{1,2}日?(?:\s\d{1,2}:\d\d)?[\]】)）]?[\s\u3000]*$|[\[【(（]\d{1,2}[-/]\d{1,2}[\]】)）][\s\u3000]*$"
)
ENDS_IN_NUMBER = re.compile(r"[\d日次\]】)）\s\u3000]$")
"""What a line ends in from which one of the patterns BEHIND, SHORT_DAY and CLICKS may take something."""

CLICKS = re.compile(r"[\s\u3000]*[\[【(（]?(?:点击|阅读|浏览|评论)[数量]?[:：]?\s?\d+次?[\]】)）]?[\s\u3000]*$")
MONEY = re.compile("[元币镑块圆吉¥￥€£]")
GAP = re.compile("(?<=[0-9百千万亿]) (?=[\u4e00-\u9fff])")
NO_AMOUNT = re.compile("一(?:元|块)|^[0-9]{1,2}人民币|[$＄]")
"""一元公益, the number of a link glued to its first word, and dollars of nobody knows where."""


def read_related(links: Iterable[Link], day: date | None = None, place: str = "") -> list[Row]:
    """Rows of `related` without `document_id`, one a link with a title, in order.

    `amount` is the highest that the title states, in base units of `currency`; `region` the smallest of the title, of
    which a name that needs one nearby may have it from the page's own region, `place`. A month and day alone (09-14)
    are the last such day up to a week behind the page's own, `day`; without that, none.
    """
    rows: list[Row] = []
    for raw_start, raw_end, text in links:
        if len(text) <= LONGEST and (said := _read(text, place)) is not None:
            title, full, short, region, kind, amount, currency = said
            rows.append(
                {
                    "title": title,
                    "date": full or _of_page(short, day),
                    "region": region,
                    "kind": kind,
                    "amount": amount,
                    "currency": currency,
                    "raw_start": raw_start,
                    "raw_end": raw_end,
                }
            )
    return rows


@lru_cache(maxsize=KNOWN)
def _read(text: str, place: str) -> Said | None:
    """What a link says; None when it has no title, is a button or names a site or an organization."""
    title, day, short = _split(text)
    title = LEAD.sub("", title, count=1)
    if not HEADLINE.match(title) or _is_prompt(title) or _is_name(title):
        return None
    return Said(title, day, short, _region(title, place), kind_of(title), *_amount(title))


def _is_prompt(title: str) -> bool:
    """Whether a link asks its reader to do something."""
    return PROMPT_BEGINS.match(title) is not None or PROMPT.search(title) is not None


def _is_name(title: str) -> bool:
    """Whether it is only the name of a site or an organization, as lists of friendly links hold them."""
    if len(title) > 20:
        return False
    if is_medium(title):
        return True
    endings = lexicon().machine.find_matches_as_indexes(title)
    return bool(endings) and endings[-1][2] == len(title) and _is_organization(title)


def _is_organization(title: str) -> bool:
    return any((found.start, found.end) == (0, len(title)) for found in find_mentions(title))


def _of_page(short: tuple[int, int] | None, day: date | None) -> date | None:
    """The day of a month and day: of the page's year, or the one before where that would be ahead of the page."""
    if short is None or day is None:
        return None
    for year in (day.year, day.year - 1):
        try:
            found = date(year, *short)
        except ValueError:
            continue
        if found <= day + ALMOST:
            return found
    return None


def _split(line: str) -> tuple[str, date | None, tuple[int, int] | None]:
    """The title without bullet, date and counter, the date, and month and day of one without a year."""
    line = BULLET.sub("", line, count=1)
    if not DIGIT.search(line):
        return line.strip(ENDS), None, None
    closes = ENDS_IN_NUMBER.search(line, len(line) - 1) is not None
    if closes:
        line = CLICKS.sub("", line)
    for pattern in (BEHIND, IN_FRONT) if closes else (IN_FRONT,):
        match = pattern.search(line)
        if match and (found := _date(match)):
            rest = line[: match.start()] + line[match.end() :]
            return BULLET.sub("", rest, count=1).strip(ENDS), found, None
    short = SHORT_DAY.search(line) if closes else None
    if short is None:
        return line.strip(ENDS), None, None
    month, day = NUMBER.findall(short[0])[:2]
    return line[: short.start()].strip(ENDS), None, (int(month), int(day))


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _amount(title: str) -> tuple[float | None, str | None]:
    """The highest amount of money of the title, in base units, with its ISO 4217 code."""
    if not MONEY.search(title):
        return None, None
    title = GAP.sub("", title)
    found = [
        (float(q.high or q.value), code)
        for q in find_counts(title)
        if (code := _currencies().get(q.unit or "")) and not NO_AMOUNT.match(title, q.start)
    ]
    return max(found, default=(None, None))


@cache
def _currencies() -> dict[str, str]:
    """The units of money with an ISO 4217 code."""
    return {entry["unit"]: entry["code"] for entry in load_vocabulary("units")["money"]}


def _region(title: str, place: str) -> str | None:
    """The first region that a title names; where its regions enclose each other, that is the smallest."""
    if not gazetteer().automaton.find_matches_as_indexes(title):
        return None
    near = f"{place}\n" if place else ""
    found = [mention for mention in find_regions(near + title) if mention.start >= len(near)]
    return found[0].code if found else None


@cache
def _kinds() -> tuple[AhoCorasick, tuple[int, ...], tuple[str, ...]]:
    """The terms of all kinds, the rank of each term's kind, and the kinds by rank."""
    kinds = load_vocabulary("related_kinds")
    ranked = [(term, rank) for rank, kind in enumerate(kinds) for term in kind["terms"]]
    return AhoCorasick([term for term, _ in ranked]), tuple(rank for _, rank in ranked), tuple(k["id"] for k in kinds)


def kind_of(title: str) -> str:
    """The kind of a link, from schemas/vocabularies/related_kinds.yaml; `other` when it holds no term."""
    terms, ranks, kinds = _kinds()
    found = terms.find_matches_as_indexes(title, overlapping=True)
    return kinds[min([ranks[term] for term, _, _ in found], default=len(kinds) - 1)]
