"""Which line is the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.document import Line
from flows.strip.forms import is_entry
from flows.strip.judge import HEADING_MARK, Judged
from flows.strip.lines import unspaced
from flows.strip.markup import headed
from flows.strip.shape import MENU, is_menu
from flows.strip.sites import BOUND

_DASH = re.compile(r"[-—]{1,2}(?=\S)")
_NAME_OF_A_BODY = re.compile(r"(?:局|网|报|社|台|部|院|会|中心|频道|专题|专栏|之家|办公室|委员会|大学|\d期|[日版])$")
_HALF = re.compile(r"[\u4e00-\u9fff]{4,14}(?<![网报刊社台局版部])")
_MEDIUM = re.compile(r"(?:网|报|版|社|频道|客户端|公众号)$")
_ASIDE = re.compile(r"\([^()]*\)")
_SECTION = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、]")
_FIGURATIVE = re.compile(r"[“”\"!?]|[\u4e00-\u9fff]{2,10}:(?=\S{6})|[\u4e00-\u9fff]{3,}[ ,][\u4e00-\u9fff]{3,}")
_ADDRESSEE = re.compile(
    r"(?:各|全[省市县区]各|尊敬的|亲爱的|致)[^。!?;]{2,150}:"
    r"|[^。!?;:]{2,150}[、,][^。!?;:]{2,60}(?:[局厅部委会办院校社处]|单位|政府|中心|机构|街道|同志|公司|朋友|同学|家长|社工)(?:\([^()]*\))?:"
)
"""Whom a letter or a notice is for: 各县(市、区)民政局:"""

_OPENS_BODY = re.compile(r"[。;]$|^以下[是为].*:$")
_LEADS_IN = re.compile(r"[-—]{2}$|[-—]$(?<=[\u4e00-\u9fff][-—])")
"""A kicker, which the headline below goes on from: 第15个国际社工日——"""

_STATES = re.compile(r"[:|]|\d{4}")
"""What a line that states a source or a day holds, and the second half of a headline hardly ever."""

_WORDS = re.compile(r"\w{4}")

LONGEST = 80
"""Characters that a line taken for a headline has at most; set by hand."""

ENOUGH = 12
"""Characters from which on shared words count in full; a short name shares all of its by chance."""

OPENING, STORY = 4, 12
"""Lines from the first paragraph on that a headline shares its words with, and a subtitle or a figurative headline."""

LEAST, LEAST_ABOVE = 0.45, 0.25
"""The score from which a line is a headline; directly above the text a lower share of common words will do."""


def looks_like_title(form: str) -> bool:
    """Is a line, in rule form, of the shape of a headline?"""
    return (
        4 <= len(form) <= LONGEST
        and not _OPENS_BODY.search(form)
        and not _LEADS_IN.search(form)
        and not is_menu(form)
        and re.search(r"[\u4e00-\u9fff]{2}", form) is not None
    )


def is_addressee(form: str) -> bool:
    """Does a line, in rule form, say whom a letter or a notice is for?"""
    return form[-1] == ":" and _ADDRESSEE.fullmatch(form) is not None


def overlap(title: str, text: str) -> float:
    """The share of a title's character pairs that a text holds; headlines repeat their story's words."""
    title = unspaced(title)
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def repeated_title(judged: Sequence[Judged], stated: str | None = None) -> int | None:
    """The index of the headline that the page's own title (its first line) repeats with the site's name.

    Of several, the one that the markup vouches for (`stated` is the title in it), else the first.
    """
    page_title = judged[0].form
    last = next((i for i in range(len(judged) - 1, 0, -1) if judged[i].score > 0), len(judged) - 1)
    found = [
        i for i, one in enumerate(judged[:last]) if i and one.form[:2] in page_title and _repeats(page_title, one.form)
    ]
    return max(found, key=lambda i: (headed(judged[i], stated), -i), default=None)


def likely_title(judged: Sequence[Judged], body: int, stated: str | None = None) -> int | None:
    """The index of the headline of the story whose first paragraph is line `body`.

    The line that shares most words with the text, near to it or above its source line.
    """
    text = "".join(one.form for one in judged[body : body + OPENING])
    best, best_score = None, LEAST
    for i, one in enumerate(judged[: body + 1]):
        if not _may_be_title(one) or (i == body and one.prose):
            continue
        below = judged[i + 1] if i + 1 < len(judged) else one
        if below is not one and below.form.startswith(one.form):
            continue  # the name of an account, with the time of the post below it
        score = overlap(one.form, text if i < body else text[len(one.form) :]) * min(1.0, len(one.form) / ENOUGH)
        score += 0.6 * (HEADING_MARK.match(one.form) is not None and i == body - 1)
        score += 0.35 * (below.kind in {"metadata", "credit"} or bool(below.placed) or (i == 0 and _is_posted(judged)))
        score += headed(one, stated)
        score += 0.3 * (i == 0) + 0.2 * (i >= body - 1) - 0.02 * max(0, body - i)
        if score >= best_score:
            best, best_score = i, score
    if best is None:
        best = _nearest_title(judged, body, text)
    if best and _DASH.match(judged[best].form) and _may_be_title(judged[best - 1]):
        best -= 1
    wide = "".join(one.form for one in judged[body : body + STORY])
    if best and _may_be_title(judged[best - 1]) and is_second_half(best - 1, judged, body):
        best -= 1
    while best is not None and best > 0 and _is_title_above(judged[best - 1], text, wide):
        best -= 1
    return best


def _is_posted(judged: Sequence[Judged]) -> bool:
    """Does what states the time stand near below the first line, which is no menu nor names a site?"""
    head = judged[0].form
    return (
        head.count(" ") < MENU - 1
        and BOUND.search(head) is None
        and any("metadata" in {one.kind, *(rule.kind for rule in one.placed)} for one in judged[1:OPENING])
    )


def _nearest_title(judged: Sequence[Judged], body: int, text: str) -> int | None:
    """The line of a headline's shape directly above the text, or above its source line, if words decide nothing."""
    for i in range(body - 1, max(-1, body - 5), -1):
        one = judged[i]
        if not _may_be_title(one) or one.prose:
            continue
        if (len(one.form) >= 6 and not _NAME_OF_A_BODY.search(one.form)) or overlap(one.form, text) >= LEAST_ABOVE:
            return i
    return None


