"""A script: cleans a share of a raw folder with the code that PYTHONPATH names, and prints the rows as JSON lines.

A tree is cleaned by its own copy of this script, whose arguments and lines stay what they are.

    python clean_tree.py RAW FIRST STEP     documents FIRST, FIRST + STEP, … of the folder
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """A line a document: its path and id, and its rows by table, dates as text."""
    from flows.clean import clean
    from flows.raw.documents import read_listed
    from flows.raw.listing import list_documents

    raw, first, step = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for listed in list_documents(raw)[first::step]:
        document = read_listed(raw, listed)
        try:
            tables = clean(document)
        except Exception as error:  # of the code on trial: told as what came out
            tables = {"documents": [{"document_id": document.document_id, "reason": f"error: {error!r}"}]}
        entry = {"path": document.path, "document_id": document.document_id, "tables": tables}
        print(json.dumps(entry, ensure_ascii=True, default=str))


if __name__ == "__main__":
    main()
