"""Personal numbers and addresses: each is removed (kind `personal`) and a mark that says what stood there is inserted.

A number that can be checked is checked: what fails its checksum or its date is some other number and stays, as
do amounts, dates, case, order and credit-code numbers, and the hotlines that the public is meant to call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from flows.characters import any_of
from flows.document import Page
from flows.normalize.edits import Swap, swap
from flows.text import Operation

CUE = re.compile(
    any_of(
        "[0-9](?=[0-9]{2}(?:[0-9]{4}|[0-9]?[)）—–－ -]{1,2}[0-9]{3}))",
        *("@(?=[A-Za-z0-9])", "微(?=信)", "Q(?=Q)", "q(?=q)", "[Ww](?=e[Cc]hat)", "扣(?=扣)"),
    )
)
"""The first character of what every personal value has; most pages have none."""

WINDOW = 12
"""Characters in front of a number that may say what it is."""

OTHER_NUMBER = re.compile(
    r"(?:编号|单号|订单|案号|流水|证书|证号|许可|备案|文号|信用代码|税号|货号|型号|序号|批号|条码|isbn|issn|no\.?)[^，。；]{0,6}$",
    re.I,
)
PUBLIC = re.compile(r"(?:热线|总机|客服|服务电话|监督|举报|投诉|公开电话|咨询电话|报警|求助)[^，。；]{0,8}$")
"""In front of a landline number: the number is an office's and meant for the public."""

CARD = re.compile(r"(?:卡号|账号|帐号|账户|帐户|银行)[^，。；]{0,8}$")
UNIT = "(?![0-9A-Za-z]|[.,，][0-9]|\\s?(?:万|亿|元|美元|人|户|吨|公里|平方|立方|米|千瓦|%|％|℃|年|月|号(?!码)))"
ALONE = "(?<![0-9A-Za-z.,¥￥$])(?<![0-9][-－—])"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
"""GB 11643-1999: weights of the first 17 digits, and the check digit for each remainder of the sum by 11."""

PROVINCES = frozenset(
    # region by region of GB/T 2260
    re.findall("..", "1112131415212223313233343536374142434445465051525354616263646571818283")
)


LONG = re.compile("[0-9](?:[ -]?[0-9]){10}")


class Sort(NamedTuple):
    """A sort of personal value: what a line with one has, its pattern (group 1 is the value, if there is one), the
    mark, and what it must hold besides."""

    rule: str
    cue: re.Pattern[str]
    pattern: re.Pattern[str]
    mark: str
    holds: Callable[[str, str], bool]


def mask_personal(page: Page) -> Page:
    """The page with each personal value of its articles removed and its mark in its place: [电话] [证件号] [卡号]
    [邮箱] [账号]. What was stripped is not touched: see `hide_personal`."""
    articles = list(page.articles)
    for n, article in enumerate(page.articles):
        swaps = [
            Swap(start, end, sort.mark, Operation.JOIN, "personal", sort.rule)
            for start, end, sort in _values(article.text.chars)
        ]
        if swaps:
            masked = swap(replace(page, text=article.text), swaps)
            articles[n] = replace(article, text=masked.text)
            page = replace(masked, text=page.text, articles=tuple(articles))
    return page


def hide_personal(chars: str) -> str:
    """The characters with those of personal values written as *, as long as before."""
    pieces, done = [], 0
    for start, end, _ in _values(chars):
        pieces += [chars[done:start], "*" * (end - start)]
        done = end
    return "".join([*pieces, chars[done:]]) if pieces else chars


def personal_cues(chars: str) -> list[int]:
    """The places of a text at which a personal value, or what announces one, can stand, in order: a part of the text
    with none of them holds no such value."""
    return [cue.start() for cue in CUE.finditer(chars)]


def _values(chars: str) -> Iterator[tuple[int, int, Sort]]:
    """The personal values in a text, in order, none overlapping."""
    found: dict[int, tuple[int, Sort]] = {}
    done = -1
    for cue in CUE.finditer(chars):
        if cue.start() <= done:
            continue
        first, done = chars.rfind("\n", 0, cue.start()) + 1, chars.find("\n", cue.start())
        done = len(chars) if done < 0 else done
        for start, end, sort in _find(chars[first:done]):
            found.setdefault(first + start, (first + end, sort))
    done = 0
    for start in sorted(found):
        end, sort = found[start]
        if start >= done:
            done = end
            yield start, end, sort


