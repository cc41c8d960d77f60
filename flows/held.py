"""Which documents a corpus of any size holds, in eight bytes each: a document id is a number of 64 bits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.bounds import ID_DIGITS
from flows.corpus import Arrow, Corpus

Numbers = NDArray[np.uint64]


def number_of(name: str) -> int:
    """A document id as a number; of what is no id, 64 bits of its hash."""
    try:
        if len(name) == ID_DIGITS:
            return int(name, 16)
    except ValueError:
        pass
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def numbers_of(names: Iterable[str]) -> Numbers:
    """The numbers of ids, in order."""
    return np.array([number_of(name) for name in names], np.uint64)


def numbers_in(part: Arrow) -> Numbers:
    """The number of the document of each row of `documents` of a part."""
    return numbers_of(part["documents"]["document_id"].to_pylist())


class Held:
    """The documents of a corpus, for the question whether one is among them."""

    def __init__(self, parts: Iterable[Numbers]) -> None:
        self._numbers = np.unique(np.concatenate([np.array([], np.uint64), *parts]))

    @classmethod
    def of(cls, corpus: Corpus) -> Held:
        """Of all parts."""
        return cls(corpus.each(numbers_in))

    def __contains__(self, name: object) -> bool:
        number = np.uint64(number_of(str(name)))
        place = int(np.searchsorted(self._numbers, number))
        return place < len(self._numbers) and self._numbers[place] == number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and np.array_equal(self._numbers, other._numbers)

    __hash__ = None  # type: ignore[assignment]


def rows_among(table: pa.Table, numbers: Numbers) -> pa.Table:
    """The rows of a table of documents whose document is among the numbers."""
    mine = numbers_of(table["document_id"].to_pylist())
    return table.filter(pa.array(np.isin(mine, numbers)))


def stated(corpus: Corpus) -> dict[str, str]:
    """The documents that say which one they supersede."""
    return {name: of for found in corpus.each(stated_in) for name, of in found}


def stated_in(part: Arrow) -> list[tuple[str, str]]:
    """The same of a part."""
    documents = part["documents"]
    if "supersedes" not in documents.schema.names:
        return []
    mine = documents.filter(pc.is_valid(documents["supersedes"]))
    return list(zip(mine["document_id"].to_pylist(), mine["supersedes"].to_pylist(), strict=True))
