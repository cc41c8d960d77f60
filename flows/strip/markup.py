"""What the markup of a page adds to the words of its lines: links, furniture, headings, and the element of the story.

Lines of plain text have no block (`Line.block`), and nothing here changes what is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from flows.document import Block
from flows.strip.judge import Judged
from flows.strip.lines import unspaced

FURNITURE = re.compile(
    r"(?<![a-z])(?:nav|menu|crumbs?|breadcrumbs?|foot(?:er)?|sidebar|aside|related|relate|recommend|recom|rank(?:ing)?|"
    r"comments?|cmt|share|toolbar|page-?tools|dialog|popup|tips?|modal|toast|vote|survey|login|search|ads?|advert|banner|"
    r"pager|pagination|copyright|qrcode)(?![a-z])"
)
"""Words in class and id names of what stands beside stories."""

STATED = re.compile(
    r"(?<![a-z])(?:rich_media_meta\w*|(?:post|entry|article|news|art)[-_]?(?:meta|info|source|date|time)|"
    r"meta[-_]?(?:info|data|list)?|byline|pub(?:lish)?[-_]?(?:info|time|date))(?![a-z])"
)
"""Words in class and id names of the line that states source, writer and time."""

CAPTION = re.compile(
    r"(?<![a-z])(?:img|pic|picture|photo|image)[-_]?(?:cap|caption|desc|info|note|title|txt|text)(?![a-z])"
)
ATTACHED = re.compile(r"附件|附表|附图|\.(?:docx?|xlsx?|pdf|zip|rar|wps|ofd)\b", re.I)
BESIDE = frozenset({"nav", "footer", "aside"})

LINKED, WHOLE = 0.6, 0.9
"""The share of a line's characters in links from which it is one, and from which a paragraph is one."""

FARTHEST = -4000
"""The log-odds (thousandths) above which a line beside a body belongs to it if it stands in the same element."""

HEADED, SAID = {"h1": 0.5, "h2": 0.25}, 0.4
"""What it adds to the likelihood of being the headline (`flows.strip.title`) that the markup calls a line a heading,
and that the page states the line as its title."""

ELSEWHERE = frozenset({"head", "below_title", "foot"})
"""Places of rules that do not speak of the lines behind a story's last paragraph."""


def with_siblings(
    judged: Sequence[Judged], odds: NDArray[np.int32], start: int, end: int, title: int | None
) -> tuple[int, int]:
    """The body judged[start:end] with the lines directly before and behind it that stand in the same element as its
    paragraphs, or its lines if it has none, and that nothing takes: verse, lists, tables, a signature; and with its
    attachments."""
    held = [one for one in judged[start:end] if one.kind is None and one.block is not None]
    told = [one.block for one in [one for one in held if one.score > 0] or held if one.block is not None]
    inside = {place for block in told for place in _places(block)} - {((), "", "")}
    while start > 0 and start - 1 != title and odds[start - 1] > FARTHEST and _shares(judged[start - 1], inside):
        start -= 1
    while end < len(judged) and odds[end] > FARTHEST and _shares(judged[end], inside):
        end += 1
    while inside and end < len(judged) and judged[end].kind is None and ATTACHED.match(judged[end].form):
        end += 1
    return start, end


def stands_beside(one: Judged) -> bool:
    """Does the line stand in a landmark or an element that its name or place shows to be none of a story?"""
    return one.block is not None and (one.block.within in BESIDE or _is_furniture(one.block.words))


_OWN = frozenset({"div", "section", "span"})
"""Elements that stand among those that a line is inside of (`Block.inside`) though they hold nothing but it."""

Place = tuple[tuple[int, ...], str, str]
"""Where a line stands: the numbers of its elements; or of those around its own, with its tag and names."""


def _places(block: Block) -> set[Place]:
    """Where a line stands: in an element, and, if it has one of its own, beside others of its sort."""
    place = (block.inside, "", "")
    return {place, (block.inside[:-1], block.tag, block.words)} if block.tag in _OWN else {place}


def are_siblings(upper: Judged, lower: Judged) -> bool:
    """Do two lines stand in one element, or each in one of its own of the same sort?"""
    if upper.block is None or lower.block is None:
        return upper.block is lower.block
    return not _places(upper.block).isdisjoint(_places(lower.block))


def _shares(one: Judged, inside: set[Place]) -> bool:
    block = one.block
    placed = any(rule.place not in ELSEWHERE for rule in one.placed)
    return (
        one.kind is None
        and not placed
        and block is not None
        and not inside.isdisjoint(_places(block))
        and not _leads_away(one)
    )


def lists_entries(judged: Sequence[Judged]) -> bool:
    """Are the lines the entries of a list: each paragraph in its own element, more short lines with links?"""
    linked = sum(one.score < 0 and one.block is not None and one.block.links > 1 for one in judged)
    parents = [one.block.inside for one in judged if one.prose and one.block is not None]
    return linked >= 5 and linked + 2 >= 2 * len(parents) and len(set(parents)) == len(parents)


def headed(one: Judged, stated: str | None) -> float:
    """What the markup adds to the likelihood that a line is the headline; `stated` is the title that it states."""
    block = one.block
    if block is None:
        return 0.0
    said = stated is not None and len(one.form) >= 5 and _is_same(one.form, stated)
    return HEADED.get(block.tag, 0.0) + SAID * said - (block.within in BESIDE)


def _is_same(form: str, stated: str) -> bool:
    """Is a line what the page states as its title, a site's name behind it aside?"""
    a, b = unspaced(stated), unspaced(form)
    return a.startswith(b) and len(b) * 2 >= len(a)


def take_marked(body: Sequence[Judged]) -> None:
    """Takes the lines of a body that its markup shows to be none of it: captions, links by themselves, furniture,
    what it states of itself."""
    inside = {one.block.inside for one in body if one.prose and one.block is not None}
    for one in body:
        block = one.block
        if block is None or (one.prose and block.links < WHOLE * len(one.form)):
            continue
        if block.tag == "figcaption" or CAPTION.search(block.words.partition(">")[0]):
            one.take("caption", "marked_caption")
        elif _leads_away(one):
            one.take("related_links", "link_in_story")
        elif block.inside not in inside and STATED.search(block.words):
            one.take("metadata", "marked_metadata")
        elif block.inside not in inside and _is_furniture(block.words):
            one.take("site_prompt", "marked_furniture")


def _leads_away(one: Judged) -> bool:
    return is_link(one) and ATTACHED.search(one.form) is None


def is_link(one: Judged) -> bool:
    """Is the line a link and hardly anything else?"""
    return one.block is not None and one.block.links >= LINKED * (one.block.end - one.block.start)


@lru_cache(maxsize=4096)
def _is_furniture(words: str) -> bool:
    return FURNITURE.search(words) is not None
