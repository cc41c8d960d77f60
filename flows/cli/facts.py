"""The subcommand `facts`: the rows that a change of code, rules or vocabularies would change."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from flows.state import PROJECT

DONE = 0

Command = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a subcommand by name, what it does, examples."""


def add_facts_command(command: Command, workers: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds it to the command line; `workers` adds the option of that name."""
    facts = command(
        "facts",
        "shows the rows that the code as it stands makes otherwise than a commit or a release",
        "shegong facts                              # the edit in hand, against HEAD, on raw/\n"
        "shegong facts HEAD~3 --raw tests/gold/twins/raw --table statistics\n"
        "shegong facts releases/v2026.11.22",
    )
    facts.add_argument(
        "before", nargs="?", default="HEAD", metavar="RELEASE|COMMIT", help="what is compared with (HEAD)"
    )
    facts.add_argument("--raw", type=Path, default=PROJECT / "raw", metavar="DIR", help="raw documents (raw/)")
    facts.add_argument("--table", action="append", metavar="TABLE", help="only this table; may be given again")
    facts.add_argument("--json", action="store_true", help="the rows for programs, a line each")
    workers(facts)
    facts.set_defaults(run=_facts)


def _facts(options: argparse.Namespace) -> int:
    from flows.cli.terminal import safe
    from flows.trial.differences import as_lines, differences
    from flows.trial.rows import rows_at, rows_in, rows_now

    release = Path(options.before)
    before = rows_in(release) if release.is_dir() else rows_at(options.before, options.raw, options.workers)
    found = [
        one
        for one in differences(before, rows_now(options.raw, options.workers))
        if not options.table or one.table in options.table
    ]
    if options.json:
        for one in found:
            print(json.dumps(one._asdict(), ensure_ascii=False, default=str))
        return DONE
    for line in as_lines(found, lineage="lineage" in (options.table or ())):
        print(safe(line))
    return DONE
