"""Cleans pages made by recombining and damaging lines of our own, and counts what breaks.

    python -m tests.benchmarks.generated [PAGES]

Every page must come out with each raw character accounted for once (`flows.rows` raises otherwise), whatever it holds.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from flows.clean import clean
from tests.pages import FOOT, MENU, SOURCE, STORY, TAIL, TITLE, document
from tests.segment.columns import make_sheet

NOISE = [
    "<p>",
    "</p><br>",
    "<script>alert(1)</script>",
    "<!--",
    "&nbsp;&#x793e;&amp;",
    "導(dǎo)航",
    "勇?lián)\ue311殬I(yè)",
    "當(dāng)?shù)攸h委",
    "著力、接著、顯著",
    "\ufeff",
    "\u200b\u200d",
    "\u202e",
    "\ufffd",
    "\x00\x07",
    "\r",
    "\u2028",
    "👍🏽",
    "ＡＢＣ１２３，，",
    "……。。。",
    "(((（（【【",
    "电话：13812345678",
    "### ",
    "| > · -",
    "中" * 300,
    "a" * 300,
    "1" * 300,
]


def make_page(seed: int) -> str:
    """One page, the same for the same seed."""
    rng = random.Random(seed)
    if rng.random() < 0.3:
        lines = make_sheet(seed).text.split("\n")
    else:
        lines = [f"{TITLE}_青禾网"] * rng.randint(0, 1) + rng.sample(MENU, rng.randint(0, len(MENU)))
        lines += [TITLE, SOURCE] * rng.randint(0, 2) + rng.choices(STORY, k=rng.randint(0, 8))
        lines += rng.sample(TAIL, rng.randint(0, len(TAIL))) + rng.sample(FOOT, rng.randint(0, len(FOOT)))
    for _ in range(rng.randint(0, 6)):
        if lines:
            i = rng.randrange(len(lines))
            place = rng.randint(0, len(lines[i]))
            lines[i] = lines[i][:place] + rng.choice(NOISE) + lines[i][place:]
    if rng.random() < 0.2:
        rng.shuffle(lines)
    return rng.choice(["\n", "\n\n", "\r\n"]).join(lines)


def main(pages: int) -> None:
    """Prints how many pages were cleaned, what became of them, and what broke."""
    became: Counter[str] = Counter()
    characters, started = 0, time.process_time()
    for seed in range(pages):
        text = make_page(seed)
        characters += len(text)
        try:
            became[clean(document(text))["documents"][0]["status"]] += 1
        except Exception as error:  # whatever it is, it is what we are looking for
            became[f"broken: {type(error).__name__}: {error}"] += 1
            print(f"seed {seed}: {type(error).__name__}: {error}", file=sys.stderr)
    seconds = time.process_time() - started
    print(f"{pages:,} pages, {characters:,} characters in {seconds:.0f} s: {dict(became)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
