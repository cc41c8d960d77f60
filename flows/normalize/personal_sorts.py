"""The sorts of personal values: what a line with one has, its form, and what must hold of it and the words around it.

A number that can be checked is checked: what fails its checksum or its date is some other number, unless a label
says what it is. Left as they are: amounts, counts, dates, addresses of pages, the numbers of cases, orders, tenders and
meetings and credit codes; the hotlines that the public is meant to call; and the accounts of organizations, which ask
for donations. An account that a person holds is masked.

Patterns see lines in `plain_form`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from flows.characters import CharacterMap, any_of
from flows.normalize.check_digits import is_hong_kong_identity, is_identity_number, passes_luhn
from flows.vocabulary import load_vocabulary, one_of

WINDOW = 40
"""Characters in front of a number, and behind it, that may say what it is."""

_PLAIN = CharacterMap(
    dict(
        zip(
            "電話號碼帳賬戶機聯繫絡詢傳報專線熱總務監舉訴開諮證護鄉單編訂書備稅貨條會議運遞學郵瀏覽閱讀點擊訪問萬億餘個銀稱師數樓"
            "０１２３４５６７８９＠．（）：＃＋－—–",
            "电话号码账账户机联系络询传报专线热总务监举诉开咨证护乡单编订书备税货条会议运递学邮浏览阅读点击访问万亿余个银称师数楼"
            "0123456789@.():#+---",
            strict=True,
        )
    )
)

_WORDS = {name: one_of(words) for name, words in load_vocabulary("number_labels").items()}


def _before(name: str, most: int, gap: str = "[^，。；]") -> re.Pattern[str]:
    """A label of that sort, with at most so many characters between it and the number."""
    return re.compile(rf"(?:(?<![A-Za-z])(?=[A-Za-z])|(?![A-Za-z]))(?:{_WORDS[name]}){gap}{{0,{most}}}$")


OTHER_NUMBER = _before("other", 6)
PUBLIC = _before("public", 8)
CONTACT = _before("contact", 24, r"[^。\n]")
IDENTITY = _before("identity", 8, r"[^，。；\d]")
TRAVEL = _before("travel", 6, "[号码及字: ]")
ACCOUNT = _before("account", 8)
IN_ADDRESS = re.compile(r"[A-Za-z][\w.~%-]*[/?=&][\w./?=&%~-]*$", re.ASCII)
"""In front of digits that are part of a page's address."""

_HOLDER = rf"(?:{_WORDS['holder']})[: ]{{0,2}}"
_ENDS = r"(?=[，。,；;、\s)]|$|[账卡])"
PERSON_HOLDS = re.compile(rf"{_HOLDER}[\u4e00-\u9fff]{{2,4}}{_ENDS}")
BODY_HOLDS = re.compile(rf"{_HOLDER}[\u4e00-\u9fff()]{{1,30}}(?:{_WORDS['bodies']}){_ENDS}")

YEARS_OR_DAY = re.compile(r"(?:19|20)\d\d[ -]?(?:19|20)\d\d|20[0-4]\d(?:0[1-9]|1[0-2])[0-3]\d")
UNIT = rf"(?![0-9A-Za-z]|[.,，][0-9]|\.[a-z]|\s?(?:{_WORDS['units']}|次(?!日)|号(?!码)))"
ALONE = "(?<![0-9A-Za-z.,¥￥$])(?<![0-9]-)"
LOCAL_ALONE = "(?<![0-9A-Za-z.,¥￥$-])"


class Sort(NamedTuple):
    """A sort of personal value: what a line with one has, its pattern (a group in it is the value, if there is one),
    the mark, and what must hold of the value and of what stands in front of it and behind it."""

    rule: str
    cue: re.Pattern[str]
    pattern: re.Pattern[str]
    mark: str
    holds: Callable[[str, str, str], bool]


def plain_form(chars: str) -> str:
    """A text with one width, one dash, and the labels in it in Simplified characters; as long as before."""
    return _PLAIN(chars)


def _is_own(number: str, before: str, behind: str) -> bool:
    return not OTHER_NUMBER.search(before) and not IN_ADDRESS.search(before)


def _is_landline(number: str, before: str, behind: str) -> bool:
    return not PUBLIC.search(before) and _is_own(number, before, behind)


def _is_local(number: str, before: str, behind: str) -> bool:
    told = CONTACT.search(before) is not None and YEARS_OR_DAY.fullmatch(number) is None
    return told and _is_landline(number, before, behind)


def _is_card(number: str, before: str, behind: str) -> bool:
    labelled = ACCOUNT.search(before) is not None
    if OTHER_NUMBER.search(before) or any(map(BODY_HOLDS.search, (before, behind))):
        return False
    if labelled and any(map(PERSON_HOLDS.search, (before, behind))):
        return True
    digits = re.sub(r"\D", "", number)
    card = 15 < len(digits) < 20 and passes_luhn(digits) and len(set(digits)) > 3
    return card and (labelled or digits.startswith("62"))


def _is_identity(number: str, before: str, behind: str) -> bool:
    digits = number.replace(" ", "")
    return is_identity_number(digits) and (len(digits) == 18 or not OTHER_NUMBER.search(before))


def _is_identity_abroad(number: str, before: str, behind: str) -> bool:
    """A label says so, or the check digit where the form is seldom anything else's: A123456(3)."""
    if IDENTITY.search(before):
        return True
    return "(" in number and is_hong_kong_identity(number) and not OTHER_NUMBER.search(before)


