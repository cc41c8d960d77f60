"""Articles that stand in the corpus more than once, word for word or nearly so."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rensa import RMinHash

from flows.likeness import OF_LONG, OF_SHORT, Grams, cut, grams_of, near

HASHES, BAND = 1000, 10
"""Hashes of a MinHash, hashes of a band. Two texts of similarity s share each of 100 bands of 10 with a chance of s^10:
eleven of them at .8; of pairs at .3, which is how alike long notices of one template are, one in 1,700 shares any. With
32 bands of 4 one in 4 of those did, so that the time grew with the square of the corpus."""

SHARED = 2
"""Bands that a text shares with another at least to be compared with it in full. Chance misses one pair in 6,000 at .8
and two in 100 at .75, and chooses one in 1,800 at .45, which is how alike short notices of one template are."""

BANDS = HASHES // BAND

TEXTS_HELD = 4096
"""Texts that are kept while candidates are compared."""

AT_ONCE = 1_000
"""Articles whose signatures are Python objects at the same time."""

MEMBERS = 64
"""Articles that a group is held to. One that is nearly the same shares several groups, of which few are large; only
notices of one template make large ones, and each would be compared with all before it."""

COMPARED = 8
"""Candidates that are compared in full: those that share most groups."""


class Copy(NamedTuple):
    """An article that repeats others: the first with the same text, and one with nearly the same, with their
    similarity."""

    article: str
    duplicate_of: str | None
    near_duplicate_of: str | None = None
    similarity: float | None = None


class Signed(NamedTuple):
    """What is known of an article before its text is looked at."""

    name: str
    text_hash: str
    groups: Sequence[int]
    """Numbers of the groups of articles it is in; the texts of one group share a band of their MinHash."""


BANDS_OF = {grams: f"bands_{grams.size}" for grams in (OF_SHORT, OF_LONG)}
"""The columns of SIGNATURE with the bands of each way to cut up a text."""

SIGNATURE = pa.schema(
    [("article_id", pa.string()), ("published_date", pa.date32()), ("text_sha256", pa.string()),
     *((name, pa.binary(4 * BANDS)) for name in BANDS_OF.values())]
)  # fmt: skip
"""What `sign` gives of each article: its bands as 32-bit numbers, so 400 bytes; null where it is not cut up so."""


def sign(articles: pa.Table) -> pa.Table:
    """The signatures of a table of articles, in its order; made where the articles are, so that no text has to move."""
    texts = [text.as_py() or "" for text in articles["text"]]
    columns = [articles[name] for name in ("article_id", "published_date", "text_sha256")]
    for grams in BANDS_OF:
        bands = [_bands(text, grams) if grams in grams_of(text) else None for text in texts]
        columns.append(pa.array(bands, pa.binary(4 * BANDS)))
    return pa.table(columns, schema=SIGNATURE)


def mark(articles: pa.Table, copies: Mapping[str, Copy]) -> pa.Table:
    """The articles with `duplicate_of`, `near_duplicate_of` and `similarity` set for those that are copies.

    The original is the one published first, else the one with the lowest id. The same articles give the same marks in
    whatever order they come.
    """
    if not copies and articles["duplicate_of"].null_count == articles.num_rows:
        return articles
    found = [copies.get(name, Copy(name, None)) for name in articles["article_id"].to_pylist()]
    for name in ("duplicate_of", "near_duplicate_of", "similarity"):
        field = articles.schema.field(name)
        values = pa.array([getattr(copy, name) for copy in found], field.type)
        articles = articles.set_column(articles.schema.get_field_index(name), field, values)
    return articles


def marked(copies: Mapping[str, Copy], part: Mapping[str, pa.Table], name: str) -> pa.Table:
    """One table of a part with its copies marked (an edit of a corpus)."""
    return mark(part[name], copies) if name == "articles" else part[name]


def find_duplicates(signatures: Iterable[pa.Table], text_of: Callable[[str], str]) -> dict[str, Copy]:
    """Article id to what it repeats, among articles given by their signatures.

    Of each article 8 bytes are held at a time if its signature lies in a mapped file; only of those that share a band
    or a text hash with another the text is asked for, by `text_of`, and they are compared in full: chance decides
    nothing but a miss.
    """
    tables = [SIGNATURE.empty_table(), *signatures]
    return {copy.article: copy for copy in find_copies(_alike(tables), functools.lru_cache(TEXTS_HELD)(text_of))}


def _alike(signatures: Sequence[pa.Table]) -> Iterator[Signed]:
    """The articles that share a band or their text with another, the one published first in front."""
    rows, groups = _groups(signatures)
    places, firsts = np.unique(rows, return_index=True)
    ends = np.append(firsts[1:], len(rows))[: len(firsts)]
    known = pa.concat_tables(signatures).select(["article_id", "published_date", "text_sha256"]).take(places)
    known = known.append_column("first", pa.array(firsts)).append_column("end", pa.array(ends))
    in_order = known.sort_by([("published_date", "ascending"), ("article_id", "ascending")])  # undated last
    for batch in in_order.to_batches(max_chunksize=AT_ONCE):
        for row in batch.to_pylist():
            mine = groups[row["first"] : row["end"]]
            yield Signed(row["article_id"], row["text_sha256"], mine[mine >= 0].tolist())


def _groups(signatures: Sequence[pa.Table]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of the number of a row and a group that its article is in, by row. Where the whole text is the same the
    group is -1: `find_copies` tells those by their hash."""
    texts = (int(digest[:16], 16) for table in signatures for digest in table["text_sha256"].to_pylist())
    same, _ = _repeated(np.fromiter(texts, np.uint64))
    found, count = [(same, np.full(len(same), -1))], 0
    for name in BANDS_OF.values():
        compared = np.flatnonzero(np.concatenate([table[name].is_valid().to_numpy() for table in signatures]))
        bands = [_numbers(chunk) for table in signatures for chunk in table[name].chunks]
        for column in range(BANDS):
            rows, groups = _repeated(np.concatenate([part[:, column] for part in bands]))
            found.append((compared[rows], groups + count))
            count += int(groups[-1]) + 1 if len(groups) else 0
    rows, groups = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(rows, kind="stable")
    return rows[order], groups[order]