def _is_title_above(one: Judged, text: str, wide: str) -> bool:
    """Does a headline stand directly above what was taken for it, which is then the subtitle?

    A headline that is a figure of speech shares few words with the text, and they may stand anywhere in it (`wide`);
    but it has marks that the names of sites and columns have not.
    """
    if not _may_be_title(one) or one.prose or len(one.form) < 8:
        return False
    return overlap(one.form, text) >= 0.6 or (
        _FIGURATIVE.search(one.form) is not None and overlap(one.form, wide) >= 0.2
    )


def are_halves(upper: Judged | Line, lower: Judged | Line) -> bool:
    """Are two lines the halves of a headline: one directly below the other, about as long, short, without marks or
    figures?"""
    near = upper.end + 1 == lower.start and abs(len(upper.chars) - len(lower.chars)) <= 2
    return near and all(_HALF.fullmatch(one.chars) is not None for one in (upper, lower))


def goes_on(upper: str, lower: str, text: str) -> bool:
    """Is a headline broken into two lines in the midst of words: does its story say those on both sides as one?"""
    broken = unspaced(upper)[-2:] + unspaced(lower)[:2]
    return _WORDS.fullmatch(broken) is not None and broken in unspaced(text)


def is_second_half(title: int, judged: Sequence[Judged], body: int) -> bool:
    """Is the line below the headline of the story whose first paragraph is line `body` its second half?"""
    if title + 1 >= min(len(judged), body):
        return False
    upper, lower = judged[title], judged[title + 1]
    if lower.kind is not None:
        return False
    if are_halves(upper, lower):
        return True
    text = "".join(one.form for one in judged[body:])
    plain = not lower.prose and looks_like_title(lower.form) and _STATES.search(lower.form) is None
    return plain and goes_on(upper.form, lower.form, text)


def _may_be_title(one: Judged) -> bool:
    plain = one.kind is None and not one.placed and looks_like_title(one.form)
    if not plain or _SECTION.match(one.form) or _ASIDE.fullmatch(one.form):
        return False
    return not is_addressee(one.form) and not is_entry(one.form)


def is_subtitle(title: int, judged: Sequence[Judged], body: int) -> bool:
    """Is the line below the headline its subtitle: of such a shape, and above a source line or a byline?

    A line that opens with a dash is one without that; else it must share its words with the text.
    """
    if title + 2 >= len(judged) or title + 1 >= body:
        return False
    one, below = judged[title + 1], judged[title + 2]
    if one.kind is not None or one.placed or not looks_like_title(one.form) or one.prose:
        return False
    if one.form == judged[title].form:
        return False
    if _DASH.match(one.form):
        return True
    text = "".join(other.form for other in judged[body : body + STORY])
    sourced = below.kind in {"metadata", "credit"} or bool(below.placed)
    return sourced and len(one.form) >= 8 and not _MEDIUM.search(one.form) and overlap(one.form, text) >= 0.2


def _repeats(page_title: str, form: str) -> bool:
    """Is `form` the headline that the page's title holds, in front of a site's name or behind it?"""
    if not 5 <= len(form) <= LONGEST:
        return False
    a, b = unspaced(page_title), unspaced(form)
    if len(b) < 5 or b not in a:
        return False
    if a == b and _NAME_OF_A_BODY.search(b):  # the head of the page, and who signs the document on it
        return False
    before, _, behind = a.partition(b)
    if before:
        return len(b) >= 10 and len(b) * 2 >= len(a)
    return not behind[:1].isalnum() or page_title[len(form) : len(form) + 1] == " "
