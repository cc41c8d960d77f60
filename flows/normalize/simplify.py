"""The conversion of Traditional text: OpenCC's t2s dictionaries on a faster engine, and rules of our own on top.

Equal to opencc-python-reimplemented's `OpenCC("t2s").convert` but for three stated differences: 著 has its own rule, corner
quotes become curved ones, and schemas/vocabularies/script_phrases.yaml holds phrases that the package lacks.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.chinese import opencc_dictionary
from flows.vocabulary import load_vocabulary, unspaced

QUOTES = str.maketrans("「」『』﹁﹂﹃﹄", "“”‘’“”‘’")
ZHU, ZHE = "著", "着"


class Converted(NamedTuple):
    """Simplified text, of the length of the Traditional one; `ambiguous` counts the characters that have several
    Simplified forms and stood in no known phrase."""

    text: str
    ambiguous: int


def simplify(text: str) -> str:
    """The text, taken as Traditional whatever it is, in Simplified characters; of the same length."""
    return convert(text).text


def convert(text: str) -> Converted:
    """As `simplify`, with the count of characters that it could not be certain of."""
    found = _find_phrases(text)
    values = _phrases()
    bounds = [0, *(bound for span in found for bound in span), len(text)]
    parts = [text[a:b] for a, b in pairwise(bounds)]
    ambiguous = sum(part.count(char) for char in _ambiguous() if char in text for part in parts[::2])
    out = text.translate(_characters())
    if found:
        out = "".join(
            values[part] if odd % 2 else out[a : a + len(part)]
            for odd, (a, part) in enumerate(zip(bounds, parts, strict=False))
        )
    if ZHU in out:
        out = _zhu().sub(lambda match: ZHU if match["stays"] else ZHE, out)
    return Converted(out, ambiguous)


def _find_phrases(text: str) -> list[tuple[int, int]]:
    """The phrases that the package would convert as wholes, in order: the longest first, and of equals the leftmost."""
    spans = [(start, end) for _, start, end in _matcher().find_matches_as_indexes(text, overlapping=True)]
    if all(before[1] <= behind[0] for before, behind in pairwise(spans)):
        return spans
    taken, chosen = bytearray(len(text)), []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            chosen.append((start, end))
    return sorted(chosen)


@cache
def _phrases() -> dict[str, str]:
    """Traditional phrase to Simplified."""
    package = {key: values[0] for key, values in opencc_dictionary("TSPhrases").items()}
    own: dict[str, str] = load_vocabulary("script_phrases")["phrases"]
    return package | own


@cache
def _matcher() -> AhoCorasick:
    return AhoCorasick(list(_phrases()))


@cache
def _characters() -> dict[int, str | int]:
    return {ord(key): values[0] for key, values in opencc_dictionary("TSCharacters").items()} | QUOTES


@cache
def _ambiguous() -> str:
    return unspaced(load_vocabulary("ambiguous_characters")["characters"])


@cache
def _zhu() -> re.Pattern[str]:
    """Matches each 著; the group `stays` where it does not become 着."""
    words = load_vocabulary("zhu_zhe")
    known, turns = unspaced(words["known"]), unspaced(words["turns_before"])
    after = [
        f"(?<={entry['word']})" + (f"(?<![{entry['unless']}]{entry['word']})" if "unless" in entry else "")
        for entry in words["stays_after"]
    ]
    before = [
        (f"(?<![{entry['unless']}])" if "unless" in entry else "") + f"(?={ZHU}{entry['word']})"
        for entry in words["stays_before"]
    ]
    stays = f"(?<=[{known}])|(?!{ZHU}[{turns}])(?:{'|'.join(after + before)})"
    return re.compile(f"(?P<stays>(?:{stays}){ZHU})|{ZHU}")
