"""What maintainers decided about single documents: the files corrections, tombstones and exceptions of the raw folder.

    raw/corrections.yaml    a mistake of a raw page, and what should stand there (flows/decisions/corrections.py)
    raw/tombstones.yaml     takedowns; they hold for every release from then on
    raw/exceptions.yaml     failing gates that were looked at and accepted (`shegong quarantine accept`)

Each is a list of entries; each entry says why, who and when, and stands in the report of every release it bears on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from flows.document import Row
from flows.errors import ShegongError
from flows.run.listing import Listed, list_documents
from flows.vocabulary import read_yaml


class DecisionError(ShegongError):
    """An entry that cannot be used, or no longer fits the document that it was written for."""


@dataclass(frozen=True, slots=True)
class Correction:
    """`expect`, which stands exactly once in the raw text (or at the offset `at`), is to be read as `replace`."""

    document: str
    expect: str
    replace: str
    why: str
    who: str
    date: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A document that no release may hold: by its id, the sha256 of its bytes, or its address."""

    date: str
    why: str = ""
    who: str = ""
    document: str | None = None
    sha256: str | None = None
    url: str | None = None

    def names(self, listed: Listed) -> bool:
        """Whether it is about that raw file."""
        return listed.key[:16] == self.document or (listed.sha256 is not None and listed.sha256 == self.sha256)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A failing gate (table.gate) that was accepted: of one `document`, or of one `subject` that drifted since the
    release `since`."""

    gate: str
    why: str
    who: str
    date: str
    document: str | None = None
    subject: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """All entries. `fingerprint` is of the files' bytes, so that a new entry makes a new release."""

    corrections: tuple[Correction, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    exceptions: tuple[Acceptance, ...] = ()
    fingerprint: str = ""

    def withdraw(self, documents: Sequence[Listed]) -> list[Listed]:
        """The documents without those that a tombstone names."""
        return [listed for listed in documents if not any(stone.names(listed) for stone in self.tombstones)]

    def corrections_of(self, document: str) -> tuple[Correction, ...]:
        """The corrections of one document."""
        return tuple(entry for entry in self.corrections if entry.document == document)

    def listed(self) -> list[Row]:
        """For the report. Of a tombstone only id or hash, and date: what was taken down is not named again."""
        rows: list[Row] = []
        for stone in self.tombstones:
            name = stone.document or (stone.sha256 or "")[:16] or _digest(stone.url or "")
            rows.append(
                {"decision": "tombstone", "document": name, "date": stone.date, "what": "", "why": "", "who": ""}
            )
        for entry in self.corrections:
            what = f"{entry.expect} → {entry.replace}"
            about = {"date": entry.date, "what": what, "why": entry.why, "who": entry.who}
            rows.append({"decision": "correction", "document": entry.document, **about})
        for accepted in self.exceptions:
            about = {"date": accepted.date, "what": accepted.gate, "why": accepted.why, "who": accepted.who}
            name = accepted.document or f"{accepted.subject} ({accepted.since})"
            rows.append({"decision": "exception", "document": name, **about})
        return rows


FILES: Mapping[str, tuple[type[Any], frozenset[str]]] = {
    "corrections": (Correction, frozenset({"document", "expect", "replace", "why", "who", "date"})),
    "tombstones": (Tombstone, frozenset({"date"})),
    "exceptions": (Acceptance, frozenset({"gate", "why", "who", "date"})),
}
"""Name of the file to the class of its entries and what an entry must say."""


def read_decisions(raw: Path) -> Decisions:
    """The decisions of a raw folder; none where the files are not there.

    Raises:
        DecisionError: a file is no list of entries, or an entry lacks something or has something unknown.
    """
    digest, found = hashlib.sha256(), {}
    for name, (kind, needed) in FILES.items():
        path = raw / f"{name}.yaml"
        if path.is_file():
            digest.update(name.encode() + path.read_bytes())
            found[name] = tuple(_entry(path, kind, needed, entry) for entry in _entries(path))
    return Decisions(**found, fingerprint=digest.hexdigest() if found else "")


def wanted_documents(raw: Path) -> tuple[list[Listed], Decisions]:
    """The documents of a raw folder that may be released, and what was decided of them.

    Raises:
        InputError: no such folder, or no document in it.
        DecisionError: see `read_decisions`.
    """
    documents = list_documents(raw)
    decisions = read_decisions(raw)
    return decisions.withdraw(documents), decisions


def _entries(path: Path) -> Iterable[Any]:
    try:
        entries = read_yaml(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _refused(path, f"it is no YAML: {error}") from error
    if entries is not None and not isinstance(entries, list):
        raise _refused(path, "it is no list of entries.")
    return entries or ()


def _entry(path: Path, kind: type[Any], needed: frozenset[str], entry: Any) -> Any:
    known = set(kind.__slots__)
    if not isinstance(entry, dict) or not needed <= entry.keys() <= known:
        raise _refused(path, f"an entry needs {sorted(needed)} and may have {sorted(known - needed)}: {entry}")
    if kind is Tombstone and not {"document", "sha256", "url"} & entry.keys():
        raise _refused(path, f"a tombstone names a document, a sha256 or a url: {entry}")
    whole = {key: value if key == "at" else _text(value) for key, value in entry.items()}
    return kind(**whole)


def _text(value: Any) -> str:
    """YAML reads a date, and an id of digits only, as something else."""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _refused(path: Path, problem: str) -> DecisionError:
    return DecisionError("decision", problem, "Mend the entry; README.md shows one.", path)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def append_exceptions(raw: Path, entries: Sequence[Row]) -> Path:
    """Adds entries at the end of raw/exceptions.yaml, whose comments and order stay; gives its path."""
    path = raw / "exceptions.yaml"
    with path.open("a", encoding="utf-8") as out:
        out.write(yaml.safe_dump(list(entries), allow_unicode=True, sort_keys=False))
    return path
