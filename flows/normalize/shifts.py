"""Text that stands one byte off behind a "?！", put right.

A mirror that holds a page as GBK bytes and takes it apart at every ！ (A3 A1) does so where one character ends and the
next begins with these bytes, too: 。|” is A1 A3|A1 B1. What is left of the first shows as "?", and what follows is
read one byte off, up to a byte that begins no character or to an annotation: 行業。”鄭州市長說 is 行業?！编嵵菔虚L說.
The bytes are all there, but for one where the run ends at times: read from the right place they are the text as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from flows.chinese import common_share, to_traditional
from flows.document import Page
from flows.normalize.edits import Swap, flag_damage, swap
from flows.normalize.gbk import expectation, gbk_bytes, gbk_char, read_so
from flows.normalize.mojibake import IMPLAUSIBLE, PLAUSIBLE
from flows.normalize.simplify import simplify
from flows.text import Operation
from flows.vocabulary import load_vocabulary

LOST = "?？\ufffd"
"""What is shown for bytes that make no character."""

SHIFTED = re.compile(f"[{LOST}][！!]")
END, BEGIN = 0xA3, 0xA1
"""The bytes of ！: the end of one character and the beginning of the next."""

STOP, OTHERS = "。", frozenset("、。，·")
"""What the break comes behind, nine times in ten; before another mark it is a character that nothing tells."""

CLOSING = dict(zip("”’》〉」』】", "“‘《〈「『【", strict=True))
"""Marks that come behind a stop, each with what opens it."""

PINYIN = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}"
ANNOTATION, ANNOTATED = re.compile(rf"[{LOST}]\(?({PINYIN})\)"), re.compile(rf"\({PINYIN}\)$")

HANZI = re.compile("[\u4e00-\u9fff]")
SENTENCE, MARKS = 10, re.compile("[，。！？；：、,!?;:]")
"""Characters, or a mark in them, by which a quotation is a sentence and ends with a stop."""

REACH = 1000
"""Characters before and behind a break that are looked at."""

MARGIN = 2
"""By how much a character must be likelier than the next (`expectation`): a common one than one out of use."""

ENOUGH = 3
"""Characters put right from which on a run is known on a page without other damage."""


class Run(NamedTuple):
    """text[start:end], a "?！" and what is one byte off behind it, is `chars`, one of them in each place; a "?" is one
    that could not be found, and if it is the last, `lead` its first byte. `above` and `below` are the line before and
    behind the "?！", as far as REACH, and `shown` what is one byte off."""

    start: int
    end: int
    chars: str
    lead: int
    above: str
    below: str
    shown: str

    @property
    def words(self) -> str:
        """What is put right."""
        return self.chars[1:].replace("?", "")

    @property
    def closes(self) -> bool:
        """Is its first mark one that closes what is open before, and that nothing closes further on?"""
        return _is_open(self.chars[1], self.above, self.below)


def undo_shifts(page: Page, damaged: bool) -> Page:
    """The page with the runs behind "?！" as they were; surplus characters are removed (`repair`).

    `damaged`: other damage shows a mirror's work; so does a run that is far likelier than what is shown. Flag:
    `unrepaired_damage@raw_offset` for each character that could not be found, where a "?" stays.
    """
    text = page.text.chars
    if not ("!" in text or "！" in text):
        return page
    runs = [_read(text, match.start()) for match in SHIFTED.finditer(text)]
    if not damaged and not any(map(_stands_out, runs)):
        return page
    swaps: list[Swap] = []
    unsure: list[tuple[int, int]] = []
    for run in runs:
        if swaps and run.start < swaps[-1].end:
            continue
        if _is_likely(run):
            run = _settle(run, text)
            swaps.append(Swap(run.start, run.end, run.chars, Operation.REPAIR, "repair", "split_character"))
            lost = [run.start + n for n, char in enumerate(run.chars) if char == "?"]
            unsure += [(place, place + 1) for place in lost]
        elif run.end > run.start + 2 and common_share(run.shown) < PLAUSIBLE:
            unsure.append((run.start, run.end))
    return swap(flag_damage(page, "unrepaired_damage", unsure), swaps)


def _read(text: str, start: int) -> Run:
    """The run at a "?！", read from the byte behind the lost one, as far as it goes in its line."""
    at = start + 2
    above = text[max(0, start - REACH) : start].rpartition("\n")[2]
    below = text[at : at + REACH].partition("\n")[0]
    chars, lead, end = _decode(below)
    if chars == "?":
        unclosed = [mark for mark in CLOSING if _is_open(mark, above, below)]
        chars = unclosed[0] if len(unclosed) == 1 else "?"
    shown = "".join(char for char in below[:end] if char not in LOST)
    return Run(start, at + end, STOP + chars, lead, above, below, shown)


def _settle(run: Run, text: str) -> Run:
    """The run with what its bytes leave open as all of the text tells it: whether a stop stands before the break, and
    what follows the same two characters elsewhere."""
    first, chars = STOP if _may_stop(run.above, run.chars[1], text) else "?", run.chars[1:]
    if len(chars) > 2 and chars[-1] == "?":
        found = _followers(chars[-3:-1], run.lead, text)
        chars = chars[:-1] + (found.pop() if len(found) == 1 else "?")
    return run._replace(chars=first + chars)


def _decode(below: str) -> tuple[str, int, int]:
    """What a line is behind a "?！" if it is one byte off: the characters, the last a "?" if its second byte is lost;
    the first byte of that; and how much of the line it takes."""
    chars, lead, at = "", BEGIN, 0
    while at < len(below):
        if (annotation := ANNOTATION.match(below, at)) is not None:
            return chars + _likeliest(char for char, _ in read_so(lead, annotation[1])), 0, annotation.end()
        if below[at] in LOST:
            return chars + "?", lead, at + 1
        code = gbk_bytes(below[at])
        char = gbk_char(lead, code[0]) if code else None
        if code is None or char is None:
            break
        chars, lead, at = chars + char, code[-1], at + 1
        if len(code) == 1:
            return chars, 0, at
        if lead < 0x80:
            return chars + chr(lead), 0, at
    return chars + "?", lead, at


def _likeliest(chars: Iterable[str]) -> str:
    """The one character that is in use, or "?"."""
    ranked = sorted(chars, key=expectation, reverse=True)
    rival = max(map(expectation, ranked[1:]), default=0)
    return ranked[0] if ranked and expectation(ranked[0]) >= rival + MARGIN else "?"


def _followers(before: str, lead: int, text: str) -> set[str]:
    """The characters with this first byte that stand elsewhere in the text behind the same two, the end of a word."""
    if not HANZI.match(before[-1]):
        return set()
    found = re.findall(f"{re.escape(before)}({HANZI.pattern})", text)
    return {char for char in found if (gbk_bytes(char) or b"\0")[0] == lead}


def _is_open(mark: str, above: str, below: str) -> bool:
    """Is what a mark closes open in the line above a place, and not closed below it?"""
    opening = CLOSING.get(mark)
    if opening is None:
        return False
    return above.count(opening) > above.count(mark) and mark not in below.partition(opening)[0]


def _may_stop(above: str, behind: str, text: str) -> bool:
    """Is the character before the break a stop? None stands before a mark of a list, nor in a quotation of a word or
    two; and none is certain behind what begins a word that ends in a rival."""
    if behind in OTHERS:
        return False
    if behind in CLOSING:
        quoted = above.rpartition(CLOSING[behind])[2]
        if len(quoted) < SENTENCE and not MARKS.search(quoted):
            return False
    before = ANNOTATED.sub("", above)[-1:]
    if before.isascii():  # half of a character, as like as not
        return before.isdecimal()
    return not any(simplify(before) in words or before + rival in text for rival, words in _rivals().items())


def _is_likely(run: Run) -> bool:
    """Is a run, on a damaged page, likelier than what is shown?"""
    better = common_share(run.words) - common_share(run.shown)
    if run.closes and (len(run.shown) < ENOUGH or better >= 0):
        return True
    return len(HANZI.findall(run.words)) > 1 and better > 0


def _stands_out(run: Run) -> bool:
    """Is a run so much likelier than what is shown that it tells of damage by itself?"""
    plausible = common_share(run.words) >= PLAUSIBLE and common_share(run.shown) <= IMPLAUSIBLE
    balanced = run.closes or run.chars[1] not in CLOSING
    return plausible and balanced and len(HANZI.findall(run.words)) >= ENOUGH


@cache
def _rivals() -> dict[str, str]:
    """The characters that end in the byte of the stop, as GBK pages of either script have them, and what stands before
    them in words."""
    words: dict[str, str] = load_vocabulary("stop_rivals")
    return {form: before for rival, before in words.items() for form in {rival, to_traditional(rival)}}
