"""Articles that stand in the corpus more than once, word for word or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import pyarrow as pa
from rensa import RMinHash

NEAR = 0.8
"""Share of character 5-grams that two texts must have in common (Jaccard) to be nearly the same; set by hand, high
enough that two notices made from one template stay two."""

SHORTEST = 100
"""Characters of a text that is compared at all: shorter ones are alike by chance."""

GRAM, HASHES, BAND = 5, 128, 4
"""Size of the n-grams, hashes of a MinHash, hashes of a band. 32 bands of 4 miss one pair in 10^7 at .8."""

FLAG = "near_duplicate"


class Copy(NamedTuple):
    """`article` repeats `original`; `near` when not word for word."""

    article: str
    original: str
    near: bool


def mark_duplicates(articles: pa.Table) -> pa.Table:
    """The articles with `duplicate_of` set wherever an earlier one has the same or nearly the same text.

    The earliest is the one published first, else the one with the lowest id; a text that is only nearly the same
    takes the flag `near_duplicate`. The same articles give the same marks in whatever order they come.
    """
    copies = {copy.article: copy for copy in find_copies(_keyed(articles))}
    ids = articles["article_id"].to_pylist()
    originals = [copies[name].original if name in copies else None for name in ids]
    flags = [
        [*(flag for flag in flags or () if flag != FLAG), *([FLAG] if name in copies and copies[name].near else [])]
        for name, flags in zip(ids, articles["flags"].to_pylist(), strict=True)
    ]
    for name, values in (("duplicate_of", originals), ("flags", flags)):
        place = articles.schema.get_field_index(name)
        articles = articles.set_column(
            place, articles.schema.field(place), pa.array(values, articles.schema.types[place])
        )
    return articles


def _keyed(articles: pa.Table) -> Iterator[tuple[str, str, str]]:
    """Id, text hash and text of each article, the earliest first."""
    rows = articles.select(["article_id", "published_date", "text_sha256"]).to_pylist()
    order = sorted(range(len(rows)), key=lambda i: (rows[i]["published_date"] or date.max, rows[i]["article_id"]))
    texts = articles["text"]
    return ((rows[i]["article_id"], rows[i]["text_sha256"], texts[i].as_py() or "") for i in order)


def find_copies(articles: Iterable[tuple[str, str, str]]) -> Iterator[Copy]:
    """The copies among articles given as (id, text hash, text), the earliest first.

    Candidates share a band of their MinHash; each is then compared in full, so chance decides nothing but a miss.
    """
    first: dict[str, str] = {}
    bands: dict[tuple[int, tuple[int, ...]], list[tuple[str, str]]] = defaultdict(list)
    for name, text_hash, text in articles:
        if text_hash in first:
            yield Copy(name, first[text_hash], False)
            continue
        first[text_hash] = name
        if len(text) < SHORTEST:
            continue
        keys = _bands(text)
        candidates = dict(candidate for key in keys for candidate in bands[key])
        original = next((other for other, known in candidates.items() if similarity(text, known) >= NEAR), None)
        if original is not None:
            first[text_hash] = original
            yield Copy(name, original, True)
        else:
            for key in keys:
                bands[key].append((name, text))


def similarity(one: str, other: str) -> float:
    """The Jaccard similarity of two texts' character 5-grams, from 0 to 1."""
    a, b = set(_grams(one)), set(_grams(other))
    return len(a & b) / len(a | b) if a or b else 1.0


def _grams(text: str) -> list[str]:
    return [text[i : i + GRAM] for i in range(len(text) - GRAM + 1)]


def _bands(text: str) -> list[tuple[int, tuple[int, ...]]]:
    sketch = RMinHash(num_perm=HASHES, seed=0)
    sketch.update(_grams(text))
    digest = sketch.digest()
    return [(place, tuple(digest[place : place + BAND])) for place in range(0, HASHES, BAND)]
