"""How much an archive may hold, and what is raised when it holds more or is broken."""

from __future__ import annotations

from flows.read.reader import MAX_BYTES

CHUNK = 2**16
"""Bytes read or unpacked at a time."""

FREE = 64 * 2**20
"""Bytes that any file may unpack to: a quarter of a second of work, whatever its ratio."""

MAX_RATIO = 100
"""Bytes unpacked from one byte of a file of raw/, all levels together. News pages give 3 to 10, pages of one template
in one stream 20 to 40; deflate can give 1,032, and archives in archives any number."""

MAX_UNPACKED = 2**37
"""Bytes that one file may unpack to, 128 GB: what a disk has room for beside the file."""

MAX_RECORDS = 4_000_000
"""Records of one file. The list of them is held in memory, at about 700 bytes each."""

MAX_DEPTH = 5
"""Containers in each other. A dump in a tar.gz in a zip is 4 with its two layers of gzip; a bomb needs many."""

MAX_HEAD = 2**16
"""Bytes of the headers of one record: 8 KB is what web servers allow."""

MAX_LINE = 4 * MAX_BYTES
"""Bytes of one line of a dump: a document of MAX_BYTES whose every character is escaped, and its other fields."""

MAX_MARKS = 2_000_000
"""Commas and brackets of one line of JSON beside its texts: as many values at the most, of a hundred bytes of memory
each. A page with all that is known of it has a hundred."""

MAX_DIRECTORY = 2**28
"""Bytes of a zip's list of members, which is held in memory: two million members."""


class _ReasonError(Exception):
    """`reason` is "code: sentence"."""

    def __init__(self, code: str, sentence: str) -> None:
        self.reason = f"{code}: {sentence}"
        super().__init__(self.reason)


class BrokenError(_ReasonError):
    """The bytes are not what they should be. What was read before them holds."""


class BombError(_ReasonError):
    """More than an archive may hold: nothing of the file is used, whatever came before."""


class Budget:
    """What one file of raw/ may still unpack to, its nested archives included."""

    def __init__(self, size: int | None) -> None:
        """`size`: bytes of the file; None for no limit, where the file was measured before."""
        self._bytes = 0
        self._records = 0
        self._limit = None if size is None else min(max(FREE, MAX_RATIO * size), MAX_UNPACKED)

    def spend(self, count: int) -> None:
        """Counts unpacked bytes.

        Raises:
            BombError: they are too many.
        """
        self._bytes += count
        self.expect(0)

    def expect(self, count: int) -> None:
        """Looks whether so many bytes more may be unpacked, where a file says beforehand how many they are.

        Raises:
            BombError: they are too many.
        """
        if self._limit is not None and self._bytes + count > self._limit:
            raise BombError("bomb", f"it unpacks to more than {self._limit} bytes, the limit for a file of its size")

    def count_record(self) -> None:
        """Counts a record, a broken or skipped one too.

        Raises:
            BombError: they are too many.
        """
        self._records += 1
        if self._records > MAX_RECORDS:
            raise BombError("too_many", f"it holds more than {MAX_RECORDS} records")
