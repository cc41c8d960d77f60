"""What maintainers decided about single documents: the files corrections, tombstones and exceptions of the raw folder.

    raw/corrections.yaml    a mistake of a raw page, and what should stand there (flows/decisions/corrections.py)
    raw/tombstones.yaml     takedowns; they hold for every release from then on (flows/decisions/tombstones.py)
    raw/exceptions.yaml     failing gates that were looked at and accepted (`shegong quarantine accept`)

Each is a list of entries; each entry says why, who and when, and stands in the report of every release it bears on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from flows.decisions.names import Name, id_of, path_of, url_of
from flows.document import Row
from flows.errors import ShegongError
from flows.raw.listed import Listed, Listing
from flows.yaml_files import YamlFile


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
    """A document that no release may hold: by its id or that of an article of it, the sha256 of its bytes, its address,
    or its path, which may be that of an archive with all that is in it."""

    date: str
    why: str = ""
    who: str = ""
    document: str | None = None
    sha256: str | None = None
    url: str | None = None
    path: str | None = None
    not_here: bool = False
    """It is known that nothing here bears that name."""
    line: int = 0
    """Where it stands in its file."""

    @property
    def names(self) -> tuple[Name, ...]:
        """What it names, in canonical form."""
        given = (self.document, id_of), (self.sha256, id_of), (self.url, url_of), (self.path, path_of)
        return tuple(canonical(text) for text, canonical in given if text)


class TakenDown(NamedTuple):
    """A document that was taken down: all of it that is told."""

    document_id: str
    date: str
    by: tuple[str, ...] = ()
    """Digests of the addresses and paths that it was taken down by: so the takedown goes on when its page is gone from
    the raw folder, or came back under another address. None for one taken down by its id."""


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


@dataclass(frozen=True)
class Decisions:
    """All entries. `fingerprint` is of the files' bytes, so that a new entry makes a new release; `taken` are the
    documents that the tombstones name, as far as they are known (`flows.decisions.tombstones`)."""

    corrections: tuple[Correction, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    exceptions: tuple[Acceptance, ...] = ()
    fingerprint: str = ""
    taken: tuple[TakenDown, ...] = ()
    unknown: tuple[Tombstone, ...] = ()
    """Tombstones that have named nothing so far."""

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The ids of the documents that were taken down."""
        return frozenset(row.document_id for row in self.taken)

    def withdraw(self, documents: Sequence[Listed]) -> Sequence[Listed]:
        """The documents without those that were taken down."""
        if not self.withheld:
            return documents
        if isinstance(documents, Listing):
            return documents.without(self.withheld)
        return [listed for listed in documents if listed.key[:16] not in self.withheld]

    @property
    def standing_corrections(self) -> tuple[Correction, ...]:
        """The corrections of documents that were not taken down."""
        return tuple(entry for entry in self.corrections if entry.document not in self.withheld)

    def corrections_of(self, document: str) -> tuple[Correction, ...]:
        """The corrections of one document."""
        return tuple(entry for entry in self.corrections if entry.document == document)

    def listed(self) -> list[Row]:
        """For the report. Of a takedown only id and date, and of what was taken down nothing else: a correction would
        quote it."""
        said = {"decision": "tombstone", "what": "", "why": "", "who": ""}
        rows: list[Row] = [
            said | {"document": taken.document_id, "date": taken.date, "by": list(taken.by)} for taken in self.taken
        ]
        for entry in self.corrections:
            what = f"{entry.expect} → {entry.replace}"
            about = {"date": entry.date, "what": what, "why": entry.why, "who": entry.who}
            rows.append({"decision": "correction", "document": entry.document, **about})
        for accepted in self.exceptions:
            about = {"date": accepted.date, "what": accepted.gate, "why": accepted.why, "who": accepted.who}
            name = accepted.document or f"{accepted.subject} ({accepted.since})"
            rows.append({"decision": "exception", "document": name, **about})
        return [row for row in rows if row["decision"] == "tombstone" or row["document"] not in self.withheld]


class Form(NamedTuple):
    """What the entries of a file are: their class, what each must say, and what all of them may."""

    kind: type[Any]
    needed: tuple[str, ...]
    known: tuple[str, ...]


FILES: Mapping[str, Form] = {
    "corrections": Form(
        Correction,
        ("document", "expect", "replace", "why", "who", "date"),
        ("document", "expect", "replace", "why", "who", "date", "at"),
    ),
    "tombstones": Form(Tombstone, ("date",), ("document", "sha256", "url", "path", "date", "why", "who", "not_here")),
    "exceptions": Form(
        Acceptance, ("gate", "why", "who", "date"), ("gate", "document", "subject", "since", "why", "who", "date")
    ),
}
"""Name of the file to the form of its entries."""

NAMING = ("document", "sha256", "url", "path")
"""What a tombstone can name a document by."""


def read_decisions(raw: Path) -> Decisions:
    """The decisions of a raw folder; none where the files are not there.

    Raises:
        DecisionError: a file is no list of entries, or an entry lacks something or has something unknown.
    """
    digest, found = hashlib.sha256(), {}
    for name in FILES:
        path = raw / f"{name}.yaml"
        if path.with_suffix(".yml").exists():
            problem = f"it would be read as a page: the name is {path.name}."
            raise DecisionError("decision", problem, "Rename it.", path.with_suffix(".yml"))
        if os.path.lexists(path):
            found[name] = read_entries(path)
            digest.update(name.encode() + path.read_bytes())
    return Decisions(**found, fingerprint=digest.hexdigest() if found else "")


def read_entries(path: Path, content: bytes | None = None) -> tuple[Any, ...]:
    """The entries of one of the FILES; of its `content` where that is not what stands there now.

    Raises:
        DecisionError: see `read_decisions`.
    """
    file = YamlFile(path, DecisionError, "decision", "Mend the entry; docs/maintainer.md shows one.", content)
    return tuple(_entry(file, FILES[path.stem], node) for node in file.list_of(file.root()))


def _entry(file: YamlFile, form: Form, node: yaml.Node) -> Any:
    found = file.entries(node, form.known)
    for name in form.needed:
        if name not in found:
            raise file.refused(node, f"this entry has no {name!r}; it needs {', '.join(form.needed)}.")
    whole: dict[str, Any] = {name: _value(file, name, value) for name, (_, value) in found.items()}
    if form.kind is Tombstone:
        if not any(name in whole for name in NAMING):
            raise file.refused(node, f"a tombstone names what it takes down: one of {', '.join(NAMING)}.")
        whole["line"] = node.start_mark.line + 1
    return form.kind(**whole)


def _value(file: YamlFile, name: str, node: yaml.Node) -> Any:
    if name == "replace" and isinstance(node, yaml.ScalarNode) and node.style and not node.value:
        return ""  # takes out what is expected
    text = file.text(name, node)
    try:
        if name == "at":
            return int(text)
        if name == "not_here":
            return {"true": True, "false": False}[text.lower()]
        if name == "date":
            dt.datetime.strptime(text, "%Y-%m-%d")
    except (ValueError, KeyError) as error:
        forms = {"at": "a number of characters", "not_here": "true or false", "date": "a day such as 2026-11-22"}
        raise file.refused(node, f"`{name}` is {text!r}, and must be {forms[name]}.") from error
    return text
