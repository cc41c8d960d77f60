"""Articles that stand in the corpus more than once, word for word or nearly so."""

from __future__ import annotations

import functools
import hashlib
import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rensa import RMinHash

NEAR = 0.8
"""Share of character 5-grams that two texts must have in common (Jaccard) to be nearly the same; set by hand, high
enough that two notices made from one template stay two."""

SHORTEST = 100
"""Characters of a text that is compared at all: shorter ones are alike by chance."""

GRAM, HASHES, BAND = 5, 128, 4
"""Size of the n-grams, hashes of a MinHash, hashes of a band. 32 bands of 4 miss one pair in 10^7 at .8."""

TEXTS_HELD = 4096
"""Texts that are kept while candidates are compared."""

FLAG = "near_duplicate"


class Copy(NamedTuple):
    """`article` repeats `original`; `near` when not word for word."""

    article: str
    original: str
    near: bool


class Signed(NamedTuple):
    """What is known of an article before its text is looked at. `bands` is None for a text too short to compare."""

    name: str
    text_hash: str
    bands: tuple[int, ...] | None


SIGNATURE = pa.schema(
    [("article_id", pa.string()), ("published_date", pa.date32()), ("text_sha256", pa.string()),
     ("bands", pa.binary(8 * HASHES // BAND))]
)  # fmt: skip
"""What `sign` gives of each article: its bands as 64-bit numbers, so 256 bytes."""


def sign(articles: pa.Table) -> pa.Table:
    """The signatures of a table of articles, in its order; made where the articles are, so that no text has to move."""
    texts = (text.as_py() or "" for text in articles["text"])
    bands = [_bands(text) if len(text) >= SHORTEST else None for text in texts]
    columns = [articles[name] for name in ("article_id", "published_date", "text_sha256")]
    return pa.table([*columns, pa.array(bands, SIGNATURE.field("bands").type)], schema=SIGNATURE)


def mark_duplicates(articles: pa.Table) -> pa.Table:
    """The articles with `duplicate_of` set wherever an earlier one has the same or nearly the same text; see `mark`."""
    texts = dict(zip(articles["article_id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    return mark(articles, find_duplicates([sign(articles)], lambda name: texts[name] or ""))


def mark(articles: pa.Table, copies: Mapping[str, Copy]) -> pa.Table:
    """The articles with `duplicate_of` set for those that are copies.

    The original is the one published first, else the one with the lowest id; a text that is only nearly the same
    takes the flag `near_duplicate`. The same articles give the same marks in whatever order they come.
    """
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


def find_duplicates(signatures: Iterable[pa.Table], text_of: Callable[[str], str]) -> dict[str, Copy]:
    """Article id to what it repeats, among articles given by their signatures.

    Of each article about 300 bytes are held, mostly its bands; only of those that share a band or a text hash with
    another the text is asked for, by `text_of`, and they are compared in full: chance decides nothing but a miss.
    """
    signed = pa.concat_tables([SIGNATURE.empty_table(), *signatures]).combine_chunks()
    alike = np.flatnonzero(_repeated(signed))
    some = signed.take(pa.array(alike, pa.int64())).to_pylist()
    some.sort(key=lambda row: (row["published_date"] or date.max, row["article_id"]))
    known = (Signed(row["article_id"], row["text_sha256"], _numbers(row["bands"])) for row in some)
    return {copy.article: copy for copy in find_copies(known, functools.lru_cache(TEXTS_HELD)(text_of))}


def _repeated(signed: pa.Table) -> NDArray[np.bool_]:
    """Which articles share a band or the beginning of their text hash with another."""
    alike = _again(np.array([int(digest[:16], 16) for digest in signed["text_sha256"].to_pylist()], np.uint64))
    compared = np.flatnonzero(signed["bands"].is_valid().to_numpy())
    known = pa.concat_arrays([SIGNATURE.empty_table()["bands"].combine_chunks(), *signed["bands"].drop_null().chunks])
    width = HASHES // BAND
    bands = np.frombuffer(known.buffers()[1] or b"", np.uint64)[known.offset * width :][: len(known) * width]
    bands = bands.reshape(len(compared), width)
    for column in range(bands.shape[1]):
        alike[compared] |= _again(np.ascontiguousarray(bands[:, column]))
    return alike


def _again(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which values are there more than once."""
    order = np.argsort(values, kind="stable")
    equal = values[order][1:] == values[order][:-1]
    found = np.zeros(len(values), bool)
    found[order[1:][equal]] = True
    found[order[:-1][equal]] = True
    return found


def _numbers(bands: bytes | None) -> tuple[int, ...] | None:
    return None if bands is None else struct.unpack(f"<{HASHES // BAND}Q", bands)


def find_copies(articles: Iterable[Signed], text_of: Callable[[str], str]) -> Iterator[Copy]:
    """The copies among articles, the earliest first. Candidates share a band of their MinHash."""
    first: dict[str, str] = {}
    bands: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name, text_hash, numbers in articles:
        if text_hash in first:
            yield Copy(name, first[text_hash], False)
            continue
        first[text_hash] = name
        if numbers is None:
            continue
        keys = list(enumerate(numbers))
        candidates = dict.fromkeys(candidate for key in keys for candidate in bands[key])
        original = next((other for other in candidates if similarity(text_of(name), text_of(other)) >= NEAR), None)
        if original is not None:
            first[text_hash] = original
            yield Copy(name, original, True)
        else:
            for key in keys:
                bands[key].append(name)


def similarity(one: str, other: str) -> float:
    """The Jaccard similarity of two texts' character 5-grams, from 0 to 1."""
    a, b = set(_grams(one)), set(_grams(other))
    return len(a & b) / len(a | b) if a or b else 1.0


def _grams(text: str) -> list[str]:
    return [text[i : i + GRAM] for i in range(len(text) - GRAM + 1)]


def _bands(text: str) -> bytes:
    """Each band of the MinHash as one 64-bit number."""
    sketch = RMinHash(num_perm=HASHES, seed=0)
    sketch.update(_grams(text))
    digest = np.array(sketch.digest(), np.uint64).tobytes()
    width = len(digest) * BAND // HASHES
    parts = (digest[place : place + width] for place in range(0, len(digest), width))
    return b"".join([hashlib.blake2b(part, digest_size=8).digest() for part in parts])
