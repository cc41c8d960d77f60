"""takedowns.json: the documents that were taken down, by id and date and nothing else, beside the tables of a release.

    {"takedowns": [{"document_id": "873400fda6ec8ba8", "date": "2026-11-22", "change": "takedown", "by": ""}]}

Who holds copies of earlier releases can act on it; and what tells of two releases leaves these documents out on both
sides. `by` is a digest of the address or path that a document was taken down by, "" for one that was by its id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flows.decisions import TakenDown
from flows.errors import ReleaseError
from flows.publish.files import write_json

NAME = "takedowns.json"


def told(taken: Iterable[TakenDown]) -> list[dict[str, str]]:
    """What a list of takedowns says."""
    return [
        {"document_id": row.document_id, "date": row.date, "change": "takedown", "by": row.by} for row in sorted(taken)
    ]


def taken_in(decisions: Iterable[Mapping[str, Any]]) -> tuple[TakenDown, ...]:
    """The takedowns among the decisions of a report."""
    rows = (row for row in decisions if row["decision"] == "tombstone")
    return tuple(sorted(TakenDown(row["document"], row["date"], row.get("by", "")) for row in rows))


def write_takedowns(taken: Iterable[TakenDown], folder: Path) -> None:
    """The list, into the folder of a release."""
    write_json({"takedowns": told(taken)}, folder / NAME)


def read_takedowns(folder: Path) -> tuple[TakenDown, ...]:
    """The list in a folder; empty where there is none, as in releases before there were lists.

    Raises:
        ReleaseError: it cannot be read.
    """
    try:
        rows = json.loads((folder / NAME).read_text(encoding="utf-8"))["takedowns"]
        return tuple(sorted(TakenDown(str(row["document_id"]), str(row["date"]), str(row["by"])) for row in rows))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"it is no list of takedowns: {error!r}."
        raise ReleaseError("takedowns", problem, "Fetch the release again.", folder / NAME) from error
