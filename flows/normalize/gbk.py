"""GBK as a mirror site holds a page in it: two bytes a character, and which characters to expect."""

from __future__ import annotations

from functools import cache

from flows.chinese import common_characters, simplified_only, to_traditional, traditional_only

TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ", "aaaaeeeeiiiioooouuuuvvvvnnn")


def gbk_bytes(char: str) -> bytes | None:
    """The one or two bytes of the character; None if GBK has none. User-defined pairs are private-use characters."""
    code = char.encode("gb18030", "replace") if char != "\ufffd" else b""
    return code if (len(code) == 1 and char.isascii()) or len(code) == 2 else None


@cache
def gbk_char(lead: int | None, trail: int | None) -> str | None:
    """The character of two bytes, private use included; None if there is none, or a byte is unknown."""
    if lead is None or trail is None or not 0x80 < lead < 0xFF or not 0x40 <= trail < 0xFF:
        return None
    try:
        char = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return None
    return char if len(char) == 1 else None


@cache
def readings(char: str) -> frozenset[str]:
    """All readings of the character, with tone marks, after pypinyin's dictionary."""
    from pypinyin.constants import PINYIN_DICT  # 0.1 s and 10 MB, which only a damaged page needs

    return frozenset(PINYIN_DICT.get(ord(char), "").split(",")) - {""}


def is_read(char: str, pinyin: str) -> bool:
    """Whether the character can be read so. Tones may differ, as the mirrors' dictionaries are old."""
    known = readings(char)
    return pinyin in known or without_tone(pinyin) in map(without_tone, known)


def without_tone(pinyin: str) -> str:
    """dǎo → dao."""
    return pinyin.translate(TONES).replace("ü", "v")


@cache
def read_so(lead: int | None, pinyin: str) -> tuple[tuple[str, int], ...]:
    """The characters with this lead byte that are read exactly so, each with its trail byte."""
    found = []
    for trail in TRAILS:
        char = gbk_char(lead, trail)
        if char is not None and pinyin in readings(char):
            found.append((char, trail))
    return tuple(found)


@cache
def expectation(char: str) -> int:
    """How much the character is to be expected in Traditional text of the mainland: 4 for the commonest and
    punctuation, 3 for the forms of GB 2312's first level (3,755 characters), 2 for the second, 1 for other
    Traditional forms, else 0."""
    return _levels().get(char, 1 if char in traditional_only() else 0)


@cache
def _levels() -> dict[str, int]:
    levels: dict[str, int] = {}
    for leads, level in ((range(0xD8, 0xF8), 2), (range(0xB0, 0xD8), 3)):
        row = "".join(bytes((lead, trail)).decode("gb2312", "ignore") for lead in leads for trail in range(0xA1, 0xFF))
        levels |= {char: 1 if char in simplified_only() else level for char in row}
        levels |= dict.fromkeys(to_traditional(row), level)
    return levels | dict.fromkeys(common_characters() - simplified_only(), 4)
