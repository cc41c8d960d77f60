"""Damaged pages in HTML, saved pages and texts, in odd encodings, read and cleaned: none may raise or hang.

    python -m tests.read.fuzz_html [FILES [FIRST]]

prints how many came out as text and how many with which reason, and the slowest. Cleaning itself raises when a
character is not accounted for exactly once.
"""

from __future__ import annotations

import base64
import quopri
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import cache

from flows.read.reader import read_bytes
from tests.pages import FOOT, MENU, SOURCE, STORY, TITLE
from tests.read.outcomes import outcome_of
from tests.read.sites import SITES

TOKENS = (
    *(b"<div>", b"</div>", b"<table>", b"<td", b"<tr><td>1<td>2", b"<!--", b"-->", b"<script>", b"<style>", b"<svg>"),
    *(b"<p>" * 60, b"<b>" * 600, b"</html>", b"<plaintext>", b"<select>", b"<template>", b"<br>" * 40, b"<a href='"),
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"&#0;", b"&#x110000;", b"&nbsp" * 30, b"<meta charset=utf-7>", b"\x1b$)A"),
    *(b'<meta http-equiv=content-type content="text/html; charset=big5">', b'{"@type":', b"\r\n--b\r\n"),
)
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-be", "utf-32", "utf-8-sig", "hz", "iso2022_jp", "utf-7")
PACKED: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("8bit", bytes),
    ("quoted-printable", quopri.encodestring),
    ("base64", base64.encodebytes),
)


@cache
def sources() -> tuple[tuple[str, str], ...]:
    """Names and texts of sound files."""
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    pages = [(f"{site.__name__}.html", site()) for site in SITES]
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
    saved = [
        (f"{how}.mhtml", f"{head}{part}{how}\r\n\r\n{pack(pages[0][1].encode()).decode()}\r\n--b--")
        for how, pack in PACKED
    ]
    text = "\n".join([f"{TITLE}_青禾网", *MENU, TITLE, SOURCE, *STORY, *FOOT])
    mirrored = text.encode().decode("latin-1")  # UTF-8 that somebody read as Latin-1
    return (*pages, *saved, ("page.txt", text), ("mirrored.txt", mirrored))


def damaged(seed: int) -> tuple[str, bytes]:
    """The name and the bytes of a file with tokens put in, bytes changed, cut out, doubled or lost at its end."""
    rng = random.Random(seed)
    name, text = rng.choice(sources())
    content = bytearray(text.encode(rng.choice(ENCODINGS), "replace"))
    for _ in range(rng.choice([1, 2, 4, 12, 40])):
        place, length = rng.randrange(len(content) + 1), rng.randint(1, 200)
        match rng.randrange(5):
            case 0:
                content[place : place + 1] = rng.randbytes(1)
            case 1:
                content[place:place] = rng.choice(TOKENS)
            case 2:
                del content[place : place + length]
            case 3:
                content[place:place] = content[place : place + length]
            case _:
                content[place : place + length] = rng.randbytes(length // 8)
    return name, bytes(content[: rng.randrange(1, len(content) + 1)] if rng.random() < 0.2 else content)


def outcome(seed: int) -> str:
    """The code of the reason, or "text"."""
    name, content = damaged(seed)
    return outcome_of(read_bytes(content, name))


def main(files: int = 2000, first: int = 0) -> None:
    """Reads the files with the seeds from `first` on."""
    counted: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(first, first + files):
        began = time.perf_counter()
        try:
            counted[outcome(seed)] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
        slowest = max(slowest, time.perf_counter() - began)
    print(f"{files} files, slowest {slowest:.2f} s: " + ", ".join(f"{n} {code}" for code, n in counted.most_common()))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
