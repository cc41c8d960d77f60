"""The subcommands of somebody who changes code, rules or vocabularies: what that changes, and what never fires.

Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.commands import DONE, Command, takes_raw, takes_workers

if TYPE_CHECKING:
    from flows.document import RawDocument


def add_trial_commands(command: Command) -> None:
    """Adds them to the command line."""
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
    takes_raw(facts)
    facts.add_argument("--table", action="append", metavar="TABLE", help="only this table; may be given again")
    facts.add_argument("--json", action="store_true", help="the rows for programs, a line each")
    takes_workers(facts)
    facts.set_defaults(run=_facts)

    rules = command(
        "rules",
        "shows the removals that changed rules make otherwise, or what never fires",
        "shegong rules\nshegong rules --before HEAD~3 --raw pages\nshegong rules --unused",
    )
    takes_raw(rules)
    rules.add_argument("--before", default="HEAD", metavar="COMMIT", help="what is compared with (HEAD)")
    rules.add_argument(
        "--unused",
        action="store_true",
        help="show instead the alternatives of rules and indicators that no page (of --raw and tests/gold) nor example "
        "reaches",
    )
    rules.set_defaults(json=False)
    takes_workers(rules)
    rules.set_defaults(run=_rules)


def _facts(options: argparse.Namespace) -> int:
    from flows.terminal.safe import safe
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


def _rules(options: argparse.Namespace) -> int:
    from flows.decisions.tombstones import wanted_documents
    from flows.raw.documents import read_listed

    if options.unused:
        return _unused(read_listed(options.raw, listed) for listed in wanted_documents(options.raw)[0])
    options.table = ["removals"]
    return _facts(options)


def _unused(documents: Iterable[RawDocument]) -> int:
    from itertools import chain

    from flows.read import read
    from flows.score.gold import project_sets
    from flows.terminal.safe import safe
    from flows.trial.unused import texts_of, unreached

    gold = (read(page.raw, page.raw.parent) for one in project_sets() for page in one.pages)
    for one in unreached(*texts_of(chain(documents, gold))):
        print(safe(f"never seen: {one.owner}: {one.choice}"))
    return DONE
