"""The 「導(dǎo)航」 family of damage: recognised by document, undone by line.

A mirror site held a page in Traditional characters as GBK bytes and replaced the bytes of each character of its
list by the same bytes and "(pinyin)". Where a pair matched across two characters (the second byte of one and
the first of the next), what stands behind was decoded one byte off: 當地黨委 → 當(dāng)?shù)攸h委.
`flows.normalize.unsplit` inverts that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from flows.chinese import holds_traditional, simplified_only, traditional_only
from flows.document import Page, Removal
from flows.normalize.edits import flag_damage
from flows.normalize.gbk import expectation, is_read
from flows.normalize.shifts import undo_shifts
from flows.normalize.unsplit import Annotation, Knowledge, Restored, unsplit
from flows.text import Operation

LETTER = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹɡ]"
NESTED = re.compile(f"\\({LETTER}{{1,6}}\\)")
PINYIN = f"{LETTER}{{1,6}}(?:{NESTED.pattern}{LETTER}{{0,5}}){{0,2}}"
"""A syllable; its own bytes may match the mirror's list as well: 週(zhōu(zī))."""

ANNOTATION = re.compile(f"(?:([?\ufffd])\\(?|\\()({PINYIN})\\)")
TONES = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ")

CONSISTENT = 0.85
"""Least share of a listed character's occurrences that have the annotation. The replacement is blind, so only
damage hides one; a writer glosses a character once, or one of its readings."""

ENOUGH = 3
"""Annotations that show a mirror's work where no character is broken; fewer if all are of characters in common
use, which nobody glosses."""

FORMS = 0.5
"""Least share of Traditional forms among the annotated characters where none is broken: mirrors annotate what they
converted, a writer what is rare or has several readings."""

CROWDED = 0.15
"""Annotations a character from which a text that repeats them may be a primer, where every character has one."""


def remove_annotations(page: Page) -> Page:
    """A damaged page as it was: annotations removed (`annotation`), broken characters restored, surplus ones removed
    (`repair`). Any other page as it is.

    Flags: `pinyin_damage:N`, N annotations; `unrepaired_damage@raw_offset` for each character that could not be
    restored for certain: a "?" stays there.
    """
    damaged = is_damaged(page.text.chars)
    page = undo_shifts(page, damaged)
    if not damaged:
        return page
    chars = page.text.chars
    annotations = _find(chars)
    knowledge = _learn(chars, annotations)
    new: list[str | None] = list(chars)
    unsure: list[int] = []
    for start, end, own in _by_line(chars, annotations):
        restored = _restore(chars[start:end], own, knowledge)
        new[start:end] = restored.chars
        unsure += [start + place for place in restored.unsure]
    page = page.flag(f"pinyin_damage:{len(annotations)}")
    page = flag_damage(page, "unrepaired_damage", [(place, place + 1) for place in unsure])
    return _apply(page, new, annotations)


def _find(chars: str) -> list[Annotation]:
    """What looks like an annotation: behind a character that is read so, or with tone marks, or with a byte lost."""
    found = []
    for match in ANNOTATION.finditer(chars):
        pinyin, lost = NESTED.sub("", match[2]).replace("ɡ", "g"), match[1] is not None
        before = chars[match.start() - 1 : match.start()]
        if (lost and not before.isascii()) or is_read(before, pinyin) or not TONES.isdisjoint(pinyin):
            found.append(Annotation(match.start(), match.end(), pinyin, lost))
    return found


def is_damaged(chars: str) -> bool:
    """Whether a mirror annotated characters of the text, and not a writer who glosses them."""
    annotations = _find(chars) if ")" in chars and holds_traditional(chars) else []
    return bool(annotations) and _made_blindly(chars, annotations)


def _made_blindly(chars: str, annotations: Sequence[Annotation]) -> bool:
    traditional, simplified = (sum(map(only.__contains__, chars)) for only in (traditional_only(), simplified_only()))
    plain = [
        (chars[a.start - 1], a.pinyin)
        for a in annotations
        if not a.lost and is_read(chars[a.start - 1 : a.start], a.pinyin)
    ]
    if simplified > traditional or not plain:
        return False
    counts = Counter(char for char, _ in plain)
    one_reading = len(set(plain)) == len(counts)
    consistent = len(plain) >= CONSISTENT * sum(chars.count(char) for char in counts)
    if not (one_reading and consistent):
        return False
    if any(annotation.lost for annotation in annotations):
        return True
    repeated = [char for char, count in counts.items() if count > 1]
    if len(repeated) >= ENOUGH and len(plain) < CROWDED * len(chars):
        return True
    forms = sum(char in traditional_only() for char in counts)
    enough = len(plain) >= ENOUGH or all(expectation(char) == 3 and char in traditional_only() for char in counts)
    return enough and forms >= FORMS * len(counts)


def _learn(chars: str, annotations: Sequence[Annotation]) -> Knowledge:
    listed = Counter(chars[a.start - 1] for a in annotations if not a.lost)
    every = Counter(chars)
    unlisted = frozenset(char for char, count in every.items() if count - listed[char] > 1 - (char not in listed))
    return Knowledge(frozenset(listed), unlisted.difference(listed), frozenset(every))


def _by_line(chars: str, annotations: Sequence[Annotation]) -> list[tuple[int, int, list[Annotation]]]:
    """The lines that have annotations: start, end, and the annotations with places in the line."""
    lines: list[tuple[int, int, list[Annotation]]] = []
    for annotation in annotations:
        if not lines or annotation.start >= lines[-1][1]:
            start = chars.rfind("\n", 0, annotation.start) + 1
            end = chars.find("\n", annotation.start)
            lines.append((start, len(chars) if end < 0 else end, []))
        start, _, own = lines[-1]
        own.append(annotation._replace(start=annotation.start - start, end=annotation.end - start))
    return lines


def _restore(line: str, annotations: list[Annotation], knowledge: Knowledge) -> Restored:
    """The line as it was. One with no character broken only loses its annotations."""
    if all(not a.lost and is_read(line[a.start - 1 : a.start], a.pinyin) for a in annotations):
        chars: list[str | None] = list(line)
        for start, end, *_ in annotations:
            chars[start:end] = [None] * (end - start)
        return Restored(chars, [])
    return unsplit(line, annotations, knowledge)


def _apply(page: Page, new: Sequence[str | None], annotations: Sequence[Annotation]) -> Page:
    """The page with new[n] in the place of character n, or without it where that is None."""
    old = page.text.chars
    text = page.text.recode("".join(b or a for a, b in zip(old, new, strict=True)), Operation.REPAIR)
    inside = bytearray(len(old))
    for annotation in annotations:
        inside[annotation.start : annotation.end] = b"\1" * (annotation.end - annotation.start)
    sorts = [0 if char is not None else 1 + within for char, within in zip(new, inside, strict=True)]
    spans, removals, at = [], list(page.removals), 0
    for sort, group in groupby(sorts):
        start, at = at, at + sum(1 for _ in group)
        if sort:
            kind, rule = ("repair", "split_character") if sort == 1 else ("annotation", "pinyin")
            removals += [Removal(a, b, kind, rule) for a, b in text.raw_spans(start, at)]
            spans.append((start, at))
    return replace(page, text=text.delete(spans), removals=tuple(removals))
