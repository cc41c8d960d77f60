"""Tables of Chinese characters: the dictionaries of opencc-python-reimplemented, and the sets drawn from them."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from flows.characters import CharacterSet
from flows.vocabulary import load_vocabulary, unspaced


@cache
def opencc_dictionary(name: str) -> dict[str, tuple[str, ...]]:
    """A dictionary file of the package (`TSCharacters`, `TSPhrases`, `STCharacters`): key to its values, the
    preferred first."""
    text = files("opencc").joinpath("dictionary", f"{name}.txt").read_text(encoding="utf-8")
    rows = (line.strip().split("\t") for line in text.splitlines() if line.strip())
    return {key: tuple(values.split(" ")) for key, values in rows}


@cache
def traditional_only() -> frozenset[str]:
    """Characters that Simplified text does not have: those that OpenCC turns into another, always."""
    return frozenset(key for key, values in opencc_dictionary("TSCharacters").items() if key not in values)


@cache
def simplified_only() -> frozenset[str]:
    """Characters that Traditional text does not have: those that OpenCC turns into another, always."""
    return frozenset(key for key, values in opencc_dictionary("STCharacters").items() if key not in values)


def holds_traditional(text: str) -> bool:
    """Whether a text has any of the characters that only Traditional text has."""
    return bool(_traditional().within(text))


@cache
def _traditional() -> CharacterSet:
    return CharacterSet(traditional_only())


def to_traditional(simplified: str) -> str:
    """Each character's first Traditional form. For tables: as text this is wrong where there are several."""
    table = opencc_dictionary("STCharacters")
    return "".join(table[char][0] if char in table else char for char in simplified)


def common_share(text: str) -> float:
    """Share of common characters among those of the text that are not ASCII; 0.5 and more in any text of sentences (see
    `flows.read.encoding`)."""
    foreign = [char for char in text if not char.isascii()]
    return sum(map(common_characters().__contains__, foreign)) / max(1, len(foreign))


@cache
def radicals() -> dict[str, str]:
    """Radicals (U+2E80–2FD5), which the fonts of PDF files give in place of characters: each to the Simplified
    character that it is."""
    table: dict[str, str] = load_vocabulary("radicals")["characters"]
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    simplified = opencc_dictionary("TSCharacters")
    return {radical: simplified.get(char, (char,))[0] for radical, char in (table | kangxi).items()}


def without_radicals(text: str) -> str:
    """The text, of the same length, with each radical as the character that it is: to be looked at."""
    return text if text.isascii() else text.translate(_radical_codes())


@cache
def _radical_codes() -> dict[int, str]:
    return str.maketrans(radicals())


@cache
def common_characters() -> frozenset[str]:
    """The characters that carry most of any modern text, in both scripts, and Chinese punctuation."""
    simplified = unspaced(load_vocabulary("common_characters")["simplified"]) + "\u3000"
    forms = opencc_dictionary("STCharacters")
    return frozenset(simplified).union(*[forms.get(char, ()) for char in simplified])
