"""What became of a document on its way to the tables, for the fuzzers: whatever is the project's fault raises."""

from __future__ import annotations

from flows.clean import clean
from flows.document import RawDocument
from flows.misfits import as_arrow


def outcome_of(document: RawDocument) -> str:
    """The code of its reason, or "text"."""
    reason = document.reason or "text"
    assert not reason.startswith("error:"), reason
    assert (document.reason is None) == bool(document.text)
    tables = clean(document)
    as_arrow([tables])
    (row,) = tables["documents"]
    assert row["char_count"] == row["kept_chars"] + row["removed_chars"]
    return reason.partition(":")[0]