def _is_travel_document(number: str, before: str, behind: str) -> bool:
    return TRAVEL.search(before) is not None


def _always(value: str, before: str, behind: str) -> bool:
    return True


LONG = re.compile("[0-9](?:[ -]?[0-9]){9}")
LETTERED = re.compile("[A-Z][0-9]{6}(?:[0-9]| ?[(])")
_HANDLE = f"([A-Za-z][A-Za-z0-9_-]{{5,19}}(?![A-Za-z0-9_-])|[1-9][0-9]{{4,10}}{UNIT})"
_MESSENGER = "[微威薇Vv]信|[VvWw][Xx]|[Ww]e[Cc]hat|WhatsApp|L(?:INE|ine)|QQ|qq|扣扣"

SORTS = (
    Sort(
        "identity_number",
        LONG,
        re.compile(
            f"{ALONE}[1-9][0-9]{{5}} ?(?:18|19|20)[0-9]{{6}} ?[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])"
            f"|{ALONE}[1-8][0-9]{{14}}{UNIT}"
        ),
        "[证件号]",
        _is_identity,
    ),
    Sort(
        "bank_card",
        LONG,
        re.compile(f"{ALONE}[0-9]{{3,4}}(?:[ -]?[0-9]{{3,4}}){{2,4}}(?:[ -]?[0-9]{{1,12}})?{UNIT}"),
        "[卡号]",
        _is_card,
    ),
    Sort(
        "mobile_number",
        LONG,
        re.compile(
            rf"{ALONE}(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?:[0-9]{{8}}|[ -][0-9]{{4}}[ -][0-9]{{4}}){UNIT}"
            rf"|{ALONE}(?:(?:\+|00)?886[ -]?9|09)[0-9]{{2}}[ -]?[0-9]{{3}}[ -]?[0-9]{{3}}{UNIT}"
        ),
        "[电话]",
        _is_own,
    ),
    Sort(
        "messenger",
        re.compile(any_of("[微威薇Vv](?=信)", "[VvWw](?=[Xx])", "[Ww](?=e[Cc]hat|hatsApp)", "QQ", "qq", "扣扣", "L")),
        re.compile(
            rf"(?<![A-Za-z])(?:{_MESSENGER})(?:号码?|账号| ?ID|id)?(?:(?<=[号码Dd])[: ]{{0,2}}|: ?){_HANDLE}"
            rf"|加(?:我|本人|个人|[客社]服|社工|老师)?的?(?:{_MESSENGER}){_HANDLE}"
        ),
        "[账号]",
        _always,
    ),
    Sort(
        "country_code",
        re.compile("85[23]|886|86[ -]"),
        re.compile(
            rf"(?<![0-9A-Za-z.])(?:\( ?(?:\+|00)?85[23] ?\)|(?:\+|00)85[23]|85[23](?=[ -]))[ -]?"
            rf"[2-9][0-9]{{3}}[ -]?[0-9]{{4}}{UNIT}"
            rf"|(?<![0-9A-Za-z.])(?:\+|00)886[ -]?[2-8][0-9]?[ -]?[0-9]{{3,4}}[ -]?[0-9]{{3,4}}{UNIT}"
            rf"|(?<![0-9A-Za-z.-])(?:\+|00)?86[ -]0?[1-9][0-9]{{1,2}}[ -][2-8][0-9]{{6,7}}{UNIT}"
        ),
        "[电话]",
        _is_landline,
    ),
    Sort(
        "landline_number",
        re.compile("0[1-9][0-9]{0,2}[) -]"),
        re.compile(
            rf"{ALONE}(?:\(0[1-9][0-9]{{1,2}}\)[ -]?|0[1-9][0-9]{{1,2}}[- ]{{1,2}})"
            rf"[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}(?:[-转][0-9]{{1,5}})?{UNIT}"
            rf"|{ALONE}(?!080[09])(?:\(0[2-8][0-9]{{0,2}}\)[ -]?|0[2-8][0-9]{{0,2}}-)"
            rf"[2-9][0-9]{{2,3}}-?[0-9]{{3,4}}(?:#[0-9]{{1,5}})?{UNIT}"
        ),
        "[电话]",
        _is_landline,
    ),
    Sort(
        "telephone",
        re.compile(_WORDS["contact"]),
        re.compile(f"{LOCAL_ALONE}(?:[2-9][0-9]{{3}}[- ]?[0-9]{{4}}|(?:0[1-9][0-9]{{1,2}})?[2-8][0-9]{{6,7}}){UNIT}"),
        "[电话]",
        _is_local,
    ),
    Sort(
        "identity_abroad",
        LETTERED,
        re.compile(
            r"(?<![0-9A-Za-z])(?:[A-Z][1289][0-9]{8}|[A-Z]{1,2}[0-9]{6} ?\([0-9A]\)|[A-Z]{1,2}[0-9]{7})(?![0-9A-Za-z])"
        ),
        "[证件号]",
        _is_identity_abroad,
    ),
    Sort(
        "travel_document",
        LETTERED,
        re.compile("(?<![0-9A-Za-z])[A-Z][A-Z0-9]?[0-9]{7,8}(?![0-9A-Za-z])"),
        "[证件号]",
        _is_travel_document,
    ),
    Sort(
        "email",
        re.compile("@"),
        re.compile(
            r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
        ),
        "[邮箱]",
        _always,
    ),
)
"""In the order that they are tried: the first that holds at a place decides."""

BY_CUE = {cue: tuple(sorts) for cue, sorts in groupby(SORTS, attrgetter("cue"))}
"""The same, those with one cue together."""
