"""Characters that nobody sees: entities made characters, controls taken out, every line end a newline, every
space a space."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from flows.characters import CharacterSet
from flows.document import Page
from flows.normalize.edits import Swap, flag_damage, mark_damage, spans, swap
from flows.text import Operation

ENTITY = re.compile(r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});|&nbsp(?![a-zA-Z0-9=])")
"""One entity, also where a page was escaped twice (`&amp;nbsp;`). Without its semicolon only `&nbsp`, so that addresses
(`?a=1&copy=2`) stay."""

EMOJI = "[\u2194-\u27bf\u2b05-\u2b55\ufe0f\U0001f1e6-\U0001faff]"
JOINER = "\u200d"
INVISIBLES = (
    "\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
)
INVISIBLE = re.compile(f"[{INVISIBLES}]|(?<!{EMOJI}){JOINER}|{JOINER}(?!{EMOJI})")
"""Controls, zero-width and bidirectional marks, soft hyphen, byte order mark, fillers; not what joins and
selects emoji, nor U+FFFC and U+FFFD, which stand for something that is lost."""

LOST = re.compile("[\ufffc\ufffd]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
CARRIAGE_RETURN = re.compile(r"\r(?=\n)")
SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
WHITE = dict.fromkeys("\r\f\v\x85\u2028\u2029", "\n") | dict.fromkeys(SPACES, " ")
_SCRIPTS = (*range(0x20, 0x7F), *range(0x2010, 0x2028), *range(0x3001, 0x3100), *range(0x3400, 0xA000))
PLAIN = CharacterSet({*map(chr, (*_SCRIPTS, *range(0xFF01, 0xFF5F))), *"\n\t·×"} - {"&"})
"""What no rule of this step looks at; most lines have nothing else."""


def remove_controls(page: Page) -> Page:
    """The page with entities decoded, invisible characters removed (`control`), line ends as "\\n" and spaces as " ".

    Flags: `private_use:N` and `lost_character@raw_offset` (U+FFFC, U+FFFD); both kinds of character stay. The
    "\\r" of a "\\r\\n" goes without a removal: it is white space.
    """
    odd = PLAIN.missing(page.text.chars)
    if not odd:
        return page
    if ("&" in odd and ";" in page.text.chars) or "&nbsp" in page.text.chars:
        page = _decode_entities(page)
        odd = PLAIN.missing(page.text.chars)
    if any(map(INVISIBLE.match, odd)):
        page = page.cut(spans(INVISIBLE, page.text.chars), "control", "invisible")
    if white := odd.intersection(WHITE):
        text = page.text.delete(spans(CARRIAGE_RETURN, page.text.chars)) if "\r" in white else page.text
        chars = text.chars
        for char in white:
            chars = chars.replace(char, WHITE[char])
        page = replace(page, text=text.recode(chars, Operation.WIDTH))
    if any(map(LOST.match, odd)):
        page = flag_damage(page, "lost_character", spans(LOST, page.text.chars))
    if any(map(PRIVATE.match, odd)):
        private = spans(PRIVATE, page.text.chars)
        page = mark_damage(page, "private_use", private).flag(f"private_use:{len(private)}")
    return page


def _decode_entities(page: Page) -> Page:
    """An entity of white space is removed and a space inserted, so that no raw character hangs on a space that
    a later step trims; one of a character becomes it in its first place, and the rest of it is removed."""
    chars = page.text.chars
    swaps: list[Swap] = []
    for match in ENTITY.finditer(chars):
        start, end = match.span()
        decoded = _decoded(match.group())
        if decoded == match.group() or not 0 < len(decoded) <= end - start:
            continue
        if decoded.isspace():
            follows_one = swaps and swaps[-1].end == start and swaps[-1].operation is Operation.JOIN
            between = not follows_one and chars[start - 1 : start].strip() and chars[end : end + 1].strip()
            swaps.append(Swap(start, end, " " if between else "", Operation.JOIN, "whitespace", "entity"))
        else:
            swaps.append(Swap(start, end, decoded, Operation.REPAIR, "repair", "entity"))
    return swap(page, swaps)


def _decoded(entity: str) -> str:
    """The character of an entity, or the entity itself if there is none such."""
    for _ in range(entity.count("amp;") + 1):
        entity = html.unescape(entity)
    return entity
