"""What runs of many documents took, on record: scale.jsonl, and made from it SCALE.md with a chart.

Lines are added by `python -m tests.benchmarks.many run FOLDER --record`; the last of a kind counts.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from tests.benchmarks.report import growth_chart, table

HERE = Path(__file__).parent
KINDS = ("cold", "nothing new", "one new document")
LARGER = 1100
"""Bytes of the larger pages; lines without a size are of these."""
FIRST_DAY = "2026-11-22"
"""When lines without a day were written."""
HEAD = """# Many documents

Made by `python -m tests.benchmarks.many run FOLDER --record`, which says what the figures are: whole runs of `shegong
release` with their own Prefect server, on generated pages, on two shared cores of an AMD EPYC. Memory is the peak of
anonymous pages; CPU is processor time of all processes, on which other work on the machine bears less;
load is that of a quarter of an hour.

"""


def record(facts: dict[str, Any]) -> None:
    """Adds what one run took and writes SCALE.md anew."""
    facts = {"day": dt.date.today().isoformat(), "load": round(os.getloadavg()[2], 1)} | facts
    with (HERE / "scale.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(facts, ensure_ascii=False) + "\n")
    write()


def write() -> None:
    """SCALE.md and its chart, of what is on record."""
    runs = {}
    for line in (HERE / "scale.jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        size = found.get("bytes", LARGER)
        runs[found["kind"], -size, found["documents"] - (found["kind"] == KINDS[2]), found["workers"]] = found
    rows = [_row(runs[key]) for key in sorted(runs, key=lambda key: (KINDS.index(key[0]), *key[1:]))]
    head = ("run", "day", "load", "bytes", "documents", "workers", "seconds", "documents/s", "CPU",
            "no worker at work", *MEMORY)  # fmt: skip
    cold = {documents: found["seconds"] for (kind, size, documents, workers), found in sorted(runs.items())
            if kind == KINDS[0] and workers == 2 and size == -LARGER}  # fmt: skip
    text = HEAD + table(head, rows) + "\n"
    if len(cold) > 1:
        chart = growth_chart(cold, "Seconds of a cold run on two workers, by documents")
        (HERE / "scale.svg").write_text(chart, encoding="utf-8")
        text += "\n![seconds of a cold run by documents](scale.svg)\n"
    (HERE / "SCALE.md").write_text(text, encoding="utf-8")


MEMORY = ("flow MB", "server MB", "worker MB")


def _row(found: dict[str, Any]) -> tuple[str, ...]:
    memory = (f"{found['peak'].get(name.partition(' ')[0], 0):,.0f}" for name in MEMORY)
    idle = f"{found['without_workers']:,.0f} s" if "without_workers" in found else "–"
    seconds, documents = found["seconds"], found["documents"]
    cpu = f"{sum(found['cpu'].values()):,.0f} s" if "cpu" in found else "–"
    size = f"{found.get('bytes', LARGER):,}"
    load = f"{found['load']:.0f}" if "load" in found else "–"
    day = found.get("day", FIRST_DAY)
    return (found["kind"], day, load, size, f"{documents:,}", str(found["workers"]), f"{seconds:,.1f}",
            f"{documents / seconds:,.0f}", cpu, idle, *memory)  # fmt: skip
