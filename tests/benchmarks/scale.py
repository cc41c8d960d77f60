"""What runs of many documents took, on record: scale.jsonl, and made from it SCALE.md with a chart.

Lines are added by `python -m tests.benchmarks.many run FOLDER --record`; the last of a kind counts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.benchmarks.report import growth_chart, machine, table

HERE = Path(__file__).parent
KINDS = ("cold", "nothing new", "one new document")
HEAD = """# Many documents

Made by `python -m tests.benchmarks.many run FOLDER --record`, which says what the figures are: whole runs of `shegong
release` with their own Prefect server, on generated pages of 1.1 KB. Memory is the peak of anonymous pages.

"""


def record(facts: dict[str, Any]) -> None:
    """Adds what one run took and writes SCALE.md anew."""
    with (HERE / "scale.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(facts, ensure_ascii=False) + "\n")
    runs = {}
    for line in (HERE / "scale.jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        runs[found["kind"], found["documents"] - (found["kind"] == KINDS[2]), found["workers"]] = found
    rows = [_row(runs[key]) for key in sorted(runs, key=lambda key: (KINDS.index(key[0]), *key[1:]))]
    head = ("run", "documents", "workers", "seconds", "documents/s", "no worker at work", *MEMORY)
    cold = {documents: found["seconds"] for (kind, documents, workers), found in sorted(runs.items())
            if kind == KINDS[0] and workers == 2}  # fmt: skip
    text = HEAD + machine() + "\n" + table(head, rows) + "\n"
    if len(cold) > 1:
        chart = growth_chart(cold, "Seconds of a cold run on two workers, by documents")
        (HERE / "scale.svg").write_text(chart, encoding="utf-8")
        text += "\n![seconds of a cold run by documents](scale.svg)\n"
    (HERE / "SCALE.md").write_text(text, encoding="utf-8")


MEMORY = ("flow MB", "server MB", "worker MB")


def _row(found: dict[str, Any]) -> tuple[str, ...]:
    memory = (f"{found['peak'].get(name.partition(' ')[0], 0):,.0f}" for name in MEMORY)
    idle = f"{found['without_workers']:,.0f} s"
    seconds, documents = found["seconds"], found["documents"]
    return (found["kind"], f"{documents:,}", str(found["workers"]), f"{seconds:,.1f}", f"{documents / seconds:,.0f}",
            idle, *memory)  # fmt: skip
