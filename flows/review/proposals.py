"""What the buttons of the edit server propose: a file as it would be, shown as a difference before it is saved."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from flows.clock import today
from flows.decisions import Correction
from flows.decisions.accepting import entries
from flows.decisions.appending import with_entries
from flows.decisions.corrections import find_expected
from flows.durable import replace_atomically
from flows.errors import ShegongError
from flows.folder.tables import read_table
from flows.installed import SCHEMAS
from flows.raw.documents import read_path
from flows.review.examples import file_of, with_example

LONGEST = 4000
"""Characters of one field."""


class ProposalError(ShegongError):
    """Nothing that can be proposed, or the file is not what it was any more."""


class Desk(NamedTuple):
    """Where the server works: a release, the folder of raw documents, that of releases, and that of rules."""

    release: Path
    raw: Path
    releases: Path
    rules: Path = SCHEMAS / "rules"


class Proposal(NamedTuple):
    """A file before and after."""

    file: Path
    before: bytes
    after: bytes

    @property
    def difference(self) -> str:
        """For a person."""
        old, new = (side.decode("utf-8").splitlines(keepends=True) for side in (self.before, self.after))
        return "".join(difflib.unified_diff(old, new, self.file.name, self.file.name))


Fields = Mapping[str, str]


def propose(desk: Desk, action: str, fields: Fields) -> Proposal:
    """What an action would write.

    Args:
        action: accept, correct, take_down or example.
        fields: subject, who and why; of a correction expect and replace; of an example rule, sort and text.

    Raises:
        ShegongError: it cannot be done; says what is wrong.
    """
    if action not in ACTIONS:
        raise ProposalError("action", f"there is no action {action!r}.", f"One of {', '.join(ACTIONS)}.")
    return ACTIONS[action](desk, {name: value[:LONGEST] for name, value in fields.items()})


def save(proposal: Proposal) -> None:
    """Writes the file.

    Raises:
        ProposalError: it is not what it was when the difference was shown.
    """
    if _content(proposal.file) != proposal.before:
        raise ProposalError(
            "changed", "somebody wrote to it meanwhile.", "Look at the difference again.", proposal.file
        )
    replace_atomically(proposal.file, proposal.after.decode("utf-8"))


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _said(fields: Fields) -> dict[str, str]:
    """Who decides, why and when."""
    for name in ("why", "who"):
        if not fields.get(name, "").strip():
            raise ProposalError("said", f"{name} is empty.", "Say why, and who decides.")
    return {"why": fields["why"].strip(), "who": fields["who"].strip(), "date": today().isoformat()}


def _added(desk: Desk, name: str, rows: list[dict[str, str]]) -> Proposal:
    file = desk.raw / f"{name}.yaml"
    before = _content(file)
    return Proposal(file, before, with_entries(str(file), before, rows))


def _accept(desk: Desk, fields: Fields) -> Proposal:
    said = _said(fields)
    return _added(desk, "exceptions", entries(desk.releases, fields.get("subject", ""), said["why"], said["who"]))


def _correct(desk: Desk, fields: Fields) -> Proposal:
    path, document = _document(desk, fields)
    expect, replace, said = fields.get("expect", ""), fields.get("replace", ""), _said(fields)
    entry = Correction(document, expect, replace, said["why"], said["who"], said["date"])
    find_expected(read_path(desk.raw, path).text, entry)
    return _added(desk, "corrections", [{"document": document, "expect": expect, "replace": replace, **said}])


def _take_down(desk: Desk, fields: Fields) -> Proposal:
    _, document = _document(desk, fields)
    return _added(desk, "tombstones", [{"document": document, **_said(fields)}])


def _example(desk: Desk, fields: Fields) -> Proposal:
    rule, sort, text = (fields.get(name, "") for name in ("rule", "sort", "text"))
    file = file_of(desk.rules, rule)
    before = _content(file)
    return Proposal(file, before, with_example(file, before.decode("utf-8"), rule, sort, text).encode())


def _document(desk: Desk, fields: Fields) -> tuple[str, str]:
    """The path and the id of the document that is meant."""
    wanted = fields.get("subject", "")
    rows = read_table(desk.release, "documents", ["document_id", "path"]).to_pylist()
    for row in rows:
        if row["document_id"] == wanted:
            return row["path"], wanted
    raise ProposalError("unknown_id", f"no document has the id {wanted!r}.", "Open its page.", desk.release)


ACTIONS: Mapping[str, Callable[[Desk, Fields], Proposal]] = {
    "accept": _accept,
    "correct": _correct,
    "take_down": _take_down,
    "example": _example,
}