def _repeated(values: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of the values that are there more than once, and for each the number of its value among these."""
    order = np.argsort(values, kind="stable")
    equal = values[order][1:] == values[order][:-1]
    again = np.append(equal, False) | np.append(False, equal)
    first = again & ~np.append(False, equal)
    return order[again[: len(order)]], (np.cumsum(first) - 1)[again][: len(order)]


def _numbers(bands: pa.Array) -> NDArray[np.uint32]:
    """The bands that are not null, a row an article."""
    known = bands.drop_null()
    numbers = np.frombuffer(known.buffers()[1] or b"", "<u4")
    return numbers[known.offset * BANDS :][: len(known) * BANDS].reshape(len(known), BANDS)


def find_copies(articles: Iterable[Signed], text_of: Callable[[str], str]) -> Iterator[Copy]:
    """The copies among articles, the earliest first. Candidates are in one group."""
    first: dict[str, Copy] = {}
    members: dict[int, list[str]] = defaultdict(list)
    for name, text_hash, groups in articles:
        if text_hash in first:  # what the first of this text is nearly the same as, this one is too
            yield first[text_hash]._replace(article=name, duplicate_of=first[text_hash].article)
            continue
        first[text_hash] = Copy(name, None)
        if (alike := _alike_before(name, groups, members, text_of)) is not None:
            first[text_hash] = Copy(name, None, *alike)
            yield first[text_hash]
            continue
        for group in groups:
            if len(members[group]) < MEMBERS:
                members[group].append(name)


def _alike_before(
    name: str, groups: Iterable[int], members: Mapping[int, list[str]], text_of: Callable[[str], str]
) -> tuple[str, float] | None:
    """The article that this one is nearly the same as, the one that shares most groups, of equals the earliest; and
    their similarity."""
    shared = Counter(candidate for group in groups for candidate in members[group])
    for other, count in shared.most_common(COMPARED):
        if count >= SHARED and (degree := near(text_of(name), text_of(other))) is not None:
            return other, degree
    return None


def _bands(text: str, grams: Grams) -> bytes:
    """Each band of the MinHash as one 32-bit number."""
    sketch = RMinHash(num_perm=HASHES, seed=0)
    sketch.update(cut(text, grams.size))
    hashes = np.array(sketch.digest(), np.uint64).reshape(BANDS, BAND)
    mixed = (hashes * _FACTORS).sum(axis=1, dtype=np.uint64)
    numbers: NDArray[np.uint32] = ((mixed ^ (mixed >> np.uint64(29))) * _FACTORS[0] >> np.uint64(32)).astype("<u4")
    return numbers.tobytes()


_FACTORS = np.array([(0x9E3779B97F4A7C15 * (2 * n + 1)) % 2**64 for n in range(BAND)], np.uint64)
"""Odd numbers: each hash of a band changes its number. From the golden ratio, as in Fibonacci hashing."""
