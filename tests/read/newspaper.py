"""Reads generated newspaper pages, of which the answer is known.

    python -m tests.read.newspaper [PAGES [FIRST]] [--show]

prints three figures. Character recall: the share of the characters printed that stand in the raw text, counted by
character. Order: over each story's character 8-grams (headline, byline and paragraphs as they are read), the longest
sequence of them that stands in the raw text in the same order, divided by their number. Articles right: the share of
pages of which every article comes out with title and text equal to the last character, and no other article does.
"""

from __future__ import annotations

import sys
import time
from bisect import bisect_left
from collections import Counter, defaultdict

from flows.clean import clean
from flows.read.reader import read_bytes
from tests.read.pressroom import make_page


def order_of(story: str, text: str, n: int = 8) -> tuple[int, int]:
    """How many of a story's n-grams stand in the text in one sequence, and how many it has."""
    places: dict[str, list[int]] = defaultdict(list)
    for i in range(len(text) - n, -1, -1):
        places[text[i : i + n]].append(i)
    tails: list[int] = []
    for i in range(len(story) - n + 1):
        for place in places.get(story[i : i + n], ()):
            at = bisect_left(tails, place)
            tails[at : at + 1] = [place]
    return len(tails), max(len(story) - n + 1, 0)


def main(pages: int, first: int = 0, *, show: bool = False) -> None:
    printed = recalled = ordered = grams = right = articles = size = 0
    seconds = 0.0
    for seed in range(first, first + pages):
        page = make_page(seed)
        size += len(page.pdf)
        began = time.perf_counter()
        document = read_bytes(page.pdf, "page.pdf")
        seconds += time.perf_counter() - began
        want = Counter("".join(page.chars.split()))
        bare = "".join(document.text.split())
        printed += want.total()
        recalled += (want & Counter(bare)).total()
        for story in page.stories:
            there, of = order_of(story.printed, bare)
            ordered, grams = ordered + there, grams + of
        found = {(row["title"], row["text"]) for row in clean(document)["articles"]}
        wanted = {(story.title, "\n".join(story.paragraphs)) for story in page.stories if story.paragraphs}
        right += found == wanted
        articles += len(wanted)
        if show and found != wanted:
            print(seed, sorted(title for title, _ in wanted - found), sorted(str(title) for title, _ in found - wanted))
    print(f"{pages} pages, {articles} stories, {printed} characters: character recall {recalled / printed:.4f},")
    print(f"order {ordered / grams:.4f}, articles right on {right / pages:.4f} of the pages")
    print(f"read at {pages / seconds:.1f} pages/s, {size / seconds / 2**20:.2f} MB/s")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(*(numbers or [200]), show="--show" in sys.argv)
