"""Damaged PDF files, read and cleaned: none may raise or hang.

    python -m tests.read.fuzz_pdf [FILES [FIRST]]

prints how many came out as text and how many with which reason, and the slowest. A native crash ends the process; its
seed is the last line printed with -v.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from functools import cache

from flows.read.reader import read_bytes
from tests.read.foundry import cast
from tests.read.outcomes import outcome_of
from tests.read.press import Column, Press


@cache
def sources() -> tuple[bytes, ...]:
    """Small pages: compressed and not, with text across and down, a frame, a picture; with a font of their own."""
    made = []
    for compressed in (0, 1):
        press = Press(400, 300, "STSong-Light", 9, 13)
        press.canvas.setPageCompression(compressed)
        press.line("第02版", 40, 12, 10)
        press.centred("青禾区社工站启用", 40, 280, 40, 22)
        press.box(200, 120, 120, 80)
        press.picture(40, 200, 80, 40)
        press.down("服务到家", 350, 40, 16, True)
        paragraph = "近日，青禾区社工站启用，四名社工入驻，为居民提供走访、陪伴和心理支持等服务。"
        press.text([(paragraph, False), (paragraph, False)], [Column(40, 80, 190, 135)], random.Random(0))
        press.turn_page()
        press.line(paragraph, 20, 20, 9)
        made.append(press.pdf())
    cast("Own", "近日青禾区社工站—…", lambda char: 440 if char in "—…" else 1000)
    press = Press(300, 200, "Own", 9, 13)
    press.canvas.setPageCompression(0)
    press.line("近日—青禾区…社工站", 20, 20, 9)
    press.down("青禾区社工站", 250, 20, 9, True)
    press.turned("—…", 250, 90, 9)
    press.canvas._code.append("/Span <</ActualText <feff20142014>>> BDC")
    press.line("社", 20, 60, 9)
    press.canvas._code.append("EMC 3 Tr 0.5 0 0.2 0.5 0 0 cm")
    press.line("1. Qinghe station", 40, 80, 9, "Helvetica")
    made.append(press.pdf())
    return tuple(made)


def damaged(seed: int) -> bytes:
    """A file with bytes flipped, cut out, doubled or lost at its end."""
    rng = random.Random(seed)
    content = bytearray(rng.choice(sources()))
    for _ in range(rng.choice([1, 1, 3, 10, 40])):
        place, length = rng.randrange(len(content)), rng.randint(1, 60)
        match rng.randrange(5):
            case 0 | 1:
                content[place] = rng.randrange(256)
            case 2:
                del content[place : place + length]
            case 3:
                content[place:place] = content[place : place + length]
            case _:
                content[place : place + 4] = str(rng.choice([-1, 0, 99, 2**31, 10**12])).encode()
    return bytes(content[: rng.randrange(1, len(content))] if rng.random() < 0.2 else content)


def outcome(seed: int) -> str:
    """The code of the reason, or "text"."""
    return outcome_of(read_bytes(damaged(seed), "page.pdf"))


def main(files: int, first: int = 0, *, verbose: bool = False) -> None:
    counted: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(first, first + files):
        if verbose:
            print(seed, flush=True)
        began = time.perf_counter()
        counted[outcome(seed)] += 1
        slowest = max(slowest, time.perf_counter() - began)
    print(f"{files} files, slowest {slowest:.2f} s: " + ", ".join(f"{n} {code}" for code, n in counted.most_common()))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(*(numbers or [2000]), verbose="-v" in sys.argv)
