"""The conversion of Traditional text: OpenCC's t2s dictionaries on a faster engine, and rules of our own on top.

Equal to opencc-python-reimplemented's `OpenCC("t2s").convert` but for three stated differences: 著 has its own
rule, corner quotes become curved ones, and schemas/vocabularies/script_phrases.yaml holds what the package lacks.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.characters import CharacterMap, any_of
from flows.chinese import opencc_dictionary, to_traditional
from flows.vocabulary import load_vocabulary, unspaced

QUOTES = dict(zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’", strict=True))
ZHU, ZHE = "著", "着"

KEPT = "\0"
"""What stands for a character of a name while the rest of the text is converted."""


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
    names = [match for match in _names().finditer(text) if not any(a <= match.start() < b for a, b in found)]
    for match in names:
        text = text[: match.start()] + KEPT + text[match.end() :]
    values = _phrases()
    bounds = [0, *(bound for span in found for bound in span), len(text)]
    parts = [text[a:b] for a, b in pairwise(bounds)]
    loose = "".join(parts[::2]) if found else text
    ambiguous = sum(map(loose.count, _ambiguous()))
    out = _characters()(text)
    if found:
        out = "".join(
            values[part] if odd % 2 else out[a : a + len(part)]
            for odd, (a, part) in enumerate(zip(bounds, parts, strict=False))
        )
    for match in names:
        out = out[: match.start()] + _kept().get(match[0], match[0]) + out[match.end() :]
    if ZHU in out:
        out = _zhu().sub(lambda match: ZHE if match["stays"] is None else ZHU, out)
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
def _characters() -> CharacterMap:
    """What each character becomes outside phrases."""
    own = load_vocabulary("script_phrases")
    pairs = {key: values[0] for key, values in opencc_dictionary("TSCharacters").items()} | QUOTES
    return CharacterMap(pairs | dict(own["variants"].split()) | own["characters"])


@cache
def _kept() -> dict[str, str]:
    """What the characters become that stay in names, where they do not stay as they are."""
    kept = load_vocabulary("script_phrases")["names"]["kept"]
    return {entry["character"]: entry["becomes"] for entry in kept if "becomes" in entry}


@cache
def _names() -> re.Pattern[str]:
    """Matches a character that stays because it is part of a name."""
    names = load_vocabulary("script_phrases")["names"]
    surname = f"[{unspaced(names['surnames'])}]"
    simplified = unspaced(load_vocabulary("surnames")["given"])
    given = f"[{simplified}{to_traditional(simplified)}]"
    patterns = []
    for entry in names["kept"]:
        char, before, behind = entry["character"], entry["before"], entry["behind"]
        if entry.get("given"):
            within = f"(?:(?<={surname}{char})(?={given})|(?<={surname}{given}{char}))"
        else:
            within = f"(?:(?<={surname}{char})|(?<={surname}[\u4e00-\u9fff]{char}))"
        patterns.append(f"{char}(?<![{before}]{char})(?![{behind}]){within}")
    return re.compile(any_of(*patterns))


@cache
def _ambiguous() -> str:
    return unspaced(load_vocabulary("ambiguous_characters")["characters"])


@cache
def _zhu() -> re.Pattern[str]:
    """Matches each 著; the group `stays` where it does not become 着."""
    words = load_vocabulary("zhu_zhe")
    known, turns = unspaced(words["known"]), unspaced(words["turns_before"])
    after = [
        f"(?<={entry['word']}{ZHU})" + (f"(?<![{entry['unless']}]{entry['word']}{ZHU})" if "unless" in entry else "")
        for entry in words["stays_after"]
    ]
    before = [
        (f"(?<![{entry['unless']}]{ZHU})" if "unless" in entry else "") + f"(?={entry['word']})"
        for entry in words["stays_before"]
    ]
    stays = f"(?<=[{known}]{ZHU})|(?![{turns}])(?:{'|'.join(after + before)})"
    return re.compile(f"{ZHU}(?P<stays>{stays})?")
