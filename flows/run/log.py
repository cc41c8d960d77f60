"""What a run did, for machines: one JSON object a line in <state>/logs/<run>.jsonl, and the last runs read back.

    {"at": "2026-11-22T03:00:04.120+00:00", "event": "run", "documents": 2000, …}
    {"at": …, "event": "shard", "shard": "3f0c…", "reused": false, "seconds": 7.1, "published": 61, …}
    {"at": …, "event": "document", "document": "873400fda6ec8ba8", "path": …, "status": "quarantined", "reason": …}
    {"at": …, "event": "damaged", "path": ".state/shards/…/3f0c…", "problem": "articles.arrow: it is not what …"}
    {"at": …, "event": "step", "step": "gates", "seconds": 12.4}
    {"at": …, "event": "end", "outcome": "released", "version": "v2026.11.22", "seconds": 104.2, …}

Documents have a line only if they are not published or duplicates.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.checksums import told
from flows.errors import ShegongError
from flows.run.shard import read_shard_table
from flows.state import state_folder

LOGS_KEPT = 200
"""Runs whose log is kept."""


class RunLog:
    """The log of one run. Safe to call from several threads; a line is written whole."""

    def __init__(self, **about: Any) -> None:
        folder = state_folder() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(folder.glob("*.jsonl"))[: -LOGS_KEPT + 1]:
            old.unlink(missing_ok=True)
        self._started = time.monotonic()
        self.path = folder / f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S.%f}-{os.getpid()}.jsonl"
        self._lock = threading.Lock()
        self.write("run", process=os.getpid(), **about)

    def write(self, event: str, **facts: Any) -> None:
        """Adds a line. A disk that is full costs the line, not the run."""
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"at": at, "event": event, **facts}, ensure_ascii=False) + "\n"
        with self._lock, suppress(OSError), self.path.open("a", encoding="utf-8", errors="backslashreplace") as out:
            out.write(line)

    def shard(self, folder: Path, **how: Any) -> None:
        """Adds a line for a finished shard, and one for each document of it that has to be told of."""
        documents = read_shard_table(folder, "documents").select(["document_id", "path", "status", "reason"])
        count = Counter(documents["status"].to_pylist())
        self.write("shard", shard=folder.name, **how, **count)
        fine = pa.array(["published", "duplicate"], pa.string())
        for row in documents.filter(pc.invert(pc.is_in(documents["status"], value_set=fine))).to_pylist():
            self.write("document", document=row.pop("document_id"), **row)

    def _damaged(self) -> None:
        """A line for each thing of the state that was found damaged meanwhile, and is made anew."""
        for path, problem in told():
            self.write("damaged", path=path, problem=problem)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Times a step."""
        started = time.monotonic()
        yield
        self._damaged()
        self.write("step", step=name, seconds=round(time.monotonic() - started, 3))

    @contextmanager
    def run(self) -> Iterator[None]:
        """Writes how the run ended if that was not well; it says itself if it was."""
        try:
            yield
        except BaseException as error:
            code = error.code if isinstance(error, ShegongError) else type(error).__name__
            self.end("failed", code=code, message=str(error))
            raise

    def end(self, outcome: str, **facts: Any) -> None:
        """The last line."""
        self._damaged()
        self.write("end", outcome=outcome, seconds=round(time.monotonic() - self._started, 3), **facts)


class PastRun(NamedTuple):
    """A run as its log tells it."""

    began: str
    outcome: str
    """released, nothing new, failed; running, or killed if its process is gone without a last line."""
    about: dict[str, Any]
    steps: dict[str, float]
    """Seconds by step."""
    shards: int
    reused: int


def past_runs(count: int) -> list[PastRun]:
    """The last runs, newest first."""
    logs = sorted((state_folder() / "logs").glob("*.jsonl"), reverse=True)[:count]
    return [_past(path) for path in logs]


def _past(path: Path) -> PastRun:
    events = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError):  # the last line of a run that was killed may be half a line
            events.append(json.loads(line))
    about = {name: value for event in events if event["event"] in ("run", "end") for name, value in event.items()}
    shards = [event for event in events if event["event"] == "shard"]
    steps = {event["step"]: event["seconds"] for event in events if event["event"] == "step"}
    alive = Path("/proc", str(about.get("process"))).exists() if Path("/proc/self").exists() else False
    outcome = about.get("outcome") or ("running" if alive else "killed")
    began = events[0]["at"] if events else path.stem
    return PastRun(began, outcome, about, steps, len(shards), sum(bool(event["reused"]) for event in shards))