def _find(line: str) -> Iterator[tuple[int, int, Sort]]:
    for cue, sorts in BY_CUE.items():
        for sort in sorts if cue.search(line) else ():
            for match in sort.pattern.finditer(line):
                start, end = match.span(match.lastindex or 0)
                if sort.holds(line[start:end], line[max(0, start - WINDOW) : start]):
                    yield start, end, sort


def is_identity_number(number: str) -> bool:
    """Whether the 18 characters are a GB 11643 identity number: a province, a date of birth, a right check
    digit; or the 15 digits of the old form, which has no check digit."""
    if number[:2] not in PROVINCES:
        return False
    birth = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    if len(number) == 15:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECK_DIGITS[total % 11] == number[17].upper()


def passes_luhn(number: str) -> bool:
    """Whether the digits end in a right ISO/IEC 7812 check digit."""
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def _is_card(number: str, before: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if not passes_luhn(digits) or len(set(digits)) < 4 or OTHER_NUMBER.search(before):
        return False
    return digits.startswith("62") or CARD.search(before) is not None


def _is_landline(number: str, before: str) -> bool:
    return not OTHER_NUMBER.search(before) and not PUBLIC.search(before)


SORTS = (
    Sort(
        "identity_number",
        LONG,
        re.compile(f"{ALONE}[1-9][0-9]{{5}}(?:18|19|20)[0-9]{{9}}[0-9Xx](?![0-9A-Za-z])"),
        "[证件号]",
        lambda number, before: is_identity_number(number),
    ),
    Sort(
        "old_identity_number",
        LONG,
        re.compile(f"{ALONE}[1-8][0-9]{{14}}{UNIT}"),
        "[证件号]",
        lambda number, before: is_identity_number(number) and not OTHER_NUMBER.search(before.replace("身份证号", "")),
    ),
    Sort(
        "bank_card",
        LONG,
        re.compile(f"{ALONE}[1-9][0-9]{{3}}(?:[ -]?[0-9]{{4}}){{3}}(?:[ -]?[0-9]{{1,3}})?{UNIT}"),
        "[卡号]",
        _is_card,
    ),
    Sort(
        "mobile_number",
        LONG,
        re.compile(f"{ALONE}(?:\\+?86[ -]?)?1[3-9][0-9](?:[0-9]{{8}}|[ -][0-9]{{4}}[ -][0-9]{{4}}){UNIT}"),
        "[电话]",
        lambda number, before: not OTHER_NUMBER.search(before),
    ),
    Sort(
        "landline_number",
        re.compile("0[1-9][0-9]{1,2}[)）—–－ -]"),
        re.compile(
            f"{ALONE}(?:[(（]0[1-9][0-9]{{1,2}}[)）][ -]?|0[1-9][0-9]{{1,2}}[-－—– ]{{1,2}})"
            f"[2-8][0-9]{{6,7}}(?:[-转][0-9]{{1,5}})?{UNIT}"
        ),
        "[电话]",
        _is_landline,
    ),
    Sort(
        "telephone",
        re.compile(any_of("电话", "传真", "手机", "T(?:el|EL)")),
        re.compile(f"(?:电话|传真|手机|Tel|TEL)(?:号码)?[:： ]{{0,2}}((?:0[1-9][0-9]{{1,2}})?[2-8][0-9]{{6,7}}){UNIT}"),
        "[电话]",
        _is_landline,
    ),
    Sort(
        "email",
        re.compile("@"),
        re.compile(
            r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
        ),
        "[邮箱]",
        lambda address, before: True,
    ),
    Sort(
        "messenger",
        re.compile(any_of("微信", "[Ww]e[Cc]hat", "QQ", "qq", "扣扣")),
        re.compile(
            "(?:微信|[Ww]e[Cc]hat|QQ|qq|扣扣)(?:号码|账号|帐号|号|ID|id)?(?:(?<=[号Dd])[:： ]{0,2}|[:：] ?)"
            f"([A-Za-z][A-Za-z0-9_-]{{5,19}}(?![A-Za-z0-9_-])|[1-9][0-9]{{4,10}}{UNIT})"
        ),
        "[账号]",
        lambda number, before: True,
    ),
)
"""In the order that they are tried: the first that holds at a place decides."""

BY_CUE = {cue: tuple(sorts) for cue, sorts in groupby(SORTS, attrgetter("cue"))}
"""The same, those with one cue together."""
