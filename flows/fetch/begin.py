"""What a run needs before it fetches anything: the folder to itself, the ledger, what was taken down."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from flows.decisions import read_decisions
from flows.durable import replace_atomically
from flows.errors import TargetError
from flows.fetch.archive import stamp
from flows.fetch.asking import Run
from flows.fetch.ledger import OPEN, Ledger
from flows.fetch.outcome import RunReport
from flows.fetch.pace import Clock, Hosts, real_clock
from flows.fetch.robots import TOKEN
from flows.fetch.store import recover
from flows.fetch.visit import Web
from flows.folder.files import write_json
from flows.state import state_folder
from flows.terminal.safe import safe
from flows.turn import hold


@contextmanager
def begin_run(
    raw: Path,
    contact: str,
    stop: threading.Event,
    tell: Callable[[str, int, int], None] = lambda name, done, total: None,
    dry: bool = False,
    clock: Clock | None = None,
) -> Iterator[Run]:
    """All that the sources of a run share. What a killed run left is made visible first.

    Raises:
        TargetError, BusyError: the raw folder cannot be written, or another run is collecting into it.
        DecisionError: tombstones.yaml cannot be used.
    """
    raw, clock = raw.absolute(), clock or real_clock(stop)
    hidden = raw / OPEN
    try:
        hidden.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"the folder cannot be written: {error.strerror}."
        raise TargetError("target", problem, "Name one that you may write with --raw.", raw) from error
    with hold(hidden, "another run is collecting into it."):
        withheld = frozenset(name for stone in read_decisions(raw).tombstones for name in stone.names)
        aside = {} if dry else recover(raw)
        for sentence in aside.values():
            print(safe(sentence), file=sys.stderr)
        ledger = Ledger(raw, ledger_path(raw), copied=dry)
        try:
            damaged = ledger.learn()
            agent = user_agent(contact)
            web = Web(clock, Hosts(clock, ledger.holds()), ledger, agent)
            about = {"software": agent.split()[0], "format": "WARC File Format 1.1", "robots": "RFC 9309"}
            about |= {"http-header-user-agent": agent, "operator": contact}
            yield Run(raw, ledger, web, about, withheld, tell, dry, damaged, aside)
        finally:
            ledger.close()


def user_agent(contact: str) -> str:
    """What we call ourselves in every request."""
    try:
        number = version("shegong")
    except PackageNotFoundError:  # run from a folder, without installing
        number = "0"
    return f"{TOKEN}/{number} (+{contact})"


def ledger_path(raw: Path) -> Path:
    """Where the database of a raw folder stands: one for each, in the state folder."""
    name = hashlib.sha256(str(raw).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return state_folder() / "collect" / f"{name}.db"


def keep_report(report: RunReport) -> Path:
    """Writes the report of a run, and again as the latest; gives its path."""
    folder = state_folder() / "collect"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.started_at.replace(':', '')}.json"
    write_json(report.as_json(), path)
    replace_atomically(folder / "latest.json", path.read_text("utf-8"))
    return path


def now() -> str:
    """The time of day as WARC writes it."""
    return stamp(dt.datetime.now(dt.UTC))
