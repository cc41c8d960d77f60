"""An archive or a dump of the raw folder: all its records as a list, and each of them read again by its place."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from flows.document import UNKNOWN_ORIGIN, Origin, RawDocument
from flows.errors import ShegongError, TargetError, describe
from flows.read.addresses import web_address
from flows.read.archives.formats import FORMATS
from flows.read.archives.kinds import kind_of
from flows.read.archives.limits import MAX_DEPTH, BombError, BrokenError, Budget
from flows.read.archives.packed import OneStreamError
from flows.read.archives.record import Found, Place, Record, Step
from flows.read.archives.streams import GZIP, size_of
from flows.read.archives.unpacked import unpack, unpacked_path
from flows.read.archives.warc import MARK
from flows.read.raw_files import open_raw, reason_of
from flows.read.reader import MAX_BYTES, printable, read_bytes, unread


class Contents(NamedTuple):
    """What a container holds. `skipped` counts what was never meant to be a document, by what it is."""

    found: list[Found]
    skipped: Counter[str]


def list_records(raw: Path, file: str) -> Contents:
    """The records of one file of the raw folder, those of containers in it included, each name once.

    A record that cannot be read is there with its `reason`, and so is the file itself where it is broken or holds
    nothing at all. Of a file that holds more than it may only its own row is left. Never raises for what a file holds.

    Raises:
        TargetError: there is no room to unpack it.
    """
    kind = kind_of(file)
    assert kind is not None
    skipped: Counter[str] = Counter()
    try:
        with open_raw(raw, file) as opened:
            walk = _Walk(Budget(size_of(opened)), skipped, {})
            found = list(walk.records(opened, kind, file, Place(file, ())))
    except BombError as error:
        found = [_failed(file, Place(file, ()), error.reason)]
    except OSError as error:
        found = [_failed(file, Place(file, ()), reason_of(error))]
    if not found and not skipped:
        found = [_failed(file, Place(file, ()), "empty: it holds nothing")]
    return Contents(found, skipped)


def read_record(raw: Path, place: Place, name: str) -> RawDocument:
    """The record at a place that was listed. Its `reason` says so where the file has changed since."""
    try:
        record = _at(raw, place)
        assert record.stream is not None
        content = record.stream.read(MAX_BYTES + 1)
    except (BrokenError, BombError) as error:
        return unread(name, error.reason)
    except (MemoryError, TargetError):
        raise
    except Exception as error:  # a bug in reading one format
        return unread(name, f"error: reading failed in {describe(error)}")
    document = read_bytes(
        content,
        name,
        origin=_shown(record.origin),
        media_type=record.media_type,
        charset=record.charset,
        stated=record.stated,
    )
    return replace(document, flags=(*record.flags, *document.flags)) if record.flags else document


def record_origin(raw: Path, place: Place) -> Origin:
    """Where the record at a place came from; nothing is known of it if the file has changed."""
    try:
        return _shown(_at(raw, place).origin)
    except (MemoryError, TargetError):
        raise
    except Exception:  # broken, or a bug in reading its format: reading the record says so
        return UNKNOWN_ORIGIN


def open_containers(raw: Path, places: Iterable[Place]) -> None:
    """Unpacks the containers that these records stand in, where they are not there any more."""
    for place in {(place.file, place.steps[:-1]): place for place in places}.values():
        try:
            _opened(raw, place)
        except (MemoryError, TargetError):
            raise
        except Exception:  # broken, or a bug in reading its format: reading the record says so again
            continue


def about(record: Record) -> str:
    """A hash of what is known of a record beside its bytes."""
    known = (*_shown(record.origin), *record.stated, record.media_type, record.charset, *record.flags)
    return hashlib.sha256(repr(known).encode("utf-8", "backslashreplace")).hexdigest()[:16]


class _Walk(NamedTuple):
    budget: Budget
    skipped: Counter[str]
    names: dict[str, int]
    """Each name that was given, and the last number behind it that was tried."""

    def records(self, file: BinaryIO, kind: str, name: str, place: Place) -> Iterator[Found]:
        """The records of an open container, which stands at `place` and is called `name`."""
        try:
            kind = _told(file, kind)
            if kind == "warc.gz":
                try:
                    yield from list(self._each(file, kind, name, place))
                    return
                except OneStreamError:
                    kind = "gz"
            yield from self._each(file, kind, name, place)
        except (BombError, MemoryError, ShegongError):
            raise
        except BrokenError as error:
            yield self._failed(name, place, error.reason)
        except OSError as error:
            yield self._failed(name, place, f"unreadable: {error.strerror or error}")
        except Exception as error:  # a bug in reading one format must not stop the run
            yield self._failed(name, place, f"error: reading failed in {describe(error)}")

    def _each(self, file: BinaryIO, kind: str, name: str, place: Place) -> Iterator[Found]:
        file.seek(0)
        for record in FORMATS[kind](file, name, self.budget, None):
            self.budget.count_record()
            if record.skipped is not None:
                self.skipped[record.skipped] += 1
                continue
            step = Step(kind, record.offset)
            own = f"{name}!{printable(record.name)}" if record.name else name
            if record.kind is None or record.reason is not None:
                yield self._document(record, own, Place(place.file, (*place.steps, step)))
            elif len(place.steps) + 1 >= MAX_DEPTH:
                reason = f"too_deep: it stands in {MAX_DEPTH} containers in each other"
                yield self._failed(own, Place(place.file, (*place.steps, step)), reason)
            else:
                yield from self._nested(record, own, place, step)

    def _nested(self, record: Record, name: str, place: Place, step: Step) -> Iterator[Found]:
        assert record.stream is not None
        assert record.kind is not None
        whole = unpack(record.stream)
        inner = Place(place.file, (*place.steps, step._replace(sha256=whole.sha256)))
        if whole.reason is not None:
            yield self._failed(name, inner, whole.reason)
        with unpacked_path(whole.sha256).open("rb") as file:
            for found in self.records(file, record.kind, name, inner):
                if whole.reason is None or found.place != inner:  # one row for one fault
                    yield found

    def _document(self, record: Record, name: str, place: Place) -> Found:
        reason, sha256 = record.reason, None
        if reason is None and record.stream is not None:
            try:
                content = record.stream.read(MAX_BYTES + 1)
                sha256 = hashlib.sha256(content).hexdigest()
                if len(content) > MAX_BYTES:
                    reason, sha256 = f"too_large: more than {MAX_BYTES} bytes, the limit of a document", None
            except BrokenError as error:
                reason = error.reason
        offset = record.origin.record_offset
        return Found(self._once(name, record.offset), place, sha256, about(record), reason, offset)

    def _failed(self, name: str, place: Place, reason: str) -> Found:
        return _failed(self._once(name, len(self.names)), place, reason)

    def _once(self, name: str, offset: int) -> str:
        """A name that no other record of the file has: where it is taken, with its place, or with that and a number."""
        known = name if name not in self.names else f"{name}#{offset}"
        name = known
        while name in self.names:
            self.names[known] += 1
            name = f"{known}#{self.names[known]}"
        self.names[name] = 1
        return name


def _failed(name: str, place: Place, reason: str) -> Found:
    return Found(name, place, None, "", reason)


def _told(file: BinaryIO, kind: str) -> str:
    """The format by the first bytes, where a WARC is packed against its name."""
    if kind not in ("warc", "warc.gz"):
        return kind
    head = file.read(len(MARK))
    return "warc" if head == MARK else "warc.gz" if head.startswith(GZIP) else kind


def _shown(origin: Origin) -> Origin:
    """Address and id of a record fit for a table."""
    record_id = origin.record_id
    return origin._replace(url=web_address(origin.url), record_id=record_id and printable(record_id))


def _at(raw: Path, place: Place) -> Record:
    """The record or container at a place."""
    file, step = _opened(raw, place), place.steps[-1]
    try:
        budget = Budget((raw / place.file).stat().st_size)
        record = next(FORMATS[step.kind](file, place.file, budget, step.offset), None)
    except (OneStreamError, OSError, ValueError, KeyError) as error:
        raise BrokenError("changed", f"the archive changed since it was listed ({error})") from error
    if record is None or record.stream is None:
        raise BrokenError("changed", "the archive changed since it was listed")
    return record


def _opened(raw: Path, place: Place) -> BinaryIO:
    """The container that the last step leads into; it is unpacked once more if it is not there any more."""
    try:
        if len(place.steps) == 1:
            state = (raw / place.file).stat()
            return _file(raw, place.file, state.st_mtime_ns, state.st_size)
        path = unpacked_path(place.steps[-2].sha256 or "")
        if not path.is_file():
            outer = _at(raw, Place(place.file, place.steps[:-1]))
            assert outer.stream is not None
            unpack(outer.stream)
        os.utime(path)  # it is in use
        return _unpacked(path, path.stat().st_size)
    except OSError as error:
        raise BrokenError("changed", f"the archive cannot be read any more ({error.strerror})") from error


@lru_cache(maxsize=8)
def _file(raw: Path, name: str, _changed: int, _size: int) -> BinaryIO:
    """An open file, kept for the next record; a file that has changed is opened anew."""
    return open_raw(raw, name)


@lru_cache(maxsize=8)
def _unpacked(path: Path, _size: int) -> BinaryIO:
    return path.open("rb")
