"""Characters of whole texts at once, as arrays of code points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

FEW = 100
"""Code points up to which it takes less time to make characters of all of them than to find the different ones."""


class CharacterSet:
    """A set of characters that is looked for in whole texts, in an array by code point.

    `frozenset.isdisjoint(text)` and `set(text)` make a string of each Chinese character: 15 MB/s, and this 300.
    """

    def __init__(self, chars: Iterable[str]) -> None:
        self._holds = np.zeros(0x110000, np.bool_)
        self._holds[[ord(char) for char in chars]] = True

    def within(self, text: str) -> frozenset[str]:
        """Those of the set that stand in the text."""
        codes = code_points(text)
        return _characters(codes[self._holds.take(codes)])

    def missing(self, text: str) -> frozenset[str]:
        """The characters of the text that are not in the set."""
        codes = code_points(text)
        return _characters(codes[~self._holds.take(codes)])


def _characters(codes: NDArray[np.uint32]) -> frozenset[str]:
    return frozenset(map(chr, (np.unique(codes) if len(codes) > FEW else codes).tolist()))


class CharacterMap:
    """What single characters become, for whole texts, in an array by code point; `str.translate` is five to
    fifty times slower on Chinese."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._becomes = np.arange(0x110000, dtype=np.uint32)
        self._becomes[[ord(old) for old in pairs]] = [ord(new) for new in pairs.values()]

    def __call__(self, text: str) -> str:
        """The text with its characters replaced, as long as before."""
        return self._becomes.take(code_points(text)).tobytes().decode("utf-32-le", "surrogatepass")


class Sequences:
    """All sequences of two or three characters of a text, sorted, so that asking for one does not read all of it."""

    def __init__(self, text: str, length: int) -> None:
        codes = code_points(text).astype(np.uint64)
        keys = codes[: len(codes) - length + 1]
        for place in range(1, length):
            keys = keys << np.uint64(21) | codes[place : len(codes) - length + 1 + place]
        self._keys = np.unique(keys)

    def __contains__(self, sequence: str) -> bool:
        key = 0
        for char in sequence:
            key = key << 21 | ord(char)
        place = int(np.searchsorted(self._keys, np.uint64(key)))
        return place < len(self._keys) and int(self._keys[place]) == key


def code_points(chars: str) -> NDArray[np.uint32]:
    """The characters as an array of code points, shape (n,); lone surrogates included."""
    return np.frombuffer(chars.encode("utf-32-le", "surrogatepass"), np.uint32)


def spread(mask: NDArray[np.bool_], one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The mask, shape (n,), with all places that hang together with one that is in it: place `one[k]` does with
    `other[k]`, and so on from there. Takes a few rounds, and not one for each link of the longest chain."""
    group = np.arange(len(mask))
    while len(one):
        first, second = group[one], group[other]
        np.minimum.at(group, np.maximum(first, second), np.minimum(first, second))
        while not np.array_equal(group, further := group[group]):
            group = further
        if np.array_equal(group[one], group[other]):
            break
    return np.asarray(np.bincount(group, mask) > 0)[group]


def any_of(*patterns: str) -> str:
    """A pattern that matches what any of the patterns does, the first that fits; each begins with one character or
    with a set of characters, and is no choice itself.

    It begins with the set of all of these, which `re` searches for in one pass; side by side, each alternative would
    be tried at each place (3 to 5 times slower on pages).
    """
    parts = [match.groups() for pattern in patterns if (match := _FIRST_AND_REST.fullmatch(pattern))]
    if len(parts) < len(patterns):
        raise ValueError(f"each of {patterns} needs a first character")
    firsts = "".join(first.removeprefix("[").removesuffix("]") for first, _ in parts)
    return f"[{firsts}](?:{'|'.join(f'(?<={first}){rest}' for first, rest in parts)})"


_FIRST_AND_REST = re.compile(r"(\[[^\]^]+\]|\\.|[^\\[\](){}.^$|*+?])(?![*+?{])(.*)", re.DOTALL)
