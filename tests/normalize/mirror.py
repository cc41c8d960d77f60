"""A mirror site: puts "(pinyin)" behind the GBK bytes of every character of its list, and shows what its
decoder makes of that."""

from __future__ import annotations

from collections.abc import Sequence

from pypinyin import Style, lazy_pinyin


def pinyin_of(char: str) -> str:
    """The reading that a mirror's dictionary gives: one a character."""
    return lazy_pinyin(char, style=Style.TONE)[0]


def damage(text: str, listed: Sequence[str]) -> str:
    """The text as the mirror shows it; `listed` in the order that the mirror replaces in."""
    content = text.encode("gb18030")
    for char in listed:
        code = char.encode("gbk")
        content = content.replace(code, code + b"(" + pinyin_of(char).encode("gb18030") + b")")
    return show(content)


def take_apart(text: str) -> str:
    """The text as a mirror shows it that takes it apart at the bytes of every ！, its own or those of two others."""
    return "！".join(map(show, text.encode("gb18030").split("！".encode("gbk"))))


def show(content: bytes) -> str:
    """The bytes decoded as PHP's mbstring decodes CP936: an invalid pair is one "?", and takes both bytes with it,
    unless the second is a control or a blank, which alone is shown."""
    out, at = [], 0
    while at < len(content):
        lead = content[at]
        if lead < 0x80:
            out.append(chr(lead))
            at += 1
            continue
        pair = content[at : at + 2]
        if len(pair) == 2 and pair[1] <= 0x20:
            out.append(chr(pair[1]))
            at += 2
            continue
        try:
            char = pair.decode("gb18030") if len(pair) == 2 and pair[1] >= 0x40 else "?"
        except UnicodeDecodeError:
            char = "?"
        out.append(char)
        at += 2
    return "".join(out)
