"""takedowns.json: the documents that were taken down, by id and date and nothing else, beside the tables of a release.

    {"takedowns": [{"document_id": "873400fda6ec8ba8", "date": "2026-11-22", "change": "takedown", "by": []}]}

Who holds copies of earlier releases can act on it; and what tells of two releases leaves these documents out on both
sides. `by` are digests of the addresses and paths that a document was taken down by, none for one that was by its id.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from flows.decisions import TakenDown
from flows.errors import ReleaseError
from flows.folder.files import write_json

NAME = "takedowns.json"


def told(taken: Iterable[TakenDown]) -> list[dict[str, Any]]:
    """What is told of takedowns."""
    return [{"document_id": row.document_id, "date": row.date, "change": "takedown"} for row in sorted(taken)]


def taken_in(decisions: Iterable[Mapping[str, Any]]) -> tuple[TakenDown, ...]:
    """The takedowns among the decisions of a report."""
    rows = (row for row in decisions if row["decision"] == "tombstone")
    return tuple(sorted(TakenDown(row["document"], row["date"], tuple(row.get("by", ()))) for row in rows))


def write_takedowns(taken: Collection[TakenDown], folder: Path) -> None:
    """The list, into the folder of a release."""
    rows = [row | {"by": list(entry.by)} for row, entry in zip(told(taken), sorted(taken), strict=True)]
    write_json({"takedowns": rows}, folder / NAME)


def read_takedowns(folder: Path) -> tuple[TakenDown, ...]:
    """The list in a folder; empty where there is none, as in releases before there were lists.

    Raises:
        ReleaseError: it cannot be read.
    """
    try:
        rows = json.loads((folder / NAME).read_text(encoding="utf-8"))["takedowns"]
        return tuple(sorted(TakenDown(str(row["document_id"]), str(row["date"]), tuple(row["by"])) for row in rows))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"it is no list of takedowns: {error!r}."
        raise ReleaseError("takedowns", problem, "Fetch the release again.", folder / NAME) from error
